//! Clauses of contracts whose advice keeps what was written: *not*, percents, payers, bounds, and from when a time counts.

use crate::edits::assert_edits_work;
use crate::program::{file, jalon};

pub const ENGLISH: &str = "schedule \"S\"\n  price fixed 1500 EUR\n  action \"X\"\n";
pub const FRENCH: &str = "échéancier \"S\"\n  tarif forfait 1500 EUR\n  action \"X\"\n";

pub fn said(test: &str, text: &str, lang: &str) -> serde_json::Value {
    assert_edits_work(text, lang);
    let path = file(test, "clause.jalon", text);
    let outcome = jalon(&["check", "--no-verify", "--format", "json", "--lang", lang, &path]);
    assert_eq!(outcome.err, "", "{text}");
    serde_json::from_str(&outcome.out).unwrap()
}

fn errors(told: &serde_json::Value) -> Vec<&serde_json::Value> {
    let all = told["diagnostics"].as_array().unwrap().iter();
    all.filter(|found| found["severity"] == "error" || found["level"] == "error").collect()
}

/// That a line below a schedule is answered with a sentence, and that the line works that follows from it.
fn assert_answered(test: &str, lang: &str, (wrong, sentence, right): (&str, &str, &str)) {
    let (above, below) = match lang {
        "fr" => (FRENCH, "  solde \"B\" : reste à la fin ou à l'abandon\n"),
        _ => (ENGLISH, "  balance \"B\": remainder on end or abandonment\n"),
    };
    let text = |line: &str| match line.starts_with(['s', 'é']) && line.contains('\n') {
        true => line.to_owned(),
        false => format!("{above}  {line}\n{below}"),
    };
    let told = said(test, &text(wrong), lang);
    let found = told["diagnostics"].as_array().unwrap();
    let says = |found: &serde_json::Value| {
        let help = found["help"].as_str().unwrap_or("");
        help.contains(sentence)
    };
    assert!(found.iter().any(says), "{wrong}\n{told:#}");
    if let Some(found) = found.iter().find(|found| says(found) && !found["edit"].is_null()) {
        // An edit works as it stands.
        let edit = &found["edit"];
        let byte = |key: &str| usize::try_from(edit["place"][key].as_u64().unwrap()).unwrap();
        let whole = text(wrong);
        let (start, end) = (byte("start"), byte("end"));
        let new = edit["text"].as_str().unwrap();
        let edited = format!("{}{new}{}", &whole[..start], &whole[end..]);
        let told = said(test, &edited, lang);
        assert!(errors(&told).is_empty(), "{edited}\n{told:#}");
    }
    if !right.is_empty() {
        let told = said(test, &text(right), lang);
        assert!(errors(&told).is_empty(), "{right}\n{told:#}");
    }
}

pub fn assert_all(test: &str, lang: &str, clauses: &[(&str, &str, &str)]) {
    for clause in clauses {
        assert_answered(test, lang, *clause);
    }
}

#[test]
fn what_has_not_happened_stays_so() {
    assert_all(
        "clauses-not-en",
        "en",
        &[
            (
                "installment \"A\": 10 EUR on start if report was not delivered",
                "write `not event \"report\" happened`",
                "installment \"A\": 10 EUR on start if not event \"report\" happened",
            ),
            (
                "installment \"A\": 10 EUR on start if the contract has not been signed",
                "write `not signed`",
                "installment \"A\": 10 EUR on start if not signed",
            ),
            (
                "installment \"A\": 10 EUR on end if report has not been approved",
                "write `not event \"report approved\" happened`",
                "",
            ),
            (
                "installment \"A\": 10 EUR on end if the trainee has not cancelled",
                "write `not abandoned`",
                "installment \"A\": 10 EUR on end if not abandoned",
            ),
            (
                "installment \"A\": 10 EUR on start if deliverable \"R\" isn't delivered",
                "write `not deliverable \"R\" received`",
                "",
            ),
            (
                "installment \"A\": 10 EUR on start if action \"X\" did not take place",
                "write `not action \"X\" done`",
                "",
            ),
            (
                "installment \"A\": 10 EUR on start if not action \"X\" was not done",
                "write `(not action \"X\" done)`",
                "",
            ),
        ],
    );
    assert_all(
        "clauses-not-fr",
        "fr",
        &[
            (
                "échéance \"A\" : 10 EUR au démarrage si le rapport n'a pas été livré",
                "écrivez `non événement \"rapport\" survenu`",
                "échéance \"A\" : 10 EUR au démarrage si non événement \"rapport\" survenu",
            ),
            (
                "échéance \"A\" : 10 EUR au démarrage si livrable \"R\" n'a jamais été remis",
                "écrivez `non livrable \"R\" remis`",
                "",
            ),
            (
                "échéance \"A\" : 10 EUR au démarrage si action \"X\" non réalisée",
                "écrivez `non action \"X\" faite`",
                "",
            ),
            (
                "échéance \"A\" : 10 EUR au démarrage si le devis n'est pas signé",
                "écrivez `non signé`",
                "échéance \"A\" : 10 EUR au démarrage si non signé",
            ),
        ],
    );
}

#[test]
fn how_often_something_has_happened_is_bounded_as_written() {
    let english = |often: &str| format!("installment \"A\": 10 EUR on end if action \"X\" {often}");
    for (often, right) in [
        ("happened at most 3 times", "`not action \"X\" done at least 4 times`"),
        ("done 3 times or more", "`action \"X\" done at least 3 times`"),
        ("happened 3 times or fewer", "`not action \"X\" done at least 4 times`"),
        ("took place 3 times", "`action \"X\" done at least 3 times` for that often or more"),
        ("has not happened 3 times", "`not action \"X\" done at least 3 times`"),
    ] {
        assert_answered("clauses-often-en", "en", (&english(often), right, ""));
    }
    let french = |often: &str| format!("échéance \"A\" : 10 EUR à la fin si action \"X\" {often}");
    for (often, right) in [
        ("faite 3 fois ou plus", "`action \"X\" faite au moins 3 fois`"),
        ("réalisée au plus 3 fois", "`non action \"X\" faite au moins 4 fois`"),
        ("a eu lieu 3 fois ou moins", "`non action \"X\" faite au moins 4 fois`"),
        ("faite 3 fois au maximum", "`non action \"X\" faite au moins 4 fois`"),
    ] {
        assert_answered("clauses-often-fr", "fr", (&french(often), right, ""));
    }
}

#[test]
fn a_time_counts_from_what_was_written() {
    assert_all(
        "clauses-within-en",
        "en",
        &[
            (
                "installment \"A\": 10 EUR on abandonment within 14 days of signature",
                "`if since signature < 14 days`, or `if since signature <= 14 days`",
                "installment \"A\": 10 EUR on abandonment if since signature < 14 days",
            ),
            (
                "installment \"A\": 10 EUR on abandonment if within 14 days after signature",
                "`since signature < 14 days`, or `since signature <= 14 days`",
                "",
            ),
            (
                "installment \"A\": 10 EUR on abandonment if within 14 days before start",
                "`notice < 14 days`",
                "installment \"A\": 10 EUR on abandonment if notice <= 14 days",
            ),
        ],
    );
    assert_all(
        "clauses-within-fr",
        "fr",
        &[
            (
                "échéance \"A\" : 10 EUR à l'abandon dans les 14 jours de la signature",
                "`si depuis la signature < 14 jours`",
                "échéance \"A\" : 10 EUR à l'abandon si depuis la signature <= 14 jours",
            ),
            (
                "échéance \"A\" : 10 EUR à l'abandon dans les 3 mois du démarrage",
                "`si durée < 3 mois`",
                "échéance \"A\" : 10 EUR à l'abandon si durée < 3 mois",
            ),
        ],
    );
}

#[test]
fn a_bound_is_no_tax_and_a_tax_is_no_bound() {
    assert_all(
        "clauses-inclusive-en",
        "en",
        &[
            (
                "installment \"A\": 10 EUR on start if duration <= 3 months inclusive",
                "leave it out: `<=` and `>=`",
                "",
            ),
            (
                "installment \"A\": 10 EUR on start if duration < 3 months inclusive",
                "with it, write `<=`",
                "",
            ),
            (
                "installment \"A\": 10 EUR 1 month inclusive after start",
                "a delay ends on one day",
                "",
            ),
            ("installment \"A\": 10 EUR inclusive of VAT on start", "`vat 20 % included`", ""),
            ("installment \"A\": 10 EUR including tax on start", "`vat 20 % included`", ""),
        ],
    );
    assert_all(
        "clauses-inclusive-fr",
        "fr",
        &[
            (
                "échéance \"A\" : 10 EUR au démarrage si durée >= 3 mois inclus",
                "retirez ce mot : `<=` et `>=`",
                "",
            ),
            (
                "échéance \"A\" : 10 EUR toutes taxes comprises au démarrage",
                "`tva 20 % comprise`",
                "",
            ),
            ("échéance \"A\" : 10 EUR TTC au démarrage", "`tva 20 % comprise`", ""),
        ],
    );
}

#[test]
fn sums_and_percents_as_people_write_them_have_an_edit() {
    assert_all(
        "clauses-sums-en",
        "en",
        &[
            ("installment \"A\": EUR 300,- on start", "write `300 EUR`", ""),
            ("installment \"A\": 300,- EUR on start", "write `300`", ""),
            ("installment \"A\": €300 on start", "write `300 EUR`", ""),
            ("installment \"A\": EUR 1 300 on start", "write `1 300 EUR`", ""),
            ("installment \"A\": 20 per-cent on start", "write `%`", ""),
        ],
    );
    assert_all(
        "clauses-sums-fr",
        "fr",
        &[
            ("échéance \"A\" : 300,-- EUR au démarrage", "écrivez `300`", ""),
            ("échéance \"A\" : EUR 1 300,- au démarrage", "écrivez `1 300 EUR`", ""),
            ("échéance \"A\" : 20 pour-cent au démarrage", "écrivez `%`", ""),
            ("échéance \"A\" : 20 pour cent au démarrage", "écrivez `%`", ""),
        ],
    );
}

#[test]
fn bounds_stand_where_the_language_has_them() {
    assert_all(
        "clauses-bounds-en",
        "en",
        &[
            (
                "installment \"A\": 20 % on start, capped at 200 EUR",
                "the amount of a line is exact",
                "",
            ),
            (
                "installment \"A\": 20 % on start, 200 EUR maximum",
                "the amount of a line is exact",
                "",
            ),
            ("installment \"A\": 100 EUR each month end, max 3 times", "write `at most`", ""),
            (
                "schedule \"T\"\n  price hourly 70 EUR capped at 2000 EUR\n  balance \"B\": work on end or abandonment\n",
                "bounds in hours",
                "",
            ),
            (
                "schedule \"T\"\n  price per action, in EUR\n  action \"Day\" flat 200 capped at 2000 EUR\n  balance \"B\": work on end or abandonment\n",
                "`price per action, in EUR, at most 2000 EUR`",
                "",
            ),
        ],
    );
    assert_all(
        "clauses-bounds-fr",
        "fr",
        &[
            (
                "échéance \"A\" : 20 % au démarrage, plafonné à 200 EUR",
                "le montant d'une ligne est exact",
                "",
            ),
            (
                "échéance \"A\" : 20 % au démarrage, minimum de 200 EUR",
                "le montant d'une ligne est exact",
                "",
            ),
            (
                "échéancier \"T\"\n  tarif par action, en EUR\n  action \"Jour\" forfait 200, 2000 EUR au maximum\n  solde \"B\" : réalisé à la fin ou à l'abandon\n",
                "`tarif par action, en EUR, au plus 2000 EUR`",
                "",
            ),
        ],
    );
}

#[test]
fn who_pays_and_what_work_costs_become_lines() {
    assert_all(
        "clauses-lines-en",
        "en",
        &[
            ("payer \"X\" pays 50 %\n  payer \"Y\": remainder", "write `payer \"X\": 50 %`", ""),
            (
                "payer \"X\": 50 %\n  payer \"Y\" pays the rest",
                "write `payer \"Y\": remainder`",
                "",
            ),
            (
                "schedule \"T\"\n  price per action, in EUR\n  action \"W\" 30 EUR per started half hour\n  balance \"B\": work on end or abandonment\n",
                "write `hourly 60, by 30 minutes`",
                "",
            ),
            (
                "invoice \"Deposit\": 30 % on signature",
                "a `deposit` (the balance deducts it)",
                "deposit \"Deposit\": 30 % on signature",
            ),
            ("installment \"A\": 110 % of expenses on start", "`action \"Travel\" at cost`", ""),
            (
                "3 monthly payments of 300 EUR",
                "`installment \"…\": 300 EUR each month end, at most 3 times`",
                "installment \"…\": 300 EUR each month end, at most 3 times",
            ),
            (
                "installment \"A\": 3 payments of 300 EUR",
                "`900 EUR in 3 parts each month end`",
                "installment \"A\": 900 EUR in 3 parts each month end",
            ),
            (
                "balance \"A\": 300 EUR in case of withdrawal",
                "write `on abandonment`",
                "balance \"A\": 300 EUR on abandonment",
            ),
            ("balance \"A\": 300 EUR if cancelled", "`300 EUR on abandonment`", ""),
        ],
    );
    assert_all(
        "clauses-lines-fr",
        "fr",
        &[
            (
                "le payeur \"X\" paie 50 %\n  payeur \"Y\" : reste",
                "écrivez `payeur \"X\" : 50 %`",
                "",
            ),
            (
                "échéancier \"T\"\n  tarif horaire 60 EUR par demi-heure entamée\n  solde \"B\" : réalisé à la fin ou à l'abandon\n",
                "écrivez `horaire 60 EUR, par tranche de 30 minutes`",
                "",
            ),
            ("facture \"Acompte\" : 30 % à la signature", "est un `acompte`", ""),
            (
                "jalon \"M1\" : 30 % à la signature",
                "`échéance \"M1\": 30 % à la signature`",
                "échéance \"M1\" : 30 % à la signature",
            ),
            (
                "3 mensualités de 300 EUR",
                "`échéance \"…\": 300 EUR à chaque fin de mois, au plus 3 fois`",
                "échéance \"…\" : 300 EUR à chaque fin de mois, au plus 3 fois",
            ),
            ("solde \"A\" : 300 EUR au désistement", "à l'événement \"Désistement\"", ""),
        ],
    );
}

#[test]
fn dates_have_an_edit_where_the_day_is_certain() {
    assert_all(
        "clauses-dates-en",
        "en",
        &[
            ("installment \"A\": 10 EUR on 15/10/25", "write `15/10/2025`", ""),
            ("installment \"A\": 10 EUR on Oct 15, 2025", "write `2025-10-15`", ""),
            ("installment \"A\": 10 EUR on 15th of October 2025", "write `2025-10-15`", ""),
            ("installment \"A\": 10 EUR on 2025/10/15", "write `2025-10-15`", ""),
            ("installment \"A\": 10 EUR on 03/04/25", "`05/07/2025`, the day first", ""),
        ],
    );
    assert_all(
        "clauses-dates-fr",
        "fr",
        &[
            ("échéance \"A\" : 10 EUR le 15.10.2025", "écrivez `15/10/2025`", ""),
            ("échéance \"A\" : 10 EUR le 15 oct. 2025", "écrivez `15/10/2025`", ""),
            ("échéance \"A\" : 10 EUR le 03/04/25", "`05/07/2025`, le jour d'abord", ""),
        ],
    );
}

#[test]
fn what_is_expected_has_its_label_before_its_sum() {
    let english = |line: &str| {
        format!(
            "schedule \"T\"\n  price fixed 300 EUR\n  balance \"B\": remainder on end or abandonment\n\nscenario \"s\"\n  2025-06-20 end\n  {line}\n"
        )
    };
    assert_answered(
        "clauses-expect-en",
        "en",
        (&english("expect 2025-06-20 300.00 \"B\""), "write `\"B\" 300.00`", ""),
    );
    let french = |line: &str| {
        format!(
            "échéancier \"T\"\n  tarif forfait 300 EUR\n  solde \"B\" : reste à la fin ou à l'abandon\n\nscénario \"s\"\n  20/06/2025 fin\n  {line}\n"
        )
    };
    assert_answered(
        "clauses-expect-fr",
        "fr",
        (&french("attendu 20/06/2025 300,00 \"B\""), "écrivez `\"B\" 300,00`", ""),
    );
}

const AGREED: &str = "schedule \"S\"\n  price fixed as agreed, in EUR\n  balance \"B\": remainder on end or abandonment\n";

/// What is told of events on a schedule whose price each case agrees.
fn run(test: &str, events: &str, lang: &str) -> String {
    let schedule = file(test, "s.jalon", AGREED);
    let events = file(test, "e.ndjson", events);
    let call =
        ["run", "--lang", lang, "--as-of", "2025-12-31", "--schedule", &schedule, "--events"];
    jalon(&[&call[..], &[&events]].concat()).err
}

#[test]
fn a_term_that_is_missing_is_told_with_the_event_that_states_it() {
    let events = "{\"case\":\"a\",\"date\":\"2025-03-10\",\"kind\":\"opened\",\"schedule\":\"S\"}\n{\"case\":\"a\",\"date\":\"2025-04-01\",\"kind\":\"end\"}\n";
    let told = run("clauses-missing", events, "en");
    assert!(told.contains("its `opened` event does, in `price`, as `1800`"), "{told}");
    let told = run("clauses-missing", events, "fr");
    assert!(told.contains("dans `price`, comme `1800`"), "{told}");
    assert!(told.contains("à la ligne `ouverture`, colonne `prix`"), "{told}");
}

#[test]
fn a_case_that_ends_before_it_is_opened_is_told_with_its_day() {
    let events = "{\"case\":\"a\",\"date\":\"2025-03-10\",\"kind\":\"opened\",\"schedule\":\"S\",\"price\":\"1000\"}\n{\"case\":\"a\",\"date\":\"2025-02-01\",\"kind\":\"end\"}\n";
    let told = run("clauses-before", events, "en");
    assert!(told.contains("closed before this opening of 2025-03-10"), "{told}");
    let told = run("clauses-before", events, "fr");
    assert!(told.contains("clos avant cette ouverture du 10/03/2025"), "{told}");
}

#[test]
fn a_sum_of_three_decimals_is_answered_with_none() {
    let schedule = file("clauses-sum", "s.jalon", AGREED);
    let call = |lang: &str| {
        let call = ["forecast", "--lang", lang, "--schedule", &schedule, "--signed", "2025-02-01"];
        jalon(&[&call[..], &["--until", "2025-12-31", "--agreed", "price=12,345"]].concat()).err
    };
    let told = call("fr");
    assert!(told.contains("écrivez `12345`") && !told.contains("12,3450"), "{told}");
    let told = call("en");
    assert!(told.contains("write `12345`") && !told.contains("12,3450"), "{told}");
}

/// What is accepted of one line says nothing of another.
#[test]
fn an_endless_line_that_is_accepted_hides_no_other() {
    let text = |accepts: &str| {
        format!(
            "schedule \"S\"\n  price fixed 100 EUR\n  installment \"P\": 5 EUR each month end, beside the price\n  installment \"Q\": 7 EUR each month end, beside the price\n  installment \"E\": 100 % on end\n{accepts}"
        )
    };
    let told = |accepts: &str| {
        let path = file("clauses-endless", "s.jalon", text(accepts));
        let outcome = jalon(&["verify", "--only", "endless", &path]);
        outcome.out + &outcome.err
    };
    for (accepted, other) in [("P", "Q"), ("Q", "P")] {
        let told = told(&format!("  accepts endless on \"{accepted}\" \"agreed\"\n"));
        assert!(told.contains("[endless]") && told.contains(&format!("`{other}`")), "{told}");
    }
}

#[test]
fn an_abandonment_is_one_however_it_is_said() {
    for (lang, line, right) in [
        ("fr", "solde \"A\" : 20 % en cas d'abandon", "solde \"A\" : 20 % à l'abandon"),
        ("en", "balance \"A\": 20 % in case of abandonment", "balance \"A\": 20 % on abandonment"),
    ] {
        let sentence =
            if lang == "fr" { "écrivez `à l'abandon`" } else { "write `on abandonment`" };
        assert_answered("clauses-abandonment", lang, (line, sentence, right));
    }
}
