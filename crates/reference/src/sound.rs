//! Whether a case can be billed at all (§3, §4, §6, §7): judged on all of its events, whatever the
//! as-of date.

use std::fmt;

use chrono::Datelike;
use num_traits::Zero;

use super::exact::{Exact, fits, whole};
use super::rules::{Amount, Case, Condition, Event, Price, Schedule, What, Worked, same_name};

/// Why a case is withheld.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    IdConflict(String),
    TwoOpened,
    NoSchedule,
    UnknownSchedule(String),
    UnknownAction(String),
    AttendanceWithoutPlannedHours,
    ProRataWithoutPlannedDuration,
    BadHours,
    BadDate,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::IdConflict(id) => write!(f, "the id {id:?} stands for two contents"),
            Self::TwoOpened => f.write_str("the case is opened twice"),
            Self::NoSchedule => f.write_str("neither the case nor the caller names a schedule"),
            Self::UnknownSchedule(name) => write!(f, "there is no schedule {name:?}"),
            Self::UnknownAction(name) => write!(f, "the price has no rate for the action {name:?}"),
            Self::AttendanceWithoutPlannedHours => f.write_str("attendance needs planned hours"),
            Self::ProRataWithoutPlannedDuration => f.write_str("pro rata needs a planned duration"),
            Self::BadHours => f.write_str("hours out of range or with too many decimals"),
            Self::BadDate => f.write_str("a date outside 1900 to 2199"),
        }
    }
}

/// What holds for the whole case: the schedule's own figures, or the case's where it states them.
#[derive(Clone, Debug)]
pub struct Terms<'a> {
    pub schedule: &'a Schedule,
    pub planned_hours: Option<Exact>,
    pub planned_months: Option<u32>,
}

impl Terms<'_> {
    /// The price of the case, where its total is known (§6, percentages). It is not rounded.
    #[must_use]
    pub fn price(&self) -> Option<Exact> {
        match &self.schedule.price {
            Price::Fixed(total) => Some(total.clone()),
            Price::Hourly { rate, .. } if self.schedule.planned_hours.is_some() => {
                self.planned_hours.as_ref().map(|hours| rate * hours)
            }
            Price::Hourly { .. } | Price::PerAction => None,
        }
    }
}

/// The events of a case, each once, in input order (§3, ids); of copies, the first stands.
///
/// # Errors
/// Where one id has two contents.
pub fn each_once(events: &[Event]) -> Result<Vec<&Event>, Vec<Reason>> {
    let mut kept: Vec<&Event> = Vec::new();
    let mut conflicts = Vec::new();
    for event in events {
        match kept.iter().find(|earlier| event.id.is_some() && earlier.id == event.id) {
            None => kept.push(event),
            Some(earlier) if earlier.says_the_same(event) => {}
            Some(_) => conflicts.extend(event.id.clone().map(Reason::IdConflict)),
        }
    }
    if conflicts.is_empty() { Ok(kept) } else { Err(conflicts) }
}

/// The terms of a case, or every reason found to withhold it.
///
/// # Errors
/// Where the case is to be withheld.
pub fn terms<'a>(
    schedules: &'a [Schedule],
    case: &Case,
    events: &[&Event],
) -> Result<Terms<'a>, Vec<Reason>> {
    let mut reasons = Vec::new();
    if events.iter().any(|event| !date_in_range(event)) {
        reasons.push(Reason::BadDate);
    }
    if events.iter().any(|event| !hours_in_range(event)) {
        reasons.push(Reason::BadHours);
    }
    let opened: Vec<&&Event> =
        events.iter().filter(|event| matches!(event.what, What::Opened { .. })).collect();
    if opened.len() > 1 {
        reasons.push(Reason::TwoOpened);
    }
    let (name, hours, months) = match opened.first().map(|event| &event.what) {
        Some(What::Opened { schedule, planned_hours, planned_months }) => {
            (Some(schedule.as_str()), planned_hours.clone(), *planned_months)
        }
        _ => (case.named.as_deref(), None, None),
    };
    let schedule = name.and_then(|name| schedules.iter().find(|s| same_name(&s.name, name)));
    let Some(schedule) = schedule else {
        reasons.push(name.map_or(Reason::NoSchedule, |n| Reason::UnknownSchedule(n.to_owned())));
        return Err(reasons);
    };
    let terms = Terms {
        schedule,
        planned_hours: hours.or_else(|| schedule.planned_hours.clone()),
        planned_months: months.or(schedule.planned_months),
    };
    reasons.extend(unknown_actions(schedule, events));
    if uses_attendance(schedule) && terms.planned_hours.as_ref().is_none_or(Zero::is_zero) {
        reasons.push(Reason::AttendanceWithoutPlannedHours);
    }
    if uses_pro_rata_duration(schedule) && terms.planned_months.is_none_or(|months| months == 0) {
        reasons.push(Reason::ProRataWithoutPlannedDuration);
    }
    if reasons.is_empty() { Ok(terms) } else { Err(reasons) }
}

fn date_in_range(event: &Event) -> bool {
    (1900..=2199).contains(&event.date.year())
}

/// §3, hours: from 0 to 100,000, at most four decimals.
fn hours_in_range(event: &Event) -> bool {
    let in_range = |hours: &Exact| *hours >= whole(0) && *hours <= whole(100_000);
    match &event.what {
        What::Action { worked: Some(worked @ Worked::Minutes(_)), .. } => in_range(&worked.hours()),
        What::Action { worked: Some(Worked::Hours(hours)), .. }
        | What::Opened { planned_hours: Some(hours), .. } => in_range(hours) && fits(hours, 4),
        _ => true,
    }
}

/// §6, work: under `per action` the names are closed.
fn unknown_actions(schedule: &Schedule, events: &[&Event]) -> Vec<Reason> {
    if schedule.price != Price::PerAction {
        return Vec::new();
    }
    let names = events.iter().filter_map(|event| match &event.what {
        What::Action { name, .. } => Some(name),
        _ => None,
    });
    let unknown = names.filter(|name| schedule.action(name).is_none());
    unknown.map(|name| Reason::UnknownAction(name.clone())).collect()
}

fn uses_attendance(schedule: &Schedule) -> bool {
    schedule.lines.iter().any(|line| line.amount == Amount::ProRataAttendance)
        || schedule.conditions().iter().any(|c| matches!(c, Condition::Attendance(_)))
}

fn uses_pro_rata_duration(schedule: &Schedule) -> bool {
    schedule.lines.iter().any(|line| line.amount == Amount::ProRataDuration)
}
