//! What is still to be issued of a case, some of whose lines have been issued already.
//!
//! Histories are corrected after billing: an event is withdrawn, or comes late. A line that has
//! been issued is never changed and never repeated: one that no longer stands is taken back with a
//! line of kind `credit`, and one that stands and has not been issued is given. What has been
//! issued and what is given then come to what billing the history from scratch comes to, line by
//! line; and asking again with all of them gives nothing.

use crate::calendar::Date;
use crate::lang::{Lang, say, seen};
use crate::model::program::Rate;
use crate::model::{InvoiceLine, InvoiceLineKind, LineKey, Said, Stem};
use crate::money::{Currency, Hours, Money, Percent, read_digits};
use std::collections::{HashMap, HashSet, VecDeque};

/// Why lines said to have been issued cannot be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IssuedFault {
    /// A line of another case.
    OtherCase(String),
    /// A line that is due stands among those issued under another case.
    Renamed {
        /// The line.
        id: String,
        /// The other case.
        case: String,
        /// Where.
        place: String,
    },
    /// A line whose id is not that of what it says: it is not as it was issued.
    Changed(String),
    /// Two lines of one id that do not say the same.
    Conflict(String),
    /// A credit that does not say which line it takes back.
    CreditOfNothing(String),
    /// A credit of a line that is not among those issued, or is a credit itself.
    StrayCredit {
        /// The credit.
        id: String,
        /// What it credits.
        of: String,
        /// Whether that is a credit.
        of_a_credit: bool,
    },
    /// A second credit of a line.
    CreditedTwice {
        /// The second credit.
        id: String,
        /// What it credits.
        of: String,
        /// The first.
        first: String,
    },
    /// A credit whose id is not that of the credit of its line.
    CreditId {
        /// The credit.
        id: String,
        /// What it credits.
        of: String,
        /// The id that it has to have.
        expected: String,
    },
    /// A credit that does not say what its line says.
    CreditSays {
        /// The credit.
        id: String,
        /// What it credits.
        of: String,
        /// The field in which they differ.
        field: &'static str,
        /// What it has to say there, as it is written; empty if the field has to be left out.
        expected: String,
    },
    /// A sum that cannot be counted with.
    TooLarge,
    /// The case has a line on the last invoice that can be numbered.
    NoInvoiceLeft(String),
}

impl IssuedFault {
    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            IssuedFault::OtherCase(id) => say!(
                lang,
                "issued line `{id}` is of another case",
                "la ligne émise `{id}` est d'un autre dossier",
                id = seen(id)
            ),
            IssuedFault::Renamed { id, case, place } => say!(
                lang,
                "line `{id}` has been issued already, under case `{case}` ({place}): a spreadsheet may have changed the name of the case",
                "la ligne `{id}` a déjà été émise, sous le dossier `{case}` ({place}) : un tableur a pu changer le nom du dossier",
                id = seen(id),
                case = seen(case),
                place = seen(place)
            ),
            IssuedFault::Changed(id) => say!(
                lang,
                "issued line `{id}` does not have the id of what it says: it is not as it was issued",
                "la ligne émise `{id}` n'a pas l'identifiant de ce qu'elle dit : elle n'est pas telle qu'elle a été émise",
                id = seen(id)
            ),
            IssuedFault::Conflict(id) => say!(
                lang,
                "two issued lines have the id `{id}` and do not say the same",
                "deux lignes émises ont l'identifiant `{id}` et ne disent pas la même chose",
                id = seen(id)
            ),
            IssuedFault::CreditOfNothing(id) => say!(
                lang,
                "issued line `{id}` is a credit and does not say of which line (`credits`)",
                "la ligne émise `{id}` est un avoir et ne dit pas de quelle ligne (`credits`)",
                id = seen(id)
            ),
            IssuedFault::StrayCredit { id, of, of_a_credit: false } => say!(
                lang,
                "issued line `{id}` credits line `{of}`, which is not among the issued lines",
                "la ligne émise `{id}` annule la ligne `{of}`, qui n'est pas parmi les lignes émises",
                id = seen(id),
                of = seen(of)
            ),
            IssuedFault::StrayCredit { id, of, of_a_credit: true } => say!(
                lang,
                "issued line `{id}` credits line `{of}`, which is a credit itself: to bill again what it took back, send the history as it is",
                "la ligne émise `{id}` annule la ligne `{of}`, qui est elle-même un avoir : pour refacturer ce qu'elle annulait, envoyez l'historique tel qu'il est",
                id = seen(id),
                of = seen(of)
            ),
            IssuedFault::CreditedTwice { id, of, first } => say!(
                lang,
                "issued line `{id}` credits line `{of}`, which line `{first}` credits already",
                "la ligne émise `{id}` annule la ligne `{of}`, que la ligne `{first}` annule déjà",
                id = seen(id),
                of = seen(of),
                first = seen(first)
            ),
            IssuedFault::CreditId { id, of, expected } => say!(
                lang,
                "issued line `{id}` credits line `{of}` and is not as Jalon writes that credit: its id has to be `{expected}`",
                "la ligne émise `{id}` annule la ligne `{of}` et n'est pas telle que Jalon écrit cet avoir : son identifiant doit être `{expected}`",
                id = seen(id),
                of = seen(of)
            ),
            IssuedFault::CreditSays { id, of, field, expected } if expected.is_empty() => say!(
                lang,
                "issued line `{id}` credits line `{of}`, which has no `{field}`: a credit repeats its line",
                "la ligne émise `{id}` annule la ligne `{of}`, qui n'a pas de `{field}` : un avoir répète sa ligne",
                id = seen(id),
                of = seen(of)
            ),
            IssuedFault::CreditSays { id, of, field, expected } => say!(
                lang,
                "issued line `{id}` credits line `{of}` and does not repeat it, the amount negated: its `{field}` has to be `{expected}`",
                "la ligne émise `{id}` annule la ligne `{of}` et ne la répète pas, montant opposé : son champ `{field}` doit être `{expected}`",
                id = seen(id),
                of = seen(of),
                expected = seen(expected)
            ),
            IssuedFault::TooLarge => say!(
                lang,
                "an issued amount is too large to be counted with",
                "un montant émis est trop grand pour être compté"
            ),
            IssuedFault::NoInvoiceLeft(id) => say!(
                lang,
                "issued line `{id}` stands on invoice 4294967295, after which no invoice can be numbered",
                "la ligne émise `{id}` figure sur la facture 4294967295, après laquelle aucune facture ne peut être numérotée",
                id = seen(id)
            ),
        }
    }
}

/// The lines of one case that are still to be issued: credits first, then new lines.
///
/// `standing` are the lines of its [`Evaluation`](super::Evaluation), `issued` those that have been
/// issued for it, credits among them, in any order; a line that stands twice in them counts once.
/// Credits bear the date `on`, usually the as-of date of the evaluation: where an issued line is dated
/// later, the clock is most likely wrong, and the line would be credited. What is given continues
/// the count of invoices: credits make one invoice, and the new lines of a day make one.
pub fn outstanding(
    standing: &[InvoiceLine],
    issued: &[InvoiceLine],
    on: Date,
) -> Result<Vec<InvoiceLine>, IssuedFault> {
    let Account { lines, mut counts, mut uncredited } = Account::read(standing, issued)?;
    // Which standing lines have been issued: as many of those that say the same as are not credited.
    // A deduction says which deposit it deducts: as that is issued, or given here.
    let mut own_ids: HashMap<&str, String> = HashMap::new();
    let mut new = Vec::new();
    for line in standing {
        let deducts = line.deducts.as_deref();
        let deducts = deducts.map(|deposit| own_ids.get(deposit).map_or(deposit, String::as_str));
        let said = key_of(line, deducts, 0)?;
        let own = match uncredited.get_mut(&said).and_then(VecDeque::pop_front) {
            Some(issued) => issued.to_owned(),
            None => {
                let count = counts.entry(said).or_insert(0);
                let id = key_of(line, deducts, *count)?.to_string();
                *count += 1;
                let deducts = deducts.map(str::to_owned);
                new.push(InvoiceLine { id: id.clone(), deducts, ..line.clone() });
                id
            }
        };
        own_ids.insert(&line.id, own);
    }
    let over: HashSet<&str> = uncredited.into_values().flatten().collect();
    let mut over: Vec<&InvoiceLine> =
        lines.into_iter().filter(|line| over.contains(line.id.as_str())).collect();
    over.sort_by(|a, b| (a.invoice, &a.id).cmp(&(b.invoice, &b.id)));
    let mut invoices = Invoices::after(issued);
    let mut given = Vec::with_capacity(over.len() + new.len());
    // The credits of one payer make one invoice; an invoice is of one schedule and one currency.
    let shared =
        |line: &'_ InvoiceLine| (line.payer.clone(), line.schedule.clone(), line.currency.clone());
    let numbers = invoices.numbered(over.iter().map(|line| shared(line)))?;
    for line in over {
        let number = numbers.iter().find(|(own, _)| *own == shared(line));
        let invoice = number.map_or(0, |(_, number)| *number);
        given.push(credit(line, on, invoice)?);
    }
    // What stands on one invoice of the whole history is on one that is given.
    let mut standing: Vec<u32> = new.iter().map(|line| line.invoice).collect();
    standing.sort_unstable();
    let numbers = invoices.numbered(standing.into_iter())?;
    for line in new {
        let number = numbers.iter().find(|(own, _)| *own == line.invoice);
        let invoice = number.map_or(0, |(_, number)| *number);
        given.push(InvoiceLine { invoice, ..line });
    }
    Ok(given)
}

/// The numbers of the invoices that are given: they go on after those that were issued.
struct Invoices<'l> {
    last: Option<&'l InvoiceLine>,
    number: u32,
}

impl<'l> Invoices<'l> {
    fn after(issued: &'l [InvoiceLine]) -> Invoices<'l> {
        let last = issued.iter().max_by_key(|line| line.invoice);
        Invoices { last, number: last.map_or(0, |line| line.invoice) }
    }

    /// A number of its own for each of these, in the order of their first appearance.
    fn numbered<T: PartialEq>(
        &mut self,
        of: impl Iterator<Item = T>,
    ) -> Result<Vec<(T, u32)>, IssuedFault> {
        let mut numbers: Vec<(T, u32)> = Vec::new();
        for one in of {
            if numbers.iter().any(|(known, _)| *known == one) {
                continue;
            }
            let id = || self.last.map(|line| line.id.clone()).unwrap_or_default();
            let next = self.number.checked_add(1);
            self.number = next.ok_or_else(|| IssuedFault::NoInvoiceLeft(id()))?;
            numbers.push((one, self.number));
        }
        Ok(numbers)
    }
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
                Some(known) if !known.says_the_same(line) => {
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
        for line in &credits {
            credited.insert(is_credit(line, &by_id)?);
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
                let id = key_of(line, line.deducts.as_deref(), ordinal)?.to_string();
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

/// The line that a credit takes back; an error if it is not the credit of an issued line.
fn is_credit<'l>(
    line: &'l InvoiceLine,
    by_id: &HashMap<&str, &'l InvoiceLine>,
) -> Result<&'l str, IssuedFault> {
    let id = || line.id.clone();
    let of = line.credits.as_deref().ok_or_else(|| IssuedFault::CreditOfNothing(id()))?;
    let known = by_id.get(of);
    let of_a_credit = known.is_some_and(|line| line.kind == InvoiceLineKind::Credit);
    let key = LineKey::parse(of);
    let (Some(known), Some(key), false) = (known, key, of_a_credit) else {
        return Err(IssuedFault::StrayCredit { id: id(), of: of.to_owned(), of_a_credit });
    };
    let (of, expected) = (of.to_owned(), key.of_its_credit().to_string());
    if line.id != expected {
        return Err(match by_id.contains_key(expected.as_str()) {
            true => IssuedFault::CreditedTwice { id: id(), of, first: expected },
            false => IssuedFault::CreditId { id: id(), of, expected },
        });
    }
    match difference(&credit(known, line.date, line.invoice)?, line) {
        Some((field, expected)) => Err(IssuedFault::CreditSays { id: id(), of, field, expected }),
        None => Ok(known.id.as_str()),
    }
}

/// The first field in which a line is not as expected, and what is expected there.
fn difference(expected: &InvoiceLine, line: &InvoiceLine) -> Option<(&'static str, String)> {
    let fields = |line: &InvoiceLine| {
        let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        [
            ("schedule", line.schedule.clone()),
            ("line", line.line.clone()),
            ("label", line.label.clone()),
            ("quantity", text(&line.quantity)),
            ("unit_price", text(&line.unit_price)),
            ("amount", line.amount.clone()),
            ("currency", line.currency.clone()),
            ("service_from", date(line.service_from)),
            ("service_to", date(line.service_to)),
            ("payer", text(&line.payer)),
            ("vat_rate", text(&line.vat_rate)),
            ("vat_exempt", text(&line.vat_exempt)),
            ("in_force_from", date(line.in_force_from)),
            ("deducts", text(&line.deducts)),
            ("trigger.kind", line.trigger.kind.name().to_owned()),
            ("trigger.date", line.trigger.date.to_string()),
            ("trigger.name", text(&line.trigger.name)),
            ("trigger.id", text(&line.trigger.id)),
        ]
    };
    let pairs = fields(expected).into_iter().zip(fields(line));
    pairs.into_iter().find(|(expected, found)| expected != found).map(|(expected, _)| expected)
}

/// What a line says: the id of the first line that says it.
fn what_is_said(line: &InvoiceLine) -> Result<LineKey, IssuedFault> {
    key_of(line, line.deducts.as_deref(), 0)
}

/// The id of a line that says this, deducts this deposit, and has this ordinal.
fn key_of(line: &InvoiceLine, deducts: Option<&str>, ordinal: u32) -> Result<LineKey, IssuedFault> {
    let changed = || IssuedFault::Changed(line.id.clone());
    let currency = Currency::find(&line.currency).ok_or_else(changed)?;
    let amount = |digits: &str| currency.read_signed(digits).ok_or_else(changed);
    let said = Said {
        stem: Stem::new(&line.schedule, &line.line, currency),
        case: &line.case,
        date: line.date,
        kind: line.kind,
        amount: amount(&line.amount)?,
        trigger: line.trigger.kind,
        label: (line.label != line.line).then_some(&line.label),
        trigger_date: Some(line.trigger.date).filter(|date| *date != line.date),
        trigger_name: line.trigger.name.as_deref(),
        trigger_id: line.trigger.id.as_deref(),
        quantity: match &line.quantity {
            Some(text) => Some(read_digits(text, Hours::DECIMALS).map_err(|_| changed())?),
            None => None,
        },
        unit_price: line.unit_price.as_deref().and_then(|price| currency.read_signed(price)),
        unit_rate: match &line.unit_price {
            Some(price) if currency.read_signed(price).is_none() => {
                Some(read_digits(price, Rate::DECIMALS).map_err(|_| changed())?)
            }
            Some(_) | None => None,
        },
        service: match (line.service_from, line.service_to) {
            (Some(first), Some(last)) => Some((first, last)),
            (None, None) => None,
            (Some(_), None) | (None, Some(_)) => return Err(changed()),
        },
        deducts: deducts.map(|id| LineKey::parse(id).ok_or_else(changed)).transpose()?,
        payer: line.payer.as_deref(),
        tax_rate: match &line.vat_rate {
            Some(rate) => Some(Percent::read(rate).map_err(|_| changed())?.0),
            None => None,
        },
        tax_exempt: line.vat_exempt.as_deref(),
        in_force_from: line.in_force_from,
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
    let id = LineKey::parse(&line.id).ok_or_else(changed)?.of_its_credit();
    Ok(InvoiceLine {
        kind: InvoiceLineKind::Credit,
        date: on,
        invoice,
        amount: currency.show(negated).to_string(),
        deducts: None,
        credits: Some(line.id.clone()),
        id: id.to_string(),
        schedule_hash: None,
        ..line.clone()
    })
}
