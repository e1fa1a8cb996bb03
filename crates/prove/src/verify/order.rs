//! `order`: do two events of one date bill otherwise in the other order?
//!
//! In: the situations that a search reaches. From each, both orders of each pair that may disturb one
//! another are followed, with all hours, up to the end of both; they are alike if they bill the same
//! and leave the case the same.

use super::ahead::{Ahead, OLD_WORK};
use super::choices::{Choice, What, Work};
use super::compare::{MOST_COMPARED, MOST_REPLAYS, Outcome};
use super::machine::{Machine, State};
use super::run::Run;
use super::search::{Path, Search};
use super::shapes::waiting;
use super::situation::tests;
use super::timeline::{Cell, Step};
use super::witness::{Style, concretise};
use crate::calendar::{Date, Duration};
use crate::life;
use crate::model::{Amount, Event, EventKind, LineKind, Milestone, SubjectKind};
use crate::money::Hours;
use crate::plan::{LineId, Plan, PlannedLine};

/// So many pairs that may differ are tried.
const MOST_SUSPECTS: usize = 300;

/// The place in the day of what may come in either order.
const OF_ONE_DAY: u8 = life::What::Other.place_in_day();

/// Two events, and the cells of hours to which they lead.
struct Suspect {
    place: u32,
    first: Step,
    second: Step,
    between: State,
}

impl Run<'_> {
    pub(super) fn order(&self, pairs: &[(u16, u16)], search: &Search) -> Outcome {
        let (suspects, all) = self.may_differ(pairs, search);
        let mut replays = 0;
        for style in Style::all() {
            for suspect in &suspects {
                for (events, as_of) in self.histories(search, suspect, style) {
                    if replays >= MOST_REPLAYS {
                        return Outcome::Open;
                    }
                    replays += 2;
                    if let Some(found) = self.both_orders(events, as_of) {
                        return found;
                    }
                }
            }
        }
        if suspects.is_empty() && all { Outcome::Alike } else { Outcome::Open }
    }

    /// The pairs of events of one date whose order may matter. An action that ends the case has
    /// nothing after it.
    pub(super) fn pairs(&self) -> Vec<(u16, u16)> {
        pairs(&self.machine)
    }

    /// Where two orders may differ, the nearest first, and whether every situation was looked at.
    fn may_differ(&self, pairs: &[(u16, u16)], search: &Search) -> (Vec<Suspect>, bool) {
        let machine = &self.machine;
        let mut suspects = Vec::new();
        let mut compared = 0;
        for (place, state) in search.open() {
            let frame = machine.frame(&state);
            let Some(frame) = frame else { continue };
            let Some(cell) = frame.cells.get(usize::from(state.cell)) else { continue };
            // Nothing of one day comes after its `end`.
            if cell.is_day() && state.late > OF_ONE_DAY {
                continue;
            }
            let starts = state.started
                || state.over.is_some()
                || frame.start_cell.is_none_or(|start| start == state.cell);
            for (first, second) in pairs {
                let choice = |place: u16| machine.choices.all.get(usize::from(place));
                let (Some(one), Some(two)) = (choice(*first), choice(*second)) else { continue };
                if !starts
                    && (one.what == What::Subject(SubjectKind::Action)
                        || two.what == What::Subject(SubjectKind::Action))
                {
                    continue;
                }
                for (hours, worked) in machine.hours_of(&state, one) {
                    let between = State { hours, dirty: state.dirty || worked, ..state };
                    for (then, works) in machine.hours_of(&between, two) {
                        compared += 1;
                        if compared > MOST_COMPARED || suspects.len() >= MOST_SUSPECTS {
                            return (suspects, false);
                        }
                        let steps = [
                            Step::Event { choice: *first, hours, worked },
                            Step::Event { choice: *second, hours: then, worked: works },
                        ];
                        if !self.alike(&state, cell, steps, (one, two)) {
                            let [first, second] = steps;
                            suspects.push(Suspect { place, first, second, between });
                        }
                    }
                }
            }
        }
        (suspects, true)
    }

    /// Whether two events bill the same in both orders and leave the case the same.
    fn alike(&self, state: &State, cell: &Cell, steps: [Step; 2], of: (&Choice, &Choice)) -> bool {
        let [
            Step::Event { choice: first, hours: h1, worked: w1 },
            Step::Event { choice: second, hours: h2, worked: w2 },
        ] = steps
        else {
            return false;
        };
        let machine = &self.machine;
        if let Some(most) = machine.plan.schedule.price.at_most()
            && cuts_hours(machine.plan)
            && of.0.work != Work::None
            && of.1.work != Work::None
            && machine.axis.cell(h2).1 >= most.0
        {
            // Which of the two is cut decides on the rounding of both.
            return false;
        }
        const FIRST: u8 = OLD_WORK << 1;
        const SECOND: u8 = OLD_WORK << 2;
        let (work_one, work_two) = (if w1 { FIRST } else { 0 }, if w2 { SECOND } else { 0 });
        let mut one = Ahead::new(machine, state);
        one.done = 1;
        one.event(first, h1, work_one, cell);
        one.done = 3;
        one.event(second, h2, work_two, cell);
        // The second alone leads anywhere up to where both do.
        let alone = match (of.0.what, of.1.what) {
            (_, What::Subject(SubjectKind::Action))
                if of.0.what == What::Subject(SubjectKind::Action) =>
            {
                state.hours..=h2
            }
            (_, What::Subject(SubjectKind::Action)) => h2..=h2,
            _ => state.hours..=state.hours,
        };
        alone.into_iter().all(|hours| {
            let mut other = Ahead::new(machine, state);
            other.done = 2;
            other.event(second, hours, work_two, cell);
            other.done = 3;
            other.event(first, h2, work_one, cell);
            one.outcome.is_same(&other.outcome)
                && left(&one) == left(&other)
                && one.deposits_are_known(state)
        })
    }

    /// A suspect as histories of which the last two events change places, alone and with one more
    /// event after them.
    fn histories(
        &self,
        search: &Search,
        suspect: &Suspect,
        style: Style,
    ) -> Vec<(Vec<Event>, Date)> {
        let Some(mut path) = search.path(suspect.place, None) else { return Vec::new() };
        path.steps.push((suspect.first, suspect.between));
        path.steps.push((suspect.second, suspect.between));
        let Some(mut history) = concretise(&self.machine, &path, style) else { return Vec::new() };
        let place = history.events.len().saturating_sub(2);
        let Some(date) = history.events.get(place).map(|event| event.date) else {
            return Vec::new();
        };
        let same = match (suspect.first, suspect.second) {
            (Step::Event { choice: one, .. }, Step::Event { choice: two, .. }) => one == two,
            _ => false,
        };
        if let Some(last) = history.events.last_mut() {
            last.date = date;
            if let (true, EventKind::Action { hours: Some(hours), .. }) = (same, &mut last.kind) {
                *hours = Hours(hours.0.saturating_add(Hours::ONE.0));
            }
        }
        let as_of = history.as_of.plus(Duration::Days(40));
        let more = |(choice, it): (u16, &Choice)| {
            let mut steps = path.steps.clone();
            let hours = suspect.between.hours;
            steps.push((Step::Event { choice, hours, worked: false }, suspect.between));
            let path = Path { first: path.first, steps, last: None };
            let mut last = concretise(&self.machine, &path, style)?.events.pop()?;
            if it.what == What::Milestone(Milestone::Start)
                || it.what == What::Milestone(Milestone::Signature)
            {
                return None;
            }
            last.date = date.plus(Duration::Days(1));
            let mut events = history.events.clone();
            events.push(last);
            Some((events, as_of))
        };
        let longer: Vec<_> = (0_u16..).zip(&self.machine.choices.all).filter_map(more).collect();
        std::iter::once((history.events.clone(), as_of)).chain(longer).collect()
    }

    /// Runs a history and the one in which the two events of the pair change places.
    fn both_orders(&self, events: Vec<Event>, as_of: Date) -> Option<Outcome> {
        let mut swapped = events.clone();
        let place = swapped.windows(2).rposition(|pair| match pair {
            [one, two] => one.date == two.date,
            _ => false,
        })?;
        swapped.swap(place, place + 1);
        let one = self.try_out(events, as_of)?;
        let other = self.try_out(swapped, as_of)?;
        let parts = one.parts_from(&other)?;
        Some(self.beside(&one.up_to(parts), &other.up_to(parts), parts))
    }
}

/// What is left of a case that is open, what was billed apart.
fn left(ahead: &Ahead<'_, '_>) -> Option<(State, u8)> {
    let ledger = ahead.state.ledger.to_come();
    (!ahead.state.closed).then_some((State { ledger, ..ahead.state }, ahead.owed))
}

/// The lines that an event may fire.
fn lines_of<'p>(plan: &'p Plan, choice: &Choice) -> Vec<(LineId, &'p PlannedLine)> {
    let start = plan
        .milestone(Milestone::Start)
        .filter(|_| choice.what == What::Subject(SubjectKind::Action));
    let triggers = [choice.trigger, start].into_iter().flatten();
    triggers.flat_map(|trigger| waiting(plan, trigger)).collect()
}

/// The pairs of events of one date whose order may matter. An action that ends the case has nothing
/// after it.
fn pairs(machine: &Machine<'_>) -> Vec<(u16, u16)> {
    let choices: Vec<(u16, &Choice)> = (0_u16..)
        .zip(&machine.choices.all)
        .filter(|(_, choice)| match choice.what {
            What::Subject(_) => !choice.ends_case,
            What::Milestone(_) => false,
        })
        .collect();
    let mut pairs = Vec::new();
    for (place, (first, one)) in choices.iter().enumerate() {
        for (second, two) in choices.iter().skip(place) {
            let same_event = first == second && one.what != What::Subject(SubjectKind::Action);
            if !same_event && (disturbs(machine, one, two) || disturbs(machine, two, one)) {
                pairs.push((*first, *second));
            }
        }
    }
    pairs
}

/// Whether hours are billed up to a most, so that what comes first decides which hours are cut.
fn cuts_hours(plan: &Plan) -> bool {
    let capped = plan.schedule.price.at_most().is_some();
    capped && plan.lines.iter().any(|line| matches!(line.amount, Amount::Work { .. }))
}

/// Whether what comes before another event may change what that one bills.
fn disturbs(machine: &Machine<'_>, before: &Choice, event: &Choice) -> bool {
    let plan = machine.plan;
    let theirs = lines_of(plan, before);
    let action = before.what == What::Subject(SubjectKind::Action);
    let capped = cuts_hours(plan);
    let works = before.work != Work::None;
    if !capped && bills_all(plan, before) && bills_all(plan, event) {
        return false;
    }
    if capped && works && event.work != Work::None {
        return true;
    }
    lines_of(plan, event).into_iter().any(|(id, line)| {
        let asks = tests(plan, id, |test| {
            let of_time = test.time().is_some() || test.milestone() == Some(Milestone::Start);
            let named = test.name().map(|name| machine.choices.fact(name));
            before.fact.is_some() && named == Some(before.fact)
                || test.measures_hours() && action
                || of_time && action && event.what != What::Subject(SubjectKind::Action)
        });
        let amount = line.amount.is_work() && works
            || line.amount.follows_what_was_billed() && !theirs.is_empty()
            || line.amount.measures_attendance() && action
            || line.amount.measures_duration()
                && action
                && event.what != What::Subject(SubjectKind::Action);
        let deducts = line.kind == LineKind::Balance
            && !theirs.is_empty()
            && (line.closes || plan.lines.iter().any(|line| line.kind == LineKind::Deposit));
        asks || amount || deducts || line.closes && works
    })
}

/// Whether an event always bills all work there is, and nothing else, and leaves the case open. (An
/// action that starts the case does so once: what it bills then it does not always bill.)
fn bills_all(plan: &Plan, event: &Choice) -> bool {
    let deposits = plan.lines.iter().any(|line| line.kind == LineKind::Deposit);
    let [(id, line)] = *lines_of(plan, event) else { return false };
    let always = event.trigger.is_some_and(|trigger| plan.waiting_for(trigger) == [id]);
    let work = matches!(line.amount, Amount::Work { .. });
    always && work && !deposits && !line.closes && !line.once && line.condition.is_none()
}
