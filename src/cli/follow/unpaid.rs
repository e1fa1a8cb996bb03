//! `jalon unpaid`: what is open, one row for each case and day, one column for each payer.

use super::files::{InvoiceFiles, Opened};
use super::journal_page;
use super::journal_told::ages;
use super::table::{Grid, headings};
use super::words;
use super::workbook::{self, Sheet};
use crate::calendar::Date;
use crate::cli::arguments::{self, BadValue};
use crate::cli::output::{Exit, Failure, plain, results, view};
use crate::cli::page::{self, escaped};
use crate::feed::CsvForm;
use crate::follow::{self, Ageing, Owed, Row, Unpaid};
use crate::lang::{Lang, say};
use crate::money::{Currency, Money};
use crate::tell::{sum, unpaid_json};
use clap::{Args, ValueEnum};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;

/// What `jalon unpaid` takes.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    files: InvoiceFiles,

    /// Only rows in which a share of this payer is not at zero; the shares of others in them stay, and are in the sums
    #[arg(long, value_name = "NAME")]
    payer: Option<String>,

    /// Only rows of this group
    #[arg(long, value_name = "NAME")]
    group: Option<String>,

    /// Only rows of this customer
    #[arg(long, value_name = "NAME")]
    customer: Option<String>,

    /// Only the row with an invoice of this number
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,

    /// Only rows in which that much is open or overpaid, all shares together
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    at_least: Option<Decimal>,

    /// Only rows that are that many days past due
    #[arg(long, value_name = "DAYS", value_parser = arguments::count_argument)]
    past_due: Option<usize>,

    /// Only rows dated from this day on
    #[arg(long, value_name = "DATE", value_parser = arguments::date_argument)]
    dated_from: Option<Date>,

    /// Only rows dated up to this day
    #[arg(long, value_name = "DATE", value_parser = arguments::date_argument)]
    dated_until: Option<Date>,

    /// Only rows with an open invoice in this state
    #[arg(long, value_enum, value_name = "STATE")]
    state: Option<State>,

    /// How the list is written; the table has the sums below it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table to be looked at
    Table,
    /// For a spreadsheet
    Csv,
    /// For a French spreadsheet: semicolons, decimal commas, French headings
    CsvFr,
    /// A workbook for a spreadsheet, with sums and dates as such, and the sums on a second sheet
    Xlsx,
    /// One object a line
    Json,
    /// A page to be read or printed, with a picture of the ageing
    Html,
}

#[derive(Clone, Copy, ValueEnum)]
enum State {
    #[value(aliases = ["non-reçue", "non-recue"])]
    NotReceived,
    #[value(aliases = ["contestée", "contestee"])]
    Disputed,
    #[value(alias = "promise")]
    Promised,
    #[value(alias = "au-recouvrement")]
    AtTheCollector,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            State::NotReceived => "not-received",
            State::Disputed => "disputed",
            State::Promised => "promised",
            State::AtTheCollector => "at-the-collector",
        }
    }
}

fn amount(text: &str) -> Result<Decimal, BadValue> {
    text.parse().map_err(|_| BadValue {
        english: "this is an amount, such as 100.00".to_owned(),
        french: "c'est un montant, comme 100.00".to_owned(),
    })
}

impl Options {
    fn keeps(&self, row: &Row) -> bool {
        let zero = Money::ZERO;
        let open = row.open.to_decimal(row.currency).abs();
        self.payer.as_ref().is_none_or(|payer| row.shares.get(payer).is_some_and(|s| *s != zero))
            && self.group.as_ref().is_none_or(|group| row.groups.contains(group))
            && self.customer.as_ref().is_none_or(|customer| row.customers.contains(customer))
            && self.number.as_ref().is_none_or(|number| row.numbers.contains(number))
            && self.at_least.is_none_or(|least| open >= least)
            && self
                .past_due
                .is_none_or(|days| i64::try_from(days).is_ok_and(|days| row.age_days >= days))
            && self.dated_from.is_none_or(|day| row.date >= day)
            && self.dated_until.is_none_or(|day| row.date <= day)
            && self.state.is_none_or(|state| row.states.contains(state.name()))
    }
}

/// Lists what is unpaid.
pub fn unpaid(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let opened = options.files.open(lang)?;
    if options.format == Format::Xlsx && std::io::stdout().is_terminal() {
        return Err(Failure::both(
            "a workbook is not for a terminal: write it to a file (`> unpaid.xlsx`)",
            "un classeur n'est pas fait pour un terminal : écrivez-le dans un fichier (`> impayes.xlsx`)",
        ));
    }
    let follow_ups = opened.follow_ups();
    let (run, exit) = opened.run(&follow_ups, true)?;
    let keeps = |row: &Row| options.keeps(row);
    let list = follow::unpaid(&follow_ups, &opened.book, &run, opened.as_of, &keeps);
    let of = opened.lang.pick("in no sum", "comptées dans aucune somme");
    let left_out = opened.left_out(&run, of);
    match options.format {
        Format::Table => view(&table(&list, left_out.as_deref(), &opened))?,
        Format::Csv => results(|out| csv(&list, CsvForm::Plain).csv(CsvForm::Plain, out))?,
        Format::CsvFr => results(|out| csv(&list, CsvForm::French).csv(CsvForm::French, out))?,
        Format::Xlsx => {
            let workbook = workbook(&list, left_out, &opened)?;
            results(|out| out.write_all(&workbook))?;
        }
        Format::Html => {
            results(|out| out.write_all(html(&list, left_out.as_deref(), &opened).as_bytes()))?
        }
        Format::Json => results(|out| {
            for row in &list.rows {
                writeln!(out, "{}", unpaid_json(row))?;
            }
            Ok::<(), std::io::Error>(())
        })?,
    }
    Ok(exit)
}

/// All payers of a list: a column for each.
fn payers(list: &Unpaid) -> BTreeSet<&str> {
    list.rows.iter().flat_map(|row| row.shares.keys()).map(String::as_str).collect()
}

fn csv(list: &Unpaid, form: CsvForm) -> Grid {
    let payers = payers(list);
    let lang = if form == CsvForm::French { Lang::Fr } else { Lang::En };
    let mut header = headings(
        &[
            ("case", "dossier"),
            ("date", "date"),
            ("currency", "devise"),
            ("numbers", "factures"),
            ("customers", "clients"),
            ("groups", "groupes"),
            ("total", "total"),
            ("open", "restant dû"),
        ],
        form,
    );
    let per_payer = |called: &'static str| {
        payers.iter().map(move |payer| {
            // As the file has it, and not as it is safe to be looked at.
            let none = words::payer("", lang);
            let payer = if payer.is_empty() { none.as_str() } else { payer };
            say!(lang, "{called}: {payer}", "{called} : {payer}")
        })
    };
    header.extend(per_payer(lang.pick("open", "dû")));
    header.push(lang.pick("age_days", "jours de retard").to_owned());
    let of_payers = lang.pick(
        ["last step", "last step day", "next step", "next step day", "name"],
        [
            "dernière étape",
            "jour de la dernière étape",
            "prochaine étape",
            "jour de la prochaine étape",
            "nom",
        ],
    );
    header.extend(of_payers.into_iter().flat_map(per_payer));
    header.push(lang.pick("withheld", "retenues").to_owned());
    let numbers = (6..8 + payers.len()).collect();
    let row = |row: &Row| {
        let show = |amount: Money| row.currency.show(amount).to_string();
        let joined = |texts: &BTreeSet<String>| {
            texts.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
        };
        let mut cells = vec![
            row.case.clone(),
            row.date.to_string(),
            row.currency.code().to_owned(),
            row.numbers.join(" "),
            joined(&row.customers),
            joined(&row.groups),
            show(row.total),
            show(row.open),
        ];
        let shares = payers.iter().map(|payer| row.shares.get(*payer));
        cells.extend(shares.map(|share| share.map_or(String::new(), |share| show(*share))));
        cells.push(row.age_days.to_string());
        for steps in [&row.last_step, &row.next_step] {
            let of = || payers.iter().map(|payer| steps.get(*payer));
            cells.extend(of().map(|of| of.map_or(String::new(), |(step, _)| step.clone())));
            cells.extend(of().map(|of| of.map_or(String::new(), |(_, day)| day.to_string())));
        }
        let names = payers.iter().map(|payer| row.payer_names.get(*payer));
        cells.extend(names.map(|name| name.cloned().unwrap_or_default()));
        cells.push(row.withheld.join(" "));
        cells
    };
    Grid { header, numbers, rows: list.rows.iter().map(row).collect() }
}

/// The list as a workbook: the rows, and the sums.
fn workbook(list: &Unpaid, left_out: Option<String>, opened: &Opened) -> Result<Vec<u8>, Failure> {
    let lang = opened.lang;
    let form = lang.pick(CsvForm::Plain, CsvForm::French);
    let rows = csv(list, form);
    let payers = payers(list).len();
    // The day of each payer's last step and of its next one; the columns of steps stand before them.
    let steps = 9 + payers;
    let days = [1..2, steps + payers..steps + 2 * payers, steps + 3 * payers..steps + 4 * payers];
    let mut numbers = rows.numbers.clone();
    numbers.push(8 + payers);
    let rows = Sheet {
        name: lang.pick("Unpaid", "Impayés"),
        grid: Grid { numbers, ..rows },
        days: days.into_iter().flatten().collect(),
    };
    let mut header: Vec<String> = lang
        .pick(["currency", "payer", "open"], ["devise", "payeur", "restant dû"])
        .map(str::to_owned)
        .to_vec();
    header.extend(ages(lang).map(str::to_owned));
    header.push(lang.pick("overpaid", "trop-perçu").to_owned());
    let mut sums = Grid { numbers: (2..header.len()).collect(), header, rows: Vec::new() };
    for (code, (ageing, shares)) in &list.totals {
        let currency = Currency::find(code).unwrap_or(Currency::EURO);
        let show = |amount: Money| currency.show(amount).to_string();
        let everyone = lang.pick("(all)", "(tous)").to_owned();
        let mut all = vec![(*code).to_owned(), everyone, show(ageing.owed().open)];
        all.extend(ageing.open.map(show));
        all.push(show(ageing.overpaid));
        sums.rows.push(all);
        sums.rows.extend(shares.iter().map(|(payer, owed)| {
            let none = || words::payer("", lang);
            let payer = if payer.is_empty() { none() } else { payer.clone() };
            let mut row = vec![(*code).to_owned(), payer, show(owed.open)];
            row.extend(ageing.open.map(|_| String::new()));
            row.push(show(owed.overpaid));
            row
        }));
    }
    sums.rows.extend(left_out.map(|note| vec![note]));
    let sums = Sheet { name: lang.pick("Sums", "Sommes"), grid: sums, days: Vec::new() };
    workbook::workbook(&[rows, sums], opened.as_of)
}

/// The list as a page.
fn html(list: &Unpaid, left_out: Option<&str>, opened: &Opened) -> String {
    let (lang, as_of) = (opened.lang, opened.lang.date(opened.as_of));
    let title = say!(lang, "Unpaid on {as_of}", "Impayés au {as_of}");
    let mut body = format!("<section>\n<h1>{}</h1>\n", escaped(&title));
    body.extend(left_out.map(|note| format!("<p>{}</p>\n", escaped(note))));
    body += &journal_page::table(lang.pick("Cases", "Dossiers"), &grid(list, opened));
    for (number, (code, (ageing, shares))) in list.totals.iter().enumerate() {
        body += &journal_page::ageing_of(&format!("ageing-{number}"), code, ageing, lang);
        let by_payer = say!(lang, "Open, by payer ({code})", "Restant dû, par payeur ({code})");
        body += &journal_page::table(&by_payer, &of_payers(code, shares, lang));
    }
    page::page(lang, &title, &(body + "</section>\n"))
}

/// What each payer owes, as it is looked at.
fn of_payers(code: &str, shares: &BTreeMap<String, Owed>, lang: Lang) -> Grid {
    let show = |amount: Money| format!("{} {code}", lang.digits(sum(code, amount)));
    let header = lang.pick(["payer", "open", "overpaid"], ["payeur", "restant dû", "trop-perçu"]);
    let row = |(payer, owed): (&String, &Owed)| {
        vec![words::payer(payer, lang), show(owed.open), show(owed.overpaid)]
    };
    let rows = shares.iter().map(row).collect();
    Grid { header: header.map(str::to_owned).to_vec(), numbers: vec![1, 2], rows }
}

/// The rows, as they are looked at.
fn grid(list: &Unpaid, opened: &Opened) -> Grid {
    let lang = opened.lang;
    let payers = payers(list);
    // Where nobody names a customer, no column is for one.
    let has_customers = list.rows.iter().any(|row| !row.customers.is_empty());
    let customer = if has_customers { lang.pick("customer", "client") } else { "" };
    let first = lang.pick(
        ["case", customer, "date", "invoices", "total"],
        ["dossier", customer, "date", "factures", "total"],
    );
    let first = first.into_iter().filter(|heading| !heading.is_empty());
    let mut header: Vec<String> = first.map(str::to_owned).collect();
    let at = header.len();
    header.extend(payers.iter().map(|payer| {
        let payer = words::payer(payer, lang);
        say!(lang, "open: {payer}", "dû : {payer}")
    }));
    let more = lang.pick(
        ["", "days past due", "last step", "next step"],
        ["", "jours de retard", "dernière étape", "prochaine étape"],
    );
    header.extend(more.map(str::to_owned));
    let numbers = (at - 1..at + payers.len()).collect();
    let row = |row: &Row| {
        let show = |amount: Money| lang.digits(row.currency.show(amount));
        let mut invoices = plain(&row.numbers.join(" "));
        if !row.withheld.is_empty() {
            let withheld = plain(&row.withheld.join(" "));
            invoices += &say!(lang, " (withheld: {withheld})", " (retenues : {withheld})");
        }
        let mut cells = vec![plain(&row.case)];
        if has_customers {
            let customers: Vec<&str> = row.customers.iter().map(String::as_str).collect();
            cells.push(plain(&customers.join(", ")));
        }
        cells.extend([lang.date(row.date), invoices, show(row.total)]);
        cells.extend(
            payers
                .iter()
                .map(|payer| row.shares.get(*payer).map_or(String::new(), |share| show(*share))),
        );
        cells.push(row.currency.code().to_owned());
        cells.push(row.age_days.to_string());
        for steps in [&row.last_step, &row.next_step] {
            let of = steps.iter().map(|(payer, (step, day))| {
                let (payer, step, day) = (words::payer(payer, lang), plain(step), lang.date(day));
                say!(lang, "{payer}: {step} {day}", "{payer} : {step} {day}")
            });
            cells.push(of.collect::<Vec<_>>().join("\n"));
        }
        cells
    };
    let rows = list.rows.iter().map(row).collect();
    Grid { header, numbers, rows }
}

fn table(list: &Unpaid, left_out: Option<&str>, opened: &Opened) -> String {
    let lang = opened.lang;
    let mut text = grid(list, opened).drawn();
    for (code, (ageing, shares)) in &list.totals {
        text += &totals(code, ageing, shares, lang);
    }
    text.extend(left_out.map(|note| format!("{note}\n")));
    text
}

/// The sums of one currency, and how long they have been due.
fn totals(code: &str, ageing: &Ageing, shares: &BTreeMap<String, Owed>, lang: Lang) -> String {
    let currency = Currency::find(code).unwrap_or(Currency::EURO);
    let show = |amount: Money| format!("{} {code}", lang.digits(currency.show(amount)));
    let owed = |owed: Owed| {
        let open = show(owed.open);
        match owed.overpaid {
            Money::ZERO => open,
            overpaid => {
                let overpaid = show(overpaid);
                say!(lang, "{open}; overpaid: {overpaid}", "{open} ; trop-perçu : {overpaid}")
            }
        }
    };
    let total = owed(ageing.owed());
    let mut text = say!(lang, "Open in all: {total}\n", "Restant dû en tout : {total}\n");
    for (payer, of) in shares {
        let (payer, of) = (words::payer(payer, lang), owed(*of));
        text += &say!(lang, "  {payer}: {of}\n", "  {payer} : {of}\n");
    }
    let parts = ages(lang).into_iter().zip(ageing.open);
    let ages: Vec<String> = parts
        .map(|(part, sum)| {
            let sum = show(sum);
            say!(lang, "{part}: {sum}", "{part} : {sum}")
        })
        .collect();
    text + &format!("  {}\n", ages.join(lang.pick("; ", " ; ")))
}
