//! `cliff`: does leaving later pay less, or leaving more than finishing?
//!
//! In: the situations that a search reaches. From each, a case is abandoned in its stretch of days and
//! in the next one, or abandoned and finished on one day, and everything that follows is compared.
//! Leaving later by several stretches is several such steps.

use super::ahead;
use super::ahead::Ahead;
use super::choices::What;
use super::compare::{MOST_COMPARED, MOST_REPLAYS, Outcome, Tried};
use super::machine::State;
use super::run::Run;
use super::search::{Path, Search};
use super::timeline::Step;
use super::witness::{Pick, Style, concretise};
use crate::calendar::{Date, Duration};
use crate::model::{Anchors, Event, EventKind, Milestone, Terminal};
use crate::plan::Plan;
use std::collections::HashMap;

/// So many situations in which the same two continuations differ are tried.
const MOST_ALIKE: u32 = 6;

/// Where work may come to any sum, so many more actions are tried.
const MORE_WORK: &[usize] = &[0, 2, 14, 50];

/// A situation from which leaving may be a cliff.
struct Suspect {
    place: u32,
    state: State,
    /// The step to the days on which less may be billed.
    later: Option<Step>,
}

impl Run<'_> {
    pub(super) fn cliff(&self, than: Terminal, search: &Search) -> Outcome {
        let (suspects, all) = self.suspects(than, search);
        let mut replays = 0;
        for style in Style::all() {
            for suspect in &suspects {
                if replays >= MOST_REPLAYS {
                    return Outcome::Open;
                }
                if let Some(found) = self.leave(than, search, suspect, style, &mut replays) {
                    return found;
                }
            }
        }
        if suspects.is_empty() && all { Outcome::Alike } else { Outcome::Open }
    }

    /// The situations from which one continuation may bill less than it has to, the nearest first, and
    /// whether all situations were looked at.
    fn suspects(&self, than: Terminal, search: &Search) -> (Vec<Suspect>, bool) {
        let machine = &self.machine;
        let mut suspects = Vec::new();
        let mut alike: HashMap<(ahead::Outcome, ahead::Outcome), u32> = HashMap::new();
        let mut compared = 0;
        for (place, state) in search.open() {
            if state.over.is_some() {
                continue;
            }
            let Some(frame) = machine.frame(&state) else { continue };
            if compared >= MOST_COMPARED {
                return (suspects, false);
            }
            let here = Ahead::new(machine, &state);
            let earlier = self.left(here.clone(), What::Milestone(Milestone::Abandonment));
            let next = match than {
                Terminal::End => vec![(None, self.left(here, What::Milestone(Milestone::End)))],
                Terminal::Abandonment if state.begun => {
                    let later = |(step, cell): (Step, u16)| {
                        let mut on = here.clone();
                        on.day_ends(frame.cells.get(usize::from(state.cell))?);
                        on.state.cell = cell;
                        on.state.late = 0;
                        Some((Some(step), self.left(on, What::Milestone(Milestone::Abandonment))))
                    };
                    frame.after(state.cell).into_iter().filter_map(later).collect()
                }
                Terminal::Abandonment => Vec::new(),
            };
            for (step, later) in next {
                compared += 1 + frame.cells.len() - usize::from(state.cell);
                if machine.least_more(&state, &later, &earlier) < 0 {
                    let known = alike.entry((later, earlier.clone())).or_default();
                    *known += 1;
                    if *known <= MOST_ALIKE {
                        suspects.push(Suspect { place, state, later: step });
                    }
                }
            }
        }
        (suspects, true)
    }

    /// What is billed from a situation on if the case is over so now.
    fn left(&self, mut ahead: Ahead<'_, '_>, how: What) -> ahead::Outcome {
        let choices = (0_u16..).zip(&self.machine.choices.all);
        let mut leaving = choices.filter(|(_, choice)| choice.what == how);
        let state = ahead.state;
        let cell = self.machine.frame(&state).and_then(|it| it.cells.get(usize::from(state.cell)));
        if let (Some((choice, _)), Some(cell)) = (leaving.next(), cell) {
            ahead.event(choice, state.hours, 0, cell);
            ahead.wait();
        }
        ahead.outcome
    }

    /// Runs what is suspected, on the days on which it may show.
    fn leave(
        &self,
        than: Terminal,
        search: &Search,
        suspect: &Suspect,
        style: Style,
        replays: &mut usize,
    ) -> Option<Outcome> {
        let begun = search.path(suspect.place, None)?;
        let (mut events, now) = self.left_after(&begun, suspect, None, style)?;
        let mut days = vec![now];
        let later =
            suspect.later.and_then(|step| self.left_after(&begun, suspect, Some(step), style));
        if let Some((later_events, then)) = later {
            // Dates that leave room for the longer wait.
            events = later_events;
            days.push(then);
        }
        let run = self.try_out(events.clone(), now);
        days.extend(turning_days(self.machine.plan, &events, run.as_ref(), now));
        let first = events.iter().map(|event| event.date).max();
        days.retain(|day| first.is_none_or(|first| *day >= first));
        days.sort_unstable();
        days.dedup();
        let frame = self.machine.frame(&suspect.state)?;
        let point = frame.cells.iter().rev().find(|cell| cell.is_day()).map(|cell| cell.first);
        let last = days.iter().copied().chain(point).max()?;
        let until = last.plus(Duration::Days(95)).min(Date::MAX);
        let copies = if style.hours == Pick::Most { MORE_WORK } else { &[0] };
        copies.iter().find_map(|copies| {
            let begun = with_more_work(&events, *copies)?;
            self.leave_on(than, &begun, &days, until, replays)
        })
    }

    /// Leaves a case that has begun so on each of these days.
    fn leave_on(
        &self,
        than: Terminal,
        begun: &[Event],
        days: &[Date],
        until: Date,
        replays: &mut usize,
    ) -> Option<Outcome> {
        let leaving = |date: Date, kind: EventKind| {
            let mut events = begun.to_vec();
            events.push(Event { case: "D-001".to_owned(), date, id: None, kind });
            self.try_out(events, until)
        };
        let mut before: Option<Tried> = None;
        for day in days.iter().copied() {
            *replays += 2;
            let Some(left) = leaving(day, EventKind::Milestone(Milestone::Abandonment)) else {
                continue;
            };
            match than {
                Terminal::Abandonment => {
                    let more = before.as_ref().filter(|it| it.billed() > left.billed());
                    if let Some(more) = more {
                        return Some(self.beside(&left, more, day));
                    }
                    before = Some(left);
                }
                Terminal::End => {
                    let Some(ended) = leaving(day, EventKind::Milestone(Milestone::End)) else {
                        continue;
                    };
                    if left.billed() > ended.billed() {
                        return Some(self.beside(&left, &ended, day));
                    }
                }
            }
        }
        None
    }

    /// The events before a case is abandoned, and the day on which it is.
    fn left_after(
        &self,
        begun: &Path,
        suspect: &Suspect,
        wait: Option<Step>,
        style: Style,
    ) -> Option<(Vec<Event>, Date)> {
        let choices = (0_u16..).zip(&self.machine.choices.all);
        let mut leaving =
            choices.filter(|(_, choice)| choice.what == What::Milestone(Milestone::Abandonment));
        let (choice, _) = leaving.next()?;
        let leave = Step::Event { choice, hours: suspect.state.hours, worked: false };
        let mut steps = begun.steps.clone();
        steps.extend(wait.map(|step| (step, suspect.state)));
        let path = Path { first: begun.first, steps, last: Some(leave) };
        let mut events = concretise(&self.machine, &path, style)?.events;
        let date = events.pop()?.date;
        Some((events, date))
    }
}

/// The same with so many more of the last action, on its day; `None` where there is none.
fn with_more_work(begun: &[Event], copies: usize) -> Option<Vec<Event>> {
    let mut events = begun.to_vec();
    if copies == 0 {
        return Some(events);
    }
    let action = |event: &Event| matches!(event.kind, EventKind::Action { .. });
    let place = events.iter().rposition(action)?;
    let more = vec![events.get(place)?.clone(); copies];
    events.splice(place..place, more);
    Some(events)
}

/// The days on which leaving may bill otherwise than the day before, for a case that has begun so.
fn turning_days(plan: &Plan, begun: &[Event], run: Option<&Tried>, now: Date) -> Vec<Date> {
    let last = begun.iter().map(|event| event.date).max().unwrap_or(now);
    let after = run.and_then(|run| run.replay.moments.last()).map(|moment| &moment.after);
    let started = after.and_then(|after| after.started);
    let signatures =
        begun.iter().filter(|event| event.kind == EventKind::Milestone(Milestone::Signature));
    let signed = signatures.map(|event| event.date).min();
    let mut days: Vec<Date> = Vec::new();
    if let Some(start) = started {
        days.extend(plan.durations.iter().map(|length| start.plus(*length)));
    }
    for trigger in plan.calendar() {
        days.extend(trigger.day.once(&Anchors { started, signed }));
    }
    if plan.month_end().is_some() {
        days.extend((0..3).map(|month| Date::month_end(last.month_index() + month)));
    }
    let one = Duration::Days(1);
    let around: Vec<Date> =
        days.into_iter().flat_map(|day| [day.pred(), day, day.plus(one)]).collect();
    around.into_iter().chain([last]).collect()
}
