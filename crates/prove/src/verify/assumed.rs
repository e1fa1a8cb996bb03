//! What a verdict assumes of the cases that it speaks of: in, a plan and a property; out, what it takes them to plan.

use crate::model::Property;
use crate::money::Hours;
use crate::plan::Plan;

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
