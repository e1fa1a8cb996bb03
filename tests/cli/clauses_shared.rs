//! Lines whose advice loses nothing of what they say: for how many months, between whom, how much in all, in which period, at
//! which of several prices.

use crate::clauses::assert_all;

#[test]
fn a_longest_time_is_how_often_a_line_comes() {
    assert_all(
        "shared-months-en",
        "en",
        &[
            (
                "installment \"R\": 50 EUR each month end, max 6 months",
                "`50 EUR each month end, at most 6 times`",
                "installment \"R\": 50 EUR each month end, at most 6 times",
            ),
            (
                "installment \"R\": 50 EUR each quarter end, at most 12 months",
                "`50 EUR each quarter end, at most 4 times`",
                "",
            ),
            (
                "retainer 500 EUR per month, max 6 months",
                "`installment \"Retainer\": 500 EUR each month end, at most 6 times, beside the price`",
                "",
            ),
            (
                "500 EUR per month for 6 months maximum",
                "500 EUR each month end, at most 6 times",
                "",
            ),
        ],
    );
    assert_all(
        "shared-months-fr",
        "fr",
        &[
            (
                "échéance \"R\" : 50 EUR à chaque fin de mois, 6 mois maximum",
                "`50 EUR à chaque fin de mois, au plus 6 fois`",
                "échéance \"R\" : 50 EUR à chaque fin de mois, au plus 6 fois",
            ),
            (
                "provision \"P\" : 500 EUR par mois, 6 mois maximum",
                "`échéance \"P\": 500 EUR à chaque fin de mois, au plus 6 fois, en sus du prix`",
                "",
            ),
        ],
    );
}

#[test]
fn each_of_those_who_share_has_a_line() {
    assert_all(
        "shared-payers-en",
        "en",
        &[
            (
                "split 60/40 between Anna, Ben and me",
                "`payer \"Anna\": … %`, `payer \"Ben\": … %`, `payer \"me\": remainder`",
                "",
            ),
            (
                "split 40/30/30 between A, B and me",
                "`payer \"A\": 40 %`, `payer \"B\": 30 %`, `payer \"me\": remainder`",
                "payer \"A\": 40 %\n  payer \"B\": 30 %\n  payer \"me\": remainder",
            ),
            (
                "split 40/30/30",
                "`payer \"…\": 40 %`, `payer \"…\": 30 %` and `payer \"…\": remainder`",
                "",
            ),
            (
                "split the invoice equally between Anna, Ben and me",
                "`payer \"Anna\": 33.33 %`, `payer \"Ben\": 33.33 %`, `payer \"me\": remainder`",
                "payer \"Anna\": 33.33 %\n  payer \"Ben\": 33.33 %\n  payer \"me\": remainder",
            ),
            (
                "payers: Anna, Ben and me",
                "`payer \"Anna\": … %`, `payer \"Ben\": … %`, `payer \"me\": remainder`",
                "",
            ),
            (
                "70 % Fund, 60 % Employer",
                "`payer \"Employer\": 60 %`; these shares come to 130 %, and payers share 100 % at the most",
                "",
            ),
        ],
    );
    assert_all(
        "shared-payers-fr",
        "fr",
        &[
            (
                "partagé entre A, B et moi",
                "`payeur \"A\" : … %`, `payeur \"B\" : … %`, `payeur \"moi\" : reste`",
                "",
            ),
            (
                "partage 50/50 entre A, B et moi",
                "`payeur \"A\" : … %`, `payeur \"B\" : … %`, `payeur \"moi\" : reste`",
                "",
            ),
            (
                "répartition entre A et B à parts égales",
                "`payeur \"A\" : 50 %`, `payeur \"B\" : reste`",
                "payeur \"A\" : 50 %\n  payeur \"B\" : reste",
            ),
            (
                "OPCO 60 %, Client 60,5 %",
                "`payeur \"Client\" : 60,5 %` ; ces parts font 120,5 %, et des payeurs se partagent 100 % au plus",
                "",
            ),
        ],
    );
}

#[test]
fn a_fee_of_a_period_comes_in_each() {
    assert_all(
        "shared-periods-en",
        "en",
        &[
            (
                "annual fee 1200 EUR pro rata",
                "`installment \"Annual fee\": 1200 EUR each year end, pro rata, beside the price`",
                "installment \"Annual fee\": 1200 EUR each year end, pro rata, beside the price",
            ),
            (
                "annual fee 1200 EUR in advance",
                "`installment \"Annual fee\": 1200 EUR each year from start, beside the price`",
                "installment \"Annual fee\": 1200 EUR each year from start, beside the price",
            ),
            (
                "quarterly fee: 300 EUR, in advance",
                "`installment \"Quarterly fee\": 300 EUR every 3 months from start, beside the price`",
                "installment \"Quarterly fee\": 300 EUR every 3 months from start, beside the price",
            ),
            (
                "monthly membership 30 EUR in advance",
                "`installment \"Membership\": 30 EUR each month from start`",
                "",
            ),
        ],
    );
    assert_all(
        "shared-periods-fr",
        "fr",
        &[
            (
                "frais annuels 1200 EUR au prorata",
                "`échéance \"Frais annuels\": 1200 EUR à chaque fin d'année, au prorata, en sus du prix`",
                "échéance \"Frais annuels\": 1200 EUR à chaque fin d'année, au prorata, en sus du prix",
            ),
            (
                "frais mensuels 100 EUR, d'avance",
                "`échéance \"Frais mensuels\": 100 EUR chaque mois à compter du démarrage, en sus du prix`",
                "échéance \"Frais mensuels\": 100 EUR chaque mois à compter du démarrage, en sus du prix",
            ),
            (
                "cotisation annuelle 120 EUR à terme échu",
                "`échéance \"Cotisation\": 120 EUR à chaque fin d'année`",
                "",
            ),
        ],
    );
}

#[test]
fn what_costs_more_is_a_sum_that_can_be_billed() {
    assert_all(
        "shared-rates-en",
        "en",
        &[
            (
                "action \"Lesson\" flat 45.33, surcharge of 25 % on Sundays",
                "`action \"Lesson +25 %\" flat …`, with the sum to which you round 56.6625",
                "",
            ),
            (
                "action \"Lesson\" flat 45.20 +12.5 % on Sundays",
                "`action \"Lesson +12.5 %\" flat 50.85`",
                "schedule \"T\"\n  price per action, in EUR\n  action \"Lesson +12.5 %\" flat 50.85\n  balance \"B\": work on end or abandonment\n",
            ),
            (
                "action \"Lesson\" hourly 45.33, surcharge of 25 % on Sundays",
                "`action \"Lesson +25 %\" hourly …`, with the sum to which you round 56.6625",
                "",
            ),
        ],
    );
    assert_all(
        "shared-rates-fr",
        "fr",
        &[(
            "action \"Cours\" forfait 45,33, majoration de 25 % le dimanche",
            "`action \"Cours +25 %\" forfait …`, avec la somme à laquelle vous arrondissez 56,6625",
            "",
        )],
    );
}

#[test]
fn one_of_several_prices_is_told_as_such() {
    assert_all(
        "shared-prices-en",
        "en",
        &[
            (
                "child price 150 EUR",
                "`schedule \"… Child\"` with `price fixed 150 EUR`; or each case states its own price, `price fixed as agreed, in EUR`",
                "",
            ),
            ("price member: 20 GBP per month", "`price monthly 20 GBP`", ""),
            (
                "membership 20 EUR and lessons 150 EUR",
                "`installment \"Membership\": 20 EUR on event \"…\"` and `installment \"Lessons\": 150 EUR on event \"…\"`",
                "",
            ),
            (
                "schedule \"T\"\n  price per word GBP 0.12\n  balance \"B\": work on end\n",
                "`price per action, in GBP`, then `action \"Word\" 0.12 per \"word\"`",
                "",
            ),
        ],
    );
    assert_all(
        "shared-prices-fr",
        "fr",
        &[
            (
                "tarif réduit 200 EUR",
                "`échéancier \"… Réduit\"` avec `tarif forfait 200 EUR` ; ou chaque dossier dit le sien, `tarif forfait convenu, en EUR`",
                "",
            ),
            (
                "tarif : adhésion 20 EUR et cours 150 EUR",
                "`échéance \"Adhésion\": 20 EUR à l'événement \"…\"` et `échéance \"Cours\": 150 EUR à l'événement \"…\"`",
                "",
            ),
            (
                "échéancier \"T\"\n  tarif au mot 0,12 CHF\n  solde \"B\" : réalisé à la fin\n",
                "`tarif par action, en CHF`, puis `action \"Mot\" 0,12 par \"mot\"`",
                "",
            ),
        ],
    );
}
