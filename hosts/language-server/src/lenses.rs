//! What can be played of a file: in, a document; out, a lens over each scenario, which runs it, and over each finding
//! that a case shows, which tells the case; and what these commands come to.

use crate::documents::Document;
use crate::findings::Finding;
use crate::server::{CASE, RUN};
use jalon::lang::Lang;
use jalon::span::Span;
use jalon::syntax::ast::ItemKind;
use jalon::tell::{shown, why, why_of_follow_up};
use jalon::{follow, scenario};
use lsp_types::{CodeLens, Command};
use serde_json::json;

/// The lenses of a document.
pub fn lenses(document: &Document) -> Vec<CodeLens> {
    let lang = document.lang;
    let lens = |span: Span, title: String, command: &str, argument: usize| CodeLens {
        range: document.lines.range(&document.text, span),
        command: Some(Command {
            title,
            command: command.to_owned(),
            arguments: Some(vec![json!(document.uri), json!(argument)]),
        }),
        data: None,
    };
    let items = document.file.iter().flat_map(|file| &file.items);
    let scenarios = items.filter(|item| matches!(item.kind, ItemKind::Scenario { .. }));
    let run = scenarios.map(|item| {
        let title = lang.pick("run this scenario", "jouer ce scénario");
        lens(item.at.0, title.to_owned(), RUN, item.at.0.start as usize)
    });
    let cases = document.findings.iter().enumerate().filter(|(_, finding)| finding.case.is_some());
    let cases = cases.map(|(number, finding)| {
        let code = &finding.code;
        let title = lang.pick(
            format!("show the case that goes wrong: {code}"),
            format!("montrer le dossier en défaut : {code}"),
        );
        lens(finding.span, title, CASE, number)
    });
    run.chain(cases).collect()
}

/// The case that a finding was shown by, with what goes wrong in it; nothing, if there is no such finding any more.
pub fn case(document: &Document, number: usize) -> Option<String> {
    let Finding { message, case, .. } = document.findings.get(number)?;
    let first = message.lines().next().unwrap_or("");
    Some(format!("{first}\n\n{}", case.as_ref()?))
}

/// What a scenario comes to that begins at a byte of the text, and whether that is what it expects; nothing, if none
/// begins there or the file has errors.
pub fn run(document: &Document, start: usize) -> Option<(bool, String)> {
    let compiled = document.compiled.as_ref()?;
    let item = document.file.iter().flat_map(|file| &file.items);
    let item = item.into_iter().find(|item| item.at.0.start as usize == start)?;
    let within = |span: Span| item.at.0.start <= span.start && span.start <= item.at.0.end;
    let lang = document.lang;
    if let Some(scenario) = compiled.scenarios.iter().find(|scenario| within(scenario.span)) {
        let plan = compiled.version(&scenario.schedule, scenario.in_force_from)?;
        let outcome = scenario::run(plan, scenario);
        let failed = why(plan, scenario, &outcome, "", lang);
        let lines = || {
            let evaluation = scenario::evaluate(plan, scenario).ok()?;
            let lines = scenario::actual_lines(plan, &evaluation);
            let currency = plan.schedule.currency;
            Some(lines.iter().map(|line| shown(line, currency, lang)).collect::<Vec<_>>())
        };
        let detail = failed.clone().or_else(|| Some(lines()?.join("\n")));
        return Some(told(&scenario.name, failed.is_none(), detail, lang));
    }
    let scenario = compiled.follow_scenarios.iter().find(|scenario| within(scenario.span))?;
    let follow_up = compiled.follow_ups.get(scenario.follow_up)?;
    let failed = why_of_follow_up(&follow::scenario(follow_up, scenario), "", lang);
    Some(told(&scenario.name, failed.is_none(), failed, lang))
}

fn told(name: &str, passed: bool, detail: Option<String>, lang: Lang) -> (bool, String) {
    let outcome = if passed {
        lang.pick(format!("\"{name}\" passes"), format!("« {name} » réussit"))
    } else {
        lang.pick(format!("\"{name}\" fails"), format!("« {name} » échoue"))
    };
    let detail = detail.filter(|detail| !detail.is_empty());
    (passed, detail.map_or(outcome.clone(), |detail| format!("{outcome}\n{detail}")))
}
