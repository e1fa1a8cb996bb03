//! Whether conditions can hold together at one moment, over every value of what they ask about.
//!
//! In: conditions, each with whether it is to hold, and which terminal event has just come, where one has. Out: whether a
//! case can be so. Each measure is cut where a test names a bound, and all its cells are tried with all cells of the
//! others: more than a case can do, never less. What is too much to be tried counts as possible.

use crate::calendar::Duration;
use crate::model::program::{Anchor, Asked, Condition, Name, Program, Test};
use crate::model::{Milestone, Range};

/// So many combinations of cells are tried at the most.
const MOST: usize = 20_000;

/// What tests ask about. Those of one measure are cut by bounds in one order.
#[derive(Clone, Copy, PartialEq)]
enum Measure {
    /// Days, or months, since an anchor.
    Since(Anchor, Unit),
    /// Days, or months, to the planned start.
    Notice(Unit),
    /// Of the planned hours.
    Share,
    Hours,
    Progress,
    Day(Option<Anchor>),
    Came,
    Happened(Name),
    /// Of this test nothing is known but that it holds or not.
    Alone(usize),
}

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Days,
    Months,
}

/// Whether all these conditions can come out so at one moment.
pub(super) fn may_be(
    program: &Program,
    wanted: &[(&Condition, bool)],
    over: Option<Milestone>,
) -> bool {
    let mut tests: Vec<Test> = Vec::new();
    for (condition, _) in wanted {
        condition.each_test(&mut |test| {
            if !tests.contains(test) {
                tests.push(*test);
            }
        });
    }
    let mut measures: Vec<(Measure, Vec<usize>)> = Vec::new();
    for (place, test) in tests.iter().enumerate() {
        let measure = measure(place, test);
        match measures.iter_mut().find(|(known, _)| *known == measure) {
            Some((_, places)) => places.push(place),
            None => measures.push((measure, vec![place])),
        }
    }
    let cells: Vec<Vec<Vec<(usize, bool)>>> = measures
        .iter()
        .map(|(measure, places)| {
            let of: Vec<(usize, &Test)> =
                places.iter().filter_map(|place| Some((*place, tests.get(*place)?))).collect();
            cells_of(program, *measure, &of, over)
        })
        .collect();
    let combinations =
        cells.iter().try_fold(1_usize, |all, cells| all.checked_mul(cells.len().max(1)));
    if combinations.is_none_or(|combinations| combinations > MOST) {
        return true;
    }
    let mut truths = vec![false; tests.len()];
    any_combination(&cells, &mut truths, &mut |truths| {
        wanted.iter().all(|(condition, holds)| evaluate(condition, &tests, truths) == *holds)
    })
}

/// Whether some choice of one cell of each measure does.
fn any_combination(
    cells: &[Vec<Vec<(usize, bool)>>],
    truths: &mut Vec<bool>,
    does: &mut impl FnMut(&[bool]) -> bool,
) -> bool {
    let Some((first, rest)) = cells.split_first() else { return does(truths) };
    first.iter().any(|cell| {
        for (place, truth) in cell {
            if let Some(slot) = truths.get_mut(*place) {
                *slot = *truth;
            }
        }
        any_combination(rest, truths, does)
    })
}

fn evaluate(condition: &Condition, tests: &[Test], truths: &[bool]) -> bool {
    match condition {
        Condition::Any(parts) => parts.iter().any(|part| evaluate(part, tests, truths)),
        Condition::All(parts) => parts.iter().all(|part| evaluate(part, tests, truths)),
        Condition::Not(inner) => !evaluate(inner, tests, truths),
        Condition::Test(test) => {
            let place = tests.iter().position(|known| known == test);
            place.and_then(|place| truths.get(place)).is_some_and(|truth| *truth)
        }
    }
}

fn measure(place: usize, test: &Test) -> Measure {
    let unit = |range: &Range<Duration>| {
        let mut units = Vec::new();
        range.each_bound(|length, _| {
            units.push(match length {
                Duration::Days(_) => Unit::Days,
                Duration::Months(_) => Unit::Months,
            });
        });
        let first = units.first().copied();
        first.filter(|first| units.iter().all(|unit| unit == first))
    };
    let alone = Measure::Alone(place);
    match (test, test.asked()) {
        (Test::Since(anchor, range), _) => {
            unit(range).map_or(alone, |unit| Measure::Since(*anchor, unit))
        }
        (Test::Notice(range), _) => unit(range).map_or(alone, Measure::Notice),
        (Test::Progress(_), _) => Measure::Progress,
        (_, Asked::Share(_)) if test.measures_work() => Measure::Share,
        (Test::Hours(_), _) => Measure::Hours,
        (Test::Day(anchor, _), _) => Measure::Day(*anchor),
        (Test::Came(_), _) => Measure::Came,
        (Test::Happened(name, _), _) => Measure::Happened(*name),
        (_, _) => alone,
    }
}

/// The cells of a measure: how its tests come out in each.
fn cells_of(
    program: &Program,
    measure: Measure,
    tests: &[(usize, &Test)],
    over: Option<Milestone>,
) -> Vec<Vec<(usize, bool)>> {
    let none = || tests.iter().map(|(place, _)| (*place, false)).collect::<Vec<_>>();
    match measure {
        Measure::Alone(place) => vec![vec![(place, false)], vec![(place, true)]],
        Measure::Came => came(tests, over),
        Measure::Happened(_) => {
            let mut counts: Vec<u32> = tests
                .iter()
                .filter_map(|(_, test)| {
                    if let Test::Happened(_, least) = test { Some((*least).max(1)) } else { None }
                })
                .collect();
            counts.push(0);
            let at = |count: u32| {
                let holds = |test: &Test| {
                    if let Test::Happened(_, least) = test {
                        count >= (*least).max(1)
                    } else {
                        false
                    }
                };
                tests.iter().map(|(place, test)| (*place, holds(test))).collect()
            };
            counts.into_iter().map(at).collect()
        }
        Measure::Since(..) | Measure::Notice(_) => {
            // Before its anchor, or where nothing is planned, no comparison holds.
            let mut cells = in_order(tests, &|test| {
                if let Test::Since(_, range) | Test::Notice(range) = test {
                    Some(range.map(count))
                } else {
                    None
                }
            });
            cells.push(none());
            cells
        }
        Measure::Day(anchor) => {
            let mut cells = in_order(tests, &|test| {
                if let Test::Day(_, range) = test { Some(*range) } else { None }
            });
            cells.extend(anchor.map(|_| none()));
            cells
        }
        Measure::Hours => in_order(tests, &|test| {
            if let Test::Hours(range) = test { Some(*range) } else { None }
        }),
        Measure::Progress => in_order(tests, &|test| {
            if let Test::Progress(range) = test { Some(*range) } else { None }
        }),
        Measure::Share => {
            let mut cells = in_order(tests, &|test| {
                if let Asked::Share(range) = test.asked() { Some(range) } else { None }
            });
            // An amendment may be the first to plan hours.
            cells.extend(program.planned.hours.is_none().then(none));
            cells
        }
    }
}

/// How many days or months it is.
fn count(length: Duration) -> u32 {
    match length {
        Duration::Days(count) | Duration::Months(count) => count,
    }
}

/// Which milestones may have come: of the terminal ones one at the most, and that which has just come.
fn came(tests: &[(usize, &Test)], over: Option<Milestone>) -> Vec<Vec<(usize, bool)>> {
    let mut all: Vec<Vec<(usize, bool)>> = vec![Vec::new()];
    for (place, test) in tests {
        let may = |truth: bool| match (test, over) {
            (Test::Came(milestone), Some(over)) if milestone.is_terminal() => {
                truth == (*milestone == over)
            }
            _ => true,
        };
        let longer = all.iter().flat_map(|cell| {
            [false, true].into_iter().filter(|truth| may(*truth)).map(|truth| {
                let mut cell = cell.clone();
                cell.push((*place, truth));
                cell
            })
        });
        all = longer.collect();
    }
    let ended = |cell: &Vec<(usize, bool)>| {
        let held = cell.iter().filter(|(_, truth)| *truth);
        held.filter(|(place, _)| {
            tests.iter().any(|(other, test)| {
                other == place && matches!(test, Test::Came(of) if of.is_terminal())
            })
        })
        .count()
    };
    all.retain(|cell| ended(cell) <= 1);
    all
}

/// The cells of a measure whose values are in one order: below, at and above each bound.
fn in_order<T: Ord + Copy>(
    tests: &[(usize, &Test)],
    range: &dyn Fn(&Test) -> Option<Range<T>>,
) -> Vec<Vec<(usize, bool)>> {
    let ranges: Vec<(usize, Range<T>)> =
        tests.iter().filter_map(|(place, test)| Some((*place, range(test)?))).collect();
    let mut bounds: Vec<T> = Vec::new();
    for (_, range) in &ranges {
        range.each_bound(|bound, _| bounds.push(*bound));
    }
    bounds.sort_unstable();
    bounds.dedup();
    let rank = |bound: T| bounds.iter().position(|known| *known == bound).unwrap_or(0) * 2 + 1;
    let ranks: Vec<(usize, Range<usize>)> =
        ranges.iter().map(|(place, range)| (*place, range.map(rank))).collect();
    let holds = |range: &Range<usize>, value: usize| match range {
        Range::Less(n) => value < *n,
        Range::AtMost(n) => value <= *n,
        Range::Greater(n) => value > *n,
        Range::AtLeast(n) => value >= *n,
        Range::Window { from, under } => value >= *from && value < *under,
    };
    (0..=bounds.len() * 2)
        .map(|value| ranks.iter().map(|(place, range)| (*place, holds(range, value))).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Milestone, may_be};
    use crate::model::program::Condition;

    /// The conditions of the lines of a schedule, and its program.
    fn conditions(of: &[&str]) -> (std::sync::Arc<crate::model::program::Program>, Vec<Condition>) {
        let lines: String = of
            .iter()
            .enumerate()
            .map(|(place, condition)| {
                format!("  installment \"{place}\": 1 EUR on signature if {condition}\n")
            })
            .collect();
        let source = format!(
            "schedule \"S\"\n  price fixed as agreed, in EUR\n{lines}  balance \"B\": remainder on end\n"
        );
        let compiled = jalon::compile("cells.jalon", &source).expect("a sound schedule");
        let program = compiled.schedules[0].program(true).expect("of the second part");
        let conditions = program.lines.iter().filter_map(|line| line.condition.clone()).collect();
        (program, conditions)
    }

    fn leave_a_gap(of: &[&str], over: Option<Milestone>) -> bool {
        let (program, conditions) = conditions(of);
        let unmet: Vec<(&Condition, bool)> = conditions.iter().map(|one| (one, false)).collect();
        may_be(&program, &unmet, over)
    }

    fn can_meet(of: &[&str]) -> bool {
        let (program, conditions) = conditions(of);
        let met: Vec<(&Condition, bool)> = conditions.iter().map(|one| (one, true)).collect();
        may_be(&program, &met, None)
    }

    #[test]
    fn windows_leave_nothing_out_or_do() {
        let end = Some(Milestone::End);
        assert!(!leave_a_gap(
            &["progress < 30 %", "progress from 30 % to under 70 %", "progress >= 70 %"],
            end
        ));
        assert!(leave_a_gap(&["progress < 30 %", "progress > 30 %"], end));
        assert!(
            leave_a_gap(&["duration < 4 months", "duration >= 4 months"], end),
            "before the start"
        );
        assert!(!leave_a_gap(&["duration < 4 months", "not duration < 4 months"], end));
        assert!(!leave_a_gap(&["signed and progress < 5 %", "not signed", "progress >= 5 %"], end));
        assert!(!leave_a_gap(&["ended", "not signed"], end));
        assert!(leave_a_gap(&["ended", "signed"], None));
        assert!(!leave_a_gap(
            &["action \"V\" done at least 3 times", "not action \"V\" done at least 3 times"],
            end
        ));
        assert!(!leave_a_gap(
            &["action \"V\" done", "not action \"V\" done at least 3 times"],
            end
        ));
        assert!(leave_a_gap(&["not action \"V\" done", "action \"V\" done at least 3 times"], end));
    }

    #[test]
    fn conditions_exclude_each_other_or_do_not() {
        assert!(!can_meet(&["duration < 4 months", "duration from 4 months to under 10 months"]));
        assert!(can_meet(&["duration <= 4 months", "duration >= 4 months"]), "on that day");
        assert!(
            can_meet(&["duration < 4 months", "duration >= 120 days"]),
            "months have other lengths"
        );
        assert!(!can_meet(&["notice < 15 days", "notice >= 15 days"]));
        assert!(!can_meet(&["date before 2025-01-01", "date from 2025-01-01"]));
        assert!(!can_meet(&["ended", "abandoned"]));
        assert!(!can_meet(&["not signed or progress < 10 %", "signed and progress >= 10 %"]));
        assert!(can_meet(&["since signature < 14 days", "duration >= 14 days"]));
    }
}
