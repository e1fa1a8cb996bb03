//! Which folded word belongs to which vocabulary.

use crate::lang::Lang;
use foldhash::HashMap;
use std::sync::LazyLock;

/// Words, folded, that belong to one vocabulary only. Words of both (`action`, `signature`,
/// `total`, `minutes`, `scenario`) tell nothing.
const ENGLISH: &[&str] = &[
    "abandoned",
    "abandonment",
    "accepts",
    "after",
    "and",
    "attendance",
    "balance",
    "billed",
    "case",
    "day",
    "days",
    "deliverable",
    "deposit",
    "done",
    "duration",
    "end",
    "ended",
    "ends",
    "event",
    "expect",
    "fixed",
    "flat",
    "for",
    "from",
    "group",
    "happened",
    "hour",
    "hourly",
    "hours",
    "if",
    "in",
    "installment",
    "instalment",
    "itemised",
    "itemized",
    "least",
    "month",
    "months",
    "most",
    "not",
    "nothing",
    "on",
    "or",
    "per",
    "planned",
    "price",
    "pro",
    "rata",
    "received",
    "remainder",
    "schedule",
    "signed",
    "start",
    "started",
    "stays",
    "the",
    "to",
    "under",
    "until",
    "up",
    "week",
    "weeks",
    "whole",
    "work",
    "year",
    "years",
];
const FRENCH: &[&str] = &[
    "a",
    "abandon",
    "abandonne",
    "acompte",
    "admet",
    "an",
    "annee",
    "annees",
    "ans",
    "apres",
    "assiduite",
    "attendu",
    "au",
    "de",
    "demarrage",
    "demarre",
    "detaille",
    "dossier",
    "duree",
    "echeance",
    "echeancier",
    "en",
    "entiers",
    "et",
    "evenement",
    "facture",
    "facturee",
    "faite",
    "fin",
    "forfait",
    "groupe",
    "heure",
    "heures",
    "horaire",
    "jour",
    "jours",
    "jusqu",
    "la",
    "le",
    "les",
    "livrable",
    "moins",
    "mois",
    "non",
    "ou",
    "ouvert",
    "par",
    "plus",
    "pour",
    "prevu",
    "prevue",
    "prevues",
    "prevus",
    "prorata",
    "realise",
    "remis",
    "reste",
    "rien",
    "semaine",
    "semaines",
    "si",
    "signe",
    "solde",
    "survenu",
    "tarif",
    "termine",
];

static VOCABULARIES: LazyLock<HashMap<&str, Lang>> = LazyLock::new(|| {
    let english = ENGLISH.iter().map(|word| (*word, Lang::En));
    english.chain(FRENCH.iter().map(|word| (*word, Lang::Fr))).collect()
});

/// The vocabulary to which a folded word belongs, if to one only.
pub fn of(word: &str) -> Option<Lang> {
    VOCABULARIES.get(word).copied()
}

/// Whether a folded word belongs to both vocabularies and begins no item.
pub fn is_shared(word: &str) -> bool {
    matches!(word, "signature" | "total" | "minutes" | "minute" | "min" | "open")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_lists_are_apart() {
        assert!(ENGLISH.iter().all(|word| !FRENCH.contains(word)));
        assert_eq!(VOCABULARIES.len(), ENGLISH.len() + FRENCH.len());
    }
}
