//! How often a line bills: what cannot come back, what comes once or twice where another number is meant.

use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::model::program::{Amount, Kind, Line};
use crate::model::{Civil, Line as CoreLine};
use crate::span::Span;
use crate::syntax::ways;

/// Work on a line that is looked at before a planned date.
pub fn work_before(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::CannotRepeat,
        at,
        say!(
            lang,
            "work cannot wait for a day before a planned date: the line would bill it every evening from then on",
            "du réalisé ne peut pas attendre un jour avant une date prévue : la ligne le facturerait chaque soir dès lors"
        ),
    )
    .help(say!(
        lang,
        "bill it `each month end`, or on an event",
        "facturez-le `à chaque fin de mois`, ou à un événement"
    ))
}

/// An amount that makes no sense twice.
pub fn cannot_repeat(lang: Lang, at: Span, amount: Amount) -> Diagnostic {
    let (message, help) = if let Amount::Percent { .. } = amount {
        (
            say!(
                lang,
                "a percentage that comes back every time would bill the price again and again",
                "un pourcentage qui revient à chaque fois facturerait le prix encore et encore"
            ),
            say!(
                lang,
                "cut it into parts: `90 % in 9 parts each month end`",
                "partagez-le : `90 % en 9 fois à chaque fin de mois`"
            ),
        )
    } else if let Amount::UpTo { .. } = amount {
        (
            say!(
                lang,
                "this brings the case to one share of the price: after the first time there is nothing left to do",
                "ce montant amène le dossier à une part du prix : après la première fois, il n'y a plus rien à faire"
            ),
            say!(lang, "write `on` instead of `each`", "écrivez `à` au lieu de `à chaque`"),
        )
    } else {
        (
            say!(
                lang,
                "this amount bills at most once in a case: it cannot come back every time",
                "ce montant se facture au plus une fois par dossier : il ne peut pas revenir à chaque fois"
            ),
            say!(
                lang,
                "write `on` instead of `each`; what comes back is a sum, the price of a period, parts, progress or work",
                "écrivez `à` au lieu de `à chaque` ; ce qui revient est une somme, le tarif d'une période, des parts, l'avancement ou du réalisé"
            ),
        )
    };
    Diagnostic::new(Code::CannotRepeat, at, message).help(help)
}

/// A closing balance, or a discount, that repeats; `timed` is whether it does so with time alone.
pub fn kind_cannot_repeat(lang: Lang, at: Span, line: &Line, timed: bool) -> Diagnostic {
    let once = || say!(lang, "write `on` instead of `each`", "écrivez `à` au lieu de `à chaque`");
    let (message, help) = if line.kind == Kind::Discount {
        (
            say!(
                lang,
                "a discount is given once: it cannot come back every time",
                "une remise est donnée une fois : elle ne peut pas revenir à chaque fois"
            ),
            if timed { ways::in_steps(lang) } else { ways::once_each(lang) },
        )
    } else {
        (
            say!(
                lang,
                "this balance closes the case, so it cannot come back",
                "ce solde clôt le dossier : il ne peut pas revenir"
            ),
            // Open as well, it bills such an amount once.
            if line.amount.may_repeat() {
                say!(
                    lang,
                    "add `, stays open`, or write `on` instead of `each`",
                    "ajoutez `, reste ouvert`, ou écrivez `à` au lieu de `à chaque`"
                )
            } else {
                once()
            },
        )
    };
    Diagnostic::new(Code::CannotRepeat, at, message).help(help)
}

/// `each` and `on` on one line.
pub fn each_and_on(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::CannotRepeat,
        at,
        say!(
            lang,
            "this line says both `each` (every time) and `on` (once)",
            "cette ligne dit à la fois `à chaque` (chaque fois) et `à` (une fois)"
        ),
    )
    .help(say!(
        lang,
        "`each` is of the whole line and written once: leave `on` out here, or make two lines of it",
        "`à chaque` vaut pour toute la ligne : écrivez-le ici aussi, ou faites-en deux lignes"
    ))
}

/// Parts on a line that fires once.
pub fn parts_without_each(lang: Lang, file_lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::CannotRepeat,
        at,
        say!(
            lang,
            "this amount is cut into parts, and the line fires only once",
            "ce montant est partagé, et la ligne ne se déclenche qu'une fois"
        ),
    )
    .help(say!(lang, "say when each part is billed", "dites quand chaque part est facturée"))
    .example(file_lang.pick(
        r#"installment "Part": 90 % in 9 parts each month end"#,
        r#"échéance "Mensualité": 90 % en 9 fois à chaque fin de mois"#,
    ))
}

/// A line that bills at the first end of a period alone; `each` is the period at whose ends it can come back.
pub fn bills_once(
    lang: Lang,
    file_lang: Lang,
    line: &CoreLine,
    (first, each): (Civil, Civil),
    amount: Amount,
) -> Diagnostic {
    let label = &line.label;
    let first = first.ending().bare(lang);
    let each = each.each_ending(file_lang);
    // A percentage may repeat in parts alone.
    let parts = matches!(amount, Amount::Percent { .. });
    let parts = if parts { file_lang.pick("90 % in 9 parts ", "90 % en 9 fois ") } else { "" };
    Diagnostic::new(
        Code::BillsOnce,
        line.span,
        say!(
            lang,
            "`{label}` bills once, at the first {first}: the others come, and the line does not",
            "`{label}` facture une fois, à la première {first} : les autres viennent, pas la ligne"
        ),
    )
    .help(say!(
        lang,
        "to bill each time, write `{parts}{each}`; if once is meant, add `accepts bills-once \"why\"` to the schedule",
        "pour facturer à chaque fois, écrivez `{parts}{each}` ; si une fois est ce qu'il faut, ajoutez à l'échéancier `admet facture-une-fois \"pourquoi\"`"
    ))
}

/// The price of a period that comes more than once in it, by one line or by two.
pub fn bills_twice(
    lang: Lang,
    civil: Civil,
    line: &CoreLine,
    first: Option<&CoreLine>,
) -> Diagnostic {
    let label = &line.label;
    let (each, period) = (civil.each(lang), civil.noun());
    let (_, du) = period.french_articles();
    let period = period.bare(lang);
    let of = say!(lang, "the price of the {period}", "le tarif {du}{period}");
    let message = match first {
        None => say!(
            lang,
            "`{label}` waits for more than one day {each}: {of} is billed at each of them",
            "`{label}` attend plus d'un jour {each} : {of} est facturé à chacun d'eux"
        ),
        Some(first) => say!(
            lang,
            "`{}` and `{label}` both bill {of}, {each}",
            "`{}` et `{label}` facturent toutes deux {of}, {each}",
            first.label
        ),
    };
    let help = say!(
        lang,
        "keep one of the two; if both are meant, add `accepts bills-twice \"why\"` to the schedule",
        "gardez l'un des deux ; si les deux sont voulus, ajoutez à l'échéancier `admet facture-deux-fois \"pourquoi\"`"
    );
    let found = Diagnostic::new(Code::BillsTwice, line.span, message).help(help);
    match first {
        Some(first) => found.other(first.span, say!(lang, "bills it, too", "le facture aussi")),
        None => found,
    }
}
