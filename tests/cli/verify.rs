//! `jalon verify` as its users meet it: what is drawn, formats, exit codes, levels, acceptances.

use crate::program::{self, file, jalon};
use serde_json::Value;

const OVERBILLS: &str = r#"schedule "Training"
  price fixed 1500 EUR

  installment "Part":  25 % on start
  balance "Balance":  100 % on end
  balance "Gone":  nothing on abandonment
"#;

const SOUND: &str = r#"schedule "Training"
  price fixed 1500 EUR
  deposit "Part":  25 % on start
  balance "Balance":  100 % on end
  balance "Gone":  up to 25 % on abandonment
"#;

#[test]
fn the_timeline_of_a_schedule_that_bills_too_much() {
    let schedule = file("verify-timeline", "schedule.jalon", OVERBILLS);
    let outcome = jalon(&["verify", &schedule]);
    assert_eq!(outcome.code, 1);
    let wanted = "\
error[overbilling]: this schedule can bill 1 875.00 EUR for a price of 1 500.00 EUR
";
    assert!(outcome.out.starts_with(wanted), "{}", outcome.out);
    assert_eq!(outcome.err, "");
    let drawn = "  a case that does it (the shortest: 2 events)
    2025-01-15    2025-02-15
    ●─────────────●─────────────▶
    start         end
    + 375.00      + 1 500.00    total 1 875.00 EUR, over by 375.00 EUR
  help: bill `remainder` on `Balance`; if that is agreed, add `accepts overbilling \"why\"` to the schedule
";
    assert!(outcome.out.contains(drawn), "{}", outcome.out);
}

#[test]
fn a_sound_schedule_is_proved() {
    let schedule = file("verify-sound", "schedule.jalon", SOUND);
    let outcome = jalon(&["verify", &schedule, "--require-proof", "--format", "json"]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let document: Value = serde_json::from_str(&outcome.out).unwrap();
    for proof in document["proofs"].as_array().unwrap() {
        let name = proof["property"].as_str().unwrap();
        let credit = name == "credit";
        assert_eq!(proof["verdict"] == "proved", !credit || proof["verdict"] == "proved", "{name}");
        assert!(proof["situations"].as_u64().unwrap() > 0);
    }
}

#[test]
fn json_gives_a_case_that_can_be_run_again() {
    let schedule = file("verify-json", "schedule.jalon", OVERBILLS);
    let outcome = jalon(&["verify", &schedule, "--format", "json", "--only", "overbilling"]);
    assert_eq!(outcome.code, 1);
    let document: Value = serde_json::from_str(&outcome.out).unwrap();
    let finding = &document["findings"][0];
    assert_eq!(finding["property"], "overbilling");
    assert_eq!(finding["verdict"], "refuted");
    let events = finding["witness"]["events"].as_array().unwrap();
    let lines: Vec<String> = events.iter().map(Value::to_string).collect();
    let events = file("verify-json", "events.ndjson", lines.join("\n"));
    let as_of = finding["witness"]["as_of"].as_str().unwrap();
    let run = jalon(&["run", "--schedule", &schedule, "--events", &events, "--as-of", as_of]);
    assert_eq!(run.code, 0, "{}", run.err);
    let amounts: Vec<String> = run
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["amount"].to_string())
        .collect();
    assert_eq!(amounts, ["\"375.00\"", "\"1500.00\""]);
}

#[test]
fn witnesses_are_scenarios_that_pass() {
    let schedule = file("verify-witnesses", "schedule.jalon", OVERBILLS);
    let folder = format!("{}/witnesses", schedule.trim_end_matches("/schedule.jalon"));
    let outcome = jalon(&["verify", &schedule, "--witnesses", &folder]);
    assert_eq!(outcome.code, 1);
    let mut written: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    written.sort();
    assert!(!written.is_empty());
    for path in written {
        let scenario = std::fs::read_to_string(&path).unwrap();
        let both = file("verify-witnesses", "both.jalon", format!("{OVERBILLS}\n{scenario}"));
        let outcome = jalon(&["test", &both]);
        assert_eq!(outcome.code, 0, "{scenario}\n{}{}", outcome.out, outcome.err);
    }
}

/// A scenario cannot name one of several versions: a witness stands below its own.
#[test]
fn a_witness_of_a_version_stands_below_it() {
    let versions = [
        "schedule \"S\"\n  price fixed 1000 EUR\n  installment \"I\": 80 % on signature\n  \
         balance \"B\": 90 % on end\n",
        "schedule \"S\", in force from 2025-02-01\n  price fixed 100 EUR\n  \
         installment \"I\": 80 % on signature\n  balance \"B\": 90 % on end\n",
    ];
    let schedule = file("verify-version-witnesses", "schedule.jalon", versions.join("\n"));
    let folder = format!("{}/witnesses", schedule.trim_end_matches("/schedule.jalon"));
    jalon(&["verify", &schedule, "--witnesses", &folder]);
    let (mut below, mut of_later) = ([String::new(), String::new()], 0);
    for entry in std::fs::read_dir(&folder).unwrap() {
        let scenario = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let later = scenario.contains("# Below schedule \"S\", in force from 2025-02-01:");
        assert!(later || scenario.contains("the version without a date:"), "{scenario}");
        assert!(!scenario.contains(" for \"S\""), "{scenario}");
        of_later += usize::from(later);
        below[usize::from(later)].push_str(&scenario);
    }
    assert!(of_later > 0 && !below[0].is_empty(), "{below:?}");
    let whole = format!("{}\n{}\n{}\n{}", versions[0], below[0], versions[1], below[1]);
    let outcome = jalon(&["test", &file("verify-version-witnesses", "all.jalon", whole)]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
}

/// A date before a version holds never comes to a case of it; on its first day it may.
#[test]
fn a_date_before_its_version_never_comes() {
    let version = |date: &str| {
        format!(
            "schedule \"S\", in force from 2026-01-01\n  price fixed 1000 EUR\n  \
             installment \"I\": 50 % on {date}\n  balance \"B\": remainder on end or abandonment\n"
        )
    };
    for (date, dead) in [("2025-09-01", true), ("2025-12-31", true), ("2026-01-01", false)] {
        let schedule = file("verify-past-version", "schedule.jalon", version(date));
        let told = jalon(&["verify", &schedule]);
        let says = "no history of a case fires `I`";
        assert_eq!(told.out.contains(says), dead, "{date}\n{}", told.out);
        assert!(!told.out.contains("neither proved nor refuted"), "{date}\n{}", told.out);
    }
}

#[test]
fn formats_for_other_programs() {
    let schedule = file("verify-formats", "schedule.jalon", OVERBILLS);
    let sarif = jalon(&["verify", &schedule, "--format", "sarif"]);
    let document: Value = serde_json::from_str(&sarif.out).unwrap();
    assert_eq!(document["version"], "2.1.0");
    let result = &document["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "overbilling");
    assert_eq!(result["level"], "error");
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!((region["startLine"].as_u64(), region["startColumn"].as_u64()), (Some(4), Some(3)));
    let github = jalon(&["verify", &schedule, "--format", "github"]);
    assert!(github.out.starts_with("::error file="), "{}", github.out);
    assert!(github.out.contains(",line=4,col=3,title=overbilling::"), "{}", github.out);
    let junit = jalon(&["verify", &schedule, "--format", "junit"]);
    assert!(junit.out.contains("<failure message=\"this schedule can bill"), "{}", junit.out);
}

#[test]
fn findings_are_accepted_in_the_file_and_weighed_in_the_project() {
    let source = "schedule \"S\"\n  price fixed 100 EUR\n  balance \"A\": 100 % on end\n";
    let schedule = file("verify-accepts", "plain.jalon", source);
    let short = jalon(&["verify", &schedule, "--format", "short"]);
    assert_eq!(short.code, 0);
    assert!(short.out.contains("warning[leak]"), "{}", short.out);

    let accepted = format!("{source}  accepts leak \"nothing is due\"\n");
    let schedule = file("verify-accepts", "accepted.jalon", &accepted);
    let short = jalon(&["verify", &schedule, "--format", "short"]);
    assert_eq!(short.out, "");

    let unused = format!("{source}  accepts overlap \"no reason\"\n");
    let schedule = file("verify-accepts", "unused.jalon", &unused);
    let short = jalon(&["verify", &schedule, "--format", "short"]);
    assert!(short.out.contains("`overlap` is accepted, and no case does it"), "{}", short.out);

    let schedule = file("verify-levels", "plain.jalon", source);
    file("verify-levels", "jalon.toml", "[verify]\nleak = \"deny\"\n");
    let short = jalon(&["verify", &schedule, "--format", "short"]);
    assert_eq!(short.code, 1);
    assert!(short.out.contains("error[leak]"), "{}", short.out);
    file("verify-levels", "jalon.toml", "[verify]\nleek = \"deny\"\n");
    assert_eq!(jalon(&["verify", &schedule]).code, 2);
}

#[test]
fn the_schedules_of_the_guide_have_no_error() {
    assert_eq!(jalon(&["verify", "schedules/teo", "--require-proof"]).code, 0);
}

#[test]
fn check_looks_at_possible_cases_too() {
    let schedule = file("check-verify", "schedule.jalon", OVERBILLS);
    let human = jalon(&["check", &schedule]);
    assert_eq!(human.code, 1);
    assert!(human.out.contains("error[overbilling]: this schedule can bill"), "{}", human.out);
    assert!(human.out.contains("1 file: 1 error, "), "{}", human.out);
    let short = jalon(&["check", "--format", "short", &schedule]);
    assert!(short.out.contains("schedule.jalon:4:3: error[overbilling]: "), "{}", short.out);
    let json = jalon(&["check", "--format", "json", &schedule]);
    let document: Value = serde_json::from_str(&json.out).unwrap();
    let diagnostics = document["diagnostics"].as_array().unwrap();
    let found = diagnostics.iter().find(|found| found["code"] == "overbilling").unwrap();
    assert_eq!((&found["severity"], &found["place"]["line"]), (&"error".into(), &4.into()));
    let without = jalon(&["check", "--no-verify", &schedule]);
    assert!(!without.out.contains("overbilling"), "{}", without.out);

    let leaks = "schedule \"S\"\n  price fixed 100 EUR\n  balance \"A\": 100 % on end\n";
    let plain = file("check-verify", "plain.jalon", leaks);
    assert_eq!(jalon(&["check", &plain]).code, 0);
    assert_eq!(jalon(&["check", "--deny", "warnings", &plain]).code, 1);
    let accepted =
        file("check-verify", "ok.jalon", format!("{leaks}  accepts leak \"nothing is due\"\n"));
    assert_eq!(jalon(&["check", "--deny", "warnings", &accepted]).code, 0);
    let denied = file("check-levels", "plain.jalon", leaks);
    file("check-levels", "jalon.toml", "[verify]\nleak = \"deny\"\n");
    assert_eq!(jalon(&["check", &denied]).code, 1);
}

#[test]
fn the_schedules_of_the_guide_pass_without_a_warning() {
    let checked = jalon(&["check", "--deny", "warnings", "schedules/teo"]);
    assert_eq!(
        (checked.code, checked.out.as_str()),
        (0, "21 fichiers : 0 erreur, 0 avertissement\n")
    );
    let verified = jalon(&["verify", "schedules/teo", "--format", "short"]);
    assert!(!verified.out.contains("warning[") && !verified.out.contains("avertissement["));
}

#[test]
fn a_french_witness_in_a_currency_of_three_decimals_is_a_scenario_that_passes() {
    let source = "échéancier \"Dinars\"\n  tarif forfait 1500 TND\n  échéance \"Part\": 25 % au démarrage\n  \
                  solde \"Solde\": 100 % à la fin\n";
    let path = program::file("dinars", "dinars.jalon", source);
    let folder = format!("{path}.witnesses");
    program::jalon(&["verify", "--only", "overbilling", "--witnesses", &folder, &path]);
    let written = std::fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let scenario = program::read(written.to_str().unwrap());
    assert!(scenario.contains("375.000"), "{scenario}");
    let both = program::file("dinars", "both.jalon", format!("{source}\n{scenario}"));
    assert_eq!(program::jalon(&["test", &both]).code, 0, "{scenario}");
}

#[test]
fn a_french_session_has_one_name_for_a_finding() {
    let source =
        "échéancier \"Formation\"\n  tarif forfait 1500 EUR\n  solde \"Solde\": 100 % à la fin\n";
    let schedule = file("verify-french-names", "schedule.jalon", source);
    for arguments in [
        &["verify", &schedule][..],
        &["verify", &schedule, "--only", "fuite"],
        &["verify", &schedule, "--only", "leak"],
        &["verify", &schedule, "--format", "short"],
        &["check", &schedule],
        &["check", &schedule, "--format", "short"],
    ] {
        let outcome = jalon(arguments);
        let said = outcome.out + &outcome.err;
        assert!(said.contains("avertissement[fuite]"), "{said}");
        for property in jalon::verify::Property::ALL {
            assert!(!said.contains(&format!(" {},", property.name())), "{said}");
        }
    }
    let said = jalon(&["verify", &schedule]);
    let said = said.out + &said.err;
    assert!(said.contains(" : surfacturation, chevauchement, ligne-morte, "), "{said}");
    // Programs read one name in every language.
    let document = jalon(&["check", &schedule, "--format", "json"]);
    assert!(document.out.contains("\"code\": \"leak\""), "{}", document.out);
}

/// An action of an example that no line names is said to stand for any, in the language of the answer, and
/// never has the name of one that the schedule does name.
#[test]
fn an_action_that_stands_for_any_is_said_to() {
    let source =
        "échéancier \"Heures\"\n  tarif horaire 50 EUR\n  solde \"Fin\": réalisé à la fin\n";
    let verified = |name: &str, source: &str, more: &[&str]| {
        let path = file("stands-for-any", name, source);
        jalon(&[&["verify", "--only", "unbilled-work", &path][..], more].concat()).out
    };
    let french = verified("fr.jalon", source, &[]);
    let says = "    (`Séance` vaut pour toute action que l'échéancier ne nomme pas)\n";
    assert!(french.contains(says) && !french.contains("Session"), "{french}");
    let english = verified("fr.jalon", source, &["--lang", "en"]);
    let says = "    (`Session` stands for any action that the schedule does not mention)\n";
    assert!(english.contains(says) && !english.contains("Séance"), "{english}");
    let taken = format!("{source}  échéance \"Première\": 10 EUR à l'action \"Séance\"\n");
    let other = verified("taken.jalon", &taken, &[]);
    assert!(other.contains("réalisé-non-facturé]"), "{other}");
    assert!(!other.contains("`Séance` vaut"), "{other}");
}

#[test]
fn stages_that_are_reported_late_are_told_what_to_add() {
    let source = |foundations: &str, roof: &str| {
        format!(
            r#"schedule "Building"
  price fixed 100000 EUR
  balance "Foundations": up to 35 %, on event "Foundations", stays open{foundations}
  balance "Roof": up to 70 % on event "Roof", stays open{roof}
  balance "Done": up to 95 % on event "Completion", stays open
  balance "Keys": remainder on end
  balance "Left": nothing on abandonment
"#
        )
    };
    let schedule = file("verify-late-stage", "schedule.jalon", source("", ""));
    let outcome = jalon(&["verify", "--only", "credit", &schedule]);
    let [late, later] = [
        "not event \"Roof\" happened and not event \"Completion\" happened",
        "not event \"Completion\" happened",
    ];
    let wanted = format!(
        "; if nothing is to be given back then, add to `Foundations` the condition `{late}` and to `Roof` the condition `{later}`\n"
    );
    assert!(outcome.out.contains(&wanted), "{}", outcome.out);
    let pasted = source(&format!(" if {late}"), &format!(" if {later}"));
    let schedule = file("verify-late-stage", "pasted.jalon", &pasted);
    let outcome = jalon(&["verify", "--only", "credit", &schedule]);
    assert!(
        outcome.out.starts_with("✓ Building: proved over every possible case"),
        "{}",
        outcome.out
    );
}

#[test]
fn findings_of_one_cause_are_one() {
    let dates: String = (1..=12)
        .map(|month| format!("  installment \"M{month}\": 100 EUR on 2025-{month:02}-05\n"))
        .collect();
    let source = format!(
        "schedule \"Year\"\n  price fixed 1200 EUR\n{dates}  accepts leak \"paid by dates\"\n"
    );
    let schedule = file("verify-grouped", "schedule.jalon", source);
    let outcome = jalon(&["verify", &schedule, "--only", "after-terminal"]);
    let said = outcome.out + &outcome.err;
    assert_eq!(said.matches("[after-terminal]").count(), 1, "{said}");
    assert!(
        said.contains(
            "`M11` and `M12` can bill after the case has come to its end or its abandonment"
        ),
        "{said}"
    );
    assert!(
        said.contains("add the condition `not ended and not abandoned` to each of the lines"),
        "{said}"
    );
    assert!(said.ends_with("1 schedule: 0 errors, 1 warning, 0 notes\n"), "{said}");
    assert!(said.lines().count() < 30, "{said}");
}

/// What is accepted, and some case does, is no part of what is proved: it stands beside the verdict, with its reason.
#[test]
fn what_is_accepted_stands_beside_the_verdict() {
    let source = "schedule \"A\"\n  price fixed 1000 EUR\n  accepts leak \"closed by hand\"\n  accepts underbilling on \"Early\" \"agreed\"\n  accepts order \"nothing there\"\n  deposit \"D\": 20 % on start\n  balance \"Early\": 500 EUR on end if duration < 4 months\n  balance \"B\": remainder on end if duration >= 4 months\n";
    let path = file("accepted", "a.jalon", source);
    let told = jalon(&["verify", "--lang", "en", &path]);
    let lines: Vec<&str> = told.out.lines().filter(|line| line.starts_with('!')).collect();
    assert_eq!(
        lines,
        [
            "! A: accepted: leak, \"closed by hand\"",
            "! A: accepted: underbilling on \"Early\", \"agreed\""
        ],
        "{}",
        told.out
    );
    let proved = told.out.lines().find(|line| line.starts_with('✓')).unwrap();
    assert!(!proved.contains("leak") && !proved.contains("underbilling"), "{proved}");
    let french = jalon(&["verify", "--lang", "fr", &path]);
    assert!(
        french.out.contains("! A : admis : sous-facturation pour « Early », « agreed »"),
        "{}",
        french.out
    );
    let json = jalon(&["verify", "--format", "json", &path]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let accepted = json["accepted"].as_array().unwrap();
    assert_eq!(accepted.len(), 2);
    assert_eq!(accepted[1]["line"], "Early");
    assert_eq!(
        (&accepted[0]["property"], &accepted[0]["reason"]),
        (&"leak".into(), &"closed by hand".into())
    );
}

#[test]
fn a_leak_is_proved_apart_from_what_counts_elsewhere() {
    let lines = "schedule \"Training\"
  price fixed 1500 EUR
  balance \"Early\":   30 % on abandonment if duration < 4 months
  balance \"Late\":    60 % on abandonment if duration >= 4 months
  balance \"Balance\": 100 % on end
";
    let schedule = file("verify-apart", "schedule.jalon", lines);
    let outcome = jalon(&["verify", &schedule]);
    // Who leaves before the start is never closed: `never-started` has the case.
    assert!(outcome.out.contains("note[never-started]"), "{}", outcome.out);
    assert!(outcome.out.contains(", leak (apart from never-started), gap, "), "{}", outcome.out);
    let outcome = jalon(&["verify", "--lang", "fr", "--only", "leak", &schedule]);
    assert!(outcome.out.contains(": fuite (hors trou et jamais-démarré)\n"), "{}", outcome.out);
    let closed = "schedule \"Training\"
  price fixed 1500 EUR
  balance \"Left\":    60 % on abandonment
  balance \"Balance\": 100 % on end
";
    let schedule = file("verify-apart", "closed.jalon", closed);
    let outcome = jalon(&["verify", &schedule]);
    assert!(outcome.out.contains(", leak, gap, "), "{}", outcome.out);
}

/// Of who never started, too, what was done is due where the price is that of work: what is offered for one case is one line.
#[test]
fn work_is_offered_of_who_never_started_where_work_is_the_price() {
    for (lang, text, line) in [
        (
            "en",
            "schedule \"S\"\n  price per action, in EUR\n    action \"W\" hourly 50\n  balance \"L1\": work on end if started\n  \
             balance \"L4\": work on abandonment\n",
            "`balance \"End, not started\": work on end if not started`",
        ),
        (
            "fr",
            "échéancier \"S\"\n  tarif par action, en EUR\n    action \"W\" horaire 50\n  \
             solde \"L1\": réalisé à la fin si démarré\n  solde \"L4\": réalisé à l'abandon\n",
            "`solde \"Fin, non démarré\": réalisé à la fin si non démarré`",
        ),
    ] {
        let schedule = file(&format!("verify-work-{lang}"), "s.jalon", text);
        let told = jalon(&["verify", &schedule]).out;
        assert!(told.contains(line), "{told}");
        for nothing in [": nothing on end", ": rien à la fin"] {
            assert!(!told.contains(nothing), "{told}");
        }
    }
}
