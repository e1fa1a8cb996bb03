//! One moment on both versions: which lines fire on each side, what they bill, and whether that is
//! surely the same.

use super::super::situation::Situation;
use super::super::timeline::Step;
use super::deposits::{Deposit, TWINS, keep};
use super::invoice::{Invoice, compare};
use super::pair::{Case, Moment, Next, Pair, Shows, Spot};
use super::pairs::Pairs;
use super::so_far::{Differs, SoFar};
use crate::money::Hours;
use crate::plan::{LineId, NameId, TriggerId};

impl Pairs<'_, '_> {
    /// What conditions of one side see.
    fn holds(&self, pair: &Pair, side: usize, moment: &Moment<'_>, line: LineId) -> bool {
        let (Some(of), Some(case)) = (self.joint.sides.get(side), pair.cases.get(side)) else {
            return false;
        };
        let happened = |name: NameId| {
            let bit = of.facts.get(name.0 as usize).copied().flatten();
            bit.is_some_and(|bit| pair.facts & (1 << bit) != 0)
        };
        let start = self.frame(pair).and_then(|frame| frame.start).unwrap_or(moment.cell.first);
        Situation {
            plan: of.plan,
            axis: &of.axis,
            today: moment.cell.first,
            started: pair.started.then_some(start),
            signed: case.signed,
            over: case.over,
            hours: Hours(of.axis.cell(pair.hours).0),
            happened: &happened,
        }
        .line_holds(line)
    }

    /// Which of a trigger's tests hold.
    fn spot(&self, pair: &Pair, trigger: TriggerId, moment: &Moment<'_>) -> Spot {
        let machine = &self.joint.machine;
        let start = self.frame(pair).and_then(|frame| frame.start).unwrap_or(moment.cell.first);
        let situation = Situation {
            plan: machine.plan,
            axis: &machine.axis,
            today: moment.cell.first,
            started: pair.started.then_some(start),
            signed: false,
            over: None,
            hours: Hours(machine.axis.cell(pair.hours).0),
            happened: &|_| false,
        };
        let tests = self.joint.tests.get(trigger.0 as usize);
        (trigger, tests.map_or(0, |tests| tests.truths(&situation)))
    }

    /// Looks at the lines that wait on both sides, and compares what they bill.
    pub(super) fn moment(&self, pair: Pair, moment: &Moment<'_>, next: &mut Next) {
        let mut waiting: [Vec<LineId>; 2] = [Vec::new(), Vec::new()];
        let sides = self.joint.sides.iter().zip(&pair.cases).zip(&moment.triggers);
        for (lines, ((side, case), triggers)) in waiting.iter_mut().zip(sides) {
            let own = triggers.iter().filter_map(|trigger| side.trigger(*trigger));
            if !case.closed {
                lines.extend(own.flat_map(|own| side.plan.waiting_for(own)));
                lines.sort_unstable();
                lines.dedup();
            }
        }
        let twins = self.number_of_twins(&pair);
        let mut invoices = [0, 1].map(|side| Invoice::new(self, &pair, side, twins));
        for (side, (invoice, lines)) in invoices.iter_mut().zip(&waiting).enumerate() {
            for line in lines {
                if !invoice.case.closed
                    && !invoice.has_fired(self, *line)
                    && self.holds(&pair, side, moment, *line)
                {
                    invoice.fire(self, &pair, moment, *line);
                }
            }
        }
        let [old, new] = invoices;
        let mut then = pair;
        if old.fired || new.fired {
            then = self.settled(pair, &old, &new);
        }
        if old.fired || new.fired {
            let other_lines = compare(&old, &new, None, false).is_some();
            let more = new.total.minus(&old.total);
            then.so_far = pair.so_far.and(&more, other_lines, !self.coarse);
        }
        let day = if self.money { self.day(&mut then, &old, &new, moment) } else { None };
        self.show(&pair, then.so_far, [&old, &new], day, moment, next);
        if then.cases.iter().all(|case| case.closed) {
            then.so_far = SoFar::ALIKE;
        }
        next.steps.push((moment.step, then));
    }

    /// The number under which twins that fire now are kept: that of those billed last, unless another
    /// deposit was billed since on either side.
    fn number_of_twins(&self, pair: &Pair) -> u32 {
        if self.twins.is_none() {
            return TWINS;
        }
        let open = pair.cases.iter().filter(|case| !case.closed);
        let lists: Vec<Vec<Deposit>> = open.map(|case| self.list(case.deposits)).collect();
        let mut last = lists.iter().map(|list| list.last().map(|last| last.line));
        let first = last.next().flatten().filter(|line| *line >= TWINS);
        if let Some(number) = first.filter(|_| last.all(|other| other == first)) {
            return number;
        }
        let used = |number: &u32| lists.iter().flatten().any(|known| known.line == *number);
        (TWINS..).find(|number| !used(number)).unwrap_or(TWINS)
    }

    /// The state after a moment.
    fn settled(&self, mut pair: Pair, old: &Invoice, new: &Invoice) -> Pair {
        if self.coarse {
            return self.settled_alike(pair, old, new);
        }
        let [old_list, new_list] = keep(&old.deposits, &new.deposits);
        // Twins fire again and again: what was billed would have no end.
        let followed = self.twins.is_none();
        let billed = [&old.billed, &new.billed].map(|billed| billed.known().filter(|_| followed));
        let all_known = billed.iter().all(Option::is_some);
        pair.ahead = if all_known || !self.joint.counts_billed {
            None
        } else {
            old.billed.minus(&new.billed).known()
        };
        let exact = [0, 1].map(|side: usize| self.joint.sides.get(side).is_some_and(|it| it.exact));
        let lists = [self.place_of(old_list), self.place_of(new_list)];
        let news = [old, new].into_iter().zip(lists).zip(billed);
        for ((case, ((invoice, deposits), billed)), exact) in
            pair.cases.iter_mut().zip(news).zip(exact)
        {
            *case = Case { deposits, billed, ..invoice.case };
            if exact {
                (case.share_of_deposits, case.share_of_others) = (0, 0);
            }
            if !self.joint.counts_billed {
                case.billed = Some(0);
            }
            if case.closed {
                // Nothing comes after: what led here does not matter any more.
                let (over, closed, billed) = (case.over, true, Some(0));
                *case = Case { over, closed, billed, ..Case::default() };
                pair.ahead = None;
            }
        }
        // One side may have billed its work, and the other not.
        let [old_dirty, new_dirty] = pair.cases.map(|case| case.dirty);
        pair.same_work &= old_dirty == new_dirty;
        self.even_work(&mut pair);
        pair
    }

    /// The same, where it is only followed whether both sides have come to the same.
    fn settled_alike(&self, mut pair: Pair, old: &Invoice, new: &Invoice) -> Pair {
        for (case, invoice) in pair.cases.iter_mut().zip([old, new]) {
            case.closed = invoice.case.closed;
            case.dirty = invoice.case.dirty && !case.closed;
        }
        let alike = compare(old, new, None, false).is_none();
        if !alike && pair.cases.iter().any(|case| !case.closed) {
            self.lost.set(true);
        }
        let [old_dirty, new_dirty] = pair.cases.map(|case| case.dirty);
        pair.same_work &= old_dirty == new_dirty;
        self.even_work(&mut pair);
        pair
    }

    /// How the day stands, where only its total counts.
    fn day(
        &self,
        pair: &mut Pair,
        old: &Invoice,
        new: &Invoice,
        moment: &Moment<'_>,
    ) -> Option<(Option<Differs>, bool)> {
        let more = new.total.minus(&old.total).known();
        pair.today = pair.today.zip(more).and_then(|(today, more)| today.checked_add(more));
        let differs = match pair.today {
            Some(0) => None,
            Some(more) if more > 0 => Some(Differs::More),
            Some(_) => Some(Differs::Less),
            None => Some(Differs::Perhaps),
        };
        let is_event = matches!(moment.step, Step::Event { .. });
        let over = pair.cases.iter().all(|case| case.closed);
        let more_comes = pair.more_comes(moment.cell);
        if !moment.cell.is_day() {
            pair.today = Some(0);
        }
        // What an earlier event of the day did has been shown with it.
        let differs = differs.filter(|_| over || !is_event || more != Some(0));
        Some((differs, is_event && !over && more_comes))
    }

    /// Shows what is the same and what is not, for each trigger of the moment.
    fn show(
        &self,
        pair: &Pair,
        so_far: SoFar,
        [old, new]: [&Invoice; 2],
        day: Option<(Option<Differs>, bool)>,
        moment: &Moment<'_>,
        next: &mut Next,
    ) {
        let [olds, news] = &moment.triggers;
        let mut triggers: Vec<TriggerId> = olds.iter().chain(news).copied().collect();
        triggers.dedup();
        let mut kinds = Vec::new();
        let mut told = false;
        let mut first = None;
        for trigger in triggers {
            let Some(kind) = self.joint.kinds.get(trigger.0 as usize).copied() else { continue };
            if kinds.contains(&kind) {
                continue;
            }
            kinds.push(kind);
            let spot = self.spot(pair, trigger, moment);
            first.get_or_insert(spot);
            // What is told of a trigger is what its moment comes to.
            let here = compare(old, new, Some(kind), self.money)
                .map(|_| compare(old, new, None, false).unwrap_or(Differs::Lines));
            let (mut differs, may_even_out) = match day {
                None => (here, false),
                Some((differs, may_even_out)) => (here.and(differs), may_even_out),
            };
            if kind.is_terminal() {
                // Of a case that comes to this: all that it is billed.
                let all = so_far.differs();
                let sums = all.filter(|all| !self.money || *all != Differs::Lines);
                differs = if self.money { sums.or(differs) } else { all };
            }
            told |= differs.is_some();
            next.shows.push(Shows { step: moment.step, spot, differs, may_even_out });
        }
        let (whole, may_even_out) = match day {
            None => (compare(old, new, None, false), false),
            Some(day) => day,
        };
        if let (Some(_), false, Some(spot)) = (whole, told, first) {
            next.shows.push(Shows { step: moment.step, spot, differs: whole, may_even_out });
        }
    }
}
