//! Parts that both versions bill alike: which of them a case has billed need not be followed.
//!
//! In: both sides. Out: for each line of each side whether it has a twin on the other: a deposit or an
//! installment of the same label and known amount, which the same moments fire. As long as both cases go
//! on, both have billed it or neither has; how much the deposits among them come to is one unknown,
//! the same on both sides. That they fire once is forgotten: the search may do more than a case can,
//! never less.

use super::form::may_meet;
use super::side::{Effect, Side};
use crate::model::{Line, LineKind};
use crate::plan::PlannedLine;

/// So many twins are worth a search of their own.
const ENOUGH: usize = 3;

/// For each line of each side, whether it has a twin.
pub(super) struct Twins([Vec<bool>; 2]);

impl Twins {
    /// The twins of both sides, if there are enough of them. `measured`: both compare attendance with
    /// the same hours.
    pub(super) fn of(sides: &[Side<'_>; 2], effects: &[Effect], measured: bool) -> Option<Twins> {
        // A case that is over on one side only sees other lines there.
        if effects.iter().any(|Effect { ends: [old, new], .. }| old != new) {
            return None;
        }
        let [old, new] = sides;
        let mut twins = Twins([old, new].map(|side| vec![false; side.plan.lines.len()]));
        for (one, line) in old.plan.lines.iter().enumerate() {
            let free = |(place, _): &(usize, &PlannedLine)| !twins.has(1, *place);
            let mut others = new.plan.lines.iter().enumerate().filter(free);
            let alike = |other: usize| alike([old, new], [one, other], measured);
            if let Some((other, _)) = others.find(|(other, _)| alike(*other))
                && let Some(known) = known_amount(old, line)
                && new.plan.lines.get(other).and_then(|line| known_amount(new, line)) == Some(known)
            {
                twins.set([one, other], true);
            }
        }
        twins.keep_apart(sides);
        (twins.0.iter().flatten().filter(|twin| **twin).count() >= 2 * ENOUGH).then_some(twins)
    }

    /// Whether a line of a side has a twin.
    pub(super) fn has(&self, side: usize, line: usize) -> bool {
        self.0.get(side).and_then(|lines| lines.get(line)) == Some(&true)
    }

    fn set(&mut self, lines: [usize; 2], twin: bool) {
        for (side, line) in self.0.iter_mut().zip(lines) {
            if let Some(known) = side.get_mut(line) {
                *known = twin;
            }
        }
    }

    /// In the order in which deposits are billed, and deducted, twins stand together between the
    /// others: so no moment may bill both.
    fn keep_apart(&mut self, sides: &[Side<'_>; 2]) {
        let deposits = |twins: &Twins, twin: bool| -> Vec<(usize, usize, Line)> {
            let mut all = Vec::new();
            for (number, side) in sides.iter().enumerate() {
                for (place, line) in side.plan.lines.iter().enumerate() {
                    let stated = side.plan.schedule.lines.get(line.index);
                    if line.kind == LineKind::Deposit && twins.has(number, place) == twin {
                        all.extend(stated.map(|stated| (number, place, stated.clone())));
                    }
                }
            }
            all
        };
        loop {
            let others = deposits(self, false);
            let meets = |line: &Line| {
                let mut pairs = line.triggers.iter().flat_map(|trigger| {
                    others.iter().flat_map(move |(.., other)| {
                        other.triggers.iter().map(move |theirs| (trigger, theirs))
                    })
                });
                pairs.any(|(one, other)| may_meet(one, other))
            };
            let turned: Vec<_> =
                deposits(self, true).into_iter().filter(|(.., line)| meets(line)).collect();
            if turned.is_empty() {
                return;
            }
            for (side, place, _) in turned {
                if let Some(known) = self.0.get_mut(side).and_then(|lines| lines.get_mut(place)) {
                    *known = false;
                }
            }
        }
    }
}

/// Whether the same moments fire two lines, and both stand on the invoice alike.
fn alike(sides: [&Side<'_>; 2], lines: [usize; 2], measured: bool) -> bool {
    let of = |side: usize| -> Option<(&PlannedLine, &Line, u32)> {
        let (of, place) = (sides.get(side)?, *lines.get(side)?);
        let line = of.plan.lines.get(place)?;
        Some((line, of.plan.schedule.lines.get(line.index)?, *of.labels.get(place)?))
    };
    let (Some((line, old, old_label)), Some((_, new, new_label))) = (of(0), of(1)) else {
        return false;
    };
    let mut shares = false;
    if let Some(condition) = &line.condition {
        condition.each_test(&mut |test| shares |= test.share().is_some());
    }
    line.kind != LineKind::Balance
        && old.kind == new.kind
        && old_label == new_label
        && old.triggers == new.triggers
        && old.condition == new.condition
        && (measured || !shares)
}

/// What a line bills whenever it fires, in minor units, where that is always the same.
fn known_amount(side: &Side<'_>, line: &PlannedLine) -> Option<i64> {
    let percent = || Some(side.total?.share(line.amount.percent()?)?.0);
    line.amount.sum().map(|sum| sum.0).or_else(|| if side.exact { percent() } else { None })
}
