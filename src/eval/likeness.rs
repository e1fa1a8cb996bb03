//! Names that events give, as numbers of a plan. An action that no line waits for, but whose name
//! looks like one that a line does wait for, is told apart: it counts as any other action does, and
//! its sender is told.

use crate::diagnostic::did_you_mean;
use crate::plan::{NameId, NameKind, Plan};

/// The number of a name that an event gives. A host that keeps it computes it once for each name.
pub fn number_of(plan: &Plan, kind: NameKind, name: &str) -> NameId {
    plan.name(kind, name).unwrap_or_else(|| match kind {
        // Where actions are declared, every other one is worth a notice, alike or not.
        NameKind::Action if !plan.declares_actions && meant(plan, name).is_some() => {
            NameId::LOOK_ALIKE
        }
        NameKind::Action | NameKind::Deliverable | NameKind::Event => NameId::other(kind),
    })
}

/// The action that a line asks for and that this name looks like.
pub(super) fn meant<'p>(plan: &'p Plan, name: &str) -> Option<&'p str> {
    let length = name.chars().count();
    let mut near: Vec<&str> = plan
        .known_names(NameKind::Action)
        // A name further off is not looked at: this is asked of each action of a case.
        .filter(|known| known.chars().count().abs_diff(length) <= 3 && same_digits(known, name))
        .collect();
    near.sort_unstable();
    did_you_mean(name, near)
}

/// `Session 1` and `Session 2` look alike, and are not meant to.
fn same_digits(one: &str, other: &str) -> bool {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    digits(one) == digits(other)
}
