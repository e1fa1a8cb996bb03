//! What a case never bills: lines behind its closing, days of a period, work within what is included.

use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::model::{Civil, Line as CoreLine};
use crate::span::Span;

/// A balance that closes a case before its start, and a line that waits for what comes then.
pub fn closes_before_start(lang: Lang, line: &CoreLine, later: &CoreLine) -> Diagnostic {
    let (label, other) = (&line.label, &later.label);
    Diagnostic::new(
        Code::ClosesEarly,
        line.span,
        say!(
            lang,
            "`{label}` closes the case before its planned start: in a case that starts as planned, `{other}` never bills",
            "`{label}` clôt le dossier avant son démarrage prévu : dans un dossier qui démarre comme prévu, `{other}` ne facture jamais"
        ),
    )
    .other(later.span, say!(lang, "this line comes later", "cette ligne vient plus tard"))
    .help(say!(
        lang,
        "add `, stays open` to the line, or write `installment` for `balance`",
        "ajoutez `, reste ouvert` à la ligne, ou écrivez `échéance` au lieu de `solde`"
    ))
}

/// A line that closes the case while the days of a period run.
pub fn days_unbilled(lang: Lang, closing: &CoreLine, pro_rata: &CoreLine) -> Diagnostic {
    let (label, of) = (&closing.label, &pro_rata.label);
    Diagnostic::new(
        Code::DaysUnbilled,
        closing.span,
        say!(
            lang,
            "`{label}` can close the case before it ends: the days of `{of}` that have run since its last period are then never billed",
            "`{label}` peut clore le dossier avant sa fin : les jours de `{of}` courus depuis la dernière période ne sont alors jamais facturés"
        ),
    )
    .other(pro_rata.span, say!(lang, "billed by the day", "facturée au jour"))
    .help(say!(
        lang,
        "let it close the case `on end or abandonment`, or end the line with `, stays open`; if it is agreed, add `accepts days-unbilled \"why\"` to the schedule",
        "clôturez le dossier `à la fin ou à l'abandon`, ou terminez la ligne par `, reste ouvert` ; si c'est convenu, ajoutez à l'échéancier `admet jours-non-facturés \"pourquoi\"`"
    ))
}

/// A price of a period that is billed at its end only, and a line that closes the case before and bills nothing.
pub fn last_period_unbilled(
    lang: Lang,
    (civil, at_its_end, is_from_start): (Civil, bool, bool),
    period: &CoreLine,
    (closing, billed): (&CoreLine, Option<&CoreLine>),
) -> Diagnostic {
    let (label, out, only) = (&period.label, &closing.label, only(lang, billed));
    let end = civil.each_ending(lang);
    // A quarter is no length of its own.
    let each = match civil.months() {
        1 | 12 => civil.each(lang),
        months => say!(lang, "each {months} months", "tous les {months} mois"),
    };
    let from = say!(lang, "{each} from start", "{each} à compter du démarrage");
    // Days are billed where a period ends by the calendar.
    let by_the_day = match at_its_end {
        true => {
            say!(lang, "end the line with `, pro rata`", "terminez la ligne par `, au prorata`")
        }
        false => say!(lang, "write `{end}, pro rata`", "écrivez `{end}, au prorata`"),
    };
    Diagnostic::new(
        Code::DaysUnbilled,
        period.span,
        say!(
            lang,
            "`{label}` bills a period once it is over: of the price of the one in which `{out}` closes the case, {only}",
            "`{label}` facture une période une fois finie : du tarif de celle où `{out}` clôt le dossier, {only}"
        ),
    )
    .other(closing.span, say!(lang, "bills nothing of it", "n'en facture rien"))
    .help(if is_from_start {
        say!(
            lang,
            "to bill the days run, {by_the_day}; to bill in advance, write `{from}`; if it is agreed, add `accepts days-unbilled \"why\"` to the schedule",
            "pour facturer les jours courus, {by_the_day} ; pour facturer d'avance, écrivez `{from}` ; si c'est convenu, ajoutez à l'échéancier `admet jours-non-facturés \"pourquoi\"`"
        )
    } else {
        // Any other rhythm would count from another day.
        say!(
            lang,
            "let `{out}` bill what that period owes; if it is agreed, add `accepts days-unbilled \"why\"` to the schedule",
            "faites facturer par `{out}` ce que doit cette période ; si c'est convenu, ajoutez à l'échéancier `admet jours-non-facturés \"pourquoi\"`"
        )
    })
}

/// What is billed of a period that is not paid for: nothing, or a sum that is less than its price.
fn only(lang: Lang, billed: Option<&CoreLine>) -> String {
    match billed {
        None => say!(lang, "nothing is billed", "rien n'est facturé"),
        Some(line) => {
            let label = &line.label;
            say!(
                lang,
                "only `{label}` is billed, less than the price of a period",
                "on ne facture que `{label}`, moins que le prix d'une période"
            )
        }
    }
}

/// A price of a period that begins on a day of the month, in a case that begins on another.
pub fn first_days_unbilled(
    lang: Lang,
    period: &CoreLine,
    at_most: Option<u32>,
    billed: Option<&CoreLine>,
) -> Diagnostic {
    let (label, only) = (&period.label, only(lang, billed));
    let after = at_most.map_or(String::new(), |most| {
        say!(
            lang,
            ", nor of those after it has billed {most} times",
            ", ni de ceux qui suivent les {most} fois"
        )
    });
    Diagnostic::new(
        Code::DaysUnbilled,
        period.span,
        say!(
            lang,
            "`{label}` bills the period that begins on its day: of the days from the start of a case to the first such day, {only}{after}",
            "`{label}` facture la période qui commence à son jour : des jours entre le démarrage d'un dossier et le premier jour de ce genre, {only}{after}"
        ),
    )
    .help(say!(
        lang,
        "to bill from the start on, write `each month from start`; if every case starts on that day, or if it is agreed, add `accepts days-unbilled \"why\"` to the schedule",
        "pour facturer dès le démarrage, écrivez `chaque mois à compter du démarrage` ; si tout dossier démarre ce jour-là, ou si c'est convenu, ajoutez à l'échéancier `admet jours-non-facturés \"pourquoi\"`"
    ))
}

/// A cap of an action within what is included.
pub fn rates_past_a_cap(lang: Lang, at: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NeverReached,
        at,
        say!(
            lang,
            "nothing of `{name}` is ever billed: this limit lies within what is included",
            "rien de `{name}` n'est jamais facturé : cette limite tombe dans ce qui est inclus"
        ),
    )
    .help(say!(
        lang,
        "the limit counts everything, what is included, too: raise it, or write `not billed`",
        "la limite compte tout, même ce qui est inclus : relevez-la, ou écrivez `non facturée`"
    ))
}
