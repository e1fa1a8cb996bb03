//! The examples of the language's text (§1, §6).

use super::make::*;
use crate::rules::{Amount, Anchor, Compare, Condition, Rate, Span, Test, Trigger};
use crate::write::{Language, source};

fn less(months: u32) -> Condition {
    Condition::Duration(Test::Is(Compare::Less, Span::months(months)))
}

fn four_to_ten() -> Condition {
    Condition::Duration(Test::From(Span::months(4), Span::months(10)))
}

#[test]
fn parcours_emploi_sante() {
    let schedule = fixed(
        "1800",
        vec![
            balance("Diagnostic", pct("20"), on_action("Diag")),
            balance("Abandon-", pct("20"), Trigger::Abandonment).when(less(4)),
            balance("Abandon+", pct("40"), Trigger::Abandonment).when(four_to_ten()),
            balance("Bilan+", pct("100"), on_action("Final")).when(four_to_ten()),
            balance("Bilan-", pct("40"), on_action("Final")).when(less(4)),
        ],
    );
    let sixth = ["2025-01-10 signature", "2025-02-03 action RV 1.5", "2025-07-05 abandonment"];
    assert_eq!(lines(&schedule, &sixth), ["2025-07-05 Abandon+ 720.00"]);
    let eve = ["2025-02-03 action RV 1.5", "2025-06-02 abandonment"];
    assert_eq!(lines(&schedule, &eve), ["2025-06-02 Abandon- 360.00"]);
    let day = ["2025-02-03 action RV 1.5", "2025-06-03 action Final"];
    assert_eq!(lines(&schedule, &day), ["2025-06-03 Bilan+ 1800.00"]);
    let late = ["2025-02-03 start", "2025-12-03 abandonment"];
    assert!(lines(&schedule, &late).is_empty());
}

#[test]
fn deposit_then_whole_balance() {
    let schedule = fixed(
        "1500",
        vec![deposit("A", pct("25"), Trigger::Start), balance("S", pct("100"), Trigger::End)],
    );
    let seen = lines(&schedule, &["2025-01-10 start", "2025-03-10 end"]);
    assert_eq!(seen, ["2025-01-10 A 375.00", "2025-03-10 S 1500.00", "2025-03-10 A -375.00"]);
}

#[test]
fn installment_then_the_rest() {
    let schedule = fixed(
        "1500",
        vec![installment("A", pct("25"), Trigger::Start), balance("S", pct("75"), Trigger::End)],
    );
    assert_eq!(amounts(&schedule, &["2025-01-10 start", "2025-03-10 end"]), ["375.00", "1125.00"]);
}

#[test]
fn a_hundred_in_three() {
    let schedule = fixed(
        "100",
        vec![
            installment("A", pct("33.33"), Trigger::Start),
            installment("B", pct("33.33"), Trigger::MonthEnd),
            balance("C", Amount::Remainder, Trigger::End),
        ],
    );
    let seen = amounts(&schedule, &["2025-01-10 start", "2025-03-10 end"]);
    assert_eq!(seen, ["33.33", "33.33", "33.34"]);
}

#[test]
fn three_cents_in_two() {
    let schedule = fixed(
        "0.03",
        vec![installment("A", pct("50"), Trigger::Start), balance("B", pct("50"), Trigger::End)],
    );
    assert_eq!(amounts(&schedule, &["2025-01-10 start", "2025-03-10 end"]), ["0.02", "0.01"]);
}

#[test]
fn vae_certification() {
    let mut jury = listed("Jury", Rate::NotBilled);
    jury.ends_case = true;
    let schedule = per_action(
        vec![
            listed("Etude", Rate::NotBilled),
            listed("Post", Rate::Flat(n("300"))),
            listed("Seul", Rate::Hourly(n("70"))),
            listed("Groupe", Rate::Hourly(n("35"))),
            jury,
        ],
        vec![
            balance("Parcours", Amount::Work, Trigger::End),
            balance("Abandon", Amount::Work, Trigger::Abandonment),
            installment("Etude", Amount::Work, on_action("Post")),
        ],
    );
    let seen = lines(
        &schedule,
        &[
            "2025-01-06 action Etude 1",
            "2025-01-20 action Seul 1.5",
            "2025-02-03 action Post 2",
            "2025-03-03 action Groupe 2.25",
            "2025-04-01 action Jury 1",
            "2025-04-02 abandonment",
        ],
    );
    assert_eq!(seen, ["2025-02-03 Etude 405.00", "2025-04-01 Parcours 78.75"]);
}

#[test]
fn cpf_by_attendance() {
    let attendance = |test| Condition::Attendance(test);
    let mut schedule = hourly(
        "90",
        None,
        None,
        vec![
            balance("F", money("900"), Trigger::End),
            balance("-25", money("225"), Trigger::Abandonment)
                .when(attendance(Test::Is(Compare::Less, n("25")))),
            balance("25-80", Amount::WorkItemised, Trigger::Abandonment)
                .when(attendance(Test::From(n("25"), n("80")))),
            balance("80+", money("900"), Trigger::Abandonment)
                .when(attendance(Test::Is(Compare::AtLeast, n("80")))),
        ],
    );
    schedule.planned_hours = Some(n("10"));
    let after =
        |hours: &str| [format!("2025-01-06 action X {hours}"), "2025-02-06 abandonment".into()];
    let seen = |schedule: &_, hours| {
        let events = after(hours);
        amounts(schedule, &events.each_ref().map(String::as_str))
    };
    assert_eq!(seen(&schedule, "2.4999"), ["225.00"]);
    assert_eq!(seen(&schedule, "2.5"), ["225.00"]);
    assert_eq!(seen(&schedule, "3"), ["270.00"]);
    assert_eq!(seen(&schedule, "7.95"), ["715.50"]);
    assert_eq!(seen(&schedule, "8"), ["900.00"]);
    schedule.whole_percent = true;
    assert_eq!(seen(&schedule, "7.95"), ["900.00"]);
    assert_eq!(seen(&schedule, "7.9499"), ["715.49"]);
}

#[test]
fn both_vocabularies() {
    let mut ends = listed("Jury \"final\"", Rate::Declared);
    ends.ends_case = true;
    let mut schedule = hourly(
        "70.5",
        Some("3"),
        Some("24.25"),
        vec![
            deposit("A", pct("33.3333"), Trigger::Signature)
                .or(Trigger::On("2025-09-01".parse().expect("a date"))),
            installment("R", Amount::WorkItemised, Trigger::MonthEnd).when(Condition::And(vec![
                Condition::Not(Box::new(Condition::Or(vec![
                    Condition::Ended,
                    Condition::Abandoned,
                ]))),
                Condition::Hours(Test::From(n("1.5"), n("10"))),
            ])),
            balance("S", Amount::UpTo(n("40")), Trigger::After(Span::months(3), Anchor::Start))
                .when(four_to_ten())
                .open(),
        ],
    );
    schedule.actions = vec![ends];
    schedule.planned_hours = Some(n("1234.5"));
    schedule.planned_months = Some(12);
    schedule.whole_percent = true;
    let english = r#"schedule "S"
  price hourly 70.5 EUR, at least 3 hours, at most 24.25 hours
    action "Jury \"final\"", ends case
  planned 1234.5 hours
  planned 12 months
  attendance in whole %
  deposit "A": 33.3333 % on signature or 2025-09-01
  installment "R": work itemised on month end if not (ended or abandoned) and hours from 1.5 hours to under 10 hours
  balance "S": up to 40 % 3 months after start if duration from 4 months to under 10 months, stays open

"#;
    let french = r#"échéancier "S"
  tarif horaire 70,5 EUR, au moins 3 heures, au plus 24,25 heures
    action "Jury \"final\"", termine le dossier
  prévu 1234,5 heures
  prévu 12 mois
  assiduité en % entiers
  acompte "A": 33,3333 % à la signature ou le 01/09/2025
  échéance "R": réalisé détaillé en fin de mois si non (terminé ou abandonné) et heures de 1,5 heure à moins de 10 heures
  solde "S": jusqu'à 40 % 3 mois après le démarrage si durée de 4 mois à moins de 10 mois, reste ouvert

"#;
    let schedules = [schedule];
    assert_eq!(source(&schedules, Language::English, None), english);
    assert_eq!(source(&schedules, Language::French, None), french);
}
