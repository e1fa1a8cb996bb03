//! What is still to be issued of a case, some of whose lines have been issued already.
//!
//! Histories are corrected after billing: an event is withdrawn, or comes late. A line that has
//! been issued is never changed and never repeated: one that no longer stands is taken back with a
//! line of kind `credit`, and one that stands and has not been issued is given. What has been
//! issued and what is given then come to what billing the history from scratch comes to, line by
//! line; and asking again with all of them gives nothing.

use crate::calendar::Date;
use crate::lang::{Lang, say};
use crate::model::{InvoiceLine, InvoiceLineKind, LineKey, Said, Stem};
use crate::money::{Currency, Money};
use std::collections::{HashMap, HashSet, VecDeque};

/// Why lines said to have been issued cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssuedFault {
    /// A line of another case.
    OtherCase(String),
    /// A line whose id is not that of what it says: it is not as it was issued.
    Changed(String),
    /// Two lines of one id that do not say the same.
    Conflict(String),
    /// A credit of a line that is not among those issued, or of one that is credited already.
    StrayCredit(String),
    /// A sum that cannot be counted with.
    TooLarge,
}

impl IssuedFault {
    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            IssuedFault::OtherCase(id) => say!(
                lang,
                "issued line `{id}` is of another case",
                "la ligne émise `{id}` est d'un autre dossier"
            ),
            IssuedFault::Changed(id) => say!(
                lang,
                "issued line `{id}` does not have the id of what it says: it is not as it was issued",
                "la ligne émise `{id}` n'a pas l'identifiant de ce qu'elle dit : elle n'est pas telle qu'elle a été émise"
            ),
            IssuedFault::Conflict(id) => say!(
                lang,
                "two issued lines have the id `{id}` and do not say the same",
                "deux lignes émises ont l'identifiant `{id}` et ne disent pas la même chose"
            ),
            IssuedFault::StrayCredit(id) => say!(
                lang,
                "issued line `{id}` credits a line that was not issued, or was credited before",
                "la ligne émise `{id}` annule une ligne qui n'a pas été émise, ou qui est déjà annulée"
            ),
            IssuedFault::TooLarge => say!(
                lang,
                "an issued amount is too large to be counted with",
                "un montant émis est trop grand pour être compté"
            ),
        }
    }
}

/// The lines of one case that are still to be issued: credits first, then new lines.
///
/// `standing` are the lines of its [`Evaluation`](super::Evaluation), `issued` those that have been
/// issued for it, credits among them, in any order; a line that stands twice in them counts once.
/// Credits bear the date `on`, usually the as-of date of the evaluation. What is given continues
/// the count of invoices: credits make one invoice, and the new lines of a day make one.
pub fn outstanding(
    standing: &[InvoiceLine],
    issued: &[InvoiceLine],
    on: Date,
) -> Result<Vec<InvoiceLine>, IssuedFault> {
    let account = Account::read(standing, issued)?;
    let mut invoice = issued.iter().map(|line| line.invoice).max().unwrap_or(0);
    let mut given = Vec::new();
    // Which standing lines have been issued: as many of those that say the same as are not credited.
    let mut left = account.uncredited.clone();
    let mut ids: Vec<Option<&str>> = Vec::new();
    for line in standing {
        ids.push(left.get_mut(&what_is_said(line)?).and_then(VecDeque::pop_front));
    }
    let over: HashSet<&str> = left.into_values().flatten().collect();
    let mut over: Vec<&InvoiceLine> =
        account.lines.iter().filter(|line| over.contains(line.id.as_str())).copied().collect();
    over.sort_by(|a, b| (a.invoice, &a.id).cmp(&(b.invoice, &b.id)));
    if !over.is_empty() {
        invoice += 1;
    }
    for line in over {
        given.push(credit(line, on, invoice)?);
    }
    let mut counts = account.counts;
    let mut day = None;
    let mut own_ids: Vec<String> = Vec::new();
    for (line, known) in standing.iter().zip(ids) {
        if let Some(id) = known {
            own_ids.push(id.to_owned());
            continue;
        }
        let said = what_is_said(line)?;
        let count = counts.entry(said).or_insert(0);
        let id = key_of(line, *count)?.to_string();
        *count += 1;
        if day != Some(line.date) {
            (day, invoice) = (Some(line.date), invoice + 1);
        }
        let deposit = line.deducts.as_ref().and_then(|deposit| {
            let place = standing.iter().position(|line| line.id == *deposit)?;
            own_ids.get(place).cloned()
        });
        own_ids.push(id.clone());
        given.push(InvoiceLine { id, invoice, deducts: deposit, ..line.clone() });
    }
    Ok(given)
}

/// What has been issued, sorted.
struct Account<'l> {
    /// Each line once, credits left out.
    lines: Vec<&'l InvoiceLine>,
    /// How many lines that say the same have been issued, credited ones included.
    counts: HashMap<LineKey, u32>,
    /// The ids of those that are not credited, in the order of their ordinals.
    uncredited: HashMap<LineKey, VecDeque<&'l str>>,
}

impl<'l> Account<'l> {
    fn read(
        standing: &[InvoiceLine],
        issued: &'l [InvoiceLine],
    ) -> Result<Account<'l>, IssuedFault> {
        let case = standing.first().or(issued.first()).map(|line| line.case.as_str());
        let mut by_id: HashMap<&str, &InvoiceLine> = HashMap::new();
        let (mut lines, mut credits) = (Vec::new(), Vec::new());
        for line in issued {
            if Some(line.case.as_str()) != case {
                return Err(IssuedFault::OtherCase(line.id.clone()));
            }
            match by_id.insert(&line.id, line) {
                Some(known) if !same(known, line) => {
                    return Err(IssuedFault::Conflict(line.id.clone()));
                }
                Some(_) => {}
                None if line.kind == InvoiceLineKind::Credit => credits.push(line),
                None => lines.push(line),
            }
        }
        let mut counts: HashMap<LineKey, u32> = HashMap::new();
        for line in &lines {
            *counts.entry(what_is_said(line)?).or_insert(0) += 1;
        }
        let mut credited: HashSet<&str> = HashSet::new();
        for credit in credits {
            let of = credit.credits.as_deref().unwrap_or_default();
            let known = by_id.get(of).filter(|line| line.kind != InvoiceLineKind::Credit);
            if known.is_none() || !credited.insert(of) || credit.id != credit_id(of) {
                return Err(IssuedFault::StrayCredit(credit.id.clone()));
            }
        }
        let mut uncredited: HashMap<LineKey, VecDeque<&str>> = HashMap::new();
        let ids: HashSet<&str> = lines.iter().map(|line| line.id.as_str()).collect();
        for line in &lines {
            let said = what_is_said(line)?;
            if uncredited.contains_key(&said) {
                continue;
            }
            // Those that say the same have the ordinals from 0 on: each id has to be one of theirs.
            let mut same = VecDeque::new();
            for ordinal in 0..counts.get(&said).copied().unwrap_or(0) {
                let id = key_of(line, ordinal)?.to_string();
                match ids.get(id.as_str()) {
                    Some(id) => same.push_back(*id),
                    None => return Err(IssuedFault::Changed(line.id.clone())),
                }
            }
            same.retain(|id| !credited.contains(id));
            uncredited.insert(said, same);
        }
        Ok(Account { lines, counts, uncredited })
    }
}

/// Whether two lines of one id are the same line; either may carry the hash of its schedule.
fn same(line: &InvoiceLine, other: &InvoiceLine) -> bool {
    let schedule_hash = line.schedule_hash.clone();
    *line == InvoiceLine { schedule_hash, ..other.clone() }
}

/// What a line says: the id of the first line that says it.
fn what_is_said(line: &InvoiceLine) -> Result<LineKey, IssuedFault> {
    key_of(line, 0)
}

fn key_of(line: &InvoiceLine, ordinal: u32) -> Result<LineKey, IssuedFault> {
    let changed = || IssuedFault::Changed(line.id.clone());
    let currency = Currency::find(&line.currency).ok_or_else(changed)?;
    let said = Said {
        stem: Stem::new(&line.schedule, &line.line, currency),
        case: &line.case,
        label: (line.label != line.line).then_some(&line.label),
        date: line.date,
        trigger: line.trigger.kind,
        trigger_name: line.trigger.name.as_deref(),
        trigger_id: line.trigger.id.as_deref(),
        amount: currency.read_signed(&line.amount).ok_or_else(changed)?,
        ordinal,
    };
    Ok(said.key(&mut Vec::new()))
}

/// The line that takes another back.
fn credit(line: &InvoiceLine, on: Date, invoice: u32) -> Result<InvoiceLine, IssuedFault> {
    let changed = || IssuedFault::Changed(line.id.clone());
    let currency = Currency::find(&line.currency).ok_or_else(changed)?;
    let amount = currency.read_signed(&line.amount).ok_or_else(changed)?;
    let negated = Money::ZERO.minus(amount).ok_or(IssuedFault::TooLarge)?;
    Ok(InvoiceLine {
        kind: InvoiceLineKind::Credit,
        date: on,
        invoice,
        amount: currency.show(negated).to_string(),
        deducts: None,
        credits: Some(line.id.clone()),
        id: credit_id(&line.id),
        schedule_hash: None,
        ..line.clone()
    })
}

/// The id of the credit of a line: a line is credited once.
fn credit_id(of: &str) -> String {
    let mut key = [0; 16];
    let hash = blake3::hash(format!("jalon credit 1 {of}").as_bytes());
    key.iter_mut().zip(hash.as_bytes()).for_each(|(to, from)| *to = *from);
    LineKey(key).to_string()
}
