//! Two versions that bill otherwise only past a bound: a tier or a cap of an action, of the case or of each month, or the
//! cap of the price. In: pairs of schedules. Out: whether a case shows the difference.

use jalon::verify::versions::{Comparison, Options, Verdict, compare};
use jalon::{Lang, compile};

fn compared(sources: [&str; 2]) -> Comparison {
    let plans = sources.map(|source| {
        let compiled = compile("versions.jalon", source)
            .unwrap_or_else(|report| panic!("{source}\n{:?}", report.diagnostics));
        compiled.schedules.into_iter().next().expect("a schedule")
    });
    let [old, new] = &plans;
    compare(old, new, &Options { money: false, started: false, budget: 400_000 })
}

/// A schedule of one action: its price and the action.
fn schedule(lang: Lang, [price, action]: [&str; 2]) -> String {
    lang.pick(
        format!(
            "schedule \"S\"\n  price {price}\n  action \"Work\" {action}\n  balance \"Month\": work each month end, \
             stays open\n  balance \"End\": work on end or abandonment\n"
        ),
        format!(
            "échéancier \"S\"\n  tarif {price}\n  action \"Work\" {action}\n  solde \"Month\": réalisé à chaque fin de \
             mois, reste ouvert\n  solde \"End\": réalisé à la fin ou à l'abandon\n"
        ),
    )
}

#[test]
fn versions_that_differ_only_past_a_bound_are_told_with_a_case() {
    let fixed = "fixed 1000 EUR";
    let of_actions = "per action, in EUR, at most 900 EUR each month";
    let pairs: [[[&str; 2]; 2]; 14] = [
        // The rate past a monthly tier, where it ends, and whether it begins anew with each month.
        [
            [fixed, "hourly 70 up to 10 hours then 60, each month"],
            [fixed, "hourly 70 up to 10 hours then 55, each month"],
        ],
        [
            [fixed, "hourly 70 up to 10 hours then 60, each month"],
            [fixed, "hourly 70 up to 12 hours then 60, each month"],
        ],
        [
            [fixed, "hourly 0 up to 20 hours then 110, each month"],
            [fixed, "hourly 0 up to 20 hours then 110"],
        ],
        [
            [fixed, "hourly 70 up to 5 hours then 60 up to 90 hours then 50, each month"],
            [fixed, "hourly 70 up to 5 hours then 60 up to 90 hours then 49, each month"],
        ],
        [
            [fixed, "per \"page\" 0.05 up to 1000 then 0.03, each month"],
            [fixed, "per \"page\" 0.05 up to 900 then 0.03, each month"],
        ],
        // Caps, of the case and of each month.
        [
            [fixed, "hourly 70, at most 30 hours, each month"],
            [fixed, "hourly 70, at most 30.5 hours, each month"],
        ],
        [
            [fixed, "hourly 70, at most 30 hours, each month"],
            [fixed, "hourly 70, at most 30 hours"],
        ],
        [
            [fixed, "0.05 per \"page\", at most 500, each month"],
            [fixed, "0.05 per \"page\", each month, at most 501"],
        ],
        [
            [fixed, "flat 20, at most 3 times, each month"],
            [fixed, "flat 20, at most 4 times, each month"],
        ],
        [[fixed, "flat 20, at most 3 times, each month"], [fixed, "flat 20, at most 3 times"]],
        [[fixed, "hourly 70, at most 300 hours"], [fixed, "hourly 70"]],
        // The cap of a price per action.
        [
            [of_actions, "hourly 70"],
            ["per action, in EUR, at most 910 EUR each month", "hourly 70"],
        ],
        [[of_actions, "at cost"], ["per action, in EUR, at most 900 EUR", "at cost"]],
        [[of_actions, "flat 45"], ["per action, in EUR", "flat 45"]],
    ];
    for [old, new] in pairs {
        for [old, new] in [[old, new], [new, old]] {
            let sources = [old, new].map(|of| schedule(Lang::En, of));
            let found = compared(sources.each_ref().map(String::as_str));
            let told = format!("{old:?} {new:?}: {:?} {:?}", found.verdict, found.limit);
            assert_eq!(found.verdict, Verdict::Different, "{told}");
            let alone = found.lives.and_then(|lives| lives.example);
            let of_windows = || found.windows.iter().find_map(|window| window.example.clone());
            let example = alone.or_else(of_windows).unwrap_or_else(|| panic!("no case: {told}"));
            assert_ne!(example.totals[0], example.totals[1], "{told}");
        }
        // The same, however it is written, is not told as different.
        let turned =
            schedule(Lang::En, old).replace("on end or abandonment", "on abandonment or end");
        let same = compared([&schedule(Lang::En, old), &turned]);
        assert_ne!(same.verdict, Verdict::Different, "{old:?}");
    }
    let french = |at_most: &str| {
        let action = format!("horaire 70, au plus {at_most} heures, chaque mois");
        schedule(Lang::Fr, ["forfait 1000 EUR", &action])
    };
    let found = compared([&french("30"), &french("31")]);
    assert_eq!(found.verdict, Verdict::Different);
}
