//! The scenarios of follow-ups: run, and compared step by step.

use super::evening::Member;
use super::event::{Event, EventKind};
use super::fault::Why;
use super::invoice::Invoice;
use super::record::Place;
use super::walk::Walk;
use crate::calendar::Date;
use crate::model::{FollowHappening, FollowScenario, FollowUp};
use crate::money::Money;

/// What a scenario comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The steps that it expects came, and no other.
    Passed,
    /// Something differs: the steps side by side, by day.
    Differs(Vec<ScenarioRow>),
    /// It states no expectation; these steps come.
    NothingExpected(Vec<(Date, String)>),
    /// Its invoice would be withheld.
    Withheld(Why),
}

/// A step of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScenarioRow {
    /// Expected, and it came.
    Same(Date, String),
    /// Expected, and it did not come.
    Missing(Date, String),
    /// It came, and was not expected.
    Unexpected(Date, String),
}

/// Where what is moved goes, or what replaces the invoice: another, of which nothing is asked.
const ELSEWHERE: usize = 1;

/// Runs a scenario on its follow-up.
pub fn scenario(follow_up: &FollowUp, scenario: &FollowScenario) -> Outcome {
    match steps(follow_up, scenario) {
        Err(why) => Outcome::Withheld(why),
        Ok(came) => match &scenario.expected {
            None => Outcome::NothingExpected(came),
            Some(expected) if *expected == came => Outcome::Passed,
            Some(expected) => Outcome::Differs(compare(expected, came)),
        },
    }
}

fn invoice(scenario: &FollowScenario, id: &str) -> Invoice {
    Invoice {
        invoice_id: id.to_owned(),
        number: id.to_owned(),
        case: String::new(),
        payer: String::new(),
        date: scenario.date,
        due: scenario.due,
        total: scenario.total,
        currency: scenario.currency,
        group: None,
        customer: None,
        schedule: None,
        payer_name: None,
        credits: Vec::new(),
        others: Default::default(),
        place: Place::default(),
    }
}

fn event(date: Date, happening: &FollowHappening) -> Result<Event, Why> {
    let kind = match happening {
        FollowHappening::Sent(channel) => EventKind::Sent(channel.clone()),
        FollowHappening::Undelivered => EventKind::Undelivered,
        FollowHappening::Received => EventKind::Received,
        FollowHappening::Accepted => EventKind::Accepted,
        FollowHappening::Rejected => EventKind::Rejected,
        FollowHappening::Disputed => EventKind::Disputed,
        FollowHappening::Resolved => EventKind::Resolved,
        FollowHappening::Promised(until) if *until < date => {
            return Err(Why::PromiseBefore { until: *until });
        }
        FollowHappening::Promised(until) => EventKind::Promised(*until),
        FollowHappening::Payment(amount) => EventKind::Payment(*amount),
        FollowHappening::Returned(amount) => EventKind::Returned(*amount),
        FollowHappening::Refund(amount) => EventKind::Refund(*amount),
        FollowHappening::WrittenOff(amount) => EventKind::WrittenOff(*amount),
        FollowHappening::Moved(amount) => EventKind::Moved(*amount, ELSEWHERE),
        FollowHappening::Replaced => EventKind::Replaced(ELSEWHERE),
        FollowHappening::HandedOver => EventKind::HandedOver,
        FollowHappening::TakenBack => EventKind::TakenBack,
    };
    Ok(Event { date, kind, withdrawn: None, place: Place::default() })
}

fn steps(follow_up: &FollowUp, scenario: &FollowScenario) -> Result<Vec<(Date, String)>, Why> {
    if follow_up.currency.is_some_and(|currency| currency != scenario.currency) {
        let currency = follow_up.currency.map_or("", |currency| currency.code());
        return Err(Why::SumsIn { follow_up: follow_up.name.clone(), currency });
    }
    if scenario.due.is_none() && follow_up.payment.is_none() {
        return Err(Why::NoDue);
    }
    let (own, elsewhere) = (invoice(scenario, "1"), invoice(scenario, "2"));
    let elsewhere = Invoice { total: Money::ZERO, payer: "2".to_owned(), ..elsewhere };
    let events = scenario.events.iter().map(|(date, happening)| event(*date, happening));
    let mut events = events.collect::<Result<Vec<Event>, Why>>()?;
    let amounts = events.iter().filter_map(|event| event.kind.amount()).map(|amount| amount.0);
    let sum = amounts.chain([own.total.0]).try_fold(0_i64, i64::checked_add);
    if sum.is_none_or(|sum| sum > i64::MAX / 8) {
        return Err(Why::TooLarge);
    }
    super::book::sort(&mut events);
    super::book::written_off_fits(&own, &events)?;
    let members = [
        Member { number: 0, invoice: &own, events: &events, follow_up: Some(follow_up) },
        Member { number: ELSEWHERE, invoice: &elsewhere, events: &[], follow_up: None },
    ];
    let (fired, _) = Walk::of(&members, scenario.as_of, None, false);
    let label = |step: usize| follow_up.steps.get(step).map(|step| step.label.clone());
    Ok(fired.iter().filter_map(|fired| Some((fired.day, label(fired.step)?))).collect())
}

/// The two lists side by side, by their longest common subsequence.
fn compare(expected: &[(Date, String)], came: Vec<(Date, String)>) -> Vec<ScenarioRow> {
    let mut rows = Vec::new();
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, expected, &came) {
        let (tag, from, to) = op.as_tag_tuple();
        let old = expected.get(from).unwrap_or_default().iter().cloned();
        let new = came.get(to).unwrap_or_default().iter().cloned();
        match tag {
            similar::DiffTag::Equal => {
                rows.extend(new.map(|(day, step)| ScenarioRow::Same(day, step)));
            }
            similar::DiffTag::Delete | similar::DiffTag::Insert | similar::DiffTag::Replace => {
                rows.extend(old.map(|(day, step)| ScenarioRow::Missing(day, step)));
                rows.extend(new.map(|(day, step)| ScenarioRow::Unexpected(day, step)));
            }
        }
    }
    rows
}
