//! Clauses that leave something open (which day, of what, counted from when, who pays early): the sentences that are answered
//! work, and none says anything else than what was written.

use crate::clauses::{assert_all, said};

#[test]
fn what_has_happened_so_often_is_a_moment_with_a_condition() {
    assert_all(
        "open-often-fr",
        "fr",
        &[
            (
                "échéance \"A\" : 10 EUR dès que 5 séances ont été réalisées",
                "`à l'action \"Séance\" si action \"Séance\" faite au moins 5 fois`",
                "",
            ),
            (
                "échéance \"A\" : 10 EUR lorsque 5 actions \"X\" sont faites",
                "`à l'action \"X\" si action \"X\" faite au moins 5 fois`",
                "échéance \"A\" : 10 EUR à l'action \"X\" si action \"X\" faite au moins 5 fois",
            ),
            (
                "échéance \"A\" : 10 EUR dès que 20 heures ont été effectuées",
                "`à l'action \"X\" si heures >= 20 heures`",
                "échéance \"A\" : 10 EUR à l'action \"X\" si heures >= 20 heures",
            ),
        ],
    );
    assert_all(
        "open-often-en",
        "en",
        &[
            (
                "installment \"A\": 10 EUR once 5 sessions have been held",
                "`on action \"Session\" if action \"Session\" done at least 5 times`",
                "",
            ),
            (
                "installment \"A\": 10 EUR as soon as the 5 sessions are done",
                "`on action \"Session\" if action \"Session\" done at least 5 times`",
                "",
            ),
        ],
    );
}

#[test]
fn a_notice_is_the_time_to_the_planned_start_or_an_event() {
    let fr = |clause: &str| format!("échéance \"A\" : 10 EUR à l'abandon si {clause}");
    for (clause, right) in [
        ("préavis inférieur à 15 jours", "`délai avant le démarrage < 15 jours`"),
        ("le préavis est de moins de 15 jours", "`délai avant le démarrage < 15 jours`"),
        ("préavis supérieur ou égal à 15 jours", "`délai avant le démarrage >= 15 jours`"),
        ("préavis < 15 jours", "`événement \"Préavis court\" survenu`"),
    ] {
        let right_line = fr(right.trim_matches('`'));
        assert_all("open-notice-fr", "fr", &[(&fr(clause), right, &right_line)]);
    }
    assert_all(
        "open-notice-said-fr",
        "fr",
        &[(
            "échéance \"A\" : 10 EUR à l'abandon si préavis de moins de 15 jours avant le démarrage",
            "écrivez `délai avant le démarrage < 15 jours`",
            "",
        )],
    );
    assert_all(
        "open-notice-en",
        "en",
        &[(
            "installment \"A\": 10 EUR on abandonment if notice given less than 15 days before start",
            "write `notice < 15 days`",
            "",
        )],
    );
}

#[test]
fn a_delay_behind_a_moment_is_one_of_billing_or_of_payment() {
    assert_all(
        "open-delay-fr",
        "fr",
        &[
            (
                "échéance \"A\" : 10 EUR à la fin sous 30 jours",
                "`30 jours après la fin` la facture d'autant plus tard",
                "échéance \"A\" : 10 EUR 30 jours après la fin",
            ),
            ("échéance \"A\" : 10 EUR à la fin, sous 30 jours", "`paiement à 30 jours`", ""),
            (
                "échéance \"A\" : 10 EUR sous 30 jours",
                "`30 jours après la signature` ; en combien de jours",
                "échéance \"A\" : 10 EUR 30 jours après la signature",
            ),
            (
                "échéance \"A\" : 10 EUR à la signature sous huitaine",
                "`paiement à 8 jours`, sur une ligne à part",
                "paiement à 8 jours",
            ),
        ],
    );
    assert_all(
        "open-delay-en",
        "en",
        &[(
            "installment \"A\": 10 EUR on end within 30 days",
            "`30 days after end` bills it so much later",
            "installment \"A\": 10 EUR 30 days after end",
        )],
    );
}

#[test]
fn how_long_a_line_comes_is_how_often() {
    assert_all(
        "open-long-fr",
        "fr",
        &[
            (
                "échéance \"A\" : 30 EUR à chaque fin de mois pendant 6 mois",
                "`30 EUR à chaque fin de mois, au plus 6 fois`",
                "échéance \"A\" : 30 EUR à chaque fin de mois, au plus 6 fois",
            ),
            (
                "échéance \"A\" : 30 EUR à chaque fin de trimestre pendant 1 an",
                "`30 EUR à chaque fin de trimestre, au plus 4 fois`",
                "échéance \"A\" : 30 EUR à chaque fin de trimestre, au plus 4 fois",
            ),
            (
                "échéance \"A\" : 30 EUR par mois pendant 6 mois",
                "`30 EUR à chaque fin de mois, au plus 6 fois`",
                "",
            ),
            (
                "échéance \"A\" : 300 EUR pendant 6 mois",
                "ou si elle est le tout, coupé en parts, `300 EUR en 6 fois à chaque fin de mois`",
                "échéance \"A\" : 300 EUR en 6 fois à chaque fin de mois",
            ),
            (
                "échéance \"A\" : 50 % en 5 mois",
                "`50 % en 5 fois à chaque fin de mois` ; pour le facturer une fois",
                "échéance \"A\" : 50 % en 5 fois à chaque fin de mois",
            ),
            (
                "échéance \"A\" : 50 % en 5 mois à compter de la signature",
                "`5 mois après la signature`",
                "échéance \"A\" : 50 % en 5 fois chaque mois à compter de la signature",
            ),
        ],
    );
    assert_all(
        "open-long-en",
        "en",
        &[
            (
                "installment \"A\": 30 EUR each month end for 6 months",
                "`30 EUR each month end, at most 6 times`",
                "installment \"A\": 30 EUR each month end, at most 6 times",
            ),
            (
                "installment \"A\": 50 % over 5 months",
                "`50 % in 5 parts each month end`",
                "installment \"A\": 50 % in 5 parts each month end",
            ),
        ],
    );
}

#[test]
fn a_discount_for_who_pays_early_waits_for_an_event() {
    for (clause, label, event) in [
        ("remise de 5 % si paiement sous 8 jours", "Escompte", "Payé sous 8 jours"),
        ("remise \"R\" : 5 % si paiement sous 8 jours", "R", "Payé sous 8 jours"),
        ("escompte de 5 % pour paiement comptant", "Escompte", "Paiement anticipé"),
        ("remise \"R\" : 5 % à la signature si paiement anticipé", "R", "Paiement anticipé"),
    ] {
        let right = &format!("remise \"{label}\": 5 % à l'événement \"{event}\"");
        assert_all("open-early-fr", "fr", &[(clause, &format!("`{right}`"), right)]);
    }
    for (clause, event) in [
        ("discount of 2 % if paid within 8 days", "Paid within 8 days"),
        ("2 % discount for early payment", "Early payment"),
    ] {
        let right = &format!("discount \"Early payment\": 2 % on event \"{event}\"");
        assert_all("open-early-en", "en", &[(clause, &format!("`{right}`"), right)]);
    }
}

#[test]
fn a_month_is_no_day_and_a_day_has_a_year() {
    assert_all(
        "open-month-fr",
        "fr",
        &[
            ("échéance \"A\" : 10 EUR fin mars 2025", "écrivez `le 31/03/2025`", ""),
            ("échéance \"A\" : 10 EUR à la fin du mois de février 2028", "`le 29/02/2028`", ""),
            ("échéance \"A\" : 10 EUR fin février 2100", "`le 28/02/2100`", ""),
            (
                "échéance \"A\" : 10 EUR en mars 2025",
                "un mois en a plusieurs : `le 01/03/2025`",
                "",
            ),
            ("échéance \"A\" : 10 EUR mi-mars 2025", "`le 15/03/2025`", ""),
            ("échéance \"A\" : 10 EUR le 15 mars", "une date a son année", ""),
            ("échéance \"A\" : 10 EUR le 15/03", "une date a son année", ""),
            ("échéance \"A\" : 10 EUR fin mars", "une date a son année", ""),
        ],
    );
    assert_all(
        "open-month-en",
        "en",
        &[
            ("installment \"A\": 10 EUR at the end of March 2025", "write `on 2025-03-31`", ""),
            ("installment \"A\": 10 EUR end April 2025", "write `on 2025-04-30`", ""),
            ("installment \"A\": 10 EUR in May 2025", "a month has many: `on 2025-05-01`", ""),
            ("installment \"A\": 10 EUR on 15 March", "a date has its year", ""),
        ],
    );
}

#[test]
fn a_last_day_is_a_day_or_the_second_of_two_moments() {
    assert_all(
        "open-by-fr",
        "fr",
        &[
            (
                "échéance \"A\" : 10 EUR au plus tard le 15/03/2025",
                "`le 15/03/2025`, ou le premier de deux moments, `à la fin ou le 15/03/2025`",
                "échéance \"A\" : 10 EUR à la fin ou le 15/03/2025",
            ),
            (
                "échéance \"A\" : 10 EUR à la fin, au plus tard le 15/03/2025",
                "`à la fin ou le 15/03/2025`",
                "",
            ),
            (
                "échéance \"A\" : 10 EUR au plus tard fin mars 2025",
                "écrit en chiffres : `le 31/03/2025`",
                "",
            ),
        ],
    );
    assert_all(
        "open-by-en",
        "en",
        &[
            (
                "installment \"A\": 10 EUR by 2025-03-15",
                "`on 2025-03-15`, or the first of two moments",
                "installment \"A\": 10 EUR on end or on 2025-03-15",
            ),
            (
                "installment \"A\": 10 EUR on end, no later than 2025-03-15",
                "`on end or on 2025-03-15`",
                "",
            ),
            (
                "installment \"A\": 10 EUR no later than end of March 2025",
                "written in figures: `on 2025-03-31`",
                "",
            ),
        ],
    );
}

#[test]
fn how_soon_a_case_is_left_is_a_condition() {
    assert_all(
        "open-left-fr",
        "fr",
        &[
            (
                "échéance \"A\" : 10 EUR en cas d'abandon avant 3 mois",
                "`à l'abandon si durée < 3 mois` depuis le démarrage",
                "échéance \"A\" : 10 EUR à l'abandon si durée < 3 mois",
            ),
            (
                "échéance \"A\" : 10 EUR si annulé dans les 14 jours",
                "`à l'abandon si depuis la signature < 14 jours` depuis la signature",
                "échéance \"A\" : 10 EUR à l'abandon si depuis la signature < 14 jours",
            ),
            (
                "échéance \"A\" : 10 EUR en cas d'annulation à moins de 15 jours du démarrage",
                "`à l'abandon si délai avant le démarrage < 15 jours`",
                "échéance \"A\" : 10 EUR à l'abandon si délai avant le démarrage < 15 jours",
            ),
        ],
    );
    assert_all(
        "open-left-en",
        "en",
        &[
            (
                "installment \"A\": 10 EUR if cancelled within 14 days",
                "`on abandonment if since signature < 14 days` from the signature",
                "installment \"A\": 10 EUR on abandonment if since signature < 14 days",
            ),
            (
                "installment \"A\": 10 EUR if cancelled less than 14 days before start",
                "`on abandonment if notice < 14 days`",
                "installment \"A\": 10 EUR on abandonment if notice < 14 days",
            ),
        ],
    );
}

#[test]
fn shares_in_other_words_are_percentages_of_the_same() {
    assert_all(
        "open-shares-fr",
        "fr",
        &[
            ("échéance \"A\" : 1/4 à la signature", "écrivez `25 %`", ""),
            ("échéance \"A\" : trois quarts du prix à la signature", "écrivez `75 %`", ""),
            (
                "échéance \"A\" : 1/3 à la signature",
                "`33,33 %`, avec `reste` sur la dernière ligne",
                "échéance \"A\" : 33,33 % à la signature",
            ),
            ("échéance \"A\" : deux tiers à la fin", "`66,67 %`", ""),
            ("échéance \"A\" : 20 pct à la signature", "un pourcentage s'écrit `%`", ""),
            (
                "solde \"A\" : les 70 % restants à la fin",
                "écrivez `reste` pour tout ce qui reste du tarif",
                "solde \"A\" : reste à l'événement \"Z\"",
            ),
            ("4 x 25 %", "`échéance \"…\": 100 % en 4 fois à chaque fin de mois`", ""),
            ("4x25 %", "`échéance \"…\": 100 % en 4 fois à chaque fin de mois`", ""),
            ("paiement en 4 fois", "`échéance \"…\": 100 % en 4 fois à chaque fin de mois`", ""),
            ("solde \"A\" : prorata du temps à l'abandon", "`prorata durée` selon les jours", ""),
            (
                "solde \"A\" : jusqu'à 100 % de l'avancement à chaque avancement, reste ouvert",
                "retirez `jusqu'à` : `l'avancement`",
                "solde \"A\" : l'avancement à chaque avancement, reste ouvert",
            ),
        ],
    );
    assert_all(
        "open-shares-en",
        "en",
        &[
            ("installment \"A\": 1/2 on signature", "write `50 %`", ""),
            ("installment \"A\": 20 pct on signature", "a percentage is written `%`", ""),
            (
                "balance \"A\": the remaining 70 % on end",
                "write `remainder` for all that is left of the price",
                "",
            ),
            ("4 x 25 %", "`installment \"…\": 100 % in 4 parts each month end`", ""),
            (
                "balance \"A\": up to 95 % of progress each progress, stays open",
                "leave `up to` out: `95 % of progress`",
                "balance \"A\": 95 % of progress each progress, stays open",
            ),
        ],
    );
    let hours = "échéancier \"S\"\n  tarif forfait 1500 EUR\n  prévu 10 heures\n  solde \"A\" : prorata heures à l'abandon\n  solde \"B\" : reste à la fin\n";
    assert_all("open-hours", "fr", &[(hours, "écrivez `prorata assiduité`", "")]);
}

#[test]
fn what_stands_beside_a_sum_is_said_elsewhere_or_not_at_all() {
    let priced = |action: &str| {
        format!(
            "schedule \"S\"\n  price per action, in EUR\n  action \"X\" {action}\n  balance \"B\": work on end or abandonment\n"
        )
    };
    for (action, right) in [
        ("flat 30 vat excluded", "leave it out: amounts are before tax"),
        ("flat 30, vat excluded", "leave it out: amounts are before tax"),
        ("flat 30 + VAT", "leave it out: amounts are before tax"),
        ("30 EUR per 45 minutes or part thereof", "write `hourly 40, by 45 minutes`"),
        ("hourly 60 per 45 minutes started", "write `hourly 60, by 45 minutes`"),
        ("30 EUR per 45 minutes", "`hourly 40` to the minute, or `hourly 40, by 45 minutes`"),
        ("flat 30 excluding expenses", "no amount holds expenses by itself"),
    ] {
        assert_all("open-beside-en", "en", &[(&priced(action), right, "")]);
    }
    let priced = |action: &str| {
        format!(
            "échéancier \"S\"\n  tarif par action, en EUR\n  action \"X\" {action}\n  solde \"B\" : réalisé à la fin ou à l'abandon\n"
        )
    };
    for (action, right) in [
        ("forfait 30 hors TVA", "retirez ces mots : les montants sont hors taxes"),
        ("horaire 30, TVA en sus", "retirez ces mots : les montants sont hors taxes"),
        ("30 EUR par 45 minutes entamées", "écrivez `horaire 40, par tranche de 45 minutes`"),
        ("20 EUR par 7 minutes entamées", "`horaire …, par tranche de 7 minutes`"),
    ] {
        assert_all("open-beside-fr", "fr", &[(&priced(action), right, "")]);
    }
    assert_all(
        "open-costs",
        "fr",
        &[
            ("échéance \"A\" : 10 EUR hors frais à la fin", "retirez ces mots : aucun montant", ""),
            ("échéance \"A\" : 10 EUR à la fin, en sus", "écrivez `en sus du prix`", ""),
            ("échéance \"A\" : 10 EUR à la fin en sus", "écrivez `, en sus du prix`", ""),
            (
                "échéance \"A\" : 10 EUR en sus à la fin",
                "à la fin de la ligne, après une virgule : `, en sus du prix`",
                "échéance \"A\" : 10 EUR à la fin, en sus du prix",
            ),
        ],
    );
}

#[test]
fn dollars_are_those_of_a_country() {
    assert_all(
        "open-dollars",
        "en",
        &[
            (
                "schedule \"S\"\n  price fixed $48\n  balance \"B\": remainder on end or abandonment\n",
                "`48 USD`, `48 CAD`, `48 AUD`",
                "",
            ),
            (
                "schedule \"S\"\n  price fixed US$48\n  balance \"B\": remainder on end or abandonment\n",
                "write `48 USD`",
                "",
            ),
            ("installment \"A\": $48 on signature", "`48 USD`, `48 CAD`, `48 AUD`", ""),
        ],
    );
}

#[test]
fn what_comes_at_each_month_end_does_so_each_time() {
    assert_all(
        "open-each",
        "en",
        &[
            ("installment \"A\": 30 EUR at each month end", "write `each month end`", ""),
            ("installment \"A\": 30 EUR at every month end", "write `each month end`", ""),
            ("installment \"A\": 30 EUR at month end", "write `on month end`", ""),
        ],
    );
    // A percentage comes again in parts only: what is written is told, and nothing is put in its place.
    let told = said(
        "open-each-share",
        "schedule \"S\"\n  price fixed 90 EUR\n  installment \"A\": 30 % at each month end\n  balance \"B\": remainder on end or abandonment\n",
        "en",
    );
    assert!(told["diagnostics"][0]["edit"].is_null(), "{told:#}");
}

#[test]
fn a_day_of_a_scenario_without_its_year_is_told_at_its_own_line() {
    let text = "échéancier \"S\"\n  tarif forfait 300 EUR\n  solde \"B\" : reste à la fin ou à l'abandon\n\nscénario \"s\"\n  05/01/2024 démarrage\n  10/01 fin\n  attendu 10 janvier \"B\" 300,00\n";
    let told = said("open-year", text, "fr");
    let found = told["diagnostics"].as_array().unwrap();
    let lines: Vec<_> = found.iter().map(|found| &found["place"]["line"]).collect();
    assert_eq!(lines, [&serde_json::json!(7), &serde_json::json!(8)], "{told:#}");
    for found in found {
        let help = found["help"].as_str().unwrap();
        assert!(help.contains("a son année, en chiffres : `10/01/2024`"), "{help}");
    }
}

#[test]
fn no_condition_asks_whether_a_case_is_suspended() {
    for (lang, line) in [
        ("en", "installment \"A\": 10 EUR each month end if not suspended"),
        ("en", "installment \"A\": 10 EUR each month end unless suspended"),
        ("fr", "échéance \"A\" : 10 EUR à chaque fin de mois si non suspendu"),
        ("fr", "échéance \"A\" : 10 EUR à chaque fin de mois sauf suspension"),
    ] {
        let right = match lang {
            "fr" => "aucune condition ne demande si un dossier est suspendu",
            _ => "no condition asks whether a case is suspended",
        };
        assert_all("open-suspended", lang, &[(line, right, "")]);
    }
}
