//! A witness as a timeline: dates, marks, events, amounts with their running total.

use super::output::plain;
use crate::explain::more_words;
use crate::lang::{Lang, say};
use crate::model::EventKind;
use crate::money::{Currency, Money};
use crate::plan::Plan;
use crate::verify::versions::{Example, Moment};
use crate::verify::{Shown, Witness};
use unicode_width::UnicodeWidthStr;

/// A timeline wider than this is written as a list.
const WIDEST: usize = 96;

/// One mark of the timeline.
struct Mark {
    date: String,
    what: String,
    amounts: Vec<String>,
}

/// A row of amounts: what stands before it and after it.
struct Row {
    head: &'static str,
    end: String,
}

/// The timeline, each line indented, and `result` at its end.
pub fn draw(plan: &Plan, witness: &Witness, result: &str, lang: Lang) -> String {
    let marks: Vec<Mark> =
        witness.moments.iter().map(|shown| mark(plan, witness, shown, lang)).collect();
    lay_out(&marks, &[Row { head: "", end: result.to_owned() }])
}

/// The timeline of a history on two versions, each with its own amounts and total.
pub fn draw_both(currency: Currency, example: &Example, lang: Lang) -> String {
    let marks: Vec<Mark> =
        example.moments.iter().map(|moment| both_mark(currency, example, moment, lang)).collect();
    let row = |head: &'static str, total: Money| {
        let total = digits(currency, total, lang);
        let code = currency.code();
        let end = say!(lang, "total {total} {code}", "total {total} {code}");
        Row { head, end }
    };
    let [old, new] = example.totals;
    let heads = lang.pick(["old", "new"], ["ancien", "nouveau"]);
    lay_out(&marks, &[row(heads[0], old), row(heads[1], new)])
}

fn lay_out(marks: &[Mark], rows: &[Row]) -> String {
    let column = |mark: &Mark| {
        let texts = [&mark.date, &mark.what].into_iter().chain(&mark.amounts);
        texts.map(|text| text.width()).max().unwrap_or(0) + 3
    };
    let widths: Vec<usize> = marks.iter().map(|mark| column(mark).max(14)).collect();
    if widths.iter().sum::<usize>() > WIDEST {
        return list(marks, rows);
    }
    let margin = rows.iter().map(|row| row.head.width()).max().unwrap_or(0);
    let margin = if margin == 0 { 0 } else { margin + 2 };
    let row = |head: &str, of: &dyn Fn(&Mark) -> String, end: &str| {
        let cells = marks.iter().zip(&widths);
        let text: String = cells.map(|(mark, width)| pad(&of(mark), *width, ' ')).collect();
        let head = pad(head, margin, ' ');
        format!("{}\n", format!("    {head}{text}{end}").trim_end())
    };
    let line: String = widths.iter().map(|width| pad("●", *width, '─')).collect();
    let mut text = row("", &|mark| mark.date.clone(), "");
    text.push_str(&format!("    {}{line}▶\n", pad("", margin, ' ')));
    text.push_str(&row("", &|mark| mark.what.clone(), ""));
    for (place, Row { head, end }) in rows.iter().enumerate() {
        let amount = |mark: &Mark| mark.amounts.get(place).cloned().unwrap_or_default();
        text.push_str(&row(head, &amount, end));
    }
    text
}

fn list(marks: &[Mark], rows: &[Row]) -> String {
    let widest = |of: fn(&Mark) -> &str| marks.iter().map(|mark| of(mark).width()).max();
    let (dates, whats) =
        (widest(|mark| &mark.date).unwrap_or(0), widest(|mark| &mark.what).unwrap_or(0));
    let mut text = String::new();
    for mark in marks {
        let (date, what) = (pad(&mark.date, dates + 2, ' '), pad(&mark.what, whats + 2, ' '));
        let amounts = rows.iter().zip(&mark.amounts).map(|(row, amount)| {
            if row.head.is_empty() { amount.clone() } else { format!("{} {amount}", row.head) }
        });
        let amounts = amounts.collect::<Vec<_>>().join("   ");
        text.push_str(&format!("    ● {}\n", format!("{date}{what}{amounts}").trim_end()));
    }
    for Row { head, end } in rows.iter().filter(|row| !row.end.is_empty()) {
        let space = if head.is_empty() { "" } else { " " };
        text.push_str(&format!("    {head}{space}{end}\n"));
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
    let amount = amount_or_dash(plan.schedule.currency, shown.amount, lang);
    Mark { date: lang.date(shown.date), what, amounts: vec![amount] }
}

fn both_mark(currency: Currency, example: &Example, moment: &Moment, lang: Lang) -> Mark {
    let event = moment.event.and_then(|event| example.events.get(event));
    let what = match event {
        Some(event) => event_words(&event.kind, lang),
        None => {
            let mut labels: Vec<String> =
                moment.labels.iter().flatten().map(|label| plain(label)).collect();
            labels.sort();
            labels.dedup();
            format!("({})", labels.join(", "))
        }
    };
    let amounts = moment.amounts.map(|amount| amount_or_dash(currency, amount, lang));
    Mark { date: lang.date(moment.date), what, amounts: amounts.to_vec() }
}

fn amount_or_dash(currency: Currency, amount: Money, lang: Lang) -> String {
    if amount == Money::ZERO { "—".to_owned() } else { signed(currency, amount, lang) }
}

fn digits(currency: Currency, amount: Money, lang: Lang) -> String {
    lang.digits(currency.show(amount))
}

/// An amount with its sign set apart.
pub fn signed(currency: Currency, amount: Money, lang: Lang) -> String {
    let size = Money(amount.0.saturating_abs());
    let sign = if amount < Money::ZERO { "−" } else { "+" };
    format!("{sign} {}", digits(currency, size, lang))
}

/// An event in a few words.
pub fn event_words(kind: &EventKind, lang: Lang) -> String {
    match kind {
        EventKind::Opened { .. } => say!(lang, "opened", "ouverture"),
        EventKind::Void { of } => {
            let of = plain(of);
            say!(lang, "{of} withdrawn", "{of} retiré")
        }
        EventKind::Milestone(milestone) => milestone.noun().bare(lang).to_owned(),
        EventKind::More(more) => more_words(more, lang),
        EventKind::Deliverable { name } | EventKind::Event { name } => plain(name),
        EventKind::Action { name, hours: None } => plain(name),
        EventKind::Action { name, hours: Some(hours) } => {
            let hours = lang.digits(hours);
            format!("{} ({hours} h)", plain(name))
        }
    }
}
