//! `jalon leaks`, on a portfolio with one leak of each kind planted and on a clean one.

use crate::program::{file, jalon, read};
use serde_json::Value;

const SCHEDULES: &str = "docs/examples/leaks/missions.jalon";
const EVENTS: &str = "docs/examples/leaks/events.csv";
const ISSUED: &str = "docs/examples/leaks/issued.csv";

fn call(events: &str, issued: &str, more: &[&str]) -> crate::program::Outcome {
    let call = ["leaks", "--schedule", SCHEDULES, "--events", events, "--issued", issued];
    jalon(&[&call[..], &["--as-of", "2025-06-15"], more].concat())
}

/// Case, kind, since, amount and name of each leak.
fn found(out: &str) -> Vec<[String; 5]> {
    let leak = |line: &str| {
        let leak: Value = serde_json::from_str(line).unwrap();
        let text = |field: &str| leak[field].as_str().unwrap_or("").to_owned();
        let name = [text("line"), text("event")].concat();
        [text("case"), text("kind"), text("since"), text("amount"), name]
    };
    out.lines().map(leak).collect()
}

#[test]
fn every_planted_leak_is_found_and_no_other() {
    let outcome = call(EVENTS, ISSUED, &["--format", "json"]);
    assert_eq!((outcome.code, outcome.err.as_str()), (1, ""));
    let expected = [
        ["A-1", "not-issued", "2025-03-01", "360.00", "Jury"],
        ["A-2", "closing", "2025-03-10", "", ""],
        ["A-2", "deposit", "2025-01-10", "300.00", "Deposit"],
        ["A-2", "condition", "2025-03-10", "", "Balance"],
        ["A-3", "misspelt", "2025-03-01", "", "Jury reprot"],
        ["A-4", "condition", "2025-03-02", "", "Jury"],
        ["B-1", "work", "2025-03-03", "315.00", ""],
        ["B-1", "unmeasured", "2025-03-06", "", "Call"],
        ["B-3", "after-closing", "2025-05-02", "", "Call"],
        ["D-1", "work", "2025-04-02", "90.00", ""],
        ["D-1", "no-longer-standing", "2025-04-30", "90.00", "Advice"],
    ];
    assert_eq!(found(&outcome.out), expected);
    let only = call(EVENTS, ISSUED, &["--format", "json", "--kind", "work", "--case", "B-1"]);
    assert_eq!(found(&only.out), expected[6..7]);
}

/// What was done is billed, what was billed is issued, and what is under way bills itself: nothing is told.
#[test]
fn nothing_is_found_in_a_clean_portfolio() {
    let events = read(EVENTS);
    let clean: String = events
        .lines()
        .filter(|line| ["case", "A-1", "B-2", "C-1"].iter().any(|of| line.starts_with(of)))
        .map(|line| format!("{line}\n"))
        .collect();
    let clean = file("leaks-clean", "events.csv", clean);
    let run = ["run", "--schedule", SCHEDULES, "--events", &clean, "--as-of", "2025-06-15"];
    let issued = file("leaks-clean", "issued.ndjson", jalon(&run).out);
    for form in ["json", "csv", "csv-fr", "table"] {
        let outcome = call(&clean, &issued, &["--format", form]);
        assert_eq!((outcome.code, outcome.err.as_str()), (0, ""), "{form}");
        assert!(outcome.out.lines().count() <= 1, "{}", outcome.out);
    }
}

#[test]
fn order_and_threads_do_not_change_a_byte() {
    let events = read(EVENTS);
    let (header, rest) = events.split_once('\n').unwrap();
    let mut lines: Vec<&str> = rest.lines().collect();
    let expected = call(EVENTS, ISSUED, &["--threads", "1"]);
    assert!(expected.out.contains("work: 2, 405.00 EUR\n"), "{}", expected.out);
    for turn in 1..4 {
        lines.rotate_left(turn * 5);
        lines.reverse();
        let shuffled = format!("{header}\n{}\n", lines.join("\n"));
        let shuffled = file("leaks-order", &format!("{turn}.csv"), shuffled);
        for threads in ["1", "2", "7"] {
            let outcome = call(&shuffled, ISSUED, &["--threads", threads]);
            assert_eq!((outcome.code, &outcome.out), (1, &expected.out), "{turn} {threads}");
        }
    }
}

#[test]
fn leaks_are_told_in_french_and_for_spreadsheets() {
    let french = call(EVENTS, ISSUED, &["--lang", "fr"]).out;
    assert!(
        french.contains("ligne « Jury » retenue par sa condition : assiduité de 50 %"),
        "{french}"
    );
    assert!(french.contains("réalisé : 2, 405,00 EUR\n"), "{french}");
    let sheet = call(EVENTS, ISSUED, &["--format", "csv-fr", "--lang", "fr"]).out;
    let row = "B-1;Advice;réalisé;2025-03-03;315,00;EUR;;;;;;réalisé et non facturé\n";
    assert!(
        sheet.starts_with("\u{feff}dossier;échéancier;nature;") && sheet.contains(row),
        "{sheet}"
    );
}

/// A line that two payers share is told with each of them, and hours that are missing once, however many lines wait for them.
#[test]
fn lines_of_two_payers_and_missing_hours_are_told_apart() {
    let schedule = "schedule \"Shared\" price hourly 100 EUR\n  payer \"Fund\": 50 %\n  payer \"Customer\": remainder\n  balance \"Work\": work on end\n";
    let schedule = file("leaks-payers", "shared.jalon", schedule);
    let events = "case,date,kind,name,hours,schedule\nA,2025-01-02,opened,,,Shared\nA,2025-01-03,action,Call,2,\n\
         A,2025-01-04,action,Call,,\nA,2025-01-05,end,,,\n";
    let events = file("leaks-payers", "events.csv", events);
    let issued = file("leaks-payers", "issued.ndjson", "");
    let call = ["leaks", "--schedule", &schedule, "--events", &events, "--issued", &issued];
    let outcome = jalon(&[&call[..], &["--as-of", "2025-02-01", "--format", "csv"]].concat());
    assert_eq!((outcome.code, outcome.err.as_str()), (1, ""));
    let rows: Vec<&str> = outcome.out.lines().skip(1).collect();
    let [customer, fund, hours] = rows.as_slice() else { panic!("{}", outcome.out) };
    assert!(customer.starts_with("A,Shared,not-issued,2025-01-05,100.00,EUR,Work,Customer,,,"));
    assert!(customer.ends_with(",\"line \"\"Work\"\" (Customer) not issued\""), "{customer}");
    assert!(fund.starts_with("A,Shared,not-issued,2025-01-05,100.00,EUR,Work,Fund,,,"), "{fund}");
    let says = "\"`Call` states no hours, and counts as none\"";
    assert_eq!(*hours, format!("A,Shared,unmeasured,2025-01-04,,,,,Call,,,{says}"));
}

/// A case that is withheld is in no list, and is told; so are issued lines of a case without events.
#[test]
fn what_cannot_be_looked_at_is_told() {
    let events = "case,date,kind,schedule,hours,name\nX,2025-01-01,opened,Advce,,\nB,2025-01-01,opened,Advice,,\n";
    let events = file("leaks-withheld", "events.csv", events);
    let outcome = call(&events, ISSUED, &["--format", "json"]);
    assert_eq!(outcome.code, 1);
    assert!(outcome.err.contains("did you mean `Advice`?"), "{}", outcome.err);
    let found = found(&outcome.out);
    assert!(
        found.len() == 9 && found.iter().all(|leak| leak[1] == "no-longer-standing"),
        "{found:?}"
    );
}

/// Work that a closing balance of nothing gives up, where an installment bills it as it goes, and of no schedule that accepts it.
#[test]
fn work_that_a_closing_gives_up_is_a_leak() {
    let schedule = |more: &str| {
        format!(
            "échéancier \"Aide\"\n  tarif horaire 24,58 €\n  échéance \"Mois\": réalisé à chaque fin de mois\n  solde \"Sortie\": rien à la fin ou à l'abandon\n{more}"
        )
    };
    let events = "dossier;date;nature;nom;heures\nD-1;01/03/2025;démarrage;;\nD-1;10/03/2025;action;Aide;10\nD-1;20/03/2025;fin;;\nD-2;01/03/2025;démarrage;;\nD-2;10/03/2025;action;Aide;10\nD-2;31/03/2025;fin;;\nD-3;01/03/2025;démarrage;;\nD-3;10/03/2025;action;Aide;10\n";
    let events = file("leaks-given-up", "e.csv", events);
    let told = |name: &str, more: &str| {
        let path = file("leaks-given-up", name, schedule(more));
        let call = ["leaks", "--schedule", &path, "--events", &events, "--as-of", "2025-12-31"];
        jalon(&[&call[..], &["--format", "json"]].concat()).out
    };
    let out = told("s.jalon", "");
    // The end comes before the evening of its day.
    let told_of = |case| [case, "work", "2025-03-10", "245.80", "Sortie"];
    assert_eq!(found(&out), [told_of("D-1"), told_of("D-2")]);
    assert!(out.contains("réalisé et non facturé : « Sortie » clôt le dossier sans lui"), "{out}");
    for accepts in ["admet réalisé-non-facturé", "admet réalisé-non-facturé pour \"Sortie\""]
    {
        let out = told("a.jalon", &format!("  {accepts} \"les derniers jours sont offerts\"\n"));
        assert_eq!(out, "", "{accepts}");
    }
    let monthly = "schedule \"Retainer\"\n  price monthly 3000 EUR\n  installment \"Retainer\": price each month from start\n  action \"Extra hours\" hourly 95\n  installment \"Extra\": work each month end\n  balance \"End\": nothing on end or abandonment\n";
    let monthly = file("leaks-given-up", "m.jalon", monthly);
    let events = "case,date,kind,name,hours\nR-1,2025-01-01,start,,\nR-1,2025-01-10,action,Extra hours,10\nR-1,2025-01-20,end,,\n";
    let events = file("leaks-given-up", "m.csv", events);
    let call = ["leaks", "--schedule", &monthly, "--events", &events, "--as-of", "2025-12-31"];
    let out = jalon(&[&call[..], &["--format", "json"]].concat()).out;
    assert_eq!(found(&out), [["R-1", "work", "2025-01-10", "950.00", "End"]]);
    assert!(out.contains("closes the case without it"), "{out}");
}

/// A case is called by what it came to.
#[test]
fn an_abandoned_case_is_not_called_ended() {
    let schedule =
        "schedule \"Course\" price fixed 100 EUR\n  balance \"Work\": 100 % on event \"Jury\"\n";
    let schedule = file("leaks-over", "course.jalon", schedule);
    let events = "case,date,kind,schedule\nA,2025-01-04,opened,Course\nA,2025-01-05,end,\nB,2025-01-04,opened,Course\nB,2025-01-06,abandonment,\n";
    let events = file("leaks-over", "events.csv", events);
    let told = |lang: &str| {
        let call = ["leaks", "--schedule", &schedule, "--events", &events, "--lang", lang];
        jalon(&[&call[..], &["--as-of", "2025-02-01", "--format", "csv"]].concat()).out
    };
    for (lang, ended, abandoned) in [
        ("en", "ended, and not closed by a balance", "abandoned, and not closed by a balance"),
        ("fr", "terminé, et clos par aucun solde", "abandonné, et clos par aucun solde"),
    ] {
        let told = told(lang);
        let rows: Vec<&str> = told.lines().skip(1).collect();
        let [first, second] = rows.as_slice() else { panic!("{told}") };
        assert!(first.starts_with("A,") && first.contains(ended), "{first}");
        assert!(second.starts_with("B,") && second.contains(abandoned), "{second}");
    }
}
