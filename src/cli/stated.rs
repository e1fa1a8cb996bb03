//! Terms that a call states, each as `name=value`, under the names that events have for them.
//!
//! In: such texts. Out: what an opening or an amendment states, read as in an event file, or what is wrong with
//! them in the words of the call.

use super::output::Failure;
use crate::feed::french_number;
use crate::lang::{Lang, say};
use crate::model::{
    AMENDED, Agreement, CellFault, EventKind, Fault, Field, Kind, More, french, read_event,
};
use crate::plan::PlannedTerms;
use serde_json::Value;

/// What an opening states.
#[derive(Default)]
pub struct Opened {
    /// Planned hours and months.
    pub planned: PlannedTerms,
    /// The rest.
    pub agreement: Agreement,
}

fn more_of(kind: Option<EventKind>) -> Option<More> {
    if let Some(EventKind::More(more)) = kind { Some(*more) } else { None }
}

/// What an amendment states; none where the call states nothing.
pub fn amendment(terms: &[String], lang: Lang) -> Result<Option<Agreement>, Failure> {
    let kind = read(terms, ("--amended", Kind::Amendment), lang)?;
    Ok(more_of(kind).and_then(More::amendment))
}

/// What an opening states.
pub fn opened(terms: &[String], lang: Lang) -> Result<Opened, Failure> {
    let kind = read(terms, ("--agreed", Kind::Opened), lang)?;
    let planned = kind.as_ref().and_then(EventKind::opening);
    let planned = planned.map(|(_, planned)| planned).unwrap_or_default();
    let agreement = more_of(kind).and_then(More::agreed).unwrap_or_default();
    Ok(Opened { planned, agreement })
}

/// What an opening or an amendment may state.
fn terms_of(kind: Kind) -> impl Iterator<Item = Field> {
    AMENDED.into_iter().chain((kind == Kind::Opened).then_some(Field::Shares))
}

/// The terms as an event of a kind would state them.
fn read(
    terms: &[String],
    (option, kind): (&str, Kind),
    lang: Lang,
) -> Result<Option<EventKind>, Failure> {
    if terms.is_empty() {
        return Ok(None);
    }
    let text = |text: &str| Value::from(text).to_string();
    let mut fields = vec![
        ("case".to_owned(), text("case")),
        ("date".to_owned(), text("2025-01-01")),
        ("kind".to_owned(), text(kind.name())),
    ];
    if kind == Kind::Opened {
        fields.push(("schedule".to_owned(), text("case")));
    }
    for term in terms {
        let Some((name, value)) = term.split_once('=') else {
            return Err(Failure::new(say!(
                lang,
                "{option}: `{term}` states no term: write its name and its value, as in `{option} price=1800`",
                "{option} : `{term}` n'énonce aucun terme : écrivez son nom et sa valeur, comme dans `{option} price=1800`"
            )));
        };
        let name = name.trim();
        let word = |field: Field| lang.pick(field.name(), french::field_word(field));
        let french =
            french::field_named(name).filter(|french| terms_of(kind).any(|of| of == *french));
        let field = terms_of(kind).find(|field| field.name() == name).or(french);
        let Some(field) = field else {
            let all: Vec<String> =
                terms_of(kind).map(|field| format!("`{}`", word(field))).collect();
            let all = all.join(", ");
            return Err(Failure::new(say!(
                lang,
                "{option}: `{name}` is no term; the terms are {all}",
                "{option} : `{name}` n'est pas un terme ; les termes sont {all}"
            )));
        };
        let value = value_of(field, value.trim())
            .map_err(|fault| in_option(option, &Fault::cell(field, value, fault), lang))?;
        fields.push((field.name().to_owned(), text(&value)));
    }
    let fields: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}:{value}", text(name))).collect();
    let event = read_event(&format!("{{{}}}", fields.join(",")))
        .map_err(|fault| in_option(option, &fault.fault, lang))?;
    Ok(Some(event.kind))
}

fn in_option(option: &str, fault: &Fault, lang: Lang) -> Failure {
    let why = fault.say(lang);
    Failure::new(say!(lang, "{option}: {why}", "{option} : {why}"))
}

/// The value of a term as events have it: a number may have a decimal comma.
fn value_of(field: Field, value: &str) -> Result<String, CellFault> {
    let numbers = [Field::Price, Field::Rate, Field::PlannedHours, Field::PlannedMonths];
    if numbers.contains(&field) { french_number(value) } else { Ok(value.to_owned()) }
}

/// A number that a call states, with a decimal point or comma; what can be read in two ways is left, and so refused.
pub fn number(text: &str) -> String {
    french_number(text.trim()).unwrap_or_else(|_| text.to_owned())
}
