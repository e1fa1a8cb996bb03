//! What a line can be looked at for: its kind, its trigger, what its condition asks, and where the
//! case stands at that moment, just at a bound or on one side of it. [`all`] is the whole catalogue,
//! [`possible`] what of it the language allows.

use std::fmt;

/// One combination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Combination {
    pub kind: Kind,
    pub trigger: On,
    pub asked: Asked,
}

/// The kinds of line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Deposit,
    Installment,
    Balance,
    OpenBalance,
}

/// The kinds of trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum On {
    Signature,
    Start,
    End,
    Abandonment,
    Action,
    Deliverable,
    Event,
    MonthEnd,
    AfterStart,
    AfterSignature,
    Date,
}

/// What a condition asks, and how the case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Asked {
    Nothing,
    Measured(Measure, Form, Place),
    Fact(Fact, bool),
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    Duration,
    Hours,
    Attendance,
    WholeAttendance,
}

/// How it is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    Less,
    AtMost,
    AtLeast,
    More,
    Window,
}

/// Where the case stands: with one bound, `Low` is that bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    NotStarted,
    BelowLow,
    AtLow,
    AboveLow,
    AtHigh,
    AboveHigh,
}

/// What has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    Started,
    Signed,
    Ended,
    Abandoned,
    ActionDone,
    DeliverableReceived,
    EventHappened,
}

pub const KINDS: [Kind; 4] = [Kind::Deposit, Kind::Installment, Kind::Balance, Kind::OpenBalance];

pub const TRIGGERS: [On; 11] = [
    On::Signature,
    On::Start,
    On::End,
    On::Abandonment,
    On::Action,
    On::Deliverable,
    On::Event,
    On::MonthEnd,
    On::AfterStart,
    On::AfterSignature,
    On::Date,
];

const MEASURES: [Measure; 4] =
    [Measure::Duration, Measure::Hours, Measure::Attendance, Measure::WholeAttendance];
const FORMS: [Form; 5] = [Form::Less, Form::AtMost, Form::AtLeast, Form::More, Form::Window];
const PLACES: [Place; 6] = [
    Place::NotStarted,
    Place::BelowLow,
    Place::AtLow,
    Place::AboveLow,
    Place::AtHigh,
    Place::AboveHigh,
];
const FACTS: [Fact; 7] = [
    Fact::Started,
    Fact::Signed,
    Fact::Ended,
    Fact::Abandoned,
    Fact::ActionDone,
    Fact::DeliverableReceived,
    Fact::EventHappened,
];

/// Everything that conditions ask, at every place.
pub fn everything_asked() -> Vec<Asked> {
    let mut asked = vec![Asked::Nothing];
    for measure in MEASURES {
        for form in FORMS {
            let places = PLACES.into_iter().filter(|place| match place {
                Place::NotStarted => measure == Measure::Duration,
                Place::AtHigh | Place::AboveHigh => form == Form::Window,
                Place::BelowLow | Place::AtLow | Place::AboveLow => true,
            });
            asked.extend(places.map(|place| Asked::Measured(measure, form, place)));
        }
    }
    for fact in FACTS {
        asked.extend([true, false].map(|holds| Asked::Fact(fact, holds)));
    }
    asked
}

/// All combinations that the language allows.
pub fn all() -> Vec<Combination> {
    let mut all = Vec::new();
    for trigger in TRIGGERS {
        for asked in everything_asked().into_iter().filter(|asked| possible(trigger, *asked)) {
            all.extend(KINDS.map(|kind| Combination { kind, trigger, asked }));
        }
    }
    all
}

/// Whether the case can stand so at a moment of this trigger.
pub fn possible(trigger: On, asked: Asked) -> bool {
    // An action starts the case, unless that is over.
    let started = matches!(trigger, On::Start | On::AfterStart);
    match asked {
        Asked::Nothing => true,
        // On the day of the start no time has passed: at most a bound of no days is reached.
        Asked::Measured(Measure::Duration, _, place) if trigger == On::Start => {
            matches!(place, Place::BelowLow | Place::AtLow)
        }
        Asked::Measured(_, _, place) => place != Place::NotStarted || !started,
        Asked::Fact(Fact::Started, holds) => holds || !started,
        Asked::Fact(Fact::Signed, holds) => {
            holds || !matches!(trigger, On::Signature | On::AfterSignature)
        }
        // Of end and abandonment the first is the only one; a case that is over neither starts nor is
        // signed, but an action may start and end it.
        Asked::Fact(Fact::Ended, holds) => match trigger {
            On::End => holds,
            On::Abandonment | On::Signature => !holds,
            _ => true,
        },
        Asked::Fact(Fact::Abandoned, holds) => match trigger {
            On::End | On::Signature | On::Start => !holds,
            On::Abandonment => holds,
            _ => true,
        },
        Asked::Fact(Fact::ActionDone | Fact::DeliverableReceived | Fact::EventHappened, _) => true,
    }
}

impl Asked {
    /// Whether a condition that asks just this holds.
    pub fn holds(self) -> bool {
        match self {
            Asked::Nothing => true,
            Asked::Fact(_, holds) => holds,
            Asked::Measured(_, form, place) => match (form, place) {
                (_, Place::NotStarted) => false,
                (Form::Less, place) => place == Place::BelowLow,
                (Form::AtMost, place) => place <= Place::AtLow,
                (Form::AtLeast, place) => place >= Place::AtLow,
                (Form::More, place) => place >= Place::AboveLow,
                (Form::Window, place) => matches!(place, Place::AtLow | Place::AboveLow),
            },
        }
    }
}

impl fmt::Display for Combination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} on {:?} if {}", self.kind, self.trigger, self.asked)
    }
}

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Asked::Nothing => f.write_str("nothing is asked"),
            Asked::Fact(fact, holds) => {
                write!(f, "{fact:?}: {}", if *holds { "yes" } else { "no" })
            }
            Asked::Measured(measure, form, place) => write!(f, "{measure:?} {form:?}: {place:?}"),
        }
    }
}
