//! Findings as a user sees them: drawn under the source, on one line each, or as JSON.

use super::output::plain;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::lang::{Lang, is_harmful, say};
use crate::span::{LineIndex, Span};
pub use crate::tell::{json, place};
use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};
use std::fmt;

/// So many findings of one file are drawn; the rest are counted.
const MOST_DRAWN: usize = 50;

/// Whether to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text alone.
    Plain,
    /// With colours.
    Coloured,
}

impl Style {
    /// What standard output takes: colours on a terminal, unless `NO_COLOR` is set.
    pub fn of_stdout() -> Style {
        Style::of(anstream::AutoStream::choice(&std::io::stdout()))
    }

    /// What standard error takes.
    pub fn of_stderr() -> Style {
        Style::of(anstream::AutoStream::choice(&std::io::stderr()))
    }

    fn of(choice: anstream::ColorChoice) -> Style {
        match choice {
            anstream::ColorChoice::Never => Style::Plain,
            anstream::ColorChoice::Auto
            | anstream::ColorChoice::Always
            | anstream::ColorChoice::AlwaysAnsi => Style::Coloured,
        }
    }
}

/// All findings of a file, drawn under its source.
pub fn human(report: &Report, style: Style) -> String {
    let mut text = String::new();
    if report.diagnostics.is_empty() {
        return text;
    }
    let excerpt = Excerpt::new(report);
    for diagnostic in report.diagnostics.iter().take(MOST_DRAWN) {
        text.push_str(&draw(report, &excerpt, diagnostic, style));
        text.push('\n');
    }
    if let Some(more) = report.diagnostics.len().checked_sub(MOST_DRAWN).filter(|more| *more > 0) {
        let name = &report.source.name;
        text.push_str(&say!(
            report.lang,
            "{name}: and {more} more\n\n",
            "{name} : et {more} de plus\n\n"
        ));
    }
    text
}

/// All findings of a file, one line each.
pub fn short(report: &Report) -> String {
    let mut text = String::new();
    for diagnostic in &report.diagnostics {
        let source = &report.source;
        let place = source.lines.position(&source.text, diagnostic.span.start);
        let severity = diagnostic.severity().word(report.lang);
        text.push_str(&format!(
            "{}:{}:{}: {severity}[{}]: {}\n",
            source.name,
            place.line,
            place.column,
            diagnostic.code.called(report.lang),
            plain(&diagnostic.message),
        ));
    }
    text
}

fn draw(report: &Report, excerpt: &Excerpt<'_>, diagnostic: &Diagnostic, style: Style) -> String {
    let lang = report.lang;
    let drawn = Drawn { diagnostic, excerpt };
    let severity = diagnostic.severity();
    let icon = format!("{}[{}]:", severity.word(lang), diagnostic.code.called(lang));
    let mut characters = ThemeCharacters::unicode();
    characters.error.clone_from(&icon);
    characters.warning = icon;
    let styles = match style {
        Style::Plain => ThemeStyles::none(),
        Style::Coloured => ThemeStyles::ansi(),
    };
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme { characters, styles })
        .with_width(100)
        .with_links(false)
        .with_context_lines(0);
    let mut text = String::new();
    if handler.render_report(&mut text, &drawn).is_err() {
        // Drawing failed: the finding itself must not be lost.
        text = short(&Report { diagnostics: vec![diagnostic.clone()], ..report.clone() });
    }
    let mut lines: Vec<String> =
        text.trim_matches('\n').lines().map(|line| line.trim_end().to_owned()).collect();
    if let Some(help) = &diagnostic.help {
        lines.push(say!(lang, "  help: {0}", "  aide : {0}", plain(help)));
    }
    if let Some(example) = &diagnostic.example {
        lines.push(say!(lang, "  example: {example}", "  exemple : {example}"));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A finding as miette takes it.
#[derive(Debug)]
struct Drawn<'a> {
    diagnostic: &'a Diagnostic,
    excerpt: &'a Excerpt<'a>,
}

impl fmt::Display for Drawn<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain(&self.diagnostic.message))
    }
}

impl std::error::Error for Drawn<'_> {}

impl miette::Diagnostic for Drawn<'_> {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.diagnostic.severity() {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.excerpt)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let label = |span: Span, words: Option<String>, primary: bool| {
            let span = self.excerpt.visible(span);
            let at = (span.start as usize, (span.end - span.start) as usize);
            let words = words.map(|words| plain(&words));
            if primary {
                LabeledSpan::new_primary_with_span(words, at)
            } else {
                LabeledSpan::new_with_span(words, at)
            }
        };
        let first = label(self.diagnostic.span, self.diagnostic.label.clone(), true);
        let others = self.diagnostic.others.iter();
        let others = others.map(move |(span, words)| label(*span, Some(words.clone()), false));
        Some(Box::new(std::iter::once(first).chain(others)))
    }
}

/// A source that finds its lines by one index, and shows nothing that a terminal would obey.
#[derive(Debug)]
struct Excerpt<'a> {
    name: &'a str,
    lines: &'a LineIndex,
    original: &'a str,
    /// As long as the original, byte by byte, harmless marks in the place of harmful ones.
    shown: String,
}

impl<'a> Excerpt<'a> {
    fn new(report: &'a Report) -> Self {
        let source = &report.source;
        // A carriage return is harmless only as a part of a line break.
        let mut chars = source.text.chars().peekable();
        let shown = std::iter::from_fn(|| {
            let c = chars.next()?;
            let alone = c == '\r' && chars.peek() != Some(&'\n');
            Some(if alone || harmful(c) { mark(c.len_utf8()) } else { c })
        });
        Self {
            name: &source.name,
            lines: &source.lines,
            original: &source.text,
            shown: shown.collect(),
        }
    }

    /// Of a long line only what stands around the span that is shown; the lines begin at `from` and
    /// end at `to`.
    fn around(&self, start: usize, end: usize, from: usize, to: usize) -> (usize, usize) {
        const MOST: usize = 300;
        const BESIDE: usize = 60;
        let whole = |at: usize| (at..at + 4).find(|at| self.shown.is_char_boundary(*at));
        let first = if start.saturating_sub(from) > MOST { start - BESIDE } else { from };
        let last = if to.saturating_sub(end) > MOST { end + BESIDE } else { to };
        (whole(first).unwrap_or(from), whole(last).unwrap_or(to))
    }

    /// A span that can be underlined: not empty, within one line, within the columns that are
    /// drawn.
    fn visible(&self, span: Span) -> Span {
        const MOST_COLUMNS: u32 = 10_000;
        let line = self.lines.position(self.original, span.start).line;
        let whole = self.lines.line_span(self.original, line);
        let most = whole.start.saturating_add(MOST_COLUMNS);
        let start = span.start.min(whole.end).min(most);
        let end = span.end.min(whole.end).min(most).max(start);
        if start < end {
            return Span { start, end };
        }
        // Nothing is there: the last character before it stands for it.
        let before = self.original.get(whole.start as usize..start as usize).unwrap_or("");
        let last = before.chars().next_back().map_or(0, char::len_utf8);
        Span::new(start as usize - last, start as usize)
    }
}

fn harmful(c: char) -> bool {
    is_harmful(c) && !matches!(c, '\n' | '\t' | '\r')
}

/// A harmless character of so many bytes.
fn mark(bytes: usize) -> char {
    match bytes {
        1 => '?',
        2 => '¿',
        3 => '\u{fffd}',
        _ => '\u{1f6ab}',
    }
}

impl SourceCode for Excerpt<'_> {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let start = Span::new(span.offset(), span.offset()).start;
        let end = Span::new(span.offset() + span.len(), span.offset() + span.len()).end;
        let first = self.lines.position(self.original, start);
        let last = self.lines.position(self.original, end);
        let from_line = first.line.saturating_sub(before).max(1);
        let to_line = last.line + after;
        let from = self.lines.line_start(from_line) as usize;
        let to = self.lines.line_span(self.original, to_line).end as usize;
        let to = to.clamp(end as usize, self.shown.len().max(end as usize));
        let (from, to) = self.around(start as usize, end as usize, from, to);
        let data = self.shown.get(from..to).ok_or(MietteError::OutOfBounds)?;
        let column = if before == 0 { first.column - 1 } else { 0 };
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.to_owned(),
            data.as_bytes(),
            (from, to - from).into(),
            from_line - 1,
            column,
            to_line + 1 - from_line,
        )))
    }
}

/// How many findings of each weight there are, in words.
pub fn summary(files: usize, errors: usize, warnings: usize, lang: Lang) -> String {
    // English counts none as many, French as one.
    let s = |n: usize| if n == 1 || (n == 0 && lang == Lang::Fr) { "" } else { "s" };
    let (f, e, w) = (s(files), s(errors), s(warnings));
    say!(
        lang,
        "{files} file{f}: {errors} error{e}, {warnings} warning{w}\n",
        "{files} fichier{f} : {errors} erreur{e}, {warnings} avertissement{w}\n"
    )
}
