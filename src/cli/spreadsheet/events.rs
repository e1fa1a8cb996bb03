//! The sheet of a workbook as records of CSV: in, its cells; out, a text whose line 7 is its row 7, and which is read as every
//! file of records is.
//!
//! What a cell holds is written as it is stored, never as it is shown: a day as one, a number with all its digits, so that
//! nothing of it is rounded or read in two ways. What a spreadsheet shows as a percentage is one only below a name of one.

use super::opened::{self, OF_EVENTS};
use super::{Page, Unreadable, Value, address, hundredfold};
use crate::cli::output::{Failure, plain};
use crate::diagnostic::did_you_mean;
use crate::feed::french_number;
use crate::lang::{Lang, say};
use crate::model::{CellFault, Field, HostNames, french};
use std::collections::BTreeMap;

/// The records of a workbook: of the sheet of this name, or of the only one that has any cell.
pub fn records(
    bytes: &[u8],
    name: &str,
    sheet: Option<&str>,
    host: Option<&HostNames>,
    lang: Lang,
) -> Result<String, Failure> {
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

fn written(
    name: &str,
    page: &Page,
    host: Option<&HostNames>,
    lang: Lang,
) -> Result<String, Failure> {
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
    let named = |(at, value): (&super::At, &Value)| Some((at.1, field(&value.seen(lang), host)?));
    let fields: BTreeMap<u16, Field> = page.cells.range((0, 0)..(1, 0)).filter_map(named).collect();
    let last = page.cells.range((0, 0)..(1, 0)).next_back().map_or(0, |((_, column), _)| *column);
    let mut text = String::new();
    let mut next: super::At = (0, 0);
    for (at, value) in &page.cells {
        if next.0 < at.0 {
            (next.1..last).for_each(|_| text.push(','));
            (next.0..at.0).for_each(|_| text.push('\n'));
            next = (at.0, 0);
        }
        if at.1 > last {
            return Err(at_cell(
                *at,
                "no name stands above this cell, in the first row",
                "aucun nom ne figure au-dessus de cette cellule, dans la première ligne",
            ));
        }
        (next.1..at.1).for_each(|_| text.push(','));
        next.1 = at.1;
        let cell = stored(value, fields.get(&at.1).copied())
            .map_err(|[english, french]| at_cell(*at, &english, &french))?;
        text.push('"');
        text.push_str(&cell.replace('"', "\"\""));
        text.push('"');
    }
    (next.1..last).for_each(|_| text.push(','));
    text.push('\n');
    Ok(text)
}

/// What a cell holds as a cell of CSV has it; an error is why it holds nothing of an event, in English and French.
fn stored(value: &Value, field: Option<Field>) -> Result<String, [String; 2]> {
    let wrong = |english: &str, french: &str| Err([english.to_owned(), french.to_owned()]);
    match value {
        Value::Text(text) if text.contains(['\n', '\r']) => wrong(
            "a line ends within this cell: write it in one line",
            "cette cellule contient un saut de ligne : écrivez-la sur une seule ligne",
        ),
        Value::Text(text) => match field.filter(|field| is_number(*field)) {
            // No separator says whether decimals or thousands stand behind the point.
            Some(field) if french_number(text) == Err(CellFault::TwoNumbers) => {
                let why = |lang| CellFault::TwoNumbers.say(field.name(), text, lang);
                Err([why(Lang::En), why(Lang::Fr)])
            }
            Some(_) | None => Ok(text.clone()),
        },
        Value::Number { digits, percent: false } => {
            let is_kept = !digits.contains('.') && digits.len() <= EXACT;
            if is_kept || !field.is_some_and(is_name) {
                return Ok(digits.clone());
            }
            wrong(
                "a name is no number with decimals, and none of more than 15 digits, which a workbook does not keep: write it as a text",
                "un nom n'est pas un nombre à décimales, ni de plus de 15 chiffres, qu'un classeur ne garde pas : écrivez-le comme du texte",
            )
        }
        Value::Number { digits, percent: true } => {
            let shown = hundredfold(digits);
            Ok(if field == Some(Field::Percent) { shown } else { format!("{shown} %") })
        }
        Value::Day(day) => Ok(day.clone()),
        Value::Truth(_) => wrong(
            "this is true or false, which says nothing of an event: write a text",
            "c'est vrai ou faux, ce qui ne dit rien d'un événement : écrivez un texte",
        ),
        Value::Unreadable(Unreadable::Error(name)) => Ok(name.clone()),
        Value::Unreadable(Unreadable::Time(Some(moment))) => Ok(moment.clone()),
        Value::Unreadable(Unreadable::Time(None)) => wrong(
            "this is a time of day, a length of time or the last moment of a day: write hours as a number (1.5), and a day without a time",
            "c'est une heure du jour, une durée ou le dernier instant d'un jour : écrivez les heures comme un nombre (1,5), et un jour sans heure",
        ),
        Value::Unreadable(Unreadable::NotComputed) => wrong(
            "this formula has no value yet, or one that is computed when the file is opened: open and save it in a spreadsheet",
            "cette formule n'a pas encore de valeur, ou une que l'ouverture du fichier recalcule : ouvrez-le et enregistrez-le dans un tableur",
        ),
    }
}

/// As many digits a workbook keeps of a number.
const EXACT: usize = 15;

/// The field that a column of this name holds.
fn field(name: &str, host: Option<&HostNames>) -> Option<Field> {
    match host.and_then(|host| host.field(name)) {
        Some(field) => field,
        None => Field::find(name).or_else(|| french::field_named(name)),
    }
}

/// Whether a field names something: a number there stands for its digits.
fn is_name(field: Field) -> bool {
    [Field::Case, Field::Id, Field::Ref, Field::Name, Field::Schedule].contains(&field)
}

fn is_number(field: Field) -> bool {
    let days = [Field::Date, Field::PlannedStart, Field::PlannedEnd, Field::Kind, Field::Shares];
    !is_name(field) && !days.contains(&field)
}
