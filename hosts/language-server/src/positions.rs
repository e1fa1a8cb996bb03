//! Places as the protocol has them: in, byte offsets of the library; out, lines and columns counted from 0 in the
//! units that the client and the server have agreed on; and back.

use jalon::span::Span;
use lsp_types::{Position, PositionEncodingKind, Range};

/// In what columns are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Units of UTF-16: what a client takes that says nothing.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The first that the client offers and that is known here.
    pub fn agreed(offered: &[PositionEncodingKind]) -> Encoding {
        let known = |kind: &PositionEncodingKind| {
            [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]
                .into_iter()
                .find(|encoding| encoding.kind() == *kind)
        };
        offered.iter().find_map(known).unwrap_or_default()
    }

    /// Its name in the protocol.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// How many columns a character takes.
    fn width(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

/// Where the lines of a text begin. A line ends as the protocol says: at `\n`, `\r\n` or `\r`.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
    encoding: Encoding,
}

impl Lines {
    /// Reads a text once.
    pub fn new(text: &str, encoding: Encoding) -> Lines {
        let bytes = text.as_bytes();
        let ends = |(at, byte): (usize, &u8)| {
            let alone = *byte == b'\r' && bytes.get(at + 1) != Some(&b'\n');
            (*byte == b'\n' || alone).then_some(at + 1)
        };
        let starts = std::iter::once(0).chain(bytes.iter().enumerate().filter_map(ends)).collect();
        Lines { starts, encoding }
    }

    /// The place of a byte of the text that this was made from; the end of the text if it has fewer.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let before = text.get(start..).unwrap_or("").char_indices();
        let before = before.take_while(|(at, c)| start + at + c.len_utf8() <= offset);
        let columns = before.filter(|(_, c)| *c != '\n').map(|(_, c)| self.encoding.width(c)).sum();
        Position { line: clipped(line), character: clipped(columns) }
    }

    /// The range of a span.
    pub fn range(&self, text: &str, span: Span) -> Range {
        Range {
            start: self.position(text, span.start as usize),
            end: self.position(text, span.end as usize),
        }
    }

    /// How many columns a text on one line takes.
    pub fn columns(&self, text: &str) -> u32 {
        clipped(text.chars().map(|c| self.encoding.width(c)).sum())
    }

    /// The byte at a place; a column past the end of its line is its end, a line past the last the end of the text.
    pub fn offset(&self, text: &str, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line).copied() else { return text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let body = text.get(start..end).unwrap_or("").trim_end_matches(['\n', '\r']);
        let (mut columns, wanted) = (0, position.character as usize);
        for (at, c) in body.char_indices() {
            if columns + self.encoding.width(c) > wanted {
                return start + at;
            }
            columns += self.encoding.width(c);
        }
        start + body.len()
    }
}

fn clipped(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "é𝄞a\r\nb\rç\n";

    #[test]
    fn columns_are_counted_as_agreed() {
        let a = TEXT.find('a').unwrap();
        for (encoding, column) in [(Encoding::Utf8, 6), (Encoding::Utf16, 3), (Encoding::Utf32, 2)]
        {
            let lines = Lines::new(TEXT, encoding);
            let position = Position { line: 0, character: column };
            assert_eq!(lines.position(TEXT, a), position);
            assert_eq!(lines.offset(TEXT, position), a);
        }
    }

    #[test]
    fn every_character_comes_back_to_its_place() {
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let lines = Lines::new(TEXT, encoding);
            for (at, c) in TEXT.char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
                assert_eq!(lines.offset(TEXT, lines.position(TEXT, at)), at, "{c}");
            }
        }
    }

    #[test]
    fn a_line_ends_in_any_of_three_ways_and_no_place_is_outside() {
        let lines = Lines::new(TEXT, Encoding::Utf16);
        assert_eq!(lines.position(TEXT, TEXT.find('b').unwrap()).line, 1);
        assert_eq!(lines.position(TEXT, TEXT.find('ç').unwrap()).line, 2);
        assert_eq!(lines.position(TEXT, 1_000), Position { line: 3, character: 0 });
        assert_eq!(lines.offset(TEXT, Position { line: 0, character: 99 }), "é𝄞a".len());
        assert_eq!(lines.offset(TEXT, Position { line: 99, character: 0 }), TEXT.len());
        // Within a character: before it.
        assert_eq!(lines.offset(TEXT, Position { line: 0, character: 2 }), "é".len());
    }
}
