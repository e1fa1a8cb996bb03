//! Clauses with a bound or a moment of their own: what is answered keeps both, and chooses nothing that was left open.

use crate::clauses::assert_all;
use crate::program::{file, jalon};

#[test]
fn what_a_line_waits_for_stays() {
    let schedule = |line: &str| {
        format!(
            "schedule \"S\"\n  price fixed 1500 EUR\n  action \"Session\"\n  balance \"B\": remainder on end\n  {line}\n"
        )
    };
    let asks = "`if action \"Session\" done at least 3 times`";
    for (line, right, mended) in [
        (
            "balance \"L\": 30 % on abandonment after 3 sessions",
            asks,
            "balance \"L\": 30 % on abandonment if action \"Session\" done at least 3 times",
        ),
        (
            "installment \"L\": 30 % on end after 20 hours",
            "`if hours >= 20 hours`",
            "installment \"L\": 30 % on end if hours >= 20 hours",
        ),
        (
            "installment \"L\": 30 % after 3 sessions",
            "`on action \"Session\" if action \"Session\" done at least 3 times`",
            "",
        ),
        (
            "balance \"L\": 30 % on abandonment if 3 sessions or fewer",
            "`not action \"Session\" done at least 4 times`",
            "balance \"L\": 30 % on abandonment if not action \"Session\" done at least 4 times",
        ),
        ("balance \"L\": 30 % on abandonment if 3 sessions", "for exactly that often", ""),
    ] {
        let mended = if mended.is_empty() { String::new() } else { schedule(mended) };
        assert_all("bounded-moment", "en", &[(&schedule(line), right, &mended)]);
    }
    assert_all(
        "bounded-moment-fr",
        "fr",
        &[
            (
                "échéance \"A\" : 10 EUR à l'abandon après 3 actions \"X\"",
                "`si action \"X\" faite au moins 3 fois`",
                "échéance \"A\" : 10 EUR à l'abandon si action \"X\" faite au moins 3 fois",
            ),
            (
                "échéance \"A\" : 10 EUR à la fin après 20 heures",
                "`si heures >= 20 heures`",
                "échéance \"A\" : 10 EUR à la fin si heures >= 20 heures",
            ),
        ],
    );
}

#[test]
fn both_bounds_of_a_time_are_kept() {
    assert_all(
        "bounded-time-fr",
        "fr",
        &[
            (
                "échéance \"A\" : 30 % en cas d'abandon de 3 à 6 mois",
                "`à l'abandon si durée de 3 mois à moins de 6 mois`",
                "échéance \"A\" : 30 % à l'abandon si durée de 3 mois à moins de 6 mois",
            ),
            (
                "échéance \"A\" : 10 EUR à l'abandon si préavis de 15 jours",
                "`délai avant le démarrage >= 15 jours` si le préavis a été tenu, `délai avant le démarrage < 15 jours`",
                "",
            ),
        ],
    );
    assert_all(
        "bounded-time-en",
        "en",
        &[
            (
                "installment \"A\": 30 % on abandonment between 3 and 6 months",
                "`on abandonment if duration from 3 months to under 6 months`",
                "installment \"A\": 30 % on abandonment if duration from 3 months to under 6 months",
            ),
            (
                "installment \"A\": 10 EUR on abandonment if notice of 7 days was given",
                "`notice >= 7 days` where the notice was kept",
                "",
            ),
            (
                "discount \"E\": 10 % if signed by 2025-06-01",
                "`on signature if signed before 2025-06-02`",
                "discount \"E\": 10 % on signature if signed before 2025-06-02",
            ),
            (
                "installment \"A\": 30 % in case of absence",
                "`30 % on event \"Absence\"`",
                "installment \"A\": 30 % on event \"Absence\"",
            ),
        ],
    );
}

#[test]
fn included_hours_are_of_a_month_where_that_is_said() {
    for (price, right) in [
        (
            "price fixed 1500 EUR, 10 hours included",
            "hourly 0 up to 10 hours then 110` where that is 110",
        ),
        (
            "price monthly 2000 EUR, 20 hours included",
            "hourly 0 up to 20 hours then 110, each month` where that is 110",
        ),
        ("price hourly 70 EUR, 20 hours included", "hourly 0 up to 20 hours then 70`, on a line"),
    ] {
        let text =
            format!("schedule \"S\"\n  {price}\n  balance \"B\": nothing on end or abandonment\n");
        assert_all("bounded-hours", "en", &[(&text, right, "")]);
    }
}

/// A tier of units is a number of them.
#[test]
fn a_tier_of_units_is_not_of_hours() {
    for (text, told) in [
        (
            "schedule \"S\"\n  price per action, in EUR\n    action \"M\" per \"day\" 400 up to 14 hours then 350\n  balance \"B\": work on end or abandonment\n",
            "a tier of it is not of hours",
        ),
        (
            "échéancier \"S\"\n  tarif par action, en EUR\n    action \"M\" par \"jour\" 400 jusqu'à 14 heures puis 350\n  solde \"B\": réalisé à la fin ou à l'abandon\n",
            "son palier n'est pas",
        ),
    ] {
        let outcome = jalon(&["check", &file("tier-of-units", "s.jalon", text)]);
        let found = outcome.out.lines().filter(|line| line.contains("option-"));
        let misplaced = outcome.out.lines().filter(|line| line.contains("-option"));
        assert_eq!(found.count() + misplaced.count(), 1, "{}", outcome.out);
        assert!(outcome.code == 1 && outcome.out.contains(told), "{}", outcome.out);
    }
}

/// More names than a search has room for leave the proof open, however many there are.
#[test]
fn any_number_of_names_in_conditions_is_checked() {
    let asked = |names: usize, label: &str| -> String {
        let tests: Vec<String> =
            (0..names).map(|name| format!("event \"X{name}\" happened")).collect();
        format!(
            "schedule \"S\"\n  price fixed 100 EUR\n  installment \"{label}\": 1 EUR on event \"E\" if {}\n  balance \"B\": remainder on end or abandonment\n",
            tests.join(" or ")
        )
    };
    for names in [121, 129] {
        let schedule = file("many-names", "s.jalon", asked(names, "I"));
        let other = file("many-names", "o.jalon", asked(names, "J"));
        let outcome = jalon(&["verify", "--budget", "2000", &schedule]);
        assert!(outcome.code < 2, "{names}: {}", outcome.err);
        assert!(outcome.out.contains("more than 120 names"), "{names}: {}", outcome.out);
        let outcome = jalon(&["show", "--situations", "--format", "html", &schedule]);
        assert!(outcome.code < 2, "{names}: {}", outcome.err);
        let outcome = jalon(&["compare", "--budget", "2000", &schedule, &other]);
        assert!(
            outcome.code < 2 && !outcome.out.contains("equivalent"),
            "{names}: {}",
            outcome.err
        );
    }
}

#[test]
fn what_is_included_and_is_no_tax_is_not_billed() {
    assert_all(
        "bounded-included-fr",
        "fr",
        &[
            ("action \"V\" horaire 70, déplacement inclus", "ne se facture pas", ""),
            ("échéance \"A\" : 90 EUR à la fin, repas compris", "ne se facture pas", ""),
            ("échéance \"A\" : 90 EUR TTC à la fin", "`tva 20 % comprise`", ""),
            ("échéance \"A\" : 90 EUR, taxes comprises, à la fin", "`tva 20 % comprise`", ""),
        ],
    );
    assert_all(
        "bounded-included-en",
        "en",
        &[
            ("action \"V\" hourly 70, travel incl", "is not billed", ""),
            ("installment \"A\": 90 EUR incl. on end", "`vat 20 % included`", ""),
        ],
    );
}
