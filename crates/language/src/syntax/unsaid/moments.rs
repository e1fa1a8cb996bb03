//! Moments: of another calendar, of a payment, of something that the case does not know, one after another.

use super::super::spoken_days;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::span::Span;

/// A phrase that is no moment of the calendar or of a case.
pub fn no_such_moment(lang: Lang, at: Span, written: &str) -> Diagnostic {
    Diagnostic::new(
        Code::Syntax,
        at,
        say!(
            lang,
            "the language has no moment `{written}`",
            "le langage n'a pas de moment `{written}`"
        ),
    )
}

/// The end of a quarter, of a year, of a week.
pub fn only_month_ends(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "the calendar has `month end`, `quarter end`, `year end`, `on day 5 of each month`, dates (`on 2026-03-31`) and `3 months after start`; `on quarter end` bills once, `each quarter end` every time",
        "le calendrier a `fin de mois`, `fin de trimestre`, `fin d'année`, `le 5 de chaque mois`, les dates (`le 31/03/2026`) et `3 mois après le démarrage` ; `en fin de trimestre` se facture une fois, `à chaque fin de trimestre` à chaque fois"
    ))
}

/// The beginning of a month or of another period: `start` is that of the case.
pub fn no_beginnings(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "`start` is the start of the case; the beginning of a month is `on day 1 of each month`, and one date is `on 2026-02-01`",
        "`démarrage` est celui du dossier ; le début du mois est `le 1 de chaque mois`, et une date seule `le 01/02/2026`"
    ))
}

/// A limit of time where a moment stands, with the time and the day of the line.
pub fn no_limits(
    (lang, file): (Lang, Lang),
    diagnostic: Diagnostic,
    time: Option<&str>,
    day: Option<&str>,
) -> Diagnostic {
    let time = time.unwrap_or(file.pick("14 days", "14 jours"));
    let day = day.unwrap_or(file.pick("2026-01-01", "01/01/2026"));
    let (on, later, before, run, since) = file.pick(
        (
            format!("on {day}"),
            format!("{time} after signature"),
            format!("if date before {day}"),
            format!("if duration < {time}"),
            format!("if since signature < {time}"),
        ),
        (
            format!("le {day}"),
            format!("{time} après la signature"),
            format!("si date avant le {day}"),
            format!("si durée < {time}"),
            format!("si depuis la signature < {time}"),
        ),
    );
    diagnostic.help(say!(
        lang,
        "a line waits for a moment (`{on}`, `{later}`), not until one; a limit of time is a condition (`{before}`, `{run}`, `{since}`)",
        "une ligne attend un moment (`{on}`, `{later}`), pas une limite ; une limite de temps est une condition (`{before}`, `{run}`, `{since}`)"
    ))
}

/// Each month, quarter, year: on which day.
pub fn each_period(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "say on which day: `each month end`, `on day 5 of each month` or `each month from start`; `each quarter end`, `each year end`, `every 2 weeks after start`",
        "dites quel jour : `à chaque fin de mois`, `le 5 de chaque mois` ou `chaque mois à compter du démarrage` ; `à chaque fin de trimestre`, `à chaque fin d'année`, `toutes les 2 semaines après le démarrage`"
    ))
}

/// `end of the training`: a milestone is that of the case.
pub fn milestone_of_the_case(
    lang: Lang,
    diagnostic: Diagnostic,
    milestone: &str,
    rest: &str,
) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "`{milestone}` is that of the case: delete `{rest}` if this is what you mean; anything else that happens is an event with a name (`event \"…\"`)",
        "`{milestone}` s'entend du dossier : supprimez `{rest}` si c'est ce que vous voulez dire ; tout autre fait est un événement avec un nom (`événement \"…\"`)"
    ))
}

/// A length of time that counts from something else than the start, or towards something; the first time of its line.
pub fn counts_from_the_start(
    (lang, file): (Lang, Lang),
    diagnostic: Diagnostic,
    rest: &str,
    time: Option<&str>,
) -> Diagnostic {
    let time = time.unwrap_or(file.pick("14 days", "14 jours"));
    // The day that was typed stays.
    let is_day = |word: &&str| {
        word.len() >= 8
            && word.contains(['-', '/'])
            && word.starts_with(|c: char| c.is_ascii_digit())
    };
    let own = file.pick("2026-06-20", "20/06/2026");
    let day = rest.split_whitespace().find(is_day).unwrap_or(own);
    // After a day is from the next one on.
    let after =
        ["after ", "après ", "apres "].iter().any(|word| rest.to_lowercase().starts_with(word));
    let next = spoken_days::next_day(day).filter(|_| after);
    let date = next.map_or_else(
        || file.pick(format!("date before {day}"), format!("date avant le {day}")),
        |next| file.pick(format!("date from {next}"), format!("date à compter du {next}")),
    );
    let (run, since, done, ahead, later) = file.pick(
        ("duration", "since signature", "since action \"…\"", "notice", "after signature"),
        (
            "durée",
            "depuis la signature",
            "depuis l'action \"…\"",
            "délai avant le démarrage",
            "après la signature",
        ),
    );
    diagnostic.help(say!(
        lang,
        "`{run}` counts from the start of the case; `{rest}` may be `{since} < {time}`, `{done} < {time}`, `{ahead} < {time}` (to the planned start) or `{date}`; or let the line wait (`{time} {later}`)",
        "`{run}` se compte depuis le démarrage du dossier ; `{rest}` peut s'écrire `{since} < {time}`, `{done} < {time}`, `{ahead} < {time}` (jusqu'au démarrage prévu) ou `{date}` ; ou faites attendre la ligne (`{time} {later}`)"
    ))
}

/// Moments joined otherwise than by `or`, where the line bills once.
pub fn once_or_each(lang: Lang, diagnostic: Diagnostic, or: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "to bill once, at the first of several moments, join them by `{or}`; to bill at each, write a line for each",
        "pour facturer une fois, au premier de plusieurs moments, joignez-les par `{or}` ; pour facturer à chacun, écrivez une ligne pour chacun"
    ))
}

/// When an invoice is sent or paid.
pub fn not_when_paid(lang: Lang, diagnostic: Diagnostic, event: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a line says when it is billed, not when its invoice is sent, due or paid; if a payment is what it waits for, write `{event}`, and record it among the events of the case",
        "une ligne dit quand elle est facturée, pas quand sa facture est envoyée, échue ou payée ; si elle attend un paiement, écrivez `{event}`, à enregistrer parmi les événements du dossier"
    ))
}

/// A moment of the trade that is a milestone of the case, if it is what is meant.
pub fn milestone_or_event(
    lang: Lang,
    diagnostic: Diagnostic,
    (milestone, when): (&str, &str),
    event: &str,
) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "write `{milestone}` if {when}; else `{event}`, and record it among the events of the case",
        "écrivez `{milestone}` si {when} ; sinon `{event}`, à enregistrer parmi les événements du dossier"
    ))
}

/// What comes again, and is nothing of the calendar.
pub fn each_of_own(lang: Lang, diagnostic: Diagnostic, action: &str, event: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "what comes again has a name: write `{action}` if it is an action, else `{event}`, recorded among the events of the case each time",
        "ce qui revient a un nom : écrivez `{action}` si c'est une action, sinon `{event}`, à enregistrer chaque fois parmi les événements du dossier"
    ))
}

/// A moment of one's own.
pub fn own_moment(lang: Lang, diagnostic: Diagnostic, event: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a moment of your own is an event with a name: write `{event}`, and record it among the events of the case",
        "un moment à vous est un événement avec un nom : écrivez `{event}`, à enregistrer parmi les événements du dossier"
    ))
}

/// A second `if` after alternatives: `and` binds tighter than `or`.
pub fn joined_alternatives(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "conditions are joined by `and`, alternatives in parentheses: `(… or …) and …`",
        "les conditions se joignent par `et`, les alternatives entre parenthèses : `(… ou …) et …`"
    ))
}

/// From where a delay counts.
pub fn delays(lang: Lang, diagnostic: Diagnostic, rest: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a delay counts forward from `start`, `signature`, `end`, `abandonment`, an `action \"…\"`, `event \"…\"`, `deliverable \"…\"` or a planned date (`30 days after end`), and back from a planned date alone (`30 days before planned start`), not `{rest}`",
        "un délai se compte vers l'avant depuis `le démarrage`, `la signature`, `la fin`, `l'abandon`, une `action \"…\"`, un `événement \"…\"`, un `livrable \"…\"` ou une date prévue (`30 jours après la fin`), et en arrière depuis une date prévue seulement (`30 jours avant le démarrage prévu`), pas `{rest}`"
    ))
}

/// A time after a trigger: `on abandonment after 4 months`.
pub fn time_is_a_condition(
    (lang, file): (Lang, Lang),
    diagnostic: Diagnostic,
    time: Option<&str>,
) -> Diagnostic {
    let time = time.unwrap_or(file.pick("4 months", "4 mois"));
    let (started, not_started, run) = file.pick(
        ("if started", "if not started", "if duration"),
        ("si démarré", "si non démarré", "si durée"),
    );
    diagnostic.help(say!(
        lang,
        "how much time has passed is a condition, counted from the start: `{started}`, `{not_started}`, `{run} < {time}`, `{run} >= {time}`",
        "le temps écoulé est une condition, comptée depuis le démarrage : `{started}`, `{not_started}`, `{run} < {time}`, `{run} >= {time}`"
    ))
}

/// A day of each month, or of a longer time.
pub fn day_of_the_month(lang: Lang, found: Diagnostic, day: &str, behind: &str) -> Diagnostic {
    let longer = [
        "year",
        "years",
        "quarter",
        "quarters",
        "semester",
        "année",
        "annee",
        "an",
        "ans",
        "trimestre",
        "semestre",
    ];
    let behind = behind.to_lowercase();
    let again = ["each", "every", "chaque", "tous les", " par "];
    let has = |words: &[&str]| words.iter().any(|word| behind.contains(word));
    let is_longer = behind.split(|c: char| !c.is_alphanumeric()).any(|word| longer.contains(&word));
    if is_longer && has(&again) {
        return found.help(say!(
            lang,
            "a day comes again every month alone; of a longer time it is the last, `each quarter end`, `each year end`, or as the case started, `every 3 months from start`, `each year from start`; for other days, write a line for each date",
            "un jour ne revient que chaque mois ; d'un temps plus long c'est le dernier, `à chaque fin de trimestre`, `à chaque fin d'année`, ou selon le démarrage, `tous les 3 mois à compter du démarrage`, `chaque année à compter du démarrage` ; pour d'autres jours, écrivez une ligne par date"
        ));
    }
    found.help(say!(
        lang,
        "write `on day {day} of each month`: it comes every month; one date is `on 2026-02-05`",
        "écrivez `le {day} de chaque mois` : il vient chaque mois ; une date seule est `le 05/02/2026`"
    ))
}

/// A day of the week before a date.
pub fn date_alone(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a day is its date alone: write `on 2025-10-15`",
        "un jour est sa date seule : écrivez `le 15/10/2025`"
    ))
}
