//! The words of everyday speech, and those of the language that say the same.

use super::grammar::Rule;
use super::parse::Parser;
use super::{errors, hints, unsaid, words};
use crate::diagnostic::Diagnostic;

const REMAINDERS: &[&str] = &[
    "the rest of the price",
    "the remainder of the price",
    "the remaining amount",
    "the rest",
    "the remainder",
    "the remaining",
    "rest",
    "remaining",
    "le reste du tarif",
    "le reste du prix",
    "le restant",
    "le reste",
    "restant",
];
/// Shares in words.
const SHARES: &[(&str, &str)] = &[
    ("half of the price", "50 %"),
    ("half", "50 %"),
    ("la moitie du tarif", "50 %"),
    ("la moitie du prix", "50 %"),
    ("la moitie", "50 %"),
    ("moitie", "50 %"),
    ("a quarter", "25 %"),
    ("un quart", "25 %"),
    ("the whole price", "100 %"),
    ("the full price", "100 %"),
    ("la totalite", "100 %"),
    ("le tarif entier", "100 %"),
];
const PERCENT: &[&str] = &[
    "percent",
    "per cent",
    "pourcent",
    "pour cent",
    "pourcents",
    "pour - cent",
    "per - cent",
    "pct",
];
/// What says that something has happened, of an event, an action or a deliverable.
const HAPPENED: &[&str] = &[
    "has happened",
    "has occurred",
    "has been done",
    "has been received",
    "has been held",
    "has taken place",
    "have taken place",
    "took place",
    "was held",
    "was done",
    "was received",
    "is done",
    "is received",
    "occurred",
    "happened",
    "received",
    "done",
    "delivered",
    "a eu lieu",
    "ont eu lieu",
    "a ete faite",
    "a ete fait",
    "a ete realisee",
    "a ete realise",
    "a ete effectuee",
    "a ete remis",
    "a ete recu",
    "est survenu",
    "est survenue",
    "est arrive",
    "est faite",
    "est fait",
    "est realisee",
    "est realise",
    "est remis",
    "est recu",
    "survenue",
    "realisee",
    "effectuee",
    "arrive",
    "recue",
    "recu",
    "remise",
    "livre",
];
/// What may stand before a sum, and the code that stands behind it.
const CURRENCIES: &[(&str, &str)] =
    &[("€", "EUR"), ("eur", "EUR"), ("£", "GBP"), ("gbp", "GBP"), ("chf", "CHF"), ("usd", "USD")];
/// Dollars before a sum, and their code; none where the sign alone is that of several.
const DOLLARS: &[(&str, Option<&str>)] = &[
    ("us $", Some("USD")),
    ("ca $", Some("CAD")),
    ("can $", Some("CAD")),
    ("au $", Some("AUD")),
    ("nz $", Some("NZD")),
    ("hk $", Some("HKD")),
    ("$", None),
];
const PRO_RATAS: &[&str] = &[
    "pro - rata",
    "au prorata de la",
    "au prorata de l '",
    "au prorata du",
    "au prorata",
    "au pro rata",
];
const OF_THE_PRICE: &[&str] = &[
    "of the price",
    "of price",
    "of the total",
    "of total",
    "du tarif",
    "de tarif",
    "du prix",
    "du total",
    "du montant",
];
impl Parser<'_> {
    /// Where a phrase ends that stands at `at`; its tokens are set apart by spaces.
    pub fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut end = at;
        for word in phrase.split(' ') {
            let place = self.folded.skip_blanks(end);
            if self.folded.token_at(place) != word {
                return None;
            }
            end = place + word.len();
        }
        Some(end)
    }

    pub fn any_phrase(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().find_map(|phrase| self.phrase(at, phrase))
    }

    /// The user's own text of a folded range.
    pub fn text(&self, start: usize, end: usize) -> &str {
        self.folded.original(start, end).of(self.source)
    }

    /// What is meant by everyday words that cannot stand at `at`; the text before them ends at
    /// `before`.
    pub fn everyday(
        &self,
        diagnostic: &Diagnostic,
        (at, before): (usize, usize),
        token: &str,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let lang = self.lang;
        let unclear = || diagnostic.clone();
        let can = |rule: Rule| possible.contains(&rule);
        let span = |start, end| self.folded.original(start, end);
        let word = |rule: Rule| {
            words::spelling(rule)
                .map_or("", |(english, french)| self.file_lang.pick(english, french))
        };
        let before_text = self.folded.text.get(..before).unwrap_or("");
        let found = self
            .comparison(diagnostic, (at, before), possible)
            .or_else(|| self.limit_in_condition(diagnostic, at, possible))
            .or_else(|| self.share_in_words(diagnostic, (at, before), possible))
            .or_else(|| self.contrary(diagnostic, token, possible))
            .or_else(|| self.happened(diagnostic, at, possible))
            .or_else(|| self.guard_meant(diagnostic, (at, before), possible));
        if found.is_some() {
            return found;
        }
        if can(Rule::kw_remainder) {
            if let Some(end) = self.any_phrase(at, REMAINDERS).filter(|end| self.triggers_at(*end))
            {
                let right = word(Rule::kw_remainder);
                let found = errors::did_you_mean_word(lang, unclear(), right);
                return Some(found.edit(span(at, end), right));
            }
            if let Some(end) = self.any_phrase(at, PRO_RATAS) {
                let right = word(Rule::kw_pro_rata);
                let found = errors::did_you_mean_word(lang, unclear(), right);
                return Some(found.edit(span(at, end), right));
            }
        }
        if can(Rule::trigger_hint)
            && before_text.ends_with('%')
            && let Some(end) = self.any_phrase(at, OF_THE_PRICE)
            && (self.triggers_at(end)
                || self.folded.skip_blanks(end) >= self.folded.line_break_after(at))
        {
            let found = hints::always_of_the_price(lang, unclear());
            return Some(found.edit(span(before, end), ""));
        }
        if can(Rule::kw_stays_open) {
            let open = self.folded.skip_blanks(at + token.len());
            let openly = self.folded.token_at(open);
            let stays = token.starts_with("stay")
                || token.starts_with("rest")
                || ["remains", "remain", "keeps", "keep"].contains(&token);
            if stays && (openly.starts_with("open") || openly.starts_with("ouvert")) {
                let right = word(Rule::kw_stays_open);
                let found = errors::did_you_mean_word(lang, unclear(), right);
                return Some(found.edit(span(at, open + openly.len()), right));
            }
        }
        if matches!(token, "if" | "si")
            && let Some(found) = self.misplaced_condition(diagnostic, (at, before), possible)
        {
            return Some(found);
        }
        if can(Rule::text) && token == "'" {
            let line = self.folded.text.get(at..self.folded.line_break_after(at))?;
            let length = line.get(1..)?.find('\'')? + 1;
            let right = format!("\"{}\"", self.text(at + 1, at + length).trim());
            let found = hints::double_quotes(lang, unclear(), &right);
            return Some(found.edit(span(at, at + length + 1), right));
        }
        if let Some(found) = self.dollars(diagnostic, at, possible) {
            return Some(found);
        }
        let currency = CURRENCIES.iter().find(|(sign, _)| *sign == token);
        if (can(Rule::number) || can(Rule::sum_hint))
            && let Some((_, code)) = currency
        {
            let number = self.folded.skip_blanks(at + token.len());
            let (last, end) = self.sum_at(number);
            let sum = self.text(number, last);
            let grouped =
                |sum: &str| sum.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3);
            // 1.5 to one reader, 1500 to another.
            if last > number && grouped(sum) {
                return Some(unsaid::one_mark(lang, unclear(), sum, code));
            }
            if last > number {
                let right = format!("{} {code}", self.text(number, last));
                return Some(errors::write(lang, unclear(), &right).edit(span(at, end), right));
            }
        }
        None
    }

    /// `$48`, `US$48`: whose dollars they are is not known, unless it is said.
    fn dollars(&self, diagnostic: &Diagnostic, at: usize, possible: &[Rule]) -> Option<Diagnostic> {
        let sums = possible.contains(&Rule::number) || possible.contains(&Rule::sum_hint);
        let sign =
            |(words, code): &(&str, Option<&'static str>)| Some((self.phrase(at, words)?, *code));
        let (sign, code) = DOLLARS.iter().find_map(sign).filter(|_| sums)?;
        let number = self.folded.skip_blanks(sign);
        let (last, end) = self.sum_at(number);
        let sum = self.text(number, last);
        if last == number {
            return None;
        }
        // 1.5 to one reader, 1500 to another.
        if sum.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3) {
            return Some(unsaid::one_mark(
                self.lang,
                diagnostic.clone(),
                sum,
                code.unwrap_or("USD"),
            ));
        }
        let Some(code) = code else {
            return Some(hints::which_dollars(self.lang, diagnostic.clone(), sum));
        };
        let right = format!("{sum} {code}");
        let found = errors::write(self.lang, diagnostic.clone(), &right);
        Some(found.edit(self.folded.original(at, end), right))
    }

    /// Whether a trigger follows at `at`.
    fn triggers_at(&self, at: usize) -> bool {
        let token = self.folded.token_at(self.folded.skip_blanks(at));
        let begins = ["on", "a", "au", "en", "le", "at", "when", "upon", "lors", "des"];
        begins.contains(&token) || words::preposition(token, self.file_lang).is_some()
    }

    /// `half`, `all`, `30 percent`, `at least 50 EUR`: an amount in words.
    fn share_in_words(
        &self,
        diagnostic: &Diagnostic,
        (at, before): (usize, usize),
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let written = || diagnostic.clone();
        let digits = |c: char| c.is_ascii_digit();
        if possible.contains(&Rule::percent_sign)
            && self.folded.text.get(..before)?.ends_with(digits)
            && let Some(end) = self.any_phrase(at, PERCENT)
        {
            let found = errors::write(self.lang, written(), "%");
            return Some(found.edit(self.folded.original(at, end), "%"));
        }
        possible.contains(&Rule::percentage_hint).then_some(())?;
        let share = |(words, share): &(&str, &'static str)| Some((self.phrase(at, words)?, *share));
        if let Some((end, right)) =
            SHARES.iter().find_map(share).filter(|(end, _)| self.triggers_at(*end))
        {
            let found = errors::write(self.lang, written(), right);
            return Some(found.edit(self.folded.original(at, end), right));
        }
        if self
            .any_phrase(
                at,
                &["a third", "one third", "third", "un tiers", "le tiers", "tiers", "1 / 3"],
            )
            .is_some()
        {
            return Some(unsaid::in_parts(self.lang, written()));
        }
        let bound = ["at least", "at most", "au moins", "au plus", "minimum", "maximum"];
        self.any_phrase(at, &bound).map(|_| self.bound_of_a_price(written(), at))
    }

    /// `unsigned`: the contrary of a fact.
    fn contrary(
        &self,
        diagnostic: &Diagnostic,
        token: &str,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let fact = token.strip_prefix("un").or_else(|| token.strip_prefix("non"))?;
        let facts = [Rule::kw_started, Rule::kw_signed, Rule::kw_ended, Rule::kw_abandoned];
        let spelled =
            |rule: &Rule| words::spelling(*rule).map(|both| self.file_lang.pick(both.0, both.1));
        let is_fact = |word: &&str| crate::diagnostic::fold_for_likeness(word) == fact;
        let possible = facts.iter().filter(|rule| possible.contains(rule));
        let word = possible.filter_map(spelled).find(is_fact)?;
        let right = format!("{} {word}", self.file_lang.pick("not", "non"));
        Some(errors::write(self.lang, diagnostic.clone(), &right).edit(diagnostic.span, right))
    }

    /// What says with other words that something has happened: `event "…" has happened`.
    fn happened(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let facts = [Rule::kw_happened, Rule::kw_done, Rule::kw_received];
        let rule = facts.into_iter().find(|rule| possible == [*rule])?;
        let end = self.any_phrase(at, HAPPENED)?;
        let (english, french) = words::spelling(rule)?;
        let right = self.file_lang.pick(english, french);
        let found = errors::write(self.lang, diagnostic.clone(), right);
        Some(found.edit(self.folded.original(at, end), right))
    }

    /// A condition after a comma, or after `, stays open`.
    fn misplaced_condition(
        &self,
        diagnostic: &Diagnostic,
        (at, before): (usize, usize),
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let before_text = self.folded.text.get(..before).unwrap_or("");
        let line = before_text.rsplit('\n').next().unwrap_or("");
        let guarded = line.contains(" if ") || line.contains(" si ");
        let after_comma = possible.contains(&Rule::kw_in_proportion) && before_text.ends_with(',');
        if after_comma && guarded {
            let and = self.file_lang.pick("and", "et");
            let place = self.folded.original(before - 1, before).to(diagnostic.span);
            // `and` binds tighter than `or`: after one, it would join less than what was written.
            if line.contains(" or ") || line.contains(" ou ") {
                return Some(unsaid::joined_alternatives(self.lang, diagnostic.clone()));
            }
            let found = hints::joined_conditions(self.lang, diagnostic.clone(), and);
            return Some(found.edit(place, format!(" {and}")));
        }
        if guarded {
            return None;
        }
        if after_comma {
            let found =
                hints::no_comma(self.lang, diagnostic.clone(), diagnostic.span.of(self.source));
            let comma = self.folded.original(before - 1, before);
            return Some(found.edit(comma, ""));
        }
        let head = ["stays open", "reste ouvert"]
            .iter()
            .find_map(|words| before_text.strip_suffix(words))
            .filter(|_| possible.is_empty())?;
        let open = head.len();
        let head = head.trim_end_matches([' ', '\n']);
        let start = head.strip_suffix(',').unwrap_or(head).trim_end_matches([' ', '\n']).len();
        let line = self.folded.text.get(at..self.folded.line_break_after(at))?;
        let end = at + line.trim_end().len();
        let right = format!(" {}, {}", self.text(at, end), self.text(open, before));
        let found = hints::condition_first(self.lang, diagnostic.clone());
        Some(found.edit(self.folded.original(start, end), right))
    }
}
