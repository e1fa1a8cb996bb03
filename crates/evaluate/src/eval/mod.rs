//! One case: events in, invoice lines and notices out.
//!
//! Evaluation is a pure function of a plan, a history and an as-of date: no clock, no output, no
//! text of the schedule read or compared. What is computed on the way is told to an [`Observer`];
//! [`Silent`] costs nothing, [`Trace`] keeps what an explanation needs.

mod amounts;
mod fault;
mod fired;
mod firing;
mod history;
mod invoices;
mod issued;
mod likeness;
mod moments;
mod notice;
mod notices;
mod observer;
mod pen;
mod second;
mod state;
mod trace;
mod written;

use crate::calendar::Date;
use crate::model::program::{Opening, Program};
use crate::model::{Event, InvoiceLine, SemanticHash};
use crate::plan::{Plan, PlannedTerms};
use crate::rules::Ready;
pub use crate::rules::{Record, Stands};
use std::sync::Arc;

pub use fault::{Recall, Withheld};
pub use fired::{Fired, FiredLines, Label};
pub use history::{Happened, Sent, What, first_day, first_that_counts, opened_on, put_in_order};
pub use invoices::{InvoiceFault, invoices};
pub use issued::{IssuedFault, outstanding};
pub use likeness::number_of;
pub use notice::{Notice, NoticeKind};
pub use notices::Notices;
pub use observer::{Arithmetic, Observer, Silent, Verdict};
pub use pen::{Pen, Texts};
pub use state::{Measured, Measurement, Outstanding, Shortfall, State, WorkItem};
pub use trace::{Computed, Considered, Cut, Standing, Step, Trace};
pub use written::{LineTax, Quantity, UnitPrice, Written};

/// What a case comes to at an as-of date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evaluation {
    /// Its invoice lines, in the order in which they fired.
    pub lines: Vec<InvoiceLine>,
    /// Its events that had no effect, in the order of their dates.
    pub notices: Vec<Notice>,
}

impl Evaluation {
    /// Lets every line carry the hash of the schedule on which it was billed.
    pub fn carry(&mut self, hash: SemanticHash) {
        for line in &mut self.lines {
            line.schedule_hash = Some(hash.to_string());
        }
    }
}

/// Evaluates the whole history of one case, up to and including `as_of`.
///
/// The events may come in any order; those of one date and kind keep the order of the slice. All of
/// them have to name the same case. A history that is not sound gives no line at all, only the
/// reason. A host with many cases keeps an [`Evaluator`].
pub fn evaluate(plan: &Plan, events: &[Event], as_of: Date) -> Result<Evaluation, Withheld> {
    evaluate_with(plan, events, PlannedTerms::default(), as_of, &mut Silent)
}

/// The same, with planned terms that no event states (those of an `opened` event come first), and
/// an observer that is told each step.
pub fn evaluate_with<O: Observer>(
    plan: &Plan,
    events: &[Event],
    terms: PlannedTerms,
    as_of: Date,
    observer: &mut O,
) -> Result<Evaluation, Withheld> {
    let mut evaluator = Evaluator::default();
    let bill = evaluator.bill(plan, events, terms, as_of, observer)?;
    let (fired, notices) = (bill.lines, bill.notices.kept().to_vec());
    let mut lines = Vec::with_capacity(fired.len());
    Pen::default().write(plan, &events, fired, |line| lines.push(line.to_line()));
    Ok(Evaluation { lines, notices })
}

/// Evaluates one case after another, and allocates nothing once it has seen a few: what a case
/// comes to stays dense, and borrowed, until it is written with a [`Pen`].
#[derive(Default)]
pub struct Evaluator {
    reader: history::Reader,
    happened: Vec<Happened>,
    desk: moments::Desk,
    second: second::Desk,
}

/// What a case comes to, dense.
#[derive(Clone, Debug)]
pub struct Bill<'e> {
    /// The lines, in the order in which they fired.
    pub lines: FiredLines<'e>,
    /// The events that had no effect, in the order of their dates.
    pub notices: &'e Notices,
}

impl Evaluator {
    /// An evaluator that keeps at the most so many notices of a case, and counts all.
    pub fn keeping(notices: usize) -> Evaluator {
        let mut evaluator = Evaluator::default();
        evaluator.desk.notices = Notices::keeping(notices);
        evaluator
    }

    /// Evaluates the events of one case, as [`evaluate_with`] does.
    pub fn bill<O: Observer>(
        &mut self,
        plan: &Plan,
        mut events: &[Event],
        terms: PlannedTerms,
        as_of: Date,
        observer: &mut O,
    ) -> Result<Bill<'_>, Withheld> {
        if let [first, rest @ ..] = events
            && let Some(other) = rest.iter().position(|event| event.case != first.case)
        {
            return Err(Withheld::MixedCases { event: other + 1 });
        }
        self.bill_sent(plan, &mut events, terms, as_of, observer)
    }

    /// Evaluates the events of one case, wherever they are kept.
    pub fn bill_sent<S: Sent, O: Observer>(
        &mut self,
        plan: &Plan,
        sent: &mut S,
        terms: PlannedTerms,
        as_of: Date,
        observer: &mut O,
    ) -> Result<Bill<'_>, Withheld> {
        if let Some(ready) = plan.ready(sent.has_more()) {
            return self.bill_second(plan, ready, sent, (terms, &Opening::default()), as_of);
        }
        let Evaluator { reader, happened, desk, .. } = self;
        desk.notices.clear();
        let terms = reader.read(plan, sent, terms, happened, &mut desk.notices)?;
        let taken = evaluate_dense(desk, plan, happened, terms, as_of, observer)?;
        let taken = happened.get(..taken).unwrap_or_default();
        let adds_work = |now| moments::adds_work(plan, now);
        let says_twice = |one, other| sent.says_twice(one, other);
        for (before, now) in history::repeated(taken, adds_work, says_twice) {
            desk.notices.push(Notice::repeated(now.date(), now.event, before.event));
        }
        Ok(desk.bill())
    }

    /// Evaluates the events of a case of the second part of the language.
    fn bill_second<S: Sent>(
        &mut self,
        plan: &Plan,
        ready: &Ready,
        sent: &mut S,
        terms: (PlannedTerms, &Opening),
        as_of: Date,
    ) -> Result<Bill<'_>, Withheld> {
        let Evaluator { reader, desk, second, .. } = self;
        desk.notices.clear();
        second.bill((plan, ready), (reader, sent), terms, as_of, &mut desk.notices)?;
        desk.notices.sort();
        let lines = FiredLines::Second(ready.program.clone(), &second.run.lines);
        Ok(Bill { lines, notices: &desk.notices })
    }

    /// Of the last case, if it used the second part of the language: how it stands.
    pub fn stands(&self) -> Stands {
        self.second.run.stands()
    }

    /// Evaluates a history that is dense already: sound, each event once, [in order](put_in_order),
    /// with the terms that the case plans.
    pub fn bill_dense(
        &mut self,
        plan: &Plan,
        history: &[Happened],
        terms: PlannedTerms,
        as_of: Date,
    ) -> Result<Bill<'_>, Withheld> {
        self.desk.notices.clear();
        evaluate_dense(&mut self.desk, plan, history, terms, as_of, &mut Silent)?;
        Ok(self.desk.bill())
    }
}

/// Fills the desk; gives how many events of the history came before the case was closed.
fn evaluate_dense<O: Observer>(
    desk: &mut moments::Desk,
    plan: &Plan,
    history: &[Happened],
    terms: PlannedTerms,
    as_of: Date,
    observer: &mut O,
) -> Result<usize, Withheld> {
    desk.lines.clear();
    desk.state.reset(plan, terms).map_err(|_| Withheld::TooLarge)?;
    Ok(moments::Run::new(plan, desk, observer).take(history, as_of)?)
}

/// Of what a [`Record`] is made.
pub mod recorded {
    pub use crate::rules::{Considered, Outcome, Step};
}

/// A case that is billed, with the program that billed it and what it decided.
#[derive(Debug)]
pub struct Recorded {
    /// What the case comes to.
    pub evaluation: Evaluation,
    /// The schedule, dense.
    pub program: Arc<Program>,
    /// What was decided and on what.
    pub record: Record,
}

/// Evaluates the whole history of one case, and keeps what the rules decided and on what: for cases that use
/// the second part of the language. None for any other.
pub fn evaluate_recorded(
    plan: &Plan,
    events: &[Event],
    as_of: Date,
) -> Option<Result<Recorded, Withheld>> {
    record_agreed(plan, events, (PlannedTerms::default(), &Opening::default()), as_of)
}

/// As [`evaluate_recorded`], for a case that agrees something besides its events.
pub fn record_agreed(
    plan: &Plan,
    events: &[Event],
    terms: (PlannedTerms, &Opening),
    as_of: Date,
) -> Option<Result<Recorded, Withheld>> {
    let ready = plan.ready((&events).has_more())?;
    Some(recorded(plan, ready, events, terms, as_of))
}

/// The same for every case: what a plain schedule says is taken as a program, too.
pub fn evaluate_by_rules(plan: &Plan, events: &[Event], as_of: Date) -> Result<Recorded, Withheld> {
    let lower = || Arc::new(Ready::new(Arc::new(crate::rules::lower(&plan.schedule))));
    let ready = plan.ready(true).map_or_else(lower, Arc::clone);
    let terms = (PlannedTerms::default(), &Opening::default());
    recorded(plan, &ready, events, terms, as_of)
}

fn recorded(
    plan: &Plan,
    ready: &Ready,
    mut events: &[Event],
    terms: (PlannedTerms, &Opening),
    as_of: Date,
) -> Result<Recorded, Withheld> {
    let mut evaluator = Evaluator::default();
    evaluator.second.run.record = Some(Box::default());
    let bill = evaluator.bill_second(plan, ready, &mut events, terms, as_of)?;
    let (fired, notices) = (bill.lines, bill.notices.kept().to_vec());
    let mut lines = Vec::with_capacity(fired.len());
    Pen::default().write(plan, &events, fired, |line| lines.push(line.to_line()));
    let record = evaluator.second.run.record.take().unwrap_or_default();
    let (evaluation, program) = (Evaluation { lines, notices }, ready.program.clone());
    Ok(Recorded { evaluation, program, record: *record })
}

/// Evaluates the whole history of one case that agrees something besides its events, as a scenario
/// does.
pub fn evaluate_agreed(
    plan: &Plan,
    mut events: &[Event],
    terms: (PlannedTerms, &Opening),
    as_of: Date,
) -> Result<Evaluation, Withheld> {
    let any = *terms.1 != Opening::default() || (&events).has_more();
    let Some(ready) = plan.ready(any) else {
        return evaluate_with(plan, events, terms.0, as_of, &mut Silent);
    };
    let mut evaluator = Evaluator::default();
    let bill = evaluator.bill_second(plan, ready, &mut events, terms, as_of)?;
    let (fired, notices) = (bill.lines, bill.notices.kept().to_vec());
    let mut lines = Vec::new();
    Pen::default().write(plan, &events, fired, |line| lines.push(line.to_line()));
    Ok(Evaluation { lines, notices })
}
