//! The schedules in force, and cases billed on them.

use super::events::{Case, CaseFault, Place};
use crate::calendar::Date;
use crate::diagnostic::did_you_mean;
use crate::eval::{self, Evaluation, Observer, Silent, Withheld};
use crate::lang::{Lang, say};
use crate::plan::{Plan, PlannedTerms};
use std::collections::HashMap;

/// Schedules by their names.
#[derive(Clone, Debug, Default)]
pub struct Book {
    plans: Vec<Plan>,
    by_name: HashMap<String, usize>,
}

/// A case that is billed.
#[derive(Debug)]
pub struct Bill<'b> {
    /// The schedule.
    pub plan: &'b Plan,
    /// The lines and notices.
    pub evaluation: Evaluation,
}

/// A case that is withheld whole.
#[derive(Debug)]
pub struct Unbilled<'b> {
    /// Where the reason stands; of a case without a sound event, its first line.
    pub place: Option<Place>,
    /// The reason.
    pub reason: UnbilledReason<'b>,
}

/// Why a case is withheld.
#[derive(Debug)]
pub enum UnbilledReason<'b> {
    /// A line of it is no event.
    Fault(CaseFault),
    /// It is opened on a schedule that the book does not have.
    UnknownSchedule(String),
    /// It is not opened, and there is more than one schedule.
    NotOpened,
    /// Its history is not sound.
    Withheld(&'b Plan, Withheld),
}

impl Book {
    /// Adds a schedule; gives it back if its name is taken.
    pub fn add(&mut self, plan: Plan) -> Result<(), Box<Plan>> {
        let name = plan.schedule.name.clone();
        if self.by_name.contains_key(&name) {
            return Err(Box::new(plan));
        }
        self.by_name.insert(name, self.plans.len());
        self.plans.push(plan);
        Ok(())
    }

    /// The schedules, in the order in which they were added.
    pub fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// The schedule of this name.
    pub fn plan(&self, name: &str) -> Option<&Plan> {
        self.by_name.get(name).and_then(|place| self.plans.get(*place))
    }

    /// The schedule of a case: the one on which it is opened, or the only one.
    pub fn plan_of(&self, case: &Case) -> Result<&Plan, Unbilled<'_>> {
        let opened = case
            .events
            .iter()
            .zip(&case.places)
            .find_map(|(event, place)| event.kind.opens().map(|name| (name, *place)));
        match (opened, self.plans.as_slice()) {
            (Some((name, place)), _) => self.plan(name).ok_or_else(|| Unbilled {
                place: Some(place),
                reason: UnbilledReason::UnknownSchedule(name.to_owned()),
            }),
            (None, [only]) => Ok(only),
            (None, _) => {
                let place = case.places.first().copied();
                Err(Unbilled { place, reason: UnbilledReason::NotOpened })
            }
        }
    }

    /// Bills a case, up to and including `as_of`: whole, or not at all.
    pub fn bill(&self, case: &Case, as_of: Date) -> Result<Bill<'_>, Unbilled<'_>> {
        let plan = self.plan_of_sound(case)?;
        self.bill_with(plan, case, as_of, &mut Silent).map(|evaluation| Bill { plan, evaluation })
    }

    /// The schedule of a case, all of whose lines are events.
    pub fn plan_of_sound(&self, case: &Case) -> Result<&Plan, Unbilled<'_>> {
        match case.faults.first() {
            Some(fault) => {
                let reason = UnbilledReason::Fault(fault.clone());
                Err(Unbilled { place: Some(fault.place), reason })
            }
            None => self.plan_of(case),
        }
    }

    /// Bills a sound case on its schedule, and tells an observer each step.
    pub fn bill_with<'b, O: Observer>(
        &'b self,
        plan: &'b Plan,
        case: &Case,
        as_of: Date,
        observer: &mut O,
    ) -> Result<Evaluation, Unbilled<'b>> {
        let terms = PlannedTerms::default();
        eval::evaluate_with(plan, &case.events, terms, as_of, observer).map_err(|withheld| {
            let event = withheld.event().and_then(|event| case.places.get(event));
            let place = event.or(case.places.first()).copied();
            Unbilled { place, reason: UnbilledReason::Withheld(plan, withheld) }
        })
    }
}

impl Unbilled<'_> {
    /// Why, in one sentence, lower case, no full stop.
    pub fn say(&self, book: &Book, case: &Case, lang: Lang) -> String {
        match &self.reason {
            UnbilledReason::Fault(fault) => fault.fault.say(lang),
            UnbilledReason::NotOpened => say!(
                lang,
                "the case has no `opened` event, and there is more than one schedule",
                "le dossier n'a pas d'événement `opened`, et il y a plus d'un échéancier"
            ),
            UnbilledReason::UnknownSchedule(name) => {
                let known = book.plans.iter().map(|plan| plan.schedule.name.as_str());
                let name = name.escape_debug();
                match did_you_mean(&name.to_string(), known) {
                    Some(near) => say!(
                        lang,
                        "there is no schedule `{name}`; did you mean `{near}`?",
                        "il n'y a pas d'échéancier `{name}` ; vouliez-vous dire `{near}` ?"
                    ),
                    None => say!(
                        lang,
                        "there is no schedule `{name}`",
                        "il n'y a pas d'échéancier `{name}`"
                    ),
                }
            }
            UnbilledReason::Withheld(plan, withheld) => withheld.say(plan, &case.events, lang),
        }
    }
}
