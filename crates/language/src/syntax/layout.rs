//! Where the printed items and the comments stand: indentation, blank lines, comments.
//!
//! In: the text of each item, in order, and the comments of the source. Out: the page. No comment
//! is lost and none changes its order.
//!
//! - A comment on a line of its own stays before the item that follows it, and is indented as that
//!   item. Where the item that follows is less indented than the one above, and the source indents
//!   the comment further than it, the comment stays with what is above: a line that was commented
//!   out at the end of a schedule does not slide to the margin.
//! - A comment at the end of an item stays there; those of neighbouring lines are aligned. One in
//!   the midst of an item moves to a line of its own before it.
//! - One blank line stands before each schedule and scenario, its comments included; elsewhere
//!   blank lines are kept, at most one in a row.

use super::ast::{Comment, Item, ItemKind, Price};
use crate::span::LineIndex;
use std::iter::Peekable;
use std::slice::Iter;
use unicode_width::UnicodeWidthStr;

const STEP: usize = 2;
/// A line wider than this does not push the comments of its neighbours to the right.
const WIDEST_COMMENTED_LINE: usize = 100;

/// The lines printed so far.
pub struct Page<'a> {
    source: &'a str,
    lines: LineIndex,
    comments: Peekable<Iter<'a, Comment>>,
    rows: Vec<Row<'a>>,
    above: Stand,
    /// The column of the last header in the source.
    header_column: usize,
    /// The source's line on which what was printed last ends.
    last_line: usize,
    /// Whether something stands at the margin since the last item.
    at_margin: bool,
}

/// One printed line.
struct Row<'a> {
    blank_before: bool,
    indent: usize,
    text: String,
    comment: Option<&'a str>,
}

/// Where an item stands: in the source, on the page, and what belongs to it on the page.
#[derive(Clone, Copy, Default)]
struct Stand {
    column: usize,
    indent: usize,
    inner: usize,
}

impl<'a> Page<'a> {
    /// An empty page for the items of `source`, with its comments in order.
    pub fn new(source: &'a str, comments: &'a [Comment]) -> Self {
        Page {
            source,
            lines: LineIndex::new(source),
            comments: comments.iter().peekable(),
            rows: Vec::new(),
            above: Stand::default(),
            header_column: 0,
            last_line: 0,
            at_margin: false,
        }
    }

    /// Adds the next item of the source, in its printed words.
    pub fn item(&mut self, item: &Item, text: String) {
        let span = item.at.0;
        let stand = self.stand(item);
        self.comments_before(span.start, stand);
        let blank = self.is_blank_before(span.start);
        let mut within = Vec::new();
        while let Some(comment) = self.comments.next_if(|comment| comment.span.start < span.end) {
            within.push(comment.text.clone());
        }
        let mut blank = Some(blank);
        for text in within.into_iter().chain([text]) {
            self.row(stand.indent, text, blank.take().unwrap_or(false));
        }
        self.last_line = self.line(span.end);
        self.above = stand;
        self.at_margin = false;
        if item.kind.is_header() {
            self.header_column = stand.column;
        }
    }

    fn stand(&self, item: &Item) -> Stand {
        let column = self.column(item.at.0.start);
        let (indent, inner) = match &item.kind {
            ItemKind::Schedule { .. } | ItemKind::FollowUp(_) | ItemKind::Scenario { .. } => {
                (0, STEP)
            }
            ItemKind::Price(Price::PerAction { .. }) => (STEP, 2 * STEP),
            ItemKind::Action(_) => (self.above.inner.max(STEP), self.above.inner.max(STEP)),
            ItemKind::Price(_)
            | ItemKind::Unit(_)
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
            | ItemKind::Broken(_) => (STEP, STEP),
        };
        Stand { column, indent, inner }
    }

    /// Adds the comments that stand before an offset, above what stands there.
    fn comments_before(&mut self, offset: u32, below: Stand) {
        let mut deepest = self.above.inner.max(below.indent);
        while let Some(comment) = self.comments.next_if(|comment| comment.span.start < offset) {
            match self.rows.last_mut() {
                Some(row) if !comment.own_line && row.comment.is_none() => {
                    row.comment = Some(&comment.text);
                }
                _ => {
                    let column = self.column(comment.span.start);
                    deepest = self.comment_indent(column, below).min(deepest);
                    let blank = self.is_blank_before(comment.span.start);
                    self.row(deepest, comment.text.clone(), blank);
                }
            }
            self.last_line = self.line(comment.span.start);
        }
    }

    /// The indentation of a comment of its own line that stands at `column` in the source.
    fn comment_indent(&self, column: usize, below: Stand) -> usize {
        let above = self.above;
        let indent = if column <= below.column {
            below.indent
        } else if column > above.column {
            above.inner
        } else if column == above.column {
            above.indent
        } else {
            STEP
        };
        indent.max(below.indent)
    }

    fn row(&mut self, indent: usize, text: String, blank: bool) {
        let new_block = indent == 0 && !self.at_margin;
        self.at_margin |= indent == 0;
        let blank_before = !self.rows.is_empty() && (blank || new_block);
        self.rows.push(Row { blank_before, indent, text, comment: None });
    }

    fn line(&self, offset: u32) -> usize {
        self.lines.position(self.source, offset).line
    }

    fn is_blank_before(&self, offset: u32) -> bool {
        self.line(offset) > self.last_line + 1
    }

    /// How many characters stand before it on its line.
    fn column(&self, offset: u32) -> usize {
        let bom = usize::from(self.source.starts_with('\u{feff}') && self.line(offset) == 1);
        self.lines.position(self.source, offset).column.saturating_sub(1 + bom)
    }

    /// The text, with what comments are left at its end.
    pub fn finish(mut self) -> String {
        let end = Stand { column: self.header_column, indent: 0, inner: 0 };
        self.comments_before(u32::MAX, end);
        let mut page = String::new();
        let neighbours = |row: &Row<'_>, next: &Row<'_>| {
            row.comment.is_some() && next.comment.is_some() && !next.blank_before
        };
        for run in self.rows.chunk_by(neighbours) {
            let widest = widest(run.iter().map(Row::width), WIDEST_COMMENTED_LINE);
            for row in run {
                if row.blank_before {
                    page.push('\n');
                }
                page.push_str(&" ".repeat(row.indent));
                page.push_str(&row.text);
                if let Some(comment) = row.comment {
                    page.push_str(&" ".repeat(widest.saturating_sub(row.width()) + 2));
                    page.push_str(comment);
                }
                page.push('\n');
            }
        }
        page
    }
}

impl Row<'_> {
    fn width(&self) -> usize {
        self.indent + self.text.width()
    }
}

/// The greatest of the widths that are at most `limit`: one that is wider stands out of its column
/// rather than pushing all others away.
pub fn widest(widths: impl Iterator<Item = usize>, limit: usize) -> usize {
    widths.filter(|width| *width <= limit).max().unwrap_or(0)
}

/// The text, filled with spaces on its right up to a width.
pub fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// The text, filled with spaces on its left up to a width.
pub fn pad_left(text: &str, width: usize) -> String {
    format!("{}{text}", " ".repeat(width.saturating_sub(text.width())))
}
