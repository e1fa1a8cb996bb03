//! A schedule's price, its actions and what it plans; then its lines.

use super::read_so_far::{PriceKind, ReadSoFar};
use super::sections::Section;
use super::{Checker, errors, lines};
use crate::model::{Acceptance, Action, Billed, Price, Property, Rate, Schedule};
use crate::money::{Currency, Hours};
use crate::span::Span;
use crate::syntax::ast::{self, BoundSide, ItemKind, MeasureUnit, RateKind, Shape};
use foldhash::HashMap;

/// Checks a schedule. The outcome is sound only if no error was reported.
pub fn schedule(checker: &mut Checker<'_>, section: &Section<'_>) -> Schedule {
    let name = section.name_text().unwrap_or_default();
    let span = section.name.map_or(Span::default(), |name| name.at.0);
    let mut once = Once::default();
    let mut billed = Billed::Case;
    let mut whole_attendance = false;
    let mut planned_hours = None;
    let mut planned_months = None;
    let mut price = None;
    let mut accepts = Vec::new();
    for item in &section.items {
        let at = item.at.0;
        match &item.kind {
            ItemKind::Unit(unit) => {
                once.note(checker, "unit", at);
                billed = match unit {
                    ast::Unit::Case => Billed::Case,
                    ast::Unit::Group => Billed::Group,
                };
            }
            ItemKind::WholeAttendance => {
                once.note(checker, "attendance", at);
                whole_attendance = true;
            }
            ItemKind::Planned(measure) => match checker.planned(measure) {
                Some(Planned::Hours(hours)) => {
                    once.note(checker, "planned hours", at);
                    planned_hours = Some(hours);
                }
                Some(Planned::Months(months)) => {
                    once.note(checker, "planned duration", at);
                    planned_months = Some(months);
                }
                None => {}
            },
            ItemKind::Accepts { property, line, reason } => {
                if let Some(property) = Property::find(property) {
                    let reason = reason.text.clone();
                    let named = line.as_ref();
                    accepts.push((Acceptance { property, line: None, reason, span: at }, named));
                }
            }
            ItemKind::Price(stated) => {
                if once.note(checker, "price", at) {
                    price = Some((stated, at));
                }
            }
            ItemKind::Action(_)
            | ItemKind::Line(_)
            | ItemKind::Schedule { .. }
            | ItemKind::Payer(_)
            | ItemKind::Vat(_)
            | ItemKind::Payment(_)
            | ItemKind::MaySuspend
            | ItemKind::Agreed(_)
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
    if price.is_none() && !section.is_broken(Shape::Price) && section.name.is_some() {
        checker.report(errors::no_price(checker.lang, checker.file_lang, span));
    }
    let planned = planned_hours.is_some() || section.is_broken(Shape::Planned);
    let (currency, stated, kind) = match price {
        Some((stated, at)) => checker.price(stated, at, planned),
        None => (None, None, None),
    };
    let price_at = price.map_or(span, |(_, at)| at);
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
    let accepts = accepts.into_iter().filter_map(|(acceptance, named)| {
        let line = match named {
            Some(named) => Some(line_named(checker, section, &labels, named)?),
            None => None,
        };
        Some(Acceptance { line, ..acceptance })
    });
    let accepts = accepts.collect();
    Schedule {
        name,
        billed,
        // A schedule without a currency has an error and is never used.
        currency: currency.unwrap_or(Currency::EURO),
        price: stated.unwrap_or(Price::PerAction),
        planned_hours,
        planned_months,
        whole_attendance,
        actions,
        lines,
        accepts,
        span,
        second: None,
    }
}

/// The line of this label, by its place.
pub fn line_named(
    checker: &mut Checker<'_>,
    section: &Section<'_>,
    labels: &[&str],
    named: &ast::Name,
) -> Option<usize> {
    let found = labels.iter().position(|label| *label == named.text);
    if found.is_none() && !named.text.is_empty() && !section.is_broken(Shape::Line) {
        checker.report(errors::unknown_line(checker.lang, named, labels));
    }
    found
}

/// Items that stand at most once in a schedule.
#[derive(Default)]
struct Once(HashMap<&'static str, Span>);

impl Once {
    fn note(&mut self, checker: &mut Checker<'_>, what: &'static str, at: Span) -> bool {
        match self.0.insert(what, at) {
            None => true,
            Some(first) => {
                self.0.insert(what, first);
                checker.report(crate::syntax::stated_twice(checker.lang, at, first));
                false
            }
        }
    }
}

/// What a `planned` item states.
pub enum Planned {
    Hours(Hours),
    Months(u32),
}

impl Checker<'_> {
    /// `planned 10 hours`, `planned 12 months`.
    pub fn planned(&mut self, measure: &ast::Measure) -> Option<Planned> {
        let planned = match measure.unit {
            Some(MeasureUnit::Months | MeasureUnit::Years) => match self.duration(measure)? {
                crate::calendar::Duration::Months(months) => Planned::Months(months),
                crate::calendar::Duration::Days(_) => return None,
            },
            Some(MeasureUnit::Days | MeasureUnit::Weeks | MeasureUnit::Percent) => {
                self.report(errors::not_planned(self.lang, self.file_lang, measure, self.source));
                return None;
            }
            Some(MeasureUnit::Hours | MeasureUnit::Minutes) | None => {
                Planned::Hours(self.hours(measure)?)
            }
        };
        let (sound, in_hours) = match planned {
            Planned::Hours(hours) => (hours > Hours::ZERO, true),
            Planned::Months(months) => ((1..=crate::model::LONGEST_PLAN).contains(&months), false),
        };
        if !sound {
            self.report(errors::planned_range(self.lang, measure.at.0, in_hours));
        }
        sound.then_some(planned)
    }

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
