//! The situations of a schedule as data: in, a schedule and the scenarios of its file; out, one document.

use super::examples::{agreed, stand_ins};
use crate::lang::Lang;
use crate::model::Scenario;
use crate::plan::Plan;
use crate::situations::{Situation, Situations};
use crate::verify::InForce;
use serde_json::{Value, json};

/// The situations of a schedule, each with an example, what is billed there, and whether one of these scenarios comes
/// to it:
///
/// ```text
/// { "schedule", "in_force_from", "currency",
///   "incomplete":  why situations may be left out, or null
///   "examples":    what is to be said of all examples
///   "situations":  [ { "situation", "example", "reached",
///                      "billed": [ { "line", "label", "payer", "amount" } ],
///                      "nothing": what is said where nothing is billed, or null } ] }
/// ```
pub fn situations_json<'s>(
    (plan, in_force): (&Plan, InForce),
    scenarios: impl Iterator<Item = &'s Scenario>,
    lang: Lang,
) -> Value {
    let version = plan.schedule.in_force_from();
    let mut found = Situations::of_a_version(plan, in_force);
    scenarios
        .filter(|scenario| scenario.schedule == plan.schedule.name)
        .filter(|scenario| scenario.in_force_from == version)
        .for_each(|scenario| found.reach(scenario));
    let events = found.all.iter().flat_map(|situation| &situation.example.events);
    let stand_ins = stand_ins(plan.first_part().unwrap_or(plan), events, lang);
    let agreed = found.figure().map(|figure| agreed(plan, figure, lang));
    let examples: Vec<String> = agreed.into_iter().chain(stand_ins).collect();
    let one = |situation: &Situation| {
        let billed = situation.billed.iter().map(|line| {
            json!({
                "line": line.line, "label": line.label, "payer": line.payer, "amount": line.amount,
            })
        });
        json!({
            "situation": found.name(situation, lang),
            "example": found.example(situation, lang),
            "reached": situation.reached,
            "billed": billed.collect::<Vec<_>>(),
            "nothing": situation.billed.is_empty().then(|| found.nothing(situation, lang)),
        })
    };
    json!({
        "schedule": plan.schedule.name,
        "in_force_from": version,
        "currency": plan.schedule.currency.code(),
        "incomplete": found.cut.then(|| found.cut_note(lang)),
        "examples": examples,
        "situations": found.all.iter().map(one).collect::<Vec<_>>(),
    })
}
