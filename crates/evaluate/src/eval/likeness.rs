//! Names that events give, as numbers of a plan. An action that no line waits for, but whose name
//! looks like one that a line does wait for, is told apart: it counts as any other action does, and
//! its sender is told.

use crate::diagnostic::did_you_mean;
use crate::model::SubjectKind;
use crate::plan::{Letters, NameId, Plan};

/// The number of a name that an event gives.
pub fn number_of(plan: &Plan, kind: SubjectKind, name: &str) -> NameId {
    plan.name(kind, name).unwrap_or_else(|| match kind {
        // Where actions are declared, every other one is worth a notice, alike or not.
        SubjectKind::Action if !plan.declares_actions && meant(plan, name).is_some() => {
            NameId::LOOK_ALIKE
        }
        SubjectKind::Action | SubjectKind::Deliverable | SubjectKind::Event => NameId::other(kind),
    })
}

/// The action that a line asks for and that this name looks like.
pub(super) fn meant<'p>(plan: &'p Plan, name: &str) -> Option<&'p str> {
    let letters = Letters::of(name);
    // `Session 1` and `Session 2` look alike, and are not meant to.
    let alike = |known: &str, theirs: &Letters| {
        theirs.may_be_near(&letters) && digits(known).eq(digits(name))
    };
    let mut near: Vec<&str> = match &plan.schedule.second {
        None => {
            let known = plan.known_actions().filter(|(known, theirs)| alike(known, theirs));
            known.map(|(known, _)| known).collect()
        }
        Some(program) => {
            let actions = program.subjects.iter().filter(|(kind, _)| *kind == SubjectKind::Action);
            let names = actions.map(|(_, known)| known.as_str());
            names.filter(|known| alike(known, &Letters::of(known))).collect()
        }
    };
    if near.is_empty() {
        return None;
    }
    near.sort_unstable();
    did_you_mean(name, near)
}

fn digits(name: &str) -> impl Iterator<Item = u8> {
    name.bytes().filter(u8::is_ascii_digit)
}
