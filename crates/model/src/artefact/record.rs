//! The shape of an artefact: a closed schema, as serde reads and writes it.
//!
//! Quantities are texts with exact decimals and their unit, dates are `YYYY-MM-DD`. Nothing here
//! knows what is sound; [`read`](super::read) does. The records of prices, amounts and conditions stand beside
//! how each is written and read.

pub use super::amount::Amount;
pub use super::condition::Step;
pub use super::follow::Followed;
pub use super::price::{Price, Rate};
use crate::model::program::Program;
use serde::{Deserialize, Serialize};

/// What tells an artefact from other JSON, and which version of it: read before anything else, so
/// that a later version is named and not taken for a fault.
#[derive(Deserialize)]
pub struct Head {
    pub format: Option<String>,
    pub format_version: Option<u64>,
    pub language_version: Option<u64>,
}

/// A whole artefact.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    pub format: String,
    pub format_version: u64,
    pub language_version: u64,
    pub lang: Lang,
    pub source_hash: String,
    pub schedules: Vec<Schedule>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub follow_ups: Vec<Followed>,
    pub checksum: String,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    En,
    Fr,
}

/// A schedule: what it bills, the hash of that, and its lines as they were written.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    pub semantic_hash: String,
    /// Of a schedule of the first part of the language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billing: Option<Billing>,
    /// Of any other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub program: Option<Programmed>,
    pub written: Vec<String>,
}

/// Everything that the semantic hash of a schedule of the second part covers.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Programmed {
    pub name: String,
    pub billed: Billed,
    pub labels: Vec<String>,
    pub actions: Vec<Declared>,
    pub rules: Program,
}

/// An action that is declared.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    pub name: String,
    pub ends_case: bool,
}

/// Everything that the semantic hash covers, and nothing else.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Billing {
    pub name: String,
    pub billed: Billed,
    pub currency: String,
    pub price: Price,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned_hours: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned_months: Option<u32>,
    pub attendance_in_whole_percent: bool,
    pub actions: Vec<Action>,
    pub lines: Vec<Line>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Billed {
    Case,
    Group,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    pub name: String,
    pub rate: Rate,
    pub ends_case: bool,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub kind: LineKind,
    pub label: String,
    pub amount: Amount,
    pub triggers: Vec<Trigger>,
    /// In reading order, each `any` and `all` with how many follow as its parts; empty if the line
    /// has no condition. A nested form was rejected: readers of JSON limit its depth.
    pub condition: Vec<Step>,
    pub stays_open: bool,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    Deposit,
    Installment,
    Balance,
}

#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    Signature,
    Start,
    End,
    Abandonment,
    Action(String),
    Event(String),
    Deliverable(String),
    MonthEnd,
    AfterStart(String),
    AfterSignature(String),
    Date(String),
}

/// The JSON of a record, without spaces. Records are texts, numbers and lists, which always have
/// one; were there a fault, its words would stand for it.
pub fn json(record: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(record).unwrap_or_else(|fault| fault.to_string().into_bytes())
}
