//! What the language cannot say, and what says the nearest to it: the words of it in both languages.
//!
//! No advice here has an edit unless it means what was written.

use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::span::Span;

/// A phrase that is no moment of the calendar or of a case.
pub fn no_such_moment(lang: Lang, at: Span, written: &str) -> Diagnostic {
    Diagnostic::new(
        Code::Syntax,
        at,
        say!(
            lang,
            "the language has no moment `{written}`",
            "le langage n'a pas de moment `{written}`"
        ),
    )
}

/// The end of a quarter, of a year, of a week.
pub fn only_month_ends(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "the calendar has `month end`, dates (`2026-03-31`) and `3 months after start`: write a line for each date; joined by `or`, a share or an amount bills once, `work` each time",
        "le calendrier a `fin de mois`, les dates (`31/03/2026`) et `3 mois après le démarrage` : écrivez une ligne pour chaque date ; joints par `ou`, une part ou un montant ne se facturent qu'une fois, `réalisé` à chaque fois"
    ))
}

/// The beginning of a month or of another period: `start` is that of the case.
pub fn no_beginnings(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "`start` is the start of the case, and the calendar knows the end of a month (`on month end`), not its beginning: write that, or a line for each date (`on 2026-02-01`)",
        "`démarrage` est celui du dossier, et le calendrier connaît la fin d'un mois (`en fin de mois`), pas son début : écrivez-la, ou une ligne pour chaque date (`le 01/02/2026`)"
    ))
}

/// Each month, quarter, year: a share or an amount bills once.
pub fn each_period(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "only `work on month end` bills again and again; a share or an amount bills once: write a line for each time (`1 month after start`, `2 months after start`)",
        "seul `réalisé en fin de mois` se facture plusieurs fois ; une part ou un montant ne se facturent qu'une fois : écrivez une ligne pour chaque fois (`1 mois après le démarrage`, `2 mois après le démarrage`)"
    ))
}

/// `end of the training`: a milestone is that of the case.
pub fn milestone_of_the_case(
    lang: Lang,
    diagnostic: Diagnostic,
    milestone: &str,
    rest: &str,
) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "`{milestone}` is that of the case: delete `{rest}` if this is what you mean; anything else that happens is an event with a name (`event \"…\"`)",
        "`{milestone}` s'entend du dossier : supprimez `{rest}` si c'est ce que vous voulez dire ; tout autre fait est un événement avec un nom (`événement \"…\"`)"
    ))
}

/// A length of time that counts from something else than the start, or towards something.
pub fn counts_from_the_start(lang: Lang, diagnostic: Diagnostic, rest: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "`duration` counts from the start of the case; no condition counts `{rest}`: let an event of the case say it (`if event \"…\" happened`), or let the line wait (`14 days after signature`)",
        "`durée` se compte depuis le démarrage du dossier ; aucune condition ne compte `{rest}` : faites-le dire par un événement du dossier (`si événement \"…\" survenu`), ou faites attendre la ligne (`14 jours après la signature`)"
    ))
}

/// Something that is counted, and is neither time nor attendance nor hours.
pub fn not_counted(lang: Lang, diagnostic: Diagnostic, what: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a condition compares `duration`, `attendance` or `hours`; it does not count `{what}`: let an event of the case say it (`if event \"…\" happened`)",
        "une condition compare `durée`, `assiduité` ou `heures` ; elle ne compte pas `{what}` : faites-le dire par un événement du dossier (`si événement \"…\" survenu`)"
    ))
}

/// A bare number is compared with nothing.
pub fn what_is_compared(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "write what is compared, and the unit: `duration >= 4 months`, `attendance >= 80 %`, `hours >= 10`",
        "écrivez ce qui est comparé, et l'unité : `durée >= 4 mois`, `assiduité >= 80 %`, `heures >= 10`"
    ))
}

/// The bounds of an hourly price are hours.
pub fn bounds_are_hours(lang: Lang, diagnostic: Diagnostic, what: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "an hourly price has its bounds in hours (`at least 3 hours`, `at most 24 hours`), not in `{what}`",
        "un tarif horaire a ses bornes en heures (`au moins 3 heures`, `au plus 24 heures`), pas en `{what}`"
    ))
}

/// Both bounds of `between … and …` may be meant to belong to it.
pub fn between(lang: Lang, diagnostic: Diagnostic, window: &str, both: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "write `{window}`, which leaves the last value out; to take it in, write `{both}`",
        "écrivez `{window}`, qui exclut la dernière valeur ; pour l'inclure, écrivez `{both}`"
    ))
}

/// A price for something that is not counted.
pub fn price_per(lang: Lang, diagnostic: Diagnostic, what: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a price is for the case (`fixed`), for an hour (`hourly`) or for each action (`per action`); the language does not count `{what}`",
        "un tarif vaut pour le dossier (`forfait`), pour une heure (`horaire`) ou pour chaque action (`par action`) ; le langage ne compte pas `{what}`"
    ))
}

/// An amount of a line for each of something.
pub fn amount_per(lang: Lang, diagnostic: Diagnostic, what: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "an amount of a line is for the whole case, not for each `{what}`; what is counted is hours or actions, by the price, and the line then bills `work`",
        "le montant d'une ligne vaut pour tout le dossier, pas pour chaque `{what}` ; ce qui se compte, ce sont les heures ou les actions, par le tarif, et la ligne facture alors `réalisé`"
    ))
}

/// A share of something else than the price.
pub fn share_of_the_price(lang: Lang, diagnostic: Diagnostic, rest: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a percentage is always of the price, never `{rest}`: write it as a share of the price, or `remainder` for all that is left of it",
        "un pourcentage est toujours une part du tarif, jamais `{rest}` : écrivez-le ainsi, ou `reste` pour tout ce qui en reste"
    ))
}

/// Moments joined otherwise than by `or`, where the line bills once.
pub fn once_or_each(lang: Lang, diagnostic: Diagnostic, or: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "to bill once, at the first of several moments, join them by `{or}`; to bill at each, write a line for each",
        "pour facturer une fois, au premier de plusieurs moments, joignez-les par `{or}` ; pour facturer à chacun, écrivez une ligne pour chacun"
    ))
}

/// `unless`, where the condition that follows is not understood.
pub fn unless(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "write `if not` and the condition: `if not started`, `if not (started or signed)`",
        "écrivez `si non` et la condition : `si non démarré`, `si non (démarré ou signé)`"
    ))
}

/// `only if`, where the condition that follows is not understood.
pub fn only_if(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a condition begins with `if`: `if started`, `if duration < 4 months`",
        "une condition commence par `si` : `si démarré`, `si durée < 4 mois`"
    ))
}

/// When an invoice is sent or paid.
pub fn not_when_paid(lang: Lang, diagnostic: Diagnostic, event: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a line says when it is billed, not when its invoice is sent, due or paid; if a payment is what it waits for, write `{event}`, and record it among the events of the case",
        "une ligne dit quand elle est facturée, pas quand sa facture est envoyée, échue ou payée ; si elle attend un paiement, écrivez `{event}`, à enregistrer parmi les événements du dossier"
    ))
}

/// A moment of the trade that is a milestone of the case, if it is what is meant.
pub fn milestone_or_event(
    lang: Lang,
    diagnostic: Diagnostic,
    (milestone, when): (&str, &str),
    event: &str,
) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "write `{milestone}` if {when}; else `{event}`, and record it among the events of the case",
        "écrivez `{milestone}` si {when} ; sinon `{event}`, à enregistrer parmi les événements du dossier"
    ))
}

/// A moment of one's own.
pub fn own_moment(lang: Lang, diagnostic: Diagnostic, event: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a moment of your own is an event with a name: write `{event}`, and record it among the events of the case",
        "un moment à vous est un événement avec un nom : écrivez `{event}`, à enregistrer parmi les événements du dossier"
    ))
}

/// A line's kind that may be meant in more ways than one.
pub fn three_kinds(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "what is billed is a `deposit` (the balance deducts it), an `installment` (a part of the price for good) or a `balance` (it settles and closes the case)",
        "ce qui est facturé est un `acompte` (le solde le déduit), une `échéance` (une part du tarif, définitive) ou un `solde` (il règle et clôt le dossier)"
    ))
}

/// A security is no part of the price.
pub fn no_security(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a schedule bills the price; a security that is given back is no part of it and stands outside; an advance on the price is a `deposit`",
        "un échéancier facture le tarif ; une caution rendue n'en fait pas partie et reste en dehors ; une avance sur le tarif est un `acompte`"
    ))
}

/// Taxes are not billed by the schedule.
pub fn before_tax(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "amounts are before tax, and the schedule does not say the tax: delete the line, or write `#` before it as a remark",
        "les montants sont hors taxe, et l'échéancier ne dit pas la taxe : supprimez la ligne, ou écrivez `#` devant pour en faire une remarque"
    ))
}

/// A reduction is no line.
pub fn no_discount(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "no line is below zero: write the price that was agreed, or lines with a condition for each price (`if event \"…\" happened`)",
        "aucune ligne n'est négative : écrivez le tarif convenu, ou une ligne pour chaque tarif avec une condition (`si événement \"…\" survenu`)"
    ))
}

/// A second `if` after alternatives: `and` binds tighter than `or`.
pub fn joined_alternatives(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "conditions are joined by `and`, alternatives in parentheses: `(… or …) and …`",
        "les conditions se joignent par `et`, les alternatives entre parenthèses : `(… ou …) et …`"
    ))
}

/// A delay counts from the start or the signature, and forward.
pub fn delays(lang: Lang, diagnostic: Diagnostic, rest: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a delay counts from the start or the signature, and forward (`3 months after start`), not `{rest}`: write a date, or an event of the case (`on event \"…\"`)",
        "un délai se compte depuis le démarrage ou la signature, vers l'avant (`3 mois après le démarrage`), pas `{rest}` : écrivez une date, ou un événement du dossier (`à l'événement \"…\"`)"
    ))
}

/// A limit of time where a moment stands.
pub fn no_limits(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a line waits for a moment (`on 2026-01-01`, `14 days after signature`), not until one; a limit of time is a condition, and counts from the start (`if duration < 4 months`)",
        "une ligne attend un moment (`le 01/01/2026`, `14 jours après la signature`), pas une limite ; une limite de temps est une condition, comptée depuis le démarrage (`si durée < 4 mois`)"
    ))
}

/// A time after a trigger: `on abandonment after 4 months`.
pub fn time_is_a_condition(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "how much time has passed is a condition, counted from the start: `if started`, `if not started`, `if duration < 4 months`, `if duration >= 4 months`",
        "le temps écoulé est une condition, comptée depuis le démarrage : `si démarré`, `si non démarré`, `si durée < 4 mois`, `si durée >= 4 mois`"
    ))
}

/// A day of each month.
pub fn day_of_the_month(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "of each month the calendar has only the end (`on month end`): write that, or a line for each date (`on 2026-02-05`)",
        "de chaque mois, le calendrier n'a que la fin (`en fin de mois`) : écrivez-la, ou une ligne pour chaque date (`le 05/02/2026`)"
    ))
}

/// A fact of one's own in a condition.
pub fn own_fact(lang: Lang, diagnostic: Diagnostic, fact: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a fact of your own is an event with a name: write `{fact}`, and record it among the events of the case",
        "un fait à vous est un événement avec un nom : écrivez `{fact}`, à enregistrer parmi les événements du dossier"
    ))
}

/// A fact that is one of the language, if it is what is meant.
pub fn fact_or_event(
    lang: Lang,
    diagnostic: Diagnostic,
    (fact, when): (&str, &str),
    event: &str,
) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "write `{fact}` if {when}; else `{event}`, and record it among the events of the case",
        "écrivez `{fact}` si {when} ; sinon `{event}`, à enregistrer parmi les événements du dossier"
    ))
}

/// A smallest or largest amount.
pub fn no_least_amount(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "the amount of a line is exact: it has no least and no most; only an hourly price has bounds, in hours (`at least 3 hours`)",
        "le montant d'une ligne est exact : il n'a ni minimum ni maximum ; seul un tarif horaire a des bornes, en heures (`au moins 3 heures`)"
    ))
}

/// A third has no exact percentage.
pub fn in_parts(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a share is a percentage: a third is `33.33 %`, twice, and `remainder` on the last line",
        "une part est un pourcentage : un tiers s'écrit `33,33 %`, deux fois, puis `reste` sur la dernière ligne"
    ))
}
