//! A customer who has just signed, in the place of event files: the call says on which days, and the
//! history is made from it, one case for each schedule, named after it.
//!
//! In: days, and what the customer plans. Out: events as a host would send them, and what they bill. No
//! figure is made here: all comes from evaluating that history.

use super::arguments::{self};
use super::output::Failure;
use super::stated::{self, Opened};
use crate::calendar::{Date, Duration};
use crate::eval::{Silent, Withheld, evaluate_with};
use crate::lang::Lang;
use crate::model::{Event, EventKind, InvoiceLine, Milestone, More};
use crate::money::Hours;
use crate::plan::{Plan, PlannedTerms};
use clap::Args;

/// The options that say something of event files: such a customer has none.
const OF_FILES: [&str; 7] =
    ["events", "as_of", "skip_unreadable", "threads", "events_format", "no_progress", "case"];

/// The options that describe such a customer.
#[derive(Args)]
pub struct Newcomer {
    /// Instead of event files: a customer who signs on this day, on each of the schedules
    #[arg(long, value_name = "DATE", value_parser = arguments::date_argument, conflicts_with_all = OF_FILES)]
    signed: Option<Date>,

    /// Instead of event files: a customer who starts on this day; also together with --signed
    #[arg(long, value_name = "DATE", value_parser = arguments::date_argument, conflicts_with_all = OF_FILES)]
    started: Option<Date>,

    /// The hours that this customer plans, where the schedule does not state them
    #[arg(long, value_name = "HOURS", value_parser = arguments::hours_argument,
          conflicts_with = "events")]
    planned_hours: Option<Hours>,

    /// The months that this customer plans, where the schedule does not state them
    #[arg(long, value_name = "N", value_parser = arguments::months_argument, conflicts_with = "events")]
    planned_months: Option<u32>,

    /// What this customer agrees, as an opening states it: `price=1800`, `rate=75`,
    /// `planned_start=2025-09-01`, `planned_end`, `shares={"Fund":"70 %"}`
    #[arg(long, num_args = 1.., value_name = "NAME=VALUE", conflicts_with = "events")]
    agreed: Vec<String>,
}

impl Newcomer {
    /// The last day that the call names, if it describes a customer.
    pub fn last_day(&self) -> Option<Date> {
        self.signed.max(self.started)
    }

    /// How far ahead is looked where the call does not say: five years after a day.
    pub fn far_enough(day: Date) -> Date {
        day.plus(Duration::Months(60))
    }

    /// What the customer agrees.
    pub fn agrees(&self, lang: Lang) -> Result<Opened, Failure> {
        stated::opened(&self.agreed, lang)
    }

    /// The history on a schedule.
    pub fn history(&self, plan: &Plan, agreed: &Opened) -> Vec<Event> {
        let name = &plan.schedule.name;
        let first = self.signed.into_iter().chain(self.started).min();
        let schedule = name.clone();
        let own = PlannedTerms { hours: self.planned_hours, months: self.planned_months };
        let planned = own.or(agreed.planned);
        let agreement = agreed.agreement.clone();
        let opened = if agreement.is_empty() {
            EventKind::Opened { schedule, planned }
        } else {
            EventKind::More(Box::new(More::Opened { schedule, planned, agreement }))
        };
        let days = [
            (first, opened),
            (self.signed, EventKind::Milestone(Milestone::Signature)),
            (self.started, EventKind::Milestone(Milestone::Start)),
        ];
        let event = |(date, kind): (Option<Date>, EventKind)| {
            Some(Event { case: name.clone(), date: date?, id: None, kind })
        };
        days.into_iter().filter_map(event).collect()
    }

    /// What is billed up to a day, before anything else happens.
    pub fn billed(
        plan: &Plan,
        events: &[Event],
        as_of: Date,
    ) -> Result<Vec<InvoiceLine>, Withheld> {
        let terms = PlannedTerms::default();
        Ok(evaluate_with(plan, events, terms, as_of, &mut Silent)?.lines)
    }

    /// On what of the call a line of this day comes; none if it comes by itself.
    pub fn comes_on(&self, day: Date, lang: Lang) -> Option<String> {
        let signed =
            (self.signed == Some(day)).then(|| lang.pick("on signature", "à la signature"));
        let started = (self.started == Some(day)).then(|| lang.pick("on start", "au démarrage"));
        let both: Vec<&str> = signed.into_iter().chain(started).collect();
        (!both.is_empty()).then(|| both.join(", "))
    }
}
