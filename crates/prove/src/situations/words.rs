//! Situations in words.

use crate::calendar::Date;
use crate::lang::{Lang, say};
use crate::model::Milestone;
use crate::model::written::{hours, length, quoted, share};
use crate::plan::{Plan, PlannedTest, TriggerId};

/// A bound of a cell, and whether it has to be passed.
type Bound = (String, bool);

pub(super) fn name(
    plan: &Plan,
    id: TriggerId,
    tests: &[PlannedTest],
    truths: &[bool],
    lang: Lang,
) -> String {
    let mut text = plan.trigger(id).map_or(String::new(), |trigger| trigger.called(lang));
    let each = || tests.iter().copied().zip(truths.iter().copied());
    let started = each()
        .find(|(test, _)| *test == PlannedTest::Reached(Milestone::Start))
        .map(|(_, holds)| holds);
    let lengths = cell(each().filter_map(|(test, holds)| {
        let (slot, passed) = test.time()?.first_bound();
        Some((length(*plan.durations.get(*slot as usize)?, lang), passed, holds))
    }));
    match (started, lengths) {
        (Some(false), _) => {
            text.push_str(lang.pick(" before the start", " avant le démarrage"));
        }
        (Some(true) | None, lengths @ ((Some(_), _) | (_, Some(_)))) => {
            text.push_str(&format!(" {}", time(lengths, lang)));
        }
        (Some(true), (None, None)) => {
            text.push_str(lang.pick(" after the start", " après le démarrage"));
        }
        (None, (None, None)) => {}
    }
    let hours = cell(each().filter_map(|(test, holds)| {
        let (bound, passed) = test.hours()?.first_bound();
        Some((hours(*bound, lang), passed, holds))
    }));
    let attendance = cell(each().filter_map(|(test, holds)| {
        let (slot, passed) = test.share()?.first_bound();
        Some((share(*plan.attendances.get(*slot as usize)?, lang), passed, holds))
    }));
    if let Some(measured) = measured(hours, lang) {
        text.push_str(&format!(", {measured}"));
    }
    if let Some(measured) = measured(attendance, lang) {
        let of = match measured.get(..1) {
            Some("d") => "",
            Some("a" | "e") => "d'",
            Some(_) | None => "de ",
        };
        text.push_str(&say!(lang, ", attendance {measured}", ", assiduité {of}{measured}"));
    }
    for (test, holds) in each() {
        if let Some(fact) = fact(plan, test, holds, lang) {
            text.push_str(&format!(", {fact}"));
        }
    }
    text
}

/// The last bound that holds and the first one that does not.
fn cell(bounds: impl Iterator<Item = (String, bool, bool)>) -> (Option<Bound>, Option<Bound>) {
    let (mut low, mut high) = (None, None);
    for (said, passed, holds) in bounds {
        if holds {
            low = Some((said, passed));
        } else if high.is_none() {
            high = Some((said, passed));
        }
    }
    (low, high)
}

fn time(cell: (Option<Bound>, Option<Bound>), lang: Lang) -> String {
    match cell {
        (Some((low, false)), Some((high, true))) if low == high => {
            say!(lang, "at exactly {low}", "à {low} exactement")
        }
        (Some((low, false)), None) => say!(lang, "from {low} on", "à partir de {low}"),
        (Some((low, true)), None) => say!(lang, "after {low}", "après {low}"),
        (None, Some((high, false))) => say!(lang, "before {high}", "avant {high}"),
        (None, Some((high, true))) => say!(lang, "up to {high}", "jusqu'à {high}"),
        (Some((low, passed)), Some((high, included))) => {
            between(&low, passed, &high, included, lang)
        }
        (None, None) => String::new(),
    }
}

fn between(low: &str, passed: bool, high: &str, included: bool, lang: Lang) -> String {
    let from = if passed { lang.pick("over", "plus de") } else { lang.pick("from", "de") };
    if included {
        say!(lang, "{from} {low} up to {high}", "{from} {low} à {high} au plus")
    } else {
        say!(lang, "{from} {low} to under {high}", "{from} {low} à moins de {high}")
    }
}

fn measured(cell: (Option<Bound>, Option<Bound>), lang: Lang) -> Option<String> {
    Some(match cell {
        (Some((low, false)), Some((high, true))) if low == high => {
            say!(lang, "exactly {low}", "exactement {low}")
        }
        (Some((low, false)), None) => say!(lang, "at least {low}", "au moins {low}"),
        (Some((low, true)), None) => say!(lang, "over {low}", "plus de {low}"),
        (None, Some((high, false))) => say!(lang, "under {high}", "moins de {high}"),
        (None, Some((high, true))) => say!(lang, "at most {high}", "au plus {high}"),
        (Some((low, passed)), Some((high, included))) => {
            between(&low, passed, &high, included, lang)
        }
        (None, None) => return None,
    })
}

fn fact(plan: &Plan, test: PlannedTest, holds: bool, lang: Lang) -> Option<String> {
    if let Some(milestone) = test.milestone().filter(|milestone| *milestone != Milestone::Start) {
        return Some(format!("{}{}", not(holds, lang), milestone.reached(lang)));
    }
    let (kind, name) = plan.name_of(test.name()?)?;
    let (called, happened) = (kind.noun().bare(lang), kind.happened(lang));
    Some(format!("{called} {} {}{happened}", quoted(name), not(holds, lang)))
}

fn not(holds: bool, lang: Lang) -> &'static str {
    if holds { "" } else { lang.pick("not ", "non ") }
}

pub(super) fn date(date: Date, lang: Lang) -> String {
    lang.date(date)
}
