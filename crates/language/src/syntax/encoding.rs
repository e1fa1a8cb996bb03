//! Bytes that cannot be read as a schedule: what they look like, and in which language their
//! author writes.

use super::fold;
use crate::lang::Lang;

/// So much of a file that cannot be read is looked at to tell its language.
const LANG_SAMPLE: usize = 64 * 1024;

/// What bytes that are no UTF-8 look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Two bytes a letter, every other one zero.
    Utf16,
    /// Latin-1, Windows-1252 and the like.
    OneByte,
    /// A workbook, or another archive of its kind.
    Workbook,
    /// No text.
    Binary,
}

impl Encoding {
    /// A guess from the first bytes.
    pub fn of(bytes: &[u8]) -> Encoding {
        let sample = bytes.get(..4_096).unwrap_or(bytes);
        let zeros = sample.iter().filter(|byte| **byte == 0).count();
        match bytes {
            [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Encoding::Utf16,
            [b'P', b'K', 3, 4, ..] => Encoding::Workbook,
            _ if zeros > 3 && zeros * 4 > sample.len() && zeros * 4 < sample.len() * 3 => {
                Encoding::Utf16
            }
            _ if bytes.contains(&0) => Encoding::Binary,
            _ => Encoding::OneByte,
        }
    }
}

/// The language of a text that cannot be read as a whole, from the words that can.
pub fn likely_lang(bytes: &[u8]) -> Lang {
    sample(bytes).lang()
}

/// Whether a file has a word of either vocabulary, in its lines or its comments: where it has none,
/// who asks for its findings knows better in which language they are read.
pub fn tells_language(bytes: &[u8]) -> bool {
    let read = sample(bytes);
    read.tells_lang() || read.comments_tell_lang()
}

fn sample(bytes: &[u8]) -> fold::Folded {
    let sample: Vec<u8> =
        bytes.iter().copied().filter(|byte| *byte != 0).take(LANG_SAMPLE).collect();
    // In pieces, so that no line is too long to be read.
    let lines: Vec<String> =
        sample.chunks(5_000).map(|piece| String::from_utf8_lossy(piece).into_owned()).collect();
    fold::fold(&lines.join("\n"))
}
