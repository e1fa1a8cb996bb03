//! The explanation of a case as text: its dated timeline, the lines under each moment, the lines
//! that never fired, the totals.

use super::figures::Figures;
use super::story::{Entry, Story, Totals};
use crate::calendar::Date;
use crate::eval::{Computed, Considered, Step, Verdict};
use crate::lang::plain;
use crate::lang::{Lang, say};
use crate::model::{CalendarDay, Event, EventKind, SubjectKind, When};
use crate::money::Money;
use crate::plan::LineId;

impl Story<'_> {
    /// The whole explanation.
    pub fn text(&self) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        let (case, as_of) = (plain(&self.case.name), figures.date(self.as_of));
        let schedule = figures.quoted(&self.plan.schedule.name);
        let mut text = say!(
            lang,
            "Case {case}, schedule {schedule}, up to {as_of}\n\n",
            "Dossier {case}, échéancier {schedule}, jusqu'au {as_of}\n\n"
        );
        let entries = self.timeline();
        let mut rest = entries.as_slice();
        while let Some((first, after)) = rest.split_first() {
            let alike = after.iter().take_while(|entry| self.is_as_idle(first, entry)).count();
            match alike.checked_sub(1).and_then(|last| after.get(last)) {
                Some(last) => self.idle(first, last, alike + 1, &mut text),
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

    fn entry(&self, entry: &Entry<'_>, text: &mut String) {
        let lang = self.figures.lang;
        text.push_str(&format!("{}  {}\n", self.figures.date(entry.date), self.what(entry)));
        for note in self.notes(entry) {
            text.push_str(&say!(lang, "    note: {note}\n", "    remarque : {note}\n"));
        }
        text.push_str(&self.lines(entry));
    }

    /// The lines that waited for a moment, each with what came of it.
    fn lines(&self, entry: &Entry<'_>) -> String {
        let mut text = String::new();
        for considered in entry.step.iter().flat_map(|step| &step.considered) {
            self.line(considered, &mut text);
        }
        text
    }

    /// Whether both are month ends that bill nothing, with the same outcome for the same lines.
    fn is_as_idle(&self, one: &Entry<'_>, other: &Entry<'_>) -> bool {
        let (Some(of_one), Some(of_other)) = (self.idles(one), self.idles(other)) else {
            return false;
        };
        let outcomes = |step: &Step| -> Vec<(LineId, bool)> {
            let fires = |considered: &Considered| considered.verdict == Verdict::Fires;
            step.considered.iter().map(|one| (one.line, fires(one))).collect()
        };
        outcomes(of_one) == outcomes(of_other)
    }

    /// The step of an entry that is a month end alone and bills nothing.
    fn idles<'e>(&self, entry: &Entry<'e>) -> Option<&'e Step> {
        let step = entry.step.filter(|_| entry.event.is_none())?;
        let mut triggers = step.triggers.iter();
        let month_end = triggers.all(|id| self.plan.trigger(*id).is_some_and(When::is_month_end));
        let mut computed = step.considered.iter().flat_map(|considered| &considered.computed);
        (month_end && computed.all(|computed| computed.lines.is_empty())).then_some(step)
    }

    /// Month ends that follow each other and bill nothing, as one entry; where what is said of their
    /// lines is not the same each time, what is said the last time.
    fn idle(&self, first: &Entry<'_>, last: &Entry<'_>, count: usize, text: &mut String) {
        let lang = self.figures.lang;
        let [from, to] = [first, last].map(|entry| self.figures.date(entry.date));
        text.push_str(&say!(
            lang,
            "{from} to {to}  {count} month ends: nothing is invoiced\n",
            "{from} au {to}  {count} fins de mois : rien n'est facturé\n"
        ));
        let lines = self.lines(last);
        if lines != self.lines(first) {
            text.push_str(&say!(lang, "    on {to}:\n", "    le {to} :\n"));
        }
        text.push_str(&lines);
    }

    /// What stands beside an event: notices, hours that are not billed.
    pub fn notes(&self, entry: &Entry<'_>) -> Vec<String> {
        let event = entry.event.and_then(|place| self.case.events.get(place));
        let notices = entry.notices.iter().zip(event.into_iter().cycle());
        let mut notes: Vec<String> = notices
            .map(|(notice, event)| plain(&notice.kind.say(self.plan, event, self.figures.lang)))
            .collect();
        let place = entry.event.and_then(|place| u32::try_from(place).ok());
        notes.extend(place.and_then(|place| self.cut(place)));
        notes
    }

    /// A moment in words.
    pub fn what(&self, entry: &Entry<'_>) -> String {
        let lang = self.figures.lang;
        let event = entry.event.and_then(|place| self.case.events.get(place));
        let mut what = match (event, entry.step) {
            (Some(event), _) => event_in_words(event, self.figures),
            (None, Some(step)) => self.calendar_in_words(step),
            (None, None) => String::new(),
        };
        let is_action = event.is_some_and(|event| event.kind.is_action());
        if is_action && entry.step.is_some_and(|step| step.starts) {
            what.push_str(lang.pick("; it starts the case", " ; elle démarre le dossier"));
        }
        if is_action && entry.step.is_some_and(|step| step.ends) {
            what.push_str(lang.pick("; it ends the case", " ; elle termine le dossier"));
        }
        what
    }

    fn calendar_in_words(&self, step: &Step) -> String {
        let triggers = step.triggers.iter().filter_map(|id| self.plan.trigger(*id));
        let words: Vec<String> = triggers.map(|trigger| self.calendar_trigger(trigger)).collect();
        words.join(self.figures.lang.pick(" and ", " et "))
    }

    /// A trigger of the calendar on its own day: the day itself need not be said again.
    fn calendar_trigger(&self, trigger: &When) -> String {
        let lang = self.figures.lang;
        match trigger.calendar() {
            Some(CalendarDay::Date(_)) => {
                say!(lang, "the date that a line names", "la date que nomme une ligne")
            }
            Some(day) => {
                let noun = day.noun().map(|noun| noun.bare(lang).to_owned());
                noun.unwrap_or_else(|| self.trigger(trigger))
            }
            None => self.trigger(trigger),
        }
    }

    /// A line that waited for the moment: its rule, and what came of it.
    fn line(&self, considered: &Considered, text: &mut String) {
        let lang = self.figures.lang;
        text.push_str(&format!("    {}\n", plain(self.rule(considered.line))));
        if considered.verdict != Verdict::Fires {
            let not = lang.pick("does not fire", "ne se déclenche pas");
            listed(text, not, lang.pick(":", " :"), &self.why_not(considered));
            return;
        }
        let facts = self.facts(&considered.measurements);
        let fires = lang.pick("fires", "se déclenche");
        listed(text, fires, lang.pick(":", " :"), &facts);
        for computed in &considered.computed {
            for step in self.arithmetic(computed) {
                text.push_str(&format!("      {step}\n"));
            }
            text.push_str(&format!("      → {}\n", self.billed(considered.line, computed)));
        }
        if self.plan.line(considered.line).is_some_and(|line| line.closes) {
            text.push_str(&say!(
                lang,
                "      it closes the case\n",
                "      elle clôt le dossier\n"
            ));
        }
    }

    /// What stands on the invoice.
    pub fn billed(&self, line: LineId, computed: &Computed) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        let lines = self.evaluation.lines.get(computed.lines.clone()).unwrap_or_default();
        let amount = figures.sum(computed.amount);
        match lines {
            [] => nothing_invoiced(self.plan.line(line).is_some_and(|line| line.once), lang),
            [only] => {
                let invoice = only.invoice;
                say!(lang, "invoice {invoice}: {amount}", "facture {invoice} : {amount}")
            }
            [first, ..] => {
                let (invoice, count) = (first.invoice, lines.len());
                say!(
                    lang,
                    "invoice {invoice}: {count} lines, {amount} in all",
                    "facture {invoice} : {count} lignes, {amount} en tout"
                )
            }
        }
    }

    fn never_fired(&self) -> String {
        let lines = (0..).map(LineId).zip(&self.plan.lines);
        let waiting =
            lines.filter_map(|(id, line)| Some((self.rule(id), self.why_never(id, line)?)));
        never_fired_in_words(waiting, self.figures.lang)
    }

    /// Totals, what is left over, and whether the case is closed.
    fn outcome(&self) -> Vec<String> {
        let lines = &self.evaluation.lines;
        let deposits =
            self.trace.standing.deposits.iter().map(|deposit| {
                (lines.get(deposit.line).map_or("", |line| &line.label), deposit.left)
            });
        let unbilled = self.unbilled_work();
        outcome_in_words(&self.totals(), unbilled, deposits, self.closing(), self.figures)
    }
}

/// The lines that have not fired, as the schedule writes them, each with why; nothing where all have.
pub fn never_fired_in_words<'l>(
    lines: impl Iterator<Item = (&'l str, Vec<String>)>,
    lang: Lang,
) -> String {
    let mut text = String::new();
    for (rule, reasons) in lines {
        if text.is_empty() {
            text.push_str(lang.pick(
                "\nLines that have not fired\n",
                "\nLignes qui ne se sont pas déclenchées\n",
            ));
        }
        text.push_str(&format!("    {}\n", plain(rule)));
        for (place, reason) in reasons.iter().enumerate() {
            let indent = if place == 0 { "      " } else { "        " };
            text.push_str(&format!("{indent}{reason}\n"));
        }
    }
    text
}

/// What a case comes to, what is left over of its work and of each deposit, and by which balance it is closed, in words.
pub fn outcome_in_words<'l>(
    totals: &Totals,
    unbilled: Option<Money>,
    deposits: impl Iterator<Item = (&'l str, Money)>,
    closing: Option<(Date, String)>,
    figures: Figures,
) -> Vec<String> {
    let lang = figures.lang;
    let (billed, deducted) = (figures.money(totals.billed), figures.money(totals.deducted));
    let net = figures.sum(totals.net);
    let mut lines = vec![say!(
        lang,
        "Billed {billed}, deducted {deducted}, net {net}",
        "Facturé {billed} ; déduit {deducted} ; net {net}"
    )];
    if let Some(unbilled) = unbilled.filter(|amount| *amount != Money::ZERO) {
        let amount = figures.sum(unbilled);
        lines.push(say!(
            lang,
            "Work done and not billed: {amount}",
            "Réalisé non facturé : {amount}"
        ));
    }
    for (label, left) in deposits {
        let (label, left) = (figures.quoted(label), figures.sum(left));
        lines.push(say!(
            lang,
            "Deposit {label} not deducted yet: {left}",
            "Acompte {label} pas encore déduit : {left}"
        ));
    }
    lines.push(match closing {
        Some((date, label)) => {
            let date = figures.date(date);
            say!(
                lang,
                "The case is closed by {label}, {date}",
                "Le dossier est clos par {label}, le {date}"
            )
        }
        None => say!(lang, "The case is open", "Le dossier est ouvert"),
    });
    lines
}

/// An event in words.
pub fn event_in_words(event: &Event, figures: Figures) -> String {
    let lang = figures.lang;
    match &event.kind {
        EventKind::More(more) => super::events::more_words(more, lang),
        EventKind::Opened { schedule, planned } => {
            let schedule = figures.quoted(schedule);
            let mut text =
                say!(lang, "opened on schedule {schedule}", "ouvert sur l'échéancier {schedule}");
            if let Some(hours) = planned.hours {
                let hours = figures.hours(hours);
                text.push_str(&say!(lang, ", {hours} planned", ", {hours} prévues"));
            }
            if let Some(months) = planned.months {
                let months = figures.months(months);
                text.push_str(&say!(lang, ", {months} planned", ", {months} prévus"));
            }
            text
        }
        EventKind::Void { of } => {
            let of = figures.quoted(of);
            say!(lang, "withdraws event {of}", "retire l'événement {of}")
        }
        EventKind::Milestone(milestone) => milestone.noun().bare(lang).to_owned(),
        EventKind::Action { name, .. }
        | EventKind::Deliverable { name }
        | EventKind::Event { name } => {
            let kind = event.kind.subject_kind().unwrap_or(SubjectKind::Event);
            let hours = event.kind.hours().map(|hours| format!(", {}", figures.hours(hours)));
            let called = kind.noun().bare(lang);
            format!("{called} {}{}", figures.quoted(name), hours.unwrap_or_default())
        }
    }
}

/// That an amount of zero stands on no invoice; a line that fires once has spent itself on it.
pub fn nothing_invoiced(once: bool, lang: Lang) -> String {
    if once {
        say!(
            lang,
            "zero: nothing is invoiced, and the line has fired all the same",
            "zéro : rien n'est facturé, et la ligne s'est déclenchée tout de même"
        )
    } else {
        say!(lang, "zero: nothing is invoiced", "zéro : rien n'est facturé")
    }
}

/// A word with what is said about it: nothing, one thing on its line, or several below.
pub fn listed(text: &mut String, word: &str, colon: &str, said: &[String]) {
    match said {
        [] => text.push_str(&format!("      {word}\n")),
        [only] => text.push_str(&format!("      {word}{colon} {only}\n")),
        several => {
            text.push_str(&format!("      {word}{colon}\n"));
            text.extend(several.iter().map(|one| format!("        {one}\n")));
        }
    }
}
