//! Comparisons and windows in everyday words, or with a sign that is none: what says the same, and
//! what the language cannot say.

use super::grammar::Rule;
use super::parse::Parser;
use super::{errors, hints, unsaid, words};
use crate::diagnostic::Diagnostic;

/// Comparisons in words, token by token, and their sign; the longer ones first.
const COMPARISONS: &[(&str, &str)] = &[
    ("greater than or equal to", ">="),
    ("more than or equal to", ">="),
    ("less than or equal to", "<="),
    ("superieure ou egale a", ">="),
    ("superieures ou egales a", ">="),
    ("superieur ou egal a", ">="),
    ("inferieure ou egale a", "<="),
    ("inferieures ou egales a", "<="),
    ("inferieur ou egal a", "<="),
    ("no more than", "<="),
    ("not more than", "<="),
    ("no less than", ">="),
    ("not less than", ">="),
    ("less than", "<"),
    ("fewer than", "<"),
    ("lower than", "<"),
    ("shorter than", "<"),
    ("under", "<"),
    ("below", "<"),
    ("inferieure a", "<"),
    ("inferieures a", "<"),
    ("inferieur a", "<"),
    ("moins de", "<"),
    ("more than", ">"),
    ("greater than", ">"),
    ("longer than", ">"),
    ("over", ">"),
    ("above", ">"),
    ("superieure a", ">"),
    ("superieures a", ">"),
    ("superieur a", ">"),
    ("plus de", ">"),
    ("at least", ">="),
    ("au moins", ">="),
    ("at most", "<="),
    ("au plus", "<="),
    ("= >", ">="),
    ("= <", "<="),
];

/// Comparisons that stand after the quantity, and their sign.
const AFTERWARDS: &[(&str, &str)] = &[
    ("or more", ">="),
    ("ou plus", ">="),
    ("or less", "<="),
    ("or fewer", "<="),
    ("ou moins", "<="),
];

/// What may stand before a comparison in words.
const BEFORE_COMPARISON: &[&str] = &["is", "est", "sont", "are", "de", "d '", "strictement"];

/// What may follow a length of time that counts from the start, as `duration` does.
const SINCE_THE_START: &[&str] = &[
    "after the start",
    "after start",
    "since the start",
    "since start",
    "from the start",
    "from start",
    "apres le demarrage",
    "apres demarrage",
    "apres le debut",
    "depuis le demarrage",
    "depuis le debut",
];
/// What may follow a percentage that is of the planned hours, as `attendance` is.
const OF_ATTENDANCE: &[&str] = &[
    "of attendance",
    "attendance",
    "d ' assiduite",
    "de l ' assiduite",
    "of the planned hours",
    "of planned hours",
    "des heures prevues",
];

/// The first words of what counts a length of time from something else.
const COUNTED_FROM: &[&str] = &[
    "after",
    "before",
    "since",
    "from",
    "until",
    "apres",
    "avant",
    "depuis",
    "following",
    "suivant",
    "prior",
    "of",
    "de",
    "du",
    "des",
    "d",
    "to",
    "a",
    "au",
    "jusqu",
    "ago",
    "later",
    "earlier",
];

const MEASURING: &[Rule] = &[Rule::comparator_hint, Rule::kw_duration];
const MEASURED: &[Rule] = &[Rule::kw_duration, Rule::kw_attendance, Rule::kw_hours];
const HOURS: &[Rule] = &[Rule::unit_hour, Rule::unit_minute];
const TIMES: &[Rule] = &[Rule::unit_day, Rule::unit_week, Rule::unit_month, Rule::unit_year];

/// A number and its unit, if it has one that the language knows.
struct Amount {
    end: usize,
    measured: Option<(&'static str, &'static str)>,
}

impl Parser<'_> {
    /// A comparison or a window in words, or with a sign that is none.
    pub fn comparison(
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
        let stated = self.measured_before(start);
        let signed =
            |(words, sign): &(&str, &'static str)| Some((self.phrase(from, words)?, *sign));
        if let Some((end, sign)) = COMPARISONS.iter().find_map(signed) {
            let amount = self.amount_at(end)?;
            let first = self.folded.skip_blanks(end);
            let quantity = self.text(first, amount.end);
            let unsaid = self.unsaid_tail(diagnostic, &amount, stated.is_some());
            let last = match unsaid {
                Ok(last) => last,
                Err(found) => return Some(*found),
            };
            let Some(measured) = stated.or(self.meant_by(&amount)) else {
                return Some(unsaid::what_is_compared(lang, diagnostic.clone()));
            };
            let right = format!("{measured} {sign} {quantity}");
            let prefix = if stated.is_some() { "" } else { measured };
            let written = format!("{prefix} {sign} {quantity}");
            let found = self.said(diagnostic, &right, stated.is_none() && amount.is_time());
            return Some(found.edit(self.folded.original(start, last), written.trim_start()));
        }
        if let Some(end) = self.any_phrase(from, &["between", "entre"]) {
            return self.between(diagnostic, end, stated);
        }
        if let Some(amount) = self.amount_at(from).filter(|_| start == at)
            && let Some((end, sign)) = AFTERWARDS
                .iter()
                .find_map(|(words, sign)| Some((self.phrase(amount.end, words)?, *sign)))
            && let Some(measured) = stated.or(self.meant_by(&amount))
            && self.ends_test(end)
        {
            let quantity = self.text(self.folded.skip_blanks(from), amount.end);
            let right = format!("{measured} {sign} {quantity}");
            let prefix = if stated.is_some() { "" } else { measured };
            let written = format!("{prefix} {sign} {quantity}");
            let found = self.said(diagnostic, &right, stated.is_none() && amount.is_time());
            return Some(found.edit(self.folded.original(start, end), written.trim_start()));
        }
        let equal = start == at
            && (self.folded.token_at(from) == "="
                || stated.is_some() && self.amount_at(from).is_some());
        equal.then(|| hints::no_equality(lang, diagnostic.clone()))
    }

    /// `between 4 and 10 months`: whether 10 months belong to it is not known.
    fn between(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        stated: Option<&str>,
    ) -> Option<Diagnostic> {
        let first = self.amount_at(at)?;
        let and = self.any_phrase(first.end, &["and", "et"])?;
        let last = self.amount_at(and)?;
        if let Err(found) = self.unsaid_tail(diagnostic, &last, stated.is_some()) {
            return Some(*found);
        }
        let Some(measured) = stated.or(self.meant_by(&last)) else {
            return Some(unsaid::what_is_compared(self.lang, diagnostic.clone()));
        };
        let low = self.text(self.folded.skip_blanks(at), first.end);
        let high = self.text(self.folded.skip_blanks(and), last.end);
        let digits = self.folded.skip_blanks(and);
        let digits = digits + self.folded.token_at(digits).len();
        let unit = self.text(digits, last.end).trim();
        let unit = if first.measured.is_none() && !unit.is_empty() {
            format!(" {unit}")
        } else {
            String::new()
        };
        let (from, to, and) =
            self.file_lang.pick(("from", "to under", "and"), ("de", "à moins de", "et"));
        let window = format!("{measured} {from} {low}{unit} {to} {high}");
        let both = format!("{measured} >= {low}{unit} {and} {measured} <= {high}");
        Some(unsaid::between(self.lang, diagnostic.clone(), &window, &both))
    }

    /// A limit of time, or a delay, where a moment stands: `before 2026-01-01`, `15 days after end`,
    /// `on abandonment after 4 months`, `on the 5th of each month`, `à 30 jours`.
    pub fn limit_of_time(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let can = |rule: Rule| possible.contains(&rule);
        let token = self.folded.token_at(at);
        let written = || diagnostic.clone();
        let delayed = possible == [Rule::kw_after]
            || can(Rule::kw_start)
                && can(Rule::kw_signature)
                && !can(Rule::kw_month_end)
                && !can(Rule::kw_action);
        if delayed {
            let rest = self.text(at, self.end_of_phrase(at));
            let word = token.starts_with(char::is_alphabetic) && !rest.is_empty();
            let word = word && self.likely_word(token, possible).is_none();
            return word.then(|| unsaid::delays(self.lang, written(), rest));
        }
        let before = self.folded.text.get(..self.folded.end_before(at))?;
        let ordinal = ["st", "nd", "rd", "th", "er", "of", "de", "du"].contains(&token);
        if ordinal && before.ends_with(|c: char| c.is_ascii_digit()) && can(Rule::unit_month) {
            return Some(unsaid::day_of_the_month(self.lang, written()));
        }
        let limit = [
            "before", "avant", "within", "dans", "until", "by", "after", "apres", "during",
            "pendant", "d",
        ];
        if !limit.contains(&token) || token == "d" && self.phrase(at, "d ' ici").is_none() {
            return None;
        }
        if can(Rule::trigger_hint) || can(Rule::kw_month_end) {
            return Some(unsaid::no_limits(self.lang, written()));
        }
        let triggered = can(Rule::kw_or) && can(Rule::kw_if);
        triggered.then(|| unsaid::time_is_a_condition(self.lang, written()))
    }

    /// A condition that begins with a date or a limit: `if before 2026-06-20`.
    pub fn limit_in_condition(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let token = self.folded.token_at(at);
        let limit = [
            "before", "avant", "within", "dans", "until", "by", "after", "apres", "date", "since",
            "depuis", "today",
        ];
        let later = self.any_phrase(at, &["no later than", "not later than", "au plus tard"]);
        let counted = token.starts_with(|c: char| c.is_ascii_digit());
        let condition = possible.contains(&Rule::kw_duration);
        if !condition || !(limit.contains(&token) || later.is_some() || counted) {
            return None;
        }
        let rest = self.text(at, self.end_of_test(at));
        Some(unsaid::counts_from_the_start(self.lang, diagnostic.clone(), rest))
    }

    /// What counts a length of time from something else than the start, after a condition that is
    /// complete without it: `duration < 14 days after signature`.
    pub fn counted_from(&self, diagnostic: &Diagnostic, at: usize) -> Option<Diagnostic> {
        let before = self.folded.end_before(at);
        let head = self.folded.text.get(..before)?;
        let unit = head.len() - head.chars().rev().take_while(|c| c.is_alphabetic()).count();
        let is_time = words::is_any(TIMES, head.get(unit..)?);
        let token = self.folded.token_at(at);
        if !is_time || !COUNTED_FROM.contains(&token) {
            return None;
        }
        if let Some(end) = self.any_phrase(at, SINCE_THE_START).filter(|end| self.ends_test(*end)) {
            let found = hints::counts_from_the_start(self.lang, diagnostic.clone());
            return Some(found.edit(self.folded.original(before, end), ""));
        }
        let rest = self.text(at, self.end_of_test(at));
        Some(unsaid::counts_from_the_start(self.lang, diagnostic.clone(), rest))
    }

    fn said(&self, diagnostic: &Diagnostic, right: &str, from_start: bool) -> Diagnostic {
        if from_start {
            hints::write_duration(self.lang, diagnostic.clone(), right)
        } else {
            errors::write(self.lang, diagnostic.clone(), right)
        }
    }

    /// Where a comparison in words ends, what only repeats it included; or what is wrong with what
    /// follows it.
    fn unsaid_tail(
        &self,
        diagnostic: &Diagnostic,
        amount: &Amount,
        stated: bool,
    ) -> Result<usize, Box<Diagnostic>> {
        if self.ends_test(amount.end) {
            return Ok(amount.end);
        }
        let repeated = if amount.is_time() {
            self.any_phrase(amount.end, SINCE_THE_START)
        } else if amount.is_share() && !stated {
            self.any_phrase(amount.end, OF_ATTENDANCE)
        } else {
            None
        };
        if let Some(end) = repeated.filter(|end| self.ends_test(*end)) {
            return Ok(end);
        }
        let at = self.folded.skip_blanks(amount.end);
        let rest = self.text(at, self.end_of_test(at));
        let diagnostic = diagnostic.clone();
        Err(Box::new(if amount.is_time() {
            unsaid::counts_from_the_start(self.lang, diagnostic, rest)
        } else {
            unsaid::not_counted(self.lang, diagnostic, rest)
        }))
    }

    /// Whether a test that ends at `end` is followed by what may follow one.
    fn ends_test(&self, end: usize) -> bool {
        let at = self.folded.skip_blanks(end);
        let token = self.folded.token_at(at);
        ["", ")", ",", "and", "or", "et", "ou"].contains(&token) || self.stops_before(at)
    }

    /// Where what follows a test ends: at the next part of the condition, or with the line.
    fn end_of_test(&self, at: usize) -> usize {
        let line = self.folded.line_break_after(at);
        let mut place = at;
        let mut end = at;
        while place < line
            && !["", ")", ",", "and", "or", "et", "ou"].contains(&self.folded.token_at(place))
        {
            end = place + self.folded.token_at(place).len();
            place = self.folded.skip_blanks(end);
        }
        end
    }

    /// What is measured, if it stands before `at`: `duration`.
    fn measured_before(&self, at: usize) -> Option<&str> {
        let head = self.folded.text.get(..at)?.trim_end();
        let start = head.trim_end_matches(char::is_alphabetic).len();
        words::is_any(MEASURED, head.get(start..)?).then(|| self.text(start, head.len()))
    }

    /// What a quantity measures, by its unit.
    fn meant_by(&self, amount: &Amount) -> Option<&'static str> {
        amount.measured.map(|(english, french)| self.file_lang.pick(english, french))
    }

    /// The number after `at`, with its unit.
    fn amount_at(&self, at: usize) -> Option<Amount> {
        let start = self.folded.skip_blanks(at);
        let number = self.folded.token_at(start);
        number.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
        let end = start + number.len();
        if number.contains('h') {
            return Some(Amount { end, measured: words::spelling(Rule::kw_hours) });
        }
        let place = self.folded.skip_blanks(end);
        let unit = self.folded.token_at(place);
        let measured = if words::is_any(&[Rule::percent_sign], unit) {
            words::spelling(Rule::kw_attendance)
        } else if words::is_any(HOURS, unit) {
            words::spelling(Rule::kw_hours)
        } else if words::is_any(TIMES, unit) {
            words::spelling(Rule::kw_duration)
        } else {
            None
        };
        let end = if measured.is_some() { place + unit.len() } else { end };
        Some(Amount { end, measured })
    }
}

impl Amount {
    fn is_time(&self) -> bool {
        self.measured == words::spelling(Rule::kw_duration)
    }

    fn is_share(&self) -> bool {
        self.measured == words::spelling(Rule::kw_attendance)
    }
}
