//! What can be wrong with an event, and how it is said: the field, the sender's own words, what would be
//! right there, and where a tool is known to write it so, what to do in that tool.

use super::cell_fault::{CellFault, nameless, quote_within, two_sums};
use super::day_form::DayShape;
use super::everyday::kind_meant;
use super::field::{Field, LONGEST_TEXT};
use super::file_names::FileNames;
use super::french;
use super::plain_digits::not_digits;
use super::{Kind, SubjectKind};
use crate::diagnostic::did_you_mean;
use crate::lang::{Lang, say, seen};
use std::mem::Discriminant;
use std::sync::Arc;

pub use super::json_fault::JsonFault;

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

/// What faults have in common that are mended in the same way: what is wrong, in which field, with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InCommon {
    what: Discriminant<Fault>,
    /// Of which field it is told, where it is of one.
    pub field: Option<Field>,
    cell: Option<CellFault>,
}

/// The ways in which an event can be wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "`Fault::say` has a sentence for each")]
pub enum Fault {
    NotJson(JsonFault),
    NotAnObject,
    UnknownFields { names: Vec<String>, seen: u32 },
    RepeatedField { field: Field },
    MissingField { field: Field, kind: Option<&'static str> },
    MisplacedField { field: Field, kind: &'static str },
    IsNull { field: Field },
    NotAText { field: Field },
    EmptyText { field: Field },
    LongText { field: Field },
    Padded { field: Field, text: String },
    RoundedKey { field: Field, text: String },
    Cell { field: Field, text: String, fault: CellFault },
    UnknownKind { text: String },
    NotDigits { field: Field, text: String },
    NotWhole { field: Field, text: String },
    TooManyDecimals { field: Field, text: String },
    OutOfRange { field: Field, text: String },
    HoursAndMinutes,
    DayAs { field: Field, shape: DayShape, text: String },
    LoneZonedMidnight { field: Field },
    ZonedBesideMoments { field: Field },
    Nameless { column: usize, text: String },
    QuoteWithin { column: usize, text: String },
    NotShares { text: String },
    Named { fault: Box<Fault>, names: Arc<FileNames>, kind: Option<String> },
}

/// What an amendment changes.
pub const AMENDED: [Field; 6] = [
    Field::Price,
    Field::Rate,
    Field::PlannedStart,
    Field::PlannedEnd,
    Field::PlannedHours,
    Field::PlannedMonths,
];

impl Fault {
    /// A value that cannot be read for what it looks like.
    pub fn cell(field: Field, text: impl Into<String>, fault: CellFault) -> Fault {
        Fault::Cell { field, text: text.into(), fault }
    }

    /// The same fault, told in the words of its file; of an event, `kind` is its kind as it stands there.
    pub fn named(self, names: &Arc<FileNames>, kind: Option<String>) -> Fault {
        Fault::Named { fault: Box::new(self), names: Arc::clone(names), kind }
    }

    /// What two faults have in common that are mended in the same way.
    pub fn in_common(&self) -> InCommon {
        let (field, cell) = match self {
            Fault::Named { fault, .. } => return fault.in_common(),
            Fault::Cell { field, fault, .. } => (Some(*field), Some(*fault)),
            Fault::UnknownKind { .. } => (Some(Field::Kind), None),
            Fault::NotShares { .. } => (Some(Field::Shares), None),
            Fault::RepeatedField { field }
            | Fault::MissingField { field, .. }
            | Fault::MisplacedField { field, .. }
            | Fault::IsNull { field }
            | Fault::NotAText { field }
            | Fault::EmptyText { field }
            | Fault::LongText { field }
            | Fault::Padded { field, .. }
            | Fault::RoundedKey { field, .. }
            | Fault::NotDigits { field, .. }
            | Fault::NotWhole { field, .. }
            | Fault::TooManyDecimals { field, .. }
            | Fault::OutOfRange { field, .. }
            | Fault::DayAs { field, .. }
            | Fault::LoneZonedMidnight { field }
            | Fault::ZonedBesideMoments { field } => (Some(*field), None),
            Fault::NotJson(_)
            | Fault::NotAnObject
            | Fault::UnknownFields { .. }
            | Fault::HoursAndMinutes
            | Fault::Nameless { .. }
            | Fault::QuoteWithin { .. } => (None, None),
        };
        InCommon { what: std::mem::discriminant(self), field, cell }
    }

    /// One sentence, lower case, no full stop.
    pub fn say(&self, lang: Lang) -> String {
        self.say_of(&FileNames::default(), None, lang)
    }

    /// `own` is how the event itself calls its kind.
    fn say_of(&self, names: &FileNames, own: Option<&str>, lang: Lang) -> String {
        match self {
            Fault::Named { fault, names, kind } => fault.say_of(names, kind.as_deref(), lang),
            Fault::NotJson(what) => what.say(lang),
            Fault::NotAnObject => say!(
                lang,
                "an event is one JSON object on one line, `{{\"case\":…}}`",
                "un événement est un objet JSON sur une ligne, `{{\"case\":…}}`"
            ),
            Fault::UnknownFields { names, seen } => unknown_fields(names, *seen, lang),
            Fault::RepeatedField { field } => say!(
                lang,
                "field `{0}` stands twice",
                "le champ `{0}` figure deux fois",
                names.field(*field)
            ),
            Fault::MissingField { field, kind: None } => {
                say!(
                    lang,
                    "field `{0}` is missing",
                    "il manque le champ `{0}`",
                    names.field(*field)
                )
            }
            // Any one of its fields would do.
            Fault::MissingField { field: Field::Price, kind: Some("amendment") } => {
                let any = AMENDED.map(|field| format!("`{}`", names.field(field)));
                let any = lang.all_of(&any);
                let amendment = own.map_or_else(|| names.kind(Kind::Amendment).to_owned(), seen);
                say!(
                    lang,
                    "an `{amendment}` states at least one of {any}",
                    "un `{amendment}` indique au moins l'un de {any}"
                )
            }
            Fault::MissingField { field, kind: Some(kind) } => say!(
                lang,
                "field `{0}` is missing: `{1}` needs it",
                "il manque le champ `{0}`, nécessaire à `{1}`",
                names.field(*field),
                own.map_or_else(|| names.kind_named(kind).to_owned(), seen)
            ),
            Fault::MisplacedField { field, kind } => say!(
                lang,
                "`{1}` has no field `{0}`",
                "`{1}` n'a pas de champ `{0}`",
                names.field(*field),
                own.map_or_else(|| names.kind_named(kind).to_owned(), seen)
            ),
            Fault::IsNull { field } => say!(
                lang,
                "field `{0}` is null: every event has one",
                "le champ `{0}` est null : tout événement en a un",
                names.field(*field)
            ),
            Fault::NotAText { field } if field.is_key() => say!(
                lang,
                "field `{0}` has to be a text in quotes, or a whole number",
                "le champ `{0}` doit être un texte entre guillemets, ou un nombre entier",
                names.field(*field)
            ),
            Fault::NotAText { field } => say!(
                lang,
                "field `{0}` has to be a text in quotes",
                "le champ `{0}` doit être un texte entre guillemets",
                names.field(*field)
            ),
            Fault::EmptyText { field } if field.is_in_every_event() => say!(
                lang,
                "field `{0}` is empty: every event has one",
                "le champ `{0}` est vide : tout événement en a un",
                names.field(*field)
            ),
            Fault::EmptyText { field } => say!(
                lang,
                "field `{0}` is empty: leave it out, or write null, where the event has none (Go: `omitempty`)",
                "le champ `{0}` est vide : omettez-le, ou écrivez null, quand l'événement n'en a pas (Go : `omitempty`)",
                names.field(*field)
            ),
            Fault::Padded { field, text } => {
                let (text, name) = (seen(text), names.field(*field));
                let by = match (names.is_sheet(), lang) {
                    (true, Lang::En) => "`TRIM(…)`".to_owned(),
                    (true, Lang::Fr) => "`SUPPRESPACE(…)`".to_owned(),
                    (false, Lang::En) => format!("in SQL: `trim({name})`"),
                    (false, Lang::Fr) => format!("en SQL : `trim({name})`"),
                };
                say!(
                    lang,
                    "field `{name}`: `{text}` begins or ends with a blank, and every character counts here; take the blank off ({by})",
                    "champ `{name}` : `{text}` commence ou finit par une espace, et chaque caractère compte ici ; retirez-la ({by})"
                )
            }
            Fault::RoundedKey { field, text } => say!(
                lang,
                "field `{0}`: `{text}` has been through floating point, where numbers of that size are rounded; write it as text",
                "champ `{0}` : `{text}` est passé par la virgule flottante, qui arrondit les nombres de cette taille ; écrivez-le en texte",
                names.field(*field)
            ),
            Fault::LongText { field } => say!(
                lang,
                "field `{0}` is longer than {LONGEST_TEXT} bytes",
                "le champ `{0}` dépasse {LONGEST_TEXT} octets",
                names.field(*field)
            ),
            Fault::UnknownKind { text } => unknown_kind(names, text, lang),
            Fault::NotDigits { field, text } => not_digits(*field, names, text, lang),
            Fault::Cell {
                field: field @ (Field::Price | Field::Amount),
                text,
                fault: CellFault::TwoNumbers,
            } if !text.ends_with('0') => two_sums(names.field(*field), text, lang),
            Fault::Cell { field, text, fault } => {
                fault.say(names.field(*field), text, names.is_sheet(), lang)
            }
            Fault::Nameless { column, text } => nameless(*column, text, names.is_sheet(), lang),
            Fault::QuoteWithin { column, text } => quote_within(*column, text, lang),
            Fault::NotWhole { field, text } => say!(
                lang,
                "field `{0}`: `{text}` is no whole number, as `12`",
                "champ `{0}` : `{text}` n'est pas un nombre entier, comme `12`",
                names.field(*field)
            ),
            Fault::TooManyDecimals { field, text } => {
                let (four, quatre) =
                    if *field == Field::Rate { ("six", "six") } else { ("four", "quatre") };
                let (or, ou) = if *field == Field::Hours {
                    (", or send `minutes`", ", ou envoyez `minutes`")
                } else {
                    ("", "")
                };
                say!(
                    lang,
                    "field `{0}`: `{text}` has more than {four} decimals; round it where it is computed{or}",
                    "champ `{0}` : `{text}` a plus de {quatre} décimales ; arrondissez-le là où il est calculé{ou}",
                    names.field(*field)
                )
            }
            Fault::DayAs { field, shape, text } => shape.say(names.field(*field), text, lang),
            Fault::LoneZonedMidnight { field } => say!(
                lang,
                "field `{0}`: a moment with a time zone is not a day; write YYYY-MM-DD",
                "champ `{0}` : un instant avec fuseau horaire n'est pas un jour ; écrivez AAAA-MM-JJ",
                names.field(*field)
            ),
            Fault::ZonedBesideMoments { field } => say!(
                lang,
                "field `{0}`: a midnight with a time zone, while other events hold other times there: these are moments, not days; write YYYY-MM-DD, taken on the clock of the place",
                "champ `{0}` : minuit avec fuseau horaire, alors que d'autres événements y ont d'autres heures : ce sont des instants, pas des jours ; écrivez AAAA-MM-JJ, relevé à l'heure locale",
                names.field(*field)
            ),
            Fault::NotShares { text } => {
                let right = names.as_cell(lang.pick(
                    "{\"Fund\":\"70 %\",\"Town\":\"900.00\"}",
                    "{\"Caisse\":\"70 %\",\"Ville\":\"900.00\"}",
                ));
                say!(
                    lang,
                    "field `{0}`: `{text}` is no share of a payer; they are written `{right}`",
                    "champ `{0}` : `{text}` n'est pas la part d'un payeur ; elles s'écrivent `{right}`",
                    names.field(Field::Shares)
                )
            }
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
                    names.field(*field)
                )
            }
            Fault::HoursAndMinutes => say!(
                lang,
                "`{0}` and `{1}` stand together: state one of them",
                "`{0}` et `{1}` figurent ensemble : n'en indiquez qu'un",
                names.field(Field::Hours),
                names.field(Field::Minutes)
            ),
        }
    }
}

/// A kind that no event has, with the nearest that is one.
fn unknown_kind(names: &FileNames, text: &str, lang: Lang) -> String {
    let french = Kind::ALL.map(french::kind_word);
    let own = Kind::ALL.map(|kind| names.kind(kind));
    let others = if names.reads_french() { french.as_slice() } else { &[] };
    let meant = kind_meant(text);
    let near = did_you_mean(text, own.iter().chain(others).copied()).filter(|_| meant.is_none());
    // Where French words are read, they are told to whoever writes or reads French.
    let in_french = lang == Lang::Fr || near.is_some_and(|near| !own.contains(&near));
    let kinds = if names.reads_french() && in_french { french } else { own };
    let called = |kind: Kind| match in_french && names.reads_french() {
        true => french::kind_word(kind),
        false => names.kind(kind),
    };
    let advice = match (meant, near) {
        (Some(kind @ Kind::Subject(SubjectKind::Action)), _) => say!(
            lang,
            "; if that is something done, write `{}`, and what was done in the field `{}`",
            " ; si c'est quelque chose de fait, écrivez `{}`, et ce qui a été fait dans le champ `{}`",
            called(kind),
            names.field(Field::Name)
        ),
        (Some(kind), _) => say!(
            lang,
            "; if that is what it means for the case, write `{}`",
            " ; si c'est ce que cela veut dire pour le dossier, écrivez `{}`",
            called(kind)
        ),
        (None, Some(near)) => {
            say!(lang, "; did you mean `{near}`?", " ; vouliez-vous dire `{near}` ?")
        }
        (None, None) => String::new(),
    };
    let kinds = lang.any_of(&kinds.map(|kind| format!("`{kind}`")));
    let text = seen(text);
    say!(
        lang,
        "field `{0}`: `{text}` is none of {kinds}{advice}",
        "champ `{0}` : `{text}` n'est pas {kinds}{advice}",
        names.field(Field::Kind)
    )
}

/// Fields that no event has, each with the nearest that is not `seen` beside it; all of them where one has
/// none near.
fn unknown_fields(names: &[String], seen: u32, lang: Lang) -> String {
    let all = || Field::ALL.map(Field::name);
    let free = || Field::ALL.into_iter().filter(|field| seen & field.bit() == 0).map(Field::name);
    let near: Vec<Option<&str>> = names.iter().map(|name| did_you_mean(name, free())).collect();
    let named: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let (one, named) = (named.len() == 1, lang.all_of(&named));
    let unknown = match one {
        true => say!(lang, "unknown field {named}", "champ inconnu {named}"),
        false => say!(lang, "unknown fields {named}", "champs inconnus {named}"),
    };
    let meant: Vec<String> = near.iter().flatten().map(|near| format!("`{near}`")).collect();
    let mut advice = String::new();
    if !meant.is_empty() {
        let meant = lang.all_of(&meant);
        advice = say!(lang, "; did you mean {meant}?", " ; vouliez-vous dire {meant} ?");
    }
    if let Some(wrapped) = wrapped(names, lang) {
        advice = wrapped;
    } else if near.iter().any(Option::is_none) {
        let fields = all().map(|name| format!("`{name}`")).join(", ");
        advice += &say!(
            lang,
            "; the fields are {fields}; `--columns FILE` names columns that are called otherwise, and those to leave out",
            " ; les champs sont {fields} ; `--columns FICHIER` nomme les colonnes qui s'appellent autrement, et celles à laisser de côté"
        );
    }
    unknown + &advice
}

/// What to do where these are no fields of one event, but what a tool puts around all of them.
fn wrapped(names: &[String], lang: Lang) -> Option<String> {
    const AROUND: [&str; 7] = ["data", "events", "items", "records", "results", "rows", "value"];
    let is_number = |name: &String| name.bytes().all(|byte| byte.is_ascii_digit());
    let of_pandas = |name: &String| ["columns", "index", "data", "schema"].contains(&&**name);
    match names {
        [name] if AROUND.contains(&&**name) => Some(say!(
            lang,
            "; events stand one a line, or in an array without an object around it (`jq -c '.{name}[]'` writes them so)",
            " ; les événements se suivent, un par ligne, ou dans un tableau sans objet autour (`jq -c '.{name}[]'` les écrit ainsi)"
        )),
        [_, _, ..] if names.iter().all(is_number) || names.iter().all(of_pandas) => Some(
            lang.pick(
                "; events stand one a line, each an object of its own (pandas: `orient=\"records\", lines=True`)",
                " ; les événements se suivent, un objet par ligne (pandas : `orient=\"records\", lines=True`)",
            )
            .to_owned(),
        ),
        _ => None,
    }
}
