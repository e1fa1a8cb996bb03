//! Rows of columns, decoded, and what their columns hold: what is to be read into a block.

use crate::model::{Field, HostNames};
use arrow_array::RecordBatch;
use std::sync::Arc;

/// Rows, decoded.
#[derive(Clone, Debug)]
pub struct Rows {
    pub(super) batch: RecordBatch,
    /// For each column, what it holds.
    pub(super) columns: Arc<[Held]>,
    /// The names of the host's kinds.
    pub(super) host: Option<Arc<HostNames>>,
}

/// What a column of a file holds.
#[derive(Clone, Copy, Debug)]
pub struct Held {
    pub field: Field,
    /// Its place among all columns of the file.
    pub place: usize,
    /// Whether its moments are those of a clock with a zone.
    pub zoned: bool,
}
