//! Whole invoices, through the library: tax, kinds, days on which they are due, corrections, and lines that
//! cannot stand on one. In: histories. Out: nothing. That everything adds up, whatever the schedule, is shown in
//! `tests/properties/invoices.rs`.

use jalon::eval::IssuedFault;
use jalon::{
    Compiled, Date, Event, Invoice, InvoiceFault, InvoiceKind, InvoiceLine, Lang, outstanding,
};

const SIGNATURE: &str = r#"{"case":"x","date":"2025-01-31","kind":"signature"}"#;
const END: &str = r#"{"case":"x","date":"2025-02-15","kind":"end","id":"e"}"#;
const ABANDONMENT: &str = r#"{"case":"x","date":"2025-02-15","kind":"abandonment"}"#;

fn compiled(source: &str) -> Compiled {
    jalon::compile("s.jalon", source).unwrap_or_else(|report| panic!("{:#?}", report.diagnostics))
}

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn lines(compiled: &Compiled, events: &[&str]) -> Vec<InvoiceLine> {
    let events: Vec<Event> =
        events.iter().map(|event| serde_json::from_str(event).unwrap()).collect();
    compiled.evaluate(&events, date("2025-12-31")).unwrap().unwrap().lines
}

fn invoices(source: &str, events: &[&str]) -> Vec<Invoice> {
    let compiled = compiled(source);
    compiled.invoices(&lines(&compiled, events), None).unwrap()
}

/// Net, each base and tax, and total.
fn sums(invoice: &Invoice) -> String {
    let taxes = invoice.vat.iter().map(|tax| {
        let of = tax.rate.as_ref().or(tax.exempt.as_ref()).unwrap();
        format!("{of}: {} {}", tax.base, tax.tax)
    });
    let taxes = taxes.collect::<Vec<_>>().join(", ");
    format!("{} [{taxes}] {}", invoice.net, invoice.total)
}

/// A schedule that knows no tax and no payer makes invoices as well.
#[test]
fn a_schedule_without_tax_and_payers_has_a_total() {
    let source = r#"schedule "S" price fixed 1500 EUR
        deposit "Deposit": 30 % on signature
        balance "Balance": 100 % on end"#;
    let invoices = invoices(source, &[SIGNATURE, END]);
    let [deposit, balance] = invoices.as_slice() else { panic!("{invoices:#?}") };
    assert_eq!((deposit.kind, balance.kind), (InvoiceKind::Deposit, InvoiceKind::Invoice));
    assert_eq!(
        (sums(deposit).as_str(), sums(balance).as_str()),
        ("450.00 [] 450.00", "1050.00 [] 1050.00")
    );
    assert_eq!((deposit.due, &deposit.payer, balance.lines.len()), (None, &None, 2));
    let json = serde_json::to_string(deposit).unwrap();
    let fields = r#""case":"x","schedule":"S","invoice":1,"type":"deposit","date":"2025-01-31","currency":"EUR","lines":["#;
    assert!(json.contains(fields), "{json}");
    assert_eq!(serde_json::from_str::<Invoice>(&json).unwrap(), *deposit);
}

/// Work of several rates stands in the order in which they appear first: hours that are included come to zero, and are not
/// on the line.
#[test]
fn no_rate_appears_first_with_work_that_comes_to_zero() {
    let source = r#"schedule "S" price per action, in EUR
        action "Visit" at cost
        action "Lesson" hourly 0 up to 2 hours then 50, vat 5.5 %
        vat 20 %
        balance "Work": work on end"#;
    let lesson = |date: &str, hours: u32| {
        format!(r#"{{"case":"x","date":"{date}","kind":"action","name":"Lesson","hours":{hours}}}"#)
    };
    let visit = r#"{"case":"x","date":"2025-02-02","kind":"action","name":"Visit","amount":23.93}"#;
    let compiled = compiled(source);
    let (included, billed) = (lesson("2025-02-01", 2), lesson("2025-02-03", 1));
    let lines = lines(&compiled, &[&included, visit, &billed, END]);
    let told =
        lines.iter().map(|line| format!("{} {}", line.amount, line.vat_rate.as_deref().unwrap()));
    assert_eq!(told.collect::<Vec<_>>(), ["23.93 20", "50.00 5.5"]);
}

/// Three lines of 0.33 at 10 % are taxed 0.10 and not three times 0.03.
#[test]
fn tax_is_rounded_once_for_each_rate() {
    let source = r#"schedule "S" price per action, in EUR
        action "A" flat 0.33
        action "B" flat 1, vat 5.5 %
        vat 10 %
        balance "Work": work itemised on end"#;
    let action = |name: &str| {
        format!(r#"{{"case":"x","date":"2025-02-01","kind":"action","name":"{name}"}}"#)
    };
    let (a, b) = (action("A"), action("B"));
    let invoices = invoices(source, &[&a, &b, &a, &a, END]);
    assert_eq!(invoices.len(), 1);
    assert_eq!(sums(&invoices[0]), "1.99 [10: 0.99 0.10, 5.5: 1.00 0.06] 2.15");
}

#[test]
fn tax_may_be_in_the_amount_or_none() {
    let with = |vat: &str| {
        let source =
            format!("schedule \"S\" price fixed 100 EUR {vat} balance \"B\": 100 % on end");
        sums(&invoices(&source, &[END])[0])
    };
    assert_eq!(with("vat 20 %"), "100.00 [20: 100.00 20.00] 120.00");
    assert_eq!(with("vat 20 % included"), "83.33 [20: 83.33 16.67] 100.00");
    assert_eq!(
        with("vat exempt \"CGI art. 261-4-4° a\""),
        "100.00 [CGI art. 261-4-4° a: 100.00 0.00] 100.00"
    );
    assert_eq!(with("vat 0 %"), "100.00 [0: 100.00 0.00] 100.00");
}

/// The two readings of "45 days end of month", and the payer whose own term comes first.
#[test]
fn the_day_on_which_an_invoice_is_due() {
    let due = |terms: &str| {
        let source =
            format!("schedule \"S\" price fixed 100 EUR {terms} balance \"B\": 100 % on signature");
        let invoices = invoices(&source, &[SIGNATURE]);
        invoices.iter().map(|one| one.due.map(|due| due.to_string())).collect::<Vec<_>>()
    };
    let days = |days: &[&str]| days.iter().map(|day| Some((*day).to_owned())).collect::<Vec<_>>();
    assert_eq!(due("payment due 30 days"), days(&["2025-03-02"]));
    assert_eq!(due("payment due 45 days then month end"), days(&["2025-03-31"]));
    assert_eq!(due("payment due month end then 45 days"), days(&["2025-03-17"]));
    assert_eq!(due("vat 20 %"), [None]);
    let payers = r#"payer "Fund": 70 %, due 45 days then month end payer "Patient": remainder"#;
    assert_eq!(due(&format!("payment due 30 days {payers}")), days(&["2025-03-31", "2025-03-02"]));
    assert_eq!(due(payers), [Some("2025-03-31".to_owned()), None]);
}

/// What is given back is a credit note, and nothing is due of it.
#[test]
fn an_invoice_below_zero_is_a_credit_note() {
    let source = r#"schedule "S" price fixed 1000 EUR vat 20 % payment due 30 days
        deposit "Deposit": 30 % on signature
        balance "Left": up to 10 % on abandonment"#;
    let invoices = invoices(source, &[SIGNATURE, ABANDONMENT]);
    let back = &invoices[1];
    assert_eq!((back.kind, back.due), (InvoiceKind::CreditNote, None));
    assert_eq!(sums(back), "-200.00 [20: -200.00 -40.00] -240.00");
}

/// After a correction the invoices are of the day of issue; the credits of one payer make one.
#[test]
fn corrections_make_invoices_of_the_day_of_issue() {
    let compiled = compiled(
        r#"schedule "S" price fixed 1000 EUR vat 20 % payment due 30 days
        payer "Fund": 60 % payer "Patient": remainder
        deposit "Deposit": 30 % on signature
        balance "Balance": 100 % on end balance "Left": up to 30 % on abandonment"#,
    );
    let issued = lines(&compiled, &[SIGNATURE, END]);
    let on = date("2025-12-31");
    let given = outstanding(&lines(&compiled, &[SIGNATURE, ABANDONMENT]), &issued, on).unwrap();
    let made = compiled.invoices(&given, Some(on)).unwrap();
    let told: Vec<String> = made
        .iter()
        .map(|one| {
            let payer = one.payer.as_deref().unwrap();
            let lines = one.lines.len();
            assert_eq!((one.date, one.due), (on, None), "{one:#?}");
            assert!(one.lines.iter().all(|line| line.date == on));
            format!("{} {payer} {lines} {:?} {}", one.invoice, one.kind, sums(one))
        })
        .collect();
    assert_eq!(
        told,
        [
            "5 Fund 2 CreditNote -420.00 [20: -420.00 -84.00] -504.00",
            "6 Patient 2 CreditNote -280.00 [20: -280.00 -56.00] -336.00",
        ]
    );
}

/// Lines may come in any order: the same lines are the same invoice, with the same id.
#[test]
fn the_order_of_lines_does_not_matter_to_the_id() {
    let compiled = compiled(
        r#"schedule "S" price fixed 1000 EUR deposit "D": 30 % on signature balance "B": 100 % on end"#,
    );
    let mut lines = lines(&compiled, &[SIGNATURE, END]);
    let ids = |lines: &[InvoiceLine]| {
        let made = compiled.invoices(lines, None).unwrap();
        made.into_iter().map(|one| one.invoice_id).collect::<Vec<_>>()
    };
    let before = ids(&lines);
    lines.reverse();
    assert_eq!(ids(&lines), before);
    assert!(before[0] != before[1] && before.iter().all(|id| id.len() == 32));
}

#[test]
fn lines_that_cannot_stand_on_an_invoice_are_refused() {
    let source = r#"schedule "S" price fixed 1000 EUR vat 20 % balance "B": 100 % on end"#;
    let own = compiled(source);
    let line = lines(&own, &[END]).remove(0);
    let other = compiled(r#"schedule "Other" price fixed 1 EUR balance "B": 100 % on end"#);
    let fault = other.invoices(std::slice::from_ref(&line), None).unwrap_err();
    let unknown = InvoiceFault::UnknownTerms { id: line.id.clone(), schedule: "S".to_owned() };
    assert_eq!(fault, unknown);
    assert!(fault.say(Lang::Fr).contains("donnez aussi le fichier de cette version"));
    let changed = InvoiceLine { amount: "a lot".to_owned(), ..line.clone() };
    let fault = own.invoices(&[changed], None).unwrap_err();
    assert_eq!(fault, InvoiceFault::Line(IssuedFault::Changed(line.id.clone())));
    let payer = InvoiceLine { payer: Some("Fund".to_owned()), ..line.clone() };
    let fault = own.invoices(&[line.clone(), payer], None).unwrap_err();
    assert_eq!(fault, InvoiceFault::Mixed { id: line.id.clone(), invoice: 1 });
    let most = InvoiceLine { amount: "92233720368547758.07".to_owned(), ..line };
    let fault = own.invoices(&[most.clone(), most], None).unwrap_err();
    assert_eq!(fault, InvoiceFault::TooLarge);
}
