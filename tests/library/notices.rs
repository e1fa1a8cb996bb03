//! What is told of events that have no effect, or not the one that was meant.

use crate::evaluation::{OPEN, compiled, evaluate, events, said_well};
use jalon::{Lang, NoticeKind};
use std::collections::HashSet;

#[test]
fn notices_name_each_event_without_effect_in_the_order_of_their_dates() {
    let compiled = compiled(OPEN);
    let plan = &compiled.schedules[0];
    let events = events(&[
        ("2025-01-01", r#""kind":"signature","id":"s""#),
        ("2025-09-01", r#""kind":"event","name":"closing","id":"c""#),
        ("2025-09-01", r#""kind":"event","name":"closing","id":"c""#),
        ("2025-01-02", r#""kind":"signature""#),
        ("2025-01-03", r#""kind":"start""#),
        ("2025-01-04", r#""kind":"start","id":"v""#),
        ("2025-01-05", r#""kind":"action","name":"first interviev","hours":1"#),
        ("2025-01-05", r#""kind":"start""#),
        ("2025-08-01", r#""kind":"void","ref":"v""#),
        ("2025-08-02", r#""kind":"void","ref":"v""#),
        ("2025-02-01", r#""kind":"event","name":"Half""#),
        ("2025-02-02", r#""kind":"deliverable","name":"Reports""#),
        ("2025-03-01", r#""kind":"end""#),
        ("2025-04-01", r#""kind":"abandonment""#),
        ("2025-10-01", r#""kind":"event","name":"half""#),
        ("2026-01-01", r#""kind":"event","name":"half""#),
    ]);
    let outcome = evaluate(plan, &events).unwrap();
    let told: Vec<(usize, NoticeKind)> =
        outcome.notices.iter().map(|notice| (notice.event, notice.kind)).collect();
    assert_eq!(
        told,
        [
            (3, NoticeKind::SecondSignature),
            (5, NoticeKind::Voided),
            (6, NoticeKind::LookAlikeAction),
            (7, NoticeKind::SecondStart),
            (10, NoticeKind::UnknownEvent),
            (11, NoticeKind::UnknownDeliverable),
            (13, NoticeKind::SecondEnd),
            (9, NoticeKind::SecondVoid),
            (2, NoticeKind::Duplicate),
            (14, NoticeKind::AfterClosing),
            (15, NoticeKind::NotYet),
        ]
    );
    assert!(outcome.notices.is_sorted_by_key(|notice| notice.date));
    let said = |event: usize, lang| {
        let notice = outcome.notices.iter().find(|notice| notice.event == event).unwrap();
        notice.kind.say(plan, &events[event], lang)
    };
    for (event, meant) in [(6, "First interview"), (10, "half"), (11, "Report")] {
        assert!(said(event, Lang::En).ends_with(&format!("did you mean `{meant}`?")));
    }
    let all = outcome.notices.iter().map(|notice| notice.event);
    let sentences: HashSet<String> =
        all.flat_map(|event| [said(event, Lang::En), said(event, Lang::Fr)]).collect();
    assert_eq!(sentences.len(), 2 * outcome.notices.len());
    assert!(sentences.iter().all(|said| said_well(said)), "{sentences:?}");
}

#[test]
fn after_its_terminal_event_a_case_neither_starts_nor_is_signed() {
    let source = "schedule \"W\" price hourly 70 EUR
      deposit \"Signed\": 10 EUR on signature
      deposit \"Deposit\": 25 EUR on start or 3 days after start
      installment \"Visit\": work on action \"Visit\"
      installment \"Early\": 5 EUR on action \"Visit\" if duration < 4 months or started
      installment \"Report\": 40 EUR on deliverable \"Report\"";
    let compiled = compiled(source);
    let plan = &compiled.schedules[0];
    for terminal in ["end", "abandonment"] {
        let events = events(&[
            ("2025-02-20", &format!("\"kind\":\"{terminal}\"")),
            ("2025-03-01", r#""kind":"start""#),
            ("2025-03-02", r#""kind":"signature""#),
            ("2025-03-03", r#""kind":"action","name":"Visit","hours":2"#),
            ("2025-03-04", r#""kind":"start""#),
            ("2025-03-05", r#""kind":"deliverable","name":"Report""#),
        ]);
        let outcome = evaluate(plan, &events).unwrap();
        let told: Vec<(usize, NoticeKind)> =
            outcome.notices.iter().map(|notice| (notice.event, notice.kind)).collect();
        let (start, signature) = (NoticeKind::StartAfterEnd, NoticeKind::SignatureAfterEnd);
        assert_eq!(told, [(1, start), (2, signature), (4, start)]);
        assert!(outcome.notices.iter().all(|notice| !notice.kind.has_effect()));
        for (notice, lang) in outcome.notices.iter().zip([Lang::En, Lang::Fr, Lang::En]) {
            assert!(said_well(&notice.kind.say(plan, &events[notice.event], lang)));
        }
        let billed: Vec<(&str, &str)> =
            outcome.lines.iter().map(|line| (line.line.as_str(), line.amount.as_str())).collect();
        assert_eq!(billed, [("Visit", "140.00"), ("Report", "40.00")], "work, and no start");
    }
}

#[test]
fn a_notice_tells_whether_the_event_counts_all_the_same() {
    let source = "schedule \"W\" price hourly 70 EUR action \"Interview\" \
        balance \"Done\": work on end";
    let compiled = compiled(source);
    let plan = &compiled.schedules[0];
    let events = events(&[
        ("2025-01-01", r#""kind":"action","name":"Interview""#),
        ("2025-01-02", r#""kind":"action","name":"Visit","hours":2"#),
        ("2025-01-03", r#""kind":"end""#),
    ]);
    let outcome = evaluate(plan, &events).unwrap();
    let told: Vec<_> = outcome.notices.iter().map(|notice| (notice.event, notice.kind)).collect();
    assert_eq!(told, [(0, NoticeKind::NoHours), (1, NoticeKind::UnlistedAction)]);
    assert_eq!(outcome.lines[0].amount, "140.00");
    let effective: Vec<&str> =
        NoticeKind::ALL.iter().filter(|kind| kind.has_effect()).map(|kind| kind.name()).collect();
    assert_eq!(
        effective,
        [
            "repeated",
            "unlisted-action",
            "look-alike-action",
            "no-hours",
            "hours-decide",
            "progress-falls",
            "no-quantity",
            "no-amount",
            "unused-quantity",
            "unused-amount",
        ]
    );
    let names: HashSet<&str> = NoticeKind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(names.len(), NoticeKind::ALL.len());
}

#[test]
fn an_action_looks_like_another_by_a_few_letters_but_not_by_digits() {
    let noticed = |asked: &str, given: &str| {
        let compiled = compiled(&format!(
            "schedule \"S\" price fixed 100 EUR balance \"B\": 100 % on action \"{asked}\""
        ));
        let events =
            events(&[("2025-01-01", &format!(r#""kind":"action","name":"{given}""#) as &str)]);
        let outcome = evaluate(&compiled.schedules[0], &events).unwrap();
        assert!(outcome.lines.is_empty());
        outcome.notices.iter().any(|notice| notice.kind == NoticeKind::LookAlikeAction)
    };
    for (asked, given) in [
        ("Interview", "interview"),
        ("Entretien final", "entretien finale"),
        // Three letters changed, left out, or added, in names that are long enough.
        ("Entretien de bilan", "Entretien du bylen"),
        ("Entretien de bilan", "Entretien d bil"),
        ("Entretien d bil", "Entretien de bila"),
        ("Accompagnement", "Acompagnment"),
        ("Acompagnment", "Accompagnement"),
        // Accents on either side.
        ("Réunion", "Reunion"),
        ("Reunion", "Réunion"),
        ("Évaluation préalable", "evaluation prealable"),
        ("evaluation prealable", "Évaluation préalable"),
        ("Élève préféré", "eleve prefere"),
        ("eleve prefere", "Élève préféré"),
        ("Session 1 du matin", "session 1 du matim"),
    ] {
        assert!(noticed(asked, given), "{given} for {asked}");
    }
    for (asked, given) in [
        ("Session 1", "Session 2"),
        ("Session 12", "Session 1"),
        ("Session", "Sortie"),
        ("Entretien de bilan", "Entretien du mylex"),
        ("Interview", "Review of all"),
    ] {
        assert!(!noticed(asked, given), "{given} for {asked}");
    }
}

/// Of hours that are missing the reader is told which line they decide, by either evaluator; of hours that decide nothing, nothing.
#[test]
fn hours_that_are_missing_and_decide_a_line_are_told() {
    let source = |more: &str| {
        format!(
            r#"schedule "Course"
  price per action, in EUR
    action "Session" hourly 70
    action "Report"  flat 300
    action "Talk"    not billed
  planned 10 hours
  {more}
  deposit "Deposit":    100 EUR on signature
  installment "Half":   50 EUR  on event "Review" if hours >= 5
  balance "Never came": nothing on abandonment if attendance < 25 %
  balance "Left":       work    on abandonment if attendance >= 25 %
"#
        )
    };
    let told = |more: &str, action: &str| -> Vec<String> {
        let source = source(more);
        let compiled = jalon::compile("hours.jalon", &source).unwrap();
        let plan = &compiled.schedules[0];
        let events = events(&[
            ("2025-01-01", r#""kind":"signature""#),
            ("2025-01-02", action),
            ("2025-01-03", r#""kind":"event","name":"Review""#),
            ("2025-01-04", r#""kind":"event","name":"Review""#),
            ("2025-01-05", r#""kind":"abandonment""#),
        ]);
        let outcome = evaluate(plan, &events).unwrap();
        let decide = outcome.notices.iter().filter(|it| it.kind.name() == "hours-decide");
        let told = decide.map(|it| {
            assert_eq!(it.event, 1, "it is a notice of the action");
            it.kind.say(plan, &events[it.event], Lang::En)
        });
        told.collect()
    };
    for more in ["", "may be suspended"] {
        let session = told(more, r#""kind":"action","name":"Session""#);
        assert_eq!(session.len(), 2, "{session:?}");
        let [half, never] = ["Half", "Never came"].map(|line| {
            format!("`Session` states no hours and counts for none: by its hours `{line}` could come out otherwise")
        });
        assert!(session.contains(&half) && session.contains(&never), "{session:?}");
        assert_eq!(told(more, r#""kind":"action","name":"Talk""#).len(), 2);
        // What is flat has no hours to state; with all hours, and with hours past every bound, none are missing.
        assert_eq!(told(more, r#""kind":"action","name":"Report""#).len(), 0);
        assert_eq!(told(more, r#""kind":"action","name":"Session","hours":1"#).len(), 0);
        assert_eq!(told(more, r#""kind":"action","name":"Session","hours":9"#).len(), 0);
    }
}

/// What is certified is told in all: who sends what is new is told, with both, in either evaluator's order of a day.
#[test]
fn progress_that_falls_is_a_notice_with_both() {
    let told = |source: &str, lang: Lang, progress: &[(&str, &str)]| -> Vec<(usize, String)> {
        let compiled = jalon::compile("progress.jalon", source).unwrap();
        let plan = &compiled.schedules[0];
        let fields: Vec<(&str, String)> = progress
            .iter()
            .map(|(date, percent)| (*date, format!(r#""kind":"progress","percent":{percent}"#)))
            .collect();
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(date, fields)| (*date, fields.as_str())).collect();
        let events = events(&fields);
        let outcome = evaluate(plan, &events).unwrap();
        let falls = outcome.notices.iter().filter(|it| it.kind.name() == "progress-falls");
        falls
            .map(|it| {
                assert!(it.kind.has_effect(), "it gives back");
                (it.event, it.kind.say(plan, &events[it.event], lang))
            })
            .collect()
    };
    let works =
        "schedule \"W\" price fixed 1000 EUR balance \"S\": progress each progress, stays open";
    let asks = "schedule \"W\" price fixed 1000 EUR balance \"S\": 50 % on end if progress >= 65 %";
    for source in [works, asks] {
        let fallen = told(
            source,
            Lang::En,
            &[
                ("2025-01-01", "60"),
                ("2025-01-31", "40"),
                ("2025-02-01", "40"),
                ("2025-02-02", "39.5"),
            ],
        );
        let says = |from: &str, to: &str| {
            format!(
                "progress falls from {from} to {to}: each states what is certified in all, and not what is new"
            )
        };
        assert_eq!(fallen, [(1, says("60 %", "40 %")), (3, says("40 %", "39.5 %"))], "{source}");
        // What rises, or stays, is none; what is sent first may be dated last.
        assert!(told(source, Lang::En, &[("2025-01-01", "40"), ("2025-01-31", "40")]).is_empty());
        assert!(told(source, Lang::En, &[("2025-01-31", "60"), ("2025-01-01", "40")]).is_empty());
    }
    let french = "échéancier \"T\" tarif forfait 1000 EUR solde \"S\": l'avancement à chaque avancement, reste ouvert";
    let fallen = told(french, Lang::Fr, &[("2025-01-01", "60"), ("2025-01-01", "40.25")]);
    let says = "l'avancement baisse de 60 % à 40,25 % : chacun dit ce qui est certifié en tout, et non ce qui est nouveau";
    assert_eq!(fallen, [(1, says.to_owned())]);
    // Where nothing turns on it, it does not matter.
    let other = "schedule \"W\" price monthly 10 EUR balance \"S\": price each month from start, stays open";
    assert!(told(other, Lang::En, &[("2025-01-01", "60"), ("2025-01-31", "40")]).is_empty());
}

/// Two events of a day that say the same, without ids, both count where they bear on what is billed, and are told; ids tell
/// two sessions apart.
#[test]
fn an_event_that_is_entered_twice_is_told_and_counts_twice() {
    let session = r#""kind":"action","name":"Session","hours":2"#;
    let other = r#""kind":"action","name":"Other","hours":2"#;
    let told = |schedule: &str, rows: &[(&str, &str)]| {
        let compiled = compiled(schedule);
        let outcome = evaluate(&compiled.schedules[0], &events(rows)).unwrap();
        let sums: Vec<String> = outcome.lines.iter().map(|line| line.amount.clone()).collect();
        let repeated = outcome.notices.iter().filter_map(|notice| {
            let NoticeKind::Repeated(other) = notice.kind else { return None };
            Some((notice.event, other))
        });
        (repeated.collect::<Vec<_>>(), sums)
    };
    let rows = [
        ("2025-01-06", session),
        ("2025-01-07", session),
        ("2025-01-07", other),
        ("2025-01-07", session),
        ("2025-01-08", r#""kind":"action","name":"Session","hours":3"#),
        ("2025-01-08", session),
        ("2025-01-09", r#""kind":"end""#),
        ("2025-01-10", session),
        ("2025-01-10", session),
    ];
    let hourly = "schedule \"W\" price hourly 70 EUR balance \"Done\": work on end";
    assert_eq!(told(hourly, &rows), (vec![(3, 1)], vec!["910.00".to_owned()]));
    // The same in the second part of the language, and of what a line waits for each time.
    let agreed = "schedule \"W\" price hourly 70 EUR vat 20 % balance \"Done\": work on end";
    assert_eq!(told(agreed, &rows), (vec![(3, 1)], vec!["910.00".to_owned()]));
    let each = "schedule \"W\" price fixed 900 EUR installment \"Meal\": 5 EUR each event \"Meal\" installment \"Kit\": 7 EUR on event \"Kit\" \
        balance \"Done\": nothing on end";
    let (meal, kit) = (r#""kind":"event","name":"Meal""#, r#""kind":"event","name":"Kit""#);
    let meals =
        [("2025-01-07", meal), ("2025-01-07", kit), ("2025-01-07", meal), ("2025-01-07", kit)];
    let sums: Vec<String> = ["5.00", "7.00", "5.00"].map(str::to_owned).into();
    assert_eq!(told(each, &meals), (vec![(2, 0)], sums));
    // So is what a condition counts; what it asks for once is not.
    let third = "schedule \"W\" price fixed 900 EUR installment \"Meal\": 10 % on event \"Meal\" if event \"Meal\" happened at least 3 times \
        installment \"Kit\": 20 % on event \"Kit\" if event \"Kit\" happened balance \"Done\": remainder on end";
    let later = [meals.as_slice(), &[("2025-01-08", meal)]].concat();
    let sums: Vec<String> = ["180.00", "90.00"].map(str::to_owned).into();
    assert_eq!(told(third, &later), (vec![(2, 0)], sums));
    // What has an id is another one; hours that decide nothing are no matter.
    let with_id = r#""kind":"action","name":"Session","hours":2,"id":"a""#;
    let ids = [("2025-01-07", session), ("2025-01-07", with_id), ("2025-01-09", r#""kind":"end""#)];
    assert_eq!(told(hourly, &ids), (vec![], vec!["280.00".to_owned()]));
    // It stands between two that have none, and they are told of; so far apart, and no farther.
    let between = vec![("2025-01-07", session), ids[1], ("2025-01-07", session), ids[2]];
    for schedule in [hourly, agreed] {
        assert_eq!(told(schedule, &between), (vec![(2, 0)], vec!["420.00".to_owned()]));
    }
    let others: Vec<String> = (1..=16)
        .map(|hours| format!(r#""kind":"action","name":"Other","hours":{hours}"#))
        .collect();
    for (count, repeated) in [(15, vec![(16, 0)]), (16, vec![])] {
        let others = others.iter().take(count).map(|other| ("2025-01-07", other.as_str()));
        let mut apart = vec![("2025-01-07", session)];
        apart.extend(others);
        apart.extend([("2025-01-07", session), ids[2]]);
        for schedule in [hourly, agreed] {
            assert_eq!(told(schedule, &apart).0, repeated, "{count}");
        }
    }
    let fixed = "schedule \"W\" price fixed 900 EUR balance \"Done\": 100 % on end";
    assert_eq!(told(fixed, &rows), (vec![], vec!["900.00".to_owned()]));
    // At an earlier day, nothing of a later one is told but that.
    let compiled = compiled(hourly);
    let early = jalon::evaluate(
        &compiled.schedules[0],
        &events(&rows),
        jalon::Date::parse("2025-01-06").unwrap(),
    );
    assert!(early.unwrap().notices.iter().all(|notice| notice.kind == NoticeKind::NotYet));
}
