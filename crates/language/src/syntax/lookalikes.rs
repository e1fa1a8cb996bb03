//! Letters of other alphabets that look like Latin ones: a name with one of them looks like another
//! name, and is not it.

use crate::span::Span;

/// An alphabet whose letters are taken for Latin ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alphabet {
    Cyrillic,
    Greek,
}

/// The letters of a name that look like Latin ones.
#[derive(Clone, Debug)]
pub struct Lookalikes {
    /// The first of them.
    pub letter: char,
    /// What it looks like.
    pub latin: char,
    pub alphabet: Alphabet,
    /// Its place in the name, in characters, from 1.
    pub place: usize,
    /// Where it stands.
    pub first: Span,
    /// From the first to the last of them.
    pub all: Span,
    /// The same range in Latin letters.
    pub right: String,
}

/// The lookalikes of the quoted text in `span`: those in a word with Latin letters, and words of
/// nothing else in a text that has Latin letters.
pub fn find(source: &str, span: Span) -> Option<Lookalikes> {
    let text = span.of(source);
    let latin = |c: char| c.is_alphabetic() && matches!(u32::from(c), 0..0x250 | 0x1e00..0x1f00);
    if text.is_ascii() || !text.chars().any(latin) {
        return None;
    }
    let mut found: Vec<(usize, char)> = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let mut letters = word.char_indices().filter(|(_, c)| c.is_alphabetic());
        let foreign = letters.clone().all(|(_, c)| latin_for(c).is_some());
        if foreign || letters.clone().any(|(_, c)| latin(c)) {
            letters.by_ref().filter(|(_, c)| latin_for(*c).is_some()).for_each(|(offset, c)| {
                found.push((at + offset, c));
            });
        }
        at += word.len();
    }
    let (first, letter) = found.first().copied()?;
    let (last, last_letter) = found.last().copied()?;
    let (latin, alphabet) = latin_for(letter)?;
    let start = span.start as usize;
    let all = Span::new(start + first, start + last + last_letter.len_utf8());
    let right = all.of(source).char_indices().map(|(offset, c)| {
        let meant = found.binary_search_by_key(&(first + offset), |(place, _)| *place).is_ok();
        latin_for(c).filter(|_| meant).map_or(c, |(latin, _)| latin)
    });
    Some(Lookalikes {
        letter,
        latin,
        alphabet,
        // The opening quote counts for the one that places are counted from.
        place: text.get(..first)?.trim_start_matches(['"', '“', '«']).trim_start().chars().count()
            + 1,
        first: Span::new(start + first, start + first + letter.len_utf8()),
        all,
        right: right.collect(),
    })
}

/// The Latin letter that a letter looks like.
fn latin_for(letter: char) -> Option<(char, Alphabet)> {
    const CYRILLIC: [(char, char); 25] = [
        ('а', 'a'),
        ('е', 'e'),
        ('о', 'o'),
        ('р', 'p'),
        ('с', 'c'),
        ('у', 'y'),
        ('х', 'x'),
        ('ѕ', 's'),
        ('і', 'i'),
        ('ј', 'j'),
        ('һ', 'h'),
        ('А', 'A'),
        ('В', 'B'),
        ('Е', 'E'),
        ('К', 'K'),
        ('М', 'M'),
        ('Н', 'H'),
        ('О', 'O'),
        ('Р', 'P'),
        ('С', 'C'),
        ('Т', 'T'),
        ('Х', 'X'),
        ('Ѕ', 'S'),
        ('І', 'I'),
        ('Ј', 'J'),
    ];
    const GREEK: [(char, char); 16] = [
        ('ο', 'o'),
        ('ν', 'v'),
        ('Α', 'A'),
        ('Β', 'B'),
        ('Ε', 'E'),
        ('Ζ', 'Z'),
        ('Η', 'H'),
        ('Ι', 'I'),
        ('Κ', 'K'),
        ('Μ', 'M'),
        ('Ν', 'N'),
        ('Ο', 'O'),
        ('Ρ', 'P'),
        ('Τ', 'T'),
        ('Υ', 'Y'),
        ('Χ', 'X'),
    ];
    let within = |pairs: &[(char, char)]| pairs.iter().find(|(c, _)| *c == letter).map(|(_, l)| *l);
    within(&CYRILLIC)
        .map(|latin| (latin, Alphabet::Cyrillic))
        .or_else(|| within(&GREEK).map(|latin| (latin, Alphabet::Greek)))
}
