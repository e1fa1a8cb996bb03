//! `jalon::verify::versions` against brute force: generated schedules and what mutations make of
//! them, on histories over a grid, run through the evaluator and compared here by definitions of
//! this file alone.
//!
//! `JALON_COMPARE_PAIRS`, `JALON_COMPARE_HISTORIES` and `JALON_COMPARE_SEED` make it larger.

use crate::generated::histories::{Grid, history};
use crate::generated::schedules::{Random, schedule};
use crate::{from_environment, sample};
use jalon::calendar::Duration;
use jalon::eval::{Silent, evaluate_with};
use jalon::lang::Lang;
use jalon::model::{Milestone, Subject, SubjectKind, When};
use jalon::money::Hours;
use jalon::plan::PlannedTerms;
use jalon::verify::versions::{Change, Comparison, Options, Verdict, compare};
use jalon::{Date, Event, EventKind, InvoiceLine, Plan};
use std::collections::BTreeMap;

fn plan(source: &str) -> Option<Plan> {
    jalon::compile("random.jalon", source).ok()?.schedules.into_iter().next()
}

fn swap_once(source: &str, random: &mut Random, pairs: &[(&str, &str)]) -> Option<String> {
    let places: Vec<(usize, &str, &str)> = pairs
        .iter()
        .flat_map(|(from, to)| source.match_indices(from).map(|(at, _)| (at, *from, *to)))
        .collect();
    let (at, from, to) = *(!places.is_empty()).then(|| random.pick(&places))?;
    Some(format!("{}{to}{}", &source[..at], &source[at + from.len()..]))
}

/// What somebody may have made of a schedule, and what it is called.
fn mutated(source: &str, random: &mut Random) -> Option<(&'static str, String)> {
    let lines: Vec<&str> = source.lines().collect();
    let first = lines.iter().position(|line| line.contains("\"L0\""))?;
    let billing = lines.len() - first;
    let joined = |lines: &[&str]| format!("{}\n", lines.join("\n"));
    Some(match random.below(11) {
        0 => ("translated", jalon::syntax::format(source, Some(Lang::Fr)).ok()?),
        1 => {
            let bounds = [
                ("1 month", "2 months"),
                ("2 months", "1 month"),
                ("3 months", "2 months"),
                ("30 days", "31 days"),
                ("60 days", "61 days"),
                ("6 weeks", "42 days"),
                ("hours >= 2", "hours >= 3"),
                ("hours < 5", "hours <= 5"),
                ("< 25 %", "<= 25 %"),
                (">= 80 %", "> 80 %"),
            ];
            ("shifted bound", swap_once(source, random, &bounds)?)
        }
        2 if billing > 1 => {
            let mut lines = lines.clone();
            lines.remove(first + random.below(billing));
            ("dropped line", joined(&lines))
        }
        3 => {
            let shares = [
                ("25 %", "26 %"),
                ("50 %", "49 %"),
                ("100 %", "99 %"),
                ("30 %", "33 %"),
                ("100 EUR", "101 EUR"),
                ("250 EUR", "249 EUR"),
            ];
            ("changed amount", swap_once(source, random, &shares)?)
        }
        4 if billing > 1 => {
            let mut lines = lines.clone();
            let (one, other) = (random.below(billing), random.below(billing));
            lines.swap(first + one, first + other);
            ("reordered", joined(&lines))
        }
        5 => (
            "other kind",
            swap_once(
                source,
                random,
                &[("deposit \"", "installment \""), ("installment \"", "deposit \"")],
            )?,
        ),
        6 => (
            "other form",
            swap_once(
                source,
                random,
                &[
                    ("work itemised", "work"),
                    (": work on", ": work itemised on"),
                    ("remainder", "up to 100 %"),
                ],
            )?,
        ),
        7 => (
            "renamed line",
            swap_once(source, random, &[("\"L0\"", "\"M\""), ("\"L1\"", "\"M\"")])?,
        ),
        8 => ("left open", swap_once(source, random, &[(", stays open\n", "\n")])?),
        9 => (
            "other price",
            swap_once(
                source,
                random,
                &[
                    ("fixed 1000", "fixed 1001"),
                    ("hourly 50", "hourly 51"),
                    ("at most 8", "at most 9"),
                    ("at least 3", "at least 2"),
                    ("flat 100", "flat 99"),
                    ("planned 10 hours", "planned 9 hours"),
                    ("planned 3 months", "planned 2 months"),
                ],
            )?,
        ),
        10 => ("another", schedule(random)),
        _ => return None,
    })
}

/// What a line says, but for what only tells it from other lines.
fn said(lines: &[InvoiceLine]) -> Vec<InvoiceLine> {
    let strip = |line: &InvoiceLine| InvoiceLine {
        id: String::new(),
        deducts: None,
        invoice: 0,
        schedule: String::new(),
        ..line.clone()
    };
    lines.iter().map(strip).collect()
}

fn cents(line: &InvoiceLine) -> i64 {
    line.amount.replace('.', "").parse().expect("an amount")
}

fn by_day(lines: &[InvoiceLine]) -> BTreeMap<Date, i64> {
    let mut days: BTreeMap<Date, i64> = BTreeMap::new();
    for line in lines {
        *days.entry(line.date).or_default() += cents(line);
    }
    days.retain(|_, amount| *amount != 0);
    days
}

fn differ(old: &[InvoiceLine], new: &[InvoiceLine], money: bool) -> bool {
    if money { by_day(old) != by_day(new) } else { said(old) != said(new) }
}

fn terms(plan: &Plan) -> PlannedTerms {
    let hours = plan.needs_planned_hours.then(|| Hours::read("10").unwrap());
    PlannedTerms {
        hours: plan.schedule.planned_hours.or(hours),
        months: plan.schedule.planned_months.or(plan.needs_planned_months.then_some(3)),
    }
}

fn billed(
    plan: &Plan,
    events: &[Event],
    terms: PlannedTerms,
    as_of: Date,
) -> Option<Vec<InvoiceLine>> {
    Some(evaluate_with(plan, events, terms, as_of, &mut Silent).ok()?.lines)
}

fn trigger_key(trigger: &When) -> (String, Option<String>) {
    let named = |kind: &str, name: &String| (kind.to_owned(), Some(name.clone()));
    match trigger {
        When::Milestone(Milestone::Signature) => ("signature".to_owned(), None),
        When::Milestone(Milestone::Start) => ("start".to_owned(), None),
        When::Milestone(Milestone::End) => ("end".to_owned(), None),
        When::Milestone(Milestone::Abandonment) => ("abandonment".to_owned(), None),
        When::Subject(Subject { kind: SubjectKind::Action, name }) => named("action", name),
        When::Subject(Subject { kind: SubjectKind::Event, name }) => named("event", name),
        When::Subject(Subject { kind: SubjectKind::Deliverable, name }) => {
            named("deliverable", name)
        }
        When::Calendar(_) => ("calendar".to_owned(), None),
    }
}

fn line_key(line: &InvoiceLine) -> (String, Option<String>) {
    match line.trigger.kind.name() {
        "month_end" | "after_start" | "after_signature" | "date" => ("calendar".to_owned(), None),
        kind @ ("action" | "event" | "deliverable") => (kind.to_owned(), line.trigger.name.clone()),
        kind => (kind.to_owned(), None),
    }
}

struct Pair<'p> {
    plans: [&'p Plan; 2],
    comparison: &'p Comparison,
    options: Options,
    text: String,
}

impl Pair<'_> {
    /// Every example shows what is claimed of it.
    fn check_examples(&self, bad: &mut Vec<String>) {
        let [old, new] = self.plans;
        for window in &self.comparison.windows {
            let Some(example) = &window.example else {
                if !matches!(window.change, Change::Same | Change::Unknown) {
                    bad.push(format!("{:?} without an example\n{}", window.change, self.text));
                }
                continue;
            };
            let [old_terms, new_terms] = example.terms;
            let (Some(one), Some(other)) = (
                billed(old, &example.events, old_terms, example.day),
                billed(new, &example.events, new_terms, example.day),
            ) else {
                bad.push(format!("an example is withheld\n{}", self.text));
                continue;
            };
            if !differ(&one, &other, self.options.money) {
                bad.push(format!("an example shows nothing: {:?}\n{}", example.events, self.text));
            }
            let [was, is] = example.amounts.map(|amount| amount.0);
            let fits = match window.change {
                Change::More => is > was,
                Change::Less => is < was,
                Change::Lines => is == was && !self.options.money,
                Change::Both => is != was,
                Change::Same | Change::Unknown => false,
            };
            if !fits {
                bad.push(format!(
                    "{:?}: {was} {is} {:?}\n{}",
                    window.change, example.events, self.text
                ));
            }
        }
    }

    /// What each side bills in all until the case is over on a day, that moment included: neither
    /// what comes after it on the same day nor what the calendar brings at the end of it.
    fn until_over(&self, events: &[Event], day: Date) -> Option<(i64, i64)> {
        let mut events = events.to_vec();
        events.sort_by_key(|event| (event.date, event.kind.place_in_day()));
        let last = events.iter().position(|event| event.date == day && self.is_over(event))?;
        events.truncate(last + 1);
        let all = |plan: &Plan| {
            let lines = billed(plan, &events, terms(plan), day)?;
            let counts = |line: &&InvoiceLine| line.date < day || line_key(line).0 != "calendar";
            Some(lines.iter().filter(counts).map(cents).sum())
        };
        let [old, new] = self.plans;
        Some((all(old)?, all(new)?))
    }

    /// Whether a case is over with an event, on either side.
    fn is_over(&self, event: &Event) -> bool {
        match &event.kind {
            EventKind::Milestone(milestone) => milestone.is_terminal(),
            EventKind::Action { name, .. } => self.plans.iter().any(|plan| {
                let actions = &plan.schedule.actions;
                actions.iter().any(|action| action.name == *name && action.ends_case)
            }),
            _ => false,
        }
    }

    /// What a history shows is known of its trigger.
    fn check_triggers(
        &self,
        old: &[InvoiceLine],
        new: &[InvoiceLine],
        events: &[Event],
        bad: &mut Vec<String>,
    ) {
        type Days = BTreeMap<(Date, (String, Option<String>)), [(Vec<InvoiceLine>, i64); 2]>;
        let mut days = Days::new();
        for (side, lines) in [said(old), said(new)].into_iter().enumerate() {
            for line in lines {
                let entry = days.entry((line.date, line_key(&line))).or_default();
                let slot = entry.get_mut(side).unwrap();
                slot.1 += cents(&line);
                slot.0.push(line);
            }
        }
        let keys = |date: Date| days.keys().filter(move |(day, _)| *day == date).count();
        for ((date, key), [(one, was), (other, is)]) in &days {
            let over = key.0 == "end" || key.0 == "abandonment";
            if one == other && !over {
                continue;
            }
            let (was, is) = if over {
                let (was, is) = self.until_over(events, *date).expect("it was billed before");
                if was == is && one == other {
                    continue;
                }
                (was, is)
            } else {
                (*was, *is)
            };
            // What is said of a trigger is said of its whole moment.
            let alone = over || keys(*date) == 1;
            let both = &self.comparison.both;
            let known = self
                .comparison
                .windows
                .iter()
                .filter(|window| trigger_key(both.trigger(window.trigger).unwrap()) == *key);
            let allowed = |window: &&jalon::verify::versions::Window| match window.change {
                Change::Same => false,
                Change::Both | Change::Unknown => true,
                Change::More => is >= was || !window.proved || !alone,
                Change::Less => is <= was || !window.proved || !alone,
                Change::Lines => is == was || !window.proved || !alone,
            };
            let changes: Vec<&str> = known.clone().map(|window| window.change.name()).collect();
            if !known.clone().any(|window| allowed(&window)) {
                bad.push(format!(
                    "{key:?} is {changes:?}, and yet {was} {is}: {events:?}\n{}",
                    self.text
                ));
            }
        }
    }
}

#[test]
fn verdicts_agree_with_brute_force() {
    let wanted = from_environment("JALON_COMPARE_PAIRS", sample(60));
    let seed = from_environment("JALON_COMPARE_SEED", 1);
    let histories = from_environment("JALON_COMPARE_HISTORIES", 250);
    let budget = usize::try_from(from_environment("JALON_COMPARE_BUDGET", 20_000)).unwrap();
    let mut counts: BTreeMap<(&str, bool, &str), u32> = BTreeMap::new();
    let mut bad: Vec<String> = Vec::new();
    let mut slowest = (0_u128, String::new());
    let (mut done, mut number) = (0, seed.wrapping_mul(1_000_003));
    while done < wanted {
        number += 1;
        let mut random = Random::new(number);
        let source = schedule(&mut random);
        let Some((name, other)) = mutated(&source, &mut random) else { continue };
        let (Some(old), Some(new)) = (plan(&source), plan(&other)) else { continue };
        done += 1;
        let options = Options { money: random.one_in(2), started: random.one_in(6), budget };
        let begun = std::time::Instant::now();
        let comparison = compare(&old, &new, &options);
        let took = begun.elapsed().as_millis();
        let text = format!("{name}, {options:?}: {:?}\n{source}\n{other}", comparison.verdict);
        if took > slowest.0 {
            slowest = (took, text.clone());
        }
        if std::env::var_os("JALON_COMPARE_SHOW_UNKNOWN").is_some()
            && comparison.verdict == Verdict::Unknown
        {
            println!("unknown in {took} ms, {} situations\n{text}", comparison.situations);
        }
        *counts.entry((name, options.money, comparison.verdict.name())).or_default() += 1;
        let pair = Pair { plans: [&old, &new], comparison: &comparison, options, text };
        pair.check_examples(&mut bad);
        let grid = Grid::of(&old).and(Grid::of(&new));
        let mut shortest: Option<usize> = None;
        for _ in 0..histories {
            let events = history(&mut random, &grid);
            if options.started && !starts_before_it_is_over(&events) {
                continue;
            }
            let last = events.iter().map(|event| event.date).max().unwrap();
            let as_of = last.plus(Duration::Months(8)).max(Date::new(2026, 1, 1).unwrap());
            let (Some(one), Some(two)) = (
                billed(&old, &events, terms(&old), as_of),
                billed(&new, &events, terms(&new), as_of),
            ) else {
                continue;
            };
            if !comparison.windows.is_empty() && !options.money {
                pair.check_triggers(&one, &two, &events, &mut bad);
            }
            if !differ(&one, &two, options.money) {
                continue;
            }
            shortest = Some(shortest.map_or(events.len(), |known| known.min(events.len())));
            if comparison.verdict == Verdict::Equivalent {
                bad.push(format!(
                    "equivalent, and yet {events:?}\n{one:#?}\n{two:#?}\n{}",
                    pair.text
                ));
                break;
            }
        }
        let examples = comparison.windows.iter().filter_map(|window| window.example.as_ref());
        let certain = examples.clone().count() > 0 && examples.clone().all(|it| it.shortest);
        let ours = examples.map(|example| example.events.len()).min();
        if let (true, Some(ours), Some(brute)) = (certain, ours, shortest)
            && ours > brute
        {
            bad.push(format!("a case of {brute} events, not {ours}\n{}", pair.text));
        }
        if name == "translated" && comparison.verdict != Verdict::Equivalent {
            bad.push(format!("translated, and yet {:?}\n{}", comparison.verdict, pair.text));
        }
    }
    println!("slowest: {} ms\n{}", slowest.0, slowest.1);
    for ((name, money, verdict), count) in &counts {
        println!("{name:16} {:6} {verdict:12} {count}", if *money { "money" } else { "lines" });
    }
    let shown = bad.iter().take(6).cloned().collect::<Vec<_>>().join("\n\n");
    assert!(bad.is_empty(), "{} disagreements:\n{shown}", bad.len());
}

fn starts_before_it_is_over(events: &[Event]) -> bool {
    let place =
        |wanted: fn(&EventKind) -> bool| events.iter().position(|event| wanted(&event.kind));
    let start = place(|kind| {
        matches!(kind, EventKind::Milestone(Milestone::Start) | EventKind::Action { .. })
    });
    let over =
        place(|kind| matches!(kind, EventKind::Milestone(Milestone::End | Milestone::Abandonment)));
    over.is_none_or(|over| start.is_some_and(|start| start < over))
}

/// The guide's schedules: their files' names and texts, in French.
fn guide() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/schedules/teo");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<(String, String)> = files
        .map(|path| {
            let source = std::fs::read_to_string(&path).unwrap();
            let french = jalon::syntax::format(&source, Some(Lang::Fr)).unwrap();
            (path.display().to_string(), french)
        })
        .collect();
    all.sort();
    assert_eq!(all.len(), 21);
    all
}

/// The text above the scenarios, with another line at its end.
fn with_line(source: &str, line: &str) -> String {
    let end = source.find("\nscénario").unwrap_or(source.len());
    format!("{}\n  {line}\n", source[..end].trim_end())
}

#[test]
fn the_guide_in_the_other_vocabulary_is_equivalent() {
    for (name, source) in guide() {
        let english = jalon::syntax::format(&source, Some(Lang::En)).unwrap();
        assert_ne!(english, source, "{name}");
        for money in [false, true] {
            let options = Options { money, ..Options::default() };
            let found = compare(&plan(&source).unwrap(), &plan(&english).unwrap(), &options);
            assert_eq!((found.verdict, found.same_text), (Verdict::Equivalent, true), "{name}");
        }
    }
}

/// A line that never fires makes the text another one, so that the search has to prove it.
#[test]
fn the_guide_is_proved_equivalent_by_the_search_too() {
    for (name, source) in guide() {
        let longer = with_line(&source, "solde \"Jamais\": rien au démarrage si non démarré");
        let longer = plan(&longer).unwrap_or_else(|| panic!("{name} with another line"));
        let begun = std::time::Instant::now();
        for money in [false, true] {
            let options = Options { money, ..Options::default() };
            let found = compare(&plan(&source).unwrap(), &longer, &options);
            let (verdict, size) = (found.verdict, found.situations);
            assert_eq!((verdict, found.same_text), (Verdict::Equivalent, false), "{name}");
            assert!(found.windows.iter().all(|window| window.change == Change::Same), "{name}");
            assert!(size > 1 && size < 20_000, "{name}: {size} situations");
        }
        println!("{:5} ms {name}", begun.elapsed().as_millis());
    }
}

/// An amount that is changed in one line of the guide shows, with a case, and only where it should.
#[test]
fn a_changed_amount_in_the_guide_shows() {
    let mut changed = 0;
    for (name, source) in guide() {
        let old = plan(&source).unwrap();
        for (place, _) in source.match_indices(" %") {
            let digits = source[..place].rfind(|c: char| !c.is_ascii_digit()).unwrap() + 1;
            let line = source[..place].rfind('\n').map_or(0, |end| end + 1);
            if !source[line..digits].trim_end().ends_with("\":") {
                continue;
            }
            let share: u32 = source[digits..place].parse().unwrap();
            let less = format!("{}{}{}", &source[..digits], share - 1, &source[place..]);
            let Some(new) = plan(&less) else { continue };
            let found = compare(&old, &new, &Options::default());
            assert_eq!(found.verdict, Verdict::Different, "{name}: {}", &source[line..place]);
            let examples = found.windows.iter().filter_map(|window| window.example.as_ref());
            assert!(examples.clone().count() > 0, "{name}");
            for example in examples {
                let one = billed(&old, &example.events, example.terms[0], example.day).unwrap();
                let other = billed(&new, &example.events, example.terms[1], example.day).unwrap();
                assert!(differ(&one, &other, false), "{name}: {:?}", example.events);
            }
            changed += 1;
        }
    }
    assert!(changed >= 20, "{changed} changes");
}
