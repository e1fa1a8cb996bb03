//! Any bytes as a schedule file: an answer, every place of it inside the text, and nothing of the
//! source that a terminal would obey.

use jalon::cli::report::{self, Style};
use jalon::scenario;
use jalon::{Lang, Report, Severity};

/// Reads, checks and draws what is said of some bytes.
pub fn source(bytes: &[u8]) {
    let lang = [None, Some(Lang::En), Some(Lang::Fr)][bytes.len() % 3];
    let said = match jalon::compile_bytes("any.jalon", bytes, lang) {
        Ok(compiled) => {
            for scenario in &compiled.scenarios {
                let plan = compiled.schedule(&scenario.schedule).expect("it has a schedule");
                scenario::run(plan, scenario);
            }
            let errors = compiled.warnings.diagnostics.iter();
            assert!(errors.into_iter().all(|said| said.severity() != Severity::Error));
            compiled.warnings
        }
        Err(report) => {
            assert!(report.diagnostics.iter().any(|said| said.severity() == Severity::Error));
            report
        }
    };
    places(&said);
    drawn(&said);
}

/// Every place lies in the text, between characters.
fn places(report: &Report) {
    let text = &report.source.text;
    for said in &report.diagnostics {
        let others = said.others.iter().map(|(span, _)| *span);
        let edits = said.edit.iter().map(|edit| edit.span);
        for span in others.chain(edits).chain([said.span]) {
            let (start, end) = (span.start as usize, span.end as usize);
            assert!(text.get(start..end).is_some(), "{span:?} {said:?}");
            let place = report.source.lines.position(text, span.start);
            assert!(place.line >= 1 && place.column >= 1);
        }
        assert!(!said.message.is_empty() && !said.message.ends_with('.'), "{}", said.message);
    }
}

fn drawn(report: &Report) {
    let human = report::human(report, Style::Plain);
    let short = report::short(report);
    for text in [human, short] {
        let loose = text.chars().find(|c| (c.is_control() && *c != '\n') || turns(*c));
        assert_eq!(loose, None, "{text}");
    }
    let json = report::json(report);
    assert_eq!(json.len(), report.diagnostics.len());
}

/// Marks that are not seen and turn or hide what stands beside them.
fn turns(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{61c}' | '\u{feff}')
}
