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
    pub trigger_ids: HashMap<Trigger, TriggerId>,
    pub simple: SimpleTriggers,
    pub calendar: Vec<CalendarTrigger>,
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
            trigger_ids: HashMap::default(),
            simple: SimpleTriggers::default(),
            calendar: Vec::new(),
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

    fn trigger(&mut self, trigger: &Trigger) -> TriggerId {
        if let Some(id) = self.trigger_ids.get(trigger) {
            return *id;
        }
        let id = TriggerId(u32::try_from(self.triggers.len()).unwrap_or(u32::MAX));
        self.triggers.push(trigger.clone());
        self.trigger_ids.insert(trigger.clone(), id);
        let named = match trigger {
            Trigger::Signature => {
                self.simple.signature = Some(id);
                None
            }
            Trigger::Start => {
                self.simple.start = Some(id);
                None
            }
            Trigger::End => {
                self.simple.end = Some(id);
                None
            }
            Trigger::Abandonment => {
                self.simple.abandonment = Some(id);
                None
            }
            Trigger::MonthEnd => {
                self.simple.month_end = Some(id);
                None
            }
            Trigger::After(length, anchor) => {
                let from = CalendarAnchor::After(*length, *anchor);
                self.calendar.push(CalendarTrigger { id, from });
                None
            }
            Trigger::Date(date) => {
                self.calendar.push(CalendarTrigger { id, from: CalendarAnchor::Date(*date) });
                None
            }
            Trigger::Action(name) => Some(self.name(NameKind::Action, name)),
            Trigger::Event(name) => Some(self.name(NameKind::Event, name)),
            Trigger::Deliverable(name) => Some(self.name(NameKind::Deliverable, name)),
        };
        if let Some(slot) = named.and_then(|name| self.named.get_mut(name.0 as usize)) {
            slot.trigger = Some(id);
        }
        id
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
