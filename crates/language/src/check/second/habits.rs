//! Warnings about lines of the second part that are sound and most likely not meant: days of a period that nobody
//! bills, what bills at the first end of a period alone, and what bills twice in it.

use super::{Draft, errors};
use crate::calendar::Duration;
use crate::diagnostic::Diagnostic;
use crate::model::program::{
    Agreed, Amount, Anchor, Condition, Kind, Line, Name, Price, Test, When,
};
use crate::model::{Line as CoreLine, Milestone};
use crate::money::Money;

impl Draft<'_, '_> {
    /// Warns of lines that can close the case while the days of a period run: only its terminal event bills them.
    pub(super) fn days_unbilled(
        &mut self,
        section: &super::super::sections::Section<'_>,
        lines: &[(Line, CoreLine)],
    ) {
        let mut found = self.days_cut(lines);
        found.extend(self.last_period(lines));
        found.extend(self.first_days(lines));
        for finding in found {
            self.checker.warn_unless_accepted(section, |_, _| finding);
        }
    }

    /// Lines that close the case between two bills by the day.
    fn days_cut(&self, lines: &[(Line, CoreLine)]) -> Vec<Diagnostic> {
        let by_the_day = || lines.iter().filter(|(line, _)| line.pro_rata);
        // At the end of a period it is billed before the balances of that day.
        let at_its_end = |period: &Line, when: &When| {
            let ends = |own: &When| match (own, when) {
                (When::End(own), When::End(closing)) => closing.months() % own.months() == 0,
                _ => false,
            };
            period.whens.iter().any(ends)
        };
        let cuts = |line: &Line, period: &Line| {
            line.closes()
                && !line.condition.as_ref().is_some_and(no_day_runs)
                && !line.whens.iter().all(|when| self.is_terminal(when) || at_its_end(period, when))
        };
        let cut = |line: &Line| by_the_day().find(|(period, _)| cuts(line, period));
        let lang = self.checker.lang;
        let told = |(line, core): &(Line, CoreLine)| {
            Some(errors::days_unbilled(lang, core, &cut(line)?.1))
        };
        lines.iter().filter_map(told).collect()
    }

    /// The price of a period that has to be over, where another line closes the case and bills none of it. Where it comes so often
    /// at the most, how many there are is agreed.
    fn last_period(&self, lines: &[(Line, CoreLine)]) -> Vec<Diagnostic> {
        let Some(civil) = self.price.as_ref().and_then(Price::period) else { return Vec::new() };
        // A period ends with its month, quarter or year, or as long after its anchor as it is.
        let months = civil.months();
        let ends = |when: &When| {
            let every = matches!(when, When::Every { length: Duration::Months(own), first: false, .. } if *own == months);
            every || matches!(when, When::End(own) if *own == civil)
        };
        let whole = |line: &Line| {
            line.amount == Amount::Period
                && line.repeats
                && !line.pro_rata
                && line.at_most.is_none()
                && line.whens.iter().any(ends)
        };
        // Another line may bill the price of the last period when the case is over.
        let at_last = |line: &Line| {
            is_of_the_price(line) && line.whens.iter().any(|when| self.is_terminal(when))
        };
        let last: Vec<&(Line, CoreLine)> = lines.iter().filter(|(line, _)| at_last(line)).collect();
        let closes = |line: &Line| {
            line.closes()
                && matches!(line.amount, Amount::Nothing | Amount::Work(_))
                && !line.condition.as_ref().is_some_and(never_began)
                && line.whens.iter().any(|when| self.is_the_end_itself(when))
        };
        let Some((_, out)) = lines.iter().find(|(line, _)| closes(line)) else {
            return Vec::new();
        };
        if self.pay_for_a_period(&last) {
            return Vec::new();
        }
        let from_start = |when: &When| {
            let start = Anchor::Milestone(Milestone::Start);
            matches!(when, When::End(_))
                || matches!(when, When::Every { anchor, .. } if *anchor == start)
        };
        let (lang, billed) = (self.checker.lang, last.first().map(|(_, core)| core));
        let told = |(period, core): &(Line, CoreLine)| {
            let at_its_end = period.whens.iter().all(|when| matches!(when, When::End(_)));
            let of = (civil, at_its_end, period.whens.iter().all(from_start));
            errors::last_period_unbilled(lang, of, core, (out, billed))
        };
        lines.iter().filter(|(line, _)| whole(line)).map(told).collect()
    }

    /// A period that begins on a day of the month: another line may bill the days before the first one.
    fn first_days(&self, lines: &[(Line, CoreLine)]) -> Vec<Diagnostic> {
        let at_first =
            |line: &Line| is_of_the_price(line) && line.whens.iter().any(is_the_beginning);
        let first: Vec<&(Line, CoreLine)> =
            lines.iter().filter(|(line, _)| at_first(line)).collect();
        let from_a_day = |line: &Line| {
            let is_day = |when: &When| matches!(when, When::DayOfMonth(_));
            line.amount == Amount::Period && line.whens.iter().all(is_day)
        };
        // What comes again on other days bills those before the first one.
        let other = |(line, _): &(Line, CoreLine)| {
            line.amount == Amount::Period && line.repeats && !from_a_day(line)
        };
        if lines.iter().any(other) || self.pay_for_a_period(&first) {
            return Vec::new();
        }
        let (lang, billed) = (self.checker.lang, first.first().map(|(_, core)| core));
        let late = lines.iter().filter(|(line, _)| from_a_day(line));
        late.map(|(line, core)| errors::first_days_unbilled(lang, core, line.at_most, billed))
            .collect()
    }

    /// Whether what lines bill once may pay for days of a period: sums do that come to its price together. Of a price that each
    /// case agrees, the least counts.
    fn pay_for_a_period(&self, lines: &[&(Line, CoreLine)]) -> bool {
        let Some(price) = self.price.as_ref().and_then(Price::figure) else {
            return !lines.is_empty();
        };
        let least = match price {
            Agreed::Stated(price) => price,
            Agreed::ByCase { at_least, .. } => at_least.unwrap_or(Money(1)),
        };
        let sum =
            |line: &Line| if let Amount::Sum { sum, .. } = line.amount { Some(sum) } else { None };
        let mut sums = lines.iter().map(|(line, _)| sum(line));
        let all = sums.try_fold(Money::ZERO, |all, own| all.plus(own?));
        // What is no sum is a share of the price, or the price itself.
        all.is_none_or(|all| all >= least)
    }

    /// Warns of lines that bill at the first end of a period, and never again.
    pub(super) fn bills_once(
        &mut self,
        section: &super::super::sections::Section<'_>,
        lines: &[(Line, CoreLine)],
    ) {
        let once = |line: &Line| {
            let billed = matches!(
                line.amount,
                Amount::Period | Amount::Sum { parts: 1, .. } | Amount::Percent { parts: 1, .. }
            );
            let may_repeat = line.kind != Kind::Discount && !line.closes();
            billed && may_repeat && !line.repeats && line.condition.is_none()
        };
        let of_a_period = |line: &Line| {
            let ends = line
                .whens
                .iter()
                .filter_map(|when| if let When::End(civil) = when { Some(*civil) } else { None });
            // Of several the shortest ends first, and the others end with it.
            ends.min_by_key(|civil| civil.months())
        };
        for (line, core) in lines.iter().filter(|(line, _)| once(line)) {
            let Some(first) = of_a_period(line) else { continue };
            // The price of a period comes with that period, whatever the line waits for.
            let each = match self.price {
                Some(Price::Periodic(civil, _)) if line.amount == Amount::Period => civil,
                _ => first,
            };
            let file_lang = self.checker.file_lang;
            self.checker.warn_unless_accepted(section, |lang, _| {
                errors::bills_once(lang, file_lang, core, (first, each), line.amount)
            });
        }
    }

    /// Warns of the price of a period that comes more than once in each: by two days of one line, or by two lines.
    pub(super) fn bills_twice(
        &mut self,
        section: &super::super::sections::Section<'_>,
        lines: &[(Line, CoreLine)],
    ) {
        let Some(Price::Periodic(civil, _)) = &self.price else { return };
        let civil = *civil;
        let comes_again =
            |when: &&When| matches!(when, When::End(_) | When::DayOfMonth(_) | When::Every { .. });
        let of_each = |line: &Line| {
            line.amount == Amount::Period
                && line.repeats
                && !line.beside
                && line.whens.iter().any(|when| comes_again(&when))
        };
        let of_each: Vec<&(Line, CoreLine)> =
            lines.iter().filter(|(line, _)| of_each(line)).collect();
        let alone =
            of_each.iter().find(|(line, _)| line.whens.iter().filter(comes_again).count() > 1);
        let mut always = of_each.iter().filter(|(line, _)| line.condition.is_none());
        let pair = always.next().zip(always.next());
        let lang = self.checker.lang;
        let finding = match (alone, pair) {
            (Some((_, core)), _) => errors::bills_twice(lang, civil, core, None),
            (None, Some(((_, first), (_, second)))) => {
                errors::bills_twice(lang, civil, second, Some(first))
            }
            (None, None) => return,
        };
        self.checker.warn_unless_accepted(section, |_, _| finding);
    }

    /// Whether a trigger is that the case ends, on whatever day.
    fn is_the_end_itself(&self, when: &When) -> bool {
        matches!(when, When::Milestone(_) | When::Named(_)) && self.is_terminal(when)
    }

    /// Whether a trigger comes only when the case is over.
    fn is_terminal(&self, when: &When) -> bool {
        let after = if let When::After(_, anchor) = when { Some(*anchor) } else { None };
        let named = when.named().map(Anchor::Named);
        match when.milestone().map(Anchor::Milestone).or(named).or(after) {
            Some(Anchor::Milestone(milestone)) => milestone.is_terminal(),
            Some(Anchor::Named(Name(name))) => {
                self.names.get(name as usize).is_some_and(|named| named.ends_case)
            }
            Some(Anchor::Planned(_)) | None => false,
        }
    }
}

/// Whether a line bills something of the price, and not beside it.
fn is_of_the_price(line: &Line) -> bool {
    let bills = !line.closes() && line.amount != Amount::Nothing;
    let is_fee = line.beside || line.kind == Kind::Discount;
    (line.amount == Amount::Period || bills) && !is_fee
}

/// Whether a condition holds only before something has come: the case has then most likely had no period.
fn never_began(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().any(never_began),
        Condition::Any(parts) => parts.iter().all(never_began),
        Condition::Not(inner) => {
            matches!(**inner, Condition::Test(Test::Came(_) | Test::Happened(..)))
        }
        Condition::Test(_) => false,
    }
}

/// Whether a condition holds only before the case has started, or once it is over.
fn no_day_runs(condition: &Condition) -> bool {
    match condition {
        Condition::All(parts) => parts.iter().any(no_day_runs),
        Condition::Any(parts) => parts.iter().all(no_day_runs),
        Condition::Not(inner) => **inner == Condition::Test(Test::Came(Milestone::Start)),
        Condition::Test(Test::Came(milestone)) => milestone.is_terminal(),
        Condition::Test(_) => false,
    }
}

/// Whether a trigger is that the case begins.
fn is_the_beginning(when: &When) -> bool {
    when.milestone().is_some_and(|milestone| !milestone.is_terminal())
        || matches!(when, When::Every { first: true, .. })
}
