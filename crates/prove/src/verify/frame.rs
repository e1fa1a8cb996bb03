//! Timelines: the days that matter to a schedule, for each relation of them that the calendar
//! allows.
//!
//! A frame fixes the day of the start and of the signature, where anything is counted from them,
//! and cuts the calendar into cells: single days on which something changes or comes, and the
//! stretches between. Two starts whose days that matter fall in the same order give one frame; all
//! starts that can differ are tried, so that the frames together are every case there is.

use super::limit::Limit;
use super::timeline::{Cell, Due, Frame};
use super::within::{self, Comes, Course};
use crate::calendar::{Date, Duration};
use crate::model::{Anchor, Anchors, CalendarDay};
use crate::plan::{Plan, TriggerId};
use crate::rules::{ShareOfPrice, pro_rata};
use std::collections::HashMap;

/// A stretch of so many days is cut into single days; a longer one has room for any history of
/// interest (a witness is given real days before it is believed).
const CUT_INTO_DAYS: i64 = 3;
/// Month ends are followed one by one this far from any day that matters; what lies between is one
/// month that repeats.
const MONTHS_AROUND: u32 = 2;
/// Where days come in several orders, bounds up to so many days from the start are followed.
const FARTHEST: i64 = 250 * 366;
/// So many starts and signatures are tried at the most.
const MOST_ANCHORS: usize = 600_000;
/// So many timelines are searched at the most.
const MOST_FRAMES: usize = 2_500;

/// The timelines of a schedule.
pub(super) struct Frames {
    pub(super) frames: Vec<Frame>,
    /// Why they are not all.
    pub(super) limit: Option<Limit>,
}

/// The days that matter, each once for each reason, in order.
type Marks = Vec<(Date, u32)>;
/// What tells one order of such days from another: for each reason, how many days lie between it and
/// the one before.
type Pattern = Vec<(u32, u32)>;

/// Reasons that are no day counted from another: a month's end, and one whose month repeats.
const MONTH_END: u32 = u32::MAX - 1;
const REPEATS: u32 = u32::MAX;

/// What a schedule asks of the calendar.
struct Asks<'p> {
    plan: &'p Plan,
    planned_months: Option<u32>,
    from_start: Vec<Duration>,
    from_signature: Vec<Duration>,
    dates: Vec<Date>,
    month_end: Option<TriggerId>,
    pro_rata: bool,
}

pub(super) fn frames(plan: &Plan) -> Frames {
    // Where cases plan what they like, a pro rata of the duration is any share of the price.
    let planned_months = plan.schedule.planned_months;
    let pro_rata = plan.lines.iter().any(|line| line.amount.measures_duration());
    let mut asks = Asks {
        plan,
        planned_months,
        from_start: plan.durations.clone(),
        from_signature: Vec::new(),
        dates: Vec::new(),
        month_end: None,
        pro_rata: pro_rata && planned_months.is_some(),
    };
    for trigger in plan.calendar() {
        match trigger.day {
            CalendarDay::MonthEnd => asks.month_end = Some(trigger.id),
            CalendarDay::Date(date) => asks.dates.push(date),
            CalendarDay::After(length, Anchor::Start) => asks.from_start.push(length),
            CalendarDay::After(length, Anchor::Signature) => asks.from_signature.push(length),
        }
    }
    if let Some(months) = planned_months.filter(|_| asks.pro_rata) {
        asks.from_start.push(Duration::Months(months));
    }
    asks.frames()
}

fn days(length: &Duration) -> i64 {
    match length {
        Duration::Days(days) => i64::from(*days),
        Duration::Months(months) => i64::from(*months) * 31,
    }
}

impl Asks<'_> {
    fn frames(&self) -> Frames {
        let signature_counts = !self.from_signature.is_empty();
        let start_counts = !self.from_start.is_empty();
        let longest =
            self.from_start.iter().chain(&self.from_signature).map(days).max().unwrap_or(0);
        let mut known: HashMap<Pattern, usize> = HashMap::new();
        let mut frames: Vec<Frame> = Vec::new();
        let bounds = within::bounds(self.plan);
        let mut courses: HashMap<Vec<Comes>, Vec<Course>> = HashMap::new();
        let mut tried = 0_usize;
        let mut take = |start: Option<Date>, signature: Option<Date>| {
            tried += 1;
            let (marks, pattern) = self.marks(start, signature);
            match known.get(&pattern).and_then(|place| frames.get_mut(*place)) {
                Some(same) if self.pro_rata => {
                    if let Some(frame) = self.frame(start, signature, &marks) {
                        widen(same, &frame);
                    }
                }
                Some(_) => {}
                None => {
                    known.insert(pattern, frames.len());
                    let Some(frame) = self.frame(start, signature, &marks) else { return false };
                    if !self.pro_rata {
                        let course = Course::new(self.plan, &bounds, &frame);
                        let known = courses.entry(course.comes.clone()).or_default();
                        if known.iter().any(|known| course.lies_within(known)) {
                            return tried < MOST_ANCHORS;
                        }
                        known.push(course);
                    }
                    frames.push(frame);
                }
            }
            tried < MOST_ANCHORS && frames.len() < MOST_FRAMES
        };
        let complete = match (start_counts, signature_counts) {
            (false, false) => take(None, None),
            (true, false) => self.anchors(longest).into_iter().all(|start| take(Some(start), None)),
            (false, true) => self.anchors(longest).into_iter().all(|day| take(None, Some(day))),
            (true, true) => self.anchors(longest).into_iter().all(|start| {
                let signed = self.signatures(start, longest);
                signed.into_iter().all(|signed| take(Some(start), Some(signed)))
            }),
        };
        let limit = if !complete {
            Some(Limit::Timelines(MOST_FRAMES))
        } else if longest > FARTHEST && !self.is_plain() {
            Some(Limit::Years(250))
        } else {
            None
        };
        Frames { frames, limit }
    }

    /// Whether days that matter come in one order whatever the start is.
    fn is_plain(&self) -> bool {
        let lengths = || self.from_start.iter().chain(&self.from_signature);
        let in_days = lengths().any(|length| matches!(length, Duration::Days(days) if *days > 0));
        let in_months = lengths().any(|length| matches!(length, Duration::Months(_)));
        let two_clocks = !self.from_start.is_empty() && !self.from_signature.is_empty();
        let other_days = !self.dates.is_empty() || self.month_end.is_some() || self.pro_rata;
        !(two_clocks || other_days || in_days && in_months)
    }

    /// The starts (or signatures) that can differ, the roundest first.
    fn anchors(&self, longest: i64) -> Vec<Date> {
        let mut lengths = self.from_start.iter().chain(&self.from_signature);
        if self.is_plain() {
            // The last deadline may come too late for a case of today, and in time for an early one.
            let round: Vec<Date> =
                [2025, 1900].iter().filter_map(|year| Date::new(*year, 1, 15)).collect();
            let mut late = |start: &Date| lengths.any(|length| start.plus(*length) > Date::MAX);
            let count = if round.first().is_some_and(&mut late) { 2 } else { 1 };
            return round.into_iter().take(count).collect();
        }
        let years = i32::try_from(longest / 365 + 1).unwrap_or(250);
        let mut ranges = vec![(2024, 2027), ((2100 - years).max(2001), 2100)];
        if let (Some(first), Some(last)) = (self.dates.iter().min(), self.dates.iter().max()) {
            ranges.push((first.year() - years - 4, last.year() + 4));
        }
        let mut all: Vec<Date> = Vec::new();
        for (from, to) in ranges {
            for year in from.max(1901)..=to.min(2198) {
                for month in 1..=12 {
                    all.extend((1..=31).filter_map(|day| Date::new(year, month, day)));
                }
            }
        }
        let odd = |day: u32| match day {
            15 => 0,
            1..=28 => 1,
            _ => 2,
        };
        all.sort_unstable_by_key(|date| (odd(date.day()), (date.year() - 2025).abs(), *date));
        all.dedup();
        all
    }

    /// The signatures that can differ for a start: around each day on which a deadline of the
    /// signature meets one of the start, and between.
    fn signatures(&self, start: Date, longest: i64) -> Vec<Date> {
        let mut fixed: Vec<Date> =
            self.from_start.iter().map(|length| start.plus(*length)).collect();
        fixed.push(start);
        fixed.extend(&self.dates);
        let back = |date: Date, by: i64| date.minus_days(by);
        let mut near = Vec::new();
        for date in fixed {
            near.push(date);
            for length in &self.from_signature {
                near.push(match length {
                    Duration::Days(days) => back(date, i64::from(*days)),
                    Duration::Months(months) => {
                        let index = date.month_index().saturating_sub(*months);
                        let end = Date::month_end(index);
                        Date::new(end.year(), end.month(), date.day().min(end.day())).unwrap_or(end)
                    }
                });
            }
        }
        let mut all: Vec<Date> =
            near.iter().flat_map(|date| (-9..=9).map(|by| back(*date, by))).collect();
        all.push(back(start, 2 * longest + 100));
        all.push(back(start, -(2 * longest + 100)));
        all.sort_unstable();
        all.dedup();
        let between = all.windows(2).filter_map(|pair| match pair {
            [a, b] => Some(back(*b, b.days_since(*a) / 2)),
            _ => None,
        });
        let between: Vec<Date> = between.collect();
        all.extend(between);
        all.sort_unstable();
        all.dedup();
        all
    }

    /// The days that matter for one start and signature, each with a bit for each reason, and what
    /// tells this timeline from others.
    fn marks(&self, start: Option<Date>, signature: Option<Date>) -> (Marks, Pattern) {
        let mut marks: Marks = Vec::with_capacity(16);
        let mut reason = 0_u32;
        let mut add = |date: Date| {
            // No case comes to a later day.
            if date <= Date::MAX {
                marks.push((date, reason));
            }
            reason += 1;
        };
        if let Some(start) = start {
            add(start);
            self.from_start.iter().for_each(|length| add(start.plus(*length)));
        }
        if let Some(signature) = signature {
            add(signature);
            self.from_signature.iter().for_each(|length| add(signature.plus(*length)));
        }
        self.dates.iter().for_each(|date| add(*date));
        if self.month_end.is_some() {
            self.month_ends(&mut marks);
        }
        marks.sort_unstable();
        let mut pattern = Vec::with_capacity(marks.len());
        let mut before: Option<Date> = None;
        for (date, reason) in &marks {
            let apart = before.map_or(CUT_INTO_DAYS + 2, |before| {
                if *date == before { 0 } else { date.days_since(before) }
            });
            let apart = u32::try_from(apart.min(CUT_INTO_DAYS + 2)).unwrap_or(0);
            pattern.push((apart, *reason));
            before = Some(*date);
        }
        (marks, pattern)
    }

    /// Adds the month ends around the days that matter.
    fn month_ends(&self, marks: &mut Marks) {
        let mut months: Vec<u32> = marks.iter().map(|(date, _)| date.month_index()).collect();
        months.sort_unstable();
        months.dedup();
        let first = months.first().copied().unwrap_or(2025 * 12) - 1;
        let last = months.last().copied().unwrap_or(first) + 1;
        let anchored = !months.is_empty();
        for month in first..=last {
            let near = months.iter().any(|known| known.abs_diff(month) <= MONTHS_AROUND);
            let earlier_is_near =
                months.iter().any(|known| known.abs_diff(month - 1) <= MONTHS_AROUND);
            let repeats = if near || !anchored {
                anchored && month == first
            } else if earlier_is_near {
                true
            } else {
                continue;
            };
            marks.push((Date::month_end(month), if repeats { REPEATS } else { MONTH_END }));
        }
    }

    /// The timeline of one start and signature.
    fn frame(
        &self,
        start: Option<Date>,
        signature: Option<Date>,
        marks: &[(Date, u32)],
    ) -> Option<Frame> {
        let head = match marks.first() {
            Some((first, _)) if self.month_end.is_some() => {
                Date::month_end(first.month_index() - 1).plus(Duration::Days(1))
            }
            Some((first, _)) => first.minus_days(366).max(Date::MIN.min(*first)),
            None => Date::new(2025, 1, 1)?,
        };
        let mut frame = Frame {
            start,
            start_cell: None,
            signature_cell: None,
            cells: Vec::new(),
            repeats: Vec::new(),
            tail_repeats: self.month_end.is_some(),
        };
        let mut next = head;
        for of_day in marks.chunk_by(|(one, _), (other, _)| one == other) {
            let Some((date, _)) = of_day.first() else { continue };
            if of_day.iter().any(|(_, reason)| *reason == REPEATS) {
                // A whole month before its end: where months are left out, the first of them.
                next = Date::month_end(date.month_index() - 1).plus(Duration::Days(1)).max(next);
                frame.repeats.push(u16::try_from(frame.cells.len()).ok()?);
            }
            let month_follows = frame
                .repeats
                .last()
                .is_some_and(|gap| usize::from(*gap) + 2 == frame.cells.len() && *gap > 0);
            if month_follows {
                let first = Date::month_end(date.month_index() - 1).plus(Duration::Days(1));
                next = next.max(first);
            }
            self.stretch(&mut frame, next, *date);
            let here = u16::try_from(frame.cells.len()).ok()?;
            if start == Some(*date) {
                frame.start_cell = Some(here);
            }
            if signature == Some(*date) {
                frame.signature_cell = Some(here);
            }
            frame.cells.push(self.cell(start, signature, *date, *date));
            next = date.plus(Duration::Days(1));
        }
        if self.month_end.is_none() {
            frame.cells.push(self.cell(start, signature, next, next.max(Date::MAX)));
        }
        (frame.cells.len() < 4000).then_some(frame)
    }

    /// The days from `first` up to but without `end`.
    fn stretch(&self, frame: &mut Frame, first: Date, end: Date) {
        let count = end.days_since(first);
        if count > CUT_INTO_DAYS {
            frame.cells.push(self.cell(frame.start, None, first, end.pred()));
            return;
        }
        let mut day = first;
        while day < end {
            frame.cells.push(self.cell(frame.start, None, day, day));
            day = day.plus(Duration::Days(1));
        }
    }

    fn cell(&self, start: Option<Date>, signature: Option<Date>, first: Date, last: Date) -> Cell {
        let mut calendar = Vec::new();
        if first == last {
            let anchors = Anchors { started: start, signed: signature };
            for trigger in self.plan.calendar() {
                if trigger.day.next_from(first, &anchors) == Some(first) {
                    calendar.push(Due { trigger: trigger.id, from: trigger.day.anchor() });
                }
            }
        }
        Cell { first, last, calendar, elapsed: self.elapsed(start, first, last) }
    }

    fn elapsed(
        &self,
        start: Option<Date>,
        first: Date,
        last: Date,
    ) -> (ShareOfPrice, ShareOfPrice) {
        let (Some(start), Some(months), true) = (start, self.planned_months, self.pro_rata) else {
            return pro_rata::anything();
        };
        let planned = start.plus(Duration::Months(months)).days_since(start).max(1);
        let share = |day: Date| pro_rata::elapsed(day.days_since(start) + 1, planned);
        (share(first), share(last))
    }
}

/// Takes in what another case of the same frame has elapsed.
fn widen(frame: &mut Frame, other: &Frame) {
    for (cell, other) in frame.cells.iter_mut().zip(&other.cells) {
        let ((least, most), other) = (&mut cell.elapsed, other.elapsed);
        *least = (*least).min(other.0);
        *most = (*most).max(other.1);
    }
}
