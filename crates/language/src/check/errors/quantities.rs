//! Money, percentages, hours, lengths of time and dates that cannot be what they say.

use super::super::single_blanks;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::lang::{Lang, say};
use crate::money::{Currency, Percent};
use crate::span::Span;
use crate::syntax::ast::{self, ConditionKind, Measure, Quantity};

/// A code that is no currency.
pub fn unknown_currency(lang: Lang, written: &ast::Currency) -> Diagnostic {
    // No tax is said behind an amount.
    let of_tax = ["TTC", "NET", "TVA", "VAT"].contains(&written.code.as_str());
    let code = &written.code;
    let sign = code.chars().all(|c| !c.is_ascii_alphabetic());
    let message = if sign {
        say!(
            lang,
            "`{code}` is the sign of more than one currency",
            "`{code}` est le signe de plusieurs devises"
        )
    } else {
        say!(lang, "`{code}` is no currency", "`{code}` n'est pas une devise")
    };
    let diagnostic = Diagnostic::new(Code::UnknownCurrency, written.at.0, message);
    if ["PCT", "PCE"].contains(&code.as_str()) {
        let help = say!(lang, "a percentage is written `%`", "un pourcentage s'écrit `%`");
        return diagnostic.help(help).edit(written.at.0, "%");
    }
    match did_you_mean(code, COMMON_CURRENCIES).filter(|_| !sign) {
        Some(near) => diagnostic
            .help(say!(lang, "did you mean `{near}`?", "vouliez-vous dire `{near}` ?"))
            .edit(written.at.0, near),
        None if of_tax => diagnostic.help(say!(
            lang,
            "leave it out: what is expected is the amount of the line, and every sum is stated as the schedule states its amounts, after tax where it says `vat 20 % included`, else before tax",
            "retirez ces mots : ce qui est attendu est le montant de la ligne, et toute somme se dit comme l'échéancier dit les siennes, TTC où il dit `tva 20 % comprise`, sinon hors taxes"
        )),
        None => {
            let codes = if code == "$" { "`USD`, `CAD`, `AUD`" } else { "`EUR`, `CHF`, `USD`" };
            diagnostic.help(say!(
                lang,
                "write its three letters (ISO 4217): {codes}",
                "écrivez ses trois lettres (ISO 4217) : {codes}"
            ))
        }
    }
}

/// What a code that is none was most likely meant to be.
const COMMON_CURRENCIES: [&str; 8] = ["EUR", "CHF", "USD", "GBP", "CAD", "MAD", "TND", "XPF"];

/// Another currency than the price's.
pub fn wrong_currency(lang: Lang, written: &ast::Currency, right: Currency) -> Diagnostic {
    let (found, right) = (&written.code, right.code());
    Diagnostic::new(
        Code::WrongCurrency,
        written.at.0,
        say!(
            lang,
            "this amount is in {found}, the price is in {right}",
            "ce montant est en {found}, le tarif est en {right}"
        ),
    )
    .help(say!(
        lang,
        "a schedule has one currency, that of its price, and no sum is converted: write this one as it is in {right}",
        "un échéancier a une seule devise, celle de son tarif, et aucun montant n'est converti : écrivez celui-ci tel qu'il est en {right}"
    ))
}

/// A price without a currency.
pub fn no_currency(lang: Lang, place: Span, right: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NoCurrency,
        place,
        say!(lang, "the price states no currency", "le tarif n'indique pas de devise"),
    )
    .help(say!(
        lang,
        "write it here, for example `{}`",
        "écrivez-la ici, par exemple `{}`",
        right.trim_start_matches([',', ' '])
    ))
    .edit(place, right)
}

/// More decimals than the currency has.
pub fn too_many_decimals(lang: Lang, at: Span, digits: &str, currency: Currency) -> Diagnostic {
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let (code, most) = (currency.code(), currency.decimals());
    let plural = if most > 1 { "s" } else { "" };
    let plural_written = if decimals > 1 { "s" } else { "" };
    let message = match most {
        0 => say!(
            lang,
            "this amount has {decimals} decimal{plural_written}, {code} has none",
            "ce montant a {decimals} décimale{plural_written}, {code} n'en a pas"
        ),
        _ => say!(
            lang,
            "this amount has {decimals} decimal{plural_written}, {code} has {most}",
            "ce montant a {decimals} décimale{plural_written}, {code} en a {most}"
        ),
    };
    let diagnostic = Diagnostic::new(Code::TooManyDecimals, at, message);
    // `1.500`: the point may be meant to set off thousands.
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if part.len() == 3 && whole.len() <= 3 && whole != "0" {
        let small = without_zeros(lang, digits, most);
        return diagnostic
            .label(say!(
                lang,
                "three digits after the point: thousands to many readers",
                "trois chiffres après le point : des milliers pour beaucoup"
            ))
            .help(match small {
                Some(small) => say!(
                    lang,
                    "write `{whole}{part}` for the large number, `{small}` for the small one",
                    "écrivez `{whole}{part}` pour le grand nombre, `{small}` pour le petit"
                ),
                None => say!(
                    lang,
                    "write `{whole}{part}` for the large number; round the small one, here and in the quote",
                    "écrivez `{whole}{part}` pour le grand nombre ; arrondissez le petit, ici et sur le devis"
                ),
            });
    }
    match without_zeros(lang, digits, most) {
        Some(right) => diagnostic
            .help(say!(lang, "write `{right}`", "écrivez `{right}`"))
            .edit(at, right),
        None if most == 0 => {
            diagnostic.help(say!(lang, "write a whole amount", "écrivez un montant entier"))
        }
        None => diagnostic.help(say!(
            lang,
            "an amount has at most {most} decimal{plural} in this currency: round it, here and in the quote",
            "un montant a au plus {most} décimale{plural} dans cette devise : arrondissez-le, ici et sur le devis"
        )),
    }
}

/// The amount with so many decimals, where those past them are zeros.
fn without_zeros(lang: Lang, digits: &str, most: u32) -> Option<String> {
    let (whole, decimals) = digits.split_once('.')?;
    let most = usize::try_from(most).ok()?;
    let (kept, rest) = decimals.split_at_checked(most)?;
    let sound = rest.chars().all(|c| c == '0');
    // A comma before three digits is never written.
    let point = if most == 3 { '.' } else { lang.pick('.', ',') };
    let right = if kept.is_empty() { whole.to_owned() } else { format!("{whole}{point}{kept}") };
    sound.then_some(right)
}

/// More decimals than a percentage may have.
pub fn percent_decimals(lang: Lang, at: Span) -> Diagnostic {
    let most = Percent::DECIMALS;
    Diagnostic::new(
        Code::TooManyDecimals,
        at,
        say!(
            lang,
            "a percentage has at most {most} decimals",
            "un pourcentage a au plus {most} décimales"
        ),
    )
    .help(say!(
        lang,
        "for what is left of the price, write `remainder`",
        "pour ce qui reste du tarif, écrivez `reste`"
    ))
}

/// More decimals than a number of hours may have.
pub fn hours_decimals(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::TooManyDecimals,
        at,
        say!(
            lang,
            "a number of hours has at most 4 decimals",
            "un nombre d'heures a au plus 4 décimales"
        ),
    )
    .help(say!(
        lang,
        "write hours and minutes, as `1h20`, which is exact",
        "écrivez heures et minutes, comme `1h20`, ce qui est exact"
    ))
}

/// An amount or a bound of zero.
pub fn zero_amount(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NumberRange,
        at,
        say!(lang, "this has to be above zero", "ceci doit être supérieur à zéro"),
    )
    .help(say!(lang, "a line that is free on purpose bills `nothing`; an action that is not billed is `not billed`", "une ligne gratuite exprès facture `rien` ; une action qu'on ne facture pas est `non facturée`"))
}

/// More than can be counted with.
pub fn too_large(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NumberRange,
        at,
        say!(lang, "this number is too large", "ce nombre est trop grand"),
    )
    .help(say!(lang, "amounts go up to 10^15 of the smallest unit, hours to 100 000, lengths of time to 300 years", "les montants vont jusqu'à 10^15 de la plus petite unité, les heures jusqu'à 100 000, les durées jusqu'à 300 ans"))
}

/// A part where only a whole number makes sense; `right` is the same in a smaller unit, where that
/// is exact.
pub fn not_whole(lang: Lang, at: Span, right: Option<String>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::NumberRange,
        at,
        say!(lang, "a length of time is a whole number", "une durée est un nombre entier"),
    );
    match right {
        Some(right) => {
            diagnostic.help(say!(lang, "write `{right}`", "écrivez `{right}`")).edit(at, right)
        }
        None => diagnostic.help(say!(
            lang,
            "write a whole number, in weeks or days where months are too long",
            "écrivez un nombre entier, en semaines ou en jours si le mois est trop long"
        )),
    }
}

/// A planned quantity of zero or too large.
pub fn planned_range(lang: Lang, at: Span, hours: bool) -> Diagnostic {
    if hours {
        return Diagnostic::new(
            Code::NumberRange,
            at,
            say!(
                lang,
                "planned hours have to be above zero",
                "les heures prévues doivent être supérieures à zéro"
            ),
        )
        .help(say!(
            lang,
            "write the hours that were sold, or leave the line out",
            "écrivez les heures vendues, ou enlevez la ligne"
        ));
    }
    Diagnostic::new(
        Code::NumberRange,
        at,
        say!(
            lang,
            "a planned duration goes from 1 month to 100 years",
            "une durée prévue va de 1 mois à 100 ans"
        ),
    )
    .help(say!(
        lang,
        "write the duration that was sold, or leave the line out",
        "écrivez la durée vendue, ou enlevez la ligne"
    ))
}

/// A share of the price that is zero or more than all of it.
pub fn share_out_of_range(lang: Lang, at: Span, percent: Percent, written: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::PercentageRange,
        at,
        say!(
            lang,
            "`{written} %` is no share of the price: it has to be above 0 and at most 100",
            "`{written} %` n'est pas une part du tarif : il faut plus de 0 et au plus 100"
        ),
    );
    if percent == Percent::default() {
        diagnostic.help(say!(
            lang,
            "a line that is free on purpose bills `nothing`",
            "une ligne gratuite exprès facture `rien`"
        ))
    } else {
        diagnostic.help(say!(
            lang,
            "all of the price is `100 %`; what is left of it is `remainder`; more than the price is an amount",
            "tout le tarif est `100 %` ; ce qui en reste est `reste` ; plus que le tarif s'écrit en montant"
        ))
    }
}

/// The measure as the user wrote it, and its digits alone.
fn written<'s>(measure: &'s Measure, source: &'s str) -> (&'s str, &'s str) {
    let digits = match &measure.quantity {
        Quantity::Number(number) => number.at.0.of(source),
        Quantity::Clock { .. } => measure.at.0.of(source),
    };
    (measure.at.0.of(source), digits)
}

/// A share of hours or of progress compared with something that is no percentage.
pub fn not_a_percentage(
    (lang, file_lang): (Lang, Lang),
    of_progress: bool,
    measure: &Measure,
    source: &str,
) -> Diagnostic {
    let (text, digits) = written(measure, source);
    let right = format!("{digits} %");
    let diagnostic = Diagnostic::new(
        Code::WrongUnit,
        measure.at.0,
        if of_progress {
            say!(
                lang,
                "progress is measured in %, not `{text}`",
                "l'avancement se mesure en %, pas `{text}`"
            )
        } else {
            say!(
                lang,
                "attendance is measured in %, not `{text}`",
                "l'assiduité se mesure en %, pas `{text}`"
            )
        },
    );
    match (&measure.quantity, measure.unit) {
        (Quantity::Number(number), None) if hundredfold(file_lang, &number.digits).is_some() => {
            let right = hundredfold(file_lang, &number.digits).unwrap_or_default();
            diagnostic
                .help(say!(lang, "did you mean `{right}`?", "vouliez-vous dire `{right}` ?"))
                .edit(measure.at.0, right)
        }
        (Quantity::Number(_), None) if of_progress => diagnostic
            .help(say!(lang, "write `{right}`", "écrivez `{right}`"))
            .edit(measure.at.0, right),
        (Quantity::Number(_), None) => diagnostic
            .help(say!(
                lang,
                "write `{right}`; for a number of hours, compare `hours`",
                "écrivez `{right}` ; pour un nombre d'heures, comparez `heures`"
            ))
            .edit(measure.at.0, right),
        (Quantity::Number(_), Some(_)) | (Quantity::Clock { .. }, _) => diagnostic.help(say!(
            lang,
            "delivered hours are `hours`, the time since the start is `duration`",
            "les heures réalisées sont `heures`, le temps depuis le démarrage est `durée`"
        )),
    }
}

/// `0.8` as `80 %`: a share of one as a percentage; `None` from 1 on, where it is one already.
fn hundredfold(lang: Lang, digits: &str) -> Option<String> {
    let decimals = digits.strip_prefix("0.")?;
    let padded = format!("{decimals:0<2}");
    let (whole, rest) = padded.split_at_checked(2)?;
    let (whole, rest) = (whole.trim_start_matches('0'), rest.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    let point = if rest.len() == 3 { '.' } else { lang.pick('.', ',') };
    let point = if rest.is_empty() { String::new() } else { point.to_string() };
    Some(format!("{whole}{point}{rest} %"))
}

/// Hours in a unit that is none of hours.
pub fn not_hours(lang: Lang, measure: &Measure, source: &str) -> Diagnostic {
    let (text, _) = written(measure, source);
    Diagnostic::new(
        Code::WrongUnit,
        measure.at.0,
        say!(lang, "`{text}` is no number of hours", "`{text}` n'est pas un nombre d'heures"),
    )
    .help(say!(lang, "write hours as `10 hours`, `1h30` or `90 minutes`; time since the start is `duration`", "écrivez les heures `10 heures`, `1h30` ou `90 minutes` ; le temps depuis le démarrage est `durée`"))
}

/// How many days so many hours are, if they are whole ones.
fn whole_days(hours: &str) -> Option<u32> {
    let hours: u32 = hours.parse().ok()?;
    (hours > 0 && hours.is_multiple_of(24)).then_some(hours / 24)
}

/// A length of time without a unit, or in one that is none.
pub fn not_a_duration(lang: Lang, file_lang: Lang, measure: &Measure, source: &str) -> Diagnostic {
    let (text, digits) = written(measure, source);
    let diagnostic = Diagnostic::new(
        Code::WrongUnit,
        measure.at.0,
        say!(
            lang,
            "`{text}` is no length of time: its unit is days, weeks, months or years",
            "`{text}` n'est pas une durée : son unité est jours, semaines, mois ou ans"
        ),
    );
    match measure.unit {
        None => {
            // Which one is meant, only its author knows.
            let days = format!("{digits} {}", file_lang.pick("days", "jours"));
            let months = format!("{digits} {}", file_lang.pick("months", "mois"));
            diagnostic.help(say!(
                lang,
                "write the unit that is meant: `{days}`, `{months}`",
                "écrivez l'unité voulue : `{days}`, `{months}`"
            ))
        }
        Some(ast::MeasureUnit::Hours) if whole_days(digits).is_some() => {
            let days = whole_days(digits).unwrap_or_default();
            let s = if days == 1 { "" } else { "s" };
            let right = file_lang.pick(format!("{days} day{s}"), format!("{days} jour{s}"));
            diagnostic.help(say!(
                lang,
                "write `{right}`, since an event has a day and no hour; delivered hours are `hours`",
                "écrivez `{right}`, car un événement a un jour et pas d'heure ; les heures réalisées sont `heures`"
            ))
        }
        Some(_) => diagnostic.help(say!(
            lang,
            "`duration` is the time since the start; delivered hours are `hours`",
            "`durée` est le temps depuis le démarrage ; les heures réalisées sont `heures`"
        )),
    }
}

/// Something planned that is neither hours nor months.
pub fn not_planned(lang: Lang, file_lang: Lang, measure: &Measure, source: &str) -> Diagnostic {
    let (text, _) = written(measure, source);
    Diagnostic::new(
        Code::WrongUnit,
        measure.at.0,
        say!(
            lang,
            "`{text}` cannot be planned: it is hours or months that are",
            "`{text}` ne peut être prévu : ce sont des heures ou des mois"
        ),
    )
    .example(file_lang.pick("planned 12 months", "prévu 12 mois"))
}

/// A window that holds nothing.
pub fn empty_window(lang: Lang, condition: &ast::Condition, source: &str) -> Diagnostic {
    let text = single_blanks(condition.at.0.of(source));
    let diagnostic = Diagnostic::new(
        Code::EmptyWindow,
        condition.at.0,
        say!(lang, "nothing lies in `{text}`", "rien ne se trouve dans `{text}`"),
    );
    match swapped(condition, source) {
        Some((place, right)) => diagnostic
            .label(say!(lang, "ends before it begins", "finit avant de commencer"))
            .help(say!(
                lang,
                "the smaller bound comes first: exchange the two",
                "la plus petite borne vient d'abord : échangez les deux"
            ))
            .edit(place, right),
        None => diagnostic
            .label(say!(
                lang,
                "ends where it begins, or before",
                "finit là où elle commence, ou avant"
            ))
            .help(say!(
                lang,
                "the smaller bound comes first; the second one is not inside any more",
                "la plus petite borne vient d'abord ; la seconde n'en fait plus partie"
            )),
    }
}

/// The two numbers of a window exchanged, where they differ and have one unit.
fn swapped(condition: &ast::Condition, source: &str) -> Option<(Span, String)> {
    let (from, to) = match &condition.kind {
        ConditionKind::Window { from, to, .. } => (from, to),
        ConditionKind::Any(_)
        | ConditionKind::All(_)
        | ConditionKind::Not(_)
        | ConditionKind::Compare { .. }
        | ConditionKind::Times { .. }
        | ConditionKind::Day { .. }
        | ConditionKind::Fact(_) => return None,
    };
    let (first, second) = match (&from.quantity, &to.quantity) {
        (Quantity::Number(first), Quantity::Number(second)) => (first, second),
        (Quantity::Clock { .. }, _) | (_, Quantity::Clock { .. }) => return None,
    };
    if from.unit != to.unit || first.digits == second.digits {
        return None;
    }
    let (first, second) = (first.at.0, second.at.0);
    let between = Span { start: first.end, end: second.start };
    let right = [second, between, first].map(|span| span.of(source)).concat();
    Some((first.to(second), right))
}
