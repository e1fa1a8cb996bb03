//! A schedule as its text and a history as event lines, in plain English.

use chrono::NaiveDate;
use serde_json::{Map, Value, json};

use super::rules::*;
use crate::exact::{Exact, fits, print};
use crate::rules::{Compare, Span, SpanUnit};

/// The name of every schedule and the id of every case here.
pub const NAME: &str = "Second";

/// The text of a schedule.
#[must_use]
pub fn source(schedule: &Schedule) -> String {
    let mut out = format!("schedule \"{NAME}\"\n  price {}\n", price(&schedule.price));
    if let Some(months) = schedule.planned_months {
        out += &format!("  planned {months} months\n");
    }
    if let Some(vat) = &schedule.vat {
        out += &format!("  vat {} %\n", number(vat));
    }
    if let Some(hours) = &schedule.planned_hours {
        out += &format!("  planned {} hours\n", number(hours));
    }
    if schedule.may_be_suspended {
        out += "  may be suspended\n";
    }
    for one in &schedule.actions {
        out += &format!("    {}\n", action(one));
    }
    for payer in &schedule.payers {
        let cap = payer
            .at_most
            .as_ref()
            .map_or(String::new(), |c| format!(", at most {} EUR", number(c)));
        out += &format!("  payer \"{}\": {}{cap}\n", payer.name, share(&payer.share));
    }
    for one in &schedule.lines {
        out += &format!("  {}\n", line(one, schedule));
    }
    out
}

fn share(of: &Share) -> String {
    match of {
        Share::Percent(p) => format!("{} %", number(p)),
        Share::Sum(sum) => format!("{} EUR", number(sum)),
        Share::Agreed => "as agreed".to_owned(),
        Share::Remainder => "remainder".to_owned(),
    }
}

fn price(of: &Price) -> String {
    match of {
        Price::Fixed(price) => format!("fixed {} EUR", number(price)),
        Price::Agreed { at_least, at_most } => {
            let bound = |word: &str, bound: &Option<Exact>| {
                bound.as_ref().map_or(String::new(), |b| format!(", {word} {} EUR", number(b)))
            };
            format!(
                "fixed as agreed, in EUR{}{}",
                bound("at least", at_least),
                bound("at most", at_most)
            )
        }
        Price::Hourly { rate, at_least, at_most } => {
            let mut out = match rate {
                Some(rate) => format!("hourly {} EUR", number(rate)),
                None => "hourly as agreed, in EUR".to_owned(),
            };
            for (word, bound) in [("at least", at_least), ("at most", at_most)] {
                if let Some(bound) = bound {
                    out += &format!(", {word} {} hours", number(bound));
                }
            }
            out
        }
        Price::PerAction { at_least, at_most, each_month } => {
            let mut out = "per action, in EUR".to_owned();
            if let Some(least) = at_least {
                out += &format!(", at least {} EUR", number(least));
            }
            if let Some(most) = at_most {
                out += &format!(", at most {} EUR", number(most));
                out += if *each_month { " each month" } else { "" };
            }
            out
        }
        Price::Period { months, amount } => {
            let rhythm = match months {
                1 => "monthly",
                3 => "quarterly",
                _ => "yearly",
            };
            match amount {
                Some(amount) => format!("{rhythm} {} EUR", number(amount)),
                None => format!("{rhythm} as agreed, in EUR"),
            }
        }
    }
}

fn action(of: &Action) -> String {
    let tiers = |tiers: &[(Option<Exact>, Exact)], unit: &str| {
        let one = |(bound, rate): &(Option<Exact>, Exact)| match bound {
            Some(bound) => format!("{} up to {}{unit} then ", number(rate), number(bound)),
            None => number(rate),
        };
        tiers.iter().map(one).collect::<String>()
    };
    let mut out = format!("action \"{}\" ", of.name);
    out += &match &of.rate {
        Rate::Hourly(of) => format!("hourly {}", tiers(of, " hours")),
        Rate::Per(unit, of) => format!("per \"{unit}\" {}", tiers(of, "")),
        Rate::Share(share) if *share == crate::exact::whole(100) => "at cost".to_owned(),
        Rate::Share(share) => format!("{} % of amount", number(share)),
        Rate::Flat(flat) => format!("flat {}", number(flat)),
        Rate::NotBilled => "not billed".to_owned(),
        Rate::AsPriced => String::new(),
    };
    if let Some(minutes) = of.step {
        out += &format!(", by {minutes} minutes");
    }
    if let Some(most) = &of.at_most {
        let unit = match of.rate {
            Rate::Hourly(_) => " hours",
            Rate::Flat(_) => " times",
            _ => "",
        };
        out += &format!(", at most {}{unit}", number(most));
    }
    if let Some(vat) = &of.vat {
        out += &format!(", vat {} %", number(vat));
    }
    out + if of.each_month { ", each month" } else { "" }
}

fn line(of: &Line, schedule: &Schedule) -> String {
    let kind = match of.kind {
        Kind::Deposit => "deposit",
        Kind::Installment => "installment",
        Kind::Discount => "discount",
        Kind::Balance => "balance",
    };
    let amount = match &of.amount {
        Amount::Percent(p) => format!("{} %", number(p)),
        Amount::Sum(sum) => format!("{} EUR", number(sum)),
        Amount::UpTo(p) => format!("up to {} %", number(p)),
        Amount::Remainder => "remainder".to_owned(),
        Amount::Nothing => "nothing".to_owned(),
        Amount::PercentInParts(p, n) => format!("{} % in {n} parts", number(p)),
        Amount::SumInParts(sum, n) => format!("{} EUR in {n} parts", number(sum)),
        Amount::Price => "price".to_owned(),
        Amount::Progress(share) if *share == crate::exact::whole(100) => "progress".to_owned(),
        Amount::Progress(share) => format!("{} % of progress", number(share)),
        Amount::ProRataDuration => "pro rata duration".to_owned(),
        Amount::Work(WorkForm::Whole) => "work".to_owned(),
        Amount::Work(WorkForm::Itemised) => "work itemised".to_owned(),
        Amount::Work(WorkForm::ByAction) => "work by action".to_owned(),
    };
    let mut out = format!("{kind} \"{}\": {amount}", of.label);
    out += if of.no_refund { ", no refund," } else { "" };
    for (place, one) in of.triggers.iter().enumerate() {
        let word = match (place, of.each, one) {
            (0, true, Trigger::DayOfMonth(_) | Trigger::Every { .. } | Trigger::Dates(_)) => " ",
            (0, true, _) => " each ",
            (0, false, Trigger::After(..) | Trigger::Before(..)) => " ",
            (0, false, _) => " on ",
            _ => " or ",
        };
        out += word;
        out += &trigger(one);
    }
    for (place, one) in of.conditions.iter().enumerate() {
        out += if place == 0 { " if " } else { " and " };
        out += &condition(one);
    }
    if let Some(vat) = &of.vat {
        out += &format!(", vat {} %", number(vat));
    }
    out += if of.pro_rata { ", pro rata" } else { "" };
    out += if of.beside { ", beside the price" } else { "" };
    if let Some(place) = of.charged_to {
        out += &format!(", charged to \"{}\"", schedule.payers[place].name);
    }
    if let Some(times) = of.at_most {
        out += &format!(", at most {times} times");
    }
    out += if of.stays_open { ", stays open" } else { "" };
    out
}

fn named(kind: Named) -> &'static str {
    match kind {
        Named::Action => "action",
        Named::Deliverable => "deliverable",
        Named::Event => "event",
    }
}

fn trigger(of: &Trigger) -> String {
    match of {
        Trigger::Signature => "signature".to_owned(),
        Trigger::Start => "start".to_owned(),
        Trigger::End => "end".to_owned(),
        Trigger::Abandonment => "abandonment".to_owned(),
        Trigger::Named(kind, name) => format!("{} \"{name}\"", named(*kind)),
        Trigger::Progress => "progress".to_owned(),
        Trigger::PeriodEnd(1) => "month end".to_owned(),
        Trigger::PeriodEnd(3) => "quarter end".to_owned(),
        Trigger::PeriodEnd(_) => "year end".to_owned(),
        Trigger::DayOfMonth(n) => format!("on day {n} of each month"),
        Trigger::Every { span: every, anchor: of, from } => {
            format!(
                "every {} {} {}",
                span(*every),
                if *from { "from" } else { "after" },
                anchor(*of)
            )
        }
        Trigger::After(after, of) => format!("{} after {}", span(*after), anchor(*of)),
        Trigger::Before(before, of) => {
            format!("{} before {}", span(*before), anchor(Anchor::Planned(*of)))
        }
        Trigger::Date(date) => date.to_string(),
        Trigger::Dates(dates) => {
            let all: Vec<String> = dates.iter().map(NaiveDate::to_string).collect();
            format!("on {}", all.join(" and "))
        }
    }
}

fn anchor(of: Anchor) -> String {
    match of {
        Anchor::Signature => "signature".to_owned(),
        Anchor::Start => "start".to_owned(),
        Anchor::End => "end".to_owned(),
        Anchor::Abandonment => "abandonment".to_owned(),
        Anchor::Named(kind, name) => format!("{} \"{name}\"", named(kind)),
        Anchor::Planned(Planned::Start) => "planned start".to_owned(),
        Anchor::Planned(Planned::End) => "planned end".to_owned(),
    }
}

fn span(of: Span) -> String {
    let unit = match of.unit {
        SpanUnit::Days => "day",
        SpanUnit::Weeks => "week",
        SpanUnit::Months => "month",
        SpanUnit::Years => "year",
    };
    format!("{} {unit}{}", of.count, if of.count == 1 { "" } else { "s" })
}

fn condition(of: &Condition) -> String {
    let sign = |compare: &Compare| match compare {
        Compare::Less => "<",
        Compare::AtMost => "<=",
        Compare::AtLeast => ">=",
        Compare::More => ">",
    };
    match of {
        Condition::Not(inner) => format!("not {}", condition(inner)),
        Condition::Signed => "signed".to_owned(),
        Condition::Started => "started".to_owned(),
        Condition::Ended => "ended".to_owned(),
        Condition::Done(kind, name, times) => {
            let done = match kind {
                Named::Action => "done",
                Named::Deliverable => "received",
                Named::Event => "happened",
            };
            let times =
                if *times == 1 { String::new() } else { format!(" at least {times} times") };
            format!("{} \"{name}\" {done}{times}", named(*kind))
        }
        Condition::Duration(compare, length) => {
            format!("duration {} {}", sign(compare), span(*length))
        }
        Condition::SinceSignature(compare, length) => {
            format!("since signature {} {}", sign(compare), span(*length))
        }
        Condition::Notice(compare, length) => format!("notice {} {}", sign(compare), span(*length)),
        Condition::Progress(compare, bound) => {
            format!("progress {} {} %", sign(compare), number(bound))
        }
        Condition::Day(day, before, bound) => {
            let day = match day {
                Day::Signature => "signed",
                Day::Start => "started",
                Day::Moment => "date",
            };
            format!("{day} {} {bound}", if *before { "before" } else { "from" })
        }
    }
}

fn number(of: &Exact) -> String {
    let decimals = (0..6).find(|decimals| fits(of, *decimals)).unwrap_or(6);
    print(of, decimals)
}

/// The events of a case, one JSON object each.
#[must_use]
pub fn events(schedule: &Schedule, case: &Case) -> Vec<String> {
    case.events.iter().map(|event| Value::Object(fields(schedule, event)).to_string()).collect()
}

fn fields(schedule: &Schedule, event: &Event) -> Map<String, Value> {
    let mut fields = Map::new();
    fields.insert("case".to_owned(), json!("C"));
    fields.insert("date".to_owned(), json!(event.date.to_string()));
    let kind = match &event.what {
        What::Opened(terms) => {
            fields.insert("schedule".to_owned(), json!(NAME));
            state(&mut fields, schedule, terms);
            "opened"
        }
        What::Amendment(terms) => {
            state(&mut fields, schedule, terms);
            "amendment"
        }
        What::Signature => "signature",
        What::Start => "start",
        What::Named(kind, name) => {
            fields.insert("name".to_owned(), json!(name));
            named(*kind)
        }
        What::Worked(name, measure) => {
            fields.insert("name".to_owned(), json!(name));
            let (field, value) = match measure {
                Measure::Hours(hours) => ("hours", hours),
                Measure::Quantity(quantity) => ("quantity", quantity),
                Measure::Amount(amount) => ("amount", amount),
            };
            fields.insert(field.to_owned(), json!(number(value)));
            "action"
        }
        What::Progress(percent) => {
            fields.insert("percent".to_owned(), json!(number(percent)));
            "progress"
        }
        What::Suspension => "suspension",
        What::Resumption => "resumption",
        What::End => "end",
        What::Abandonment => "abandonment",
    };
    fields.insert("kind".to_owned(), json!(kind));
    fields
}

fn state(fields: &mut Map<String, Value>, schedule: &Schedule, terms: &Terms) {
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value);
        }
    };
    put("price", terms.price.as_ref().map(|price| json!(number(price))));
    put("rate", terms.rate.as_ref().map(|rate| json!(number(rate))));
    put("planned_start", terms.planned_start.map(|day| json!(day.to_string())));
    put("planned_end", terms.planned_end.map(|day| json!(day.to_string())));
    let shares: Map<String, Value> = terms
        .shares
        .iter()
        .map(|(place, of)| {
            let text = match of {
                Share::Percent(p) => format!("{} %", number(p)),
                Share::Sum(sum) => number(sum),
                Share::Agreed | Share::Remainder => unreachable!("never stated"),
            };
            (schedule.payers[*place].name.clone(), json!(text))
        })
        .collect();
    put("shares", (!shares.is_empty()).then_some(Value::Object(shares)));
}
