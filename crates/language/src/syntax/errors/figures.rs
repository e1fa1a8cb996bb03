//! Numbers, times and dates that are not written as one.

use crate::calendar::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::span::Span;

/// Advises against a minus.
pub fn no_minus(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "only an expected amount may be below zero; a deposit is deducted by the balance without being told",
        "seul un montant attendu peut être négatif ; le solde déduit l'acompte sans qu'on le lui dise"
    ))
}

/// `1,500`: 1.5 to one reader and 1500 to another.
pub fn comma_and_three_digits(lang: Lang, at: Span, written: &str, is_sum: bool) -> Diagnostic {
    let thousands = written.replace([',', ' '], "");
    let (whole, decimals) = written.split_once(',').unwrap_or((written, ""));
    let decimals = decimals.trim_end_matches('0');
    let whole = whole.replace(' ', "");
    // A sum has cents, and no thousandths in most currencies.
    let thousandths = is_sum && decimals.len() > 2;
    let decimal = match decimals.len() {
        0 => whole,
        1 | 2 => format!("{whole}{}{decimals}", lang.pick('.', ',')),
        _ => format!("{whole}.{decimals}"),
    };
    Diagnostic::new(
        Code::NumberForm,
        at,
        say!(lang, "`{written}` can be read in two ways", "`{written}` peut se lire de deux façons"),
    )
    .label(say!(lang, "{decimal} to one reader, {thousands} to another", "{decimal} pour l'un, {thousands} pour l'autre"))
    .help(if thousandths {
        say!(
            lang,
            "write `{thousands}` if that is meant; if not, no more decimals than the currency has",
            "écrivez `{thousands}` si c'est ce que vous voulez dire ; sinon, pas plus de décimales que la devise n'en a"
        )
    } else {
        say!(
        lang,
        "write `{thousands}` for the large number, `{decimal}` for the small one: no comma before exactly three digits",
        "écrivez `{thousands}` pour le grand nombre, `{decimal}` pour le petit : pas de virgule devant exactement trois chiffres"
        )
    })
}

/// Digits that are no number: `007`, `.5`, `5.`, `1_000`, `1e5`.
pub fn not_a_number(lang: Lang, at: Span, written: &str, right: Option<String>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::NumberForm,
        at,
        say!(
            lang,
            "`{written}` is not written as a number",
            "`{written}` n'est pas écrit comme un nombre"
        ),
    );
    match right {
        Some(right) => diagnostic
            .help(say!(lang, "write `{right}`", "écrivez `{right}`"))
            .edit(at, right),
        None => diagnostic.help(say!(
            lang,
            "a number is digits, with a decimal part after `.` or `,` where it has one: `12`, `1 800`, `0.5`",
            "un nombre s'écrit en chiffres, avec une partie décimale après `,` ou `.` s'il en a une : `12`, `1 800`, `0,5`"
        )),
    }
}

/// `1h5`, `1h75`.
pub fn not_a_clock(lang: Lang, at: Span, written: &str, right: Option<String>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::NumberForm,
        at,
        say!(
            lang,
            "`{written}` is not written as hours and minutes",
            "`{written}` n'est pas écrit en heures et minutes"
        ),
    )
    .label(say!(
        lang,
        "two digits of minutes, 00 to 59",
        "deux chiffres pour les minutes, de 00 à 59"
    ));
    match right {
        Some(right) => {
            diagnostic.help(say!(lang, "write `{right}`", "écrivez `{right}`")).edit(at, right)
        }
        None => diagnostic.help(say!(
            lang,
            "write `1h30`, or `1.5 hours`",
            "écrivez `1h30`, ou `1,5 heure`"
        )),
    }
}

/// A date that is not written in one of the two ways.
pub fn date_digits(lang: Lang, at: Span, written: &str, right: Option<String>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::DateForm,
        at,
        say!(
            lang,
            "`{written}` is not written as a date",
            "`{written}` n'est pas écrit comme une date"
        ),
    );
    match right {
        Some(right) if Date::parse(&iso_of(&right)).is_none() => {
            no_such_date(lang, at, written, &iso_of(&right))
        }
        Some(right) => {
            diagnostic.help(say!(lang, "write `{right}`", "écrivez `{right}`")).edit(at, right)
        }
        None => diagnostic.help(say!(
            lang,
            "a date is written `2025-07-05` or `05/07/2025`, the day first",
            "une date s'écrit `05/07/2025`, le jour d'abord, ou `2025-07-05`"
        )),
    }
}

/// A date that does not exist, as it is written and as `YYYY-MM-DD`.
pub fn no_such_date(lang: Lang, at: Span, written: &str, iso: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::DateForm,
        at,
        say!(lang, "there is no date `{written}`", "la date `{written}` n'existe pas"),
    );
    let mut parts = iso.splitn(3, '-');
    let (year, month, day) =
        (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let swapped = format!("{year}-{day}-{month}");
    let known_year = ("1900"..="2199").contains(&year);
    if month > "12" && Date::parse(&swapped).is_some() {
        let right = if written.contains('/') { format!("{month}/{day}/{year}") } else { swapped };
        diagnostic
            .label(say!(lang, "there is no month {month}", "il n'y a pas de mois {month}"))
            .help(say!(
                lang,
                "the day comes first in `05/07/2025`, always: did you mean `{right}`?",
                "le jour vient toujours d'abord dans `05/07/2025` : vouliez-vous dire `{right}` ?"
            ))
            .edit(at, right)
    } else if !known_year {
        diagnostic.help(say!(lang, "years go from 1900 to 2199", "les années vont de 1900 à 2199"))
    } else if month == "02" && !written.contains(year) {
        diagnostic.help(say!(
            lang,
            "February has 28 days, 29 in some years: a date has its year, in figures",
            "février a 28 jours, 29 certaines années : une date a son année, en chiffres"
        ))
    } else if let Some(last) = ["31", "30", "29", "28"]
        .into_iter()
        .find(|last| Date::parse(&format!("{year}-{month}-{last}")).is_some())
    {
        diagnostic.help(say!(lang, "that month has {last} days", "ce mois a {last} jours"))
    } else {
        diagnostic.help(say!(lang, "months go from 01 to 12", "les mois vont de 01 à 12"))
    }
}

/// A date as `YYYY-MM-DD`, from either way of writing it.
pub fn iso_of(date: &str) -> String {
    match date.split('/').collect::<Vec<_>>().as_slice() {
        [day, month, year] => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => date.to_owned(),
    }
}
