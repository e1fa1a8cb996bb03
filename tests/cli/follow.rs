//! `jalon follow` and `jalon unpaid`, called as users call them, and what other commands say of follow-ups.

use crate::program::{bytes, file, jalon, read};
use serde_json::Value;

const FOLLOW_UP: &str = "follow-up \"Patients\" for payer \"Patient\"\n  payment due 30 days\n  \
     step \"Reminder\": 8 days after due if open >= 5 EUR\n  step \"Pay back\": on overpaid\n";
const INVOICES: &str = "invoice_id,number,case,payer,date,total,currency\n\
     a,F-1,D-1,Patient,2025-01-10,100.00,EUR\nb,F-2,D-2,Patient,2025-01-10,80.00,EUR\n";

/// Runs a command on these files, with what follows.
fn run(test: &str, command: &str, events: &str, more: &[&str]) -> crate::program::Outcome {
    let follow_up = file(test, "follow.jalon", FOLLOW_UP);
    let invoices = file(test, "invoices.csv", INVOICES);
    let events = file(test, "events.ndjson", events);
    let mut call = vec![command, "--follow-up", &follow_up, "--invoices", &invoices];
    call.extend(["--events", &events, "--as-of", "2025-02-28"]);
    call.extend(more);
    jalon(&call)
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn steps_are_given_with_an_id_that_no_day_changes() {
    let paid = r#"{"invoice_id":"b","date":"2025-02-01","kind":"payment","amount":"80.00"}"#;
    let outcome = run("follow-steps", "follow", paid, &[]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let [step] = lines(&outcome.out).try_into().expect("one step");
    assert_eq!((&step["invoice_id"], &step["step"]), (&"a".into(), &"Reminder".into()));
    assert_eq!((&step["day"], &step["open"]), (&"2025-02-17".into(), &"100.00".into()));
    // What was done is read from what was given; a later run gives nothing twice.
    let done = file("follow-steps", "done.ndjson", &outcome.out);
    let again = run("follow-steps", "follow", paid, &["--done", &done]);
    assert_eq!((again.code, again.out.as_str()), (0, ""));
    let none = file("follow-steps", "none.ndjson", "");
    let late = run("follow-steps", "follow", paid, &["--done", &none]);
    let [late] = lines(&late.out).try_into().expect("one step");
    assert_eq!((&late["day"], &late["id"]), (&"2025-02-28".into(), &step["id"]));
}

#[test]
fn what_is_withheld_or_unknown_is_told_and_ends_with_code_1() {
    let events = "{\"invoice_id\":\"a\",\"date\":\"2025-02-01\",\"kind\":\"payment\",\"amount\":\"five\"}\n\
         {\"invoice_id\":\"x\",\"date\":\"2025-02-01\",\"kind\":\"payment\",\"amount\":\"12.50\"}\n\
         {\"invoice_id\":\"x\",\"date\":\"2025-02-02\",\"kind\":\"payment\",\"amount\":\"7.50\"}\n\
         {\"invoice_id\":\"b\",\"date\":\"2025-03-02\",\"kind\":\"payment\",\"amount\":\"80.00\"}";
    let outcome = run("follow-withheld", "unpaid", events, &["--format", "json"]);
    assert_eq!(outcome.code, 1);
    let told: Vec<&str> = outcome.err.lines().collect();
    assert!(told[0].ends_with("events.ndjson:1: invoice `a` is withheld: `amount`: `five` is no amount: it is written `100.00`, between semicolons also `100,00`"), "{told:?}");
    assert_eq!(told[1], "2 events name an unknown invoice, `x`: `payment` 20.00");
    assert_eq!(told[2], "events dated after 2025-02-28, which do not count: 1");
    let [row] = lines(&outcome.out).try_into().expect("one row");
    assert_eq!((&row["case"], &row["open"]), (&"D-2".into(), &"80.00".into()));
    let french = run("follow-withheld", "unpaid", events, &["--lang", "fr"]);
    assert!(
        french.err.contains("la facture `a` est retenue : `amount` : `five` n'est pas un montant")
    );
    assert!(
        french.out.contains("Factures retenues, comptées dans aucune somme : 1"),
        "{}",
        french.out
    );
}

/// An export that overlaps the one before repeats lines: nothing is paid twice, and it is told how many there were.
#[test]
fn what_is_said_twice_counts_once_with_a_notice() {
    let paid = |amount: &str, id: &str| {
        format!(
            "{{\"invoice_id\":\"a\",\"date\":\"2025-02-01\",\"kind\":\"payment\",\"amount\":\"{amount}\"{id}}}\n"
        )
    };
    let id = ",\"id\":\"p1\"";
    let open = |outcome: &crate::program::Outcome| lines(&outcome.out)[0]["open"].clone();
    let format = &["--format", "json", "--number", "F-1"][..];
    let outcome = run("follow-twice", "unpaid", &paid("30.00", id).repeat(3), format);
    let notice = "lines that say again what another line says of an invoice or of an event, and count once: ";
    assert_eq!((outcome.code, open(&outcome)), (0, "70.00".into()), "{}", outcome.err);
    assert_eq!(outcome.err.trim(), format!("{notice}2"));
    // A spreadsheet leaves zeros out at the end.
    let spelled = paid("30.00", id) + &paid("30.0", id) + &paid("30", id);
    let outcome = run("follow-twice", "unpaid", &spelled, format);
    assert_eq!((outcome.code, open(&outcome)), (0, "70.00".into()), "{}", outcome.err);
    // Without an id they are two payments.
    let outcome = run("follow-twice", "unpaid", &paid("30.00", "").repeat(2), format);
    assert_eq!((open(&outcome), outcome.err.as_str()), ("40.00".into(), ""));
    // Another content under one id withholds the invoice.
    let events = paid("30.00", id) + &paid("40.00", id);
    let outcome = run("follow-twice", "unpaid", &events, format);
    assert_eq!(outcome.code, 1);
    assert!(!outcome.err.contains(notice), "{}", outcome.err);

    let follow_up = file("follow-twice", "follow.jalon", FOLLOW_UP);
    let twice = format!("{INVOICES}a,F-1,D-1,Patient,2025-01-10,100.00,EUR\n");
    let invoices = file("follow-twice", "twice.csv", &twice);
    let events = file("follow-twice", "none.ndjson", "");
    let call = ["unpaid", "--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
    let outcome = jalon(&[&call[..], &["--as-of", "2025-02-28", "--lang", "fr"]].concat());
    let notice = "lignes qui redisent ce qu'une autre dit d'une facture ou d'un événement, et comptent une fois : 1";
    assert_eq!(outcome.code, 0);
    assert!(outcome.err.contains(notice), "{}", outcome.err);
}

#[test]
fn a_line_that_names_no_invoice_stops_everything() {
    for line in ["{\"date\":\"2025-02-01\",\"kind\":\"received\"}", "received", "[1]"] {
        let outcome = run("follow-nameless", "follow", line, &[]);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{line}");
        assert!(outcome.err.contains("nothing was done"), "{}", outcome.err);
    }
    let parquet = run("follow-nameless", "follow", "", &["--done", "x.parquet"]);
    assert_eq!(parquet.code, 2);
}

#[test]
fn rows_are_filtered_and_summed_up() {
    let events = r#"{"invoice_id":"b","date":"2025-02-01","kind":"payment","amount":"90.00"}"#;
    let count = |more: &[&str]| {
        let mut all = vec!["--format", "csv"];
        all.extend(more);
        run("follow-filters", "unpaid", events, &all).out.lines().count() - 1
    };
    assert_eq!(count(&[]), 2);
    for (filter, rows) in [
        (["--payer", "Patient"], 2),
        (["--payer", "Fund"], 0),
        (["--number", "F-2"], 1),
        (["--at-least", "50"], 1),
        (["--past-due", "1"], 1),
        (["--dated-from", "2025-01-11"], 0),
        (["--dated-until", "2025-01-10"], 2),
        (["--state", "not-received"], 1),
        (["--state", "disputed"], 0),
    ] {
        assert_eq!(count(&filter), rows, "{filter:?}");
    }
    let table = run("follow-filters", "unpaid", events, &[]).out;
    assert!(
        table.contains("Open in all: 100.00 EUR; overpaid: -10.00 EUR\n  Patient: 100.00 EUR; overpaid: -10.00 EUR\n"),
        "{table}"
    );
}

#[test]
fn scenarios_of_follow_ups_are_run_and_filled_in() {
    let scenario = "\nscenario \"late\"\n  invoice of 100 EUR dated 2025-01-10\n  until 2025-03-01\n  expect nothing\n";
    let path = file("follow-bless", "follow.jalon", format!("{FOLLOW_UP}{scenario}"));
    let failed = jalon(&["test", &path]);
    assert_eq!(failed.code, 1);
    assert!(failed.out.contains("+ 2025-02-17  Reminder"), "{}", failed.out);
    assert_eq!(jalon(&["test", "--bless", &path]).code, 0);
    assert!(read(&path).contains("  expect 2025-02-17 step \"Reminder\"\n"));
    assert_eq!(jalon(&["test", &path]).code, 0);
    let json: Value =
        serde_json::from_str(&jalon(&["test", "--format", "json", &path]).out).unwrap();
    assert_eq!(
        (&json["passed"], &json["scenarios"][0]["follow_up"]),
        (&1.into(), &"Patients".into())
    );
    assert!(jalon(&["test", "--format", "junit", &path]).out.contains("classname=\"Patients\""));
}

#[test]
fn what_is_not_there_yet_is_said() {
    let path = file("follow-not-there", "follow.jalon", FOLLOW_UP);
    let compiled = jalon(&["compile", &path, "-o", "-"]);
    assert_eq!((compiled.code, compiled.out.as_str()), (2, ""));
    let schedules = file(
        "follow-not-there",
        "s.jalon",
        "schedule \"S\"\n  price fixed 1 EUR\n  balance \"B\": 100 % on end\n",
    );
    let invoices = file("follow-not-there", "i.csv", INVOICES);
    let none = jalon(&["unpaid", "--follow-up", &schedules, "--invoices", &invoices]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("the files hold no follow-up"), "{}", none.err);
}

#[test]
fn the_follow_ups_that_are_given_have_no_warning_and_their_scenarios_pass() {
    let checked = jalon(&["check", "--deny", "warnings", "schedules/follow-up"]);
    assert_eq!(
        (checked.code, checked.out.as_str()),
        (0, "4 fichiers : 0 erreur, 0 avertissement\n")
    );
    let tested = jalon(&["test", "schedules/follow-up"]);
    assert!(tested.code == 0 && tested.out.ends_with("réussis : 24, échoués : 0\n"));
    let proved = jalon(&["verify", "--require-proof", "schedules/follow-up"]);
    assert_eq!(proved.code, 0, "{}", proved.out);
    assert_eq!(jalon(&["fmt", "--check", "schedules/follow-up"]).code, 0);
}

/// Invoices and events as a French spreadsheet writes them: semicolons, decimal commas, days first, French headings in
/// any case, rows of empty cells.
#[test]
fn french_spreadsheets_are_read() {
    let follow_up = file("follow-french", "suivi.jalon", FOLLOW_UP);
    let invoices = "\u{feff}sep=;\r\nFacture;Numéro;DOSSIER;Payeur;Date de facture;Total TTC;Devise;Échéance;\r\n\
         a;F-1;D-1;Patient;10/01/2025;1 050,00;EUR;31/01/2025;\r\n;;;;;;;;\r\n\
         b;F-2;D-2;Patient;2025-01-10;1\u{202f}080,5;EUR;;\r\nc;F-3;D-2;Patient;10/01/2025;-80,50;EUR;;\r\n";
    let invoices = file("follow-french", "factures.csv", invoices);
    let events = "facture;date;Nature;montant;motif\na;01/02/2025;Encaissement;1 000,00;\n\
         b;03/02/2025;Échec d'envoi;;boîte pleine\n;;;;\nx;04/02/2025;RÈGLEMENT;12,50;\n";
    let events = file("follow-french", "evenements.csv", events);
    let statuses = "Facture;Date;Statut\nb;12/01/2025;200\nb;13/01/2025;203\n";
    let statuses = file("follow-french", "statuts.csv", statuses);
    let files =
        ["--follow-up", &follow_up, "--invoices", &invoices, "--events", &events, &statuses];
    let call = |command: &str, more: &[&str]| {
        let mut call = vec![command];
        call.extend(files);
        call.extend(["--as-of", "2025-02-28", "--lang", "fr"]);
        call.extend(more);
        jalon(&call)
    };
    let unpaid = call("unpaid", &["--format", "json"]);
    let open: Vec<Value> = lines(&unpaid.out).iter().map(|row| row["open"].clone()).collect();
    assert_eq!(open, ["50.00", "1000.00"], "{}", unpaid.err);
    assert_eq!(unpaid.err, "1 événement nomme une facture inconnue, `x` : `RÈGLEMENT` 12,50\n");
    let sheet = call("unpaid", &["--format", "csv-fr"]).out;
    assert!(sheet.starts_with("\u{feff}dossier;date;devise;factures;"), "{sheet}");
    assert!(sheet.contains("D-2;2025-01-10;EUR;F-2 F-3;;;1000,00;1000,00;1000,00;"), "{sheet}");
    // What was given as such a sheet is read as what was done.
    let steps = call("follow", &["--format", "csv-fr"]).out;
    assert!(steps.starts_with("\u{feff}facture;numéro;dossier;"), "{steps}");
    let done = file("follow-french", "fait.csv", &steps);
    assert_eq!(call("follow", &["--done", &done]).out, "");
}

/// A message has the column and the word that stand in the file.
#[test]
fn a_message_has_the_words_of_the_sheet() {
    let follow_up = file("follow-words", "suivi.jalon", FOLLOW_UP);
    let told = |invoices: &str, events: &str| {
        let invoices = file("follow-words", "f.csv", invoices);
        let events = file("follow-words", "e.csv", events);
        let call = ["unpaid", "--follow-up", &follow_up, "--invoices", &invoices, "--events"];
        let outcome =
            jalon(&[&call[..], &[&events, "--as-of", "2025-02-28", "--lang", "fr"]].concat());
        (outcome.code, outcome.err)
    };
    let sound = "facture;dossier;payeur;date;total;devise\na;D;Patient;10/01/2025;100,00;EUR\n";
    for (invoices, events, code, says) in [
        (
            sound,
            "Facture;Date;Nature;Montant\na;01/02/2025;encaissement;1 5000,00\n",
            1,
            "`Montant` : `1 5000,00` n'est pas un montant",
        ),
        (
            sound,
            "facture;date;nature;montant\na;01/02/2025;encaissement;1,500\n",
            1,
            "champ `montant` : `1,500` se lit de deux façons",
        ),
        (
            sound,
            "facture;date;nature;montant\na;01/02/2025;encaisement;1,50\n",
            1,
            "il n'y a pas de nature d'événement `encaisement` ; vouliez-vous dire `encaissement` ?",
        ),
        (
            sound,
            "facture;date;nature;montant\na;01/02/2025;virement;1,50\n",
            1,
            "il n'y a pas de nature d'événement `virement` ; vouliez-vous dire `encaissement` ?",
        ),
        (
            sound,
            "facture;date;nature;montant\na;01/02/2025;paiment;1,50\n",
            1,
            "`paiment` ; vouliez-vous dire `encaissement` ?",
        ),
        (
            sound,
            "facture;date;nature;montant\na;01/02/2025;visite;1,50\n",
            1,
            "il n'y a pas de nature d'événement `visite` ; les natures sont `envoi`, `non-remise`, ",
        ),
        (
            sound,
            "facture;date;nature;montant\na;01/02/25;payée;1,50\n",
            1,
            "champ `date` : l'année de `01/02/25` a deux chiffres ; écrivez-en quatre",
        ),
        (
            sound,
            "N° facture;date;nature;montant\na;01/02/2025;payée;1,50\n",
            2,
            "colonne `N° facture` : vouliez-vous dire `facture` ?",
        ),
        (
            sound,
            "facture;date;nature;montant\na;01/02/2025;encaissement;\n",
            1,
            "il manque `montant`",
        ),
        (
            sound,
            "facture;date;nature;montant\na;01/02/2025;encaissement;5,00\na;13/25/2025;encaissement;6,00\n",
            1,
            "champ `date` : il n'y a pas de jour `13/25/2025`, lu jour d'abord",
        ),
        (
            sound,
            "facture,date,nature,montant\na,01/02/2025,encaissement,5.00\n",
            1,
            "champ `date` : `01/02/2025` ne dit pas si le jour",
        ),
        (
            sound,
            "facture;date;nature;montant\na;01/02/2025;encaissement;NULL\n",
            1,
            "champ `montant` : `NULL` signifie l'absence de valeur",
        ),
        (
            sound,
            "facture;date;nature;montant;\na;01/02/2025;encaissement;5,00;oui\n",
            1,
            "`oui` figure dans la colonne 5",
        ),
        (
            sound,
            "factre;date;nature;montant\na;01/02/2025;encaissement;5,00\n",
            2,
            "la première ligne doit nommer `facture` (ou `invoice_id`), et il n'y a pas de telle colonne ; colonne `factre` : vouliez-vous dire `facture` ?",
        ),
        (
            sound,
            "facture;date;nature;montant\na;01/02/2025;encaissement\n",
            2,
            "cette ligne a 3 cellules, et la première en nomme 4",
        ),
    ] {
        let (found, err) = told(invoices, events);
        assert!(found == code && err.contains(says), "{events}\n{found} {err}");
    }
}

/// A day that was read day first is not believed beside one of its column that cannot be.
#[test]
fn days_of_one_column_are_read_alike() {
    let follow_up = file("follow-alike", "suivi.jalon", FOLLOW_UP);
    let invoices = file("follow-alike", "i.csv", INVOICES);
    let events = "invoice_id;date;kind\na;02/03/2025;sent\nb;02/13/2025;sent\n";
    let events = file("follow-alike", "e.csv", events);
    let call = ["unpaid", "--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
    let told = jalon(&[&call[..], &["--as-of", "2025-02-28"]].concat());
    assert_eq!(told.code, 1);
    assert!(
        told.err.contains("e.csv:2: invoice `a` is withheld: field `date`: a date read day first"),
        "{}",
        told.err
    );
    assert!(
        told.err.contains(
            "e.csv:3: invoice `b` is withheld: field `date`: there is no day `02/13/2025`"
        ),
        "{}",
        told.err
    );
}

/// Why a step fired, and what each of the others waits for.
#[test]
fn one_invoice_is_explained() {
    let follow_up = "follow-up \"F\"\n  payment due 30 days\n  step \"Check\": 3 days after sent if not received\n  \
         step \"Reminder\": 8 days after due if open >= 50 EUR\n  step \"Notice\": 15 days after step \"Reminder\"\n  \
         step \"Late\": 8 days after due if not received\n  step \"Pay back\": on overpaid\n";
    let follow_up = file("follow-explain", "f.jalon", follow_up);
    let invoices = file("follow-explain", "i.csv", INVOICES);
    let events = "invoice_id,date,kind,amount,until\na,2025-01-10,sent,,\na,2025-02-20,payment,60.00,\n\
         a,2025-02-21,promised,,2025-03-10\nb,2025-01-11,received,,\nb,2025-01-12,payment,45.00,\n";
    let events = file("follow-explain", "e.csv", events);
    let call = |more: &[&str]| {
        let call =
            ["follow", "--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
        jalon(&[&call[..], &["--as-of", "2025-02-28"], more].concat())
    };
    let told = call(&["--explain", "F-1"]).out;
    let expected = "\
Invoice F-1 (a), case D-1, payer Patient
Follow-up \"F\", due on 2025-02-09

2025-01-10  issued: 100.00 EUR (open that evening: 100.00 EUR)
2025-01-10  sent (open that evening: 100.00 EUR)
2025-01-13    step \"Check\": 3 days after sent
2025-02-17    step \"Late\": 8 days after due
2025-02-17    step \"Reminder\" is passed over: \"Late\" stands below it
2025-02-20  paid 60.00 EUR (open that evening: 40.00 EUR)
2025-02-21  promised until 2025-03-10 (open that evening: 40.00 EUR)

On 2025-02-28:
  held: payment is promised until 2025-03-10
  \"Check\": 3 days after sent: no more, it was done or passed over; `not received` does not hold
  \"Reminder\": 8 days after due: no more, it was done or passed over; `open >= 50.00 EUR` does not hold: 40.00 EUR is open
  \"Notice\": 15 days after step \"Reminder\": there is no day of step \"Reminder\" yet
  \"Late\": 8 days after due: no more, it was done or passed over; `not received` does not hold
  \"Pay back\": on overpaid: each time
";
    assert_eq!(told, expected);
    let french = call(&["--explain", "b", "--lang", "fr"]).out;
    assert!(
        french.contains("`restant dû >= 50,00 EUR` n'est pas vrai : il reste dû 35,00 EUR"),
        "{french}"
    );
    let json: Value =
        serde_json::from_str(&call(&["--explain", "a", "--format", "json"]).out).unwrap();
    assert_eq!((&json["open"], &json["held"][0]), (&"40.00".into(), &"promised".into()));
    assert_eq!(json["moments"][4]["passed_by"], Value::from("Late"));
    let none = call(&["--explain", "F-11"]);
    assert!(none.code == 2 && none.err.contains("did you mean `F-1`?"), "{}", none.err);
}

const SENT: &str = "invoice_id,date,kind,amount,channel\n\
     a,2025-01-10,sent,,email\na,2025-02-20,payment,100.00,\nb,2025-01-11,sent,,paper\nb,2025-01-12,undelivered,,\n\
     c,2025-01-22,payment,30.00,\nd,2025-01-31,payment,10.00,\nd,2025-02-02,returned,10.00,\nd,2025-02-03,payment,10.00,\n";

fn journal(test: &str, more: &[&str]) -> crate::program::Outcome {
    journal_of(test, SENT, more)
}

fn journal_of(test: &str, events: &str, more: &[&str]) -> crate::program::Outcome {
    let follow_up = file(test, "follow.jalon", FOLLOW_UP);
    let invoices = format!(
        "{INVOICES}c,F-3,D-3,Patient,2025-01-12,30.00,EUR\n\
         d,<F&4>,D-4,Fund,2025-01-20,10.00,EUR\ne,F-5,D-5,Patient,2025-02-27,7.00,EUR\n"
    );
    // What the follow-up is not for says itself when it is due.
    let invoices = invoices.replace("currency\n", "currency,due\n").replace("EUR\n", "EUR,\n");
    let invoices = invoices.replace("10.00,EUR,", "10.00,EUR,2025-02-01");
    let invoices = file(test, "invoices.csv", invoices);
    let events = file(test, "events.csv", events);
    let call = ["journal", "--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
    jalon(&[&call[..], &["--as-of", "2025-02-28"], more].concat())
}

#[test]
fn the_journal_has_channels_proofs_and_delays() {
    let outcome = journal("journal-json", &["--format", "json"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    let json: Value = serde_json::from_str(&outcome.out).unwrap();
    let entry = |place: usize, fields: [&str; 6]| {
        fields.map(|field| json["invoices"][place][field].clone())
    };
    let fields = ["invoice_id", "channel", "settled", "days", "late", "proof"];
    let told = |text: &str| -> Value { serde_json::from_str(text).unwrap() };
    assert_eq!(
        Value::from(entry(0, fields).to_vec()),
        told(r#"["a","email","2025-02-20",41,true,true]"#)
    );
    assert_eq!(
        Value::from(entry(1, fields).to_vec()),
        told(r#"["b","paper",null,null,null,true]"#)
    );
    assert_eq!(json["invoices"][1]["undelivered"], Value::from(true));
    // Sent back by the bank and paid again: the last payment settled it.
    assert_eq!(
        Value::from(entry(3, fields).to_vec()),
        told(r#"["d",null,"2025-02-03",14,true,true]"#)
    );
    let patients = told(
        r#"{"payer":"Patient","currency":"EUR","settled":2,"mean_days":"25.5","median_days":"25.5",
        "days_90":41,"late_percent":"50.0","open":"87.00"}"#,
    );
    assert_eq!((&json["payers"][1], &json["unproved"]), (&patients, &told(r#"["e"]"#)));
    assert_eq!(json["ageing"][0]["days_1_30"], Value::from("80.00"));
}

#[test]
fn the_journal_is_written_for_people_and_programs() {
    let xml = journal("journal-forms", &["--format", "xml"]).out;
    assert!(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<journal>\n"), "{xml}");
    assert!(xml.contains("      <number>&lt;F&amp;4&gt;</number>\n"), "{xml}");
    let sheet = journal("journal-forms", &["--format", "csv-fr", "--part", "payers"]).out;
    assert!(sheet.contains("Patient;EUR;2;25,5;25,5;41;50,0;87,00\n"), "{sheet}");
    let table = journal("journal-forms", &["--lang", "fr"]).out;
    assert!(table.contains("Ni envoi ni réception pour 1 : F-5\n"), "{table}");
}

/// Lists are in the order of what people call invoices; what is true or false has French words in a French sheet, which is
/// read again as what was done; a credit note is due on no day.
#[test]
fn lists_are_in_the_order_of_numbers_and_french_sheets_in_french() {
    let follow_up = file("follow-order", "follow.jalon", FOLLOW_UP);
    let invoices = "invoice_id,number,case,payer,date,total,currency\n\
         a,F-2,D-1,Patient,2025-01-10,100.00,EUR\nz,F-1,D-2,Patient,2025-01-10,80.00,EUR\n\
         m,F-3,D-3,Patient,2025-01-10,-5.00,EUR\n";
    let invoices = file("follow-order", "invoices.csv", invoices);
    let call = |command: &'static str, more: &[&str]| {
        let call = [command, "--follow-up", &follow_up, "--invoices", &invoices];
        jalon(&[&call[..], &["--as-of", "2025-02-28"], more].concat())
    };
    let steps = call("follow", &["--format", "csv-fr"]);
    let numbers: Vec<Vec<&str>> =
        steps.out.lines().skip(1).map(|row| row.split(';').collect()).collect();
    assert_eq!(numbers.len(), 2, "{}", steps.out);
    assert_eq!((numbers[0][1], numbers[1][1], numbers[0][9]), ("F-1", "F-2", "non"));
    let done = file("follow-order", "done.csv", &steps.out);
    let again = call("follow", &["--done", &done]);
    assert_eq!((again.code, again.out.as_str()), (0, ""), "{}", again.err);
    let journal = call("journal", &["--format", "csv-fr"]).out;
    let rows: Vec<Vec<&str>> =
        journal.lines().skip(1).map(|row| row.split(';').collect()).collect();
    let told = |row: &Vec<&str>| [row[1], row[9], row[11], row[16]].map(str::to_owned);
    assert_eq!(
        rows.iter().map(told).collect::<Vec<_>>(),
        [
            ["F-1", "non", "2025-02-09", "non"],
            ["F-2", "non", "2025-02-09", "non"],
            ["F-3", "non", "", "non"]
        ]
    );
}

/// A payment of long before its invoice, and a credit note of which something is left and nobody asks, are told.
#[test]
fn payments_long_before_and_credit_notes_that_are_left_are_told() {
    let payment = |day: &str| {
        format!(
            "{{\"invoice_id\":\"b\",\"date\":\"{day}\",\"kind\":\"payment\",\"amount\":\"1.00\"}}\n"
        )
    };
    let notice = "payments dated more than 90 days before their invoice, which count on its day: 1, of `F-2` for one";
    let told = run("follow-advance", "unpaid", &payment("2024-10-11"), &[]).err;
    assert!(told.starts_with(notice), "{told}");
    assert_eq!(run("follow-advance", "unpaid", &payment("2024-10-12"), &[]).err, "");

    let follow_up = file("follow-credit", "follow.jalon", FOLLOW_UP);
    let credit = |total: &str, more: &str, events: &str| {
        let invoices = format!("{INVOICES}c,F-3,D-2,Patient,2025-01-12,{total},EUR\n{more}");
        let invoices = file("follow-credit", "invoices.csv", invoices);
        let events = file("follow-credit", "events.ndjson", events);
        let call =
            ["follow", "--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
        jalon(&[&call[..], &["--as-of", "2025-02-28"]].concat())
    };
    let notice =
        "credit notes of which something is left, and for which no step on overpaid has come";
    let left = credit("-90.00", "", "");
    assert!(
        left.err.starts_with(notice) && left.err.contains(": 1, `F-3` for one"),
        "{}",
        left.err
    );
    // It is asked for once more is overpaid than the evening before.
    let paid = r#"{"invoice_id":"c","date":"2025-02-01","kind":"payment","amount":"1.00"}"#;
    let asked = credit("-90.00", "", paid);
    assert_eq!((asked.err.as_str(), asked.out.contains("\"step\":\"Pay back\"")), ("", true));
    assert_eq!(credit("-30.00", "", "").err, "");
}

/// The order of lines makes no difference in any form.
#[test]
fn the_journal_does_not_depend_on_the_order_of_lines() {
    let (header, rest) = SENT.split_once('\n').unwrap();
    let mut lines: Vec<&str> = rest.lines().collect();
    lines.reverse();
    let turned = format!("{header}\n{}\n", lines.join("\n"));
    for form in ["table", "csv", "json", "xml", "html"] {
        let expected = journal_of("journal-order", SENT, &["--format", form]);
        let outcome = journal_of("journal-order", &turned, &["--format", form]);
        assert_eq!((outcome.code, outcome.out), (0, expected.out), "{form}");
    }
}

/// Each picture says what it is, tells all its figures in words, and has a table of the same figures below it.
#[test]
fn pictures_say_what_they_show() {
    let page = journal("journal-html", &["--format", "html"]).out;
    assert_eq!(page.matches("<svg role=\"img\" aria-labelledby=").count(), 2, "{page}");
    assert!(page.contains("<title id=\"delays-title\">Delays by payer"), "{page}");
    let says = "<desc id=\"delays-description\">Fund (EUR), median 14.0 days; Fund (EUR), 90 % within 14 days; \
         Patient (EUR), median 25.5 days; Patient (EUR), 90 % within 41 days</desc>";
    assert!(page.contains(says), "{page}");
    for picture in page.split("<svg ").skip(1) {
        let (picture, below) = picture.split_once("</svg>").unwrap();
        assert!(below.trim_start().starts_with("<table>"), "{page}");
        // Each bar stands between its label and its figure.
        assert_eq!(picture.matches("<text ").count(), 2 * picture.matches("<rect ").count());
    }
    assert!(page.contains("&lt;F&amp;4&gt;") && !page.contains("<F&4>"), "{page}");
}

#[test]
fn the_unpaid_list_is_a_page_too() {
    let events = r#"{"invoice_id":"b","date":"2025-02-01","kind":"payment","amount":"90.00"}"#;
    let page = run("follow-page", "unpaid", events, &["--format", "html", "--lang", "fr"]).out;
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"fr\">"), "{page}");
    assert!(page.contains("<td class=\"right\">-10,00</td>"), "{page}");
    let says = "<desc id=\"ageing-0-description\">non échu 0,00 EUR ; 1 à 30 jours 100,00 EUR ;";
    assert!(
        page.contains(says) && page.contains("<td class=\"right\">-10,00\u{a0}EUR</td>"),
        "{page}"
    );
}

/// In every form what is open and what was paid too much are told apart, in all and payer by payer; a filter on a payer
/// chooses rows, whose other shares are in the sums, too.
#[test]
fn every_form_of_the_unpaid_list_has_the_same_sums() {
    let follow_up = file("follow-sums", "follow.jalon", FOLLOW_UP);
    let invoices = format!("{INVOICES}c,F-3,D-1,Fund,2025-01-10,40.00,EUR\n");
    let invoices =
        invoices.replace("currency\n", "currency,due\n").replace("EUR\n", "EUR,2025-02-09\n");
    let invoices = file("follow-sums", "invoices.csv", invoices);
    let paid = "invoice_id,date,kind,amount\nb,2025-02-01,payment,90.00\n";
    let events = file("follow-sums", "events.csv", paid);
    let call = ["unpaid", "--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
    let list = |more: &[&str]| jalon(&[&call[..], &["--as-of", "2025-02-28"], more].concat()).out;
    let table = list(&[]);
    let sums = "Open in all: 140.00 EUR; overpaid: -10.00 EUR\n  Fund: 40.00 EUR\n  \
         Patient: 100.00 EUR; overpaid: -10.00 EUR\n";
    assert!(table.contains(sums), "{table}");
    let page = list(&["--format", "html"]);
    for (part, sum) in [("open in all", "140.00"), ("overpaid", "-10.00")] {
        let row = format!("<th scope=\"row\">{part}</th><td class=\"right\">{sum}\u{a0}EUR</td>");
        assert!(page.contains(&row), "{page}");
    }
    let row = "<th scope=\"row\">Patient</th><td class=\"right\">100.00\u{a0}EUR</td><td class=\"right\">-10.00\u{a0}EUR</td>";
    assert!(page.contains(row), "{page}");
    let funds = list(&["--payer", "Fund"]);
    assert!(
        funds.contains("Open in all: 140.00 EUR\n  Fund: 40.00 EUR\n  Patient: 100.00 EUR\n"),
        "{funds}"
    );
}

#[test]
fn the_unpaid_list_is_a_workbook_too() {
    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
    let follow_up = file("follow-workbook", "follow.jalon", FOLLOW_UP);
    let invoices = "invoice_id,number,case,payer,date,total,currency\n\
         a,F-1,2025-01-01,Patient,2025-01-10,1000.01,EUR\nb,F-2,=1+1,Patient,2025-01-10,80.00,EUR\n\
         c,F-3,D-3,Patient,2025-01-10,10000000000000.00,EUR\nd,F-4,D-4,Patient,2025-01-10,x,EUR\n";
    let invoices = file("follow-workbook", "invoices.csv", invoices);
    let events = r#"{"invoice_id":"b","date":"2025-02-01","kind":"payment","amount":"90.00"}"#;
    let events = file("follow-workbook", "events.ndjson", events);
    let call = ["unpaid", "--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
    let more = ["--as-of", "2025-02-28", "--format", "xlsx", "--lang", "fr"];
    let outcome = bytes(&[&call[..], &more].concat());
    let again = bytes(&[&call[..], &more].concat());
    assert_eq!((outcome.code, &outcome.out), (1, &again.out), "{}", outcome.err);
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(outcome.out)).unwrap();
    assert_eq!(book.sheet_names(), ["Impayés", "Sommes"]);
    let list = book.worksheet_range("Impayés").unwrap();
    let rows: Vec<&[Data]> = list.rows().collect();
    let text = |text: &str| Data::String(text.to_owned());
    let column = |name: &str| rows[0].iter().position(|cell| *cell == text(name)).expect(name);
    let [case, date, open] = [column("dossier"), column("date"), column("restant dû")];
    let cases: Vec<&Data> = rows[1..].iter().map(|row| &row[case]).collect();
    // A case is a text, whatever it looks like.
    assert_eq!(cases, [&text("2025-01-01"), &text("=1+1"), &text("D-3")]);
    let sums: Vec<&Data> = rows[1..].iter().map(|row| &row[open]).collect();
    // What a spreadsheet would round is a text.
    assert_eq!(sums, [&Data::Float(1000.01), &Data::Float(-10.0), &text("10000000000000.00")]);
    let Data::DateTime(day) = rows[1][date] else { panic!("{:?}", rows[1][date]) };
    assert_eq!(day.to_ymd_hms_milli(), (2025, 1, 10, 0, 0, 0, 0));
    let step = column("jour de la dernière étape : Patient");
    let Data::DateTime(day) = rows[1][step] else { panic!("{:?}", rows[1]) };
    assert_eq!(day.to_ymd_hms_milli(), (2025, 2, 17, 0, 0, 0, 0));
    let sums = book.worksheet_range("Sommes").unwrap();
    let sums: Vec<&[Data]> = sums.rows().collect();
    assert_eq!(sums[1][0], text("EUR"));
    assert_eq!(sums[2][1], text("Patient"));
    assert_eq!(sums[3][0], text("Factures retenues, comptées dans aucune somme : 1"));
}

/// Nothing is ever due for an invoice that no follow-up takes: an empty list of steps alone would not tell.
#[test]
fn open_invoices_that_no_follow_up_takes_are_counted() {
    let follow_up = file("follow-alone", "follow.jalon", FOLLOW_UP);
    let invoices = "invoice_id,number,case,payer,date,due,total,currency\n\
         a,F-1,D-1,Fund,2025-01-10,2025-02-09,100.00,EUR\nb,F-2,D-2,Fund,2025-01-10,2025-02-09,80.00,EUR\n\
         c,F-3,D-3,Fund,2025-01-10,2025-02-09,60.00,EUR\n";
    let invoices = file("follow-alone", "invoices.csv", invoices);
    let paid = r#"{"invoice_id":"a","date":"2025-02-01","kind":"payment","amount":"100.00"}"#;
    let events = file("follow-alone", "events.ndjson", paid);
    let call = ["--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
    for command in ["follow", "unpaid", "journal"] {
        let told = jalon(&[&[command], &call[..], &["--as-of", "2025-02-28"]].concat());
        let says =
            "invoices that no follow-up takes, for which no step is ever due: 2, `F-2` for one\n";
        assert_eq!((told.code, told.err.as_str()), (0, says), "{command}");
    }
}

/// A rejection of the bank whose payment is not told leaves more open than the invoice asks.
#[test]
fn what_is_given_back_and_was_never_paid_is_told() {
    let follow_up = file("follow-back", "follow.jalon", FOLLOW_UP);
    let invoices = "invoice_id,number,case,payer,date,due,total,currency\n\
         a,F-1,D-1,Patient,2025-01-10,2025-02-09,100.00,EUR\nb,F-2,D-2,Patient,2025-01-10,2025-02-09,80.00,EUR\n";
    let invoices = file("follow-back", "invoices.csv", invoices);
    let events = "invoice_id,date,kind,amount,id,ref\n\
         a,2025-02-01,payment,30.00,,\na,2025-02-05,returned,30.00,,\n\
         b,2025-02-01,payment,80.00,1,\nb,2025-02-05,returned,80.00,,\nb,2025-03-05,void,,,1\n";
    let events = file("follow-back", "events.csv", events);
    let told = |day: &str| {
        let call = ["unpaid", "--follow-up", &follow_up, "--invoices", &invoices, "--events"];
        jalon(&[&call[..], &[&events, "--as-of", day, "--format", "csv"]].concat())
    };
    let before = told("2025-02-28");
    assert_eq!((before.code, before.err.contains("was paid")), (0, false), "{}", before.err);
    let after = told("2025-03-31");
    assert!(after.err.contains("more is open than they ask: 1, `F-2` for one;"), "{}", after.err);
    assert!(after.out.contains("160.00"), "{}", after.out);
}

/// A day of 2000 for 2025, or of the month before, is not taken in silence.
#[test]
fn invoices_that_are_due_before_their_own_day_are_told() {
    let follow_up = file("follow-early", "follow.jalon", FOLLOW_UP);
    let invoices = "invoice_id,number,case,payer,date,due,total,currency\n\
         a,F-1,D-1,Patient,2025-01-10,2025-01-10,100.00,EUR\nb,F-2,D-2,Patient,2025-01-10,2000-02-09,80.00,EUR\n";
    let invoices = file("follow-early", "invoices.csv", invoices);
    let call = ["unpaid", "--follow-up", &follow_up, "--invoices", &invoices];
    let told = jalon(&[&call[..], &["--as-of", "2025-02-28"]].concat());
    let says = "invoices that are due before their own day: 1, `F-2` for one;";
    assert!(told.code == 0 && told.err.contains(says), "{}", told.err);
}

/// A credit note in a spreadsheet may have the minus of typography.
#[test]
fn a_credit_note_may_have_either_minus() {
    let follow_up = file("follow-minus", "follow.jalon", FOLLOW_UP);
    let open = |minus: &str| {
        let rows = format!(
            "facture;dossier;payeur;date;échéance;total TTC;devise\n\
             a;D;Patient;10/01/2025;09/02/2025;100,00;EUR\n\
             b;D;Patient;11/01/2025;;{minus}1 000,50;EUR\n"
        );
        let invoices = file("follow-minus", "invoices.csv", rows);
        let call = ["unpaid", "--follow-up", &follow_up, "--invoices", &invoices];
        let told = jalon(&[&call[..], &["--as-of", "2025-02-28", "--format", "csv"]].concat());
        assert_eq!(told.code, 0, "{}", told.err);
        told.out
    };
    assert!(open("-").contains("-900.50"));
    assert_eq!(open("\u{2212}"), open("-"));
}

/// An invoice without a payer says so, and a payer that a follow-up misspells is told.
#[test]
fn a_payer_that_is_not_named_or_misspelt_is_told() {
    let follow_up = "suivi \"P\" pour le payeur \"Patinet\"\n  paiement à 30 jours\n  étape \"Relance\": 8 jours après l'échéance\n\nsuivi \"Autres\"\n  paiement à 30 jours\n  étape \"Relance\": 8 jours après l'échéance\n";
    let path = file("follow-no-payer", "f.jalon", follow_up);
    let invoices = "invoice_id,case,customer,payer,date,total,currency\n1,A,Mme Roy,,2025-01-10,40.00,EUR\n2,A,Mme Roy,Patient,2025-01-10,60.00,EUR\n";
    let invoices = file("follow-no-payer", "i.csv", invoices);
    let list = |command: &str, format: &str| {
        let call = [command, "--follow-up", &path, "--invoices", &invoices, "--format", format];
        jalon(&[&call[..], &["--as-of", "2025-03-01"]].concat())
    };
    let unpaid = list("unpaid", "table");
    let expected = "le suivi `P` est pour le payeur `Patinet`, qu'aucune facture n'a ; vouliez-vous dire `Patient` ?\n";
    assert_eq!((unpaid.code, unpaid.err.as_str()), (0, expected));
    let has = |what: &str| assert!(unpaid.out.contains(what), "{what}: {}", unpaid.out);
    has("┆ dû : sans payeur ┆ dû : Patient ┆");
    has("┆ client  ┆");
    has("┆ Mme Roy ┆");
    has("┆ sans payeur : Relance 17/02/2025 ┆");
    has("\n  sans payeur : 40,00 EUR\n  Patient : 60,00 EUR\n");
    assert!(list("unpaid", "csv-fr").out.contains(";dû : sans payeur;dû : Patient;"));
    assert!(list("follow", "table").out.contains("┆ sans payeur ┆"));
    assert!(list("journal", "table").out.contains("│ sans payeur ┆ EUR "));
    let json: serde_json::Value =
        serde_json::from_str(list("unpaid", "json").out.trim_end()).unwrap();
    assert_eq!(json["shares"], serde_json::json!({"": "40.00", "Patient": "60.00"}));
    let told = list("follow", "table");
    assert_eq!(told.err, expected);
    let call = ["follow", "--follow-up", &path, "--invoices", &invoices, "--explain", "1"];
    assert!(jalon(&call).out.starts_with("Facture 1 (1), dossier A, sans payeur\n"));
}
