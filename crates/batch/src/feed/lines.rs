//! Invoice lines as files: one JSON object a line, or CSV.

use super::frame::Frame;
use super::line_words::{HASH, LINE_COLUMNS, french_column};
use crate::eval::Written;
use crate::lang::Lang;
use crate::money::push_digits;

/// A format for files of invoice lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineFormat {
    /// One JSON object a line.
    Ndjson,
    /// Records, with a header.
    Csv(CsvForm),
}

/// How records are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CsvForm {
    /// Between commas, and safe to be opened in a spreadsheet: what it would take for a formula stays a text.
    Plain,
    /// For a French spreadsheet: the same in French words, between semicolons, with decimal commas and the mark of UTF-8.
    French,
    /// For a database: every text as it is, whatever a spreadsheet would make of it.
    Exact,
}

impl CsvForm {
    /// What stands between its cells.
    pub fn separator(self) -> u8 {
        match self {
            CsvForm::Plain | CsvForm::Exact => b',',
            CsvForm::French => b';',
        }
    }

    /// What it calls a column.
    fn column(self, name: &'static str) -> &'static str {
        match self {
            CsvForm::Plain | CsvForm::Exact => name,
            CsvForm::French => french_column(name).unwrap_or(name),
        }
    }
}

/// Writes what stands above all lines; they may carry the hashes of their schedules.
pub fn write_header(out: &mut Vec<u8>, format: LineFormat, schedule_hash: bool) {
    match format {
        LineFormat::Ndjson => {}
        LineFormat::Csv(form) => {
            if form == CsvForm::French {
                out.extend_from_slice(super::BOM);
            }
            let hash = schedule_hash.then_some(HASH);
            for (place, name) in LINE_COLUMNS.into_iter().chain(hash).enumerate() {
                if place > 0 {
                    out.push(form.separator());
                }
                out.extend_from_slice(form.column(name).as_bytes());
            }
            out.push(b'\n');
        }
    }
}

/// Writes lines, one after another.
#[derive(Default)]
pub struct LineWriter {
    /// Of the kinds of lines that came last, what all of one kind say.
    frames: Vec<Frame>,
}

impl LineWriter {
    /// So many kinds are kept, more than most schedules have.
    const KEPT: usize = 16;

    /// Writes one line.
    pub fn write(&mut self, out: &mut Vec<u8>, format: LineFormat, line: &Written<'_>) {
        match format {
            LineFormat::Ndjson => self.write_json(out, line),
            LineFormat::Csv(form) => write_csv(out, form, line),
        }
    }

    fn write_json(&mut self, out: &mut Vec<u8>, line: &Written<'_>) {
        if let Some(frame) = self.frames.iter_mut().find(|frame| frame.is_of(line)) {
            return frame.write(out, line);
        }
        if self.frames.len() >= Self::KEPT {
            self.frames.remove(0);
        }
        let mut frame = Frame::of(line);
        frame.write(out, line);
        self.frames.push(frame);
    }
}

fn write_csv(out: &mut Vec<u8>, form: CsvForm, line: &Written<'_>) {
    let currency = line.currency;
    let next = |out: &mut Vec<u8>, cell: &dyn Fn(&mut Vec<u8>)| {
        out.push(form.separator());
        cell(out);
    };
    let number = |out: &mut Vec<u8>, cell: &dyn Fn(&mut Vec<u8>)| {
        out.push(form.separator());
        let start = out.len();
        cell(out);
        if form == CsvForm::French {
            let digits = out.iter_mut().skip(start).filter(|byte| **byte == b'.');
            digits.for_each(|point| *point = b',');
        }
    };
    write_cell(out, form, line.case);
    next(out, &|out| write_cell(out, form, line.schedule));
    next(out, &|out| line.date.write(out));
    next(out, &|out| push_digits(out, u64::from(line.invoice), 1));
    let (kind, trigger) = match form {
        CsvForm::Plain | CsvForm::Exact => (line.kind.name(), line.trigger.name()),
        CsvForm::French => (line.kind.word(Lang::Fr), line.trigger.french()),
    };
    next(out, &|out| out.extend_from_slice(kind.as_bytes()));
    next(out, &|out| write_cell(out, form, line.line));
    next(out, &|out| write_cell(out, form, line.label));
    number(out, &|out| line.quantity.into_iter().for_each(|quantity| quantity.write(out)));
    number(out, &|out| line.unit_price.into_iter().for_each(|price| price.write(currency, out)));
    number(out, &|out| currency.show(line.amount).write(out));
    next(out, &|out| out.extend_from_slice(currency.code().as_bytes()));
    next(out, &|out| line.service.into_iter().for_each(|(from, _)| from.write(out)));
    next(out, &|out| line.service.into_iter().for_each(|(_, to)| to.write(out)));
    next(out, &|out| out.extend_from_slice(trigger.as_bytes()));
    next(out, &|out| line.trigger_date.write(out));
    next(out, &|out| write_cell(out, form, line.trigger_name.unwrap_or_default()));
    next(out, &|out| write_cell(out, form, line.trigger_id.unwrap_or_default()));
    next(out, &|out| {
        line.deducts.into_iter().for_each(|key| out.extend_from_slice(&key.digits()));
    });
    next(out, &|out| {
        line.credits.into_iter().for_each(|key| out.extend_from_slice(&key.digits()));
    });
    next(out, &|out| out.extend_from_slice(&line.id.digits()));
    let (rate, exempt) = line.rate_and_exemption();
    next(out, &|out| write_cell(out, form, line.payer.unwrap_or_default()));
    number(out, &|out| {
        rate.into_iter().for_each(|rate| out.extend_from_slice(rate.to_string().as_bytes()));
    });
    next(out, &|out| write_cell(out, form, exempt.unwrap_or_default()));
    next(out, &|out| line.in_force_from.into_iter().for_each(|date| date.write(out)));
    if let Some(hash) = line.schedule_hash {
        next(out, &|out| hash.write(out));
    }
    out.push(b'\n');
}

/// A cell of a user's text, in quotes where it needs them. A text that a spreadsheet would take for
/// a formula is preceded by an apostrophe, so that it stays a text, unless it is no spreadsheet that reads it;
/// numbers are not touched.
pub fn write_cell(out: &mut Vec<u8>, form: CsvForm, text: &str) {
    let formula = form != CsvForm::Exact && is_formula(text);
    let quoted = text.contains([char::from(form.separator()), '"', '\n', '\r']);
    if quoted {
        out.push(b'"');
    }
    if formula {
        out.push(b'\'');
    }
    for byte in text.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    if quoted {
        out.push(b'"');
    }
}

/// Whether a text stands behind one apostrophe more in a cell: so does one that would look like such
/// a cell, or reading a file again would take its own apostrophe away.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

/// The text of a cell that [`write_cell`] wrote, its quotes taken off.
pub fn read_cell(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_formula(text)).unwrap_or(cell)
}
