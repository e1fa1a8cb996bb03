//! Cases billed and written: in, histories that have been read; out, texts of one JSON object a line. A case is
//! in the lines or among the withheld, never in both.

use crate::session::Options;
use jalon::InvoiceLine;
use jalon::eval::{Written, invoices};
use jalon::feed::{
    Biller, Book, CsvForm, EventsOf, Histories, LineFormat, LineWriter, Place, Unbilled,
    UnbilledReason, write_header,
};
use jalon::lang::{Lang, plain, say};
use serde_json::{Value, json};
use std::marker::PhantomData;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What cases come to: texts of one JSON object a line, in UTF-8, each line with its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Invoice lines, as `jalon run` writes them: amounts are decimal texts.
    pub lines: String,
    /// Invoices, as `jalon run --invoices` writes them, where they are asked for.
    pub invoices: String,
    /// Withheld cases: `case` (null for a line that could belong to any case), `batch` and `line` (both from 1),
    /// `column` (in characters, from 1; these three null where no line is at fault) and `message`.
    pub withheld: String,
    /// Notices, where they are asked for: `case`, `date`, `kind`, `notice`, `batch`, `line`, `message` and the `id`
    /// of the event, or null.
    pub notices: String,
    /// How many cases are billed, if only with nothing.
    pub billed: u64,
    /// How many cases are withheld.
    pub held: u64,
}

impl Answer {
    /// Adds what other cases come to.
    pub(crate) fn add(&mut self, other: Answer) {
        let texts = [
            (&mut self.lines, other.lines),
            (&mut self.invoices, other.invoices),
            (&mut self.withheld, other.withheld),
            (&mut self.notices, other.notices),
        ];
        for (own, other) in texts {
            if own.is_empty() {
                *own = other;
            } else {
                own.push_str(&other);
            }
        }
        self.billed += other.billed;
        self.held += other.held;
    }

    /// Withheld cases as objects.
    pub(crate) fn rows(&self) -> Vec<Value> {
        self.withheld.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    /// A case is withheld, or with none a line that could belong to any.
    pub(crate) fn withhold(&mut self, case: Option<&str>, place: Option<Place>, why: &str) {
        let object = json!({
            "case": case,
            "batch": place.map(|place| place.file.saturating_add(1)),
            "line": place.map(|place| place.line),
            "column": place.map(|place| place.column),
            "message": plain(why),
        });
        self.withheld.push_str(&object.to_string());
        self.withheld.push('\n');
        self.held += u64::from(case.is_some());
    }
}

/// Where lines go, and are taken back from while their case is under way.
pub(crate) trait Lines: Default + Send {
    /// Adds a line.
    fn add(&mut self, line: &Written<'_>);
    /// How much there is.
    fn size(&self) -> usize;
    /// Takes back all but so much.
    fn cut(&mut self, size: usize);
}

/// How lines are written that are a text.
pub(crate) trait TextForm: Default + Send {
    const FORMAT: LineFormat;
}

/// JSON objects, one a line.
#[derive(Default)]
pub(crate) struct Json;

impl TextForm for Json {
    const FORMAT: LineFormat = LineFormat::Ndjson;
}

/// Records for a spreadsheet, without the line that names their columns.
#[derive(Default)]
pub(crate) struct Records;

impl TextForm for Records {
    const FORMAT: LineFormat = LineFormat::Csv(CsvForm::Plain);
}

/// The same for a French spreadsheet.
#[derive(Default)]
pub(crate) struct FrenchRecords;

impl TextForm for FrenchRecords {
    const FORMAT: LineFormat = LineFormat::Csv(CsvForm::French);
}

/// Lines as a text.
#[derive(Default)]
pub(crate) struct TextLines<F> {
    bytes: Vec<u8>,
    writer: LineWriter,
    form: PhantomData<F>,
}

impl<F: TextForm> Lines for TextLines<F> {
    fn add(&mut self, line: &Written<'_>) {
        self.writer.write(&mut self.bytes, F::FORMAT, line);
    }

    fn size(&self) -> usize {
        self.bytes.len()
    }

    fn cut(&mut self, size: usize) {
        self.bytes.truncate(size);
    }
}

/// Lines are written from texts: what is not UTF-8 cannot be among them.
fn text(lines: Vec<u8>) -> String {
    String::from_utf8(lines).unwrap_or_default()
}

/// Cases to be billed.
#[derive(Clone, Copy)]
pub(crate) struct Job<'a> {
    pub book: &'a Book,
    pub histories: &'a Histories,
    pub options: &'a Options,
    pub lang: Lang,
}

impl<'a> Job<'a> {
    /// Bills a range of cases; lines are JSON objects.
    pub fn bill(self, cases: Range<usize>) -> Answer {
        self.bill_as_text::<Json>(cases)
    }

    /// Bills all cases; lines are records, below a line that names their columns.
    pub fn bill_as_records<F: TextForm>(self) -> Answer {
        let mut header = Vec::new();
        write_header(&mut header, F::FORMAT, false);
        let mut answer = Answer { lines: text(header), ..Answer::default() };
        answer.add(self.bill_as_text::<F>(0..self.histories.case_count()));
        answer
    }

    fn bill_as_text<F: TextForm>(self, cases: Range<usize>) -> Answer {
        let (mut answer, parts) = self.bill_as::<TextLines<F>>(cases);
        for lines in parts {
            answer.add(Answer { lines: text(lines.bytes), ..Answer::default() });
        }
        answer
    }

    /// Bills a range of cases, on as many threads as are asked for; the answer is the same. Its lines come apart, in parts.
    pub fn bill_as<L: Lines>(self, cases: Range<usize>) -> (Answer, Vec<L>) {
        /// Fewer are not worth a thread.
        const FEWEST: usize = 500;
        let most = cases.len() / FEWEST;
        let threads = self.options.threads.min(most);
        if threads <= 1 {
            let (answer, lines) = self.bill_here(cases);
            return (answer, vec![lines]);
        }
        let each = cases.len().div_ceil(threads);
        let parts = cases.clone().step_by(each).map(|from| from..(from + each).min(cases.end));
        let answers: Vec<(Answer, L)> = std::thread::scope(|scope| {
            let parts: Vec<_> = parts
                .map(|part| (part.clone(), scope.spawn(move || self.bill_here(part))))
                .collect();
            // Failures are caught case by case; a thread that ends otherwise has billed nothing.
            let ended = parts.into_iter().map(|(part, thread)| {
                thread.join().unwrap_or_else(|_| (self.failed_on(part), L::default()))
            });
            ended.collect()
        });
        let mut answer = Answer::default();
        let mut parts = Vec::with_capacity(answers.len());
        for (other, lines) in answers {
            answer.add(other);
            parts.push(lines);
        }
        (answer, parts)
    }

    fn bill_here<L: Lines>(self, cases: Range<usize>) -> (Answer, L) {
        let mut out = Room::<L>::default();
        let mut biller = self.biller();
        for case in cases {
            if self.options.stop.is_asked() {
                let stopped = self.lang.pick("the call was stopped", "l'appel a été arrêté");
                let name = self.histories.name_of(case).unwrap_or_default();
                out.answer.withhold(Some(name), None, stopped);
                continue;
            }
            let before = out.mark();
            let outcome = catch_unwind(AssertUnwindSafe(|| self.one(&mut biller, case, &mut out)));
            let unbilled = match outcome {
                Ok(Ok(())) => {
                    out.answer.billed += 1;
                    continue;
                }
                Ok(Err(unbilled)) => unbilled,
                Err(_) => {
                    biller = self.biller();
                    let place = self.histories.first_place(case);
                    Unbilled { place, reason: UnbilledReason::Panic }
                }
            };
            out.take_back(before);
            let events = EventsOf { histories: self.histories, case };
            let why = unbilled.say(self.book, &events, self.lang);
            let name = self.histories.name_of(case).unwrap_or_default();
            out.answer.withhold(Some(name), unbilled.place, &why);
        }
        (out.answer, out.lines)
    }

    fn biller(&self) -> Biller<'a> {
        Biller::keeping(self.book, if self.options.notices { usize::MAX } else { 0 })
    }

    /// Withholds cases on which the program failed as a whole.
    fn failed_on(self, cases: Range<usize>) -> Answer {
        let mut answer = Answer::default();
        for case in cases {
            let place = self.histories.first_place(case);
            let unbilled = Unbilled { place, reason: UnbilledReason::Panic };
            let events = EventsOf { histories: self.histories, case };
            let why = unbilled.say(self.book, &events, self.lang);
            answer.withhold(self.histories.name_of(case), place, &why);
        }
        answer
    }

    /// Bills one case and writes what it comes to.
    fn one<L: Lines>(
        self,
        biller: &mut Biller<'a>,
        case: usize,
        out: &mut Room<L>,
    ) -> Result<(), Unbilled<'a>> {
        let mut billed = biller.bill(self.histories, case, self.options.as_of)?;
        let plan = billed.plan;
        let mut lines: Vec<InvoiceLine> = Vec::new();
        billed.each_line(|line| {
            out.lines.add(line);
            if self.options.invoices {
                lines.push(line.to_line());
            }
        });
        if self.options.invoices {
            let version =
                |line: &InvoiceLine| self.book.version(&line.schedule, line.in_force_from);
            let made = invoices(&lines, None, version).map_err(|fault| Unbilled {
                place: self.histories.first_place(case),
                reason: UnbilledReason::Invoices(fault),
            })?;
            for invoice in &made {
                if let Ok(text) = serde_json::to_string(invoice) {
                    out.answer.invoices.push_str(&text);
                    out.answer.invoices.push('\n');
                }
            }
        }
        if self.options.notices {
            for notice in billed.bill.notices.kept() {
                let Some((event, place)) = self.histories.event_of(case, notice.event) else {
                    continue;
                };
                let mut message = plain(&notice.kind.say(plan, &event, self.lang));
                let other = notice.kind.other().and_then(|of| self.histories.event_of(case, of));
                if let Some((_, other)) = other {
                    let (batch, line) = (other.file.saturating_add(1), other.line);
                    message += &say!(
                        self.lang,
                        " (the other: batch {batch}, line {line})",
                        " (l'autre : lot {batch}, ligne {line})"
                    );
                }
                let object = json!({
                    "case": event.case, "date": notice.date.to_string(), "kind": event.kind.name(),
                    "notice": notice.kind.name(), "batch": place.file.saturating_add(1),
                    "line": place.line, "id": event.id,
                    "message": message,
                });
                out.answer.notices.push_str(&object.to_string());
                out.answer.notices.push('\n');
            }
        }
        Ok(())
    }
}

/// What is written, while it may still be taken back.
#[derive(Default)]
struct Room<L> {
    lines: L,
    answer: Answer,
}

impl<L: Lines> Room<L> {
    fn mark(&self) -> [usize; 3] {
        [self.lines.size(), self.answer.invoices.len(), self.answer.notices.len()]
    }

    fn take_back(&mut self, [lines, invoices, notices]: [usize; 3]) {
        self.lines.cut(lines);
        self.answer.invoices.truncate(invoices);
        self.answer.notices.truncate(notices);
    }
}
