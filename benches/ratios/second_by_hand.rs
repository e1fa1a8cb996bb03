//! What a programmer would write for each of three schedules of the second part of the language, and for no other:
//! names compared as texts, whole numbers, no table. The lines say what ours do, all but their ids and texts. Events have to be
//! of one case and each of them once, which is looked at; what they say and the order of their dates are taken to be sound.

use jalon::model::{Milestone, More};
use jalon::{Date, Event, EventKind};

/// A line that is billed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// Its line of the schedule.
    pub line: u32,
    pub date: Date,
    /// The invoices of a case are counted by day, then by payer.
    pub invoice: u32,
    pub payer: Option<u16>,
    /// The event whose name stands on it; else its line's own label does.
    pub label: Option<u32>,
    /// How much, and the rate.
    pub quantity: Option<(i64, i64)>,
    pub amount: i64,
    pub service: Option<(Date, Date)>,
    /// The event that triggered it.
    pub event: Option<u32>,
}

/// Whether all events are of one case and none was sent twice: each id is longer than the one before it, or greater.
pub fn all_count(events: &[Event]) -> bool {
    events.is_sorted_by(|one, next| {
        let ids = one.id.as_deref().zip(next.id.as_deref());
        one.case == next.case
            && ids.is_some_and(|(id, other)| (id.len(), id) < (other.len(), other))
    })
}

/// The share of an amount, halves away from zero.
fn part(amount: i64, share: i64, of: i64) -> i64 {
    (amount * share * 2 + of) / (of * 2)
}

/// What was done of one action since it was billed last.
#[derive(Clone, Copy)]
struct Work {
    first_event: u32,
    first: Date,
    last: Date,
    quantity: i64,
}

impl Work {
    fn add(work: &mut Option<Work>, event: u32, day: Date, quantity: i64) {
        let new = Work { first_event: event, first: day, last: day, quantity: 0 };
        let work = work.get_or_insert(new);
        work.last = day;
        work.quantity += quantity;
    }
}

/// Once it ends: what was translated, what was read again, and what is missing of 60 EUR.
pub fn translation(events: &[Event], out: &mut Vec<Line>) {
    const TRANSLATED: i64 = 120_000;
    const READ: i64 = 55_000_000;
    let (mut translated, mut read) = (None, None);
    for (event, Event { date, kind, .. }) in (0..).zip(events) {
        match kind {
            EventKind::Action { name, hours: Some(hours) } if name == "Relecture" => {
                Work::add(&mut read, event, *date, (hours.0 + 7_499) / 7_500 * 7_500);
            }
            EventKind::More(more) => {
                let More::Action { name, beside, .. } = &**more else { continue };
                if let ("Traduction", Some(quantity)) = (name.as_str(), beside.quantity) {
                    Work::add(&mut translated, event, *date, quantity);
                }
            }
            EventKind::Milestone(Milestone::End) => {
                let line = Line {
                    line: 0,
                    date: *date,
                    invoice: 1,
                    payer: None,
                    label: None,
                    quantity: None,
                    amount: 0,
                    service: None,
                    event: Some(event),
                };
                let mut sum = 0;
                let mut bill = |work: Option<Work>, rate: i64, amount: fn(i64) -> i64| {
                    let Some(work) = work else { return };
                    let amount = amount(work.quantity);
                    let (label, quantity) = (Some(work.first_event), Some((work.quantity, rate)));
                    let service = Some((work.first, work.last));
                    sum += amount;
                    out.push(Line { label, quantity, amount, service, ..line });
                };
                let of_translated: fn(i64) -> i64 = |words| part(words, 12, 10_000);
                let of_read: fn(i64) -> i64 = |hours| part(hours, 5_500, 30_000);
                let read_first = match (read, translated) {
                    (Some(read), Some(translated)) => read.first_event < translated.first_event,
                    _ => false,
                };
                if read_first {
                    bill(read, READ, of_read);
                }
                bill(translated, TRANSLATED, of_translated);
                if !read_first {
                    bill(read, READ, of_read);
                }
                if sum < 6_000 {
                    out.push(Line { amount: 6_000 - sum, service: Some((*date, *date)), ..line });
                }
                return;
            }
            _ => {}
        }
    }
}

/// A month that is under way.
struct Month {
    index: u32,
    /// How many of its days ran, and the first and the last of them.
    ran: i64,
    days: Option<(Date, Date)>,
    /// From which day it runs that is not counted yet.
    from: Option<Date>,
}

impl Month {
    /// Counts the days up to one, itself included.
    fn count(&mut self, last: Date) {
        if let Some(from) = self.from
            && from <= last
        {
            self.ran += i64::from(last.day() - from.day()) + 1;
            self.days = Some((self.days.map_or(from, |(first, _)| first), last));
        }
    }

    fn bill(&self, date: Date, event: Option<u32>, out: &mut Vec<Line>) {
        let end = Date::month_end(self.index);
        let amount = part(4_200, self.ran, i64::from(end.day()));
        if amount != 0 {
            let invoice =
                1 + out.last().map_or(0, |line| line.invoice - u32::from(line.date == date));
            let service = self.days;
            out.push(Line { line: 1, date, invoice, amount, service, event, ..CARD });
        }
    }

    /// Bills the months that end before a day.
    fn forward(&mut self, to: Date, out: &mut Vec<Line>) {
        while self.index < to.month_index() {
            let end = Date::month_end(self.index);
            self.count(end);
            self.bill(end, None, out);
            let from = self.from.map(|_| end.next());
            *self = Month { index: self.index + 1, ran: 0, days: None, from };
        }
    }
}

const CARD: Line = Line {
    line: 0,
    date: Date::MIN,
    invoice: 1,
    payer: None,
    label: None,
    quantity: None,
    amount: 1_500,
    service: None,
    event: None,
};

/// The card; then each month the share of its days that ran.
pub fn subscription(events: &[Event], out: &mut Vec<Line>) {
    let first = events.first().map_or(0, |event| event.date.month_index());
    let mut month = Month { index: first, ran: 0, days: None, from: None };
    for (event, Event { date, kind, .. }) in (0..).zip(events) {
        month.forward(*date, out);
        match kind {
            EventKind::Milestone(Milestone::Start) => {
                out.push(Line { date: *date, event: Some(event), ..CARD });
                month.from = Some(*date);
            }
            EventKind::Milestone(Milestone::End | Milestone::Abandonment) => {
                month.count(*date);
                return month.bill(*date, Some(event), out);
            }
            EventKind::More(more) => match &**more {
                More::Suspension => {
                    if date.day() > 1 {
                        month.count(date.pred());
                    }
                    month.from = None;
                }
                More::Resumption => month.from = Some(*date),
                _ => {}
            },
            _ => {}
        }
    }
}

/// What is done in a week, in the order in which each action came first; what has been billed in all, and of it to
/// the fund and to the insurer: each bears its share of all of it, rounded once.
#[derive(Default)]
struct Care {
    done: [Option<Work>; 3],
    order: [usize; 3],
    count: usize,
    total: i64,
    fund: i64,
    insurer: i64,
    invoices: u32,
}

impl Care {
    const NAMES: [&str; 3] = ["Soin", "Déplacement", "Kilomètres"];
    /// Of each action: the rate, what one of its units comes to, and how many make one of them.
    const RATES: [(i64, i64, i64); 3] =
        [(16_130_000, 1_613, 10_000), (2_750_000, 275, 10_000), (350_000, 35, 10_000)];

    fn add(&mut self, action: usize, event: u32, day: Date, quantity: i64) {
        if self.done[action].is_none() {
            self.order[self.count] = action;
            self.count += 1;
        }
        Work::add(&mut self.done[action], event, day, quantity);
    }

    fn bill(&mut self, line: u32, date: Date, event: Option<u32>, out: &mut Vec<Line>) {
        let start = out.len();
        let mut has = [false; 3];
        for place in 0..self.count {
            let action = self.order[place];
            let Some(work) = self.done[action].take() else { continue };
            let (rate, cents, unit) = Self::RATES[action];
            let amount = part(work.quantity, cents, unit);
            self.total += amount;
            let to_fund = part(self.total, 60, 100) - self.fund;
            let to_insurer = part(self.total, 35, 100).min(40_000) - self.insurer;
            (self.fund, self.insurer) = (self.fund + to_fund, self.insurer + to_insurer);
            let parts = [to_fund, to_insurer, amount - to_fund - to_insurer];
            for (payer, part) in (0_u16..).zip(parts).filter(|(_, part)| *part != 0) {
                has[usize::from(payer)] = true;
                out.push(Line {
                    line,
                    date,
                    invoice: 0,
                    payer: Some(payer),
                    label: Some(work.first_event),
                    quantity: (part == amount).then_some((work.quantity, rate)),
                    amount: part,
                    service: Some((work.first, work.last)),
                    event,
                });
            }
        }
        self.count = 0;
        let [one, two, three] = has.map(u32::from);
        let numbers = [one, one + two, one + two + three];
        for line in &mut out[start..] {
            line.invoice = self.invoices + numbers[usize::from(line.payer.unwrap_or(0))];
        }
        self.invoices += one + two + three;
    }
}

/// Each week what was done in it, action by action, each to three payers.
pub fn care(events: &[Event], out: &mut Vec<Line>) {
    let mut care = Care::default();
    let week = |date: Date| (0..7).fold(date, |date, _| date.next());
    let mut next: Option<Date> = None;
    for (event, Event { date, kind, .. }) in (0..).zip(events) {
        while let Some(day) = next.filter(|next| next < date) {
            care.bill(0, day, None, out);
            next = Some(week(day));
        }
        match kind {
            EventKind::Milestone(Milestone::Start) => next = Some(week(*date)),
            EventKind::Milestone(Milestone::End) => {
                return care.bill(1, *date, Some(event), out);
            }
            EventKind::Action { name, .. } if name == Care::NAMES[0] => {
                care.add(0, event, *date, 10_000);
            }
            EventKind::Action { name, .. } if name == Care::NAMES[1] => {
                care.add(1, event, *date, 10_000);
            }
            EventKind::More(more) => {
                let More::Action { name, beside, .. } = &**more else { continue };
                if let (true, Some(quantity)) = (name == Care::NAMES[2], beside.quantity) {
                    care.add(2, event, *date, quantity);
                }
            }
            _ => {}
        }
    }
}
