//! What an administrator writes as it stands in a contract: the sentence that is answered, and that it works.

mod clauses;
mod lines;

use crate::edits::assert_edits_work;
use crate::program::{file, jalon};
use clauses::{ENGLISH_CLAUSES, FRENCH_CLAUSES};
use lines::LINES;

/// What stands above a line, and what would be missing without.
const FRENCH: &str = "échéancier \"A\"
  tarif forfait 1000 EUR
  prévu 10 heures
  payeur \"OPCO\" : 70 %
  payeur \"Employeur\" : reste
  action \"Séance\"
  solde \"Fin\" : reste à la fin ou à l'abandon
";
const ENGLISH: &str = "schedule \"A\"
  price fixed 1000 EUR
  planned 10 hours
  payer \"Fund\": 70 %
  payer \"Employer\": remainder
  action \"Session\"
  balance \"Last\": remainder on end or abandonment
";

/// What is said of a line below a schedule.
fn said(test: &str, above: &str, line: &str, lang: &str) -> String {
    let text = format!("{above}  {line}\n");
    assert_edits_work(&text, lang);
    let path = file("contracts", &format!("{test}.jalon"), text);
    let outcome = jalon(&["check", "--no-verify", "--format", "json", "--lang", lang, &path]);
    assert_eq!(outcome.err, "", "{line}");
    outcome.out
}

/// What stands above a line, in its language.
fn above(line: &str) -> (&'static str, &'static str) {
    let french = FRENCH_WORDS.iter().any(|word| line.starts_with(word));
    if french { (FRENCH, "fr") } else { (ENGLISH, "en") }
}

/// Each line as it was written, in a schedule.
pub fn inputs() -> Vec<String> {
    let lines = LINES.into_iter().map(|(wrong, ..)| (above(wrong).0, wrong));
    let english = ENGLISH_CLAUSES.into_iter().map(|line| (ENGLISH, line));
    let french = FRENCH_CLAUSES.into_iter().map(|line| (FRENCH, line));
    let all = lines.chain(english).chain(french);
    all.map(|(above, line)| format!("{above}  {line}\n")).collect()
}

#[test]
fn each_line_gets_the_sentence_that_works() {
    for (number, (wrong, sentence, right)) in LINES.into_iter().enumerate() {
        let (above, lang) = above(wrong);
        let test = number.to_string();
        let told = said(&test, above, wrong, lang);
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        let help = |found: &serde_json::Value| found["help"].as_str().unwrap_or("").to_owned();
        let helps: Vec<String> = told["diagnostics"].as_array().unwrap().iter().map(help).collect();
        assert!(helps.iter().any(|help| help.contains(sentence)), "{wrong}\n{told:#}");
        let sound = said(&test, above, right, lang);
        assert!(sound.contains("\"errors\": 0"), "{right}\n{sound}");
    }
}

/// With what a line begins that is French.
const FRENCH_WORDS: [&str; 9] = [
    "arrhes",
    "échéance",
    "acompte",
    "solde",
    "action \"Visite\"",
    "remise",
    "indexation 2 % par an",
    "admet",
    "paiement",
];

#[test]
fn a_colon_stands_behind_labels_alone() {
    for (wrong, right) in [
        ("prévu : 3 mois", "prévu 3 mois"),
        ("admet fuite : \"clos à la main\"", "admet fuite \"clos à la main\""),
        ("action \"Visite\" : horaire 70", "action \"Visite\" horaire 70"),
    ] {
        let above = FRENCH.replace("  prévu 10 heures\n", "");
        let told: serde_json::Value =
            serde_json::from_str(&said("colon", &above, wrong, "fr")).unwrap();
        let found = &told["diagnostics"][0];
        assert_eq!(found["message"], "aucun deux-points ne se met ici", "{wrong}\n{told:#}");
        assert!(!found["edit"].is_null(), "{told:#}");
        let sound = said("colon", &above, right, "fr");
        assert!(sound.contains("\"errors\": 0"), "{right}\n{sound}");
    }
}

#[test]
fn a_line_of_a_contract_is_not_told_as_the_rest_of_the_line_before() {
    for line in [
        "durée prévue : 6 mois",
        "fin le 30/06/2026",
        "délai de rétractation 14 jours",
        "heures 20 30",
    ] {
        let told = said("beginnings", &FRENCH.replace("  prévu 10 heures\n", ""), line, "fr");
        assert!(!told.contains("attendu ici"), "{line}\n{told}");
        assert!(!told.contains("n'est pas compris ici"), "{line}\n{told}");
    }
}

#[test]
fn what_is_expected_before_or_after_tax_is_answered() {
    let scenario = "schedule \"A\"\n  price fixed 1000 EUR\n  balance \"B\": remainder on end or abandonment\nscenario \"s\"\n  2025-01-01 start\n  2025-02-01 end";
    for taxed in ["excl. VAT", "HT", "TTC"] {
        let line = format!("expect 2025-02-01 \"B\" 1000.00 {taxed}");
        let told = said("taxed", &format!("{scenario}\n"), &line, "en");
        assert!(told.contains("what is expected is the amount of the line"), "{taxed}\n{told}");
    }
}

/// A term of payment that is not understood is told at its place, and not as the end of the line before.
#[test]
fn a_term_of_payment_is_told_at_its_place() {
    let follow_up = "suivi \"Clients\"\n  étape \"Rappel\" : 8 jours après l'échéance\n";
    for (above, line, sentence) in [
        (follow_up, "paiement 30j", "écrivez `paiement à 30 jours`"),
        (follow_up, "paiement sous 30 j", "écrivez `paiement à 30 jours`"),
        (FRENCH, "paiement 30jours", "écrivez `paiement à 30 jours`"),
        (FRENCH, "paiement \"Second\" : 10 % au démarrage", "une `échéance` (une part du tarif"),
        (FRENCH, "paiement le mois suivant", "un seul délai vaut pour toutes les factures"),
    ] {
        let told = said("payment", above, line, "fr");
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        let found = &told["diagnostics"][0];
        assert!(found["help"].as_str().unwrap_or("").contains(sentence), "{line}\n{told:#}");
        let own = above.lines().count() + 1;
        assert_eq!(found["place"]["line"], own, "{line}\n{told:#}");
    }
}

/// A word that says how many is no event's name.
#[test]
fn what_counts_is_no_name() {
    for (line, lang, not) in [
        ("échéance \"M\" : 10 % à la fin si aucune réponse", "fr", "événement \"aucune\""),
        ("échéance \"M\" : 10 % à la fin si trois lots livrés", "fr", "événement \"trois\""),
        ("installment \"M\": 10 % on end if exactly two parcels", "en", "event \"exactly\""),
        ("installment \"M\": 10 % on end if every parcel", "en", "event \"every\""),
        ("arrhes \"A\" : 30 % à la signature", "fr", "vouliez-vous dire"),
    ] {
        let told = said("counts", if lang == "fr" { FRENCH } else { ENGLISH }, line, lang);
        assert!(told.contains("\"help\": \"") && !told.contains(not), "{line}\n{told}");
        assert!(!told.contains(&not.replace('"', "\\\"")), "{line}\n{told}");
    }
}

/// What would count from something else, cut a date or bound how often an action comes is not offered as an edit.
#[test]
fn what_a_clause_does_not_say_is_no_edit() {
    for (line, lang, not) in [
        ("discount \"R\": 10 % for signing before September 1, 2025", "en", "before 1`"),
        (
            "remise \"R\" : 50 EUR pour inscription avant le 1er septembre 2025",
            "fr",
            "avant le 1er`",
        ),
        ("installment \"M\": 10 % on end if no more than 3 sessions were held", "en", ", at most"),
        ("action \"Visit\" 50 EUR, no more than 10 sessions", "en", "at most"),
        (
            "installment \"M\": 10 % on abandonment if abandoned within 14 days of delivery",
            "en",
            "duration < 14",
        ),
    ] {
        let above = if lang == "fr" { FRENCH } else { ENGLISH };
        let told = said("no-edit", above, line, lang);
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        let found = told["diagnostics"].as_array().unwrap();
        assert!(!found.is_empty(), "{line}");
        for found in found {
            assert!(!found["help"].as_str().unwrap_or("").contains(not), "{line}\n{found:#}");
        }
    }
}

/// What a case states stands before its first day: where that is written wrongly, it alone is told.
#[test]
fn a_wrong_day_behind_the_terms_of_a_case_is_told_alone() {
    for (lang, above, right) in [
        (
            "fr",
            "échéancier \"A\"\n  tarif forfait convenu, en EUR\n  solde \"S\": reste à la fin ou à l'abandon\n\nscénario \"s\"\n",
            "  30/11/2025 fin\n  attendu 30/11/2025 \"S\" 1800,00\n",
        ),
        (
            "en",
            "schedule \"A\"\n  price fixed as agreed, in EUR\n  balance \"S\": remainder on end or abandonment\n\nscenario \"s\"\n",
            "  2025-11-30 end\n  expect 2025-11-30 \"S\" 1800.00\n",
        ),
    ] {
        let terms = if lang == "fr" {
            ["prix convenu 1800", "démarrage prévu le 15/09/2025", "fin prévue le 15/12/2025"]
        } else {
            ["agreed price 1800", "planned start 2025-09-15", "planned end 2025-12-15"]
        };
        let days = if lang == "fr" {
            ["3.3.2025 signature", "1er septembre 2025 signature", "signature 01/09/2025"]
        } else {
            ["3.3.2025 signature", "1 September 2025 signature", "signature 2025-09-01"]
        };
        for term in terms {
            for day in days {
                let text = format!("{above}  {term}\n  {day}\n{right}");
                let path = file("contracts-terms", "terms.jalon", &text);
                let call = ["check", "--no-verify", "--format", "short", "--lang", lang, &path];
                let told = jalon(&call);
                let place = format!("terms.jalon:{}:", above.lines().count() + 2);
                let errors = told.out.lines().filter(|line| line.contains(".jalon:"));
                for error in errors {
                    assert!(error.contains(&place), "{text}\n{}", told.out);
                }
                assert_eq!(told.code, 1, "{text}\n{}", told.out);
            }
        }
    }
}
