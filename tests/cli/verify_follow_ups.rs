//! What `jalon verify` says of follow-ups: lives as timelines, verdicts, levels, and what other programs read.

use crate::program::{file, jalon, read};
use serde_json::Value;

const FORGETS: &str = "follow-up \"Patients\"\n  payment due 30 days\n  \
     step \"Check receipt\": 5 days before due if not received\n  \
     step \"Reminder\": 8 days after due if open >= 5 EUR\n  step \"Notice\": 15 days after step \"Reminder\"\n";

const SOUND: &str = "follow-up \"Patients\"\n  payment due 30 days\n  \
     step \"Check receipt\": 5 days before due if not received\n  \
     step \"Reminder\": 8 days after due if open >= 5 EUR\n  step \"Notice\": 15 days after step \"Reminder\"\n  \
     step \"Collector\": 30 days after step \"Notice\", hands over\n";

const FRENCH: &str = "suivi \"Assurances\"\n  paiement à 60 jours\n  \
     étape \"Appel\": 7 jours après l'échéance si non rejetée\n  \
     étape \"Rappel\": tous les 30 jours après l'étape \"Appel\"\n";

#[test]
fn what_is_forgotten_is_shown_as_a_life() {
    let path = file("verify-forgotten", "follow.jalon", FORGETS);
    let outcome = jalon(&["verify", &path]);
    assert_eq!(outcome.code, 1);
    assert_eq!(outcome.err, "");
    let drawn = "  │ 5 │   step \"Notice\": 15 days after step \"Reminder\"
  an invoice that does it (0 events)
    2025-01-10  issued: 100.00 EUR, due on 2025-02-09
    2025-02-04    step \"Check receipt\"
    2025-02-17    step \"Reminder\"
    2025-03-04    step \"Notice\"
";
    assert!(
        outcome.out.starts_with(
            "error[forgotten]: after step `Notice`, 100.00 EUR stays open and no step ever comes again\n"
        ),
        "{}",
        outcome.out
    );
    assert!(outcome.out.contains(drawn), "{}", outcome.out);
    assert!(outcome.out.contains("  100.00 EUR is open, and nothing is to come\n"));
    assert!(outcome.out.contains("each 30 days after step \"Notice\"`\n"), "{}", outcome.out);
    assert!(outcome.out.ends_with("1 follow-up: 1 error, 0 warnings, 0 notes\n"));
}

#[test]
fn a_sound_follow_up_is_proved_and_says_what_is_assumed() {
    let path = file("verify-follow-sound", "follow.jalon", SOUND);
    let outcome = jalon(&["verify", "--require-proof", &path]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert_eq!(
        outcome.out,
        "✓ Patients: proved over every life of an invoice in which each dispute is resolved and each promise ends: \
         forgotten (left out: what only a bound on a sum keeps back, `open >= 5.00 EUR` of `Reminder`), never, passed-over, before-receipt\n1 follow-up: 0 errors, 0 warnings, 0 notes\n"
    );
    let document = jalon(&["verify", "--format", "json", &path]).out;
    let document: Value = serde_json::from_str(&document).unwrap();
    let proofs = document["proofs"].as_array().unwrap();
    assert_eq!(proofs.len(), 4);
    for proof in proofs {
        assert_eq!(proof["verdict"], "proved");
        assert_eq!(proof["follow_up"], "Patients");
        assert_eq!(proof["assumed_disputes_are_resolved"], true);
        assert_eq!(proof["leaves_out_bounded_sums"], proof["property"] == "forgotten");
    }
}

#[test]
fn a_french_follow_up_is_told_in_french() {
    let path = file("verify-follow-french", "suivi.jalon", FRENCH);
    let outcome = jalon(&["verify", &path]);
    assert_eq!(outcome.code, 1);
    let drawn = "erreur[oubliée]: il reste dû 100,00 EUR, et aucune étape ne vient jamais\n";
    assert!(outcome.out.contains(drawn), "{}", outcome.out);
    assert!(
        outcome.out.contains(
            "  une facture qui le fait (1 événement)\n    10/01/2025  émise : 100,00 EUR, échéance le 11/03/2025\n    10/01/2025  rejetée\n"
        ),
        "{}",
        outcome.out
    );
    assert!(outcome.out.contains("avertissement[avant-réception]"), "{}", outcome.out);
    assert!(outcome.out.contains(" prouvé sur toutes les vies d'une facture"), "{}", outcome.out);
    let short = jalon(&["verify", "--format", "short", "--only", "oubliée", &path]).out;
    assert_eq!(
        short.lines().map(|line| line.split(": ").nth(1).unwrap()).collect::<Vec<_>>(),
        ["erreur[oubliée]"]
    );
}

/// The properties of schedules are not looked at where only those of follow-ups are asked for, and the other way round.
#[test]
fn only_what_is_asked_for_is_looked_at() {
    let path = file("verify-follow-only", "follow.jalon", FORGETS);
    let proofs = |only: &str| {
        let document = jalon(&["verify", "--format", "json", "--only", only, &path]).out;
        let document: Value = serde_json::from_str(&document).unwrap();
        let proofs = document["proofs"].as_array().unwrap();
        proofs.iter().map(|of| of["property"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(proofs("never"), ["never"]);
    assert_eq!(proofs("jamais-faite,forgotten"), ["forgotten", "never"]);
    assert_eq!(proofs("leak"), [""; 0]);
    let wrong = jalon(&["verify", "--only", "lost", &path]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("passed-over"), "{}", wrong.err);
}

#[test]
fn a_payer_without_a_follow_up_is_told() {
    let schedule = file(
        "verify-gap-of-payer",
        "course.jalon",
        "schedule \"Course\"\n  price fixed 1000 EUR\n  payer \"Fund\": 70 %\n  payer \"Trainee\": remainder\n  \
         balance \"Balance\": 100 % on end\n  balance \"Gone\": nothing on abandonment\n",
    );
    let follow_up = file(
        "verify-gap-of-payer",
        "follow.jalon",
        SOUND.replace("\"Patients\"", "\"Funds\" for payer \"Fund\""),
    );
    let outcome = jalon(&["verify", "--only", "gap-of-payer", &schedule, &follow_up]);
    assert_eq!(outcome.code, 0);
    assert!(
        outcome.out.starts_with(
            "warning[gap-of-payer]: payer `Trainee` of schedule `Course` has no follow-up\n"
        ),
        "{}",
        outcome.out
    );
    // Without any follow-up, nobody has said that invoices are followed.
    let alone = jalon(&["verify", "--only", "gap-of-payer", &schedule]);
    assert!(!alone.out.contains("gap-of-payer"), "{}", alone.out);
}

/// What a follow-up accepts of one step is left out of the proof, which says so; what it accepts for nothing is told, and
/// what it cannot accept is an error.
#[test]
fn a_follow_up_accepts_what_it_means() {
    let verified = |name: &str, accepts: &str| {
        let path = file("verify-follow-accepts", name, format!("{FORGETS}  accepts {accepts}\n"));
        jalon(&["verify", &path])
    };
    let accepted = verified("one.jalon", "forgotten on \"Notice\" \"the office decides\"");
    assert_eq!(accepted.code, 0, "{}", accepted.out);
    let says = "forgotten (left out: what only a bound on a sum keeps back, `open >= 5.00 EUR` of `Reminder`; as accepted, where `Notice` has fired), never";
    assert!(accepted.out.contains(says), "{}", accepted.out);
    let whole = verified("whole.jalon", "forgotten \"the office decides\"");
    assert_eq!(whole.code, 0, "{}", whole.out);
    let told: Vec<&str> = whole.out.lines().filter(|line| line.contains("forgotten")).collect();
    assert_eq!(told, ["! Patients: accepted: forgotten, \"the office decides\""]);
    let nothing = verified("nothing.jalon", "passed-over \"it is late then\"");
    let says = "warning[passed-over]: `passed-over` is accepted, and no life does it\n";
    assert!(nothing.out.contains(says), "{}", nothing.out);
    // One that was received needs no check, and is forgotten all the same.
    let other = verified("other.jalon", "forgotten on \"Check receipt\" \"?\"");
    assert!(other.out.starts_with("error[forgotten]: after step `Notice`"), "{}", other.out);
    let schedules = verified("schedule.jalon", "leak \"?\"");
    assert_eq!(schedules.code, 2);
    assert!(schedules.err.contains("error[misplaced-item]"), "{}", schedules.err);
    let step = verified("step.jalon", "never on \"Remindre\" \"?\"");
    assert!(step.err.contains("error[unknown-step]"), "{}", step.err);
}

/// A project says what each finding weighs.
#[test]
fn levels_are_those_of_the_project() {
    let path = file("verify-follow-levels", "follow.jalon", FORGETS);
    file("verify-follow-levels", "jalon.toml", "[verify]\nforgotten = \"note\"\n");
    let outcome = jalon(&["verify", &path]);
    assert_eq!(outcome.code, 0);
    assert!(outcome.out.starts_with("note[forgotten]"), "{}", outcome.out);
    file("verify-follow-levels", "jalon.toml", "[verify]\noubliée = \"allow\"\n");
    assert!(!jalon(&["verify", &path]).out.contains("[forgotten]"));
    file("verify-follow-levels", "jalon.toml", "[verify]\n");
}

#[test]
fn other_programs_read_the_same_findings() {
    let path = file("verify-follow-formats", "follow.jalon", FORGETS);
    let sarif = jalon(&["verify", "--format", "sarif", &path]).out;
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    assert_eq!(sarif["runs"][0]["results"][0]["ruleId"], "forgotten");
    let github = jalon(&["verify", "--format", "github", &path]).out;
    assert!(
        github.starts_with("::error file=") && github.contains("title=forgotten::"),
        "{github}"
    );
    let junit = jalon(&["verify", "--format", "junit", &path]).out;
    assert!(junit.contains("<testsuite name=\"Patients\" tests=\"4\""), "{junit}");
    assert!(junit.contains("<failure"), "{junit}");
    let json = jalon(&["verify", "--format", "json", &path]).out;
    let json: Value = serde_json::from_str(&json).unwrap();
    let witness = &json["findings"][0]["witness"];
    assert_eq!(witness["invoice"]["due"], "2025-02-09");
    assert_eq!(witness["steps"][2]["step"], "Notice");
    assert_eq!(witness["open"], "100.00");
}

/// Each life that is shown is a scenario that passes.
#[test]
fn witnesses_are_scenarios_that_pass() {
    for (name, source) in [("english", FORGETS), ("french", FRENCH)] {
        let path = file("verify-follow-witnesses", &format!("{name}.jalon"), source);
        let folder = file("verify-follow-witnesses", &format!("{name}/none"), "");
        let folder = std::path::Path::new(&folder).parent().unwrap();
        jalon(&["verify", &path, "--witnesses", folder.to_str().unwrap()]);
        let mut written = String::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            written += "\n";
            written += &read(entry.unwrap().path().to_str().unwrap());
        }
        assert!(written.contains("\n  until ") || written.contains("\n  jusqu'au "), "{written}");
        let together = format!("{source}{written}");
        let path = file("verify-follow-witnesses", &format!("{name}-together.jalon"), together);
        let tested = jalon(&["test", &path]);
        assert_eq!(tested.code, 0, "{}{}", tested.out, tested.err);
    }
}

/// Steps that count from one another, or from themselves, are looked at as all others: the program does not end in them.
#[test]
fn steps_that_count_from_one_another_are_looked_at() {
    for steps in [
        "step \"Reminder\": 8 days after due or 30 days after step \"Call\"\n  step \"Call\": 15 days after step \"Reminder\"",
        "step \"Reminder\": 8 days after due or 30 days after step \"Reminder\"",
        "step \"A\": 5 days before due or 3 days after step \"C\"\n  step \"B\": 6 days after step \"A\"\n  \
         step \"C\": 7 days after step \"B\" or 2 days after step \"A\"",
    ] {
        let text = format!("follow-up \"F\"\n  payment due 30 days\n  {steps}\n");
        let outcome = jalon(&["verify", &file("verify-in-a-circle", "f.jalon", &text)]);
        assert!(
            outcome.code <= 1 && outcome.out.contains("forgotten"),
            "{text}{}{}",
            outcome.out,
            outcome.err
        );
    }
}

/// What a help proposes for a step that is passed over mends it: the one below then waits for it.
#[test]
fn a_step_that_counts_from_the_one_above_passes_it_over_no_more() {
    let verified = |name: &str, second: &str| {
        let text = format!(
            "follow-up \"F\"\n  payment due 30 days\n  step \"First\": 8 days after due\n  step \"Second\": {second}, hands over\n"
        );
        jalon(&["verify", "--only", "passed-over", &file("verify-passed", name, text)]).out
    };
    let asked = verified("both.jalon", "16 days after due");
    let step = "8 days after step \"First\"";
    let says = format!("let `Second` count from the other, as in `{step}`;");
    assert!(asked.contains(&says), "{asked}");
    let mended = verified("mended.jalon", step);
    assert!(mended.ends_with("1 follow-up: 0 errors, 0 warnings, 0 notes\n"), "{mended}");
}

/// A step above one that comes again and again on each of its days never fires.
#[test]
fn a_step_above_one_that_always_comes_with_it_is_never_done() {
    let steps = |first: &str, again: &str| {
        let text = format!(
            "follow-up \"F\"\n  payment due 30 days\n  step \"First\": {first}\n  step \"Again\": {again}\n"
        );
        jalon(&["verify", &file("verify-follow-again", "follow.jalon", &text)]).out
    };
    let never = "error[never]: no life of an invoice reaches step `First`";
    for (first, again) in [
        ("1 week after due", "each 7 days after due"),
        ("7 days after due", "each 7 days after due"),
        ("14 days after due", "each 7 days after due"),
        ("2 months after sent", "each 1 month after sent"),
        ("each 14 days after due", "each 1 week after due"),
    ] {
        let out = steps(first, again);
        assert!(out.contains(never), "{first} {again}\n{out}");
    }
    for (first, again) in [
        ("8 days after due", "each 7 days after due"),
        ("1 week after due", "each 7 days after due, at most 3 times"),
        ("1 week after due", "each 7 days after due if open >= 5 EUR"),
        ("1 week after sent", "each 7 days after due"),
    ] {
        let out = steps(first, again);
        assert!(!out.contains("[never]"), "{first} {again}\n{out}");
    }
}
