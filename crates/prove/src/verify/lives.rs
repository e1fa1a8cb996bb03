//! Lives that a case of a schedule may well have, the plainest first: of those whom no proof covers, they show what
//! goes wrong. In: a program. Out: histories, each with what its case agrees and plans. Nothing says that they are
//! all.

use super::at_bounds::{Course, Thing, at_bounds, each_test};
use super::between::{Between, Happenings, PLANNED};
use super::in_force::InForce;
use super::past_bounds::past_bounds;
use crate::calendar::{Date, Duration};
use crate::model::program::{Anchor, Asked, Opening, Program, Term, Terms, Test, When};
use crate::model::{Changes, Event, EventKind, Milestone, More, Scenario};
use crate::money::{Hours, Money, Percent};
use crate::plan::{Plan, PlannedTerms};
use std::collections::BTreeSet;

/// A life.
#[derive(Clone)]
pub(super) struct Life {
    /// What its case agrees.
    pub(super) opening: Opening,
    /// What it plans where the schedule states nothing.
    pub(super) terms: PlannedTerms,
    /// Its price or rate, if each case agrees its own.
    pub(super) figure: Money,
    /// Its events, in the order of their days.
    pub(super) events: Vec<Event>,
}

/// How a case is over.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    /// Not at all.
    Not,
    By(Milestone),
    /// By an action that ends the case, by its place among the names.
    Action(usize),
}

/// The day on which a case begins that nothing says otherwise of.
const USUAL: (i32, u32, u32) = (2025, 1, 15);
/// So many days before its start a case is signed.
const SIGNED_BEFORE: i64 = 10;
/// What comes rarely, and what comes to a bound, is tried on so many days to begin on first.
const MOST_RARE_BEGINS: usize = 2;
/// So long go on the cases in which something comes rarely; the first is long enough for work that passes a bound.
const RARE_LENGTHS: [Duration; 2] = [Duration::Months(4), Duration::Days(20)];
pub(super) struct Lives<'p> {
    plan: &'p Plan,
    program: &'p Program,
    happenings: Happenings<'p>,
}

impl<'p> Lives<'p> {
    pub(super) fn of(plan: &'p Plan, program: &'p Program) -> Lives<'p> {
        Lives { plan, program, happenings: Happenings { plan, program } }
    }

    /// Those that scenarios of the schedule tell.
    pub(super) fn told<'s>(
        &self,
        scenarios: &'s [Scenario],
    ) -> impl Iterator<Item = Life> + use<'_, 's, 'p> {
        scenarios.iter().filter_map(|scenario| self.of_scenario(scenario))
    }

    /// As many as there may be of those that are made up and begin while the schedule is in force, those with the fewest
    /// events first, at each figure that is tried. Those that come to bounds are half of them at the most, where there are
    /// enough others.
    pub(super) fn all(&self, in_force: InForce, most: usize) -> Vec<Life> {
        let figures = self.figures();
        let lives = self.at_the_usual_figure(in_force, most / figures.len().max(1));
        let agreeing = |life: &Life, figure: &Money| {
            let mut life = life.clone();
            let agreed = super::by_the_rules::opening(self.program, *figure).terms;
            (life.figure, life.opening.terms.price, life.opening.terms.rate) =
                (*figure, agreed.price, agreed.rate);
            life
        };
        lives
            .iter()
            .flat_map(|life| figures.iter().map(move |figure| agreeing(life, figure)))
            .collect()
    }

    fn at_the_usual_figure(&self, in_force: InForce, most: usize) -> Vec<Life> {
        let mut lives = self.natural(in_force);
        lives.extend(self.rare(in_force));
        let (first, later) = self.begins_at_bounds();
        let mut courses: Vec<Course> = Vec::new();
        let short = self.at_bounds(in_force, first, &mut courses);
        let room = most.saturating_sub(lives.len()).max(most / 2);
        let mut short = the_first_and_some(short, room);
        // Other days to begin on are tried where there is room for them all the same.
        let room = most.saturating_sub(lives.len()).saturating_sub(short.len());
        let more =
            if room > 0 { self.at_bounds(in_force, later, &mut courses) } else { Vec::new() };
        short.extend(the_first_and_some(more, room));
        lives = the_first_and_some(lives, most.saturating_sub(short.len()));
        lives.append(&mut short);
        lives.sort_by_key(|life: &Life| life.events.len());
        lives
    }

    /// Whether a case is signed: both, where the schedule looks at it.
    fn signed(&self) -> &'static [bool] {
        if self.waits_for(Milestone::Signature) { &[true, false] } else { &[false] }
    }

    /// Every combination of when a case begins, how long it goes on, what comes between and how it is over.
    fn natural(&self, in_force: InForce) -> Vec<Life> {
        let mut lives = Vec::new();
        let (overs, between) = (self.overs(), self.happenings.between());
        for begin in self.begins() {
            for length in self.lengths() {
                for between in &between {
                    for over in &overs {
                        for signed in self.signed() {
                            for started in [true, false] {
                                let life =
                                    self.life(begin, length, between, *over, *signed, started);
                                lives.extend(life.and_then(|life| within(life, in_force)));
                            }
                        }
                    }
                }
            }
        }
        lives
    }

    /// What comes rarely, in lives of few kinds.
    fn rare(&self, in_force: InForce) -> Vec<Life> {
        let mut lives = Vec::new();
        let (overs, rarely) = (self.overs(), self.happenings.rarely_between());
        let past = past_bounds(self.program).into_iter().map(Between::Past);
        let past = past.map(|between| (between, &RARE_LENGTHS[..1]));
        let rarely = rarely.into_iter().map(|between| (between, &RARE_LENGTHS[..]));
        for (between, lengths) in past.chain(rarely) {
            for (begin, length) in self
                .begins()
                .into_iter()
                .take(MOST_RARE_BEGINS)
                .flat_map(|begin| lengths.iter().map(move |length| (begin, *length)))
            {
                for over in &overs {
                    for signed in self.signed() {
                        let life = self.life(begin, length, &between, *over, *signed, true);
                        lives.extend(life.and_then(|life| within(life, in_force)));
                    }
                }
            }
        }
        lives
    }

    /// Days to begin on for those that come to bounds: the first ones, and the others.
    fn begins_at_bounds(&self) -> (Vec<Date>, Vec<Date>) {
        let mut first = self.begins();
        let later = first.split_off(first.len().min(MOST_RARE_BEGINS));
        (first, later)
    }

    /// Those that come to bounds, begun on these days. One that does not depend on the day on which it begins comes once.
    fn at_bounds(
        &self,
        in_force: InForce,
        begins: Vec<Date>,
        known: &mut Vec<Course>,
    ) -> Vec<Life> {
        let planned = self.happenings.planned_hours();
        let mut lives = Vec::new();
        for course in begins.into_iter().flat_map(|begin| at_bounds(self.program, begin, planned)) {
            if known.contains(&course) {
                continue;
            }
            let of_course = |signed: &bool| within(self.of_course(&course, *signed), in_force);
            lives.extend(self.signed().iter().filter_map(of_course));
            known.push(course);
        }
        lives
    }

    /// The figures that are tried where each case agrees its own: a round one, and those that the schedule bounds it by.
    fn figures(&self) -> Vec<Money> {
        let usual = self.program.round_figure();
        let (least, most) = self.program.bounds_of_the_figure();
        let mut figures = vec![usual];
        if self.program.price.is_agreed() {
            // Without a bound any price may be agreed: the least of all says nothing of a usual one.
            figures.extend((least > Money(1) && least != usual).then_some(least));
            figures.extend((most < Money::LARGEST && most != usual).then_some(most));
        }
        figures
    }

    /// The case of a scenario of this schedule, if it keeps to what is assumed of all: nothing is amended, and progress does not
    /// fall.
    fn of_scenario(&self, scenario: &Scenario) -> Option<Life> {
        let schedule = &self.plan.schedule;
        let is_of_it = scenario.schedule == schedule.name
            && scenario.in_force_from == schedule.in_force_from();
        let terms = &scenario.opening.terms;
        let agreed = terms.price.or_else(|| self.program.sum_of(terms.rate?));
        if !is_of_it || self.program.price.is_agreed() && agreed.is_none() {
            return None;
        }
        let mut events = scenario.events.clone();
        events.sort_by_key(|event| event.date);
        let mut reached = Percent(0);
        let is_as_assumed = |event: &Event| {
            let before = reached;
            reached = event.kind.more().and_then(More::progress).unwrap_or(before);
            event.kind.kind().changes() != Changes::Terms && reached >= before
        };
        events.iter().all(is_as_assumed).then(|| Life {
            opening: scenario.opening.clone(),
            terms: scenario.planned,
            figure: agreed.unwrap_or_else(|| self.program.round_figure()),
            events,
        })
    }

    fn life(
        &self,
        begin: Date,
        length: Duration,
        between: &Between,
        over: Over,
        signed: bool,
        started: bool,
    ) -> Option<Life> {
        // Without a start there is nothing in between, and no length.
        if !started && (*between != Between::Nothing || length != Duration::Days(0)) {
            return None;
        }
        let end = begin.plus(length);
        let mut events = Vec::new();
        if signed {
            events.push((
                begin.minus_days(SIGNED_BEFORE),
                EventKind::Milestone(Milestone::Signature),
            ));
        }
        if started {
            events.push((begin, EventKind::Milestone(Milestone::Start)));
        }
        events.extend(self.happenings.events_between(between, begin, end));
        match over {
            Over::Not => {}
            Over::By(milestone) => events.push((end, EventKind::Milestone(milestone))),
            Over::Action(name) => events.push((end, self.happenings.happening(name)?)),
        }
        let planned_end =
            if length == Duration::Days(0) { begin.plus(Duration::Months(1)) } else { end };
        (!events.is_empty()).then(|| self.case(events, begin, planned_end))
    }

    /// A life of these events, with what its case agrees and plans.
    fn case(&self, events: Vec<(Date, EventKind)>, planned_start: Date, planned_end: Date) -> Life {
        let figure = self.program.round_figure();
        let mut opening = super::by_the_rules::opening(self.program, figure);
        let needs = self.program.needs();
        let planned = |term: Term, day: Date| needs.contains(&term).then_some(day);
        opening.terms = Terms {
            planned_start: planned(Term::PlannedStart, planned_start),
            planned_end: planned(Term::PlannedEnd, planned_end),
            ..opening.terms
        };
        let stated = &self.program.planned;
        let terms = PlannedTerms {
            hours: Some(Hours(PLANNED.0 * Hours::ONE.0))
                .filter(|_| needs.contains(&Term::PlannedHours) && stated.hours.is_none()),
            months: Some(PLANNED.1)
                .filter(|_| needs.contains(&Term::PlannedMonths) && stated.months.is_none()),
        };
        let event = |(date, kind)| Event { case: "D-001".to_owned(), date, id: None, kind };
        Life { opening, terms, figure, events: events.into_iter().map(event).collect() }
    }

    fn of_course(&self, course: &Course, signed: bool) -> Life {
        let milestone = |(day, milestone)| (day, EventKind::Milestone(milestone));
        let signature = signed.then_some((course.signature, Milestone::Signature));
        let start = course.start.map(|day| (day, Milestone::Start));
        let mut events: Vec<_> = signature.into_iter().chain(start).map(milestone).collect();
        // Work for its own sake, by another action than one that a line waits for.
        let awaited = course.awaited.and_then(|name| usize::try_from(name.0).ok());
        for (day, thing) in &course.beside {
            let kind = match *thing {
                Thing::Hours(hours) => Some(EventKind::Action {
                    name: self.happenings.usual_action(awaited),
                    hours: Some(hours),
                }),
                Thing::Progress(share) => Some(EventKind::More(Box::new(More::Progress(share)))),
                Thing::Named(name) => {
                    usize::try_from(name.0).ok().and_then(|place| self.happenings.happening(place))
                }
            };
            events.extend(kind.map(|kind| (*day, kind)));
        }
        events.push(milestone(course.over));
        events.sort_by_key(|(day, _)| *day);
        self.case(events, course.planned_start, course.planned_end)
    }

    fn overs(&self) -> Vec<Over> {
        let ends = (0..).zip(&self.program.names).filter(|(_, name)| name.ends_case);
        let actions = ends.map(|(place, _)| Over::Action(place));
        let milestones = Milestone::ALL.into_iter().filter(|milestone| milestone.is_terminal());
        milestones.map(Over::By).chain([Over::Not]).chain(actions.take(1)).collect()
    }

    /// The usual day, and days around the dates that the schedule names.
    fn begins(&self) -> Vec<Date> {
        let (year, month, day) = USUAL;
        let usual = Date::new(year, month, day).unwrap_or(Date::MIN);
        let dates = self.dates();
        let around = dates
            .iter()
            .flat_map(|date| [date.minus(Duration::Months(2)), date.plus(Duration::Days(10))]);
        let first = dates.first().map(|date| date.minus(Duration::Months(2)));
        let mut all: Vec<Date> = first.into_iter().chain([usual]).chain(around).collect();
        let mut known = BTreeSet::new();
        all.retain(|day| (Date::MIN..=Date::MAX).contains(day) && known.insert(*day));
        all.truncate(5);
        all
    }

    fn dates(&self) -> Vec<Date> {
        let mut dates = BTreeSet::new();
        for line in &self.program.lines {
            for when in &line.whens {
                if let When::Dates(days) = when {
                    dates.extend(days);
                }
            }
            each_test(line, &mut |test| {
                if let Asked::Day(range) = test.asked() {
                    range.each_bound(|day, _| {
                        dates.insert(*day);
                    });
                }
            });
        }
        dates.into_iter().collect()
    }

    /// From start to end: some, and those that the lines of the schedule make a difference at.
    fn lengths(&self) -> Vec<Duration> {
        let mut all =
            vec![Duration::Days(0), Duration::Months(4), Duration::Days(20), Duration::Months(13)];
        for line in &self.program.lines {
            let times = line.at_most.unwrap_or(line.amount.parts());
            for when in &line.whens {
                let period = match when {
                    When::End(civil) => Duration::Months(civil.months()),
                    When::DayOfMonth(_) => Duration::Months(1),
                    When::Every { length, .. } | When::After(length, _) => *length,
                    When::Milestone(_)
                    | When::Named(_)
                    | When::Progress
                    | When::Before(..)
                    | When::Dates(_) => continue,
                };
                let whole = crate::plan::times(period, times);
                all.extend(whole);
            }
            each_test(line, &mut |test| {
                if let Asked::Length(range) = test.asked() {
                    range.each_bound(|length, _| all.push(*length));
                }
            });
        }
        let mut known = Vec::new();
        all.retain(|length| {
            !known.contains(length) && {
                known.push(*length);
                true
            }
        });
        all.truncate(10);
        all
    }

    fn waits_for(&self, milestone: Milestone) -> bool {
        let of = |anchor: &Anchor| *anchor == Anchor::Milestone(milestone);
        self.program.lines.iter().any(|line| {
            let mut asked = false;
            each_test(line, &mut |test| {
                asked |= test.anchor().as_ref().is_some_and(of) || *test == Test::Came(milestone);
            });
            asked
                || line.whens.iter().any(|when| {
                    when.milestone() == Some(milestone) || when.anchor().as_ref().is_some_and(of)
                })
        })
    }
}

/// Three in four of so many are those with the fewest events, and the others are spread over the longer ones.
pub(super) fn the_first_and_some(mut lives: Vec<Life>, most: usize) -> Vec<Life> {
    lives.sort_by_key(|life| life.events.len());
    if lives.len() <= most {
        return lives;
    }
    let spread = most / 4;
    let longer = lives.split_off(most - spread);
    let all = longer.len();
    // The place of each that is kept: the last one of as many equal parts.
    let kept: BTreeSet<usize> =
        (1..=spread).filter_map(|part| (part * all / spread).checked_sub(1)).collect();
    let longer = longer.into_iter().enumerate().filter(|(place, _)| kept.contains(place));
    lives.extend(longer.map(|(_, life)| life));
    lives
}

/// The life, moved so that it begins while the schedule is in force.
fn within(mut life: Life, in_force: InForce) -> Option<Life> {
    let first = life.events.iter().map(|event| event.date).min()?;
    if !in_force.holds(first) {
        let moved = in_force.shift(first)?;
        life.events.iter_mut().for_each(|event| event.date = moved(event.date));
        let terms = &mut life.opening.terms;
        terms.planned_start = terms.planned_start.map(&moved);
        terms.planned_end = terms.planned_end.map(&moved);
    }
    let within = |event: &Event| (Date::MIN..=Date::MAX).contains(&event.date);
    life.events.iter().all(within).then_some(life)
}
