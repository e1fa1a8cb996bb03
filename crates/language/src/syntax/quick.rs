//! The quick reader of sound items: written by `build.rs` from the same grammar, and to the same pairs, as the parser that
//! pest derives. It looks at the next byte before it tries an alternative, and so cannot tell what would have been right:
//! what it cannot read is read again by pest's own.

use super::grammar::{Grammar, Rule};
use pest::iterators::Pairs;
use pest::{Atomicity, ParseResult, Parser as _, ParserState};
use std::ops::RangeInclusive;

type State<'t> = Box<ParserState<'t, Rule>>;
type Outcome<'t> = ParseResult<State<'t>>;

/// The items with which a folded text begins; `None` if it cannot read them. Builds with debug assertions hold every
/// text against pest's own.
pub fn read(text: &str) -> Option<Pairs<'_, Rule>> {
    let pairs = pest::state(text, |state| written::read_items(text, state)).ok();
    debug_assert!(
        pairs.clone().map(Pairs::tokens).into_iter().flatten().eq(Grammar::parse(
            Rule::items,
            text
        )
        .map(Pairs::tokens)
        .into_iter()
        .flatten()),
        "two readers of one grammar disagree: {text}"
    );
    pairs
}

/// Whether the next byte is one of these, a bit each; those that are not ASCII share the last bit.
#[inline]
fn begins(text: &str, state: &State<'_>, bytes: u128) -> bool {
    has(text.as_bytes().get(state.position().pos()), bytes)
}

#[inline]
fn has(byte: Option<&u8>, bytes: u128) -> bool {
    byte.is_some_and(|byte| bytes >> (*byte).min(127) & 1 == 1)
}

/// Goes on at `end`.
#[inline]
fn to<'t>(text: &'t str, state: State<'t>, end: usize) -> Outcome<'t> {
    match text.get(state.position().pos()..end) {
        Some(read) => state.match_string(read),
        None => Err(state),
    }
}

/// Where a string ends, if it stands there.
#[inline]
fn behind(text: &[u8], at: usize, string: &str) -> Option<usize> {
    text.get(at..)?.starts_with(string.as_bytes()).then_some(at + string.len())
}

/// Where a byte of these ends, if it stands there.
#[inline]
fn within(text: &[u8], at: usize, bytes: RangeInclusive<u8>) -> Option<usize> {
    bytes.contains(text.get(at)?).then_some(at + 1)
}

/// What may stand or not.
#[inline]
fn whichever(outcome: Outcome<'_>) -> Outcome<'_> {
    let (Ok(state) | Err(state)) = outcome;
    Ok(state)
}

/// How many blanks stand before what is next, where blanks may.
#[inline]
fn blanks_at(text: &str, state: &State<'_>) -> usize {
    if state.atomicity() != Atomicity::NonAtomic {
        return 0;
    }
    let rest = text.as_bytes().get(state.position().pos()..).unwrap_or(&[]);
    rest.iter().take_while(|byte| matches!(byte, b'\n'..=b' ')).count()
}

/// Goes on behind the blanks.
#[inline]
fn blanks<'t>(text: &'t str) -> impl FnOnce(State<'t>) -> Outcome<'t> {
    move |state| match blanks_at(text, &state) {
        0 => Ok(state),
        count => state.skip(count),
    }
}

/// What begins with one of these bytes, as often as it comes, blanks between where blanks may stand.
#[inline]
fn many<'t>(
    text: &'t str,
    state: State<'t>,
    bytes: u128,
    mut one: impl FnMut(State<'t>) -> Outcome<'t>,
) -> Outcome<'t> {
    if !begins(text, &state, bytes) {
        return Ok(state);
    }
    let mut state = match one(state) {
        Ok(state) => state,
        Err(state) => return Ok(state),
    };
    loop {
        let count = blanks_at(text, &state);
        if !has(text.as_bytes().get(state.position().pos() + count), bytes) {
            return Ok(state);
        }
        match state.sequence(|state| state.skip(count).and_then(&mut one)) {
            Ok(next) => state = next,
            Err(state) => return Ok(state),
        }
    }
}

#[allow(
    unused_braces,
    unused_parens,
    unused_variables,
    clippy::almost_complete_range,
    clippy::bind_instead_of_map,
    clippy::allow_attributes_without_reason,
    reason = "`build.rs` writes this code"
)]
mod written {
    use super::{Outcome, State, begins, behind, blanks, many, to, whichever, within};
    use crate::syntax::grammar::Rule;
    use pest::Atomicity;

    include!(concat!(env!("OUT_DIR"), "/quick.rs"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::fold::fold;

    /// Schedules, follow-ups and scenarios of both parts of the language, in both vocabularies.
    const TEXTS: [&str; 14] = [
        include_str!("../../../../docs/examples/mistakes.jalon"),
        include_str!("../../../../docs/examples/fautes.jalon"),
        include_str!("../../../../schedules/abonnements/sports-club.jalon"),
        include_str!("../../../../schedules/evenements/photographer.jalon"),
        include_str!("../../../../schedules/follow-up/cabinet.jalon"),
        include_str!("../../../../schedules/follow-up/dematerialisation.jalon"),
        include_str!("../../../../schedules/formation/apprentissage-opco.jalon"),
        include_str!("../../../../schedules/formation/vae.jalon"),
        include_str!("../../../../schedules/sante/home-care.jalon"),
        include_str!("../../../../schedules/sante/soins.jalon"),
        include_str!("../../../../schedules/services/traduction.jalon"),
        include_str!("../../../../schedules/teo/cpf-assiduite.jalon"),
        include_str!("../../../../schedules/travaux/retention.jalon"),
        include_str!("../../../../schedules/travaux/vefa.jalon"),
    ];

    /// Reads a text, which holds it against pest's own reader, and says whether it is sound.
    fn is_sound(text: &str) -> bool {
        read(text).is_some()
    }

    /// Files a few lines at a time, and each of these with one word missing.
    #[test]
    fn both_readers_of_the_grammar_agree() {
        let (mut sound, mut broken) = (0, 0);
        let mut count = |is_sound: bool| *(if is_sound { &mut sound } else { &mut broken }) += 1;
        for text in TEXTS {
            let folded = fold(text).text;
            let lines: Vec<&str> = folded.split_inclusive('\n').collect();
            for few in lines.chunks(2).map(<[&str]>::concat) {
                let few = few.trim_start();
                count(is_sound(few));
                for (at, word) in few.match_indices([' ', '\n']) {
                    let rest = few.get(at + word.len()..).unwrap_or("");
                    let behind = rest.find([' ', '\n']).map_or("", |end| &rest[end..]);
                    count(is_sound(&format!("{}{behind}", &few[..at])));
                }
            }
        }
        assert!(sound > 500 && broken > 500, "{sound}, {broken}");
    }
}
