//! Strategies of pairs: a schedule that the checker accepts and the history of a case, from a seed,
//! shrunk part by part. Half of them are random, the others are [aimed](crate::aimed) at the next
//! portion of the catalogue, so that a run of the default size comes to all of it.

use crate::aimed;
use crate::combination::Combination;
use checks::agreement::Spelling;
use jalon::{Date, Event};
use proptest::prelude::*;
use proptest::strategy::{NewTree, ValueTree};
use proptest::test_runner::{Config, RngSeed, TestRunner};
use reference::rng::Rng;
use reference::rules::{Case, Condition, Schedule, What};
use reference::write::Language;
use reference::{generate, write, write_events};
use std::cell::Cell;
use std::fmt;

/// The seed of a run that states none: each run of the tests is the same.
const SEED: u64 = 20_250_705;

/// So many cases, unless `PROPTEST_CASES` says how many.
pub fn config(cases: u32) -> Config {
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = crate::sample(cases.into()).try_into().unwrap_or(u32::MAX);
    }
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        config.rng_seed = RngSeed::Fixed(SEED);
    }
    // What a test has no use for is a part of what is tried, however much that is.
    config.max_global_rejects = config.cases.saturating_mul(8).max(config.max_global_rejects);
    config.max_shrink_iters = 2_000;
    config
}

/// A schedule, a case of it, and how they are written down.
#[derive(Clone)]
pub struct Pair {
    pub schedule: Schedule,
    pub case: Case,
    pub spelling: Spelling,
}

impl Pair {
    /// The schedule's text.
    pub fn source(&self) -> String {
        let Spelling { language, source, .. } = self.spelling.clone();
        write::source(std::slice::from_ref(&self.schedule), language, source)
    }

    /// The events that are sound, each with an id.
    pub fn events(&self) -> Vec<Event> {
        let lines = write_events::events(&self.case, self.spelling.events.clone());
        let mut events: Vec<Event> =
            lines.iter().filter_map(|line| serde_json::from_str(line).ok()).collect();
        for (place, event) in events.iter_mut().enumerate() {
            event.id.get_or_insert(format!("given-{place}"));
        }
        events
    }

    pub fn as_of(&self) -> Date {
        Date::parse(&self.case.as_of.to_string()).expect("a date")
    }
}

impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let events = write_events::events(&self.case, self.spelling.events.clone()).join("\n");
        write!(f, "as of {}\n{}{events}\n", self.case.as_of, self.source())
    }
}

/// Pairs, aimed and random by turns.
pub struct Pairs {
    portions: Vec<Vec<Combination>>,
    next: Cell<usize>,
}

/// All pairs.
pub fn pairs() -> Pairs {
    Pairs { portions: aimed::portions(), next: Cell::new(0) }
}

/// Random ones alone.
pub fn random_pairs() -> Pairs {
    Pairs { portions: Vec::new(), next: Cell::new(0) }
}

impl fmt::Debug for Pairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pairs, {} of them aimed", self.portions.len())
    }
}

impl Strategy for Pairs {
    type Tree = Tree;
    type Value = Pair;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let seed = any::<u64>().new_tree(runner)?.current();
        let mut rng = Rng::new(seed);
        let turn = self.next.replace(self.next.get() + 1);
        let portion = self.portions.get(turn / 2 % self.portions.len().max(1));
        let (schedule, case) = match portion.filter(|_| turn.is_multiple_of(2)) {
            Some(portion) => aimed::pair(&mut rng, portion),
            None => {
                let schedule = generate::schedule(&mut rng);
                let case = generate::case(&mut rng, &schedule);
                (schedule, case)
            }
        };
        let spelling = Spelling {
            language: if rng.chance(50) { Language::French } else { Language::English },
            source: rng.chance(66).then(|| Rng::new(seed)),
            events: rng.chance(80).then(|| Rng::new(seed)),
        };
        let pair = Pair { schedule, case, spelling };
        Ok(Tree { current: pair, before: None, next: 0, smaller: false })
    }
}

/// A pair that grows smaller as long as a test fails on it: events, lines, conditions and triggers
/// are left out one after another.
pub struct Tree {
    current: Pair,
    before: Option<Pair>,
    next: usize,
    smaller: bool,
}

impl ValueTree for Tree {
    type Value = Pair;

    fn current(&self) -> Pair {
        self.current.clone()
    }

    fn simplify(&mut self) -> bool {
        let mut all = smaller(&self.current);
        if self.next >= all.len() && std::mem::take(&mut self.smaller) {
            // Something has been left out since the last round: what could not be, now may.
            self.next = 0;
        }
        if self.before.is_some() {
            self.smaller = true;
        }
        if self.next >= all.len() {
            return false;
        }
        let smaller = all.swap_remove(self.next);
        self.before = Some(std::mem::replace(&mut self.current, smaller));
        true
    }

    fn complicate(&mut self) -> bool {
        let Some(before) = self.before.take() else { return false };
        self.current = before;
        self.next += 1;
        true
    }
}

/// The pairs that are one step smaller, the largest steps first.
fn smaller(pair: &Pair) -> Vec<Pair> {
    let mut all = Vec::new();
    let mut step = |change: &dyn Fn(&mut Pair)| {
        let mut smaller = pair.clone();
        change(&mut smaller);
        all.push(smaller);
    };
    let Spelling { language, source, events } = &pair.spelling;
    if source.is_some() || events.is_some() || *language == Language::French {
        let plain = Spelling { language: Language::English, source: None, events: None };
        step(&|pair| pair.spelling = plain.clone());
    }
    let count = pair.case.events.len();
    for size in [count / 2, count / 4, 1] {
        for start in (0..count).step_by(size.max(1)).filter(|_| size > 0) {
            step(&|pair| {
                pair.case.events.drain(start..(start + size).min(count));
                let opened = |what: &What| matches!(what, What::Opened { .. });
                if !pair.case.events.iter().any(|event| opened(&event.what)) {
                    pair.case.named = Some(pair.schedule.name.clone());
                }
            });
        }
    }
    for (place, line) in pair.schedule.lines.iter().enumerate() {
        if pair.schedule.lines.len() > 1 {
            step(&|pair| drop(pair.schedule.lines.remove(place)));
        }
        for trigger in (0..line.triggers.len()).filter(|_| line.triggers.len() > 1) {
            step(&|pair| drop(pair.schedule.lines[place].triggers.remove(trigger)));
        }
        let parts = match &line.condition {
            None => continue,
            Some(Condition::Not(inner)) => vec![(**inner).clone()],
            Some(Condition::And(parts) | Condition::Or(parts)) => parts.clone(),
            Some(_) => Vec::new(),
        };
        step(&|pair| pair.schedule.lines[place].condition = None);
        for part in parts {
            step(&|pair| pair.schedule.lines[place].condition = Some(part.clone()));
        }
    }
    for place in 0..count {
        if pair.case.events[place].id.is_some() {
            step(&|pair| pair.case.events[place].id = None);
        }
    }
    all
}
