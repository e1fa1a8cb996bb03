//! Events as Parquet: columns named as the fields of an event, one row an event.
//!
//! In: the bytes of a file, through whatever reads them. Out: pieces of rows, in order, which a
//! [`Block`](super::Block) reads. A column that is no field, or whose type could not hold the field
//! exactly, is refused with the whole file: nothing is guessed. A column that is null in every row is absent.

use super::arrow_columns::{Columns, WrongColumns, columns};
use super::block::Layout;
use super::rows::{Held, Rows};
use crate::lang::{Lang, say};
use crate::model::HostNames;
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
        let is_utc = |place| is_int96(stored, place);
        let columns = columns(metadata.schema(), &is_utc, host.as_deref());
        let Columns { held, schema } = columns.map_err(ParquetFault::Columns)?;
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
            (Layout::Rows(Rows { batch, columns, host }), rows)
        }))
    }
}

/// Whether a column is stored as Spark and Hive once stored moments: those of a clock in UTC.
pub(super) fn is_int96(stored: &SchemaDescriptor, place: usize) -> bool {
    let column = stored.root_schema().get_fields().get(place);
    column.is_some_and(|column| {
        column.is_primitive() && column.get_physical_type() == PhysicalType::INT96
    })
}
