//! The small forms of the surface (§2): words, strings, numbers, dates and the gaps between them.

use chrono::NaiveDate;

use super::exact::{Exact, fits, print, whole};
use super::rng::Rng;
use super::rules::{Currency, Span, SpanUnit};

/// The vocabulary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    English,
    French,
}

/// Writes one word after another.
pub(super) struct Pen {
    pub(super) out: String,
    pub(super) language: Language,
    pub(super) rng: Option<Rng>,
    /// Whether the next word follows without a gap.
    pub(super) glued: bool,
}

impl Pen {
    /// True in that many cases of a hundred; never in the plain form.
    pub(super) fn maybe(&mut self, percent: u64) -> bool {
        self.rng.as_mut().is_some_and(|rng| rng.chance(percent))
    }

    pub(super) fn one_of<'a>(
        &mut self,
        plain: &'a str,
        others: &[&'a str],
        percent: u64,
    ) -> &'a str {
        if !self.maybe(percent) {
            return plain;
        }
        self.rng.as_mut().map_or(plain, |rng| others[rng.below(others.len())])
    }

    /// What stands between two words: layout only.
    pub(super) fn gap(&mut self) {
        if std::mem::take(&mut self.glued) {
            return;
        }
        let others =
            ["  ", "\u{a0}", "\u{202f}", "\t", "\n    ", " # au choix: \"if\"\n  ", "\n\n\t"];
        let gap = self.one_of(" ", &others, 6);
        self.out.push_str(gap);
    }

    /// A text that is written as it stands.
    pub(super) fn put(&mut self, text: &str) {
        self.gap();
        self.out.push_str(text);
    }

    /// A sign that follows the word before it.
    pub(super) fn sign(&mut self, sign: &str) {
        let gap = self.one_of("", &[" ", "\u{a0}"], 10);
        self.out.push_str(gap);
        self.out.push_str(sign);
    }

    /// Keywords, in the language of the page.
    pub(super) fn say(&mut self, english: &str, french: &str) {
        let phrase = if self.language == Language::English { english } else { french };
        for word in phrase.split(' ').filter(|word| !word.is_empty()) {
            self.gap();
            let word = self.dress(word);
            self.out.push_str(&word);
        }
    }

    /// A keyword in another case, without its accents, or with a curly apostrophe.
    pub(super) fn dress(&mut self, word: &str) -> String {
        let mut word = word.to_owned();
        if self.language == Language::French && self.maybe(20) {
            word = word.chars().map(plain_letter).collect();
        }
        if self.maybe(6) {
            word = decomposed(&word);
        }
        if self.maybe(30) {
            word = word.replace('\'', "’");
        }
        if self.maybe(8) { word.to_uppercase() } else { word }
    }

    pub(super) fn string(&mut self, text: &str) {
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
        let (open, close) = match self.rng.as_mut().map_or(0, |rng| rng.below(6)) {
            1 => ("“", "”"),
            2 => ("« ", " »"),
            3 => ("«\u{a0}", "\u{202f}»"),
            _ => ("\"", "\""),
        };
        self.put(&format!("{open}{escaped}{close}"));
    }

    /// A name that is only compared: its accents may stand apart, and blanks around it.
    pub(super) fn name(&mut self, text: &str) {
        let text = if self.maybe(10) { decomposed(text) } else { text.to_owned() };
        let blank = self.one_of("", &[" ", "\u{a0}"], 6);
        self.string(&format!("{blank}{text}{blank}"));
    }

    /// A new item, on its own line.
    pub(super) fn item(&mut self, depth: usize) {
        let comment = self.one_of("", &[" # note", "  # « fin »: 30 % on end"], 8);
        self.out.push_str(comment);
        self.out.push('\n');
        let indent = self.one_of("  ", &["", "\t", "   "], 15).repeat(depth);
        self.out.push_str(&indent);
        self.glued = true;
    }

    pub(super) fn span(&mut self, span: Span) {
        self.put(&span.count.to_string());
        let one = span.count == 1;
        let (english, french) = match (span.unit, one) {
            (SpanUnit::Days, true) => ("day", "jour"),
            (SpanUnit::Days, false) => ("days", "jours"),
            (SpanUnit::Weeks, true) => ("week", "semaine"),
            (SpanUnit::Weeks, false) => ("weeks", "semaines"),
            (SpanUnit::Months, true) => ("month", "mois"),
            (SpanUnit::Months, false) => ("months", "mois"),
            (SpanUnit::Years, true) => ("year", "an"),
            (SpanUnit::Years, false) => ("years", "ans"),
        };
        self.say(english, french);
    }

    /// A number of hours; `named` where the unit must be said.
    pub(super) fn hours(&mut self, hours: &Exact, named: bool) {
        let minutes = (hours * whole(60)).to_integer().to_string().parse::<u32>().unwrap_or(0);
        let in_minutes = (hours * whole(60)).is_integer();
        if in_minutes && (!fits(hours, 4) || self.maybe(15)) {
            self.put(&minutes.to_string());
            self.say("minutes", "minutes");
        } else if in_minutes && self.maybe(15) {
            self.put(&format!("{}h{:02}", minutes / 60, minutes % 60));
        } else {
            self.number(hours, 4);
            if named || !self.maybe(30) {
                let english = if *hours == whole(1) { "hour" } else { "hours" };
                self.say(english, if *hours < whole(2) { "heure" } else { "heures" });
            }
        }
    }

    pub(super) fn percent(&mut self, p: &Exact) {
        self.number(p, 4);
        if self.maybe(25) {
            self.out.push('%');
        } else {
            self.put("%");
        }
    }

    /// Money whose currency goes without saying.
    pub(super) fn money(&mut self, amount: &Exact, currency: Currency) {
        if self.maybe(25) {
            self.amount_and_code(amount, currency);
        } else {
            self.number(amount, currency.decimals);
        }
    }

    pub(super) fn amount_and_code(&mut self, amount: &Exact, currency: Currency) {
        self.number(amount, currency.decimals);
        let euro = currency.code == "EUR" && self.maybe(30);
        self.put(if euro { "€" } else { currency.code });
    }

    /// A number with at most that many decimals. A comma never stands before exactly three digits.
    pub(super) fn number(&mut self, x: &Exact, most: u32) {
        let needed = (0..most).find(|&d| fits(x, d)).unwrap_or(most);
        let decimals = if self.maybe(20) { most.min(needed + 1) } else { needed };
        let digits = print(x, decimals);
        let (head, tail) = digits.split_once('.').unwrap_or((&digits, ""));
        let head =
            if head.len() > 3 && self.maybe(40) { self.grouped(head) } else { head.to_owned() };
        let comma = self.language == Language::French || self.maybe(20);
        let point = if comma && tail.len() != 3 { "," } else { "." };
        let tail = if tail.is_empty() { String::new() } else { format!("{point}{tail}") };
        self.put(&format!("{head}{tail}"));
    }

    pub(super) fn grouped(&mut self, digits: &str) -> String {
        let space = self.one_of(" ", &["\u{a0}", "\u{202f}", "\u{2009}"], 60);
        let first = digits.len() % 3;
        let (head, tail) = digits.split_at(first);
        let groups = (0..tail.len() / 3).map(|group| &tail[group * 3..group * 3 + 3]);
        let all: Vec<&str> = (first > 0).then_some(head).into_iter().chain(groups).collect();
        all.join(space)
    }

    pub(super) fn date(&mut self, date: NaiveDate) {
        let french = (self.language == Language::French) != self.maybe(30);
        let form = if french { "%d/%m/%Y" } else { "%Y-%m-%d" };
        self.put(&date.format(form).to_string());
    }
}

fn plain_letter(letter: char) -> char {
    match letter {
        'é' | 'è' | 'ê' => 'e',
        'à' | 'â' => 'a',
        'û' | 'ù' => 'u',
        'ô' => 'o',
        'î' => 'i',
        other => other,
    }
}

/// The same letters in decomposed form.
fn decomposed(text: &str) -> String {
    text.replace('é', "e\u{301}").replace('É', "E\u{301}").replace('à', "a\u{300}")
}
