//! Invoices under their follow-ups, up to a day: what fires, how each stands, and what is withheld.

use super::book::Book;
use super::evening::Member;
use super::fault::{Fault, Why};
use super::history::History;
use super::invoice::{Invoice, date_of, text_of};
use super::record::Record;
use super::steps::{DoneStep, Fired};
use super::walk::Walk;
use crate::calendar::Date;
use crate::model::FollowUp;
use crate::money::Money;
use crate::stop::Stop;
use foldhash::HashSet;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The last day that counts.
    pub as_of: Date,
    /// What has really been done; without it every evening is replayed.
    pub done: Option<&'a [Done]>,
    /// Whether the next step of each is looked for, too.
    pub with_next: bool,
}

/// A step that has really been done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Done {
    /// The invoice.
    pub invoice_id: String,
    /// The day.
    pub date: Date,
    /// The step.
    pub step: String,
    /// The id under which it was given, where it is stated.
    pub id: Option<String>,
}

/// Reads what has been done: `invoice_id`, `step`, and `day` or `date`, with the `id` if there is one; so the lines of
/// `jalon follow` are read.
pub fn read_done(records: &[Record]) -> Result<Vec<Done>, Fault> {
    let of = |record: &Record| {
        let needed = |field| text_of(record, field)?.ok_or(Why::Missing { field });
        let date = match date_of(record, "date")? {
            Some(date) => date,
            None => date_of(record, "day")?.ok_or(Why::Missing { field: "date" })?,
        };
        let invoice_id = match text_of(record, "invoice")? {
            Some(id) => id,
            None => needed("invoice_id")?,
        };
        Ok(Done { invoice_id, date, step: needed("step")?, id: text_of(record, "id")? })
    };
    let fault = |record: &Record, why| Fault { place: Some(record.place), why };
    records.iter().map(|record| of(record).map_err(|why| fault(record, why))).collect()
}

/// How an invoice stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// It itself, by its number in the book.
    pub invoice: usize,
    /// Its follow-up, by its number.
    pub follow_up: Option<usize>,
    /// What is open.
    pub open: Money,
    /// When it is due.
    pub due: Option<Date>,
    /// Whether it has arrived, as far as is known.
    pub received: bool,
    /// Whether a dispute is open.
    pub disputed: bool,
    /// Whether a payment is promised.
    pub promised: bool,
    /// Whether it is with a collector.
    pub with_collector: bool,
    /// Whether another replaces it.
    pub replaced: bool,
    /// The step that fired last: its day and its place.
    pub last: Option<(Date, usize)>,
    /// The dated step that comes next if nothing happens.
    pub next: Option<(Date, usize)>,
}

/// An invoice that is not judged, and why.
#[derive(Clone, Debug)]
pub struct Withheld {
    /// It itself, by its number in the book.
    pub invoice: usize,
    /// Why.
    pub faults: Vec<Fault>,
}

/// What has come of all invoices.
#[derive(Clone, Debug, Default)]
pub struct Run {
    /// The steps that fired, by day, then by the number of the invoice.
    pub fired: Vec<Followed>,
    /// How each judged invoice stands that exists by then, by its number.
    pub standings: Vec<Standing>,
    /// The invoices that are not judged, by their number.
    pub withheld: Vec<Withheld>,
    /// How many events are dated after the last day.
    pub later_events: usize,
    /// How many invoices are.
    pub later_invoices: usize,
    /// What was done of steps or invoices that are not known.
    pub unknown_done: Vec<Done>,
}

/// A step that fired, with the follow-up that it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The follow-up, by its number.
    pub follow_up: usize,
    /// The step.
    pub fired: Fired,
}

/// Follows all invoices of a book.
pub fn follow(follow_ups: &[&FollowUp], book: &Book, asked: Asked<'_>) -> Run {
    follow_unless(follow_ups, book, asked, &Stop::default())
}

/// Follows all invoices of a book. Once it is asked to stop it ends early, and what it gives is not to be used.
pub fn follow_unless(follow_ups: &[&FollowUp], book: &Book, asked: Asked<'_>, stop: &Stop) -> Run {
    let mut run = Run::default();
    let choices: Vec<Result<Option<usize>, Why>> =
        book.invoices.iter().map(|invoice| chosen(follow_ups, invoice)).collect();
    let mut done = sorted_done(follow_ups, book, &choices, asked.done, &mut run);
    for group in &book.groups {
        if stop.is_asked() {
            break;
        }
        let faults: Vec<Vec<Fault>> =
            group.iter().map(|number| faults_of(book, follow_ups, &choices, *number)).collect();
        if let Some(bad) = group.iter().zip(&faults).find(|(_, faults)| !faults.is_empty()) {
            withhold(book, *bad.0, group, faults, &mut run);
            continue;
        }
        walk(book, follow_ups, &choices, group, asked, &mut done, &mut run);
    }
    let key = |of: &Followed| {
        let number = book.invoices.get(of.fired.invoice).map(|invoice| invoice.number.as_str());
        (of.fired.day, number, of.fired.invoice)
    };
    run.fired.sort_by(|one, other| key(one).cmp(&key(other)));
    run.standings.sort_by_key(|standing| standing.invoice);
    run.withheld.sort_by_key(|withheld| withheld.invoice);
    let later = |events: &Vec<super::event::Event>| {
        events.iter().filter(|event| event.date > asked.as_of).count()
    };
    run.later_events = book.events.iter().map(later).sum();
    run.later_invoices = book.invoices.iter().filter(|of| of.date > asked.as_of).count();
    run
}

/// The follow-up of an invoice: of those whose criteria it all meets, the one with the most.
///
/// # Errors
///
/// If two have as many.
pub fn chosen(follow_ups: &[&FollowUp], invoice: &Invoice) -> Result<Option<usize>, Why> {
    let meets = |follow_up: &&FollowUp| {
        follow_up.criteria.iter().all(|(of, values)| {
            invoice.field(*of).is_some_and(|value| values.iter().any(|of| of == value))
        })
    };
    let met: Vec<(usize, &&FollowUp)> =
        follow_ups.iter().enumerate().filter(|(_, follow_up)| meets(follow_up)).collect();
    let most = met.iter().map(|(_, follow_up)| follow_up.criteria.len()).max();
    let mut best = met.iter().filter(|(_, follow_up)| Some(follow_up.criteria.len()) == most);
    match (best.next(), best.next()) {
        (Some((_, one)), Some((_, other))) => {
            Err(Why::TwoFollowUps { one: one.name.clone(), other: other.name.clone() })
        }
        (one, _) => Ok(one.map(|(place, _)| *place)),
    }
}

/// What is wrong with an invoice, its follow-up included.
fn faults_of(
    book: &Book,
    follow_ups: &[&FollowUp],
    choices: &[Result<Option<usize>, Why>],
    number: usize,
) -> Vec<Fault> {
    let mut faults = book.faults.get(number).cloned().unwrap_or_default();
    let Some(invoice) = book.invoices.get(number) else { return faults };
    let place = Some(invoice.place);
    // Of what could not be read, no more is said.
    if !faults.is_empty() {
        return faults;
    }
    match choices.get(number) {
        Some(Err(why)) => faults.push(Fault { place, why: why.clone() }),
        Some(Ok(choice)) => {
            let follow_up = choice.and_then(|choice| follow_ups.get(choice));
            let term = follow_up.and_then(|follow_up| follow_up.payment);
            if invoice.due.is_none() && term.is_none() && !invoice.is_credit_note() {
                faults.push(Fault { place, why: Why::NoDue });
            }
            if let Some((follow_up, currency)) =
                follow_up.and_then(|follow_up| Some((follow_up, follow_up.currency?)))
                && currency != invoice.currency
            {
                let (follow_up, currency) = (follow_up.name.clone(), currency.code());
                faults.push(Fault { place, why: Why::SumsIn { follow_up, currency } });
            }
        }
        None => {}
    }
    faults
}

fn withhold(book: &Book, bad: usize, group: &[usize], faults: Vec<Vec<Fault>>, run: &mut Run) {
    let id = book.invoices.get(bad).map_or(String::new(), |invoice| invoice.invoice_id.clone());
    for (number, faults) in group.iter().zip(faults) {
        let faults = if faults.is_empty() {
            vec![Fault { place: None, why: Why::Linked { invoice: id.clone() } }]
        } else {
            faults
        };
        run.withheld.push(Withheld { invoice: *number, faults });
    }
}

/// What has been done of each invoice, an id that stands twice once; `None` where every evening is replayed.
fn sorted_done(
    follow_ups: &[&FollowUp],
    book: &Book,
    choices: &[Result<Option<usize>, Why>],
    done: Option<&[Done]>,
    run: &mut Run,
) -> Option<Vec<Vec<DoneStep>>> {
    let mut of: Vec<Vec<DoneStep>> = vec![Vec::new(); book.invoices.len()];
    let mut ids: HashSet<&str> = HashSet::default();
    for done in done? {
        if done.id.as_deref().is_some_and(|id| !ids.insert(id)) {
            continue;
        }
        let invoice = book.find(&done.invoice_id);
        let choice =
            invoice.and_then(|number| choices.get(number)?.as_ref().ok().copied().flatten());
        let steps = choice.and_then(|choice| follow_ups.get(choice)).map(|of| &of.steps);
        let step = steps.and_then(|steps| steps.iter().position(|step| step.label == done.step));
        match (invoice.and_then(|number| of.get_mut(number)), step) {
            (Some(of), Some(step)) => {
                of.push(DoneStep { day: done.date, step, id: done.id.clone() });
            }
            (Some(_) | None, _) => run.unknown_done.push(done.clone()),
        }
    }
    of.iter_mut().for_each(|of| of.sort_unstable());
    run.unknown_done.sort();
    Some(of)
}

/// The invoices of a group, each with its follow-up.
fn members_of<'a>(
    book: &'a Book,
    follow_ups: &[&'a FollowUp],
    choices: &[Result<Option<usize>, Why>],
    group: &[usize],
) -> Vec<Member<'a>> {
    let choice =
        |number: usize| choices.get(number).and_then(|of| of.as_ref().ok().copied()).flatten();
    let member = |number: &usize| {
        Some(Member {
            number: *number,
            invoice: book.invoices.get(*number)?,
            events: book.events.get(*number)?,
            follow_up: choice(*number).and_then(|of| follow_ups.get(of)).copied(),
        })
    };
    group.iter().filter_map(member).collect()
}

/// The history of one invoice, by its number in the book, up to the day that is asked for; none where it is withheld.
pub fn explain(
    follow_ups: &[&FollowUp],
    book: &Book,
    asked: Asked<'_>,
    invoice: usize,
) -> Option<History> {
    let choices: Vec<Result<Option<usize>, Why>> =
        book.invoices.iter().map(|invoice| chosen(follow_ups, invoice)).collect();
    let group = book.groups.iter().find(|group| group.contains(&invoice))?;
    if group.iter().any(|number| !faults_of(book, follow_ups, &choices, *number).is_empty()) {
        return None;
    }
    let done = sorted_done(follow_ups, book, &choices, asked.done, &mut Run::default());
    let done: Option<Vec<_>> = done.map(|done| {
        group.iter().map(|number| done.get(*number).cloned().unwrap_or_default()).collect()
    });
    let members = members_of(book, follow_ups, &choices, group);
    let at = members.iter().position(|member| member.number == invoice)?;
    let follow_up = choices.get(invoice)?.as_ref().ok().copied().flatten();
    let explained = Walk::explained(&members, asked.as_of, done.as_deref(), at)?;
    History::of(&members, at, follow_up, explained)
}

fn walk(
    book: &Book,
    follow_ups: &[&FollowUp],
    choices: &[Result<Option<usize>, Why>],
    group: &[usize],
    asked: Asked<'_>,
    done: &mut Option<Vec<Vec<DoneStep>>>,
    run: &mut Run,
) {
    let choice =
        |number: usize| choices.get(number).and_then(|of| of.as_ref().ok().copied()).flatten();
    let members = members_of(book, follow_ups, choices, group);
    let done: Option<Vec<_>> = done.as_mut().map(|done| {
        let of = |number: &usize| done.get_mut(*number).map(std::mem::take).unwrap_or_default();
        group.iter().map(of).collect()
    });
    let told = done.clone();
    let (fired, ends) = Walk::of(&members, asked.as_of, done.as_deref(), asked.with_next);
    for (at, (member, end)) in members.iter().zip(ends).enumerate() {
        if member.invoice.date > asked.as_of {
            continue;
        }
        let of_member = fired.iter().filter(|fired| fired.invoice == member.number);
        let told = told.as_ref().and_then(|told| told.get(at));
        let last = match told {
            Some(done) => {
                let done = done.iter().map(|done| (done.day, done.step));
                done.filter(|(day, _)| *day <= asked.as_of).max()
            }
            None => of_member.max_by_key(|fired| fired.day).map(|fired| (fired.day, fired.step)),
        };
        run.standings.push(Standing {
            invoice: member.number,
            follow_up: choice(member.number),
            open: end.open,
            due: end.due,
            received: end.received,
            disputed: end.disputed,
            promised: end.promised,
            with_collector: end.with_collector,
            replaced: end.replaced,
            last,
            next: end.next,
        });
    }
    run.fired.extend(
        fired
            .into_iter()
            .filter_map(|fired| Some(Followed { follow_up: choice(fired.invoice)?, fired })),
    );
}
