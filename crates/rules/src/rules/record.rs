//! What a run decided and on what, for whoever explains it. In: what the rules tell as they go. Out: the same,
//! kept. Nothing is worked out here: each figure is the one that was billed with.

use super::account::ShareOfPrice;
use super::payers::Parts;
use super::work::{Cut, Item};
use crate::calendar::Date;
use crate::model::Terminal;
use crate::model::program::{PayerId, Terms, Test};
use crate::money::{Exact, Hours, Money, Percent};
use std::ops::Range;

/// Every moment of a case at which a line was looked at, or an event came.
#[derive(Debug, Default)]
pub struct Record {
    /// The moments, in order.
    pub steps: Vec<Step>,
    /// How the account stands at the end.
    pub standing: Standing,
    /// The last look at a line under way.
    split: Option<Split>,
}

/// How a case stands.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// The place in the program of the balance that closed it, and the day.
    pub closed: Option<(u32, Date)>,
    /// What is left of each open deposit, by the place of its line in the program.
    pub deposits: Vec<(u32, Money)>,
    /// Work that is done and that a line may still bill; none if no line bills work, or if the case is
    /// closed.
    pub unbilled: Option<Money>,
    /// Work that was done when a balance closed the case, and that no line has billed; none if no line bills work.
    pub lost: Option<Money>,
    /// The day of the earliest work that either is for.
    pub unbilled_since: Option<Date>,
    /// Entries of which something else counts than was sent.
    pub cuts: Vec<Cut>,
    /// How the case is over, where it is.
    pub over: Option<Terminal>,
    /// For each line and each of its triggers, when it comes by itself.
    pub awaited: Vec<Vec<Awaited>>,
}

/// When a trigger comes by itself, as things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Awaited {
    /// It does not come by itself: it waits for an event, or for nothing that can come any more.
    No,
    /// What it counts from has not come, or is not known.
    Unanchored,
    /// It counts from the start, and the case is suspended without an end.
    Suspended,
    /// On that day; of a case that is closed, from the day of its closing on.
    On(Date),
}

/// One moment.
#[derive(Debug)]
pub struct Step {
    /// Its day.
    pub date: Date,
    /// Its event's place among the events as they were sent; `None` for the end of a day.
    pub event: Option<u32>,
    /// Whether it starts the case.
    pub starts: bool,
    /// Whether it ends or abandons the case.
    pub ends: bool,
    /// The terms that hold at it.
    pub terms: Terms,
    /// The lines that waited for it, in the order in which they were looked at.
    pub considered: Vec<Considered>,
    /// What is billed of the price in all, after it.
    pub of_price: Money,
}

/// A line that was looked at.
#[derive(Debug)]
pub struct Considered {
    /// Its place in the program.
    pub line: u32,
    /// Which of its triggers came.
    pub when: u32,
    /// Whether an amendment has put the trigger's day in the past.
    pub late: bool,
    /// What came of it.
    pub outcome: Outcome,
    /// What each test of its condition found, as far as it was asked.
    pub found: Vec<Found>,
    /// What it computed: its own amounts, then deductions.
    pub computed: Vec<Computed>,
    /// Whether it fires and counts as one of its times: not for work without an amount, nor for a period of which the
    /// case ran on no day.
    pub counts: bool,
}

impl Considered {
    /// Which of its times it is, if it counts as one.
    pub fn time(&self) -> Option<u32> {
        if let Outcome::Fires(time) = self.outcome {
            Some(time).filter(|_| self.counts)
        } else {
            None
        }
    }
}

/// What came of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It fires, for the so-and-so-manieth time of those that count.
    Fires(u32),
    /// It fires once in a case, and has fired.
    FiredBefore,
    /// It has come as often as it may.
    Exhausted(u32),
    /// The days of its period have been billed at the terminal event.
    AfterTerminal,
    /// A balance has closed the case.
    CaseClosed,
    /// Its condition does not hold.
    ConditionFails,
}

/// What a test found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The test.
    pub test: Test,
    /// Whether it holds.
    pub holds: bool,
    /// What was measured.
    pub measured: Measured,
}

/// What a test measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// The day from which it counts, and what its clock shows.
    Clock {
        /// From when; none before it, or where it is not known.
        from: Option<Date>,
        /// What the clock shows today: today, less the days that it stood still.
        shown: Date,
    },
    /// Time is left until a day.
    Notice {
        /// Until when; none where it is not known.
        until: Option<Date>,
        /// The day that is being judged.
        today: Date,
    },
    /// A day; none where it has not come.
    Day(Option<Date>),
    /// Hours.
    Hours(Hours),
    /// Hours, and those planned, of which they are a share.
    Share(Hours, Option<Hours>),
    /// What is certified.
    Progress(Percent),
    /// How often something has happened.
    Times(u32),
}

/// An amount and how it came about.
#[derive(Debug)]
pub struct Computed {
    /// How.
    pub how: How,
    /// What it comes to.
    pub amount: Money,
    /// How it was split among payers, where there are any.
    pub split: Option<Split>,
    /// The places of the lines that it gave.
    pub lines: Range<usize>,
}

/// How an amount was split.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Split {
    /// By what each owes of a sum before and after.
    Due {
        /// Of what: everything billed, for a deposit; what the case owes, for any other line.
        of_all_billed: bool,
        /// The sum before and after.
        owed: (i64, i64),
        /// What each owed of it.
        before: Parts,
        /// What each owes of it now.
        after: Parts,
        /// The deposits of each that this settles.
        settled: Option<Parts>,
    },
    /// All to one.
    Charged(PayerId),
    /// As the deposit was split.
    AsDeposit,
}

/// How an amount came about.
#[derive(Clone, Debug)]
pub enum How {
    /// round(price × after) − billed, in a group of percentages.
    Share {
        /// The price.
        total: Exact,
        /// The percentages before, as a share of 1.
        before: ShareOfPrice,
        /// The percentages with this one.
        after: ShareOfPrice,
        /// What those before billed.
        billed: Money,
        /// Which part of how many it is.
        part: Option<(u32, u32)>,
        /// What is certified, and the share of it that is billed.
        progress: Option<(Percent, Percent)>,
    },
    /// A percentage taken off.
    Discount {
        /// The price.
        total: Exact,
        /// The percentage.
        share: Percent,
    },
    /// A sum, whole or the so-and-so-manieth part of so many.
    Sum {
        /// The sum.
        sum: Money,
        /// Which part of how many it is.
        part: Option<(u32, u32)>,
    },
    /// The price of a period.
    Period(Money),
    /// The part of a sum for the days on which the case ran.
    Days {
        /// The sum of a whole period.
        sum: Money,
        /// First and last day of the period.
        period: (Date, Date),
        /// The days run.
        run: i64,
        /// The days of the period.
        of: i64,
    },
    /// round(share × (price − discounts)) − billed.
    UpTo {
        /// The price.
        total: Exact,
        /// Discounts given, below zero.
        discounts: Money,
        /// The share.
        share: Percent,
        /// What it aims at.
        aim: Money,
        /// Everything billed of the price before.
        billed: Money,
        /// Whether it would be below zero, and may not be.
        held_at_zero: bool,
    },
    /// Nothing, on purpose.
    Nothing,
    /// The price by attendance.
    Attended {
        /// The price.
        total: Exact,
        /// Hours so far.
        hours: Hours,
        /// Planned hours.
        planned: Hours,
        /// The whole percentage that counts, where the schedule rounds it.
        whole: Option<i128>,
    },
    /// The price by the elapsed share of the planned duration; `None` before the start.
    Elapsed {
        /// The price.
        total: Exact,
        /// Days run and days planned.
        days: Option<(i64, i64)>,
    },
    /// Work.
    Work(Vec<Item>),
    /// A deposit taken off.
    Deduction {
        /// The place of the deposit's line in the program.
        deposit: u32,
        /// What stays of it for later.
        left: Money,
    },
}

impl Record {
    /// A line is looked at.
    pub(super) fn look(&mut self, considered: Considered) {
        if let Some(step) = self.steps.last_mut() {
            step.considered.push(considered);
        }
    }

    /// The line that was looked at last computes an amount.
    pub(super) fn compute(&mut self, how: How, amount: Money, lines: Range<usize>) {
        let split = self.split.take();
        if let Some(considered) = self.under_way() {
            considered.computed.push(Computed { how, amount, split, lines });
        }
    }

    /// Whether the line under way counts as one of its times.
    pub(super) fn count(&mut self, counts: bool) {
        if let Some(considered) = self.under_way() {
            considered.counts = counts;
        }
    }

    fn under_way(&mut self) -> Option<&mut Considered> {
        self.steps.last_mut().and_then(|step| step.considered.last_mut())
    }

    /// The amount under way is split.
    pub(super) fn split(&mut self, split: Split) {
        self.split = Some(split);
    }
}
