//! Short ways to write schedules and histories in tests.

use chrono::NaiveDate;

use crate::exact::{Exact, decimal};
use crate::naive::{BilledLine, Outcome, evaluate};
use crate::rules::{
    Action, Amount, Case, Condition, Currency, Event, Line, LineKind, Price, Rate, Schedule,
    Trigger, Unit, What, Worked,
};

pub fn n(text: &str) -> Exact {
    decimal(text).expect("a decimal")
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub fn pct(text: &str) -> Amount {
    Amount::Percent(n(text))
}

pub fn money(text: &str) -> Amount {
    Amount::Money(n(text))
}

pub fn schedule(price: Price, lines: Vec<Line>) -> Schedule {
    Schedule {
        name: "S".to_owned(),
        unit: Unit::Case,
        currency: Currency { code: "EUR", decimals: 2 },
        price,
        actions: Vec::new(),
        planned_hours: None,
        planned_months: None,
        whole_percent: false,
        lines,
    }
}

pub fn fixed(price: &str, lines: Vec<Line>) -> Schedule {
    schedule(Price::Fixed(n(price)), lines)
}

pub fn hourly(rate: &str, least: Option<&str>, most: Option<&str>, lines: Vec<Line>) -> Schedule {
    let price = Price::Hourly { rate: n(rate), at_least: least.map(n), at_most: most.map(n) };
    schedule(price, lines)
}

pub fn per_action(actions: Vec<Action>, lines: Vec<Line>) -> Schedule {
    Schedule { actions, ..schedule(Price::PerAction, lines) }
}

pub fn listed(name: &str, rate: Rate) -> Action {
    Action { name: name.to_owned(), rate, ends_case: false }
}

fn line(kind: LineKind, label: &str, amount: Amount, trigger: Trigger) -> Line {
    let (triggers, label) = (vec![trigger], label.to_owned());
    Line { kind, label, amount, triggers, condition: None, stays_open: false }
}

pub fn deposit(label: &str, amount: Amount, trigger: Trigger) -> Line {
    line(LineKind::Deposit, label, amount, trigger)
}

pub fn installment(label: &str, amount: Amount, trigger: Trigger) -> Line {
    line(LineKind::Installment, label, amount, trigger)
}

pub fn balance(label: &str, amount: Amount, trigger: Trigger) -> Line {
    line(LineKind::Balance, label, amount, trigger)
}

impl Line {
    #[must_use]
    pub fn when(mut self, condition: Condition) -> Self {
        self.condition = Some(condition);
        self
    }

    #[must_use]
    pub fn or(mut self, trigger: Trigger) -> Self {
        self.triggers.push(trigger);
        self
    }

    #[must_use]
    pub fn open(mut self) -> Self {
        self.stays_open = true;
        self
    }
}

pub fn on_action(name: &str) -> Trigger {
    Trigger::Action(name.to_owned())
}

/// An event: `signature`, `start`, `end`, `abandonment`, or `action A 1.5`, `deliverable L`, `event E`.
pub fn event(day: &str, text: &str) -> Event {
    let words: Vec<&str> = text.split(' ').collect();
    let what = match words[..] {
        ["signature"] => What::Signature,
        ["start"] => What::Start,
        ["end"] => What::End,
        ["abandonment"] => What::Abandonment,
        ["action", name] => What::Action { name: name.to_owned(), worked: None },
        ["action", name, hours] => {
            What::Action { name: name.to_owned(), worked: Some(Worked::Hours(n(hours))) }
        }
        ["deliverable", name] => What::Deliverable(name.to_owned()),
        ["event", name] => What::Event(name.to_owned()),
        _ => panic!("no such event: {text}"),
    };
    Event { date: date(day), what, id: None }
}

/// A case of events written `2025-01-10 action A 1.5`.
pub fn case(as_of: &str, events: &[&str]) -> Case {
    let events = events.iter().map(|text| event(&text[..10], &text[11..])).collect();
    let (id, named) = ("D-001".to_owned(), Some("S".to_owned()));
    Case { id, named, as_of: date(as_of), events }
}

pub fn billed(schedule: &Schedule, case: &Case) -> Vec<BilledLine> {
    match evaluate(std::slice::from_ref(schedule), case) {
        Outcome::Billed(lines) => lines,
        Outcome::Withheld(reasons) => panic!("withheld: {reasons:?}"),
    }
}

/// The lines as `2025-07-05 label 720.00`, at the end of 2027.
pub fn lines(schedule: &Schedule, events: &[&str]) -> Vec<String> {
    lines_of(schedule, &case("2027-12-31", events))
}

pub fn lines_of(schedule: &Schedule, case: &Case) -> Vec<String> {
    let text = |line: &BilledLine| format!("{} {} {}", line.date, line.label, line.amount);
    billed(schedule, case).iter().map(text).collect()
}

/// The amounts alone.
pub fn amounts(schedule: &Schedule, events: &[&str]) -> Vec<String> {
    let lines = billed(schedule, &case("2027-12-31", events));
    lines.into_iter().map(|line| line.amount).collect()
}
