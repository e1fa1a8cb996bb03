//! Random histories of a schedule, leaning towards its boundaries.

use chrono::{Datelike, Days, NaiveDate};

use super::exact::{Exact, fits, fraction, percent, scaled, whole, zero};
use super::random_schedule::{DELIVERABLES, EVENTS, day, planned_hours};
use super::rng::Rng;
use super::rules::{
    Anchor, Case, Condition, Event, Price, Schedule, Span, Test, Trigger, What, Worked,
};

/// A random case of the schedule; one in fifteen has a fault that withholds it.
pub fn case(rng: &mut Rng, schedule: &Schedule) -> Case {
    let start = start(rng, schedule);
    let mut story = Story::new(rng, schedule, start);
    story.beginning();
    story.middle();
    story.close();
    story.opening();
    let Story { mut events, .. } = story;
    number(rng, &mut events);
    repeat(rng, &mut events);
    if rng.chance(7) {
        spoil(rng, &mut events);
    }
    if rng.chance(40) {
        rng.shuffle(&mut events);
    }
    let opened = events.iter().any(|event| matches!(event.what, What::Opened { .. }));
    Case {
        id: format!("D-{:03}", rng.below(1000)),
        named: (!opened && !rng.chance(1)).then(|| schedule.name.clone()),
        as_of: as_of(rng, &events, start),
        events,
    }
}

fn later(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).unwrap_or(date)
}

fn earlier(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).unwrap_or(date)
}

/// Where the schedule names a date, the case mostly starts before it.
fn start(rng: &mut Rng, schedule: &Schedule) -> NaiveDate {
    let fixed = schedule
        .lines
        .iter()
        .flat_map(|line| &line.triggers)
        .find_map(|trigger| if let Trigger::On(date) = trigger { Some(*date) } else { None });
    match fixed {
        Some(date) if rng.chance(70) => earlier(date, rng.below(150) as u64),
        _ => day(rng),
    }
}

struct Story<'a> {
    rng: &'a mut Rng,
    schedule: &'a Schedule,
    start: NaiveDate,
    /// Dates on which something may turn, in order, none before the start.
    landmarks: Vec<NaiveDate>,
    planned: Option<Exact>,
    hours: Exact,
    events: Vec<Event>,
}

impl<'a> Story<'a> {
    fn new(rng: &'a mut Rng, schedule: &'a Schedule, start: NaiveDate) -> Self {
        let mut landmarks = landmarks(schedule, start);
        landmarks.retain(|date| *date >= start);
        landmarks.sort();
        let planned = match &schedule.planned_hours {
            Some(hours) if rng.chance(80) => Some(hours.clone()),
            _ => rng.chance(93).then(|| planned_hours(rng)),
        };
        Self { rng, schedule, start, landmarks, planned, hours: zero(), events: Vec::new() }
    }

    fn add(&mut self, date: NaiveDate, what: What) {
        self.events.push(Event { date, what, id: None });
    }

    /// A landmark, its eve or its morrow; else any day of the months after the start.
    fn some_day(&mut self) -> NaiveDate {
        let landmark = if self.rng.chance(80) && !self.landmarks.is_empty() {
            *self.rng.pick(&self.landmarks)
        } else {
            later(self.start, self.rng.below(330) as u64)
        };
        match self.rng.weighted(&[60, 20, 20]) {
            0 => landmark,
            1 => earlier(landmark, 1).max(self.start),
            _ => later(landmark, 1),
        }
    }

    fn beginning(&mut self) {
        if self.rng.chance(80) {
            let date = match self.rng.below(4) {
                0 => self.start,
                1 => self.some_day(),
                _ => earlier(self.start, self.rng.below(40) as u64),
            };
            self.add(date, What::Signature);
        }
        if self.rng.chance(15) {
            let date = self.some_day();
            self.add(date, What::Signature);
        }
        if self.rng.chance(60) {
            self.add(self.start, What::Start);
        }
        if self.rng.chance(12) {
            let date = self.some_day();
            self.add(date, What::Start);
        }
    }

    fn middle(&mut self) {
        let count = self.rng.weighted(&[6, 8, 12, 16, 16, 14, 12, 10, 6]);
        let mut dates: Vec<NaiveDate> = (0..count).map(|_| self.some_day()).collect();
        if let Some(first) = dates.first_mut().filter(|_| self.rng.chance(70)) {
            *first = self.start;
        }
        if dates.len() > 2 && self.rng.chance(40) {
            dates[1] = dates[2];
        }
        dates.sort();
        for date in dates {
            self.act(date);
        }
        for name in DELIVERABLES.into_iter().chain(EVENTS) {
            for _ in 0..self.rng.weighted(&[45, 38, 17]) {
                let date = match self.rng.below(6) {
                    0 => earlier(self.start, self.rng.below(20) as u64),
                    _ => self.some_day(),
                };
                let deliverable = DELIVERABLES.contains(&name);
                let wrap = if deliverable { What::Deliverable } else { What::Event };
                self.add(date, wrap(name.to_owned()));
            }
        }
    }

    fn act(&mut self, date: NaiveDate) {
        let Some(name) = self.action_name() else {
            return;
        };
        let worked = self.rng.chance(90).then(|| self.worked());
        if let Some(worked) = &worked {
            self.hours += worked.hours();
        }
        self.add(date, What::Action { name, worked });
    }

    /// An action's name; one that ends the case is mostly drawn again.
    fn action_name(&mut self) -> Option<String> {
        let listed: Vec<String> = self.schedule.actions.iter().map(|a| a.name.clone()).collect();
        let mut names = listed.clone();
        if *self.price() != Price::PerAction && (listed.is_empty() || self.rng.chance(15)) {
            names.extend(mentioned(self.schedule));
            names.push("Permanence".to_owned());
        }
        for _ in 0..4 {
            let name = self.rng.pick(&names).clone();
            let ends = self.schedule.action(&name).is_some_and(|action| action.ends_case);
            if !ends || self.rng.chance(12) {
                return Some(name);
            }
        }
        None
    }

    fn price(&self) -> &Price {
        &self.schedule.price
    }

    /// Time worked: often just what brings the sum to a threshold.
    fn worked(&mut self) -> Worked {
        let targets = self.targets();
        if !targets.is_empty() && self.rng.chance(45) {
            let missing = self.rng.pick(&targets) - &self.hours;
            let nudge = scaled(*self.rng.pick(&[0, 0, 0, 1, -1]), 4);
            let hours = &missing + nudge;
            if hours > zero() && hours < whole(60) && fits(&hours, 4) {
                return Worked::Hours(hours);
            }
            let minutes = &missing * whole(60);
            if minutes > zero() && minutes.is_integer() {
                return Worked::Minutes(minutes.to_integer().to_string().parse().unwrap_or(60));
            }
        }
        match self.rng.below(6) {
            0 => Worked::Minutes(u32::try_from(self.rng.between(1, 40) * 5).unwrap_or(60)),
            1 => Worked::Hours(scaled(self.rng.between(0, 50_000), 4)),
            2 => Worked::Hours(whole(self.rng.between(1, 7))),
            _ => Worked::Hours(fraction(self.rng.between(1, 12), 4)),
        }
    }

    /// The sums of hours at which something turns.
    fn targets(&self) -> Vec<Exact> {
        let mut targets = Vec::new();
        for condition in self.schedule.conditions() {
            match condition {
                Condition::Hours(test) => targets.extend(bounds(test)),
                Condition::Attendance(test) => {
                    let half = if self.schedule.whole_percent { fraction(1, 2) } else { zero() };
                    let Some(planned) = &self.planned else {
                        continue;
                    };
                    targets.extend(bounds(test).map(|bound| planned * percent(&(bound - &half))));
                }
                _ => {}
            }
        }
        if let Price::Hourly { at_least, at_most, .. } = self.price() {
            targets.extend(at_least.iter().chain(at_most).cloned());
        }
        targets.extend(self.planned.clone());
        targets.retain(|target| *target > self.hours);
        targets
    }

    /// Terminal events come late, so that lines have time to fire.
    fn close(&mut self) {
        let last = self.events.iter().map(|event| event.date).max().unwrap_or(self.start);
        let half = self.landmarks.len() / 2;
        for (chance, what) in [(58, What::End), (48, What::Abandonment)] {
            if !self.rng.chance(chance) {
                continue;
            }
            let late = self.landmarks.get(half..).filter(|late| !late.is_empty());
            let date = match (self.rng.below(5), late) {
                (0, _) | (_, None) => last,
                (1, _) => self.some_day(),
                (2, _) => later(last, self.rng.below(40) as u64),
                (_, Some(late)) => *self.rng.pick(late),
            };
            self.add(date, what);
        }
        if self.rng.chance(20) {
            let date = later(last, self.rng.below(30) as u64);
            self.act(date);
        }
        if self.rng.chance(50) {
            self.aftermath();
        }
    }

    /// What comes on the days after everything else, or on one of them: paperwork, work, a late
    /// signature, a start that comes too late.
    fn aftermath(&mut self) {
        let last = self.events.iter().map(|event| event.date).max().unwrap_or(self.start);
        let mut date = later(last, self.rng.below(12) as u64);
        for _ in 0..=self.rng.below(4) {
            match self.rng.weighted(&[30, 24, 20, 10, 10, 6]) {
                0 => self.act(date),
                1 => {
                    let name = (*self.rng.pick(&DELIVERABLES)).to_owned();
                    self.add(date, What::Deliverable(name));
                }
                2 => {
                    let name = (*self.rng.pick(&EVENTS)).to_owned();
                    self.add(date, What::Event(name));
                }
                3 => self.add(date, What::Signature),
                4 => self.add(date, What::Start),
                _ => self.add(date, What::Abandonment),
            }
            if self.rng.chance(60) {
                date = later(date, self.rng.below(70) as u64);
            }
        }
    }

    fn opening(&mut self) {
        let own_hours = self.planned != self.schedule.planned_hours;
        if !own_hours && self.rng.chance(30) {
            return;
        }
        let months = match self.schedule.planned_months {
            Some(_) if self.rng.chance(75) => None,
            _ => self.rng.chance(93).then(|| u32::try_from(self.rng.between(1, 14)).unwrap_or(1)),
        };
        let date = match self.rng.below(6) {
            0 => self.start,
            1 => self.some_day(),
            _ => earlier(self.start, self.rng.below(45) as u64),
        };
        let what = What::Opened {
            schedule: self.schedule.name.clone(),
            planned_hours: if own_hours { self.planned.clone() } else { None },
            planned_months: months,
        };
        self.add(date, what);
    }
}

fn bounds<T: Clone>(test: &Test<T>) -> impl Iterator<Item = T> {
    match test {
        Test::Is(_, bound) => vec![bound.clone()].into_iter(),
        Test::From(low, high) => vec![low.clone(), high.clone()].into_iter(),
    }
}

/// The actions that triggers and conditions name.
fn mentioned(schedule: &Schedule) -> Vec<String> {
    let triggers = schedule.lines.iter().flat_map(|line| &line.triggers);
    let waited = triggers.filter_map(|trigger| match trigger {
        Trigger::Action(name) => Some(name.clone()),
        _ => None,
    });
    let asked = schedule.conditions().into_iter().filter_map(|condition| match condition {
        Condition::ActionDone(name) => Some(name.clone()),
        _ => None,
    });
    waited.chain(asked).collect()
}

/// The dates on which a duration is reached, a month ends, a date comes.
fn landmarks(schedule: &Schedule, start: NaiveDate) -> Vec<NaiveDate> {
    let mut spans: Vec<Span> = Vec::new();
    let mut dates = Vec::new();
    for condition in schedule.conditions() {
        if let Condition::Duration(test) = condition {
            spans.extend(bounds(test));
        }
    }
    for trigger in schedule.lines.iter().flat_map(|line| &line.triggers) {
        match trigger {
            Trigger::After(span, Anchor::Start) => spans.push(*span),
            Trigger::On(date) => dates.push(*date),
            _ => {}
        }
    }
    spans.extend(schedule.planned_months.map(Span::months));
    dates.extend(spans.iter().filter_map(|span| span.after(start)));
    let first = start.with_day(1).unwrap_or(start);
    let firsts = (1..6).filter_map(|month| Span::months(month).after(first));
    dates.extend(firsts.map(|date| earlier(date, 1)));
    dates
}

/// Gives half of the events an id.
fn number(rng: &mut Rng, events: &mut [Event]) {
    for (index, event) in events.iter_mut().enumerate() {
        event.id = rng.chance(50).then(|| format!("ev-{}", index + 1));
    }
}

/// Sends some events with an id twice.
fn repeat(rng: &mut Rng, events: &mut Vec<Event>) {
    let known: Vec<Event> = events.iter().filter(|event| event.id.is_some()).cloned().collect();
    if !known.is_empty() && rng.chance(20) {
        for _ in 0..=rng.below(2) {
            let copy = rng.pick(&known).clone();
            events.insert(rng.below(events.len() + 1), copy);
        }
    }
}

/// Puts a fault into the history.
fn spoil(rng: &mut Rng, events: &mut Vec<Event>) {
    let Some(mut event) = events.first().cloned() else {
        return;
    };
    let opened = |schedule: &str| What::Opened {
        schedule: schedule.to_owned(),
        planned_hours: None,
        planned_months: None,
    };
    let action = |hours: Exact| What::Action {
        name: "Sans barème".to_owned(),
        worked: Some(Worked::Hours(hours)),
    };
    match rng.below(5) {
        0 => {
            events[0].id = Some("ev-x".to_owned());
            event.id = Some("ev-x".to_owned());
            event.date = later(event.date, 1);
        }
        1 => event.what = opened("Parcours inconnu"),
        2 => event.what = action(whole(1)),
        3 => event.what = action(whole(*rng.pick(&[100_001, -1]))),
        _ => event.what = action(scaled(123_456, 5)),
    }
    if event.id.as_deref() != Some("ev-x") {
        event.id = None;
    }
    events.push(event);
}

/// Mostly well after the last event; sometimes in the middle, or the day of an event.
fn as_of(rng: &mut Rng, events: &[Event], start: NaiveDate) -> NaiveDate {
    let last = events.iter().map(|event| event.date).max().unwrap_or(start);
    match rng.weighted(&[64, 16, 8, 12]) {
        0 => later(last, rng.below(200) as u64),
        1 => last,
        2 if !events.is_empty() => rng.pick(events).date,
        _ => later(start, rng.below(300) as u64),
    }
}
