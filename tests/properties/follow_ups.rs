//! Follow-ups: the evaluator against a naive reading, on random follow-ups with random invoices and events; what every
//! answer has to hold to; and a layout and a translation that say the same.

use crate::strategies::config;
use jalon::Date;
use jalon::calendar::Duration;
use jalon::follow::{
    Asked, Book, Done, Followed, Format, Record, Run, Table, follow, read, step_id, unpaid,
};
use jalon::model::FollowUp;
use proptest::prelude::*;
use reference::follow::life::{Outcome, evaluate};
use reference::follow::random::world;
use reference::follow::rules::World;
use reference::follow::text;
use std::collections::BTreeSet;

fn records(lines: &[String]) -> Vec<Record> {
    let (text, mut records) = (lines.join("\n"), Vec::new());
    let give = &mut |record| records.push(record);
    let read = read(&text, Format::Ndjson, Table::Invoices, 0, give);
    assert!(read.unreadable.is_empty());
    records
}

fn follow_ups(source: &str) -> Vec<FollowUp> {
    let compiled = jalon::compile("follow.jalon", source);
    compiled.unwrap_or_else(|report| panic!("{:#?}\n{source}", report.diagnostics)).follow_ups
}

fn run(world: &World, follow_ups: &[&FollowUp], with_next: bool) -> (Book, Run, Date) {
    let book = Book::new(&records(&text::invoices(world)), &records(&text::events(world)));
    let as_of = Date::parse(&world.as_of.to_string()).unwrap();
    let run = follow(follow_ups, &book, Asked { as_of, done: None, with_next });
    (book, run, as_of)
}

fn compiled(world: &World) -> Outcome {
    let follow_ups = follow_ups(&text::source(&world.follow_ups));
    let follow_ups: Vec<&FollowUp> = follow_ups.iter().collect();
    let (book, run, _) = run(world, &follow_ups, false);
    let id = |number: usize| book.invoices[number].invoice_id.clone();
    let mut fired: Vec<_> = run
        .fired
        .iter()
        .map(|followed| {
            let step = &follow_ups[followed.follow_up].steps[followed.fired.step].label;
            let fired = &followed.fired;
            (fired.day.to_string(), id(fired.invoice), step.clone(), fired.open.0)
        })
        .collect();
    fired.sort();
    let open = run
        .standings
        .iter()
        .map(|of| (id(of.invoice), (of.open.0, of.due.map(|due| due.to_string()))));
    let withheld = run.withheld.iter().map(|of| id(of.invoice)).collect();
    Outcome { fired, open: open.collect(), withheld }
}

/// Leaves out events, invoices and steps as long as the two still differ.
fn smallest(mut world: World) -> World {
    let differs = |world: &World| compiled(world) != evaluate(world);
    loop {
        let mut fewer: Vec<World> = Vec::new();
        for at in 0..world.events.len() {
            let mut less = world.clone();
            let gone = less.events.remove(at);
            // What withdraws it goes with it.
            less.events
                .retain(|event| event.kind != "void" || Some(&event.other) != gone.id.as_ref());
            fewer.push(less);
        }
        for at in 0..world.follow_ups.len() {
            let mut less = world.clone();
            if less.follow_ups.len() > 1 {
                less.follow_ups.remove(at);
                fewer.push(less);
            }
            let last = world.follow_ups[at].steps.len() - 1;
            let mut less = world.clone();
            if last > 0 {
                less.follow_ups[at].steps.remove(last);
                fewer.push(less);
            }
        }
        let sound =
            |world: &World| jalon::compile("less.jalon", &text::source(&world.follow_ups)).is_ok();
        match fewer.into_iter().find(|world| sound(world) && differs(world)) {
            Some(found) => world = found,
            None => return world,
        }
    }
}

proptest! {
    #![proptest_config(config(600))]

    #[test]
    fn the_evaluator_agrees_with_a_naive_reading_of_follow_ups(seed in any::<u64>().no_shrink()) {
        let world = world(seed);
        if compiled(&world) != evaluate(&world) {
            let world = smallest(world);
            return Err(TestCaseError::fail(format!(
                "as of {}\n{}\n{}\n{}\nexpected\n{:#?}\nactual\n{:#?}",
                world.as_of,
                text::source(&world.follow_ups),
                text::invoices(&world).join("\n"),
                text::events(&world).join("\n"),
                evaluate(&world),
                compiled(&world),
            )));
        }
    }

    #[test]
    fn unpaid_sums_up_and_no_dated_step_fires_on_what_is_settled_or_held(seed in any::<u64>().no_shrink()) {
        let world = world(seed);
        let follow_ups = follow_ups(&text::source(&world.follow_ups));
        let follow_ups: Vec<&FollowUp> = follow_ups.iter().collect();
        let (book, run, as_of) = run(&world, &follow_ups, true);
        let list = unpaid(&follow_ups, &book, &run, as_of, &|_| true);
        let open: i64 = run.standings.iter().map(|of| of.open.0).sum();
        let rows: i64 = list.rows.iter().map(|row| row.open.0).sum();
        prop_assert_eq!(rows, open);
        for row in &list.rows {
            prop_assert_eq!(row.shares.values().map(|share| share.0).sum::<i64>(), row.open.0);
        }
        for (ageing, shares) in list.totals.values() {
            let parts = ageing.open.iter().map(|part| part.0).sum::<i64>() + ageing.overpaid.0;
            prop_assert_eq!(parts, ageing.total.0);
            let of_payers = shares.values().fold((0, 0), |(open, overpaid), owed| {
                (open + owed.open.0, overpaid + owed.overpaid.0)
            });
            let owed = ageing.owed();
            prop_assert_eq!(of_payers, (owed.open.0, owed.overpaid.0));
        }
        for standing in &run.standings {
            if standing.next.is_some() {
                let holds = standing.open.0 > 0 && !standing.disputed && !standing.with_collector;
                prop_assert!(holds, "{standing:?}");
            }
        }
    }

}

proptest! {
    #![proptest_config(config(100))]

    /// A host that runs every night and does what it is given is given, each once, the steps of one run at the end.
    #[test]
    fn every_night_gives_the_steps_of_one_run_at_the_end(seed in any::<u64>().no_shrink()) {
        let world = world(seed);
        let follow_ups = follow_ups(&text::source(&world.follow_ups));
        let follow_ups: Vec<&FollowUp> = follow_ups.iter().collect();
        let book = Book::new(&records(&text::invoices(&world)), &records(&text::events(&world)));
        let Some(mut night) = book.invoices.iter().map(|invoice| invoice.date).min() else { return Ok(()) };
        let last = night.plus(Duration::Days(60));
        let step = |followed: &Followed| {
            let (fired, follow_up) = (&followed.fired, follow_ups[followed.follow_up]);
            let invoice_id = book.invoices[fired.invoice].invoice_id.clone();
            let label = follow_up.steps[fired.step].label.clone();
            let id = step_id(&invoice_id, &follow_up.name, &label, fired.time);
            Done { invoice_id, date: fired.day, step: label, id: Some(id) }
        };
        let steps = |as_of: Date, done: Option<&[Done]>| -> Vec<Done> {
            let run = follow(&follow_ups, &book, Asked { as_of, done, with_next: false });
            run.fired.iter().map(step).collect()
        };
        let mut done: Vec<Done> = Vec::new();
        while night <= last {
            let given = steps(night, Some(&done));
            prop_assert!(given.iter().all(|step| !done.contains(step)), "{given:?}");
            done.extend(given);
            night = night.next();
        }
        let mut replayed = steps(last, None);
        done.sort();
        replayed.sort();
        prop_assert_eq!(done, replayed, "{}", text::source(&world.follow_ups));
    }

    #[test]
    fn a_layout_and_a_translation_say_the_same(seed in any::<u64>().no_shrink()) {
        let source = text::source(&world(seed).follow_ups);
        let plain = |text: &str| format!("{:?}", follow_ups(text)
            .into_iter()
            .map(|of| (of.name, of.criteria, of.payment, of.currency, of.steps.into_iter()
                .map(|step| (step.label, step.triggers, step.at_most, step.condition, step.hands_over))
                .collect::<Vec<_>>()))
            .collect::<Vec<_>>());
        for lang in [jalon::Lang::En, jalon::Lang::Fr] {
            let there = jalon::syntax::format(&source, Some(lang)).expect("formatted");
            let back = jalon::syntax::format(&there, Some(jalon::Lang::En)).expect("formatted");
            prop_assert_eq!(&jalon::syntax::format(&there, Some(lang)).expect("formatted"), &there);
            prop_assert_eq!(plain(&there), plain(&source));
            prop_assert_eq!(plain(&back), plain(&source));
        }
    }
}

/// Two readings in which nothing happens would agree: every kind of trigger fires, and some are withheld.
#[test]
fn follow_ups_that_are_generated_fire() {
    let (mut fires, mut withheld, mut judged) = (BTreeSet::new(), 0, 0);
    for seed in 0..600 {
        let world = world(seed);
        let outcome = evaluate(&world);
        withheld += outcome.withheld.len();
        judged += outcome.open.len();
        for (_, _, label, _) in &outcome.fired {
            for of in world.follow_ups.iter().flat_map(|of| &of.steps) {
                if of.label == *label {
                    fires.extend(of.triggers.iter().map(|trigger| {
                        let text = format!("{trigger:?}");
                        text.split(['(', ' ']).next().unwrap().to_owned()
                    }));
                }
            }
        }
    }
    let all = ["After", "BeforeDue", "Each", "On"].map(str::to_owned);
    assert_eq!(fires, BTreeSet::from(all));
    assert!(judged > 600 && withheld > 50 && withheld < judged, "{judged} {withheld}");
}
