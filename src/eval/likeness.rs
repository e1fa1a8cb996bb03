//! Names that events give, as numbers of a plan. An action that no line waits for, but whose name
//! looks like one that a line does wait for, is told apart: it counts as any other action does, and
//! its sender is told.

use crate::diagnostic::did_you_mean;
use crate::plan::{NameId, NameKind, Plan};

/// The number of a name that an event gives.
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
    let mut known = plan.known_names(NameKind::Action).filter(|known| may_be_near(known, name));
    let first = known.next()?;
    let mut near: Vec<&str> = std::iter::once(first).chain(known).collect();
    near.sort_unstable();
    did_you_mean(name, near)
}

/// Whether the two can be near each other. This is asked of each action of a case, and answered
/// without looking at the order of letters: a name some edits away has all but so many of the letters.
/// Digits have to be the same: `Session 1` and `Session 2` look alike, and are not meant to.
fn may_be_near(one: &str, other: &str) -> bool {
    const MOST_EDITS: i64 = 3;
    // Names come composed, so that each letter is one character.
    if one.chars().count().abs_diff(other.chars().count()) > MOST_EDITS as usize {
        return false;
    }
    let mut letters = [0_i64; 32];
    // A letter with an accent may stand for any.
    let mut accented = 0;
    for (name, by) in [(one, 1), (other, -1)] {
        for byte in name.bytes() {
            match letters.get_mut(usize::from(byte & 31)) {
                Some(count) if byte.is_ascii() => *count += by,
                Some(_) | None => accented += 1,
            }
        }
    }
    let more: i64 = letters.iter().filter(|count| **count > 0).sum();
    let less: i64 = letters.iter().filter(|count| **count < 0).sum();
    let digits = |name: &'_ str| name.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    more.max(-less) <= MOST_EDITS + accented && digits(one) == digits(other)
}
