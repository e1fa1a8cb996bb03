//! Lines that name who pays, what costs so much or when so much is due, without a word of the language: the advice keeps the names, the
//! figures and the times, and says the line that bills them.

use crate::clauses::{assert_all, said};

#[test]
fn shares_keep_the_names_beside_them() {
    assert_all(
        "names-shares-en",
        "en",
        &[
            (
                "split 60/40 between Fund and the Employer",
                "`payer \"Fund\": 60 %`, `payer \"Employer\": remainder`",
                "payer \"Fund\": 60 %\n  payer \"Employer\": remainder",
            ),
            (
                "split 60/40 between signature and delivery",
                "`installment \"signature\": 60 % on signature`, `installment \"delivery\": 40 % on event \"delivery\"`",
                "",
            ),
            (
                "Fund 70%, Employer 30%",
                "`payer \"Fund\": 70 %`, `payer \"Employer\": remainder`",
                "",
            ),
            ("Order 30 %, Delivery 70 %", "`installment \"Order\": 30 % on event \"Order\"`", ""),
        ],
    );
    assert_all(
        "names-shares-fr",
        "fr",
        &[
            (
                "partage 60/40 entre OPCO et Employeur",
                "`payeur \"OPCO\" : 60 %`, `payeur \"Employeur\" : reste`",
                "payeur \"OPCO\" : 60 %\n  payeur \"Employeur\" : reste",
            ),
            (
                "OPCO 12,5 %, Client 87,5 %",
                "`payeur \"OPCO\" : 12,5 %`, `payeur \"Client\" : reste`",
                "payeur \"OPCO\" : 12,5 %\n  payeur \"Client\" : reste",
            ),
            (
                "financement OPCO 60 %, Région 20 %, Employeur 20 %",
                "`payeur \"OPCO\" : 60 %`, `payeur \"Région\" : 20 %`, `payeur \"Employeur\" : reste`",
                "",
            ),
            (
                "Signature 30 %, démarrage 40 %, fin 30 %",
                "`échéance \"Signature\": 30 % à la signature`, `échéance \"démarrage\": 40 % au démarrage`, `échéance \"fin\": 30 % à la fin`",
                "",
            ),
        ],
    );
}

#[test]
fn a_limit_of_time_keeps_its_time() {
    assert_all(
        "names-within-en",
        "en",
        &[
            (
                "installment \"A\": 30 % within 30 days of signature",
                "`on signature`, or `30 days after signature`; within how many days its invoice is paid is said by `payment due 30 days`",
                "installment \"A\": 30 % 30 days after signature",
            ),
            ("30 % within 30 days of signature", "`30 days after signature`", ""),
            (
                "installment \"A\": 30 % before 2026-05-01",
                "`on 2026-05-01`",
                "installment \"A\": 30 % on signature if date before 2026-05-01",
            ),
            (
                "balance \"W\": 10 % on abandonment if duration from 4 months to less than 10 months",
                "write `under`",
                "",
            ),
        ],
    );
    assert_all(
        "names-within-fr",
        "fr",
        &[
            (
                "échéance \"A\" : 30 % dans les 30 jours de la signature",
                "`à la signature`, ou `30 jours après la signature` ; en combien de jours sa facture se paie se dit par `paiement à 30 jours`",
                "échéance \"A\" : 30 % 30 jours après la signature",
            ),
            ("30 % dans les 30 jours de la signature", "`30 jours après la signature`", ""),
            (
                "solde \"A\" : 30 % dans les 10 jours de la signature",
                "`à l'abandon si depuis la signature <= 10 jours`",
                "solde \"A\" : 30 % à l'abandon si depuis la signature <= 10 jours",
            ),
        ],
    );
}

#[test]
fn a_price_says_how_much_and_a_line_when() {
    assert_all(
        "names-prices-en",
        "en",
        &[
            (
                "price: 1500 EUR in 3 payments",
                "`price fixed 1500 EUR`, then `installment \"…\": 100 % in 3 parts each month end`",
                "installment \"A\": 100 % in 3 parts each month end",
            ),
            ("price per word", "`action \"Word\" … per \"word\"`", ""),
            ("price 0.12 EUR per word", "`action \"Word\" 0.12 per \"word\"`", ""),
            (
                "10 sessions at 45 EUR",
                "`price per action, in EUR` with `action \"Session\" flat 45, at most 10 times`, and a line bills `work`; or all of them as one price, `price fixed 450 EUR`",
                "",
            ),
            (
                "extra hours 55 EUR",
                "`action \"Extra hours\" hourly 55` where 55 EUR is the price of an hour",
                "",
            ),
            (
                "action \"Lesson\" flat 60 first 3 then 40",
                "`per \"lesson\" 60 up to 3 then 40`",
                "",
            ),
            (
                "rental 60 EUR per day per person",
                "`action \"Rental\" 60 per \"day and person\"`",
                "",
            ),
        ],
    );
    assert_all(
        "names-prices-fr",
        "fr",
        &[
            (
                "prix : 1500 EUR en 3 fois",
                "`tarif forfait 1500 EUR`, puis `échéance \"…\": 100 % en 3 fois à chaque fin de mois`",
                "échéance \"A\" : 100 % en 3 fois à chaque fin de mois",
            ),
            (
                "tarif forfait 1500 EUR payable à la signature",
                "`échéance \"…\": 100 % à la signature`",
                "échéance \"A\" : 100 % à la signature",
            ),
            ("prix par bloc", "`action \"Bloc\" … par \"bloc\"`", ""),
            ("prix au mot : 0,12 EUR", "`action \"Mot\" 0,12 par \"mot\"`", ""),
            ("0,50 EUR le km", "`action \"…\" 0,50 par \"km\"`", ""),
            ("10 séances à 45 EUR", "`action \"Séance\" forfait 45, au plus 10 fois`", ""),
            (
                "heures supplémentaires : 55 EUR/h",
                "`action \"Heures supplémentaires\" horaire 55`",
                "",
            ),
            (
                "action \"Séance\" forfait 60 les 3 premières, puis 40",
                "`par \"séance\" 60 jusqu'à 3 puis 40`",
                "",
            ),
            (
                "location 60 EUR par jour et par personne",
                "`action \"Location\" 60 par \"jour et personne\"`",
                "",
            ),
        ],
    );
}

#[test]
fn a_name_and_an_amount_are_a_line() {
    assert_all(
        "names-amounts-en",
        "en",
        &[
            (
                "collection 50 EUR on signature",
                "`installment \"Collection\": 50 EUR on signature, beside the price`",
                "installment \"Collection\": 50 EUR on signature, beside the price",
            ),
            (
                "early cancellation: 50 EUR",
                "`installment \"Early cancellation\": 50 EUR on abandonment, beside the price`",
                "installment \"Early cancellation\": 50 EUR on abandonment, beside the price",
            ),
            (
                "excess 150 EUR",
                "`installment \"Excess\": 150 EUR on event \"Excess\", beside the price`",
                "",
            ),
            (
                "milestone 1: 30 % on signature",
                "`installment \"Milestone 1\": 30 % on signature`",
                "installment \"Milestone 1\": 30 % on signature",
            ),
            (
                "no refund after start",
                "`balance \"Left\": up to … %, no refund, on abandonment if started`",
                "",
            ),
            (
                "withdrawal period 14 days",
                "`balance \"Withdrawal\": nothing on abandonment if since signature <= 14 days`",
                "balance \"Withdrawal\": nothing on abandonment if since signature <= 14 days",
            ),
        ],
    );
    assert_all(
        "names-amounts-fr",
        "fr",
        &[
            (
                "recouvrement 50 EUR à la signature",
                "`échéance \"Recouvrement\": 50 EUR à la signature, en sus du prix`",
                "échéance \"Recouvrement\": 50 EUR à la signature, en sus du prix",
            ),
            (
                "franchise 150 EUR",
                "`échéance \"Franchise\": 150 EUR à l'événement \"Franchise\", en sus du prix`",
                "",
            ),
            (
                "aucun remboursement après le démarrage",
                "`solde \"Abandon\": jusqu'à … %, sans remboursement, à l'abandon si démarré`",
                "",
            ),
            (
                "délai de rétractation 14 jours",
                "`solde \"Rétractation\": rien à l'abandon si depuis la signature <= 14 jours`",
                "solde \"Rétractation\": rien à l'abandon si depuis la signature <= 14 jours",
            ),
            (
                "frais de dossier 1 500 EUR",
                "`échéance \"Frais de dossier\": 1 500 EUR à la signature, en sus du prix`",
                "",
            ),
        ],
    );
}

#[test]
fn february_without_a_year_has_days_of_both_kinds() {
    for (lang, line, help) in [
        ("fr", "échéance \"A\" : 10 % le 30 février", "février a 28 jours, 29 certaines années"),
        ("en", "installment \"A\": 10 % on 30 February", "February has 28 days, 29 in some years"),
    ] {
        assert_all("names-february", lang, &[(line, help, "")]);
    }
    assert_all(
        "names-february",
        "fr",
        &[("échéance \"A\" : 10 % le 30/02/2025", "ce mois a 28 jours", "")],
    );
}

#[test]
fn what_is_done_at_a_rate_is_an_action_and_what_comes_again_a_line() {
    assert_all(
        "names-work-en",
        "en",
        &[
            ("piano lesson 30 EUR each", "`action \"Piano lesson\" flat 30`", ""),
            (
                "translation 0.12 EUR per word, minimum 60 EUR",
                "`action \"Translation\" 0.12 per \"word\"`, under a price that has the bound of all the work of a case, `price per action, in EUR, at least 60 EUR`",
                "",
            ),
            (
                "monthly retainer 2000 EUR",
                "`installment \"Monthly retainer\": 2000 EUR each month end, beside the price`",
                "installment \"Monthly retainer\": 2000 EUR each month end, beside the price",
            ),
            (
                "late checkout 40 EUR",
                "`installment \"Late checkout\": 40 EUR on event \"Late checkout\"",
                "",
            ),
            ("10 % off for members", "`discount \"…\": 10 % on signature`", ""),
            ("remainder on end", "`installment \"…\": remainder on end`", ""),
            ("rush +30 %", "write the sum that 30 % comes to, beside the price", ""),
        ],
    );
    assert_all(
        "names-work-fr",
        "fr",
        &[
            ("aide à domicile 25 EUR de l'heure", "`action \"Aide à domicile\" horaire 25`", ""),
            (
                "traduction 0,12 EUR le mot, minimum 60 EUR",
                "`tarif par action, en EUR, au moins 60 EUR`",
                "",
            ),
            (
                "cotisation mensuelle des cours 49 EUR",
                "`échéance \"Cotisation\": 49 EUR à chaque fin de mois`",
                "",
            ),
            ("10 % de remise aux adhérents", "`remise \"…\": 10 % à la signature`", ""),
            ("le reste à la fin", "`échéance \"…\": reste à la fin`", ""),
            ("à la signature : 40 %", "`échéance \"…\": 40 % à la signature`", ""),
            (
                "action \"Cours\" forfait 45, majoration de 50 % le dimanche",
                "`action \"Cours +50 %\" forfait 67,50`",
                "",
            ),
            (
                "acompte 30 % à la signature",
                "`acompte \"Acompte\": 30 % à la signature`",
                "acompte \"Acompte\" : 30 % à la signature",
            ),
        ],
    );
}

/// What is done about an invoice is a step, with its name, its time and its rhythm; a sum is no step.
#[test]
fn a_step_keeps_its_name_and_its_time() {
    let french = "suivi \"F\"\n  étape \"Rappel\" : 8 jours après l'échéance\n";
    let english = "follow-up \"F\"\n  step \"Reminder\": 8 days after due\n";
    for (lang, line, right) in [
        ("fr", "rappel 5 jours avant échéance", "`étape \"Rappel\": 5 jours avant l'échéance`"),
        (
            "fr",
            "relance tous les 15 jours",
            "`étape \"Relance\": tous les 15 jours après l'échéance`",
        ),
        (
            "fr",
            "frais de relance 15 EUR",
            "`échéance \"Frais de relance\": 15 EUR à l'événement \"Retard\", en sus du prix`",
        ),
        ("fr", "étape \"Lettre\" : 45 jours fin de mois", "`45 jours après l'échéance`"),
        ("en", "reminder every 15 days", "`step \"Reminder\": each 15 days after due`"),
        ("en", "call the client after 30 days", "`step \"Call the client\": 30 days after due`"),
        ("en", "step \"Letter\": 30 days after invoice date", "`30 days after issued`"),
    ] {
        let above = if lang == "fr" { french } else { english };
        let told = said("names-steps", &format!("{above}  {line}\n"), lang);
        let told = told["diagnostics"][0]["help"].as_str().unwrap_or("").to_owned();
        assert!(told.contains(right), "{line}\n{told}");
    }
}

/// A word of another schedule of the file is none of this one.
#[test]
fn what_is_asked_is_of_its_own_schedule() {
    let two = "schedule \"One\"\n  price fixed 100 EUR\n  action \"Workshop\"\n  balance \"B\": 100 % on end\n\n";
    let line = "schedule \"Two\"\n  price fixed 100 EUR\n  balance \"B\": 100 % on end\n  installment \"A\": 10 EUR on end if at least 3 workshops\n";
    let told = said("names-own", &format!("{two}{line}"), "en");
    assert!(!told.to_string().contains("Workshop"), "{told:#}");
    let own = line.replace("  balance", "  action \"Workshop\"\n  balance");
    let told = said("names-own", &format!("{two}{own}"), "en");
    assert!(told.to_string().contains("Workshop"), "{told:#}");
}

/// Sums that nobody typed are in the currency of the schedule.
#[test]
fn what_is_shown_is_in_the_currency_of_the_schedule() {
    for (lang, text, right) in [
        (
            "en",
            "schedule \"S\"\n  price fixed 1500 CHF\n  installment \"L\": 10 % if not paid\n",
            "`installment \"L\": … CHF on event \"Late payment\", beside the price`",
        ),
        (
            "fr",
            "échéancier \"S\"\n  tarif forfait 1500 CHF\n  prix au mot\n",
            "`tarif par action, en CHF`",
        ),
        ("en", "schedule \"S\"\n  price 0.12 USD per word\n", "`price per action, in USD`"),
    ] {
        let told = said("names-currency", text, lang);
        let helps = told["diagnostics"].to_string().replace("\\\"", "\"");
        assert!(helps.contains(right) && !helps.contains("EUR"), "{text}\n{told:#}");
    }
}
