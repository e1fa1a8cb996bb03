//! The sheet of what no table holds: each row a text of the language, of which sheet it is, and in place of what it stands.
//!
//! The texts of one sheet are read together, as the file that they would be, so that a scenario is a scenario.

use super::pieces::{self, Wrong, fault};
use super::words::{Caption, Field, TEXTS, key};
use super::{At, Fault, Origin, Page, Value};
use crate::diagnostic::{Code, Severity};
use crate::lang::{Lang, say};
use crate::syntax;
use crate::syntax::ast::ItemKind;
use std::collections::{BTreeMap, BTreeSet};

/// An item with the comments above it.
pub type Loose = (Vec<String>, Option<(ItemKind, Origin)>);

/// A row of the sheet.
struct Row {
    /// Of which sheet it says it is.
    of: String,
    page: String,
    row: u32,
    place: String,
    text: String,
}

/// The texts of all sheets.
#[derive(Default)]
pub struct Texts {
    rows: Vec<Row>,
    placed: BTreeMap<String, Placed>,
}

/// The texts of one sheet: those that stand in place of cells, and the others in their order.
#[derive(Default)]
pub struct Placed {
    in_place: BTreeMap<String, Vec<InPlace>>,
    /// What stands in place of nothing.
    pub loose: Vec<Loose>,
}

struct InPlace {
    place: String,
    comments: Vec<String>,
    item: Option<(ItemKind, Origin)>,
    at: Origin,
}

impl Texts {
    /// Takes in the rows of a sheet of texts.
    pub fn page(&mut self, page: &Page, lang: Lang, faults: &mut Vec<Fault>) {
        for at in beside_texts(page) {
            let why = say!(lang, "nothing reads this cell", "rien ne lit cette cellule");
            let wrong = Wrong::new(why, say!(lang, "a blank cell", "une cellule vide"));
            faults.push(fault(page, at, wrong, lang));
        }
        for (row, cells) in text_rows(page) {
            let mut read = (0_u16..).zip(cells).map(|(column, value)| {
                let text = value.map(|value| pieces::text(value, lang)).transpose();
                text.map_err(|wrong| faults.push(fault(page, (row, column), wrong, lang)))
                    .unwrap_or_default()
                    .unwrap_or_default()
            });
            let (sheet, place) = (read.next().unwrap_or_default(), read.next().unwrap_or_default());
            let text = read.next().unwrap_or_default();
            drop(read);
            if text.is_empty() {
                let why = say!(lang, "a text is missing here", "il manque un texte ici");
                let right = say!(lang, "a line of the language", "une ligne du langage");
                faults.push(fault(page, (row, 2), Wrong::new(why, right), lang));
                continue;
            }
            let page = page.name.clone();
            self.rows.push(Row { of: sheet, page, row, place, text });
        }
    }

    /// Reads the texts, now that the sheets are known.
    pub fn parse(&mut self, sheets: &[&str], lang: Lang, faults: &mut Vec<Fault>) {
        let mut by_sheet: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        let by_name: BTreeMap<&str, &str> = sheets.iter().map(|sheet| (*sheet, *sheet)).collect();
        let by_key: BTreeMap<String, &str> =
            sheets.iter().map(|sheet| (key(sheet), *sheet)).collect();
        for row in std::mem::take(&mut self.rows) {
            let known = by_name.get(row.of.as_str()).or_else(|| by_key.get(&key(&row.of)));
            match known {
                Some(known) => by_sheet.entry((*known).to_owned()).or_default().push(row),
                None if row.of.is_empty() => by_sheet.entry(String::new()).or_default().push(row),
                None => faults.push(no_sheet(row, sheets, lang)),
            }
        }
        for (sheet, rows) in by_sheet {
            let placed = read(&rows, !sheet.is_empty(), lang, faults);
            self.placed.insert(sheet, placed);
        }
    }

    /// The texts of a sheet, or of none.
    pub fn of_sheet(&mut self, sheet: &str) -> Placed {
        self.placed.remove(sheet).unwrap_or_default()
    }
}

fn no_sheet(row: Row, sheets: &[&str], lang: Lang) -> Fault {
    let names: Vec<String> = sheets.iter().map(|&sheet| sheet.to_owned()).collect();
    let blank = say!(lang, "a blank cell", "une cellule vide");
    Fault {
        sheet: row.page,
        at: (row.row, 0),
        said: Some(row.of),
        wrong: say!(
            lang,
            "no schedule stands on a sheet of this name",
            "aucun échéancier ne figure sur une feuille de ce nom"
        ),
        right: Some(if names.is_empty() { blank } else { lang.any_of(&names) }),
    }
}

/// Reads the texts of one sheet together.
fn read(rows: &[Row], of_schedule: bool, lang: Lang, faults: &mut Vec<Fault>) -> Placed {
    let mut source = String::new();
    if of_schedule {
        source.push_str(lang.pick("schedule \"x\"\n", "échéancier \"x\"\n"));
    }
    let header = source.len();
    let mut begins = Vec::new();
    for row in rows {
        begins.push(source.len());
        source.push_str(&row.text);
        source.push('\n');
    }
    // The row in which an offset stands.
    let row_of = |offset: u32| {
        let offset = offset as usize;
        begins.partition_point(|begin| *begin <= offset).saturating_sub(1)
    };
    let parsed = syntax::parse(&source, Some(lang));
    let mut told = None;
    for error in parsed.diagnostics.iter().filter(|found| found.severity() == Severity::Error) {
        let at = row_of(error.span.start);
        // Comments alone are no file, and may well be a row.
        if error.code == Code::EmptyFile || told == Some(at) {
            continue;
        }
        told = Some(at);
        if let Some(row) = rows.get(at) {
            let right = error.help.clone().or_else(|| error.label.clone());
            faults.push(Fault {
                sheet: row.page.clone(),
                at: (row.row, 2),
                said: Some(row.text.clone()),
                wrong: error.message.clone(),
                right: right.or_else(|| error.example.clone()),
            });
        }
    }
    let mut placed = Placed::default();
    let items = parsed.file.items.into_iter().filter(|item| item.at.0.start as usize >= header);
    let mut items = items.peekable();
    let mut comments = parsed.file.comments.into_iter().peekable();
    let mut above = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let at = Origin { sheet: row.page.clone(), at: (row.row, 2), ..Origin::default() };
        let mut mine = Vec::new();
        while let Some(item) = items.next_if(|item| row_of(item.at.0.start) == number) {
            mine.push(item.kind);
        }
        while let Some(comment) = comments.next_if(|comment| row_of(comment.span.start) == number) {
            above.push(comment.text);
        }
        if row.place.is_empty() {
            for item in mine {
                placed.loose.push((std::mem::take(&mut above), Some((item, at.clone()))));
            }
            continue;
        }
        let more_than_one = mine.len() > 1;
        let comments = std::mem::take(&mut above);
        let item = mine.into_iter().next().map(|item| (item, at.clone()));
        let place = row.place.clone();
        let in_place = placed.in_place.entry(key(&place)).or_default();
        in_place.push(InPlace { place, comments, item, at });
        if more_than_one {
            faults.push(Fault {
                sheet: row.page.clone(),
                at: (row.row, 2),
                said: Some(row.text.clone()),
                wrong: say!(lang, "this says more than one thing", "ceci dit plus d'une chose"),
                right: Some(say!(
                    lang,
                    "one line of the language in each row",
                    "une ligne du langage par ligne du tableau"
                )),
            });
        }
    }
    if !above.is_empty() {
        placed.loose.push((above, None));
    }
    placed
}

impl Placed {
    /// The comments above a place, which may have several names.
    pub fn comments(&mut self, names: &[&str]) -> Vec<String> {
        let mut comments = Vec::new();
        for name in keys(names) {
            if let Some(mine) = self.in_place.get_mut(&name) {
                comments
                    .extend(mine.iter_mut().flat_map(|each| std::mem::take(&mut each.comments)));
                mine.retain(|each| each.item.is_some());
            }
        }
        comments
    }

    /// What stands in place of something, which may have several names.
    pub fn take(&mut self, names: &[&str]) -> Option<(ItemKind, Origin)> {
        keys(names).into_iter().find_map(|name| {
            let mine = self.in_place.get_mut(&name)?;
            let item = mine.iter_mut().find_map(|each| each.item.take());
            mine.retain(|each| each.item.is_some() || !each.comments.is_empty());
            item
        })
    }

    /// Tells what stands in place of nothing that is there.
    pub fn left(&mut self, lang: Lang, faults: &mut Vec<Fault>) {
        for InPlace { place, at, .. } in std::mem::take(&mut self.in_place).into_values().flatten()
        {
            let (text, price) = (Caption::InWords.name(lang), Field::Price.name(lang));
            faults.push(Fault {
                sheet: at.sheet,
                at: (at.at.0, 1),
                said: Some(place),
                wrong: say!(
                    lang,
                    "no row of the table has this place and says \"{text}\"",
                    "aucune ligne du tableau n'a cette place et ne dit « {text} »"
                ),
                right: Some(say!(
                    lang,
                    "the place of a row that says \"{text}\", {price}, or a blank cell",
                    "la place d'une ligne qui dit « {text} », {price}, ou une cellule vide"
                )),
            });
        }
    }
}

fn keys(names: &[&str]) -> std::collections::BTreeSet<String> {
    names.iter().map(|name| key(name)).collect()
}

/// The cells of the sheet of texts: the row, and its three columns.
fn text_rows(page: &Page) -> impl Iterator<Item = (u32, [Option<&Value>; 3])> {
    let rows: BTreeSet<u32> =
        page.cells.keys().map(|(row, _)| *row).filter(|row| *row > 0).collect();
    rows.into_iter().map(|row| (row, [0, 1, 2].map(|column| page.cells.get(&(row, column)))))
}

/// The cells of the sheet of texts that stand beside its columns.
fn beside_texts(page: &Page) -> impl Iterator<Item = At> {
    let width = u16::try_from(TEXTS.len()).unwrap_or(u16::MAX);
    page.cells.keys().copied().filter(move |(_, column)| *column >= width)
}
