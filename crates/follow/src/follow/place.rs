//! Where something stands in the files of a run.

/// Where something stands: the number of a file, and a line in it, counted from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which of the files.
    pub file: u32,
    /// The line.
    pub line: u32,
}
