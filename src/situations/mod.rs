//! The situations of a schedule: each trigger that a line waits for, in each cell of what the
//! conditions of the waiting lines ask about.
//!
//! In: a [`Plan`]. Out: [`Situations`], each with a history that comes to it and what the evaluator
//! bills there. A situation is listed only if a history shows it. Which situations other histories
//! come to is found by the same evaluator.

mod axes;
mod edges;
mod histories;
mod times;
mod watch;
mod words;
mod write;

use crate::calendar::Date;
use crate::lang::Lang;
use crate::model::{Event, InvoiceLine, Scenario};
use crate::money::Hours;
use crate::plan::{LineId, Plan, PlannedCondition, PlannedTerms, PlannedTest, TriggerId};
use axes::Axes;
use std::collections::HashMap;
use watch::Seen;

pub use edges::{Edge, EdgeDay};
pub use write::happening;

/// A trigger in one cell.
#[derive(Clone, Debug)]
pub struct Situation {
    /// What comes.
    pub trigger: TriggerId,
    /// Which of the tests of the trigger hold.
    truths: Vec<bool>,
    /// The lines that fire in the example.
    pub fired: Vec<LineId>,
    /// What is billed there in the example.
    pub billed: Vec<InvoiceLine>,
    /// Whether a scenario comes to it.
    pub reached: bool,
    /// A history that comes to it.
    pub example: Example,
    /// Where durations bound it: histories that come to it on the days next to a bound.
    pub edges: Vec<Edge>,
}

/// A history that comes to a situation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Its events.
    pub events: Vec<Event>,
    /// What that case plans.
    pub terms: PlannedTerms,
    /// The day on which it comes to it: the last one that is looked at.
    pub as_of: Date,
}

/// A trigger of a plan in words, with which of some tests hold: `abandonment from 10 months on`.
pub fn name_of(
    plan: &Plan,
    trigger: TriggerId,
    tests: &[PlannedTest],
    truths: &[bool],
    lang: Lang,
) -> String {
    words::name(plan, trigger, tests, truths, lang)
}

/// All situations of a schedule.
pub struct Situations<'p> {
    plan: &'p Plan,
    axes: Vec<Axes>,
    /// In the order of the lines, before the start first, then as measured values rise.
    pub all: Vec<Situation>,
    /// Whether there were more facts or histories than are looked at, so that situations may be
    /// left out.
    pub cut: bool,
}

impl<'p> Situations<'p> {
    /// Finds them. None is reached yet.
    pub fn of(plan: &'p Plan) -> Situations<'p> {
        let ids = (0..).map(TriggerId).take(plan.trigger_count());
        let axes: Vec<Axes> = ids.clone().map(|id| Axes::new(plan, id)).collect();
        let cut = axes.iter().any(|axes| axes.cut);
        let mut found = Situations { plan, axes, all: Vec::new(), cut };
        for id in ids {
            let mut known: HashMap<Vec<bool>, usize> = HashMap::new();
            for terms in terms(plan) {
                let histories = histories::histories(plan, found.axes_of(id), id, terms);
                found.cut |= histories.len() > histories::MOST_HISTORIES;
                for (events, as_of) in histories {
                    for (seen, billed) in found.run(&events, terms, as_of) {
                        if seen.trigger != id || seen.date != as_of {
                            continue;
                        }
                        let place = *known.entry(seen.truths.clone()).or_insert_with(|| {
                            found.all.push(situation(&seen, billed, &events, terms));
                            found.all.len() - 1
                        });
                        if let Some(situation) = found.all.get_mut(place) {
                            situation.stands(&seen, &events, terms);
                        }
                    }
                }
            }
        }
        found.sort();
        found
    }

    /// What to say where situations may be left out.
    pub fn cut_note(&self, lang: Lang) -> &'static str {
        lang.pick(
            "there are more facts or histories than are looked at: situations may be left out",
            "il y a plus de faits ou d'histoires qu'il n'en est examiné : des situations peuvent manquer",
        )
    }

    /// Notes what a scenario comes to. A situation that was not listed is listed with it.
    pub fn reach(&mut self, scenario: &Scenario) {
        let terms = PlannedTerms { hours: scenario.planned_hours, months: scenario.planned_months };
        self.reach_by(&scenario.events, terms, scenario.as_of);
    }

    /// The same for any history.
    pub fn reach_by(&mut self, events: &[Event], terms: PlannedTerms, as_of: Date) {
        let listed = self.all.len();
        for (seen, billed) in self.run(events, terms, as_of) {
            let same = |known: &&mut Situation| {
                known.trigger == seen.trigger && known.truths == seen.truths
            };
            match self.all.iter_mut().find(same) {
                Some(known) => known.is_reached(&seen),
                None => {
                    let mut new = situation(&seen, billed, events, terms);
                    new.is_reached(&seen);
                    self.all.push(new);
                }
            }
        }
        if self.all.len() > listed {
            self.sort();
        }
    }

    /// A situation in words: `abandonment from 10 months on`.
    pub fn name(&self, situation: &Situation, lang: Lang) -> String {
        let tests = &self.axes_of(situation.trigger).tests;
        words::name(self.plan, situation.trigger, tests, &situation.truths, lang)
    }

    /// The example of a situation, as its events with their days.
    pub fn example(&self, situation: &Situation, lang: Lang) -> String {
        let example = &situation.example;
        let events = example.events.iter().map(|event| {
            format!("{} {}", words::date(event.date, lang), write::happening(&event.kind, lang))
        });
        let mut parts: Vec<String> = events.collect();
        if example.events.iter().all(|event| event.date < example.as_of) {
            parts.push(words::date(example.as_of, lang));
        }
        parts.join(", ")
    }

    /// An example as a scenario of this name. It names its schedule if that is asked for.
    pub fn scenario(
        &self,
        example: &Example,
        name: &str,
        of: Option<&str>,
        lang: Lang,
    ) -> Option<String> {
        write::scenario(self.plan, example, name, of, lang)
    }

    fn axes_of(&self, id: TriggerId) -> &Axes {
        const NONE: &Axes = &Axes { tests: Vec::new(), lengths: Vec::new(), cut: false };
        self.axes.get(id.0 as usize).unwrap_or(NONE)
    }

    fn run(
        &self,
        events: &[Event],
        terms: PlannedTerms,
        as_of: Date,
    ) -> Vec<(Seen, Vec<InvoiceLine>)> {
        let Some((seen, evaluation)) = watch::watch(self.plan, &self.axes, events, terms, as_of)
        else {
            return Vec::new();
        };
        let billed = |seen: &Seen| -> Vec<InvoiceLine> {
            let lines = seen.billed.iter().filter_map(|place| evaluation.lines.get(*place));
            lines.cloned().collect()
        };
        seen.into_iter().map(|seen| (seen.clone(), billed(&seen))).collect()
    }

    fn sort(&mut self) {
        let plan = self.plan;
        let first = |id: TriggerId| {
            let stated = plan.waiting_for(id).iter().filter_map(|line| plan.line(*line));
            stated.map(|line| line.index).min()
        };
        self.all.sort_by(|a, b| {
            let key = |of: &Situation| (first(of.trigger), of.trigger);
            key(a).cmp(&key(b)).then_with(|| a.truths.cmp(&b.truths))
        });
    }
}

fn situation(
    seen: &Seen,
    billed: Vec<InvoiceLine>,
    events: &[Event],
    terms: PlannedTerms,
) -> Situation {
    Situation {
        trigger: seen.trigger,
        truths: seen.truths.clone(),
        fired: seen.fired.clone(),
        billed,
        reached: false,
        example: example(seen, events, terms),
        edges: Vec::new(),
    }
}

fn example(seen: &Seen, events: &[Event], terms: PlannedTerms) -> Example {
    let events = events.iter().filter(|event| event.date <= seen.date).cloned().collect();
    Example { events, terms, as_of: seen.date }
}

/// What examples plan: as the schedule says, or else round numbers. Where hours are compared both
/// with constants and with planned hours that differ from case to case, several.
fn terms(plan: &Plan) -> Vec<PlannedTerms> {
    let mut terms = PlannedTerms::default().or_default(plan);
    if plan.needs_planned_months && terms.months.is_none() {
        terms.months = Some(12);
    }
    if !plan.needs_planned_hours || terms.hours.is_some() {
        return vec![terms];
    }
    let both = plan.lines.iter().filter_map(|line| line.condition.as_ref()).any(asks_hours);
    let planned: &[i64] = if both { &[100, 10, 1, 1000] } else { &[100] };
    let with = |hours: &i64| PlannedTerms { hours: Some(Hours(hours * Hours::ONE.0)), ..terms };
    planned.iter().map(with).collect()
}

fn asks_hours(condition: &PlannedCondition) -> bool {
    match condition {
        PlannedCondition::Any(parts) | PlannedCondition::All(parts) => parts.iter().any(asks_hours),
        PlannedCondition::Not(inner) => asks_hours(inner),
        PlannedCondition::Test(test) => matches!(test, PlannedTest::Hours(_)),
    }
}
