//! Invoices and events as spreadsheets write them.

use super::{FOLLOW_UP, INVOICES, lines};
use crate::program::{file, jalon};
use serde_json::Value;

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
