//! From the grammar's pairs of one item to the tree. The grammar has seen to the structure; what is
//! left is to undo groups and decimal commas and to report digits that are no quantity.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest's rules are a list of the whole grammar; a function reads a few of them"
)]

use super::ast::*;
use super::errors;
use super::fold::{DEEPEST_NESTING, Folded, Problem};
use super::grammar::Rule;
use super::quantities::word;
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;
use crate::span::Span;
use pest::iterators::{Pair, Pairs};

/// Builds the tree of one item, whose folded text begins at `offset`.
pub struct Builder<'a> {
    pub source: &'a str,
    pub folded: &'a Folded,
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
        At(self.folded.original(start, start + length))
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
                ItemKind::Accepts { property: word(named, Lang::En), reason: self.name(parts)? }
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
        let quoted = self.folded.quoted.get(number)?;
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
        let kind = match kind_pair.into_inner().next()?.as_rule() {
            Rule::kw_deposit => LineKind::Deposit,
            Rule::kw_installment => LineKind::Installment,
            _ => LineKind::Balance,
        };
        let label = self.name(parts)?;
        skip(parts, &[Rule::colon]);
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
                    let condition = part.into_inner().find(|p| p.as_rule() == Rule::condition)?;
                    line.condition = Some(self.condition(condition)?);
                }
                Rule::stays_open => line.stays_open = Some(self.at(&part)),
                _ => {}
            }
        }
        Some(line)
    }

    fn amount(&mut self, pair: P<'_>) -> Option<Amount> {
        let pair = pair.into_inner().next()?;
        let rule = pair.as_rule();
        let mut parts = pair.into_inner();
        Some(match rule {
            Rule::up_to => {
                parts.next();
                Amount::UpTo(self.number(parts.next()?)?)
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
                let number = self.number(parts.next()?)?;
                match parts.next() {
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
        let moment =
            pair.into_inner().find(|part| matches!(part.as_rule(), Rule::moment | Rule::after))?;
        let at = self.at(&moment);
        let inner = match moment.as_rule() {
            Rule::moment => moment.into_inner().next()?,
            _ => moment,
        };
        let kind = match inner.as_rule() {
            Rule::kw_signature => TriggerKind::Signature,
            Rule::kw_start => TriggerKind::Start,
            Rule::kw_end => TriggerKind::End,
            Rule::kw_abandonment => TriggerKind::Abandonment,
            Rule::kw_month_end => TriggerKind::MonthEnd,
            Rule::named_action => TriggerKind::Action(self.name_within(inner)?),
            Rule::named_event => TriggerKind::Event(self.name_within(inner)?),
            Rule::named_deliverable => TriggerKind::Deliverable(self.name_within(inner)?),
            Rule::date => TriggerKind::Date(self.date(inner)?),
            Rule::after => self.after(inner)?,
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
        let unit = duration_unit(unit_pair)?;
        let length = Measure { quantity: Quantity::Number(number), unit: Some(unit), at };
        let anchor = match parts.last()?.as_rule() {
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

    // ── Conditions ───────────────────────────────────────────────────────────────────────────

    fn condition(&mut self, pair: P<'_>) -> Option<Condition> {
        self.joined(pair, Rule::all_of, ConditionKind::Any, |this, part| {
            this.joined(part, Rule::negation, ConditionKind::All, Self::negation)
        })
    }

    /// The parts of a pair that are of `rule`: one alone stands for itself, several are joined.
    fn joined(
        &mut self,
        pair: P<'_>,
        rule: Rule,
        join: fn(Vec<Condition>) -> ConditionKind,
        mut each: impl FnMut(&mut Self, P<'_>) -> Option<Condition>,
    ) -> Option<Condition> {
        let at = self.at(&pair);
        let mut parts = Vec::new();
        for part in pair.into_inner().filter(|part| part.as_rule() == rule) {
            parts.push(each(self, part)?);
        }
        if parts.len() == 1 { parts.pop() } else { Some(Condition { kind: join(parts), at }) }
    }

    fn negation(&mut self, pair: P<'_>) -> Option<Condition> {
        let at = self.at(&pair);
        let mut parts = pair.into_inner().peekable();
        let mut nots = 0;
        while parts.peek().is_some_and(|part| part.as_rule() == Rule::kw_not) {
            parts.next();
            nots += 1;
        }
        let inner = parts.next()?;
        let grouped = inner.as_rule() == Rule::group;
        let deeper = nots + usize::from(grouped);
        if self.depth + deeper > DEEPEST_NESTING {
            let first = Span { end: at.0.start.saturating_add(1), ..at.0 };
            let problem = Problem::NestedTooDeep { at: first };
            self.diagnostics.push(errors::problem(self.lang, &problem));
            return None;
        }
        self.depth += deeper;
        let condition = if grouped {
            inner.into_inner().next().and_then(|pair| self.condition(pair))
        } else {
            self.test(inner)
        };
        self.depth -= deeper;
        let condition = condition?;
        let negate = |condition, _| Condition { kind: ConditionKind::Not(Box::new(condition)), at };
        Some((0..nots).fold(condition, negate))
    }

    fn test(&mut self, pair: P<'_>) -> Option<Condition> {
        let at = self.at(&pair);
        let inner = pair.into_inner().next()?;
        let fact = match inner.as_rule() {
            Rule::measured => return self.measured(inner),
            Rule::kw_started => Fact::Started,
            Rule::kw_signed => Fact::Signed,
            Rule::kw_ended => Fact::Ended,
            Rule::kw_abandoned => Fact::Abandoned,
            Rule::action_done => Fact::ActionDone(self.name_within(inner)?),
            Rule::deliverable_received => Fact::DeliverableReceived(self.name_within(inner)?),
            Rule::event_happened => Fact::EventHappened(self.name_within(inner)?),
            _ => return None,
        };
        Some(Condition { kind: ConditionKind::Fact(fact), at })
    }

    fn measured(&mut self, pair: P<'_>) -> Option<Condition> {
        let at = self.at(&pair);
        let mut parts = pair.into_inner();
        let measured = match parts.next()?.as_rule() {
            Rule::kw_duration => Measured::Duration,
            Rule::kw_attendance => Measured::Attendance,
            _ => Measured::Hours,
        };
        let how = parts.next()?;
        let window = how.as_rule() == Rule::window;
        let mut parts = how.into_inner();
        let kind = if window {
            skip(&mut parts, &[Rule::kw_from]);
            let from = self.measure(parts.next()?)?;
            skip(&mut parts, &[Rule::kw_to, Rule::kw_under]);
            let to = self.measure(parts.next()?)?;
            // The second bound may name the unit for both; a bare number of hours means hours.
            let from = from.or_in(to.unit).or_in(measured.implied_unit());
            let to = to.or_in(measured.implied_unit());
            ConditionKind::Window { measured, from, to }
        } else {
            let comparator = match parts.next()?.as_str().trim_end() {
                "<" => Comparator::Less,
                "<=" => Comparator::AtMost,
                ">" => Comparator::Greater,
                _ => Comparator::AtLeast,
            };
            let with = self.measure(parts.next()?)?.or_in(measured.implied_unit());
            ConditionKind::Compare { measured, comparator, with }
        };
        Some(Condition { kind, at })
    }

    // ── Scenarios ────────────────────────────────────────────────────────────────────────────

    fn happening(&mut self, pair: P<'_>) -> Option<Happening> {
        let inner = pair.into_inner().next()?;
        Some(match inner.as_rule() {
            Rule::kw_signature => Happening::Signature,
            Rule::kw_start => Happening::Start,
            Rule::kw_end => Happening::End,
            Rule::kw_abandonment => Happening::Abandonment,
            Rule::named_deliverable => Happening::Deliverable(self.name_within(inner)?),
            Rule::named_event => Happening::Event(self.name_within(inner)?),
            Rule::worked_action => {
                let mut parts = inner.into_inner();
                parts.next();
                let name = self.name(&mut parts)?;
                skip(&mut parts, &[Rule::comma]);
                let hours = match parts.next() {
                    Some(measure) => Some(self.measure(measure)?.or_in(Some(MeasureUnit::Hours))),
                    None => None,
                };
                Happening::Action { name, hours }
            }
            _ => return None,
        })
    }

    fn expect(&mut self, pair: P<'_>) -> Option<Expect> {
        let rule = pair.as_rule();
        if rule == Rule::kw_nothing {
            return Some(Expect::Nothing);
        }
        let mut parts = pair.into_inner();
        if rule == Rule::expected_total {
            parts.next();
            return Some(Expect::Total(self.expected(&mut parts)?));
        }
        let date = self.date(parts.next()?)?;
        let label = self.name(&mut parts)?;
        Some(Expect::Line { date, label, amount: self.expected(&mut parts)? })
    }

    fn expected(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Expected> {
        let minus = take(parts, Rule::minus).map(|pair| self.at(&pair));
        let sum = self.sum(parts)?;
        let from = minus.unwrap_or(sum.number.at);
        let to = sum.currency.as_ref().map_or(sum.number.at, |currency| currency.at);
        Some(Expected { negative: minus.is_some(), sum, at: At(from.0.to(to.0)) })
    }

    // ── Quantities ───────────────────────────────────────────────────────────────────────────

    fn sum(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Sum> {
        let number = self.number(take(parts, Rule::number)?)?;
        let currency = take(parts, Rule::currency).map(|pair| self.currency(&pair));
        Some(Sum { number, currency })
    }

    /// `Some(None)` where no sum stands; `None` where one stands that is wrong.
    fn optional_sum(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Option<Sum>> {
        let present = parts.peek().is_some_and(|pair| pair.as_rule() == Rule::number);
        if present { self.sum(parts).map(Some) } else { Some(None) }
    }

    fn currency(&self, pair: &P<'_>) -> Currency {
        let code = match pair.as_str().trim_end() {
            "€" => "EUR".to_owned(),
            "£" => "GBP".to_owned(),
            code => code.to_ascii_uppercase(),
        };
        Currency { code, at: self.at(pair) }
    }

    fn number(&mut self, pair: P<'_>) -> Option<Number> {
        let at = self.at(&pair);
        let folded = pair.as_str();
        let written = at.0.of(self.source);
        let decimals = folded.split_once(',').map(|(_, decimals)| decimals);
        if decimals.is_some_and(|decimals| decimals.len() == 3) {
            self.diagnostics.push(errors::comma_and_three_digits(self.lang, at.0, folded));
            return None;
        }
        let digits = folded.replace(' ', "").replace(',', ".");
        let whole = digits.split('.').next().unwrap_or("");
        if whole.len() > 1 && whole.starts_with('0') {
            let trimmed = digits.trim_start_matches('0');
            let zero = if trimmed.is_empty() || trimmed.starts_with('.') { "0" } else { "" };
            let right = format!("{zero}{trimmed}");
            self.diagnostics.push(errors::not_a_number(self.lang, at.0, written, Some(right)));
            return None;
        }
        Some(Number { digits, at })
    }

    fn measure(&mut self, pair: P<'_>) -> Option<Measure> {
        let at = self.at(&pair);
        let mut parts = pair.into_inner();
        let first = parts.next()?;
        if first.as_rule() == Rule::clock {
            return self.clock(&first, at);
        }
        let number = self.number(first)?;
        let unit = match parts.next() {
            None => None,
            Some(unit) => Some(measure_unit(unit)?),
        };
        Some(Measure { quantity: Quantity::Number(number), unit, at })
    }

    fn clock(&mut self, pair: &P<'_>, at: At) -> Option<Measure> {
        let text = pair.as_str().replace(' ', "");
        let (hours, minutes) = text.split_once('h')?;
        let sound =
            minutes.len() == 2 && minutes < "60" && (hours.len() == 1 || !hours.starts_with('0'));
        if !sound {
            let padded = (minutes.len() == 1).then(|| format!("{hours}h0{minutes}"));
            let written = at.0.of(self.source);
            self.diagnostics.push(errors::not_a_clock(self.lang, at.0, written, padded));
            return None;
        }
        let quantity = Quantity::Clock { hours: hours.to_owned(), minutes: minutes.to_owned() };
        Some(Measure { quantity, unit: None, at })
    }

    fn date(&mut self, pair: P<'_>) -> Option<Date> {
        let at = self.at(&pair);
        let written = pair.as_str();
        let parts: Vec<&str> = written.split(['-', '/']).collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        let iso = match (parts.as_slice(), lengths.as_slice(), written.contains('/')) {
            ([year, month, day], [4, 2, 2], false) => Some(format!("{year}-{month}-{day}")),
            ([day, month, year], [2, 2, 4], true) => Some(format!("{year}-{month}-{day}")),
            _ => None,
        };
        if iso.is_none() {
            let right = padded_date(&parts, written.contains('/'));
            self.diagnostics.push(errors::date_digits(
                self.lang,
                at.0,
                at.0.of(self.source),
                right,
            ));
        }
        Some(Date { iso: iso?, at })
    }
}

impl Measure {
    /// With this unit, if it is a number that was written without one.
    fn or_in(mut self, unit: Option<MeasureUnit>) -> Measure {
        match self.quantity {
            Quantity::Number(_) => self.unit = self.unit.or(unit),
            Quantity::Clock { .. } => {}
        }
        self
    }
}

impl Measured {
    /// The unit that may be left out: only a number of hours needs none.
    fn implied_unit(self) -> Option<MeasureUnit> {
        match self {
            Measured::Hours => Some(MeasureUnit::Hours),
            Measured::Duration | Measured::Attendance => None,
        }
    }
}

/// `5/7/2025` → `05/07/2025`: where only leading zeros are missing.
fn padded_date(parts: &[&str], slashes: bool) -> Option<String> {
    match (parts, slashes) {
        ([day, month, year], true) if year.len() == 4 && day.len() <= 2 && month.len() <= 2 => {
            Some(format!("{day:0>2}/{month:0>2}/{year}"))
        }
        ([year, month, day], false) if year.len() == 4 && day.len() <= 2 && month.len() <= 2 => {
            Some(format!("{year}-{month:0>2}-{day:0>2}"))
        }
        _ => None,
    }
}

fn measure_unit(pair: P<'_>) -> Option<MeasureUnit> {
    let inner = pair.into_inner().next()?;
    Some(match inner.as_rule() {
        Rule::percent_sign => MeasureUnit::Percent,
        Rule::unit_hour => MeasureUnit::Hours,
        Rule::unit_minute => MeasureUnit::Minutes,
        _ => return duration_unit(inner),
    })
}

fn duration_unit(pair: P<'_>) -> Option<MeasureUnit> {
    Some(match pair.into_inner().next()?.as_rule() {
        Rule::unit_day => MeasureUnit::Days,
        Rule::unit_week => MeasureUnit::Weeks,
        Rule::unit_month => MeasureUnit::Months,
        Rule::unit_year => MeasureUnit::Years,
        _ => return None,
    })
}
