//! The scenarios of follow-ups: run, and compared step by step.

use super::fault::Why;
use super::lived::Lived;
use super::walk::Walk;
use crate::calendar::Date;
use crate::model::{FollowScenario, FollowUp};

/// What a scenario comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The steps that it expects came, and no other.
    Passed,
    /// Something differs: the steps side by side, by day.
    Differs(Vec<ScenarioRow>),
    /// It states no expectation; these steps come.
    NothingExpected(Vec<(Date, String)>),
    /// Its invoice would be withheld.
    Withheld(Why),
}

/// A step of a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ScenarioRow {
    /// Expected, and it came.
    Same(Date, String),
    /// Expected, and it did not come.
    Missing(Date, String),
    /// It came, and was not expected.
    Unexpected(Date, String),
}

/// Runs a scenario on its follow-up.
pub fn scenario(follow_up: &FollowUp, scenario: &FollowScenario) -> Outcome {
    match steps(follow_up, scenario) {
        Err(why) => Outcome::Withheld(why),
        Ok(came) => match &scenario.expected {
            None => Outcome::NothingExpected(came),
            Some(expected) if *expected == came => Outcome::Passed,
            Some(expected) => Outcome::Differs(compare(expected, came)),
        },
    }
}

fn steps(follow_up: &FollowUp, scenario: &FollowScenario) -> Result<Vec<(Date, String)>, Why> {
    let lived = Lived {
        date: scenario.date,
        due: scenario.due,
        total: scenario.total,
        currency: scenario.currency,
        events: scenario.events.clone(),
    };
    let (fired, _) =
        lived.walked(follow_up, |members| Walk::of(members, scenario.as_of, None, false))?;
    let label = |step: usize| follow_up.steps.get(step).map(|step| step.label.clone());
    Ok(fired.iter().filter_map(|fired| Some((fired.day, label(fired.step)?))).collect())
}

/// The two lists side by side, by their longest common subsequence.
fn compare(expected: &[(Date, String)], came: Vec<(Date, String)>) -> Vec<ScenarioRow> {
    let mut rows = Vec::new();
    for op in similar::capture_diff_slices(similar::Algorithm::Myers, expected, &came) {
        let (tag, from, to) = op.as_tag_tuple();
        let old = expected.get(from).unwrap_or_default().iter().cloned();
        let new = came.get(to).unwrap_or_default().iter().cloned();
        match tag {
            similar::DiffTag::Equal => {
                rows.extend(new.map(|(day, step)| ScenarioRow::Same(day, step)));
            }
            similar::DiffTag::Delete | similar::DiffTag::Insert | similar::DiffTag::Replace => {
                rows.extend(old.map(|(day, step)| ScenarioRow::Missing(day, step)));
                rows.extend(new.map(|(day, step)| ScenarioRow::Unexpected(day, step)));
            }
        }
    }
    rows
}
