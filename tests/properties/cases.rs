//! Many cases at once: each is billed as if it were alone, and every event is accounted for.

use crate::books::{Portfolio, billed, histories, ndjson, one};
use crate::strategies::{config, random_pairs};
use jalon::Date;
use jalon::feed::{Biller, Tally};
use proptest::prelude::*;

proptest! {
    #![proptest_config(config(8))]

    #[test]
    fn a_case_does_not_depend_on_others(pairs in prop::collection::vec(random_pairs(), 1..30)) {
        let as_of = Date::parse("2027-06-30").expect("a date");
        let portfolio = Portfolio::new(&pairs);
        let all = histories(&ndjson(&portfolio.interleaved()));
        let together = billed(&portfolio.book, &all, as_of);
        prop_assert_eq!(together.len(), portfolio.cases.len());
        for (events, lines) in portfolio.cases.iter().zip(&together) {
            prop_assert_eq!(&one(&portfolio.book, events, as_of), lines);
        }
    }

    #[test]
    fn every_event_is_accounted_for(pairs in prop::collection::vec(random_pairs(), 1..30)) {
        let as_of = Date::parse("2024-12-31").expect("a date");
        let portfolio = Portfolio::new(&pairs);
        let all = histories(&ndjson(&portfolio.interleaved()));
        let (mut biller, mut tally) = (Biller::new(&portfolio.book), Tally::default());
        for case in 0..all.case_count() {
            let events = all.event_count_of(case);
            match biller.bill(&all, case, as_of) {
                Ok(billed) => {
                    let without = billed.bill.notices.kept().iter().filter(|n| !n.kind.has_effect());
                    prop_assert!(without.count() as u64 <= events);
                    tally.bill(events, billed.bill.notices);
                }
                Err(_) => tally.withhold(events),
            }
        }
        prop_assert_eq!(tally.events(), all.event_count);
        prop_assert_eq!(tally.events(), tally.used + tally.without_effect + tally.withheld);
        prop_assert_eq!(
            tally.billed_cases + tally.withheld_cases,
            portfolio.cases.len() as u64
        );
    }
}
