//! Follow-ups in words, in either vocabulary.

use super::super::grammar::Rule;
use super::super::kinds;
use super::super::layout::pad;
use super::super::quantities::{currency, date, measure, number, quoted, sum, word};
use super::tree::*;
use crate::lang::Lang;
use crate::syntax::ast::{Comparator, Name};

/// `follow-up "Patients" for payer "Patient"`.
pub fn follow_up(follow_up: &FollowUp, lang: Lang) -> String {
    let mut text = format!("{} {}", word(Rule::kw_follow_up, lang), quoted(&follow_up.name));
    for criterion in &follow_up.criteria {
        text += &format!(" {}", self::criterion(criterion, lang));
    }
    text
}

/// `for payer "A" or "B"`.
pub fn criterion(criterion: &Criterion, lang: Lang) -> String {
    let article = match criterion.field {
        InvoiceField::Schedule => lang.pick("", "l'"),
        InvoiceField::Payer | InvoiceField::Group | InvoiceField::Customer => lang.pick("", "le "),
    };
    let values: Vec<String> = criterion.values.iter().map(quoted).collect();
    let or = format!(" {} ", word(Rule::kw_or, lang));
    let field = word(kinds::of_field(criterion.field), lang);
    format!("{} {article}{field} {}", word(Rule::kw_for, lang), values.join(&or))
}

/// The label of a step, as it stands before what it waits for.
pub fn label(label: &Name) -> String {
    format!("{}:", quoted(label))
}

/// A step, its label in a column of that width.
pub fn step(step: &Step, width: usize, lang: Lang) -> String {
    let text = format!(
        "{} {} {}",
        word(Rule::kw_step, lang),
        pad(&label(&step.label), width),
        triggers(step, lang)
    );
    let text = match &step.condition {
        None => text,
        Some(guard) => format!("{text} {} {}", word(Rule::kw_if, lang), condition(guard, lang)),
    };
    if step.hands_over { format!("{text}, {}", word(Rule::kw_hands_over, lang)) } else { text }
}

/// What a step waits for, with how often it fires at most.
pub fn triggers(step: &Step, lang: Lang) -> String {
    let triggers: Vec<String> = step.triggers.iter().map(|each| trigger(each, lang)).collect();
    let text = triggers.join(&format!(" {} ", word(Rule::kw_or, lang)));
    match &step.at_most {
        None => text,
        Some(times) => format!(
            "{text}, {} {} {}",
            word(Rule::kw_at_most, lang),
            number(times, lang),
            if times.digits == "1" {
                lang.pick("time", "fois")
            } else {
                word(Rule::kw_times, lang)
            }
        ),
    }
}

fn trigger(trigger: &StepTrigger, lang: Lang) -> String {
    match &trigger.kind {
        StepTriggerKind::On(turn) => {
            format!("{} {}", word(Rule::kw_in_case_of, lang), word(kinds::of_turn(*turn), lang))
        }
        StepTriggerKind::After { length, anchor, each } => {
            let text = format!(
                "{} {} {}",
                measure(length, lang),
                word(Rule::kw_after, lang),
                self::anchor(anchor, lang)
            );
            let weeks = length.unit == Some(crate::syntax::ast::MeasureUnit::Weeks);
            let every = lang.pick("each", if weeks { "toutes les" } else { "tous les" });
            if *each { format!("{every} {text}") } else { text }
        }
        StepTriggerKind::BeforeDue(length) => format!(
            "{} {} {}{}",
            measure(length, lang),
            word(Rule::kw_before, lang),
            lang.pick("", "l'"),
            word(Rule::kw_due_day, lang)
        ),
    }
}

fn anchor(anchor: &StepAnchor, lang: Lang) -> String {
    match anchor {
        StepAnchor::Day(day) => {
            let article = match day {
                InvoiceDay::Issued | InvoiceDay::Sent | InvoiceDay::Due => "l'",
                InvoiceDay::Received => "la ",
                InvoiceDay::Rejected => "le ",
            };
            format!("{}{}", lang.pick("", article), word(kinds::of_day(*day), lang))
        }
        StepAnchor::Step(name) => {
            format!("{}{} {}", lang.pick("", "l'"), word(Rule::kw_step, lang), quoted(name))
        }
    }
}

/// A condition of a step.
pub fn condition(condition: &StepCondition, lang: Lang) -> String {
    match &condition.kind {
        StepConditionKind::Any(parts) => joined(parts, Rule::kw_or, Binding::Or, lang),
        StepConditionKind::All(parts) => joined(parts, Rule::kw_and, Binding::And, lang),
        StepConditionKind::Not(negated) => {
            format!("{} {}", word(Rule::kw_not, lang), within(negated, Binding::And, lang))
        }
        StepConditionKind::Sum { open, comparator, with } => {
            let what = if *open { Rule::kw_open_sum } else { Rule::kw_total };
            let comparator = match comparator {
                Comparator::Less => "<",
                Comparator::AtMost => "<=",
                Comparator::Greater => ">",
                Comparator::AtLeast => ">=",
            };
            let (digits, code) = (number(&with.number, lang), currency(with));
            format!("{} {comparator} {digits}{code}", word(what, lang))
        }
        StepConditionKind::Is(standing) => word(kinds::of_standing(*standing), lang).to_owned(),
        StepConditionKind::SentBy(channel) => {
            format!("{} {}", word(Rule::kw_sent_by, lang), quoted(channel))
        }
        StepConditionKind::Done(name) => {
            let (step, done) = (word(Rule::kw_step, lang), word(Rule::kw_done, lang));
            format!("{step} {} {done}", quoted(name))
        }
    }
}

/// How tightly a condition holds together, the loosest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Binding {
    Or,
    And,
    Tight,
}

fn joined(parts: &[StepCondition], by: Rule, binding: Binding, lang: Lang) -> String {
    let parts: Vec<String> = parts.iter().map(|part| within(part, binding, lang)).collect();
    parts.join(&format!(" {} ", word(by, lang)))
}

fn within(part: &StepCondition, outer: Binding, lang: Lang) -> String {
    let binding = match part.kind {
        StepConditionKind::Any(_) => Binding::Or,
        StepConditionKind::All(_) => Binding::And,
        StepConditionKind::Not(_)
        | StepConditionKind::Sum { .. }
        | StepConditionKind::Is(_)
        | StepConditionKind::SentBy(_)
        | StepConditionKind::Done(_) => Binding::Tight,
    };
    let text = condition(part, lang);
    if binding > outer { text } else { format!("({text})") }
}

/// `invoice of 100 EUR dated 2025-01-31, due 2025-03-02`.
pub fn invoice(invoice: &Invoice, lang: Lang) -> String {
    let text = format!(
        "{} {} {} {}",
        word(Rule::kw_invoice, lang),
        sum(&invoice.total, lang),
        word(Rule::kw_dated, lang),
        date(&invoice.date, lang)
    );
    match &invoice.due {
        None => text,
        Some(due) => format!("{text}, {} {}", word(Rule::kw_due_day, lang), date(due, lang)),
    }
}

/// What happens to the invoice of a scenario.
pub fn event(event: &InvoiceEvent, lang: Lang) -> String {
    let word = |rule| word(rule, lang);
    match event {
        InvoiceEvent::Sent(None) => word(Rule::kw_is_sent).to_owned(),
        InvoiceEvent::Sent(Some(channel)) => {
            format!("{} {}", word(Rule::kw_sent_by), quoted(channel))
        }
        InvoiceEvent::Promised(until) => {
            format!("{} {} {}", word(Rule::kw_is_promised), word(Rule::kw_until), date(until, lang))
        }
        InvoiceEvent::Money(kind, amount) => {
            format!("{} {}", word(kinds::of_money(*kind)), sum(amount, lang))
        }
        InvoiceEvent::Plain(kind) => word(kinds::of_plain(*kind)).to_owned(),
    }
}
