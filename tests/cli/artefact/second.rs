//! Compiled schedules of the second part of the language: loaded, they bill the same lines as their sources; their
//! hashes stay with what is billed; an edit is refused.

use super::{loaded, sound, value};
use crate::program;
use jalon::model::read_event;
use jalon::{Date, Lang, compile, load, semantic_hash};
use reference::second::random::pair;
use reference::second::text;
use serde_json::{Value, json};

/// The worked schedules: name and text.
fn worked() -> Vec<(String, String)> {
    let folder = program::root().join("tests/cases/second");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|end| end == "jalon")).collect();
    files.sort();
    let name = |path: &std::path::PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    files.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn worked_schedules_pass_their_scenarios_when_loaded() {
    let mut run = 0;
    for (name, source) in worked() {
        let compiled = sound(&source);
        let artefact = compiled.to_artefact().unwrap();
        let again = loaded(&artefact);
        assert_eq!(again.to_artefact().unwrap(), artefact, "{name}");
        for (own, other) in compiled.schedules.iter().zip(&again.schedules) {
            assert_eq!(semantic_hash(&own.schedule), semantic_hash(&other.schedule), "{name}");
        }
        for scenario in &compiled.scenarios {
            let plan = again.version(&scenario.schedule, scenario.in_force_from).unwrap();
            let outcome = jalon::scenario::run(plan, scenario);
            assert!(matches!(outcome, jalon::scenario::Outcome::Passed), "{name}: {outcome:#?}");
            run += 1;
        }
    }
    assert!(run >= 9, "{run}");
}

#[test]
fn generated_programs_load_and_bill_the_same() {
    let mut lines = 0;
    for seed in 0..400 {
        let (schedule, case) = pair(seed);
        let source = text::source(&schedule);
        let compiled = sound(&source);
        let artefact = compiled.to_artefact().unwrap();
        let again = loaded(&artefact);
        assert_eq!(again.to_artefact().unwrap(), artefact, "{source}");
        let events: Vec<_> = text::events(&schedule, &case)
            .iter()
            .map(|event| read_event(event).expect("a sound event"))
            .collect();
        let as_of = Date::parse(&case.as_of.to_string()).unwrap();
        let (own, other) = (compiled.evaluate(&events, as_of), again.evaluate(&events, as_of));
        assert_eq!(own, other, "{source}");
        lines += own.and_then(Result::ok).map_or(0, |outcome| outcome.lines.len());
    }
    assert!(lines > 1_000, "{lines}");
}

/// What has no order does not change the hash; what is billed does.
#[test]
fn the_hash_is_of_what_is_billed() {
    let hash = |source: &str| semantic_hash(&sound(source).schedules[0].schedule).to_string();
    let source = r#"schedule "S"
  price per action, in EUR, at most 900 EUR
    action "Work" hourly 50, vat 10 %
    action "Parts" at cost
  vat 20 %
  payer "Fund": 70 %
  payer "Owner": remainder
  installment "Fee": 5 EUR on event "Visit" or action "Parts" if started and event "Call" happened, beside the price
  balance "Invoice": work on end if not abandoned
  balance "Left": work on abandonment
"#;
    let own = hash(source);
    let line =
        |name: &str| source.lines().find(|line| line.contains(name)).unwrap().to_owned() + "\n";
    let moved = |what: &str, before: &str| {
        let (what, before) = (line(what), line(before));
        source.replace(&what, "").replace(&before, &format!("{what}{before}"))
    };
    assert_eq!(hash(&moved("\"Parts\" at", "\"Work\" hourly")), own);
    assert_eq!(hash(&moved("  vat 20", "  price per")), own);
    assert_eq!(hash(&moved("\"Invoice\"", "\"Fee\"")), own);
    assert_eq!(
        hash(&source.replace(
            "started and event \"Call\" happened",
            "(event \"Call\" happened and started) and started"
        )),
        own
    );
    assert_eq!(hash(&jalon::syntax::format(source, Some(Lang::Fr)).ok().unwrap()), own);
    for (piece, other) in [
        ("hourly 50", "hourly 51"),
        ("70 %", "71 %"),
        ("at most 900", "at most 901"),
        ("vat 10 %", "vat 5.5 %"),
        ("\"Call\"", "\"Ring\""),
        ("\"Fee\"", "\"Fees\""),
        (", beside the price", ""),
        ("event \"Visit\" or action \"Parts\"", "action \"Parts\" or event \"Visit\""),
        ("not abandoned", "abandoned"),
    ] {
        assert!(source.contains(piece), "{piece}");
        assert_ne!(hash(&source.replacen(piece, other, 1)), own, "{piece}");
    }
}

/// Whatever leaf is exchanged, the file is refused, and nothing panics.
#[test]
fn whatever_is_edited_in_a_program_is_refused() {
    fn leaves(value: &mut Value, each: &mut dyn FnMut(&mut Value)) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| leaves(item, each)),
            Value::Object(fields) => fields.values_mut().for_each(|field| leaves(field, each)),
            _ => each(value),
        }
    }
    let others =
        [json!(null), json!(0), json!(-1), json!(7), json!(i64::MAX), json!(""), json!([])];
    let mut tried = 0;
    for (name, source) in worked() {
        let whole = value(&sound(&source).to_artefact().unwrap());
        let mut count = 0;
        leaves(&mut whole.clone(), &mut |_| count += 1);
        for place in (0..count).step_by(3) {
            for other in &others {
                let mut edited = whole.clone();
                let mut at = 0;
                leaves(&mut edited, &mut |leaf| {
                    if at == place {
                        *leaf = other.clone();
                    }
                    at += 1;
                });
                if edited != whole {
                    let found = load("an artefact", edited.to_string().as_bytes(), None);
                    assert!(found.is_err(), "{name}: leaf {place} as {other}");
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 1_000, "{tried}");
}

/// What no schedule can say is named by its path.
#[test]
fn what_is_not_sound_in_a_program_is_named_by_its_path() {
    let source =
        program::read(&format!("{}/docs/examples/two-payers.jalon", program::root().display()));
    let whole = value(&compile("two.jalon", &source).unwrap().to_artefact().unwrap());
    for (path, to) in [
        ("/lines/0/amount/Percent/share", json!(0)),
        ("/lines/0/index", json!(9)),
        ("/lines/0/tax", json!(4)),
        ("/lines/0/charged_to", json!(1)),
        ("/payers/0/share/Percent", json!(200_000_000_000_i64)),
        ("/payer_names/0", json!("Employer")),
        ("/price/Fixed/Stated", json!(-5)),
        ("/taxes/0/Rate", json!(-1)),
        ("/payment/length", json!({ "Days": 4_000_000 })),
    ] {
        let mut edited = whole.clone();
        let at = format!("/schedules/0/program/rules{path}");
        *edited.pointer_mut(&at).unwrap_or_else(|| panic!("{at} in {whole:#}")) = to;
        let report = load("forged", edited.to_string().as_bytes(), Some(Lang::En)).expect_err(path);
        let found = &report.diagnostics[0];
        assert_eq!(found.code.name(), "artefact-unsound", "{path}: {}", found.message);
        assert!(found.message.contains("schedules[0].program.rules."), "{}", found.message);
    }
}

#[test]
fn a_run_on_a_compiled_program_gives_the_same_bytes() {
    let examples = program::root().join("docs/examples");
    let schedule = examples.join("two-payers.jalon").display().to_string();
    let events = examples.join("two-payers.ndjson").display().to_string();
    let artefact = program::file("artefact-second", "two.json", "");
    let written = program::jalon(&["compile", &schedule, "-o", &artefact]);
    assert_eq!(written.code, 0, "{}", written.err);
    for more in [&[][..], &["--invoices"], &["--schedule-hash"]] {
        let run = |schedule: &str| {
            let call =
                ["run", "--schedule", schedule, "--events", &events, "--as-of", "2025-12-31"];
            program::jalon(&[&call[..], more].concat())
        };
        let (own, other) = (run(&schedule), run(&artefact));
        assert_eq!(own.code, 0, "{}", own.err);
        assert_eq!((own.code, own.out, own.err), (other.code, other.out, other.err));
    }
    let told = |schedule: &str| {
        let call =
            ["explain", "--schedule", schedule, "--events", &events, "--as-of", "2025-12-31"];
        program::jalon(&call).out
    };
    assert_eq!(told(&schedule), told(&artefact));
}
