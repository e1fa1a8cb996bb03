//! One evaluated case with its record: what the words and the data of an explanation are made from.

use super::figures::Figures;
use crate::calendar::Date;
use crate::eval::{Evaluation, Notice, Step, Trace, Verdict};
use crate::feed::Case;
use crate::model::{Event, InvoiceLineKind};
use crate::money::Money;
use crate::plan::{LineId, Plan};

/// A case, evaluated.
pub struct Story<'a> {
    /// Its schedule.
    pub plan: &'a Plan,
    /// Its events.
    pub case: &'a Case,
    /// The record of its evaluation.
    pub trace: &'a Trace<'a>,
    /// What it came to.
    pub evaluation: &'a Evaluation,
    /// The last day that counts.
    pub as_of: Date,
    /// The names of the event files.
    pub names: &'a [String],
    /// How figures are written.
    pub figures: Figures,
}

/// An entry of the timeline: an event, whether it was a moment or not, or a moment of the calendar.
pub struct Entry<'a> {
    /// Its day.
    pub date: Date,
    /// Its event's place among the events.
    pub event: Option<usize>,
    /// Its moment, if it was one.
    pub step: Option<&'a Step>,
    /// What there is to say about its event.
    pub notices: Vec<&'a Notice>,
}

/// What a case comes to.
pub struct Totals {
    /// Own amounts of lines.
    pub billed: Money,
    /// Deposits taken off, below zero.
    pub deducted: Money,
    /// Both together.
    pub net: Money,
}

impl<'a> Story<'a> {
    /// The event at a place.
    pub fn event(&self, place: u32) -> Option<&'a Event> {
        self.case.events.get(place as usize)
    }

    /// Where an event stands, `file:line:column`.
    pub fn place(&self, event: usize) -> Option<String> {
        self.case.places.get(event).map(|place| place.shown(self.names))
    }

    /// Every event and every moment of the calendar, in the order in which they were taken.
    pub fn timeline(&self) -> Vec<Entry<'a>> {
        let mut entries: Vec<(u8, Entry<'a>)> = Vec::new();
        for (place, event) in self.case.events.iter().enumerate() {
            let entry =
                Entry { date: event.date, event: Some(place), step: None, notices: Vec::new() };
            entries.push((event.kind.place_in_day(), entry));
        }
        for notice in &self.evaluation.notices {
            if let Some((_, entry)) = entries.get_mut(notice.event) {
                entry.notices.push(notice);
            }
        }
        for step in &self.trace.steps {
            match step.event {
                Some(event) => {
                    if let Some((_, entry)) = entries.get_mut(event as usize) {
                        entry.step = Some(step);
                    }
                }
                // A moment of the calendar comes at the end of its day.
                None => {
                    let date = step.date;
                    let entry = Entry { date, event: None, step: Some(step), notices: Vec::new() };
                    entries.push((u8::MAX, entry));
                }
            }
        }
        entries.sort_by_key(|(place_in_day, entry)| (entry.date, *place_in_day));
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    /// The day and the quoted label of the balance that closed the case.
    pub fn closing(&self) -> Option<(Date, String)> {
        let (date, line) = self.closed_by()?;
        Some((date, self.figures.quoted(self.label(line))))
    }

    /// The day and the line that closed the case.
    pub fn closed_by(&self) -> Option<(Date, LineId)> {
        self.trace.steps.iter().find_map(|step| {
            let closes = |id: LineId| self.plan.line(id).is_some_and(|line| line.closes);
            let fired = step.considered.iter().find(|considered| {
                considered.verdict == Verdict::Fires && closes(considered.line)
            })?;
            Some((step.date, fired.line))
        })
    }

    /// The label of a line.
    pub fn label(&self, line: LineId) -> &'a str {
        self.plan.stated(line).map_or("", |line| line.label.as_str())
    }

    /// A line as the schedule writes it.
    pub fn rule(&self, line: LineId) -> &'a str {
        self.plan.stated(line).map_or("", |line| line.text.as_str())
    }

    /// The day of the first event that counts.
    pub fn first_day(&self) -> Option<Date> {
        first_counted(self.case, self.as_of)
    }

    /// Work that is done and that a line may still bill; `None` if no line bills work, or if the
    /// case is closed.
    pub fn unbilled_work(&self) -> Option<Money> {
        let bills_work = self.plan.lines.iter().any(|line| line.amount.is_work());
        let open = bills_work && self.closed_by().is_none();
        open.then_some(self.trace.standing.unbilled)
    }

    /// What the lines come to.
    pub fn totals(&self) -> Totals {
        let mut deducted = 0_i64;
        for step in &self.trace.steps {
            for computed in step.considered.iter().flat_map(|considered| &considered.computed) {
                let lines = self.evaluation.lines.get(computed.lines.clone()).unwrap_or_default();
                if lines.iter().any(|line| line.kind == InvoiceLineKind::Deduction) {
                    deducted = deducted.saturating_add(computed.amount.0);
                }
            }
        }
        let net = self.trace.standing.billed;
        Totals { billed: Money(net.0.saturating_sub(deducted)), deducted: Money(deducted), net }
    }
}

/// The day of a case's first event that counts.
pub fn first_counted(case: &Case, as_of: Date) -> Option<Date> {
    case.events.iter().map(|event| event.date).filter(|date| *date <= as_of).min()
}
