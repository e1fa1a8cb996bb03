//! The names and labels in scenarios: in, those that a schedule has; out, those of a scenario that it does not have.

use super::sections::Section;
use super::{Checker, errors, habits};
use crate::diagnostic::did_you_mean;
use crate::model::program::{self, Program};
use crate::model::{Amount, Price, Rate, Schedule};
use crate::syntax::ast::{self, Expect, Happening, ItemKind, Shape};
use foldhash::{HashMap, HashSet};
use std::collections::hash_map::Entry;

/// What the scenarios of a schedule may name.
pub struct Names<'a> {
    /// The first place of each name of an action, event or deliverable, by kind and name.
    places: HashMap<(&'static str, &'a str), &'a ast::Name>,
    /// The names of each kind, in order.
    of_kind: HashMap<&'static str, Vec<&'a str>>,
    /// The actions that are declared.
    declared: Vec<&'a str>,
    /// Whether a line itemises work, so that the names of actions stand on invoices.
    itemises: bool,
    /// The labels and names that may stand on an invoice.
    on_invoice: HashSet<&'a str>,
    /// The same, sorted.
    labels: Vec<&'a str>,
    /// The labels of itemised work, which stand on none.
    itemised: HashSet<&'a str>,
    /// The labels of lines of nothing, which stand on none.
    nothing: HashSet<&'a str>,
}

impl<'a> Names<'a> {
    /// What stands on invoices of a schedule of the second part.
    fn second(&mut self, schedule: &'a Schedule, program: &Program) {
        let amount = |place: usize| {
            program.lines.iter().find(|line| line.index == place).map(|line| line.amount)
        };
        for (place, line) in schedule.lines.iter().enumerate() {
            match amount(place) {
                Some(program::Amount::Nothing) => self.nothing.insert(line.label.as_str()),
                Some(_) | None => self.on_invoice.insert(line.label.as_str()),
            };
        }
        self.itemises = program.lines.iter().any(|line| line.amount.itemises());
        if self.itemises {
            self.on_invoice.extend(schedule.actions.iter().map(|action| action.name.as_str()));
        }
        self.labels = self.on_invoice.iter().copied().collect();
        self.labels.sort_unstable();
    }

    pub fn new(schedule: &'a Schedule, section: &Section<'a>) -> Self {
        let mut names = Names {
            places: HashMap::default(),
            of_kind: HashMap::default(),
            declared: schedule.actions.iter().map(|action| action.name.as_str()).collect(),
            itemises: false,
            on_invoice: HashSet::default(),
            labels: Vec::new(),
            itemised: HashSet::default(),
            nothing: HashSet::default(),
        };
        for (kind, name) in habits::names(section) {
            if let Entry::Vacant(place) = names.places.entry((kind, &name.text)) {
                place.insert(name);
                names.of_kind.entry(kind).or_default().push(&name.text);
            }
        }
        let at_least = schedule.price.at_least().is_some();
        if let Some(program) = &schedule.second {
            names.second(schedule, program);
            return names;
        }
        for line in &schedule.lines {
            let itemised = line.amount == Amount::Work { itemised: true };
            // What is missing to the least hours stands under the line's own label.
            let labels = if itemised && !at_least {
                &mut names.itemised
            } else if line.amount == Amount::Nothing {
                &mut names.nothing
            } else {
                &mut names.on_invoice
            };
            labels.insert(line.label.as_str());
            names.itemises |= itemised;
        }
        if names.itemises {
            let billable = schedule.actions.iter().filter(|action| action.rate != Rate::NotBilled);
            names.on_invoice.extend(billable.map(|action| action.name.as_str()));
        }
        names.labels = names.on_invoice.iter().copied().collect();
        names.labels.sort_unstable();
        names
    }
}

impl Checker<'_> {
    /// Names of a scenario's history that the schedule does not have, and nearly has.
    pub(super) fn names_of_scenario(
        &mut self,
        section: &Section<'_>,
        names: &Names<'_>,
        schedule: &Schedule,
    ) {
        for item in &section.items {
            let ItemKind::Event { happening, .. } = &item.kind else { continue };
            let Some((kind, name)) = happening.subject() else { continue };
            let kind = kind.name();
            if names.places.contains_key(&(kind, name.text.as_str())) || name.text.is_empty() {
                continue;
            }
            let of_kind = names.of_kind.get(kind).map_or(&[][..], Vec::as_slice);
            let closed = match &schedule.second {
                None => schedule.price == Price::PerAction,
                Some(program) => matches!(program.price, program::Price::PerAction { .. }),
            };
            if kind == "action" && closed {
                let declared = self.near(&names.declared);
                self.report(errors::unknown_action(self.lang, name, declared, true));
            } else if let Some(near) = did_you_mean(&name.text, self.near(of_kind).iter().copied())
                && let Some(first) = names.places.get(&(kind, near))
            {
                self.report(errors::almost_the_same(self.lang, name, first));
            } else if kind == "action" && !names.declared.is_empty() {
                let declared = self.near(&names.declared);
                self.report(errors::unknown_action(self.lang, name, declared, false));
            }
        }
    }

    /// Expected labels that no line of an invoice can bear.
    pub(super) fn labels_of_scenario(&mut self, section: &Section<'_>, names: &Names<'_>) {
        let mut worked: HashSet<&str> = HashSet::default();
        for item in section.items.iter().filter(|_| names.itemises) {
            if let ItemKind::Event { happening: Happening::Action { name, .. }, .. } = &item.kind {
                worked.insert(&name.text);
            }
        }
        for item in &section.items {
            let ItemKind::Expect(Expect::Line { label, .. }) = &item.kind else { continue };
            let text = label.text.as_str();
            if names.on_invoice.contains(text) || worked.contains(text) || text.is_empty() {
                continue;
            }
            if names.itemised.contains(text) {
                self.report(errors::itemised_label(self.lang, label));
            } else if names.nothing.contains(text) {
                self.report(errors::label_of_nothing(self.lang, label));
            } else if !section.is_broken(Shape::Event) {
                let labels = self.near(&names.labels);
                self.report(errors::unknown_label(self.lang, label, labels));
            }
        }
    }
}
