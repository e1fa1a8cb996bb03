//! Every history that a case can have: proved sound, or a concrete one that goes wrong.
//!
//! In: a [`Plan`]. Out: a [`Verification`]: for each property a [`Verdict`], and for each way in
//! which one is refuted a [`Finding`] with a dated history that shows it. The schedule's constants
//! cut time and hours into finitely many cells within which nothing changes; a search over them
//! finds every situation that a case can come to. A finding is reported only if the evaluator shows
//! it on a real history; a property is proved only if the search, which leaves out no history, ends
//! without one. Whatever is neither is unknown. Nothing here bills, reads or prints.

mod acceptance;
mod agreed;
mod ahead;
pub mod asked;
mod axis;
mod billing;
mod bounds;
pub(crate) mod by_the_rules;
mod choices;
mod claims;
mod cliff;
mod compare;
mod edits;
pub mod follow;
mod frame;
mod from_the_lines;
mod gate;
mod grouped;
mod in_force;
mod key;
mod ledger;
mod limit;
mod lives;
mod machine;
mod moments;
mod order;
mod own_terms;
pub(crate) mod planned;
mod projection;
mod proposal;
pub mod reached;
mod replay;
mod search;
mod second;
mod shapes;
mod situation;
mod tried;
pub mod versions;
mod within;
mod witness;
mod words;
mod words_compared;
mod words_condition;
mod words_help;
mod words_message;

use crate::calendar::Date;
use crate::model::program::Opening;
use crate::model::{Event, InvoiceLine, LineKind};
use crate::money::Money;
use crate::plan::{Beyond, LineId, Plan, PlannedTerms};
use crate::stop::Stop;
use axis::HoursAxis;
use claims::{Claim, Judge};
use machine::{Detail, Machine};
use planned::{every_terms, terms};
use search::Search;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

pub use crate::model::Terminal;
pub use crate::model::{FollowProperty, Level, Property};
pub use acceptance::{left, unused};
pub use grouped::{grouped, say_group};
pub use in_force::InForce;
pub use key::Key;
pub use limit::Limit;
pub use own_terms::Assumed;
pub use second::Unseen;
pub use situation::{DurationKey, Measure, Missing};
pub use words::{Said, say};

/// What to verify, and how far to go.
#[derive(Clone, Debug)]
pub struct Options {
    /// The properties; all, if none is named.
    pub only: Vec<Property>,
    /// So many situations are looked at in one search; past them the verdict is unknown.
    pub budget: usize,
    /// When cases begin, where the schedule has several versions.
    pub in_force: InForce,
    /// Once it is asked, searches end early, and what is told of them is not to be used.
    pub stop: Stop,
}

impl Default for Options {
    fn default() -> Self {
        let (only, in_force, stop) = (Vec::new(), InForce::default(), Stop::default());
        Options { only, budget: 200_000, in_force, stop }
    }
}

impl Options {
    fn wants(&self, property: Property) -> bool {
        self.only.is_empty() || self.only.contains(&property)
    }
}

/// What is known of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// It holds in every history.
    Proved,
    /// Neither proved nor refuted.
    Unknown,
    /// A history shows otherwise (or, for a dead line, none fires it).
    Refuted,
}

impl Verdict {
    /// The stable name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Proved => "proved",
            Verdict::Unknown => "unknown",
            Verdict::Refuted => "refuted",
        }
    }
}

/// A property and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct Proof {
    /// Which property.
    pub property: Property,
    /// What is known.
    pub verdict: Verdict,
    /// How many situations were looked at for it: none, where it follows from the lines alone.
    pub situations: usize,
    /// Whether there may be more findings than those that are told.
    pub more: bool,
    /// Why it is neither proved nor refuted, where it is neither.
    pub limit: Option<Limit>,
    /// What is assumed of the cases that the verdict speaks of: nothing, if they are all.
    pub assumed: Assumed,
}

/// A history that goes wrong.
#[derive(Clone, Debug)]
pub struct Witness {
    /// Its events, in the order of their moments.
    pub events: Vec<Event>,
    /// What the case plans where the schedule states nothing.
    pub terms: PlannedTerms,
    /// What the case agrees, where each case agrees its own.
    pub agreed: Opening,
    /// The price, or the rate, among it.
    pub figure: Option<Money>,
    /// From which price on no case does it, where that is a matter of the price alone.
    pub enough: Option<Money>,
    /// Until when it was looked at: nothing comes after.
    pub as_of: Date,
    /// The day on which it shows.
    pub shows: Date,
    /// Its invoice lines, as the evaluator gives them.
    pub lines: Vec<InvoiceLine>,
    /// Whether no history with fewer events shows it.
    pub shortest: bool,
    /// Billed in all when it shows.
    pub billed: Money,
    /// Its events and what was billed, in order, up to when it shows.
    pub moments: Vec<Shown>,
    /// The history that it is compared with, if it is.
    pub compared: Option<Compared>,
}

/// The other of two histories that are compared.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Its events.
    pub events: Vec<Event>,
    /// What it bills in all.
    pub billed: Money,
}

/// One moment of a witness.
#[derive(Clone, Debug)]
pub struct Shown {
    /// Its day.
    pub date: Date,
    /// Its event's place among the witness's events; none for the calendar.
    pub event: Option<usize>,
    /// The lines that fired.
    pub fired: Vec<LineId>,
    /// What was billed, deductions included.
    pub amount: Money,
}

/// One way in which a property does not hold.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What, where.
    pub key: Key,
    /// A history that shows it; none for a line that no history fires.
    pub witness: Option<Witness>,
}

impl Verification {
    /// The schedule uses what no proof covers: nothing is proved and nothing refuted.
    fn not_covered(what: Beyond, options: &Options) -> Verification {
        let unknown = |property| Proof {
            property,
            verdict: Verdict::Unknown,
            situations: 0,
            more: false,
            limit: Some(Limit::NotCovered(what)),
            assumed: Assumed::default(),
        };
        let asked = Property::ALL.iter().copied().filter(|property| options.wants(*property));
        Verification { proofs: asked.map(unknown).collect(), ..Verification::none() }
    }

    /// Nothing was looked at.
    fn none() -> Verification {
        Verification {
            findings: Vec::new(),
            proofs: Vec::new(),
            total: None,
            set_aside: Vec::new(),
            unseen: Vec::new(),
            of_sums: Vec::new(),
        }
    }
}

impl Finding {
    /// The property that is refuted.
    pub fn property(&self) -> Property {
        self.key.property()
    }
}

/// Everything that is known of one schedule.
#[derive(Clone, Debug)]
pub struct Verification {
    /// What goes wrong, the heaviest properties first.
    pub findings: Vec<Finding>,
    /// What is known of each property that was asked for.
    pub proofs: Vec<Proof>,
    /// The rounded total of the price, where it is known.
    pub total: Option<Money>,
    /// The lines that are accepted to overbill, where it makes a difference to leave them out.
    pub set_aside: Vec<LineId>,
    /// What the schedule states that no property looks at.
    pub unseen: Vec<Unseen>,
    /// Properties of which something turned on what was billed.
    of_sums: Vec<Property>,
}

/// Looks at every history that a case of this schedule can have.
pub fn verify(plan: &Plan, options: &Options) -> Verification {
    match &plan.schedule.second {
        Some(program) => second::verify(plan, program, options),
        None => of_the_first_part(plan, options),
    }
}

fn of_the_first_part(plan: &Plan, options: &Options) -> Verification {
    let (planned, sure, varies) = every_terms(plan);
    let mut whole: Option<Run<'_>> = None;
    for terms in planned {
        if options.stop.is_asked() {
            break;
        }
        if let Some(whole) = &mut whole
            && whole.situations.values().any(|states| *states > options.budget)
        {
            // Other planned hours would take as long again.
            whole.sure = false;
            whole.limits.push(Limit::Situations(options.budget));
            break;
        }
        let mut run = Run::new(plan, options, terms, sure);
        run.machine.shares_vary = varies;
        run.all();
        match &mut whole {
            Some(whole) => whole.take_in(run),
            None => whole = Some(run),
        }
    }
    if let Some(whole) = &mut whole {
        whole.with_own_hours(plan, terms(plan).0);
    }
    whole.map_or_else(Verification::none, Run::verification)
}

/// One verification under way.
struct Run<'p> {
    machine: Machine<'p>,
    options: &'p Options,
    /// Whether the machine leaves out no history.
    sure: bool,
    /// Why it leaves out some, or searches were cut short.
    limits: Vec<Limit>,
    found: BTreeMap<Key, Witness>,
    /// What the search proposes and no history shows.
    doubtful: Vec<Key>,
    /// Properties for which a search did not come to its end.
    cut_short: Vec<Property>,
    situations: HashMap<Property, usize>,
    /// The search of everything that is billed, once it has been made.
    of_money: Option<Rc<Search>>,
    set_aside: Vec<LineId>,
    /// Whether no case is overbilled, whatever hours it plans.
    at_any_price: bool,
    /// Properties of which something turned on what was billed.
    of_sums: Vec<Property>,
}

/// What the search of everything that is billed tells apart.
const OF_MONEY: Detail = Detail { ledger: true, marks: false };

/// Why planned hours that are not stated leave something open.
fn unplanned(plan: &Plan) -> Limit {
    if plan.schedule.price.is_a_rate() { Limit::PlannedHours } else { Limit::FineShares }
}

impl<'p> Run<'p> {
    fn new(plan: &'p Plan, options: &'p Options, terms: PlannedTerms, sure: bool) -> Run<'p> {
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
    fn all(&mut self) {
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
    fn only_overbilling(&mut self) {
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
    fn searched(&mut self, detail: Detail) -> Rc<Search> {
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

    fn verification(mut self) -> Verification {
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
fn shown_moments(events: &[Event], replay: &replay::Replay, last: usize) -> Vec<Shown> {
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
