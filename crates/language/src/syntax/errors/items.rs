//! Items, lines and words that stand where something else is expected.

use super::super::place::Place;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::span::Span;

/// Something that is stated twice and may be stated once.
pub fn stated_twice(lang: Lang, at: Span, first: Span) -> Diagnostic {
    Diagnostic::new(
        Code::DuplicateItem,
        at,
        say!(lang, "this is stated twice", "ceci est indiqué deux fois"),
    )
    .label(say!(lang, "again here", "encore ici"))
    .other(first, say!(lang, "first here", "d'abord ici"))
    .help(say!(lang, "keep the one that is right", "ne gardez que la bonne indication"))
}

/// A tax that stands behind what it may be of, or may not.
pub fn tax_without_comma(lang: Lang, at: Span, before: Span, written: &str) -> Diagnostic {
    let help = say!(
        lang,
        "for what stands before it alone, set it off by a comma: `, {written}`; for the whole schedule, write it on a line of its own",
        "pour ce qui précède seulement, mettez une virgule : `, {written}` ; pour tout l'échéancier, écrivez-la sur sa propre ligne"
    );
    let message = say!(
        lang,
        "it is not clear what this tax is of",
        "on ne sait pas à quoi s'applique cette TVA"
    );
    Diagnostic::new(Code::MisplacedOption, at, message).help(help).edit(before.after(), ",")
}

/// The grammar reads what no reader knows: a fault of the program, which must not pass as no line.
pub fn grammar_and_reader_disagree(lang: Lang, at: Span, rule: &str) -> Diagnostic {
    Diagnostic::new(
        Code::ProgramFault,
        at,
        say!(
            lang,
            "the program reads this and does not know what it means (`{rule}`)",
            "le programme lit ceci et ne sait pas ce que cela veut dire (`{rule}`)"
        ),
    )
    .help(say!(
        lang,
        "the fault is the program's, not yours: please report it with this line",
        "la faute est celle du programme, pas la vôtre : merci de la signaler avec cette ligne"
    ))
}

/// A word that cannot stand where it stands.
pub fn unexpected(lang: Lang, at: Span, found: &str, expected: &[String]) -> Diagnostic {
    let message = say!(lang, "`{found}` is not understood here", "`{found}` n'est pas compris ici");
    let diagnostic = Diagnostic::new(Code::Syntax, at, message);
    if expected.is_empty() {
        diagnostic
            .label(say!(
                lang,
                "the line is complete before this",
                "la ligne est complète avant ceci"
            ))
            .help(say!(
                lang,
                "delete what follows, if the line says everything without it; a remark begins with `#`",
                "supprimez ce qui suit, si la ligne dit tout sans cela ; une remarque commence par `#`"
            ))
    } else {
        diagnostic.label(expected_here(lang, expected))
    }
}

/// An item that ends before it is complete.
pub fn stops_early(lang: Lang, at: Span, expected: &[String]) -> Diagnostic {
    Diagnostic::new(
        Code::Syntax,
        at,
        say!(lang, "this line stops too early", "cette ligne s'arrête trop tôt"),
    )
    .label(expected_here(lang, expected))
}

fn expected_here(lang: Lang, expected: &[String]) -> String {
    let words = lang.any_of(expected);
    say!(lang, "expected here: {words}", "attendu ici : {words}")
}

/// A line that begins with no known word.
pub fn unknown_item(lang: Lang, at: Span, found: &str) -> Diagnostic {
    Diagnostic::new(
        Code::Syntax,
        at,
        say!(lang, "no line begins with `{found}`", "aucune ligne ne commence par `{found}`"),
    )
}

/// Says with what a line begins in such a place.
pub fn line_beginnings(lang: Lang, diagnostic: Diagnostic, place: Place) -> Diagnostic {
    diagnostic.help(match place {
        Place::Nowhere => say!(lang, "begin with `schedule \"…\"`; a remark begins with `#`", "commencez par `échéancier \"…\"` ; une remarque commence par `#`"),
        Place::Schedule => say!(
            lang,
            "in a schedule a line begins with `price`, `action`, `planned`, `deposit`, `installment`, `balance`, `discount`, `payer`, `vat`, `payment due`, `may be suspended` or `accepts`; a remark with `#`",
            "dans un échéancier, une ligne commence par `tarif`, `action`, `prévu`, `acompte`, `échéance`, `solde`, `remise`, `payeur`, `tva`, `paiement à`, `suspension possible` ou `admet` ; une remarque par `#`"
        ),
        Place::FollowScenario => say!(
            lang,
            "in a scenario of a follow-up a line begins with `invoice of`, a date (`2025-02-03`), `expect` or `until`; a remark with `#`",
            "dans un scénario de suivi, une ligne commence par `facture de`, une date (`03/02/2025`), `attendu` ou `jusqu'au` ; une remarque par `#`"
        ),
        Place::FollowUp => say!(
            lang,
            "in a follow-up a line begins with `step`, `payment due` or `accepts`; a remark with `#`",
            "dans un suivi, une ligne commence par `étape`, `paiement à` ou `admet` ; une remarque par `#`"
        ),
        Place::Scenario => say!(
            lang,
            "in a scenario a line begins with a date (`2025-02-03`), `expect`, `until` or `planned`; a remark with `#`",
            "dans un scénario, une ligne commence par une date (`03/02/2025`), `attendu`, `jusqu'au` ou `prévu` ; une remarque par `#`"
        ),
    })
}

/// Advises the word that was most likely meant.
pub fn did_you_mean_word(lang: Lang, diagnostic: Diagnostic, word: &str) -> Diagnostic {
    diagnostic.help(say!(lang, "did you mean `{word}`?", "vouliez-vous dire `{word}` ?"))
}

/// Advises what to write.
pub fn write(lang: Lang, diagnostic: Diagnostic, right: &str) -> Diagnostic {
    diagnostic.help(say!(lang, "write `{right}`", "écrivez `{right}`"))
}

/// Advises `or` between triggers.
pub fn joined_by_or(lang: Lang, diagnostic: Diagnostic, or: &str) -> Diagnostic {
    let or = or.trim();
    diagnostic.help(say!(
        lang,
        "several moments are joined by `{or}`",
        "plusieurs moments se joignent par `{or}`"
    ))
}

/// Advises the colon of a line.
pub fn colon_after_label(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(lang, "write `:` after the label", "écrivez `:` après le libellé"))
}

/// Advises quotes.
pub fn name_in_quotes(lang: Lang, diagnostic: Diagnostic, right: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a name stands between quotes: `{right}`",
        "un nom se met entre guillemets : `{right}`"
    ))
}

/// Advises the kinds of price.
pub fn kind_of_price(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "write `fixed` before it for one price for the case, `hourly` for the price of an hour, `monthly` for that of a month",
        "écrivez `forfait` devant pour un prix du dossier, `horaire` pour le prix d'une heure, `mensuel` pour celui d'un mois"
    ))
}

/// Advises the kinds of rate.
pub fn kind_of_rate(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "write `hourly` before it for the price of an hour, `flat` for an amount each time",
        "écrivez `horaire` devant pour le prix d'une heure, `forfait` pour un montant à chaque fois"
    ))
}

/// `\"\"`.
pub fn empty_name(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(Code::EmptyName, at, say!(lang, "this name is empty", "ce nom est vide"))
        .label(say!(lang, "nothing between the quotes", "rien entre les guillemets"))
        .help(say!(
            lang,
            "write what the schedule, the line or the action is called",
            "écrivez comment se nomme l'échéancier, la ligne ou l'action"
        ))
}
