//! The life of a case: one moment after another, and which lines fire at each.
//!
//! In: events that are sound, in the order of moments. Out: billed lines and remarks. Events are moments;
//! so is what the calendar brings, at the end of its day, after all events of that day. The next day
//! that matters is computed, never looked for day by day, but for lines that are looked at every evening.

use super::account::Account;
use super::happening::{Billed, Deed, Happening, Remark, Stop};
use super::judge::Facts;
use super::moment::Moment;
use super::payers::{Parts, Payers};
use super::ready::Ready;
use super::record::Record;
use super::work::{Item, NoWork, Stated, Work, amiss};
use crate::calendar::Date;
use crate::life::{Becomes, Life, What};
use crate::model::program::{
    Amount, Anchor, Form, Line, Measure, Name, PayerId, Program, Terms, Test, When, Worked,
};
use crate::money::{Hours, Money, Percent};

/// A case under way. It can be used for one case after another.
#[derive(Default)]
pub struct Run {
    pub(super) facts: Facts,
    pub(super) account: Account,
    pub(super) work: Work,
    pub(super) payers: Payers,
    /// How often each line has fired, and how often that counted.
    pub(super) fired: Vec<(u32, u32)>,
    pub(super) closed: bool,
    /// The billed lines.
    pub lines: Vec<Billed>,
    /// The place of each event that is worth a remark.
    pub remarks: Vec<(u32, Remark)>,
    /// Deadlines that an amendment of today put in the past, by line and trigger.
    pub(super) late: Vec<(usize, usize)>,
    /// The first action that states no hours and could have some.
    pub(super) hourless: Option<u32>,
    /// The lines of which it has been told that missing hours decide them, by their places in the schedule.
    pub(super) hours_told: Vec<u32>,
    /// The first line at this moment that fires, and the first that does not, by hours of which some are missing.
    pub(super) weighed: [Option<usize>; 2],
    /// The next evening that brings anything, where that is known and nothing has happened since that lines count from.
    pub(super) foreseen: Option<Date>,
    pub(super) parts: Parts,
    pub(super) items: Vec<Item>,
    /// The numbers of the payers' invoices of a day.
    invoices: Vec<u32>,
    /// What is decided and on what, where that is wanted: else it costs nothing.
    pub record: Option<Box<Record>>,
}

/// How a case stands, once its history has been taken.
pub struct Stands {
    /// Whether a balance has closed it.
    pub closed: bool,
    /// What it has come to.
    pub life: Life,
    /// Since when it is suspended, where it is.
    pub suspended: Option<Date>,
    /// What is certified.
    pub progress: Percent,
}

impl Run {
    /// How the case stands.
    pub fn stands(&self) -> Stands {
        Stands {
            closed: self.closed,
            life: self.facts.life(),
            suspended: self.facts.suspensions.under_way(),
            progress: self.facts.progress,
        }
    }

    /// Takes every moment of a sound history up to and including `as_of`. `says_twice` tells of two events of a day that come
    /// to the same whether their senders say the same, too.
    pub fn take(
        &mut self,
        ready: &Ready,
        (terms, payers): (Terms, &Payers),
        history: &[Happening],
        says_twice: &dyn Fn(u32, u32) -> bool,
        as_of: Date,
    ) -> Result<(), Stop> {
        let program = &*ready.program;
        self.facts.reset(program.names.len(), terms);
        self.account.reset();
        self.work.reset(program.names.len());
        self.payers.set(payers);
        self.fired.clear();
        self.fired.resize(program.lines.len(), (0, 0));
        self.closed = false;
        self.lines.clear();
        self.remarks.clear();
        self.late.clear();
        self.hourless = None;
        self.hours_told.clear();
        self.weighed = [None, None];
        self.foreseen = None;
        if let Some(record) = &mut self.record {
            **record = Record::default();
        }
        let until = history.partition_point(|happening| happening.date <= as_of);
        let (counted, later) = history.split_at_checked(until).unwrap_or((history, &[]));
        self.remarks.extend(later.iter().map(|happening| (happening.event, Remark::NotYet)));
        let Some(first) = counted.first() else { return Ok(()) };
        self.facts.first = first.date;
        // What is remarked of suspensions stands there in the order of the history.
        let mut of_clock = self.remarks.len();
        self.suspend(program, counted);
        let of_day = |before: &Happening, now: &Happening| before.date == now.date;
        let same = |before: &Happening, now: &Happening| {
            before.deed == now.deed && says_twice(before.event, now.event)
        };
        let mut evening = first.date;
        let mut last_event = first.date;
        for (place, happening) in counted.iter().enumerate() {
            if evening < happening.date {
                evening = self.evenings(ready, evening, last_event, happening.date)?;
            }
            self.facts.today = happening.date;
            last_event = happening.date;
            let told =
                self.remarks.get(of_clock).is_some_and(|(event, _)| *event == happening.event);
            of_clock += usize::from(told);
            if self.closed {
                // A suspension that comes to nothing has been told of already.
                if !told {
                    self.remark(happening, Remark::AfterClosing);
                }
            } else {
                if let Some(before) = Run::said_before(counted, place, of_day, same)
                    && counts_again(program, happening.deed)
                {
                    self.remark(happening, Remark::Repeated(before.event));
                }
                self.event(ready, happening)?;
            }
        }
        self.evenings(ready, evening, last_event, as_of.next())?;
        self.number();
        if self.record.is_some() && program.bills_work() {
            // The run is over, or nothing counts after the closing: what is left is counted as the next line of work would bill it.
            let mut items = Vec::new();
            let items = match self.work.bill(program, Form::Itemised, &mut items) {
                Ok(()) => Some(items),
                // No sum is known of it: a line that bills it withholds the case.
                Err(NoWork::NoRate) => None,
                // No line bills it: nothing is wrong with the case.
                Err(NoWork::TooLarge) if self.closed => None,
                Err(other @ NoWork::TooLarge) => return Err(other.into()),
            };
            if let (Some(record), Some(items)) = (&mut self.record, items) {
                let sum = items.iter().try_fold(Money::ZERO, |sum, item| sum.plus(item.amount));
                let days =
                    items.iter().map(|item| item.days.map_or(item.entry.date, |days| days.0));
                record.standing.unbilled_since = days.min();
                if self.closed {
                    record.standing.lost = sum;
                } else {
                    record.standing.unbilled = sum;
                }
            }
        }
        if let Some(record) = &mut self.record {
            record.standing.cuts.clone_from(&self.work.cuts);
            let open = self.account.open.iter();
            record.standing.deposits =
                open.map(|deposit| (deposit.line, Money(deposit.left()))).collect();
        }
        self.tell_awaited(program, last_event, as_of);
        Ok(())
    }

    /// Notes the suspensions of a history.
    fn suspend(&mut self, program: &Program, history: &[Happening]) {
        let of_clock =
            |happening: &Happening| matches!(happening.deed, Deed::Suspension | Deed::Resumption);
        if !history.iter().any(of_clock) {
            return;
        }
        let mut since: Option<Date> = None;
        let mut over = false;
        for happening in history {
            let remark = match happening.deed {
                Deed::Suspension | Deed::Resumption if !program.may_suspend => {
                    Some(Remark::NoSuspension)
                }
                Deed::Suspension if since.is_some() || over => Some(Remark::ChangesNothing),
                Deed::Suspension => {
                    since = Some(happening.date);
                    None
                }
                Deed::Resumption => match since.take() {
                    Some(from) => {
                        self.facts.suspensions.add(from, happening.date);
                        None
                    }
                    None => Some(Remark::ChangesNothing),
                },
                Deed::Milestone(milestone) => {
                    over |= milestone.is_terminal();
                    None
                }
                Deed::Action(name, _) => {
                    over |= program.names.get(name.0 as usize).is_some_and(|named| named.ends_case);
                    None
                }
                Deed::Opened | Deed::Amendment(_) | Deed::Named(_) | Deed::Progress(_) => None,
            };
            if over && let Some(from) = since.take() {
                self.facts.suspensions.add(from, happening.date);
            }
            if let Some(remark) = remark {
                self.remark(happening, remark);
            }
        }
        if let Some(from) = since {
            self.facts.suspensions.add(from, Date::FAR);
        }
    }

    fn remark(&mut self, happening: &Happening, remark: Remark) {
        self.remarks.push((happening.event, remark));
    }

    /// An event takes effect, and its moment is judged.
    fn event(&mut self, ready: &Ready, happening: &Happening) -> Result<(), Stop> {
        let program = &*ready.program;
        let mut moment = Moment::of(happening.event);
        match happening.deed {
            Deed::Opened | Deed::Suspension | Deed::Resumption => {}
            Deed::Amendment(terms) => {
                self.amend(program, terms);
                return Ok(());
            }
            Deed::Milestone(milestone) => {
                match self.facts.life().take(What::Milestone(milestone)) {
                    Ok(becomes) => self.reach(becomes, &mut moment),
                    Err(idle) => self.remark(happening, Remark::Idle(idle)),
                }
            }
            Deed::Action(name, stated) => {
                self.act(program, happening, name, stated, &mut moment)?
            }
            Deed::Named(name) => self.note(name, &mut moment),
            Deed::Progress(percent) => {
                let before = std::mem::replace(&mut self.facts.progress, percent);
                if percent < before && program.asks_for_progress() {
                    self.remark(happening, Remark::ProgressFalls(before));
                }
                moment.progress = true;
            }
        }
        let is_moment = !matches!(happening.deed, Deed::Opened);
        // Most events are none that a line waits for.
        if is_moment && (ready.is_awaited(&moment) || self.record.is_some()) {
            self.judge(ready, &moment)?;
        }
        Ok(())
    }

    /// The case comes to milestones today.
    fn reach(&mut self, becomes: Becomes, moment: &mut Moment) {
        for milestone in becomes.milestones() {
            self.foreseen = None;
            *self.facts.reached.get_mut(milestone) = Some(self.facts.today);
            *moment.reached.get_mut(milestone) = true;
        }
    }

    fn note(&mut self, name: Name, moment: &mut Moment) {
        moment.named = Some(name);
        moment.first_named = self.facts.anchor(Anchor::Named(name)).is_none();
        if moment.first_named {
            self.foreseen = None;
        }
        self.facts.note(name);
    }

    /// An action: it is work, and may start or end the case.
    fn act(
        &mut self,
        program: &Program,
        happening: &Happening,
        name: Name,
        stated: Stated,
        moment: &mut Moment,
    ) -> Result<(), Stop> {
        let today = self.facts.today;
        let named = program.names.get(name.0 as usize);
        let ends = named.is_some_and(|named| named.ends_case);
        // Most actions neither start nor end a case.
        if ends || self.facts.started().is_none() {
            match self.facts.life().take(What::Action { ends }) {
                Ok(becomes) => self.reach(becomes, moment),
                Err(idle) => self.remark(happening, Remark::Idle(idle)),
            }
        }
        self.note(name, moment);
        let hours = stated.hours.unwrap_or(Hours::ZERO);
        self.facts.hours = self.facts.hours.plus(hours).ok_or(Stop::TooLarge)?;
        let worked = match named {
            Some(named) => {
                if named.unlisted {
                    self.remark(happening, Remark::Unlisted);
                }
                named.worked.as_ref()
            }
            None => {
                if program.declares_actions {
                    self.remark(happening, Remark::Unlisted);
                }
                program.unlisted.as_ref()
            }
        };
        let could = !ends && worked.is_none_or(Worked::may_have_hours);
        if could && stated.hours.is_none() {
            self.hourless.get_or_insert(happening.event);
        }
        let Some(worked) = worked else { return Ok(()) };
        amiss(worked, stated, |amiss| self.remark(happening, Remark::Work(amiss)));
        let of = (Some(happening.event), name, today);
        self.work.add(program, worked, of, stated, self.facts.terms.rate).map_err(Stop::from)
    }

    /// The terms change: a deadline that this moves to a day already past comes this evening.
    fn amend(&mut self, program: &Program, terms: Terms) {
        let before = self.facts.terms;
        self.facts.terms = terms.or(before);
        self.foreseen = None;
        for (place, line) in program.lines.iter().enumerate() {
            for (which, when) in line.whens.iter().enumerate() {
                let When::After(length, Anchor::Planned(date)) = when else { continue };
                let (was, is) = (before.planned(*date), self.facts.terms.planned(*date));
                let past = is.is_some_and(|is| is.plus(*length) < self.facts.today);
                if was != is {
                    self.late.retain(|late| *late != (place, which));
                    if past {
                        self.late.push((place, which));
                    }
                }
            }
        }
    }

    /// Numbers the invoices: by day, then by payer.
    fn number(&mut self) {
        let mut last = 0;
        let mut rest = self.lines.as_mut_slice();
        let place = |line: &Billed| line.payer.map_or(0, |PayerId(payer)| usize::from(payer));
        while let Some(date) = rest.first().map(|line| line.date) {
            let end = rest.iter().position(|line| line.date != date).unwrap_or(rest.len());
            let (today, after) = rest.split_at_mut(end);
            self.invoices.clear();
            self.invoices.resize(self.payers.count(), 0);
            for line in &*today {
                if let Some(number) = self.invoices.get_mut(place(line)) {
                    *number = 1;
                }
            }
            for number in self.invoices.iter_mut().filter(|number| **number > 0) {
                last += 1;
                *number = last;
            }
            for line in today {
                line.invoice = self.invoices.get(place(line)).copied().unwrap_or(last);
            }
            rest = after;
        }
    }
}

/// What the price of a case is made of, as things stand.
impl Run {
    pub(super) fn total(&self, program: &Program) -> Result<crate::money::Exact, Stop> {
        let terms = &self.facts.terms;
        let missing = if !program.price.is_a_rate() {
            Stop::NoPrice
        } else if terms.rate.is_none() {
            Stop::NoRate
        } else if terms.hours.is_none() {
            Stop::NoPlannedHours
        } else {
            Stop::TooLarge
        };
        program.total(terms.price, terms.rate, terms.hours).ok_or(missing)
    }
}

/// So many events before one are looked at, for one of its day that says the same.
const LOOKED_BACK: usize = 16;

impl Run {
    /// Of a history in order, the nearest of the few events before the one at a place that says on its day what that one says.
    /// `of_day` tells of two whether they are of one day, `same` whether they say the same.
    #[inline]
    pub fn said_before<T>(
        history: &[T],
        place: usize,
        of_day: impl Fn(&T, &T) -> bool,
        same: impl Fn(&T, &T) -> bool,
    ) -> Option<&T> {
        let now = history.get(place)?;
        let before = history.get(place.saturating_sub(LOOKED_BACK)..place)?;
        let mut of_day = before.iter().rev().take_while(|before| of_day(before, now));
        of_day.find(|before| same(before, now))
    }
}

/// Whether a deed that is done again counts again: as work that is billed, as hours that decide, as what a line waits for
/// each time, or as one of so many that a condition asks for.
fn counts_again(program: &Program, deed: Deed) -> bool {
    let (name, worked, stated) = match deed {
        Deed::Action(name, stated) => {
            let named = program.names.get(name.0 as usize);
            let worked = named.map_or(program.unlisted.as_ref(), |named| named.worked.as_ref());
            (name, worked, stated)
        }
        Deed::Named(name) => (name, None, Stated::default()),
        Deed::Opened
        | Deed::Amendment(_)
        | Deed::Milestone(_)
        | Deed::Progress(_)
        | Deed::Suspension
        | Deed::Resumption => return false,
    };
    let hours = stated.hours.is_some_and(|hours| hours > Hours::ZERO);
    let billed = worked.is_some_and(|worked| match worked.measure {
        Measure::Nothing => false,
        Measure::Priced { .. } | Measure::Hours { .. } => hours,
        Measure::Quantity(_) => stated.quantity.is_some_and(|quantity| quantity > 0),
        Measure::Times(_) => true,
        Measure::Amount(_) => stated.amount.is_some_and(|amount| amount > Money::ZERO),
    });
    let each = |line: &Line| {
        let works = matches!(line.amount, Amount::Work(_));
        line.repeats && !works && line.whens.contains(&When::Named(name))
    };
    let counted = |line: &Line| {
        let mut counted = false;
        if let Some(condition) = &line.condition {
            condition.each_test(&mut |test| {
                counted |= matches!(test, Test::Happened(of, 2..) if *of == name);
            });
        }
        counted
    };
    let lines = &program.lines;
    billed
        || hours && program.asks_for_hours()
        || lines.iter().any(|line| each(line) || counted(line))
}
