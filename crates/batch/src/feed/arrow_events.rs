//! Events as columns that a host holds: in, its batches, of whatever size and of the types of its library; out, pieces of rows, in order,
//! which a [`Block`](super::Block) reads as it reads those of a Parquet file.

use super::arrow_columns::{Columns, WrongColumns, columns};
use super::block::Layout;
use super::rows::{Held, Rows};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::cast::cast;
use arrow_schema::{ArrowError, DataType, Field as ColumnType, Schema, TimeUnit};
use std::sync::Arc;

/// How many rows a piece has at the most.
const ROWS: usize = 8192;

/// How batches of one schema are read as events.
#[derive(Debug)]
pub struct ArrowEvents {
    columns: Arc<[Held]>,
    /// The type as which each of them is read.
    read_as: Vec<DataType>,
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
        let Columns { held, schema: in_a_file } = columns(&plain, &|_| false, None)?;
        let stored = held.iter().map(|held| schema.field(held.place).data_type());
        let in_a_file = held.iter().map(|held| in_a_file.field(held.place).data_type());
        let read_as = stored.zip(in_a_file).map(|(stored, other)| read_as(stored, other)).collect();
        Ok(ArrowEvents { columns: held, read_as })
    }

    /// The rows of a batch, piece by piece.
    ///
    /// # Errors
    ///
    /// If a value is not what its type says: a text of another library may be none.
    pub fn pieces(
        &self,
        batch: &RecordBatch,
    ) -> Result<impl Iterator<Item = Result<Layout, ArrowError>>, ArrowError> {
        for held in self.columns.iter() {
            self.column(batch, held)?.to_data().validate_full()?;
        }
        let starts = (0..batch.num_rows()).step_by(ROWS);
        Ok(starts.map(move |start| {
            let piece = batch.slice(start, ROWS.min(batch.num_rows() - start));
            self.rows(&piece).map(Layout::Rows)
        }))
    }

    fn column<'b>(&self, batch: &'b RecordBatch, held: &Held) -> Result<&'b ArrayRef, ArrowError> {
        let missing = || ArrowError::SchemaError("a column is missing".to_owned());
        batch.columns().get(held.place).ok_or_else(missing)
    }

    fn rows(&self, piece: &RecordBatch) -> Result<Rows, ArrowError> {
        let mut arrays: Vec<ArrayRef> = Vec::with_capacity(self.columns.len());
        let mut fields = Vec::with_capacity(self.columns.len());
        for (held, read_as) in self.columns.iter().zip(&self.read_as) {
            let array = self.column(piece, held)?;
            let array = match is_table(read_as) && has_whole_table(array) {
                true => cast(array, read_as)?,
                false => cast(&cast(array, &plain(array.data_type()))?, read_as)?,
            };
            fields.push(ColumnType::new(held.field.name(), array.data_type().clone(), true));
            arrays.push(array);
        }
        let batch = RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays)?;
        Ok(Rows { batch, columns: Arc::clone(&self.columns), host: None })
    }
}

/// Whether a column's texts are places in a table.
fn is_table(read_as: &DataType) -> bool {
    matches!(read_as, DataType::Dictionary(..))
}

/// Whether each place in a column's table has a text.
fn has_whole_table(array: &ArrayRef) -> bool {
    array.as_any_dictionary_opt().is_some_and(|coded| coded.values().null_count() == 0)
}

/// The type as which a column is read: texts that a Parquet file has as places in a table stay texts, which a host's library had to
/// make first.
fn read_as(stored: &DataType, in_a_file: &DataType) -> DataType {
    let texts = if let DataType::Dictionary(_, texts) = in_a_file { Some(texts) } else { None };
    texts.filter(|_| !is_table(stored)).map_or(in_a_file, |texts| texts).clone()
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
