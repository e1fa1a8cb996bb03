//! A case's events made sound and dense: judged as a whole, whatever the as-of date; sent twice
//! counted once; names turned into numbers; in the order in which they are taken.

use super::{Notice, NoticeKind, Notices, Texts, Withheld, number_of};
use crate::calendar::Date;
use crate::model::{Event, EventKind, Kind, Milestone, More, Price, SubjectKind};
use crate::money::Hours;
use crate::plan::{NameId, Plan, PlannedTerms};
use crate::rules::Run;
use hashbrown::HashTable;
use std::collections::HashSet;
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

/// More than [`Hours::LARGEST`], which is 3,000,000,000 units.
const NO_HOURS: u32 = u32::MAX;

/// The place in the day of what has a name.
const NAMED: u32 = SubjectKind::PLACE_IN_DAY as u32;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The case was opened.
    Opened,
    /// The case came to a milestone.
    Milestone(Milestone),
    /// Something with a name, and its hours where it is an action that has any.
    Named(NameId, Option<Hours>),
}

impl Happened {
    /// What happened on a date; none where its hours are none that an event may state. `event` is what
    /// lines and notices are to name it by: its place in the sender's list, which orders the events of
    /// one date and kind.
    #[inline]
    pub fn new(date: Date, what: What, event: u32) -> Option<Happened> {
        let none = NameId::other(SubjectKind::Action);
        let (place, name, hours) = match what {
            What::Opened => (0, none, None),
            What::Milestone(milestone) => (u32::from(milestone.place_in_day()), none, None),
            What::Named(name, hours) => (NAMED, name, hours),
        };
        let hours = match hours {
            Some(hours) if hours > Hours::LARGEST => return None,
            Some(hours) => u32::try_from(hours.0).ok()?,
            None => NO_HOURS,
        };
        Some(Happened { when: date.bits() << 3 | place, name, hours, event })
    }

    /// Its date.
    #[inline]
    pub fn date(self) -> Date {
        Date::from_bits(self.when >> 3)
    }

    /// The name and the hours of what has a name: most events have.
    #[inline]
    pub fn named(self) -> Option<(NameId, Option<Hours>)> {
        (self.when & 7 == NAMED).then(|| (self.name, self.hours()))
    }

    #[inline]
    fn hours(self) -> Option<Hours> {
        (self.hours != NO_HOURS).then(|| Hours(i64::from(self.hours)))
    }

    /// What happened.
    #[inline]
    pub fn what(self) -> What {
        match self.when & 7 {
            0 => What::Opened,
            NAMED => What::Named(self.name, self.hours()),
            place => What::Milestone(Milestone::at_place_in_day(place)),
        }
    }
}

/// Of a history in order: each event that counts again and says what one of the few before it on its day says, with that one.
/// `counts_again` tells which count; `says_twice`, of two, whether their senders say the same, too.
pub(super) fn repeated(
    history: &[Happened],
    counts_again: impl Fn(Happened) -> bool,
    says_twice: impl Fn(u32, u32) -> bool,
) -> impl Iterator<Item = (Happened, Happened)> {
    let of_day = |before: &Happened, now: &Happened| before.when == now.when;
    let same = move |before: &Happened, now: &Happened| {
        (before.name, before.hours) == (now.name, now.hours) && says_twice(before.event, now.event)
    };
    (1..).zip(history.windows(2)).filter_map(move |(place, pair)| {
        let [last, now] = pair else { return None };
        if !of_day(last, now) || !counts_again(*now) {
            return None;
        }
        Some((*Run::said_before(history, place, of_day, &same)?, *now))
    })
}

/// Puts events in the order of moments: by date, by place in the day, and then as they were sent.
/// Most histories come in that order; then nothing is moved.
pub fn put_in_order(happened: &mut [Happened]) {
    let order = |happened: &Happened| (happened.when, happened.event);
    if !happened.is_sorted_by_key(order) {
        happened.sort_unstable_by_key(order);
    }
}

/// The events of one case as they were sent, by their places.
pub trait Sent: Texts {
    /// How many there are.
    fn count(&self) -> u32;
    /// The id of one, where it has one.
    fn id_bytes(&self, event: u32) -> Option<&[u8]>;
    /// The date of one.
    fn date(&self, event: u32) -> Date;
    /// Whether two say the same.
    fn same(&self, one: u32, other: u32) -> bool;
    /// Whether two say the same, and neither has an id that tells them apart.
    fn says_twice(&self, one: u32, other: u32) -> bool {
        self.id_bytes(one).is_none() && self.id_bytes(other).is_none() && self.same(one, other)
    }
    /// The id of the event that this one withdraws, where it does.
    fn withdraws(&self, event: u32) -> Option<&str>;
    /// What it says of the case where it opens it: the schedule's name and the planned terms.
    fn opens(&self, event: u32) -> Option<(&str, PlannedTerms)>;
    /// What an event says that only the second part of the language has.
    fn more(&self, event: u32) -> Option<&More>;
    /// Whether any event says such a thing.
    fn has_more(&self) -> bool;
    /// The kind of an event; of what has a name, its name and its hours.
    fn stated(&self, event: u32) -> (Kind, Option<&str>, Option<Hours>);
    /// What happened, on a schedule. (Of an event that withdraws another: nothing that counts.)
    fn what(&mut self, plan: &Plan, event: u32) -> What;
}

/// The first opening of a case that no event withdraws; of several, that one counts.
pub fn first_that_counts<T>(
    mut openings: impl Iterator<Item = (u32, T)>,
    withdrawn: impl Fn(u32) -> Option<()>,
) -> Option<(u32, T)> {
    let first = openings.next()?;
    match openings.next() {
        Some(second) if withdrawn(first.0).is_some() => std::iter::once(second)
            .chain(openings)
            .find(|(event, _)| withdrawn(*event).is_none())
            .or(Some(first)),
        Some(_) | None => Some(first),
    }
}

/// The first of the events that opens the case and is not withdrawn: its place, and the schedule's
/// name.
pub fn opened_on(events: &[Event]) -> Option<(usize, &str)> {
    let openings =
        (0_u32..).zip(events).filter_map(|(place, event)| Some((place, event.kind.opens()?)));
    let (place, schedule) = first_that_counts(openings, |place| {
        let id = events.get(place as usize)?.id.as_deref()?;
        events.iter().find(|event| event.kind.withdraws() == Some(id)).map(|_| ())
    })?;
    Some((place as usize, schedule))
}

/// The day of the first event of a case that stands, `opened` and amendments among them.
pub fn first_day(events: &[Event]) -> Option<Date> {
    let withdrawn: HashSet<&str> =
        events.iter().filter_map(|event| event.kind.withdraws()).collect();
    let stands = |event: &&Event| {
        event.kind.withdraws().is_none()
            && !event.id.as_deref().is_some_and(|id| withdrawn.contains(id))
    };
    events.iter().filter(stands).map(|event| event.date).min()
}

/// Makes the events of one case after another sound and dense.
#[derive(Default)]
pub struct Reader {
    /// Events by their ids, as places.
    by_id: HashTable<u32>,
    hasher: foldhash::fast::RandomState,
    /// Events that are left out, and why, by their places.
    left_out: Vec<(u32, NoticeKind)>,
    /// Events that withdraw others.
    voids: Vec<u32>,
}

impl Reader {
    /// Reads the events of one case into `happened`, in the order of moments, and gives what the
    /// case plans, the schedule's own terms filled in.
    pub fn read<S: Sent + ?Sized>(
        &mut self,
        plan: &Plan,
        sent: &mut S,
        terms: PlannedTerms,
        happened: &mut Vec<Happened>,
        notices: &mut Notices,
    ) -> Result<PlannedTerms, Withheld> {
        happened.clear();
        if !terms.are_sound() {
            return Err(Withheld::OutOfRange { event: None });
        }
        let all_count = all_count(sent);
        if !all_count {
            self.sort_out(sent)?;
        }
        let mut left_out = self.left_out.iter().peekable();
        let mut opened: Option<u32> = None;
        let mut own = terms;
        let names_are_closed = plan.schedule.price == Price::PerAction;
        for event in 0..sent.count() {
            if !all_count {
                if let Some((_, kind)) = left_out.next_if(|(place, _)| *place == event) {
                    let (date, kind) = (sent.date(event), *kind);
                    notices.push(Notice { date, event: event as usize, kind });
                    continue;
                }
                if sent.withdraws(event).is_some() {
                    continue;
                }
            }
            let what = sent.what(plan, event);
            match what {
                What::Named(name, _) if names_are_closed => {
                    let named = plan.named(name);
                    if named
                        .is_some_and(|named| named.kind == SubjectKind::Action && !named.declared)
                    {
                        return Err(Withheld::UnlistedAction { event: event as usize });
                    }
                }
                What::Opened => {
                    let (first, event) = (opened.replace(event), event as usize);
                    if let Some(first) = first {
                        return Err(Withheld::OpenedTwice { first: first as usize, event });
                    }
                    if let Some((schedule, stated)) = sent.opens(event as u32) {
                        if *schedule != plan.schedule.name {
                            return Err(Withheld::OtherSchedule { event });
                        }
                        if !stated.are_sound() {
                            return Err(Withheld::OutOfRange { event: Some(event) });
                        }
                        own.hours = stated.hours.or(terms.hours);
                        own.months = stated.months.or(terms.months);
                    }
                }
                What::Named(..) | What::Milestone(_) => {}
            }
            let out_of_range = || Withheld::OutOfRange { event: Some(event as usize) };
            let taken = Happened::new(sent.date(event), what, event).ok_or_else(out_of_range)?;
            happened.push(taken);
        }
        put_in_order(happened);
        plan.complete(own).map_err(Withheld::from)
    }

    /// Finds the events that do not count, and calls `each` for all others, in their order.
    pub fn count<S: Sent + ?Sized>(
        &mut self,
        sent: &S,
        notices: &mut Notices,
        mut each: impl FnMut(u32) -> Result<(), Withheld>,
    ) -> Result<(), Withheld> {
        if all_count(sent) {
            return (0..sent.count()).try_for_each(each);
        }
        self.sort_out(sent)?;
        let mut left_out = self.left_out.iter().peekable();
        for event in 0..sent.count() {
            if let Some((_, kind)) = left_out.next_if(|(place, _)| *place == event) {
                let (date, kind) = (sent.date(event), *kind);
                notices.push(Notice { date, event: event as usize, kind });
            } else if sent.withdraws(event).is_none() {
                each(event)?;
            }
        }
        Ok(())
    }

    /// Finds the events that do not count: sent twice with one id, or withdrawn.
    fn sort_out<S: Sent + ?Sized>(&mut self, sent: &S) -> Result<(), Withheld> {
        self.by_id.clear();
        self.left_out.clear();
        self.voids.clear();
        for event in 0..sent.count() {
            let first = sent.id_bytes(event).and_then(|id| self.first_of_id(sent, id, event));
            match first {
                Some(first) if !sent.same(first, event) => {
                    let (first, event) = (first as usize, event as usize);
                    return Err(Withheld::ConflictingId { first, event });
                }
                Some(_) => self.left_out.push((event, NoticeKind::Duplicate)),
                None if sent.withdraws(event).is_some() => self.voids.push(event),
                None => {}
            }
        }
        if !self.voids.is_empty() {
            self.withdraw(sent)?;
        }
        Ok(())
    }

    #[cold]
    fn withdraw<S: Sent + ?Sized>(&mut self, sent: &S) -> Result<(), Withheld> {
        let mut voids = std::mem::take(&mut self.voids);
        let mut withdrawn = HashSet::new();
        for void in voids.drain(..) {
            let of = sent.withdraws(void).unwrap_or_default();
            let found = self
                .by_id
                .find(self.hasher.hash_one(of.as_bytes()), |place| {
                    sent.id_bytes(*place) == Some(of.as_bytes())
                })
                .filter(|place| sent.withdraws(**place).is_none());
            let Some(target) = found else {
                return Err(Withheld::NothingToVoid { event: void as usize });
            };
            self.left_out.push(if withdrawn.insert(*target) {
                (*target, NoticeKind::Voided)
            } else {
                (void, NoticeKind::SecondVoid)
            });
        }
        self.voids = voids;
        self.left_out.sort_unstable_by_key(|(place, _)| *place);
        Ok(())
    }

    /// The first event with this id; if there is none, this one is noted as the first.
    #[inline]
    fn first_of_id<S: Sent + ?Sized>(&mut self, sent: &S, id: &[u8], event: u32) -> Option<u32> {
        let hash = |place: &u32| self.hasher.hash_one(sent.id_bytes(*place).unwrap_or_default());
        let same = |place: &u32| sent.id_bytes(*place) == Some(id);
        match self.by_id.entry(self.hasher.hash_one(id), same, hash) {
            hashbrown::hash_table::Entry::Occupied(first) => Some(*first.get()),
            hashbrown::hash_table::Entry::Vacant(free) => {
                free.insert(event);
                None
            }
        }
    }
}

/// Whether certainly all events count: none is withdrawn, and each id is longer than the one before
/// it or greater, as those of a sender who numbers them are. Then no two are the same.
fn all_count<S: Sent + ?Sized>(sent: &S) -> bool {
    let mut last: Option<&[u8]> = None;
    (0..sent.count()).all(|event| {
        let id = sent.id_bytes(event);
        let rises = match (last, id) {
            (Some(last), Some(id)) => rises(last, id),
            (None, _) | (_, None) => true,
        };
        last = id.or(last);
        rises && sent.withdraws(event).is_none()
    })
}

/// Whether an id is longer than the one before it, or as long and greater.
#[inline]
fn rises(last: &[u8], id: &[u8]) -> bool {
    // Most ids have eight to sixteen bytes: the first and the last eight of them tell.
    let ends = |id: &[u8]| {
        Some((u64::from_be_bytes(*id.first_chunk()?), u64::from_be_bytes(*id.last_chunk()?)))
    };
    match (ends(last), ends(id)) {
        (Some(before), Some(now)) if last.len() == id.len() && id.len() <= 16 => before < now,
        _ => (last.len(), last) < (id.len(), id),
    }
}

/// Events that a host has typed.
impl Texts for &[Event] {
    fn case(&self) -> &str {
        self.first().map_or("", |event| event.case.as_str())
    }

    fn subject(&self, event: u32) -> Option<&str> {
        self.get(event as usize)?.kind.subject()
    }

    fn id(&self, event: u32) -> Option<&str> {
        self.get(event as usize)?.id.as_deref()
    }
}

impl Sent for &[Event] {
    fn count(&self) -> u32 {
        u32::try_from(self.len()).unwrap_or(u32::MAX)
    }

    fn id_bytes(&self, event: u32) -> Option<&[u8]> {
        self.get(event as usize)?.id.as_deref().map(str::as_bytes)
    }

    fn date(&self, event: u32) -> Date {
        self.get(event as usize).map_or(Date::FAR, |event| event.date)
    }

    fn same(&self, one: u32, other: u32) -> bool {
        self.get(one as usize) == self.get(other as usize)
    }

    fn withdraws(&self, event: u32) -> Option<&str> {
        self.get(event as usize)?.kind.withdraws()
    }

    fn opens(&self, event: u32) -> Option<(&str, PlannedTerms)> {
        self.get(event as usize)?.kind.opening()
    }

    fn more(&self, event: u32) -> Option<&More> {
        self.get(event as usize)?.kind.more()
    }

    fn has_more(&self) -> bool {
        self.iter().any(|event| event.kind.more().is_some())
    }

    fn stated(&self, event: u32) -> (Kind, Option<&str>, Option<Hours>) {
        let Some(event) = self.get(event as usize) else { return (Kind::Void, None, None) };
        let (kind, (name, hours, _)) = (event.kind.kind(), event.kind.stated());
        let subject = kind.subject();
        let hours = hours.filter(|_| subject == Some(SubjectKind::Action));
        (kind, name.filter(|_| subject.is_some()), hours)
    }

    fn what(&mut self, plan: &Plan, event: u32) -> What {
        let Some(event) = self.get(event as usize) else { return What::Opened };
        let named = |kind, name: &str, hours| What::Named(number_of(plan, kind, name), hours);
        match &event.kind {
            // One of the second part is billed by the rules that know it.
            EventKind::Opened { .. } | EventKind::Void { .. } | EventKind::More(_) => What::Opened,
            EventKind::Milestone(milestone) => What::Milestone(*milestone),
            EventKind::Action { name, hours } => named(SubjectKind::Action, name, *hours),
            EventKind::Deliverable { name } => named(SubjectKind::Deliverable, name, None),
            EventKind::Event { name } => named(SubjectKind::Event, name, None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rises;

    #[test]
    fn ids_rise_by_length_and_then_by_their_first_byte_that_differs() {
        for length in 0..20 {
            let id = vec![b'5'; length];
            assert!(!rises(&id, &id.clone()));
            let longer = vec![b'0'; length + 1];
            assert!(rises(&id, &longer) && !rises(&longer, &id));
            for place in 0..length {
                let (mut less, mut greater) = (id.clone(), id.clone());
                (less[place], greater[place]) = (b'4', 0xe9);
                // What comes after it does not matter.
                less.iter_mut().skip(place + 1).for_each(|byte| *byte = b'9');
                assert!(rises(&less, &id) && !rises(&id, &less), "{less:?}");
                assert!(rises(&id, &greater) && !rises(&greater, &id), "{greater:?}");
            }
        }
    }
}
