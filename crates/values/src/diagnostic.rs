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

/// Declares the closed list of codes: variant, stable name, name in French, severity.
macro_rules! codes {
    ($($variant:ident $name:literal $french:literal $severity:ident,)*) => {
        /// A kind of finding. Its names are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "each code has a page of its own, in docs/codes")]
        pub enum Code {
            $($variant,)*
        }

        impl Code {
            /// Every code.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The stable name, as JSON has it in every language.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// The name in French.
            pub fn french(self) -> &'static str {
                match self { $(Code::$variant => $french,)* }
            }

            /// Error or warning.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// The page that explains the code, in English and French, as Markdown.
            pub fn page(self) -> &'static str {
                match self { $(Code::$variant => include_str!(concat!("../../../docs/codes/", $name, ".md")),)* }
            }
        }
    };
}

codes! {
    // the program itself
    ProgramFault "program-fault" "faute-du-programme" Error,
    // the text itself
    FileTooLarge "file-too-large" "fichier-trop-gros" Error,
    NotUtf8 "not-utf8" "non-utf8" Error,
    EmptyFile "empty-file" "fichier-vide" Error,
    LineTooLong "line-too-long" "ligne-trop-longue" Error,
    ForbiddenCharacter "forbidden-character" "caractère-interdit" Error,
    NestedTooDeep "nested-too-deep" "imbrication-trop-profonde" Error,
    UnclosedText "unclosed-text" "texte-non-fermé" Error,
    // its grammar
    Syntax "syntax" "syntaxe" Error,
    MisplacedItem "misplaced-item" "élément-mal-placé" Error,
    NumberForm "number-form" "écriture-du-nombre" Error,
    DateForm "date-form" "écriture-de-la-date" Error,
    MixedVocabularies "mixed-vocabularies" "vocabulaires-mêlés" Warning,
    // names
    EmptyName "empty-name" "nom-vide" Error,
    DuplicateSchedule "duplicate-schedule" "échéancier-en-double" Error,
    DuplicateLabel "duplicate-label" "libellé-en-double" Error,
    DuplicateAction "duplicate-action" "action-en-double" Error,
    DuplicateScenario "duplicate-scenario" "scénario-en-double" Error,
    DuplicateItem "duplicate-item" "élément-en-double" Error,
    UnknownAction "unknown-action" "action-inconnue" Error,
    UndeclaredAction "undeclared-action" "action-non-déclarée" Warning,
    UnknownSchedule "unknown-schedule" "échéancier-inconnu" Error,
    UnknownLabel "unknown-label" "libellé-inconnu" Error,
    LookalikeCharacters "lookalike-characters" "caractères-ressemblants" Warning,
    AlmostTheSame "almost-the-same" "presque-identique" Warning,
    // prices and quantities
    NoPrice "no-price" "sans-tarif" Error,
    NoLine "no-line" "sans-ligne" Error,
    NoRate "no-rate" "action-sans-tarif" Error,
    NoAction "no-action" "sans-action" Error,
    NoCurrency "no-currency" "sans-devise" Error,
    UnexpectedRate "unexpected-rate" "tarif-inattendu" Error,
    UnknownCurrency "unknown-currency" "devise-inconnue" Error,
    WrongCurrency "wrong-currency" "autre-devise" Error,
    TooManyDecimals "too-many-decimals" "trop-de-décimales" Error,
    NumberRange "number-range" "nombre-hors-limites" Error,
    PercentageRange "percentage-range" "pourcentage-hors-limites" Error,
    WrongUnit "wrong-unit" "unité-inadaptée" Error,
    EmptyWindow "empty-window" "fenêtre-vide" Error,
    HoursBounds "hours-bounds" "minimum-au-dessus-du-maximum" Error,
    // lines
    UnknownTotal "unknown-total" "total-inconnu" Error,
    WorkWithoutRate "work-without-rate" "réalisé-sans-tarif" Error,
    DepositAmount "deposit-amount" "montant-de-l-acompte" Error,
    StaysOpenMisplaced "stays-open-misplaced" "reste-ouvert-mal-placé" Error,
    NoPlannedHours "no-planned-hours" "sans-heures-prévues" Warning,
    NoPlannedDuration "no-planned-duration" "sans-durée-prévue" Warning,
    BareAmount "bare-amount" "nombre-seul" Warning,
    BillsBeforeStart "bills-before-start" "facture-avant-le-démarrage" Warning,
    BillsOnce "bills-once" "facture-une-fois" Warning,
    BillsTwice "bills-twice" "facture-deux-fois" Warning,
    ClosesEarly "closes-early" "clôt-trop-tôt" Warning,
    InstallmentsNotDeducted "installments-not-deducted" "échéances-non-déduites" Warning,
    NeverReached "never-reached" "jamais-atteinte" Warning,
    DepositGivenBack "deposit-given-back" "acompte-rendu" Warning,
    DeductedTwice "deducted-twice" "déduit-deux-fois" Warning,
    ProgressTakesBack "progress-takes-back" "avancement-reprend" Warning,
    NotBeforeStart "not-before-start" "non-avant-le-démarrage" Warning,
    SameDay "same-day" "même-jour" Warning,
    // the second part
    MisplacedOption "misplaced-option" "option-mal-placée" Error,
    CannotRepeat "cannot-repeat" "ne-se-répète-pas" Error,
    PriceRhythm "price-rhythm" "rythme-du-tarif" Error,
    PayerShares "payer-shares" "parts-des-payeurs" Error,
    UnknownPayer "unknown-payer" "payeur-inconnu" Error,
    MixedTaxes "mixed-taxes" "taux-de-tva-mêlés" Error,
    DaysUnbilled "days-unbilled" "jours-non-facturés" Warning,
    OtherVersion "other-version" "autre-version" Error,
    // follow-ups
    DuplicateFollowUp "duplicate-follow-up" "suivi-en-double" Error,
    UnknownFollowUp "unknown-follow-up" "suivi-inconnu" Error,
    UnknownStep "unknown-step" "étape-inconnue" Error,
    NoStep "no-step" "sans-étape" Error,
    NoInvoice "no-invoice" "sans-facture" Error,
    SameCriteria "same-criteria" "mêmes-critères" Warning,
    // compiled schedules
    ArtefactUnreadable "artefact-unreadable" "artefact-illisible" Error,
    ArtefactVersion "artefact-version" "version-de-l-artefact" Error,
    ArtefactChanged "artefact-changed" "artefact-modifié" Error,
    ArtefactUnsound "artefact-unsound" "artefact-incohérent" Error,
    // scenarios
    NoExpectation "no-expectation" "sans-attendu" Warning,
    ExpectConflict "expect-conflict" "attendus-contradictoires" Error,
    ItemisedLabel "itemised-label" "libellé-détaillé" Warning,
}

impl Code {
    /// The name that a reader of a language sees.
    pub fn called(self, lang: Lang) -> &'static str {
        lang.pick(self.name(), self.french())
    }

    /// The code of this name, in either language.
    pub fn find(name: &str) -> Option<Code> {
        let named = |code: &Code| code.name() == name || code.french() == name;
        Code::ALL.iter().copied().find(named)
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
    /// Whether the program has failed on this text: its fault, not that of the text.
    pub fn has_fault(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.code == Code::ProgramFault)
    }

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
