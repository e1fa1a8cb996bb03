//! Events as columns that a host holds: in, its batches, of whatever size and of the types of its library; out, pieces of rows, in order,
//! which a [`Block`](super::Block) reads as it reads those of a Parquet file.

use super::arrow_columns::{Columns, WrongColumns, columns};
use super::block::Layout;
use super::rows::{Held, Rows};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_cast::cast::cast;
use arrow_schema::{ArrowError, DataType, Field as ColumnType, Schema, SchemaRef, TimeUnit};
use std::sync::Arc;

/// How many rows a piece has at the most.
const ROWS: usize = 8192;

/// How batches of one schema are read as events.
#[derive(Debug)]
pub struct ArrowEvents {
    columns: Arc<[Held]>,
    /// Of all columns, the types as which they are read.
    schema: SchemaRef,
}

impl ArrowEvents {
    /// Looks at the columns.
    ///
    /// # Errors
    ///
    /// If one is no field or could not hold its field exactly, or one that every event has is missing.
    pub fn new(schema: &Schema) -> Result<ArrowEvents, Box<WrongColumns>> {
        let plain = schema.fields().iter().map(|column| {
            ColumnType::new(column.name(), plain(column.data_type()), column.is_nullable())
        });
        let plain = Schema::new(plain.collect::<Vec<_>>());
        let Columns { held, schema } = columns(&plain, &|_| false, None)?;
        Ok(ArrowEvents { columns: held, schema })
    }

    /// The rows of a batch, piece by piece. Its values are looked at first, since a text of another library may be none.
    ///
    /// # Errors
    ///
    /// If the values are not what their types say.
    pub fn pieces(&self, batch: &RecordBatch) -> impl Iterator<Item = Result<Layout, ArrowError>> {
        let starts = (0..batch.num_rows()).step_by(ROWS);
        starts.map(move |start| {
            let piece = batch.slice(start, ROWS.min(batch.num_rows() - start));
            self.rows(&piece).map(Layout::Rows)
        })
    }

    fn rows(&self, piece: &RecordBatch) -> Result<Rows, ArrowError> {
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(self.columns.len());
        let mut fields = Vec::with_capacity(self.columns.len());
        for held in self.columns.iter() {
            let missing = || ArrowError::SchemaError("a column is missing".to_owned());
            let array = piece.columns().get(held.place).ok_or_else(missing)?;
            let read_as = self.schema.fields().get(held.place).ok_or_else(missing)?;
            array.to_data().validate_full()?;
            let plain = cast(array, &plain(array.data_type()))?;
            let array = cast(&plain, read_as.data_type())?;
            fields.push(ColumnType::new(read_as.name(), array.data_type().clone(), true));
            arrays.push(array);
        }
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)?;
        Ok(Rows { batch, columns: Arc::clone(&self.columns), host: None })
    }
}

/// The type of the same values as a Parquet file would have it; itself, where there is none.
#[expect(clippy::wildcard_enum_match_arm, reason = "the types of Arrow are many and not ours")]
fn plain(stored: &DataType) -> DataType {
    match stored {
        DataType::LargeUtf8 | DataType::Utf8View => DataType::Utf8,
        DataType::Dictionary(_, values) => plain(values),
        DataType::Date64 => DataType::Timestamp(TimeUnit::Millisecond, None),
        DataType::Decimal32(digits, decimals) | DataType::Decimal64(digits, decimals) => {
            DataType::Decimal128(*digits, *decimals)
        }
        other => other.clone(),
    }
}
