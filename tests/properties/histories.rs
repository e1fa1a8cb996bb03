//! One history told in other ways: in another order, with copies, up to an earlier day.

use crate::books::{book, one};
use crate::strategies::{config, pairs};
use jalon::Event;
use proptest::prelude::*;
use reference::rng::Rng;

/// The events in another order, those of one day in their own.
fn shuffled(events: &[Event], seed: u64) -> Vec<Event> {
    let mut shuffled = events.to_vec();
    Rng::new(seed).shuffle(&mut shuffled);
    let mut left = events.to_vec();
    for event in &mut shuffled {
        let next = left.iter().position(|other| other.date == event.date).expect("as many");
        *event = left.remove(next);
    }
    shuffled
}

proptest! {
    #![proptest_config(config(80))]

    #[test]
    fn the_order_of_input_counts_within_a_day_only(pair in pairs(), seed in any::<u64>()) {
        let (book, events, as_of) = (book(&pair.source()), pair.events(), pair.as_of());
        let lines = one(&book, &events, as_of);
        prop_assert_eq!(lines, one(&book, &shuffled(&events, seed), as_of));
    }

    #[test]
    fn an_event_that_is_sent_again_counts_once(pair in pairs(), seed in any::<u64>()) {
        let (book, events, as_of) = (book(&pair.source()), pair.events(), pair.as_of());
        let lines = one(&book, &events, as_of);
        let doubled: Vec<Event> = events.iter().chain(&shuffled(&events, seed)).cloned().collect();
        prop_assert_eq!(&lines, &one(&book, &doubled, as_of));
        let mut some = events.clone();
        let mut rng = Rng::new(seed);
        some.extend(events.iter().filter(|_| rng.chance(30)).cloned());
        prop_assert_eq!(&lines, &one(&book, &some, as_of));
    }

    #[test]
    fn an_earlier_date_gives_a_prefix(pair in pairs()) {
        let (book, events, as_of) = (book(&pair.source()), pair.events(), pair.as_of());
        let Some(lines) = one(&book, &events, as_of) else { return Ok(()) };
        for date in lines.iter().map(|line| line.date) {
            for earlier in [date, date.pred()] {
                let seen = lines.iter().filter(|line| line.date <= earlier).cloned().collect();
                prop_assert_eq!(one(&book, &events, earlier), Some(seen));
            }
        }
    }
}
