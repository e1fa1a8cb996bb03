//! Events as Parquet: columns named as the fields of an event, one row an event.
//!
//! In: the bytes of a file, through whatever reads them. Out: pieces of rows, in order, which a
//! [`Block`](super::Block) reads. A column that is no field, or whose type could not hold the field
//! exactly, is refused with the whole file: nothing is guessed, and binary floating point is not read.

use super::block::Layout;
use super::parquet_rows::Rows;
use crate::lang::{Lang, say};
use crate::model::Field;
use arrow_schema::{DataType, Field as ColumnType, Schema, SchemaRef};
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use parquet::file::reader::ChunkReader;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// How many rows a piece has at the most.
const ROWS: usize = 8192;

/// A Parquet file of events, open.
pub struct ParquetEvents {
    reader: ParquetRecordBatchReader,
    fields: Arc<[Field]>,
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
    /// A column that no field has the name of.
    Unknown(String),
    /// Two columns of one name.
    Repeated(Field),
    /// No column of a field that every event has.
    Missing(Field),
    /// Hours or months in binary floating point.
    Float(Field),
    /// A column of a type that its field cannot have.
    Type {
        /// The field.
        field: Field,
        /// The type, as the library names it.
        found: String,
    },
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
            ParquetFault::Unknown(name) => {
                let name = name.escape_debug();
                say!(
                    lang,
                    "columns have to be named as the fields of events, and `{name}` is none",
                    "les colonnes doivent porter les noms des champs des événements, et `{name}` n'en est pas un"
                )
            }
            ParquetFault::Repeated(field) => say!(
                lang,
                "there are two columns `{0}`",
                "il y a deux colonnes `{0}`",
                field.name()
            ),
            ParquetFault::Missing(field) => {
                say!(
                    lang,
                    "there is no column `{0}`",
                    "il n'y a pas de colonne `{0}`",
                    field.name()
                )
            }
            ParquetFault::Float(field) => say!(
                lang,
                "column `{0}` is binary floating point, which holds no exact decimal: write it as decimal or as text",
                "la colonne `{0}` est en virgule flottante binaire, qui ne contient pas de décimal exact : écrivez-la en décimal ou en texte",
                field.name()
            ),
            ParquetFault::Type { field, found } => {
                let (name, found) = (field.name(), found.escape_debug());
                let wanted = wanted(*field, lang);
                say!(
                    lang,
                    "column `{name}` is of type `{found}`; it has to be {wanted}",
                    "la colonne `{name}` est de type `{found}` ; elle doit être {wanted}"
                )
            }
        }
    }
}

/// The types that the column of a field may have, in words.
fn wanted(field: Field, lang: Lang) -> &'static str {
    match field {
        Field::Case
        | Field::Kind
        | Field::Id
        | Field::Name
        | Field::Schedule
        | Field::Ref
        | Field::Shares => lang.pick("text", "du texte"),
        Field::Date | Field::PlannedStart | Field::PlannedEnd => {
            lang.pick("a date (without a time of day) or text", "une date (sans heure) ou du texte")
        }
        Field::Hours
        | Field::PlannedHours
        | Field::Price
        | Field::Rate
        | Field::Quantity
        | Field::Amount
        | Field::Percent => {
            lang.pick("decimal, a whole number or text", "un décimal, un nombre entier ou du texte")
        }
        Field::Minutes | Field::PlannedMonths => {
            lang.pick("a whole number or text", "un nombre entier ou du texte")
        }
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
            ParquetError::General(why) if why.contains("Disabled feature") => {
                ParquetFault::Unsupported
            }
            _ => ParquetFault::Damaged,
        }),
        Err(_) => Err(ParquetFault::Damaged),
    }
}

impl ParquetEvents {
    /// Opens a file and looks at its columns.
    pub fn open<R: ChunkReader + 'static>(bytes: R) -> Result<ParquetEvents, ParquetFault> {
        let plain = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = guarded(|| ArrowReaderMetadata::load(&bytes, plain))?;
        let (fields, schema) = columns(metadata.schema())?;
        let rows = metadata.metadata().file_metadata().num_rows();
        let typed = ArrowReaderOptions::new().with_schema(schema);
        let reader = guarded(|| {
            let metadata = ArrowReaderMetadata::try_new(Arc::clone(metadata.metadata()), typed)?;
            ParquetRecordBatchReaderBuilder::new_with_metadata(bytes, metadata)
                .with_batch_size(ROWS)
                .build()
        })?;
        let row_count = u64::try_from(rows).unwrap_or_default();
        Ok(ParquetEvents { reader, fields, row_count })
    }

    /// The next rows, and how many they are; `None` at the end.
    pub fn next_rows(&mut self) -> Result<Option<(Layout, u64)>, ParquetFault> {
        let reader = &mut self.reader;
        let batch = guarded(|| Ok(reader.next().transpose()?))?;
        Ok(batch.map(|batch| {
            let rows = batch.num_rows() as u64;
            (Layout::Parquet(Rows { batch, fields: Arc::clone(&self.fields) }), rows)
        }))
    }
}

/// The fields that columns stand for, and the types as which they are read: few names that come
/// often stay numbers, with a table of what they stand for.
fn columns(schema: &Schema) -> Result<(Arc<[Field]>, SchemaRef), ParquetFault> {
    let mut fields = Vec::new();
    let mut types = Vec::new();
    for column in schema.fields() {
        let name = column.name();
        let field = Field::find(name).ok_or_else(|| ParquetFault::Unknown(name.clone()))?;
        if fields.contains(&field) {
            return Err(ParquetFault::Repeated(field));
        }
        let read_as = read_as(field, column.data_type())?;
        fields.push(field);
        types.push(ColumnType::new(name, read_as, column.is_nullable()));
    }
    for field in [Field::Case, Field::Date, Field::Kind] {
        if !fields.contains(&field) {
            return Err(ParquetFault::Missing(field));
        }
    }
    Ok((fields.into(), Arc::new(Schema::new(types))))
}

/// The type as which a column is read, if it can hold its field exactly.
fn read_as(field: Field, stored: &DataType) -> Result<DataType, ParquetFault> {
    let coded = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let whole = stored.is_integer();
    let decimal = matches!(stored, DataType::Decimal128(..));
    let read_as = match (field, stored) {
        (Field::Kind | Field::Name | Field::Schedule, DataType::Utf8) => Some(coded),
        (_, DataType::Utf8) => Some(DataType::Utf8),
        (Field::Date | Field::PlannedStart | Field::PlannedEnd, DataType::Date32) => {
            Some(DataType::Date32)
        }
        (
            Field::Hours
            | Field::PlannedHours
            | Field::Price
            | Field::Rate
            | Field::Quantity
            | Field::Amount
            | Field::Percent,
            _,
        ) if whole || decimal => Some(stored.clone()),
        (Field::Minutes | Field::PlannedMonths, _) if whole => Some(stored.clone()),
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
            DataType::Float16 | DataType::Float32 | DataType::Float64,
        ) => return Err(ParquetFault::Float(field)),
        _ => None,
    };
    read_as.ok_or_else(|| ParquetFault::Type { field, found: stored.to_string() })
}
