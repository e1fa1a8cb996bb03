//! The scenarios of follow-ups: an invoice, what happens to it, the steps that are expected.

use super::Known;
use crate::calendar::Date;
use crate::check::sections::ScenarioSection;
use crate::check::{Checked, Checker, errors};
use crate::model::{FollowHappening, FollowScenario};
use crate::money::{Currency, Money};
use crate::span::Span;
use crate::syntax::ast::{
    self, Expect, Happening, Invoice, InvoiceEvent, ItemKind, MoneyKind, PlainEvent,
};
use foldhash::HashMap;

/// Checks the scenarios of follow-ups; the sound ones of sound follow-ups are added to what is checked.
pub fn check(
    checker: &mut Checker<'_>,
    scenarios: &[ScenarioSection<'_>],
    known: &[Known<'_>],
    checked: &mut Checked,
) {
    let mut first: HashMap<(usize, &str), Span> = HashMap::default();
    let names: Vec<&str> = known.iter().filter_map(|known| known.section.name).map(text).collect();
    let all_named = names.len() == known.len();
    for scenario in scenarios {
        let place = match scenario.named {
            None => scenario.above,
            Some(named) => {
                let is =
                    |known: &Known<'_>| known.section.name.is_some_and(|n| n.text == named.text);
                let place = known.iter().position(is);
                if place.is_none() && all_named && !named.text.is_empty() {
                    let near = checker.near(&names);
                    checker.report(errors::unknown_follow_up(checker.lang, named, near));
                }
                place
            }
        };
        let (Some(place), Some(name)) = (place, scenario.section.name) else { continue };
        match first.get(&(place, text(name))) {
            Some(_) if name.text.is_empty() => {}
            Some(span) => {
                checker.report(errors::duplicate_follow_scenario(checker.lang, name, *span));
            }
            None => drop(first.insert((place, text(name)), name.at.0)),
        }
        let Some(of) = known.get(place) else { continue };
        if let Some(read) = checker.follow_scenario(scenario, of, name) {
            // Follow-ups with an error are left out of those of the file.
            let before = known.iter().take(place).filter(|known| known.sound).count();
            checked.follow_scenarios.push(FollowScenario { follow_up: before, ..read });
        }
    }
}

fn text(name: &ast::Name) -> &str {
    &name.text
}

/// What a scenario states, as far as it has been read.
#[derive(Default)]
struct Draft {
    invoice: Option<(Money, Currency, Date, Option<Date>)>,
    /// Where the invoice, its end and `expect nothing` are stated.
    once: HashMap<&'static str, Span>,
    events: Vec<(Date, FollowHappening)>,
    until: Option<Date>,
    last_date: Option<Date>,
    steps: Vec<(Date, String)>,
    expectations: Vec<Span>,
}

impl Checker<'_> {
    fn follow_scenario(
        &mut self,
        scenario: &ScenarioSection<'_>,
        of: &Known<'_>,
        name: &ast::Name,
    ) -> Option<FollowScenario> {
        let before = self.errors;
        let section = &scenario.section;
        let mut draft = Draft::default();
        let invoices = section.items.iter().filter_map(|item| {
            if let ItemKind::Invoice(invoice) = &item.kind {
                Some((invoice, item.at.0))
            } else {
                None
            }
        });
        for (invoice, at) in invoices {
            self.stated_once(&mut draft, "invoice", at);
            draft.invoice = self.invoice(invoice).or(draft.invoice);
        }
        let mut last = name.at.0;
        for item in &section.items {
            last = item.at.0;
            self.follow_item(&mut draft, item, of);
        }
        let broken = !section.broken.is_empty() || self.is_misread(section);
        if !draft.once.contains_key("invoice") && !broken {
            self.report(errors::no_invoice(self.lang, self.file_lang, name.at.0));
        }
        let nothing = draft.once.get("nothing").copied();
        if draft.steps.is_empty() && draft.expectations.is_empty() && !broken {
            self.report(errors::no_expected_step(self.lang, self.file_lang, name.at.0));
        }
        if let (Some(nothing), Some(something)) =
            (nothing, draft.expectations.iter().find(|at| Some(**at) != nothing))
        {
            self.report(errors::expect_conflict(self.lang, nothing, *something));
        }
        let sound = of.sound && !broken && self.errors == before;
        let (total, currency, date, due) = draft.invoice.filter(|_| sound)?;
        let states = nothing.is_some() || !draft.steps.is_empty();
        Some(FollowScenario {
            name: name.text.clone(),
            follow_up: 0,
            total,
            currency,
            date,
            due,
            events: draft.events,
            as_of: draft.until.or(draft.last_date).unwrap_or(date),
            expected: states.then_some(draft.steps),
            span: name.at.0,
            expectations: draft.expectations,
            last,
        })
    }

    fn invoice(&mut self, invoice: &Invoice) -> Option<(Money, Currency, Date, Option<Date>)> {
        let currency = invoice.total.currency.as_ref();
        let currency = currency.and_then(|currency| self.currency(currency));
        let total = self.money(&invoice.total, currency);
        let date = self.date(&invoice.date);
        let due = match &invoice.due {
            Some(due) => Some(self.date(due)?),
            None => None,
        };
        Some((total?, currency?, date?, due))
    }

    fn follow_item(&mut self, draft: &mut Draft, item: &ast::Item, of: &Known<'_>) {
        let at = item.at.0;
        // The invoice has been read; no other item fits.
        if let ItemKind::Event { date, happening: Happening::Invoice(event) } = &item.kind {
            let date = self.date(date);
            let kind = self.invoice_event(event, draft.invoice.map(|invoice| invoice.1));
            if let (Some(date), Some(kind)) = (date, kind) {
                draft.last_date = draft.last_date.max(Some(date));
                draft.events.push((date, kind));
            }
        } else if let ItemKind::Until(date) = &item.kind {
            self.stated_once(draft, "until", at);
            draft.until = self.date(date).or(draft.until);
        } else if let ItemKind::Expect(Expect::Nothing) = &item.kind {
            self.stated_once(draft, "nothing", at);
            draft.expectations.push(at);
        } else if let ItemKind::Expect(Expect::Step { date, step }) = &item.kind {
            draft.expectations.push(at);
            let date = self.date(date);
            draft.last_date = draft.last_date.max(date);
            let labels: Vec<&str> =
                of.follow_up.steps.iter().map(|step| step.label.as_str()).collect();
            if !labels.contains(&step.text.as_str()) && of.sound && !step.text.is_empty() {
                let near = self.near(&labels);
                self.report(errors::unknown_step(self.lang, step, near));
            }
            draft.steps.extend(date.map(|date| (date, step.text.clone())));
        }
    }

    fn invoice_event(
        &mut self,
        event: &InvoiceEvent,
        currency: Option<Currency>,
    ) -> Option<FollowHappening> {
        Some(match event {
            InvoiceEvent::Sent(channel) => {
                FollowHappening::Sent(channel.as_ref().map(|channel| channel.text.clone()))
            }
            InvoiceEvent::Promised(until) => FollowHappening::Promised(self.date(until)?),
            InvoiceEvent::Money(kind, sum) => {
                let amount = self.invoice_sum(sum, currency)?;
                match kind {
                    MoneyKind::Payment => FollowHappening::Payment(amount),
                    MoneyKind::Returned => FollowHappening::Returned(amount),
                    MoneyKind::Refund => FollowHappening::Refund(amount),
                    MoneyKind::WrittenOff => FollowHappening::WrittenOff(amount),
                    MoneyKind::Moved => FollowHappening::Moved(amount),
                }
            }
            InvoiceEvent::Plain(kind) => match kind {
                PlainEvent::Undelivered => FollowHappening::Undelivered,
                PlainEvent::Received => FollowHappening::Received,
                PlainEvent::Accepted => FollowHappening::Accepted,
                PlainEvent::Rejected => FollowHappening::Rejected,
                PlainEvent::Disputed => FollowHappening::Disputed,
                PlainEvent::Resolved => FollowHappening::Resolved,
                PlainEvent::Replaced => FollowHappening::Replaced,
                PlainEvent::HandedOver => FollowHappening::HandedOver,
                PlainEvent::TakenBack => FollowHappening::TakenBack,
            },
        })
    }

    /// A sum of the scenario's invoice; one without a currency is in that of the invoice.
    fn invoice_sum(&mut self, sum: &ast::Sum, currency: Option<Currency>) -> Option<Money> {
        if let (Some(written), Some(right)) = (&sum.currency, currency)
            && self.currency(written)? != right
        {
            self.report(errors::other_currency(self.lang, written, right));
            return None;
        }
        let sum = ast::Sum { currency: None, ..sum.clone() };
        self.money(&sum, currency)
    }

    fn stated_once(&mut self, draft: &mut Draft, what: &'static str, at: Span) {
        match draft.once.get(what) {
            Some(first) => self.report(crate::syntax::stated_twice(self.lang, at, *first)),
            None => drop(draft.once.insert(what, at)),
        }
    }
}
