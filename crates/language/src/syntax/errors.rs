//! The errors of the reading stage: one constructor each, with its words in both languages.

use super::ast::Shape;
use super::encoding::Encoding;
use super::fold::{DEEPEST_NESTING, LARGEST_SOURCE, LONGEST_LINE, Problem};
use super::hints;
use super::lookalikes::{Alphabet, Lookalikes};
use super::place::Place;
use crate::calendar::Date;
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

/// Advises against a minus.
pub fn no_minus(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "only an expected amount may be below zero; a deposit is deducted by the balance without being told",
        "seul un montant attendu peut être négatif ; le solde déduit l'acompte sans qu'on le lui dise"
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

/// `1,500`: 1.5 to one reader and 1500 to another.
pub fn comma_and_three_digits(lang: Lang, at: Span, written: &str, is_sum: bool) -> Diagnostic {
    let thousands = written.replace([',', ' '], "");
    let (whole, decimals) = written.split_once(',').unwrap_or((written, ""));
    let decimals = decimals.trim_end_matches('0');
    let whole = whole.replace(' ', "");
    // A sum has cents, and no thousandths in most currencies.
    let thousandths = is_sum && decimals.len() > 2;
    let decimal = match decimals.len() {
        0 => whole,
        1 | 2 => format!("{whole}{}{decimals}", lang.pick('.', ',')),
        _ => format!("{whole}.{decimals}"),
    };
    Diagnostic::new(
        Code::NumberForm,
        at,
        say!(lang, "`{written}` can be read in two ways", "`{written}` peut se lire de deux façons"),
    )
    .label(say!(lang, "{decimal} to one reader, {thousands} to another", "{decimal} pour l'un, {thousands} pour l'autre"))
    .help(if thousandths {
        say!(
            lang,
            "write `{thousands}` if that is meant; if not, no more decimals than the currency has",
            "écrivez `{thousands}` si c'est ce que vous voulez dire ; sinon, pas plus de décimales que la devise n'en a"
        )
    } else {
        say!(
        lang,
        "write `{thousands}` for the large number, `{decimal}` for the small one: no comma before exactly three digits",
        "écrivez `{thousands}` pour le grand nombre, `{decimal}` pour le petit : pas de virgule devant exactement trois chiffres"
        )
    })
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
        Some(right) if Date::parse(&iso_of(&right)).is_none() => {
            no_such_date(lang, at, written, &iso_of(&right))
        }
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

/// A date that does not exist, as it is written and as `YYYY-MM-DD`.
pub fn no_such_date(lang: Lang, at: Span, written: &str, iso: &str) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        Code::DateForm,
        at,
        say!(lang, "there is no date `{written}`", "la date `{written}` n'existe pas"),
    );
    let mut parts = iso.splitn(3, '-');
    let (year, month, day) =
        (parts.next().unwrap_or(""), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let swapped = format!("{year}-{day}-{month}");
    let known_year = ("1900"..="2199").contains(&year);
    if month > "12" && Date::parse(&swapped).is_some() {
        let right = if written.contains('/') { format!("{month}/{day}/{year}") } else { swapped };
        diagnostic
            .label(say!(lang, "there is no month {month}", "il n'y a pas de mois {month}"))
            .help(say!(
                lang,
                "the day comes first in `05/07/2025`, always: did you mean `{right}`?",
                "le jour vient toujours d'abord dans `05/07/2025` : vouliez-vous dire `{right}` ?"
            ))
            .edit(at, right)
    } else if !known_year {
        diagnostic.help(say!(lang, "years go from 1900 to 2199", "les années vont de 1900 à 2199"))
    } else if month == "02" && !written.contains(year) {
        diagnostic.help(say!(
            lang,
            "February has 28 days, 29 in some years: a date has its year, in figures",
            "février a 28 jours, 29 certaines années : une date a son année, en chiffres"
        ))
    } else if let Some(last) = ["31", "30", "29", "28"]
        .into_iter()
        .find(|last| Date::parse(&format!("{year}-{month}-{last}")).is_some())
    {
        diagnostic.help(say!(lang, "that month has {last} days", "ce mois a {last} jours"))
    } else {
        diagnostic.help(say!(lang, "months go from 01 to 12", "les mois vont de 01 à 12"))
    }
}

/// A date as `YYYY-MM-DD`, from either way of writing it.
pub fn iso_of(date: &str) -> String {
    match date.split('/').collect::<Vec<_>>().as_slice() {
        [day, month, year] => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => date.to_owned(),
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
