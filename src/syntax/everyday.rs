//! The words of everyday speech, and those of the language that say the same.

use super::grammar::Rule;
use super::parse::Parser;
use super::{errors, hints, words};
use crate::diagnostic::Diagnostic;

/// The word that begins an item and is meant by another (folded).
pub fn item_meant(word: &str) -> Option<Rule> {
    Some(match word {
        "prix" | "cost" | "cout" => Rule::kw_price,
        "payment" | "versement" | "paiement" => Rule::kw_installment,
        _ => return None,
    })
}

/// Comparisons in words, token by token, and their sign; the longer ones first.
const COMPARISONS: &[(&str, &str)] = &[
    ("greater than or equal to", ">="),
    ("more than or equal to", ">="),
    ("less than or equal to", "<="),
    ("superieure ou egale a", ">="),
    ("superieures ou egales a", ">="),
    ("inferieure ou egale a", "<="),
    ("inferieures ou egales a", "<="),
    ("less than", "<"),
    ("fewer than", "<"),
    ("lower than", "<"),
    ("shorter than", "<"),
    ("under", "<"),
    ("below", "<"),
    ("inferieure a", "<"),
    ("inferieures a", "<"),
    ("moins de", "<"),
    ("more than", ">"),
    ("greater than", ">"),
    ("longer than", ">"),
    ("over", ">"),
    ("above", ">"),
    ("superieure a", ">"),
    ("superieures a", ">"),
    ("plus de", ">"),
    ("at least", ">="),
    ("au moins", ">="),
    ("at most", "<="),
    ("au plus", "<="),
    ("= >", ">="),
    ("= <", "<="),
];

/// What may stand before a comparison in words.
const BEFORE_COMPARISON: &[&str] = &["is", "est", "sont", "are", "de", "d '", "strictement"];

const REMAINDERS: &[&str] = &[
    "the rest",
    "the remainder",
    "the remaining",
    "rest",
    "remaining",
    "le reste",
    "le restant",
    "restant",
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
const OF_THE_MONTH: &[&str] =
    &["of the month", "of month", "of each month", "of every month", "du mois", "de chaque mois"];

impl Parser<'_> {
    /// Where a phrase ends that stands at `at`; its tokens are set apart by spaces.
    fn phrase(&self, at: usize, phrase: &str) -> Option<usize> {
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

    fn any_phrase(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().find_map(|phrase| self.phrase(at, phrase))
    }

    fn text(&self, start: usize, end: usize) -> &str {
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
        let found = self.comparison(diagnostic, (at, before), possible);
        if found.is_some() {
            return found;
        }
        if can(Rule::kw_remainder) {
            if let Some(end) = self.any_phrase(at, REMAINDERS) {
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
        {
            let found = hints::always_of_the_price(lang, unclear());
            return Some(found.edit(span(before, end), ""));
        }
        if can(Rule::kw_or)
            && (before_text.ends_with(" end") || before_text.ends_with(" fin"))
            && self.any_phrase(at, OF_THE_MONTH).is_some()
        {
            let right = self.file_lang.pick("on month end", "en fin de mois");
            return Some(errors::write(lang, unclear(), right));
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
        if (can(Rule::number) || can(Rule::sum_hint)) && matches!(token, "€" | "eur") {
            let number = self.folded.skip_blanks(at + token.len());
            let digits = self.folded.token_at(number);
            if digits.starts_with(|c: char| c.is_ascii_digit()) {
                let end = number + digits.len();
                let right = format!("{} EUR", self.text(number, end));
                return Some(errors::write(lang, unclear(), &right).edit(span(at, end), right));
            }
        }
        None
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
        let after_comma = possible == [Rule::kw_stays_open] && before_text.ends_with(',');
        if after_comma && guarded {
            let and = self.file_lang.pick("and", "et");
            let place = self.folded.original(before - 1, before).to(diagnostic.span);
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

    /// A comparison or a window in words, or with a sign that is none.
    fn comparison(
        &self,
        diagnostic: &Diagnostic,
        (at, before): (usize, usize),
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let lang = self.lang;
        // `durée de moins de 4 mois`: the first `de` was read as that of a window.
        let before_text = self.folded.text.get(..before)?;
        let start = match before_text.strip_suffix(" de") {
            Some(head) if possible.contains(&Rule::number) => head.len() + 1,
            Some(_) | None => at,
        };
        if start == at && !possible.iter().any(|rule| MEASURING.contains(rule)) {
            return None;
        }
        let mut from = start;
        while let Some(end) = self.any_phrase(from, BEFORE_COMPARISON) {
            from = self.folded.skip_blanks(end);
        }
        let head = self.folded.text.get(..start)?.trim_end();
        let measured = head.trim_end_matches(char::is_alphabetic).len();
        let measured = match head.get(measured..)? {
            "duration" | "duree" | "attendance" | "assiduite" | "hours" | "heures" => {
                self.text(measured, head.len())
            }
            _ => "",
        };
        let none_stated = measured.is_empty();
        let measured =
            if none_stated { self.file_lang.pick("duration", "durée") } else { measured };
        let stated = if none_stated { format!("{measured} ") } else { String::new() };
        let signed =
            |(words, sign): &(&str, &'static str)| Some((self.phrase(from, words)?, *sign));
        if let Some((end, sign)) = COMPARISONS.iter().find_map(signed) {
            let last = self.quantity(end)?;
            let quantity = self.text(self.folded.skip_blanks(end), last);
            let right = format!("{measured} {sign} {quantity}");
            let place = self.folded.original(start, end);
            let found = errors::write(lang, diagnostic.clone(), &right);
            return Some(found.edit(place, format!("{stated}{sign}")));
        }
        if let Some(end) = self.any_phrase(from, &["between", "entre"]) {
            let first = self.quantity(end)?;
            let and = self.any_phrase(first, &["and", "et"])?;
            let last = self.quantity(and)?;
            let second = self.folded.skip_blanks(and);
            let (word_from, word_to) = self.file_lang.pick(("from", "to"), ("de", "à"));
            let bound = self.text(self.folded.skip_blanks(end), first);
            let window = format!("{word_from} {bound} {word_to}");
            let right = format!("{measured} {window} {}", self.text(second, last));
            let place = self.folded.original(start, second);
            let found = errors::write(lang, diagnostic.clone(), &right);
            return Some(found.edit(place, format!("{stated}{window} ")));
        }
        let equal = self.folded.token_at(from) == "=" && start == at;
        equal.then(|| hints::no_equality(lang, diagnostic.clone()))
    }

    /// Where the number after `at` ends, its unit included.
    fn quantity(&self, at: usize) -> Option<usize> {
        let start = self.folded.skip_blanks(at);
        let number = self.folded.token_at(start);
        number.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
        let end = start + number.len();
        let place = self.folded.skip_blanks(end);
        let unit = self.folded.token_at(place);
        let is_unit = UNITS.contains(&unit);
        Some(if is_unit { place + unit.len() } else { end })
    }
}

const MEASURING: &[Rule] = &[Rule::comparator_hint, Rule::kw_duration];
const UNITS: &[&str] = &[
    "%", "day", "days", "jour", "jours", "week", "weeks", "semaine", "semaines", "month", "months",
    "mois", "year", "years", "an", "ans", "annee", "annees", "hour", "hours", "heure", "heures",
    "minute", "minutes",
];
