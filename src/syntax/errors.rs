//! The errors of the reading stage: one constructor each, with its words in both languages.

use super::ast::Shape;
use super::fold::{DEEPEST_NESTING, LARGEST_SOURCE, LONGEST_LINE, Problem};
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::span::Span;

/// What no source may contain.
pub fn problem(lang: Lang, problem: &Problem) -> Diagnostic {
    let at = problem.at();
    match problem {
        Problem::LineTooLong { .. } => Diagnostic::new(
            Code::LineTooLong,
            at,
            say!(lang, "this line has more than {LONGEST_LINE} characters", "cette ligne a plus de {LONGEST_LINE} caractères"),
        )
        .help(say!(
            lang,
            "break the line: line breaks are free between words; if this is no text written by hand, it may be the wrong file",
            "coupez la ligne : les retours à la ligne sont libres entre les mots ; si ce texte n'est pas écrit à la main, c'est peut-être le mauvais fichier"
        )),
        Problem::NestedTooDeep { .. } => Diagnostic::new(
            Code::NestedTooDeep,
            at,
            say!(lang, "conditions are nested more than {DEEPEST_NESTING} deep", "les conditions sont imbriquées sur plus de {DEEPEST_NESTING} niveaux"),
        )
        .label(say!(lang, "one parenthesis too many", "une parenthèse de trop"))
        .help(say!(lang, "write the condition with fewer parentheses, or as several lines", "écrivez la condition avec moins de parenthèses, ou en plusieurs lignes")),
        Problem::UnclosedText { closer, .. } => Diagnostic::new(
            Code::UnclosedText,
            at,
            say!(lang, "this name is not closed before the end of the line", "ce nom n'est pas fermé avant la fin de la ligne"),
        )
        .label(say!(lang, "opened here, `{closer}` is missing", "ouvert ici, il manque `{closer}`"))
        .help(say!(lang, "a name stands on one line, between quotes", "un nom tient sur une ligne, entre guillemets")),
        Problem::Forbidden { found, .. } => forbidden(lang, at, *found),
        Problem::Escape { .. } => Diagnostic::new(
            Code::ForbiddenCharacter,
            at,
            say!(lang, "`\\` in a name stands only before `\"` or another `\\`", "dans un nom, `\\` ne va que devant `\"` ou un autre `\\`"),
        )
        .help(say!(lang, "write `\\\\` for a backslash", "écrivez `\\\\` pour une barre oblique inversée"))
        .edit(at, "\\\\"),
        Problem::ForeignDigit { digit, .. } => Diagnostic::new(
            Code::ForbiddenCharacter,
            at,
            say!(lang, "this digit is not one of 0 to 9", "ce chiffre n'est pas un de 0 à 9"),
        )
        .help(say!(lang, "it looks like a {digit}: write `{digit}`", "il ressemble à un {digit} : écrivez `{digit}`"))
        .edit(at, digit.to_string()),
    }
}

fn forbidden(lang: Lang, at: Span, found: char) -> Diagnostic {
    let what = match found {
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            lang.pick(
                "a mark that turns the direction of text",
                "une marque qui change le sens du texte",
            )
        }
        '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{feff}' | '\u{ad}' | '\u{180e}' => {
            lang.pick("a character without width", "un caractère sans largeur")
        }
        '\r' => lang.pick("a carriage return alone", "un retour chariot seul"),
        '\t' => lang.pick("a tab inside a name", "une tabulation dans un nom"),
        _ => lang.pick("a control character", "un caractère de contrôle"),
    };
    let code = u32::from(found);
    Diagnostic::new(
        Code::ForbiddenCharacter,
        at,
        say!(
            lang,
            "{what} stands here (U+{code:04X}): what is read would not be what is seen",
            "il y a ici {what} (U+{code:04X}) : ce qui est lu ne serait pas ce qui est vu"
        ),
    )
    .help(say!(
        lang,
        "delete it; it often comes with text that was pasted",
        "supprimez-le ; il vient souvent d'un texte collé"
    ))
    .edit(at, "")
}

/// A source of more bytes than are read.
pub fn file_too_large(lang: Lang) -> Diagnostic {
    let most = LARGEST_SOURCE / (1024 * 1024);
    Diagnostic::new(
        Code::FileTooLarge,
        Span::default(),
        say!(lang, "this file is larger than {most} MiB", "ce fichier dépasse {most} Mio"),
    )
    .help(say!(
        lang,
        "a schedule is a text of some lines; if these are many schedules, put them in several files",
        "un échéancier est un texte de quelques lignes ; s'il y en a beaucoup, répartissez-les en plusieurs fichiers"
    ))
}

/// Bytes that are not UTF-8.
pub fn not_utf8(lang: Lang, bytes: &[u8]) -> Diagnostic {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let line = bytes.iter().take(valid).filter(|byte| **byte == b'\n').count() + 1;
    let look = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "UTF-16",
        _ if bytes.iter().take(4096).filter(|byte| **byte == 0).count()
            > bytes.len().min(4096) / 4 =>
        {
            "UTF-16"
        }
        _ if bytes.contains(&0) => lang.pick("a binary file", "un fichier binaire"),
        _ => lang.pick("Latin-1 or Windows-1252", "Latin-1 ou Windows-1252"),
    };
    Diagnostic::new(
        Code::NotUtf8,
        Span::default(),
        say!(
            lang,
            "this file is not UTF-8 (first at line {line}); it looks like {look}",
            "ce fichier n'est pas en UTF-8 (à partir de la ligne {line}) ; il ressemble à {look}"
        ),
    )
    .help(say!(
        lang,
        "save it again with the encoding UTF-8",
        "enregistrez-le de nouveau avec l'encodage UTF-8"
    ))
}

/// Nothing but blanks and comments.
pub fn empty_file(lang: Lang) -> Diagnostic {
    Diagnostic::new(
        Code::EmptyFile,
        Span::default(),
        say!(
            lang,
            "this file has no schedule and no scenario",
            "ce fichier n'a ni échéancier ni scénario"
        ),
    )
    .help(say!(lang, "begin with a schedule", "commencez par un échéancier"))
    .example(Shape::Schedule.example(lang))
}

/// A word that cannot stand where it stands.
pub fn unexpected(lang: Lang, at: Span, found: &str, expected: &[String]) -> Diagnostic {
    let message = if found.is_empty() {
        say!(lang, "the text stops too early", "le texte s'arrête trop tôt")
    } else {
        say!(lang, "`{found}` is not understood here", "`{found}` n'est pas compris ici")
    };
    let words = lang.any_of(expected);
    let diagnostic = Diagnostic::new(Code::Syntax, at, message);
    if words.is_empty() {
        diagnostic.label(say!(
            lang,
            "the line could end before this",
            "la ligne pouvait finir avant"
        ))
    } else {
        diagnostic.label(say!(lang, "here comes {words}", "ici vient {words}"))
    }
}

/// A line that begins with no known word.
pub fn unknown_item(lang: Lang, at: Span, found: &str, words: &[String]) -> Diagnostic {
    let words = lang.any_of(words);
    Diagnostic::new(
        Code::Syntax,
        at,
        say!(lang, "no line begins with `{found}`", "aucune ligne ne commence par `{found}`"),
    )
    .label(say!(
        lang,
        "a line begins with {words}, or a date",
        "une ligne commence par {words}, ou une date"
    ))
}

/// `1,500`: 1.5 to one reader and 1500 to another.
pub fn comma_and_three_digits(lang: Lang, at: Span, written: &str) -> Diagnostic {
    let thousands = written.replace([',', ' '], "");
    let decimal = written.replace(',', ".");
    Diagnostic::new(
        Code::NumberForm,
        at,
        say!(lang, "`{written}` can be read in two ways", "`{written}` peut se lire de deux façons"),
    )
    .label(say!(lang, "{decimal} to one reader, {thousands} to another", "{decimal} pour l'un, {thousands} pour l'autre"))
    .help(say!(
        lang,
        "write `{thousands}` for the large number, `{decimal}` for the small one: no comma before exactly three digits",
        "écrivez `{thousands}` pour le grand nombre, `{decimal}` pour le petit : pas de virgule devant exactement trois chiffres"
    ))
}

/// Digits that are no number: `007`, `.5`, `5.`, `1_000`, `1e5`.
pub fn not_a_number(lang: Lang, at: Span, written: &str, right: Option<String>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::NumberForm,
        at,
        say!(
            lang,
            "`{written}` is not written as a number",
            "`{written}` n'est pas écrit comme un nombre"
        ),
    );
    match right {
        Some(right) => diagnostic
            .help(say!(lang, "write `{right}`", "écrivez `{right}`"))
            .edit(at, right),
        None => diagnostic.help(say!(
            lang,
            "a number is digits, with a decimal part after `.` or `,` where it has one: `12`, `1 800`, `0.5`",
            "un nombre s'écrit en chiffres, avec une partie décimale après `,` ou `.` s'il en a une : `12`, `1 800`, `0,5`"
        )),
    }
}

/// `1h5`, `1h75`.
pub fn not_a_clock(lang: Lang, at: Span, written: &str, right: Option<String>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::NumberForm,
        at,
        say!(
            lang,
            "`{written}` is not written as hours and minutes",
            "`{written}` n'est pas écrit en heures et minutes"
        ),
    )
    .label(say!(
        lang,
        "two digits of minutes, 00 to 59",
        "deux chiffres pour les minutes, de 00 à 59"
    ));
    match right {
        Some(right) => {
            diagnostic.help(say!(lang, "write `{right}`", "écrivez `{right}`")).edit(at, right)
        }
        None => diagnostic.help(say!(
            lang,
            "write `1h30`, or `1.5 hours`",
            "écrivez `1h30`, ou `1,5 heure`"
        )),
    }
}

/// A date that is not written in one of the two ways.
pub fn date_digits(lang: Lang, at: Span, written: &str, right: Option<String>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::DateForm,
        at,
        say!(
            lang,
            "`{written}` is not written as a date",
            "`{written}` n'est pas écrit comme une date"
        ),
    );
    match right {
        Some(right) => {
            diagnostic.help(say!(lang, "write `{right}`", "écrivez `{right}`")).edit(at, right)
        }
        None => diagnostic.help(say!(
            lang,
            "a date is written `2025-07-05` or `05/07/2025`, the day first",
            "une date s'écrit `05/07/2025`, le jour d'abord, ou `2025-07-05`"
        )),
    }
}

/// Both vocabularies in one file.
pub fn mixed_vocabularies(lang: Lang, file: Lang, at: Span, word: &str) -> Diagnostic {
    let message = match file {
        Lang::En => say!(
            lang,
            "`{word}` is French in a file written in English",
            "`{word}` est français dans un fichier écrit en anglais"
        ),
        Lang::Fr => say!(
            lang,
            "`{word}` is English in a file written in French",
            "`{word}` est anglais dans un fichier écrit en français"
        ),
    };
    let code = file.code();
    Diagnostic::new(Code::MixedVocabularies, at, message).help(say!(
        lang,
        "both are read; `jalon fmt --lang {code}` writes the whole file in one language",
        "les deux sont lus ; `jalon fmt --lang {code}` écrit tout le fichier dans une langue"
    ))
}
