//! Lines, dense: what each bills, when, and from which day moments are counted.

use super::{Condition, Name, PayerId, Price, TaxId, Term};
use crate::calendar::{Date, Duration};
use crate::model::{self, Civil, Milestone};
use crate::money::{Money, Percent};
use serde::{Deserialize, Serialize};

pub use crate::model::PlannedDate;

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
    /// What it waits for, by its place among its triggers.
    #[inline]
    pub fn when_of(&self, when: u32) -> Option<&When> {
        self.whens.get(when as usize)
    }

    /// Whether the case is closed once it has fired.
    #[inline]
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

/// What an amount is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// The price of the case.
    Total,
    /// The price of a period.
    Period,
    /// Work.
    Work,
    /// Nothing else: it says all itself.
    Itself,
}

/// What is true of an amount: a row for each kind, which the methods read.
struct Row {
    /// What it is in the first part of the language, or what that part does not have.
    first: Result<model::Amount, Later>,
    /// What it is a part of.
    of: Of,
    /// The term by which it measures that part.
    measured_by: Option<Term>,
    /// Whether it looks at what is certified.
    progress: bool,
    /// The share that it states.
    share: Option<Percent>,
    /// The share of the price that it comes to at the most, where it is nothing but a share and fires once, or
    /// by parts.
    in_all: Option<Percent>,
    /// Whether a line that bills it may say that it fires every time.
    repeats: bool,
    /// Whether it may come to less than nothing: what was billed before counts.
    takes_back: bool,
    /// Whether a deposit may bill it.
    deposit: bool,
    /// Into how many parts it is cut.
    parts: u32,
}

impl Row {
    /// What bills a part of something else, once and whole.
    fn plain(of: Of, first: Result<model::Amount, Later>) -> Row {
        let (measured_by, share, in_all) = (None, None, None);
        let (progress, repeats, takes_back, deposit) = (false, false, false, true);
        let parts = 1;
        Row { first, of, measured_by, progress, share, in_all, repeats, takes_back, deposit, parts }
    }
}

impl Amount {
    #[inline]
    fn row(self) -> Row {
        let of_total = |first| Row::plain(Of::Total, Ok(first));
        let of_itself = |first| Row::plain(Of::Itself, Ok(first));
        match self {
            Amount::Percent { share, parts } => Row {
                share: Some(share),
                in_all: Some(share),
                repeats: parts > 1,
                parts,
                ..of_total(model::Amount::Percent(share))
            },
            Amount::Sum { sum, parts } => {
                Row { repeats: true, parts, ..of_itself(model::Amount::Sum(sum)) }
            }
            Amount::Period => Row { repeats: true, ..Row::plain(Of::Period, Err(Later::Period)) },
            Amount::Work(form) => {
                let first = model::Amount::Work { itemised: form != Form::Whole };
                Row { deposit: false, ..Row::plain(Of::Work, Ok(first)) }
            }
            Amount::UpTo { share, .. } => Row {
                share: Some(share),
                takes_back: true,
                deposit: false,
                ..of_total(model::Amount::UpTo(share))
            },
            Amount::Nothing => Row {
                in_all: Some(Percent::default()),
                deposit: false,
                ..of_itself(model::Amount::Nothing)
            },
            Amount::ProRataAttendance => Row {
                measured_by: Some(Term::PlannedHours),
                ..of_total(model::Amount::ProRataAttendance)
            },
            Amount::ProRataDuration => Row {
                measured_by: Some(Term::PlannedMonths),
                ..of_total(model::Amount::ProRataDuration)
            },
            Amount::Progress(share) => Row {
                progress: true,
                share: Some(share),
                in_all: Some(share),
                repeats: true,
                takes_back: true,
                ..Row::plain(Of::Total, Err(Later::Progress))
            },
        }
    }

    /// The one sum that it bills, whatever the case.
    pub fn one_sum(self) -> Option<Money> {
        if let Amount::Sum { sum, parts: 1 } = self { Some(sum) } else { None }
    }

    /// The share of the price that it bills, in all its parts.
    pub fn share(self) -> Option<Percent> {
        if let Amount::Percent { share, .. } = self { Some(share) } else { None }
    }

    /// What it is in the first part of the language, whose amounts are in one part and may be below zero; or
    /// what that part does not have.
    pub fn of_the_first_part(self) -> Result<model::Amount, Later> {
        self.row().first
    }

    /// Whether it bills work with a line for each action.
    pub fn itemises(self) -> bool {
        matches!(self, Amount::Work(Form::Itemised | Form::ByAction))
    }

    /// Whether it bills a part of the price of the case.
    pub fn is_of_total(self) -> bool {
        self.row().of == Of::Total
    }

    /// Whether a line that bills it may say that it fires every time.
    pub fn may_repeat(self) -> bool {
        self.row().repeats
    }

    /// Whether it bills by the elapsed share of the planned duration.
    pub fn measures_duration(self) -> bool {
        self.row().measured_by == Some(Term::PlannedMonths)
    }

    /// Whether it may come to less than nothing: what was billed before counts.
    pub fn may_take_back(self) -> bool {
        self.row().takes_back
    }

    /// The terms that it uses under a price.
    pub fn needs(self, price: &Price) -> Vec<Term> {
        let row = self.row();
        let of: &[Term] = match row.of {
            Of::Total => price.of_total(),
            Of::Period => &[Term::Price],
            Of::Work => price.of_work(),
            Of::Itself => &[],
        };
        of.iter().copied().chain(row.measured_by).collect()
    }

    /// The share of the price that it comes to at the most, where it is nothing but a share; `repeats` says
    /// whether its line fires every time.
    pub fn share_in_all(self, repeats: bool) -> Option<Percent> {
        let again = repeats && matches!(self, Amount::Percent { parts: ..=1, .. });
        self.row().in_all.filter(|_| !again)
    }

    /// Whether a line may bill it under a price: its figures are such as schedules state.
    pub fn is_sound(self, price: &Price) -> bool {
        let row = self.row();
        let parts = (1..=crate::model::LONGEST_PLAN).contains(&row.parts);
        let is_share = |share: Percent| share > Percent::default() && share <= Percent::WHOLE;
        let is_sum = |sum: Money| sum > Money::ZERO && sum <= Money::LARGEST;
        let sum = if let Amount::Sum { sum, .. } = self { Some(sum) } else { None };
        let fits = match row.of {
            Of::Total => !price.of_total().is_empty(),
            Of::Period => price.period().is_some(),
            Of::Work | Of::Itself => true,
        };
        parts && fits && row.share.is_none_or(is_share) && sum.is_none_or(is_sum)
    }

    /// Whether it looks at the hours of actions, billed or not.
    pub fn measures_hours(self) -> bool {
        self.row().measured_by == Some(Term::PlannedHours)
    }

    /// Whether it looks at what is certified.
    pub fn measures_progress(self) -> bool {
        self.row().progress
    }

    /// Whether a deposit may bill it.
    pub fn fits_deposit(self) -> bool {
        self.row().deposit
    }

    /// Into how many parts it is cut.
    #[inline]
    pub fn parts(self) -> u32 {
        self.row().parts
    }
}

/// Amounts that the first part of the language does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    /// The price of a period.
    Period,
    /// A share of the progress.
    Progress,
}

impl From<model::Amount> for Amount {
    fn from(amount: model::Amount) -> Amount {
        match amount {
            model::Amount::Percent(share) => Amount::Percent { share, parts: 1 },
            model::Amount::Sum(sum) => Amount::Sum { sum, parts: 1 },
            model::Amount::Work { itemised: true } => Amount::Work(Form::Itemised),
            model::Amount::Work { itemised: false } => Amount::Work(Form::Whole),
            model::Amount::UpTo(share) => Amount::UpTo { share, no_refund: false },
            model::Amount::Nothing => Amount::Nothing,
            model::Amount::ProRataAttendance => Amount::ProRataAttendance,
            model::Amount::ProRataDuration => Amount::ProRataDuration,
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

impl PlannedDate {
    /// The term that states it.
    pub fn term(self) -> Term {
        match self {
            PlannedDate::Start => Term::PlannedStart,
            PlannedDate::End => Term::PlannedEnd,
        }
    }
}

impl Anchor {
    /// The planned date, where it is one.
    pub fn planned(self) -> Option<PlannedDate> {
        if let Anchor::Planned(date) = self { Some(date) } else { None }
    }

    /// The same anchor, where things have new numbers.
    #[must_use]
    pub fn renamed(self, name: &impl Fn(Name) -> Name) -> Anchor {
        match self {
            Anchor::Named(own) => Anchor::Named(name(own)),
            Anchor::Milestone(_) | Anchor::Planned(_) => self,
        }
    }
}

impl When {
    /// The same trigger, where things have new numbers.
    #[must_use]
    pub fn renamed(mut self, name: &impl Fn(Name) -> Name) -> When {
        if let When::Named(own) = &mut self {
            *own = name(*own);
        } else if let When::After(_, anchor) | When::Every { anchor, .. } = &mut self {
            *anchor = anchor.renamed(name);
        }
        self
    }

    /// From where it counts, where it counts from anything.
    pub fn anchor(&self) -> Option<Anchor> {
        if let When::After(_, anchor) | When::Every { anchor, .. } = self {
            Some(*anchor)
        } else if let When::Before(_, date) = self {
            Some(Anchor::Planned(*date))
        } else {
            None
        }
    }

    /// The milestone that it is.
    pub fn milestone(&self) -> Option<Milestone> {
        if let When::Milestone(milestone) = self { Some(*milestone) } else { None }
    }

    /// The name of what it waits for.
    pub fn named(&self) -> Option<Name> {
        if let When::Named(name) = self { Some(*name) } else { None }
    }

    /// The civil period at whose end it comes.
    pub fn civil(&self) -> Option<Civil> {
        if let When::End(civil) = self { Some(*civil) } else { None }
    }

    /// Whether a line that waits for it fires every time, without `each`.
    pub fn comes_again(&self) -> bool {
        match self {
            When::DayOfMonth(_) | When::Every { .. } => true,
            When::Dates(days) => days.len() > 1,
            When::Milestone(_)
            | When::Named(_)
            | When::Progress
            | When::End(_)
            | When::After(..)
            | When::Before(..) => false,
        }
    }

    /// The planned date from which it counts.
    pub fn planned(&self) -> Option<PlannedDate> {
        self.anchor().and_then(Anchor::planned)
    }
}
