//! Small steps through the folded text: blanks, tokens, line breaks. The grammar reads items; this
//! is for finding where one begins, and what stands where one fails.

use super::fold::Folded;

impl Folded {
    /// The place of the first character from `at` on that is no blank.
    pub fn skip_blanks(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or("");
        at + rest.len() - rest.trim_start_matches([' ', '\n']).len()
    }

    /// The word, number, quoted text or single character at `at`.
    pub fn token_at(&self, at: usize) -> &str {
        let rest = self.text.get(at..).unwrap_or("");
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let length = match rest.chars().next() {
            None => 0,
            Some('"') => {
                rest.char_indices().skip(1).find(|(_, c)| *c == '"').map_or(1, |(i, _)| i + 1)
            }
            Some(c) if word(c) => {
                let end = rest.find(|c| !word(c)).unwrap_or(rest.len());
                end + date_length(rest, end).max(decimals_length(rest, end))
            }
            Some(c) => c.len_utf8(),
        };
        rest.get(..length).unwrap_or("")
    }

    /// Where the text before the blanks before `at` ends.
    pub fn end_before(&self, at: usize) -> usize {
        self.text.get(..at).unwrap_or("").trim_end_matches([' ', '\n']).len()
    }

    /// The first line break at `at` or after it; else the end of the text.
    pub fn line_break_after(&self, at: usize) -> usize {
        let bytes = self.text.as_bytes().get(at..).unwrap_or(&[]);
        let found = bytes.iter().position(|byte| *byte == b'\n');
        found.map_or(self.text.len(), |offset| at + offset)
    }
}

/// How long the decimals are that follow the digits that end at `end`, with their mark.
fn decimals_length(text: &str, end: usize) -> usize {
    let whole = text.get(..end).unwrap_or("");
    let rest = text.get(end..).unwrap_or("");
    let decimals = rest.strip_prefix(['.', ',']).unwrap_or("");
    let count = decimals.len() - decimals.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let digits = whole.chars().all(|c| c.is_ascii_digit());
    if digits && count > 0 { count + 1 } else { 0 }
}

/// How much of a date follows the digits that end at `end`; 0 if it is none.
fn date_length(text: &str, end: usize) -> usize {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text.get(end..).unwrap_or("");
    let mut length = 0;
    for _ in 0..2 {
        let part = rest.get(length..).unwrap_or("");
        let count = digits(part.strip_prefix(['-', '/']).unwrap_or(""));
        if digits(text) != end || count == 0 {
            return 0;
        }
        length += 1 + count;
    }
    length
}
