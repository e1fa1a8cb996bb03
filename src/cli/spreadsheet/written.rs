//! The tree of sound files as sheets: one for each schedule, and one for what no table holds.

use super::head;
use super::rows::{self, Cells};
use super::words::{ACTIONS, Caption, Column, Field, LINES, TEXTS, yes_no};
use super::{List, Page, Value};
use crate::cli::show::currency_of;
use crate::lang::Lang;
use crate::syntax::ast::{Action, File, Item, ItemKind, Line};
use crate::syntax::print_item;
use std::collections::BTreeSet;

/// So many rows below a table have its lists, for lines that are added.
const ROOM: u32 = 50;
/// So many characters may the name of a sheet have.
const LONGEST_NAME: usize = 31;
/// What Excel calls a sheet of its own, by language, and so takes for no other.
const RESERVED: [&str; 2] = ["history", "historique"];

/// A schedule on its way to its sheet.
struct Table {
    sheet: String,
    head: head::Cells,
    actions: Vec<Cells>,
    /// The rows of each line.
    lines: Vec<Vec<Cells>>,
    currency: String,
}

/// What stands on the sheet of texts: of which sheet, in place of what, and the text.
struct Text {
    sheet: String,
    place: String,
    text: String,
}

/// All that is written so far.
struct Book {
    lang: Lang,
    tables: Vec<Table>,
    texts: Vec<Text>,
    names: BTreeSet<String>,
}

/// The sheets of some files, with headings and words in one language.
pub fn pages<'f>(files: impl Iterator<Item = &'f File>, lang: Lang) -> Vec<Page> {
    let names = RESERVED.map(str::to_owned).into();
    let mut book = Book { lang, tables: Vec::new(), texts: Vec::new(), names };
    // No schedule takes the name of the sheet of texts.
    let texts = book.sheet_name(Caption::InWords.name(lang));
    for file in files {
        book.file(file);
    }
    let mut pages: Vec<Page> = book.tables.iter().map(|table| table.page(lang)).collect();
    if !book.texts.is_empty() {
        pages.push(text_page(texts, &book.texts, lang));
    }
    pages
}

impl Book {
    fn file(&mut self, file: &File) {
        let mut comments = file.comments.iter().peekable();
        // Whether what follows is of the schedule that was begun last.
        let mut of_schedule = false;
        for block in file.items.chunk_by(|_, next| !next.kind.is_header()) {
            let head = block.first().map(|item| &item.kind);
            let is_schedule = matches!(head, Some(ItemKind::Schedule { .. }));
            if let Some(ItemKind::Schedule { name, .. }) = head {
                let sheet = self.sheet_name(&name.text);
                let price = block.iter().find_map(|item| {
                    if let ItemKind::Price(price) = &item.kind { currency_of(price) } else { None }
                });
                self.tables.push(Table {
                    sheet,
                    head: head::Cells::new(),
                    actions: Vec::new(),
                    lines: Vec::new(),
                    currency: price.unwrap_or_default().to_owned(),
                });
            }
            of_schedule =
                is_schedule || of_schedule && matches!(head, Some(ItemKind::Scenario { .. }));
            for item in block {
                let place = if is_schedule { self.item(&item.kind) } else { Place::Text };
                let end = item.at.0.end;
                while let Some(comment) = comments.next_if(|comment| comment.span.start < end) {
                    self.text(of_schedule, place.name(), comment.text.clone());
                }
                match place {
                    Place::Cells(_) => {}
                    Place::InWords(name) => self.text_of(item, of_schedule, name),
                    Place::Text => self.text_of(item, of_schedule, String::new()),
                }
            }
        }
        for comment in comments {
            self.text(of_schedule, String::new(), comment.text.clone());
        }
    }

    fn text_of(&mut self, item: &Item, of_schedule: bool, place: String) {
        let text = print_item(item, self.lang);
        self.text(of_schedule, place, text);
    }

    fn text(&mut self, of_schedule: bool, place: String, text: String) {
        let sheet = self.tables.last().filter(|_| of_schedule);
        let sheet = sheet.map(|table| table.sheet.clone()).unwrap_or_default();
        self.texts.push(Text { sheet, place, text });
    }

    /// Puts an item of a schedule into its table, and says where it stands now.
    fn item(&mut self, kind: &ItemKind) -> Place {
        let lang = self.lang;
        let Some(table) = self.tables.last_mut() else { return Place::Text };
        if let ItemKind::Line(line) = kind {
            return table.line(line, lang);
        }
        if let ItemKind::Action(action) = kind {
            return table.action(action, lang);
        }
        if let Some(field) = head::place(kind, &mut table.head, lang) {
            return Place::Cells(field.name(lang).to_owned());
        }
        if let ItemKind::Price(_) = kind {
            let in_words = Value::Text(Caption::InWords.name(lang).to_owned());
            table.head.insert(Field::Price, in_words);
            return Place::InWords(Field::Price.name(lang).to_owned());
        }
        Place::Text
    }

    /// A name for a sheet that no other has, as spreadsheets take it.
    fn sheet_name(&mut self, name: &str) -> String {
        let fit = |name: &str, end: &str| {
            let room = LONGEST_NAME.saturating_sub(end.encode_utf16().count());
            let mut kept = String::new();
            for c in name.chars() {
                let c = if c.is_control() || "[]:*?/\\".contains(c) { ' ' } else { c };
                if kept.encode_utf16().count() + c.len_utf16() <= room {
                    kept.push(c);
                }
            }
            let kept = kept.trim_matches(|c: char| c == '\'' || c.is_whitespace());
            let kept = if kept.is_empty() { "1" } else { kept };
            format!("{kept}{end}")
        };
        let ends = (2_usize..).map(|number| format!(" ({number})"));
        let mut names = [String::new()].into_iter().chain(ends).map(|end| fit(name, &end));
        let name = names.find(|name| !self.names.contains(&name.to_lowercase()));
        let name = name.unwrap_or_default();
        self.names.insert(name.to_lowercase());
        name
    }
}

/// Where an item stands.
enum Place {
    /// In cells of this name.
    Cells(String),
    /// On the sheet of texts, in place of cells of this name.
    InWords(String),
    /// On the sheet of texts.
    Text,
}

impl Place {
    fn name(&self) -> String {
        match self {
            Place::Cells(name) | Place::InWords(name) => name.clone(),
            Place::Text => String::new(),
        }
    }
}

impl Table {
    fn line(&mut self, line: &Line, lang: Lang) -> Place {
        let place = format!("{} {}", Column::Line.name(lang), self.lines.len() + 1);
        let number = (Column::Line, Value::Text(place.clone()));
        if let Some(mut rows) = rows::line_cells(line, &self.currency, lang) {
            if let Some(first) = rows.first_mut() {
                first.extend([number]);
            }
            self.lines.push(rows);
            return Place::Cells(place);
        }
        let in_words = Value::Text(Caption::InWords.name(lang).to_owned());
        let mut row = Cells::from([number, (Column::Bill, in_words)]);
        row.extend(Value::text(&line.label.text).map(|label| (Column::Label, label)));
        self.lines.push(vec![row]);
        Place::InWords(place)
    }

    fn action(&mut self, action: &Action, lang: Lang) -> Place {
        let place = format!("{} {}", Column::Action.name(lang), self.actions.len() + 1);
        let number = (Column::Action, Value::Text(place.clone()));
        if let Some(mut row) = rows::action_cells(action, lang) {
            row.extend([number]);
            self.actions.push(row);
            return Place::Cells(place);
        }
        let in_words = Value::Text(Caption::InWords.name(lang).to_owned());
        let mut row = Cells::from([number, (Column::Kind, in_words)]);
        row.extend(Value::text(&action.name.text).map(|name| (Column::Name, name)));
        self.actions.push(row);
        Place::InWords(place)
    }

    fn page(&self, lang: Lang) -> Page {
        let mut page = Page { name: self.sheet.clone(), ..Page::default() };
        for (row, field) in (0..).zip(Field::ALL) {
            page.put((row, 0), Value::Text(field.name(lang).to_owned()), true);
            if let Some(value) = self.head.get(&field) {
                page.put((row, 1), value.clone(), false);
            }
            let words = match field {
                Field::Billed => head::units(lang),
                Field::Price => head::price_choices(lang),
                Field::WholeAttendance => answers(lang),
                Field::Schedule
                | Field::InForce
                | Field::Amount
                | Field::Currency
                | Field::AtLeast
                | Field::AtMost
                | Field::PlannedHours
                | Field::PlannedMonths => continue,
            };
            page.look.lists.push(List { rows: (row, row), column: 1, words, open: false });
        }
        let below = Field::ALL.len() as u32 + 1;
        let actions = (!self.actions.is_empty()).then(|| self.actions.iter());
        let below = match actions {
            Some(rows) => page.table(below, ACTIONS, rows, lang) + 1,
            None => below,
        };
        page.table(below, LINES, self.lines.iter().flatten(), lang);
        page.look.widths = vec![24, 34, 12, 16, 16, 34, 30, 11, 11, 8, 11, 11, 34];
        page
    }
}

fn answers(lang: Lang) -> Vec<String> {
    [true, false].map(|yes| yes_no(yes, lang).to_owned()).to_vec()
}

impl Page {
    fn put(&mut self, at: super::At, value: Value, bold: bool) {
        self.cells.insert(at, value);
        if bold {
            self.look.bold.push(at);
        }
    }

    /// Writes a table with its headings, and says on which row it ends, room for more lines left out.
    fn table<'r>(
        &mut self,
        top: u32,
        columns: &[Column],
        rows: impl Iterator<Item = &'r Cells>,
        lang: Lang,
    ) -> u32 {
        for (at, column) in (0..).zip(columns) {
            self.put((top, at), Value::Text(column.name(lang).to_owned()), true);
        }
        let mut row = top;
        for cells in rows {
            row += 1;
            for (at, column) in (0..).zip(columns) {
                if let Some(value) = cells.get(column) {
                    self.put((row, at), value.clone(), false);
                }
            }
        }
        // Below the actions stand the lines.
        let room = if columns == LINES { ROOM } else { 0 };
        for (at, column) in (0..).zip(columns) {
            if let Some((words, open)) = list(*column, lang) {
                self.look.lists.push(List { rows: (top + 1, row + room), column: at, words, open });
            }
        }
        row + 1
    }
}

/// What may be chosen in a column, and whether it may say other things, too.
fn list(column: Column, lang: Lang) -> Option<(Vec<String>, bool)> {
    match column {
        Column::Bill => Some((rows::choices(lang), false)),
        Column::Trigger => Some((super::triggers::choices(lang), false)),
        Column::Condition => Some((rows::conditions(lang), true)),
        Column::Kind => Some((rows::kind_choices(lang), false)),
        Column::Balance | Column::Deposit | Column::StaysOpen | Column::EndsCase => {
            Some((answers(lang), false))
        }
        Column::Line
        | Column::Value
        | Column::Unit
        | Column::Which
        | Column::Minimum
        | Column::Maximum
        | Column::Label
        | Column::Action
        | Column::Name
        | Column::Rate
        | Column::Sheet
        | Column::Place
        | Column::Text => None,
    }
}

fn text_page(name: String, texts: &[Text], lang: Lang) -> Page {
    let mut page = Page { name, ..Page::default() };
    for (at, column) in (0..).zip(TEXTS) {
        page.put((0, at), Value::Text(column.name(lang).to_owned()), true);
    }
    for (row, text) in (1..).zip(texts) {
        for (at, text) in (0..).zip([&text.sheet, &text.place, &text.text]) {
            if let Some(value) = Value::text(text) {
                page.put((row, at), value, false);
            }
        }
    }
    page.look.widths = vec![32, 16, 100];
    page
}
