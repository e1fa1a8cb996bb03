//! Compiled schedules: written, loaded and billed on as their sources; their hashes stay with what
//! is billed and change with it; whatever else is loaded is refused, at its place, without a panic.

#![allow(
    dead_code,
    missing_docs,
    unused_imports,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    clippy::disallowed_methods,
    reason = "a test may panic, and the reference is a library of its own"
)]

mod program;
mod reference;

use jalon::feed::{Biller, Book, Histories, LineFormat, write_line};
use jalon::{Code, Compiled, Lang, Report, compile, load, semantic_hash};
use reference::rng::Rng;
use reference::{generate, write, write_events};
use serde_json::Value;

/// The schedules of the guide: file and text.
fn teo() -> Vec<(String, String)> {
    let folder = program::root().join("schedules/teo");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let name = |path: &std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    paths.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

fn sound(source: &str) -> Compiled {
    compile("a schedule", source)
        .unwrap_or_else(|report| panic!("{:#?}\n{source}", report.diagnostics))
}

fn loaded(artefact: &str) -> Compiled {
    load("an artefact", artefact.as_bytes(), None)
        .unwrap_or_else(|report| panic!("{:#?}\n{artefact}", report.diagnostics))
}

/// The bytes that the scenarios of a file come to on schedules; no line is lost by withholding.
fn bill(schedules: &Compiled, scenarios: &Compiled) -> Vec<u8> {
    let mut out = Vec::new();
    for scenario in &scenarios.scenarios {
        let plan = schedules.schedule(&scenario.schedule).unwrap();
        let mut book = Book::default();
        book.add(plan.clone()).unwrap();
        let events: String = scenario
            .events
            .iter()
            .map(|event| serde_json::to_string(event).unwrap() + "\n")
            .collect();
        let opened = serde_json::json!({
            "case": scenario.name, "date": scenario.events.first().map(|event| event.date),
            "kind": "opened", "schedule": scenario.schedule,
        });
        let mut opened = opened.as_object().unwrap().clone();
        if let Some(hours) = scenario.planned_hours {
            opened.insert("planned_hours".into(), hours.to_string().into());
        }
        if let Some(months) = scenario.planned_months {
            opened.insert("planned_months".into(), months.into());
        }
        let mut histories = Histories::default();
        histories.read(format!("{}\n{events}", Value::Object(opened)).as_bytes());
        let mut biller = Biller::new(&book);
        for case in 0..histories.case_count() {
            let mut billed = biller.bill(&histories, case, scenario.as_of).expect("a sound case");
            billed.each_line(|line| write_line(&mut out, LineFormat::Ndjson, line));
        }
    }
    out
}

#[test]
fn the_schedules_of_the_guide_load_and_bill_the_same_bytes() {
    let files = teo();
    assert_eq!(files.len(), 21);
    for (name, source) in &files {
        let compiled = sound(source);
        let artefact = compiled.to_artefact().unwrap();
        let again = loaded(&artefact);
        assert!(!compiled.scenarios.is_empty(), "{name}");
        let lines = bill(&compiled, &compiled);
        assert!(!lines.is_empty(), "{name}");
        assert_eq!(
            String::from_utf8(bill(&again, &compiled)).unwrap(),
            String::from_utf8(lines).unwrap(),
            "{name}"
        );
        assert_eq!(again.to_artefact().unwrap(), artefact, "{name}: not the same bytes");
        assert_eq!(sound(source).to_artefact().unwrap(), artefact, "{name}: not the same bytes");
        assert_eq!(again.source_hash, blake3::hash(source.as_bytes()).to_string());
    }
}

#[test]
fn generated_schedules_load_and_bill_the_same() {
    let mut lines = 0;
    for seed in 0..600 {
        let (schedule, case) = generate::pair(seed);
        let language =
            if seed % 2 == 0 { write::Language::English } else { write::Language::French };
        let source = write::source(std::slice::from_ref(&schedule), language, None);
        let compiled = sound(&source);
        let again = loaded(&compiled.to_artefact().unwrap());
        let events: Vec<jalon::Event> = write_events::events(&case, None)
            .iter()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        let as_of = jalon::Date::parse(&case.as_of.to_string()).unwrap();
        let outcome = compiled.evaluate(&events, as_of);
        assert_eq!(again.evaluate(&events, as_of), outcome, "seed {seed}\n{source}");
        lines += outcome.and_then(Result::ok).map_or(0, |outcome| outcome.lines.len());
        let texts = |compiled: &Compiled| -> Vec<String> {
            let plans = compiled.schedules.iter();
            plans.flat_map(|plan| &plan.schedule.lines).map(|line| line.text.clone()).collect()
        };
        assert_eq!(texts(&again), texts(&compiled));
    }
    assert!(lines > 500, "{lines}");
}

/// The code of a refused artefact, and the line at which it is refused.
fn refused(bytes: &[u8], lang: Option<Lang>) -> (&'static str, usize) {
    let report = load("an artefact", bytes, lang).expect_err("refused");
    let [found] = &report.diagnostics[..] else { panic!("{:#?}", report.diagnostics) };
    let source = &report.source;
    assert!(source.text.get(found.span.start as usize..found.span.end as usize).is_some());
    (found.code.name(), source.lines.position(&source.text, found.span.start).line)
}

fn artefact(file: &str) -> String {
    let source = std::fs::read_to_string(program::root().join("schedules/teo").join(file)).unwrap();
    sound(&source).to_artefact().unwrap()
}

fn value(artefact: &str) -> Value {
    serde_json::from_str(artefact).unwrap()
}

#[test]
fn what_is_no_artefact_is_refused_at_its_place() {
    let whole = artefact("parcours-emploi-sante.jalon");
    let lines = whole.lines().count();
    let line_of = |piece: &str| whole.lines().position(|line| line.contains(piece)).unwrap() + 1;
    let cut = &whole[..whole.len() / 2];
    assert_eq!(refused(cut.as_bytes(), None).0, "artefact-unreadable");
    assert_eq!(refused(&whole.as_bytes()[..whole.len() - 3], None).0, "artefact-unreadable");
    assert_eq!(
        refused(format!("{whole}{{}}").as_bytes(), None),
        ("artefact-unreadable", lines + 1)
    );
    let events = std::fs::read(program::root().join("docs/examples/events.ndjson")).unwrap();
    for other in [&b"{}"[..], b"{\"format\":\"other\"}", b"{\"format\":3}", &b"[".repeat(100_000)] {
        assert_eq!(refused(other, None), ("artefact-unreadable", 1));
    }
    assert_eq!(refused(&events, None).0, "artefact-unreadable");
    let deep = format!("{{\"format\":\"jalon artefact\",\"x\":{}", "[".repeat(3_000_000));
    assert_eq!(refused(deep.as_bytes(), None), ("artefact-unreadable", 1));
    assert_eq!(refused(b"{\"\xff", None).0, "artefact-unreadable");
    let large = [whole.as_bytes(), &b" ".repeat(10 * 1024 * 1024)].concat();
    assert_eq!(refused(&large, None), ("file-too-large", 1));
    for key in ["format_version", "language_version"] {
        let line = format!("\"{key}\": 1");
        let at = line_of(&line);
        let later = whole.replacen(&line, &format!("\"{key}\": 2, \"new\": []"), 1);
        assert_eq!(refused(later.as_bytes(), None), ("artefact-version", at));
    }
    let percent = "\"percent\": \"40 %\"";
    let edited = whole.replacen(percent, "\"percent\": \"41 %\"", 1);
    assert_eq!(refused(edited.as_bytes(), None), ("artefact-changed", line_of("semantic_hash")));
    let edited = whole.replacen(percent, "\"percent\": \"140 %\"", 1);
    assert_eq!(refused(edited.as_bytes(), None), ("artefact-unsound", line_of(percent) - 1));
    let edited = whole.replacen("Abandon + 4 mois\\", "Abandon\\", 1);
    assert_eq!(refused(edited.as_bytes(), None), ("artefact-changed", line_of("checksum")));
    let twice = whole.replacen("\"lang\"", "\"lang\": \"en\", \"lang\"", 1);
    assert_eq!(refused(twice.as_bytes(), None), ("artefact-unreadable", line_of("\"lang\"")));
}

#[test]
fn the_order_of_fields_and_the_layout_of_json_do_not_matter() {
    let whole = artefact("parcours-emploi-sante.jalon");
    // A JSON value holds its fields by name.
    let other = value(&whole).to_string();
    assert_ne!(other, whole);
    assert_eq!(loaded(&other).to_artefact().unwrap(), whole);
}

/// Every leaf of an artefact, exchanged with others of its kind and of other kinds.
fn leaves(value: &mut Value, each: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::Array(items) => {
            items.iter_mut().for_each(|item| leaves(item, each));
        }
        Value::Object(fields) => fields.values_mut().for_each(|field| leaves(field, each)),
        _ => each(value),
    }
}

#[test]
fn whatever_is_edited_is_refused() {
    let others = [
        Value::Null,
        true.into(),
        false.into(),
        0.into(),
        3.into(),
        (-1).into(),
        "".into(),
        "0.00".into(),
        "0 %".into(),
        "100.1 %".into(),
        "-5.00".into(),
        "1e3".into(),
        "5 hours".into(),
        "4 months".into(),
        "99999999999999999999".into(),
        "NaN".into(),
        "9999-12-31".into(),
        "\u{0}".into(),
        "\u{202e}".into(),
        "started".into(),
        "work".into(),
        "per_action".into(),
        "EUR".into(),
        "XXX".into(),
        Value::Array(vec![]),
        serde_json::json!({}),
        serde_json::json!({"any": 4_000_000_000_u32}),
    ];
    let mut tried = 0;
    for (_, source) in &teo() {
        let whole = value(&sound(source).to_artefact().unwrap());
        let mut count = 0;
        leaves(&mut whole.clone(), &mut |_| count += 1);
        for place in (0..count).step_by(5) {
            for other in &others {
                let mut edited = whole.clone();
                let mut at = 0;
                leaves(&mut edited, &mut |leaf| {
                    if at == place {
                        *leaf = other.clone();
                    }
                    at += 1;
                });
                if edited == whole {
                    continue;
                }
                let found = load("an artefact", edited.to_string().as_bytes(), None);
                assert!(found.is_err(), "leaf {place} as {other}: {edited:#}");
                tried += 1;
            }
        }
    }
    assert!(tried > 3_000, "{tried}");
}

/// Bytes dropped, changed and repeated at random: refused, or the same.
#[test]
fn damaged_bytes_are_refused_or_say_the_same() {
    let whole = artefact("vae-totalite.jalon");
    let mut rng = Rng::new(11);
    for _ in 0..4_000 {
        let mut bytes = whole.clone().into_bytes();
        for _ in 0..=rng.below(2) {
            let place = rng.below(bytes.len());
            match rng.below(4) {
                0 => drop(bytes.remove(place)),
                1 => bytes[place] = b" {}[]\",:0129eE-+.\\nt\xff\0"[rng.below(22)],
                2 => bytes.truncate(place),
                _ => {
                    let end = (place + rng.below(60)).min(bytes.len());
                    let piece = bytes[place..end].to_vec();
                    let to = rng.below(bytes.len());
                    bytes.splice(to..to, piece);
                }
            }
            if bytes.is_empty() {
                break;
            }
        }
        if let Ok(loaded) = load("damaged", &bytes, None) {
            assert_eq!(loaded.to_artefact().unwrap(), whole);
        }
    }
}

/// An artefact with an edit that no hash is asked about: what it says is refused for itself.
fn forged(edit: impl FnOnce(&mut Value)) -> (&'static str, String) {
    let mut file = value(&artefact("parcours-emploi-sante.jalon"));
    edit(&mut file);
    let report = load("forged", file.to_string().as_bytes(), Some(Lang::En)).expect_err("refused");
    let found = &report.diagnostics[0];
    (found.code.name(), found.message.clone())
}

#[test]
fn what_no_checker_would_accept_is_named_by_its_path() {
    let billing = |file: &mut Value, path: &str, to: Value| {
        *file.pointer_mut(&format!("/schedules/0/billing{path}")).unwrap() = to;
    };
    let cases: Vec<(&str, &str, Value)> = vec![
        ("/name", "name", "".into()),
        ("/name", "name", " Parcours".into()),
        ("/name", "name", "De\u{301}po\u{302}t".into()),
        ("/name", "name", "a\u{7}b".into()),
        ("/currency", "currency", "eur".into()),
        ("/currency", "currency", "XAU".into()),
        ("/price", "price.fixed", serde_json::json!({"fixed": "0.00"})),
        ("/price", "price.fixed", serde_json::json!({"fixed": "10000000000000.01"})),
        ("/price", "price.fixed", serde_json::json!({"fixed": "1.001"})),
        ("/price", "price.hourly.rate", serde_json::json!({"hourly": {"rate": "-1.00"}})),
        (
            "/price",
            "price.hourly.at_most",
            serde_json::json!({"hourly": {"rate": "1.00", "at_least": "3 hours", "at_most": "2 hours"}}),
        ),
        ("/price", "actions", "per_action".into()),
        ("/lines", "lines", Value::Array(vec![])),
        ("/lines/1/label", "lines[1].label", "Diagnostic de clôture".into()),
        ("/lines/1/triggers", "lines[1].triggers", Value::Array(vec![])),
        ("/lines/1/triggers/0", "lines[1].triggers[0]", serde_json::json!({"date": "2025-02-30"})),
        (
            "/lines/1/triggers/0",
            "lines[1].triggers[0]",
            serde_json::json!({"after_start": "9999999 days"}),
        ),
        ("/lines/1/triggers/0", "lines[1].triggers[0]", serde_json::json!({"event": ""})),
        ("/lines/1/amount", "lines[1].amount", "work".into()),
        ("/lines/1/amount", "lines[1].amount", serde_json::json!({"percent": "100.1 %"})),
        ("/lines/1/kind", "lines[1].stays_open", "installment".into()),
        ("/lines/1/condition", "lines[1].condition", serde_json::json!(["not"])),
        (
            "/lines/1/condition",
            "lines[1].condition",
            serde_json::json!([{"all": 3}, "started", "signed"]),
        ),
        ("/lines/1/condition", "lines[1].condition[1]", serde_json::json!(["started", "signed"])),
        ("/lines/1/condition", "lines[1].condition[0]", serde_json::json!([{"any": 1}, "started"])),
        (
            "/lines/1/condition",
            "lines[1].condition[256]",
            Value::Array(vec!["not".into(); 100_000]),
        ),
        (
            "/lines/1/condition",
            "lines[1].condition[0]",
            serde_json::json!([{"duration": {"window": {"from": "4 months", "under": "4 months"}}}]),
        ),
        (
            "/lines/1/condition",
            "lines[1].condition[0]",
            serde_json::json!([{"hours": {"less": "4"}}]),
        ),
        (
            "/lines/1/condition",
            "lines[1].condition[0]",
            serde_json::json!([{"attendance": {"less": "4.0000000001 %"}}]),
        ),
    ];
    for (path, named, to) in cases {
        let (code, message) = forged(|file| {
            if path == "/lines/1/kind" {
                billing(file, "/lines/1/stays_open", true.into());
            }
            billing(file, path, to.clone());
        });
        assert_eq!(code, "artefact-unsound", "{path}: {to}");
        assert!(message.ends_with(&format!("at `schedules[0].billing.{named}`")), "{message}");
    }
    let (code, message) = forged(|file| {
        let again = file["schedules"][0].clone();
        file["schedules"].as_array_mut().unwrap().push(again);
    });
    assert_eq!(code, "artefact-unsound");
    assert!(message.ends_with("at `schedules[1].billing.name`"), "{message}");
    assert_eq!(forged(|file| file["schedules"] = Value::Array(vec![])).0, "artefact-unsound");
}

/// What the language can nest, an artefact can hold.
#[test]
fn the_deepest_condition_loads() {
    let mut condition = String::from("started");
    for depth in 0..64 {
        let joined = if depth % 2 == 0 { "and" } else { "or" };
        condition = format!("(signed and ended or {condition} {joined} abandoned)");
    }
    let nots = "not ".repeat(64);
    for condition in [condition, format!("{nots}started")] {
        let source = format!(
            "schedule \"Deep\"\n price fixed 1 EUR\n balance \"B\": 100 % on end if {}\n",
            condition.replace(" and ", "\n and ")
        );
        let compiled = sound(&source);
        let again = loaded(&compiled.to_artefact().unwrap());
        let condition =
            |compiled: &Compiled| compiled.schedules[0].schedule.lines[0].condition.clone();
        assert_eq!(condition(&again), condition(&compiled));
    }
}

/// The program on compiled files: what is recognised by what it holds, and what needs the source.
#[test]
fn the_program_bills_on_compiled_files_as_on_sources() {
    let folder = std::path::Path::new(&program::file("artefact", "none", "")).to_owned();
    let folder = folder.parent().unwrap().to_str().unwrap().to_owned();
    let events = "docs/examples/events.ndjson";
    let mut sources = vec!["run", "--schedule"];
    let names: Vec<(String, String)> = teo()
        .iter()
        .map(|(name, _)| (format!("schedules/teo/{name}"), format!("{folder}/{name}.any")))
        .collect();
    let mut compiled = sources.clone();
    for (source, artefact) in &names {
        let outcome = program::jalon(&["compile", source, "-o", artefact]);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{source}");
        let text = program::read(artefact);
        assert!(text.contains(&format!("\"{}\"", outcome.out.split("  ").next().unwrap())));
        assert_eq!(program::jalon(&["compile", source, "-o", "-"]).out, text);
        sources.push(source);
        compiled.push(artefact);
    }
    let rest = ["--events", events, "--as-of", "2025-12-31"];
    let billed = |schedules: &[&str], more: &[&str]| {
        let outcome = program::jalon(&[schedules, &rest, more].concat());
        assert_eq!(outcome.code, 0, "{}", outcome.err);
        outcome
    };
    let plain = billed(&sources, &[]);
    assert_eq!(plain.out.lines().count(), 6);
    for format in [&["--format", "csv"][..], &["--format", "table"], &["--schedule-hash"], &[]] {
        let (one, other) = (billed(&sources, format), billed(&compiled, format));
        assert_eq!((one.out, one.err), (other.out, other.err), "{format:?}");
    }
    // The hash is all that the option adds.
    let hashed = billed(&compiled, &["--schedule-hash"]);
    for (with, without) in hashed.out.lines().zip(plain.out.lines()) {
        let mut line: jalon::InvoiceLine = serde_json::from_str(with).unwrap();
        assert_eq!(serde_json::to_string(&line).unwrap(), with);
        let source = names.iter().find_map(|(source, _)| {
            let compiled = sound(&program::read(program::root().join(source).to_str().unwrap()));
            compiled.schedule(&line.schedule).map(|plan| semantic_hash(&plan.schedule))
        });
        assert_eq!(line.schedule_hash.take(), source.map(|hash| hash.to_string()));
        assert_eq!(serde_json::to_string(&line).unwrap(), without);
    }
    let csv = |more: &[&str]| billed(&sources, &[&["--format", "csv"], more].concat()).out;
    let (plain_csv, hashed_csv) = (csv(&[]), csv(&["--schedule-hash"]));
    for (with, without) in hashed_csv.lines().zip(plain_csv.lines()) {
        let (kept, hash) = with.rsplit_once(',').unwrap();
        assert_eq!(kept, without);
        assert!(hash == "schedule_hash" || hash.len() == 64, "{hash}");
    }
    // Lines with the hash and without it are the same issued lines.
    let one = program::file("artefact", "plain.ndjson", &plain.out);
    let other = program::file("artefact", "hashed.ndjson", &hashed.out);
    let more = ["--schedule-hash", "--issued", &one, &other];
    assert_eq!(billed(&compiled, &more).out, "");
    for command in [&["verify"][..], &["test"], &["show"], &["fmt"]] {
        let outcome = program::jalon(&[command, &[names[0].1.as_str()]].concat());
        assert_eq!(outcome.code, 2, "{command:?}");
        assert!(outcome.err.contains("compiled already"), "{}", outcome.err);
    }
    assert_eq!(program::jalon(&["check", &names[0].1]).code, 0);
    let explained = |schedule: &str| {
        let arguments = ["explain", "--schedule", schedule, "--events", events, "--case", "D-001"];
        program::jalon(&[&arguments[..], &["--as-of", "2025-12-31"]].concat())
    };
    let (source, artefact) =
        names.iter().find(|(source, _)| source.contains("parcours-emploi-sante")).unwrap();
    let (one, other) = (explained(source), explained(artefact));
    assert_eq!((one.code, one.out, one.err), (other.code, other.out, other.err));
}

#[test]
fn compiling_never_costs_the_source() {
    let text = "schedule \"S\"\n  price fixed 1 EUR\n  balance \"B\": 100 % on end\n";
    let source = program::file("artefact", "own.jalon", text);
    let outcome = program::jalon(&["compile", &source, "-o", &source]);
    assert_eq!((outcome.code, outcome.out.as_str()), (2, ""));
    assert_eq!(program::read(&source), text);
    let wrong = program::file("artefact", "wrong.jalon", text.replace("100", "101"));
    let artefact = program::file("artefact", "kept.json", "kept");
    let outcome = program::jalon(&["compile", &wrong, "-o", &artefact]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("percentage-range"), "{}", outcome.err);
    assert_eq!(program::read(&artefact), "kept");
    assert_eq!(program::jalon(&["compile", "schedules", "-o", &artefact]).code, 2);
    // Sources that are sound and too large once they are compiled.
    let line = |number: usize| format!("  deposit \"{number}\": 1 EUR on event \"{number}\"\n");
    let many: String = (0..28_000).map(line).collect();
    let large = text.replace("  balance", &format!("{many}  balance"));
    assert_eq!(sound(&large).to_artefact(), None);
}
