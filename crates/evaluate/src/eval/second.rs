//! Cases that use the second part of the language: their events made sound, and billed by the rules.
//!
//! In: a plan with its program, and the events of one case. Out: billed lines and notices, or why the case
//! is withheld. It is judged on all of its events, whatever the as-of date.

use super::history::{Reader, Sent};
use super::{Notice, NoticeKind, Notices, Withheld, likeness};
use crate::calendar::Date;
use crate::model::program::{Opening, Price};
use crate::model::{Kind, More, SubjectKind};
use crate::plan::{Plan, PlannedTerms};
use crate::rules::{
    self, Amendment, Amiss, Deed, Happening, Ready, Remark, Run, Stated, Stop, Term, Unsound,
};

/// What a case is billed with, to be used again.
#[derive(Default)]
pub struct Desk {
    /// The run, with the lines of the last case.
    pub run: Run,
    history: Vec<Happening>,
    amendments: Vec<Amendment>,
}

impl Desk {
    /// Bills a case; `agreed` is what it agrees besides its events.
    pub fn bill<S: Sent>(
        &mut self,
        (plan, ready): (&Plan, &Ready),
        (reader, sent): (&mut Reader, &mut S),
        (planned, agreed): (PlannedTerms, &Opening),
        as_of: Date,
        notices: &mut Notices,
    ) -> Result<(), Withheld> {
        let program = &*ready.program;
        self.history.clear();
        self.amendments.clear();
        let mut opening = agreed.clone();
        opening.terms.hours = opening.terms.hours.or(planned.hours);
        opening.terms.months = opening.terms.months.or(planned.months);
        let mut opened: Option<u32> = None;
        let mut unknown = Vec::new();
        let mut strangers: Vec<&str> = Vec::new();
        let (history, amendments) = (&mut self.history, &mut self.amendments);
        let sent = &*sent;
        reader.count(sent, notices, |event| {
            let date = sent.date(event);
            let place = event as usize;
            let decimals = || Withheld::Decimals { event: place };
            let (kind, name, hours) = sent.stated(event);
            let deed = match kind {
                Kind::Void => return Ok(()),
                Kind::Opened => {
                    if let Some(first) = opened.replace(event) {
                        return Err(Withheld::OpenedTwice { first: first as usize, event: place });
                    }
                    let stated = sent.opens(event);
                    if stated.is_some_and(|(schedule, _)| schedule != plan.schedule.name) {
                        return Err(Withheld::OtherSchedule { event: place });
                    }
                    let planned = stated.map(|(_, planned)| planned).unwrap_or_default();
                    if !planned.are_sound() {
                        return Err(Withheld::OutOfRange { event: Some(place) });
                    }
                    let mut stated = match sent.more(event) {
                        Some(More::Opened { agreement, .. }) => {
                            agreement.opening(program.currency).ok_or_else(decimals)?
                        }
                        Some(_) | None => Opening::default(),
                    };
                    stated.terms.hours = planned.hours;
                    stated.terms.months = planned.months;
                    opening.terms = stated.terms.or(opening.terms);
                    opening.shares.append(&mut stated.shares);
                    Deed::Opened
                }
                Kind::Milestone(milestone) => Deed::Milestone(milestone),
                Kind::Subject(subject) => {
                    let known = ready.find(subject, name.unwrap_or_default());
                    let number = known.unwrap_or_else(|| stranger(&mut strangers, name));
                    match subject {
                        SubjectKind::Action => {
                            let listed = known.and_then(|name| program.names.get(name.0 as usize));
                            let closed = matches!(program.price, Price::PerAction { .. });
                            if closed && listed.is_none_or(|named| named.worked.is_none()) {
                                return Err(Withheld::UnlistedAction { event: place });
                            }
                            // Where actions are declared, every other one is worth a notice, alike or not.
                            let stranger = known.is_none() && !program.declares_actions;
                            if stranger
                                && date <= as_of
                                && likeness::meant(plan, name.unwrap_or_default()).is_some()
                            {
                                let kind = NoticeKind::LookAlikeAction;
                                unknown.push(Notice { date, event: place, kind });
                            }
                            let mut stated = Stated { hours, ..Stated::default() };
                            if let Some(More::Action { beside, .. }) = sent.more(event) {
                                stated.quantity = beside.quantity;
                                stated.amount = match beside.amount {
                                    None => None,
                                    Some(amount) => Some(
                                        amount
                                            .in_currency(program.currency)
                                            .ok_or_else(decimals)?,
                                    ),
                                };
                            }
                            Deed::Action(number, stated)
                        }
                        SubjectKind::Deliverable | SubjectKind::Event => {
                            if known.is_none() && date <= as_of {
                                let kind = NoticeKind::unknown(subject);
                                unknown.push(Notice { date, event: place, kind });
                            }
                            Deed::Named(number)
                        }
                    }
                }
                Kind::Amendment => {
                    let Some(More::Amendment(agreement)) = sent.more(event) else { return Ok(()) };
                    let terms = agreement.terms(program.currency).ok_or_else(decimals)?;
                    amendments.push(Amendment { date, event, terms });
                    Deed::Amendment(terms)
                }
                Kind::Progress => {
                    let Some(More::Progress(percent)) = sent.more(event) else { return Ok(()) };
                    Deed::Progress(*percent)
                }
                Kind::Suspension => Deed::Suspension,
                Kind::Resumption => Deed::Resumption,
            };
            history.push(Happening { date, deed, event });
            Ok(())
        })?;
        let order = |of: &Happening| (of.date, of.deed.place_in_day(), of.event);
        if !history.is_sorted_by_key(order) {
            history.sort_unstable_by_key(order);
        }
        amendments.sort_by_key(|amendment| amendment.date);
        let withheld = |(unsound, event): (Unsound, Option<u32>)| {
            Withheld::of_terms(unsound, event.or(opened))
        };
        let says_twice = |one, other| sent.says_twice(one, other);
        let run = &mut self.run;
        if amendments.is_empty() && opening == Opening::default() {
            let usual = ready.usual().map_err(|unsound| withheld((unsound, None)))?;
            run.take(ready, usual, &self.history, &says_twice, as_of)?;
        } else {
            let settled = rules::settle(program, Some(&opening), amendments);
            let (terms, payers) = settled.map_err(withheld)?;
            run.take(ready, (terms, &payers), &self.history, &says_twice, as_of)?;
        }
        let closed = |event: usize| {
            self.run
                .remarks
                .iter()
                .any(|(of, remark)| *of as usize == event && *remark == Remark::AfterClosing)
        };
        unknown
            .into_iter()
            .filter(|notice| !closed(notice.event))
            .for_each(|notice| notices.push(notice));
        for (event, remark) in &self.run.remarks {
            let notice = Notice {
                date: sent.date(*event),
                event: *event as usize,
                kind: notice_of(*remark),
            };
            notices.push(notice);
        }
        Ok(())
    }
}

fn notice_of(remark: Remark) -> NoticeKind {
    match remark {
        Remark::NotYet => NoticeKind::NotYet,
        Remark::AfterClosing => NoticeKind::AfterClosing,
        Remark::Repeated(other) => NoticeKind::Repeated(other),
        Remark::Idle(idle) => NoticeKind::idle(idle),
        Remark::NoSuspension => NoticeKind::NoSuspension,
        Remark::ChangesNothing => NoticeKind::ChangesNothing,
        Remark::ProgressFalls(before) => NoticeKind::ProgressFalls(before),
        Remark::Unlisted => NoticeKind::UnlistedAction,
        Remark::HoursDecide(line) => NoticeKind::HoursDecide(line),
        Remark::Work(Amiss::NoHours) => NoticeKind::NoHours,
        Remark::Work(Amiss::NoQuantity) => NoticeKind::NoQuantity,
        Remark::Work(Amiss::NoAmount) => NoticeKind::NoAmount,
        Remark::Work(Amiss::UnusedQuantity) => NoticeKind::UnusedQuantity,
        Remark::Work(Amiss::UnusedAmount) => NoticeKind::UnusedAmount,
    }
}

impl From<Stop> for Withheld {
    fn from(stop: Stop) -> Withheld {
        match stop {
            Stop::TooLarge => Withheld::TooLarge,
            Stop::NoPrice => Withheld::of_terms(Unsound::Missing(Term::Price), None),
            Stop::NoRate => Withheld::of_terms(Unsound::Missing(Term::Rate), None),
            Stop::NoPlannedHours => Withheld::NoPlannedHours,
            Stop::NoPlannedDuration => Withheld::NoPlannedDuration,
        }
    }
}

impl Withheld {
    /// Terms that are not sound, and the event that states them.
    fn of_terms(unsound: Unsound, event: Option<u32>) -> Withheld {
        if unsound == Unsound::Missing(Term::PlannedHours) {
            Withheld::NoPlannedHours
        } else if unsound == Unsound::Missing(Term::PlannedMonths) {
            Withheld::NoPlannedDuration
        } else {
            Withheld::Terms { unsound, event: event.map(|event| event as usize) }
        }
    }
}

/// The number of a name that the schedule does not have: the same for the same name, and of none that it has.
fn stranger<'n>(strangers: &mut Vec<&'n str>, name: Option<&'n str>) -> rules::Name {
    let name = name.unwrap_or_default();
    let place = strangers.iter().position(|known| *known == name).unwrap_or_else(|| {
        strangers.push(name);
        strangers.len() - 1
    });
    rules::Name((u32::MAX - 1).saturating_sub(u32::try_from(place).unwrap_or(u32::MAX)))
}
