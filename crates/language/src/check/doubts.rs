//! Warnings about lines that matter together only if one case comes to all of them.
//!
//! In: a sound schedule. Out: a [`Doubt`] for each combination of lines that looks wrong. The text
//! does not say whether a case can come to it: whoever can look at every case does, and asks the
//! doubt for its warning.

use super::sections::Section;
use super::{Checker, errors};
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::Lang;
use crate::model::program::{self, Program};
use crate::model::{Amount, Condition, Line, LineKind, Property, Range, Schedule, Test, When};
use crate::span::Span;

/// What a case would have to do. Lines are numbered as the schedule has them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// One of these installments bills, and one of these balances bills the whole price.
    Together {
        /// The installments.
        parts: Vec<usize>,
        /// The balances.
        wholes: Vec<usize>,
    },
    /// One of these balances of nothing gives a deposit back.
    GivesBack {
        /// The balances.
        lines: Vec<usize>,
    },
    /// This line fires in a case that has not started.
    BeforeStart {
        /// The line.
        line: usize,
    },
}

/// A warning that is due if some case does what is asked.
#[derive(Clone, Debug)]
pub struct Doubt {
    /// The schedule, by its place in the file among those that are sound.
    pub schedule: usize,
    /// What a case would have to do.
    pub question: Question,
    /// Where the file accepts it.
    pub accepted: Option<Span>,
}

/// Lines of which a case has shown what was asked: each that does it, and the line to which it does
/// it, if there is one.
pub type Shown = (Vec<usize>, Option<usize>);

impl Doubt {
    /// The code of its warning.
    pub fn code(&self) -> Code {
        match self.question {
            Question::Together { .. } => Code::InstallmentsNotDeducted,
            Question::GivesBack { .. } => Code::DepositGivenBack,
            Question::BeforeStart { .. } => Code::NotBeforeStart,
        }
    }

    /// The warning, where a case does it and the file does not accept it.
    pub fn warning(&self, schedule: &Schedule, shown: &Shown, lang: Lang) -> Option<Diagnostic> {
        let lines: Vec<&Line> =
            shown.0.iter().filter_map(|line| schedule.lines.get(*line)).collect();
        let first = lines.first()?;
        let to = shown.1.and_then(|line| schedule.lines.get(line));
        if self.accepted.is_some() {
            return None;
        }
        match (&self.question, to) {
            (Question::Together { .. }, Some(part)) => {
                Some(errors::installments_not_deducted(lang, part, first))
            }
            (Question::GivesBack { .. }, Some(deposit)) => {
                Some(errors::deposit_given_back(lang, &lines, deposit))
            }
            (Question::BeforeStart { .. }, _) => {
                let turned = first.condition.as_ref().and_then(turned_round);
                Some(errors::not_before_start(lang, first, turned))
            }
            (Question::Together { .. } | Question::GivesBack { .. }, None) => None,
        }
    }

    /// That the file accepts it, and no case does it.
    pub fn unneeded(&self, lang: Lang) -> Option<Diagnostic> {
        Some(errors::accepted_for_nothing(lang, self.code(), self.accepted?))
    }
}

/// The doubts about a schedule.
pub fn doubts(schedule: &Schedule, section: &Section<'_>, place: usize) -> Vec<Doubt> {
    // Whoever accepts overbilling has accepted this.
    let overbills = schedule.accepts.iter().any(|it| it.property == Property::Overbilling);
    let deducted = installments_not_deducted(schedule).filter(|_| !overbills);
    let questions = [deducted, deposit_given_back(schedule)];
    let questions = questions.into_iter().flatten().chain(not_before_start(schedule));
    let doubt = |question| {
        let mut doubt = Doubt { schedule: place, question, accepted: None };
        doubt.accepted = section.accepted(doubt.code());
        doubt
    };
    questions.map(doubt).collect()
}

/// The codes that a file can accept, as it accepts properties.
const ACCEPTABLE: [Code; 11] = [
    Code::BillsBeforeStart,
    Code::BillsOnce,
    Code::BillsTwice,
    Code::ClosesEarly,
    Code::DaysUnbilled,
    Code::InstallmentsNotDeducted,
    Code::DepositGivenBack,
    Code::DeductedTwice,
    Code::ProgressTakesBack,
    Code::NotBeforeStart,
    Code::SameDay,
];

/// Which of these codes the lines alone tell, whatever the schedule uses.
fn is_told_by_lines(code: Code) -> bool {
    matches!(
        code,
        Code::BillsBeforeStart
            | Code::BillsOnce
            | Code::BillsTwice
            | Code::DaysUnbilled
            | Code::DeductedTwice
            | Code::ProgressTakesBack
            | Code::SameDay
    )
}

/// Warns of acceptances of what the text already rules out. `doubts` are `None` where a schedule uses what no question
/// about its cases can be asked of: some case may do what is accepted.
pub fn warn_of_unneeded(
    checker: &mut Checker<'_>,
    section: &Section<'_>,
    doubts: Option<&[Doubt]>,
) {
    for code in ACCEPTABLE {
        let Some(at) = section.accepted(code) else { continue };
        let doubted = match doubts {
            Some(doubts) => doubts.iter().any(|doubt| doubt.code() == code),
            None => !is_told_by_lines(code),
        };
        if !doubted && !checker.accepted.contains(&at) {
            checker.report(errors::accepted_for_nothing(checker.lang, code, at));
        }
    }
}

/// The places of lines of a schedule.
fn places(schedule: &Schedule, of: impl Fn(&Line) -> bool) -> Vec<usize> {
    let lines = schedule.lines.iter().enumerate();
    lines.filter(|(_, line)| of(line)).map(|(place, _)| place).collect()
}

/// Installments, and balances of the whole price.
fn installments_not_deducted(schedule: &Schedule) -> Option<Question> {
    let total = super::habits::total(schedule);
    let price = total.and_then(crate::money::Exact::round)?;
    let whole = |line: &Line| {
        line.kind == LineKind::Balance
            && super::habits::stated_amount(line, total).is_some_and(|amount| amount == price)
    };
    let parts =
        places(schedule, |line| line.kind == LineKind::Installment && line.amount.bills_more());
    let wholes = places(schedule, whole);
    (!parts.is_empty() && !wholes.is_empty()).then_some(Question::Together { parts, wholes })
}

/// Closing balances of nothing, where there are deposits.
fn deposit_given_back(schedule: &Schedule) -> Option<Question> {
    let deposits = schedule.lines.iter().any(|line| line.kind == LineKind::Deposit);
    let lines = places(schedule, |line| line.closes() && line.amount == Amount::Nothing);
    (deposits && !lines.is_empty()).then_some(Question::GivesBack { lines })
}

/// The same of a schedule of which no question can be asked: where its lines alone tell it. A deposit waits for the signature or the
/// start, and a balance of nothing for the end or the abandonment, whatever else holds.
pub fn deposit_surely_given_back(
    checker: &mut Checker<'_>,
    section: &Section<'_>,
    (schedule, program): (&Schedule, &Program),
) {
    let waits = |line: &program::Line, over: bool| {
        let is = |when: &program::When| matches!(when, program::When::Milestone(of) if of.is_terminal() == over);
        line.condition.is_none() && line.whens.iter().any(is)
    };
    let deposit = |line: &&program::Line| {
        line.kind == program::Kind::Deposit && !line.beside && waits(line, false)
    };
    let gives_back = |line: &&program::Line| {
        line.closes() && line.amount == program::Amount::Nothing && waits(line, true)
    };
    // A balance that leaves the case open may have deducted it before.
    if program.lines.iter().any(|line| line.stays_open) {
        return;
    }
    let stated = |line: &program::Line| schedule.lines.get(line.index);
    let Some(deposit) = program.lines.iter().find(deposit).and_then(stated) else { return };
    let lines: Vec<&Line> = program.lines.iter().filter(gives_back).filter_map(stated).collect();
    if !lines.is_empty() {
        checker.warn_unless_accepted(section, |lang, _| {
            errors::deposit_given_back(lang, &lines, deposit)
        });
    }
}

/// `not duration …` on a trigger that may come before the start, where it is true.
fn not_before_start(schedule: &Schedule) -> impl Iterator<Item = Question> {
    let doubtful = |line: &Line| {
        let safe = line.triggers.iter().all(When::means_started);
        !safe && line.condition.as_ref().is_some_and(negates_a_duration)
    };
    places(schedule, doubtful).into_iter().map(|line| Question::BeforeStart { line })
}

fn negates_a_duration(condition: &Condition) -> bool {
    let mut negated = false;
    condition.each_test(&mut |test, under_not| {
        negated |= under_not && matches!(test, Test::Duration(_));
    });
    negated
}

/// The comparator of a duration that is negated by itself, and the one that says the contrary.
fn turned_round(condition: &Condition) -> Option<(&'static str, &'static str)> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().find_map(turned_round),
        Condition::Not(inner) => match inner.as_ref() {
            Condition::Test(Test::Duration(range)) => match range {
                Range::Less(_) => Some(("<", ">=")),
                Range::AtMost(_) => Some(("<=", ">")),
                Range::Greater(_) => Some((">", "<=")),
                Range::AtLeast(_) => Some((">=", "<")),
                Range::Window { .. } => None,
            },
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::Test(_) => None,
        },
        Condition::Test(_) => None,
    }
}
