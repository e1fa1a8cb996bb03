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
            Rule::kw_signature => Happening::Signature,
            Rule::kw_start => Happening::Start,
            Rule::kw_end => Happening::End,
            Rule::kw_abandonment => Happening::Abandonment,
            Rule::named_deliverable => Happening::Deliverable(self.name_within(inner)?),
            Rule::named_event => Happening::Event(self.name_within(inner)?),
            Rule::worked_action => {
                let mut parts = inner.into_inner();
                self.need(&mut parts, Rule::kw_action)?;
                let name = self.name(&mut parts)?;
                skip(&mut parts, &[Rule::comma]);
                let hours = match parts.next() {
                    Some(measure) => Some(self.measure(measure)?.or_in(Some(MeasureUnit::Hours))),
                    None => None,
                };
                self.whole(parts, Happening::Action { name, hours })?
            }
            _ => return self.unknown(&inner),
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
                Expect::Line { date, label, amount: self.expected(&mut parts)? }
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
