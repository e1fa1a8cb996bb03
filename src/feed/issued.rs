//! Lines that have been issued: files as `jalon run` writes them, one JSON object a line.

use crate::model::InvoiceLine;
use std::collections::BTreeMap;

/// Issued lines by their cases.
pub type Issued = BTreeMap<String, Vec<InvoiceLine>>;

/// Reads more issued lines; fails with the number of the first line that is none, and why.
pub fn read_issued(bytes: &[u8], issued: &mut Issued) -> Result<(), (usize, String)> {
    for (number, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let line: InvoiceLine =
            serde_json::from_slice(line).map_err(|error| (number, error.to_string()))?;
        issued.entry(line.case.clone()).or_default().push(line);
    }
    Ok(())
}
