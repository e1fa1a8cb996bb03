//! Where something stands in event files: in, a place; out, how people and tools write it.

use crate::lang::{Lang, say};

/// A place in an event file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which of the files, in the order in which they were read.
    pub file: u32,
    /// The line, from 1; of a sheet the row.
    pub line: u32,
    /// The column in characters, from 1; of a sheet that of a cell, and 0 where all of the row is meant.
    pub column: u32,
    /// Whether the file is a sheet of a workbook.
    pub sheet: bool,
}

impl Place {
    /// `file:line:column`, with the names of the files.
    pub fn shown(self, names: &[String]) -> String {
        let name = names.get(self.file as usize).map_or("-", String::as_str);
        format!("{name}:{}:{}", self.line, self.column.max(1))
    }

    /// `file:line` for people, of a file whose lines are told as wholes: of a sheet, the row.
    pub fn told_line(self, names: &[String], lang: Lang) -> String {
        let name = names.get(self.file as usize).map_or("-", String::as_str);
        let line = self.line;
        if self.sheet {
            return say!(lang, "{name}: row {line}", "{name} : ligne {line}");
        }
        format!("{name}:{line}")
    }

    /// `file:line:column` for people: of a sheet, the name of the cell or the row.
    pub fn told(self, names: &[String], lang: Lang) -> String {
        if !self.sheet {
            return self.shown(names);
        }
        let Some(column) = self.column.checked_sub(1) else { return self.told_line(names, lang) };
        let name = names.get(self.file as usize).map_or("-", String::as_str);
        let (cell, row) = (column_letters(column), self.line);
        say!(lang, "{name}: {cell}{row}", "{name} : {cell}{row}")
    }
}

/// What spreadsheets call a column, from 0: `A`, `Z`, `AA`.
pub fn column_letters(column: u32) -> String {
    let mut letters = String::new();
    let mut rest = u64::from(column) + 1;
    while let Some(before) = rest.checked_sub(1) {
        let letter = u8::try_from(before % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        rest = before / 26;
    }
    letters
}
