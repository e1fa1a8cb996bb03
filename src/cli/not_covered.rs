//! What some commands do not speak of yet: schedules of the second part of the language. They say so
//! instead of showing half.

use super::output::{Failure, plain};
use crate::lang::{Lang, say};
use crate::plan::Plan;

/// What a command would have to do with a schedule.
#[derive(Clone, Copy)]
pub enum Doing {
    /// Name its situations.
    Situations,
    /// Say what each next event bills.
    Foresee,
}

/// Refuses the first of these schedules that the command does not speak of.
pub fn refuse<'p>(
    mut plans: impl Iterator<Item = &'p Plan>,
    doing: Doing,
    lang: Lang,
) -> Result<(), Failure> {
    let refused = |plan: &&Plan| match doing {
        Doing::Situations => plan.first_part().is_err(),
        Doing::Foresee => plan.schedule.second.is_some(),
    };
    let Some(plan) = plans.find(refused) else { return Ok(()) };
    let name = plain(&plan.schedule.name);
    Err(Failure::new(match (doing, plan.first_part()) {
        (Doing::Situations, Err(beyond)) => {
            let what = plain(&beyond.say(&plan.schedule, lang));
            say!(
                lang,
                "schedule `{name}` has no list of situations yet: it uses {what}; `jalon run` and `jalon test` bill it",
                "l'échéancier `{name}` n'a pas encore de liste de situations : il utilise {what} ; `jalon run` et `jalon test` le facturent"
            )
        }
        (Doing::Situations | Doing::Foresee, _) => say!(
            lang,
            "schedule `{name}` is not forecast yet: it uses terms agreed case by case, quantities, recurring lines, progress, payers, tax or versions; `jalon run` and `jalon test` bill it",
            "l'échéancier `{name}` ne se prévoit pas encore : il utilise des termes convenus dossier par dossier, des quantités, des lignes récurrentes, l'avancement, des payeurs, la TVA ou des versions ; `jalon run` et `jalon test` le facturent"
        ),
    }))
}
