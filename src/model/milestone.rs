//! The milestones of a case: what each is called, and where it stands in a day.

use crate::lang::Lang;

/// A turn that every case can take, once.
#[derive(
    serde::Serialize, serde::Deserialize, Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord,
)]
pub enum Milestone {
    /// The quote is signed.
    Signature,
    /// The case starts.
    Start,
    /// The case is finished.
    End,
    /// The case is abandoned.
    Abandonment,
}

/// A milestone after which a case is over: the first of them counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Terminal {
    /// By its end.
    End,
    /// By its abandonment.
    Abandonment,
}

/// A noun in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    english: &'static str,
    french: &'static str,
    gender: Gender,
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
    pub(super) const fn new(english: &'static str, french: &'static str, gender: Gender) -> Noun {
        Noun { english, french, gender }
    }

    /// `start`, `démarrage`.
    pub fn bare(self, lang: Lang) -> &'static str {
        lang.pick(self.english, self.french)
    }

    /// `the start`, `le démarrage`.
    pub fn definite(self, lang: Lang) -> String {
        let article = match self.gender {
            Gender::Masculine => "le ",
            Gender::Feminine => "la ",
            Gender::Elided => "l'",
        };
        format!("{}{}", lang.pick("the ", article), self.bare(lang))
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
}

impl Milestone {
    /// All of them, in the order of a day.
    pub const ALL: [Milestone; 4] =
        [Milestone::Signature, Milestone::Start, Milestone::End, Milestone::Abandonment];

    /// The name in JSON.
    pub fn name(self) -> &'static str {
        self.noun().english
    }

    /// What it is called.
    pub fn noun(self) -> Noun {
        match self {
            Milestone::Signature => Noun::new("signature", "signature", Gender::Feminine),
            Milestone::Start => Noun::new("start", "démarrage", Gender::Masculine),
            Milestone::End => Noun::new("end", "fin", Gender::Feminine),
            Milestone::Abandonment => Noun::new("abandonment", "abandon", Gender::Elided),
        }
    }

    /// What a case is called that has come to it: `started`, `démarré`.
    pub fn reached(self, lang: Lang) -> &'static str {
        match self {
            Milestone::Signature => lang.pick("signed", "signé"),
            Milestone::Start => lang.pick("started", "démarré"),
            Milestone::End => lang.pick("ended", "terminé"),
            Milestone::Abandonment => lang.pick("abandoned", "abandonné"),
        }
    }

    /// The place among the events of one day: a day's work comes before its end.
    pub const fn place_in_day(self) -> u8 {
        match self {
            Milestone::Signature => 1,
            Milestone::Start => 2,
            Milestone::End => 4,
            Milestone::Abandonment => 5,
        }
    }

    /// Whether a case is over after it.
    #[inline]
    pub fn is_terminal(self) -> bool {
        self.terminal().is_some()
    }

    /// How a case is over after it, where it is.
    pub fn terminal(self) -> Option<Terminal> {
        match self {
            Milestone::Signature | Milestone::Start => None,
            Milestone::End => Some(Terminal::End),
            Milestone::Abandonment => Some(Terminal::Abandonment),
        }
    }
}

impl Terminal {
    /// Both.
    pub const ALL: [Terminal; 2] = [Terminal::End, Terminal::Abandonment];

    /// The milestone that it is.
    pub fn milestone(self) -> Milestone {
        match self {
            Terminal::End => Milestone::End,
            Terminal::Abandonment => Milestone::Abandonment,
        }
    }
}

/// Something for each milestone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByMilestone<T>([T; 4]);

impl<T> ByMilestone<T> {
    /// What stands at a milestone.
    #[inline]
    pub fn get(&self, at: Milestone) -> &T {
        let [signature, start, end, abandonment] = &self.0;
        match at {
            Milestone::Signature => signature,
            Milestone::Start => start,
            Milestone::End => end,
            Milestone::Abandonment => abandonment,
        }
    }

    /// What stands at a milestone, to be changed.
    #[inline]
    pub fn get_mut(&mut self, at: Milestone) -> &mut T {
        let [signature, start, end, abandonment] = &mut self.0;
        match at {
            Milestone::Signature => signature,
            Milestone::Start => start,
            Milestone::End => end,
            Milestone::Abandonment => abandonment,
        }
    }
}
