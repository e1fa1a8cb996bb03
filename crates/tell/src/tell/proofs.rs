//! What is proved of schedules and what is found, in words and as JSON: in, schedules with what their
//! verification came to; out, findings with their levels, and one document of all.

use super::report::place as place_of;
use crate::diagnostic::Source;
use crate::lang::{Lang, say};
use crate::model::program::{Opening, Share};
use crate::model::{Acceptance, Event};
use crate::plan::Plan;
use crate::span::Span;
use crate::verify::{self, Finding, FollowProperty, Level, Property, Said, Verdict, Verification};
use serde_json::{Value, json};
use std::collections::HashMap;

/// What findings weigh, where that is not what their properties say.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    of: HashMap<Property, Level>,
    of_follow_ups: HashMap<FollowProperty, Level>,
}

impl Levels {
    /// What a finding of a property weighs.
    pub fn of(&self, property: Property) -> Level {
        self.of.get(&property).copied().unwrap_or(property.level())
    }

    /// What a finding of a property of follow-ups weighs.
    pub fn of_follow_up(&self, property: FollowProperty) -> Level {
        self.of_follow_ups.get(&property).copied().unwrap_or(property.level())
    }

    /// Lets the findings of the property of a name weigh this; whether there is one.
    pub fn set(&mut self, name: &str, level: Level) -> bool {
        let (of, of_follow_ups) = (Property::find(name), FollowProperty::find(name));
        self.of.extend(of.map(|property| (property, level)));
        self.of_follow_ups.extend(of_follow_ups.map(|property| (property, level)));
        of.is_some() || of_follow_ups.is_some()
    }
}

/// One schedule, verified.
pub struct Verified<'a> {
    /// Its file.
    pub source: &'a Source,
    /// The language of what is told of it.
    pub lang: Lang,
    /// The schedule.
    pub plan: &'a Plan,
    /// What came of it.
    pub verification: Verification,
    /// How much each property weighs.
    pub levels: Levels,
}

/// One finding, with its level and its words.
pub struct Told<'a> {
    /// Of which schedule.
    pub of: &'a Verified<'a>,
    /// What is refuted; none for an acceptance that matches nothing.
    pub finding: Option<&'a Finding>,
    /// The property.
    pub property: Property,
    /// What it weighs.
    pub level: Level,
    /// Its words.
    pub said: Said,
}

/// What is found of a schedule, at the project's levels and without what its file accepts.
pub fn tell<'a>(of: &'a Verified<'a>) -> Vec<Told<'a>> {
    // A finding is named by the lines and triggers of what was looked at.
    let plan = of.plan.first_part().unwrap_or(of.plan);
    let findings = verify::left(plan, &of.verification).into_iter();
    let findings = findings.filter(|finding| of.levels.of(finding.property()) > Level::Allow);
    let told = verify::say_all(plan, findings, of.verification.total, of.lang);
    let told = told.into_iter().map(|(finding, said)| Told {
        of,
        finding: Some(finding),
        property: finding.property(),
        level: of.levels.of(finding.property()),
        said,
    });
    let unused = verify::unused(plan, &of.verification);
    told.chain(unused.map(|acceptance| unused_acceptance(of, acceptance))).collect()
}

/// An acceptance of what no case does: it says nothing any more.
fn unused_acceptance<'a>(of: &'a Verified<'a>, acceptance: &Acceptance) -> Told<'a> {
    let lang = of.lang;
    let name = acceptance.property.called(lang);
    let line = acceptance.line.and_then(|line| of.plan.schedule.lines.get(line));
    let message = match line {
        Some(line) => {
            let line = &line.label;
            say!(
                lang,
                "`{name}` is accepted on `{line}`, and no case does it there",
                "`{name}` est admis pour `{line}`, et aucun dossier ne l'y fait"
            )
        }
        None => say!(
            lang,
            "`{name}` is accepted, and no case does it",
            "`{name}` est admis, et aucun dossier ne le fait"
        ),
    };
    Told {
        of,
        finding: None,
        property: acceptance.property,
        level: Level::Warning,
        said: Said {
            message,
            lines: vec![acceptance.span],
            help: say!(lang, "remove the acceptance", "retirez l'acceptation"),
            ..Said::default()
        },
    }
}

/// What is found, and what is proved: the document of `jalon verify --format json`.
pub fn document(all: &[Verified<'_>], told: &[Told<'_>]) -> Value {
    let findings: Vec<Value> = told.iter().map(json_finding).collect();
    let proofs: Vec<Value> = all
        .iter()
        .flat_map(|verified| verified.verification.proofs.iter().map(move |p| (verified, p)))
        .map(|(verified, proof)| {
            json!({
                "file": verified.source.name,
                "schedule": verified.plan.schedule.name,
                "in_force_from": verified.plan.schedule.in_force_from(),
                "property": proof.property.name(),
                "verdict": proof.verdict.name(),
                "situations": proof.situations,
                "limit": proof.limit.map(verify::Limit::name),
                "assumed_planned_hours": proof.assumed.hours.map(|hours| hours.to_string()),
                "assumed_planned_months": proof.assumed.months,
                "assumed_price_not_amended": proof.assumed.figure,
                "assumed_plan_not_amended": proof.assumed.planned,
                "not_looked_at": verified.verification.unseen.iter()
                    .map(|unseen| unseen.name()).collect::<Vec<_>>(),
            })
        })
        .collect();
    let mut document = json!({ "findings": findings, "proofs": proofs });
    let accepted: Vec<Value> = all.iter().flat_map(json_accepted).collect();
    if let (false, Some(document)) = (accepted.is_empty(), document.as_object_mut()) {
        document.insert("accepted".to_owned(), accepted.into());
    }
    document
}

/// What a schedule accepts, and some case does.
fn json_accepted(verified: &Verified<'_>) -> Vec<Value> {
    let of = verified.plan.first_part().unwrap_or(verified.plan);
    let used = verify::used(of, &verified.verification);
    let line = |line: usize| of.schedule.lines.get(line).map(|line| line.label.as_str());
    used.map(|acceptance| {
        json!({
            "file": verified.source.name,
            "schedule": verified.plan.schedule.name,
            "in_force_from": verified.plan.schedule.in_force_from(),
            "property": acceptance.property.name(),
            "line": acceptance.line.and_then(line),
            "reason": acceptance.reason,
        })
    })
    .collect()
}

/// What the case of a witness agrees, as its `opened` states it; null where it need not.
fn json_agreed(plan: &Plan, witness: &verify::Witness) -> Value {
    if witness.agreed == Opening::default() {
        return Value::Null;
    }
    let currency = plan.schedule.currency;
    let figure = witness.figure.map(|figure| currency.show(figure).to_string());
    let terms = &witness.agreed.terms;
    let shares = witness.agreed.shares.iter().filter_map(|(payer, share)| match share {
        Share::Sum(sum) => Some((payer.clone(), json!(currency.show(*sum).to_string()))),
        Share::Percent(share) => Some((payer.clone(), json!(format!("{share} %")))),
        Share::Agreed | Share::Remainder => None,
    });
    let days = [("planned_start", terms.planned_start), ("planned_end", terms.planned_end)];
    let days = days.into_iter().filter_map(|(name, day)| Some((name.to_owned(), json!(day?))));
    let agreed = [
        ("price".to_owned(), json!(terms.price.and(figure.clone()))),
        ("rate".to_owned(), json!(terms.rate.and(figure))),
        ("shares".to_owned(), json!(shares.collect::<serde_json::Map<String, Value>>())),
    ];
    Value::Object(agreed.into_iter().chain(days).collect())
}

fn json_finding(told: &Told<'_>) -> Value {
    let of = told.of;
    let place = |span: &Span| place_of(of.source, *span);
    let currency = of.plan.schedule.currency;
    let witness = told.finding.and_then(|finding| finding.witness.as_ref()).map(|witness| {
        let events: Vec<&Event> = witness.events.iter().collect();
        json!({
            "events": events,
            "as_of": witness.as_of,
            "shows": witness.shows,
            "invoice_lines": witness.lines,
            "billed": currency.show(witness.billed).to_string(),
            "planned_hours": witness.terms.hours.map(|hours| hours.to_string()),
            "planned_months": witness.terms.months,
            "agreed": json_agreed(of.plan, witness),
            "compared": witness.compared.as_ref().map(|other| json!({
                "events": other.events,
                "billed": currency.show(other.billed).to_string(),
            })),
        })
    });
    json!({
        "file": of.source.name,
        "schedule": of.plan.schedule.name,
        "property": told.property.name(),
        "verdict": told.finding.map_or(Verdict::Proved, |_| Verdict::Refuted).name(),
        "level": told.level.name(),
        "message": told.said.message,
        "places": told.said.lines.iter().map(place).collect::<Vec<_>>(),
        "help": told.said.help,
        "edit": told.said.insert.as_ref().map(|(span, text)| json!({ "place": place(span), "text": text })),
        "witness": witness,
    })
}
