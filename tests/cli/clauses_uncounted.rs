//! Clauses of what no line counts: one free for so many, a least number, months given away, time and materials, force majeure,
//! delays, persons. Each is told what the language has in its place; an edit is shown only where it says what was written.

use crate::clauses::assert_all;

const OWN: &str = "schedule \"S\"\n  price per action, in EUR\n  LINE\n  balance \"B\": work on end or abandonment\n";
const FRENCH: &str = "échéancier \"S\"\n  tarif par action, en EUR\n  LINE\n  solde \"B\" : réalisé à la fin ou à l'abandon\n";

fn under_actions(lang: &str, clauses: &[(&str, &str, &str)]) {
    let around = |line: &str| if lang == "fr" { FRENCH } else { OWN }.replace("LINE", line);
    for (line, sentence, right) in clauses {
        let right = if right.is_empty() { String::new() } else { around(right) };
        assert_all("uncounted", lang, &[(&around(line), sentence, &right)]);
    }
}

#[test]
fn what_no_rate_counts_is_told() {
    under_actions(
        "en",
        &[
            (
                "action \"M\" hourly 80, any hour begun is due",
                "write `, by 60 minutes`",
                "action \"M\" hourly 80, by 60 minutes",
            ),
            (
                "action \"M\" hourly 80, each started half hour is billed",
                "write `, by 30 minutes`",
                "",
            ),
            (
                "action \"P\" 150 per \"participant\", at least 6",
                "`price per action, in EUR, at least 900`",
                "",
            ),
            (
                "action \"M\" flat 80, 20 hours included",
                "this rate is billed whatever its hours",
                "",
            ),
            (
                "action \"M\" hourly 110, by 15 minutes, 20 hours included",
                "`hourly 0 up to 20 hours then 110, by 15 minutes` in all",
                "action \"M\" hourly 0 up to 20 hours then 110, by 15 minutes",
            ),
            (
                "action \"M\" free up to 20 hours then hourly 110",
                "write `hourly 0 up to 20 hours then 110`",
                "",
            ),
            (
                "buy 10 get 1 free",
                "`action \"Free session\" not billed`",
                "action \"Free session\" not billed",
            ),
            (
                "payer \"Fund\": 70 %, at most 200 EUR each month",
                "no share counts hours, visits or months",
                "",
            ),
            ("payer: 15 EUR an hour", "no share counts hours, visits or months", ""),
        ],
    );
    under_actions(
        "fr",
        &[
            (
                "action \"M\" horaire 80, toute heure entamée est due",
                "écrivez `, par tranche de 60 minutes`",
                "action \"M\" horaire 80, par tranche de 60 minutes",
            ),
            ("toute heure entamée est due", "`horaire 80, par tranche de 60 minutes`", ""),
            ("tout mois commencé est dû", "`chaque mois à compter du démarrage`", ""),
            (
                "action \"P\" 150 par \"participant\", au moins 6",
                "`tarif par action, en EUR, au moins 900`",
                "",
            ),
            (
                "action \"M\" forfait 80, 20 heures incluses",
                "ce tarif se facture quelles que soient ses heures",
                "",
            ),
            (
                "10 achetées, 1 offerte",
                "`action \"Séance offerte\" non facturée`",
                "action \"Séance offerte\" non facturée",
            ),
            ("payeur : 15 EUR de l'heure", "aucune part ne compte d'heures", ""),
            (
                "payeur \"OPCO\" : 70 %, au plus 200 EUR chaque mois",
                "aucune part ne compte d'heures",
                "",
            ),
            (
                "commission de 5 % sur les ventes",
                "`action \"Vente\" 5 % du montant`",
                "action \"Vente\" 5 % du montant",
            ),
        ],
    );
}

#[test]
fn what_may_happen_is_an_event() {
    assert_all(
        "uncounted-en",
        "en",
        &[
            (
                "balance \"N\": nothing if force majeure",
                "`on event \"Force majeure\"`",
                "balance \"N\": nothing on event \"Force majeure\"",
            ),
            (
                "installment \"N\": 20 % on abandonment except in case of force majeure",
                "`if not event \"Force majeure\" happened`",
                "installment \"N\": 20 % on abandonment if not event \"Force majeure\" happened",
            ),
            (
                "installment \"P\": 50 EUR whenever the trainee is absent",
                "`each event \"Trainee absent\"`",
                "installment \"P\": 50 EUR each event \"Trainee absent\"",
            ),
            (
                "installment \"P\": 10 % per month of delay",
                "a percentage of the price comes once",
                "",
            ),
            (
                "installment \"P\": 25 EUR late fee if not paid by the 5th",
                "a schedule does not see what is paid",
                "",
            ),
            (
                "discount \"P\": 10 % on signature for 3 participants or more",
                "`if event \"3 participants\" happened`",
                "discount \"P\": 10 % on signature if event \"3 participants\" happened",
            ),
            (
                "installment \"P\": 10 EUR on end if 3 participants or more",
                "`if event \"3 participants\" happened`",
                "",
            ),
            (
                "installment \"P\": 50 EUR each action \"X\" for 12 months",
                "`if duration < 12 months` from the start",
                "installment \"P\": 50 EUR each action \"X\" if duration < 12 months",
            ),
            (
                "installment \"P\": 50 EUR on day 5 of each month for 12 months",
                "`50 EUR on day 5 of each month, at most 12 times`",
                "installment \"P\": 50 EUR on day 5 of each month, at most 12 times",
            ),
            (
                "installment \"P\": 50 EUR every 2 weeks after start for 12 weeks",
                "`50 EUR every 2 weeks after start, at most 6 times`",
                "",
            ),
            (
                "price monthly 50 EUR for 12 months",
                "`the price each month end, at most 12 times`",
                "",
            ),
            ("time and materials", "work by its time is `price hourly 70 EUR`", ""),
            ("discount \"S\": first month free", "no line leaves months out", ""),
            ("installment \"A\": 110 % of cost on end", "`action \"Travel\" 110 % of amount`", ""),
        ],
    );
    assert_all(
        "uncounted-fr",
        "fr",
        &[
            (
                "solde \"N\" : rien si force majeure",
                "`à l'événement \"Force majeure\"`",
                "solde \"N\" : rien à l'événement \"Force majeure\"",
            ),
            (
                "échéance \"N\" : 20 % à l'abandon sauf force majeure",
                "`si non événement \"Force majeure\" survenu`",
                "échéance \"N\" : 20 % à l'abandon si non événement \"Force majeure\" survenu",
            ),
            (
                "échéance \"P\" : 50 EUR chaque fois que le stagiaire est absent",
                "`à chaque événement \"Stagiaire absent\"`",
                "",
            ),
            (
                "échéance \"P\" : 10 EUR par jour de retard",
                "`10 EUR à chaque événement \"Jour de retard\", en sus du prix`",
                "échéance \"P\" : 10 EUR à chaque événement \"Jour de retard\", en sus du prix",
            ),
            (
                "remise \"P\" : 10 % à la signature à partir de 3 participants",
                "`si événement \"3 participants\" survenu`",
                "",
            ),
            (
                "échéance \"P\" : 50 EUR à chaque action \"X\" pendant 12 mois",
                "`si durée < 12 mois` depuis le démarrage",
                "",
            ),
            (
                "tarif mensuel 50 EUR pendant 12 mois",
                "`le tarif à chaque fin de mois, au plus 12 fois`",
                "",
            ),
            ("tarif en régie", "`tarif horaire 70 EUR`", ""),
            (
                "acompte non remboursable de 20 %",
                "`solde \"Abandon\": jusqu'à 20 %, sans remboursement, à l'abandon`",
                "",
            ),
            ("remise \"A\" : 2 mois offerts à la signature", "aucune ligne ne saute de mois", ""),
            ("échéance \"A\" : 10 % des frais à la fin", "`action \"Frais\" 10 % du montant`", ""),
            (
                "échéance \"A\" : 20 % en cas d'abandon à 3 mois",
                "`à l'abandon si durée >= 3 mois` s'il l'est alors ou plus tard",
                "",
            ),
            (
                "échéance \"A\" : 10 EUR à chaque séance à partir du 01/06/2025",
                "`à chaque action \"séance\"`",
                "",
            ),
        ],
    );
}
