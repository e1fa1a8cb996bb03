//! From the grammar's pairs of one item to the tree. The grammar has seen to the structure; what is
//! left is to undo groups and decimal commas and to report digits that are no quantity.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest's rules are a list of the whole grammar; a function reads a few of them"
)]

mod conditions;
mod quantities;
mod scenarios;

use self::quantities::measure_unit;
use super::ast::*;
use super::errors;
use super::fold::{DEEPEST_NESTING, Places, Problem, Quoted};
use super::grammar::Rule;
use super::quantities::word;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::span::Span;
use pest::iterators::{Pair, Pairs};

/// Builds the tree of one item, whose folded text begins at `offset`.
pub struct Builder<'a> {
    pub source: &'a str,
    pub quoted: &'a [Quoted],
    pub places: Places<'a>,
    pub offset: usize,
    pub lang: Lang,
    /// How deep, in parentheses and `not`, the condition is that is being built.
    pub depth: usize,
    pub diagnostics: &'a mut Vec<Diagnostic>,
}

type P<'i> = Pair<'i, Rule>;

/// The next pair, if it is of this rule.
fn take<'i>(pairs: &mut Pairs<'i, Rule>, rule: Rule) -> Option<P<'i>> {
    pairs.peek().filter(|pair| pair.as_rule() == rule)?;
    pairs.next()
}

/// Skips the words that only separate.
fn skip(pairs: &mut Pairs<'_, Rule>, rules: &[Rule]) {
    while pairs.peek().is_some_and(|pair| rules.contains(&pair.as_rule())) {
        pairs.next();
    }
}

impl Builder<'_> {
    fn at(&self, pair: &P<'_>) -> At {
        let span = pair.as_span();
        let length = pair.as_str().trim_end().len();
        let start = self.offset + span.start();
        At(self.places.original(start, start + length))
    }

    /// The item; `None` only where the grammar and this function disagree.
    pub fn item(&mut self, pair: P<'_>) -> Option<ItemKind> {
        let rule = pair.as_rule();
        let mut parts = pair.into_inner();
        let parts = &mut parts;
        Some(match rule {
            Rule::schedule => {
                parts.next();
                ItemKind::Schedule(self.name(parts)?)
            }
            Rule::unit => {
                parts.next();
                ItemKind::Unit(match parts.next()?.as_rule() {
                    Rule::kw_per_group => Unit::Group,
                    _ => Unit::Case,
                })
            }
            Rule::price => {
                parts.next();
                ItemKind::Price(self.price(parts.next()?)?)
            }
            Rule::action => {
                parts.next();
                let name = self.name(parts)?;
                let rate = match take(parts, Rule::rate) {
                    Some(rate) => Some(self.rate(rate)?),
                    None => None,
                };
                let ends_case = take(parts, Rule::ends_case).is_some();
                ItemKind::Action(Action { name, rate, ends_case })
            }
            Rule::planned => {
                parts.next();
                ItemKind::Planned(self.measure(parts.next()?)?.or_in(Some(MeasureUnit::Hours)))
            }
            Rule::whole_attendance => ItemKind::WholeAttendance,
            Rule::line => ItemKind::Line(self.line(parts)?),
            Rule::accepts => {
                parts.next();
                let named = parts.next()?.into_inner().next()?.as_rule();
                let line = match take(parts, Rule::on_line) {
                    Some(on_line) => {
                        let mut named = on_line.into_inner();
                        named.next();
                        Some(self.name(&mut named)?)
                    }
                    None => None,
                };
                let property = word(named, Lang::En);
                ItemKind::Accepts { property, line, reason: self.name(parts)? }
            }
            Rule::scenario => {
                parts.next();
                let name = self.name(parts)?;
                skip(parts, &[Rule::kw_for]);
                let schedule = self.name(parts);
                ItemKind::Scenario { name, schedule }
            }
            Rule::event => {
                let date = self.date(parts.next()?)?;
                let happening = self.happening(parts.next()?)?;
                ItemKind::Event { date, happening }
            }
            Rule::expect => {
                parts.next();
                ItemKind::Expect(self.expect(parts.next()?)?)
            }
            Rule::until => {
                parts.next();
                ItemKind::Until(self.date(parts.next()?)?)
            }
            _ => return None,
        })
    }

    fn name(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Name> {
        let pair = take(parts, Rule::text)?;
        let number: usize = pair.as_str().trim_matches('"').parse().ok()?;
        let quoted = self.quoted.get(number)?;
        Some(Name { text: quoted.text.clone(), at: At(quoted.span) })
    }

    // ── Prices ───────────────────────────────────────────────────────────────────────────────

    fn price(&mut self, pair: P<'_>) -> Option<Price> {
        let rule = pair.as_rule();
        let mut parts = pair.into_inner();
        parts.next();
        Some(match rule {
            Rule::fixed_price => Price::Fixed(self.sum(&mut parts)?),
            Rule::hourly_price => {
                let rate = self.optional_sum(&mut parts)?;
                let mut bounds = Vec::new();
                for bound in parts.filter(|part| part.as_rule() == Rule::hours_bound) {
                    bounds.push(self.bound(bound)?);
                }
                Price::Hourly { rate, bounds }
            }
            Rule::action_price => {
                let currency = parts.find(|part| part.as_rule() == Rule::currency);
                Price::PerAction { currency: currency.map(|pair| self.currency(&pair)) }
            }
            _ => return None,
        })
    }

    fn bound(&mut self, pair: P<'_>) -> Option<Bound> {
        let mut parts = pair.into_inner();
        let side = match parts.next()?.as_rule() {
            Rule::kw_at_least => BoundSide::AtLeast,
            _ => BoundSide::AtMost,
        };
        let hours = self.measure(parts.next()?)?.or_in(Some(MeasureUnit::Hours));
        Some(Bound { side, hours })
    }

    fn rate(&mut self, pair: P<'_>) -> Option<Rate> {
        let at = self.at(&pair);
        let mut parts = pair.into_inner();
        skip(&mut parts, &[Rule::comma]);
        let kind = match parts.next()?.as_rule() {
            Rule::kw_hourly => RateKind::Hourly(self.optional_sum(&mut parts)?),
            Rule::kw_flat => RateKind::Flat(self.sum(&mut parts)?),
            _ => RateKind::NotBilled,
        };
        Some(Rate { kind, at })
    }

    // ── Lines ────────────────────────────────────────────────────────────────────────────────

    fn line(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Line> {
        let kind_pair = parts.next()?;
        let kind_at = self.at(&kind_pair);
        let kind = match kind_pair.as_rule() {
            Rule::kw_deposit => LineKind::Deposit,
            Rule::kw_installment => LineKind::Installment,
            _ => LineKind::Balance,
        };
        let label = self.name(parts)?;
        parts.next();
        let amount_pair = parts.next()?;
        let amount_at = self.at(&amount_pair);
        let amount = self.amount(amount_pair)?;
        let mut line = Line {
            kind,
            kind_at,
            label,
            amount,
            amount_at,
            triggers: Vec::new(),
            condition: None,
            stays_open: None,
        };
        for part in parts {
            match part.as_rule() {
                Rule::first_trigger | Rule::trigger => {
                    line.triggers.push(self.trigger(part)?);
                }
                Rule::guard => {
                    line.condition = Some(self.condition(part.into_inner().next_back()?)?);
                }
                Rule::stays_open | Rule::misplaced_stays_open => {
                    line.stays_open = Some(self.at(&part))
                }
                _ => {}
            }
        }
        Some(line)
    }

    fn amount(&mut self, pair: P<'_>) -> Option<Amount> {
        let pair = pair.into_inner().next()?;
        let rule = pair.as_rule();
        if rule == Rule::misplaced_amount {
            return self.amount(pair);
        }
        let mut parts = pair.into_inner();
        Some(match rule {
            Rule::up_to => {
                parts.next();
                Amount::UpTo(self.number_of(parts.next()?, true)?)
            }
            Rule::pro_rata => {
                parts.next();
                match parts.next()?.as_rule() {
                    Rule::kw_attendance => Amount::ProRataAttendance,
                    _ => Amount::ProRataDuration,
                }
            }
            Rule::work => {
                parts.next();
                if parts.next().is_some() { Amount::WorkItemised } else { Amount::Work }
            }
            Rule::kw_remainder => Amount::Remainder,
            Rule::kw_nothing => Amount::Nothing,
            Rule::flat_sum => {
                parts.next();
                Amount::Sum(self.sum(&mut parts)?)
            }
            Rule::sum => {
                let number = parts.next()?;
                let unit = parts.next();
                let percent =
                    unit.as_ref().is_some_and(|unit| unit.as_rule() == Rule::percent_sign);
                let number = self.number_of(number, percent)?;
                match unit {
                    Some(unit) if unit.as_rule() == Rule::percent_sign => Amount::Percent(number),
                    currency => {
                        let currency = currency.map(|pair| self.currency(&pair));
                        Amount::Sum(Sum { number, currency })
                    }
                }
            }
            _ => return None,
        })
    }

    fn trigger(&mut self, pair: P<'_>) -> Option<Trigger> {
        let moment = pair.into_inner().next_back()?;
        let at = self.at(&moment);
        let moment = match moment.as_rule() {
            Rule::moment => moment.into_inner().next()?,
            _ => moment,
        };
        let kind = match moment.as_rule() {
            Rule::kw_signature => TriggerKind::Signature,
            Rule::kw_start => TriggerKind::Start,
            Rule::kw_end => TriggerKind::End,
            Rule::kw_abandonment => TriggerKind::Abandonment,
            Rule::kw_month_end => TriggerKind::MonthEnd,
            Rule::named_action => TriggerKind::Action(self.name_within(moment)?),
            Rule::named_event => TriggerKind::Event(self.name_within(moment)?),
            Rule::named_deliverable => TriggerKind::Deliverable(self.name_within(moment)?),
            Rule::date => TriggerKind::Date(self.date(moment)?),
            Rule::after => self.after(moment)?,
            _ => return None,
        };
        Some(Trigger { kind, at })
    }

    fn after(&mut self, pair: P<'_>) -> Option<TriggerKind> {
        let mut parts = pair.into_inner();
        let number_pair = parts.next()?;
        let number_at = self.at(&number_pair);
        let number = self.number(number_pair)?;
        let unit_pair = parts.next()?;
        let at = At(number_at.0.to(self.at(&unit_pair).0));
        let unit = measure_unit(unit_pair.as_rule())?;
        let length = Measure { quantity: Quantity::Number(number), unit: Some(unit), at };
        let anchor = match parts.next_back()?.as_rule() {
            Rule::kw_signature => Anchor::Signature,
            _ => Anchor::Start,
        };
        Some(TriggerKind::After { length, anchor })
    }

    /// The name in a pair of a keyword and a name.
    fn name_within(&mut self, pair: P<'_>) -> Option<Name> {
        let mut parts = pair.into_inner();
        parts.next();
        self.name(&mut parts)
    }
}
