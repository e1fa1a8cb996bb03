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
