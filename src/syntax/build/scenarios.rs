//! A scenario's events and expectations.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest's rules are a list of the whole grammar; a function reads a few of them"
)]

use super::*;

impl Builder<'_> {
    pub(super) fn happening(&mut self, pair: P<'_>) -> Option<Happening> {
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

    pub(super) fn expect(&mut self, pair: P<'_>) -> Option<Expect> {
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

    pub(super) fn expected(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Expected> {
        let minus = take(parts, Rule::minus).map(|pair| self.at(&pair));
        let sum = self.sum(parts)?;
        let from = minus.unwrap_or(sum.number.at);
        let to = sum.currency.as_ref().map_or(sum.number.at, |currency| currency.at);
        Some(Expected { negative: minus.is_some(), sum, at: At(from.0.to(to.0)) })
    }
}
