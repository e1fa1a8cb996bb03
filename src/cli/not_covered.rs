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
    let Some(plan) = plans.find(|plan| plan.schedule.second.is_some()) else { return Ok(()) };
    let name = plain(&plan.schedule.name);
    let cannot = match doing {
        Doing::Situations => {
            lang.pick("has no list of situations yet", "n'a pas encore de liste de situations")
        }
        Doing::Foresee => lang.pick("is not forecast yet", "ne se prévoit pas encore"),
    };
    Err(Failure::new(say!(
        lang,
        "schedule `{name}` {cannot}: it uses terms agreed case by case, quantities, recurring lines, progress, payers, tax or versions; `jalon run` and `jalon test` bill it",
        "l'échéancier `{name}` {cannot} : il utilise des termes convenus dossier par dossier, des quantités, des lignes récurrentes, l'avancement, des payeurs, la TVA ou des versions ; `jalon run` et `jalon test` le facturent"
    )))
}
