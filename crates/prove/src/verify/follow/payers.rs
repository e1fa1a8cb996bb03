//! Whether each payer of a schedule has a follow-up.
//!
//! In: a schedule, and the follow-ups that are looked at together with it. Out: the payers whose invoices none takes. It
//! is the evaluator that chooses: an invoice that states neither group nor customer meets the fewest, so that whoever
//! has a follow-up then always has one.

use super::{FollowFinding, FollowKey, FollowProof, FollowVerification};
use crate::calendar::Date;
use crate::follow::{Invoice, Place, chosen};
use crate::model::{FollowProperty, FollowUp, Schedule};
use crate::money::{Currency, Money};
use crate::verify::Verdict;

/// The payers of a schedule that no follow-up is for; nothing is said of a schedule without payers, or where there
/// are no follow-ups.
pub fn without_follow_up(
    schedule: &Schedule,
    follow_ups: &[&FollowUp],
) -> Option<FollowVerification> {
    let names = &schedule.second.as_ref()?.payer_names;
    if names.is_empty() || follow_ups.is_empty() {
        return None;
    }
    let invoice = |payer: &String| Invoice {
        invoice_id: "1".to_owned(),
        number: "1".to_owned(),
        case: "1".to_owned(),
        payer: payer.clone(),
        date: Date::MIN,
        due: Some(Date::MIN),
        total: Money(1),
        currency: Currency::EURO,
        group: None,
        customer: None,
        schedule: Some(schedule.name.clone()),
        payer_name: None,
        credits: Vec::new(),
        others: Default::default(),
        place: Place::default(),
    };
    // Two with as many criteria are another mistake, which `check` tells.
    let has_none = |payer: &String| matches!(chosen(follow_ups, &invoice(payer)), Ok(None));
    let findings: Vec<FollowFinding> = (0..)
        .zip(names)
        .filter(|(_, payer)| has_none(payer))
        .map(|(place, _)| FollowFinding { key: FollowKey::GapOfPayer(place), witness: None })
        .collect();
    let verdict = if findings.is_empty() { Verdict::Proved } else { Verdict::Refuted };
    let property = FollowProperty::GapOfPayer;
    let proof =
        FollowProof { property, verdict, looked_at: names.len(), limit: None, aside: Vec::new() };
    Some(FollowVerification { findings, unused: Vec::new(), proofs: vec![proof] })
}
