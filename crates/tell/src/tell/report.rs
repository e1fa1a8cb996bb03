//! What is wrong with a text as JSON: in, the findings of one file; out, one object each. The fields are
//! those of `jalon check --format json`.

use crate::diagnostic::{Diagnostic, Report, Source};
use crate::span::Span;
use serde_json::{Value, json};

/// All findings of a file as JSON objects.
pub fn json(report: &Report) -> Vec<Value> {
    report.diagnostics.iter().map(|diagnostic| one_json(report, diagnostic)).collect()
}

/// A place as JSON has it.
pub fn place(source: &Source, span: Span) -> Value {
    let (start, end) = (
        source.lines.position(&source.text, span.start),
        source.lines.position(&source.text, span.end),
    );
    json!({
        "line": start.line, "column": start.column,
        "end_line": end.line, "end_column": end.column,
        "start": span.start, "end": span.end,
    })
}

fn one_json(report: &Report, diagnostic: &Diagnostic) -> Value {
    let source = &report.source;
    let place = |span: Span| place(source, span);
    let others: Vec<Value> = diagnostic
        .others
        .iter()
        .map(|(span, words)| json!({ "place": place(*span), "label": words }))
        .collect();
    json!({
        "file": source.name,
        "severity": diagnostic.severity().name(),
        "code": diagnostic.code.name(),
        "message": diagnostic.message,
        "place": place(diagnostic.span),
        "label": diagnostic.label,
        "others": others,
        "help": diagnostic.help,
        "edit": diagnostic.edit.as_ref().map(|edit| json!({ "place": place(edit.span), "text": edit.text })),
        "example": diagnostic.example,
    })
}
