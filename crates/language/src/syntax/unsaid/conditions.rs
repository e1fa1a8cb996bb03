//! Conditions: what is not counted or compared, what nobody tells, and facts that say too little.

use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, say};

/// Something that is counted, and is neither time nor attendance nor hours.
pub fn not_counted(lang: Lang, diagnostic: Diagnostic, what: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a condition compares `duration`, `since signature`, `notice`, `attendance`, `hours` and `progress`, and counts what happens (`action \"…\" done at least 3 times`); it does not count `{what}`: let an event of the case say it (`if event \"…\" happened`)",
        "une condition compare `durée`, `depuis la signature`, `délai avant le démarrage`, `assiduité`, `heures` et `avancement`, et compte ce qui arrive (`action \"…\" faite au moins 3 fois`) ; elle ne compte pas `{what}` : faites-le dire par un événement du dossier (`si événement \"…\" survenu`)"
    ))
}

/// A bare number is compared with nothing.
pub fn what_is_compared(
    (lang, file): (Lang, Lang),
    diagnostic: Diagnostic,
    number: &str,
) -> Diagnostic {
    let (run, attended, hours) = file.pick(
        (
            format!("duration >= {number} months"),
            format!("attendance >= {number} %"),
            format!("hours >= {number}"),
        ),
        (
            format!("durée >= {number} mois"),
            format!("assiduité >= {number} %"),
            format!("heures >= {number}"),
        ),
    );
    diagnostic.help(say!(
        lang,
        "write what is compared, and the unit: `{run}`, `{attended}`, `{hours}`",
        "écrivez ce qui est comparé, et l'unité : `{run}`, `{attended}`, `{hours}`"
    ))
}

/// Both bounds of `between … and …` may be meant to belong to it.
pub fn between(lang: Lang, diagnostic: Diagnostic, window: &str, both: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "write `{window}`, which leaves the last value out; to take it in, write `{both}`",
        "écrivez `{window}`, qui exclut la dernière valeur ; pour l'inclure, écrivez `{both}`"
    ))
}

/// `unless`, where the condition that follows is not understood.
pub fn unless(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "write `if not` and the condition: `if not started`, `if not (started or signed)`",
        "écrivez `si non` et la condition : `si non démarré`, `si non (démarré ou signé)`"
    ))
}

/// `only if`, where the condition that follows is not understood.
pub fn only_if(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a condition begins with `if`: `if started`, `if duration < 4 months`",
        "une condition commence par `si` : `si démarré`, `si durée < 4 mois`"
    ))
}

/// Whether an invoice has been paid.
pub fn not_whether_paid(lang: Lang, diagnostic: Diagnostic, event: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a schedule bills, and does not see what is paid: what is open is the matter of a `follow-up`; if a line depends on a payment, write `{event}`, and record it among the events of the case",
        "un échéancier facture, et ne voit pas ce qui est payé : ce qui est dû est l'affaire d'un `suivi` ; si une ligne dépend d'un paiement, écrivez `{event}`, à enregistrer parmi les événements du dossier"
    ))
}

/// `if received`, and nothing said of what.
pub fn of_what(lang: Lang, diagnostic: Diagnostic, file: Lang) -> Diagnostic {
    let facts = file.pick(
        "`deliverable \"…\" received`, `action \"…\" done` or `event \"…\" happened`",
        "`livrable \"…\" remis`, `action \"…\" faite` ou `événement \"…\" survenu`",
    );
    diagnostic.help(say!(lang, "say of what: {facts}", "dites de quoi : {facts}"))
}

/// A fact of one's own in a condition.
pub fn own_fact(lang: Lang, diagnostic: Diagnostic, fact: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a fact of your own is an event with a name: write `{fact}`, and record it among the events of the case",
        "un fait à vous est un événement avec un nom : écrivez `{fact}`, à enregistrer parmi les événements du dossier"
    ))
}

/// A fact of one's own that is said in a sentence.
pub fn whole_fact(lang: Lang, diagnostic: Diagnostic, file: Lang) -> Diagnostic {
    let (facts, event, not) = file.pick(
        ("`signed`, `not started`, `attendance < 80 %`", "event \"…\" happened", "not"),
        ("`signé`, `non démarré`, `assiduité < 80 %`", "événement \"…\" survenu", "non"),
    );
    diagnostic.help(say!(
        lang,
        "a condition is a fact or a measure of the case ({facts}); any other is an event, whose name says all of it: write `{event}`, or `{not} {event}`, and record it among the events of the case, the day before the line's moment at the latest",
        "une condition est un fait ou une mesure du dossier ({facts}) ; tout autre est un événement, dont le nom le dit en entier : écrivez `{event}`, ou `{not} {event}`, à enregistrer parmi les événements du dossier, au plus tard la veille du moment de la ligne"
    ))
}

/// An action of the schedule in a condition, said by its name alone.
pub fn action_done(lang: Lang, diagnostic: Diagnostic, done: &str, often: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "write that the action has been done, `{done}`, or how often: `{often}`",
        "écrivez que l'action a été faite, `{done}`, ou combien de fois : `{often}`"
    ))
}

/// A fact that is one of the language, if it is what is meant.
pub fn fact_or_event(
    lang: Lang,
    diagnostic: Diagnostic,
    (fact, when): (&str, &str),
    event: &str,
) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "write `{fact}` if {when}; else `{event}`, and record it among the events of the case",
        "écrivez `{fact}` si {when} ; sinon `{event}`, à enregistrer parmi les événements du dossier"
    ))
}
