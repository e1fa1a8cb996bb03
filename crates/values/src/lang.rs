//! The two languages in which Jalon is written and in which it answers.

/// A vocabulary of the language, and the language of its messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Lang {
    /// The text of this language.
    #[inline]
    pub fn pick<T>(self, english: T, french: T) -> T {
        match self {
            Lang::En => english,
            Lang::Fr => french,
        }
    }

    /// The two-letter code, `en` or `fr`.
    #[inline]
    pub fn code(self) -> &'static str {
        self.pick("en", "fr")
    }

    /// A date as the crate writes it (`2025-07-05`), as readers of the language do: in French
    /// `05/07/2025`.
    pub fn date(self, date: impl std::fmt::Display) -> String {
        let date = date.to_string();
        match self {
            Lang::En => date,
            Lang::Fr => date.rsplit('-').collect::<Vec<&str>>().join("/"),
        }
    }

    /// Digits as the crate writes them (`-1500.00`, `+375.00`), as readers of the language do: groups
    /// of three set apart, and in French a comma.
    pub fn digits(self, digits: impl std::fmt::Display) -> String {
        let digits = digits.to_string();
        let unsigned = digits.trim_start_matches(['-', '+']);
        let (sign, digits) = digits.split_at(digits.len() - unsigned.len());
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        let mut text = sign.to_owned();
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                text.push(' ');
            }
            text.push(digit);
        }
        if !decimals.is_empty() {
            text.push(self.pick('.', ','));
            text.push_str(decimals);
        }
        text
    }

    /// The `s` of so many of something: French has none for 0.
    pub fn s<N: PartialEq + From<u8>>(self, count: N) -> &'static str {
        let one = count == N::from(1) || (self == Lang::Fr && count == N::from(0));
        if one { "" } else { "s" }
    }

    /// So many lines more than the one that is told: `one more line`, `3 more lines`.
    pub fn more_lines(self, more: u64) -> String {
        match more {
            1 => self.pick("one more line", "une autre ligne").to_owned(),
            more => say!(self, "{more} more lines", "{more} autres lignes"),
        }
    }

    /// Words joined as a list: `a, b or c` / `a, b ou c`.
    pub fn any_of(self, words: &[String]) -> String {
        self.list(words, self.pick("or", "ou"))
    }

    /// Words joined as a list: `a, b and c` / `a, b et c`.
    pub fn all_of(self, words: &[String]) -> String {
        self.list(words, self.pick("and", "et"))
    }

    fn list(self, words: &[String], link: &str) -> String {
        match words {
            [] => String::new(),
            [only] => only.clone(),
            [head @ .., last] => format!("{} {link} {last}", head.join(", ")),
        }
    }
}

/// A word as it begins a name: its first letter is a capital.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// A text of a user, to stand in a sentence: what cannot be seen is escaped, and an apostrophe is one.
pub fn seen(text: &str) -> String {
    let escaped = |c: char| match c {
        '\'' | '"' | '\\' => vec![c],
        _ => c.escape_debug().collect(),
    };
    text.chars().flat_map(escaped).collect()
}

/// A text of a user, safe for a terminal: control characters and marks that turn the direction of
/// text are shown as escapes.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if is_harmful(c) { plain.extend(c.escape_unicode()) } else { plain.push(c) }
    }
    plain
}

/// Whether a terminal would obey it: a control character, or a mark that turns the direction of text.
pub fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}')
}

/// One sentence in both languages, formatted in the one that is asked for.
#[macro_export]
macro_rules! say {
    ($lang:expr, $english:literal, $french:literal $(, $($rest:tt)*)?) => {
        match $lang {
            $crate::lang::Lang::En => format!($english $(, $($rest)*)?),
            $crate::lang::Lang::Fr => format!($french $(, $($rest)*)?),
        }
    };
}
pub use say;
