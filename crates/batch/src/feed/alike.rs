//! Cases whose names look alike: in, the names of all cases of a run; out, the first two, and how many more there are.
//!
//! `D-7` and `d-7`, `008` and `8` may be two cases. More often one of them was typed, or went through a spreadsheet, and each is
//! billed for half of what happened.

use super::Histories;

/// Two cases that are told apart by capitals or by zeros before a number alone, or by what nobody sees.
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
        // Where all names are of one length, none differ by zeros before a number.
        let length = names().next().map(str::len);
        let lengths = names().any(|name| Some(name.len()) != length);
        let mut found: Option<NamesAlike> = None;
        for name in names() {
            let plain =
                name.is_ascii() && !(both && name.bytes().any(|of| of.is_ascii_lowercase()));
            if plain && !(lengths && is_padded(name)) {
                continue;
            }
            let seen = as_seen(name);
            let bare = without_zeros(&seen);
            let mut others = [seen, bare].into_iter();
            let is_other = |other: &String| other != name && self.find(other).is_some();
            let Some(other) = others.find(is_other) else { continue };
            let first = || NamesAlike { one: other, other: name.to_owned(), pairs: 0 };
            found.get_or_insert_with(first).pairs += 1;
        }
        found
    }
}

/// Whether zeros stand before a number in a name.
fn is_padded(name: &str) -> bool {
    let mut before = None;
    name.bytes().zip(name.bytes().skip(1)).any(|(sign, next)| {
        let begins = !before.replace(sign).is_some_and(is_within);
        begins && sign == b'0' && next.is_ascii_digit()
    })
}

/// Whether a digit behind this sign is none with which a number begins: what stands behind a point may be decimals.
fn is_within(sign: u8) -> bool {
    sign.is_ascii_digit() || matches!(sign, b'.' | b',')
}

/// A name in capitals, without signs of no width, and with one kind of blank.
fn as_seen(name: &str) -> String {
    let seen = name.chars().filter(|sign| {
        !matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    });
    let blank = |sign: char| if sign.is_whitespace() { ' ' } else { sign };
    seen.map(blank).flat_map(char::to_uppercase).collect()
}

/// A name without zeros before its numbers.
fn without_zeros(name: &str) -> String {
    let mut signs = name.chars().peekable();
    let (mut bare, mut within) = (String::with_capacity(name.len()), false);
    while let Some(sign) = signs.next() {
        let next = signs.peek().is_some_and(char::is_ascii_digit);
        if within || sign != '0' || !next {
            bare.push(sign);
            within = u8::try_from(sign).is_ok_and(is_within);
        }
    }
    bare
}

#[cfg(test)]
mod tests {
    use super::{as_seen, is_padded, without_zeros};

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

    #[test]
    fn zeros_before_a_number_do_not_count() {
        for (name, bare) in [
            ("008", "8"),
            ("F-002/010", "F-2/10"),
            ("000", "0"),
            ("100", "100"),
            ("1.05", "1.05"),
            ("A0", "A0"),
        ] {
            assert_eq!(without_zeros(name), bare, "{name}");
            assert_eq!(is_padded(name), name != bare, "{name}");
        }
    }
}
