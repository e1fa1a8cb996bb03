//! What is still to be issued of a case, through the library: what a credit says, how new lines are
//! counted and named, and which issued lines are refused. In: histories before and after a correction.
//! Out: nothing. What every correction comes to in sum is shown in `tests/properties/corrections.rs`.

use jalon::eval::IssuedFault;
use jalon::{Compiled, Date, Evaluation, Event, InvoiceLine, InvoiceLineKind, Lang, outstanding};

const SCHEDULE: &str = r#"
schedule "Training"
  price fixed 1500 EUR
  deposit "First":    10 % on signature
  deposit "Second":   20 % on start
  installment "Half": 30 % on event "half"
  balance "Balance": 100 % on end
"#;

const SIGNATURE: &str = r#"{"case":"x","date":"2025-01-10","kind":"signature","id":"s"}"#;
const START: &str = r#"{"case":"x","date":"2025-01-15","kind":"start","id":"a"}"#;
const HALF: &str = r#"{"case":"x","date":"2025-02-01","kind":"event","name":"half","id":"h"}"#;
const END: &str = r#"{"case":"x","date":"2025-02-15","kind":"end","id":"e"}"#;

fn compiled() -> Compiled {
    jalon::compile("training.jalon", SCHEDULE).unwrap()
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn evaluated(compiled: &Compiled, events: &[&str]) -> Evaluation {
    let events: Vec<Event> =
        events.iter().map(|event| serde_json::from_str(event).unwrap()).collect();
    compiled.evaluate(&events, date("2025-12-31")).unwrap().unwrap()
}

/// What stands in a case after these events.
fn standing(events: &[&str]) -> Vec<InvoiceLine> {
    evaluated(&compiled(), events).lines
}

/// The kind, label, amount and invoice of each line.
fn told(lines: &[InvoiceLine]) -> Vec<(InvoiceLineKind, &str, &str, u32)> {
    lines
        .iter()
        .map(|line| (line.kind, line.label.as_str(), line.amount.as_str(), line.invoice))
        .collect()
}

#[test]
fn nothing_issued_gives_what_stands() {
    let lines = standing(&[SIGNATURE, START, HALF, END]);
    assert_eq!(outstanding(&lines, &[], date("2025-12-31")), Ok(lines));
}

/// Of lines that say the same, each has an id of its own, and as many are given as are missing.
#[test]
fn of_lines_that_say_the_same_each_is_issued_once() {
    let source = "schedule \"S\" price per action, in EUR action \"Interview\" flat 70 \
        balance \"B\": work itemised on end";
    let compiled = jalon::compile("s.jalon", source).unwrap();
    let lines = |interviews: usize| {
        let interview = r#"{"case":"x","date":"2025-01-15","kind":"action","name":"Interview"}"#;
        let mut written = vec![interview; interviews];
        written.push(END);
        evaluated(&compiled, &written).lines
    };
    let (on, now) = (date("2025-12-31"), lines(4));
    assert_eq!(now.len(), 4);
    assert_eq!(outstanding(&now, &[], on).unwrap(), now);
    let given = outstanding(&now, &lines(1), on).unwrap();
    let ids = |lines: &[InvoiceLine]| lines.iter().map(|line| line.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&given), ids(&now[1..]));
    // One too many: the last of them is taken back.
    let back = outstanding(&lines(3), &now, on).unwrap();
    let credited: Vec<&str> = back.iter().filter_map(|line| line.credits.as_deref()).collect();
    assert_eq!(credited, [now[3].id.as_str()]);
}

#[test]
fn credits_make_one_invoice_and_the_new_lines_of_a_day_another() {
    use InvoiceLineKind::{Balance, Credit, Deduction, Installment};
    let issued = standing(&[SIGNATURE, START, END]);
    let invoices: Vec<u32> = issued.iter().map(|line| line.invoice).collect();
    assert_eq!(invoices, [1, 2, 3, 3, 3]);
    // The end was a mistake; a part came before it, and the end later.
    let end = END.replace("02-15", "03-20");
    let now = standing(&[SIGNATURE, START, HALF, &end]);
    let given = outstanding(&now, &issued, date("2025-12-31")).unwrap();
    let (mut credits, new): (Vec<_>, Vec<_>) =
        told(&given).into_iter().partition(|(kind, ..)| *kind == Credit);
    assert!(given.is_sorted_by_key(|line| line.kind != Credit), "credits first");
    credits.sort_unstable_by_key(|(_, label, ..)| *label);
    assert_eq!(
        credits,
        [
            (Credit, "Balance", "-1500.00", 4),
            (Credit, "First", "150.00", 4),
            (Credit, "Second", "300.00", 4)
        ]
    );
    assert_eq!(
        new,
        [
            (Installment, "Half", "450.00", 5),
            (Balance, "Balance", "1500.00", 6),
            (Deduction, "First", "-150.00", 6),
            (Deduction, "Second", "-300.00", 6)
        ]
    );
    // Without anything to take back, no number is left out.
    let given = outstanding(&standing(&[SIGNATURE, START, HALF]), &issued[..2], date("2025-12-31"));
    assert_eq!(told(&given.unwrap()), [(Installment, "Half", "450.00", 3)]);
}

#[test]
fn a_credit_says_what_its_line_says_and_which_it_takes_back() {
    let compiled = compiled();
    let hash = jalon::semantic_hash(&compiled.schedules[0].schedule);
    let mut outcome = evaluated(&compiled, &[SIGNATURE, START, END]);
    outcome.carry(hash);
    let issued = outcome.lines;
    assert!(issued.iter().all(|line| line.schedule_hash == Some(hash.to_string())));
    let on = date("2025-06-30");
    let given = outstanding(&standing(&[SIGNATURE, START]), &issued, on).unwrap();
    assert_eq!(given.len(), 3);
    for credit in &given {
        let of = credit.credits.as_deref().unwrap();
        let line = issued.iter().find(|line| line.id == of).unwrap();
        let amount = match line.amount.strip_prefix('-') {
            Some(amount) => amount.to_owned(),
            None => format!("-{}", line.amount),
        };
        let expected = InvoiceLine {
            kind: InvoiceLineKind::Credit,
            date: on,
            invoice: 4,
            amount,
            deducts: None,
            credits: Some(line.id.clone()),
            id: credit.id.clone(),
            schedule_hash: None,
            ..line.clone()
        };
        assert_eq!(*credit, expected);
        assert!(issued.iter().all(|line| line.id != credit.id), "an id of its own");
    }
    let ids: std::collections::HashSet<&str> = given.iter().map(|line| line.id.as_str()).collect();
    assert_eq!(ids.len(), 3);
    // A line is credited once, whoever computes it and whenever.
    let later = outstanding(&standing(&[SIGNATURE, START]), &issued, date("2025-07-31")).unwrap();
    assert_eq!(
        later.iter().map(|line| line.id.as_str()).collect::<Vec<_>>(),
        given.iter().map(|line| line.id.as_str()).collect::<Vec<_>>()
    );
}

#[test]
fn what_is_given_again_after_a_credit_has_another_id_and_deductions_name_it() {
    let on = date("2025-12-31");
    let mut issued = standing(&[SIGNATURE, START]);
    let first_ids: Vec<String> = issued.iter().map(|line| line.id.clone()).collect();
    // The start is withdrawn, and then it was right after all.
    issued.extend(outstanding(&standing(&[SIGNATURE]), &issued, on).unwrap());
    assert_eq!(issued.len(), 3);
    let now = standing(&[SIGNATURE, START, END]);
    let given = outstanding(&now, &issued, on).unwrap();
    let labels: Vec<&str> = given.iter().map(|line| line.label.as_str()).collect();
    assert_eq!(labels, ["Second", "Balance", "First", "Second"]);
    let again = &given[0];
    assert!(issued.iter().all(|line| line.id != again.id), "an id of its own");
    assert_eq!(given[2].deducts.as_deref(), Some(first_ids[0].as_str()));
    assert_eq!(given[3].deducts.as_deref(), Some(again.id.as_str()));
    issued.extend(given);
    assert_eq!(outstanding(&now, &issued, on), Ok(Vec::new()));
    // And withdrawn once more: only the line that is not credited yet is taken back.
    let ids: Vec<String> = issued.iter().map(|line| line.id.clone()).collect();
    let back = outstanding(&standing(&[SIGNATURE]), &issued, on).unwrap();
    let mut credited: Vec<&str> = back.iter().filter_map(|line| line.credits.as_deref()).collect();
    let mut expected: Vec<&str> = ids[3..].iter().map(String::as_str).collect();
    credited.sort_unstable();
    expected.sort_unstable();
    assert_eq!(credited, expected);
}

#[test]
fn an_issued_line_that_stands_twice_counts_once() {
    let now = standing(&[SIGNATURE, START]);
    let mut issued = now.clone();
    issued.extend(now.clone());
    let on = date("2025-12-31");
    assert_eq!(outstanding(&now, &issued, on), Ok(Vec::new()));
    // One of the two may carry the hash of its schedule.
    issued[1].schedule_hash = Some("0".repeat(64));
    assert_eq!(outstanding(&now, &issued, on), Ok(Vec::new()));
    // A credit that stands twice counts once as well.
    let mut credited = now.clone();
    let credit = outstanding(&standing(&[SIGNATURE]), &now, on).unwrap();
    assert_eq!(credit.len(), 1);
    credited.extend([credit[0].clone(), credit[0].clone()]);
    assert_eq!(outstanding(&standing(&[SIGNATURE]), &credited, on), Ok(Vec::new()));
}

#[test]
fn lines_that_were_not_issued_so_are_refused() {
    let on = date("2025-12-31");
    let now = standing(&[SIGNATURE, START]);
    let refused = |change: &dyn Fn(&mut Vec<InvoiceLine>)| {
        let mut issued = now.clone();
        change(&mut issued);
        outstanding(&now, &issued, on).unwrap_err()
    };
    let id = now[1].id.clone();
    assert_eq!(
        refused(&|lines| lines[1].case = "y".to_owned()),
        IssuedFault::OtherCase(id.clone())
    );
    assert_eq!(
        refused(&|lines| lines[1].amount = "300.01".to_owned()),
        IssuedFault::Changed(id.clone())
    );
    assert_eq!(
        refused(&|lines| lines[1].currency = "XXQ".to_owned()),
        IssuedFault::Changed(id.clone())
    );
    // What is no part of the id does not have to differ between two lines of one id.
    let conflict = refused(&|lines| {
        let mut other = lines[1].clone();
        other.invoice += 1;
        lines.push(other);
    });
    assert_eq!(conflict, IssuedFault::Conflict(id));
    for lang in [Lang::En, Lang::Fr] {
        let said = conflict.say(lang);
        assert!(said.contains(&now[1].id) && !said.ends_with('.'), "{said}");
    }
}

#[test]
fn a_credit_has_to_be_of_a_line_that_was_issued_and_not_credited() {
    let on = date("2025-12-31");
    let issued = standing(&[SIGNATURE, START, END]);
    let now = standing(&[SIGNATURE, START]);
    let credits = outstanding(&now, &issued, on).unwrap();
    let (balances, others): (Vec<InvoiceLine>, Vec<InvoiceLine>) =
        credits.into_iter().partition(|line| line.label == "Balance");
    let (credit, another) = (balances[0].clone(), others[0].clone());
    let of = credit.credits.clone().unwrap();
    let refused =
        |more: &[InvoiceLine]| outstanding(&now, &[&issued, more].concat(), on).unwrap_err();
    let stray = |credit: &InvoiceLine, of_a_credit| IssuedFault::StrayCredit {
        id: credit.id.clone(),
        of: credit.credits.clone().unwrap(),
        of_a_credit,
    };
    // Of nothing that was issued.
    let unknown = InvoiceLine { credits: Some("0".repeat(32)), ..credit.clone() };
    assert_eq!(refused(std::slice::from_ref(&unknown)), stray(&unknown, false));
    let of_nothing = InvoiceLine { credits: None, ..credit.clone() };
    let fault = IssuedFault::CreditOfNothing(of_nothing.id.clone());
    assert_eq!(refused(&[of_nothing]), fault);
    // Of another credit.
    let of_credit =
        InvoiceLine { credits: Some(credit.id.clone()), id: "1".repeat(32), ..credit.clone() };
    assert_eq!(refused(&[credit.clone(), of_credit.clone()]), stray(&of_credit, true));
    // Of a line that is credited already.
    let second = InvoiceLine { id: "2".repeat(32), ..credit.clone() };
    let (id, first) = (second.id.clone(), credit.id.clone());
    let twice = IssuedFault::CreditedTwice { id, of: of.clone(), first };
    assert_eq!(refused(&[credit.clone(), second.clone()]), twice);
    assert_eq!(refused(&[second.clone(), credit.clone()]), twice);
    // With an id that is not that of the credit of this line.
    let (id, expected) = (second.id.clone(), credit.id.clone());
    let fault = IssuedFault::CreditId { id, of: of.clone(), expected };
    assert_eq!(refused(&[second]), fault);
    let of_other = InvoiceLine { credits: another.credits.clone(), ..credit.clone() };
    let expected = another.id.clone();
    let (id, of_another) = (credit.id.clone(), another.credits.clone().unwrap());
    assert_eq!(refused(&[of_other]), IssuedFault::CreditId { id, of: of_another, expected });
    // That does not say what its line says.
    let half = InvoiceLine { amount: "-750.00".to_owned(), ..credit.clone() };
    let (id, expected) = (credit.id.clone(), "-1500.00".to_owned());
    let fault = IssuedFault::CreditSays { id, of, field: "amount", expected };
    assert_eq!(refused(&[half]), fault);
    let dated = InvoiceLine { service_from: Some(on), ..credit.clone() };
    for (lang, says) in
        [(Lang::En, "which has no `service_from`"), (Lang::Fr, "n'a pas de `service_from`")]
    {
        let said = refused(std::slice::from_ref(&dated)).say(lang);
        assert!(said.contains(says), "{said}");
    }
    // The day on which a credit is given, and its invoice, are whoever gives it to say.
    let by_hand = InvoiceLine { date: date("2025-03-01"), invoice: 9, ..credit };
    assert_eq!(outstanding(&now, &[&issued[..], &[by_hand]].concat(), on).unwrap().len(), 2);
}

/// An invoice that is credited by hand is billed again, because it still stands.
#[test]
fn what_is_credited_by_hand_and_stands_is_billed_again() {
    let on = date("2025-12-31");
    let mut issued = standing(&[SIGNATURE, START]);
    let credit = outstanding(&standing(&[SIGNATURE]), &issued, on).unwrap();
    assert_eq!(told(&credit), [(InvoiceLineKind::Credit, "Second", "-300.00", 3)]);
    issued.extend(credit);
    let again = outstanding(&standing(&[SIGNATURE, START]), &issued, on).unwrap();
    assert_eq!(told(&again), [(InvoiceLineKind::Deposit, "Second", "300.00", 4)]);
    assert_ne!(again[0].id, issued[1].id);
    issued.extend(again);
    assert_eq!(outstanding(&standing(&[SIGNATURE, START]), &issued, on), Ok(Vec::new()));
}

/// A deduction says which deposit it deducts: where that is credited and billed again, so is it.
#[test]
fn a_deduction_follows_its_deposit() {
    use InvoiceLineKind::{Credit, Deduction, Deposit};
    let on = date("2025-12-31");
    let mut issued = standing(&[SIGNATURE, START, END]);
    let moved = START.replace("\"a\"", "\"b\"");
    let now = standing(&[SIGNATURE, &moved, END]);
    let given = outstanding(&now, &issued, on).unwrap();
    let mut told = told(&given);
    told.sort_unstable_by_key(|(kind, label, ..)| (*kind == Credit, *label));
    assert_eq!(
        told,
        [
            (Deposit, "Second", "300.00", 5),
            (Deduction, "Second", "-300.00", 6),
            (Credit, "Second", "-300.00", 4),
            (Credit, "Second", "300.00", 4),
        ]
    );
    let deposit = given.iter().find(|line| line.kind == Deposit).unwrap();
    let deduction = given.iter().find(|line| line.kind == Deduction).unwrap();
    assert_eq!(deduction.deducts.as_deref(), Some(deposit.id.as_str()));
    issued.extend(given);
    assert_eq!(outstanding(&now, &issued, on), Ok(Vec::new()));
    // The deduction of the other deposit stands.
    let first = issued.iter().filter(|line| line.label == "First").count();
    assert_eq!(first, 2);
}

/// After the last number there is none: nothing is given, and nothing begins again at zero.
#[test]
fn after_the_last_invoice_number_no_line_is_given() {
    let on = date("2025-12-31");
    let mut issued = standing(&[SIGNATURE]);
    issued[0].invoice = u32::MAX;
    let fault = IssuedFault::NoInvoiceLeft(issued[0].id.clone());
    let given = |events: &[&str]| outstanding(&standing(events), &issued, on);
    assert_eq!(given(&[SIGNATURE, START]), Err(fault.clone()));
    assert_eq!(outstanding(&[], &issued, on), Err(fault));
    assert_eq!(given(&[SIGNATURE]), Ok(Vec::new()));
    issued[0].invoice -= 1;
    let given = outstanding(&standing(&[SIGNATURE, START]), &issued, on).unwrap();
    assert_eq!(given[0].invoice, u32::MAX);
}
