//! What a line waits for, in words: a trigger with its prepositions, an anchor with its article, in either vocabulary.

use super::ast::*;
use super::grammar::Rule;
use super::kinds;
use super::quantities::{date, measure, number, quoted, word};
use super::words;
use crate::lang::Lang;

/// English has one `on` for all triggers, and none before a delay that comes first; French repeats
/// its prepositions. Beside `each` neither has one: it would say that the line fires once.
pub fn triggers(triggers: &[Trigger], lang: Lang) -> String {
    let mut on = Some("on ");
    let repeats = triggers.iter().any(|trigger| trigger.each);
    let each = triggers.iter().map(|trigger| {
        if let Some(text) = self::trigger(trigger, lang) {
            return text;
        }
        let preposition = lang.pick("on ", french_preposition(&trigger.kind));
        let preposition = match (lang, &trigger.kind) {
            (_, TriggerKind::Milestone(_)) if repeats => "",
            (Lang::Fr, _) => preposition,
            (Lang::En, TriggerKind::After { .. }) => "",
            (Lang::En, _) => on.take().unwrap_or(""),
        };
        format!("{preposition}{}", moment(&trigger.kind, lang))
    });
    each.collect::<Vec<_>>().join(&format!(" {} ", word(Rule::kw_or, lang)))
}

fn french_preposition(kind: &TriggerKind) -> &'static str {
    match kind {
        TriggerKind::Milestone(milestone) => milestone.noun().french_on(),
        TriggerKind::Subject(kind, _) => kind.noun().french_on(),
        TriggerKind::End(_) => "en ",
        TriggerKind::Date(_) => "le ",
        TriggerKind::After { .. }
        | TriggerKind::Progress
        | TriggerKind::DayOfMonth(_)
        | TriggerKind::Every { .. }
        | TriggerKind::Before { .. }
        | TriggerKind::Dates(_) => "",
    }
}

/// What a trigger waits for, without its preposition: `action "…"`, `3 months after start`.
pub fn moment(kind: &TriggerKind, lang: Lang) -> String {
    let called = trigger_word(kind, lang).unwrap_or_default();
    match kind {
        TriggerKind::Milestone(_) | TriggerKind::End(_) | TriggerKind::Progress => {
            called.to_owned()
        }
        TriggerKind::Subject(_, name) => format!("{called} {}", quoted(name)),
        TriggerKind::After { length, anchor } => format!(
            "{} {} {}",
            measure(length, lang),
            word(Rule::kw_after, lang),
            the_anchor(anchor, lang)
        ),
        TriggerKind::DayOfMonth(_)
        | TriggerKind::Every { .. }
        | TriggerKind::Before { .. }
        | TriggerKind::Dates(_) => {
            let alone = Trigger {
                kind: kind.clone(),
                each: false,
                on: OnWord::default(),
                at: At::default(),
            };
            trigger(&alone, lang).unwrap_or_default()
        }
        TriggerKind::Date(on) => date(on, lang),
    }
}

/// The words of the triggers that need neither a name nor a number, those of the ends of a case apart.
pub fn trigger_words(lang: Lang) -> Vec<&'static str> {
    let milestones = Milestone::ALL.into_iter().filter(|milestone| !milestone.is_terminal());
    let kinds = milestones.map(TriggerKind::Milestone).chain([TriggerKind::End(Civil::Month)]);
    kinds.filter_map(|kind| trigger_word(&kind, lang)).collect()
}

/// The word with which a trigger begins; `None` for one that begins with a number or a date.
pub fn trigger_word(kind: &TriggerKind, lang: Lang) -> Option<&'static str> {
    let rule = match kind {
        TriggerKind::Milestone(milestone) => kinds::of_milestone(*milestone),
        TriggerKind::Subject(kind, _) => kinds::of_subject(*kind),
        TriggerKind::End(civil) => kinds::of_period_end(*civil),
        TriggerKind::Progress => {
            return Some(word(Rule::kw_progress, lang).trim_start_matches("l'"));
        }
        TriggerKind::After { .. }
        | TriggerKind::Date(_)
        | TriggerKind::DayOfMonth(_)
        | TriggerKind::Every { .. }
        | TriggerKind::Before { .. }
        | TriggerKind::Dates(_) => return None,
    };
    Some(word(rule, lang))
}

/// An anchor without its article: `planned start`, `action "…"`.
pub fn anchor(anchor: &Anchor, lang: Lang) -> String {
    let word = |rule| word(rule, lang);
    match anchor {
        Anchor::Milestone(milestone) => word(kinds::of_milestone(*milestone)).to_owned(),
        Anchor::Subject(kind, name) => {
            format!("{} {}", word(kinds::of_subject(*kind)), quoted(name))
        }
        Anchor::PlannedStart => word(Rule::kw_planned_start).to_owned(),
        Anchor::PlannedEnd => word(Rule::kw_planned_end).to_owned(),
    }
}

/// The French article of an anchor, and what `de` makes of it.
fn articles(anchor: &Anchor) -> (&'static str, &'static str) {
    match anchor {
        Anchor::Milestone(milestone) => milestone.noun().french_articles(),
        Anchor::Subject(kind, _) => kind.noun().french_articles(),
        Anchor::PlannedStart => Milestone::Start.noun().french_articles(),
        Anchor::PlannedEnd => Milestone::End.noun().french_articles(),
    }
}

/// An anchor with the article that French gives it: `le démarrage`.
pub fn the_anchor(of: &Anchor, lang: Lang) -> String {
    format!("{}{}", lang.pick("", articles(of).0), anchor(of, lang))
}

/// `from start`, `à compter du démarrage`.
fn counting_from(of: &Anchor, lang: Lang) -> String {
    match lang {
        Lang::En => format!("{} {}", word(Rule::kw_counting_from, lang), anchor(of, lang)),
        Lang::Fr => format!("à compter {}{}", articles(of).1, anchor(of, lang)),
    }
}

/// A trigger of the second part with all its words; `None` for one of the first.
pub fn trigger(trigger: &Trigger, lang: Lang) -> Option<String> {
    let each = lang.pick("each", "à chaque");
    let and = word(Rule::kw_and, lang);
    Some(match &trigger.kind {
        TriggerKind::Every { length, anchor, first } => {
            let from = if *first {
                counting_from(anchor, lang)
            } else {
                format!("{} {}", word(Rule::kw_after, lang), the_anchor(anchor, lang))
            };
            format!("{} {from}", every(length, lang))
        }
        TriggerKind::Before { length, anchor } => format!(
            "{} {} {}",
            measure(length, lang),
            word(Rule::kw_before, lang),
            the_anchor(anchor, lang)
        ),
        TriggerKind::DayOfMonth(day) => format!(
            "{} {} {}",
            word(Rule::kw_on_day, lang),
            number(day, lang),
            word(Rule::kw_of_each_month, lang)
        ),
        TriggerKind::Dates(days) => {
            let le = lang.pick("", "le ");
            let days: Vec<String> =
                days.iter().map(|day| format!("{le}{}", date(day, lang))).collect();
            format!("{}{}", lang.pick("on ", ""), days.join(&format!(" {and} ")))
        }
        TriggerKind::End(civil) if !trigger.each && !civil.is_of_the_first_part() => {
            let called = moment(&trigger.kind, lang);
            format!("{}{called}", lang.pick("on ", "en "))
        }
        TriggerKind::Progress if !trigger.each => {
            let called = moment(&trigger.kind, lang);
            format!("{}{called}", lang.pick("on ", "à l'"))
        }
        kind if trigger.each => format!("{each} {}", moment(kind, lang)),
        TriggerKind::Milestone(_)
        | TriggerKind::Subject(..)
        | TriggerKind::End(_)
        | TriggerKind::After { .. }
        | TriggerKind::Date(_)
        | TriggerKind::Progress => return None,
    })
}

/// `each month`, `every 3 months`.
fn every(length: &Measure, lang: Lang) -> String {
    let one = matches!(&length.quantity, Quantity::Number(number) if number.digits == "1");
    let feminine = matches!(length.unit, Some(MeasureUnit::Weeks | MeasureUnit::Years));
    let unit = length.unit.map_or("", |unit| words::unit(unit, true, lang));
    match (lang, one) {
        (Lang::En, true) => format!("each {unit}"),
        (Lang::En, false) => format!("every {}", measure(length, lang)),
        (Lang::Fr, true) => {
            format!(
                "chaque {}",
                if length.unit == Some(MeasureUnit::Years) { "année" } else { unit }
            )
        }
        (Lang::Fr, false) => {
            let les = if feminine { "toutes les" } else { "tous les" };
            let text = measure(length, lang);
            // `toutes les 2 années`: years that come back are feminine.
            format!("{les} {}", text.replace(" ans", " années"))
        }
    }
}
