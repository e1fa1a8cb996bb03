//! Sheets as the tree of a file, or every cell that cannot be read.
//!
//! Each cell that is not blank is read by something, or is told: nothing is left out.

use super::head;
use super::pieces::{self, Wrong, fault};
use super::rows::{self, Cells, Misread};
use super::texts::{Placed, Texts};
use super::words::{ACTIONS, Column, Field, LINES, alike, is_called};
use super::{At, Fault, Origin, Page, Value};
use crate::lang::{Lang, say};
use crate::span::Span;
use crate::syntax::ast::{File, Item, ItemKind};
use crate::syntax::{Comment, print};
use std::collections::{BTreeMap, BTreeSet};

/// What was read: the text of a file, and where each of its items comes from.
pub struct Draft {
    /// The canonical text.
    pub text: String,
    /// One for each item of the text, in order.
    pub origins: Vec<Origin>,
}

/// What a file is made of.
enum Entry {
    Comment(String),
    Item(Box<(ItemKind, Origin)>),
}

fn item_entry(item: ItemKind, origin: Origin) -> Entry {
    Entry::Item(Box::new((item, origin)))
}

/// The language of a workbook: that of its first sheet which tells one.
pub fn language(pages: &[Page]) -> Lang {
    let first = pages.iter().filter_map(|page| page.cells.get(&(0, 0)));
    let mut firsts = first.filter_map(|value| match value {
        Value::Text(text) => Some(text),
        Value::Number { .. } | Value::Day(_) | Value::Truth(_) | Value::Unreadable(_) => None,
    });
    let french = firsts.any(|text| {
        alike(text, Field::Schedule.name(Lang::Fr)) || alike(text, Column::Sheet.name(Lang::Fr))
    });
    if french { Lang::Fr } else { Lang::En }
}

/// Reads all sheets; the text is in the vocabulary `lang`, and so are the messages.
pub fn draft(pages: &[Page], lang: Lang) -> Result<Draft, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut schedules = Vec::new();
    let mut texts = Texts::default();
    for page in pages.iter().filter(|page| !page.cells.is_empty()) {
        if is_text(page, (0, 0), |lang| Field::Schedule.name(lang)) {
            schedules.push(page);
        } else if is_text(page, (0, 0), |lang| Column::Sheet.name(lang))
            && is_text(page, (0, 2), |lang| Column::Text.name(lang))
        {
            texts.page(page, lang, &mut faults);
        } else {
            let at = page.cells.keys().next().copied().unwrap_or_default();
            let (schedule, sheet) = (Field::Schedule.name(lang), Column::Sheet.name(lang));
            let wrong = Wrong::new(
                say!(
                    lang,
                    "this sheet is no table of a schedule",
                    "cette feuille n'est pas le tableau d'un échéancier"
                ),
                say!(
                    lang,
                    "\"{schedule}\" in A1, as `jalon show --format xlsx` writes it (\"{sheet}\" on the sheet of texts), or no such sheet",
                    "« {schedule} » en A1, comme l'écrit `jalon show --format xlsx` (« {sheet} » sur la feuille de textes), ou pas de telle feuille"
                ),
            );
            faults.push(fault(page, at, wrong, lang));
        }
    }
    let names: Vec<&str> = schedules.iter().map(|page| page.name.as_str()).collect();
    texts.parse(&names, lang, &mut faults);
    let mut entries = Vec::new();
    for page in schedules {
        let mut placed = texts.of_sheet(&page.name);
        entries.extend(schedule(page, &mut placed, lang, &mut faults));
    }
    let mut alone = texts.of_sheet("");
    for (comments, item) in alone.loose.drain(..) {
        entries.extend(comments.into_iter().map(Entry::Comment));
        entries.extend(item.map(|(item, origin)| item_entry(item, origin)));
    }
    // Of no sheet, nothing stands in place of anything.
    alone.left(lang, &mut faults);
    if entries.is_empty() && faults.is_empty() {
        let page = Page {
            name: pages.first().map_or("1", |page| page.name.as_str()).to_owned(),
            ..Page::default()
        };
        let why = say!(
            lang,
            "the workbook holds no schedule",
            "le classeur ne contient aucun échéancier"
        );
        let wrong = Wrong { why, right: None };
        faults.push(fault(&page, (0, 0), wrong, lang));
    }
    if faults.is_empty() { Ok(printed(entries, lang)) } else { Err(faults) }
}

fn is_text(page: &Page, at: At, name: impl Fn(Lang) -> &'static str) -> bool {
    matches!(page.cells.get(&at), Some(Value::Text(text)) if is_called(text, name))
}

/// The text of a file made of items and comments, laid out by the one printer that there is.
fn printed(entries: Vec<Entry>, lang: Lang) -> Draft {
    let mut source = String::new();
    let mut file = File { lang, items: Vec::new(), comments: Vec::new() };
    let mut origins = Vec::new();
    let mut before = None;
    for entry in entries {
        // The printer keeps the blank lines of a source: there is one before the lines and one before what is accepted.
        let begins = match &entry {
            Entry::Item(item) if matches!(item.0, ItemKind::Line(_)) => Some(1),
            Entry::Item(item) if matches!(item.0, ItemKind::Accepts { .. }) => Some(2),
            Entry::Item(_) => Some(0),
            Entry::Comment(_) => None,
        };
        if begins.is_some_and(|begins| begins > 0 && before != Some(begins)) {
            source.push('\n');
        }
        before = begins.or(before);
        let span = Span::new(source.len(), source.len() + 1);
        source.push_str("x\n");
        match entry {
            Entry::Comment(text) => file.comments.push(Comment { text, span, own_line: true }),
            Entry::Item(item) => {
                let (kind, origin) = *item;
                file.items.push(Item { at: crate::syntax::ast::At(span), kind });
                origins.push(origin);
            }
        }
    }
    Draft { text: print(&file, &source, lang), origins }
}

/// A sheet as the items of its schedule.
fn schedule(page: &Page, placed: &mut Placed, lang: Lang, faults: &mut Vec<Fault>) -> Vec<Entry> {
    let sheet = Sheet::of(page, lang, faults);
    let mut entries = Vec::new();
    let origin = |at, columns: &BTreeMap<Column, u16>| Origin {
        sheet: page.name.clone(),
        at,
        columns: columns.clone(),
    };
    // The head.
    let values: head::Cells = sheet
        .head
        .iter()
        .filter_map(|(field, at)| Some((*field, page.cells.get(at)?.clone())))
        .collect();
    let place_of = |field: Field| sheet.head.get(&field).copied().unwrap_or((field as u32, 1));
    let mut items = match head::read(&values, lang) {
        Ok(items) => items,
        Err(wrong) => {
            let wrong = wrong.into_iter();
            faults.extend(wrong.map(|(field, wrong)| fault(page, place_of(field), wrong, lang)));
            Vec::new()
        }
    };
    if !values.contains_key(&Field::Schedule) {
        let why = say!(lang, "the schedule has no name", "l'échéancier n'a pas de nom");
        let wrong = Wrong::new(why, say!(lang, "its name", "son nom"));
        faults.push(fault(page, place_of(Field::Schedule), wrong, lang));
    }
    if head::is_price_in_words(&values) {
        match placed.take(&names_of(Field::Price)) {
            Some((item @ ItemKind::Price(_), _)) => items.push((Field::Price, item)),
            Some((_, origin)) => faults.push(misplaced(&origin, lang)),
            None => faults.push(no_text(page, place_of(Field::Price), lang)),
        }
    }
    items.sort_by_key(|(field, _)| *field);
    for field in Field::ALL {
        let comments = placed.comments(&names_of(field));
        entries.extend(comments.into_iter().map(Entry::Comment));
        let of_field = items.iter().filter(|(each, _)| *each == field);
        entries.extend(
            of_field.map(|(_, item)| {
                item_entry(item.clone(), origin(place_of(field), &BTreeMap::new()))
            }),
        );
    }
    // The tables.
    for (number, row) in (1_usize..).zip(&sheet.actions) {
        let read = |rows: &[Cells], _: &str| {
            let none = Cells::new();
            rows::read_action(rows.first().unwrap_or(&none), lang).map(ItemKind::Action)
        };
        let of = RowOf { column: Column::Action, says: Column::Kind, names: Column::Name, number };
        let read = one_row(page, std::slice::from_ref(row), of, placed, &read, lang, faults);
        entries.extend(read);
    }
    let (first, last): (Vec<_>, Vec<_>) = {
        let mut begun = false;
        placed.loose.drain(..).partition(|(_, item)| {
            let of_head = item.as_ref().is_some_and(|(item, _)| stands_before_lines(item));
            begun |= item.as_ref().is_some_and(|(item, _)| item.is_header());
            of_head && !begun
        })
    };
    let loose = |(comments, item): Loose| {
        let comments = comments.into_iter().map(Entry::Comment);
        comments.chain(item.map(|(item, origin)| item_entry(item, origin)))
    };
    entries.extend(first.into_iter().flat_map(loose));
    for (number, rows) in (1_usize..).zip(&sheet.lines) {
        let read =
            |rows: &[Cells], place: &str| rows::read_line(rows, place, lang).map(ItemKind::Line);
        let of = RowOf { column: Column::Line, says: Column::Bill, names: Column::Label, number };
        entries.extend(one_row(page, rows, of, placed, &read, lang, faults));
    }
    entries.extend(last.into_iter().flat_map(loose));
    placed.left(lang, faults);
    entries
}

type Loose = super::texts::Loose;

/// The names of a place in the head.
fn names_of(field: Field) -> [&'static str; 2] {
    [Lang::En, Lang::Fr].map(|lang| field.name(lang))
}

/// Whether an item that no table holds is printed above the lines.
fn stands_before_lines(item: &ItemKind) -> bool {
    match item {
        ItemKind::Unit(_)
        | ItemKind::Price(_)
        | ItemKind::Action(_)
        | ItemKind::Planned(_)
        | ItemKind::WholeAttendance
        | ItemKind::Payer(_)
        | ItemKind::Vat(_)
        | ItemKind::Payment(_)
        | ItemKind::MaySuspend => true,
        ItemKind::Schedule { .. }
        | ItemKind::Line(_)
        | ItemKind::Agreed(_)
        | ItemKind::Accepts { .. }
        | ItemKind::FollowUp(_)
        | ItemKind::Step(_)
        | ItemKind::Scenario { .. }
        | ItemKind::Invoice(_)
        | ItemKind::Event { .. }
        | ItemKind::Expect(_)
        | ItemKind::Until(_)
        | ItemKind::Broken(_) => false,
    }
}

// ── Rows ─────────────────────────────────────────────────────────────────────────────────────────

/// What a row is of.
#[derive(Clone, Copy)]
struct RowOf {
    /// The column with its place: `Line 3`.
    column: Column,
    /// The column that may say that it stands on the sheet of texts.
    says: Column,
    /// The column with its name.
    names: Column,
    /// Its number, counted from 1.
    number: usize,
}

/// Reads the cells of a row, and of those below it that belong to it, at a place of this name.
type Reader<'r> = &'r dyn Fn(&[Cells], &str) -> Result<ItemKind, Vec<Misread>>;

/// One row of a table, with those below it that belong to it.
fn one_row(
    page: &Page,
    rows: &[RowAt],
    of: RowOf,
    placed: &mut Placed,
    read: Reader<'_>,
    lang: Lang,
    faults: &mut Vec<Fault>,
) -> Vec<Entry> {
    let Some(first) = rows.first() else { return Vec::new() };
    let stated = match first.cells.get(&of.column) {
        Some(Value::Text(text)) => Some(text.clone()),
        Some(Value::Number { digits, .. }) => Some(format!("{} {digits}", of.column.name(lang))),
        Some(Value::Day(_) | Value::Truth(_) | Value::Unreadable(_)) | None => None,
    };
    let place = stated.unwrap_or_else(|| format!("{} {}", of.column.name(lang), of.number));
    let at = |row: usize, column| {
        let row = rows.get(row).unwrap_or(first);
        (row.row, first.columns.get(&column).copied().unwrap_or_default())
    };
    let mut entries: Vec<Entry> =
        placed.comments(&[&place]).into_iter().map(Entry::Comment).collect();
    if rows::is_in_words(&first.cells, of.says) {
        for (number, row) in rows.iter().enumerate() {
            for (column, value) in &row.cells {
                let mine = [of.column, of.says, of.names].contains(column) && number == 0;
                let check = if mine { Ok(()) } else { pieces::nothing(Some(value), lang) };
                faults
                    .extend(check.err().map(|wrong| fault(page, at(number, *column), wrong, lang)));
            }
        }
        let Some((item, origin)) = placed.take(&[&place]) else {
            faults.push(no_text(page, at(0, of.says), lang));
            return entries;
        };
        let name = match (&item, of.column) {
            (ItemKind::Line(line), Column::Line) => Some(&line.label.text),
            (ItemKind::Action(action), Column::Action) => Some(&action.name.text),
            _other => None,
        };
        let Some(name) = name else {
            faults.push(misplaced(&origin, lang));
            return entries;
        };
        let said = first.cells.get(&of.names).map(|value| value.seen(lang));
        if said.is_some_and(|said| said.trim() != name.trim()) {
            let (sheet, name) = (super::address(&origin.sheet, origin.at), name.clone());
            let why = say!(
                lang,
                "the text that stands for it, in {sheet}, names it otherwise",
                "le texte correspondant, en {sheet}, la nomme autrement"
            );
            faults.push(fault(page, at(0, of.names), Wrong::new(why, name), lang));
        }
        entries.push(item_entry(item, origin));
        return entries;
    }
    for (number, row) in rows.iter().enumerate().skip(1) {
        for (column, value) in &row.cells {
            if !matches!(column, Column::Trigger | Column::Which) {
                let wrong = pieces::nothing(Some(value), lang).err();
                faults.extend(wrong.map(|wrong| fault(page, at(number, *column), wrong, lang)));
            }
        }
    }
    let cells: Vec<Cells> = rows.iter().map(|row| row.cells.clone()).collect();
    match read(&cells, &place) {
        Ok(item) => {
            let columns = first.columns.clone();
            let origin = Origin { sheet: page.name.clone(), at: at(0, of.column), columns };
            entries.push(item_entry(item, origin));
        }
        Err(wrong) => faults.extend(
            wrong
                .into_iter()
                .map(|Misread { row, column, wrong }| fault(page, at(row, column), wrong, lang)),
        ),
    }
    entries
}

fn no_text(page: &Page, at: At, lang: Lang) -> Fault {
    let text = Column::Text.name(lang);
    let wrong = Wrong::new(
        say!(
            lang,
            "no row of the sheet \"{text}\" stands for this",
            "aucune ligne de la feuille « {text} » n'y correspond"
        ),
        say!(
            lang,
            "a word of the list, or a row there with this sheet and this place",
            "un mot de la liste, ou une ligne là-bas avec cette feuille et cette place"
        ),
    );
    fault(page, at, wrong, lang)
}

fn misplaced(origin: &Origin, lang: Lang) -> Fault {
    Fault {
        sheet: origin.sheet.clone(),
        at: origin.at,
        said: None,
        wrong: say!(
            lang,
            "this text is not what its place asks for",
            "ce texte n'est pas ce que demande sa place"
        ),
        right: Some(say!(
            lang,
            "one whole line of a schedule, action or price, as its place says",
            "une ligne entière d'échéancier, d'action ou de tarif, selon sa place"
        )),
    }
}

/// A row of a table.
#[derive(Clone)]
struct RowAt {
    row: u32,
    cells: Cells,
    columns: BTreeMap<Column, u16>,
}

/// Where the parts of a sheet stand.
#[derive(Default)]
struct Sheet {
    head: BTreeMap<Field, At>,
    actions: Vec<RowAt>,
    lines: Vec<Vec<RowAt>>,
}

impl Sheet {
    fn of(page: &Page, lang: Lang, faults: &mut Vec<Fault>) -> Sheet {
        let mut sheet = Sheet::default();
        let mut table: Option<(&[Column], BTreeMap<u16, Column>)> = None;
        let rows: BTreeSet<u32> = page.cells.keys().map(|(row, _)| *row).collect();
        for row in rows {
            if let Some((columns, headings)) = headings(page, row, lang, faults) {
                table = Some((columns, headings));
                continue;
            }
            let Some((columns, headings)) = &table else {
                sheet.head_row(page, row, lang, faults);
                continue;
            };
            let mut cells = Cells::new();
            for (at, value) in page.cells.range((row, 0)..=(row, u16::MAX)) {
                match headings.get(&at.1) {
                    Some(column) => {
                        cells.insert(*column, value.clone());
                    }
                    None => {
                        let why = say!(
                            lang,
                            "there is no heading above",
                            "il n'y a pas d'intitulé au-dessus"
                        );
                        let right = say!(lang, "a blank cell", "une cellule vide");
                        faults.push(fault(page, *at, Wrong::new(why, right), lang));
                    }
                }
            }
            let columns_of = headings.iter().map(|(at, column)| (*column, *at)).collect();
            let read = RowAt { row, cells, columns: columns_of };
            if *columns == ACTIONS {
                sheet.actions.push(read);
                continue;
            }
            let begins = [Column::Line, Column::Bill].iter().any(|of| read.cells.contains_key(of));
            match sheet.lines.last_mut() {
                Some(line) if !begins => line.push(read),
                Some(_) | None => sheet.lines.push(vec![read]),
            }
        }
        sheet
    }

    fn head_row(&mut self, page: &Page, row: u32, lang: Lang, faults: &mut Vec<Fault>) {
        let field = match page.cells.get(&(row, 0)) {
            Some(Value::Text(text)) => Field::find(text),
            Some(Value::Number { .. } | Value::Day(_) | Value::Truth(_) | Value::Unreadable(_))
            | None => None,
        };
        let known = field.filter(|field| !self.head.contains_key(field));
        if let Some(field) = known {
            self.head.insert(field, (row, 1));
        }
        for at in page.cells.range((row, 0)..=(row, u16::MAX)).map(|(at, _)| *at) {
            if at.1 <= 1 && known.is_some() {
                continue;
            }
            let captions: Vec<String> =
                Field::ALL.iter().map(|field| field.name(lang).to_owned()).collect();
            let wrong = match (at.1, field) {
                (0, None) => Wrong::new(
                    say!(
                        lang,
                        "this is no caption of the table",
                        "ce n'est pas un intitulé du tableau"
                    ),
                    lang.any_of(&captions),
                ),
                (0, Some(_)) => Wrong::new(
                    say!(lang, "this stands here twice", "ceci figure deux fois"),
                    say!(lang, "one of the two", "l'un des deux"),
                ),
                _beside => Wrong::new(
                    say!(lang, "nothing reads this cell", "rien ne lit cette cellule"),
                    say!(lang, "a blank cell", "une cellule vide"),
                ),
            };
            faults.push(fault(page, at, wrong, lang));
        }
    }
}

/// The headings of a table, if a row has them.
fn headings(
    page: &Page,
    row: u32,
    lang: Lang,
    faults: &mut Vec<Fault>,
) -> Option<(&'static [Column], BTreeMap<u16, Column>)> {
    let tables: [&'static [Column]; 2] = [ACTIONS, LINES];
    let columns = tables.into_iter().find(|columns| {
        (0..)
            .zip(columns.iter().take(2))
            .all(|(at, column): (u16, &Column)| is_text(page, (row, at), |lang| column.name(lang)))
    })?;
    let mut found = BTreeMap::new();
    let mut left: Vec<Column> = columns.to_vec();
    for (at, value) in page.cells.range((row, 0)..=(row, u16::MAX)) {
        let Value::Text(text) = value else { continue };
        let place = left.iter().position(|column| {
            is_called(text, |lang| column.name(lang)) || is_short(text, *column)
        });
        match place {
            Some(place) => {
                found.insert(at.1, left.remove(place));
            }
            None => {
                let names: Vec<String> =
                    columns.iter().map(|column| column.name(lang).to_owned()).collect();
                let why = say!(
                    lang,
                    "this is no heading of the table",
                    "ce n'est pas un intitulé du tableau"
                );
                faults.push(fault(page, *at, Wrong::new(why, lang.any_of(&names)), lang));
            }
        }
    }
    Some((columns, found))
}

/// Whether a heading says the first word of a longer one: `Minimum`.
fn is_short(text: &str, column: Column) -> bool {
    [Lang::En, Lang::Fr].into_iter().any(|lang| {
        let name = column.name(lang);
        name.split_once(" (").is_some_and(|(first, _)| alike(text, first))
    })
}
