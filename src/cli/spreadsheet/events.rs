//! The sheet of a workbook as records of CSV: in, its cells; out, its names, and a text whose line 6 is its row 7, and which is
//! read as every file of records is, with the cells that say nothing of an event beside it.
//!
//! What a cell holds is written as it is stored, never as it is shown: a day as one, a number with all its digits, so that
//! nothing of it is rounded or read in two ways. What a spreadsheet shows as a percentage is one only below a name of one. A
//! name is read as it is shown, since so it is written elsewhere.

use super::opened::{self, OF_EVENTS};
use super::{Page, Unreadable, Value, address, hundredfold};
use crate::cli::output::{Failure, plain};
use crate::diagnostic::did_you_mean;
use crate::feed::{SheetFaults, french_number};
use crate::lang::{Lang, say};
use crate::model::{CellFault, Fault, Field, HostNames, french};

/// The records of a sheet.
#[derive(Default)]
pub struct Records {
    /// What its first row names.
    pub names: Vec<String>,
    /// What stands below it.
    pub text: String,
    /// The cells that say nothing of an event.
    pub faults: SheetFaults,
}

/// The records of a workbook: of the sheet of this name, or of the only one that has any cell.
pub fn records(
    bytes: &[u8],
    name: &str,
    sheet: Option<&str>,
    host: Option<&HostNames>,
    lang: Lang,
) -> Result<Records, Failure> {
    let pages = opened::pages(name, bytes, &OF_EVENTS)?;
    let page = chosen(name, &pages, sheet, lang)?;
    written(name, page, host, lang)
}

/// The sheet that is read.
fn chosen<'p>(
    name: &str,
    pages: &'p [Page],
    sheet: Option<&str>,
    lang: Lang,
) -> Result<&'p Page, Failure> {
    let quoted = |page: &&Page| format!("`{}`", plain(&page.name));
    if let Some(sheet) = sheet {
        return pages.iter().find(|page| page.name == sheet).ok_or_else(|| {
            let near = did_you_mean(sheet, pages.iter().map(|page| page.name.as_str()));
            let all = lang.all_of(&pages.iter().map(|page| quoted(&page)).collect::<Vec<_>>());
            let sheet = plain(sheet);
            let help = near.map_or(String::new(), |near| {
                let near = plain(near);
                say!(lang, "; did you mean `{near}`?", " ; vouliez-vous dire `{near}` ?")
            });
            Failure::new(say!(
                lang,
                "{name}: there is no sheet `{sheet}`; the sheets are {all}{help}",
                "{name} : il n'y a pas de feuille `{sheet}` ; les feuilles sont {all}{help}"
            ))
        });
    }
    let filled: Vec<&Page> = pages.iter().filter(|page| !page.cells.is_empty()).collect();
    match filled.as_slice() {
        [only] => Ok(only),
        [] => Err(Failure::new(say!(
            lang,
            "{name}: no sheet of this workbook has any cell",
            "{name} : aucune feuille de ce classeur n'a de cellule remplie"
        ))),
        several => {
            let all = lang.all_of(&several.iter().map(quoted).collect::<Vec<_>>());
            Err(Failure::new(say!(
                lang,
                "{name}: several sheets have cells, {all}: say which one holds the events (`--sheet NAME`)",
                "{name} : plusieurs feuilles sont remplies, {all} : dites laquelle contient les événements (`--sheet NOM`)"
            )))
        }
    }
}

/// The rows of a sheet as records, each with the number of its row before its cells.
fn written(
    name: &str,
    page: &Page,
    host: Option<&HostNames>,
    lang: Lang,
) -> Result<Records, Failure> {
    let at_cell = |at, english: &str, french: &str| {
        let at = plain(&address(&page.name, at));
        Failure::both(format!("{name}: {at}: {english}"), format!("{name} : {at} : {french}"))
    };
    if page.cells.keys().next().is_some_and(|(row, _)| *row > 0) {
        return Err(at_cell(
            (0, 0),
            "the first row has to name the fields of events, and it is blank",
            "la première ligne doit nommer les champs des événements, et elle est vide",
        ));
    }
    let mut records = Records::default();
    for (at, value) in page.cells.range((0, 0)..(1, 0)) {
        let text = match value {
            Value::Text(text) => text.replace(['\n', '\r'], " "),
            Value::Number { .. } | Value::Day(_) => value.seen(lang),
            Value::Truth(_) | Value::Unreadable(_) => {
                return Err(at_cell(
                    *at,
                    "the first row has to name the fields of events: write a text",
                    "la première ligne doit nommer les champs des événements : écrivez un texte",
                ));
            }
        };
        records.names.resize(usize::from(at.1), String::new());
        records.names.push(text);
    }
    let columns: Vec<Of> = records.names.iter().map(|name| Of::named(name.trim(), host)).collect();
    let mut next: super::At = (1, 0);
    let end_row = |text: &mut String, (_, column): super::At| {
        (usize::from(column)..columns.len()).for_each(|_| text.push(','));
    };
    for (at, value) in page.cells.range((1, 0)..) {
        if *value == Value::Unreadable(Unreadable::NotComputed) && page.computed_later {
            return Err(at_cell(
                *at,
                "this formula has no value yet, or one that is computed when the file is opened: open and save it in a spreadsheet",
                "cette formule n'a pas encore de valeur, ou une que l'ouverture du fichier recalcule : ouvrez-le et enregistrez-le dans un tableur",
            ));
        }
        let (row, column) = (at.0 + 1, u32::from(at.1) + 1);
        if next.0 < at.0 || records.text.is_empty() {
            if !records.text.is_empty() {
                end_row(&mut records.text, next);
            }
            (next.0..at.0).for_each(|_| records.text.push('\n'));
            records.text.push_str(&row.to_string());
            next = (at.0, 0);
        }
        let nameless = || Fault::Nameless { column: column as usize, text: value.seen(lang) };
        let cell = match columns.get(usize::from(at.1)) {
            Some(Of::Field(field)) => stored(value, *field, page.formats.get(at).map(|of| &**of))
                .map_err(|fault| Fault::cell(*field, value.seen(lang), fault)),
            Some(Of::NoField) => Ok(String::new()),
            Some(Of::Nameless) | None => Err(nameless()),
        };
        match cell {
            Ok(cell) if columns.len() > usize::from(at.1) => {
                (next.1..=at.1).for_each(|_| records.text.push(','));
                next.1 = at.1 + 1;
                records.text.push('"');
                records.text.push_str(&cell.replace('"', "\"\""));
                records.text.push('"');
            }
            Ok(_) => {}
            Err(fault) => records.faults.add(row, column, fault),
        }
    }
    if !records.text.is_empty() {
        end_row(&mut records.text, next);
        records.text.push('\n');
    }
    Ok(records)
}

/// What a column holds.
enum Of {
    Field(Field),
    /// What is no part of events, or is told of the first row.
    NoField,
    Nameless,
}

impl Of {
    fn named(name: &str, host: Option<&HostNames>) -> Of {
        match host.and_then(|host| host.field(name)) {
            Some(Some(field)) => Of::Field(field),
            Some(None) => Of::NoField,
            None if name.is_empty() => Of::Nameless,
            None => Field::find(name)
                .or_else(|| french::field_named(name))
                .map_or(Of::NoField, Of::Field),
        }
    }
}

/// What a cell holds as a cell of CSV has it, or why it says nothing of an event.
fn stored(value: &Value, field: Field, format: Option<&str>) -> Result<String, CellFault> {
    match value {
        Value::Text(text) if text.contains(['\n', '\r']) => Err(CellFault::LineBreak),
        // No separator says whether decimals or thousands stand behind the point.
        Value::Text(text)
            if is_number(field) && french_number(text) == Err(CellFault::TwoNumbers) =>
        {
            Err(CellFault::TwoNumbers)
        }
        Value::Text(text) => Ok(text.clone()),
        Value::Number { digits, .. } if is_name(field) && !is_kept(digits) => {
            Err(CellFault::NumberAsName)
        }
        Value::Number { percent: true, .. } if is_name(field) => Err(CellFault::ShownOtherwise),
        Value::Number { digits, percent: false } => match format.filter(|_| is_name(field)) {
            Some(format) => shown(digits, format).ok_or(CellFault::ShownOtherwise),
            None => Ok(digits.clone()),
        },
        Value::Number { digits, percent: true } => {
            let shown = hundredfold(digits);
            Ok(if field == Field::Percent { shown } else { format!("{shown} %") })
        }
        Value::Day(day) => match is_name(field) && !format.is_some_and(is_iso) {
            true => Err(CellFault::ShownOtherwise),
            false => Ok(day.clone()),
        },
        Value::Truth(_) => Err(CellFault::Truth),
        Value::Unreadable(Unreadable::Error(name)) => Ok(name.clone()),
        Value::Unreadable(Unreadable::Time(Some(moment))) => Ok(moment.clone()),
        Value::Unreadable(Unreadable::Time(None)) => Err(CellFault::TimeOfDay),
        Value::Unreadable(Unreadable::NotComputed) => Err(CellFault::NotComputed),
    }
}

/// As many digits a workbook keeps of a number.
const EXACT: usize = 15;

/// Whether the digits of a number may be a name: they are whole, and all of them are kept.
fn is_kept(digits: &str) -> bool {
    !digits.contains('.') && digits.len() <= EXACT
}

/// Whether a format shows a day as YYYY-MM-DD.
fn is_iso(format: &str) -> bool {
    format.replace('\\', "").eq_ignore_ascii_case("yyyy-mm-dd")
}

/// A whole number as its cell shows it, where that is no more than zeros before it and texts around it: `7` in the format
/// `"D-"000` is `D-007`.
fn shown(digits: &str, format: &str) -> Option<String> {
    if digits.starts_with('-') {
        return None;
    }
    let mut text = String::new();
    let mut places: Option<usize> = None;
    let mut signs = format.chars().peekable();
    while let Some(sign) = signs.next() {
        match sign {
            '0' if places.is_none() => {
                let mut zeros = 1;
                while signs.next_if_eq(&'0').is_some() {
                    zeros += 1;
                }
                (digits.len()..zeros).for_each(|_| text.push('0'));
                text.push_str(digits);
                places = Some(zeros);
            }
            '"' => loop {
                match signs.next()? {
                    '"' => break,
                    sign => text.push(sign),
                }
            },
            '\\' => text.push(signs.next()?),
            '-' | ' ' | '(' | ')' | ':' => text.push(sign),
            _ => return None,
        }
    }
    places.map(|_| text)
}

/// Whether a field names something: a number there stands for its digits.
fn is_name(field: Field) -> bool {
    [Field::Case, Field::Id, Field::Ref, Field::Name, Field::Schedule].contains(&field)
}

fn is_number(field: Field) -> bool {
    let days = [Field::Date, Field::PlannedStart, Field::PlannedEnd, Field::Kind, Field::Shares];
    !is_name(field) && !days.contains(&field)
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[test]
    fn zeros_before_a_number_and_texts_around_it_are_read_as_they_are_shown() {
        for (digits, format, expected) in [
            ("7", "000", Some("007")),
            ("1234", "000", Some("1234")),
            ("7", "\"D-\"000", Some("D-007")),
            ("7", "\\D\\-00", Some("D-07")),
            ("7", "0 \"bis\"", Some("7 bis")),
            ("7", "#,##0", None),
            ("7", "0.00", None),
            ("7", "00-00", None),
            ("-7", "000", None),
            ("7", "[Red]0", None),
            ("7", "\"D", None),
            ("7", "\"D\"", None),
            ("7", "0;;", None),
        ] {
            assert_eq!(shown(digits, format).as_deref(), expected, "{format}");
        }
    }
}
