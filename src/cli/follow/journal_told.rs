//! A journal as it is told: in, a journal and what it was made of; out, tables to be looked at, sheets, JSON and XML.

use super::files::Opened;
use super::table::{Grid, headings};
use super::words;
use crate::cli::output::plain;
use crate::cli::page::escaped;
use crate::feed::CsvForm;
use crate::follow::{Delays, Entry, Invoice, Journal};
use crate::lang::{Lang, say};
use crate::tell::{DELAY_FIELDS, JOURNAL_FIELDS, delay_fields, entry_fields, journal_json};
use clap::ValueEnum;
use serde_json::Value;

/// A part of a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// A row for each invoice
    #[value(alias = "factures")]
    Invoices,
    /// A row for each payer and currency
    #[value(alias = "payeurs")]
    Payers,
    /// A row for each channel and currency
    #[value(alias = "canaux")]
    Channels,
}

/// A journal that is told.
pub struct Told<'a> {
    /// It itself.
    pub journal: &'a Journal,
    /// What it was made of.
    pub opened: &'a Opened,
    /// The language.
    pub lang: Lang,
    /// The ids of invoices that are withheld.
    pub withheld: Vec<&'a str>,
    /// They, in a sentence.
    pub left_out: Option<String>,
}

/// The parts of the ageing, in the order of their sums.
pub fn ages(lang: Lang) -> [&'static str; 5] {
    lang.pick(
        ["not yet due", "1 to 30 days", "31 to 60 days", "61 to 90 days", "over 90 days"],
        ["non échu", "1 à 30 jours", "31 à 60 jours", "61 à 90 jours", "plus de 90 jours"],
    )
}

impl Told<'_> {
    fn invoice(&self, entry: &Entry) -> Option<&Invoice> {
        self.opened.book.invoices.get(entry.invoice)
    }

    /// A part of it, for a spreadsheet.
    pub fn sheet(&self, part: Part, form: CsvForm) -> Grid {
        let delays = |of: &std::collections::BTreeMap<(String, &'static str), Delays>, first| {
            let mut header = headings(&DELAY_FIELDS, form);
            if let Some(cell) = header.first_mut() {
                *cell = first;
            }
            let rows = of.iter().map(|(key, delays)| delay_fields(key, delays).to_vec()).collect();
            Grid { header, numbers: vec![3, 4, 6, 7], rows }
        };
        let word = |english: &str, french: &str| match form {
            CsvForm::French => french.to_owned(),
            CsvForm::Plain | CsvForm::Exact => english.to_owned(),
        };
        match part {
            Part::Invoices => {
                let entries = self.journal.entries.iter();
                let rows = entries
                    .filter_map(|entry| Some(entry_fields(&self.opened.book, entry)?.to_vec()));
                let header = headings(&JOURNAL_FIELDS, form);
                let grid = Grid { header, numbers: vec![5, 15], rows: rows.collect() };
                grid.truths(&[9, 14, 16], form)
            }
            Part::Payers => delays(&self.journal.payers, word("payer", "payeur")),
            Part::Channels => delays(&self.journal.channels, word("channel", "canal")),
        }
    }

    /// The invoices, as they are looked at.
    pub fn invoices(&self) -> Grid {
        let lang = self.lang;
        let header = lang.pick(
            [
                "date", "invoice", "case", "payer", "total", "", "channel", "sent", "received",
                "due", "settled", "days", "open",
            ],
            [
                "date",
                "facture",
                "dossier",
                "payeur",
                "total",
                "",
                "canal",
                "envoyée",
                "reçue",
                "échéance",
                "soldée",
                "jours",
                "restant dû",
            ],
        );
        let row = |entry: &Entry| {
            let invoice = self.invoice(entry)?;
            let day = |day: Option<crate::calendar::Date>| {
                day.map_or(String::new(), |day| lang.date(day))
            };
            let show = |amount| lang.digits(invoice.currency.show(amount));
            let settled = entry.settled.filter(|_| entry.by_payment);
            let mut sent = day(entry.sent);
            if entry.undelivered {
                sent += lang.pick(" (undelivered)", " (non remise)");
            } else if entry.unproved {
                sent += lang.pick("no proof", "sans preuve");
            }
            Some(vec![
                lang.date(invoice.date),
                plain(&invoice.number),
                plain(&invoice.case),
                words::payer(&invoice.payer, lang),
                show(invoice.total),
                invoice.currency.code().to_owned(),
                plain(entry.channel.as_deref().unwrap_or_default()),
                sent,
                day(entry.received),
                day(entry.due),
                day(entry.settled),
                settled
                    .map_or(String::new(), |settled| settled.days_since(invoice.date).to_string()),
                show(entry.open),
            ])
        };
        let rows = self.journal.entries.iter().filter_map(row).collect();
        Grid { header: header.map(str::to_owned).to_vec(), numbers: vec![4, 11, 12], rows }
    }

    /// Delays, as they are looked at: of payers, or of channels.
    pub fn delays_of(&self, channels: bool) -> Grid {
        let lang = self.lang;
        let first =
            if channels { lang.pick("channel", "canal") } else { lang.pick("payer", "payeur") };
        let others = lang.pick(
            ["", "settled", "mean", "median", "90 % within", "late", "open"],
            ["", "réglées", "moyenne", "médiane", "90 % en", "en retard", "restant dû"],
        );
        let of = if channels { &self.journal.channels } else { &self.journal.payers };
        let row = |(key, delays): (&(String, &'static str), &Delays)| {
            let [name, code, settled, mean, median, ninety, late, open] = delay_fields(key, delays);
            let days = |text: String| {
                if text.is_empty() {
                    return text;
                }
                let text = lang.digits(text);
                say!(lang, "{text} d", "{text} j")
            };
            let late = if late.is_empty() { late } else { format!("{} %", lang.digits(late)) };
            let name = match name.is_empty() {
                true if channels => lang.pick("(none)", "(aucun)").to_owned(),
                true | false => words::payer(&name, lang),
            };
            vec![
                name,
                code,
                settled,
                days(mean),
                days(median),
                days(ninety),
                late,
                lang.digits(open),
            ]
        };
        let header = std::iter::once(first).chain(others).map(str::to_owned).collect();
        Grid { header, numbers: vec![2, 3, 4, 5, 6, 7], rows: of.iter().map(row).collect() }
    }

    /// The invoices of which no sending is proved: their numbers.
    pub fn unproved(&self) -> Vec<String> {
        let unproved = self.journal.entries.iter().filter(|entry| entry.unproved);
        unproved.filter_map(|entry| Some(plain(&self.invoice(entry)?.number))).collect()
    }

    /// What there is to say besides, in sentences.
    pub fn notes(&self) -> Vec<String> {
        let lang = self.lang;
        let unproved = self.unproved();
        let mut notes = Vec::new();
        if !unproved.is_empty() {
            let (count, numbers) = (unproved.len(), unproved.join(", "));
            notes.push(say!(
                lang,
                "Neither sending nor receipt is told of {count}: {numbers}",
                "Ni envoi ni réception pour {count} : {numbers}"
            ));
        }
        notes.extend(self.left_out.clone());
        notes
    }

    /// As tables to be looked at.
    pub fn tables(&self) -> String {
        let lang = self.lang;
        let mut text = self.invoices().drawn();
        let headings = lang.pick(
            ["Delays by payer", "Delays by channel"],
            ["Délais par payeur", "Délais par canal"],
        );
        for (heading, channels) in headings.into_iter().zip([false, true]) {
            text += &format!("\n{heading}\n{}", self.delays_of(channels).drawn());
        }
        for note in self.notes() {
            text += &format!("\n{note}\n");
        }
        text
    }

    /// As one document.
    pub fn json(&self) -> Value {
        let (book, as_of) = (&self.opened.book, self.opened.as_of);
        journal_json(book, self.journal, as_of, &self.withheld)
    }

    /// The same as JSON has, as elements: a list is an element with one for each of its parts.
    pub fn xml(&self) -> String {
        let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
        element(&mut text, "journal", &self.json(), 0);
        text
    }
}

/// An element; what is null is none.
fn element(text: &mut String, name: &str, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    let mut inside = String::new();
    match value {
        Value::Null => return,
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| element(&mut inside, name, value, depth + 1));
        }
        Value::Array(all) => {
            let of = match name {
                "ageing" => "currency_ageing",
                "unproved" | "withheld" => "invoice_id",
                plural => plural.strip_suffix('s').unwrap_or(plural),
            };
            all.iter().for_each(|value| element(&mut inside, of, value, depth + 1));
        }
        Value::String(said) => {
            *text += &format!("{indent}<{name}>{}</{name}>\n", escaped(&plain(said)));
            return;
        }
        Value::Bool(_) | Value::Number(_) => {
            *text += &format!("{indent}<{name}>{value}</{name}>\n");
            return;
        }
    }
    *text += &format!("{indent}<{name}>\n{inside}{indent}</{name}>\n");
}
