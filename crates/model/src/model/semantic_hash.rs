//! The hash of what a schedule bills, as invoice lines carry it.

use std::fmt;

/// Two schedules that have the same semantic hash bill the same. 256 bits, shown as 64 hexadecimal
/// digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SemanticHash(blake3::Hash);

impl SemanticHash {
    /// The hash of what is billed, in its one form.
    pub fn of(said: &[u8]) -> SemanticHash {
        SemanticHash(blake3::hash(said))
    }

    /// Reads 64 hexadecimal digits, in small letters.
    pub fn parse(digits: &str) -> Option<SemanticHash> {
        let hash = SemanticHash(blake3::Hash::from_hex(digits).ok()?);
        (hash.to_string() == digits).then_some(hash)
    }

    /// Adds the digits to a text.
    #[inline]
    pub fn write(self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.to_hex().as_bytes());
    }
}

impl fmt::Display for SemanticHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_hex())
    }
}
