//! `jalon follow`: the steps that fired up to a day.

use super::files::{InvoiceFiles, Opened};
use super::table::Grid;
use crate::calendar::Date;
use crate::cli::input;
use crate::cli::output::{Exit, Failure, plain, results, view};
use crate::follow::{Followed, step_id};
use crate::lang::Lang;
use crate::model::FollowUp;
use clap::{Args, ValueEnum};
use serde_json::json;

/// What `jalon follow` takes.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    files: InvoiceFiles,

    /// Only steps that fired on this day or later
    #[arg(long, value_name = "DATE", value_parser = input::date_argument)]
    since: Option<Date>,

    /// How the steps are written: a table, CSV, or JSON, one object a line
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Table,
    Csv,
    Json,
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
    let wanted = |step: &Said<'_>| options.since.is_none_or(|since| step.day >= since);
    let steps = run.fired.iter().filter_map(|fired| said(&opened, &follow_ups, fired));
    let steps: Vec<Said<'_>> = steps.filter(wanted).collect();
    match options.format {
        Format::Table => view(&table(&steps, opened.lang).drawn())?,
        Format::Csv => results(|out| csv(&steps).csv(out))?,
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

const FIELDS: [&str; 12] = [
    "invoice_id",
    "number",
    "case",
    "payer",
    "follow_up",
    "step",
    "day",
    "open",
    "currency",
    "hands_over",
    "time",
    "id",
];

fn csv(steps: &[Said<'_>]) -> Grid {
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
    let header = FIELDS.map(str::to_owned).to_vec();
    Grid { header, numbers: Vec::new(), rows: steps.iter().map(row).collect() }
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
