//! One verification of a schedule of the first part: the searches that are made, and what they come to.
//!
//! A claim that a search makes is a finding once the evaluator shows it on a real history, else a doubt.

use super::assumed::Assumed;
use super::axis::HoursAxis;
use super::claims::{Claim, Judge};
use super::key::Key;
use super::limit::Limit;
use super::machine::{Detail, Machine};
use super::search::{self, Search};
use super::verification::{Finding, Options, Proof, Shown, Verdict, Verification, Witness};
use super::{acceptance, bounds, frame, replay, witness};
use crate::model::program::Opening;
use crate::model::{Event, LineKind, Property};
use crate::money::Money;
use crate::plan::{LineId, Plan, PlannedTerms};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// One verification under way.
pub struct Run<'p> {
    pub(super) machine: Machine<'p>,
    pub(super) options: &'p Options,
    /// Whether the machine leaves out no history.
    pub(super) sure: bool,
    /// Why it leaves out some, or searches were cut short.
    pub(super) limits: Vec<Limit>,
    pub(super) found: BTreeMap<Key, Witness>,
    /// What the search proposes and no history shows.
    pub(super) doubtful: Vec<Key>,
    /// Properties for which a search did not come to its end.
    pub(super) cut_short: Vec<Property>,
    pub(super) situations: HashMap<Property, usize>,
    /// The search of everything that is billed, once it has been made.
    of_money: Option<Rc<Search>>,
    pub(super) set_aside: Vec<LineId>,
    /// Whether no case is overbilled, whatever hours it plans.
    pub(super) at_any_price: bool,
    /// Properties of which something turned on what was billed.
    pub(super) of_sums: Vec<Property>,
}

/// What the search of everything that is billed tells apart.
pub const OF_MONEY: Detail = Detail { ledger: true, marks: false };

/// Why planned hours that are not stated leave something open.
pub fn unplanned(plan: &Plan) -> Limit {
    if plan.schedule.price.is_a_rate() { Limit::PlannedHours } else { Limit::FineShares }
}

impl<'p> Run<'p> {
    pub(super) fn new(
        plan: &'p Plan,
        options: &'p Options,
        terms: PlannedTerms,
        sure: bool,
    ) -> Run<'p> {
        let axis = HoursAxis::new(plan, terms.hours);
        let frames = frame::frames(plan);
        let unplanned = (!sure).then(|| unplanned(plan));
        let limits = unplanned.into_iter().chain(frames.limit).collect();
        let in_force = options.in_force;
        Run {
            sure: sure && frames.limit.is_none(),
            limits,
            machine: Machine::new(plan, terms, frames.frames, axis).beginning(in_force),
            options,
            found: BTreeMap::new(),
            doubtful: Vec::new(),
            cut_short: Vec::new(),
            situations: HashMap::new(),
            of_money: None,
            set_aside: Vec::new(),
            at_any_price: false,
            of_sums: Vec::new(),
        }
    }
}

impl Run<'_> {
    pub(super) fn all(&mut self) {
        let plan = self.machine.plan;
        self.limits.extend(self.machine.limit());
        self.sure &= !self.machine.overflowed();
        self.search(Detail { ledger: false, marks: true }, &|property| !is_of_money(property));
        // What no history has shown yet may need the lines that have fired and the money.
        let doubtful = std::mem::take(&mut self.doubtful);
        let again = doubtful.iter().any(|key| self.options.wants(key.property()));
        if again {
            let properties: Vec<Property> = doubtful.iter().map(|key| key.property()).collect();
            self.of_sums.extend(&properties);
            let marks = doubtful.iter().any(|key| match key {
                Key::StrandedDeposit(..) | Key::Gap(..) => true,
                Key::Overbilling
                | Key::Overlap(..)
                | Key::DeadLine(_)
                | Key::Leak(_)
                | Key::Underbilling(_)
                | Key::PastDate(_)
                | Key::WorkAfterClosing(_)
                | Key::WorkAtClosing(_)
                | Key::WorkLeft(_)
                | Key::AfterTerminal(..)
                | Key::Credit(_)
                | Key::Order
                | Key::Cliff(_)
                | Key::NeverStarted(_)
                | Key::Endless(..)
                | Key::PartsLeft(_) => false,
            });
            self.search(Detail { ledger: true, marks }, &|property| properties.contains(&property));
        }
        let deposits = plan.lines.iter().any(|line| line.kind == LineKind::Deposit);
        let up_to =
            plan.lines.iter().any(|line| matches!(line.amount, crate::model::Amount::UpTo(_)));
        let counts = self.machine.total.is_some();
        let bounded = |holds: fn(&Plan, crate::money::Exact, i64) -> bool| {
            self.machine.total.is_some_and(|(exact, total)| holds(plan, exact, total))
        };
        let overbills = counts && !bounded(bounds::never_overbills);
        let credits = (deposits || up_to) && !bounded(bounds::never_credits);
        let dates = !self.machine.dates.is_empty();
        let money = |property: Property| match property {
            Property::Overbilling => overbills,
            Property::Underbilling => counts,
            Property::PastDate => dates,
            Property::Credit => credits,
            Property::Overlap
            | Property::DeadLine
            | Property::Leak
            | Property::Gap
            | Property::StrandedDeposit
            | Property::UnbilledWork
            | Property::AfterTerminal
            | Property::Order
            | Property::Cliff
            | Property::NeverStarted
            | Property::Endless
            | Property::PartsLeft => false,
        };
        self.of_sums.extend(Property::ALL.iter().filter(|property| money(**property)));
        if Property::ALL.iter().any(|property| money(*property) && self.options.wants(*property)) {
            self.search(OF_MONEY, &money);
            self.without_accepted_lines();
        }
        self.compare();
    }

    /// Looks at overbilling alone, with the planned hours of this run.
    pub(super) fn only_overbilling(&mut self) {
        let plan = self.machine.plan;
        self.sure &= !self.machine.overflowed();
        let never = |(exact, total)| bounds::never_overbills(plan, exact, total);
        if self.machine.total.is_some_and(|total| !never(total)) {
            self.search(OF_MONEY, &|property| property == Property::Overbilling);
            self.without_accepted_lines();
        }
    }

    /// Where the schedule may overbill: whether it still may without the lines that are accepted to.
    fn without_accepted_lines(&mut self) {
        let property = Property::Overbilling;
        let lines = acceptance::lines_accepted(self.machine.plan, property);
        let found = self.found.remove(&Key::Overbilling);
        let open = self.doubtful.contains(&Key::Overbilling) || self.cut_short.contains(&property);
        if lines.is_empty() || found.is_none() && !open {
            self.found.extend(found.map(|witness| (Key::Overbilling, witness)));
            return;
        }
        self.doubtful.retain(|key| *key != Key::Overbilling);
        self.cut_short.retain(|cut| *cut != property);
        let bits = lines.iter().map(|line| 1_u128.checked_shl(line.0).unwrap_or(0));
        self.machine.aside = bits.fold(0, |all, bit| all | bit);
        let whole = self.of_money.take();
        self.search(OF_MONEY, &|about| about == property);
        self.of_money = whole;
        self.machine.aside = 0;
        self.set_aside = lines;
    }

    /// A search with this detail: the one that has been made, if there is one.
    pub(super) fn searched(&mut self, detail: Detail) -> Rc<Search> {
        self.machine.detail = detail;
        match &self.of_money {
            Some(known) if detail == OF_MONEY => Rc::clone(known),
            Some(_) | None => {
                let new = Rc::new(search::search(&self.machine, self.options));
                if !new.complete {
                    self.limits.push(Limit::Situations(self.options.budget));
                }
                if detail == OF_MONEY {
                    self.of_money = Some(Rc::clone(&new));
                }
                new
            }
        }
    }

    /// Searches for what refutes some properties, and replays what it finds.
    fn search(&mut self, detail: Detail, about: &dyn Fn(Property) -> bool) {
        let search = self.searched(detail);
        let complete = search.complete && !self.machine.overflowed();
        self.limits.extend(self.machine.limit());
        for property in Property::ALL.iter().copied().filter(|property| about(*property)) {
            let most = self.situations.entry(property).or_default();
            *most = (*most).max(search.states());
            if !complete {
                self.cut_short.push(property);
            }
        }
        let mut keys: Vec<Key> = search.candidates.keys().copied().collect();
        keys.sort_unstable();
        for key in keys {
            let property = key.property();
            if !about(property) || !self.options.wants(property) || self.found.contains_key(&key) {
                continue;
            }
            let witness = search.paths(key).find_map(|path| self.shown(&path, key));
            match witness {
                Some(witness) => {
                    let count = u32::try_from(witness.events.len()).ok();
                    let fewest = search.fewest_events(key) == count;
                    let shortest = self.sure && complete && fewest;
                    self.found.insert(key, Witness { shortest, ..witness });
                }
                None => self.doubtful.push(key),
            }
        }
    }

    /// The path as a history that shows the finding, if there is one.
    fn shown(&self, path: &search::Path, key: Key) -> Option<Witness> {
        witness::Style::all().find_map(|style| {
            let history = witness::concretise(&self.machine, path, style)?;
            self.replayed(&history, key)
        })
    }

    fn replayed(&self, history: &witness::History, key: Key) -> Option<Witness> {
        let machine = &self.machine;
        let replay = replay::replay(machine.plan, &history.events, machine.terms, history.as_of)?;
        let judge = Judge {
            plan: machine.plan,
            axis: &machine.axis,
            total: machine.total.map(|(_, total)| total),
            aside: &|line| machine.is_aside(line),
            events: &history.events,
            replay: &replay,
        };
        let claims = judge.claims();
        let claim: &Claim = claims.iter().find(|claim| claim.key == key)?;
        let moment = replay.moments.get(claim.moment)?;
        Some(Witness {
            events: history.events.clone(),
            terms: machine.terms,
            agreed: Opening::default(),
            figure: None,
            enough: None,
            as_of: history.as_of,
            shows: moment.date,
            lines: replay.evaluation.lines.clone(),
            shortest: false,
            billed: moment.after.billed,
            moments: shown_moments(&history.events, &replay, claim.moment),
            compared: None,
        })
    }

    pub fn verification(mut self) -> Verification {
        let total = self.machine.total.map(|(_, total)| Money(total));
        let lines = (0..self.machine.plan.lines.len()).filter_map(|id| u32::try_from(id).ok());
        let mut dead: Vec<Finding> = Vec::new();
        let sure_of_lines = self.sure && !self.cut_short.contains(&Property::DeadLine);
        let mut unsure_lines = false;
        for line in lines.map(LineId).filter(|_| self.options.wants(Property::DeadLine)) {
            let key = Key::DeadLine(line);
            if self.found.remove(&key).is_some() {
                continue;
            }
            let past = self.options.in_force.is_past(self.machine.plan, line);
            if past || sure_of_lines && !self.doubtful.contains(&key) {
                dead.push(Finding { key, witness: None });
            } else {
                unsure_lines = true;
            }
        }
        // What needs no search of its own was seen to hold in the situations of the others.
        let least = self.situations.values().copied().min().unwrap_or_default();
        let found = std::mem::take(&mut self.found);
        let mut findings: Vec<Finding> = found
            .into_iter()
            .map(|(key, witness)| Finding { key, witness: Some(witness) })
            .chain(dead)
            .collect();
        findings.sort_by_key(|finding| (finding.property(), finding.key));
        let proofs = Property::ALL
            .iter()
            .copied()
            .filter(|property| self.options.wants(*property))
            .map(|property| {
                let refuted = findings.iter().any(|finding| finding.property() == property);
                let open = !self.sure
                    || self.cut_short.contains(&property)
                    || property == Property::DeadLine && unsure_lines
                    || self
                        .doubtful
                        .iter()
                        .any(|key| key.property() == property && property != Property::DeadLine);
                let verdict = match (refuted, open) {
                    (true, _) => Verdict::Refuted,
                    (false, true) => Verdict::Unknown,
                    (false, false) => Verdict::Proved,
                };
                let situations = self.situations.get(&property).copied().unwrap_or(least);
                let doubtful = || self.doubtful.iter().any(|key| key.property() == property);
                let limit = if verdict != Verdict::Unknown {
                    None
                } else if self.sure && !self.cut_short.contains(&property) && doubtful() {
                    Some(Limit::NotShown)
                } else {
                    self.limits.iter().min().copied().or(Some(Limit::NotShown))
                };
                let assumed = Assumed::of(self.machine.plan, property);
                let any_hours = property == Property::Overbilling && self.at_any_price;
                let assumed = Assumed { hours: assumed.hours.filter(|_| !any_hours), ..assumed };
                Proof { property, verdict, situations, more: open, limit, assumed }
            })
            .collect();
        let (set_aside, of_sums) = (self.set_aside, self.of_sums);
        Verification { findings, proofs, total, set_aside, unseen: Vec::new(), of_sums }
    }
}

/// The moments up to one that are worth showing: events, and days on which something is billed.
pub fn shown_moments(events: &[Event], replay: &replay::Replay, last: usize) -> Vec<Shown> {
    let taken = replay.moments.get(..=last).unwrap_or_default();
    let mut shown: Vec<Shown> = taken
        .iter()
        .filter(|moment| moment.event.is_some() || moment.amount != Money::ZERO)
        .map(|moment| Shown {
            date: moment.date,
            event: moment.event.map(|event| event as usize),
            fired: moment.fired.clone(),
            amount: moment.amount,
        })
        .collect();
    // Events that the evaluator left out, such as work after the case was closed.
    let left = replay.evaluation.notices.iter().filter(|notice| !notice.kind.has_effect());
    for notice in left {
        let known = |shown: &Shown| shown.event == Some(notice.event);
        if events.get(notice.event).is_some() && !shown.iter().any(known) {
            shown.push(Shown {
                date: notice.date,
                event: Some(notice.event),
                fired: Vec::new(),
                amount: Money::ZERO,
            });
        }
    }
    shown.sort_by_key(|shown| shown.date);
    shown
}

/// Whether a property is about what has been billed in all.
fn is_of_money(property: Property) -> bool {
    match property {
        Property::Overbilling | Property::Underbilling | Property::PastDate | Property::Credit => {
            true
        }
        Property::Overlap
        | Property::DeadLine
        | Property::Leak
        | Property::Gap
        | Property::StrandedDeposit
        | Property::UnbilledWork
        | Property::AfterTerminal
        | Property::Order
        | Property::Cliff
        | Property::NeverStarted
        | Property::Endless
        | Property::PartsLeft => false,
    }
}
