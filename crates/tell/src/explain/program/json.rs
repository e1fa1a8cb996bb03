//! The explanation of such a case as data; its form is described in [`super::super`].

use super::super::story::Totals;
use super::amounts::{Shown, share_text};
use super::{Entry, ProgramStory};
use crate::money::{Exact, Money};
use crate::rules::{Computed, Considered, How, Item, Outcome, Quantity, ShareOfPrice, Split};
use serde_json::{Value, json};

impl ProgramStory<'_> {
    /// The whole explanation.
    pub fn json(&self) -> Value {
        let moments: Vec<Value> =
            self.timeline().iter().map(|entry| self.moment_json(entry)).collect();
        let lines = (0_u32..).zip(&self.program.lines);
        let never: Vec<Value> = lines
            .filter_map(|(line, _)| Some((line, self.why_never(line)?)))
            .map(|(line, says)| {
                json!({ "line": self.label(line), "rule": self.rule(line), "says": says })
            })
            .collect();
        let standing = &self.record.standing;
        let deposits: Vec<Value> = standing
            .deposits
            .iter()
            .map(|(line, left)| json!({ "label": self.label(*line), "left": self.money(*left) }))
            .collect();
        let Totals { billed, deducted, net } = self.totals();
        let closed =
            standing.closed.map(|(line, date)| json!({ "date": date, "line": self.label(line) }));
        json!({
            "case": self.case.name,
            "schedule": self.plan.schedule.name,
            "in_force_from": self.program.in_force_from,
            "currency": self.figures.currency.code(),
            "lang": self.figures.lang.code(),
            "moments": moments,
            "never_fired": never,
            "totals": {
                "billed": self.money(billed),
                "deducted": self.money(deducted),
                "net": self.money(net),
            },
            "unbilled_work": standing.unbilled.map(|amount| self.money(amount)),
            "deposits_left": deposits,
            "closed": closed,
        })
    }

    fn moment_json(&self, entry: &Entry<'_>) -> Value {
        let event = entry.event.and_then(|place| self.case.events.get(place));
        let names = entry.notices.iter().map(|notice| notice.kind.name());
        let notices: Vec<Value> = names
            .chain(std::iter::repeat("counted-otherwise"))
            .zip(self.notes(entry))
            .map(|(notice, says)| json!({ "notice": notice, "says": says }))
            .collect();
        let considered = entry.step.iter().flat_map(|step| &step.considered);
        let lines: Vec<Value> = considered.map(|considered| self.line_json(considered)).collect();
        let terms = entry.step.map(|step| step.terms);
        json!({
            "date": entry.date,
            "event": event,
            "place": entry.event.and_then(|place| self.place(place)),
            "says": self.what(entry),
            "starts_case": entry.step.is_some_and(|step| step.starts),
            "ends_case": entry.step.is_some_and(|step| step.ends),
            "terms": terms.map(|terms| json!({
                "price": terms.price.map(|price| self.money(price)),
                "rate": terms.rate.map(rate_text),
                "planned_start": terms.planned_start,
                "planned_end": terms.planned_end,
                "planned_hours": terms.hours.map(|hours| hours.to_string()),
                "planned_months": terms.months,
            })),
            "notices": notices,
            "lines": lines,
        })
    }

    fn line_json(&self, considered: &Considered) -> Value {
        let outcome = match considered.outcome {
            Outcome::Fires(_) => "fired",
            Outcome::FiredBefore => "fired_before",
            Outcome::Exhausted(_) => "exhausted",
            Outcome::AfterTerminal => "after_terminal",
            Outcome::CaseClosed => "case_closed",
            Outcome::ConditionFails => "condition_failed",
        };
        let fires = matches!(considered.outcome, Outcome::Fires(_));
        let facts: Vec<Value> = considered
            .found
            .iter()
            .map(|found| json!({ "holds": found.holds, "says": self.found(found) }))
            .collect();
        let amounts: Vec<Value> =
            considered.computed.iter().map(|computed| self.amount_json(computed)).collect();
        let line = self.program.lines.get(considered.line as usize);
        json!({
            "line": self.label(considered.line),
            "rule": self.rule(considered.line),
            "waited_for": self.trigger(considered),
            "outcome": outcome,
            "occurrence": considered.time(),
            "period": self.period(considered).map(|(from, to)| json!({ "from": from, "to": to })),
            "facts": facts,
            "amounts": amounts,
            "closes_case": fires && line.is_some_and(|line| line.closes()),
        })
    }

    fn amount_json(&self, computed: &Computed) -> Value {
        let mut amount = self.how_json(&computed.how);
        let lines = self.given(computed);
        let ids: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
        if let Value::Object(fields) = &mut amount {
            fields.insert("amount".to_owned(), json!(self.money(computed.amount)));
            fields.insert("parts".to_owned(), json!(self.parts_json(computed)));
            fields.insert("invoice_lines".to_owned(), json!(ids));
            fields.insert("says".to_owned(), json!(self.amount(computed)));
        }
        amount
    }

    /// Each payer's part: what it owed before and owes after, where that decides.
    fn parts_json(&self, computed: &Computed) -> Vec<Value> {
        let lines = self.given(computed);
        let part_of = |payer: &str| {
            let line = lines.iter().find(|line| line.payer.as_deref() == Some(payer));
            line.map_or_else(|| self.money(Money::ZERO), |line| line.amount.clone())
        };
        let payers = (0..self.program.payer_names.len()).map(|place| (place, self.payer(place)));
        match &computed.split {
            None => Vec::new(),
            Some(Split::Charged(_) | Split::AsDeposit) => payers
                .map(|(_, payer)| json!({ "payer": payer, "amount": part_of(payer) }))
                .collect(),
            Some(Split::Due { before, after, .. }) => payers
                .map(|(place, payer)| {
                    let due = |of: &[i64]| of.get(place).map(|due| self.money(Money(*due)));
                    json!({
                        "payer": payer, "due_before": due(before), "due_after": due(after),
                        "amount": part_of(payer),
                    })
                })
                .collect(),
        }
    }

    fn how_json(&self, how: &How) -> Value {
        match how {
            How::Share { total, before, after, billed, part, progress } => json!({
                "how": "share", "price": self.exact(*total),
                "percent_before": percent(*before), "percent_after": percent(*after),
                "billed_before": self.money(*billed),
                "part": part.map(|(part, _)| part), "parts_in_all": part.map(|(_, parts)| parts),
                "progress": progress.map(|(certified, _)| certified.to_string()),
                "percent_of_progress": progress.map(|(_, share)| share.to_string()),
            }),
            How::Discount { total, share } => json!({
                "how": "discount", "price": self.exact(*total), "percent": share.to_string(),
            }),
            How::Sum { sum, part } => json!({
                "how": "sum", "sum": self.money(*sum),
                "part": part.map(|(part, _)| part), "parts_in_all": part.map(|(_, parts)| parts),
            }),
            How::Period(price) => json!({ "how": "period", "price": self.money(*price) }),
            How::Days { sum, period: (first, last), run, of } => json!({
                "how": "days", "sum": self.money(*sum), "from": first, "to": last,
                "days_run": run, "days": of,
            }),
            How::UpTo { total, discounts, share, aim, billed, held_at_zero } => json!({
                "how": "up_to", "price": self.exact(*total), "discounts": self.money(*discounts),
                "percent": share.to_string(), "aim": self.money(*aim),
                "billed_before": self.money(*billed), "held_at_zero": held_at_zero,
            }),
            How::Nothing => json!({ "how": "nothing" }),
            How::Attended { total, hours, planned, whole } => json!({
                "how": "attendance", "price": self.exact(*total), "hours": hours.to_string(),
                "planned_hours": planned.to_string(),
                "whole_percent": whole.map(|whole| whole.to_string()),
            }),
            How::Elapsed { total, days } => json!({
                "how": "duration", "price": self.exact(*total),
                "days": days.map(|(run, _)| run), "planned_days": days.map(|(_, planned)| planned),
            }),
            How::Work(items) => {
                let items: Vec<Value> = items.iter().map(|item| self.item_json(item)).collect();
                json!({ "how": "work", "items": items })
            }
            How::Deduction { deposit, left } => json!({
                "how": "deduction", "label": self.label(*deposit), "left": self.money(*left),
            }),
        }
    }

    fn item_json(&self, item: &Item) -> Value {
        let entry = &item.entry;
        let event = entry.event.and_then(|event| self.case.events.get(event as usize));
        let (quantity, unit_price) = match entry.quantity {
            Quantity::Hours(hours, rate) => (Some(hours.to_string()), Some(rate_text(rate))),
            Quantity::Units(count, rate) => {
                let units = rust_decimal::Decimal::new(count, 4).normalize();
                (Some(units.to_string()), Some(rate_text(rate)))
            }
            Quantity::Times(count, rate) => (Some(count.to_string()), Some(rate_text(rate))),
            Quantity::Of(..) | Quantity::Missing(_) => (None, None),
        };
        json!({
            "date": entry.date,
            "action": event.and_then(|event| event.kind.subject()),
            "missing_to_the_least": entry.event.is_none(),
            "quantity": quantity,
            "unit_price": unit_price,
            "tier": entry.tier + 1,
            "uncut": self.money(item.full),
            "amount": self.money(item.amount),
        })
    }

    fn money(&self, amount: Money) -> String {
        self.figures.currency.show(amount).to_string()
    }

    fn exact(&self, amount: Exact) -> String {
        amount.show_cut(self.figures.currency).0
    }
}

/// A rate as a decimal.
fn rate_text(rate: crate::model::program::Rate) -> String {
    rust_decimal::Decimal::new(rate.0, 6).normalize().to_string()
}

/// A share of the price in percent: a fraction where it is no decimal of a few places.
fn percent(share: ShareOfPrice) -> String {
    match share_text(share) {
        Shown::Decimal(percent) => percent.to_string(),
        Shown::Fraction(fraction) => fraction,
    }
}
