//! What is said of schedules of the second part: versions compared, situations, what is accepted, and witnesses as scenarios.

use crate::program::{file, jalon};

const WORKS: &str = "schedule \"Works\"
  price fixed as agreed, in EUR, at least 100 EUR
  payer \"A\": as agreed
  payer \"B\": remainder
  vat 20 %
  deposit \"Deposit\": 30 % on signature
  balance \"Handover\": 100 % on end
  balance \"Left\": up to 40 % on abandonment if duration < 2 months
";

#[test]
fn two_versions_with_payers_and_an_agreed_price_are_compared() {
    let old = file("compare-second", "old.jalon", WORKS);
    let verdict = |new: &str, options: &[&str]| {
        let new = file("compare-second", "new.jalon", new);
        let outcome = jalon(&[&["compare", &old, &new], options].concat());
        outcome.out.lines().take(2).collect::<Vec<_>>().join("\n")
    };
    let same = "✓ Works: equivalent; the two say the same";
    assert_eq!(verdict(WORKS, &[]), same);
    // The deposit settled in one sum instead of deducted: other lines, the same sums for each payer.
    let settled = WORKS.replace("100 % on end", "remainder on end");
    assert!(verdict(&settled, &[]).starts_with("✗ Works: different"));
    assert!(
        verdict(&settled, &["--money"])
            .starts_with("✓ Works: equivalent, proved over every possible case")
    );
    let payers = WORKS.replace("payer \"A\": as agreed", "payer \"A\": 50 %");
    let why = "  why: the versions say otherwise who pays which part, and that is not compared; `--money` compares sums";
    assert!(verdict(&payers, &[]).ends_with(why), "{}", verdict(&payers, &[]));
    let why = "  why: both bill the same in all on each day, and what each payer pays then is not compared";
    assert!(verdict(&payers, &["--money"]).ends_with(why), "{}", verdict(&payers, &["--money"]));
    let taxed = WORKS.replace("vat 20 %", "vat 10 %");
    // The same sums, and another rate on each line.
    let shown = "✗ Works: different\n  a single case shows it, on ";
    assert!(verdict(&taxed, &[]).starts_with(shown), "{}", verdict(&taxed, &[]));
    assert_eq!(
        verdict(&taxed, &["--money"]),
        same.replace("the two say the same", "the two bill the same sums")
            + "\n  stated otherwise, and not compared: tax"
    );
    let included = WORKS.replace("vat 20 %", "vat 20 % included");
    let why = "  why: one version states its amounts before tax and the other after, and that is not compared";
    assert!(
        verdict(&included, &["--money"]).ends_with(why),
        "{}",
        verdict(&included, &["--money"])
    );
    let aside = |new: &str| verdict(new, &[]);
    let due = format!("{WORKS}  payment due 90 days\n");
    let told = "✓ Works: equivalent\n  stated otherwise, and not compared: when invoices are due";
    assert_eq!(aside(&due), told);
    let later = WORKS.replace("schedule \"Works\"", "schedule \"Works\", in force from 2025-07-01");
    let why = "  why: a case is billed alike on both, but they are in force from other days, and which cases each of them bills is not compared";
    assert!(aside(&later).ends_with(why), "{}", aside(&later));
    let kept = WORKS.replace("up to 40 %", "up to 30 %");
    let held = kept.replace("up to 30 %", "up to 30 %, no refund,");
    let old = file("compare-second", "kept.jalon", &kept);
    let new = file("compare-second", "held.jalon", &held);
    let outcome = jalon(&["compare", &old, &new]);
    let why = "  why: no proof covers `no refund` (`Left`) yet\n";
    assert!(outcome.out.contains(why), "{}", outcome.out);
    let bounds = WORKS.replace("at least 100 EUR", "at least 200 EUR");
    let apart = "✗ Works: different\n  cases may not agree the same prices or rates on both";
    assert_eq!(verdict(&bounds, &[]), apart);
    let repeats = format!("{WORKS}  installment \"Month\": 5 EUR each month end\n");
    let why = "✗ Works: different\n  not everything is known: no proof covers sums and parts of a line that repeats (`Month`) yet";
    assert_eq!(verdict(&repeats, &[]), why);
}

#[test]
fn situations_state_what_their_cases_agree_and_scenarios_of_them_pass() {
    let schedule = file("situations-second", "schedule.jalon", WORKS);
    let shown = jalon(&["show", "--situations", "--format", "markdown", &schedule]).out;
    for row in [
        "- **Examples:** agreed price 1 000.00 EUR",
        "| signature | 2025-01-15 signature | Deposit (A)<br>Deposit (B) | 150.00 EUR<br>150.00 EUR |",
        "| abandonment from 2 months on | 2025-01-10 signature, 2025-01-15 start, 2025-03-15 abandonment | no line bills |  |",
    ] {
        assert!(shown.contains(row), "{shown}");
    }
    let generated = jalon(&["test", "--generate", &schedule]).out;
    let first = "\nscenario \"signature\"\n  agreed price 1000.00\n  share \"A\" 50 %\n  2025-01-15 signature\n";
    assert!(generated.starts_with(first), "{generated}");
    let together = file("situations-second", "together.jalon", &(WORKS.to_owned() + &generated));
    let outcome = jalon(&["test", "--coverage", &together]);
    assert_eq!(outcome.code, 0, "{}", outcome.out);
    assert!(outcome.out.contains("Works: 5 of 5 situations, 100 %"), "{}", outcome.out);
    let repeats = format!("{WORKS}  installment \"Month\": 5 EUR each month end\n");
    let schedule = file("situations-second", "repeats.jalon", &repeats);
    let outcome = jalon(&["show", "--situations", &schedule]);
    let why = "it uses sums and parts of a line that repeats (`Month`)";
    assert!(outcome.code == 2 && outcome.err.contains(why), "{}", outcome.err);
}

/// Where no search covers a schedule, an acceptance on a line leaves out what that line bills, and the rest still speaks.
#[test]
fn an_accepted_line_leaves_the_others_to_be_looked_at() {
    let works = "schedule \"Works\"
  price fixed 1000 EUR
  deposit     \"Damage\": 500 EUR on signature
  installment \"Works\":  90 % of progress each progress
  installment \"Visit\":  300 EUR on event \"Visit\"
  balance     \"End\":    remainder on end or abandonment
  accepts overbilling on \"Damage\" \"it is given back\"
";
    let out = |source: &str| {
        let schedule = file("verify-accepted", "schedule.jalon", source);
        jalon(&["verify", "--only", "overbilling", &schedule]).out
    };
    let accepted = "! Works: accepted: overbilling on \"Damage\", \"it is given back\"\n";
    let refuted = out(works);
    let says = "can bill 1 200.00 EUR for a price of 1 000.00 EUR; without `Damage` that is still too much";
    assert!(refuted.contains(says) && refuted.contains(accepted), "{refuted}");
    assert!(!refuted.contains("stands for any event"), "it is an event of the schedule: {refuted}");
    let less = works.replace("300 EUR", "50 EUR");
    let proved = "✓ Works: proved over every possible case, from its lines alone: overbilling\n";
    for source in [less.clone(), less.replace("500 EUR", "50 %")] {
        let out = out(&source);
        assert!(out.starts_with(&format!("{proved}{accepted}")), "{out}");
    }
    let unused = out(&less.replace("500 EUR", "50 EUR"));
    assert!(unused.contains("accepted on `Damage`, and no case does it there"), "{unused}");
    assert!(unused.contains(proved) && !unused.contains(accepted), "{unused}");
    let settled = less.replace("remainder on end", "100 % on end");
    assert!(out(&settled).contains("is still too much"), "{}", out(&settled));
    // A share beside others of its group decides how their cents are rounded.
    let beside = less.replace("deposit     \"Damage\": 500 EUR", "installment \"Damage\": 60 %");
    assert!(out(&beside).starts_with("? Works"), "{}", out(&beside));
}

/// Where only the tax or the days of service of a line differ, the two sides do not look alike.
#[test]
fn what_only_the_tax_of_lines_tells_apart_is_shown() {
    let old = "schedule \"S\"\n  price fixed 40 EUR\n  vat 20 %\n  balance \"Out\": 100 % on end or abandonment\n";
    let new = old.replace("vat 20 %", "vat 10 %");
    let old = file("compare-tax", "old.jalon", old);
    let new = file("compare-tax", "new.jalon", &new);
    let out = jalon(&["compare", &old, &new]).out;
    assert!(out.contains("old: balance \"Out\" 40.00, VAT 20 %\n"), "{out}");
    assert!(out.contains("new: balance \"Out\" 40.00, VAT 10 %\n"), "{out}");
}

/// Where single cases are tried, what is accepted on one line proves nothing of the others: that is said.
#[test]
fn the_rest_of_what_is_accepted_on_a_line_is_left_open_by_name() {
    let schedule = file(
        "verify-rest",
        "schedule.jalon",
        "schedule \"S\"\n  price fixed 1000 EUR\n  discount \"L0\": 10 % on start\n  \
         installment \"L1\": 50 % on action \"A\" if not event \"E\" happened\n  \
         installment \"L2\": 30 % on signature if started\n  installment \"L3\": progress on progress if not signed\n  \
         discount \"L4\": 100 % on event \"E\" if action \"B\" done at least 60 times\n  accepts credit on \"L0\" \"ok\"\n",
    );
    for (lang, says) in [
        ("en", "? S: beside what is accepted, neither proved nor refuted: credit\n"),
        ("fr", "? S : en dehors de ce qui est admis, ni prouvé ni réfuté : avoir\n"),
    ] {
        let outcome = jalon(&["verify", "--lang", lang, &schedule]);
        assert!(outcome.out.contains(says), "{}", outcome.out);
    }
}

/// Where something beside the price is shown, the total is said to be that of the price.
#[test]
fn a_total_of_the_price_is_called_so_beside_other_amounts() {
    let text = "schedule \"S\"\n  price fixed 700 EUR\n  installment \"Fee\": 40 EUR on signature, beside the price\n  \
         discount \"Early\": 10 % on signature\n  balance \"Out\": remainder on end or abandonment\n";
    for (lang, says) in
        [("en", "billed of the price: -70.00 EUR"), ("fr", "facturé sur le tarif : -70,00 EUR")]
    {
        let outcome = jalon(&["verify", "--lang", lang, &file("verify-of-price", "s.jalon", text)]);
        assert!(outcome.out.contains(says), "{}", outcome.out);
    }
    let plain = text.replace(", beside the price", "");
    let outcome = jalon(&["verify", &file("verify-of-price", "plain.jalon", plain)]);
    assert!(outcome.out.contains("total -30.00 EUR"), "{}", outcome.out);
}

/// A witness that is written down is a scenario that passes: with what its events state, and when its case is to start and to end.
#[test]
fn witnesses_of_the_second_part_are_scenarios_that_pass() {
    for (number, (lang, text, parts)) in [
        (
            "en",
            "schedule \"S\"\n  price fixed 300 EUR\n  payer \"F\": as agreed\n  payer \"Family\": remainder\n  \
             deposit \"D\": 200 EUR 30 days before planned start\n  installment \"I\": 100 EUR 3 days after planned end\n  \
             balance \"End\": 100 EUR on end\n  balance \"Left\": nothing on abandonment\n",
            &["planned start 2025-", "planned end 2025-", "share \"F\""][..],
        ),
        (
            "en",
            "schedule \"S\"\n  price fixed 1000 EUR\n  may be suspended\n  action \"T\" 0.085 per \"word\"\n  action \"C\" at cost\n  \
             installment \"M\": 50 EUR each month after start\n  installment \"P\": 90 % of progress each progress\n  \
             installment \"W\": work by action on event \"Jury\"\n  balance \"End\": 95 % on event \"Jury\" if progress >= 30 %\n  \
             balance \"Out\": remainder on end or abandonment\n\n\
             scenario \"odd\"\n  2025-01-02 start\n  2025-01-03 suspension\n  2025-01-05 resumption\n  2025-01-10 action \"T\" quantity 1200\n  \
             2025-01-11 action \"C\" 1.5 hours amount 84.50\n  2025-02-01 progress 33.3 %\n  2025-04-01 event \"Jury\"\n  until 2025-12-31\n",
            &["action \"T\" quantity 10\n", "progress 100 %\n"],
        ),
        (
            "en",
            "schedule \"S\"\n  price fixed 1000 EUR\n  may be suspended\n  action \"C\" at cost\n  action \"T\" 0.085 per \"word\"\n  \
             installment \"M\": 50 EUR each month after start\n  installment \"P\": 90 % of progress each progress\n  \
             installment \"W\": work by action on event \"Jury\"\n  balance \"End\": 95 % on event \"Jury\" if progress >= 30 %\n  \
             balance \"Out\": remainder on end or abandonment\n\n\
             scenario \"odd\"\n  2025-01-02 start\n  2025-01-03 suspension\n  2025-01-05 resumption\n  2025-01-10 action \"T\" quantity 1200\n  \
             2025-01-11 action \"C\" 1.5 hours amount 84.50\n  2025-02-01 progress 33.3 %\n  2025-04-01 event \"Jury\"\n  until 2025-12-31\n",
            &["action \"C\" amount 100\n", "progress 100 %\n"],
        ),
        (
            "fr",
            "échéancier \"S\"\n  tarif forfait 1000 EUR\n  échéance \"P\" : 90 % de l'avancement à chaque avancement\n  \
             échéance \"D\" : 10 EUR 30 jours avant le démarrage prévu\n  échéance \"F\" : 10 EUR 3 jours après la fin prévue\n  \
             solde \"Fin\" : 95 % à l'événement \"Jury\" si avancement >= 30 %\n  solde \"Sortie\" : reste à la fin ou à l'abandon\n",
            &["avancement 30 %\n", "démarrage prévu le ", "fin prévue le "],
        ),
    ]
    .into_iter()
    .enumerate()
    {
        let test = format!("verify-written-{number}");
        let schedule = file(&test, "s.jalon", text);
        let folder = std::path::Path::new(&schedule).with_file_name("witnesses");
        let folder = folder.to_str().unwrap();
        let outcome = jalon(&["verify", "--lang", lang, "--witnesses", folder, &schedule]);
        assert!(outcome.code <= 1, "{}", outcome.err);
        let mut written = String::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let scenario = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            let whole = text.split("\n\nscenario").next().unwrap();
            let whole = file(&test, "whole.jalon", format!("{whole}\n\n{scenario}"));
            let tested = jalon(&["test", &whole]);
            assert_eq!(tested.code, 0, "{scenario}\n{}{}", tested.out, tested.err);
            written.push_str(&scenario);
        }
        for part in parts {
            assert!(written.contains(part), "{part}\n{written}");
        }
    }
}
