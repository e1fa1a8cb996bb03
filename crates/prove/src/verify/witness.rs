//! From a path of the abstract machine to a history with dates and hours.
//!
//! Dates are round where they may be: the 15th, else the first or the middle day that fits. Several
//! styles are tried until the replay shows what the path promised.

use super::choices::{Choice, UNKNOWN, What, Work};
use super::machine::Machine;
use super::search::Path;
use super::timeline::Step;
use crate::calendar::{Date, Duration};
use crate::model::{Event, EventKind, SubjectKind};
use crate::money::Hours;
use std::collections::HashMap;

/// How dates and hours are chosen where there is a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) dates: Pick,
    /// The dates of the last stay, the one in which it shows.
    pub(super) last: Pick,
    pub(super) hours: Pick,
}

/// Which of several values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pick {
    /// The roundest.
    Round,
    /// The least.
    Least,
    /// The most.
    Most,
}

impl Style {
    pub(super) fn of(dates: Pick, last: Pick, hours: Pick) -> Style {
        Style { dates, last, hours }
    }

    /// All styles, the roundest first.
    pub(super) fn all() -> impl Iterator<Item = Style> {
        const PICKS: [Pick; 3] = [Pick::Round, Pick::Most, Pick::Least];
        PICKS.iter().flat_map(|dates| PICKS.iter().map(|hours| Style::of(*dates, *dates, *hours)))
    }
}

/// A history, and until when it is looked at.
pub(super) struct History {
    pub(super) events: Vec<Event>,
    pub(super) as_of: Date,
}

/// One stay in a cell.
struct Visit<'m> {
    first: Date,
    last: Date,
    /// Whether what comes later fixes the dates, so that the last days are the roundest.
    before_all: bool,
    events: Vec<(&'m Choice, u8, bool)>,
}

/// Gives a path its dates and hours; `None` where none fit.
pub(super) fn concretise(machine: &Machine<'_>, path: &Path, style: Style) -> Option<History> {
    let mut history = on_any_day(machine, path, style)?;
    let first = history.events.iter().map(|event| event.date).min()?;
    if !machine.in_force.holds(first) {
        let moved = machine.in_force.shift(first)?;
        history.events.iter_mut().for_each(|event| event.date = moved(event.date));
        history.as_of = moved(history.as_of);
    }
    Some(history)
}

fn on_any_day(machine: &Machine<'_>, path: &Path, style: Style) -> Option<History> {
    let visits = visits(machine, path)?;
    let mut events = Vec::new();
    let mut hours = 0_i64;
    let busy = visits.iter().rposition(|visit| !visit.events.is_empty());
    for (place, visit) in visits.iter().enumerate() {
        let dates = dates(visit, if busy == Some(place) { style.last } else { style.dates })?;
        for ((choice, cell, worked), date) in visit.events.iter().zip(dates) {
            let given = if choice.what == What::Subject(SubjectKind::Action) {
                let next = hours_after(machine, choice, hours, *cell, *worked, style.hours)?;
                let given = next - hours;
                hours = next;
                (given > 0).then_some(Hours(given))
            } else {
                None
            };
            events.push(Event {
                case: "D-001".to_owned(),
                date,
                id: None,
                kind: kind(machine, choice, given),
            });
        }
    }
    let last_event = events.iter().map(|event| event.date).max()?;
    let last_visit = visits.last().map_or(last_event, |visit| visit.first);
    let frame = machine.frame(&path.first)?;
    let tail = if frame.tail_repeats { 95 } else { 1 };
    let last_point = frame.cells.iter().rev().find(|cell| cell.is_day()).map(|cell| cell.first);
    let until = last_event.max(last_visit).max(last_point.unwrap_or(last_event));
    Some(History { events, as_of: until.plus(Duration::Days(tail)).min(Date::MAX) })
}

fn kind(machine: &Machine<'_>, choice: &Choice, hours: Option<Hours>) -> EventKind {
    let name = |kind| {
        if choice.name == UNKNOWN { machine.plan.unnamed(kind) } else { choice.name.clone() }
    };
    match choice.what {
        What::Milestone(milestone) => EventKind::Milestone(milestone),
        What::Subject(SubjectKind::Action) => {
            EventKind::Action { name: name(SubjectKind::Action), hours }
        }
        What::Subject(SubjectKind::Deliverable) => {
            EventKind::Deliverable { name: name(SubjectKind::Deliverable) }
        }
        What::Subject(SubjectKind::Event) => EventKind::Event { name: name(SubjectKind::Event) },
    }
}

fn visits<'m>(machine: &'m Machine<'_>, path: &Path) -> Option<Vec<Visit<'m>>> {
    let frame = machine.frame(&path.first)?;
    // How often the first month repeats: it is counted back from the one that comes last.
    let before: usize = if frame.repeats.first() == Some(&0) {
        path.steps.iter().filter(|(step, _)| *step == Step::Repeat(0)).count()
    } else {
        0
    };
    let mut cell = usize::from(path.first.cell);
    let last = frame.cells.len().saturating_sub(1);
    let mut months: HashMap<usize, usize> = HashMap::new();
    let stay = |cell: usize, months: &HashMap<usize, usize>| {
        let repeated = |cell: usize| {
            let known = u16::try_from(cell).is_ok_and(|cell| frame.repeats.contains(&cell));
            (known || cell + 1 == last && frame.tail_repeats)
                .then(|| months.get(&cell).copied().unwrap_or(0))
        };
        let by = repeated(cell).or_else(|| cell.checked_sub(1).and_then(repeated));
        let here = frame.cells.get(cell)?;
        let shift = |date: Date, cell_is_end: bool| {
            let Some(by) = by else { return Some(date) };
            let by = u32::try_from(by).ok()?;
            let back = if cell < 2 { u32::try_from(before).ok()? } else { 0 };
            let index = date.month_index().checked_add(by)?.checked_sub(back)?;
            let end = Date::month_end(index);
            if cell_is_end {
                Some(end)
            } else {
                Date::new(end.year(), end.month(), date.day().min(end.day()))
            }
        };
        let is_day = here.is_day();
        let first = shift(here.first, is_day && here.first == here.first.end_of_month())?;
        let last_day = if is_day {
            first
        } else {
            // A stretch before a month's end ends the day before it, however long the month.
            let ends_month = here.last.plus(Duration::Days(1)) == here.last.end_of_month();
            let moved = shift(here.last, false)?;
            if ends_month && moved != here.last { moved.end_of_month().pred() } else { moved }
        };
        Some(Visit { first, last: last_day, before_all: cell == 0 && last > 0, events: Vec::new() })
    };
    let mut visits = vec![stay(cell, &months)?];
    let tail_step = path.last.into_iter();
    for step in path.steps.iter().map(|(step, _)| *step).chain(tail_step) {
        match step {
            Step::Event { choice, hours, worked } => {
                let choice = machine.choices.all.get(usize::from(choice))?;
                visits.last_mut()?.events.push((choice, hours, worked));
            }
            Step::Advance => {
                cell += 1;
                visits.push(stay(cell, &months)?);
            }
            Step::Repeat(back) => {
                cell = usize::from(back);
                *months.entry(cell).or_default() += 1;
                visits.push(stay(cell, &months)?);
            }
        }
    }
    Some(visits)
}

/// A day for each event of a stay, in their order.
fn dates(visit: &Visit<'_>, pick: Pick) -> Option<Vec<Date>> {
    let count = visit.events.len();
    if visit.first == visit.last {
        return Some(vec![visit.first; count]);
    }
    let days = visit.last.days_since(visit.first) + 1;
    let wanted = i64::try_from(count).ok()?;
    if wanted > days {
        return None;
    }
    let after = |by: i64| visit.first.plus(Duration::Days(u32::try_from(by).unwrap_or(0)));
    match pick {
        Pick::Least => Some((0..wanted).map(after).collect()),
        Pick::Most => Some((days - wanted..days).map(after).collect()),
        Pick::Round => {
            let months = visit.first.month_index()..=visit.last.month_index();
            let rounds = |month: u32| {
                let end = Date::month_end(month);
                Date::new(end.year(), end.month(), 15)
            };
            let within = |date: &Date| (visit.first..=visit.last).contains(date);
            let round: Vec<Date> = if visit.before_all {
                let mut late: Vec<Date> =
                    months.rev().filter_map(rounds).filter(within).take(count).collect();
                late.reverse();
                late
            } else {
                months.filter_map(rounds).filter(within).take(count).collect()
            };
            if round.len() == count {
                return Some(round);
            }
            let room = |first: &Date| visit.last.days_since(*first) + 1 >= wanted;
            if let Some(first) = round.first().filter(|first| room(first)) {
                let step = ((visit.last.days_since(*first) + 1) / wanted).clamp(1, 7);
                let after = |by: i64| first.plus(Duration::Days(u32::try_from(by).unwrap_or(0)));
                return Some((0..wanted).map(|place| after(place * step)).collect());
            }
            let step = (days / (wanted + 1)).clamp(1, 15);
            let start = if wanted == 1 { days.min(step) - 1 } else { 0 };
            Some(
                (0..wanted)
                    .map(|place| after((start + place * step).min(days - wanted + place)))
                    .collect(),
            )
        }
    }
}

/// The hours in all after an action.
fn hours_after(
    machine: &Machine<'_>,
    choice: &Choice,
    before: i64,
    cell: u8,
    worked: bool,
    pick: Pick,
) -> Option<i64> {
    let (first, last) = machine.axis.cell(cell);
    let unbounded = last >= super::axis::UNBOUNDED;
    let more = worked && choice.work != Work::Flat;
    if !more && (first..=last).contains(&before) {
        return Some(before);
    }
    let least = first.max(before + i64::from(more));
    let hour = Hours::ONE.0;
    let most = if unbounded { least.saturating_add(100 * hour) } else { last };
    let most = most.min(before.saturating_add(Hours::LARGEST.0));
    if least > most {
        return None;
    }
    let sends = |hours: &i64| {
        let given = hours - before;
        (least..=most).contains(hours) && (given % 3 == 0 || given % Hours::MINUTE.0 == 0)
    };
    let wanted = match pick {
        Pick::Least => least,
        Pick::Most => most,
        Pick::Round if unbounded => least.max(before + hour),
        Pick::Round => least + (most - least) / 2,
    };
    let near = |step: i64| {
        let down = wanted.div_euclid(step) * step;
        match pick {
            Pick::Most => [down, down - step, down + step],
            Pick::Least => {
                [down + if down < wanted { step } else { 0 }, down + step, down + 2 * step]
            }
            Pick::Round => [down, down + step, down - step],
        }
    };
    let steps: &[i64] = match pick {
        Pick::Round => &[30_000, 15_000, 7_500, 500, 3, 1],
        Pick::Most | Pick::Least => &[1, 3, 500],
    };
    steps.iter().flat_map(|step| near(*step)).find(sends)
}
