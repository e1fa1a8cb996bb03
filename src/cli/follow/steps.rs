//! `jalon follow`: the steps that fired up to a day.

use super::files::InvoiceFiles;
use super::table::{Format, Grid, headings};
use super::words;
use crate::calendar::Date;
use crate::cli::arguments;
use crate::cli::output::{Exit, Failure, plain, results, view};
use crate::feed::CsvForm;
use crate::lang::Lang;
use crate::tell::ToldStep;
use clap::Args;

/// What `jalon follow` takes.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    files: InvoiceFiles,

    /// Only steps that fired on this day or later
    #[arg(long, value_name = "DATE", value_parser = arguments::date_argument)]
    since: Option<Date>,

    /// The history of this invoice, by its id or its number, instead: each step done, passed over or still to come, and
    /// why; as text, or as JSON
    #[arg(long, value_name = "INVOICE", conflicts_with = "since")]
    explain: Option<String>,

    /// How the steps are written; JSON if not stated
    #[arg(long, value_enum)]
    format: Option<Format>,
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
    let wanted = |step: &ToldStep<'_>| options.since.is_none_or(|since| step.day >= since);
    let told = |fired| ToldStep::of(&opened.book, &follow_ups, fired);
    let steps = run.fired.iter().filter_map(told).filter(wanted);
    match options.format.unwrap_or(Format::Json) {
        Format::Table => {
            let mut text = table(&steps.collect::<Vec<_>>(), opened.lang).drawn();
            let of = opened.lang.pick("of which nothing is said", "dont rien n'est dit");
            text.extend(opened.left_out(&run, of).map(|note| note + "\n"));
            view(&text)?;
        }
        Format::Csv => results(|out| csv(steps, CsvForm::Plain).csv(CsvForm::Plain, out))?,
        Format::CsvFr => results(|out| csv(steps, CsvForm::French).csv(CsvForm::French, out))?,
        Format::Json => results(|out| {
            for step in steps {
                writeln!(out, "{}", step.json())?;
            }
            Ok::<(), std::io::Error>(())
        })?,
    }
    Ok(exit)
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

fn csv<'a>(steps: impl Iterator<Item = ToldStep<'a>>, form: CsvForm) -> Grid {
    let row = |step: ToldStep<'a>| {
        vec![
            step.invoice_id.to_owned(),
            step.number.to_owned(),
            step.case.to_owned(),
            step.payer.to_owned(),
            step.follow_up.to_owned(),
            step.step.to_owned(),
            step.day.to_string(),
            step.open,
            step.currency.to_owned(),
            step.hands_over.to_string(),
            step.time.to_string(),
            step.id,
        ]
    };
    let header = headings(&FIELDS, form);
    Grid { header, numbers: vec![7], rows: steps.map(row).collect() }.truths(&[9], form)
}

fn table(steps: &[ToldStep<'_>], lang: Lang) -> Grid {
    // Where nobody names a customer, no column is for one.
    let has_customers = steps.iter().any(|step| step.customer.is_some());
    let customer = if has_customers { lang.pick("customer", "client") } else { "" };
    let header = lang.pick(
        ["day", "step", "invoice", "case", customer, "payer", "open"],
        ["jour", "étape", "facture", "dossier", customer, "payeur", "restant dû"],
    );
    let header = header.into_iter().filter(|heading| !heading.is_empty());
    let mut header: Vec<String> = header.map(str::to_owned).collect();
    let open = header.len() - 1;
    header.push(String::new());
    let row = |step: &ToldStep<'_>| {
        let over =
            if step.hands_over { lang.pick(" → collector", " → recouvrement") } else { "" };
        let mut cells = vec![
            lang.date(step.day),
            format!("{}{over}", plain(step.step)),
            plain(step.number),
            plain(step.case),
        ];
        if has_customers {
            cells.push(plain(step.customer.unwrap_or_default()));
        }
        cells.extend([
            words::payer(step.payer, lang),
            lang.digits(&step.open),
            step.currency.to_owned(),
        ]);
        cells
    };
    Grid { header, numbers: vec![open], rows: steps.iter().map(row).collect() }
}
