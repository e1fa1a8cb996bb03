//! What stands under the cursor, in a sentence: in, a document and a place; out, what the name is of, what it bills,
//! and what the last scenario makes of it.

use crate::documents::Document;
use crate::naming;
use jalon::scenario;
use jalon::syntax::ast::ItemKind;
use jalon::syntax::{Named, Naming, sentences};
use jalon::tell::shown;
use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

/// What is said of the name at a place; nothing, where none stands. Names are in code, so that nothing of a file is
/// taken for markup.
pub fn hover(document: &Document, position: Position) -> Option<Hover> {
    let named = naming::at(document, &document.names, position)?;
    let stated = document.names.iter().find(|other| other.is_of(named) && other.states)?;
    let items = &document.file.as_ref()?.items;
    let item = items
        .iter()
        .find(|item| item.at.0.start <= stated.span.start && stated.span.end <= item.at.0.end)?;
    let lang = document.lang;
    let mut value = match &item.kind {
        ItemKind::Line(line) => block("text", &sentences::line(line, lang)),
        ItemKind::Step(step) => block("text", &sentences::step(step, lang)),
        _ => block("jalon", item.at.0.of(&document.text)),
    };
    if named.what == Naming::Line
        && let Some(figures) = figures(document, named)
    {
        value.push('\n');
        value.push_str(&block("text", &figures));
    }
    let contents = MarkupContent { kind: MarkupKind::Markdown, value };
    let range = document.lines.range(&document.text, named.span);
    Some(Hover { contents: HoverContents::Markup(contents), range: Some(range) })
}

/// What the last scenario in which a line bills makes of it.
fn figures(document: &Document, named: &Named) -> Option<String> {
    let compiled = document.compiled.as_ref()?;
    let scenarios = compiled.scenarios.iter().rev();
    let mut of = scenarios.filter(|scenario| scenario.schedule == named.scope);
    of.find_map(|scenario| {
        let plan = compiled.version(&scenario.schedule, scenario.in_force_from)?;
        let evaluation = scenario::evaluate(plan, scenario).ok()?;
        let lines = scenario::actual_lines(plan, &evaluation);
        let (currency, lang) = (plan.schedule.currency, document.lang);
        let own = lines.iter().filter(|line| line.label == named.text);
        let own: Vec<String> = own.map(|line| shown(line, currency, lang)).collect();
        let title = lang.pick(
            format!("in scenario \"{}\":", scenario.name),
            format!("dans le scénario « {} » :", scenario.name),
        );
        (!own.is_empty()).then(|| format!("{title}\n{}", own.join("\n")))
    })
}

/// A text as Markdown shows it, whatever is in it.
fn block(language: &str, text: &str) -> String {
    // A fence that is longer than any run of its marks inside.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{text}\n{fence}")
}
