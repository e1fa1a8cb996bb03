//! The lines that a date fires: in, a plan; out, those that bill a share or a sum, by their dates.

use crate::calendar::Date;
use crate::model::{Amount, CalendarDay};
use crate::plan::{LineId, Plan, PlannedLine};
use std::collections::BTreeMap;

/// Whether an amount is a share of the price or a sum: what a client does not expect after the end.
pub(super) fn bills_a_share_or_sum(amount: Amount) -> bool {
    amount.needs_total() || amount.sum().is_some()
}

/// The lines that a date fires and that bill a share or a sum without closing the case, by each of their
/// dates, the earliest first.
pub(super) fn dated_lines(plan: &Plan) -> Vec<(Date, Vec<LineId>)> {
    let mut dates: BTreeMap<Date, Vec<LineId>> = BTreeMap::new();
    for trigger in plan.calendar() {
        let CalendarDay::Date(date) = trigger.day else { continue };
        for id in plan.waiting_for(trigger.id) {
            let bills = |line: &PlannedLine| !line.closes && bills_a_share_or_sum(line.amount);
            if plan.line(*id).is_some_and(bills) {
                dates.entry(date).or_default().push(*id);
            }
        }
    }
    dates.into_iter().collect()
}
