//! What is to be said beside a case that somebody made up to show something: what it agrees, and what stands for
//! anything in it.

use crate::lang::{Lang, plain, say};
use crate::model::{Event, EventKind, SubjectKind};
use crate::money::Money;
use crate::plan::Plan;

/// What the case of a witness agrees.
pub fn agreed(plan: &Plan, figure: Money, lang: Lang) -> String {
    let currency = plan.schedule.currency;
    let (sum, code) = (lang.digits(currency.show(figure)), currency.code());
    if has_a_rate(plan) {
        say!(lang, "agreed rate {sum} {code}", "taux convenu {sum} {code}")
    } else {
        say!(lang, "agreed price {sum} {code}", "prix convenu {sum} {code}")
    }
}

/// Whether what a case agrees is a rate.
pub fn has_a_rate(plan: &Plan) -> bool {
    let program = plan.schedule.second.as_ref();
    program.is_some_and(|program| program.price.is_a_rate())
}

/// What stands for anything in these events: the actions, deliverables and events that the schedule does
/// not mention.
pub fn stand_ins<'e>(
    plan: &Plan,
    events: impl IntoIterator<Item = &'e Event>,
    lang: Lang,
) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    for event in events {
        let (kind, name) = match &event.kind {
            EventKind::Action { name, .. } => (SubjectKind::Action, name),
            EventKind::Deliverable { name } => (SubjectKind::Deliverable, name),
            EventKind::Event { name } => (SubjectKind::Event, name),
            EventKind::Opened { .. }
            | EventKind::Milestone(_)
            | EventKind::Void { .. }
            | EventKind::More(_) => continue,
        };
        if plan.mentions(kind, name) {
            continue;
        }
        let name = plain(name);
        let line = match kind {
            SubjectKind::Action => say!(
                lang,
                "`{name}` stands for any action that the schedule does not mention",
                "`{name}` vaut pour toute action que l'échéancier ne nomme pas"
            ),
            SubjectKind::Deliverable => say!(
                lang,
                "`{name}` stands for any deliverable that the schedule does not mention",
                "`{name}` vaut pour tout livrable que l'échéancier ne nomme pas"
            ),
            SubjectKind::Event => say!(
                lang,
                "`{name}` stands for any event that the schedule does not mention",
                "`{name}` vaut pour tout événement que l'échéancier ne nomme pas"
            ),
        };
        if !told.contains(&line) {
            told.push(line);
        }
    }
    told
}
