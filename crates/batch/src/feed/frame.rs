//! Invoice lines as JSON, from parts that are made once for many lines.

use super::scan::plain_length;
use crate::calendar::Date;
use crate::eval::Written;
use crate::model::{InvoiceLineKind, WhenKind};
use crate::money::{Currency, Percent, push_digits};

/// What lines of one kind say, as JSON: all that the schedule says and no case does, and what the last of
/// them said, which the next most often says too.
#[derive(Default)]
pub(super) struct Frame {
    schedule: String,
    line: String,
    payer: Option<String>,
    exempt: Option<String>,
    rate: Option<Percent>,
    said: Option<(InvoiceLineKind, Currency, WhenKind, Option<Date>)>,
    case: String,
    label: String,
    name: Option<String>,
    /// From the case to the day.
    head: Vec<u8>,
    /// From the kind to the label and the payer.
    labelled: Vec<u8>,
    /// From behind the amount to the days of the work.
    currency: Vec<u8>,
    /// From there to the trigger's day.
    trigger: Vec<u8>,
    /// From there to its name.
    named: Vec<u8>,
}

impl Frame {
    fn said(line: &Written<'_>) -> (InvoiceLineKind, Currency, WhenKind, Option<Date>) {
        (line.kind, line.currency, line.trigger, line.in_force_from)
    }

    /// Whether a line is one of them.
    pub(super) fn is_of(&self, line: &Written<'_>) -> bool {
        let (rate, exempt) = line.rate_and_exemption();
        self.line == line.line
            && self.said == Some(Frame::said(line))
            && self.schedule == line.schedule
            && self.payer.as_deref() == line.payer
            && (self.rate, self.exempt.as_deref()) == (rate, exempt)
    }

    /// What a line and all of its kind say.
    pub(super) fn of(line: &Written<'_>) -> Frame {
        let (rate, exempt) = line.rate_and_exemption();
        let mut frame = Frame {
            schedule: line.schedule.to_owned(),
            line: line.line.to_owned(),
            payer: line.payer.map(str::to_owned),
            exempt: exempt.map(str::to_owned),
            rate,
            said: Some(Frame::said(line)),
            ..Frame::default()
        };
        let out = &mut frame.currency;
        out.extend_from_slice(b"\",\"currency\":\"");
        out.extend_from_slice(line.currency.code().as_bytes());
        out.push(b'"');
        if let Some(rate) = rate {
            field(out, b",\"vat_rate\":\"", |out| {
                out.extend_from_slice(rate.to_string().as_bytes());
            });
        }
        if let Some(reason) = exempt {
            text_field(out, b",\"vat_exempt\":", reason);
        }
        let (out, trigger) = (&mut frame.trigger, line.trigger.name().as_bytes());
        field(out, b",\"trigger\":{\"kind\":\"", |out| out.extend_from_slice(trigger));
        out.extend_from_slice(b",\"date\":\"");
        frame.say_case(line);
        frame.say_label(line);
        frame.say_name(line);
        frame
    }

    fn say_case(&mut self, line: &Written<'_>) {
        line.case.clone_into(&mut self.case);
        let out = &mut self.head;
        out.clear();
        text_field(out, b"{\"case\":", line.case);
        text_field(out, b",\"schedule\":", line.schedule);
        if let Some(date) = line.in_force_from {
            field(out, b",\"in_force_from\":\"", |out| date.write(out));
        }
        out.extend_from_slice(b",\"date\":\"");
    }

    fn say_label(&mut self, line: &Written<'_>) {
        line.label.clone_into(&mut self.label);
        let out = &mut self.labelled;
        out.clear();
        field(out, b",\"kind\":\"", |out| out.extend_from_slice(line.kind.name().as_bytes()));
        text_field(out, b",\"line\":", line.line);
        text_field(out, b",\"label\":", line.label);
        if let Some(payer) = line.payer {
            text_field(out, b",\"payer\":", payer);
        }
    }

    fn say_name(&mut self, line: &Written<'_>) {
        self.name = line.trigger_name.map(str::to_owned);
        let out = &mut self.named;
        out.clear();
        out.push(b'"');
        if let Some(name) = line.trigger_name {
            text_field(out, b",\"name\":", name);
        }
    }

    /// Adds a line to a text, as serde writes an [`InvoiceLine`](crate::model::InvoiceLine).
    pub(super) fn write(&mut self, out: &mut Vec<u8>, line: &Written<'_>) {
        if self.case != line.case {
            self.say_case(line);
        }
        if self.label != line.label {
            self.say_label(line);
        }
        if self.name.as_deref() != line.trigger_name {
            self.say_name(line);
        }
        out.extend_from_slice(&self.head);
        line.date.write(out);
        out.extend_from_slice(b"\",\"invoice\":");
        push_digits(out, u64::from(line.invoice), 1);
        out.extend_from_slice(&self.labelled);
        if let Some(quantity) = line.quantity {
            field(out, b",\"quantity\":\"", |out| quantity.write(out));
        }
        if let Some(price) = line.unit_price {
            field(out, b",\"unit_price\":\"", |out| price.write(line.currency, out));
        }
        out.extend_from_slice(b",\"amount\":\"");
        line.currency.show(line.amount).write(out);
        out.extend_from_slice(&self.currency);
        if let Some((from, to)) = line.service {
            field(out, b",\"service_from\":\"", |out| from.write(out));
            field(out, b",\"service_to\":\"", |out| to.write(out));
        }
        if let Some(deposit) = line.deducts {
            field(out, b",\"deducts\":\"", |out| out.extend_from_slice(&deposit.digits()));
        }
        if let Some(issued) = line.credits {
            field(out, b",\"credits\":\"", |out| out.extend_from_slice(&issued.digits()));
        }
        out.extend_from_slice(&self.trigger);
        line.trigger_date.write(out);
        out.extend_from_slice(&self.named);
        if let Some(id) = line.trigger_id {
            text_field(out, b",\"id\":", id);
        }
        field(out, b"},\"id\":\"", |out| out.extend_from_slice(&line.id.digits()));
        if let Some(hash) = line.schedule_hash {
            field(out, b",\"schedule_hash\":\"", |out| hash.write(out));
        }
        out.extend_from_slice(b"}\n");
    }
}

/// A field whose value needs no escapes; `name` ends with the opening quote.
fn field(out: &mut Vec<u8>, name: &[u8], value: impl FnOnce(&mut Vec<u8>)) {
    out.extend_from_slice(name);
    value(out);
    out.push(b'"');
}

/// A field of a user's text.
fn text_field(out: &mut Vec<u8>, name: &[u8], text: &str) {
    out.extend_from_slice(name);
    push_text(out, text);
}

/// A user's text, in quotes.
fn push_text(out: &mut Vec<u8>, text: &str) {
    if plain_length(text.as_bytes()) == text.len() {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else if let Ok(json) = serde_json::to_string(text) {
        out.extend_from_slice(json.as_bytes());
    }
}
