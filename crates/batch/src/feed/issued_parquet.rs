//! Issued lines as Parquet: in, a file as `jalon run --format parquet` writes it; out, its lines. Every
//! value is exact in its column, and is read as the text that it has in the other forms.

use super::arrow_values::values;
use super::issued_line::{Fields, LineFault};
use super::parquet::{ParquetFault, guarded};
use super::parquet_texts::shown;
use crate::model::InvoiceLine;
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
};
use parquet::file::reader::ChunkReader;

/// Why a Parquet file is none of issued lines.
#[derive(Debug)]
pub enum ParquetLinesFault {
    /// The file.
    File(ParquetFault),
    /// A column that no line can have.
    Column(LineFault),
    /// What stands in a row, counted from 1.
    Row(u32, LineFault),
}

/// Gives each line of a file, with its row, to `each`.
pub fn read_parquet<R: ChunkReader + 'static>(
    bytes: R,
    mut each: impl FnMut(u32, InvoiceLine),
) -> Result<(), ParquetLinesFault> {
    let plain = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let mut reader = guarded(|| {
        let metadata = ArrowReaderMetadata::load(&bytes, plain)?;
        ParquetRecordBatchReaderBuilder::new_with_metadata(bytes, metadata).build()
    })
    .map_err(ParquetLinesFault::File)?;
    let mut row = 0;
    while let Some(batch) =
        guarded(|| Ok(reader.next().transpose()?)).map_err(ParquetLinesFault::File)?
    {
        for line in lines_of(&batch)? {
            row += 1;
            each(row, line.map_err(|fault| ParquetLinesFault::Row(row, fault))?);
        }
    }
    Ok(())
}

/// The lines of some rows; it fails where a column is none of a line.
fn lines_of(batch: &RecordBatch) -> Result<Vec<Result<InvoiceLine, LineFault>>, ParquetLinesFault> {
    let mut rows: Vec<Result<Fields, LineFault>> = Vec::new();
    rows.resize_with(batch.num_rows(), || Ok(Fields::default()));
    for (column, array) in batch.schema().fields().iter().zip(batch.columns()) {
        let name = column.name();
        let found = array.data_type();
        let exact = found.is_integer()
            || matches!(
                found,
                DataType::Utf8
                    | DataType::Date32
                    | DataType::Decimal128(..)
                    | DataType::Dictionary(..)
            );
        let known = Fields::default().put(name, String::new());
        known.map_err(ParquetLinesFault::Column)?;
        if !exact {
            let fault = LineFault::Value { field: name.clone(), found: found.to_string() };
            return Err(ParquetLinesFault::Column(fault));
        }
        let values = values(array, false, false, &mut Vec::new());
        for (place, row) in rows.iter_mut().enumerate().filter(|(place, _)| array.is_valid(*place))
        {
            if let Ok(fields) = row
                && let Err(fault) = fields.put(name, shown(&values, place))
            {
                *row = Err(fault);
            }
        }
    }
    let lines = rows.into_iter().map(|row| {
        let mut fields = row?;
        fields.fit("amount");
        fields.fit("unit_price");
        fields.line()
    });
    Ok(lines.collect())
}
