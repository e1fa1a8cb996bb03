//! What differs between two versions, in words: lower case, no full stop.

use super::portfolio::Differs;
use crate::lang::{Lang, say};
use crate::money::{Currency, Money};
use crate::plan::Plan;
use crate::situations;
use crate::verify::versions::{Apart, Cases, Change, Comparison, Example, Verdict, Window};

/// A trigger and its window: `abandonment from 4 months to under 10 months`.
pub fn window(comparison: &Comparison, window: &Window, lang: Lang) -> String {
    situations::name_of(&comparison.both, window.trigger, &window.tests, &window.truths, lang)
}

fn money(currency: Currency, amount: Money, lang: Lang) -> String {
    format!("{} {}", lang.digits(currency.show(amount)), currency.code())
}

/// Of which cases an equivalence speaks, where not of all: of those that leave the planned hours and
/// months of the schedule as they are.
pub fn cases(comparison: &Comparison, lang: Lang) -> String {
    let hours = comparison.assumed.iter().any(|assumed| assumed.hours.is_some());
    let months = comparison.assumed.iter().any(|assumed| assumed.months.is_some());
    let figure = if comparison.figure.is_some() {
        lang.pick(
            " whose price or rate is not amended",
            " dont le prix ou le taux n'est pas modifié",
        )
    } else {
        ""
    };
    let what = match (hours, months) {
        (false, false) => return figure.to_owned(),
        (true, false) => lang.pick("planned hours", "d'heures prévues"),
        (false, true) => lang.pick("planned months", "de mois prévus"),
        (true, true) => lang.pick("planned hours or months", "d'heures ni de mois prévus"),
    };
    let and = if figure.is_empty() { "" } else { lang.pick(" and", " et") };
    say!(
        lang,
        " that states no {what} of its own{and}{figure}",
        " qui n'indiquent pas eux-mêmes {what}{and}{figure}"
    )
}

/// The verdict in a line, with its end.
pub fn headline(name: &str, comparison: &Comparison, lang: Lang) -> String {
    let count = comparison.situations;
    let s = if count == 1 { "" } else { "s" };
    match comparison.verdict {
        Verdict::Equivalent if comparison.same_text => say!(
            lang,
            "✓ {name}: equivalent; the two say the same\n",
            "✓ {name} : équivalent ; les deux disent la même chose\n"
        ),
        Verdict::Equivalent => {
            let how = if comparison.situations == 0 {
                String::new()
            } else {
                let cases = cases(comparison, lang);
                say!(
                    lang,
                    ", proved over every possible case{cases} ({count} situation{s})",
                    ", prouvé sur tous les dossiers possibles{cases} ({count} situation{s})"
                )
            };
            let what = if comparison.money {
                lang.pick("; the two bill the same sums", " ; les deux facturent les mêmes sommes")
            } else {
                ""
            };
            say!(lang, "✓ {name}: equivalent{how}{what}\n", "✓ {name} : équivalent{how}{what}\n")
        }
        Verdict::Different => say!(lang, "✗ {name}: different\n", "✗ {name} : différent\n"),
        Verdict::Unknown if comparison.lives.as_ref().is_some_and(|lives| lives.tried > 0) => say!(
            lang,
            "? {name}: no difference was found, and it is not proved that there is none\n",
            "? {name} : aucune différence trouvée, et rien ne prouve qu'il n'y en a pas\n"
        ),
        Verdict::Unknown if count == 0 => say!(
            lang,
            "? {name}: not compared; no case was looked at\n",
            "? {name} : pas comparé ; aucun dossier n'a été examiné\n"
        ),
        Verdict::Unknown => say!(
            lang,
            "? {name}: no difference was found, and it is not proved that there is none ({count} situation{s} looked at)\n",
            "? {name} : aucune différence trouvée, et rien ne prouve qu'il n'y en a pas ({count} situation{s} examinée{s})\n"
        ),
        Verdict::Incomparable => {
            say!(lang, "✗ {name}: not comparable\n", "✗ {name} : non comparable\n")
        }
    }
}

/// What single lives tell; none where none was billed.
pub fn lived(comparison: &Comparison, lang: Lang) -> Option<String> {
    let lives = comparison.lives.as_ref().filter(|lives| lives.tried > 0)?;
    let tried = lang.digits(lives.tried);
    let s = lang.s(lives.tried as u64);
    let Some(example) = &lives.example else {
        return Some(say!(
            lang,
            "{tried} single case{s} tried: both bill the same",
            "{tried} dossier{s} isolé{s} essayé{s} : les deux facturent la même chose"
        ));
    };
    let currency = comparison.both.schedule.currency;
    let day = lang.date(example.day);
    let [old, new] = example.amounts.map(|amount| money(currency, amount, lang));
    Some(if old == new {
        say!(
            lang,
            "a single case shows it, on {day}: other lines, the same sum of {new}",
            "un dossier isolé le montre, le {day} : d'autres lignes, la même somme de {new}"
        )
    } else {
        say!(
            lang,
            "a single case shows it, on {day}: {new} instead of {old}",
            "un dossier isolé le montre, le {day} : {new} au lieu de {old}"
        )
    })
}

/// What the case of an example plans, where a version does not state it: any number would do.
pub fn planned(example: &Example, versions: [&Plan; 2], lang: Lang) -> Option<String> {
    let open = |plan: &Plan| {
        (plan.schedule.planned_hours.is_none(), plan.schedule.planned_months.is_none())
    };
    let unstated = versions.map(open);
    let both = || example.terms.iter().zip(unstated);
    let hours = both().find_map(|(terms, (open, _))| terms.hours.filter(|_| open));
    let months = both().find_map(|(terms, (_, open))| terms.months.filter(|_| open));
    let hours = hours.map(|hours| {
        let hours = lang.digits(hours);
        say!(lang, "{hours} hours", "{hours} heures")
    });
    let months = months.map(|months| say!(lang, "{months} months", "{months} mois"));
    let [start, end] = example.planned_dates.map(|day| day.map(|day| lang.date(day)));
    let start = start.map(|day| say!(lang, "its start on {day}", "son démarrage le {day}"));
    let end = end.map(|day| say!(lang, "its end on {day}", "sa fin le {day}"));
    let all: Vec<String> = hours.into_iter().chain(months).chain(start).chain(end).collect();
    let all = all.join(lang.pick(" and ", " et "));
    (!all.is_empty()).then(|| say!(lang, "this case plans {all}", "ce dossier prévoit {all}"))
}

/// Why nothing is known, or not everything, and what is stated otherwise and not compared: a sentence each.
pub fn reasons(comparison: &Comparison, [old, new]: [&Plan; 2], lang: Lang) -> Vec<String> {
    let named = if comparison.limit_by == 0 { old } else { new };
    let limit = comparison.limit.map(|limit| {
        let what = if comparison.verdict == Verdict::Unknown {
            lang.pick("why", "pourquoi")
        } else {
            lang.pick("not everything is known", "tout n'est pas connu")
        };
        let why = limit.say(&named.schedule, lang);
        say!(lang, "{what}: {why}", "{what} : {why}")
    });
    let unseen: Vec<&str> = comparison.unseen.iter().map(|unseen| unseen.noun(lang)).collect();
    let unseen = (!unseen.is_empty()).then(|| unseen.join(", ")).map(|unseen| {
        say!(
            lang,
            "stated otherwise, and not compared: {unseen}",
            "indiqué autrement, et non comparé : {unseen}"
        )
    });
    limit.into_iter().chain(unseen).collect()
}

/// How the new version differs in a window, with both sums of its smallest history.
pub fn change(comparison: &Comparison, window: &Window, lang: Lang) -> String {
    let currency = comparison.both.schedule.currency;
    let sums = window
        .example
        .as_ref()
        .map(|example| example.amounts.map(|amount| money(currency, amount, lang)));
    let [old, new] = sums.unwrap_or_default();
    let text = match window.change {
        Change::Same => say!(lang, "same", "pareil"),
        Change::More => {
            say!(
                lang,
                "bills more: {new} instead of {old}",
                "facture plus : {new} au lieu de {old}"
            )
        }
        Change::Less => say!(
            lang,
            "bills less: {new} instead of {old}",
            "facture moins : {new} au lieu de {old}"
        ),
        Change::Both => say!(
            lang,
            "bills more in some cases and less in others: {new} instead of {old} in the smallest",
            "facture plus dans certains dossiers et moins dans d'autres : {new} au lieu de {old} dans le plus petit"
        ),
        Change::Lines => {
            say!(
                lang,
                "other lines, the same sum of {new}",
                "d'autres lignes, la même somme de {new}"
            )
        }
        Change::Unknown => say!(
            lang,
            "neither proved the same nor shown to differ",
            "ni prouvé pareil ni montré différent"
        ),
    };
    let also = match (window.change, window.proved) {
        (Change::More, false) => {
            lang.pick("; whether also less is not known", " ; on ne sait si c'est moins parfois")
        }
        (Change::Less, false) => {
            lang.pick("; whether also more is not known", " ; on ne sait si c'est plus parfois")
        }
        (Change::Lines, false) => lang.pick(
            "; whether also other sums is not known",
            " ; on ne sait si d'autres sommes sont possibles",
        ),
        (Change::Same | Change::Both | Change::Unknown, _)
        | (Change::More | Change::Less | Change::Lines, true) => "",
    };
    format!("{text}{also}")
}

/// What differs in a case that comes to the same sum; none where it does not.
pub fn same_sum(differs: Differs, sum: &str, lang: Lang) -> Option<String> {
    match differs {
        Differs::Withheld | Differs::Sum => None,
        Differs::Days => Some(say!(
            lang,
            "on other days, the same sum of {sum}",
            "à d'autres dates, la même somme de {sum}"
        )),
        Differs::Lines => Some(say!(
            lang,
            "other lines, the same sum of {sum}",
            "d'autres lignes, la même somme de {sum}"
        )),
    }
}

/// How large the smallest history is.
pub fn size(count: usize, shortest: bool, lang: Lang) -> String {
    let s = if count == 1 { "" } else { "s" };
    if shortest {
        say!(
            lang,
            "the smallest case that shows it: {count} event{s}",
            "le plus petit dossier qui le montre : {count} événement{s}"
        )
    } else {
        say!(
            lang,
            "a case that shows it: {count} event{s}",
            "un dossier qui le montre : {count} événement{s}"
        )
    }
}

/// What differs whatever a case does.
pub fn apart(apart: &Apart, old: &Plan, new: &Plan, lang: Lang) -> String {
    let (one, other) = (&old.schedule, &new.schedule);
    match apart {
        Apart::Name => {
            let (old, new) = (&one.name, &other.name);
            say!(
                lang,
                "the name, which stands on every line: `{new}` instead of `{old}`",
                "le nom, qui figure sur chaque ligne : `{new}` au lieu de `{old}`"
            )
        }
        Apart::Currency => {
            let (old, new) = (one.currency.code(), other.currency.code());
            say!(
                lang,
                "they cannot be compared: the old one bills in {old}, the new one in {new}",
                "ils ne se comparent pas : l'ancien facture en {old}, le nouveau en {new}"
            )
        }
        Apart::Unit => say!(
            lang,
            "they cannot be compared: one is billed per case, the other per group",
            "ils ne se comparent pas : l'un est facturé au dossier, l'autre au groupe"
        ),
        Apart::Figure => say!(
            lang,
            "cases may not agree the same prices or rates on both",
            "les dossiers ne peuvent pas convenir des mêmes prix ou taux sur les deux"
        ),
        Apart::Withheld { new, cases } => {
            let which = if *new {
                lang.pick("the new one", "le nouveau")
            } else {
                lang.pick("the old one", "l'ancien")
            };
            match cases {
                Cases::WithAction(Some(name)) => say!(
                    lang,
                    "{which} withholds every case with action `{name}`, which it does not list",
                    "{which} retient tout dossier avec l'action `{name}`, qu'il ne cite pas"
                ),
                Cases::WithAction(None) => say!(
                    lang,
                    "{which} withholds every case with an action that it does not list, the other takes any",
                    "{which} retient tout dossier avec une action qu'il ne cite pas, l'autre les prend toutes"
                ),
                Cases::WithoutPlannedHours => say!(
                    lang,
                    "{which} withholds every case that does not state its planned hours, the other does not",
                    "{which} retient tout dossier qui n'indique pas ses heures prévues, l'autre non"
                ),
                Cases::WithoutPlannedMonths => say!(
                    lang,
                    "{which} withholds every case that does not state its planned duration, the other does not",
                    "{which} retient tout dossier qui n'indique pas sa durée prévue, l'autre non"
                ),
            }
        }
    }
}
