//! Which invoices are withheld: those with something wrong, and all that are linked to them.

use super::rules::*;
use std::collections::BTreeSet;

impl World {
    /// What is known once everything has been said.
    fn standing(&self) -> Vec<&Event> {
        self.known(Day::MAX)
    }

    pub fn withheld(&self) -> BTreeSet<String> {
        let mut withheld: BTreeSet<String> =
            self.invoices.iter().filter(|of| self.is_wrong(of)).map(|of| of.id.clone()).collect();
        if withheld.is_empty() || self.invoices.len() > withheld.len() {
            self.spread(&mut withheld);
        }
        let before = withheld.len();
        withheld.extend(self.written_off_too_much(&withheld));
        if withheld.len() > before {
            self.spread(&mut withheld);
        }
        withheld
    }

    fn links(&self) -> Vec<(String, String)> {
        let mut links = Vec::new();
        for event in &self.events {
            if ["moved", "replaced"].contains(&event.kind) {
                links.push((event.invoice.clone(), event.other.clone()));
            }
        }
        for note in self.invoices.iter().filter(|of| of.total < 0) {
            for of in &self.invoices {
                if of.case == note.case && of.payer == note.payer {
                    links.push((of.id.clone(), note.id.clone()));
                }
            }
        }
        links
    }

    fn spread(&self, withheld: &mut BTreeSet<String>) {
        loop {
            let before = withheld.len();
            for (one, other) in self.links() {
                if self.invoice(&one).is_none() || self.invoice(&other).is_none() {
                    continue;
                }
                if withheld.contains(&one) || withheld.contains(&other) {
                    withheld.extend([one, other]);
                }
            }
            if withheld.len() == before {
                break;
            }
        }
    }

    fn is_wrong(&self, invoice: &Invoice) -> bool {
        let Ok(follow_up) = self.follow_up(invoice) else { return true };
        let term = follow_up.and_then(|of| of.term);
        if invoice.due.is_none() && term.is_none() && invoice.total >= 0 {
            return true;
        }
        let own: Vec<&Event> =
            self.standing().into_iter().filter(|event| event.invoice == invoice.id).collect();
        let mut next: Vec<&str> = own
            .iter()
            .filter(|event| event.kind == "replaced")
            .map(|event| event.other.as_str())
            .collect();
        next.sort_unstable();
        next.dedup();
        // A circle that is undone later was one until then.
        let replaced = self.events.iter().filter(|event| event.kind == "replaced");
        let mut evenings = replaced.map(|event| event.date).chain([Day::MAX]);
        next.len() > 1
            || evenings.any(|evening| self.is_in_a_circle(invoice, evening))
            || own.iter().any(|event| event.until.is_some_and(|until| until < event.date))
    }

    fn is_in_a_circle(&self, invoice: &Invoice, evening: Day) -> bool {
        let known = self.known(evening);
        let mut seen = vec![invoice.id.clone()];
        let mut at = invoice.id.clone();
        while let Some(event) = known.iter().find(|e| e.kind == "replaced" && e.invoice == at) {
            at.clone_from(&event.other);
            if at == invoice.id {
                return true;
            }
            if seen.contains(&at) {
                break;
            }
            seen.push(at.clone());
        }
        false
    }

    /// Invoices of which more is written off than is open after the payments of the day.
    fn written_off_too_much(&self, withheld: &BTreeSet<String>) -> BTreeSet<String> {
        let mut wrong = BTreeSet::new();
        let known = self.by_their_days(self.standing());
        for account in self.invoices.iter().filter(|of| !withheld.contains(&of.id)) {
            if self.last(&known, &account.id) != account.id {
                continue;
            }
            let mut open = account.total;
            for event in known.iter().filter(|event| event.amount > 0) {
                if withheld.contains(&event.invoice) {
                    continue;
                }
                let own = self.last(&known, &event.invoice) == account.id;
                match event.kind {
                    "payment" if own => open -= event.amount,
                    "returned" | "refund" if own => open += event.amount,
                    "written_off" if own => {
                        if event.amount > open.abs() {
                            wrong.insert(event.invoice.clone());
                        }
                        open -= event.amount * open.signum();
                    }
                    "moved" => {
                        if own {
                            open -= event.amount;
                        }
                        if self.last(&known, &event.other) == account.id {
                            open += event.amount;
                        }
                    }
                    _ => {}
                }
            }
        }
        wrong
    }
}
