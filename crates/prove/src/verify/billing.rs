//! What a line that fires bills in the search, and what it deducts: exact or a range.

use super::ledger::Between;
use super::machine::{Machine, State};
use super::timeline::Cell;
use crate::model::{Amount, LineKind};
use crate::money::{Exact, Hours, Money};
use crate::plan::{LineId, PlannedLine};
use crate::rules::{ShareOfPrice, of_price, pro_rata};

impl Machine<'_> {
    /// Bills a line that fires, and what it deducts.
    pub(super) fn bill(
        &self,
        next: &mut State,
        id: LineId,
        line: &PlannedLine,
        cell: &Cell,
    ) -> Between {
        let ledger = &mut next.ledger;
        let deposit = line.kind == LineKind::Deposit;
        let exact = self.total.map(|(exact, _)| exact);
        let own = match (line.amount, exact) {
            (Amount::Nothing, _) => Between::ZERO,
            (Amount::Sum(Money(amount)), _) => Between::exactly(amount),
            (Amount::UpTo(share), Some(total)) => {
                let own = ledger.up_to(total, share);
                return own;
            }
            (Amount::Percent(share), Some(total)) => ledger.percent(total, share, deposit),
            (Amount::ProRataAttendance, Some(total)) => self.pro_rata_attendance(next.hours, total),
            (Amount::ProRataDuration, Some(total)) => {
                if next.started {
                    Machine::pro_rata_duration(cell, total)
                } else {
                    Between::ZERO
                }
            }
            (Amount::Work { .. }, _) => self.bill_work(next, line),
            (
                Amount::UpTo(_)
                | Amount::Percent(_)
                | Amount::ProRataAttendance
                | Amount::ProRataDuration,
                None,
            ) => Between::anything(),
        };
        let ledger = &mut next.ledger;
        if self.is_aside(id) && !matches!(line.amount, Amount::Work { .. }) {
            ledger.leave_out(own, deposit);
        }
        match line.kind {
            LineKind::Deposit => {
                ledger.deposits = ledger.deposits.plus(own);
                own
            }
            LineKind::Installment | LineKind::Balance => {
                if !matches!(line.amount, Amount::Work { .. }) && self.total.is_some() {
                    ledger.base = ledger.base.plus(own);
                }
                if line.kind == LineKind::Installment {
                    return own;
                }
                own.minus(ledger.deduct(own, line.stays_open))
            }
        }
    }

    pub(super) fn pro_rata_duration(cell: &Cell, total: Exact) -> Between {
        between(total, cell.elapsed)
    }

    pub(super) fn pro_rata_attendance(&self, hours: u8, total: Exact) -> Between {
        let Some(planned) = self.terms.hours.filter(|hours| hours.0 > 0) else {
            return Between::anything();
        };
        let whole = self.plan.schedule.whole_attendance;
        let share = |hours: i64| pro_rata::attended(Hours(hours), planned, whole);
        let (first, last) = self.axis.cell(hours);
        if self.shares_vary && last > 0 && first < planned.0 {
            return between(total, pro_rata::anything());
        }
        between(total, (share(first), share(last)))
    }

    /// Work billed: at most what the hours so far come to.
    fn bill_work(&self, next: &mut State, line: &PlannedLine) -> Between {
        let price = self.plan.schedule.price;
        if !price.is_a_rate() {
            return if next.dirty { Between::anything() } else { Between::ZERO };
        }
        let at_least = price.at_least();
        let missing = at_least.filter(|_| line.closes && next.started);
        if !next.dirty && missing.is_none() {
            return Between::ZERO;
        }
        let hours = self.axis.cell(next.hours).1.max(missing.map_or(0, |least| least.0));
        let most = self.worth(hours);
        let own = Between::up_to(most);
        next.ledger.work =
            Between::new(next.ledger.work.least, own.most.max(next.ledger.work.most));
        own
    }
}

impl Machine<'_> {
    /// The most that so many hours can come to: small pieces of work are rounded each by itself.
    fn worth(&self, hours: i64) -> i64 {
        let most = i128::from(hours).saturating_mul(self.ratio.0) / self.ratio.1.max(1);
        i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1)
    }

    /// The most that the work not yet billed can come to.
    pub(super) fn most_work(&self, state: &State) -> i64 {
        if !state.dirty {
            return 0;
        }
        if self.plan.schedule.price.is_a_rate() {
            Between::up_to(self.worth(self.axis.cell(state.hours).1)).most
        } else {
            Between::anything().most
        }
    }

    /// The most that hours missing to the least can come to.
    pub(super) fn most_topping(&self) -> i64 {
        self.plan.schedule.price.at_least().map_or(0, |least| self.worth(least.0))
    }
}

fn between(total: Exact, (least, most): (ShareOfPrice, ShareOfPrice)) -> Between {
    match (of_price(total, least), of_price(total, most)) {
        (Some(least), Some(most)) => Between::new(least.0, most.0),
        _ => Between::anything(),
    }
}
