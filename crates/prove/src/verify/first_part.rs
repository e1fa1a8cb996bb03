//! Schedules of the first part of the language: every history that a case can have, for each of the terms that cases may plan.

use super::limit::Limit;
use super::planned::{every_terms, terms};
use super::run::Run;
use super::{Options, Verification};
use crate::plan::Plan;

/// Looks at every history of a schedule of the first part.
pub(super) fn verify(plan: &Plan, options: &Options) -> Verification {
    let (planned, sure, varies) = every_terms(plan);
    let mut whole: Option<Run<'_>> = None;
    for terms in planned {
        if options.stop.is_asked() {
            break;
        }
        if let Some(whole) = &mut whole
            && whole.situations.values().any(|states| *states > options.budget)
        {
            // Other planned hours would take as long again.
            whole.sure = false;
            whole.limits.push(Limit::Situations(options.budget));
            break;
        }
        let mut run = Run::new(plan, options, terms, sure);
        run.machine.shares_vary = varies;
        run.all();
        match &mut whole {
            Some(whole) => whole.take_in(run),
            None => whole = Some(run),
        }
    }
    if let Some(whole) = &mut whole {
        whole.with_own_hours(plan, terms(plan).0);
    }
    whole.map_or_else(Verification::none, Run::verification)
}
