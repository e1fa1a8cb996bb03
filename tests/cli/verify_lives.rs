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
