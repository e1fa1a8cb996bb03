//! Two versions that no search compares, as far as single lives tell.
//!
//! In: both plans. Out: how many natural lives were billed on both, and the first of those with the fewest events on which
//! they bill otherwise. That no life shows a difference proves nothing.

use super::super::by_the_rules::opening;
use super::super::in_force::InForce;
use super::super::lives::{Life, Lives, the_first_and_some};
use super::both::said;
use super::comparison::{Example, Moment, Options, SingleLives};
use crate::calendar::{Date, Duration};
use crate::eval;
use crate::model::program::{Opening, Program, Terms};
use crate::model::{EventKind, InvoiceLine};
use crate::money::Money;
use crate::plan::Plan;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many situations of a search cost what one life does.
const SITUATIONS_A_LIFE: usize = 100;
/// So long a life is followed after its last event.
const AFTERWARDS: Duration = Duration::Months(40);

/// Bills lives on both versions until one shows a difference.
pub(super) fn look(
    plans: [&Plan; 2],
    programs: &[Arc<Program>; 2],
    options: &Options,
) -> SingleLives {
    let most = options.budget / SITUATIONS_A_LIFE;
    let mut lives: Vec<Life> = Vec::new();
    for (plan, program) in plans.into_iter().zip(programs) {
        lives.extend(Lives::of(plan, program).all(InForce::default(), most));
    }
    lives.sort_by_key(|life| (life.events.len(), ends_on_its_first_day(life)));
    let mut lives = the_first_and_some(lives, most);
    if options.started {
        lives.retain(starts);
    }
    let both = Both { plans, programs, money: options.money };
    let mut tried = 0;
    for life in lives {
        let last = life.events.iter().map(|event| event.date).max().unwrap_or(Date::MIN);
        let until = last.plus(AFTERWARDS).min(Date::MAX);
        let Some(lines) = both.bill(&life, until) else { continue };
        tried += 1;
        if let Some(example) = both.differ(&life, &lines) {
            return SingleLives { tried, example: Some(example) };
        }
    }
    SingleLives { tried, example: None }
}

/// Whether a case of several events has them all on one day: there are plainer ones.
fn ends_on_its_first_day(life: &Life) -> bool {
    let first = life.events.first().map(|event| event.date);
    life.events.len() > 1 && life.events.last().map(|event| event.date) == first
}

fn starts(life: &Life) -> bool {
    life.events.iter().any(|event| event.kind.may_start())
}

struct Both<'p> {
    plans: [&'p Plan; 2],
    programs: &'p [Arc<Program>; 2],
    money: bool,
}

impl Both<'_> {
    /// The lines of both; none if either withholds the case.
    fn bill(&self, life: &Life, until: Date) -> Option<[Vec<InvoiceLine>; 2]> {
        let [old, new] = [0, 1].map(|side| self.lines(side, life, until));
        Some([old?, new?])
    }

    fn lines(&self, side: usize, life: &Life, until: Date) -> Option<Vec<InvoiceLine>> {
        let (plan, program) = (self.plans.get(side)?, self.programs.get(side)?);
        let agreed = self.opening(program, life);
        let evaluation =
            eval::evaluate_agreed(plan, &life.events, (life.terms, &agreed), until).ok()?;
        Some(evaluation.lines)
    }

    /// What the case agrees on a version: the figure of the first one that takes it, and the dates that the life plans.
    fn opening(&self, program: &Program, life: &Life) -> Opening {
        let [old, new] = self.programs;
        let figure = if old.price.is_agreed() { old.round_figure() } else { new.round_figure() };
        let Opening { terms, shares } = opening(program, figure);
        let Terms { planned_start, planned_end, .. } = life.opening.terms;
        Opening { terms: Terms { planned_start, planned_end, ..terms }, shares }
    }

    /// The life up to the first day on which what is billed differs.
    fn differ(&self, life: &Life, lines: &[Vec<InvoiceLine>; 2]) -> Option<Example> {
        let day = self.first_difference(lines)?;
        let short = Life {
            opening: life.opening.clone(),
            terms: life.terms,
            figure: life.figure,
            events: life.events.iter().filter(|event| event.date <= day).cloned().collect(),
        };
        // What came later may have mattered before: planned terms do.
        let cut = self.bill(&short, day).filter(|lines| self.first_difference(lines) == Some(day));
        let (life, lines) = match cut {
            Some(cut) => (&short, cut),
            None => (life, self.bill(life, day)?),
        };
        let of_day = lines.each_ref().map(|lines| -> Vec<InvoiceLine> {
            lines.iter().filter(|line| line.date == day).cloned().collect()
        });
        Some(Example {
            events: life.events.clone(),
            terms: [life.terms; 2],
            planned_dates: [life.opening.terms.planned_start, life.opening.terms.planned_end],
            day,
            amounts: of_day.each_ref().map(|lines| self.sum(lines)),
            lines: of_day,
            totals: lines.each_ref().map(|lines| self.sum(lines)),
            moments: self.moments(life, &lines),
            shortest: false,
        })
    }

    /// The first day on which lines differ or, where only money counts, what each payer owes.
    fn first_difference(&self, [old, new]: &[Vec<InvoiceLine>; 2]) -> Option<Date> {
        let days: BTreeSet<Date> = old.iter().chain(new).map(|line| line.date).collect();
        days.into_iter().find(|day| {
            let of = |lines: &[InvoiceLine]| -> Vec<InvoiceLine> {
                let of_day = lines.iter().filter(|line| line.date == *day);
                // From when a version is in force is no matter of a case that both bill.
                of_day.map(|line| InvoiceLine { in_force_from: None, ..said(line) }).collect()
            };
            let (old, new) = (of(old), of(new));
            if self.money { self.by_payer(&old) != self.by_payer(&new) } else { old != new }
        })
    }

    fn by_payer(&self, lines: &[InvoiceLine]) -> BTreeMap<Option<String>, Money> {
        let mut sums: BTreeMap<Option<String>, Money> = BTreeMap::new();
        for line in lines {
            let sum = sums.entry(line.payer.clone()).or_default();
            *sum = sum.plus(self.amount(line)).unwrap_or_default();
        }
        sums.retain(|_, sum| *sum != Money::ZERO);
        sums
    }

    fn amount(&self, line: &InvoiceLine) -> Money {
        let [old, _] = self.plans;
        old.schedule.currency.read_signed(&line.amount).unwrap_or_default()
    }

    fn sum(&self, lines: &[InvoiceLine]) -> Money {
        let amounts = lines.iter().map(|line| self.amount(line));
        amounts.fold(Money::ZERO, |sum, amount| sum.plus(amount).unwrap_or(sum))
    }

    /// The days of the life and of its lines; what a day bills stands at its last event.
    fn moments(&self, life: &Life, lines: &[Vec<InvoiceLine>; 2]) -> Vec<Moment> {
        let mut moments: Vec<Moment> = Vec::new();
        let days: BTreeSet<Date> = life
            .events
            .iter()
            .map(|event| event.date)
            .chain(lines.iter().flatten().map(|line| line.date))
            .collect();
        for date in days {
            let mut events: Vec<usize> = (0..life.events.len())
                .filter(|place| life.events.get(*place).is_some_and(|event| event.date == date))
                .collect();
            events.sort_by_key(|place| {
                life.events.get(*place).map(|event| EventKind::place_in_day(&event.kind))
            });
            let last = events.pop();
            let none = || [Vec::new(), Vec::new()];
            moments.extend(events.into_iter().map(|event| Moment {
                date,
                event: Some(event),
                labels: none(),
                amounts: [Money::ZERO; 2],
            }));
            let of_day = lines.each_ref().map(|lines| -> Vec<InvoiceLine> {
                lines.iter().filter(|line| line.date == date).cloned().collect()
            });
            let labels = of_day
                .each_ref()
                .map(|lines| lines.iter().map(|line| line.label.clone()).collect());
            let amounts = of_day.each_ref().map(|lines| self.sum(lines));
            moments.push(Moment { date, event: last, labels, amounts });
        }
        moments
    }
}
