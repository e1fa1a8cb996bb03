//! What is wrong with a file of events is said in the words that the file has: its headings, its kinds, its numbers.

use crate::program::{file, jalon};

const ON_END: &str = "schedule \"S\"\n  price fixed 100 EUR\n  balance \"End\": 100 % on end\n";

/// What `jalon run` says of such a file, in French.
fn said(test: &str, events: &str) -> String {
    let schedule = file(test, "s.jalon", ON_END);
    let events = file(test, "e.csv", events);
    let outcome = jalon(&[
        "run",
        "--lang",
        "fr",
        "--schedule",
        &schedule,
        "--as-of",
        "2026-12-31",
        "--events",
        &events,
    ]);
    assert!(outcome.code == 1 || outcome.code == 0, "{}", outcome.err);
    outcome.err
}

fn assert_says(err: &str, sentences: &[&str]) {
    for sentence in sentences {
        assert!(err.contains(sentence), "{sentence}\n{err}");
    }
}

#[test]
fn days_that_other_lines_speak_against_are_told_by_their_heading() {
    let mixed = "Dossier;Date;Nature\na;03/02/2025;fin\nb;02/13/2025;fin\n";
    let err = said("mixed-days", mixed);
    assert_says(&err, &["a est retenu : champ `Date` : une date lue jour d'abord"]);
    let moments = "Dossier,Date,Nature\na,2025-02-03T00:00:00Z,fin\nb,2025-02-03T09:30:00Z,fin\n";
    let err = said("mixed-moments", moments);
    assert_says(&err, &["a est retenu : champ `Date` : minuit avec fuseau horaire"]);
    let err = said("lone-midnight", "Dossier,Date,Nature\na,2025-02-03T00:00:00Z,fin\n");
    assert_says(&err, &["le champ `Date` est ici minuit avec un fuseau horaire"]);
}

/// French kinds below English headings are told in French, and so is a kind that is meant as one of them.
#[test]
fn kinds_are_told_as_the_line_has_them() {
    let events = "case;date;kind;name\na;05/01/2026;Démarrage;Jean\nb;05/01/2026;abandn;\n\
                  c;05/01/2026;livrable;\nd;05/01/2026;start;Jean\ne;05/01/2026;abandonmnt;\n";
    let err = said("kinds-of-lines", events);
    assert_says(
        &err,
        &[
            "a est retenu : `Démarrage` n'a pas de champ `name`",
            "b est retenu : champ `kind` : `abandn` n'est pas `ouverture`, ",
            "`abandn` n'est pas `ouverture`, `signature`, `démarrage`, ",
            " ; vouliez-vous dire `abandon` ?",
            "c est retenu : il manque le champ `name`, nécessaire à `livrable`",
            "d est retenu : `start` n'a pas de champ `name`",
            " ; vouliez-vous dire `abandonment` ?",
        ],
    );
    // In English, whoever writes French kinds is told French ones.
    let schedule = file("kinds-in-english", "s.jalon", ON_END);
    let events = file("kinds-in-english", "e.csv", "case,date,kind\na,2026-01-05,démarage\n");
    let call = ["run", "--lang", "en", "--schedule", &schedule, "--events", &events];
    let err = jalon(&call).err;
    assert_says(&err, &["none of `ouverture`, ", "did you mean `démarrage`?"]);
}

/// What happens to a case has other words than those of the kinds: the nearest kind is named, and what it would mean.
#[test]
fn everyday_words_for_kinds_are_answered_with_the_kind() {
    let events = "Dossier;Date;Nature;Nom\na;05/01/2026;annulation;\nb;05/01/2026;Début;\n\
                  c;05/01/2026;visite;\nd;05/01/2026;devis signé;\n";
    let err = said("everyday-kinds", events);
    assert_says(
        &err,
        &[
            "`annulation` n'est pas `ouverture`, ",
            " ; si c'est ce que cela veut dire pour le dossier, écrivez `abandon`\n",
            " ; si c'est ce que cela veut dire pour le dossier, écrivez `démarrage`\n",
            " ; si c'est quelque chose de fait, écrivez `action`, et ce qui a été fait dans le champ `Nom`\n",
            " ; si c'est ce que cela veut dire pour le dossier, écrivez `signature`\n",
        ],
    );
    let schedule = file("everyday-in-english", "s.jalon", ON_END);
    let events =
        file("everyday-in-english", "e.csv", "case,date,kind\na,2026-01-05,cancellation\n");
    let call = ["run", "--lang", "en", "--schedule", &schedule, "--events", &events];
    let err = jalon(&call).err;
    assert_says(&err, &["; if that is what it means for the case, write `abandonment`\n"]);
}

/// A number beside its own unit is told alone.
#[test]
fn units_beside_numbers_are_taken_off() {
    let events = "Dossier;Date;Nature;Nom;Heures;Pourcentage;Quantité\n\
                  a;05/01/2026;action;Suivi;2,5 h;;\nb;05/01/2026;avancement;;;40 %;\n\
                  c;05/01/2026;action;Mots;;;450 mots\nd;05/01/2026;action;Suivi;90 min;;\n";
    let err = said("units", events);
    assert_says(
        &err,
        &[
            "`2,5 h` n'est pas écrit en simples chiffres, comme `1,5` ; écrivez `2,5`\n",
            "`40 %` n'est pas écrit en simples chiffres, comme `1,5` ; écrivez `40`\n",
            "`450 mots` n'est pas écrit en simples chiffres, comme `1,5` ; écrivez `450`\n",
            "`90 min` n'est pas écrit en simples chiffres, comme `1,5`\n",
        ],
    );
}

#[test]
fn numbers_of_a_spreadsheet_are_answered_with_what_is_read_there() {
    let events = "Dossier;Date;Nature;Nom;Heures;Montant\n\
                  a;05/01/2026;action;Suivi;1h30;\nb;05/01/2026;action;Suivi;1h20;\n\
                  c;05/01/2026;action;Suivi;1,2,3;\nd;05/01/2026;action;Suivi;2 h;\n\
                  e;05/01/2026;action;Suivi;;720,00 €\n";
    let err = said("numbers-of-sheets", events);
    assert_says(
        &err,
        &[
            "`1h30` n'est pas écrit en simples chiffres, comme `1,5` ; écrivez `1,5`, ou `90` sous `minutes`",
            "`1h20` n'est pas écrit en simples chiffres, comme `1,5` ; écrivez `80` sous `minutes`",
            "`1,2,3` n'est pas écrit en simples chiffres, comme `1,5`\n",
            "`2 h` n'est pas écrit en simples chiffres, comme `1,5` ; écrivez `2`, ou `120` sous `minutes`",
            "champ `Montant` : `720,00 €` porte une devise à côté du nombre ; si c'est facturé en `€`, écrivez `720,00` seul",
        ],
    );
    // Between commas no decimal comma is read, whatever the headings.
    let commas = "Dossier,Date,Nature,Nom,Heures\na,2026-01-05,action,Suivi,\"1,5\"\n\
                  b,2026-01-05,action,Suivi,1h30\n";
    let err = said("numbers-between-commas", commas);
    assert_says(
        &err,
        &[
            "`1,5` n'est pas écrit en simples chiffres, comme `1.5` ; la virgule décimale ne se lit que",
            "comme `1.5` ; écrivez `1.5`, ou `90` sous `minutes`",
        ],
    );
}

#[test]
fn days_between_dashes_or_points_are_read_day_first() {
    let schedule = file("dashes", "s.jalon", ON_END);
    for sign in ["/", "-", "."] {
        let events = format!("Dossier;Date;Nature\na;05{sign}02{sign}2026;fin\n");
        let events = file("dashes", "e.csv", events);
        let outcome =
            jalon(&["run", "--schedule", &schedule, "--events", &events, "--as-of", "2026-12-31"]);
        assert!(outcome.out.contains("\"date\":\"2026-02-05\""), "{}{}", outcome.out, outcome.err);
    }
    let err = said("dashes-between-commas", "Dossier,Date,Nature\na,05-02-2026,fin\n");
    assert_says(&err, &["`05-02-2026` ne dit pas si le jour ou le mois vient d'abord"]);
}

/// Counts agree with what they count, in French for 0 too.
#[test]
fn counts_agree_with_what_is_counted() {
    let err = said("counts", "Dossier;Date;Nature\na;05/02/2026;fin\n");
    assert_says(
        &err,
        &[
            "dossiers : 1 facturé, 0 retenu\n",
            "événements : 1 lu = 1 utilisé + 0 sans effet + 0 retenu\n",
        ],
    );
    let err = said("counts", "Dossier;Date;Nature\na;05/02/2026;fin\nb;05/02/2026;fin\n");
    assert_says(&err, &["dossiers : 2 facturés, 0 retenu\n", "2 lus = 2 utilisés"]);
}

/// What a project sets is read, or told: nothing of it is passed over. French words are taken where ours are.
#[test]
fn what_a_project_sets_is_read_or_told() {
    let test = "project-words";
    let schedule = file(test, "s.jalon", ON_END);
    let told = |text: &str| {
        file(test, "jalon.toml", text);
        let outcome = jalon(&["verify", &schedule, "--lang", "fr"]);
        file(test, "jalon.toml", "");
        outcome
    };
    for (text, says) in [
        (
            "[niveaux]\nfuite = \"deny\"\n",
            "`niveaux` : un tel fichier contient la table `[verify]`",
        ),
        ("fuite = \"deny\"\n", "`fuite` : un tel fichier contient la table `[verify]`"),
        (
            "[verify]\nfuites = \"deny\"\n",
            "pas de propriété `fuites` ; vouliez-vous dire `fuite` ?",
        ),
        ("[verify]\nfuite = \"erreur\"\n", "`fuite` vaut \"deny\" (erreur), \"warn\""),
    ] {
        let outcome = told(text);
        assert_eq!(outcome.code, 2, "{text}");
        assert!(outcome.err.contains(says), "{text}: {}", outcome.err);
    }
    assert!(told("[verify]\nfuite = \"deny\"\n").code < 2);
    let events = file(test, "e.csv", "n_dossier;Date;Type\na;05/02/2026;CLOTURE\n");
    let run = |columns: &str| {
        let columns = file(test, "colonnes.toml", columns);
        let call = ["run", "--lang", "fr", "--schedule", &schedule, "--events", &events];
        jalon(&[&call[..], &["--as-of", "2026-12-31", "--columns", &columns]].concat())
    };
    let ours =
        run("[columns]\nn_dossier = \"case\"\nType = \"kind\"\n[kinds]\nCLOTURE = \"end\"\n");
    let french =
        run("[columns]\nn_dossier = \"Dossier\"\nType = \"nature\"\n[kinds]\nCLOTURE = \"fin\"\n");
    assert_eq!((ours.code, ours.out.lines().count()), (0, 1), "{}", ours.err);
    assert_eq!((french.code, &french.out), (0, &ours.out), "{}", french.err);
    for (columns, says) in [
        ("[columns]\nn_dossier = \"dosier\"\n", "vouliez-vous dire `dossier` ?"),
        ("[kinds]\nCLOTURE = \"xyz\"\n", "il y a `ouverture`, `signature`, `démarrage`"),
    ] {
        let outcome = run(columns);
        assert_eq!(outcome.code, 2, "{columns}");
        assert!(outcome.err.contains(says), "{columns}: {}", outcome.err);
    }
}

/// A name that is listed means what the list says in capitals, too, and not what our word for it means.
#[test]
fn a_listed_name_is_the_same_in_capitals() {
    let test = "own-words-capitals";
    let schedule = file(
        test,
        "s.jalon",
        "échéancier \"S\"\n  tarif horaire 70 EUR\n  solde \"B\": réalisé à la fin ou à l'abandon\n",
    );
    let columns =
        file(test, "c.toml", "[columns]\n\"Heures\" = \"minutes\"\n[kinds]\nFin = \"abandon\"\n");
    let mut sums = Vec::new();
    for (hours, end) in [("Heures", "Fin"), ("HEURES", "FIN"), ("heures", "fin")] {
        let events = file(
            test,
            "e.csv",
            format!(
                "dossier;date;nature;nom;{hours}\nA;10/01/2025;action;Cours;90\nA;11/01/2025;{end};;\n"
            ),
        );
        let call = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-12-31"];
        let outcome = jalon(&[&call[..], &["--columns", &columns]].concat());
        assert_eq!(outcome.code, 0, "{hours}: {}", outcome.err);
        sums.push(outcome.out);
    }
    assert!(sums[0].contains("\"amount\":\"105.00\"") && sums[0].contains("abandonment"));
    assert!(sums.iter().all(|sum| *sum == sums[0]), "{sums:?}");
    // A word of ours, too, in a table and in JSON alike.
    let columns = file(test, "e.toml", "[kinds]\nEnd = \"abandonment\"\n");
    for (name, last) in [
        ("e.csv", "dossier;date;nature\nA;11/01/2025;end\n"),
        ("e.ndjson", "{\"case\":\"A\",\"date\":\"2025-01-11\",\"kind\":\"end\"}\n"),
    ] {
        let (schedule, events) = (file(test, "p.jalon", PLAIN), file(test, name, last));
        let call = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-12-31"];
        let outcome = jalon(&[&call[..], &["--columns", &columns]].concat());
        assert!(
            outcome.out.contains("\"line\":\"Left\""),
            "{name}: {}{}",
            outcome.out,
            outcome.err
        );
    }
}

const PLAIN: &str = "schedule \"S\"\n  price fixed 100 EUR\n  balance \"Done\": 100 % on end\n  \
     balance \"Left\": 30 % on abandonment\n";

/// What stands in a column that is no field counts for nothing, and a due date may stand there.
#[test]
fn columns_that_are_not_read_are_told() {
    let follow_up = file(
        "unread",
        "suivi.jalon",
        "suivi \"Clients\"\n  paiement à 30 jours\n  étape \"Relance\": tous les 15 jours après l'échéance\n",
    );
    let unpaid = |heading: &str| {
        let text = format!(
            "facture;dossier;date;{heading};total TTC;devise\nF-1;A;05/01/2026;05/03/2026;100,00;EUR\n"
        );
        let invoices = file("unread", "factures.csv", &text);
        jalon(&[
            "unpaid",
            "--follow-up",
            &follow_up,
            "--invoices",
            &invoices,
            "--as-of",
            "2026-02-20",
            "--lang",
            "fr",
        ])
    };
    let read = unpaid("échéance");
    assert_eq!((read.code, read.err.as_str()), (0, ""));
    assert!(read.out.contains("non échu : 100,00 EUR"), "{}", read.out);
    let other = unpaid("date limite");
    assert_eq!(other.code, 0, "{}", other.err);
    let told = "n'est pas lu : `date limite`\n";
    assert!(other.err.contains(told), "{}", other.err);
    assert!(other.out.contains("1 à 30 jours : 100,00 EUR"), "{}", other.out);
    let near = unpaid("écheances");
    let told =
        "n'est pas lu : `écheances` ; colonne `écheances` : vouliez-vous dire `échéance` ?\n";
    assert!(near.err.contains(told), "{}", near.err);
}

/// `100,50` without quotes, in a row that lacks a cell, is as many cells as there are columns.
#[test]
fn a_payment_with_a_decimal_comma_is_not_read_without_its_cents() {
    let follow_up = file(
        "cents",
        "customers.jalon",
        "follow-up \"Customers\"\n  payment due 30 days\n  step \"Reminder\": each 15 days after due\n",
    );
    let invoices = file(
        "cents",
        "invoices.csv",
        "invoice_id,case,date,total,currency\nF-1,A,2026-01-05,375.00,EUR\nF-2,B,2026-01-05,20.00,EUR\n",
    );
    let unpaid = |behind: &str, row: &str| {
        let text = format!("invoice_id,date,kind,amount,{behind}\n{row}\n");
        let events = file("cents", "events.csv", &text);
        jalon(&[
            "unpaid",
            "--follow-up",
            &follow_up,
            "--invoices",
            &invoices,
            "--events",
            &events,
            "--as-of",
            "2026-02-20",
            "--lang",
            "en",
        ])
    };
    for behind in ["channel", "id", "reason"] {
        let outcome = unpaid(behind, "F-1,2026-02-02,payment,100,50");
        assert_eq!(outcome.code, 1, "{behind}: {}", outcome.out);
        let told =
            "`100,50` is one number with a decimal comma, in a row that lacks a cell, or two cells";
        assert!(outcome.err.contains(told), "{behind}: {}", outcome.err);
    }
    let sound = unpaid("channel", "F-1,2026-02-02,payment,100,bank\nF-2,2026-02-02,payment,20,12");
    assert_eq!((sound.code, sound.err.as_str()), (0, ""), "{}", sound.out);
    assert!(sound.out.contains("275.00"), "{}", sound.out);
}
