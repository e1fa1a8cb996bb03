//! A scenario's events and expectations.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest's rules are a list of the whole grammar; a function reads a few of them"
)]

use super::*;

impl Builder<'_> {
    pub(super) fn happening(&mut self, pair: P<'_>) -> Option<Happening> {
        let mut outer = self.within(pair, &[Rule::happening])?;
        let inner = outer.next()?;
        let happening = match inner.as_rule() {
            Rule::invoice_event => Happening::Invoice(self.invoice_event(inner)?),
            Rule::kw_suspension => Happening::Suspension,
            Rule::kw_resumption => Happening::Resumption,
            Rule::progress_event => {
                let mut parts = inner.into_inner();
                self.need(&mut parts, Rule::kw_progress)?;
                let share = self.need(&mut parts, Rule::number)?;
                let share = self.number_of(share, Digits::Percentage)?;
                self.need(&mut parts, Rule::percent_sign)?;
                self.whole(parts, Happening::Progress(share))?
            }
            Rule::amendment => {
                let mut parts = inner.into_inner();
                self.need(&mut parts, Rule::kw_amendment)?;
                let first = parts.next()?;
                let term = self.case_term(first, &mut parts)?;
                self.whole(parts, Happening::Amendment(term))?
            }
            Rule::worked_action => {
                let mut parts = inner.into_inner();
                self.need(&mut parts, Rule::kw_action)?;
                let name = self.name(&mut parts)?;
                let (mut hours, mut quantity, mut amount) = (None, None, None);
                while let Some(part) = parts.next() {
                    match part.as_rule() {
                        Rule::comma => {}
                        Rule::kw_quantity => quantity = Some(self.number(parts.next()?)?),
                        Rule::kw_amount => amount = Some(self.sum(&mut parts)?),
                        Rule::hours => {
                            hours = Some(self.measure(part)?.or_in(Some(MeasureUnit::Hours)));
                        }
                        _ => return self.unknown(&part),
                    }
                }
                Happening::Action { name, hours, quantity, amount }
            }
            rule => match (kinds::milestone(rule), kinds::subject(rule)) {
                (Some(milestone), _) => Happening::Milestone(milestone),
                (None, Some(kind)) => Happening::Other(kind, self.name_within(inner)?),
                (None, None) => return self.unknown(&inner),
            },
        };
        self.whole(outer, happening)
    }

    pub(super) fn expect(&mut self, pair: P<'_>) -> Option<Expect> {
        let rule = pair.as_rule();
        let mut parts = pair.clone().into_inner();
        let expect = match rule {
            Rule::kw_nothing => Expect::Nothing,
            Rule::expected_total => {
                self.need(&mut parts, Rule::kw_total)?;
                Expect::Total(self.expected(&mut parts)?)
            }
            Rule::expected_line => {
                let date = self.need(&mut parts, Rule::date)?;
                let date = self.date(date)?;
                let label = self.name(&mut parts)?;
                let amount = self.expected(&mut parts)?;
                let payer = match take(&mut parts, Rule::kw_from) {
                    Some(_) => Some(self.name(&mut parts)?),
                    None => None,
                };
                Expect::Line { date, label, amount, payer }
            }
            Rule::expected_step => {
                let date = self.need(&mut parts, Rule::date)?;
                let date = self.date(date)?;
                self.need(&mut parts, Rule::kw_step)?;
                Expect::Step { date, step: self.name(&mut parts)? }
            }
            _ => return self.unknown(&pair),
        };
        self.whole(parts, expect)
    }

    pub(super) fn expected(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Expected> {
        let minus = take(parts, Rule::minus).map(|pair| self.at(&pair));
        let sum = self.sum(parts)?;
        let from = minus.unwrap_or(sum.number.at);
        let to = sum.currency.as_ref().map_or(sum.number.at, |currency| currency.at);
        Some(Expected { negative: minus.is_some(), sum, at: At(from.0.to(to.0)) })
    }
}
