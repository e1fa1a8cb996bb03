//! A history run through the evaluator on both versions, and how what they bill differs: by what
//! the evaluator did and nothing else.

use super::super::situation::Situation;
use super::comparison::Moment;
use super::joint::Joint;
use super::pair::Spot;
use super::so_far::Differs;
use crate::calendar::Date;
use crate::eval::{self, Arithmetic, Observer, State, WorkItem};
use crate::model::{Event, EventKind, InvoiceLine, Milestone, WhenKind};
use crate::money::{Hours, Money};
use crate::plan::{LineId, Plan, PlannedTerms, TriggerId};
use std::collections::BTreeMap;

/// At a moment comes: the day, after all events for the calendar, the event's place in the day.
type At = (Date, bool, u8, u32);

/// What one side did at a moment.
#[derive(Clone, Debug, Default)]
struct Did {
    triggers: Vec<TriggerId>,
    /// The places of its invoice lines.
    lines: Vec<usize>,
    amount: i64,
}

struct Recorder<'a> {
    events: &'a [Event],
    now: At,
    did: BTreeMap<At, Did>,
}

impl Observer for Recorder<'_> {
    fn moment(&mut self, date: Date, event: Option<u32>, triggers: &[TriggerId], _state: &State) {
        let kind = event.and_then(|event| self.events.get(event as usize)).map(|event| &event.kind);
        let place = kind.map_or(0, EventKind::place_in_day);
        self.now = (date, event.is_none(), place, event.unwrap_or(0));
        let did = self.did.entry(self.now).or_default();
        did.triggers = triggers.to_vec();
    }

    fn computed(
        &mut self,
        _line: LineId,
        _arithmetic: Arithmetic,
        _items: &[WorkItem],
        amount: Money,
        lines: std::ops::Range<usize>,
    ) {
        let did = self.did.entry(self.now).or_default();
        did.lines.extend(lines);
        did.amount = did.amount.saturating_add(amount.0);
    }
}

/// A history on both versions.
pub(super) struct Both<'a> {
    pub(super) events: &'a [Event],
    did: [BTreeMap<At, Did>; 2],
    lines: [Vec<InvoiceLine>; 2],
}

/// A moment at which the versions differ.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    pub(super) spot: Spot,
    pub(super) differs: Differs,
    pub(super) day: Date,
    pub(super) when: At,
    /// What each bills: at that moment, on that day, or in all up to that moment.
    pub(super) amounts: [Money; 2],
    /// Whether it is in all: what is said of an end or an abandonment is said of the whole case.
    pub(super) in_all: bool,
}

/// Runs a history on both; `None` where either is withheld.
pub(super) fn run<'a>(
    plans: [&Plan; 2],
    terms: [PlannedTerms; 2],
    events: &'a [Event],
    as_of: Date,
) -> Option<Both<'a>> {
    let one = |plan: &Plan, terms: PlannedTerms| {
        let now = (Date::MIN, false, 0, 0);
        let mut recorder = Recorder { events, now, did: BTreeMap::new() };
        let evaluation = eval::evaluate_with(plan, events, terms, as_of, &mut recorder).ok()?;
        Some((recorder.did, evaluation.lines))
    };
    let ([old, new], [old_terms, new_terms]) = (plans, terms);
    let ((old_did, old_lines), (new_did, new_lines)) = (one(old, old_terms)?, one(new, new_terms)?);
    Some(Both { events, did: [old_did, new_did], lines: [old_lines, new_lines] })
}

/// What a line says, but for what only tells it from other lines.
pub(super) fn said(line: &InvoiceLine) -> InvoiceLine {
    let (id, schedule) = (String::new(), String::new());
    InvoiceLine { id, schedule, invoice: 0, deducts: None, ..line.clone() }
}

fn sum(lines: &[&InvoiceLine], amounts: impl Fn(&InvoiceLine) -> i64) -> Money {
    Money(lines.iter().map(|line| amounts(line)).fold(0, i64::saturating_add))
}

impl Both<'_> {
    fn whens(&self) -> Vec<At> {
        let mut all: Vec<At> = self.did.iter().flat_map(|did| did.keys().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    fn lines_at(&self, side: usize, when: &At) -> Vec<&InvoiceLine> {
        let did = self.did.get(side).and_then(|did| did.get(when));
        let places = did.map_or(&[][..], |did| did.lines.as_slice());
        places.iter().filter_map(|place| self.lines.get(side)?.get(*place)).collect()
    }

    fn lines_up_to(&self, side: usize, when: &At) -> Vec<&InvoiceLine> {
        let whens = self.whens().into_iter().filter(|other| other <= when);
        whens.flat_map(|other| self.lines_at(side, &other)).collect()
    }

    fn amount(line: &InvoiceLine, plan: &Plan) -> i64 {
        plan.schedule.currency.read_signed(&line.amount).unwrap_or_default().0
    }

    /// Whether all that is billed differs: in what lines say, or in what a day comes to.
    pub(super) fn differs(&self, plan: &Plan, money: bool) -> bool {
        let [old, new] = &self.lines;
        if money {
            let days = |lines: &[InvoiceLine]| {
                let mut days: BTreeMap<Date, i64> = BTreeMap::new();
                for line in lines {
                    *days.entry(line.date).or_default() += Self::amount(line, plan);
                }
                days.retain(|_, amount| *amount != 0);
                days
            };
            return days(old) != days(new);
        }
        !old.iter().map(said).eq(new.iter().map(said))
    }

    /// The lines of each version at a moment, or on a day.
    pub(super) fn lines_of(&self, difference: &Difference, money: bool) -> [Vec<InvoiceLine>; 2] {
        [0, 1].map(|side| {
            let of = |when: &At| self.lines_at(side, when);
            let whens = self.whens().into_iter();
            let whens = whens.filter(|when| {
                if difference.in_all {
                    *when <= difference.when
                } else if money {
                    when.0 == difference.day
                } else {
                    *when == difference.when
                }
            });
            whens.flat_map(|when| of(&when).into_iter().cloned().collect::<Vec<_>>()).collect()
        })
    }

    /// What each version bills in all.
    pub(super) fn totals(&self, plan: &Plan) -> [Money; 2] {
        [0, 1].map(|side: usize| {
            let lines = self.lines.get(side).map_or(&[][..], Vec::as_slice);
            let lines: Vec<&InvoiceLine> = lines.iter().collect();
            sum(&lines, |line| Self::amount(line, plan))
        })
    }

    /// The moments that are worth showing: events, and days on which anything is billed.
    pub(super) fn moments(&self) -> Vec<Moment> {
        let shown = |when: At| {
            let labels = [0, 1].map(|side| {
                self.lines_at(side, &when).iter().map(|line| line.label.clone()).collect()
            });
            let did = |side: usize| self.did.get(side).and_then(|did| did.get(&when));
            let amounts = [0, 1].map(|side| Money(did(side).map_or(0, |did| did.amount)));
            let event = (!when.1).then_some(when.3 as usize);
            Moment { date: when.0, event, labels, amounts }
        };
        let mut all: Vec<Moment> = self.whens().into_iter().map(shown).collect();
        all.retain(|moment| moment.event.is_some() || moment.labels.iter().any(|l| !l.is_empty()));
        for (place, event) in self.events.iter().enumerate() {
            if !all.iter().any(|moment| moment.event == Some(place)) {
                all.push(Moment {
                    date: event.date,
                    event: Some(place),
                    labels: [Vec::new(), Vec::new()],
                    amounts: [Money::ZERO; 2],
                });
            }
        }
        all.sort_by_key(|moment| moment.date);
        all
    }

    /// Every moment (or day, where only money counts) at which the versions differ.
    pub(super) fn differences(&self, joint: &Joint<'_>, money: bool) -> Vec<Difference> {
        let whens = self.whens();
        let plan = joint.machine.plan;
        let amount = |line: &InvoiceLine| Self::amount(line, plan);
        let mut all = Vec::new();
        for when in &whens {
            let mut kinds: Vec<WhenKind> = Vec::new();
            for trigger in self.triggers(joint, when) {
                let Some(kind) = joint.kinds.get(trigger.0 as usize).copied() else { continue };
                if kinds.contains(&kind) {
                    continue;
                }
                kinds.push(kind);
                let mut lines = [0, 1].map(|side| {
                    let mut lines = self.lines_at(side, when);
                    lines.retain(|line| line.trigger.kind == kind);
                    lines
                });
                let sums = |lines: [Vec<&InvoiceLine>; 2]| lines.map(|lines| sum(&lines, amount));
                let mut in_all = kind.is_terminal();
                let mut amounts = [Money::ZERO; 2];
                if in_all {
                    lines = [0, 1].map(|side| self.lines_up_to(side, when));
                    amounts = sums(lines.clone());
                    if money && compared(amounts) == Differs::Lines {
                        // The same in all: what differs, if anything, is the day.
                        in_all = false;
                        lines = [0, 1].map(|side| self.lines_at(side, when));
                    }
                }
                let [old, new] = &lines;
                let here = old.iter().map(|l| said(l)).eq(new.iter().map(|l| said(l)));
                if !here {
                    if !in_all {
                        amounts = sums([0, 1].map(|side| self.lines_at(side, when)));
                    }
                    let (spot, differs) = (self.spot(joint, trigger, when), compared(amounts));
                    let (day, when) = (when.0, *when);
                    all.push(Difference { spot, differs, day, when, amounts, in_all });
                }
            }
        }
        if money { self.by_day(all, joint) } else { all }
    }

    /// Of the differences of a day whose totals differ, the last with other sums, as the day's.
    fn by_day(&self, all: Vec<Difference>, joint: &Joint<'_>) -> Vec<Difference> {
        let plan = joint.machine.plan;
        let mut days: BTreeMap<Date, Difference> = BTreeMap::new();
        let (whole_cases, all): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| it.in_all);
        for difference in all {
            let [old, new] = difference.amounts;
            if old != new {
                days.insert(difference.day, difference);
            }
        }
        let whole = |(day, difference): (Date, Difference)| {
            let amounts = [0, 1].map(|side: usize| {
                let lines = self.lines.get(side).map_or(&[][..], Vec::as_slice);
                let lines: Vec<&InvoiceLine> = lines.iter().filter(|l| l.date == day).collect();
                sum(&lines, |line| Self::amount(line, plan))
            });
            let differs = compared(amounts);
            (differs != Differs::Lines).then_some(Difference { differs, amounts, ..difference })
        };
        days.into_iter().filter_map(whole).chain(whole_cases).collect()
    }

    /// The triggers of a moment, by their numbers in both.
    fn triggers(&self, joint: &Joint<'_>, when: &At) -> Vec<TriggerId> {
        let mut triggers = Vec::new();
        for (side, did) in joint.sides.iter().zip(&self.did) {
            for own in did.get(when).map_or(&[][..], |did| did.triggers.as_slice()) {
                let both = side.triggers.iter().position(|known| *known == Some(*own));
                let both = both.and_then(|both| u32::try_from(both).ok()).map(TriggerId);
                triggers.extend(both.filter(|both| !triggers.contains(both)));
            }
        }
        triggers
    }

    /// Where a moment stands on the axes of a trigger.
    fn spot(&self, joint: &Joint<'_>, trigger: TriggerId, when: &At) -> Spot {
        let key = |(place, event): (usize, &Event)| -> At {
            (event.date, false, event.kind.place_in_day(), u32::try_from(place).unwrap_or(0))
        };
        let (mut start, mut over) = (None::<At>, None::<At>);
        let mut hours = 0_i64;
        for (place, event) in self.events.iter().enumerate() {
            let key = key((place, event));
            if key > *when {
                continue;
            }
            let first = |known: Option<At>| Some(known.unwrap_or(key).min(key));
            match &event.kind {
                EventKind::Milestone(Milestone::Start) => start = first(start),
                EventKind::Milestone(milestone) if milestone.is_terminal() => over = first(over),
                EventKind::Action { hours: given, .. } => {
                    start = first(start);
                    hours = hours.saturating_add(given.unwrap_or(Hours::ZERO).0);
                }
                EventKind::Opened { .. }
                | EventKind::More(_)
                | EventKind::Void { .. }
                | EventKind::Milestone(_)
                | EventKind::Deliverable { .. }
                | EventKind::Event { .. } => {}
            }
        }
        // What comes after the terminal event starts nothing.
        let started = start.filter(|start| over.is_none_or(|over| *start < over));
        let started = started.map(|start| start.0);
        let machine = &joint.machine;
        let situation = Situation {
            plan: machine.plan,
            axis: &machine.axis,
            today: when.0,
            started,
            signed: false,
            over: None,
            hours: Hours(hours),
            happened: &|_| false,
        };
        let tests = joint.tests.get(trigger.0 as usize);
        (trigger, tests.map_or(0, |tests| tests.truths(&situation)))
    }
}

fn compared([old, new]: [Money; 2]) -> Differs {
    match new.cmp(&old) {
        std::cmp::Ordering::Greater => Differs::More,
        std::cmp::Ordering::Less => Differs::Less,
        std::cmp::Ordering::Equal => Differs::Lines,
    }
}
