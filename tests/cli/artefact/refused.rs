//! What is loaded and is no artefact is refused, at its place, without a panic.

use super::{artefact, program, sound, teo, value};
use jalon::{Lang, load};
use reference::rng::Rng;
use serde_json::Value;

/// The code of a refused artefact, and the line at which it is refused.
fn refused(bytes: &[u8], lang: Option<Lang>) -> (&'static str, usize) {
    let report = load("an artefact", bytes, lang).expect_err("refused");
    let [found] = &report.diagnostics[..] else { panic!("{:#?}", report.diagnostics) };
    let source = &report.source;
    assert!(source.text.get(found.span.start as usize..found.span.end as usize).is_some());
    (found.code.name(), source.lines.position(&source.text, found.span.start).line)
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
    for (key, now) in [("format_version", 1), ("language_version", 2)] {
        let line = format!("\"{key}\": {now}");
        let at = line_of(&line);
        for other in [now - 1, now + 1] {
            let changed = whole.replacen(&line, &format!("\"{key}\": {other}, \"new\": []"), 1);
            assert_eq!(refused(changed.as_bytes(), None), ("artefact-version", at));
        }
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
        // ISO 4217's code for no currency.
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
