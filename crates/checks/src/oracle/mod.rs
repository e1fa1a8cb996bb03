//! A second reading of event lines, plain and slow: `serde_json` for the syntax, the schema field by
//! field. It exists to be held against the scanner.

mod columns;
mod event;
mod records;
mod values;

use event::{Fields, event};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use std::fmt;
use values::text_of;

pub use columns::field_of;
pub use event::Read;
pub use records::{cells, records};

/// Reads a line of NDJSON.
pub fn ndjson(line: &[u8]) -> Read {
    if line.iter().all(u8::is_ascii_whitespace) {
        return Read::Blank;
    }
    let Some(text) = text_of(line) else { return Read::Unreadable };
    match serde_json::from_str::<Object>(text) {
        Ok(Object(fields)) => event(&fields),
        Err(_) => Read::Unreadable,
    }
}

/// An object's fields; anything else is an error.
struct Object(Fields);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut fields = Fields::new();
                while let Some(pair) = map.next_entry()? {
                    fields.push(pair);
                }
                Ok(Object(fields))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}
