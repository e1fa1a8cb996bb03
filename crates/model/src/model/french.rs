//! The words that columns and kinds have in spreadsheets, in French beside those of JSON: in, a word as somebody typed it;
//! out, the field or the kind. Capitals, accents and what joins two words do not count.

use super::{Field, Kind};
use crate::diagnostic::fold_for_likeness;
use crate::lang::Lang;

/// The name of a column in French.
pub fn field_word(field: Field) -> &'static str {
    match field {
        Field::Case => "dossier",
        Field::Date => "date",
        Field::Kind => "nature",
        Field::Id => "identifiant",
        Field::Name => "nom",
        Field::Hours => "heures",
        Field::Minutes => "minutes",
        Field::Schedule => "échéancier",
        Field::PlannedHours => "heures prévues",
        Field::PlannedMonths => "mois prévus",
        Field::Ref => "référence",
        Field::Price => "prix",
        Field::Rate => "taux",
        Field::Shares => "parts",
        Field::PlannedStart => "début prévu",
        Field::PlannedEnd => "fin prévue",
        Field::Quantity => "quantité",
        Field::Amount => "montant",
        Field::Percent => "pourcentage",
    }
}

/// The word for a kind of event in French.
pub fn kind_word(kind: Kind) -> &'static str {
    kind.noun().bare(Lang::Fr)
}

/// The field of a column, by its name in either language.
pub fn field_named(word: &str) -> Option<Field> {
    let word = folded(word);
    let named = |name: fn(Field) -> &'static str| {
        Field::ALL.into_iter().find(|field| folded(name(*field)) == word)
    };
    named(Field::name).or_else(|| named(field_word))
}

/// Whether this is what a field is called in French, and not in English.
pub fn is_french(word: &str, field: Field) -> bool {
    folded(field.name()) != folded(word)
}

/// The kind of event that a word of either language means.
pub fn kind_named(word: &str) -> Option<Kind> {
    let found = Kind::find(word);
    if found.is_some() {
        return found;
    }
    let word = folded(word);
    let named = |name: fn(Kind) -> &'static str| {
        Kind::ALL.into_iter().find(|kind| folded(name(*kind)) == word)
    };
    named(Kind::name).or_else(|| named(kind_word))
}

/// A word as it is compared with others: capitals, accents and what joins two words left out.
pub fn folded(word: &str) -> String {
    fold_for_likeness(word.trim()).replace(['_', '-', '\u{a0}'], " ")
}
