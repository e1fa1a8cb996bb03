//! Files of lines that have been issued: in, the paths of a call; out, the lines, or why nothing may be
//! billed with them. They are read in every form in which `jalon run` writes lines, compressed or not.

#![expect(clippy::disallowed_methods, reason = "this is where files of issued lines are read")]

#[cfg(not(feature = "parquet"))]
use super::blocks::without_parquet;
use super::blocks::{faulty, say_otherwise};
use super::compressed;
use super::output::{Failure, plain};
use super::spreadsheet::opened::{OF_EVENTS, is_workbook};
use super::spreadsheet::records::{Cell, Holds, Sheet, sheet};
use crate::calendar::Date;
use crate::feed::{
    Foreign, Form, Issued, LinesFault, LinesForm, Place, column_letters, form_of, line_column,
};
use crate::feed::{read_csv, read_ndjson};
use crate::lang::{Lang, say, seen};
use crate::model::{InvoiceLine, nameless};
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// What is done with issued lines while they are read.
pub struct IssuedFiles<'o> {
    /// The files.
    pub paths: &'o [PathBuf],
    /// Their names as messages show them.
    pub names: Vec<String>,
    /// The last day that counts.
    pub as_of: Date,
    /// Whether the call states that day: else it is what the clock says.
    pub as_of_is_stated: bool,
    /// Whether lines that are dated later may be credited.
    pub credit_later: bool,
    /// The language of messages.
    pub lang: Lang,
}

/// An issued line that stands in the files before.
pub struct Repeated {
    /// The line.
    pub line: InvoiceLine,
    /// Where it stands again.
    pub place: Place,
    /// Where it stands first.
    pub first: Place,
}

/// Lines that are dated after the last day that counts.
#[derive(Default)]
struct Later {
    count: u64,
    first: Option<(Place, String)>,
}

impl IssuedFiles<'_> {
    /// The lines. One that stands twice is given to `repeated`, and counts once. Where a line is dated
    /// after the last day that counts, it fails, unless that is meant.
    pub fn read(&self, mut repeated: impl FnMut(Repeated)) -> Result<Issued, Failure> {
        let mut issued = Issued::of_files(self.names.clone());
        let mut later = Later::default();
        for (file, path) in (0_u32..).zip(self.paths) {
            self.read_file(path, |number, line, sheet| {
                let place = Place { file, line: number, column: u32::from(!sheet), sheet };
                if line.date > self.as_of {
                    later.count += 1;
                    let first = || (place, self.dated(&line));
                    later.first.get_or_insert_with(first);
                }
                let copy = issued.holds(&line).then(|| line.clone());
                if let (Some(line), Some(first)) = (copy, issued.add(line, place)) {
                    repeated(Repeated { line, place, first });
                }
            })?;
        }
        match later.first {
            Some((place, line)) if !self.credit_later => {
                Err(self.refuse_later(later.count, place, &line))
            }
            Some(_) | None => Ok(issued),
        }
    }

    /// Gives each line with its number, and whether it is a row of a sheet.
    fn read_file(
        &self,
        path: &Path,
        mut each: impl FnMut(u32, InvoiceLine, bool),
    ) -> Result<(), Failure> {
        let failed = |error: std::io::Error| Failure::file(path, &error);
        let lang = self.lang;
        let name = path.to_string_lossy().to_lowercase();
        let file = File::open(path).map_err(failed)?;
        let opened = compressed::opened(&name, file).map_err(failed)?;
        say_otherwise(path, opened.otherwise, lang)?;
        let mut reader = BufReader::with_capacity(1 << 16, opened.reader);
        let start = reader.fill_buf().map_err(failed)?;
        if form_of(start) == Form::Foreign(Foreign::Zip) {
            return self.workbook(reader, path, |number, line| each(number, line, true));
        }
        let form = LinesForm::of(start);
        let each = |number, line| each(number, line, false);
        let outcome = match form {
            LinesForm::Ndjson => read_ndjson(reader, each),
            LinesForm::Csv => read_csv(reader, each),
            LinesForm::Parquet => return parquet(reader, path, lang, each),
        };
        outcome.map_err(|fault| match fault {
            LinesFault::File(error) => failed(error),
            LinesFault::Line(number, fault) => on_line(path, number, &fault.say(lang), lang),
        })
    }

    /// The lines of a workbook: of the only sheet that has any cell.
    fn workbook(
        &self,
        reader: impl Read,
        path: &Path,
        each: impl FnMut(u32, InvoiceLine),
    ) -> Result<(), Failure> {
        let (name, lang) = (plain(&path.display().to_string()), self.lang);
        let mut bytes = Vec::new();
        let read = reader.take(OF_EVENTS.bytes + 1).read_to_end(&mut bytes);
        read.map_err(|error| Failure::file(path, &error))?;
        if !is_workbook(&bytes) {
            return Err(faulty(path, &Foreign::Zip.say(lang), lang));
        }
        let Sheet { names, rows } = sheet(&bytes, &name, None, holds, &[], lang)?;
        let mut text = names.join(",").replace(';', " ");
        let mut next = 1;
        for row in rows {
            (next..row.number).for_each(|_| text.push('\n'));
            next = row.number;
            let mut cells = vec![String::new(); names.len()];
            for (column, cell) in row.cells {
                let at = |why: String| {
                    let (of, row) = (column_letters(u32::from(column)), row.number);
                    let why = plain(&why);
                    Failure::new(say!(
                        lang,
                        "{name}: {of}{row}: {why}",
                        "{name} : {of}{row} : {why}"
                    ))
                };
                let place = usize::from(column);
                match cell {
                    Cell::Text(text) => {
                        if let Some(cell) = cells.get_mut(place) {
                            *cell = format!("\"{}\"", text.replace('"', "\"\""));
                        }
                    }
                    Cell::Wrong(text, fault) => {
                        let field = names.get(place).map_or("", String::as_str);
                        return Err(at(fault.say(&seen(field), &text, true, lang)));
                    }
                    Cell::Nameless(text) => return Err(at(nameless(place + 1, &text, true, lang))),
                }
            }
            text.push_str(&cells.join(","));
        }
        read_csv(text.as_bytes(), each).map_err(|fault| match fault {
            LinesFault::File(error) => Failure::file(path, &error),
            LinesFault::Line(line, fault) => {
                let place = Place { file: 0, line, column: 0, sheet: true };
                let (place, why) = (place.told_line(&[name], lang), plain(&fault.say(lang)));
                Failure::new(say!(lang, "{place}: {why}", "{place} : {why}"))
            }
        })
    }

    /// Which line is dated later: its label and its date.
    fn dated(&self, line: &InvoiceLine) -> String {
        let (case, label, date) =
            (plain(&line.case), plain(&line.label), self.lang.date(line.date));
        say!(
            self.lang,
            "line \"{label}\" of case {case} is dated {date}",
            "la ligne « {label} » du dossier {case} est datée du {date}"
        )
    }

    fn refuse_later(&self, count: u64, place: Place, line: &str) -> Failure {
        let (place, as_of) = (place.told_line(&self.names, self.lang), self.lang.date(self.as_of));
        let day = match (self.as_of_is_stated, self.lang) {
            (true, Lang::En) => format!("after {as_of}, the last day that counts (--as-of)"),
            (true, Lang::Fr) => format!("après le {as_of}, dernier jour qui compte (--as-of)"),
            (false, Lang::En) => format!("after {as_of}, today by the clock of this machine"),
            (false, Lang::Fr) => {
                format!("après le {as_of}, date du jour à l'horloge de cette machine")
            }
        };
        let others = match (count - 1, self.lang) {
            (0, _) => String::new(),
            (1, Lang::En) => ", and so is 1 more".to_owned(),
            (1, Lang::Fr) => ", et 1 autre aussi".to_owned(),
            (more, Lang::En) => format!(", and so are {more} more"),
            (more, Lang::Fr) => format!(", et {more} autres aussi"),
        };
        Failure::new(say!(
            self.lang,
            "{place}: issued {line}, {day}{others}: what does not stand on that day would be credited, and nothing is billed. Correct the date; if it is meant, add --credit-later-lines",
            "{place} : {line}, {day}{others} : ce qui ne tient pas à cette date serait annulé par un avoir, et rien n'est facturé. Corrigez la date ; si elle est voulue, ajoutez --credit-later-lines"
        ))
    }
}

/// What the column of a sheet holds, in the names of fields or in those of French spreadsheets.
fn holds(name: &str) -> Holds {
    match line_column(name) {
        Some("amount" | "quantity" | "unit_price") => Holds::Number,
        Some("vat_rate") => Holds::Percent,
        Some("date" | "service_from" | "service_to" | "trigger_date" | "in_force_from") | None => {
            Holds::Other
        }
        Some(_) => Holds::Name,
    }
}

/// A file whose line cannot be read.
fn on_line(path: &Path, number: u32, why: &str, lang: Lang) -> Failure {
    let name = plain(&path.display().to_string());
    let why = plain(why);
    Failure::new(say!(lang, "{name}:{number}: {why}", "{name}:{number} : {why}"))
}

#[cfg(feature = "parquet")]
fn parquet(
    mut reader: impl BufRead,
    path: &Path,
    lang: Lang,
    each: impl FnMut(u32, InvoiceLine),
) -> Result<(), Failure> {
    use crate::feed::{ParquetLinesFault, read_parquet};
    // Its table of contents stands at its end.
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(|error| Failure::file(path, &error))?;
    read_parquet(bytes::Bytes::from(bytes), each).map_err(|fault| match fault {
        ParquetLinesFault::File(fault) => faulty(path, &fault.say(lang), lang),
        ParquetLinesFault::Column(fault) => faulty(path, &fault.say(lang), lang),
        ParquetLinesFault::Row(row, fault) => on_line(path, row, &fault.say(lang), lang),
    })
}

#[cfg(not(feature = "parquet"))]
fn parquet(
    _: impl BufRead,
    path: &Path,
    lang: Lang,
    _: impl FnMut(u32, InvoiceLine),
) -> Result<(), Failure> {
    Err(without_parquet(path, lang))
}
