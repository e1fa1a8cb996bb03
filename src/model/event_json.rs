//! Events from JSON, strictly: a closed set of fields, each read from its own digits.
//!
//! One object is one event. A fault names the field and stands at its byte in the text, so that a
//! reader of event files can point at it. Deserialising [`Event`] with serde goes the same way.

use super::SubjectKind;
use super::event_fault::{EventFault, Fault};
use super::program::Rate;
use super::{Agreement, Beside, Event, EventKind, Kind, More, StatedShare, StatedSum};
use crate::calendar::Date;
use crate::lang::{Lang, seen};
use crate::money::{DigitsError, Hours, Percent, read_digits};
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
    Price,
    Rate,
    Shares,
    PlannedStart,
    PlannedEnd,
    Quantity,
    Amount,
    Percent,
}

impl Field {
    /// How many there are.
    pub const COUNT: usize = 19;

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
        Field::Price,
        Field::Rate,
        Field::Shares,
        Field::PlannedStart,
        Field::PlannedEnd,
        Field::Quantity,
        Field::Amount,
        Field::Percent,
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
            Field::Price => "price",
            Field::Rate => "rate",
            Field::Shares => "shares",
            Field::PlannedStart => "planned_start",
            Field::PlannedEnd => "planned_end",
            Field::Quantity => "quantity",
            Field::Amount => "amount",
            Field::Percent => "percent",
        }
    }

    /// The field with this name in JSON.
    pub fn find(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.name() == name)
    }

    /// A bit of its own in a set of fields.
    pub fn bit(self) -> u32 {
        1 << self as u16
    }
}

impl Kind {
    /// Whether an event of this kind may have exactly these fields, a set of [`Field::bit`]s.
    pub fn takes(self, fields: u32) -> bool {
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
            // Read the long way.
            Kind::Amendment | Kind::Progress | Kind::Suspension | Kind::Resumption => {
                return false;
            }
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
    agreement: Agreement,
    beside: Beside,
    percent: Option<Percent>,
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
            Field::Price => {
                put(&mut self.agreement.price, field, above_zero(field, sum(field, raw)?)?)
            }
            Field::Rate => {
                let rate = scaled(field, raw, Rate::DECIMALS)?;
                if rate == 0 {
                    return Err(Fault::OutOfRange { field, text: shortened(raw) });
                }
                put(&mut self.agreement.rate, field, Rate(rate))
            }
            Field::PlannedStart => put(&mut self.agreement.planned_start, field, day(field, raw)?),
            Field::PlannedEnd => put(&mut self.agreement.planned_end, field, day(field, raw)?),
            Field::Shares => {
                if !self.agreement.shares.is_empty() {
                    return Err(Fault::RepeatedField { field });
                }
                self.agreement.shares = shares(field, raw)?;
                Ok(())
            }
            Field::Quantity => {
                let quantity = scaled(field, raw, 4)?;
                if quantity > Beside::LARGEST_QUANTITY {
                    return Err(Fault::OutOfRange { field, text: shortened(raw) });
                }
                put(&mut self.beside.quantity, field, quantity)
            }
            Field::Amount => put(&mut self.beside.amount, field, sum(field, raw)?),
            Field::Percent => {
                let percent = scaled(field, raw, 4)?;
                if percent > 1_000_000 {
                    return Err(Fault::OutOfRange { field, text: shortened(raw) });
                }
                put(&mut self.percent, field, Percent(percent * 100_000))
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
            Kind::Opened => {
                let schedule = self.schedule.take().ok_or(need(Field::Schedule))?;
                let planned_hours = self.planned_hours.take();
                let planned_months = self.planned_months.take();
                let agreement = std::mem::take(&mut self.agreement);
                if agreement.is_empty() {
                    EventKind::Opened { schedule, planned_hours, planned_months }
                } else {
                    let more = More::Opened { schedule, planned_hours, planned_months, agreement };
                    EventKind::More(Box::new(more))
                }
            }
            Kind::Amendment => {
                self.agreement.planned_hours = self.planned_hours.take();
                self.agreement.planned_months = self.planned_months.take();
                if !self.agreement.shares.is_empty() {
                    let (field, kind) = (Field::Shares, stated.name());
                    return Err(Fault::MisplacedField { field, kind });
                }
                let agreement = std::mem::take(&mut self.agreement);
                if agreement.is_empty() {
                    return Err(need(Field::Price));
                }
                EventKind::More(Box::new(More::Amendment(agreement)))
            }
            Kind::Progress => {
                let percent = self.percent.take().ok_or(need(Field::Percent))?;
                EventKind::More(Box::new(More::Progress(percent)))
            }
            Kind::Suspension => EventKind::More(Box::new(More::Suspension)),
            Kind::Resumption => EventKind::More(Box::new(More::Resumption)),
            Kind::Milestone(milestone) => EventKind::Milestone(milestone),
            Kind::Subject(SubjectKind::Action) => {
                let name = self.name.take().ok_or(need(Field::Name))?;
                let hours = match (self.hours.take(), self.minutes.take()) {
                    (Some(_), Some(_)) => return Err(Fault::HoursAndMinutes),
                    (hours, minutes) => hours.or(minutes),
                };
                let beside = std::mem::take(&mut self.beside);
                if beside.is_empty() {
                    EventKind::Action { name, hours }
                } else {
                    EventKind::More(Box::new(More::Action { name, hours, beside }))
                }
            }
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
            (Field::Price, self.agreement.price.is_some()),
            (Field::Rate, self.agreement.rate.is_some()),
            (Field::Shares, !self.agreement.shares.is_empty()),
            (Field::PlannedStart, self.agreement.planned_start.is_some()),
            (Field::PlannedEnd, self.agreement.planned_end.is_some()),
            (Field::Quantity, self.beside.quantity.is_some()),
            (Field::Amount, self.beside.amount.is_some()),
            (Field::Percent, self.percent.is_some()),
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

/// A number of at most so many decimals, 0 or more, times 10^`decimals`.
fn scaled(field: Field, raw: &str, decimals: u32) -> Result<i64, Fault> {
    let digits = digits(field, raw)?;
    read_digits(&digits, decimals).map_err(|error| {
        let text = shortened(&digits);
        match error {
            DigitsError::NotDigits => Fault::NotDigits { field, text },
            DigitsError::TooManyDecimals => Fault::TooManyDecimals { field, text },
            DigitsError::TooLarge => Fault::OutOfRange { field, text },
        }
    })
}

fn sum(field: Field, raw: &str) -> Result<StatedSum, Fault> {
    scaled(field, raw, StatedSum::DECIMALS).map(StatedSum)
}

fn above_zero(field: Field, sum: StatedSum) -> Result<StatedSum, Fault> {
    if sum.0 > 0 { Ok(sum) } else { Err(Fault::OutOfRange { field, text: "0".to_owned() }) }
}

fn day(field: Field, raw: &str) -> Result<Date, Fault> {
    let written = text(field, raw)?;
    Date::parse(&written).ok_or_else(|| Fault::NotADay { field, text: shortened(&written) })
}

/// An object of payers and their shares, or the same in a text: `{"Fund":"70 %"}`, `{"Fund":"900.00"}`.
fn shares(field: Field, raw: &str) -> Result<Vec<(String, StatedShare)>, Fault> {
    let wrong = |text: &str| Fault::NotShares { text: shortened(text) };
    let inner: String;
    let object = if raw.starts_with('"') {
        inner = text(field, raw)?;
        inner.as_str()
    } else {
        raw
    };
    let fields: Fields<'_> = serde_json::from_str(object).map_err(|_| wrong(object))?;
    let mut shares: Vec<(String, StatedShare)> = Vec::with_capacity(fields.0.len());
    for (payer, value) in &fields.0 {
        let payer = payer.trim();
        let payer: String = if is_nfc(payer) { payer.to_owned() } else { payer.nfc().collect() };
        let digits = digits(field, value.get()).map_err(|_| wrong(value.get()))?;
        let share = match digits.trim().strip_suffix('%') {
            Some(percent) => Percent::read(percent.trim())
                .ok()
                .filter(|percent| *percent <= Percent::WHOLE)
                .map(StatedShare::Percent),
            None => read_digits(digits.trim(), StatedSum::DECIMALS)
                .ok()
                .map(|sum| StatedShare::Sum(StatedSum(sum))),
        };
        let share = share.ok_or_else(|| wrong(&digits))?;
        if payer.is_empty() || shares.iter().any(|(known, _)| *known == payer) {
            return Err(wrong(object));
        }
        shares.push((payer, share));
    }
    if shares.is_empty() { Err(wrong(object)) } else { Ok(shares) }
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
