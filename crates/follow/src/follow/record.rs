//! A line of a file as its fields, as texts or as JSON has them. What a field means is decided elsewhere.

use super::fault::Why;
use super::place::Place;
use crate::model::CellFault;
use serde_json::Value;
use std::borrow::Cow;

/// A line: its fields, in order.
#[derive(Clone, Debug)]
pub struct Record {
    /// Where it stands.
    pub place: Place,
    /// Its fields. There are as many as events, so that known names are not written again in each.
    pub fields: Vec<(Cow<'static, str>, Value)>,
    /// Whether it has columns, which somebody may have typed into a spreadsheet: then kinds have French words, too.
    pub is_csv: bool,
    /// Its cells that cannot be read, by their fields; with what stands below no name.
    pub(super) faults: Vec<(String, Wrong)>,
}

/// What is wrong with a cell.
#[derive(Clone, Debug)]
pub enum Wrong {
    /// It cannot be read.
    Cell(CellFault),
    /// It stands in a column without a name.
    Nameless(usize),
}

impl Record {
    /// A field by its name; an empty or a null one is none.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let found = self.fields.iter().find(|(field, _)| field == name).map(|(_, value)| value);
        found.filter(|value| !value.is_null() && value.as_str() != Some(""))
    }

    /// What is wrong with a cell of this field.
    pub fn fault(&self, field: &'static str) -> Option<Why> {
        let of_field = |(name, wrong): &(String, Wrong)| match wrong {
            Wrong::Cell(fault) if name == field => Some(*fault),
            Wrong::Cell(_) | Wrong::Nameless(_) => None,
        };
        let fault = self.faults.iter().find_map(of_field)?;
        let text = self.get(field).and_then(Value::as_str).unwrap_or_default().to_owned();
        Some(Why::Cell { field, text, fault })
    }

    /// The first cell that stands below no name.
    pub fn nameless(&self) -> Option<Why> {
        self.faults.iter().find_map(|(text, wrong)| match wrong {
            Wrong::Nameless(column) => Some(Why::Nameless { column: *column, text: text.clone() }),
            Wrong::Cell(_) => None,
        })
    }

    /// The first field that stands twice.
    pub fn repeated(&self) -> Option<&str> {
        let names = self.fields.iter().enumerate();
        let mut twice = names.filter(|(place, (name, _))| {
            self.fields.iter().take(*place).any(|(earlier, _)| earlier == name)
        });
        twice.next().map(|(_, (name, _))| name.as_ref())
    }
}
