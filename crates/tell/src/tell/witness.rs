//! The case that shows a finding, as a scenario: in, a finding and its witness; out, the text of a scenario that
//! comes to what the witness does, in the vocabulary of its language.

use super::Told;
use crate::calendar::Date;
use crate::lang::{Lang, say};
use crate::model::written::{agreed, quoted};
use crate::situations::happening;
use crate::verify::Witness;

/// A witness as a scenario with this name; of the schedule that is named, or else of the one below which it stands.
pub fn scenario(told: &Told<'_>, witness: &Witness, name: &str, of: Option<&str>) -> String {
    let lang = told.of.lang;
    let schedule = &told.of.plan.schedule;
    let day = |date: Date| lang.date(date);
    // A comma before exactly three digits could be misread, and is refused.
    let number = |text: String| match (lang, text.split_once('.')) {
        (Lang::Fr, Some((whole, decimals))) if decimals.len() != 3 => format!("{whole},{decimals}"),
        (Lang::Fr | Lang::En, _) => text,
    };
    let name = quoted(name);
    let mut text = match of.map(quoted) {
        Some(of) => say!(lang, "scenario {name} for {of}\n", "scénario {name} pour {of}\n"),
        None => say!(lang, "scenario {name}\n", "scénario {name}\n"),
    };
    if let Some(hours) =
        witness.terms.hours.filter(|_| witness.terms.hours != schedule.planned_hours)
    {
        let hours = number(hours.to_string());
        text.push_str(&say!(lang, "  planned {hours} hours\n", "  prévu {hours} heures\n"));
    }
    if let Some(months) =
        witness.terms.months.filter(|_| witness.terms.months != schedule.planned_months)
    {
        text.push_str(&say!(lang, "  planned {months} months\n", "  prévu {months} mois\n"));
    }
    for item in agreed(&witness.agreed, witness.figure, schedule.currency, lang) {
        text.push_str(&format!("  {item}\n"));
    }
    for event in &witness.events {
        let what = happening(&event.kind, lang);
        text.push_str(&format!("  {} {what}\n", day(event.date)));
    }
    let until = day(witness.as_of);
    text.push_str(&say!(lang, "  until {until}\n", "  jusqu'au {until}\n"));
    let expect = lang.pick("expect", "attendu");
    for line in &witness.lines {
        let (date, label) = (day(line.date), quoted(&line.label));
        let payer = line.payer.as_ref().map(|payer| {
            let payer = quoted(payer);
            say!(lang, " from {payer}", " de {payer}")
        });
        let (amount, payer) = (number(line.amount.clone()), payer.unwrap_or_default());
        text.push_str(&format!("  {expect} {date} {label} {amount}{payer}\n"));
    }
    if witness.lines.is_empty() {
        text.push_str(&say!(lang, "  expect nothing\n", "  attendu rien\n"));
    }
    text
}
