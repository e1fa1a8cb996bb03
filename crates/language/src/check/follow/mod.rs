//! Follow-ups and their scenarios: from the tree to what they mean, or to what is wrong with them.

mod scenarios;

use super::sections::{Section, Sections};
use super::{Checked, Checker, errors};
use crate::calendar::Duration;
use crate::model::{
    FollowAcceptance, FollowProperty, FollowStep, FollowUp, InvoiceField, StepAnchor,
    StepCondition, StepTrigger,
};
use crate::money::Currency;
use crate::span::Span;
use crate::syntax::ast::{
    self, Comparator, ItemKind, Shape, Step, StepConditionKind, StepTriggerKind,
};
use foldhash::HashMap;

/// A follow-up of the file, sound or not.
struct Known<'f> {
    sound: bool,
    section: &'f Section<'f>,
    follow_up: FollowUp,
}

/// Checks the follow-ups of a file and their scenarios; the sound ones are added to what is checked.
pub fn check(checker: &mut Checker<'_>, file: &Sections<'_>, checked: &mut Checked) {
    let mut first: HashMap<&str, Span> = HashMap::default();
    let mut known = Vec::new();
    for section in &file.follow_ups {
        let before = checker.errors;
        if let Some(name) = section.name.filter(|name| !name.text.is_empty()) {
            match first.get(name.text.as_str()) {
                Some(place) => {
                    checker.report(errors::duplicate_follow_up(checker.lang, name, *place));
                }
                None => drop(first.insert(&name.text, name.at.0)),
            }
        }
        let follow_up = checker.follow_up(section);
        let read = section.broken.is_empty() && !checker.is_misread(section);
        known.push(Known { sound: checker.errors == before && read, section, follow_up });
    }
    checker.undecided_invoices(&known);
    scenarios::check(checker, &file.follow_scenarios, &known, checked);
    let sound = known.into_iter().filter(|known| known.sound);
    checked.follow_ups = sound.map(|known| known.follow_up).collect();
}

impl Checker<'_> {
    fn follow_up(&mut self, section: &Section<'_>) -> FollowUp {
        let name = section.name;
        let span = name.map_or_else(Span::default, |name| name.at.0);
        let mut follow_up = FollowUp {
            name: section.name_text().unwrap_or_default(),
            criteria: Vec::new(),
            payment: None,
            steps: Vec::new(),
            currency: None,
            accepts: Vec::new(),
            span,
        };
        let mut fields: HashMap<InvoiceField, Span> = HashMap::default();
        for criterion in section.criteria {
            if let Some(first) = fields.insert(criterion.field, criterion.at.0) {
                self.report(crate::syntax::stated_twice(self.lang, criterion.at.0, first));
            }
            let values = criterion.values.iter().map(|value| value.text.clone()).collect();
            follow_up.criteria.push((criterion.field, values));
        }
        let mut paid = None;
        let mut accepts: Vec<(FollowAcceptance, Option<&ast::Name>)> = Vec::new();
        let mut steps: Vec<(&Step, Span)> = Vec::new();
        for item in &section.items {
            // No other item fits a follow-up.
            if let ItemKind::Payment(term) = &item.kind {
                if let Some(first) = paid.replace(item.at.0) {
                    self.report(crate::syntax::stated_twice(self.lang, item.at.0, first));
                }
                follow_up.payment = self.payment_term(term);
            } else if let ItemKind::Step(step) = &item.kind {
                steps.push((step, item.at.0));
            } else if let ItemKind::Accepts { property, line, reason } = &item.kind
                && let Some(property) = FollowProperty::find(property)
            {
                let reason = reason.text.clone();
                let accepted = FollowAcceptance { property, step: None, reason, span: item.at.0 };
                accepts.push((accepted, line.as_ref()));
            }
        }
        if steps.is_empty() && !section.is_broken(Shape::Step) && section.broken.is_empty() {
            self.report(errors::no_step(self.lang, self.file_lang, span));
        }
        self.repeated_steps(&steps);
        let complete = section.broken.is_empty();
        let mut places: HashMap<&str, usize> = HashMap::default();
        for (place, (step, _)) in steps.iter().enumerate() {
            places.entry(&step.label.text).or_insert(place);
        }
        for (mut accepted, step) in accepts {
            accepted.step = step.and_then(|step| places.get(step.text.as_str()).copied());
            match step {
                Some(step) if accepted.step.is_none() => {
                    if complete {
                        let known: Vec<&str> =
                            steps.iter().map(|(step, _)| step.label.text.as_str()).collect();
                        self.report(errors::unknown_step(self.lang, step, &known));
                    }
                }
                Some(_) | None => follow_up.accepts.push(accepted),
            }
        }
        let mut names = Names { places, complete, own: "", currency: &mut follow_up.currency };
        for (step, at) in &steps {
            names.own = &step.label.text;
            let read = self.follow_step(step, *at, &mut names);
            follow_up.steps.push(read);
        }
        self.unreachable_steps(&follow_up, &steps);
        follow_up
    }

    fn repeated_steps(&mut self, steps: &[(&Step, Span)]) {
        let mut first: HashMap<&str, Span> = HashMap::default();
        for (step, _) in steps.iter().filter(|(step, _)| !step.label.text.is_empty()) {
            match first.get(step.label.text.as_str()) {
                Some(place) => {
                    self.report(errors::duplicate_step(self.lang, &step.label, *place));
                }
                None => drop(first.insert(&step.label.text, step.label.at.0)),
            }
        }
    }

    /// Steps that count only from steps that never fire.
    fn unreachable_steps(&mut self, follow_up: &FollowUp, steps: &[(&Step, Span)]) {
        let reached = follow_up.reached();
        for ((step, _), _) in steps.iter().zip(&reached).filter(|(_, reached)| !**reached) {
            self.report(errors::never_fires(self.lang, &step.label));
        }
    }

    /// Pairs of follow-ups that one invoice can meet with as many criteria.
    fn undecided_invoices(&mut self, known: &[Known<'_>]) {
        for (place, one) in known.iter().enumerate() {
            for other in known.iter().take(place) {
                let as_many = one.follow_up.criteria.len() == other.follow_up.criteria.len();
                let (Some(name), Some(first)) = (one.section.name, other.section.name) else {
                    continue;
                };
                if !as_many || name.text == first.text {
                    continue;
                }
                if let Some(invoice) = self.meets_both(one.section, other.section) {
                    self.report(errors::same_criteria(self.lang, name, first, &invoice));
                }
            }
        }
    }

    /// An invoice that meets the criteria of both, in words; `None` if none can.
    fn meets_both(&self, one: &Section<'_>, other: &Section<'_>) -> Option<String> {
        let mut parts = Vec::new();
        for field in InvoiceField::ALL {
            let stated = |section: &Section<'_>| {
                let found = section.criteria.iter().find(|criterion| criterion.field == field);
                found.map(|found| found.values.clone())
            };
            let value = match (stated(one), stated(other)) {
                (None, None) => continue,
                (Some(values), None) | (None, Some(values)) => values.first().cloned()?,
                (Some(values), Some(others)) => {
                    let both = |value: &&ast::Name| others.iter().any(|o| o.text == value.text);
                    values.iter().find(both).cloned()?
                }
            };
            let field = match field {
                InvoiceField::Payer => self.lang.pick("payer", "payeur"),
                InvoiceField::Schedule => self.lang.pick("schedule", "échéancier"),
                InvoiceField::Group => self.lang.pick("group", "groupe"),
                InvoiceField::Customer => self.lang.pick("customer", "client"),
            };
            parts.push(format!("{field} `{}`", value.text));
        }
        Some(parts.join(self.lang.pick(" and ", " et ")))
    }

    fn follow_step(&mut self, step: &Step, span: Span, names: &mut Names<'_>) -> FollowStep {
        let mut triggers = Vec::new();
        for trigger in &step.triggers {
            triggers.extend(self.step_trigger(trigger, names));
        }
        let repeats = step
            .triggers
            .iter()
            .any(|trigger| matches!(trigger.kind, StepTriggerKind::After { each: true, .. }));
        let at_most = step.at_most.as_ref().and_then(|times| {
            if !repeats {
                let at = times.at.0;
                self.report(errors::times_without_each(self.lang, self.file_lang, at));
            }
            self.count(times)
        });
        let condition =
            step.condition.as_ref().and_then(|condition| self.step_condition(condition, names));
        FollowStep {
            label: step.label.text.clone(),
            triggers,
            at_most,
            condition,
            hands_over: step.hands_over,
            span,
        }
    }

    /// A whole number from 1 to 10 000.
    fn count(&mut self, number: &ast::Number) -> Option<u32> {
        let count = crate::money::read_digits(&number.digits, 0).ok();
        let count = count.and_then(|count| u32::try_from(count).ok());
        let count = count.filter(|count| (1..=FollowStep::MOST_TIMES).contains(count));
        if count.is_none() {
            self.report(super::second::not_a_count(self.lang, number.at.0));
        }
        count
    }

    fn step_trigger(
        &mut self,
        trigger: &ast::StepTrigger,
        names: &Names<'_>,
    ) -> Option<StepTrigger> {
        Some(match &trigger.kind {
            StepTriggerKind::On(turn) => StepTrigger::On(*turn),
            StepTriggerKind::BeforeDue(length) => StepTrigger::BeforeDue(self.duration(length)?),
            StepTriggerKind::After { length, anchor, each } => {
                let duration = self.duration(length)?;
                let anchor = match anchor {
                    ast::StepAnchor::Day(day) => StepAnchor::Day(*day),
                    ast::StepAnchor::Step(name) => StepAnchor::Step(self.step_named(name, names)?),
                };
                if *each && matches!(duration, Duration::Days(0) | Duration::Months(0)) {
                    self.report(errors::each_nothing(self.lang, length.at.0));
                }
                if *each {
                    StepTrigger::Each(duration, anchor)
                } else {
                    StepTrigger::After(duration, anchor)
                }
            }
        })
    }

    /// The number of the step of this name.
    fn step_named(&mut self, name: &ast::Name, names: &Names<'_>) -> Option<usize> {
        let place = names.places.get(name.text.as_str()).copied();
        if place.is_none() && names.complete && !name.text.is_empty() {
            let mut known: Vec<(&usize, &&str)> =
                names.places.iter().map(|(name, place)| (place, name)).collect();
            known.retain(|(_, name)| **name != names.own);
            known.sort_unstable();
            let known: Vec<&str> = known.into_iter().map(|(_, name)| *name).collect();
            let known = self.near(&known);
            self.report(errors::unknown_step(self.lang, name, known));
        }
        place
    }

    fn step_condition(
        &mut self,
        condition: &ast::StepCondition,
        names: &mut Names<'_>,
    ) -> Option<StepCondition> {
        let mut each = |this: &mut Self, parts: &[ast::StepCondition]| {
            // All of them are read, so that all that is wrong is told.
            let read: Vec<_> = parts.iter().map(|part| this.step_condition(part, names)).collect();
            read.into_iter().collect::<Option<Vec<_>>>()
        };
        Some(match &condition.kind {
            StepConditionKind::Any(parts) => StepCondition::Any(each(self, parts)?),
            StepConditionKind::All(parts) => StepCondition::All(each(self, parts)?),
            StepConditionKind::Not(negated) => {
                StepCondition::Not(Box::new(self.step_condition(negated, names)?))
            }
            StepConditionKind::Sum { open, comparator, with } => {
                let currency = self.currency_of_sums(with, names)?;
                let sum = ast::Sum { currency: None, ..with.clone() };
                let sum = self.any_money(&sum, Some(currency))?;
                let comparator = match comparator {
                    Comparator::Less => crate::model::SumComparator::Less,
                    Comparator::AtMost => crate::model::SumComparator::AtMost,
                    Comparator::Greater => crate::model::SumComparator::Greater,
                    Comparator::AtLeast => crate::model::SumComparator::AtLeast,
                };
                if *open {
                    StepCondition::Open(comparator, sum)
                } else {
                    StepCondition::Total(comparator, sum)
                }
            }
            StepConditionKind::Is(standing) => StepCondition::Is(*standing),
            StepConditionKind::SentBy(channel) => StepCondition::SentBy(channel.text.clone()),
            StepConditionKind::Done(name) => StepCondition::Done(self.step_named(name, names)?),
        })
    }

    /// The one currency of a follow-up's sums.
    fn currency_of_sums(&mut self, sum: &ast::Sum, names: &mut Names<'_>) -> Option<Currency> {
        let Some(written) = &sum.currency else {
            let at = sum.number.at.0;
            self.report(errors::sum_without_currency(self.lang, at, *names.currency));
            return None;
        };
        let found = self.currency(written)?;
        match *names.currency {
            Some(before) if before != found => {
                self.report(errors::other_currency(self.lang, written, before));
                None
            }
            Some(_) | None => {
                *names.currency = Some(found);
                Some(found)
            }
        }
    }
}

/// What the steps of one follow-up may name.
struct Names<'a> {
    places: HashMap<&'a str, usize>,
    /// Whether all steps could be read.
    complete: bool,
    /// The step that is being read, which is never meant by a name in it.
    own: &'a str,
    currency: &'a mut Option<Currency>,
}
