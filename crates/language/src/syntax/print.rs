//! The canonical text of a tree, in either vocabulary.
//!
//! In: a tree with the source that it was read from. Out: the same schedules in the one layout that
//! there is. [`format`] never hands out a text that would say something else, or miss a comment.
//!
//! `schedule` and `scenario` stand at the margin, their items two spaces in, and the actions right
//! after a `price per action` four. What repeats in a block stands in columns (see
//! [`Columns`]); how comments and blank lines are placed is told in [`layout`].
//!
//! [`layout`]: super::layout

use super::ast::{File, Item, ItemKind};
use super::layout::Page;
use super::parse::{Parsed, parse};
use super::phrases::{Columns, item};
use crate::diagnostic::Severity;
use crate::lang::Lang;

/// Why a text was not formatted.
#[derive(Debug)]
pub enum FormatError {
    /// It has errors, which are in what was read.
    Errors(Parsed),
    /// The formatted text would not read back as the same: a fault of the printer, or a text that
    /// would pass the limits on the length of a line or of a file.
    MeaningChanged,
}

/// The canonical text of a tree that was read from `source` without errors, in the vocabulary
/// `lang`.
pub fn print(file: &File, source: &str, lang: Lang) -> String {
    let mut page = Page::new(source, &file.comments);
    for block in file.items.chunk_by(|_, next| !next.kind.is_header()) {
        let columns = Columns::of(block, lang);
        for each in block {
            page.item(each, item(each, source, &columns, lang));
        }
    }
    page.finish()
}

/// An item by itself, as a line of a file has it.
pub fn print_item(of: &Item, lang: Lang) -> String {
    item(of, "", &Columns::of(&[], lang), lang)
}

/// The canonical text of a source, in the vocabulary `lang` or, if none, in its own.
///
/// # Errors
///
/// If the source has errors, or if what would be printed does not read back as the same items and
/// the same comments.
pub fn format(source: &str, lang: Option<Lang>) -> Result<String, FormatError> {
    let parsed = parse(source, None);
    if has_errors(&parsed) {
        return Err(FormatError::Errors(parsed));
    }
    let printed = print(&parsed.file, source, lang.unwrap_or(parsed.file.lang));
    let again = parse(&printed, None);
    let texts = |file: &File| -> Vec<String> {
        file.comments.iter().map(|comment| comment.text.clone()).collect()
    };
    let same = !has_errors(&again)
        && again.file.items == parsed.file.items
        && texts(&again.file) == texts(&parsed.file);
    if same { Ok(printed) } else { Err(FormatError::MeaningChanged) }
}

fn has_errors(parsed: &Parsed) -> bool {
    parsed.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
}

impl ItemKind {
    /// Whether it begins a block: what stands below it, up to the next one, belongs to it.
    pub fn is_header(&self) -> bool {
        match self {
            ItemKind::Schedule { .. } | ItemKind::FollowUp(_) | ItemKind::Scenario { .. } => true,
            ItemKind::Unit(_)
            | ItemKind::Price(_)
            | ItemKind::Action(_)
            | ItemKind::Planned(_)
            | ItemKind::WholeAttendance
            | ItemKind::Payer(_)
            | ItemKind::Vat(_)
            | ItemKind::Payment(_)
            | ItemKind::MaySuspend
            | ItemKind::Agreed(_)
            | ItemKind::Accepts { .. }
            | ItemKind::Line(_)
            | ItemKind::Step(_)
            | ItemKind::Invoice(_)
            | ItemKind::Event { .. }
            | ItemKind::Expect(_)
            | ItemKind::Until(_)
            | ItemKind::Broken(_) => false,
        }
    }
}
