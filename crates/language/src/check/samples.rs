//! What a help shows and nobody has typed. In: a text, and what is wrong with it. Out: the same findings; where a help
//! shows a percentage, a sum or a time that its line does not hold, and the line holds another one of that kind, the help
//! says that these figures are examples.

use crate::calendar::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};

/// What a figure is of. Hours and months are no parts of each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Percent,
    Money,
    Hours,
    Months,
    /// A day.
    Date,
    /// A number without a unit.
    Count,
}

/// A figure of a text.
struct Figure<'t> {
    written: &'t str,
    kind: Kind,
    /// Its number, in millionths.
    number: i128,
    /// The same in the smallest unit of its kind.
    value: i128,
}

/// One, in millionths.
const ONE: i128 = 1_000_000;
const WHOLE: i128 = 100 * ONE;
/// The words behind a number, what it is of, and how much of the smallest unit each is.
const UNITS: [(&[&str], Kind, i128); 8] = [
    (&["%", "percent", "pour"], Kind::Percent, 1),
    (&["€", "£", "$", "eur", "euro", "usd", "gbp", "chf", "cad"], Kind::Money, 1),
    (&["hour", "heure", "h"], Kind::Hours, 1),
    (&["day", "jour", "j"], Kind::Hours, 24),
    (&["week", "semaine"], Kind::Hours, 168),
    (&["month", "mois"], Kind::Months, 1),
    (&["quarter", "trimestre"], Kind::Months, 3),
    (&["year", "an"], Kind::Months, 12),
];
/// Numbers in words.
const SPELLED: [(&[&str], i128); 9] = [
    (&["two", "deux"], 2),
    (&["three", "trois"], 3),
    (&["four", "quatre"], 4),
    (&["five", "cinq"], 5),
    (&["six"], 6),
    (&["eight", "huit"], 8),
    (&["nine", "neuf"], 9),
    (&["ten", "dix"], 10),
    (&["twelve", "douze"], 12),
];
/// What says already that a figure is an example, or is to be decided.
const SAID: [&str; 6] = ["example", "exemple", "decide", "décide", "half of", "la moitié"];

/// Says of each help which of its figures are examples.
pub fn name_samples(source: &str, lang: Lang, found: &mut [Diagnostic]) {
    for finding in found {
        // How a figure is written is no figure of its own, and what is reckoned of several lines no example.
        if matches!(finding.code, Code::NumberForm | Code::DateForm | Code::DeductedTwice) {
            continue;
        }
        let Some(help) = finding.help.as_mut() else { continue };
        if SAID.iter().any(|said| help.contains(said)) {
            continue;
        }
        let line = lines_at(source, finding.span.start as usize, finding.span.end as usize);
        let mut typed = figures(line);
        typed.extend(counts_in_words(line));
        let shown = help.split('`').skip(1).step_by(2).filter(|shown| !line.contains(*shown));
        let mut samples: Vec<String> = Vec::new();
        for figure in shown.flat_map(figures).filter(|figure| is_sample(figure, &typed)) {
            if !samples.iter().any(|sample| sample == figure.written) {
                samples.push(figure.written.to_owned());
            }
        }
        if let Some(said) = said(lang, &samples) {
            help.push_str(&said);
        }
    }
}

/// The numbers that stand in a line in words.
fn counts_in_words(line: &str) -> impl Iterator<Item = Figure<'_>> {
    let words = line.split(|c: char| !c.is_alphabetic());
    words.filter_map(|written| {
        let word = written.to_lowercase();
        let (_, count) = SPELLED.iter().find(|(spelled, _)| spelled.contains(&word.as_str()))?;
        let number = count * ONE;
        Some(Figure { written, kind: Kind::Count, number, value: number })
    })
}

/// That these are examples.
fn said(lang: Lang, samples: &[String]) -> Option<String> {
    let (last, before) = samples.split_last()?;
    Some(if before.is_empty() {
        say!(lang, "; {last} is an example", " ; {last} est un exemple")
    } else {
        let before = before.join(", ");
        say!(lang, "; {before} and {last} are examples", " ; {before} et {last} sont des exemples")
    })
}

/// Whether a line holds a figure of this kind, and none from which this one follows.
fn is_sample(figure: &Figure<'_>, typed: &[Figure<'_>]) -> bool {
    let of_kind = typed.iter().any(|typed| typed.kind == figure.kind);
    let all = figure.kind == Kind::Percent && figure.value == WHOLE;
    // Zero is zero.
    let measured = figure.kind != Kind::Count && figure.value != 0;
    measured && of_kind && !all && !typed.iter().any(|typed_one| follows(figure, typed_one, typed))
}

/// Whether a figure is one that was typed, so many of it, what it leaves of a whole, or what it comes to on top of it.
fn follows(figure: &Figure<'_>, one: &Figure<'_>, typed: &[Figure<'_>]) -> bool {
    let counts = typed.iter().filter(|typed| typed.kind == Kind::Count);
    let so_many = || {
        let product = |count: &Figure<'_>| one.value.checked_mul(count.number);
        counts.filter_map(product).any(|product| Some(product) == figure.value.checked_mul(ONE))
    };
    match one.kind {
        Kind::Count => {
            one.number == figure.number || one.number.checked_mul(100) == Some(figure.number)
        }
        kind if kind != figure.kind => false,
        Kind::Percent if one.value.checked_add(figure.value) == Some(WHOLE) => true,
        // So much on top of the whole.
        Kind::Percent if one.value.checked_add(WHOLE) == Some(figure.value) => true,
        Kind::Date => (one.value - figure.value).abs() <= 1,
        Kind::Percent | Kind::Money | Kind::Hours | Kind::Months => {
            one.value == figure.value || so_many()
        }
    }
}

/// The figures of a text that stand in no name.
fn figures(text: &str) -> Vec<Figure<'_>> {
    text.split('"').step_by(2).flat_map(unquoted).collect()
}

fn unquoted(text: &str) -> Vec<Figure<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        let length = number_length(from);
        let (digits, behind) = from.split_at(length);
        rest = behind;
        let in_a_word = before.ends_with(char::is_alphanumeric);
        if let Some(day) = day(digits).filter(|_| !in_a_word) {
            found.push(Figure { written: digits, kind: Kind::Date, number: day, value: day });
        } else if !in_a_word && let Some(number) = millionths(digits) {
            let unit = behind.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
            let gap = behind.len() - unit.len();
            let letters = unit.find(|c: char| !c.is_alphabetic()).unwrap_or(unit.len());
            let letters = match letters {
                0 => unit.chars().next().map_or(0, char::len_utf8),
                letters => letters,
            };
            let word = unit.get(..letters).unwrap_or("").to_lowercase();
            let of = |words: &&str| word == **words || word.strip_suffix('s') == Some(*words);
            let known = UNITS.iter().find(|(words, ..)| words.iter().any(of));
            let (kind, each) = known.map_or((Kind::Count, 1), |(_, kind, each)| (*kind, *each));
            let written = from.get(..length + gap + letters).unwrap_or(digits);
            let value = number.checked_mul(each);
            found.extend(value.map(|value| Figure { written, kind, number, value }));
        }
    }
    found
}

/// A day as one number, from either way of writing it: those that follow one another do so there; what is no day has a number
/// of its own.
fn day(written: &str) -> Option<i128> {
    let parts: Vec<&str> = written.split(['/', '-']).collect();
    let &[first, month, last] = parts.as_slice() else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let date = Date::parse(&format!("{year}-{month:0>2}-{day:0>2}"));
    let since = date.map(|date| i128::from(date.days_since(Date::MIN)));
    since.or_else(|| format!("-{year}{month:0>2}{day:0>2}").parse().ok())
}

/// How long the number is with which a text begins: its digits, marks between them, and groups of three behind a blank.
fn number_length(text: &str) -> usize {
    let digit = |at: usize| text.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    loop {
        let next = text.get(at..).and_then(|rest| rest.chars().next());
        match next {
            Some(c) if c.is_ascii_digit() => at += 1,
            Some('.' | ',' | '/' | '-') if digit(at + 1) => at += 1,
            Some(c @ (' ' | '\u{a0}' | '\u{202f}')) => {
                let group = at + c.len_utf8();
                if !(0..3).all(|on| digit(group + on)) || digit(group + 3) {
                    return at;
                }
                at = group;
            }
            Some(_) | None => return at,
        }
    }
}

/// A number in millionths; none of a date, and of what is no number.
fn millionths(written: &str) -> Option<i128> {
    let plain: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let thousands =
        plain.split_once(',').is_some_and(|(whole, part)| part.len() == 3 && whole != "0");
    let plain = if thousands { plain.replace(',', "") } else { plain.replace(',', ".") };
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    (part.len() <= 6).then(|| format!("{whole}{part:0<6}").parse().ok()).flatten()
}

/// The lines in which a place stands.
pub(super) fn lines_at(source: &str, start: usize, end: usize) -> &str {
    let before = source.get(..start).unwrap_or("");
    let from = before.rfind('\n').map_or(0, |line| line + 1);
    let behind = source.get(end..).unwrap_or("");
    let to = end + behind.find('\n').unwrap_or(behind.len());
    source.get(from..to).unwrap_or("")
}
