//! `if action "S" done at most 3 times`: a condition asks how often at the least, and these words are read as a bound of the line.
//! In: a line. Out: what is wrong with it, and the condition that says it.

use super::{Draft, errors};
use crate::diagnostic::Diagnostic;
use crate::model::program::Line;
use crate::span::Span;
use crate::syntax::ast::{self, Condition, ConditionKind, Fact};

/// The last test of a condition, of something with a name: where it stands, the whole of it with what denies it, and whether it
/// asks how often.
struct Test {
    at: Span,
    whole: Span,
    denied: bool,
    counted: bool,
}

fn last(condition: &Condition) -> Option<Test> {
    let at = condition.at.0;
    match &condition.kind {
        ConditionKind::Any(all) | ConditionKind::All(all) => last(all.last()?),
        ConditionKind::Not(inner) => {
            let test = last(inner)?;
            // What is denied may be more than the test: a group ends behind it.
            (test.at.end == at.end).then_some(Test { whole: at, denied: !test.denied, ..test })
        }
        ConditionKind::Fact(Fact::Happened(..)) => {
            Some(Test { at, whole: at, denied: false, counted: false })
        }
        ConditionKind::Times { .. } => Some(Test { at, whole: at, denied: false, counted: true }),
        ConditionKind::Fact(Fact::Reached(_))
        | ConditionKind::Compare { .. }
        | ConditionKind::Window { .. }
        | ConditionKind::Day { .. } => None,
    }
}

impl Draft<'_, '_> {
    /// That a bound stands behind a test without a comma, as if it were of the test.
    pub(super) fn bound_of_a_test(&self, written: &ast::Line, line: &Line) -> Option<Diagnostic> {
        let number = written.options.at_most.as_ref()?;
        let test = last(written.condition.as_ref()?)?;
        let (source, lang) = (self.checker.source, self.checker.lang);
        let between = Span { start: test.at.end, end: number.at.0.start }.of(source);
        let bounds = ["at most", "au plus"].contains(&between.trim().to_lowercase().as_str());
        let most = number.digits.parse::<u32>().ok()?.checked_add(1)?;
        bounds.then_some(())?;
        // The test alone, up to the word behind its name.
        let text = test.at.of(source);
        let name = text.rfind(['"', '»', '”'])?;
        let close = text.get(name..)?.chars().next()?.len_utf8();
        let behind = text.get(name + close..)?;
        let happened = behind.split_whitespace().next()?;
        let fact = format!("{} {happened}", text.get(..name + close)?);
        let file = self.checker.file_lang;
        let more = file
            .pick(format!("{fact} at least {most} times"), format!("{fact} au moins {most} fois"));
        let not = file.pick("not", "non");
        let right = match (test.denied, test.counted) {
            (false, false) => format!("{not} {more}"),
            (true, false) => more,
            (false, true) => format!("{text} {} {not} {more}", file.pick("and", "et")),
            (true, true) => return None,
        };
        let rest = Span { start: number.at.0.end, ..number.at.0 };
        let after = source.get(rest.start as usize..)?;
        let blanks = after.len() - after.trim_start().len();
        let word = after.trim_start().chars().take_while(|c| c.is_alphabetic());
        let length = blanks + word.map(char::len_utf8).sum::<usize>();
        let end = number.at.0.end + u32::try_from(length).ok()?;
        let place = Span { start: test.whole.start, end };
        let bound = Span { start: test.at.end, end }.of(source).trim().to_owned();
        Some(errors::bound_of_a_test(lang, (number.at.0, place), &right, &bound, line.repeats))
    }
}
