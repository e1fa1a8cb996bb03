//! What is shown beside a file: its scenarios, the case of each finding, situations, another version, and a file of
//! events as somebody has it.

#![forbid(unsafe_code)]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop, and what it looks for must be there"
)]

use jalon::Lang;
use jalon_host::{EventFile, Options, Schedules};
use serde_json::Value;

const COURSE: &str = r#"schedule "Course"
  price fixed 1500 EUR
  deposit "Deposit": 30 % on signature
  balance "Balance": 100 % on end

scenario "to the end"
  2025-01-10 signature
  2025-02-15 end
  expect 2025-01-10 "Deposit" 450.00
  expect 2025-02-15 "Balance" 1500.00
  expect 2025-02-15 "Deposit" -450.00

scenario "not billed so"
  2025-01-10 signature
  expect nothing
"#;

fn schedules(text: &str) -> Schedules {
    Schedules::compile(&[("course.jalon", text.as_bytes())], None).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn scenarios_are_run_and_their_cases_explained() {
    let scenarios = json(&schedules(COURSE).scenarios());
    let [passes, fails] = scenarios.as_array().unwrap().as_slice() else { panic!("{scenarios:#}") };
    assert_eq!((&passes["scenario"], &passes["passed"]), (&"to the end".into(), &true.into()));
    assert_eq!(passes["why"], Value::Null);
    let case = &passes["case"];
    let amounts: Vec<&str> = case["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["amount"].as_str().unwrap())
        .collect();
    assert_eq!(amounts, ["450.00", "1500.00", "-450.00"]);
    assert!(case["text"].as_str().unwrap().contains("30 %"), "{case:#}");
    assert_eq!(
        case["moments"][1]["lines"][0]["amounts"][0]["invoice_lines"][0],
        case["lines"][1]["id"]
    );
    assert_eq!(fails["passed"], false);
    assert!(fails["why"].as_str().unwrap().contains("+ 2025-01-10"), "{fails:#}");
    assert_eq!(&COURSE[usize::try_from(fails["start"].as_u64().unwrap()).unwrap()..][..4], "\"not");
}

#[test]
fn a_finding_has_the_case_that_shows_it_as_data_and_as_a_scenario() {
    let course = schedules(COURSE);
    let proof = json(&course.prove().unwrap());
    let shown = |finding: &&Value| finding["case"] != Value::Null;
    let findings = proof["findings"].as_array().unwrap();
    let finding = findings.iter().find(shown).unwrap();
    assert_eq!(finding["case"]["schedule"], "Course");
    // Accepted, it is found no more.
    let accept = &finding["accept"];
    let at = usize::try_from(accept["place"]["start"].as_u64().unwrap()).unwrap();
    let accepted =
        format!("{}{}{}", &COURSE[..at], accept["text"].as_str().unwrap(), &COURSE[at..]);
    let left = json(&schedules(&accepted).prove().unwrap());
    assert!(
        left["findings"]
            .as_array()
            .unwrap()
            .iter()
            .all(|other| other["property"] != finding["property"])
    );
    // Put into the file, the case comes to what it says.
    let text = format!("{COURSE}\n{}", finding["scenario"].as_str().unwrap());
    let scenarios = json(&schedules(&text).scenarios());
    assert_eq!(scenarios[2]["passed"], true, "{scenarios:#}");
    assert_eq!(scenarios[2]["case"]["lines"], finding["case"]["lines"]);
    // Beside what is added, it is the document of `verify`.
    let plain = json(&course.verify().unwrap());
    assert_eq!(
        proof["proofs"].as_array().unwrap().len(),
        plain["proofs"].as_array().unwrap().len()
    );
    assert_eq!(findings.len(), plain["findings"].as_array().unwrap().len());
    assert!(proof["proofs"][0]["called"].is_string() && proof["warnings"].is_array());
}

#[test]
fn situations_say_what_is_billed_and_whether_a_scenario_comes_to_it() {
    let all = json(&schedules(COURSE).situations());
    let situations = all[0]["situations"].as_array().unwrap();
    let of = |name: &str| situations.iter().find(|one| one["situation"] == name).unwrap();
    assert_eq!(of("signature")["reached"], true);
    assert_eq!(of("signature")["billed"][0]["amount"], "450.00");
    // It uses what no list of situations covers.
    let unlike = schedules(include_str!("../../../schedules/abonnements/sports-club.jalon"));
    let refused = json(&unlike.situations());
    assert!(refused[0]["refused"].is_string(), "{refused:#}");
}

#[test]
fn another_version_is_told_with_what_it_bills_otherwise() {
    let (old, new) = (schedules(COURSE), schedules(&COURSE.replace("30 %", "40 %")));
    let same = json(&old.compare(&old));
    assert_eq!(same[0]["verdict"], "equivalent");
    let compared = json(&new.compare(&old));
    assert_eq!(compared[0]["verdict"], "different");
    let says = |window: &Value| {
        window["says"].as_str().unwrap().contains("600.00 EUR instead of 450.00 EUR")
    };
    let windows = compared[0]["windows"].as_array().unwrap();
    let window = windows.iter().find(|window| says(window)).unwrap();
    assert_eq!(window["events"][0]["says"], "signature");
}

#[test]
fn a_file_of_events_is_told_by_how_it_begins() {
    let course = schedules(COURSE);
    let options = Options::new("2025-12-31").unwrap();
    let files: [(&str, &str); 5] = [
        ("e.ndjson", "{\"case\":\"A\",\"date\":\"2025-01-10\",\"kind\":\"signature\"}\n"),
        ("e.json", "\u{feff}[{\"case\":\"A\",\"date\":\"2025-01-10\",\"kind\":\"signature\"}]"),
        ("e.csv", "case,date,kind\nA,2025-01-10,signature\n"),
        ("e.csv", "\u{feff}sep=;\r\ncase;date;kind\r\nA;2025-01-10;signature\r\n"),
        ("e", "case,date,kind\nA,2025-01-10,signature"),
    ];
    for (name, text) in files {
        let file = EventFile::read(name, text.as_bytes(), Lang::En)
            .unwrap_or_else(|why| panic!("{name}: {why}"));
        let answer = file.evaluate(&course, &options);
        assert!(answer.lines.contains("\"amount\":\"450.00\""), "{name}: {answer:?}");
        assert_eq!(file.cases(), ["A"]);
        let why = json(&file.explain(&course, "A", &options).unwrap());
        assert_eq!(why["lines"][0]["amount"], "450.00");
        assert!(file.explain(&course, "B", &options).is_err());
    }
    let ended = "case,date,kind\nA,2025-01-10,signature\nB,2025-02-30,end\n".as_bytes();
    let file = EventFile::read("e.csv", ended, Lang::En).unwrap();
    let sheet = file.sheet(&course, &options, Lang::En);
    let rows: Vec<&str> = sheet.lines().collect();
    assert!(rows.len() == 2 && rows[0].starts_with("case,"), "{sheet}");
    assert!(rows[1].starts_with("A,") && rows[1].contains(",450.00,"), "{sheet}");
    let french = file.sheet(&course, &options, Lang::Fr);
    assert!(french.starts_with("\u{feff}dossier;") && french.contains(";450,00;"), "{french}");
    for (name, bytes) in [("e.gz", &b"\x1f\x8b\x08"[..]), ("e.xlsx", b"PK\x03\x04"), ("e", b"PAR1")]
    {
        assert!(EventFile::read(name, bytes, Lang::Fr).is_err(), "{name}");
    }
    let faulty = EventFile::read("e.csv", b"case,date,kind\nA,2025-02-30,end\n", Lang::En).unwrap();
    assert_eq!(faulty.evaluate(&course, &options).held, 1);
    let why = json(&faulty.explain(&course, "A", &options).unwrap());
    assert_eq!(why["withheld"][0]["line"], 2, "{why:#}");
}
