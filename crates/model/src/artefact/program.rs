//! Schedules of the second part of the language in an artefact: what they bill is the dense program itself, its
//! quantities whole numbers of their smallest units.
//!
//! In: a record. Out: a schedule that bills, or what is not sound in it. Whatever stands there, every number
//! leads to something, every quantity is one that a schedule can state, and reading never panics.

use super::errors::Unsound;
use super::fault::{Fault, Within, each, some, sound};
use super::quantities::name;
use super::record as r;
use crate::calendar::Duration;
use crate::model::program::{
    Amount, Anchor, Asked, Condition, Kind, Line, Measure, Name, PayerId, PaymentTerm, Program,
    Share, Tax, TaxId, Test, Tiers, When, Worked,
};
use crate::model::{
    Action, Amount as CoreAmount, Billed, LONGEST_PLAN, Line as CoreLine, LineKind,
    Price as CorePrice, Range, Rate as CoreRate, Schedule, SubjectKind,
};
use crate::money::{Hours, Money, Percent};
use crate::span::Span;
use std::collections::HashSet;
use std::sync::Arc;

/// The largest number of units, in ten-thousandths.
const LARGEST_COUNT: i64 = 100_000_000_000_000;
/// The longest length of time: 300 years.
const MOST_DAYS: u32 = 53 * 300 * 7;
const MOST_MONTHS: u32 = 12 * 300;

/// What stands for a schedule of the second part.
pub fn write(schedule: &Schedule, program: &Program) -> r::Programmed {
    r::Programmed {
        name: schedule.name.clone(),
        billed: match schedule.billed {
            Billed::Case => r::Billed::Case,
            Billed::Group => r::Billed::Group,
        },
        labels: schedule.lines.iter().map(|line| line.label.clone()).collect(),
        actions: schedule
            .actions
            .iter()
            .map(|action| r::Declared { name: action.name.clone(), ends_case: action.ends_case })
            .collect(),
        rules: program.clone(),
    }
}

/// The schedule that a record stands for.
pub fn read(record: &r::Programmed, written: &[String]) -> Result<Schedule, Fault> {
    let program = &record.rules;
    rules(program, record.labels.len()).of("rules")?;
    sound(written.len() == record.labels.len(), Unsound::Misfit).of("labels")?;
    let mut labels = HashSet::new();
    let labelled = each(&record.labels, |label| {
        sound(labels.insert(label.clone()), Unsound::Repeated)?;
        name(label)
    })
    .of("labels")?;
    let mut lines: Vec<CoreLine> = Vec::with_capacity(labelled.len());
    for (place, (label, text)) in labelled.into_iter().zip(written).enumerate() {
        let line = program.lines.iter().find(|line| line.index == place);
        let line = some(line, Unsound::Misfit).of("labels")?;
        lines.push(shell(line, label, text.clone()));
    }
    let actions = each(&record.actions, |action| {
        let name = name(&action.name).of("name")?;
        let span = Span::default();
        Ok(Action { name, rate: CoreRate::AsPriced, ends_case: action.ends_case, span })
    })
    .of("actions")?;
    Ok(Schedule {
        name: name(&record.name).of("name")?,
        billed: match record.billed {
            r::Billed::Case => Billed::Case,
            r::Billed::Group => Billed::Group,
        },
        currency: program.currency,
        price: CorePrice::PerAction,
        planned_hours: program.planned.hours,
        planned_months: program.planned.months,
        whole_attendance: program.whole_attendance,
        actions,
        lines,
        accepts: Vec::new(),
        span: Span::default(),
        second: Some(Arc::new(program.clone())),
    })
}

/// A line as the first part sees it: its label and its text.
fn shell(line: &Line, label: String, text: String) -> CoreLine {
    CoreLine {
        kind: match line.kind {
            Kind::Deposit => LineKind::Deposit,
            Kind::Installment | Kind::Discount => LineKind::Installment,
            Kind::Balance => LineKind::Balance,
        },
        label,
        amount: CoreAmount::Nothing,
        triggers: Vec::new(),
        condition: None,
        stays_open: line.stays_open,
        text,
        span: Span::default(),
    }
}

fn rules(program: &Program, lines: usize) -> Result<(), Fault> {
    let quantity = Unsound::Quantity;
    sound(program.price.is_sound(), quantity).of("price")?;
    let hours = program.planned.hours.is_none_or(hours_above_zero);
    sound(hours, quantity).of("planned")?;
    let months = program.planned.months.is_none_or(|months| (1..=LONGEST_PLAN).contains(&months));
    sound(months, quantity).of("planned")?;
    sound(program.names.len() == program.subjects.len(), Unsound::Misfit).of("names")?;
    let mut subjects = HashSet::new();
    each(&program.subjects, |(kind, called)| {
        sound(subjects.insert((kind.number(), called.clone())), Unsound::Repeated)?;
        name(called).map(drop)
    })
    .of("subjects")?;
    let worked = program.names.iter().map(|named| named.worked.as_ref());
    for (place, worked) in worked.chain([program.unlisted.as_ref()]).enumerate() {
        if let Some(worked) = worked {
            self::worked(program, worked).at(place).of("names")?;
        }
    }
    for (place, tax) in program.taxes.iter().enumerate() {
        match tax {
            Tax::Rate(rate) => sound(in_percent(*rate), quantity),
            Tax::Exempt(reason) => name(reason).map(drop),
        }
        .at(place)
        .of("taxes")?;
    }
    sound(knows_tax(program, program.tax), Unsound::Misfit).of("tax")?;
    payers(program)?;
    let terms = program.dues.iter().flatten().chain(program.payment.as_ref());
    for PaymentTerm { length, due: _ } in terms {
        sound(length_fits(*length), quantity).of("payment")?;
    }
    sound(program.lines.len() == lines && lines > 0, Unsound::Missing).of("lines")?;
    let mut places = HashSet::new();
    for (place, line) in program.lines.iter().enumerate() {
        let new = line.index < lines && places.insert(line.index);
        sound(new, Unsound::Repeated).of("index").at(place).of("lines")?;
        self::line(program, line).at(place).of("lines")?;
    }
    Ok(())
}

fn money_fits(amount: Money) -> bool {
    amount > Money::ZERO && amount <= Money::LARGEST
}

fn hours_above_zero(hours: Hours) -> bool {
    hours > Hours::ZERO && hours <= Hours::LARGEST
}

fn in_percent(share: Percent) -> bool {
    share >= Percent::default() && share <= Percent::WHOLE
}

fn length_fits(length: Duration) -> bool {
    match length {
        Duration::Days(days) => days <= MOST_DAYS,
        Duration::Months(months) => months <= MOST_MONTHS,
    }
}

fn knows_tax(program: &Program, tax: Option<TaxId>) -> bool {
    tax.is_none_or(|tax| usize::from(tax.0) < program.taxes.len())
}

fn knows_name(program: &Program, name: Name) -> bool {
    (name.0 as usize) < program.names.len()
}

fn knows_anchor(program: &Program, anchor: Anchor) -> bool {
    match anchor {
        Anchor::Named(name) => knows_name(program, name),
        Anchor::Milestone(_) | Anchor::Planned(_) => true,
    }
}

fn worked(program: &Program, worked: &Worked) -> Result<(), Fault> {
    let tiers = |tiers: &Tiers| {
        let bounds: Vec<i64> = tiers.below.iter().map(|(bound, _)| *bound).collect();
        let rise = bounds.windows(2).all(|pair| matches!(pair, [one, next] if one < next));
        let first = bounds.first().is_none_or(|first| *first > 0);
        let last = bounds.last().is_none_or(|last| *last <= LARGEST_COUNT);
        let rates = tiers.below.iter().all(|(_, rate)| rate.is_sound());
        rise && first && last && rates && tiers.last.is_sound()
    };
    let fits = match &worked.measure {
        Measure::Nothing => true,
        Measure::Priced { step } => step.is_none_or(hours_above_zero),
        Measure::Hours { step, tiers: own } => step.is_none_or(hours_above_zero) && tiers(own),
        Measure::Quantity(own) => tiers(own),
        Measure::Times(rate) => rate.is_sound(),
        Measure::Amount(share) => {
            *share >= Percent::default() && share.0 <= Percent::WHOLE.0 * 1000
        }
    };
    sound(fits, Unsound::Quantity).of("measure")?;
    let cap = worked.at_most.is_none_or(|most| (1..=LARGEST_COUNT).contains(&most));
    sound(cap, Unsound::Quantity).of("at_most")?;
    sound(knows_tax(program, worked.tax), Unsound::Misfit).of("tax")
}

fn payers(program: &Program) -> Result<(), Fault> {
    let count = program.payers.len();
    let fits = program.payer_names.len() == count && program.dues.len() == count;
    sound(fits, Unsound::Misfit).of("payers")?;
    let mut names = HashSet::new();
    each(&program.payer_names, |payer| {
        sound(names.insert(payer.clone()), Unsound::Repeated)?;
        name(payer).map(drop)
    })
    .of("payer_names")?;
    let mut stated = 0_i64;
    for (place, payer) in program.payers.iter().enumerate() {
        let last = place + 1 == count;
        let fits = match payer.share {
            Share::Percent(share) => {
                stated = stated.saturating_add(share.0);
                share > Percent::default() && stated <= Percent::WHOLE.0 && !last
            }
            Share::Sum(sum) => money_fits(sum) && !last,
            Share::Agreed => !last,
            Share::Remainder => last && payer.at_most.is_none(),
        };
        let fits = fits && payer.at_most.is_none_or(money_fits);
        sound(fits, Unsound::Misfit).at(place).of("payers")?;
    }
    Ok(())
}

fn line(program: &Program, line: &Line) -> Result<(), Fault> {
    sound(line.amount.is_sound(&program.price), Unsound::Quantity).of("amount")?;
    let deposit = line.amount.fits_deposit();
    let discount = matches!(line.amount, Amount::Percent { .. } | Amount::Sum { .. });
    let of_kind = match line.kind {
        Kind::Deposit => deposit,
        Kind::Discount => discount && !line.repeats,
        Kind::Installment | Kind::Balance => true,
    };
    sound(of_kind, Unsound::Misfit).of("kind")?;
    let open = line.kind == Kind::Balance;
    sound(!line.stays_open || open, Unsound::Misfit).of("stays_open")?;
    let work = matches!(line.amount, Amount::Work(_));
    sound(work || !(line.repeats && line.closes()), Unsound::Misfit).of("repeats")?;
    let payer = line
        .charged_to
        .is_none_or(|PayerId(payer)| usize::from(payer) < program.payers.len() && line.beside);
    sound(payer, Unsound::Misfit).of("charged_to")?;
    sound(knows_tax(program, line.tax), Unsound::Misfit).of("tax")?;
    let most = line.at_most.is_none_or(|most| most > 0);
    sound(most, Unsound::Quantity).of("at_most")?;
    sound(!line.whens.is_empty(), Unsound::Missing).of("whens")?;
    for (place, when) in line.whens.iter().enumerate() {
        sound(when_fits(program, when), Unsound::Quantity).at(place).of("whens")?;
    }
    if let Some(condition) = &line.condition {
        self::condition(program, condition).of("condition")?;
    }
    Ok(())
}

fn when_fits(program: &Program, when: &When) -> bool {
    match when {
        When::Milestone(_) | When::Progress | When::End(_) => true,
        When::Named(name) => knows_name(program, *name),
        When::DayOfMonth(day) => (1..=31).contains(day),
        When::After(length, anchor) => length_fits(*length) && knows_anchor(program, *anchor),
        When::Every { length, anchor, first: _ } => {
            let some = !matches!(length, Duration::Days(0) | Duration::Months(0));
            some && length_fits(*length) && knows_anchor(program, *anchor)
        }
        When::Before(length, _) => length_fits(*length),
        When::Dates(days) => !days.is_empty(),
    }
}

fn condition(program: &Program, condition: &Condition) -> Result<(), Fault> {
    let mut fits = true;
    condition.each_test(&mut |test| fits &= test_fits(program, test));
    sound(fits, Unsound::Quantity)
}

fn test_fits(program: &Program, test: &Test) -> bool {
    let range = match test.asked() {
        Asked::Length(range) => each_bound(&range, |length| length_fits(*length)),
        Asked::Share(range) => {
            each_bound(&range, |share| share.0 >= 0 && share.0 <= Percent::WHOLE.0 * 1000)
        }
        Asked::Hours(range) => {
            each_bound(&range, |hours| *hours >= Hours::ZERO && *hours <= Hours::LARGEST)
        }
        Asked::Day(_) | Asked::Times(_) | Asked::Nothing => true,
    };
    range && test.anchor().is_none_or(|anchor| knows_anchor(program, anchor))
}

fn each_bound<T>(range: &Range<T>, fits: impl Fn(&T) -> bool) -> bool {
    let mut all = true;
    range.each_bound(|bound, _| all &= fits(bound));
    all
}

/// One form of what a program bills: names and taxes by what they are, and not by where they are first mentioned;
/// lines in the order in which they fire; the parts of conditions sorted, each once.
pub fn one_form(schedule: &Schedule, program: &Program) -> r::Programmed {
    let mut form = write(schedule, program);
    let program = &mut form.rules;
    let label = |line: &Line| form.labels.get(line.index).cloned().unwrap_or_default();
    form.labels = program.lines.iter().map(label).collect();
    form.actions.sort_by(|one, other| one.name.cmp(&other.name));
    let order = |place: &usize| {
        program.subjects.get(*place).map(|(kind, name)| (kind.number(), name.clone()))
    };
    let names = Renumbered::of(program.subjects.len(), |place| order(&place));
    let taxes = Renumbered::of(program.taxes.len(), |place| program.taxes.get(place).map(r::json));
    program.names = names.sorted(&program.names);
    program.subjects = names.sorted(&program.subjects);
    program.taxes = taxes.sorted(&program.taxes);
    let tax = |own: &mut Option<TaxId>| {
        *own = own.map(|TaxId(tax)| {
            TaxId(u16::try_from(taxes.renumbered(usize::from(tax))).unwrap_or(tax))
        });
    };
    tax(&mut program.tax);
    let worked = program.names.iter_mut().filter_map(|named| named.worked.as_mut());
    worked.chain(program.unlisted.as_mut()).for_each(|worked| tax(&mut worked.tax));
    let name = |Name(own): Name| Name(u32::try_from(names.renumbered(own as usize)).unwrap_or(own));
    for (place, line) in program.lines.iter_mut().enumerate() {
        line.index = place;
        tax(&mut line.tax);
        let mut whens: Vec<When> = Vec::with_capacity(line.whens.len());
        for when in std::mem::take(&mut line.whens) {
            let when = when.renamed(&name);
            if !whens.contains(&when) {
                whens.push(when);
            }
        }
        line.whens = whens;
        line.condition = line.condition.take().map(|condition| sorted(condition, &name));
    }
    form
}

/// New numbers for old ones.
struct Renumbered {
    /// The old number of each new one.
    old: Vec<usize>,
}

impl Renumbered {
    fn of<K: Ord>(count: usize, key: impl Fn(usize) -> K) -> Renumbered {
        let mut old: Vec<usize> = (0..count).collect();
        old.sort_by_key(|place| key(*place));
        Renumbered { old }
    }

    fn renumbered(&self, old: usize) -> usize {
        self.old.iter().position(|own| *own == old).unwrap_or(old)
    }

    fn sorted<T: Clone>(&self, list: &[T]) -> Vec<T> {
        self.old.iter().filter_map(|place| list.get(*place).cloned()).collect()
    }
}

/// A condition whose groups of one kind are one, its parts sorted, each once.
fn sorted(condition: Condition, name: &impl Fn(Name) -> Name) -> Condition {
    let (any, parts) = match condition {
        Condition::Any(parts) => (true, parts),
        Condition::All(parts) => (false, parts),
        Condition::Not(inner) => return Condition::Not(Box::new(sorted(*inner, name))),
        Condition::Test(test) => {
            return Condition::Test(test.renamed(name));
        }
    };
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match (sorted(part, name), any) {
            (Condition::Any(inner), true) | (Condition::All(inner), false) => flat.extend(inner),
            (part, _) => flat.push(part),
        }
    }
    flat.sort_by_cached_key(r::json);
    flat.dedup();
    match <[Condition; 1]>::try_from(flat) {
        Ok([only]) => only,
        Err(flat) if any => Condition::Any(flat),
        Err(flat) => Condition::All(flat),
    }
}

/// The kinds in one order.
trait Number {
    fn number(self) -> u8;
}

impl Number for SubjectKind {
    fn number(self) -> u8 {
        match self {
            SubjectKind::Action => 0,
            SubjectKind::Deliverable => 1,
            SubjectKind::Event => 2,
        }
    }
}
