//! Conditions as a schedule writes them: what is shown reads back as the same condition.
//!
//! In: a condition, or a stretch that windows leave out. Out: its text, in either language.

use super::situation::{DurationKey, Measure, Missing};
use crate::calendar::Duration;
use crate::lang::{Lang, say as both};
use crate::model::written::{hours, length, share};
use crate::model::{Condition, Range, Test};

impl DurationKey {
    fn length(self) -> Duration {
        if self.days == 0 { Duration::Months(self.months) } else { Duration::Days(self.days) }
    }
}

impl Missing {
    /// The condition that holds within the stretch.
    pub(super) fn condition(self) -> Condition {
        let tests = match self {
            Missing::Duration { from, to } => {
                let test =
                    |range: Range<DurationKey>| Test::Duration(range.map(DurationKey::length));
                [
                    from.map(|(key, here)| test(lower(key, here))),
                    to.map(|(key, here)| test(upper(key, here))),
                ]
            }
            Missing::Measured { from, to } => [
                from.map(|(measure, here)| match measure {
                    Measure::Hours(hours) => Test::Hours(lower(hours, here)),
                    Measure::Share(share) => Test::Attendance(lower(share, here)),
                }),
                to.map(|(measure, here)| match measure {
                    Measure::Hours(hours) => Test::Hours(upper(hours, here)),
                    Measure::Share(share) => Test::Attendance(upper(share, here)),
                }),
            ],
        };
        match tests {
            [Some(test), None] | [None, Some(test)] => Condition::Test(test),
            tests => Condition::All(tests.into_iter().flatten().map(Condition::Test).collect()),
        }
    }
}

fn lower<T>(bound: T, here: bool) -> Range<T> {
    if here { Range::AtLeast(bound) } else { Range::Greater(bound) }
}

fn upper<T>(bound: T, here: bool) -> Range<T> {
    if here { Range::AtMost(bound) } else { Range::Less(bound) }
}

/// A condition as it is written after `if`.
pub(super) fn condition(condition: &Condition, lang: Lang) -> String {
    match condition {
        Condition::Any(parts) => joined(parts, lang.pick(" or ", " ou "), lang),
        Condition::All(parts) => joined(parts, lang.pick(" and ", " et "), lang),
        Condition::Not(inner) => {
            let inner = within(inner, lang);
            both!(lang, "not {inner}", "non {inner}")
        }
        Condition::Test(test) => self::test(test, lang),
    }
}

fn joined(parts: &[Condition], by: &str, lang: Lang) -> String {
    let parts: Vec<String> = parts.iter().map(|part| within(part, lang)).collect();
    parts.join(by)
}

/// A condition within another one.
fn within(part: &Condition, lang: Lang) -> String {
    let text = condition(part, lang);
    match part {
        Condition::Any(_) | Condition::All(_) => format!("({text})"),
        Condition::Not(_) | Condition::Test(_) => text,
    }
}

fn test(test: &Test, lang: Lang) -> String {
    match test {
        Test::Duration(range) => {
            let what = lang.pick("duration", "durée");
            measured(what, range, &|bound| length(*bound, lang), lang)
        }
        Test::Attendance(range) => {
            let what = lang.pick("attendance", "assiduité");
            measured(what, range, &|bound| share(*bound, lang), lang)
        }
        Test::Hours(range) => {
            let what = lang.pick("hours", "heures");
            measured(what, range, &|bound| hours(*bound, lang), lang)
        }
        Test::Reached(milestone) => milestone.reached(lang).to_owned(),
        Test::Happened(subject) => subject.has_happened(lang),
    }
}

fn measured<T>(what: &str, range: &Range<T>, said: &dyn Fn(&T) -> String, lang: Lang) -> String {
    let (sign, bound) = match range {
        Range::Less(bound) => ("<", bound),
        Range::AtMost(bound) => ("<=", bound),
        Range::Greater(bound) => (">", bound),
        Range::AtLeast(bound) => (">=", bound),
        Range::Window { from, under } => {
            let (from, under) = (said(from), said(under));
            return both!(
                lang,
                "{what} from {from} to under {under}",
                "{what} de {from} à moins de {under}"
            );
        }
    };
    format!("{what} {sign} {}", said(bound))
}
