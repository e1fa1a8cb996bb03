//! The tests written in schedule files: run, compared line by line, and filled in.

mod bless;

use crate::calendar::Date;
use crate::eval::{self, Evaluation, Notice, Silent, Withheld};
use crate::model::{ExpectedLine, Scenario};
use crate::money::Money;
use crate::plan::{Plan, PlannedTerms};
use crate::span::Span;

pub use bless::{amount, bless, expect_line};

/// What a scenario comes to.
#[derive(Debug)]
pub enum Outcome {
    /// Everything expected came, and nothing else.
    Passed,
    /// Something differs.
    Differs(Difference),
    /// It states no expectation.
    NothingExpected(Vec<ActualLine>),
    /// The case is withheld: there is nothing to compare.
    Withheld(Withheld),
}

/// What was expected and what came.
#[derive(Debug)]
pub struct Difference {
    /// The lines, side by side; if only the total counts, those that came.
    pub rows: Vec<Row>,
    /// The expected and the actual total, where they differ and one is expected.
    pub total: Option<(Money, Money)>,
    /// The events that had no effect, which may be why.
    pub notices: Vec<Notice>,
}

/// One row of a comparison.
#[derive(Debug, PartialEq, Eq)]
pub enum Row {
    /// Expected, and it came.
    Same(ActualLine),
    /// Expected, and it did not come.
    Missing(ExpectedLine),
    /// It came, and was not expected.
    Unexpected(ActualLine),
}

/// An invoice line as scenarios see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActualLine {
    /// Its day.
    pub date: Date,
    /// What stands on the invoice.
    pub label: String,
    /// Its amount.
    pub amount: Money,
}

/// Evaluates a scenario on its schedule, up to its as-of date.
pub fn evaluate(plan: &Plan, scenario: &Scenario) -> Result<Evaluation, Withheld> {
    let terms = PlannedTerms { hours: scenario.planned_hours, months: scenario.planned_months };
    eval::evaluate_with(plan, &scenario.events, terms, scenario.as_of, &mut Silent)
}

/// Runs a scenario and compares.
pub fn run(plan: &Plan, scenario: &Scenario) -> Outcome {
    let evaluation = match evaluate(plan, scenario) {
        Ok(evaluation) => evaluation,
        Err(withheld) => return Outcome::Withheld(withheld),
    };
    let actual = actual_lines(plan, &evaluation);
    let expected = &scenario.expected;
    if expected.is_missing() {
        return Outcome::NothingExpected(actual);
    }
    let sum = actual.iter().fold(Money::ZERO, |sum, line| sum.plus(line.amount).unwrap_or(sum));
    let total = expected.total.filter(|total| *total != sum).map(|total| (total, sum));
    let rows = if expected.states_lines() {
        compare(&expected.lines, actual)
    } else {
        actual.into_iter().map(Row::Same).collect()
    };
    let differs = |row: &Row| match row {
        Row::Same(_) => false,
        Row::Missing(_) | Row::Unexpected(_) => true,
    };
    if total.is_some() || rows.iter().any(differs) {
        Outcome::Differs(Difference { rows, total, notices: evaluation.notices })
    } else {
        Outcome::Passed
    }
}

/// The lines of an evaluation as scenarios see them.
pub fn actual_lines(plan: &Plan, evaluation: &Evaluation) -> Vec<ActualLine> {
    let currency = plan.schedule.currency;
    let amount = |text: &str| {
        let (negative, digits) =
            text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
        let amount = crate::money::read_digits(digits, currency.decimals()).unwrap_or(0);
        Money(if negative { -amount } else { amount })
    };
    evaluation
        .lines
        .iter()
        .map(|line| ActualLine {
            date: line.date,
            label: line.label.clone(),
            amount: amount(&line.amount),
        })
        .collect()
}

/// The two lists side by side, by their longest common subsequence.
fn compare(expected: &[ExpectedLine], actual: Vec<ActualLine>) -> Vec<Row> {
    let as_actual = |line: &ExpectedLine| ActualLine {
        date: line.date,
        label: line.label.clone(),
        amount: line.amount,
    };
    let key = |line: &ActualLine| format!("{} {} {}", line.date, line.amount.0, line.label);
    let old: Vec<String> = expected.iter().map(|line| key(&as_actual(line))).collect();
    let new: Vec<String> = actual.iter().map(key).collect();
    let mut expected = expected.iter();
    let mut actual = actual.into_iter();
    let mut rows = Vec::new();
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, &old, &new) {
        let (tag, from, to) = op.as_tag_tuple();
        match tag {
            similar::DiffTag::Equal => {
                rows.extend(actual.by_ref().take(to.len()).map(Row::Same));
                expected.by_ref().take(from.len()).for_each(drop);
            }
            similar::DiffTag::Delete | similar::DiffTag::Insert | similar::DiffTag::Replace => {
                rows.extend(expected.by_ref().take(from.len()).cloned().map(Row::Missing));
                rows.extend(actual.by_ref().take(to.len()).map(Row::Unexpected));
            }
        }
    }
    rows
}

/// A change of a source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What to replace.
    pub span: Span,
    /// By what.
    pub text: String,
}
