//! A schedule's price, its actions and what it plans; then its lines.

use super::head::Head;
use super::read_so_far::{PriceKind, ReadSoFar};
use super::sections::Section;
use super::{Checker, errors, lines};
use crate::model::{Action, Price, Rate, Schedule};
use crate::money::{Currency, Hours};
use crate::span::Span;
use crate::syntax::ast::{self, BoundSide, ItemKind, RateKind, Shape};
use foldhash::HashMap;

/// Checks a schedule. The outcome is sound only if no error was reported.
pub fn schedule(checker: &mut Checker<'_>, section: &Section<'_>) -> Schedule {
    let name = section.name_text().unwrap_or_default();
    let span = section.name.map_or(Span::default(), |name| name.at.0);
    let head = Head::read(checker, section);
    let planned = head.planned.hours.is_some() || section.is_broken(Shape::Planned);
    let (currency, stated, kind) = match head.price {
        Some((stated, at)) => checker.price(stated, at, planned),
        None => (None, None, None),
    };
    let price_at = head.price.map_or(span, |(_, at)| at);
    let read_actions = !section.is_broken(Shape::Action);
    let read_lines = !section.is_broken(Shape::Line);
    let so_far = ReadSoFar { currency, price: kind, price_at, read_actions, read_lines };
    let actions = actions(checker, section, &so_far);
    if kind == Some(PriceKind::PerAction) && actions.is_empty() && !section.is_broken(Shape::Action)
    {
        checker.report(errors::no_action(checker.lang, checker.file_lang, price_at));
    }
    let lines = lines::lines(checker, section, &so_far, &actions);
    let labels: Vec<&str> = lines.iter().map(|line| line.label.as_str()).collect();
    let accepts = head.accepts(checker, section, &labels);
    Schedule {
        name,
        billed: head.billed,
        // A schedule without a currency has an error and is never used.
        currency: currency.unwrap_or(Currency::EURO),
        price: stated.unwrap_or(Price::PerAction),
        planned_hours: head.planned.hours,
        planned_months: head.planned.months,
        whole_attendance: head.whole_attendance,
        actions,
        lines,
        accepts,
        span,
        second: None,
    }
}

impl Checker<'_> {
    fn price(
        &mut self,
        price: &ast::Price,
        at: Span,
        planned: bool,
    ) -> (Option<Currency>, Option<Price>, Option<PriceKind>) {
        if let ast::Price::Fixed(sum) = price {
            let currency = self.stated_currency(sum);
            let amount = self.money(sum, currency);
            (currency, amount.map(Price::Fixed), Some(PriceKind::Fixed))
        } else if let ast::Price::Hourly { rate: None, .. } = price {
            let right = self.file_lang.pick("price hourly 70 EUR", "tarif horaire 70 EUR");
            self.report(errors::hourly_without_rate(self.lang, at, right));
            (None, None, Some(PriceKind::HourlyRate { planned }))
        } else if let ast::Price::Hourly { rate: Some(sum), bounds, .. } = price {
            let currency = self.stated_currency(sum);
            let rate = self.money(sum, currency);
            let (at_least, at_most) = self.bounds(bounds);
            let price = rate.map(|rate| Price::Hourly { rate, at_least, at_most });
            (currency, price, Some(PriceKind::HourlyRate { planned }))
        } else if let ast::Price::PerAction { currency, .. } = price {
            let found = match currency {
                Some(currency) => self.currency(currency),
                None => {
                    let right = self.file_lang.pick(", in EUR", ", en EUR");
                    self.report(errors::no_currency(self.lang, at.after(), right));
                    None
                }
            };
            (found, Some(Price::PerAction), Some(PriceKind::PerAction))
        } else {
            // A schedule with one of the others is read by `second`: that one came here is reported.
            self.of_the_second_part((None, None, None), at)
        }
    }

    /// The currency of a price, which has to state one.
    pub(super) fn stated_currency(&mut self, sum: &ast::Sum) -> Option<Currency> {
        match &sum.currency {
            // An unknown one is reported when the amount is read.
            Some(currency) => Currency::find(&currency.code),
            None => {
                let place = sum.number.at.0.after();
                self.report(errors::no_currency(self.lang, place, " EUR"));
                None
            }
        }
    }

    pub(super) fn bounds(&mut self, bounds: &[ast::Bound]) -> (Option<Hours>, Option<Hours>) {
        let (mut least, mut most) = (None, None);
        for bound in bounds {
            let slot = match bound.side {
                BoundSide::AtLeast => &mut least,
                BoundSide::AtMost => &mut most,
            };
            if let Some((first, _)) = slot {
                let first: Span = *first;
                self.report(crate::syntax::stated_twice(self.lang, bound.hours.at.0, first));
            } else if let Some(hours) = self.hours(&bound.hours) {
                if hours == Hours::ZERO {
                    self.report(errors::zero_amount(self.lang, bound.hours.at.0));
                } else {
                    *slot = Some((bound.hours.at.0, hours));
                }
            }
        }
        if let (Some((least_at, least)), Some((most_at, most))) = (least, most)
            && least > most
        {
            self.report(errors::hours_bounds(self.lang, least_at, most_at));
        }
        (least.map(|(_, hours)| hours), most.map(|(_, hours)| hours))
    }
}

fn actions(checker: &mut Checker<'_>, section: &Section<'_>, so_far: &ReadSoFar) -> Vec<Action> {
    let mut actions: Vec<Action> = Vec::new();
    let mut first: HashMap<&str, Span> = HashMap::default();
    for item in &section.items {
        let ItemKind::Action(action) = &item.kind else { continue };
        let name = &action.name;
        if let Some(place) = first.get(name.text.as_str()).filter(|_| !name.text.is_empty()) {
            checker.report(errors::duplicate_action(checker.lang, name, *place));
            continue;
        }
        first.insert(&name.text, name.at.0);
        let rate = checker.rate(action, item.at.0, so_far).unwrap_or(Rate::NotBilled);
        let ends_case = action.ends_case;
        actions.push(Action { name: name.text.clone(), rate, ends_case, span: name.at.0 });
    }
    actions
}

impl Checker<'_> {
    fn rate(&mut self, action: &ast::Action, at: Span, so_far: &ReadSoFar) -> Option<Rate> {
        let per_action = so_far.price.is_none_or(|price| price == PriceKind::PerAction);
        let Some(rate) = &action.rate else {
            if so_far.price == Some(PriceKind::PerAction) {
                self.report(errors::no_rate(self.lang, self.file_lang, at, &action.name.text));
            }
            return Some(Rate::AsPriced);
        };
        if !per_action {
            // A line that is not understood may be one of work.
            if so_far.read_lines {
                let found = errors::unexpected_rate(self.lang, rate.at.0, so_far.price_at);
                let bare = matches!(rate.kind, RateKind::NotBilled);
                let name = &action.name.text;
                self.report(if bare {
                    errors::not_billed_anyway(self.lang, found, name)
                } else {
                    found
                });
            }
            return None;
        }
        match &rate.kind {
            RateKind::NotBilled => Some(Rate::NotBilled),
            RateKind::Flat(sum) => self.money(sum, so_far.currency).map(Rate::Flat),
            RateKind::Hourly(Some(sum)) => self.money(sum, so_far.currency).map(Rate::Hourly),
            RateKind::Hourly(None) => {
                let right = self.file_lang.pick("hourly 70", "horaire 70");
                self.report(errors::hourly_without_rate(self.lang, rate.at.0, right));
                None
            }
            RateKind::HourlyTiers(_)
            | RateKind::PerUnit { .. }
            | RateKind::AtCost
            | RateKind::OfAmount(_) => self.of_the_second_part(None, rate.at.0),
        }
    }
}
