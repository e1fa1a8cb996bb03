//! What is known of two versions of a schedule, as data: in, a comparison; out, its windows with an example each.

use super::{Compared, words};
use crate::lang::Lang;
use crate::model::Event;
use crate::plan::Plan;
use crate::verify::versions::{Apart, Cases, Comparison, Example, Window};
use crate::verify::{Assumed, Limit};
use serde_json::{Value, json};

/// What is known of a schedule and the one that takes its place: the form is that of `jalon compare --format json`.
pub fn document(compared: &Compared<'_>, lang: Lang) -> Value {
    let name = |plan: Option<&Plan>| plan.map(|plan| plan.schedule.name.clone());
    let comparison = compared.comparison.as_ref();
    let windows = comparison.map(|comparison| {
        let windows = comparison.windows.iter().map(|window| json_window(comparison, window, lang));
        windows.collect::<Vec<_>>()
    });
    let apart =
        comparison.zip(compared.of.old.zip(compared.of.new)).map(|(comparison, (old, new))| {
            let said = |apart: &Apart| {
                let message = words::apart(apart, old, new, lang);
                json!({ "kind": kind_of(apart), "message": message })
            };
            comparison.apart.iter().map(said).collect::<Vec<_>>()
        });
    json!({
        "old": name(compared.of.old), "new": name(compared.of.new),
        "verdict": compared.verdict().name(),
        "same_text": comparison.is_some_and(|comparison| comparison.same_text),
        "situations": comparison.map_or(0, |comparison| comparison.situations),
        "agreed": comparison.and_then(|comparison| {
            let currency = comparison.both.schedule.currency;
            comparison.figure.map(|figure| currency.show(figure).to_string())
        }),
        "limit": comparison.and_then(|comparison| comparison.limit).map(Limit::name),
        "lives": comparison.and_then(|comparison| {
            let lives = comparison.lives.as_ref()?;
            let example = lives.example.as_ref().map(|example| json_example(comparison, example));
            Some(json!({ "tried": lives.tried, "example": example }))
        }),
        "not_compared": comparison.map_or(Vec::new(), |comparison| {
            comparison.unseen.iter().map(|unseen| unseen.name()).collect::<Vec<_>>()
        }),
        "assumed": comparison.map(|comparison| {
            let [old, new] = comparison.assumed.map(json_assumed);
            json!({ "old": old, "new": new })
        }),
        "apart": apart.unwrap_or_default(), "windows": windows.unwrap_or_default(),
    })
}

/// The planned hours and months that a version states, where it is assumed that a case states no others.
fn json_assumed(assumed: Assumed) -> Value {
    let hours = assumed.hours.map(|hours| hours.to_string());
    json!({ "planned_hours": hours, "planned_months": assumed.months })
}

fn kind_of(apart: &Apart) -> &'static str {
    match apart {
        Apart::Name => "name",
        Apart::Currency => "currency",
        Apart::Unit => "unit",
        Apart::Figure => "agreed_price",
        Apart::Withheld { cases: Cases::WithAction(_), .. } => "action",
        Apart::Withheld { cases: Cases::WithoutPlannedHours, .. } => "planned_hours",
        Apart::Withheld { cases: Cases::WithoutPlannedMonths, .. } => "planned_months",
    }
}

fn json_window(comparison: &Comparison, window: &Window, lang: Lang) -> Value {
    let example = window.example.as_ref().map(|example| json_example(comparison, example));
    json!({
        "trigger": { "kind": window.kind, "name": comparison.name_in(window) },
        "window": words::window(comparison, window, lang),
        "change": window.change.name(), "proved": window.proved, "example": example,
    })
}

fn json_example(comparison: &Comparison, example: &Example) -> Value {
    let currency = comparison.both.schedule.currency;
    let show = |amount| currency.show(amount).to_string();
    let events: Vec<&Event> = example.events.iter().collect();
    let [old, new] = example.amounts.map(show);
    let [old_total, new_total] = example.totals.map(show);
    let [old_lines, new_lines] = &example.lines;
    let terms = example.terms.map(|terms| {
        let hours = terms.hours.map(|hours| hours.to_string());
        json!({ "planned_hours": hours, "planned_months": terms.months })
    });
    let [old_terms, new_terms] = terms;
    let mut document = json!({
        "events": events, "as_of": example.day, "shortest": example.shortest,
        "terms": { "old": old_terms, "new": new_terms },
        "old": { "amount": old, "total": old_total, "invoice_lines": old_lines },
        "new": { "amount": new, "total": new_total, "invoice_lines": new_lines },
    });
    let names = ["planned_start", "planned_end"].into_iter().zip(example.planned_dates);
    for (name, date) in names.filter_map(|(name, date)| Some((name, date?))) {
        if let Some(document) = document.as_object_mut() {
            document.insert(name.to_owned(), json!(date));
        }
    }
    document
}
