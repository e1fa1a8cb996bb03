//! What may be written at a place: in, a document and a place; out, the words that the grammar takes there, and the
//! names of the file that may stand there.

use crate::documents::Document;
use jalon::model::written::quoted;
use jalon::span::Span;
use jalon::syntax::{Expected, Named, expected};
use lsp_types::{CompletionItem, CompletionItemKind, CompletionTextEdit, Position, TextEdit};

/// The proposals for a place, words first, each with the edit that writes it.
pub fn proposals(document: &Document, position: Position) -> Vec<CompletionItem> {
    let text = &document.text;
    let offset = document.lines.offset(text, position);
    let Expected { begun, words, names, .. } = expected(text, offset);
    let in_quotes = begun.of(text).starts_with(|c: char| !c.is_alphanumeric());
    let words = words.iter().map(|word| (word.clone(), word.clone(), CompletionItemKind::KEYWORD));
    // A name that is begun need not be proposed as itself.
    let mut known: Vec<&Named> = Vec::new();
    for named in &document.names {
        let fits = names.contains(&named.what) && named.span.start != begun.start;
        if fits && !known.iter().any(|other| other.text == named.text) {
            known.push(named);
        }
    }
    let names = known
        .iter()
        .map(|named| (named.text.clone(), quoted(&named.text), CompletionItemKind::VALUE));
    // An editor that closes quotes by itself has the second one behind the place already.
    let closed = in_quotes && text.get(offset..).is_some_and(|rest| rest.starts_with('"'));
    let span = Span::new(begun.start as usize, offset + usize::from(closed));
    let range = document.lines.range(text, span);
    let one = |(number, (label, new_text, kind)): (usize, (String, String, CompletionItemKind))| {
        CompletionItem {
            filter_text: in_quotes.then(|| new_text.clone()),
            sort_text: Some(format!("{number:04}")),
            kind: Some(kind),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
            label,
            ..CompletionItem::default()
        }
    };
    words.chain(names).enumerate().map(one).collect()
}
