//! Holes in ladders that no proof covers: `jalon verify` tries lives at each bound of a condition, right below and right above it.

use crate::program::{file, jalon};

/// What is said of a ladder of two balances on abandonment. The discount, which nobody gets, keeps it from being covered by a
/// proof.
fn verified(name: &str, stated: &str, lower: &str, upper: &str) -> String {
    let text = format!(
        "schedule \"Room\"\n  price fixed 800 EUR\n{stated}  discount \"Early\": 1 EUR on signature if signed before 2020-01-01\n  \
         balance \"Room\": 100 % on end\n  balance \"Late\": up to 50 % on abandonment if {lower}\n  \
         balance \"Left\": up to 10 % on abandonment if {upper}\n"
    );
    jalon(&["verify", &file(&format!("verify-bounds-{name}"), "room.jalon", text)]).out
}

const LEAK: &str = "warning[leak]: a case that comes to its abandonment may never be closed";

/// For each measure: a ladder without a hole, one whose bound itself is left out, one with a hole between two bounds, and what the
/// cases that show these have.
#[test]
fn a_hole_at_a_bound_is_found_whatever_is_measured() {
    for (name, stated, lower, [whole, at, between], [shown_at, shown_between]) in [
        (
            "notice",
            "",
            "notice < 7 days",
            ["notice >= 7 days", "notice > 7 days", "notice > 10 days"],
            [
                "planned start 2019-11-01\n    2019-10-25\n",
                "planned start 2019-11-01\n    2019-10-25\n",
            ],
        ),
        (
            "notice-in-months",
            "",
            "notice < 1 month",
            ["notice >= 1 month", "notice > 1 month", "notice >= 2 months"],
            [
                "planned start 2019-11-01\n    2019-10-01\n",
                "planned start 2019-11-01\n    2019-10-01\n",
            ],
        ),
        (
            "duration",
            "",
            "not started or duration < 3 months",
            ["duration >= 3 months", "duration > 3 months", "duration >= 5 months"],
            ["2020-02-01", "2020-03-01"],
        ),
        (
            "since-signature",
            "",
            "not signed or since signature <= 14 days",
            [
                "since signature > 14 days",
                "since signature >= 16 days",
                "since signature > 20 days",
            ],
            ["2019-11-16", "2019-11-16"],
        ),
        (
            "since-action",
            "",
            "not action \"S\" done or since action \"S\" < 14 days",
            [
                "since action \"S\" >= 14 days",
                "since action \"S\" > 14 days",
                "since action \"S\" > 20 days",
            ],
            ["2019-11-15", "2019-11-15"],
        ),
        (
            "hours",
            "",
            "hours <= 10 hours",
            ["hours > 10 hours", "hours >= 10.5 hours", "hours >= 12 hours"],
            ["Session (10.01 h)", "Session (10.01 h)"],
        ),
        (
            "attendance",
            "  planned 30 hours\n",
            "attendance < 80 %",
            ["attendance >= 80 %", "attendance > 80 %", "attendance > 90 %"],
            ["Session (24 h)", "Session (24 h)"],
        ),
        (
            "progress",
            "",
            "progress < 50 %",
            ["progress >= 50 %", "progress > 50 %", "progress > 60 %"],
            ["progress 50 %", "progress 50 %"],
        ),
        (
            "times",
            "",
            "not action \"S\" done at least 3 times",
            [
                "action \"S\" done at least 3 times",
                "action \"S\" done at least 4 times",
                "action \"S\" done at least 5 times",
            ],
            ["(4 events)", "(4 events)"],
        ),
        (
            "date",
            "",
            "date before 2025-09-01",
            ["date from 2025-09-01", "date from 2025-09-02", "date from 2025-10-01"],
            ["2025-09-01", "2025-09-"],
        ),
        (
            "day-of-the-start",
            "",
            "not started or started before 2025-09-01",
            ["started from 2025-09-01", "started from 2025-09-02", "started from 2025-10-01"],
            ["2025-09-01", "2025-09-"],
        ),
    ] {
        let out = verified(name, stated, lower, whole);
        assert!(out.contains("0 errors, 0 warnings"), "{lower} / {whole}\n{out}");
        for (upper, shown) in [(at, shown_at), (between, shown_between)] {
            let out = verified(name, stated, lower, upper);
            assert!(out.starts_with(LEAK), "{lower} / {upper}\n{out}");
            assert!(out.contains(shown), "{lower} / {upper}: {shown}\n{out}");
        }
    }
}

/// A case may start before it is planned to, and end later than that.
#[test]
fn cases_that_keep_no_plan_are_tried() {
    let out = verified("early", "", "not started", "started and notice <= 0 days");
    assert!(out.starts_with(LEAK), "{out}");
    assert!(out.contains("planned start 2019-11-01\n    2019-06-30    2019-10-31\n"), "{out}");
    let out = verified("early-whole", "", "not started", "started");
    assert!(out.contains("0 errors, 0 warnings"), "{out}");
    let text = "schedule \"Room\"\n  price fixed 800 EUR\n  deposit \"Hold\": 30 % 30 days before planned start\n  \
                deposit \"More\": 30 % on start\n  balance \"Room\": 100 % on end if not since planned end > 14 days\n  \
                balance \"Left\": up to 50 % on abandonment\n";
    let out = jalon(&["verify", &file("verify-bounds-late", "room.jalon", text)]).out;
    assert!(out.contains("a case that comes to its end may never be closed"), "{out}");
}

/// A case that never starts was not to end before it was to start.
#[test]
fn no_case_is_planned_to_end_before_its_start() {
    let text = "schedule \"Room\"\n  price fixed 800 EUR\n  deposit \"Hold\": 30 % 30 days before planned start\n  \
                deposit \"More\": 30 % on start\n  balance \"Room\": 100 % on end\n  \
                balance \"Left\": up to 50 % on abandonment if started or not since planned end > 14 days\n";
    let out = jalon(&["verify", &file("verify-bounds-planned", "room.jalon", text)]).out;
    assert!(out.starts_with(LEAK), "{out}");
    let planned = "planned start 2024-09-15\n    planned end 2025-01-15\n    2025-01-30\n";
    assert!(out.contains(planned), "{out}");
}

/// What is asked when progress is reported is tried then.
#[test]
fn a_bound_is_tried_when_progress_is_reported() {
    let text = "schedule \"Room\"\n  price fixed 800 EUR\n  discount \"Early\": 1 EUR on signature if signed before 2020-01-01\n  \
                installment \"Bonus\": 900 EUR on progress if since start >= 100 days and since start < 101 days\n  \
                balance \"Room\": nothing on end or abandonment\n";
    let out = jalon(&["verify", &file("verify-bounds-progress", "room.jalon", text)]).out;
    assert!(out.starts_with("error[overbilling]"), "{out}");
    assert!(out.contains("2019-11-01    2020-02-09\n"), "{out}");
}

/// Where there are more bounds than lives, long lives are tried, too.
#[test]
fn many_bounds_leave_room_for_long_lives() {
    let rungs = (0..20).map(|rung| {
        let (from, under) = (2 * rung + 3, 2 * rung + 4);
        format!(
            "  balance \"B{rung}\": up to 50 % on abandonment if hours >= {from} hours and hours < {under} hours\n"
        )
    });
    let text = format!(
        "schedule \"Room\"\n  price fixed 800 EUR\n  discount \"Early\": 1 EUR on signature if signed before 2020-01-01\n  \
         installment \"Each\": 80 EUR each action \"S\"\n{}  balance \"Room\": nothing on end\n",
        rungs.collect::<String>()
    );
    let schedule = file("verify-bounds-many", "room.jalon", text);
    let out = jalon(&["verify", "--budget", "2000", &schedule]).out;
    assert!(out.contains("can bill 880.00 EUR for a price of 800.00 EUR"), "{out}");
    assert!(out.contains("(200 situations looked at)"), "{out}");
}

/// Where what a line waits for is work itself, its own hours count among those at the bound.
#[test]
fn the_hours_of_what_a_line_waits_for_count() {
    for actions in [["Other", "Coaching"], ["Coaching", "Other"]] {
        let [first, second] = actions;
        let text = format!(
            "schedule \"Room\"\n  price per action, in EUR\n  action \"{first}\" hourly 70\n  action \"{second}\" hourly 70\n  \
             discount \"Bonus\": 5 EUR on action \"Coaching\" if hours >= 9.5 hours and hours <= 9.6 hours\n  \
             installment \"Work\": work on month end\n  balance \"Rest\": work on end or abandonment\n"
        );
        let out = jalon(&["verify", &file("verify-bounds-own-hours", "room.jalon", text)]).out;
        let proved = |line: &str| line.starts_with("✓") && line.ends_with("dead-line");
        assert!(out.lines().any(proved), "{out}");
    }
}

/// Help about sums that may come on top of the price agrees with how many there are.
#[test]
fn help_on_sums_beside_the_price_agrees_in_number() {
    let one = "schedule \"S\"\n  price fixed 800 EUR\n  installment \"Fee\": 40 EUR on start\n  balance \"All\": 100 % on end\n  \
               balance \"Left\": nothing on abandonment\n";
    let two = one
        .replace("  balance \"All\"", "  installment \"Kit\": 30 EUR on start\n  balance \"All\"");
    let each = "schedule \"S\"\n  price fixed 3000 EUR\n  installment \"Monthly\": 100 % in 10 parts on day 5 of each month\n  \
                installment \"Canteen\": 4.85 EUR each action \"Meal\"\n  balance \"Left\": nothing on abandonment\n";
    let works = "schedule \"S\"\n  price fixed 10000 EUR\n  deposit \"Ac\": 30 % on signature\n  \
                 installment \"Sit\": 95 % of progress each progress\n  balance \"Rest\": remainder on end\n  \
                 balance \"Left\": up to 30 % on abandonment\n";
    for (number, text, lang, says) in [
        (
            4,
            each,
            "en",
            "where what `Canteen` bills comes on top of the price, end its line with `, beside the price`",
        ),
        (
            5,
            each,
            "fr",
            "si ce que facture `Canteen` s'ajoute au prix, terminez sa ligne par `, en sus du prix`",
        ),
        (
            6,
            works,
            "en",
            "where `Sit` is to deduct the deposit, make it a balance that stays open: `balance \"Sit\": …, stays open`",
        ),
        (
            7,
            works,
            "fr",
            "si `Sit` doit déduire l'acompte, faites-en un solde qui reste ouvert : `solde \"Sit\": …, reste ouvert`",
        ),
        (
            0,
            one,
            "en",
            "where what `Fee` bills comes on top of the price, end its line with `, beside the price`",
        ),
        (
            1,
            &two,
            "en",
            "where what `Fee` and `Kit` bill comes on top of the price, end their lines with `, beside the price`",
        ),
        (
            2,
            one,
            "fr",
            "si ce que facture `Fee` s'ajoute au prix, terminez sa ligne par `, en sus du prix`",
        ),
        (
            3,
            &two,
            "fr",
            "si ce que facturent `Fee` et `Kit` s'ajoute au prix, terminez leurs lignes par `, en sus du prix`",
        ),
    ] {
        let schedule = file(&format!("verify-on-top-{number}"), "s.jalon", text);
        let out = jalon(&["verify", "--lang", lang, &schedule]).out;
        assert!(out.contains(says), "{says}\n{out}");
    }
}

/// Whether a case is ever closed is asked of lives that leave different things open, and not of the first few alone: with any
/// budget the same is found.
#[test]
fn what_stays_open_is_found_whatever_else_stays_open() {
    let plain = "schedule \"S\"\n  price fixed 1000 EUR\n  deposit \"D\": 250 EUR on signature\n  \
         installment \"P\": 10 % 30 days after start if progress >= 100 %\n  \
         balance \"Left\": up to 50 % on abandonment if since signature < 14 days\n  balance \"End\": 100 % on end\n";
    let monthly = "schedule \"S\"\n  price monthly 100 EUR\n  \
         installment \"L1\": price each month end, at most 3 times if signed before 2026-02-01\n  \
         deposit \"L2\": 50 EUR each month after start if duration < 2 months, at most 3 times\n  \
         balance \"L4\": nothing on end\n  balance \"L5\": nothing on abandonment if notice >= 15 days\n";
    let endless = "schedule \"S\"\n  price monthly 100 EUR\n  \
         installment \"L2\": price each month end if since signature >= 14 days\n  balance \"L3\": nothing on end\n  \
         balance \"L5\": nothing on end or abandonment if signed before 2026-02-01 and notice >= 15 days\n";
    for (name, text, found) in [
        ("plain", plain, &["stranded-deposit", "leak"][..]),
        ("monthly", monthly, &["stranded-deposit", "leak"]),
        ("endless", endless, &["endless"]),
    ] {
        let path = file(&format!("verify-open-{name}"), "s.jalon", text);
        for budget in ["5000", "20000", "200000"] {
            let said = jalon(&["verify", &path, "--budget", budget]).out;
            for property in found {
                assert!(said.contains(&format!("[{property}]")), "{name} {budget}: {said}");
            }
        }
    }
}
