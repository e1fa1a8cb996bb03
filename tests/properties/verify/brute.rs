//! Verdicts against brute force: no proof has a counter-example, no witness fails to show what is
//! claimed, and no history is shorter than a witness that calls itself the shortest.

use super::shown::{Referee, Shown};
use super::{of_the_guide, sound_schedules};
use crate::generated::histories::{Grid, history};
use crate::generated::schedules::Random;
use crate::{from_environment, sample};
use jalon::money::Hours;
use jalon::plan::PlannedTerms;
use jalon::verify::{self, Finding, Property, Verdict, Verification, Witness};
use jalon::{Event, Plan};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

/// What one history shows by itself, or beside another.
const BY_HISTORY: [Property; 11] = [
    Property::Overbilling,
    Property::Overlap,
    Property::StrandedDeposit,
    Property::Underbilling,
    Property::PastDate,
    Property::UnbilledWork,
    Property::AfterTerminal,
    Property::Credit,
    Property::Order,
    Property::Cliff,
    Property::NeverStarted,
];

fn verdict(verification: &Verification, property: Property) -> Verdict {
    let found = verification.proofs.iter().find(|proof| proof.property == property);
    found.expect("every property").verdict
}

/// What cases plan where their schedule states nothing: among them hours of which a quarter, or four
/// fifths, are hours that generated conditions ask about, and hours around these.
fn terms(plan: &Plan) -> Vec<PlannedTerms> {
    let months = plan.schedule.planned_months.or(Some(6));
    if plan.schedule.planned_hours.is_some() || !plan.needs_planned_hours {
        let hours = plan.schedule.planned_hours.or(Hours::read("10").ok());
        return vec![PlannedTerms { hours, months }];
    }
    let planned = ["10", "8", "6.25", "2.5", "4", "7", "30", "100"];
    let with = |hours: &&str| PlannedTerms { hours: Hours::read(hours).ok(), months };
    planned.iter().map(with).collect()
}

/// What all histories of a schedule have shown.
#[derive(Default)]
struct Brute {
    /// The shortest history for each property.
    shortest: BTreeMap<Property, Vec<Event>>,
    leak: Option<Vec<Event>>,
    fired: BTreeSet<usize>,
    histories: u64,
}

impl Brute {
    fn force(plan: &Plan, random: &mut Random, histories: u64) -> Brute {
        let mut brute = Brute::default();
        let referees: Vec<Referee> =
            terms(plan).into_iter().map(|terms| Referee::new(plan, terms)).collect();
        let grid = Grid::of(plan);
        for number in 0..histories {
            let referee = random.pick(&referees);
            let events = history(random, &grid);
            let Some(shown) = referee.judge(&events) else { continue };
            brute.histories += 1;
            brute.fired.extend(&shown.fired);
            for property in &shown.properties {
                brute.note(*property, &events);
            }
            if shown.leaks {
                brute.leak = Some(events.clone());
            }
            if referee.order_matters(&events, &shown) {
                brute.note(Property::Order, &events);
            }
            if number % 8 == 0 {
                let mut begun = events;
                begun.truncate(begun.len() - random.below(2).min(begun.len() - 1));
                let days = [0, 1, 13, 15, 16, 27, 28, 30, 31, 44, 45, 58, 59, 60, 61, 89, 91, 92];
                let from = random.below(days.len() - 3);
                if referee.has_a_cliff(&begun, &days[from..from + 4]) == Some(true) {
                    brute.note(Property::Cliff, &begun);
                }
            }
        }
        brute
    }

    fn note(&mut self, property: Property, events: &[Event]) {
        let known = self.shortest.get(&property).map_or(usize::MAX, Vec::len);
        if events.len() < known {
            self.shortest.insert(property, events.to_vec());
        }
    }

    /// Where a verification says otherwise.
    fn against(&self, plan: &Plan, verification: &Verification, bad: &mut Vec<String>) {
        for property in BY_HISTORY {
            let Some(events) = self.shortest.get(&property) else { continue };
            let what = match verdict(verification, property) {
                Verdict::Proved => "proved, and yet",
                Verdict::Unknown => continue,
                Verdict::Refuted => {
                    let witnesses: Vec<&Witness> = verification
                        .findings
                        .iter()
                        .filter(|finding| finding.property() == property)
                        .filter_map(|finding| finding.witness.as_ref())
                        .collect();
                    let certain = witnesses.iter().all(|witness| witness.shortest);
                    let ours = witnesses.iter().map(|witness| witness.events.len()).min();
                    if ours.is_none_or(|ours| !certain || ours <= events.len()) {
                        continue;
                    }
                    "a shorter case for"
                }
            };
            bad.push(format!("{what} {}: {events:?}", property.name()));
        }
        if let Some(events) = &self.leak {
            let any = [Property::Leak, Property::Gap, Property::NeverStarted];
            if any.iter().all(|property| verdict(verification, *property) == Verdict::Proved) {
                bad.push(format!("proved, and yet a leak: {events:?}"));
            }
        }
        for finding in &verification.findings {
            let verify::Key::DeadLine(line) = finding.key else { continue };
            let place = plan.line(line).map(|line| line.index);
            if place.is_some_and(|place| self.fired.contains(&place)) {
                bad.push(format!("dead line {place:?} fires"));
            }
        }
    }
}

/// Every witness shows, by the reference, what is claimed of it.
fn check_witnesses(plan: &Plan, verification: &Verification, bad: &mut Vec<String>) -> u64 {
    let mut count = 0;
    for finding in &verification.findings {
        let Some(witness) = &finding.witness else { continue };
        count += 1;
        let referee = Referee::new(plan, witness.terms);
        let shows = match (&witness.compared, referee.judge(&witness.events)) {
            (_, None) => false,
            (Some(other), Some(shown)) => {
                let other = referee.judge(&other.events);
                other.is_some_and(|other| differ(finding, &shown, &other))
            }
            (None, Some(shown)) => match finding.property() {
                Property::Leak | Property::Gap => shown.leaks,
                Property::NeverStarted => {
                    shown.leaks || shown.properties.contains(&Property::NeverStarted)
                }
                property => shown.properties.contains(&property),
            },
        };
        if !shows {
            let (name, events) = (finding.property().name(), &witness.events);
            bad.push(format!("a witness of {name} does not show it: {events:?}"));
        }
    }
    count
}

/// Whether the two histories of a witness bill as the finding says.
fn differ(finding: &Finding, one: &Shown, other: &Shown) -> bool {
    match finding.key {
        verify::Key::Order => one.days != other.days,
        verify::Key::Cliff(verify::Terminal::Abandonment) => one.billed < other.billed,
        verify::Key::Cliff(verify::Terminal::End) => one.billed > other.billed,
        _ => false,
    }
}

/// How many verdicts of each kind there are, and how long they took.
#[derive(Default)]
struct Count {
    verdicts: BTreeMap<(Property, Verdict), u32>,
    witnesses: u64,
    histories: u64,
    slowest: (Duration, String),
    took: Duration,
}

impl Count {
    fn verify(&mut self, plan: &Plan, source: &str) -> Verification {
        let begun = Instant::now();
        let verification = verify::verify(plan, &verify::Options::default());
        let took = begun.elapsed();
        self.took += took;
        if took > self.slowest.0 {
            self.slowest = (took, source.to_owned());
        }
        for proof in &verification.proofs {
            *self.verdicts.entry((proof.property, proof.verdict)).or_default() += 1;
        }
        if std::env::var_os("JALON_VERIFY_SHOW_UNKNOWN").is_some() {
            let unknown = verification.proofs.iter().filter(|p| p.verdict == Verdict::Unknown);
            let unknown: Vec<&str> = unknown.map(|proof| proof.property.name()).collect();
            if !unknown.is_empty() {
                println!("unknown {} in {took:?}\n{source}", unknown.join(" "));
            }
        }
        verification
    }

    fn print(&self) {
        println!("slowest: {:?}\n{}", self.slowest.0, self.slowest.1);
        println!(
            "{} histories, {} witnesses, verified in {:?}",
            self.histories, self.witnesses, self.took
        );
        for ((property, verdict), count) in &self.verdicts {
            println!("{:18} {:8} {count}", property.name(), verdict.name());
        }
    }

    fn unknown(&self) -> (u32, u32) {
        let unknown = |((_, verdict), count): (&(Property, Verdict), &u32)| {
            (*verdict == Verdict::Unknown).then_some(*count)
        };
        (self.verdicts.iter().filter_map(unknown).sum(), self.verdicts.values().sum())
    }
}

fn told(bad: &[String]) -> String {
    format!("{} disagreements:\n{}", bad.len(), bad.iter().take(8).cloned().collect::<String>())
}

#[test]
fn verdicts_agree_with_brute_force() {
    let schedules = from_environment("JALON_VERIFY_SCHEDULES", sample(60));
    let histories = from_environment("JALON_VERIFY_HISTORIES", 120);
    let mut count = Count::default();
    let mut bad = Vec::new();
    for (source, plan, mut random) in sound_schedules(schedules) {
        let verification = count.verify(&plan, &source);
        let mut here = Vec::new();
        count.witnesses += check_witnesses(&plan, &verification, &mut here);
        let brute = Brute::force(&plan, &mut random, histories);
        count.histories += brute.histories;
        brute.against(&plan, &verification, &mut here);
        bad.extend(here.iter().map(|what| format!("{what}\n{source}\n")));
    }
    count.print();
    let (unknown, all) = count.unknown();
    println!("{unknown} of {all} verdicts unknown");
    assert!(bad.is_empty(), "{}", told(&bad));
    assert!(unknown * 12 < all, "{unknown} of {all} verdicts are unknown");
}

#[test]
fn the_guides_verdicts_agree_with_brute_force() {
    let histories = from_environment("JALON_VERIFY_HISTORIES", 120);
    let mut count = Count::default();
    let mut bad = Vec::new();
    for plan in of_the_guide() {
        let name = plan.schedule.name.clone();
        let verification = count.verify(&plan, &name);
        let mut here = Vec::new();
        count.witnesses += check_witnesses(&plan, &verification, &mut here);
        let brute = Brute::force(&plan, &mut Random::new(1), histories);
        count.histories += brute.histories;
        brute.against(&plan, &verification, &mut here);
        bad.extend(here.iter().map(|what| format!("{what}\n{name}\n")));
    }
    count.print();
    assert!(bad.is_empty(), "{}", told(&bad));
    assert_eq!(count.unknown().0, 0, "every property of the guide's schedules is decided");
}
