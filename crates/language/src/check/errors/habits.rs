//! What clerks write and most likely do not mean.

use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::model::written::quoted;
use crate::model::{Amount, Line, When};
use crate::money::{Currency, Money};
use crate::span::Span;
use crate::syntax::ast::{self, TriggerKind};
use crate::syntax::ways;

/// A share of the planned hours, of which the schedule states none.
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

/// A number without a currency or `%` where a percentage may be meant.
pub fn bare_amount(
    lang: Lang,
    at: Span,
    written: &str,
    amount: &str,
    currency: Currency,
) -> Diagnostic {
    let (amount, code) = (readable(lang, amount), currency.code());
    let help = match ways::in_percent(written) {
        Some(percent) => say!(
            lang,
            "write `{percent} %` or `{written} %` for a share of the price, whichever is meant, `{written} {code}` for the amount",
            "écrivez `{percent} %` ou `{written} %` pour une part du tarif, selon ce que vous voulez dire, `{written} {code}` pour le montant"
        ),
        None => say!(
            lang,
            "write `{written} %` for a share of the price, `{written} {code}` for the amount",
            "écrivez `{written} %` pour une part du tarif, `{written} {code}` pour le montant"
        ),
    };
    Diagnostic::new(
        Code::BareAmount,
        at,
        say!(
            lang,
            "`{written}` is {amount} {code}: is a percentage meant?",
            "`{written}` fait {amount} {code} : est-ce un pourcentage ?"
        ),
    )
    .help(help)
}

/// A balance that closes at the first month end.
pub fn closes_early(lang: Lang, line: &Line) -> Diagnostic {
    let label = &line.label;
    Diagnostic::new(
        Code::ClosesEarly,
        line.span,
        say!(
            lang,
            "`{label}` closes the case at the first month end; nothing is billed after it",
            "`{label}` clôt le dossier à la première fin de mois ; plus rien n'est facturé ensuite"
        ),
    )
    .help(say!(
        lang,
        "add `, stays open` to the line, or write `installment` for `balance`",
        "ajoutez `, reste ouvert` à la ligne, ou écrivez `échéance` au lieu de `solde`"
    ))
}

/// What a line that fires once bills.
pub enum Once {
    /// So much.
    Amount(Money),
    /// What it comes to on that day.
    ThatDay,
}

impl Once {
    /// Of a line of this amount, whose sum may be known; none where it bills nothing.
    pub fn of(amount: Amount, stated: impl FnOnce() -> Option<Money>) -> Option<Once> {
        if !amount.is_open() {
            stated().map(Once::Amount)
        } else if amount.once() {
            Some(Once::ThatDay)
        } else {
            None
        }
    }
}

/// A share or a sum that waits for one of several dates.
pub fn first_date_alone(
    (lang, file_lang): (Lang, Lang),
    line: &ast::Line,
    at: Span,
    source: &str,
) -> Diagnostic {
    let label = &line.label.text;
    let dates: Vec<&str> = line
        .triggers
        .iter()
        .filter_map(|trigger| {
            if let TriggerKind::Date(date) = &trigger.kind {
                Some(date.at.0.of(source))
            } else {
                None
            }
        })
        .collect();
    let all = dates.join(file_lang.pick(" and ", " et le "));
    let all = format!("{} {all}", file_lang.pick("on", "le"));
    Diagnostic::new(
        Code::BillsOnce,
        at,
        say!(
            lang,
            "`{label}` bills once, on the first of these dates that comes: the others bill nothing more",
            "`{label}` facture une fois, à la première de ces dates qui vient : les autres ne facturent rien de plus"
        ),
    )
    .help(say!(
        lang,
        "to bill on each of them, write `{all}`; if the first alone is meant, add `accepts bills-once \"why\"` to the schedule",
        "pour facturer à chacune, écrivez `{all}` ; si seule la première est voulue, ajoutez à l'échéancier `admet facture-une-fois \"pourquoi\"`"
    ))
}

/// The amount of an action, billed by a line of its own and again as work.
pub fn worked_and_billed(
    lang: Lang,
    (line, at): (&ast::Line, Span),
    (action, declared): (&ast::Name, Span),
    worth: &str,
    work: &ast::Line,
) -> Diagnostic {
    let (label, work_label, name) = (&line.label.text, &work.label.text, &action.text);
    let worth = lang.digits(worth);
    Diagnostic::new(
        Code::BillsTwice,
        at,
        say!(
            lang,
            "`{label}` bills {worth} for the action `{name}`, and `{work_label}` bills the same {worth} as work",
            "`{label}` facture {worth} pour l'action `{name}`, et `{work_label}` facture les mêmes {worth} comme réalisé"
        ),
    )
    .other(declared, say!(lang, "worth {worth} each time", "vaut {worth} à chaque fois"))
    .help(say!(
        lang,
        "leave `{label}` out, as `{work_label}` bills the action; if both are meant, add `accepts bills-twice \"why\"` to the schedule",
        "retirez `{label}`, puisque `{work_label}` facture l'action ; si les deux sont voulus, ajoutez à l'échéancier `admet facture-deux-fois \"pourquoi\"`"
    ))
}

/// A line that fires once, on a trigger that comes again and again.
pub fn bills_once(
    lang: Lang,
    line: &Line,
    (bills, of, currency): (Once, Option<Money>, Currency),
    (monthly, work): (bool, bool),
) -> Diagnostic {
    let (label, code) = (&line.label, currency.code());
    let named = line.triggers.iter().find_map(|when| match when {
        When::Subject(subject) => Some(subject),
        When::Milestone(_) | When::Calendar(_) => None,
    });
    let money = |amount: Money| lang.digits(currency.show(amount));
    let share = match (bills, of.map(money)) {
        (Once::Amount(amount), Some(total)) => {
            let amount = money(amount);
            say!(lang, "{amount} of {total} {code}", "{amount} sur {total} {code}")
        }
        (Once::Amount(amount), None) => format!("{} {code}", money(amount)),
        (Once::ThatDay, _) => {
            say!(lang, "what it comes to the first time", "ce qu'elle atteint la première fois")
        }
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
    .help(if monthly && matches!(line.amount, Amount::Sum(_)) {
        say!(
            lang,
            "to bill each time, write `each month end` in place of `on month end`",
            "pour facturer à chaque fois, écrivez `à chaque fin de mois` au lieu de `en fin de mois`"
        )
    } else if let Some(subject) = named {
        let each = lang.pick("each", "à chaque");
        let each = format!("{each} {} {}", subject.kind.noun().bare(lang), quoted(&subject.name));
        if matches!(line.amount, Amount::Sum(_)) {
            say!(
                lang,
                "to bill each time, write `{each}`",
                "pour facturer à chaque fois, écrivez `{each}`"
            )
        } else {
            say!(
                lang,
                "to bill each time, write a sum `{each}`, or a percentage in parts, as in `90 % in 9 parts {each}`",
                "pour facturer à chaque fois, écrivez une somme `{each}`, ou un pourcentage en parts, comme `90 % en 9 fois {each}`"
            )
        }
    } else if work {
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

/// A warning that the file accepts, and that is not due.
pub fn accepted_for_nothing(lang: Lang, code: Code, at: Span) -> Diagnostic {
    let name = code.called(lang);
    Diagnostic::new(
        code,
        at,
        say!(
            lang,
            "`{name}` is accepted, and no case does it",
            "`{name}` est admis, et aucun dossier ne le fait"
        ),
    )
    .help(say!(lang, "remove the acceptance", "retirez l'acceptation"))
}

/// How a file says that a warning is meant.
pub(super) fn meant(lang: Lang, code: Code) -> String {
    let name = code.called(lang);
    say!(
        lang,
        "if that is agreed, add `accepts {name} \"why\"` to the schedule",
        "si c'est convenu, ajoutez à l'échéancier `admet {name} \"pourquoi\"`"
    )
}

/// Installments, then all of the price.
pub fn installments_not_deducted(lang: Lang, part: &Line, balance: &Line) -> Diagnostic {
    let (part_label, label) = (&part.label, &balance.label);
    let meant = meant(lang, Code::InstallmentsNotDeducted);
    Diagnostic::new(
        Code::InstallmentsNotDeducted,
        balance.span,
        say!(
            lang,
            "`{label}` bills the whole price on top of `{part_label}`",
            "`{label}` facture tout le tarif en plus de `{part_label}`"
        ),
    )
    .other(part.span, say!(lang, "not deducted", "non déduite"))
    .help(say!(
        lang,
        "installments are not deducted: let `{label}` bill the `remainder`; {meant}",
        "les échéances ne sont pas déduites : que `{label}` facture le `reste` ; {meant}"
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

/// Balances of nothing that give a deposit back.
pub fn deposit_given_back(lang: Lang, lines: &[&Line], deposit: &Line) -> Diagnostic {
    let labels: Vec<String> = lines.iter().map(|line| format!("`{}`", line.label)).collect();
    let (labels, deposit_label) = (lang.all_of(&labels), &deposit.label);
    let meant = meant(lang, Code::DepositGivenBack);
    let at = lines.first().map_or(deposit.span, |line| line.span);
    let message = if lines.len() > 1 {
        say!(
            lang,
            "{labels} give `{deposit_label}` back if it was billed",
            "{labels} rendent `{deposit_label}` s'il a été facturé"
        )
    } else {
        say!(
            lang,
            "{labels} gives `{deposit_label}` back if it was billed",
            "{labels} rend `{deposit_label}` s'il a été facturé"
        )
    };
    let mut diagnostic = Diagnostic::new(Code::DepositGivenBack, at, message).other(
        deposit.span,
        say!(
            lang,
            "deducted by every balance, also one of nothing",
            "déduit par tout solde, même de rien"
        ),
    );
    for line in lines.iter().skip(1) {
        diagnostic = diagnostic.other(line.span, say!(lang, "this one too", "celui-ci aussi"));
    }
    diagnostic.help(say!(
        lang,
        "{meant}; a deposit is kept by a balance that bills as much, in the cases that owe it; a fee that stays due is an `installment`",
        "{meant} ; un acompte est gardé par un solde qui facture autant, dans les dossiers qui le doivent ; des frais qui restent dus sont une `échéance`"
    ))
}

/// `not duration …` where the case may not have started; `turned` is the comparator that is negated
/// by itself, and its contrary.
pub fn not_before_start(
    lang: Lang,
    line: &Line,
    turned: Option<(&'static str, &'static str)>,
) -> Diagnostic {
    let label = &line.label;
    let right = match turned {
        Some((written, contrary)) => say!(
            lang,
            "turn the comparison round (`{contrary}` for `not … {written}`), or add `started and`; if a case that never started is meant as well, write `not started or duration {contrary} …`",
            "retournez la comparaison (`{contrary}` pour `non … {written}`), ou ajoutez `démarré et` ; si un dossier jamais démarré est visé aussi, écrivez `non démarré ou durée {contrary} …`"
        ),
        None => say!(
            lang,
            "write the condition without `not`, or add `started and`; if a case that never started is meant as well, say so with `not started or`",
            "écrivez la condition sans `non`, ou ajoutez `démarré et` ; si un dossier jamais démarré est visé aussi, dites-le par `non démarré ou`"
        ),
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

/// A line that asks for what, on a day on which both come, comes after what it waits for.
pub fn later_that_day(
    lang: Lang,
    line: &ast::Line,
    at: Span,
    (waits, asks): (Span, Span),
    source: &str,
) -> Diagnostic {
    let (label, waits, fact) = (&line.label.text, waits.of(source), asks.of(source));
    Diagnostic::new(
        Code::SameDay,
        at,
        say!(
            lang,
            "where both come on one day, `{fact}` does not hold yet at `{waits}`: `{label}` does not fire",
            "si les deux tombent le même jour, `{fact}` ne vaut pas encore à `{waits}` : `{label}` ne se déclenche pas"
        ),
    )
    .help(say!(
        lang,
        "let the line wait for both and ask for both, as in `on signature or start if signed and started`: it fires once the second has come; if it is agreed, add `accepts same-day \"why\"` to the schedule",
        "faites attendre et demander les deux par la ligne, comme dans `à la signature ou au démarrage si signé et démarré` : elle se déclenche quand le second est venu ; si c'est convenu, ajoutez à l'échéancier `admet même-jour \"pourquoi\"`"
    ))
}
