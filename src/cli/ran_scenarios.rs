//! Scenarios that have run: in, a file that compiles; out, what each is of, what it came to, and what went wrong.

use super::input::CompiledFile;
use crate::follow;
use crate::lang::Lang;
use crate::model::{FollowScenario, Scenario};
use crate::plan::Plan;
use crate::scenario::{self, Outcome};
use crate::span::Span;
use crate::tell::{why, why_of_follow_up};
use serde_json::{Value, json};

/// A scenario that has run.
pub struct Ran<'a> {
    /// Its file.
    pub file: &'a CompiledFile,
    /// What it is, and what it came to.
    pub of: Of<'a>,
}

/// Of what it is a scenario, and what it came to.
pub enum Of<'a> {
    /// Of a schedule.
    Schedule { plan: &'a Plan, scenario: &'a Scenario, outcome: Outcome },
    /// Of a follow-up.
    FollowUp { name: &'a str, scenario: &'a FollowScenario, outcome: follow::Outcome },
}

/// Runs the scenarios of a file.
pub fn run_file(file: &CompiledFile) -> Vec<Ran<'_>> {
    let scenarios = file.compiled.scenarios.iter();
    let of_schedules = scenarios.filter_map(|scenario| {
        let plan = file.compiled.version(&scenario.schedule, scenario.in_force_from)?;
        Some(Of::Schedule { plan, scenario, outcome: scenario::run(plan, scenario) })
    });
    let scenarios = file.compiled.follow_scenarios.iter();
    let of_follow_ups = scenarios.filter_map(|scenario| {
        let follow_up = file.compiled.follow_ups.get(scenario.follow_up)?;
        let outcome = follow::scenario(follow_up, scenario);
        Some(Of::FollowUp { name: &follow_up.name, scenario, outcome })
    });
    let mut ran: Vec<Ran<'_>> =
        of_schedules.chain(of_follow_ups).map(|of| Ran { file, of }).collect();
    ran.sort_by_key(Ran::span);
    ran
}

impl<'a> Ran<'a> {
    /// Its name.
    pub fn name(&self) -> &'a str {
        match &self.of {
            Of::Schedule { scenario, .. } => &scenario.name,
            Of::FollowUp { scenario, .. } => &scenario.name,
        }
    }

    /// The schedule, or the follow-up, that it is of.
    pub fn subject(&self) -> &'a str {
        match &self.of {
            Of::Schedule { scenario, .. } => &scenario.schedule,
            Of::FollowUp { name, .. } => name,
        }
    }

    fn span(&self) -> Span {
        match &self.of {
            Of::Schedule { scenario, .. } => scenario.span,
            Of::FollowUp { scenario, .. } => scenario.span,
        }
    }

    /// Whether nothing went wrong.
    pub fn passed(&self) -> bool {
        match &self.of {
            Of::Schedule { outcome, .. } => matches!(outcome, Outcome::Passed),
            Of::FollowUp { outcome, .. } => *outcome == follow::Outcome::Passed,
        }
    }

    /// What went wrong, on several lines; `None` if nothing did.
    pub fn why(&self, lang: Lang) -> Option<String> {
        match &self.of {
            Of::Schedule { plan, scenario, outcome } => {
                why(plan, scenario, outcome, how_expected(lang), lang)
            }
            Of::FollowUp { outcome, .. } => why_of_follow_up(outcome, how_expected(lang), lang),
        }
    }

    /// Where it begins.
    pub fn line_number(&self) -> usize {
        let source = &self.file.compiled.warnings.source;
        source.lines.position(&source.text, self.span().start).line
    }

    /// As a JSON document has it.
    pub fn json(&self, lang: Option<Lang>) -> Value {
        let why = self.why(lang.unwrap_or(self.file.compiled.warnings.lang));
        let (schedule, follow_up) = match &self.of {
            Of::Schedule { scenario, .. } => (Some(&scenario.schedule), None),
            Of::FollowUp { name, .. } => (None, Some(*name)),
        };
        let mut document = json!({
            "file": self.file.file.name(),
            "line": self.line_number(),
            "schedule": schedule,
            "scenario": self.name(),
            "passed": why.is_none(),
            "message": why,
        });
        if let (Some(follow_up), Some(fields)) = (follow_up, document.as_object_mut()) {
            fields.remove("schedule");
            fields.insert("follow_up".to_owned(), json!(follow_up));
        }
        document
    }
}

/// How expectations are written, where there are none.
fn how_expected(lang: Lang) -> &'static str {
    lang.pick(" (--bless writes it)", " (--bless l'écrit)")
}
