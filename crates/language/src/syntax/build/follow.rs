//! Follow-ups: their criteria, steps and conditions, and the invoice of a scenario.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest's rules are a list of the whole grammar; a function reads a few of them"
)]

use super::*;

impl Builder<'_> {
    pub(super) fn follow_up(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<FollowUp> {
        self.need(parts, Rule::kw_follow_up)?;
        let name = self.name(parts)?;
        let mut criteria = Vec::new();
        for pair in parts {
            criteria.push(self.criterion(pair)?);
        }
        Some(FollowUp { name, criteria })
    }

    /// `for payer "A" or "B"`.
    fn criterion(&mut self, pair: P<'_>) -> Option<Criterion> {
        let at = self.at(&pair);
        let mut parts = self.within(pair, &[Rule::criterion])?;
        self.need(&mut parts, Rule::kw_for)?;
        skip(&mut parts, &[Rule::article]);
        let field = parts.next()?;
        let field = match field.as_rule() {
            Rule::kw_payer | Rule::kw_schedule | Rule::kw_group | Rule::kw_customer => {
                kinds::which(&InvoiceField::ALL, kinds::of_field, field.as_rule())?
            }
            _ => return self.unknown(&field),
        };
        let mut values = vec![self.name(&mut parts)?];
        while take(&mut parts, Rule::kw_or).is_some() {
            values.push(self.name(&mut parts)?);
        }
        self.whole(parts, Criterion { field, values, at })
    }

    pub(super) fn follow_step(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Step> {
        self.need(parts, Rule::kw_step)?;
        let label = self.name(parts)?;
        self.need(parts, Rule::colon)?;
        let (triggers, at_most, condition, hands_over) = (Vec::new(), None, None, false);
        let mut step = Step { label, triggers, at_most, condition, hands_over };
        let mut options: Vec<(Rule, Span)> = Vec::new();
        for part in parts {
            match part.as_rule() {
                Rule::kw_or => {}
                Rule::step_trigger => step.triggers.push(self.step_trigger(part)?),
                Rule::step_guard => step.condition = Some(self.step_guard(part)?),
                Rule::step_option => {
                    let at = self.at(&part);
                    let mut inner = part.into_inner();
                    let option = inner.next()?;
                    let rule = option.as_rule();
                    if let Some((_, first)) = options.iter().find(|(of, _)| *of == rule) {
                        let finding = errors::stated_twice(self.lang, at.0, *first);
                        self.diagnostics.push(finding);
                        return None;
                    }
                    options.push((rule, at.0));
                    match rule {
                        Rule::kw_hands_over => step.hands_over = true,
                        Rule::times_bound => step.at_most = Some(self.number_within(option)?),
                        _ => return self.unknown(&option),
                    }
                    self.whole(inner, ())?;
                }
                _ => return self.unknown(&part),
            }
        }
        Some(step)
    }

    fn step_trigger(&mut self, pair: P<'_>) -> Option<StepTrigger> {
        let at = self.at(&pair);
        let mut outer = self.within(pair, &[Rule::step_trigger])?;
        let inner = outer.next()?;
        let rule = inner.as_rule();
        let mut parts = inner.clone().into_inner();
        let kind = match rule {
            Rule::step_turn => {
                skip(&mut parts, &[Rule::kw_in_case_of]);
                let turn = parts.next()?;
                match turn.as_rule() {
                    Rule::kw_undelivered
                    | Rule::kw_rejection
                    | Rule::kw_dispute
                    | Rule::kw_resolved
                    | Rule::kw_part_payment
                    | Rule::kw_overpaid
                    | Rule::kw_settled => StepTriggerKind::On(kinds::which(
                        &Turn::ALL,
                        kinds::of_turn,
                        turn.as_rule(),
                    )?),
                    _ => return self.unknown(&turn),
                }
            }
            Rule::step_each | Rule::step_after => {
                let each = take(&mut parts, Rule::kw_each).is_some();
                let length = self.number_and_unit(&mut parts)?;
                self.need(&mut parts, Rule::kw_after)?;
                let anchor = self.need(&mut parts, Rule::step_anchor)?;
                StepTriggerKind::After { length, anchor: self.step_anchor(anchor)?, each }
            }
            Rule::step_before => {
                let length = self.number_and_unit(&mut parts)?;
                self.need(&mut parts, Rule::kw_before)?;
                skip(&mut parts, &[Rule::article]);
                self.need(&mut parts, Rule::kw_due_day)?;
                StepTriggerKind::BeforeDue(length)
            }
            _ => return self.unknown(&inner),
        };
        self.whole(parts, ())?;
        self.whole(outer, StepTrigger { kind, at })
    }

    fn step_anchor(&mut self, pair: P<'_>) -> Option<StepAnchor> {
        let mut parts = self.within(pair, &[Rule::step_anchor])?;
        skip(&mut parts, &[Rule::article]);
        let inner = parts.next()?;
        let anchor = match inner.as_rule() {
            Rule::named_step => {
                let mut named = inner.into_inner();
                self.need(&mut named, Rule::kw_step)?;
                let name = self.name(&mut named)?;
                self.whole(named, StepAnchor::Step(name))?
            }
            Rule::kw_issue
            | Rule::kw_sending
            | Rule::kw_receipt
            | Rule::kw_rejection
            | Rule::kw_due_day => {
                StepAnchor::Day(kinds::which(&InvoiceDay::ALL, kinds::of_day, inner.as_rule())?)
            }
            _ => return self.unknown(&inner),
        };
        self.whole(parts, anchor)
    }

    // ── Conditions ───────────────────────────────────────────────────────────────────────────

    fn step_guard(&mut self, pair: P<'_>) -> Option<StepCondition> {
        let mut parts = self.within(pair, &[Rule::step_guard])?;
        self.need(&mut parts, Rule::kw_if)?;
        let condition = self.need(&mut parts, Rule::step_condition)?;
        let condition = self.step_condition(condition)?;
        self.whole(parts, condition)
    }

    fn step_condition(&mut self, pair: P<'_>) -> Option<StepCondition> {
        let of = [Rule::step_condition, Rule::step_all_of];
        let all = pair.as_rule() == Rule::step_all_of;
        let at = self.at(&pair);
        let mut parts = Vec::new();
        for part in self.within(pair, &of)? {
            match part.as_rule() {
                Rule::kw_or | Rule::kw_and => {}
                Rule::step_all_of => parts.push(self.step_condition(part)?),
                Rule::step_negation => parts.push(self.step_negation(part)?),
                _ => return self.unknown(&part),
            }
        }
        if parts.len() == 1 {
            return parts.pop();
        }
        let kind = if all { StepConditionKind::All } else { StepConditionKind::Any };
        (!parts.is_empty()).then(|| StepCondition { kind: kind(parts), at })
    }

    fn step_negation(&mut self, pair: P<'_>) -> Option<StepCondition> {
        let at = self.at(&pair);
        let mut parts = self.within(pair, &[Rule::step_negation])?;
        let mut inner = parts.next()?;
        let mut nots = 0;
        while inner.as_rule() == Rule::kw_not {
            inner = parts.next()?;
            nots += 1;
        }
        let deeper = nots + usize::from(inner.as_rule() == Rule::step_group);
        if !self.goes_deeper(deeper, at) {
            return None;
        }
        let condition = match inner.as_rule() {
            Rule::step_group => {
                let mut group = inner.into_inner();
                let condition = group.next().and_then(|pair| self.step_condition(pair));
                condition.and_then(|condition| self.whole(group, condition))
            }
            Rule::step_test => self.step_test(inner),
            _ => self.unknown(&inner),
        };
        self.depth -= deeper;
        let negate =
            |condition, _| StepCondition { kind: StepConditionKind::Not(Box::new(condition)), at };
        Some((0..nots).fold(condition?, negate))
    }

    fn step_test(&mut self, pair: P<'_>) -> Option<StepCondition> {
        let at = self.at(&pair);
        let mut parts = self.within(pair, &[Rule::step_test])?;
        skip(&mut parts, &[Rule::article]);
        let inner = parts.next()?;
        let rule = inner.as_rule();
        let mut within = inner.clone().into_inner();
        let kind = match rule {
            Rule::sum_test => {
                let what = within.next()?;
                let open = match what.as_rule() {
                    Rule::kw_open_sum => true,
                    Rule::kw_total => false,
                    _ => return self.unknown(&what),
                };
                let comparator = self.need(&mut within, Rule::comparator)?;
                let comparator = self.comparator(&comparator)?;
                StepConditionKind::Sum { open, comparator, with: self.sum(&mut within)? }
            }
            Rule::sent_by => {
                self.need(&mut within, Rule::kw_sent_by)?;
                StepConditionKind::SentBy(self.name(&mut within)?)
            }
            Rule::step_done => {
                self.need(&mut within, Rule::kw_step)?;
                let name = self.name(&mut within)?;
                self.need(&mut within, Rule::kw_done)?;
                StepConditionKind::Done(name)
            }
            Rule::kw_is_sent
            | Rule::kw_is_received
            | Rule::kw_is_accepted
            | Rule::kw_is_rejected
            | Rule::kw_is_disputed
            | Rule::kw_is_promised
            | Rule::kw_is_paid_in_part => {
                StepConditionKind::Is(kinds::which(&Standing::ALL, kinds::of_standing, rule)?)
            }
            _ => return self.unknown(&inner),
        };
        self.whole(within, ())?;
        self.whole(parts, StepCondition { kind, at })
    }

    // ── Scenarios ────────────────────────────────────────────────────────────────────────────

    pub(super) fn invoice(&mut self, parts: &mut Pairs<'_, Rule>) -> Option<Invoice> {
        self.need(parts, Rule::kw_invoice)?;
        let total = self.sum(parts)?;
        self.need(parts, Rule::kw_dated)?;
        let date = self.need(parts, Rule::date)?;
        let date = self.date(date)?;
        let due = match take(parts, Rule::invoice_due) {
            None => None,
            Some(due) => {
                let mut parts = due.into_inner();
                skip(&mut parts, &[Rule::comma, Rule::kw_due_day, Rule::kw_the_day]);
                let day = self.need(&mut parts, Rule::date)?;
                let day = self.date(day)?;
                Some(self.whole(parts, day)?)
            }
        };
        Some(Invoice { total, date, due })
    }

    pub(super) fn invoice_event(&mut self, pair: P<'_>) -> Option<InvoiceEvent> {
        let mut outer = self.within(pair, &[Rule::invoice_event])?;
        let inner = outer.next()?;
        let rule = inner.as_rule();
        let mut parts = inner.clone().into_inner();
        let event = match rule {
            Rule::sent_event => match take(&mut parts, Rule::kw_sent_by) {
                Some(_) => InvoiceEvent::Sent(Some(self.name(&mut parts)?)),
                None => {
                    self.need(&mut parts, Rule::kw_is_sent)?;
                    InvoiceEvent::Sent(None)
                }
            },
            Rule::promised_event => {
                self.need(&mut parts, Rule::kw_is_promised)?;
                self.need(&mut parts, Rule::kw_until)?;
                let until = self.need(&mut parts, Rule::date)?;
                InvoiceEvent::Promised(self.date(until)?)
            }
            Rule::money_event => {
                let kind = parts.next()?;
                let kind = match kind.as_rule() {
                    Rule::kw_payment
                    | Rule::kw_returned
                    | Rule::kw_refund
                    | Rule::kw_written_off
                    | Rule::kw_moved => {
                        kinds::which(&MoneyKind::ALL, kinds::of_money, kind.as_rule())?
                    }
                    _ => return self.unknown(&kind),
                };
                InvoiceEvent::Money(kind, self.sum(&mut parts)?)
            }
            Rule::kw_undelivered
            | Rule::kw_is_received
            | Rule::kw_is_accepted
            | Rule::kw_is_rejected
            | Rule::kw_is_disputed
            | Rule::kw_resolved
            | Rule::kw_replaced
            | Rule::kw_handed_over
            | Rule::kw_taken_back => {
                InvoiceEvent::Plain(kinds::which(&PlainEvent::ALL, kinds::of_plain, rule)?)
            }
            _ => return self.unknown(&inner),
        };
        self.whole(parts, ())?;
        self.whole(outer, event)
    }
}
