//! The schedules in force, and cases billed on them.

use super::case::{Case, Dense, KnownNames};
use super::case_events::Together;
use super::events::Histories;
use super::place::Place;
use super::wrong_lines::CaseFault;
use crate::calendar::Date;
use crate::diagnostic::did_you_mean;
use crate::eval::{
    self, Bill, Evaluator, InvoiceFault, IssuedFault, Pen, Recall, Silent, Withheld, Written,
};
use crate::lang::{Lang, say, seen};
use crate::model::InCommon;
use crate::money::Currency;
use crate::plan::{Plan, PlannedTerms};
use foldhash::HashMap;
use std::mem::Discriminant;

/// Schedules by their names.
#[derive(Clone, Debug, Default)]
pub struct Book {
    plans: Vec<Plan>,
    /// For each name, its versions, the first in force first.
    by_name: HashMap<String, Vec<usize>>,
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
    /// It begins before the first version of its schedule is in force.
    OlderThanAll(String),
    /// It is not opened, and there is more than one schedule.
    NotOpened,
    /// Its history is not sound.
    Withheld(&'b Plan, Withheld),
    /// The lines said to have been issued for it cannot be.
    Issued(IssuedFault),
    /// Its lines cannot be put on invoices.
    Invoices(InvoiceFault),
    /// The program failed on it: a fault of the program, not of the case.
    Panic,
}

/// What the reasons of two cases have in common that are mended in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReasonInCommon {
    /// What is wrong with a line.
    Fault(InCommon),
    /// What is not sound in the history.
    History(Discriminant<Withheld>),
    /// Another reason.
    Other(&'static str),
}

impl Book {
    /// Adds a schedule; gives it back if its name is taken.
    pub fn add(&mut self, plan: Plan) -> Result<(), Box<Plan>> {
        let since = |plan: &Plan| plan.schedule.in_force_from();
        let plans = &self.plans;
        let from = |place: &usize| plans.get(*place).and_then(since);
        let versions = self.by_name.entry(plan.schedule.name.clone()).or_default();
        if versions.iter().any(|place| from(place) == since(&plan)) {
            return Err(Box::new(plan));
        }
        let place = versions.partition_point(|place| from(place) < since(&plan));
        versions.insert(place, self.plans.len());
        self.plans.push(plan);
        Ok(())
    }

    /// The currencies of the schedules.
    pub fn currencies(&self) -> Vec<Currency> {
        self.plans.iter().map(|plan| plan.schedule.currency).collect()
    }

    /// The schedules, in the order in which they were added.
    pub fn plans(&self) -> &[Plan] {
        &self.plans
    }

    /// The schedule of this name that is in force on a day.
    pub fn plan(&self, name: &str, day: Option<Date>) -> Option<&Plan> {
        self.plans.get(self.place(name, day)?)
    }

    /// The version of this name that is in force from that day; or the one that states none.
    pub fn version(&self, name: &str, in_force_from: Option<Date>) -> Option<&Plan> {
        let places = self.by_name.get(name)?.iter();
        let mut versions = places.filter_map(|place| self.plans.get(*place));
        versions.find(|plan| plan.schedule.in_force_from() == in_force_from)
    }

    /// Whether there is a schedule of this name, in force or not.
    fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(name)
    }

    /// Whether any version of this name says from when it is in force.
    fn has_dates(&self, name: &str) -> bool {
        let dated = |place: &usize| {
            self.plans.get(*place).is_some_and(|plan| plan.schedule.in_force_from().is_some())
        };
        self.by_name.get(name).is_some_and(|places| places.iter().any(dated))
    }

    /// The place of the schedule of this name that is in force on a day.
    fn place(&self, name: &str, day: Option<Date>) -> Option<usize> {
        let began = |place: &&usize| {
            let from = self.plans.get(**place).and_then(|plan| plan.schedule.in_force_from());
            from.is_none() || day.is_none() || from <= day
        };
        self.by_name.get(name)?.iter().rev().find(began).copied()
    }

    /// The only name that there is, whatever its versions.
    fn only_name(&self) -> Option<&str> {
        let mut names = self.by_name.keys();
        names.next().filter(|_| names.next().is_none()).map(String::as_str)
    }

    /// The schedule of a case: the one on which it is opened, or the only one.
    pub fn plan_of(&self, case: &Case) -> Result<&Plan, Unbilled<'_>> {
        let opened = eval::opened_on(&case.events)
            .and_then(|(event, name)| Some((name, *case.places.get(event)?)));
        let (name, place) = match (opened, self.only_name()) {
            (Some((name, place)), _) => (name, Some(place)),
            (None, Some(only)) => (only, case.places.first().copied()),
            (None, None) => {
                let place = case.places.first().copied();
                return Err(Unbilled { place, reason: UnbilledReason::NotOpened });
            }
        };
        let day = if self.has_dates(name) { eval::first_day(&case.events) } else { None };
        self.plan(name, day).ok_or_else(|| Unbilled { place, reason: self.unknown(name) })
    }

    /// Why there is no schedule of this name for a case.
    fn unknown(&self, name: &str) -> UnbilledReason<'static> {
        if self.has(name) {
            UnbilledReason::OlderThanAll(name.to_owned())
        } else {
            UnbilledReason::UnknownSchedule(name.to_owned())
        }
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
}

impl<'b> Unbilled<'b> {
    /// Why a case is withheld by its schedule, and where.
    pub fn by(plan: &'b Plan, case: &Case, withheld: Withheld) -> Unbilled<'b> {
        let event = withheld.event().and_then(|event| case.places.get(event));
        let place = event.or(case.places.first()).copied();
        Unbilled { place, reason: UnbilledReason::Withheld(plan, withheld) }
    }
}

/// Bills one case after another, and allocates nothing once it has seen a few.
pub struct Biller<'b> {
    book: &'b Book,
    evaluator: Evaluator,
    names: KnownNames,
    together: Together,
    pen: Pen,
}

/// A case that is billed, dense.
pub struct Billed<'a, 'b> {
    /// The schedule.
    pub plan: &'b Plan,
    /// The lines and notices.
    pub bill: Bill<'a>,
    case: Dense<'a, 'a>,
    pen: &'a mut Pen,
}

impl Billed<'_, '_> {
    /// Gives each line, written out, in the order in which they fired.
    pub fn each_line(&mut self, each: impl FnMut(&Written<'_>)) {
        self.pen.write(self.plan, &self.case, self.bill.lines.clone(), each);
    }
}

impl<'b> Biller<'b> {
    /// A biller of a book, for histories that grow but are not exchanged: it notes their names.
    pub fn new(book: &'b Book) -> Self {
        Biller::keeping(book, usize::MAX)
    }

    /// The same, which keeps at the most so many notices of a case, and counts all.
    pub fn keeping(book: &'b Book, notices: usize) -> Self {
        let (evaluator, pen) = (Evaluator::keeping(notices), Pen::default());
        Self { book, evaluator, names: KnownNames::default(), together: Together::default(), pen }
    }

    /// Bills a case, up to and including `as_of`: whole, or not at all.
    pub fn bill<'a>(
        &'a mut self,
        histories: &'a Histories,
        case: usize,
        as_of: Date,
    ) -> Result<Billed<'a, 'b>, Unbilled<'b>> {
        if let Some(fault) = histories.first_fault(case) {
            let place = Some(fault.place);
            return Err(Unbilled { place, reason: UnbilledReason::Fault(fault) });
        }
        let events = self.together.events(histories, case);
        let place_of = |event: u32| histories.place_of(events.place(event));
        let unbilled = |event, reason| Unbilled { place: Some(place_of(event)), reason };
        let opened = events.opened();
        let book = self.book;
        let (event, name) = match (opened, book.only_name()) {
            (Some((event, name)), _) => (event, name),
            (None, Some(only)) => (0, only),
            (None, None) => return Err(unbilled(0, UnbilledReason::NotOpened)),
        };
        let day = if book.has_dates(name) { events.first_day() } else { None };
        let number = book.place(name, day).ok_or_else(|| unbilled(event, book.unknown(name)))?;
        let Some(plan) = self.book.plans.get(number) else {
            return Err(unbilled(0, UnbilledReason::NotOpened));
        };
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let mut case = Dense { events, plan: number, names: &mut self.names };
        let terms = PlannedTerms::default();
        let bill = self.evaluator.bill_sent(plan, &mut case, terms, as_of, &mut Silent);
        let bill = bill.map_err(|withheld| {
            let event = withheld.event().and_then(|event| u32::try_from(event).ok());
            unbilled(event.unwrap_or(0), UnbilledReason::Withheld(plan, withheld))
        })?;
        Ok(Billed { plan, bill, case, pen: &mut self.pen })
    }
}

impl Unbilled<'_> {
    /// What it has in common with others.
    pub fn in_common(&self) -> ReasonInCommon {
        match &self.reason {
            UnbilledReason::Fault(fault) => ReasonInCommon::Fault(fault.fault.in_common()),
            UnbilledReason::Withheld(_, withheld) => {
                ReasonInCommon::History(std::mem::discriminant(withheld))
            }
            UnbilledReason::UnknownSchedule(_) => ReasonInCommon::Other("unknown schedule"),
            UnbilledReason::OlderThanAll(_) => ReasonInCommon::Other("older than all versions"),
            UnbilledReason::NotOpened => ReasonInCommon::Other("not opened"),
            UnbilledReason::Issued(_) => ReasonInCommon::Other("issued lines"),
            UnbilledReason::Invoices(_) => ReasonInCommon::Other("invoices"),
            UnbilledReason::Panic => ReasonInCommon::Other("failure of the program"),
        }
    }

    /// Why, in one sentence, lower case, no full stop.
    pub fn say(&self, book: &Book, events: &(impl Recall + ?Sized), lang: Lang) -> String {
        match &self.reason {
            UnbilledReason::Fault(fault) => fault.fault.say(lang),
            UnbilledReason::NotOpened => say!(
                lang,
                "the case has no `opened` event, and there is more than one schedule",
                "le dossier n'a pas d'événement `opened` (`ouverture` dans un tableur), et il y a plus d'un échéancier"
            ),
            UnbilledReason::UnknownSchedule(name) => {
                let known = book.plans.iter().map(|plan| plan.schedule.name.as_str());
                let near = did_you_mean(name, known);
                let name = seen(name);
                match near {
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
            UnbilledReason::OlderThanAll(name) => {
                let name = seen(name);
                say!(
                    lang,
                    "the case begins before the first version of schedule `{name}` is in force",
                    "le dossier commence avant que la première version de l'échéancier `{name}` soit en vigueur"
                )
            }
            UnbilledReason::Issued(fault) => fault.say(lang),
            UnbilledReason::Invoices(fault) => fault.say(lang),
            UnbilledReason::Panic => say!(
                lang,
                "the program failed on it; please report this",
                "le programme a échoué sur lui ; merci de le signaler"
            ),
            UnbilledReason::Withheld(plan, withheld) => withheld.say(plan, events, lang),
        }
    }
}
