//! What the generator comes to: every kind of line, trigger, condition and boundary, and every amount
//! on every kind of line under every price. Counted where the evaluator looks, not where the generator
//! meant to.
//!
//! `cargo test --test properties coverage -- --nocapture` prints the counts.

use crate::combination::{
    Asked, Combination, Fact, Form, KINDS, Kind, Measure, On, Place, TRIGGERS, all,
    everything_asked,
};
use crate::strategies::{Pair, config, pairs};
use jalon::eval::{Measured, Measurement, Observer, State, Verdict, evaluate_with};
use jalon::model::{
    Amount, Anchor, CalendarDay, LineKind, Milestone, Price, Range, Subject, SubjectKind, When,
};
use jalon::plan::{LineId, PlannedTerms, TriggerId};
use jalon::{Date, Plan};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// How often each has come about.
#[derive(Default)]
struct Seen {
    combinations: BTreeMap<Combination, u64>,
    amounts: BTreeMap<(Kind, &'static str, &'static str), u64>,
}

/// Listens to one evaluation.
struct Listener<'a> {
    plan: &'a Plan,
    triggers: Vec<TriggerId>,
    seen: &'a RefCell<Seen>,
}

impl Observer for Listener<'_> {
    fn moment(&mut self, _: Date, _: Option<u32>, triggers: &[TriggerId], _: &State) {
        self.triggers = triggers.to_vec();
    }

    fn considered(&mut self, line: LineId, verdict: Verdict, state: &State) {
        let fires = verdict == Verdict::Fires;
        if !fires && verdict != Verdict::ConditionFails {
            return;
        }
        let (planned, stated) = (self.plan.line(line).unwrap(), self.plan.stated(line).unwrap());
        let kind = match (planned.kind, planned.stays_open) {
            (LineKind::Deposit, _) => Kind::Deposit,
            (LineKind::Installment, _) => Kind::Installment,
            (LineKind::Balance, false) => Kind::Balance,
            (LineKind::Balance, true) => Kind::OpenBalance,
        };
        let at_hand = planned.triggers.iter().find(|id| self.triggers.contains(id)).unwrap();
        let trigger = on(self.plan.trigger(*at_hand).unwrap());
        let whole = self.plan.schedule.whole_attendance;
        let asked = match &planned.condition {
            None => vec![Asked::Nothing],
            Some(condition) => {
                let all = state.measurements(self.plan, condition);
                all.iter().map(|one| asked(self.plan, one, state.today, whole)).collect()
            }
        };
        let mut seen = self.seen.borrow_mut();
        for asked in asked {
            *seen.combinations.entry(Combination { kind, trigger, asked }).or_default() += 1;
        }
        if fires {
            let key = (kind, amount(&stated.amount), price(self.plan));
            *seen.amounts.entry(key).or_default() += 1;
        }
    }
}

fn on(trigger: &When) -> On {
    match trigger {
        When::Milestone(Milestone::Signature) => On::Signature,
        When::Milestone(Milestone::Start) => On::Start,
        When::Milestone(Milestone::End) => On::End,
        When::Milestone(Milestone::Abandonment) => On::Abandonment,
        When::Subject(Subject { kind: SubjectKind::Action, .. }) => On::Action,
        When::Subject(Subject { kind: SubjectKind::Event, .. }) => On::Event,
        When::Subject(Subject { kind: SubjectKind::Deliverable, .. }) => On::Deliverable,
        When::Calendar(CalendarDay::MonthEnd) => On::MonthEnd,
        When::Calendar(CalendarDay::After(_, Anchor::Start)) => On::AfterStart,
        When::Calendar(CalendarDay::After(_, Anchor::Signature)) => On::AfterSignature,
        When::Calendar(CalendarDay::Date(_)) => On::Date,
    }
}

fn asked(plan: &Plan, measurement: &Measurement, today: Date, whole: bool) -> Asked {
    match measurement.measured {
        Measured::Duration { limits, start, .. } => {
            let (form, place) = place(limits, today);
            let place = if start.is_some() { place } else { Place::NotStarted };
            Asked::Measured(Measure::Duration, form, place)
        }
        Measured::Hours { needed, hours } => {
            let (form, place) = place(needed, hours);
            Asked::Measured(Measure::Hours, form, place)
        }
        Measured::Attendance { needed, hours, planned, whole: percent } => {
            // Both sides in billionths of a percent, times the planned hours.
            let planned = i128::from(planned.0);
            let reached = match percent {
                Some(percent) => percent * 1_000_000_000 * planned,
                None => i128::from(hours.0) * 100 * 1_000_000_000,
            };
            let bounds = needed.map(|bound| i128::from(bound.0) * planned);
            let (form, place) = place(bounds, reached);
            let measure = if whole { Measure::WholeAttendance } else { Measure::Attendance };
            Asked::Measured(measure, form, place)
        }
        Measured::Reached(milestone) => {
            let fact = match milestone {
                Milestone::Start => Fact::Started,
                Milestone::Signature => Fact::Signed,
                Milestone::End => Fact::Ended,
                Milestone::Abandonment => Fact::Abandoned,
            };
            Asked::Fact(fact, measurement.holds)
        }
        Measured::Happened(name) => {
            let fact = match plan.name_of(name).unwrap().0 {
                SubjectKind::Action => Fact::ActionDone,
                SubjectKind::Deliverable => Fact::DeliverableReceived,
                SubjectKind::Event => Fact::EventHappened,
            };
            Asked::Fact(fact, measurement.holds)
        }
    }
}

fn place<T: Ord + Copy>(range: Range<T>, reached: T) -> (Form, Place) {
    let one = |bound: T| match reached.cmp(&bound) {
        std::cmp::Ordering::Less => Place::BelowLow,
        std::cmp::Ordering::Equal => Place::AtLow,
        std::cmp::Ordering::Greater => Place::AboveLow,
    };
    match range {
        Range::Less(bound) => (Form::Less, one(bound)),
        Range::AtMost(bound) => (Form::AtMost, one(bound)),
        Range::AtLeast(bound) => (Form::AtLeast, one(bound)),
        Range::Greater(bound) => (Form::More, one(bound)),
        Range::Window { from, under } => match one(under) {
            Place::AtLow => (Form::Window, Place::AtHigh),
            Place::AboveLow => (Form::Window, Place::AboveHigh),
            _ => (Form::Window, one(from)),
        },
    }
}

fn amount(amount: &Amount) -> &'static str {
    match amount {
        Amount::Percent(_) => "percentage",
        Amount::Sum(_) => "amount",
        Amount::Work { itemised: false } => "work",
        Amount::Work { itemised: true } => "work itemised",
        Amount::UpTo(_) => "up to",
        Amount::Nothing => "nothing",
        Amount::ProRataAttendance => "pro rata attendance",
        Amount::ProRataDuration => "pro rata duration",
    }
}

fn price(plan: &Plan) -> &'static str {
    match (&plan.schedule.price, plan.schedule.planned_hours) {
        (Price::Fixed(_), _) => "fixed",
        (Price::Hourly { .. }, Some(_)) => "hourly, planned",
        (Price::Hourly { .. }, None) => "hourly",
        (Price::PerAction, _) => "per action",
    }
}

const PRICES: [&str; 4] = ["fixed", "hourly, planned", "hourly", "per action"];
const AMOUNTS: [&str; 8] = [
    "percentage",
    "amount",
    "work",
    "work itemised",
    "up to",
    "nothing",
    "pro rata attendance",
    "pro rata duration",
];

/// Whether a line of this kind may have this amount under this price.
fn allowed(kind: Kind, amount: &str, price: &str) -> bool {
    let deposit = kind == Kind::Deposit;
    match amount {
        "percentage" | "pro rata attendance" | "pro rata duration" => {
            matches!(price, "fixed" | "hourly, planned")
        }
        "up to" => !deposit && matches!(price, "fixed" | "hourly, planned"),
        "work" | "work itemised" => !deposit && price != "fixed",
        "nothing" => !deposit,
        _ => true,
    }
}

fn look(pair: &Pair, seen: &RefCell<Seen>) {
    let compiled = jalon::compile("generated.jalon", &pair.source()).expect("sound");
    let plan = &compiled.schedules[0];
    let mut listener = Listener { plan, triggers: Vec::new(), seen };
    let events = pair.events();
    // A history that is not sound comes to nothing.
    drop(evaluate_with(plan, &events, PlannedTerms::default(), pair.as_of(), &mut listener));
}

#[test]
fn coverage_of_the_generator_is_whole() {
    let seen = RefCell::new(Seen::default());
    let config = config(crate::PAIRS);
    let (cases, pairs) = (config.cases, pairs());
    let mut runner = TestRunner::new(config);
    for _ in 0..cases {
        look(&pairs.new_tree(&mut runner).expect("a pair").current(), &seen);
    }
    let Seen { combinations, amounts } = seen.into_inner();
    for kind in KINDS {
        table(kind, &combinations);
    }
    let mut missing: Vec<String> = Vec::new();
    let all = all();
    for combination in &all {
        if !combinations.contains_key(combination) {
            missing.push(combination.to_string());
        }
    }
    println!("\n{:<45}{}", "", PRICES.map(|price| format!("{price:>16}")).concat());
    for (kind, amount) in KINDS.iter().flat_map(|kind| AMOUNTS.map(|amount| (*kind, amount))) {
        let counts = PRICES.map(|price| {
            let count = amounts.get(&(kind, amount, price)).copied().unwrap_or(0);
            if count == 0 && allowed(kind, amount, price) {
                missing.push(format!("{kind:?}: {amount} under {price}"));
            }
            assert!(count == 0 || allowed(kind, amount, price), "{kind:?}: {amount}: {price}");
            shown(count, allowed(kind, amount, price), 16)
        });
        println!("{:<45}{}", format!("{kind:?}: {amount}"), counts.concat());
    }
    let unforeseen = combinations.keys().find(|seen| !all.contains(seen));
    assert_eq!(unforeseen, None, "the catalogue says that this cannot be");
    println!("\n{} of {} combinations in {cases} pairs", all.len() - missing.len(), all.len());
    assert!(missing.is_empty(), "never generated: {missing:#?}");
}

/// How often a kind of line is looked at: by what is asked, and by trigger.
fn table(kind: Kind, seen: &BTreeMap<Combination, u64>) {
    let heads = TRIGGERS.map(|trigger| format!("{:>15}", format!("{trigger:?}")));
    println!("\n{:<45}{}", format!("{kind:?}"), heads.concat());
    for asked in everything_asked() {
        let counts = TRIGGERS.map(|trigger| {
            let combination = Combination { kind, trigger, asked };
            let count = seen.get(&combination).copied().unwrap_or(0);
            shown(count, crate::combination::possible(trigger, asked), 15)
        });
        println!("{:<45}{}", asked.to_string(), counts.concat());
    }
}

fn shown(count: u64, possible: bool, width: usize) -> String {
    if possible { format!("{count:>width$}") } else { format!("{:>width$}", "·") }
}
