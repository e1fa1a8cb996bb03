//! Breadth-first search over pairs: events cost one, the calendar nothing.
//!
//! Out: every trigger and window that was come to, and for each way in which the sides may differ
//! there a few paths, the shortest first. Past its budget it stops and says so.

use super::super::machine::State;
use super::super::search::Path;
use super::super::timeline::Step;
use super::pair::{Next, Pair, Spot};
use super::pairs::Pairs;
use super::so_far::Differs;
use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// So many paths of one length to one difference are kept, and of so many lengths.
const PATHS: usize = 12;
const LENGTHS: u32 = 3;

struct Node {
    pair: Pair,
    parent: u32,
    step: Step,
    cost: u32,
}

/// A place at which something shows: its cost, the state before and the step.
pub(super) type Way = (u32, u32, Step);

/// The places of pairs among the nodes.
type Places = HashMap<Pair, u32, foldhash::fast::RandomState>;

/// What was found.
pub(super) struct Found {
    nodes: Vec<Node>,
    /// For each spot, the ways to each difference.
    pub(super) spots: BTreeMap<Spot, BTreeMap<Differs, Vec<Way>>>,
    /// Spots at which the sides surely differ, unless the path is impossible.
    pub(super) open: HashSet<Spot, RandomState>,
    /// Whether the budget did for all states.
    pub(super) complete: bool,
}

/// Looks at every pair of states, up to `budget` of them.
pub(super) fn seek(pairs: &Pairs<'_, '_>, budget: usize) -> Found {
    let mut found = Found {
        nodes: Vec::new(),
        spots: BTreeMap::new(),
        open: HashSet::default(),
        complete: true,
    };
    let mut places = Places::default();
    let mut queue: VecDeque<u32> = VecDeque::new();
    let mut next = Next::default();
    let mut done: HashSet<u32, foldhash::fast::RandomState> = HashSet::default();
    // No step leads from one timeline to another: they are searched in turn, the roundest first.
    for pair in pairs.initial() {
        let place = found.add(Node { pair, parent: u32::MAX, step: Step::Advance, cost: 0 });
        places.clear();
        places.insert(pair, place);
        queue.push_back(place);
        while let Some(place) = queue.pop_front() {
            if done.insert(place) {
                found.step(pairs, place, &mut places, &mut queue, &mut next);
            }
            if found.nodes.len() > budget {
                found.complete = false;
                return found;
            }
        }
    }
    found
}

fn note(ways: &mut Vec<Way>, way: Way) {
    let shortest = ways.first().map_or(way.0, |(cost, ..)| *cost);
    let alike = ways.iter().filter(|(cost, ..)| *cost == way.0).count();
    if alike < PATHS && way.0 < shortest + LENGTHS {
        let place = ways.partition_point(|(cost, ..)| *cost <= way.0);
        ways.insert(place, way);
    }
}

fn price(step: Step) -> u32 {
    match step {
        Step::Event { .. } => 1,
        Step::Advance | Step::Repeat(_) => 0,
    }
}

impl Found {
    fn add(&mut self, node: Node) -> u32 {
        let place = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        self.nodes.push(node);
        place
    }

    /// Looks at one node.
    fn step(
        &mut self,
        pairs: &Pairs<'_, '_>,
        place: u32,
        places: &mut Places,
        queue: &mut VecDeque<u32>,
        next: &mut Next,
    ) {
        let Some(node) = self.nodes.get(place as usize) else { return };
        let (pair, cost) = (node.pair, node.cost);
        pairs.expand(&pair, next);
        for shows in &next.shows {
            let ways = self.spots.entry(shows.spot).or_default();
            let Some(differs) = shows.differs else { continue };
            if !shows.may_even_out {
                self.open.insert(shows.spot);
            }
            note(ways.entry(differs).or_default(), (cost + price(shows.step), place, shows.step));
        }
        for (step, then) in next.steps.drain(..) {
            let (price, total) = (price(step), cost + price(step));
            let to = *places.entry(then).or_insert_with(|| {
                self.add(Node { pair: then, parent: place, step, cost: u32::MAX })
            });
            let Some(node) = self.nodes.get_mut(to as usize) else { continue };
            if total < node.cost {
                (node.parent, node.step, node.cost) = (place, step, total);
                if price == 0 {
                    queue.push_front(to);
                } else {
                    queue.push_back(to);
                }
            }
        }
    }

    /// How many pairs of states were seen.
    pub(super) fn states(&self) -> usize {
        self.nodes.len()
    }

    /// A way as a path; `first` is the state of the joint machine in which a timeline begins.
    pub(super) fn path(&self, way: Way, first: impl Fn(u16) -> Option<State>) -> Option<Path> {
        let (_, place, last) = way;
        let mut steps = Vec::new();
        let mut here = self.nodes.get(place as usize)?;
        let first = first(here.pair.frame)?;
        while here.parent != u32::MAX {
            steps.push((here.step, first));
            here = self.nodes.get(here.parent as usize)?;
        }
        steps.reverse();
        Some(Path { first, steps, last: Some(last) })
    }
}
