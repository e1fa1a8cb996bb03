//! What an action includes, what it costs beyond its cost, and shares of a result: the rate keeps the figures.

use crate::clauses::assert_all;

#[test]
fn what_is_included_is_a_tier_of_zero() {
    assert_all(
        "included-en",
        "en",
        &[
            (
                "action \"Words\" 0.11 per \"word\" beyond 10000 per month",
                "`per \"word\" 0 up to 10000 then 0.11, each month`",
                "action \"Words\" per \"word\" 0 up to 10000 then 0.11, each month",
            ),
            (
                "action \"Visit\" flat 65 beyond 8 per month",
                "`per \"visit\" 0 up to 8 then 65, each month`",
                "action \"Visit\" per \"visit\" 0 up to 8 then 65, each month",
            ),
            (
                "action \"Room\" 10 hours included, then 15 EUR per hour",
                "`hourly 0 up to 10 hours then 15` in all",
                "action \"Room\" hourly 0 up to 10 hours then 15, each month",
            ),
            ("10 hours included", "`action \"…\" hourly 0 up to 10 hours then …`", ""),
            ("included 10000 words", "`action \"…\" per \"word\" 0 up to 10000 then …`", ""),
        ],
    );
    assert_all(
        "included-fr",
        "fr",
        &[
            (
                "action \"Passage\" 65 par \"passage\" au-delà de 8 par mois",
                "`par \"passage\" 0 jusqu'à 8 puis 65, chaque mois`",
                "action \"Passage\" par \"passage\" 0 jusqu'à 8 puis 65, chaque mois",
            ),
            (
                "action \"Passage\" forfait 65 au-delà de 8",
                "`par \"passage\" 0 jusqu'à 8 puis 65`",
                "action \"Passage\" par \"passage\" 0 jusqu'à 8 puis 65",
            ),
            (
                "8 passages compris par mois",
                "`action \"…\" par \"passage\" 0 jusqu'à 8 puis …, chaque mois`",
                "",
            ),
        ],
    );
}

#[test]
fn more_than_the_cost_is_a_share_of_the_amount() {
    for (line, lang, sentence) in [
        ("action \"Wine\" cost plus 10 %", "en", "write `110 % of amount`"),
        ("action \"Wine\" at cost plus 12.5 %", "en", "write `112.5 % of amount`"),
        ("action \"Vin\" au coût réel majoré de 15 %", "fr", "écrivez `115 % du montant`"),
        ("action \"Vin\" au coût réel + 15 %", "fr", "écrivez `115 % du montant`"),
    ] {
        assert_all("cost-plus", lang, &[(line, sentence, "")]);
    }
}

#[test]
fn a_share_of_a_result_is_the_rate_of_an_action() {
    for (line, lang, sentence) in [
        (
            "installment \"Success fee\": 12 % of amount won on end",
            "en",
            "`action \"Success fee\" 12 % of amount`",
        ),
        (
            "installment \"Fee\": 5 % of the damages on event \"judgment\"",
            "en",
            "`action \"Fee\" 5 % of amount`",
        ),
        (
            "échéance \"Résultat\" : 12 % des sommes obtenues à la fin",
            "fr",
            "`action \"Résultat\" 12 % du montant`",
        ),
    ] {
        assert_all("result", lang, &[(line, sentence, "")]);
    }
}

#[test]
fn a_share_is_of_the_price_and_a_rise_is_a_version() {
    for (line, lang, sentence) in [
        ("installment \"M\": 90 % of the price each month end", "en", "leave `of the price` out"),
        ("annual increase 3 %", "en", "a new price is a version"),
        (
            "échéance \"T\" : 30 % dès la remise du PV",
            "fr",
            "écrivez `à l'événement \"remise du PV\"`",
        ),
    ] {
        assert_all("of-the-price", lang, &[(line, sentence, "")]);
    }
}
