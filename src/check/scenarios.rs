//! Scenarios: their schedule, their history, and expectations that an invoice can fulfil.

use super::habits;
use super::prices::Planned;
use super::sections::{ScenarioSection, Section, Sections};
use super::{Checker, errors};
use crate::calendar::Date;
use crate::diagnostic::did_you_mean;
use crate::model::{
    Amount, Event, EventKind, Expected, ExpectedLine, Price, Rate, Scenario, Schedule,
};
use crate::money::{Hours, Money};
use crate::span::Span;
use crate::syntax::ast::{self, Expect, Happening, ItemKind, Shape};
use std::collections::{HashMap, HashSet};

/// A schedule of the file, sound or not.
pub struct Known {
    /// Whether it has no error.
    pub sound: bool,
    /// Its name, where it could be read.
    pub name: Option<String>,
    /// As far as it could be understood.
    pub schedule: Schedule,
}

/// Checks all scenarios of a file; the sound ones of sound schedules are added to `scenarios`.
pub fn check(
    checker: &mut Checker<'_>,
    file: &Sections<'_>,
    known: &[Known],
    scenarios: &mut Vec<Scenario>,
) {
    let mut first: HashMap<(Option<usize>, &str), Span> = HashMap::new();
    for scenario in &file.scenarios {
        let place = match scenario.named {
            None => scenario.above,
            Some(named) => {
                let place = known.iter().position(|known| known.name.as_ref() == Some(&named.text));
                if place.is_none() && known.iter().all(|known| known.name.is_some()) {
                    let names = known.iter().filter_map(|known| known.name.as_deref());
                    checker.report(errors::unknown_schedule(checker.lang, named, names));
                }
                place
            }
        };
        if let Some(name) = scenario.section.name {
            match first.get(&(place, name.text.as_str())) {
                Some(place) => {
                    checker.report(errors::duplicate_scenario(checker.lang, name, *place));
                }
                None => {
                    first.insert((place, &name.text), name.at.0);
                }
            }
        }
        let schedule =
            place.and_then(|place| Some((known.get(place)?, file.schedules.get(place)?)));
        match schedule {
            Some((known, section)) => scenarios.extend(checker.scenario(scenario, known, section)),
            None if scenario.named.is_none() => {
                if let Some(name) = scenario.section.name {
                    checker.report(errors::scenario_without_schedule(checker.lang, name.at.0));
                }
            }
            None => {}
        }
    }
}

/// A scenario as far as it has been read.
#[derive(Default)]
struct Draft {
    events: Vec<Event>,
    planned_hours: Option<Hours>,
    planned_months: Option<u32>,
    until: Option<Date>,
    last_date: Option<Date>,
    expected: Expected,
    expectations: Vec<Span>,
    last: Span,
}

impl Draft {
    fn saw(&mut self, date: Date) {
        self.last_date = self.last_date.max(Some(date));
    }
}

impl Checker<'_> {
    fn scenario(
        &mut self,
        scenario: &ScenarioSection<'_>,
        known: &Known,
        schedule_section: &Section<'_>,
    ) -> Option<Scenario> {
        let before = self.errors;
        let section = &scenario.section;
        let name = section.name?;
        let mut draft = Draft { last: name.at.0, ..Draft::default() };
        for item in &section.items {
            draft.last = item.at.0;
            self.scenario_item(&mut draft, item, known, &name.text);
        }
        if known.sound {
            self.names_of_scenario(section, schedule_section, known);
            self.labels_of_scenario(section, known);
        }
        let broken = !section.broken.is_empty();
        if draft.expected.is_missing() && !broken {
            self.report(errors::no_expectation(self.lang, name.at.0));
        }
        if draft.expected.nothing
            && (!draft.expected.lines.is_empty()
                || draft.expected.total.is_some_and(|total| total != Money::ZERO))
        {
            let at = draft.expectations.first().copied().unwrap_or(name.at.0);
            self.report(errors::expect_conflict(self.lang, at));
        }
        let sound = known.sound && !broken && self.errors == before;
        let as_of = draft.until.or(draft.last_date).unwrap_or(Date::MIN);
        sound.then(|| Scenario {
            name: name.text.clone(),
            schedule: known.schedule.name.clone(),
            events: draft.events,
            planned_hours: draft.planned_hours,
            planned_months: draft.planned_months,
            as_of,
            expected: draft.expected,
            span: name.at.0,
            expectations: draft.expectations,
            last: draft.last,
        })
    }

    fn scenario_item(&mut self, draft: &mut Draft, item: &ast::Item, known: &Known, case: &str) {
        let at = item.at.0;
        match &item.kind {
            ItemKind::Event { date, happening } => {
                let date = self.date(date);
                let kind = self.happening(happening);
                if let (Some(date), Some(kind)) = (date, kind) {
                    draft.saw(date);
                    draft.events.push(Event { case: case.to_owned(), date, id: None, kind });
                }
            }
            ItemKind::Planned(measure) => {
                let again = match self.planned(measure) {
                    Some(Planned::Hours(hours)) => draft.planned_hours.replace(hours).is_some(),
                    Some(Planned::Months(months)) => draft.planned_months.replace(months).is_some(),
                    None => false,
                };
                if again {
                    self.report(errors::duplicate_item(self.lang, at, at));
                }
            }
            ItemKind::Until(date) => {
                if let Some(date) = self.date(date)
                    && draft.until.replace(date).is_some()
                {
                    self.report(errors::duplicate_item(self.lang, at, at));
                }
            }
            ItemKind::Expect(expect) => {
                draft.expectations.push(at);
                self.expectation(draft, expect, at, known);
            }
            ItemKind::Schedule(_)
            | ItemKind::Unit(_)
            | ItemKind::Price(_)
            | ItemKind::Action(_)
            | ItemKind::WholeAttendance
            | ItemKind::Accepts { .. }
            | ItemKind::Line(_)
            | ItemKind::Scenario { .. }
            | ItemKind::Broken(_) => {}
        }
    }

    fn happening(&mut self, happening: &Happening) -> Option<EventKind> {
        Some(match happening {
            Happening::Signature => EventKind::Signature,
            Happening::Start => EventKind::Start,
            Happening::End => EventKind::End,
            Happening::Abandonment => EventKind::Abandonment,
            Happening::Deliverable(name) => EventKind::Deliverable { name: name.text.clone() },
            Happening::Event(name) => EventKind::Event { name: name.text.clone() },
            Happening::Action { name, hours } => {
                let hours = match hours {
                    Some(measure) => Some(self.hours(measure)?),
                    None => None,
                };
                EventKind::Action { name: name.text.clone(), hours }
            }
        })
    }

    fn expectation(&mut self, draft: &mut Draft, expect: &Expect, at: Span, known: &Known) {
        match expect {
            Expect::Nothing => draft.expected.nothing = true,
            Expect::Total(amount) => {
                let total = self.expected_amount(amount, known);
                if let Some(total) = total
                    && draft.expected.total.replace(total).is_some()
                {
                    self.report(errors::duplicate_item(self.lang, at, at));
                }
            }
            Expect::Line { date, label, amount } => {
                let date = self.date(date);
                let amount = self.expected_amount(amount, known);
                if let Some(date) = date {
                    draft.saw(date);
                }
                if let (Some(date), Some(amount)) = (date, amount) {
                    let label = label.text.clone();
                    draft.expected.lines.push(ExpectedLine { date, label, amount, span: at });
                }
            }
        }
    }

    fn expected_amount(&mut self, amount: &ast::Expected, known: &Known) -> Option<Money> {
        // Of a schedule with an error the currency may not be known.
        let currency = known.sound.then_some(known.schedule.currency);
        let money = self.any_money(&amount.sum, currency)?;
        Some(if amount.negative { Money(-money.0) } else { money })
    }

    /// Names of a scenario's history that the schedule does not have, and nearly has.
    fn names_of_scenario(&mut self, section: &Section<'_>, schedule: &Section<'_>, known: &Known) {
        let known_names = habits::names(schedule);
        for item in &section.items {
            let ItemKind::Event { happening, .. } = &item.kind else { continue };
            let (kind, name) = match happening {
                Happening::Action { name, .. } => ("action", name),
                Happening::Event(name) => ("event", name),
                Happening::Deliverable(name) => ("deliverable", name),
                Happening::Signature
                | Happening::Start
                | Happening::End
                | Happening::Abandonment => {
                    continue;
                }
            };
            let of_kind =
                || known_names.iter().filter(|(known, _)| *known == kind).map(|(_, name)| *name);
            if of_kind().any(|known| known.text == name.text) {
                continue;
            }
            let declared: Vec<&str> =
                known.schedule.actions.iter().map(|action| action.name.as_str()).collect();
            if kind == "action" && known.schedule.price == Price::PerAction {
                self.report(errors::unknown_action(self.lang, name, &declared, true));
            } else if let Some(near) =
                did_you_mean(&name.text, of_kind().map(|name| name.text.as_str()))
                && let Some(first) = of_kind().find(|name| name.text == near)
            {
                self.report(errors::almost_the_same(self.lang, name, first));
            } else if kind == "action" && !declared.is_empty() {
                self.report(errors::unknown_action(self.lang, name, &declared, false));
            }
        }
    }

    /// Expected labels that no line of an invoice can bear.
    fn labels_of_scenario(&mut self, section: &Section<'_>, known: &Known) {
        let schedule = &known.schedule;
        let mut on_invoice: HashSet<&str> = HashSet::new();
        let mut itemised: HashSet<&str> = HashSet::new();
        for line in &schedule.lines {
            // Hours missing to the least billed stand under the line's own label.
            let missing_hours = matches!(schedule.price, Price::Hourly { at_least: Some(_), .. });
            if line.amount == (Amount::Work { itemised: true }) && !missing_hours {
                itemised.insert(&line.label);
            } else {
                on_invoice.insert(&line.label);
            }
        }
        let itemises =
            schedule.lines.iter().any(|line| line.amount == Amount::Work { itemised: true });
        if itemises {
            let billable = schedule.actions.iter().filter(|action| action.rate != Rate::NotBilled);
            on_invoice.extend(billable.map(|action| action.name.as_str()));
            for item in &section.items {
                if let ItemKind::Event { happening: Happening::Action { name, .. }, .. } =
                    &item.kind
                {
                    on_invoice.insert(&name.text);
                }
            }
        }
        for item in &section.items {
            let ItemKind::Expect(Expect::Line { label, .. }) = &item.kind else { continue };
            if on_invoice.contains(label.text.as_str()) {
                continue;
            }
            if itemised.contains(label.text.as_str()) {
                self.report(errors::itemised_label(self.lang, label));
            } else if !section.is_broken(Shape::Event) {
                let mut labels: Vec<&str> = on_invoice.iter().copied().collect();
                labels.sort_unstable();
                self.report(errors::unknown_label(self.lang, label, &labels));
            }
        }
    }
}
