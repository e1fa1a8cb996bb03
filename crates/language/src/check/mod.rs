//! From the tree as written to schedules and scenarios as meant, or to what is wrong with them.
//!
//! Every check runs, whatever the others found; what only follows from an error that is reported is
//! not reported again. Errors give no schedule; warnings say what a clerk most likely did not mean.

mod conditions;
mod currencies;
mod doubts;
mod errors;
mod follow;
mod habits;
mod head;
mod lines;
mod prices;
mod quantities;
mod read_so_far;
mod samples;
mod scenario_names;
mod scenarios;
mod second;
mod sections;
mod shares;
mod tried;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::model::{FollowScenario, FollowUp, Scenario, Schedule};
use crate::rules::{self, Reading};
use crate::span::Span;
use crate::syntax::Parsed;
use crate::syntax::ast::File;

/// So many names of a file are compared with others, to find what was meant. A file with more
/// unknown names than that has another fault than misspelling.
const MOST_COMPARED: usize = 200_000;

pub use doubts::{Doubt, Question, Shown};
pub use errors::duplicate_across_files;
pub use tried::keep_what_works;

/// The outcome of checking a file.
#[derive(Debug, Default)]
pub struct Checked {
    /// Its schedules; those with an error are left out.
    pub schedules: Vec<Schedule>,
    /// Its scenarios; those with an error, or of a schedule with an error, are left out.
    pub scenarios: Vec<Scenario>,
    /// Its follow-ups; those with an error are left out.
    pub follow_ups: Vec<FollowUp>,
    /// The scenarios of its follow-ups, likewise.
    pub follow_scenarios: Vec<FollowScenario>,
    /// Warnings that are due if a case does what they say.
    pub doubts: Vec<Doubt>,
    /// What is wrong, in the order of the places, the errors and warnings of the parser included.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
    }
}

/// Checks a parsed file against its source text. What edits it shows have been tried.
pub fn check(source: &str, parsed: Parsed) -> Checked {
    let Parsed { file, mut diagnostics, names, lang } = parsed;
    diagnostics.extend(names);
    let mut checked = checked(source, lang, &file, diagnostics);
    currencies::show_their_own(source, &file, &mut checked.diagnostics);
    tried::keep_what_works(source, &file, lang, &mut checked.diagnostics);
    samples::name_samples(source, lang, &mut checked.diagnostics);
    checked
}

/// Checks the tree of a file, with what the parser has found.
fn checked(source: &str, lang: Lang, file: &File, diagnostics: Vec<Diagnostic>) -> Checked {
    let file_lang = file.lang;
    let is_error = |found: &&Diagnostic| found.severity() == Severity::Error;
    let mut misread: Vec<u32> =
        diagnostics.iter().filter(is_error).map(|found| found.span.start).collect();
    misread.sort_unstable();
    let mut checker = Checker {
        source,
        lang,
        file_lang,
        misread,
        diagnostics,
        errors: 0,
        compared: 0,
        accepted: Vec::new(),
    };
    let file = sections::divide(&mut checker, file);
    let mut checked = Checked::default();
    let mut known = Vec::new();
    let mut sound_before = 0;
    for section in &file.schedules {
        let before = checker.errors;
        let is_second = second::uses(section);
        let draft = if is_second {
            second::schedule(&mut checker, section)
        } else {
            prices::schedule(&mut checker, section)
        };
        let read = section.broken.is_empty() && !checker.is_misread(section);
        let sound = checker.errors == before && read;
        if sound {
            let doubts = match &draft.second {
                None => {
                    habits::warn(&mut checker, &draft, section);
                    Some(doubts::doubts(&draft, section, sound_before))
                }
                Some(program) => {
                    let plainest = Reading::plainest(program);
                    let read = rules::raise(&draft, program, plainest).ok();
                    let stated = (&draft, program.as_ref());
                    habits::warn_of_the_second(&mut checker, stated, read.as_ref(), section);
                    // What is beside the price is no part of it, and no sum is the whole of what each case agrees.
                    let read = if program.has_beside() {
                        rules::raise(&draft, program, Reading { beside: false, ..plainest }).ok()
                    } else {
                        read
                    };
                    if read.is_none() {
                        doubts::deposit_surely_given_back(&mut checker, section, stated);
                    }
                    read.map(|read| doubts::doubts(&read, section, sound_before))
                }
            };
            doubts::warn_of_unneeded(&mut checker, section, doubts.as_deref());
            let of_sums = |doubt: &Doubt| matches!(doubt.question, Question::Together { .. });
            let agreed = draft.second.as_ref().is_some_and(|program| program.price.is_agreed());
            let mut doubts = doubts.unwrap_or_default();
            doubts.retain(|doubt| !(agreed && of_sums(doubt)));
            checked.doubts.extend(doubts);
            sound_before += 1;
        }
        known.push(scenarios::Known { sound, name: section.name_text(), schedule: draft });
    }
    scenarios::check(&mut checker, &file, &known, &mut checked.scenarios);
    follow::check(&mut checker, &file, &mut checked);
    checked.schedules =
        known.into_iter().filter(|known| known.sound).map(|known| known.schedule).collect();
    checker.diagnostics.sort_by_key(|diagnostic| (diagnostic.span, diagnostic.code));
    checked.diagnostics = checker.diagnostics;
    checked
}

/// What all checks share.
struct Checker<'s> {
    source: &'s str,
    /// The language of messages.
    lang: Lang,
    /// The vocabulary of the file, and so of what is to be written into it.
    file_lang: Lang,
    /// Where the parser found errors, sorted.
    misread: Vec<u32>,
    diagnostics: Vec<Diagnostic>,
    /// How many errors the checks have reported.
    errors: usize,
    /// How many names have been compared with others.
    compared: usize,
    /// Acceptances that have kept a warning back.
    accepted: Vec<Span>,
}

impl Checker<'_> {
    /// Reports a warning, unless its section accepts it.
    fn warn_unless_accepted(
        &mut self,
        section: &sections::Section<'_>,
        warning: impl FnOnce(Lang, &str) -> Diagnostic,
    ) {
        let warning = warning(self.lang, self.source);
        match section.accepted(warning.code) {
            Some(at) => self.accepted.push(at),
            None => self.report(warning),
        }
    }

    /// Whether the parser found an error within a section: what the section says is uncertain.
    fn is_misread(&self, section: &sections::Section<'_>) -> bool {
        let within = |span: Span| {
            let first = self.misread.partition_point(|start| *start < span.start);
            self.misread.get(first).is_some_and(|start| *start < span.end)
        };
        let name = section.name.map(|name| name.at.0);
        section.items.iter().map(|item| item.at.0).chain(name).any(within)
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.errors += usize::from(diagnostic.severity() == Severity::Error);
        self.diagnostics.push(diagnostic);
    }

    /// What only a schedule of the second part has, met in one of the first: the two readers of
    /// schedules disagree on which is which. It is an error, so that nothing is billed on it.
    fn of_the_second_part<T>(&mut self, nothing: T, at: Span) -> T {
        self.report(errors::readers_disagree(self.lang, at));
        nothing
    }

    /// The known names to compare with; none where too many have been compared already.
    fn near<'n>(&mut self, names: &'n [&'n str]) -> &'n [&'n str] {
        if self.compared > MOST_COMPARED {
            return &[];
        }
        self.compared += names.len();
        names
    }
}

/// The words of a text with one blank between them, whatever stood there.
fn single_blanks(text: &str) -> String {
    let mut single = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !single.is_empty() {
            single.push(' ');
        }
        single.push_str(word);
    }
    single
}
