//! The program on compiled files: written whole, recognised by what they hold, billed on as sources.

use super::program;
use super::{sound, teo};
use jalon::semantic_hash;

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
    let kept = "{\"format\": \"jalon artefact\"}";
    let artefact = program::file("artefact", "kept.json", kept);
    let outcome = program::jalon(&["compile", &wrong, "-o", &artefact]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.err.contains("percentage-range"), "{}", outcome.err);
    assert_eq!(program::read(&artefact), kept);
    assert_eq!(program::jalon(&["compile", "schedules", "-o", &artefact]).code, 2);
    // Sources that are sound and too large once they are compiled.
    let line = |number: usize| format!("  deposit \"{number}\": 1 EUR on event \"{number}\"\n");
    let many: String = (0..28_000).map(line).collect();
    let large = text.replace("  balance", &format!("{many}  balance"));
    assert_eq!(sound(&large).to_artefact(), None);
}
