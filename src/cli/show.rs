//! `jalon show`.
use super::output::{Exit, Failure};
use crate::lang::Lang;
use clap::Args;
/// What `jalon show` takes.
#[derive(Args)]
pub struct Options {}
/// Shows.
pub fn show(_: &Options, _: Option<Lang>) -> Result<Exit, Failure> {
    Ok(Exit::Fine)
}
