//! Events from JSON, strictly: a closed set of fields, each read from its own digits.
//!
//! One object is one event. A fault names the field and stands at its byte in the text, so that a
//! reader of event files can point at it. Deserialising [`Event`] with serde goes the same way.

use super::SubjectKind;
use super::event_fault::{EventFault, Fault};
use super::{Event, EventKind, Kind};
use crate::calendar::Date;
use crate::lang::{Lang, seen};
use crate::money::{DigitsError, Hours, read_digits};
use serde::de::{Error as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The longest id, case or name, in bytes.
pub const LONGEST_TEXT: usize = 1_000;
/// The longest planned duration, in months: a hundred years.
pub const LONGEST_PLAN: u32 = 1_200;

/// The fields of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as JSON has it")]
pub enum Field {
    Case,
    Date,
    Kind,
    Id,
    Name,
    Hours,
    Minutes,
    Schedule,
    PlannedHours,
    PlannedMonths,
    Ref,
}

impl Field {
    /// How many there are.
    pub const COUNT: usize = 11;

    /// All of them.
    pub const ALL: [Field; Field::COUNT] = [
        Field::Case,
        Field::Date,
        Field::Kind,
        Field::Id,
        Field::Name,
        Field::Hours,
        Field::Minutes,
        Field::Schedule,
        Field::PlannedHours,
        Field::PlannedMonths,
        Field::Ref,
    ];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Field::Case => "case",
            Field::Date => "date",
            Field::Kind => "kind",
            Field::Id => "id",
            Field::Name => "name",
            Field::Hours => "hours",
            Field::Minutes => "minutes",
            Field::Schedule => "schedule",
            Field::PlannedHours => "planned_hours",
            Field::PlannedMonths => "planned_months",
            Field::Ref => "ref",
        }
    }

    /// The field with this name in JSON.
    pub fn find(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.name() == name)
    }

    /// A bit of its own in a set of fields.
    pub fn bit(self) -> u16 {
        1 << self as u16
    }
}

impl Kind {
    /// Whether an event of this kind may have exactly these fields, a set of [`Field::bit`]s.
    pub fn takes(self, fields: u16) -> bool {
        let always = Field::Case.bit() | Field::Date.bit() | Field::Kind.bit();
        let (needed, allowed) = match self {
            Kind::Milestone(_) => (0, 0),
            Kind::Opened => {
                (Field::Schedule.bit(), Field::PlannedHours.bit() | Field::PlannedMonths.bit())
            }
            Kind::Subject(SubjectKind::Action) => {
                (Field::Name.bit(), Field::Hours.bit() | Field::Minutes.bit())
            }
            Kind::Subject(SubjectKind::Deliverable) | Kind::Subject(SubjectKind::Event) => {
                (Field::Name.bit(), 0)
            }
            Kind::Void => (Field::Ref.bit(), 0),
        };
        let needed = always | needed;
        let both = Field::Hours.bit() | Field::Minutes.bit();
        fields & needed == needed
            && fields & !(needed | allowed | Field::Id.bit()) == 0
            && fields & both != both
    }
}

/// An object's fields in their order, repeated ones included, values unread.
struct Fields<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> serde::Deserialize<'de> for Fields<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FieldsVisitor;
        impl<'de> Visitor<'de> for FieldsVisitor {
            type Value = Fields<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut fields = Vec::with_capacity(8);
                while let Some(key) = map.next_key::<KeyText<'de>>()? {
                    fields.push((key.0, map.next_value()?));
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(FieldsVisitor)
    }
}

/// A key, borrowed where it has no escapes.
struct KeyText<'a>(Cow<'a, str>);

impl<'de> serde::Deserialize<'de> for KeyText<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = KeyText<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field name")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(KeyText(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(KeyText(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// Reads one event from the text of one JSON object.
pub fn read_event(text: &str) -> Result<Event, EventFault> {
    let fields: Fields<'_> = serde_json::from_str(text).map_err(|error| {
        let starts_object = text.trim_start().starts_with('{');
        let fault = if starts_object {
            // serde_json ends its message with the place, which is given apart.
            let message = error.to_string();
            let what = message.split(" at line ").next().unwrap_or("").to_owned();
            Fault::NotJson { what }
        } else {
            Fault::NotAnObject
        };
        EventFault { case: None, offset: error.column().saturating_sub(1), fault }
    })?;
    let mut draft = Draft::default();
    let mut first = None;
    let mut states_case = false;
    for (key, value) in &fields.0 {
        let offset = value.get().as_ptr() as usize - text.as_ptr() as usize;
        if Field::find(key) == Some(Field::Case) && std::mem::replace(&mut states_case, true) {
            // Two cases, whatever they are, could be any case.
            let fault = Fault::RepeatedField { field: Field::Case };
            return Err(EventFault { case: None, offset, fault });
        }
        let outcome = match Field::find(key) {
            Some(field) => draft.set(field, value.get()),
            None => Err(Fault::UnknownField { name: shortened(key) }),
        };
        if let Err(fault) = outcome {
            first.get_or_insert((offset, fault));
        }
    }
    if let Some((offset, fault)) = first {
        return Err(EventFault { case: draft.case, offset, fault });
    }
    let case = draft.case.clone();
    draft.finish().map_err(|fault| EventFault { case, offset: 0, fault })
}

impl<'de> serde::Deserialize<'de> for Event {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        read_event(raw.get()).map_err(|fault| D::Error::custom(fault.fault.say(Lang::En)))
    }
}

/// The fields read so far.
#[derive(Default)]
struct Draft {
    case: Option<String>,
    date: Option<Date>,
    kind: Option<String>,
    id: Option<String>,
    name: Option<String>,
    hours: Option<Hours>,
    minutes: Option<Hours>,
    schedule: Option<String>,
    planned_hours: Option<Hours>,
    planned_months: Option<u32>,
    of: Option<String>,
}

impl Draft {
    fn set(&mut self, field: Field, raw: &str) -> Result<(), Fault> {
        fn put<T>(slot: &mut Option<T>, field: Field, value: T) -> Result<(), Fault> {
            match slot.replace(value) {
                None => Ok(()),
                Some(_) => Err(Fault::RepeatedField { field }),
            }
        }
        match field {
            Field::Case => put(&mut self.case, field, text(field, raw)?),
            Field::Id => put(&mut self.id, field, text(field, raw)?),
            Field::Name => put(&mut self.name, field, name(field, raw)?),
            Field::Schedule => put(&mut self.schedule, field, name(field, raw)?),
            Field::Kind => put(&mut self.kind, field, text(field, raw)?),
            Field::Ref => put(&mut self.of, field, text(field, raw)?),
            Field::Date => {
                let written = text(field, raw)?;
                let date = Date::parse(&written)
                    .ok_or_else(|| Fault::NotADate { text: shortened(&written) })?;
                put(&mut self.date, field, date)
            }
            Field::Hours => put(&mut self.hours, field, hours(field, raw)?),
            Field::PlannedHours => {
                let planned = hours(field, raw)?;
                if planned == Hours::ZERO {
                    return Err(Fault::OutOfRange { field, text: shortened(raw) });
                }
                put(&mut self.planned_hours, field, planned)
            }
            Field::Minutes => {
                let minutes = whole(field, raw)?;
                let hours = Hours::from_minutes(minutes)
                    .ok_or_else(|| Fault::OutOfRange { field, text: shortened(raw) })?;
                put(&mut self.minutes, field, hours)
            }
            Field::PlannedMonths => {
                let months = u32::try_from(whole(field, raw)?).ok();
                let months = months
                    .filter(|months| (1..=LONGEST_PLAN).contains(months))
                    .ok_or_else(|| Fault::OutOfRange { field, text: shortened(raw) })?;
                put(&mut self.planned_months, field, months)
            }
        }
    }

    fn finish(mut self) -> Result<Event, Fault> {
        let missing = |field| Fault::MissingField { field, kind: None };
        let case = self.case.take().ok_or(missing(Field::Case))?;
        let date = self.date.take().ok_or(missing(Field::Date))?;
        let written = self.kind.take().ok_or(missing(Field::Kind))?;
        let id = self.id.take();
        let stated =
            Kind::find(&written).ok_or_else(|| Fault::UnknownKind { text: shortened(&written) })?;
        let need = |field| Fault::MissingField { field, kind: Some(stated.name()) };
        let kind = match stated {
            Kind::Opened => EventKind::Opened {
                schedule: self.schedule.take().ok_or(need(Field::Schedule))?,
                planned_hours: self.planned_hours.take(),
                planned_months: self.planned_months.take(),
            },
            Kind::Milestone(milestone) => EventKind::Milestone(milestone),
            Kind::Subject(SubjectKind::Action) => EventKind::Action {
                name: self.name.take().ok_or(need(Field::Name))?,
                hours: match (self.hours.take(), self.minutes.take()) {
                    (Some(_), Some(_)) => return Err(Fault::HoursAndMinutes),
                    (hours, minutes) => hours.or(minutes),
                },
            },
            Kind::Subject(SubjectKind::Deliverable) => {
                EventKind::Deliverable { name: self.name.take().ok_or(need(Field::Name))? }
            }
            Kind::Subject(SubjectKind::Event) => {
                EventKind::Event { name: self.name.take().ok_or(need(Field::Name))? }
            }
            Kind::Void => EventKind::Void { of: self.of.take().ok_or(need(Field::Ref))? },
        };
        match self.left_over() {
            Some(field) => Err(Fault::MisplacedField { field, kind: stated.name() }),
            None => Ok(Event { case, date, id, kind }),
        }
    }

    /// A field that this kind of event does not have.
    fn left_over(&self) -> Option<Field> {
        let left = [
            (Field::Name, self.name.is_some()),
            (Field::Hours, self.hours.is_some()),
            (Field::Minutes, self.minutes.is_some()),
            (Field::Schedule, self.schedule.is_some()),
            (Field::PlannedHours, self.planned_hours.is_some()),
            (Field::PlannedMonths, self.planned_months.is_some()),
            (Field::Ref, self.of.is_some()),
        ];
        left.into_iter().find(|(_, present)| *present).map(|(field, _)| field)
    }
}

fn text(field: Field, raw: &str) -> Result<String, Fault> {
    let text: String = serde_json::from_str(raw).map_err(|_| Fault::NotAText { field })?;
    if text.trim().is_empty() {
        Err(Fault::EmptyText { field })
    } else if text.len() > LONGEST_TEXT {
        Err(Fault::LongText { field })
    } else {
        Ok(text)
    }
}

/// A name as schedules compare it: in NFC, trimmed.
fn name(field: Field, raw: &str) -> Result<String, Fault> {
    let text = text(field, raw)?;
    let trimmed = text.trim();
    Ok(if is_nfc(trimmed) { trimmed.to_owned() } else { trimmed.nfc().collect() })
}

/// A JSON number or a decimal string, as its digits.
fn digits(field: Field, raw: &str) -> Result<Cow<'_, str>, Fault> {
    if raw.starts_with('"') {
        text(field, raw).map(Cow::Owned)
    } else if raw.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        Ok(Cow::Borrowed(raw))
    } else {
        Err(Fault::NotDigits { field, text: shortened(raw) })
    }
}

fn hours(field: Field, raw: &str) -> Result<Hours, Fault> {
    let digits = digits(field, raw)?;
    Hours::read(&digits).map_err(|error| {
        let text = shortened(&digits);
        match error {
            DigitsError::NotDigits => Fault::NotDigits { field, text },
            DigitsError::TooManyDecimals => Fault::TooManyDecimals { field, text },
            DigitsError::TooLarge => Fault::OutOfRange { field, text },
        }
    })
}

fn whole(field: Field, raw: &str) -> Result<u64, Fault> {
    let text = || shortened(raw);
    if !raw.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return Err(Fault::NotDigits { field, text: text() });
    }
    match read_digits(raw, 0) {
        Ok(whole) => u64::try_from(whole).map_err(|_| Fault::OutOfRange { field, text: text() }),
        Err(DigitsError::NotDigits | DigitsError::TooManyDecimals) => {
            Err(Fault::NotDigits { field, text: text() })
        }
        Err(DigitsError::TooLarge) => Err(Fault::OutOfRange { field, text: text() }),
    }
}

/// The user's own words, cut after 60 characters, control characters escaped.
fn shortened(text: &str) -> String {
    let escaped = seen(&text.chars().take(60).collect::<String>());
    if text.chars().nth(60).is_some() { format!("{escaped}…") } else { escaped }
}
