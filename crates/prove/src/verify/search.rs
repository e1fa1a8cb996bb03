//! Breadth-first search over the abstract machine: events cost one, the calendar nothing.
//!
//! Out: for each finding a few paths, the shortest first, and how many states there are. Past its
//! budget it stops and says so.

use super::Options;
use super::key::Key;
use super::machine::{Machine, State, Successors};
use super::timeline::Step;
use std::collections::{HashMap, HashSet, VecDeque};
use std::hash::BuildHasherDefault;

/// So many paths of one length to one finding are kept, and of so many lengths: the shortest may
/// be impossible.
const PATHS: usize = 64;
const LENGTHS: u32 = 4;

/// A state on the way, with the step that led to it.
struct Node {
    state: State,
    parent: u32,
    step: Step,
    cost: u32,
}

/// A way to a finding: the states with the step that leaves each.
pub(super) struct Path {
    pub(super) first: State,
    pub(super) steps: Vec<(Step, State)>,
    /// The step at which it shows, where that is not yet one of `steps`.
    pub(super) last: Option<Step>,
}

pub(super) struct Search {
    nodes: Vec<Node>,
    pub(super) candidates: HashMap<Key, Vec<(u32, u32, Option<Step>)>>,
    /// Whether the budget did for all states.
    pub(super) complete: bool,
    pub(super) transitions: usize,
}

/// A map that hashes states fast.
pub(super) type Fast = BuildHasherDefault<FxHasher>;

/// Looks at every state, up to the budget of them.
pub(super) fn search(machine: &Machine<'_>, options: &Options) -> Search {
    let mut search =
        Search { nodes: Vec::new(), candidates: HashMap::new(), complete: true, transitions: 0 };
    let mut places: HashMap<State, u32, Fast> = HashMap::default();
    let mut done: HashSet<u32, Fast> = HashSet::default();
    let mut queue: VecDeque<u32> = VecDeque::new();
    for state in machine.initial() {
        let place = u32::try_from(search.nodes.len()).unwrap_or(u32::MAX);
        search.nodes.push(Node { state, parent: u32::MAX, step: Step::Advance, cost: 0 });
        places.insert(state, place);
        queue.push_back(place);
    }
    let mut out = Successors::default();
    while let Some(place) = queue.pop_front() {
        if !done.insert(place) {
            continue;
        }
        let Some(node) = search.nodes.get(place as usize) else { continue };
        let (state, cost) = (node.state, node.cost);
        machine.expand(&state, &mut out);
        search.transitions += out.steps.len();
        for (step, key) in &out.shown {
            let cost = cost + step.map_or(0, price);
            let known = search.candidates.entry(*key).or_default();
            let shortest = known.first().map_or(cost, |(cost, ..)| *cost);
            let alike = known.iter().filter(|(known, ..)| *known == cost).count();
            if alike < PATHS && cost < shortest + LENGTHS {
                known.push((cost, place, *step));
                known.sort_by_key(|(cost, ..)| *cost);
            }
        }
        for (step, next) in out.steps.drain(..) {
            let price = price(step);
            let total = cost + price;
            let nodes = &mut search.nodes;
            let to = *places.entry(next).or_insert_with(|| {
                let new = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
                nodes.push(Node { state: next, parent: place, step, cost: u32::MAX });
                new
            });
            let Some(node) = nodes.get_mut(to as usize) else { continue };
            if total < node.cost {
                (node.parent, node.step, node.cost) = (place, step, total);
                if price == 0 {
                    queue.push_front(to);
                } else {
                    queue.push_back(to);
                }
            }
        }
        if search.nodes.len() > options.budget || options.stop.is_asked() {
            search.complete = false;
            break;
        }
    }
    search
}

fn price(step: Step) -> u32 {
    match step {
        Step::Event { .. } => 1,
        Step::Advance | Step::Repeat(_) => 0,
    }
}

impl Search {
    /// How many states were seen.
    pub(super) fn states(&self) -> usize {
        self.nodes.len()
    }

    /// No history that shows a finding has fewer events: the machine leaves out none.
    pub(super) fn fewest_events(&self, key: Key) -> Option<u32> {
        self.candidates.get(&key)?.iter().map(|(cost, ..)| *cost).min()
    }

    /// The paths to a finding, the shortest first.
    pub(super) fn paths(&self, key: Key) -> impl Iterator<Item = Path> {
        let candidates = self.candidates.get(&key).map_or(&[][..], Vec::as_slice);
        candidates.iter().filter_map(|(_, place, last)| self.path(*place, *last))
    }

    /// The states in which more can happen, the nearest first, each with its place.
    pub(super) fn open(&self) -> Vec<(u32, State)> {
        let open = |node: &Node| !node.state.closed;
        let nodes = (0_u32..).zip(&self.nodes).filter(|(_, node)| open(node));
        let mut all: Vec<(u32, u32, State)> =
            nodes.map(|(place, node)| (node.cost, place, node.state)).collect();
        all.sort_unstable_by_key(|(cost, place, _)| (*cost, *place));
        all.into_iter().map(|(_, place, state)| (place, state)).collect()
    }

    /// The path to a state, and a step from there at which something shows.
    pub(super) fn path(&self, place: u32, last: Option<Step>) -> Option<Path> {
        let mut steps = Vec::new();
        let mut here = self.nodes.get(place as usize)?;
        while here.parent != u32::MAX {
            steps.push((here.step, here.state));
            here = self.nodes.get(here.parent as usize)?;
        }
        steps.reverse();
        Some(Path { first: here.state, steps, last })
    }
}

/// A fast hash for states: nobody chooses them to collide.
#[derive(Default)]
pub(super) struct FxHasher(u64);

impl FxHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x51_7c_c1_b7_27_22_0a_95);
    }
}

impl std::hash::Hasher for FxHasher {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let word = chunk.iter().rev().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
            self.add(word);
        }
    }

    fn write_u8(&mut self, word: u8) {
        self.add(u64::from(word));
    }

    fn write_u16(&mut self, word: u16) {
        self.add(u64::from(word));
    }

    fn write_u32(&mut self, word: u32) {
        self.add(u64::from(word));
    }

    fn write_u64(&mut self, word: u64) {
        self.add(word);
    }

    fn write_i64(&mut self, word: i64) {
        self.add(word.cast_unsigned());
    }

    fn write_usize(&mut self, word: usize) {
        self.add(word as u64);
    }

    fn write_u128(&mut self, word: u128) {
        self.add((word & u128::from(u64::MAX)) as u64);
        self.add((word >> 64) as u64);
    }
}
