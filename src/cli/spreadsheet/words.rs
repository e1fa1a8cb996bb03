//! What stands in the headings of the tables and in their lists, in both languages, beside the words of the language itself.

use crate::diagnostic::fold_for_likeness;
use crate::lang::Lang;

/// A cell of the head of a schedule, by its caption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Schedule,
    InForce,
    Billed,
    Price,
    Amount,
    Currency,
    AtLeast,
    AtMost,
    PlannedHours,
    PlannedMonths,
    WholeAttendance,
}

impl Field {
    /// All of them, in the order in which they are written.
    pub const ALL: [Field; 11] = [
        Field::Schedule,
        Field::InForce,
        Field::Billed,
        Field::Price,
        Field::Amount,
        Field::Currency,
        Field::AtLeast,
        Field::AtMost,
        Field::PlannedHours,
        Field::PlannedMonths,
        Field::WholeAttendance,
    ];

    /// Its caption.
    pub fn name(self, lang: Lang) -> &'static str {
        let (english, french) = match self {
            Field::Schedule => ("Schedule", "Échéancier"),
            Field::InForce => ("In force from", "En vigueur à compter du"),
            Field::Billed => ("Billed", "Facturation"),
            Field::Price => ("Price", "Tarification"),
            Field::Amount => ("Amount", "Montant"),
            Field::Currency => ("Currency", "Devise"),
            Field::AtLeast => ("Hours at least", "Heures au moins"),
            Field::AtMost => ("Hours at most", "Heures au plus"),
            Field::PlannedHours => ("Planned hours", "Heures prévues"),
            Field::PlannedMonths => ("Planned months", "Mois prévus"),
            Field::WholeAttendance => ("Whole % of attendance", "Assiduité en % entiers"),
        };
        lang.pick(english, french)
    }

    /// The cell with this caption, in either language.
    pub fn find(text: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| is_called(text, |lang| field.name(lang)))
    }
}

/// A column of a table, by its heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Column {
    Line,
    Bill,
    Value,
    Unit,
    Trigger,
    Which,
    Condition,
    Minimum,
    Maximum,
    Balance,
    Deposit,
    StaysOpen,
    Label,
    Action,
    Name,
    Rate,
    Kind,
    EndsCase,
    Sheet,
    Place,
    Text,
}

/// The columns of the lines, as users of the table know them.
pub const LINES: &[Column] = &[
    Column::Line,
    Column::Bill,
    Column::Value,
    Column::Unit,
    Column::Trigger,
    Column::Which,
    Column::Condition,
    Column::Minimum,
    Column::Maximum,
    Column::Balance,
    Column::Deposit,
    Column::StaysOpen,
    Column::Label,
];

/// The columns of the declared actions.
pub const ACTIONS: &[Column] =
    &[Column::Action, Column::Name, Column::Rate, Column::Kind, Column::EndsCase];

/// The columns of what no table holds.
pub const TEXTS: &[Column] = &[Column::Sheet, Column::Place, Column::Text];

impl Column {
    /// Its heading.
    pub fn name(self, lang: Lang) -> &'static str {
        let (english, french) = match self {
            Column::Line => ("Line", "Échéance"),
            Column::Bill => ("Bill", "Facturer"),
            Column::Value | Column::Which => ("Value", "Valeur"),
            Column::Unit => ("Unit", "Unité"),
            Column::Trigger => ("Trigger", "Déclenchement"),
            Column::Condition => ("Conditions", "Conditions"),
            Column::Minimum => ("Minimum (from)", "Minimum (à partir de)"),
            Column::Maximum => ("Maximum (under)", "Maximum (moins de)"),
            Column::Balance => ("Balance", "Solde"),
            Column::Deposit => ("Deposit to deduct", "Acompte à déduire"),
            Column::StaysOpen => ("Stays open", "Reste ouvert"),
            Column::Label => ("Label", "Libellé"),
            Column::Action => ("Action", "Action"),
            Column::Name => ("Name", "Nom"),
            Column::Rate => ("Amount", "Montant"),
            Column::Kind => ("Type", "Type"),
            Column::EndsCase => ("Ends case", "Termine le dossier"),
            Column::Sheet => ("Sheet", "Feuille"),
            Column::Place => ("Place", "Place"),
            Column::Text => ("Text", "Texte"),
        };
        lang.pick(english, french)
    }
}

/// What stands in a list beside the words of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caption {
    /// A percentage of the price.
    Percentage,
    /// An amount of money.
    Flat,
    /// What stands on the sheet of texts.
    InWords,
    /// The case has come to its end.
    State,
    /// A fixed day.
    Date,
    /// So long after something.
    Deadline,
    /// Again and again.
    Rhythm,
}

impl Caption {
    /// All of them.
    pub const ALL: [Caption; 7] = [
        Caption::Percentage,
        Caption::Flat,
        Caption::InWords,
        Caption::State,
        Caption::Date,
        Caption::Deadline,
        Caption::Rhythm,
    ];

    /// How it is written.
    pub fn name(self, lang: Lang) -> &'static str {
        let (english, french) = match self {
            Caption::Percentage => ("Percentage", "Pourcentage"),
            Caption::Flat => ("Flat amount", "Forfait"),
            Caption::InWords => ("Text", "Texte"),
            Caption::State => ("State", "État"),
            Caption::Date => ("Date", "Date"),
            Caption::Deadline => ("Deadline", "Délai"),
            Caption::Rhythm => ("Rhythm", "Rythme"),
        };
        lang.pick(english, french)
    }

    /// The one of this name, in either language.
    pub fn find(text: &str) -> Option<Caption> {
        Caption::ALL.into_iter().find(|caption| is_called(text, |lang| caption.name(lang)))
    }
}

/// Yes or no.
pub fn yes_no(yes: bool, lang: Lang) -> &'static str {
    if yes { lang.pick("yes", "oui") } else { lang.pick("no", "non") }
}

/// Whether a text is one of the words for yes or for no.
pub fn is_yes(text: &str) -> Option<bool> {
    match fold_for_likeness(text).as_str() {
        "yes" | "oui" | "true" | "vrai" | "☑" | "☒" | "x" => Some(true),
        "no" | "non" | "false" | "faux" | "☐" => Some(false),
        _ => None,
    }
}

/// Whether a text is a name of either language, but for capitals and accents.
pub fn is_called(text: &str, name: impl Fn(Lang) -> &'static str) -> bool {
    [Lang::En, Lang::Fr].into_iter().any(|lang| alike(text, name(lang)))
}

/// Whether two texts are one word but for capitals, accents and blanks.
pub fn alike(one: &str, other: &str) -> bool {
    key(one) == key(other)
}

/// What all texts have in common that are one word but for capitals, accents and blanks.
pub fn key(text: &str) -> String {
    let text = text.replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'");
    fold_for_likeness(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A text with a capital as its first letter.
pub fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or(String::new(), |first| first.to_uppercase().chain(rest).collect())
}
