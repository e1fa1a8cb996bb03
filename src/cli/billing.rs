//! Cases billed, a range of them at a time, on as many threads as are wanted.

#[cfg(debug_assertions)]
use super::isolation::fail_if_asked;
use super::isolation::isolated;
use super::output::plain;
use crate::artefact::semantic_hash;
use crate::calendar::Date;
use crate::eval::{IssuedFault, Notice, Recall, Written, invoices, outstanding};
#[cfg(feature = "parquet")]
use crate::feed::LineColumns;
use crate::feed::{
    Billed, Biller, Book, CaseFault, CsvForm, EventsOf, Histories, Issued, LineFormat, LineWriter,
    ReasonInCommon, Tally, Unbilled, UnbilledReason, write_invoice,
};
use crate::lang::{Lang, say};
use crate::model::{EventKind, Invoice, InvoiceLine, InvoiceLineKind, Schedule, SemanticHash};
use crate::money::{Hours, read_digits};
use crate::plan::Plan;
use serde_json::json;
use std::collections::BTreeMap;
use std::ops::Range;

/// What all ranges have in common.
pub struct Job<'a> {
    /// The schedules.
    pub book: &'a Book,
    /// The semantic hashes of the schedules, if lines are to carry them.
    pub hashes: Option<&'a Hashes>,
    /// The cases.
    pub histories: &'a Histories,
    /// The last day that counts.
    pub as_of: Date,
    /// What is made of lines.
    pub shape: Shape,
    /// The names of the event files.
    pub names: &'a [String],
    /// The language of messages.
    pub lang: Lang,
    /// Lines that have been issued: only what is new is given then.
    pub issued: Option<&'a Issued>,
    /// Whether all notices are wanted, and not only the first ones.
    pub all_notices: bool,
}

/// The semantic hashes of schedules, by their names and the days from which they are in force.
pub type Hashes = BTreeMap<(String, Option<Date>), SemanticHash>;

/// The hashes of all schedules of a book.
pub fn hashes(book: &Book) -> Hashes {
    let schedules = book.plans().iter().map(|plan| &plan.schedule);
    let key = |schedule: &Schedule| (schedule.name.clone(), schedule.in_force_from());
    schedules.map(|schedule| (key(schedule), semantic_hash(schedule))).collect()
}

/// What is made of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// They are written.
    Written(LineFormat),
    /// They are kept for a table.
    Rows,
    /// Whole invoices of them are written, one JSON object each.
    Invoices,
    /// Whole invoices of them are written, one record each.
    InvoiceRecords(CsvForm),
    /// Whole invoices are kept for a table.
    InvoiceRows,
    /// They are kept column by column, for a Parquet file.
    #[cfg(feature = "parquet")]
    Columns,
}

impl Shape {
    /// Whether whole invoices are given instead of lines.
    pub fn is_of_invoices(self) -> bool {
        matches!(self, Shape::Invoices | Shape::InvoiceRecords(_) | Shape::InvoiceRows)
    }
}

/// What comes of a range of cases, on schedules of a book.
#[derive(Default)]
pub struct Done<'b> {
    /// Lines as they are written.
    pub out: Vec<u8>,
    /// Lines for a table, or of the case whose invoices are being made.
    pub rows: Vec<InvoiceLine>,
    /// Invoices for a table.
    pub invoices: Vec<Invoice>,
    /// Lines column by column.
    #[cfg(feature = "parquet")]
    pub columns: LineColumns,
    /// Which cases are withheld, and why.
    pub withheld: Vec<(usize, CaseWithheld)>,
    /// The notices that are wanted, case by case.
    pub notices: Vec<CaseNotices<'b>>,
    writer: LineWriter,
    /// For how many more of them there is room.
    wanted_notices: usize,
    /// The accounts.
    pub tally: Tally,
    /// On how many cases the program failed.
    pub failed: u64,
}

/// At most so many further faults of a case are shown.
const MOST_ALSO: usize = 4;

/// A case that is withheld, and why.
pub struct CaseWithheld {
    /// Its name.
    pub case: String,
    /// Where the reason stands.
    pub place: Option<String>,
    /// The same in words.
    pub told: Option<String>,
    /// The reason, in words.
    pub why: String,
    /// What else is wrong with its lines: where, where in words, and why.
    pub also: Vec<[String; 3]>,
    /// What it has in common with that of other cases.
    pub in_common: ReasonInCommon,
}

/// Notices of one case, not told yet: one of millions of events may have as many.
pub struct CaseNotices<'b> {
    /// The case.
    pub case: usize,
    /// Its schedule.
    pub plan: &'b Plan,
    /// The notices, in the order of their dates.
    pub notices: Vec<Notice>,
}

/// A notice as it is told.
pub struct ToldNotice {
    /// For a program: one JSON object.
    pub json: String,
    /// For a person: one line.
    pub line: String,
}

/// At most so many notices are shown.
pub const MOST_NOTICES: usize = 20;

/// At most so many notices of a case are kept where not all are wanted; all are counted.
pub const MOST_KEPT: usize = 1_000;

/// What there is room for in what comes of a range.
pub struct Room {
    /// Where its lines are written: empty, and as large as those of an earlier range.
    pub out: Vec<u8>,
    /// So many notices at the most are still to be shown.
    pub notices: usize,
}

/// How much there was of what comes of a range, before a case.
struct Mark {
    out: usize,
    rows: usize,
    invoices: usize,
    #[cfg(feature = "parquet")]
    columns: usize,
    notices: usize,
}

impl Done<'_> {
    fn mark(&self) -> Mark {
        Mark {
            out: self.out.len(),
            rows: self.rows.len(),
            invoices: self.invoices.len(),
            #[cfg(feature = "parquet")]
            columns: self.columns.line_count,
            notices: self.notices.len(),
        }
    }

    fn take_back(&mut self, before: Mark) {
        self.out.truncate(before.out);
        self.rows.truncate(before.rows);
        self.invoices.truncate(before.invoices);
        #[cfg(feature = "parquet")]
        self.columns.truncate(before.columns);
        self.notices.truncate(before.notices);
    }
}

impl<'b> Job<'b> {
    /// What bills the cases.
    pub fn biller(&self) -> Biller<'b> {
        Biller::keeping(self.book, if self.all_notices { usize::MAX } else { MOST_KEPT })
    }

    /// Bills a range of cases. A case on which the program fails is withheld like any other.
    pub fn bill(&self, biller: &mut Biller<'b>, cases: Range<usize>, room: Room) -> Done<'b> {
        let Room { out, notices } = room;
        let mut done = Done { out, wanted_notices: notices, ..Done::default() };
        for case in cases {
            let before = done.mark();
            let events = self.histories.event_count_of(case);
            let outcome = isolated(None, || {
                let mut billed = biller.bill(self.histories, case, self.as_of)?;
                // The accounts come last: whatever fails before has billed nothing.
                match self.issued {
                    None => {
                        let hash = self.hash(&billed);
                        billed.each_line(|line| self.line(&mut done, line, hash));
                        let invoices = self.invoices(&mut done, case)?;
                        self.notices(&mut done, case, &billed);
                        done.tally.bill(events, billed.bill.notices);
                        done.tally.invoices += invoices;
                        let currency = billed.plan.schedule.currency;
                        let lines = billed.bill.lines.amounts();
                        done.tally.bill_lines(currency, lines.map(|(_, kind, sum)| (kind, sum)));
                    }
                    Some(issued) => {
                        let given = self.outstanding(case, issued, &mut billed)?;
                        let late = self.late(&given, issued);
                        let given = self.written(case, &given)?;
                        let hash = self.hash(&billed);
                        given.iter().for_each(|line| self.line(&mut done, line, hash));
                        let invoices = self.invoices(&mut done, case)?;
                        self.notices(&mut done, case, &billed);
                        done.tally.bill(events, billed.bill.notices);
                        done.tally.invoices += invoices;
                        done.tally.late_lines += late;
                        for line in given {
                            let said = std::iter::once((line.kind, line.amount));
                            done.tally.bill_lines(line.currency, said);
                        }
                    }
                }
                Ok(())
            });
            let unbilled = match outcome {
                Some(Ok(())) => continue,
                Some(Err(unbilled)) => unbilled,
                None => {
                    done.take_back(before);
                    done.failed += 1;
                    *biller = self.biller();
                    let place = self.histories.first_place(case);
                    Unbilled { place, reason: UnbilledReason::Panic }
                }
            };
            done.tally.withhold(events);
            self.withheld(&mut done, case, &unbilled);
        }
        done
    }

    /// The hash that the lines of a case carry, if they carry one.
    fn hash(&self, billed: &Billed<'_, 'b>) -> Option<SemanticHash> {
        let schedule = &billed.plan.schedule;
        self.hashes?.get(&(schedule.name.clone(), schedule.in_force_from())).copied()
    }

    fn line(&self, done: &mut Done<'b>, line: &Written<'_>, schedule_hash: Option<SemanticHash>) {
        let carrying = schedule_hash.map(|_| Written { schedule_hash, ..*line });
        let line = carrying.as_ref().unwrap_or(line);
        match self.shape {
            Shape::Written(format) => done.writer.write(&mut done.out, format, line),
            Shape::Rows | Shape::Invoices | Shape::InvoiceRecords(_) | Shape::InvoiceRows => {
                done.rows.push(line.to_line());
            }
            #[cfg(feature = "parquet")]
            Shape::Columns => done.columns.push(line),
        }
    }

    /// Makes invoices of the lines of a case, where they are wanted: how many.
    fn invoices(&self, done: &mut Done<'b>, case: usize) -> Result<u64, Unbilled<'b>> {
        if !self.shape.is_of_invoices() {
            return Ok(0);
        }
        let lines = std::mem::take(&mut done.rows);
        let issued_on = self.issued.map(|_| self.as_of);
        let plan_of = |line: &InvoiceLine| self.book.version(&line.schedule, line.in_force_from);
        let made = invoices(&lines, issued_on, plan_of).map_err(|fault| {
            let place = self.histories.first_place(case);
            Unbilled { place, reason: UnbilledReason::Invoices(fault) }
        })?;
        let count = made.len() as u64;
        match self.shape {
            Shape::InvoiceRecords(form) => {
                made.iter().for_each(|invoice| write_invoice(&mut done.out, form, invoice));
            }
            Shape::Invoices => {
                for invoice in &made {
                    if let Ok(json) = serde_json::to_string(invoice) {
                        done.out.extend_from_slice(json.as_bytes());
                        done.out.push(b'\n');
                    }
                }
            }
            Shape::InvoiceRows => done.invoices.extend(made),
            Shape::Written(_) | Shape::Rows => {}
            #[cfg(feature = "parquet")]
            Shape::Columns => {}
        }
        Ok(count)
    }

    /// Lines that are given, as they are written. A credit repeats what an issued line says: where
    /// that is no price or no quantity, the line is not as it was issued.
    fn written<'l>(
        &self,
        case: usize,
        given: &'l [InvoiceLine],
    ) -> Result<Vec<Written<'l>>, Unbilled<'b>> {
        let is_number = |quantity: &str| read_digits(quantity, Hours::DECIMALS).is_ok();
        let written = given.iter().map(|line| {
            let sound = line.quantity.as_deref().is_none_or(is_number);
            Written::of(line).filter(|_| sound).ok_or_else(|| {
                let of = line.credits.as_ref().unwrap_or(&line.id);
                let place = self.histories.first_place(case);
                let reason = UnbilledReason::Issued(IssuedFault::Changed(of.clone()));
                Unbilled { place, reason }
            })
        });
        written.collect()
    }

    /// The lines of a case that have not been issued yet, and credits of those that no longer stand.
    fn outstanding(
        &self,
        case: usize,
        issued: &Issued,
        billed: &mut Billed<'_, 'b>,
    ) -> Result<Vec<InvoiceLine>, Unbilled<'b>> {
        let mut standing = Vec::new();
        billed.each_line(|line| standing.push(line.to_line()));
        let own = self.histories.name_of(case).map_or(&[][..], |name| issued.of(name));
        let given = outstanding(&standing, own, self.as_of).and_then(|given| {
            let renamed = given.iter().find_map(|line| Some((line, issued.elsewhere(line)?)));
            renamed.map_or(Ok(()), |(line, (case, place))| {
                let (id, case) = (line.id.clone(), case.to_owned());
                let place = place.told(&issued.names, self.lang);
                Err(IssuedFault::Renamed { id, case, place })
            })?;
            Ok(given)
        });
        given.map_err(|fault| {
            let place = self.histories.first_place(case);
            Unbilled { place, reason: UnbilledReason::Issued(fault) }
        })
    }

    /// How many new lines are dated before what is issued already, or before a credit that is given with
    /// them: the day on which they are issued is not theirs.
    fn late(&self, given: &[InvoiceLine], issued: &Issued) -> u64 {
        let is_credit = |line: &&InvoiceLine| line.kind == InvoiceLineKind::Credit;
        let credited = given.iter().find(is_credit).map(|credit| credit.date);
        let Some(latest) = issued.latest.max(credited) else { return 0 };
        let new = given.iter().filter(|line| !is_credit(line));
        new.filter(|line| line.date < latest).count() as u64
    }

    /// Keeps those notices of a case that are wanted.
    fn notices(&self, done: &mut Done<'b>, case: usize, billed: &Billed<'_, 'b>) {
        let kept = billed.bill.notices.kept();
        let wanted = if self.all_notices { kept.len() } else { done.wanted_notices };
        if let Some(notices) = kept.get(..wanted.min(kept.len())).filter(|kept| !kept.is_empty()) {
            done.wanted_notices = done.wanted_notices.saturating_sub(notices.len());
            let (plan, notices) = (billed.plan, notices.to_vec());
            done.notices.push(CaseNotices { case, plan, notices });
        }
        #[cfg(debug_assertions)]
        fail_if_asked(self.histories.name_of(case));
    }

    /// A notice in words.
    #[cold]
    pub fn tell(&self, case: usize, plan: &Plan, notice: &Notice) -> Option<ToldNotice> {
        let (event, place) = self.histories.event_of(case, notice.event)?;
        let (place, told) = (place.shown(self.names), place.told(self.names, self.lang));
        let mut what = plain(&notice.kind.say(plan, &event, self.lang));
        let other = notice.kind.other().and_then(|other| self.histories.event_of(case, other));
        if let Some((_, other)) = other {
            let other = other.told(self.names, self.lang);
            what += &say!(self.lang, " (the other: {other})", " (l'autre : {other})");
        }
        let (name, kind) = (plain(&event.case), event.kind.name());
        let json = json!({
            "case": event.case, "date": notice.date.to_string(), "kind": kind,
            "notice": notice.kind.name(), "place": place, "message": what, "id": event.id,
        });
        let kind = event_word(&event.kind, self.lang);
        let line = say!(
            self.lang,
            "{told}: case {name}: {kind}: {what}\n",
            "{told} : dossier {name} : {kind} : {what}\n"
        );
        Some(ToldNotice { json: json.to_string(), line })
    }

    /// What is wrong with the lines of a case behind the first of them that is no event.
    fn further_faults(&self, case: usize) -> Vec<[String; 3]> {
        let told = |CaseFault { place, fault }: &CaseFault| {
            let (shown, told) = (place.shown(self.names), place.told(self.names, self.lang));
            [shown, told, plain(&fault.say(self.lang))]
        };
        self.histories.further_faults(case).iter().map(told).collect()
    }

    #[cold]
    fn withheld(&self, done: &mut Done<'b>, case: usize, unbilled: &Unbilled<'_>) {
        let Some(name) = self.histories.name_of(case) else { return };
        let events = EventsOf { histories: self.histories, case };
        let withheld = CaseWithheld {
            case: name.to_owned(),
            place: unbilled.place.map(|place| place.shown(self.names)),
            told: unbilled.place.map(|place| place.told(self.names, self.lang)),
            why: plain(&unbilled.say(self.book, &events, self.lang)),
            also: self.further_faults(case),
            in_common: unbilled.in_common(),
        };
        done.withheld.push((case, withheld));
    }
}

impl CaseWithheld {
    /// That it is withheld, where and why, on one line; and on a line each, what else is wrong with the first of its lines.
    pub fn say(&self, lang: Lang) -> String {
        let colon = lang.pick(": ", " : ");
        let place = self.told.as_ref().map(|place| format!("{place}{colon}")).unwrap_or_default();
        let (name, why) = (plain(&self.case), &self.why);
        let mut said = say!(
            lang,
            "{place}case {name} is withheld: {why}\n",
            "{place}le dossier {name} est retenu : {why}\n"
        );
        for [_, place, why] in self.also.iter().take(MOST_ALSO) {
            said += &say!(
                lang,
                "{place}: case {name}, too: {why}\n",
                "{place} : le dossier {name}, aussi : {why}\n"
            );
        }
        said
    }
}

/// The word for a kind of event: in English the one that event files have.
fn event_word(kind: &EventKind, lang: Lang) -> &'static str {
    lang.pick(kind.name(), crate::model::french::kind_word(kind.kind()))
}

/// That a case is withheld, where and why, on one line.
pub fn withheld(
    book: &Book,
    case: &str,
    events: &(impl Recall + ?Sized),
    unbilled: &Unbilled<'_>,
    names: &[String],
    lang: Lang,
) -> String {
    let told = CaseWithheld {
        case: case.to_owned(),
        place: unbilled.place.map(|place| place.shown(names)),
        told: unbilled.place.map(|place| place.told(names, lang)),
        why: plain(&unbilled.say(book, events, lang)),
        also: Vec::new(),
        in_common: unbilled.in_common(),
    };
    told.say(lang)
}
