//! The first line of a CSV file: in, its cells; out, which field each column holds, or all that is wrong with
//! it in one message.
//!
//! Names are those of the fields of an event, in whatever capitals, the French ones of spreadsheets, or the host's own. What one of
//! them is, is never guessed from what stands below it.

use super::csv_cells::cells;
use super::sheet::SheetFaults;
use super::wrong_lines::not_utf8;
use crate::diagnostic::{did_you_mean, fold_for_likeness};
use crate::lang::{Lang, say, seen};
use crate::model::{CellsOf, Fault, Field, FileNames, HostNames, french};
use std::sync::Arc;

/// What the first line of a CSV file says.
#[derive(Clone, Debug)]
pub struct CsvHeader {
    pub(super) separator: u8,
    pub(super) columns: Vec<Column>,
    pub(super) host: Option<Arc<HostNames>>,
    /// What messages call its columns.
    pub(super) names: Arc<FileNames>,
    /// The columns of a number that ids or remarks follow, between commas: a decimal comma might part one number there.
    pub(super) may_be_cut: Vec<usize>,
    /// How many lines stand before the first record.
    pub(super) lines: u32,
    /// Of a sheet, its cells that say nothing of an event. Each of its records begins with the number of its row.
    pub(super) sheet: Option<Arc<SheetFaults>>,
    /// The columns that are left out as remarks.
    remarks: Vec<String>,
}

/// What columns are called in which somebody remarks something: no field is called nearly so.
const REMARKS: [&str; 12] = [
    "remark",
    "remarks",
    "comment",
    "comments",
    "note",
    "notes",
    "remarque",
    "remarques",
    "commentaire",
    "commentaires",
    "observation",
    "observations",
];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// A field.
    Field(Field),
    /// What is no part of events, as the names of the host's say.
    LeftOut,
    /// What somebody remarks, which is no part of events either.
    Remark,
    /// Nothing: it has no name, and its cells are empty.
    Blank,
}

/// Why the first line of a CSV file is no header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeaderFault {
    /// Another encoding.
    NotUtf8,
    /// A quote that is not closed.
    Unreadable,
    /// Tabs or bars stand between the names.
    Separated(char),
    /// No name of it is that of a field.
    NoNames(Vec<String>),
    /// The first column, and no other, has no name.
    Index,
    /// Columns that are no field or stand twice, and fields that are missing.
    Columns {
        /// Names that no field has.
        unknown: Vec<String>,
        /// Fields named twice.
        repeated: Vec<Field>,
        /// Fields that every event has and that are missing.
        missing: Vec<Field>,
        /// Fields that are named.
        known: Vec<Field>,
        /// Whether other names are French.
        french: bool,
    },
}

/// The separator that a line before all others states, as spreadsheets write it: `sep=;`.
pub fn separator_line(line: &[u8]) -> Option<u8> {
    match line.trim_ascii().strip_prefix(b"sep=")? {
        [separator @ (b';' | b',')] => Some(*separator),
        _ => None,
    }
}

impl CsvHeader {
    /// Reads the first line of a file.
    pub fn read(line: &[u8]) -> Result<CsvHeader, HeaderFault> {
        CsvHeader::read_for(line, None, None)
    }

    /// The same, where the separator is stated on a line before, or columns have names of the host's.
    pub fn read_for(
        line: &[u8],
        stated: Option<u8>,
        host: Option<Arc<HostNames>>,
    ) -> Result<CsvHeader, HeaderFault> {
        let text = std::str::from_utf8(line).map_err(|_| HeaderFault::NotUtf8)?;
        let text = text.trim_end_matches(['\n', '\r']);
        let separator = stated.unwrap_or(if text.contains(';') { b';' } else { b',' });
        let names = cells(text, separator).ok_or(HeaderFault::Unreadable)?;
        let form = if separator == b';' { CellsOf::Semicolons } else { CellsOf::Commas };
        let header = CsvHeader::of_names(&names, form, host)?;
        let lines = 1 + u32::from(stated.is_some());
        let may_be_cut = if separator == b',' { may_be_cut(&header.columns) } else { Vec::new() };
        Ok(CsvHeader { separator, may_be_cut, lines, ..header })
    }

    /// Reads the first row of a sheet, whose records begin with the numbers of their rows.
    pub fn of_sheet(
        names: &[String],
        faults: Arc<SheetFaults>,
        host: Option<Arc<HostNames>>,
    ) -> Result<CsvHeader, HeaderFault> {
        let mut header = CsvHeader::of_names(names, CellsOf::Sheet, host)?;
        header.columns.insert(0, Column::LeftOut);
        Ok(CsvHeader { sheet: Some(faults), ..header })
    }

    fn of_names(
        names: &[String],
        form: CellsOf,
        host: Option<Arc<HostNames>>,
    ) -> Result<CsvHeader, HeaderFault> {
        let names: Vec<&str> = names.iter().map(|name| name.trim()).collect();
        let mut found = Found::default();
        for name in &names {
            found.column(name, host.as_deref());
        }
        let (french, remarks) = (found.french, found.remarks.clone());
        let columns = found.columns(&names)?;
        let fields = columns.iter().zip(&names).filter_map(|(column, name)| match column {
            Column::Field(field) => Some((*field, (*name).to_owned())),
            Column::LeftOut | Column::Remark | Column::Blank => None,
        });
        let names = Arc::new(FileNames::new(fields.collect(), french, form));
        let (separator, may_be_cut, lines, sheet) = (b',', Vec::new(), 1, None);
        Ok(CsvHeader { separator, columns, host, names, may_be_cut, lines, sheet, remarks })
    }

    /// Which columns are left out as remarks, as a sentence.
    pub fn left_out(&self, lang: Lang) -> Option<String> {
        let named: Vec<String> =
            self.remarks.iter().map(|name| format!("`{}`", seen(name))).collect();
        let all = lang.all_of(&named);
        Some(match named.len() {
            0 => return None,
            1 => say!(
                lang,
                "column {all} is no part of events: what stands there is not read",
                "la colonne {all} ne fait pas partie des événements : ce qui y figure n'est pas lu"
            ),
            _ => say!(
                lang,
                "columns {all} are no part of events: what stands there is not read",
                "les colonnes {all} ne font pas partie des événements : ce qui y figure n'est pas lu"
            ),
        })
    }

    /// The same header for a reader that has nowhere to tell of columns that it leaves out: refused where there are some.
    pub fn whole(self) -> Result<CsvHeader, HeaderFault> {
        if self.remarks.is_empty() {
            return Ok(self);
        }
        let known = self.columns.iter().filter_map(|column| match column {
            Column::Field(field) => Some(*field),
            Column::LeftOut | Column::Remark | Column::Blank => None,
        });
        Err(HeaderFault::Columns {
            known: known.collect(),
            unknown: self.remarks,
            repeated: Vec::new(),
            missing: Vec::new(),
            french: self.names.reads_french(),
        })
    }

    /// Where a fault of a record is told: of a sheet, in the column of its cell, and 0 where it is of no cell; of a text, at its
    /// beginning.
    pub(super) fn column_of(&self, fault: &Fault) -> u32 {
        if self.sheet.is_none() {
            return 1;
        }
        let column = if let Fault::Nameless { column, .. } = fault {
            Some(*column)
        } else {
            let holds = |field| self.columns.iter().position(|of| *of == Column::Field(field));
            fault.in_common().field.and_then(holds)
        };
        column.and_then(|column| u32::try_from(column).ok()).unwrap_or(0)
    }

    /// What decides how a number and a day may be written: French spreadsheets have semicolons.
    pub(super) fn is_french(&self) -> bool {
        self.separator == b';'
    }
}

/// The columns of numbers with decimals that ids or remarks follow.
fn may_be_cut(columns: &[Column]) -> Vec<usize> {
    let decimals = [
        Field::Hours,
        Field::PlannedHours,
        Field::Price,
        Field::Rate,
        Field::Quantity,
        Field::Amount,
        Field::Percent,
    ]
    .map(Column::Field);
    let both = |pair: &[Column]| match pair {
        [number, Column::Field(Field::Id) | Column::Remark] => decimals.contains(number),
        _ => false,
    };
    let pairs = columns.windows(2).enumerate();
    pairs.filter(|(_, pair)| both(pair)).map(|(place, _)| place).collect()
}

/// What has been found in a header.
#[derive(Default)]
struct Found {
    columns: Vec<Column>,
    known: Vec<Field>,
    unknown: Vec<String>,
    repeated: Vec<Field>,
    remarks: Vec<String>,
    french: bool,
}

impl Found {
    fn column(&mut self, name: &str, host: Option<&HostNames>) {
        let field = match host.and_then(|host| host.field(name)) {
            Some(None) => return self.columns.push(Column::LeftOut),
            Some(field) => field,
            None if name.is_empty() => return self.columns.push(Column::Blank),
            None => Field::find(name).or_else(|| {
                let field = french::field_named(name);
                self.french |= field.is_some_and(|field| french::is_french(name, field));
                field
            }),
        };
        match field {
            Some(field) if self.known.contains(&field) => self.repeated.push(field),
            Some(field) => {
                self.known.push(field);
                self.columns.push(Column::Field(field));
            }
            None if REMARKS.contains(&fold_for_likeness(name).as_str()) => {
                self.remarks.push(name.to_owned());
                self.columns.push(Column::Remark);
            }
            None => self.unknown.push(name.to_owned()),
        }
    }

    fn columns(mut self, names: &[&str]) -> Result<Vec<Column>, HeaderFault> {
        if self.known.is_empty() {
            self.unknown.append(&mut self.remarks);
            let separated = |only: &str| ['\t', '|'].into_iter().find(|by| only.contains(*by));
            return Err(match names {
                [only] => match separated(only) {
                    Some(by) => HeaderFault::Separated(by),
                    None => HeaderFault::NoNames(self.unknown),
                },
                _ => HeaderFault::NoNames(self.unknown),
            });
        }
        let always = Field::ALL.into_iter().filter(|field| field.is_in_every_event());
        let missing: Vec<Field> = always.filter(|field| !self.known.contains(field)).collect();
        if !(self.unknown.is_empty() && self.repeated.is_empty() && missing.is_empty()) {
            let Found { known, unknown, repeated, french, .. } = self;
            return Err(HeaderFault::Columns { unknown, repeated, missing, known, french });
        }
        if names.first().is_some_and(|name| name.is_empty()) {
            return Err(HeaderFault::Index);
        }
        Ok(self.columns)
    }
}

impl HeaderFault {
    /// Whether the line names at least one field, so that it is most likely meant as a header.
    pub fn names_fields(&self) -> bool {
        matches!(self, HeaderFault::Columns { .. } | HeaderFault::Index)
    }

    /// The same of the first row of a sheet.
    pub fn of_sheet(&self, lang: Lang) -> String {
        match self {
            HeaderFault::Index => say!(
                lang,
                "no name stands in the first cell: every column has one (pandas: `index=False`)",
                "aucun nom ne figure dans la première cellule : toute colonne en a un (pandas : `index=False`)"
            ),
            HeaderFault::NoNames(names) => {
                let first = names.first().map_or_else(String::new, |name| seen(name));
                let all = all_names(lang == Lang::Fr);
                let pasted = match names.as_slice() {
                    [only] if only.contains([';', ',', '\t', '|']) => lang.pick(
                        "; all of the row stands in one cell: part it (Data, Text to Columns)",
                        " ; toute la ligne figure dans une seule cellule : séparez-la (Données, Convertir)",
                    ),
                    _ => "",
                };
                say!(
                    lang,
                    "the first row has to name the fields of events, and `{first}` is none of them: {all}{pasted}",
                    "la première ligne doit nommer les champs des événements, et `{first}` n'en est pas : {all}{pasted}"
                )
            }
            HeaderFault::NotUtf8
            | HeaderFault::Unreadable
            | HeaderFault::Separated(_)
            | HeaderFault::Columns { .. } => self.say(lang),
        }
    }

    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            HeaderFault::Columns { unknown, repeated, missing, known, french } => {
                wrong_columns(unknown, repeated, missing, known, *french, lang)
            }
            HeaderFault::Index => say!(
                lang,
                "the first column has no name: it is most likely an index (pandas: `index=False`)",
                "la première colonne n'a pas de nom : c'est sans doute un index (pandas : `index=False`)"
            ),
            HeaderFault::Separated(by) => {
                let (english, french) = match by {
                    '\t' => ("tabs", "des tabulations"),
                    _ => ("bars", "des barres verticales"),
                };
                say!(
                    lang,
                    "{english} stand between the names of the first line: write commas or semicolons (PostgreSQL: `COPY … WITH (FORMAT csv, HEADER)`; psql: `--csv`)",
                    "{french} séparent les noms de la première ligne : écrivez des virgules ou des points-virgules (PostgreSQL : `COPY … WITH (FORMAT csv, HEADER)` ; psql : `--csv`)"
                )
            }
            HeaderFault::NoNames(names) if names.iter().all(|name| name.trim().is_empty()) => say!(
                lang,
                "the first line is empty: it has to name the fields of events, {}",
                "la première ligne est vide : elle doit nommer les champs des événements, {}",
                all_names(lang == Lang::Fr)
            ),
            HeaderFault::NoNames(names) => {
                let shown: Vec<String> =
                    names.iter().take(3).map(|name| format!("`{}`", seen(name))).collect();
                let (shown, all) = (shown.join(", "), all_names(lang == Lang::Fr));
                say!(
                    lang,
                    "the first line has to name the fields of events, and {shown} is none of them: {all} (a file without names: sqlite3 `.headers on`, Spark `header=True`, PostgreSQL `HEADER`)",
                    "la première ligne doit nommer les champs des événements, et {shown} n'en est pas : {all} (fichier sans noms : sqlite3 `.headers on`, Spark `header=True`, PostgreSQL `HEADER`)"
                )
            }
            HeaderFault::NotUtf8 => not_utf8(lang),
            HeaderFault::Unreadable => say!(
                lang,
                "the first line cannot be read: it has to name the fields of events, and to end with a line feed",
                "la première ligne est illisible : elle doit nommer les champs des événements, et finir par un saut de ligne"
            ),
        }
    }
}

fn all_names(french: bool) -> String {
    let word = if french { french::field_word } else { Field::name };
    Field::ALL.map(|field| format!("`{}`", word(field))).join(", ")
}

/// All that is wrong with the columns of a file: a column that is no field may be meant as one that no other
/// column is.
pub fn wrong_columns(
    unknown: &[String],
    repeated: &[Field],
    missing: &[Field],
    known: &[Field],
    french: bool,
    lang: Lang,
) -> String {
    let word = if french { french::field_word } else { Field::name };
    let quoted = |words: Vec<&str>| -> Vec<String> {
        words.into_iter().map(|word| format!("`{}`", seen(word))).collect()
    };
    let free = || Field::ALL.into_iter().filter(|field| !known.contains(field)).map(word);
    let meant = |name: &String| {
        let said = said_in_schedules(name).filter(|field| !known.contains(field));
        said.map(word).or_else(|| did_you_mean(name, free()))
    };
    let near: Vec<Option<&str>> = unknown.iter().map(meant).collect();
    let mut parts = Vec::new();
    let names = lang.all_of(&quoted(unknown.iter().map(String::as_str).collect()));
    match unknown.len() {
        0 => {}
        1 => parts.push(say!(
            lang,
            "column {names} is no field",
            "la colonne {names} n'est pas un champ"
        )),
        _ => parts.push(say!(
            lang,
            "columns {names} are no fields",
            "les colonnes {names} ne sont pas des champs"
        )),
    }
    let meant: Vec<&str> = near.iter().flatten().copied().collect();
    if !meant.is_empty() {
        let meant = lang.all_of(&quoted(meant));
        parts.push(say!(lang, "did you mean {meant}?", "vouliez-vous dire {meant} ?"));
    }
    if !repeated.is_empty() {
        let names = lang.all_of(&quoted(repeated.iter().map(|field| word(*field)).collect()));
        parts.push(say!(lang, "{names} stands twice", "{names} figure deux fois"));
    }
    if !missing.is_empty() {
        let names = lang.all_of(&quoted(missing.iter().map(|field| word(*field)).collect()));
        parts.push(say!(
            lang,
            "every event has {names}, and there is no such column",
            "tout événement a {names}, et il n'y a pas de telle colonne"
        ));
    }
    if unknown.iter().any(|name| is_index(name)) {
        parts.push("pandas: `index=False`".to_owned());
    } else if near.iter().any(Option::is_none) {
        let all = all_names(french);
        let none_near = unknown.iter().zip(&near).filter(|(_, near)| near.is_none());
        let as_text = |name: &String| seen(&serde_json::Value::from(name.as_str()).to_string());
        let others: Vec<String> = none_near.map(|(name, _)| as_text(name)).collect();
        let first = others.first().map_or("", String::as_str);
        let field = word(missing.first().copied().unwrap_or(Field::Name));
        let others = others.join(", ");
        parts.push(say!(
            lang,
            "the fields are {all}; with `--columns FILE`, a file with the line `leave_out = [{others}]` leaves out what is no part of events, and one with `columns = {{ {first} = \"{field}\" }}` says which field a column holds",
            "les champs sont {all} ; avec `--columns FICHIER`, un fichier où figure la ligne `leave_out = [{others}]` laisse de côté ce qui ne fait pas partie des événements, et un autre où figure `columns = {{ {first} = \"{field}\" }}` dit quel champ contient une colonne"
        ));
    }
    parts.join(lang.pick("; ", " ; "))
}

/// The field of a column that is called as a schedule says it.
fn said_in_schedules(name: &str) -> Option<Field> {
    Some(match fold_for_likeness(name).as_str() {
        "demarrage prevu" | "date de demarrage prevue" | "date de debut prevue" => {
            Field::PlannedStart
        }
        "date de fin prevue" => Field::PlannedEnd,
        "prix convenu" | "nouveau prix" | "agreed price" | "new price" => Field::Price,
        "taux convenu" | "nouveau taux" | "agreed rate" | "new rate" => Field::Rate,
        _ => return None,
    })
}

/// Whether a column is most likely the index of a table in pandas.
fn is_index(name: &str) -> bool {
    matches!(name, "index" | "level_0")
        || name.starts_with("__index_level_")
        || name.starts_with("Unnamed: ")
}

#[cfg(test)]
mod tests {
    use super::{CsvHeader, HeaderFault};

    #[test]
    fn a_reader_that_tells_of_nothing_refuses_remarks() {
        let read = |line: &str| CsvHeader::read(line.as_bytes()).and_then(CsvHeader::whole);
        assert!(read("case,date,kind").is_ok());
        let fault = read("dossier;date;nature;Remarques").expect_err("a column of remarks");
        let HeaderFault::Columns { unknown, known, french, .. } = &fault else {
            panic!("{fault:?}")
        };
        assert_eq!(
            (unknown.as_slice(), known.len(), *french),
            (&["Remarques".to_owned()][..], 3, true)
        );
    }
}
