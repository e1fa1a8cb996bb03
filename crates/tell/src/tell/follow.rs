//! What is proved of follow-ups and what is found, in words and as JSON; beside what is told of schedules.

use super::proofs::{Levels, Told};
use super::report::place as place_of;
use crate::diagnostic::Source;
use crate::follow::{EventKind, Happened};
use crate::lang::{Lang, say as both};
use crate::model::{FollowAcceptance, FollowProperty, FollowUp};
use crate::verify::follow::{
    FollowFinding, FollowLimit, FollowVerification, FollowWitness, Subject, say,
};
use crate::verify::{Level, Said, Verdict};
use serde_json::{Map, Value, json};

/// One follow-up, or the payers of one schedule, verified.
pub struct VerifiedFollowUp<'a> {
    /// Its file.
    pub source: &'a Source,
    /// The language of what is told of it.
    pub lang: Lang,
    /// What was verified.
    pub subject: Subject<'a>,
    /// What came of it.
    pub verification: FollowVerification,
    /// How much each property weighs.
    pub levels: Levels,
}

/// One finding, with its level and its words.
pub struct ToldFollowUp<'a> {
    /// Of which follow-up.
    pub of: &'a VerifiedFollowUp<'a>,
    /// What is refuted; none for an acceptance of what no life does.
    pub finding: Option<&'a FollowFinding>,
    /// The property.
    pub property: FollowProperty,
    /// What it weighs.
    pub level: Level,
    /// Its words.
    pub said: Said,
}

/// A finding of a schedule or of a follow-up, as lists, annotations and logs show it.
pub struct Found<'t> {
    /// Its file.
    pub source: &'t Source,
    /// The language in which it is told.
    pub lang: Lang,
    /// The stable name of its property.
    pub name: &'static str,
    /// The name that a reader sees.
    pub called: &'static str,
    /// What it weighs.
    pub level: Level,
    /// Its words.
    pub said: &'t Said,
}

impl<'t> From<&'t Told<'_>> for Found<'t> {
    fn from(told: &'t Told<'_>) -> Found<'t> {
        let (source, lang) = (told.of.source, told.of.lang);
        let (name, called) = (told.property.name(), told.property.called(lang));
        Found { source, lang, name, called, level: told.level, said: &told.said }
    }
}

impl<'t> From<&'t ToldFollowUp<'_>> for Found<'t> {
    fn from(told: &'t ToldFollowUp<'_>) -> Found<'t> {
        let (source, lang) = (told.of.source, told.of.lang);
        let property = told.property;
        let (name, called) = (property.name(), property.called(lang));
        Found { source, lang, name, called, level: told.level, said: &told.said }
    }
}

impl<'a> VerifiedFollowUp<'a> {
    /// The follow-up, where it is one.
    pub fn follow_up(&self) -> Option<&'a FollowUp> {
        match self.subject {
            Subject::FollowUp(follow_up) => Some(follow_up),
            Subject::Payers(_) => None,
        }
    }

    /// Whether what only a bound on a sum keeps back is left out of what is proved.
    pub fn leaves_small_sums(&self, property: FollowProperty) -> bool {
        property == FollowProperty::Forgotten
            && self.follow_up().is_some_and(FollowUp::bounds_a_sum)
    }

    /// What it accepts, and some life does.
    pub fn used_acceptances(&self) -> impl Iterator<Item = &'a FollowAcceptance> {
        let accepts = self.follow_up().map_or(&[][..], |follow_up| &follow_up.accepts);
        let used = |place: &usize| !self.verification.unused.contains(place);
        (0..accepts.len()).filter(used).filter_map(|place| accepts.get(place))
    }

    /// The label of a step.
    pub fn step(&self, step: usize) -> &'a str {
        let step = self.follow_up().and_then(|follow_up| follow_up.steps.get(step));
        step.map_or("", |step| &step.label)
    }

    /// Why something is neither proved nor refuted, as a sentence without a full stop.
    pub fn why(&self, limit: &FollowLimit) -> String {
        self.follow_up().map_or(String::new(), |follow_up| limit.say(follow_up, self.lang))
    }
}

/// What is found of a follow-up, at the project's levels.
pub fn tell_follow_up<'a>(of: &'a VerifiedFollowUp<'a>) -> Vec<ToldFollowUp<'a>> {
    let told = of.verification.findings.iter().map(|finding| ToldFollowUp {
        of,
        finding: Some(finding),
        property: finding.key.property(),
        level: of.levels.of_follow_up(finding.key.property()),
        said: say(of.subject, finding, of.lang),
    });
    let told = told.filter(|told| told.level > Level::Allow);
    let accepts = of.follow_up().map_or(&[][..], |follow_up| &follow_up.accepts);
    let unused = of.verification.unused.iter().filter_map(|place| accepts.get(*place));
    told.chain(unused.map(|accepted| accepted_for_nothing(of, accepted))).collect()
}

/// An acceptance of what no life does: it says nothing any more.
fn accepted_for_nothing<'a>(
    of: &'a VerifiedFollowUp<'a>,
    accepted: &FollowAcceptance,
) -> ToldFollowUp<'a> {
    let (lang, property) = (of.lang, accepted.property);
    let name = property.called(lang);
    let step = accepted.step.and_then(|step| of.follow_up()?.steps.get(step));
    let message = match step.map(|step| &step.label) {
        Some(step) => both!(
            lang,
            "`{name}` is accepted on `{step}`, and no life does it there",
            "`{name}` est admis pour `{step}`, et aucune vie ne l'y fait"
        ),
        None => both!(
            lang,
            "`{name}` is accepted, and no life does it",
            "`{name}` est admis, et aucune vie ne le fait"
        ),
    };
    let help = lang.pick("remove the acceptance", "retirez l'acceptation").to_owned();
    let lines = vec![accepted.span];
    let said = Said { message, lines, help, ..Said::default() };
    ToldFollowUp { of, finding: None, property, level: Level::Warning, said }
}

/// Adds what is found and proved of follow-ups to the document of `jalon verify --format json`.
pub fn add_follow_ups(
    document: &mut Value,
    all: &[VerifiedFollowUp<'_>],
    told: &[ToldFollowUp<'_>],
) {
    let mut add = |list: &str, more: Vec<Value>| {
        if let Some(list) = document.get_mut(list).and_then(Value::as_array_mut) {
            list.extend(more);
        }
    };
    add("findings", told.iter().map(json_finding).collect());
    let proofs = all.iter().flat_map(|of| {
        of.verification.proofs.iter().map(move |proof| {
            let mut object = named(of);
            object.insert("property".to_owned(), json!(proof.property.name()));
            object.insert("verdict".to_owned(), json!(proof.verdict.name()));
            object.insert("situations".to_owned(), json!(proof.looked_at));
            let limit = proof.limit.as_ref();
            object.insert("limit".to_owned(), json!(limit.map(FollowLimit::name)));
            object.insert("why".to_owned(), json!(limit.map(|limit| of.why(limit))));
            let aside = proof.aside.iter().map(|step| of.step(*step));
            object.insert("accepted_after".to_owned(), aside.collect());
            let assumed = of.follow_up().is_some();
            object.insert("assumed_disputes_are_resolved".to_owned(), json!(assumed));
            object.insert("assumed_promises_end".to_owned(), json!(assumed));
            let leaves = of.leaves_small_sums(proof.property);
            object.insert("leaves_out_bounded_sums".to_owned(), json!(leaves));
            Value::Object(object)
        })
    });
    add("proofs", proofs.collect());
}

/// The file, and the follow-up or the schedule.
fn named(of: &VerifiedFollowUp<'_>) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("file".to_owned(), json!(of.source.name));
    let subject = if of.follow_up().is_some() { "follow_up" } else { "schedule" };
    object.insert(subject.to_owned(), json!(of.subject.name()));
    object
}

fn json_finding(told: &ToldFollowUp<'_>) -> Value {
    let places = told.said.lines.iter().map(|span| place_of(told.of.source, *span));
    let witness = told.finding.and_then(|finding| finding.witness.as_ref());
    let mut object = named(told.of);
    let mut add = |name: &str, value: Value| object.insert(name.to_owned(), value);
    add("property", json!(told.property.name()));
    let verdict = told.finding.map_or(Verdict::Proved, |_| Verdict::Refuted);
    add("verdict", json!(verdict.name()));
    add("level", json!(told.level.name()));
    add("message", json!(told.said.message));
    add("places", places.collect());
    add("help", json!(told.said.help));
    add("edit", Value::Null);
    let follow_up = told.of.follow_up();
    add("witness", json!(witness.and_then(|witness| Some(json_witness(witness, follow_up?)))));
    Value::Object(object)
}

fn json_witness(witness: &FollowWitness, follow_up: &FollowUp) -> Value {
    let (lived, history) = (&witness.lived, &witness.history);
    let show = |amount| lived.currency.show(amount).to_string();
    let label = |step: usize| follow_up.steps.get(step).map(|step| &step.label);
    let steps = history.moments.iter().filter_map(|moment| {
        let Happened::Step(logged) = &moment.what else { return None };
        let outcome = if logged.passed_by.is_some() { "passed_over" } else { "fired" };
        Some(json!({
            "step": label(logged.step),
            "day": moment.day,
            "outcome": outcome,
            "passed_by": logged.passed_by.map(label),
        }))
    });
    let events = lived.sorted().unwrap_or_default();
    let events = events.iter().map(|event| {
        let channel = if let EventKind::Sent(by) = &event.kind { by.clone() } else { None };
        let until = if let EventKind::Promised(until) = event.kind { Some(until) } else { None };
        json!({
            "date": event.date,
            "kind": event.kind.name(),
            "channel": channel,
            "until": until,
            "amount": event.kind.amount().map(show),
        })
    });
    json!({
        "invoice": {
            "date": lived.date,
            "due": history.end.due,
            "total": show(lived.total),
            "currency": lived.currency.code(),
        },
        "events": events.collect::<Vec<_>>(),
        "steps": steps.collect::<Vec<_>>(),
        "as_of": witness.as_of,
        "open": show(history.end.open),
    })
}
