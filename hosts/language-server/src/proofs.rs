//! Proofs beside the typing: in, a sound file; out, what the prover finds in it.

use crate::findings::Finding;
use jalon::Compiled;
use jalon::tell::{Levels, Verified, tell};
use jalon::verify::{self, InForce};

/// So many situations are looked at in one search: a tenth of what `jalon verify` looks at, so that an answer comes
/// while one still looks at what was typed. What takes more is neither found nor said to be proved.
pub const BUDGET: usize = 20_000;

/// A proof that is due. It may be made on another thread.
#[derive(Clone, Debug)]
pub struct Proof {
    pub(crate) uri: String,
    pub(crate) version: i32,
    pub(crate) compiled: Compiled,
}

/// What came of a proof.
#[derive(Clone, Debug)]
pub struct Proved {
    pub(crate) uri: String,
    pub(crate) version: i32,
    /// None if the program failed on it.
    pub(crate) findings: Option<Vec<Finding>>,
}

impl Proof {
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
    let of = warnings.diagnostics.iter().map(|found| Finding::of_check(found, warnings.lang));
    let mut findings: Vec<Finding> = of.collect();
    for plan in &compiled.schedules {
        let options = verify::Options {
            budget: BUDGET,
            in_force: InForce::of(plan, compiled.schedules.iter()),
            ..verify::Options::default()
        };
        let verified = Verified {
            source: &warnings.source,
            lang: warnings.lang,
            plan,
            verification: verify::verify(plan, &options),
            levels: Levels::default(),
        };
        findings.extend(tell(&verified).iter().map(Finding::of_proof));
    }
    findings
}
