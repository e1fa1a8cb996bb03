//! What is wrong with a text, as data: a code, a place, words for the user, and where possible the
//! exact edit. Drawing it is the command line's work.
//!
//! The codes are a closed list. Each is reported by constructors of the stage that finds it, has a
//! page in `docs/codes/` (shown offline by `jalon explain CODE`) and a folder in
//! `tests/cases/errors/`.

use crate::lang::Lang;
use crate::span::{LineIndex, Span};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The text cannot be used.
    Error,
    /// The text can be used, and most likely does not say what was meant.
    Warning,
}

impl Severity {
    /// The word before the code.
    pub fn word(self, lang: Lang) -> &'static str {
        match self {
            Severity::Error => lang.pick("error", "erreur"),
            Severity::Warning => lang.pick("warning", "avertissement"),
        }
    }

    /// The stable name in JSON, whatever the language.
    pub fn name(self) -> &'static str {
        self.word(Lang::En)
    }
}

/// Declares the closed list of codes: variant, stable name, severity.
macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident,)*) => {
        /// A kind of finding. Its name is stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each code has a page of its own, in docs/codes")]
        pub enum Code {
            $($variant,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The name that the user sees and `jalon explain` takes.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// Error or warning.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// The page that explains the code, in English and French, as Markdown.
            pub fn page(self) -> &'static str {
                match self { $(Code::$variant => include_str!(concat!("../docs/codes/", $name, ".md")),)* }
            }
        }
    };
}

codes! {
    // the text itself
    FileTooLarge "file-too-large" Error,
    NotUtf8 "not-utf8" Error,
    EmptyFile "empty-file" Error,
    LineTooLong "line-too-long" Error,
    ForbiddenCharacter "forbidden-character" Error,
    NestedTooDeep "nested-too-deep" Error,
    UnclosedText "unclosed-text" Error,
    // its grammar
    Syntax "syntax" Error,
    MisplacedItem "misplaced-item" Error,
    NumberForm "number-form" Error,
    DateForm "date-form" Error,
    MixedVocabularies "mixed-vocabularies" Warning,
    // names
    EmptyName "empty-name" Error,
    DuplicateSchedule "duplicate-schedule" Error,
    DuplicateLabel "duplicate-label" Error,
    DuplicateAction "duplicate-action" Error,
    DuplicateScenario "duplicate-scenario" Error,
    DuplicateItem "duplicate-item" Error,
    UnknownAction "unknown-action" Error,
    UndeclaredAction "undeclared-action" Warning,
    UnknownSchedule "unknown-schedule" Error,
    UnknownLabel "unknown-label" Error,
    LookalikeCharacters "lookalike-characters" Warning,
    AlmostTheSame "almost-the-same" Warning,
    // prices and quantities
    NoPrice "no-price" Error,
    NoLine "no-line" Error,
    NoRate "no-rate" Error,
    NoAction "no-action" Error,
    NoCurrency "no-currency" Error,
    UnexpectedRate "unexpected-rate" Error,
    UnknownCurrency "unknown-currency" Error,
    WrongCurrency "wrong-currency" Error,
    TooManyDecimals "too-many-decimals" Error,
    NumberRange "number-range" Error,
    PercentageRange "percentage-range" Error,
    WrongUnit "wrong-unit" Error,
    EmptyWindow "empty-window" Error,
    HoursBounds "hours-bounds" Error,
    // lines
    UnknownTotal "unknown-total" Error,
    WorkWithoutRate "work-without-rate" Error,
    DepositAmount "deposit-amount" Error,
    StaysOpenMisplaced "stays-open-misplaced" Error,
    NoPlannedHours "no-planned-hours" Warning,
    NoPlannedDuration "no-planned-duration" Warning,
    BareAmount "bare-amount" Warning,
    BillsOnce "bills-once" Warning,
    ClosesEarly "closes-early" Warning,
    InstallmentsNotDeducted "installments-not-deducted" Warning,
    NeverReached "never-reached" Warning,
    DepositGivenBack "deposit-given-back" Warning,
    NotBeforeStart "not-before-start" Warning,
    // compiled schedules
    ArtefactUnreadable "artefact-unreadable" Error,
    ArtefactVersion "artefact-version" Error,
    ArtefactChanged "artefact-changed" Error,
    ArtefactUnsound "artefact-unsound" Error,
    // scenarios
    NoExpectation "no-expectation" Warning,
    ExpectConflict "expect-conflict" Error,
    ItemisedLabel "itemised-label" Warning,
}

impl Code {
    /// The code with this name.
    pub fn find(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}

/// A change of the source that would mend a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What to replace; empty to insert.
    pub span: Span,
    /// By what.
    pub text: String,
}

/// One finding about a source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of finding.
    pub code: Code,
    /// Where.
    pub span: Span,
    /// What is wrong: one sentence, lower case, no full stop.
    pub message: String,
    /// A few words at the place itself.
    pub label: Option<String>,
    /// Other places that matter, each with a few words.
    pub others: Vec<(Span, String)>,
    /// What to do.
    pub help: Option<String>,
    /// The exact edit that does it.
    pub edit: Option<Edit>,
    /// One correct line of the kind that was being written.
    pub example: Option<String>,
}

impl Diagnostic {
    /// A finding with its place and its sentence.
    pub fn new(code: Code, span: Span, message: String) -> Self {
        Self {
            code,
            span,
            message,
            label: None,
            others: Vec::new(),
            help: None,
            edit: None,
            example: None,
        }
    }

    /// With a few words at the place.
    pub fn label(mut self, words: String) -> Self {
        self.label = Some(words);
        self
    }

    /// With another place.
    pub fn other(mut self, span: Span, words: String) -> Self {
        self.others.push((span, words));
        self
    }

    /// With advice.
    pub fn help(mut self, advice: String) -> Self {
        self.help = Some(advice);
        self
    }

    /// With the edit that mends it.
    pub fn edit(mut self, span: Span, text: impl Into<String>) -> Self {
        self.edit = Some(Edit { span, text: text.into() });
        self
    }

    /// With a correct line.
    pub fn example(mut self, line: &str) -> Self {
        self.example = Some(line.to_owned());
        self
    }

    /// Error or warning.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// A source text with its name, as messages name it, and its lines.
#[derive(Clone, Debug)]
pub struct Source {
    /// The file's name, or what stands for it.
    pub name: String,
    /// The text as the user wrote it.
    pub text: String,
    /// Its lines.
    pub lines: LineIndex,
}

impl Source {
    /// Reads the text once for its lines.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { name: name.into(), lines: LineIndex::new(&text), text }
    }
}

/// All findings about one source text, in the order of their places.
#[derive(Clone, Debug)]
pub struct Report {
    /// The text.
    pub source: Source,
    /// The language of the messages.
    pub lang: Lang,
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
    }
}

/// Names longer than this are compared as a whole only.
const LONGEST_COMPARED: usize = 120;
/// So many known names are compared: where there are more, a list helps more than a guess.
const MOST_COMPARED: usize = 500;

/// The nearest of the known names, if near enough to be what was meant: equal but for case and
/// accents, or a small edit away. Looks at some hundreds of names, not at all of thousands.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let fold = |text: &str| fold_for_likeness(text);
    let folded = fold(word);
    let length = folded.chars().count();
    let allowed = (length / 4).clamp(1, 3);
    let distance = |name: &str| {
        let name = fold(name);
        let apart = name.chars().count().abs_diff(length);
        if name == folded {
            Some(0)
        } else if apart > allowed || length > LONGEST_COMPARED {
            None
        } else {
            Some(strsim::osa_distance(&folded, &name)).filter(|distance| *distance <= allowed)
        }
    };
    known
        .into_iter()
        .take(MOST_COMPARED)
        .filter(|name| *name != word)
        .filter_map(|name| Some((distance(name)?, name)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Lower case, no accents: what makes two names look alike.
pub fn fold_for_likeness(text: &str) -> String {
    use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}
