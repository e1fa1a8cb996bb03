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
    pub fn pick<T>(self, english: T, french: T) -> T {
        match self {
            Lang::En => english,
            Lang::Fr => french,
        }
    }

    /// The two-letter code, `en` or `fr`.
    pub fn code(self) -> &'static str {
        self.pick("en", "fr")
    }

    /// Words joined as a list: `a, b or c` / `a, b ou c`.
    pub fn any_of(self, words: &[String]) -> String {
        match words {
            [] => String::new(),
            [only] => only.clone(),
            [head @ .., last] => {
                let or = self.pick("or", "ou");
                format!("{} {or} {last}", head.join(", "))
            }
        }
    }
}

/// A text of a user, to stand in a sentence: what cannot be seen is escaped, and an apostrophe is one.
pub fn seen(text: &str) -> String {
    let escaped = |c: char| match c {
        '\'' | '"' | '\\' => vec![c],
        _ => c.escape_debug().collect(),
    };
    text.chars().flat_map(escaped).collect()
}

/// One sentence in both languages, formatted in the one that is asked for.
macro_rules! say {
    ($lang:expr, $english:literal, $french:literal $(, $($rest:tt)*)?) => {
        match $lang {
            $crate::lang::Lang::En => format!($english $(, $($rest)*)?),
            $crate::lang::Lang::Fr => format!($french $(, $($rest)*)?),
        }
    };
}
pub(crate) use say;
