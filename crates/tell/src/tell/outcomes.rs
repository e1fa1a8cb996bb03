//! What scenarios come to, in words: in, a scenario and its outcome; out, what went wrong on several lines, as
//! `jalon test` shows it.

use crate::calendar::Date;
use crate::follow;
use crate::lang::{Lang, plain, say};
use crate::model::Scenario;
use crate::money::Currency;
use crate::plan::Plan;
use crate::scenario::{self, ActualLine, Outcome, Row};
use crate::situations::happening;

/// What went wrong with a scenario of a schedule; `None` if nothing did. `how` is said, after a blank, where nothing is
/// expected: how expectations are written.
pub fn why(
    plan: &Plan,
    scenario: &Scenario,
    outcome: &Outcome,
    how: &str,
    lang: Lang,
) -> Option<String> {
    let currency = plan.schedule.currency;
    match outcome {
        Outcome::Passed => None,
        Outcome::Withheld(withheld) => {
            let why = withheld.say(plan, &scenario.events, lang);
            Some(say!(lang, "the case is withheld: {why}", "le dossier est retenu : {why}"))
        }
        Outcome::NothingExpected(actual) => {
            let mut text = nothing_expected(how, lang);
            for line in actual {
                text.push_str(&format!("\n  {}", shown(line, currency, lang)));
            }
            Some(text)
        }
        Outcome::Differs(difference) => {
            let mut rows: Vec<String> = Vec::new();
            for row in &difference.rows {
                rows.push(match row {
                    Row::Same(line) => format!("  {}", shown(line, currency, lang)),
                    Row::Missing(line) => {
                        let line = ActualLine {
                            date: line.date,
                            label: line.label.clone(),
                            amount: line.amount,
                            payer: line.payer.clone(),
                        };
                        format!("- {}", shown(&line, currency, lang))
                    }
                    Row::Unexpected(line) => format!("+ {}", shown(line, currency, lang)),
                });
            }
            if scenario.expected.states_lines() {
                rows.insert(0, signs(lang));
            }
            if let Some((expected, actual)) = difference.total {
                let [expected, actual] =
                    [expected, actual].map(|sum| scenario::amount(currency, sum, lang));
                rows.push(say!(
                    lang,
                    "total {actual}, expected {expected}",
                    "total {actual}, attendu {expected}"
                ));
            }
            rows.extend(difference.notices.iter().filter_map(|notice| {
                let event = scenario.events.get(notice.event)?;
                let what = plain(&notice.kind.say(plan, event, lang));
                let date = lang.date(notice.date);
                let event = happening(&event.kind, lang);
                Some(say!(
                    lang,
                    "note: {date} {event}: {what}",
                    "remarque : {date} {event} : {what}"
                ))
            }));
            Some(rows.join("\n"))
        }
    }
}

/// What went wrong with a scenario of a follow-up; `None` if nothing did. `how` as in [`why`].
pub fn why_of_follow_up(outcome: &follow::Outcome, how: &str, lang: Lang) -> Option<String> {
    let shown = |day: Date, step: &str| format!("{}  {}", lang.date(day), plain(step));
    match outcome {
        follow::Outcome::Passed => None,
        follow::Outcome::Withheld(why) => {
            let why = why.say(lang, &follow::Words::default());
            Some(say!(lang, "the invoice is withheld: {why}", "la facture est retenue : {why}"))
        }
        follow::Outcome::NothingExpected(came) => {
            let mut text = nothing_expected(how, lang);
            for (day, step) in came {
                text.push_str(&format!("\n  {}", shown(*day, step)));
            }
            Some(text)
        }
        follow::Outcome::Differs(rows) => {
            let mut texts = vec![signs(lang)];
            texts.extend(rows.iter().map(|row| match row {
                follow::ScenarioRow::Same(day, step) => format!("  {}", shown(*day, step)),
                follow::ScenarioRow::Missing(day, step) => format!("- {}", shown(*day, step)),
                follow::ScenarioRow::Unexpected(day, step) => format!("+ {}", shown(*day, step)),
            }));
            Some(texts.join("\n"))
        }
    }
}

/// A line, its day and its sum as a schedule writes them.
pub fn shown(line: &ActualLine, currency: Currency, lang: Lang) -> String {
    let amount = scenario::amount(currency, line.amount, lang);
    let mut text = format!("{}  {amount:>12}  {}", lang.date(line.date), plain(&line.label));
    if let Some(payer) = &line.payer {
        let payer = plain(payer);
        text.push_str(&say!(lang, "  from {payer}", "  de {payer}"));
    }
    text
}

fn nothing_expected(how: &str, lang: Lang) -> String {
    say!(
        lang,
        "it states no expectation{how}; what comes:",
        "il n'indique rien d'attendu{how} ; ce qui vient :"
    )
}

fn signs(lang: Lang) -> String {
    say!(lang, "(- expected, + what came)", "(- attendu, + ce qui est venu)")
}
