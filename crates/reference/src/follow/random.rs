//! Random follow-ups, invoices and events.

use super::rules::*;
use crate::rng::Rng;
use chrono::Days;

const PAYERS: [&str; 3] = ["Patient", "Fund", "Insurer"];
const TURNS: [&str; 7] =
    ["undelivered", "rejected", "disputed", "resolved", "paid in part", "overpaid", "settled"];
const STATES: [&str; 7] =
    ["sent", "received", "accepted", "rejected", "disputed", "promised", "paid in part"];
const CHANNELS: [&str; 3] = ["email", "paper", "portal"];
const SUMS: [i64; 5] = [1, 500, 1000, 4000, 10000];

pub fn world(seed: u64) -> World {
    let mut rng = Rng::new(seed);
    let count = rng.between(1, 2);
    let mut follow_ups: Vec<FollowUp> = (0..count).map(|at| follow_up(&mut rng, at)).collect();
    if rng.chance(95)
        && count == 2
        && follow_ups[0].payers.is_empty() == follow_ups[1].payers.is_empty()
    {
        follow_ups[1].payers = vec!["Fund".to_owned()];
        follow_ups[0].payers.clear();
        follow_ups[0].group = None;
    }
    let start = Day::from_ymd_opt(2024, 1, 25).unwrap();
    let day =
        |rng: &mut Rng, most: i64| start + Days::new(u64::try_from(rng.between(0, most)).unwrap());
    let mut invoices: Vec<Invoice> = (0..rng.between(1, 4))
        .map(|at| {
            let date = day(&mut rng, 30);
            let note = at > 0 && rng.chance(15);
            let total = *rng.pick(&SUMS);
            Invoice {
                id: format!("i{at}"),
                case: (*rng.pick(&["K", "L"])).to_owned(),
                payer: (*rng.pick(&PAYERS)).to_owned(),
                date,
                due: rng.chance(40).then(|| date + Days::new(rng.below(40) as u64)),
                total: if note { -total } else { total },
                group: rng.chance(30).then(|| "North".to_owned()),
                credits: Vec::new(),
            }
        })
        .collect();
    for at in 0..invoices.len() {
        let note = invoices[at].clone();
        let same: Vec<String> = invoices
            .iter()
            .filter(|of| of.case == note.case && of.payer == note.payer && of.id != note.id)
            .map(|of| of.id.clone())
            .collect();
        if note.total < 0 && !same.is_empty() && rng.chance(50) {
            invoices[at].credits = vec![rng.pick(&same).clone()];
        }
    }
    let mut events: Vec<Event> = Vec::new();
    for number in 0..rng.between(0, 12) {
        let of = rng.pick(&invoices).clone();
        let mut event = event(&mut rng, &of, &invoices, number);
        event.date = day(&mut rng, 110);
        if event.kind == "promised" {
            let longer = rng.below(20) as u64;
            event.until = Some(event.date + Days::new(longer));
        }
        events.push(event);
    }
    let voided: Vec<Event> = events.iter().filter(|event| event.id.is_some()).cloned().collect();
    if !voided.is_empty() && rng.chance(30) {
        let of = rng.pick(&voided).clone();
        let date = day(&mut rng, 110);
        let other = of.id.clone().unwrap();
        events.push(Event { kind: "void", date, id: None, other, ..of });
        let void = events.last_mut().unwrap();
        (void.channel, void.until, void.amount) = (None, None, 0);
    }
    rng.shuffle(&mut events);
    let as_of = day(&mut rng, 180);
    World { follow_ups, invoices, events, as_of }
}

fn event(rng: &mut Rng, of: &Invoice, invoices: &[Invoice], number: i64) -> Event {
    let kinds = super::evening::ORDER;
    let weights = [4, 3, 2, 1, 2, 2, 2, 2, 4, 1, 1, 1, 2, 1, 1, 1];
    let mut kind = kinds[rng.weighted(&weights)];
    let others: Vec<&Invoice> = invoices.iter().filter(|other| other.id != of.id).collect();
    if ["moved", "replaced"].contains(&kind) && others.is_empty() {
        kind = "payment";
    }
    let money = ["payment", "returned", "refund", "written_off", "moved"].contains(&kind);
    let amount = if rng.chance(40) { of.total.abs() } else { *rng.pick(&SUMS) };
    let linked = ["moved", "replaced"].contains(&kind);
    Event {
        invoice: of.id.clone(),
        date: of.date,
        kind,
        id: rng.chance(40).then(|| format!("e{number}")),
        channel: (kind == "sent").then(|| *rng.pick(&CHANNELS)),
        until: None,
        amount: if money { amount } else { 0 },
        other: if linked { rng.pick(&others).id.clone() } else { String::new() },
    }
}

fn follow_up(rng: &mut Rng, at: i64) -> FollowUp {
    let count = 1 + rng.below(5);
    let payers: Vec<String> =
        PAYERS.iter().filter(|_| rng.chance(50)).map(|payer| (*payer).to_owned()).collect();
    let term = rng.chance(85).then(|| (rng.below(40) as u32, rng.chance(30)));
    FollowUp {
        name: format!("Follow-up {at}"),
        payers: if rng.chance(50) { payers } else { Vec::new() },
        group: rng.chance(15).then(|| "North".to_owned()),
        term,
        steps: (0..count).map(|at| step(rng, at, count)).collect(),
    }
}

fn step(rng: &mut Rng, at: usize, count: usize) -> Step {
    // The first step does not wait for others, so that none waits for itself alone.
    let triggers: Vec<Trigger> =
        (0..1 + usize::from(rng.chance(20))).map(|_| trigger(rng, at)).collect();
    let repeats = triggers.iter().any(|trigger| matches!(trigger, Trigger::Each(..)));
    Step {
        label: format!("Step {at}"),
        at_most: (repeats && rng.chance(60)).then(|| 1 + rng.below(3) as u32),
        triggers,
        condition: rng.chance(50).then(|| condition(rng, count, 2)),
        hands_over: rng.chance(12),
    }
}

fn length(rng: &mut Rng, least: u32) -> Length {
    if rng.chance(15) {
        Length::Months(1 + rng.below(2) as u32)
    } else {
        Length::Days(least + rng.below(25) as u32)
    }
}

fn trigger(rng: &mut Rng, at: usize) -> Trigger {
    let anchors = [Anchor::Issued, Anchor::Sent, Anchor::Received, Anchor::Rejected, Anchor::Due];
    let anchor = |rng: &mut Rng| {
        if at > 0 && rng.chance(35) { Anchor::Step(rng.below(at)) } else { *rng.pick(&anchors) }
    };
    match rng.weighted(&[3, 5, 2, 2]) {
        0 => Trigger::On(rng.pick::<&str>(&TURNS)),
        1 => Trigger::After(length(rng, 0), anchor(rng)),
        2 => Trigger::Each(length(rng, 1), anchor(rng)),
        _ => Trigger::BeforeDue(length(rng, 0)),
    }
}

fn condition(rng: &mut Rng, count: usize, depth: usize) -> Condition {
    let comparators = ["<", "<=", ">", ">="];
    let deeper = |rng: &mut Rng| Box::new(condition(rng, count, depth - 1));
    match rng.weighted(&[3, 1, 5, 1, 2, if depth > 0 { 3 } else { 0 }, depth, depth]) {
        0 => Condition::Open(rng.pick::<&str>(&comparators), *rng.pick(&SUMS)),
        1 => Condition::Total(rng.pick::<&str>(&comparators), *rng.pick(&SUMS)),
        2 => Condition::Is(rng.pick::<&str>(&STATES)),
        3 => Condition::SentBy(rng.pick::<&str>(&CHANNELS)),
        4 => Condition::Done(rng.below(count)),
        5 => Condition::Not(deeper(rng)),
        6 => Condition::And(deeper(rng), deeper(rng)),
        _ => Condition::Or(deeper(rng), deeper(rng)),
    }
}
