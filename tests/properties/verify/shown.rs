//! What one history shows, by definitions of this file alone, on what the naive reference tells of
//! it.

use super::written;
use jalon::calendar::Duration;
use jalon::model::{CalendarDay, Milestone};
use jalon::plan::PlannedTerms;
use jalon::verify::Property;
use jalon::{Date, Event, EventKind, Plan};
use reference::exact::{Exact, decimal, scaled, zero};
use reference::naive::{BilledLine, Outcome, evaluate_told};
use reference::rules::{self, Amount, Condition, LineKind, Price};
use reference::told::{Judged, Told};
use std::collections::{BTreeMap, BTreeSet};

/// What a history shows.
#[derive(Default)]
pub struct Shown {
    pub properties: BTreeSet<Property>,
    /// Over, never closed, and something is left.
    pub leaks: bool,
    /// The places of the lines that fired.
    pub fired: BTreeSet<usize>,
    /// What is billed on each day on which anything is.
    pub days: BTreeMap<chrono::NaiveDate, Exact>,
    pub billed: Exact,
}

/// A schedule as the reference takes it, and what its cases plan.
pub struct Referee {
    schedule: rules::Schedule,
    terms: PlannedTerms,
    total: Option<Exact>,
    /// So long after the last event everything has come.
    patience: Duration,
    last_date: Option<Date>,
}

impl Referee {
    pub fn new(plan: &Plan, terms: PlannedTerms) -> Referee {
        let schedule = written::schedule(&plan.schedule);
        let stated = match schedule.price {
            Price::Fixed(_) => true,
            Price::Hourly { .. } => schedule.planned_hours.is_some(),
            Price::PerAction => false,
        };
        let total = plan.total(plan.planned(terms).hours).ok().flatten();
        let total = total.filter(|_| stated).and_then(|total| total.round());
        let decimals = schedule.currency.decimals;
        let mut patience = 70;
        let mut last_date = None;
        for trigger in plan.schedule.lines.iter().flat_map(|line| &line.triggers) {
            match trigger {
                jalon::model::When::Calendar(CalendarDay::After(Duration::Months(months), _)) => {
                    patience = patience.max(31 * months + 40);
                }
                jalon::model::When::Calendar(CalendarDay::After(Duration::Days(days), _)) => {
                    patience = patience.max(days + 40);
                }
                jalon::model::When::Calendar(CalendarDay::Date(date)) => {
                    last_date = last_date.max(Some(*date))
                }
                _ => {}
            }
        }
        // What conditions say may still change.
        for condition in schedule.conditions() {
            if let Condition::Duration(test) = condition {
                let spans = match test {
                    rules::Test::Is(_, span) => vec![*span],
                    rules::Test::From(low, high) => vec![*low, *high],
                };
                for span in spans {
                    let days = match span.unit {
                        rules::SpanUnit::Days => span.count,
                        rules::SpanUnit::Weeks => 7 * span.count,
                        rules::SpanUnit::Months => 31 * span.count,
                        rules::SpanUnit::Years => 366 * span.count,
                    };
                    patience = patience.max(days + 40);
                }
            }
        }
        let calendar = plan.schedule.lines.iter().flat_map(|line| &line.triggers).any(|trigger| {
            use jalon::model::When;
            matches!(trigger, When::Calendar(_))
        });
        let patience = Duration::Days(if calendar { patience } else { 0 });
        let total = total.map(|total| scaled(total.0, decimals));
        Referee { schedule, terms, total, patience, last_date }
    }

    fn horizon(&self, events: &[Event]) -> Option<Date> {
        let last = events.iter().map(|event| event.date).max()?;
        Some(last.plus(self.patience).max(self.last_date.unwrap_or(last)))
    }

    pub fn ends_case(&self, action: &str) -> bool {
        self.schedule.action(action).is_some_and(|action| action.ends_case)
    }

    fn run(&self, events: &[Event], as_of: Date) -> Option<(Vec<BilledLine>, Vec<Told>)> {
        let case = written::case(&self.schedule, events, self.terms, as_of);
        match evaluate_told(std::slice::from_ref(&self.schedule), &case) {
            (Outcome::Billed(lines), told) => Some((lines, told)),
            (Outcome::Withheld(_), _) => None,
        }
    }

    /// What a history shows; none where it is withheld.
    pub fn judge(&self, events: &[Event]) -> Option<Shown> {
        let (lines, told) = self.run(events, self.horizon(events)?)?;
        let mut shown = Shown { billed: zero(), ..Shown::default() };
        for line in &lines {
            let amount = decimal(&line.amount).expect("an amount");
            *shown.days.entry(line.date).or_insert_with(zero) += &amount;
            shown.billed += amount;
        }
        let mut before: Option<&Told> = None;
        for moment in &told {
            self.moment(before, moment, &mut shown);
            before = Some(moment);
        }
        if shown.days.values().any(|amount| *amount < zero()) {
            shown.properties.insert(Property::Credit);
        }
        shown.days.retain(|_, amount| *amount != zero());
        if let Some(last) = told.last() {
            self.at_the_end(last, &told, &mut shown);
        }
        Some(shown)
    }

    fn moment(&self, before: Option<&Told>, moment: &Told, shown: &mut Shown) {
        let was_over = before.is_some_and(|before| before.ended || before.abandoned);
        let balance = |judged: &&Judged| {
            let line = &self.schedule.lines[judged.line];
            line.kind == LineKind::Balance && judged.holds
        };
        let balances = moment.judged.iter().filter(balance).count();
        let fired = moment.judged.iter().filter(balance).filter(|judged| judged.fires).count();
        if moment.closed && balances > fired {
            shown.properties.insert(Property::Overlap);
        }
        for judged in moment.judged.iter().filter(|judged| judged.fires) {
            shown.fired.insert(judged.line);
            let amount = &self.schedule.lines[judged.line].amount;
            let share = !matches!(amount, Amount::Work | Amount::WorkItemised | Amount::Nothing);
            if was_over && !moment.of_event && share && judged.bills {
                shown.properties.insert(Property::AfterTerminal);
            }
        }
        if self.total.as_ref().is_some_and(|total| moment.billed > *total) {
            shown.properties.insert(Property::Overbilling);
        }
        let over = moment.ended || moment.abandoned;
        if over && !was_over && !moment.started && self.would_bill_otherwise(moment) {
            shown.properties.insert(Property::NeverStarted);
        }
    }

    fn would_bill_otherwise(&self, moment: &Told) -> bool {
        let mut open = true;
        let mut seen = Vec::new();
        for judged in &moment.judged {
            if open {
                seen.push(judged);
            }
            let line = &self.schedule.lines[judged.line];
            let closes = line.kind == LineKind::Balance && !line.stays_open;
            open &= !(judged.fires && closes);
        }
        // A trigger with a line that asks for the start is left alone, even if that line comes last.
        let asks = |judged: &Judged| {
            let condition = self.schedule.lines[judged.line].condition.as_ref();
            let parts = condition.map(Condition::all).unwrap_or_default();
            parts.iter().any(|part| matches!(part, Condition::Started))
        };
        !moment.judged.iter().any(asks)
            && seen.iter().any(|judged| judged.holds != judged.holds_if_started)
    }

    fn at_the_end(&self, last: &Told, told: &[Told], shown: &mut Shown) {
        let below = |billed: &Exact| self.total.as_ref().is_some_and(|total| billed < total);
        if last.closed {
            let Some(closing) = told.iter().find(|moment| moment.closed) else { return };
            if !closing.abandoned {
                let late = self.came_too_late(told);
                let property = if late { Property::PastDate } else { Property::Underbilling };
                let unknown = self.total.is_none();
                if below(&closing.billed) || unknown && late {
                    shown.properties.insert(property);
                }
            }
            let closes = |judged: &&Judged| {
                let line = &self.schedule.lines[judged.line];
                judged.fires && line.kind == LineKind::Balance && !line.stays_open
            };
            let closer = closing.judged.iter().find(closes);
            let of_work = closer.is_some_and(|judged| {
                let amount = &self.schedule.lines[judged.line].amount;
                matches!(amount, Amount::Work | Amount::WorkItemised)
            });
            let of_nothing = closer.is_some_and(|judged| {
                matches!(self.schedule.lines[judged.line].amount, Amount::Nothing)
            });
            if of_nothing && self.bills_work_as_it_goes() && closing.owed != zero() {
                shown.properties.insert(Property::UnbilledWork);
            }
            let over = closing.ended || closing.abandoned;
            if of_work && !over && last.owed != zero() {
                shown.properties.insert(Property::UnbilledWork);
            }
            return;
        }
        if !(last.ended || last.abandoned) {
            return;
        }
        if last.deposits_left {
            shown.properties.insert(Property::StrandedDeposit);
        }
        if last.owed != zero() {
            shown.properties.insert(Property::UnbilledWork);
        }
        shown.leaks = last.deposits_left || last.owed != zero() || below(&last.billed);
    }

    /// Whether some line of work leaves the case open, and waits for more than that it is over.
    fn bills_work_as_it_goes(&self) -> bool {
        let over = |trigger: &rules::Trigger| {
            matches!(trigger, rules::Trigger::End | rules::Trigger::Abandonment)
        };
        self.schedule.lines.iter().any(|line| {
            matches!(line.amount, Amount::Work | Amount::WorkItemised)
                && (line.kind != LineKind::Balance || line.stays_open)
                && !line.triggers.iter().all(over)
        })
    }

    /// Whether the case began after the date of a line that bills a share or a sum, does not close, and
    /// has not fired until the case is closed.
    fn came_too_late(&self, told: &[Told]) -> bool {
        let Some(first) = told.iter().map(|moment| moment.date).min() else { return false };
        let closing = told.iter().position(|moment| moment.closed).map_or(told.len(), |at| at + 1);
        (0..self.schedule.lines.len()).any(|place| {
            let line = &self.schedule.lines[place];
            let closes = line.kind == LineKind::Balance && !line.stays_open;
            let bills =
                !matches!(line.amount, Amount::Work | Amount::WorkItemised | Amount::Nothing);
            let past = line
                .triggers
                .iter()
                .any(|trigger| matches!(trigger, rules::Trigger::On(date) if *date < first));
            let fires = |judged: &Judged| judged.line == place && judged.fires;
            let fired = told[..closing].iter().any(|moment| moment.judged.iter().any(fires));
            bills && !closes && past && !fired
        })
    }

    /// Whether two neighbours of one day bill otherwise the other way round.
    pub fn order_matters(&self, events: &[Event], shown: &Shown) -> bool {
        let swaps = |event: &Event| match &event.kind {
            EventKind::Action { name, .. } => !self.ends_case(name),
            EventKind::Deliverable { .. } | EventKind::Event { .. } => true,
            _ => false,
        };
        let places = (1..events.len()).filter(|place| {
            let (one, other) = (&events[place - 1], &events[*place]);
            one.date == other.date && swaps(one) && swaps(other)
        });
        places.into_iter().any(|place| {
            let mut swapped = events.to_vec();
            swapped.swap(place - 1, place);
            self.judge(&swapped).is_some_and(|other| other.days != shown.days)
        })
    }

    /// Whether a case that begins so pays less if it is abandoned later, or more if it is abandoned
    /// than if it ends: on the day of its last event, and on some days after.
    pub fn has_a_cliff(&self, begun: &[Event], later: &[u32]) -> Option<bool> {
        let last = begun.iter().map(|event| event.date).max()?;
        let left = |day: Date, kind: EventKind| {
            let mut events = begun.to_vec();
            events.push(Event { case: "D".to_owned(), date: day, id: None, kind });
            Some(self.judge(&events)?.billed)
        };
        let mut least: Option<Exact> = None;
        for by in later {
            let day = last.plus(Duration::Days(*by));
            let abandoned = left(day, EventKind::Milestone(Milestone::Abandonment))?;
            if least.as_ref().is_some_and(|least| *least > abandoned)
                || abandoned > left(day, EventKind::Milestone(Milestone::End))?
            {
                return Some(true);
            }
            least = Some(abandoned);
        }
        Some(false)
    }
}
