//! Properties that compare two histories: two events of one date in either order, and two ways or
//! days of leaving.
//!
//! Where the lines' own shape rules a difference out, that is the proof. Otherwise histories that
//! the search reaches are run both ways through the evaluator, up to a number of them: a difference
//! is a finding, and none leaves it unknown.

use super::axis::each_test;
use super::choices::{Choice, What, Work};
use super::key::{Key, Terminal};
use super::machine::{Detail, Machine, State, Step};
use super::replay::{Replay, replay};
use super::search::{self, Path};
use super::situation::{Situation, tests};
use super::witness::{Pick, Style, concretise};
use super::{Compared, Run, Witness, bounds, shown_moments};
use crate::calendar::{Date, Duration};
use crate::model::{Amount, Event, EventKind, LineKind, Price, Property};
use crate::money::{Hours, Money, Percent};
use crate::plan::{CalendarAnchor, LineId, Plan, PlannedLine, PlannedTest, TriggerId};
use std::collections::BTreeMap;

/// So many histories are run for one property, and so many ways to begin are tried.
const MOST_REPLAYS: usize = 600;
const MOST_PATHS: usize = 150;

/// A history that ends in what is compared, and what came of it.
struct Tried {
    events: Vec<Event>,
    replay: Replay,
    as_of: Date,
}

impl Tried {
    fn billed(&self) -> Money {
        self.replay.moments.last().map_or(Money::ZERO, |moment| moment.after.billed)
    }

    /// What comes after a day left out.
    fn up_to(mut self, day: Date) -> Tried {
        self.replay.moments.retain(|moment| moment.date <= day);
        self
    }

    /// What is billed on each day on which anything is.
    fn by_day(&self) -> BTreeMap<Date, Money> {
        let mut days: BTreeMap<Date, Money> = BTreeMap::new();
        for moment in &self.replay.moments {
            let day = days.entry(moment.date).or_default();
            *day = day.plus(moment.amount).unwrap_or_default();
        }
        days.retain(|_, amount| *amount != Money::ZERO);
        days
    }
}

impl Run<'_> {
    /// Looks at the properties that compare histories, as far as they are asked for.
    pub(super) fn compare(&mut self) {
        let wants = |property: Property| self.options.wants(property);
        let (order, cliff) = (wants(Property::Order), wants(Property::Cliff));
        if !order && !cliff {
            return;
        }
        self.machine.detail = Detail { ledger: false, marks: false };
        let search = search::search(&self.machine, self.options.budget.min(20_000));
        let paths = search.open_paths(MOST_PATHS);
        for property in [Property::Order, Property::Cliff] {
            self.situations.insert(property, search.states());
        }
        if order {
            let pairs = pairs(&self.machine);
            if !pairs.is_empty() {
                match self.order(&pairs, &paths) {
                    Some(witness) => {
                        self.found.insert(Key::Order, witness);
                    }
                    None => self.cut_short.push(Property::Order),
                }
            }
        }
        if cliff {
            let plan = self.machine.plan;
            let later = (!never_less_later(plan) && !windows_rise(&self.machine))
                .then_some(Terminal::Abandonment);
            let bills_nothing = self.sure
                && search.complete
                && search.nothing_is_left()
                && leaving_bills_work(plan);
            let finishing =
                (!never_less_at_the_end(&self.machine) && !bills_nothing).then_some(Terminal::End);
            for than in [later, finishing].into_iter().flatten() {
                match self.cliff(than, &paths) {
                    Some(witness) => {
                        self.found.insert(Key::Cliff(than), witness);
                    }
                    None => self.cut_short.push(Property::Cliff),
                }
            }
        }
    }

    fn try_out(&self, events: Vec<Event>, as_of: Date) -> Option<Tried> {
        let replay = replay(self.machine.plan, &events, self.machine.terms, as_of)?;
        Some(Tried { events, replay, as_of })
    }

    fn order(&self, pairs: &[(u16, u16)], paths: &[(State, Path)]) -> Option<Witness> {
        let mut replays = 0;
        for (state, path) in paths {
            for (first, second) in pairs {
                for (events, as_of) in self.endings(state, path, *first, *second) {
                    if replays >= MOST_REPLAYS {
                        return None;
                    }
                    replays += 2;
                    let mut swapped = events.clone();
                    let last = swapped.len().saturating_sub(1);
                    swapped.swap(last.saturating_sub(1), last);
                    let one = self.try_out(events, as_of);
                    let other = self.try_out(swapped, as_of);
                    if let (Some(one), Some(other)) = (one, other)
                        && one.by_day() != other.by_day()
                    {
                        let Some(day) = one.events.last().map(|event| event.date) else {
                            continue;
                        };
                        return Some(self.witness(&one.up_to(day), &other.up_to(day)));
                    }
                }
            }
        }
        None
    }

    /// A path followed by two events of one date, with hours of several sizes.
    fn endings(
        &self,
        state: &State,
        path: &Path,
        first: u16,
        second: u16,
    ) -> Vec<(Vec<Event>, Date)> {
        let machine = &self.machine;
        let choice = |place: u16| machine.choices.all.get(usize::from(place));
        let (Some(one), Some(two)) = (choice(first), choice(second)) else { return Vec::new() };
        let mut all = Vec::new();
        for (hours, worked) in machine.hours_of(state, one).into_iter().rev().take(3) {
            let between = State { hours, ..*state };
            for (then, works) in machine.hours_of(&between, two).into_iter().rev().take(3) {
                let mut steps = path.steps.clone();
                steps.push((Step::Event { choice: first, hours, worked }, between));
                let step = Step::Event { choice: second, hours: then, worked: works };
                steps.push((step, between));
                let path = Path { first: path.first, steps, last: None };
                let style = Style { dates: Pick::Round, hours: Pick::Round };
                let Some(mut history) = concretise(machine, &path, style) else { continue };
                let place = history.events.len().saturating_sub(2);
                let Some(date) = history.events.get(place).map(|event| event.date) else {
                    continue;
                };
                if let Some(last) = history.events.last_mut() {
                    last.date = date;
                    if let (true, EventKind::Action { hours: Some(hours), .. }) =
                        (first == second, &mut last.kind)
                    {
                        *hours = Hours(hours.0.saturating_add(Hours::ONE.0));
                    }
                }
                all.push((history.events, history.as_of));
            }
        }
        all
    }

    fn cliff(&self, than: Terminal, paths: &[(State, Path)]) -> Option<Witness> {
        let mut replays = 0;
        for (_, path) in paths {
            let style = Style { dates: Pick::Round, hours: Pick::Round };
            let Some(history) = concretise(&self.machine, path, style) else { continue };
            let begun = self.try_out(history.events, history.as_of)?;
            let days = days(self.machine.plan, &begun);
            let until = days.last().map_or(begun.as_of, |last| {
                begun.as_of.max(last.plus(Duration::Days(95))).min(Date::MAX)
            });
            let leaving = |date: Date, kind: EventKind| {
                let mut events = begun.events.clone();
                events.push(Event { case: "D-001".to_owned(), date, id: None, kind });
                self.try_out(events, until)
            };
            let mut before: Option<Tried> = None;
            for day in days {
                if replays >= MOST_REPLAYS {
                    return None;
                }
                replays += 2;
                let Some(left) = leaving(day, EventKind::Abandonment) else { continue };
                match than {
                    Terminal::Abandonment => {
                        let more = before.as_ref().filter(|it| it.billed() > left.billed());
                        if let Some(more) = more {
                            return Some(self.witness(&left, more));
                        }
                        before = Some(left);
                    }
                    Terminal::End => {
                        let ended = leaving(day, EventKind::End)?;
                        if left.billed() > ended.billed() {
                            return Some(self.witness(&left, &ended));
                        }
                    }
                }
            }
        }
        None
    }

    /// The one history as a witness, beside the other.
    fn witness(&self, one: &Tried, other: &Tried) -> Witness {
        let last = one.replay.moments.len().saturating_sub(1);
        let shows = one.events.last().map_or(one.as_of, |event| event.date);
        Witness {
            events: one.events.clone(),
            terms: self.machine.terms,
            as_of: one.as_of,
            shows,
            lines: one.replay.evaluation.lines.clone(),
            shortest: false,
            billed: one.billed(),
            moments: shown_moments(&one.events, &one.replay, last),
            compared: Some(Compared { events: other.events.clone(), billed: other.billed() }),
        }
    }
}

/// The days on which leaving may bill otherwise than the day before, from the last event on.
fn days(plan: &Plan, begun: &Tried) -> Vec<Date> {
    let Some(last) = begun.events.iter().map(|event| event.date).max() else { return Vec::new() };
    let started = begun.replay.moments.last().and_then(|moment| moment.after.started);
    let lengths = plan.durations.iter().copied();
    let mut days: Vec<Date> = started
        .into_iter()
        .flat_map(|start| lengths.clone().map(move |length| start.plus(length)))
        .collect();
    for trigger in plan.calendar() {
        match trigger.from {
            CalendarAnchor::After(length, _) => {
                days.extend(started.map(|start| start.plus(length)));
            }
            CalendarAnchor::Date(date) => days.push(date),
        }
    }
    let one = Duration::Days(1);
    let around: Vec<Date> = days.iter().flat_map(|day| [day.pred(), *day, day.plus(one)]).collect();
    let mut days: Vec<Date> = around.into_iter().filter(|day| *day >= last).collect();
    days.push(last);
    days.sort_unstable();
    days.dedup();
    days
}

/// The lines that an event may fire.
fn lines_of<'p>(plan: &'p Plan, choice: &Choice) -> Vec<(LineId, &'p PlannedLine)> {
    let start = plan.simple().start.filter(|_| choice.what == What::Action);
    let triggers = [choice.trigger, start].into_iter().flatten();
    triggers.flat_map(|trigger| waiting(plan, trigger)).collect()
}

fn waiting(plan: &Plan, trigger: TriggerId) -> impl Iterator<Item = (LineId, &PlannedLine)> {
    plan.waiting_for(trigger).iter().filter_map(|id| Some((*id, plan.line(*id)?)))
}

/// The pairs of events of one date whose order may matter. An action that ends the case has nothing
/// after it.
fn pairs(machine: &Machine<'_>) -> Vec<(u16, u16)> {
    let choices: Vec<(u16, &Choice)> = (0_u16..)
        .zip(&machine.choices.all)
        .filter(|(_, choice)| match choice.what {
            What::Action | What::Deliverable | What::Named => !choice.ends_case,
            What::Signature | What::Start | What::End | What::Abandonment => false,
        })
        .collect();
    let mut pairs = Vec::new();
    for (place, (first, one)) in choices.iter().enumerate() {
        for (second, two) in choices.iter().skip(place) {
            let same_event = first == second && one.what != What::Action;
            if !same_event && (disturbs(machine, one, two) || disturbs(machine, two, one)) {
                pairs.push((*first, *second));
            }
        }
    }
    pairs
}

/// Whether what comes before another event may change what that one bills.
fn disturbs(machine: &Machine<'_>, before: &Choice, event: &Choice) -> bool {
    let plan = machine.plan;
    let theirs = lines_of(plan, before);
    let action = before.what == What::Action;
    let capped = match plan.schedule.price {
        Price::Hourly { at_most, .. } => at_most.is_some(),
        Price::Fixed(_) | Price::PerAction => false,
    };
    let works = before.work != Work::None;
    if !capped && bills_all(plan, before) && bills_all(plan, event) {
        return false;
    }
    if capped && works && event.work != Work::None {
        return true;
    }
    lines_of(plan, event).into_iter().any(|(id, line)| {
        let asks = tests(plan, id, |test| match test {
            PlannedTest::Happened(name) => {
                before.fact.is_some() && machine.choices.fact(*name) == before.fact
            }
            PlannedTest::Hours(_) | PlannedTest::Attendance(_) => action,
            PlannedTest::Duration(_) | PlannedTest::Started => action && event.what != What::Action,
            PlannedTest::Signed | PlannedTest::Ended | PlannedTest::Abandoned => false,
        });
        let amount = match line.amount {
            Amount::Work { .. } => works || !theirs.is_empty(),
            Amount::UpTo(_) => !theirs.is_empty(),
            Amount::ProRataAttendance => action,
            Amount::ProRataDuration => action && event.what != What::Action,
            Amount::Percent(_) | Amount::Sum(_) | Amount::Nothing => false,
        };
        let deducts = line.kind == LineKind::Balance
            && !theirs.is_empty()
            && (line.closes || plan.lines.iter().any(|line| line.kind == LineKind::Deposit));
        asks || amount || deducts || line.closes && works
    })
}

/// Whether an event always bills all work there is, and nothing else, and leaves the case open.
fn bills_all(plan: &Plan, event: &Choice) -> bool {
    let deposits = plan.lines.iter().any(|line| line.kind == LineKind::Deposit);
    let [(_, line)] = *lines_of(plan, event) else { return false };
    let work = matches!(line.amount, Amount::Work { .. });
    work && !deposits && !line.closes && !line.once && line.condition.is_none()
}

/// The lines that a day fires by itself.
fn calendar_lines(plan: &Plan) -> impl Iterator<Item = (LineId, &PlannedLine)> {
    let days = plan.calendar().iter().map(|trigger| trigger.id);
    plan.simple().month_end.into_iter().chain(days).flat_map(|trigger| waiting(plan, trigger))
}

/// Whether no line asks how the case is over.
fn nobody_asks_how(plan: &Plan) -> bool {
    let mut asked = false;
    for condition in plan.lines.iter().filter_map(|line| line.condition.as_ref()) {
        each_test(condition, &mut |test| {
            asked |= matches!(test, PlannedTest::Ended | PlannedTest::Abandoned);
        });
    }
    !asked
}

/// Whether abandoning later cannot pay less: no line for it looks at the time, and the calendar only
/// adds to what is billed.
fn never_less_later(plan: &Plan) -> bool {
    let adds = |(_, line): (LineId, &PlannedLine)| {
        line.kind != LineKind::Balance && !matches!(line.amount, Amount::UpTo(_))
    };
    let timeless = |(id, _): (LineId, &PlannedLine)| {
        !tests(plan, id, |test| matches!(test, PlannedTest::Duration(_)))
    };
    let leaving = plan.simple().abandonment;
    nobody_asks_how(plan)
        && calendar_lines(plan).all(adds)
        && leaving.into_iter().flat_map(|trigger| waiting(plan, trigger)).all(timeless)
}

/// Whether the lines for abandonment look at nothing but the time, and bill more from window to window.
fn windows_rise(machine: &Machine<'_>) -> bool {
    let plan = machine.plan;
    let Some((exact, total)) = machine.total else { return false };
    let Some(leaving) = plan.simple().abandonment else { return false };
    let Some(start) = Date::new(2025, 1, 15) else { return false };
    let months = plan.durations.iter().filter(|length| matches!(length, Duration::Months(_)));
    let months = months.count();
    let in_time = |(id, line): (LineId, &PlannedLine)| {
        let other = tests(plan, id, |test| match test {
            PlannedTest::Duration(_) | PlannedTest::Started => false,
            PlannedTest::Attendance(_)
            | PlannedTest::Hours(_)
            | PlannedTest::Signed
            | PlannedTest::Ended
            | PlannedTest::Abandoned
            | PlannedTest::Happened(_) => true,
        });
        line.closes && !other
    };
    let mixed = months != 0 && months != plan.durations.len();
    if mixed
        || !nobody_asks_how(plan)
        || calendar_lines(plan).next().is_some()
        || !waiting(plan, leaving).all(in_time)
        || !bounds::never_credits(plan, exact, total)
    {
        return false;
    }
    let one = Duration::Days(1);
    let bounds = plan.durations.iter().map(|length| start.plus(*length));
    let mut days: Vec<Date> = bounds
        .flat_map(|day| [day.pred(), day, day.plus(one)])
        .filter(|day| *day >= start)
        .collect();
    days.push(start);
    days.sort_unstable();
    // What is billed on a day: nothing where no line holds.
    let billed = |today: Date| {
        let situation = Situation {
            plan,
            axis: &machine.axis,
            today,
            started: Some(start),
            signed: false,
            ended: false,
            abandoned: true,
            hours: Hours::default(),
            happened: &|_| false,
        };
        let Some((_, line)) = waiting(plan, leaving).find(|(id, _)| situation.line_holds(*id))
        else {
            return Some((false, Percent(0)));
        };
        match line.amount {
            Amount::Percent(share) => Some((true, share)),
            Amount::Nothing => Some((true, Percent(0))),
            Amount::Sum(_)
            | Amount::UpTo(_)
            | Amount::Work { .. }
            | Amount::ProRataAttendance
            | Amount::ProRataDuration => None,
        }
    };
    let all: Option<Vec<(bool, Percent)>> = days.into_iter().map(billed).collect();
    all.is_some_and(|all| all.is_sorted())
}

/// Whether a line for abandonment can only bill work.
fn leaving_bills_work(plan: &Plan) -> bool {
    let leaving = plan.simple().abandonment;
    let bounded = match plan.schedule.price {
        Price::Hourly { at_least, .. } => at_least.is_some(),
        Price::Fixed(_) | Price::PerAction => false,
    };
    let deposits = plan.lines.iter().any(|line| line.kind == LineKind::Deposit);
    !bounded
        && !deposits
        && nobody_asks_how(plan)
        && calendar_lines(plan).next().is_none()
        && leaving
            .into_iter()
            .flat_map(|trigger| waiting(plan, trigger))
            .all(|(_, line)| matches!(line.amount, Amount::Work { .. } | Amount::Nothing))
}

/// Whether finishing cannot pay less than abandoning on the same day: an unconditional balance at the
/// end bills at least the share of every line for abandonment, and gives no deposit back.
fn never_less_at_the_end(machine: &Machine<'_>) -> bool {
    let plan = machine.plan;
    let simple = plan.simple();
    if !nobody_asks_how(plan) {
        return false;
    }
    if simple.end.is_none() && simple.abandonment.is_none() {
        return true;
    }
    if calendar_lines(plan).next().is_some() {
        return false;
    }
    let deposits = plan.lines.iter().any(|line| line.kind == LineKind::Deposit);
    let keeps = !deposits
        || machine.total.is_some_and(|(exact, total)| bounds::never_credits(plan, exact, total));
    let leaving: Vec<&PlannedLine> = plan
        .simple()
        .abandonment
        .into_iter()
        .flat_map(|trigger| waiting(plan, trigger).map(|(_, line)| line))
        .collect();
    let ending: Vec<&PlannedLine> = plan
        .simple()
        .end
        .into_iter()
        .flat_map(|trigger| waiting(plan, trigger).map(|(_, line)| line))
        .collect();
    if leaving.is_empty() && !deposits {
        return true;
    }
    let [end] = *ending else { return keeps && leaving.is_empty() };
    let covers = |line: &&PlannedLine| {
        line.closes
            && match (line.amount, end.amount) {
                (Amount::Nothing, _) => true,
                (Amount::Percent(less), Amount::Percent(more)) => less <= more,
                (Amount::UpTo(less), Amount::UpTo(more) | Amount::Percent(more)) => less <= more,
                (Amount::Work { .. }, Amount::Work { .. }) => true,
                (Amount::Sum(less), Amount::Sum(more)) => less <= more,
                (Amount::Sum(less), Amount::Percent(more)) => machine
                    .total
                    .and_then(|(exact, _)| exact.percent(more)?.round())
                    .is_some_and(|more| less < more),
                (
                    Amount::Percent(_)
                    | Amount::UpTo(_)
                    | Amount::Work { .. }
                    | Amount::Sum(_)
                    | Amount::ProRataAttendance
                    | Amount::ProRataDuration,
                    _,
                ) => false,
            }
    };
    // One deposit and no other part: the balance at the end is at least as large.
    let mut parts = plan.lines.iter().filter(|line| !line.closes);
    let small = match (parts.next(), parts.next(), end.amount) {
        (Some(part), None, Amount::Percent(more)) => {
            let share = matches!(part.amount, Amount::Percent(share) if share <= more);
            part.kind == LineKind::Deposit && share
        }
        (Some(_) | None, Some(_) | None, _) => false,
    };
    (keeps || small) && end.closes && end.condition.is_none() && leaving.iter().all(covers)
}
