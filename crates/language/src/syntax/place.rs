//! Where in a file an item stands: which words may begin it there is told by that.

/// Where in a file the next item stands, as far as its words go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before any schedule.
    Nowhere,
    /// In a schedule.
    Schedule,
    /// In a follow-up.
    FollowUp,
    /// In a scenario.
    Scenario,
    /// In a scenario of a follow-up.
    FollowScenario,
}
