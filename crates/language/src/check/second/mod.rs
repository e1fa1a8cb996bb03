//! Schedules that use the second part of the language: terms of the case, quantities, recurrence,
//! payers, tax. In: a section of the file. Out: a program, or what is wrong with the section.
//!
//! A schedule that uses none of it never comes here: it is checked, proved and billed as ever.

mod before_start;
mod bounds;
mod conditions;
mod errors;
mod habits;
pub(super) use errors::not_a_count;
mod lines;
mod prices;
mod uses;

use super::head::Head;
use super::lines::KnownActions;
use super::read_so_far::{PriceKind, ReadSoFar};
use super::sections::Section;
use super::{Checker, errors as core};
use crate::model::program::{
    Kind, Name, Named, Payer, PayerId, Price, Program, Tax, TaxId, Worked,
};
use crate::model::{
    Action, Amount as CoreAmount, Line as CoreLine, LineKind as CoreKind, PlannedTerms,
    Price as CorePrice, Rate as CoreRate, Schedule, SubjectKind,
};
use crate::money::Currency;
use crate::span::Span;
use crate::syntax::ast::{self, Shape};
use foldhash::HashMap;

pub use uses::uses;

/// A schedule under way.
struct Draft<'c, 's> {
    checker: &'c mut Checker<'s>,
    currency: Option<Currency>,
    /// The kind of price, where there is one.
    price: Option<Price>,
    price_at: Span,
    planned: PlannedTerms,
    may_suspend: bool,
    names: Vec<Named>,
    subjects: Vec<(SubjectKind, String)>,
    /// Whether some action is wrong, so that it is not known whether there is anything to value.
    unread_actions: bool,
    numbers: HashMap<(SubjectKind, String), Name>,
    payers: Vec<Payer>,
    payer_names: Vec<String>,
    taxes: Vec<Tax>,
}

impl Draft<'_, '_> {
    /// The number of a name, the same for the same name.
    fn name(&mut self, subject: SubjectKind, name: &ast::Name) -> Name {
        let key = (subject, name.text.clone());
        if let Some(number) = self.numbers.get(&key) {
            return *number;
        }
        let number = Name(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        self.names.push(Named { worked: None, ends_case: false, unlisted: false });
        self.subjects.push(key.clone());
        self.numbers.insert(key, number);
        number
    }

    /// The number of a tax, the same for the same tax.
    fn tax(&mut self, tax: Tax) -> TaxId {
        let place = self.taxes.iter().position(|own| *own == tax).unwrap_or_else(|| {
            self.taxes.push(tax);
            self.taxes.len() - 1
        });
        TaxId(u16::try_from(place).unwrap_or(u16::MAX))
    }

    fn payer(&mut self, name: &ast::Name) -> Option<PayerId> {
        let place = self.payer_names.iter().position(|own| *own == name.text);
        let number = place.and_then(|place| u16::try_from(place).ok()).map(PayerId);
        if number.is_none() {
            let known: Vec<&str> = self.payer_names.iter().map(String::as_str).collect();
            let finding = errors::unknown_payer(self.checker.lang, name, &known);
            self.checker.report(finding);
        }
        number
    }
}

/// Checks a schedule of the second part. The outcome is sound only if no error was reported.
pub fn schedule(checker: &mut Checker<'_>, section: &Section<'_>) -> Schedule {
    let name = section.name_text().unwrap_or_default();
    let span = section.name.map_or(Span::default(), |name| name.at.0);
    let in_force_from = section.in_force_from.and_then(|date| checker.date(date));
    let head = Head::read(checker, section);
    let mut draft = Draft {
        checker,
        currency: None,
        price: None,
        price_at: span,
        planned: head.planned,
        may_suspend: head.may_suspend,
        names: Vec::new(),
        subjects: Vec::new(),
        unread_actions: false,
        numbers: HashMap::default(),
        payers: Vec::new(),
        payer_names: Vec::new(),
        taxes: Vec::new(),
    };
    let tax = head.vat.and_then(|vat| draft.vat(vat));
    let payment = head.payment.and_then(|term| draft.checker.payment_term(term));
    if let Some((price, at)) = head.price {
        draft.price(price, at);
    }
    let dues = draft.payers(section);
    let actions = draft.actions(section);
    let so_far = ReadSoFar {
        currency: draft.currency,
        price: draft.price.as_ref().map(PriceKind::from),
        price_at: draft.price_at,
        read_actions: !draft.unread_actions,
        read_lines: !section.is_broken(Shape::Line),
    };
    let known = KnownActions::new(section, &so_far, &actions);
    let mut lines = draft.lines(section, &known, tax);
    let labels = lines.iter().map(|line| line.1.clone()).collect::<Vec<_>>();
    draft.mixed_taxes(&lines);
    draft.days_unbilled(section, &lines);
    draft.bills_once(section, &lines);
    draft.bills_twice(section, &lines);
    draft.bills_before_start(section, &lines);
    draft.closes_before_start(section, &lines);
    lines.sort_by_key(|(line, _)| line.kind == Kind::Balance);
    let unlisted = draft.unlisted(&actions);
    let known: Vec<&str> = labels.iter().map(|line| line.label.as_str()).collect();
    let accepts = head.accepts(draft.checker, section, &known);
    let currency = draft.currency.unwrap_or(Currency::EURO);
    let Draft { price, planned, may_suspend, names, subjects, payers, payer_names, taxes, .. } =
        draft;
    let program = Program {
        in_force_from,
        currency,
        price: price.unwrap_or(Price::PerAction {
            at_least: None,
            at_most: None,
            each_month: false,
        }),
        planned,
        whole_attendance: head.whole_attendance,
        may_suspend,
        unlisted,
        declares_actions: !actions.is_empty(),
        names,
        subjects,
        payers,
        payer_names,
        taxes,
        tax,
        tax_included: matches!(head.vat, Some(ast::Vat::Rate { included: true, .. })),
        payment,
        dues,
        lines: lines.into_iter().map(|(line, _)| line).collect(),
    };
    Schedule {
        name,
        billed: head.billed,
        currency,
        price: CorePrice::PerAction,
        planned_hours: planned.hours,
        planned_months: planned.months,
        whole_attendance: head.whole_attendance,
        actions,
        lines: labels,
        accepts,
        span,
        second: Some(std::sync::Arc::new(program)),
    }
}

/// The line as the first part sees it: its label, its text and its place.
fn shell(kind: Kind, label: &str, text: String, span: Span, stays_open: bool) -> CoreLine {
    let kind = match kind {
        Kind::Deposit => CoreKind::Deposit,
        Kind::Installment | Kind::Discount => CoreKind::Installment,
        Kind::Balance => CoreKind::Balance,
    };
    CoreLine {
        kind,
        label: label.to_owned(),
        amount: CoreAmount::Nothing,
        triggers: Vec::new(),
        condition: None,
        stays_open,
        text,
        span,
    }
}

/// Declared actions as the first part sees them.
fn declared(name: &ast::Name, ends_case: bool) -> Action {
    Action { name: name.text.clone(), rate: CoreRate::AsPriced, ends_case, span: name.at.0 }
}

/// Whether work has anything to value.
fn values_work(price: &Price, names: &[Named]) -> bool {
    let is_billed = |named: &Named| named.worked.as_ref().is_some_and(Worked::is_billed);
    price.values_work() || names.iter().any(is_billed)
}
