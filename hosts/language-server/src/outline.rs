//! What a file holds, as an outline: in, the tree as written, sound or not; out, its schedules, follow-ups and
//! scenarios, each with what stands in it.

use crate::documents::Document;
use jalon::span::Span;
use jalon::syntax::ast::{File, Item, ItemKind, Name};
use lsp_types::{DocumentSymbol, Location, SymbolInformation, SymbolKind};

/// One entry of an outline.
struct Entry<'f> {
    name: &'f Name,
    kind: SymbolKind,
    /// All that belongs to it.
    span: Span,
    /// What it is, in the words of the file.
    detail: &'f str,
    inner: Vec<Entry<'f>>,
}

/// The outline as a tree.
pub fn tree(document: &Document, file: &File) -> Vec<DocumentSymbol> {
    entries(file, &document.text).iter().map(|entry| symbol(entry, document)).collect()
}

/// The outline as a list, for clients that take no tree.
pub fn list(document: &Document, file: &File) -> Vec<SymbolInformation> {
    let entries = entries(file, &document.text);
    let all = entries.iter().flat_map(|entry| {
        let inner = entry.inner.iter().map(|inner| (inner, Some(entry.name.text.clone())));
        std::iter::once((entry, None)).chain(inner)
    });
    #[expect(deprecated, reason = "the protocol has no other way to make one")]
    let one = |(entry, container_name): (&Entry<'_>, Option<String>)| SymbolInformation {
        name: entry.name.text.clone(),
        kind: entry.kind,
        tags: None,
        deprecated: None,
        location: Location {
            uri: document.uri.clone(),
            range: document.lines.range(&document.text, entry.span),
        },
        container_name,
    };
    all.filter(|(entry, _)| !entry.name.text.is_empty()).map(one).collect()
}

fn symbol(entry: &Entry<'_>, document: &Document) -> DocumentSymbol {
    let range = |span| document.lines.range(&document.text, span);
    let inner = entry.inner.iter().filter(|inner| !inner.name.text.is_empty());
    // The protocol has no symbol without a name.
    let name = if entry.name.text.is_empty() { "\"\"" } else { &entry.name.text };
    #[expect(deprecated, reason = "the protocol has no other way to make one")]
    DocumentSymbol {
        name: name.to_owned(),
        detail: Some(entry.detail.to_owned()).filter(|detail| !detail.is_empty()),
        kind: entry.kind,
        tags: None,
        deprecated: None,
        range: range(entry.span),
        selection_range: range(entry.name.at.0),
        children: Some(inner.map(|inner| symbol(inner, document)).collect()),
    }
}

fn entries<'f>(file: &'f File, text: &'f str) -> Vec<Entry<'f>> {
    let blocks = file.items.chunk_by(|_, next| !next.kind.is_header());
    blocks.filter_map(|block| entry_of(block, text)).collect()
}

/// A header with what stands below it; nothing, where the header could not be read.
fn entry_of<'f>(block: &'f [Item], text: &'f str) -> Option<Entry<'f>> {
    let (header, items) = block.split_first()?;
    let (name, kind) = match &header.kind {
        ItemKind::Schedule { name, .. } => (name, SymbolKind::CLASS),
        ItemKind::FollowUp(follow_up) => (&follow_up.name, SymbolKind::CLASS),
        ItemKind::Scenario { name, .. } => (name, SymbolKind::METHOD),
        _ => return None,
    };
    let end = items.last().unwrap_or(header).at.0;
    let inner = items.iter().filter_map(|item| inner_of(item, text)).collect();
    let detail = first_word(header.at.0, name, text);
    Some(Entry { name, kind, span: header.at.0.to(end), detail, inner })
}

fn inner_of<'f>(item: &'f Item, text: &'f str) -> Option<Entry<'f>> {
    let (name, kind) = match &item.kind {
        ItemKind::Line(line) => (&line.label, SymbolKind::FIELD),
        ItemKind::Action(action) => (&action.name, SymbolKind::FUNCTION),
        ItemKind::Payer(payer) => (&payer.name, SymbolKind::VARIABLE),
        ItemKind::Step(step) => (&step.label, SymbolKind::EVENT),
        _ => return None,
    };
    let detail = first_word(item.at.0, name, text);
    Some(Entry { name, kind, span: item.at.0, detail, inner: Vec::new() })
}

/// The word of the file with which an item begins: what stands before its name.
fn first_word<'f>(at: Span, name: &Name, text: &'f str) -> &'f str {
    Span { start: at.start, end: name.at.0.start.max(at.start) }.of(text).trim()
}
