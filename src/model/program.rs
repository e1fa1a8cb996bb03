//! What a schedule asks of the evaluator, dense: names are numbers, lines stand in the order in which
//! they fire, every amount is in its smallest unit. In: a sound schedule. It is made once and never
//! changes; no text of it is read while a case is billed.

use super::{AnchorKind, Milestone, Range, SubjectKind, WhenKind};
use crate::calendar::{Date, Duration};
use crate::money::{Currency, Exact, Hours, Money, Percent};
use serde::{Deserialize, Serialize};

/// A name of an action, a deliverable or an event that the schedule mentions.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Name(pub u32);

/// A payer, by its place.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PayerId(pub u16);

/// A rate of tax or an exemption, by its place in the schedule.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TaxId(pub u16);

/// A schedule made dense.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Program {
    /// From when this version is in force; the first one may say nothing.
    pub in_force_from: Option<Date>,
    /// The currency.
    pub currency: Currency,
    /// The price.
    pub price: Price,
    /// Default terms of a case.
    pub planned: Planned,
    /// Whether attendance is rounded to a whole percentage wherever it is used.
    pub whole_attendance: bool,
    /// Whether cases may be suspended.
    pub may_suspend: bool,
    /// Whether any action is declared, so that others are worth a notice.
    pub declares_actions: bool,
    /// What an action that the schedule does not list adds to the work, if it may come at all.
    pub unlisted: Option<Worked>,
    /// For each name: what it adds to the work, if it is an action.
    pub names: Vec<Named>,
    /// What each name is of, and the name.
    pub subjects: Vec<(SubjectKind, String)>,
    /// Who pays, in order; none where the case is billed to one.
    pub payers: Vec<Payer>,
    /// Their names.
    pub payer_names: Vec<String>,
    /// The taxes that are stated.
    pub taxes: Vec<Tax>,
    /// The tax of what states none of its own.
    pub tax: Option<TaxId>,
    /// Whether amounts are after tax.
    pub tax_included: bool,
    /// When invoices are due.
    pub payment: Option<PaymentTerm>,
    /// When those of each payer are due, where that differs.
    pub dues: Vec<Option<PaymentTerm>>,
    /// The lines in the order in which they fire: all others, then balances.
    pub lines: Vec<Line>,
}

/// A tax.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum Tax {
    /// A rate.
    Rate(Percent),
    /// None, and why.
    Exempt(String),
}

/// When an invoice is due.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentTerm {
    /// So long after it.
    pub length: Duration,
    /// What comes of the end of the month.
    pub due: Due,
}

/// What comes of the end of the month in a term of payment.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// Nothing: it is due then.
    After,
    /// The end of the month in which the term ends.
    ThenMonthEnd,
    /// The term begins at the end of the invoice's month.
    MonthEndThen,
}

impl PaymentTerm {
    /// The day on which an invoice of this date is due.
    pub fn day(self, date: Date) -> Date {
        match self.due {
            Due::After => date.plus(self.length),
            Due::ThenMonthEnd => date.plus(self.length).end_of_month(),
            Due::MonthEndThen => date.end_of_month().plus(self.length),
        }
    }
}

/// Terms that a schedule states by default.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default)]
pub struct Planned {
    /// Planned hours.
    pub hours: Option<Hours>,
    /// Planned duration in months.
    pub months: Option<u32>,
}

/// How a case is priced.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub enum Price {
    /// One price for the case.
    Fixed(Agreed<Money>),
    /// Delivered hours at one rate.
    Hourly {
        /// The rate of an hour.
        rate: Agreed<Rate>,
        /// Hours billed in all at the least.
        at_least: Option<Hours>,
        /// Hours billed in all at the most.
        at_most: Option<Hours>,
        /// The step to which each entry is rounded up.
        step: Option<Hours>,
    },
    /// A price for each period.
    Periodic(Civil, Agreed<Money>),
    /// A rate for each action.
    PerAction {
        /// Work billed in all at the least.
        at_least: Option<Money>,
        /// Work billed at the most.
        at_most: Option<Money>,
        /// Whether the most is of each civil month.
        each_month: bool,
    },
}

/// A figure that the schedule states, or that each case agrees.
#[derive(Serialize, Deserialize, Clone, Copy, Debug)]
pub enum Agreed<T> {
    /// Stated by the schedule.
    Stated(T),
    /// Stated by the case, within bounds.
    ByCase {
        /// At the least.
        at_least: Option<T>,
        /// At the most.
        at_most: Option<T>,
    },
}

/// A price of one unit, in millionths of the currency's major unit.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(pub i64);

impl Rate {
    /// Decimals of a rate.
    pub const DECIMALS: u32 = 6;
    /// One major unit.
    pub const ONE: i64 = 1_000_000;
}

/// A name of the schedule.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Named {
    /// Of an action: what it adds to the work.
    pub worked: Option<Worked>,
    /// Whether it ends the case.
    pub ends_case: bool,
    /// Whether it is an action that a schedule with declared actions leaves out.
    pub unlisted: bool,
}

/// What an action adds to the work.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Worked {
    /// By what it is measured, and at which rates.
    pub measure: Measure,
    /// Up to how many units in all it is billed: in the smallest unit of its measure.
    pub at_most: Option<i64>,
    /// Whether its tiers and its cap begin anew with each civil month.
    pub each_month: bool,
    /// Its own tax.
    pub tax: Option<TaxId>,
    /// Whether it belongs to the price: hours of an hourly price, and every action of a price per
    /// action.
    pub of_price: bool,
}

impl Worked {
    /// Whether anything is billed of it.
    pub fn is_billed(&self) -> bool {
        match self.measure {
            Measure::Nothing => false,
            Measure::Priced { .. }
            | Measure::Hours { .. }
            | Measure::Quantity(_)
            | Measure::Times(_)
            | Measure::Amount(_) => true,
        }
    }
}

/// By what work is measured.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub enum Measure {
    /// Not billed.
    Nothing,
    /// Its hours at the rate of the price, each entry rounded up to whole steps.
    Priced {
        /// The step, if any.
        step: Option<Hours>,
    },
    /// Its hours.
    Hours {
        /// The step to which each entry is rounded up.
        step: Option<Hours>,
        /// Rates; hours in [`Hours`].
        tiers: Tiers,
    },
    /// Its quantity, in ten-thousandths.
    Quantity(Tiers),
    /// Once each time.
    Times(Rate),
    /// A share of its amount.
    Amount(Percent),
}

/// Graduated rates: up to each bound, then the last one.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Tiers {
    /// Up to and including a bound, a rate.
    pub below: Vec<(i64, Rate)>,
    /// Beyond them.
    pub last: Rate,
}

/// Who pays a part.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Payer {
    /// Its share; the last payer takes what is left.
    pub share: Share,
    /// At most so much.
    pub at_most: Option<Money>,
}

/// A part of what the case owes.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// A percentage.
    Percent(Percent),
    /// All, up to a sum.
    Sum(Money),
    /// Stated by each case.
    Agreed,
    /// What is left.
    Remainder,
}

/// The kinds of line.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An advance.
    Deposit,
    /// A part.
    Installment,
    /// What is taken off.
    Discount,
    /// What settles.
    Balance,
}

/// A line.
#[derive(Serialize, Deserialize, Clone, Debug)]
pub struct Line {
    /// Its place in the schedule's own list.
    pub index: usize,
    /// Its kind.
    pub kind: Kind,
    /// How much.
    pub amount: Amount,
    /// When: at least one.
    pub whens: Vec<When>,
    /// On which conditions.
    pub condition: Option<Condition>,
    /// Whether it fires every time.
    pub repeats: bool,
    /// How often at the most, where it repeats.
    pub at_most: Option<u32>,
    /// Whether the sum is of a period, for the days on which the case ran.
    pub pro_rata: bool,
    /// Whether it is not part of the price.
    pub beside: bool,
    /// The one who pays it.
    pub charged_to: Option<PayerId>,
    /// Whether a balance settles without closing the case.
    pub stays_open: bool,
    /// Its tax, the schedule's filled in.
    pub tax: Option<TaxId>,
}

impl Line {
    /// Whether the case is closed once it has fired.
    pub fn closes(&self) -> bool {
        self.kind == Kind::Balance && !self.stays_open
    }
}

/// How much.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// A percentage of the price, in so many parts.
    Percent {
        /// The percentage in all.
        share: Percent,
        /// Into how many parts it is cut: one, if it is not.
        parts: u32,
    },
    /// A sum, in so many parts.
    Sum {
        /// The sum in all.
        sum: Money,
        /// Into how many parts it is cut.
        parts: u32,
    },
    /// The price of a period.
    Period,
    /// Work that is not billed yet.
    Work(Form),
    /// What brings the case to a share of its price.
    UpTo {
        /// The share.
        share: Percent,
        /// Whether it may not be below zero.
        no_refund: bool,
    },
    /// Nothing, on purpose.
    Nothing,
    /// The price times attendance.
    ProRataAttendance,
    /// The price times the elapsed share of the planned duration.
    ProRataDuration,
    /// What brings the percentages to that share of the progress.
    Progress(Percent),
}

impl Amount {
    /// Into how many parts it is cut.
    pub fn parts(self) -> u32 {
        match self {
            Amount::Percent { parts, .. } | Amount::Sum { parts, .. } => parts,
            Amount::Period
            | Amount::Work(_)
            | Amount::UpTo { .. }
            | Amount::Nothing
            | Amount::ProRataAttendance
            | Amount::ProRataDuration
            | Amount::Progress(_) => 1,
        }
    }
}

/// How work is shown.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As one line.
    Whole,
    /// One line for each action.
    Itemised,
    /// One line for each action and rate.
    ByAction,
}

/// What a line waits for.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// A milestone of the case.
    Milestone(Milestone),
    /// Something with a name.
    Named(Name),
    /// Progress is certified.
    Progress,
    /// The last day of a civil period.
    End(Civil),
    /// That day of each month; the month's last where it is too short.
    DayOfMonth(u32),
    /// So long after an anchor, once.
    After(Duration, Anchor),
    /// So long after an anchor, twice as long, and so on.
    Every {
        /// How long.
        length: Duration,
        /// From where.
        anchor: Anchor,
        /// Whether it comes first together with its anchor.
        first: bool,
    },
    /// From so long before a planned date on.
    Before(Duration, PlannedDate),
    /// One of these days; each of them, if the line repeats.
    Dates(Vec<Date>),
}

/// A civil period.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Civil {
    /// A month.
    Month,
    /// Three months, from January, April, July, October.
    Quarter,
    /// A year.
    Year,
}

impl Civil {
    /// How many months it has.
    pub fn months(self) -> u32 {
        match self {
            Civil::Month => 1,
            Civil::Quarter => 3,
            Civil::Year => 12,
        }
    }

    /// The last day of the period that holds a day.
    pub fn end(self, day: Date) -> Date {
        let months = self.months();
        Date::month_end(day.month_index() / months * months + months - 1)
    }

    /// The first day of the period that holds a day.
    pub fn start(self, day: Date) -> Date {
        let months = self.months();
        let index = day.month_index() / months * months;
        if index == 0 { Date::MIN } else { Date::month_end(index - 1).next() }
    }
}

/// From where the calendar counts.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// A milestone.
    Milestone(Milestone),
    /// The first of that name.
    Named(Name),
    /// A planned date.
    Planned(PlannedDate),
}

/// A planned date of the case.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlannedDate {
    /// When it is to start.
    Start,
    /// When it is to end.
    End,
}

/// On which conditions.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// At least one holds.
    Any(Vec<Condition>),
    /// All hold.
    All(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// One test.
    Test(Test),
}

/// A single test.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// Time since an anchor; false before it.
    Since(Anchor, Range<Duration>),
    /// Time left to the planned start.
    Notice(Range<Duration>),
    /// Hours of all actions, as a share of the planned hours.
    Attendance(Range<Percent>),
    /// Hours of all actions.
    Hours(Range<Hours>),
    /// What is certified.
    Progress(Range<Percent>),
    /// The day of an anchor, or of the moment.
    Day(Option<Anchor>, Range<Date>),
    /// A milestone has come.
    Came(Milestone),
    /// Something with a name has happened so often at the least.
    Happened(Name, u32),
}

impl PlannedDate {
    /// The term that states it.
    pub fn term(self) -> Term {
        match self {
            PlannedDate::Start => Term::PlannedStart,
            PlannedDate::End => Term::PlannedEnd,
        }
    }
}

impl Condition {
    /// Calls `each` for every test in it.
    pub fn each_test(&self, each: &mut impl FnMut(&Test)) {
        match self {
            Condition::Any(parts) | Condition::All(parts) => {
                parts.iter().for_each(|part| part.each_test(each));
            }
            Condition::Not(inner) => inner.each_test(each),
            Condition::Test(test) => each(test),
        }
    }

    /// Whether what it says can change with the days alone.
    pub fn follows_the_calendar(&self) -> bool {
        match self {
            Condition::Any(parts) | Condition::All(parts) => {
                parts.iter().any(Condition::follows_the_calendar)
            }
            Condition::Not(inner) => inner.follows_the_calendar(),
            Condition::Test(test) => match test {
                Test::Since(..) | Test::Notice(_) | Test::Day(None, _) => true,
                Test::Attendance(_)
                | Test::Hours(_)
                | Test::Progress(_)
                | Test::Day(Some(_), _)
                | Test::Came(_)
                | Test::Happened(..) => false,
            },
        }
    }
}

/// What a case has agreed, as things stand.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Its price, or that of a period.
    pub price: Option<Money>,
    /// Its rate of an hour.
    pub rate: Option<Rate>,
    /// When it is to start.
    pub planned_start: Option<Date>,
    /// When it is to end.
    pub planned_end: Option<Date>,
    /// Planned hours.
    pub hours: Option<Hours>,
    /// Planned duration in months.
    pub months: Option<u32>,
}

impl Terms {
    /// These terms, and where they state none, those.
    pub fn or(self, other: Terms) -> Terms {
        Terms {
            price: self.price.or(other.price),
            rate: self.rate.or(other.rate),
            planned_start: self.planned_start.or(other.planned_start),
            planned_end: self.planned_end.or(other.planned_end),
            hours: self.hours.or(other.hours),
            months: self.months.or(other.months),
        }
    }

    /// A planned date.
    pub fn planned(&self, which: PlannedDate) -> Option<Date> {
        match which {
            PlannedDate::Start => self.planned_start,
            PlannedDate::End => self.planned_end,
        }
    }
}

/// What the opening of a case states.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Its terms.
    pub terms: Terms,
    /// What payers pay by agreement.
    pub shares: Vec<(String, Share)>,
}

/// A term that a case may have to state.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as events have it")]
pub enum Term {
    Price,
    Rate,
    PlannedStart,
    PlannedEnd,
    PlannedHours,
    PlannedMonths,
}

impl Program {
    /// The number of a name; none where the schedule does not mention it.
    pub fn find(&self, kind: SubjectKind, name: &str) -> Option<Name> {
        let is = |(own_kind, own): &(SubjectKind, String)| *own_kind == kind && own == name;
        let place = self.subjects.iter().position(is)?;
        u32::try_from(place).ok().map(Name)
    }

    /// The terms that a line uses, fires it or not.
    pub fn needs(&self) -> Vec<Term> {
        let mut needs = Vec::new();
        for line in &self.lines {
            let of_total = match line.amount {
                Amount::Percent { .. }
                | Amount::UpTo { .. }
                | Amount::Progress(_)
                | Amount::ProRataAttendance
                | Amount::ProRataDuration => true,
                Amount::Sum { .. } | Amount::Period | Amount::Work(_) | Amount::Nothing => false,
            };
            let own: &[Term] = match (line.amount, &self.price) {
                (Amount::Period, _) => &[Term::Price],
                (Amount::Work(_), Price::Hourly { .. }) => &[Term::Rate],
                (_, Price::Fixed(_)) if of_total => &[Term::Price],
                (_, Price::Hourly { .. }) if of_total => &[Term::Rate, Term::PlannedHours],
                _ => &[],
            };
            needs.extend(own);
            match line.amount {
                Amount::ProRataAttendance => needs.push(Term::PlannedHours),
                Amount::ProRataDuration => needs.push(Term::PlannedMonths),
                Amount::Percent { .. }
                | Amount::UpTo { .. }
                | Amount::Progress(_)
                | Amount::Sum { .. }
                | Amount::Period
                | Amount::Work(_)
                | Amount::Nothing => {}
            }
            for when in &line.whens {
                let planned = match when {
                    When::After(_, Anchor::Planned(date))
                    | When::Every { anchor: Anchor::Planned(date), .. }
                    | When::Before(_, date) => Some(*date),
                    When::After(..)
                    | When::Every { .. }
                    | When::Milestone(_)
                    | When::Named(_)
                    | When::Progress
                    | When::End(_)
                    | When::DayOfMonth(_)
                    | When::Dates(_) => None,
                };
                needs.extend(planned.map(PlannedDate::term));
            }
            if let Some(condition) = &line.condition {
                condition.each_test(&mut |test| match test {
                    Test::Attendance(_) => needs.push(Term::PlannedHours),
                    Test::Notice(_) => needs.push(Term::PlannedStart),
                    Test::Since(Anchor::Planned(date), _)
                    | Test::Day(Some(Anchor::Planned(date)), _) => needs.push(date.term()),
                    Test::Since(..)
                    | Test::Day(..)
                    | Test::Hours(_)
                    | Test::Progress(_)
                    | Test::Came(_)
                    | Test::Happened(..) => {}
                });
            }
        }
        needs
    }

    /// A rate in the currency's minor unit, as a fraction.
    pub fn minor(&self, rate: Rate) -> (i128, i128) {
        (i128::from(rate.0) * 10_i128.pow(self.currency.decimals()), i128::from(Rate::ONE))
    }

    /// The total of the price under these terms, where it is known.
    pub fn total(
        &self,
        price: Option<Money>,
        rate: Option<Rate>,
        hours: Option<Hours>,
    ) -> Option<Exact> {
        match self.price {
            Price::Fixed(_) => price.map(Exact::from_money),
            Price::Hourly { .. } => {
                let (numerator, denominator) = self.minor(rate?);
                let hours = i128::from(hours?.0);
                Exact::new(numerator.checked_mul(hours)?, denominator * i128::from(Hours::ONE.0))
            }
            Price::Periodic(..) | Price::PerAction { .. } => None,
        }
    }
}

impl Program {
    /// What a line waits for by one of its triggers, as invoice lines name it.
    pub fn trigger_kind(&self, line: u32, when: u32) -> WhenKind {
        let line = self.lines.get(line as usize);
        let Some(when) = line.and_then(|line| line.whens.get(when as usize)) else {
            return WhenKind::Date;
        };
        match when {
            When::Milestone(milestone) => WhenKind::Milestone(*milestone),
            When::Named(name) => WhenKind::Subject(self.subject_kind(*name)),
            When::Progress => WhenKind::Progress,
            When::End(Civil::Month) => WhenKind::MonthEnd,
            When::End(Civil::Quarter) => WhenKind::QuarterEnd,
            When::End(Civil::Year) => WhenKind::YearEnd,
            When::DayOfMonth(_) => WhenKind::DayOfMonth,
            When::After(_, anchor) | When::Every { anchor, first: false, .. } => {
                WhenKind::After(self.anchor_kind(*anchor))
            }
            When::Every { anchor, first: true, .. } => WhenKind::From(self.anchor_kind(*anchor)),
            When::Before(_, planned) => WhenKind::Before(*planned),
            When::Dates(_) => WhenKind::Date,
        }
    }

    fn anchor_kind(&self, anchor: Anchor) -> AnchorKind {
        match anchor {
            Anchor::Milestone(milestone) => AnchorKind::Milestone(milestone),
            Anchor::Named(name) => AnchorKind::Subject(self.subject_kind(name)),
            Anchor::Planned(planned) => AnchorKind::Planned(planned),
        }
    }

    fn subject_kind(&self, name: Name) -> SubjectKind {
        self.subjects.get(name.0 as usize).map_or(SubjectKind::Event, |(kind, _)| *kind)
    }
}
