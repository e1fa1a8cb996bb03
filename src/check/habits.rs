//! What clerks write and do not mean: sound schedules that most likely bill otherwise than intended.
//!
//! Each is a warning with its own advice. They read a sound schedule only.

use super::sections::Section;
use super::{Checker, errors, single_blanks};
use crate::diagnostic::fold_for_likeness;
use crate::model::{Amount, Condition, Line, LineKind, Price, Range, Schedule, Test, Trigger};
use crate::money::{Exact, Money, Percent};
use crate::syntax::ast::{ItemKind, Name, Sum};
use foldhash::HashMap;

/// Warns of what is most likely not meant.
pub fn warn(checker: &mut Checker<'_>, schedule: &Schedule, section: &Section<'_>) {
    missing_plans(checker, schedule);
    bare_amounts(checker, schedule, section);
    bills_once(checker, schedule);
    closes_early(checker, schedule);
    installments_not_deducted(checker, schedule);
    never_reached(checker, schedule);
    deposit_given_back(checker, schedule);
    not_before_start(checker, schedule);
    almost_the_same(checker, section);
}

fn missing_plans(checker: &mut Checker<'_>, schedule: &Schedule) {
    if schedule.uses_attendance() && schedule.planned_hours.is_none() {
        let used = schedule.lines.iter().find(|line| line.uses_attendance());
        checker.report(errors::no_planned_hours(
            checker.lang,
            checker.file_lang,
            schedule.span,
            used,
        ));
    }
    if schedule.uses_planned_duration() && schedule.planned_months.is_none() {
        let used = schedule.lines.iter().find(|line| line.uses_planned_duration());
        checker.report(errors::no_planned_duration(
            checker.lang,
            checker.file_lang,
            schedule.span,
            used,
        ));
    }
}

/// The price's total where the schedule itself states it.
fn total(schedule: &Schedule) -> Option<Exact> {
    match schedule.price {
        Price::Fixed(price) => Some(Exact::from_money(price)),
        Price::Hourly { rate, .. } => schedule.planned_hours?.at_rate(rate),
        Price::PerAction => None,
    }
}

/// What a line of a fixed amount bills when it fires.
fn stated_amount(line: &Line, total: Option<Exact>) -> Option<Money> {
    match line.amount {
        Amount::Percent(share) => total?.percent(share)?.round(),
        Amount::Sum(amount) => Some(amount),
        Amount::Work { .. }
        | Amount::UpTo(_)
        | Amount::Nothing
        | Amount::ProRataAttendance
        | Amount::ProRataDuration => None,
    }
}

/// A bare number that may be a percentage, in a schedule whose percentages have a price to be of.
fn bare_amounts(checker: &mut Checker<'_>, schedule: &Schedule, section: &Section<'_>) {
    use crate::syntax::ast;
    if total(schedule).is_none() {
        return;
    }
    for item in &section.items {
        let ItemKind::Line(line) = &item.kind else { continue };
        let ast::Amount::Sum(Sum { number, currency: None }) = &line.amount else { continue };
        // Behind `flat` an amount is meant.
        let bare = number.at.0.start == line.amount_at.0.start;
        let share = Percent::read(&number.digits).is_ok_and(|share| share <= Percent::WHOLE);
        let amount = schedule.currency.read(&number.digits);
        if let Ok(amount) = amount
            && bare
            && share
        {
            let amount = schedule.currency.show(amount).to_string();
            let written = number.at.0.of(checker.source);
            checker.report(errors::bare_amount(
                checker.lang,
                number.at.0,
                written,
                &amount,
                schedule.currency,
            ));
        }
    }
}

/// A balance that closes the case at its first month end, whatever happened.
fn closes_early(checker: &mut Checker<'_>, schedule: &Schedule) {
    for line in schedule.lines.iter().filter(|line| line.closes() && line.condition.is_none()) {
        if line.triggers.contains(&Trigger::MonthEnd) {
            checker.report(errors::closes_early(checker.lang, line));
        }
    }
}

/// A percentage or an amount on a trigger that comes again and again. Month ends always do;
/// sessions may be milestones that come once, so that they count only where the schedule does not
/// come to its price otherwise.
fn bills_once(checker: &mut Checker<'_>, schedule: &Schedule) {
    let total = total(schedule);
    let complete = reaches_total(schedule, total);
    for line in schedule.lines.iter().filter(|line| !line.closes()) {
        let Some(amount) = stated_amount(line, total) else { continue };
        let monthly = line.triggers.contains(&Trigger::MonthEnd);
        let repeated = line.kind == LineKind::Installment
            && !complete
            && line.triggers.iter().any(Trigger::repeats);
        if monthly || repeated {
            let currency = schedule.currency;
            let of = total.and_then(Exact::round).map(|total| currency.show(total).to_string());
            let amount = currency.show(amount).to_string();
            let work = match schedule.price {
                Price::Hourly { .. } | Price::PerAction => true,
                Price::Fixed(_) => false,
            };
            let how = (monthly, work);
            checker.report(errors::bills_once(checker.lang, line, &amount, of, currency, how));
        }
    }
}

/// Whether the lines, each fired once, can come to the whole price (or there is no price to come
/// to).
fn reaches_total(schedule: &Schedule, total: Option<Exact>) -> bool {
    let Some(price) = total.and_then(Exact::round) else { return true };
    let up_to = |line: &Line| match line.amount {
        Amount::UpTo(_)
        | Amount::ProRataAttendance
        | Amount::ProRataDuration
        | Amount::Work { .. } => true,
        Amount::Percent(_) | Amount::Sum(_) | Amount::Nothing => false,
    };
    let amounts = |kind: LineKind| {
        let of_kind = schedule.lines.iter().filter(move |line| line.kind == kind);
        of_kind.filter_map(|line| stated_amount(line, total)).map(|amount| amount.0)
    };
    let installments = amounts(LineKind::Installment).fold(0_i64, i64::saturating_add);
    let balance = amounts(LineKind::Balance).max().unwrap_or(0);
    schedule.lines.iter().any(up_to) || installments.saturating_add(balance) >= price.0
}

/// Installments, and then a balance of the whole price.
fn installments_not_deducted(checker: &mut Checker<'_>, schedule: &Schedule) {
    let bills = |line: &&Line| match line.amount {
        Amount::Nothing | Amount::UpTo(_) => false,
        Amount::Percent(_)
        | Amount::Sum(_)
        | Amount::Work { .. }
        | Amount::ProRataAttendance
        | Amount::ProRataDuration => true,
    };
    let price = total(schedule).and_then(Exact::round);
    let whole = |line: &&Line| {
        let amount = stated_amount(line, total(schedule));
        line.kind == LineKind::Balance && price.is_some() && amount == price
    };
    let installment = |line: &&Line| line.kind == LineKind::Installment;
    let first = schedule.lines.iter().filter(installment).find(bills);
    if let (Some(part), Some(balance)) = (first, schedule.lines.iter().find(whole)) {
        checker.report(errors::installments_not_deducted(checker.lang, part, balance));
    }
}

/// A balance all of whose triggers already close the case by an earlier balance, whatever happens.
fn never_reached(checker: &mut Checker<'_>, schedule: &Schedule) {
    let mut closing: HashMap<(&Trigger, Option<&Condition>), &Line> = HashMap::default();
    for line in schedule.lines.iter().filter(|line| line.kind == LineKind::Balance) {
        let condition = line.condition.as_ref();
        let covering = |trigger| {
            closing.get(&(trigger, None)).or_else(|| closing.get(&(trigger, condition))).copied()
        };
        let covers: Option<Vec<&Line>> = line.triggers.iter().map(covering).collect();
        if let Some(first) = covers.and_then(|covers| covers.first().copied()) {
            checker.report(errors::never_reached(checker.lang, line, first));
        }
        if line.closes() {
            for trigger in &line.triggers {
                closing.entry((trigger, condition)).or_insert(line);
            }
        }
    }
}

/// A closing balance of nothing where a deposit may stand: it gives the deposit back.
fn deposit_given_back(checker: &mut Checker<'_>, schedule: &Schedule) {
    let deposit = schedule.lines.iter().find(|line| line.kind == LineKind::Deposit);
    let Some(deposit) = deposit else { return };
    for line in schedule.lines.iter().filter(|line| line.closes() && line.amount == Amount::Nothing)
    {
        checker.report(errors::deposit_given_back(checker.lang, line, deposit));
    }
}

/// `not duration …` on a trigger that may come before the start, where it is true.
fn not_before_start(checker: &mut Checker<'_>, schedule: &Schedule) {
    let started = |trigger: &Trigger| match trigger {
        Trigger::Start | Trigger::Action(_) | Trigger::After(_, crate::model::Anchor::Start) => {
            true
        }
        Trigger::Signature
        | Trigger::End
        | Trigger::Abandonment
        | Trigger::Event(_)
        | Trigger::Deliverable(_)
        | Trigger::MonthEnd
        | Trigger::After(_, crate::model::Anchor::Signature)
        | Trigger::Date(_) => false,
    };
    for line in &schedule.lines {
        let Some(condition) = &line.condition else { continue };
        let safe = line.triggers.iter().all(started) || demands_start(condition);
        let mut negated = false;
        condition.each_test(&mut |test, under_not| match test {
            Test::Duration(_) if under_not => negated = true,
            Test::Duration(_)
            | Test::Attendance(_)
            | Test::Hours(_)
            | Test::Started
            | Test::Signed
            | Test::Ended
            | Test::Abandoned
            | Test::ActionDone(_)
            | Test::DeliverableReceived(_)
            | Test::EventHappened(_) => {}
        });
        if negated && !safe {
            let turned = turned_round(condition);
            checker.report(errors::not_before_start(checker.lang, line, turned));
        }
    }
}

/// The comparator of a duration that is negated by itself, and the one that says the contrary.
fn turned_round(condition: &Condition) -> Option<(&'static str, &'static str)> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().find_map(turned_round),
        Condition::Not(inner) => match inner.as_ref() {
            Condition::Test(Test::Duration(range)) => match range {
                Range::Less(_) => Some(("<", ">=")),
                Range::AtMost(_) => Some(("<=", ">")),
                Range::Greater(_) => Some((">", "<=")),
                Range::AtLeast(_) => Some((">=", "<")),
                Range::Window { .. } => None,
            },
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::Test(_) => None,
        },
        Condition::Test(_) => None,
    }
}

/// Whether a condition can hold only once the case has started.
fn demands_start(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().any(demands_start),
        Condition::Any(parts) => parts.iter().all(demands_start),
        Condition::Not(_) => false,
        Condition::Test(test) => match test {
            Test::Started | Test::Duration(_) | Test::ActionDone(_) => true,
            Test::Attendance(_)
            | Test::Hours(_)
            | Test::Signed
            | Test::Ended
            | Test::Abandoned
            | Test::DeliverableReceived(_)
            | Test::EventHappened(_) => false,
        },
    }
}

/// Names of the same kind in one schedule that differ by case, accents or blanks only.
fn almost_the_same(checker: &mut Checker<'_>, section: &Section<'_>) {
    let mut seen: HashMap<(&str, String), &Name> = HashMap::default();
    for (kind, name) in names(section) {
        let first =
            *seen.entry((kind, single_blanks(&fold_for_likeness(&name.text)))).or_insert(name);
        if first.text != name.text {
            checker.report(errors::almost_the_same(checker.lang, name, first));
        }
    }
}

/// Every name of an action, event or deliverable in a schedule, with its kind.
pub fn names<'f>(section: &Section<'f>) -> Vec<(&'static str, &'f Name)> {
    use crate::syntax::ast::{Condition, ConditionKind, Fact, TriggerKind};
    fn of_condition<'f>(condition: &'f Condition, names: &mut Vec<(&'static str, &'f Name)>) {
        match &condition.kind {
            ConditionKind::Any(parts) | ConditionKind::All(parts) => {
                parts.iter().for_each(|part| of_condition(part, names));
            }
            ConditionKind::Not(inner) => of_condition(inner, names),
            ConditionKind::Fact(Fact::ActionDone(name)) => names.push(("action", name)),
            ConditionKind::Fact(Fact::EventHappened(name)) => names.push(("event", name)),
            ConditionKind::Fact(Fact::DeliverableReceived(name)) => {
                names.push(("deliverable", name));
            }
            ConditionKind::Fact(Fact::Started | Fact::Signed | Fact::Ended | Fact::Abandoned)
            | ConditionKind::Compare { .. }
            | ConditionKind::Window { .. } => {}
        }
    }
    let mut names = Vec::new();
    for item in &section.items {
        match &item.kind {
            ItemKind::Action(action) => names.push(("action", &action.name)),
            ItemKind::Line(line) => {
                for trigger in &line.triggers {
                    match &trigger.kind {
                        TriggerKind::Action(name) => names.push(("action", name)),
                        TriggerKind::Event(name) => names.push(("event", name)),
                        TriggerKind::Deliverable(name) => names.push(("deliverable", name)),
                        TriggerKind::Signature
                        | TriggerKind::Start
                        | TriggerKind::End
                        | TriggerKind::Abandonment
                        | TriggerKind::MonthEnd
                        | TriggerKind::After { .. }
                        | TriggerKind::Date(_) => {}
                    }
                }
                if let Some(condition) = &line.condition {
                    of_condition(condition, &mut names);
                }
            }
            ItemKind::Schedule(_)
            | ItemKind::Unit(_)
            | ItemKind::Price(_)
            | ItemKind::Planned(_)
            | ItemKind::WholeAttendance
            | ItemKind::Accepts { .. }
            | ItemKind::Scenario { .. }
            | ItemKind::Event { .. }
            | ItemKind::Expect(_)
            | ItemKind::Until(_)
            | ItemKind::Broken(_) => {}
        }
    }
    names
}
