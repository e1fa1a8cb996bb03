//! Many cases: event files in, each case on its schedule, line files out.
//!
//! Everything here works on bytes in memory and gives values; `cli` reads and writes the files.

mod block;
mod book;
mod case;
mod csv;
mod events;
mod few;
mod grouped;
mod issued;
mod issued_line;
#[cfg(feature = "parquet")]
mod issued_parquet;
mod lines;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "parquet")]
mod parquet_lines;
#[cfg(feature = "parquet")]
mod parquet_rows;
#[cfg(feature = "parquet")]
mod parquet_values;
mod scan;
mod tally;
mod texts;

pub use block::{Block, LONGEST_LINE, Layout};
pub use book::{Billed, Biller, Book, Unbilled, UnbilledReason};
pub use case::{Case, CaseFault, EventsOf};
pub use csv::{CsvHeader, HeaderFault};
pub use events::{Histories, Place, Unreadable, UnreadableReason};
pub use few::Few;
pub use grouped::Seen;
pub use issued::{Issued, LinesFault, LinesForm, read_csv, read_ndjson};
pub use issued_line::LineFault;
#[cfg(feature = "parquet")]
pub use issued_parquet::{ParquetLinesFault, read_parquet};
pub use lines::{LINE_COLUMNS, LineFormat, write_cell, write_header, write_line};
#[cfg(feature = "parquet")]
pub use parquet::{ParquetEvents, ParquetFault, is_guarded};
#[cfg(feature = "parquet")]
pub use parquet_lines::{LineColumns, LineFile};
pub use tally::{Tally, Total};

/// The mark with which some programs begin a file.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// What a Parquet file begins with.
pub const PARQUET_MARK: &[u8] = b"PAR1";
