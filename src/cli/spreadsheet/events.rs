//! The sheet of a workbook as records of CSV: in, its cells; out, its names, and a text whose line 6 is its row 7, and which is
//! read as every file of records is, with the cells that say nothing of an event beside it.

use super::records::{Cell, Holds, sheet};
use crate::cli::output::Failure;
use crate::feed::SheetFaults;
use crate::lang::Lang;
use crate::model::{Fault, Field, HostNames, french};
use crate::money::Currency;

/// The records of a sheet.
#[derive(Default)]
pub struct Records {
    /// What its first row names.
    pub names: Vec<String>,
    /// What stands below it, each row with its number before its cells.
    pub text: String,
    /// The cells that say nothing of an event.
    pub faults: SheetFaults,
}

/// The records of a workbook: of the sheet of this name, or of the only one that has any cell. A sum that it shows in none of
/// `currencies` is told.
pub fn records(
    bytes: &[u8],
    name: &str,
    named: Option<&str>,
    host: Option<&HostNames>,
    currencies: &[Currency],
    lang: Lang,
) -> Result<Records, Failure> {
    let holds = |name: &str| field(name, host).map_or(Holds::Nothing, holds);
    let sheet = sheet(bytes, name, named, holds, currencies, lang)?;
    let fields: Vec<Option<Field>> =
        sheet.names.iter().map(|name| field(name.trim(), host)).collect();
    let (mut text, mut faults) = (String::new(), SheetFaults::default());
    let mut next = 2;
    for row in sheet.rows {
        (next..row.number).for_each(|_| text.push('\n'));
        next = row.number + 1;
        text.push_str(&row.number.to_string());
        let mut written = 0;
        let mut fill = |text: &mut String, to: usize| {
            (written..to).for_each(|_| text.push(','));
            written = to;
        };
        for (at, cell) in row.cells {
            let (place, column) = (usize::from(at), u32::from(at) + 1);
            let fault = match (cell, fields.get(place).copied().flatten()) {
                (Cell::Text(cell), Some(_)) => {
                    fill(&mut text, place + 1);
                    text.push('"');
                    text.push_str(&cell.replace('"', "\"\""));
                    text.push('"');
                    continue;
                }
                (Cell::Text(_) | Cell::Wrong(..), None) => continue,
                (Cell::Wrong(seen, fault), Some(field)) => Fault::cell(field, seen, fault),
                (Cell::Nameless(text), _) => Fault::Nameless { column: place + 1, text },
            };
            faults.add(row.number, column, fault);
        }
        fill(&mut text, sheet.names.len());
        text.push('\n');
    }
    Ok(Records { names: sheet.names, text, faults })
}

/// The field that a column of this name holds.
fn field(name: &str, host: Option<&HostNames>) -> Option<Field> {
    match host.and_then(|host| host.field(name)) {
        Some(field) => field,
        None => Field::find(name).or_else(|| french::field_named(name)),
    }
}

fn holds(field: Field) -> Holds {
    match field {
        Field::Case | Field::Id | Field::Ref | Field::Name | Field::Schedule => Holds::Name,
        Field::Percent => Holds::Percent,
        Field::Date | Field::PlannedStart | Field::PlannedEnd | Field::Kind | Field::Shares => {
            Holds::Other
        }
        Field::Hours
        | Field::Minutes
        | Field::PlannedHours
        | Field::PlannedMonths
        | Field::Quantity => Holds::Number,
        Field::Price | Field::Rate | Field::Amount => Holds::Sum,
    }
}
