//! What a programmer would write for each of the four schedules, and for no other: integers, day
//! numbers, names that are numbers already, no table and no text.

use super::workload::ACTIONS;
use jalon::model::Milestone;
use jalon::{Date, Event, EventKind};

/// One event, sixteen bytes.
#[derive(Clone, Copy)]
pub struct Happened {
    date: u32,
    hours: u32,
    event: u32,
    name: u16,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq)]
#[repr(u8)]
pub enum Kind {
    Opened,
    Signature,
    Action,
    End,
    Abandonment,
}

/// A line that is billed.
#[expect(dead_code, reason = "what a line has to hold; only amounts are compared")]
pub struct Line {
    pub line: u8,
    pub date: u32,
    pub event: u32,
    pub amount: i64,
    pub service: (u32, u32),
}

/// What comes of cases, used again for each.
#[derive(Default)]
pub struct Out {
    pub lines: Vec<Line>,
    pub notices: Vec<(u32, u32)>,
}

const NO_HOURS: u32 = u32::MAX;
const ONE_HOUR: i64 = 30_000;

/// An event of one of the four schedules.
pub fn resolve(which: usize, event: &Event, number: usize) -> Happened {
    let date = pack(event.date);
    let (kind, name, hours) = match &event.kind {
        EventKind::Opened { .. } => (Kind::Opened, 0, NO_HOURS),
        EventKind::Milestone(Milestone::Signature) => (Kind::Signature, 0, NO_HOURS),
        EventKind::Milestone(Milestone::End) => (Kind::End, 0, NO_HOURS),
        EventKind::Milestone(Milestone::Abandonment) => (Kind::Abandonment, 0, NO_HOURS),
        EventKind::Action { name, hours } => {
            let name = ACTIONS[which].iter().position(|action| action == name).expect("an action");
            (Kind::Action, name as u16, hours.map_or(NO_HOURS, |hours| hours.0 as u32))
        }
        _ => panic!("not in the workload"),
    };
    Happened { date, hours, event: number as u32, name, kind }
}

fn pack(date: Date) -> u32 {
    (date.month_index() << 5) | date.day()
}

fn plus_months(date: u32, months: u32) -> u32 {
    let index = (date >> 5) + months;
    (index << 5) | (date & 31).min(days_in(index))
}

fn days_in(index: u32) -> u32 {
    let (year, month) = (index / 12, index % 12);
    match month {
        1 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}

fn billed(hours: u32, rate: i64) -> i64 {
    (i64::from(hours) * rate + ONE_HOUR / 2) / ONE_HOUR
}

fn hours_of(event: &Happened) -> u32 {
    if event.hours == NO_HOURS { 0 } else { event.hours }
}

/// Bills one case of a schedule.
pub fn bill(which: usize, events: &[Happened], as_of: u32, out: &mut Out) {
    out.lines.clear();
    out.notices.clear();
    match which {
        0 => parcours(events, as_of, out),
        1 => vae(events, as_of, out),
        2 => amorce(events, as_of, out),
        _ => cpf(events, as_of, out),
    }
}

fn parcours(events: &[Happened], as_of: u32, out: &mut Out) {
    const PRICE: i64 = 180_000;
    let (mut started, mut four, mut ten, mut over, mut closed) = (false, 0, 0, false, false);
    for event in events.iter().take_while(|event| event.date <= as_of) {
        if closed {
            out.notices.push((event.event, 0));
            continue;
        }
        let fired = match event.kind {
            Kind::Opened | Kind::Signature => None,
            Kind::Action => {
                if !started {
                    started = true;
                    (four, ten) = (plus_months(event.date, 4), plus_months(event.date, 10));
                }
                match event.name {
                    3 => Some((0, 20)),
                    4 if event.date >= four && event.date < ten => Some((3, 100)),
                    4 if event.date < four => Some((4, 40)),
                    _ => None,
                }
            }
            Kind::End | Kind::Abandonment if over => {
                out.notices.push((event.event, 1));
                None
            }
            Kind::End => {
                over = true;
                None
            }
            Kind::Abandonment => {
                over = true;
                match started {
                    true if event.date < four => Some((1, 20)),
                    true if event.date < ten => Some((2, 40)),
                    _ => None,
                }
            }
        };
        if let Some((line, percent)) = fired {
            closed = true;
            let amount = (PRICE * percent + 50) / 100;
            let (date, event) = (event.date, event.event);
            out.lines.push(Line { line, date, event, amount, service: (0, 0) });
        }
    }
}

struct Work {
    amount: i64,
    service: (u32, u32),
}

impl Work {
    fn add(&mut self, date: u32, amount: i64) {
        if amount != 0 {
            if self.service.0 == 0 {
                self.service.0 = date;
            }
            self.service.1 = date;
            self.amount += amount;
        }
    }

    fn bill(&mut self, line: u8, date: u32, event: u32, out: &mut Out) {
        if self.amount != 0 {
            let (amount, service) = (self.amount, self.service);
            out.lines.push(Line { line, date, event, amount, service });
            *self = Work { amount: 0, service: (0, 0) };
        }
    }
}

fn vae(events: &[Happened], as_of: u32, out: &mut Out) {
    let (mut over, mut closed) = (false, false);
    let mut work = Work { amount: 0, service: (0, 0) };
    for event in events.iter().take_while(|event| event.date <= as_of) {
        if closed {
            out.notices.push((event.event, 0));
            continue;
        }
        match event.kind {
            Kind::Opened | Kind::Signature => {}
            Kind::Action => match event.name {
                2 => work.add(event.date, billed(hours_of(event), 7_000)),
                3 => work.add(event.date, billed(hours_of(event), 3_500)),
                4 => work.add(event.date, billed(hours_of(event), 2_500)),
                5 => {
                    work.add(event.date, 30_000);
                    work.bill(0, event.date, event.event, out);
                }
                6 if !over => {
                    over = true;
                    work.bill(1, event.date, event.event, out);
                    closed = true;
                }
                _ => {}
            },
            Kind::End | Kind::Abandonment if over => out.notices.push((event.event, 1)),
            Kind::End | Kind::Abandonment => {
                over = true;
                work.bill(
                    1 + u8::from(event.kind == Kind::Abandonment),
                    event.date,
                    event.event,
                    out,
                );
                closed = true;
            }
        }
    }
}

fn amorce(events: &[Happened], as_of: u32, out: &mut Out) {
    let (mut over, mut closed) = (false, false);
    let mut work = Work { amount: 0, service: (0, 0) };
    let mut month_end = u32::MAX;
    for event in events.iter().take_while(|event| event.date <= as_of) {
        if closed {
            out.notices.push((event.event, 0));
            continue;
        }
        if event.date > month_end {
            work.bill(0, month_end, u32::MAX, out);
            month_end = u32::MAX;
        }
        match event.kind {
            Kind::Opened | Kind::Signature => {}
            Kind::Action => {
                let rate = match event.name {
                    1 | 3 | 6 => 1_200,
                    2 => 400,
                    _ => 0,
                };
                work.add(event.date, billed(hours_of(event), rate));
                if work.amount != 0 {
                    month_end = (event.date & !31) | days_in(event.date >> 5);
                }
                if event.name == 6 {
                    work.bill(1, event.date, event.event, out);
                    closed = true;
                }
            }
            Kind::End | Kind::Abandonment if over => out.notices.push((event.event, 1)),
            Kind::End | Kind::Abandonment => over = true,
        }
    }
    if !closed && month_end <= as_of {
        work.bill(0, month_end, u32::MAX, out);
    }
}

fn cpf(events: &[Happened], as_of: u32, out: &mut Out) {
    const RATE: i64 = 9_000;
    const PLANNED: i64 = 10 * ONE_HOUR;
    let (mut over, mut closed, mut hours) = (false, false, 0_i64);
    let mut items: Vec<(u32, u32, i64)> = Vec::new();
    for event in events.iter().take_while(|event| event.date <= as_of) {
        if closed {
            out.notices.push((event.event, 0));
            continue;
        }
        let fired = match event.kind {
            Kind::Opened | Kind::Signature => None,
            Kind::Action => {
                hours += i64::from(hours_of(event));
                items.push((event.date, event.event, billed(hours_of(event), RATE)));
                None
            }
            Kind::End | Kind::Abandonment if over => {
                out.notices.push((event.event, 1));
                None
            }
            Kind::End => Some((0, 90_000)),
            Kind::Abandonment if hours * 100 < PLANNED * 25 => Some((1, 22_500)),
            Kind::Abandonment if hours * 100 < PLANNED * 80 => {
                for (date, item, amount) in items.drain(..) {
                    let service = (date, date);
                    out.lines.push(Line {
                        line: 2,
                        date: event.date,
                        event: item,
                        amount,
                        service,
                    });
                }
                (over, closed) = (true, true);
                None
            }
            Kind::Abandonment => Some((3, 90_000)),
        };
        if let Some((line, amount)) = fired {
            (over, closed) = (true, true);
            let (date, event) = (event.date, event.event);
            out.lines.push(Line { line, date, event, amount, service: (0, 0) });
        }
    }
}
