//! What is known of the guide's schedules, planted mutations, planted defects, and scale.

use cpu_time::ThreadTime;
use jalon::model::{LineKind, Milestone, Subject, SubjectKind, When};
use jalon::verify::{
    self, Finding, Key, Missing, Options, Property, Terminal, Verdict, Verification,
};
use jalon::{Compiled, Plan};
use std::path::PathBuf;

fn text(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schedules/teo");
    std::fs::read_to_string(folder.join(name).with_extension("jalon")).expect("a schedule")
}

fn compiled(source: &str) -> Compiled {
    jalon::compile("a.jalon", source).unwrap_or_else(|report| panic!("{:?}", report.diagnostics))
}

fn verified(source: &str) -> (Plan, Verification) {
    let plan = compiled(source).schedules.into_iter().next().expect("a schedule");
    let verification = verify::verify(&plan, &Options::default());
    (plan, verification)
}

fn of(verification: &Verification, property: Property) -> Vec<Finding> {
    let found = verification.findings.iter().filter(|finding| finding.property() == property);
    found.cloned().collect()
}

fn verdict(verification: &Verification, property: Property) -> Verdict {
    let found = verification.proofs.iter().find(|proof| proof.property == property);
    found.expect("every property").verdict
}

/// Every schedule of the guide: no property unknown, no error, and quick.
#[test]
fn the_guides_schedules_are_decided() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schedules/teo");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let source = std::fs::read_to_string(&path).expect("a file");
        for plan in compiled(&source).schedules {
            count += 1;
            let begun = ThreadTime::now();
            let verification = verify::verify(&plan, &Options::default());
            let took = begun.elapsed();
            println!("{took:>9.3?} {}", plan.schedule.name);
            // Without optimisation it takes about ten times as long.
            let most = if cfg!(debug_assertions) { 500 } else { 50 };
            assert!(took.as_millis() < most, "{}: {took:?}", plan.schedule.name);
            for proof in &verification.proofs {
                let name = &plan.schedule.name;
                let unknown = proof.verdict == Verdict::Unknown;
                assert!(!unknown, "{name}: {}", proof.property.name());
                let refuted = proof.verdict == Verdict::Refuted;
                assert!(!refuted || proof.property.level() != verify::Level::Error, "{name}");
            }
        }
    }
    assert_eq!(count, 21);
}

#[test]
fn the_health_programme_has_a_gap_from_ten_months_on() {
    let (plan, verification) = verified(&text("parcours-emploi-sante"));
    let gaps = of(&verification, Property::Gap);
    assert_eq!(gaps.len(), 2);
    for gap in &gaps {
        let Key::Gap(_, Missing::Duration { from, to }) = gap.key else { panic!("{gap:?}") };
        let (from, here) = from.expect("a lower bound");
        assert_eq!((from.months, from.days, here, to), (10, 0, true, None));
    }
    let triggers: Vec<_> = gaps
        .iter()
        .filter_map(|gap| match gap.key {
            Key::Gap(trigger, _) => plan.trigger(trigger).cloned(),
            Key::Overbilling
            | Key::Overlap(..)
            | Key::DeadLine(_)
            | Key::Leak(_)
            | Key::StrandedDeposit(..)
            | Key::Underbilling(_)
            | Key::PastDate(_)
            | Key::WorkAfterClosing(_)
            | Key::WorkAtClosing(_)
            | Key::WorkLeft(_)
            | Key::AfterTerminal(..)
            | Key::Credit(_)
            | Key::Order
            | Key::Cliff(_)
            | Key::NeverStarted(_)
            | Key::Endless(..)
            | Key::PartsLeft(_) => None,
        })
        .collect();
    assert!(triggers.contains(&jalon::model::When::Milestone(Milestone::Abandonment)));
    let review = jalon::model::When::Subject(Subject::new(
        SubjectKind::Action,
        "Entretien Bilan Final".to_owned(),
    ));
    assert!(triggers.contains(&review));
}

#[test]
fn abandoning_from_four_months_on_falls_into_a_gap() {
    let (_, verification) = verified(&text("abandon-avant-4-mois"));
    let gaps = of(&verification, Property::Gap);
    assert_eq!(gaps.len(), 1);
    let witness = gaps.first().and_then(|gap| gap.witness.as_ref()).expect("a witness");
    assert_eq!(witness.events.len(), 2);
    assert!(witness.events.iter().all(|event| event.date.day() == 15));
    assert_eq!(verdict(&verification, Property::Leak), Verdict::Proved);
    assert_eq!(of(&verification, Property::NeverStarted).len(), 1);
}

/// Each schedule of the guide that takes a deposit and has no line for abandonment.
#[test]
fn a_deposit_without_a_line_for_abandonment_is_stranded() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schedules/teo");
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).expect("the folder") {
        let path = entry.expect("an entry").path();
        let (plan, verification) = verified(&std::fs::read_to_string(&path).expect("a file"));
        let lines = &plan.schedule.lines;
        let deposit = lines.iter().any(|line| line.kind == LineKind::Deposit);
        let leaving = lines
            .iter()
            .any(|line| line.triggers.contains(&When::Milestone(Milestone::Abandonment)));
        let found = of(&verification, Property::StrandedDeposit);
        let keys: Vec<Key> = found.iter().map(|finding| finding.key).collect();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let stranded = matches!(*keys, [Key::StrandedDeposit(_, Terminal::Abandonment)]);
        assert_eq!(stranded, deposit && !leaving, "{name} {keys:?}");
        names.extend(stranded.then_some(name));
    }
    names.sort();
    let known = [
        "acompte-demarrage",
        "acompte-rendez-vous",
        "acompte-signature",
        "groupe-acompte-signature",
    ];
    assert_eq!(names, known);
}

#[test]
fn month_end_bills_what_abandonment_leaves() {
    for name in ["amorce-de-parcours", "mixte-groupe", "mixte-individuel"] {
        let (_, verification) = verified(&text(name));
        assert_eq!(verdict(&verification, Property::Leak), Verdict::Proved, "{name}");
    }
    let (_, verification) = verified(&text("amorce-de-parcours"));
    let left = of(&verification, Property::UnbilledWork);
    assert!(matches!(left.first().map(|finding| finding.key), Some(Key::WorkAfterClosing(_))));
}

#[test]
fn an_instalment_that_is_not_deducted_overbills() {
    let source = text("acompte-demarrage").replace("deposit \"Acompte", "installment \"Acompte");
    let (plan, verification) = verified(&source);
    let found = of(&verification, Property::Overbilling);
    let witness = found.first().and_then(|finding| finding.witness.as_ref()).expect("a witness");
    let kinds: Vec<&str> = witness.events.iter().map(|event| event.kind.name()).collect();
    let dates: Vec<String> = witness.events.iter().map(|event| event.date.to_string()).collect();
    assert_eq!(kinds, ["start", "end"]);
    assert_eq!(dates, ["2025-01-15", "2025-02-15"]);
    assert_eq!(plan.schedule.currency.show(witness.billed).to_string(), "1875.00");
}

/// One change of a sound schedule, and the property that catches it.
#[test]
fn planted_mutations_are_caught() {
    const SOUND: &str = r#"
schedule "Sound"
  price fixed 1000 EUR
  deposit "Deposit":  30 % on signature
  balance "Early":    40 % on abandonment if duration < 3 months
  balance "Late":     60 % on abandonment if duration >= 3 months
  balance "Never":  nothing on abandonment if not started
  balance "End":     100 % on end
"#;
    let (_, verification) = verified(SOUND);
    let refuted: Vec<&str> = verification
        .proofs
        .iter()
        .filter(|proof| proof.verdict != Verdict::Proved)
        .map(|proof| proof.property.name())
        .collect();
    // A deposit that is given back to a case that never started is a credit note.
    assert_eq!(refuted, ["credit"]);
    let mutations = [
        ("duration >= 3 months", "duration >= 4 months", Property::Gap),
        ("duration >= 3 months", "duration > 3 months", Property::Gap),
        ("duration >= 3 months", "duration >= 90 days", Property::Overlap),
        ("duration >= 3 months", "duration >= 2 months", Property::Overlap),
        ("duration < 3 months", "duration <= 3 months", Property::Overlap),
        ("100 % on end", "90 % on end", Property::Underbilling),
        ("100 % on end", "100 % on end if signed", Property::Leak),
        ("deposit \"Deposit\"", "installment \"Deposit\"", Property::Overbilling),
        ("balance \"End\":     100 % on end", "", Property::Leak),
        ("balance \"End\"", "installment \"End\"", Property::StrandedDeposit),
        (
            "  balance \"Never\":  nothing on abandonment if not started\n",
            "",
            Property::NeverStarted,
        ),
    ];
    for (from, to, property) in mutations {
        let source = SOUND.replace(from, to);
        assert_ne!(source, SOUND);
        let (_, verification) = verified(&source);
        let caught = verdict(&verification, property) == Verdict::Refuted;
        assert!(caught, "{} missed: {source}", property.name());
    }
}

/// A missing stretch of three months against ninety days depends on the start.
#[test]
fn days_against_months_are_told_apart_by_the_calendar() {
    let source = |bound: &str| {
        format!(
            "schedule \"S\"\n  price fixed 100 EUR\n  balance \"A\": 100 % on abandonment if duration < {bound}\n  balance \"B\": 100 % on abandonment if duration >= 3 months\n  balance \"C\": nothing on abandonment if not started\n  balance \"D\": 100 % on end\n"
        )
    };
    // Three months are 89 to 92 days.
    for (days, gap, overlap) in
        [(88, true, false), (89, true, false), (90, true, true), (92, false, true)]
    {
        let (_, verification) = verified(&source(&format!("{days} days")));
        let refuted = |property| verdict(&verification, property) == Verdict::Refuted;
        assert_eq!(refuted(Property::Gap), gap, "{days} days");
        assert_eq!(refuted(Property::Overlap), overlap, "{days} days");
    }
    let (_, verification) = verified(&source("3 months"));
    assert_eq!(verdict(&verification, Property::Gap), Verdict::Proved);
    assert_eq!(verdict(&verification, Property::Overlap), Verdict::Proved);
}

/// Sixty lines, two dozen windows, a dozen deposits: seconds at the most, and never a hang.
#[test]
fn a_large_schedule_is_decided_or_said_to_be_unknown() {
    let mut source = String::from("schedule \"Large\"\n  price fixed 10000 EUR\n");
    for number in 0..12 {
        source.push_str(&format!("  deposit \"D{number}\": 2 % on action \"A{number}\"\n"));
    }
    for number in 0..24 {
        let (from, under) = (number, number + 1);
        source.push_str(&format!(
            "  balance \"W{number}\": {} % on abandonment if duration from {from} months to under {under} months\n",
            24 + number
        ));
    }
    for number in 0..22 {
        source.push_str(&format!("  installment \"I{number}\": 1 % on event \"E{number}\" if duration >= {number} months\n"));
    }
    source.push_str("  balance \"Late\": 50 % on abandonment if duration >= 24 months\n");
    source.push_str("  balance \"End\": 70 % on end\n");
    let begun = ThreadTime::now();
    let (_, verification) = verified(&source);
    let took = begun.elapsed();
    for proof in &verification.proofs {
        println!("{:18} {:8} {}", proof.property.name(), proof.verdict.name(), proof.situations);
    }
    println!("{took:?}");
    assert_eq!(verdict(&verification, Property::Overlap), Verdict::Proved);
    assert_eq!(verdict(&verification, Property::DeadLine), Verdict::Proved);
    assert!(took.as_secs() < 60, "{took:?}");
    // What is not decided says how many situations were looked at, and none is looked at past the
    // budget by more than one step.
    let budget = Options::default().budget;
    let unknown = verification.proofs.iter().filter(|proof| proof.verdict == Verdict::Unknown);
    unknown.for_each(|proof| assert!(proof.situations > budget, "{proof:?}"));
    assert!(verification.proofs.iter().all(|proof| proof.situations < budget + 10_000));
}

/// An acceptance is read in both vocabularies and printed in either.
#[test]
fn findings_can_be_accepted_in_the_file() {
    let source = "schedule \"S\"\n  price fixed 100 EUR\n  balance \"A\": 100 % on end\n  accepts leak \"nothing is due on abandonment\"\n";
    let plan = compiled(source).schedules.into_iter().next().expect("one");
    let accepted = plan.schedule.accepts.first().expect("an acceptance");
    assert_eq!(accepted.property, Property::Leak);
    assert_eq!(accepted.reason, "nothing is due on abandonment");
    let french = jalon::syntax::format(source, Some(jalon::Lang::Fr)).expect("it is printed");
    assert!(french.contains("admet fuite \"nothing is due on abandonment\""), "{french}");
    let again = jalon::syntax::format(&french, Some(jalon::Lang::En)).expect("it is printed");
    assert!(again.contains("accepts leak"), "{again}");
    for property in Property::ALL {
        for (word, name) in [("accepts", property.name()), ("admet", property.french())] {
            let header = if word == "accepts" { "schedule" } else { "échéancier" };
            let price = if word == "accepts" { "price fixed" } else { "tarif forfait" };
            let line = if word == "accepts" {
                "balance \"A\": 100 % on end"
            } else {
                "solde \"A\": 100 % à la fin"
            };
            let source =
                format!("{header} \"S\"\n  {price} 100 EUR\n  {line}\n  {word} {name} \"why\"\n");
            let plan = compiled(&source).schedules.into_iter().next().expect("one");
            assert_eq!(plan.schedule.accepts.first().map(|a| a.property), Some(*property));
        }
    }
}

/// Refuted, and both histories of the witness bill what it says.
#[test]
fn the_order_of_two_events_of_one_date() {
    let source = "schedule \"S\"\n  price fixed 1000 EUR\n  \
        installment \"A\": 30 % on deliverable \"Report\" if event \"Visit\" happened\n  \
        balance \"End\": remainder on end\n";
    let (plan, verification) = verified(source);
    let found = of(&verification, Property::Order);
    let witness = found.first().and_then(|finding| finding.witness.as_ref()).expect("a witness");
    let other = witness.compared.as_ref().expect("the other order");
    assert_ne!(witness.billed, other.billed);
    let mut swapped = witness.events.clone();
    let last = swapped.len() - 1;
    swapped.swap(last - 1, last);
    assert_eq!(swapped, other.events);
    assert_eq!(swapped.first().map(|event| event.date), swapped.last().map(|event| event.date));
    for (events, billed) in [(&witness.events, witness.billed), (&swapped, other.billed)] {
        let day = events.last().expect("an event").date;
        let run = jalon::evaluate(&plan, events, day).expect("it is billed");
        let lines: Vec<&str> = run.lines.iter().map(|line| line.amount.as_str()).collect();
        let shown = plan.schedule.currency.show(billed).to_string();
        assert_eq!(lines, if shown == "0.00" { vec![] } else { vec![shown.as_str()] });
    }
    let apart = source.replace("if event \"Visit\" happened", "");
    assert_eq!(verdict(&verified(&apart).1, Property::Order), Verdict::Proved);
}

/// An action bills all work there is where it starts the case, and none after that.
#[test]
fn the_order_of_the_action_that_starts_a_case() {
    let source = "schedule \"S\"\n  price per action, in EUR\n  action \"A\" hourly 40\n  \
        action \"B\" flat 100\n  balance \"Start\": work on start, stays open\n";
    assert_eq!(verdict(&verified(source).1, Property::Order), Verdict::Refuted);
    let each = source.replace("on start", "on action \"A\" or action \"B\"");
    assert_eq!(verdict(&verified(&each).1, Property::Order), Verdict::Proved);
}

/// An `up to` below what has been billed gives back: at the end, and where leaving stays open beside
/// days that add.
#[test]
fn a_line_that_gives_back_makes_a_cliff() {
    let source = "schedule \"S\"\n  price fixed 1000 EUR\n  planned 10 hours\n  action \"A\"\n  \
        balance \"Signed\": 100 % on signature, stays open\n  \
        installment \"End\": up to 40 % on end if action \"A\" done or attendance < 25 %\n";
    assert_eq!(verdict(&verified(source).1, Property::Cliff), Verdict::Refuted);
    let open = "schedule \"S\"\n  price fixed 1000 EUR\n  installment \"Start\": 30 % on start\n  \
        installment \"Month\": 10 % on 1 month after start\n  \
        balance \"Left\": up to 20 % on abandonment, stays open\n";
    assert_eq!(verdict(&verified(open).1, Property::Cliff), Verdict::Refuted);
}

#[test]
fn leaving_later_for_less_and_leaving_for_more() {
    let (_, verification) = verified(&text("abandon-avant-4-mois"));
    let found = of(&verification, Property::Cliff);
    let keys: Vec<Key> = found.iter().map(|finding| finding.key).collect();
    assert_eq!(keys, [Key::Cliff(Terminal::Abandonment)]);
    let witness = found.first().and_then(|finding| finding.witness.as_ref()).expect("a witness");
    let other = witness.compared.as_ref().expect("the day before");
    let day = other.events.last().expect("an event").date;
    assert_eq!(day, witness.shows.pred());
    assert!(other.billed > witness.billed);

    let source = "schedule \"S\"\n  price fixed 1000 EUR\n  \
        balance \"Gone\": 60 % on abandonment\n  balance \"End\": 50 % on end\n";
    let (_, verification) = verified(source);
    let found = of(&verification, Property::Cliff);
    let keys: Vec<Key> = found.iter().map(|finding| finding.key).collect();
    assert_eq!(keys, [Key::Cliff(Terminal::End)]);
    // Work that comes to more than the sum at the end takes many actions of a flat rate.
    let source = "schedule \"S\"\n  price per action, in EUR\n    action \"Visit\" flat 100\n  \
        balance \"Gone\": work on abandonment\n  balance \"End\": 1200 EUR on end\n";
    let (_, verification) = verified(source);
    assert_eq!(verdict(&verification, Property::Cliff), Verdict::Refuted);
    let capped = source.replace("flat 100", "not billed");
    assert_eq!(verdict(&verified(&capped).1, Property::Cliff), Verdict::Proved);
    let source = "schedule \"S\"\n  price fixed 1000 EUR\n  \
        balance \"Gone\": 60 % on abandonment\n  balance \"End\": 50 % on end\n";
    let fair = source.replace("60 %", "50 %");
    assert_eq!(verdict(&verified(&fair).1, Property::Cliff), Verdict::Proved);
}
