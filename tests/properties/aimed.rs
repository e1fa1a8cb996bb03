//! Pairs of a schedule and a case that come to given combinations: the moment first, then lines whose
//! conditions have their bounds just where the case stands at it.

use crate::combination::{Asked, Combination, Fact, Form, Kind, Measure, On, Place, all};
use chrono::{Days, NaiveDate};
use reference::exact::{Exact, fraction, whole};
use reference::generate;
use reference::rng::Rng;
use reference::rules::{
    Anchor, Case, Compare, Condition, Event, Line, LineKind, Price, Schedule, Span, SpanUnit, Test,
    Trigger, What, Worked,
};
use std::collections::BTreeMap;

/// So many lines a schedule has at most.
const MOST_LINES: usize = 12;

/// How a case has to stand for a combination to come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stand {
    trigger: On,
    started: bool,
    signed: bool,
    ended: bool,
    abandoned: bool,
    whole_percent: bool,
}

impl Stand {
    /// The plainest stand that a combination allows.
    fn of(combination: &Combination) -> Stand {
        let Combination { trigger, asked, .. } = *combination;
        let mut stand = Stand {
            trigger,
            started: true,
            signed: matches!(trigger, On::Signature | On::AfterSignature),
            ended: trigger == On::End,
            abandoned: trigger == On::Abandonment,
            whole_percent: matches!(asked, Asked::Measured(Measure::WholeAttendance, ..)),
        };
        match asked {
            Asked::Measured(_, _, Place::NotStarted) => stand.started = false,
            Asked::Fact(Fact::Started, holds) => stand.started = holds,
            Asked::Fact(Fact::Signed, holds) => stand.signed |= holds,
            Asked::Fact(Fact::Ended, holds) => stand.ended |= holds,
            Asked::Fact(Fact::Abandoned, holds) => stand.abandoned |= holds,
            _ => {}
        }
        // An action starts nothing only where the case is over.
        stand.abandoned |= trigger == On::Action && !stand.started;
        stand
    }
}

impl Stand {
    /// Whether one action starts the case and ends it.
    fn starts_and_ends(self) -> bool {
        self.trigger == On::Start && self.ended
    }
}

/// The whole catalogue in portions, each of which one case comes to. A balance that closes the case
/// stands last: what comes after it is not looked at.
pub fn portions() -> Vec<Vec<Combination>> {
    let mut by_stand: BTreeMap<Stand, (Vec<Combination>, Vec<Combination>)> = BTreeMap::new();
    for combination in all() {
        let (others, closing) = by_stand.entry(Stand::of(&combination)).or_default();
        let closes = combination.kind == Kind::Balance && combination.asked.holds();
        if closes { closing.push(combination) } else { others.push(combination) }
    }
    let mut portions = Vec::new();
    for (mut others, mut closing) in by_stand.into_values() {
        while !others.is_empty() || !closing.is_empty() {
            let most = MOST_LINES.min(others.len().div_ceil(closing.len().max(1)));
            let mut portion = others.split_off(others.len() - most);
            portion.extend(closing.pop());
            portions.push(portion);
        }
    }
    portions
}

/// A schedule and a case of it that comes to these combinations.
pub fn pair(rng: &mut Rng, portion: &[Combination]) -> (Schedule, Case) {
    let stand = Stand::of(&portion[0]);
    let mut schedule = base(rng, stand.starts_and_ends());
    schedule.whole_percent =
        if portion.iter().any(measures_attendance) { stand.whole_percent } else { rng.chance(30) };
    let names: Vec<String> = generate::action_names(&schedule);
    let moment = Moment::new(rng, stand, &names);
    let work = &moment.done[0];
    let worked = schedule.actions.iter_mut().filter(|action| action.name == *work);
    worked.for_each(|action| action.ends_case = stand.starts_and_ends());
    let needed = portion.iter().any(measures_attendance) || !is_hourly(&schedule);
    schedule.planned_hours = (needed || rng.chance(50)).then(|| moment.planned.clone());
    for (index, combination) in portion.iter().enumerate() {
        let line = moment.line(rng, index, combination, &schedule);
        schedule.lines.push(line);
    }
    let last = moment.events.iter().map(|event| event.date).max().unwrap_or(moment.date);
    let mut events = moment.events;
    rng.shuffle(&mut events);
    let named = Some(schedule.name.clone());
    let as_of = later(last.max(moment.date), rng.below(60) as u64);
    (schedule, Case { id: "D-001".to_owned(), named, as_of, events })
}

fn measures_attendance(combination: &Combination) -> bool {
    let Asked::Measured(measure, ..) = combination.asked else { return false };
    matches!(measure, Measure::Attendance | Measure::WholeAttendance)
}

/// Under an hourly price hours may be left unplanned; then no line bills a share of the price.
fn is_hourly(schedule: &Schedule) -> bool {
    matches!(schedule.price, Price::Hourly { .. })
}

/// A random schedule without lines, of three actions or (unless they have to be listed) of any, none
/// of which ends the case.
fn base(rng: &mut Rng, listed: bool) -> Schedule {
    loop {
        let mut schedule = generate::schedule(rng);
        if schedule.actions.is_empty() && !listed || schedule.actions.len() >= 3 {
            schedule.lines.clear();
            schedule.planned_months.get_or_insert(6);
            schedule.actions.iter_mut().for_each(|action| action.ends_case = false);
            return schedule;
        }
    }
}

fn later(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_add_days(Days::new(days)).expect("in the calendar")
}

fn earlier(date: NaiveDate, days: u64) -> NaiveDate {
    date.checked_sub_days(Days::new(days)).expect("in the calendar")
}

/// The first moment of a trigger, and how the case stands at it.
struct Moment {
    date: NaiveDate,
    trigger: Trigger,
    start: Option<NaiveDate>,
    hours: Exact,
    planned: Exact,
    whole_percent: bool,
    /// An action, a deliverable and an event that have happened, and others that have not.
    done: [String; 3],
    not_done: [String; 3],
    events: Vec<Event>,
}

impl Moment {
    fn new(rng: &mut Rng, stand: Stand, names: &[String]) -> Moment {
        let [own, work, none] = [0, 1, 2].map(|at| names[at].clone());
        let planned = whole(*rng.pick(&[5, 10, 20, 25, 40]));
        let month = NaiveDate::from_ymd_opt(2024, 1 + rng.below(12) as u32, 1).expect("a date");
        let month_end = earlier(Span::months(1).after(month).expect("a date"), 1);
        let start = later(month, rng.below(27) as u64);
        let span = if rng.chance(60) {
            Span::months(1 + rng.below(9) as u32)
        } else {
            Span { count: 2 + rng.below(97) as u32, unit: SpanUnit::Days }
        };
        let reached = span.after(start).expect("a date");
        let signature = match stand.trigger {
            On::AfterSignature => start,
            On::Signature => reached,
            _ => later(start, rng.below(2) as u64),
        };
        let (date, trigger) = match stand.trigger {
            On::Signature => (reached, Trigger::Signature),
            On::Start => (start, Trigger::Start),
            On::End => (reached, Trigger::End),
            On::Abandonment => (reached, Trigger::Abandonment),
            On::Action => (reached, Trigger::Action(own.clone())),
            On::Deliverable => (reached, Trigger::Deliverable("Livret".to_owned())),
            On::Event => (reached, Trigger::Event("Accord".to_owned())),
            On::MonthEnd => (month_end, Trigger::MonthEnd),
            On::AfterStart => (reached, Trigger::After(span, Anchor::Start)),
            On::AfterSignature => (reached, Trigger::After(span, Anchor::Signature)),
            On::Date => (reached, Trigger::On(reached)),
        };
        let mut moment = Moment {
            date,
            trigger,
            start: stand.started.then_some(start),
            hours: whole(0),
            planned,
            whole_percent: stand.whole_percent,
            done: [work.clone(), "Rapport".to_owned(), "Visite".to_owned()],
            not_done: [none, "Livret".to_owned(), "Accord".to_owned()],
            events: Vec::new(),
        };
        moment.happen(rng, stand, start, signature, &own, &work);
        moment
    }

    fn add(&mut self, date: NaiveDate, what: What) {
        self.events.push(Event { date, what, id: None });
    }

    /// Everything that happens up to the moment.
    fn happen(
        &mut self,
        rng: &mut Rng,
        stand: Stand,
        start: NaiveDate,
        signature: NaiveDate,
        own: &str,
        work: &str,
    ) {
        let date = self.date;
        if stand.started {
            // The first action starts the case: what comes after it is not seen at that moment.
            let most = if stand.trigger == On::Start { 1 } else { 3 };
            for _ in 0..1 + rng.below(most) {
                let hours = fraction(rng.between(4, 24), 4);
                self.hours += &hours;
                let worked = Some(Worked::Hours(hours));
                self.add(start, What::Action { name: work.to_owned(), worked });
            }
        }
        if stand.signed {
            self.add(signature.min(date), What::Signature);
        }
        // What ends the case comes before its day, whether it has started or not.
        let before = earlier(date, 1);
        for (comes, own, what) in [
            (stand.ended && !stand.starts_and_ends(), stand.trigger == On::End, What::End),
            (stand.abandoned, stand.trigger == On::Abandonment, What::Abandonment),
        ] {
            if comes {
                self.add(if own { date } else { before }, what);
            }
        }
        self.add(before, What::Deliverable(self.done[1].clone()));
        self.add(before, What::Event(self.done[2].clone()));
        match stand.trigger {
            On::Action => self.add(date, What::Action { name: own.to_owned(), worked: None }),
            On::Deliverable => {
                self.not_done[1] = "Annexe".to_owned();
                self.add(date, What::Deliverable("Livret".to_owned()));
            }
            On::Event => {
                self.not_done[2] = "Suspension".to_owned();
                self.add(date, What::Event("Accord".to_owned()));
            }
            _ => {}
        }
    }

    fn line(
        &self,
        rng: &mut Rng,
        index: usize,
        combination: &Combination,
        schedule: &Schedule,
    ) -> Line {
        let kind = match combination.kind {
            Kind::Deposit => LineKind::Deposit,
            Kind::Installment => LineKind::Installment,
            Kind::Balance | Kind::OpenBalance => LineKind::Balance,
        };
        Line {
            kind,
            label: format!("Ligne {}", index + 1),
            amount: generate::amount_of(rng, kind, schedule),
            triggers: vec![self.trigger.clone()],
            condition: self.condition(rng, combination.asked),
            stays_open: combination.kind == Kind::OpenBalance,
        }
    }

    fn condition(&self, rng: &mut Rng, asked: Asked) -> Option<Condition> {
        Some(match asked {
            Asked::Nothing => return None,
            Asked::Fact(fact, holds) => {
                let [action, deliverable, event] =
                    if holds { self.done.clone() } else { self.not_done.clone() };
                match fact {
                    Fact::Started => Condition::Started,
                    Fact::Signed => Condition::Signed,
                    Fact::Ended => Condition::Ended,
                    Fact::Abandoned => Condition::Abandoned,
                    Fact::ActionDone => Condition::ActionDone(action),
                    Fact::DeliverableReceived => Condition::DeliverableReceived(deliverable),
                    Fact::EventHappened => Condition::EventHappened(event),
                }
            }
            Asked::Measured(Measure::Duration, form, place) => {
                Condition::Duration(test(form, place, |step| self.span(step)))
            }
            Asked::Measured(Measure::Hours, form, place) => {
                let step = fraction(1 + rng.between(0, 1), 4);
                let at = |steps: i64| (&self.hours + whole(steps) * &step).max(whole(0));
                Condition::Hours(test(form, place, at))
            }
            Asked::Measured(Measure::Attendance | Measure::WholeAttendance, form, place) => {
                let reached = &self.hours * whole(100) / &self.planned;
                let reached =
                    if self.whole_percent { (reached + fraction(1, 2)).floor() } else { reached };
                let at = |steps: i64| (&reached + whole(steps)).max(whole(0));
                Condition::Attendance(test(form, place, at))
            }
        })
    }

    /// The time passed since the start and so many days, or the same as months where it is.
    fn span(&self, steps: i64) -> Span {
        let Some(start) = self.start else { return Span::months(4 + steps.max(0) as u32) };
        let months = (1..12).map(Span::months).find(|span| span.after(start) == Some(self.date));
        let days = (self.date - start).num_days() + steps;
        let days = Span { count: u32::try_from(days).unwrap_or(0), unit: SpanUnit::Days };
        if steps == 0 { months.unwrap_or(days) } else { days }
    }
}

/// A test whose bounds lie so that the case stands at the place: `at` gives what it has reached, and
/// so many steps more.
fn test<T>(form: Form, place: Place, at: impl Fn(i64) -> T) -> Test<T> {
    let (low, high) = match place {
        Place::BelowLow => (1, 2),
        Place::AtLow | Place::NotStarted => (0, 1),
        Place::AboveLow => (-1, 1),
        Place::AtHigh => (-1, 0),
        Place::AboveHigh => (-2, -1),
    };
    let compare = match form {
        Form::Less => Compare::Less,
        Form::AtMost => Compare::AtMost,
        Form::AtLeast => Compare::AtLeast,
        Form::More => Compare::More,
        Form::Window => return Test::From(at(low), at(high)),
    };
    Test::Is(compare, at(low))
}
