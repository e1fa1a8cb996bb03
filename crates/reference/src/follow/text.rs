//! The same as text: a follow-up in the language, invoices and events as JSON lines.

use super::rules::*;
use serde_json::{Map, Value, json};

fn cents(amount: i64) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", amount.abs() / 100, amount.abs() % 100)
}

pub fn source(follow_ups: &[FollowUp]) -> String {
    let mut text = String::new();
    for of in follow_ups {
        text += &format!("follow-up \"{}\"", of.name);
        if !of.payers.is_empty() {
            let payers: Vec<String> = of.payers.iter().map(|p| format!("\"{p}\"")).collect();
            text += &format!(" for payer {}", payers.join(" or "));
        }
        if let Some(group) = &of.group {
            text += &format!(" for group \"{group}\"");
        }
        text.push('\n');
        match of.term {
            Some((days, true)) => {
                text += &format!("  payment due month end then {days} days\n");
            }
            Some((days, false)) => text += &format!("  payment due {days} days\n"),
            None => {}
        }
        for one in &of.steps {
            text += &format!("  {}\n", step(one, &of.steps));
        }
        text.push('\n');
    }
    text
}

fn step(step: &Step, steps: &[Step]) -> String {
    let triggers: Vec<String> = step.triggers.iter().map(|of| trigger(of, steps)).collect();
    let mut text = format!("step \"{}\": {}", step.label, triggers.join(" or "));
    if let Some(most) = step.at_most {
        text += &format!(", at most {most} times");
    }
    if let Some(of) = &step.condition {
        text += &format!(" if {}", condition(of, steps));
    }
    if step.hands_over {
        text += ", hands over";
    }
    text
}

fn trigger(trigger: &Trigger, steps: &[Step]) -> String {
    let length = |length: &Length| match length {
        Length::Days(days) => format!("{days} days"),
        Length::Months(months) => format!("{months} months"),
    };
    let anchor = |anchor: &Anchor| match anchor {
        Anchor::Issued => "issued".to_owned(),
        Anchor::Sent => "sent".to_owned(),
        Anchor::Received => "received".to_owned(),
        Anchor::Rejected => "rejected".to_owned(),
        Anchor::Due => "due".to_owned(),
        Anchor::Step(at) => format!("step \"{}\"", steps[*at].label),
    };
    match trigger {
        Trigger::On(turn) => format!("on {turn}"),
        Trigger::After(of, from) => format!("{} after {}", length(of), anchor(from)),
        Trigger::Each(of, from) => format!("each {} after {}", length(of), anchor(from)),
        Trigger::BeforeDue(of) => format!("{} before due", length(of)),
    }
}

fn condition(of: &Condition, steps: &[Step]) -> String {
    match of {
        Condition::Open(how, sum) => format!("open {how} {} EUR", cents(*sum)),
        Condition::Total(how, sum) => format!("total {how} {} EUR", cents(*sum)),
        Condition::Is(what) => (*what).to_owned(),
        Condition::SentBy(channel) => format!("sent by \"{channel}\""),
        Condition::Done(at) => format!("step \"{}\" done", steps[*at].label),
        Condition::Not(of) => format!("not ({})", condition(of, steps)),
        Condition::And(one, other) => {
            format!("({}) and ({})", condition(one, steps), condition(other, steps))
        }
        Condition::Or(one, other) => {
            format!("({}) or ({})", condition(one, steps), condition(other, steps))
        }
    }
}

pub fn invoices(world: &World) -> Vec<String> {
    let one = |of: &Invoice| {
        let mut fields = Map::new();
        for (name, text) in [
            ("invoice_id", of.id.clone()),
            ("number", format!("N-{}", of.id)),
            ("case", of.case.clone()),
            ("payer", of.payer.clone()),
            ("date", of.date.to_string()),
            ("total", cents(of.total)),
            ("currency", "EUR".to_owned()),
        ] {
            fields.insert(name.to_owned(), json!(text));
        }
        if let Some(due) = of.due {
            fields.insert("due".to_owned(), json!(due.to_string()));
        }
        if let Some(group) = &of.group {
            fields.insert("group".to_owned(), json!(group));
        }
        if !of.credits.is_empty() {
            fields.insert("credits".to_owned(), json!(of.credits));
        }
        Value::Object(fields).to_string()
    };
    world.invoices.iter().map(one).collect()
}

pub fn events(world: &World) -> Vec<String> {
    let one = |of: &Event| {
        let mut fields = Map::new();
        let mut add = |name: &str, text: String| fields.insert(name.to_owned(), json!(text));
        add("invoice_id", of.invoice.clone());
        add("date", of.date.to_string());
        add("kind", of.kind.to_owned());
        if let Some(id) = &of.id {
            add("id", id.clone());
        }
        if let Some(channel) = of.channel {
            add("channel", channel.to_owned());
        }
        if let Some(until) = of.until {
            add("until", until.to_string());
        }
        if of.amount > 0 {
            add("amount", cents(of.amount));
        }
        match of.kind {
            "moved" => drop(add("to", of.other.clone())),
            "replaced" => drop(add("by", of.other.clone())),
            "void" => drop(add("ref", of.other.clone())),
            _ => {}
        }
        Value::Object(fields).to_string()
    };
    world.events.iter().map(one).collect()
}
