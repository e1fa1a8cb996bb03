//! What some commands do not speak of yet: situations of schedules of the second part of the language. They
//! say so instead of showing half.

use super::output::{Failure, plain};
use crate::lang::{Lang, say};
use crate::plan::Plan;

/// Refuses the first of these schedules whose situations are not listed.
pub fn refuse<'p>(plans: impl Iterator<Item = &'p Plan>, lang: Lang) -> Result<(), Failure> {
    for plan in plans {
        if let Err(beyond) = plan.first_part() {
            let name = plain(&plan.schedule.name);
            let what = plain(&beyond.say(&plan.schedule, lang));
            return Err(Failure::new(say!(
                lang,
                "schedule `{name}` has no list of situations yet: it uses {what}; `jalon run` and `jalon test` bill it, and `jalon show --annex` writes it for signing without that list",
                "l'échéancier `{name}` n'a pas encore de liste de situations : il utilise {what} ; `jalon run` et `jalon test` le facturent, et `jalon show --annex` l'écrit pour la signature sans cette liste"
            )));
        }
    }
    Ok(())
}
