//! The explanation of a case as data; its form is described in [`super`].

use super::story::{Entry, Story};
use crate::eval::{
    Arithmetic, Computed, Considered, Measured, Measurement, Shortfall, Verdict, WorkItem,
};
use crate::model::Range;
use crate::money::{Exact, Money};
use crate::plan::LineId;
use serde_json::{Value, json};

impl Story<'_> {
    /// The whole explanation.
    pub fn json(&self) -> Value {
        let totals = self.totals();
        let standing = &self.trace.standing;
        let moments: Vec<Value> =
            self.timeline().iter().map(|entry| self.moment_json(entry)).collect();
        let never: Vec<Value> = (0..)
            .map(LineId)
            .zip(&self.plan.lines)
            .filter_map(|(id, line)| Some((id, self.why_never(id, line)?)))
            .map(
                |(id, says)| json!({ "line": self.label(id), "rule": self.rule(id), "says": says }),
            )
            .collect();
        let deposits: Vec<Value> = standing
            .deposits
            .iter()
            .map(|deposit| {
                let line = self.evaluation.lines.get(deposit.line);
                json!({
                    "invoice_line": line.map(|line| &line.id),
                    "label": line.map(|line| &line.label),
                    "left": self.money(deposit.left),
                })
            })
            .collect();
        let closed =
            self.closed_by().map(|(date, line)| json!({ "date": date, "line": self.label(line) }));
        json!({
            "case": self.case.name,
            "schedule": self.plan.schedule.name,
            "currency": self.plan.schedule.currency.code(),
            "lang": self.figures.lang.code(),
            "moments": moments,
            "never_fired": never,
            "totals": {
                "billed": self.money(totals.billed),
                "deducted": self.money(totals.deducted),
                "net": self.money(totals.net),
            },
            "unbilled_work": self.unbilled_work().map(|amount| self.money(amount)),
            "deposits_left": deposits,
            "closed": closed,
        })
    }

    fn moment_json(&self, entry: &Entry<'_>) -> Value {
        let event = entry.event.and_then(|place| self.case.events.get(place));
        let notices: Vec<Value> = entry
            .notices
            .iter()
            .map(|notice| notice.kind.name())
            .chain(self.cut_of(entry).map(|_| "hours-cut"))
            .zip(self.notes(entry))
            .map(|(notice, says)| json!({ "notice": notice, "says": says }))
            .collect();
        let lines: Vec<Value> = entry
            .step
            .iter()
            .flat_map(|step| &step.considered)
            .map(|considered| self.line_json(considered))
            .collect();
        json!({
            "date": entry.date,
            "event": event,
            "place": entry.event.and_then(|place| self.place(place)),
            "says": self.what(entry),
            "starts_case": entry.step.is_some_and(|step| step.starts),
            "ends_case": entry.step.is_some_and(|step| step.ends),
            "notices": notices,
            "lines": lines,
        })
    }

    fn cut_of(&self, entry: &Entry<'_>) -> Option<String> {
        self.cut(u32::try_from(entry.event?).ok()?)
    }

    fn line_json(&self, considered: &Considered) -> Value {
        let fired = |considered: &Considered| considered.verdict == Verdict::Fires;
        let (outcome, fired_on) = match considered.verdict {
            Verdict::Fires => ("fired", None),
            Verdict::FiredBefore(date) => ("fired_before", Some(date)),
            Verdict::ConditionFails => ("condition_failed", None),
            Verdict::CaseClosed => ("case_closed", None),
        };
        let measured =
            considered.measurements.iter().map(|measurement| self.fact_json(measurement));
        let short = considered.shortfalls.iter().map(|shortfall| self.shortfall_json(shortfall));
        let amounts: Vec<Value> =
            considered.computed.iter().map(|computed| self.amount_json(computed)).collect();
        let closes = self.plan.line(considered.line).is_some_and(|line| line.closes);
        let mut line = json!({
            "line": self.label(considered.line),
            "rule": self.rule(considered.line),
            "outcome": outcome,
            "facts": measured.chain(short).collect::<Vec<Value>>(),
            "amounts": amounts,
            "closes_case": fired(considered) && closes,
        });
        if let Some(date) = fired_on {
            put(&mut line, "fired_on", json!(date));
        }
        line
    }

    fn shortfall_json(&self, shortfall: &Shortfall) -> Value {
        let measured = shortfall.measured;
        let mut fact = self.fact_json(&Measurement { measured, holds: shortfall.negated });
        put(&mut fact, "says", json!(self.shortfall(shortfall)));
        fact
    }

    fn fact_json(&self, measurement: &Measurement) -> Value {
        let holds = measurement.holds;
        match measurement.measured {
            Measured::Duration { needed, limits, start, elapsed, days } => json!({
                "measured": "duration",
                "holds": holds,
                "start": start,
                "months": elapsed.map(|(months, _)| months),
                "and_days": elapsed.map(|(_, days)| days),
                "days_in_all": start.map(|_| days),
                "needed": bounds(needed.map(|length| match length {
                    crate::calendar::Duration::Days(days) => format!("{days} days"),
                    crate::calendar::Duration::Months(months) => format!("{months} months"),
                })),
                "needed_dates": start.map(|_| bounds(limits.map(|date| date.to_string()))),
            }),
            Measured::Attendance { needed, hours, planned, whole } => json!({
                "measured": "attendance",
                "holds": holds,
                "hours": hours.to_string(),
                "planned_hours": planned.to_string(),
                "whole_percent": whole.map(|whole| whole.to_string()),
                "needed": bounds(needed.map(|share| share.to_string())),
            }),
            Measured::Hours { needed, hours } => json!({
                "measured": "hours",
                "holds": holds,
                "hours": hours.to_string(),
                "needed": bounds(needed.map(|hours| hours.to_string())),
            }),
            Measured::Reached(milestone) => {
                let measured = milestone.reached(crate::lang::Lang::En);
                json!({ "measured": measured, "holds": holds, "name": null })
            }
            Measured::Happened(name) => {
                let (measured, name) = match self.plan.name_of(name) {
                    Some((kind, name)) => (kind.happened_name(), Some(name)),
                    None => ("event_happened", None),
                };
                json!({ "measured": measured, "holds": holds, "name": name })
            }
        }
    }

    fn amount_json(&self, computed: &Computed) -> Value {
        let mut amount = match &computed.how {
            Arithmetic::Share { total, before, share } => json!({
                "how": "share", "price": self.exact(*total),
                "percent": share.to_string(), "percent_before": before.to_string(),
            }),
            Arithmetic::Sum => json!({ "how": "sum" }),
            Arithmetic::Work => {
                let items: Vec<Value> =
                    computed.items.iter().map(|item| self.item_json(item)).collect();
                json!({ "how": "work", "items": items })
            }
            Arithmetic::UpTo { total, share, billed } => json!({
                "how": "up_to", "price": self.exact(*total),
                "percent": share.to_string(), "billed_before": self.money(*billed),
            }),
            Arithmetic::Nothing => json!({ "how": "nothing" }),
            Arithmetic::Attended { total, hours, planned, whole } => json!({
                "how": "attendance", "price": self.exact(*total),
                "hours": hours.to_string(), "planned_hours": planned.to_string(),
                "whole_percent": whole.map(|whole| whole.to_string()),
            }),
            Arithmetic::Elapsed { total, elapsed, planned } => json!({
                "how": "duration", "price": self.exact(*total),
                "days": elapsed, "planned_days": planned,
            }),
            Arithmetic::NotStarted => json!({ "how": "not_started" }),
            Arithmetic::Deduction { deposit, left } => {
                let line = self.evaluation.lines.get(*deposit);
                json!({
                    "how": "deduction", "deposit": line.map(|line| &line.id),
                    "label": line.map(|line| &line.label), "left": self.money(*left),
                })
            }
        };
        let lines = self.evaluation.lines.get(computed.lines.clone()).unwrap_or_default();
        let ids: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
        put(&mut amount, "amount", json!(self.money(computed.amount)));
        put(&mut amount, "invoice_lines", json!(ids));
        put(&mut amount, "says", json!(self.arithmetic(computed)));
        amount
    }

    fn item_json(&self, item: &WorkItem) -> Value {
        let event = item.event.and_then(|event| self.event(event));
        json!({
            "date": item.date,
            "action": event.and_then(|event| event.kind.subject()),
            "missing_to_the_least": item.event.is_none(),
            "hours": item.hours.map(|hours| hours.to_string()),
            "unit_price": self.money(item.unit_price),
            "amount": self.money(item.amount),
        })
    }

    fn money(&self, amount: Money) -> String {
        self.plan.schedule.currency.show(amount).to_string()
    }

    fn exact(&self, amount: Exact) -> String {
        amount.show_cut(self.plan.schedule.currency).0
    }
}

fn bounds(range: Range<String>) -> Value {
    match range {
        Range::Less(n) => json!({ "under": n }),
        Range::AtMost(n) => json!({ "at_most": n }),
        Range::Greater(n) => json!({ "over": n }),
        Range::AtLeast(n) => json!({ "at_least": n }),
        Range::Window { from, under } => json!({ "at_least": from, "under": under }),
    }
}

fn put(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(map) = object {
        map.insert(name.to_owned(), value);
    }
}
