//! What follow-ups come to as data: in, a book of invoices and its run; out, the objects of `jalon follow` and
//! `jalon unpaid` with `--format json`, and sentences about what is in no list.

use crate::calendar::Date;
use crate::diagnostic::did_you_mean;
use crate::follow::{
    Book, Done, Event, EventKind, Fault, Followed, Invoice, NextStep, Row, Run, Standing, Why,
    step_id,
};
use crate::lang::{Lang, plain, say};
use crate::model::{FollowUp, InvoiceField, StepTrigger, Turn};
use crate::money::Money;
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// A step that fired, with what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldStep<'a> {
    /// The id of the invoice.
    pub invoice_id: &'a str,
    /// Its number.
    pub number: &'a str,
    /// Its case.
    pub case: &'a str,
    /// Its payer.
    pub payer: &'a str,
    /// Its customer, who is in tables alone.
    pub customer: Option<&'a str>,
    /// The follow-up.
    pub follow_up: &'a str,
    /// The step.
    pub step: &'a str,
    /// The day on which it fired.
    pub day: Date,
    /// What was open that evening, with the decimals of the currency.
    pub open: String,
    /// The code of the currency.
    pub currency: &'static str,
    /// Whether it hands over.
    pub hands_over: bool,
    /// Which time it is, from 1.
    pub time: u32,
    /// Its stable id.
    pub id: String,
}

impl<'a> ToldStep<'a> {
    /// A step of a run on this book.
    pub fn of(
        book: &'a Book,
        follow_ups: &[&'a FollowUp],
        followed: &Followed,
    ) -> Option<ToldStep<'a>> {
        let fired = &followed.fired;
        let invoice = book.invoices.get(fired.invoice)?;
        let follow_up = follow_ups.get(followed.follow_up)?;
        let step = follow_up.steps.get(fired.step)?;
        Some(ToldStep {
            invoice_id: &invoice.invoice_id,
            number: &invoice.number,
            case: &invoice.case,
            payer: &invoice.payer,
            customer: invoice.customer.as_deref(),
            follow_up: &follow_up.name,
            step: &step.label,
            day: fired.day,
            open: invoice.currency.show(fired.open).to_string(),
            currency: invoice.currency.code(),
            hands_over: step.hands_over,
            time: fired.time,
            id: step_id(&invoice.invoice_id, &follow_up.name, &step.label, fired.time),
        })
    }

    /// As one object.
    pub fn json(&self) -> Value {
        json!({
            "invoice_id": self.invoice_id,
            "number": self.number,
            "case": self.case,
            "payer": self.payer,
            "follow_up": self.follow_up,
            "step": self.step,
            "day": self.day,
            "open": self.open,
            "currency": self.currency,
            "hands_over": self.hands_over,
            "time": self.time,
            "id": self.id,
        })
    }
}

/// A row of the list of what is unpaid, as one object.
pub fn unpaid_json(row: &Row) -> Value {
    let show = |amount: Money| row.currency.show(amount).to_string();
    let shares: Map<String, Value> =
        row.shares.iter().map(|(payer, share)| (payer.clone(), json!(show(*share)))).collect();
    let steps = |steps: &BTreeMap<String, NextStep>| -> Map<String, Value> {
        let one = |(payer, (step, day)): (&String, &NextStep)| {
            (payer.clone(), json!({ "step": step, "day": day }))
        };
        steps.iter().map(one).collect()
    };
    json!({
        "case": row.case,
        "date": row.date,
        "currency": row.currency,
        "numbers": row.numbers,
        "customers": row.customers,
        "groups": row.groups,
        "payer_names": row.payer_names,
        "total": show(row.total),
        "open": show(row.open),
        "shares": shares,
        "age_days": row.age_days,
        "states": row.states,
        "last_step": steps(&row.last_step),
        "next_step": steps(&row.next_step),
        "withheld": row.withheld,
    })
}

/// The invoices that are withheld, with each reason. What only follows from another invoice has no place of its own.
pub fn withheld<'a>(book: &'a Book, run: &'a Run) -> impl Iterator<Item = (&'a str, Fault)> {
    run.withheld.iter().flat_map(|withheld| {
        let invoice = book.invoices.get(withheld.invoice);
        withheld.faults.iter().filter_map(move |fault| {
            let linked = matches!(fault.why, Why::Linked { .. });
            let place = fault.place.filter(|_| !linked);
            Some((invoice?.invoice_id.as_str(), Fault { place, why: fault.why.clone() }))
        })
    })
}

/// The id of the first invoice of each number.
fn numbers(book: &Book) -> BTreeMap<&str, &str> {
    let all = book.invoices.iter().rev();
    all.map(|invoice| (invoice.number.as_str(), invoice.invoice_id.as_str())).collect()
}

/// What came for invoices that are not known, one sentence for each: how many events, and their sums, kind by kind.
pub fn unknown(book: &Book, lang: Lang) -> Vec<String> {
    if book.unknown.is_empty() {
        return Vec::new();
    }
    let numbers = numbers(book);
    let of = |unknown: &crate::follow::Unknown| {
        let (id, count) = (plain(&unknown.invoice_id), unknown.events);
        let mut sums: BTreeMap<(&str, &str), (&str, Option<Decimal>)> = BTreeMap::new();
        for (kind, word, digits, currency) in &unknown.money {
            let (_, sum) = sums
                .entry((kind, currency.as_deref().unwrap_or("")))
                .or_insert((word, Some(Decimal::ZERO)));
            let amount: Option<Decimal> = digits.parse().ok();
            *sum = sum.zip(amount).and_then(|(sum, amount)| sum.checked_add(amount));
        }
        let sums = sums.into_iter().map(|((_, currency), (kind, sum))| {
            let sum = sum.map_or_else(|| "?".to_owned(), |sum| lang.digits(sum));
            let sum = format!("`{kind}` {sum} {currency}");
            plain(sum.trim_end())
        });
        let sums = sums.collect::<Vec<_>>().join(", ");
        let sums = if sums.is_empty() { sums } else { say!(lang, ": {sums}", " : {sums}") };
        let by_number = numbers.get(unknown.invoice_id.as_str()).map_or(String::new(), |known| {
            let known = plain(known);
            say!(
                lang,
                "; this is the number of invoice `{known}`, which events name by its `invoice_id`",
                " ; c'est le numéro de la facture `{known}`, que les événements nomment par son identifiant"
            )
        });
        let (s, ont) = if count == 1 { ("", "nomme") } else { ("s", "nomment") };
        let verb = if count == 1 { "names" } else { "name" };
        say!(
            lang,
            "{count} event{s} {verb} an unknown invoice, `{id}`{sums}{by_number}",
            "{count} événement{s} {ont} une facture inconnue, `{id}`{sums}{by_number}"
        )
    };
    book.unknown.iter().map(of).collect()
}

/// Names in the criteria of follow-ups that no invoice has, where one that no follow-up names is nearly the same.
fn misspelt(follow_ups: &[&FollowUp], book: &Book, lang: Lang) -> Vec<String> {
    let mut said = Vec::new();
    for field in InvoiceField::ALL {
        let of_field = |follow_up: &FollowUp| -> Vec<String> {
            let criteria = follow_up.criteria.iter().filter(|(of, _)| *of == field);
            criteria.flat_map(|(_, names)| names.iter().cloned()).collect()
        };
        let named: BTreeSet<String> = follow_ups.iter().flat_map(|of| of_field(of)).collect();
        if named.is_empty() {
            continue;
        }
        let invoices = book.invoices.iter().filter_map(|invoice| invoice.field(field));
        let found: BTreeSet<&str> = invoices.collect();
        for follow_up in follow_ups {
            for name in of_field(follow_up).iter().filter(|name| !found.contains(name.as_str())) {
                let others = found.iter().copied().filter(|other| !named.contains(*other));
                let Some(near) = did_you_mean(name, others) else { continue };
                let what = match field {
                    InvoiceField::Payer => lang.pick("payer", "le payeur"),
                    InvoiceField::Schedule => lang.pick("schedule", "l'échéancier"),
                    InvoiceField::Group => lang.pick("group", "le groupe"),
                    InvoiceField::Customer => lang.pick("customer", "le client"),
                };
                let (follow_up, name, near) = (plain(&follow_up.name), plain(name), plain(near));
                said.push(say!(
                    lang,
                    "follow-up `{follow_up}` is for {what} `{name}`, which no invoice has; did you mean `{near}`?",
                    "le suivi `{follow_up}` est pour {what} `{name}`, qu'aucune facture n'a ; vouliez-vous dire `{near}` ?"
                ));
            }
        }
    }
    said
}

/// The invoices that are judged.
fn judged<'b>(book: &'b Book, run: &Run) -> impl Iterator<Item = &'b Invoice> {
    run.standings.iter().filter_map(|standing| book.invoices.get(standing.invoice))
}

fn is_due_early(invoice: &Invoice) -> bool {
    invoice.total > Money::ZERO && invoice.due.is_some_and(|due| due < invoice.date)
}

/// So many days before its invoice a payment may well be an advance.
const ADVANCE: i64 = 90;

/// The judged invoices of payments that are dated long before them, one for each.
fn paid_long_before<'b>(book: &'b Book, run: &Run) -> impl Iterator<Item = &'b Invoice> {
    let of = |standing: &Standing| {
        let invoice = book.invoices.get(standing.invoice)?;
        let events = book.events.get(standing.invoice)?;
        let early = move |event: &&Event| {
            matches!(event.kind, EventKind::Payment(_))
                && event.withdrawn.is_none()
                && invoice.date.days_since(event.date) > ADVANCE
        };
        Some(events.iter().filter(early).map(move |_| invoice))
    };
    run.standings.iter().filter_map(of).flatten()
}

/// The credit notes of which something is left that no step on overpaid has asked to give back.
fn credit_left<'b>(
    follow_ups: &[&FollowUp],
    book: &'b Book,
    run: &Run,
) -> impl Iterator<Item = &'b Invoice> {
    let gives_back = |follow_up: Option<usize>, step: usize| {
        let step = follow_up.and_then(|of| follow_ups.get(of)?.steps.get(step));
        step.is_some_and(|step| step.triggers.contains(&StepTrigger::On(Turn::Overpaid)))
    };
    let fired = run.fired.iter().filter(|of| gives_back(Some(of.follow_up), of.fired.step));
    let asked: HashSet<usize> = fired.map(|of| of.fired.invoice).collect();
    run.standings.iter().filter_map(move |standing| {
        let invoice = book.invoices.get(standing.invoice)?;
        let last = standing.last.is_some_and(|(_, step)| gives_back(standing.follow_up, step));
        let waits = invoice.is_credit_note()
            && standing.open < Money::ZERO
            && standing.follow_up.is_some()
            && !last
            && !asked.contains(&standing.invoice);
        waits.then_some(invoice)
    })
}

/// The judged invoices, linked with no other, of which more is open than they ask: more was given back than was paid.
fn given_back(book: &Book, run: &Run) -> Vec<usize> {
    let alone: BTreeSet<usize> =
        book.groups.iter().filter(|group| group.len() == 1).flatten().copied().collect();
    let is_so = |standing: &&Standing| {
        let invoice = book.invoices.get(standing.invoice);
        alone.contains(&standing.invoice)
            && invoice.is_some_and(|invoice| standing.open > invoice.total)
    };
    run.standings.iter().filter(is_so).map(|standing| standing.invoice).collect()
}

/// What does not count yet or for no follow-up, what a follow-up misspells, and what was done of nothing that is known, in
/// sentences.
pub fn notices(
    follow_ups: &[&FollowUp],
    book: &Book,
    run: &Run,
    as_of: Date,
    lang: Lang,
) -> Vec<String> {
    let mut said = misspelt(follow_ups, book, lang);
    let as_of = lang.date(as_of);
    if run.later_events > 0 {
        let count = run.later_events;
        said.push(say!(
            lang,
            "events dated after {as_of}, which do not count: {count}",
            "événements datés après le {as_of}, qui ne comptent pas : {count}"
        ));
    }
    if run.later_invoices > 0 {
        let count = run.later_invoices;
        said.push(say!(
            lang,
            "invoices dated after {as_of}, which are in no list: {count}",
            "factures datées après le {as_of}, qui ne figurent dans aucune liste : {count}"
        ));
    }
    if book.repeated > 0 {
        let count = book.repeated;
        said.push(say!(
            lang,
            "lines that say again what another line says of an invoice or of an event, and count once: {count}",
            "lignes qui redisent ce qu'une autre dit d'une facture ou d'un événement, et comptent une fois : {count}"
        ));
    }
    let alone = |of: &&Standing| of.follow_up.is_none() && of.open != Money::ZERO;
    let alone: Vec<usize> =
        run.standings.iter().filter(alone).map(|standing| standing.invoice).collect();
    if let Some(first) = alone.first().and_then(|first| book.invoices.get(*first)) {
        let (count, first) = (alone.len(), plain(&first.number));
        said.push(say!(
            lang,
            "invoices that no follow-up takes, for which no step is ever due: {count}, `{first}` for one",
            "factures qu'aucun suivi ne prend, pour lesquelles aucune étape ne viendra : {count}, dont `{first}`"
        ));
    }
    let early: Vec<&Invoice> = judged(book, run).filter(|invoice| is_due_early(invoice)).collect();
    if let Some(first) = early.first() {
        let (count, first) = (early.len(), plain(&first.number));
        said.push(say!(
            lang,
            "invoices that are due before their own day: {count}, `{first}` for one; a day may have been read wrongly",
            "factures à payer avant leur propre date : {count}, dont `{first}` ; une date a peut-être été mal lue"
        ));
    }
    let advances: Vec<&Invoice> = paid_long_before(book, run).collect();
    if let Some(first) = advances.first() {
        let (count, first) = (advances.len(), plain(&first.number));
        said.push(say!(
            lang,
            "payments dated more than {ADVANCE} days before their invoice, which count on its day: {count}, of `{first}` for one; a day may have been read wrongly, or another invoice is meant",
            "encaissements datés de plus de {ADVANCE} jours avant leur facture, qui comptent à sa date : {count}, dont un de `{first}` ; une date a peut-être été mal lue, ou une autre facture est visée"
        ));
    }
    let unasked: Vec<&Invoice> = credit_left(follow_ups, book, run).collect();
    if let Some(first) = unasked.first() {
        let (count, first) = (unasked.len(), plain(&first.number));
        said.push(say!(
            lang,
            "credit notes of which something is left, and for which no step on overpaid has come: {count}, `{first}` for one",
            "avoirs dont il reste quelque chose, et pour lesquels aucune étape en cas de trop-perçu n'est venue : {count}, dont `{first}`"
        ));
    }
    let given_back: Vec<usize> = given_back(book, run);
    if let Some(first) = given_back.first().and_then(|first| book.invoices.get(*first)) {
        let (count, first) = (given_back.len(), plain(&first.number));
        said.push(say!(
            lang,
            "invoices of which more was returned or refunded than was paid, so that more is open than they ask: {count}, `{first}` for one; a payment may be missing",
            "factures dont il a été rendu plus que payé, si bien qu'il reste à payer plus qu'elles ne demandent : {count}, dont `{first}` ; un encaissement manque peut-être"
        ));
    }
    let set_off: Vec<&Invoice> = set_off(book, run).collect();
    if let Some(first) = set_off.first() {
        let (count, first) = (set_off.len(), plain(&first.number));
        said.push(say!(
            lang,
            "invoices that are open beside one of the same case, day and payer that was paid too much, so that their row of the unpaid list shows less, or there is none: {count}, `{first}` for one; the journal has each by itself",
            "factures restant dues à côté d'une facture trop payée du même dossier, jour et payeur, si bien que leur ligne de la liste des impayés montre moins, ou manque : {count}, dont `{first}` ; le journal donne chacune à part"
        ));
    }
    said.extend(unknown_done(follow_ups, book, run, lang));
    said
}

/// The judged invoices of which something is open, while another of their case, day, currency and payer was paid too much:
/// of both the unpaid list has one share.
fn set_off<'b>(book: &'b Book, run: &Run) -> impl Iterator<Item = &'b Invoice> {
    let of = |invoice: &'b Invoice| {
        (&invoice.case, invoice.date, invoice.currency.code(), &invoice.payer)
    };
    let judged = || {
        let standings = run.standings.iter();
        standings.filter_map(|standing| Some((standing.open, book.invoices.get(standing.invoice)?)))
    };
    let overpaid: BTreeSet<_> =
        judged().filter(|(open, _)| *open < Money::ZERO).map(|(_, invoice)| of(invoice)).collect();
    judged()
        .filter(move |(open, invoice)| *open > Money::ZERO && overpaid.contains(&of(invoice)))
        .map(|(_, invoice)| invoice)
}

/// What is said to be done of nothing that is known: an invoice that there is not, or a step that its follow-up has not.
fn unknown_done(follow_ups: &[&FollowUp], book: &Book, run: &Run, lang: Lang) -> Vec<String> {
    if run.unknown_done.is_empty() {
        return Vec::new();
    }
    let judged: BTreeMap<usize, Option<&FollowUp>> = run
        .standings
        .iter()
        .map(|standing| {
            let follow_up = standing.follow_up.and_then(|place| follow_ups.get(place));
            (standing.invoice, follow_up.copied())
        })
        .collect();
    let numbers = numbers(book);
    let of = |done: &Done| {
        let (id, step) = (plain(&done.invoice_id), plain(&done.step));
        let invoice = book.find(&done.invoice_id);
        let why = match invoice.map(|invoice| judged.get(&invoice)) {
            Some(Some(Some(follow_up))) => {
                let labels = follow_up.steps.iter().map(|step| step.label.as_str());
                let near = did_you_mean(&done.step, labels).map_or(String::new(), |near| {
                    let near = plain(near);
                    say!(lang, "; did you mean `{near}`?", " ; vouliez-vous dire `{near}` ?")
                });
                let name = plain(&follow_up.name);
                say!(
                    lang,
                    "its follow-up `{name}` has no such step{near}",
                    "son suivi `{name}` n'a pas cette étape{near}"
                )
            }
            Some(Some(None)) => say!(lang, "no follow-up takes it", "aucun suivi ne la prend"),
            Some(None) => say!(lang, "it is in no list", "elle ne figure dans aucune liste"),
            None => match numbers.get(done.invoice_id.as_str()) {
                Some(known) => {
                    let known = plain(known);
                    say!(
                        lang,
                        "this is the number of invoice `{known}`, which is named by its `invoice_id`",
                        "c'est le numéro de la facture `{known}`, qui se nomme par son identifiant"
                    )
                }
                None => say!(lang, "there is no such invoice", "il n'y a pas de telle facture"),
            },
        };
        say!(
            lang,
            "`{step}` is said to be done on invoice `{id}`, and does not count: {why}",
            "`{step}` est donnée comme faite pour la facture `{id}`, et ne compte pas : {why}"
        )
    };
    run.unknown_done.iter().map(of).collect()
}
