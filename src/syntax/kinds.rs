//! Which rule of the grammar is which milestone and which kind of thing with a name: read one way by the
//! reader, the other way by the printer, so that both agree.

use super::ast::{Milestone, SubjectKind};
use super::grammar::Rule;

/// The keyword of a milestone.
pub fn of_milestone(milestone: Milestone) -> Rule {
    match milestone {
        Milestone::Signature => Rule::kw_signature,
        Milestone::Start => Rule::kw_start,
        Milestone::End => Rule::kw_end,
        Milestone::Abandonment => Rule::kw_abandonment,
    }
}

/// The keyword of a case that has come to a milestone.
pub fn of_reached(milestone: Milestone) -> Rule {
    match milestone {
        Milestone::Signature => Rule::kw_signed,
        Milestone::Start => Rule::kw_started,
        Milestone::End => Rule::kw_ended,
        Milestone::Abandonment => Rule::kw_abandoned,
    }
}

/// The milestone of a keyword.
pub fn milestone(rule: Rule) -> Option<Milestone> {
    Milestone::ALL.into_iter().find(|milestone| of_milestone(*milestone) == rule)
}

/// The milestone to which a case of this keyword has come.
pub fn reached(rule: Rule) -> Option<Milestone> {
    Milestone::ALL.into_iter().find(|milestone| of_reached(*milestone) == rule)
}

/// The keyword of what has a name.
pub fn of_subject(kind: SubjectKind) -> Rule {
    match kind {
        SubjectKind::Action => Rule::kw_action,
        SubjectKind::Deliverable => Rule::kw_deliverable,
        SubjectKind::Event => Rule::kw_event,
    }
}

/// The keyword after the name of what has happened.
pub fn of_happened(kind: SubjectKind) -> Rule {
    match kind {
        SubjectKind::Action => Rule::kw_done,
        SubjectKind::Deliverable => Rule::kw_received,
        SubjectKind::Event => Rule::kw_happened,
    }
}

/// Of what a rule has the name, as a trigger or an event.
pub fn subject(rule: Rule) -> Option<SubjectKind> {
    let named = |kind: SubjectKind| match kind {
        SubjectKind::Action => Rule::named_action,
        SubjectKind::Deliverable => Rule::named_deliverable,
        SubjectKind::Event => Rule::named_event,
    };
    SubjectKind::ALL.into_iter().find(|kind| named(*kind) == rule)
}

/// Of what a rule has the name, as something that has happened.
pub fn happened(rule: Rule) -> Option<SubjectKind> {
    let named = |kind: SubjectKind| match kind {
        SubjectKind::Action => Rule::action_done,
        SubjectKind::Deliverable => Rule::deliverable_received,
        SubjectKind::Event => Rule::event_happened,
    };
    SubjectKind::ALL.into_iter().find(|kind| named(*kind) == rule)
}
