//! One case after another, explained: in, a case; out, its explanation, or why it is withheld.

use super::Explanation;
use crate::calendar::Date;
use crate::feed::{Book, Case, Place, Unbilled, UnbilledReason};
use crate::lang::{Lang, plain, say};
use crate::model::program::Opening;
use crate::plan::PlannedTerms;
use serde_json::{Value, json};

/// How an explanation is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// To be read.
    Text,
    /// As data.
    Data,
}

/// A case, explained or withheld: one of both forms is there.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// To be read.
    pub text: String,
    /// As data.
    pub json: Value,
    /// Whether nothing of it is billed.
    pub withheld: bool,
}

/// What it takes to explain cases.
#[derive(Clone, Copy)]
pub struct Teller<'a> {
    /// The schedules.
    pub book: &'a Book,
    /// The names of the event files.
    pub names: &'a [String],
    /// The last day that counts.
    pub as_of: Date,
    /// The language in which a schedule is spoken of.
    pub lang_of: &'a (dyn Fn(&str) -> Lang + Sync),
    /// The language of the call as a whole.
    pub tongue: Lang,
}

impl Teller<'_> {
    /// Explains a case.
    pub fn tell(&self, case: &Case, form: Form) -> Told {
        let plan = match self.book.plan_of_sound(case) {
            Ok(plan) => plan,
            Err(unbilled) => return self.unbilled(case, self.tongue, &unbilled),
        };
        let lang = (self.lang_of)(&plan.schedule.name);
        let terms = (PlannedTerms::default(), &Opening::default());
        match Explanation::new((plan, case), terms, self.as_of, (self.names, lang)) {
            Ok(explanation) => match form {
                Form::Text => Told { text: explanation.text(), ..Told::default() },
                Form::Data => Told { json: explanation.json(), ..Told::default() },
            },
            Err(withheld) => self.unbilled(case, lang, &Unbilled::by(plan, case, withheld)),
        }
    }

    /// A case on which the program failed: withheld like any other.
    pub fn failed_on(&self, case: &Case) -> Told {
        let place = case.places.first().copied();
        self.unbilled(case, self.tongue, &Unbilled { place, reason: UnbilledReason::Panic })
    }

    /// A case of which nothing is billed: every line at fault, or the one reason.
    fn unbilled(&self, case: &Case, lang: Lang, unbilled: &Unbilled<'_>) -> Told {
        let mut reasons: Vec<(Option<Place>, String)> = case
            .faults
            .iter()
            .map(|fault| (Some(fault.place), plain(&fault.fault.say(lang))))
            .collect();
        let more = case.fault_count.saturating_sub(reasons.len() as u64);
        if more > 0 {
            let more = lang.more_lines(more);
            reasons.push((None, say!(lang, "and {more}", "et {more}")));
        }
        if reasons.is_empty() {
            let reason = unbilled.say(self.book, &case.events, lang);
            reasons.push((unbilled.place, plain(&reason)));
        }
        let name = plain(&case.name);
        let mut text = say!(
            lang,
            "Case {name} is withheld: nothing of it is billed\n",
            "Le dossier {name} est retenu : rien n'en est facturé\n"
        );
        for (place, reason) in &reasons {
            let colon = lang.pick(": ", " : ");
            let place = place.map(|place| place.told(self.names, lang) + colon).unwrap_or_default();
            text.push_str(&format!("  {place}{reason}\n"));
        }
        let reasons: Vec<Value> = reasons
            .into_iter()
            .map(|(place, reason)| {
                let place = place.map(|place| place.shown(self.names));
                json!({ "place": place, "reason": reason })
            })
            .collect();
        let json = json!({ "case": case.name, "withheld": reasons });
        Told { text, json, withheld: true }
    }
}
