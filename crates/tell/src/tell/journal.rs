//! The journal of invoices as data: in, a journal and the book that it is of; out, its fields as texts, or one document, that
//! of `jalon journal --format json`:
//!
//! ```text
//! { "as_of",
//!   "invoices": [ { "invoice_id", "number", "case", "payer", "date", "total", "currency", "channel", "sent",
//!                   "undelivered", "received", "due", "settled", "days", "late", "open", "proof" } ],
//!   "payers":   [ { "payer", "currency", "settled", "mean_days", "median_days", "days_90", "late_percent", "open" } ],
//!   "channels": [ the same with "channel" ],
//!   "ageing":   [ { "currency", "not_due", "days_1_30", "days_31_60", "days_61_90", "over_90", "overpaid", "total" } ],
//!   "unproved": [ "invoice_id" ], "withheld": [ "invoice_id" ] }
//! ```

use crate::calendar::Date;
use crate::follow::{Ageing, Book, Delays, Entry, Journal, Run};
use crate::money::{Currency, Money};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The fields of an invoice in the journal, in English and French.
pub const JOURNAL_FIELDS: [(&str, &str); 17] = [
    ("invoice_id", "facture"),
    ("number", "numéro"),
    ("case", "dossier"),
    ("payer", "payeur"),
    ("date", "date"),
    ("total", "total TTC"),
    ("currency", "devise"),
    ("channel", "canal"),
    ("sent", "envoyée"),
    ("undelivered", "non remise"),
    ("received", "reçue"),
    ("due", "échéance"),
    ("settled", "soldée"),
    ("days", "jours jusqu'au règlement"),
    ("late", "en retard"),
    ("open", "restant dû"),
    ("proof", "preuve d'envoi"),
];

/// The fields of delays in English and French; the first is whose they are.
pub const DELAY_FIELDS: [(&str, &str); 8] = [
    ("", ""),
    ("currency", "devise"),
    ("settled", "réglées"),
    ("mean_days", "délai moyen"),
    ("median_days", "délai médian"),
    ("days_90", "90 % en"),
    ("late_percent", "% en retard"),
    ("open", "restant dû"),
];

/// A number in tenths, with its one decimal.
pub fn tenths(number: Option<i64>) -> String {
    number.map_or(String::new(), |number| format!("{}.{}", number / 10, number % 10))
}

/// An amount in the currency of this code.
pub fn sum(code: &str, amount: Money) -> String {
    Currency::find(code).unwrap_or(Currency::EURO).show(amount).to_string()
}

/// The fields of an entry, as texts; empty where there is nothing.
pub fn entry_fields(book: &Book, entry: &Entry) -> Option<[String; 17]> {
    let invoice = book.invoices.get(entry.invoice)?;
    let day = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
    let show = |amount| invoice.currency.show(amount).to_string();
    let settled = entry.settled.filter(|_| entry.by_payment);
    let days = settled.map(|settled| settled.days_since(invoice.date));
    let late = settled.zip(entry.due).map(|(settled, due)| settled > due);
    Some([
        invoice.invoice_id.clone(),
        invoice.number.clone(),
        invoice.case.clone(),
        invoice.payer.clone(),
        invoice.date.to_string(),
        show(invoice.total),
        invoice.currency.code().to_owned(),
        entry.channel.clone().unwrap_or_default(),
        day(entry.sent),
        entry.undelivered.to_string(),
        day(entry.received),
        day(entry.due),
        day(entry.settled),
        days.map_or(String::new(), |days| days.to_string()),
        late.map_or(String::new(), |late| late.to_string()),
        show(entry.open),
        (!entry.unproved).to_string(),
    ])
}

/// The fields of delays, as texts.
pub fn delay_fields((name, code): &(String, &'static str), delays: &Delays) -> [String; 8] {
    [
        name.clone(),
        (*code).to_owned(),
        delays.days.len().to_string(),
        tenths(delays.mean_tenths()),
        tenths(delays.median_tenths()),
        delays.ninetieth().map_or(String::new(), |days| days.to_string()),
        tenths(delays.late_tenths()),
        sum(code, delays.open),
    ]
}

/// The ids of the invoices of a run that are withheld.
pub fn withheld_ids<'a>(book: &'a Book, run: &'a Run) -> Vec<&'a str> {
    let id = |number: usize| Some(book.invoices.get(number)?.invoice_id.as_str());
    run.withheld.iter().filter_map(|withheld| id(withheld.invoice)).collect()
}

/// The whole journal, with the ids of the invoices that are withheld.
pub fn journal_json(book: &Book, journal: &Journal, as_of: Date, withheld: &[&str]) -> Value {
    let entries = journal.entries.iter();
    let unproved = journal.entries.iter().filter(|entry| entry.unproved);
    json!({
        "as_of": as_of,
        "invoices": entries
            .filter_map(|entry| Some(object(&JOURNAL_FIELDS, entry_fields(book, entry)?.to_vec())))
            .collect::<Vec<_>>(),
        "payers": delays(&journal.payers, "payer"),
        "channels": delays(&journal.channels, "channel"),
        "ageing": journal.ageing.iter().map(|(code, ageing)| age(code, ageing)).collect::<Vec<_>>(),
        "unproved": unproved
            .filter_map(|entry| Some(book.invoices.get(entry.invoice)?.invoice_id.as_str()))
            .collect::<Vec<_>>(),
        "withheld": withheld,
    })
}

/// What is a number or a truth is one; what is not there is null.
fn value(name: &str, text: String) -> Value {
    match name {
        _ if text.is_empty() => Value::Null,
        "undelivered" | "late" | "proof" => json!(text == "true"),
        "settled" | "days" | "days_90" => {
            text.parse::<i64>().map_or(json!(text), |number| json!(number))
        }
        _ => json!(text),
    }
}

fn object(names: &[(&str, &str)], fields: Vec<String>) -> Value {
    let fields = names.iter().zip(fields);
    let fields: Map<String, Value> =
        fields.map(|((name, _), text)| ((*name).to_owned(), value(name, text))).collect();
    Value::Object(fields)
}

fn delays(of: &BTreeMap<(String, &'static str), Delays>, first: &'static str) -> Vec<Value> {
    let mut names = DELAY_FIELDS;
    names[0] = (first, first);
    of.iter().map(|(key, delays)| object(&names, delay_fields(key, delays).to_vec())).collect()
}

fn age(code: &str, ageing: &Ageing) -> Value {
    let show = |amount| sum(code, amount);
    let [not_due, first, second, third, more] = ageing.open.map(show);
    json!({
        "currency": code, "not_due": not_due, "days_1_30": first, "days_31_60": second,
        "days_61_90": third, "over_90": more, "overpaid": show(ageing.overpaid),
        "total": show(ageing.total),
    })
}
