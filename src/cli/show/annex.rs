//! A schedule as an annex to a contract: its lines in sentences and as a table, a case worked out, every situation, and where
//! both sides sign.
//!
//! Each part is made from the schedule itself: the sentences and the table from its lines, the case and the situations by the evaluator. So
//! none of them can say something else than what is billed.

use super::grid::{Cell, Column, Grid, Row, Sheet, Side};
use super::situations;
use crate::calendar::Date;
use crate::cli::output::plain;
use crate::lang::{Lang, say};
use crate::model::{InvoiceLine, Scenario};
use crate::money::Money;
use crate::plan::Plan;
use crate::scenario;
use crate::syntax::ast::{File, Item, ItemKind};
use crate::syntax::print_item;
use crate::verify::InForce;
use std::collections::BTreeMap;

/// The scenarios of a file: as they are run, and as they are written.
pub struct Scenarios<'f> {
    /// As they are run.
    pub of: &'f [Scenario],
    /// The file in which they are written.
    pub written: &'f File,
}

/// The annex of one schedule. `shown` is its own sheet, whose last table is that of its lines.
pub fn sheet(
    (plan, in_force): (&Plan, InForce),
    shown: Option<Sheet>,
    scenarios: &Scenarios<'_>,
    day: Option<Date>,
    lang: Lang,
) -> Sheet {
    let rules = shown.as_ref().map(|sheet| sheet.rules.clone()).unwrap_or_default();
    let lines = shown.as_ref().and_then(|sheet| sheet.grids.last().cloned());
    let worked = worked(plan, scenarios, lang);
    let mut sheet = match (plan.first_part(), shown) {
        (Err(beyond), Some(mut sheet)) => {
            // Its situations are not listed yet: that is said, and the rest stands.
            sheet.facts.extend(day.map(|day| ("Date", lang.date(day))));
            let what = plain(&beyond.say(&plan.schedule, lang));
            let why = say!(
                lang,
                "without a list of situations, for it uses {what}",
                "sans liste de situations, car il utilise {what}"
            );
            sheet.facts.push((lang.pick("Not complete", "Incomplet"), why));
            sheet.grids.extend(worked);
            sheet
        }
        (Ok(_) | Err(_), shown) => {
            let mut sheet = situations::sheet((plan, in_force), shown, day, lang);
            let before = sheet.grids.len().saturating_sub(1);
            sheet.grids.splice(before..before, lines.into_iter().chain(worked));
            sheet
        }
    };
    let what = lang.pick("Annex to a contract", "Annexe à un contrat");
    sheet.facts.insert(0, ("Document", what.to_owned()));
    let [day, provider, client] = lang.pick(
        ["Place and date", "The provider (name, signature)", "The client (name, signature)"],
        ["Fait à, le", "Le prestataire (nom, signature)", "Le client (nom, signature)"],
    );
    Sheet { rules, by_hand: vec![day, provider, client], ..sheet }
}

/// The first scenario of a schedule that bills something, day by day.
fn worked(plan: &Plan, scenarios: &Scenarios<'_>, lang: Lang) -> Option<Grid> {
    let mine = |scenario: &&Scenario| {
        scenario.schedule == plan.schedule.name
            && scenario.in_force_from == plan.schedule.in_force_from()
    };
    let (scenario, evaluation) = scenarios.of.iter().filter(mine).find_map(|each| {
        let evaluation = scenario::evaluate(plan, each).ok()?;
        (!evaluation.lines.is_empty()).then_some((each, evaluation))
    })?;
    let currency = plan.schedule.currency;
    let sum =
        |digits: &dyn std::fmt::Display| format!("{} {}", lang.digits(digits), currency.code());
    let blank = || Cell::whole("");
    let mut rows = Vec::new();
    let mut days: BTreeMap<String, (Vec<String>, Vec<&InvoiceLine>)> = BTreeMap::new();
    for item in items(scenario, scenarios.written) {
        if let ItemKind::Event { date, .. } = &item.kind {
            let text = print_item(item, lang);
            // An event begins with its date.
            let what = text.split_once(' ').map_or(text.as_str(), |(_, what)| what);
            days.entry(date.iso.clone()).or_default().0.push(what.to_owned());
        } else if let ItemKind::Agreed(_) | ItemKind::Planned(_) = &item.kind {
            let what = Cell::whole(print_item(item, lang));
            rows.push(Row(vec![blank(), what, blank(), blank()]));
        }
    }
    for line in &evaluation.lines {
        days.entry(line.date.to_string()).or_default().1.push(line);
    }
    rows.extend(days.into_iter().map(|(day, (events, lines))| {
        let label = |line: &&InvoiceLine| match &line.payer {
            Some(payer) => format!("{} ({payer})", line.label),
            None => line.label.clone(),
        };
        Row(vec![
            Cell::whole(lang.date(day)),
            Cell::stacked(events.into_iter()),
            Cell::stacked(lines.iter().map(label)),
            Cell::stacked(lines.iter().map(|line| sum(&line.amount))),
        ])
    }));
    let lines = scenario::actual_lines(plan, &evaluation);
    let total = lines.iter().try_fold(Money::ZERO, |sum, line| sum.plus(line.amount));
    let total = total.map(|total| sum(&currency.show(total)));
    let name = plain(&scenario.name);
    let name = say!(lang, "for example: {name}", "par exemple : {name}");
    let all = Cell::whole(lang.pick("In all", "En tout"));
    rows.push(Row(vec![all, Cell::whole(name), blank(), Cell::whole(total.unwrap_or_default())]));
    let columns = vec![
        Column { heading: "Date", side: Side::Left },
        Column { heading: lang.pick("What comes", "Ce qui arrive"), side: Side::Left },
        Column { heading: lang.pick("Billed", "Facturé"), side: Side::Left },
        Column { heading: lang.pick("Amount", "Montant"), side: Side::Right },
    ];
    Some(Grid { caption: lang.pick("A case worked out", "Un dossier calculé"), columns, rows })
}

/// The items of a scenario as it is written.
fn items<'f>(scenario: &Scenario, file: &'f File) -> &'f [Item] {
    let mut blocks = file.items.chunk_by(|_, next| !next.kind.is_header());
    let block = blocks.find(|block| {
        let header = block.first();
        header.is_some_and(|item| {
            let outer = item.at.0;
            let within = outer.start <= scenario.span.start && scenario.span.end <= outer.end;
            matches!(item.kind, ItemKind::Scenario { .. }) && within
        })
    });
    block.unwrap_or_default()
}
