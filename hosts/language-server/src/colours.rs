//! Colours of a text: in, its pieces and names as the library cuts it; out, semantic tokens of the protocol.

use crate::documents::Document;
use jalon::syntax::{Named, Naming, Piece};
use lsp_types::{SemanticToken, SemanticTokenModifier, SemanticTokenType};
use std::collections::HashMap;

/// The types of tokens, by their numbers.
pub const TYPES: [SemanticTokenType; 9] = [
    SemanticTokenType::KEYWORD,
    SemanticTokenType::STRING,
    SemanticTokenType::NUMBER,
    SemanticTokenType::COMMENT,
    SemanticTokenType::CLASS,
    SemanticTokenType::PROPERTY,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::EVENT,
    SemanticTokenType::PARAMETER,
];

/// The modifiers, by their bits.
pub const MODIFIERS: [SemanticTokenModifier; 1] = [SemanticTokenModifier::DECLARATION];

/// The tokens of a text, each from where the one before it begins.
pub fn tokens(document: &Document, names: &[Named]) -> Vec<SemanticToken> {
    let by_place: HashMap<u32, &Named> =
        names.iter().map(|named| (named.span.start, named)).collect();
    let mut tokens = Vec::new();
    let (mut line, mut column) = (0, 0);
    for (span, piece) in jalon::syntax::pieces(&document.text) {
        let named = by_place.get(&span.start).filter(|_| piece == Piece::Name);
        let place = document.lines.position(&document.text, span.start as usize);
        let length = document.lines.columns(span.of(&document.text));
        if length == 0 {
            continue;
        }
        let delta_start =
            if place.line == line { place.character - column } else { place.character };
        tokens.push(SemanticToken {
            delta_line: place.line - line,
            delta_start,
            length,
            token_type: number(&named.map_or_else(|| of_piece(piece), |named| of_name(named.what))),
            token_modifiers_bitset: u32::from(named.is_some_and(|named| named.states)),
        });
        (line, column) = (place.line, place.character);
    }
    tokens
}

fn of_piece(piece: Piece) -> SemanticTokenType {
    match piece {
        Piece::Word => SemanticTokenType::KEYWORD,
        Piece::Name => SemanticTokenType::STRING,
        Piece::Number => SemanticTokenType::NUMBER,
        Piece::Comment => SemanticTokenType::COMMENT,
    }
}

fn of_name(what: Naming) -> SemanticTokenType {
    match what {
        Naming::Schedule | Naming::FollowUp | Naming::Scenario => SemanticTokenType::CLASS,
        Naming::Line => SemanticTokenType::PROPERTY,
        Naming::Action => SemanticTokenType::FUNCTION,
        Naming::Deliverable | Naming::Event | Naming::Step => SemanticTokenType::EVENT,
        Naming::Payer => SemanticTokenType::PARAMETER,
        Naming::Unit => SemanticTokenType::STRING,
    }
}

fn number(of: &SemanticTokenType) -> u32 {
    let place = TYPES.iter().position(|each| each == of).unwrap_or(0);
    u32::try_from(place).unwrap_or(0)
}
