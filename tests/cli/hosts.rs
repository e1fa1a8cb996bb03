//! What hosts in other languages must answer, `hosts/conformance`: every answer there is what the program says.
//! With `INSTA_UPDATE=always` the answers are written anew.

use crate::program::root;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

fn folder() -> PathBuf {
    root().join("hosts/conformance")
}

/// Calls the program in a folder, so that messages name files as a host names them; what it writes.
fn jalon_in(folder: &Path, arguments: &[&str]) -> String {
    both_in(folder, arguments).0
}

/// The same, with what it says beside.
fn both_in(folder: &Path, arguments: &[&str]) -> (String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_jalon"))
        .env("LC_ALL", "C")
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let code = output.status.code();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(matches!(code, Some(0 | 1)), "{arguments:?}: {code:?}: {said}");
    (String::from_utf8(output.stdout).unwrap(), said)
}

fn objects(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn written(objects: impl IntoIterator<Item = Value>) -> String {
    objects.into_iter().map(|object| format!("{object}\n")).collect()
}

/// `file:line:column` as a host has it; one file is one batch.
fn place(told: &Value) -> (Value, Value, Value) {
    let Some(place) = told["place"].as_str() else {
        return (Value::Null, Value::Null, Value::Null);
    };
    let mut parts = place.split(':');
    assert_eq!(parts.next(), Some("events.ndjson"));
    let numbers: Vec<u64> = parts.map(|part| part.parse().unwrap()).collect();
    (json!(1), json!(numbers[0]), json!(numbers[1]))
}

fn evaluated(
    folder: &Path,
    schedules: &[&str],
    lang: &str,
    as_of: &str,
) -> Vec<(&'static str, String)> {
    let notices = crate::program::file("hosts", "notices.ndjson", "");
    let mut call = vec!["run", "--lang", lang, "--as-of", as_of, "--events", "events.ndjson"];
    call.extend(["--notices", &notices, "--schedule"]);
    call.extend(schedules);
    let lines = jalon_in(folder, &call);
    let told = objects(&std::fs::read_to_string(&notices).unwrap());
    let invoices = jalon_in(folder, &[&call[..], &["--invoices"]].concat());
    let is_withheld = |told: &&Value| told["notice"] == "withheld";
    let withheld = told.iter().filter(is_withheld).map(|told| {
        let (batch, line, column) = place(told);
        let (case, message) = (&told["case"], &told["message"]);
        json!({ "case": case, "batch": batch, "line": line, "column": column, "message": message })
    });
    let noticed = told.iter().filter(|told| !is_withheld(told)).map(|told| {
        let (batch, line, _) = place(told);
        let mut told = told.clone();
        let fields = told.as_object_mut().unwrap();
        fields.remove("place");
        fields.insert("batch".to_owned(), batch);
        fields.insert("line".to_owned(), line);
        told
    });
    vec![
        ("lines.ndjson", lines),
        ("invoices.ndjson", invoices),
        ("withheld.ndjson", written(withheld)),
        ("notices.ndjson", written(noticed)),
    ]
}

/// The document of a call that follows invoices: what the program writes, and what it says of what is not in it.
fn followed(folder: &Path, what: &str, lang: &str, as_of: &str, files: &[&str]) -> Value {
    let [invoices, events, follow_ups @ ..] = files else { panic!("{files:?}") };
    let mut call = vec![what, "--lang", lang, "--as-of", as_of, "--format", "json"];
    call.extend(["--invoices", invoices, "--events", events, "--follow-up"]);
    call.extend(follow_ups);
    let (answer, said) = both_in(folder, &call);
    let answer = match what {
        "journal" => serde_json::from_str(&answer).unwrap(),
        _ => json!(objects(&answer)),
    };
    let (mut withheld, mut unknown, mut notices) = (Vec::new(), Vec::new(), Vec::new());
    let marks = match lang {
        "fr" => [" : la facture `", "` est retenue : ", "facture inconnue", " : "],
        _ => [": invoice `", "` is withheld: ", "unknown invoice", ": "],
    };
    for line in said.lines() {
        let Some((place, rest)) = line.split_once(marks[0]) else {
            let is_unknown = line.contains(marks[2]);
            (if is_unknown { &mut unknown } else { &mut notices }).push(json!(line));
            continue;
        };
        let (id, message) = rest.split_once(marks[1]).unwrap();
        let (file, line) = place.split_once(':').unwrap();
        let text = if file == *invoices { "invoices" } else { "events" };
        let line: u64 = line.parse().unwrap();
        withheld.push(json!({ "invoice_id": id, "in": text, "line": line, "message": message }));
    }
    json!({ "answer": answer, "withheld": withheld, "unknown": unknown, "notices": notices })
}

/// The document of explanations, which names the text of the events `events`. No line of them is without a case here.
fn explained(folder: &Path, schedules: &[&str], lang: &str, as_of: &str) -> Value {
    let mut call = vec!["explain", "--lang", lang, "--as-of", as_of, "--format", "json"];
    call.extend(["--events", "events.ndjson", "--schedule"]);
    call.extend(schedules);
    let said = jalon_in(folder, &call).replace("\"events.ndjson:", "\"events:");
    let mut document: Value = serde_json::from_str(&said).unwrap();
    document.as_object_mut().unwrap().insert("withheld".to_owned(), json!([]));
    document
}

fn leaks(folder: &Path, lang: &str, as_of: &str, files: &[&str]) -> Value {
    let [issued, schedules @ ..] = files else { panic!("{files:?}") };
    let mut call = vec!["leaks", "--lang", lang, "--as-of", as_of, "--format", "json"];
    call.extend(["--events", "events.ndjson", "--issued", issued, "--schedule"]);
    call.extend(schedules);
    let (answer, said) = both_in(folder, &call);
    let withheld = said.lines().map(|line| {
        let mark = if lang == "fr" {
            [" : le dossier ", " est retenu : "]
        } else {
            [": case ", " is withheld: "]
        };
        let (at, rest) = line.split_once(mark[0]).unwrap();
        let (case, message) = rest.split_once(mark[1]).unwrap();
        let (batch, line, column) = place(&json!({ "place": at }));
        json!({ "case": case, "batch": batch, "line": line, "column": column, "message": message })
    });
    json!({ "answer": objects(&answer), "withheld": withheld.collect::<Vec<_>>() })
}

#[test]
fn what_hosts_must_answer_is_what_the_program_says() {
    let update = std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always");
    let calls = std::fs::read_to_string(folder().join("calls")).unwrap();
    let mut folders = std::collections::BTreeSet::new();
    for call in calls.lines() {
        let parts: Vec<&str> = call.split(' ').collect();
        let [what, name, lang, as_of, schedules @ ..] = parts.as_slice() else { panic!("{call}") };
        let folder = folder().join(name);
        let answers = match *what {
            "evaluate" => evaluated(&folder, schedules, lang, as_of),
            "check" => {
                let call = [&["check", "--lang", lang, "--format", "json"], schedules].concat();
                let said: Value = serde_json::from_str(&jalon_in(&folder, &call)).unwrap();
                let findings = said["diagnostics"].as_array().unwrap().clone();
                vec![("findings.ndjson", written(findings))]
            }
            "verify" => {
                let call = [&["verify", "--lang", lang, "--format", "json"], schedules].concat();
                let said: Value = serde_json::from_str(&jalon_in(&folder, &call)).unwrap();
                vec![("proof.ndjson", written([said]))]
            }
            "follow" => {
                vec![("follow.ndjson", written([followed(&folder, what, lang, as_of, schedules)]))]
            }
            "unpaid" => {
                vec![("unpaid.ndjson", written([followed(&folder, what, lang, as_of, schedules)]))]
            }
            "journal" => {
                vec![("journal.ndjson", written([followed(&folder, what, lang, as_of, schedules)]))]
            }
            "explain" => {
                vec![("explain.ndjson", written([explained(&folder, schedules, lang, as_of)]))]
            }
            "leaks" => {
                vec![("leaks.ndjson", written([leaks(&folder, lang, as_of, schedules)]))]
            }
            what => panic!("nothing is called {what}"),
        };
        for (file, answer) in answers {
            let path = folder.join(file);
            if update {
                std::fs::write(&path, &answer).unwrap();
            }
            let expected = std::fs::read_to_string(&path).unwrap();
            assert_eq!(expected, answer, "{}", path.display());
        }
        folders.insert(*name);
    }
    let all = std::fs::read_dir(folder()).unwrap();
    let all = all.filter(|entry| entry.as_ref().unwrap().path().is_dir()).count();
    assert_eq!(folders.len(), all, "a folder that no call names");
}

/// The table of the documentation is that of the last run: every host prints the one hash.
#[test]
fn the_table_of_hosts_has_their_hash() {
    let hash = std::fs::read_to_string(folder().join("hash")).unwrap();
    let page = std::fs::read_to_string(root().join("docs/hosts.md")).unwrap();
    let (_, table) = page.split_once("| host | hash |\n| --- | --- |\n").unwrap();
    let rows: Vec<&str> = table.lines().take_while(|line| line.starts_with('|')).collect();
    assert!(!rows.is_empty());
    for row in rows {
        assert!(row.ends_with(&format!("| `{}` |", hash.trim())), "{row}");
    }
}
