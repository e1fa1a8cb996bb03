//! Two versions of which one or both use the second part of the language.
//!
//! In: both plans. Out: what is known of them. Each is read as a schedule of the first part, and these
//! are compared over every history; a difference counts only if the rules of both show it. What the
//! reading leaves out has to be stated alike, or it is not known whether they bill the same.

use super::super::agreed::scales;
use super::super::by_the_rules::{evaluate, sums};
use super::super::limit::Limit;
use super::super::unseen::Unseen;
use super::comparison::{Apart, Change, Comparison, Example, Options, Verdict};
use super::{first_part, form, tried};
use crate::model::program::{Amount, Form, Line, Payer, Program};
use crate::money::Money;
use crate::plan::{Beyond, OfLine, Plan, Reading};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Compares two versions over every history; where that leaves it open whether they differ, single lives are billed on both.
pub(super) fn compare(old: &Plan, new: &Plan, options: &Options) -> Comparison {
    let mut comparison = over_every_history(old, new, options);
    let programs = [old, new].map(|plan| plan.program(true));
    let [Some(old_program), Some(new_program)] = programs else { return comparison };
    let programs = [old_program, new_program];
    if comparison.verdict == Verdict::Unknown {
        if !agree_alike(&programs) && !comparison.apart.contains(&Apart::Figure) {
            comparison.apart.push(Apart::Figure);
        }
        if !comparison.apart.is_empty() {
            comparison.verdict = Verdict::Different;
        }
        if agreed_in(&programs) {
            comparison.figure = programs.first().map(|program| program.round_figure());
        }
        let lives = tried::look([old, new], &programs, options);
        if lives.example.is_some() {
            comparison.verdict = Verdict::Different;
            // What is stated otherwise has been compared after all.
            let stated = matches!(comparison.limit, Some(Limit::Unseen(_) | Limit::PaidBy));
            comparison.limit = comparison.limit.filter(|_| !stated);
        }
        comparison.lives = Some(lives);
    }
    comparison
}

/// Whether the cases of both versions agree a figure.
fn agreed_in(programs: &[Arc<Program>; 2]) -> bool {
    programs.iter().all(|program| program.price.is_agreed())
}

/// Whether the same prices and rates may be agreed in both.
fn agree_alike([old, new]: &[Arc<Program>; 2]) -> bool {
    let of = |program: &Arc<Program>| {
        let agreed = program.price.is_agreed();
        (agreed, agreed.then(|| (program.price.is_a_rate(), program.bounds_of_the_figure())))
    };
    of(old) == of(new)
}

fn over_every_history(old: &Plan, new: &Plan, options: &Options) -> Comparison {
    let plans = [old, new];
    let read = plans.map(Plan::first_part);
    let [Ok(old_read), Ok(new_read)] = read else {
        let mut comparison = Comparison::unknown(old, new, options);
        let sides = read.iter().enumerate();
        let mut sides =
            sides.filter_map(|(side, read)| Some((side, read.as_ref().err().copied()?)));
        if let Some((side, beyond)) = sides.next() {
            (comparison.limit, comparison.limit_by) = (Some(Limit::NotCovered(beyond)), side);
        }
        return comparison;
    };
    // A plan of the first part has a program, too.
    let programs = plans.map(|plan| plan.program(true));
    let [Some(old_program), Some(new_program)] = programs else {
        return Comparison::unknown(old, new, options);
    };
    let versions = Versions {
        plans,
        read: [old_read, new_read],
        programs: [old_program, new_program],
        money: options.money,
    };
    let mut comparison = first_part::compare(old_read, new_read, options);
    if comparison.verdict == Verdict::Incomparable {
        return comparison;
    }
    comparison.unseen = versions.aside();
    let [old_program, new_program] = &versions.programs;
    comparison.same_text &= old_program.in_force_from == new_program.in_force_from
        && versions.differing_aside().is_none()
        && versions.state_all_alike()
        && comparison.unseen.is_empty();
    versions.confirm(&mut comparison);
    let [old_program, _] = &versions.programs;
    if agreed_in(&versions.programs) {
        comparison.figure = Some(Reading::plainest(old_program).figure);
    }
    if !agree_alike(&versions.programs) {
        comparison.apart.push(Apart::Figure);
        comparison.verdict = Verdict::Different;
    }
    if comparison.verdict == Verdict::Equivalent
        && let Some((side, limit)) = versions.doubt()
    {
        comparison.verdict = Verdict::Unknown;
        (comparison.limit, comparison.limit_by) = (Some(limit), side);
    }
    comparison
}

/// Both versions.
struct Versions<'p> {
    plans: [&'p Plan; 2],
    /// As they are read.
    read: [&'p Plan; 2],
    programs: [Arc<Program>; 2],
    money: bool,
}

impl Versions<'_> {
    /// Keeps only what the rules of both versions show.
    fn confirm(&self, comparison: &mut Comparison) {
        let mut doubted = false;
        for window in &mut comparison.windows {
            if window.example.as_ref().is_some_and(|example| !self.differ_on(example)) {
                (window.example, window.change, window.proved) = (None, Change::Unknown, false);
                doubted = true;
            }
        }
        let differs = comparison.windows.iter().any(|window| window.example.is_some());
        if doubted && !differs && comparison.apart.is_empty() {
            comparison.verdict = Verdict::Unknown;
            comparison.limit = Some(Limit::NotShown);
        }
    }

    /// Whether the rules of both versions bill otherwise in a history.
    fn differ_on(&self, example: &Example) -> bool {
        let run = |side: usize| {
            let (plan, program) = (self.plans.get(side)?, self.programs.get(side)?);
            let figure = Reading::plainest(program).figure;
            let terms = (*example.terms.get(side)?, figure);
            evaluate(plan, &example.events, terms, example.day)
        };
        let (Some(old), Some(new)) = (run(0), run(1)) else { return false };
        let [old_plan, new_plan] = self.plans;
        let (old, new) = (sums(old_plan, &old, &|_| true), sums(new_plan, &new, &|_| true));
        if !self.money {
            return old != new;
        }
        let by_day = |sums: super::super::by_the_rules::Sums| {
            let mut days = BTreeMap::new();
            for ((day, ..), sum) in sums {
                let of: &mut Money = days.entry(day).or_default();
                *of = of.plus(sum).unwrap_or_default();
            }
            days.retain(|_, sum| *sum != Money::ZERO);
            days
        };
        by_day(old) != by_day(new)
    }

    /// A line that may give something back in one version only.
    fn refunds_otherwise(&self) -> Option<(usize, usize)> {
        let label = |side: usize, line: &Line| {
            Some(self.plans.get(side)?.schedule.lines.get(line.index)?.label.as_str())
        };
        let held = |side: usize| -> Vec<&str> {
            let lines = self.programs.get(side).map_or(&[][..], |program| &program.lines);
            lines
                .iter()
                .filter(|line| no_refund(line))
                .filter_map(|line| label(side, line))
                .collect()
        };
        [(0, 1), (1, 0)].into_iter().find_map(|(side, other)| {
            let others = held(other);
            let lines = &self.programs.get(side)?.lines;
            let is = |line: &&Line| {
                no_refund(line) && label(side, line).is_some_and(|label| !others.contains(&label))
            };
            lines.iter().find(is).map(|line| (side, line.index))
        })
    }

    /// What both say otherwise and no comparison of lines looks at.
    fn aside(&self) -> Vec<Unseen> {
        let [old, new] = &self.programs;
        let terms = |program: &Program| {
            let dues = program.payer_names.iter().zip(&program.dues);
            let dues: Vec<_> = dues.map(|(name, due)| (name.clone(), *due)).collect();
            (program.payment, dues)
        };
        let tax = self.money && self.taxes_differ();
        [(tax, Unseen::Tax), (terms(old) != terms(new), Unseen::Payment)]
            .into_iter()
            .filter(|(differs, _)| *differs)
            .map(|(_, unseen)| unseen)
            .collect()
    }

    /// What is left open where both bill the same as they are read.
    fn doubt(&self) -> Option<(usize, Limit)> {
        let [old, new] = self.read;
        // Word for word: then they bill the same whatever the reading has left out, if that is alike.
        let same = form::same(&old.schedule, &new.schedule, false) && self.state_all_alike();
        let agreed = self.programs.iter().any(|program| program.price.is_agreed());
        if !same {
            if agreed && !self.read.iter().all(|read| scales(read)) {
                return Some((1, Limit::AgreedFigure));
            }
            for (side, program) in self.programs.iter().enumerate() {
                if let Some(line) = program.lines.iter().find(|line| self.is_open(program, line)) {
                    let what = if line.beside { OfLine::Beside } else { OfLine::ByAction };
                    return Some((side, Limit::NotCovered(Beyond::Line(line.index, what))));
                }
            }
        }
        // What is never given back is so at every price only where no price is amended.
        if agreed && let Some((side, line)) = self.refunds_otherwise() {
            return Some((side, Limit::NotCovered(Beyond::Line(line, OfLine::NoRefund))));
        }
        let [old, new] = &self.programs;
        if old.in_force_from != new.in_force_from {
            return Some((1, Limit::InForce));
        }
        if old.tax_included != new.tax_included {
            return Some((1, Limit::TaxIncluded));
        }
        let named = self.programs.iter().any(|program| !program.payers.is_empty());
        let differing = self.differing_aside();
        if !self.money {
            return differing.map(|unseen| (1, Limit::Unseen(unseen)));
        }
        let exact = differing != Some(Unseen::Payers)
            && (same || self.programs.iter().all(|program| program.payers_owe_by_the_sum()));
        (named && !exact).then_some((1, Limit::PaidBy))
    }

    /// Whether a line bills otherwise than it is read where it stands among others: beside the price, if
    /// others count what is billed; work in one line for each action, rounded once.
    fn is_open(&self, program: &Program, line: &Line) -> bool {
        let up_to = program.lines.iter().any(|line| matches!(line.amount, Amount::UpTo { .. }));
        line.beside && up_to || line.amount == Amount::Work(Form::ByAction)
    }

    /// What is stated of each line that the reading leaves out, by its label.
    fn state_all_alike(&self) -> bool {
        let stated = |side: usize| -> Option<Vec<(String, bool, bool, bool)>> {
            let (plan, program) = (self.plans.get(side)?, self.programs.get(side)?);
            let mut all = Vec::new();
            for line in &program.lines {
                let label = plan.schedule.lines.get(line.index)?.label.clone();
                let by_action = line.amount == Amount::Work(Form::ByAction);
                all.push((label, line.beside, by_action, no_refund(line)));
            }
            all.sort();
            Some(all)
        };
        stated(0).is_some() && stated(0) == stated(1)
    }

    /// What no comparison of sums looks at and the versions state otherwise.
    fn differing_aside(&self) -> Option<Unseen> {
        let payers = |side: usize| -> Option<_> {
            let (plan, program) = (self.plans.get(side)?, self.programs.get(side)?);
            let named: Vec<(&String, &Payer)> =
                program.payer_names.iter().zip(&program.payers).collect();
            let charged = program.lines.iter().filter_map(|line| {
                let payer = program.payer_names.get(line.charged_to?.0 as usize)?;
                Some((plan.schedule.lines.get(line.index)?.label.clone(), payer.clone()))
            });
            let mut charged: Vec<(String, String)> = charged.collect();
            charged.sort();
            Some((named, charged))
        };
        if payers(0) != payers(1) {
            return Some(Unseen::Payers);
        }
        self.taxes_differ().then_some(Unseen::Tax)
    }

    /// Whether tax is stated otherwise of some line or action.
    fn taxes_differ(&self) -> bool {
        let taxes = |side: usize| -> Option<_> {
            let (plan, program) = (self.plans.get(side)?, self.programs.get(side)?);
            let tax = |id: Option<crate::model::program::TaxId>| {
                id.and_then(|id| program.taxes.get(usize::from(id.0)))
            };
            let lines = program.lines.iter().map(|line| {
                let label = plan.schedule.lines.get(line.index).map(|line| line.label.as_str());
                (label.unwrap_or_default(), tax(line.tax))
            });
            let actions =
                program.subjects.iter().zip(&program.names).filter_map(|(of, named)| {
                    Some((of.1.as_str(), tax(named.worked.as_ref()?.tax)?))
                });
            let (mut lines, mut actions): (Vec<_>, Vec<_>) = (lines.collect(), actions.collect());
            lines.sort_by_key(|(label, _)| *label);
            actions.sort_by_key(|(name, _)| *name);
            Some((lines, actions, program.tax_included))
        };
        taxes(0) != taxes(1)
    }
}

fn no_refund(line: &Line) -> bool {
    matches!(line.amount, Amount::UpTo { no_refund: true, .. })
}
