//! Rows that a sheet does not show: in, a workbook and the name of a sheet; out, their numbers. A row that a filter leaves out is
//! hidden, too.
//!
//! The reader of cells does not say it, so the tags of rows are looked at where they stand. What is not written as spreadsheets
//! write it hides nothing.

use std::io::{BufRead, BufReader, Cursor, Read};

/// Gives the number of each hidden row, from 1.
pub fn rows(bytes: &[u8], sheet: &str, mut each: impl FnMut(u32)) -> Option<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut text = |part: &str| {
        let mut text = String::new();
        archive.by_name(part).ok()?.read_to_string(&mut text).ok()?;
        Some(text)
    };
    let (book, relations) = (text("xl/workbook.xml")?, text("xl/_rels/workbook.xml.rels")?);
    let named = |tag: &&str| attribute(tag, "name").is_some_and(|name| plain(name) == sheet);
    let id = attribute(tags(&book, "sheet").find(named)?, "r:id")?;
    let of_id = |tag: &&str| attribute(tag, "Id") == Some(id);
    let target = attribute(tags(&relations, "Relationship").find(of_id)?, "Target")?;
    let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
    let mut reader = BufReader::new(archive.by_name(&part).ok()?);
    let (mut tag, mut row) = (Vec::new(), 0_u32);
    while reader.read_until(b'>', &mut tag).ok()? > 0 {
        let begin = memchr::memrchr(b'<', &tag).map_or(0, |at| at + 1);
        let of_row = tag.get(begin..).unwrap_or_default();
        if of_row.starts_with(b"row") {
            let of_row = std::str::from_utf8(of_row).unwrap_or_default();
            let stated = attribute(of_row, "r").and_then(|row| row.parse().ok());
            row = stated.unwrap_or(row.saturating_add(1));
            if matches!(attribute(of_row, "hidden"), Some("1" | "true")) {
                each(row);
            }
        }
        tag.clear();
    }
    Some(())
}

/// The tags of this name.
fn tags<'t>(text: &'t str, name: &'static str) -> impl Iterator<Item = &'t str> {
    let tags = text.split('<').filter_map(|tag| tag.split('>').next());
    tags.filter(move |tag| tag.split_whitespace().next() == Some(name))
}

/// An attribute of a tag.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = tag;
    loop {
        let (before, after) = rest.split_once('=')?;
        let quote = after.chars().next().filter(|sign| ['"', '\''].contains(sign))?;
        let (value, behind) = after.get(1..)?.split_once(quote)?;
        if before.split_whitespace().next_back() == Some(name) {
            return Some(value);
        }
        rest = behind;
    }
}

/// A text without the references that stand for signs of XML.
fn plain(text: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    signs.iter().fold(text.to_owned(), |text, (of, sign)| text.replace(of, sign))
}
