//! What is collected while a schedule is made dense: names, triggers and bounds, each numbered once.

use super::condition::{Numbers, PlannedCondition};
use super::names::{NameId, Names};
use super::planned::{CalendarTrigger, PlannedLine, PlannedName, TriggerId};
use crate::calendar::Duration;
use crate::model::{ByMilestone, CalendarDay, Line, Schedule, Stem, Subject, SubjectKind, When};
use crate::money::Percent;
use foldhash::HashMap;

/// What has been collected so far.
pub struct Builder {
    pub names: Names,
    pub named: Vec<PlannedName>,
    pub triggers: Vec<When>,
    pub milestones: ByMilestone<Option<TriggerId>>,
    pub calendar: Vec<CalendarTrigger>,
    calendar_ids: HashMap<CalendarDay, TriggerId>,
    pub durations: Vec<Duration>,
    pub attendances: Vec<Percent>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            names: Names::default(),
            named: [
                SubjectKind::Action,
                SubjectKind::Deliverable,
                SubjectKind::Event,
                SubjectKind::Action,
            ]
            .map(PlannedName::new)
            .to_vec(),
            triggers: Vec::new(),
            milestones: ByMilestone::default(),
            calendar: Vec::new(),
            calendar_ids: HashMap::default(),
            durations: Vec::new(),
            attendances: Vec::new(),
        }
    }
}

impl Builder {
    /// The number of a name, new or known.
    pub fn name(&mut self, kind: SubjectKind, name: &str) -> NameId {
        let next = NameId(u32::try_from(self.named.len()).unwrap_or(u32::MAX));
        if let Some(id) = self.names.find(kind, name) {
            return id;
        }
        self.names.insert(kind, name, next);
        self.named.push(PlannedName::new(kind));
        next
    }

    /// A line, dense.
    pub fn line(&mut self, schedule: &Schedule, index: usize, line: &Line) -> PlannedLine {
        PlannedLine {
            index,
            stem: Stem::new(&schedule.name, &line.label, schedule.currency),
            kind: line.kind,
            amount: line.amount,
            once: line.amount.once(),
            closes: line.closes(),
            stays_open: line.stays_open,
            triggers: line.triggers.iter().map(|trigger| self.trigger(trigger)).collect(),
            condition: line.condition.as_ref().map(|of| PlannedCondition::of(of, self)),
        }
    }

    /// The number of a trigger, new or known.
    fn trigger(&mut self, trigger: &When) -> TriggerId {
        let next = TriggerId(u32::try_from(self.triggers.len()).unwrap_or(u32::MAX));
        let id = match trigger {
            When::Milestone(milestone) => *self.milestones.get_mut(*milestone).get_or_insert(next),
            When::Subject(subject) => self.named_trigger(subject, next),
            When::Calendar(day) => self.calendar_trigger(*day, next),
        };
        if id == next {
            self.triggers.push(trigger.clone());
        }
        id
    }

    /// Month ends stand first: their trigger is the first of a day.
    fn calendar_trigger(&mut self, day: CalendarDay, next: TriggerId) -> TriggerId {
        *self.calendar_ids.entry(day).or_insert_with(|| {
            let place = if day.repeats() { 0 } else { self.calendar.len() };
            self.calendar.insert(place, CalendarTrigger { id: next, day });
            next
        })
    }

    fn named_trigger(&mut self, subject: &Subject, next: TriggerId) -> TriggerId {
        let name = self.name(subject.kind, &subject.name);
        let named = self.named.get_mut(name.0 as usize);
        named.map_or(next, |named| *named.trigger.get_or_insert(next))
    }
}

impl Numbers for Builder {
    fn duration(&mut self, length: Duration) -> u32 {
        slot(&mut self.durations, length)
    }

    fn share(&mut self, share: Percent) -> u32 {
        slot(&mut self.attendances, share)
    }

    fn subject(&mut self, subject: &Subject) -> NameId {
        self.name(subject.kind, &subject.name)
    }
}

/// The place of a value in a list of distinct values, added if it is new.
fn slot<T: PartialEq>(values: &mut Vec<T>, value: T) -> u32 {
    let place = values.iter().position(|known| *known == value).unwrap_or_else(|| {
        values.push(value);
        values.len() - 1
    });
    u32::try_from(place).unwrap_or(u32::MAX)
}
