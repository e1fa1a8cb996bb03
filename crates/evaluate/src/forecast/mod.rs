//! What an open case will bill by itself, and what each possible next event would bill.
//!
//! In: a schedule, the history of one case, and the days that are asked about. Out: invoice lines
//! that are still to come, never one that stands already. Every figure comes from evaluating the
//! history, or the history and one event more: no rule of the language is read a second time here.

mod program;

use crate::calendar::Date;
use crate::eval::{
    Evaluator, FiredLines, IssuedFault, Observer, Pen, Stands, State, Withheld, outstanding,
};
use crate::model::{
    Agreement, Anchor, Event, EventKind, InvoiceLine, InvoiceLineKind, Milestone, StatedSum,
    Subject, SubjectKind, Terminal, Test, When,
};
use crate::money::{Hours, Percent};
use crate::plan::{Plan, PlannedTerms};
use std::collections::HashSet;

/// The days that a forecast is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Horizon {
    /// The last day whose events are known: what has been billed up to and including it is not
    /// repeated, and events dated later are left aside. What a later `opened` states holds, as it
    /// does whatever its date; that it is dated brings nothing.
    pub as_of: Date,
    /// The last day of what is billed by itself; nothing is, where it is before `as_of`.
    pub until: Date,
    /// The day on which the next event is assumed to come. Where it is before `as_of`, the event
    /// comes late, and what it changes of lines that stand already is told in credits.
    pub on: Date,
    /// The hours that an action is assumed to have, where they matter.
    pub hours: Hours,
}

/// What events are assumed to state that say something of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assumed {
    /// What progress is certified; each share that conditions name, and the whole, if not stated.
    pub progress: Option<Percent>,
    /// What an amendment states; none is tried if not stated.
    pub amendment: Option<Agreement>,
    /// The amount of an action that is billed by it; none if not stated.
    pub amount: Option<StatedSum>,
}

/// What nobody can assume, and the call has not stated: nothing is said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// Amendments of what the case has agreed.
    Amendment,
    /// What actions bill by their amount.
    Amount,
}

impl LeftOut {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            LeftOut::Amendment => "amendment",
            LeftOut::Amount => "amount",
        }
    }
}

/// What is to come of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// Whether a balance has closed it: nothing comes then.
    pub closed: bool,
    /// The lines that come without any event: at month ends, deadlines and dates.
    pub by_itself: Vec<InvoiceLine>,
    /// What each event for which the schedule waits would bill.
    pub next: Vec<NextEvent>,
    /// Since when the case is suspended, where it is: what comes by itself comes so only while it stays so.
    pub suspended: Option<Date>,
    /// What could come besides, and is not tried.
    pub left_out: Vec<LeftOut>,
}

/// One event that may come next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextEvent {
    /// The event, as it would be sent, its hours as they are assumed.
    pub event: Event,
    /// The lines that come with it and not without it, and a credit for each line that stands at
    /// the as-of date and would then stand no longer; or why the case would be withheld.
    pub lines: Result<Vec<InvoiceLine>, Withheld>,
    /// The lines that then come by themselves after that day, in the place of those of [`Forecast::by_itself`]:
    /// of an event that bills nothing, but moves what the calendar brings or what it comes to.
    pub then: Option<Vec<InvoiceLine>>,
}

impl Horizon {
    /// From a day to another: the next event comes on the first of them, an action with one hour.
    pub fn new(as_of: Date, until: Date) -> Horizon {
        Horizon { as_of, until, on: as_of, hours: Hours::ONE }
    }
}

/// What is to come of one case; fails where evaluating its history fails.
///
/// The events that are tried are the signature, the start, the end and the abandonment where a
/// line waits for them and they can still come, every action that the schedule declares or waits
/// for, and every deliverable and named event that a line waits for; where a schedule counts units, an
/// action with one; where it looks at progress, each share that its conditions name and the whole; where cases may be
/// suspended, what changes that. Amendments are not tried: what they would state is not
/// known ([`forecast_assuming`]). Each is tried alone, on the day `on`, and shows what is then to be issued up to that day, or to the as-of date if that is
/// later, beyond what comes without it: not what comes of it afterwards, but for what moves the calendar.
pub fn forecast(plan: &Plan, events: &[Event], horizon: &Horizon) -> Result<Forecast, Withheld> {
    forecast_assuming(plan, events, horizon, &Assumed::default())
}

/// The same, with what events are assumed to state.
pub fn forecast_assuming(
    plan: &Plan,
    events: &[Event],
    horizon: &Horizon,
    assumed: &Assumed,
) -> Result<Forecast, Withheld> {
    let mut desk = Desk { plan, evaluator: Evaluator::default() };
    let mut standing = Standing::default();
    let billed = desk.lines(events, horizon.as_of, &mut standing)?;
    if standing.closed {
        return Ok(Forecast { closed: true, ..Forecast::default() });
    }
    let known = known_at(events, horizon.as_of);
    let mut at = |events: &[Event], day: Date| {
        desk.lines(&opened_by_then(events, horizon.as_of), day, &mut Standing::default())
    };
    let until = horizon.until.max(horizon.as_of);
    let by_itself = to_be_issued(&at(&known, until)?, &billed, until)?;
    let day = horizon.on.max(horizon.as_of);
    let anyway = to_be_issued(&at(&known, day)?, &billed, day)?;
    let case = events.first().map_or("", |event| event.case.as_str());
    let mut next = Vec::new();
    let of_second = events.iter().any(|event| event.kind.more().is_some());
    let (awaited, left_out) = match plan.program(of_second || assumed.amendment.is_some()) {
        Some(program) => {
            let left_out = program::left_out(&program, assumed);
            (program::awaited(&program, &standing, horizon.hours, assumed), left_out)
        }
        None => (awaited(plan, &standing, horizon.hours), Vec::new()),
    };
    for kind in awaited {
        let event = Event { case: case.to_owned(), date: horizon.on, id: None, kind };
        let mut with = known.clone();
        with.push(event.clone());
        let mut at = |day: Date| at(&with, day).and_then(|with| to_be_issued(&with, &billed, day));
        let issued = at(day);
        let then = match (&issued, event.kind.kind().moves_what_comes()) {
            (Ok(issued), true) => {
                let mut later = if until > day { at(until)? } else { Vec::new() };
                // What is given back is so on that day, and stands there.
                later.retain(|line| line.kind != InvoiceLineKind::Credit);
                Some(beyond(later, issued))
            }
            (Ok(_) | Err(_), _) => None,
        };
        let lines = issued.map(|lines| beyond(lines, &anyway));
        next.push(NextEvent { event, lines, then });
    }
    let suspended = standing.suspended;
    Ok(Forecast { closed: false, by_itself, next, suspended, left_out })
}

/// The events of a case that are known on a day, as they are evaluated for a later one.
pub fn known_by(events: &[Event], as_of: Date) -> Vec<Event> {
    opened_by_then(&known_at(events, as_of), as_of)
}

/// The events that are known on a day. What opens the case holds whatever its date, and so does the
/// withdrawal of an event that is known.
fn known_at(events: &[Event], as_of: Date) -> Vec<Event> {
    let is_later = |event: &&Event| {
        event.date > as_of && event.kind.opens().is_none() && event.kind.withdraws().is_none()
    };
    let later: HashSet<&str> =
        events.iter().filter(is_later).filter_map(|event| event.id.as_deref()).collect();
    let of_a_later = |event: &Event| event.kind.withdraws().is_some_and(|of| later.contains(of));
    let known = events.iter().filter(|event| !is_later(event) && !of_a_later(event));
    known.cloned().collect()
}

/// The events, an `opened` that is dated later moved to the first of the others: it is needed for
/// what it states, and its own date is of the future. Where there is no other, nothing is known.
fn opened_by_then(events: &[Event], as_of: Date) -> Vec<Event> {
    let withdrawn: HashSet<&str> =
        events.iter().filter_map(|event| event.kind.withdraws()).collect();
    let stands = |event: &&Event| {
        let is_later = event.date > as_of && event.kind.opens().is_some();
        let id = event.id.as_deref();
        !is_later
            && event.kind.withdraws().is_none()
            && !id.is_some_and(|id| withdrawn.contains(id))
    };
    let Some(first) = events.iter().filter(stands).map(|event| event.date).min() else {
        return Vec::new();
    };
    let moved = |event: &Event| {
        let is_later = event.date > as_of && event.kind.opens().is_some();
        Event { date: if is_later { first } else { event.date }, ..event.clone() }
    };
    events.iter().map(moved).collect()
}

/// What is to be issued, with these lines standing, where those were issued.
fn to_be_issued(
    standing: &[InvoiceLine],
    issued: &[InvoiceLine],
    on: Date,
) -> Result<Vec<InvoiceLine>, Withheld> {
    // Lines that evaluation gave are sound: only a sum of them can fail.
    outstanding(standing, issued, on).map_err(|_: IssuedFault| Withheld::TooLarge)
}

/// The lines that do not come anyway. On which invoice a line stands does not make it another.
fn beyond(lines: Vec<InvoiceLine>, anyway: &[InvoiceLine]) -> Vec<InvoiceLine> {
    let comes = |line: &InvoiceLine| {
        anyway.iter().any(|other| {
            other.id == line.id && *line == InvoiceLine { invoice: line.invoice, ..other.clone() }
        })
    };
    lines.into_iter().filter(|line| !comes(line)).collect()
}

/// Evaluates one history after another.
struct Desk<'p> {
    plan: &'p Plan,
    evaluator: Evaluator,
}

impl Desk<'_> {
    fn lines(
        &mut self,
        events: &[Event],
        as_of: Date,
        standing: &mut Standing,
    ) -> Result<Vec<InvoiceLine>, Withheld> {
        let terms = PlannedTerms::default();
        let bill = self.evaluator.bill(self.plan, events, terms, as_of, standing)?;
        let mut lines = Vec::new();
        let is_of_program = matches!(bill.lines, FiredLines::Second(..));
        Pen::default().write(self.plan, &events, bill.lines, |line| lines.push(line.to_line()));
        if is_of_program {
            let Stands { closed, life, suspended, progress } = self.evaluator.stands();
            let over = life.over.is_some();
            let (signed, started) = (life.signed, life.started);
            *standing = Standing { closed, signed, started, over, suspended, progress };
        }
        Ok(lines)
    }
}

/// How a case stands, once its history has been taken.
#[derive(Default)]
struct Standing {
    closed: bool,
    signed: bool,
    started: bool,
    over: bool,
    suspended: Option<Date>,
    progress: Percent,
}

impl Observer for Standing {
    const LISTENS: bool = false;

    fn finished(&mut self, state: &State) {
        *self = Standing {
            closed: state.closed,
            signed: state.anchors.signed.is_some(),
            started: state.anchors.started.is_some(),
            over: state.is_over(),
            ..Standing::default()
        };
    }
}

/// The events for which the schedule waits, as things stand.
fn awaited(plan: &Plan, standing: &Standing, hours: Hours) -> Vec<EventKind> {
    let runs_from =
        |wanted: Anchor| plan.calendar().iter().any(|trigger| trigger.day.anchor() == Some(wanted));
    let mut kinds = Vec::new();
    if !standing.over
        && !standing.signed
        && (plan.milestone(Milestone::Signature).is_some() || runs_from(Anchor::Signature))
    {
        kinds.push(EventKind::Milestone(Milestone::Signature));
    }
    if !standing.over
        && !standing.started
        && (plan.milestone(Milestone::Start).is_some() || runs_from(Anchor::Start))
    {
        kinds.push(EventKind::Milestone(Milestone::Start));
    }
    let compared = hours_are_compared(plan);
    for (kind, name) in names(plan) {
        let name = name.to_owned();
        kinds.push(match kind {
            SubjectKind::Action => {
                let matter = compared || is_billed_by_hour(plan, &name);
                EventKind::Action { name, hours: Some(hours).filter(|_| matter) }
            }
            SubjectKind::Deliverable => EventKind::Deliverable { name },
            SubjectKind::Event => EventKind::Event { name },
        });
    }
    let terminals = Terminal::ALL.map(Terminal::milestone).into_iter();
    let awaited = terminals.filter(|end| !standing.over && plan.milestone(*end).is_some());
    kinds.extend(awaited.map(EventKind::Milestone));
    kinds
}

/// The names of which an event is tried: of actions that the schedule declares, then of what lines
/// wait for, each once.
fn names(plan: &Plan) -> Vec<(SubjectKind, &str)> {
    let declared = plan.schedule.actions.iter().map(|action| action.name.as_str());
    let triggers = plan.schedule.lines.iter().flat_map(|line| &line.triggers);
    let awaited = triggers.filter_map(|trigger| match trigger {
        When::Subject(Subject { kind: SubjectKind::Action, name }) => {
            Some((SubjectKind::Action, name.as_str()))
        }
        When::Subject(Subject { kind: SubjectKind::Deliverable, name }) => {
            Some((SubjectKind::Deliverable, name.as_str()))
        }
        When::Subject(Subject { kind: SubjectKind::Event, name }) => {
            Some((SubjectKind::Event, name.as_str()))
        }
        When::Milestone(_) | When::Calendar(_) => None,
    });
    let mut seen = HashSet::new();
    let all = declared.map(|name| (SubjectKind::Action, name)).chain(awaited);
    all.filter(|name| seen.insert(*name)).collect()
}

fn is_billed_by_hour(plan: &Plan, action: &str) -> bool {
    plan.action(plan.name(SubjectKind::Action, action)).work.of_an_hour().is_some()
}

/// Whether a line looks at the hours of actions, or at attendance.
fn hours_are_compared(plan: &Plan) -> bool {
    let mut compared = plan.needs_planned_hours;
    for condition in plan.schedule.lines.iter().filter_map(|line| line.condition.as_ref()) {
        condition.each_test(&mut |test, _| compared |= matches!(test, Test::Hours(_)));
    }
    compared
}
