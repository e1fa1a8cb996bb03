//! Who owes what (§6): a sum goes in, each payer's part of it comes out. No part is lost or made.

use num_traits::Signed;

use super::rules::{Payer, Schedule, Share, Terms};
use crate::exact::{Exact, percent, round, whole, zero};

/// The payers of a case, the agreed shares among them; without payers, one who takes all.
#[must_use]
pub fn payers_of(schedule: &Schedule, opened: &Terms) -> Vec<Payer> {
    let mut payers = schedule.payers.clone();
    for (place, share) in &opened.shares {
        payers[*place].share = share.clone();
    }
    if payers.is_empty() {
        payers.push(Payer { name: String::new(), share: Share::Remainder, at_most: None });
    }
    payers
}

/// What each payer owes of it: the smallest of the share, the cap, and what is left.
#[must_use]
pub fn due(payers: &[Payer], owed: &Exact) -> Vec<Exact> {
    let below = owed.is_negative();
    let mut left = owed.abs();
    let all = left.clone();
    let mut parts = Vec::new();
    for payer in payers {
        let cap = payer.at_most.as_ref().filter(|_| !below);
        let share = match &payer.share {
            Share::Percent(p) => round(&(&all * percent(p)), 2),
            Share::Sum(sum) => all.clone().min(sum.clone()),
            Share::Agreed => unreachable!("the case states it"),
            Share::Remainder => left.clone(),
        };
        let capped = cap.map_or(share.clone(), |cap| share.min(cap.clone()));
        let part = capped.min(left.clone());
        left -= &part;
        parts.push(if below { -part } else { part });
    }
    parts
}

/// What is between two standings, payer by payer.
#[must_use]
pub fn between(payers: &[Payer], before: &Exact, after: &Exact) -> Vec<Exact> {
    let (before, after) = (due(payers, before), due(payers, after));
    after.iter().zip(&before).map(|(after, before)| after - before).collect()
}

/// All on one payer.
#[must_use]
pub fn all_on(payers: &[Payer], place: usize, amount: &Exact) -> Vec<Exact> {
    let part = |other| if other == place { amount.clone() } else { zero() };
    (0..payers.len()).map(part).collect()
}

/// Of the parts of a deposit, what stands on each payer once so much of the whole is taken: in
/// proportion, rounded, the last payer that has a part taking what is left.
#[must_use]
pub fn in_proportion(parts: &[Exact], taken: &Exact) -> Vec<Exact> {
    let all: Exact = parts.iter().fold(zero(), |sum, part| sum + part);
    let last = parts.iter().rposition(|part| *part != zero()).unwrap_or(0);
    let mut left = taken.clone();
    let mut shares = Vec::new();
    for (place, part) in parts.iter().enumerate() {
        let share = if place == last {
            left.clone()
        } else if all == whole(0) {
            zero()
        } else {
            round(&(part * taken / &all), 2)
        };
        left -= &share;
        shares.push(share);
    }
    shares
}
