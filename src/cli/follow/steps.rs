//! `jalon follow`: the steps that fired up to a day.

use super::files::{InvoiceFiles, Opened};
use super::table::{Format, Grid, headings};
use crate::calendar::Date;
use crate::cli::input;
use crate::cli::output::{Exit, Failure, plain, results, view};
use crate::feed::CsvForm;
use crate::follow::{Followed, step_id};
use crate::lang::Lang;
use crate::model::FollowUp;
use clap::Args;
use serde_json::json;

/// What `jalon follow` takes.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    files: InvoiceFiles,

    /// Only steps that fired on this day or later
    #[arg(long, value_name = "DATE", value_parser = input::date_argument)]
    since: Option<Date>,

    /// The history of this invoice, by its id or its number, instead: each step done, passed over or still to come, and
    /// why; as text, or as JSON
    #[arg(long, value_name = "INVOICE", conflicts_with = "since")]
    explain: Option<String>,

    /// How the steps are written; JSON if not stated
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// What is said of one step.
struct Said<'a> {
    invoice_id: &'a str,
    number: &'a str,
    case: &'a str,
    payer: &'a str,
    follow_up: &'a str,
    step: &'a str,
    day: Date,
    open: String,
    currency: &'static str,
    hands_over: bool,
    time: u32,
    id: String,
}

fn said<'a>(
    opened: &'a Opened,
    follow_ups: &[&'a FollowUp],
    followed: &Followed,
) -> Option<Said<'a>> {
    let fired = &followed.fired;
    let invoice = opened.book.invoices.get(fired.invoice)?;
    let follow_up = follow_ups.get(followed.follow_up)?;
    let step = follow_up.steps.get(fired.step)?;
    Some(Said {
        invoice_id: &invoice.invoice_id,
        number: &invoice.number,
        case: &invoice.case,
        payer: &invoice.payer,
        follow_up: &follow_up.name,
        step: &step.label,
        day: fired.day,
        open: invoice.currency.show(fired.open).to_string(),
        currency: invoice.currency.code(),
        hands_over: step.hands_over,
        time: fired.time,
        id: step_id(&invoice.invoice_id, &follow_up.name, &step.label, fired.time),
    })
}

/// Follows invoices.
pub fn follow(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let opened = options.files.open(lang)?;
    let follow_ups = opened.follow_ups();
    let (run, exit) = opened.run(&follow_ups, false)?;
    if let Some(name) = &options.explain {
        let as_json = match options.format {
            None | Some(Format::Table) => false,
            Some(Format::Json) => true,
            Some(Format::Csv | Format::CsvFr) => {
                return Err(Failure::both(
                    "a history is written as a table or as JSON",
                    "une histoire s'écrit en tableau ou en JSON",
                ));
            }
        };
        super::explain::explain(&opened, &follow_ups, name, as_json)?;
        return Ok(exit);
    }
    let wanted = |step: &Said<'_>| options.since.is_none_or(|since| step.day >= since);
    let steps = run.fired.iter().filter_map(|fired| said(&opened, &follow_ups, fired));
    let steps: Vec<Said<'_>> = steps.filter(wanted).collect();
    match options.format.unwrap_or(Format::Json) {
        Format::Table => view(&table(&steps, opened.lang).drawn())?,
        Format::Csv => results(|out| csv(&steps, CsvForm::Plain).csv(CsvForm::Plain, out))?,
        Format::CsvFr => results(|out| csv(&steps, CsvForm::French).csv(CsvForm::French, out))?,
        Format::Json => results(|out| {
            for step in &steps {
                writeln!(out, "{}", json(step))?;
            }
            Ok::<(), std::io::Error>(())
        })?,
    }
    Ok(exit)
}

fn json(step: &Said<'_>) -> serde_json::Value {
    json!({
        "invoice_id": step.invoice_id,
        "number": step.number,
        "case": step.case,
        "payer": step.payer,
        "follow_up": step.follow_up,
        "step": step.step,
        "day": step.day,
        "open": step.open,
        "currency": step.currency,
        "hands_over": step.hands_over,
        "time": step.time,
        "id": step.id,
    })
}

const FIELDS: [(&str, &str); 12] = [
    ("invoice_id", "facture"),
    ("number", "numéro"),
    ("case", "dossier"),
    ("payer", "payeur"),
    ("follow_up", "suivi"),
    ("step", "étape"),
    ("day", "jour"),
    ("open", "restant dû"),
    ("currency", "devise"),
    ("hands_over", "transmet au recouvrement"),
    ("time", "fois"),
    ("id", "identifiant"),
];

fn csv(steps: &[Said<'_>], form: CsvForm) -> Grid {
    let row = |step: &Said<'_>| {
        vec![
            step.invoice_id.to_owned(),
            step.number.to_owned(),
            step.case.to_owned(),
            step.payer.to_owned(),
            step.follow_up.to_owned(),
            step.step.to_owned(),
            step.day.to_string(),
            step.open.clone(),
            step.currency.to_owned(),
            step.hands_over.to_string(),
            step.time.to_string(),
            step.id.clone(),
        ]
    };
    let header = headings(&FIELDS, form);
    Grid { header, numbers: vec![7], rows: steps.iter().map(row).collect() }
}

fn table(steps: &[Said<'_>], lang: Lang) -> Grid {
    let header = lang.pick(
        ["day", "step", "invoice", "case", "payer", "open", ""],
        ["jour", "étape", "facture", "dossier", "payeur", "restant dû", ""],
    );
    let row = |step: &Said<'_>| {
        let over =
            if step.hands_over { lang.pick(" → collector", " → recouvrement") } else { "" };
        vec![
            lang.date(step.day),
            format!("{}{over}", plain(step.step)),
            plain(step.number),
            plain(step.case),
            plain(step.payer),
            lang.digits(&step.open),
            step.currency.to_owned(),
        ]
    };
    let header = header.map(str::to_owned).to_vec();
    Grid { header, numbers: vec![5], rows: steps.iter().map(row).collect() }
}
