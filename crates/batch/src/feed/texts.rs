//! Many short texts, kept one after another: case names and ids. A text costs its bytes and one
//! more, or three more where it is long.

use hashbrown::HashTable;
use std::hash::BuildHasher;

/// The place of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextRef(u32);

impl TextRef {
    /// No text.
    pub const NONE: TextRef = TextRef(u32::MAX);
}

/// Texts, and a table of those that are looked for.
#[derive(Default)]
pub struct TextStore {
    bytes: Vec<u8>,
    /// The texts that are looked for, with a number of each.
    table: HashTable<(TextRef, u32)>,
    hasher: foldhash::fast::RandomState,
}

impl TextStore {
    /// Keeps a text, in a store that is not [full](TextStore::is_full).
    #[inline]
    pub fn push(&mut self, text: &[u8]) -> TextRef {
        let place = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        match u8::try_from(text.len()) {
            Ok(length) if length < LONG => self.bytes.push(length),
            Ok(_) | Err(_) => {
                let length = u16::try_from(text.len()).unwrap_or(u16::MAX).to_le_bytes();
                self.bytes.extend_from_slice(&[LONG, length[0], length[1]]);
            }
        }
        self.bytes.extend_from_slice(text);
        TextRef(place)
    }

    /// How many bytes all texts take.
    pub fn length(&self) -> usize {
        self.bytes.len()
    }

    /// All texts.
    pub fn bytes(&mut self) -> &mut Vec<u8> {
        &mut self.bytes
    }

    /// A text.
    #[inline]
    pub fn get(&self, place: TextRef) -> &[u8] {
        read(&self.bytes, place)
    }

    /// A text, if there is one.
    #[inline]
    pub fn get_some(&self, place: TextRef) -> Option<&[u8]> {
        (place != TextRef::NONE).then(|| self.get(place))
    }

    /// The hash by which a text is looked for.
    #[inline]
    pub fn hash(&self, text: &[u8]) -> u64 {
        self.hasher.hash_one(text)
    }

    /// The text that most likely has this hash, if any may have it, and its number. No text is looked at.
    #[inline]
    pub fn likely(&self, hash: u64) -> Option<(TextRef, u32)> {
        self.table.find(hash, |_| true).copied()
    }

    /// The number of a text that is looked for, of this hash; if it is not known, it is kept with this number.
    #[inline]
    pub fn intern(&mut self, text: &[u8], hash: u64, number: u32) -> (TextRef, u32) {
        let bytes = &self.bytes;
        if let Some(known) = self.table.find(hash, |(place, _)| same(read(bytes, *place), text)) {
            return *known;
        }
        let place = self.push(text);
        let TextStore { bytes, table, hasher } = self;
        table.insert_unique(hash, (place, number), |(place, _)| {
            hasher.hash_one(read(bytes, *place))
        });
        (place, number)
    }

    /// The number of a text, if it is known.
    pub fn find(&self, text: &[u8]) -> Option<u32> {
        let found = self.table.find(self.hash(text), |(place, _)| same(self.get(*place), text));
        found.map(|(_, number)| *number)
    }

    /// Whether there is no room left for the texts of another block.
    pub fn is_full(&self) -> bool {
        self.bytes.len() >= (u32::MAX - (1 << 24)) as usize
    }
}

/// Whether two texts are the same.
#[inline]
pub fn same(one: &[u8], other: &[u8]) -> bool {
    // Most have eight to sixteen bytes: the first and the last eight of them tell.
    let ends = |text: &[u8]| {
        Some((u64::from_ne_bytes(*text.first_chunk()?), u64::from_ne_bytes(*text.last_chunk()?)))
    };
    one.len() == other.len()
        && match (ends(one), ends(other)) {
            (Some(ends), Some(others)) if one.len() <= 16 => ends == others,
            _ => one == other,
        }
}

/// In the place of a length: two bytes follow that hold it.
const LONG: u8 = u8::MAX;

#[inline]
fn read(bytes: &[u8], place: TextRef) -> &[u8] {
    let text = bytes.get(place.0 as usize..).unwrap_or_default();
    match text.split_first() {
        Some((&LONG, rest)) => {
            let Some((length, rest)) = rest.split_first_chunk::<2>() else { return &[] };
            rest.get(..u16::from_le_bytes(*length) as usize).unwrap_or_default()
        }
        Some((length, rest)) => rest.get(..*length as usize).unwrap_or_default(),
        None => &[],
    }
}

/// Whether a text may be what a spreadsheet shows in place of a value: it is looked at closely.
#[inline]
pub fn may_be_of_a_formula(text: &[u8]) -> bool {
    matches!(text, [b'#', ..] | [b'E', b'r', b'r', b':', ..])
}

#[cfg(test)]
mod tests {
    use super::same;

    #[test]
    fn texts_are_the_same_if_each_byte_is() {
        for length in 0..40 {
            let text: Vec<u8> = (0..length).collect();
            assert!(same(&text, &text.clone()));
            for place in 0..text.len() {
                let mut other = text.clone();
                other[place] ^= 1;
                assert!(!same(&text, &other), "{text:?} {place}");
                assert!(!same(&text, &text[..place]) && !same(&text[..place], &text));
            }
        }
    }
}
