//! What has happened in a case so far, and what each moment is (§3, moments, start, terminal).

use chrono::{Datelike, NaiveDate};

use super::exact::{Exact, zero};
use super::rules::{Anchor, Event, Schedule, Trigger, What, Worked, same_name};

/// What has happened in the case, up to a moment.
#[derive(Clone, Debug)]
pub struct Facts {
    pub signed: Option<NaiveDate>,
    pub started: Option<NaiveDate>,
    pub ended: bool,
    pub abandoned: bool,
    /// The hours of all actions so far, billed or not.
    pub hours: Exact,
    pub actions: Vec<String>,
    pub deliverables: Vec<String>,
    pub events: Vec<String>,
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            signed: None,
            started: None,
            ended: false,
            abandoned: false,
            hours: zero(),
            actions: Vec::new(),
            deliverables: Vec::new(),
            events: Vec::new(),
        }
    }
}

/// What an event is to a line that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    Signature,
    Start,
    End,
    Abandonment,
    Action,
    Deliverable,
    Event,
}

/// A moment of the case: one event, or the end of a day.
#[derive(Clone, Debug)]
pub enum Moment<'a> {
    OfEvent { event: &'a Event, causes: Vec<Cause> },
    EndOfDay(NaiveDate),
}

impl Moment<'_> {
    /// The moment's date.
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        match self {
            Self::OfEvent { event, .. } => event.date,
            Self::EndOfDay(date) => *date,
        }
    }

    /// Whether the trigger is one of this moment's.
    #[must_use]
    pub fn has(&self, trigger: &Trigger, facts: &Facts) -> bool {
        match self {
            Self::OfEvent { event, causes } => is_cause(trigger, event, causes),
            Self::EndOfDay(date) => is_date(trigger, *date, facts),
        }
    }
}

fn is_cause(trigger: &Trigger, event: &Event, causes: &[Cause]) -> bool {
    let named = |cause, name: &str| {
        causes.contains(&cause) && event.name().is_some_and(|own| same_name(own, name))
    };
    match trigger {
        Trigger::Signature => causes.contains(&Cause::Signature),
        Trigger::Start => causes.contains(&Cause::Start),
        Trigger::End => causes.contains(&Cause::End),
        Trigger::Abandonment => causes.contains(&Cause::Abandonment),
        Trigger::Action(name) => named(Cause::Action, name),
        Trigger::Deliverable(name) => named(Cause::Deliverable, name),
        Trigger::Event(name) => named(Cause::Event, name),
        Trigger::MonthEnd | Trigger::After(..) | Trigger::On(_) => false,
    }
}

fn is_date(trigger: &Trigger, date: NaiveDate, facts: &Facts) -> bool {
    match trigger {
        Trigger::MonthEnd => date.succ_opt().is_none_or(|next| next.day() == 1),
        Trigger::After(span, Anchor::Start) => {
            facts.started.and_then(|start| span.after(start)) == Some(date)
        }
        Trigger::After(span, Anchor::Signature) => {
            facts.signed.and_then(|signature| span.after(signature)) == Some(date)
        }
        Trigger::On(day) => *day == date,
        _ => false,
    }
}

/// The place of an event within its day (§3, moments).
#[must_use]
pub fn rank(what: &What) -> u8 {
    match what {
        What::Opened { .. } => 0,
        What::Signature => 1,
        What::Start => 2,
        What::Action { .. } | What::Deliverable(_) | What::Event(_) => 3,
        What::End => 4,
        What::Abandonment => 5,
    }
}

impl Facts {
    /// Takes an event in, and says what it is to a line that waits (§3, start and terminal).
    pub fn take<'a>(&mut self, event: &'a Event, schedule: &Schedule) -> Moment<'a> {
        let causes = match &event.what {
            What::Opened { .. } => Vec::new(),
            What::Signature => self.sign(event.date),
            What::Start => self.start(event.date),
            What::Action { name, worked } => {
                let ends = schedule.action(name).is_some_and(|action| action.ends_case);
                self.act(event.date, name, worked.as_ref(), ends)
            }
            What::Deliverable(name) => {
                self.deliverables.push(name.clone());
                vec![Cause::Deliverable]
            }
            What::Event(name) => {
                self.events.push(name.clone());
                vec![Cause::Event]
            }
            What::End => self.end(),
            What::Abandonment => self.abandon(),
        };
        Moment::OfEvent { event, causes }
    }

    /// The terminal event has come.
    fn over(&self) -> bool {
        self.ended || self.abandoned
    }

    /// A second signature is no trigger, and neither is one after the terminal event.
    fn sign(&mut self, date: NaiveDate) -> Vec<Cause> {
        if self.signed.is_some() || self.over() {
            return Vec::new();
        }
        self.signed = Some(date);
        vec![Cause::Signature]
    }

    /// A later start is no trigger; after the terminal event no case starts.
    fn start(&mut self, date: NaiveDate) -> Vec<Cause> {
        if self.started.is_some() || self.over() {
            return Vec::new();
        }
        self.started = Some(date);
        vec![Cause::Start]
    }

    /// An action may start the case, unless that is over, and may end it.
    fn act(
        &mut self,
        date: NaiveDate,
        name: &str,
        worked: Option<&Worked>,
        ends_case: bool,
    ) -> Vec<Cause> {
        let mut causes = self.start(date);
        causes.push(Cause::Action);
        self.actions.push(name.to_owned());
        self.hours += worked.map_or_else(zero, Worked::hours);
        if ends_case {
            causes.extend(self.end());
        }
        causes
    }

    /// Only the first terminal event counts.
    fn end(&mut self) -> Vec<Cause> {
        if self.over() {
            return Vec::new();
        }
        self.ended = true;
        vec![Cause::End]
    }

    fn abandon(&mut self) -> Vec<Cause> {
        if self.over() {
            return Vec::new();
        }
        self.abandoned = true;
        vec![Cause::Abandonment]
    }
}
