//! A text cut into what it is made of, as an editor colours it: words of the language, names, numbers, remarks.
//!
//! In: a text, sound or not. Out: its pieces in the order of their places, none over another. Which words there
//! are, the one table says.

use super::fold::fold;
use super::words::{self, WORDS};
use crate::span::Span;
use foldhash::{HashSet, HashSetExt};
use std::sync::LazyLock;

/// What a part of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Piece {
    /// A word of the language, in either vocabulary.
    Word,
    /// A text in quotes, with them.
    Name,
    /// A number, a date or a clock.
    Number,
    /// A remark.
    Comment,
}

static PARTS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let mut parts = HashSet::new();
    for word in WORDS {
        parts.extend(word.spelled.iter().flat_map(|spelling| words::tokens(spelling)));
    }
    parts
});

/// The pieces of a text.
pub fn pieces(source: &str) -> Vec<(Span, Piece)> {
    if source.len() > super::LARGEST_SOURCE {
        return Vec::new();
    }
    let folded = fold(source);
    let mut pieces: Vec<(Span, Piece)> =
        folded.comments.iter().map(|comment| (comment.span, Piece::Comment)).collect();
    pieces.extend(folded.quoted.iter().map(|quoted| (quoted.span, Piece::Name)));
    let mut at = 0;
    while at < folded.text.len() {
        at = folded.skip_blanks(at);
        let token = folded.token_at(at);
        let piece = match token.chars().next() {
            Some(c) if c.is_ascii_digit() => Some(Piece::Number),
            Some(_) if PARTS.contains(token) => Some(Piece::Word),
            Some(_) | None => None,
        };
        let end = at + token.len().max(1);
        pieces.extend(piece.map(|piece| (folded.original(at, end), piece)));
        at = end;
    }
    pieces.sort_by_key(|(span, _)| *span);
    pieces
}
