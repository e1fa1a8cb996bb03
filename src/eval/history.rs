//! A case's events made sound and dense: judged as a whole, whatever the as-of date; sent twice
//! counted once; names turned into numbers; in the order in which they are taken.

use super::{Notice, NoticeKind, Withheld};
use crate::calendar::Date;
use crate::model::{Event, EventKind, Price};
use crate::money::Hours;
use crate::plan::{NameId, NameKind, Plan, PlannedTerms};
use hashbrown::HashTable;
use std::hash::BuildHasher;

/// One event, dense: sixteen bytes.
#[derive(Clone, Copy, Debug)]
pub struct Happened {
    /// The date, and after it the place in the day: the order of moments.
    when: u32,
    name: NameId,
    /// Hours, or [`NO_HOURS`].
    hours: u32,
    /// The place in the sender's list of events.
    pub event: u32,
}

/// More than one event may state: 100,000 hours are 3,000,000,000 units.
const NO_HOURS: u32 = u32::MAX;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The case was opened.
    Opened,
    /// The quote was signed.
    Signature,
    /// The case started.
    Start,
    /// Something with a name, and its hours where it is an action that has any.
    Named(NameId, Option<Hours>),
    /// The case was finished.
    End,
    /// The case was abandoned.
    Abandonment,
}

impl Happened {
    /// What happened on a date. `event` is what lines and notices are to name it by: its place in
    /// the sender's list, which orders the events of one date and kind.
    pub fn new(date: Date, what: What, event: u32) -> Happened {
        let none = NameId::other(NameKind::Action);
        let (place, name, hours) = match what {
            What::Opened => (0, none, None),
            What::Signature => (1, none, None),
            What::Start => (2, none, None),
            What::Named(name, hours) => (3, name, hours),
            What::End => (4, none, None),
            What::Abandonment => (5, none, None),
        };
        let hours = hours.and_then(|hours| u32::try_from(hours.0).ok()).unwrap_or(NO_HOURS);
        Happened { when: date.bits() << 3 | place, name, hours, event }
    }

    /// Its date.
    #[inline]
    pub fn date(self) -> Date {
        Date::from_bits(self.when >> 3)
    }

    /// What happened.
    #[inline]
    pub fn what(self) -> What {
        match self.when & 7 {
            0 => What::Opened,
            1 => What::Signature,
            2 => What::Start,
            3 => What::Named(
                self.name,
                (self.hours != NO_HOURS).then(|| Hours(i64::from(self.hours))),
            ),
            4 => What::End,
            _ => What::Abandonment,
        }
    }
}

/// Puts events in the order of moments: by date, by place in the day, and then as they were sent.
/// Most histories come in that order; then nothing is moved.
pub fn put_in_order(happened: &mut [Happened]) {
    let order = |happened: &Happened| (happened.when, happened.event);
    if !happened.is_sorted_by_key(order) {
        happened.sort_unstable_by_key(order);
    }
}

/// The events of one case under reading.
#[derive(Default)]
pub struct Reader {
    /// Events by their ids, as places in the slice.
    by_id: HashTable<u32>,
    hasher: foldhash::fast::RandomState,
}

impl Reader {
    /// Reads the events of one case into `happened`, in the order of moments, and gives what the
    /// case plans, the schedule's own terms filled in.
    pub fn read(
        &mut self,
        plan: &Plan,
        events: &[Event],
        terms: PlannedTerms,
        happened: &mut Vec<Happened>,
        notices: &mut Vec<Notice>,
    ) -> Result<PlannedTerms, Withheld> {
        happened.clear();
        self.by_id.clear();
        let mut opened: Option<usize> = None;
        let mut own = terms;
        for (index, event) in events.iter().enumerate() {
            if events.first().is_some_and(|first| first.case != event.case) {
                return Err(Withheld::MixedCases { event: index });
            }
            let number = u32::try_from(index).map_err(|_| Withheld::TooLarge)?;
            if let Some(id) = event.id.as_deref()
                && let Some(first) = self.first_of_id(events, id, number)
            {
                if events.get(first) != Some(event) {
                    return Err(Withheld::ConflictingId { first, event: index });
                }
                let kind = NoticeKind::Duplicate;
                notices.push(Notice { date: event.date, event: index, kind });
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
                own.hours = planned_hours.or(terms.hours);
                own.months = planned_months.or(terms.months);
            }
            happened.push(Happened::new(event.date, what, number));
        }
        put_in_order(happened);
        own.complete(plan)
    }

    /// The first event with this id; if there is none, this one is noted as the first.
    fn first_of_id(&mut self, events: &[Event], id: &str, number: u32) -> Option<usize> {
        let id_of = |place: &u32| events.get(*place as usize).and_then(|event| event.id.as_deref());
        let hash = |place: &u32| self.hasher.hash_one(id_of(place).unwrap_or_default());
        let entry =
            self.by_id.entry(self.hasher.hash_one(id), |place| id_of(place) == Some(id), hash);
        match entry {
            hashbrown::hash_table::Entry::Occupied(first) => Some(*first.get() as usize),
            hashbrown::hash_table::Entry::Vacant(free) => {
                free.insert(number);
                None
            }
        }
    }
}

impl PlannedTerms {
    /// These terms, the schedule's own filled in, if they are all that the schedule needs.
    pub fn complete(self, plan: &Plan) -> Result<PlannedTerms, Withheld> {
        let terms = self.or_default(plan);
        if plan.needs_planned_hours && terms.hours.is_none() {
            return Err(Withheld::NoPlannedHours);
        }
        if plan.needs_planned_months && terms.months.is_none() {
            return Err(Withheld::NoPlannedDuration);
        }
        Ok(terms)
    }
}

/// An event of a name, on a schedule; a schedule priced per action knows all its actions.
pub fn named(
    plan: &Plan,
    kind: NameKind,
    name: NameId,
    hours: Option<Hours>,
    event: usize,
) -> Result<What, Withheld> {
    let closed = match (kind, plan.schedule.price) {
        (NameKind::Action, Price::PerAction) => true,
        (NameKind::Action, Price::Fixed(_) | Price::Hourly { .. })
        | (NameKind::Deliverable | NameKind::Event, _) => false,
    };
    if closed && !plan.named(name).is_some_and(|named| named.declared) {
        return Err(Withheld::UnlistedAction { event });
    }
    Ok(What::Named(name, hours))
}

fn what(plan: &Plan, index: usize, event: &Event) -> Result<What, Withheld> {
    let (kind, name, hours) = match &event.kind {
        EventKind::Opened { .. } => return Ok(What::Opened),
        EventKind::Signature => return Ok(What::Signature),
        EventKind::Start => return Ok(What::Start),
        EventKind::End => return Ok(What::End),
        EventKind::Abandonment => return Ok(What::Abandonment),
        EventKind::Action { name, hours } => (NameKind::Action, name, *hours),
        EventKind::Deliverable { name } => (NameKind::Deliverable, name, None),
        EventKind::Event { name } => (NameKind::Event, name, None),
    };
    named(plan, kind, plan.name_or_other(kind, name), hours, index)
}
