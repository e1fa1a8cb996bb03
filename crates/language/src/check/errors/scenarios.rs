//! Scenarios that can show nothing.

use super::with_nearest;
use crate::calendar::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::span::Span;
use crate::syntax::ast::Name;

/// So many labels are named; more are too many to be heard.
const MOST_NAMED: usize = 5;

/// A label that no invoice line of the schedule bears.
pub fn unknown_label(lang: Lang, label: &Name, known: &[&str]) -> Diagnostic {
    let text = &label.text;
    let message = say!(
        lang,
        "no invoice line of this schedule is labelled `{text}`",
        "aucune ligne de facture de cet échéancier n'a le libellé `{text}`"
    );
    let labels: Vec<String> = known.iter().map(|label| format!("`{label}`")).collect();
    let labels = lang.any_of(&labels);
    let advice = if (1..=MOST_NAMED).contains(&known.len()) {
        say!(
            lang,
            "a line is labelled {labels}; a deduction bears the label of its deposit",
            "une ligne a le libellé {labels} ; une déduction porte le libellé de son acompte"
        )
    } else {
        say!(
            lang,
            "write a label as it stands in the schedule; a deduction bears the label of its deposit",
            "écrivez un libellé tel qu'il figure dans l'échéancier ; une déduction porte le libellé de son acompte"
        )
    };
    let diagnostic = Diagnostic::new(Code::UnknownLabel, label.at.0, message);
    with_nearest(lang, diagnostic, label, known.iter().copied(), advice)
}

/// An acceptance on a line that the schedule does not have.
pub fn unknown_line(lang: Lang, label: &Name, known: &[&str]) -> Diagnostic {
    let text = &label.text;
    let message = say!(
        lang,
        "this schedule has no line `{text}`",
        "cet échéancier n'a pas de ligne `{text}`"
    );
    let labels: Vec<String> = known.iter().map(|label| format!("`{label}`")).collect();
    let labels = lang.any_of(&labels);
    let advice = if (1..=MOST_NAMED).contains(&known.len()) {
        say!(
            lang,
            "name {labels}; without a line, the whole property is accepted",
            "nommez {labels} ; sans ligne, la propriété entière est admise"
        )
    } else {
        say!(
            lang,
            "write a label as it stands in the schedule; without a line, the whole property is accepted",
            "écrivez un libellé tel qu'il figure dans l'échéancier ; sans ligne, la propriété entière est admise"
        )
    };
    let diagnostic = Diagnostic::new(Code::UnknownLabel, label.at.0, message);
    with_nearest(lang, diagnostic, label, known.iter().copied(), advice)
}

/// The label of a line that bills nothing.
pub fn label_of_nothing(lang: Lang, label: &Name) -> Diagnostic {
    let text = &label.text;
    Diagnostic::new(
        Code::UnknownLabel,
        label.at.0,
        say!(
            lang,
            "`{text}` bills `nothing`: this line stands on no invoice",
            "`{text}` facture `rien` : cette ligne ne figure sur aucune facture"
        ),
    )
    .help(say!(
        lang,
        "write `expect nothing`, or the deduction that gives a deposit back, under the deposit's label",
        "écrivez `attendu rien`, ou la déduction qui rend un acompte, sous le libellé de l'acompte"
    ))
}

/// The label of a line of itemised work.
pub fn itemised_label(lang: Lang, label: &Name) -> Diagnostic {
    let text = &label.text;
    Diagnostic::new(
        Code::ItemisedLabel,
        label.at.0,
        say!(lang, "`{text}` stands on no invoice: itemised work bears the names of the actions", "`{text}` ne figure sur aucune facture : le réalisé détaillé porte le nom des actions"),
    )
    .help(say!(lang, "expect one line for each action, under its name; or bill `work`, which is one line", "attendez une ligne par action, sous son nom ; ou facturez `réalisé`, qui fait une seule ligne"))
}

/// A scenario that states no expectation.
pub fn no_expectation(lang: Lang, file_lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NoExpectation,
        at,
        say!(lang, "this scenario expects nothing that could be checked", "ce scénario n'attend rien que l'on puisse vérifier"),
    )
    .help(say!(lang, "write what comes, `expect nothing` if no line does; `jalon test --bless` fills it in", "écrivez ce qui vient, `attendu rien` si aucune ligne ne vient ; `jalon test --bless` le remplit"))
    .example(file_lang.pick("expect 2025-07-05 \"Balance\" 720.00", "attendu 05/07/2025 \"Solde\" 720,00"))
}

/// `expect nothing` beside something.
pub fn expect_conflict(lang: Lang, nothing: Span, something: Span) -> Diagnostic {
    Diagnostic::new(
        Code::ExpectConflict,
        nothing,
        say!(
            lang,
            "this scenario expects nothing and something",
            "ce scénario n'attend rien et quelque chose"
        ),
    )
    .label(say!(lang, "nothing", "rien"))
    .other(something, say!(lang, "something", "quelque chose"))
    .help(say!(
        lang,
        "keep `expect nothing`, or the lines that come",
        "gardez `attendu rien`, ou les lignes qui viennent"
    ))
}

/// A scenario whose case falls into another version than the one that it stands under.
///
/// `falls` is the version that bills it: none, or the one that is in force from its day.
pub fn other_version(
    lang: Lang,
    at: Span,
    first: Date,
    stands: Option<Date>,
    falls: Option<Option<Date>>,
) -> Diagnostic {
    let first = lang.date(first);
    let version = |from: Option<Date>| match from {
        Some(from) => {
            let from = lang.date(from);
            say!(
                lang,
                "the version in force from {from}",
                "la version en vigueur à compter du {from}"
            )
        }
        None => say!(lang, "the version without a date", "la version sans date"),
    };
    let message = match falls {
        Some(falls) => {
            let (falls, stands) = (version(falls), version(stands));
            say!(
                lang,
                "this case begins on {first}: {falls} bills it, not {stands}",
                "ce dossier commence le {first} : c'est {falls} qui le facture, pas {stands}"
            )
        }
        None => say!(
            lang,
            "this case begins on {first}: no version is in force yet",
            "ce dossier commence le {first} : aucune version n'est encore en vigueur"
        ),
    };
    Diagnostic::new(Code::OtherVersion, at, message)
        .label(say!(lang, "its first event is on {first}", "son premier événement est du {first}"))
        .help(say!(
            lang,
            "move the scenario under that version, or change its dates",
            "placez le scénario sous cette version, ou changez ses dates"
        ))
}
