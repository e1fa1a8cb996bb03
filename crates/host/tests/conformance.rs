//! What the layer below all hosts answers is what `hosts/conformance` holds, all at once and batch by batch; and
//! what it must never do.

#![forbid(unsafe_code)]
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may stop, and reads and writes its own files"
)]

use jalon_host::{Answer, Invoices, Options, Schedules, Session, day, evaluate, language};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::sync::Arc;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../hosts/conformance")
}

/// A JSON array as one object a line.
fn one_a_line(array: &str) -> String {
    let objects: Vec<serde_json::Value> = serde_json::from_str(array).unwrap();
    objects.iter().map(|object| format!("{object}\n")).collect()
}

fn options(as_of: &str) -> Options {
    Options { invoices: true, notices: true, ..Options::new(as_of).unwrap() }
}

#[test]
fn answers_are_those_of_the_program() {
    let calls = std::fs::read_to_string(folder().join("calls")).unwrap();
    let mut hash = Sha256::new();
    for call in calls.lines() {
        let parts: Vec<&str> = call.split(' ').collect();
        let [what, name, lang, as_of, files @ ..] = parts.as_slice() else { panic!("{call}") };
        let read = |file: &str| std::fs::read(folder().join(name).join(file)).unwrap();
        // Before the schedules stand the files of what is asked of.
        let beside = match *what {
            "follow" | "unpaid" | "journal" => 2,
            "leaks" => 1,
            _ => 0,
        };
        let (beside, files) = files.split_at(beside);
        let beside: Vec<Vec<u8>> = beside.iter().map(|file| read(file)).collect();
        let texts: Vec<(&str, Vec<u8>)> = files.iter().map(|file| (*file, read(file))).collect();
        let texts: Vec<(&str, &[u8])> =
            texts.iter().map(|(file, text)| (*file, &text[..])).collect();
        let compiled = Schedules::compile(&texts, language(Some(lang)).unwrap());
        let answers = match (*what, compiled) {
            ("check", Err(refused)) => vec![("findings.ndjson", one_a_line(&refused.findings))],
            ("verify", Ok(schedules)) => {
                vec![("proof.ndjson", schedules.verify().unwrap() + "\n")]
            }
            ("evaluate", Ok(schedules)) => {
                let answer = evaluate(&schedules, &read("events.ndjson"), &options(as_of));
                let threads = Options { threads: 4, ..options(as_of) };
                assert_eq!(evaluate(&schedules, &read("events.ndjson"), &threads), answer);
                vec![
                    ("lines.ndjson", answer.lines),
                    ("invoices.ndjson", answer.invoices),
                    ("withheld.ndjson", answer.withheld),
                    ("notices.ndjson", answer.notices),
                ]
            }
            ("explain", Ok(schedules)) => {
                let told = schedules.explain(&read("events.ndjson"), None, &options(as_of));
                vec![("explain.ndjson", told.unwrap() + "\n")]
            }
            ("leaks", Ok(schedules)) => {
                let events = read("events.ndjson");
                let told = schedules.leaks(&events, Some(&beside[0]), &options(as_of));
                vec![("leaks.ndjson", told.unwrap() + "\n")]
            }
            (what, Ok(schedules)) => {
                let (invoices, events) = (&beside[0], &beside[1]);
                let as_of = day("the day", as_of).unwrap();
                let of = Invoices { invoices, events, done: None, as_of, stop: None };
                vec![match what {
                    "follow" => ("follow.ndjson", schedules.follow(&of, None).unwrap() + "\n"),
                    "unpaid" => ("unpaid.ndjson", schedules.unpaid(&of).unwrap() + "\n"),
                    "journal" => ("journal.ndjson", schedules.journal(&of).unwrap() + "\n"),
                    what => panic!("nothing is called {what}"),
                }]
            }
            (what, compiled) => panic!("{what}: {compiled:?}"),
        };
        for (file, answer) in answers {
            assert_eq!(String::from_utf8(read(file)).unwrap(), answer, "{name}/{file}");
            hash.update(format!("{name}/{file}\n"));
            hash.update(answer);
        }
    }
    let hash: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        std::fs::write(folder().join("hash"), format!("{hash}\n")).unwrap();
    }
    assert_eq!(std::fs::read_to_string(folder().join("hash")).unwrap().trim(), hash);
}

const SCHEDULE: &str = "schedule \"S\"\n price fixed 9 EUR\n deposit \"D\": 1 EUR on start\n balance \"B\": 100 % on end";

fn schedules() -> Arc<Schedules> {
    Arc::new(Schedules::compile(&[("s.jalon", SCHEDULE.as_bytes())], None).unwrap())
}

fn start(case: &str) -> String {
    format!("{{\"case\":\"{case}\",\"date\":\"2025-01-31\",\"kind\":\"start\"}}\n")
}

fn end(case: &str) -> String {
    format!("{{\"case\":\"{case}\",\"date\":\"2025-02-28\",\"kind\":\"end\"}}\n")
}

/// However events are cut into batches, a session gives what one call gives.
#[test]
fn a_session_gives_what_one_call_gives() {
    let schedules = schedules();
    let events: Vec<String> = (0..40)
        .flat_map(|case| {
            let name = format!("case {case}");
            if case % 7 == 3 {
                vec![
                    start(&name),
                    start("").replace("\"\"", &format!("\"{name}\"")).replace("31", "32"),
                ]
            } else {
                vec![start(&name), end(&name)]
            }
        })
        .collect();
    let whole = evaluate(&schedules, events.concat().as_bytes(), &options("2025-12-31"));
    assert_eq!((whole.billed, whole.held), (34, 6));
    for size in [1, 2, 3, 7, 80] {
        let mut session = Session::new(schedules.clone(), options("2025-12-31"));
        let mut lines = String::new();
        let mut held = 0;
        for batch in events.chunks(size) {
            session.feed(batch.concat().as_bytes()).unwrap();
            let Answer { lines: more, held: more_held, .. } = session.take();
            lines.push_str(&more);
            held += more_held;
        }
        let last = session.finish().unwrap();
        assert_eq!(lines + &last.lines, whole.lines);
        assert_eq!(held + last.held, whole.held);
    }
}

#[test]
fn a_case_that_comes_again_ends_a_session() {
    let mut session = Session::new(schedules(), options("2025-12-31"));
    session.feed((start("A") + &start("B")).as_bytes()).unwrap();
    let failure = session.feed((start("C") + &end("A")).as_bytes()).unwrap_err();
    assert!(failure.message.contains("do not stand together"), "{failure}");
    assert_eq!(session.feed(b"").unwrap_err(), failure);
    assert_eq!(session.finish().unwrap_err(), failure);
    assert_eq!(session.take(), Answer::default());
}

#[test]
fn a_line_that_could_be_of_any_case_withholds_all() {
    let schedules = schedules();
    let events = start("A") + "{\"date\":\"2025-01-31\"}\n\u{0}\n" + &end("A") + &end("B");
    let mut bytes = events.into_bytes();
    bytes.extend_from_slice(b"{\"case\":\"\xff\"}\n");
    let all = evaluate(&schedules, &bytes, &options("2025-12-31"));
    assert_eq!((all.lines.as_str(), all.billed, all.held), ("", 0, 2));
    assert_eq!(all.withheld.lines().count(), 5, "{}", all.withheld);
    let skipping = Options { skip_unreadable: true, ..options("2025-12-31") };
    let some = evaluate(&schedules, &bytes, &skipping);
    assert_eq!((some.billed, some.held, some.withheld.lines().count()), (2, 0, 3));
    let mut session = Session::new(schedules.clone(), options("2025-12-31"));
    let failure = session.feed(&bytes).unwrap_err();
    assert!(failure.message.contains("batch 1, line 2"), "{failure}");
    let mut session = Session::new(schedules, skipping);
    session.feed(&bytes).unwrap();
    session.feed(end("C").as_bytes()).unwrap();
    assert_eq!(
        session.take().lines + &session.finish().unwrap().lines,
        some.lines
            + &evaluate(&self::schedules(), end("C").as_bytes(), &options("2025-12-31")).lines
    );
}

/// Many cases on several threads, and lines that are longer than what is read at a time.
#[test]
fn large_batches_are_answered_whole() {
    let schedules = schedules();
    let mut events: String = (0..5_000).map(|case| end(&format!("case {case}"))).collect();
    events.push_str(&format!("{{\"case\":\"{}\"}}\n", "x".repeat(2_000_000)));
    events.push_str(&end("last"));
    let skipping = Options { skip_unreadable: true, ..options("2025-12-31") };
    let one = evaluate(&schedules, events.as_bytes(), &skipping);
    assert_eq!((one.billed, one.withheld.lines().count()), (5_001, 1), "{}", one.withheld);
    assert!(one.withheld.contains("\"line\":5001"), "{}", one.withheld);
    let many = evaluate(&schedules, events.as_bytes(), &Options { threads: 3, ..skipping });
    assert_eq!(one, many);
}

#[test]
fn what_cannot_be_used_is_refused() {
    let refuse = |files: &[(&str, &[u8])]| Schedules::compile(files, None).unwrap_err();
    assert_eq!(refuse(&[]).message, "the files hold no schedule");
    let one = ("a.jalon", SCHEDULE.as_bytes());
    assert_eq!(refuse(&[one, one]).message, "a.jalon: a second schedule is named `S`");
    assert!(refuse(&[("a.jalon", b"\xff\xfe")]).findings.contains("not-utf8"));
    assert!(Options::new("2025-13-01").is_err());
    assert!(language(Some("de")).is_err());
    let listed = schedules().list();
    assert!(
        listed.contains("\"currency\":\"EUR\"") && listed.contains("\"name\":\"S\""),
        "{listed}"
    );
    assert_eq!(schedules().warnings(), "[]");
}

/// Schedules that fail to be had at the third time.
struct Failing(Arc<Schedules>, std::cell::Cell<u32>);

impl AsRef<Schedules> for Failing {
    fn as_ref(&self) -> &Schedules {
        self.1.set(self.1.get() + 1);
        assert!(self.1.get() != 3, "asked to fail");
        &self.0
    }
}

/// After a failure of the program a session gives nothing more: what it has changed by then is half a batch.
#[test]
fn a_session_that_has_failed_gives_nothing_more() {
    let mut session = Session::new(Failing(schedules(), Default::default()), options("2025-12-31"));
    let batch = |case: &str| format!("{}{}", start(case), end(case));
    session.feed(batch("A").as_bytes()).unwrap();
    let outcome = jalon_host::guarded(|| session.feed(batch("B").as_bytes()));
    assert!(outcome.is_err(), "{outcome:?}");
    assert_eq!(session.take(), Default::default());
    let refused = session.feed(batch("C").as_bytes()).unwrap_err();
    assert!(refused.message.contains("not brought to its end"), "{refused}");
    assert_eq!(session.finish().unwrap_err(), refused);
}

/// A host hears of follow-ups what the program says of them.
#[test]
fn follow_ups_are_proved_with_the_schedules() {
    let follow_up =
        "follow-up \"Patients\"\n payment due 30 days\n step \"Reminder\": 8 days after due";
    let texts = [("s.jalon", SCHEDULE.as_bytes()), ("f.jalon", follow_up.as_bytes())];
    let proof = Schedules::compile(&texts, None).unwrap().verify().unwrap();
    let proof: serde_json::Value = serde_json::from_str(&proof).unwrap();
    let found = proof["findings"].as_array().unwrap();
    let forgotten = found.iter().find(|finding| finding["property"] == "forgotten").unwrap();
    assert_eq!(forgotten["follow_up"], "Patients");
    assert_eq!(forgotten["witness"]["steps"][0]["step"], "Reminder");
}

const FOLLOW_UP: &str = "follow-up \"F\"\n payment due 30 days\n step \"Reminder\": 8 days after due\n step \"Thanks\": on settled";

fn follow_ups() -> Schedules {
    Schedules::compile(&[("f.jalon", FOLLOW_UP.as_bytes())], None).unwrap()
}

fn invoice(id: &str) -> String {
    format!(
        "{{\"invoice_id\":\"{id}\",\"case\":\"A\",\"date\":\"2025-01-31\",\"total\":\"9.00\",\"currency\":\"EUR\"}}\n"
    )
}

/// Of follow-ups alone, invoices are followed, and no case is billed.
#[test]
fn follow_ups_need_no_schedule() {
    let compiled = follow_ups();
    let invoices = invoice("1");
    let as_of = day("the day", "2025-12-31").unwrap();
    let of = Invoices { invoices: invoices.as_bytes(), events: b"", done: None, as_of, stop: None };
    let json = |text: String| -> serde_json::Value { serde_json::from_str(&text).unwrap() };
    let told = json(compiled.follow(&of, None).unwrap());
    assert_eq!(told["answer"][0]["day"], "2025-03-10");
    let since = Some(day("the day", "2025-03-11").unwrap());
    assert_eq!(json(compiled.follow(&of, since).unwrap())["answer"], serde_json::json!([]));
    // What has been done is not to be done again; nothing done is another thing than not saying.
    let done = b"{\"invoice_id\":\"1\",\"step\":\"Reminder\",\"day\":\"2025-03-10\"}\n";
    let told = json(compiled.follow(&Invoices { done: Some(done), ..of }, None).unwrap());
    assert_eq!(told["answer"], serde_json::json!([]));
    let told = json(compiled.follow(&Invoices { done: Some(b""), ..of }, None).unwrap());
    assert_eq!(told["answer"][0]["day"], "2025-12-31");
    let answer = evaluate(&compiled, end("A").as_bytes(), &options("2025-12-31"));
    assert_eq!((answer.billed, answer.held), (0, 1), "{}", answer.withheld);
    assert!(schedules().follow(&of, None).unwrap_err().message.contains("no follow-up"));
}

/// Whatever is given, an answer or an error comes, and a bad invoice takes no other with it.
#[test]
fn hostile_invoices_are_withheld_or_refused() {
    let compiled = follow_ups();
    let as_of = day("the day", "2025-12-31").unwrap();
    let texts: [&[u8]; 12] = [
        b"",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"PAR1\x00",
        b"[]",
        b"{",
        b"\x00",
        b"invoice_id",
        b"invoice_id,total\n\"",
        b"{\"invoice_id\":null}",
        b"{\"invoice_id\":\"1\"}",
        b"\n\n",
    ];
    for invoices in texts {
        for events in texts {
            for done in [None, Some(events)] {
                let of = Invoices { invoices, events, done, as_of, stop: None };
                for told in
                    [compiled.follow(&of, None), compiled.unpaid(&of), compiled.journal(&of)]
                {
                    let told = told.unwrap_or_else(|failure| failure.message);
                    assert!(!told.is_empty() && !told.contains("report this"), "{told}");
                }
            }
        }
    }
    let wrong = [
        ("total", "1e400"),
        ("total", "NaN"),
        ("total", "9223372036854775807"),
        ("total", "null"),
        ("total", "[1]"),
        ("total", "0.30000000000000004"),
        ("total", "\"1.005\""),
        ("date", "\"2025-02-30\""),
        ("date", "20250101"),
        ("currency", "\"XXX\""),
        ("case", "{}"),
        ("payer", "true"),
        ("due", "\"soon\""),
    ];
    for (field, value) in wrong {
        let bad = invoice("bad").replace("\"total\":\"9.00\",", "").replace('}', "");
        let bad = match field {
            "total" => format!("{bad},\"total\":{value}}}").replace('\n', "") + "\n",
            _ => {
                let bad = invoice("bad").replace('\n', "");
                let others: serde_json::Value = serde_json::from_str(&bad).unwrap();
                let mut others = others.as_object().unwrap().clone();
                others.remove(field);
                let others = serde_json::Value::Object(others).to_string().replace('}', "");
                format!("{others},\"{field}\":{value}}}\n")
            }
        };
        let invoices = invoice("good") + &bad;
        let of =
            Invoices { invoices: invoices.as_bytes(), events: b"", done: None, as_of, stop: None };
        match compiled.unpaid(&of) {
            Ok(told) => {
                let told: serde_json::Value = serde_json::from_str(&told).unwrap();
                assert_eq!(told["withheld"][0]["invoice_id"], "bad", "{field} {value}: {told}");
                assert_eq!(told["withheld"][0]["line"], 2, "{field} {value}: {told}");
                assert_eq!(told["answer"][0]["numbers"], serde_json::json!(["good"]));
            }
            // What is no JSON could be about any invoice.
            Err(failure) => assert!(failure.message.contains("line 2"), "{failure}"),
        }
    }
}

/// Leaks of a case that cannot be read are not told, and issued lines that are none are refused.
#[test]
fn hostile_cases_have_no_leaks() {
    let schedules = schedules();
    let events = start("A") + &start("B").replace("31", "32") + &end("A");
    let told = schedules.leaks(events.as_bytes(), None, &options("2025-12-31")).unwrap();
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["withheld"][0]["case"], "B");
    assert_eq!(told["answer"], serde_json::json!([]));
    for issued in [&b"\xff"[..], b"{", b"PAR1", b"{\"case\":1}"] {
        let refused = schedules.leaks(b"", Some(issued), &options("2025-12-31")).unwrap_err();
        assert!(!refused.message.contains("report this"), "{refused}");
    }
    let unreadable = start("A") + "no event\n";
    let told = schedules.leaks(unreadable.as_bytes(), None, &options("2025-12-31")).unwrap();
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["withheld"].as_array().unwrap().len(), 2, "{told}");
}
