//! Moments (§3 of the second part): which trigger comes with an event or with the end of a day, and for
//! which days a line that repeats then stands.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::conditions::earlier;
use super::rules::{Anchor, Named, Planned, Terms, Trigger, What};
use crate::exact::{Exact, zero};
use crate::rules::Span;

/// What has happened and what is agreed so far.
#[derive(Clone, Debug)]
pub struct Facts {
    pub first: NaiveDate,
    pub signed: Option<NaiveDate>,
    pub started: Option<NaiveDate>,
    /// Whether it is an end, or else an abandonment, and its day.
    pub terminal: Option<(bool, NaiveDate)>,
    pub named: Vec<(Named, &'static str, NaiveDate)>,
    pub progress: Exact,
    pub price: Option<Exact>,
    pub rate: Option<Exact>,
    pub planned_start: Option<NaiveDate>,
    pub planned_end: Option<NaiveDate>,
    /// The planned dates that an amendment of this day has moved.
    pub moved: Vec<Planned>,
    /// Whether the day that runs is suspended, and all days so far that were.
    pub suspended: bool,
    pub suspended_days: Vec<NaiveDate>,
}

/// A moment: an event, or the end of a day.
#[derive(Clone, Debug)]
pub enum Moment<'a> {
    OfEvent {
        date: NaiveDate,
        what: &'a What,
        starts: bool,
        ends: bool,
    },
    /// A milestone to which the case has come before, or cannot come any more: it triggers nothing.
    Idle(NaiveDate),
    EndOfDay(NaiveDate),
}

impl Moment<'_> {
    #[must_use]
    pub fn date(&self) -> NaiveDate {
        match self {
            Self::OfEvent { date, .. } | Self::Idle(date) | Self::EndOfDay(date) => *date,
        }
    }

    /// Whether it is the terminal event that counts.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::OfEvent { ends: true, .. })
    }
}

/// The order of events on one day; the first rank is no moment.
#[must_use]
pub fn rank(what: &What) -> u8 {
    match what {
        What::Opened(_) | What::Amendment(_) => 0,
        What::Signature => 1,
        What::Start => 2,
        What::Named(..)
        | What::Worked(..)
        | What::Progress(_)
        | What::Suspension
        | What::Resumption => 3,
        What::End => 4,
        What::Abandonment => 5,
    }
}

impl Facts {
    /// A case of which nothing has come but what its `opened` says.
    #[must_use]
    pub fn new(first: NaiveDate, opened: &Terms) -> Self {
        Self {
            first,
            signed: None,
            started: None,
            terminal: None,
            named: Vec::new(),
            progress: zero(),
            price: opened.price.clone(),
            rate: opened.rate.clone(),
            planned_start: opened.planned_start,
            planned_end: opened.planned_end,
            moved: Vec::new(),
            suspended: false,
            suspended_days: Vec::new(),
        }
    }

    /// The days of all events of that name.
    #[must_use]
    pub fn days_of(&self, kind: Named, name: &str) -> Vec<NaiveDate> {
        let of =
            |(k, n, day): &(Named, &str, NaiveDate)| (*k == kind && *n == name).then_some(*day);
        self.named.iter().filter_map(of).collect()
    }

    /// A day is suspended as a whole, whatever the order of its events: if it ends suspended.
    pub fn begin_day(&mut self, day: NaiveDate, today: &[&What]) {
        let mut over = self.terminal.is_some();
        for what in today {
            match what {
                What::Suspension => self.suspended = !over,
                What::Resumption => self.suspended = false,
                What::End | What::Abandonment => (self.suspended, over) = (false, true),
                _ => {}
            }
        }
        if self.suspended {
            self.suspended_days.push(day);
        }
    }

    /// What the clock shows on a day: the suspended ones since the start do not count. Of a start on a
    /// suspended day the text says nothing more: the clock then begins on the first day that counts.
    #[must_use]
    pub fn clock(&self, day: NaiveDate) -> NaiveDate {
        let Some(start) = self.started else { return day };
        let still = self.suspended_days.iter().filter(|off| start <= **off && **off <= day).count();
        (day - Days::new(still as u64)).max(start)
    }

    /// What stands for a day where time is counted from that anchor; none if time stands still.
    fn counted(&self, anchor: Anchor, day: NaiveDate) -> Option<NaiveDate> {
        match anchor {
            Anchor::Start => (!self.suspended_days.contains(&day)).then(|| self.clock(day)),
            _ => Some(day),
        }
    }

    /// What an amendment states holds from now on.
    pub fn amend(&mut self, terms: &Terms) {
        if terms.price.is_some() {
            self.price.clone_from(&terms.price);
        }
        if terms.rate.is_some() {
            self.rate.clone_from(&terms.rate);
        }
        let dates = [
            (Planned::Start, terms.planned_start, &mut self.planned_start),
            (Planned::End, terms.planned_end, &mut self.planned_end),
        ];
        for (which, new, old) in dates {
            if new.is_some() && new != *old {
                *old = new;
                self.moved.push(which);
            }
        }
    }

    /// Takes an event in; none where it is no moment.
    pub fn take<'a>(&mut self, date: NaiveDate, what: &'a What) -> Option<Moment<'a>> {
        let (mut starts, mut ends) = (false, false);
        let over = self.terminal.is_some();
        match what {
            What::Signature if self.signed.is_some() || over => return Some(Moment::Idle(date)),
            What::Start if self.started.is_some() || over => return Some(Moment::Idle(date)),
            What::End | What::Abandonment if over => return Some(Moment::Idle(date)),
            What::Signature => self.signed = Some(date),
            What::Start => starts = true,
            What::Named(..) | What::Worked(..) => {
                let (kind, name) = what.named().expect("it has a name");
                self.named.push((kind, name, date));
                let begun = self.started.is_some() || self.terminal.is_some();
                starts = kind == Named::Action && !begun;
            }
            What::Progress(percent) => self.progress = percent.clone(),
            What::End | What::Abandonment => {
                ends = true;
                self.terminal = Some((matches!(what, What::End), date));
            }
            What::Suspension | What::Resumption => {}
            What::Opened(_) | What::Amendment(_) => return None,
        }
        if starts {
            self.started = Some(date);
        }
        Some(Moment::OfEvent { date, what, starts, ends })
    }

    fn planned(&self, which: Planned) -> Option<NaiveDate> {
        match which {
            Planned::Start => self.planned_start,
            Planned::End => self.planned_end,
        }
    }

    /// The day that an anchor stands on, once it is there.
    #[must_use]
    pub fn anchor(&self, anchor: Anchor) -> Option<NaiveDate> {
        match anchor {
            Anchor::Signature => self.signed,
            Anchor::Start => self.started,
            Anchor::End => self.terminal.filter(|(end, _)| *end).map(|(_, day)| day),
            Anchor::Abandonment => self.terminal.filter(|(end, _)| !*end).map(|(_, day)| day),
            Anchor::Named(kind, name) => self.days_of(kind, name).first().copied(),
            Anchor::Planned(which) => self.planned(which),
        }
    }

    /// Whether this moment brings the trigger.
    #[must_use]
    pub fn comes(&self, trigger: &Trigger, moment: &Moment) -> bool {
        if let Trigger::Before(span, which) = trigger {
            let from = self.planned(*which).map(|planned| earlier(planned, *span));
            return from.is_some_and(|from| from <= moment.date());
        }
        match moment {
            Moment::OfEvent { what, starts, .. } => self.comes_with(trigger, what, *starts),
            Moment::Idle(_) => false,
            Moment::EndOfDay(day) => self.comes_at_end(trigger, *day),
        }
    }

    fn comes_with(&self, trigger: &Trigger, what: &What, starts: bool) -> bool {
        match trigger {
            Trigger::Signature => matches!(what, What::Signature),
            Trigger::Start => starts,
            Trigger::End => matches!(what, What::End),
            Trigger::Abandonment => matches!(what, What::Abandonment),
            Trigger::Named(kind, name) => what.named() == Some((*kind, *name)),
            Trigger::Progress => matches!(what, What::Progress(_)),
            // The first of `from` comes with the anchor's own event.
            Trigger::Every { anchor, from: true, .. } => match anchor {
                Anchor::Signature => matches!(what, What::Signature),
                Anchor::Start => starts,
                Anchor::End => matches!(what, What::End),
                Anchor::Abandonment => matches!(what, What::Abandonment),
                Anchor::Named(kind, name) => {
                    let own = what.named() == Some((*kind, *name));
                    own && self.days_of(*kind, name).len() == 1
                }
                Anchor::Planned(_) => false,
            },
            _ => false,
        }
    }

    fn comes_at_end(&self, trigger: &Trigger, day: NaiveDate) -> bool {
        match trigger {
            Trigger::PeriodEnd(months) => day == period(day, *months).1,
            Trigger::DayOfMonth(n) => day.day() == (*n).min(period(day, 1).1.day()),
            Trigger::Every { span, anchor, from } => {
                let Some(start) = self.anchor(*anchor) else { return false };
                let planned = matches!(anchor, Anchor::Planned(_));
                let own = *from && planned && start == day;
                let counted = self.counted(*anchor, day);
                own || occurrences(start, *span)
                    .take_while(|o| *o <= day)
                    .any(|o| Some(o) == counted)
            }
            Trigger::After(span, anchor) => {
                let deadline = self.anchor(*anchor).and_then(|start| span.after(start));
                let moved = matches!(anchor, Anchor::Planned(p) if self.moved.contains(p));
                let counted = self.counted(*anchor, day);
                deadline
                    .is_some_and(|deadline| Some(deadline) == counted || moved && deadline < day)
            }
            Trigger::Date(date) => *date == day,
            Trigger::Dates(dates) => dates.contains(&day),
            _ => false,
        }
    }

    /// The days that a line of a repeating calendar trigger stands for.
    #[must_use]
    pub fn period_of(&self, trigger: &Trigger, day: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
        match trigger {
            Trigger::PeriodEnd(months) => {
                let (from, to) = period(day, *months);
                let ran = self.run(from, to.min(day));
                Some((*ran.first().unwrap_or(&from), *ran.last().unwrap_or(&to)))
            }
            Trigger::DayOfMonth(_) => {
                let mut later = day.iter_days().skip(1);
                Some((day, later.find(|d| self.comes_at_end(trigger, *d))?.pred_opt()?))
            }
            Trigger::Every { span, anchor, from } => {
                let start = self.anchor(*anchor)?;
                let mut all = std::iter::once(start).chain(occurrences(start, *span));
                if *from {
                    let counted = self.counted(*anchor, day).unwrap_or(start);
                    Some((day, day + (all.find(|o| *o > counted)? - counted) - Days::new(1)))
                } else {
                    let counted = self.counted(*anchor, day)?;
                    let before = all.take_while(|o| *o < counted).last()?;
                    if before == start {
                        return Some((start, day.pred_opt()?));
                    }
                    let mut earlier = start.iter_days().take_while(|earlier| *earlier < day);
                    let stood = earlier.find(|d| self.counted(*anchor, *d) == Some(before));
                    Some((stood.unwrap_or(start), day.pred_opt()?))
                }
            }
            _ => None,
        }
    }

    /// The days from one to another on which the case ran.
    #[must_use]
    pub fn run(&self, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
        let begun = |day: &NaiveDate| self.started.is_some_and(|start| start <= *day);
        let over = |day: &NaiveDate| self.terminal.is_some_and(|(_, end)| end < *day);
        from.iter_days()
            .take_while(|day| *day <= to)
            .filter(|d| begun(d) && !over(d) && !self.suspended_days.contains(d))
            .collect()
    }
}

/// The first and the last day of the civil period of so many months that a day lies in.
#[must_use]
pub fn period(day: NaiveDate, months: u32) -> (NaiveDate, NaiveDate) {
    let month = (day.month() - 1) / months * months + 1;
    let first = NaiveDate::from_ymd_opt(day.year(), month, 1).expect("a month");
    (first, first + Months::new(months) - Days::new(1))
}

/// The anchor and one span, and two, and three: each from the anchor.
fn occurrences(anchor: NaiveDate, span: Span) -> impl Iterator<Item = NaiveDate> {
    (1..).map_while(move |n| Span { count: span.count * n, unit: span.unit }.after(anchor))
}
