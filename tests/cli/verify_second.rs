//! `jalon verify` on schedules of the second part of the language, as its users meet it: what is covered,
//! what is assumed, and what is said of the rest.

use crate::program::{file, jalon};
use serde_json::Value;

/// The lines of an output that say what is proved and what is not.
fn verdicts(out: &str) -> Vec<&str> {
    let verdict = |line: &&str| {
        ["✓", "?", "  why", "  not looked", "  pourquoi", "  non exam"]
            .iter()
            .any(|start| line.starts_with(start))
    };
    out.lines().filter(verdict).collect()
}

#[test]
fn payers_and_tax_are_not_looked_at_and_that_is_said() {
    let schedule = file(
        "verify-payers",
        "schedule.jalon",
        "schedule \"Training\"
  price fixed 2000 EUR
  payer \"OPCO\": 70 %, at most 900 EUR, due 45 days
  payer \"Region\": 10 %
  payer \"Employer\": remainder
  vat 20 %
  deposit \"Deposit\": 30 % on signature
  balance \"End\": 100 % on end
  balance \"Left\": up to 30 % on abandonment
",
    );
    let outcome = jalon(&["verify", &schedule]);
    assert_eq!((outcome.code, outcome.err.as_str()), (0, ""));
    assert_eq!(
        verdicts(&outcome.out),
        [
            "✓ Training: proved over every possible case (14 situations): overbilling, overlap, dead-line, leak, gap, stranded-deposit, underbilling, past-date, unbilled-work, after-terminal, order, cliff, never-started, endless, parts-left",
            "? Training: neither proved nor refuted (12 situations looked at): credit",
            "  why: no invoice is below zero for all payers together, and that of one payer is not looked at",
            "  not looked at: who pays which part, tax, when invoices are due",
        ]
    );
    let outcome = jalon(&["verify", &schedule, "--format", "json"]);
    let document: Value = serde_json::from_str(&outcome.out).unwrap();
    let proof = &document["proofs"][0];
    assert_eq!(proof["not_looked_at"], serde_json::json!(["payers", "tax", "payment"]));
    assert_eq!(proof["assumed_price_not_amended"], false);
}

/// Of two situations of one day the later counts, an action beside one starts the case, and a case that is suspended and resumed
/// on one day stays suspended the other way round; a price by the month that two things bring is billed twice.
#[test]
fn what_the_lines_alone_do_not_show_is_not_proved() {
    for (property, text) in [
        (
            "order",
            "price fixed 1000 EUR\n  installment \"Work\": progress each progress\n  \
             installment \"Visit\": 100 EUR on progress if started\n  balance \"End\": remainder on end or abandonment\n",
        ),
        (
            "order",
            "price fixed 1000 EUR\n  installment \"Work\": progress each progress\n  \
             balance \"End\": remainder on end or abandonment\n",
        ),
        (
            "order",
            "price monthly 100 EUR\n  may be suspended\n  installment \"Month\": price each month end, pro rata\n  \
             balance \"End\": nothing on end or abandonment\n",
        ),
        (
            "overbilling",
            "price monthly 100 EUR\n  installment \"Month\": price each month end or on day 5 of each month\n  \
             balance \"End\": nothing on end or abandonment\n",
        ),
    ] {
        let text = format!("schedule \"S\"\n  {text}");
        let outcome = jalon(&["verify", &file("verify-alone", "s.jalon", &text)]);
        let proved = outcome.out.lines().filter(|line| line.starts_with('✓'));
        let proved: Vec<&str> = proved.flat_map(|line| line.split([' ', ','])).collect();
        assert!(proved.contains(&"leak"), "{text}: {}", outcome.out);
        assert!(!proved.contains(&property), "{text}: {}", outcome.out);
    }
}

/// What a condition on hours or attendance decides is tried with as many hours as it asks for.
#[test]
fn lives_are_tried_with_the_hours_that_conditions_ask_for() {
    for (planned, condition) in
        [("", "hours >= 10 hours"), ("\n  planned 20 hours", "attendance >= 50 %")]
    {
        let text = format!(
            "schedule \"Driving\"\n  price fixed 1600 EUR{planned}\n  \
             installment \"Part\": 60 % in 6 parts each month from start\n  \
             balance \"End\": remainder on end\n  \
             balance \"Early\": up to 40 % on abandonment if not {condition}\n  \
             balance \"Late\": 100 % on abandonment if {condition}\n"
        );
        let outcome = jalon(&["verify", &file("verify-hours", "driving.jalon", &text)]);
        assert_eq!(outcome.code, 1, "{condition}: {}", outcome.out);
        let told =
            "error[overbilling]: this schedule can bill 2 240.00 EUR for a price of 1 600.00 EUR\n";
        assert!(outcome.out.starts_with(told), "{condition}: {}", outcome.out);
        assert!(outcome.out.contains("Session (10 h)"), "{condition}: {}", outcome.out);
        // What was billed for the price is all of it: no part is left.
        assert!(!outcome.out.contains("[parts-left]"), "{condition}: {}", outcome.out);
    }
}

/// What a name closes is tried after months have run, and what bills by attendance with all that is planned.
#[test]
fn lives_are_tried_in_which_months_come_before_the_name_that_closes() {
    for lines in [
        "balance \"End\": 100 % on event \"Jury\"\n  balance \"Over\": remainder on end",
        "balance \"End\": 4800 EUR on deliverable \"Report\"\n  balance \"Over\": remainder on end",
        "balance \"End\": 100 % on action \"Defence\" if hours >= 30 hours\n  balance \"Over\": remainder on end",
        "planned 100 hours\n  balance \"End\": pro rata attendance on end",
        "balance \"Done\": 50 % of progress each progress, stays open\n  balance \"End\": 95 % on event \"Accepted\", stays open\n  \
         balance \"Over\": remainder on end",
    ] {
        let text = format!(
            "schedule \"S\"\n  price fixed 4800 EUR\n  \
             installment \"Month\": 600 EUR each month after start, at most 4 times\n  {lines}\n  \
             balance \"Left\": nothing on abandonment\n"
        );
        let outcome = jalon(&["verify", &file("verify-months-first", "s.jalon", &text)]);
        assert!(outcome.out.contains("error[overbilling]"), "{text}{}", outcome.out);
        assert!(outcome.out.contains("`Month` and `End` is to bill less"), "{text}{}", outcome.out);
    }
}

#[test]
fn work_that_no_line_bills_is_not_proved_to_be_billed() {
    let text = "schedule \"S\"\n  price fixed 100 EUR\n  action \"Call\" 80 per \"word\"\n  balance \"Out\": 100 % on end\n";
    let outcome = jalon(&["verify", &file("verify-no-work", "s.jalon", text)]);
    let proved = outcome.out.lines().find(|line| line.starts_with('✓')).unwrap_or_default();
    assert!(proved.contains("overbilling") && !proved.contains("unbilled-work"), "{}", outcome.out);
    assert!(outcome.out.contains("a rate of its own beside the price (`Call`)"), "{}", outcome.out);
}

/// What a scenario of the file shows is not left open, however odd its case.
#[test]
fn cases_of_scenarios_are_tried_too() {
    let schedule = "schedule \"S\"
  price fixed 1000 EUR
  planned 300 hours
  installment \"Month\": 50 EUR each month after start, at most 4 times
  installment \"Extra\": 95 % on event \"Jury\" if action \"Visit\" done at least 3 times and attendance >= 50 %
  balance \"End\": remainder on end or abandonment
";
    let scenario = "scenario \"Three long visits\"
  2025-02-01 start
  2025-02-02 action \"Visit\" 60 hours
  2025-02-03 action \"Visit\" 60 hours
  2025-02-04 action \"Visit\" 60 hours
  2025-05-06 event \"Jury\"
  until 2025-12-31
  expect total 1150
";
    let verified = |text: &str| jalon(&["verify", &file("verify-told", "s.jalon", text)]);
    let alone = verified(schedule);
    assert_eq!(alone.code, 0, "{}", alone.out);
    let with = verified(&format!("{schedule}\n{scenario}"));
    assert_eq!(with.code, 1, "{}", with.out);
    assert!(with.out.contains("can bill 1 100.00 EUR for a price of 1 000.00 EUR"), "{}", with.out);
    // What a scenario amends is not assumed of any case.
    let amended =
        scenario.replace("  2025-02-03", "  2025-02-02 amendment planned 300 hours\n  2025-02-03");
    let amended = verified(&format!("{schedule}\n{amended}"));
    assert_eq!(amended.code, 0, "{}", amended.out);
}

#[test]
fn an_agreed_price_is_any_price_and_a_witness_states_one() {
    let bounded = "schedule \"Works\"
  price fixed as agreed, in EUR, at least 100 EUR
  deposit \"Deposit\": 30 % on signature
  installment \"Survey\": 60 EUR on start
  balance \"Handover\": remainder on end
  balance \"Stopped\": up to 90 % on abandonment
";
    let schedule = file("verify-agreed", "bounded.jalon", bounded);
    let outcome = jalon(&["verify", &schedule, "--only", "overbilling,underbilling"]);
    assert_eq!(
        verdicts(&outcome.out),
        [
            "✓ Works: proved over every possible case whose price is not amended (12 situations): overbilling, underbilling"
        ]
    );
    let open = bounded.replace(", at least 100 EUR", "");
    let schedule = file("verify-agreed", "open.jalon", &open);
    let witnesses = std::path::Path::new(&schedule).with_file_name("witnesses");
    let outcome = jalon(&["verify", &schedule, "--witnesses", witnesses.to_str().unwrap()]);
    assert_eq!(outcome.code, 1);
    let wanted = "error[overbilling]: this schedule can bill 60.00 EUR for a price of 30.00 EUR
";
    assert!(outcome.out.starts_with(wanted), "{}", outcome.out);
    for wanted in [
        "    agreed price 30.00 EUR\n    2025-01-15\n",
        "help: no case that agrees 100 EUR or more does it: write `, at least 100 EUR` after the price;",
    ] {
        assert!(outcome.out.contains(wanted), "{}", outcome.out);
    }
    // The witness is a scenario of the schedule: it runs, and expects what is billed.
    let written = std::fs::read_to_string(witnesses.join("open-overbilling-1.jalon"));
    let written =
        written.or_else(|_| std::fs::read_to_string(witnesses.join("open-overbilling-2.jalon")));
    let together = file("verify-agreed", "together.jalon", &(open + "\n" + &written.unwrap()));
    let outcome = jalon(&["test", &together]);
    assert_eq!(outcome.code, 0, "{}{}", outcome.out, outcome.err);
    assert!(outcome.out.ends_with("1 passed, 0 failed\n"), "{}", outcome.out);
}

#[test]
fn what_is_beside_the_price_is_no_part_of_it() {
    let schedule = file(
        "verify-beside",
        "schedule.jalon",
        "échéancier \"Salle\"
  tarif forfait 800 EUR
  acompte \"Caution\": 200 EUR à la signature, en sus du prix
  échéance \"Ménage\": 40 EUR à l'événement \"Ménage\", en sus du prix
  solde \"Salle\": 100 % à la fin
",
    );
    let outcome = jalon(&["verify", &schedule, "--only", "overbilling,stranded-deposit"]);
    assert_eq!(
        verdicts(&outcome.out),
        ["✓ Salle : prouvé sur tous les dossiers possibles (17 situations) : surfacturation"]
    );
    assert!(outcome.out.starts_with("avertissement[acompte-perdu]: l'acompte `Caution`"));
}

#[test]
fn a_deposit_beside_the_price_is_deducted_beside_it() {
    let schedule = file(
        "verify-security",
        "schedule.jalon",
        "schedule \"Room\"
  price fixed 226.32 EUR
  deposit \"Security\": 20 EUR on 2025-02-13, beside the price
  installment \"Extra\": 30 % on signature
  balance \"Closing\": 100 % on end or abandonment
",
    );
    let outcome = jalon(&["verify", &schedule, "--only", "overbilling"]);
    assert_eq!(outcome.code, 1, "{}", outcome.out);
    let wanted = "error[overbilling]: this schedule can bill 294.22 EUR for a price of 226.32 EUR";
    assert!(outcome.out.starts_with(wanted), "{}", outcome.out);
}

#[test]
fn a_version_is_refuted_by_cases_that_begin_while_it_is_in_force() {
    let schedule = file(
        "verify-versions",
        "schedule.jalon",
        "schedule \"CFA\"
  price fixed 1000 EUR
  balance \"End\": 50 % on end or abandonment

schedule \"CFA\", in force from 2022-07-01
  price fixed 1200 EUR
  balance \"End\": 50 % on end or abandonment

schedule \"CFA\", in force from 2031-07-01
  price fixed 1300 EUR
  balance \"End\": 50 % on end or abandonment
",
    );
    let outcome = jalon(&["verify", &schedule, "--format", "json", "--only", "underbilling"]);
    let document: Value = serde_json::from_str(&outcome.out).unwrap();
    let begins =
        |finding: &Value| finding["witness"]["events"][0]["date"].as_str().map(str::to_owned);
    let begins: Vec<String> =
        document["findings"].as_array().unwrap().iter().filter_map(begins).collect();
    assert_eq!(begins.len(), 3, "{}", outcome.out);
    assert!(begins[0].as_str() < "2022-07-01", "{begins:?}");
    assert!(("2022-07-01".."2031-07-01").contains(&begins[1].as_str()), "{begins:?}");
    assert!(begins[2].as_str() >= "2031-07-01", "{begins:?}");
    let versions: Vec<&Value> = document["proofs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|proof| &proof["in_force_from"])
        .collect();
    assert_eq!(versions, [&Value::Null, &Value::from("2022-07-01"), &Value::from("2031-07-01")]);
}

/// Two balances for one moment are shown in a life that is tried, where no proof covers the schedule.
#[test]
fn an_overlap_is_shown_in_a_life() {
    let schedule = "échéancier \"S\"\n  tarif forfait 1000 EUR\n  solde \"Fin\": reste à la fin\n  \
        solde \"Rétractation\": rien à l'abandon si depuis la signature < 14 jours\n  \
        solde \"Jamais venu\": 30 % à l'abandon si non démarré\n  \
        solde \"Abandon\": 50 % à l'abandon si démarré\n";
    let schedule = file("verify-overlap-life", "schedule.jalon", schedule);
    let told = jalon(&["verify", &schedule, "--lang", "fr"]);
    assert_eq!(told.code, 1, "{}", told.out);
    let says = "les soldes `Rétractation` et `Jamais venu` peuvent valoir au même moment";
    assert!(told.out.contains(says), "{}", told.out);
}

/// An amendment of planned hours changes what percentages of an hourly price have come to.
#[test]
fn nothing_is_proved_of_credits_where_planned_hours_may_be_amended() {
    let schedule = "schedule \"Hourly\"\n  price hourly 100 EUR\n  planned 10 hours\n  \
        installment \"A\": 50 % on signature\n  installment \"B\": 10 % on start\n  \
        installment \"Fee\": 5 EUR each action \"Visit\"\n  balance \"Out\": nothing on end or abandonment\n\n\
        scenario \"fewer hours\"\n  2025-01-01 signature\n  2025-01-10 amendment planned 2 hours\n  \
        2025-02-01 start\n  expect 2025-01-01 \"A\" 500.00\n  expect 2025-02-01 \"B\" -380.00\n";
    let schedule = file("verify-amended", "schedule.jalon", schedule);
    let tested = jalon(&["test", &schedule]);
    assert_eq!(tested.code, 0, "{}{}", tested.out, tested.err);
    let told = jalon(&["verify", &schedule]);
    let credit = verdicts(&told.out).into_iter().find(|line| line.contains("credit"));
    assert!(credit.is_some_and(|line| line.starts_with('?')), "{}", told.out);
}

#[test]
fn what_no_proof_covers_is_named_with_its_place() {
    for (line, english, french, errors_open, check_open) in [
        (
            "installment \"Month\": 35 EUR each month end",
            "sums and parts of a line that repeats (`Month`)",
            "les montants et les parts d'une ligne qui se répète (`Month`)",
            true,
            true,
        ),
        (
            "installment \"Late\": 10 % on start if notice < 15 days",
            "notice (`Late`)",
            "le délai avant le démarrage (`Late`)",
            true,
            false,
        ),
        // That nothing overbills or overlaps follows from the lines.
        (
            "discount \"Early\": 10 % on signature",
            "a discount (`Early`)",
            "une remise (`Early`)",
            false,
            false,
        ),
    ] {
        let source = format!(
            "schedule \"S\"\n  price fixed 900 EUR\n  {line}\n  balance \"B\": 100 % on end\n"
        );
        let schedule = file("verify-not-covered", "schedule.jalon", &source);
        let outcome = jalon(&["verify", &schedule, "--only", "cliff"]);
        assert_eq!(outcome.code, 0);
        let why = format!("  why: no proof covers {english} yet");
        assert_eq!(verdicts(&outcome.out).last(), Some(&why.as_str()), "{}", outcome.out);
        let outcome = jalon(&["verify", &schedule, "--only", "cliff", "--lang", "fr"]);
        let why = format!("  pourquoi : aucune preuve ne couvre encore {french}");
        assert_eq!(verdicts(&outcome.out).last(), Some(&why.as_str()), "{}", outcome.out);
        let outcome = jalon(&["verify", &schedule, "--require-proof"]);
        assert_eq!(outcome.code, i32::from(errors_open), "unknown is not proved: {}", outcome.out);
        let outcome = jalon(&["check", &schedule]);
        // All that `check` looks for follows from the lines, or is refuted, but for the first.
        let told = format!("no proof covers {english} yet");
        let says = format!("{}{}", outcome.out, outcome.err).contains(&told);
        assert_eq!(says, check_open, "{}", outcome.err);
    }
}

/// What follows from the lines alone, whatever comes: of each schedule the properties that it proves, and one that it does not.
#[test]
fn more_follows_from_the_lines_alone() {
    let course = "price fixed 900 EUR\n  deposit \"Deposit\": 100 EUR on signature\n  \
                  installment \"Month\": 50 EUR each month after start, at most 4 times\n  \
                  installment \"Fees\": 500 EUR in 10 parts each month end\n  balance \"End\": remainder on end";
    for (schedule, proved, open) in [
        // 100 and 4 × 50 and 500 are no more than the price; up to it, nothing is given back.
        (course.to_owned(), vec!["overbilling", "credit", "parts-left", "overlap", "order"], "leak"),
        (course.replace("4 times", "7 times"), vec!["overlap"], "overbilling"),
        // A balance that closes the case gives the deposit back; two never come together.
        (
            "price fixed 900 EUR\n  deposit \"Deposit\": 30 % on signature\n  installment \"Fee\": 40 % in 4 parts each month end\n  \
             balance \"End\": 60 % on end\n  balance \"Left\": 20 % on abandonment".to_owned(),
            vec!["overbilling", "overlap", "leak", "gap", "after-terminal", "endless"],
            "credit",
        ),
        // Windows that leave nothing out, and that leave a day out.
        (
            "price fixed 900 EUR\n  installment \"Fee\": 20 EUR each month end\n  \
             balance \"Little\": 10 % on end or abandonment if progress < 50 %\n  \
             balance \"Much\": 20 % on end or abandonment if progress from 50 % to under 90 %\n  \
             balance \"Most\": 30 % on end or abandonment if progress >= 90 %".to_owned(),
            vec!["overlap", "leak", "gap", "after-terminal"],
            "overbilling",
        ),
        (
            "price fixed 900 EUR\n  installment \"Fee\": 20 EUR each month end, at most 3 times\n  \
             balance \"Little\": 10 % on end or abandonment if progress < 50 %\n  \
             balance \"Much\": 20 % on end or abandonment if progress > 50 %".to_owned(),
            vec!["overlap", "overbilling"],
            "gap",
        ),
        // Each day run is billed, or may be left by a balance that closes the case before.
        (
            "price monthly 40 EUR\n  may be suspended\n  installment \"Month\": price each month end, pro rata\n  \
             balance \"Closed\": nothing on end or abandonment".to_owned(),
            vec!["underbilling", "leak", "after-terminal", "credit"],
            "cliff",
        ),
        (
            "price monthly 40 EUR\n  installment \"Month\": price each month end, pro rata\n  \
             balance \"Closed\": nothing on end or abandonment or event \"Moved\"".to_owned(),
            vec!["leak"],
            "underbilling",
        ),
    ] {
        let source = format!("schedule \"S\"\n  {schedule}\n");
        let file = file("verify-from-lines", "schedule.jalon", &source);
        let outcome = jalon(&["verify", &file, "--format", "json"]);
        let value: Value = serde_json::from_str(&outcome.out).unwrap();
        let of = |name: &str| {
            let proofs = value["proofs"].as_array().unwrap().iter();
            let mut proofs = proofs.filter(|proof| proof["property"] == name);
            proofs.next().unwrap()["verdict"].as_str().unwrap().to_owned()
        };
        for property in proved {
            assert_eq!(of(property), "proved", "{property}\n{source}");
        }
        assert_ne!(of(open), "proved", "{open}\n{source}");
    }
}
