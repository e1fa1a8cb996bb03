//! What a line waits for: a word from a list, and a value. One trigger to cells and back.

use super::Value;
use super::pieces::{self, Wrong};
use super::words::{Caption, alike, capital};
use crate::lang::{Lang, say};
use crate::model::{Milestone, SubjectKind};
use crate::syntax::ast::{Date, Fact, Name, OnWord, Trigger, TriggerKind};
use crate::syntax::wording;

/// What a cell of the list stands for.
#[derive(Clone, Copy)]
enum Waits {
    /// A word that needs no value, and the place of its spelling among [`wording::trigger_words`].
    Word(usize),
    /// A case that is over.
    State,
    /// What has a name.
    Named(SubjectKind),
    /// A day.
    Date,
    /// Words of the language.
    Words,
}

/// The words of the list, in both languages.
fn list() -> Vec<(Waits, String, String)> {
    let (english, french) = (wording::trigger_words(Lang::En), wording::trigger_words(Lang::Fr));
    let mut list: Vec<_> = (0..)
        .zip(english.iter().zip(french))
        .map(|(place, (english, french))| (Waits::Word(place), capital(english), capital(french)))
        .collect();
    let both =
        |caption: Caption| (caption.name(Lang::En).to_owned(), caption.name(Lang::Fr).to_owned());
    let (english, french) = both(Caption::State);
    list.insert(list.len().min(2), (Waits::State, english, french));
    for kind in SubjectKind::ALL {
        let called = |lang| capital(subject_word(kind, lang));
        list.push((Waits::Named(kind), called(Lang::En), called(Lang::Fr)));
    }
    for (waits, caption) in [
        (Waits::Date, Caption::Date),
        (Waits::Words, Caption::Deadline),
        (Waits::Words, Caption::Rhythm),
    ] {
        let (english, french) = both(caption);
        list.push((waits, english, french));
    }
    list
}

/// The words to choose from.
pub fn choices(lang: Lang) -> Vec<String> {
    list().into_iter().map(|(_, english, french)| lang.pick(english, french)).collect()
}

fn subject_word(kind: SubjectKind, lang: Lang) -> &'static str {
    wording::trigger_word(&TriggerKind::Subject(kind, name("")), lang).unwrap_or_default()
}

fn name(text: &str) -> Name {
    Name { text: text.to_owned(), at: Default::default() }
}

/// The words for a case that is over.
fn states(lang: Lang) -> impl Iterator<Item = (Milestone, String)> {
    let over = Milestone::ALL.into_iter().filter(|milestone| milestone.is_terminal());
    over.map(move |milestone| (milestone, capital(&wording::fact(&Fact::Reached(milestone), lang))))
}

/// The milestone that a word means where one of the guide's tables says it: `Terminé`, `abandon`, `Démarrage réel`.
fn milestone(text: &str) -> Option<Milestone> {
    let text = text.trim_end_matches('*');
    Milestone::ALL.into_iter().find(|milestone| {
        [Lang::En, Lang::Fr].into_iter().any(|lang| {
            let word = wording::trigger_word(&TriggerKind::Milestone(*milestone), lang);
            let reached = wording::fact(&Fact::Reached(*milestone), lang);
            word.is_some_and(|word| alike(text, word) || alike(text, &format!("{word} réel")))
                || alike(text, &reached)
        })
    })
}

/// Whether a name stands in quotes of its own.
fn is_quoted(text: &str) -> bool {
    text.starts_with(['"', '“', '«'])
}

/// A trigger as two cells.
pub fn cells(trigger: &Trigger, lang: Lang) -> (Value, Option<Value>) {
    let caption = |caption: Caption| Value::Text(caption.name(lang).to_owned());
    if let Some(text) = wording::trigger_of_second(trigger, lang) {
        return (caption(Caption::Rhythm), Value::text(&text));
    }
    let kind = &trigger.kind;
    if let TriggerKind::Milestone(milestone) = kind
        && let Some((_, state)) = states(lang).find(|(each, _)| each == milestone)
    {
        return (caption(Caption::State), Value::text(&state));
    }
    let called = wording::trigger_word(kind, lang).map(|word| Value::Text(capital(word)));
    match (kind, called) {
        (TriggerKind::Subject(_, name), Some(called)) => {
            // A name that would be taken for a milestone stands in quotes.
            let plain = milestone(&name.text).is_none() && !is_quoted(&name.text);
            let text = if plain { name.text.clone() } else { wording::quoted(name) };
            (called, Value::text(&text))
        }
        (TriggerKind::Date(date), _) => {
            (caption(Caption::Date), Some(Value::Day(date.iso.clone())))
        }
        (_, Some(called)) => (called, None),
        (_, None) => (caption(Caption::Deadline), Value::text(&wording::moment(kind, lang))),
    }
}

/// The trigger of two cells. What is wrong is of the first of them, or of the second.
pub fn read(
    trigger: Option<&Value>,
    which: Option<&Value>,
    lang: Lang,
) -> Result<Trigger, (bool, Wrong)> {
    let list = list();
    let Some(cell) = trigger else {
        let words: Vec<String> = choices(lang);
        let right = lang.any_of(&words);
        let why = say!(lang, "a line waits for something", "une échéance attend quelque chose");
        return Err((false, Wrong::new(why, right)));
    };
    let waits = pieces::one_of(cell, &list, lang).map_err(|wrong| (false, wrong))?;
    let plain = |kind| Trigger { kind, each: false, on: OnWord(true), at: Default::default() };
    let of_which = |wrong| (true, wrong);
    let missing = |right: String| {
        let why = say!(lang, "a value is missing here", "il manque une valeur ici");
        of_which(Wrong::new(why, right))
    };
    match waits {
        Waits::Word(place) => {
            pieces::nothing(which, lang).map_err(of_which)?;
            let words = wording::trigger_words(lang);
            let word = words.get(place).copied().unwrap_or_default();
            pieces::trigger(word, lang).map_err(|wrong| (false, wrong))
        }
        Waits::State => {
            let words: Vec<String> = states(lang).map(|(_, word)| word).collect();
            let right = lang.any_of(&words);
            let value = which.ok_or_else(|| missing(right.clone()))?;
            let text = pieces::text(value, lang).map_err(of_which)?;
            let over = milestone(&text).filter(|milestone| milestone.is_terminal());
            over.map(|milestone| plain(TriggerKind::Milestone(milestone))).ok_or_else(|| {
                let why =
                    say!(lang, "this is no state of a case", "ce n'est pas l'état d'un dossier");
                of_which(Wrong::new(why, right))
            })
        }
        Waits::Named(kind) => {
            let called = subject_word(kind, lang);
            let right = say!(lang, "the name of the {called}", "le nom ({called})");
            let value = which.ok_or_else(|| missing(right))?;
            let text = pieces::text(value, lang).map_err(of_which)?;
            named(kind, &text, lang).map_err(of_which)
        }
        Waits::Date => match which {
            Some(Value::Day(day)) => {
                Ok(plain(TriggerKind::Date(Date { iso: day.clone(), at: Default::default() })))
            }
            Some(value) => {
                let text = pieces::text(value, lang).map_err(of_which)?;
                pieces::trigger(&text, lang).map_err(of_which)
            }
            None => Err(missing(say!(lang, "a date", "une date"))),
        },
        Waits::Words => {
            let example =
                say!(lang, "such as `3 months after start`", "comme `3 mois après le démarrage`");
            let value = which.ok_or_else(|| missing(example))?;
            let text = pieces::text(value, lang).map_err(of_which)?;
            pieces::trigger(&text, lang).map_err(of_which)
        }
    }
}

/// What is waited for by its name. The guide's `Événement: Abandon` is the abandonment of the case; other milestones have a word
/// of their own, and are not taken for names either.
fn named(kind: SubjectKind, text: &str, lang: Lang) -> Result<Trigger, Wrong> {
    let word = subject_word(kind, lang);
    if is_quoted(text) {
        return pieces::trigger(&format!("{word} {text}"), lang);
    }
    let plain = |kind| Trigger { kind, each: false, on: OnWord(true), at: Default::default() };
    let Some(milestone) = milestone(text) else {
        return Ok(plain(TriggerKind::Subject(kind, name(text))));
    };
    let state = states(lang).find(|(each, _)| *each == milestone);
    if kind == SubjectKind::Event && state.is_some() {
        return Ok(plain(TriggerKind::Milestone(milestone)));
    }
    let own = match state {
        Some((_, state)) => format!("{}: {state}", Caption::State.name(lang)),
        None => {
            let called = wording::trigger_word(&TriggerKind::Milestone(milestone), lang);
            capital(called.unwrap_or_default())
        }
    };
    let own = own.replace(':', lang.pick(":", " :"));
    let quoted = wording::quoted(&name(text));
    Err(Wrong::new(
        say!(
            lang,
            "this is a turn of every case, or the name of something",
            "c'est un moment de tout dossier, ou le nom de quelque chose"
        ),
        say!(
            lang,
            "for the turn of the case, \"{own}\" in the list; for something of that name, the name in quotes: {quoted}",
            "pour le moment du dossier, « {own} » dans la liste ; pour quelque chose de ce nom, le nom entre guillemets : {quoted}"
        ),
    ))
}
