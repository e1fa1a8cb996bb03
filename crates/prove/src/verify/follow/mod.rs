//! Every dated life of an invoice under a follow-up: proved sound, or a concrete one that goes wrong.
//!
//! In: a follow-up. Out: a [`FollowVerification`]: for each property a verdict, and for each way in which one is refuted
//! a [`FollowFinding`] with a dated life that the evaluator shows. What is said of all lives follows from the text alone
//! (`text.rs`, `endings.rs`), which leaves out none; what is said of one life was seen in it (`lives.rs`, `further.rs`). Whatever is
//! neither is unknown, with the reason.

mod endings;
mod facts;
mod further;
mod limit;
mod lives;
mod options;
mod payers;
mod text;
mod words;

use super::Verdict;
use crate::calendar::Date;
use crate::follow::{History, Lived};
use crate::model::{FollowProperty, FollowUp};
use endings::{Endings, endings};
use facts::{Steps, bit};
use lives::{Shown, Shows, Wanted, look};
use text::Text;

pub use limit::FollowLimit;
pub use options::FollowOptions;
pub use payers::without_follow_up;
pub use words::{Subject, say};

/// One way in which a property does not hold; steps by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FollowKey {
    /// Nothing comes after this step, or at all, though something is open.
    Forgotten(Option<usize>),
    /// No life reaches this step.
    Never(usize),
    /// This step can be passed over.
    PassedOver {
        /// It itself.
        step: usize,
        /// The one below it that fires in its place.
        by: usize,
    },
    /// This step fires though nothing shows that the invoice has arrived.
    BeforeReceipt(usize),
    /// This payer of a schedule, by its place, has no follow-up.
    GapOfPayer(usize),
}

impl FollowKey {
    /// What is refuted.
    pub fn property(self) -> FollowProperty {
        match self {
            FollowKey::Forgotten(_) => FollowProperty::Forgotten,
            FollowKey::Never(_) => FollowProperty::Never,
            FollowKey::PassedOver { .. } => FollowProperty::PassedOver,
            FollowKey::BeforeReceipt(_) => FollowProperty::BeforeReceipt,
            FollowKey::GapOfPayer(_) => FollowProperty::GapOfPayer,
        }
    }

    /// The step that it is about.
    pub fn step(self) -> Option<usize> {
        match self {
            FollowKey::Forgotten(step) => step,
            FollowKey::Never(step)
            | FollowKey::PassedOver { step, .. }
            | FollowKey::BeforeReceipt(step) => Some(step),
            FollowKey::GapOfPayer(_) => None,
        }
    }
}

/// A life that goes wrong.
#[derive(Clone, Debug)]
pub struct FollowWitness {
    /// The invoice, and what happens to it.
    pub lived: Lived,
    /// The last evening that was looked at.
    pub as_of: Date,
    /// Its history up to then, as the evaluator gives it.
    pub history: History,
}

/// One way in which a property does not hold, and a life that shows it.
#[derive(Clone, Debug)]
pub struct FollowFinding {
    /// What, where.
    pub key: FollowKey,
    /// The life; none for a step that no life reaches, and for a payer.
    pub witness: Option<FollowWitness>,
}

/// A property and what is known of it.
#[derive(Clone, Debug)]
pub struct FollowProof {
    /// Which property.
    pub property: FollowProperty,
    /// What is known.
    pub verdict: Verdict,
    /// How many ways to end and lives were looked at.
    pub looked_at: usize,
    /// Why it is neither proved nor refuted, where it is neither.
    pub limit: Option<FollowLimit>,
    /// The steps, by their places, after which it is accepted: invoices for which one has fired are left out.
    pub aside: Vec<usize>,
}

/// Everything that is known of one follow-up, or of the payers of one schedule.
#[derive(Clone, Debug, Default)]
pub struct FollowVerification {
    /// What goes wrong and is not accepted, the heaviest properties first.
    pub findings: Vec<FollowFinding>,
    /// Acceptances of what no life does, by their places in the follow-up.
    pub unused: Vec<usize>,
    /// What is known of each property that was asked for.
    pub proofs: Vec<FollowProof>,
}

/// So many steps at the most.
const STEPS: usize = 60;

/// Looks at every dated life that an invoice can have under a follow-up.
pub fn verify_follow_up(follow_up: &FollowUp, options: &FollowOptions) -> FollowVerification {
    let of_lives = [
        FollowProperty::Forgotten,
        FollowProperty::Never,
        FollowProperty::PassedOver,
        FollowProperty::BeforeReceipt,
    ];
    let asked: Vec<FollowProperty> =
        of_lives.into_iter().filter(|property| options.wants(*property)).collect();
    if asked.is_empty() {
        return FollowVerification::default();
    }
    if follow_up.steps.len() > STEPS {
        return unknown(&asked, &FollowLimit::Steps(STEPS));
    }
    let text = Text::of(follow_up);
    let steps = 0..follow_up.steps.len();
    let set = |holds: &dyn Fn(usize) -> bool| {
        steps.clone().filter(|step| holds(*step)).fold(0, |all, step| all | bit(step))
    };
    let wants = |property| asked.contains(&property);
    let ends = wants(FollowProperty::Forgotten);
    let aside = if ends { accepted_after(follow_up) } else { 0 };
    let ends = ends.then(|| endings(&text, aside, options.budget));
    let wanted = Wanted {
        fire: if wants(FollowProperty::Never) { set(&|step| !text.is_never(step)) } else { 0 },
        pass: if wants(FollowProperty::PassedOver) {
            set(&|step| text.passed_by(step) != 0)
        } else {
            0
        },
        unreceived: if wants(FollowProperty::BeforeReceipt) { text.before_receipt() } else { 0 },
        forgotten: ends.is_some_and(Endings::is_open),
        aside,
    };
    let Some(shown) = look(&text, wanted, options) else {
        return unknown(&asked, &FollowLimit::Long);
    };
    let proved = Proved { text: &text, wanted, shown, ends, budget: options.budget };
    let mut verification = FollowVerification::default();
    for property in asked {
        proved.tell(property, &mut verification);
    }
    proved.accept(&mut verification);
    verification
}

/// The steps after which a follow-up accepts that an invoice is forgotten.
fn accepted_after(follow_up: &FollowUp) -> Steps {
    let after = follow_up.accepts.iter().filter(|of| of.property == FollowProperty::Forgotten);
    after.filter_map(|of| of.step).fold(0, |all, step| all | bit(step))
}

fn unknown(asked: &[FollowProperty], limit: &FollowLimit) -> FollowVerification {
    let unknown = |property: &FollowProperty| FollowProof {
        property: *property,
        verdict: Verdict::Unknown,
        looked_at: 0,
        limit: Some(limit.clone()),
        aside: Vec::new(),
    };
    FollowVerification {
        findings: Vec::new(),
        unused: Vec::new(),
        proofs: asked.iter().map(unknown).collect(),
    }
}

/// What has come of the text and of the lives that were tried.
struct Proved<'t, 'f> {
    text: &'t Text<'f>,
    wanted: Wanted,
    shown: Shown,
    ends: Option<Endings>,
    budget: usize,
}

impl Proved<'_, '_> {
    fn witness(&self, shows: &Shows) -> Option<FollowWitness> {
        let history = shows.lived.history(self.text.follow_up, shows.as_of)?;
        Some(FollowWitness { lived: shows.lived.clone(), as_of: shows.as_of, history })
    }

    /// The steps of a set.
    fn steps(&self, left: Steps) -> Vec<usize> {
        (0..self.text.follow_up.steps.len()).filter(|step| left & bit(*step) != 0).collect()
    }

    fn tell(&self, property: FollowProperty, into: &mut FollowVerification) {
        let shown = &self.shown;
        let finding = |key, shows: &Shows| FollowFinding { key, witness: self.witness(shows) };
        let tried = |steps: Vec<usize>| FollowLimit::Tried { steps, lives: shown.tried };
        let (findings, limit): (Vec<FollowFinding>, Option<FollowLimit>) = match property {
            FollowProperty::Forgotten => {
                let key = |last: &Option<usize>| FollowKey::Forgotten(*last);
                let found = shown.forgets.iter().map(|(last, shows)| finding(key(last), shows));
                let limit = match self.ends {
                    Some(Endings::Open(_)) => Some(tried(Vec::new())),
                    Some(Endings::TooMany) => Some(FollowLimit::Endings(self.budget)),
                    Some(Endings::Sound(_)) | None => None,
                };
                (found.collect(), limit)
            }
            FollowProperty::Never => {
                let steps = 0..self.text.follow_up.steps.len();
                let never = steps.filter(|step| self.text.is_never(*step));
                let never =
                    never.map(|step| FollowFinding { key: FollowKey::Never(step), witness: None });
                let left = self.steps(self.wanted.fire & !shown.fires);
                (never.collect(), (!left.is_empty()).then(|| tried(left)))
            }
            FollowProperty::PassedOver => {
                let findings = shown.passes.iter().map(|(step, (by, shows))| {
                    finding(FollowKey::PassedOver { step: *step, by: *by }, shows)
                });
                let passed = shown.passes.keys().fold(0, |all, step| all | bit(*step));
                let left = self.steps(self.wanted.pass & !passed);
                (findings.collect(), (!left.is_empty()).then(|| tried(left)))
            }
            FollowProperty::BeforeReceipt => {
                let found = shown.unreceived.iter();
                let found =
                    found.map(|(step, shows)| finding(FollowKey::BeforeReceipt(*step), shows));
                let left = self.steps(self.wanted.unreceived);
                (found.collect(), (!left.is_empty()).then(|| tried(left)))
            }
            FollowProperty::GapOfPayer => return,
        };
        let verdict = match (findings.is_empty(), &limit) {
            (false, _) => Verdict::Refuted,
            (true, Some(_)) => Verdict::Unknown,
            (true, None) => Verdict::Proved,
        };
        let endings = match self.ends {
            Some(Endings::Sound(count) | Endings::Open(count))
                if property == FollowProperty::Forgotten =>
            {
                count
            }
            Some(Endings::Sound(_) | Endings::Open(_) | Endings::TooMany) | None => 0,
        };
        into.findings.extend(findings);
        into.proofs.push(FollowProof {
            property,
            verdict,
            looked_at: endings + shown.tried,
            limit: limit.filter(|_| verdict == Verdict::Unknown),
            aside: if property == FollowProperty::Forgotten {
                self.steps(self.wanted.aside)
            } else {
                Vec::new()
            },
        });
    }

    /// Leaves out what the follow-up accepts, and notes what it accepts for nothing.
    fn accept(&self, into: &mut FollowVerification) {
        let accepts = self.text.follow_up.accepts.iter().enumerate();
        for (place, accepted) in accepts {
            let Some(proof) = into.proofs.iter().find(|it| it.property == accepted.property) else {
                continue;
            };
            let is_meant = |key: FollowKey| {
                key.property() == accepted.property
                    && accepted.step.is_none_or(|step| key.step() == Some(step))
            };
            let of_forgotten = accepted.property == FollowProperty::Forgotten;
            let used = match accepted.step.filter(|_| of_forgotten) {
                // Whether one that no life has shown is needed is not known.
                Some(step) => {
                    self.shown.aside & bit(step) != 0
                        || endings(self.text, self.wanted.aside & !bit(step), self.budget).is_open()
                }
                None => {
                    proof.verdict == Verdict::Unknown
                        || into.findings.iter().any(|finding| is_meant(finding.key))
                }
            };
            into.findings.retain(|finding| !is_meant(finding.key));
            if !used {
                into.unused.push(place);
            }
        }
    }
}
