//! The scenarios of follow-ups, as `jalon test` tells of them and rewrites them.

use super::output::plain;
use crate::calendar::Date;
use crate::follow::{Outcome, ScenarioRow, Words};
use crate::lang::{Lang, say};

/// What went wrong, on several lines; `None` if nothing did.
pub fn why(outcome: &Outcome, lang: Lang) -> Option<String> {
    match outcome {
        Outcome::Passed => None,
        Outcome::Withheld(why) => {
            let why = why.say(lang, &Words::default());
            Some(say!(lang, "the invoice is withheld: {why}", "la facture est retenue : {why}"))
        }
        Outcome::NothingExpected(came) => {
            let mut text = say!(
                lang,
                "it states no expectation (--bless writes it); what comes:",
                "il n'indique rien d'attendu (--bless l'écrit) ; ce qui vient :"
            );
            for (day, step) in came {
                text.push_str(&format!("\n  {}", shown(*day, step, lang)));
            }
            Some(text)
        }
        Outcome::Differs(rows) => {
            let mut texts =
                vec![say!(lang, "(- expected, + what came)", "(- attendu, + ce qui est venu)")];
            texts.extend(rows.iter().map(|row| match row {
                ScenarioRow::Same(day, step) => format!("  {}", shown(*day, step, lang)),
                ScenarioRow::Missing(day, step) => format!("- {}", shown(*day, step, lang)),
                ScenarioRow::Unexpected(day, step) => format!("+ {}", shown(*day, step, lang)),
            }));
            Some(texts.join("\n"))
        }
    }
}

fn shown(day: Date, step: &str, lang: Lang) -> String {
    format!("{}  {}", lang.date(day), plain(step))
}

/// The expectations that would make a scenario pass, one a line; `None` where nothing is to be rewritten.
pub fn expectations(outcome: &Outcome, lang: Lang) -> Option<Vec<String>> {
    let came: Vec<(Date, &String)> = match outcome {
        Outcome::Passed | Outcome::Withheld(_) => return None,
        Outcome::NothingExpected(came) => came.iter().map(|(day, step)| (*day, step)).collect(),
        Outcome::Differs(rows) => rows
            .iter()
            .filter_map(|row| match row {
                ScenarioRow::Same(day, step) | ScenarioRow::Unexpected(day, step) => {
                    Some((*day, step))
                }
                ScenarioRow::Missing(..) => None,
            })
            .collect(),
    };
    if came.is_empty() {
        return Some(vec![lang.pick("expect nothing", "attendu rien").to_owned()]);
    }
    let text = |(day, step): &(Date, &String)| {
        let (day, step) = (lang.date(day), step.replace('\\', "\\\\").replace('"', "\\\""));
        say!(lang, "expect {day} step \"{step}\"", "attendu {day} étape \"{step}\"")
    };
    Some(came.iter().map(text).collect())
}
