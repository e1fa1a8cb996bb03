//! What is asked of a proof of a follow-up.

use crate::model::FollowProperty;
use crate::stop::Stop;

/// What to verify of a follow-up, and how far to go.
#[derive(Clone, Debug)]
pub struct FollowOptions {
    /// The properties; all, if none is named.
    pub only: Vec<FollowProperty>,
    /// So many ways to end are looked at, and a tenth as many lives are tried; past them the verdict is unknown.
    pub budget: usize,
    /// Once it is asked, searches end early, and what is told of them is not to be used.
    pub stop: Stop,
}

impl Default for FollowOptions {
    fn default() -> Self {
        let super::super::Options { budget, stop, .. } = super::super::Options::default();
        FollowOptions { only: Vec::new(), budget, stop }
    }
}

impl FollowOptions {
    /// Whether a property is among them.
    pub(super) fn wants(&self, property: FollowProperty) -> bool {
        self.only.is_empty() || self.only.contains(&property)
    }
}
