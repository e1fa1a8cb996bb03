//! What a follow-up, an invoice and an event are to the naive reading. Sums are in cents.

use chrono::{Datelike, Days, Months, NaiveDate};

pub type Day = NaiveDate;

#[derive(Clone, Debug)]
pub struct FollowUp {
    pub name: String,
    pub payers: Vec<String>,
    pub group: Option<String>,
    /// So many days; whether they count from the end of the month.
    pub term: Option<(u32, bool)>,
    pub steps: Vec<Step>,
}

#[derive(Clone, Debug)]
pub struct Step {
    pub label: String,
    pub triggers: Vec<Trigger>,
    pub at_most: Option<u32>,
    pub condition: Option<Condition>,
    pub hands_over: bool,
}

#[derive(Clone, Debug)]
pub enum Trigger {
    On(&'static str),
    After(Length, Anchor),
    Each(Length, Anchor),
    BeforeDue(Length),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Issued,
    Sent,
    Received,
    Rejected,
    Due,
    Step(usize),
}

#[derive(Clone, Copy, Debug)]
pub enum Length {
    Days(u32),
    Months(u32),
}

#[derive(Clone, Debug)]
pub enum Condition {
    Open(&'static str, i64),
    Total(&'static str, i64),
    Is(&'static str),
    SentBy(&'static str),
    Done(usize),
    Not(Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Or(Box<Condition>, Box<Condition>),
}

#[derive(Clone, Debug)]
pub struct Invoice {
    pub id: String,
    pub case: String,
    pub payer: String,
    pub date: Day,
    pub due: Option<Day>,
    pub total: i64,
    pub group: Option<String>,
    pub credits: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct Event {
    pub invoice: String,
    pub date: Day,
    pub kind: &'static str,
    pub id: Option<String>,
    pub channel: Option<&'static str>,
    pub until: Option<Day>,
    pub amount: i64,
    /// The other invoice of a move or a replacement, or the event that is withdrawn.
    pub other: String,
}

#[derive(Clone, Debug)]
pub struct World {
    pub follow_ups: Vec<FollowUp>,
    pub invoices: Vec<Invoice>,
    pub events: Vec<Event>,
    pub as_of: Day,
}

impl Length {
    pub fn after(self, day: Day) -> Day {
        match self {
            Length::Days(days) => day + Days::new(u64::from(days)),
            Length::Months(months) => day + Months::new(months),
        }
    }

    pub fn before(self, day: Day) -> Day {
        match self {
            Length::Days(days) => day - Days::new(u64::from(days)),
            Length::Months(months) => day - Months::new(months),
        }
    }

    pub fn times(self, times: u32) -> Length {
        match self {
            Length::Days(days) => Length::Days(days * times),
            Length::Months(months) => Length::Months(months * times),
        }
    }
}

impl FollowUp {
    pub fn due_from(&self, day: Day) -> Option<Day> {
        let (days, month_end) = self.term?;
        let next_month = day.with_day(1).unwrap() + Months::new(1);
        let from = if month_end { next_month.pred_opt().unwrap() } else { day };
        Some(from + Days::new(u64::from(days)))
    }

    fn criteria(&self) -> usize {
        usize::from(!self.payers.is_empty()) + usize::from(self.group.is_some())
    }

    fn meets(&self, invoice: &Invoice) -> bool {
        (self.payers.is_empty() || self.payers.contains(&invoice.payer))
            && (self.group.is_none() || self.group == invoice.group)
    }
}

/// Two follow-ups have as many criteria.
#[derive(Clone, Copy, Debug)]
pub struct Undecided;

impl World {
    /// The follow-up of an invoice; an error where two have as many criteria.
    pub fn follow_up(&self, invoice: &Invoice) -> Result<Option<&FollowUp>, Undecided> {
        let met: Vec<&FollowUp> = self.follow_ups.iter().filter(|of| of.meets(invoice)).collect();
        let most = met.iter().map(|of| of.criteria()).max().unwrap_or(0);
        let best: Vec<&FollowUp> = met.into_iter().filter(|of| of.criteria() == most).collect();
        if best.len() > 1 { Err(Undecided) } else { Ok(best.first().copied()) }
    }

    pub fn invoice(&self, id: &str) -> Option<&Invoice> {
        self.invoices.iter().find(|invoice| invoice.id == id)
    }
}
