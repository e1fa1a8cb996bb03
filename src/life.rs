//! The life of a case: which event may follow which, and what it does to the case.
//!
//! In: what a case has come to, and what happens. Out: what the event makes of the case, or why it
//! makes nothing of it. The evaluator bills by it and the search follows it, so that both mean the
//! same by a case. It knows neither dates nor lines.

/// How a case is over: its terminal event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Terminal {
    /// By its end.
    End,
    /// By its abandonment.
    Abandonment,
}

/// What happens, as far as the life of a case goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The case is opened.
    Opened,
    /// The quote is signed.
    Signature,
    /// The case starts.
    Start,
    /// An action, which may be one that ends the case.
    Action {
        /// Whether it does.
        ends: bool,
    },
    /// A deliverable or a named event.
    Other,
    /// The case is finished.
    End,
    /// The case is abandoned.
    Abandonment,
}

impl What {
    /// Its place among the events of one day: the day is taken in this order.
    pub fn place_in_day(self) -> u8 {
        match self {
            What::Opened => 0,
            What::Signature => 1,
            What::Start => 2,
            What::Action { .. } | What::Other => 3,
            What::End => 4,
            What::Abandonment => 5,
        }
    }
}

/// What a case has come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Life {
    /// Whether it is signed.
    pub signed: bool,
    /// Whether it has started.
    pub started: bool,
    /// Its terminal event, once that has come.
    pub over: Option<Terminal>,
}

/// What an event makes of a case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Becomes {
    /// It is signed by it.
    pub signed: bool,
    /// It starts by it.
    pub started: bool,
    /// It is over by it.
    pub over: Option<Terminal>,
}

/// Why an event makes nothing of a case, and triggers nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// It is signed already.
    SignedBefore,
    /// It has started already.
    StartedBefore,
    /// It is over already.
    OverBefore,
    /// It is over, and is not signed any more.
    SignedAfterTheEnd,
    /// It is over, and does not start any more.
    StartedAfterTheEnd,
}

impl Life {
    /// What an event makes of the case. After its terminal event it neither starts nor is signed;
    /// what has a name happens all the same.
    #[inline]
    pub fn take(self, what: What) -> Result<Becomes, Idle> {
        let nothing = Becomes::default();
        let over = |how: Terminal| match self.over {
            Some(_) => Err(Idle::OverBefore),
            None => Ok(Becomes { over: Some(how), ..nothing }),
        };
        match what {
            What::Opened | What::Other => Ok(nothing),
            What::Signature if self.signed => Err(Idle::SignedBefore),
            What::Signature if self.over.is_some() => Err(Idle::SignedAfterTheEnd),
            What::Signature => Ok(Becomes { signed: true, ..nothing }),
            What::Start if self.started => Err(Idle::StartedBefore),
            What::Start if self.over.is_some() => Err(Idle::StartedAfterTheEnd),
            What::Start => Ok(Becomes { started: true, ..nothing }),
            What::Action { ends } => Ok(Becomes {
                started: !self.started && self.over.is_none(),
                over: (ends && self.over.is_none()).then_some(Terminal::End),
                ..nothing
            }),
            What::End => over(Terminal::End),
            What::Abandonment => over(Terminal::Abandonment),
        }
    }
}
