//! The first reading of a source text: from what people type and paste to what the grammar matches.
//!
//! Out goes a folded text (lower case, no accents, straight apostrophes, plain spaces, comments
//! gone, each quoted text replaced by its number), a map back to the bytes of the original, the
//! quoted texts, the comments, the vocabulary of the file, and what no file may contain. The text is
//! read once, in linear time. Numbers, words and structure are left to the grammar.

use super::ast::{Comment, Shape};
use super::vocabulary;
use super::words::item_shape;
use crate::lang::Lang;
use crate::span::Span;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The largest source that is read, in bytes.
pub const LARGEST_SOURCE: usize = 4 * 1024 * 1024;
/// The longest line that is read, in characters.
pub const LONGEST_LINE: usize = 10_000;
/// So many problems of one text are kept: more say nothing more.
const MOST_PROBLEMS: usize = 1_000;
/// How deep parentheses and `not` may be nested.
pub const DEEPEST_NESTING: usize = 64;

/// A quoted text as written between its quotes: escapes undone, in NFC, trimmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quoted {
    pub text: String,
    pub span: Span,
}

/// Something that no source may contain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    LineTooLong {
        at: Span,
    },
    NestedTooDeep {
        at: Span,
    },
    /// `end` is where it most likely ends.
    UnclosedText {
        at: Span,
        closer: char,
        end: Option<Span>,
    },
    Forbidden {
        at: Span,
        found: char,
    },
    Escape {
        at: Span,
        found: char,
    },
    /// A name between other quotes, and the name.
    OtherQuotes {
        at: Span,
        name: String,
    },
    /// Digits of another script, and those that they stand for.
    ForeignDigit {
        at: Span,
        digits: String,
    },
}

impl Problem {
    /// Whether the rest of the text cannot be read because of it.
    pub fn is_fatal(&self) -> bool {
        match self {
            Problem::LineTooLong { .. } | Problem::NestedTooDeep { .. } => true,
            Problem::UnclosedText { .. }
            | Problem::Forbidden { .. }
            | Problem::Escape { .. }
            | Problem::OtherQuotes { .. }
            | Problem::ForeignDigit { .. } => false,
        }
    }
}

/// A source text made ready for the grammar.
#[derive(Debug, Default)]
pub struct Folded {
    pub text: String,
    pub quoted: Vec<Quoted>,
    pub comments: Vec<Comment>,
    pub problems: Vec<Problem>,
    /// First place and number of the words that belong to one vocabulary only.
    pub english: WordCount,
    pub french: WordCount,
    /// Where folded and original offsets part: (folded, original), ascending.
    anchors: Vec<(u32, u32)>,
}

/// How many words of one vocabulary a text has, and where the first stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct WordCount {
    pub count: usize,
    pub first: Option<Span>,
}

impl WordCount {
    fn add(&mut self, span: Span) {
        self.count += 1;
        self.first.get_or_insert(span);
    }
}

impl Folded {
    /// The vocabulary in which most of the text is written; of two equals, the first to appear.
    pub fn lang(&self) -> Lang {
        let first = |count: &WordCount| count.first.map_or(u32::MAX, |span| span.start);
        match self.english.count.cmp(&self.french.count) {
            std::cmp::Ordering::Greater => Lang::En,
            std::cmp::Ordering::Less => Lang::Fr,
            std::cmp::Ordering::Equal if first(&self.french) < first(&self.english) => Lang::Fr,
            std::cmp::Ordering::Equal => Lang::En,
        }
    }

    /// Whether any word is of one vocabulary only.
    pub fn tells_lang(&self) -> bool {
        self.english.count + self.french.count > 0
    }

    /// The language of the comments, where nothing else tells it.
    pub fn lang_of_comments(&self) -> Lang {
        self.words_of_comments().lang()
    }

    /// Whether any word of the comments is of one vocabulary only.
    pub fn comments_tell_lang(&self) -> bool {
        self.words_of_comments().tells_lang()
    }

    fn words_of_comments(&self) -> Folded {
        let text = self.comments.iter().map(|comment| comment.text.trim_start_matches('#'));
        fold(&text.collect::<Vec<_>>().join("\n").replace(['#', '"'], " "))
    }

    /// The original place of a folded range.
    pub fn original(&self, start: usize, end: usize) -> Span {
        Places(&self.anchors).original(start, end)
    }

    /// Where what lies in a folded range stands in the original.
    pub fn places(&self, start: usize, end: usize) -> Places<'_> {
        let after = |at: usize| self.anchors.partition_point(|(folded, _)| *folded as usize <= at);
        Places(self.anchors.get(after(start).saturating_sub(1)..after(end)).unwrap_or(&[]))
    }
}

/// From folded offsets to original ones: where they part, as (folded, original), ascending.
#[derive(Clone, Copy, Debug)]
pub struct Places<'f>(&'f [(u32, u32)]);

impl Places<'_> {
    /// The original place of a folded range.
    pub fn original(self, start: usize, end: usize) -> Span {
        Span::new(self.offset(start), self.offset(end))
    }

    fn offset(self, folded: usize) -> usize {
        let after = self.0.partition_point(|(at, _)| *at as usize <= folded);
        let anchor = after.checked_sub(1).and_then(|index| self.0.get(index));
        let (at, original) = anchor.copied().unwrap_or_default();
        original as usize + (folded - at as usize)
    }
}

/// Reads `source`, which is at most [`LARGEST_SOURCE`] long.
pub fn fold(source: &str) -> Folded {
    let mut reader =
        Reader { source, at: 0, folded: Folded::default(), word_start: None, depth: 0 };
    reader.folded.text.reserve(source.len() + 1);
    reader.check_lines();
    if reader.folded.problems.is_empty() {
        reader.read();
    }
    reader.folded.problems.sort_by_key(Problem::at);
    reader.folded
}

impl Problem {
    /// The place.
    pub fn at(&self) -> Span {
        match self {
            Problem::LineTooLong { at }
            | Problem::NestedTooDeep { at }
            | Problem::UnclosedText { at, .. }
            | Problem::Forbidden { at, .. }
            | Problem::Escape { at, .. }
            | Problem::OtherQuotes { at, .. }
            | Problem::ForeignDigit { at, .. } => *at,
        }
    }
}

struct Reader<'s> {
    source: &'s str,
    at: usize,
    folded: Folded,
    /// Folded and original offset at which the current word began.
    word_start: Option<(usize, usize)>,
    depth: usize,
}

impl Reader<'_> {
    fn check_lines(&mut self) {
        let mut start = 0;
        for line in self.source.split_inclusive('\n') {
            let text = line.trim_end_matches(['\n', '\r']);
            if text.len() > LONGEST_LINE && text.chars().nth(LONGEST_LINE).is_some() {
                let at = Span::new(start, start + 1);
                self.folded.problems.push(Problem::LineTooLong { at });
                return;
            }
            start += line.len();
        }
    }

    fn read(&mut self) {
        if self.source.starts_with('\u{feff}') {
            self.at = '\u{feff}'.len_utf8();
            self.anchor();
        }
        loop {
            self.plain_word();
            let Some(c) = self.rest().chars().next() else { break };
            let span = Span::new(self.at, self.at + c.len_utf8());
            match c {
                ' ' | '\n' => self.keep(c),
                '\t' => self.replace(c, " "),
                // A blank like the line break: what stands before it ends before it.
                '\r' if self.rest().starts_with("\r\n") => self.replace(c, " "),
                '#' => self.comment(),
                '"' => self.quoted('"'),
                '“' => self.quoted('”'),
                '«' => self.quoted('»'),
                '„' => self.low_quoted(c),
                '(' => {
                    self.depth += 1;
                    if self.depth > DEEPEST_NESTING {
                        self.folded.problems.clear();
                        self.folded.problems.push(Problem::NestedTooDeep { at: span });
                        return;
                    }
                    self.keep(c);
                }
                ')' => {
                    self.depth = self.depth.saturating_sub(1);
                    self.keep(c);
                }
                '’' | '‘' => self.replace(c, "'"),
                '≤' => self.replace(c, "<="),
                '≥' => self.replace(c, ">="),
                '−' => self.replace(c, "-"),
                '\u{a0}'
                | '\u{1680}'
                | '\u{2000}'..='\u{200a}'
                | '\u{202f}'
                | '\u{205f}'
                | '\u{3000}' => {
                    self.replace(c, " ");
                }
                c if is_forbidden(c) => {
                    self.problem(Problem::Forbidden { at: span, found: c });
                    if c == '\r' { self.replace(c, "\n") } else { self.drop(c) }
                }
                c if c.is_ascii() => self.keep(c),
                c if is_combining_mark(c) => self.drop(c),
                c if c.is_alphabetic() => self.fold_letter(c),
                c => {
                    if let Some(digit) = foreign_digit(c) {
                        // Read as the digit that it is, so that nothing follows from it.
                        self.problem(Problem::ForeignDigit { at: span, digits: digit.to_string() });
                        self.replace(c, &digit.to_string());
                    } else {
                        self.keep(c);
                    }
                }
            }
        }
        self.end_word();
    }

    /// Notes a problem; one that goes on where the last one ends belongs to it.
    fn problem(&mut self, problem: Problem) {
        match (self.folded.problems.last_mut(), &problem) {
            (
                Some(Problem::ForeignDigit { at, digits }),
                Problem::ForeignDigit { at: next, digits: more },
            ) if at.end == next.start => {
                at.end = next.end;
                digits.push_str(more);
                return;
            }
            (
                Some(Problem::Forbidden { at, found }),
                Problem::Forbidden { at: next, found: again },
            ) if at.end == next.start && found == again => {
                at.end = next.end;
                return;
            }
            (None | Some(_), _) => {}
        }
        if self.folded.problems.len() < MOST_PROBLEMS {
            self.folded.problems.push(problem);
        }
    }

    /// Where a name that is not closed most likely ends: before the colon of its line, or at the
    /// end of the line where nothing else can follow. `line` is the rest of the line, with the
    /// opening quote, at `start`.
    fn likely_end(&self, start: usize, line: &str) -> Option<Span> {
        let item = self.folded.text.rsplit('\n').next().unwrap_or("").trim();
        let colon = line.find(':').filter(|_| item.chars().all(char::is_alphabetic));
        let whole =
            line.len() > 1 && matches!(item_shape(item), Some(Shape::Schedule | Shape::Scenario));
        let end = if whole { line.len() } else { colon? };
        let end = start + line.get(..end)?.trim_end().len();
        (end > start + 1).then(|| Span::new(end, end))
    }

    fn rest(&self) -> &str {
        self.source.get(self.at..).unwrap_or("")
    }

    /// A character that stands for itself, outside words.
    fn keep(&mut self, c: char) {
        self.end_word();
        self.folded.text.push(c);
        self.at += c.len_utf8();
    }

    /// The letters without accents, digits and `_` that stand here, if any: most of a text.
    fn plain_word(&mut self) {
        let rest = self.source.get(self.at..).unwrap_or("");
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let length = rest.bytes().take_while(plain).count();
        let Some(word) = rest.get(..length).filter(|word| !word.is_empty()) else { return };
        let start = self.folded.text.len();
        self.word_start.get_or_insert((start, self.at));
        self.folded.text.push_str(word);
        if let Some(folded) = self.folded.text.get_mut(start..) {
            folded.make_ascii_lowercase();
        }
        self.at += length;
    }

    /// A letter with an accent, or of another alphabet.
    fn fold_letter(&mut self, c: char) {
        self.word_start.get_or_insert((self.folded.text.len(), self.at));
        let plain = c.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
        self.put_for(c, plain);
    }

    fn replace(&mut self, c: char, by: &str) {
        self.end_word();
        self.put_for(c, by.chars());
    }

    /// Writes what stands for `c`. What comes after the first character of it has no place of its
    /// own in the original: it stands at the end of `c`.
    fn put_for(&mut self, c: char, by: impl Iterator<Item = char>) {
        self.at += c.len_utf8();
        let before = self.folded.text.len();
        for plain in by {
            if self.folded.text.len() > before {
                self.anchor();
            }
            self.folded.text.push(plain);
        }
        // One character for another of the same length needs no mark.
        let stands_for_itself =
            self.folded.text.get(before..).is_some_and(|written| {
                written.len() == c.len_utf8() && written.chars().count() == 1
            });
        if !stands_for_itself {
            self.anchor();
        }
    }

    fn drop(&mut self, c: char) {
        self.at += c.len_utf8();
        self.anchor();
    }

    fn anchor(&mut self) {
        let clip = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        self.folded.anchors.push((clip(self.folded.text.len()), clip(self.at)));
    }

    fn end_word(&mut self) {
        let Some((folded, original)) = self.word_start.take() else {
            return;
        };
        let word = self.folded.text.get(folded..).unwrap_or("");
        let span = Span::new(original, self.at);
        match vocabulary::of(word) {
            Some(Lang::En) => self.folded.english.add(span),
            Some(Lang::Fr) => self.folded.french.add(span),
            None => {}
        }
    }

    fn comment(&mut self) {
        self.end_word();
        let start = self.at;
        let rest = self.source.get(start..).unwrap_or("");
        let line = rest.split('\n').next().unwrap_or("");
        let text = line.trim_end();
        let before = self.source.get(..start).unwrap_or("");
        let own_line = before
            .chars()
            .rev()
            .take_while(|c| *c != '\n')
            .all(|c| c.is_whitespace() || c == '\u{feff}');
        for (offset, c) in text.char_indices().filter(|(_, c)| is_forbidden(*c)) {
            let at = Span::new(start + offset, start + offset + c.len_utf8());
            self.problem(Problem::Forbidden { at, found: c });
        }
        let span = Span::new(start, start + text.len());
        self.folded.comments.push(Comment { text: text.to_owned(), span, own_line });
        self.folded.text.push(' ');
        self.at = start + line.len();
        self.anchor();
    }

    /// `„…“`: read as a name, so that nothing follows from it.
    fn low_quoted(&mut self, opener: char) {
        let (start, rest) = (self.at, self.rest());
        let line = rest.get(opener.len_utf8()..).unwrap_or("").split(['\n', '\r']).next();
        let closer = line.and_then(|line| line.chars().find(|c| matches!(c, '“' | '”' | '"')));
        self.quoted(closer.unwrap_or('"'));
        if closer.is_some() {
            let name = self.folded.quoted.last().map_or(String::new(), |name| name.text.clone());
            self.problem(Problem::OtherQuotes { at: Span::new(start, self.at), name });
        }
    }

    fn quoted(&mut self, closer: char) {
        self.end_word();
        let start = self.at;
        let rest = self.source.get(start..).unwrap_or("");
        // Most names are plain to their end.
        let opener = rest.chars().next().map_or(0, char::len_utf8);
        let special = |c: char| c == closer || matches!(c, '\\' | '\n' | '\t') || is_forbidden(c);
        let name = rest.get(opener..).unwrap_or("");
        let plain = name.find(special).unwrap_or(name.len());
        let mut text = name.get(..plain).unwrap_or("").to_owned();
        let mut chars = rest.char_indices().skip_while(|(at, _)| *at < opener + plain).peekable();
        let mut end = None;
        while let Some((offset, c)) = chars.next() {
            let at = Span::new(start + offset, start + offset + c.len_utf8());
            match c {
                '\n' => break,
                '\\' => match chars.peek() {
                    Some((_, escaped @ ('"' | '\\' | '”' | '»'))) => {
                        text.push(*escaped);
                        chars.next();
                    }
                    _ => {
                        self.problem(Problem::Escape { at, found: c });
                        text.push(c);
                    }
                },
                c if c == closer => {
                    end = Some(start + offset + c.len_utf8());
                    break;
                }
                '\r' if rest.get(offset..).is_some_and(|rest| rest.starts_with("\r\n")) => {
                    break;
                }
                c if is_forbidden(c) || c == '\t' => {
                    self.problem(Problem::Forbidden { at, found: c });
                }
                c => text.push(c),
            }
        }
        let end = end.unwrap_or_else(|| {
            let line = rest.split(['\n', '\r']).next().unwrap_or("");
            let at = Span::new(start, start + line.trim_end().len());
            let end = self.likely_end(start, line);
            self.problem(Problem::UnclosedText { at, closer, end });
            start + line.len()
        });
        let text = text.trim();
        // Only from the first combining mark on are there characters that are composed.
        let composed = text.chars().all(|c| c < '\u{300}');
        let text = if composed { text.to_owned() } else { text.nfc().collect() };
        let number = self.folded.quoted.len();
        self.folded.quoted.push(Quoted { text, span: Span::new(start, end) });
        self.folded.text.push('"');
        self.folded.text.push_str(&number.to_string());
        self.folded.text.push('"');
        self.at = end;
        self.anchor();
    }
}

/// Control characters, marks that change the direction of text, and characters of no width: what
/// is read would not be what is seen.
fn is_forbidden(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// The value of a decimal digit of another script, or a full-width one.
fn foreign_digit(c: char) -> Option<u32> {
    // The decimal digits of each script stand in a row from zero to nine.
    const ZEROS: [u32; 12] = [
        0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0e50, 0x0ed0, 0x0f20, 0x1040,
        0xff10,
    ];
    let code = u32::from(c);
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&code)).map(|zero| code - zero)
}
