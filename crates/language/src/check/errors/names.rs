//! Names that are repeated, unknown, or nearly known; items out of their place.

use crate::check::sections::Place;
use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::lang::{Lang, say};
use crate::span::Span;
use crate::syntax::ast::Name;

/// An item in a place that is not its own: in `place`, where it may stand in `fits`.
pub fn misplaced(
    lang: Lang,
    file_lang: Lang,
    at: Span,
    place: Place,
    fits: &[Place],
) -> Diagnostic {
    let finding = |message| Diagnostic::new(Code::MisplacedItem, at, message);
    match (place, fits.first()) {
        (_, Some(Place::FollowUp | Place::FollowScenario)) | (Place::FollowUp, _) => {
            of_follow_ups(lang, file_lang, at, place, fits)
        }
        (Place::Nowhere, _) => finding(say!(
            lang,
            "this stands before any schedule",
            "ceci est placé avant tout échéancier"
        ))
        .help(say!(
            lang,
            "begin with `schedule \"…\"`; what belongs to it stands below",
            "commencez par `échéancier \"…\"` ; ce qui lui appartient vient en dessous"
        ))
        .example(file_lang.pick("schedule \"Training\"", "échéancier \"Formation\"")),
        (Place::FollowScenario, Some(Place::Scenario)) => finding(say!(
            lang,
            "this is said of a case, and stands in a scenario of a follow-up",
            "ceci se dit d'un dossier, et se trouve dans un scénario de suivi"
        ))
        .help(say!(
            lang,
            "put it below a `scenario` of a schedule",
            "placez-le sous un `scénario` d'échéancier"
        )),
        (Place::Scenario | Place::FollowScenario, _) => finding(say!(
            lang,
            "this belongs to a schedule, and stands in a scenario",
            "ceci appartient à un échéancier, et se trouve dans un scénario"
        ))
        .help(say!(
            lang,
            "move it up, before the first `scenario` of its schedule",
            "remontez-le avant le premier `scénario` de son échéancier"
        )),
        (Place::Schedule, _) => finding(say!(
            lang,
            "this belongs to a scenario, and stands in a schedule",
            "ceci appartient à un scénario, et se trouve dans un échéancier"
        ))
        .help(say!(lang, "write `scenario \"…\"` above it", "écrivez `scénario \"…\"` au-dessus"))
        .example(file_lang.pick("scenario \"ordinary end\"", "scénario \"fin ordinaire\"")),
    }
}

/// As [`misplaced`], of what belongs to follow-ups, or stands in one.
fn of_follow_ups(
    lang: Lang,
    file_lang: Lang,
    at: Span,
    place: Place,
    fits: &[Place],
) -> Diagnostic {
    let finding = |message| Diagnostic::new(Code::MisplacedItem, at, message);
    let header = file_lang.pick("follow-up \"Patients\"", "suivi \"Patients\"");
    let scenario = file_lang.pick(
        "scenario \"paid late\" for follow-up \"Patients\"",
        "scénario \"payée en retard\" pour le suivi \"Patients\"",
    );
    let of_scenario = fits.contains(&Place::FollowScenario) || fits.contains(&Place::Scenario);
    if place == Place::FollowUp && !of_scenario {
        return finding(say!(
            lang,
            "this belongs to a schedule, and stands in a follow-up",
            "ceci appartient à un échéancier, et se trouve dans un suivi"
        ))
        .help(say!(
            lang,
            "put it below its `schedule`; a follow-up has `payment due` and steps",
            "placez-le sous son `échéancier` ; un suivi a `paiement à` et des étapes"
        ));
    }
    if of_scenario {
        return finding(say!(
            lang,
            "this is said of the invoice of a scenario, and stands in none of a follow-up",
            "ceci se dit de la facture d'un scénario, et ne se trouve dans aucun scénario de suivi"
        ))
        .help(say!(
            lang,
            "write `scenario \"…\" for follow-up \"…\"` above it",
            "écrivez `scénario \"…\" pour le suivi \"…\"` au-dessus"
        ))
        .example(scenario);
    }
    finding(say!(
        lang,
        "this belongs to a follow-up, and stands in none",
        "ceci appartient à un suivi, et n'est dans aucun"
    ))
    .help(say!(
        lang,
        "write `follow-up \"…\"` above it, and put scenarios below all steps",
        "écrivez `suivi \"…\"` au-dessus, et placez les scénarios après toutes les étapes"
    ))
    .example(header)
}

fn duplicate(lang: Lang, code: Code, name: &Name, first: Span, message: String) -> Diagnostic {
    Diagnostic::new(code, name.at.0, message)
        .label(say!(lang, "again here", "encore ici"))
        .other(first, say!(lang, "first here", "d'abord ici"))
}

/// Two schedules of one name.
pub fn duplicate_schedule(lang: Lang, name: &Name, first: Span) -> Diagnostic {
    let text = &name.text;
    duplicate(
        lang,
        Code::DuplicateSchedule,
        name,
        first,
        say!(lang, "two schedules are named `{text}`", "deux échéanciers se nomment `{text}`"),
    )
    .help(say!(
        lang,
        "cases are bound to a schedule by its name: give each its own",
        "un dossier est lié à son échéancier par le nom : donnez le sien à chacun"
    ))
}

/// A schedule whose name a schedule of another file has.
pub fn duplicate_across_files(lang: Lang, at: Span, name: &str, file: &str) -> Diagnostic {
    Diagnostic::new(
        Code::DuplicateSchedule,
        at,
        say!(
            lang,
            "`{name}` is also a schedule of {file}",
            "`{name}` est aussi un échéancier de {file}"
        ),
    )
    .help(say!(
        lang,
        "cases are bound to a schedule by its name: give each its own",
        "un dossier est lié à son échéancier par le nom : donnez le sien à chacun"
    ))
}

/// Two lines of one label.
pub fn duplicate_label(lang: Lang, label: &Name, first: Span) -> Diagnostic {
    let text = &label.text;
    duplicate(
        lang,
        Code::DuplicateLabel,
        label,
        first,
        say!(lang, "two lines are labelled `{text}`", "deux lignes ont le libellé `{text}`"),
    )
    .help(say!(
        lang,
        "an invoice line is found by its label: give each its own",
        "une ligne de facture se retrouve par son libellé : donnez le sien à chacune"
    ))
}

/// Two declarations of one action.
pub fn duplicate_action(lang: Lang, name: &Name, first: Span) -> Diagnostic {
    let text = &name.text;
    duplicate(
        lang,
        Code::DuplicateAction,
        name,
        first,
        say!(lang, "action `{text}` is declared twice", "l'action `{text}` est déclarée deux fois"),
    )
    .help(say!(
        lang,
        "keep the one whose rate is right",
        "gardez celle dont le tarif est juste"
    ))
}

/// Two scenarios of one name under one schedule.
pub fn duplicate_scenario(lang: Lang, name: &Name, first: Span) -> Diagnostic {
    let text = &name.text;
    duplicate(
        lang,
        Code::DuplicateScenario,
        name,
        first,
        say!(
            lang,
            "two scenarios of this schedule are named `{text}`",
            "deux scénarios de cet échéancier se nomment `{text}`"
        ),
    )
    .help(say!(
        lang,
        "name each after what is special in it",
        "nommez chacun d'après ce qu'il a de particulier"
    ))
}

/// An action that the schedule does not declare: an error under a price per action, else a warning.
pub fn unknown_action(lang: Lang, name: &Name, known: &[&str], closed: bool) -> Diagnostic {
    let text = &name.text;
    let (code, message) = if closed {
        (
            Code::UnknownAction,
            say!(
                lang,
                "the schedule has no action `{text}`",
                "l'échéancier n'a pas d'action `{text}`"
            ),
        )
    } else {
        (
            Code::UndeclaredAction,
            say!(
                lang,
                "the schedule declares actions, and `{text}` is none of them",
                "l'échéancier déclare des actions, et `{text}` n'en est pas"
            ),
        )
    };
    let declare = say!(
        lang,
        "declare it with an `action` line, or correct the name",
        "déclarez-la par une ligne `action`, ou corrigez le nom"
    );
    with_nearest(
        lang,
        Diagnostic::new(code, name.at.0, message),
        name,
        known.iter().copied(),
        declare,
    )
}

/// A scenario for a schedule that is not in the file.
pub fn unknown_schedule(lang: Lang, name: &Name, known: &[&str]) -> Diagnostic {
    let text = &name.text;
    let message = say!(
        lang,
        "this file has no schedule `{text}`",
        "ce fichier n'a pas d'échéancier `{text}`"
    );
    let advice = say!(
        lang,
        "a scenario stands in the file of its schedule",
        "un scénario se trouve dans le fichier de son échéancier"
    );
    with_nearest(
        lang,
        Diagnostic::new(Code::UnknownSchedule, name.at.0, message),
        name,
        known.iter().copied(),
        advice,
    )
}

/// A scenario above all schedules that names none.
pub fn scenario_without_schedule(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::UnknownSchedule,
        at,
        say!(
            lang,
            "this scenario stands under no schedule and names none",
            "ce scénario n'est sous aucun échéancier et n'en nomme aucun"
        ),
    )
    .help(say!(
        lang,
        "put it below its schedule, or write `for \"…\"` after its name",
        "placez-le sous son échéancier, ou écrivez `pour \"…\"` après son nom"
    ))
}

/// Two names of one schedule that look alike.
pub fn almost_the_same(lang: Lang, name: &Name, first: &Name) -> Diagnostic {
    let (text, known) = (&name.text, &first.text);
    Diagnostic::new(
        Code::AlmostTheSame,
        name.at.0,
        say!(
            lang,
            "`{text}` and `{known}` are two different names",
            "`{text}` et `{known}` sont deux noms différents"
        ),
    )
    .label(say!(lang, "did you mean `{known}`?", "vouliez-vous dire `{known}` ?"))
    .other(first.at.0, say!(lang, "the other name", "l'autre nom"))
    .help(say!(
        lang,
        "names are compared letter by letter, accents and capitals included",
        "les noms se comparent lettre à lettre, accents et majuscules compris"
    ))
    .edit(name.at.0, quoted(known))
}

/// Adds the nearest known name with its edit, or else the advice.
pub fn with_nearest<'a>(
    lang: Lang,
    diagnostic: Diagnostic,
    name: &Name,
    known: impl Iterator<Item = &'a str>,
    advice: String,
) -> Diagnostic {
    match did_you_mean(&name.text, known) {
        Some(near) => diagnostic
            .help(say!(lang, "did you mean `{near}`?", "vouliez-vous dire `{near}` ?"))
            .edit(name.at.0, quoted(near)),
        None => diagnostic.help(advice),
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Something that one reader of schedules takes for the second part of the language, and the other
/// does not: a fault of the program.
pub fn readers_disagree(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::Syntax,
        at,
        say!(
            lang,
            "the program does not know what to make of this: a fault of its own, not of your file",
            "le programme ne sait que faire de ceci : c'est une erreur de sa part, pas de votre fichier"
        ),
    )
}
