//! What is wrong with an artefact, in the words of the user.

use super::format::{FORMAT_VERSION, LANGUAGE_VERSION, LARGEST_ARTEFACT};
use super::place::Path;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::span::Span;

/// Why an artefact is sound JSON of the right shape and still no schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsound {
    /// A name that no schedule can have: empty, not trimmed, not in NFC, with control characters.
    Name,
    /// A name that was taken before it.
    Repeated,
    /// A quantity out of its range, or not written in its one way.
    Quantity,
    /// An action that the schedule does not declare.
    Undeclared,
    /// Something that its price, its kind of line or its other bound does not allow.
    Misfit,
    /// Nothing where something has to stand.
    Missing,
    /// A condition that is not whole, or too deep.
    Condition,
    /// A step that the follow-up does not have.
    Step,
}

impl Unsound {
    fn say(self, lang: Lang) -> &'static str {
        match self {
            Unsound::Name => lang
                .pick("no schedule can have this name", "aucun échéancier ne peut porter ce nom"),
            Unsound::Repeated => lang.pick("this name is taken", "ce nom est déjà pris"),
            Unsound::Quantity => lang.pick(
                "no schedule can state this quantity",
                "aucun échéancier ne peut énoncer cette quantité",
            ),
            Unsound::Undeclared => lang.pick(
                "the schedule declares no such action",
                "l'échéancier ne déclare pas cette action",
            ),
            Unsound::Misfit => lang.pick(
                "this does not fit the rest of the schedule",
                "cela ne va pas avec le reste de l'échéancier",
            ),
            Unsound::Missing => {
                lang.pick("something has to stand here", "il doit y avoir quelque chose ici")
            }
            Unsound::Condition => lang.pick(
                "this condition is not whole, or too deep",
                "cette condition est incomplète, ou trop imbriquée",
            ),
            Unsound::Step => {
                lang.pick("the follow-up has no such step", "le suivi n'a pas cette étape")
            }
        }
    }
}

fn compile_again(lang: Lang) -> String {
    say!(
        lang,
        "compile the schedule again from its source: `jalon compile`",
        "recompilez l'échéancier depuis sa source : `jalon compile`"
    )
}

/// More bytes than an artefact may have.
pub fn too_large(lang: Lang) -> Diagnostic {
    let most = LARGEST_ARTEFACT / (1024 * 1024);
    let message = say!(
        lang,
        "this compiled schedule is larger than {most} MiB",
        "cet échéancier compilé dépasse {most} Mio"
    );
    Diagnostic::new(Code::FileTooLarge, Span::default(), message).help(say!(
        lang,
        "put its schedules in several source files, and compile each",
        "répartissez ses échéanciers en plusieurs fichiers source, et compilez chacun"
    ))
}

/// Something else than an artefact that begins as JSON does.
pub fn other_json(lang: Lang, at: Span) -> Diagnostic {
    let message = say!(
        lang,
        "this is JSON, and no compiled schedule",
        "ceci est du JSON, et pas un échéancier compilé"
    );
    Diagnostic::new(Code::ArtefactUnreadable, at, message).help(say!(
        lang,
        "name a schedule file, or one that `jalon compile` wrote",
        "nommez un fichier d'échéancier, ou un fichier écrit par `jalon compile`"
    ))
}

/// The text ends too early.
pub fn cut_off(lang: Lang, at: Span) -> Diagnostic {
    let message = say!(
        lang,
        "this compiled schedule is cut off: its end is missing",
        "cet échéancier compilé est coupé : il manque la fin"
    );
    Diagnostic::new(Code::ArtefactUnreadable, at, message)
        .label(say!(lang, "it ends here", "il s'arrête ici"))
        .help(compile_again(lang))
}

/// Not what stands there in an artefact.
pub fn unreadable(lang: Lang, at: Span) -> Diagnostic {
    let message =
        say!(lang, "this compiled schedule cannot be read", "cet échéancier compilé est illisible");
    Diagnostic::new(Code::ArtefactUnreadable, at, message)
        .label(say!(
            lang,
            "no compiled schedule has this here",
            "aucun échéancier compilé n'a cela ici"
        ))
        .help(compile_again(lang))
}

/// Another version of the format or of the language.
pub fn version(lang: Lang, at: Span, of_language: bool, found: u64) -> Diagnostic {
    let known = if of_language { LANGUAGE_VERSION } else { FORMAT_VERSION };
    let what = match of_language {
        true => lang.pick("the language", "du langage"),
        false => lang.pick("the format", "du format"),
    };
    let message = say!(
        lang,
        "this schedule was compiled for version {found} of {what}, and this program reads version {known}",
        "cet échéancier a été compilé pour la version {found} {what}, et ce programme lit la version {known}"
    );
    let help = if found < known {
        say!(
            lang,
            "compile it again from its source: `jalon compile FILE.jalon -o FILE.json`",
            "recompilez-le depuis sa source : `jalon compile FICHIER.jalon -o FICHIER.json`"
        )
    } else {
        say!(
            lang,
            "compile its source with this program, or bill with the program that compiled it",
            "compilez sa source avec ce programme, ou facturez avec le programme qui l'a compilé"
        )
    };
    Diagnostic::new(Code::ArtefactVersion, at, message).help(help)
}

/// Sound, and not what was compiled: a hash does not agree.
pub fn changed(lang: Lang, at: Span, schedule: Option<&str>) -> Diagnostic {
    let message = match schedule {
        Some(name) => {
            let name = name.escape_debug();
            say!(
                lang,
                "the compiled schedule `{name}` is not as it was compiled",
                "l'échéancier compilé `{name}` n'est pas tel qu'il a été compilé"
            )
        }
        None => say!(
            lang,
            "this compiled schedule is not as it was compiled",
            "cet échéancier compilé n'est pas tel qu'il a été compilé"
        ),
    };
    Diagnostic::new(Code::ArtefactChanged, at, message)
        .label(say!(
            lang,
            "this is not the hash of what the file says",
            "ce n'est pas l'empreinte de ce que dit le fichier"
        ))
        .help(compile_again(lang))
}

/// Of the right shape, and no sound schedule.
pub fn unsound(lang: Lang, at: Span, path: &Path, why: Unsound) -> Diagnostic {
    let message = say!(
        lang,
        "this compiled schedule is not sound at `{path}`",
        "cet échéancier compilé n'est pas valable à `{path}`"
    );
    Diagnostic::new(Code::ArtefactUnsound, at, message)
        .label(why.say(lang).to_owned())
        .help(compile_again(lang))
}
