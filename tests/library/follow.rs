//! Lives of invoices under three follow-ups, worked out apart from the program: every step that fires, every row of the
//! unpaid list, and every invoice that is withheld. In: `tests/cases/follow/`. Out: nothing.

use jalon::Date;
use jalon::follow::{
    Asked, Book, Done, EventKind, Format, Record, Run, STATUSES, Table, Words, follow, read,
    read_done, unpaid,
};
use jalon::model::FollowUp;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn text(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/follow");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

fn follow_ups(name: &str) -> Vec<FollowUp> {
    let compiled = jalon::compile(name, &text(name));
    compiled.unwrap_or_else(|report| panic!("{name}: {:#?}", report.diagnostics)).follow_ups
}

fn lives() -> Vec<Value> {
    text("lives.ndjson").lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn records(values: &[Value]) -> Vec<Record> {
    let lines: Vec<String> = values.iter().map(Value::to_string).collect();
    let (text, mut records) = (lines.join("\n"), Vec::new());
    let give = &mut |record| records.push(record);
    let read = read(&text, Format::Ndjson, Table::Invoices, 0, give);
    assert_eq!(read.unreadable, []);
    records
}

fn listed(life: &Value, field: &str) -> Vec<Value> {
    life[field].as_array().unwrap().clone()
}

fn date(value: &Value) -> Date {
    Date::parse(value.as_str().unwrap()).unwrap()
}

/// Steps, rows and withheld invoices, as a life states them; sorted.
type Outcome = (Vec<Value>, BTreeSet<String>, BTreeSet<String>);

fn outcome(follow_ups: &[&FollowUp], book: &Book, run: &Run, as_of: Date) -> Outcome {
    let mut steps: Vec<Value> = run
        .fired
        .iter()
        .map(|followed| {
            let (fired, of) = (&followed.fired, &follow_ups[followed.follow_up]);
            let invoice = &book.invoices[fired.invoice];
            let open = invoice.currency.show(fired.open).to_string();
            json!([fired.day, invoice.invoice_id, of.steps[fired.step].label, open])
        })
        .collect();
    steps.sort_by_key(Value::to_string);
    let list = unpaid(follow_ups, book, run, as_of, &|_| true);
    let rows = list.rows.iter().map(|row| {
        let show = |share: &jalon::money::Money| row.currency.show(*share).to_string();
        let shares: BTreeMap<&String, String> =
            row.shares.iter().map(|(payer, share)| (payer, show(share))).collect();
        json!([row.case, row.date, shares, row.age_days]).to_string()
    });
    let id = |number: usize| book.invoices[number].invoice_id.clone();
    let withheld = run.withheld.iter().map(|withheld| id(withheld.invoice));
    (steps, rows.collect(), withheld.collect())
}

fn expected(life: &Value) -> Outcome {
    let mut steps = listed(life, "steps");
    steps.sort_by_key(Value::to_string);
    let rows = listed(life, "rows");
    let rows = rows.iter().map(|row| {
        let shares: BTreeMap<String, String> = serde_json::from_value(row[2].clone()).unwrap();
        json!([row[0], row[1], shares, row[3]]).to_string()
    });
    let withheld = serde_json::from_value(life["withheld"].clone()).unwrap();
    (steps, rows.collect(), withheld)
}

fn replayed(life: &Value, invoices: &[Value], events: &[Value]) -> Outcome {
    let follow_ups = follow_ups(life["follow_up"].as_str().unwrap());
    let follow_ups: Vec<&FollowUp> = follow_ups.iter().collect();
    let book = Book::new(&records(invoices), &records(events));
    let as_of = date(&life["as_of"]);
    let run = follow(&follow_ups, &book, Asked { as_of, done: None, with_next: true });
    outcome(&follow_ups, &book, &run, as_of)
}

#[test]
fn every_life_comes_to_what_was_worked_out_for_it() {
    let lives = lives();
    assert!(lives.len() > 30);
    for life in &lives {
        let (invoices, events) = (listed(life, "invoices"), listed(life, "events"));
        assert_eq!(replayed(life, &invoices, &events), expected(life), "{}", life["case"]);
    }
}

/// The order of lines is turned round, and rotated in several ways.
#[test]
fn the_order_of_lines_makes_no_difference() {
    for life in &lives() {
        let (mut invoices, mut events) = (listed(life, "invoices"), listed(life, "events"));
        invoices.reverse();
        events.reverse();
        for turn in 0..events.len().clamp(1, 5) {
            assert_eq!(replayed(life, &invoices, &events), expected(life), "{}", life["case"]);
            if !events.is_empty() {
                events.rotate_left(1 + turn);
            }
            invoices.rotate_left(1);
        }
    }
}

/// All lives as one portfolio, each invoice and case under a name of its own: no life touches another.
#[test]
fn lives_beside_one_another_do_not_touch() {
    for name in ["cabinet.jalon", "clinic.jalon", "funds.jalon"] {
        let of: Vec<Value> = lives().into_iter().filter(|life| life["follow_up"] == name).collect();
        let renamed = |life: &Value, field: &str| {
            let tag = life["case"].as_str().unwrap();
            let mut all = listed(life, field);
            for value in &mut all {
                for (key, text) in value.as_object_mut().unwrap() {
                    let named = ["invoice_id", "case", "by", "to"].contains(&key.as_str());
                    if named {
                        *text = json!(format!("{tag} {}", text.as_str().unwrap()));
                    } else if key == "credits" {
                        let ids = text.as_array().unwrap().iter();
                        *text = ids
                            .map(|id| json!(format!("{tag} {}", id.as_str().unwrap())))
                            .collect();
                    }
                }
            }
            all
        };
        let all = |field: &str| -> Vec<Value> {
            of.iter().flat_map(|life| renamed(life, field)).collect()
        };
        let (invoices, events) = (records(&all("invoices")), records(&all("events")));
        let follow_ups = follow_ups(name);
        let follow_ups: Vec<&FollowUp> = follow_ups.iter().collect();
        let book = Book::new(&invoices, &events);
        for life in &of {
            let as_of = date(&life["as_of"]);
            let run = follow(&follow_ups, &book, Asked { as_of, done: None, with_next: false });
            let tag = format!("{} ", life["case"].as_str().unwrap());
            let (steps, _, withheld) = outcome(&follow_ups, &book, &run, as_of);
            let own = |id: &str| id.strip_prefix(&tag).map(str::to_owned);
            let mut steps: Vec<Value> = steps
                .iter()
                .filter_map(|step| {
                    let id = own(step[1].as_str().unwrap())?;
                    Some(json!([step[0], id, step[2], step[3]]))
                })
                .collect();
            steps.sort_by_key(Value::to_string);
            let withheld: BTreeSet<String> = withheld.iter().filter_map(|id| own(id)).collect();
            let (expected_steps, _, expected_withheld) = expected(life);
            assert_eq!((steps, withheld), (expected_steps, expected_withheld), "{}", life["case"]);
        }
    }
}

/// A host that runs every night and does what it is given does each step once, and those of one run at the end.
#[test]
fn a_run_every_night_gives_the_steps_of_one_run_at_the_end() {
    for life in lives().iter().filter(|life| life["by_hand"] == true) {
        let follow_ups = follow_ups(life["follow_up"].as_str().unwrap());
        let follow_ups: Vec<&FollowUp> = follow_ups.iter().collect();
        let invoices = records(&listed(life, "invoices"));
        let events = records(&listed(life, "events"));
        let as_of = date(&life["as_of"]);
        let mut done: Vec<Done> = Vec::new();
        let mut given: Vec<(Date, String, String)> = Vec::new();
        let book = Book::new(&invoices, &events);
        let mut night = book.invoices.iter().map(|invoice| invoice.date).min().unwrap();
        while night <= as_of {
            let asked = Asked { as_of: night, done: Some(&done), with_next: false };
            let run = follow(&follow_ups, &book, asked);
            for followed in &run.fired {
                let step = &follow_ups[followed.follow_up].steps[followed.fired.step].label;
                let invoice_id = book.invoices[followed.fired.invoice].invoice_id.clone();
                given.push((night, invoice_id.clone(), step.clone()));
                done.push(Done { invoice_id, date: night, step: step.clone(), id: None });
            }
            night = night.next();
        }
        let steps = listed(life, "steps");
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let mut steps: Vec<(Date, String, String)> =
            steps.iter().map(|step| (date(&step[0]), text(&step[1]), text(&step[2]))).collect();
        steps.sort();
        given.sort();
        assert_eq!(given, steps, "{}", life["case"]);
    }
}

/// The four examples of the unpaid list of a product for care at home, and what is done about two of them.
#[test]
fn the_unpaid_list_shows_what_it_is_to_show() {
    let invoice = |id: &str, case: &str, payer: &str, date: &str, total: &str| {
        json!({"invoice_id": id, "number": id, "case": case, "payer": payer, "date": date, "due": date,
               "total": total, "currency": "EUR"})
    };
    let invoices = [
        // Neither the fund nor the insurer has paid; the patient has.
        invoice("1r", "D1", "Fund", "2025-01-10", "259.12"),
        invoice("1c", "D1", "Insurer", "2025-01-10", "172.74"),
        invoice("1p", "D1", "Patient", "2025-01-10", "0.01"),
        // Paid in part: the share of the insurer is open.
        invoice("2r", "D2", "Fund", "2025-01-11", "326.56"),
        invoice("2c", "D2", "Insurer", "2025-01-11", "101.04"),
        // Over the counter: there is neither fund nor insurer.
        invoice("3p", "D3", "Patient", "2025-01-12", "12600.00"),
        // Paid several times.
        invoice("4r", "D4", "Fund", "2025-01-13", "1078.88"),
        // Rejected, and billed again.
        invoice("5r", "D5", "Fund", "2025-01-14", "80.00"),
        invoice("5b", "D5", "Fund", "2025-01-20", "80.00"),
        // Overpaid, and booked as a profit.
        invoice("6r", "D6", "Fund", "2025-01-15", "50.00"),
    ];
    let paid = |id: &str, amount: &str| json!({"invoice_id": id, "date": "2025-02-01", "kind": "payment", "amount": amount});
    let events = [
        paid("1p", "0.01"),
        paid("2r", "326.56"),
        paid("4r", "1078.88"),
        paid("4r", "421.12"),
        json!({"invoice_id": "5r", "date": "2025-01-18", "kind": "rejected"}),
        json!({"invoice_id": "5r", "date": "2025-01-20", "kind": "replaced", "by": "5b"}),
        paid("6r", "60.00"),
        json!({"invoice_id": "6r", "date": "2025-02-03", "kind": "written_off", "amount": "10.00", "account": "7718"}),
    ];
    let follow_ups = follow_ups("funds.jalon");
    let follow_ups: Vec<&FollowUp> = follow_ups.iter().collect();
    let book = Book::new(&records(&invoices), &records(&events));
    let as_of = Date::parse("2025-02-10").unwrap();
    let run = follow(&follow_ups, &book, Asked { as_of, done: None, with_next: true });
    assert!(run.withheld.is_empty());
    let list = unpaid(&follow_ups, &book, &run, as_of, &|_| true);
    let rows: Vec<Value> = list
        .rows
        .iter()
        .map(|row| {
            let show = |sum: &jalon::money::Money| row.currency.show(*sum).to_string();
            let shares: BTreeMap<&String, String> =
                row.shares.iter().map(|(payer, share)| (payer, show(share))).collect();
            json!([row.case, show(&row.total), shares, show(&row.open)])
        })
        .collect();
    assert_eq!(
        rows,
        [
            json!(["D1", "431.87", {"Fund": "259.12", "Insurer": "172.74", "Patient": "0.00"}, "431.86"]),
            json!(["D2", "427.60", {"Fund": "0.00", "Insurer": "101.04"}, "101.04"]),
            json!(["D3", "12600.00", {"Patient": "12600.00"}, "12600.00"]),
            json!(["D4", "1078.88", {"Fund": "-421.12"}, "-421.12"]),
            json!(["D5", "80.00", {"Fund": "80.00"}, "80.00"]),
        ]
    );
    let (ageing, shares) = &list.totals["EUR"];
    let open: i64 = list.rows.iter().map(|row| row.open.0).sum();
    assert_eq!((ageing.total.0, ageing.overpaid.0), (open, -42112));
    let of_payers = shares.values().map(|owed| owed.open.0 + owed.overpaid.0);
    assert_eq!(of_payers.sum::<i64>(), open);
    let fund = shares["Fund"];
    assert_eq!((fund.open.0, fund.overpaid.0), (25_912 + 8_000, -42_112));
    assert_eq!(ageing.open.iter().map(|sum| sum.0).sum::<i64>() + ageing.overpaid.0, open);
}

#[test]
fn what_was_done_is_read_from_the_lines_that_were_given() {
    let lines = [
        json!({"invoice_id": "a", "step": "Reminder", "day": "2025-02-03", "open": "3.00"}),
        json!({"invoice": "a", "step": "Again", "date": "2025-02-04"}),
    ];
    let done = read_done(&records(&lines)).unwrap();
    let days: Vec<String> =
        done.iter().map(|done| format!("{} {}", done.date, done.step)).collect();
    assert_eq!(days, ["2025-02-03 Reminder", "2025-02-04 Again"]);
    assert!(read_done(&records(&[json!({"invoice_id": "a", "step": "Reminder"})])).is_err());
}

fn faults(invoices: &[Value], events: &[Value]) -> Vec<String> {
    let book = Book::new(&records(invoices), &records(events));
    let follow_ups = follow_ups("clinic.jalon");
    let follow_ups: Vec<&FollowUp> = follow_ups.iter().collect();
    let as_of = Date::parse("2025-12-31").unwrap();
    let run = follow(&follow_ups, &book, Asked { as_of, done: None, with_next: true });
    run.withheld
        .iter()
        .flat_map(|withheld| {
            let id = &book.invoices[withheld.invoice].invoice_id;
            withheld.faults.iter().map(move |fault| {
                format!("{id}: {}", fault.why.say(jalon::Lang::En, &Words::default()))
            })
        })
        .collect()
}

/// Each thing that can be wrong withholds its invoice, says why, and leaves the other alone.
#[test]
fn what_is_wrong_withholds_its_invoice_and_says_why() {
    let invoice = |id: &str| json!({"invoice_id": id, "case": "K", "payer": "Patient", "date": "2025-01-10", "total": "50.00", "currency": "EUR"});
    let with = |field: &str, value: Value| {
        let mut one = invoice("a");
        one[field] = value;
        one
    };
    let sound = || invoice("b");
    let event = |more: Value| {
        let mut one = json!({"invoice_id": "a", "date": "2025-01-20"});
        for (field, value) in more.as_object().unwrap() {
            one[field] = value.clone();
        }
        one
    };
    let dollars = json!({"invoice_id": "c", "case": "K", "payer": "Other", "date": "2025-01-10", "due": "2025-01-10", "total": "5.00", "currency": "USD"});
    for (first, events, said) in [
        (
            with("total", json!("50.001")),
            vec![],
            "a: `total`: `50.001` has more decimals than EUR has; round it where it is computed",
        ),
        (
            with("total", json!("fifty")),
            vec![],
            "a: `total`: `fifty` is no amount: it is written `100.00`, between semicolons also `100,00`",
        ),
        (
            with("currency", json!("EURO")),
            vec![],
            "a: there is no currency `EURO`; it is stated as a code, such as `EUR`",
        ),
        (
            with("date", json!("10/01/2025")),
            vec![],
            "a: `date`: `10/01/2025` is no date: it is written YYYY-MM-DD, from 1900-01-01 to 2199-12-31",
        ),
        (
            with("payer", json!("Other")),
            vec![],
            "a: nothing says when it is due: neither `due`, nor `payment due` of its follow-up",
        ),
        (
            invoice("a"),
            vec![event(json!({"kind": "bounced"}))],
            "a: there is no kind of event `bounced`; did you mean `undelivered`?",
        ),
        (invoice("a"), vec![event(json!({"kind": "payment"}))], "a: `amount` is missing"),
        (
            invoice("a"),
            vec![event(json!({"kind": "payment", "ammount": "5.00"}))],
            "a: there is no field `ammount`; did you mean `amount`?",
        ),
        (
            invoice("a"),
            vec![event(json!({"kind": "payment", "amount": "-5.00"}))],
            "a: `amount` has to be above zero",
        ),
        (
            invoice("a"),
            vec![event(json!({"kind": "payment", "amount": "5.00", "currency": "CHF"}))],
            "a: this is in `CHF`, and the invoice is in EUR",
        ),
        (
            invoice("a"),
            vec![event(json!({"kind": "promised", "until": "2025-01-19"}))],
            "a: a payment is promised until 2025-01-19, before the day of the promise",
        ),
        (
            invoice("a"),
            vec![event(json!({"kind": "written_off", "amount": "50.01"}))],
            "a: 50.01 is written off, and only 50.00 is open that day",
        ),
        (
            invoice("a"),
            vec![event(json!({"kind": "moved", "amount": "5.00", "to": "z"}))],
            "a: `to` names `z`, and there is no such invoice",
        ),
        (
            invoice("a"),
            vec![event(json!({"kind": "moved", "amount": "5.00", "to": "c"}))],
            "a: `to` names `c`, which is in USD",
        ),
        (
            invoice("a"),
            vec![event(json!({"kind": "replaced", "by": "a"}))],
            "a: `by` names the invoice itself",
        ),
        (
            invoice("a"),
            vec![event(json!({"kind": "void", "ref": "e"}))],
            "a: `void` withdraws an event by its id, and this invoice has none with the id `e`",
        ),
        (
            invoice("a"),
            vec![
                event(json!({"kind": "received", "id": "e"})),
                event(json!({"kind": "accepted", "id": "e"})),
            ],
            "a: two events have the id `e` and not the same content",
        ),
    ] {
        // What a faulty event names is withheld with it.
        let linked = "c: it is linked to `a`, which is withheld";
        let of_others = said.contains("names `c`").then_some(linked);
        let wanted: Vec<&str> = [said].into_iter().chain(of_others).collect();
        assert_eq!(faults(&[first, sound(), dollars.clone()], &events), wanted);
    }
    // What it names is linked to it.
    let said = faults(&[with("credits", json!(["b"])), sound()], &[]);
    assert!(said[0].contains("of credit notes only"), "{said:?}");
    assert!(said[1].contains("linked to `a`"), "{said:?}");
    let replaced = |id: &str, by: &str| json!({"invoice_id": id, "date": "2025-01-20", "kind": "replaced", "by": by});
    let circle = faults(
        &[invoice("a"), invoice("b"), invoice("d")],
        &[replaced("a", "b"), replaced("b", "a")],
    );
    assert!(
        circle.iter().any(|said| said == "a: invoices replace one another in a circle"),
        "{circle:?}"
    );
    let mut other = invoice("a");
    other["total"] = json!("51.00");
    assert_eq!(
        faults(&[invoice("a"), other, sound()], &[]),
        ["a: this invoice stands twice, and not with the same content"]
    );
    assert_eq!(faults(&[invoice("a"), invoice("a"), sound()], &[]), Vec::<String>::new());
}

#[test]
fn money_for_an_unknown_invoice_is_kept_with_its_sum() {
    let events = [
        json!({"invoice_id": "x", "date": "2025-01-20", "kind": "payment", "amount": "5.00"}),
        json!({"invoice_id": "x", "date": "2025-01-21", "kind": "sent"}),
    ];
    let book = Book::new(&[] as &[Record], &records(&events));
    let [unknown] = book.unknown.as_slice() else { panic!("{:?}", book.unknown) };
    assert_eq!((unknown.invoice_id.as_str(), unknown.events), ("x", 2));
    assert_eq!(unknown.money, [("payment", "payment".to_owned(), "5.00".to_owned(), None)]);
}

#[test]
fn an_event_that_is_withdrawn_counts_until_then() {
    let invoices = [
        json!({"invoice_id": "a", "case": "K", "payer": "Patient", "date": "2025-01-01", "total": "50.00", "currency": "EUR"}),
    ];
    let events = [
        json!({"invoice_id": "a", "date": "2025-01-05", "kind": "payment", "amount": "50.00", "id": "p"}),
        json!({"invoice_id": "a", "date": "2025-02-20", "kind": "void", "ref": "p"}),
    ];
    let follow_ups = follow_ups("clinic.jalon");
    let follow_ups: Vec<&FollowUp> = follow_ups.iter().collect();
    let book = Book::new(&records(&invoices), &records(&events));
    for (as_of, open, steps) in [("2025-02-19", 0, 0), ("2025-02-20", 5000, 1)] {
        let as_of = Date::parse(as_of).unwrap();
        let run = follow(&follow_ups, &book, Asked { as_of, done: None, with_next: false });
        assert_eq!((run.standings[0].open.0, run.fired.len()), (open, steps));
    }
}

/// Each status comes to what its kind comes to, and the page has the table that is read by.
#[test]
fn statuses_of_platforms_are_events() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/follow-up.md");
    let page = std::fs::read_to_string(page).unwrap();
    let invoice = json!({"invoice_id": "a", "case": "D", "payer": "Patient", "date": "2025-01-10",
        "due": "2025-02-10", "total": "100.00", "currency": "EUR"});
    let kinds = |event: Value| {
        let book = Book::new(&records(std::slice::from_ref(&invoice)), &records(&[event]));
        let faults: Vec<String> = book.faults[0]
            .iter()
            .map(|fault| fault.why.say(jalon::Lang::En, &Words::default()))
            .collect();
        (book.events[0].iter().map(|event| event.kind.clone()).collect::<Vec<_>>(), faults)
    };
    for (code, kind, name) in STATUSES {
        assert!(page.contains(&format!("| {code} | {name} | `{kind}` |")), "{code}");
        let mut event = json!({"invoice_id": "a", "date": "2025-01-20", "amount": "5.00", "until": "2025-03-01"});
        event["status"] = json!(code);
        let by_status = kinds(event.clone());
        event.as_object_mut().unwrap().remove("status");
        event["kind"] = json!(kind);
        if kind == "sent" {
            event["channel"] = json!("platform");
        }
        assert!(by_status.1.is_empty() && by_status == kinds(event), "{code} {by_status:?}");
    }
    let event = |status: &str| json!({"invoice_id": "a", "date": "2025-01-20", "status": status});
    // An announced payment without a day shows no more than receipt.
    assert_eq!(kinds(event("211")), (vec![EventKind::Received], Vec::new()));
    assert_eq!(kinds(event("212")).1, ["`amount` is missing"]);
    let unknown = kinds(event("220")).1.concat();
    assert!(
        unknown.starts_with(
            "`220` is no status of a platform that says what happened: these are 200, "
        ),
        "{unknown}"
    );
    let mut both = event("205");
    both["kind"] = json!("accepted");
    assert_eq!(kinds(both).1, ["`kind` and `status` stand together: state one of them"]);
}
