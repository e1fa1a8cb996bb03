//! Findings of one cause, told as one.
//!
//! In: findings of a schedule. Out: groups of them, and words for a group: lines that break one property
//! alike are one finding with all of them named, as one missing line is often why. What is shown is the
//! case of the first.

use super::Finding;
use super::key::Key;
use super::proposed::Proposed;
use super::words::{Said, Words, say_beside};
use crate::lang::{Lang, say as both};
use crate::model::{Property, Terminal};
use crate::money::Money;
use crate::plan::{LineId, Plan};
use crate::span::Span;

/// Puts findings in words, those of one cause as one, with the first of each; a line that is proposed for one stands beside
/// those that are proposed before it. `total` is the rounded price, where it is known.
pub fn say_all<'f>(
    plan: &Plan,
    findings: impl IntoIterator<Item = &'f Finding>,
    total: Option<Money>,
    lang: Lang,
) -> Vec<(&'f Finding, Said)> {
    let mut proposed = Proposed::default();
    let groups = grouped(findings).into_iter();
    let told = groups.filter_map(|group| {
        let said = say_group(plan, &group, (total, lang), &mut proposed)?;
        Some((*group.first()?, said))
    });
    told.collect()
}

/// Findings, those of one cause together, each cause where its first finding stands.
fn grouped<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Vec<Vec<&'f Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        let alike = |group: &&mut Vec<&Finding>| {
            let first = group.first().map(|first| first.property());
            line_of(finding.key).is_some() && first == Some(finding.property())
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

/// The line, of a property whose findings are of one cause.
fn line_of(key: Key) -> Option<LineId> {
    if let Key::AfterTerminal(line, _) | Key::Credit(line) | Key::Underbilling(line) = key {
        return Some(line);
    }
    None
}

/// Puts a group in words.
fn say_group(
    plan: &Plan,
    group: &[&Finding],
    (total, lang): (Option<Money>, Lang),
    proposed: &mut Proposed,
) -> Option<Said> {
    let (first, others) = group.split_first()?;
    if others.is_empty() {
        return Some(say_beside(plan, first, (total, lang), proposed));
    }
    let words = Words { plan, total, lang, proposed };
    let witness = first.witness.as_ref();
    let places = |finding: &&Finding| words.lines(finding.key, finding.witness.as_ref());
    let mut spans: Vec<Span> = group.iter().flat_map(places).collect();
    spans.sort_unstable();
    spans.dedup();
    let mut lines: Vec<LineId> = group.iter().filter_map(|finding| line_of(finding.key)).collect();
    lines.sort_unstable();
    lines.dedup();
    let labels: Vec<String> =
        lines.iter().map(|line| format!("`{}`", words.label(*line))).collect();
    let (several, labels) = (labels.len() > 1, lang.all_of(&labels));
    let property = first.property();
    let (message, help) = match (property == Property::AfterTerminal, property == Property::Credit)
    {
        (true, _) => {
            let message = after_terminal(&words, group, several, &labels);
            (message, words.help_after_terminal(first.key, &lines))
        }
        (_, true) => {
            let message = both!(
                lang,
                "the invoices of {labels} can come to less than zero",
                "les factures de {labels} peuvent être négatives"
            );
            (message, words.help_credit(&lines, witness))
        }
        (false, false) => {
            let price = words.price_of(witness).map_or(String::new(), |total| words.money(total));
            let message = both!(
                lang,
                "{labels} can close a case below a price of {price}",
                "{labels} peuvent clore un dossier au-dessous d'un tarif de {price}"
            );
            (message, words.help_underbilling(first.key, &lines))
        }
    };
    let result = witness.and_then(|witness| words.result(first.key, witness));
    let keys: Vec<Key> = group.iter().map(|finding| finding.key).collect();
    let about = words.about(&keys);
    Some(Said { message, lines: spans, help, about, result, ..Said::default() })
}

fn after_terminal(words: &Words<'_>, group: &[&Finding], several: bool, labels: &str) -> String {
    let comes_to = |over: Terminal| {
        group.iter().any(|finding| matches!(finding.key, Key::AfterTerminal(_, of) if of == over))
    };
    let overs = Terminal::ALL.into_iter().filter(|over| comes_to(*over));
    let overs: Vec<String> = overs.map(|over| words.over(over).to_owned()).collect();
    let over = words.lang.any_of(&overs);
    let can = if several { "peuvent" } else { "peut" };
    both!(
        words.lang,
        "{labels} can bill after the case has come to {over}",
        "{labels} {can} facturer après que le dossier est arrivé à {over}"
    )
}
