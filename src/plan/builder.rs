//! What is collected while a schedule is made dense: names, triggers and bounds, each numbered once.

use super::names::{NameId, NameKind, Names};
use super::{
    CalendarAnchor, CalendarTrigger, PlannedCondition, PlannedLine, PlannedName, PlannedTest,
    SimpleTriggers, TriggerId,
};
use crate::calendar::Duration;
use crate::model::{Condition, Line, Schedule, Stem, Test, Trigger};
use crate::money::Percent;
use foldhash::HashMap;

/// What has been collected so far.
pub struct Builder {
    pub names: Names,
    pub named: Vec<PlannedName>,
    pub triggers: Vec<Trigger>,
    pub simple: SimpleTriggers,
    pub calendar: Vec<CalendarTrigger>,
    calendar_ids: HashMap<CalendarAnchor, TriggerId>,
    pub durations: Vec<Duration>,
    pub attendances: Vec<Percent>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            names: Names::default(),
            named: [NameKind::Action, NameKind::Deliverable, NameKind::Event, NameKind::Action]
                .map(PlannedName::new)
                .to_vec(),
            triggers: Vec::new(),
            simple: SimpleTriggers::default(),
            calendar: Vec::new(),
            calendar_ids: HashMap::default(),
            durations: Vec::new(),
            attendances: Vec::new(),
        }
    }
}

impl Builder {
    /// The number of a name, new or known.
    pub fn name(&mut self, kind: NameKind, name: &str) -> NameId {
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
            condition: line.condition.as_ref().map(|condition| self.condition(condition)),
        }
    }

    /// The number of a trigger, new or known.
    fn trigger(&mut self, trigger: &Trigger) -> TriggerId {
        let next = TriggerId(u32::try_from(self.triggers.len()).unwrap_or(u32::MAX));
        let id = match trigger {
            Trigger::Signature => *self.simple.signature.get_or_insert(next),
            Trigger::Start => *self.simple.start.get_or_insert(next),
            Trigger::End => *self.simple.end.get_or_insert(next),
            Trigger::Abandonment => *self.simple.abandonment.get_or_insert(next),
            Trigger::MonthEnd => *self.simple.month_end.get_or_insert(next),
            Trigger::After(length, anchor) => {
                self.calendar_trigger(CalendarAnchor::After(*length, *anchor), next)
            }
            Trigger::Date(date) => self.calendar_trigger(CalendarAnchor::Date(*date), next),
            Trigger::Action(name) => self.named_trigger(NameKind::Action, name, next),
            Trigger::Event(name) => self.named_trigger(NameKind::Event, name, next),
            Trigger::Deliverable(name) => self.named_trigger(NameKind::Deliverable, name, next),
        };
        if id == next {
            self.triggers.push(trigger.clone());
        }
        id
    }

    fn calendar_trigger(&mut self, from: CalendarAnchor, next: TriggerId) -> TriggerId {
        *self.calendar_ids.entry(from).or_insert_with(|| {
            self.calendar.push(CalendarTrigger { id: next, from });
            next
        })
    }

    fn named_trigger(&mut self, kind: NameKind, name: &str, next: TriggerId) -> TriggerId {
        let name = self.name(kind, name);
        let named = self.named.get_mut(name.0 as usize);
        named.map_or(next, |named| *named.trigger.get_or_insert(next))
    }

    fn condition(&mut self, condition: &Condition) -> PlannedCondition {
        match condition {
            Condition::Any(parts) => {
                PlannedCondition::Any(parts.iter().map(|part| self.condition(part)).collect())
            }
            Condition::All(parts) => {
                PlannedCondition::All(parts.iter().map(|part| self.condition(part)).collect())
            }
            Condition::Not(inner) => PlannedCondition::Not(Box::new(self.condition(inner))),
            Condition::Test(test) => PlannedCondition::Test(self.test(test)),
        }
    }

    fn test(&mut self, test: &Test) -> PlannedTest {
        match test {
            Test::Duration(range) => {
                PlannedTest::Duration(range.map(|length| slot(&mut self.durations, length)))
            }
            Test::Attendance(range) => {
                PlannedTest::Attendance(range.map(|share| slot(&mut self.attendances, share)))
            }
            Test::Hours(range) => PlannedTest::Hours(*range),
            Test::Started => PlannedTest::Started,
            Test::Signed => PlannedTest::Signed,
            Test::Ended => PlannedTest::Ended,
            Test::Abandoned => PlannedTest::Abandoned,
            Test::ActionDone(name) => PlannedTest::Happened(self.name(NameKind::Action, name)),
            Test::DeliverableReceived(name) => {
                PlannedTest::Happened(self.name(NameKind::Deliverable, name))
            }
            Test::EventHappened(name) => PlannedTest::Happened(self.name(NameKind::Event, name)),
        }
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
