//! What the library says of one case besides its sums: which events had no effect, why a case is withheld
//! and by which event, which opening counts, and the ids of lines that say the same. In: schedules and
//! events. Out: nothing. The sums themselves are held against the reference in `tests/properties/`.

use jalon::eval::{Silent, Step, Trace, evaluate_with, opened_on};
use jalon::money::Hours;
use jalon::plan::PlannedTerms;
use jalon::rules::{Term, Unsound};
use jalon::{Compiled, Date, Evaluation, Event, EventKind, Lang, Plan, Withheld};
use std::collections::HashSet;

pub fn compiled(source: &str) -> Compiled {
    jalon::compile("schedule.jalon", source).unwrap()
}

/// Events as they are written here: a date and the rest of its JSON.
type Days<'a> = &'a [(&'a str, &'a str)];

/// Events of case `x`, each from its date and the rest of its JSON.
pub fn events(written: &[(&str, &str)]) -> Vec<Event> {
    let event = |(date, rest): &(&str, &str)| {
        serde_json::from_str(&format!(r#"{{"case":"x","date":"{date}",{rest}}}"#)).unwrap()
    };
    written.iter().map(event).collect()
}

pub fn evaluate(plan: &Plan, events: &[Event]) -> Result<Evaluation, Withheld> {
    jalon::evaluate(plan, events, Date::parse("2025-12-31").unwrap())
}

pub fn said_well(said: &str) -> bool {
    !said.is_empty() && !said.ends_with('.') && !said.contains("``")
}

/// A fixed price, with everything of which an event can have no effect.
pub const OPEN: &str = r#"
schedule "Open"
  price fixed 1000 EUR
  deposit "Deposit": 10 % on signature
  installment "Half": 50 % on action "First interview" or event "half" or deliverable "Report"
  balance "So far": 20 % on end or abandonment, stays open
  balance "Rest": 20 % on event "closing"
"#;

/// What withholds a case, and the event at fault.
#[test]
fn a_case_is_withheld_for_a_reason_and_by_an_event() {
    let per_action = "schedule \"S\" price per action, in EUR action \"Interview\" hourly 70 \
        balance \"B\": work on end";
    let attendance = "schedule \"S\" price fixed 100 EUR balance \"B\": pro rata attendance on end";
    let duration = "schedule \"S\" price fixed 100 EUR balance \"B\": pro rata duration on end";
    let start = ("2025-01-01", r#""kind":"start","id":"a""#);
    let end = ("2025-02-01", r#""kind":"end","id":"e""#);
    let opened = ("2025-01-01", r#""kind":"opened","schedule":"S""#);
    let visit = ("2025-01-02", r#""kind":"action","name":"Interviews","hours":1"#);
    let elsewhere = ("2025-01-01", r#""kind":"opened","schedule":"T""#);
    let agreed = "schedule \"S\" price fixed as agreed, in EUR balance \"B\": remainder on end";
    let fine = ("2025-01-01", r#""kind":"opened","schedule":"S","price":"1000.005""#);
    let bounded = "schedule \"S\" price fixed as agreed, in EUR, at least 100 EUR balance \"B\": remainder on end";
    let priced = ("2025-01-01", r#""kind":"opened","schedule":"S","price":"1000""#);
    let low = ("2025-03-01", r#""kind":"amendment","price":"50""#);
    let high = ("2025-03-01", r#""kind":"amendment","price":"500""#);
    let higher = ("2025-03-01", r#""kind":"amendment","price":"600""#);
    let march = Date::new(2025, 3, 1).unwrap();
    let terms = |unsound, event| Withheld::Terms { unsound, event: Some(event) };
    let table: [(&str, Days, Withheld); 13] = [
        (
            per_action,
            &[start, end, ("2025-01-02", r#""kind":"start","id":"a""#)],
            Withheld::ConflictingId { first: 0, event: 2 },
        ),
        (per_action, &[start, opened, opened], Withheld::OpenedTwice { first: 1, event: 2 }),
        (per_action, &[start, elsewhere], Withheld::OtherSchedule { event: 1 }),
        (per_action, &[start, visit], Withheld::UnlistedAction { event: 1 }),
        (
            per_action,
            &[start, end, ("2025-03-01", r#""kind":"void","ref":"b""#)],
            Withheld::NothingToVoid { event: 2 },
        ),
        (
            per_action,
            &[
                start,
                ("2025-03-01", r#""kind":"void","ref":"a","id":"v""#),
                ("2025-03-01", r#""kind":"void","ref":"v""#),
            ],
            Withheld::NothingToVoid { event: 2 },
        ),
        (attendance, &[start, end], Withheld::NoPlannedHours),
        (duration, &[start, end], Withheld::NoPlannedDuration),
        (
            "schedule \"S\" price hourly 90000000000 EUR balance \"B\": work on end",
            &[("2025-01-01", r#""kind":"action","name":"A","hours":100000"#); 3_000],
            Withheld::TooLarge,
        ),
        (
            agreed,
            &[start, end],
            Withheld::Terms { unsound: Unsound::Missing(Term::Price), event: None },
        ),
        (agreed, &[start, fine, end], Withheld::Decimals { event: 1 }),
        (bounded, &[priced, end, high, low], terms(Unsound::OutOfBounds(Term::Price), 3)),
        (bounded, &[priced, high, higher], terms(Unsound::TwoOnOneDay(Term::Price, march), 2)),
    ];
    let mut said = HashSet::new();
    for (source, written, expected) in &table {
        let compiled = compiled(source);
        let plan = &compiled.schedules[0];
        let events = events(written);
        let withheld = evaluate(plan, &events).unwrap_err();
        assert_eq!(withheld, *expected);
        let at = match expected {
            Withheld::MixedCases { event }
            | Withheld::ConflictingId { event, .. }
            | Withheld::OpenedTwice { event, .. }
            | Withheld::OtherSchedule { event }
            | Withheld::UnlistedAction { event }
            | Withheld::Decimals { event }
            | Withheld::NothingToVoid { event } => Some(*event),
            Withheld::OutOfRange { event } | Withheld::Terms { event, .. } => *event,
            Withheld::NoPlannedHours | Withheld::NoPlannedDuration | Withheld::TooLarge => None,
        };
        assert_eq!(withheld.event(), at);
        for lang in [Lang::En, Lang::Fr] {
            let sentence = withheld.say(plan, &events, lang);
            assert!(said_well(&sentence), "{sentence}");
            assert!(said.insert(sentence.clone()), "said of two things: {sentence}");
            if let (Withheld::NothingToVoid { .. }, Lang::En) = (&withheld, lang) {
                let of_void = events.iter().any(|event| event.id.as_deref() == Some("v"));
                let why = if of_void { "cannot be withdrawn" } else { "nothing to withdraw" };
                assert!(sentence.contains(why), "{sentence}");
            }
        }
    }
    let compiled = compiled(per_action);
    let mut mixed = events(&[start, end, end]);
    "y".clone_into(&mut mixed[2].case);
    let withheld = evaluate(&compiled.schedules[0], &mixed).unwrap_err();
    assert_eq!((withheld.event(), withheld), (Some(2), Withheld::MixedCases { event: 2 }));
}

/// What a case states of itself comes before what its schedule plans; either is enough.
#[test]
fn planned_terms_are_those_of_the_case_or_of_the_schedule() {
    let source = |planned: &str| {
        format!(
            "schedule \"S\" price fixed 1200 EUR {planned} \
            installment \"Hours\": pro rata attendance on event \"half\" \
            balance \"Months\": pro rata duration on end"
        )
    };
    let of = |planned: &str, stated: &str| {
        let compiled = compiled(&source(planned));
        let opened = format!(r#""kind":"opened","schedule":"S"{stated}"#);
        let events = events(&[
            ("2025-01-01", opened.as_str()),
            ("2025-01-01", r#""kind":"action","name":"A","hours":5"#),
            ("2025-01-02", r#""kind":"event","name":"half""#),
            ("2025-01-31", r#""kind":"end""#),
        ]);
        let lines = evaluate(&compiled.schedules[0], &events)?.lines;
        Ok(lines.into_iter().map(|line| line.amount).collect::<Vec<String>>())
    };
    let both = r#","planned_hours":20,"planned_months":1"#;
    assert_eq!(of("planned 10 hours planned 2 months", both).unwrap(), ["300.00", "1200.00"]);
    assert_eq!(of("", both).unwrap(), ["300.00", "1200.00"]);
    // 31 of 59 days.
    assert_eq!(of("planned 10 hours planned 2 months", "").unwrap(), ["600.00", "630.51"]);
    assert_eq!(of("planned 2 months", r#","planned_hours":20"#).unwrap(), ["300.00", "630.51"]);
    assert_eq!(of("", r#","planned_hours":20"#), Err(Withheld::NoPlannedDuration));
    assert_eq!(of("", r#","planned_months":1"#), Err(Withheld::NoPlannedHours));
}

#[test]
fn the_first_opening_that_is_not_withdrawn_counts() {
    let start = ("2025-01-05", r#""kind":"start""#);
    let opened = |schedule: &str, id: &str| {
        format!(r#""kind":"opened","schedule":"{schedule}","id":"{id}""#)
    };
    let (a, b, c) = (opened("A", "a"), opened("B", "b"), opened("C", "c"));
    let (a, b, c) = (("2025-01-03", &*a), ("2025-01-01", &*b), ("2025-01-02", &*c));
    let void = |of: &str| format!(r#""kind":"void","ref":"{of}""#);
    let (void_a, void_b, void_c) = (void("a"), void("b"), void("c"));
    let (void_a, void_b, void_c) =
        (("2025-02-01", &*void_a), ("2025-02-01", &*void_b), ("2025-02-01", &*void_c));
    let table: [(Days, Option<(usize, &str)>); 8] = [
        (&[start], None),
        (&[start, a], Some((1, "A"))),
        (&[start, a, b], Some((1, "A"))),
        (&[void_a, a, start, b], Some((3, "B"))),
        (&[a, b, void_b], Some((0, "A"))),
        (&[a, b, c, void_a, void_b], Some((2, "C"))),
        // Where none is left, the first says which schedule would have been meant.
        (&[start, a, void_a], Some((1, "A"))),
        (&[a, b, c, void_c, void_b, void_a], Some((0, "A"))),
    ];
    for (written, expected) in table {
        assert_eq!(opened_on(&events(written)), expected, "{written:?}");
    }
    let source = ["A", "B"].map(|name| {
        format!("schedule \"{name}\" price fixed 9 EUR balance \"Of {name}\": 100 % on end\n")
    });
    let compiled = compiled(&source.concat());
    let end = ("2025-06-01", r#""kind":"end""#);
    let billed = |written: &[(&str, &str)]| {
        let outcome = compiled.evaluate(&events(written), Date::parse("2025-12-31").unwrap());
        outcome.map(|outcome| outcome.unwrap().lines[0].label.clone())
    };
    assert_eq!(billed(&[a, end]).as_deref(), Some("Of A"));
    assert_eq!(billed(&[a, void_a, b, end]).as_deref(), Some("Of B"));
    assert_eq!(billed(&[end]), None);
}

/// The id of a line that says what others say counts them, and nothing else of the case.
#[test]
fn lines_that_say_the_same_have_ids_of_their_own_however_many_lines_there_are() {
    let compiled = compiled(
        "schedule \"S\" price per action, in EUR action \"Interview\" flat 70 \
        action \"Visit\" flat 30 balance \"B\": work itemised on end",
    );
    let ids = |interviews: usize, visits: usize| {
        let mut written = vec![("2025-01-02", r#""kind":"action","name":"Interview""#); interviews];
        written.extend(vec![("2025-01-03", r#""kind":"action","name":"Visit""#); visits]);
        written.push(("2025-01-04", r#""kind":"end""#));
        let lines = evaluate(&compiled.schedules[0], &events(&written)).unwrap().lines;
        assert_eq!(lines.len(), interviews + visits);
        let of = |label: &str| {
            lines.iter().filter(|line| line.label == label).map(|line| line.id.clone()).collect()
        };
        let (interviews, visits): (Vec<String>, Vec<String>) = (of("Interview"), of("Visit"));
        (interviews, visits)
    };
    let (few, none) = ids(4, 0);
    let (same, one) = ids(4, 1);
    let (many, others) = ids(20, 5);
    assert!(none.is_empty());
    assert_eq!(few, same);
    assert_eq!(few, many[..4]);
    assert_eq!(one, others[..1]);
    let all: HashSet<&String> = many.iter().chain(&others).collect();
    assert_eq!(all.len(), 25);
}

/// Calendar dates run from the first event on, a condition is judged with the whole day known.
#[test]
fn the_calendar_begins_with_the_first_event_and_ends_with_the_as_of_date() {
    let compiled = compiled(
        "schedule \"S\" price fixed 1000 EUR \
        installment \"Monthly\": 10 % on month end \
        installment \"Fixed\": 20 % on 2025-03-15 \
        installment \"Later\": 30 % on 2 months after start \
        balance \"Rest\": remainder on end",
    );
    let plan = &compiled.schedules[0];
    let billed = |written: &[(&str, &str)], as_of: &str| {
        let outcome = jalon::evaluate(plan, &events(written), Date::parse(as_of).unwrap()).unwrap();
        let line = |line: &jalon::InvoiceLine| (line.date.to_string(), line.label.clone());
        outcome.lines.iter().map(line).collect::<Vec<_>>()
    };
    let own = |lines: &[(&str, &str)]| {
        lines
            .iter()
            .map(|(date, label)| ((*date).to_owned(), (*label).to_owned()))
            .collect::<Vec<_>>()
    };
    let start = |date| (date, r#""kind":"start""#);
    let lines = own(&[("2025-01-31", "Monthly"), ("2025-03-15", "Fixed"), ("2025-03-31", "Later")]);
    assert_eq!(billed(&[start("2025-01-31")], "2025-03-31"), lines);
    assert_eq!(billed(&[start("2025-01-31")], "2025-03-30"), lines[..2]);
    assert_eq!(billed(&[start("2025-01-31")], "2025-01-31"), lines[..1]);
    assert_eq!(billed(&[start("2025-01-31")], "2025-01-30"), []);
    // The fixed date has gone by, or is the very day.
    let after = own(&[("2025-03-31", "Monthly"), ("2025-05-16", "Later")]);
    assert_eq!(billed(&[start("2025-03-16")], "2025-12-31"), after);
    let on = own(&[("2025-03-15", "Fixed"), ("2025-03-31", "Monthly"), ("2025-05-15", "Later")]);
    assert_eq!(billed(&[start("2025-03-15")], "2025-12-31"), on);
    assert_eq!(billed(&[], "2025-12-31"), []);
}

/// A case starts at one moment and ends at one, whatever comes after it.
#[test]
fn one_moment_starts_a_case_and_one_ends_it() {
    let compiled = compiled(OPEN);
    let plan = &compiled.schedules[0];
    let written = ["start", "end", "abandonment"].map(|kind| format!("\"kind\":\"{kind}\""));
    let closing = r#""kind":"event","name":"closing""#;
    let kinds = [&*written[0], &*written[0], &*written[1], &*written[2], closing];
    let days = ["2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04", "2025-01-05"];
    let events = events(&std::array::from_fn::<_, 5, _>(|place| (days[place], kinds[place])));
    let (mut trace, as_of) = (Trace::new(plan), events[4].date);
    evaluate_with(plan, &events, PlannedTerms::default(), as_of, &mut trace).unwrap();
    let of =
        |steps: &mut dyn Iterator<Item = &Step>| steps.map(|step| step.event).collect::<Vec<_>>();
    assert_eq!(of(&mut trace.steps.iter().filter(|step| step.starts)), [Some(0)]);
    assert_eq!(of(&mut trace.steps.iter().filter(|step| step.ends)), [Some(2)]);
}

/// A host types what no file can hold: it is refused, never left out.
#[test]
fn hours_and_months_that_no_event_may_state_withhold_the_case() {
    let compiled = compiled("schedule \"S\" price hourly 10 EUR balance \"B\": work on end");
    let plan = &compiled.schedules[0];
    let action = |hours: i64| EventKind::Action { name: "A".to_owned(), hours: Some(Hours(hours)) };
    let opened = |hours: Option<i64>, months: Option<u32>| EventKind::Opened {
        schedule: "S".to_owned(),
        planned: PlannedTerms { hours: hours.map(Hours), months },
    };
    let most = Hours::LARGEST.0;
    for (kind, sound) in [
        (action(0), true),
        (action(most), true),
        (action(-1), false),
        (action(most + 1), false),
        (action(i64::from(u32::MAX)), false),
        (action(i64::MAX), false),
        (action(i64::MIN), false),
        (opened(None, None), true),
        (opened(Some(1), Some(1)), true),
        (opened(Some(most), Some(1_200)), true),
        (opened(Some(0), None), false),
        (opened(Some(-1), None), false),
        (opened(Some(most + 1), None), false),
        (opened(None, Some(0)), false),
        (opened(None, Some(1_201)), false),
    ] {
        let mut all =
            events(&[("2025-01-01", r#""kind":"start""#), ("2025-02-01", r#""kind":"end""#)]);
        all[1].kind = kind.clone();
        let outcome = evaluate(plan, &all).map(|_| ());
        let expected = if sound { Ok(()) } else { Err(Withheld::OutOfRange { event: Some(1) }) };
        assert_eq!(outcome, expected, "{kind:?}");
    }
    for (hours, months) in [(Some(Hours(0)), None), (Some(Hours(-1)), None), (None, Some(0))] {
        let all = events(&[("2025-01-01", r#""kind":"start""#)]);
        let terms = PlannedTerms { hours, months };
        let as_of = Date::parse("2025-12-31").unwrap();
        let outcome = evaluate_with(plan, &all, terms, as_of, &mut Silent).map(|_| ());
        assert_eq!(outcome, Err(Withheld::OutOfRange { event: None }));
    }
}
