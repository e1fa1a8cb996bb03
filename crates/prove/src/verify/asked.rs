//! What the checks ask: whether some case does what two lines of a text look like.
//!
//! In: a schedule and some of its lines. Out: which of them a case shows, that none does, or that it
//! is not known. Where amounts do not matter, each is asked of a schedule of the same lines that
//! bills one sum where it matters and nothing elsewhere, so that a property shows what is asked.

use super::{Finding, Key, Options, Property, Verdict, verify};
use crate::model::{
    Amount, Condition, InvoiceLine, InvoiceLineKind, LineKind, Milestone, Price, Schedule, Test,
};
use crate::money::Money;
use crate::plan::Plan;

/// So many situations are looked at for one question.
const BUDGET: usize = 20_000;

/// What is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// A case shows it.
    Shown(T),
    /// No case does it.
    Never,
    /// Neither is known.
    Unknown,
}

impl<T> Answer<T> {
    /// What is shown, in another form.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Answer::Shown(shown) => Answer::Shown(form(shown)),
            Answer::Never => Answer::Never,
            Answer::Unknown => Answer::Unknown,
        }
    }
}

/// What is found of one property, and whether that is all.
fn found(plan: &Plan, property: Property) -> (Vec<Finding>, bool) {
    let verification =
        verify(plan, &Options { only: vec![property], budget: BUDGET, ..Options::default() });
    let unknown = verification.proofs.iter().any(|proof| proof.verdict == Verdict::Unknown);
    (verification.findings, !unknown)
}

/// What the price comes to, and a balance of all of it, where only together counts.
const WHOLE: Money = Money(1_000_000);

/// Whether in one case one of the first lines fires, and one of the second lines: a pair that does.
pub fn together(
    schedule: &Schedule,
    firsts: &[usize],
    seconds: &[usize],
) -> Answer<(usize, usize)> {
    let mut asked = schedule.clone();
    asked.price = Price::Fixed(WHOLE);
    asked.accepts.clear();
    for (place, line) in asked.lines.iter_mut().enumerate() {
        line.amount = match (firsts.contains(&place), seconds.contains(&place)) {
            (true, _) => Amount::Sum(Money(1)),
            (false, true) => Amount::Sum(WHOLE),
            (false, false) => Amount::Nothing,
        };
    }
    let plan = Plan::new(asked);
    let (findings, decided) = found(&plan, Property::Overbilling);
    let Some(witness) = findings.into_iter().find_map(|finding| finding.witness) else {
        return if decided { Answer::Never } else { Answer::Unknown };
    };
    let fired = witness.moments.iter().flat_map(|moment| &moment.fired);
    let places: Vec<usize> =
        fired.filter_map(|line| plan.line(*line)).map(|line| line.index).collect();
    let of = |among: &[usize]| places.iter().copied().find(|place| among.contains(place));
    if let (Some(first), Some(second)) = (of(firsts), of(seconds)) {
        return Answer::Shown((first, second));
    }
    // Two of the second lines are more than the whole, too: each is asked about by itself.
    let alone = |second: &usize| together(schedule, firsts, &[*second]);
    let answers: Vec<Answer<(usize, usize)>> =
        seconds.iter().filter(|_| seconds.len() > 1).map(alone).collect();
    let shown = answers.iter().find(|answer| matches!(answer, Answer::Shown(_)));
    let unknown = answers.iter().find(|answer| **answer == Answer::Unknown);
    shown.or(unknown).cloned().unwrap_or(Answer::Never)
}

/// Which of these balances give a deposit back, and which deposit one of them does.
pub fn gives_back(schedule: &Schedule, lines: &[usize]) -> Answer<(Vec<usize>, usize)> {
    let plan = Plan::new(schedule.clone());
    let (findings, decided) = found(&plan, Property::Credit);
    let mut shown: Vec<usize> = Vec::new();
    let mut deposit = None;
    for finding in &findings {
        let (Key::Credit(line), Some(witness)) = (finding.key, &finding.witness) else { continue };
        let Some(planned) = plan.line(line).filter(|planned| lines.contains(&planned.index)) else {
            continue;
        };
        let label = plan.stated(line).map(|line| line.label.as_str());
        let taken = |of: &&InvoiceLine| {
            of.kind == InvoiceLineKind::Deduction && Some(of.line.as_str()) == label
        };
        let given = witness.lines.iter().find(taken).and_then(|given| {
            let of = |line: &crate::model::Line| {
                line.kind == LineKind::Deposit && line.label == given.label
            };
            schedule.lines.iter().position(of)
        });
        deposit = deposit.or(given);
        shown.push(planned.index);
    }
    shown.sort_unstable();
    match deposit {
        Some(deposit) => Answer::Shown((shown, deposit)),
        None if decided => Answer::Never,
        None => Answer::Unknown,
    }
}

/// Whether a line fires in a case that has not started.
pub fn before_start(schedule: &Schedule, line: usize) -> Answer<()> {
    let mut asked = schedule.clone();
    let Some(of) = asked.lines.get_mut(line) else { return Answer::Never };
    let not_started = Condition::Not(Box::new(Condition::Test(Test::Reached(Milestone::Start))));
    let both = of.condition.take().into_iter().chain([not_started]);
    of.condition = Some(Condition::All(both.collect()));
    let plan = Plan::new(asked);
    let (findings, decided) = found(&plan, Property::DeadLine);
    let dead = findings.iter().any(|finding| {
        let Key::DeadLine(dead) = finding.key else { return false };
        plan.line(dead).is_some_and(|planned| planned.index == line)
    });
    match (dead, decided) {
        (true, _) => Answer::Never,
        (false, true) => Answer::Shown(()),
        (false, false) => Answer::Unknown,
    }
}
