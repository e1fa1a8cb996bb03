//! What is advised keeps what was typed: its figures and its quoted names. An edit leaves all of them in the line; a
//! text that a help shows holds no other sum, share or time where the line has one, and a whole line that it shows
//! holds all of them. A help that says that something is to be decided, or that it shows an example, may hold others.

use super::advised::inputs;
use super::report;
use jalon::{Code, Diagnostic};
use std::path::Path;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Percent,
    Money,
    Hours,
    Months,
    Date,
    Count,
}

/// A figure: what it counts, the number, and how much that is of the smallest unit, both in millionths; a date is its
/// digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Figure {
    kind: Kind,
    number: i128,
    value: i128,
}

/// One of a unit.
const ONE: i128 = 1_000_000;
/// The words behind a figure: what it counts, and how many of that.
const UNITS: [(&[&str], Kind, i128); 8] = [
    (&["%", "percent", "pour cent"], Kind::Percent, 1),
    (&["EUR", "€", "euro", "euros", "eur", "USD", "$", "£"], Kind::Money, 1),
    (&["hour", "hours", "heure", "heures", "h"], Kind::Hours, 1),
    (&["day", "days", "jour", "jours", "j"], Kind::Hours, 24),
    (&["week", "weeks", "semaine", "semaines"], Kind::Hours, 24 * 7),
    (&["month", "months", "mois"], Kind::Months, 1),
    (&["quarter", "quarters", "trimestre", "trimestres"], Kind::Months, 3),
    (&["year", "years", "an", "ans"], Kind::Months, 12),
];
/// Numbers in words.
const SPELLED: [(&str, &str); 9] = [
    (" two ", " 2 "),
    (" three ", " 3 "),
    (" four ", " 4 "),
    (" ten ", " 10 "),
    (" deux ", " 2 "),
    (" trois ", " 3 "),
    (" quatre ", " 4 "),
    (" six ", " 6 "),
    (" dix ", " 10 "),
];

/// The figures of a text, without those of quoted names and of backquotes.
fn figures(text: &str) -> Vec<Figure> {
    let unquoted: String = text.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let spaced = unquoted.replace(['\u{a0}', '\u{202f}'], " ");
    let spelled = SPELLED.iter().fold(spaced, |text, (word, digits)| text.replace(word, digits));
    let chars: Vec<char> = spelled.chars().collect();
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let letter = |at: Option<usize>| at.is_some_and(|at| chars[at].is_alphabetic());
    let (mut found, mut at) = (Vec::new(), 0);
    while at < chars.len() {
        if !digit(at) || letter(at.checked_sub(1)) {
            at += 1;
            continue;
        }
        let start = at;
        let joined = |at: usize| {
            ".,/-".contains(chars[at]) && digit(at + 1)
                || chars[at] == ' ' && (1..=3).all(|on| digit(at + on)) && !digit(at + 4)
        };
        while at < chars.len() && (digit(at) || joined(at)) {
            at += 1;
        }
        let written: String = chars[start..at].iter().filter(|char| **char != ' ').collect();
        let behind: String = chars[at..].iter().take(12).collect();
        let before = start.checked_sub(1).map_or(' ', |before| chars[before]);
        found.extend(figure(&written, behind.trim_start_matches(' '), before));
    }
    found
}

/// A text with its quoted names as plain words.
fn unquoted(text: &str) -> String {
    text.replace('"', " ")
}

/// One figure, as it was written, with what stands around it.
fn figure(written: &str, behind: &str, before: char) -> Option<Figure> {
    if written.matches(['/', '-']).count() == 2 {
        let mut parts: Vec<&str> = written.split(['/', '-']).collect();
        if parts.first().is_some_and(|first| first.len() < 4) {
            parts.reverse();
        }
        let value = parts.concat().parse().ok()?;
        return Some(Figure { kind: Kind::Date, number: value, value });
    }
    let grouped = written.rsplit_once(',').is_some_and(|(_, last)| last.len() == 3)
        && !written.starts_with("0,");
    let written = if grouped { written.replace(',', "") } else { written.replace(',', ".") };
    let (whole, part) = written.split_once('.').unwrap_or((&written, ""));
    let number = format!("{whole}{part:0<6}").parse::<i128>().ok()?;
    let is = |word: &&str| {
        let rest = behind.strip_prefix(*word);
        rest.is_some_and(|rest| {
            !word.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphanumeric)
        })
    };
    let of = |(words, ..): &&(&[&str], Kind, i128)| words.iter().any(is);
    let unit = UNITS.iter().find(of).map(|(_, kind, many)| (*kind, *many));
    let unit = unit.or_else(|| "€$£".contains(before).then_some((Kind::Money, 1)));
    let (kind, many) = unit.unwrap_or((Kind::Count, 1));
    Some(Figure { kind, number, value: number * many })
}

/// The quoted names of a text.
fn names(text: &str) -> Vec<&str> {
    text.split('"').skip(1).step_by(2).collect()
}

/// Whether a figure follows from one of a line: it is the same, so many of it, or what it leaves of a whole. A bare
/// number may have got its unit, or be counted from the other side of a bound.
fn follows(figure: Figure, line: &[Figure]) -> bool {
    let many = |other: &Figure| {
        let counts = line.iter().filter(|count| count.kind == Kind::Count);
        counts.into_iter().any(|count| other.value * count.value == figure.value * ONE)
    };
    let follows = |other: &Figure| match (other.kind, figure.kind) {
        (Kind::Count, Kind::Percent) if other.number * 100 == figure.number => true,
        (Kind::Count, Kind::Count) if (other.number - figure.number).abs() == ONE => true,
        (Kind::Count, _) | (_, Kind::Count) => other.number == figure.number,
        (one, another) if one != another => false,
        (Kind::Percent, _) if other.value + figure.value == 100 * ONE => true,
        _ => other.value == figure.value || many(other),
    };
    let all = figure.kind == Kind::Percent && figure.value == 100 * ONE;
    all || line.iter().any(follows)
}

/// What says that a text is an example, or that something of it is to be decided.
const OPEN: [&str; 8] =
    ["example", "exemple", "decide", "décide", "as in `", "comme dans `", "half of", "la moitié"];

/// Lines of which a figure goes, and why.
const MEANT_SO: [(&str, &str); 4] = [
    ("100 % pro rata", "the whole of a price is the price"),
    ("100 % au prorata", "the whole of a price is the price"),
    ("2026-01-01 planned", "what is agreed has no day"),
    ("01/01/2026 prévu", "what is agreed has no day"),
];

/// The lines in which a finding stands.
fn lines_of<'t>(text: &'t str, found: &Diagnostic) -> (usize, &'t str) {
    let (start, end) = (found.span.start as usize, found.span.end as usize);
    let from = text[..start].rfind('\n').map_or(0, |line| line + 1);
    let to = text[end..].find('\n').map_or(text.len(), |line| end + line);
    (from, &text[from..to])
}

/// What is told of how a name, a day or a number is written.
const MEANT: [Code; 12] = [
    Code::AlmostTheSame,
    Code::DateForm,
    Code::ForbiddenCharacter,
    Code::LookalikeCharacters,
    Code::NumberForm,
    Code::UnclosedText,
    Code::UndeclaredAction,
    Code::UnknownAction,
    Code::UnknownLabel,
    Code::UnknownPayer,
    Code::UnknownSchedule,
    Code::UnknownStep,
];

/// What the edit of a finding loses of its lines.
fn lost(text: &str, found: &Diagnostic) -> Option<String> {
    let edit = found.edit.as_ref().filter(|_| !MEANT.contains(&found.code))?;
    let (from, line) = lines_of(text, found);
    let (start, end) = (edit.span.start as usize, edit.span.end as usize);
    let inside = from <= start && end <= from + line.len();
    let old = if inside { line } else { &text[start..end] };
    let new = match inside {
        true => format!("{}{}{}", &text[from..start], edit.text, &text[end..from + line.len()]),
        false => edit.text.clone(),
    };
    let (old_figures, new_figures) = (figures(old), figures(&unquoted(&new)));
    let kept = |figure: &Figure| {
        let stays = |new: &Figure| {
            follows(*new, &[*figure]) || new.kind == figure.kind && follows(*new, &old_figures)
        };
        new_figures.iter().any(stays)
    };
    let gone: Vec<Figure> = old_figures.iter().copied().filter(|figure| !kept(figure)).collect();
    let named = |name: &&str| new.contains(*name);
    let unnamed: Vec<&str> = names(old).into_iter().filter(|name| !named(name)).collect();
    let meant = MEANT_SO.iter().any(|(words, _)| line.contains(words));
    let wrong = !meant && (!gone.is_empty() || !unnamed.is_empty());
    wrong
        .then(|| format!("loses {gone:?} {unnamed:?}\n      {}\n      {}", line.trim(), new.trim()))
}

/// With what a whole line begins.
const WHOLE: [&str; 10] = [
    "deposit \"",
    "installment \"",
    "balance \"",
    "discount \"",
    "payer \"",
    "acompte \"",
    "échéance \"",
    "solde \"",
    "remise \"",
    "payeur \"",
];

/// A help without what it says of the figures that nobody typed, which would excuse any of them.
fn without_samples(help: &str) -> &str {
    let ends = [" is an example", " are examples", " est un exemple", " sont des exemples"];
    let rest = ends.iter().find_map(|end| help.strip_suffix(end));
    rest.and_then(|rest| rest.rsplit_once(';')).map_or(help, |(said, _)| said.trim_end())
}

/// What the help of a finding says otherwise than its lines.
fn changed(text: &str, found: &Diagnostic) -> Option<String> {
    let help = without_samples(found.help.as_ref()?);
    // How a day or a number is written is told by one that is written so.
    if matches!(found.code, Code::DateForm | Code::NumberForm) {
        return None;
    }
    if OPEN.iter().any(|open| help.contains(open)) {
        return None;
    }
    let (_, line) = lines_of(text, found);
    let had = figures(line);
    let shown: Vec<&str> =
        help.split('`').skip(1).step_by(2).filter(|shown| !line.contains(shown)).collect();
    let measured = |figure: &Figure| !matches!(figure.kind, Kind::Count);
    let told: Vec<Figure> = shown.iter().flat_map(|shown| figures(shown)).collect();
    let held = |kind: Kind| had.iter().any(|had| had.kind == kind);
    let other: Vec<Figure> = told
        .iter()
        .copied()
        .filter(|figure| measured(figure) && held(figure.kind) && !follows(*figure, &had))
        .collect();
    let all: Vec<Figure> = shown.iter().flat_map(|shown| figures(&unquoted(shown))).collect();
    let whole = shown.iter().any(|shown| {
        WHOLE.iter().any(|begins| shown.starts_with(begins)) && !figures(shown).is_empty()
    });
    let kept = |figure: &Figure| {
        all.iter().any(|told| follows(*told, &[*figure]) || told.kind == figure.kind)
    };
    let gone: Vec<Figure> =
        had.iter().copied().filter(|figure| whole && measured(figure) && !kept(figure)).collect();
    let wrong = !other.is_empty() || !gone.is_empty();
    wrong.then(|| format!("others {other:?}, gone {gone:?}\n      {}\n      {help}", line.trim()))
}

#[test]
fn what_is_advised_keeps_figures_and_names() {
    let mut wrong = Vec::new();
    for (path, bytes) in &inputs() {
        let before = report(path, bytes, None);
        for found in &before.diagnostics {
            let text = before.source.text.as_str();
            let what = [lost(text, found), changed(text, found)];
            for what in what.into_iter().flatten() {
                let shown =
                    path.parent().filter(|_| path.is_file()).unwrap_or(Path::new("")).display();
                wrong.push(format!("{shown} {:?}: {what}", found.code));
            }
        }
    }
    wrong.dedup();
    for (words, why) in MEANT_SO {
        let known = inputs().iter().any(|(_, text)| String::from_utf8_lossy(text).contains(words));
        assert!(known, "`{words}` ({why}) stands nowhere");
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
