//! A history run by the rules of a schedule of the second part, whatever it was read as.
//!
//! In: a plan with its program, a history, and the figure that its case agrees, if cases agree one. Out:
//! what it comes to, and what each line comes to on each day, whoever pays it.

use crate::calendar::Date;
use crate::eval::{self, Evaluation};
use crate::model::program::{Opening, Program, Terms};
use crate::model::{Event, InvoiceLine, InvoiceLineKind};
use crate::money::Money;
use crate::plan::{Plan, PlannedTerms};
use std::collections::BTreeMap;

/// What a line comes to on a day, by its day, its kind, the line and the label.
pub type Sums = BTreeMap<(Date, &'static str, String, String), Money>;

/// What the case of an example agrees, at a figure.
pub fn opening(program: &Program, figure: Money) -> Opening {
    let agreed = program.price.is_agreed();
    let rate = program.price.is_a_rate();
    let terms = Terms {
        price: Some(figure).filter(|_| agreed && !rate),
        rate: program.rate_of(figure).filter(|_| agreed && rate),
        ..Terms::default()
    };
    Opening { terms, shares: program.some_shares() }
}

/// What a history comes to; none where it is withheld. A plan of the first part has nothing to agree.
pub fn evaluate(
    plan: &Plan,
    events: &[Event],
    (terms, figure): (PlannedTerms, Money),
    as_of: Date,
) -> Option<Evaluation> {
    let program = plan.schedule.second.as_deref();
    let opening = program.map(|program| opening(program, figure)).unwrap_or_default();
    eval::evaluate_agreed(plan, events, (terms, &opening), as_of).ok()
}

/// What each line comes to on each day; of those that count.
pub fn sums(plan: &Plan, of: &Evaluation, counts: &dyn Fn(&str) -> bool) -> Sums {
    let mut sums = Sums::new();
    // A deduction is of its deposit's line, too.
    let counts = |line: &&InvoiceLine| {
        let deducts = line.kind == InvoiceLineKind::Deduction;
        counts(&line.line) && (!deducts || counts(&line.label))
    };
    for line in of.lines.iter().filter(counts) {
        let key = (line.date, line.kind.name(), line.line.clone(), line.label.clone());
        let amount = plan.schedule.currency.read_signed(&line.amount).unwrap_or_default();
        let sum = sums.entry(key).or_default();
        *sum = sum.plus(amount).unwrap_or_default();
    }
    sums.retain(|_, sum| *sum != Money::ZERO);
    sums
}
