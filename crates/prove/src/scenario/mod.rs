//! The tests written in schedule files: run, compared line by line, and filled in.

mod bless;

use crate::calendar::Date;
use crate::eval::{self, Evaluation, Notice, Recorded, Withheld};
use crate::model::{Expected, ExpectedLine, InvoiceLine, Scenario};
use crate::money::{Money, read_digits};
use crate::plan::Plan;
use crate::span::Span;
use std::ops::Range;

pub use bless::{amount, bless, expect_line, rewritten};

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
    /// Who pays it, where the lines of each payer count on their own.
    pub payer: Option<String>,
}

/// Evaluates a scenario on its schedule, up to its as-of date.
pub fn evaluate(plan: &Plan, scenario: &Scenario) -> Result<Evaluation, Withheld> {
    let terms = (scenario.planned, &scenario.opening);
    eval::evaluate_agreed(plan, &scenario.events, terms, scenario.as_of)
}

/// Runs a scenario and compares.
pub fn run(plan: &Plan, scenario: &Scenario) -> Outcome {
    let (evaluation, amounts) = match evaluated(plan, scenario) {
        Ok(evaluated) => evaluated,
        Err(withheld) => return Outcome::Withheld(withheld),
    };
    let expected = &scenario.expected;
    let actual = by_payer_as(expected, plan, &evaluation.lines, &amounts);
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
    evaluation.lines.iter().map(|line| actual_line(plan, line)).collect()
}

fn actual_line(plan: &Plan, line: &InvoiceLine) -> ActualLine {
    let text = line.amount.as_str();
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
    let amount = read_digits(digits, plan.schedule.currency.decimals()).unwrap_or(0);
    ActualLine {
        date: line.date,
        label: line.label.clone(),
        amount: Money(if negative { -amount } else { amount }),
        payer: line.payer.clone(),
    }
}

/// The lines as a scenario states them: what the payers of one amount pay is one line, unless the
/// scenario states who pays a line of that day and label.
fn by_payer_as(
    expected: &Expected,
    plan: &Plan,
    lines: &[InvoiceLine],
    amounts: &[Range<usize>],
) -> Vec<ActualLine> {
    let stated = |line: &InvoiceLine| {
        let of =
            |expected: &&ExpectedLine| expected.date == line.date && expected.label == line.label;
        let mut of_line = expected.lines.iter().filter(of);
        expected.lines.is_empty() || of_line.any(|expected| expected.payer.is_some())
    };
    let mut actual: Vec<ActualLine> = Vec::with_capacity(lines.len());
    let mut whole: Option<&Range<usize>> = None;
    for (place, line) in lines.iter().enumerate() {
        let mut next = actual_line(plan, line);
        if stated(line) {
            whole = None;
        } else {
            next.payer = None;
            if whole.is_some_and(|whole| whole.contains(&place))
                && let Some(last) = actual.last_mut()
                && let Some(sum) = last.amount.plus(next.amount)
            {
                last.amount = sum;
                continue;
            }
            whole = amounts.iter().find(|lines| lines.contains(&place));
        }
        actual.push(next);
    }
    actual
}

/// What a scenario comes to, and the places of the lines that each amount gave, one for each payer.
fn evaluated(
    plan: &Plan,
    scenario: &Scenario,
) -> Result<(Evaluation, Vec<Range<usize>>), Withheld> {
    let terms = (scenario.planned, &scenario.opening);
    let recorded = eval::record_agreed(plan, &scenario.events, terms, scenario.as_of);
    let Some(recorded) = recorded else { return Ok((evaluate(plan, scenario)?, Vec::new())) };
    let Recorded { evaluation, record, .. } = recorded?;
    let considered = record.steps.iter().flat_map(|step| &step.considered);
    let amounts = considered.flat_map(|line| &line.computed).map(|amount| amount.lines.clone());
    Ok((evaluation, amounts.collect()))
}

/// The two lists side by side, by their longest common subsequence.
fn compare(expected: &[ExpectedLine], actual: Vec<ActualLine>) -> Vec<Row> {
    let as_actual = |line: &ExpectedLine| ActualLine {
        date: line.date,
        label: line.label.clone(),
        amount: line.amount,
        payer: line.payer.clone(),
    };
    let key = |line: &ActualLine| (line.date, line.amount, line.label.clone(), line.payer.clone());
    let old: Vec<_> = expected.iter().map(|line| key(&as_actual(line))).collect();
    let new: Vec<_> = actual.iter().map(key).collect();
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
