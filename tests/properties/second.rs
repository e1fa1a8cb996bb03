//! The second part of the language: the evaluator against a second naive reading of the text, on random
//! schedules of terms, quantities, recurrences, planned dates, progress, suspension and payers, each with a
//! random history.

use crate::from_environment;
use crate::strategies::config;
use jalon::Date;
use jalon::model::{Agreement, More, StatedSum, read_event};
use proptest::prelude::*;
use reference::exact::{decimal, print};
use reference::second::random::pair;
use reference::second::rules::{Action, Case, Condition, Line, Schedule, Trigger};
use reference::second::text;
use reference::second::told::Told;
use reference::second::walk::{Billed, evaluate, evaluate_told};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The program's lines in the reference's form; none where the case is withheld.
fn compiled(schedule: &Schedule, case: &Case) -> Result<Option<Vec<Billed>>, String> {
    let source = text::source(schedule);
    let compiled = jalon::compile("second.jalon", &source)
        .map_err(|report| format!("{:#?}", report.diagnostics))?;
    let events = text::events(schedule, case);
    let events = events.iter().map(|event| read_event(event));
    let events = events.collect::<Result<Vec<_>, _>>().map_err(|fault| format!("{fault:?}"))?;
    let as_of = Date::parse(&case.as_of.to_string()).expect("a date");
    let Ok(evaluation) = jalon::evaluate(&compiled.schedules[0], &events, as_of) else {
        return Ok(None);
    };
    let lines =
        evaluation.lines.iter().map(|line| billed(&serde_json::to_value(line).expect("JSON")));
    Ok(Some(lines.collect()))
}

fn billed(line: &Value) -> Billed {
    let text = |name: &str| line[name].as_str().map(str::to_owned);
    let kinds = ["deposit", "installment", "discount", "balance", "deduction"];
    Billed {
        date: text("date").expect("a date"),
        invoice: usize::try_from(line["invoice"].as_u64().expect("a number")).expect("small"),
        kind: kinds.into_iter().find(|kind| line["kind"] == *kind).expect("a kind"),
        line: text("line").expect("a line"),
        label: text("label").expect("a label"),
        payer: text("payer"),
        amount: text("amount").expect("an amount"),
        service: text("service_from").zip(text("service_to")),
        counted: text("quantity")
            .zip(text("unit_price"))
            .map(|(q, p)| (padded(&q, 4), padded(&p, 8))),
        vat: text("vat_rate").map(|rate| padded(&rate, 2)),
    }
}

/// A decimal with that many decimals.
fn padded(text: &str, decimals: u32) -> String {
    print(&decimal(text).expect("a decimal"), decimals)
}

fn show(lines: Option<&Vec<Billed>>) -> String {
    let one = |line: &Billed| format!("{line:?}\n");
    lines.map_or("withheld\n".to_owned(), |lines| lines.iter().map(one).collect())
}

/// Leaves out lines and events as long as the two still differ.
fn smallest(mut schedule: Schedule, mut case: Case) -> (Schedule, Case) {
    let differs = |schedule: &Schedule, case: &Case| {
        compiled(schedule, case).is_ok_and(|actual| actual != evaluate(schedule, case))
    };
    loop {
        let mut fewer = Vec::new();
        for place in 0..schedule.lines.len() {
            let mut less = schedule.clone();
            less.lines.remove(place);
            fewer.push((less, case.clone()));
            let mut less = schedule.clone();
            if less.lines[place].conditions.pop().is_some() {
                fewer.push((less, case.clone()));
            }
        }
        for place in 1..case.events.len() {
            let mut less = case.clone();
            less.events.remove(place);
            fewer.push((schedule.clone(), less));
        }
        let Some(found) = fewer.into_iter().find(|(schedule, case)| differs(schedule, case)) else {
            return (schedule, case);
        };
        (schedule, case) = found;
    }
}

/// A part that is the item's amount the other way is not the item: it states no quantity.
#[test]
fn a_part_the_other_way_states_no_quantity() {
    let (schedule, case) = pair(7_612_424_700_104_040_676);
    let actual = compiled(&schedule, &case).expect("compiled").expect("billed");
    assert_eq!(Some(&actual), evaluate(&schedule, &case).as_ref());
    let back = |line: &&Billed| line.amount == "-0.01" && line.service.is_some();
    let back: Vec<&Billed> = actual.iter().filter(back).collect();
    assert!(!back.is_empty() && back.iter().all(|line| line.counted.is_none()), "{back:#?}");
}

/// The name of a variant.
fn variant(of: &impl std::fmt::Debug) -> String {
    format!("{of:?}").chars().take_while(|letter| letter.is_alphanumeric()).collect()
}

/// Two readings that bill nothing would agree: each kind of line, amount, trigger and rate bills.
#[test]
fn everything_generated_bills() {
    let mut billing = BTreeSet::new();
    for seed in 0..500 {
        let (schedule, case) = pair(seed);
        let lines = evaluate(&schedule, &case).unwrap_or_default();
        for line in &schedule.lines {
            if !lines.iter().any(|billed| billed.line == line.label) {
                continue;
            }
            billing.extend([variant(&line.kind), variant(&line.amount)]);
            billing.extend(line.triggers.iter().map(variant));
            billing.extend(line.conditions.iter().map(variant));
            for (name, has) in [
                ("pro rata", line.pro_rata),
                ("beside", line.beside),
                ("charged", line.charged_to.is_some()),
                ("stays open", line.stays_open),
            ] {
                billing.extend(has.then(|| name.to_owned()));
            }
        }
        let worked = |rate: &Action| lines.iter().any(|billed| billed.label == rate.name);
        billing.extend(schedule.actions.iter().filter(|a| worked(a)).map(|a| variant(&a.rate)));
        billing.extend(lines.iter().map(|line| line.kind.to_owned()));
    }
    for expected in "Deposit Installment Discount Balance deduction Percent Sum UpTo Remainder \
        PercentInParts SumInParts Price Progress ProRataDuration Work Signature Start End \
        Abandonment Named PeriodEnd DayOfMonth Every After Before Date Dates Not Done Duration \
        SinceSignature Notice Day Hourly Per Share Flat pro_rata beside charged stays_open"
        .split_whitespace()
    {
        assert!(billing.contains(&expected.replace('_', " ")), "{expected} never bills");
    }
}

proptest! {
    #![proptest_config(config(300))]

    /// What is recorded for an explanation is of the run that bills: the same lines, each from one amount, each
    /// amount the sum of its lines, each part what its payer owes after less what it owed before.
    #[test]
    fn a_record_accounts_for_every_line(seed in any::<u64>().no_shrink()) {
        let (schedule, case) = pair(seed);
        let source = text::source(&schedule);
        let compiled = jalon::compile("second.jalon", &source).expect("a sound schedule");
        let events: Vec<_> = text::events(&schedule, &case)
            .iter()
            .map(|event| read_event(event).expect("a sound event"))
            .collect();
        let (plan, as_of) = (&compiled.schedules[0], Date::parse(&case.as_of.to_string()).expect("a date"));
        let silent = jalon::evaluate(plan, &events, as_of);
        let Some(recorded) = jalon::eval::evaluate_recorded(plan, &events, as_of) else { return Ok(()) };
        let (silent, jalon::eval::Recorded { evaluation, program, record }) = match (silent, recorded) {
            (Ok(silent), Ok(recorded)) => (silent, recorded),
            (silent, recorded) => {
                prop_assert_eq!(silent.err(), recorded.err());
                return Ok(());
            }
        };
        prop_assert_eq!(&silent, &evaluation);
        let amount = |line: &jalon::InvoiceLine| {
            program.currency.read_signed(&line.amount).expect("an amount").0
        };
        let mut next = 0;
        let considered = record.steps.iter().flat_map(|step| &step.considered);
        for computed in considered.flat_map(|one| &one.computed) {
            prop_assert_eq!(computed.lines.start, next, "{:?}", computed);
            next = computed.lines.end;
            let lines = &evaluation.lines[computed.lines.clone()];
            let sum: i64 = lines.iter().map(amount).sum();
            prop_assert_eq!(sum, computed.amount.0, "{:?}", computed);
            if let Some(jalon::rules::Split::Due { before, after, settled, .. }) = &computed.split {
                for (place, payer) in program.payer_names.iter().enumerate() {
                    let of_payer = lines.iter().filter(|line| line.payer.as_ref() == Some(payer));
                    let part: i64 = of_payer.map(amount).sum();
                    let off = settled.as_ref().map_or(0, |settled| settled[place]);
                    // A deposit below zero may give each payer back what stood on it instead.
                    let gives_back = lines.iter().all(|line| line.kind == jalon::InvoiceLineKind::Deposit);
                    if computed.amount.0 >= 0 || !gives_back {
                        prop_assert_eq!(part, after[place] - before[place] - off, "{:?}", computed);
                    }
                }
            }
        }
        prop_assert_eq!(next, evaluation.lines.len());
    }
}

/// What pairs come to, as counts.
#[derive(Default)]
struct Counts {
    /// Each amount on each trigger, and whether the line billed.
    amounts: BTreeMap<(String, String, bool), u64>,
    /// Each amount on each trigger, by a condition and the side of its bound on which it was judged.
    sides: BTreeMap<(String, String, String, &'static str), u64>,
    withheld: u64,
}

/// What the sides of a bound are called.
const SIDES: [&str; 3] = ["below", "at", "above"];

impl Counts {
    fn of(schedule: &Schedule, billed: Option<&(Vec<Billed>, Vec<Told>)>) -> Self {
        let mut counts = Self::default();
        let Some((billed, told)) = billed else {
            counts.withheld = 1;
            return counts;
        };
        for (place, line) in (0..).zip(&schedule.lines) {
            let bills = billed.iter().any(|billed| billed.line == line.label);
            let fired = told.iter().flat_map(|moment| &moment.fired).any(|(of, _)| *of == place);
            if bills == fired {
                for trigger in &line.triggers {
                    *counts.amounts.entry((named(line), on(line, trigger), bills)).or_default() +=
                        1;
                }
            }
        }
        for asked in told.iter().flat_map(|moment| &moment.asked) {
            let line = &schedule.lines[asked.line];
            let bounds = line.conditions.iter().map(condition).zip(asked.sides.iter().copied());
            let (fired, times) = asked.times;
            let last = times.map(|times| ("times".to_owned(), Some((fired + 1).cmp(&times))));
            for (name, side) in bounds.chain(last) {
                let side = side.map_or("none", |side| SIDES[(side as i8 + 1) as usize]);
                let trigger = on(line, &line.triggers[asked.trigger]);
                *counts.sides.entry((named(line), trigger, name, side)).or_default() += 1;
            }
        }
        counts
    }

    fn add(&mut self, other: Self) {
        self.withheld += other.withheld;
        for (key, count) in other.amounts {
            *self.amounts.entry(key).or_default() += count;
        }
        for (key, count) in other.sides {
            *self.sides.entry(key).or_default() += count;
        }
    }

    /// Prints every count, and below each amount what no pair came to.
    fn print(&self) {
        for ((amount, trigger, bills), count) in &self.amounts {
            println!("{amount:24} {trigger:20} {} {count}", if *bills { "bills" } else { "never" });
        }
        for ((amount, trigger, condition, side), count) in &self.sides {
            println!("{amount:24} {trigger:20} {condition:24} {side:5} {count}");
        }
        let bounds: BTreeSet<_> = self.sides.keys().map(|(.., name, side)| (name, side)).collect();
        let pairs: BTreeSet<_> = self.amounts.keys().map(|(of, on, _)| (of, on)).collect();
        let triggers: BTreeSet<_> = pairs.iter().map(|(_, on)| *on).collect();
        for amount in pairs.iter().map(|(of, _)| *of).collect::<BTreeSet<_>>() {
            let bills =
                |on: &&&String| self.amounts.contains_key(&(amount.clone(), (**on).clone(), true));
            let never: Vec<&str> =
                triggers.iter().filter(|on| !bills(on)).map(|on| on.as_str()).collect();
            println!("{amount}: no pair bills it {}", never.join(", "));
        }
        let (all, come) = (pairs.len() * bounds.len(), self.sides.len());
        println!("{come} of {all} amounts on triggers by sides of bounds; of these, never:");
        for (amount, trigger) in pairs {
            let missing = bounds.iter().filter(|(name, side)| {
                let key = (amount.clone(), trigger.clone(), (*name).clone(), **side);
                !self.sides.contains_key(&key)
            });
            let missing: Vec<_> = missing.map(|(name, side)| format!("{name} {side}")).collect();
            if !missing.is_empty() {
                println!("{amount} {trigger}: {}", missing.join(", "));
            }
        }
    }
}

fn named(line: &Line) -> String {
    let parts = [
        (line.pro_rata, " pro rata"),
        (line.beside, " beside"),
        (line.at_most.is_some(), " at most"),
    ];
    let parts = parts.into_iter().filter(|(has, _)| *has).map(|(_, name)| name);
    variant(&line.amount) + &parts.collect::<String>()
}

fn on(line: &Line, trigger: &Trigger) -> String {
    format!("{} {}", if line.each { "each" } else { "on" }, variant(trigger))
}

fn condition(condition: &Condition) -> String {
    let text = format!("{condition:?}");
    let compared = ["Less", "AtMost", "AtLeast", "More"];
    let how = compared.into_iter().find(|how| text.contains(&format!("({how},")));
    format!("{} {}", variant(condition), how.unwrap_or_default()).trim_end().to_owned()
}

/// One pair: both come to the same lines, or both withhold it. What it comes to.
fn agreed(seed: u64) -> Counts {
    let (schedule, case) = pair(seed);
    let actual = compiled(&schedule, &case);
    let actual = actual.unwrap_or_else(|why| panic!("{why}\n{}", text::source(&schedule)));
    let expected = evaluate_told(&schedule, &case);
    if actual.as_ref() != expected.as_ref().map(|(lines, _)| lines) {
        let (schedule, case) = smallest(schedule, case);
        panic!(
            "pair {seed}, as of {}\n{}\n{}\nexpected\n{}actual\n{}",
            case.as_of,
            text::source(&schedule),
            text::events(&schedule, &case).join("\n"),
            show(evaluate(&schedule, &case).as_ref()),
            show(compiled(&schedule, &case).expect("compiled").as_ref())
        );
    }
    Counts::of(&schedule, expected.as_ref())
}

/// The evaluator comes to what the second reading comes to, on pairs that come to each amount on its triggers and to each
/// condition on every side of its bound. `--nocapture` prints all that they come to, and what none came to;
/// `JALON_SECOND_SEED` says from which pair on.
#[test]
fn the_evaluator_agrees_with_the_second_reading() {
    let first = from_environment("JALON_SECOND_SEED", 0);
    let pairs = crate::sample(2_000);
    // Some at a time: what they come to is kept once for each lot.
    let lots =
        (0..pairs.div_ceil(500)).map(|lot| first + lot * 500..first + pairs.min((lot + 1) * 500));
    let all = crate::spread(lots, |seeds| {
        let mut counts = Counts::default();
        seeds.map(agreed).for_each(|one| counts.add(one));
        counts
    });
    let mut counts = Counts::default();
    all.into_iter().for_each(|lot| counts.add(lot));
    println!("{pairs} pairs, of which {} are withheld", counts.withheld);
    counts.print();
    // What each kind of condition measures, on every side of its bound.
    let of = |name: &str| name.split(' ').next().map(str::to_owned);
    let met: BTreeSet<_> = counts.sides.keys().map(|(.., name, side)| (of(name), *side)).collect();
    for (condition, _) in met.iter().filter(|(_, side)| *side != "none") {
        // How often a line fires is never above how often it may.
        let of_times = condition.as_deref() == Some("times");
        for side in SIDES.into_iter().filter(|side| !of_times || *side != "above") {
            assert!(met.contains(&(condition.clone(), side)), "{condition:?}, never {side}");
        }
    }
    for (_, trigger, _) in counts.amounts.keys() {
        assert!(counts.amounts.keys().any(|(_, on, bills)| on == trigger && *bills), "{trigger}");
    }
}

/// What an amendment and other events state, drawn.
fn assumed(seed: u64, day: Date) -> jalon::Assumed {
    let price = seed
        .is_multiple_of(3)
        .then_some(StatedSum(1_000 + i64::try_from(seed % 90_000).unwrap_or(0) * 100));
    let planned_start = (seed % 5 > 1).then_some(day);
    let amendment = Agreement {
        price,
        planned_start,
        planned_end: planned_start.is_none().then_some(day),
        ..Agreement::default()
    };
    let percent = i64::try_from(seed % 101).expect("small") * jalon::money::Percent::ONE;
    jalon::Assumed {
        progress: seed.is_multiple_of(2).then_some(jalon::money::Percent(percent)),
        amendment: Some(amendment),
        amount: Some(StatedSum(845_000)),
    }
}

proptest! {
    #![proptest_config(config(200))]

    /// What a forecast tells is what evaluating tells: what is billed by itself and what stands already come to
    /// what the same events bill up to that day; an event brings what the history with it bills more.
    #[test]
    fn a_forecast_is_what_evaluating_comes_to(seed in any::<u64>().no_shrink(), ahead in 0_u32..400) {
        let (schedule, case) = pair(seed);
        let compiled = jalon::compile("second.jalon", &text::source(&schedule)).expect("a sound schedule");
        let plan = &compiled.schedules[0];
        let events: Vec<jalon::Event> = text::events(&schedule, &case)
            .iter()
            .map(|event| read_event(event).expect("a sound event"))
            .collect();
        let as_of = Date::parse(&case.as_of.to_string()).expect("a date");
        // What comes later is not known: a history of which something does is another test's.
        if events.iter().any(|event| event.date > as_of) {
            return Ok(());
        }
        let until = as_of.plus(jalon::calendar::Duration::Days(ahead));
        let horizon = jalon::Horizon::new(as_of, until);
        let assumed = assumed(seed, until);
        let bill = |events: &[jalon::Event], day: Date| {
            jalon::evaluate(plan, events, day).map(|evaluation| evaluation.lines)
        };
        let foreseen = jalon::forecast_assuming(plan, &events, &horizon, &assumed);
        let forecast = match (Some(foreseen), bill(&events, as_of)) {
            (Some(Ok(forecast)), Ok(_)) => forecast,
            (Some(Err(foreseen)), Err(billed)) => {
                prop_assert_eq!(foreseen, billed);
                return Ok(());
            }
            // What is still to come cannot be billed, for instance for want of a term.
            (Some(Err(_)), Ok(_)) if bill(&events, until).is_err() => return Ok(()),
            other => return Err(TestCaseError::fail(format!("{other:?}"))),
        };
        let sum = |lines: &[jalon::InvoiceLine]| -> i128 {
            let minor = |line: &jalon::InvoiceLine| {
                plan.schedule.currency.read_signed(&line.amount).expect("an amount").0
            };
            lines.iter().map(|line| i128::from(minor(line))).sum()
        };
        let standing = sum(&bill(&events, as_of).expect("billed"));
        if forecast.closed {
            prop_assert_eq!(sum(&bill(&events, until).expect("billed")), standing);
            return Ok(());
        }
        let then = sum(&bill(&events, until).expect("billed"));
        prop_assert_eq!(standing + sum(&forecast.by_itself), then);
        prop_assert!(forecast.left_out.is_empty());
        let suspended = jalon::EventKind::More(Box::new(More::Suspension));
        let resumed = jalon::EventKind::More(Box::new(More::Resumption));
        let tried = |kind: &jalon::EventKind| forecast.next.iter().any(|next| next.event.kind == *kind);
        prop_assert!(forecast.suspended.is_none() || !tried(&suspended));
        prop_assert!(forecast.suspended.is_some() || !tried(&resumed));
        for next in &forecast.next {
            let mut with = events.clone();
            with.push(next.event.clone());
            match (&next.lines, bill(&with, as_of)) {
                (Ok(lines), Ok(billed)) => {
                    prop_assert_eq!(standing + sum(lines), sum(&billed), "{:?}", next.event);
                    if let Some(then) = &next.then {
                        let later = sum(&bill(&with, until).expect("it was foreseen"));
                        prop_assert_eq!(standing + sum(lines) + sum(then), later, "{:?}", next.event);
                    }
                }
                (Err(foreseen), Err(billed)) => prop_assert_eq!(foreseen, &billed),
                // What comes after that day cannot be billed.
                (Err(_), Ok(_)) if bill(&with, until).is_err() => {}
                (foreseen, billed) => {
                    return Err(TestCaseError::fail(format!("{foreseen:?} {billed:?}")));
                }
            }
        }
    }
}
