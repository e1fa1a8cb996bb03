//! What the shares of a schedule come to: a balance that deducts what its share leaves out already, and progress that takes back
//! what phases have billed.

use super::Checker;
use super::errors::{self, DeductedTwice, TakesBack};
use super::sections::Section;
use crate::model::{Milestone, Property};
use crate::money::{Currency, Exact, Money, Percent};
use crate::syntax::ast::{self, Amount, ItemKind, LineKind, Price, Trigger, TriggerKind};

/// What lines and the price are measured in: percentages, or sums where the schedule states its price.
struct Measure {
    currency: Currency,
    /// The price, where sums are measured.
    price: Option<Money>,
}

/// Warns of shares that are most likely not meant.
pub fn warn(checker: &mut Checker<'_>, currency: Currency, section: &Section<'_>) {
    let price = section.items.iter().find_map(|item| {
        let ItemKind::Price(Price::Fixed(sum)) = &item.kind else { return None };
        currency.read(&sum.number.digits).ok()
    });
    let in_percent = Measure { currency, price: None };
    let found = deducted_twice(section, &in_percent).or_else(|| {
        price?;
        deducted_twice(section, &Measure { currency, price })
    });
    let file_lang = checker.file_lang;
    if let Some(found) = found {
        checker.warn_unless_accepted(section, |lang, source| {
            errors::deducted_twice((lang, file_lang), &found, source)
        });
    }
    if let Some(found) = takes_back(section) {
        checker.warn_unless_accepted(section, |lang, source| {
            errors::progress_takes_back((lang, file_lang), &found, source)
        });
    }
}

impl Measure {
    fn whole(&self) -> i64 {
        self.price.map_or(Percent::WHOLE.0, |price| price.0)
    }

    /// What a line states that bills a share or a sum, once in all.
    fn of(&self, amount: &Amount) -> Option<i64> {
        if let Amount::Percent(number) | Amount::PercentParts(number, _) = amount {
            let share = Percent::read(&number.digits).ok()?;
            let Some(price) = self.price else { return Some(share.0) };
            return Exact::from_money(price).share(share).map(|part| part.0);
        }
        let (Amount::Sum(sum) | Amount::SumParts(sum, _)) = amount else { return None };
        self.price?;
        self.currency.read(&sum.number.digits).ok().map(|sum| sum.0)
    }

    /// Its digits.
    fn show(&self, measured: i64) -> String {
        match self.price {
            None => Percent(measured).to_string(),
            Some(_) => self.currency.show(Money(measured)).to_string(),
        }
    }

    fn unit(&self) -> &'static str {
        self.price.map_or("%", |_| self.currency.code())
    }
}

/// The balance that brings deposits and parts to the whole price, and deducts the deposits from its share.
fn deducted_twice<'f>(section: &Section<'f>, measure: &Measure) -> Option<DeductedTwice<'f>> {
    let lines =
        || section.lines().map(|(line, _)| line).filter(|line| line.options.beside.is_none());
    let underbills = |item: &&ast::Item| matches!(&item.kind, ItemKind::Accepts { property, .. } if *property == Property::Underbilling.name());
    let whole = |line: &ast::Line| {
        let of_a_sum = matches!(line.amount, Amount::Sum(_) | Amount::SumParts(..));
        let none = matches!(
            line.amount,
            Amount::Nothing
                | Amount::Price
                | Amount::Work
                | Amount::WorkItemised
                | Amount::WorkByAction
        );
        if let Amount::UpTo(number) = &line.amount {
            return Percent::read(&number.digits) == Ok(Percent::WHOLE);
        }
        !none
            && (measure.price.is_some() || !of_a_sum)
            && measure.of(&line.amount).is_none_or(|of| of >= measure.whole())
    };
    // Where some line bills all that is left, it is known that a balance deducts.
    let settles = lines().any(|line| !only_left(line) && whole(line));
    let open = lines().any(|line| line.stays_open.is_some());
    if settles || open || section.items.iter().any(underbills) {
        return None;
    }
    // Parts with a condition may be those of other cases.
    let before = [
        Before::of(lines(), measure)?,
        Before::of(lines().filter(|line| line.condition.is_none()), measure)?,
    ];
    let mut balances = lines().filter(|line| line.kind == LineKind::Balance && !only_left(line));
    balances.find_map(|balance| {
        let own = measure.of(&balance.amount)?;
        before.iter().find_map(|before| before.twice(measure, (balance, own)))
    })
}

/// What lines bill before a balance.
struct Before<'f> {
    deposits: Vec<&'f ast::Line>,
    deducted: i64,
    parts: i64,
    /// Whether only shares and sums are among it.
    stated: bool,
}

impl<'f> Before<'f> {
    fn of(lines: impl Iterator<Item = &'f ast::Line>, measure: &Measure) -> Option<Before<'f>> {
        let mut before = Before { deposits: Vec::new(), deducted: 0, parts: 0, stated: true };
        for line in lines {
            // A sum that comes again is no part of a whole.
            let again = matches!(line.amount, Amount::Sum(_))
                && line.triggers.iter().any(|trigger| trigger.each || trigger.kind.comes_again());
            let of = measure.of(&line.amount).filter(|_| !again);
            match (line.kind, of) {
                (LineKind::Deposit, Some(of)) => {
                    before.deducted = before.deducted.checked_add(of)?;
                    before.deposits.push(line);
                }
                (LineKind::Installment, Some(of)) => {
                    before.parts = before.parts.checked_add(of)?;
                }
                (LineKind::Deposit | LineKind::Installment, None) => before.stated = false,
                (LineKind::Discount | LineKind::Balance, _) => {}
            }
        }
        Some(before)
    }

    /// The finding of a balance, where it and those before it come to the whole price.
    fn twice(
        &self,
        measure: &Measure,
        (balance, own): (&'f ast::Line, i64),
    ) -> Option<DeductedTwice<'f>> {
        let paid = self.parts.checked_add(own)?;
        let right = own.checked_add(self.deducted)?;
        let whole = paid.checked_add(self.deducted)? == measure.whole();
        (self.deducted > 0 && whole).then(|| DeductedTwice {
            balance,
            deposits: self.deposits.clone(),
            paid: measure.show(paid),
            price: measure.price.map(|price| measure.show(price.0)),
            right: measure.show(right),
            unit: measure.unit(),
            remainder: self.stated,
        })
    }
}

/// Whether a line waits for nothing but the abandonment.
fn only_left(line: &ast::Line) -> bool {
    line.triggers
        .iter()
        .all(|trigger| is_milestone(trigger, |of| of.is_terminal() && of != Milestone::End))
}

fn is_milestone(trigger: &Trigger, of: impl Fn(Milestone) -> bool) -> bool {
    matches!(trigger.kind, TriggerKind::Milestone(milestone) if of(milestone))
}

/// What waits for a later fact and is no more than that may be a retention: it bills what the progress leaves.
const MOST_RETAINED: Percent = Percent(Percent::WHOLE.0 / 10);

/// The first line by the progress, with the phases that it takes back, where they come to the price or less with its share.
fn takes_back<'f>(section: &Section<'f>) -> Option<TakesBack<'f>> {
    let lines: Vec<&ast::Line> = section.lines().map(|(line, _)| line).collect();
    let (place, progress, share) = lines.iter().enumerate().find_map(|(place, line)| {
        let Amount::Progress(Some(share)) = &line.amount else { return None };
        let bills = line.kind != LineKind::Deposit && line.condition.is_none();
        bills.then_some((place, *line, share))
    })?;
    let own = Percent::read(&share.digits).ok()?;
    let begins = |line: &ast::Line| {
        line.triggers.iter().any(|trigger| is_milestone(trigger, |of| !of.is_terminal()))
    };
    let ends = |line: &ast::Line| {
        line.triggers.iter().all(|trigger| is_milestone(trigger, Milestone::is_terminal))
    };
    let come_to = |phases: &[(&ast::Line, Percent)]| {
        phases.iter().try_fold(Percent(0), |sum, (_, of)| sum.plus(*of))
    };
    let mut phases = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let is_phase = line.kind == LineKind::Installment && !ends(line);
        if let Amount::Percent(of) | Amount::PercentParts(of, _) = &line.amount
            && (at < place || begins(line))
            && is_phase
        {
            phases.push((*line, Percent::read(&of.digits).ok()?));
        }
    }
    let later: Vec<_> = phases.iter().filter(|(line, _)| !begins(line)).copied().collect();
    if come_to(&later)? <= MOST_RETAINED {
        phases.retain(|(line, _)| begins(line));
    }
    let meant = !phases.is_empty() && come_to(&phases)?.plus(own)? <= Percent::WHOLE;
    let phases = phases.into_iter().map(|(line, _)| line).collect();
    meant.then_some(TakesBack { progress, phases, share })
}
