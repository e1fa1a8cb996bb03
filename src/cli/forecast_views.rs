//! Forecasts as they are written: JSON, CSV, or a table that is looked at.

use super::output::plain;
use crate::calendar::Date;
use crate::eval::{Withheld, Written};
use crate::feed::{BOM, CsvForm, LINE_COLUMNS, LineFormat, LineWriter, write_cell, write_header};
use crate::forecast::{Forecast, Horizon, LeftOut, NextEvent};
use crate::lang::{Lang, say};
use crate::model::{Beside, Event, EventKind, InvoiceLine, More, SubjectKind, french};
use crate::plan::Plan;
use clap::ValueEnum;
use comfy_table::{CellAlignment, Table, presets};
use serde::Serialize;
use std::collections::BTreeSet;
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
    /// For a French spreadsheet: semicolons, decimal commas, French headings.
    CsvFr,
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
    suspended: Option<Date>,
    left_out: Vec<LeftOut>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    suspended_since: Option<Date>,
    by_itself: &'f [InvoiceLine],
    next: Vec<NextObject<'f>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_tried: Vec<&'static str>,
}

/// A next event as JSON: with its lines, or with a reason.
#[derive(Serialize)]
struct NextObject<'f> {
    event: &'f Event,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<&'f [InvoiceLine]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_itself: Option<&'f [InvoiceLine]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withheld: Option<&'f str>,
}

/// What an event would bill, or why the case would be withheld.
struct NextLines {
    event: Event,
    lines: Result<Vec<InvoiceLine>, String>,
    then: Option<Vec<InvoiceLine>>,
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
        let Forecast { closed: _, by_itself, next, suspended, left_out } = forecast;
        let next = next.into_iter().map(|NextEvent { event, lines, then }| {
            let lines = lines.map_err(|withheld| why(&event, withheld));
            NextLines { event, lines, then }
        });
        let next = next.collect();
        let schedule = plan.schedule.name.clone();
        Foreseen { case, schedule, billed: None, by_itself, next, suspended, left_out }
    }

    /// The same, with what is billed before it.
    pub fn after(self, billed: Vec<(Option<String>, InvoiceLine)>) -> Foreseen {
        Foreseen { billed: Some(billed), ..self }
    }

    fn to_json(&self, horizon: Horizon) -> io::Result<String> {
        let next = self.next.iter().map(|next| NextObject {
            event: &next.event,
            lines: next.lines.as_deref().ok(),
            by_itself: next.then.as_deref(),
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
            suspended_since: self.suspended,
            by_itself: &self.by_itself,
            next: next.collect(),
            not_tried: self.left_out.iter().map(|what| what.name()).collect(),
        };
        Ok(serde_json::to_string(&object)?)
    }

    /// One row for each line, and one for each event that bills nothing.
    fn write_csv(&self, form: CsvForm, out: &mut Vec<u8>) -> io::Result<()> {
        for (_, line) in self.billed.iter().flatten() {
            write_start(out, form, Comes::Billed, None);
            write_row(out, form, line)?;
        }
        for line in &self.by_itself {
            write_start(out, form, Comes::ByItself, None);
            write_row(out, form, line)?;
        }
        for next in &self.next {
            let event = Some(&next.event);
            let lines = next.lines.as_deref().unwrap_or_default();
            for line in lines {
                write_start(out, form, Comes::Next, event);
                write_row(out, form, line)?;
            }
            if lines.is_empty() {
                let comes = if next.lines.is_ok() { Comes::Next } else { Comes::Withheld };
                write_start(out, form, comes, event);
                write_cell(out, form, &self.case);
                out.push(form.separator());
                write_cell(out, form, &self.schedule);
                out.resize(out.len() + LINE_COLUMNS.len() - 2, form.separator());
                out.push(b'\n');
            }
            for line in next.then.iter().flatten() {
                write_start(out, form, Comes::NextByItself, event);
                write_row(out, form, line)?;
            }
        }
        Ok(())
    }
}

/// A line as a row; one that cannot be written is a failure, and never left out.
fn write_row(out: &mut Vec<u8>, form: CsvForm, line: &InvoiceLine) -> io::Result<()> {
    let Some(written) = Written::of(line) else {
        return Err(io::Error::other(format!("{}: {}", line.case, line.id)));
    };
    LineWriter::default().write(out, LineFormat::Csv(form), &written);
    Ok(())
}

/// The columns that stand before those of a line, in English and French.
const COLUMNS: [(&str, &str); 6] = [
    ("forecast", "prévision"),
    ("event_date", "date de l'événement"),
    ("event_kind", "nature de l'événement"),
    ("event_name", "nom de l'événement"),
    ("event_hours", "heures de l'événement"),
    ("event_percent", "pourcentage de l'événement"),
];

/// What stands above all rows.
fn header(form: CsvForm) -> Vec<u8> {
    let french = form == CsvForm::French;
    let mut out = if french { BOM.to_vec() } else { Vec::new() };
    for (name, word) in COLUMNS {
        out.extend_from_slice(if french { word } else { name }.as_bytes());
        out.push(form.separator());
    }
    let mut lines = Vec::new();
    write_header(&mut lines, LineFormat::Csv(form), false);
    out.extend_from_slice(lines.strip_prefix(BOM).unwrap_or(&lines));
    out
}

/// How a row of a forecast comes.
#[derive(Clone, Copy)]
enum Comes {
    Billed,
    ByItself,
    Next,
    NextByItself,
    Withheld,
}

impl Comes {
    fn word(self, form: CsvForm) -> &'static str {
        let (name, word) = match self {
            Comes::Billed => ("billed", "facturé"),
            Comes::ByItself => ("by_itself", "de lui-même"),
            Comes::Next => ("next", "si l'événement vient"),
            Comes::NextByItself => ("next_by_itself", "puis de lui-même"),
            Comes::Withheld => ("withheld", "retenu"),
        };
        if form == CsvForm::French { word } else { name }
    }
}

/// What stands before a line: how it comes, and with which event.
fn write_start(out: &mut Vec<u8>, form: CsvForm, comes: Comes, event: Option<&Event>) {
    let kind = event.map(|event| &event.kind);
    let share = match kind.and_then(EventKind::more) {
        Some(More::Progress(share)) => Some(share.to_string()),
        Some(_) | None => None,
    };
    let number = |text: Option<String>| match form {
        CsvForm::French => text.unwrap_or_default().replace('.', ","),
        CsvForm::Plain | CsvForm::Exact => text.unwrap_or_default(),
    };
    let called = kind.map_or("", |kind| match form {
        CsvForm::French => french::kind_word(kind.kind()),
        CsvForm::Plain | CsvForm::Exact => kind.name(),
    });
    for cell in [
        comes.word(form).to_owned(),
        event.map_or(String::new(), |event| event.date.to_string()),
        called.to_owned(),
        kind.and_then(EventKind::subject).unwrap_or_default().to_owned(),
        number(kind.and_then(hours)),
        number(share),
    ] {
        write_cell(out, form, &cell);
        out.push(form.separator());
    }
}

fn hours(event: &EventKind) -> Option<String> {
    event.hours().map(|hours| hours.to_string())
}

impl View {
    /// What writes forecasts so.
    pub fn writer(self, horizon: Horizon, lang: Lang) -> Writer {
        Writer {
            view: self,
            horizon,
            lang,
            any: false,
            table: Table::new(),
            left_out: BTreeSet::new(),
        }
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
    /// What was not tried of some case.
    left_out: BTreeSet<LeftOut>,
}

impl Writer {
    /// What stands before all forecasts.
    pub fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.view {
            View::Ndjson => Ok(()),
            View::Json => out.write_all(b"["),
            View::Csv => out.write_all(&header(CsvForm::Plain)),
            View::CsvFr => out.write_all(&header(CsvForm::French)),
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
            View::Csv | View::CsvFr => {
                let french = self.view == View::CsvFr;
                let form = if french { CsvForm::French } else { CsvForm::Plain };
                let mut rows = Vec::new();
                foreseen.write_csv(form, &mut rows)?;
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
            View::Ndjson | View::Csv | View::CsvFr => Ok(()),
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
                )?;
                for what in &self.left_out {
                    out.write_all(not_tried(*what, self.lang).as_bytes())?;
                }
                Ok(())
            }
        }
    }

    fn rows(&mut self, foreseen: &Foreseen) {
        let by_itself = self.lang.pick("by itself", "de lui-même").to_owned();
        for (comes, line) in foreseen.billed.iter().flatten() {
            self.row(&foreseen.case, comes.clone().unwrap_or(by_itself.clone()), line);
        }
        self.left_out.extend(&foreseen.left_out);
        if let Some(since) = foreseen.suspended {
            let date = self.lang.date(since);
            let why = self.lang.pick(
                "by itself, while it stays suspended:",
                "de lui-même, tant qu'il reste suspendu :",
            );
            let suspended = self.lang.pick("suspended since", "suspendu depuis").to_owned();
            let none = String::new;
            self.table.add_row([
                plain(&foreseen.case),
                suspended,
                date,
                none(),
                why.to_owned(),
                none(),
                none(),
            ]);
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
                Ok(lines) if lines.is_empty() && next.then.is_some() => {}
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
            let Some(then) = &next.then else { continue };
            let after = after(&next.event, self.lang);
            if same_to_come(then, &foreseen.by_itself) {
                let same = self.lang.pick("the same by itself", "de lui-même, la même chose");
                self.table.add_row(short(after, same));
            } else if then.is_empty() {
                let nothing = self.lang.pick("nothing by itself", "de lui-même, rien");
                self.table.add_row(short(after, nothing));
            } else {
                then.iter().for_each(|line| self.row(&foreseen.case, after.clone(), line));
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

/// Whether the same lines come by themselves, whatever the numbers of their invoices.
fn same_to_come(then: &[InvoiceLine], by_itself: &[InvoiceLine]) -> bool {
    let ids = |lines: &[InvoiceLine]| -> Vec<String> {
        lines.iter().map(|line| line.id.clone()).collect()
    };
    ids(then) == ids(by_itself)
}

/// After what a line comes by itself.
fn after(event: &Event, lang: Lang) -> String {
    let kind = event.kind.kind();
    if kind.moves_what_comes() {
        format!("{} {}", lang.pick("after", "après"), kind.noun().bare(lang))
    } else {
        said(event, lang)
    }
}

/// What is not tried, and what it takes to have it tried.
fn not_tried(what: LeftOut, lang: Lang) -> &'static str {
    match what {
        LeftOut::Amendment => lang.pick(
            "no amendment is tried: --amended states what it changes\n",
            "aucun avenant n'est essayé : --amended énonce ce qu'il change\n",
        ),
        LeftOut::Amount => lang.pick(
            "actions billed by their amount are tried without one: --amount states it\n",
            "les actions facturées à leur montant sont essayées sans montant : --amount l'énonce\n",
        ),
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
        EventKind::More(more) => {
            let action = || SubjectKind::Action.noun().on(lang);
            if let More::Action { beside: Beside { quantity: Some(_), .. }, .. } = &**more {
                format!("{} \"{name}\"{hours} × 1", action())
            } else if let More::Action { beside: Beside { amount: Some(amount), .. }, .. } = &**more
            {
                format!("{} \"{name}\"{hours}, {}", action(), lang.digits(amount))
            } else if let More::Progress(share) = &**more {
                let share = lang.digits(share);
                say!(lang, "on progress {share} %", "à l'avancement de {share} %")
            } else if event.kind.kind().moves_what_comes() {
                event.kind.kind().noun().on(lang)
            } else {
                event.kind.name().to_owned()
            }
        }
        EventKind::Opened { .. } | EventKind::Void { .. } => event.kind.name().to_owned(),
    }
}
