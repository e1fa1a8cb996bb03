//! One case: its dense events as evaluation wants them, and typed, for messages and explanations.

use super::case_events::CaseEvents;
use super::entry::{Entry, NONE};
use super::events::Histories;
use super::place::Place;
use super::wrong_lines::CaseFault;
use crate::calendar::Date;
use crate::eval::{Recall, Sent, Texts, What, number_of};
use crate::model::{Event, EventKind, Kind, More, Subject};
use crate::money::Hours;
use crate::plan::{NameId, Plan, PlannedTerms};
use std::borrow::Cow;

/// All that is known of one case.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Its events, in the order of input.
    pub events: Vec<Event>,
    /// For each event, where it stands.
    pub places: Vec<Place>,
    /// The first lines of this case that are no event, or one with a day that other lines speak against.
    pub faults: Vec<CaseFault>,
    /// How many lines are none.
    pub fault_count: u64,
}

/// The numbers that plans give to the names of histories: those that were looked up last, by the
/// place of the plan in its book and that of the name.
pub struct KnownNames(Vec<(u32, u32, NameId)>);

impl Default for KnownNames {
    fn default() -> Self {
        KnownNames(vec![(NONE, NONE, NameId(0)); KnownNames::PLACES])
    }
}

impl KnownNames {
    const PLACES: usize = 1 << 10;

    #[inline]
    fn find(&mut self, plan: u32, name: u32, look_up: impl FnOnce() -> NameId) -> NameId {
        let place = (name ^ plan.wrapping_mul(37)) as usize % Self::PLACES;
        let Some(known) = self.0.get_mut(place) else { return look_up() };
        if (known.0, known.1) != (plan, name) {
            *known = (plan, name, look_up());
        }
        known.2
    }
}

/// A case on a schedule of a book.
pub struct Dense<'h, 'n> {
    pub events: CaseEvents<'h>,
    pub plan: u32,
    pub names: &'n mut KnownNames,
}

impl Histories {
    /// A case, typed.
    pub fn case(&self, case: usize) -> Option<Case> {
        let events = self.events(case);
        let name = self.name_of(case)?.to_owned();
        let numbers = 0..events.count;
        Some(Case {
            events: numbers.clone().filter_map(|event| self.typed(&name, events, event)).collect(),
            places: numbers.map(|event| self.place_of(events.place(event))).collect(),
            faults: match self.faults(case) {
                [] => self.first_fault(case).into_iter().collect(),
                faults => faults.to_vec(),
            },
            fault_count: self.fault_count(case),
            name,
        })
    }

    /// One event of a case, typed, and where it stands.
    pub fn event_of(&self, case: usize, event: usize) -> Option<(Event, Place)> {
        let (events, event) = (self.events(case), u32::try_from(event).ok()?);
        if event >= events.count {
            return None;
        }
        let name = self.name_of(case)?;
        Some((self.typed(name, events, event)?, self.place_of(events.place(event))))
    }

    /// The cases, typed, in the order of their first appearance.
    pub fn cases(&self) -> impl Iterator<Item = Case> {
        (0..self.case_count()).filter_map(|case| self.case(case))
    }

    /// How many events a case has, sound or not.
    pub fn event_count_of(&self, case: usize) -> u64 {
        u64::from(self.events(case).count) + self.fault_count(case)
    }

    /// Where the first event of a case stands; of a case without a sound one, its first fault.
    pub fn first_place(&self, case: usize) -> Option<Place> {
        let events = self.events(case);
        if events.count > 0 {
            return Some(self.place_of(events.place(0)));
        }
        self.faults(case).first().map(|fault| fault.place)
    }

    /// Why a case may not be billed: its first line that is no event, or a day that other lines speak
    /// against.
    pub(super) fn first_fault(&self, case: usize) -> Option<CaseFault> {
        let number = u32::try_from(case).unwrap_or(u32::MAX);
        let ids = || {
            let events = self.events(case);
            let ids = (0..events.count).filter(|event| events.id(*event).is_some()).count();
            u32::try_from(ids).unwrap_or(u32::MAX)
        };
        let first = self.faults(case).first().cloned();
        first.or_else(|| self.readings.fault(number)).or_else(|| self.readings.cut(number, ids))
    }

    pub(super) fn name_at(&self, place: u32) -> &str {
        self.names.get(place as usize).map_or("", |(_, name)| name)
    }

    fn typed(&self, case: &str, events: CaseEvents<'_>, event: u32) -> Option<Event> {
        let entry = events.entry(event)?;
        let kind = entry.kind();
        let kind = if let Some(more) = events.more(event) {
            EventKind::More(Box::new(more.clone()))
        } else if let Some(milestone) = kind.milestone() {
            EventKind::Milestone(milestone)
        } else if let Some(subject) = kind.subject() {
            let mut kind = EventKind::of(Subject::new(subject, self.name_at(entry.name)));
            if let EventKind::Action { hours, .. } = &mut kind {
                *hours = entry.hours();
            }
            kind
        } else if kind == Kind::Void {
            EventKind::Void { of: self.name_at(entry.name).to_owned() }
        } else if kind == Kind::Opened {
            let opening = self.openings.get(entry.name as usize)?;
            EventKind::Opened {
                schedule: self.name_at(opening.schedule).to_owned(),
                planned: opening.terms,
            }
        } else {
            // Each of the others has more.
            return None;
        };
        let id = events.id(event).map(str::to_owned);
        Some(Event { case: case.to_owned(), date: entry.date(), id, kind })
    }
}

/// The events of a case, each typed when it is looked at.
#[derive(Clone, Copy)]
pub struct EventsOf<'h> {
    /// All cases.
    pub histories: &'h Histories,
    /// Which one.
    pub case: usize,
}

impl Recall for EventsOf<'_> {
    fn len(&self) -> usize {
        self.histories.events(self.case).count as usize
    }

    fn recall(&self, place: usize) -> Option<Cow<'_, Event>> {
        self.histories.event_of(self.case, place).map(|(event, _)| Cow::Owned(event))
    }
}

impl Texts for Dense<'_, '_> {
    fn case(&self) -> &str {
        let histories = self.events.histories;
        histories.name_of(self.events.case).unwrap_or_default()
    }

    fn subject(&self, event: u32) -> Option<&str> {
        let entry = self.events.entry(event)?;
        entry.kind().subject().map(|_| self.events.histories.name_at(entry.name))
    }

    fn id(&self, event: u32) -> Option<&str> {
        self.events.id(event)
    }
}

impl Sent for Dense<'_, '_> {
    fn count(&self) -> u32 {
        self.events.count
    }

    fn id_bytes(&self, event: u32) -> Option<&[u8]> {
        self.events.histories.texts.get_some(self.events.entry(event)?.id)
    }

    fn date(&self, event: u32) -> Date {
        self.events.entry(event).map_or(Date::FAR, Entry::date)
    }

    fn same(&self, one: u32, other: u32) -> bool {
        let said = |entry: &Entry| (entry.when, entry.name, entry.hours);
        self.events.entry(one).map(said) == self.events.entry(other).map(said)
            && self.events.more(one) == self.events.more(other)
    }

    fn withdraws(&self, event: u32) -> Option<&str> {
        self.events.withdrawn_by(event)
    }

    fn opens(&self, event: u32) -> Option<(&str, PlannedTerms)> {
        let opening = self.events.opening(event)?;
        Some((self.events.histories.name_at(opening.schedule), opening.terms))
    }

    fn more(&self, event: u32) -> Option<&More> {
        self.events.more(event)
    }

    fn has_more(&self) -> bool {
        !self.events.histories.more.is_empty()
            && (0..self.events.count).any(|event| self.events.more(event).is_some())
    }

    fn stated(&self, event: u32) -> (Kind, Option<&str>, Option<Hours>) {
        let Some(entry) = self.events.entry(event) else { return (Kind::Void, None, None) };
        let kind = entry.kind();
        let (name, hours) = match kind.subject() {
            Some(_) => (Some(self.events.histories.name_at(entry.name)), entry.hours()),
            None => (None, None),
        };
        (kind, name, hours)
    }

    #[inline(always)]
    fn what(&mut self, plan: &Plan, event: u32) -> What {
        let Some(entry) = self.events.entry(event) else { return What::Opened };
        let kind = entry.kind();
        let Some(kind) = kind.subject() else {
            return kind.milestone().map_or(What::Opened, What::Milestone);
        };
        let histories = self.events.histories;
        let look_up = || number_of(plan, kind, histories.name_at(entry.name));
        let name = self.names.find(self.plan, entry.name, look_up);
        What::Named(name, entry.hours())
    }
}
