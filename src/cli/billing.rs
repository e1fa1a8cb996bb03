//! Cases billed, a range of them at a time, on as many threads as are wanted.

use super::output::plain;
use super::run::shown;
use crate::calendar::Date;
use crate::eval::{Notice, Written, outstanding};
use crate::feed::{
    Billed, Biller, Book, Histories, Issued, LineFormat, Place, Tally, Unbilled, UnbilledReason,
    write_line,
};
use crate::lang::{Lang, say};
use crate::model::InvoiceLine;
use serde_json::json;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What all ranges have in common.
pub struct Job<'a> {
    /// The schedules.
    pub book: &'a Book,
    /// The cases.
    pub histories: &'a Histories,
    /// The last day that counts.
    pub as_of: Date,
    /// How lines are written; `None` keeps them for a table.
    pub format: Option<LineFormat>,
    /// The names of the event files.
    pub names: &'a [String],
    /// The language of messages.
    pub lang: Lang,
    /// Lines that have been issued: only what is new is given then.
    pub issued: Option<&'a Issued>,
    /// Whether all notices are wanted, and not only the first ones.
    pub all_notices: bool,
}

/// What comes of a range of cases.
#[derive(Default)]
pub struct Done {
    /// Lines as they are written.
    pub out: Vec<u8>,
    /// Lines for a table.
    pub rows: Vec<InvoiceLine>,
    /// Which cases are withheld, and why, one on each line.
    pub withheld: String,
    /// The first notices, one on each line.
    pub notices: Vec<String>,
    /// All notices, one JSON object a line, if they are wanted.
    pub all_notices: String,
    /// The accounts.
    pub tally: Tally,
    /// On how many cases the program failed.
    pub failed: u64,
}

impl Done {
    /// How much there is of all that a case adds to before it is accounted for.
    fn lengths(&self) -> [usize; 4] {
        [self.out.len(), self.rows.len(), self.notices.len(), self.all_notices.len()]
    }

    /// Takes away what came after.
    fn cut(&mut self, [out, rows, notices, all_notices]: [usize; 4]) {
        self.out.truncate(out);
        self.rows.truncate(rows);
        self.notices.truncate(notices);
        self.all_notices.truncate(all_notices);
    }
}

/// So many notices are shown.
pub const MOST_NOTICES: usize = 20;

impl Job<'_> {
    /// Bills a range of cases. A case on which the program fails is withheld like any other.
    pub fn bill<'b>(&'b self, biller: &mut Biller<'b>, cases: Range<usize>) -> Done {
        let mut done = Done::default();
        for case in cases {
            let before = done.lengths();
            let events = self.histories.event_count_of(case);
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                let mut billed = biller.bill(self.histories, case, self.as_of)?;
                // The accounts come last: whatever fails before has billed nothing.
                match self.issued {
                    None => {
                        billed.each_line(|line| self.line(&mut done, line));
                        self.notices(&mut done, case, &billed);
                        done.tally.bill(events, billed.bill.notices);
                        for line in billed.bill.lines {
                            let currency = billed.plan.schedule.currency;
                            done.tally.line(currency, line.kind, line.amount);
                        }
                    }
                    Some(issued) => {
                        let given = self.outstanding(case, issued, &mut billed)?;
                        let given: Vec<_> = given.iter().filter_map(Written::of).collect();
                        given.iter().for_each(|line| self.line(&mut done, line));
                        self.notices(&mut done, case, &billed);
                        done.tally.bill(events, billed.bill.notices);
                        for line in given {
                            done.tally.line(line.currency, line.kind, line.amount);
                        }
                    }
                }
                Ok(())
            }));
            let unbilled = match outcome {
                Ok(Ok(())) => continue,
                Ok(Err(unbilled)) => unbilled,
                Err(_) => {
                    done.cut(before);
                    done.failed += 1;
                    *biller = Biller::new(self.book);
                    let place = self.histories.first_place(case);
                    Unbilled { place, reason: UnbilledReason::Panic }
                }
            };
            done.tally.withhold(events);
            self.withheld(&mut done, case, &unbilled);
        }
        done
    }

    fn line(&self, done: &mut Done, line: &Written<'_>) {
        match self.format {
            Some(format) => write_line(&mut done.out, format, line),
            None => done.rows.push(line.to_line()),
        }
    }

    /// The lines of a case that have not been issued yet, and credits of those that no longer stand.
    fn outstanding<'b>(
        &self,
        case: usize,
        issued: &Issued,
        billed: &mut Billed<'_, '_>,
    ) -> Result<Vec<InvoiceLine>, Unbilled<'b>> {
        let mut standing = Vec::new();
        billed.each_line(|line| standing.push(line.to_line()));
        let issued = self.histories.name_of(case).and_then(|name| issued.get(name));
        let issued = issued.map_or(&[][..], Vec::as_slice);
        outstanding(&standing, issued, self.as_of).map_err(|fault| {
            let place = self.histories.first_place(case);
            Unbilled { place, reason: UnbilledReason::Issued(fault) }
        })
    }

    fn notices(&self, done: &mut Done, case: usize, billed: &Billed<'_, '_>) {
        let notices = billed.bill.notices;
        if !notices.is_empty() && (self.all_notices || done.notices.len() < MOST_NOTICES) {
            self.tell(done, case, billed, notices);
        }
        #[cfg(debug_assertions)]
        fail_if_asked(self.histories.name_of(case));
    }

    #[cold]
    fn tell(&self, done: &mut Done, case: usize, billed: &Billed<'_, '_>, notices: &[Notice]) {
        let Some(case) = self.histories.case(case) else { return };
        for notice in notices {
            let (Some(event), Some(place)) =
                (case.events.get(notice.event), case.places.get(notice.event))
            else {
                continue;
            };
            let place = shown(self.names, *place);
            let what = plain(&notice.kind.say(billed.plan, event, self.lang));
            let (name, kind) = (plain(&case.name), event.kind.name());
            if self.all_notices {
                let json = json!({
                    "case": case.name, "date": notice.date.to_string(), "kind": kind,
                    "notice": notice.kind.name(), "place": place, "message": what, "id": event.id,
                });
                done.all_notices.push_str(&format!("{json}\n"));
            }
            if done.notices.len() < MOST_NOTICES {
                done.notices.push(say!(
                    self.lang,
                    "{place}: case {name}: {kind}: {what}\n",
                    "{place} : dossier {name} : {kind} : {what}\n"
                ));
            }
        }
    }

    #[cold]
    fn withheld(&self, done: &mut Done, case: usize, unbilled: &Unbilled<'_>) {
        let Some(case) = self.histories.case(case) else { return };
        let place = |place: Place| format!("{}: ", shown(self.names, place));
        let place = unbilled.place.map(place).unwrap_or_default();
        let (name, reason) = (plain(&case.name), plain(&unbilled.say(self.book, &case, self.lang)));
        done.withheld.push_str(&say!(
            self.lang,
            "{place}case {name} is withheld: {reason}\n",
            "{place}le dossier {name} est retenu : {reason}\n"
        ));
    }
}

/// Fails on the case that `JALON_FAIL_ON` names, after its lines have been written: so tests see that no
/// other case is lost. A release has none of this.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "a failure is what a test asks for")]
fn fail_if_asked(case: Option<&str>) {
    if case.is_some() && std::env::var("JALON_FAIL_ON").ok().as_deref() == case {
        std::panic::panic_any("asked to fail");
    }
}
