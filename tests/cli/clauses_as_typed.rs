//! Clauses whose advice keeps the sum, the share, the time and the case that was typed: fees that are due only if something
//! happens, rates, payers, retentions, cancellations, days, and what contracts agree in words of their own.

use crate::clauses::{ENGLISH, FRENCH, assert_all, said};
use crate::program::{file, jalon};

#[test]
fn a_fee_is_billed_only_where_it_is_due() {
    let left = "installment \"Cancellation fee\": 50 EUR on abandonment, beside the price";
    assert_all(
        "typed-fees-en",
        "en",
        &[
            ("cancellation fee 50 EUR", &format!("`{left}`"), left),
            ("kill fee 25 %", "`balance \"Kill fee\": 25 % on abandonment`", ""),
            (
                "penalty \"Late\": 15 EUR",
                "`installment \"Late\": 15 EUR on event \"Late\", beside the price` bills it once, `each event \"Late\"`",
                "installment \"Late\": 15 EUR each event \"Late\", beside the price",
            ),
            ("no-show fee 25 EUR", "25 EUR on event \"No-show fee\", beside the price`", ""),
            ("weekend surcharge 25 %", "`installment \"Weekend surcharge\": … EUR on event", ""),
            ("overtime fee 20 EUR per hour", "`action \"Overtime fee\" hourly 20`", ""),
            (
                "service charge 30 EUR per month for 6 months",
                "`installment \"Service charge\": 30 EUR each month end, at most 6 times, beside the price`",
                "installment \"Service charge\": 30 EUR each month end, at most 6 times, beside the price",
            ),
            (
                "penalty: 10 EUR per day of delay",
                "`installment \"Penalty\": 10 EUR each event \"Day late\", beside the price`",
                "installment \"Penalty\": 10 EUR each event \"Day late\", beside the price",
            ),
            ("setup fee 90 EUR", "if every case that signs owes it, `on event \"Setup fee\"`", ""),
            (
                "fee \"F\": 50 EUR on signature, refundable",
                "`installment \"F\": 50 EUR on event \"…\", beside the price`",
                "",
            ),
            ("installment \"L\": 40 EUR if unpaid", "40 EUR on event \"Late payment\"", ""),
            (
                "installment \"X\": 50 EUR in case of damage",
                "`50 EUR each event \"Damage\", beside the price`",
                "installment \"X\": 50 EUR each event \"Damage\", beside the price",
            ),
            ("installment \"L\": 40 EUR if overdue", "40 EUR on event \"Late payment\"", ""),
            (
                "balance \"L\": 40 EUR if late",
                "`installment \"L\": 40 EUR each event \"Late\", beside the price`",
                "installment \"L\": 40 EUR each event \"Late\", beside the price",
            ),
        ],
    );
    let left = "échéance \"Frais d'annulation\": 50 EUR à l'abandon, en sus du prix";
    assert_all(
        "typed-fees-fr",
        "fr",
        &[
            ("frais d'annulation 50 EUR", &format!("`{left}`"), left),
            ("indemnité de rupture 100 EUR", "100 EUR à l'abandon, en sus du prix`", ""),
            (
                "pénalité \"Casse\": 50 EUR",
                "`échéance \"Casse\": 50 EUR à l'événement \"Casse\", en sus du prix`",
                "échéance \"Casse\": 50 EUR à l'événement \"Casse\", en sus du prix",
            ),
            (
                "indemnité kilométrique 0,60 EUR/km",
                "`action \"Indemnité kilométrique\" 0,60 par \"km\"`",
                "",
            ),
            (
                "indemnité d'occupation 900 EUR par mois pendant 3 mois",
                "`échéance \"Indemnité d'occupation\": 900 EUR à chaque fin de mois, au plus 3 fois, en sus du prix`",
                "",
            ),
            (
                "pénalité de 10 EUR par jour de retard",
                "`échéance \"Pénalité\": 10 EUR à chaque événement \"Jour de retard\", en sus du prix`",
                "",
            ),
            (
                "pénalité de retard 15 EUR par jour",
                "`échéance \"Pénalité de retard\": 15 EUR à chaque événement \"Jour de retard\", en sus du prix`",
                "",
            ),
            (
                "frais d'annulation : 50 % si moins de 7 jours avant",
                "50 % à l'abandon si délai avant le démarrage < 7 jours`",
                "",
            ),
            (
                "majoration 25 % le dimanche",
                "… EUR à l'événement \"Majoration\", en sus du prix`",
                "",
            ),
            ("frais de dossier 50 EUR", "si tout dossier signé le doit", ""),
            (
                "frais \"F\" : 50 EUR à l'inscription, non remboursables",
                "`échéance \"F\": 50 EUR à l'événement \"…\", en sus du prix`",
                "",
            ),
            ("échéance \"L\" : 40 EUR si impayé", "40 EUR à l'événement \"Retard\"", ""),
            ("échéance \"L\" : 40 EUR en cas d'impayé", "40 EUR à l'événement \"Retard\"", ""),
            (
                "échéance \"X\" : 50 EUR en cas de casse",
                "`50 EUR à chaque événement \"Casse\", en sus du prix`",
                "",
            ),
            ("solde \"L\" : 40 EUR si retard", "`échéance \"L\": 40 EUR à chaque événement", ""),
        ],
    );
}

#[test]
fn the_line_of_a_fee_bills_nobody_else() {
    let text = "schedule \"S\"
  price fixed 1000 EUR
  installment \"Cancellation fee\": 50 EUR on abandonment, beside the price
  installment \"Late\": 15 EUR on event \"Late\", beside the price
  balance \"B\": remainder on end
  balance \"Left\": nothing on abandonment

scenario \"ends\"
  2026-01-10 start
  2026-02-10 end
  expect 2026-02-10 \"B\" 1000.00

scenario \"is left\"
  2026-01-10 start
  2026-02-10 abandonment
  expect 2026-02-10 \"Cancellation fee\" 50.00

scenario \"is late\"
  2026-01-10 event \"Late\"
  2026-02-10 end
  expect 2026-01-10 \"Late\" 15.00
  expect 2026-02-10 \"B\" 1000.00
";
    let path = file("typed-billed", "clause.jalon", text);
    let outcome = jalon(&["test", &path]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
}

#[test]
fn a_rate_stays_one() {
    assert_all(
        "typed-rates-en",
        "en",
        &[
            ("0.60 EUR/km", "`action \"…\" 0.60 per \"km\"`", ""),
            ("30 EUR per night", "`action \"…\" 30 per \"night\"`", ""),
            ("45 EUR per hour", "`action \"…\" hourly 45`", ""),
            ("installment \"K\": 0.60 EUR/km on end", "`action \"…\" 0.60 per \"km\"`", ""),
            (
                "schedule \"K\"\n  price per action, in EUR\n    action \"Km\" 0.45 EUR per km\n  balance \"B\": work on end or abandonment\n",
                "write `per \"km\"`",
                "",
            ),
            (
                "every month 100 EUR for 10 months",
                "`installment \"…\": 100 EUR each month end, at most 10 times`",
                "installment \"M\": 100 EUR each month end, at most 10 times",
            ),
            (
                "2400 EUR in 3 payments",
                "`installment \"…\": 2400 EUR in 3 parts each month end`",
                "installment \"P\": 2400 EUR in 3 parts each month end",
            ),
            ("60 EUR monthly", "`installment \"…\": 60 EUR each month end`", ""),
            ("100 EUR per quarter for 2 years", "100 EUR each quarter end, at most … times`", ""),
            (
                "monthly subscription 49 EUR pro rata",
                "`price monthly 49 EUR` and `installment \"Subscription\": price each month end, pro rata`",
                "",
            ),
        ],
    );
    assert_all(
        "typed-rates-fr",
        "fr",
        &[
            ("0,60 EUR/km", "`action \"…\" 0,60 par \"km\"`", ""),
            ("30 EUR par nuit", "`action \"…\" 30 par \"nuit\"`", ""),
            ("échéance \"N\" : 30 EUR par nuit à la fin", "`action \"…\" 30 par \"nuit\"`", ""),
            (
                "échéancier \"K\"\n  tarif par action, en EUR\n    action \"Km\" 0,45 EUR par km\n  solde \"B\": réalisé à la fin ou à l'abandon\n",
                "écrivez `par \"km\"`",
                "",
            ),
            (
                "échéancier \"K\"\n  tarif par action, en EUR\n    action \"Nuit\" 30 EUR par nuit\n  solde \"B\": réalisé à la fin ou à l'abandon\n",
                "`forfait 30 EUR` si chaque événement en est une, `30 par \"nuit\"`",
                "",
            ),
            (
                "tous les mois 100 EUR pendant 10 mois",
                "`échéance \"…\": 100 EUR à chaque fin de mois, au plus 10 fois`",
                "échéance \"M\": 100 EUR à chaque fin de mois, au plus 10 fois",
            ),
            (
                "abonnement mensuel 49 EUR au prorata",
                "`tarif mensuel 49 EUR` et `échéance \"Abonnement\": le tarif à chaque fin de mois, au prorata`",
                "",
            ),
        ],
    );
}

#[test]
fn shares_and_securities_are_those_that_were_typed() {
    assert_all(
        "typed-shares-en",
        "en",
        &[
            (
                "payment due month end",
                "write `payment due 0 days then month end`",
                "payment due 0 days then month end",
            ),
            ("payers: Fund 60%", "`payer \"Fund\": 60 %`, `payer \"…\": remainder`", ""),
            (
                "payers: Fund 60 %, Employer 40 %",
                "`payer \"Fund\": 60 %`, `payer \"Employer\": remainder`",
                "",
            ),
            (
                "payers: 60 % Fund, 40 % Employer",
                "`payer \"Fund\": 60 %`, `payer \"Employer\": remainder`",
                "",
            ),
            ("payer \"Fund\": max 70 %", "`payer \"Fund\": 70 %` if the payer takes", ""),
            ("payer \"Fund\": at most 70 %", "`payer \"Fund\": as agreed` if each case", ""),
            (
                "retention 10% for 6 months",
                "(`90 % of progress each progress, stays open`), and a last line bills it: `balance \"Retention\": remainder 6 months after event \"Acceptance\"`",
                "",
            ),
            ("retention 2.5 %", "for example `97.5 % of progress", ""),
            ("security deposit 500", "`deposit \"Security\": 500 EUR on signature, beside", ""),
            ("security deposit \"Q\": 10 % on start", "`deposit \"Q\": … EUR on start, beside", ""),
            ("pick-up charge 3.50 EUR", "`installment \"Pick-up charge\": 3.50 EUR", ""),
            ("split 60/40", "`payer \"…\": 60 %` and `payer \"…\": remainder`", ""),
        ],
    );
    assert_all(
        "typed-shares-fr",
        "fr",
        &[
            ("payeurs : OPCO 60 %", "`payeur \"OPCO\" : 60 %`, `payeur \"…\" : reste`", ""),
            ("payeur \"OPCO\" : max 70 %", "`payeur \"OPCO\" : 70 %` si le payeur prend", ""),
            (
                "retenue de garantie 10 % pendant 6 mois",
                "`solde \"Retenue\": reste 6 mois après l'événement \"Réception\"`",
                "solde \"Retenue\": reste 6 mois après l'événement \"Réception\"",
            ),
            ("caution 500", "`acompte \"Caution\": 500 EUR à la signature, en sus du prix`", ""),
            (
                "caution \"C\" : 500 EUR au démarrage",
                "`acompte \"C\": 500 EUR au démarrage, en sus du prix`",
                "acompte \"C\": 500 EUR au démarrage, en sus du prix",
            ),
            ("prise en charge 3,50 EUR", "`échéance \"…\": 3,50 EUR à l'événement \"…\"", ""),
            ("prise en charge OPCO 60 %", "`payeur \"OPCO\" : 60 %`, `payeur \"…\" : reste`", ""),
            ("60/40", "`payeur \"…\" : 60 %` et `payeur \"…\" : reste`", ""),
        ],
    );
}

#[test]
fn a_cancellation_keeps_its_figures_and_its_side() {
    assert_all(
        "typed-left-en",
        "en",
        &[
            (
                "cancellation: 30 % if less than 7 days before",
                "`balance \"Cancellation\": 30 % on abandonment if notice < 7 days`",
                "balance \"Cancellation\": 30 % on abandonment if notice < 7 days",
            ),
            (
                "free cancellation up to 7 days before",
                "`balance \"Cancellation\": nothing on abandonment if notice >= 7 days`",
                "",
            ),
            ("late cancellation: 30 EUR", "`balance \"Cancellation\": 30 EUR on abandonment`", ""),
            ("minimum term 24 months", "on abandonment if duration < 24 months`", ""),
            (
                "balance \"P\": 10 % on abandonment if cancelled more than 60 days before",
                "`on abandonment if notice > 60 days`",
                "balance \"P\": 10 % on abandonment if notice > 60 days",
            ),
            (
                "balance \"P\": 10 % if cancelled more than 60 days before",
                "`on abandonment if notice > 60 days`",
                "",
            ),
            (
                "installment \"P\": 10 % on end if 50 % attendance or less",
                "write `attendance <= 50 %`",
                "",
            ),
        ],
    );
    assert_all(
        "typed-left-fr",
        "fr",
        &[
            (
                "annulation : 30 % à moins de 7 jours",
                "`solde \"Annulation\": 30 % à l'abandon si délai avant le démarrage < 7 jours`",
                "",
            ),
            ("annulation gratuite", "`solde \"Annulation\": rien à l'abandon`", ""),
            (
                "annulation gratuite jusqu'à 7 jours avant",
                "rien à l'abandon si délai avant le démarrage >= 7 jours`",
                "",
            ),
            (
                "solde \"P\" : 10 % à l'abandon si annulé plus de 60 jours avant",
                "`à l'abandon si délai avant le démarrage > 60 jours`",
                "",
            ),
            (
                "échéance \"P\" : 10 % à la fin si 50 % d'assiduité ou moins",
                "écrivez `assiduité <= 50 %`",
                "",
            ),
        ],
    );
}

#[test]
fn days_are_kept_and_those_that_are_none_are_told() {
    assert_all(
        "typed-days-en",
        "en",
        &[
            (
                "installment \"P\": 100 % in three payments on 1 March, 1 April and 1 May",
                "with the year (1 March, 1 April, 1 May)",
                "",
            ),
            (
                "installment \"P\": 10 % on signature if after January 10",
                "`date from 2026-01-11` after that day, `date from 2026-01-10` with it",
                "installment \"P\": 10 % on signature if date from 2026-01-11",
            ),
            (
                "discount \"D\": 10 % if signed before January 10",
                "`10 % on signature if signed before 2026-01-10`",
                "discount \"D\": 10 % on signature if signed before 2026-01-10",
            ),
            ("installment \"P\": 10 % on end if before 2026-01-10", "`date before 2026-01-10`", ""),
            ("installment \"P\": 40 % mid-project", "half of the progress", ""),
            ("installment \"P\": 10 % on 31 April 2026", "that month has 30 days", ""),
            ("installment \"P\": 10 % on 31 April", "that month has 30 days", ""),
            ("installment \"P\": 10 % on 29 February 2025", "that month has 28 days", ""),
            ("installment \"P\": 10 % on 5/13/2026", "did you mean `13/05/2026`?", ""),
            ("installment \"P\": 25 % on weekends", "the calendar has `month end`", ""),
            (
                "installment \"P\": 30 % 14 days before the wedding",
                "`14 days before planned start` if the case starts on that day",
                "installment \"P\": 30 % 14 days before planned start",
            ),
            ("fixed price 2,400 EUR", "write `2400` for the large number", ""),
            ("installment \"P\": 30 % in 0 payments", "2 parts at the least", ""),
            ("installment \"P\": 30 % in 1201 payments", "1200 at the most", ""),
        ],
    );
    assert_all(
        "typed-days-fr",
        "fr",
        &[
            (
                "échéance \"P\" : 100 % en trois fois le 1er mars, le 1er avril et le 1er mai",
                "avec l'année (1er mars, 1er avril, 1er mai)",
                "",
            ),
            (
                "échéance \"P\" : 10 % à la signature si après le 10 janvier",
                "`date à compter du 11/01/2026` après ce jour",
                "échéance \"P\": 10 % à la signature si date à compter du 11/01/2026",
            ),
            (
                "remise \"D\" : 10 % si signé avant le 10 janvier",
                "`10 % à la signature si signé avant le 10/01/2026`",
                "",
            ),
            ("échéance \"P\" : 10 % le 31 avril 2026", "ce mois a 30 jours", ""),
            ("échéance \"P\" : 10 % le 31 avril", "ce mois a 30 jours", ""),
            ("échéance \"P\" : 10 % le 29 février", "`29/02/2028`", ""),
            (
                "échéance \"P\" : 30 % 14 jours avant le mariage",
                "`14 jours avant le démarrage prévu` si le dossier démarre ce jour-là",
                "",
            ),
            ("échéance \"P\" : 30 % en 0 versements", "2 parts au moins", ""),
        ],
    );
}

#[test]
fn what_a_contract_agrees_in_its_own_words_is_answered() {
    assert_all(
        "typed-own-en",
        "en",
        &[
            (
                "package of 10 sessions: 450 EUR",
                "`installment \"Package of 10 sessions\": 450 EUR on event \"…\", beside the price`",
                "",
            ),
            ("reminder 1: 8 days after due", "`step \"Reminder 1\": 8 days after due`", ""),
            (
                "reminder 2: 15 days after reminder 1",
                "`step \"Reminder 2\": 15 days after step \"Reminder 1\"`",
                "",
            ),
            (
                "formal notice: 30 days after the invoice date",
                "`step \"Formal notice\": 30 days after issued`",
                "",
            ),
            (
                "reminder 0: 5 days before the due date",
                "`step \"Reminder 0\": 5 days before due`",
                "",
            ),
            ("reminder 3: 10 days after delivery", "`step \"Reminder 3\": 10 days after …`", ""),
            ("hands over to collection after 60 days", ": 60 days after due`", ""),
            (
                "3 quarterly installments of 100 EUR",
                "`installment \"…\": 100 EUR each quarter end, at most 3 times`",
                "installment \"Q\": 100 EUR each quarter end, at most 3 times",
            ),
            ("3 quarterly installments", "`installment \"…\": 100 % in 3 parts each quarter", ""),
            ("deposit \"C\": one month's rent on signature", "a schedule knows no rent", ""),
            (
                "50% upfront, 50% on delivery",
                "`installment \"…\": 50 % on event \"upfront\"`, `installment \"…\": 50 % on event \"on delivery\"`",
                "",
            ),
            ("40 % on signature", "`installment \"…\": 40 % on signature`", ""),
        ],
    );
    assert_all(
        "typed-own-fr",
        "fr",
        &[
            ("forfait 10 séances : 450 EUR", "`échéance \"Forfait 10 séances\": 450 EUR", ""),
            ("relance 1 : 8 jours après l'échéance", "`étape \"Relance 1\": 8 jours après", ""),
            (
                "paiement à fin de mois",
                "écrivez `paiement à 0 jour, puis fin de mois`",
                "paiement à 0 jour, puis fin de mois",
            ),
            (
                "relance 2 : 15 jours après la relance 1",
                "`étape \"Relance 2\": 15 jours après l'étape \"Relance 1\"`",
                "",
            ),
            (
                "mise en demeure : 8 jours après la date de facture",
                "`étape \"Mise en demeure\": 8 jours après l'émission`",
                "",
            ),
            ("mise en demeure : 30 jours", "`étape \"Mise en demeure\": 30 jours après", ""),
            ("3 échéances trimestrielles", "`échéance \"…\": 100 % en 3 fois à chaque fin", ""),
            ("un mois de loyer", "un échéancier ne connaît pas de loyer", ""),
            (
                "50 % à la signature, 50 % à la livraison",
                "`échéance \"…\": 50 % à la signature`, `échéance \"…\": 50 % à l'événement",
                "",
            ),
            ("40 % à mi-chantier", "`échéance \"…\": 40 % à l'événement \"…\"`", ""),
            ("échéance \"P\" : 40 % à mi-chantier", "la moitié de l'avancement constaté", ""),
        ],
    );
}

/// What is taken away, or begins later, is no line that bills it.
#[test]
fn what_no_moment_follows_is_no_installment() {
    for (line, lang) in [
        ("10 % off for members", "en"),
        ("10 % de réduction pour les adhérents", "fr"),
        ("45 EUR par mois à partir du 4e mois", "fr"),
        ("45 EUR per month from the 4th month", "en"),
    ] {
        let (above, line) = (if lang == "fr" { FRENCH } else { ENGLISH }, line);
        let told = said("typed-none", &format!("{above}  {line}\n"), lang).to_string();
        assert!(!told.contains("`installment") && !told.contains("`échéance \\\""), "{told}");
    }
}

/// The actions of another schedule of the file are none of this one.
#[test]
fn an_action_is_one_of_its_own_schedule() {
    let other = "schedule \"O\"\n  price per action, in EUR\n    action \"Session of others\" hourly 70\n  balance \"B\": work on end or abandonment\n";
    let own = "schedule \"S\"\n  price fixed 1000 EUR\n  installment \"M\": 50 % after 10 sessions\n  balance \"B\": remainder on end or abandonment\n";
    let text = format!("{other}\n{own}");
    assert_all("typed-own-schedule", "en", &[(&text, "on action \"Session\" if action", "")]);
}
