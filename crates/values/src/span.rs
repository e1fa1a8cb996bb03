//! Places in a source text: byte spans, and the one index that turns them into lines and columns.
//!
//! Spans are byte offsets into the text exactly as the user wrote it. Nothing here scans the text
//! from its top more than once: a position is found by binary search in [`LineIndex`].

/// A half-open range of bytes of a source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` to `end`, both byte offsets; offsets past 4 GiB are held at the limit
    /// (sources are capped far below).
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        let clip = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clip(start), end: clip(end.max(start)) }
    }

    /// The smallest span that holds both.
    #[inline]
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The bytes of this span in `text`; empty where the span does not fit the text.
    #[inline]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// An empty span at the end of this one: where something is missing.
    #[inline]
    pub fn after(self) -> Span {
        Span { start: self.end, end: self.end }
    }
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line number, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The starts of all lines of one text.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Reads `text` once.
    #[inline]
    pub fn new(text: &str) -> Self {
        let newlines = memchr::memchr_iter(b'\n', text.as_bytes());
        let starts = std::iter::once(0)
            .chain(newlines.map(|offset| u32::try_from(offset + 1).unwrap_or(u32::MAX)))
            .collect();
        Self { starts }
    }

    /// Line and column of a byte offset in the text that this index was made from.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.line_start(line);
        let before = Span { start, end: offset.max(start) }.of(text);
        Position { line, column: before.chars().count() + 1 }
    }

    /// The byte offset at which a line (counted from 1) begins.
    pub fn line_start(&self, line: usize) -> u32 {
        self.starts.get(line.saturating_sub(1)).copied().unwrap_or(u32::MAX)
    }

    /// The span of a line (counted from 1) without its line break.
    pub fn line_span(&self, text: &str, line: usize) -> Span {
        let start = self.line_start(line);
        let end = self.starts.get(line).map_or(text.len(), |next| *next as usize);
        let body = text.get(start as usize..end).unwrap_or("");
        Span::new(start as usize, start as usize + body.trim_end_matches(['\n', '\r']).len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_lines_from_one() {
        let text = "é1\nab\r\n";
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 2), Position { line: 1, column: 2 });
        assert_eq!(index.position(text, 4), Position { line: 2, column: 1 });
        assert_eq!(index.line_span(text, 2).of(text), "ab");
        assert_eq!(index.position(text, 8), Position { line: 3, column: 1 });
    }
}
