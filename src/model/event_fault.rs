//! What can be wrong with an event, and how it is said.

use super::Kind;
use super::event_json::{Field, LONGEST_TEXT};
use crate::lang::{Lang, say};

/// What is wrong with an event, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFault {
    /// The case, where it can be read: only this case is then concerned.
    pub case: Option<String>,
    /// Byte offset in the text of the event.
    pub offset: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// The ways in which an event can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "`Fault::say` has a sentence for each")]
pub enum Fault {
    NotJson { what: String },
    NotAnObject,
    UnknownField { name: String },
    RepeatedField { field: Field },
    MissingField { field: Field, kind: Option<&'static str> },
    MisplacedField { field: Field, kind: &'static str },
    NotAText { field: Field },
    EmptyText { field: Field },
    LongText { field: Field },
    NotADate { text: String },
    UnknownKind { text: String },
    NotDigits { field: Field, text: String },
    TooManyDecimals { field: Field, text: String },
    OutOfRange { field: Field, text: String },
    HoursAndMinutes,
    NotADay { field: Field, text: String },
    NotShares { text: String },
}

impl Fault {
    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> String {
        match self {
            Fault::NotJson { what } => {
                say!(lang, "not JSON: {what}", "ce n'est pas du JSON : {what}")
            }
            Fault::NotAnObject => say!(
                lang,
                "an event is one JSON object on one line, `{{\"case\":…}}`",
                "un événement est un objet JSON sur une ligne, `{{\"case\":…}}`"
            ),
            Fault::UnknownField { name } => {
                say!(lang, "unknown field `{name}`", "champ inconnu `{name}`")
            }
            Fault::RepeatedField { field } => say!(
                lang,
                "field `{0}` stands twice",
                "le champ `{0}` figure deux fois",
                field.name()
            ),
            Fault::MissingField { field, kind: None } => {
                say!(lang, "field `{0}` is missing", "il manque le champ `{0}`", field.name())
            }
            Fault::MissingField { field, kind: Some(kind) } => say!(
                lang,
                "field `{0}` is missing: `{kind}` needs it",
                "il manque le champ `{0}`, nécessaire à `{kind}`",
                field.name()
            ),
            Fault::MisplacedField { field, kind } => say!(
                lang,
                "`{kind}` has no field `{0}`",
                "`{kind}` n'a pas de champ `{0}`",
                field.name()
            ),
            Fault::NotAText { field } => say!(
                lang,
                "field `{0}` has to be a text in quotes",
                "le champ `{0}` doit être un texte entre guillemets",
                field.name()
            ),
            Fault::EmptyText { field } => {
                say!(lang, "field `{0}` is empty", "le champ `{0}` est vide", field.name())
            }
            Fault::LongText { field } => say!(
                lang,
                "field `{0}` is longer than {LONGEST_TEXT} bytes",
                "le champ `{0}` dépasse {LONGEST_TEXT} octets",
                field.name()
            ),
            Fault::NotADate { text } => say!(
                lang,
                "field `date`: `{text}` is no date; it is written YYYY-MM-DD, from 1900-01-01 to 2199-12-31",
                "champ `date` : `{text}` n'est pas une date ; elle s'écrit AAAA-MM-JJ, de 1900-01-01 à 2199-12-31"
            ),
            Fault::UnknownKind { text } => {
                let kinds = Kind::ALL.map(|kind| format!("`{}`", kind.name()));
                let kinds = lang.any_of(&kinds);
                say!(
                    lang,
                    "field `kind`: `{text}` is none of {kinds}",
                    "champ `kind` : `{text}` n'est pas {kinds}"
                )
            }
            Fault::NotDigits { field, text } => say!(
                lang,
                "field `{0}`: `{text}` is not written in plain digits, as `1.5`",
                "champ `{0}` : `{text}` n'est pas écrit en simples chiffres, comme `1.5`",
                field.name()
            ),
            Fault::TooManyDecimals { field, text } => {
                let (four, quatre) =
                    if *field == Field::Rate { ("six", "six") } else { ("four", "quatre") };
                say!(
                    lang,
                    "field `{0}`: `{text}` has more than {four} decimals",
                    "champ `{0}` : `{text}` a plus de {quatre} décimales",
                    field.name()
                )
            }
            Fault::NotADay { field, text } => say!(
                lang,
                "field `{0}`: `{text}` is no date; it is written YYYY-MM-DD, from 1900-01-01 to 2199-12-31",
                "champ `{0}` : `{text}` n'est pas une date ; elle s'écrit AAAA-MM-JJ, de 1900-01-01 à 2199-12-31",
                field.name()
            ),
            Fault::NotShares { text } => say!(
                lang,
                "field `shares`: `{text}` is no share of a payer; they are written `{{\"Fund\":\"70 %\",\"Town\":\"900.00\"}}`",
                "champ `shares` : `{text}` n'est pas la part d'un payeur ; elles s'écrivent `{{\"Caisse\":\"70 %\",\"Ville\":\"900.00\"}}`"
            ),
            Fault::OutOfRange { field, text } => {
                let (least, most) = match field {
                    Field::Minutes => ("0", "6000000"),
                    Field::PlannedMonths => ("1", "1200"),
                    Field::PlannedHours => ("0.0001", "100000"),
                    Field::Hours
                    | Field::Case
                    | Field::Date
                    | Field::Kind
                    | Field::Id
                    | Field::Name
                    | Field::Ref
                    | Field::Schedule
                    | Field::Shares
                    | Field::PlannedStart
                    | Field::PlannedEnd => ("0", "100000"),
                    Field::Quantity => ("0", "1000000"),
                    Field::Percent => ("0", "100"),
                    Field::Price | Field::Amount => ("0.01", "10000000000000"),
                    Field::Rate => ("0.000001", "1000000000000"),
                };
                say!(
                    lang,
                    "field `{0}`: `{text}` is not from {least} to {most}",
                    "champ `{0}` : `{text}` n'est pas entre {least} et {most}",
                    field.name()
                )
            }
            Fault::HoursAndMinutes => say!(
                lang,
                "`hours` and `minutes` stand together: state one of them",
                "`hours` et `minutes` figurent ensemble : n'en indiquez qu'un"
            ),
        }
    }
}
