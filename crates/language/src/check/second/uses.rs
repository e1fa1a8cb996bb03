//! Whether a schedule or a scenario uses anything of the second part.

use super::super::sections::Section;
use crate::syntax::ast::*;

/// Whether a schedule uses anything of the second part.
pub fn uses(section: &Section<'_>) -> bool {
    section.in_force_from.is_some()
        || section.items.iter().any(|item| item_uses(&item.kind))
        || bills_own_rates(section)
}

/// Whether actions have rates of their own under a price that is not theirs, and a line bills work.
fn bills_own_rates(section: &Section<'_>) -> bool {
    let (mut whole, mut rate, mut work) = (false, false, false);
    for item in &section.items {
        if let ItemKind::Price(price) = &item.kind {
            whole |= !matches!(price, Price::PerAction { .. });
        } else if let ItemKind::Action(Action { rate: Some(own), .. }) = &item.kind {
            rate |= own.kind.sum().is_some();
        } else if let ItemKind::Line(line) = &item.kind {
            work |= matches!(line.amount, Amount::Work | Amount::WorkItemised);
        }
    }
    whole && rate && work
}

fn item_uses(item: &ItemKind) -> bool {
    match item {
        ItemKind::Payer(_)
        | ItemKind::Vat(_)
        | ItemKind::Payment(_)
        | ItemKind::MaySuspend
        | ItemKind::Agreed(_) => true,
        ItemKind::Price(price) => price.is_of_the_second_part(),
        ItemKind::Action(action) => {
            action.options != ActionOptions::default()
                || action.rate.as_ref().is_some_and(|rate| rate.kind.is_of_the_second_part())
        }
        ItemKind::Line(line) => line_uses(line),
        ItemKind::Event { happening, .. } => happening.is_of_the_second_part(),
        ItemKind::Expect(Expect::Line { payer, .. }) => payer.is_some(),
        ItemKind::Schedule { in_force_from, .. } => in_force_from.is_some(),
        ItemKind::Expect(Expect::Nothing | Expect::Total(_) | Expect::Step { .. })
        | ItemKind::Unit(_)
        | ItemKind::Planned(_)
        | ItemKind::WholeAttendance
        | ItemKind::Accepts { .. }
        | ItemKind::Scenario { .. }
        | ItemKind::Until(_)
        | ItemKind::FollowUp(_)
        | ItemKind::Step(_)
        | ItemKind::Invoice(_)
        | ItemKind::Broken(_) => false,
    }
}

fn line_uses(line: &Line) -> bool {
    let trigger = |trigger: &Trigger| trigger.each || trigger.kind.is_of_the_second_part();
    line.amount.is_of_the_second_part()
        || line.kind == LineKind::Discount
        || line.options != LineOptions::default()
        || line.triggers.iter().any(trigger)
        || line.condition.as_ref().is_some_and(condition_uses)
}

fn condition_uses(condition: &Condition) -> bool {
    match &condition.kind {
        ConditionKind::Any(parts) | ConditionKind::All(parts) => parts.iter().any(condition_uses),
        ConditionKind::Not(inner) => condition_uses(inner),
        ConditionKind::Compare { measured, .. } | ConditionKind::Window { measured, .. } => {
            measured.is_of_the_second_part()
        }
        ConditionKind::Times { .. } | ConditionKind::Day { .. } => true,
        ConditionKind::Fact(_) => false,
    }
}
