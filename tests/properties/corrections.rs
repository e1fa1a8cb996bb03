//! Histories corrected after billing: events that come late, events withdrawn. What has been issued and
//! what is given come to what billing the corrected history from scratch comes to.

use crate::books::{book, one};
use crate::strategies::{config, pairs};
use jalon::eval::outstanding;
use jalon::{Event, EventKind, InvoiceLine, InvoiceLineKind};
use proptest::prelude::*;
use reference::rng::Rng;
use std::collections::BTreeMap;

/// What each line of a schedule comes to, and what stands on it.
type Net = BTreeMap<(String, String, String), i128>;

fn net<'l>(lines: impl IntoIterator<Item = &'l InvoiceLine>) -> Net {
    let mut net = Net::new();
    for line in lines {
        let amount: i128 = line.amount.replace('.', "").parse().expect("digits");
        let key = (line.case.clone(), line.line.clone(), line.label.clone());
        *net.entry(key).or_default() += amount;
    }
    net.retain(|_, amount| *amount != 0);
    net
}

/// Some events become known, and some that were are withdrawn.
fn learn(known: &mut Vec<Event>, events: &[Event], round: usize, rng: &mut Rng) {
    for (place, event) in events.iter().enumerate() {
        let known_already = known.iter().any(|known| known.id == event.id);
        if !known_already && (round == 4 || rng.chance(50)) {
            known.push(event.clone());
        } else if known_already && rng.chance(16) {
            let of = event.id.clone().expect("an id");
            let id = Some(format!("void-{round}-{place}"));
            known.push(Event { id, kind: EventKind::Void { of }, ..event.clone() });
        }
    }
}

proptest! {
    #![proptest_config(config(80))]

    #[test]
    fn corrections_come_to_what_billing_from_scratch_comes_to(
        pair in pairs(), seed in any::<u64>(),
    ) {
        let (book, events, as_of) = (book(&pair.source()), pair.events(), pair.as_of());
        let mut rng = Rng::new(seed);
        let mut issued: Vec<InvoiceLine> = Vec::new();
        let mut known: Vec<Event> = Vec::new();
        for round in 0..5 {
            learn(&mut known, &events, round, &mut rng);
            let Some(standing) = one(&book, &known, as_of) else { continue };
            let given = outstanding(&standing, &issued, as_of).expect("sound lines");
            for line in &given {
                prop_assert!(issued.iter().all(|old| old.id != line.id), "repeated");
                let credit = line.kind == InvoiceLineKind::Credit;
                prop_assert!(credit == line.credits.is_some());
                let says = |new: &&InvoiceLine| (&new.line, &new.label, &new.amount, new.date)
                    == (&line.line, &line.label, &line.amount, line.date);
                prop_assert!(credit || standing.iter().any(|new| says(&new)), "not standing");
            }
            issued.extend(given);
            prop_assert_eq!(net(&issued), net(&standing), "round {}", round);
            rng.shuffle(&mut issued);
            prop_assert_eq!(outstanding(&standing, &issued, as_of).expect("sound lines"), []);
        }
    }

    #[test]
    fn a_withdrawn_event_is_as_if_it_had_never_been_sent(pair in pairs(), which in any::<usize>()) {
        let (book, events, as_of) = (book(&pair.source()), pair.events(), pair.as_of());
        prop_assume!(events.len() > 1);
        let gone = events[which % events.len()].clone();
        // An event may have been sent twice: all its copies go with it.
        let left: Vec<Event> = events.iter().filter(|event| event.id != gone.id).cloned().collect();
        let of = gone.id.clone().expect("an id");
        let void = Event { id: None, kind: EventKind::Void { of }, ..gone };
        let mut voided = events.clone();
        voided.insert(which % voided.len(), void);
        let lines = one(&book, &left, as_of);
        // An id that stands for two contents is an error, withdrawn or not.
        let conflict = |event: &Event| events.iter().any(|e| e.id == event.id && e != event);
        if !events.iter().any(conflict) && !left.is_empty() {
            prop_assert_eq!(lines, one(&book, &voided, as_of));
        }
    }

    #[test]
    fn a_changed_issued_line_is_refused(pair in pairs(), which in any::<usize>()) {
        let (book, events, as_of) = (book(&pair.source()), pair.events(), pair.as_of());
        let lines = one(&book, &events, as_of).unwrap_or_default();
        prop_assume!(!lines.is_empty());
        let mut changed = lines.clone();
        changed[which % lines.len()].label.push('!');
        prop_assert!(outstanding(&lines, &changed, as_of).is_err());
    }
}

/// The rounds of corrections above come to credits, or they would show little.
#[test]
fn corrections_give_credits() {
    use reference::generate;
    let mut credits = 0;
    for seed in 0..150 {
        let (schedule, case) = generate::pair(seed);
        let plain = checks::agreement::Spelling {
            language: reference::write::Language::English,
            source: None,
            events: None,
        };
        let pair = crate::strategies::Pair { schedule, case, spelling: plain };
        let (book, events, as_of) = (book(&pair.source()), pair.events(), pair.as_of());
        let half = one(&book, &events[..events.len() / 2], as_of).unwrap_or_default();
        let Some(whole) = one(&book, &events, as_of) else { continue };
        let given = outstanding(&whole, &half, as_of).expect("sound lines");
        credits += given.iter().filter(|line| line.kind == InvoiceLineKind::Credit).count();
    }
    assert!(credits > 20, "{credits}");
}
