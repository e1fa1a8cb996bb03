//! Schedules as the tables of a workbook, and back; and events from one ([`events`]).
//!
//! Out: the tree of a sound file to sheets ([`written`]), sheets to the bytes of a workbook ([`bytes`]). In: the bytes of a workbook to
//! sheets ([`opened`]), sheets to a tree ([`read`]) or to every cell that cannot be read, or to the rows of any file of records ([`records`]). A sheet is a schedule: its head, its actions
//! and its lines, one row each. What a row cannot hold stands on a sheet of its own as text of the language: whether it can is
//! not decided but tried, by reading the row again. The words of the cells are those of the language, and what is typed into one is read
//! by its grammar; nothing here knows another.

pub mod bytes;
pub mod events;
mod formats;
mod head;
mod hidden;
pub mod opened;
mod pieces;
pub mod read;
pub mod records;
mod rows;
mod texts;
mod triggers;
pub mod words;
pub mod written;

use crate::feed::column_letters;
use crate::lang::Lang;
use std::collections::BTreeMap;
use std::sync::Arc;
use words::Column;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text, trimmed.
    Text(String),
    /// A number as decimal digits, with a `.`, and whether its cell shows it as a percentage: then `0.2` is 20 %.
    Number { digits: String, percent: bool },
    /// A day, as `YYYY-MM-DD`.
    Day(String),
    /// A truth value, which check boxes are, too.
    Truth(bool),
    /// What no cell of a schedule may hold.
    Unreadable(Unreadable),
}

/// Why a cell cannot be read, whatever it is asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Unreadable {
    /// Its formula has come to an error, of this name.
    Error(String),
    /// It has a formula that nobody has computed.
    NotComputed,
    /// A day with a time, as `2025-02-03 09:30:00.000`; or a time of day, or a length of time.
    Time(Option<String>),
}

impl Value {
    /// A text, if there is any in it.
    pub fn text(text: &str) -> Option<Value> {
        let text = text.trim();
        (!text.is_empty()).then(|| Value::Text(text.to_owned()))
    }

    /// A number whose digits stand in the cell as they are.
    pub fn number(digits: impl Into<String>) -> Value {
        Value::Number { digits: digits.into(), percent: false }
    }

    /// What a reader sees in the cell.
    pub fn seen(&self, lang: Lang) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Number { digits, percent: true } => {
                format!("{} %", lang.digits(hundredfold(digits)))
            }
            Value::Number { digits, percent: false } => match lang {
                Lang::En => digits.clone(),
                Lang::Fr => digits.replace('.', ","),
            },
            Value::Day(day) => lang.date(day),
            Value::Truth(true) => lang.pick("TRUE", "VRAI").to_owned(),
            Value::Truth(false) => lang.pick("FALSE", "FAUX").to_owned(),
            Value::Unreadable(Unreadable::Error(name)) => name.clone(),
            Value::Unreadable(Unreadable::NotComputed) => {
                lang.pick("(formula)", "(formule)").to_owned()
            }
            Value::Unreadable(Unreadable::Time(_)) => lang.pick("(time)", "(heure)").to_owned(),
        }
    }
}

/// The digits of a hundred times a number, exactly.
pub fn hundredfold(digits: &str) -> String {
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let mut moved = decimals.chars().chain("00".chars());
    let two: String = moved.by_ref().take(2).collect();
    let rest: String = match decimals.len() {
        0..=2 => String::new(),
        _ => decimals.chars().skip(2).collect(),
    };
    let whole = format!("{whole}{two}");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
}

/// A place on a sheet: its row and its column, both counted from 0.
pub type At = (u32, u16);

/// A sheet: what stands where. No cell of it is blank.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Its name.
    pub name: String,
    /// Its cells.
    pub cells: BTreeMap<At, Value>,
    /// Of events, how cells are shown that show more than a plain number.
    pub formats: BTreeMap<At, Arc<str>>,
    /// Where it has lists to choose from, and how it looks: of sheets that are written only.
    pub look: Look,
}

/// Where an item was read: the sheet, and the cells of its parts.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// The name of the sheet.
    pub sheet: String,
    /// The cell that stands for all of it.
    pub at: At,
    /// The cells of its columns, where it is a row.
    pub columns: BTreeMap<Column, u16>,
}

/// How a sheet is laid out.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// Cells in bold.
    pub bold: Vec<At>,
    /// Lists to choose from.
    pub lists: Vec<List>,
    /// The widths of the first columns, in characters.
    pub widths: Vec<u8>,
}

/// A list to choose from, in a column from one row to another.
#[derive(Clone, Debug)]
pub struct List {
    /// The first row and the last.
    pub rows: (u32, u32),
    /// The column.
    pub column: u16,
    /// What may be chosen.
    pub words: Vec<String>,
    /// Whether anything else may be typed.
    pub open: bool,
}

/// The address of a cell as spreadsheets write it: `Feuil1!C7`, `'My sheet'!C7`.
pub fn address(sheet: &str, (row, column): At) -> String {
    let letters = column_letters(u32::from(column));
    let simple = sheet.chars().all(|c| c.is_alphanumeric() || c == '_');
    let begins = sheet.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let sheet = if simple && begins {
        sheet.to_owned()
    } else {
        format!("'{}'", sheet.replace('\'', "''"))
    };
    format!("{sheet}!{letters}{}", u64::from(row) + 1)
}

/// A cell that cannot be read.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The name of its sheet.
    pub sheet: String,
    /// Its place.
    pub at: At,
    /// What stands there, if anything.
    pub said: Option<String>,
    /// Why it cannot be read.
    pub wrong: String,
    /// What would be right there.
    pub right: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_addresses_that_spreadsheets_show() {
        for (sheet, at, expected) in [
            ("Feuil1", (6, 2), "Feuil1!C7"),
            ("a b", (0, 0), "'a b'!A1"),
            ("l'an", (9, 25), "'l''an'!Z10"),
            ("x", (0, 26), "x!AA1"),
            ("x", (1_048_575, 16_383), "x!XFD1048576"),
            ("2025", (0, 701), "'2025'!ZZ1"),
        ] {
            assert_eq!(address(sheet, at), expected);
        }
    }

    #[test]
    fn a_hundred_times_a_number_is_exact() {
        for (digits, expected) in [
            ("0.2", "20"),
            ("1", "100"),
            ("0.07", "7"),
            ("0.125", "12.5"),
            ("0", "0"),
            ("0.00005", "0.005"),
            ("-0.5", "-50"),
            ("12.34", "1234"),
        ] {
            assert_eq!(hundredfold(digits), expected, "{digits}");
        }
    }
}
