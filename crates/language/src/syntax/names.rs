//! Every name of a file, with what it names and whether it is stated or only spoken of: what an editor jumps
//! to, lists and renames.
//!
//! In: a tree as written, which may leave out what could not be read. Out: its names in the order of their
//! places. Two are of one thing if they are of one kind, in one scope and equal as texts.

use super::ast::*;
use crate::span::Span;

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Naming {
    /// A schedule; its versions bear one name.
    Schedule,
    FollowUp,
    Scenario,
    /// The label of a line.
    Line,
    Action,
    Deliverable,
    Event,
    Payer,
    /// A step of a follow-up.
    Step,
    /// A unit in which work is counted.
    Unit,
}

impl From<SubjectKind> for Naming {
    fn from(kind: SubjectKind) -> Naming {
        match kind {
            SubjectKind::Action => Naming::Action,
            SubjectKind::Deliverable => Naming::Deliverable,
            SubjectKind::Event => Naming::Event,
        }
    }
}

/// A name where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub what: Naming,
    pub text: String,
    /// With its quotes.
    pub span: Span,
    /// Whether it is stated here, not only spoken of. What nothing states is stated where it is first spoken of.
    pub states: bool,
    /// The schedule or the follow-up in which it is known; empty for what a whole file knows.
    pub scope: String,
}

impl Named {
    /// Whether both are names of one thing.
    pub fn is_of(&self, other: &Named) -> bool {
        (self.what, &self.text, &self.scope) == (other.what, &other.text, &other.scope)
    }
}

/// All names of a file, in order.
pub fn names(file: &File) -> Vec<Named> {
    let mut reader = Reader::default();
    for item in &file.items {
        reader.item(item);
    }
    let mut names = reader.names;
    names.sort_by_key(|named| named.span);
    names
}

#[derive(Default)]
struct Reader {
    names: Vec<Named>,
    /// The last schedule and the last follow-up, for scenarios that name none.
    schedule: String,
    follow_up: String,
    below_follow_up: bool,
    /// In what the next item stands.
    scope: String,
}

impl Reader {
    fn add(&mut self, what: Naming, name: &Name, states: bool) {
        let scope = match what {
            Naming::Schedule | Naming::FollowUp | Naming::Payer | Naming::Unit => String::new(),
            Naming::Scenario
            | Naming::Line
            | Naming::Action
            | Naming::Deliverable
            | Naming::Event
            | Naming::Step => self.scope.clone(),
        };
        let (text, span) = (name.text.clone(), name.at.0);
        self.names.push(Named { what, text, span, states, scope });
    }

    fn uses(&mut self, what: Naming, name: &Name) {
        self.add(what, name, false);
    }

    fn item(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Schedule { name, .. } => {
                self.add(Naming::Schedule, name, true);
                self.schedule.clone_from(&name.text);
                self.scope.clone_from(&name.text);
                self.below_follow_up = false;
            }
            ItemKind::FollowUp(follow_up) => {
                self.add(Naming::FollowUp, &follow_up.name, true);
                self.follow_up.clone_from(&follow_up.name.text);
                self.scope.clone_from(&follow_up.name.text);
                self.below_follow_up = true;
                for criterion in &follow_up.criteria {
                    for value in &criterion.values {
                        match criterion.field {
                            InvoiceField::Payer => self.uses(Naming::Payer, value),
                            InvoiceField::Schedule => self.uses(Naming::Schedule, value),
                            InvoiceField::Group | InvoiceField::Customer => {}
                        }
                    }
                }
            }
            ItemKind::Scenario { name, of } => {
                let (what, of) = match of {
                    Some(Of::Schedule(name)) => (Some(Naming::Schedule), Some(name)),
                    Some(Of::FollowUp(name)) => (Some(Naming::FollowUp), Some(name)),
                    None => (None, None),
                };
                self.below_follow_up = match what {
                    Some(what) => what == Naming::FollowUp,
                    None => self.below_follow_up,
                };
                let above = if self.below_follow_up { &self.follow_up } else { &self.schedule };
                self.scope = of.map_or_else(|| above.clone(), |name| name.text.clone());
                self.add(Naming::Scenario, name, true);
                if let (Some(what), Some(name)) = (what, of) {
                    self.uses(what, name);
                }
            }
            ItemKind::Action(action) => {
                self.add(Naming::Action, &action.name, true);
                if let Some(Rate { kind: RateKind::PerUnit { unit, .. }, .. }) = &action.rate {
                    self.uses(Naming::Unit, unit);
                }
            }
            ItemKind::Payer(payer) => self.add(Naming::Payer, &payer.name, true),
            ItemKind::Line(line) => self.line(line),
            ItemKind::Step(step) => self.step(step),
            ItemKind::Accepts { line, .. } => {
                if let Some(line) = line {
                    self.uses(Naming::Line, line);
                }
            }
            ItemKind::Agreed(term) => self.term(term),
            ItemKind::Event { happening, .. } => {
                if let Some((kind, name)) = happening.subject() {
                    self.uses(kind.into(), name);
                } else if let Happening::Amendment(term) = happening {
                    self.term(term);
                }
            }
            ItemKind::Expect(Expect::Line { label, payer, .. }) => {
                self.uses(Naming::Line, label);
                if let Some(payer) = payer {
                    self.uses(Naming::Payer, payer);
                }
            }
            ItemKind::Expect(Expect::Step { step, .. }) => self.uses(Naming::Step, step),
            ItemKind::Expect(Expect::Nothing | Expect::Total(_))
            | ItemKind::Unit(_)
            | ItemKind::Price(_)
            | ItemKind::Planned(_)
            | ItemKind::WholeAttendance
            | ItemKind::Vat(_)
            | ItemKind::Payment(_)
            | ItemKind::MaySuspend
            | ItemKind::Invoice(_)
            | ItemKind::Until(_)
            | ItemKind::Broken(_) => {}
        }
    }

    fn line(&mut self, line: &Line) {
        self.add(Naming::Line, &line.label, true);
        for trigger in &line.triggers {
            if let Some((kind, name)) = trigger.kind.subject() {
                self.uses(kind.into(), name);
            }
            if let Some(anchor) = trigger.kind.anchor() {
                self.anchor(anchor);
            }
        }
        if let Some(condition) = &line.condition {
            self.condition(condition);
        }
        if let Some(payer) = &line.options.charged_to {
            self.uses(Naming::Payer, payer);
        }
    }

    fn anchor(&mut self, anchor: &Anchor) {
        match anchor {
            Anchor::Subject(kind, name) => self.uses((*kind).into(), name),
            Anchor::Milestone(_) | Anchor::PlannedStart | Anchor::PlannedEnd => {}
        }
    }

    fn condition(&mut self, condition: &Condition) {
        match &condition.kind {
            ConditionKind::Any(all) | ConditionKind::All(all) => {
                all.iter().for_each(|each| self.condition(each));
            }
            ConditionKind::Not(inner) => self.condition(inner),
            ConditionKind::Compare { measured, .. } | ConditionKind::Window { measured, .. } => {
                if let Some(anchor) = measured.anchor() {
                    self.anchor(anchor);
                }
            }
            ConditionKind::Fact(fact) | ConditionKind::Times { fact, .. } => match fact {
                Fact::Happened(kind, name) => self.uses((*kind).into(), name),
                Fact::Reached(_) => {}
            },
            ConditionKind::Day { .. } => {}
        }
    }

    fn term(&mut self, term: &CaseTerm) {
        match term {
            CaseTerm::Share { payer, .. } => self.uses(Naming::Payer, payer),
            CaseTerm::Price(_)
            | CaseTerm::Rate(_)
            | CaseTerm::PlannedStart(_)
            | CaseTerm::PlannedEnd(_)
            | CaseTerm::Planned(_) => {}
        }
    }

    fn step(&mut self, step: &Step) {
        self.add(Naming::Step, &step.label, true);
        for trigger in &step.triggers {
            match &trigger.kind {
                StepTriggerKind::After { anchor: StepAnchor::Step(name), .. } => {
                    self.uses(Naming::Step, name);
                }
                StepTriggerKind::After { anchor: StepAnchor::Day(_), .. }
                | StepTriggerKind::On(_)
                | StepTriggerKind::BeforeDue(_) => {}
            }
        }
        if let Some(condition) = &step.condition {
            self.step_condition(condition);
        }
    }

    fn step_condition(&mut self, condition: &StepCondition) {
        match &condition.kind {
            StepConditionKind::Any(all) | StepConditionKind::All(all) => {
                all.iter().for_each(|each| self.step_condition(each));
            }
            StepConditionKind::Not(inner) => self.step_condition(inner),
            StepConditionKind::Done(name) => self.uses(Naming::Step, name),
            StepConditionKind::Sum { .. }
            | StepConditionKind::Is(_)
            | StepConditionKind::SentBy(_) => {}
        }
    }
}
