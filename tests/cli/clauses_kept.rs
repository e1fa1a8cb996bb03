//! Clauses whose advice says nothing else than was written: a tax that is excluded, percents of payments, their days and
//! conditions, bounds of conditions, and what a condition denies.

use crate::clauses::{ENGLISH, FRENCH, assert_all, said};

/// That nothing told of a line, and no edit of it, says any of this.
pub fn assert_never_said(test: &str, lang: &str, lines: &[(&str, &[&str])]) {
    let above = if lang == "fr" { FRENCH } else { ENGLISH };
    for (line, never) in lines {
        let told = said(test, &format!("{above}  {line}\n"), lang);
        let all = told["diagnostics"].as_array().unwrap();
        assert!(!all.is_empty(), "{line}");
        for found in all {
            let edit = found["edit"]["text"].as_str().unwrap_or("");
            let words = format!("{} {edit}", found["help"]);
            let words = words.replace("\\\"", "\"");
            for never in *never {
                assert!(!words.contains(never), "{line}\n{found:#}");
            }
        }
    }
}

#[test]
fn a_tax_that_is_excluded_is_the_rate_alone() {
    let english = "write `vat 20 %`: where the rate alone";
    let right = "vat 20 %";
    for wrong in [
        "vat 20 % excluded",
        "vat: 20 % excluded",
        "vat 20 % not included",
        "vat at 20 %, on top",
        "vat 20 % extra",
    ] {
        assert_all("kept-tax-en", "en", &[(wrong, english, right)]);
        assert_never_said("kept-tax-en", "en", &[(wrong, &["included`"])]);
    }
    let french = "écrivez `tva 20 %` : où le taux seul";
    for wrong in [
        "tva 20 % exclue",
        "tva : 20 % exclue",
        "tva 20 % non comprise",
        "tva 20 % non incluse",
        "tva à 20 % en sus",
        "tva 20 % hors taxes",
    ] {
        assert_all("kept-tax-fr", "fr", &[(wrong, french, "tva 20 %")]);
        assert_never_said("kept-tax-fr", "fr", &[(wrong, &["comprise`"])]);
    }
    let whole = "schedule \"T\"\n  price fixed 100 EUR, vat 20 % excluded\n  balance \"B\": remainder on end or abandonment\n";
    assert_all("kept-tax-en", "en", &[(whole, "write `vat 20 %` on a line of its own", "")]);
}

#[test]
fn a_percentage_of_payments_stays_one() {
    let whole = "`installment \"…\": 100 % in 4 parts each month end`";
    let right = "installment \"…\": 100 % in 4 parts each month end";
    assert_all(
        "kept-percent-en",
        "en",
        &[
            ("4 monthly payments of 25 %", whole, right),
            ("4 instalments of 25 % each month end", whole, right),
            ("4 payments of 25 percent", whole, right),
            (
                "3 monthly payments of 33.33 %",
                "99.99 % in 3 parts each month end",
                "installment \"A\": 99.99 % in 3 parts each month end",
            ),
            ("installment \"A\": 4 monthly payments of 25 %", "`100 % in 4 parts", ""),
            (
                "installment \"A\": 2 payments of 12.5 % on day 5 of each month",
                "`25 % in 2 parts on day 5 of each month`",
                "installment \"A\": 25 % in 2 parts on day 5 of each month",
            ),
            ("installment \"A\": 4 payments of 30 %", "is a line for each", ""),
            ("installment \"A\": 4 x 30 %", "is a line for each", ""),
        ],
    );
    let whole = "`échéance \"…\": 100 % en 4 fois à chaque fin de mois`";
    let right = "échéance \"…\" : 100 % en 4 fois à chaque fin de mois";
    assert_all(
        "kept-percent-fr",
        "fr",
        &[
            ("4 mensualités de 25 %", whole, right),
            ("4 versements de 25 %", whole, right),
            ("4 échéances de 25 % à chaque fin de mois", whole, right),
            ("échéance \"A\" : 3 mensualités de 33,33 %", "`99,99 % en 3 fois à chaque", ""),
            ("échéance \"A\" : 4 versements de 30 %", "est une ligne pour chacun", ""),
        ],
    );
    let euros: &[&str] = &["EUR", "120 %", "`30 % in"];
    assert_never_said(
        "kept-percent-en",
        "en",
        &[
            ("4 monthly payments of 25 %", euros),
            ("installment \"A\": 4 payments of 30 %", euros),
            ("installment \"A\": 4 x 30 %", euros),
        ],
    );
    assert_never_said("kept-percent-fr", "fr", &[("4 mensualités de 25 %", euros)]);
}

#[test]
fn what_stands_behind_payments_is_kept() {
    assert_all(
        "kept-payments-en",
        "en",
        &[
            (
                "3 monthly payments of 300 EUR on day 5 of each month",
                "`installment \"…\": 300 EUR on day 5 of each month, at most 3 times`",
                "installment \"…\": 300 EUR on day 5 of each month, at most 3 times",
            ),
            (
                "3 monthly payments of 300 EUR if signed",
                "300 EUR each month end if signed, at most 3 times`",
                "installment \"…\": 300 EUR each month end if signed, at most 3 times",
            ),
            (
                "3 monthly payments of 300 EUR, beside the price",
                "300 EUR each month end, at most 3 times, beside the price`",
                "installment \"…\": 300 EUR each month end, at most 3 times, beside the price",
            ),
            (
                "installment \"A\": 3 payments of 300 EUR if signed",
                "`900 EUR in 3 parts each month end if signed`",
                "installment \"A\": 900 EUR in 3 parts each month end if signed",
            ),
        ],
    );
    assert_all(
        "kept-payments-fr",
        "fr",
        &[
            (
                "3 mensualités de 300 EUR le 5 de chaque mois",
                "`échéance \"…\": 300 EUR le 5 de chaque mois, au plus 3 fois`",
                "échéance \"…\" : 300 EUR le 5 de chaque mois, au plus 3 fois",
            ),
            (
                "3 mensualités de 300 EUR si signé, en sus du prix",
                "300 EUR à chaque fin de mois si signé, au plus 3 fois, en sus du prix`",
                "échéance \"…\" : 300 EUR à chaque fin de mois si signé, au plus 3 fois, en sus du prix",
            ),
        ],
    );
    let sum: &[&str] = &["300 EUR each", "900 EUR"];
    assert_never_said(
        "kept-payments-en",
        "en",
        &[
            ("3 monthly payments of 300 EUR, the first on 2025-03-01", sum),
            ("3 monthly payments of 300 EUR starting 2 months after start", sum),
            ("3 payments of 300 EUR at signature, start and end", sum),
            ("installment \"A\": 3 x 300 EUR at signature, start and end", sum),
            ("installment \"A\": 3 payments of 1,000 EUR", &["3 EUR", "1,000", "3000"]),
            ("3 monthly payments of 1,000 EUR", &["3 EUR", "1,000", "3000"]),
        ],
    );
    let sum: &[&str] = &["300 EUR à", "900 EUR"];
    assert_never_said(
        "kept-payments-fr",
        "fr",
        &[
            ("3 mensualités de 300 EUR, la première le 01/03/2025", sum),
            ("3 versements de 300 EUR à la signature, au démarrage et à la fin", sum),
            ("échéance \"A\" : 3 mensualités de 300 EUR à partir du 01/03/2025", sum),
        ],
    );
    let francs = |line: &str| format!("schedule \"T\"\n  price fixed 1500 CHF\n{line}");
    let wrong = francs("  3 monthly payments of 300\n");
    assert_all("kept-payments-chf", "en", &[(&wrong, "300 CHF each month end", "")]);
}

#[test]
fn a_bound_of_any_condition_is_no_tax() {
    let (strict, taken_in) = ("with it, write `<=`", "leave it out: `<=` and `>=`");
    for (condition, sentence) in [
        ("hours < 10 inclusive", strict),
        ("hours <= 10 inclusive", taken_in),
        ("attendance < 80 % inclusive", strict),
        ("progress >= 50 % inclusive", taken_in),
    ] {
        let line = format!("installment \"A\": 10 EUR on end if {condition}");
        assert_all("kept-bound-en", "en", &[(&line, sentence, "")]);
        assert_never_said("kept-bound-en", "en", &[(&line, &["vat"])]);
    }
    let (strict, taken_in) = ("l'inclure, écrivez `<=`", "retirez ce mot : `<=` et `>=`");
    for (condition, sentence) in [
        ("heures < 10 inclus", strict),
        ("heures < 10 incluses", strict),
        ("heures <= 10 incluses", taken_in),
        ("assiduité < 80 % incluse", strict),
        ("assiduité >= 80 % compris", taken_in),
    ] {
        let line = format!("échéance \"A\" : 10 EUR à la fin si {condition}");
        assert_all("kept-bound-fr", "fr", &[(&line, sentence, "")]);
        assert_never_said("kept-bound-fr", "fr", &[(&line, &["tva"])]);
    }
    let signed = "installment \"A\": 10 EUR on start if signed inclusive";
    assert_never_said("kept-bound-en", "en", &[(signed, &["vat"])]);
}

#[test]
fn what_is_denied_without_a_name_stays_denied() {
    let english = |condition: &str| format!("installment \"A\": 10 EUR on end if {condition}");
    for (condition, right) in [
        ("still not started", "`not started`"),
        ("not yet started", "`not started`"),
        ("never abandoned", "`not abandoned`"),
        ("nobody signed", "`not signed`"),
        ("neither signed nor started", "`not (signed or started)`"),
        ("no report was delivered", "`not event \"report\" happened`"),
        ("the client didn't sign", "`not signed`"),
        ("the contract is not terminated", "`not abandoned`"),
        ("the trainee has cancelled", "write `abandoned`"),
        ("the client has signed", "write `signed`"),
        ("the report was rejected", "`event \"report rejected\" happened`"),
        ("the report was not rejected", "`not event \"report rejected\" happened`"),
    ] {
        let line = english(condition);
        let written = right.trim_start_matches("write ").trim_matches('`');
        assert_all("kept-denied-en", "en", &[(&line, right, &english(written))]);
    }
    let french = |condition: &str| format!("échéance \"A\" : 10 EUR à la fin si {condition}");
    for (condition, right) in [
        ("toujours pas démarré", "`non démarré`"),
        ("pas encore signé", "`non signé`"),
        ("personne n'a signé", "`non signé`"),
        ("ni signé ni démarré", "`non (signé ou démarré)`"),
        ("aucun rapport n'a été remis", "`non événement \"rapport\" survenu`"),
        ("le contrat n'est pas résilié", "`non abandonné`"),
        ("le stagiaire a abandonné", "`abandonné`"),
        ("le rapport a été refusé", "`événement \"rapport refusé\" survenu`"),
    ] {
        let line = french(condition);
        let written = french(right.trim_matches('`'));
        assert_all("kept-denied-fr", "fr", &[(&line, right, &written)]);
    }
}

/// What a sentence says of when, how or what else is in no name of one of its words.
#[test]
fn a_sentence_is_no_event_of_its_first_word() {
    for condition in [
        "the contract has not been signed within 14 days",
        "report was not delivered before 2025-03-01",
        "report or invoice was not delivered",
        "the report was delivered late",
        "the trainee has not attended 80 % of the hours",
    ] {
        let line = format!("installment \"A\": 10 EUR on end if {condition}");
        let never: &[&str] = &["write `signed`", "\"report\"", "\"trainee\"", "\"invoice\""];
        assert_never_said("kept-whole-en", "en", &[(&line, never)]);
        assert_all("kept-whole-en", "en", &[(&line, "whose name says all of it", "")]);
    }
    for condition in [
        "le contrat n'a pas été signé dans les 14 jours",
        "le rapport a été remis en retard",
        "le rapport ou la facture n'a pas été remis",
        "le stagiaire n'a pas suivi 80 % des heures",
        "jamais abandonné",
    ] {
        let line = format!("échéance \"A\" : 10 EUR à la fin si {condition}");
        let never: &[&str] = &["écrivez `signé`", "\"rapport\"", "\"stagiaire\"", "\"jamais\""];
        assert_never_said("kept-whole-fr", "fr", &[(&line, never)]);
        assert_all("kept-whole-fr", "fr", &[(&line, "dont le nom le dit en entier", "")]);
    }
}

#[test]
fn a_day_or_a_time_keeps_what_it_counts_from() {
    let english = |line: &str| format!("balance \"A\": {line}");
    for (line, sentence, right) in [
        (
            "30 % on abandonment within 14 calendar days of signature",
            "`if since signature < 14 days`",
            "30 % on abandonment if since signature < 14 days",
        ),
        (
            "30 % on abandonment more than 14 days after signature",
            "`if since signature > 14 days`",
            "30 % on abandonment if since signature > 14 days",
        ),
        (
            "30 % on abandonment within 10 working days of signature",
            "counts the days of the calendar",
            "",
        ),
        (
            "300 EUR if cancelled after start",
            "`300 EUR on abandonment if started`",
            "300 EUR on abandonment if started",
        ),
        (
            "300 EUR if cancelled before start",
            "`300 EUR on abandonment if not started`",
            "300 EUR on abandonment if not started",
        ),
        ("30 % on Wednesday 15 October 2025", "`2025-10-15`", ""),
    ] {
        let right = if right.is_empty() { String::new() } else { english(right) };
        let line = english(line);
        assert_all("kept-time-en", "en", &[(&line, sentence, &right)]);
        let never: &[&str] = &["counted from the start", "\"Wednesday"];
        assert_never_said("kept-time-en", "en", &[(&line, never)]);
    }
    let french = |line: &str| format!("solde \"A\" : {line}");
    for (line, sentence, right) in [
        (
            "30 % à l'abandon dans le mois de la signature",
            "`si depuis la signature < 1 mois`",
            "30 % à l'abandon si depuis la signature < 1 mois",
        ),
        (
            "30 % à l'abandon au-delà de 14 jours après la signature",
            "`si depuis la signature > 14 jours`",
            "30 % à l'abandon si depuis la signature > 14 jours",
        ),
        (
            "30 % à l'abandon dans les 10 jours ouvrés de la signature",
            "compte les jours du calendrier",
            "",
        ),
        (
            "300 EUR si annulé après le démarrage",
            "`300 EUR à l'abandon si démarré`",
            "300 EUR à l'abandon si démarré",
        ),
        ("30 % le mercredi 15 octobre 2025", "`15/10/2025`", ""),
    ] {
        let right = if right.is_empty() { String::new() } else { french(right) };
        let line = french(line);
        assert_all("kept-time-fr", "fr", &[(&line, sentence, &right)]);
        let never: &[&str] = &["comptée depuis le démarrage", "joignez-les", "\"mercredi"];
        assert_never_said("kept-time-fr", "fr", &[(&line, never)]);
    }
    for line in ["30 % fin mars 2025", "30 % début mars 2025", "30 % fin de mars"] {
        let never: &[&str] = &["à la fin", "au démarrage"];
        assert_never_said("kept-time-fr", "fr", &[(&french(line), never)]);
    }
    for line in ["30 % end March 2025", "30 % at the end of March 2025"] {
        assert_never_said("kept-time-en", "en", &[(&english(line), &["on end"])]);
    }
}

#[test]
fn an_edit_changes_no_sum_and_no_unit() {
    assert_all(
        "kept-sums-en",
        "en",
        &[
            ("installment \"A\": 100 USD on start", "no sum is converted", ""),
            ("installment \"A\": 1.500,- on start", "write `1500`", ""),
            (
                "installment \"A\": €1.500 on start",
                "`1500 EUR` for the large sum, `1.5 EUR` for the small",
                "",
            ),
            ("installment \"A\": 50 % paid by the client on start", "shared by the payers", ""),
            (
                "payer \"F\" pays 70 % up to 900 EUR\n  payer \"G\": remainder",
                "write `payer \"F\": 70 %, at most 900 EUR`",
                "",
            ),
            ("installment \"A\": 30 % on Sept 31, 2025", "that month has 30 days", ""),
            ("installment \"A\": 30 % on 5/1/2025", "the day first", ""),
            ("action \"Y\" 0.5 EUR per minute", "`hourly 30`", ""),
            ("action \"Y\" 40 EUR per started 45 minutes", "`hourly …, by 45 minutes`", ""),
        ],
    );
    assert_all(
        "kept-sums-fr",
        "fr",
        &[
            ("échéance \"A\" : 100 USD au démarrage", "aucun montant n'est converti", ""),
            ("échéance \"A\" : 1.500,- au démarrage", "écrivez `1500`", ""),
            (
                "échéance \"A\" : €1.500 au démarrage",
                "`1500 EUR` pour la grande somme, `1.5 EUR` pour la petite",
                "",
            ),
            ("échéance \"A\" : 50 % payé par l'OPCO au démarrage", "entre les payeurs", ""),
            (
                "payeur \"F\" paie 70 % jusqu'à 900 EUR\n  payeur \"G\" : reste",
                "écrivez `payeur \"F\" : 70 %, au plus 900 EUR`",
                "",
            ),
            ("échéance \"A\" : 30 % le 31 sept 2025", "ce mois a 30 jours", ""),
            ("échéance \"A\" : 30 % le 29 février 2024", "`29/02/2024`", ""),
            ("action \"Y\" 0,5 EUR par minute", "`horaire 30`", ""),
            ("échéance \"A\" : 30 % le 5/1/2025", "`05/01/2025`", ""),
        ],
    );
    let (unit, right) = ("par \"demi-journée\"", "écrivez `par \"demi-journée\"`");
    let line = format!(
        "échéancier \"T\"\n  tarif par action, en EUR\n  action \"Y\" 200 {unit}\n  solde \"B\" : réalisé à la fin ou à l'abandon\n"
    );
    assert_all("kept-sums-fr", "fr", &[("action \"Y\" 200 EUR par demi-journée", right, &line)]);
    let hours: &[&str] = &["heures`"];
    let line = "échéance \"A\" : 10 EUR à la fin si hors abandon";
    assert_never_said("kept-sums-fr", "fr", &[(line, hours)]);
    for line in ["installment \"A\": 100 USD on start", "installment \"A\": 30 % on 5/1/2025"] {
        let told = said("kept-sums-en", &format!("{ENGLISH}  {line}\n"), "en");
        let edits =
            told["diagnostics"].as_array().unwrap().iter().filter(|it| !it["edit"].is_null());
        assert_eq!(edits.count(), 0, "{told:#}");
    }
}
