//! Every example in the README and the documentation is run: `jalon` blocks compile and their
//! scenarios pass, `json` blocks of events are events, and `console` blocks show what the program
//! prints.

use crate::program;
use jalon::scenario::{self, Outcome};
use std::path::PathBuf;

/// A fenced block of a page.
struct Block {
    place: String,
    language: String,
    text: String,
    /// How far the block is set in, within a list.
    indent: usize,
}

fn pages() -> Vec<PathBuf> {
    let docs = program::root().join("docs");
    let mut pages: Vec<PathBuf> = std::fs::read_dir(docs)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .collect();
    pages.push(program::root().join("README.md"));
    pages.push(program::root().join("README.fr.md"));
    pages.push(program::root().join("CHANGELOG.md"));
    pages.sort();
    pages
}

fn blocks() -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for page in pages() {
        let text = std::fs::read_to_string(&page).unwrap();
        let mut open: Option<Block> = None;
        for (number, line) in text.lines().enumerate() {
            match (&mut open, line.trim_start().strip_prefix("```")) {
                (None, Some(language)) => {
                    let place = format!("{}:{}", page.display(), number + 1);
                    let language = language.trim().to_owned();
                    let indent = line.len() - line.trim_start().len();
                    open = Some(Block { place, language, text: String::new(), indent });
                }
                (Some(_), Some(_)) => blocks.extend(open.take()),
                (Some(block), None) => {
                    let blank = line.len() - line.trim_start().len();
                    block.text.push_str(&line[blank.min(block.indent)..]);
                    block.text.push('\n');
                }
                (None, None) => {}
            }
        }
        assert!(open.is_none(), "{}: a block is not closed", page.display());
    }
    blocks
}

#[test]
fn schedules_compile_and_their_scenarios_pass() {
    let mut run = 0;
    for block in blocks().iter().filter(|block| block.language == "jalon") {
        let compiled = jalon::compile(&block.place, &block.text)
            .unwrap_or_else(|report| panic!("{}: {:#?}", block.place, report.diagnostics));
        assert!(
            compiled.warnings.diagnostics.is_empty(),
            "{}: {:#?}",
            block.place,
            compiled.warnings.diagnostics
        );
        for scenario in &compiled.scenarios {
            let plan = compiled.version(&scenario.schedule, scenario.in_force_from).unwrap();
            let outcome = scenario::run(plan, scenario);
            assert!(
                matches!(outcome, Outcome::Passed),
                "{}: {}: {outcome:#?}",
                block.place,
                scenario.name
            );
            run += 1;
        }
        for scenario in &compiled.follow_scenarios {
            let outcome =
                jalon::follow::scenario(&compiled.follow_ups[scenario.follow_up], scenario);
            let passed = jalon::follow::Outcome::Passed;
            assert_eq!(outcome, passed, "{}: {}", block.place, scenario.name);
            run += 1;
        }
    }
    assert!(run >= 10, "{run} scenarios");
}

/// What a newcomer copies first has nothing to report, whatever is asked of it.
#[test]
fn the_first_schedule_of_a_page_is_clean() {
    for (page, example) in [
        ("README.md", Some("deposit.jalon")),
        ("README.fr.md", Some("acompte.jalon")),
        ("docs/language.md", None),
        ("docs/langage.md", None),
    ] {
        let page = program::root().join(page).display().to_string();
        let mut blocks = blocks();
        blocks.retain(|block| block.place.starts_with(&page) && block.language == "jalon");
        let first = blocks.first().unwrap();
        let path = program::file("first-schedule", "first.jalon", &first.text);
        for call in [
            &["check", "--deny", "warnings", &path][..],
            &["verify", "--require-proof", &path],
            &["test", &path],
        ] {
            let outcome = program::jalon(call);
            assert_eq!(outcome.code, 0, "{}: {call:?}: {}", first.place, outcome.out);
        }
        let verified = program::jalon(&["verify", "--format", "short", &path]);
        assert_eq!(verified.out, "", "{}", first.place);
        if let Some(example) = example {
            let path = program::root().join("docs/examples").join(example);
            assert_eq!(program::read(path.to_str().unwrap()), first.text, "{example}");
        }
    }
}

/// The blocks of a page of `docs` in the language of schedules.
fn schedules_of(page: &str) -> Vec<Block> {
    let page = program::root().join("docs").join(page).display().to_string();
    let mut blocks = blocks();
    blocks
        .retain(|block| block.place.starts_with(&format!("{page}:")) && block.language == "jalon");
    blocks
}

/// The page that is read in order, in either language, is there to be copied from.
#[test]
fn schedules_of_the_language_pages_have_nothing_to_report() {
    let pages = ["language.md", "langage.md"].map(schedules_of);
    assert!(pages.iter().all(|blocks| blocks.len() >= 14));
    for block in pages.into_iter().flatten() {
        let path = program::file("language-page", "example.jalon", &block.text);
        let outcome = program::jalon(&["check", "--deny", "warnings", &path]);
        assert_eq!(outcome.code, 0, "{}: {}{}", block.place, outcome.err, outcome.out);
        assert!(block.text.contains("scen") || block.text.contains("scén"), "{}", block.place);
    }
}

/// With one blank where there are several.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// With `"…"` for every name.
fn nameless(text: &str) -> String {
    let mut said = String::new();
    for (nth, part) in text.split('"').enumerate() {
        said.push_str(if nth % 2 == 1 { "\"…\"" } else { part });
    }
    said
}

/// Holds what stands between backticks in some columns of the tables of a page to examples, one text for each column.
/// `…` before or behind a form stands for the rest of its line. Returns how many forms there were.
fn forms_are_in_examples<const N: usize>(
    page: &str,
    heads: [&str; N],
    examples: [&str; N],
) -> usize {
    let text = std::fs::read_to_string(program::root().join("docs").join(page)).unwrap();
    let mut columns = None;
    let mut seen = 0;
    for line in text.lines() {
        let cells: Vec<&str> = line.split(" | ").collect();
        let column =
            |head: &str| cells.iter().position(|cell| cell.trim_matches([' ', '|']) == head);
        let found = heads.map(column);
        if found.iter().all(Option::is_some) {
            columns = Some(found.map(Option::unwrap));
        } else if !line.starts_with('|') {
            columns = None;
        }
        for (column, examples) in columns.into_iter().flatten().zip(examples) {
            for form in cells.get(column).unwrap_or(&"").split('`').skip(1).step_by(2) {
                let form = squeezed(form.trim_matches('…').trim_start_matches(','));
                let found = examples.contains(&form)
                    || form.contains("\"…\"") && nameless(examples).contains(&form);
                assert!(found, "docs/{page}: no example of {form}");
                seen += 1;
            }
        }
    }
    seen
}

/// Beside each setting of téo stands a sentence in French and one in English: both are in schedules that are run, and
/// the English ones are what the program makes of the French ones.
#[test]
fn sentences_beside_teo_are_run_in_both_languages() {
    let blocks = schedules_of("teo.md");
    let mut examples = [String::new(), String::new()];
    for pair in blocks.chunks(2) {
        let [french, english] = pair else { panic!("{}: no second language", pair[0].place) };
        let translated = program::jalon_with_input(&["fmt", "--lang", "en", "-"], &french.text);
        assert_eq!(translated.out, english.text, "{}", english.place);
        examples[0].push_str(&french.text);
        examples[1].push_str(&english.text);
    }
    let [french, english] = examples.map(|text| squeezed(&text));
    let heads = ["en français", "en anglais"];
    let seen = forms_are_in_examples("teo.md", heads, [&french, &english]);
    assert!(seen >= 60, "{seen} sentences");
}

/// The tables of the two pages of the language show forms of items and lines: each stands in a schedule of these pages, or in
/// one of `tests/cases/docs`, which the program reads.
#[test]
fn forms_in_tables_of_the_language_are_read() {
    let mut examples = String::new();
    for block in schedules_of("language.md").iter().chain(&schedules_of("language-reference.md")) {
        examples.push_str(&block.text);
    }
    for name in ["forms.en.jalon", "forms.fr.jalon"] {
        let path = program::root().join("tests/cases/docs").join(name);
        let text = program::read(path.to_str().unwrap());
        let tested = program::jalon(&["test", path.to_str().unwrap()]);
        assert_eq!(tested.code, 0, "{}{}", tested.err, tested.out);
        let compiled = jalon::compile(name, &text).unwrap_or_else(|report| panic!("{report:#?}"));
        assert!(compiled.warnings.diagnostics.is_empty(), "{:#?}", compiled.warnings.diagnostics);
        examples.push_str(&text);
    }
    let examples = squeezed(&examples);
    for (page, least) in [("language.md", 150), ("language-reference.md", 180)] {
        let seen = forms_are_in_examples(page, ["English", "French"], [&examples; 2]);
        assert!(seen >= least, "docs/{page}: {seen} forms");
    }
    let seen = forms_are_in_examples("langage.md", ["ce qui s'écrit"], [&examples]);
    assert!(seen >= 70, "docs/langage.md: {seen} forms");
}

/// A French page has the sections of the English one, and no form less.
#[test]
fn french_pages_say_the_same() {
    say_the_same(["language.md", "langage.md"], 70);
    say_the_same(["follow-up.md", "suivi.md"], 40);
}

/// A page that shows no form has the headings, points and rows of the English one, and names the same programs.
#[test]
fn the_french_page_of_the_browser_says_the_same() {
    let pages = have_the_same_headings(["playground.md", "navigateur.md"]);
    let count = |text: &str, sign: &str| text.lines().filter(|line| line.starts_with(sign)).count();
    for sign in ["- ", "| "] {
        assert_eq!(count(&pages[0], sign), count(&pages[1], sign), "{sign}");
    }
    let programs = |text: &str| -> Vec<String> {
        let named = text.split('`').skip(1).step_by(2).filter(|named| named.is_ascii());
        named.map(str::to_owned).collect()
    };
    assert_eq!(programs(&pages[0]), programs(&pages[1]));
}

/// Two pages, whose headings are of the same levels.
fn have_the_same_headings(pages: [&str; 2]) -> [String; 2] {
    let pages =
        pages.map(|page| std::fs::read_to_string(program::root().join("docs").join(page)).unwrap());
    let levels = |text: &String| -> Vec<usize> {
        let heads = text.lines().filter(|line| line.starts_with('#') && line.contains(' '));
        let heads = heads.map(|line| line.find(' ').unwrap());
        heads.filter(|level| *level > 1).collect()
    };
    assert_eq!(levels(&pages[0]), levels(&pages[1]));
    pages
}

/// Holds a French page to the English one: their headings, and the French forms in tables, of which there are at
/// least so many.
fn say_the_same(pages: [&str; 2], least: usize) {
    let pages = have_the_same_headings(pages);
    let forms = |text: &str, head: &str| -> Vec<String> {
        let (mut column, mut forms) = (None, Vec::new());
        for line in text.lines() {
            let cells: Vec<&str> = line.split(" | ").collect();
            let at = cells.iter().position(|cell| cell.trim_matches([' ', '|']) == head);
            column = at.or(column.filter(|_| line.starts_with('|')));
            let cell = column.and_then(|column| cells.get(column)).unwrap_or(&"");
            forms.extend(cell.split('`').skip(1).step_by(2).map(str::to_owned));
        }
        forms
    };
    let only = forms(&pages[1], "ce qui s'écrit");
    let mut french = forms(&pages[0], "French");
    french.extend(forms(&pages[0], "in French"));
    let missing: Vec<_> = french.iter().filter(|form| !pages[1].contains(*form)).collect();
    assert!(missing.is_empty() && only.len() >= least, "{missing:?}, {}", only.len());
}

/// All files of `docs/examples`, as texts.
fn examples(folder: &std::path::Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            examples(&path, found);
        } else {
            found.push(std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// A file that a page shows is one that lies among the examples, where the commands below it read it: tables whole, and
/// follow-ups of the READMEs up to their scenarios.
#[test]
fn files_that_are_shown_are_those_that_are_read() {
    let mut files = Vec::new();
    examples(&program::root().join("docs/examples"), &mut files);
    let mut seen = 0;
    for block in blocks() {
        let follow_up = block.text.starts_with("follow-up ") || block.text.starts_with("suivi ");
        let is_there = if block.language == "csv" {
            files.contains(&block.text)
        } else if block.language == "jalon" && follow_up && block.place.contains("README") {
            files.iter().any(|file| file.starts_with(&block.text))
        } else {
            continue;
        };
        assert!(is_there, "{}", block.place);
        seen += 1;
    }
    assert!(seen >= 8, "{seen} files");
}

#[test]
fn wrong_schedules_are_refused_for_their_reason() {
    for block in blocks() {
        let Some(code) = block.language.strip_prefix("jalon error=") else { continue };
        let report = jalon::compile(&block.place, &block.text).unwrap_err();
        let codes: Vec<&str> = report.diagnostics.iter().map(|found| found.code.name()).collect();
        assert_eq!(codes, [code], "{}", block.place);
    }
}

#[test]
fn events_are_events() {
    for block in blocks().iter().filter(|block| block.language == "json") {
        for line in block
            .text
            .lines()
            .filter(|line| line.contains("\"kind\"") && !line.contains("\"invoice\""))
        {
            let event: Result<jalon::Event, _> = serde_json::from_str(line);
            assert!(event.is_ok(), "{}: {line}: {event:?}", block.place);
        }
    }
}

/// A console block: `$ jalon …` and below it everything that the program prints, errors first.
#[test]
fn commands_print_what_is_shown() {
    for block in blocks().iter().filter(|block| block.language == "console") {
        for command in block.text.split("$ ").skip(1) {
            let (line, expected) = command.split_once('\n').unwrap();
            let Some(arguments) = line.strip_prefix("jalon ") else { continue };
            let arguments: Vec<&str> = arguments.split_whitespace().collect();
            let outcome = program::jalon(&arguments);
            // A terminal shows nothing of what tells a spreadsheet the encoding.
            let printed = format!("{}{}", outcome.err, outcome.out.trim_start_matches('\u{feff}'));
            assert_eq!(printed.trim_end(), expected.trim_end(), "{}: {line}", block.place);
        }
    }
}
