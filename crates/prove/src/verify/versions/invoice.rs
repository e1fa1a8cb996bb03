//! What one side bills at a moment, line by line, and how the two sides compare.

use super::deposits::{Deposit, Left};
use super::pair::{Case, Moment, Pair};
use super::pairs::Pairs;
use super::side::Side;
use super::so_far::Differs;
use super::sum::{Draw, Sum, Unknown};
use crate::model::{Amount, InvoiceLineKind, LineKind, WhenKind};
use crate::money::{Exact, Hours, Percent};
use crate::plan::{LineId, PlannedLine};
use crate::rules::{of_price, pro_rata};
use std::cmp::Ordering;
use std::rc::Rc;

/// A line on the invoice, as far as the two sides can differ in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Item {
    kind: InvoiceLineKind,
    /// The labels of the schedule's line and of what stands on the invoice, by their numbers.
    labels: (u32, u32),
    trigger: Option<WhenKind>,
    itemised: bool,
    amount: Sum,
}

/// What one side bills at one moment.
pub(super) struct Invoice {
    side: u8,
    /// The number under which twins are billed now.
    twins: u32,
    pub(super) case: Case,
    pub(super) fired: bool,
    pub(super) billed: Sum,
    pub(super) total: Sum,
    pub(super) deposits: Vec<Deposit>,
    items: Vec<Item>,
    /// Unknowns of this moment that equal nothing.
    others: u32,
}

impl Invoice {
    pub(super) fn new(pairs: &Pairs<'_, '_>, pair: &Pair, side: usize, twins: u32) -> Invoice {
        let case = pair.cases.get(side).copied().unwrap_or_default();
        let old = Sum::of(Unknown::Billed(0));
        let billed = match (case.billed, pair.ahead, side) {
            (Some(billed), _, _) => Sum::exactly(billed),
            (None, _, 0) => old,
            (None, Some(ahead), _) => old.minus(&Sum::exactly(ahead)),
            (None, None, _) => Sum::of(Unknown::Billed(1)),
        };
        Invoice {
            side: u8::try_from(side).unwrap_or(1),
            twins,
            fired: false,
            billed,
            total: Sum::default(),
            deposits: pairs.list(case.deposits),
            items: Vec::new(),
            others: 0,
            case,
        }
    }

    /// Whether a line that fires once has done so.
    pub(super) fn has_fired(&self, pairs: &Pairs<'_, '_>, id: LineId) -> bool {
        let side = pairs.joint.sides.get(usize::from(self.side));
        if pairs.coarse || self.has_twin(pairs, id) {
            return false;
        }
        let once = side.and_then(|side| side.plan.line(id)).is_some_and(|line| line.once);
        once && self.case.spent & 1_u128.checked_shl(id.0).unwrap_or(0) != 0
    }

    fn has_twin(&self, pairs: &Pairs<'_, '_>, id: LineId) -> bool {
        pairs.twins.is_some_and(|twins| twins.has(usize::from(self.side), id.0 as usize))
    }

    /// Bills a line that fires, and what it deducts.
    pub(super) fn fire(
        &mut self,
        pairs: &Pairs<'_, '_>,
        pair: &Pair,
        moment: &Moment<'_>,
        id: LineId,
    ) {
        let Some(side) = pairs.joint.sides.get(usize::from(self.side)) else { return };
        let Some(line) = side.plan.line(id) else { return };
        self.fired = true;
        let twin = self.has_twin(pairs, id);
        if line.once && !twin {
            self.case.spent |= 1_u128.checked_shl(id.0).unwrap_or(0);
        }
        let label = side.labels.get(id.0 as usize).copied().unwrap_or(u32::MAX);
        let item = |kind, label_shown, amount| Item {
            kind,
            labels: (label, label_shown),
            trigger: trigger_of(pairs, side, line, moment, usize::from(self.side)),
            itemised: line.amount == Amount::Work { itemised: true },
            amount,
        };
        let kind = match line.kind {
            LineKind::Deposit => InvoiceLineKind::Deposit,
            LineKind::Installment => InvoiceLineKind::Installment,
            LineKind::Balance => InvoiceLineKind::Balance,
        };
        let template = item(kind, label, Sum::default());
        let own = self.own(pairs, side, pair, line);
        self.emit(Item { amount: own.clone(), ..template.clone() });
        match line.kind {
            LineKind::Deposit if own.is_zero() => {}
            LineKind::Deposit if twin => {
                let (line, last) =
                    (self.twins, self.deposits.pop_if(|last| last.line == self.twins));
                let before = last.map_or_else(Sum::default, |last| self.left(&last));
                self.deposits.push(Deposit { line, left: Left::Now(before.plus(&own)) });
            }
            LineKind::Deposit => {
                self.deposits.push(Deposit { line: id.0, left: Left::Now(own) });
            }
            LineKind::Balance => self.deduct(pairs, side, line, &own, &template),
            LineKind::Installment => {}
        }
        self.case.closed |= line.closes;
    }

    /// Adds a line, unless it comes to zero.
    fn emit(&mut self, item: Item) {
        if !item.amount.is_zero() {
            self.billed = self.billed.plus(&item.amount);
            self.total = self.total.plus(&item.amount);
            self.items.push(item);
        }
    }

    fn anything(&mut self) -> Sum {
        self.others += 1;
        Sum::of(Unknown::Anything(self.side, self.others))
    }

    /// The line's own amount.
    fn own(
        &mut self,
        pairs: &Pairs<'_, '_>,
        side: &Side<'_>,
        pair: &Pair,
        line: &PlannedLine,
    ) -> Sum {
        let [same_attendance, same_duration] = pairs.joint.same_pro_rata;
        let of = |same: bool| (!same).then_some(self.side);
        match (line.amount, side.total) {
            (Amount::Nothing, _) => Sum::default(),
            (Amount::Sum(amount), _) => Sum::exactly(amount.0),
            (Amount::Work { .. }, _) => self.work(side, pair, line),
            (Amount::Percent(share), Some(_)) if pairs.coarse => {
                let deposit = line.kind == LineKind::Deposit;
                let shares = match line.kind {
                    LineKind::Deposit => &mut self.case.share_of_deposits,
                    LineKind::Installment | LineKind::Balance => &mut self.case.share_of_others,
                };
                let (before, share) = (*shares, share.0);
                *shares = before.saturating_add(share);
                let side = of(pairs.joint.same_total);
                Sum::of(Unknown::Share { side, deposit, before, share })
            }
            (Amount::Percent(share), Some(total)) => {
                let shares = match line.kind {
                    LineKind::Deposit => &mut self.case.share_of_deposits,
                    LineKind::Installment | LineKind::Balance => &mut self.case.share_of_others,
                };
                let before = *shares;
                *shares = before.saturating_add(share.0);
                let part = |share: i64| total.share(Percent(share));
                match (part(*shares), part(before)) {
                    (Some(after), Some(before)) => {
                        Sum::exactly(after.0).minus(&Sum::exactly(before.0))
                    }
                    (_, _) => self.anything(),
                }
            }
            (Amount::UpTo(share), Some(total)) => {
                // Where shares are not looked at, one of the whole is set apart from one on top.
                let apart = if pairs.coarse { 1 << 60 } else { 0 };
                self.case.share_of_others = share.0.saturating_add(apart);
                self.deposits.clear();
                match total.share(share) {
                    Some(part) => Sum::exactly(part.0).minus(&self.billed),
                    None => self.anything(),
                }
            }
            (Amount::ProRataAttendance, Some(total)) => attended(side, pair, total)
                .map_or_else(|| Sum::of(Unknown::Attended(of(same_attendance))), Sum::exactly),
            (Amount::ProRataDuration, Some(_)) if !pair.started => Sum::default(),
            (Amount::ProRataDuration, Some(_)) => Sum::of(Unknown::Elapsed(of(same_duration))),
            (
                Amount::Percent(_)
                | Amount::UpTo(_)
                | Amount::ProRataAttendance
                | Amount::ProRataDuration,
                None,
            ) => self.anything(),
        }
    }

    /// All work that is not billed yet, and the hours that are missing to the least.
    fn work(&mut self, side: &Side<'_>, pair: &Pair, line: &PlannedLine) -> Sum {
        let (first, last) = side.axis.cell(pair.hours);
        let applies = line.closes && pair.started;
        let missing = side.least.filter(|(_, least)| applies && first.min(side.cap) < *least);
        let dirty = std::mem::take(&mut self.case.dirty);
        if let (false, Some((rate, least))) = (dirty, missing) {
            let taken = first.min(side.cap);
            let exact = Hours(least - taken).priced(crate::money::Money(rate));
            if let Some(amount) = exact.filter(|_| taken == last.min(side.cap)) {
                return Sum::exactly(amount.0);
            }
        }
        if !dirty && missing.is_none() {
            return Sum::default();
        }
        let missing = missing.map(|(rate, least)| (rate, least, side.cap));
        Sum::of(Unknown::Work((!pair.same_work).then_some(self.side), missing))
    }

    /// Takes off what is left of the deposits.
    fn deduct(
        &mut self,
        pairs: &Pairs<'_, '_>,
        side: &Side<'_>,
        line: &PlannedLine,
        own: &Sum,
        template: &Item,
    ) {
        let deposits = std::mem::take(&mut self.deposits);
        if pairs.coarse && pairs.joint.deposits && !(line.stays_open && own.is_zero()) {
            // All that is left of earlier ones, as one.
            let left = Sum::of(Unknown::Deposits);
            let draw = Rc::new(Draw { own: own.clone(), left: vec![left.clone()] });
            let taken = if line.stays_open { Sum::of(Unknown::Drawn(draw, 0)) } else { left };
            self.emit(Item {
                kind: InvoiceLineKind::Deduction,
                itemised: false,
                amount: Sum::default().minus(&taken),
                ..template.clone()
            });
        }
        let left: Vec<Sum> = deposits.iter().map(|deposit| self.left(deposit)).collect();
        let exact: Option<Vec<i64>> = left.iter().map(Sum::known).collect();
        let mut room = own.known().map(|own| own.max(0));
        let draw = Rc::new(Draw { own: own.clone(), left: left.clone() });
        let places = (0_u8..=u8::MAX).chain(std::iter::repeat(u8::MAX));
        for ((deposit, left), place) in deposits.into_iter().zip(left).zip(places) {
            let taken = if !line.stays_open {
                left.clone()
            } else if let (Some(room), Some(_), Some(left)) = (&mut room, &exact, left.known()) {
                let taken = left.min(*room);
                *room = room.saturating_sub(taken).max(0);
                Sum::exactly(taken)
            } else if place == u8::MAX {
                self.anything()
            } else {
                Sum::of(Unknown::Drawn(Rc::clone(&draw), place))
            };
            let label = side.labels.get(deposit.line as usize).copied().unwrap_or(u32::MAX);
            self.emit(Item {
                kind: InvoiceLineKind::Deduction,
                labels: (template.labels.0, label),
                itemised: false,
                amount: Sum::default().minus(&taken),
                ..template.clone()
            });
            let rest = left.minus(&taken);
            if !rest.is_zero() {
                self.deposits.push(Deposit { left: Left::Now(rest), ..deposit });
            }
        }
    }

    fn left(&self, deposit: &Deposit) -> Sum {
        match &deposit.left {
            Left::Exactly(amount) => Sum::exactly(*amount),
            Left::Shared(old, new) => Sum::of(Unknown::Left(*old, *new)),
            Left::Own => Sum::of(Unknown::OwnLeft(self.side, deposit.line)),
            Left::Twins(number) => Sum::of(Unknown::Twins(*number)),
            Left::Now(value) => value.clone(),
        }
    }
}

/// The kind of the trigger for which a line fires: the first that it names.
fn trigger_of(
    pairs: &Pairs<'_, '_>,
    side: &Side<'_>,
    line: &PlannedLine,
    moment: &Moment<'_>,
    number: usize,
) -> Option<WhenKind> {
    let triggers = moment.triggers.get(number)?;
    let named = line
        .triggers
        .iter()
        .find_map(|own| triggers.iter().find(|trigger| side.trigger(**trigger) == Some(*own)))?;
    pairs.joint.kinds.get(named.0 as usize).copied()
}

/// What pro rata attendance comes to, where the cell leaves nothing open.
fn attended(side: &Side<'_>, pair: &Pair, total: Exact) -> Option<i64> {
    let planned = side.terms.hours.filter(|hours| hours.0 > 0)?;
    let whole = side.plan.schedule.whole_attendance;
    let amount = |hours: i64| of_price(total, pro_rata::attended(Hours(hours), planned, whole));
    let (first, last) = side.axis.cell(pair.hours);
    let (least, most) = (amount(first)?, amount(last)?);
    (least == most).then_some(least.0)
}

/// How two invoices differ, as far as one kind of trigger is concerned, or in all; in their sums
/// only, if that is asked for.
pub(super) fn compare(
    old: &Invoice,
    new: &Invoice,
    kind: Option<WhenKind>,
    sums_only: bool,
) -> Option<Differs> {
    let of = |invoice: &Invoice| -> Vec<Item> {
        let counts = |item: &&Item| kind.is_none() || item.trigger == kind;
        invoice.items.iter().filter(counts).cloned().collect()
    };
    let (olds, news) = (of(old), of(new));
    if olds == news {
        return None;
    }
    let sum =
        |items: &[Item]| items.iter().fold(Sum::default(), |sum, item| sum.plus(&item.amount));
    match sum(&news).minus(&sum(&olds)).sign() {
        Some(Ordering::Equal) if sums_only => None,
        Some(Ordering::Equal) => Some(Differs::Lines),
        Some(Ordering::Greater) => Some(Differs::More),
        Some(Ordering::Less) => Some(Differs::Less),
        None => Some(Differs::Perhaps),
    }
}
