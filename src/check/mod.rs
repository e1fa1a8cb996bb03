//! From the tree as written to schedules and scenarios as meant, or to what is wrong with them.
//!
//! Every check runs, whatever the others found; what only follows from an error that is reported is
//! not reported again. Errors give no schedule; warnings say what a clerk most likely did not mean.

mod conditions;
mod errors;
mod habits;
mod lines;
mod prices;
mod quantities;
mod scenarios;
mod sections;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::model::{Scenario, Schedule};
use crate::syntax::Parsed;

/// The outcome of checking a file.
#[derive(Debug, Default)]
pub struct Checked {
    /// Its schedules; those with an error are left out.
    pub schedules: Vec<Schedule>,
    /// Its scenarios; those with an error, or of a schedule with an error, are left out.
    pub scenarios: Vec<Scenario>,
    /// What is wrong, in the order of the places, the errors and warnings of the parser included.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
    }
}

/// Checks a parsed file against its source text.
pub fn check(source: &str, parsed: Parsed) -> Checked {
    let mut checker =
        Checker { source, lang: parsed.lang, diagnostics: parsed.diagnostics, errors: 0 };
    let file = sections::divide(&mut checker, &parsed.file);
    let mut checked = Checked::default();
    let mut known = Vec::new();
    for section in &file.schedules {
        let before = checker.errors;
        let draft = prices::schedule(&mut checker, section);
        let sound = checker.errors == before && section.broken.is_empty();
        if sound {
            habits::warn(&mut checker, &draft, section);
        }
        known.push(scenarios::Known { sound, name: section.name_text(), schedule: draft });
    }
    scenarios::check(&mut checker, &file, &known, &mut checked.scenarios);
    checked.schedules =
        known.into_iter().filter(|known| known.sound).map(|known| known.schedule).collect();
    checker.diagnostics.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code));
    checked.diagnostics = checker.diagnostics;
    checked
}

/// What all checks share.
struct Checker<'s> {
    source: &'s str,
    lang: Lang,
    diagnostics: Vec<Diagnostic>,
    /// How many errors the checks have reported.
    errors: usize,
}

impl Checker<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.errors += usize::from(diagnostic.severity() == Severity::Error);
        self.diagnostics.push(diagnostic);
    }
}
