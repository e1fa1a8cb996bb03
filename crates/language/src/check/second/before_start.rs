//! A warning about what is billed for each month, quarter or year, and for those before a case has started, too.

use super::super::sections::Section;
use super::Draft;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::model::program::{
    Amount, Anchor, Asked, Condition, Kind, Line, Name, Price, Test, When,
};
use crate::model::{Civil, Line as CoreLine, Milestone, SubjectKind};
use crate::money::{Hours, Percent};
use crate::span::Span;
use crate::syntax::ast::{self, ItemKind};

impl Draft<'_, '_> {
    /// Warns of lines that bill by the calendar alone what a case owes for a period: the calendar begins with its
    /// first event, which may be its signature long before its start.
    pub(super) fn bills_before_start(&mut self, section: &Section<'_>, lines: &[(Line, CoreLine)]) {
        let found: Vec<(Civil, &CoreLine)> = lines
            .iter()
            .filter_map(|(line, core)| Some((self.before_start(line)?, core)))
            .collect();
        for (civil, core) in found {
            match section.accepted(Code::BillsBeforeStart) {
                Some(at) => self.checker.accepted.push(at),
                None => {
                    let (lang, file_lang) = (self.checker.lang, self.checker.file_lang);
                    let edit = edit(file_lang, self.checker.source, section, core.span);
                    self.checker.report(finding(lang, core, civil, edit));
                }
            }
        }
    }

    /// The period for which a line bills before the start, too; none where it does not.
    fn before_start(&self, line: &Line) -> Option<Civil> {
        let waits = line.condition.as_ref().is_some_and(|it| self.says_started(it, false));
        let civil = line.whens.iter().find_map(by_the_calendar)?;
        // Another rhythm than that of the price is an error of its own.
        let period = self.price.as_ref().and_then(Price::period);
        let fits = line.amount != Amount::Period || period == Some(civil);
        (self.is_for_a_period(line) && fits && !waits).then_some(civil)
    }

    /// Whether each of its firings is for a period: the price of one, or a sum that is no part of a price of the
    /// whole case. What goes by the days run bills nothing before the start.
    fn is_for_a_period(&self, line: &Line) -> bool {
        let is_apart =
            self.price.as_ref().is_some_and(|price| line.beside || !price.is_of_the_case());
        let is_due = line.amount == Amount::Period
            || is_apart && matches!(line.amount, Amount::Sum { parts: 1, .. });
        is_due && line.repeats && !line.pro_rata && line.kind != Kind::Deposit
    }

    /// Whether a condition (or its contrary) holds only once a case has started, or is over.
    fn says_started(&self, condition: &Condition, negated: bool) -> bool {
        match (condition, negated) {
            (Condition::All(parts), false) | (Condition::Any(parts), true) => {
                parts.iter().any(|part| self.says_started(part, negated))
            }
            (Condition::Any(parts), false) | (Condition::All(parts), true) => {
                parts.iter().all(|part| self.says_started(part, negated))
            }
            (Condition::Not(inner), _) => self.says_started(inner, !negated),
            (Condition::Test(test), _) => self.tells_of_a_start(test, negated),
        }
    }

    fn tells_of_a_start(&self, test: &Test, negated: bool) -> bool {
        if test.measures_work() {
            // Nothing is done before the first action, and that starts the case.
            let of_nothing = match test.asked() {
                Asked::Hours(range) => range.holds(|it| *it <= Hours(0), |it| *it < Hours(0)),
                Asked::Share(range) => range.holds(|it| *it <= Percent(0), |it| *it < Percent(0)),
                Asked::Length(_) | Asked::Day(_) | Asked::Times(_) | Asked::Nothing => !negated,
            };
            return of_nothing == negated;
        }
        let milestone = if let Test::Came(milestone) = test { Some(*milestone) } else { None };
        let came = milestone.map(Anchor::Milestone).or(test.anchor());
        !negated && came.is_some_and(|anchor| self.is_started_by(anchor))
    }

    /// Whether a case has started, or is over, once this has come.
    fn is_started_by(&self, anchor: Anchor) -> bool {
        match anchor {
            Anchor::Milestone(milestone) => milestone != Milestone::Signature,
            Anchor::Named(Name(name)) => {
                let subject = self.subjects.get(name as usize);
                subject.is_some_and(|(kind, _)| *kind == SubjectKind::Action)
            }
            Anchor::Planned(_) => false,
        }
    }
}

/// The period that comes by the calendar alone, from the first event of a case on.
fn by_the_calendar(when: &When) -> Option<Civil> {
    match when {
        When::End(civil) => Some(*civil),
        When::DayOfMonth(_) => Some(Civil::Month),
        When::Milestone(_)
        | When::Named(_)
        | When::Progress
        | When::After(..)
        | When::Every { .. }
        | When::Before(..)
        | When::Dates(_) => None,
    }
}

/// What lets a line wait for the start, in the words of the file.
fn edit(file_lang: Lang, source: &str, section: &Section<'_>, at: Span) -> Option<(Span, String)> {
    let written = section.items.iter().find(|item| item.at.0 == at)?;
    let ItemKind::Line(line) = &written.kind else { return None };
    let started = file_lang.pick("started", "démarré");
    let and = file_lang.pick("and", "et");
    Some(match &line.condition {
        None => (at.after(), format!(" {} {started}", file_lang.pick("if", "si"))),
        Some(ast::Condition { kind: ast::ConditionKind::Any(_), at }) => {
            (at.0, format!("{started} {and} ({})", at.0.of(source)))
        }
        Some(condition) => {
            let start = Span { start: condition.at.0.start, end: condition.at.0.start };
            (start, format!("{started} {and} "))
        }
    })
}

fn finding(lang: Lang, line: &CoreLine, civil: Civil, edit: Option<(Span, String)>) -> Diagnostic {
    let label = &line.label;
    let each = civil.each(lang);
    // A quarter is no length of its own.
    let again = match civil.months() {
        1 | 12 => each.clone(),
        months => say!(lang, "every {months} months", "tous les {months} mois"),
    };
    // Behind a condition of its own the words stand before it.
    let is_first = edit.as_ref().is_none_or(|(_, text)| text.starts_with(' '));
    let started = match is_first {
        true => say!(lang, "if started", "si démarré"),
        false => say!(lang, "started and", "démarré et"),
    };
    let found = Diagnostic::new(
        Code::BillsBeforeStart,
        line.span,
        say!(
            lang,
            "`{label}` bills {each} from the first event of a case on: one that is opened or signed before it starts pays for the time before its start, too",
            "`{label}` facture {each} dès le premier événement du dossier : un dossier ouvert ou signé avant son démarrage paie aussi le temps d'avant"
        ),
    )
    .help(say!(
        lang,
        "to bill from the start on, add `{started}`; if the case owes from another day on, say which: `{again} from signature`; if it is agreed, add `accepts bills-before-start \"why\"` to the schedule",
        "pour facturer à partir du démarrage, ajoutez `{started}` ; si le dossier doit à partir d'un autre jour, dites lequel : `{again} à compter de la signature` ; si c'est convenu, ajoutez à l'échéancier `admet facture-avant-le-démarrage \"pourquoi\"`"
    ));
    match edit {
        Some((at, text)) => found.edit(at, text),
        None => found,
    }
}
