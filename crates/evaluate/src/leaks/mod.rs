//! What was done and never billed, or billed and should not stand: the leaks of one case.
//!
//! In: a schedule, the events of a case, a day, and where they are known the lines that have been issued. Out: the
//! leaks, each of a kind that `docs/follow-up.md` defines. Nothing of the language is read a second time: what stands is
//! asked of the evaluator at that day, and what comes by itself is asked of it five years later, with the same events.

use crate::calendar::{Date, Duration};
use crate::diagnostic::did_you_mean;
use crate::eval::{
    self, Evaluation, IssuedFault, NoticeKind, Record, Recorded, Withheld, outstanding,
};
use crate::forecast::known_by;
use crate::model::program::{Line, Program};
use crate::model::{
    Acceptance, Event, InvoiceLine, InvoiceLineKind, Kind, Property, SubjectKind, Terminal,
};
use crate::money::{Currency, Money};
use crate::plan::Plan;
use crate::rules::{Considered, Outcome};
use std::collections::HashSet;

/// The kinds of leak, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeakKind {
    /// Work that is done and not billed.
    Work,
    /// A case that is over and not closed.
    Closing,
    /// A deposit that is not deducted.
    Deposit,
    /// A line that stands and has not been issued.
    NotIssued,
    /// An issued line that no longer stands.
    NoLongerStanding,
    /// A line that its condition keeps back.
    Condition,
    /// An event whose name the schedule does not mention.
    Misspelt,
    /// An action that states none of the hours, the quantity or the amount that decide.
    Unmeasured,
    /// An action after the closing of its case.
    AfterClosing,
}

impl LeakKind {
    /// All of them.
    pub const ALL: [LeakKind; 9] = [
        LeakKind::Work,
        LeakKind::Closing,
        LeakKind::Deposit,
        LeakKind::NotIssued,
        LeakKind::NoLongerStanding,
        LeakKind::Condition,
        LeakKind::Misspelt,
        LeakKind::Unmeasured,
        LeakKind::AfterClosing,
    ];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            LeakKind::Work => "work",
            LeakKind::Closing => "closing",
            LeakKind::Deposit => "deposit",
            LeakKind::NotIssued => "not-issued",
            LeakKind::NoLongerStanding => "no-longer-standing",
            LeakKind::Condition => "condition",
            LeakKind::Misspelt => "misspelt",
            LeakKind::Unmeasured => "unmeasured",
            LeakKind::AfterClosing => "after-closing",
        }
    }
}

/// A leak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// Its kind.
    pub kind: LeakKind,
    /// Since when: the day of the work, of the end, of the line or of the event.
    pub since: Date,
    /// Its amount in the smallest unit of the currency, where it has one.
    pub amount: Option<Money>,
    /// The label of the line that it is about; else empty.
    pub line: String,
    /// Who pays that line, where several share it.
    pub payer: Option<String>,
    /// The name of the event that it is about; else empty.
    pub event: String,
    /// The name that is most likely meant.
    pub near: Option<String>,
    /// Of a case that is over: by what.
    pub over: Option<Terminal>,
    /// For an action that lacks what it is billed by: which notice says so.
    pub lacks: Option<NoticeKind>,
    /// The id of the line, where one stands or was issued; else empty.
    pub id: String,
    /// For what a condition keeps back: the step of the record at which it did, and which of the lines looked at.
    pub at: Option<(usize, usize)>,
}

/// The leaks of a case.
#[derive(Debug)]
pub struct CaseLeaks {
    /// They themselves, by kind, day, line and event.
    pub leaks: Vec<Leak>,
    /// What the case comes to, with what was decided.
    pub recorded: Recorded,
}

/// Why nothing is said of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsaid {
    /// It cannot be billed.
    Withheld(Withheld),
    /// The lines said to have been issued cannot be.
    Issued(IssuedFault),
}

impl From<Withheld> for Unsaid {
    fn from(withheld: Withheld) -> Self {
        Unsaid::Withheld(withheld)
    }
}

/// What comes within so long comes by itself.
const AHEAD: Duration = Duration::Months(60);

/// The leaks of one case. Events and issued lines dated after `as_of` do not count; without issued lines, nothing is
/// said of what was issued.
pub fn leaks(
    plan: &Plan,
    events: &[Event],
    as_of: Date,
    issued: Option<&[InvoiceLine]>,
) -> Result<CaseLeaks, Unsaid> {
    let evaluation = eval::evaluate(plan, events, as_of)?;
    let mut recorded = eval::evaluate_by_rules(plan, events, as_of)?;
    let later = eval::evaluate_by_rules(plan, &known_by(events, as_of), as_of.plus(AHEAD))?;
    let mut leaks = Vec::new();
    let case = Of { plan, program: &recorded.program, events, as_of };
    leaks.extend(case.work(&later.record));
    leaks.extend(case.closing(&recorded.record, &later.record));
    leaks.extend(case.deposits(&recorded.record, &later.record, &evaluation));
    leaks.extend(case.conditions(&recorded.record, &later.record));
    leaks.extend(case.unheard(&evaluation));
    if let Some(issued) = issued {
        let issued: Vec<InvoiceLine> =
            issued.iter().filter(|line| line.date <= as_of).cloned().collect();
        leaks.extend(case.issued(&evaluation, &issued)?);
    }
    sort(&mut leaks);
    recorded.evaluation = evaluation;
    Ok(CaseLeaks { leaks, recorded })
}

/// The issued lines of a case of which nothing has happened: none of them stands. Credits, and what they take back, are
/// left out.
pub fn leaks_of_no_case(issued: &[InvoiceLine], as_of: Date) -> Vec<(Leak, Currency)> {
    let counts = || issued.iter().filter(|line| line.date <= as_of);
    let credited: HashSet<&str> = counts().filter_map(|line| line.credits.as_deref()).collect();
    let stands = |line: &&InvoiceLine| {
        line.kind != InvoiceLineKind::Credit && !credited.contains(line.id.as_str())
    };
    let mut leaks: Vec<(Leak, Currency)> = counts()
        .filter(stands)
        .map(|line| {
            let currency = Currency::find(&line.currency).unwrap_or(Currency::EURO);
            (of_line(LeakKind::NoLongerStanding, line, line.date, currency), currency)
        })
        .collect();
    leaks.sort_by(|(one, _), (other, _)| key(one).cmp(&key(other)));
    leaks
}

fn sort(leaks: &mut [Leak]) {
    leaks.sort_by(|one, other| key(one).cmp(&key(other)));
}

fn key(leak: &Leak) -> (LeakKind, Date, &str, &Option<String>, &str, &str, Option<Money>) {
    (leak.kind, leak.since, &leak.line, &leak.payer, &leak.event, &leak.id, leak.amount)
}

fn blank(kind: LeakKind, since: Date) -> Leak {
    Leak {
        kind,
        since,
        amount: None,
        line: String::new(),
        payer: None,
        event: String::new(),
        near: None,
        over: None,
        lacks: None,
        id: String::new(),
        at: None,
    }
}

fn of_line(kind: LeakKind, line: &InvoiceLine, since: Date, currency: Currency) -> Leak {
    Leak {
        amount: currency.read_signed(&line.amount),
        line: line.label.clone(),
        payer: line.payer.clone(),
        id: line.id.clone(),
        ..blank(kind, since)
    }
}

/// A case that is looked at.
struct Of<'a> {
    plan: &'a Plan,
    program: &'a Program,
    events: &'a [Event],
    as_of: Date,
}

impl Of<'_> {
    fn label(&self, line: u32) -> String {
        let line = self.program.lines.get(line as usize);
        let stated = line.and_then(|line| self.plan.schedule.lines.get(line.index));
        stated.map_or(String::new(), |line| line.label.clone())
    }

    /// Work that no line has billed and that none bills by itself, with the line that closes the case without it.
    fn work(&self, later: &Record) -> Option<Leak> {
        let standing = &later.standing;
        let loses = |(place, _): &(u32, Date)| {
            let closer = self.program.lines.get(*place as usize);
            closer.is_some_and(|line| self.program.loses_work(line) && !self.accepts_it(line))
        };
        let loser = standing.closed.filter(loses);
        let amount = standing.unbilled.or(loser.and(standing.lost));
        let amount = amount.filter(|amount| *amount != Money::ZERO)?;
        let since = standing.unbilled_since.unwrap_or(self.as_of);
        let line = loser.map_or(String::new(), |(place, _)| self.label(place));
        Some(Leak { amount: Some(amount), line, ..blank(LeakKind::Work, since) })
    }

    /// Whether it is agreed that a line closes cases with work that is not billed.
    fn accepts_it(&self, line: &Line) -> bool {
        let of_it = |it: &Acceptance| it.line.is_none_or(|of| of == line.index);
        let mut accepts = self.plan.schedule.accepts.iter();
        accepts.any(|it| it.property == Property::UnbilledWork && of_it(it))
    }

    /// The day on which the case was ended or abandoned.
    fn over(record: &Record) -> Option<Date> {
        record.steps.iter().find(|step| step.ends).map(|step| step.date)
    }

    fn closing(&self, now: &Record, later: &Record) -> Option<Leak> {
        let closes = self.program.lines.iter().any(|line| line.closes());
        let over = Self::over(now)?;
        let open = later.standing.closed.is_none();
        (closes && open).then(|| Leak { over: now.standing.over, ..blank(LeakKind::Closing, over) })
    }

    /// Deposits of a case that is over, or closed, of which something is left.
    fn deposits(&self, now: &Record, later: &Record, evaluation: &Evaluation) -> Vec<Leak> {
        if Self::over(now).is_none() && now.standing.closed.is_none() {
            return Vec::new();
        }
        let left = later.standing.deposits.iter().filter(|(_, left)| *left != Money::ZERO);
        let mut taken: HashSet<&str> = HashSet::new();
        let mut leaks = Vec::new();
        for (line, left) in left {
            let label = self.label(*line);
            // Several of one label are told apart by their lines, in the order in which they fired.
            let billed = evaluation.lines.iter().find(|billed| {
                billed.kind == InvoiceLineKind::Deposit
                    && billed.label == label
                    && !taken.contains(billed.id.as_str())
            });
            // What comes later by itself is no leak of today.
            let Some(billed) = billed else { continue };
            taken.insert(&billed.id);
            leaks.push(Leak {
                amount: Some(*left),
                line: label,
                payer: billed.payer.clone(),
                id: billed.id.clone(),
                ..blank(LeakKind::Deposit, billed.date)
            });
        }
        leaks
    }

    /// Lines whose trigger came while their condition did not hold, and that have not fired since.
    fn conditions(&self, now: &Record, later: &Record) -> Vec<Leak> {
        if now.standing.closed.is_some() {
            return Vec::new();
        }
        let fires = |considered: &Considered| matches!(considered.outcome, Outcome::Fires(_));
        let fired: HashSet<u32> = later
            .steps
            .iter()
            .flat_map(|step| &step.considered)
            .filter(|considered| fires(considered))
            .map(|considered| considered.line)
            .collect();
        let mut last: Vec<(u32, (usize, usize))> = Vec::new();
        for (number, step) in now.steps.iter().enumerate() {
            // Of lines with conditions of their own at one moment, one is meant to fire.
            if step.considered.iter().any(fires) {
                last.retain(|(line, _)| step.considered.iter().all(|of| of.line != *line));
                continue;
            }
            for (place, considered) in step.considered.iter().enumerate() {
                if considered.outcome == Outcome::ConditionFails
                    && !fired.contains(&considered.line)
                {
                    last.retain(|(line, _)| *line != considered.line);
                    last.push((considered.line, (number, place)));
                }
            }
        }
        let leak = |(line, at): (u32, (usize, usize))| {
            let since = now.steps.get(at.0).map_or(self.as_of, |step| step.date);
            let amount = self.program.lines.get(line as usize)?.amount.one_sum();
            let line = self.label(line);
            Some(Leak { amount, line, at: Some(at), ..blank(LeakKind::Condition, since) })
        };
        last.into_iter().filter_map(leak).collect()
    }

    /// Events that no line waits for, actions that lack what they are billed by, and work after the closing.
    fn unheard(&self, evaluation: &Evaluation) -> Vec<Leak> {
        let mut leaks = Vec::new();
        let mut unmeasured: HashSet<usize> = HashSet::new();
        for notice in &evaluation.notices {
            let Some(event) = self.events.get(notice.event) else { continue };
            let kind = match notice.kind {
                NoticeKind::UnknownEvent
                | NoticeKind::UnknownDeliverable
                | NoticeKind::UnlistedAction
                | NoticeKind::LookAlikeAction => LeakKind::Misspelt,
                NoticeKind::NoHours
                | NoticeKind::HoursDecide(_)
                | NoticeKind::NoQuantity
                | NoticeKind::NoAmount => {
                    // Several lines may wait for the hours of one action.
                    if !unmeasured.insert(notice.event) {
                        continue;
                    }
                    LeakKind::Unmeasured
                }
                NoticeKind::AfterClosing
                    if event.kind.kind() == Kind::Subject(SubjectKind::Action) =>
                {
                    LeakKind::AfterClosing
                }
                NoticeKind::AfterClosing
                | NoticeKind::NotYet
                | NoticeKind::Duplicate
                | NoticeKind::Repeated(_)
                | NoticeKind::Voided
                | NoticeKind::SecondVoid
                | NoticeKind::SecondStart
                | NoticeKind::SecondSignature
                | NoticeKind::SecondEnd
                | NoticeKind::StartAfterEnd
                | NoticeKind::SignatureAfterEnd
                | NoticeKind::NoSuspension
                | NoticeKind::ChangesNothing
                | NoticeKind::ProgressFalls(_)
                | NoticeKind::UnusedQuantity
                | NoticeKind::UnusedAmount => continue,
            };
            let Some(name) = event.kind.subject() else { continue };
            let same = |(of, _): &&(SubjectKind, String)| Kind::Subject(*of) == event.kind.kind();
            let known = self.program.subjects.iter().filter(same).map(|(_, name)| name.as_str());
            let near = if kind == LeakKind::Misspelt { did_you_mean(name, known) } else { None };
            leaks.push(Leak {
                event: name.to_owned(),
                near: near.map(str::to_owned),
                lacks: (kind == LeakKind::Unmeasured).then_some(notice.kind),
                ..blank(kind, notice.date)
            });
        }
        leaks
    }

    /// Lines that stand and were not issued, and those issued that no longer stand.
    fn issued(&self, evaluation: &Evaluation, issued: &[InvoiceLine]) -> Result<Vec<Leak>, Unsaid> {
        let lines = outstanding(&evaluation.lines, issued, self.as_of).map_err(Unsaid::Issued)?;
        let currency = self.program.currency;
        let leak = |line: &InvoiceLine| match &line.credits {
            None => of_line(LeakKind::NotIssued, line, line.date, currency),
            Some(of) => {
                let first = issued.iter().find(|issued| issued.id == *of).unwrap_or(line);
                of_line(LeakKind::NoLongerStanding, first, first.date, currency)
            }
        };
        Ok(lines.iter().map(leak).collect())
    }
}
