//! A schedule's lines: labels, amounts that fit the price and the kind, triggers, conditions.

use super::read_so_far::{PriceKind, ReadSoFar};
use super::sections::Section;
use super::{Checker, errors, single_blanks};
use crate::model::{
    Action, Amount, Anchor, CalendarDay, Line, LineKind, Subject, SubjectKind, When,
};
use crate::span::Span;
use crate::syntax::ast::{self, Shape, TriggerKind};
use foldhash::{HashMap, HashSet};

/// Checks the lines. Those with an error are left out.
pub fn lines(
    checker: &mut Checker<'_>,
    section: &Section<'_>,
    so_far: &ReadSoFar,
    actions: &[Action],
) -> Vec<Line> {
    let known = KnownActions::new(section, so_far, actions);
    checker.labels(section);
    section.lines().filter_map(|(line, at)| checker.line(line, at, so_far, &known)).collect()
}

/// The actions that a schedule declares.
pub struct KnownActions<'a> {
    names: Vec<&'a str>,
    set: HashSet<&'a str>,
    /// Whether an action that is not declared is an error, or only worth a warning.
    closed: bool,
    /// Whether declarations could not all be read, so that nothing can be said.
    uncertain: bool,
}

impl<'a> KnownActions<'a> {
    /// The actions that are declared in a section.
    pub fn new(section: &Section<'_>, so_far: &ReadSoFar, actions: &'a [Action]) -> Self {
        Self {
            names: actions.iter().map(|action| action.name.as_str()).collect(),
            set: actions.iter().map(|action| action.name.as_str()).collect(),
            closed: so_far.price == Some(PriceKind::PerAction),
            uncertain: section.is_broken(Shape::Action) || so_far.price.is_none(),
        }
    }
}

impl Checker<'_> {
    /// Reports labels that are repeated, and a schedule that states no line.
    pub(super) fn labels(&mut self, section: &Section<'_>) {
        let mut first: HashMap<&str, Span> = HashMap::default();
        for (line, _) in section.lines() {
            match first.get(line.label.text.as_str()) {
                // An empty label is reported as that.
                Some(_) if line.label.text.is_empty() => {}
                Some(place) => {
                    self.report(errors::duplicate_label(self.lang, &line.label, *place));
                }
                None => {
                    first.insert(line.label.text.as_str(), line.label.at.0);
                }
            }
        }
        if let Some(name) = section.name
            && first.is_empty()
            && !section.is_broken(Shape::Line)
        {
            self.report(errors::no_line(self.lang, self.file_lang, name.at.0));
        }
    }

    fn line(
        &mut self,
        line: &ast::Line,
        at: ast::At,
        so_far: &ReadSoFar,
        known: &KnownActions<'_>,
    ) -> Option<Line> {
        let kind = match line.kind {
            ast::LineKind::Deposit => LineKind::Deposit,
            ast::LineKind::Installment => LineKind::Installment,
            ast::LineKind::Discount => return self.of_the_second_part(None, line.kind_at.0),
            ast::LineKind::Balance => LineKind::Balance,
        };
        let amount = self.amount(line, so_far);
        if let Some(amount) = amount {
            self.amount_fits(line, kind, amount, so_far);
        }
        if let Some(place) = line.stays_open
            && kind != LineKind::Balance
        {
            self.report(errors::stays_open_misplaced(self.lang, place.0, line.kind_at.0));
        }
        let triggers: Vec<When> =
            line.triggers.iter().filter_map(|trigger| self.trigger(trigger, known)).collect();
        let condition = match &line.condition {
            Some(condition) => Some(self.condition(condition, known)?),
            None => None,
        };
        let sound = triggers.len() == line.triggers.len();
        sound.then_some(Line {
            kind,
            label: line.label.text.clone(),
            amount: amount?,
            triggers,
            condition,
            stays_open: line.stays_open.is_some(),
            text: single_blanks(at.0.of(self.source)),
            span: at.0,
        })
    }

    fn amount(&mut self, line: &ast::Line, so_far: &ReadSoFar) -> Option<Amount> {
        let amount = self.any_amount(&line.amount, false, so_far.currency)?;
        match amount.of_the_first_part() {
            Ok(amount) if !line.amount.is_of_the_second_part() => Some(amount),
            Ok(_) | Err(_) => self.of_the_second_part(None, line.amount_at.0),
        }
    }

    fn amount_fits(
        &mut self,
        line: &ast::Line,
        kind: LineKind,
        amount: Amount,
        so_far: &ReadSoFar,
    ) {
        let at = line.amount_at.0;
        if kind == LineKind::Deposit && !amount.fits_deposit() {
            self.report(errors::deposit_amount(self.lang, self.file_lang, at, line.kind_at.0));
        }
        let Some(price) = so_far.price else { return };
        if amount.needs_total() && !price.has_total() {
            self.report(errors::unknown_total(
                self.lang,
                self.file_lang,
                at,
                so_far.price_at,
                price,
            ));
        }
        if amount.is_work() && price == PriceKind::Fixed && so_far.read_actions {
            self.report(errors::work_without_rate(self.lang, at, so_far.price_at));
        }
    }

    fn trigger(&mut self, trigger: &ast::Trigger, known: &KnownActions<'_>) -> Option<When> {
        Some(match &trigger.kind {
            TriggerKind::Milestone(milestone) => When::Milestone(*milestone),
            TriggerKind::Subject(kind, name) => {
                if *kind == SubjectKind::Action {
                    self.action_name(name, known);
                }
                When::Subject(Subject::new(*kind, &name.text))
            }
            TriggerKind::End(civil) if civil.is_of_the_first_part() => {
                When::Calendar(CalendarDay::MonthEnd)
            }
            TriggerKind::After { length, anchor } => {
                let of_the_first = match anchor {
                    ast::Anchor::Milestone(milestone) => Anchor::at(*milestone),
                    ast::Anchor::Subject(..)
                    | ast::Anchor::PlannedStart
                    | ast::Anchor::PlannedEnd => None,
                };
                let Some(anchor) = of_the_first else {
                    return self.of_the_second_part(None, trigger.at.0);
                };
                When::Calendar(CalendarDay::After(self.duration(length)?, anchor))
            }
            TriggerKind::Date(date) => When::Calendar(CalendarDay::Date(self.date(date)?)),
            TriggerKind::End(_)
            | TriggerKind::Progress
            | TriggerKind::DayOfMonth(_)
            | TriggerKind::Every { .. }
            | TriggerKind::Before { .. }
            | TriggerKind::Dates(_) => return self.of_the_second_part(None, trigger.at.0),
        })
    }

    /// Reports an action that the schedule does not declare, where it declares any.
    pub fn action_name(&mut self, name: &ast::Name, known: &KnownActions<'_>) {
        let open = known.names.is_empty() && !known.closed;
        if known.uncertain || open || known.set.contains(name.text.as_str()) {
            return;
        }
        let near = self.near(&known.names);
        let finding = errors::unknown_action(self.lang, name, near, known.closed);
        self.report(finding);
    }
}
