//! What a line waits for: a milestone, something with a name, or a day that the calendar brings.

use super::{Civil, Milestone, Subject, SubjectKind};
use crate::calendar::{Date, Duration};
use serde::{Deserialize, Serialize};

/// One trigger of a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// The case comes to a milestone.
    Milestone(Milestone),
    /// This action is validated, this deliverable received, this named event happens.
    Subject(Subject),
    /// The calendar brings it.
    Calendar(CalendarDay),
}

/// A day that comes by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CalendarDay {
    /// The last day of each month.
    MonthEnd,
    /// So long after the start or the signature.
    After(Duration, Anchor),
    /// A fixed date.
    Date(Date),
}

/// From when a deadline runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The start of the case.
    Start,
    /// The signature.
    Signature,
}

/// A planned date of the case.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlannedDate {
    /// When it is to start.
    Start,
    /// When it is to end.
    End,
}

/// The days of a case from which deadlines run, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    /// The day on which it started.
    pub started: Option<Date>,
    /// The day on which it was signed.
    pub signed: Option<Date>,
}

/// The kinds of trigger, without what they wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WhenKind {
    /// A milestone.
    Milestone(Milestone),
    /// Something with a name.
    Subject(SubjectKind),
    /// The end of a civil period.
    End(Civil),
    /// So long after an anchor, once or again and again.
    After(AnchorKind),
    /// A fixed date.
    Date,
    /// Progress is certified.
    Progress,
    /// A day of each month.
    DayOfMonth,
    /// Again and again, the first time at the anchor itself.
    From(AnchorKind),
    /// So long before a planned date.
    Before(PlannedDate),
}

/// The kinds of anchor, without the name of the one that has one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AnchorKind {
    /// The day of a milestone.
    Milestone(Milestone),
    /// The first day of something with a name.
    Subject(SubjectKind),
    /// A planned date.
    Planned(PlannedDate),
}

/// A row for each kind: its names in JSON and in French spreadsheets. Made of it: the list of all, and what a kind is called.
/// The compiler names a kind that has no row.
macro_rules! kinds {
    ($([$($kind:tt)+] $name:literal, $french:literal;)+) => {
        impl WhenKind {
            /// All of them. Their order is part of the ids of lines.
            pub const ALL: [WhenKind; [$($name),+].len()] = [$($($kind)+),+];

            /// Their names in JSON, in the same order.
            const NAMES: [&str; WhenKind::ALL.len()] = [$($name),+];

            /// The name in JSON.
            pub fn name(self) -> &'static str {
                match self {
                    $($($kind)+ => $name,)+
                }
            }

            /// The name in French spreadsheets.
            pub fn french(self) -> &'static str {
                match self {
                    $($($kind)+ => $french,)+
                }
            }
        }
    };
}

// Their order is part of the ids of lines: a new one comes last.
kinds! {
    [WhenKind::Milestone(Milestone::Signature)] "signature", "signature";
    [WhenKind::Milestone(Milestone::Start)] "start", "démarrage";
    [WhenKind::Milestone(Milestone::End)] "end", "fin";
    [WhenKind::Milestone(Milestone::Abandonment)] "abandonment", "abandon";
    [WhenKind::Subject(SubjectKind::Action)] "action", "action";
    [WhenKind::Subject(SubjectKind::Event)] "event", "événement";
    [WhenKind::Subject(SubjectKind::Deliverable)] "deliverable", "livrable";
    [WhenKind::End(Civil::Month)] "month_end", "fin de mois";
    [WhenKind::After(AnchorKind::Milestone(Milestone::Start))] "after_start", "après le démarrage";
    [WhenKind::After(AnchorKind::Milestone(Milestone::Signature))] "after_signature", "après la signature";
    [WhenKind::Date] "date", "date";
    [WhenKind::Progress] "progress", "avancement";
    [WhenKind::End(Civil::Quarter)] "quarter_end", "fin de trimestre";
    [WhenKind::End(Civil::Year)] "year_end", "fin d'année";
    [WhenKind::DayOfMonth] "day_of_month", "jour du mois";
    [WhenKind::After(AnchorKind::Milestone(Milestone::End))] "after_end", "après la fin";
    [WhenKind::After(AnchorKind::Milestone(Milestone::Abandonment))] "after_abandonment", "après l'abandon";
    [WhenKind::After(AnchorKind::Subject(SubjectKind::Action))] "after_action", "après l'action";
    [WhenKind::After(AnchorKind::Subject(SubjectKind::Event))] "after_event", "après l'événement";
    [WhenKind::After(AnchorKind::Subject(SubjectKind::Deliverable))] "after_deliverable", "après le livrable";
    [WhenKind::After(AnchorKind::Planned(PlannedDate::Start))] "after_planned_start", "après le démarrage prévu";
    [WhenKind::After(AnchorKind::Planned(PlannedDate::End))] "after_planned_end", "après la fin prévue";
    [WhenKind::From(AnchorKind::Milestone(Milestone::Signature))] "from_signature", "dès la signature";
    [WhenKind::From(AnchorKind::Milestone(Milestone::Start))] "from_start", "dès le démarrage";
    [WhenKind::From(AnchorKind::Milestone(Milestone::End))] "from_end", "dès la fin";
    [WhenKind::From(AnchorKind::Milestone(Milestone::Abandonment))] "from_abandonment", "dès l'abandon";
    [WhenKind::From(AnchorKind::Subject(SubjectKind::Action))] "from_action", "dès l'action";
    [WhenKind::From(AnchorKind::Subject(SubjectKind::Event))] "from_event", "dès l'événement";
    [WhenKind::From(AnchorKind::Subject(SubjectKind::Deliverable))] "from_deliverable", "dès le livrable";
    [WhenKind::From(AnchorKind::Planned(PlannedDate::Start))] "from_planned_start", "dès le démarrage prévu";
    [WhenKind::From(AnchorKind::Planned(PlannedDate::End))] "from_planned_end", "dès la fin prévue";
    [WhenKind::Before(PlannedDate::Start)] "before_planned_start", "avant le démarrage prévu";
    [WhenKind::Before(PlannedDate::End)] "before_planned_end", "avant la fin prévue";
}

impl WhenKind {
    /// Its number, which is part of the ids of lines.
    #[inline]
    pub fn number(self) -> u8 {
        (0..).zip(WhenKind::ALL).find(|(_, kind)| *kind == self).map_or(u8::MAX, |(at, _)| at)
    }

    /// Whether the case is over with it.
    #[inline]
    pub fn is_terminal(self) -> bool {
        matches!(self, WhenKind::Milestone(milestone) if milestone.is_terminal())
    }

    fn find(name: &str) -> Option<WhenKind> {
        let named = WhenKind::ALL.into_iter().zip(WhenKind::NAMES);
        named.into_iter().find(|(_, known)| *known == name).map(|(kind, _)| kind)
    }
}

impl serde::Serialize for WhenKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for WhenKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(Named)
    }
}

/// Reads a kind by its name.
struct Named;

impl serde::de::Visitor<'_> for Named {
    type Value = WhenKind;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the kind of a trigger")
    }

    fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<WhenKind, E> {
        WhenKind::find(name).ok_or_else(|| E::unknown_variant(name, &WhenKind::NAMES))
    }
}

impl Anchor {
    /// All of them.
    pub const ALL: [Anchor; 2] = [Anchor::Start, Anchor::Signature];

    /// The anchor at a milestone, where a deadline of the first part runs from it.
    #[inline]
    pub fn at(milestone: Milestone) -> Option<Anchor> {
        Anchor::ALL.into_iter().find(|anchor| anchor.milestone() == milestone)
    }

    /// The milestone whose day it is.
    #[inline]
    pub fn milestone(self) -> Milestone {
        match self {
            Anchor::Start => Milestone::Start,
            Anchor::Signature => Milestone::Signature,
        }
    }
}

impl Anchors {
    /// The day of an anchor, where it is known yet.
    #[inline]
    pub fn day(&self, anchor: Anchor) -> Option<Date> {
        match anchor {
            Anchor::Start => self.started,
            Anchor::Signature => self.signed,
        }
    }
}

impl CalendarDay {
    /// The first of its days that is not before `day`; none where none is, or its anchor is not known.
    #[inline]
    pub fn next_from(self, day: Date, anchors: &Anchors) -> Option<Date> {
        match self {
            CalendarDay::MonthEnd => Some(day.end_of_month()),
            CalendarDay::After(..) | CalendarDay::Date(_) => {
                self.once(anchors).filter(|due| *due >= day)
            }
        }
    }

    /// Its day, where it comes once and its anchor is known.
    #[inline]
    pub fn once(self, anchors: &Anchors) -> Option<Date> {
        match self {
            CalendarDay::MonthEnd => None,
            CalendarDay::After(length, anchor) => anchors.day(anchor).map(|from| from.plus(length)),
            CalendarDay::Date(date) => Some(date),
        }
    }

    /// From what it runs, where it is counted from anything.
    #[inline]
    pub fn anchor(self) -> Option<Anchor> {
        match self {
            CalendarDay::After(_, anchor) => Some(anchor),
            CalendarDay::MonthEnd | CalendarDay::Date(_) => None,
        }
    }

    /// Whether it comes again and again.
    #[inline]
    pub fn repeats(self) -> bool {
        match self {
            CalendarDay::MonthEnd => true,
            CalendarDay::After(..) | CalendarDay::Date(_) => false,
        }
    }
}

impl When {
    /// Whether it is the end of each month.
    #[inline]
    pub fn is_month_end(&self) -> bool {
        *self == When::Calendar(CalendarDay::MonthEnd)
    }

    /// Whether it can come more than once in a case.
    #[inline]
    pub fn repeats(&self) -> bool {
        match self {
            When::Milestone(_) => false,
            When::Subject(_) => true,
            When::Calendar(day) => day.repeats(),
        }
    }

    /// The milestone, where it is one.
    #[inline]
    pub fn milestone(&self) -> Option<Milestone> {
        match self {
            When::Milestone(milestone) => Some(*milestone),
            When::Subject(_) | When::Calendar(_) => None,
        }
    }

    /// What has a name, where it waits for that.
    #[inline]
    pub fn subject(&self) -> Option<&Subject> {
        match self {
            When::Subject(subject) => Some(subject),
            When::Milestone(_) | When::Calendar(_) => None,
        }
    }

    /// The day that the calendar brings, where it does.
    #[inline]
    pub fn calendar(&self) -> Option<CalendarDay> {
        match self {
            When::Calendar(day) => Some(*day),
            When::Milestone(_) | When::Subject(_) => None,
        }
    }

    /// From what it runs, where it is counted from anything.
    #[inline]
    pub fn anchor(&self) -> Option<Anchor> {
        self.calendar().and_then(CalendarDay::anchor)
    }

    /// Its kind.
    #[inline]
    pub fn kind(&self) -> WhenKind {
        match self {
            When::Milestone(milestone) => WhenKind::Milestone(*milestone),
            When::Subject(subject) => WhenKind::Subject(subject.kind),
            When::Calendar(CalendarDay::MonthEnd) => WhenKind::End(Civil::Month),
            When::Calendar(CalendarDay::After(_, anchor)) => {
                WhenKind::After(AnchorKind::Milestone(anchor.milestone()))
            }
            When::Calendar(CalendarDay::Date(_)) => WhenKind::Date,
        }
    }

    /// Whether it can come only to a case that has started: the start itself, or what starts it.
    pub fn means_started(&self) -> bool {
        match self {
            When::Milestone(milestone) => *milestone == Milestone::Start,
            When::Subject(subject) => subject.kind == SubjectKind::Action,
            When::Calendar(day) => day.anchor() == Some(Anchor::Start),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers are in the ids of lines that were issued: they are those that the manual gives.
    #[test]
    fn kinds_have_the_numbers_that_the_manual_gives() {
        let manual = include_str!("../../../../docs/language-reference.md");
        for (number, (kind, name)) in WhenKind::ALL.into_iter().zip(WhenKind::NAMES).enumerate() {
            assert_eq!(usize::from(kind.number()), number, "{name}");
            assert_eq!(WhenKind::find(name), Some(kind), "{name}");
            assert!(manual.contains(&format!(" {number} `{name}`")), "{number} {name}");
        }
    }
}
