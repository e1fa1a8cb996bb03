//! The example of a situation as a scenario, with what the evaluator bills.

use super::situation::Example;
use super::words::date;
use crate::eval;
use crate::lang::{Lang, say};
use crate::model::program::Opening;
use crate::model::written::{agreed, hours, quoted, share, ten_thousandths};
use crate::model::{Beside, EventKind, More, SubjectKind};
use crate::money::{Hours, Money};
use crate::plan::Plan;
use crate::scenario::{actual_lines, expect_line};

pub(super) fn scenario(
    plan: &Plan,
    (example, (opening, figure)): (&Example, &(Opening, Option<Money>)),
    name: &str,
    of: Option<&str>,
    lang: Lang,
) -> Option<String> {
    let (terms, as_of) = (example.terms, example.as_of);
    let evaluation = eval::evaluate_agreed(plan, &example.events, (terms, opening), as_of).ok()?;
    let name = quoted(name);
    let mut text = say!(lang, "scenario {name}", "scénario {name}");
    if let Some(of) = of.map(quoted) {
        text.push_str(&say!(lang, " for {of}", " pour {of}"));
    }
    text.push('\n');
    let schedule = &plan.schedule;
    if let Some(planned) = terms.hours.filter(|_| terms.hours != schedule.planned_hours) {
        let planned = hours(planned, lang);
        text.push_str(&say!(lang, "  planned {planned}\n", "  prévu {planned}\n"));
    }
    if let Some(months) = terms.months.filter(|_| terms.months != schedule.planned_months) {
        let s = if months == 1 { "" } else { "s" };
        text.push_str(&say!(lang, "  planned {months} month{s}\n", "  prévu {months} mois\n"));
    }
    for item in agreed(opening, *figure, schedule.currency, lang) {
        text.push_str(&format!("  {item}\n"));
    }
    for event in &example.events {
        text.push_str(&format!("  {} {}\n", date(event.date, lang), happening(&event.kind, lang)));
    }
    if example.events.iter().all(|event| event.date < as_of) {
        let until = date(as_of, lang);
        text.push_str(&say!(lang, "  until {until}\n", "  jusqu'au {until}\n"));
    }
    let lines = actual_lines(plan, &evaluation);
    for line in &lines {
        text.push_str(&format!("  {}\n", expect_line(line, schedule.currency, lang)));
    }
    if lines.is_empty() {
        text.push_str(lang.pick("  expect nothing\n", "  attendu rien\n"));
    }
    Some(text)
}

/// An event as a scenario states it.
pub fn happening(kind: &EventKind, lang: Lang) -> String {
    match kind {
        EventKind::More(more) => {
            if let More::Action { name, hours, beside } = &**more {
                action(name, *hours, *beside, lang)
            } else if let Some(percent) = more.progress() {
                format!("{} {}", lang.pick("progress", "avancement"), share(percent, lang))
            } else {
                // No scenario states an opening or an amendment so; they are only named.
                kind.kind().noun().bare(lang).to_owned()
            }
        }
        EventKind::Opened { .. } => say!(lang, "opened", "ouverture"),
        EventKind::Void { .. } => say!(lang, "void", "annulation"),
        EventKind::Milestone(milestone) => milestone.noun().bare(lang).to_owned(),
        EventKind::Deliverable { name } | EventKind::Event { name } => named(kind, name, lang),
        EventKind::Action { name, hours } => action(name, *hours, Beside::default(), lang),
    }
}

/// `action "Interview" 1.5 hours`.
fn action(name: &str, given: Option<Hours>, beside: Beside, lang: Lang) -> String {
    let mut text = format!("{} {}", SubjectKind::Action.noun().bare(lang), quoted(name));
    if let Some(given) = given {
        text += &format!(" {}", hours(given, lang));
    }
    if let Some(quantity) = beside.quantity {
        let quantity = ten_thousandths(quantity, lang);
        text += &say!(lang, " quantity {quantity}", " quantité {quantity}");
    }
    if let Some(amount) = beside.amount {
        let amount = ten_thousandths(amount.0, lang);
        text += &say!(lang, " amount {amount}", " montant {amount}");
    }
    text
}

/// `deliverable "Report"`.
fn named(kind: &EventKind, name: &str, lang: Lang) -> String {
    let called = kind.subject_kind().map_or("", |kind| kind.noun().bare(lang));
    format!("{called} {}", quoted(name))
}
