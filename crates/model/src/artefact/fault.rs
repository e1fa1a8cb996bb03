//! What is not sound in an artefact, and where.

use super::errors::Unsound;
use super::place::{Part, Path};

/// What is not sound, and where: the path from its end.
#[derive(Debug)]
pub struct Fault {
    why: Unsound,
    back: Vec<Part>,
}

impl Fault {
    /// Why, and where.
    pub fn told(mut self) -> (Path, Unsound) {
        self.back.reverse();
        (Path(self.back), self.why)
    }
}

/// Adds to the path of a fault.
pub trait Within<T> {
    /// In this field.
    fn of(self, key: &'static str) -> Result<T, Fault>;
    /// At this place of a list.
    fn at(self, number: usize) -> Result<T, Fault>;
}

impl<T> Within<T> for Result<T, Fault> {
    fn of(mut self, key: &'static str) -> Result<T, Fault> {
        if let Err(fault) = &mut self {
            fault.back.push(Part::Key(key));
        }
        self
    }

    fn at(mut self, number: usize) -> Result<T, Fault> {
        if let Err(fault) = &mut self {
            fault.back.push(Part::Number(number));
        }
        self
    }
}

/// Fails unless something holds.
pub fn sound(holds: bool, why: Unsound) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(Fault { why, back: Vec::new() }) }
}

/// The value, if there is one.
pub fn some<T>(value: Option<T>, why: Unsound) -> Result<T, Fault> {
    value.ok_or(Fault { why, back: Vec::new() })
}

/// All of a list, each with its place in faults.
pub fn each<R, T>(
    records: &[R],
    mut read: impl FnMut(&R) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    records.iter().enumerate().map(|(place, record)| read(record).at(place)).collect()
}
