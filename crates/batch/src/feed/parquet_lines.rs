//! Invoice lines as Parquet: in, lines column by column; out, the bytes of a file, row group by row group.

use super::arrow_lines::{LineColumns, line_schema};
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_writer::ArrowWriterOptions;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use std::sync::Arc;

/// How many lines a row group has at the most.
const LINES: usize = 128 * 1024;

/// A file of lines under way. What it comes to is taken from it piece by piece.
pub struct LineFile {
    writer: ArrowWriter<Vec<u8>>,
    schema: SchemaRef,
}

impl LineFile {
    /// A new file.
    pub fn new() -> Result<LineFile, ParquetError> {
        let schema = line_schema();
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
            .set_max_row_group_row_count(Some(LINES))
            .build();
        let options =
            ArrowWriterOptions::new().with_properties(properties).with_skip_arrow_metadata(true);
        let file = Vec::new();
        let writer = ArrowWriter::try_new_with_options(file, Arc::clone(&schema), options)?;
        Ok(LineFile { writer, schema })
    }

    /// Adds lines, and gives the bytes that are due.
    pub fn write(&mut self, lines: LineColumns) -> Result<Vec<u8>, ParquetError> {
        if lines.line_count > 0 {
            self.writer.write(&lines.batch(&self.schema)?)?;
            self.writer.sync()?;
        }
        Ok(std::mem::take(self.writer.inner_mut()))
    }

    /// Ends the file, and gives the last of its bytes.
    pub fn finish(self) -> Result<Vec<u8>, ParquetError> {
        self.writer.into_inner()
    }
}
