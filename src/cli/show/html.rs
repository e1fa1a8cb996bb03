//! Sheets as one HTML document that needs nothing else: it may be read, printed or sent.

use super::grid::{Cell, Column, Grid, Row, Sheet, Side};
use crate::cli::page::{escaped, page, tied};
use crate::lang::Lang;

/// The document. Its language is that of its first sheet; another one says its own.
pub fn document(sheets: &[Sheet]) -> String {
    let lang = sheets.first().map(|sheet| sheet.lang).unwrap_or_default();
    let title = match sheets {
        [only] => only.name.as_str(),
        _ => lang.pick("Billing schedules", "Échéanciers de facturation"),
    };
    page(lang, title, &sheets.iter().map(|sheet| section(sheet, lang)).collect::<String>())
}

fn section(sheet: &Sheet, document: Lang) -> String {
    let lang = if sheet.lang == document {
        String::new()
    } else {
        format!(" lang=\"{}\"", sheet.lang.code())
    };
    let mut text = format!("<section{lang}>\n<h1>{}</h1>\n<dl>\n", escaped(&sheet.name));
    for (caption, fact) in &sheet.facts {
        text +=
            &format!("<div><dt>{}</dt><dd>{}</dd></div>\n", escaped(caption), escaped(&tied(fact)));
    }
    text += "</dl>\n";
    if !sheet.rules.is_empty() {
        let rules = sheet.rules.iter().map(|rule| format!("<li>{}</li>\n", escaped(&tied(rule))));
        let rules: String = rules.collect();
        text += &format!("<h2>{}</h2>\n<ol>\n{rules}</ol>\n", sheet.lang.pick("Rules", "Règles"));
    }
    for grid in &sheet.grids {
        text += &table(grid);
    }
    if !sheet.by_hand.is_empty() {
        let lines = sheet.by_hand.iter().map(|line| format!("<div>{}</div>", escaped(line)));
        text += &format!("<div class=\"by-hand\">{}</div>\n", lines.collect::<String>());
    }
    text + "</section>\n"
}

fn table(grid: &Grid) -> String {
    let mut text = format!("<table>\n<caption>{}</caption>\n<thead>\n<tr>", escaped(grid.caption));
    for column in &grid.columns {
        let (class, heading) = (class(column), escaped(column.heading));
        text += &format!("<th scope=\"col\"{class}>{heading}</th>");
    }
    text += "</tr>\n</thead>\n";
    for row in &grid.rows {
        text += &group(&grid.columns, row);
    }
    text + "</table>\n"
}

/// A row, as a group of so many rows as texts stand below each other in it.
fn group(columns: &[Column], row: &Row) -> String {
    let height = row.height();
    let mut text = "<tbody>\n".to_owned();
    for at in 0..height {
        text += "<tr>";
        for (number, (column, cell)) in columns.iter().zip(&row.0).enumerate() {
            let class = class(column);
            let (span, said) = match cell {
                Cell::Whole(_) if at > 0 => continue,
                Cell::Whole(said) if height > 1 => {
                    (format!(" rowspan=\"{height}\""), said.as_str())
                }
                Cell::Whole(said) => (String::new(), said.as_str()),
                Cell::Stacked(texts) => (String::new(), texts.get(at).map_or("", String::as_str)),
            };
            let said = escaped(&tied(said));
            text += &match number {
                0 if height > 1 => {
                    format!("<th scope=\"rowgroup\"{span}{class}>{said}</th>")
                }
                0 => format!("<th scope=\"row\"{class}>{said}</th>"),
                _ => format!("<td{span}{class}>{said}</td>"),
            };
        }
        text += "</tr>\n";
    }
    text + "</tbody>\n"
}

fn class(column: &Column) -> &'static str {
    match column.side {
        Side::Left => "",
        Side::Centre => " class=\"centre\"",
        Side::Right => " class=\"right\"",
    }
}
