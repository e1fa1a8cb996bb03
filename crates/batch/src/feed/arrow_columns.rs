//! Columns of events: in, their names and types; out, the fields that they hold and the types as which they are read. A column that is
//! no field, or whose type could not hold the field exactly, is refused with all the others: nothing is guessed.

use super::csv_header::wrong_columns;
use super::rows::Held;
use crate::lang::{Lang, say, seen};
use crate::model::{Field, HostNames};
use arrow_schema::{DataType, Field as ColumnType, Schema, SchemaRef};
use std::sync::Arc;

/// All that is wrong with the columns of a file.
#[derive(Clone, Debug, Default)]
pub struct WrongColumns {
    unknown: Vec<String>,
    repeated: Vec<Field>,
    missing: Vec<Field>,
    known: Vec<Field>,
    /// Fields that every event has, in columns that are null in every row.
    null: Vec<Field>,
    /// Types, as the library names them.
    types: Vec<(Field, String)>,
}

impl WrongColumns {
    fn is_empty(&self) -> bool {
        self.unknown.is_empty()
            && self.repeated.is_empty()
            && self.missing.is_empty()
            && self.null.is_empty()
            && self.types.is_empty()
    }

    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> String {
        let named = {
            let WrongColumns { unknown, repeated, missing, known, .. } = self;
            wrong_columns(unknown, repeated, missing, known, false, lang)
        };
        let mut parts = Vec::new();
        for (field, found) in &self.types {
            let (name, found) = (field.name(), seen(found));
            let wanted = wanted(*field, lang);
            parts.push(say!(
                lang,
                "column `{name}` is of type `{found}`; it has to be {wanted}",
                "la colonne `{name}` est de type `{found}` ; elle doit être {wanted}"
            ));
        }
        for field in &self.null {
            let name = field.name();
            parts.push(say!(
                lang,
                "column `{name}` is null in every row, and every event has one",
                "la colonne `{name}` est nulle à chaque ligne, et tout événement en a un"
            ));
        }
        if !named.is_empty() {
            parts.push(named);
        }
        parts.join(lang.pick("; ", " ; "))
    }
}

/// The types that the column of a field may have, in words.
fn wanted(field: Field, lang: Lang) -> &'static str {
    match field {
        Field::Kind | Field::Name | Field::Schedule | Field::Shares => {
            lang.pick("text", "du texte")
        }
        Field::Case | Field::Id | Field::Ref => {
            lang.pick("text or a whole number", "du texte ou un nombre entier")
        }
        Field::Date | Field::PlannedStart | Field::PlannedEnd => lang.pick(
            "a date, a timestamp that is midnight in every row, or text",
            "une date, un horodatage à minuit sur chaque ligne, ou du texte",
        ),
        Field::Hours
        | Field::PlannedHours
        | Field::Price
        | Field::Rate
        | Field::Quantity
        | Field::Amount
        | Field::Percent
        | Field::Minutes
        | Field::PlannedMonths => lang.pick("a number or text", "un nombre ou du texte"),
    }
}

/// The columns that are read, and the types of all.
pub struct Columns {
    /// What each of those that are read holds.
    pub held: Arc<[Held]>,
    /// All columns, with the types as which they are read.
    pub schema: SchemaRef,
}

/// The fields that columns stand for, and the types as which they are read: few names that come
/// often stay numbers, with a table of what they stand for. `is_utc` says of a column that its moments are of a clock in UTC.
pub fn columns(
    schema: &Schema,
    is_utc: &dyn Fn(usize) -> bool,
    host: Option<&HostNames>,
) -> Result<Columns, Box<WrongColumns>> {
    let mut wrong = WrongColumns::default();
    let (mut held, mut types): (Vec<Held>, Vec<ColumnType>) = Default::default();
    let mut known = Vec::new();
    for (place, column) in schema.fields().iter().enumerate() {
        let name = column.name();
        let mut read_as = column.data_type().clone();
        let field = match host.and_then(|host| host.field(name)) {
            Some(listed) => listed,
            None => {
                let field = Field::find(name);
                if field.is_none() {
                    wrong.unknown.push(name.clone());
                }
                field
            }
        };
        if let Some(field) = field {
            if known.contains(&field) {
                wrong.repeated.push(field);
            }
            known.push(field);
            match type_as(field, column.data_type()) {
                TypeAs::Absent if field.is_in_every_event() => wrong.null.push(field),
                TypeAs::Absent => {}
                TypeAs::Wrong => wrong.types.push((field, column.data_type().to_string())),
                TypeAs::Read(other) => {
                    let zoned = matches!(&other, DataType::Timestamp(_, Some(_))) || is_utc(place);
                    held.push(Held { field, place, zoned });
                    read_as = other;
                }
            }
        }
        types.push(ColumnType::new(name, read_as, column.is_nullable()));
    }
    let always = Field::ALL.into_iter().filter(|field| field.is_in_every_event());
    wrong.missing.extend(always.filter(|field| !known.contains(field)));
    wrong.known = known;
    if !wrong.is_empty() {
        return Err(Box::new(wrong));
    }
    Ok(Columns { held: held.into(), schema: Arc::new(Schema::new(types)) })
}

/// How a column of some type is read.
enum TypeAs {
    /// As this type.
    Read(DataType),
    /// Not at all: it is null in every row.
    Absent,
    /// It could not hold its field.
    Wrong,
}

/// The type as which a column is read, if it can hold its field exactly.
fn type_as(field: Field, stored: &DataType) -> TypeAs {
    let coded = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let number = stored.is_integer()
        || matches!(stored, DataType::Decimal128(..))
        || matches!(stored, DataType::Float16 | DataType::Float32 | DataType::Float64);
    let certain =
        stored.is_integer() || matches!(stored, DataType::Decimal128(..) | DataType::Float64);
    match (field, stored) {
        (_, DataType::Null) => TypeAs::Absent,
        (Field::Kind | Field::Name | Field::Schedule, DataType::Utf8) => TypeAs::Read(coded),
        (_, DataType::Utf8) => TypeAs::Read(DataType::Utf8),
        (
            Field::Date | Field::PlannedStart | Field::PlannedEnd,
            DataType::Date32 | DataType::Timestamp(..),
        ) => TypeAs::Read(stored.clone()),
        (Field::Case | Field::Id | Field::Ref, _) if certain => TypeAs::Read(stored.clone()),
        (
            Field::Hours
            | Field::PlannedHours
            | Field::Minutes
            | Field::PlannedMonths
            | Field::Price
            | Field::Rate
            | Field::Quantity
            | Field::Amount
            | Field::Percent,
            _,
        ) if number => TypeAs::Read(stored.clone()),
        _ => TypeAs::Wrong,
    }
}
