//! Lines of a schedule of the second part: amounts that fit the price and the kind, what repeats, and
//! options where they mean something.

use super::super::Checker;
use super::super::lines::KnownActions;
use super::super::single_blanks;
use super::{Draft, core, errors, shell, values_work};
use crate::calendar::Duration;
use crate::model::program::{Amount, Form, Kind, Line, PlannedDate, Price, TaxId, When};
use crate::model::{Civil, Line as CoreLine};
use crate::money::{Currency, Percent};
use crate::syntax::ast::{self, TriggerKind};

impl Draft<'_, '_> {
    /// The lines, each with what the first part sees of it. Those with an error are left out.
    pub(super) fn lines(
        &mut self,
        section: &super::super::sections::Section<'_>,
        known: &KnownActions<'_>,
        tax: Option<TaxId>,
    ) -> Vec<(Line, CoreLine)> {
        self.checker.labels(section);
        let mut lines = Vec::new();
        for (line, at) in section.lines() {
            if let Some(mut sound) = self.line(line, known, tax) {
                sound.index = lines.len();
                let text = single_blanks(at.0.of(self.checker.source));
                let core = shell(sound.kind, &line.label.text, text, at.0, sound.stays_open);
                lines.push((sound, core));
            }
        }
        lines
    }

    fn line(
        &mut self,
        line: &ast::Line,
        known: &KnownActions<'_>,
        tax: Option<TaxId>,
    ) -> Option<Line> {
        let kind = match line.kind {
            ast::LineKind::Deposit => Kind::Deposit,
            ast::LineKind::Installment => Kind::Installment,
            ast::LineKind::Discount => Kind::Discount,
            ast::LineKind::Balance => Kind::Balance,
        };
        let amount =
            self.checker.any_amount(&line.amount, line.options.no_refund.is_some(), self.currency);
        let whens: Vec<Option<When>> =
            line.triggers.iter().map(|trigger| self.when(trigger, known)).collect();
        let condition = match &line.condition {
            Some(condition) => Some(self.condition(condition, known)?),
            None => None,
        };
        let at_most = match &line.options.at_most {
            Some(number) => Some(self.count(number)?),
            None => None,
        };
        let charged_to = match &line.options.charged_to {
            Some(name) => Some(self.payer(name)?),
            None => None,
        };
        let own_tax = line.options.vat.as_ref().and_then(|vat| self.vat(vat));
        let whens: Vec<When> = whens.into_iter().collect::<Option<_>>()?;
        let amount = amount?;
        let repeats = self.repeats(line, &whens, amount)?;
        let sound = Line {
            index: 0,
            kind,
            amount,
            whens,
            condition,
            repeats,
            at_most,
            pro_rata: line.options.pro_rata.is_some(),
            beside: line.options.beside.is_some(),
            charged_to,
            stays_open: line.stays_open.is_some(),
            tax: own_tax.or(tax),
        };
        self.fits(line, &sound);
        Some(sound)
    }

    fn when(&mut self, trigger: &ast::Trigger, known: &KnownActions<'_>) -> Option<When> {
        Some(match &trigger.kind {
            TriggerKind::Milestone(milestone) => When::Milestone(*milestone),
            TriggerKind::Subject(kind, name) => When::Named(self.subject(*kind, name, known)),
            TriggerKind::Progress => When::Progress,
            TriggerKind::End(civil) => When::End(*civil),
            TriggerKind::DayOfMonth(day) => {
                let found = self.count(day)?;
                if found > 31 {
                    let finding = errors::no_such_day(self.checker.lang, day.at.0);
                    self.checker.report(finding);
                    return None;
                }
                When::DayOfMonth(found)
            }
            TriggerKind::After { length, anchor } => {
                let anchor = self.anchor(anchor, known);
                When::After(self.checker.duration(length)?, anchor)
            }
            TriggerKind::Every { length, anchor, first } => {
                let anchor = self.anchor(anchor, known);
                let at = length.at.0;
                let length = self.checker.duration(length)?;
                if matches!(length, Duration::Days(0) | Duration::Months(0)) {
                    self.checker.report(errors::never_goes_on(self.checker.lang, at));
                    return None;
                }
                When::Every { length, anchor, first: *first }
            }
            TriggerKind::Before { length, anchor } => {
                let planned = if matches!(anchor, ast::Anchor::PlannedEnd) {
                    PlannedDate::End
                } else {
                    PlannedDate::Start
                };
                When::Before(self.checker.duration(length)?, planned)
            }
            TriggerKind::Date(date) => When::Dates(vec![self.checker.date(date)?]),
            TriggerKind::Dates(dates) => When::Dates(self.days(dates)?),
        })
    }

    /// Whether a line fires every time. `each` is of the line: with `on` beside it, it is not clear
    /// what is meant.
    fn repeats(&mut self, line: &ast::Line, whens: &[When], amount: Amount) -> Option<bool> {
        let each = line.triggers.iter().any(|trigger| trigger.each);
        let by_itself = whens.iter().any(When::comes_again);
        let mixed = line.triggers.iter().find(|trigger| trigger.on.0 && !trigger.each);
        let lists = |trigger: &&ast::Trigger| !matches!(trigger.kind, TriggerKind::Dates(_));
        if let Some(on) = mixed.filter(|_| each).filter(lists) {
            let finding = errors::each_and_on(self.checker.lang, on.at.0);
            self.checker.report(finding);
            return None;
        }
        Some(each || by_itself || matches!(amount, Amount::Work(_)))
    }

    /// Whether amount, kind, triggers and options fit each other and the price.
    fn fits(&mut self, written: &ast::Line, line: &Line) {
        let (lang, file_lang) = (self.checker.lang, self.checker.file_lang);
        let at = written.amount_at.0;
        let mut found = Vec::new();
        let planned = self.planned.hours;
        let has_total = self.price.as_ref().is_none_or(|price| price.has_total(planned));
        let unknown = line.amount.is_of_total() && !has_total;
        if unknown {
            found.push(errors::unknown_total(
                lang,
                (line.kind, at),
                self.price_at,
                (self.price.as_ref(), !comes_before(line)),
            ));
        }
        let is_work = matches!(line.amount, Amount::Work(_));
        if is_work
            && let Some(price) = &self.price
            && !values_work(price, &self.names)
            && !self.unread_actions
        {
            found.push(core::work_without_rate(lang, at, self.price_at));
        }
        if line.amount == Amount::Period {
            match &self.price {
                Some(Price::Periodic(civil, _))
                    if line.whens.iter().any(|when| rhythm_differs(*civil, when, line.repeats)) =>
                {
                    found.push(errors::other_rhythm(lang, at, self.price_at, *civil));
                }
                Some(Price::Periodic(..)) => {}
                Some(_) => found.push(errors::no_period_price(lang, file_lang, at, self.price_at)),
                None => {}
            }
        }
        if line.kind == Kind::Deposit && !line.amount.fits_deposit() {
            found.push(core::deposit_amount(lang, file_lang, at, written.kind_at.0));
        }
        if let Some(place) = written.stays_open
            && line.kind != Kind::Balance
        {
            found.push(core::stays_open_misplaced(lang, place.0, written.kind_at.0));
        }
        // Another amount is needed: what goes with this one is said of that.
        if line.repeats && !is_work && !unknown {
            if line.kind == Kind::Discount || line.closes() {
                let timed = line.whens.iter().any(comes_with_time);
                found.push(errors::kind_cannot_repeat(lang, written.kind_at.0, line, timed));
            } else if !line.amount.may_repeat() {
                found.push(errors::cannot_repeat(lang, at, line.amount));
            }
        }
        if line.amount.parts() > 1 && !line.repeats {
            found.push(errors::parts_without_each(lang, file_lang, at));
        }
        if !unknown {
            let civil = match &self.price {
                Some(Price::Periodic(civil, _)) if line.amount == Amount::Period => Some(*civil),
                Some(_) | None => None,
            };
            let of_a_test = self.bound_of_a_test(written, line);
            let bounded = of_a_test.is_some();
            found.extend(of_a_test);
            found.extend(misplaced_options(lang, written, line, (civil, bounded)));
        }
        for finding in found {
            self.checker.report(finding);
        }
    }

    /// A line that brings the case to a share cannot settle deposits of another tax.
    pub(super) fn mixed_taxes(&mut self, lines: &[(Line, CoreLine)]) {
        for (line, core) in lines {
            if !matches!(line.amount, Amount::UpTo { .. }) {
                continue;
            }
            let other = lines.iter().find(|(deposit, _)| {
                deposit.kind == Kind::Deposit && !deposit.beside && deposit.tax != line.tax
            });
            if let Some((_, deposit)) = other {
                let finding = errors::taxes_differ(self.checker.lang, core.span, deposit.span);
                self.checker.report(finding);
            }
        }
    }
}

impl Checker<'_> {
    /// An amount as meant; `no_refund` where it may not be below zero.
    pub(in crate::check) fn any_amount(
        &mut self,
        amount: &ast::Amount,
        no_refund: bool,
        currency: Option<Currency>,
    ) -> Option<Amount> {
        let up_to = |share| Amount::UpTo { share, no_refund };
        Some(match amount {
            ast::Amount::Percent(number) => {
                Amount::Percent { share: self.percent(number, true)?, parts: 1 }
            }
            ast::Amount::PercentParts(number, parts) => {
                let share = self.percent(number, true)?;
                Amount::Percent { share, parts: self.parts(parts)? }
            }
            ast::Amount::Sum(sum) => Amount::Sum { sum: self.money(sum, currency)?, parts: 1 },
            ast::Amount::SumParts(sum, parts) => {
                let sum = self.money(sum, currency)?;
                Amount::Sum { sum, parts: self.parts(parts)? }
            }
            ast::Amount::Price => Amount::Period,
            ast::Amount::Work => Amount::Work(Form::Whole),
            ast::Amount::WorkItemised => Amount::Work(Form::Itemised),
            ast::Amount::WorkByAction => Amount::Work(Form::ByAction),
            ast::Amount::UpTo(number) => up_to(self.percent(number, true)?),
            ast::Amount::Remainder => up_to(Percent::WHOLE),
            ast::Amount::Nothing => Amount::Nothing,
            ast::Amount::ProRataAttendance => Amount::ProRataAttendance,
            ast::Amount::ProRataDuration => Amount::ProRataDuration,
            ast::Amount::Progress(None) => Amount::Progress(Percent::WHOLE),
            ast::Amount::Progress(Some(share)) => Amount::Progress(self.percent(share, true)?),
        })
    }
}

/// Whether a trigger comes again as time goes by, whatever happens.
fn comes_with_time(when: &When) -> bool {
    when.comes_again() || when.civil().is_some()
}

/// Whether a trigger comes at another rhythm than the periods of a price.
fn rhythm_differs(civil: Civil, when: &When, repeats: bool) -> bool {
    let months = match when {
        When::End(own) => own.months(),
        When::DayOfMonth(_) => 1,
        When::Every { length: Duration::Months(months), .. } => *months,
        When::Every { length: Duration::Days(_), .. } => 0,
        When::Milestone(_)
        | When::Named(_)
        | When::Progress
        | When::After(..)
        | When::Before(..)
        | When::Dates(_) => return false,
    };
    repeats && months != civil.months()
}

/// Options that mean nothing where they stand: of what period the price is that the line bills, and whether its bound is told of a
/// test.
fn misplaced_options(
    lang: crate::lang::Lang,
    written: &ast::Line,
    line: &Line,
    (civil, bounded): (Option<Civil>, bool),
) -> Vec<crate::diagnostic::Diagnostic> {
    use errors::{LineOption, misplaced_option};
    let options = &written.options;
    let mut found = Vec::new();
    if let Some(at) = options.no_refund
        && !matches!(line.amount, Amount::UpTo { .. })
    {
        found.push(misplaced_option(lang, at.0, LineOption::NoRefund));
    }
    if let Some(at) = options.beside {
        let fits = match (line.kind, line.amount) {
            (_, Amount::Work(_)) => true,
            (Kind::Installment | Kind::Deposit, Amount::Sum { .. }) => true,
            (Kind::Installment | Kind::Deposit | Kind::Discount | Kind::Balance, _) => false,
        };
        if !fits {
            found.push(misplaced_option(lang, at.0, LineOption::Beside));
        }
    }
    if let Some(at) = options.pro_rata {
        let whole = matches!(line.amount, Amount::Period | Amount::Sum { parts: 1, .. });
        if !(line.repeats && whole && line.whens.iter().any(|when| when.civil().is_some())) {
            let end = line.whens.iter().find_map(When::civil).filter(|_| whole && !line.repeats);
            let option = match (end, civil) {
                // A price comes back at the ends of its own periods.
                (Some(end), of_price) => LineOption::OnceByTheDay(end, of_price.unwrap_or(end)),
                (None, Some(civil)) => LineOption::PriceByTheDay(civil),
                (None, None) => LineOption::ByTheDay,
            };
            found.push(misplaced_option(lang, at.0, option));
        }
    }
    if let Some(name) = &options.charged_to
        && !line.beside
    {
        found.push(misplaced_option(lang, name.at.0, LineOption::ChargedTo));
    }
    if let Some(number) = &options.at_most
        && (!line.repeats || line.amount.parts() > 1)
        && !bounded
    {
        found.push(misplaced_option(lang, number.at.0, LineOption::AtMost));
    }
    if matches!(line.amount, Amount::Work(_)) && comes_before(line) {
        found.push(errors::work_before(lang, written.amount_at.0));
    }
    found
}

/// Whether a line waits for a day before a planned date, where work cannot be billed.
fn comes_before(line: &Line) -> bool {
    line.whens.iter().any(|when| matches!(when, When::Before(..)))
}
