//! The list of situations against random histories: none comes to a situation that is not listed,
//! unless the list says that it may not be all; and each example comes to its situation.

use super::{of_the_guide, sound_schedules};
use crate::generated::histories::{Grid, history};
use crate::generated::schedules::Random;
use crate::{from_environment, sample};
use jalon::money::Hours;
use jalon::plan::PlannedTerms;
use jalon::situations::Situations;
use jalon::{Date, Lang, Plan};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// What is known of the lists of many schedules.
#[derive(Default)]
struct Count {
    schedules: usize,
    listed: usize,
    /// Situations to which a random history comes.
    reached: usize,
    /// Lists that say that they may not be all.
    cut: usize,
    states: usize,
    histories: usize,
    took: Duration,
    slowest: Duration,
    bad: Vec<String>,
}

impl Count {
    fn look_at(&mut self, plan: &Plan, source: &str, random: &mut Random, histories: u64) {
        let begun = Instant::now();
        let mut found = Situations::of(plan);
        let took = begun.elapsed();
        self.took += took;
        self.slowest = self.slowest.max(took);
        self.schedules += 1;
        self.listed += found.all.len();
        self.states += found.states;
        self.cut += usize::from(found.cut);
        if found.cut && std::env::var_os("JALON_VERIFY_SHOW_UNKNOWN").is_some() {
            println!("cut ({}): {}\n{source}", found.states, found.cut_note(Lang::En));
        }
        let names: BTreeSet<String> =
            found.all.iter().map(|one| found.name(one, Lang::Fr)).collect();
        assert_eq!(names.len(), found.all.len(), "each has a name of its own: {names:#?}");
        self.examples(&mut found, source);
        self.histories(found, plan, source, random, histories);
    }

    /// Every example comes to its situation, and on the day that it is said to.
    fn examples(&mut self, found: &mut Situations<'_>, source: &str) {
        for place in 0..found.all.len() {
            let one = &found.all[place];
            let edges = one.edges.iter().map(|edge| (&edge.example, Some(edge.day)));
            let examples: Vec<_> = [(&one.example, None)]
                .into_iter()
                .chain(edges)
                .map(|(example, day)| (example.clone(), day))
                .collect();
            let listed = found.all.len();
            for (example, day) in examples {
                forget(found);
                found.reach_by(&example.events, example.terms, example.as_of);
                let one = &found.all[place];
                let edge = day
                    .is_none_or(|day| one.edges.iter().any(|edge| edge.day == day && edge.reached));
                if !one.reached || !edge || found.all.len() > listed {
                    let name = found.name(one, Lang::En);
                    self.bad.push(format!("{name} is not what {example:?} shows\n{source}"));
                    return;
                }
            }
        }
        forget(found);
    }

    /// No history comes to a situation that is not listed.
    fn histories(
        &mut self,
        mut found: Situations<'_>,
        plan: &Plan,
        source: &str,
        random: &mut Random,
        histories: u64,
    ) {
        let grid = Grid::of(plan);
        let as_of = Date::new(2026, 1, 1).expect("a date");
        let planned = ["10", "10", "4", "100", "2.5"];
        for _ in 0..histories {
            let own = plan.needs_planned_hours && plan.schedule.planned_hours.is_none();
            let hours = if own { random.pick(&planned) } else { "10" };
            let terms = PlannedTerms {
                hours: plan.needs_planned_hours.then(|| Hours::read(hours).expect("hours")),
                months: plan.needs_planned_months.then_some(3),
            };
            let events = history(random, &grid);
            self.histories += 1;
            let before = found.all.len();
            found.reach_by(&events, terms, as_of);
            if found.all.len() > before && !found.cut {
                let names: Vec<String> =
                    found.all.iter().map(|one| found.name(one, Lang::En)).collect();
                let what = format!("{events:?} with {terms:?}\n{names:#?}\n{source}");
                self.bad.push(what);
                return;
            }
        }
        self.reached += found.all.iter().filter(|one| one.reached).count();
    }

    fn print(&self) {
        println!(
            "{} schedules, {} situations, {} of them reached by {} histories; {} lists cut; {} states, {:?} in all, {:?} for the slowest",
            self.schedules,
            self.listed,
            self.reached,
            self.histories,
            self.cut,
            self.states,
            self.took,
            self.slowest
        );
    }
}

/// As if nothing had been reached.
fn forget(found: &mut Situations<'_>) {
    for one in &mut found.all {
        one.reached = false;
        one.edges.iter_mut().for_each(|edge| edge.reached = false);
    }
}

#[test]
fn random_histories_come_to_listed_situations_only() {
    let schedules = from_environment("JALON_VERIFY_SCHEDULES", sample(60));
    let histories = from_environment("JALON_VERIFY_HISTORIES", 400);
    let mut count = Count::default();
    for (source, plan, mut random) in sound_schedules(schedules) {
        count.look_at(&plan, &source, &mut random, histories);
    }
    count.print();
    assert!(count.bad.is_empty(), "{} schedules:\n{}", count.bad.len(), count.bad.join("\n"));
    assert!(count.cut <= 1 + count.schedules / 100, "{} lists are cut", count.cut);
}

#[test]
fn random_histories_come_to_listed_situations_of_the_guide_only() {
    let histories = from_environment("JALON_VERIFY_HISTORIES", 400);
    let mut count = Count::default();
    for plan in of_the_guide() {
        count.look_at(&plan, &plan.schedule.name, &mut Random::new(2), histories);
    }
    count.print();
    assert!(count.bad.is_empty(), "{}", count.bad.join("\n"));
    assert_eq!(count.cut, 0, "every list of the guide's schedules is whole");
}
