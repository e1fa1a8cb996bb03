//! What is found in a text, as an editor shows it: in, findings of the checker and of the prover; out, diagnostics
//! of the protocol, and the quick fixes for them.

use crate::positions::Lines;
use jalon::diagnostic::{Diagnostic, Edit, Severity};
use jalon::lang::Lang;
use jalon::span::Span;
use jalon::tell::Found;
use jalon::verify::Level;
use lsp_types::{
    CodeAction, CodeActionKind, DiagnosticRelatedInformation, DiagnosticSeverity, Location,
    NumberOrString, Range, TextEdit, Uri,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::borrow::Cow;

/// One finding, with its places as the library has them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "Carried", into = "Carried")]
pub struct Finding {
    /// How much it weighs.
    pub severity: DiagnosticSeverity,
    /// Who says it: `jalon check`, or `jalon verify`.
    pub source: Cow<'static, str>,
    /// Its code as the terminal shows it, in the language of the file.
    pub code: Cow<'static, str>,
    /// Its code in every language.
    pub name: Cow<'static, str>,
    /// Where.
    pub span: Span,
    /// What is wrong, and what to do.
    pub message: String,
    /// Other places that matter.
    pub others: Vec<(Span, String)>,
    /// The exact edit that mends it, with its name.
    pub fix: Option<(String, Edit)>,
    /// The case that shows it, as a scenario.
    pub case: Option<String>,
}

/// A finding as it is carried from one instance of the server to another: its places are bytes.
#[derive(Serialize, Deserialize)]
struct Carried {
    severity: DiagnosticSeverity,
    source: Cow<'static, str>,
    code: Cow<'static, str>,
    name: Cow<'static, str>,
    at: (u32, u32),
    message: String,
    others: Vec<(u32, u32, String)>,
    fix: Option<(String, u32, u32, String)>,
    case: Option<String>,
}

impl From<Finding> for Carried {
    fn from(finding: Finding) -> Carried {
        let Finding { severity, source, code, name, span, message, others, fix, case } = finding;
        let others = others.into_iter().map(|(span, words)| (span.start, span.end, words));
        let fix = fix.map(|(title, Edit { span, text })| (title, span.start, span.end, text));
        let (at, others) = ((span.start, span.end), others.collect());
        Carried { severity, source, code, name, at, message, others, fix, case }
    }
}

impl From<Carried> for Finding {
    fn from(carried: Carried) -> Finding {
        let Carried { severity, source, code, name, at, message, others, fix, case } = carried;
        let (start, end) = at;
        let others = others.into_iter().map(|(start, end, words)| (Span { start, end }, words));
        let fix =
            fix.map(|(title, start, end, text)| (title, Edit { span: Span { start, end }, text }));
        let (span, others) = (Span { start, end }, others.collect());
        Finding { severity, source, code, name, span, message, others, fix, case }
    }
}

impl Finding {
    /// A finding of the checker.
    pub fn of_check(found: &Diagnostic, lang: Lang) -> Finding {
        let mut message = found.message.clone();
        if let Some(label) = &found.label {
            message.push('\n');
            message.push_str(label);
        }
        if let Some(help) = &found.help {
            message.push_str(&helped(help, lang));
        }
        if let Some(example) = &found.example {
            message.push_str(lang.pick("\nfor example: ", "\npar exemple : "));
            message.push_str(example);
        }
        let fix = found.edit.as_ref().map(|edit| {
            (found.help.clone().unwrap_or_else(|| written(&edit.text, lang)), edit.clone())
        });
        Finding {
            severity: match found.severity() {
                Severity::Error => DiagnosticSeverity::ERROR,
                Severity::Warning => DiagnosticSeverity::WARNING,
            },
            source: Cow::Borrowed("jalon check"),
            code: Cow::Borrowed(found.code.called(lang)),
            name: Cow::Borrowed(found.code.name()),
            span: found.span,
            message,
            others: found.others.clone(),
            fix,
            case: None,
        }
    }

    /// A finding of the prover about a schedule or a follow-up; `whole` is the place of that, for what is about no line
    /// of it, and `case` the case that shows it, as a scenario.
    pub fn of_proof(found: &Found<'_>, whole: Span, case: Option<String>) -> Finding {
        let (lang, said) = (found.lang, found.said);
        let text = &found.source.text;
        let mut lines = said.lines.iter().copied();
        let span = lines.next().unwrap_or(whole);
        let first_line = |span: Span| span.of(text).lines().next().unwrap_or("").to_owned();
        let message = format!("{}{}", said.message, helped(&said.help, lang));
        let fix = said.insert.as_ref().map(|(span, text)| {
            (written(text.trim(), lang), Edit { span: *span, text: text.clone() })
        });
        Finding {
            severity: match found.level {
                Level::Error => DiagnosticSeverity::ERROR,
                Level::Warning => DiagnosticSeverity::WARNING,
                Level::Note | Level::Allow => DiagnosticSeverity::INFORMATION,
            },
            source: Cow::Borrowed("jalon verify"),
            code: Cow::Borrowed(found.called),
            name: Cow::Borrowed(found.name),
            span,
            message,
            others: lines.map(|span| (span, first_line(span))).collect(),
            fix,
            case,
        }
    }

    /// As the protocol has it. Other places are told only to a client that takes them.
    pub fn diagnostic(
        &self,
        uri: &Uri,
        text: &str,
        lines: &Lines,
        others: bool,
    ) -> lsp_types::Diagnostic {
        let related = self.others.iter().map(|(span, words)| DiagnosticRelatedInformation {
            location: Location { uri: uri.clone(), range: lines.range(text, *span) },
            message: words.clone(),
        });
        lsp_types::Diagnostic {
            range: lines.range(text, self.span),
            severity: Some(self.severity),
            code: Some(NumberOrString::String(self.code.clone().into_owned())),
            code_description: None,
            source: Some(self.source.clone().into_owned()),
            message: self.message.clone(),
            related_information: (others && !self.others.is_empty()).then(|| related.collect()),
            tags: None,
            data: Some(json!({ "code": self.name })),
        }
    }

    /// Whether it touches a range.
    pub fn touches(&self, text: &str, lines: &Lines, range: &Range) -> bool {
        let own = lines.range(text, self.span);
        own.start <= range.end && range.start <= own.end
    }
}

/// What to do, on a line of its own, as the terminal has it.
fn helped(help: &str, lang: Lang) -> String {
    lang.pick(format!("\nhelp: {help}"), format!("\naide : {help}"))
}

/// What a fix does, where nothing else says it: a removal, or the text that it writes.
fn written(text: &str, lang: Lang) -> String {
    if text.trim().is_empty() {
        return lang.pick("delete this", "supprimer ceci").to_owned();
    }
    lang.pick(format!("write `{text}`"), format!("écrire `{text}`"))
}

/// An edit as the protocol has it, with the line breaks that the text has.
pub fn text_edit(edit: &Edit, text: &str, lines: &Lines) -> TextEdit {
    TextEdit {
        range: lines.range(text, edit.span),
        new_text: with_line_breaks_of(text, edit.text.clone()),
    }
}

/// A text that is to stand in another: its lines end as those of the other do.
pub fn with_line_breaks_of(other: &str, text: String) -> String {
    if other.contains("\r\n") && !text.contains('\r') {
        return text.replace('\n', "\r\n");
    }
    text
}

/// A quick fix for a diagnostic.
pub fn quick_fix(
    title: &str,
    diagnostic: lsp_types::Diagnostic,
    edit: lsp_types::WorkspaceEdit,
) -> CodeAction {
    CodeAction {
        title: title.to_owned(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic]),
        edit: Some(edit),
        is_preferred: Some(true),
        ..CodeAction::default()
    }
}
