//! Files of issued lines: every form in which lines are written is read, with the same outcome; a date
//! before them is refused; what is none of a line is told in the reader's words.

use crate::program::{Outcome, file, jalon, read};
use std::path::Path;

/// A schedule with names that a spreadsheet or CSV has to be careful with.
const SCHEDULE: &str = r#"
schedule "=Training; \"A\", B"
  price hourly 70 EUR
  deposit "+10 %": 70 EUR on signature
  balance "Month": work itemised on month end, stays open
  balance "'-End": work on end
"#;

const EVENTS: &str = r#"{"case":"D;1,\"a\"","date":"2025-01-10","kind":"signature","id":"=1"}
{"case":"D;1,\"a\"","date":"2025-01-15","kind":"action","name":"Première, séance","minutes":80,"id":"s1"}
{"case":"D;1,\"a\"","date":"2025-02-15","kind":"action","name":"@Suite\nligne","hours":1.5,"id":"s2"}
{"case":"E","date":"2025-03-01","kind":"end","id":"x"}
"#;

/// One event more, and one that is withdrawn.
const LATER: &str = r#"{"case":"D;1,\"a\"","date":"2025-03-10","kind":"end","id":"e"}
{"case":"D;1,\"a\"","date":"2025-03-11","kind":"void","ref":"s1"}
"#;

struct Call {
    schedule: String,
    events: String,
    later: String,
}

impl Call {
    fn new(test: &str) -> Call {
        Call {
            schedule: file(test, "schedule.jalon", SCHEDULE),
            events: file(test, "events.ndjson", EVENTS),
            later: file(test, "later.ndjson", LATER),
        }
    }

    fn run(&self, more: &[&str]) -> Outcome {
        let call = ["run", "--schedule", &self.schedule, "--as-of", "2025-12-31", "--events"];
        jalon(&[&call[..], &[&self.events], more].concat())
    }
}

fn gzipped(text: &str) -> Vec<u8> {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn every_form_in_which_lines_are_written_is_read() {
    let test = "issued-forms";
    let call = Call::new(test);
    let (json, csv) = (call.run(&[]).out, call.run(&["--format", "csv"]).out);
    assert_eq!(json.lines().count(), 4);
    assert!(csv.contains("'=1"), "a text that looks like a formula is there: {csv}");
    let semicolons = semicolons(&csv);
    assert!(semicolons.contains(";70,00;"), "{semicolons}");
    let hashed = call.run(&["--format", "csv", "--schedule-hash"]).out;
    let french = call.run(&["--format", "csv-fr"]).out;
    let in_french = [
        "\u{feff}dossier;échéancier;date;facture;nature;ligne;libellé;quantité;prix unitaire;montant;devise;",
        "prestation du;prestation au;déclencheur;date du déclencheur;nom du déclencheur;",
        "identifiant du déclencheur;acompte déduit;ligne annulée;identifiant;payeur;taux de TVA;",
        "motif d'exonération;en vigueur au\n",
    ];
    assert!(french.starts_with(&in_french.concat()), "{french}");
    assert_eq!(in_english(&french), semicolons, "only headings and kinds are others");
    let exact = call.run(&["--format", "csv-exact"]).out;
    let guarded = ["'=", "'+", "'@"];
    let unguarded = guarded.iter().fold(csv.clone(), |csv, sign| csv.replace(sign, &sign[1..]));
    assert_eq!(exact, unguarded, "every text is as it is");
    let zst = zstd::encode_all(json.as_bytes(), 1).unwrap();
    let files = [
        file(test, "lines.ndjson", &json),
        file(test, "lines.csv", &csv),
        file(test, "lines-of-csv.txt", &csv),
        file(test, "bom.csv", format!("\u{feff}{csv}")),
        file(test, "windows.csv", csv.replacen('\n', "\r\n", 1)),
        file(test, "semicolons.csv", &semicolons),
        file(test, "hashed.csv", &hashed),
        file(test, "french.csv", &french),
        file(test, "kept-by-a-spreadsheet.csv", kept_by_a_spreadsheet(&french)),
        file(test, "french-capitals.csv", capitals(&french)),
        file(test, "french-hashed.csv", call.run(&["--format", "csv-fr", "--schedule-hash"]).out),
        file(test, "exact.csv", &exact),
        file(test, "lines.ndjson.gz", gzipped(&json)),
        file(test, "lines.csv.gz", gzipped(&csv)),
        file(test, "lines.zst", &zst),
    ];
    let expected = call.run(&[&call.later, "--issued", &files[0]]);
    assert_eq!(expected.code, 0, "{}", expected.err);
    // The hours that were withdrawn, and the end, which deducts the rest of the deposit.
    let kinds: Vec<String> =
        super::lines(&expected.out).iter().map(|line| line["kind"].to_string()).collect();
    assert!(kinds.contains(&"\"credit\"".to_owned()), "{}", expected.out);
    for path in &files {
        let given = call.run(&["--issued", path]);
        assert_eq!((given.code, given.out.as_str()), (0, ""), "{path}: {}", given.err);
        let given = call.run(&[&call.later, "--issued", path]);
        assert_eq!((given.code, &given.out), (0, &expected.out), "{path}: {}", given.err);
    }
}

/// The same records between semicolons, with decimal commas, as a spreadsheet writes them.
fn semicolons(csv: &str) -> String {
    let mut out = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
    let mut records = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
    let names = records.headers().unwrap().clone();
    out.write_record(&names).unwrap();
    for record in records.records() {
        let record = record.unwrap();
        out.write_record(names.iter().zip(&record).map(|(name, cell)| match name {
            "quantity" | "unit_price" | "amount" => cell.replace('.', ","),
            _ => cell.to_owned(),
        }))
        .unwrap();
    }
    String::from_utf8(out.into_inner().unwrap()).unwrap()
}

/// A French file of lines with the headings and the words of the English one.
fn in_english(french: &str) -> String {
    let (_, rows) = french.split_once('\n').unwrap();
    let headings = [
        "case;schedule;date;invoice;kind;line;label;quantity;unit_price;amount;currency;service_from;",
        "service_to;trigger_kind;trigger_date;trigger_name;trigger_id;deducts;credits;id;payer;vat_rate;",
        "vat_exempt;in_force_from\n",
    ];
    let words = [
        (";acompte;", ";deposit;"),
        (";solde;", ";balance;"),
        (";déduction;", ";deduction;"),
        (";fin de mois;", ";month_end;"),
    ];
    let rows = words.iter().fold(rows.to_owned(), |rows, (from, to)| rows.replace(from, to));
    headings.concat() + &rows
}

/// The same file as a French spreadsheet writes it again: its own form of days, no zeros at the end of amounts.
fn kept_by_a_spreadsheet(csv: &str) -> String {
    let day = |cell: &str| -> Option<String> {
        let parts: Vec<&str> = cell.split('-').collect();
        let [year, month, day] = parts.as_slice() else { return None };
        (year.len() == 4).then(|| format!("{day}/{month}/{year}"))
    };
    let cell = |cell: &str| match cell.strip_suffix(",00") {
        Some(whole) => whole.to_owned(),
        None => day(cell).unwrap_or_else(|| cell.to_owned()),
    };
    let row = |row: &str| row.split(';').map(cell).collect::<Vec<_>>().join(";");
    csv.split('\n').map(row).collect::<Vec<_>>().join("\n")
}

/// The same file with a first line in capitals.
fn capitals(csv: &str) -> String {
    let (first, rows) = csv.split_once('\n').unwrap();
    format!("{}\n{rows}", first.to_uppercase())
}

/// A message has the headings of the file.
#[test]
fn a_message_on_issued_lines_has_the_words_of_the_file() {
    let test = "issued-words";
    let call = Call::new(test);
    let french = call.run(&["--format", "csv-fr"]).out;
    let said = |csv: &str, lang: &str| {
        let path = file(test, "lignes.csv", csv);
        let outcome = call.run(&["--issued", &path, "--lang", lang]);
        assert_eq!(outcome.code, 2, "{}", outcome.err);
        outcome.err
    };
    let err = said(&french.replacen(";acompte;", ";arrhes;", 1), "fr");
    assert!(err.contains("le champ `nature` ne peut pas être `arrhes`"), "{err}");
    let err = said(&french.replacen(";libellé;", ";libélé;", 1), "fr");
    assert!(err.contains("pas de champ `libélé` ; vouliez-vous dire `libellé` ?"), "{err}");
    let err = said(&french.replacen(";montant;", ";date;", 1), "fr");
    assert!(err.contains("le champ `date` figure deux fois"), "{err}");
    let err = said(&french.replacen(";70,00;", ";;", 1), "en");
    assert!(err.contains("the field `montant` is missing"), "{err}");
}

#[test]
fn a_date_before_issued_lines_is_refused_unless_it_is_meant() {
    let test = "issued-later";
    let call = Call::new(test);
    let issued = file(test, "issued.ndjson", call.run(&[]).out);
    let summary = issued.replace("issued.ndjson", "summary.json");
    let early = |more: &[&str]| {
        let call = ["run", "--schedule", &call.schedule, "--events", &call.events];
        jalon(&[&call[..], &["--issued", &issued, "--summary", &summary], more].concat())
    };
    for (lang, says) in [
        (
            "en",
            "issued.ndjson:2: issued line \"Première, séance\" of case D;1,\"a\" is dated 2025-01-31, after 2025-01-30, the last day that counts (--as-of), and so are 2 more",
        ),
        (
            "fr",
            "issued.ndjson:2 : la ligne « Première, séance » du dossier D;1,\"a\" est datée du 31/01/2025, après le 30/01/2025, dernier jour qui compte (--as-of), et 2 autres aussi",
        ),
    ] {
        let told = early(&["--as-of", "2025-01-30", "--lang", lang]);
        assert_eq!((told.code, told.out.as_str()), (2, ""), "{}", told.err);
        assert!(
            told.err.contains(says) && told.err.contains("--credit-later-lines"),
            "{}",
            told.err
        );
        assert!(!Path::new(&summary).exists());
    }
    // The last of them is of that day: nothing is refused, and nothing is given.
    let told = early(&["--as-of", "2025-03-01"]);
    assert_eq!((told.code, told.out.as_str()), (0, ""), "{}", told.err);
    let meant = early(&["--as-of", "2025-01-30", "--credit-later-lines"]);
    assert_eq!(meant.code, 0, "{}", meant.err);
    let credits = super::lines(&meant.out);
    assert_eq!(credits.len(), 3, "{}", meant.out);
    assert!(credits.iter().all(|line| line["kind"] == "credit"), "{}", meant.out);
    // The flag says something about issued lines only.
    let without = jalon(&["run", "--schedule", "s", "--events", "e", "--credit-later-lines"]);
    assert_eq!(without.code, 2, "{}", without.err);
}

/// A clock that goes wrong is told apart from a date that is stated.
#[test]
fn a_clock_behind_the_issued_lines_is_named() {
    let test = "issued-clock";
    let schedule = file(test, "s.jalon", super::SCHEDULE);
    let events = file(test, "e.ndjson", r#"{"case":"x","date":"2150-01-15","kind":"start"}"#);
    let call = ["run", "--schedule", &schedule, "--events", &events];
    let issued = jalon(&[&call[..], &["--as-of", "2150-12-31"]].concat()).out;
    let issued = file(test, "issued.ndjson", issued);
    for (lang, says) in
        [("en", "today by the clock of this machine"), ("fr", "à l'horloge de cette machine")]
    {
        let told = jalon(&[&call[..], &["--issued", &issued, "--lang", lang]].concat());
        assert_eq!((told.code, told.out.as_str()), (2, ""), "{}", told.err);
        assert!(told.err.contains(says), "{}", told.err);
    }
}

#[test]
fn a_line_that_stands_twice_counts_once_and_is_told() {
    let test = "issued-twice";
    let call = Call::new(test);
    let lines = call.run(&[]).out;
    let issued = file(test, "issued.ndjson", &lines);
    let again = file(test, "again.ndjson", lines.lines().next().unwrap());
    let (notices, summary) =
        (issued.replace("issued.ndjson", "notices"), issued.replace("issued.ndjson", "summary"));
    let files = ["--notices", &notices, "--summary", &summary];
    let told = call.run(&[&["--issued", &issued, &again][..], &files].concat());
    assert_eq!((told.code, told.out.as_str()), (0, ""), "{}", told.err);
    let says = format!("{again}:1: case D;1,\"a\": this issued line stands on {issued}:1 already");
    assert!(told.err.contains(&says), "{}", told.err);
    let notice: serde_json::Value = serde_json::from_str(&read(&notices)).unwrap();
    assert_eq!((&notice["notice"], &notice["kind"]), (&"issued-twice".into(), &"deposit".into()));
    let summary: serde_json::Value = serde_json::from_str(&read(&summary)).unwrap();
    assert_eq!(summary["notices_by_kind"]["issued-twice"], 1);
    assert_eq!(
        summary["issued"],
        serde_json::json!({
            "lines": 4, "repeated": 1, "date_of_issue": "2025-12-31", "late_lines": 0
        })
    );
}

/// What comes late, and what is billed again, is dated before what is issued already: the accounts say
/// on which day it is issued.
#[test]
fn late_lines_are_counted_and_their_day_of_issue_is_told() {
    let test = "issued-late";
    let schedule = file(test, "s.jalon", super::SCHEDULE);
    let start = |case: &str, date: &str| {
        format!(
            "{{\"case\":\"{case}\",\"date\":\"{date}\",\"kind\":\"start\",\"id\":\"{case}\"}}\n"
        )
    };
    let run = |events: &str, more: &[&str]| {
        let events = file(test, "e.ndjson", events);
        let call = ["run", "--schedule", &schedule, "--as-of", "2025-06-30", "--events", &events];
        jalon(&[&call[..], more].concat())
    };
    let known = start("a", "2025-03-01");
    let issued = file(test, "issued.ndjson", run(&known, &[]).out);
    let summary = issued.replace("issued.ndjson", "summary");
    let late = |events: &str, lang: &str| {
        let told = run(events, &["--issued", &issued, "--summary", &summary, "--lang", lang]);
        assert_eq!(told.code, 0, "{}", told.err);
        let accounts: serde_json::Value = serde_json::from_str(&read(&summary)).unwrap();
        assert_eq!(accounts["issued"]["date_of_issue"], "2025-06-30");
        (accounts["issued"]["late_lines"].as_u64().unwrap(), told.err)
    };
    // One of an earlier day, one of the same, one of a later.
    let more = ["2025-02-28", "2025-03-01", "2025-03-02"];
    let more: String =
        (0..).zip(more).map(|(case, date)| start(&format!("n{case}"), date)).collect();
    let (count, told) = late(&format!("{known}{more}"), "en");
    assert_eq!(count, 1);
    assert!(
        told.contains("1 new line is dated before") && told.contains("issued on 2025-06-30"),
        "{told}"
    );
    // A line that is billed again in the place of one that is credited.
    let moved = known.replace("2025-03-01", "2025-03-09").replace("\"id\":\"a\"", "\"id\":\"b\"");
    let void = r#"{"case":"a","date":"2025-03-01","kind":"void","ref":"a"}"#;
    let (count, told) = late(&format!("{known}{void}\n{moved}"), "fr");
    assert_eq!(count, 1);
    assert!(
        told.contains("1 nouvelle ligne est datée") && told.contains("émis le 30/06/2025"),
        "{told}"
    );
    assert_eq!(late(&known, "en").0, 0);
}

#[test]
fn what_is_no_issued_line_is_told_in_the_words_of_the_reader() {
    let test = "issued-wrong";
    let call = Call::new(test);
    let (json, csv) = (call.run(&[]).out, call.run(&["--format", "csv"]).out);
    let first = json.lines().next().unwrap();
    let (head, records) = csv.split_once('\n').unwrap();
    let invoices = call.run(&["--invoices"]).out;
    let [rows, french] =
        ["csv", "csv-fr"].map(|form| call.run(&["--invoices", "--format", form]).out);
    let wrong = [
        ("event.ndjson", EVENTS.to_owned(), 1, "`schedule`", "`schedule`"),
        ("invoices.ndjson", invoices, 1, "a whole invoice", "une facture entière"),
        ("invoices.csv", rows, 1, "a whole invoice", "une facture entière"),
        ("factures.csv", french, 1, "a whole invoice", "une facture entière"),
        ("array.ndjson", format!("[{first}]"), 1, "JSON array", "tableau JSON"),
        ("cut.ndjson", first[..40].to_owned(), 1, "cut off", "tronquée"),
        ("text.ndjson", "no line\n".to_owned(), 1, "one JSON object", "un objet JSON"),
        (
            "kind.ndjson",
            format!("\n{}", first.replace("deposit", "bill")),
            2,
            "`kind` cannot be `bill`",
            "`kind` ne peut pas être `bill`",
        ),
        (
            "date.ndjson",
            first.replace("2025-01-10", "10/01/2025"),
            1,
            "`date` cannot be `10/01/2025`",
            "`date` ne peut pas être",
        ),
        (
            "field.ndjson",
            first.replace("\"amount\"", "\"amunt\""),
            1,
            "did you mean `amount`?",
            "vouliez-vous dire `amount`",
        ),
        (
            "twice.ndjson",
            first.replace("\"amount\"", "\"invoice\":1,\"amount\""),
            1,
            "not well-formed",
            "mal formée",
        ),
        (
            "number.ndjson",
            first.replace("\"70.00\"", "70.00"),
            1,
            "`amount` cannot be `70.0`",
            "`amount` ne peut pas être",
        ),
        (
            "name.csv",
            csv.replacen("trigger_id", "trigger_ident", 1),
            1,
            "no field `trigger_ident`",
            "pas de champ `trigger_ident`",
        ),
        ("short.csv", format!("{head}\na,b\n{records}"), 2, "2 cells", "2 cellules"),
        (
            "missing.csv",
            format!("{head}\n{}", records.replacen("2025-01-10", "", 1)),
            2,
            "`date` is missing",
            "manque le champ `date`",
        ),
    ];
    for (name, text, line, english, french) in wrong {
        let path = file(test, name, text);
        for (lang, says, colon) in [("en", english, ":"), ("fr", french, " :")] {
            let told = call.run(&["--issued", &path, "--lang", lang]);
            assert_eq!((told.code, told.out.as_str()), (2, ""), "{name}: {}", told.err);
            let place = format!("{path}:{line}{colon} ");
            assert!(told.err.contains(&place) && told.err.contains(says), "{name}: {}", told.err);
        }
    }
    for (name, bytes, english, french) in [
        ("no.ndjson.zst", &b"\x01 no zstd"[..], "damaged", "abîmé"),
        ("no.ndjson.gz", b"\x02 this is no gzip at all", "damaged", "abîmé"),
        ("cut.ndjson.gz", &gzipped(&json)[..40], "cut off", "tronqué"),
    ] {
        let path = file(test, name, bytes);
        for (lang, says) in [("en", english), ("fr", french)] {
            let told = call.run(&["--issued", &path, "--lang", lang]);
            assert_eq!((told.code, told.out.as_str()), (2, ""), "{name}: {}", told.err);
            assert!(told.err.contains(says), "{name}: {}", told.err);
        }
    }
}

/// A spreadsheet makes 7 of case 007: what was issued under another name is not billed a second time.
#[test]
fn a_line_that_was_issued_under_another_case_withholds_its_own() {
    let test = "issued-renamed";
    let schedule = file(
        test,
        "s.jalon",
        "échéancier \"S\"\n  tarif forfait 1000 EUR\n  acompte \"A\": 30 % à la signature\n  \
         solde \"B\": 100 % à la fin\n  solde \"C\": rien à l'abandon\n",
    );
    let events = file(
        test,
        "e.csv",
        "dossier;date;nature\n007;10/01/2025;signature\n007;10/03/2025;fin\n8;10/01/2025;signature\n",
    );
    let call = ["run", "--schedule", &schedule, "--events", &events, "--as-of", "2025-12-31"];
    let issued = jalon(&[&call[..], &["--format", "csv-fr"]].concat()).out;
    let renamed = issued.replace("\n007;", "\n7;");
    assert_ne!(issued, renamed);
    for (name, text) in [
        ("issued.csv", &renamed),
        ("separated.csv", &format!("sep=;\n{}", renamed.trim_start_matches('\u{feff}'))),
    ] {
        let path = file(test, name, text);
        let outcome = jalon(&[&call[..], &["--issued", &path]].concat());
        assert_eq!((outcome.code, outcome.out.as_str()), (1, ""), "{name}: {}", outcome.err);
        let line = if name == "issued.csv" { 2 } else { 3 };
        let says = format!("a déjà été émise, sous le dossier `7` ({path}:{line}:1)");
        assert!(outcome.err.contains(&says), "{name}: {}", outcome.err);
    }
    // Rows of empty cells are none, and what was issued under its own name is settled.
    let cells = issued.lines().next().unwrap().matches(';').count();
    let path = file(test, "empty.csv", format!("{issued}{}\n", ";".repeat(cells)));
    let outcome = jalon(&[&call[..], &["--issued", &path]].concat());
    assert_eq!((outcome.code, outcome.out.as_str()), (0, ""), "{}", outcome.err);
}
