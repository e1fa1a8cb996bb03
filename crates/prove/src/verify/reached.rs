//! What the lines that wait for a trigger can see when it comes: every way in which some tests can
//! come out, over all histories.
//!
//! In: a plan, one of its triggers, and tests. Out: for each way in which the tests come out when the
//! trigger comes, paths that lead there, as histories with dates and hours; and whether the search has
//! left none out. What conditions ask about never depends on what has been billed: all that has to be
//! known is whether a balance has closed the case. So the search is made on the schedule without its
//! other lines, and remembers neither money nor which lines have fired. It believes nothing by itself:
//! whoever asks runs the histories through the evaluator.

use super::axis::HoursAxis;
use super::choices::What;
use super::frame;
use super::in_force::InForce;
use super::machine::{Machine, State};
pub use super::projection::Projection;
use super::search::{Fast, Path};
use super::shapes;
use super::steps::may_come;
use super::timeline::{Cell, Frame, Step};
use super::witness::{self, Pick, Style};
use crate::calendar::Date;
use crate::model::{Event, Milestone, SubjectKind, Terminal};
use crate::money::Hours;
use crate::plan::{NameId, PlannedTerms, PlannedTest, TriggerId};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// So many tests of one trigger are told apart at the most.
pub const MOST_TESTS: usize = 120;
/// So many paths to one way are kept for each stretch of days in which they end.
const PATHS: usize = 3;

/// How far a search came.
#[derive(Clone, Copy, Debug)]
pub struct Extent {
    /// How many states were looked at.
    pub states: usize,
    /// Whether these are all there are.
    pub complete: bool,
}

/// The search for one trigger and one number of planned hours.
pub struct Reaching<'p> {
    machine: Machine<'p>,
    trigger: TriggerId,
    /// Whether the trigger comes by itself.
    tests: Vec<PlannedTest>,
    /// The bits of what the tests ask about.
    asked: u128,
    /// Whether the machine stands for every history.
    sound: bool,
    /// Whether a line asks how the case is over.
    asks_how: bool,
}

impl<'p> Reaching<'p> {
    /// The same for cases that begin while a version is in force.
    pub fn beginning(self, in_force: InForce) -> Reaching<'p> {
        Reaching { machine: self.machine.beginning(in_force), ..self }
    }

    /// A search for how these tests come out; none if nothing waits for the trigger.
    pub fn new(
        projection: &'p Projection<'_>,
        tests: &[PlannedTest],
        planned: Option<Hours>,
    ) -> Option<Reaching<'p>> {
        let trigger = projection.own_trigger()?;
        let plan = &projection.plan;
        let own: Option<Vec<PlannedTest>> =
            tests.iter().map(|test| test.renumbered(projection.full, plan)).collect();
        let own = own?;
        let terms = PlannedTerms { hours: planned, months: None };
        let frames = frame::frames(plan);
        let axis = HoursAxis::new(plan, planned);
        let machine = Machine::new(plan, terms, frames.frames, axis);
        let asked = own.iter().filter_map(|test| machine.choices.fact(test.name()?));
        let asked = asked.fold(0, |bits, fact| bits | 1_u128 << fact);
        let asks_how = !shapes::nobody_asks_how(machine.plan);
        let sound = frames.limit.is_none()
            && own.len() <= MOST_TESTS
            && !machine.choices.too_many_facts
            && !machine.axis.too_fine();
        Some(Reaching { machine, trigger, tests: own, asked, sound, asks_how })
    }

    /// Whether lines that close the case ask about more facts than the tests do.
    pub fn is_rough(&self) -> bool {
        let facts = (0..self.machine.plan.name_count()).filter_map(|name| {
            let name = u32::try_from(name).ok()?;
            self.machine.choices.fact(NameId(name))
        });
        facts.fold(0_u128, |bits, fact| bits | 1 << fact) & !self.asked != 0
    }

    /// Looks at every state, up to `budget` of them, one timeline after another, and hands over what
    /// each comes to. A rough search remembers only the facts that the tests ask about: where a balance
    /// asks about another, it may close the case or not. It finds all that there is, and maybe more.
    /// `take` says whether that is enough: that no other way is possible.
    pub fn explore(
        &self,
        rough: bool,
        budget: usize,
        take: &mut dyn FnMut(&Coming<'_>) -> bool,
    ) -> Extent {
        let mut extent = Extent { states: 0, complete: self.sound };
        for (place, frame) in self.machine.frames.iter().enumerate() {
            let left = budget.saturating_sub(extent.states);
            let mut walk = Walk {
                of: self,
                frame,
                kept: if rough { self.asked } else { u128::MAX },
                rough,
                nodes: Vec::new(),
                places: HashMap::default(),
                queue: VecDeque::new(),
                found: BTreeMap::new(),
            };
            extent.complete &= walk.run(place, left);
            extent.states += walk.nodes.len();
            for (bits, ways) in &walk.found {
                let truths = (0..self.tests.len()).map(|test| bits >> test & 1 == 1).collect();
                let mut ways: Vec<Way> = ways.values().flatten().copied().collect();
                ways.sort_by_key(|way| (way.events, way.cell));
                if take(&Coming { truths, ways, walk: &walk }) {
                    return Extent { complete: true, ..extent };
                }
            }
            if extent.states >= budget && place + 1 < self.machine.frames.len() {
                extent.complete = false;
                break;
            }
        }
        extent
    }
}

/// The tests come out so when the trigger comes.
pub struct Coming<'w> {
    /// Which of the tests hold.
    pub truths: Vec<bool>,
    /// Paths that lead there, those with the fewest events first.
    pub ways: Vec<Way>,
    walk: &'w Walk<'w>,
}

/// A path.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// How many events it has.
    pub events: u32,
    /// The place of the days in which it ends, in time.
    pub cell: u16,
    /// Whether the case has started.
    pub started: bool,
    /// Whether an action starts or ends the case, where the trigger is its start or its end.
    pub by_action: bool,
    from: u32,
    last: Step,
}

impl Coming<'_> {
    /// A way with dates and hours, the last event on a round day, on the first and on the last one that
    /// fit; with the day up to which it is to be looked at.
    pub fn dated(&self, way: &Way) -> Vec<(Vec<Event>, Date)> {
        let bounded = self.walk.frame.cells.get(usize::from(way.cell));
        let bounded = bounded.is_some_and(|cell| cell.last < Date::MAX);
        let picks = [Pick::Round, Pick::Least, Pick::Most];
        let picks = picks.into_iter().filter(|pick| *pick != Pick::Most || bounded);
        self.styled(way, picks.map(|last| Style::of(Pick::Round, last, Pick::Least)))
    }

    /// The same with other dates and hours, where those do not do.
    pub fn otherwise(&self, way: &Way) -> Vec<(Vec<Event>, Date)> {
        self.styled(way, Style::all())
    }

    fn styled(&self, way: &Way, styles: impl Iterator<Item = Style>) -> Vec<(Vec<Event>, Date)> {
        let Some(path) = self.walk.path(way) else { return Vec::new() };
        let mut all: Vec<(Vec<Event>, Date)> = Vec::new();
        for history in styles.filter_map(|s| witness::concretise(&self.walk.of.machine, &path, s)) {
            if !all.iter().any(|(events, _)| *events == history.events) {
                all.push((history.events, history.as_of));
            }
        }
        all
    }
}

/// Paths by the days in which they end, whether the case has started, and whether an action did it.
type Ways = BTreeMap<(u16, bool, bool), Vec<Way>>;

struct Node {
    state: State,
    parent: u32,
    step: Step,
    events: u32,
}

/// The search of one timeline, breadth first: an event costs one and the calendar nothing.
struct Walk<'r> {
    of: &'r Reaching<'r>,
    frame: &'r Frame,
    kept: u128,
    rough: bool,
    nodes: Vec<Node>,
    places: HashMap<State, u32, Fast>,
    queue: VecDeque<u32>,
    found: BTreeMap<u128, Ways>,
}

impl Walk<'_> {
    /// Whether the budget did.
    fn run(&mut self, frame: usize, budget: usize) -> bool {
        let Some(first) = self.of.machine.initial().nth(frame) else { return false };
        self.nodes.push(Node { state: first, parent: u32::MAX, step: Step::Advance, events: 0 });
        self.places.insert(first, 0);
        self.queue.push_back(0);
        let mut done: Vec<bool> = Vec::new();
        while let Some(place) = self.queue.pop_front() {
            let at = place as usize;
            if done.len() <= at {
                done.resize(self.nodes.len(), false);
            }
            if done.get_mut(at).is_none_or(|done| std::mem::replace(done, true)) {
                continue;
            }
            let Some(node) = self.nodes.get(at) else { continue };
            let state = node.state;
            if self.is_past(&state) {
                continue;
            }
            let Some(cell) = self.frame.cells.get(usize::from(state.cell)) else { continue };
            self.events(place, &state, cell);
            self.calendar(place, &state, cell);
            if self.nodes.len() > budget {
                return false;
            }
        }
        true
    }

    /// Whether the trigger cannot come any more.
    fn is_past(&self, state: &State) -> bool {
        let plan = self.of.machine.plan;
        let own = Some(self.of.trigger);
        let over = state.over.is_some();
        let past = |milestone: Milestone| match milestone {
            Milestone::Start => over || state.started,
            Milestone::Signature => over || state.signed,
            Milestone::End | Milestone::Abandonment => over,
        };
        Milestone::ALL.into_iter().any(|it| past(it) && own == plan.milestone(it))
    }

    fn events(&mut self, place: u32, state: &State, cell: &Cell) {
        let of = self.of;
        let single = cell.is_day();
        for (number, choice) in of.machine.choices.all.iter().enumerate() {
            if !may_come(choice, state, self.frame, single) {
                continue;
            }
            let mut next = *state;
            next.begun = true;
            if single {
                next.late = next.late.max(choice.place_in_day());
            }
            let (next, triggers) = of.machine.happens(state, next, choice);
            let most = if choice.what == What::Subject(SubjectKind::Action) {
                of.machine.axis.len() - 1
            } else {
                0
            };
            for hours in state.hours..=most.max(state.hours) {
                let choice = u16::try_from(number).unwrap_or(u16::MAX);
                let step = Step::Event { choice, hours, worked: false };
                self.comes(place, State { hours, ..next }, &triggers, cell, step);
            }
        }
    }

    fn calendar(&mut self, place: u32, state: &State, cell: &Cell) {
        let triggers = if state.begun { self.of.machine.due(state, cell) } else { Vec::new() };
        for (step, to) in self.frame.after(state.cell) {
            let mut next = *state;
            next.late = 0;
            next.cell = to;
            if triggers.is_empty() {
                self.leads(place, next, step);
            } else {
                self.comes(place, next, &triggers, cell, step);
            }
        }
    }

    /// A moment: what the tests are in it, and whether the case goes on.
    fn comes(&mut self, from: u32, next: State, triggers: &[TriggerId], cell: &Cell, step: Step) {
        let machine = &self.of.machine;
        let next = State { facts: next.facts & self.kept, ..next };
        let happened = |name: NameId| {
            machine.choices.fact(name).is_some_and(|bit| next.facts & (1 << bit) != 0)
        };
        let situation = machine.situation(&next, cell, &happened);
        if triggers.contains(&self.of.trigger) {
            let bits = (0..).zip(&self.of.tests).filter(|(_, test)| test.passes(&situation));
            let bits = bits.fold(0, |bits, (place, _)| bits | 1_u128 << place);
            let events = self.events_of(from) + u32::from(matches!(step, Step::Event { .. }));
            let cell = self.nodes.get(from as usize).map_or(0, |node| node.state.cell);
            let started = next.started;
            let by_action = self.is_by_action(step);
            let ways = self.found.entry(bits).or_default();
            let ways = ways.entry((cell, started, by_action)).or_default();
            if ways.len() < PATHS {
                ways.push(Way { events, cell, started, by_action, from, last: step });
            }
        }
        let known =
            |name: NameId| machine.choices.fact(name).is_none_or(|bit| self.kept & (1 << bit) != 0);
        let closes = machine.waiting(triggers).into_iter().any(|id| {
            let Some(line) = machine.plan.line(id).filter(|line| line.closes) else { return false };
            match &line.condition {
                Some(condition) if self.rough => situation.surely(condition, true, &known),
                Some(_) => situation.line_holds(id),
                None => true,
            }
        });
        if !closes {
            self.leads(from, next, step);
        }
    }

    fn is_by_action(&self, step: Step) -> bool {
        let Step::Event { choice, .. } = step else { return false };
        let machine = &self.of.machine;
        let own = Some(self.of.trigger);
        let action = machine.choices.all.get(usize::from(choice));
        (own == machine.plan.milestone(Milestone::Start)
            || own == machine.plan.milestone(Milestone::End))
            && action.is_some_and(|choice| choice.what == What::Subject(SubjectKind::Action))
    }

    fn events_of(&self, place: u32) -> u32 {
        self.nodes.get(place as usize).map_or(0, |node| node.events)
    }

    fn leads(&mut self, from: u32, mut next: State, step: Step) {
        let plan = self.of.machine.plan;
        if plan.calendar().is_empty() {
            // Nothing comes by itself: whether it has begun is all one.
            next.begun = false;
        }
        if next.over.is_some() && !self.of.asks_how {
            // All that can come could have come before the terminal event, unless the case is never to start.
            if next.started {
                return;
            }
            next.over = Some(Terminal::End);
        }
        let by = u32::from(matches!(step, Step::Event { .. }));
        let events = self.events_of(from) + by;
        let nodes = &mut self.nodes;
        let to = *self.places.entry(next).or_insert_with(|| {
            let new = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
            nodes.push(Node { state: next, parent: from, step, events: u32::MAX });
            new
        });
        let Some(node) = nodes.get_mut(to as usize) else { return };
        if events < node.events {
            (node.parent, node.step, node.events) = (from, step, events);
            if by == 0 {
                self.queue.push_front(to);
            } else {
                self.queue.push_back(to);
            }
        }
    }

    fn path(&self, way: &Way) -> Option<Path> {
        let mut steps = Vec::new();
        let mut here = self.nodes.get(way.from as usize)?;
        while here.parent != u32::MAX {
            steps.push((here.step, here.state));
            here = self.nodes.get(here.parent as usize)?;
        }
        steps.reverse();
        Some(Path { first: here.state, steps, last: Some(way.last) })
    }
}
