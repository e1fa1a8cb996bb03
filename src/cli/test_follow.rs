//! The scenarios of follow-ups, as `jalon test` rewrites them.

use crate::calendar::Date;
use crate::follow::{Outcome, ScenarioRow};
use crate::lang::{Lang, say};

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
