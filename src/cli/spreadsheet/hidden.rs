//! What a sheet says and the reader of its cells does not: in, a workbook and the name of a sheet; out, the numbers of rows that it
//! does not show (one that a filter leaves out is hidden, too), and cells that hold an error without saying which.
//!
//! The tags of rows and cells are looked at where they stand. What is not written as spreadsheets write it says nothing.

use std::io::{BufRead, BufReader, Cursor, Read};

/// Gives the number of each hidden row, from 1.
pub fn rows(bytes: &[u8], sheet: &str, mut each: impl FnMut(u32)) -> Option<()> {
    let mut row = 0_u32;
    each_tag(bytes, sheet, |_, tag| {
        if let Some(of_row) = tag_named(tag, "row") {
            row = row_number(of_row, row);
            if matches!(attribute(of_row, "hidden"), Some("1" | "true")) {
                each(row);
            }
        }
    })
}

/// Gives the place of each cell that is an error and has no text, by its row and its column from 0.
pub fn nameless_errors(bytes: &[u8], sheet: &str, mut each: impl FnMut((u32, u32))) -> Option<()> {
    let (mut row, mut column) = (0_u32, 0_u32);
    let mut open = None;
    each_tag(bytes, sheet, |text, tag| {
        if let Some(of_row) = tag_named(tag, "row") {
            (row, column) = (row_number(of_row, row), 0);
        } else if let Some(of_cell) = tag_named(tag, "c") {
            let stated = attribute(of_cell, "r").and_then(place);
            let at = stated.unwrap_or((row.saturating_sub(1), column));
            column = at.1.saturating_add(1);
            open = Some(at).filter(|_| attribute(of_cell, "t") == Some("e"));
            if of_cell.ends_with('/') {
                open.take().into_iter().for_each(&mut each);
            }
        } else if tag.starts_with(b"/v") && !text.is_empty() {
            open = None;
        } else if tag.starts_with(b"/c") {
            open.take().into_iter().for_each(&mut each);
        }
    })
}

/// The number of a row, where it states it, or that behind the row before it.
fn row_number(tag: &str, before: u32) -> u32 {
    let stated = attribute(tag, "r").and_then(|row| row.parse().ok());
    stated.unwrap_or_else(|| before.saturating_add(1))
}

/// The row and the column of `B7`, from 0.
fn place(name: &str) -> Option<(u32, u32)> {
    let letters = name.find(|sign: char| sign.is_ascii_digit())?;
    let (letters, digits) = name.split_at_checked(letters)?;
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        let letter = letter.to_ascii_uppercase().checked_sub(b'A').filter(|letter| *letter < 26)?;
        column.checked_mul(26)?.checked_add(u32::from(letter) + 1)
    });
    Some((digits.parse::<u32>().ok()?.checked_sub(1)?, column?.checked_sub(1)?))
}

/// Gives each tag of a sheet, with the text before it.
fn each_tag(bytes: &[u8], sheet: &str, mut each: impl FnMut(&[u8], &[u8])) -> Option<()> {
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
    let mut tag = Vec::new();
    while reader.read_until(b'>', &mut tag).ok()? > 0 {
        if let Some((text, tag)) =
            memchr::memrchr(b'<', &tag).and_then(|at| tag.split_at_checked(at))
        {
            let tag = tag.get(1..).unwrap_or_default();
            each(text, tag.strip_suffix(b">").unwrap_or(tag));
        }
        tag.clear();
    }
    Some(())
}

/// A tag of this name, as a text.
fn tag_named<'t>(tag: &'t [u8], name: &str) -> Option<&'t str> {
    let rest = tag.strip_prefix(name.as_bytes())?;
    let ends = rest.first().is_none_or(|sign| sign.is_ascii_whitespace() || *sign == b'/');
    ends.then(|| std::str::from_utf8(tag).unwrap_or_default())
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
