//! The journal as a page in HTML: in, a journal; out, the page, with a picture of the ageing of each currency and one of
//! the delays of payers, each above a table of the same figures.

use super::journal_told::{Told, ages};
use super::pictures::{Bar, bars};
use super::table::Grid;
use super::words;
use crate::cli::page::{self, escaped, tied};
use crate::follow::Ageing;
use crate::lang::{Lang, say};
use crate::money::Money;
use crate::tell::{sum, tenths};

/// The page.
pub fn page(told: &Told<'_>) -> String {
    let (lang, as_of) = (told.lang, told.lang.date(told.opened.as_of));
    let title = say!(lang, "Journal of invoices, {as_of}", "Journal de facturation au {as_of}");
    let mut body = format!("<section>\n<h1>{}</h1>\n", escaped(&title));
    for note in told.notes() {
        body += &format!("<p>{}</p>\n", escaped(&note));
    }
    for (number, (code, ageing)) in told.journal.ageing.iter().enumerate() {
        body += &ageing_of(&format!("ageing-{number}"), code, ageing, lang);
    }
    body += &delays(told);
    let by_channel = lang.pick("Delays by channel", "Délais par canal");
    body += &table(by_channel, &told.delays_of(true));
    body += &table(lang.pick("Invoices", "Factures"), &told.invoices());
    page::page(lang, &title, &(body + "</section>\n"))
}

/// A table in HTML.
pub fn table(caption: &str, grid: &Grid) -> String {
    let class = |column: &usize| {
        if grid.numbers.contains(column) { " class=\"right\"" } else { "" }
    };
    let mut text = format!("<table>\n<caption>{}</caption>\n<thead>\n<tr>", escaped(caption));
    for (column, heading) in grid.header.iter().enumerate() {
        text += &format!("<th scope=\"col\"{}>{}</th>", class(&column), escaped(heading));
    }
    text += "</tr>\n</thead>\n<tbody>\n";
    for row in &grid.rows {
        text += "<tr>";
        for (column, cell) in row.iter().enumerate() {
            let lines: Vec<String> = cell.split('\n').map(|line| escaped(&tied(line))).collect();
            let (class, cell) = (class(&column), lines.join("<br>"));
            text += &match column {
                0 => format!("<th scope=\"row\"{class}>{cell}</th>"),
                _ => format!("<td{class}>{cell}</td>"),
            };
        }
        text += "</tr>\n";
    }
    text + "</tbody>\n</table>\n"
}

/// What is open in one currency, by how long it is past due.
pub fn ageing_of(id: &str, code: &str, ageing: &Ageing, lang: Lang) -> String {
    let show = |amount: Money| format!("{} {code}", lang.digits(sum(code, amount)));
    let title =
        say!(lang, "Open, by days past due ({code})", "Restant dû, par ancienneté ({code})");
    let parts: Vec<(&str, Money)> = ages(lang).into_iter().zip(ageing.open).collect();
    let told: Vec<String> =
        parts.iter().map(|(part, amount)| format!("{part} {}", show(*amount))).collect();
    let all = parts.iter().map(|(part, amount)| Bar {
        label: (*part).to_owned(),
        length: i128::from(amount.0),
        figure: show(*amount),
    });
    let picture = bars(id, &title, &told.join(lang.pick("; ", " ; ")), &all.collect::<Vec<_>>());
    let mut rows: Vec<Vec<String>> =
        parts.iter().map(|(part, amount)| vec![(*part).to_owned(), show(*amount)]).collect();
    // One does not make up for the other.
    let more = lang.pick(["open in all", "overpaid"], ["restant dû en tout", "trop-perçu"]);
    let more = more.into_iter().zip([ageing.owed().open, ageing.overpaid]);
    rows.extend(more.map(|(part, amount)| vec![part.to_owned(), show(amount)]));
    let header = lang.pick(["past due", "open"], ["ancienneté", "restant dû"]);
    let header = header.map(str::to_owned).to_vec();
    picture + &table(&title, &Grid { header, numbers: vec![1], rows })
}

/// The delays of payers: the median and the 90th percentile of each.
fn delays(told: &Told<'_>) -> String {
    let lang = told.lang;
    let title = lang.pick(
        "Delays by payer: days from the invoice to the payment that settled it",
        "Délais par payeur : jours de la facture au règlement qui la solde",
    );
    let mut all = Vec::new();
    for ((payer, code), delays) in &told.journal.payers {
        let (Some(median), Some(ninety)) = (delays.median_tenths(), delays.ninetieth()) else {
            continue;
        };
        let payer = format!("{} ({code})", words::payer(payer, lang));
        let days = lang.digits(tenths(Some(median)));
        all.push(Bar {
            label: say!(lang, "{payer}, median", "{payer}, médiane"),
            length: i128::from(median),
            figure: say!(lang, "{days} days", "{days} jours"),
        });
        all.push(Bar {
            label: say!(lang, "{payer}, 90 % within", "{payer}, 90 % en"),
            length: i128::from(ninety) * 10,
            figure: say!(lang, "{ninety} day{0}", "{ninety} jour{0}", lang.s(ninety)),
        });
    }
    let told_bars: Vec<String> =
        all.iter().map(|bar| format!("{} {}", bar.label, bar.figure)).collect();
    let table = table(title, &told.delays_of(false));
    if all.is_empty() {
        return table;
    }
    bars("delays", title, &told_bars.join(lang.pick("; ", " ; ")), &all) + &table
}
