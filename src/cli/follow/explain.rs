//! `jalon follow --explain`: the history of one invoice as a timeline, each step done, passed over or still to come, and
//! why. With `--format json` one document:
//!
//! ```text
//! { "invoice_id", "number", "case", "payer", "follow_up" or null, "date", "due" or null, "total", "currency",
//!   "as_of", "open",
//!   "moments": [ { "day", "says", "open": in the evening of that day, and of a step: "step", "outcome": "fired" or
//!                  "passed_over", "passed_by" } ],
//!   "steps":   [ { "step", "says": [ … ] } ],    what each waits for on the last day
//!   "held":    [ "disputed", "promised", "at-the-collector", "replaced", "nothing-open" ],
//!   "next":    null or { "step", "day" } }
//! ```

use super::files::Opened;
use super::words;
use crate::cli::output::{Failure, plain, results, view};
use crate::diagnostic::did_you_mean;
use crate::follow::{Happened, History, Invoice, Logged, StepNow, Wait};
use crate::lang::{Lang, say};
use crate::model::{FollowUp, StepCondition};
use serde_json::{Value, json};

/// Explains an invoice that is named by its id or its number.
pub fn explain(
    opened: &Opened,
    follow_ups: &[&FollowUp],
    name: &str,
    as_json: bool,
) -> Result<(), Failure> {
    let number = find(opened, name)?;
    let Some(invoice) = opened.book.invoices.get(number) else { return Ok(()) };
    if invoice.date > opened.as_of {
        let date = opened.lang.date(invoice.date);
        return Err(Failure::new(say!(
            opened.lang,
            "this invoice is dated {date}, after the last day that counts",
            "cette facture est datée du {date}, après le dernier jour qui compte"
        )));
    }
    // Why it is withheld has been told.
    let Some(history) = opened.explain(follow_ups, number) else { return Ok(()) };
    let story = Story {
        opened,
        invoice,
        number,
        follow_up: history.follow_up.and_then(|of| follow_ups.get(of)).copied(),
        history: &history,
        lang: opened.lang,
    };
    if as_json { results(|out| writeln!(out, "{}", story.json())) } else { view(&story.told()) }
}

fn find(opened: &Opened, name: &str) -> Result<usize, Failure> {
    let invoices = &opened.book.invoices;
    let by_number = || {
        let mut of = (0..).zip(invoices).filter(|(_, invoice)| invoice.number == name);
        of.next().filter(|_| of.next().is_none()).map(|(number, _)| number)
    };
    let several = invoices.iter().filter(|invoice| invoice.number == name).count();
    opened.book.find(name).or_else(by_number).ok_or_else(|| {
        let known = invoices.iter().flat_map(|of| [of.invoice_id.as_str(), of.number.as_str()]);
        let near = did_you_mean(name, known).map(plain);
        let name = plain(name);
        if several > 1 {
            return Failure::both(
                format!("{several} invoices have the number `{name}`: name one by its id"),
                format!(
                    "{several} factures ont le numéro `{name}` : nommez-en une par son identifiant"
                ),
            );
        }
        let english = format!("there is no invoice `{name}`");
        let french = format!("il n'y a pas de facture `{name}`");
        match near {
            Some(near) => Failure::both(
                format!("{english}; did you mean `{near}`?"),
                format!("{french} ; vouliez-vous dire `{near}` ?"),
            ),
            None => Failure::both(english, french),
        }
    })
}

struct Story<'s> {
    opened: &'s Opened,
    invoice: &'s Invoice,
    number: usize,
    follow_up: Option<&'s FollowUp>,
    history: &'s History,
    lang: Lang,
}

impl Story<'_> {
    fn sum(&self, amount: crate::money::Money) -> String {
        let currency = self.invoice.currency;
        format!("{} {}", self.lang.digits(currency.show(amount)), currency.code())
    }

    fn label(&self, step: usize) -> String {
        self.follow_up.map_or(String::new(), |of| plain(&words::label(of, step)))
    }

    fn triggers(&self, logged: &Logged) -> String {
        let Some(follow_up) = self.follow_up else { return String::new() };
        let step = follow_up.steps.get(logged.step);
        let triggers = logged.triggers.iter().filter_map(|at| step?.triggers.get(*at));
        let said: Vec<String> =
            triggers.map(|trigger| words::trigger(trigger, follow_up, self.lang)).collect();
        said.join(self.lang.pick(" or ", " ou "))
    }

    fn moment(&self, what: &Happened) -> String {
        let lang = self.lang;
        match what {
            Happened::Issued => {
                let total = self.sum(self.invoice.total);
                say!(lang, "issued: {total}", "émise : {total}")
            }
            Happened::Event(place) => {
                let events = self.opened.book.events.get(self.number);
                let event = events.and_then(|events| events.get(*place));
                let said =
                    event.map(|event| words::event(&event.kind, self.invoice.currency, lang));
                plain(&said.unwrap_or_default())
            }
            Happened::Elsewhere => lang
                .pick("an invoice linked to it changes it", "une facture liée la modifie")
                .to_owned(),
            Happened::Step(logged) => {
                let (label, why) = (self.label(logged.step), plain(&self.triggers(logged)));
                match logged.passed_by.map(|by| self.label(by)) {
                    Some(by) => say!(
                        lang,
                        "  step {label} is passed over: {by} stands below it",
                        "  l'étape {label} est dépassée : {by} est plus bas"
                    ),
                    None if why.is_empty() => {
                        say!(lang, "  step {label} done", "  étape {label} faite")
                    }
                    None => say!(lang, "  step {label}: {why}", "  étape {label} : {why}"),
                }
            }
        }
    }

    /// What a step waits for on the last day.
    fn waits(&self, place: usize, now: &StepNow) -> Vec<String> {
        let (Some(follow_up), lang) = (self.follow_up, self.lang) else { return Vec::new() };
        let Some(step) = follow_up.steps.get(place) else { return Vec::new() };
        let mut said: Vec<String> = Vec::new();
        for (trigger, wait) in step.triggers.iter().zip(&now.waits) {
            let trigger = plain(&words::trigger(trigger, follow_up, lang));
            let date = |day| lang.date(day);
            said.push(match *wait {
                Wait::For(turn) => {
                    let turn = words::turn(turn, lang);
                    say!(lang, "{turn}: each time", "{turn} : à chaque fois")
                }
                Wait::Anchor(anchor) => {
                    let anchor = plain(&words::anchor(anchor, follow_up, lang));
                    say!(
                        lang,
                        "{trigger}: there is no day of {anchor} yet",
                        "{trigger} : pas encore de jour pour {anchor}"
                    )
                }
                Wait::From(day) => {
                    let day = date(day);
                    say!(lang, "{trigger}: from {day} on", "{trigger} : à compter du {day}")
                }
                Wait::Since(day) => {
                    let day = date(day);
                    say!(
                        lang,
                        "{trigger}: looked at each evening since {day}",
                        "{trigger} : examinée chaque soir depuis le {day}"
                    )
                }
                Wait::Lapsed(day) => {
                    let day = date(day);
                    say!(
                        lang,
                        "{trigger}: no more, it was due on {day}",
                        "{trigger} : plus jamais, l'échéance était le {day}"
                    )
                }
                Wait::Over => say!(
                    lang,
                    "{trigger}: no more, it was done or passed over",
                    "{trigger} : plus jamais, elle a été faite ou dépassée"
                ),
                Wait::AsOften(times) => say!(
                    lang,
                    "{trigger}: no more, it was done {times} times",
                    "{trigger} : plus jamais, elle a été faite {times} fois"
                ),
            });
        }
        for (condition, wanted) in &now.failing {
            let text = plain(&words::condition(condition, follow_up, self.invoice.currency, lang));
            let open = self.sum(self.history.end.open);
            said.push(match (condition, wanted) {
                (StepCondition::Open(..), true) => say!(
                    lang,
                    "`{text}` does not hold: {open} is open",
                    "`{text}` n'est pas vrai : il reste dû {open}"
                ),
                (_, true) => say!(lang, "`{text}` does not hold", "`{text}` n'est pas vrai"),
                (_, false) => {
                    say!(lang, "`not {text}` does not hold", "`non {text}` n'est pas vrai")
                }
            });
        }
        said
    }

    /// What holds all dated steps, each with its words.
    fn held(&self) -> Vec<(&'static str, String)> {
        let (end, lang) = (&self.history.end, self.lang);
        let mut held = Vec::new();
        let mut add = |name, text: String| held.push((name, text));
        if end.replaced {
            add("replaced", lang.pick("it is replaced", "elle est remplacée").to_owned());
        }
        if end.open <= crate::money::Money::ZERO {
            add("nothing-open", lang.pick("nothing is open", "rien ne reste dû").to_owned());
        }
        if end.disputed {
            add("disputed", lang.pick("it is disputed", "elle est contestée").to_owned());
        }
        if let Some(until) = end.promised_until {
            let until = lang.date(until);
            add(
                "promised",
                say!(
                    lang,
                    "payment is promised until {until}",
                    "un règlement est promis jusqu'au {until}"
                ),
            );
        }
        if end.with_collector {
            let text = lang.pick("it is with a collector", "elle est au recouvrement");
            add("at-the-collector", text.to_owned());
        }
        held
    }

    fn told(&self) -> String {
        let (lang, invoice, end) = (self.lang, self.invoice, &self.history.end);
        let (number, id) = (plain(&invoice.number), plain(&invoice.invoice_id));
        let case = plain(&invoice.case);
        let payer = match invoice.payer.as_str() {
            "" => words::payer("", lang),
            name => format!("{} {}", lang.pick("payer", "payeur"), plain(name)),
        };
        let mut text = say!(
            lang,
            "Invoice {number} ({id}), case {case}, {payer}\n",
            "Facture {number} ({id}), dossier {case}, {payer}\n"
        );
        match self.follow_up {
            Some(follow_up) => {
                let name = plain(&follow_up.name);
                text += &say!(lang, "Follow-up \"{name}\"", "Suivi \"{name}\"");
            }
            None => text += lang.pick("No follow-up is for it", "Aucun suivi ne la concerne"),
        }
        if let Some(due) = end.due {
            let due = lang.date(due);
            text += &say!(lang, ", due on {due}", ", échéance le {due}");
        }
        text.push_str("\n\n");
        for moment in &self.history.moments {
            let (day, says) = (lang.date(moment.day), self.moment(&moment.what));
            text += &match moment.what {
                Happened::Step(_) => format!("{day}  {says}\n"),
                Happened::Issued | Happened::Event(_) | Happened::Elsewhere => {
                    let open = self.sum(moment.open);
                    say!(
                        lang,
                        "{day}  {says} (open that evening: {open})\n",
                        "{day}  {says} (restant dû ce soir-là : {open})\n"
                    )
                }
            };
        }
        let as_of = lang.date(self.opened.as_of);
        text += &say!(lang, "\nOn {as_of}:\n", "\nLe {as_of} :\n");
        for (_, held) in self.held() {
            text += &say!(lang, "  held: {held}\n", "  en attente : {held}\n");
        }
        for (place, now) in self.history.steps.iter().enumerate() {
            let (label, waits) =
                (self.label(place), self.waits(place, now).join(lang.pick("; ", " ; ")));
            text += &say!(lang, "  {label}: {waits}\n", "  {label} : {waits}\n");
        }
        if let Some((day, step)) = end.next {
            let (day, label) = (lang.date(day), self.label(step));
            text += &say!(
                lang,
                "Next, if nothing happens: {label} on {day}\n",
                "Ensuite, si rien ne se passe : {label} le {day}\n"
            );
        }
        text
    }

    fn json(&self) -> Value {
        let (invoice, end) = (self.invoice, &self.history.end);
        let show = |amount| invoice.currency.show(amount).to_string();
        let name = |step: usize| Some(self.follow_up?.steps.get(step)?.label.clone());
        let moments = self.history.moments.iter().map(|moment| {
            let mut said = json!({
                "day": moment.day,
                "says": self.moment(&moment.what).trim_start(),
                "open": show(moment.open),
            });
            if let (Happened::Step(logged), Some(fields)) = (&moment.what, said.as_object_mut()) {
                let outcome = if logged.passed_by.is_some() { "passed_over" } else { "fired" };
                fields.insert("step".to_owned(), json!(name(logged.step)));
                fields.insert("outcome".to_owned(), json!(outcome));
                if let Some(by) = logged.passed_by {
                    fields.insert("passed_by".to_owned(), json!(name(by)));
                }
            }
            said
        });
        let steps = self.history.steps.iter().enumerate();
        json!({
            "invoice_id": invoice.invoice_id,
            "number": invoice.number,
            "case": invoice.case,
            "payer": invoice.payer,
            "follow_up": self.follow_up.map(|of| &of.name),
            "date": invoice.date,
            "due": end.due,
            "total": show(invoice.total),
            "currency": invoice.currency.code(),
            "as_of": self.opened.as_of,
            "open": show(end.open),
            "moments": moments.collect::<Vec<_>>(),
            "steps": steps
                .map(|(place, now)| json!({ "step": name(place), "says": self.waits(place, now) }))
                .collect::<Vec<_>>(),
            "held": self.held().into_iter().map(|(name, _)| name).collect::<Vec<_>>(),
            "next": end.next.map(|(day, step)| json!({ "step": name(step), "day": day })),
        })
    }
}
