//! Cases whose names look alike: in, the names of all cases of a run; out, the first two, and how many more there are.
//!
//! `D-7` and `d-7` may be two cases. More often one of them was typed, and each is billed for half of what happened.

use super::Histories;

/// Two cases that are told apart by capitals alone, or by what nobody sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamesAlike {
    /// One of them.
    pub one: String,
    /// The one that looks like it.
    pub other: String,
    /// How many pairs there are.
    pub pairs: u64,
}

impl Histories {
    /// Cases whose names look alike, if there are any.
    pub fn alike(&self) -> Option<NamesAlike> {
        let names = || (0..self.case_count()).filter_map(|case| self.name_of(case));
        // Where all names are in one kind of letters, as numbers and codes are, no two differ by it.
        let has = |is: fn(&u8) -> bool| names().any(|name| name.bytes().any(|byte| is(&byte)));
        let both = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
        let mut found: Option<NamesAlike> = None;
        for name in names() {
            let plain =
                name.is_ascii() && !(both && name.bytes().any(|of| of.is_ascii_lowercase()));
            if plain {
                continue;
            }
            let other = as_seen(name);
            if other == name || self.find(&other).is_none() {
                continue;
            }
            let first = || NamesAlike { one: other.clone(), other: name.to_owned(), pairs: 0 };
            found.get_or_insert_with(first).pairs += 1;
        }
        found
    }
}

/// A name in capitals, without signs of no width, and with one kind of blank.
fn as_seen(name: &str) -> String {
    let seen = name.chars().filter(|sign| {
        !matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    });
    let blank = |sign: char| if sign.is_whitespace() { ' ' } else { sign };
    seen.map(blank).flat_map(char::to_uppercase).collect()
}

#[cfg(test)]
mod tests {
    use super::as_seen;

    #[test]
    fn what_is_not_seen_and_capitals_do_not_count() {
        for (name, seen) in [
            ("d-7", "D-7"),
            ("D-7", "D-7"),
            ("D\u{200b}-7\u{feff}", "D-7"),
            ("Lefèvre\u{a0}2", "LEFÈVRE 2"),
        ] {
            assert_eq!(as_seen(name), seen, "{name}");
        }
    }
}
