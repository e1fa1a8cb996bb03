//! Sheets as Markdown, with tables as GitHub reads them.

use super::grid::{Cell, Grid, Sheet, Side};
use crate::lang::say;

/// The sheets, one after the other.
pub fn text(sheets: &[Sheet]) -> String {
    let sheets: Vec<String> = sheets.iter().map(sheet).collect();
    sheets.join("\n")
}

fn sheet(sheet: &Sheet) -> String {
    let mut text = format!("## {}\n\n", escaped(&sheet.name));
    for (caption, fact) in &sheet.facts {
        let fact = escaped(fact);
        text += &say!(sheet.lang, "- **{caption}:** {fact}\n", "- **{caption} :** {fact}\n");
    }
    if !sheet.rules.is_empty() {
        text.push('\n');
    }
    for (number, rule) in (1..).zip(&sheet.rules) {
        text += &format!("{number}. {}\n", escaped(rule));
    }
    for grid in &sheet.grids {
        text += &format!("\n{}", table(grid));
    }
    text
}

fn table(grid: &Grid) -> String {
    let mut text = row(grid.columns.iter().map(|column| escaped(column.heading)));
    text += &row(grid.columns.iter().map(|column| {
        match column.side {
            Side::Left => "---",
            Side::Centre => ":---:",
            Side::Right => "---:",
        }
        .to_owned()
    }));
    for cells in &grid.rows {
        text += &row(cells.0.iter().map(cell));
    }
    text
}

fn row(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

fn cell(cell: &Cell) -> String {
    let texts: Vec<String> = cell.texts().iter().map(|text| escaped(text)).collect();
    texts.join("<br>")
}

/// The text with what Markdown would take for a mark escaped. A `<` that no name follows is none.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let marks = match c {
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '~' | '$' | '&' | '#' => true,
            '<' => rest.peek().is_some_and(|next| !matches!(next, ' ' | '=')),
            _ => false,
        };
        if marks {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}
