//! A noun in both languages, with what goes before it.

use crate::lang::Lang;

/// A noun in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    pub(super) english: &'static str,
    pub(super) french: &'static str,
    pub(super) gender: Gender,
}

/// What goes before a French noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gender {
    /// `le`, `au`.
    Masculine,
    /// `la`, `à la`.
    Feminine,
    /// `l'`, `à l'`.
    Elided,
}

impl Noun {
    /// One of which French says `le`.
    pub(super) const fn masculine(english: &'static str, french: &'static str) -> Noun {
        Noun { english, french, gender: Gender::Masculine }
    }

    /// One of which French says `la`.
    pub(super) const fn feminine(english: &'static str, french: &'static str) -> Noun {
        Noun { english, french, gender: Gender::Feminine }
    }

    /// One of which French says `l'`.
    pub(super) const fn elided(english: &'static str, french: &'static str) -> Noun {
        Noun { english, french, gender: Gender::Elided }
    }

    /// `start`, `démarrage`.
    pub fn bare(self, lang: Lang) -> &'static str {
        lang.pick(self.english, self.french)
    }

    /// `the start`, `le démarrage`.
    pub fn definite(self, lang: Lang) -> String {
        format!("{}{}", lang.pick("the ", self.article()), self.bare(lang))
    }

    /// `start`, `le démarrage`: English leaves the article out where it names what it knows.
    pub fn known(self, lang: Lang) -> String {
        format!("{}{}", lang.pick("", self.article()), self.bare(lang))
    }

    /// `on start`, `au démarrage`.
    pub fn on(self, lang: Lang) -> String {
        format!("{}{}", lang.pick("on ", self.french_on()), self.bare(lang))
    }

    /// What French has for `on` before the noun: `au `, `à la `, `à l'`.
    pub fn french_on(self) -> &'static str {
        match self.gender {
            Gender::Masculine => "au ",
            Gender::Feminine => "à la ",
            Gender::Elided => "à l'",
        }
    }

    /// The French article, and what `de` makes of it.
    pub fn french_articles(self) -> (&'static str, &'static str) {
        match self.gender {
            Gender::Masculine => ("le ", "du "),
            Gender::Feminine => ("la ", "de la "),
            Gender::Elided => ("l'", "de l'"),
        }
    }

    fn article(self) -> &'static str {
        self.french_articles().0
    }
}
