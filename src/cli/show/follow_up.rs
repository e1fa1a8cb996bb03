//! A follow-up as a heading and a table: which step, when, on which conditions.

use super::grid::{Cell, Column, Grid, Row, Sheet, Side};
use crate::cli::output::plain;
use crate::lang::Lang;
use crate::syntax::ast::{FollowUp, Item, ItemKind, Step};
use crate::syntax::{print_item, wording};

/// The sheet of a follow-up with its items.
pub fn sheet(follow_up: &FollowUp, items: &[Item], lang: Lang) -> Sheet {
    let mut facts = Vec::new();
    if !follow_up.criteria.is_empty() {
        let criteria: Vec<String> = follow_up
            .criteria
            .iter()
            .map(|criterion| wording::criterion(criterion, lang))
            .collect();
        facts.push((lang.pick("Invoices", "Factures"), plain(&criteria.join(", "))));
    }
    let mut rows = Vec::new();
    for item in items {
        if let ItemKind::Payment(_) = &item.kind {
            let text = plain(&print_item(item, lang));
            facts.push((lang.pick("Terms", "Conditions"), text));
        }
        if let ItemKind::Step(step) = &item.kind {
            rows.push(row(step, lang));
        }
    }
    let column = |heading, side| Column { heading, side };
    let columns = vec![
        column(lang.pick("Step", "Étape"), Side::Left),
        column(lang.pick("When", "Quand"), Side::Left),
        column(lang.pick("On which conditions", "À quelles conditions"), Side::Left),
        column(lang.pick("To the collector", "Au recouvrement"), Side::Centre),
    ];
    let caption = lang.pick("Steps", "Étapes");
    let grids = vec![Grid { caption, columns, rows }];
    let name = plain(&follow_up.name.text);
    Sheet { lang, name, follow_up: true, facts, rules: Vec::new(), grids, by_hand: Vec::new() }
}

fn row(step: &Step, lang: Lang) -> Row {
    let condition = step.condition.as_ref();
    let condition = condition.map_or(String::new(), |of| wording::step_condition(of, lang));
    Row(vec![
        Cell::whole(&step.label.text),
        Cell::whole(wording::step_triggers(step, lang)),
        Cell::whole(condition),
        Cell::whole(if step.hands_over { "☑" } else { "☐" }),
    ])
}
