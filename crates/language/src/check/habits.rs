//! What clerks write and do not mean: sound schedules that most likely bill otherwise than intended.
//!
//! Each is a warning with its own advice. They read a sound schedule only.

use super::sections::Section;
use super::{Checker, errors, single_blanks};
use crate::diagnostic::fold_for_likeness;
use crate::model::program::{Program, Term};
use crate::model::{Condition, Line, LineKind, Milestone, Price, Schedule, SubjectKind, When};
use crate::money::{Currency, Exact, Money, Percent};
use crate::span::Span;
use crate::syntax::ast::{self, ItemKind, Name, RateKind, Sum, TriggerKind};
use foldhash::HashMap;

/// Warns of what is most likely not meant.
pub fn warn(checker: &mut Checker<'_>, schedule: &Schedule, section: &Section<'_>) {
    missing_plans(checker, schedule);
    if total(schedule).is_some() {
        bare_amounts(checker, schedule.currency, section);
    }
    bills_once(checker, schedule, section);
    closes_early(checker, schedule, section);
    never_reached(checker, schedule);
    of_any_part(checker, schedule.currency, section);
}

/// What is told alike whatever a schedule uses.
fn of_any_part(checker: &mut Checker<'_>, currency: Currency, section: &Section<'_>) {
    first_date_alone(checker, section);
    later_that_day(checker, section);
    worked_and_billed(checker, currency, section);
    super::shares::warn(checker, currency, section);
    almost_the_same(checker, section);
}

/// The same of a schedule of the second part: `read` is what it says as one of the first, where it can be said so.
pub fn warn_of_the_second(
    checker: &mut Checker<'_>,
    (schedule, program): (&Schedule, &Program),
    read: Option<&Schedule>,
    section: &Section<'_>,
) {
    let (lang, file_lang) = (checker.lang, checker.file_lang);
    match read {
        Some(read) => {
            missing_plans(checker, read);
            closes_early(checker, read, section);
            never_reached(checker, read);
        }
        None => {
            let needs = program.needs();
            if needs.contains(&Term::PlannedHours) && program.planned.hours.is_none() {
                checker.report(errors::no_planned_hours(lang, file_lang, schedule.span, None));
            }
            if needs.contains(&Term::PlannedMonths) && program.planned.months.is_none() {
                checker.report(errors::no_planned_duration(lang, file_lang, schedule.span, None));
            }
        }
    }
    if let Price::Fixed(_) = read.map_or(schedule.price, |read| read.price) {
        bare_amounts(checker, schedule.currency, section);
    }
    of_any_part(checker, schedule.currency, section);
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
pub(super) fn total(schedule: &Schedule) -> Option<Exact> {
    match schedule.price.rate() {
        Some(rate) => schedule.planned_hours?.at_rate(rate),
        None => schedule.price.fixed().map(Exact::from_money),
    }
}

/// What a line of a fixed amount bills when it fires.
pub(super) fn stated_amount(line: &Line, total: Option<Exact>) -> Option<Money> {
    match line.amount.percent() {
        Some(share) => total?.share(share),
        None => line.amount.sum(),
    }
}

/// A bare number that may be a percentage, in a schedule whose percentages have a price to be of.
fn bare_amounts(checker: &mut Checker<'_>, currency: Currency, section: &Section<'_>) {
    for (line, _) in section.lines() {
        let ast::Amount::Sum(Sum { number, currency: None }) = &line.amount else { continue };
        // Behind `flat` an amount is meant.
        let bare = number.at.0.start == line.amount_at.0.start;
        let share = Percent::read(&number.digits).is_ok_and(|share| share <= Percent::WHOLE);
        let amount = currency.read(&number.digits);
        if let Ok(amount) = amount
            && bare
            && share
        {
            let amount = currency.show(amount).to_string();
            let written = number.at.0.of(checker.source);
            checker.report(errors::bare_amount(
                checker.lang,
                number.at.0,
                written,
                &amount,
                currency,
            ));
        }
    }
}

/// A balance that closes the case at its first month end, whatever happened.
fn closes_early(checker: &mut Checker<'_>, schedule: &Schedule, section: &Section<'_>) {
    for line in schedule.lines.iter().filter(|line| line.closes() && line.condition.is_none()) {
        if line.triggers.iter().any(When::is_month_end) {
            checker.warn_unless_accepted(section, |lang, _| errors::closes_early(lang, line));
        }
    }
}

/// A line that fires once, on a trigger that comes again and again. Month ends always do, and
/// several lines with conditions on them are steps that are meant; sessions may be milestones that
/// come once, so that they count only where the schedule does not come to its price otherwise.
fn bills_once(checker: &mut Checker<'_>, schedule: &Schedule, section: &Section<'_>) {
    let total = total(schedule);
    let once = |line: &&Line| !line.closes() && line.amount.once();
    let monthly = |line: &Line| line.triggers.iter().any(When::is_month_end);
    let steps = schedule.lines.iter().filter(once);
    let steps = steps.filter(|line| monthly(line) && line.condition.is_some()).count();
    for line in schedule.lines.iter().filter(once) {
        let monthly = monthly(line) && (line.condition.is_none() || steps == 1);
        let others = schedule.lines.iter().filter(|other| !std::ptr::eq(*other, line));
        let repeated = line.kind == LineKind::Installment
            && line.triggers.iter().any(When::repeats)
            && !line.triggers.iter().any(When::is_month_end)
            && !reaches_total(line, others, total);
        let Some(bills) = errors::Once::of(line.amount, || stated_amount(line, total)) else {
            continue;
        };
        if !monthly && !repeated {
            continue;
        }
        let of = (bills, total.and_then(Exact::round), schedule.currency);
        let how = (monthly, schedule.price.values_work());
        checker.warn_unless_accepted(section, |lang, _| errors::bills_once(lang, line, of, how));
    }
}

/// Whether a line that bills once and the others, each fired once, can come to the whole price (or
/// there is no price to come to).
fn reaches_total<'a>(
    line: &Line,
    others: impl Iterator<Item = &'a Line>,
    total: Option<Exact>,
) -> bool {
    let Some(price) = total.and_then(Exact::round) else { return true };
    let mut sum = stated_amount(line, total).unwrap_or_default().0;
    let mut balance = 0;
    for other in others {
        if other.amount.is_open() {
            return true;
        }
        match (other.kind, stated_amount(other, total)) {
            (LineKind::Installment, Some(amount)) => sum = sum.saturating_add(amount.0),
            (LineKind::Balance, Some(amount)) => balance = balance.max(amount.0),
            (LineKind::Deposit, _) | (_, None) => {}
        }
    }
    sum.saturating_add(balance) >= price.0
}

/// A balance all of whose triggers already close the case by an earlier balance, whatever happens.
fn never_reached(checker: &mut Checker<'_>, schedule: &Schedule) {
    let mut closing: HashMap<(&When, Option<&Condition>), &Line> = HashMap::default();
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

/// A share or a sum on one of several dates: it bills on the first that comes, whatever the others are.
fn first_date_alone(checker: &mut Checker<'_>, section: &Section<'_>) {
    for (line, at) in section.lines() {
        let is_date = |trigger: &ast::Trigger| matches!(trigger.kind, TriggerKind::Date(_));
        let dates = line.triggers.len() > 1 && line.triggers.iter().all(is_date);
        let once = matches!(line.amount, ast::Amount::Percent(_) | ast::Amount::Sum(_));
        let of_parts = matches!(line.kind, ast::LineKind::Deposit | ast::LineKind::Installment);
        if dates && once && of_parts && line.condition.is_none() {
            let file_lang = checker.file_lang;
            checker.warn_unless_accepted(section, |lang, source| {
                errors::first_date_alone((lang, file_lang), line, at.0, source)
            });
        }
    }
}

/// A line that asks for what, on a day on which both come, comes after what it waits for. One that waits for both fires then.
fn later_that_day(checker: &mut Checker<'_>, section: &Section<'_>) {
    // An action that ends the case has come to its end itself.
    let ends = |trigger: &TriggerKind| matches!(trigger, TriggerKind::Subject(SubjectKind::Action, name) if ends_case(section, name));
    for (line, at) in section.lines() {
        let Some(condition) = &line.condition else { continue };
        let late = line.triggers.iter().find_map(|trigger| {
            let later = |fact: &ast::Fact| {
                let waits = line.triggers.iter().any(|trigger| is_of(&trigger.kind, fact));
                !waits && !ends(&trigger.kind) && comes_later(&trigger.kind, fact)
            };
            Some((trigger.at.0, fails_until(condition, false, &later)?))
        });
        if let Some(late) = late {
            checker.warn_unless_accepted(section, |lang, source| {
                errors::later_that_day(lang, line, at.0, late, source)
            });
        }
    }
}

/// Whether a schedule says of an action that it ends the case.
fn ends_case(section: &Section<'_>, name: &Name) -> bool {
    let ends = |item: &&ast::Item| matches!(&item.kind, ItemKind::Action(action) if action.ends_case && action.name.text == name.text);
    section.items.iter().any(ends)
}

/// The part of a condition, or of its contrary, that cannot hold before something comes of which `later` says that it comes later.
fn fails_until(
    condition: &ast::Condition,
    denied: bool,
    later: &impl Fn(&ast::Fact) -> bool,
) -> Option<Span> {
    let parts_fail = |parts: &[ast::Condition]| {
        parts.iter().map(|part| fails_until(part, denied, later)).collect::<Vec<_>>()
    };
    match &condition.kind {
        ast::ConditionKind::Not(inner) => fails_until(inner, !denied, later),
        // Denied, one of several is none of them, and all of them one.
        ast::ConditionKind::Any(parts) | ast::ConditionKind::All(parts) => {
            let all_hold = matches!(condition.kind, ast::ConditionKind::All(_)) != denied;
            let failing = parts_fail(parts);
            if all_hold {
                return failing.into_iter().flatten().next();
            }
            failing.iter().all(Option::is_some).then_some(condition.at.0)
        }
        ast::ConditionKind::Fact(fact) | ast::ConditionKind::Times { fact, .. } => {
            (!denied && later(fact)).then_some(condition.at.0)
        }
        ast::ConditionKind::Compare { .. }
        | ast::ConditionKind::Window { .. }
        | ast::ConditionKind::Day { .. } => None,
    }
}

/// Whether a trigger is that this happens.
fn is_of(waits: &TriggerKind, fact: &ast::Fact) -> bool {
    match (waits, fact) {
        (TriggerKind::Milestone(own), ast::Fact::Reached(of)) => own == of,
        (TriggerKind::Subject(own, name), ast::Fact::Happened(kind, of)) => {
            own == kind && name.text == of.text
        }
        _ => false,
    }
}

/// Whether a case can come to both on one day, and to what is asked after what is waited for. Nobody signs a case that is over,
/// and an action before the start is the start.
fn comes_later(waits: &TriggerKind, fact: &ast::Fact) -> bool {
    match (waits, fact) {
        (TriggerKind::Milestone(Milestone::Signature), ast::Fact::Reached(other)) => {
            *other == Milestone::Start
        }
        (TriggerKind::Milestone(Milestone::Signature), ast::Fact::Happened(..)) => true,
        (TriggerKind::Milestone(Milestone::Start), ast::Fact::Happened(kind, _)) => {
            *kind != SubjectKind::Action
        }
        (TriggerKind::Subject(..) | TriggerKind::Progress, ast::Fact::Reached(other)) => {
            other.is_terminal()
        }
        _ => false,
    }
}

/// The amount of an action that one line bills as a sum, and another again as work.
fn worked_and_billed(checker: &mut Checker<'_>, currency: Currency, section: &Section<'_>) {
    let works = |line: &ast::Line| {
        use ast::Amount::{Work, WorkByAction, WorkItemised};
        matches!(line.amount, Work | WorkItemised | WorkByAction)
    };
    // A line of work with a condition may leave out what the other line bills.
    let always = |line: &ast::Line| works(line) && line.condition.is_none();
    let Some((work, _)) = section.lines().find(|(line, _)| always(line)) else { return };
    let amount = |sum: &Sum| currency.read(&sum.number.digits).ok();
    let flat: HashMap<&str, (Money, Span)> = (section.items.iter())
        .filter_map(|item| {
            let ItemKind::Action(action) = &item.kind else { return None };
            let RateKind::Flat(sum) = &action.rate.as_ref()?.kind else { return None };
            Some((action.name.text.as_str(), (amount(sum)?, item.at.0)))
        })
        .collect();
    // A deposit is deducted, and a discount takes off.
    let adds = |line: &ast::Line| line.kind == ast::LineKind::Installment;
    for (line, at) in section.lines().filter(|(line, _)| adds(line)) {
        let ast::Amount::Sum(sum) = &line.amount else { continue };
        let on = line.triggers.iter().find_map(|trigger| {
            let TriggerKind::Subject(SubjectKind::Action, name) = &trigger.kind else {
                return None;
            };
            Some((name, *flat.get(name.text.as_str())?))
        });
        if let Some((name, (worth, declared))) = on
            && amount(sum) == Some(worth)
        {
            let worth = currency.show(worth).to_string();
            checker.warn_unless_accepted(section, |lang, _| {
                errors::worked_and_billed(lang, (line, at.0), (name, declared), &worth, work)
            });
        }
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
    use crate::syntax::ast::{Anchor, Condition, ConditionKind, Fact, Measured};
    fn of_anchor<'f>(anchor: &'f Anchor, names: &mut Vec<(&'static str, &'f Name)>) {
        match anchor {
            Anchor::Subject(kind, name) => names.push((kind.name(), name)),
            Anchor::Milestone(_) | Anchor::PlannedStart | Anchor::PlannedEnd => {}
        }
    }
    fn of_fact<'f>(fact: &'f Fact, names: &mut Vec<(&'static str, &'f Name)>) {
        match fact {
            Fact::Happened(kind, name) => names.push((kind.name(), name)),
            Fact::Reached(_) => {}
        }
    }
    fn of_condition<'f>(condition: &'f Condition, names: &mut Vec<(&'static str, &'f Name)>) {
        match &condition.kind {
            ConditionKind::Any(parts) | ConditionKind::All(parts) => {
                parts.iter().for_each(|part| of_condition(part, names));
            }
            ConditionKind::Not(inner) => of_condition(inner, names),
            ConditionKind::Fact(fact) | ConditionKind::Times { fact, .. } => of_fact(fact, names),
            ConditionKind::Compare { measured: Measured::Since(anchor), .. }
            | ConditionKind::Window { measured: Measured::Since(anchor), .. } => {
                of_anchor(anchor, names);
            }
            ConditionKind::Compare { .. }
            | ConditionKind::Window { .. }
            | ConditionKind::Day { .. } => {}
        }
    }
    let mut names = Vec::new();
    for item in &section.items {
        match &item.kind {
            ItemKind::Action(action) => names.push(("action", &action.name)),
            ItemKind::Line(line) => {
                for trigger in &line.triggers {
                    if let Some((kind, name)) = trigger.kind.subject() {
                        names.push((kind.name(), name));
                    }
                    if let Some(anchor) = trigger.kind.anchor() {
                        of_anchor(anchor, &mut names);
                    }
                }
                if let Some(condition) = &line.condition {
                    of_condition(condition, &mut names);
                }
            }
            ItemKind::Schedule { .. }
            | ItemKind::Payer(_)
            | ItemKind::Vat(_)
            | ItemKind::Payment(_)
            | ItemKind::MaySuspend
            | ItemKind::Agreed(_)
            | ItemKind::Unit(_)
            | ItemKind::Price(_)
            | ItemKind::Planned(_)
            | ItemKind::WholeAttendance
            | ItemKind::Accepts { .. }
            | ItemKind::Scenario { .. }
            | ItemKind::Event { .. }
            | ItemKind::Expect(_)
            | ItemKind::Until(_)
            | ItemKind::FollowUp(_)
            | ItemKind::Step(_)
            | ItemKind::Invoice(_)
            | ItemKind::Broken(_) => {}
        }
    }
    names
}
