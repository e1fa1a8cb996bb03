//! Forecasts against the naive reference, on generated schedules and histories: what is billed by
//! itself, and what a next event would bill, are differences of two evaluations.

use crate::books::{book, one};
use crate::sample;
use chrono::{Datelike, Days, NaiveDate};
use jalon::model::Milestone;
use jalon::{Date, Event, EventKind, Horizon, InvoiceLine, InvoiceLineKind};
use reference::exact::decimal;
use reference::naive::{self, BilledLine, Outcome};
use reference::rng::Rng;
use reference::rules::{self, Case, Schedule, What, Worked};
use reference::{generate, write, write_events};
use serde_json::Value;
use std::collections::HashMap;

/// What a line says, the deposit that it deducts included: all that its id covers.
type Said = String;

fn said(line: &Value, deposit: Option<&Said>) -> Said {
    let fields = [
        "kind",
        "line",
        "label",
        "amount",
        "quantity",
        "unit_price",
        "service_from",
        "service_to",
        "trigger",
    ];
    let mut said: Vec<String> = fields.map(|name| line[name].to_string()).into();
    said.extend(deposit.cloned());
    said.join(" ")
}

fn naive(schedule: &Schedule, case: &Case, as_of: NaiveDate) -> Option<Vec<Said>> {
    let case = Case { as_of, ..case.clone() };
    match naive::evaluate(std::slice::from_ref(schedule), &case) {
        Outcome::Withheld(_) => None,
        Outcome::Billed(lines) => {
            let json = |line: &BilledLine| line.to_json(&case.id, &schedule.name);
            let deposit =
                |line: &BilledLine| line.deducts.map(|place| said(&json(&lines[place]), None));
            Some(lines.iter().map(|line| said(&json(line), deposit(line).as_ref())).collect())
        }
    }
}

/// What the one list has and the other does not.
fn beyond(lines: &[Said], others: &[Said]) -> Vec<Said> {
    let mut others = others.to_vec();
    let mut beyond = lines.to_vec();
    beyond.retain(|line| match others.iter().position(|other| other == line) {
        Some(place) => {
            others.remove(place);
            false
        }
        None => true,
    });
    beyond.sort();
    beyond
}

/// What lines say that were computed one after the other, by their ids.
#[derive(Clone, Default)]
struct Ours(HashMap<String, Said>);

impl Ours {
    /// What new lines say, in some order.
    fn take(&mut self, lines: &[InvoiceLine]) -> Vec<Said> {
        let mut new = Vec::new();
        for line in lines.iter().filter(|line| line.kind != InvoiceLineKind::Credit) {
            let deposit = line.deducts.as_ref().map(|id| &self.0[id]);
            let said = said(&serde_json::to_value(line).unwrap(), deposit);
            self.0.insert(line.id.clone(), said.clone());
            new.push(said);
        }
        new.sort();
        new
    }

    /// What was said by the lines that are given back, each to the cent, in some order.
    fn given_back(&self, lines: &[InvoiceLine]) -> Vec<Said> {
        let credits = lines.iter().filter(|line| line.kind == InvoiceLineKind::Credit);
        let mut gone: Vec<Said> = credits
            .map(|line| {
                let of = &self.0[line.credits.as_ref().expect("a credit is of a line")];
                let back = line
                    .amount
                    .strip_prefix('-')
                    .map_or(format!("-{}", line.amount), str::to_owned);
                assert!(of.contains(&format!(" \"{back}\" ")), "{of} is given back by {line:?}");
                of.clone()
            })
            .collect();
        gone.sort();
        gone
    }
}

/// An event of ours as the reference has it.
fn as_reference(event: &Event) -> rules::Event {
    let what = match &event.kind {
        EventKind::Milestone(Milestone::Signature) => What::Signature,
        EventKind::Milestone(Milestone::Start) => What::Start,
        EventKind::Milestone(Milestone::End) => What::End,
        EventKind::Milestone(Milestone::Abandonment) => What::Abandonment,
        EventKind::Action { name, hours } => What::Action {
            name: name.clone(),
            worked: hours.map(|hours| Worked::Hours(decimal(&hours.to_string()).unwrap())),
        },
        EventKind::Deliverable { name } => What::Deliverable(name.clone()),
        EventKind::Event { name } => What::Event(name.clone()),
        EventKind::Opened { .. } | EventKind::Void { .. } | EventKind::More(_) => {
            panic!("{event:?}")
        }
    };
    rules::Event { date: event.date.naive(), what, id: None }
}

#[derive(Default)]
struct Seen {
    by_itself: usize,
    next: usize,
    credits: usize,
    closed: usize,
    withheld: usize,
    /// Lines that an event keeps from ever being billed: no credits of them.
    never: usize,
    /// Cases whose `opened` is of the future.
    ahead: usize,
}

/// The last day of the month.
fn month_end(day: NaiveDate) -> NaiveDate {
    day.iter_days().find(|day| (*day + Days::new(1)).day() == 1).expect("a month ends")
}

/// The day of a line that the calendar brings after the as-of date.
fn a_moment(schedule: &Schedule, case: &Case, as_of: NaiveDate) -> Option<NaiveDate> {
    let known = begun(&known_at(case, as_of), as_of);
    let case = Case { as_of: as_of + Days::new(500), ..known };
    match naive::evaluate(std::slice::from_ref(schedule), &case) {
        Outcome::Withheld(_) => None,
        Outcome::Billed(lines) => {
            let mut days = lines.iter().map(|line| line.date).filter(|date| *date > as_of);
            days.next()
        }
    }
}

fn opens(event: &rules::Event) -> bool {
    matches!(event.what, What::Opened { .. })
}

/// The case as it is known: without events of the future, but with what its opening states.
fn known_at(case: &Case, as_of: NaiveDate) -> Case {
    let mut known = case.clone();
    known.events.retain(|event| event.date <= as_of || opens(event));
    known
}

/// The case, not begun by an opening that is dated in the future.
fn begun(case: &Case, as_of: NaiveDate) -> Case {
    let mut begun = case.clone();
    let first = case.events.iter().filter(|e| e.date <= as_of || !opens(e)).map(|e| e.date).min();
    match first {
        None => begun.events.clear(),
        Some(first) => {
            let later = begun.events.iter_mut().filter(|e| e.date > as_of && opens(e));
            later.for_each(|event| event.date = first);
        }
    }
    begun
}

fn check(seed: u64, seen: &mut Seen) {
    let (schedule, mut case) = generate::pair(seed);
    let source = write::source(std::slice::from_ref(&schedule), write::Language::English, None);
    let compiled = jalon::compile("generated.jalon", &source).expect("sound");
    let lines = write_events::events(&case, None);
    let events: Option<Vec<Event>> =
        lines.iter().map(|line| serde_json::from_str(line).ok()).collect();
    let Some(events) = events.filter(|events| !events.is_empty()) else { return };
    // There is one schedule: a case that is opened on none is of that one.
    if !case.events.iter().any(|event| matches!(event.what, What::Opened { .. })) {
        case.named = Some(schedule.name.clone());
    }
    let mut rng = Rng::new(seed);
    let mut below = |count: u64| rng.below(count as usize) as u64;
    let some_event = &case.events[below(case.events.len() as u64) as usize];
    let as_of = some_event.date + Days::new(below(3) * 20);
    let until = as_of + Days::new(below(500));
    let on = match below(8) {
        0 | 1 => some_event.date,
        2 | 3 => month_end(as_of + Days::new(below(60))),
        4 | 5 => a_moment(&schedule, &case, as_of).unwrap_or(as_of),
        _ => as_of + Days::new(below(60)),
    };
    let date = |date: NaiveDate| Date::from_naive(date).expect("a date");
    let horizon = Horizon { on: date(on), ..Horizon::new(date(as_of), date(until)) };
    let Some(outcome) = compiled.forecast(&events, &horizon) else { return };
    let Ok(forecast) = outcome else {
        assert_eq!(naive(&schedule, &case, as_of), None, "seed {seed}");
        seen.withheld += 1;
        return;
    };
    let billed = naive(&schedule, &case, as_of).expect("not withheld");
    let mut ours = Ours::default();
    ours.take(&one(&book(&source), &events, date(as_of)).unwrap_or_default());
    let known = known_at(&case, as_of);
    let later = naive(&schedule, &begun(&known, as_of), until).expect("not withheld");
    let by_itself = ours.take(&forecast.by_itself);
    assert_eq!(by_itself, beyond(&later, &billed), "seed {seed}\n{source}");
    assert!(beyond(&billed, &later).is_empty() && ours.given_back(&forecast.by_itself).is_empty());
    seen.by_itself += forecast.by_itself.len();
    seen.closed += usize::from(forecast.closed);
    seen.ahead += usize::from(case.events.iter().any(|event| event.date > as_of && opens(event)));
    let day = on.max(as_of);
    let without = naive(&schedule, &begun(&known, as_of), day).expect("not withheld");
    let anyway = beyond(&without, &billed);
    let meanwhile = compiled.forecast(&events, &Horizon::new(date(as_of), date(day)));
    let meanwhile = meanwhile.and_then(Result::ok).expect("it was forecast");
    ours.take(&meanwhile.by_itself);
    let mut tried: Vec<EventKind> = Vec::new();
    for next in &forecast.next {
        let mut with = known.clone();
        with.events.push(as_reference(&next.event));
        let with = naive(&schedule, &begun(&with, as_of), day);
        let (Ok(lines), Some(with)) = (&next.lines, &with) else {
            assert!(next.lines.is_err() && with.is_none(), "seed {seed}");
            continue;
        };
        let (event, gone) = (&next.event, beyond(&billed, with));
        // What is to be issued of the history and the event, less what comes without it.
        let new = beyond(&beyond(with, &billed), &anyway);
        let mut ours = ours.clone();
        assert_eq!(ours.take(lines), new, "seed {seed}: {event:?}");
        assert_eq!(ours.given_back(lines), gone, "seed {seed}: {event:?}");
        // What was to come without the event and does not come with it was never billed.
        seen.never += beyond(&anyway, with).len();
        seen.next += lines.len();
        seen.credits += ours.given_back(lines).len();
        tried.push(next.event.kind.clone());
    }
    // An event that is not tried brings nothing but what the calendar brings on that day.
    let simple = [
        EventKind::Milestone(Milestone::Signature),
        EventKind::Milestone(Milestone::Start),
        EventKind::Milestone(Milestone::End),
        EventKind::Milestone(Milestone::Abandonment),
    ];
    let untried = simple.into_iter().filter(|kind| on > as_of && !tried.contains(kind));
    for kind in untried {
        let event = Event { case: case.id.clone(), date: date(on), id: None, kind };
        let mut with = known.clone();
        with.events.push(as_reference(&event));
        let with = naive(&schedule, &begun(&with, as_of), day).expect("not withheld");
        let own = format!("\"kind\":\"{}\"", event.kind.name());
        let brought = beyond(&with, &without);
        let mut brought = brought.iter().filter(|line| line.contains(&own));
        assert!(brought.next().is_none(), "seed {seed}: {event:?}");
        assert!(!forecast.closed || with == without, "seed {seed}: {event:?}");
    }
}

#[test]
fn a_forecast_is_the_difference_of_two_evaluations() {
    let pairs = std::env::var("JALON_PAIRS").ok().and_then(|text| text.parse().ok());
    let mut seen = Seen::default();
    for seed in 0..pairs.unwrap_or(sample(1_500)) {
        check(seed, &mut seen);
    }
    let Seen { by_itself, next, credits, closed, withheld, never, ahead } = seen;
    println!(
        "{by_itself} by itself, {next} next, {credits} credits, {closed} closed, {never} never, {ahead} ahead"
    );
    assert!(never > 20 && ahead > 20);
    assert!(by_itself > 200 && next > 500 && credits > 20 && closed > 50 && withheld > 20);
}
