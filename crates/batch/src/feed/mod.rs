//! Many cases: event files in, each case on its schedule, line files out.
//!
//! Everything here works on bytes in memory and gives values; `cli` reads and writes the files.

mod alike;
mod array;
#[cfg(feature = "arrow")]
mod arrow_columns;
#[cfg(feature = "arrow")]
mod arrow_events;
#[cfg(feature = "arrow")]
mod arrow_lines;
#[cfg(feature = "arrow")]
mod arrow_rows;
#[cfg(feature = "arrow")]
mod arrow_values;
mod block;
mod book;
mod case;
mod case_events;
mod csv;
mod csv_cells;
mod csv_header;
mod csv_records;
mod entry;
mod events;
mod few;
mod frame;
mod grouped;
mod groups;
mod invoice_rows;
mod issued;
mod issued_line;
#[cfg(feature = "parquet")]
mod issued_parquet;
mod line_words;
mod lines;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "parquet")]
mod parquet_lines;
#[cfg(feature = "parquet")]
mod parquet_texts;
mod place;
mod readings;
mod recognised;
#[cfg(feature = "arrow")]
mod rows;
mod runs;
mod scan;
mod sheet;
mod span;
mod tally;
mod texts;
mod wrong_lines;

pub use alike::NamesAlike;
pub use array::ArrayLines;
#[cfg(feature = "arrow")]
pub use arrow_columns::WrongColumns;
#[cfg(feature = "arrow")]
pub use arrow_events::ArrowEvents;
#[cfg(feature = "arrow")]
pub use arrow_lines::{LineColumns, line_schema};
pub use block::{Block, LONGEST_LINE, Layout};
pub use book::{Billed, Biller, Book, ReasonInCommon, Unbilled, UnbilledReason};
pub use case::{Case, EventsOf};
pub use csv_cells::{cells, cut_number, day_first, french_number, is_month_first};
pub use csv_header::{CsvHeader, HeaderFault, separator_line};
pub use csv_records::RecordForm;
pub use events::Histories;
pub use few::Few;
pub use grouped::Seen;
pub use invoice_rows::{INVOICE_COLUMNS, write_invoice, write_invoice_header};
pub use issued::{Issued, LinesFault, LinesForm, read_csv, read_ndjson};
pub use issued_line::LineFault;
#[cfg(feature = "parquet")]
pub use issued_parquet::{ParquetLinesFault, read_parquet};
pub use line_words::{LINE_COLUMNS, line_column};
pub use lines::{CsvForm, LineFormat, LineWriter, read_cell, write_cell, write_header};
#[cfg(feature = "parquet")]
pub use parquet::{ParquetEvents, ParquetFault, is_guarded};
#[cfg(feature = "parquet")]
pub use parquet_lines::LineFile;
#[cfg(feature = "parquet")]
pub use parquet_texts::{Holds, ParquetTexts, TextsFault};
pub use place::{Place, column_letters};
pub use readings::ToldOnce;
pub use recognised::{Foreign, Form, LOOKED_AT, form_of, is_text, otherwise};
pub use runs::Runs;
pub use sheet::SheetFaults;
pub use tally::{Tally, Total};
pub use wrong_lines::{CaseFault, Unreadable, UnreadableReason};

/// The mark with which some programs begin a file.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// What a Parquet file begins with.
pub const PARQUET_MARK: &[u8] = b"PAR1";
