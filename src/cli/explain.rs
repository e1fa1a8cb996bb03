//! `jalon explain`.
use super::output::{Exit, Failure};
use crate::lang::Lang;
use clap::Args;
/// What `jalon explain` takes.
#[derive(Args)]
pub struct Options {}
/// Explains.
pub fn explain(_: &Options, _: Option<Lang>) -> Result<Exit, Failure> {
    Ok(Exit::Fine)
}
