//! The currency of what a finding shows. In: a text, its tree, and what is wrong with it. Out: the same findings; sums that
//! nobody typed stand in the currency of their schedule, or of its line, and no longer in euros.

use super::samples::lines_at;
use crate::diagnostic::{Code, Diagnostic};
use crate::money::Currency;
use crate::syntax::ast::{File, ItemKind};

/// What is shown where nothing says otherwise.
const EURO: &str = "EUR";

/// Puts what each finding shows in the currency of its own schedule.
pub fn show_their_own(source: &str, file: &File, found: &mut [Diagnostic]) {
    let of_schedules = of_schedules(file);
    for finding in found {
        // Which currencies there are is no sum.
        if finding.code == Code::UnknownCurrency {
            continue;
        }
        let at = finding.span.start;
        let line = lines_at(source, at as usize, finding.span.end as usize);
        let in_euros = || line.contains('€') || line.to_uppercase().contains(EURO);
        let schedule = || {
            let next = of_schedules.partition_point(|(start, _)| *start <= at);
            of_schedules.get(next.checked_sub(1)?)?.1
        };
        let Some(currency) = schedule().or_else(|| stated(line)) else { continue };
        if currency == Currency::EURO || in_euros() {
            continue;
        }
        let edit = finding.edit.as_mut().map(|edit| &mut edit.text);
        let texts = [finding.help.as_mut(), finding.example.as_mut(), edit];
        for text in texts.into_iter().flatten() {
            *text = with_code(text, currency.code());
        }
    }
}

/// Where each schedule begins, and the currency of its price; of a follow-up none.
fn of_schedules(file: &File) -> Vec<(u32, Option<Currency>)> {
    let mut found: Vec<(u32, Option<Currency>)> = Vec::new();
    for item in &file.items {
        if matches!(item.kind, ItemKind::Schedule { .. } | ItemKind::FollowUp(_)) {
            found.push((item.at.0.start, None));
        } else if let ItemKind::Price(price) = &item.kind
            && let Some((_, currency)) = found.last_mut()
        {
            let stated = price.currency().and_then(|stated| Currency::find(&stated.code));
            *currency = currency.or(stated);
        }
    }
    found
}

/// The currency behind a number of a line.
fn stated(line: &str) -> Option<Currency> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let behind = |pair: &[&str]| {
        let [number, code] = pair else { return None };
        let code = code.trim_end_matches([',', ';', '.', ':']);
        let is_code =
            code == "£" || code.len() == 3 && code.bytes().all(|c| c.is_ascii_uppercase());
        (is_code && number.ends_with(|c: char| c.is_ascii_digit())).then(|| Currency::find(code))?
    };
    words.windows(2).find_map(behind)
}

/// A text with another code in the place of that of the euro.
fn with_code(text: &str, code: &str) -> String {
    let mut parts = text.split(EURO);
    let mut new = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let apart =
            !new.ends_with(char::is_alphanumeric) && !part.starts_with(char::is_alphanumeric);
        new.push_str(if apart { code } else { EURO });
        new.push_str(part);
    }
    new
}
