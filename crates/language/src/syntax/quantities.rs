//! The smallest parts of what is printed, in either vocabulary: words, names, numbers, sums,
//! measures, dates.

use super::ast::*;
use super::grammar::Rule;
use super::words;
use crate::lang::Lang;

/// The spelling of a word.
pub fn word(rule: Rule, lang: Lang) -> &'static str {
    words::spelling(rule).map_or("", |(english, french)| lang.pick(english, french))
}

/// A name in quotes.
pub fn quoted(name: &Name) -> String {
    format!("\"{}\"", name.text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// French writes a comma, except where it would be taken for one that sets off thousands.
pub fn number(number: &Number, lang: Lang) -> String {
    match (lang, number.digits.split_once('.')) {
        (Lang::Fr, Some((whole, decimals))) if decimals.len() != 3 => format!("{whole},{decimals}"),
        (Lang::Fr | Lang::En, _) => number.digits.clone(),
    }
}

/// A sum, with its currency if it names one.
pub fn sum(sum: &Sum, lang: Lang) -> String {
    number(&sum.number, lang) + &currency(sum)
}

/// The currency of a sum, if it names one, after a space.
pub fn currency(sum: &Sum) -> String {
    sum.currency.as_ref().map_or(String::new(), |currency| format!(" {}", currency.code))
}

/// A number with its unit, or a clock.
pub fn measure(measure: &Measure, lang: Lang) -> String {
    match &measure.quantity {
        Quantity::Clock { hours, minutes } => format!("{hours}h{minutes}"),
        Quantity::Number(quantity) => {
            let text = number(quantity, lang);
            match measure.unit {
                None => text,
                Some(unit) => {
                    format!("{text} {}", words::unit(unit, is_singular(quantity, lang), lang))
                }
            }
        }
    }
}

/// English: exactly one. French: all below two.
fn is_singular(number: &Number, lang: Lang) -> bool {
    let whole = number.digits.split('.').next().unwrap_or("");
    match lang {
        Lang::En => number.digits == "1",
        Lang::Fr => whole == "0" || whole == "1",
    }
}

/// The digits of a date, in the order of the vocabulary.
pub fn date(date: &Date, lang: Lang) -> String {
    let parts: Vec<&str> = date.iso.split('-').collect();
    match (lang, parts.as_slice()) {
        (Lang::Fr, [year, month, day]) => format!("{day}/{month}/{year}"),
        (Lang::Fr | Lang::En, _) => date.iso.clone(),
    }
}
