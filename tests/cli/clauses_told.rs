//! Clauses whose nearest sentence bills something else: shares of what an action cost, included hours, fees, limits of time, time
//! before the start, days of the week. The advice says what was written, and an edit is applied and checked.

use crate::clauses::{assert_all, said};
use crate::program::{file, jalon};

fn told(test: &str, text: &str, lang: &str) -> (serde_json::Value, String) {
    let told = said(test, text, lang);
    let found = told["diagnostics"].as_array().unwrap().first().cloned().unwrap_or_default();
    let help = found["help"].as_str().unwrap_or("").to_owned();
    (found, help)
}

#[test]
fn a_share_of_an_amount_is_no_share_of_the_price() {
    for (lang, line, right) in [
        (
            "en",
            "installment \"F\": 10 % of amount on action \"Gain\"",
            "`action \"Gain\" 10 % of amount`",
        ),
        (
            "en",
            "installment \"F\": 50 % of the sum on event \"Sale\"",
            "`action \"Sale\" 50 % of amount`",
        ),
        (
            "en",
            "balance \"F\": 5 % of the amount of action \"Sale\" on end",
            "`action \"Sale\" 5 % of amount`",
        ),
        (
            "fr",
            "échéance \"F\" : 10 % du montant à l'action \"Gain\"",
            "`action \"Gain\" 10 % du montant`",
        ),
        ("fr", "échéance \"F\" : 50 % de la somme à la fin", "`action \"Gain\" 50 % du montant`"),
    ] {
        let text = match lang {
            "fr" => format!(
                "échéancier \"S\"\n  tarif forfait 1000 EUR\n  {line}\n  solde \"B\" : reste à la fin ou à l'abandon\n"
            ),
            _ => format!(
                "schedule \"S\"\n  price fixed 1000 EUR\n  {line}\n  balance \"B\": remainder on end or abandonment\n"
            ),
        };
        let (found, help) = told("told-share", &text, lang);
        assert!(help.contains(right), "{line}\n{found:#}");
        assert!(found["edit"].is_null(), "{line}\n{found:#}");
    }
    // Nor is one of anything else: no words are taken away.
    for (lang, line) in [
        ("en", "installment \"A\": 10 % of the fee on end"),
        ("en", "installment \"A\": 10 % of penalty on end"),
        ("fr", "échéance \"A\" : 10 % de la cotisation à la fin"),
        ("fr", "échéance \"A\" : 50 % du montant total à la fin"),
    ] {
        let text = match lang {
            "fr" => format!(
                "échéancier \"S\"\n  tarif forfait 1000 EUR\n  {line}\n  solde \"B\" : reste à la fin ou à l'abandon\n"
            ),
            _ => format!(
                "schedule \"S\"\n  price fixed 1000 EUR\n  {line}\n  balance \"B\": remainder on end or abandonment\n"
            ),
        };
        let (found, help) = told("told-share", &text, lang);
        assert!(!help.is_empty() && found["edit"].is_null(), "{line}\n{found:#}");
    }
    // What is advised works.
    let right = "schedule \"S\"\n  price per action, in EUR\n  action \"Gain\" 10 % of amount\n  installment \"F\": work each action \"Gain\"\n  balance \"B\": work on end or abandonment\n";
    let told = said("told-share", right, "en");
    assert_eq!(told["diagnostics"].as_array().unwrap().len(), 0, "{told:#}");
}

#[test]
fn at_most_so_often_is_not_at_least_more() {
    assert_all(
        "told-often",
        "en",
        &[
            (
                "installment \"F\": 10 % on abandonment if action \"X\" done at most 3 times",
                "write `not action \"X\" done at least 4 times`",
                "",
            ),
            (
                "installment \"F\": 10 % on abandonment if started and not event \"E\" happened at most 2 times",
                "write `event \"E\" happened at least 3 times`",
                "",
            ),
            (
                "installment \"F\": 10 % on end if action \"X\" done at least 2 times at most 3 times",
                "and not action \"X\" done at least 4 times`",
                "",
            ),
            (
                "installment \"F\": 10 EUR each event \"E\" if action \"X\" done at most 3 times",
                "of how often the line comes, `, at most 3 times`",
                "installment \"F\": 10 EUR each event \"E\" if action \"X\" done, at most 3 times",
            ),
        ],
    );
    assert_all(
        "told-often",
        "fr",
        &[(
            "échéance \"F\" : 10 % à l'abandon si action \"X\" faite au plus 3 fois",
            "écrivez `non action \"X\" faite au moins 4 fois`",
            "",
        )],
    );
}

#[test]
fn a_limit_of_time_is_a_condition() {
    assert_all(
        "told-limit",
        "en",
        &[
            (
                "discount \"E\": 10 % on signature if signed until 2025-06-01",
                "write `signed before 2025-06-02`",
                "",
            ),
            (
                "discount \"E\": 10 % on signature before 2025-06-01",
                "write `if signed before 2025-06-01`",
                "discount \"E\": 10 % on signature if signed before 2025-06-01",
            ),
            (
                "discount \"E\": 10 % on signature no later than 2025-12-31",
                "write `if signed before 2026-01-01`",
                "",
            ),
            // Of what is due it may be the last day on which it is billed: either is told, and none is chosen.
            (
                "installment \"E\": 30 % on signature no later than 2025-03-15",
                "`on signature or on 2025-03-15`; if nothing is billed afterwards, that is a condition",
                "",
            ),
            (
                "installment \"E\": 30 % on signature by 2025-03-15",
                "`on signature or on 2025-03-15`; if nothing is billed afterwards, that is a condition",
                "",
            ),
            (
                "installment \"E\": 10 EUR on event \"E\" after 2025-06-01, beside the price",
                "write `if date from 2025-06-02`",
                "",
            ),
            (
                "discount \"E\": 10 % until 2025-06-01",
                "`on signature if signed before 2025-06-02`",
                "",
            ),
        ],
    );
    assert_all(
        "told-limit",
        "fr",
        &[
            (
                "remise \"E\" : 10 % à la signature si signé jusqu'au 01/06/2025",
                "écrivez `signé avant le 02/06/2025`",
                "",
            ),
            (
                "remise \"E\" : 10 % à la signature avant le 01/06/2025",
                "écrivez `si signé avant le 01/06/2025`",
                "",
            ),
            (
                "remise \"E\" : 10 % jusqu'au 28/02/2028",
                "`à la signature si signé avant le 29/02/2028`",
                "remise \"E\" : 10 % à la signature si signé avant le 29/02/2028",
            ),
        ],
    );
}

#[test]
fn time_before_the_start_is_notice() {
    assert_all(
        "told-notice",
        "fr",
        &[
            (
                "échéance \"T\" : 50 % à l'abandon à moins de 7 jours du démarrage",
                "`si délai avant le démarrage < 7 jours et non démarré`",
                "échéance \"T\" : 50 % à l'abandon si délai avant le démarrage < 7 jours et non démarré",
            ),
            (
                "échéance \"T\" : 50 % à l'abandon si délai < 7 jours",
                "`délai avant le démarrage < 7 jours`",
                "échéance \"T\" : 50 % à l'abandon si délai avant le démarrage < 7 jours",
            ),
        ],
    );
    assert_all(
        "told-notice",
        "en",
        &[
            (
                "installment \"T\": 50 % on abandonment less than 7 days before planned start",
                "`if notice < 7 days`, which holds after the start, too",
                "installment \"T\": 50 % on abandonment if notice < 7 days",
            ),
            (
                "installment \"T\": 50 % on abandonment if cancelled less than 7 days before start",
                "`if notice < 7 days and not started`",
                "",
            ),
            (
                "installment \"T\": 50 % on abandonment more than 30 days before the start",
                "`if notice > 30 days`",
                "installment \"T\": 50 % on abandonment if notice > 30 days",
            ),
        ],
    );
}

#[test]
fn days_that_the_calendar_has_not_are_told() {
    assert_all(
        "told-days",
        "en",
        &[
            (
                "installment \"A\": 20 EUR each monday",
                "`each week from event \"First time\"`",
                "installment \"A\": 20 EUR each week from event \"First time\"",
            ),
            ("installment \"A\": 20 EUR on Mondays", "`each week from start`", ""),
            ("installment \"E\": 20 EUR on the last day of June 2026", "write `on 2026-06-30`", ""),
            ("installment \"E\": 20 EUR at the end of February 2028", "write `on 2028-02-29`", ""),
            (
                "installment \"E\": 20 EUR at the beginning of each quarter",
                "write `every 3 months from start`",
                "installment \"E\": 20 EUR every 3 months from start",
            ),
            (
                "installment \"T\": 90 % in 3 parts on 2025-09-15, 2026-01-05 and 2026-04-01",
                "are a line each",
                "",
            ),
            (
                "installment \"A\": 35 % when foundations are finished",
                "write `on event \"Foundations finished\"`",
                "installment \"A\": 35 % on event \"Foundations finished\"",
            ),
            ("installment \"A\": 35 % when the contract is signed", "write `on signature`", ""),
        ],
    );
    assert_all(
        "told-days",
        "fr",
        &[
            (
                "échéance \"A\" : 20 EUR tous les lundis",
                "`chaque semaine à compter de l'événement \"Première fois\"`",
                "échéance \"A\" : 20 EUR chaque semaine à compter de l'événement \"Première fois\"",
            ),
            ("échéance \"A\" : 20 EUR le dernier jour de juin 2026", "écrivez `le 30/06/2026`", ""),
            (
                "échéance \"A\" : 210 EUR au début de chaque trimestre",
                "écrivez `tous les 3 mois à compter du démarrage`",
                "échéance \"A\" : 210 EUR tous les 3 mois à compter du démarrage",
            ),
            (
                "échéance \"T\" : 90 % en 3 fois le 15/09/2025, le 05/01/2026 et le 01/04/2026",
                "s'écrivent sur autant de lignes",
                "",
            ),
            (
                "échéance \"A\" : 35 % dès que les fondations sont achevées",
                "écrivez `à l'événement \"Fondations achevées\"`",
                "échéance \"A\" : 35 % à l'événement \"Fondations achevées\"",
            ),
        ],
    );
}

#[test]
fn fees_and_included_hours_have_their_sentence() {
    assert_all(
        "told-fee",
        "en",
        &[
            (
                "fee \"File\": 90 EUR on signature",
                "`installment \"File\": 90 EUR on signature, beside the price`",
                "installment \"File\": 90 EUR on signature, beside the price",
            ),
            (
                "penalty \"Late\" 50 EUR on event \"Delay\"",
                "`installment \"Late\": 50 EUR on event \"Delay\", beside the price`",
                "installment \"Late\": 50 EUR on event \"Delay\", beside the price",
            ),
            (
                "discount \"Delay\": 50 EUR each day after planned end, at most 20 times",
                "a line for each step",
                "",
            ),
            (
                "discount \"Delay\": 50 EUR per day late",
                "`discount \"A week late\": 350 EUR on end if since planned end >= 7 days`",
                "discount \"A week late\": 350 EUR on end if since planned end >= 7 days",
            ),
            ("action \"Rental\" 50 per \"day\" up to 3 then 40", "write `per \"day\" 50`", ""),
            (
                "action \"Sale\" 10 % of amount up to 50000 then 7.5 %",
                "`per \"euro\" 0.10 up to 50000 then 0.075`",
                "action \"Sale\" per \"euro\" 0.10 up to 50000 then 0.075",
            ),
        ],
    );
    assert_all(
        "told-fee",
        "fr",
        &[
            (
                "frais \"Dossier\": 90 EUR à la signature",
                "`échéance \"Dossier\": 90 EUR à la signature, en sus du prix`",
                "échéance \"Dossier\": 90 EUR à la signature, en sus du prix",
            ),
            (
                "action \"Location\" 50 par \"jour\" jusqu'à 3 puis 40",
                "écrivez `par \"jour\" 50`",
                "",
            ),
            (
                "remise \"Retard\" : 50 EUR par jour de retard",
                "`remise \"Une semaine de retard\": 350 EUR à la fin si depuis la fin prévue >= 7 jours`",
                "remise \"Une semaine de retard\" : 350 EUR à la fin si depuis la fin prévue >= 7 jours",
            ),
        ],
    );
    for (lang, line, right) in [
        (
            "en",
            "action \"Hours\" hourly 110, 20 hours included, each month",
            "write `hourly 0 up to 20 hours then 110`",
        ),
        (
            "en",
            "action \"Hours\" hourly 110 including 20 hours per month",
            "write `hourly 0 up to 20 hours then 110, each month`",
        ),
        (
            "en",
            "action \"Hours\" hourly 110, 20 hours included",
            "`hourly 0 up to 20 hours then 110` in all, `hourly 0 up to 20 hours then 110, each month` of each month",
        ),
        ("en", "action \"Hours\" not billed up to 20 hours then 110", "write `hourly 0`"),
        (
            "en",
            "action \"Hours\" hourly 110 beyond 20 hours",
            "`hourly 0 up to 20 hours then 110` where they are included",
        ),
        (
            "fr",
            "action \"Heures\" horaire 110, 20 heures comprises, chaque mois",
            "écrivez `horaire 0 jusqu'à 20 heures puis 110`",
        ),
        (
            "fr",
            "action \"Heures\" horaire 110, dont 10 heures incluses",
            "`horaire 0 jusqu'à 10 heures puis 110` en tout, `horaire 0 jusqu'à 10 heures puis 110, chaque mois` pour chaque mois",
        ),
    ] {
        let text = match lang {
            "fr" => format!(
                "échéancier \"S\"\n  tarif mensuel 2000 EUR\n  {line}\n  échéance \"M\" : le tarif à chaque fin de mois, au prorata\n  solde \"B\" : réalisé à la fin ou à l'abandon\n"
            ),
            _ => format!(
                "schedule \"S\"\n  price monthly 2000 EUR\n  {line}\n  installment \"M\": price each month end, pro rata\n  balance \"B\": work on end or abandonment\n"
            ),
        };
        let told = said("told-hours", &text, lang);
        let found = told["diagnostics"].as_array().unwrap();
        // What only follows from it is not told.
        assert_eq!(found.len(), 1, "{line}\n{told:#}");
        assert!(found[0]["help"].as_str().unwrap().contains(right), "{line}\n{told:#}");
    }
}

#[test]
fn a_part_of_a_month_is_billed_at_its_end() {
    for (line, right) in [
        ("price on start, pro rata", "`price each month end, pro rata, at most 1 times`"),
        (
            "price each month, first month pro rata",
            "`price on day 1 of each month if duration >= 1 day`",
        ),
    ] {
        let text = format!(
            "schedule \"S\"\n  price monthly 30 EUR\n  installment \"F\": {line}\n  balance \"B\": nothing on end or abandonment\n"
        );
        let (found, help) = told("told-month", &text, "en");
        assert!(help.contains(right) && found["edit"].is_null(), "{line}\n{found:#}");
    }
    for (period, line, right) in [
        ("quarterly", "price each quarter in advance", "`every 3 months from start`"),
        ("yearly", "price each year in advance", "`each year from start`"),
    ] {
        let text = |line: &str| {
            format!(
                "schedule \"S\"\n  price {period} 90 EUR\n  installment \"Q\": {line}\n  balance \"B\": nothing on end or abandonment\n"
            )
        };
        let (found, help) = told("told-month", &text(line), "en");
        assert!(help.contains(right), "{line}\n{found:#}");
        let line = format!("price {}", right.trim_matches('`'));
        let told = said("told-month", &text(&line), "en");
        assert_eq!(told["diagnostics"].as_array().unwrap().len(), 0, "{told:#}");
    }
    let right = "échéancier \"S\"\n  tarif mensuel 30 EUR\n  échéance \"F\" : le tarif à chaque fin de mois, au prorata, au plus 1 fois\n  échéance \"M\" : le tarif le 1 de chaque mois si durée >= 1 jour\n  solde \"B\" : rien à la fin ou à l'abandon\n";
    let told = said("told-month", right, "fr");
    assert_eq!(told["diagnostics"].as_array().unwrap().len(), 0, "{told:#}");
}

#[test]
fn what_bills_once_on_an_action_may_bill_each() {
    for (amount, right) in [
        ("100 EUR", "write `each action \"Session\"`"),
        ("10 %", "`90 % in 9 parts each action \"Session\"`"),
    ] {
        let text = |line: &str| {
            format!(
                "schedule \"S\"\n  price fixed 1000 EUR\n  installment \"A\": {line}\n  balance \"B\": nothing on end or abandonment\n"
            )
        };
        let (found, help) =
            told("told-once", &text(&format!("{amount} on action \"Session\"")), "en");
        assert!(help.contains(right), "{found:#}");
    }
}

#[test]
fn shares_are_told_in_the_form_of_their_file() {
    let schedule = "échéancier \"S\"\n  tarif forfait 1000 EUR\n  payeur \"Caisse\" : convenu\n  payeur \"Employeur\" : reste\n  solde \"B\" : 100 % à la fin ou à l'abandon\n";
    let schedule = file("told-shares", "shares.jalon", schedule);
    let run = |name: &str, text: &str| {
        let events = file("told-shares", name, text);
        let call = [
            "run",
            "--schedule",
            &schedule,
            "--events",
            &events,
            "--as-of",
            "2027-01-01",
            "--lang",
            "fr",
        ];
        jalon(&call)
    };
    let wrong = run(
        "wrong.csv",
        "dossier;date;nature;échéancier;parts\nA;01/09/2025;ouverture;S;Caisse 65 %\nA;30/06/2026;fin;;\n",
    );
    let form = "\"{\"\"Caisse\"\":\"\"70 %\"\",\"\"Ville\"\":\"\"900.00\"\"}\"";
    assert!(wrong.err.contains(form), "{}", wrong.err);
    let right = run(
        "right.csv",
        "dossier;date;nature;échéancier;parts\nA;01/09/2025;ouverture;S;\"{\"\"Caisse\"\":\"\"70 %\"\"}\"\nA;30/06/2026;fin;;\n",
    );
    assert_eq!(right.code, 0, "{}", right.err);
    let json = run(
        "wrong.ndjson",
        "{\"case\":\"A\",\"date\":\"2025-09-01\",\"kind\":\"opened\",\"schedule\":\"S\",\"shares\":\"Caisse 65 %\"}\n",
    );
    assert!(json.err.contains("`{\"Caisse\":\"70 %\",\"Ville\":\"900.00\"}`"), "{}", json.err);
    let column = run(
        "column.csv",
        "dossier;date;nature;démarrage prévu;échéancier\nA;01/01/2025;ouverture;01/02/2025;S\n",
    );
    assert!(column.err.contains("vouliez-vous dire `début prévu`"), "{}", column.err);
}

#[test]
fn hours_in_tiers_are_hourly() {
    let text = "schedule \"S\"\n  price per action, in EUR\n  action \"Tiers\" hourly 70 up to 2 hours then 60\n  action \"Cap\" flat 70\n  balance \"B\": work on end or abandonment\n";
    let path = file("told-show", "tiers.jalon", text);
    let shown = jalon(&["show", "--format", "markdown", &path]);
    let row = shown.out.lines().find(|line| line.contains("Tiers")).unwrap_or_default().to_owned();
    assert!(row.contains("☑ | ☐ | ☐"), "{row}\n{}", shown.out);
}
