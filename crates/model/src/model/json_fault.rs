//! Where a text stops being JSON, and what most likely happened there: in, the text and the place; out, a
//! sentence of ours, in which what tools are known to write is named.

use crate::lang::{Lang, say, seen};

/// Why a text is no JSON object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonFault {
    /// It ends too early.
    Cut,
    /// A word that is none of JSON: `NaN`, `None`.
    Word(String),
    /// Backslashes are doubled, so that a quote ends its text.
    DoubledBackslashes,
    /// Single quotes.
    SingleQuotes,
    /// Another object, on the line of one that is complete.
    Another,
    /// A comma behind an object that is complete.
    Comma,
    /// What stands there, whatever it was to be.
    Here(String),
}

impl JsonFault {
    /// What is wrong at a byte of a text.
    pub fn at(text: &str, offset: usize, ends: bool) -> JsonFault {
        if ends {
            return JsonFault::Cut;
        }
        // A place that a library gives may be in the middle of a character.
        let offset = (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        let (before, rest) = text.split_at(offset.unwrap_or(0));
        // A word is found out at its second letter, or behind it.
        let begin = before.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
        let behind = text.get(begin.len()..).unwrap_or(rest);
        let word = |c: char| c.is_ascii_alphabetic() || c == '-';
        let word = behind.split(|c| !word(c)).next().unwrap_or("");
        let is_whole = before.trim_end().ends_with('}')
            && serde_json::from_str::<serde::de::IgnoredAny>(before).is_ok();
        if is_whole && rest.trim_start().starts_with('{') {
            JsonFault::Another
        } else if is_whole && rest.trim() == "," {
            JsonFault::Comma
        } else if before.ends_with("\\\\\"") || begin.ends_with("\\\\\"") {
            JsonFault::DoubledBackslashes
        } else if rest.starts_with('\'') {
            JsonFault::SingleQuotes
        } else if matches!(
            word,
            "NaN"
                | "Infinity"
                | "-Infinity"
                | "None"
                | "True"
                | "False"
                | "undefined"
                | "nan"
                | "NULL"
        ) {
            JsonFault::Word(word.to_owned())
        } else {
            JsonFault::Here(seen(&rest.chars().take(12).collect::<String>()))
        }
    }

    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            JsonFault::Cut => {
                say!(lang, "this JSON object is not complete", "cet objet JSON n'est pas complet")
            }
            JsonFault::Word(word) => say!(
                lang,
                "`{word}` is no JSON: where there is no value, write null or leave the field out (in Python, `json.dumps(…, allow_nan=False)` refuses it)",
                "`{word}` n'est pas du JSON : quand il n'y a pas de valeur, écrivez null ou omettez le champ (en Python, `json.dumps(…, allow_nan=False)` le refuse)"
            ),
            JsonFault::DoubledBackslashes => say!(
                lang,
                "not JSON: its backslashes are doubled (PostgreSQL: `psql -At -c`, not COPY; MariaDB: `-r`)",
                "ce n'est pas du JSON : ses barres obliques inverses sont doublées (PostgreSQL : `psql -At -c`, pas COPY ; MariaDB : `-r`)"
            ),
            JsonFault::SingleQuotes => say!(
                lang,
                "not JSON: texts and names stand in double quotes (in Python, `json.dumps`, not `str`)",
                "ce n'est pas du JSON : textes et noms sont entre guillemets doubles (en Python, `json.dumps`, pas `str`)"
            ),
            JsonFault::Another => say!(
                lang,
                "another object begins here: each stands on a line of its own (`jq -c .` writes them so)",
                "un autre objet commence ici : chacun est sur sa ligne (`jq -c .` les écrit ainsi)"
            ),
            JsonFault::Comma => say!(
                lang,
                "a comma stands behind this object: objects follow one another without, one a line, or stand in an array, between `[` and `]`",
                "une virgule suit cet objet : les objets se suivent sans virgule, un par ligne, ou sont dans un tableau, entre `[` et `]`"
            ),
            JsonFault::Here(here) if here.is_empty() => say!(
                lang,
                "not JSON: something is missing here",
                "ce n'est pas du JSON : il manque quelque chose ici"
            ),
            JsonFault::Here(here) => say!(
                lang,
                "not JSON: `{here}` cannot stand here",
                "ce n'est pas du JSON : `{here}` ne peut pas figurer ici"
            ),
        }
    }
}
