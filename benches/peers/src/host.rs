//! The host of a rule engine: events of one case in, lines out. It keeps the state of the case, the
//! calendar and the work that is not billed yet; at each event it asks the engine what the event is
//! worth, whether a line fires, which one, and for how much. It decides none of these itself.

use jalon::model::{Milestone};
use crate::workload::ACTIONS;
use jalon::{Date, Event, EventKind};

/// What happens, as one number: the events without a name, a calendar moment, then the actions.
pub const OPENED: u8 = 255;
pub const SIGNATURE: u8 = 0;
pub const END: u8 = 1;
pub const ABANDONMENT: u8 = 2;
pub const MONTH_END: u8 = 3;
pub const FIRST_ACTION: u8 = 10;

/// What an engine is told of an event and of its case, the event's own effect included.
#[derive(Clone, Copy)]
pub struct Facts {
    pub what: i64,
    /// Of this action, in 1/30,000 of an hour.
    pub hours: i64,
    /// Whole months since the start, or -1.
    pub months: i64,
    /// Hours of all actions so far.
    pub total: i64,
    /// Work that is not billed yet, this event's left out.
    pub unbilled: i64,
}

impl Facts {
    pub const NAMES: [&str; 5] = ["what", "hours", "months", "total", "unbilled"];

    pub fn get(&self, name: usize) -> i64 {
        [self.what, self.hours, self.months, self.total, self.unbilled][name]
    }
}

/// The facts of which the rules of each schedule speak, by their place in `NAMES`: an engine that
/// takes them by name is given these only.
pub const SPOKEN_OF: [&[usize]; 4] = [&[0, 2], &[0, 1, 4], &[0, 1, 4], &[0, 1, 3, 4]];

/// What an engine says.
pub enum Answer {
    /// No line fires; the event is worth so much work.
    Worth(i64),
    /// A line fires.
    Line { worth: i64, line: u8, amount: i64 },
}

impl Answer {
    /// The three numbers of a line.
    pub fn line(worth: i64, line: i64, amount: i64) -> Answer {
        Answer::Line { worth, line: u8::try_from(line).expect("a line"), amount }
    }
}

pub trait Engine {
    fn decide(&mut self, facts: &Facts) -> Answer;
}

/// What is known of a schedule without asking.
pub struct Terms {
    /// For each line, whether it closes the case.
    closes: &'static [bool],
    /// The line that lists its items.
    itemised: Option<u8>,
    /// Whether anything waits for the end of a month.
    month_ends: bool,
}

pub const TERMS: [Terms; 4] = [
    Terms { closes: &[true; 5], itemised: None, month_ends: false },
    Terms { closes: &[false, true, true], itemised: None, month_ends: false },
    Terms { closes: &[false, true], itemised: None, month_ends: true },
    Terms { closes: &[true; 4], itemised: Some(2), month_ends: false },
];

/// One event, names and kinds as numbers, dates packed.
#[derive(Clone, Copy)]
pub struct Happened {
    date: u32,
    hours: u32,
    what: u8,
}

/// A line that is billed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Billed {
    pub line: u8,
    pub date: u32,
    pub amount: i64,
}

pub fn resolve(which: usize, event: &Event) -> Happened {
    let (what, hours) = match &event.kind {
        EventKind::Opened { .. } => (OPENED, None),
        EventKind::Milestone(Milestone::Signature) => (SIGNATURE, None),
        EventKind::Milestone(Milestone::End) => (END, None),
        EventKind::Milestone(Milestone::Abandonment) => (ABANDONMENT, None),
        EventKind::Action { name, hours } => {
            let place = ACTIONS[which].iter().position(|action| action == name);
            (FIRST_ACTION + u8::try_from(place.expect("an action")).expect("few"), *hours)
        }
        _ => panic!("not in the workload"),
    };
    let hours = hours.map_or(0, |hours| u32::try_from(hours.0).expect("few hours"));
    Happened { date: pack(event.date), hours, what }
}

pub fn pack(date: Date) -> u32 {
    (date.month_index() << 5) | date.day()
}

fn days_in(month: u32) -> u32 {
    let (year, month) = (month / 12, month % 12);
    match month {
        1 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        1 => 28,
        3 | 5 | 8 | 10 => 30,
        _ => 31,
    }
}

/// How many whole months lie between two days: the most that can be added to the first.
fn months_between(start: u32, date: u32) -> i64 {
    let months = (date >> 5) - (start >> 5);
    let short = (date & 31) < (start & 31).min(days_in(date >> 5));
    i64::from(months) - i64::from(short)
}

/// One case after another, in the same memory.
#[derive(Default)]
pub struct Host {
    pub lines: Vec<Billed>,
    items: Vec<i64>,
}

/// The state of one case.
struct Case {
    started: Option<u32>,
    total: i64,
    unbilled: i64,
    over: bool,
    closed: bool,
}

impl Host {
    pub fn bill<E: Engine>(
        &mut self,
        terms: &Terms,
        events: &[Happened],
        as_of: u32,
        engine: &mut E,
    ) {
        self.lines.clear();
        self.items.clear();
        let mut case = Case { started: None, total: 0, unbilled: 0, over: false, closed: false };
        let mut month_end = u32::MAX;
        for event in events.iter().take_while(|event| event.date <= as_of) {
            if event.date > month_end {
                self.ask(terms, &mut case, MONTH_END, month_end, 0, engine);
                month_end = u32::MAX;
            }
            match event.what {
                OPENED => continue,
                END | ABANDONMENT if case.over => continue,
                END | ABANDONMENT => case.over = true,
                SIGNATURE => {}
                _ => {
                    case.started.get_or_insert(event.date);
                    case.total += i64::from(event.hours);
                }
            }
            self.ask(terms, &mut case, event.what, event.date, i64::from(event.hours), engine);
            if case.closed {
                return;
            }
            if terms.month_ends && case.unbilled != 0 && event.what >= FIRST_ACTION {
                month_end = (event.date & !31) | days_in(event.date >> 5);
            }
        }
        if month_end <= as_of {
            self.ask(terms, &mut case, MONTH_END, month_end, 0, engine);
        }
    }

    fn ask<E: Engine>(
        &mut self,
        terms: &Terms,
        case: &mut Case,
        what: u8,
        date: u32,
        hours: i64,
        engine: &mut E,
    ) {
        let months = case.started.map_or(-1, |start| months_between(start, date));
        let facts = Facts {
            what: i64::from(what),
            hours,
            months,
            total: case.total,
            unbilled: case.unbilled,
        };
        let (worth, fired) = match engine.decide(&facts) {
            Answer::Worth(worth) => (worth, None),
            Answer::Line { worth, line, amount } => (worth, Some((line, amount))),
        };
        if worth != 0 {
            case.unbilled += worth;
            if terms.itemised.is_some() {
                self.items.push(worth);
            }
        }
        let Some((line, amount)) = fired else { return };
        if terms.itemised == Some(line) {
            let items = self.items.drain(..);
            self.lines.extend(items.map(|amount| Billed { line, date, amount }));
        } else if amount != 0 {
            self.lines.push(Billed { line, date, amount });
        }
        case.unbilled = 0;
        case.closed = terms.closes[usize::from(line)];
    }
}
