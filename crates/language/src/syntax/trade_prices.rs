//! Prices and amounts for something that is counted, and shares of something else than the price.

use super::grammar::Rule;
use super::parse::Parser;
use super::spoken::Spoken;
use super::{errors, unsaid, words};
use crate::diagnostic::Diagnostic;

/// Words that say for each of what an amount is.
const EACH: &[&str] =
    &["per", "par", "/", "the", "each", "every", "chaque", "l '", "de l '", "an", "a", "la", "le"];

impl Parser<'_> {
    /// `30 % of the balance`.
    pub fn share_of(
        &self,
        diagnostic: &Diagnostic,
        (at, before): (usize, usize),
    ) -> Option<Diagnostic> {
        let head = self.folded.text.get(..before)?;
        let of = ["of", "de", "du", "des", "d"].contains(&self.folded.token_at(at))
            && self.phrase(at, "d ' ici").is_none();
        (of && head.ends_with('%')).then_some(())?;
        let rest = self.text(at, self.end_of_phrase(at));
        Some(unsaid::share_of_the_price(self.lang, diagnostic.clone(), rest))
    }

    /// `price 70 EUR per hour`, `action "…" 70 per hour`: what the number at `at` is the price of.
    pub fn price_per(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        token: &str,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let digits = token.starts_with(|c: char| c.is_ascii_digit());
        let price = possible.contains(&Rule::kw_fixed);
        let rate = possible.contains(&Rule::kw_flat) && possible.contains(&Rule::kw_not_billed);
        if !digits || !(price || rate) {
            return None;
        }
        let mut end = at + token.len();
        let currency = self.folded.skip_blanks(end);
        let code = self.folded.token_at(currency);
        if matches!(code, "€" | "$" | "£" | "¥" | "euro" | "euros")
            || code.len() == 3 && !EACH.contains(&code) && code != "per" && code != "par"
        {
            end = currency + code.len();
        }
        let each = self.any_phrase(end, EACH)?;
        let noun = self.folded.skip_blanks(each);
        let what = self.folded.token_at(noun);
        let last = noun + what.len();
        let sum = self.text(at, end);
        let hour = matches!(what, "hour" | "heure" | "h" | "hours" | "heures");
        let case = matches!(what, "case" | "dossier" | "group" | "groupe");
        let rule = match (hour, case && price, what == "action" && rate) {
            (true, ..) => Rule::kw_hourly,
            (_, true, _) => Rule::kw_fixed,
            (.., true) => Rule::kw_flat,
            (false, false, false) => {
                let what = self.text(noun, last);
                return Some(unsaid::price_per(self.lang, diagnostic.clone(), what));
            }
        };
        let (english, french) = words::spelling(rule)?;
        let right = format!("{} {sum}", self.file_lang.pick(english, french));
        let found = errors::write(self.lang, diagnostic.clone(), &right);
        Some(found.edit(self.folded.original(at, last), right))
    }

    /// `750 EUR per participant`, after the amount of a line.
    pub fn amount_per(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let each = self.any_phrase(at, &["per", "par", "/", "each", "chaque"])?;
        possible.contains(&Rule::trigger_hint).then_some(())?;
        let noun = self.folded.skip_blanks(each);
        let what = self.text(noun, noun + self.folded.token_at(noun).len());
        what.starts_with(char::is_alphabetic).then(|| {
            let line = Spoken::at(self, at);
            let rate = self.sum_in(&line).map(|((from, to), _)| self.words(&line, (from, to - 1)));
            let action = self.rated_action("\"…\"", rate.as_deref().unwrap_or("…"), what);
            unsaid::amount_per(self.lang, diagnostic.clone(), what, &action)
        })
    }
}
