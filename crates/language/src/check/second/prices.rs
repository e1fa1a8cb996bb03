//! Prices, actions, payers, tax and terms of payment of a schedule of the second part.

use super::super::Checker;
use super::super::sections::Section;
use super::{Draft, SubjectKind, core, declared, errors};
use crate::model::Action;
use crate::model::program::{
    Agreed, Measure, Payer, PaymentTerm, Price, Rate, Share, Tax, TaxId, Tiers, Worked,
};
use crate::money::{Currency, DigitsError, Hours, Money, Percent, read_digits};
use crate::span::Span;
use crate::syntax::ast::{self, ActionOptions, BoundSide, CapUnit, ItemKind, Periodic, RateKind};
use foldhash::HashMap;

impl Draft<'_, '_> {
    pub(super) fn price(&mut self, price: &ast::Price, at: Span) {
        self.price_at = at;
        self.price = match price {
            ast::Price::Fixed(sum) => {
                self.currency = self.checker.stated_currency(sum);
                let total = self.checker.money(sum, self.currency);
                total.map(|total| Price::Fixed(Agreed::Stated(total)))
            }
            ast::Price::FixedAgreed { currency, bounds } => {
                self.named_currency(currency.as_ref(), at);
                let (at_least, at_most, _) = self.sum_bounds(bounds);
                Some(Price::Fixed(Agreed::ByCase { at_least, at_most }))
            }
            ast::Price::Hourly { rate: None, .. } => {
                let right =
                    self.checker.file_lang.pick("price hourly 70 EUR", "tarif horaire 70 EUR");
                let finding = core::hourly_without_rate(self.checker.lang, at, right);
                self.checker.report(finding);
                None
            }
            ast::Price::Hourly { rate: Some(sum), bounds, step } => {
                self.currency = self.checker.stated_currency(sum);
                let rate =
                    self.checker.money(sum, self.currency).and_then(|rate| self.rate_of(rate));
                let (at_least, at_most) = self.checker.bounds(bounds);
                let step = self.step(step.as_ref());
                rate.map(|rate| Price::Hourly {
                    rate: Agreed::Stated(rate),
                    at_least,
                    at_most,
                    step,
                })
            }
            ast::Price::HourlyAgreed { currency, bounds, step } => {
                self.named_currency(currency.as_ref(), at);
                let (at_least, at_most) = self.checker.bounds(bounds);
                let step = self.step(step.as_ref());
                let rate = Agreed::ByCase { at_least: None, at_most: None };
                Some(Price::Hourly { rate, at_least, at_most, step })
            }
            ast::Price::Periodic { period, price } => match price {
                Periodic::Stated(sum) => {
                    self.currency = self.checker.stated_currency(sum);
                    let price = self.checker.money(sum, self.currency);
                    price.map(|price| Price::Periodic(*period, Agreed::Stated(price)))
                }
                Periodic::Agreed(currency) => {
                    self.named_currency(currency.as_ref(), at);
                    let agreed = Agreed::ByCase { at_least: None, at_most: None };
                    Some(Price::Periodic(*period, agreed))
                }
            },
            ast::Price::PerAction { currency, bounds } => {
                self.named_currency(currency.as_ref(), at);
                let (at_least, at_most, each_month) = self.sum_bounds(bounds);
                Some(Price::PerAction { at_least, at_most, each_month })
            }
        };
    }

    /// The currency of a price that states no sum.
    fn named_currency(&mut self, currency: Option<&ast::Currency>, at: Span) {
        self.currency = match currency {
            Some(currency) => self.checker.currency(currency),
            None => {
                let right = self.checker.file_lang.pick(", in EUR", ", en EUR");
                let finding = core::no_currency(self.checker.lang, at.after(), right);
                self.checker.report(finding);
                None
            }
        };
    }

    /// A rate that stands as a sum of money.
    fn rate_of(&self, sum: Money) -> Option<Rate> {
        let decimals = self.currency?.decimals();
        let factor = 10_i64.checked_pow(Rate::DECIMALS.checked_sub(decimals)?)?;
        sum.0.checked_mul(factor).map(Rate)
    }

    /// A rate of at most six decimals.
    fn rate(&mut self, sum: &ast::Sum) -> Option<Rate> {
        self.checker.unit_rate(sum, self.currency, false)
    }

    fn sum_bounds(&mut self, bounds: &[ast::SumBound]) -> (Option<Money>, Option<Money>, bool) {
        let (mut least, mut most, mut each_month) = (None::<(Span, Money)>, None, false);
        for bound in bounds {
            let slot = match bound.side {
                BoundSide::AtLeast => &mut least,
                BoundSide::AtMost => &mut most,
            };
            if let Some((first, _)) = slot {
                let finding = crate::syntax::stated_twice(self.checker.lang, bound.at.0, *first);
                self.checker.report(finding);
            } else if let Some(sum) = self.checker.money(&bound.sum, self.currency) {
                *slot = Some((bound.at.0, sum));
            }
            if bound.each_month && bound.side == BoundSide::AtLeast {
                let finding = errors::least_each_month(self.checker.lang, bound.at.0);
                self.checker.report(finding);
            }
            each_month |= bound.each_month;
        }
        // What bounds a month says nothing of the whole case.
        if let (Some((least_at, least)), Some((most_at, most)), false) = (least, most, each_month)
            && least > most
        {
            let finding = core::hours_bounds(self.checker.lang, least_at, most_at);
            self.checker.report(finding);
        }
        (least.map(|(_, sum)| sum), most.map(|(_, sum)| sum), each_month)
    }

    fn step(&mut self, step: Option<&ast::Measure>) -> Option<Hours> {
        let step = step?;
        let hours = self.checker.hours(step)?;
        if hours == Hours::ZERO {
            let finding = core::zero_amount(self.checker.lang, step.at.0);
            self.checker.report(finding);
            return None;
        }
        Some(hours)
    }

    // ── Actions ──────────────────────────────────────────────────────────────────────────────

    pub(super) fn actions(&mut self, section: &Section<'_>) -> Vec<Action> {
        self.unread_actions = section.is_broken(ast::Shape::Action);
        let mut actions = Vec::new();
        let mut first: HashMap<&str, Span> = HashMap::default();
        for item in &section.items {
            let ItemKind::Action(action) = &item.kind else { continue };
            let name = &action.name;
            if let Some(place) = first.get(name.text.as_str()).filter(|_| !name.text.is_empty()) {
                let finding = core::duplicate_action(self.checker.lang, name, *place);
                self.checker.report(finding);
                continue;
            }
            first.insert(&name.text, name.at.0);
            let number = self.name(SubjectKind::Action, name);
            let worked = self.worked(action, item.at.0);
            self.unread_actions |= worked.is_none();
            if let Some(named) = self.names.get_mut(number.0 as usize) {
                named.worked = worked;
                named.ends_case = action.ends_case;
            }
            actions.push(declared(name, action.ends_case));
        }
        let (lang, file_lang) = (self.checker.lang, self.checker.file_lang);
        if actions.is_empty()
            && matches!(self.price, Some(Price::PerAction { .. }))
            && !section.is_broken(ast::Shape::Action)
        {
            let finding = core::no_action(lang, file_lang, self.price_at);
            self.checker.report(finding);
        }
        actions
    }

    /// What an action adds to the work.
    fn worked(&mut self, action: &ast::Action, at: Span) -> Option<Worked> {
        let ActionOptions { step, at_most, each_month, vat } = &action.options;
        let (lang, file_lang) = (self.checker.lang, self.checker.file_lang);
        let step_given = step.is_some();
        let step = self.step(step.as_ref());
        let tax = vat.as_ref().and_then(|vat| self.vat(vat));
        let per_action = matches!(self.price, Some(Price::PerAction { .. }));
        let mut measure = match action.rate.as_ref().map(|rate| &rate.kind) {
            None if per_action => {
                self.checker.report(core::no_rate(lang, file_lang, at, &action.name.text));
                return None;
            }
            None => self.price.as_ref().map_or(Measure::Nothing, |price| price.measure(step)),
            Some(RateKind::NotBilled) => Measure::Nothing,
            Some(RateKind::Flat(sum)) => {
                let sum = self.checker.money(sum, self.currency)?;
                Measure::Times(self.rate_of(sum)?)
            }
            Some(RateKind::Hourly(None)) => {
                let right = file_lang.pick("hourly 70", "horaire 70");
                self.checker.report(core::hourly_without_rate(lang, at, right));
                return None;
            }
            Some(RateKind::Hourly(Some(sum))) => {
                let last = self.rate(sum)?;
                Measure::Hours { step, tiers: Tiers { below: Vec::new(), last } }
            }
            Some(RateKind::HourlyTiers(tiers)) => {
                Measure::Hours { step, tiers: self.tiers(tiers, Hours::DECIMALS, 3)? }
            }
            Some(RateKind::PerUnit { tiers, .. }) => {
                if let Some(at) = tiers.hours_at {
                    let option = errors::ActionOption::Tier;
                    self.checker.report(errors::option_of_action(lang, at.0, option));
                    return None;
                }
                Measure::Quantity(self.tiers(tiers, 4, 1)?)
            }
            Some(RateKind::AtCost) => Measure::Amount(Percent::WHOLE),
            Some(RateKind::OfAmount(share)) => Measure::Amount(self.any_share(share)?),
        };
        if step_given && !matches!(measure, Measure::Hours { .. } | Measure::Priced { .. }) {
            self.checker.report(errors::option_of_action(lang, at, errors::ActionOption::Step));
        }
        let cap = match at_most {
            None => None,
            Some(cap) => self.cap(cap, &mut measure, at),
        };
        if let (Some(most), Some(written)) = (cap, at_most) {
            self.rates_past_a_cap(action, &measure, (most, written.number.at.0));
        }
        if *each_month && cap.is_none() && !measure.has_tiers() {
            self.checker.report(errors::option_of_action(
                lang,
                at,
                errors::ActionOption::EachMonth,
            ));
        }
        let of_price = per_action || matches!(measure, Measure::Priced { .. });
        Some(Worked { measure, at_most: cap, each_month: *each_month, tax, of_price })
    }

    /// How much of an action is billed at the most, in the smallest unit of its measure.
    fn cap(&mut self, cap: &ast::Cap, measure: &mut Measure, at: Span) -> Option<i64> {
        let lang = self.checker.lang;
        let (decimals, factor) = match (&*measure, cap.unit) {
            (Measure::Hours { .. }, Some(CapUnit::Hours) | None) => (Hours::DECIMALS, 3),
            (Measure::Hours { .. }, Some(CapUnit::Minutes)) => (0, Hours::MINUTE.0),
            (Measure::Quantity(_), None) => (4, 1),
            (Measure::Times(_), Some(CapUnit::Times)) => (0, 1),
            _ => {
                self.checker.report(errors::option_of_action(lang, at, errors::ActionOption::Cap));
                return None;
            }
        };
        let read = read_digits(&cap.number.digits, decimals).ok();
        let most = read.and_then(|digits| digits.checked_mul(factor)).filter(|most| *most > 0);
        if most.is_none() {
            self.checker.report(errors::not_a_count(lang, cap.number.at.0));
        }
        most
    }

    /// Warns of a cap within what is included: tiers and cap count the same units.
    fn rates_past_a_cap(&mut self, action: &ast::Action, measure: &Measure, cap: (i64, Span)) {
        let (Measure::Hours { tiers, .. } | Measure::Quantity(tiers)) = measure else { return };
        let (most, at) = cap;
        if tiers.below.last().is_none_or(|(bound, _)| *bound < most) {
            return;
        }
        // A tier begins where the one before it ends.
        let begins = std::iter::once(0).chain(tiers.below.iter().map(|(bound, _)| *bound));
        let mut reached = begins.zip(&tiers.below).filter(|(from, _)| *from < most);
        if !reached.all(|(_, (_, rate))| rate.0 == 0) {
            return;
        }
        let name = &action.name.text;
        let finding = errors::rates_past_a_cap(self.checker.lang, at, name);
        self.checker.report(finding);
    }

    fn tiers(&mut self, tiers: &ast::Tiers, decimals: u32, factor: i64) -> Option<Tiers> {
        let mut rate = self.tier_rate(&tiers.first)?;
        let mut below: Vec<(i64, Rate)> = Vec::new();
        for (bound, next) in &tiers.steps {
            let lang = self.checker.lang;
            let read = read_digits(&bound.digits, decimals).ok();
            let bound_units = read.and_then(|digits| digits.checked_mul(factor));
            let rises = |units: &i64| *units > below.last().map_or(0, |(last, _)| *last);
            let Some(units) = bound_units.filter(rises) else {
                self.checker.report(errors::tier_bound(lang, bound.at.0));
                return None;
            };
            below.push((units, rate));
            rate = self.tier_rate(next)?;
        }
        if rate.0 == 0 && below.iter().all(|(_, rate)| rate.0 == 0) {
            let finding = core::zero_amount(self.checker.lang, tiers.first.number.at.0);
            self.checker.report(finding);
            return None;
        }
        Some(Tiers { below, last: rate })
    }

    /// The rate of a tier, which may be zero: what lies in it is included.
    fn tier_rate(&mut self, sum: &ast::Sum) -> Option<Rate> {
        self.checker.unit_rate(sum, self.currency, true)
    }

    /// A percentage above zero, of any size.
    pub(super) fn any_share(&mut self, number: &ast::Number) -> Option<Percent> {
        let share = self.checker.percent(number, false)?;
        if share == Percent::default() {
            let finding = core::zero_amount(self.checker.lang, number.at.0);
            self.checker.report(finding);
            return None;
        }
        Some(share)
    }

    /// What an action that the schedule does not list adds to the work.
    pub(super) fn unlisted(&mut self, actions: &[Action]) -> Option<Worked> {
        let measure = self.price.as_ref().map_or(Measure::Nothing, |price| price.measure(None));
        let closed = matches!(self.price, Some(Price::PerAction { .. }));
        let worked = Worked {
            of_price: matches!(measure, Measure::Priced { .. }),
            measure,
            at_most: None,
            each_month: false,
            tax: None,
        };
        for ((kind, name), named) in self.subjects.iter().zip(&mut self.names) {
            let is_listed = actions.iter().any(|action| action.name == *name);
            if *kind == SubjectKind::Action && !is_listed {
                named.unlisted = !actions.is_empty();
                named.worked = (!closed).then(|| worked.clone());
            }
        }
        (!closed).then_some(worked)
    }

    // ── Payers, tax, terms ───────────────────────────────────────────────────────────────────

    /// The payers; the term of payment of each.
    pub(super) fn payers(&mut self, section: &Section<'_>) -> Vec<Option<PaymentTerm>> {
        let mut dues = Vec::new();
        let mut first: HashMap<&str, Span> = HashMap::default();
        let mut stated: Vec<(&ast::Payer, Span)> = Vec::new();
        for item in &section.items {
            if let ItemKind::Payer(payer) = &item.kind {
                stated.push((payer, item.at.0));
            }
        }
        let mut whole = Percent::default();
        // Behind the last that was read may stand one that was not.
        let all_read = section.broken.is_empty() && !self.checker.is_misread(section);
        for (place, (payer, at)) in stated.iter().enumerate() {
            let (lang, last) = (self.checker.lang, place + 1 == stated.len());
            if let Some(place) = first.insert(&payer.name.text, payer.name.at.0) {
                let finding = crate::syntax::stated_twice(lang, payer.name.at.0, place);
                self.checker.report(finding);
            }
            let share = match &payer.share {
                ast::Share::Percent(number) => {
                    self.checker.percent(number, true).map(Share::Percent)
                }
                ast::Share::Sum(sum) => self.checker.money(sum, self.currency).map(Share::Sum),
                ast::Share::Agreed => Some(Share::Agreed),
                ast::Share::Remainder => Some(Share::Remainder),
            };
            let remainder = payer.share == ast::Share::Remainder;
            if last != remainder && (all_read || !last) {
                let (file, at) = (self.checker.file_lang, payer.share_at.0);
                let name = last.then_some(payer.name.text.as_str());
                self.checker.report(errors::remainder_last(lang, file, at, name));
            }
            if let Some(Share::Percent(percent)) = share {
                whole = whole.plus(percent).unwrap_or(Percent(i64::MAX));
                if whole > Percent::WHOLE {
                    self.checker.report(errors::shares_above_whole(lang, payer.share_at.0, whole));
                }
            }
            if last && payer.at_most.is_some() && (all_read || remainder) {
                self.checker.report(errors::last_payer_capped(lang, *at));
            }
            let at_most = payer.at_most.as_ref();
            let at_most = at_most.and_then(|sum| self.checker.money(sum, self.currency));
            dues.push(payer.due.as_ref().and_then(|due| self.checker.payment_term(due)));
            self.payer_names.push(payer.name.text.clone());
            self.payers.push(Payer { share: share.unwrap_or(Share::Remainder), at_most });
        }
        dues
    }

    /// The number of a tax.
    pub(super) fn vat(&mut self, vat: &ast::Vat) -> Option<TaxId> {
        let tax = match vat {
            ast::Vat::Rate { percent, .. } => Tax::Rate(self.checker.percent(percent, false)?),
            ast::Vat::Exempt(reason) => Tax::Exempt(reason.text.clone()),
        };
        Some(self.tax(tax))
    }
}

impl Checker<'_> {
    /// When an invoice is due.
    pub(in super::super) fn payment_term(
        &mut self,
        term: &ast::PaymentTerm,
    ) -> Option<PaymentTerm> {
        let length = self.duration(&term.length)?;
        Some(PaymentTerm { length, due: term.due })
    }

    /// A rate of at most six decimals, above zero unless zero has a meaning there.
    pub(in super::super) fn unit_rate(
        &mut self,
        sum: &ast::Sum,
        currency: Option<Currency>,
        may_be_zero: bool,
    ) -> Option<Rate> {
        if let Some(written) = &sum.currency
            && currency.is_none_or(|currency| currency.code() != written.code)
        {
            self.currency(written)?;
            self.report(core::wrong_currency(self.lang, written, currency?));
            return None;
        }
        let at = sum.number.at.0;
        let finding = match read_digits(&sum.number.digits, Rate::DECIMALS) {
            Ok(0) if !may_be_zero => core::zero_amount(self.lang, at),
            Ok(rate) => return Some(Rate(rate)),
            Err(DigitsError::TooManyDecimals) => errors::rate_decimals(self.lang, at),
            Err(DigitsError::NotDigits | DigitsError::TooLarge) => core::too_large(self.lang, at),
        };
        self.report(finding);
        None
    }
}
