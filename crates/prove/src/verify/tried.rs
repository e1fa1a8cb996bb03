//! Schedules that no proof covers, as far as single lives tell.
//!
//! In: a plan with its program, of which all is unknown. Out: what lives show that are tried by the rules of the
//! program itself. What one of them shows is refuted, and that a line fires is seen where it does. What follows
//! from the lines alone is proved. Of everything else nothing is said.

use super::acceptance::lines_accepted;
use super::agreed::is_of_the_figure;
use super::from_the_lines;
use super::key::Key;
use super::lives::{Life, Lives};
use super::{Finding, Options, Property, Shown, Verdict, Verification, Witness};
use crate::calendar::{Date, Duration};
use crate::eval::recorded::{Considered, Outcome, Step};
use crate::eval::{self, Recorded};
use crate::model::program::{Agreed, Amount, Kind, Line, Price, Program};
use crate::model::{Milestone, Schedule, Terminal};
use crate::money::Money;
use crate::plan::{LineId, Plan};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// So many situations of a search cost what one life does.
const SITUATIONS_A_LIFE: usize = 100;
/// The first of these are cheap beside what else a look at a schedule costs: as many come for a tenth of that.
const FIRST_LIVES: usize = 500;
/// So long a life is followed after its last event.
const AFTERWARDS: Duration = Duration::Months(40);
/// What fires so shortly before the last day that dates have never ends.
const AT_THE_END_OF_TIME: Duration = Duration::Months(14);
/// So many lives are followed for as long as dates go, and so many of those that leave the same open: of others it is not known
/// whether anything ever closes them.
const MOST_TO_THE_END: usize = 40;
const MOST_ALIKE: usize = 4;

/// Says of a schedule of which all is unknown what single lives tell.
pub(super) fn look(plan: &Plan, program: &Program, options: &Options, known: &mut Verification) {
    let mut tried = Tried {
        plan,
        program,
        options,
        found: BTreeMap::new(),
        fired: BTreeSet::new(),
        aside: Aside::of(plan, program),
        to_the_end: BTreeMap::new(),
    };
    let most = most_lives(options.budget);
    let lives = Lives::of(plan, program);
    let mut all = lives.all(options.in_force, most);
    // What somebody wrote down is tried whatever the budget.
    all.extend(lives.told(&options.scenarios));
    let lives = all;
    let waited_for = lives.iter().take_while(|_| !options.stop.is_asked());
    waited_for.for_each(|life| tried.live(life));
    known.proofs.iter_mut().for_each(|proof| proof.situations = lives.len());
    tried.tell(known);
    known.total = total(program, program.round_figure());
}

/// How many lives are tried within a budget of situations.
fn most_lives(budget: usize) -> usize {
    let first = budget.saturating_mul(10) / SITUATIONS_A_LIFE;
    (budget / SITUATIONS_A_LIFE).max(first.min(FIRST_LIVES))
}

struct Tried<'p> {
    plan: &'p Plan,
    program: &'p Program,
    options: &'p Options,
    found: BTreeMap<Key, Witness>,
    /// The lines that some life fires, by their places in the program.
    fired: BTreeSet<u32>,
    aside: Aside,
    /// How many lives have been followed for as long as dates go, by what they leave open.
    to_the_end: BTreeMap<LeftOpen, usize>,
}

/// What a case leaves open: how it is over, its deposits by their lines, whether work, whether a part of the price, and the lines
/// that have fired.
type LeftOpen = (Terminal, Vec<u32>, bool, bool, Vec<u32>);

/// The lines that are accepted to overbill: what they bill is left out when the others are asked.
struct Aside {
    lines: Vec<LineId>,
    /// Their places in the program.
    places: Vec<u32>,
    /// Whether some life bills too much with them, and not without.
    makes_a_difference: bool,
}

impl Aside {
    fn of(plan: &Plan, program: &Program) -> Aside {
        let lines = lines_accepted(plan, Property::Overbilling);
        let indices: Vec<usize> =
            lines.iter().filter_map(|line| plan.line(*line)).map(|line| line.index).collect();
        let accepted = |(_, line): &(u32, &Line)| indices.contains(&line.index);
        let places = (0..).zip(&program.lines).filter(accepted).map(|(place, _)| place).collect();
        Aside { lines, places, makes_a_difference: false }
    }

    /// Whether what is left bills no more than the price in any history. A share that is left out beside others of
    /// its group still has its part in how their cents are rounded: of those nothing is said.
    fn leaves_nothing_beyond(&self, program: &Program) -> bool {
        let accepted = |place: u32| self.places.contains(&place);
        let is_a_sum = |line: &Line| matches!(line.amount, Amount::Sum { .. } | Amount::Nothing);
        let lines = || (0..).zip(&program.lines);
        let apart = |own: &Line| {
            let deposit = |line: &Line| line.kind == Kind::Deposit;
            let mut others = lines().filter(|(place, _)| !accepted(*place));
            is_a_sum(own) || others.all(|(_, line)| deposit(line) != deposit(own) || is_a_sum(line))
        };
        let mut own = lines().filter(|(place, _)| accepted(*place));
        if self.places.is_empty() || !own.all(|(_, line)| apart(line)) {
            return false;
        }
        let mut left = program.clone();
        for (_, line) in (0..).zip(&mut left.lines).filter(|(place, _)| accepted(*place)) {
            line.beside = true;
        }
        from_the_lines::proved(&left, Property::Overbilling)
    }
}

/// A case after a moment.
#[derive(Clone, Default)]
struct Account {
    /// How often each line has fired.
    times: BTreeMap<u32, u32>,
    over: Option<Terminal>,
    /// Billed by lines that are accepted to overbill, as long as nothing has settled it: of deposits, and of others.
    aside_deposits: Money,
    aside_others: Money,
}

impl Account {
    /// What a line that fires settles, and what of it is left out of the price.
    fn leave_out(&mut self, line: &Line, considered: &Considered, accepted: bool) {
        let of = |counts: &dyn Fn(&Money) -> bool| {
            let amounts = considered.computed.iter().map(|computed| computed.amount);
            amounts.filter(counts).fold(Money::ZERO, |sum, own| sum.plus(own).unwrap_or(sum))
        };
        let deducted = of(&|amount| *amount < Money::ZERO);
        let left = self.aside_deposits.plus(deducted).unwrap_or_default();
        match line.kind {
            Kind::Balance if line.closes() => self.aside_deposits = Money::ZERO,
            Kind::Balance => self.aside_deposits = left.max(Money::ZERO),
            Kind::Deposit | Kind::Installment | Kind::Discount => {}
        }
        if matches!(line.amount, Amount::UpTo { no_refund: false, .. }) {
            (self.aside_deposits, self.aside_others) = (Money::ZERO, Money::ZERO);
        }
        if accepted && !line.beside {
            let deposit = line.kind == Kind::Deposit;
            let aside = if deposit { &mut self.aside_deposits } else { &mut self.aside_others };
            *aside = aside.plus(of(&|amount| *amount > Money::ZERO)).unwrap_or(*aside);
        }
    }

    fn aside(&self) -> Money {
        self.aside_deposits.plus(self.aside_others).unwrap_or(Money::LARGEST)
    }
}

impl Tried<'_> {
    fn live(&mut self, life: &Life) {
        let last = life.events.iter().map(|event| event.date).max().unwrap_or(Date::MIN);
        let until = last.plus(AFTERWARDS).min(Date::MAX);
        let Some(recorded) = self.run(life, until) else { return };
        let mut account = Account::default();
        for (place, step) in recorded.record.steps.iter().enumerate() {
            for key in self.claims((life, &recorded), place, step, &mut account) {
                self.find(key, life, &recorded, place);
            }
        }
        self.lost(life, &recorded);
        let open = recorded.record.standing.closed.is_none();
        if let Some(over) = account.over.filter(|_| open) {
            let left = self.left_open(life, &recorded, over, &account);
            let all: usize = self.to_the_end.values().sum();
            let alike = self.to_the_end.entry(left).or_default();
            if all < MOST_TO_THE_END && *alike < MOST_ALIKE {
                *alike += 1;
                self.never_closed(life, over);
            }
        }
    }

    /// Work that is due and that nothing has billed when a case is closed.
    fn lost(&mut self, life: &Life, run: &Recorded) {
        let standing = &run.record.standing;
        let lost = standing.lost.is_some_and(|lost| lost != Money::ZERO);
        let Some((closer, _)) = standing.closed.filter(|_| lost) else { return };
        let closes =
            |one: &Considered| one.line == closer && matches!(one.outcome, Outcome::Fires(_));
        let steps = &run.record.steps;
        let place = steps.iter().rposition(|step| step.considered.iter().any(closes));
        if let Some((place, line)) = place.zip(self.id(closer))
            && self.program.lines.get(closer as usize).is_some_and(|it| self.program.loses_work(it))
        {
            self.find(Key::WorkAtClosing(line), life, run, place);
        }
    }

    /// What a case leaves open that is over and not closed.
    fn left_open(
        &self,
        life: &Life,
        run: &Recorded,
        over: Terminal,
        account: &Account,
    ) -> LeftOpen {
        let some = |amount: Money| amount != Money::ZERO;
        let standing = &run.record.standing;
        let deposits = standing.deposits.iter().filter(|(_, left)| some(*left));
        let billed = run.record.steps.last().map(|step| step.of_price);
        let below =
            total(self.program, life.figure).zip(billed).is_some_and(|(all, own)| own < all);
        let fired = account.times.keys().copied().collect();
        let deposits = deposits.map(|(line, _)| *line).collect();
        (over, deposits, standing.unbilled.is_some_and(some), below, fired)
    }

    fn run(&self, life: &Life, until: Date) -> Option<Recorded> {
        let agreed = (life.terms, &life.opening);
        eval::record_agreed(self.plan, &life.events, agreed, until)?.ok()
    }

    /// What a moment shows.
    fn claims(
        &mut self,
        (life, run): (&Life, &Recorded),
        place: usize,
        step: &Step,
        account: &mut Account,
    ) -> Vec<Key> {
        let mut claims = Vec::new();
        let before = account.over;
        if step.ends {
            account.over = account.over.or(Some(ended(life, step)));
        }
        let mut closer = None;
        for considered in &step.considered {
            let Some(line) = self.program.lines.get(considered.line as usize) else { continue };
            if !matches!(considered.outcome, Outcome::Fires(_)) {
                continue;
            }
            self.fired.insert(considered.line);
            account.leave_out(line, considered, self.aside.places.contains(&considered.line));
            *account.times.entry(considered.line).or_default() += 1;
            let bills = considered.computed.iter().any(|computed| computed.amount != Money::ZERO);
            if let Some(over) = before
                && step.event.is_none()
                && bills
                && bills_a_share_or_sum(line)
            {
                claims.extend(self.id(considered.line).map(|line| Key::AfterTerminal(line, over)));
            }
            if line.closes() {
                closer = Some((considered.line, line));
            }
        }
        let total = total(self.program, life.figure);
        if total.is_some_and(|total| step.of_price > total) {
            let without = step.of_price.minus(account.aside());
            match total.zip(without).is_some_and(|(total, without)| without > total) {
                true => claims.push(Key::Overbilling),
                false => self.aside.makes_a_difference = true,
            }
        }
        if let Some((closer, _)) = closer {
            claims.extend(self.overlaps(life, place, step, closer));
        }
        if let Some((closer, line)) = closer {
            let discounts = self.program.lines.iter().any(|line| line.kind == Kind::Discount);
            let below = total.is_some_and(|total| step.of_price < total) && !discounts;
            if below && account.over.is_none_or(|over| over == Terminal::End) {
                claims.extend(self.id(closer).map(Key::Underbilling));
            }
            let is_left = total.is_none_or(|total| step.of_price < total);
            if is_left && !matches!(line.amount, Amount::UpTo { .. }) {
                claims.extend(self.parts_left(account).map(Key::PartsLeft));
            }
        }
        let day_goes_on =
            run.record.steps.get(place + 1).is_some_and(|next| next.date == step.date);
        if !day_goes_on && self.is_below_zero(run, step.date) {
            let last =
                step.considered.iter().rev().find(|considered| !considered.computed.is_empty());
            claims.extend(last.and_then(|last| self.id(last.line)).map(Key::Credit));
        }
        claims
    }

    /// The balances that would have fired at a moment, too, had one not closed the case: seen in the same life without it.
    fn overlaps(&self, life: &Life, place: usize, step: &Step, closer: u32) -> Vec<Key> {
        let late = |considered: &&Considered| {
            let line = self.program.lines.get(considered.line as usize);
            considered.outcome == Outcome::CaseClosed
                && line.is_some_and(|line| line.kind == Kind::Balance)
        };
        let mut late: Vec<(u32, Key)> = step
            .considered
            .iter()
            .filter(late)
            .filter_map(|other| Some((other.line, self.id(closer)?, self.id(other.line)?)))
            .map(|(line, first, other)| (line, Key::Overlap(first, other)))
            .collect();
        late.retain(|(_, key)| {
            self.options.wants(Property::Overlap) && !self.found.contains_key(key)
        });
        if late.is_empty() {
            return Vec::new();
        }
        let mut program = self.program.clone();
        if let Some(line) = program.lines.get_mut(closer as usize) {
            line.whens.clear();
        }
        let schedule = Schedule { second: Some(Arc::new(program)), ..self.plan.schedule.clone() };
        let plan = Plan::new(schedule);
        let agreed = (life.terms, &life.opening);
        let run = eval::record_agreed(&plan, &life.events, agreed, step.date);
        let Some(Ok(run)) = run else { return Vec::new() };
        let Some(there) = run.record.steps.get(place) else { return Vec::new() };
        let same = (there.date, there.event) == (step.date, step.event);
        let fires = |line: u32| {
            let mut considered = there.considered.iter();
            considered.any(|it| it.line == line && matches!(it.outcome, Outcome::Fires(_)))
        };
        late.retain(|(line, _)| same && fires(*line));
        late.into_iter().map(|(_, key)| key).collect()
    }

    /// A line in parts that has not billed them all.
    fn parts_left<'a>(&'a self, account: &'a Account) -> impl Iterator<Item = LineId> + 'a {
        let left = |(place, line): &(u32, &Line)| {
            let times = account.times.get(place).copied().unwrap_or(0);
            line.amount.parts() > 1 && times < line.amount.parts()
        };
        let lines = (0..).zip(&self.program.lines).filter(left);
        lines.filter_map(|(place, _)| self.id(place))
    }

    /// Whether the invoice of a day, or of one of its payers, is below zero.
    fn is_below_zero(&self, run: &Recorded, day: Date) -> bool {
        let mut sums: BTreeMap<Option<&str>, Money> = BTreeMap::new();
        for line in run.evaluation.lines.iter().filter(|line| line.date == day) {
            let amount = self.program.currency.read_signed(&line.amount).unwrap_or_default();
            let sum = sums.entry(line.payer.as_deref()).or_default();
            *sum = sum.plus(amount).unwrap_or_default();
        }
        sums.values().any(|sum| *sum < Money::ZERO)
    }

    /// What a case shows that is over and that nothing closes, however long one waits.
    fn never_closed(&mut self, life: &Life, over: Terminal) {
        let Some(run) = self.run(life, Date::MAX) else { return };
        let Some(last) = run.record.steps.len().checked_sub(1) else { return };
        if run.record.standing.closed.is_some() {
            return;
        }
        let late = Date::MAX.minus(AT_THE_END_OF_TIME);
        let mut is_over = false;
        let mut after: BTreeMap<u32, usize> = BTreeMap::new();
        let mut endless: BTreeMap<u32, usize> = BTreeMap::new();
        for (place, step) in run.record.steps.iter().enumerate() {
            is_over |= step.ends;
            for considered in &step.considered {
                let bills =
                    considered.computed.iter().any(|computed| computed.amount != Money::ZERO);
                if is_over && step.event.is_none() && bills {
                    let first = *endless.entry(considered.line).or_insert(place);
                    if step.date >= late {
                        after.insert(considered.line, first);
                    }
                }
            }
        }
        // One line tells what is wrong, the last that bills; what is accepted of others says nothing of it.
        let accepted = lines_accepted(self.plan, Property::Endless);
        let endless = || after.iter().filter_map(|(line, first)| Some((self.id(*line)?, *first)));
        let told = endless().rfind(|(line, _)| !accepted.contains(line));
        let aside: Vec<_> = endless().filter(|(line, _)| accepted.contains(line)).collect();
        for (line, first) in aside.into_iter().chain(told) {
            self.find(Key::Endless(line, over), life, &run, first);
        }
        if !after.is_empty() {
            return;
        }
        let standing = &run.record.standing;
        for (line, _) in standing.deposits.iter().filter(|(_, left)| *left != Money::ZERO) {
            if let Some(line) = self.id(*line) {
                self.find(Key::StrandedDeposit(line, over), life, &run, last);
            }
        }
        let total = total(self.program, life.figure);
        let unbilled = standing.unbilled.is_some_and(|unbilled| unbilled != Money::ZERO);
        if unbilled {
            self.find(Key::WorkLeft(over), life, &run, last);
        }
        let deposits = standing.deposits.iter().any(|(_, left)| *left != Money::ZERO);
        let billed = run.record.steps.last().map(|step| step.of_price);
        if unbilled || deposits || total.zip(billed).is_some_and(|(total, billed)| billed < total) {
            self.find(Key::Leak(over), life, &run, last);
        }
    }

    /// The line as findings name it.
    fn id(&self, line: u32) -> Option<LineId> {
        let index = self.program.lines.get(line as usize)?.index;
        let place = self.plan.lines.iter().position(|planned| planned.index == index)?;
        u32::try_from(place).ok().map(LineId)
    }

    /// Keeps the first life that shows something, which has the fewest events.
    fn find(&mut self, key: Key, life: &Life, run: &Recorded, place: usize) {
        let property = key.property();
        if !self.options.wants(property) || self.found.contains_key(&key) {
            return;
        }
        let Some(shows) = run.record.steps.get(place).map(|step| step.date) else { return };
        let last = life.events.iter().map(|event| event.date).max().unwrap_or(shows);
        let as_of = shows.max(last).min(last.plus(AFTERWARDS)).min(Date::MAX);
        let Some(short) = self.run(life, as_of) else { return };
        let mut moments = Vec::new();
        let mut billed = Money::ZERO;
        let upto = short.record.steps.iter().take_while(|step| step.date <= shows);
        for step in upto {
            billed = step.of_price;
            let all = step.considered.iter().flat_map(|considered| &considered.computed);
            let amount =
                all.fold(Money::ZERO, |sum, computed| sum.plus(computed.amount).unwrap_or(sum));
            let fires =
                step.considered.iter().filter(|one| matches!(one.outcome, Outcome::Fires(_)));
            let fired: Vec<LineId> = fires.filter_map(|one| self.id(one.line)).collect();
            if step.event.is_some() || amount != Money::ZERO {
                let event = step.event.map(|event| event as usize);
                moments.push(Shown { date: step.date, event, fired, amount });
            }
        }
        let agreed = self.program.price.is_agreed();
        let witness = Witness {
            events: life.events.clone(),
            terms: life.terms,
            agreed: life.opening.clone(),
            figure: agreed.then_some(life.figure),
            enough: None,
            as_of,
            shows: shows.min(as_of),
            lines: short.evaluation.lines,
            shortest: false,
            billed,
            moments,
            compared: None,
        };
        self.found.insert(key, witness);
    }

    /// Writes what was seen into what is known.
    fn tell(mut self, known: &mut Verification) {
        // What never ends is told as that.
        let line_of = |key: &Key| if let Key::Endless(line, _) = key { Some(*line) } else { None };
        let endless: Vec<LineId> = self.found.keys().filter_map(line_of).collect();
        self.found
            .retain(|key, _| !matches!(key, Key::AfterTerminal(line, _) if endless.contains(line)));
        let all_fire = (0..).zip(&self.program.lines).all(|(place, _)| self.fired.contains(&place));
        for proof in &mut known.proofs {
            let refuted = self.found.keys().any(|key| key.property() == proof.property);
            let of_lines = proof.property == Property::DeadLine;
            let proved = if of_lines {
                all_fire
            } else if from_the_lines::proved(self.program, proof.property) {
                true
            } else if proof.property == Property::Overbilling {
                let rest = self.aside.leaves_nothing_beyond(self.program);
                self.aside.makes_a_difference |= rest;
                rest
            } else {
                false
            };
            if refuted {
                (proof.verdict, proof.limit, proof.more) = (Verdict::Refuted, None, true);
            } else if proved {
                (proof.verdict, proof.limit) = (Verdict::Proved, None);
                if !of_lines {
                    proof.situations = 0;
                    let agreed = self.program.price.is_agreed();
                    proof.assumed.figure = agreed && is_of_the_figure(proof.property);
                }
            }
        }
        if self.aside.makes_a_difference {
            known.set_aside = self.aside.lines;
        }
        let findings =
            self.found.into_iter().map(|(key, witness)| Finding { key, witness: Some(witness) });
        known.findings.extend(findings);
        known.findings.sort_by_key(|finding| (finding.property(), finding.key));
    }
}

/// How a case is over by a moment: an action that ends it ends it, too.
fn ended(life: &Life, step: &Step) -> Terminal {
    let event = step.event.and_then(|event| life.events.get(event as usize));
    let milestone = event.and_then(|event| event.kind.milestone());
    milestone.and_then(Milestone::terminal).unwrap_or(Terminal::End)
}

/// The price of a case, where it is one: stated by the schedule, or agreed at this figure.
fn total(program: &Program, figure: Money) -> Option<Money> {
    let Price::Fixed(price) = &program.price else { return None };
    Some(match price {
        Agreed::Stated(price) => *price,
        Agreed::ByCase { .. } => figure,
    })
}

fn bills_a_share_or_sum(line: &Line) -> bool {
    !matches!(line.amount, Amount::Work(_) | Amount::Nothing)
}
