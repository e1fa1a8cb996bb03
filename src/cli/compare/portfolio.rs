//! The cases of event files, billed on both versions.

use crate::cli::event_files::Events;
use crate::cli::isolation::isolated;
use crate::cli::output::Failure;
use crate::cli::threads::cases_in_order;
use crate::compare::{Portfolio, Sums, Version};
use crate::feed::{Book, Total};

/// Bills every case on both versions. One on which the program fails is withheld like any other.
pub fn portfolio(
    events: &Events<'_>,
    books: [&Book; 2],
    money: bool,
) -> Result<Portfolio, Failure> {
    let lang = events.lang;
    let mut progress = events.progress();
    let histories = events.told_cases(lang.pick("compare", "comparer"), &mut progress)?;
    let all = histories.case_count();
    let mut whole = Portfolio::default();
    cases_in_order(
        || events.threads(),
        0..all,
        || books.map(Version::new),
        |versions, cases| {
            let mut part = Portfolio::default();
            for case in cases {
                let name = histories.name_of(case).unwrap_or_default();
                let sides = versions.each_mut().map(|version| {
                    let billed =
                        isolated(Some(name), || version.bill(&histories, case, events.as_of, lang));
                    billed.unwrap_or_else(|| version.withhold(&histories, case, lang))
                });
                part.take(name, sides, money);
            }
            part
        },
        |part| {
            whole.join(part);
            progress.cases(whole.cases as u64, Some(all as u64), whole.withheld.len() as u64);
            Ok::<_, Failure>(())
        },
    )?;
    progress.clear();
    whole.unreadable = histories.unreadable.count();
    Ok(whole)
}

/// An amount of minor units in digits.
pub fn minor(amount_minor: i128, decimals: u32) -> String {
    Total { lines: 0, amount_minor, decimals }.to_string()
}

/// What is billed more, with its sign.
pub fn difference(old: i128, new: i128, decimals: u32) -> String {
    let more = new.saturating_sub(old);
    let sign = if more > 0 { "+" } else { "" };
    format!("{sign}{}", minor(more, decimals))
}

/// What both versions bill in all, and the difference.
pub fn shown(sums: &Sums) -> [String; 3] {
    let [old, new] = sums.minor;
    let show = |amount| minor(amount, sums.decimals);
    [show(old), show(new), difference(old, new, sums.decimals)]
}
