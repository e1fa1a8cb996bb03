//! What `jalon verify` says of follow-ups: each finding with a life of an invoice as a timeline, and what is proved.

use super::coverage::free_name;
use super::follow::words;
use super::input::CompiledFile;
use super::levels;
use super::output::{Failure, plain};
use crate::follow::{EventKind, Happened, Moment};
use crate::lang::{Lang, say};
use crate::model::{FollowProperty, FollowStep, FollowUp, StepCondition};
use crate::money::{Currency, Money};
use crate::span::Span;
use crate::tell::{Found, ToldFollowUp, VerifiedFollowUp};
use crate::verify::Verdict;
use crate::verify::follow::{
    FollowOptions, FollowProof, FollowWitness, Subject, verify_follow_up, without_follow_up,
};
use std::collections::HashSet;

/// Verifies the follow-ups of files, and whether each payer of their schedules has one.
pub fn verified<'f>(
    files: &'f [CompiledFile],
    options: &FollowOptions,
    lang: Option<Lang>,
) -> Result<Vec<VerifiedFollowUp<'f>>, Failure> {
    let follow_ups: Vec<&FollowUp> =
        files.iter().flat_map(|file| &file.compiled.follow_ups).collect();
    let gaps = options.only.is_empty() || options.only.contains(&FollowProperty::GapOfPayer);
    let mut all = Vec::new();
    for file in files {
        let levels = levels::of(&file.file.path)?;
        let warnings = &file.compiled.warnings;
        let mut add = |subject, verification| {
            all.push(VerifiedFollowUp {
                source: &warnings.source,
                lang: lang.unwrap_or(warnings.lang),
                subject,
                verification,
                levels: levels.clone(),
            });
        };
        for follow_up in &file.compiled.follow_ups {
            let verification = verify_follow_up(follow_up, options);
            if !verification.proofs.is_empty() {
                add(Subject::FollowUp(follow_up), verification);
            }
        }
        for plan in file.compiled.schedules.iter().filter(|_| gaps) {
            let schedule = &plan.schedule;
            if let Some(verification) = without_follow_up(schedule, &follow_ups) {
                add(Subject::Payers(schedule), verification);
            }
        }
    }
    Ok(all)
}

/// One finding, drawn.
pub fn draw(told: &ToldFollowUp<'_>) -> String {
    let lang = told.of.lang;
    let mut text = head(&Found::from(told));
    let witness = told.finding.and_then(|finding| finding.witness.as_ref());
    if let (Some(follow_up), Some(witness)) = (told.of.follow_up(), witness) {
        let nothing_comes = told.property == FollowProperty::Forgotten;
        text += &timeline(follow_up, witness, nothing_comes, lang);
    }
    let help = plain(&told.said.help);
    text + &say!(lang, "  help: {help}\n", "  aide : {help}\n")
}

/// What is found, and the lines that matter.
pub fn head(found: &Found<'_>) -> String {
    let (level, source) = (found.level.word(found.lang), found.source);
    let mut text = format!("{level}[{}]: {}\n", found.called, plain(&found.said.message));
    let line_of = |span: &Span| source.lines.position(&source.text, span.start).line;
    let first = found.said.lines.first().map_or(1, line_of);
    text.push_str(&format!("  ╭─ {}:{first}\n", source.name));
    let width = found.said.lines.iter().map(line_of).max().unwrap_or(1).to_string().len();
    for span in &found.said.lines {
        let number = line_of(span);
        let body = source.lines.line_span(&source.text, number).of(&source.text);
        text.push_str(&format!("  │ {number:width$} │ {}\n", plain(body.trim_end())));
    }
    text
}

/// A life as a timeline.
fn timeline(
    follow_up: &FollowUp,
    witness: &FollowWitness,
    nothing_comes: bool,
    lang: Lang,
) -> String {
    let count = witness.lived.events.len();
    let s = if count == 1 || count == 0 && lang == Lang::Fr { "" } else { "s" };
    let mut text = say!(
        lang,
        "  an invoice that does it ({count} event{s})\n",
        "  une facture qui le fait ({count} événement{s})\n"
    );
    for moment in &witness.history.moments {
        let says = moment_says(follow_up, witness, moment, lang);
        text += &format!("    {}  {}\n", lang.date(moment.day), plain(&says));
    }
    let (until, open) = (lang.date(witness.as_of), sum(witness, witness.history.end.open, lang));
    let comes = if nothing_comes {
        lang.pick(", and nothing is to come", ", et plus rien n'est à venir")
    } else {
        ""
    };
    text + &say!(
        lang,
        "    {until}  {open} is open{comes}\n",
        "    {until}  il reste dû {open}{comes}\n"
    )
}

fn sum(witness: &FollowWitness, amount: Money, lang: Lang) -> String {
    let currency = witness.lived.currency;
    format!("{} {}", lang.digits(currency.show(amount)), currency.code())
}

fn moment_says(
    follow_up: &FollowUp,
    witness: &FollowWitness,
    moment: &Moment,
    lang: Lang,
) -> String {
    let label = |step: usize| words::label(follow_up, step);
    match &moment.what {
        Happened::Issued => {
            let total = sum(witness, witness.lived.total, lang);
            match witness.history.end.due.map(|due| lang.date(due)) {
                Some(due) => say!(
                    lang,
                    "issued: {total}, due on {due}",
                    "émise : {total}, échéance le {due}"
                ),
                None => say!(lang, "issued: {total}", "émise : {total}"),
            }
        }
        Happened::Event(place) => {
            let events = witness.lived.sorted().unwrap_or_default();
            let kind = events.get(*place).map(|event| &event.kind);
            kind.map_or(String::new(), |of| words::event(of, witness.lived.currency, lang))
        }
        Happened::Elsewhere => String::new(),
        Happened::Step(logged) => {
            let step = label(logged.step);
            match logged.passed_by.map(label) {
                Some(by) => say!(
                    lang,
                    "  step {step} is passed over by {by}",
                    "  l'étape {step} est dépassée par {by}"
                ),
                None => say!(lang, "  step {step}", "  étape {step}"),
            }
        }
    }
}

/// A witness as a scenario of its follow-up; none where there is none.
pub fn scenario(told: &ToldFollowUp<'_>, names: &mut HashSet<String>) -> Option<String> {
    let lang = told.of.lang;
    let (follow_up, witness) = (told.of.follow_up()?, told.finding?.witness.as_ref()?);
    let lived = &witness.lived;
    let quoted = |text: &str| {
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{escaped}\"")
    };
    let called = told.property.called(lang);
    let message = plain(&told.said.message);
    let name = say!(lang, "{called}: {message}", "{called} : {message}");
    let (name, of) = (quoted(&free_name(name, names)), quoted(&follow_up.name));
    let (total, date) = (sum(witness, lived.total, lang), lang.date(lived.date));
    let due = lived.due.map_or(String::new(), |due| {
        let due = lang.date(due);
        say!(lang, ", due {due}", ", échéance le {due}")
    });
    let mut text = say!(
        lang,
        "# {message}\nscenario {name} for follow-up {of}\n  invoice of {total} dated {date}{due}\n",
        "# {message}\nscénario {name} pour le suivi {of}\n  facture de {total} datée du {date}{due}\n"
    );
    for event in lived.sorted().ok()? {
        // A scenario has these in fewer words.
        let says = if event.kind == EventKind::Resolved {
            lang.pick("resolved", "levée du litige").to_owned()
        } else if event.kind == EventKind::TakenBack {
            lang.pick("taken back", "retirée du recouvrement").to_owned()
        } else {
            words::event(&event.kind, lived.currency, lang)
        };
        text += &format!("  {} {says}\n", lang.date(event.date));
    }
    let until = lang.date(witness.as_of);
    text += &say!(lang, "  until {until}\n", "  jusqu'au {until}\n");
    let mut any = false;
    for moment in &witness.history.moments {
        let Happened::Step(logged) = &moment.what else { continue };
        if logged.passed_by.is_some() {
            continue;
        }
        any = true;
        let label = follow_up.steps.get(logged.step).map(|step| quoted(&step.label))?;
        let day = lang.date(moment.day);
        text += &say!(lang, "  expect {day} step {label}\n", "  attendu {day} étape {label}\n");
    }
    if !any {
        text += lang.pick("  expect nothing\n", "  attendu rien\n");
    }
    Some(text)
}

/// What is proved of a follow-up, and what is not.
pub fn proofs(verified: &VerifiedFollowUp<'_>) -> String {
    let (lang, name) = (verified.lang, plain(verified.subject.name()));
    let proofs = || verified.verification.proofs.iter();
    let called = |proof: &FollowProof| {
        let called = proof.property.called(lang);
        let mut left_out = Vec::new();
        if verified.leaves_small_sums(proof.property) {
            let bounds = verified.follow_up().map_or(String::new(), |of| bounds(of, lang));
            left_out.push(say!(
                lang,
                "what only a bound on a sum keeps back, {bounds}",
                "ce que seule une borne sur une somme retient, {bounds}"
            ));
        }
        let aside = proof.aside.iter().map(|step| format!("`{}`", plain(verified.step(*step))));
        let aside = aside.collect::<Vec<String>>().join(", ");
        if !aside.is_empty() {
            left_out.push(say!(
                lang,
                "as accepted, where {aside} has fired",
                "comme admis, là où {aside} a eu lieu"
            ));
        }
        if left_out.is_empty() {
            return called.to_owned();
        }
        let left_out = left_out.join(lang.pick("; ", " ; "));
        say!(lang, "{called} (left out: {left_out})", "{called} (hormis : {left_out})")
    };
    let is_proved = |proof: &&FollowProof| proof.verdict == Verdict::Proved;
    let proved: Vec<String> = proofs().filter(is_proved).map(called).collect();
    let mut text = String::new();
    if !proved.is_empty() {
        let proved = proved.join(", ");
        text += &if verified.follow_up().is_some() {
            say!(
                lang,
                "✓ {name}: proved over every life of an invoice in which each dispute is resolved and each promise ends: {proved}\n",
                "✓ {name} : prouvé sur toutes les vies d'une facture où chaque litige est levé et chaque promesse se termine : {proved}\n"
            )
        } else {
            say!(lang, "✓ {name}: proved: {proved}\n", "✓ {name} : prouvé : {proved}\n")
        };
    }
    for proof in proofs().filter(|proof| proof.verdict == Verdict::Unknown) {
        let property = called(proof);
        text += &say!(
            lang,
            "? {name}: neither proved nor refuted: {property}\n",
            "? {name} : ni prouvé ni réfuté : {property}\n"
        );
        if let Some(limit) = &proof.limit {
            let why = plain(&verified.why(limit));
            text += &say!(lang, "  why: {why}\n", "  pourquoi : {why}\n");
        }
    }
    text + &accepted(verified)
}

/// The bounds on sums of a follow-up, each as it is written, with its step.
fn bounds(follow_up: &FollowUp, lang: Lang) -> String {
    let currency = follow_up.currency.unwrap_or(Currency::EURO);
    let of_step = |step: &FollowStep| {
        let parts = step.condition.iter().flat_map(StepCondition::bounds);
        let parts: Vec<String> = parts
            .map(|part| format!("`{}`", words::condition(part, follow_up, currency, lang)))
            .collect();
        (!parts.is_empty()).then(|| {
            let (parts, label) = (parts.join(", "), plain(&step.label));
            say!(lang, "{parts} of `{label}`", "{parts} de `{label}`")
        })
    };
    follow_up.steps.iter().filter_map(of_step).collect::<Vec<_>>().join(", ")
}

/// What the follow-up accepts, and some life does: it is neither told nor proved.
fn accepted(verified: &VerifiedFollowUp<'_>) -> String {
    let (lang, name) = (verified.lang, plain(verified.subject.name()));
    let proofs = &verified.verification.proofs;
    let mut text = String::new();
    for accepted in verified.used_acceptances() {
        let decided = |proof: &FollowProof| {
            proof.property == accepted.property && proof.verdict != Verdict::Unknown
        };
        if !proofs.iter().any(decided) {
            continue;
        }
        let (property, reason) = (accepted.property.called(lang), plain(&accepted.reason));
        let on = accepted.step.map_or(String::new(), |step| {
            let step = plain(verified.step(step));
            say!(lang, " on \"{step}\"", " pour « {step} »")
        });
        text += &say!(
            lang,
            "! {name}: accepted: {property}{on}, \"{reason}\"\n",
            "! {name} : admis : {property}{on}, « {reason} »\n"
        );
    }
    text
}

/// Whether an error is neither proved nor refuted.
pub fn unproved(verified: &VerifiedFollowUp<'_>) -> bool {
    let open = |proof: &FollowProof| {
        let level = verified.levels.of_follow_up(proof.property);
        proof.verdict == Verdict::Unknown && level == crate::verify::Level::Error
    };
    verified.verification.proofs.iter().any(open)
}
