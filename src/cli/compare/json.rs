//! What is found, as JSON.

use super::Found;
use super::portfolio::{minor, shown};
use crate::compare::{self, Outcome, Portfolio, Withheld};
use serde_json::{Value, json};

impl Found<'_> {
    /// The document.
    pub fn json(&self) -> Value {
        let schedules: Vec<Value> =
            self.schedules.iter().map(|one| compare::document(one, self.lang)).collect();
        let portfolio = self.portfolio.as_ref();
        let portfolio = portfolio.map(|portfolio| json_portfolio(portfolio, self.names));
        let decided_by = self.decided_by();
        let exit_code = if self.failed() > 0 { 2 } else { i32::from(!decided_by.is_empty()) };
        json!({
            "verdict": self.verdict().name(), "exit_code": exit_code, "decided_by": decided_by,
            "money": self.asked.money, "started": self.asked.started,
            "schedules": schedules, "follow_ups_not_compared": self.follow_ups, "portfolio": portfolio,
        })
    }
}

fn json_portfolio(portfolio: &Portfolio, names: &[String]) -> Value {
    let withheld = |withheld: &Withheld| {
        let place = withheld.place.map(|place| place.shown(names));
        json!({ "withheld": withheld.reason, "place": place })
    };
    let one = |outcome: &Outcome| match outcome {
        Outcome::Billed(currency, sum) => json!({
            "total": minor(*sum, currency.decimals()), "currency": currency.code(),
        }),
        Outcome::Withheld(why) => withheld(why),
    };
    let changed = portfolio.changed.iter().map(|change| {
        let [old, new] = &change.outcomes;
        let differs = change.differs.name();
        json!({ "case": change.case, "differs": differs, "old": one(old), "new": one(new) })
    });
    let by_both = portfolio.withheld.iter().map(|case| {
        let [old, new] = &case.reasons;
        json!({ "case": case.case, "old": withheld(old), "new": withheld(new) })
    });
    let totals = portfolio.sums.iter().map(|(currency, sums)| {
        let [old, new, difference] = shown(sums);
        json!({ "currency": currency, "old": old, "new": new, "difference": difference })
    });
    json!({
        "verdict": portfolio.verdict().name(), "cases": portfolio.cases,
        "changed_cases": portfolio.changed.len(), "withheld_by_both": portfolio.withheld.len(),
        "failed_cases": portfolio.failed, "unreadable_lines": portfolio.unreadable,
        "changed": changed.collect::<Vec<_>>(), "withheld": by_both.collect::<Vec<_>>(),
        "totals": totals.collect::<Vec<_>>(),
    })
}
