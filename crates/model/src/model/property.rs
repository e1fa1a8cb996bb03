//! The properties that are verified: a closed list of stable names, and what each weighs.

use crate::lang::Lang;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not reported.
    Allow,
    /// Worth knowing.
    Note,
    /// Most likely not meant.
    Warning,
    /// Denied: the schedule should not be used.
    Error,
}

impl Level {
    /// The word before the name of the property.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Level::Allow => lang.pick("allowed", "admis"),
            Level::Note => lang.pick("note", "remarque"),
            Level::Warning => lang.pick("warning", "avertissement"),
            Level::Error => lang.pick("error", "erreur"),
        }
    }

    /// The stable name in JSON.
    pub fn name(self) -> &'static str {
        self.word(Lang::En)
    }
}

/// Declares a closed list: the enum with what it is, then variant, stable name, name in French, level.
macro_rules! properties {
    (#[doc = $what:literal] $of:ident
     $($variant:ident $name:literal $french:literal $level:ident $about:literal,)*) => {
        #[doc = $what]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $of {
            $(#[doc = $about] $variant,)*
        }

        impl $of {
            /// Every property, in the order in which findings are shown.
            pub const ALL: &[$of] = &[$($of::$variant,)*];

            /// The stable name, as JSON has it in every language.
            pub fn name(self) -> &'static str {
                match self { $($of::$variant => $name,)* }
            }

            /// The name in French.
            pub fn french(self) -> &'static str {
                match self { $($of::$variant => $french,)* }
            }

            /// What holds where it is proved.
            pub fn about(self) -> &'static str {
                match self { $($of::$variant => $about,)* }
            }

            /// The page that explains it, in English and French, as Markdown.
            pub fn page(self) -> &'static str {
                match self {
                    $($of::$variant => {
                        include_str!(concat!("../../../../docs/properties/", $name, ".md"))
                    })*
                }
            }

            /// What a finding of it weighs unless a project says otherwise.
            pub fn level(self) -> Level {
                match self { $($of::$variant => Level::$level,)* }
            }

            /// The name that a reader of a language sees.
            pub fn called(self, lang: Lang) -> &'static str {
                lang.pick(self.name(), self.french())
            }

            /// The property of this name, in either language.
            pub fn find(name: &str) -> Option<$of> {
                let named = |it: &&$of| it.name() == name || it.french() == name;
                $of::ALL.iter().find(named).copied()
            }
        }
    };
}

properties! {
    /// What is verified of a schedule over every possible history.
    Property
    Overbilling "overbilling" "surfacturation" Error
        "No history bills more, net, than a price whose total is known.",
    Overlap "overlap" "chevauchement" Error
        "No moment has two balances whose conditions hold, of which only the first would fire.",
    DeadLine "dead-line" "ligne-morte" Error
        "Each line fires in some history.",
    Leak "leak" "fuite" Warning
        "Each case that is over is closed by a balance, or nothing is left to bill.",
    Gap "gap" "trou" Warning
        "The windows of one trigger leave no interval out through which a case would leak.",
    StrandedDeposit "stranded-deposit" "acompte-perdu" Warning
        "No deposit is left when a case is over.",
    Underbilling "underbilling" "sous-facturation" Warning
        "No case that is not abandoned closes below a price whose total is known.",
    PastDate "past-date" "date-passée" Warning
        "No case that begins after the date of a line closes below the price for want of it.",
    UnbilledWork "unbilled-work" "réalisé-non-facturé" Warning
        "All billable work is billed.",
    AfterTerminal "after-terminal" "après-la-fin" Warning
        "No percentage and no amount is billed after the end or the abandonment.",
    Credit "credit" "avoir" Note
        "No invoice is below zero.",
    Order "order" "ordre" Note
        "The order of two events of one date does not matter.",
    Cliff "cliff" "effet-de-seuil" Note
        "Leaving later does not pay less, and abandoning not more than finishing.",
    NeverStarted "never-started" "jamais-démarré" Note
        "A case that is over before its start bills as one that has started.",
    Endless "endless" "sans-fin" Warning
        "Nothing that repeats goes on for ever in a case that is over.",
    PartsLeft "parts-left" "fractions-restantes" Note
        "No case closes with parts of a line that are not billed, unless the rest is.",
}

properties! {
    /// What is verified of a follow-up over every dated life of an invoice.
    FollowProperty
    Forgotten "forgotten" "oubliée" Error
        "As long as something is open and not handed over, a step is still to come.",
    Never "never" "jamais-faite" Error
        "Each step fires in some life.",
    PassedOver "passed-over" "dépassée" Note
        "No step is passed over by one that stands below it.",
    BeforeReceipt "before-receipt" "avant-réception" Warning
        "Nothing is reminded after due unless some step asks whether the invoice arrived.",
    GapOfPayer "gap-of-payer" "payeur-sans-suivi" Warning
        "Each payer of a schedule has a follow-up.",
}

impl Property {
    /// The properties under which cases count that would be this one's otherwise.
    pub fn counted_elsewhere(self) -> &'static [Property] {
        match self {
            Property::Leak => &[Property::Gap, Property::NeverStarted],
            Property::Overbilling
            | Property::Overlap
            | Property::DeadLine
            | Property::Gap
            | Property::StrandedDeposit
            | Property::Underbilling
            | Property::PastDate
            | Property::UnbilledWork
            | Property::AfterTerminal
            | Property::Credit
            | Property::Order
            | Property::Cliff
            | Property::NeverStarted
            | Property::Endless
            | Property::PartsLeft => &[],
        }
    }
}
