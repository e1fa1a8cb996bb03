//! SARIF logs against the schema of SARIF 2.1.0, as OASIS publishes it and `serde-sarif` ships it.

use crate::program::{file, jalon, root};
use jsonschema::Validator;
use serde_json::Value;
use std::process::Command;

/// What cargo says. It is not asked for more than the tests were built from: nothing else need be on
/// this machine.
fn cargo(arguments: &[&str]) -> String {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo).args(arguments).current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The schema, from the sources of the package that ships it.
fn schema() -> Validator {
    let version = cargo(&["-vV"]);
    let platform = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let this_platform = ["--offline", "--filter-platform", platform];
    let metadata = cargo(&[&["metadata", "--format-version", "1"], &this_platform[..]].concat());
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = std::path::Path::new(package["manifest_path"].as_str().unwrap());
    let text = std::fs::read_to_string(manifest.with_file_name("src/schema.json")).unwrap();
    // One pattern has a bracket that nothing opens, which stands for itself in JavaScript only.
    let (lone, escaped) = (r"{2}]?$", r"{2}\\]?$");
    assert!(text.contains(lone));
    let schema: Value = serde_json::from_str(&text.replace(lone, escaped)).unwrap();
    assert!(schema["title"].as_str().unwrap().contains("SARIF) Version 2.1.0 JSON Schema"));
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a sound schema")
}

/// What the schema says against a log.
fn faults(schema: &Validator, log: &Value) -> Vec<String> {
    schema.iter_errors(log).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

/// The log of a call, and how many results it has.
fn log(arguments: &[&str]) -> (Value, usize) {
    let outcome = jalon(&[arguments, &["--format", "sarif"]].concat());
    assert!(outcome.code < 2, "{arguments:?}: {}", outcome.err);
    let log: Value = serde_json::from_str(&outcome.out).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap().len();
    (log, results)
}

/// A schedule of many findings: overlaps, gaps, dead lines, deposits left, credits.
const MANY: &str = r#"
schedule "Beaucoup « à » voir"
  price fixed 1500 EUR
  deposit     "Acompte":  25 % on start
  installment "Part":     90 % on action "Bilan"
  balance     "Fin":     100 % on end
  balance     "Tôt":      40 % on abandonment if duration < 4 months
  balance     "Tard":     60 % on abandonment if duration from 3 to 10 months
  balance     "Jamais":   10 % on end if abandoned and duration < 1 month
  installment "Après":     5 % on 3 months after start
  accepts order "seen with accounting"
"#;

#[test]
fn logs_hold_against_the_schema() {
    let schema = schema();
    let folder = "a folder [of] é%20 names";
    let many = file(folder, "many «1».jalon", MANY);
    let french = file(
        folder,
        "fr.jalon",
        "échéancier \"F\"\n  tarif horaire 70 EUR\n  acompte \"A\": 10 EUR à la signature\n  solde \"S\": réalisé à la fin\n",
    );
    let mut all = 0;
    let mut rules = std::collections::BTreeSet::new();
    for arguments in [
        &["verify", "schedules/teo"][..],
        &["verify", "schedules"],
        &["verify", "docs/examples/overbills.jalon"],
        &["verify", &many],
        &["verify", &many, "--lang", "fr"],
        &["verify", &many, "--only", "overbilling"],
        &["verify", &french],
        &["verify", &many, &french, "schedules"],
    ] {
        let (log, results) = log(arguments);
        let faults = faults(&schema, &log);
        assert!(faults.is_empty(), "{arguments:?}: {faults:#?}");
        let found = log["runs"][0]["results"].as_array().unwrap().iter();
        rules.extend(found.map(|result| result["ruleId"].as_str().unwrap().to_owned()));
        all += results;
    }
    assert!(all > 20, "{all} results");
    assert!(rules.len() >= 6, "{rules:?}");
    // A schedule with mistakes is not verified, and no log is written.
    for wrong in ["docs/examples/mistakes.jalon", "tests/cases/many"] {
        let outcome = jalon(&["verify", wrong, "--format", "sarif"]);
        assert_eq!((outcome.code, outcome.out.as_str()), (2, ""), "{wrong}");
    }
    // Every schedule of the guide without what it accepts.
    for entry in std::fs::read_dir(root().join("schedules/teo")).unwrap() {
        let path = entry.unwrap().path();
        let source = std::fs::read_to_string(&path).unwrap();
        let accepts = |line: &&str| {
            let line = line.trim_start();
            !line.starts_with("accepts") && !line.starts_with("admet")
        };
        let lines: Vec<&str> = source.lines().filter(accepts).collect();
        let name = path.file_name().unwrap().to_str().unwrap();
        let bare = file(folder, name, lines.join("\n"));
        let (log, _) = log(&["verify", &bare]);
        let faults = faults(&schema, &log);
        assert!(faults.is_empty(), "{name}: {faults:#?}");
    }
}

/// The schema is the true one: what breaks it is seen.
#[test]
fn the_schema_tells_what_is_wrong() {
    let schema = schema();
    let (sound, results) = log(&["verify", "docs/examples/overbills.jalon"]);
    assert!(results > 0);
    assert!(faults(&schema, &sound).is_empty());
    let result = "/runs/0/results/0";
    for (path, to) in [
        ("/version".to_owned(), "2.0.0".into()),
        ("/runs".to_owned(), Value::Null),
        ("/runs/0/tool/driver".to_owned(), serde_json::json!({})),
        ("/runs/0/columnKind".to_owned(), "bytes".into()),
        (format!("{result}/level"), "fatal".into()),
        (format!("{result}/message"), serde_json::json!({})),
        (format!("{result}/locations/0/physicalLocation/region/startLine"), 0.into()),
        (format!("{result}/locations/0/physicalLocation/artifactLocation/uri"), "a b".into()),
        (format!("{result}/locations/0/physicalLocation/region"), serde_json::json!({"line": 1})),
    ] {
        let mut wrong = sound.clone();
        *wrong.pointer_mut(&path).unwrap() = to;
        assert!(!faults(&schema, &wrong).is_empty(), "{path}");
    }
}
