//! Events from JSON, strictly: a closed set of fields, each read from its own digits.
//!
//! One object is one event. A fault names the field and stands at its byte in the text, so that a
//! reader of event files can point at it. Deserialising [`Event`] with serde goes the same way.

use super::cell_fault::CellFault;
use super::event_fault::{EventFault, Fault, JsonFault};
use super::event_values::{
    above_zero, as_written, day, hours, key, name, scaled, shares, shortened, sum, text, whole,
};
use super::field::{Field, LONGEST_PLAN};
use super::host_names::HostNames;
use super::json_fields::Fields;
use super::program::Rate;
use super::{Agreement, Beside, Event, EventKind, Kind, More, PlannedTerms, SubjectKind};
use crate::calendar::Date;
use crate::lang::Lang;
use crate::money::{Hours, Percent};
use serde::de::Error as _;
use serde_json::value::RawValue;

/// What the days of an event are written as, beside what they say: sets of [`Field::bit`]s.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayMarks {
    /// Fields that hold the midnight of a clock with a zone: a day, unless other lines show that the same
    /// field holds moments.
    pub zoned: u32,
    /// Fields that hold a moment.
    pub moments: u32,
}

/// A line of an event file, read.
#[derive(Debug)]
pub struct ReadLine {
    /// The event, or what is wrong with it.
    pub outcome: Result<Event, EventFault>,
    /// How its days are written.
    pub days: DayMarks,
}

/// Reads one event from the text of one JSON object, alone: a midnight with a zone is then a moment, since
/// nothing shows whether it stands for a day.
pub fn read_event(text: &str) -> Result<Event, EventFault> {
    let read = read_line(text, None);
    let event = read.outcome?;
    let zoned = Field::ALL.into_iter().find(|field| read.days.zoned & field.bit() != 0);
    match zoned {
        None => Ok(event),
        Some(field) => {
            let fault = Fault::LoneZonedMidnight { field };
            Err(EventFault { case: Some(event.case), offset: 0, fault })
        }
    }
}

/// Reads one event from the text of one JSON object whose fields and kinds may have names of the host's.
pub fn read_line(text: &str, names: Option<&HostNames>) -> ReadLine {
    let mut draft = Draft::default();
    let outcome = read_object(text, names, &mut draft);
    ReadLine { outcome, days: draft.days }
}

fn read_object(
    text: &str,
    names: Option<&HostNames>,
    draft: &mut Draft,
) -> Result<Event, EventFault> {
    let fields: Fields<'_> = serde_json::from_str(text).map_err(|error| {
        let starts_object = text.trim_start().starts_with('{');
        let offset = error.column().saturating_sub(1);
        let fault = if starts_object {
            Fault::NotJson(JsonFault::at(text, offset, error.is_eof()))
        } else {
            Fault::NotAnObject
        };
        EventFault { case: None, offset, fault }
    })?;
    let mut first = None;
    let mut unknown = Vec::new();
    let mut seen = 0;
    for (key, value) in &fields.0 {
        let offset = value.get().as_ptr() as usize - text.as_ptr() as usize;
        let field = match names.and_then(|names| names.field(key)) {
            Some(None) => continue,
            Some(field) => field,
            None => Field::find(key),
        };
        let outcome = match field {
            Some(field) if seen & field.bit() != 0 => {
                let fault = Fault::RepeatedField { field };
                if field == Field::Case {
                    // Two cases, whatever they are, could be any case.
                    return Err(EventFault { case: None, offset, fault });
                }
                Err(fault)
            }
            Some(field) => {
                seen |= field.bit();
                draft.set(field, value.get(), names)
            }
            None => {
                unknown.push(shortened(key));
                Err(Fault::UnknownFields { names: Vec::new(), seen })
            }
        };
        if let Err(fault) = outcome {
            first.get_or_insert((offset, fault));
        }
    }
    if let Some((offset, fault)) = first {
        let fault = if matches!(fault, Fault::UnknownFields { .. }) {
            Fault::UnknownFields { names: unknown, seen }
        } else {
            fault
        };
        return Err(EventFault { case: draft.case.take(), offset, fault });
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
    planned: PlannedTerms,
    of: Option<String>,
    agreement: Agreement,
    beside: Beside,
    percent: Option<Percent>,
    days: DayMarks,
}

impl Draft {
    fn set(&mut self, field: Field, raw: &str, names: Option<&HostNames>) -> Result<(), Fault> {
        fn put<T>(slot: &mut Option<T>, value: T) -> Result<(), Fault> {
            *slot = Some(value);
            Ok(())
        }
        if raw == "null" {
            return match field.is_in_every_event() {
                true => Err(Fault::IsNull { field }),
                false => Ok(()),
            };
        }
        match field {
            Field::Case => match key(field, raw) {
                // It is most likely the case of that name which lacks this event.
                Err(Fault::Padded { field, text }) => {
                    self.case = Some(text.trim().to_owned());
                    Err(Fault::Padded { field, text })
                }
                case => put(&mut self.case, case?),
            },
            Field::Id => put(&mut self.id, key(field, raw)?),
            Field::Name => put(&mut self.name, name(field, raw)?),
            Field::Schedule => put(&mut self.schedule, name(field, raw)?),
            Field::Kind => {
                let written = text(field, raw)?;
                let ours = names.and_then(|names| names.kind(&written));
                put(&mut self.kind, ours.map_or(written, |kind| kind.name().to_owned()))
            }
            Field::Ref => put(&mut self.of, key(field, raw)?),
            Field::Date => {
                let date = self.day(field, raw)?;
                put(&mut self.date, date)
            }
            Field::Hours => put(&mut self.hours, hours(field, raw)?),
            Field::PlannedHours => {
                let planned = hours(field, raw)?;
                if planned == Hours::ZERO {
                    return Err(Fault::OutOfRange { field, text: as_written(raw) });
                }
                put(&mut self.planned.hours, planned)
            }
            Field::Minutes => {
                let minutes = whole(field, raw)?;
                let hours = Hours::from_minutes(minutes)
                    .ok_or_else(|| Fault::OutOfRange { field, text: as_written(raw) })?;
                put(&mut self.minutes, hours)
            }
            Field::PlannedMonths => {
                let months = u32::try_from(whole(field, raw)?).ok();
                let months = months
                    .filter(|months| (1..=LONGEST_PLAN).contains(months))
                    .ok_or_else(|| Fault::OutOfRange { field, text: as_written(raw) })?;
                put(&mut self.planned.months, months)
            }
            Field::Price => put(&mut self.agreement.price, above_zero(field, sum(field, raw)?)?),
            Field::Rate => {
                let rate = scaled(field, raw, Rate::DECIMALS)?;
                if rate == 0 {
                    return Err(Fault::OutOfRange { field, text: as_written(raw) });
                }
                put(&mut self.agreement.rate, Rate(rate))
            }
            Field::PlannedStart => {
                let day = self.day(field, raw)?;
                put(&mut self.agreement.planned_start, day)
            }
            Field::PlannedEnd => {
                let day = self.day(field, raw)?;
                put(&mut self.agreement.planned_end, day)
            }
            Field::Shares => {
                self.agreement.shares = shares(field, raw)?;
                Ok(())
            }
            Field::Quantity => {
                let quantity = scaled(field, raw, 4)?;
                if quantity > Beside::LARGEST_QUANTITY {
                    return Err(Fault::OutOfRange { field, text: as_written(raw) });
                }
                put(&mut self.beside.quantity, quantity)
            }
            Field::Amount => put(&mut self.beside.amount, sum(field, raw)?),
            Field::Percent => {
                let percent = scaled(field, raw, 4)?;
                if percent > 1_000_000 {
                    return Err(Fault::OutOfRange { field, text: as_written(raw) });
                }
                put(&mut self.percent, Percent(percent * 100_000))
            }
        }
    }

    /// A day; how it is written is noted.
    fn day(&mut self, field: Field, raw: &str) -> Result<Date, Fault> {
        let day = day(field, raw);
        match &day {
            Ok((_, true)) => self.days.zoned |= field.bit(),
            Err(Fault::Cell { fault: CellFault::Moment, .. }) => self.days.moments |= field.bit(),
            Ok(_) | Err(_) => {}
        }
        day.map(|(day, _)| day)
    }

    fn finish(&mut self) -> Result<Event, Fault> {
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
                let planned = std::mem::take(&mut self.planned);
                let agreement = std::mem::take(&mut self.agreement);
                if agreement.is_empty() {
                    EventKind::Opened { schedule, planned }
                } else {
                    EventKind::More(Box::new(More::Opened { schedule, planned, agreement }))
                }
            }
            Kind::Amendment => {
                self.agreement.planned = std::mem::take(&mut self.planned);
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
            (Field::PlannedHours, self.planned.hours.is_some()),
            (Field::PlannedMonths, self.planned.months.is_some()),
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
