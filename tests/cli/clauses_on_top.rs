//! What comes on top of the price, least sums, notices and hours beyond others: the answer bills who owes it, and nobody else.

use crate::clauses::{assert_all, said};

#[test]
fn what_comes_on_top_is_beside_the_price() {
    assert_all(
        "on-top-en",
        "en",
        &[
            (
                "surcharge \"Sunday\": 25 % on Sundays",
                "`installment \"Sunday\": … EUR on event \"Sunday\", beside the price`",
                "installment \"Sunday\": 375 EUR on event \"Sunday\", beside the price",
            ),
            (
                "surcharge \"Rush\": 25 % on event \"Rush\"",
                "write the sum that 25 % comes to, beside the price",
                "installment \"Rush\": 375 EUR on event \"Rush\", beside the price",
            ),
            (
                "extra \"Dog\": 25 EUR on signature",
                "`installment \"Dog\": 25 EUR on signature, beside the price`",
                "installment \"Dog\": 25 EUR on signature, beside the price",
            ),
            (
                "admin fee 10 %",
                "`installment \"Admin fee\": … EUR on event \"Admin fee\", beside the price`",
                "",
            ),
        ],
    );
    assert_all(
        "on-top-fr",
        "fr",
        &[
            (
                "majoration \"Dimanche\" : 25 % le dimanche",
                "`échéance \"Dimanche\": … EUR à l'événement \"Dimanche\", en sus du prix`",
                "échéance \"Dimanche\" : 375 EUR à l'événement \"Dimanche\", en sus du prix",
            ),
            (
                "supplément \"Dimanche\" : 25 EUR le dimanche",
                "`échéance \"Dimanche\": 25 EUR à l'événement \"…\", en sus du prix`",
                "",
            ),
            (
                "supplément \"Urgence\" : 25 % à l'événement \"Urgence\"",
                "écrivez la somme que font 25 %, en sus du prix",
                "échéance \"Urgence\" : 375 EUR à l'événement \"Urgence\", en sus du prix",
            ),
        ],
    );
}

#[test]
fn a_least_sum_is_a_bound_of_the_price() {
    let english = "`price per action, in EUR, at least 75 EUR` bounds all the work";
    let lines = [
        "minimum charge 75 EUR",
        "minimum fee: 75 EUR",
        "minimum order of 75 EUR",
        "minimum 75 EUR",
    ];
    for line in lines {
        assert_all("least-en", "en", &[(line, english, "")]);
    }
    let french = "`tarif par action, en EUR, au moins 75 EUR` borne tout le réalisé";
    let lines = [
        "minimum de facturation 75 EUR",
        "minimum de commande : 75 EUR",
        "montant minimum 75 EUR",
        "minimum 75 EUR",
    ];
    for line in lines {
        assert_all("least-fr", "fr", &[(line, french, "")]);
    }
    let together = [("65 EUR per guest, minimum 60 guests", "bounds all the work of a case", "")];
    assert_all("least-en", "en", &together);
    let together = [("65 EUR par convive, minimum 60 convives", "borne tout le réalisé", "")];
    assert_all("least-fr", "fr", &together);
}

#[test]
fn a_notice_to_another_day_is_for_the_user_to_judge() {
    let english = "a notice that runs to another day is for you to judge";
    for line in ["notice 2 months", "notice period 1 month", "notice period: 1 month"] {
        assert_all("notice-en", "en", &[(line, english, "")]);
    }
    let french = "un préavis qui court jusqu'à un autre jour est à vous de le juger";
    for line in ["préavis 2 mois", "préavis : 2 mois", "préavis de résiliation 2 mois"] {
        assert_all("notice-fr", "fr", &[(line, french, "")]);
    }
    let left =
        "the time left to the planned start is a condition: `on abandonment if notice < 30 days`";
    for of in ["of the event", "before the wedding"] {
        let line = format!("balance \"A\": 50 % on abandonment within 30 days {of}");
        assert_all("notice-en", "en", &[(&line, left, "")]);
    }
    let left = "condition : `à l'abandon si délai avant le démarrage < 30 jours`";
    for time in ["dans les 30 jours avant le", "moins de 30 jours avant le", "dans les 30 jours du"]
    {
        let line = format!("solde \"A\" : 50 % à l'abandon {time} mariage");
        assert_all("notice-fr", "fr", &[(&line, left, "")]);
    }
}

#[test]
fn hours_beyond_others_are_billed_beside_the_price() {
    let billed = "`installment \"Extra hours\": work on month end or end or abandonment`";
    for line in
        ["55 EUR per hour beyond 20 hours", "installment \"H\": 55 EUR per hour over 20 hours"]
    {
        assert_all(
            "beyond-en",
            "en",
            &[(line, "`action \"X\" hourly 0 up to 20 hours then 55`", "")],
        );
        assert_all("beyond-en", "en", &[(line, billed, "")]);
    }
    let billed = "`échéance \"Heures en plus\": réalisé en fin de mois ou à la fin ou à l'abandon`";
    for line in [
        "55 EUR par heure au-delà de 20 heures",
        "échéance \"H\" : 55 EUR par heure au-delà de 20 heures",
    ] {
        assert_all(
            "beyond-fr",
            "fr",
            &[(line, "`action \"X\" horaire 0 jusqu'à 20 heures puis 55`", "")],
        );
        assert_all("beyond-fr", "fr", &[(line, billed, "")]);
    }
    let whole =
        "schedule \"S\"\n  price fixed 1190 EUR for 20 hours\n  balance \"B\": remainder on end\n";
    let right = "schedule \"S\"\n  price fixed 1190 EUR\n  action \"L\" hourly 0 up to 20 hours then 55\n  installment \"Extra hours\": work on month end or end or abandonment\n  balance \"B\": remainder on end\n";
    assert_all("beyond-en", "en", &[(whole, "`planned 20 hours`", right)]);
    let whole = "échéancier \"S\"\n  tarif forfait 1190 EUR comprenant 20 heures\n  solde \"B\" : reste à la fin\n";
    assert_all("beyond-fr", "fr", &[(whole, "`prévu 20 heures`", "")]);
    let ordinal = ("échéance \"H\" : 50 EUR à la 10e heure", "si heures >= 10 heures`", "");
    assert_all("beyond-fr", "fr", &[ordinal]);
}

#[test]
fn a_delay_may_be_the_sellers() {
    let english = [
        (
            "penalty \"Delay\": 50 EUR per day of delay",
            "`discount \"Day late 1\": 50 EUR on event \"Day late 1\"`",
            "discount \"Day late 1\": 50 EUR on event \"Day late 1\"",
        ),
        ("discount \"D\": 50 EUR each event \"Day\"", "write a line for each", ""),
    ];
    assert_all("delay-en", "en", &english);
    let french = [
        (
            "pénalité \"Retard\" : 50 EUR par jour de retard",
            "`remise \"Jour de retard 1\": 50 EUR à l'événement \"Jour de retard 1\"`",
            "remise \"Jour de retard 1\": 50 EUR à l'événement \"Jour de retard 1\"",
        ),
        ("remise \"D\" : 50 EUR à chaque événement \"Jour\"", "écrivez une ligne par fois", ""),
    ];
    assert_all("delay-fr", "fr", &french);
}

#[test]
fn a_follow_up_is_told_that_it_bills_nothing() {
    let english = "follow-up \"R\"\n  penalty 40 EUR\n";
    let french = "suivi \"R\"\n  indemnité forfaitaire 40 EUR\n";
    for (lang, text, says) in
        [("en", english, "a follow-up bills nothing"), ("fr", french, "un suivi ne facture rien")]
    {
        let told = said("follow-up-items", text, lang).to_string();
        assert!(told.contains(says), "{told}");
    }
}

#[test]
fn an_action_that_is_not_billed_anyway_stands_alone() {
    let texts = [
        (
            "en",
            "schedule \"S\"\n  price fixed 1500 EUR\n  action \"Lesson\" not billed\n  installment \"A\": 50 % on action \"Lesson\"",
            "if signed",
            "write `action \\\"Lesson\\\"` alone",
        ),
        (
            "fr",
            "échéancier \"S\"\n  tarif forfait 1500 EUR\n  action \"Leçon\" non facturée\n  échéance \"A\" : 50 % à l'action \"Leçon\"",
            "si signé",
            "écrivez `action \\\"Leçon\\\"` seul",
        ),
    ];
    for (lang, text, asks, says) in texts {
        let whole = said("not-billed-anyway", &format!("{text}\n"), lang).to_string();
        assert!(whole.contains(says), "{whole}");
        // A line that is not understood may be one of work.
        let broken = said("not-billed-anyway", &format!("{text}, {asks}\n"), lang);
        assert_eq!(broken["errors"], 1, "{broken:#}");
    }
}
