//! What clerks write and most likely do not mean.

use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::model::Line;
use crate::money::Currency;
use crate::span::Span;

/// Attendance without planned hours in the schedule.
pub fn no_planned_hours(lang: Lang, file_lang: Lang, at: Span, used: Option<&Line>) -> Diagnostic {
    let diagnostic =
    Diagnostic::new(
        Code::NoPlannedHours,
        at,
        say!(
            lang,
            "this schedule uses attendance and plans no hours",
            "cet échéancier utilise l'assiduité et ne prévoit pas d'heures"
        ),
    )
    .help(say!(
        lang,
        "add `planned … hours`: a case that does not state its own hours cannot be billed without",
        "ajoutez `prévu … heures` : sans elles, un dossier qui n'indique pas les siennes ne peut être facturé"
    ))
    .example(file_lang.pick("planned 10 hours", "prévu 10 heures"));
    used_here(lang, diagnostic, used)
}

fn used_here(lang: Lang, diagnostic: Diagnostic, line: Option<&Line>) -> Diagnostic {
    match line {
        Some(line) => diagnostic.other(line.span, say!(lang, "needed here", "nécessaire ici")),
        None => diagnostic,
    }
}

/// Pro rata duration without a planned duration in the schedule.
pub fn no_planned_duration(
    lang: Lang,
    file_lang: Lang,
    at: Span,
    used: Option<&Line>,
) -> Diagnostic {
    let diagnostic =
    Diagnostic::new(
        Code::NoPlannedDuration,
        at,
        say!(
            lang,
            "this schedule bills pro rata duration and plans no duration",
            "cet échéancier facture au prorata de la durée et ne prévoit pas de durée"
        ),
    )
    .help(say!(
        lang,
        "add `planned … months`: a case that does not state its own months cannot be billed without",
        "ajoutez `prévu … mois` : sans eux, un dossier qui n'indique pas les siens ne peut être facturé"
    ))
    .example(file_lang.pick("planned 12 months", "prévu 12 mois"));
    used_here(lang, diagnostic, used)
}

/// An amount as a reader writes it: groups of three digits, and the decimal mark of the language.
fn readable(lang: Lang, amount: &str) -> String {
    let (whole, decimals) = amount.split_once('.').unwrap_or((amount, ""));
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    if !decimals.is_empty() {
        text.push(lang.pick('.', ','));
        text.push_str(decimals);
    }
    text
}

/// A fixed amount on a trigger that comes again and again.
pub fn bills_once(
    lang: Lang,
    line: &Line,
    amount: &str,
    of: Option<String>,
    currency: Currency,
    (monthly, work): (bool, bool),
) -> Diagnostic {
    let (label, code) = (&line.label, currency.code());
    let amount = readable(lang, amount);
    let share = match of.map(|total| readable(lang, &total)) {
        Some(total) => say!(lang, "{amount} of {total} {code}", "{amount} sur {total} {code}"),
        None => format!("{amount} {code}"),
    };
    let again = if monthly {
        say!(lang, "month ends come again and again", "les fins de mois reviennent")
    } else {
        say!(lang, "its trigger may come again and again", "son déclencheur peut revenir")
    };
    Diagnostic::new(
        Code::BillsOnce,
        line.span,
        say!(lang, "`{label}` bills once, {share}: {again}, the line does not", "`{label}` facture une fois, {share} : {again}, pas la ligne"),
    )
    .help(if work {
        say!(
            lang,
            "to bill each time, bill `work`, or write one line for each date",
            "pour facturer à chaque fois, facturez `réalisé`, ou écrivez une ligne par date"
        )
    } else {
        say!(
            lang,
            "to bill each time, write one line for each date, as in `1 month after start`",
            "pour facturer à chaque fois, écrivez une ligne par date, comme `1 mois après le démarrage`"
        )
    })
}

/// Installments, then all of the price.
pub fn installments_not_deducted(lang: Lang, part: &Line, balance: &Line) -> Diagnostic {
    let (part_label, label) = (&part.label, &balance.label);
    Diagnostic::new(
        Code::InstallmentsNotDeducted,
        balance.span,
        say!(lang, "`{label}` bills the whole price on top of `{part_label}`", "`{label}` facture tout le tarif en plus de `{part_label}`"),
    )
    .other(part.span, say!(lang, "not deducted", "non déduite"))
    .help(say!(
        lang,
        "installments are not deducted: make `{part_label}` a `deposit`, or let `{label}` bill the `remainder`",
        "les échéances ne sont pas déduites : faites de `{part_label}` un `acompte`, ou que `{label}` facture le `reste`"
    ))
}

/// A balance after one that closes the case on the same trigger.
pub fn never_reached(lang: Lang, line: &Line, first: &Line) -> Diagnostic {
    let (label, earlier) = (&line.label, &first.label);
    Diagnostic::new(
        Code::NeverReached,
        line.span,
        say!(lang, "`{label}` can never fire: `{earlier}` closes the case first", "`{label}` ne peut jamais se déclencher : `{earlier}` clôt le dossier avant"),
    )
    .other(first.span, say!(lang, "closes the case", "clôt le dossier"))
    .help(say!(
        lang,
        "if the case goes on, write `installment`, or end the first line with `, stays open`; if the two exclude each other, give each its condition",
        "si le dossier continue, écrivez `échéance`, ou terminez la première ligne par `, reste ouvert` ; si les deux s'excluent, donnez à chacune sa condition"
    ))
}

/// A balance of nothing that gives a deposit back.
pub fn deposit_given_back(lang: Lang, line: &Line, deposit: &Line) -> Diagnostic {
    let (label, deposit_label) = (&line.label, &deposit.label);
    Diagnostic::new(
        Code::DepositGivenBack,
        line.span,
        say!(
            lang,
            "`{label}` gives `{deposit_label}` back if it was billed",
            "`{label}` rend `{deposit_label}` s'il a été facturé"
        ),
    )
    .other(
        deposit.span,
        say!(
            lang,
            "deducted by every balance, also one of nothing",
            "déduit par tout solde, même de rien"
        ),
    )
    .help(say!(
        lang,
        "if the deposit is to be kept, bill it here too: the same amount instead of `nothing`",
        "si l'acompte doit être gardé, facturez-le aussi ici : le même montant au lieu de `rien`"
    ))
}

/// `not duration …` where the case may not have started.
pub fn not_before_start(lang: Lang, line: &Line, simple: bool) -> Diagnostic {
    let label = &line.label;
    let right = if simple {
        say!(
            lang,
            "turn the comparison round (`>=` for `not <`), or add `started and`",
            "retournez la comparaison (`>=` pour `non <`), ou ajoutez `démarré et`"
        )
    } else {
        say!(
            lang,
            "write the comparison without `not`, or add `started and`",
            "écrivez la comparaison sans `non`, ou ajoutez `démarré et`"
        )
    };
    Diagnostic::new(
        Code::NotBeforeStart,
        line.span,
        say!(
            lang,
            "`{label}` also fires before the start: there `not duration …` is true",
            "`{label}` se déclenche aussi avant le démarrage : `non durée …` y est vrai"
        ),
    )
    .help(right)
}
