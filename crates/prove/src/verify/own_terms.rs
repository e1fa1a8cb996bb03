//! Planned hours and months of which a schedule states its own, and a case may state others.
//!
//! In: a plan. Out: whether it can overbill with other planned hours, and what a verdict assumes of
//! them where that is not known. Everything else is looked at with the hours and months that the
//! schedule states; the verdict says so.

use super::key::Key;
use super::run::Run;
use super::{Options, bounds};
use crate::model::Property;
use crate::money::Hours;
use crate::plan::{Plan, PlannedTerms};

/// What a verdict assumes of the cases that it speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Assumed {
    /// That they plan so many hours, as the schedule states.
    pub hours: Option<Hours>,
    /// That they plan so many months, as the schedule states.
    pub months: Option<u32>,
    /// That the price or the rate that they agree is not amended.
    pub figure: bool,
    /// That the planned hours or months that each states for itself are not amended.
    pub planned: bool,
}

impl Assumed {
    /// What is assumed for a property, before more is known.
    pub(super) fn of(plan: &Plan, property: Property) -> Assumed {
        let of_the_price = match property {
            Property::Overbilling
            | Property::Underbilling
            | Property::PastDate
            | Property::Leak
            | Property::Gap => true,
            Property::Overlap
            | Property::DeadLine
            | Property::StrandedDeposit
            | Property::UnbilledWork
            | Property::AfterTerminal
            | Property::Credit
            | Property::Order
            | Property::Cliff
            | Property::NeverStarted
            | Property::Endless
            | Property::PartsLeft => false,
        };
        let of_amounts = match property {
            Property::Credit | Property::Order | Property::Cliff => true,
            Property::Overbilling
            | Property::Underbilling
            | Property::PastDate
            | Property::Leak
            | Property::Gap
            | Property::Overlap
            | Property::DeadLine
            | Property::StrandedDeposit
            | Property::UnbilledWork
            | Property::AfterTerminal
            | Property::NeverStarted
            | Property::Endless
            | Property::PartsLeft => of_the_price,
        };
        let hours = plan.needs_planned_hours || of_amounts && plan.schedule.price.is_a_rate();
        let months = plan.needs_planned_months && of_amounts;
        let schedule = &plan.schedule;
        Assumed {
            hours: schedule.planned_hours.filter(|_| hours),
            months: schedule.planned_months.filter(|_| months),
            figure: false,
            planned: plan.needs_planned_hours && schedule.planned_hours.is_none()
                || months && schedule.planned_months.is_none(),
        }
    }

    /// What is assumed of a case for all that it is billed.
    pub(super) fn of_amounts(plan: &Plan) -> Assumed {
        Assumed::of(plan, Property::Credit)
    }

    /// Whether nothing is.
    pub fn is_nothing(self) -> bool {
        self == Assumed::default()
    }
}

/// Other hours that a case may plan where a schedule plans these, the plainest first.
fn others(planned: Hours) -> impl Iterator<Item = Hours> {
    let half = Hours(planned.0 / 2 / 3 * 3);
    let all = [half, Hours::ONE, Hours(planned.0.saturating_mul(2)), Hours(3), Hours::LARGEST];
    let real = |hours: &Hours| hours.0 > 0 && *hours <= Hours::LARGEST;
    all.into_iter().filter(real).filter(move |hours| *hours != planned)
}

impl<'p> Run<'p> {
    /// Whether the schedule overbills a case that plans other hours than it states itself: its price
    /// is then another, and sums are not.
    pub(super) fn with_own_hours(&mut self, plan: &'p Plan, terms: PlannedTerms) {
        let property = Property::Overbilling;
        let hourly = plan.schedule.price.is_a_rate();
        let Some(planned) = plan.schedule.planned_hours.filter(|_| hourly) else { return };
        if !self.options.wants(property) || self.found.contains_key(&Key::Overbilling) {
            return;
        }
        if bounds::never_overbills_at_any_price(plan) {
            self.at_any_price = true;
            return;
        }
        let options = Options { only: vec![property], ..self.options.clone() };
        for hours in others(planned) {
            let terms = PlannedTerms { hours: Some(hours), ..terms };
            let mut run = Run::new(plan, &options, terms, true);
            run.only_overbilling();
            self.set_aside.extend(run.set_aside);
            if let Some(mut witness) = run.found.remove(&Key::Overbilling) {
                witness.shortest = false;
                self.found.insert(Key::Overbilling, witness);
                return;
            }
        }
    }
}
