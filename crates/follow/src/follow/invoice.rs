//! An invoice as it is followed, read from the fields of a line.

use super::fault::Why;
use super::place::Place;
use super::record::Record;
use crate::calendar::Date;
use crate::model::{CellFault, DayForm, DayShape, InvoiceField, day_form};
use crate::money::{Currency, DigitsError, Money};
use serde_json::Value;
use std::collections::BTreeMap;

/// An amount as an invoice or an event states it: its digits, a minus before them below zero.
#[derive(Clone, Debug, Eq)]
pub struct Amount(pub String);

/// Whether they are the same number: a spreadsheet leaves zeros out at the end of one.
impl PartialEq for Amount {
    fn eq(&self, other: &Amount) -> bool {
        self.significant() == other.significant()
    }
}

impl Amount {
    /// What is before the point, and after it without the zeros at the end.
    pub fn significant(&self) -> (&str, &str) {
        let (whole, decimals) = self.0.split_once('.').unwrap_or((&self.0, ""));
        (whole, decimals.trim_end_matches('0'))
    }

    /// From a field: a text, or a whole number; any other number is a text of its digits already.
    pub fn of(value: &Value, field: &'static str) -> Result<Amount, Why> {
        let whole = value.as_i64().map(|number| number.to_string());
        let digits = value.as_str().map(str::to_owned).or(whole);
        digits.map(Amount).ok_or_else(|| Why::NotAnAmount { field, text: value.to_string() })
    }

    /// In a currency.
    pub fn read(&self, field: &'static str, currency: Currency) -> Result<Money, Why> {
        let (negative, digits) = match self.0.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, self.0.as_str()),
        };
        match currency.read(digits) {
            Ok(Money(amount)) => Ok(Money(if negative { -amount } else { amount })),
            Err(DigitsError::TooManyDecimals) => {
                Err(Why::Decimals { field, text: self.0.clone(), currency: currency.code() })
            }
            Err(DigitsError::TooLarge) => Err(Why::TooLarge),
            Err(DigitsError::NotDigits) => Err(Why::NotAnAmount { field, text: self.0.clone() }),
        }
    }

    /// In a currency, and above zero.
    pub fn above_zero(&self, field: &'static str, currency: Currency) -> Result<Money, Why> {
        let amount = self.read(field, currency)?;
        if amount > Money::ZERO { Ok(amount) } else { Err(Why::NotAboveZero { field }) }
    }
}

/// An invoice. What could not be read of one that is withheld is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Invoice {
    /// Its id, by which its events name it.
    pub invoice_id: String,
    /// Its number, as people call it.
    pub number: String,
    /// The case.
    pub case: String,
    /// Who pays it.
    pub payer: String,
    /// Its date.
    pub date: Date,
    /// When it is due, where it says so.
    pub due: Option<Date>,
    /// What it asks, tax included; below zero for a credit note.
    pub total: Money,
    /// Its currency.
    pub currency: Currency,
    /// The group.
    pub group: Option<String>,
    /// The customer.
    pub customer: Option<String>,
    /// The schedule on which it was billed.
    pub schedule: Option<String>,
    /// The payer's own name.
    pub payer_name: Option<String>,
    /// For a credit note: the invoices that it credits first.
    pub credits: Vec<String>,
    /// Fields that are read and kept.
    pub others: BTreeMap<String, Value>,
    /// Where it stands; not part of what it says.
    pub place: Place,
}

const FIELDS: [&str; 13] = [
    "invoice_id",
    "number",
    "case",
    "payer",
    "date",
    "due",
    "total",
    "currency",
    "group",
    "customer",
    "schedule",
    "payer_name",
    "credits",
];

/// A field that is a text; a whole number is read as one.
pub fn text_of(record: &Record, field: &'static str) -> Result<Option<String>, Why> {
    if let Some(why) = record.fault(field) {
        return Err(why);
    }
    record.get(field).map(|value| text(value, field)).transpose()
}

fn text(value: &Value, field: &'static str) -> Result<String, Why> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) if number.is_i64() || number.is_u64() => Ok(number.to_string()),
        Value::Number(_) | Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            Err(Why::NotText { field })
        }
    }
}

/// A field that is a day, or the midnight with which it begins on no particular clock.
pub fn date_of(record: &Record, field: &'static str) -> Result<Option<Date>, Why> {
    if let Some(value @ (Value::Number(_) | Value::Array(_) | Value::Object(_))) = record.get(field)
    {
        let text = value.to_string();
        if let Some(shape) = DayShape::of(&text) {
            return Err(Why::DayAs { field, shape, text });
        }
    }
    let Some(text) = text_of(record, field)? else { return Ok(None) };
    match day_form(&text) {
        DayForm::Day(day) => Ok(Some(day)),
        DayForm::ZonedMidnight(_) | DayForm::Moment => {
            Err(Why::Cell { field, text, fault: CellFault::Moment })
        }
        DayForm::Nothing => Err(Why::NotADate { field, text }),
    }
}

/// A field that is an amount.
pub fn amount_of(record: &Record, field: &'static str) -> Result<Option<Amount>, Why> {
    if let Some(why) = record.fault(field) {
        return Err(why);
    }
    record.get(field).map(|value| Amount::of(value, field)).transpose()
}

impl Invoice {
    /// Reads one; with what could be read of it, all that is wrong. An error is a line that names no invoice.
    pub fn of(record: &Record) -> Result<(Invoice, Vec<Why>), Why> {
        let id = text_of(record, "invoice_id")?.ok_or(Why::Missing { field: "invoice_id" })?;
        let mut faults = Vec::new();
        let mut noted = |fault: Why| faults.push(fault);
        let mut text = |field: &'static str, needed: bool| match text_of(record, field) {
            Ok(None) if needed => {
                noted(Why::Missing { field });
                None
            }
            Ok(text) => text,
            Err(why) => {
                noted(why);
                None
            }
        };
        let case = text("case", true).unwrap_or_default();
        // A schedule without payers names none.
        let payer = text("payer", false).unwrap_or_default();
        // Those that `jalon run` gives are numbered within their case.
        let of_case = text("invoice", false).map(|number| format!("{case}/{number}"));
        let number = text("number", false).or(of_case).unwrap_or_else(|| id.clone());
        let (group, customer) = (text("group", false), text("customer", false));
        let (schedule, payer_name) = (text("schedule", false), text("payer_name", false));
        let code = text("currency", true);
        let currency = code.as_deref().map(|code| {
            Currency::find(code).ok_or_else(|| Why::UnknownCurrency { text: code.to_owned() })
        });
        let date =
            date_of(record, "date").and_then(|date| date.ok_or(Why::Missing { field: "date" }));
        let due = date_of(record, "due");
        let total = amount_of(record, "total");
        let total = total.and_then(|total| total.ok_or(Why::Missing { field: "total" }));
        let total = match (&currency, total) {
            (Some(Ok(currency)), total) => total.and_then(|total| total.read("total", *currency)),
            (_, total) => total.map(|_| Money::ZERO),
        };
        let credits = credits(record);
        if let Some(Err(why)) = &currency {
            faults.push(why.clone());
        }
        faults.extend(record.nameless());
        faults.extend(record.repeated().map(|field| Why::Repeated { field: field.to_owned() }));
        faults.extend(date.as_ref().err().cloned());
        faults.extend(due.as_ref().err().cloned());
        faults.extend(total.as_ref().err().cloned());
        faults.extend(credits.as_ref().err().cloned());
        let others = record.fields.iter().filter(|(name, _)| !FIELDS.contains(&name.as_ref()));
        let invoice = Invoice {
            invoice_id: id,
            number,
            case,
            payer,
            date: date.unwrap_or_default(),
            due: due.unwrap_or_default(),
            total: total.unwrap_or_default(),
            currency: currency.and_then(Result::ok).unwrap_or(Currency::EURO),
            group,
            customer,
            schedule,
            payer_name,
            credits: credits.unwrap_or_default(),
            others: others
                .map(|(name, value)| (name.clone().into_owned(), value.clone()))
                .collect(),
            place: record.place,
        };
        if !invoice.credits.is_empty() && invoice.total >= Money::ZERO && faults.is_empty() {
            faults.push(Why::NoCreditNote);
        }
        Ok((invoice, faults))
    }

    /// What it has in a field that follow-ups have criteria of; a payer that is not named is empty.
    pub fn field(&self, field: InvoiceField) -> Option<&str> {
        match field {
            InvoiceField::Payer => Some(&self.payer),
            InvoiceField::Schedule => self.schedule.as_deref(),
            InvoiceField::Group => self.group.as_deref(),
            InvoiceField::Customer => self.customer.as_deref(),
        }
    }

    /// Whether it is a credit note.
    pub fn is_credit_note(&self) -> bool {
        self.total < Money::ZERO
    }

    /// The day on which something dated so counts for it: not before its own.
    pub fn day(&self, date: Date) -> Date {
        date.max(self.date)
    }

    /// What credit notes are set against: what is of one case, payer and currency.
    pub fn group_of_credits(&self) -> (&str, &str, &'static str) {
        (&self.case, &self.payer, self.currency.code())
    }
}

/// The invoices that a credit note names: one, or a list.
fn credits(record: &Record) -> Result<Vec<String>, Why> {
    let field = "credits";
    match record.get(field) {
        Some(Value::Array(all)) => all.iter().map(|one| text(one, field)).collect(),
        Some(_) | None => Ok(text_of(record, field)?.into_iter().collect()),
    }
}
