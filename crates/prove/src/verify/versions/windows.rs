//! From what the search shows to what is reported: each way is made a dated history and run on both
//! versions; windows that differ alike are told as one.

use super::super::limit::Limit;
use super::super::machine::State;
use super::super::witness::{History, Style, concretise};
use super::both::{self, Difference};
use super::comparison::{Change, Example, Options, Window};
use super::joint::Joint;
use super::pair::Spot;
use super::pairs::{Look, Pairs};
use super::seek::{Found, Way, seek};
use super::so_far::Differs;
use super::tests_of::{Bits, Truths};
use crate::calendar::Date;
use crate::model::Event;
use crate::money::Money;
use crate::plan::TriggerId;
use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, HashSet};

/// So many histories are run for one way of differing at one spot, and in all.
const MOST_REPLAYS: usize = 120;
const MOST_IN_ALL: usize = 30_000;
/// What is known without the twins is looked at again with a part of the budget.
const LESS: usize = 8;

/// What a comparison comes to.
pub(super) struct Outcome {
    /// A history shows a difference.
    pub(super) different: bool,
    /// No history can show one.
    pub(super) same: bool,
    pub(super) situations: usize,
    pub(super) windows: Vec<Window>,
    /// Why not everything is known.
    pub(super) limit: Option<Limit>,
}

/// A spot of which nothing is known.
const UNKNOWN: Known =
    Known { truths: 0, change: Change::Unknown, proved: false, example: None, fewest: 0 };

/// Where a search that leaves out no history comes to, and where both sides may differ.
struct May {
    spots: Vec<Spot>,
    open: HashSet<Spot, RandomState>,
}

impl May {
    fn differ(found: &Found) -> May {
        May { spots: found.spots.keys().copied().collect(), open: found.open.clone() }
    }
}

pub(super) struct Search<'j, 'p> {
    joint: &'j Joint<'p>,
    options: &'j Options,
    shown: BTreeMap<Spot, BTreeMap<Differs, Example>>,
    replays: usize,
    /// Whether one difference is enough.
    one_will_do: bool,
}

/// One spot, with what is known of it.
struct Known {
    truths: Truths,
    change: Change,
    proved: bool,
    example: Option<Example>,
    /// No history with fewer events can show a difference here.
    fewest: u32,
}

impl<'j, 'p> Search<'j, 'p> {
    pub(super) fn new(joint: &'j Joint<'p>, options: &'j Options) -> Search<'j, 'p> {
        Search { joint, options, shown: BTreeMap::new(), replays: 0, one_will_do: false }
    }

    /// Whether no history can show a difference: ends with the first one that does.
    pub(super) fn finds_nothing(mut self) -> bool {
        self.one_will_do = true;
        self.look(Look::Alike, self.options.budget);
        !self.is_done() && self.run().same
    }

    fn is_done(&self) -> bool {
        self.one_will_do && !self.shown.is_empty()
    }

    pub(super) fn run(mut self) -> Outcome {
        let budget = self.options.budget;
        let (mut found, sure) = self.look(Look::Alike, budget);
        // Where the sides may differ as far as a search that ended knows, and only there.
        let mut may = sure.then(|| May::differ(&found));
        let mut twins_looked = false;
        for look in [Look::Others, Look::Every] {
            let twins = look != Look::Others || self.joint.twins.is_some();
            if !twins || self.is_done() || may.is_some() && self.is_settled(&found) {
                continue;
            }
            // Where it is known without twins what may differ, every line only makes it more exact.
            let known = look == Look::Every && twins_looked && may.is_some();
            let (finer, sure) = self.look(look, if known { budget / LESS } else { budget });
            twins_looked |= look == Look::Others;
            found = finer;
            if sure {
                may = Some(May::differ(&found));
            } else if look == Look::Others {
                // Every line has more states yet.
                break;
            }
        }
        for spot in may.iter().flat_map(|may| &may.spots) {
            found.spots.entry(*spot).or_default();
        }
        let complete = found.complete && self.joint.limit.is_none();
        let open = |spot: &Spot| match (&may, complete) {
            (_, true) => found.open.contains(spot),
            (Some(may), false) => may.open.contains(spot),
            (None, false) => true,
        };
        let sure = may.is_some();
        let mut triggers: BTreeMap<TriggerId, Vec<Known>> = BTreeMap::new();
        for (spot, ways) in &found.spots {
            let known = self.known(*spot, ways, open(spot), complete);
            triggers.entry(spot.0).or_default().push(known);
        }
        // A history may show a difference where the search has not come to it.
        for (spot, examples) in &self.shown {
            if !found.spots.contains_key(spot) {
                let known = known_by(examples, spot.1);
                triggers.entry(spot.0).or_default().push(known);
            }
        }
        if !complete && !sure {
            // A trigger that the search has not come to is not known.
            for trigger in (0..).map(TriggerId).take(self.joint.kinds.len()) {
                triggers.entry(trigger).or_insert_with(|| vec![UNKNOWN]);
            }
        }
        let mut windows: Vec<Window> = Vec::new();
        for (trigger, known) in triggers {
            windows.extend(self.windows(trigger, known));
        }
        let plan = self.joint.machine.plan;
        let place = |window: &Window| {
            let lines = plan.waiting_for(window.trigger).iter();
            lines.filter_map(|line| plan.line(*line)).map(|line| line.index).min()
        };
        windows.sort_by_key(|window| (place(window), window.truths.clone()));
        let same = complete && found.open.is_empty() && self.shown.is_empty();
        let limit = if same || !windows.is_empty() && windows.iter().all(|window| window.proved) {
            None
        } else if found.complete {
            self.joint.limit.or(Some(Limit::NotShown))
        } else {
            self.joint.limit.or(Some(Limit::Situations(budget)))
        };
        let (different, situations) = (!self.shown.is_empty(), found.states());
        Outcome { different, same, situations, windows, limit }
    }

    /// A search that follows so much, run through the evaluator; and whether it leaves out no history.
    fn look(&mut self, look: Look, budget: usize) -> (Found, bool) {
        let pairs = Pairs::new(self.joint, self.options, look);
        let found = seek(&pairs, budget);
        let holds = look != Look::Alike || self.joint.distinct && !pairs.lost.get();
        let sure = found.complete && self.joint.limit.is_none() && holds;
        if sure || look != Look::Alike || self.one_will_do {
            self.replay_all(&found);
        }
        (found, sure)
    }

    /// Whether histories show every difference that a search thinks possible, with as few events.
    fn is_settled(&self, found: &Found) -> bool {
        let shown = |spot: Spot, differs: Differs, ways: &[Way]| {
            ways.first().is_none_or(|(cost, ..)| self.is_shown(spot, differs, *cost))
        };
        let mut all = found.spots.iter();
        all.all(|(spot, ways)| ways.iter().all(|(differs, ways)| shown(*spot, *differs, ways)))
            && found.open.iter().all(|spot| self.shown.contains_key(spot))
    }

    /// Runs what the search shows, the shortest first.
    fn replay_all(&mut self, found: &Found) {
        let mut wanted: Vec<(u32, Spot, Differs)> = Vec::new();
        for (spot, ways) in &found.spots {
            let cost = |ways: &Vec<Way>| ways.first().map_or(0, |(cost, ..)| *cost);
            wanted.extend(ways.iter().map(|(differs, ways)| (cost(ways), *spot, *differs)));
        }
        wanted.sort_unstable();
        for (_, spot, differs) in wanted {
            if self.is_done() {
                return;
            }
            let ways = found.spots.get(&spot).and_then(|ways| ways.get(&differs));
            self.replay(found, spot, differs, ways.map_or(&[][..], Vec::as_slice));
        }
    }

    fn replay(&mut self, found: &Found, spot: Spot, differs: Differs, ways: &[Way]) {
        let mut left = MOST_REPLAYS;
        for way in ways {
            if self.is_shown(spot, differs, way.0) {
                return;
            }
            let Some(path) = found.path(*way, |frame| self.first(frame)) else { continue };
            for style in Style::all() {
                if left == 0 || self.replays >= MOST_IN_ALL {
                    return;
                }
                let Some(history) = concretise(&self.joint.machine, &path, style) else { continue };
                left -= 1;
                self.replays += 1;
                self.look_at(&history);
                if self.is_shown(spot, differs, way.0) {
                    break;
                }
            }
        }
    }

    /// Whether a history of so few events shows what is looked for.
    fn is_shown(&self, spot: Spot, differs: Differs, cost: u32) -> bool {
        let Some(shown) = self.shown.get(&spot) else { return false };
        let short = |example: &Example| example.events.len() <= cost as usize;
        match differs {
            Differs::Perhaps => {
                shown.contains_key(&Differs::More) && shown.contains_key(&Differs::Less)
            }
            Differs::More | Differs::Less | Differs::Lines => {
                shown.get(&differs).is_some_and(short)
            }
        }
    }

    /// The state in which a timeline begins.
    fn first(&self, frame: u16) -> Option<State> {
        self.joint.machine.initial().nth(usize::from(frame))
    }

    /// Runs a history on both versions, and keeps each difference that is new or smaller.
    fn look_at(&mut self, history: &History) {
        for difference in self.differences(&history.events, history.as_of) {
            let known = self.shown.get(&difference.spot);
            let known = known.and_then(|known| known.get(&difference.differs));
            let upto = up_to(&history.events, &difference);
            if known.is_some_and(|known| known.events.len() <= upto.len()) {
                continue;
            }
            let whole: Vec<Event> = history
                .events
                .iter()
                .filter(|event| event.date <= difference.day)
                .cloned()
                .collect();
            let example =
                self.example(&upto, &difference).or_else(|| self.example(&whole, &difference));
            if let Some(example) = example.filter(|example| {
                known.is_none_or(|known| example.events.len() < known.events.len())
            }) {
                let examples = self.shown.entry(difference.spot).or_default();
                examples.insert(difference.differs, example);
            }
        }
    }

    fn run_both<'e>(&self, events: &'e [Event], as_of: Date) -> Option<both::Both<'e>> {
        let [old, new] = &self.joint.sides;
        both::run([old.plan, new.plan], [old.terms, new.terms], events, as_of)
    }

    fn differences(&self, events: &[Event], as_of: Date) -> Vec<Difference> {
        let both = self.run_both(events, as_of);
        both.map_or_else(Vec::new, |both| both.differences(self.joint, self.options.money))
    }

    /// A history that ends with a difference, if it shows it as a whole.
    fn example(&self, events: &[Event], difference: &Difference) -> Option<Example> {
        let both = self.run_both(events, difference.day)?;
        let (plan, money) = (self.joint.machine.plan, self.options.money);
        if !both.differs(plan, money) {
            return None;
        }
        let here = both.differences(self.joint, money).into_iter().find(|here| {
            (here.spot, here.differs, here.day)
                == (difference.spot, difference.differs, difference.day)
        })?;
        let [old, new] = &self.joint.sides;
        Some(Example {
            events: events.to_vec(),
            terms: [old.terms, new.terms],
            planned_dates: [None; 2],
            day: here.day,
            amounts: here.amounts,
            lines: both.lines_of(&here, money),
            totals: both.totals(plan),
            moments: both.moments(),
            shortest: false,
        })
    }

    /// What is known of a spot that the search came to.
    fn known(
        &self,
        spot: Spot,
        ways: &BTreeMap<Differs, Vec<Way>>,
        open: bool,
        complete: bool,
    ) -> Known {
        let none = BTreeMap::new();
        let shown = self.shown.get(&spot).unwrap_or(&none);
        let fewest = ways.values().filter_map(|ways| ways.first()).map(|(cost, ..)| *cost).min();
        let mut known = known_by(shown, spot.1);
        known.fewest = fewest.filter(|_| complete).unwrap_or(0);
        if shown.is_empty() {
            known.change = if open { Change::Unknown } else { Change::Same };
            known.proved = !open;
            return known;
        }
        let unshown =
            |differs: Differs| ways.contains_key(&differs) && !shown.contains_key(&differs);
        let more_or_less = unshown(Differs::More) || unshown(Differs::Less);
        let perhaps = ways.contains_key(&Differs::Perhaps);
        known.proved = complete && (known.change == Change::Both || !more_or_less && !perhaps);
        known
    }

    /// The windows of a trigger: spots that differ alike and lie together are one.
    fn windows(&self, trigger: TriggerId, known: Vec<Known>) -> Vec<Window> {
        let place = trigger.0 as usize;
        let of = self.joint.tests.get(place).zip(self.joint.kinds.get(place).copied());
        let Some((tests, kind)) = of else { return Vec::new() };
        let mut known: Vec<(Bits, Known)> =
            known.into_iter().map(|known| (tests.bits(known.truths), known)).collect();
        known.sort_by(|(one, _), (other, _)| one.cmp(other));
        let Some(every) = known.first().map(|(bits, _)| bits.every()) else { return Vec::new() };
        let constant = agreeing(&every, known.iter().map(|(bits, _)| bits));
        let alike = |a: &Known, b: &Known| {
            let amounts = |known: &Known| known.example.as_ref().map(|example| example.amounts);
            (a.change, a.proved, amounts(a)) == (b.change, b.proved, amounts(b))
        };
        let mut taken = vec![false; known.len()];
        let mut windows = Vec::new();
        for at in 0..known.len() {
            let Some((bits, first)) = known.get(at).filter(|_| taken.get(at) == Some(&false))
            else {
                continue;
            };
            let mut mask = every.clone();
            let others = known.iter().skip(at + 1);
            for (other, _) in others.filter(|(_, other)| alike(first, other)) {
                let wider = mask.and(&bits.agreeing(other));
                let mut inside = known.iter().filter(|(it, _)| it.agrees(bits, &wider));
                if inside.all(|(_, it)| alike(first, it)) {
                    mask = wider;
                }
            }
            let mut example: Option<Example> = None;
            let mut fewest = u32::MAX;
            for ((it, known), taken) in known.iter().zip(&mut taken) {
                if it.agrees(bits, &mask) {
                    *taken = true;
                    fewest = fewest.min(known.fewest);
                    let shorter = |it: &&Example| {
                        example.as_ref().is_none_or(|known| it.events.len() < known.events.len())
                    };
                    if let Some(shorter) = known.example.as_ref().filter(shorter) {
                        example = Some(shorter.clone());
                    }
                }
            }
            if let Some(example) = &mut example {
                example.shortest = u32::try_from(example.events.len()) == Ok(fewest);
            }
            let (tests, truths) = tests.within(&mask.without(&constant), bits);
            let (change, proved) = (first.change, first.proved);
            windows.push(Window { trigger, kind, tests, truths, change, proved, example });
        }
        windows
    }
}

/// The events up to a difference, in their order.
fn up_to(events: &[Event], difference: &Difference) -> Vec<Event> {
    let (day, calendar, _, last) = difference.when;
    let counts = |(place, event): &(usize, &Event)| {
        event.date < day || event.date == day && (calendar || *place <= last as usize)
    };
    events.iter().enumerate().filter(counts).map(|(_, event)| event.clone()).collect()
}

/// The tests on which all agree.
fn agreeing<'b>(every: &Bits, mut all: impl Iterator<Item = &'b Bits>) -> Bits {
    let Some(first) = all.next() else { return every.clone() };
    all.fold(every.clone(), |mask, bits| mask.and(&bits.agreeing(first)))
}

/// What histories show of a spot.
fn known_by(shown: &BTreeMap<Differs, Example>, truths: Truths) -> Known {
    let has = |differs: Differs| shown.contains_key(&differs);
    let change = match (has(Differs::More), has(Differs::Less)) {
        (true, true) => Change::Both,
        (true, false) => Change::More,
        (false, true) => Change::Less,
        (false, false) => Change::Lines,
    };
    let of_change = |differs: &Differs| match differs {
        Differs::More => change == Change::More || change == Change::Both,
        Differs::Less => change == Change::Less || change == Change::Both,
        Differs::Lines => change == Change::Lines,
        Differs::Perhaps => false,
    };
    let examples = shown.iter().filter(|(differs, _)| of_change(differs));
    let example = examples.map(|(_, example)| example).min_by_key(|example| {
        let Money(old) = example.amounts[0];
        (example.events.len(), example.day, old)
    });
    Known { truths, change, proved: false, example: example.cloned(), fewest: 0 }
}
