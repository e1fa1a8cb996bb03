//! What the language cannot say, and what says the nearest to it: the words of it in both languages.
//!
//! No advice here has an edit unless it means what was written.

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
    let next = super::spoken_days::next_day(day).filter(|_| after);
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

/// The cap of an action counts what is billed of it.
pub fn caps_are_counted(lang: Lang, diagnostic: Diagnostic, file: Lang) -> Diagnostic {
    let caps = file.pick(
        "`at most 20 hours`, `at most 300` (units), `at most 3 times`",
        "`au plus 20 heures`, `au plus 300` (unités), `au plus 3 fois`",
    );
    let price = file
        .pick("`price per action, in EUR, at most 900`", "`tarif par action, en EUR, au plus 900`");
    diagnostic.help(say!(
        lang,
        "an action is capped by how much of it is billed: {caps}; a sum that all work may not pass stands behind the price: {price}",
        "une action est plafonnée par ce qui en est facturé : {caps} ; une somme que tout le réalisé ne peut dépasser suit le tarif : {price}"
    ))
}

/// The bounds of an hourly price are hours.
pub fn bounds_are_hours(lang: Lang, diagnostic: Diagnostic, what: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "an hourly price has its bounds in hours (`at least 3 hours`, `at most 24 hours`), not in `{what}`",
        "un tarif horaire a ses bornes en heures (`au moins 3 heures`, `au plus 24 heures`), pas en `{what}`"
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

/// A price for something that is not counted.
pub fn price_per(lang: Lang, diagnostic: Diagnostic, what: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a price is for the case (`fixed`), for an hour (`hourly`), for a period (`monthly`, `quarterly`, `yearly`) or for each action (`per action, in EUR`, where an action may count: `0.085 per \"word\"`); there is none for `{what}`",
        "un tarif vaut pour le dossier (`forfait`), pour une heure (`horaire`), pour une période (`mensuel`, `trimestriel`, `annuel`) ou pour chaque action (`par action, en EUR`, où une action peut compter : `0,085 par \"mot\"`) ; il n'y en a pas pour `{what}`"
    ))
}

/// An amount of a line for each of something.
pub fn amount_per(lang: Lang, diagnostic: Diagnostic, what: &str, action: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "an amount of a line is for the whole case, not for each `{what}`: for each time write `each action \"…\"`; what is counted is an action (`{action}`), and the line then bills `work`",
        "le montant d'une ligne vaut pour tout le dossier, pas pour chaque `{what}` : pour chaque fois, écrivez `à chaque action \"…\"` ; ce qui se compte est une action (`{action}`), et la ligne facture alors `réalisé`"
    ))
}

/// A share of something else than the price.
pub fn share_of_the_price(lang: Lang, diagnostic: Diagnostic, rest: &str) -> Diagnostic {
    let price = [
        "of the total price",
        "of total price",
        "of the whole price",
        "of the full price",
        "du prix total",
        "du tarif total",
    ];
    if price.contains(&rest.to_lowercase().as_str()) {
        return diagnostic.help(say!(
            lang,
            "leave `{rest}` out: a percentage that stands here is of the price",
            "retirez `{rest}` : un pourcentage placé ici est une part du tarif"
        ));
    }
    diagnostic.help(say!(
        lang,
        "a percentage that stands here is of the price, not `{rest}`: write it as a share of the price, or `remainder` for all that is left of it",
        "un pourcentage écrit ici est une part du tarif, non `{rest}` : exprimez-le en part du tarif, ou écrivez `reste` pour tout ce qui en reste"
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

/// When an invoice is sent or paid.
pub fn not_when_paid(lang: Lang, diagnostic: Diagnostic, event: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a line says when it is billed, not when its invoice is sent, due or paid; if a payment is what it waits for, write `{event}`, and record it among the events of the case",
        "une ligne dit quand elle est facturée, pas quand sa facture est envoyée, échue ou payée ; si elle attend un paiement, écrivez `{event}`, à enregistrer parmi les événements du dossier"
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

/// More billed than is owed.
pub fn gives_back(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "no condition is needed: `remainder` and `up to 40 %` give back by themselves what was billed beyond",
        "aucune condition n'est nécessaire : `reste` et `jusqu'à 40 %` rendent d'eux-mêmes ce qui a été facturé au-delà"
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

/// A line's kind that may be meant in more ways than one.
pub fn three_kinds(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "what is billed is a `deposit` (the balance deducts it), an `installment` (a part of the price for good) or a `balance` (it settles and closes the case)",
        "ce qui est facturé est un `acompte` (le solde le déduit), une `échéance` (une part du tarif, définitive) ou un `solde` (il règle et clôt le dossier)"
    ))
}

/// A security stands beside the price.
pub fn no_security(lang: Lang, diagnostic: Diagnostic, right: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a security is a deposit beside the price, which the balance that closes the case gives back: `{right}`; an advance on the price is a `deposit` without these words",
        "une caution est un acompte en sus du prix, que le solde qui clôt le dossier rend : `{right}` ; une avance sur le tarif est un `acompte` sans ces mots"
    ))
}

/// Earnest money, which is no advance on the price.
pub fn no_earnest(lang: Lang, diagnostic: Diagnostic, file: Lang, amount: &str) -> Diagnostic {
    let share = amount.ends_with('%');
    let up_to = if share { file.pick("up to ", "jusqu'à ") } else { "" };
    let kept = if share { file.pick(", no refund,", ", sans remboursement,") } else { "" };
    let (deposit, kept) = file.pick(
        (
            format!("deposit \"Earnest money\": {amount} on signature"),
            format!("balance \"Withdrawn\": {up_to}{amount}{kept} on abandonment"),
        ),
        (
            format!("acompte \"Arrhes\": {amount} à la signature"),
            format!("solde \"Dédit\": {up_to}{amount}{kept} à l'abandon"),
        ),
    );
    diagnostic.help(say!(
        lang,
        "earnest money is no deposit in law: the client who withdraws loses it, and the seller who withdraws gives back twice as much (in France, article 1590 of the Code civil); if the case goes on it counts on the price, as `{deposit}` says, and on withdrawal it is kept, as `{kept}` says; what the seller gives back beyond it no schedule bills",
        "des arrhes ne sont pas un acompte : le client qui se dédit les perd, le vendeur qui se dédit en rend le double (article 1590 du Code civil) ; si le contrat s'exécute, elles s'imputent sur le prix, ce que dit `{deposit}`, et en cas de dédit elles restent acquises, ce que dit `{kept}` ; le double à rendre, aucun échéancier ne le facture"
    ))
}

/// The rate of tax.
pub fn before_tax(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "the rate of tax is said by `vat 20 %`, or `vat 20 % included` where amounts are after tax, or `vat exempt \"…\"` with the reason",
        "le taux de TVA se dit par `tva 20 %`, ou `tva 20 % comprise` si les montants sont TTC, ou `tva exonérée \"…\"` avec la raison"
    ))
}

/// A reduction is a line of its own.
pub fn no_discount(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a reduction is a line of its own: `discount \"Early\": 10 % on signature if signed before 2025-09-01`",
        "une réduction est une ligne à part : `remise \"Anticipée\": 10 % à la signature si signé avant le 01/09/2025`"
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

/// A fact of one's own in a condition.
pub fn own_fact(lang: Lang, diagnostic: Diagnostic, fact: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a fact of your own is an event with a name: write `{fact}`, and record it among the events of the case",
        "un fait à vous est un événement avec un nom : écrivez `{fact}`, à enregistrer parmi les événements du dossier"
    ))
}

/// A dot before three digits, which parts thousands or decimals.
pub fn one_mark(lang: Lang, diagnostic: Diagnostic, sum: &str, code: &str) -> Diagnostic {
    let thousands = sum.replace('.', "");
    let decimal = sum.trim_end_matches('0');
    diagnostic.help(say!(
        lang,
        "`{sum}` can be read in two ways: write `{thousands} {code}` for the large sum, `{decimal} {code}` for the small one",
        "`{sum}` peut se lire de deux façons : écrivez `{thousands} {code}` pour la grande somme, `{decimal} {code}` pour la petite"
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

/// A smallest or largest amount, with the bound that the line states.
pub fn no_least_amount(lang: Lang, diagnostic: Diagnostic, right: &str, hours: &str) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "the amount of a line is exact; bounds are of a price: `{right}` bounds all the work of a case together, and an hourly price has its bounds in hours, `{hours}`",
        "le montant d'une ligne est exact ; les bornes sont celles d'un tarif : `{right}` borne tout le réalisé d'un dossier ensemble, et un tarif horaire a ses bornes en heures, `{hours}`"
    ))
}

/// A third has no exact percentage.
pub fn in_parts(lang: Lang, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.help(say!(
        lang,
        "a share is a percentage: a third is `33.33 %`, twice, and `remainder` on the last line; on a line that repeats, `100 % in 3 parts` is exact",
        "une part est un pourcentage : un tiers s'écrit `33,33 %`, deux fois, puis `reste` sur la dernière ligne ; sur une ligne qui revient, `100 % en 3 fois` est exact"
    ))
}
