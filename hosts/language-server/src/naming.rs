//! Names under the cursor: in, a document and a place; out, where the name is stated, where it is spoken of, and
//! the edit that gives it another.

use crate::changes;
use crate::documents::Document;
use crate::protocol::failure;
use jalon::model::written::quoted;
use jalon::span::Span;
use jalon::syntax::Named;
use jalon::{Diagnostic, Severity};
use lsp_server::{ErrorCode, ResponseError};
use lsp_types::{Location, Position, PrepareRenameResponse, Range, TextEdit, WorkspaceEdit};

/// The name at a place.
pub fn at<'n>(document: &Document, names: &'n [Named], position: Position) -> Option<&'n Named> {
    let offset = document.lines.offset(&document.text, position);
    names
        .iter()
        .find(|named| (named.span.start as usize..=named.span.end as usize).contains(&offset))
}

/// Where a name is stated; what nothing states, where it is first spoken of.
pub fn stated(document: &Document, names: &[Named], position: Position) -> Vec<Location> {
    let Some(named) = at(document, names, position) else { return Vec::new() };
    let same = || names.iter().filter(|other| other.is_of(named));
    let stated: Vec<&Named> = same().filter(|other| other.states).collect();
    let stated = if stated.is_empty() { same().take(1).collect() } else { stated };
    stated.iter().map(|named| location(document, named.span)).collect()
}

/// Every place of a name; those where it is stated only if they are asked for.
pub fn everywhere(
    document: &Document,
    names: &[Named],
    position: Position,
    stated: bool,
) -> Vec<Location> {
    let Some(named) = at(document, names, position) else { return Vec::new() };
    let same = names.iter().filter(|other| other.is_of(named) && (stated || !other.states));
    same.map(|named| location(document, named.span)).collect()
}

/// What would be renamed: the name without its quotes.
pub fn renamed(
    document: &Document,
    names: &[Named],
    position: Position,
) -> Option<PrepareRenameResponse> {
    let named = at(document, names, position)?;
    Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: inside(document, named.span),
        placeholder: named.text.clone(),
    })
}

/// The edit that renames what stands at a place, wherever the file speaks of it. It is tried: of a sound file it
/// leaves a sound one.
///
/// # Errors
///
/// If there is no name, or the file would have errors with the new one: what is wrong, in the words of the checker.
pub fn rename(
    document: &Document,
    names: &[Named],
    position: Position,
    new: &str,
) -> Result<WorkspaceEdit, ResponseError> {
    let refused = |message: String| failure(ErrorCode::RequestFailed, message);
    let lang = document.lang;
    let Some(named) = at(document, names, position) else {
        let message = lang.pick("no name stands here", "aucun nom ne se trouve ici");
        return Err(refused(message.to_owned()));
    };
    let spans: Vec<Span> =
        names.iter().filter(|other| other.is_of(named)).map(|named| named.span).collect();
    let name = quoted(new);
    let mut text = document.text.clone();
    for span in spans.iter().rev() {
        let range = span.start as usize..span.end as usize;
        if text.get(range.clone()).is_some() {
            text.replace_range(range, &name);
        }
    }
    if document.compiled.is_some()
        && let Err(report) = jalon::compile(document.uri.as_str(), &text)
    {
        let is_error = |found: &&Diagnostic| found.severity() == Severity::Error;
        let why = report.diagnostics.iter().find(is_error).map_or("", |found| &found.message);
        return Err(refused(lang.pick(
            format!("not renamed: with this name the file has an error: {why}"),
            format!("pas renommé : avec ce nom, le fichier a une erreur : {why}"),
        )));
    }
    let edit = |span: &Span| TextEdit {
        range: document.lines.range(&document.text, *span),
        new_text: name.clone(),
    };
    Ok(changes::of_document(&document.uri, spans.iter().map(edit).collect()))
}

fn location(document: &Document, span: Span) -> Location {
    Location { uri: document.uri.clone(), range: inside(document, span) }
}

/// A name without its quotes.
fn inside(document: &Document, span: Span) -> Range {
    let text = span.of(&document.text);
    let quote = |c: Option<char>| c.filter(|c| !c.is_alphanumeric()).map_or(0, char::len_utf8);
    let (open, close) = (quote(text.chars().next()), quote(text.chars().next_back()));
    let inner = text.get(open..text.len().saturating_sub(close)).unwrap_or("");
    // French quotes have blanks inside.
    let start = span.start as usize + open + (inner.len() - inner.trim_start().len());
    document.lines.range(&document.text, Span::new(start, start + inner.trim().len()))
}
