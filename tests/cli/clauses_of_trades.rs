//! Clauses of training centres, agencies, clubs, works and rentals that are lines, actions, payers or events here: the
//! sentences that are answered work.

use crate::clauses::assert_all;

#[test]
fn what_is_counted_is_an_action() {
    let below = "\n  solde \"Z\" : réalisé à la fin ou à l'abandon\n";
    for (price, action) in [
        ("tarif forfait 1500 EUR par personne", "action \"Personne\" 1500 par \"personne\""),
        ("tarif jour 450 EUR", "action \"Journée\" 450 par \"jour\""),
        ("TJM 450 EUR", "action \"Journée\" 450 par \"jour\""),
        ("tarif : 45 EUR la séance", "action \"Séance\" forfait 45"),
    ] {
        let wrong = format!("échéancier \"S\"\n  {price}{below}");
        let right = format!("échéancier \"S\"\n  tarif par action, en EUR\n  {action}{below}");
        assert_all("trades-price-fr", "fr", &[(&wrong, &format!("`{action}`"), &right)]);
    }
    let priced = |action: &str| {
        format!("échéancier \"S\"\n  tarif par action, en EUR\n  action \"Y\" {action}{below}")
    };
    for (action, right) in [
        ("450 EUR/jour", "écrivez `450 par \"jour\"`"),
        ("0,45 EUR/km", "écrivez `0,45 par \"km\"`"),
        ("45 EUR/h", "écrivez `horaire 45`"),
        ("forfait 45, majoration de 50 % le dimanche", "est une action à part"),
    ] {
        assert_all("trades-action-fr", "fr", &[(&priced(action), right, "")]);
    }
    assert_all(
        "trades-price-en",
        "en",
        &[
            ("day rate 450 EUR", "`action \"Day\" 450 per \"day\"`", ""),
            ("price fixed 90 EUR per person", "`action \"Person\" 90 per \"person\"`", ""),
        ],
    );
}

#[test]
fn clauses_of_their_own_are_lines_or_payers() {
    let retention = "solde \"Retenue\": reste 1 an après l'événement \"Réception\"";
    assert_all(
        "trades-own-fr",
        "fr",
        &[
            ("retenue de garantie de 5 %", &format!("`{retention}`"), retention),
            ("échéance \"A\" : 5 % de retenue de garantie", &format!("`{retention}`"), ""),
            ("prise en charge OPCO 70 %", "`payeur \"OPCO\" : 70 %`, `payeur \"…\" : reste`", ""),
            ("subrogation OPCO", "`payeur \"OPCO\" : … %`, `payeur \"…\" : reste`", ""),
            (
                "adhésion : 25 EUR",
                "`échéance \"Adhésion\": 25 EUR à la signature`",
                "échéance \"Adhésion\" : 25 EUR à la signature, en sus du prix",
            ),
            (
                "cotisation mensuelle de 12 EUR",
                "`échéance \"Cotisation\": 12 EUR à chaque fin de mois`",
                "échéance \"Cotisation\" : 12 EUR à chaque fin de mois",
            ),
            (
                "engagement de 12 mois",
                "solde \"Départ anticipé\": … à l'abandon si durée < 12 mois",
                "solde \"Départ anticipé\": jusqu'à 100 % à l'abandon si durée < 12 mois",
            ),
        ],
    );
    assert_all(
        "trades-own-en",
        "en",
        &[
            (
                "setup fee 99 EUR",
                "`installment \"Setup fee\": 99 EUR on signature, beside the price` if every case",
                "installment \"Setup\": 99 EUR on signature, beside the price",
            ),
            ("retention of 5 %", "remainder 1 year after event \"Acceptance\"", ""),
            ("minimum term 12 months", "on abandonment if duration < 12 months", ""),
            (
                "cancel anytime with 30 days notice",
                "a notice that runs to another day is for you to judge",
                "",
            ),
        ],
    );
}

#[test]
fn moments_of_a_trade_are_events() {
    for (moment, event) in [
        ("sur présentation des feuilles d'émargement", "Présentation des feuilles d'émargement"),
        ("après validation du livrable", "Validation du livrable"),
        ("à la levée des réserves", "Levée des réserves"),
        ("à la remise des clés", "Remise des clés"),
        (
            "dès réception de l'accord de prise en charge",
            "Réception de l'accord de prise en charge",
        ),
    ] {
        let line = |moment: &str| format!("échéance \"A\" : 10 EUR {moment}");
        let right = format!("à l'événement \"{event}\"");
        let answer = format!("écrivez `{right}`");
        assert_all("trades-moment-fr", "fr", &[(&line(moment), &answer, &line(&right))]);
    }
    for (often, event) in [("par absence", "Absence"), ("si retard", "Retard")] {
        let right = format!("10 EUR à chaque événement \"{event}\", en sus du prix");
        let (wrong, line) =
            (format!("échéance \"A\" : 10 EUR {often}"), format!("échéance \"A\" : {right}"));
        assert_all("trades-often-fr", "fr", &[(&wrong, &format!("`{right}`"), &line)]);
    }
    assert_all(
        "trades-moment-en",
        "en",
        &[
            (
                "installment \"A\": 10 EUR after approval of the report",
                "`on event \"Approval of the report\"`",
                "",
            ),
            (
                "installment \"A\": 25 EUR per no-show",
                "`25 EUR each event \"Absence\", beside the price`",
                "installment \"A\": 25 EUR each event \"Absence\", beside the price",
            ),
        ],
    );
}

#[test]
fn days_before_the_start_and_last_months_are_said_otherwise() {
    assert_all(
        "trades-days-fr",
        "fr",
        &[
            (
                "échéance \"A\" : 50 % 30 jours avant le début de la location",
                "`30 jours avant le démarrage prévu`",
                "échéance \"A\" : 50 % 30 jours avant le démarrage prévu",
            ),
            (
                "échéance \"A\" : 50 % au plus tard un mois avant le démarrage",
                "`1 mois avant le démarrage prévu`",
                "échéance \"A\" : 50 % 1 mois avant le démarrage prévu",
            ),
            (
                "échéance \"A\" : 50 EUR le 5 de chaque mois jusqu'au 31/12/2026",
                "écrivez `si date avant le 01/01/2027`",
                "échéance \"A\" : 50 EUR le 5 de chaque mois si date avant le 01/01/2027",
            ),
            (
                "échéance \"A\" : 50 EUR chaque mois jusqu'au 31/12/2026",
                "`50 EUR à chaque fin de mois si date avant le 01/01/2027`",
                "échéance \"A\" : 50 EUR à chaque fin de mois si date avant le 01/01/2027",
            ),
            (
                "échéance \"A\" : 50 EUR de septembre à juin",
                "`50 EUR à chaque fin de mois, au plus 10 fois`",
                "échéance \"A\" : 50 EUR à chaque fin de mois si date à compter du 01/09/2026, au plus 10 fois",
            ),
            (
                "échéance \"A\" : 300 EUR par trimestre civil échu",
                "`à chaque fin de trimestre`, ou `tous les 3 mois après le démarrage`",
                "échéance \"A\" : 300 EUR tous les 3 mois après le démarrage",
            ),
        ],
    );
    assert_all(
        "trades-days-en",
        "en",
        &[
            (
                "installment \"A\": 50 % no later than 30 days before start",
                "`30 days before planned start`",
                "installment \"A\": 50 % 30 days before planned start",
            ),
            (
                "installment \"A\": 50 EUR monthly until 2028-02-28",
                "`50 EUR each month end if date before 2028-02-29`",
                "installment \"A\": 50 EUR each month end if date before 2028-02-29",
            ),
            (
                "installment \"A\": 50 EUR each month from September 2025 to June 2026",
                "`50 EUR each month end, at most 10 times`, and a condition where they do not begin with the case (`if date from 2025-09-01`)",
                "installment \"A\": 50 EUR each month end if date from 2025-09-01, at most 10 times",
            ),
        ],
    );
}

#[test]
fn what_is_taken_off_or_given_back_keeps_its_meaning() {
    assert_all(
        "trades-off-fr",
        "fr",
        &[
            (
                "remise \"R\" : 10 % pour les adhérents",
                "`10 % à la signature si événement \"R\" survenu`",
                "remise \"R\" : 10 % à la signature si événement \"R\" survenu",
            ),
            (
                "remise \"R\" : 10 % pour toute commande avant le 30/06/2025",
                "`10 % à la signature si signé avant le 30/06/2025`, qui exclut ce jour",
                "remise \"R\" : 10 % à la signature si signé avant le 30/06/2025",
            ),
            (
                "solde \"A\" : 50 % du montant restant dû à l'abandon",
                "est une part du tarif, non `du montant restant dû`",
                "",
            ),
            (
                "solde \"A\" : remboursement intégral si annulation avant le démarrage",
                "`solde \"A\": rien à l'abandon si non démarré`",
                "solde \"Annulation\" : rien à l'abandon si non démarré",
            ),
            (
                "échéance \"A\" : 10 chèques de 50 EUR",
                "`50 EUR à chaque fin de mois, au plus 10 fois`",
                "",
            ),
            ("échéance \"A\" : 500 EUR en 5 prélèvements", "`en 5 fois à chaque fin de mois`", ""),
            ("échéance \"A\" : 10 EUR + TVA 20 % à la signature", "retirez ces mots", ""),
        ],
    );
    assert_all(
        "trades-off-en",
        "en",
        &[(
            "discount \"R\": 10 % for members",
            "`10 % on signature if event \"R\" happened`",
            "discount \"R\": 10 % on signature if event \"R\" happened",
        )],
    );
}
