//! What has to hold for a step to fire: the conditions of a follow-up, and the turns of an invoice.

use super::{Evening, Life};
use crate::follow::evening::happens;
use crate::model::{FollowStep, Standing, StepCondition, Turn};
use crate::money::Money;

impl Evening<'_, '_> {
    pub(super) fn holds(&self, condition: &StepCondition, life: &Life) -> bool {
        match condition {
            StepCondition::Any(parts) => parts.iter().any(|part| self.holds(part, life)),
            StepCondition::All(parts) => parts.iter().all(|part| self.holds(part, life)),
            StepCondition::Not(part) => !self.holds(part, life),
            StepCondition::Open(comparator, sum) => {
                comparator.holds(Money(self.account.open), *sum)
            }
            StepCondition::Total(comparator, sum) => {
                comparator.holds(self.member.invoice.total, *sum)
            }
            StepCondition::Is(standing) => self.stands(*standing),
            StepCondition::SentBy(channel) => self.delivery.channels.iter().any(|by| by == channel),
            StepCondition::Done(step) => {
                life.steps.get(*step).is_some_and(|memory| memory.latest.is_some())
            }
        }
    }

    fn stands(&self, standing: Standing) -> bool {
        match standing {
            Standing::Sent => self.delivery.sent.is_some() && !self.delivery.undelivered,
            Standing::Received => self.delivery.received.is_some(),
            Standing::Accepted => self.delivery.rejected == Some(false),
            Standing::Rejected => self.delivery.rejected == Some(true),
            Standing::Disputed => self.delivery.disputed,
            Standing::Promised => self.is_promised(),
            Standing::PaidInPart => self.account.open > 0 && self.account.paid > 0,
        }
    }

    pub(super) fn is_promised(&self) -> bool {
        self.delivery.promised.is_some_and(|until| until >= self.day)
    }

    pub(super) fn turns(&self, turn: Turn, before: i64) -> bool {
        let (open, invoice) = (self.account.open, self.member.invoice);
        match turn {
            Turn::PaidInPart => self.account.paid_today && open > 0 && self.account.paid > 0,
            Turn::Overpaid => open < 0 && open < before,
            Turn::Settled => {
                open == 0 && before != 0 && !invoice.is_credit_note() && !self.account.replaced
            }
            Turn::Undelivered | Turn::Rejected | Turn::Disputed | Turn::Resolved => {
                happens(self.member, turn, self.day)
            }
        }
    }

    pub(super) fn condition_holds(&self, step: &FollowStep, life: &Life) -> bool {
        step.condition.as_ref().is_none_or(|condition| self.holds(condition, life))
    }
}
