//! What a sheet of a workbook says beside the texts of its cells: in, cells that say nothing of an event; out, the first
//! of a row.

use crate::model::Fault;
use std::collections::BTreeMap;

/// For each row of a sheet, from 1, the first of its cells that says nothing of an event, and its column, from 1.
#[derive(Clone, Debug, Default)]
pub struct SheetFaults(BTreeMap<u32, (u32, Fault)>);

impl SheetFaults {
    /// Notes a cell; the cells of a row come in order.
    pub fn add(&mut self, row: u32, column: u32, fault: Fault) {
        self.0.entry(row).or_insert((column, fault));
    }

    /// The first of a row, and its column.
    pub(super) fn first_of(&self, row: u32) -> Option<(u32, &Fault)> {
        self.0.get(&row).map(|(column, fault)| (*column, fault))
    }
}
