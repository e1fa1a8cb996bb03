//! Rows of columns, of a Parquet file or of a host, read into a block: what is certainly one sound event goes straight from
//! the columns; every other row is written as the JSON object that says the same, for
//! [`read_line`](crate::model::read_line) to say what is wrong with it.
//!
//! An absent value is a field that the event does not have. Rows never touch one another.

use super::arrow_values::{Values, shown_day, shown_decimal, shown_moment, ten_to, text, values};
use super::block::{Block, LineSays, NameOf, Said, Sound};
use super::readings::Marks;
use super::rows::{Held, Rows};
use super::span::Span;
use super::texts::may_be_of_a_formula;
use super::wrong_lines::UnreadableReason;
use crate::calendar::Date;
use crate::model::{Field, HostNames, Kind, LONGEST_PLAN, LONGEST_TEXT, SubjectKind, read_line};
use crate::money::Hours;
use arrow_array::{Array, ArrayRef, StringArray};

/// One column.
struct Column<'r> {
    array: &'r ArrayRef,
    values: Values<'r>,
}

/// The columns of the fields, and for each row which of them have a value.
struct Table<'r> {
    held: &'r [Held],
    host: Option<&'r HostNames>,
    columns: Vec<Column<'r>>,
    /// For each field, by its number, its place among the columns.
    places: [Option<usize>; Field::COUNT],
    /// For each row, a set of [`Field::bit`]s.
    present: Vec<u32>,
    /// The kind for each text of the table of kinds; where there is no table, for each row.
    kinds: Vec<Option<Kind>>,
    /// The row of the last name that was looked up, if there is no table, and its place among the names of the block.
    last_name: Option<(NameOf, usize, u32)>,
    /// For each kind of name, the names of the block for the texts of its table, once looked up.
    names: [Vec<u32>; NameOf::COUNT],
}

impl NameOf {
    const COUNT: usize = 5;

    /// Its number, below the count.
    fn number(self) -> usize {
        match self {
            NameOf::Subject(SubjectKind::Action) => 0,
            NameOf::Subject(SubjectKind::Deliverable) => 1,
            NameOf::Subject(SubjectKind::Event) => 2,
            NameOf::Schedule => 3,
            NameOf::Void => 4,
        }
    }

    /// The field in which it stands.
    fn field(self) -> Field {
        match self {
            NameOf::Subject(_) => Field::Name,
            NameOf::Schedule => Field::Schedule,
            NameOf::Void => Field::Ref,
        }
    }
}

/// Not looked up yet.
const UNKNOWN: u32 = u32::MAX;

impl Block {
    /// Reads rows.
    pub(super) fn read_rows(&mut self, rows: &Rows) {
        self.bytes.clear();
        let mut table = Table::new(rows, &mut self.bytes);
        let count = u32::try_from(rows.batch.num_rows()).unwrap_or(u32::MAX);
        self.said.reserve(rows.batch.num_rows());
        for row in 0..count {
            let what = match self.sound_row(&mut table, row as usize) {
                Some(sound) => LineSays::Event(sound),
                None => self.any_row(&table, row as usize),
            };
            self.said.push(Said { line: row, what });
        }
        self.line_count = count;
    }

    /// A row that is certainly one sound event.
    #[inline]
    fn sound_row(&mut self, table: &mut Table<'_>, row: usize) -> Option<Sound> {
        let present = *table.present.get(row)?;
        let has = |field: Field| present & field.bit() != 0;
        let kind = table.kind(row)?;
        if !kind.takes(present) {
            return None;
        }
        let name = match NameOf::kind(kind) {
            None => None,
            Some(of) => Some(self.name_in(table, of, row)?),
        };
        // Whether its kind may have them has been asked.
        let hours = if has(Field::Hours) {
            Some(table.hours(Field::Hours, row)?)
        } else if has(Field::Minutes) {
            let minutes = u64::try_from(table.whole(Field::Minutes, row)?).ok()?;
            Some(Hours::from_minutes(minutes)?)
        } else if has(Field::PlannedHours) {
            let planned = table.hours(Field::PlannedHours, row)?;
            Some(planned).filter(|planned| *planned != Hours::ZERO).map(Some)?
        } else {
            None
        };
        let months = if has(Field::PlannedMonths) {
            let months = u32::try_from(table.whole(Field::PlannedMonths, row)?).ok()?;
            Some(Some(months).filter(|months| (1..=LONGEST_PLAN).contains(months))?)
        } else {
            None
        };
        let id = if has(Field::Id) { table.span(Field::Id, row)? } else { Span::default() };
        let (case, date) = (table.span(Field::Case, row)?, table.date(row)?);
        Some(Sound::new(kind, date, case, id, name, (hours, months)))
    }

    /// The place of what a row names, among the names of the block.
    #[inline]
    fn name_in(&mut self, table: &mut Table<'_>, of: NameOf, row: usize) -> Option<u32> {
        let column = table.column(of.field())?;
        let (name, code) = match &column.values {
            Values::Coded(codes, texts) => {
                let code = usize::try_from(*codes.get(row)?).ok()?;
                let known = table.names.get(of.number())?.get(code);
                if let Some(place) = known.filter(|place| **place != UNKNOWN) {
                    return Some(*place);
                }
                (text(texts, code)?, Some(code))
            }
            Values::Texts(texts, _) => {
                let name = text(texts, row)?;
                if let Some((same, last, place)) = table.last_name
                    && same == of
                    && text(texts, last) == Some(name)
                {
                    return Some(place);
                }
                (name, None)
            }
            Values::Days(_)
            | Values::Moments { .. }
            | Values::Whole(..)
            | Values::Floats(_)
            | Values::Decimal(..) => return None,
        };
        let place = is_sound(name).then(|| self.plain_name(of, name))??;
        if let Some(code) = code {
            let names = table.names.get_mut(of.number())?;
            if names.len() <= code {
                names.resize(code + 1, UNKNOWN);
            }
            *names.get_mut(code)? = place;
        } else {
            table.last_name = Some((of, row, place));
        }
        Some(place)
    }

    /// Any row: an event, or what is wrong with it.
    #[cold]
    fn any_row(&mut self, table: &Table<'_>, row: usize) -> LineSays {
        let (json, starts) = table.to_json(row);
        let read = read_line(&json, None);
        self.mark(&Marks { days: read.days, ..Marks::default() });
        let fault = match read.outcome {
            Ok(event) => return self.typed(&event),
            Err(fault) => fault,
        };
        let before = starts.iter().rev().find(|(start, _)| *start <= fault.offset);
        let place = before.map_or(0, |(_, place)| *place);
        let column = u32::try_from(place + 1).unwrap_or(u32::MAX);
        match fault.case {
            Some(case) => LineSays::fault(case, column, fault.fault),
            None => LineSays::unreadable(column, UnreadableReason::NoCase(fault.fault)),
        }
    }
}

/// The kind that each text names; most are the one before.
fn kinds_of(texts: &StringArray, host: Option<&HostNames>) -> Vec<Option<Kind>> {
    let mut last = (None, None);
    let kind = |text: Option<&str>| {
        let text = text?;
        host.and_then(|host| host.kind(text)).or_else(|| Kind::find(text))
    };
    let each = texts.iter().map(|text| {
        if last.0 != Some(text) {
            last = (Some(text), kind(text));
        }
        last.1
    });
    each.collect()
}

/// Whether a text is certainly one that an event may have. Others are looked at closely.
fn is_sound(text: &str) -> bool {
    let visible = text.as_bytes().first().is_some_and(u8::is_ascii_graphic);
    visible && text.len() <= LONGEST_TEXT && !may_be_of_a_formula(text.as_bytes())
}

/// The same of a text whose every character counts.
fn is_sound_key(text: &str) -> bool {
    is_sound(text) && text.as_bytes().last().is_some_and(u8::is_ascii_graphic)
}

impl<'r> Table<'r> {
    fn new(rows: &'r Rows, bytes: &mut Vec<u8>) -> Table<'r> {
        let mut places = [None; Field::COUNT];
        let mut columns = Vec::with_capacity(rows.columns.len());
        let mut present = vec![0; rows.batch.num_rows()];
        for (place, (held, array)) in rows.columns.iter().zip(rows.batch.columns()).enumerate() {
            let field = held.field;
            if let Some(slot) = places.get_mut(field as usize) {
                *slot = Some(place);
            }
            let values = values(array, field.is_key(), held.zoned, bytes);
            columns.push(Column { array, values });
            let nulls = array.nulls().filter(|nulls| nulls.null_count() > 0);
            for (row, present) in present.iter_mut().enumerate() {
                if nulls.is_none_or(|nulls| nulls.is_valid(row)) {
                    *present |= field.bit();
                }
            }
        }
        let host = rows.host.as_deref();
        let mut table = Table {
            held: &rows.columns,
            host,
            columns,
            places,
            present,
            kinds: Vec::new(),
            last_name: None,
            names: Default::default(),
        };
        let kinds = table.column(Field::Kind).map(|kind| &kind.values);
        if let Some(Values::Coded(_, texts) | Values::Texts(texts, _)) = kinds {
            table.kinds = kinds_of(texts, host);
        }
        table
    }

    #[inline]
    fn column(&self, field: Field) -> Option<&Column<'r>> {
        self.columns.get((*self.places.get(field as usize)?)?)
    }

    #[inline]
    fn kind(&self, row: usize) -> Option<Kind> {
        let place = match &self.column(Field::Kind)?.values {
            Values::Coded(codes, _) => usize::try_from(*codes.get(row)?).ok()?,
            Values::Texts(..) => row,
            Values::Days(_)
            | Values::Moments { .. }
            | Values::Whole(..)
            | Values::Floats(_)
            | Values::Decimal(..) => return None,
        };
        *self.kinds.get(place)?
    }

    #[inline]
    fn date(&self, row: usize) -> Option<Date> {
        match &self.column(Field::Date)?.values {
            Values::Days(days) => Date::from_days(*days.get(row)?),
            Values::Texts(texts, _) => Date::parse(text(texts, row)?),
            Values::Moments { values, parts, zoned: false } => {
                let value = *values.get(row)?;
                let is_midnight = value.checked_rem_euclid(*parts)? == 0;
                let days = i32::try_from(value.checked_div_euclid(*parts)?).ok()?;
                is_midnight.then_some(days).and_then(Date::from_days)
            }
            Values::Coded(..)
            | Values::Moments { .. }
            | Values::Whole(..)
            | Values::Floats(_)
            | Values::Decimal(..) => None,
        }
    }

    /// Where a text that is certainly sound stands in the block.
    #[inline]
    fn span(&self, field: Field, row: usize) -> Option<Span> {
        let (texts, base) = match &self.column(field)?.values {
            Values::Texts(texts, base) => (texts, base),
            Values::Whole(_, places) => {
                let (start, length) = places.get(row)?;
                return Span::new(*start, *length);
            }
            Values::Coded(..)
            | Values::Days(_)
            | Values::Moments { .. }
            | Values::Floats(_)
            | Values::Decimal(..) => return None,
        };
        let text = text(texts, row).filter(|text| is_sound_key(text))?;
        let offsets = texts.value_offsets();
        let start = usize::try_from(*offsets.get(row)? - *offsets.first()?).ok()?;
        Span::new(base + start, text.len())
    }

    #[inline]
    fn hours(&self, field: Field, row: usize) -> Option<Hours> {
        let hours = match &self.column(field)?.values {
            Values::Decimal(digits, decimals) => {
                // What is too long here is looked at closely.
                let digits = i64::try_from(*digits.get(row)?).ok()?;
                // Hours are whole 1/30,000 of an hour.
                let units = match 4_i8.checked_sub(*decimals)? {
                    more @ 0.. => digits.checked_mul(ten_to(more)?)?,
                    less => {
                        let unit = ten_to(less.checked_neg()?)?;
                        (digits % unit == 0).then_some(digits / unit)?
                    }
                };
                Hours(units.checked_mul(3)?)
            }
            Values::Whole(numbers, _) => {
                let hours = i64::try_from(*numbers.get(row)?).ok()?;
                Hours(hours.checked_mul(Hours::ONE.0)?)
            }
            Values::Texts(texts, _) => Hours::read(text(texts, row)?).ok()?,
            Values::Floats(decimals) => Hours::read(decimals.get(row)?).ok()?,
            Values::Coded(..) | Values::Days(_) | Values::Moments { .. } => return None,
        };
        (Hours::ZERO..=Hours::LARGEST).contains(&hours).then_some(hours)
    }

    #[inline]
    fn whole(&self, field: Field, row: usize) -> Option<i128> {
        match &self.column(field)?.values {
            Values::Whole(numbers, _) => numbers.get(row).copied(),
            Values::Floats(decimals) => decimals.get(row)?.parse().ok(),
            Values::Texts(..)
            | Values::Coded(..)
            | Values::Days(_)
            | Values::Moments { .. }
            | Values::Decimal(..) => None,
        }
    }

    /// A row as the JSON object that says the same, and where in it the value of each column begins.
    fn to_json(&self, row: usize) -> (String, Vec<(usize, usize)>) {
        let mut json = String::from("{");
        let mut starts = Vec::new();
        for (held, column) in self.held.iter().zip(&self.columns) {
            if column.array.is_null(row) {
                continue;
            }
            if json.len() > 1 {
                json.push(',');
            }
            json.push_str(&format!("\"{}\":", held.field.name()));
            starts.push((json.len(), held.place));
            json.push_str(&self.json_value(held.field, column, row));
        }
        json.push('}');
        (json, starts)
    }

    /// The JSON value of a cell that is not null.
    fn json_value(&self, field: Field, column: &Column<'_>, row: usize) -> String {
        let in_quotes = |text: &str| serde_json::Value::from(text).to_string();
        let of_text = |text: &str| match self.host.and_then(|host| host.kind(text)) {
            Some(kind) if field == Field::Kind => in_quotes(kind.name()),
            Some(_) | None => in_quotes(text),
        };
        match &column.values {
            Values::Texts(texts, _) => of_text(text(texts, row).unwrap_or_default()),
            Values::Coded(codes, texts) => {
                let code = codes.get(row).and_then(|code| usize::try_from(*code).ok());
                of_text(code.and_then(|code| text(texts, code)).unwrap_or_default())
            }
            Values::Days(days) => in_quotes(&shown_day(days.get(row).copied())),
            Values::Moments { values, parts, zoned } => {
                let value = values.get(row).copied().unwrap_or_default();
                in_quotes(&shown_moment(value, *parts, *zoned))
            }
            Values::Whole(numbers, _) => numbers.get(row).copied().unwrap_or_default().to_string(),
            Values::Floats(decimals) => {
                let decimal = decimals.get(row).map_or("", String::as_str);
                // With a point it is known to have been a floating point number.
                let is_whole = !decimal.contains('.') && !decimal.contains(char::is_alphabetic);
                match field.is_key() && is_whole {
                    true => format!("{decimal}.0"),
                    false => in_quotes(decimal),
                }
            }
            Values::Decimal(digits, decimals) => {
                let shown = shown_decimal(digits.get(row).copied().unwrap_or(0), *decimals);
                if field.is_key() { shown } else { in_quotes(&shown) }
            }
        }
    }
}
