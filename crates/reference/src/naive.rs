//! The walk: one day after another, one moment after another, one line after another (§3, §5, §7).

use chrono::NaiveDate;
use num_traits::Zero;
use serde_json::{Map, Value, json};

use super::amounts::{Account, Deposit, Piece};
use super::conditions::holds;
use super::exact::{Exact, print, print_short, zero};
use super::moments::{Facts, Moment, rank};
use super::rules::{Amount, Anchor, Case, Event, Line, LineKind, Schedule, Trigger, What};
use super::sound::{Reason, Terms, each_once, terms};
use super::told::{Judged, Told};

/// What comes of a case.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Billed(Vec<BilledLine>),
    /// Every reason found.
    Withheld(Vec<Reason>),
}

/// The kind of a line on an invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BilledKind {
    Deposit,
    Installment,
    Balance,
    Deduction,
}

/// A line on an invoice (§7).
#[derive(Clone, Debug, PartialEq)]
pub struct BilledLine {
    pub date: NaiveDate,
    /// Counts the case's invoices from 1.
    pub invoice: u32,
    pub kind: BilledKind,
    /// The label of the schedule's line that fired.
    pub line: String,
    /// What stands on the invoice.
    pub label: String,
    /// With exactly the currency's decimals.
    pub amount: String,
    pub currency: &'static str,
    pub trigger: Fired,
    /// Exact, for itemised work.
    pub quantity: Option<Exact>,
    /// With the currency's decimals, for itemised work.
    pub unit_price: Option<String>,
    pub service: Option<(NaiveDate, NaiveDate)>,
    /// For a deduction, the index of the deposit's line among these lines.
    pub deducts: Option<usize>,
}

/// What a line waited for.
#[derive(Clone, Debug, PartialEq)]
pub struct Fired {
    pub trigger: Trigger,
    pub date: NaiveDate,
    pub name: Option<String>,
    pub id: Option<String>,
}

/// Evaluates a case.
#[must_use]
pub fn evaluate(schedules: &[Schedule], case: &Case) -> Outcome {
    evaluate_told(schedules, case).0
}

/// Evaluates a case and tells its moments.
#[must_use]
pub fn evaluate_told(schedules: &[Schedule], case: &Case) -> (Outcome, Vec<Told>) {
    let sound = each_once(&case.events)
        .and_then(|events| terms(schedules, case, &events).map(|terms| (events, terms)));
    match sound {
        Err(reasons) => (Outcome::Withheld(reasons), Vec::new()),
        Ok((events, terms)) => {
            let mut walk = Walk::new(&terms);
            walk.live(&events, case.as_of);
            (Outcome::Billed(walk.lines), walk.told)
        }
    }
}

struct Walk<'a> {
    terms: &'a Terms<'a>,
    facts: Facts,
    account: Account,
    fired: Vec<bool>,
    closed: bool,
    lines: Vec<BilledLine>,
    told: Vec<Told>,
}

impl<'a> Walk<'a> {
    fn new(terms: &'a Terms<'a>) -> Self {
        Self {
            terms,
            facts: Facts::default(),
            account: Account::default(),
            fired: vec![false; terms.schedule.lines.len()],
            closed: false,
            lines: Vec::new(),
            told: Vec::new(),
        }
    }

    /// §3, moments: day by day, from the first event to the as-of date.
    fn live(&mut self, events: &[&Event], as_of: NaiveDate) {
        let Some(first) = events.iter().map(|event| event.date).min() else {
            return;
        };
        for day in first.iter_days().take_while(|day| *day <= as_of) {
            let mut today: Vec<&Event> =
                events.iter().copied().filter(|event| event.date == day).collect();
            today.sort_by_key(|event| rank(&event.what));
            for event in today {
                self.account.note(event);
                let moment = self.facts.take(event, self.terms.schedule);
                self.pass(&moment);
                self.leave(event);
            }
            self.pass(&Moment::EndOfDay(day));
        }
    }

    /// §5: deposits and installments first, then balances, each in the order of the schedule.
    fn pass(&mut self, moment: &Moment) {
        if self.closed {
            return;
        }
        self.told.push(Told::begin(moment, &self.facts));
        let schedule = self.terms.schedule;
        let is_balance = |index: &usize| schedule.lines[*index].kind == LineKind::Balance;
        let (balances, others): (Vec<usize>, Vec<usize>) =
            (0..schedule.lines.len()).partition(is_balance);
        for index in others.into_iter().chain(balances) {
            self.consider(index, moment);
        }
        // A day on which no line is looked at leaves everything as it was.
        if self.told.last().is_some_and(|told| !told.of_event && told.judged.is_empty()) {
            self.told.pop();
        } else if let Some(told) = self.told.last_mut() {
            told.closed = self.closed;
            told.billed = self.account.total.clone();
            told.owed = self.account.owed(schedule);
            told.deposits_left = !self.account.deposits.is_empty();
        }
    }

    /// What an action that comes after the closing leaves.
    fn leave(&mut self, event: &Event) {
        if self.closed && matches!(event.what, What::Action { .. }) {
            let owed = self.account.owed(self.terms.schedule);
            self.told.extend(self.told.last().cloned().map(|last| Told {
                date: event.date,
                of_event: true,
                judged: Vec::new(),
                owed,
                ..last
            }));
        }
    }

    /// §5: a line that waits for this moment fires if its conditions hold.
    fn consider(&mut self, index: usize, moment: &Moment) {
        let line = &self.terms.schedule.lines[index];
        let repeats = matches!(line.amount, Amount::Work | Amount::WorkItemised);
        if self.fired[index] && !repeats {
            return;
        }
        let trigger = line.triggers.iter().position(|waited| moment.has(waited, &self.facts));
        let Some(trigger) = trigger else { return };
        let holds_with = |facts: &Facts| {
            let condition = line.condition.as_ref();
            condition.is_none_or(|condition| holds(condition, moment.date(), facts, self.terms))
        };
        let holds = holds_with(&self.facts);
        let had_it_started = Facts { started: Some(moment.date()), ..self.facts.clone() };
        let judged = Judged {
            line: index,
            holds,
            holds_if_started: holds_with(&had_it_started),
            fires: holds && !self.closed,
            bills: false,
        };
        let mut bills = false;
        if judged.fires {
            self.fired[index] = true;
            let before = self.lines.len();
            self.fire(line, &fired(&line.triggers[trigger], moment));
            bills = self.lines.len() > before;
        }
        if let Some(told) = self.told.last_mut() {
            told.judged.push(Judged { bills, ..judged });
        }
    }

    /// §6: the line's own pieces, then the deductions of a balance, which closes or stays open.
    fn fire(&mut self, line: &Line, trigger: &Fired) {
        let pieces = self.account.bill(line, trigger.date, &self.facts, self.terms);
        let own = pieces.iter().fold(zero(), |sum, piece| sum + &piece.amount);
        for piece in pieces {
            self.bill(line, trigger, piece);
        }
        if line.kind == LineKind::Balance {
            self.deduct(line, trigger, line.stays_open.then_some(own));
            self.closed = !line.stays_open;
        }
    }

    fn bill(&mut self, line: &Line, trigger: &Fired, piece: Piece) {
        let kind = match line.kind {
            LineKind::Deposit => BilledKind::Deposit,
            LineKind::Installment => BilledKind::Installment,
            LineKind::Balance => BilledKind::Balance,
        };
        if line.kind == LineKind::Deposit && !piece.amount.is_zero() {
            let (label, left) = (piece.label.clone(), piece.amount.clone());
            self.account.deposits.push(Deposit { line: self.lines.len(), label, left });
        }
        self.emit(line, trigger, kind, piece, None);
    }

    /// §6, balances: every deposit not yet deducted, oldest first, within a limit if there is one.
    fn deduct(&mut self, line: &Line, trigger: &Fired, mut limit: Option<Exact>) {
        let mut deposits = std::mem::take(&mut self.account.deposits);
        for deposit in &mut deposits {
            let taken = match &limit {
                Some(limit) => deposit.left.clone().min(limit.clone()),
                None => deposit.left.clone(),
            };
            deposit.left -= &taken;
            limit = limit.map(|limit| limit - &taken);
            let piece = Piece {
                label: deposit.label.clone(),
                amount: -taken,
                quantity: None,
                unit_price: None,
                service: None,
            };
            self.emit(line, trigger, BilledKind::Deduction, piece, Some(deposit.line));
        }
        deposits.retain(|deposit| !deposit.left.is_zero());
        self.account.deposits = deposits;
    }

    /// §5, §6: a line of zero is not emitted; the lines of one day make one invoice.
    fn emit(
        &mut self,
        line: &Line,
        trigger: &Fired,
        kind: BilledKind,
        piece: Piece,
        deducts: Option<usize>,
    ) {
        if piece.amount.is_zero() {
            return;
        }
        let invoice = match self.lines.last() {
            None => 1,
            Some(last) if last.date == trigger.date => last.invoice,
            Some(last) => last.invoice + 1,
        };
        let currency = self.terms.schedule.currency;
        self.account.total += &piece.amount;
        self.lines.push(BilledLine {
            date: trigger.date,
            invoice,
            kind,
            line: line.label.clone(),
            label: piece.label,
            amount: print(&piece.amount, currency.decimals),
            currency: currency.code,
            trigger: trigger.clone(),
            quantity: piece.quantity,
            unit_price: piece.unit_price.map(|price| print(&price, currency.decimals)),
            service: piece.service,
            deducts,
        });
    }
}

/// What is said of the trigger: the event's name and id, where it has them.
fn fired(trigger: &Trigger, moment: &Moment) -> Fired {
    let event = match moment {
        Moment::OfEvent { event, .. } => Some(*event),
        Moment::EndOfDay(_) => None,
    };
    Fired {
        trigger: trigger.clone(),
        date: moment.date(),
        name: event.and_then(Event::name).map(|name| name.trim().to_owned()),
        id: event.and_then(|event| event.id.clone()),
    }
}

/// The word for a trigger in the output.
#[must_use]
pub fn trigger_word(trigger: &Trigger) -> &'static str {
    match trigger {
        Trigger::Signature => "signature",
        Trigger::Start => "start",
        Trigger::End => "end",
        Trigger::Abandonment => "abandonment",
        Trigger::Action(_) => "action",
        Trigger::Deliverable(_) => "deliverable",
        Trigger::Event(_) => "event",
        Trigger::MonthEnd => "month_end",
        Trigger::After(_, Anchor::Start) => "after_start",
        Trigger::After(_, Anchor::Signature) => "after_signature",
        Trigger::On(_) => "date",
    }
}

impl BilledLine {
    /// The line as JSON, without its ids (§7).
    #[must_use]
    pub fn to_json(&self, case: &str, schedule: &str) -> Value {
        let mut object = Map::new();
        let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
        put("case", json!(case));
        put("schedule", json!(schedule));
        put("date", json!(self.date.to_string()));
        put("invoice", json!(self.invoice));
        put("kind", json!(self.kind.word()));
        put("line", json!(self.line));
        put("label", json!(self.label));
        put("amount", json!(self.amount));
        put("currency", json!(self.currency));
        put("trigger", self.trigger.to_json());
        if let Some(quantity) = &self.quantity {
            put("quantity", json!(print_short(quantity)));
        }
        if let Some(unit_price) = &self.unit_price {
            put("unit_price", json!(unit_price));
        }
        if let Some((from, to)) = self.service {
            put("service_from", json!(from.to_string()));
            put("service_to", json!(to.to_string()));
        }
        if let Some(index) = self.deducts {
            put("deducts_line", json!(index));
        }
        Value::Object(object)
    }
}

impl BilledKind {
    /// The word for it in the output.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::Installment => "installment",
            Self::Balance => "balance",
            Self::Deduction => "deduction",
        }
    }
}

impl Fired {
    fn to_json(&self) -> Value {
        let mut object = Map::new();
        object.insert("kind".to_owned(), json!(trigger_word(&self.trigger)));
        object.insert("date".to_owned(), json!(self.date.to_string()));
        if let Some(name) = &self.name {
            object.insert("name".to_owned(), json!(name));
        }
        if let Some(id) = &self.id {
            object.insert("id".to_owned(), json!(id));
        }
        Value::Object(object)
    }
}
