//! Proofs beside the typing: in, a sound file; out, what the prover finds in it.

use crate::findings::Finding;
use jalon::Compiled;
use jalon::tell::{
    Found, Levels, Verified, VerifiedFollowUp, tell, tell_follow_up, witness_scenario,
};
use jalon::verify::follow::{FollowOptions, Subject, verify_follow_up};
use jalon::verify::{self, InForce};
use serde::{Deserialize, Serialize};

/// So many situations are looked at in one search: a tenth of what `jalon verify` looks at, so that an answer comes
/// while one still looks at what was typed. What takes more is neither found nor said to be proved.
pub const BUDGET: usize = 20_000;

/// A proof that is due. It may be made on another thread, and of its text by another instance of the program.
#[derive(Clone, Debug)]
pub struct Proof {
    pub(crate) uri: String,
    pub(crate) version: i32,
    pub(crate) compiled: Compiled,
}

/// What came of a proof, for the server that the proof was due in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Proved {
    pub(crate) uri: String,
    pub(crate) version: i32,
    /// None if the program failed on it.
    pub(crate) findings: Option<Vec<Finding>>,
}

impl Proof {
    /// The proof of a text, as the server has it that has checked the text; nothing, if the text has an error.
    pub fn of_text(uri: String, version: i32, text: &str) -> Option<Proof> {
        let compiled = jalon::compile(&uri, text).ok()?;
        Some(Proof { uri, version, compiled })
    }

    /// The text that it is of.
    pub fn text(&self) -> &str {
        &self.compiled.warnings.source.text
    }

    /// Of which version of which document.
    pub fn of(&self) -> (&str, i32) {
        (&self.uri, self.version)
    }

    /// Looks at every case that can come, within [`BUDGET`]. Takes up to seconds. All warnings of the checker are
    /// among what is found: some of them take a search of their own.
    pub fn run(mut self) -> Proved {
        let (uri, version) = (self.uri.clone(), self.version);
        let findings = crate::protocol::guarded(move || {
            self.compiled.warn_of_cases();
            findings(&self.compiled)
        });
        Proved { uri, version, findings }
    }
}

fn findings(compiled: &Compiled) -> Vec<Finding> {
    let warnings = &compiled.warnings;
    let (source, lang) = (&warnings.source, warnings.lang);
    let of = warnings.diagnostics.iter().map(|found| Finding::of_check(found, lang));
    let mut findings: Vec<Finding> = of.collect();
    for plan in &compiled.schedules {
        let options = verify::Options {
            budget: BUDGET,
            in_force: InForce::of(plan, compiled.schedules.iter()),
            scenarios: compiled.scenarios.as_slice().into(),
            ..verify::Options::default()
        };
        let verification = verify::verify(plan, &options);
        let verified = Verified { source, lang, plan, verification, levels: Levels::default() };
        findings.extend(tell(&verified).iter().map(|told| {
            let witness = told.finding.and_then(|finding| finding.witness.as_ref());
            let name = told.property.called(lang);
            let case = witness.map(|witness| witness_scenario(told, witness, name, None));
            Finding::of_proof(&Found::from(told), plan.schedule.span, case)
        }));
    }
    for follow_up in &compiled.follow_ups {
        let options = FollowOptions { budget: BUDGET, ..FollowOptions::default() };
        let verification = verify_follow_up(follow_up, &options);
        let subject = Subject::FollowUp(follow_up);
        let levels = Levels::default();
        let verified = VerifiedFollowUp { source, lang, subject, verification, levels };
        let told = tell_follow_up(&verified);
        let of =
            told.iter().map(|told| Finding::of_proof(&Found::from(told), follow_up.span, None));
        findings.extend(of);
    }
    findings
}
