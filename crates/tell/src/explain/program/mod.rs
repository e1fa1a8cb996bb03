//! The explanation of a case that uses the second part of the language: its dated timeline, the lines under each
//! moment, each amount with its reasons. In: the record of the run that billed it. Out: text, or data in the form
//! that [`super`] describes. Nothing is decided or computed again here.

mod amounts;
mod facts;
mod json;
mod split;
mod waiting;

use super::figures::Figures;
use super::story::Totals;
use super::timeline::{
    event_in_words, listed, never_fired_in_words, nothing_invoiced, outcome_in_words,
};
use crate::calendar::Date;
use crate::eval::{Evaluation, Notice};
use crate::feed::Case;
use crate::lang::plain;
use crate::lang::say;
use crate::model::program::Program;
use crate::model::{EventKind, InvoiceLine, InvoiceLineKind};
use crate::money::{Hours, Money};
use crate::plan::Plan;
use crate::rules::{Computed, Considered, Cut, CutBy, Outcome, Record, Step, UNIT};

/// A case, evaluated, with the record of its run.
pub struct ProgramStory<'a> {
    /// Its schedule.
    pub plan: &'a Plan,
    /// The same, dense.
    pub program: &'a Program,
    /// Its events.
    pub case: &'a Case,
    /// What the rules decided.
    pub record: &'a Record,
    /// What it came to.
    pub evaluation: &'a Evaluation,
    /// The last day that counts.
    pub as_of: Date,
    /// The names of the event files.
    pub names: &'a [String],
    /// How figures are written.
    pub figures: Figures,
}

/// An entry of the timeline: an event, whether it was a moment or not, or the end of a day.
struct Entry<'a> {
    date: Date,
    event: Option<usize>,
    step: Option<&'a Step>,
    notices: Vec<&'a Notice>,
}

impl<'a> ProgramStory<'a> {
    /// Every event, and every end of a day at which a line was looked at, in order.
    fn timeline(&self) -> Vec<Entry<'a>> {
        let mut entries: Vec<(u8, Entry<'a>)> = Vec::new();
        for (place, event) in self.case.events.iter().enumerate() {
            let (date, event_at) = (event.date, Some(place));
            let entry = Entry { date, event: event_at, step: None, notices: Vec::new() };
            entries.push((event.kind.place_in_day(), entry));
        }
        for notice in &self.evaluation.notices {
            if let Some((_, entry)) = entries.get_mut(notice.event) {
                entry.notices.push(notice);
            }
        }
        for step in &self.record.steps {
            match step.event {
                Some(event) => {
                    if let Some((_, entry)) = entries.get_mut(event as usize) {
                        entry.step = Some(step);
                    }
                }
                None if step.considered.is_empty() => {}
                None => {
                    let (date, step) = (step.date, Some(step));
                    entries.push((u8::MAX, Entry { date, event: None, step, notices: Vec::new() }));
                }
            }
        }
        entries.sort_by_key(|(place_in_day, entry)| (entry.date, *place_in_day));
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    /// The label of a line, by its place in the program.
    fn label(&self, line: u32) -> &'a str {
        self.stated(line).map_or("", |line| line.label.as_str())
    }

    /// A line as the schedule writes it.
    fn rule(&self, line: u32) -> &'a str {
        self.stated(line).map_or("", |line| line.text.as_str())
    }

    fn stated(&self, line: u32) -> Option<&'a crate::model::Line> {
        let line = self.program.lines.get(line as usize)?;
        self.plan.schedule.lines.get(line.index)
    }

    /// The lines that an amount gave.
    fn given(&self, computed: &Computed) -> &'a [InvoiceLine] {
        self.evaluation.lines.get(computed.lines.clone()).unwrap_or_default()
    }

    /// The whole explanation as text.
    pub fn text(&self) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        let (case, as_of) = (plain(&self.case.name), figures.date(self.as_of));
        let schedule = figures.quoted(&self.plan.schedule.name);
        let mut text = say!(
            lang,
            "Case {case}, schedule {schedule}, up to {as_of}\n",
            "Dossier {case}, échéancier {schedule}, jusqu'au {as_of}\n"
        );
        if let Some(from) = self.program.in_force_from {
            let from = figures.date(from);
            text += &say!(
                lang,
                "Version in force from {from}\n",
                "Version en vigueur à compter du {from}\n"
            );
        }
        text.push('\n');
        let entries = self.timeline();
        let mut rest = entries.as_slice();
        while let Some((first, after)) = rest.split_first() {
            let alike = if self.is_idle(first) {
                after.iter().take_while(|entry| self.is_idle(entry)).count()
            } else {
                0
            };
            match alike.checked_sub(1).and_then(|last| after.get(last)) {
                Some(last) => self.idle((first, last), alike + 1, &mut text),
                None => self.entry(first, &mut text),
            }
            rest = after.get(alike..).unwrap_or_default();
        }
        text.push_str(&self.never_fired());
        text.push('\n');
        for line in self.outcome() {
            text.push_str(&line);
            text.push('\n');
        }
        text
    }

    /// Whether it is the end of a day at which no line fires.
    fn is_idle(&self, entry: &Entry<'_>) -> bool {
        let fires = |considered: &Considered| matches!(considered.outcome, Outcome::Fires(_));
        entry.event.is_none() && entry.step.is_some_and(|step| !step.considered.iter().any(fires))
    }

    /// Days of the calendar that follow each other and bring nothing, as one entry, with what is said
    /// the last time.
    fn idle(&self, (first, last): (&Entry<'_>, &Entry<'_>), count: usize, text: &mut String) {
        let lang = self.figures.lang;
        let [from, to] = [first, last].map(|entry| self.figures.date(entry.date));
        text.push_str(&say!(
            lang,
            "{from} to {to}  {count} days of the calendar: no line fires; on the last:\n",
            "{from} au {to}  {count} jours du calendrier : aucune ligne ne se déclenche ; le dernier :\n"
        ));
        self.lines(last, text);
    }

    fn entry(&self, entry: &Entry<'_>, text: &mut String) {
        let lang = self.figures.lang;
        text.push_str(&format!("{}  {}\n", self.figures.date(entry.date), self.what(entry)));
        for note in self.notes(entry) {
            text.push_str(&say!(lang, "    note: {note}\n", "    remarque : {note}\n"));
        }
        self.lines(entry, text);
    }

    fn lines(&self, entry: &Entry<'_>, text: &mut String) {
        for considered in entry.step.iter().flat_map(|step| &step.considered) {
            self.line(considered, text);
        }
    }

    /// What stands beside an event: notices, and what of its work counts otherwise than it was sent.
    fn notes(&self, entry: &Entry<'_>) -> Vec<String> {
        let lang = self.figures.lang;
        let Some((place, event)) =
            entry.event.and_then(|place| Some((place, self.case.events.get(place)?)))
        else {
            return Vec::new();
        };
        let notices = entry.notices.iter();
        let mut notes: Vec<String> =
            notices.map(|notice| plain(&notice.kind.say(self.plan, event, lang))).collect();
        let of_event = |cut: &&Cut| cut.event as usize == place;
        let is_of_hours = event.kind.hours().is_some();
        let cuts = self.record.standing.cuts.iter().filter(of_event);
        notes.extend(cuts.map(|cut| self.cut(*cut, is_of_hours)));
        notes
    }

    /// That something else of an entry counts than was sent.
    fn cut(&self, cut: Cut, is_of_hours: bool) -> String {
        let lang = self.figures.lang;
        let shown = |count: i64| match (is_of_hours, cut.by) {
            (true, _) => self.figures.hours(Hours(count)),
            (false, _) if count == 0 || count == 1 => lang.digits(count),
            (false, _) => lang.digits(rust_decimal::Decimal::new(count, UNIT.ilog10()).normalize()),
        };
        let (given, counted) = (shown(cut.given), shown(cut.counted));
        match cut.by {
            CutBy::Step => say!(
                lang,
                "{given} count as {counted}: hours are rounded up to whole steps",
                "{given} comptent pour {counted} : les heures sont arrondies à la tranche supérieure"
            ),
            CutBy::Cap => say!(
                lang,
                "of {given}, {counted} count: the action has reached its limit",
                "sur {given}, {counted} comptent : l'action a atteint son plafond"
            ),
            CutBy::Price => say!(
                lang,
                "of {given}, {counted} count: the price has reached its most hours",
                "sur {given}, {counted} comptent : le tarif a atteint son plafond d'heures"
            ),
        }
    }

    /// A moment in words.
    fn what(&self, entry: &Entry<'_>) -> String {
        let lang = self.figures.lang;
        let event = entry.event.and_then(|place| self.case.events.get(place));
        let Some(event) = event else {
            let mut days: Vec<String> = Vec::new();
            for considered in entry.step.iter().flat_map(|step| &step.considered) {
                let day = self.trigger(considered);
                if !days.contains(&day) {
                    days.push(day);
                }
            }
            return lang.all_of(&days);
        };
        let mut what = event_in_words(event, self.figures);
        let is_milestone = matches!(event.kind, EventKind::Milestone(_));
        if !is_milestone && entry.step.is_some_and(|step| step.starts) {
            what.push_str(lang.pick("; it starts the case", " ; elle démarre le dossier"));
        }
        if !is_milestone && entry.step.is_some_and(|step| step.ends) {
            what.push_str(lang.pick("; it ends the case", " ; elle termine le dossier"));
        }
        what
    }

    /// A line that waited for the moment: its rule, and what came of it.
    fn line(&self, considered: &Considered, text: &mut String) {
        let lang = self.figures.lang;
        text.push_str(&format!("    {}\n", plain(self.rule(considered.line))));
        let colon = lang.pick(":", " :");
        if !matches!(considered.outcome, Outcome::Fires(_)) {
            let not = lang.pick("does not fire", "ne se déclenche pas");
            listed(text, not, colon, &self.why_not(considered));
            return;
        }
        listed(text, lang.pick("fires", "se déclenche"), colon, &self.fires_on(considered));
        if considered.computed.is_empty() {
            text.push_str(
                lang.pick("      no work to bill\n", "      pas de réalisé à facturer\n"),
            );
        }
        for computed in &considered.computed {
            for said in self.amount(computed) {
                text.push_str(&format!("      {said}\n"));
            }
            text.push_str(&format!("      → {}\n", self.billed(considered.line, computed)));
        }
        if self.program.lines.get(considered.line as usize).is_some_and(|line| line.closes()) {
            text.push_str(lang.pick("      it closes the case\n", "      elle clôt le dossier\n"));
        }
    }

    /// What stands on the invoices.
    fn billed(&self, line: u32, computed: &Computed) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        let lines = self.given(computed);
        if lines.is_empty() {
            let line = self.program.lines.get(line as usize);
            return nothing_invoiced(line.is_some_and(|line| !line.repeats), lang);
        }
        let said = lines.iter().map(|line| {
            let invoice = line.invoice;
            let amount = format!("{} {}", lang.digits(&line.amount), line.currency);
            let payer = line.payer.as_ref().map(|payer| figures.quoted(payer));
            let payer = payer.map(|payer| say!(lang, ", from {payer}", ", de {payer}"));
            let payer = payer.unwrap_or_default();
            say!(lang, "invoice {invoice}: {amount}{payer}", "facture {invoice} : {amount}{payer}")
        });
        said.collect::<Vec<_>>().join(lang.pick("; ", " ; "))
    }

    /// Why a line has not fired in the whole case; `None` if it has.
    fn why_never(&self, line: u32) -> Option<Vec<String>> {
        let lang = self.figures.lang;
        let steps = self.record.steps.iter();
        let looked_at: Vec<(Date, &Considered)> = steps
            .flat_map(|step| step.considered.iter().map(|considered| (step.date, considered)))
            .filter(|(_, considered)| considered.line == line)
            .collect();
        if looked_at.iter().any(|(_, one)| matches!(one.outcome, Outcome::Fires(_))) {
            return None;
        }
        let Some((date, last)) = looked_at.last() else {
            return Some(vec![self.waits_for(line)]);
        };
        let date = self.figures.date(*date);
        let mut reasons = vec![say!(lang, "looked at on {date}:", "examinée le {date} :")];
        reasons.extend(self.why_not(last));
        Some(reasons)
    }

    fn never_fired(&self) -> String {
        let lines = (0_u32..).zip(&self.program.lines);
        let waiting = lines.filter_map(|(line, _)| Some((self.rule(line), self.why_never(line)?)));
        never_fired_in_words(waiting, self.figures.lang)
    }

    /// What all lines come to: their own amounts, and deposits taken off.
    fn totals(&self) -> Totals {
        let (mut billed, mut deducted) = (0_i64, 0_i64);
        for line in &self.evaluation.lines {
            let amount = self.figures.currency.read_signed(&line.amount).unwrap_or(Money::ZERO);
            let sum = match line.kind {
                InvoiceLineKind::Deduction => &mut deducted,
                InvoiceLineKind::Deposit
                | InvoiceLineKind::Installment
                | InvoiceLineKind::Balance
                | InvoiceLineKind::Credit
                | InvoiceLineKind::Discount => &mut billed,
            };
            *sum = sum.saturating_add(amount.0);
        }
        let net = Money(billed.saturating_add(deducted));
        Totals { billed: Money(billed), deducted: Money(deducted), net }
    }

    /// Totals, what is left over, and whether the case is closed.
    fn outcome(&self) -> Vec<String> {
        let standing = &self.record.standing;
        let deposits = standing.deposits.iter().map(|(line, left)| (self.label(*line), *left));
        outcome_in_words(&self.totals(), standing.unbilled, deposits, self.closing(), self.figures)
    }

    /// The day and the quoted label of the balance that closed the case.
    fn closing(&self) -> Option<(Date, String)> {
        let (line, date) = self.record.standing.closed?;
        Some((date, self.figures.quoted(self.label(line))))
    }

    /// Where an event stands, `file:line:column`.
    fn place(&self, event: usize) -> Option<String> {
        self.case.places.get(event).map(|place| place.shown(self.names))
    }
}
