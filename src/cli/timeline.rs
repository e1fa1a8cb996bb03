//! A witness as a timeline: dates, marks, events, amounts with their running total.

use super::output::plain;
use crate::lang::{Lang, say};
use crate::model::EventKind;
use crate::money::Money;
use crate::plan::Plan;
use crate::verify::{Shown, Witness};
use unicode_width::UnicodeWidthStr;

/// A timeline wider than this is written as a list.
const WIDEST: usize = 96;

/// One mark of the timeline.
struct Mark {
    date: String,
    what: String,
    amount: String,
}

/// The timeline, each line indented, and `result` at its end.
pub fn draw(plan: &Plan, witness: &Witness, result: &str, lang: Lang) -> String {
    let marks: Vec<Mark> =
        witness.moments.iter().map(|shown| mark(plan, witness, shown, lang)).collect();
    let column = |mark: &Mark| {
        let widest = [&mark.date, &mark.what, &mark.amount].into_iter().map(|text| text.width());
        widest.max().unwrap_or(0) + 3
    };
    let widths: Vec<usize> = marks.iter().map(|mark| column(mark).max(14)).collect();
    if widths.iter().sum::<usize>() > WIDEST {
        return list(&marks, result);
    }
    let row = |of: &dyn Fn(&Mark) -> String, end: &str| {
        let cells = marks.iter().zip(&widths);
        let text: String = cells.map(|(mark, width)| pad(&of(mark), *width, ' ')).collect();
        format!("    {}\n", format!("{text}{end}").trim_end())
    };
    let line: String = widths.iter().map(|width| pad("●", *width, '─')).collect();
    let mut text = row(&|mark| mark.date.clone(), "");
    text.push_str(&format!("    {line}▶\n"));
    text.push_str(&row(&|mark| mark.what.clone(), ""));
    text.push_str(&row(&|mark| mark.amount.clone(), result));
    text
}

fn list(marks: &[Mark], result: &str) -> String {
    let widest = |of: fn(&Mark) -> &str| marks.iter().map(|mark| of(mark).width()).max();
    let (dates, whats) =
        (widest(|mark| &mark.date).unwrap_or(0), widest(|mark| &mark.what).unwrap_or(0));
    let mut text = String::new();
    for mark in marks {
        let (date, what) = (pad(&mark.date, dates + 2, ' '), pad(&mark.what, whats + 2, ' '));
        text.push_str(&format!("    ● {}\n", format!("{date}{what}{}", mark.amount).trim_end()));
    }
    if !result.is_empty() {
        text.push_str(&format!("    {result}\n"));
    }
    text
}

fn pad(text: &str, width: usize, with: char) -> String {
    let missing = width.saturating_sub(text.width());
    format!("{text}{}", with.to_string().repeat(missing))
}

fn mark(plan: &Plan, witness: &Witness, shown: &Shown, lang: Lang) -> Mark {
    let event = shown.event.and_then(|event| witness.events.get(event));
    let what = match event {
        Some(event) => event_words(&event.kind, lang),
        None => {
            let labels = shown.fired.iter().filter_map(|line| plan.stated(*line));
            let labels: Vec<String> = labels.map(|line| plain(&line.label)).collect();
            format!("({})", labels.join(", "))
        }
    };
    let amount = if shown.amount == Money::ZERO {
        "—".to_owned()
    } else {
        signed(plan, shown.amount, lang)
    };
    let date = match lang {
        Lang::En => shown.date.to_string(),
        Lang::Fr => {
            let (day, month, year) = (shown.date.day(), shown.date.month(), shown.date.year());
            format!("{day:02}/{month:02}/{year:04}")
        }
    };
    Mark { date, what, amount }
}

/// An amount with its sign set apart.
pub fn signed(plan: &Plan, amount: Money, lang: Lang) -> String {
    let size = Money(amount.0.saturating_abs());
    let digits = plan.schedule.currency.show(size).to_string();
    let digits = lang.pick(digits.clone(), digits.replace('.', ","));
    format!("{} {}", if amount < Money::ZERO { "−" } else { "+" }, digits)
}

/// An event in a few words.
pub fn event_words(kind: &EventKind, lang: Lang) -> String {
    match kind {
        EventKind::Opened { .. } => say!(lang, "opened", "ouverture"),
        EventKind::Void { of } => {
            let of = plain(of);
            say!(lang, "{of} withdrawn", "{of} retiré")
        }
        EventKind::Signature => say!(lang, "signature", "signature"),
        EventKind::Start => say!(lang, "start", "démarrage"),
        EventKind::End => say!(lang, "end", "fin"),
        EventKind::Abandonment => say!(lang, "abandonment", "abandon"),
        EventKind::Deliverable { name } | EventKind::Event { name } => plain(name),
        EventKind::Action { name, hours: None } => plain(name),
        EventKind::Action { name, hours: Some(hours) } => {
            let hours = hours.to_string();
            let hours = lang.pick(hours.clone(), hours.replace('.', ","));
            format!("{} ({hours} h)", plain(name))
        }
    }
}
