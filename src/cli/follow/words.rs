//! What steps wait for, and what happens to invoices, in words: in, parts of the model; out, half sentences, lower case,
//! as follow-ups are written.

use crate::calendar::Duration;
use crate::cli::output::plain;
use crate::follow::EventKind;
use crate::lang::{Lang, say};
use crate::model::{
    FollowUp, InvoiceDay, Standing, StepAnchor, StepCondition, StepTrigger, SumComparator, Turn,
};
use crate::money::{Currency, Money};

fn length(length: Duration, lang: Lang) -> String {
    match length {
        Duration::Days(days) => say!(lang, "{days} day{0}", "{days} jour{0}", lang.s(days)),
        Duration::Months(1) => lang.pick("1 month", "1 mois").to_owned(),
        Duration::Months(months) => say!(lang, "{months} months", "{months} mois"),
    }
}

/// A payer, or that none is named.
pub fn payer(name: &str, lang: Lang) -> String {
    match name {
        "" => lang.pick("no payer named", "sans payeur").to_owned(),
        name => plain(name),
    }
}

/// The label of a step of a follow-up, in quotes.
pub fn label(follow_up: &FollowUp, step: usize) -> String {
    follow_up.steps.get(step).map_or(String::new(), |step| format!("\"{}\"", step.label))
}

/// The day from which a step counts.
pub fn anchor(anchor: StepAnchor, follow_up: &FollowUp, lang: Lang) -> String {
    match anchor {
        StepAnchor::Step(step) => {
            let label = label(follow_up, step);
            say!(lang, "step {label}", "l'étape {label}")
        }
        StepAnchor::Day(day) => match day {
            InvoiceDay::Issued => lang.pick("issued", "l'émission"),
            InvoiceDay::Sent => lang.pick("sent", "l'envoi"),
            InvoiceDay::Received => lang.pick("received", "la réception"),
            InvoiceDay::Rejected => lang.pick("rejected", "le rejet"),
            InvoiceDay::Due => lang.pick("due", "l'échéance"),
        }
        .to_owned(),
    }
}

/// What a step may wait for.
pub fn turn(turn: Turn, lang: Lang) -> &'static str {
    match turn {
        Turn::Undelivered => lang.pick("on undelivered", "en cas de non-remise"),
        Turn::Rejected => lang.pick("on rejected", "en cas de rejet"),
        Turn::Disputed => lang.pick("on disputed", "en cas de litige"),
        Turn::Resolved => lang.pick("on resolved", "en cas de levée du litige"),
        Turn::PaidInPart => lang.pick("on paid in part", "en cas de règlement partiel"),
        Turn::Overpaid => lang.pick("on overpaid", "en cas de trop-perçu"),
        Turn::Settled => lang.pick("on settled", "en cas de règlement complet"),
    }
}

/// What a step waits for.
pub fn trigger(trigger: &StepTrigger, follow_up: &FollowUp, lang: Lang) -> String {
    match *trigger {
        StepTrigger::On(of) => turn(of, lang).to_owned(),
        StepTrigger::After(long, from) => {
            let (long, from) = (length(long, lang), anchor(from, follow_up, lang));
            say!(lang, "{long} after {from}", "{long} après {from}")
        }
        StepTrigger::Each(long, from) => {
            let (long, from) = (length(long, lang), anchor(from, follow_up, lang));
            say!(lang, "each {long} after {from}", "tous les {long} après {from}")
        }
        StepTrigger::BeforeDue(long) => {
            let long = length(long, lang);
            say!(lang, "{long} before due", "{long} avant l'échéance")
        }
    }
}

/// A condition that stands alone.
pub fn condition(
    condition: &StepCondition,
    follow_up: &FollowUp,
    currency: Currency,
    lang: Lang,
) -> String {
    let compared = |what: &str, comparator: SumComparator, sum: Money| {
        let sign = match comparator {
            SumComparator::Less => "<",
            SumComparator::AtMost => "<=",
            SumComparator::Greater => ">",
            SumComparator::AtLeast => ">=",
        };
        format!("{what} {sign} {} {}", lang.digits(currency.show(sum)), currency.code())
    };
    match condition {
        StepCondition::Open(comparator, sum) => {
            compared(lang.pick("open", "restant dû"), *comparator, *sum)
        }
        StepCondition::Total(comparator, sum) => compared("total", *comparator, *sum),
        StepCondition::Is(standing) => match standing {
            Standing::Sent => lang.pick("sent", "envoyée"),
            Standing::Received => lang.pick("received", "reçue"),
            Standing::Accepted => lang.pick("accepted", "acceptée"),
            Standing::Rejected => lang.pick("rejected", "rejetée"),
            Standing::Disputed => lang.pick("disputed", "contestée"),
            Standing::Promised => lang.pick("promised", "promise"),
            Standing::PaidInPart => lang.pick("paid in part", "payée en partie"),
        }
        .to_owned(),
        StepCondition::SentBy(channel) => {
            say!(lang, "sent by \"{channel}\"", "envoyée par \"{channel}\"")
        }
        StepCondition::Done(step) => {
            let label = label(follow_up, *step);
            say!(lang, "step {label} done", "étape {label} faite")
        }
        // Only what stands alone is told.
        StepCondition::Any(_) | StepCondition::All(_) | StepCondition::Not(_) => String::new(),
    }
}

/// What happens to an invoice.
pub fn event(kind: &EventKind, currency: Currency, lang: Lang) -> String {
    let name = match kind {
        EventKind::Sent(Some(channel)) => {
            return say!(lang, "sent by \"{channel}\"", "envoyée par \"{channel}\"");
        }
        EventKind::Promised(until) => {
            let until = lang.date(*until);
            return say!(lang, "promised until {until}", "promise jusqu'au {until}");
        }
        EventKind::Sent(None) => lang.pick("sent", "envoyée"),
        EventKind::Undelivered => lang.pick("undelivered", "non remise"),
        EventKind::Received => lang.pick("received", "reçue"),
        EventKind::Accepted => lang.pick("accepted", "acceptée"),
        EventKind::Rejected => lang.pick("rejected", "rejetée"),
        EventKind::Disputed => lang.pick("disputed", "contestée"),
        EventKind::Resolved => lang.pick("dispute resolved", "litige levé"),
        EventKind::Payment(_) => lang.pick("paid", "encaissement"),
        EventKind::Returned(_) => lang.pick("returned", "encaissement rejeté"),
        EventKind::Refund(_) => lang.pick("refund", "remboursement"),
        EventKind::WrittenOff(_) => lang.pick("written off", "passée en perte"),
        EventKind::Moved(..) => lang.pick("moved", "reportée"),
        EventKind::Replaced(_) => lang.pick("replaced", "remplacée"),
        EventKind::HandedOver => lang.pick("handed over", "transmise au recouvrement"),
        EventKind::TakenBack => lang.pick("taken back", "reprise"),
    };
    match kind.amount() {
        None => name.to_owned(),
        Some(amount) => {
            format!("{name} {} {}", lang.digits(currency.show(amount)), currency.code())
        }
    }
}
