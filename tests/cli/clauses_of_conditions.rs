//! Clauses that ask for something: the advice keeps the condition, the figures and what a time counts from, or says what is to
//! be decided.

use crate::clauses::{assert_all, said};
use crate::clauses_kept::assert_never_said;
use crate::program::{file, jalon};

#[test]
fn a_cancellation_keeps_its_condition() {
    let english = |rest: &str| format!("balance \"Cancellation\": {rest}");
    for (line, right) in [
        ("cancellation after the start: 100 %", "100 % on abandonment if started"),
        ("cancellation before the start: 30 %", "30 % on abandonment if not started"),
        (
            "cancellation within 14 days of signature: free",
            "nothing on abandonment if since signature < 14 days",
        ),
        (
            "cancellation more than 14 days after signature: 30 %",
            "30 % on abandonment if since signature > 14 days",
        ),
        (
            "cancellation between 30 and 15 days before: 50 %",
            "50 % on abandonment if notice from 15 days to under 30 days",
        ),
        (
            "cancellation less than 7 days before the start: 100 %",
            "100 % on abandonment if notice < 7 days",
        ),
    ] {
        let right = english(right);
        assert_all("asked-left-en", "en", &[(line, &format!("`{right}`"), &right)]);
    }
    let fee =
        "installment \"Cancellation fee\": 50 EUR on abandonment if started, beside the price";
    assert_all(
        "asked-left-en",
        "en",
        &[("cancellation fee 50 EUR if cancelled after start", &format!("`{fee}`"), fee)],
    );
    let french = |rest: &str| format!("solde \"Annulation\": {rest}");
    for (line, right) in [
        ("annulation après le démarrage : 100 %", "100 % à l'abandon si démarré"),
        ("annulation avant le démarrage : 30 %", "30 % à l'abandon si non démarré"),
        (
            "annulation dans les 14 jours de la signature : gratuite",
            "rien à l'abandon si depuis la signature < 14 jours",
        ),
        (
            "annulation entre 30 et 15 jours avant : 50 %",
            "50 % à l'abandon si délai avant le démarrage de 15 jours à moins de 30 jours",
        ),
        (
            "annulation moins de 7 jours avant le début : 100 % dû",
            "100 % à l'abandon si délai avant le démarrage < 7 jours",
        ),
    ] {
        let right = french(right);
        assert_all("asked-left-fr", "fr", &[(line, &format!("`{right}`"), &right)]);
    }
    let fee = "échéance \"Frais d'annulation\": 50 EUR à l'abandon si délai avant le démarrage < 7 jours, en sus du prix";
    assert_all(
        "asked-left-fr",
        "fr",
        &[(
            "frais d'annulation : 50 EUR si annulation à moins de 7 jours",
            &format!("`{fee}`"),
            fee,
        )],
    );
    let before = "vraie aussi après le démarrage ; avant lui seulement, `solde \"Annulation\": 100 % à l'abandon si délai avant le démarrage < 7 jours et non démarré`";
    let line = "annulation moins de 7 jours avant le début : 100 % dû";
    assert_all("asked-left-fr", "fr", &[(line, before, "")]);
    let before = "which holds after the start, too; before it alone, `balance \"Cancellation\": 100 % on abandonment if notice < 7 days and not started`";
    let line = "cancellation less than 7 days before the start: 100 %";
    assert_all("asked-left-en", "en", &[(line, before, "")]);
}

#[test]
fn a_condition_that_is_not_certain_is_to_be_decided() {
    let never_en: &[&str] = &["30 % on abandonment", "on abandonment if notice"];
    for (line, sentence) in [
        (
            "cancellation after 3 months: 30 %",
            "`since signature >= 3 months`, `duration >= 3 months`",
        ),
        (
            "cancellation 14 days after signature: 30 %",
            "`since signature < 14 days`, `since signature >= 14 days`",
        ),
        ("cancellation within 14 days: 30 %", "`notice < 14 days`, `since signature < 14 days`"),
        ("cancellation after 3 sessions: 30 %", "`action \"…\" done at least 3 times`"),
        (
            "cancellation the day before: 30 %",
            "decide which condition behind `on abandonment` says in which",
        ),
        (
            "cancellation after signature: 30 %",
            "decide which condition behind `on abandonment` says in which",
        ),
        ("termination: 3 months of rent", "a sum or a share of the price"),
        (
            "cancellation until 7 days before start: free, 50 % afterwards",
            "`50 %` is due in some of the cases that are left",
        ),
        ("cancellation: 50 % refund", "decide of what 50 % is given back"),
    ] {
        assert_all("open-left-en", "en", &[(line, sentence, "")]);
        assert_never_said("open-left-en", "en", &[(line, never_en)]);
    }
    let never_fr: &[&str] = &["30 % à l'abandon", "à l'abandon si délai"];
    for (line, sentence) in [
        ("annulation après 3 mois : 30 %", "`depuis la signature >= 3 mois`, `durée >= 3 mois`"),
        ("annulation après 3 séances : 30 %", "`action \"…\" faite au moins 3 fois`"),
        (
            "annulation la veille : 100 %",
            "décidez quelle condition derrière `à l'abandon` dit lesquels",
        ),
        (
            "annulation après signature : 30 %",
            "décidez quelle condition derrière `à l'abandon` dit lesquels",
        ),
        (
            "annulation moins de 5 jours ouvrés avant : 30 %",
            "décidez quelle condition derrière `à l'abandon` dit lesquels",
        ),
        ("résiliation anticipée : 3 mois de loyer", "une somme ou une part du tarif"),
        (
            "frais d'annulation après 3 séances : 50 EUR",
            "décidez quelle condition derrière `à l'abandon` dit lesquels",
        ),
    ] {
        assert_all("open-left-fr", "fr", &[(line, sentence, "")]);
        assert_never_said("open-left-fr", "fr", &[(line, never_fr)]);
    }
}

#[test]
fn shares_that_are_of_a_moment_are_no_payers() {
    for (lang, line) in [
        ("en", "100 % if cancelled less than 7 days before, 50 % if less than 30 days before"),
        ("en", "20 % VAT, 5 % discount"),
        ("en", "10 % deposit, 90 % on completion"),
        ("fr", "50 % le 15 mars 2026, 50 % le 15 mai 2026"),
        ("fr", "2 % par mois de retard, 10 % maximum"),
        ("fr", "50 % à la signature, 30 % à la livraison, 20 % 30 jours après la livraison"),
        ("fr", "30 % à la commande, 70 % à 30 jours fin de mois"),
    ] {
        let sentence = match lang {
            "fr" => "décidez ce qu'est chaque part",
            _ => "decide what each of",
        };
        assert_all("share-no-payer", lang, &[(line, sentence, "")]);
    }
    assert_all(
        "share-payer",
        "fr",
        &[("70 % OPCO, 30 % Employeur", "`payeur \"OPCO\" : 70 %`", "")],
    );
    assert_all("share-payer", "en", &[("70 % Fund, 30 % Acme", "`payer \"Acme\": remainder`", "")]);
}

#[test]
fn sums_on_days_are_a_line_each() {
    let days = "300 EUR le 15/03/2026, 300 EUR le 15/04/2026, 400 EUR le 15/05/2026";
    let told = "`échéance \"…\": 300 EUR le 15/03/2026`, `échéance \"…\": 300 EUR le 15/04/2026`, `échéance \"…\": 400 EUR le 15/05/2026`";
    for head in ["", "paiement en trois fois : ", "trois versements : "] {
        assert_all("sums-days-fr", "fr", &[(&format!("{head}{days}"), told, "")]);
    }
    let days = "300 EUR on 2026-03-15, 400 EUR on 2026-05-15";
    let told =
        "`installment \"…\": 300 EUR on 2026-03-15`, `installment \"…\": 400 EUR on 2026-05-15`";
    for head in ["", "payment in two parts: ", "two payments: "] {
        assert_all("sums-days-en", "en", &[(&format!("{head}{days}"), told, "")]);
    }
    let days = "300 EUR le 15 mars 2026, 400 EUR le 15 mai 2026";
    let told = "un jour en chiffres : `300 EUR` le 15 mars 2026, `400 EUR` le 15 mai 2026";
    assert_all("sums-days-fr", "fr", &[(days, told, "")]);
}

#[test]
fn what_is_given_back_is_not_what_is_billed() {
    assert_all(
        "given-back-fr",
        "fr",
        &[
            ("solde \"A\" : remboursement de 30 % à l'abandon", "il reste dû `70 %`", ""),
            (
                "solde \"A\" : remboursement intégral si annulation avant le démarrage",
                "`solde \"A\": rien à l'abandon si non démarré`",
                "solde \"A\" : rien à l'abandon si non démarré",
            ),
            (
                "solde \"A\" : remboursement intégral à l'abandon",
                "`solde \"A\": rien à l'abandon`",
                "solde \"A\" : rien à l'abandon",
            ),
        ],
    );
    assert_all(
        "given-back-en",
        "en",
        &[
            ("balance \"A\": refund of 30 % on abandonment", "`70 %` stays due", ""),
            (
                "balance \"A\": full refund on abandonment",
                "`balance \"A\": nothing on abandonment`",
                "balance \"A\": nothing on abandonment",
            ),
        ],
    );
    let text = "schedule \"S\"\n  price fixed 1000 EUR\n  balance \"A\": refund of 30 % on abandonment\n  balance \"B\": remainder on end\n";
    let told = said("given-back", text, "en");
    assert!(told["diagnostics"][0]["edit"].is_null(), "{told:#}");
}

#[test]
fn a_rhythm_that_is_another_one_is_not_monthly() {
    for line in [
        "échéance \"A\": 50 EUR le 1er janvier de chaque année",
        "échéance \"A\": 50 EUR le 15 de chaque trimestre",
        "échéance \"A\": 50 EUR deux fois par mois",
    ] {
        let never: &[&str] = &["le 5 de chaque mois", "le 15 de chaque mois"];
        assert_never_said("rhythm-fr", "fr", &[(line, never)]);
    }
    for line in [
        "installment \"A\": 50 EUR on the 15th of each quarter",
        "installment \"A\": 50 EUR twice a month",
    ] {
        let never: &[&str] = &["on day 5 of each month", "on day 15 of each month"];
        assert_never_said("rhythm-en", "en", &[(line, never)]);
    }
    assert_all(
        "rhythm-fr",
        "fr",
        &[("échéance \"A\": 50 EUR deux fois par mois", "décidez quels jours", "")],
    );
}

#[test]
fn a_discount_for_payment_keeps_its_name_and_its_days() {
    let right = "discount \"Loyal\": 5 % on event \"Paid within 8 days\"";
    assert_all(
        "paid-early-en",
        "en",
        &[(
            "discount \"Loyal\": 5 % on signature if paid within 8 days",
            &format!("`{right}`"),
            right,
        )],
    );
    let right = "remise \"Fidèle\": 5 % à l'événement \"Payé sous 8 jours\"";
    assert_all(
        "paid-early-fr",
        "fr",
        &[("remise \"Fidèle\": 5 % si paiement sous 8 jours", &format!("`{right}`"), right)],
    );
    let sentence = "leave `of the total price` out: a percentage that stands here is of the price";
    let line = "deposit \"D\": 30 % of the total price on signature";
    assert_all("of-price", "en", &[(line, sentence, "")]);
    let line = "action \"Call\" flat 60 first 3 then 40";
    assert_never_said("first-few", "en", &[(line, &["3 up to"])]);
}

/// What is asked, what is paid in part, and a sum keep what they say.
#[test]
fn what_is_asked_or_paid_in_part_is_not_turned_round() {
    for (lang, head, line, right, wrong) in [
        (
            "en",
            "follow-up \"C\"\n  payment due 30 days\n",
            "step \"R\": 8 days after due if partly paid",
            "write `paid in part`",
            "once nothing is open",
        ),
        (
            "en",
            "follow-up \"C\"\n  payment due 30 days\n",
            "step \"R\": on undelivered if partially paid",
            "write `paid in part`",
            "open <= 0",
        ),
        (
            "fr",
            "suivi \"C\"\n  paiement à 30 jours\n",
            "étape \"R\": 8 jours après l'échéance si à moitié payée",
            "écrivez `payée en partie`",
            "dès que tout est réglé",
        ),
        (
            "en",
            "schedule \"S\"\n  price fixed 100 EUR\n",
            "installment \"A\": 10 % on start if after 2026-01-10",
            "`date from 2026-01-11`",
            "date before",
        ),
        (
            "fr",
            "échéancier \"S\"\n  tarif forfait 100 EUR\n",
            "échéance \"A\": 10 % au démarrage si après le 10/01/2026",
            "11/01/2026",
            "date avant",
        ),
        (
            "en",
            "schedule \"S\"\n  price fixed 100 EUR\n",
            "reminder fee 15 EUR",
            "15 EUR",
            "step \"",
        ),
        (
            "fr",
            "échéancier \"S\"\n  tarif forfait 100 EUR\n",
            "relance : frais de 15 EUR",
            "relance",
            "étape \"",
        ),
        (
            "en",
            "schedule \"S\"\n  price fixed 100 EUR\n",
            "40 % on signature if paid by card",
            "40 %",
            "on event \"…\"",
        ),
        (
            "fr",
            "échéancier \"S\"\n  tarif forfait 100 EUR\n",
            "100 % en trois fois le 1er mars, le 1er avril et le 1er mai",
            "1er mars, 1er avril, 1er mai",
            "à l'événement",
        ),
    ] {
        let text = format!("{head}  {line}\n");
        let path = file(&format!("asked-kept-{lang}"), "s.jalon", text);
        let told = jalon(&["check", "--no-verify", &path]).out;
        let told =
            told.split_whitespace().filter(|word| *word != "│").collect::<Vec<_>>().join(" ");
        assert!(told.contains(right), "{line}: {told}");
        assert!(!told.contains(wrong), "{line}: {told}");
    }
}
