//! Advice for what people write from habit: the words of it in both languages.

use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::span::Span;

/// A remark after `//`.
pub fn remark(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(lang, "a remark begins with `#`", "une remarque commence par `#`"))
}

/// A line set off as a point of a list.
pub fn no_bullet(lang: Lang, diagnostic: Diagnostic, written: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "delete `{written}`: a line begins with its keyword",
        "supprimez `{written}` : une ligne commence par son mot-clé"
    ))
}

/// A parenthesis that is not closed.
pub fn unclosed_parenthesis(lang: Lang, at: Span, end: Span) -> Diagnostic {
    Diagnostic::new(
        Code::Syntax,
        at,
        say!(lang, "this `(` is not closed", "cette `(` n'est pas fermée"),
    )
    .help(say!(lang, "write `)` where the group ends", "écrivez `)` là où le groupe finit"))
    .edit(end, ")")
}

/// An expected line that ends after its label.
pub fn amount_missing(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(Code::Syntax, at, say!(lang, "the amount is missing", "il manque le montant"))
        .label(say!(lang, "expected here: a number", "attendu ici : un nombre"))
}

/// A condition after `, stays open`.
pub fn condition_first(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "the condition comes before `, stays open`",
        "la condition vient avant `, reste ouvert`"
    ))
}

/// A comma before a condition.
pub fn no_comma(lang: Lang, diagnostic: Diagnostic, word: &str) -> Diagnostic {
    diagnostic.help(say!(lang, "no comma before `{word}`", "pas de virgule devant `{word}`"))
}

/// A second `if`.
pub fn joined_conditions(lang: Lang, diagnostic: Diagnostic, and: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "conditions are joined by `{and}`",
        "les conditions se joignent par `{and}`"
    ))
}

/// `25 % of the price`.
pub fn always_of_the_price(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a percentage is always of the price: delete these words",
        "un pourcentage est toujours du tarif : supprimez ces mots"
    ))
}

/// Other quotes than those of the language.
pub fn double_quotes(lang: Lang, diagnostic: Diagnostic, right: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "use double quotes: `{right}`",
        "mettez des guillemets doubles : `{right}`"
    ))
}

/// A name between other quotes, which was read.
pub fn other_quotes(lang: Lang, at: Span, name: &str) -> Diagnostic {
    let right = format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
    let diagnostic = Diagnostic::new(
        Code::Syntax,
        at,
        say!(
            lang,
            "these are not the quotes of a name",
            "ces guillemets ne sont pas ceux d'un nom"
        ),
    );
    double_quotes(lang, diagnostic, &right).edit(at, right)
}

/// `=` where a comparison stands.
pub fn no_equality(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "compare with `<`, `<=`, `>` or `>=`",
        "comparez avec `<`, `<=`, `>` ou `>=`"
    ))
}

/// A length of time with nothing before it: `less than 4 months`.
pub fn write_duration(lang: Lang, diagnostic: Diagnostic, right: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "write `{right}`, which counts from the start of the case",
        "écrivez `{right}`, qui se compte depuis le démarrage du dossier"
    ))
}

/// `notice < 15 days before the start`.
pub fn counts_to_the_start(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "`notice` counts to the planned start of the case: delete these words",
        "`délai avant le démarrage` se compte jusqu'au démarrage prévu du dossier : supprimez ces mots"
    ))
}

/// `duration < 14 days after the start`.
pub fn counts_from_the_start(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "`duration` counts from the start of the case: delete these words",
        "`durée` se compte depuis le démarrage du dossier : supprimez ces mots"
    ))
}

/// `$48`: the sign of several currencies.
pub fn which_dollars(lang: Lang, diagnostic: Diagnostic, sum: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "`$` is the sign of more than one currency: write its three letters behind the sum, `{sum} USD`, `{sum} CAD`, `{sum} AUD`",
        "`$` est le signe de plusieurs devises : écrivez ses trois lettres après la somme, `{sum} USD`, `{sum} CAD`, `{sum} AUD`"
    ))
}

/// A fraction where a percentage is written: `0.3`.
pub fn fraction(lang: Lang, diagnostic: Diagnostic, percent: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a share of the price is a percentage: `{percent} %`",
        "une part du tarif est un pourcentage : `{percent} %`"
    ))
}

/// A fraction where another percentage is written than a share of the price: `, vat 0.2`, `progress 0.5`.
pub fn percentage_meant(lang: Lang, diagnostic: Diagnostic, percent: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a percentage is meant here: `{percent} %`",
        "c'est un pourcentage qui est attendu : `{percent} %`"
    ))
}
