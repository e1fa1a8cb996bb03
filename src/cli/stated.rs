//! Terms that a call states, each as `name=value`, under the names that events have for them.
//!
//! In: such texts. Out: what an opening or an amendment states, read as in an event file, or what is wrong with
//! them in the words of the call.

use super::output::Failure;
use crate::lang::{Lang, say};
use crate::model::{AMENDED, Agreement, EventKind, Field, Kind, More, read_event};
use crate::money::Hours;
use serde_json::Value;

/// What an opening states: hours and months beside the rest.
#[derive(Default)]
pub struct Opened {
    /// Planned hours.
    pub hours: Option<Hours>,
    /// Planned months.
    pub months: Option<u32>,
    /// The rest.
    pub agreement: Agreement,
}

/// What an amendment states; none where the call states nothing.
pub fn amendment(terms: &[String], lang: Lang) -> Result<Option<Agreement>, Failure> {
    match read(terms, ("--amended", Kind::Amendment), lang)? {
        Some(EventKind::More(more)) => match *more {
            More::Amendment(agreement) => Ok(Some(agreement)),
            More::Opened { .. }
            | More::Action { .. }
            | More::Progress(_)
            | More::Suspension
            | More::Resumption => Ok(None),
        },
        Some(_) | None => Ok(None),
    }
}

/// What an opening states.
pub fn opened(terms: &[String], lang: Lang) -> Result<Opened, Failure> {
    let kind = read(terms, ("--agreed", Kind::Opened), lang)?;
    let planned = kind.as_ref().and_then(EventKind::opening);
    let (hours, months) = planned.map_or((None, None), |(_, hours, months)| (hours, months));
    let agreement = match kind {
        Some(EventKind::More(more)) => match *more {
            More::Opened { agreement, .. } => agreement,
            More::Amendment(_)
            | More::Action { .. }
            | More::Progress(_)
            | More::Suspension
            | More::Resumption => Agreement::default(),
        },
        Some(_) | None => Agreement::default(),
    };
    Ok(Opened { hours, months, agreement })
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
        let field = terms_of(kind).find(|field| field.name() == name);
        let Some(field) = field else {
            let all: Vec<String> =
                terms_of(kind).map(|field| format!("`{}`", field.name())).collect();
            let all = all.join(", ");
            return Err(Failure::new(say!(
                lang,
                "{option}: `{name}` is no term; the terms are {all}",
                "{option} : `{name}` n'est pas un terme ; les termes sont {all}"
            )));
        };
        fields.push((field.name().to_owned(), text(value.trim())));
    }
    let fields: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}:{value}", text(name))).collect();
    let event = read_event(&format!("{{{}}}", fields.join(","))).map_err(|fault| {
        let why = fault.fault.say(lang);
        Failure::new(say!(lang, "{option}: {why}", "{option} : {why}"))
    })?;
    Ok(Some(event.kind))
}
