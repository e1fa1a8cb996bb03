//! Sheets as they are drawn on a terminal: wrapped to its width, never cut.

use super::grid::{Cell, Grid, Sheet, Side};
use crate::lang::say;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};
use unicode_width::UnicodeWidthStr;

/// The width where there is no terminal, in columns.
const WIDTH: u16 = 120;
/// A word wider than this is broken where there is no room for it.
const WIDEST_WORD: usize = 24;

/// The width of the terminal on which results are shown.
pub fn width() -> u16 {
    terminal_size::terminal_size_of(std::io::stdout()).map_or(WIDTH, |(width, _)| width.0)
}

/// The sheets, one after the other.
pub fn text(sheets: &[Sheet], width: u16) -> String {
    let sheets: Vec<String> = sheets.iter().map(|sheet| self::sheet(sheet, width)).collect();
    sheets.join("\n\n")
}

fn sheet(sheet: &Sheet, width: u16) -> String {
    let bold = anstyle::Style::new().bold();
    let mut text = format!("{bold}{}{bold:#}\n", sheet.name);
    for (caption, fact) in &sheet.facts {
        text += &say!(sheet.lang, "{caption}: {fact}\n", "{caption} : {fact}\n");
    }
    if !sheet.rules.is_empty() {
        text.push('\n');
    }
    for (number, rule) in (1..).zip(&sheet.rules) {
        text += &format!("{number}. {rule}\n");
    }
    for grid in &sheet.grids {
        text += &format!("\n{}\n", drawn(grid, width));
    }
    text
}

/// Texts that stand beside each other have a row of the drawn table each; the lines that would part
/// those of one row are left out, and all of them where no row takes more than one line.
fn drawn(grid: &Grid, width: u16) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(width);
    table.set_header(grid.columns.iter().map(|column| column.heading));
    let mut parted = Vec::new();
    for row in &grid.rows {
        let height = row.height();
        for at in 0..height {
            table.add_row(row.0.iter().map(|cell| nth(cell, at)));
            parted.push(at + 1 == height);
        }
    }
    let least = least(grid, width).into_iter().flatten();
    table.set_constraints(least.map(|width| ColumnConstraint::LowerBoundary(Width::Fixed(width))));
    for (column, drawn) in grid.columns.iter().zip(table.column_iter_mut()) {
        drawn.set_cell_alignment(match column.side {
            Side::Left => CellAlignment::Left,
            Side::Centre => CellAlignment::Center,
            Side::Right => CellAlignment::Right,
        });
    }
    let lines: Vec<String> = table.lines().collect();
    // Whatever stands in a cell, a line of the table begins with its border.
    let body = lines.iter().skip_while(|line| !line.starts_with('╞'));
    let one_each = body.filter(|line| line.starts_with('│')).count() == grid.rows.len();
    let mut parted = parted.into_iter().map(|parted| parted && !one_each);
    let kept =
        lines.into_iter().filter(|line| !line.starts_with('├') || parted.next() != Some(false));
    kept.collect::<Vec<_>>().join("\n")
}

/// The least widths of the columns, blanks beside the texts included, at which no word is broken;
/// or, in a table too narrow for that, no word below the headings. `None` in one narrower still.
fn least(grid: &Grid, width: u16) -> Option<Vec<u16>> {
    [true, false].into_iter().find_map(|with_heading| {
        let columns = grid.columns.iter().enumerate().map(|(at, column)| {
            let cells = grid.rows.iter().filter_map(|row| row.0.get(at)).flat_map(Cell::texts);
            let heading = with_heading.then_some(column.heading);
            let texts = heading.into_iter().chain(cells.map(String::as_str));
            let words = texts.flat_map(|text| text.split(' ')).map(UnicodeWidthStr::width);
            words.max().unwrap_or(0).min(WIDEST_WORD) as u16 + 2
        });
        let columns: Vec<u16> = columns.collect();
        let borders = columns.len() + 1;
        let total = columns.iter().map(|width| usize::from(*width)).sum::<usize>() + borders;
        (total <= usize::from(width)).then_some(columns)
    })
}

fn nth(cell: &Cell, at: usize) -> &str {
    cell.texts().get(at).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::syntax::parse;

    /// Without borders and blanks, a column's texts are the same however they are wrapped.
    fn texts(drawn: &str, column: usize) -> String {
        let rows = drawn.lines().filter(|line| line.starts_with('│'));
        let cells = rows.filter_map(|line| line.split(['│', '┆']).nth(column + 1));
        cells.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
    }

    #[test]
    fn no_width_cuts_a_text() {
        let source = "schedule \"a\"\n price fixed 100 EUR\n balance \"A label with Bezeichnungsungetüm and 漢字漢字漢字\": \
                      work on action \"An action of some length\" or end if duration from 1 to 2 months and signed\n";
        let sheets = crate::cli::show::sheet::sheets(&parse(source, None).file, Lang::En);
        let grid = &sheets[0].grids[0];
        let wide = drawn(grid, 1_000);
        for width in 0..200 {
            let narrow = drawn(grid, width);
            for column in 0..grid.columns.len() {
                assert_eq!(texts(&narrow, column), texts(&wide, column), "{width}\n{narrow}");
            }
        }
    }
}
