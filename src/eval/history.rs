//! A case's events made sound: judged as a whole, whatever the as-of date; sent twice counted once;
//! names turned into numbers; in the order in which they are taken.

use super::{Notice, NoticeKind, Withheld};
use crate::calendar::Date;
use crate::model::{Event, EventKind, Price};
use crate::money::Hours;
use crate::plan::{NameId, NameKind, Plan, PlannedTerms};
use std::collections::HashMap;

/// A sound history up to an as-of date.
pub struct History {
    /// What happened, in the order of moments.
    pub happened: Vec<Happened>,
    /// What the case plans, the schedule's own terms filled in.
    pub terms: PlannedTerms,
    /// Events that are left out, and why.
    pub notices: Vec<Notice>,
}

/// One event, dense.
#[derive(Clone, Copy, Debug)]
pub struct Happened {
    pub date: Date,
    /// Place in the slice of events.
    pub event: u32,
    pub what: What,
}

/// What happened.
#[derive(Clone, Copy, Debug)]
pub enum What {
    Opened,
    Signature,
    Start,
    Action {
        name: Option<NameId>,
        hours: Option<Hours>,
    },
    /// A deliverable or a named event that the schedule mentions.
    Named(NameId),
    /// A deliverable or a named event that it does not mention.
    UnknownDeliverable,
    UnknownEvent,
    End,
    Abandonment,
}

impl History {
    /// Reads the events of one case.
    pub fn read(
        plan: &Plan,
        events: &[Event],
        terms: PlannedTerms,
        as_of: Date,
    ) -> Result<History, Withheld> {
        let mut history =
            History { happened: Vec::with_capacity(events.len()), terms, notices: Vec::new() };
        let mut by_id: HashMap<&str, usize> = HashMap::new();
        let mut opened = None;
        for (index, event) in events.iter().enumerate() {
            if events.first().is_some_and(|first| first.case != event.case) {
                return Err(Withheld::MixedCases { event: index });
            }
            if let Some(id) = event.id.as_deref()
                && let Some(first) = by_id.insert(id, index)
            {
                by_id.insert(id, first);
                if events.get(first) != Some(event) {
                    return Err(Withheld::ConflictingId { first, event: index });
                }
                let kind = NoticeKind::Duplicate;
                history.notices.push(Notice { date: event.date, event: index, kind });
                continue;
            }
            let what = what(plan, index, event)?;
            if let EventKind::Opened { schedule, planned_hours, planned_months } = &event.kind {
                if let Some(first) = opened.replace(index) {
                    return Err(Withheld::OpenedTwice { first, event: index });
                }
                if *schedule != plan.schedule.name {
                    return Err(Withheld::OtherSchedule { event: index });
                }
                history.terms.hours = planned_hours.or(terms.hours);
                history.terms.months = planned_months.or(terms.months);
            }
            if event.date > as_of {
                let kind = NoticeKind::NotYet;
                history.notices.push(Notice { date: event.date, event: index, kind });
            } else {
                let event_number = u32::try_from(index).map_err(|_| Withheld::TooLarge)?;
                history.happened.push(Happened { date: event.date, event: event_number, what });
            }
        }
        history.terms = history.terms.or_default(plan);
        if plan.needs_planned_hours && history.terms.hours.is_none() {
            return Err(Withheld::NoPlannedHours);
        }
        if plan.needs_planned_months && history.terms.months.is_none() {
            return Err(Withheld::NoPlannedDuration);
        }
        // A stable sort: events of one date and place keep the order of input.
        history.happened.sort_by_key(|happened| (happened.date, happened.what.place_in_day()));
        Ok(history)
    }
}

impl What {
    /// As [`EventKind::place_in_day`].
    fn place_in_day(self) -> u8 {
        match self {
            What::Opened => 0,
            What::Signature => 1,
            What::Start => 2,
            What::Action { .. }
            | What::Named(_)
            | What::UnknownDeliverable
            | What::UnknownEvent => 3,
            What::End => 4,
            What::Abandonment => 5,
        }
    }
}

fn what(plan: &Plan, index: usize, event: &Event) -> Result<What, Withheld> {
    Ok(match &event.kind {
        EventKind::Opened { .. } => What::Opened,
        EventKind::Signature => What::Signature,
        EventKind::Start => What::Start,
        EventKind::End => What::End,
        EventKind::Abandonment => What::Abandonment,
        EventKind::Action { name, hours } => {
            let name = plan.name(NameKind::Action, name);
            let priced_per_action = match plan.schedule.price {
                Price::PerAction => true,
                Price::Fixed(_) | Price::Hourly { .. } => false,
            };
            if priced_per_action && !plan.action(name).declared {
                return Err(Withheld::UnlistedAction { event: index });
            }
            What::Action { name, hours: *hours }
        }
        EventKind::Deliverable { name } => {
            let name = plan.name(NameKind::Deliverable, name);
            name.map_or(What::UnknownDeliverable, What::Named)
        }
        EventKind::Event { name } => {
            plan.name(NameKind::Event, name).map_or(What::UnknownEvent, What::Named)
        }
    })
}
