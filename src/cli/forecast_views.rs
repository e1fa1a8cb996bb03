//! Forecasts as they are written: JSON, CSV, or a table that is looked at.

use super::output::plain;
use crate::calendar::Date;
use crate::eval::{Withheld, Written};
use crate::feed::{CsvForm, LINE_COLUMNS, LineFormat, write_cell, write_line};
use crate::forecast::{Forecast, Horizon, NextEvent};
use crate::lang::{Lang, say};
use crate::model::{Beside, Event, EventKind, InvoiceLine, More, SubjectKind};
use crate::plan::Plan;
use clap::ValueEnum;
use comfy_table::{CellAlignment, Table, presets};
use serde::Serialize;
use std::io::{self, Write};

/// How forecasts are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum View {
    /// One JSON object for each case.
    Ndjson,
    /// One JSON document.
    Json,
    /// One row for each line.
    Csv,
    /// A table.
    Table,
}

/// What is foreseen of one open case.
pub struct Foreseen {
    case: String,
    schedule: String,
    /// What is billed already, each line with what it comes on; only of a case that is made up for the
    /// call, and that nobody has billed yet.
    billed: Option<Vec<(Option<String>, InvoiceLine)>>,
    by_itself: Vec<InvoiceLine>,
    next: Vec<NextLines>,
}

/// A forecast as JSON.
#[derive(Serialize)]
struct Object<'f> {
    case: &'f str,
    schedule: &'f str,
    as_of: Date,
    until: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    billed: Option<Vec<&'f InvoiceLine>>,
    by_itself: &'f [InvoiceLine],
    next: Vec<NextObject<'f>>,
}

/// A next event as JSON: with its lines, or with a reason.
#[derive(Serialize)]
struct NextObject<'f> {
    event: &'f Event,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<&'f [InvoiceLine]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld: Option<&'f str>,
}

/// What an event would bill, or why the case would be withheld.
struct NextLines {
    event: Event,
    lines: Result<Vec<InvoiceLine>, String>,
}

impl Foreseen {
    /// Of a case that is open.
    pub fn new(
        plan: &Plan,
        case: String,
        mut events: Vec<Event>,
        forecast: Forecast,
        lang: Lang,
    ) -> Foreseen {
        let mut why = |event: &Event, withheld: Withheld| {
            events.push(event.clone());
            let why = withheld.say(plan, &events, lang);
            events.pop();
            why
        };
        let next = forecast.next.into_iter().map(|NextEvent { event, lines }| {
            let lines = lines.map_err(|withheld| why(&event, withheld));
            NextLines { event, lines }
        });
        let next = next.collect();
        let schedule = plan.schedule.name.clone();
        Foreseen { case, schedule, billed: None, by_itself: forecast.by_itself, next }
    }

    /// The same, with what is billed before it.
    pub fn after(self, billed: Vec<(Option<String>, InvoiceLine)>) -> Foreseen {
        Foreseen { billed: Some(billed), ..self }
    }

    fn to_json(&self, horizon: Horizon) -> io::Result<String> {
        let next = self.next.iter().map(|next| NextObject {
            event: &next.event,
            lines: next.lines.as_deref().ok(),
            withheld: next.lines.as_ref().err().map(String::as_str),
        });
        let object = Object {
            case: &self.case,
            schedule: &self.schedule,
            as_of: horizon.as_of,
            until: horizon.until,
            billed: self
                .billed
                .as_ref()
                .map(|billed| billed.iter().map(|(_, line)| line).collect()),
            by_itself: &self.by_itself,
            next: next.collect(),
        };
        Ok(serde_json::to_string(&object)?)
    }

    /// One row for each line, and one for each event that bills nothing.
    fn write_csv(&self, out: &mut Vec<u8>) -> io::Result<()> {
        for (_, line) in self.billed.iter().flatten() {
            out.extend_from_slice(b"billed,,,,,");
            write_row(out, line)?;
        }
        for line in &self.by_itself {
            out.extend_from_slice(b"by_itself,,,,,");
            write_row(out, line)?;
        }
        for next in &self.next {
            let lines = next.lines.as_deref().unwrap_or_default();
            for line in lines {
                next.write_start(out);
                write_row(out, line)?;
            }
            if lines.is_empty() {
                next.write_start(out);
                write_cell(out, CsvForm::Plain, &self.case);
                out.push(b',');
                write_cell(out, CsvForm::Plain, &self.schedule);
                out.resize(out.len() + LINE_COLUMNS.len() - 2, b',');
                out.push(b'\n');
            }
        }
        Ok(())
    }
}

/// A line as a row; one that cannot be written is a failure, and never left out.
fn write_row(out: &mut Vec<u8>, line: &InvoiceLine) -> io::Result<()> {
    let Some(written) = Written::of(line) else {
        return Err(io::Error::other(format!("{}: {}", line.case, line.id)));
    };
    write_line(out, LineFormat::Csv(CsvForm::Plain), &written);
    Ok(())
}

/// The columns that stand before those of a line.
const COLUMNS: &str = "forecast,event_date,event_kind,event_name,event_hours,";

impl NextLines {
    fn write_start(&self, out: &mut Vec<u8>) {
        let what: &[u8] = if self.lines.is_ok() { b"next," } else { b"withheld," };
        out.extend_from_slice(what);
        self.event.date.write(out);
        out.push(b',');
        out.extend_from_slice(self.event.kind.name().as_bytes());
        out.push(b',');
        write_cell(out, CsvForm::Plain, self.event.kind.subject().unwrap_or_default());
        out.push(b',');
        if let Some(hours) = hours(&self.event.kind) {
            out.extend_from_slice(hours.as_bytes());
        }
        out.push(b',');
    }
}

fn hours(event: &EventKind) -> Option<String> {
    event.hours().map(|hours| hours.to_string())
}

impl View {
    /// What writes forecasts so.
    pub fn writer(self, horizon: Horizon, lang: Lang) -> Writer {
        Writer { view: self, horizon, lang, any: false, table: Table::new() }
    }
}

/// Writes forecasts one after another.
pub struct Writer {
    view: View,
    horizon: Horizon,
    lang: Lang,
    /// Whether one has been written.
    any: bool,
    table: Table,
}

impl Writer {
    /// What stands before all forecasts.
    pub fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.view {
            View::Ndjson => Ok(()),
            View::Json => out.write_all(b"["),
            View::Csv => writeln!(out, "{COLUMNS}{}", LINE_COLUMNS.join(",")),
            View::Table => {
                self.table.load_style(presets::UTF8_FULL_CONDENSED);
                self.table.set_header(self.lang.pick(
                    ["case", "comes", "date", "kind", "label", "amount", ""],
                    ["dossier", "vient", "date", "nature", "libellé", "montant", ""],
                ));
                if let Some(column) = self.table.column_mut(5) {
                    column.set_cell_alignment(CellAlignment::Right);
                }
                Ok(())
            }
        }
    }

    /// One case.
    pub fn write(&mut self, foreseen: &Foreseen, out: &mut dyn Write) -> io::Result<()> {
        let before = std::mem::replace(&mut self.any, true);
        match self.view {
            View::Ndjson => writeln!(out, "{}", foreseen.to_json(self.horizon)?),
            View::Json => {
                out.write_all(if before { b",\n" } else { b"\n" })?;
                write!(out, "{}", foreseen.to_json(self.horizon)?)
            }
            View::Csv => {
                let mut rows = Vec::new();
                foreseen.write_csv(&mut rows)?;
                out.write_all(&rows)
            }
            View::Table => {
                self.rows(foreseen);
                Ok(())
            }
        }
    }

    /// What stands after all forecasts.
    pub fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.view {
            View::Ndjson | View::Csv => Ok(()),
            View::Json => out.write_all(b"\n]\n"),
            View::Table => {
                let Horizon { as_of, until, on, hours } = self.horizon;
                let [as_of, until, on] = [as_of, until, on].map(|date| self.lang.date(date));
                let hours = self.lang.digits(hours);
                writeln!(out, "{}", self.table)?;
                out.write_all(
                    say!(
                        self.lang,
                        "as of {as_of}; by itself until {until}; events assumed on {on}, an action with {hours} h where hours matter\n",
                        "arrêté au {as_of} ; de lui-même jusqu'au {until} ; événements supposés au {on}, une action de {hours} h là où les heures comptent\n"
                    )
                    .as_bytes(),
                )
            }
        }
    }

    fn rows(&mut self, foreseen: &Foreseen) {
        let by_itself = self.lang.pick("by itself", "de lui-même").to_owned();
        for (comes, line) in foreseen.billed.iter().flatten() {
            self.row(&foreseen.case, comes.clone().unwrap_or(by_itself.clone()), line);
        }
        for line in &foreseen.by_itself {
            self.row(&foreseen.case, by_itself.clone(), line);
        }
        let short = |what: String, why: &str| {
            let none = String::new();
            [
                plain(&foreseen.case),
                what,
                none.clone(),
                none.clone(),
                plain(why),
                none.clone(),
                none,
            ]
        };
        for next in &foreseen.next {
            let what = said(&next.event, self.lang);
            match &next.lines {
                Ok(lines) if lines.is_empty() => {
                    self.table.add_row(short(what, self.lang.pick("nothing", "rien")));
                }
                Ok(lines) => lines.iter().for_each(|line| {
                    self.row(&foreseen.case, what.clone(), line);
                }),
                Err(why) => {
                    let why = say!(self.lang, "withheld: {why}", "retenu : {why}");
                    self.table.add_row(short(what, &why));
                }
            }
        }
    }

    fn row(&mut self, case: &str, what: String, line: &InvoiceLine) {
        self.table.add_row([
            plain(case),
            what,
            self.lang.date(line.date),
            line.kind.word(self.lang).to_owned(),
            match &line.payer {
                None => plain(&line.label),
                Some(payer) => format!("{} ({})", plain(&line.label), plain(payer)),
            },
            self.lang.digits(&line.amount),
            line.currency.clone(),
        ]);
    }
}

/// On what a line comes, as a schedule says it.
fn said(event: &Event, lang: Lang) -> String {
    let hours = hours(&event.kind).map(|hours| format!(" {} h", lang.digits(hours)));
    let hours = hours.unwrap_or_default();
    let name = plain(event.kind.subject().unwrap_or_default());
    match &event.kind {
        EventKind::Milestone(milestone) => milestone.noun().on(lang),
        EventKind::Action { .. } | EventKind::Deliverable { .. } | EventKind::Event { .. } => {
            let on = event.kind.subject_kind().map(|kind| kind.noun().on(lang)).unwrap_or_default();
            format!("{on} \"{name}\"{hours}")
        }
        EventKind::More(more) => match &**more {
            More::Action { beside: Beside { quantity: Some(_), .. }, .. } => {
                format!("{} \"{name}\"{hours} × 1", SubjectKind::Action.noun().on(lang))
            }
            More::Action { .. }
            | More::Opened { .. }
            | More::Amendment(_)
            | More::Progress(_)
            | More::Suspension
            | More::Resumption => event.kind.name().to_owned(),
        },
        EventKind::Opened { .. } | EventKind::Void { .. } => event.kind.name().to_owned(),
    }
}
