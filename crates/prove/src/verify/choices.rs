//! The events that a case can have, each kind that behaves alike once.

use crate::life;
use crate::model::{Anchor, Milestone, Price, SubjectKind, Terminal};
use crate::plan::{self, NameId, Plan, TriggerId};

/// A state has a bit for so many names that conditions ask about.
pub(super) const MOST_FACTS: usize = 120;

/// Stands for a name that the schedule does not mention.
pub(super) const UNKNOWN: &str = "…";

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Milestone(Milestone),
    Subject(SubjectKind),
}

/// Whether an action is billed as work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Work {
    None,
    Hourly,
    Flat,
}

impl Work {
    /// Of an action that adds these to the work of its sides, where hours of one are hours of all.
    pub(super) fn of(sides: impl IntoIterator<Item = plan::Work>) -> Work {
        sides.into_iter().fold(Work::None, |known, side| {
            if known == Work::Hourly || side.of_an_hour().is_some() {
                Work::Hourly
            } else if known == Work::Flat || side.each_time().is_some() {
                Work::Flat
            } else {
                Work::None
            }
        })
    }

    /// Whether its hours are billed.
    pub(super) fn is_of_hours(self) -> bool {
        self == Work::Hourly
    }
}

/// One kind of event.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) what: What,
    pub(super) name: String,
    pub(super) trigger: Option<TriggerId>,
    /// The bit of what it makes true.
    pub(super) fact: Option<u8>,
    pub(super) ends_case: bool,
    pub(super) work: Work,
}

impl Choice {
    /// What it is in the life of a case.
    pub(super) fn in_life(&self) -> life::What {
        match self.what {
            What::Milestone(milestone) => life::What::Milestone(milestone),
            What::Subject(SubjectKind::Action) => life::What::Action { ends: self.ends_case },
            What::Subject(SubjectKind::Deliverable | SubjectKind::Event) => life::What::Other,
        }
    }

    /// Its place among the events of one day.
    pub(super) fn place_in_day(&self) -> u8 {
        self.in_life().place_in_day()
    }
}

pub(super) struct Choices {
    pub(super) all: Vec<Choice>,
    facts: Vec<Option<u8>>,
    pub(super) too_many_facts: bool,
}

impl Choices {
    pub(super) fn new(plan: &Plan) -> Choices {
        let mut facts = vec![None; plan.name_count()];
        let mut count = 0_u8;
        let mut signed = plan.milestone(Milestone::Signature).is_some();
        for condition in plan.lines.iter().filter_map(|line| line.condition.as_ref()) {
            condition.each_test(&mut |test| {
                if let Some(NameId(name)) = test.name()
                    && let Some(slot @ None) = facts.get_mut(name as usize)
                {
                    // More have no place among the facts of a state: then nothing is proved.
                    *slot = (usize::from(count) < MOST_FACTS).then_some(count);
                    count = count.saturating_add(1);
                }
                signed |= test.milestone() == Some(Milestone::Signature);
            });
        }
        let mut choices =
            Choices { all: Vec::new(), facts, too_many_facts: usize::from(count) > MOST_FACTS };
        let after_signature =
            plan.calendar().iter().any(|trigger| trigger.day.anchor() == Some(Anchor::Signature));
        let calendar = !plan.calendar().is_empty();
        // A signature may also be what the calendar counts its first month from.
        if signed || after_signature || calendar {
            choices.plain(What::Milestone(Milestone::Signature));
        }
        choices.plain(What::Milestone(Milestone::Start));
        choices.actions(plan);
        choices.named(plan, SubjectKind::Deliverable);
        choices.named(plan, SubjectKind::Event);
        if calendar {
            // One that the schedule does not know: from then on the calendar counts.
            choices.add(Choice {
                what: What::Subject(SubjectKind::Event),
                name: UNKNOWN.to_owned(),
                trigger: None,
                fact: None,
                ends_case: false,
                work: Work::None,
            });
        }
        for terminal in Terminal::ALL {
            choices.plain(What::Milestone(terminal.milestone()));
        }
        choices
    }

    /// The bit of a name that conditions ask about.
    pub(super) fn fact(&self, name: NameId) -> Option<u8> {
        self.facts.get(name.0 as usize).copied().flatten()
    }

    fn plain(&mut self, what: What) {
        self.all.push(Choice {
            what,
            name: String::new(),
            trigger: None,
            fact: None,
            ends_case: false,
            work: Work::None,
        });
    }

    fn actions(&mut self, plan: &Plan) {
        let mut names: Vec<&str> = plan.known_names(SubjectKind::Action).collect();
        let order = |name: &str| plan.schedule.actions.iter().position(|a| a.name == name);
        names.sort_unstable_by_key(|name| (order(name).unwrap_or(usize::MAX), *name));
        let per_action = plan.schedule.price == Price::PerAction;
        let unknown = (!per_action).then_some(UNKNOWN);
        for name in names.into_iter().chain(unknown) {
            let id = plan.name(SubjectKind::Action, name);
            let action = plan.action(id);
            if per_action && !action.declared {
                continue;
            }
            self.add(Choice {
                what: What::Subject(SubjectKind::Action),
                name: name.to_owned(),
                trigger: id.and_then(|id| plan.trigger_of(id)),
                fact: id.and_then(|id| self.fact(id)),
                ends_case: action.ends_case,
                work: Work::of([action.work.billable()]),
            });
        }
    }

    fn named(&mut self, plan: &Plan, kind: SubjectKind) {
        let mut names: Vec<&str> = plan.known_names(kind).collect();
        names.sort_unstable();
        for name in names {
            let id = plan.name(kind, name);
            self.add(Choice {
                what: What::Subject(kind),
                name: name.to_owned(),
                trigger: id.and_then(|id| plan.trigger_of(id)),
                fact: id.and_then(|id| self.fact(id)),
                ends_case: false,
                work: Work::None,
            });
        }
    }

    /// Adds a kind of event, unless one that behaves alike is there.
    fn add(&mut self, new: Choice) {
        let alike = |known: &Choice| {
            known.what == new.what
                && known.trigger == new.trigger
                && known.fact == new.fact
                && known.ends_case == new.ends_case
                && known.work == new.work
        };
        if !self.all.iter().any(alike) {
            self.all.push(new);
        }
    }
}
