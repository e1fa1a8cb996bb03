//! Which rule of the grammar is which milestone and which kind of thing with a name: read one way by the
//! reader, the other way by the printer, so that both agree.

use super::ast::{
    Civil, InvoiceDay, InvoiceField, Milestone, MoneyKind, PlainEvent, Standing, SubjectKind, Turn,
};
use super::grammar::Rule;

/// The keyword of a milestone.
pub fn of_milestone(milestone: Milestone) -> Rule {
    match milestone {
        Milestone::Signature => Rule::kw_signature,
        Milestone::Start => Rule::kw_start,
        Milestone::End => Rule::kw_end,
        Milestone::Abandonment => Rule::kw_abandonment,
    }
}

/// The keyword of a case that has come to a milestone.
pub fn of_reached(milestone: Milestone) -> Rule {
    match milestone {
        Milestone::Signature => Rule::kw_signed,
        Milestone::Start => Rule::kw_started,
        Milestone::End => Rule::kw_ended,
        Milestone::Abandonment => Rule::kw_abandoned,
    }
}

/// The milestone of a keyword.
pub fn milestone(rule: Rule) -> Option<Milestone> {
    Milestone::ALL.into_iter().find(|milestone| of_milestone(*milestone) == rule)
}

/// The milestone to which a case of this keyword has come.
pub fn reached(rule: Rule) -> Option<Milestone> {
    Milestone::ALL.into_iter().find(|milestone| of_reached(*milestone) == rule)
}

/// The keywords of a civil period: of its end, and of a price for each.
fn of_civil(civil: Civil) -> (Rule, Rule) {
    match civil {
        Civil::Month => (Rule::kw_month_end, Rule::kw_monthly),
        Civil::Quarter => (Rule::kw_quarter_end, Rule::kw_quarterly),
        Civil::Year => (Rule::kw_year_end, Rule::kw_yearly),
    }
}

/// The keyword of the end of a civil period.
pub fn of_period_end(civil: Civil) -> Rule {
    of_civil(civil).0
}

/// The keyword of a price for each civil period.
pub fn of_price_by(civil: Civil) -> Rule {
    of_civil(civil).1
}

/// The civil period at whose end a keyword stands.
pub fn period_end(rule: Rule) -> Option<Civil> {
    Civil::ALL.into_iter().find(|civil| of_period_end(*civil) == rule)
}

/// The civil period for which a keyword states a price.
pub fn period_of_price(rule: Rule) -> Option<Civil> {
    Civil::ALL.into_iter().find(|civil| of_price_by(*civil) == rule)
}

/// The keyword of what has a name.
pub fn of_subject(kind: SubjectKind) -> Rule {
    match kind {
        SubjectKind::Action => Rule::kw_action,
        SubjectKind::Deliverable => Rule::kw_deliverable,
        SubjectKind::Event => Rule::kw_event,
    }
}

/// The keyword after the name of what has happened.
pub fn of_happened(kind: SubjectKind) -> Rule {
    match kind {
        SubjectKind::Action => Rule::kw_done,
        SubjectKind::Deliverable => Rule::kw_received,
        SubjectKind::Event => Rule::kw_happened,
    }
}

/// Of what a rule has the name, as a trigger or an event.
pub fn subject(rule: Rule) -> Option<SubjectKind> {
    let named = |kind: SubjectKind| match kind {
        SubjectKind::Action => Rule::named_action,
        SubjectKind::Deliverable => Rule::named_deliverable,
        SubjectKind::Event => Rule::named_event,
    };
    SubjectKind::ALL.into_iter().find(|kind| named(*kind) == rule)
}

/// Of what a rule has the name, as something that has happened.
pub fn happened(rule: Rule) -> Option<SubjectKind> {
    let named = |kind: SubjectKind| match kind {
        SubjectKind::Action => Rule::action_done,
        SubjectKind::Deliverable => Rule::deliverable_received,
        SubjectKind::Event => Rule::event_happened,
    };
    SubjectKind::ALL.into_iter().find(|kind| named(*kind) == rule)
}

// ── Follow-ups ───────────────────────────────────────────────────────────────────────────────────

/// The keyword of a field of an invoice.
pub fn of_field(field: InvoiceField) -> Rule {
    match field {
        InvoiceField::Payer => Rule::kw_payer,
        InvoiceField::Schedule => Rule::kw_schedule,
        InvoiceField::Group => Rule::kw_group,
        InvoiceField::Customer => Rule::kw_customer,
    }
}

/// The keyword of what a step waits for.
pub fn of_turn(turn: Turn) -> Rule {
    match turn {
        Turn::Undelivered => Rule::kw_undelivered,
        Turn::Rejected => Rule::kw_rejection,
        Turn::Disputed => Rule::kw_dispute,
        Turn::Resolved => Rule::kw_resolved,
        Turn::PaidInPart => Rule::kw_part_payment,
        Turn::Overpaid => Rule::kw_overpaid,
        Turn::Settled => Rule::kw_settled,
    }
}

/// The keyword of a day of an invoice.
pub fn of_day(day: InvoiceDay) -> Rule {
    match day {
        InvoiceDay::Issued => Rule::kw_issue,
        InvoiceDay::Sent => Rule::kw_sending,
        InvoiceDay::Received => Rule::kw_receipt,
        InvoiceDay::Rejected => Rule::kw_rejection,
        InvoiceDay::Due => Rule::kw_due_day,
    }
}

/// The keyword of how an invoice stands.
pub fn of_standing(standing: Standing) -> Rule {
    match standing {
        Standing::Sent => Rule::kw_is_sent,
        Standing::Received => Rule::kw_is_received,
        Standing::Accepted => Rule::kw_is_accepted,
        Standing::Rejected => Rule::kw_is_rejected,
        Standing::Disputed => Rule::kw_is_disputed,
        Standing::Promised => Rule::kw_is_promised,
        Standing::PaidInPart => Rule::kw_is_paid_in_part,
    }
}

/// The keyword of an event with a sum.
pub fn of_money(kind: MoneyKind) -> Rule {
    match kind {
        MoneyKind::Payment => Rule::kw_payment,
        MoneyKind::Returned => Rule::kw_returned,
        MoneyKind::Refund => Rule::kw_refund,
        MoneyKind::WrittenOff => Rule::kw_written_off,
        MoneyKind::Moved => Rule::kw_moved,
    }
}

/// The keyword of an event of an invoice that says nothing else.
pub fn of_plain(kind: PlainEvent) -> Rule {
    match kind {
        PlainEvent::Undelivered => Rule::kw_undelivered,
        PlainEvent::Received => Rule::kw_is_received,
        PlainEvent::Accepted => Rule::kw_is_accepted,
        PlainEvent::Rejected => Rule::kw_is_rejected,
        PlainEvent::Disputed => Rule::kw_is_disputed,
        PlainEvent::Resolved => Rule::kw_resolved,
        PlainEvent::Replaced => Rule::kw_replaced,
        PlainEvent::HandedOver => Rule::kw_handed_over,
        PlainEvent::TakenBack => Rule::kw_taken_back,
    }
}

/// Which of these kinds a keyword stands for.
pub fn which<K: Copy>(all: &[K], keyword: fn(K) -> Rule, rule: Rule) -> Option<K> {
    all.iter().copied().find(|kind| keyword(*kind) == rule)
}
