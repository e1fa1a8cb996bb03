//! Situations: what scenarios come to, what they do not, and scenarios written for the latter.

use crate::program::{self, file, jalon};

const CLOSING: &str = r#"
schedule "Programme"
  price fixed 1000 EUR
  balance "Early": 20 % on abandonment if duration < 4 months
  balance "Late": 40 % on abandonment if duration from 4 to under 10 months
  balance "End": 100 % on end

scenario "early"
  2025-01-15 start
  2025-03-03 abandonment
  expect 2025-03-03 "Early" 200.00
"#;

#[test]
fn what_no_scenario_comes_to_is_named() {
    let path = file("coverage", "closing.jalon", CLOSING);
    let outcome = jalon(&["test", "--coverage", &path]);
    assert_eq!(outcome.code, 0, "{}", outcome.err);
    let told = outcome.out.split_once("Programme: ").unwrap().1;
    assert_eq!(
        told,
        "1 of 5 situations, 20 %\n  \
         no scenario: abandonment before the start\n  \
         no scenario: abandonment from 4 months to under 10 months\n  \
         no scenario: abandonment from 10 months on\n  \
         no scenario: end\n"
    );
    let code = |least: &str| jalon(&["test", "--coverage", "--least", least, &path]).code;
    assert_eq!((code("20"), code("21"), code("101")), (0, 1, 2));
    assert_eq!(jalon(&["test", "--least", "20", &path]).code, 2);
    let json = jalon(&["test", "--coverage", "--format", "json", &path]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["coverage"][0]["reached"], 1);
    assert_eq!(json["coverage"][0]["missing"][3], "end");
}

#[test]
fn generated_scenarios_stand_on_the_days_that_matter() {
    let path = file("coverage", "generate.jalon", CLOSING);
    let generated = jalon(&["test", "--generate", &path]).out;
    assert_eq!(program::read(&path), CLOSING, "the file is not changed");
    let wanted = "
scenario \"abandonment from 4 months to under 10 months\"
  2025-01-15 start
  2025-05-15 abandonment
  expect 2025-05-15 \"Late\" 400.00

scenario \"abandonment from 4 months to under 10 months, the day after\"
  2025-01-15 start
  2025-05-16 abandonment
  expect 2025-05-16 \"Late\" 400.00

scenario \"abandonment from 4 months to under 10 months, on the last day\"
  2025-01-15 start
  2025-11-14 abandonment
  expect 2025-11-14 \"Late\" 400.00

scenario \"abandonment from 10 months on\"
  2025-01-15 start
  2025-11-15 abandonment
  expect nothing
";
    assert!(generated.contains(wanted), "{generated}");
    // A scenario in the middle of a window leaves the last day before the bound.
    let eve = "
scenario \"abandonment before 4 months, on the last day\"
  2025-01-15 start
  2025-05-14 abandonment
";
    assert!(generated.contains(eve), "{generated}");
}

/// The schedules of a text without its scenarios, with those that are generated: they pass, and
/// come to every situation.
fn complete(name: &str, text: &str) {
    let header = |line: &&str| line.starts_with("scénario") || line.starts_with("scenario");
    let bare: Vec<&str> = text.lines().take_while(|line| !header(line)).collect();
    let bare = bare.join("\n") + "\n";
    let path = file("coverage", &format!("bare-{name}"), &bare);
    let generated = jalon(&["test", "--generate", &path]);
    assert_eq!(generated.code, 0, "{name}: {}", generated.err);
    let whole = file("coverage", &format!("whole-{name}"), bare + &generated.out);
    let outcome = jalon(&["test", "--coverage", "--least", "100", &whole]);
    assert_eq!(outcome.code, 0, "{name}: {}{}\n{}", outcome.err, outcome.out, generated.out);
    assert!(!outcome.out.contains(" 0 situations"), "{name}: {}", outcome.out);
    let again = jalon(&["test", "--generate", &whole]).out;
    assert_eq!(again, "", "{name}: nothing is left to be generated");
}

#[test]
fn generated_scenarios_pass_and_leave_nothing_out() {
    let root = program::root();
    let mut count = 0;
    for entry in std::fs::read_dir(root.join("schedules/teo")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        complete(&name, &std::fs::read_to_string(&path).unwrap());
        count += 1;
    }
    assert!(count >= 21);
    let features = root.join("tests/cases/show/every-feature/input.jalon");
    complete("every-feature.jalon", &std::fs::read_to_string(features).unwrap());
}

/// JUnit lists the situations: those that no scenario comes to are skipped, or fail where they are too
/// many.
#[test]
fn situations_are_listed_for_ci() {
    let path = file("coverage", "junit.jalon", CLOSING);
    let junit = |more: &[&str]| {
        let outcome = jalon(&[&["test", "--coverage", "--format", "junit", &path], more].concat());
        (outcome.code, outcome.out)
    };
    let (code, text) = junit(&[]);
    assert_eq!(code, 0);
    assert!(text.contains("situations of Programme\" tests=\"5\""), "{text}");
    assert!(text.contains("skipped=\"4\"") || text.matches("<skipped").count() == 4, "{text}");
    assert!(text.contains("<testcase name=\"abandonment from 10 months on\""), "{text}");
    let (code, text) = junit(&["--least", "50"]);
    assert_eq!(code, 1);
    assert_eq!(text.matches("<failure").count(), 4, "{text}");
    assert!(text.contains("no scenario comes to it"), "{text}");
    let (_, plain) = (0, jalon(&["test", "--format", "junit", &path]).out);
    assert!(!plain.contains("situations of"), "{plain}");
}

/// A file that does not compile is a case that could not be run, not an empty report.
#[test]
fn errors_of_a_file_are_told_to_ci() {
    let broken = file("coverage", "broken.jalon", CLOSING.replace("20 %", "20 ‰"));
    let outcome = jalon(&["test", "--format", "junit", &broken]);
    assert_eq!(outcome.code, 2);
    assert!(outcome.out.contains("errors=\"1\""), "{}", outcome.out);
    assert!(outcome.out.contains("broken.jalon:4:"), "{}", outcome.out);
    assert!(outcome.err.contains("nothing was done"), "{}", outcome.err);
}

#[test]
fn awkward_conditions_have_their_situations() {
    let lines = [
        "balance \"A\": 50 % on month end if duration > 30 days and duration <= 1 month",
        "balance \"A\": 50 % 1 month after start if duration >= 30 days",
        "balance \"A\": 50 % on 2025-06-30 if duration >= 3 months or not signed",
        "balance \"A\": 50 % 3 months after signature if not started or hours >= 2.5 hours",
        "balance \"A\": 50 % on event \"Won\" if action \"Review\" done and not abandoned",
        "balance \"A\": 50 % on action \"Review\" if attendance > 33.33 % and ended",
    ];
    for (number, line) in lines.iter().enumerate() {
        let text = format!("schedule \"S\"\n  price fixed 100 EUR\n  {line}\n");
        complete(&format!("awkward-{number}.jalon"), &text);
    }
}

/// A month is shorter than thirty days in February only.
#[test]
fn a_deadline_in_months_may_come_before_a_bound_in_days() {
    let text = "schedule \"S\"\n  price fixed 100 EUR\n  \
        balance \"A\": 50 % 1 month after start if duration >= 30 days\n";
    let path = file("coverage", "february.jalon", text);
    let outcome = jalon(&["show", "--situations", "--format", "csv", &path]);
    assert!(outcome.out.contains("-02-"), "{}", outcome.out);
    assert_eq!(outcome.out.lines().count(), 3, "{}", outcome.out);
}

#[test]
fn the_table_of_situations_is_exhaustive() {
    let path = file("coverage", "table.jalon", CLOSING);
    let outcome = jalon(&["show", "--situations", "--format", "csv", &path]);
    assert_eq!(
        outcome.out,
        "Schedule,Situation,For example,Billed,Amount\n\
         Programme,abandonment before the start,2025-01-15 abandonment,no line bills,\n\
         Programme,abandonment before 4 months,\"2025-01-15 start, 2025-05-14 abandonment\",Early,200.00\n\
         Programme,abandonment from 4 months to under 10 months,\"2025-01-15 start, 2025-05-15 abandonment\",Late,400.00\n\
         Programme,abandonment from 10 months on,\"2025-01-15 start, 2025-11-15 abandonment\",no line bills,\n\
         Programme,end,\"2025-01-15 start, 2025-02-15 end\",End,1000.00\n"
    );
    let html = jalon(&["show", "--situations", "--format", "html", &path]).out;
    assert!(html.contains("<th scope=\"row\">abandonment from 10 months on</th>"), "{html}");
    let markdown = jalon(&["show", "--situations", "--format", "markdown", &path]).out;
    assert!(markdown.contains("| abandonment from 10 months on |"), "{markdown}");
    assert_eq!(jalon(&["show", "--format", "csv", &path]).code, 2);
}

#[test]
fn no_scenario_comes_to_a_situation_that_is_not_listed() {
    let root = program::root();
    for entry in std::fs::read_dir(root.join("schedules/teo")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let compiled = jalon::compile("file", &text).unwrap();
        for plan in &compiled.schedules {
            let mut found = jalon::situations::Situations::of(plan);
            let listed = found.all.len();
            let own = compiled.scenarios.iter().filter(|s| s.schedule == plan.schedule.name);
            own.for_each(|scenario| found.reach(scenario));
            let unlisted: Vec<String> = found
                .all
                .iter()
                .filter(|s| s.reached)
                .map(|s| found.name(s, jalon::Lang::En))
                .collect();
            assert_eq!(listed, found.all.len(), "{}: {unlisted:#?}", path.display());
        }
    }
}

/// A schedule with a balance that asks about so many events.
fn asking(count: usize) -> String {
    let facts: Vec<String> =
        (0..count).map(|number| format!("event \"E{number}\" happened")).collect();
    format!(
        "schedule \"S\"\n  price fixed 100 EUR\n  balance \"B\": 100 % on end if {}\n",
        facts.join(" or ")
    )
}

#[test]
fn situations_that_may_be_left_out_are_said_to_be() {
    let path = program::file("cut", "schedule.jalon", asking(12));
    let covered = program::jalon(&["test", "--coverage", &path]);
    assert!(covered.out.contains("situations may be left out"), "{}", covered.out);
    let shown = program::jalon(&["show", "--situations", "--format", "markdown", &path]);
    assert!(shown.out.contains("Not complete"), "{}", shown.out);
    let french = program::jalon(&["test", "--coverage", "--lang", "fr", &path]);
    assert!(french.out.contains("des situations peuvent manquer"), "{}", french.out);
}

#[test]
fn every_combination_of_facts_is_listed() {
    let path = program::file("cut", "seven.jalon", asking(7));
    let covered = program::jalon(&["test", "--coverage", &path]);
    assert!(covered.out.contains("S: 0 of 128 situations"), "{}", covered.out);
    assert!(!covered.out.contains("left out"), "{}", covered.out);
}

/// Sixty lines with two dozen windows and a dozen deposits: all is listed.
#[test]
fn a_large_schedule_has_its_situations() {
    let mut source = String::from("schedule \"Large\"\n  price fixed 10000 EUR\n");
    for number in 0..12 {
        source.push_str(&format!("  deposit \"D{number}\": 2 % on action \"A{number}\"\n"));
    }
    for number in 0..24 {
        let under = number + 1;
        source.push_str(&format!(
            "  balance \"W{number}\": {under} % on abandonment if duration from {number} months to under {under} months\n"
        ));
    }
    for number in 0..22 {
        source.push_str(&format!(
            "  installment \"I{number}\": 1 % on event \"E{number}\" if duration >= {number} months\n"
        ));
    }
    source.push_str("  balance \"Late\": 50 % on abandonment if duration >= 24 months\n");
    source.push_str("  balance \"End\": 70 % on end\n");
    let plan = jalon::compile("large", &source).unwrap().schedules.remove(0);
    let found = jalon::situations::Situations::of(&plan);
    // Before the start and 25 windows of abandonment (there is none before 0 months); the end; each action;
    // for each event before the start, before its bound (but for the first) and after it.
    assert_eq!(found.all.len(), 26 + 1 + 12 + 22 * 3 - 1);
    assert!(!found.cut, "{} states", found.states);
    // A budget that does not do is said, with how far it came.
    let short =
        jalon::situations::Situations::within(&plan, jalon::verify::InForce::default(), 500);
    assert!(short.cut && short.states >= 500, "{} states", short.states);
    assert!(short.cut_note(jalon::Lang::En).contains(&short.states.to_string()));
}
