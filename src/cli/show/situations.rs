//! The situations of a schedule as a table: what comes, when, and what is billed then.

use super::grid::{Cell, Column, Grid, Row, Sheet, Side};
use crate::calendar::Date;
use crate::cli::output::{Failure, plain};
use crate::lang::{Lang, say};
use crate::model::InvoiceLine;
use crate::plan::Plan;
use crate::situations::{Situation, Situations};
use crate::tell::{agreed, stand_ins};
use crate::verify::InForce;

/// One schedule, one row for each situation, below what its own table says of the price and of actions.
/// With a day, it is a document of that day, for a customer to sign.
pub fn sheet(
    (plan, in_force): (&Plan, InForce),
    shown: Option<Sheet>,
    day: Option<Date>,
    lang: Lang,
) -> Sheet {
    let found = Situations::of_a_version(plan, in_force);
    let columns = vec![
        Column { heading: "Situation", side: Side::Left },
        Column { heading: lang.pick("For example", "Par exemple"), side: Side::Left },
        Column { heading: lang.pick("Billed", "Facturé"), side: Side::Left },
        Column { heading: lang.pick("Amount", "Montant"), side: Side::Right },
    ];
    let currency = plan.schedule.currency;
    let amount = |line: &InvoiceLine| match day {
        Some(_) => format!("{} {}", lang.digits(&line.amount), currency.code()),
        None => plain_amount(line, lang),
    };
    let rows = found.all.iter().map(|situation| row(&found, situation, &amount, lang)).collect();
    let caption = lang.pick("What is billed, case by case", "Ce qui est facturé, cas par cas");
    let (mut facts, mut grids) = shown.map_or_else(Default::default, |sheet| {
        let Sheet { facts, mut grids, .. } = sheet;
        // Its last table is that of the lines, in whose place the situations stand.
        grids.pop();
        (facts, grids)
    });
    grids.push(Grid { caption, columns, rows });
    facts.extend(day.map(|day| (lang.pick("Date", "Date"), lang.date(day))));
    if found.cut {
        let why = found.cut_note(lang);
        facts.push((lang.pick("Not complete", "Incomplet"), why));
    }
    let examples = found.all.iter().flat_map(|situation| &situation.example.events);
    let agreed = found.figure().map(|figure| agreed(plan, figure, lang));
    facts.extend(agreed.map(|agreed| (lang.pick("Examples", "Exemples"), agreed)));
    let stand_ins = stand_ins(plan.first_part().unwrap_or(plan), examples, lang);
    facts.extend(stand_ins.into_iter().map(|line| (lang.pick("Examples", "Exemples"), line)));
    let by_hand = day.map_or(Vec::new(), |_| {
        lang.pick(["Place and date", "Signature"], ["Lieu et date", "Signature"]).to_vec()
    });
    let name = plain(&plan.schedule.name);
    Sheet { lang, name, follow_up: false, facts, rules: Vec::new(), grids, by_hand }
}

/// A sum as a program reads it.
fn plain_amount(line: &InvoiceLine, lang: Lang) -> String {
    match (lang, line.amount.split_once('.')) {
        (Lang::Fr, Some((whole, decimals))) if decimals.len() != 3 => {
            format!("{whole},{decimals}")
        }
        (Lang::Fr | Lang::En, _) => line.amount.clone(),
    }
}

fn row(
    found: &Situations<'_>,
    situation: &Situation,
    amount: &dyn Fn(&InvoiceLine) -> String,
    lang: Lang,
) -> Row {
    let lines = &situation.billed;
    let (labels, amounts) = if lines.is_empty() {
        let nothing = found.nothing(situation, lang);
        (Cell::stacked([nothing].into_iter()), Cell::stacked([String::new()].into_iter()))
    } else {
        let labels = lines.iter().map(|line| {
            let (of, label) = (&line.line, &line.label);
            let said = if of == label {
                label.clone()
            } else {
                say!(lang, "{of}: {label}", "{of} : {label}")
            };
            match &line.payer {
                Some(payer) => format!("{said} ({payer})"),
                None => said,
            }
        });
        (Cell::stacked(labels), Cell::stacked(lines.iter().map(amount)))
    };
    let example = found.example(situation, lang);
    Row(vec![Cell::whole(found.name(situation, lang)), Cell::whole(example), labels, amounts])
}

/// All sheets as one CSV file: the schedule, then the columns of the table.
pub fn csv(sheets: &[Sheet]) -> Result<String, Failure> {
    let failed = |error: String| Failure::new(error);
    let mut out = csv::Writer::from_writer(Vec::new());
    for (place, sheet) in sheets.iter().enumerate() {
        if let Some(grid) = sheet.grids.last() {
            if place == 0 {
                let first = sheet.lang.pick("Schedule", "Échéancier");
                let headings = grid.columns.iter().map(|column| column.heading);
                let record = std::iter::once(first).chain(headings);
                out.write_record(record).map_err(|error| failed(error.to_string()))?;
            }
            for row in &grid.rows {
                for at in 0..row.height() {
                    let cells = row.0.iter().map(|cell| match cell {
                        Cell::Whole(text) => text.as_str(),
                        Cell::Stacked(texts) => texts.get(at).map_or("", String::as_str),
                    });
                    let record = std::iter::once(sheet.name.as_str()).chain(cells);
                    out.write_record(record).map_err(|error| failed(error.to_string()))?;
                }
            }
        }
    }
    let bytes = out.into_inner().map_err(|error| failed(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| failed(error.to_string()))
}
