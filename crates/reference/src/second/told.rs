//! What a walk came to after each of its moments, for those who judge a whole history.

use std::cmp::Ordering;

use chrono::NaiveDate;

use crate::exact::Exact;

/// A moment, and the case after it.
#[derive(Clone, Debug)]
pub struct Told {
    pub date: NaiveDate,
    /// Whether an event came, or the day ended.
    pub of_event: bool,
    /// The places of the lines that fired, and whether each billed anything.
    pub fired: Vec<(usize, bool)>,
    /// The lines whose conditions were asked.
    pub asked: Vec<Asked>,
    /// How many balances held when the first had closed the case.
    pub too_late: usize,
    pub closed: bool,
    pub started: bool,
    /// How it is over: by its end, or by its abandonment.
    pub over: Option<bool>,
    /// Everything billed of the price.
    pub of_price: Exact,
    /// The labels of the deposits that are not settled.
    pub deposits: Vec<String>,
    /// Whether work is not billed that comes to anything.
    pub unbilled: bool,
}

/// A line whose trigger came, by their places.
#[derive(Clone, Debug)]
pub struct Asked {
    pub line: usize,
    pub trigger: usize,
    /// Of each condition, on which side of its bound it was; none where it measured nothing.
    pub sides: Vec<Option<Ordering>>,
    /// How often the line had fired before, of how often it may.
    pub times: (u32, Option<u32>),
}
