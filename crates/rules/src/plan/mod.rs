//! A schedule made dense, ready to be evaluated many times: names are numbers, lines stand in the
//! order in which they fire, each trigger knows the lines that wait for it, and every bound of a
//! condition has a slot that a case fills once, when it starts or when its planned hours are known.
//!
//! In: a sound [`Schedule`]. Out: a [`Plan`]. After this, no text is compared while a case is
//! evaluated, and no decimal is read.

mod bounds;
mod builder;
mod condition;
mod names;
mod numbering;
mod planned;

use crate::calendar::Duration;
use crate::lang::Lang;
use crate::model::program::Program;
use crate::model::{
    Amount, ByMilestone, CalendarDay, LineKind, Milestone, Price, Rate, Schedule, SubjectKind, When,
};
use crate::money::{Exact, Hours, Percent};
use builder::Builder;
use names::Names;
use std::sync::Arc;

pub use crate::model::PlannedTerms;
use crate::rules::Ready;
pub use crate::rules::{Beyond, OfAction, OfLine, OfPrice, Reading, times};
pub use bounds::{AttendanceBound, NotPlanned};
pub use condition::{PlannedCondition, PlannedTest, Seen};
pub use names::{Letters, NameId};
pub use planned::{CalendarTrigger, LineId, PlannedLine, PlannedName, TriggerId, Work};

/// A compiled schedule.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What was compiled.
    pub schedule: Schedule,
    /// The language of what is said of it, in which examples name what the schedule does not.
    pub lang: Lang,
    /// The lines in the order in which they fire: deposits and installments, then balances.
    pub lines: Vec<PlannedLine>,
    /// Every name that the schedule mentions, to be looked up once, when an event is read.
    names: Names,
    /// For each name, what comes of it; before them, what comes of other names of each kind, and of
    /// an action that looks like one of them.
    named: Vec<PlannedName>,
    /// The distinct triggers.
    triggers: Vec<When>,
    /// For each trigger, the lines that wait for it, in the order in which they fire.
    waiting: Vec<Vec<LineId>>,
    /// For each milestone, its trigger, where a line waits for it.
    milestones: ByMilestone<Option<TriggerId>>,
    /// What comes by itself: month ends first.
    calendar: Vec<CalendarTrigger>,
    /// What of the calendar lines wait for.
    pub clock: Clock,
    /// Whether a line turns on the hours of a case.
    pub asks_hours: bool,
    /// Durations that conditions compare with.
    pub durations: Vec<Duration>,
    /// Attendances that conditions compare with.
    pub attendances: Vec<Percent>,
    /// Whether a line bills work itemised.
    pub itemises: bool,
    /// The hours that are billed in all at the most.
    pub most_hours: Hours,
    /// How many names have to be noted when they happen: none, if no condition asks.
    pub noted_names: usize,
    /// What a case comes to that states no planned hours of its own.
    usual: Usual,
    /// Whether conditions or amounts need planned hours.
    pub needs_planned_hours: bool,
    /// Whether amounts need a planned duration.
    pub needs_planned_months: bool,
    /// Whether any action is declared, so that others are worth a notice.
    pub declares_actions: bool,
    /// Whether lines that are added to it, or changed, bill what they do here.
    pub takes_edits: bool,
    /// The places of the lines that stand beside the price: another reading of them has no word for it.
    beside: Vec<usize>,
    /// It as a plan of the first part of the language, once that has been asked for.
    raised: std::sync::OnceLock<Result<Arc<Plan>, Beyond>>,
    /// The program that bills its cases, ready, once that has been asked for.
    ready: std::sync::OnceLock<Arc<Ready>>,
}

/// What of the calendar the lines of a schedule wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Nothing: no moment comes by itself.
    None,
    /// Month ends alone, and only to bill the work of the month: without work nothing comes of them.
    WorkOfTheMonth,
    /// Anything else.
    Any,
}

/// What follows from the planned hours that the schedule states.
#[derive(Clone, Debug)]
struct Usual {
    attendances: Vec<AttendanceBound>,
    total: Result<Option<Exact>, TotalTooLarge>,
}

fn beside_the_price(program: &Program) -> Vec<usize> {
    program.lines.iter().filter(|line| line.beside).map(|line| line.index).collect()
}

impl Default for Usual {
    fn default() -> Self {
        Self { attendances: Vec::new(), total: Ok(None) }
    }
}

impl Plan {
    /// What a case plans that states these terms: the schedule's own in the place of those that it does not state.
    #[inline]
    pub fn planned(&self, stated: PlannedTerms) -> PlannedTerms {
        let Schedule { planned_hours: hours, planned_months: months, .. } = self.schedule;
        stated.or(PlannedTerms { hours, months })
    }

    /// The same, if it is all that the schedule needs.
    pub fn complete(&self, stated: PlannedTerms) -> Result<PlannedTerms, NotPlanned> {
        let terms = self.planned(stated);
        if self.needs_planned_hours && terms.hours.is_none() {
            return Err(NotPlanned::Hours);
        }
        if self.needs_planned_months && terms.months.is_none() {
            return Err(NotPlanned::Months);
        }
        Ok(terms)
    }
}

impl Plan {
    /// Makes a schedule dense of which messages are in this language.
    pub fn in_language(lang: Lang, schedule: Schedule) -> Plan {
        Plan { lang, ..Plan::new(schedule) }
    }

    /// A name in an example for anything of this kind that the schedule does not mention.
    pub fn unnamed(&self, kind: SubjectKind) -> String {
        let mut name = match kind {
            SubjectKind::Action => self.lang.pick("Session", "Séance"),
            // A word of both languages.
            SubjectKind::Deliverable | SubjectKind::Event => "Note",
        }
        .to_owned();
        while self.mentions(kind, &name) {
            name.push('*');
        }
        name
    }

    /// Whether the schedule says anything of an action, a deliverable or an event of this name.
    pub fn mentions(&self, kind: SubjectKind, name: &str) -> bool {
        let subjects = self.schedule.second.as_ref().map_or(&[][..], |second| &second.subjects);
        let mut subjects = subjects.iter();
        self.name(kind, name).is_some() || subjects.any(|of| of.0 == kind && of.1 == name)
    }

    /// The program that bills its cases: its own, if it uses the second part of the language; where
    /// `more` says that a case does, what it bills as a program; else none, and the plan itself does.
    #[inline]
    pub fn program(&self, more: bool) -> Option<Arc<Program>> {
        self.ready(more).map(|ready| ready.program.clone())
    }

    /// The same, ready to bill them.
    #[inline]
    pub fn ready(&self, more: bool) -> Option<&Arc<Ready>> {
        let own = self.schedule.second.as_ref();
        let lower = || Arc::new(crate::rules::lower(&self.schedule));
        let make_ready = || Arc::new(Ready::new(own.map_or_else(lower, Arc::clone)));
        (own.is_some() || more).then(|| self.ready.get_or_init(make_ready))
    }

    /// This plan as one of the first part of the language, for those who look at every history: itself, if
    /// it is one; else one that bills the same sums on the same lines, by the same numbers of lines, or what
    /// stands in its way.
    #[inline]
    pub fn first_part(&self) -> Result<&Plan, Beyond> {
        let Some(program) = &self.schedule.second else { return Ok(self) };
        let raise = || self.read(program, Reading::plainest(program)).map(Arc::new);
        self.raised.get_or_init(raise).as_ref().map(Arc::as_ref).map_err(|beyond| *beyond)
    }

    /// The same with another reading of what the first part has no word for.
    pub fn read(&self, program: &Program, reading: Reading) -> Result<Plan, Beyond> {
        let schedule = crate::rules::raise(&self.schedule, program, reading)?;
        let takes_edits = program.takes_edits();
        let beside = beside_the_price(program);
        Ok(Plan { takes_edits, beside, ..Plan::in_language(self.lang, schedule) })
    }

    /// Makes a schedule dense.
    pub fn new(schedule: Schedule) -> Plan {
        let mut builder = Builder::default();
        for action in &schedule.actions {
            let id = builder.name(SubjectKind::Action, &action.name);
            if let Some(slot) = builder.named.get_mut(id.0 as usize) {
                slot.work = Work::of(schedule.price, action.rate);
                slot.rate = action.rate;
                slot.ends_case = action.ends_case;
                slot.declared = true;
            }
        }
        let balances_last = |line: &&(usize, &crate::model::Line)| match line.1.kind {
            LineKind::Balance => true,
            LineKind::Deposit | LineKind::Installment => false,
        };
        let mut order: Vec<(usize, &crate::model::Line)> =
            schedule.lines.iter().enumerate().collect();
        order.sort_by_key(|line| balances_last(&line));
        let lines: Vec<PlannedLine> =
            order.into_iter().map(|(index, line)| builder.line(&schedule, index, line)).collect();
        let mut waiting = vec![Vec::new(); builder.triggers.len()];
        for (id, line) in (0..).map(LineId).zip(&lines) {
            for trigger in &line.triggers {
                if let Some(waiting) = waiting.get_mut(trigger.0 as usize)
                    && !waiting.contains(&id)
                {
                    waiting.push(id);
                }
            }
        }
        let declares_actions = !schedule.actions.is_empty();
        for named in builder.named.iter_mut().filter(|named| named.kind == SubjectKind::Action) {
            if !named.declared {
                named.work = Work::of(schedule.price, Rate::AsPriced);
            }
            named.is_work = !named.ends_case && (named.declared || !declares_actions);
        }
        if let Some(look_alike) = builder.named.get_mut(NameId::LOOK_ALIKE.0 as usize) {
            look_alike.is_work = false;
        }
        let mut plan = Plan {
            ready: std::sync::OnceLock::new(),
            raised: std::sync::OnceLock::new(),
            takes_edits: schedule.second.is_none(),
            beside: schedule.second.as_deref().map_or_else(Vec::new, beside_the_price),
            lang: Lang::default(),
            needs_planned_hours: schedule.uses_attendance(),
            needs_planned_months: schedule.uses_planned_duration(),
            declares_actions,
            asks_hours: false,
            clock: Clock::None,
            schedule,
            lines,
            names: builder.names,
            named: builder.named,
            triggers: builder.triggers,
            waiting,
            milestones: builder.milestones,
            calendar: builder.calendar,
            durations: builder.durations,
            attendances: builder.attendances,
            usual: Usual::default(),
            itemises: false,
            most_hours: Hours(i64::MAX),
            noted_names: 0,
        };
        plan.itemises =
            plan.lines.iter().any(|line| line.amount == Amount::Work { itemised: true });
        if let Some(most) = plan.schedule.price.at_most() {
            plan.most_hours = most;
        }
        plan.clock = plan.find_clock();
        let asks_hours = |line: &PlannedLine| {
            line.amount.measures_attendance()
                || line.condition.as_ref().is_some_and(PlannedCondition::asks_hours)
        };
        plan.asks_hours = plan.lines.iter().any(asks_hours);
        let asks = |line: &PlannedLine| line.condition.as_ref().is_some_and(PlannedCondition::asks);
        if plan.lines.iter().any(asks) {
            plan.noted_names = plan.named.len();
        }
        let planned = plan.schedule.planned_hours;
        let mut attendances = Vec::new();
        plan.attendance_bounds(planned, &mut attendances);
        plan.usual = Usual { attendances, total: plan.compute_total(planned) };
        plan
    }

    fn find_clock(&self) -> Clock {
        let bills_work = |id: &LineId| {
            let line = self.line(*id);
            line.is_some_and(|line| matches!(line.amount, Amount::Work { .. }) && !line.closes)
        };
        match self.calendar.as_slice() {
            [] => Clock::None,
            [CalendarTrigger { id, day: CalendarDay::MonthEnd }]
                if self.waiting_for(*id).iter().all(bills_work) =>
            {
                Clock::WorkOfTheMonth
            }
            [..] => Clock::Any,
        }
    }

    /// The number of a name, if the schedule mentions it.
    #[inline]
    pub fn name(&self, kind: SubjectKind, name: &str) -> Option<NameId> {
        self.names.find(kind, name)
    }

    /// The names of a kind that the schedule mentions, in no order.
    pub fn known_names(&self, kind: SubjectKind) -> impl Iterator<Item = &str> {
        self.names.of(kind).keys().map(String::as_str)
    }

    /// The names of the actions that the schedule mentions, with their letters.
    pub fn known_actions(&self) -> impl Iterator<Item = (&str, &Letters)> {
        self.names.actions()
    }

    /// The name of this number, with its kind. It is looked for: this is for explanations.
    pub fn name_of(&self, id: NameId) -> Option<(SubjectKind, &str)> {
        SubjectKind::ALL.into_iter().find_map(|kind| {
            let name = self.names.of(kind).iter().find(|(_, known)| **known == id)?.0;
            Some((kind, name.as_str()))
        })
    }

    /// How many names there are: [`NameId`]s are below this.
    #[inline]
    pub fn name_count(&self) -> usize {
        self.named.len()
    }

    /// What comes of a name.
    #[inline]
    pub fn named(&self, name: NameId) -> Option<&PlannedName> {
        self.named.get(name.0 as usize)
    }

    /// What an action of this name does; as the price says, if the name is not known.
    #[inline]
    pub fn action(&self, name: Option<NameId>) -> PlannedName {
        let name = name.unwrap_or(NameId::other(SubjectKind::Action));
        self.named(name).copied().unwrap_or(PlannedName::new(SubjectKind::Action))
    }

    /// The trigger of a milestone, if a line waits for it.
    #[inline]
    pub fn milestone(&self, milestone: Milestone) -> Option<TriggerId> {
        *self.milestones.get(milestone)
    }

    /// The lines that wait for a milestone, in the order in which they fire.
    #[inline]
    pub fn waiting_for_milestone(&self, milestone: Milestone) -> &[LineId] {
        self.milestone(milestone).map_or(&[], |trigger| self.waiting_for(trigger))
    }

    /// The trigger of a name, if a line waits for it.
    #[inline]
    pub fn trigger_of(&self, name: NameId) -> Option<TriggerId> {
        self.named(name)?.trigger
    }

    /// What comes by itself: month ends, deadlines and fixed dates.
    #[inline]
    pub fn calendar(&self) -> &[CalendarTrigger] {
        &self.calendar
    }

    /// The trigger of month ends, if a line waits for them.
    #[inline]
    pub fn month_end(&self) -> Option<TriggerId> {
        let repeats = |trigger: &&CalendarTrigger| trigger.day.repeats();
        self.calendar.first().filter(repeats).map(|trigger| trigger.id)
    }

    /// The trigger of this number.
    #[inline]
    pub fn trigger(&self, id: TriggerId) -> Option<&When> {
        self.triggers.get(id.0 as usize)
    }

    /// How many distinct triggers there are: [`TriggerId`]s are below this.
    #[inline]
    pub fn trigger_count(&self) -> usize {
        self.triggers.len()
    }

    /// The lines that wait for a trigger, in the order in which they fire.
    #[inline]
    pub fn waiting_for(&self, trigger: TriggerId) -> &[LineId] {
        self.waiting.get(trigger.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// The line of this number.
    #[inline]
    pub fn line(&self, id: LineId) -> Option<&PlannedLine> {
        self.lines.get(id.0 as usize)
    }

    /// Whether this line stands beside the price.
    pub fn is_beside(&self, id: LineId) -> bool {
        self.line(id).is_some_and(|line| self.beside.contains(&line.index))
    }

    /// The line of this number as the schedule states it.
    #[inline]
    pub fn stated(&self, id: LineId) -> Option<&crate::model::Line> {
        self.schedule.lines.get(self.line(id)?.index)
    }

    /// The exact total of the price, if it is known: fixed, or the rate times the planned hours.
    /// `Err` if it does not fit.
    #[inline]
    pub fn total(&self, planned: Option<Hours>) -> Result<Option<Exact>, TotalTooLarge> {
        if planned == self.schedule.planned_hours {
            self.usual.total
        } else {
            self.compute_total(planned)
        }
    }

    /// Puts the bounds of attendance in hours, for so many planned hours, in the place of `bounds`.
    pub fn attendance_bounds(&self, planned: Option<Hours>, bounds: &mut Vec<AttendanceBound>) {
        bounds.clear();
        if self.attendances.is_empty() {
            return;
        }
        if planned == self.schedule.planned_hours && !self.usual.attendances.is_empty() {
            bounds.extend_from_slice(&self.usual.attendances);
        } else if let Some(planned) = planned {
            let whole = self.schedule.whole_attendance;
            let bound = |share: &Percent| AttendanceBound::new(*share, planned, whole);
            bounds.extend(self.attendances.iter().map(bound));
        }
    }

    fn compute_total(&self, planned: Option<Hours>) -> Result<Option<Exact>, TotalTooLarge> {
        if let Price::Fixed(price) = self.schedule.price {
            return Ok(Some(Exact::from_money(price)));
        }
        let planned = self.schedule.price.rate().zip(planned);
        planned.map(|(rate, hours)| hours.at_rate(rate).ok_or(TotalTooLarge)).transpose()
    }
}

/// The rate times the planned hours is more than can be counted with.
#[derive(Clone, Copy, Debug)]
pub struct TotalTooLarge;
