//! A heading and tables, whatever they are written as: their texts are safe to show.

use crate::cli::output::plain;
use crate::lang::Lang;

/// One schedule.
pub struct Sheet {
    /// The language of its captions.
    pub lang: Lang,
    /// Its name.
    pub name: String,
    /// Whether it is of a follow-up.
    pub follow_up: bool,
    /// What holds for all of it: a caption, and what it says.
    pub facts: Vec<(&'static str, String)>,
    /// Its lines in sentences, where they are to be read.
    pub rules: Vec<String>,
    /// The declared actions, if there are any, then the lines.
    pub grids: Vec<Grid>,
    /// What is to be filled in by hand below the tables, where it is printed.
    pub by_hand: Vec<&'static str>,
}

/// A table.
#[derive(Clone)]
pub struct Grid {
    /// What it lists.
    pub caption: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell for each column.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Clone)]
pub struct Column {
    /// Its heading.
    pub heading: &'static str,
    /// Where its cells are set.
    pub side: Side,
}

/// Where the cells of a column are set.
#[derive(Clone, Copy)]
pub enum Side {
    Left,
    Centre,
    Right,
}

/// A row of a table.
#[derive(Clone)]
pub struct Row(pub Vec<Cell>);

/// A cell of a table.
#[derive(Clone)]
pub enum Cell {
    /// A text that stands for the whole row.
    Whole(String),
    /// Texts that stand beside those of the row's other cells of this kind.
    Stacked(Vec<String>),
}

impl Cell {
    pub(super) fn whole(text: impl AsRef<str>) -> Cell {
        Cell::Whole(plain(text.as_ref()))
    }

    pub(super) fn stacked(texts: impl Iterator<Item = String>) -> Cell {
        Cell::Stacked(texts.map(|text| plain(&text)).collect())
    }

    pub(super) fn tick(ticked: bool) -> Cell {
        Cell::whole(if ticked { "☑" } else { "☐" })
    }

    /// Its texts, one below the other.
    pub fn texts(&self) -> &[String] {
        match self {
            Cell::Whole(text) => std::slice::from_ref(text),
            Cell::Stacked(texts) => texts,
        }
    }
}

impl Row {
    /// How many texts stand below each other in it: at least one.
    pub fn height(&self) -> usize {
        self.0.iter().map(|cell| cell.texts().len()).max().unwrap_or(0).max(1)
    }
}
