//! What `verify`, `compare` and the situations say of cases that go on after their end, that begin late, or that
//! plan hours of their own; and acceptances that name a line.

use crate::program::{file, jalon};
use jalon::Lang;
use jalon::verify::{self, Finding, Key, Options, Property, Verdict, Verification};
use jalon::{Plan, compile};

fn plan(source: &str) -> Plan {
    let compiled = compile("test.jalon", source);
    let compiled = compiled.unwrap_or_else(|report| panic!("{:#?}", report.diagnostics));
    compiled.schedules.into_iter().next().expect("a schedule")
}

fn verified(source: &str) -> (Plan, Verification) {
    let plan = plan(source);
    let verification = verify::verify(&plan, &Options::default());
    (plan, verification)
}

fn verdict(verification: &Verification, property: Property) -> Verdict {
    let mut proofs = verification.proofs.iter();
    proofs.find(|proof| proof.property == property).expect("every property").verdict
}

fn of(verification: &Verification, property: Property) -> Vec<&Finding> {
    verification.findings.iter().filter(|finding| finding.property() == property).collect()
}

fn billed(verification: &Verification, property: Property) -> Vec<i64> {
    let found = of(verification, property);
    found.iter().map(|finding| finding.witness.as_ref().expect("a case").billed.0).collect()
}

const CERTIFICATE: &str = r#"
schedule "Certificate after the end"
  price fixed 1000 EUR
  installment "Course":      100 %   on end
  balance     "Certificate": 100 %   on deliverable "Certificate"
  balance     "Left":        nothing on abandonment
"#;

#[test]
fn papers_after_the_end_overbill() {
    let (_, verification) = verified(CERTIFICATE);
    assert_eq!(billed(&verification, Property::Overbilling), [200_000]);
    let witness = of(&verification, Property::Overbilling)[0].witness.as_ref().unwrap();
    assert_eq!(witness.events.len(), 2, "the end, then the certificate");
    // An action or a named event does the same.
    for late in ["action \"Jury\"", "event \"Jury\""] {
        let source = CERTIFICATE.replace("deliverable \"Certificate\"", late);
        assert_eq!(billed(&verified(&source).1, Property::Overbilling), [200_000], "{late}");
    }
}

#[test]
fn a_line_for_papers_after_the_end_is_not_dead() {
    let source = r#"
échéancier "Certificat après la fin"
  tarif forfait 1000 EUR
  acompte "Acompte":            90 %        au démarrage
  solde   "Certificat":        100 %        au livrable "Certificat" si terminé
  solde   "Certificat oublié": jusqu'à 90 % 18 mois après le démarrage
  solde   "Abandon":           rien         à l'abandon
"#;
    let (_, verification) = verified(source);
    assert_eq!(verdict(&verification, Property::DeadLine), Verdict::Proved);
    assert_eq!(verdict(&verification, Property::AfterTerminal), Verdict::Proved);
    let never = source.replace("si terminé", "si terminé et abandonné");
    assert_eq!(verdict(&verified(&never).1, Property::DeadLine), Verdict::Refuted);
    // After the end a case neither starts nor is signed.
    let signed =
        source.replace("au livrable \"Certificat\" si terminé", "à la signature si terminé");
    assert_eq!(verdict(&verified(&signed).1, Property::DeadLine), Verdict::Refuted);
}

#[test]
fn versions_that_differ_after_the_end_are_not_equivalent() {
    let old = CERTIFICATE.replace("100 %   on end", "50 % on end");
    let new = old.replace(
        "100 %   on deliverable \"Certificate\"",
        "100 % on deliverable \"Certificate\" if not ended",
    );
    let (old, new) = (plan(&old), plan(&new));
    let compared = verify::versions::compare(&old, &new, &verify::versions::Options::default());
    assert_eq!(compared.verdict, verify::versions::Verdict::Different);
    let same = verify::versions::compare(&old, &old.clone(), &verify::versions::Options::default());
    assert_eq!(same.verdict, verify::versions::Verdict::Equivalent);
}

#[test]
fn a_case_that_closes_too_low_before_its_end_underbills() {
    let source = r#"
schedule "Closed by a deliverable at half price"
  price fixed 1000 EUR
  balance "Report":  50 %   on deliverable "Report"
  balance "End":    100 %   on end
  balance "Left":   nothing on abandonment
"#;
    let (plan, verification) = verified(source);
    assert_eq!(billed(&verification, Property::Underbilling), [50_000]);
    let Key::Underbilling(line) = of(&verification, Property::Underbilling)[0].key else {
        panic!("{:?}", verification.findings)
    };
    assert_eq!(plan.stated(line).unwrap().label, "Report", "abandonment is left out");
}

const LATE: &str = r#"
schedule "School year"
  price fixed 3000 EUR
  installment "September": 50 %    on 2025-09-05
  installment "January":   50 %    on 2026-01-05
  balance     "Closing":   nothing on 2026-06-30 or on abandonment
  balance     "End":       remainder on end
"#;

#[test]
fn a_case_that_begins_after_the_date_of_a_line_loses_it() {
    let (plan, verification) = verified(LATE);
    let lost = of(&verification, Property::PastDate);
    assert_eq!(lost.len(), 2, "either line can be lost");
    assert_eq!(verify::left(&plan, &verification).len(), 1, "the first of them is told");
    assert_eq!(lost[0].witness.as_ref().unwrap().billed.0, 150_000);
    assert_eq!(verdict(&verification, Property::Underbilling), Verdict::Proved);
    let whole = LATE.replace("nothing on 2026-06-30 or on abandonment", "remainder on 2026-06-30");
    assert_eq!(verdict(&verified(&whole).1, Property::PastDate), Verdict::Proved);
    // Where no total is known, the sum is lost all the same.
    let per_action = r#"
schedule "Fees"
  price per action, in EUR
  action "Lesson" hourly 40
  installment "Fee": 60 EUR on 2025-09-05
  balance "End": work on end
"#;
    assert_eq!(verdict(&verified(per_action).1, Property::PastDate), Verdict::Refuted);
}

#[test]
fn an_acceptance_on_a_line_leaves_the_rest_of_the_property() {
    let told = |source: &str| -> Vec<String> {
        let (plan, verification) = verified(source);
        let left = verify::left(&plan, &verification);
        left.iter().map(|it| verify::say(&plan, it, verification.total, Lang::En).message).collect()
    };
    let two = r#"
schedule "S"
  price fixed 1000 EUR
  balance "Brother": 90 %    on end if event "Brother" happened
  balance "Short":   nothing on end if not event "Brother" happened
  balance "Left":    nothing on abandonment
"#;
    let accepts = |line: &str| format!("{two}  accepts underbilling on \"{line}\" \"agreed\"\n");
    assert_eq!(told(two).len(), 2);
    let [short] = &told(&accepts("Brother"))[..] else { panic!("one finding is left") };
    assert!(short.starts_with("`Short` can close a case at 0.00 EUR"), "{short}");
    assert_eq!(told(&format!("{two}  accepts underbilling \"agreed\"\n")), Vec::<String>::new());
    let unused = |source: &str| {
        let (plan, verification) = verified(source);
        verify::unused(&plan, &verification).count()
    };
    assert_eq!(unused(&accepts("Brother")), 0);
    assert_eq!(unused(&accepts("Left")), 1, "an abandoned case is none of them");
}

#[test]
fn an_accepted_line_beside_the_price_hides_no_other_overbilling() {
    let hall = r#"
schedule "Hall"
  price fixed 800 EUR
  deposit     "Damage": 500 EUR on signature
  installment "Rent":   100 %   on start
  balance     "End":    nothing on end or abandonment
  accepts overbilling on "Damage" "it is given back"
"#;
    let (plan, verification) = verified(hall);
    assert_eq!(verdict(&verification, Property::Overbilling), Verdict::Proved);
    assert_eq!(verify::unused(&plan, &verification).count(), 0);
    let more = hall.replace("nothing on end or abandonment", "10 % on end or abandonment");
    assert_eq!(billed(&verified(&more).1, Property::Overbilling).len(), 1);
    let less = hall.replace("500 EUR on signature", "20 % on end");
    let (plan, verification) = verified(&less.replace("100 %   on start", "50 % on start"));
    assert_eq!(verdict(&verification, Property::Overbilling), Verdict::Proved);
    assert_eq!(verify::unused(&plan, &verification).count(), 1, "nothing is accepted");
}

#[test]
fn a_line_that_is_not_there_cannot_be_accepted() {
    for (lang, text, wanted) in [
        (
            "en",
            "accepts underbilling on \"Balanse\" \"agreed\"",
            "this schedule has no line `Balanse`",
        ),
        (
            "fr",
            "admet sous-facturation pour \"Balanse\" \"convenu\"",
            "cet échéancier n'a pas de ligne `Balanse`",
        ),
    ] {
        let schedule = match lang {
            "en" => "schedule \"S\"\n price fixed 9 EUR\n balance \"Balance\": 50 % on end\n ",
            _ => "échéancier \"S\"\n tarif forfait 9 EUR\n solde \"Balance\": 50 % à la fin\n ",
        };
        let path = file(&format!("accepts-{lang}"), "s.jalon", format!("{schedule}{text}\n"));
        let outcome = jalon(&["check", &path]);
        let all = format!("{}{}", outcome.out, outcome.err);
        assert_eq!(outcome.code, 1, "{all}");
        assert!(all.contains(wanted) && all.contains("`Balance`"), "{all}");
    }
}

#[test]
fn hours_that_a_case_plans_itself_count() {
    let source = r#"
schedule "Planned by the case"
  price hourly 90 EUR
  planned 10 hours
  balance "Completed": 900 EUR on end
  balance "Left":      225 EUR on abandonment
"#;
    let (plan, verification) = verified(source);
    let [found] = of(&verification, Property::Overbilling)[..] else { panic!("one finding") };
    let hours = found.witness.as_ref().unwrap().terms.hours.unwrap();
    assert_eq!(hours.to_string(), "5");
    let said = verify::say(&plan, found, verification.total, Lang::En).message;
    assert_eq!(
        said,
        "this schedule can bill 900.00 EUR for a price of 450.00 EUR where a case plans 5 hours"
    );
    let share = source.replace("900 EUR", "100 %").replace("225 EUR", "25 %");
    let (_, verification) = verified(&share);
    let assumed = |property: Property| {
        verification.proofs.iter().find(|it| it.property == property).unwrap().assumed
    };
    assert_eq!(verdict(&verification, Property::Overbilling), Verdict::Proved);
    assert!(assumed(Property::Overbilling).is_nothing(), "whatever the case plans");
    assert_eq!(assumed(Property::Underbilling).hours.unwrap().to_string(), "10");
    assert!(assumed(Property::Overlap).is_nothing());
}

#[test]
fn what_is_assumed_stands_in_the_verdict() {
    let source = "schedule \"S\"\n price fixed 900 EUR\n planned 10 hours\n planned 6 months\n \
        balance \"End\": pro rata duration on end if attendance >= 50 %\n \
        balance \"Less\": nothing on end if attendance < 50 %\n balance \"Left\": nothing on abandonment\n";
    let path = file("assumed", "s.jalon", source);
    for (lang, wanted) in [
        (
            "en",
            "proved over every possible case that plans the 10 hours and 6 months of the schedule",
        ),
        (
            "fr",
            "prouvé sur tous les dossiers possibles qui prévoient les 10 heures et 6 mois de l'échéancier",
        ),
    ] {
        let outcome = jalon(&["verify", &path, "--lang", lang]);
        let all = format!("{}{}", outcome.out, outcome.err);
        assert!(all.contains(wanted), "{all}");
    }
}
