//! Random histories over a grid of awkward dates and hours.

use super::schedules::Random;
use jalon::calendar::Duration;
use jalon::model::{Milestone, Price, SubjectKind};
use jalon::money::Hours;
use jalon::{Date, Event, EventKind, Plan};

/// What histories of a schedule are made of: the names that it knows, and one that it does not, and
/// lengths of time.
pub struct Grid {
    actions: Vec<String>,
    deliverables: Vec<String>,
    events: Vec<String>,
    lengths: Vec<Duration>,
}

impl Grid {
    pub fn of(plan: &Plan) -> Grid {
        let known = |kind| -> Vec<String> {
            let mut names: Vec<String> = plan.known_names(kind).map(str::to_owned).collect();
            names.sort();
            names
        };
        let mut grid = Grid {
            actions: known(SubjectKind::Action),
            deliverables: known(SubjectKind::Deliverable),
            events: known(SubjectKind::Event),
            lengths: vec![
                Duration::Months(1),
                Duration::Months(2),
                Duration::Months(3),
                Duration::Days(30),
                Duration::Days(45),
                Duration::Days(60),
                Duration::Days(1),
                Duration::Months(6),
            ],
        };
        grid.lengths.extend(&plan.durations);
        if plan.schedule.price == Price::PerAction {
            grid.actions = plan.schedule.actions.iter().map(|one| one.name.clone()).collect();
        } else {
            grid.actions.push("Unknown".to_owned());
        }
        grid.deliverables.push("Unknown".to_owned());
        grid.events.push("Unknown".to_owned());
        grid
    }

    /// What both know.
    pub fn and(mut self, other: Grid) -> Grid {
        self.actions.extend(other.actions);
        self.deliverables.extend(other.deliverables);
        self.events.extend(other.events);
        self.lengths.extend(other.lengths);
        self
    }
}

/// A random history: whatever the evaluator takes, most of it in the order of a usual case. What comes
/// after the terminal event is part of it, and so are events of one day and a late signature.
pub fn history(random: &mut Random, grid: &Grid) -> Vec<Event> {
    let starts =
        ["2025-01-15", "2025-01-31", "2024-02-29", "2025-01-30", "2025-03-31", "2025-02-01"];
    let first = Date::parse(random.pick::<&str>(&starts)).expect("a date");
    let mut events = Vec::new();
    let count = 1 + random.below(6);
    let mut day = first;
    let (mut signed, mut start) = (false, None::<Date>);
    let hours =
        [None, Some("0.5"), Some("1"), Some("2"), Some("3"), Some("5"), Some("8"), Some("12")];
    for _ in 0..count {
        if random.one_in(3) {
            let anchor = start.filter(|_| random.one_in(2)).unwrap_or(first);
            let there = anchor.plus(*random.pick(&grid.lengths));
            let there = match random.below(4) {
                0 => there.pred(),
                1 => there.plus(Duration::Days(1)),
                _ => there,
            };
            day = day.max(there);
        } else if random.one_in(3) {
            let by = u32::try_from(random.below(40)).expect("small");
            day = day.plus(Duration::Days(by));
        }
        let action = |name: &str, random: &mut Random| EventKind::Action {
            name: name.to_owned(),
            hours: random.pick(&hours).map(|text| Hours::read(text).expect("hours")),
        };
        let kind = match random.below(11) {
            0 if !signed || random.one_in(4) => EventKind::Milestone(Milestone::Signature),
            1 | 2 if start.is_none() || random.one_in(4) => EventKind::Milestone(Milestone::Start),
            4 => EventKind::Event { name: random.pick(&grid.events).clone() },
            5 => EventKind::Deliverable { name: random.pick(&grid.deliverables).clone() },
            6 => EventKind::Milestone(Milestone::End),
            7 => EventKind::Milestone(Milestone::Abandonment),
            _ if grid.actions.is_empty() => EventKind::Milestone(Milestone::End),
            _ => {
                let name = random.pick(&grid.actions).clone();
                action(&name, random)
            }
        };
        signed |= kind == EventKind::Milestone(Milestone::Signature);
        if matches!(kind, EventKind::Milestone(Milestone::Start) | EventKind::Action { .. })
            && start.is_none()
        {
            start = Some(day);
        }
        let over = matches!(kind, EventKind::Milestone(Milestone::End | Milestone::Abandonment));
        events.push(Event { case: "D".to_owned(), date: day, id: None, kind });
        if over && random.one_in(2) {
            break;
        }
    }
    events
}
