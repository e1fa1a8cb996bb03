//! A sheet of a workbook as rows: in, its bytes; out, what its first row names, and below it each cell as a cell of CSV has it.
//!
//! What a cell holds is read as it is stored, never as it is shown: a day as one, a number with all its digits, so that
//! nothing of it is rounded or read in two ways. What a spreadsheet shows as a percentage is one only below a name of one. A
//! name is read as it is shown, since so it is written elsewhere.

use super::formats;
use super::hidden;
use super::opened::{self, OF_EVENTS};
use super::{At, Page, Unreadable, Value, address, hundredfold};
use crate::cli::output::{Failure, message, plain};
use crate::diagnostic::did_you_mean;
use crate::feed::french_number;
use crate::lang::{Lang, say};
use crate::model::{CellFault, without_value};
use crate::money::Currency;
use std::sync::Arc;

/// What a column holds, as far as it says how its cells are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The name of something: a number there stands for its digits.
    Name,
    /// A number.
    Number,
    /// A sum of money, whose currency stands elsewhere.
    Sum,
    /// A percentage.
    Percent,
    /// Anything else that is read.
    Other,
    /// Nothing that is read.
    Nothing,
}

/// A sheet.
#[derive(Default)]
pub struct Sheet {
    /// What its first row names; a column without a name has none.
    pub names: Vec<String>,
    /// The rows below it that have any cell.
    pub rows: Vec<Row>,
}

/// A row.
pub struct Row {
    /// Its number, from 1.
    pub number: u32,
    /// Its cells that are not blank, with their columns, from 0.
    pub cells: Vec<(u16, Cell)>,
}

/// A cell.
pub enum Cell {
    /// What it says.
    Text(String),
    /// It cannot be read: what a reader sees there, and why.
    Wrong(String, CellFault),
    /// It stands below no name.
    Nameless(String),
}

/// Reads the sheet of this name, or the only one that has any cell; `holds` says what the column of a name holds, and sums are
/// in one of `currencies`, if any are known.
pub fn sheet(
    bytes: &[u8],
    name: &str,
    sheet: Option<&str>,
    holds: impl Fn(&str) -> Holds,
    currencies: &[Currency],
    lang: Lang,
) -> Result<Sheet, Failure> {
    let pages = opened::pages(name, bytes, &OF_EVENTS)?;
    let page = chosen(name, &pages, sheet, lang)?;
    tell_hidden(bytes, name, page, lang)?;
    let (sheet, columns) = read(name, page, holds, lang)?;
    tell_currency(name, page, &columns, currencies, lang)?;
    Ok(sheet)
}

/// Tells of sums that a sheet shows in a currency which none of these is: only their numbers are read.
fn tell_currency(
    name: &str,
    page: &Page,
    columns: &[Option<Holds>],
    currencies: &[Currency],
    lang: Lang,
) -> Result<(), Failure> {
    let is_sum = |at: &At| columns.get(usize::from(at.1)) == Some(&Some(Holds::Sum));
    let is_number = |at: &At| matches!(page.cells.get(at), Some(Value::Number { .. }));
    let other = |(at, format): (&At, &Arc<str>)| {
        let shown = formats::currency_of(format)?.to_owned();
        let known = currencies.iter().any(|currency| is_shown_as(*currency, &shown));
        (at.0 > 0 && is_sum(at) && is_number(at) && !known).then_some((*at, shown))
    };
    let mut others = page.formats.iter().filter_map(other);
    let Some((at, shown)) = others.next().filter(|_| !currencies.is_empty()) else {
        return Ok(());
    };
    let (count, at) = (1 + others.count(), plain(&address(&page.name, at)));
    let mut codes: Vec<String> = currencies.iter().map(|of| of.code().to_owned()).collect();
    codes.sort_unstable();
    codes.dedup();
    let codes = lang.all_of(&codes);
    message(&match count {
        1 => say!(
            lang,
            "{name}: {at} is shown in `{shown}`, and its number is read as one of the schedules, which are in {codes}: no sum is converted\n",
            "{name} : {at} s'affiche en `{shown}`, et son nombre se lit comme un montant des échéanciers, qui sont en {codes} : aucune somme n'est convertie\n"
        ),
        count => say!(
            lang,
            "{name}: {count} cells from {at} on are shown in `{shown}` or another currency, and their numbers are read as those of the schedules, which are in {codes}: no sum is converted\n",
            "{name} : {count} cellules à partir de {at} s'affichent en `{shown}` ou dans une autre devise, et leurs nombres se lisent comme des montants des échéanciers, qui sont en {codes} : aucune somme n'est convertie\n"
        ),
    })
}

/// The currencies of which `$` is the sign somewhere: dollars, and pesos.
const DOLLARS: &[&str] = &[
    "ARS", "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "CLP", "COP", "CUP", "DOP", "FJD",
    "GYD", "HKD", "JMD", "KYD", "LRD", "MXN", "NAD", "NZD", "SBD", "SGD", "SRD", "TTD", "TWD",
    "USD", "UYU", "XCD",
];

/// Whether amounts of a currency may be shown so.
fn is_shown_as(currency: Currency, shown: &str) -> bool {
    let code = currency.code();
    match shown {
        "€" => code == "EUR",
        "£" => code == "GBP",
        "¥" => ["JPY", "CNY"].contains(&code),
        // A dollar, or a peso.
        "$" => DOLLARS.contains(&code),
        _ => code == shown,
    }
}

/// Tells of rows that are read, and that nobody sees.
fn tell_hidden(bytes: &[u8], name: &str, page: &Page, lang: Lang) -> Result<(), Failure> {
    let (mut count, mut first) = (0_u32, 0);
    let noted = hidden::rows(bytes, &page.name, |row| {
        let at = row.saturating_sub(1);
        if page.cells.range((at, 0)..(row, 0)).next().is_some() {
            count += 1;
            first = if count == 1 { row } else { first };
        }
    });
    if noted.is_none() || count == 0 {
        return Ok(());
    }
    message(&match count {
        1 => say!(
            lang,
            "{name}: row {first} is hidden, or left out by a filter, and is read like the others: delete it if it does not count\n",
            "{name} : la ligne {first} est masquée, ou écartée par un filtre, et se lit comme les autres : supprimez-la si elle ne compte pas\n"
        ),
        count => say!(
            lang,
            "{name}: {count} rows from row {first} on are hidden, or left out by a filter, and are read like the others: delete those that do not count\n",
            "{name} : {count} lignes à partir de la ligne {first} sont masquées, ou écartées par un filtre, et se lisent comme les autres : supprimez celles qui ne comptent pas\n"
        ),
    })
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
                "{name}: several sheets have cells, {all}: say which one is read (`--sheet NAME`)",
                "{name} : plusieurs feuilles sont remplies, {all} : dites laquelle est lue (`--sheet NOM`)"
            )))
        }
    }
}

fn read(
    name: &str,
    page: &Page,
    holds: impl Fn(&str) -> Holds,
    lang: Lang,
) -> Result<(Sheet, Vec<Option<Holds>>), Failure> {
    let at_cell = |at, english: &str, french: &str| {
        let at = plain(&address(&page.name, at));
        Failure::both(format!("{name}: {at}: {english}"), format!("{name} : {at} : {french}"))
    };
    if page.cells.keys().next().is_some_and(|(row, _)| *row > 0) {
        return Err(at_cell(
            (0, 0),
            "the first row has to name the fields, and it is blank",
            "la première ligne doit nommer les champs, et elle est vide",
        ));
    }
    let mut sheet = Sheet::default();
    for (at, value) in page.cells.range((0, 0)..(1, 0)) {
        let text = match value {
            Value::Text(text) => text.replace(['\n', '\r'], " "),
            Value::Number { .. } | Value::Day(_) => value.seen(lang),
            Value::Truth(_) | Value::Unreadable(_) => {
                return Err(at_cell(
                    *at,
                    "the first row has to name the fields: write a text",
                    "la première ligne doit nommer les champs : écrivez un texte",
                ));
            }
        };
        sheet.names.resize(usize::from(at.1), String::new());
        sheet.names.push(text);
    }
    let of_name = |name: &String| Some(name.trim()).filter(|name| !name.is_empty()).map(&holds);
    let columns: Vec<Option<Holds>> = sheet.names.iter().map(of_name).collect();
    for (at, value) in page.cells.range((1, 0)..) {
        let format = page.formats.get(at).map(|of| &**of);
        let cell = match columns.get(usize::from(at.1)).copied().flatten() {
            None => Cell::Nameless(value.seen(lang)),
            Some(holds) => match stored(value, holds, format) {
                Ok(text) => Cell::Text(text),
                Err(_) if holds == Holds::Nothing => Cell::Text(value.seen(lang)),
                Err(fault) => Cell::Wrong(value.seen(lang), fault),
            },
        };
        let (number, cell) = (at.0 + 1, (at.1, cell));
        match sheet.rows.last_mut().filter(|row| row.number == number) {
            Some(row) => row.cells.push(cell),
            None => sheet.rows.push(Row { number, cells: vec![cell] }),
        }
    }
    if sheet.rows.len().saturating_mul(sheet.names.len()) > MOST_PLACES {
        return Err(Failure::both(
            format!(
                "{name}: this sheet has too many columns for so many rows: delete those that are not read"
            ),
            format!(
                "{name} : cette feuille a trop de colonnes pour autant de lignes : supprimez celles qui ne sont pas lues"
            ),
        ));
    }
    Ok((sheet, columns))
}

/// What a cell holds as a cell of CSV has it, or why it cannot be read.
fn stored(value: &Value, holds: Holds, format: Option<&str>) -> Result<String, CellFault> {
    match value {
        Value::Text(text) if text.contains(['\n', '\r']) => Err(CellFault::LineBreak),
        // No separator says whether decimals or thousands stand behind the point.
        Value::Text(text)
            if matches!(holds, Holds::Number | Holds::Sum | Holds::Percent)
                && french_number(text) == Err(CellFault::TwoNumbers) =>
        {
            Err(CellFault::TwoNumbers)
        }
        Value::Text(text) => Ok(text.clone()),
        Value::Number { digits, .. } if holds == Holds::Name && !is_kept(digits) => {
            Err(CellFault::NumberAsName)
        }
        Value::Number { percent: true, .. } if holds == Holds::Name => {
            Err(CellFault::ShownOtherwise)
        }
        Value::Number { digits, percent: false } => match format.filter(|_| holds == Holds::Name) {
            Some(format) => shown(digits, format).ok_or(CellFault::ShownOtherwise),
            None => Ok(digits.clone()),
        },
        Value::Number { digits, percent: true } => {
            let shown = hundredfold(digits);
            Ok(if holds == Holds::Percent { shown } else { format!("{shown} %") })
        }
        Value::Day(day) => match holds == Holds::Name && !format.is_some_and(is_iso) {
            true => Err(CellFault::ShownOtherwise),
            false => Ok(day.clone()),
        },
        Value::Truth(_) => Err(CellFault::Truth),
        // One that is known by its name is told by it.
        Value::Unreadable(Unreadable::Error(name)) => match without_value(name) {
            Some(_) => Ok(name.clone()),
            None => Err(CellFault::FormulaError),
        },
        Value::Unreadable(Unreadable::Time(Some(_))) if holds == Holds::Name => {
            Err(CellFault::ShownOtherwise)
        }
        Value::Unreadable(Unreadable::Time(Some(moment))) => Ok(moment.clone()),
        Value::Unreadable(Unreadable::Time(None)) => Err(CellFault::TimeOfDay),
        Value::Unreadable(Unreadable::NotComputed) => Err(CellFault::NotComputed),
    }
}

/// So many places may the rows of a sheet have, blank ones included: a record has a place for each column.
const MOST_PLACES: usize = 32_000_000;
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
