//! Expectations rewritten from what the evaluator gives.

use super::{ActualLine, Change};
use crate::calendar::Date;
use crate::lang::Lang;
use crate::model::Scenario;
use crate::money::{Currency, Money};
use crate::span::Span;

/// The changes that make a scenario expect these lines, in the vocabulary of its file.
///
/// The first expectation is replaced by the new ones, each of the others is taken out with its
/// line; a scenario without any gets them after its last item. A total that stands alone stays a
/// total.
pub fn bless(
    source: &str,
    scenario: &Scenario,
    currency: Currency,
    actual: &[ActualLine],
    lang: Lang,
) -> Vec<Change> {
    let total = actual.iter().fold(Money::ZERO, |sum, line| sum.plus(line.amount).unwrap_or(sum));
    let mut texts = Vec::new();
    if scenario.expected.states_lines() || scenario.expected.total.is_none() {
        texts.extend(actual.iter().map(|line| expect_line(line, currency, lang)));
        if actual.is_empty() {
            texts.push(lang.pick("expect nothing", "attendu rien").to_owned());
        }
    }
    if scenario.expected.total.is_some() && !(actual.is_empty() && scenario.expected.states_lines())
    {
        let word = lang.pick("expect total", "attendu total");
        texts.push(format!("{word} {}", amount(currency, total, lang)));
    }
    rewritten(source, &scenario.expectations, scenario.last, &texts)
}

/// The changes that put other expectations in the place of those that stand at these places, or after the last
/// item where there are none.
pub fn rewritten(source: &str, expectations: &[Span], last: Span, texts: &[String]) -> Vec<Change> {
    let text = texts.join("\n  ");
    let Some((first, rest)) = expectations.split_first() else {
        let end = last.after();
        let end = end_of_line(source, end);
        return vec![Change { span: end, text: format!("\n  {text}") }];
    };
    let mut changes = vec![Change { span: *first, text }];
    changes.extend(
        rest.iter().map(|span| Change { span: with_line(source, *span), text: String::new() }),
    );
    changes
}

/// One expected line, as a scenario states it.
pub fn expect_line(line: &ActualLine, currency: Currency, lang: Lang) -> String {
    let word = lang.pick("expect", "attendu");
    let label = line.label.replace('\\', "\\\\").replace('"', "\\\"");
    let amount = amount(currency, line.amount, lang);
    let mut text = format!("{word} {} \"{label}\" {amount}", date(line.date, lang));
    if let Some(payer) = &line.payer {
        let payer = payer.replace('\\', "\\\\").replace('"', "\\\"");
        text.push_str(&format!(" {} \"{payer}\"", lang.pick("from", "de")));
    }
    text
}

fn date(date: Date, lang: Lang) -> String {
    lang.date(date)
}

/// A sum as a schedule writes it: a decimal comma in French, except before exactly three digits, where it
/// could be misread.
pub fn amount(currency: Currency, amount: Money, lang: Lang) -> String {
    let text = currency.show(amount).to_string();
    match lang {
        Lang::Fr if currency.decimals() != 3 => text.replace('.', ","),
        Lang::En | Lang::Fr => text,
    }
}

/// The end of the line in which an empty span stands, so that a comment stays where it is.
fn end_of_line(source: &str, at: Span) -> Span {
    let rest = source.get(at.end as usize..).unwrap_or("");
    let line = rest.split(['\r', '\n']).next().unwrap_or("").len();
    Span::new(at.end as usize + line, at.end as usize + line)
}

/// A span with the blanks before it and the line break before those, if it begins its line.
fn with_line(source: &str, span: Span) -> Span {
    let before = source.get(..span.start as usize).unwrap_or("");
    let blank = before.trim_end_matches([' ', '\t']);
    let start = match blank.strip_suffix('\n') {
        Some(line) => line.strip_suffix('\r').unwrap_or(line).len(),
        None => span.start as usize,
    };
    Span::new(start, span.end as usize)
}
