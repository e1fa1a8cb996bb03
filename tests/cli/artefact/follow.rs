//! Compiled follow-ups: loaded, they ask the same steps as their sources, in every form; an edit is refused at its place.

use super::{loaded, sound, value};
use crate::program::{self, jalon};
use jalon::artefact::follow_up_hash;
use jalon::model::{FollowStep, FollowUp};
use jalon::{Compiled, Lang, load};
use reference::follow::random::world;
use reference::follow::text;
use serde_json::{Value, json};

/// Every kind of trigger, bound and condition, in one follow-up.
const FULL: &str = r#"follow-up "Full" for payer "Patient" or "Fund" for group "North"
  payment due month end then 45 days
  step "Check":   3 days after sent if not received and (sent by "email" or not sent)
  step "Early":   1 week before due if not promised
  step "Remind":  each 15 days after due, at most 4 times if open >= 5.50 EUR or total < 100 EUR and not rejected
  step "Notice":  2 months after step "Remind" or 10 days after rejected if step "Check" done and not accepted
  step "Collect": 30 days after step "Notice" if open > 1 EUR, hands over
  step "Ask":     on rejected or disputed or undelivered or resolved if not paid in part
  step "Money":   on paid in part or overpaid or settled if total <= 1000 EUR or disputed
  step "Late":    1 year after issued or 20 days after received
"#;

/// What is in memory of each follow-up, its places in the source left out.
fn asked(compiled: &Compiled) -> Vec<String> {
    let step = |step: &FollowStep| {
        let FollowStep { label, triggers, at_most, condition, hands_over, span: _ } = step;
        format!("{:?}", (label, triggers, at_most, condition, hands_over))
    };
    let of = |of: &FollowUp| {
        let steps: Vec<String> = of.steps.iter().map(step).collect();
        format!("{:?}", (&of.name, &of.criteria, of.payment, of.currency, steps))
    };
    compiled.follow_ups.iter().map(of).collect()
}

fn artefact(source: &str) -> String {
    sound(source).to_artefact().expect("a small file")
}

#[test]
fn follow_ups_load_as_they_were_compiled() {
    let folders = ["schedules/follow-up", "tests/cases/follow", "docs/examples/follow-up"];
    let files = folders.iter().flat_map(|folder| {
        let files = std::fs::read_dir(program::root().join(folder)).unwrap();
        files.map(|file| file.unwrap().path())
    });
    let files = files.filter(|file| file.extension().is_some_and(|end| end == "jalon"));
    let sources = files.map(|file| std::fs::read_to_string(file).unwrap());
    let generated = (0..300).map(|seed| text::source(&world(seed).follow_ups));
    let mut steps = 0;
    for source in sources.chain(generated).chain([FULL.to_owned()]) {
        let compiled = sound(&source);
        let artefact = compiled.to_artefact().unwrap();
        let again = loaded(&artefact);
        assert_eq!(asked(&again), asked(&compiled), "{source}");
        assert_eq!(again.to_artefact().unwrap(), artefact, "{source}");
        // A JSON value holds its fields by name: their order does not matter.
        assert_eq!(asked(&loaded(&value(&artefact).to_string())), asked(&compiled));
        steps += compiled.follow_ups.iter().map(|of| of.steps.len()).sum::<usize>();
    }
    assert!(steps > 500, "{steps}");
}

/// What the language can nest, an artefact can hold.
#[test]
fn the_deepest_condition_of_a_step_loads() {
    let mut condition = String::from("sent");
    for depth in 0..60 {
        let joined = if depth % 2 == 0 { "and" } else { "or" };
        condition = format!("({condition} {joined} accepted)");
    }
    for condition in [condition, format!("{}sent", "not ".repeat(60))] {
        let condition = condition.replace(" and ", "\n and ");
        let source = format!(
            "follow-up \"F\"\n payment due 30 days\n step \"S\": 1 day after due if {condition}\n"
        );
        let compiled = sound(&source);
        assert_eq!(asked(&loaded(&compiled.to_artefact().unwrap())), asked(&compiled));
    }
}

/// The three commands, and what they explain, on a source and on what was compiled from it.
#[test]
fn commands_answer_on_compiled_follow_ups_as_on_sources() {
    let source = "schedules/follow-up/soins-a-domicile.jalon";
    let compiled = program::file("artefact-follow", "soins.json", "");
    let written = jalon(&["compile", source, "-o", &compiled]);
    assert_eq!((written.code, written.err.as_str()), (0, ""));
    let names: Vec<&str> =
        written.out.lines().map(|line| line.split_once("  ").unwrap().1).collect();
    assert_eq!(names, ["Caisses", "Mutuelles", "Patients"]);
    let examples = "docs/examples/follow-up";
    let (invoices, events) =
        (format!("{examples}/factures.csv"), format!("{examples}/evenements.csv"));
    let answer = |follow_up: &str, command: &str, more: &[&str]| {
        let call =
            [command, "--follow-up", follow_up, "--invoices", &invoices, "--events", &events];
        let told = jalon(&[&call[..], &["--as-of", "2025-06-30"], more].concat());
        assert_eq!(told.code, 0, "{}", told.err);
        (told.out, told.err)
    };
    for (command, more) in [
        ("follow", &[][..]),
        ("follow", &["--format", "table"]),
        ("follow", &["--explain", "F-106"]),
        ("unpaid", &[]),
        ("unpaid", &["--format", "json"]),
        ("journal", &["--format", "xml"]),
    ] {
        let told = answer(&compiled, command, more);
        assert!(!told.0.is_empty());
        assert_eq!(told, answer(source, command, more), "{command} {more:?}");
    }
    assert_eq!(jalon(&["check", &compiled]).code, 0);
    for command in ["verify", "test", "show", "fmt"] {
        let refused = jalon(&[command, &compiled]);
        assert_eq!(refused.code, 2, "{command}");
        let says = ["compiled already", "déjà compilé"];
        assert!(says.iter().any(|says| refused.err.contains(says)), "{}", refused.err);
    }
}

#[test]
fn schedules_and_follow_ups_of_one_file_are_compiled_together() {
    let both =
        "schedule \"S\"\n  price fixed 1 EUR\n  balance \"B\": 100 % on end\n\n".to_owned() + FULL;
    let again = loaded(&artefact(&both));
    assert_eq!((again.schedules.len(), again.follow_ups.len()), (1, 1));
    let schedule = both.split("\n\n").next().unwrap();
    let alone = value(&artefact(schedule));
    assert!(alone.get("follow_ups").is_none());
    assert_eq!(alone["schedules"], value(&artefact(&both))["schedules"]);
}

#[test]
fn the_hash_is_of_what_is_asked() {
    let hash = |source: &str| follow_up_hash(&sound(source).follow_ups[0]).to_string();
    let own = hash(FULL);
    assert_eq!(
        hash(&format!("# as agreed\n{}", FULL.replace("payment due ", "payment due   "))),
        own
    );
    assert_eq!(hash(&jalon::syntax::format(FULL, Some(Lang::Fr)).ok().unwrap()), own);
    for (piece, other) in [
        ("\"Full\"", "\"Whole\""),
        ("\"Fund\"", "\"Funds\""),
        ("45 days", "46 days"),
        ("5.50 EUR", "5.51 EUR"),
        ("at most 4", "at most 5"),
        (", hands over", ""),
        ("3 days after sent", "3 days after issued"),
        ("not received and", "received and"),
        ("open > 1", "open >= 1"),
        ("on rejected or", "on"),
    ] {
        assert!(FULL.contains(piece), "{piece}");
        assert_ne!(hash(&FULL.replacen(piece, other, 1)), own, "{piece}");
    }
}

fn leaves(value: &mut Value, each: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| leaves(item, each)),
        Value::Object(fields) => fields.values_mut().for_each(|field| leaves(field, each)),
        _ => each(value),
    }
}

/// Whatever leaf is exchanged, the file is refused, and nothing panics.
#[test]
fn whatever_is_edited_in_a_follow_up_is_refused() {
    let others = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(7),
        json!(-1),
        json!(""),
        json!([]),
        json!({}),
        json!("0.00"),
        json!("0 days"),
        json!("999999 days"),
        json!("Check"),
        json!("sent"),
        json!("not"),
        json!({"any": 4_000_000_000_u32}),
        json!({"step": "Check"}),
        json!("EUR"),
        json!("XXX"),
        json!("\u{0}"),
    ];
    let whole = value(&artefact(FULL));
    let mut count = 0;
    leaves(&mut whole.clone(), &mut |_| count += 1);
    let mut tried = 0;
    for place in 0..count {
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
                assert!(found.is_err(), "leaf {place} as {other}: {edited:#}");
                tried += 1;
            }
        }
    }
    assert!(tried > 1_500, "{tried}");
}

/// What no follow-up can say is named by its path.
#[test]
fn what_is_not_sound_in_a_follow_up_is_named_by_its_path() {
    let whole = value(&artefact(FULL));
    let after = |length: &str, day: Value| json!({"after": {"length": length, "day": day}});
    for (path, to, at) in [
        ("/name", json!(" Full"), "name"),
        ("/criteria/1/field", json!("payer"), "criteria[1].field"),
        ("/criteria/0/values", json!([]), "criteria[0].values"),
        ("/payment", json!({"month_end_then": "999999 days"}), "payment"),
        ("/currency", json!("eur"), "currency"),
        ("/steps", json!([]), "steps"),
        ("/steps/1/label", json!("Check"), "steps[1].label"),
        ("/steps/0/triggers", json!([]), "steps[0].triggers"),
        ("/steps/0/triggers/0", after("3 days", json!({"step": "Nobody"})), "steps[0].triggers[0]"),
        ("/steps/0/triggers/0", after("3.5 days", json!("due")), "steps[0].triggers[0]"),
        // It would count from nothing but itself.
        ("/steps/0/triggers/0", after("3 days", json!({"step": "Check"})), "steps[0].triggers"),
        (
            "/steps/2/triggers/0",
            json!({"each": {"length": "0 days", "day": "due"}}),
            "steps[2].triggers[0]",
        ),
        ("/steps/2/at_most", json!(0), "steps[2].at_most"),
        ("/steps/2/triggers/0", after("3 days", json!("due")), "steps[2].at_most"),
        ("/steps/2/condition/1", json!({"open": {"at_least": "5.5"}}), "steps[2].condition[1]"),
        ("/steps/3/condition/1", json!({"done": "Nobody"}), "steps[3].condition[1]"),
        ("/steps/3/condition/0", json!({"any": 1}), "steps[3].condition[0]"),
        ("/steps/3/condition", json!([{"any": 2}, "sent"]), "steps[3].condition"),
    ] {
        let mut edited = whole.clone();
        let place = format!("/follow_ups/0/follow_up{path}");
        *edited.pointer_mut(&place).unwrap_or_else(|| panic!("{place} in {whole:#}")) = to;
        let report = load("forged", edited.to_string().as_bytes(), Some(Lang::En)).expect_err(path);
        let found = &report.diagnostics[0];
        let says = format!("not sound at `follow_ups[0].follow_up.{at}`");
        assert_eq!(found.code.name(), "artefact-unsound", "{path}: {}", found.message);
        assert!(found.message.contains(&says), "{path}: {}", found.message);
    }
    let mut without = whole.clone();
    let follow_up = without.pointer_mut("/follow_ups/0/follow_up").unwrap();
    follow_up.as_object_mut().unwrap().remove("currency");
    let report =
        load("forged", without.to_string().as_bytes(), Some(Lang::En)).expect_err("no currency");
    assert_eq!(report.diagnostics[0].code.name(), "artefact-unsound");
}
