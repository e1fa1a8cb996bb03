//! No reader gives a value for a pair of a rule that it does not know, and none keeps silent: each reader is
//! given a pair of every rule of the grammar.

use super::*;
use crate::diagnostic::Code;
use crate::syntax::fold::{Folded, fold};
use crate::syntax::grammar::Grammar;
use pest::Parser;

/// Items in which every rule of the grammar is read.
const SAMPLE: &str = r#"
schedule "Sample"
billed per case
price hourly 70 EUR, at least 3 hours
price fixed 1500 EUR
price per action, in EUR
action "Visit" hourly 70, ends case
planned 12 months
attendance in whole %
accepts leak on "C" "it ends"
deposit "A": flat 30 EUR on the signature
deposit "B": work itemised on end, stays open
balance "C": up to 30 % on event "X" or 3 months after the start if duration from 4 hours to under 10 months
balance "D": pro rata duration on deliverable "X" if not (attendance < 30 % and hours >= 1h30), stays open
balance "E": 30 % on action "Visit" if action "Visit" done or deliverable "X" received or event "X" happened
price monthly as agreed
price fixed as agreed, in EUR, at least 100 each month
action "Drive" 0.5 per "km", by 15 minutes, at most 3 times, vat 10 %
action "Words" per "word" 0.08 up to 100 then 0.07
action "Costs" 110 % of amount
payer "Fund": 70 %, at most 300 EUR, due 45 days then month end
payer "Other": remainder
vat exempt "Article"
vat 20 % included
payment due month end then 45 days
may be suspended
discount "D": 10 % on signature
balance "F": 95 % of progress each progress, beside the price, charged to "Other"
balance "G": 90 % in 9 parts on day 5 of each month, at most 9 times
balance "H": 10 EUR each 2 months from planned start if notice < 15 days and since signature < 14 days
balance "I": the price each quarter end, pro rata if signed before 2025-09-01
balance "J": 30 % on 30 days before planned start or 2025-01-01 and 2025-02-01 if action "Visit" done at least 3 times
scenario "S" for "Sample"
agreed price 1800
share "Fund" 65 %
planned start 2025-06-01
2025-02-03 amendment price 2000
2025-02-03 progress 35 %
2025-02-03 suspension
2025-02-03 action "Drive" quantity 12
expect 2025-02-03 "C" 1.50 from "Fund"
2025-02-03 action "Visit" 1.5 hours
2025-02-03 deliverable "X"
expect 2025-02-03 "C" -1.50
expect total 3
expect nothing
until 2025-02-03
"#;

/// A pair of this rule, and where its text begins; none for a rule that has none of its own.
fn pair_of(folded: &Folded, rule: Rule) -> Option<(P<'_>, usize)> {
    (0..folded.text.len()).filter(|at| folded.text.is_char_boundary(*at)).find_map(|at| {
        let text = folded.text.get(at..)?;
        let pair = Grammar::parse(rule, text).ok()?.next()?;
        (pair.as_rule() == rule).then_some((pair, at))
    })
}

type Reader = fn(&mut Builder<'_>, P<'_>) -> bool;

/// The readers, and the rules for which each has a value.
const READERS: &[(&str, Reader, &[Rule])] = &[
    (
        "item",
        |builder, pair| builder.item(pair).is_some(),
        &[
            Rule::schedule,
            Rule::unit,
            Rule::price,
            Rule::action,
            Rule::planned,
            Rule::whole_attendance,
            Rule::line,
            Rule::accepts,
            Rule::scenario,
            Rule::event,
            Rule::expect,
            Rule::until,
            Rule::payer,
            Rule::vat,
            Rule::payment,
            Rule::suspendable,
            Rule::agreed,
        ],
    ),
    (
        "price",
        |builder, pair| builder.price(pair).is_some(),
        &[Rule::fixed_price, Rule::hourly_price, Rule::action_price, Rule::period_price],
    ),
    ("bound", |builder, pair| builder.bound(pair).is_some(), &[Rule::hours_bound]),
    ("rate", |builder, pair| builder.rate(pair).is_some(), &[Rule::rate]),
    ("guard", |builder, pair| builder.guard(pair).is_some(), &[Rule::guard]),
    (
        "amount",
        |builder, pair| builder.amount_of(pair).is_some(),
        &[
            Rule::sum,
            Rule::work,
            Rule::kw_remainder,
            Rule::up_to,
            Rule::kw_nothing,
            Rule::pro_rata,
            Rule::flat_sum,
            Rule::progress,
            Rule::kw_the_price,
            Rule::misplaced_amount,
        ],
    ),
    (
        "moment",
        |builder, pair| builder.moment(pair).is_some(),
        &[
            Rule::kw_signature,
            Rule::kw_start,
            Rule::kw_end,
            Rule::kw_abandonment,
            Rule::kw_month_end,
            Rule::named_action,
            Rule::named_event,
            Rule::named_deliverable,
            Rule::date,
            Rule::dates,
            Rule::after,
            Rule::before,
            Rule::kw_quarter_end,
            Rule::kw_year_end,
            Rule::kw_progress,
        ],
    ),
    (
        "trigger",
        |builder, pair| builder.trigger(pair).is_some(),
        &[Rule::first_trigger, Rule::trigger],
    ),
    ("happening", |builder, pair| builder.happening(pair).is_some(), &[Rule::happening]),
    (
        "expect",
        |builder, pair| builder.expect(pair).is_some(),
        &[Rule::expected_line, Rule::expected_total, Rule::kw_nothing],
    ),
    (
        "measure",
        |builder, pair| builder.measure(pair).is_some(),
        &[Rule::hours, Rule::share, Rule::length, Rule::planned_quantity],
    ),
    (
        "unit of time, of hours or %",
        |builder, pair| builder.unit(pair).is_some(),
        &[
            Rule::percent_sign,
            Rule::unit_hour,
            Rule::unit_minute,
            Rule::unit_day,
            Rule::unit_week,
            Rule::unit_month,
            Rule::unit_year,
            Rule::misplaced_unit,
        ],
    ),
    ("condition", |builder, pair| builder.condition(pair).is_some(), &[Rule::condition]),
    ("negation", |builder, pair| builder.negation(pair).is_some(), &[Rule::negation]),
    ("test", |builder, pair| builder.test(pair).is_some(), &[Rule::test]),
    ("measured", |builder, pair| builder.measured(pair).is_some(), &[Rule::measured]),
];

#[test]
fn no_reader_has_a_value_for_what_it_does_not_know() {
    let folded = fold(SAMPLE);
    let mut pairs = 0;
    for rule in Rule::all_rules() {
        let Some((pair, offset)) = pair_of(&folded, *rule) else { continue };
        pairs += 1;
        for (name, reader, known) in READERS {
            let mut diagnostics = Vec::new();
            let mut builder = Builder {
                source: SAMPLE,
                quoted: &folded.quoted,
                places: folded.places(0, folded.text.len()),
                offset,
                lang: Lang::En,
                depth: 0,
                diagnostics: &mut diagnostics,
            };
            let read = reader(&mut builder, pair.clone());
            if known.contains(rule) {
                assert!(read && diagnostics.is_empty(), "{name} does not read {rule:?}");
                continue;
            }
            assert!(!read, "{name} has a value for {rule:?}");
            let faults = diagnostics.iter().all(|found| found.code == Code::ProgramFault);
            assert!(faults, "{name} blames the text for {rule:?}: {diagnostics:?}");
        }
    }
    assert!(pairs > 120, "{pairs}");
}

/// What an item ends with and no reader has taken is told, and the item is not used.
#[test]
fn what_is_left_over_is_told() {
    let folded = fold(SAMPLE);
    let (pair, offset) = pair_of(&folded, Rule::line).unwrap();
    let mut diagnostics = Vec::new();
    let mut builder = Builder {
        source: SAMPLE,
        quoted: &folded.quoted,
        places: folded.places(0, folded.text.len()),
        offset,
        lang: Lang::Fr,
        depth: 0,
        diagnostics: &mut diagnostics,
    };
    assert_eq!(builder.whole(pair.into_inner(), ()), None);
    assert_eq!(diagnostics.len(), 1);
    assert!(diagnostics.iter().all(|found| found.code == Code::ProgramFault), "{diagnostics:?}");
}
