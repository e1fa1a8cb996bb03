//! The second part of the language: the evaluator against a second naive reading of the text, on random
//! schedules of terms, quantities, recurrences, planned dates, progress, suspension and payers, each with a
//! random history.

use crate::strategies::config;
use jalon::Date;
use jalon::model::{Agreement, More, StatedSum, read_event};
use proptest::prelude::*;
use reference::exact::{decimal, print};
use reference::second::random::pair;
use reference::second::rules::{Action, Case, Schedule};
use reference::second::text;
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

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn the_evaluator_agrees_with_the_second_reading(seed in any::<u64>().no_shrink()) {
        let (schedule, case) = pair(seed);
        let actual = match compiled(&schedule, &case) {
            Ok(actual) => actual,
            Err(refused) => {
                return Err(TestCaseError::fail(format!("{refused}\n{}", text::source(&schedule))));
            }
        };
        if actual != evaluate(&schedule, &case) {
            let (schedule, case) = smallest(schedule, case);
            let (actual, expected) = (compiled(&schedule, &case), evaluate(&schedule, &case));
            let actual = actual.expect("compiled");
            return Err(TestCaseError::fail(format!(
                "as of {}\n{}\n{}\nexpected\n{}actual\n{}",
                case.as_of,
                text::source(&schedule),
                text::events(&schedule, &case).join("\n"),
                show(expected.as_ref()),
                show(actual.as_ref())
            )));
        }
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

/// What pairs come to, as counts: each amount on each trigger, and each condition by its comparison, whether the line billed or never
/// fired. `--nocapture` prints all, and what no pair came to.
#[test]
fn pairs_come_to_amounts_on_triggers_and_to_both_sides_of_conditions() {
    let mut amounts: BTreeMap<(String, String, bool), u32> = BTreeMap::new();
    let mut conditions: BTreeMap<(String, bool), u32> = BTreeMap::new();
    let pairs = crate::sample(2_000);
    for seed in 0..pairs {
        let (schedule, case) = pair(seed);
        let Some((billed, told)) = evaluate_told(&schedule, &case) else { continue };
        for (place, line) in (0..).zip(&schedule.lines) {
            let bills = billed.iter().any(|billed| billed.line == line.label);
            let fired = told.iter().flat_map(|moment| &moment.fired).any(|(of, _)| *of == place);
            if bills == fired {
                for trigger in &line.triggers {
                    let each = if line.each { "each" } else { "on" };
                    let parts = [
                        (line.pro_rata, " pro rata"),
                        (line.beside, " beside"),
                        (line.at_most.is_some(), " at most"),
                    ];
                    let parts = parts.into_iter().filter(|(has, _)| *has).map(|(_, name)| name);
                    let amount = variant(&line.amount) + &parts.collect::<String>();
                    let trigger = format!("{each} {}", variant(trigger));
                    *amounts.entry((amount, trigger, bills)).or_default() += 1;
                }
                for condition in &line.conditions {
                    let text = format!("{condition:?}");
                    let compared = ["Less", "AtMost", "AtLeast", "More"];
                    let how = compared.into_iter().find(|how| text.contains(&format!("({how},")));
                    let name = format!("{} {}", variant(condition), how.unwrap_or_default());
                    *conditions.entry((name, bills)).or_default() += 1;
                }
            }
        }
    }
    println!("{pairs} pairs");
    for ((amount, trigger, bills), count) in &amounts {
        println!("{amount:24} {trigger:20} {} {count}", if *bills { "bills" } else { "never" });
    }
    for ((condition, bills), count) in &conditions {
        println!("{condition:24} {} {count}", if *bills { "bills" } else { "never" });
    }
    let triggers: BTreeSet<&String> = amounts.keys().map(|(_, trigger, _)| trigger).collect();
    let named: BTreeSet<&String> = amounts.keys().map(|(amount, ..)| amount).collect();
    let missing = |amount: &str, trigger: &str| {
        !amounts.keys().any(|(of, on, bills)| of == amount && on == trigger && *bills)
    };
    for amount in &named {
        let never: Vec<&str> =
            triggers.iter().filter(|on| missing(amount, on)).map(|on| on.as_str()).collect();
        println!("{amount}: no pair bills it {}", never.join(", "));
    }
    // Each condition is on both of its sides; each trigger brings something.
    for (condition, _) in conditions.keys() {
        for bills in [true, false] {
            assert!(conditions.contains_key(&(condition.clone(), bills)), "{condition} {bills}");
        }
    }
    for trigger in triggers {
        assert!(amounts.keys().any(|(_, on, bills)| on == trigger && *bills), "{trigger}");
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
