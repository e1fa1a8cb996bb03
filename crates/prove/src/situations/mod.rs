//! The situations of a schedule: each trigger that a line waits for, in each cell of what the
//! conditions of the waiting lines ask about.
//!
//! In: a [`Plan`]. Out: [`Situations`], each with a history that comes to it and what the evaluator
//! bills there. They are all that there are, or the list says that it may not be: the search of
//! [`crate::verify`] looks at every history. A situation is listed only if the evaluator shows it. Which
//! situations other histories come to is found by the same evaluator.

mod axes;
mod edges;
mod finder;
mod situation;
mod usual;
mod watch;
mod words;
mod write;

use crate::calendar::Date;
use crate::lang::{Lang, say};
use crate::model::program::Opening;
use crate::model::{
    Agreement, Changes, Event, EventKind, InvoiceLine, More, Scenario, SubjectKind,
};
use crate::money::{Hours, Money};
use crate::plan::{Plan, PlannedTerms, PlannedTest, TriggerId};
use crate::verify::InForce;
use crate::verify::by_the_rules::{evaluate, opening};
use crate::verify::planned::planned_hours;
use axes::Axes;
use finder::Found;
use situation::situation;
use watch::Seen;

pub use edges::EdgeDay;
pub use situation::{Edge, Example, Situation};
pub use write::happening;

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
    /// The schedule as it is read: one of the first part of the language.
    plan: &'p Plan,
    /// The schedule itself.
    whole: &'p Plan,
    axes: Vec<Axes>,
    /// In the order of the lines, before the start first, then as measured values rise.
    pub all: Vec<Situation>,
    /// Whether situations may be left out.
    pub cut: bool,
    /// How many states were looked at.
    pub states: usize,
    /// How many more situations there may be, that no example shows.
    pub open: usize,
}

/// So many states are looked at for one schedule at the most.
const BUDGET: usize = 400_000;
/// So many for one trigger at first.
const FIRST: usize = 10_000;

impl<'p> Situations<'p> {
    /// Finds them: every way in which the tests of a trigger come out when it comes, over all
    /// histories. None is reached yet.
    pub fn of(plan: &'p Plan) -> Situations<'p> {
        Situations::within(plan, InForce::default(), BUDGET)
    }

    /// The same of a version, by cases that begin while it is in force.
    pub fn of_a_version(plan: &'p Plan, in_force: InForce) -> Situations<'p> {
        Situations::within(plan, in_force, BUDGET)
    }

    /// The same, looking at so many states at the most.
    pub fn within(whole: &'p Plan, in_force: InForce, budget: usize) -> Situations<'p> {
        let Ok(plan) = whole.first_part() else {
            // It uses what no proof covers.
            let (axes, all) = (Vec::new(), Vec::new());
            return Situations { plan: whole, whole, axes, all, cut: true, states: 0, open: 0 };
        };
        let ids = (0..).map(TriggerId).take(plan.trigger_count());
        let axes: Vec<Axes> = ids.clone().map(|id| Axes::new(plan, id)).collect();
        let cut = axes.iter().any(|axes| axes.cut);
        let mut found = Situations { plan, whole, axes, all: Vec::new(), cut, states: 0, open: 0 };
        let (terms, every) = terms(plan);
        found.cut |= !every;
        // Most triggers need little; what they leave is for the others.
        let mut lists: Vec<(TriggerId, Found)> = Vec::new();
        let ids: Vec<TriggerId> = ids.collect();
        for id in ids {
            let first = FIRST.min(budget / plan.trigger_count().max(1));
            lists.push((id, finder::find(plan, &found.axes, id, (&terms, in_force), first)));
        }
        let mut left = budget.saturating_sub(lists.iter().map(|(_, list)| list.states).sum());
        let mut short = lists.iter().filter(|(_, list)| !list.complete).count();
        for (id, list) in lists.iter_mut().filter(|(_, list)| !list.complete) {
            if left / short.max(1) > FIRST {
                let tried = list.states;
                *list =
                    finder::find(plan, &found.axes, *id, (&terms, in_force), left / short.max(1));
                left = left.saturating_sub(list.states);
                list.states += tried;
            }
            short -= 1;
        }
        for (_, list) in lists {
            found.all.extend(list.situations);
            found.states += list.states;
            found.open += list.open;
            found.cut |= !list.complete || list.open > 0;
        }
        found.sort();
        found.bill_by_the_rules();
        found
    }

    /// What the case of an example agrees, where cases agree a price or a rate.
    pub fn figure(&self) -> Option<Money> {
        let program = self.whole.schedule.second.as_ref()?;
        program.price.is_agreed().then(|| program.round_figure())
    }

    fn opening(&self) -> Opening {
        let program = self.whole.schedule.second.as_ref();
        program.map(|program| opening(program, program.round_figure())).unwrap_or_default()
    }

    /// Lets the lines of each example be those of the schedule itself: who pays them stands on them, and
    /// what brings a case to a share of its price leaves out what is beside it.
    fn bill_by_the_rules(&mut self) {
        let Some(program) = &self.whole.schedule.second else { return };
        let beside = program.has_beside();
        let figure = program.round_figure();
        for situation in &mut self.all {
            let Example { events, terms, as_of } = &situation.example;
            let Some(evaluation) = evaluate(self.whole, events, (*terms, figure), *as_of) else {
                continue;
            };
            let labels = situation.fired.iter().filter_map(|line| self.plan.stated(*line));
            let labels: Vec<&str> = labels.map(|line| line.label.as_str()).collect();
            let here =
                |line: &&InvoiceLine| line.date == *as_of && labels.contains(&line.line.as_str());
            let lines: Vec<InvoiceLine> = evaluation.lines.iter().filter(here).cloned().collect();
            let sum = |lines: &[InvoiceLine]| -> i64 {
                let amounts =
                    lines.iter().filter_map(|line| program.currency.read_signed(&line.amount));
                amounts.map(|amount| amount.0).fold(0, i64::saturating_add)
            };
            // A line that fires twice on the day has more on it than is billed here.
            if beside || sum(&lines) == sum(&situation.billed) {
                situation.billed = lines;
            }
        }
    }

    /// What to say where situations may be left out.
    pub fn cut_note(&self, lang: Lang) -> String {
        let (states, open) = (self.states, self.open);
        if open > 0 {
            say!(
                lang,
                "{states} states were looked at, and up to {open} situations have no example: situations may be left out",
                "{states} états ont été examinés, et jusqu'à {open} situations n'ont pas d'exemple : des situations peuvent manquer"
            )
        } else {
            say!(
                lang,
                "there is more than the {states} states that were looked at: situations may be left out",
                "il y a plus que les {states} états examinés : des situations peuvent manquer"
            )
        }
    }

    /// Notes what a scenario comes to. A situation that was not listed is listed with it.
    pub fn reach(&mut self, scenario: &Scenario) {
        let terms = scenario.planned;
        self.reach_by(&scenario.events, terms, scenario.as_of);
    }

    /// The same for any history.
    pub fn reach_by(&mut self, events: &[Event], terms: PlannedTerms, as_of: Date) {
        let listed = self.all.len();
        let Some(events) = &self.as_read(events) else { return };
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
            self.bill_by_the_rules();
        }
    }

    /// The events as the first part of the language has them: what a case agrees and what it amends is no
    /// moment. None where it amends what conditions or amounts ask about.
    fn as_read(&self, events: &[Event]) -> Option<Vec<Event>> {
        let mut read = Vec::with_capacity(events.len());
        for event in events {
            let kind = if let Some(More::Action { name, hours, .. }) = event.kind.more() {
                EventKind::Action { name: name.clone(), hours: *hours }
            } else if let Some(More::Opened { .. }) = event.kind.more() {
                continue;
            } else if event.kind.kind().changes() == Changes::Terms {
                if event.kind.more().is_none_or(|more| self.asks_about(more)) {
                    return None;
                }
                continue;
            } else if event.kind.more().is_some() {
                // No line waits for it, and the calendar may count from it.
                EventKind::Event { name: self.plan.unnamed(SubjectKind::Event) }
            } else {
                event.kind.clone()
            };
            read.push(Event { kind, ..event.clone() });
        }
        Some(read)
    }

    /// Whether conditions or amounts may ask about what an event changes of the terms of its case.
    fn asks_about(&self, more: &More) -> bool {
        let More::Amendment(Agreement { planned, .. }) = more else { return true };
        self.plan.needs_planned_hours && planned.hours.is_some()
            || self.plan.needs_planned_months && planned.months.is_some()
    }

    /// What is said where nothing is billed: by which lines, or that there is none.
    pub fn nothing(&self, situation: &Situation, lang: Lang) -> String {
        let lines = situation.fired.iter().filter_map(|line| self.plan.stated(*line));
        let labels: Vec<&str> = lines.map(|line| line.label.as_str()).collect();
        if labels.is_empty() {
            return say!(lang, "no line bills", "aucune ligne ne facture");
        }
        let labels = labels.join(", ");
        say!(lang, "{labels}: nothing", "{labels} : rien")
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
        let agreed = (self.opening(), self.figure());
        write::scenario(self.whole, (example, &agreed), name, of, lang)
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

/// What examples plan, and whether that stands for every case: as the schedule says, or else round
/// numbers. Where hours are compared both with constants and with planned hours that differ from case
/// to case, several.
fn terms(plan: &Plan) -> (Vec<PlannedTerms>, bool) {
    let mut terms = plan.planned(PlannedTerms::default());
    if plan.needs_planned_months && terms.months.is_none() {
        terms.months = Some(12);
    }
    if !plan.needs_planned_hours || terms.hours.is_some() {
        return (vec![terms], true);
    }
    let planned = planned_hours(plan);
    let with = |hours: &Hours| PlannedTerms { hours: Some(*hours), ..terms };
    (planned.all.iter().map(with).collect(), planned.complete)
}
