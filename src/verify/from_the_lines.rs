//! What follows from the lines of a schedule alone, whatever comes: in, a program; out, the properties that it keeps in
//! every history, because nothing in it could break them. Of what does not follow, nothing is said.

use super::Property;
use crate::model::Milestone;
use crate::model::program::{Agreed, Amount, Kind, Line, Price, Program, When};
use crate::money::{Exact, Percent};

/// Whether no history breaks a property, as far as that follows from the lines. That all lines can fire never does.
pub(super) fn proved(program: &Program, property: Property) -> bool {
    match property {
        Property::Overbilling => {
            is_by_action(program) || bills_a_period_once(program) || never_overbills(program)
        }
        Property::Underbilling => is_by_action(program) || closes_at_the_price(program),
        Property::Overlap => never_overlaps(program),
        Property::PastDate => !program.lines.iter().flat_map(|line| &line.whens).any(is_a_date),
        Property::Credit => never_credits(program),
        Property::UnbilledWork => closes_when_over(program) && settles_work_when_over(program),
        Property::Endless => closes_when_over(program) || !repeats_by_itself(program),
        Property::Leak | Property::Gap | Property::StrandedDeposit | Property::AfterTerminal => {
            closes_when_over(program)
        }
        Property::PartsLeft => program.lines.iter().all(|line| line.amount.parts() == 1),
        Property::DeadLine | Property::Order | Property::Cliff | Property::NeverStarted => false,
    }
}

/// Whether a case owes its work and has no price beside it.
fn is_by_action(program: &Program) -> bool {
    matches!(program.price, Price::PerAction { .. })
}

/// Whether the price of a period is all that is billed of it, by one line.
fn bills_a_period_once(program: &Program) -> bool {
    let of_price =
        program.lines.iter().filter(|line| !line.beside && line.amount != Amount::Nothing);
    let mut lines = of_price.filter(|line| line.kind != Kind::Discount);
    let first = lines.next().map(|line| line.amount);
    let only = lines.next().is_none() && first.is_none_or(|amount| amount == Amount::Period);
    matches!(program.price, Price::Periodic(..)) && only
}

/// Whether whatever closes a case that has not been abandoned brings it to its stated price.
fn closes_at_the_price(program: &Program) -> bool {
    let stated = matches!(program.price, Price::Fixed(Agreed::Stated(_)));
    let besides = program.lines.iter().any(|line| line.beside || line.kind == Kind::Discount);
    let whole = |line: &Line| {
        if let Amount::UpTo { share, .. } = line.amount { share == Percent::WHOLE } else { false }
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
        let conditions = one.condition.as_ref().zip(other.condition.as_ref());
        never_together(&one.whens, &other.whens)
            || conditions.is_some_and(|(one, other)| one.excludes(other))
    };
    balances.iter().enumerate().all(|(place, one)| {
        let mut later = balances.iter().skip(place + 1);
        later.all(|other| !(one.closes() || other.closes()) || apart(one, other))
    })
}

/// Whether two lines wait for other milestones, of which none is the start: the signature, the end and the abandonment
/// are moments of their own. A first action is the start as well, and one that ends the case the end.
fn never_together(one: &[When], other: &[When]) -> bool {
    let alone = |when: &When| milestone(when).is_some_and(|of| of != Milestone::Start);
    one.iter().chain(other).all(alone) && !one.iter().any(|when| other.contains(when))
}

/// The milestone for which a line waits, if it is one.
fn milestone(when: &When) -> Option<Milestone> {
    if let When::Milestone(milestone) = when { Some(*milestone) } else { None }
}

fn is_a_date(when: &When) -> bool {
    matches!(when, When::Dates(_))
}

/// Whether no line can bill less than nothing: nothing is deducted or taken back, and no price changes, as that of planned
/// hours may. A part of it may be less, where several pay.
fn never_credits(program: &Program) -> bool {
    let deducts = |line: &Line| matches!(line.kind, Kind::Deposit | Kind::Discount);
    program.payers.is_empty()
        && !program.is_charged()
        && !program.price.is_agreed()
        && !program.price.is_a_rate()
        && !program.lines.iter().any(|line| line.amount.may_take_back() || deducts(line))
}

/// Whether a balance of work closes no case that is not over: of one that is, work that comes later is no matter.
fn settles_work_when_over(program: &Program) -> bool {
    let over = |when: &When| milestone(when).is_some_and(Milestone::is_terminal);
    let of_work = |line: &&Line| line.closes() && matches!(line.amount, Amount::Work(_));
    program.lines.iter().filter(of_work).all(|line| line.whens.iter().all(over))
}

/// Whether no history of a stated price bills more than it, whatever comes: percentages are all that is
/// billed of it, and they come to no more than the whole. What brings a case to a share closes it.
fn never_overbills(program: &Program) -> bool {
    let Price::Fixed(Agreed::Stated(price)) = program.price else { return false };
    let (mut deposits, mut others) = (0_i64, 0_i64);
    let mut progress = false;
    for line in program.lines.iter().filter(|line| !line.beside && line.kind != Kind::Discount) {
        if matches!(line.amount, Amount::UpTo { .. }) && line.closes() {
            continue;
        }
        let deposit = line.kind == Kind::Deposit;
        let certified = matches!(line.amount, Amount::Progress(_));
        let Some(share) = line.amount.share_in_all(line.repeats).filter(|_| !deposit || !certified)
        else {
            return false;
        };
        progress |= certified;
        let group = if deposit { &mut deposits } else { &mut others };
        *group = group.saturating_add(share.0);
    }
    // A second share of progress, or a percentage beside it, would be counted otherwise.
    let alone = program.lines.iter().filter(|line| line.kind != Kind::Deposit && !line.beside);
    let shares =
        alone.filter(|line| matches!(line.amount, Amount::Percent { .. } | Amount::Progress(_)));
    if progress && shares.count() > 1 {
        return false;
    }
    let whole = Exact::from_money(price);
    let of = |share: i64| whole.percent(Percent(share)).and_then(Exact::round);
    let sum = of(deposits).zip(of(others)).and_then(|(deposits, others)| deposits.plus(others));
    let within = |share: i64| share <= Percent::WHOLE.0;
    within(deposits) && within(others) && sum.is_some_and(|sum| sum <= price)
}

/// Whether a balance closes every case at the moment at which it is over.
fn closes_when_over(program: &Program) -> bool {
    Milestone::ALL.into_iter().filter(|milestone| milestone.is_terminal()).all(|over| {
        program.lines.iter().any(|line| {
            line.closes() && line.condition.is_none() && line.whens.contains(&When::Milestone(over))
        })
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
        calendar && line.repeats && line.at_most.is_none() && line.amount.parts() == 1 && !works
    })
}
