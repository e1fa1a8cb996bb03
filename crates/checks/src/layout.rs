//! A text laid out: the same schedules, the same comments, and nothing left to lay out. What a text
//! means is compared here on checked schedules, comments by a reading of its own.

use jalon::syntax::{FormatError, format};
use jalon::{Compiled, Lang};

/// Lays out a text that may have errors, in its own vocabulary and in both.
pub fn layout(source: &str) {
    let long = source.len() > 3 << 20 || source.lines().any(|line| line.len() > 3_000);
    for lang in [None, Some(Lang::En), Some(Lang::Fr)] {
        let text = match format(source, lang) {
            Ok(text) => text,
            Err(FormatError::Errors(_)) => return,
            // What is printed may pass the limits on the length of a line or of a file.
            Err(FormatError::MeaningChanged) if long => return,
            Err(FormatError::MeaningChanged) => panic!("the meaning changed: {lang:?}\n{source}"),
        };
        let again = format(&text, lang);
        assert_eq!(again.ok().as_deref(), Some(text.as_str()), "{lang:?}, twice\n{source}");
        assert_eq!(comments(source), comments(&text), "{lang:?}\n{source}\n{text}");
        same_meaning(source, &text);
    }
}

fn same_meaning(source: &str, text: &str) {
    let (before, after) = (jalon::compile("a", source), jalon::compile("a", text));
    match (before, after) {
        (Ok(before), Ok(after)) => assert_eq!(meaning(before), meaning(after), "{source}\n{text}"),
        (Err(before), Err(after)) => {
            let codes = |report: jalon::Report| {
                let mut codes: Vec<_> =
                    report.diagnostics.iter().map(|said| said.code.name()).collect();
                codes.retain(|code| *code != "mixed-vocabularies");
                codes.sort_unstable();
                codes
            };
            assert_eq!(codes(before), codes(after), "{source}\n{text}");
        }
        (before, _) => panic!("sound before: {}\n{source}\n{text}", before.is_ok()),
    }
}

/// Schedules and scenarios without their places in the text.
pub fn meaning(compiled: Compiled) -> String {
    let mut meaning = String::new();
    for plan in compiled.schedules {
        let mut schedule = plan.schedule;
        schedule.span = Default::default();
        schedule.accepts.iter_mut().for_each(|accepted| accepted.span = Default::default());
        schedule.actions.iter_mut().for_each(|action| action.span = Default::default());
        for line in &mut schedule.lines {
            line.span = Default::default();
            line.text.clear();
        }
        meaning.push_str(&format!("{schedule:?}\n"));
    }
    for mut scenario in compiled.scenarios {
        scenario.span = Default::default();
        scenario.last = Default::default();
        scenario.expectations.fill(Default::default());
        scenario.expected.lines.iter_mut().for_each(|line| line.span = Default::default());
        meaning.push_str(&format!("{scenario:?}\n"));
    }
    meaning
}

/// The comments of a sound text, in order: from a `#` outside of quotes to the end of its line.
fn comments(source: &str) -> Vec<&str> {
    let mut comments = Vec::new();
    for line in source.lines() {
        let mut closes = None;
        let mut letters = line.char_indices();
        while let Some((at, letter)) = letters.next() {
            match (closes, letter) {
                (Some(_), '\\') => drop(letters.next()),
                (Some(mark), letter) if mark == letter => closes = None,
                (None, '"') => closes = Some('"'),
                (None, '“') => closes = Some('”'),
                (None, '«') => closes = Some('»'),
                (None, '#') => {
                    comments.push(line[at..].trim_end());
                    break;
                }
                _ => {}
            }
        }
    }
    comments
}
