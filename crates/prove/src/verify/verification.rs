//! What is known of a schedule once it has been looked at: verdicts, findings, and the histories that show them.

use super::assumed::Assumed;
use super::in_force::InForce;
use super::key::Key;
use super::limit::Limit;
use super::unseen::Unseen;
use crate::calendar::Date;
use crate::model::program::Opening;
use crate::model::{Event, InvoiceLine, Property, Scenario};
use crate::money::Money;
use crate::plan::{Beyond, LineId, PlannedTerms};
use crate::stop::Stop;
use std::sync::Arc;

/// What to verify, and how far to go.
#[derive(Clone, Debug)]
pub struct Options {
    /// The properties; all, if none is named.
    pub only: Vec<Property>,
    /// So many situations are looked at in one search; past them the verdict is unknown.
    pub budget: usize,
    /// When cases begin, where the schedule has several versions.
    pub in_force: InForce,
    /// Examples that somebody wrote down, tried beside those that are made up: the scenarios of the file.
    pub scenarios: Arc<[Scenario]>,
    /// Once it is asked, searches end early, and what is told of them is not to be used.
    pub stop: Stop,
}

impl Default for Options {
    fn default() -> Self {
        let (only, scenarios) = (Vec::new(), Arc::default());
        let (in_force, stop) = (InForce::default(), Stop::default());
        Options { only, budget: 200_000, in_force, scenarios, stop }
    }
}

impl Options {
    pub(super) fn wants(&self, property: Property) -> bool {
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
    pub(super) fn not_covered(what: Beyond, options: &Options) -> Verification {
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
    pub(super) fn none() -> Verification {
        Verification {
            findings: Vec::new(),
            proofs: Vec::new(),
            total: None,
            set_aside: Vec::new(),
            unseen: Vec::new(),
            of_sums: Vec::new(),
        }
    }
    /// What is neither proved nor refuted, by reason.
    pub fn undecided(&self) -> Vec<(Option<Limit>, Vec<Property>)> {
        let mut all: Vec<(Option<Limit>, Vec<Property>)> = Vec::new();
        for proof in self.proofs.iter().filter(|proof| proof.verdict == Verdict::Unknown) {
            match all.iter_mut().find(|(limit, _)| *limit == proof.limit) {
                Some((_, properties)) => properties.push(proof.property),
                None => all.push((proof.limit, vec![proof.property])),
            }
        }
        all
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
    pub(super) of_sums: Vec<Property>,
}
