//! The cases that a file speaks of or that show something of it: in, schedules; out, JSON documents of what its scenarios
//! come to, of the dated case of each finding, of situations, and of what another version makes of them.

use crate::event_file::told;
use crate::{Failure, Schedules};
use jalon::compare::{self, Compared};
use jalon::explain::Explanation;
use jalon::feed::Case;
use jalon::lang::{Lang, plain};
use jalon::model::program::Opening;
use jalon::model::{Event, Scenario};
use jalon::plan::PlannedTerms;
use jalon::tell::{self, Told, tell, witness_scenario};
use jalon::verify::InForce;
use jalon::verify::versions::{self, Comparison, Window};
use jalon::{Compiled, Date, Plan, Stop, follow, scenario};
use serde_json::{Value, json};

/// A case that no event file holds.
fn case(name: &str, events: &[Event]) -> Case {
    Case {
        name: name.to_owned(),
        events: events.to_vec(),
        places: Vec::new(),
        faults: Vec::new(),
        fault_count: 0,
    }
}

/// How such a case comes to its lines; why not, where it is withheld.
fn explained(
    plan: &Plan,
    case: &Case,
    terms: (PlannedTerms, &Opening),
    as_of: Date,
    lang: Lang,
) -> Value {
    match Explanation::new((plan, case), terms, as_of, (&[], lang)) {
        Ok(explanation) => told(&explanation),
        Err(withheld) => {
            let reason = plain(&withheld.say(plan, &case.events, lang));
            json!({ "case": case.name, "withheld": [{ "line": null, "reason": reason }] })
        }
    }
}

impl Schedules {
    /// What the scenarios come to, in the order of the files, as a JSON array:
    ///
    /// ```text
    /// { "file", "scenario", "schedule" (null for one of a follow-up), "start": a byte of the file,
    ///   "passed", "why": what went wrong, or null,
    ///   "case": the explanation of its case, as `EventFile::explain` gives it, or null }
    /// ```
    pub fn scenarios(&self) -> String {
        let mut all = Vec::new();
        for file in &self.files {
            let lang = self.lang_of(file);
            let of_schedules =
                file.scenarios.iter().filter_map(|scenario| run(file, scenario, lang));
            let of_follow_ups = file.follow_scenarios.iter().filter_map(|scenario| {
                let follow_up = file.follow_ups.get(scenario.follow_up)?;
                let why = tell::why_of_follow_up(&follow::scenario(follow_up, scenario), "", lang);
                Some(json!({
                    "file": file.warnings.source.name, "scenario": scenario.name,
                    "schedule": null, "start": scenario.span.start,
                    "passed": why.is_none(), "why": why, "case": null,
                }))
            });
            all.extend(of_schedules.chain(of_follow_ups));
        }
        Value::Array(all).to_string()
    }

    /// The JSON document of [`Schedules::verify`], with more fields: each finding has its property in the language of the file
    /// under `called` (each proof, too, with why it is unknown), and what shows it, or null, under `case` as [`Schedules::scenarios`] explains one, and under
    /// `scenario` as a text that may be put into the file, and under `accept` the edit that accepts it; `warnings` are all those of the checker, those that take a
    /// search among them.
    ///
    /// # Errors
    ///
    /// As [`Schedules::verify`].
    pub fn prove(&self) -> Result<String, Failure> {
        let (all, mut document) = self.verified(&Stop::default())?;
        let told: Vec<Told<'_>> = all.iter().flat_map(tell).collect();
        let findings = document.get_mut("findings").and_then(Value::as_array_mut);
        // Those of follow-ups come after those of schedules.
        for (finding, told) in findings.into_iter().flatten().zip(&told) {
            if let Value::Object(fields) = finding {
                let called = told.property.called(told.of.lang);
                let (case, scenario) = shown(told, called);
                fields.insert("case".to_owned(), case);
                fields.insert("scenario".to_owned(), scenario);
                fields.insert("called".to_owned(), json!(called));
                fields.insert("accept".to_owned(), json!(acceptance(told, called)));
            }
        }
        let proofs = document.get_mut("proofs").and_then(Value::as_array_mut);
        let known = all.iter().flat_map(|of| of.verification.proofs.iter().map(move |it| (of, it)));
        for (proof, (of, known)) in proofs.into_iter().flatten().zip(known) {
            if let Value::Object(fields) = proof {
                let why = known.limit.map(|limit| limit.say(&of.plan.schedule, of.lang));
                fields.insert("called".to_owned(), json!(known.property.called(of.lang)));
                fields.insert("why".to_owned(), json!(why));
            }
        }
        let warnings = self.files.iter().flat_map(|file| {
            let mut file = file.clone();
            file.warn_of_cases();
            tell::json(&file.warnings)
        });
        let warnings = warnings.collect::<Vec<_>>();
        if let Value::Object(fields) = &mut document {
            fields.insert("warnings".to_owned(), Value::Array(warnings));
        }
        Ok(document.to_string())
    }

    /// The situations of each schedule as a JSON array, each in the form of
    /// [`situations_json`](jalon::tell::situations_json), or with `refused` for a schedule that has no list of them yet.
    pub fn situations(&self) -> String {
        let versions = || self.files.iter().flat_map(|file| &file.schedules);
        let mut all = Vec::new();
        for file in &self.files {
            let lang = self.lang_of(file);
            for plan in &file.schedules {
                if let Err(beyond) = plan.first_part() {
                    let refused = plain(&beyond.say(&plan.schedule, lang));
                    all.push(json!({ "schedule": plan.schedule.name, "refused": refused }));
                    continue;
                }
                let of = (plan, InForce::of(plan, versions()));
                all.push(tell::situations_json(of, file.scenarios.iter(), lang));
            }
        }
        Value::Array(all).to_string()
    }

    /// What is billed otherwise than on an older version, over every case: a JSON array of the objects of `jalon compare
    /// --format json`, each with what is to be said of it, and of each of its windows, under `says`, and why not more is known
    /// under `why`.
    pub fn compare(&self, old: &Schedules) -> String {
        let lang = self.lang();
        let [old, new] =
            [old, self].map(|version| version.book.plans().iter().collect::<Vec<&Plan>>());
        let matches = compare::matches(&old, &new);
        let compared = compare::compare_all(&matches, &versions::Options::default());
        let all = compared.iter().map(|compared| compared_json(compared, lang));
        Value::Array(all.collect()).to_string()
    }

    fn lang_of(&self, file: &Compiled) -> Lang {
        self.asked.unwrap_or(file.warnings.lang)
    }
}

/// The case that shows a finding: explained, and as a scenario.
fn shown(told: &Told<'_>, name: &str) -> (Value, Value) {
    let Some(witness) = told.finding.and_then(|finding| finding.witness.as_ref()) else {
        return (Value::Null, Value::Null);
    };
    let (plan, lang) = (told.of.plan, told.of.lang);
    let terms = (witness.terms, &witness.agreed);
    let of = Some(plan.schedule.name.as_str());
    let scenario = witness_scenario(told, witness, name, of);
    let case = case(name, &witness.events);
    (explained(plan, &case, terms, witness.as_of, lang), json!(scenario))
}

/// The edit that accepts a finding, where the file takes it: its place in bytes, and a line whose reason is to be written.
fn acceptance(told: &Told<'_>, called: &str) -> Option<Value> {
    told.finding?;
    let (of, text) = (told.of, &told.of.source.text);
    let lines = of.plan.schedule.lines.iter().map(|line| line.span);
    let at = lines.max_by_key(|span| span.end)?.end as usize;
    let line = of.lang.pick(
        format!("\n  accepts {called} \"write why\""),
        format!("\n  admet {called} \"écrivez pourquoi\""),
    );
    let (before, after) = text.split_at_checked(at)?;
    let sound = jalon::compile("", &format!("{before}{line}{after}")).is_ok();
    sound.then(|| json!({ "place": { "start": at, "end": at }, "text": line }))
}

/// What a scenario of a schedule comes to.
fn run(file: &Compiled, scenario: &Scenario, lang: Lang) -> Option<Value> {
    let plan = file.version(&scenario.schedule, scenario.in_force_from)?;
    let why = tell::why(plan, scenario, &scenario::run(plan, scenario), "", lang);
    let planned = scenario.planned;
    let case = case(&scenario.name, &scenario.events);
    let terms = (planned, &scenario.opening);
    Some(json!({
        "file": file.warnings.source.name, "scenario": scenario.name,
        "schedule": scenario.schedule, "start": scenario.span.start,
        "passed": why.is_none(), "why": why,
        "case": explained(plan, &case, terms, scenario.as_of, lang),
    }))
}

fn compared_json(compared: &Compared<'_>, lang: Lang) -> Value {
    let mut told = compare::document(compared, lang);
    let Value::Object(fields) = &mut told else { return told };
    let name = plain(compared.of.name());
    let says = match &compared.comparison {
        Some(comparison) => compare::headline(&name, comparison, lang),
        None if compared.of.old.is_some() => {
            lang.pick(format!("✗ {name}: gone"), format!("✗ {name} : a disparu"))
        }
        None => lang.pick(format!("✗ {name}: new"), format!("✗ {name} : nouveau")),
    };
    fields.insert("says".to_owned(), json!(says.trim_end()));
    let versions = compared.of.old.zip(compared.of.new);
    let why = compared
        .comparison
        .as_ref()
        .zip(versions)
        .map(|(comparison, (old, new))| compare::reasons(comparison, [old, new], lang));
    fields.insert("why".to_owned(), json!(why.unwrap_or_default()));
    let windows = fields.get_mut("windows").and_then(Value::as_array_mut);
    let of: Option<(&Comparison, &[Window])> =
        compared.comparison.as_ref().map(|comparison| (comparison, comparison.windows.as_slice()));
    let Some((comparison, of)) = of else { return told };
    for (window, of) in windows.into_iter().flatten().zip(of) {
        if let Value::Object(fields) = window {
            fields.insert("says".to_owned(), json!(compare::change(comparison, of, lang)));
            let events = of.example.iter().flat_map(|example| &example.events);
            let events = events.map(|event| {
                json!({ "date": event.date, "says": jalon::situations::happening(&event.kind, lang) })
            });
            fields.insert("events".to_owned(), events.collect());
        }
    }
    told
}
