//! How a file names its columns: in, its first line; out, what a message calls a field or a kind of event, in the words
//! that the file itself has.

use super::{Field, Kind, french};
use crate::lang::Lang;

/// The names of a file. Without any, fields and kinds are called as in JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileNames {
    /// The columns as the file names them.
    columns: Vec<(Field, String)>,
    /// Whether the words for kinds, and for columns that it does not have, are French.
    french: bool,
    cells: CellsOf,
}

/// Of what the cells of a file are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellsOf {
    /// A text, between commas.
    #[default]
    Commas,
    /// A text, between semicolons, where numbers may have a decimal comma.
    Semicolons,
    /// A sheet of a workbook, where numbers and days are not written at all.
    Sheet,
}

impl FileNames {
    /// The names of a file with these columns; `french` is whether some of them are words of French spreadsheets.
    pub fn new(columns: Vec<(Field, String)>, french: bool, cells: CellsOf) -> FileNames {
        FileNames { columns, french, cells }
    }

    /// Whether kinds of events are read in French, too: they are in every file with columns.
    pub fn reads_french(&self) -> bool {
        !self.columns.is_empty()
    }

    /// Whether numbers have a decimal comma where they are written: in a sheet as its reader types them.
    pub fn has_decimal_commas(&self, lang: Lang) -> bool {
        match self.cells {
            CellsOf::Commas => false,
            CellsOf::Semicolons => true,
            CellsOf::Sheet => lang == Lang::Fr,
        }
    }

    /// Whether it is a sheet of a workbook.
    pub fn is_sheet(&self) -> bool {
        self.cells == CellsOf::Sheet
    }

    /// Whether its words are French.
    pub fn is_french(&self) -> bool {
        self.french
    }

    /// What the file calls a field.
    pub fn field(&self, field: Field) -> &str {
        let own = self.columns.iter().find(|(of, _)| *of == field);
        own.map_or_else(|| self.word(field), |(_, name)| name)
    }

    /// A text as a cell of the file has it: in a text between commas or semicolons, one with quotes stands between quotes, its own
    /// doubled.
    pub fn as_cell(&self, text: &str) -> String {
        let written = !self.columns.is_empty() && !self.is_sheet();
        if written { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
    }

    /// What the file calls a kind of event.
    pub fn kind(&self, kind: Kind) -> &'static str {
        if self.french { french::kind_word(kind) } else { kind.name() }
    }

    /// The same, of a kind by its name in JSON.
    pub fn kind_named(&self, name: &'static str) -> &'static str {
        Kind::find(name).map_or(name, |kind| self.kind(kind))
    }

    fn word(&self, field: Field) -> &'static str {
        if self.french { french::field_word(field) } else { field.name() }
    }
}
