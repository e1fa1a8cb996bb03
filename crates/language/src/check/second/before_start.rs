//! A warning about what is billed for each month, quarter or year, and for those before a case has started, too.

use super::super::Checker;
use super::super::sections::Section;
use super::{Draft, errors};
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::model::program::{
    Amount, Anchor, Asked, Condition, Kind, Line, Name, PlannedDate, Price, Test, When,
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
            let started = self.checker.file_lang.pick("started", "démarré");
            let edit = edit(self.checker, section, core.span, [started; 2]);
            self.checker.warn_unless_accepted(section, |lang, _| finding(lang, core, civil, edit));
        }
        self.bills_unsigned(section, lines);
    }

    /// Warns of lines that bill by a planned date alone, where the schedule looks at signatures: an offer plans it, too.
    fn bills_unsigned(&mut self, section: &Section<'_>, lines: &[(Line, CoreLine)]) {
        if !lines.iter().any(|(line, _)| looks_at_the_signature(line)) {
            return;
        }
        let unsigned = |line: &Line| {
            let waits = line.condition.as_ref().is_some_and(|it| self.says(it, false, true));
            let bills = !matches!(line.amount, Amount::Nothing | Amount::Work(_));
            bills && line.kind != Kind::Discount && !waits && line.whens.iter().any(is_planned)
        };
        let found: Vec<&(Line, CoreLine)> =
            lines.iter().filter(|(line, _)| unsigned(line)).collect();
        for (line, core) in found {
            let (lang, file_lang) = (self.checker.lang, self.checker.file_lang);
            // What waits for one day alone would miss who signs later.
            let waits = line.whens.iter().all(|when| matches!(when, When::Before(..)));
            let both = file_lang.pick("signed or started", "signé ou démarré");
            let inside = format!("({both})");
            let edit = edit(self.checker, section, core.span, [both, &inside]);
            let found = unsigned_finding(
                lang,
                file_lang,
                core,
                edit.filter(|_| waits && !looks_at_the_signature(line)),
            );
            self.checker.warn_unless_accepted(section, |_, _| found);
        }
    }

    /// The period for which a line bills before the start, too; none where it does not.
    fn before_start(&self, line: &Line) -> Option<Civil> {
        let waits = line.condition.as_ref().is_some_and(|it| self.says(it, false, false));
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

    /// Whether a condition (or its contrary) holds only once a case has started, or is over; or once more has come of it
    /// than its opening.
    fn says(&self, condition: &Condition, negated: bool, anything: bool) -> bool {
        match (condition, negated) {
            (Condition::All(parts), false) | (Condition::Any(parts), true) => {
                parts.iter().any(|part| self.says(part, negated, anything))
            }
            (Condition::Any(parts), false) | (Condition::All(parts), true) => {
                parts.iter().all(|part| self.says(part, negated, anything))
            }
            (Condition::Not(inner), _) => self.says(inner, !negated, anything),
            (Condition::Test(test), _) => self.tells(test, negated, anything),
        }
    }

    fn tells(&self, test: &Test, negated: bool, anything: bool) -> bool {
        if test.measures_work() || anything && matches!(test, Test::Progress(_)) {
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
        let has_come =
            |anchor: Anchor| anything && !is_a_plan(anchor) || self.is_started_by(anchor);
        !negated && came.is_some_and(has_come)
    }

    /// Warns of balances that close a case before it is planned to start, where another line waits for what comes with the start
    /// or after it.
    pub(super) fn closes_before_start(
        &mut self,
        section: &Section<'_>,
        lines: &[(Line, CoreLine)],
    ) {
        let before = |when: &When| matches!(when, When::Before(_, PlannedDate::Start));
        let closes = |line: &Line| {
            line.closes() && line.condition.is_none() && line.whens.iter().any(before)
        };
        let comes_later = |when: &When| match when {
            When::Milestone(milestone) => matches!(milestone, Milestone::Start | Milestone::End),
            When::Named(name) => self.is_started_by(Anchor::Named(*name)),
            When::Progress => true,
            When::After(_, anchor) | When::Every { anchor, .. } => self.is_started_by(*anchor),
            When::End(_) | When::DayOfMonth(_) | When::Before(..) | When::Dates(_) => false,
        };
        let Some((_, later)) = lines.iter().find(|(line, _)| line.whens.iter().all(comes_later))
        else {
            return;
        };
        for (_, core) in lines.iter().filter(|(line, _)| closes(line)) {
            self.checker.warn_unless_accepted(section, |lang, _| {
                errors::closes_before_start(lang, core, later)
            });
        }
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

/// Whether what is counted from is a day that a case plans when it is opened.
fn is_a_plan(anchor: Anchor) -> bool {
    matches!(anchor, Anchor::Planned(_))
}

/// Whether a trigger comes by what a case plans, whatever else happens in it.
fn is_planned(when: &When) -> bool {
    match when {
        When::Before(..) => true,
        When::After(_, anchor) | When::Every { anchor, .. } => is_a_plan(*anchor),
        When::Milestone(_)
        | When::Named(_)
        | When::Progress
        | When::End(_)
        | When::DayOfMonth(_)
        | When::Dates(_) => false,
    }
}

/// Whether a line waits for the signature, counts from it or asks about it.
fn looks_at_the_signature(line: &Line) -> bool {
    let signature = Anchor::Milestone(Milestone::Signature);
    let waits = |when: &When| match when {
        When::Milestone(milestone) => *milestone == Milestone::Signature,
        When::After(_, anchor) | When::Every { anchor, .. } => *anchor == signature,
        When::Named(_)
        | When::Progress
        | When::End(_)
        | When::DayOfMonth(_)
        | When::Before(..)
        | When::Dates(_) => false,
    };
    let mut asks = false;
    if let Some(condition) = &line.condition {
        condition.each_test(&mut |test| {
            let came = matches!(test, Test::Came(Milestone::Signature));
            asks |= came || test.anchor() == Some(signature);
        });
    }
    asks || line.whens.iter().any(waits)
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

/// What lets a line wait for more, in the words of the file: a condition, as it stands alone and beside another one.
fn edit(
    checker: &Checker<'_>,
    section: &Section<'_>,
    at: Span,
    [alone, beside]: [&str; 2],
) -> Option<(Span, String)> {
    let written = section.items.iter().find(|item| item.at.0 == at)?;
    let ItemKind::Line(line) = &written.kind else { return None };
    let and = checker.file_lang.pick("and", "et");
    Some(match &line.condition {
        None => (at.after(), format!(" {} {alone}", checker.file_lang.pick("if", "si"))),
        Some(ast::Condition { kind: ast::ConditionKind::Any(_), at }) => {
            (at.0, format!("{beside} {and} ({})", at.0.of(checker.source)))
        }
        Some(condition) => {
            let start = Span { start: condition.at.0.start, end: condition.at.0.start };
            (start, format!("{beside} {and} "))
        }
    })
}

/// A line that bills by a planned date alone.
fn unsigned_finding(
    lang: Lang,
    file_lang: Lang,
    line: &CoreLine,
    edit: Option<(Span, String)>,
) -> Diagnostic {
    let label = &line.label;
    let signed = file_lang.pick("signed or started", "signé ou démarré");
    let found = Diagnostic::new(
        Code::BillsBeforeStart,
        line.span,
        say!(
            lang,
            "`{label}` bills by a planned date alone: a case that is opened and never signed pays, too",
            "`{label}` facture à une date prévue, sans plus : un dossier ouvert et jamais signé paie aussi"
        ),
    )
    .help(say!(
        lang,
        "to bill only cases that are signed or have started, add the condition `{signed}`; if it is agreed, add `accepts bills-before-start \"why\"` to the schedule",
        "pour ne facturer que les dossiers signés ou démarrés, ajoutez la condition `{signed}` ; si c'est convenu, ajoutez à l'échéancier `admet facture-avant-le-démarrage \"pourquoi\"`"
    ));
    match edit {
        Some((at, text)) => found.edit(at, text),
        None => found,
    }
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
