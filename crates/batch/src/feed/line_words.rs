//! What the columns of invoice lines, and the words in them, are called in a French spreadsheet: in, a name of ours
//! or a word as it stands in a file; out, the other.

use crate::lang::Lang;
use crate::model::{InvoiceLineKind, WhenKind, french::folded};

/// The columns of a CSV file, in order.
pub const LINE_COLUMNS: [&str; 24] = [
    "case",
    "schedule",
    "date",
    "invoice",
    "kind",
    "line",
    "label",
    "quantity",
    "unit_price",
    "amount",
    "currency",
    "service_from",
    "service_to",
    "trigger_kind",
    "trigger_date",
    "trigger_name",
    "trigger_id",
    "deducts",
    "credits",
    "id",
    "payer",
    "vat_rate",
    "vat_exempt",
    "in_force_from",
];

/// The one column that is not always among [`LINE_COLUMNS`].
pub const HASH: &str = "schedule_hash";

/// The French names of [`LINE_COLUMNS`], in the same order.
const FRENCH: [&str; LINE_COLUMNS.len()] = [
    "dossier",
    "échéancier",
    "date",
    "facture",
    "nature",
    "ligne",
    "libellé",
    "quantité",
    "prix unitaire",
    "montant",
    "devise",
    "prestation du",
    "prestation au",
    "déclencheur",
    "date du déclencheur",
    "nom du déclencheur",
    "identifiant du déclencheur",
    "acompte déduit",
    "ligne annulée",
    "identifiant",
    "payeur",
    "taux de TVA",
    "motif d'exonération",
    "en vigueur au",
];

/// The French name of [`HASH`].
const FRENCH_HASH: &str = "empreinte de l'échéancier";

/// The columns, each with its French name.
pub fn columns() -> impl Iterator<Item = (&'static str, &'static str)> {
    LINE_COLUMNS.into_iter().zip(FRENCH).chain([(HASH, FRENCH_HASH)])
}

/// The column of a French name; capitals and accents do not count.
pub fn column_named(word: &str) -> Option<&'static str> {
    let word = folded(word);
    columns().find(|(_, french)| folded(french) == word).map(|(name, _)| name)
}

/// The column of a name, in either language.
pub fn line_column(word: &str) -> Option<&'static str> {
    columns().map(|(name, _)| name).find(|name| *name == word).or_else(|| column_named(word))
}

/// What a column is called in French.
pub fn french_column(name: &str) -> Option<&'static str> {
    columns().find(|(known, _)| *known == name).map(|(_, french)| french)
}

/// The name in JSON of what a French word in a column means; none where the column has no words, or not this one.
pub fn value_named(column: &str, word: &str) -> Option<&'static str> {
    let is_this = |french: &str| french == word || folded(french) == folded(word);
    match column {
        "kind" => {
            let kind = |kind: &InvoiceLineKind| is_this(kind.word(Lang::Fr));
            InvoiceLineKind::ALL.into_iter().find(kind).map(InvoiceLineKind::name)
        }
        "trigger_kind" => {
            WhenKind::ALL.into_iter().find(|kind| is_this(kind.french())).map(WhenKind::name)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{column_named, columns, value_named};
    use crate::lang::Lang;
    use crate::model::{InvoiceLineKind, WhenKind};

    #[test]
    fn each_french_word_means_one_thing() {
        for (name, french) in columns() {
            assert_eq!(column_named(&french.to_uppercase()), Some(name), "{french}");
        }
        for kind in InvoiceLineKind::ALL {
            assert_eq!(value_named("kind", kind.word(Lang::Fr)), Some(kind.name()));
        }
        for kind in WhenKind::ALL {
            assert_eq!(value_named("trigger_kind", kind.french()), Some(kind.name()));
        }
        assert_eq!(value_named("label", "acompte"), None);
    }
}
