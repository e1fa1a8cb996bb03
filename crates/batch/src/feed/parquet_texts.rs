//! A Parquet file whose rows are fields: in, its bytes and what its columns are to hold; out, each row as texts, as CSV has
//! them. A column whose type could not hold its field exactly refuses the whole file.

use super::arrow_values::{Values, shown_day, shown_decimal, shown_moment, text, values};
use super::parquet::{ParquetFault, guarded, is_int96};
use crate::lang::{Lang, say, seen};
use arrow_array::Array;
use arrow_schema::DataType;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use parquet::file::reader::ChunkReader;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Text; a whole number is its digits.
    Text,
    /// A day: a date, a moment that is midnight on no clock in particular, or text.
    Day,
    /// A sum: a number, or text. A binary floating point number is its shortest decimal.
    Sum,
    /// What nobody asks for: it is read where it can be.
    Other,
}

/// Why a file is not read.
#[derive(Clone, Debug)]
pub enum TextsFault {
    /// The file itself.
    File(ParquetFault),
    /// A column that cannot hold its field, with its type as the library names it.
    Type(String, Holds, String),
}

impl TextsFault {
    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            TextsFault::File(fault) => fault.say(lang),
            TextsFault::Type(column, holds, found) => {
                let (column, found) = (seen(column), seen(found));
                let wanted = match holds {
                    Holds::Day => lang.pick(
                        "a date, a timestamp that is midnight in every row, or text",
                        "une date, un horodatage à minuit sur chaque ligne, ou du texte",
                    ),
                    Holds::Sum => lang.pick("a number or text", "un nombre ou du texte"),
                    Holds::Text | Holds::Other => {
                        lang.pick("text or a whole number", "du texte ou un nombre entier")
                    }
                };
                say!(
                    lang,
                    "column `{column}` is of type `{found}`; it has to be {wanted}",
                    "la colonne `{column}` est de type `{found}` ; elle doit être {wanted}"
                )
            }
        }
    }
}

/// A file of rows, open.
pub struct ParquetTexts {
    reader: ParquetRecordBatchReader,
    /// The names of the columns that are read.
    pub columns: Vec<String>,
    zoned: Vec<bool>,
}

impl ParquetTexts {
    /// Opens a file; `holds` says what the column of a name is to hold.
    ///
    /// # Errors
    ///
    /// If it is no sound file, or a column cannot hold what it is to.
    pub fn open<R: ChunkReader + 'static>(
        bytes: R,
        holds: impl Fn(&str) -> Holds,
    ) -> Result<ParquetTexts, TextsFault> {
        let plain = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
        let metadata = guarded(|| ArrowReaderMetadata::load(&bytes, plain));
        let metadata = metadata.map_err(TextsFault::File)?;
        let stored = metadata.parquet_schema();
        let (mut columns, mut zoned, mut places) = (Vec::new(), Vec::new(), Vec::new());
        for (place, column) in metadata.schema().fields().iter().enumerate() {
            let (name, found) = (column.name(), column.data_type());
            let holds = holds(name);
            match can_hold(holds, found) {
                true => {
                    columns.push(name.clone());
                    let has_zone = matches!(found, DataType::Timestamp(_, Some(_)));
                    zoned.push(has_zone || is_int96(stored, place));
                    places.push(place);
                }
                false if holds == Holds::Other || *found == DataType::Null => {}
                false => return Err(TextsFault::Type(name.clone(), holds, found.to_string())),
            }
        }
        let mask = ProjectionMask::roots(stored, places);
        let reader = guarded(|| {
            let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(bytes, metadata);
            builder.with_projection(mask).build()
        });
        Ok(ParquetTexts { reader: reader.map_err(TextsFault::File)?, columns, zoned })
    }

    /// Gives each row to `each`: for each column that is not null, its place among the columns and its text.
    ///
    /// # Errors
    ///
    /// If the file is not sound.
    pub fn rows(&mut self, mut each: impl FnMut(Vec<(usize, String)>)) -> Result<(), TextsFault> {
        let reader = &mut self.reader;
        while let Some(batch) =
            guarded(|| Ok(reader.next().transpose()?)).map_err(TextsFault::File)?
        {
            let mut rows: Vec<Vec<(usize, String)>> = vec![Vec::new(); batch.num_rows()];
            for (place, (array, zoned)) in batch.columns().iter().zip(&self.zoned).enumerate() {
                let values = values(array, false, *zoned, &mut Vec::new());
                for (at, row) in rows.iter_mut().enumerate().filter(|(at, _)| array.is_valid(*at)) {
                    row.push((place, shown(&values, at)));
                }
            }
            rows.into_iter().for_each(&mut each);
        }
        Ok(())
    }
}

/// Whether a column of this type holds a field exactly.
fn can_hold(holds: Holds, found: &DataType) -> bool {
    let is_text = matches!(found, DataType::Utf8) || found.is_integer();
    let is_day = matches!(found, DataType::Date32 | DataType::Timestamp(..));
    let is_number = matches!(
        found,
        DataType::Decimal128(..) | DataType::Float16 | DataType::Float32 | DataType::Float64
    );
    match holds {
        Holds::Text => is_text,
        Holds::Day => is_day || matches!(found, DataType::Utf8),
        Holds::Sum => is_text || is_number,
        Holds::Other => is_text || is_day || is_number,
    }
}

/// A value as text.
pub(super) fn shown(values: &Values<'_>, place: usize) -> String {
    match values {
        Values::Texts(texts, _) => text(texts, place).unwrap_or_default().to_owned(),
        Values::Coded(codes, texts) => {
            let code = codes.get(place).and_then(|code| usize::try_from(*code).ok());
            code.and_then(|code| text(texts, code)).unwrap_or_default().to_owned()
        }
        Values::Days(days) => shown_day(days.get(place).copied()),
        Values::Moments { values, parts, zoned } => {
            shown_moment(values.get(place).copied().unwrap_or_default(), *parts, *zoned)
        }
        Values::Whole(numbers, _) => numbers.get(place).copied().unwrap_or_default().to_string(),
        Values::Floats(decimals) => decimals.get(place).cloned().unwrap_or_default(),
        Values::Decimal(digits, decimals) => {
            shown_decimal(digits.get(place).copied().unwrap_or_default(), *decimals)
        }
    }
}
