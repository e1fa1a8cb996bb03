//! The first few of many, and how many there are: what is told of a file with millions of faults needs no
//! more, and its memory does not grow with them.

/// The first few of many.
#[derive(Clone, Debug)]
pub struct Few<T> {
    first: Vec<T>,
    count: u64,
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Few { first: Vec::new(), count: 0 }
    }
}

impl<T> Few<T> {
    /// So many are kept.
    pub const KEPT: usize = 20;

    /// Adds one.
    pub fn push(&mut self, one: T) {
        self.count += 1;
        if self.first.len() < Self::KEPT {
            self.first.push(one);
        }
    }

    /// The first ones.
    pub fn first(&self) -> &[T] {
        &self.first
    }

    /// How many there are in all.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}
