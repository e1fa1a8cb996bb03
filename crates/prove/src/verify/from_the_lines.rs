//! What follows from the lines of a schedule alone, whatever comes: in, a program; out, the properties that it keeps in
//! every history, because nothing in it could break them. Of what does not follow, nothing is said.

use super::Property;
use super::cells::may_be;
use crate::model::program::{
    Agreed, Amount, Anchor, Condition, Kind, Line, Name, Price, Program, Test, When, Worked,
};
use crate::model::{Milestone, SubjectKind};
use crate::money::{Exact, Money, Percent};

/// Whether no history breaks a property, as far as that follows from the lines. That all lines can fire never does.
pub(super) fn proved(program: &Program, property: Property) -> bool {
    match property {
        Property::Overbilling => {
            has_no_total(program) || bills_a_period_once(program) || never_overbills(program)
        }
        Property::Underbilling => {
            has_no_total(program) || closes_at_the_price(program) || bills_each_day_run(program)
        }
        Property::Overlap => never_overlaps(program),
        Property::PastDate => {
            !program.lines.iter().flat_map(|line| &line.whens).any(is_a_date)
                || closes_at_the_price(program)
        }
        Property::Credit => never_credits(program),
        Property::UnbilledWork => {
            never_works(program)
                || closes_when_over(program)
                    && settles_work_when_over(program)
                    && bills_work_at_closing(program)
        }
        Property::Endless => closes_when_over(program) || !repeats_by_itself(program),
        Property::Gap => closes_when_over(program) || has_no_windows(program),
        Property::StrandedDeposit => {
            let deposit = |line: &Line| line.kind == Kind::Deposit;
            closes_when_over(program) || !program.lines.iter().any(deposit)
        }
        Property::AfterTerminal => {
            let stops = |line: &Line| ends_with_the_case(program, line);
            closes_when_over(program) || program.lines.iter().all(stops)
        }
        Property::Leak => closes_when_over(program),
        Property::PartsLeft => {
            program.lines.iter().all(|line| line.amount.parts() == 1) || closes_up_to(program)
        }
        Property::Order => looks_at_no_name(program),
        Property::DeadLine | Property::Cliff | Property::NeverStarted => false,
    }
}

/// Whether no total of a case is known: it owes its work, and has no price beside it.
fn has_no_total(program: &Program) -> bool {
    let of_hours = program.price.is_a_rate() && program.planned.hours.is_none();
    matches!(program.price, Price::PerAction { .. }) || of_hours
}

/// Whether no action is work that comes to anything.
fn never_works(program: &Program) -> bool {
    let mut worked = program.names.iter().filter_map(|named| named.worked.as_ref());
    !worked.any(Worked::is_billed) && !program.unlisted.as_ref().is_some_and(Worked::is_billed)
}

/// Whether no balance that closes a case asks anything: then no trigger comes beside its windows.
fn has_no_windows(program: &Program) -> bool {
    program.lines.iter().filter(|line| line.closes()).all(|line| line.condition.is_none())
}

/// Whether a line bills no share and no sum by the calendar once the case is over: it waits for events, its days end with the
/// case, or its condition cannot hold then.
fn ends_with_the_case(program: &Program, line: &Line) -> bool {
    let is_free = matches!(line.amount, Amount::Work(_) | Amount::Nothing);
    let of_event = |when: &When| match when {
        When::Milestone(_) | When::Named(_) | When::Progress => true,
        When::End(_)
        | When::DayOfMonth(_)
        | When::After(..)
        | When::Every { .. }
        | When::Before(..)
        | When::Dates(_) => false,
    };
    let never = |condition: &Condition| {
        Milestone::ALL
            .into_iter()
            .filter(|milestone| milestone.is_terminal())
            .all(|over| !may_be(program, &[(condition, true)], Some(over)))
    };
    is_free
        || line.pro_rata
        || line.whens.iter().all(of_event)
        || line.condition.as_ref().is_some_and(never)
}

/// Whether a test asks for hours, or for a share of planned hours.
fn asks_for_hours(test: &Test) -> bool {
    test.measures_work()
}

/// Whether nothing that a line waits for, asks about or bills turns on anything with a name, on work, on progress or on a
/// suspension: then two events of one day may come in either order.
fn looks_at_no_name(program: &Program) -> bool {
    let named = |anchor: Anchor| matches!(anchor, Anchor::Named(_));
    // Of two situations of one day the later counts, and an action beside one starts the case.
    let when = |when: &When| match when {
        When::Named(_) | When::Before(..) | When::Progress => true,
        When::After(_, anchor) | When::Every { anchor, .. } => named(*anchor),
        When::Milestone(_) | When::End(_) | When::DayOfMonth(_) | When::Dates(_) => false,
    };
    let looks = |line: &Line| {
        let mut asks = false;
        if let Some(condition) = &line.condition {
            condition.each_test(&mut |test| {
                asks |= test.anchor().is_some_and(named)
                    || asks_for_hours(test)
                    || matches!(test, Test::Progress(_));
            });
        }
        asks || line.amount.measures_hours()
            || line.amount.measures_progress()
            || line.whens.iter().any(when)
    };
    never_works(program)
        && !program.may_suspend
        && !program.names.iter().any(|named| named.ends_case)
        && !program.lines.iter().any(looks)
}

/// Whether the price of a period is all that is billed of it, by one line that waits for one thing: with two, each brings the
/// price of a period.
fn bills_a_period_once(program: &Program) -> bool {
    let of_price =
        program.lines.iter().filter(|line| !line.beside && line.amount != Amount::Nothing);
    let mut lines = of_price.filter(|line| line.kind != Kind::Discount);
    let first = lines.next();
    let once = |line: &Line| line.amount == Amount::Period && line.whens.len() == 1;
    let only = lines.next().is_none() && first.is_none_or(once);
    matches!(program.price, Price::Periodic(..)) && only
}

/// Whether each day on which a case ran is billed once it is over, and nothing closes it before: one line bills the price of a
/// civil period by its days, without a condition or an end, and for the last time at the terminal event, before balances.
fn bills_each_day_run(program: &Program) -> bool {
    let of_price =
        program.lines.iter().filter(|line| !line.beside && line.amount != Amount::Nothing);
    let mut lines = of_price.filter(|line| line.kind != Kind::Discount);
    let each_day = lines.next().is_some_and(|line| {
        let civil = |when: &When| matches!(when, When::End(_));
        line.amount == Amount::Period
            && line.pro_rata
            && line.repeats
            && line.at_most.is_none()
            && line.condition.is_none()
            && line.kind == Kind::Installment
            && line.whens.iter().all(civil)
    });
    let over = |when: &When| milestone(when).is_some_and(Milestone::is_terminal);
    let mut closers = program.lines.iter().filter(|line| line.closes());
    matches!(program.price, Price::Periodic(..))
        && each_day
        && lines.next().is_none()
        && closers.all(|line| line.whens.iter().all(over))
}

/// Whether whatever closes a case brings it to a share of its price, with the parts that are left.
fn closes_up_to(program: &Program) -> bool {
    let up_to = |line: &Line| matches!(line.amount, Amount::UpTo { .. });
    program.lines.iter().filter(|line| line.closes()).all(up_to)
}

/// Whether whatever closes a case that has not been abandoned brings it to its price.
fn closes_at_the_price(program: &Program) -> bool {
    let stated = matches!(program.price, Price::Fixed(_));
    let besides = program.lines.iter().any(|line| line.beside || line.kind == Kind::Discount);
    // The whole of it comes to the price or more, whatever was billed before: deposits are given back.
    let whole = |line: &Line| {
        matches!(line.amount, Amount::UpTo { share, .. } | Amount::Percent { share, parts: 1 }
            if share == Percent::WHOLE)
    };
    // Who leaves owes what the schedule says, and not the price.
    let leaves =
        |when: &When| milestone(when).is_some_and(|of| of.is_terminal() && of != Milestone::End);
    stated
        && !besides
        && !program.is_charged()
        && program
            .lines
            .iter()
            .filter(|line| line.closes())
            .all(|line| whole(line) || line.whens.iter().all(leaves))
}

/// Whether no two balances, one of which closes the case, can hold at one moment: they wait for milestones that never come
/// together, or their conditions exclude each other.
fn never_overlaps(program: &Program) -> bool {
    let balances: Vec<&Line> =
        program.lines.iter().filter(|line| line.kind == Kind::Balance).collect();
    let apart = |one: &Line, other: &Line| {
        let conditions = [&one.condition, &other.condition];
        let wanted: Vec<(&Condition, bool)> =
            conditions.into_iter().flatten().map(|condition| (condition, true)).collect();
        let excluded = one.condition.as_ref().zip(other.condition.as_ref());
        if excluded.is_some_and(|(one, other)| one.excludes(other)) {
            return true;
        }
        moments(program, one).into_iter().all(|moment| {
            let mut others = moments(program, other).into_iter();
            !others.any(|other| moment.meets(other)) || !may_be(program, &wanted, moment.over())
        })
    };
    balances.iter().enumerate().all(|(place, one)| {
        let mut later = balances.iter().skip(place + 1);
        later.all(|other| !(one.closes() || other.closes()) || apart(one, other))
    })
}

/// A moment at which a line may come.
#[derive(Clone, Copy, PartialEq)]
enum Moment {
    /// That of an event that is a milestone.
    Of(Milestone),
    /// Of an action, which may be the start; and the end, where it ends the case.
    Action(Name, bool),
    /// Of a deliverable or a named event.
    Named(Name),
    Progress,
    /// The end of a day.
    Evening,
    /// After any event, and at the end of any day.
    Any,
}

impl Moment {
    fn meets(self, other: Moment) -> bool {
        let action = |action: Moment, milestone: Moment| match (action, milestone) {
            (Moment::Action(_, ends), Moment::Of(of)) => {
                of == Milestone::Start || ends && of == Milestone::End
            }
            _ => false,
        };
        let any = self == Moment::Any || other == Moment::Any;
        any || self == other || action(self, other) || action(other, self)
    }

    /// The terminal event that has just come then.
    fn over(self) -> Option<Milestone> {
        match self {
            Moment::Of(milestone) => Some(milestone).filter(|milestone| milestone.is_terminal()),
            Moment::Action(..)
            | Moment::Named(_)
            | Moment::Progress
            | Moment::Evening
            | Moment::Any => None,
        }
    }
}

/// The moments at which a line may come.
fn moments(program: &Program, line: &Line) -> Vec<Moment> {
    let named = |name: Name| {
        let ends = program.names.get(name.0 as usize).is_some_and(|named| named.ends_case);
        match program.subjects.get(name.0 as usize) {
            Some((SubjectKind::Action, _)) => Moment::Action(name, ends),
            Some(_) | None => Moment::Named(name),
        }
    };
    let mut all = Vec::new();
    for when in &line.whens {
        match when {
            When::Milestone(milestone) => all.push(Moment::Of(*milestone)),
            When::Named(name) => all.push(named(*name)),
            When::Progress => all.push(Moment::Progress),
            When::Before(..) => all.push(Moment::Any),
            When::End(_) | When::DayOfMonth(_) | When::After(..) | When::Dates(_) => {
                all.push(Moment::Evening);
            }
            When::Every { anchor, first, .. } => {
                all.push(Moment::Evening);
                all.extend(first.then(|| match anchor {
                    Anchor::Milestone(milestone) => Moment::Of(*milestone),
                    Anchor::Named(name) => named(*name),
                    Anchor::Planned(_) => Moment::Evening,
                }));
            }
        }
    }
    if line.pro_rata {
        all.extend(
            Milestone::ALL.into_iter().filter(|milestone| milestone.is_terminal()).map(Moment::Of),
        );
    }
    all
}

/// The milestone for which a line waits, if it is one.
fn milestone(when: &When) -> Option<Milestone> {
    if let When::Milestone(milestone) = when { Some(*milestone) } else { None }
}

fn is_a_date(when: &When) -> bool {
    matches!(when, When::Dates(_))
}

/// Whether no line can bill less than nothing: nothing is deducted or taken back, and no price changes, as that of planned
/// hours may; or all that is billed before a balance up to the whole price never comes to more than it. A part of a line may be less,
/// where several pay.
fn never_credits(program: &Program) -> bool {
    let lines = || program.lines.iter();
    let deposit = |line: &Line| line.kind == Kind::Deposit;
    let discounts = lines().any(|line| line.kind == Kind::Discount);
    let takes_nothing = !lines().any(|line| line.amount.may_take_back() || deposit(line));
    let whole =
        |line: &Line| matches!(line.amount, Amount::UpTo { share, .. } if share == Percent::WHOLE);
    let settles = lines().all(|line| {
        let takes_back = line.amount.may_take_back() && !whole(line);
        !(takes_back || deposit(line) && line.beside)
    });
    let deducts =
        lines().any(deposit) && lines().any(|line| line.kind == Kind::Balance && !whole(line));
    let never_below = settles && !deducts && never_overbills(program);
    program.payers.is_empty()
        && !program.is_charged()
        && !program.price.is_agreed()
        && !program.price.is_a_rate()
        && !discounts
        && (takes_nothing || never_below)
}

/// Whether a balance of work closes no case that is not over: of one that is, work that comes later is no matter.
fn settles_work_when_over(program: &Program) -> bool {
    let over = |when: &When| milestone(when).is_some_and(Milestone::is_terminal);
    let of_work = |line: &&Line| line.closes() && matches!(line.amount, Amount::Work(_));
    program.lines.iter().filter(of_work).all(|line| line.whens.iter().all(over))
}

/// Whether whatever closes a case bills the work that is due, or comes after a line that does so at the same event, whatever else holds.
fn bills_work_at_closing(program: &Program) -> bool {
    let is_work = |line: &Line| matches!(line.amount, Amount::Work(_));
    let bills = |when: &When| {
        let always = |line: &Line| {
            is_work(line)
                && line.kind == Kind::Installment
                && line.condition.is_none()
                && line.at_most.is_none()
                && line.whens.contains(when)
        };
        milestone(when).is_some() && program.lines.iter().any(always)
    };
    let mut losing = program.lines.iter().filter(|line| program.loses_work(line));
    losing.all(|line| is_work(line) || line.whens.iter().all(bills))
}

/// Whether no history bills more than its price, whatever comes: percentages and sums that come to no more than the whole are
/// all that is billed of it. What closes the case comes alone, and gives every deposit back; what brings it to a share
/// comes to no more than that.
fn never_overbills(program: &Program) -> bool {
    let of_price = |line: &&Line| !line.beside && line.kind != Kind::Discount;
    let (closers, others): (Vec<&Line>, Vec<&Line>) =
        program.lines.iter().filter(of_price).partition(|line| line.closes());
    let (deposits, others): (Vec<&Line>, Vec<&Line>) =
        others.into_iter().partition(|line| line.kind == Kind::Deposit);
    let sum =
        |lines: &[&Line]| lines.iter().try_fold(Billed::default(), |billed, line| billed.and(line));
    let (Some(deposits), Some(others)) = (sum(&deposits), sum(&others)) else { return false };
    let up_to = |line: &&&Line| matches!(line.amount, Amount::UpTo { .. });
    let mut closers = closers.iter().filter(|line| !up_to(line));
    Billed::within(&program.price, &[deposits, others])
        && closers.all(|line| {
            let closed = others.and(line);
            closed.is_some_and(|closed| Billed::within(&program.price, &[closed]))
        })
}

/// What lines of one group come to at the most: a share of the price, rounded once, and sums. What brings the group to a share,
/// progress and `up to`, brings it to that and no further, whatever was billed before.
#[derive(Clone, Copy, Default)]
struct Billed {
    /// What is added.
    added: Percent,
    /// The most to which it is brought.
    brought_to: Percent,
    sums: Money,
}

impl Billed {
    /// With all that a line bills; none where it is not bounded so.
    fn and(self, line: &Line) -> Option<Billed> {
        if let Some(sum) = sum_in_all(line) {
            return Some(Billed { sums: self.sums.plus(sum)?, ..self });
        }
        let brings = if let Amount::Progress(share) | Amount::UpTo { share, no_refund: false } =
            line.amount
        {
            Some(share)
        } else {
            None
        };
        if let Some(share) = brings.filter(|_| line.kind != Kind::Deposit) {
            return Some(Billed { brought_to: self.brought_to.max(share), ..self });
        }
        // A share of the price by hours or by time.
        let of_time = !matches!(
            line.amount,
            Amount::Percent { .. }
                | Amount::Sum { .. }
                | Amount::UpTo { .. }
                | Amount::Period
                | Amount::Work(_)
        );
        let share = match line.amount.share_in_all(line.repeats).filter(|_| brings.is_none()) {
            Some(share) => share,
            // At most the price.
            None if of_time && line.closes() => Percent::WHOLE,
            None => return None,
        };
        Some(Billed { added: self.added.plus(share)?, ..self })
    }

    fn share(self) -> Option<Percent> {
        self.added.plus(self.brought_to)
    }

    /// Whether groups come to no more than the price. Of a price that each case agrees that is known of a share of one group
    /// alone: rounded once, no share of the whole is more than it.
    fn within(price: &Price, groups: &[Billed]) -> bool {
        let Price::Fixed(price) = price else { return false };
        let shares: Option<Vec<Percent>> = groups.iter().map(|group| group.share()).collect();
        let Some(shares) = shares else { return false };
        let sums = groups.iter().try_fold(Money::ZERO, |all, group| all.plus(group.sums));
        shares.iter().all(|share| *share <= Percent::WHOLE)
            && match price {
                Agreed::Stated(price) => {
                    let whole = Exact::from_money(*price);
                    let all =
                        shares.iter().try_fold(sums.unwrap_or(Money::LARGEST), |all, share| {
                            all.plus(whole.share(*share)?)
                        });
                    all.is_some_and(|all| all <= *price)
                }
                Agreed::ByCase { .. } => {
                    let some = shares.iter().filter(|share| **share != Percent::default());
                    some.count() <= 1 && sums == Some(Money::ZERO)
                }
            }
    }
}

/// What a line of a sum comes to in all, where that is bounded.
fn sum_in_all(line: &Line) -> Option<Money> {
    let Amount::Sum { sum, parts } = line.amount else { return None };
    if line.pro_rata {
        return None;
    }
    let times = if !line.repeats || parts > 1 { 1 } else { line.at_most? };
    (0..times).try_fold(Money::ZERO, |all, _| all.plus(sum))
}

/// Whether a balance closes every case at the moment at which it is over: for each terminal event one waits without a
/// condition, or with conditions of which one always holds.
fn closes_when_over(program: &Program) -> bool {
    Milestone::ALL.into_iter().filter(|milestone| milestone.is_terminal()).all(|over| {
        let closers = program
            .lines
            .iter()
            .filter(|line| line.closes() && line.whens.contains(&When::Milestone(over)));
        let conditions: Vec<Option<&Condition>> =
            closers.map(|line| line.condition.as_ref()).collect();
        let unmet: Option<Vec<(&Condition, bool)>> =
            conditions.iter().map(|condition| Some(((*condition)?, false))).collect();
        match unmet {
            None => true,
            Some(unmet) => !unmet.is_empty() && !may_be(program, &unmet, Some(over)),
        }
    })
}

/// Whether something comes again and again by itself without an end of its own.
fn repeats_by_itself(program: &Program) -> bool {
    program.lines.iter().any(|line| {
        let calendar = line.whens.iter().any(|when| match when {
            When::End(_) | When::DayOfMonth(_) | When::Every { .. } => true,
            When::Milestone(_)
            | When::Named(_)
            | When::Progress
            | When::After(..)
            | When::Before(..)
            | When::Dates(_) => false,
        });
        let works = matches!(line.amount, Amount::Work(_));
        let unbounded = line.at_most.is_none() && line.amount.parts() == 1;
        calendar && line.repeats && unbounded && !works && !ends_with_the_case(program, line)
    })
}
