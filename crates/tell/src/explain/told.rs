//! A case, explained from the record of the run that bills it: in, a case and its schedule; out, its lines, and the
//! explanation as text and as data, whichever part of the language the schedule uses.

use super::figures::Figures;
use super::{ProgramStory, Story};
use crate::calendar::Date;
use crate::eval::{self, Evaluation, Recorded, Trace, Withheld};
use crate::feed::Case;
use crate::lang::Lang;
use crate::model::program::Opening;
use crate::plan::{Plan, PlannedTerms};
use serde_json::Value;

/// A case with the record of its run.
pub struct Explanation<'a> {
    plan: &'a Plan,
    case: &'a Case,
    as_of: Date,
    names: &'a [String],
    lang: Lang,
    run: Run<'a>,
}

/// What each part of the language keeps of a run.
enum Run<'a> {
    First(Trace<'a>, Evaluation),
    Second(Recorded),
}

impl<'a> Explanation<'a> {
    /// Bills a case, which agrees these terms besides its events; `names` are those of the event files.
    ///
    /// # Errors
    ///
    /// If the case is withheld.
    pub fn new(
        (plan, case): (&'a Plan, &'a Case),
        terms: (PlannedTerms, &Opening),
        as_of: Date,
        (names, lang): (&'a [String], Lang),
    ) -> Result<Explanation<'a>, Withheld> {
        let run = match eval::record_agreed(plan, &case.events, terms, as_of) {
            Some(recorded) => Run::Second(recorded?),
            None => {
                let mut trace = Trace::new(plan);
                let evaluation =
                    eval::evaluate_with(plan, &case.events, terms.0, as_of, &mut trace)?;
                Run::First(trace, evaluation)
            }
        };
        Ok(Explanation { plan, case, as_of, names, lang, run })
    }

    /// What the case comes to.
    pub fn evaluation(&self) -> &Evaluation {
        match &self.run {
            Run::First(_, evaluation) => evaluation,
            Run::Second(recorded) => &recorded.evaluation,
        }
    }

    /// To be read.
    pub fn text(&self) -> String {
        match &self.run {
            Run::First(trace, evaluation) => self.first(trace, evaluation).text(),
            Run::Second(recorded) => self.second(recorded).text(),
        }
    }

    /// As data, in the form that [`super`] describes.
    pub fn json(&self) -> Value {
        match &self.run {
            Run::First(trace, evaluation) => self.first(trace, evaluation).json(),
            Run::Second(recorded) => self.second(recorded).json(),
        }
    }

    fn first<'s>(&'s self, trace: &'s Trace<'s>, evaluation: &'s Evaluation) -> Story<'s> {
        let Explanation { plan, case, as_of, names, .. } = *self;
        Story { plan, case, trace, evaluation, as_of, names, figures: self.figures() }
    }

    fn second<'s>(&'s self, recorded: &'s Recorded) -> ProgramStory<'s> {
        let Recorded { evaluation, program, record } = recorded;
        let Explanation { plan, case, as_of, names, .. } = *self;
        let figures = self.figures();
        ProgramStory { plan, program, case, record, evaluation, as_of, names, figures }
    }

    fn figures(&self) -> Figures {
        Figures { lang: self.lang, currency: self.plan.schedule.currency }
    }
}
