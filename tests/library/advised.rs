//! What the program advises, followed: a line that is offered bills what is owed, and no advice leads to the next error.

use jalon::verify::{self, Options, Property};
use jalon::{Code, Diagnostic, Lang, compile};

fn told(source: &str) -> Vec<Diagnostic> {
    match compile("test.jalon", source) {
        Ok(compiled) => compiled.warnings.diagnostics,
        Err(report) => report.diagnostics,
    }
}

fn help(source: &str, code: Code) -> Option<String> {
    let found = told(source).into_iter().find(|found| found.code == code)?;
    found.help
}

#[test]
fn a_bound_of_a_month_is_none_of_the_whole_case() {
    let month = "schedule \"Work\"
  price per action, in EUR, at least 60 EUR, at most 55.55 EUR each month
    action \"A\" hourly 50
  balance \"X\": work by action on end or abandonment
";
    assert!(told(month).is_empty(), "{:#?}", told(month));
    let whole = month.replace(" each month", "");
    assert_eq!(told(&whole).first().map(|found| found.code), Some(Code::HoursBounds));
}

#[test]
fn what_may_not_come_back_is_not_told_to() {
    let fixed = "schedule \"Course\"
  price fixed 900 EUR
  discount \"Early\": 10 % on month end
  balance \"End\": remainder on end or abandonment
";
    assert_eq!(help(fixed, Code::BillsOnce), None);
    let each = fixed.replace("on month end", "each month end");
    let said = help(&each, Code::CannotRepeat).expect("a discount is given once");
    assert!(!said.contains("parts"), "{said}");
    let balance = fixed.replace("discount \"Early\": 10 % on", "balance \"Part\": 10 % each");
    assert_eq!(help(&balance, Code::CannotRepeat).as_deref(), Some("write `on` instead of `each`"));
}

#[test]
fn the_price_of_a_period_is_told_to_come_with_that_period() {
    let quarter = "schedule \"Club\"
  price monthly 35 EUR
  installment \"Month\": price on quarter end
  balance \"Out\": nothing on end or abandonment
";
    let said = help(quarter, Code::BillsOnce).expect("it bills once");
    assert!(said.contains("`each month end`"), "{said}");
    let followed = quarter.replace("on quarter end", "each month end");
    assert!(!told(&followed).iter().any(|found| found.code == Code::PriceRhythm));
}

#[test]
fn no_line_for_the_end_gives_a_deposit_back() {
    for (lang, source) in [
        (
            Lang::En,
            "schedule \"A\"
  price fixed 1500 EUR
  deposit \"D\": 30 % on signature
  installment \"S\": 70 % on end
",
        ),
        (
            Lang::Fr,
            "échéancier \"A\"
  tarif forfait 1500 EUR
  acompte \"D\" : 30 % à la signature
  échéance \"S\" : 70 % à la fin
",
        ),
    ] {
        let compiled = compile("test.jalon", source).expect("sound");
        let plan = &compiled.schedules[0];
        let before = verify::verify(plan, &Options::default());
        let leaks = before.findings.iter().filter(|found| found.property() == Property::Leak);
        let said = leaks.map(|found| verify::say(plan, found, before.total, lang));
        let mut lines = said.filter_map(|said| said.insert);
        let Some((at, line)) =
            lines.find(|(_, line)| line.contains(lang.pick("on end", "à la fin")))
        else {
            continue;
        };
        assert!(line.contains(lang.pick("remainder", "reste")), "{line}");
        let mut text = source.to_owned();
        text.insert_str(at.end as usize, &line);
        let after = compile("test.jalon", &text).expect("sound");
        let after = verify::verify(&after.schedules[0], &Options::default());
        let short = after.findings.iter().any(|found| {
            let paid = found.witness.as_ref().map(|witness| witness.billed.0);
            found.property() == Property::Underbilling && paid == Some(105_000)
        });
        assert!(!short, "the deposit is given back\n{text}");
    }
}
