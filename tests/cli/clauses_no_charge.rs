//! What charges nobody: credits, aids, caps and advances; what may be either is to be decided; how it is paid, and what comes with
//! each of something.

use crate::clauses::{assert_all, said};

#[test]
fn a_credit_is_a_discount_and_an_aid_a_payer() {
    assert_all(
        "no-charge-en",
        "en",
        &[
            (
                "credit \"Goodwill\": 50 EUR on end",
                "`discount \"Goodwill\": 50 EUR on end`",
                "discount \"Goodwill\": 50 EUR on end",
            ),
            ("voucher 200 EUR on signature", "`discount \"Voucher\": 200 EUR on signature`", ""),
            ("rebate \"R\": 50 EUR on end", "`discount \"R\": 50 EUR on end`", ""),
            ("sibling discount 10 %", "`discount \"Sibling discount\": 10 % on signature`", ""),
            ("refund \"Deposit\": 500 EUR on end", "given back by the balance", ""),
            ("refund of the security 500 EUR on end", "leave this line out", ""),
            (
                "grant 1200 EUR",
                "`payer \"…\": 1200 EUR`, `payer \"…\": remainder`",
                "payer \"Grant\": 1200 EUR\n  payer \"Client\": remainder",
            ),
            ("subsidy 1200 EUR", "is a payer's", ""),
            (
                "retainer \"Retainer\": 1500 EUR on signature",
                "`deposit \"Retainer\": 1500 EUR on signature`",
                "deposit \"Retainer\": 1500 EUR on signature",
            ),
            (
                "bonus 500 EUR if target met",
                "`installment \"Bonus\": 500 EUR on event \"target met\", beside the price`",
                "installment \"Bonus\": 500 EUR on event \"target met\", beside the price",
            ),
        ],
    );
    assert_all(
        "no-charge-fr",
        "fr",
        &[
            (
                "avoir 50 € à la fin",
                "`remise \"Avoir\": 50 € à la fin`",
                "remise \"Avoir\" : 50 € à la fin",
            ),
            ("geste commercial \"Geste\": 50 € à la fin", "`remise \"Geste\": 50 € à la fin`", ""),
            ("déduction \"Matériel\": 80 € à la fin", "`remise \"Matériel\": 80 € à la fin`", ""),
            ("rabais \"R\": 50 € à la fin", "`remise \"R\": 50 € à la fin`", ""),
            ("réduction \"R\": 50 € à la fin", "`remise \"R\": 50 € à la fin`", ""),
            ("ristourne 5 % à la fin", "`remise \"Ristourne\": 5 % à la fin`", ""),
            (
                "remboursement de la caution 500 € à la fin",
                "rendue par le solde qui clôt le dossier : retirez cette ligne",
                "",
            ),
            ("remboursement \"Matériel\": 80 € à la fin", "décidez ce qui est rendu", ""),
            (
                "participation CAF 300 €",
                "`payeur \"CAF\" : 300 €`, `payeur \"…\" : reste`",
                "payeur \"CAF\" : 300 €\n  payeur \"Client\" : reste",
            ),
            ("subvention 1200 €", "la part d'un payeur", ""),
            ("aide de l'État 1200 €", "la part d'un payeur", ""),
            (
                "provision \"Provision\": 1500 EUR à la signature",
                "`acompte \"Provision\": 1500 EUR à la signature`",
                "acompte \"Provision\" : 1500 EUR à la signature",
            ),
            (
                "prime de résultat 500 € si objectif atteint",
                "`échéance \"Prime de résultat\": 500 € à l'événement \"objectif atteint\", en sus du prix`",
                "échéance \"Prime\" : 500 € à l'événement \"objectif atteint\", en sus du prix",
            ),
        ],
    );
}

#[test]
fn a_cap_is_a_bound_of_the_price() {
    let english = "`price per action, in EUR, at most 33000 EUR` bounds all the work";
    for line in
        ["cap 33000 EUR", "maximum 33000 EUR", "ceiling 33000 EUR", "not to exceed 33000 EUR"]
    {
        assert_all("cap-en", "en", &[(line, english, "")]);
    }
    let french = "`tarif par action, en EUR, au plus 33000 EUR` borne tout le réalisé";
    for line in ["plafond 33000 EUR", "plafonné à 33000 EUR", "maximum 33000 EUR"] {
        assert_all("cap-fr", "fr", &[(line, french, "")]);
    }
}

/// What no known word says to be charged is to be decided; what one says is answered with the charge.
#[test]
fn an_unknown_name_is_to_be_decided() {
    for (line, lang, sentence) in [
        ("allowance 50 EUR on end", "en", "decide what `50 EUR` is"),
        ("chèque-vacances 200 €", "fr", "décidez ce que sont ces `200 €`"),
        ("travel 35 EUR on end", "en", "what comes on top of the price"),
        ("option \"Photos\": 250 € à la signature", "fr", "ce qui s'ajoute au prix"),
    ] {
        assert_all("undecided", lang, &[(line, sentence, "")]);
    }
}

#[test]
fn how_it_is_paid_is_left_out() {
    for (line, lang, sentence) in [
        ("installment \"P\": 2000 EUR by cheque on signature", "en", "leave `by cheque` out"),
        ("installment \"P\": 30 % by card on start", "en", "leave `by card` out"),
        ("échéance \"P\" : 2000 € par chèque à la signature", "fr", "retirez `par chèque`"),
        ("échéance \"P\" : 2000 € par virement à la signature", "fr", "retirez `par virement`"),
        ("échéance \"P\" : 30 % par carte à la signature", "fr", "retirez `par carte`"),
        (
            "échéance \"P\" : 6000 € en 12 fois par prélèvement le 10 de chaque mois",
            "fr",
            "retirez `par prélèvement`",
        ),
    ] {
        assert_all("paid-by", lang, &[(line, sentence, "")]);
    }
}

#[test]
fn what_comes_with_each_of_something_has_a_name() {
    for (line, lang, sentence, right) in [
        (
            "installment \"P\": 100 EUR at the end of each lesson",
            "en",
            "write `each action \"lesson\"` if it is an action, else `each event \"lesson\"`",
            "installment \"P\": 100 EUR each event \"lesson\"",
        ),
        ("installment \"P\": 100 EUR after every lesson", "en", "`each action \"lesson\"`", ""),
        (
            "installment \"P\": 100 EUR at the start of each sprint",
            "en",
            "`each event \"sprint\"`",
            "",
        ),
        (
            "échéance \"P\" : 100 EUR après chaque séance",
            "fr",
            "écrivez `à chaque action \"Séance\"` si c'est une action, sinon `à chaque événement \"séance\"`",
            "échéance \"P\" : 100 EUR à chaque action \"Séance\"",
        ),
        (
            "échéance \"P\" : 100 EUR au début de chaque séance",
            "fr",
            "`à chaque action \"Séance\"`",
            "",
        ),
    ] {
        assert_all("moment-of-each", lang, &[(line, sentence, right)]);
    }
    // The calendar keeps its own words.
    let text = "schedule \"S\"\n  price fixed 10 EUR\n  installment \"P\": 1 EUR at the end of each month\n";
    let told = said("moment-of-each", text, "en");
    assert!(told.to_string().contains("month end"), "{told:#}");
}

/// One word does not make a credit or an aid of what is charged, and what bounds or takes off with a rhythm is no charge.
#[test]
fn what_is_charged_and_what_bounds_are_told_apart() {
    assert_all(
        "no-charge-apart-en",
        "en",
        &[
            (
                "limit 5000 EUR per month",
                "`price per action, in EUR, at most 5000 EUR each month`",
                "",
            ),
            ("cap 5000 EUR per case", "`price per action, in EUR, at most 5000 EUR` bounds", ""),
            ("travel capped at 50 EUR", "decide what `50 EUR` is", ""),
            ("no more than 500 EUR per month", "decide what `500 EUR` is", ""),
            ("expenses up to 300 EUR", "decide what `300 EUR` is", ""),
            ("fees not to exceed 3000 EUR", "decide what `3000 EUR` is", ""),
            (
                "credit 20 EUR per month",
                "`installment \"Credit\": 20 EUR each month end, beside the price`",
                "",
            ),
            ("credit check 20 EUR", "decide what `20 EUR` is", ""),
            ("credit 50 EUR if late", "`discount \"Credit\": 50 EUR on event \"…\"`", ""),
            ("grant writing 500 EUR", "decide what `500 EUR` is", ""),
            ("minimum 20 EUR, maximum 150 EUR", "`150 EUR` stands on a line of its own", ""),
            ("credit 20 EUR and rebate 150 EUR", "`150 EUR` stands on a line of its own", ""),
        ],
    );
    assert_all(
        "no-charge-apart-fr",
        "fr",
        &[
            (
                "plafond 5000 EUR par mois",
                "`tarif par action, en EUR, au plus 5000 EUR chaque mois`",
                "",
            ),
            ("pas plus de 500 EUR par mois", "décidez ce que sont ces `500 EUR`", ""),
            ("frais plafonnés à 2500 EUR", "décidez ce que sont ces `2500 EUR`", ""),
            ("geste technique 50 EUR", "décidez ce que sont ces `50 EUR`", ""),
            ("aide à domicile 25 EUR", "décidez ce que sont ces `25 EUR`", ""),
            ("avoir 50 EUR si retard", "`remise \"Avoir\": 50 EUR à l'événement \"…\"`", ""),
            ("participation 20 EUR", "décidez ce que sont ces `20 EUR`", ""),
        ],
    );
}
