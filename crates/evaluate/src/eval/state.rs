//! What is known of a case at a moment, and how conditions are judged on it.

use crate::calendar::{Date, Duration};
use crate::life::{Becomes, Life};
use crate::model::{Anchors, Milestone, Range, Terminal};
use crate::money::{Exact, Hours, Money, Percent, whole_attendance};
use crate::plan::{
    AttendanceBound, NameId, Plan, PlannedCondition, PlannedTerms, PlannedTest, Seen, TotalTooLarge,
};

/// The state of a case.
#[derive(Default)]
pub struct State {
    /// What it plans.
    pub terms: PlannedTerms,
    /// The exact total of its price, where it is known.
    pub total: Option<Exact>,
    /// The day of the moment that is being judged.
    pub today: Date,
    /// The days on which it started and was signed.
    pub anchors: Anchors,
    /// Its terminal event, once one has come.
    pub over: Option<Terminal>,
    /// Whether a balance has closed it.
    pub closed: bool,
    /// Hours of all actions so far.
    pub hours: Hours,
    /// The first action that states no hours and could have some, and its day, where a line turns on hours.
    pub hourless: Option<(u32, Date)>,
    /// The lines of which it has been told that missing hours decide them, by their places in the schedule.
    pub hours_told: Vec<u32>,
    /// For each name: whether it has happened.
    happened: Vec<bool>,
    /// For each line that fires once: the day on which it fired.
    pub fired: Vec<Option<Date>>,
    /// The duration bounds as days, once it has started.
    deadlines: Vec<Date>,
    /// The attendance bounds as hours, where planned hours are known.
    attendances: Vec<AttendanceBound>,
    /// Work that is not billed yet.
    pub unbilled: Unbilled,
    /// Hours of work taken so far, billed or not, within the most that the price allows.
    pub hours_taken: Hours,
    /// Percentages billed by deposits.
    pub share_of_deposits: Percent,
    /// Percentages billed by other lines.
    pub share_of_others: Percent,
    /// Everything billed so far, deductions included.
    pub billed: Money,
    /// Deposits that are billed and not settled, oldest first.
    pub deposits: Vec<Outstanding>,
}

/// A deposit, or what is left of it.
#[derive(Clone, Copy, Debug)]
pub struct Outstanding {
    /// The place of its line among the case's lines.
    pub line: usize,
    /// What is not deducted yet.
    pub left: Money,
}

/// Work that is not billed yet.
#[derive(Default)]
pub struct Unbilled {
    /// The sum of the rounded items.
    pub amount: Money,
    /// First and last day of the work.
    pub days: Option<(Date, Date)>,
    /// The items, in order.
    pub items: Vec<WorkItem>,
}

/// One piece of work on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkItem {
    /// The action's place in the slice of events; `None` for hours missing to the least billed.
    pub event: Option<u32>,
    /// Its day.
    pub date: Date,
    /// Hours billed; `None` for a flat amount.
    pub hours: Option<Hours>,
    /// The price of an hour, or of the piece.
    pub unit_price: Money,
    /// What it comes to, rounded.
    pub amount: Money,
}

impl State {
    /// Nothing has happened yet in a case of these terms. What the state has room for is kept.
    #[inline]
    pub fn reset(&mut self, plan: &Plan, terms: PlannedTerms) -> Result<(), TotalTooLarge> {
        self.attendances.clear();
        if !plan.attendances.is_empty() {
            plan.attendance_bounds(terms.hours, &mut self.attendances);
        }
        self.terms = terms;
        self.total = plan.total(terms.hours)?;
        self.anchors = Anchors::default();
        self.over = None;
        self.closed = false;
        self.hours = Hours::ZERO;
        self.hourless = None;
        self.hours_told.clear();
        self.happened.clear();
        self.happened.resize(plan.noted_names, false);
        self.fired.clear();
        self.fired.resize(plan.lines.len(), None);
        self.deadlines.clear();
        self.unbilled.clear();
        self.hours_taken = Hours::ZERO;
        self.share_of_deposits = Percent::default();
        self.share_of_others = Percent::default();
        self.billed = Money::ZERO;
        self.deposits.clear();
        Ok(())
    }

    /// The case starts today: its duration bounds become days.
    #[inline]
    fn start(&mut self, plan: &Plan) {
        let start = self.today;
        self.anchors.started = Some(start);
        self.deadlines.clear();
        self.deadlines.extend(plan.durations.iter().map(|length| start.plus(*length)));
    }

    /// What it has come to, as far as that decides what an event does.
    #[inline]
    pub fn life(&self) -> Life {
        let Anchors { started, signed } = self.anchors;
        Life { signed: signed.is_some(), started: started.is_some(), over: self.over }
    }

    /// An event makes this of the case, today.
    #[inline]
    pub fn becomes(&mut self, plan: &Plan, new: Becomes) {
        if new.signed {
            self.anchors.signed = Some(self.today);
        }
        if new.started {
            self.start(plan);
        }
        self.over = self.over.or(new.over);
    }

    /// Whether its terminal event has come.
    #[inline]
    pub fn is_over(&self) -> bool {
        self.over.is_some()
    }

    /// Something with a name has happened.
    #[inline]
    pub fn note_happened(&mut self, name: NameId) {
        if let Some(slot) = self.happened.get_mut(name.0 as usize) {
            *slot = true;
        }
    }

    /// Whether a condition holds today.
    #[inline]
    pub fn holds(&self, condition: &PlannedCondition) -> bool {
        condition.holds(self)
    }

    /// Whether more hours could change what a condition comes to today.
    #[cold]
    pub fn turns_on_hours(&mut self, condition: &PlannedCondition) -> bool {
        let (kept, now) = (self.hours, self.holds(condition));
        let mut bounds = Vec::new();
        condition.each_test(&mut |test| match test {
            PlannedTest::Attendance(range) => range.each_bound(|slot, passes| {
                let bound = self.attendances.get(*slot as usize);
                bounds.extend(bound.map(|it| if passes { it.passed } else { it.reached }));
            }),
            PlannedTest::Hours(range) => range.each_bound(|hours, passes| {
                bounds.push(Hours(hours.0.saturating_add(i64::from(passes))));
            }),
            PlannedTest::Duration(_) | PlannedTest::Reached(_) | PlannedTest::Happened(_) => {}
        });
        let turns = bounds.into_iter().filter(|bound| *bound > kept).any(|bound| {
            self.hours = bound;
            self.holds(condition) != now
        });
        self.hours = kept;
        turns
    }

    /// What keeps a condition from holding, in reading order, and by how much: the first test that
    /// fails, or, where several ways are open and each is barred, the first of each. Empty if the
    /// condition holds.
    pub fn shortfalls(&self, plan: &Plan, condition: &PlannedCondition) -> Vec<Shortfall> {
        let mut found = Vec::new();
        self.find_shortfalls(plan, condition, true, &mut found);
        found
    }

    fn find_shortfalls(
        &self,
        plan: &Plan,
        condition: &PlannedCondition,
        wanted: bool,
        found: &mut Vec<Shortfall>,
    ) {
        if self.holds(condition) == wanted {
            return;
        }
        match condition {
            PlannedCondition::Any(parts) | PlannedCondition::All(parts) => {
                // One part would do in `or`, and in `not (… and …)`: all of them are told.
                let one_would_do = match condition {
                    PlannedCondition::Any(_) => wanted,
                    PlannedCondition::All(_) => !wanted,
                    PlannedCondition::Not(_) | PlannedCondition::Test(_) => false,
                };
                let failing = parts.iter().filter(|part| self.holds(part) != wanted);
                for part in failing.take(if one_would_do { usize::MAX } else { 1 }) {
                    self.find_shortfalls(plan, part, wanted, found);
                }
            }
            PlannedCondition::Not(inner) => self.find_shortfalls(plan, inner, !wanted, found),
            PlannedCondition::Test(test) => {
                found.push(Shortfall { negated: !wanted, measured: self.measure(plan, *test) });
            }
        }
    }

    /// What each test of a condition measures today, in reading order.
    pub fn measurements(&self, plan: &Plan, condition: &PlannedCondition) -> Vec<Measurement> {
        match condition {
            PlannedCondition::Any(parts) | PlannedCondition::All(parts) => {
                parts.iter().flat_map(|part| self.measurements(plan, part)).collect()
            }
            PlannedCondition::Not(inner) => self.measurements(plan, inner),
            PlannedCondition::Test(test) => {
                let measured = self.measure(plan, *test);
                vec![Measurement { measured, holds: test.passes(self) }]
            }
        }
    }

    fn measure(&self, plan: &Plan, test: PlannedTest) -> Measured {
        match test {
            PlannedTest::Duration(range) => Measured::Duration {
                needed: range.map(|slot| {
                    plan.durations.get(slot as usize).copied().unwrap_or(Duration::Days(0))
                }),
                limits: range
                    .map(|slot| self.deadlines.get(slot as usize).copied().unwrap_or(Date::MAX)),
                start: self.anchors.started,
                elapsed: self.anchors.started.map(|start| self.today.months_and_days_since(start)),
                days: self.anchors.started.map_or(0, |start| self.today.days_since(start)),
            },
            PlannedTest::Attendance(range) => Measured::Attendance {
                needed: range
                    .map(|slot| plan.attendances.get(slot as usize).copied().unwrap_or_default()),
                hours: self.hours,
                planned: self.terms.hours.unwrap_or_default(),
                whole: self
                    .terms
                    .hours
                    .filter(|_| plan.schedule.whole_attendance)
                    .map(|planned| whole_attendance(self.hours, planned)),
            },
            PlannedTest::Hours(range) => Measured::Hours { needed: range, hours: self.hours },
            PlannedTest::Reached(milestone) => Measured::Reached(milestone),
            PlannedTest::Happened(name) => Measured::Happened(name),
        }
    }
}

impl Seen for State {
    #[inline]
    fn today(&self) -> Date {
        self.today
    }

    #[inline]
    fn started(&self) -> bool {
        self.anchors.started.is_some()
    }

    #[inline]
    fn has_reached(&self, milestone: Milestone) -> bool {
        self.life().has_reached(milestone)
    }

    #[inline]
    fn deadline(&self, slot: u32) -> Date {
        self.deadlines.get(slot as usize).copied().unwrap_or(Date::MAX)
    }

    #[inline]
    fn hours(&self) -> Hours {
        self.hours
    }

    #[inline]
    fn share(&self, slot: u32) -> Option<&AttendanceBound> {
        self.attendances.get(slot as usize)
    }

    #[inline]
    fn happened(&self, name: NameId) -> bool {
        self.happened.get(name.0 as usize).copied().unwrap_or(false)
    }
}

/// Why a condition does not hold: one test, and what was measured.
#[derive(Clone, Copy, Debug)]
pub struct Shortfall {
    /// Whether the test holds and should not (it stands under a `not`).
    pub negated: bool,
    /// What was measured, and what it had to be.
    pub measured: Measured,
}

/// A test of a condition, measured.
#[derive(Clone, Copy, Debug)]
pub struct Measurement {
    /// What was measured.
    pub measured: Measured,
    /// Whether the test holds.
    pub holds: bool,
}

/// What a test measured.
#[derive(Clone, Copy, Debug)]
pub enum Measured {
    /// Time since the start; `None` before the start.
    Duration {
        /// What it had to be.
        needed: Range<Duration>,
        /// The days on which those durations are reached, once the case has started.
        limits: Range<Date>,
        /// The start.
        start: Option<Date>,
        /// Whole months and days beyond them.
        elapsed: Option<(u32, u32)>,
        /// Days in all.
        days: i64,
    },
    /// Attendance.
    Attendance {
        /// What it had to be.
        needed: Range<Percent>,
        /// Hours so far.
        hours: Hours,
        /// Hours planned.
        planned: Hours,
        /// The whole percentage, where the schedule asks for it.
        whole: Option<i128>,
    },
    /// Hours.
    Hours {
        /// What they had to be.
        needed: Range<Hours>,
        /// Hours so far.
        hours: Hours,
    },
    /// A milestone to which it has come or has not.
    Reached(Milestone),
    /// Something with a name that has happened or has not.
    Happened(NameId),
}
