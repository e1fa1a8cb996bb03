//! Events as Parquet: columns named as the fields of an event, one row an event.
//!
//! In: the bytes of a file, through whatever reads them. Out: pieces of rows, in order, which a
//! [`Block`](super::Block) reads. A column that is no field, or whose type could not hold the field
//! exactly, is refused with the whole file: nothing is guessed. A column that is null in every row is absent.

use super::block::Layout;
use super::csv_header::wrong_columns;
use super::parquet_rows::{Held, Rows};
use crate::lang::{Lang, say, seen};
use crate::model::{Field, HostNames};
use arrow_schema::{DataType, Field as ColumnType, Schema, SchemaRef};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use parquet::basic::Type as PhysicalType;
use parquet::errors::ParquetError;
use parquet::file::reader::ChunkReader;
use parquet::schema::types::SchemaDescriptor;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// How many rows a piece has at the most.
const ROWS: usize = 8192;

/// A Parquet file of events, open.
pub struct ParquetEvents {
    reader: ParquetRecordBatchReader,
    columns: Arc<[Held]>,
    host: Option<Arc<HostNames>>,
    /// How many rows it says it has.
    pub row_count: u64,
}

/// Why a Parquet file cannot be read as events.
#[derive(Clone, Debug)]
pub enum ParquetFault {
    /// It is cut off: its table of contents stands at its end.
    Cut,
    /// It is not sound.
    Damaged,
    /// It is compressed or stored in a form that is not read.
    Unsupported,
    /// Columns that are no fields, stand twice, are missing, or are of types that their fields cannot have.
    Columns(Box<WrongColumns>),
}

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

impl ParquetFault {
    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            ParquetFault::Cut => say!(
                lang,
                "this file cannot be read as Parquet: it is cut off",
                "ce fichier ne se lit pas comme du Parquet : il est tronqué"
            ),
            ParquetFault::Damaged => say!(
                lang,
                "this file cannot be read as Parquet: it is damaged",
                "ce fichier ne se lit pas comme du Parquet : il est abîmé"
            ),
            ParquetFault::Unsupported => say!(
                lang,
                "this file cannot be read: it is Parquet in a form that is not supported; write it with snappy, zstd, gzip or no compression, not encrypted",
                "ce fichier ne se lit pas : c'est du Parquet sous une forme non prise en charge ; écrivez-le en snappy, zstd, gzip ou sans compression, non chiffré"
            ),
            ParquetFault::Columns(wrong) => wrong.say(lang),
        }
    }
}

impl WrongColumns {
    fn is_empty(&self) -> bool {
        self.unknown.is_empty()
            && self.repeated.is_empty()
            && self.missing.is_empty()
            && self.null.is_empty()
            && self.types.is_empty()
    }

    fn say(&self, lang: Lang) -> String {
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

thread_local! {
    /// Whether this thread is where a panic is a fault of a file.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic of this thread is a fault of a file, told as such, and no fault of the program.
pub fn is_guarded() -> bool {
    GUARDED.get()
}

/// Does what a library does with bytes that may be anything: a panic of it is a fault of the file.
#[expect(clippy::wildcard_enum_match_arm, reason = "the list is another crate's and grows")]
pub fn guarded<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetFault> {
    GUARDED.set(true);
    let outcome = catch_unwind(AssertUnwindSafe(read));
    GUARDED.set(false);
    match outcome {
        Ok(outcome) => outcome.map_err(|error| match error {
            ParquetError::EOF(_) => ParquetFault::Cut,
            ParquetError::NYI(_) => ParquetFault::Unsupported,
            // The library has no kind of its own for a form that it was built without.
            other if other.to_string().contains("Disabled feature") => ParquetFault::Unsupported,
            _ => ParquetFault::Damaged,
        }),
        Err(_) => Err(ParquetFault::Damaged),
    }
}

impl ParquetEvents {
    /// Opens a file and looks at its columns, which may have names of the host's.
    pub fn open<R: ChunkReader + 'static>(
        bytes: R,
        host: Option<Arc<HostNames>>,
    ) -> Result<ParquetEvents, ParquetFault> {
        let plain = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = guarded(|| ArrowReaderMetadata::load(&bytes, plain))?;
        let stored = metadata.parquet_schema();
        let Columns { held, schema } = columns(metadata.schema(), stored, host.as_deref())?;
        let mask = ProjectionMask::roots(stored, held.iter().map(|held| held.place));
        let rows = metadata.metadata().file_metadata().num_rows();
        let typed = ArrowReaderOptions::new().with_schema(schema);
        let reader = guarded(|| {
            let metadata = ArrowReaderMetadata::try_new(Arc::clone(metadata.metadata()), typed)?;
            ParquetRecordBatchReaderBuilder::new_with_metadata(bytes, metadata)
                .with_batch_size(ROWS)
                .with_projection(mask)
                .build()
        })?;
        let row_count = u64::try_from(rows).unwrap_or_default();
        Ok(ParquetEvents { reader, columns: held, host, row_count })
    }

    /// The next rows, and how many they are; `None` at the end.
    pub fn next_rows(&mut self) -> Result<Option<(Layout, u64)>, ParquetFault> {
        let reader = &mut self.reader;
        let batch = guarded(|| Ok(reader.next().transpose()?))?;
        Ok(batch.map(|batch| {
            let rows = batch.num_rows() as u64;
            let (columns, host) = (Arc::clone(&self.columns), self.host.clone());
            (Layout::Parquet(Rows { batch, columns, host }), rows)
        }))
    }
}

/// The columns that are read, and the types of all.
struct Columns {
    held: Arc<[Held]>,
    schema: SchemaRef,
}

/// The fields that columns stand for, and the types as which they are read: few names that come
/// often stay numbers, with a table of what they stand for.
fn columns(
    schema: &Schema,
    stored: &SchemaDescriptor,
    host: Option<&HostNames>,
) -> Result<Columns, ParquetFault> {
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
                    let zoned = matches!(&other, DataType::Timestamp(_, Some(_)))
                        || is_int96(stored, place);
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
        return Err(ParquetFault::Columns(Box::new(wrong)));
    }
    Ok(Columns { held: held.into(), schema: Arc::new(Schema::new(types)) })
}

/// Whether a column is stored as Spark and Hive once stored moments: those of a clock in UTC.
pub(super) fn is_int96(stored: &SchemaDescriptor, place: usize) -> bool {
    let column = stored.root_schema().get_fields().get(place);
    column.is_some_and(|column| {
        column.is_primitive() && column.get_physical_type() == PhysicalType::INT96
    })
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
