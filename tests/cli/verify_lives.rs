//! What `jalon verify` shows of schedules that no proof covers, in lives that come to it by the calendar, by some names and not
//! others, by what comes again, at the bounds of a price, or when they begin late.

use crate::program::{file, jalon};

fn verified(name: &str, price: &str, lines: &str) -> String {
    let text = format!("schedule \"S\"\n  price {price}\n{lines}");
    jalon(&["verify", &file(&format!("verify-lives-{name}"), "s.jalon", text)]).out
}

const OVERBILLS: &str = "error[overbilling]: this schedule can bill ";
const LEAKS: &str = "warning[leak]: a case that comes to its end may never be closed";

/// Beside parts that come to 90 %, each of these lines bills half the price on a day of the calendar on which a bound is met, and
/// in no case that comes to its bound at another moment.
#[test]
fn lines_of_the_calendar_ask_on_their_own_day() {
    for (name, line) in [
        ("date", "50 % on 2025-09-01 if duration < 1 month"),
        ("dates", "50 % on 2025-09-01 or 2025-11-01 if duration >= 3 days and duration < 5 days"),
        ("notice", "50 % on 2025-09-01 if notice >= 40 days and notice < 42 days"),
        ("month-end", "50 % on month end if since action \"Survey\" < 3 days"),
        ("each-month-end", "200 EUR each month end if duration >= 3 days and duration < 5 days"),
        (
            "quarter-end",
            "50 % on quarter end if since signature >= 14 days and since signature < 16 days",
        ),
        (
            "day",
            "200 EUR on day 5 of each month if since signature >= 2 days and since signature < 4 days",
        ),
        (
            "after",
            "50 % on 2 months after start if since signature > 62 days and since signature < 65 days",
        ),
    ] {
        let lines = format!(
            "  installment \"A\": {line}\n  installment \"P\": 90 % in 3 parts each month from start\n  \
             balance \"E\": nothing on end\n  balance \"L\": nothing on abandonment\n"
        );
        let out = verified(name, "fixed 1000 EUR", &lines);
        assert!(out.contains(OVERBILLS), "{line}\n{out}");
    }
}

/// Names that conditions ask about come each alone, and each but one; what a line waits for comes after what it asks about.
#[test]
fn names_come_alone_and_all_but_one() {
    let discount = "  discount \"D\": 1 EUR on signature if signed before 2020-01-01\n";
    let but_one = "  installment \"A\": 50 % on event \"Go\" if deliverable \"Green\" received and not deliverable \"Red\" received
  installment \"B\": 60 % on end if deliverable \"Green\" received
  balance \"E\": remainder on end if not deliverable \"Green\" received
  balance \"F\": nothing on end if deliverable \"Red\" received and deliverable \"Green\" received
  balance \"G\": nothing on end if deliverable \"Green\" received and not deliverable \"Red\" received
  balance \"L\": nothing on abandonment\n";
    let out = verified("but-one", "fixed 1000 EUR", &format!("{discount}{but_one}"));
    assert!(out.contains(OVERBILLS), "{out}");
    let one_of = but_one.replace(
        "not deliverable \"Red\" received\n  installment",
        "not deliverable \"Red\" received and not deliverable \"Blue\" received\n  installment",
    );
    let out = verified("one-of-them", "fixed 1000 EUR", &format!("{discount}{one_of}"));
    assert!(out.contains(OVERBILLS), "{out}");
    let alone = "  balance \"E\": remainder on end if event \"A\" happened and event \"B\" happened
  balance \"F\": remainder on end if not event \"A\" happened
  balance \"G\": remainder on end if event \"A\" happened and event \"C\" happened and not event \"B\" happened
  balance \"L\": nothing on abandonment\n";
    let out = verified("alone", "fixed 1000 EUR", &format!("{discount}{alone}"));
    assert!(out.contains(LEAKS), "{out}");
}

#[test]
fn a_visit_comes_again_after_all_progress() {
    let lines = "  installment \"P\": 50 % of progress each progress
  installment \"V\": 300 EUR each action \"Visit\" if progress >= 100 % and duration < 2 months
  balance \"E\": nothing on end
  balance \"L\": nothing on abandonment\n";
    let out = verified("again", "fixed 1000 EUR", lines);
    assert!(out.contains(OVERBILLS), "{out}");
}

/// A sum that is more than the least price that a case may agree, and no more than a round one; and a share of the greatest.
#[test]
fn agreed_prices_are_tried_at_their_bounds() {
    let lines = "  installment \"S\": 150 EUR each action \"Visit\", at most 1 time
  balance \"E\": up to 100 %, no refund, on end
  balance \"L\": nothing on abandonment\n";
    let out = verified("least", "fixed as agreed, in EUR, at least 100 EUR", lines);
    assert!(out.contains("can bill 150.00 EUR for a price of 100.00 EUR"), "{out}");
    let lines = "  installment \"S\": 100 EUR each action \"Visit\", at most 1 time
  balance \"E\": 1000 EUR on end
  balance \"L\": nothing on abandonment\n";
    let out = verified("most", "fixed as agreed, in EUR, at most 1200 EUR", lines);
    assert!(out.contains("warning[underbilling]"), "{out}");
    // Nothing bounds it: that a cent may be agreed says nothing of what is.
    let lines = "  installment \"S\": 150 EUR each action \"Visit\", at most 1 time
  balance \"E\": up to 100 %, no refund, on end
  balance \"L\": nothing on abandonment\n";
    let out = verified("unbounded", "fixed as agreed, in EUR", lines);
    assert!(!out.contains("[overbilling]") && out.contains("neither proved nor refuted"), "{out}");
}

#[test]
fn cases_that_come_to_a_bound_begin_late_too() {
    let lines = "  discount \"D\": 1 EUR on signature if signed before 2025-11-15
  balance \"O\": 100 % on end if not started or started before 2025-11-15
  balance \"X\": 100 % on end if started from 2025-11-15 and progress < 50 %
  balance \"Y\": 100 % on end if started from 2025-11-15 and progress > 50 %
  balance \"L\": nothing on abandonment\n";
    let out = verified("late", "fixed 1000 EUR", lines);
    assert!(out.contains(LEAKS), "{out}");
    let sound = lines.replace("progress > 50 %", "progress >= 50 %");
    let out = verified("not-late", "fixed 1000 EUR", &sound);
    assert!(!out.contains("[leak]"), "{out}");
}

/// What more than fifty lives show is an error of `check` as it is of `verify`.
#[test]
fn check_tries_as_many_lives_as_show_it() {
    let text = "schedule \"S\"\n  price fixed 1000 EUR
  installment \"P\": 50 % of progress each progress
  installment \"V\": 300 EUR each action \"Visit\" if progress >= 100 % and duration < 2 months
  balance \"E\": nothing on end
  balance \"L\": nothing on abandonment\n";
    let path = file("verify-lives-check", "s.jalon", text);
    let outcome = jalon(&["check", &path]);
    let said = outcome.out + &outcome.err;
    assert!(said.contains("error[overbilling]") && said.contains("1 file: 1 error"), "{said}");
}

/// Work of a rate of its own beside a fixed or monthly price, and a balance that closes the case before a line bills it.
#[test]
fn work_that_no_line_bills_before_the_closing_is_told() {
    let finding =
        "warning[unbilled-work]: `End` can close a case with work that no line has billed";
    let action = "  action \"Visit\" flat 100\n";
    let end = "  balance \"End\": remainder on end or abandonment\n";
    let monthly = "  installment \"Month\": price each month end, pro rata\n  balance \"End\": nothing on end or abandonment\n";
    for (name, price, work, closes) in [
        ("month", "fixed 1000 EUR", "work on month end", end),
        ("event", "fixed 1000 EUR", "work on event \"Count\", beside the price", end),
        ("if", "fixed 1000 EUR", "work on end or abandonment if duration >= 1 month", end),
        ("one", "fixed 1000 EUR", "work on end", end),
        ("monthly", "monthly 50 EUR", "work on month end", monthly),
    ] {
        let lines = format!("{action}  installment \"Extra\": {work}\n{closes}");
        let out = verified(&format!("lost-{name}"), price, &lines);
        assert!(out.contains(finding), "{work}\n{out}");
        assert!(!out.contains("unbilled-work,"), "{work}\n{out}");
        let meant = format!("{lines}  accepts unbilled-work on \"End\" \"gifts\"\n");
        let out = verified(&format!("lost-{name}-accepted"), price, &meant);
        assert!(!out.contains(finding), "{work}\n{out}");
    }
    for (name, price, work, closes) in [
        ("all", "fixed 1000 EUR", "work on month end or end or abandonment", end),
        ("monthly-all", "monthly 50 EUR", "work on end or abandonment", monthly),
    ] {
        let lines = format!("{action}  installment \"Extra\": {work}\n{closes}");
        let out = verified(&format!("kept-{name}"), price, &lines);
        assert!(
            out.contains("unbilled-work,") && !out.contains("[unbilled-work]"),
            "{work}\n{out}"
        );
    }
    let french = "échéancier \"S\"\n  tarif forfait 1000 EUR\n  action \"Visite\" forfait 100\n  échéance \"Plus\": réalisé en fin de mois\n  solde \"Fin\": reste à la fin ou à l'abandon\n";
    let out = jalon(&["verify", &file("verify-lives-lost-fr", "s.jalon", french)]).out;
    let says = "avertissement[réalisé-non-facturé]: `Fin` peut clore un dossier avec du réalisé qu'aucune ligne n'a facturé";
    assert!(out.contains(says) && out.contains("`Fin` : elle passe avant lui"), "{out}");
}

/// What stands beside the price is no part of what is too much of it.
#[test]
fn no_line_beside_the_price_is_told_to_bill_less() {
    let lines = "  installment \"Start\": 60 % on start
  installment \"Security\": 200 EUR on start, beside the price
  installment \"Middle\": 60 % on event \"Half\"
  balance \"End\": nothing on end or abandonment\n";
    let each = "  installment \"Key\": 10 EUR each event \"Key\", beside the price\n";
    for lines in [lines.to_owned(), format!("{each}{lines}")] {
        let out = verified("beside", "fixed 1000 EUR", &lines);
        let help =
            "help: decide which of `Start` and `Middle` is to bill less there; if that is agreed";
        assert!(out.contains(help), "{out}");
        assert!(!out.contains("│   installment \"Security\""), "{out}");
    }
}

/// Work is billed as it goes, and a balance of nothing closes the case between two bills. Where only closing balances bill work, one
/// of nothing says that none is due.
#[test]
fn work_that_a_closing_of_nothing_gives_up_is_told() {
    let finding =
        "warning[unbilled-work]: `Out` can close a case with work that no line has billed";
    let months = "  installment \"Month\": work each month end\n";
    for (name, lines, told) in [
        ("months", format!("{months}  balance \"Out\": nothing on end or abandonment\n"), true),
        ("event", "  installment \"Report\": work on deliverable \"Report\"\n  balance \"Out\": nothing on end or abandonment\n".to_owned(), true),
        ("open", "  balance \"Month\": work on month end, stays open\n  balance \"Out\": nothing on end or abandonment\n".to_owned(), true),
        ("left", format!("{months}  balance \"End\": work on end\n  balance \"Out\": nothing on abandonment\n"), true),
        ("last", format!("{months}  installment \"Last\": work on end or abandonment\n  balance \"Out\": nothing on end or abandonment\n"), false),
        ("work", format!("{months}  balance \"Out\": work on end or abandonment\n"), false),
        ("waived", "  balance \"End\": work on end\n  balance \"Out\": nothing on abandonment\n".to_owned(), false),
        ("accepted", format!("{months}  balance \"Out\": nothing on end or abandonment\n  accepts unbilled-work on \"Out\" \"the last days are free\"\n"), false),
    ] {
        for (part, extra) in [("first", ""), ("second", "  vat 20 %\n  may be suspended\n")] {
            let out = verified(&format!("given-up-{name}-{part}"), "hourly 40 EUR", &format!("{extra}{lines}"));
            assert_eq!(out.contains(finding), told, "{lines}\n{out}");
            let advice = "help: bill `work` on `Out` instead of `nothing`";
            assert!(!told || part == "second" || out.contains(advice), "{out}");
        }
    }
    let french = "échéancier \"S\"\n  tarif horaire 24,58 €\n  échéance \"Mois\": réalisé à chaque fin de mois\n  solde \"Sortie\": rien à la fin ou à l'abandon\n";
    let out = jalon(&["verify", &file("verify-lives-given-up-fr", "s.jalon", french)]).out;
    let finding = "`Sortie` peut clore un dossier avec du réalisé qu'aucune ligne n'a facturé";
    let advice = "facturez le `réalisé` sur `Sortie` au lieu de `rien`";
    assert!(out.contains(finding) && out.contains(advice), "{out}");
}

/// What a line waits for never comes, and what was done is left.
#[test]
fn work_that_waits_for_what_never_comes_is_told() {
    for (name, price) in
        [("bound", "per action, in EUR, at least 45 EUR"), ("free", "per action, in EUR")]
    {
        let lines = "  action \"Translation\" 0.12 per \"word\"\n  balance \"Delivery\": work on event \"Delivery\"\n";
        let out = verified(&format!("unawaited-{name}"), price, lines);
        for finding in [
            "warning[unbilled-work]: work can be left that is never billed in a case that comes to its end",
            "warning[unbilled-work]: work can be left that is never billed in a case that comes to its abandonment",
            LEAKS,
        ] {
            assert!(out.contains(finding), "{finding}\n{out}");
        }
    }
}

/// Under a price for each period, too, the balance that closes the case is the one that may bill what is left.
#[test]
fn work_that_a_closing_leaves_is_billed_by_it() {
    let lines = "  action \"Extra hours\" hourly 95\n  installment \"M\": price each month end, pro rata\n  installment \"W\": work each month end\n  balance \"End\": nothing on end or abandonment\n";
    let out = verified("closing-work", "monthly 3000 EUR", lines);
    let help = "help: bill `work` on `End` instead of `nothing`; if that is agreed";
    assert!(out.contains(help), "{out}");
    let billed =
        verified("closing-work-billed", "monthly 3000 EUR", &lines.replace("nothing", "work"));
    assert!(!billed.contains("warning[unbilled-work]"), "{billed}");
    let french = "échéancier \"S\"\n  tarif mensuel 3000 EUR\n  action \"Heures en plus\" horaire 95\n  échéance \"M\": le tarif à chaque fin de mois, au prorata\n  échéance \"W\": réalisé à chaque fin de mois\n  solde \"Fin\": rien à la fin ou à l'abandon\n";
    let out = jalon(&["verify", &file("verify-lives-closing-fr", "s.jalon", french)]).out;
    assert!(out.contains("aide : facturez le `réalisé` sur `Fin` au lieu de `rien` ; "), "{out}");
    // A deposit would be deducted from it: then an installment bills it.
    let deposit = format!("{lines}  deposit \"D\": 100 EUR on signature\n");
    let out = verified("closing-work-deposit", "monthly 3000 EUR", &deposit);
    assert!(out.contains("on an installment that waits for the same as `End`"), "{out}");
}

/// A ladder of cancellation that leaves out one value: help says which.
#[test]
fn a_ladder_that_leaves_out_one_value_says_which() {
    let ladder = |rest: &str| {
        format!(
            "  deposit \"Deposit\": 30 % on signature\n  balance \"End\": remainder on end\n  balance \"Early\": nothing on abandonment if notice > 90 days\n{rest}"
        )
    };
    let help = "at exactly 90 days none of the balances holds: write `>= 90 days` for `> 90 days` on `Early`";
    let late = "  balance \"Late\": remainder on abandonment if notice < 30 days\n";
    let between = "  balance \"Between\": up to 50 % on abandonment if notice from 30 to 90 days\n";
    let out = verified("ladder", "fixed 1000 EUR", &ladder(&format!("{between}{late}")));
    assert!(out.contains(help), "{out}");
    let out = verified("ladder-two", "fixed 1000 EUR", &ladder(late));
    assert!(!out.contains("at exactly"), "{out}");
    // Where something else is left out as well, that bound alone mends nothing.
    let between = "  balance \"Between\": up to 50 % on abandonment if notice from 60 to 90 days\n";
    let out = verified("ladder-more", "fixed 1000 EUR", &ladder(&format!("{between}{late}")));
    assert!(out.contains("warning[leak]") && !out.contains("at exactly"), "{out}");
    // A case that was never signed counts from no signature, and stays open whatever the bounds are.
    let signed = ladder(late).replace("notice", "since signature").replace("< 30", "< 90");
    let out = verified("ladder-unsigned", "fixed 1000 EUR", &signed);
    assert!(out.contains("warning[leak]") && !out.contains("at exactly"), "{out}");
    let french = "échéancier \"S\"\n  tarif forfait 1000 €\n  solde \"Fin\": reste à la fin\n  solde \"Tôt\": rien à l'abandon si préavis > 1 mois\n  solde \"Tard\": reste à l'abandon si préavis < 1 mois\n";
    let french = french.replace("préavis", "délai avant le démarrage");
    let out = jalon(&["verify", &file("verify-lives-ladder-fr", "s.jalon", french)]).out;
    let help = "à 1 mois exactement, aucun des soldes ne vaut : écrivez `>= 1 mois` au lieu de `> 1 mois` sur `Tôt`";
    assert!(out.contains(help), "{out}");
}

/// Advice on what bills in proportion beside installments names all that has to change: then the ordinary end bills the same.
#[test]
fn what_deducts_installments_is_told_as_a_whole() {
    let shares = "  planned 24 months\n  installment \"First\": 40 % on start\n  installment \"Second\": 30 % on 7 months after start\n  installment \"Third\": 20 % on 10 months after start\n  balance \"Balance\": 10 % on end\n  balance \"Break\": pro rata duration on abandonment\n";
    let out = verified("in-proportion", "fixed 8500 EUR", shares);
    let help = "(`deposit` in place of `installment` for `First`, `Second` and `Third`, and `remainder` on `Balance`)";
    assert!(out.contains(OVERBILLS) && out.contains(help), "{out}");
    // A share that is due on top of what was billed would be less: nothing is proposed.
    let lines = shares.replace("on abandonment", "on abandonment if duration >= 2 months")
        + "  balance \"Early\": 10 % on abandonment if duration < 2 months\n";
    let out = verified("in-proportion-and-share", "fixed 8500 EUR", &lines);
    assert!(out.contains("deducts a deposit;") && !out.contains("in place of"), "{out}");
}

/// Work beyond what is included comes after the last bill, too, whatever is included.
#[test]
fn work_goes_beyond_what_is_included() {
    for (name, rate) in [
        ("hours", "hourly 0 up to 5 hours then 90, each month"),
        ("many", "hourly 0 up to 20 hours then 90"),
        ("visits", "per \"visit\" 0 up to 10 then 5"),
    ] {
        let lines = format!(
            "  action \"Coaching\" {rate}\n  installment \"Month\": price each month end, pro rata\n  \
             installment \"Extra\": work each month end\n  balance \"Out\": nothing on end or abandonment\n"
        );
        let out = verified(&format!("included-{name}"), "monthly 300 EUR", &lines);
        let warning = "warning[unbilled-work]: `Out` can close a case with work";
        assert!(out.contains(warning), "{rate}\n{out}");
    }
}
