//! What is proved of follow-ups against brute force: generated follow-ups, and random invoices with what happens to
//! them and to those that are linked to them, followed day by day by the naive reading.
//!
//! `JALON_FOLLOW_UPS` sets how many follow-ups are generated, `JALON_FOLLOW_LIVES` how many worlds of invoices each has,
//! `JALON_VERIFY_SEED` with which seed they begin.

use crate::from_environment;
use jalon::model::FollowHappening;
use jalon::verify::follow::{
    FollowKey, FollowOptions, FollowVerification, FollowWitness, verify_follow_up,
};
use jalon::verify::{FollowProperty, Verdict};
use reference::follow::evening::{Stands, accounts, stands};
use reference::follow::life::{Observed, Outcome, observe};
use reference::follow::random::world;
use reference::follow::rules::*;
use reference::follow::text;
use std::collections::BTreeMap;

/// So many days after all that happens, every day has come for which a generated step can wait, unless one fires within the
/// last days.
const SETTLES: u64 = 250;
/// Within so many days an endless step comes again.
const AGAIN: u64 = 100;

fn verified(follow_up: &FollowUp) -> Option<FollowVerification> {
    let source = text::source(std::slice::from_ref(follow_up));
    let compiled = jalon::compile("random.jalon", &source).ok()?;
    let options = FollowOptions { budget: 10_000, ..FollowOptions::default() };
    Some(verify_follow_up(compiled.follow_ups.first()?, &options))
}

fn verdict(of: &FollowVerification, property: FollowProperty) -> Verdict {
    of.proofs.iter().find(|proof| proof.property == property).expect("asked for").verdict
}

fn sums(condition: &Condition, open: &mut Vec<i64>, total: &mut Vec<i64>) {
    match condition {
        Condition::Open(_, sum) => open.push(*sum),
        Condition::Total(_, sum) => total.push(*sum),
        Condition::Is(_) | Condition::SentBy(_) | Condition::Done(_) => {}
        Condition::Not(of) => sums(of, open, total),
        Condition::And(one, other) | Condition::Or(one, other) => {
            sums(one, open, total);
            sums(other, open, total);
        }
    }
}

/// An invoice in its last evening, at other sums.
struct Evening<'a> {
    open: i64,
    total: i64,
    stands: &'a Stands,
    done: &'a std::collections::BTreeSet<usize>,
    paid_in_part: bool,
}

impl Evening<'_> {
    fn holds(&self, condition: &Condition) -> bool {
        let compare = |left: i64, how: &str, right: i64| match how {
            "<" => left < right,
            "<=" => left <= right,
            ">" => left > right,
            _ => left >= right,
        };
        match condition {
            Condition::Open(how, sum) => compare(self.open, how, *sum),
            Condition::Total(how, sum) => compare(self.total, how, *sum),
            Condition::SentBy(by) => self.stands.channels.contains(by),
            Condition::Done(at) => self.done.contains(at),
            Condition::Not(of) => !self.holds(of),
            Condition::And(one, other) => self.holds(one) && self.holds(other),
            Condition::Or(one, other) => self.holds(one) || self.holds(other),
            Condition::Is(what) => match *what {
                "sent" => self.stands.sent.is_some() && !self.stands.undelivered,
                "received" => self.stands.received.is_some(),
                "disputed" => self.stands.disputed,
                "promised" => false,
                "paid in part" => self.paid_in_part,
                answer => self.stands.answer == Some(answer),
            },
        }
    }
}

/// Whether only a sum keeps a step back.
fn kept_back_by_sums(step: &Step, evening: &Evening<'_>) -> bool {
    let Some(condition) = &step.condition else { return true };
    let (mut opens, mut totals) = (vec![1, 2], vec![0, 1]);
    sums(condition, &mut opens, &mut totals);
    let around = |of: Vec<i64>| of.into_iter().flat_map(|sum| [sum - 1, sum, sum + 1]);
    let opens: Vec<i64> = around(opens).filter(|open| *open > 0).collect();
    around(totals).filter(|total| *total >= 0).any(|total| {
        opens.iter().any(|open| Evening { open: *open, total, ..*evening }.holds(condition))
    })
}

/// The invoices of a world that are forgotten, though no dispute is open and no promise holds.
fn forgotten(world: &World, outcome: &Outcome, observed: &Observed) -> Vec<String> {
    // Invoices that replace one another in a circle have no account.
    let mut judged = world.clone();
    judged.invoices.retain(|invoice| !outcome.withheld.contains(&invoice.id));
    judged.events.retain(|event| !outcome.withheld.contains(&event.invoice));
    let accounts = accounts(&judged, world.as_of);
    let since = (world.as_of - chrono::Days::new(AGAIN)).to_string();
    let is_forgotten = |invoice: &&Invoice| {
        let Some((open, _)) = outcome.open.get(&invoice.id) else { return false };
        let Some(left) = observed.left.get(&invoice.id) else { return false };
        let promised = left.stands.promised.is_some_and(|until| until >= world.as_of);
        let taken_back = !left.handed_over && left.stands.collector.is_some();
        let comes = outcome.fired.iter().any(|(day, id, ..)| *id == invoice.id && *day > since);
        let held = left.stands.disputed || promised || left.handed_over || taken_back;
        if invoice.total < 0 || *open <= 0 || held || comes {
            return false;
        }
        let evening = Evening {
            open: *open,
            total: invoice.total,
            stands: &left.stands,
            done: &left.done,
            paid_in_part: accounts[&invoice.id].paid > 0,
        };
        let steps = &world.follow_up(invoice).unwrap().unwrap().steps;
        !left.waiting.iter().any(|step| kept_back_by_sums(&steps[*step], &evening))
    };
    world.invoices.iter().filter(is_forgotten).map(|invoice| invoice.id.clone()).collect()
}

/// What the lives of a world must not show.
fn contradicts(
    follow_up: &FollowUp,
    verification: &FollowVerification,
    world: &World,
) -> Option<String> {
    let (outcome, observed) = observe(world);
    let place = |label: &String| follow_up.steps.iter().position(|step| step.label == *label);
    for finding in &verification.findings {
        if let FollowKey::Never(step) = finding.key
            && outcome.fired.iter().any(|(_, _, label, _)| place(label) == Some(step))
        {
            return Some(format!("step {step} fires"));
        }
    }
    let proved = |property| verdict(verification, property) == Verdict::Proved;
    if proved(FollowProperty::PassedOver) && !observed.passed.is_empty() {
        return Some(format!("passed over: {:?}", observed.passed));
    }
    if proved(FollowProperty::Forgotten) {
        let forgotten = forgotten(world, &outcome, &observed);
        if !forgotten.is_empty() {
            return Some(format!("forgotten: {forgotten:?}"));
        }
    }
    None
}

/// The world of a witness, for the naive reading.
fn of_witness(follow_up: &FollowUp, witness: &FollowWitness) -> World {
    let day = |date: jalon::Date| date.to_string().parse::<Day>().unwrap();
    let lived = &witness.lived;
    let events = lived.events.iter().map(|(date, happening)| {
        let (kind, amount) = match happening {
            FollowHappening::Sent(_) => ("sent", 0),
            FollowHappening::Undelivered => ("undelivered", 0),
            FollowHappening::Received => ("received", 0),
            FollowHappening::Accepted => ("accepted", 0),
            FollowHappening::Rejected => ("rejected", 0),
            FollowHappening::Disputed => ("disputed", 0),
            FollowHappening::Resolved => ("resolved", 0),
            FollowHappening::Promised(_) => ("promised", 0),
            FollowHappening::Payment(sum) => ("payment", sum.0),
            FollowHappening::WrittenOff(sum) => ("written_off", sum.0),
            FollowHappening::TakenBack => ("taken_back", 0),
            other => panic!("no life has {other:?}"),
        };
        let channels = ["email", "paper", "portal"];
        let channel = if let FollowHappening::Sent(Some(by)) = happening {
            channels.into_iter().find(|known| known == by)
        } else {
            None
        };
        let until =
            if let FollowHappening::Promised(until) = happening { Some(day(*until)) } else { None };
        Event {
            invoice: "i0".to_owned(),
            date: day(*date),
            kind,
            id: None,
            channel,
            until,
            amount,
            other: String::new(),
        }
    });
    let invoice = Invoice {
        id: "i0".to_owned(),
        case: "K".to_owned(),
        payer: "Patient".to_owned(),
        date: day(lived.date),
        due: lived.due.map(day),
        total: lived.total.0,
        group: None,
        credits: Vec::new(),
    };
    World {
        follow_ups: vec![follow_up.clone()],
        invoices: vec![invoice],
        events: events.collect(),
        as_of: day(witness.as_of),
    }
}

/// What a witness does not show that it claims.
fn is_not_shown(follow_up: &FollowUp, key: FollowKey, witness: &FollowWitness) -> Option<String> {
    let mut world = of_witness(follow_up, witness);
    let (outcome, observed) = observe(&world);
    let shows = match key {
        FollowKey::PassedOver { step, by } => {
            observed.passed.iter().any(|(_, above, below)| (*above, *below) == (step, by))
        }
        FollowKey::BeforeReceipt(step) => {
            let label = &follow_up.steps[step].label;
            let mut fired = outcome.fired.iter().filter(|(_, _, of, _)| of == label);
            fired.any(|(day, ..)| {
                let evening = day.parse().unwrap();
                stands(&world, &world.invoices[0], evening).received.is_none()
            })
        }
        FollowKey::Forgotten(_) => {
            world.as_of = world.as_of + chrono::Days::new(SETTLES);
            let (outcome, observed) = observe(&world);
            !forgotten(&world, &outcome, &observed).is_empty()
        }
        FollowKey::Never(_) | FollowKey::GapOfPayer(_) => return None,
    };
    (!shows).then(|| format!("{key:?} does not show in {world:?}"))
}

/// A follow-up that every invoice takes.
fn follow_up(seed: u64) -> FollowUp {
    let mut follow_up = world(seed).follow_ups.swap_remove(0);
    (follow_up.payers, follow_up.group) = (Vec::new(), None);
    // Half of them end as a careful follow-up does; of others the first step has a twin.
    let last = match seed % 4 {
        0 => Trigger::Each(Length::Days(30), Anchor::Due),
        1 => Trigger::After(Length::Days(45), Anchor::Due),
        2 => {
            let twin = Step { label: "Twin".to_owned(), ..follow_up.steps[0].clone() };
            follow_up.steps.push(twin);
            return follow_up;
        }
        _ => return follow_up,
    };
    follow_up.steps.push(Step {
        label: "Last".to_owned(),
        triggers: vec![last],
        at_most: None,
        condition: None,
        hands_over: seed % 4 == 1,
    });
    follow_up
}

#[test]
fn what_is_proved_of_follow_ups_holds_in_every_life_that_is_tried() {
    let seed = from_environment("JALON_VERIFY_SEED", 1);
    let count = from_environment("JALON_FOLLOW_UPS", 60);
    let lives = from_environment("JALON_FOLLOW_LIVES", 4);
    let show = std::env::var_os("JALON_VERIFY_SHOW_UNKNOWN").is_some();
    let mut verdicts: BTreeMap<(FollowProperty, Verdict), u64> = BTreeMap::new();
    for number in 0..count {
        let seed = seed.wrapping_mul(1_000_003).wrapping_add(number);
        let follow_up = follow_up(seed);
        let source = text::source(std::slice::from_ref(&follow_up));
        let Some(verification) = verified(&follow_up) else { continue };
        for proof in &verification.proofs {
            *verdicts.entry((proof.property, proof.verdict)).or_default() += 1;
            if show && proof.verdict == Verdict::Unknown {
                println!("{:?} {:?}\n{source}", proof.property, proof.limit);
            }
        }
        for finding in &verification.findings {
            if let Some(witness) = &finding.witness {
                let wrong = is_not_shown(&follow_up, finding.key, witness);
                assert!(wrong.is_none(), "{}\n{source}", wrong.unwrap_or_default());
            }
        }
        for life in 0..lives {
            let mut world = world(seed.wrapping_mul(7_919).wrapping_add(life));
            world.follow_ups = vec![follow_up.clone()];
            let last = world.events.iter().map(|event| event.date);
            let last = last.chain(world.invoices.iter().map(|invoice| invoice.date)).max();
            world.as_of = last.unwrap() + chrono::Days::new(SETTLES);
            if let Some(wrong) = contradicts(&follow_up, &verification, &world) {
                panic!(
                    "{wrong}\n{source}\n{}\n{}\n{:?}",
                    text::invoices(&world).join("\n"),
                    text::events(&world).join("\n"),
                    verification.proofs,
                );
            }
        }
    }
    if show {
        println!("{verdicts:?}");
    }
    // A proof that never proves, or never refutes, would agree with everything.
    let least = |property, verdict, least: u64| {
        let found = verdicts.get(&(property, verdict)).copied().unwrap_or(0);
        assert!(found * 1_000 >= least * count, "{property:?} {verdict:?}: {found} of {count}");
    };
    for property in [FollowProperty::Never, FollowProperty::PassedOver, FollowProperty::Forgotten] {
        least(property, Verdict::Proved, 20);
        least(property, Verdict::Refuted, 20);
    }
}
