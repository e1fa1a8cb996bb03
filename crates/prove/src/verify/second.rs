//! Schedules of the second part of the language, as far as a proof covers them.
//!
//! In: a plan with its program. Out: what is known of each property. The program is read as a schedule
//! of the first part, which is looked at over every history; of what a property does not look at, the
//! verdict says so. Each history that shows anything is run once more, by the rules of the program
//! itself: where it does not bill there what it billed here, nothing is claimed. A price that each case
//! agrees is looked at at one figure; what is proved at that one is proved at all only where it has to be.

use super::agreed::{self, is_of_the_figure};
use super::by_the_rules::{evaluate, opening, sums};
use super::from_the_lines;
use super::key::Key;
use super::limit::Limit;
use super::tried;
use super::unseen::Unseen;
use super::{Finding, Options, Proof, Property, Verdict, Verification, first_part};
use crate::calendar::Date;
use crate::eval::{self, Evaluation, Silent};
use crate::model::program::{Amount, Line, Program, Worked};
use crate::model::{Action, Event, SubjectKind};
use crate::money::Money;
use crate::plan::{Beyond, LineId, OfAction, OfLine, Plan, PlannedTerms, Reading};

/// Looks at every history of a schedule of the second part.
pub(super) fn verify(plan: &Plan, program: &Program, options: &Options) -> Verification {
    let first = match plan.first_part() {
        Ok(first) => first,
        Err(beyond) => {
            let mut known = Verification::not_covered(beyond, options);
            tried::look(plan, program, options, &mut known);
            return known;
        }
    };
    let asked = Asked { plan, program, options };
    let plainest = Reading::plainest(program);
    let wanted: Vec<Property> =
        Property::ALL.iter().copied().filter(|property| options.wants(*property)).collect();
    let mut known = if program.has_beside() {
        asked.with_and_without(first, &wanted)
    } else {
        asked.of(first, plainest, &wanted)
    };
    if program.price.is_agreed() {
        asked.at_every_figure(first, &mut known);
    }
    if !asked.is_seen_by_payer() {
        known.doubt(Property::Credit, Limit::ByPayer);
    }
    let work = Property::UnbilledWork;
    if let Some(place) = asked.rate_that_no_line_bills()
        && !from_the_lines::proved(program, work)
    {
        let beyond = Beyond::Action(place, OfAction::OwnRate);
        known.doubt(work, Limit::NotCovered(beyond));
    }
    known.unseen = Unseen::of(program);
    known
}

/// What is asked of a schedule.
struct Asked<'a> {
    plan: &'a Plan,
    program: &'a Program,
    options: &'a Options,
}

impl Asked<'_> {
    /// What is known of some properties in one reading of the schedule.
    fn of(&self, read: &Plan, reading: Reading, only: &[Property]) -> Verification {
        if only.is_empty() {
            return Verification::none();
        }
        let options = Options { only: only.to_vec(), ..self.options.clone() };
        let mut known = first_part::verify(read, &options);
        let mut doubted: Vec<Property> = Vec::new();
        known.findings.retain_mut(|finding| {
            let stands = self.stands(read, reading, finding);
            if !stands {
                doubted.push(finding.property());
            }
            stands
        });
        for property in doubted {
            known.of_sums.push(property);
            if !known.findings.iter().any(|finding| finding.property() == property) {
                known.say(property, Verdict::Unknown, Some(Limit::NotShown));
            }
        }
        known
    }

    /// Whether what shows a finding bills the same by the rules of the program; its lines are then those.
    fn stands(&self, read: &Plan, reading: Reading, finding: &mut Finding) -> bool {
        let Some(witness) = &mut finding.witness else { return true };
        let terms = (witness.terms, witness.as_of);
        let as_billed = |events: &[Event]| self.bills_the_same(read, reading, events, terms);
        let Some(evaluation) = as_billed(&witness.events) else { return false };
        if witness.compared.as_ref().is_some_and(|other| as_billed(&other.events).is_none()) {
            return false;
        }
        witness.lines = evaluation.lines;
        witness.agreed = opening(self.program, reading.figure);
        witness.figure = self.program.price.is_agreed().then_some(reading.figure);
        true
    }

    /// What a history comes to by the rules of the program; none if it is another sum on some line.
    fn bills_the_same(
        &self,
        read: &Plan,
        reading: Reading,
        events: &[Event],
        (terms, as_of): (PlannedTerms, Date),
    ) -> Option<Evaluation> {
        let program = evaluate(self.plan, events, (terms, reading.figure), as_of)?;
        let first = eval::evaluate_with(read, events, terms, as_of, &mut Silent).ok()?;
        let beside = self.program.has_beside();
        let counts = |label: &str| match self.line_of(label) {
            // What brings a case to a share is another sum where what is beside the price counts.
            Some(line) if matches!(line.amount, Amount::UpTo { .. }) => !reading.beside || !beside,
            Some(line) if line.beside => reading.beside,
            Some(_) | None => true,
        };
        (sums(read, &program, &counts) == sums(read, &first, &counts)).then_some(program)
    }

    /// The line of a label.
    fn line_of(&self, label: &str) -> Option<&Line> {
        let lines = &self.plan.schedule.lines;
        let is = |line: &&Line| lines.get(line.index).is_some_and(|core| core.label == label);
        self.program.lines.iter().find(is)
    }

    /// Whether a line brings a case to a share of its price.
    fn is_up_to(&self, line: LineId) -> bool {
        let index = self.plan.line(line).map(|line| line.index);
        let mut up_to =
            self.program.lines.iter().filter(|l| matches!(l.amount, Amount::UpTo { .. }));
        up_to.any(|line| Some(line.index) == index)
    }

    /// What is known where lines stand beside the price: properties of the price are asked without what
    /// these lines bill, the others with it.
    fn with_and_without(&self, first: &Plan, wanted: &[Property]) -> Verification {
        let plainest = Reading::plainest(self.program);
        let of_price = |property: &Property| {
            matches!(property, Property::Overbilling | Property::Underbilling | Property::PastDate)
        };
        let both = |property: &Property| {
            matches!(property, Property::Leak | Property::Gap | Property::AfterTerminal)
        };
        let pick = |keep: &dyn Fn(&Property) -> bool| -> Vec<Property> {
            wanted.iter().copied().filter(|property| keep(property)).collect()
        };
        let mut known = self.of(first, plainest, &pick(&|property| !of_price(property)));
        known.findings.retain(
            |finding| !matches!(finding.key, Key::AfterTerminal(line, _) if self.is_up_to(line)),
        );
        // What is said of such lines is known without what stands beside the price.
        let after = Property::AfterTerminal;
        let refuted = known.findings.iter().any(|finding| finding.property() == after);
        if !refuted && known.verdict(after) == Some(Verdict::Refuted) {
            known.say(after, Verdict::Proved, None);
        }
        let reading = Reading { beside: false, ..plainest };
        let Ok(without) = self.plan.read(self.program, reading) else { return known };
        let price = self.of(&without, reading, &pick(&|p| of_price(p) || both(p)));
        for proof in price.proofs {
            known.take_in(proof, &price.findings);
        }
        known.of_sums.extend(price.of_sums);
        known.total = price.total;
        known.set_aside.extend(price.set_aside);
        let lines = &self.program.lines;
        let up_to = lines.iter().any(|line| matches!(line.amount, Amount::UpTo { .. }));
        if let Some(line) = lines.iter().find(|line| line.beside && up_to) {
            // What brings a case to a share is another sum where something stands beside the price.
            let beyond = Beyond::Line(line.index, OfLine::Beside);
            let asked = [Property::Credit, Property::Order, Property::Cliff];
            let sums = known.of_sums.clone();
            for property in asked.into_iter().chain(sums).filter(|property| !of_price(property)) {
                known.findings.retain(|f| f.property() != property || both(&property));
                known.doubt(property, Limit::NotCovered(beyond));
            }
        }
        known.in_order();
        known
    }

    /// What is known at every figure that a case may agree, from what is known at one.
    fn at_every_figure(&self, first: &Plan, known: &mut Verification) {
        let (least, _) = self.program.bounds_of_the_figure();
        let plainest = Reading::plainest(self.program);
        let without = Reading { beside: false, ..plainest };
        let price = self.plan.read(self.program, without);
        let price = price.as_ref().unwrap_or(first);
        let open: Vec<Property> = known
            .proofs
            .iter()
            .filter(|proof| proof.verdict != Verdict::Refuted)
            .map(|proof| proof.property)
            .filter(|property| {
                let of_sums = known.of_sums.contains(property);
                !agreed::holds_at_all(*property, (first, price), of_sums, least)
            })
            .collect();
        for property in &open {
            known.doubt(*property, Limit::AgreedFigure);
        }
        for figure in agreed::others(self.program, price) {
            let left: Vec<Property> = open
                .iter()
                .copied()
                .filter(|property| known.verdict(*property) != Some(Verdict::Refuted))
                .collect();
            let reading = Reading { figure, beside: !self.program.has_beside() };
            let Ok(read) = self.plan.read(self.program, reading) else { continue };
            let there = self.of(&read, reading, &left);
            known.set_aside.extend(&there.set_aside);
            for proof in there.proofs.iter().filter(|proof| proof.verdict == Verdict::Refuted) {
                known.take_in(*proof, &there.findings);
            }
        }
        for proof in &mut known.proofs {
            proof.assumed.figure = is_of_the_figure(proof.property);
        }
        let enough = agreed::enough(price, self.program);
        for finding in &mut known.findings {
            if let Some(witness) = &mut finding.witness {
                witness.shortest &= !is_of_the_figure(finding.key.property());
                let too_small = |from: &Money| witness.figure.is_some_and(|figure| figure < *from);
                witness.enough = enough.filter(too_small);
            }
        }
        known.in_order();
    }

    /// An action with a rate of its own in a schedule that bills no work, by its place: read as part of the price, it leaves
    /// nothing to be billed.
    fn rate_that_no_line_bills(&self) -> Option<usize> {
        if self.program.bills_work() {
            return None;
        }
        let worked = |action: &Action| {
            let name = self.program.find(SubjectKind::Action, &action.name)?;
            self.program.names.get(usize::try_from(name.0).ok()?)?.worked.as_ref()
        };
        let billed = |worked: &Worked| worked.is_billed() && !worked.of_price;
        let mut actions = self.plan.schedule.actions.iter();
        actions.position(|action| worked(action).is_some_and(billed))
    }

    /// Whether no payer's invoice can be below zero where the day's invoices together are not: one of two
    /// payers owes more the more the case owes, and so does the other. A deposit stands on each as what
    /// all deposits come to would, if nothing is billed beside them until a balance closes the case.
    fn is_seen_by_payer(&self) -> bool {
        match self.program.payers.len() {
            0 | 1 => !self.program.is_charged(),
            2 => self.program.payers_owe_by_the_sum(),
            _ => false,
        }
    }
}

impl Verification {
    fn verdict(&self, property: Property) -> Option<Verdict> {
        self.proofs.iter().find(|proof| proof.property == property).map(|proof| proof.verdict)
    }

    fn say(&mut self, property: Property, verdict: Verdict, limit: Option<Limit>) {
        for proof in self.proofs.iter_mut().filter(|proof| proof.property == property) {
            (proof.verdict, proof.limit) = (verdict, limit);
        }
    }

    /// What is not refuted is not proved either.
    fn doubt(&mut self, property: Property, limit: Limit) {
        let refuted = self.findings.iter().any(|finding| finding.property() == property);
        if self.verdict(property) == Some(Verdict::Unknown) {
            return;
        }
        if refuted {
            for proof in self.proofs.iter_mut().filter(|proof| proof.property == property) {
                proof.more = true;
            }
        } else {
            self.say(property, Verdict::Unknown, Some(limit));
        }
    }

    /// Takes in what is known of a property in another reading: refuted if it is in either, proved if it
    /// is in both.
    fn take_in(&mut self, other: Proof, findings: &[Finding]) {
        let property = other.property;
        for finding in findings.iter().filter(|finding| finding.property() == property) {
            if !self.findings.iter().any(|known| known.key == finding.key) {
                self.findings.push(finding.clone());
            }
        }
        match self.proofs.iter_mut().find(|proof| proof.property == property) {
            None => self.proofs.push(other),
            Some(known) => {
                known.situations = known.situations.max(other.situations);
                known.more |= other.more;
                let weight = |proof: &Proof| match proof.verdict {
                    Verdict::Refuted => 2,
                    Verdict::Unknown => 1,
                    Verdict::Proved => 0,
                };
                if weight(&other) > weight(known) {
                    (known.verdict, known.limit) = (other.verdict, other.limit);
                }
            }
        }
    }

    fn in_order(&mut self) {
        self.proofs.sort_by_key(|proof| proof.property);
        self.findings.sort_by_key(|finding| (finding.property(), finding.key));
    }
}
