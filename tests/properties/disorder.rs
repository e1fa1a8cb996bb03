//! Events of many cases in one file, in whatever order: each case has its own lines, in their order.

use super::books::histories;
use std::collections::BTreeMap;

/// Numbers that look random and are always the same.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % most
    }
}

/// Case names of every length, many alike but for one place.
fn name(case: usize) -> String {
    match case % 4 {
        0 => format!("D-{case:05}"),
        1 => format!("{case:05}-at-the-end-all-are-the-same"),
        2 => format!("the-first-sixteen-characters-are-the-same-{case}"),
        _ => case.to_string(),
    }
}

/// Which case each line is of: in no order, one after another, again and again in one order, in runs.
fn orders(dice: &mut Dice, cases: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..5_000).map(|_| dice.roll(cases)).collect();
    order.extend((0..cases).flat_map(|case| [case; 3]));
    (0..4).for_each(|_| order.extend(0..cases));
    order.extend((0..3_000).map(|_| dice.roll(cases)));
    // New cases among known ones, each twice at once.
    order.extend((0..2_000).flat_map(|place| [cases + place / 2, dice.roll(cases)]));
    order.extend((0..5_000).map(|_| dice.roll(2 * cases)));
    order
}

#[test]
fn each_case_has_its_own_lines_whatever_their_order() {
    for (seed, cases) in [(1, 1), (2, 7), (3, 300), (4, 1_500)] {
        let mut dice = Dice(seed);
        let (mut text, mut unreadable) = (String::new(), 0);
        let mut expected: BTreeMap<String, (Vec<String>, u64)> = BTreeMap::new();
        let mut first = Vec::new();
        for (line, case) in orders(&mut dice, cases).into_iter().enumerate() {
            let name = name(case);
            if line % 97 == 5 {
                text.push_str("nothing of a case\n");
                unreadable += 1;
                continue;
            }
            let (ids, faults) = expected.entry(name.clone()).or_insert_with(|| {
                first.push(name.clone());
                Default::default()
            });
            if line % 41 == 3 {
                text.push_str(&format!("{{\"case\":\"{name}\",\"date\":\"2025-13-01\"}}\n"));
                *faults += 1;
            } else {
                text.push_str(&format!(
                    "{{\"case\":\"{name}\",\"date\":\"2025-01-01\",\"kind\":\"start\",\"id\":\"e{line}\"}}\n"
                ));
                ids.push(format!("e{line}"));
            }
        }
        let read = histories(&text);
        assert_eq!(read.unreadable.count(), unreadable);
        let found: Vec<String> = read.cases().map(|case| case.name).collect();
        assert_eq!(found, first, "in the order of their first lines");
        for case in read.cases() {
            let ids: Vec<String> = case.events.into_iter().filter_map(|event| event.id).collect();
            let place = read.find(&case.name).and_then(|place| read.name_of(place));
            assert_eq!(place, Some(case.name.as_str()));
            assert_eq!(Some(&(ids, case.fault_count)), expected.get(&case.name), "{}", case.name);
        }
    }
}
