//! Comparisons and windows in everyday words, or with a sign that is none: what says the same, and
//! what the language cannot say.

use super::grammar::Rule;
use super::parse::Parser;
use super::{errors, hints, unsaid, words};
use crate::diagnostic::Diagnostic;

/// Comparisons in words, token by token, and their sign; the longer ones first.
pub(super) const COMPARISONS: &[(&str, &str)] = &[
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
    ("exceeds", ">"),
    ("exceed", ">"),
    ("depasse", ">"),
    ("depassent", ">"),
    ("excede", ">"),
    ("reaches", ">="),
    ("atteint", ">="),
    ("at least", ">="),
    ("au moins", ">="),
    ("at most", "<="),
    ("au plus", "<="),
    ("= >", ">="),
    ("= <", "<="),
];

/// What leaves out the upper end of a window.
const UNDER: &[&str] = &[
    "less than",
    "fewer than",
    "strictly less than",
    "below",
    "strictement moins de",
    "strictement inferieur a",
    "inferieur a",
    "inferieure a",
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

/// What may follow a percentage that is certified, as `progress` is.
const OF_PROGRESS: &[&str] =
    &["of progress", "progress", "d ' avancement", "de l ' avancement", "de avancement"];
/// What may follow a length of time that counts to the planned start, as `notice` does.
const TO_THE_START: &[&str] = &[
    "before the start",
    "before start",
    "before the planned start",
    "before planned start",
    "to the start",
    "to the planned start",
    "avant le demarrage",
    "avant le demarrage prevu",
    "avant le debut",
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
const MEASURED: &[Rule] =
    &[Rule::kw_duration, Rule::kw_attendance, Rule::kw_hours, Rule::kw_progress, Rule::kw_notice];
/// What is measured in percent.
const IN_PERCENT: &[Rule] = &[Rule::kw_attendance, Rule::kw_progress];
const HOURS: &[Rule] = &[Rule::unit_hour, Rule::unit_minute];
const TIMES: &[Rule] = &[Rule::unit_day, Rule::unit_week, Rule::unit_month, Rule::unit_year];

/// `notice`, in French and folded.
const NOTICE_FR: &str = "delai avant le demarrage";

/// A number and its unit, if it has one that the language knows.
struct Amount {
    end: usize,
    measured: Option<Rule>,
}

/// What is measured, as it stands before a comparison: `progress`, `since signature`.
#[derive(Clone, Copy)]
struct Stated<'a> {
    rule: Rule,
    text: &'a str,
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
        // The upper end of a window: `from 4 months to less than 10 months`.
        if let Some(end) = self.any_phrase(at, UNDER).filter(|_| possible.contains(&Rule::kw_under))
        {
            let (english, french) = words::spelling(Rule::kw_under)?;
            let right = self.file_lang.pick(english, french);
            let found = errors::write(lang, diagnostic.clone(), right);
            return Some(found.edit(self.folded.original(at, end), right));
        }
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
            let unsaid = self.unsaid_tail(diagnostic, &amount, stated);
            let (last, rule) = match unsaid {
                Ok(found) => found,
                Err(found) => return Some(*found),
            };
            let Some((measured, unit)) = self.compared(stated, rule, &amount) else {
                let number = self.folded.token_at(first);
                return Some(unsaid::what_is_compared(
                    (lang, self.file_lang),
                    diagnostic.clone(),
                    number,
                ));
            };
            let quantity = format!("{}{unit}", self.text(first, amount.end));
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
            && let Some((measured, unit)) = self.compared(stated, amount.measured, &amount)
            && self.ends_test(end)
        {
            let first = self.folded.skip_blanks(from);
            let quantity = format!("{}{unit}", self.text(first, amount.end));
            let right = format!("{measured} {sign} {quantity}");
            let prefix = if stated.is_some() { "" } else { measured };
            let written = format!("{prefix} {sign} {quantity}");
            let found = self.said(diagnostic, &right, stated.is_none() && amount.is_time());
            return Some(found.edit(self.folded.original(start, end), written.trim_start()));
        }
        let equal = start == at
            && (["=", "exactly", "exactement", "equal", "equals", "egal", "egale", "egales"]
                .contains(&self.folded.token_at(from))
                || stated.is_some() && self.amount_at(from).is_some());
        equal.then(|| hints::no_equality(lang, diagnostic.clone()))
    }

    /// `between 4 and 10 months`: whether 10 months belong to it is not known.
    fn between(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        stated: Option<Stated<'_>>,
    ) -> Option<Diagnostic> {
        let first = self.amount_at(at)?;
        let and = self.any_phrase(first.end, &["and", "et"])?;
        let last = self.amount_at(and)?;
        let rule = match self.unsaid_tail(diagnostic, &last, stated) {
            Ok((_, rule)) => rule,
            Err(found) => return Some(*found),
        };
        let Some((measured, missing)) = self.compared(stated, rule, &last) else {
            let number = self.folded.token_at(self.folded.skip_blanks(at));
            return Some(unsaid::what_is_compared(
                (self.lang, self.file_lang),
                diagnostic.clone(),
                number,
            ));
        };
        let low = self.text(self.folded.skip_blanks(at), first.end);
        let high = self.text(self.folded.skip_blanks(and), last.end);
        let digits = self.folded.skip_blanks(and);
        let digits = digits + self.folded.token_at(digits).len();
        let unit = format!("{}{missing}", self.text(digits, last.end));
        let unit = match unit.trim() {
            unit if first.measured.is_none() && !unit.is_empty() => format!(" {unit}"),
            _ => String::new(),
        };
        let high = format!("{high}{missing}");
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
            let behind = self.text(at, self.folded.line_break_after(at));
            let digits = before.rsplit(|c: char| !c.is_ascii_digit()).next().unwrap_or("5");
            return Some(unsaid::day_of_the_month(self.lang, written(), digits, behind));
        }
        let limit = [
            "before", "avant", "within", "dans", "until", "by", "after", "apres", "during",
            "pendant", "d",
        ];
        if !limit.contains(&token) || token == "d" && self.phrase(at, "d ' ici").is_none() {
            return None;
        }
        if can(Rule::trigger_hint) || can(Rule::kw_month_end) {
            let (time, day) = (self.time_typed(at), self.day_typed(at));
            return Some(unsaid::no_limits(
                (self.lang, self.file_lang),
                written(),
                time.as_deref(),
                day.as_deref(),
            ));
        }
        let triggered = can(Rule::kw_or) && can(Rule::kw_if);
        let time = self.time_typed(at);
        triggered.then(|| {
            unsaid::time_is_a_condition((self.lang, self.file_lang), written(), time.as_deref())
        })
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
        Some(self.counts_from_elsewhere(diagnostic.clone(), at, rest))
    }

    /// That `rest`, at `at`, does not count from the start, with what it may be of the time of its line.
    fn counts_from_elsewhere(&self, found: Diagnostic, at: usize, rest: &str) -> Diagnostic {
        let (langs, time) = ((self.lang, self.file_lang), self.time_typed(at));
        unsaid::counts_from_the_start(langs, found, rest, time.as_deref())
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
        let measured = self.measured_last(head);
        if measured == Some(Rule::kw_notice)
            && let Some(end) = TO_THE_START
                .iter()
                .filter_map(|to| self.phrase(at, to))
                .find(|end| self.ends_test(*end))
        {
            let found = hints::counts_to_the_start(self.lang, diagnostic.clone());
            return Some(found.edit(self.folded.original(before, end), ""));
        }
        if measured.is_some_and(|rule| rule != Rule::kw_duration) {
            let rest = self.text(at, self.end_of_test(at));
            return Some(unsaid::not_counted(self.lang, diagnostic.clone(), rest));
        }
        if let Some(end) = self.any_phrase(at, SINCE_THE_START).filter(|end| self.ends_test(*end)) {
            let found = hints::counts_from_the_start(self.lang, diagnostic.clone());
            return Some(found.edit(self.folded.original(before, end), ""));
        }
        let rest = self.text(at, self.end_of_test(at));
        Some(self.counts_from_elsewhere(diagnostic.clone(), at, rest))
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
        stated: Option<Stated<'_>>,
    ) -> Result<(usize, Option<Rule>), Box<Diagnostic>> {
        if self.ends_test(amount.end) {
            return Ok((amount.end, amount.measured));
        }
        let stated = stated.map(|stated| stated.rule);
        let repeating: &[(Rule, &[&str])] = if amount.is_time() {
            &[(Rule::kw_duration, SINCE_THE_START), (Rule::kw_notice, TO_THE_START)]
        } else if amount.is_share() {
            &[(Rule::kw_attendance, OF_ATTENDANCE), (Rule::kw_progress, OF_PROGRESS)]
        } else {
            &[]
        };
        for (rule, phrases) in repeating {
            let ends = |phrase: &&str| {
                let end = self.phrase(amount.end, phrase)?;
                self.ends_test(end).then_some(end)
            };
            // Words that name another measure than the one that is stated say something else.
            let same =
                stated.map_or(!amount.is_time() || *rule == Rule::kw_duration, |of| of == *rule);
            if same && let Some(end) = phrases.iter().find_map(ends) {
                return Ok((end, Some(*rule)));
            }
        }
        let by_start = stated.is_none_or(|rule| rule == Rule::kw_duration);
        let at = self.folded.skip_blanks(amount.end);
        let rest = self.text(at, self.end_of_test(at));
        let diagnostic = diagnostic.clone();
        Err(Box::new(if amount.is_time() && by_start {
            self.counts_from_elsewhere(diagnostic, at, rest)
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

    /// What is measured, if it stands before `at`: `duration`, `since signature`.
    fn measured_before(&self, at: usize) -> Option<Stated<'_>> {
        let head = self.folded.text.get(..at)?.trim_end();
        let found = |rule, start| Some(Stated { rule, text: self.text(start, head.len()) });
        if let Some(before) = head.strip_suffix(NOTICE_FR) {
            return found(Rule::kw_notice, before.len());
        }
        let start = head.trim_end_matches(char::is_alphabetic).len();
        let word = head.get(start..)?;
        if let Some(rule) = MEASURED.iter().find(|rule| words::is_any(&[**rule], word)) {
            return found(*rule, start);
        }
        found(Rule::kw_since, since_before(head)?)
    }

    /// What the last test of a text measures.
    fn measured_last(&self, head: &str) -> Option<Rule> {
        let line = head.rsplit('\n').next()?;
        let place = |rule: &Rule| {
            let (english, french) = words::spelling(*rule)?;
            let folded = crate::diagnostic::fold_for_likeness(french);
            let places = [line.rfind(english), line.rfind(folded.as_str())];
            Some((places.into_iter().flatten().max()?, *rule))
        };
        let rules = MEASURED.iter().chain(&[Rule::kw_since]);
        rules.filter_map(place).max_by_key(|(place, _)| *place).map(|(_, rule)| rule)
    }

    /// What is compared with an amount, in words, and the unit that the amount lacks; `None` where
    /// it is not known, or is measured otherwise.
    fn compared<'a>(
        &self,
        stated: Option<Stated<'a>>,
        meant: Option<Rule>,
        amount: &Amount,
    ) -> Option<(&'a str, &'static str)> {
        let Some(Stated { rule, text }) = stated else {
            let (english, french) = words::spelling(meant?)?;
            return Some((self.file_lang.pick(english, french), ""));
        };
        let in_percent = IN_PERCENT.contains(&rule);
        let own = if rule == Rule::kw_hours {
            Rule::kw_hours
        } else if in_percent {
            Rule::kw_attendance
        } else {
            Rule::kw_duration
        };
        match amount.measured {
            Some(found) if found == own => Some((text, "")),
            None if rule == Rule::kw_hours => Some((text, "")),
            None if in_percent => Some((text, " %")),
            Some(_) | None => None,
        }
    }

    /// The number after `at`, with its unit.
    fn amount_at(&self, at: usize) -> Option<Amount> {
        let start = self.folded.skip_blanks(at);
        let number = self.folded.token_at(start);
        number.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
        let end = start + number.len();
        if number.contains('h') {
            return Some(Amount { end, measured: Some(Rule::kw_hours) });
        }
        let place = self.folded.skip_blanks(end);
        let unit = self.folded.token_at(place);
        let measured = if words::is_any(&[Rule::percent_sign], unit) {
            Some(Rule::kw_attendance)
        } else if words::is_any(HOURS, unit) {
            Some(Rule::kw_hours)
        } else if words::is_any(TIMES, unit) {
            Some(Rule::kw_duration)
        } else {
            None
        };
        let end = if measured.is_some() { place + unit.len() } else { end };
        Some(Amount { end, measured })
    }
}

impl Amount {
    fn is_time(&self) -> bool {
        self.measured == Some(Rule::kw_duration)
    }

    fn is_share(&self) -> bool {
        self.measured == Some(Rule::kw_attendance)
    }
}

/// Where `since` begins, at the end of a text that ends with what it counts from.
fn since_before(head: &str) -> Option<usize> {
    let plain = match head.strip_suffix('"') {
        Some(inner) => head.get(..inner.rfind('"')?)?,
        None => head,
    };
    let start = ["since ", "depuis "].iter().filter_map(|word| plain.rfind(word)).max()?;
    let parted = |c: char| !c.is_alphabetic();
    let between = plain.get(start..)?;
    let stops = ["and", "or", "if", "et", "ou", "si", "not", "non"];
    let whole = plain.get(..start)?.ends_with(parted)
        && !between.contains(['<', '>', '=', ':', ',', '(', ')', '"'])
        && !between.split(parted).any(|word| stops.contains(&word));
    whole.then_some(start)
}
