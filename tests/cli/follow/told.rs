//! What is in no list, or should be looked at, is told.

use super::{FOLLOW_UP, INVOICES, lines, run};
use crate::program::{Outcome, file, jalon};
use serde_json::{Value, json};

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
    let open = |outcome: &Outcome| lines(&outcome.out)[0]["open"].clone();
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
    let json: Value = serde_json::from_str(list("unpaid", "json").out.trim_end()).unwrap();
    assert_eq!(json["shares"], serde_json::json!({"": "40.00", "Patient": "60.00"}));
    let told = list("follow", "table");
    assert_eq!(told.err, expected);
    let call = ["follow", "--follow-up", &path, "--invoices", &invoices, "--explain", "1"];
    assert!(jalon(&call).out.starts_with("Facture 1 (1), dossier A, sans payeur\n"));
}

/// In every form that is looked at, what is withheld is named, a case of which nothing else is left, too.
#[test]
fn what_is_withheld_is_named_in_every_list() {
    let invoices = format!("{INVOICES}c,F-3,D-2,Patient,2025-01-12,30.00,EUR\n");
    let follow_up = file("follow-left-out", "follow.jalon", FOLLOW_UP);
    let invoices = file("follow-left-out", "invoices.csv", invoices);
    let bad = "invoice_id,date,kind,amount\na,2025-02-01,payment,five\nc,2025-02-01,payment,0\n";
    let events = file("follow-left-out", "events.csv", bad);
    let call = ["--follow-up", &follow_up, "--invoices", &invoices, "--events", &events];
    let list = |command: &str, more: &[&str]| {
        let told = jalon(&[&[command], &call[..], &["--as-of", "2025-02-28"], more].concat());
        assert_eq!(told.code, 1, "{}", told.err);
        told.out
    };
    for (command, more, says) in [
        (
            "follow",
            &["--format", "table"][..],
            "Invoices withheld, of which nothing is said: 2 (F-1, F-3)\n",
        ),
        ("unpaid", &[], "Invoices withheld, in no sum: 2 (F-1, F-3)\n"),
        ("unpaid", &["--format", "html"], "<p>Invoices withheld, in no sum: 2 (F-1, F-3)</p>\n"),
        ("journal", &[], "Invoices withheld, in no figure: 2 (F-1, F-3)\n"),
        (
            "journal",
            &["--format", "html"],
            "<p>Invoices withheld, in no figure: 2 (F-1, F-3)</p>\n",
        ),
    ] {
        let told = list(command, more);
        assert!(told.contains(says), "{command} {more:?}: {told}");
    }
    let french = list("follow", &["--format", "table", "--lang", "fr"]);
    assert!(french.contains("Factures retenues, dont rien n'est dit : 2 (F-1, F-3)\n"), "{french}");
    // A row is made of judged invoices, and names the others of its case and day.
    let rows = lines(&list("unpaid", &["--format", "json"]));
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((&row["numbers"], &row["withheld"]), (&json!(["F-2"]), &json!([])));
    let journal: Value = serde_json::from_str(&list("journal", &["--format", "json"])).unwrap();
    assert_eq!(journal["withheld"], json!(["a", "c"]));
}
