//! Events of a host as columns, all at once: in, batches of one schema; out, lines as columns with exact decimals, and withheld cases
//! as a second table. They are those of [`crate::evaluate`].

use crate::Failure;
use crate::billing::{Answer, Job, Lines};
use crate::schedules::Schedules;
use crate::session::{Options, any_case, full, unreadable};
use arrow_array::builder::{LargeStringBuilder, UInt32Builder};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use jalon::eval::Written;
use jalon::feed::{ArrowEvents, Block, Histories, LineColumns, line_schema};
use jalon::lang::plain;
use serde_json::Value;
use std::sync::Arc;

/// So many cases are billed between two words about how far it is.
const CASES: usize = 32 * 1024;

/// What cases come to.
#[derive(Clone, Debug)]
pub struct ArrowAnswer {
    /// Invoice lines, in batches of the schema [`line_schema`].
    pub lines: Vec<RecordBatch>,
    /// Their schema.
    pub line_schema: SchemaRef,
    /// Withheld cases, of the schema [`schema_of_withheld`].
    pub withheld: RecordBatch,
    /// How many cases are billed, if only with nothing.
    pub billed: u64,
    /// How many cases are withheld.
    pub held: u64,
}

/// Hears how far it is: how many rows have been read, how many cases are billed or withheld, and of how many, once that is known. Its
/// failure ends the call.
pub type Progress<'a> = &'a mut dyn FnMut(u64, u64, Option<u64>) -> Result<(), Failure>;

impl Lines for LineColumns {
    fn add(&mut self, line: &Written<'_>) {
        self.push(line);
    }

    fn size(&self) -> usize {
        self.line_count
    }

    fn cut(&mut self, size: usize) {
        self.truncate(size);
    }
}

/// Bills the cases of events, which may stand in any order, as [`crate::evaluate`] does. Invoices and notices are not made.
///
/// # Errors
///
/// If the columns cannot hold events, the host's batches fail or are not what their types say, or `progress` fails. What is wrong
/// with a case withholds the case.
pub fn evaluate_arrow(
    schedules: &Schedules,
    batches: impl RecordBatchReader,
    options: &Options,
    progress: Progress<'_>,
) -> Result<ArrowAnswer, Failure> {
    let lang = schedules.lang();
    let options = Options { invoices: false, notices: false, ..options.clone() };
    let events = ArrowEvents::new(&batches.schema())
        .map_err(|wrong| Failure { message: plain(&wrong.say(lang)) })?;
    let mut histories = Histories::default();
    let mut block = Block::default();
    let mut rows = 0;
    block.begins_file = true;
    for batch in batches {
        let batch = batch.map_err(refused)?;
        for piece in events.pieces(&batch).map_err(refused)? {
            block.clear();
            block.layout = piece.map_err(refused)?;
            block.read();
            histories.take(&block);
            block.begins_file = false;
            if histories.is_full() {
                return Err(Failure::from(full(lang)));
            }
        }
        rows += batch.num_rows() as u64;
        progress(rows, 0, None)?;
    }
    histories.group();
    let mut told = Answer::default();
    let mut lines = Vec::new();
    let line_schema = line_schema();
    let count = histories.case_count();
    if unreadable(&histories, lang, &mut told) && !options.skip_unreadable {
        for case in 0..count {
            told.withhold(histories.name_of(case), None, any_case(lang));
        }
    } else {
        let job = Job { book: &schedules.book, histories: &histories, options: &options, lang };
        for start in (0..count).step_by(CASES) {
            let end = count.min(start + CASES);
            let (answer, parts) = job.bill_as::<LineColumns>(start..end);
            told.add(answer);
            for part in parts.into_iter().filter(|part| part.line_count > 0) {
                lines.push(part.batch(&line_schema).map_err(refused)?);
            }
            progress(rows, end as u64, Some(count as u64))?;
        }
    }
    let withheld = table(&told).map_err(refused)?;
    Ok(ArrowAnswer { lines, line_schema, withheld, billed: told.billed, held: told.held })
}

fn refused(error: ArrowError) -> Failure {
    Failure { message: plain(&error.to_string()) }
}

/// The columns of withheld cases: those of the rows that [`crate::evaluate`] gives.
pub fn schema_of_withheld() -> SchemaRef {
    let number = |name| Field::new(name, DataType::UInt32, true);
    Arc::new(Schema::new(vec![
        Field::new("case", DataType::LargeUtf8, true),
        number("batch"),
        number("line"),
        number("column"),
        Field::new("message", DataType::LargeUtf8, false),
    ]))
}

fn table(told: &Answer) -> Result<RecordBatch, ArrowError> {
    let rows = told.rows();
    let text = |name: &str| -> ArrayRef {
        let mut column = LargeStringBuilder::new();
        rows.iter().for_each(|row| column.append_option(row.get(name).and_then(Value::as_str)));
        Arc::new(column.finish())
    };
    let number = |name: &str| -> ArrayRef {
        let mut column = UInt32Builder::new();
        let of = |row: &Value| u32::try_from(row.get(name)?.as_u64()?).ok();
        rows.iter().for_each(|row| column.append_option(of(row)));
        Arc::new(column.finish())
    };
    let columns =
        vec![text("case"), number("batch"), number("line"), number("column"), text("message")];
    RecordBatch::try_new(schema_of_withheld(), columns)
}
