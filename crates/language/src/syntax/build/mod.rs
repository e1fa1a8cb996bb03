//! From the grammar's pairs of one item to the tree. The grammar has seen to the structure; what is
//! left is to undo groups and decimal commas and to report digits that are no quantity.
//!
//! No reader gives a value, or silence, for what it does not know: an arm for any other rule, and
//! a pair that is left over, end in [`Builder::unknown`].

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest's rules are a list of the whole grammar; a function reads a few of them"
)]

mod conditions;
mod follow;
mod quantities;
mod scenarios;
mod terms;

use self::quantities::Digits;
use super::ast::*;
use super::errors;
use super::fold::{DEEPEST_NESTING, Places, Problem, Quoted};
use super::grammar::Rule;
use super::kinds;
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

/// The options of an item that have been read, and where: each is stated once.
type Stated = Vec<(Rule, At)>;

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

    /// Says that the grammar reads what no reader here knows: a fault of the program, not of the text.
    fn unknown<T>(&mut self, pair: &P<'_>) -> Option<T> {
        let (at, rule) = (self.at(pair), format!("{:?}", pair.as_rule()));
        self.diagnostics.push(errors::grammar_and_reader_disagree(self.lang, at.0, &rule));
        None
    }

    /// Notes an option; one that has been stated before is reported, and none wins silently.
    fn once(&mut self, stated: &mut Stated, option: &P<'_>) {
        let (rule, at) = (option.as_rule(), self.at(option));
        match stated.iter().find(|(own, _)| *own == rule) {
            Some((_, first)) => {
                self.diagnostics.push(errors::stated_twice(self.lang, at.0, first.0));
            }
            None => stated.push((rule, at)),
        }
    }

    /// The next pair, which is of this rule.
    fn need<'i>(&mut self, parts: &mut Pairs<'i, Rule>, rule: Rule) -> Option<P<'i>> {
        let pair = parts.next()?;
        if pair.as_rule() == rule { Some(pair) } else { self.unknown(&pair) }
    }

    /// The pairs in a pair, which is of one of these rules.
    fn within<'i>(&mut self, pair: P<'i>, rules: &[Rule]) -> Option<Pairs<'i, Rule>> {
        if rules.contains(&pair.as_rule()) { Some(pair.into_inner()) } else { self.unknown(&pair) }
    }

    /// What has been read, if nothing is left of its pairs.
    fn whole<T>(&mut self, mut parts: Pairs<'_, Rule>, read: T) -> Option<T> {
        match parts.next() {
            None => Some(read),
            Some(left) => self.unknown(&left),
        }
    }

    /// The item; `None` only where it is told why.
    pub fn item(&mut self, pair: P<'_>) -> Option<ItemKind> {
        let rule = pair.as_rule();
        let mut inner = pair.clone().into_inner();
        let parts = &mut inner;
        let kind = match rule {
            Rule::schedule => {
                self.need(parts, Rule::kw_schedule)?;
                let name = self.name(parts)?;
                let in_force_from = match take(parts, Rule::in_force_from) {
                    Some(from) => Some(self.in_force_from(from)?),
                    None => None,
                };
                ItemKind::Schedule { name, in_force_from }
            }
            Rule::unit => {
                self.need(parts, Rule::kw_billed)?;
                let unit = parts.next()?;
                ItemKind::Unit(match unit.as_rule() {
                    Rule::kw_per_group => Unit::Group,
                    Rule::kw_per_case => Unit::Case,
                    _ => return self.unknown(&unit),
                })
            }
            Rule::price => {
                self.need(parts, Rule::kw_price)?;
                ItemKind::Price(self.price(parts.next()?)?)
            }
            Rule::action => {
                self.need(parts, Rule::kw_action)?;
                let name = self.name(parts)?;
                let rate = match take(parts, Rule::rate) {
                    Some(rate) => Some(self.rate(rate)?),
                    None => None,
                };
                self.action(name, rate, parts)?
            }
            Rule::planned => match take(parts, Rule::kw_planned) {
                Some(_) => {
                    let planned = self.measure(parts.next()?)?;
                    ItemKind::Planned(planned.or_in(Some(MeasureUnit::Hours)))
                }
                None => ItemKind::Agreed(self.agreed(parts)?),
            },
            Rule::whole_attendance => {
                self.need(parts, Rule::kw_attendance)?;
                self.need(parts, Rule::kw_in_whole)?;
                ItemKind::WholeAttendance
            }
            Rule::payer => ItemKind::Payer(self.payer(parts)?),
            Rule::vat => {
                self.need(parts, Rule::kw_vat)?;
                ItemKind::Vat(self.vat(parts)?)
            }
            Rule::payment => {
                self.need(parts, Rule::kw_payment_due)?;
                ItemKind::Payment(self.payment_term(parts.next()?)?)
            }
            Rule::suspendable => {
                self.need(parts, Rule::kw_may_be_suspended)?;
                ItemKind::MaySuspend
            }
            Rule::agreed => ItemKind::Agreed(self.agreed(parts)?),
            Rule::follow_up => ItemKind::FollowUp(self.follow_up(parts)?),
            Rule::follow_step => ItemKind::Step(self.follow_step(parts)?),
            Rule::invoice => ItemKind::Invoice(self.invoice(parts)?),
            Rule::line => ItemKind::Line(self.line(parts)?),
            Rule::accepts => {
                self.need(parts, Rule::kw_accepts)?;
                let property = self.need(parts, Rule::property)?;
                let named = property.into_inner().next()?.as_rule();
                let line = match take(parts, Rule::on_line) {
                    Some(on_line) => Some(self.line_named(on_line)?),
                    None => None,
                };
                let property = word(named, Lang::En);
                ItemKind::Accepts { property, line, reason: self.name(parts)? }
            }
            Rule::scenario => {
                self.need(parts, Rule::kw_scenario)?;
                let name = self.name(parts)?;
                let named = take(parts, Rule::kw_for).is_some();
                skip(parts, &[Rule::article]);
                let follow_up = take(parts, Rule::kw_follow_up).is_some();
                let of = if named { Some(self.name(parts)?) } else { None };
                let of = of.map(|of| if follow_up { Of::FollowUp(of) } else { Of::Schedule(of) });
                ItemKind::Scenario { name, of }
            }
            Rule::event => {
                let date = self.need(parts, Rule::date)?;
                let date = self.date(date)?;
                let happening = self.need(parts, Rule::happening)?;
                ItemKind::Event { date, happening: self.happening(happening)? }
            }
            Rule::expect => {
                self.need(parts, Rule::kw_expect)?;
                ItemKind::Expect(self.expect(parts.next()?)?)
            }
            Rule::until => {
                self.need(parts, Rule::kw_until)?;
                let date = self.need(parts, Rule::date)?;
                ItemKind::Until(self.date(date)?)
            }
            _ => return self.unknown(&pair),
        };
        self.whole(inner, kind)
    }

    /// `in force from 2025-07-01`.
    fn in_force_from(&mut self, pair: P<'_>) -> Option<Date> {
        let mut parts = pair.into_inner();
        skip(&mut parts, &[Rule::comma]);
        self.need(&mut parts, Rule::kw_in_force_from)?;
        let date = self.need(&mut parts, Rule::date)?;
        let date = self.date(date)?;
        self.whole(parts, date)
    }

    fn name(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Name> {
        let pair = self.need(parts, Rule::text)?;
        let number: usize = pair.as_str().trim_matches('"').parse().ok()?;
        let quoted = self.quoted.get(number)?;
        Some(Name { text: quoted.text.clone(), at: At(quoted.span) })
    }

    /// The label of the line that an acceptance is for: `on "Balance"`.
    fn line_named(&mut self, pair: P<'_>) -> Option<Name> {
        let mut parts = self.within(pair, &[Rule::on_line])?;
        self.need(&mut parts, Rule::kw_on_line)?;
        let name = self.name(&mut parts)?;
        self.whole(parts, name)
    }

    // ── Prices ───────────────────────────────────────────────────────────────────────────────

    fn price(&mut self, pair: P<'_>) -> Option<Price> {
        let rule = pair.as_rule();
        let mut parts = pair.clone().into_inner();
        let first = parts.next()?;
        let first_is = |rule: Rule| first.as_rule() == rule;
        let price = match rule {
            Rule::fixed_price if first_is(Rule::kw_fixed) => {
                match take(&mut parts, Rule::as_agreed) {
                    Some(agreed) => {
                        let currency = self.currency_within(agreed);
                        Price::FixedAgreed { currency, bounds: self.sum_bounds(&mut parts)? }
                    }
                    None => Price::Fixed(self.sum(&mut parts)?),
                }
            }
            Rule::hourly_price if first_is(Rule::kw_hourly) => {
                let agreed = take(&mut parts, Rule::as_agreed);
                let rate = self.optional_rate(&mut parts)?;
                let (bounds, step) = self.hours_bounds(&mut parts)?;
                match agreed {
                    Some(agreed) => {
                        let currency = self.currency_within(agreed);
                        Price::HourlyAgreed { currency, bounds, step }
                    }
                    None => Price::Hourly { rate, bounds, step },
                }
            }
            Rule::action_price if first_is(Rule::kw_per_action) => {
                skip(&mut parts, &[Rule::comma, Rule::kw_in]);
                let currency = take(&mut parts, Rule::currency).map(|pair| self.currency(&pair));
                Price::PerAction { currency, bounds: self.sum_bounds(&mut parts)? }
            }
            Rule::period_price => {
                let price = match take(&mut parts, Rule::as_agreed) {
                    Some(agreed) => Periodic::Agreed(self.currency_within(agreed)),
                    None => Periodic::Stated(self.sum(&mut parts)?),
                };
                Price::Periodic { period: self.period_of(&first)?, price }
            }
            _ => return self.unknown(&pair),
        };
        self.whole(parts, price)
    }

    fn bound(&mut self, pair: P<'_>) -> Option<Bound> {
        let mut parts = self.within(pair, &[Rule::hours_bound])?;
        skip(&mut parts, &[Rule::comma]);
        let side = parts.next()?;
        let side = self.bound_side(&side)?;
        let hours = self.measure(parts.next()?)?.or_in(Some(MeasureUnit::Hours));
        self.whole(parts, Bound { side, hours })
    }

    fn rate(&mut self, pair: P<'_>) -> Option<Rate> {
        let at = self.at(&pair);
        let mut parts = self.within(pair, &[Rule::rate])?;
        skip(&mut parts, &[Rule::comma]);
        let kind = parts.next()?;
        let kind = match kind.as_rule() {
            Rule::kw_hourly => match take(&mut parts, Rule::tiers) {
                Some(tiers) => {
                    let tiers = self.tiers(tiers)?;
                    if tiers.steps.is_empty() {
                        RateKind::Hourly(Some(tiers.first))
                    } else {
                        RateKind::HourlyTiers(tiers)
                    }
                }
                None => RateKind::Hourly(self.optional_rate(&mut parts)?),
            },
            Rule::kw_flat => RateKind::Flat(self.sum(&mut parts)?),
            Rule::kw_not_billed => RateKind::NotBilled,
            Rule::kw_at_cost => RateKind::AtCost,
            Rule::kw_per => {
                let unit = self.name(&mut parts)?;
                let tiers = self.need(&mut parts, Rule::tiers)?;
                RateKind::PerUnit { unit, tiers: self.tiers(tiers)? }
            }
            Rule::number => self.unit_rate(kind, &mut parts)?,
            _ => return self.unknown(&kind),
        };
        self.whole(parts, Rate { kind, at })
    }

    // ── Lines ────────────────────────────────────────────────────────────────────────────────

    fn line(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Line> {
        let kind_pair = parts.next()?;
        let kind_at = self.at(&kind_pair);
        let kind = match kind_pair.as_rule() {
            Rule::kw_deposit => LineKind::Deposit,
            Rule::kw_installment => LineKind::Installment,
            Rule::kw_discount => LineKind::Discount,
            Rule::kw_balance => LineKind::Balance,
            _ => return self.unknown(&kind_pair),
        };
        let label = self.name(parts)?;
        self.need(parts, Rule::colon)?;
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
            options: LineOptions::default(),
        };
        let mut stated = Stated::default();
        for part in parts {
            match part.as_rule() {
                Rule::first_trigger | Rule::trigger => {
                    line.triggers.push(self.trigger(part)?);
                }
                Rule::kw_or => {}
                Rule::guard => line.condition = Some(self.guard(part)?),
                Rule::amount_option | Rule::line_option | Rule::part_option => {
                    self.line_option(&mut line, &mut stated, part)?;
                }
                _ => return self.unknown(&part),
            }
        }
        // It is of the whole line: what stands behind it without a word of its own comes every time, too.
        if line.triggers.iter().any(|trigger| trigger.each) {
            for trigger in line.triggers.iter_mut().filter(|trigger| !trigger.on.0) {
                trigger.each |= trigger.kind.takes_each();
            }
        }
        Some(line)
    }

    fn guard(&mut self, pair: P<'_>) -> Option<Condition> {
        let mut parts = self.within(pair, &[Rule::guard])?;
        self.need(&mut parts, Rule::kw_if)?;
        let condition = self.need(&mut parts, Rule::condition)?;
        let condition = self.condition(condition)?;
        self.whole(parts, condition)
    }

    /// The amount in a pair that holds one: of any line, of a deposit, or one that a deposit may not have.
    fn amount(&mut self, pair: P<'_>) -> Option<Amount> {
        let mut inner = self.within(
            pair,
            &[Rule::amount, Rule::deposit_amount, Rule::discount_amount, Rule::misplaced_amount],
        )?;
        let pair = inner.next()?;
        let amount = self.amount_of(pair)?;
        self.whole(inner, amount)
    }

    fn amount_of(&mut self, pair: P<'_>) -> Option<Amount> {
        let rule = pair.as_rule();
        let mut parts = pair.clone().into_inner();
        let amount = match rule {
            Rule::misplaced_amount => return self.amount(pair),
            Rule::kw_remainder => return Some(Amount::Remainder),
            Rule::kw_nothing => return Some(Amount::Nothing),
            Rule::up_to => {
                self.need(&mut parts, Rule::kw_up_to)?;
                let number = self.need(&mut parts, Rule::number)?;
                let share = self.number_of(number, Digits::Percentage)?;
                self.need(&mut parts, Rule::percent_sign)?;
                Amount::UpTo(share)
            }
            Rule::pro_rata => {
                self.need(&mut parts, Rule::kw_pro_rata)?;
                let of = parts.next()?;
                match of.as_rule() {
                    Rule::kw_attendance => Amount::ProRataAttendance,
                    Rule::kw_duration => Amount::ProRataDuration,
                    _ => return self.unknown(&of),
                }
            }
            Rule::work => {
                self.need(&mut parts, Rule::kw_work)?;
                match parts.next() {
                    None => Amount::Work,
                    Some(form) => match form.as_rule() {
                        Rule::kw_by_action => Amount::WorkByAction,
                        Rule::kw_itemised => Amount::WorkItemised,
                        _ => return self.unknown(&form),
                    },
                }
            }
            Rule::kw_the_price => return Some(Amount::Price),
            Rule::progress => match take(&mut parts, Rule::number) {
                Some(number) => {
                    let share = self.number_of(number, Digits::Percentage)?;
                    self.need(&mut parts, Rule::percent_sign)?;
                    self.need(&mut parts, Rule::kw_of_progress)?;
                    Amount::Progress(Some(share))
                }
                None => {
                    self.need(&mut parts, Rule::kw_progress)?;
                    Amount::Progress(None)
                }
            },
            Rule::flat_sum => {
                self.need(&mut parts, Rule::kw_flat)?;
                Amount::Sum(self.sum(&mut parts)?)
            }
            Rule::sum => {
                let number = self.need(&mut parts, Rule::number)?;
                let percent = take(&mut parts, Rule::percent_sign).is_some();
                let of = if percent { Digits::Percentage } else { Digits::Money };
                let number = self.number_of(number, of)?;
                let currency = take(&mut parts, Rule::currency).map(|pair| self.currency(&pair));
                let in_parts = match take(&mut parts, Rule::in_parts) {
                    Some(pair) => Some(self.number_within(pair)?),
                    None => None,
                };
                match (percent, in_parts) {
                    (true, None) => Amount::Percent(number),
                    (true, Some(count)) => Amount::PercentParts(number, count),
                    (false, None) => Amount::Sum(Sum { number, currency }),
                    (false, Some(count)) => Amount::SumParts(Sum { number, currency }, count),
                }
            }
            _ => return self.unknown(&pair),
        };
        self.whole(parts, amount)
    }

    fn trigger(&mut self, pair: P<'_>) -> Option<Trigger> {
        let mut parts = self.within(pair, &[Rule::first_trigger, Rule::trigger])?;
        let on = take(&mut parts, Rule::kw_on).is_some();
        skip(&mut parts, &[Rule::article]);
        let moment = parts.next()?;
        let at = self.at(&moment);
        let each = moment.as_rule() == Rule::each;
        let kind = match moment.as_rule() {
            Rule::after | Rule::before => self.counted(moment)?,
            Rule::day_of_month => TriggerKind::DayOfMonth(self.number_within(moment)?),
            Rule::each => {
                let mut inner = moment.into_inner();
                self.need(&mut inner, Rule::kw_each)?;
                let often = inner.next()?;
                let kind = match often.as_rule() {
                    Rule::recurrence => self.counted(often)?,
                    Rule::each_moment => {
                        let mut inner = often.into_inner();
                        let kind = inner.next()?;
                        let kind = self.moment(kind)?;
                        self.whole(inner, kind)?
                    }
                    _ => return self.unknown(&often),
                };
                self.whole(inner, kind)?
            }
            Rule::moment => {
                let mut inner = moment.into_inner();
                let kind = inner.next()?;
                let kind = self.moment(kind)?;
                self.whole(inner, kind)?
            }
            _ => return self.unknown(&moment),
        };
        self.whole(parts, Trigger { kind, each, on: OnWord(on), at })
    }

    fn moment(&mut self, pair: P<'_>) -> Option<TriggerKind> {
        Some(match pair.as_rule() {
            Rule::kw_progress => TriggerKind::Progress,
            Rule::date => TriggerKind::Date(self.date(pair)?),
            Rule::dates => TriggerKind::Dates(self.dates(pair)?),
            Rule::after | Rule::before => self.counted(pair)?,
            rule => {
                if let Some(civil) = kinds::period_end(rule) {
                    TriggerKind::End(civil)
                } else if let Some(milestone) = kinds::milestone(rule) {
                    TriggerKind::Milestone(milestone)
                } else if let Some(kind) = kinds::subject(rule) {
                    TriggerKind::Subject(kind, self.name_within(pair)?)
                } else {
                    return self.unknown(&pair);
                }
            }
        })
    }

    /// The name in a pair of a keyword and a name, and perhaps what is said of it.
    fn name_within(&mut self, pair: P<'_>) -> Option<Name> {
        let mut parts = self.within(
            pair,
            &[
                Rule::named_action,
                Rule::named_event,
                Rule::named_deliverable,
                Rule::action_done,
                Rule::event_happened,
                Rule::deliverable_received,
                Rule::charged_to,
                Rule::exemption,
            ],
        )?;
        skip(
            &mut parts,
            &[
                Rule::kw_action,
                Rule::kw_event,
                Rule::kw_deliverable,
                Rule::kw_charged_to,
                Rule::kw_vat_exempt,
            ],
        );
        let name = self.name(&mut parts)?;
        skip(&mut parts, &[Rule::kw_done, Rule::kw_received, Rule::kw_happened, Rule::times_least]);
        self.whole(parts, name)
    }
}

#[cfg(test)]
mod tests;
