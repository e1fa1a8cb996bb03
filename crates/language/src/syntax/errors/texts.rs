//! Texts that cannot be read as a file: their characters, their size, their encoding, two vocabularies in one.

use super::super::ast::Shape;
use super::super::encoding::Encoding;
use super::super::fold::{DEEPEST_NESTING, LARGEST_SOURCE, LONGEST_LINE, Problem};
use super::super::hints;
use super::super::lookalikes::{Alphabet, Lookalikes};
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
        Problem::UnclosedText { closer, end, .. } => {
            let diagnostic = Diagnostic::new(
                Code::UnclosedText,
                at,
                say!(lang, "this name is not closed before the end of the line", "ce nom n'est pas fermé avant la fin de la ligne"),
            )
            .label(say!(lang, "opened here, `{closer}` is missing", "ouvert ici, il manque `{closer}`"))
            .help(say!(lang, "a name stands on one line, between quotes: write `{closer}` where it ends", "un nom tient sur une ligne, entre guillemets : écrivez `{closer}` là où il finit"));
            match (end, closer) {
                (Some(end), '»') => diagnostic.edit(*end, " »"),
                (Some(end), _) => diagnostic.edit(*end, closer.to_string()),
                (None, _) => diagnostic,
            }
        }
        Problem::Forbidden { found, .. } => forbidden(lang, at, *found),
        Problem::Escape { .. } => Diagnostic::new(
            Code::ForbiddenCharacter,
            at,
            say!(lang, "`\\` in a name stands only before `\"` or another `\\`", "dans un nom, `\\` ne va que devant `\"` ou un autre `\\`"),
        )
        .help(say!(lang, "write `\\\\` for a backslash", "écrivez `\\\\` pour une barre oblique inversée"))
        .edit(at, "\\\\"),
        Problem::OtherQuotes { name, .. } => hints::other_quotes(lang, at, name),
        Problem::ForeignDigit { digits, .. } => Diagnostic::new(
            Code::ForbiddenCharacter,
            at,
            say!(lang, "these are not the digits 0 to 9", "ce ne sont pas les chiffres de 0 à 9"),
        )
        .label(say!(lang, "stands for {digits}", "se lit {digits}"))
        .help(say!(lang, "write `{digits}`", "écrivez `{digits}`"))
        .edit(at, digits.clone()),
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
    .help(if found == '\r' {
        say!(lang, "write a line break in its place", "écrivez un retour à la ligne à sa place")
    } else {
        say!(
            lang,
            "delete it; it often comes with text that was pasted",
            "supprimez-le ; il vient souvent d'un texte collé"
        )
    })
    .edit(at, if found == '\r' { "\n" } else { "" })
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
pub fn not_utf8(lang: Lang, bytes: &[u8], encoding: Encoding) -> Diagnostic {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let look = match encoding {
        Encoding::Utf16 => lang.pick("looks like UTF-16", "semble être en UTF-16"),
        Encoding::OneByte => lang.pick(
            "looks like Latin-1 or Windows-1252",
            "semble être en Latin-1 ou en Windows-1252",
        ),
        Encoding::Workbook => lang.pick("looks like a workbook", "semble être un classeur"),
        Encoding::Binary => lang.pick("does not look like text", "ne semble pas être du texte"),
    };
    let message = say!(
        lang,
        "this file is not UTF-8; it {look}",
        "ce fichier n'est pas en UTF-8 ; il {look}"
    );
    let diagnostic = match encoding {
        // What cannot be read is shown as one mark of three bytes.
        Encoding::OneByte => Diagnostic::new(Code::NotUtf8, Span::new(valid, valid + 3), message)
            .label(say!(
                lang,
                "the first letter that cannot be read",
                "la première lettre illisible"
            )),
        Encoding::Utf16 | Encoding::Workbook | Encoding::Binary => {
            Diagnostic::new(Code::NotUtf8, Span::default(), message)
        }
    };
    if encoding == Encoding::Workbook {
        return diagnostic.help(say!(
            lang,
            "a schedule is a text; `jalon import` makes one of a table that is filled in",
            "un échéancier est un texte ; `jalon import` en fait un d'un tableau rempli"
        ));
    }
    diagnostic.help(say!(
        lang,
        "open it where it was written and save it again with the encoding UTF-8",
        "ouvrez-le là où il a été écrit et enregistrez-le de nouveau avec l'encodage UTF-8"
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
    .example(Shape::Schedule.example(lang, "", ""))
}

/// A name with letters of another alphabet that look like Latin ones.
pub fn lookalike(lang: Lang, name: &str, found: &Lookalikes) -> Diagnostic {
    let Lookalikes { letter, latin, place, alphabet, .. } = found;
    let alphabet = match alphabet {
        Alphabet::Cyrillic => lang.pick("Cyrillic", "cyrillique"),
        Alphabet::Greek => lang.pick("Greek", "grec"),
    };
    Diagnostic::new(
        Code::LookalikeCharacters,
        found.first,
        say!(
            lang,
            "letter {place} of `{name}` is a {alphabet} `{letter}`, not the `{latin}` that it looks like",
            "la lettre {place} de `{name}` est un `{letter}` {alphabet}, pas le `{latin}` auquel il ressemble"
        ),
    )
    .label(say!(lang, "looks like `{latin}`", "ressemble à `{latin}`"))
    .help(say!(
        lang,
        "type the name again: to the program it is another name than the one you see",
        "retapez le nom : pour le programme, c'est un autre nom que celui que vous voyez"
    ))
    .edit(found.all, found.right.clone())
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
