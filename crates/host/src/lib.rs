//! Jalon for programs in other languages: schedules and events as text in, lines, invoices, withheld cases and
//! findings as text out. The crates of the hosts (Python, C, WebAssembly) carry these texts over their
//! borders, and do nothing else.
//!
//! ```
//! use jalon_host::{Options, Schedules, evaluate};
//! let source = "schedule \"S\"\n price fixed 9 EUR\n balance \"B\": 100 % on end";
//! let schedules = Schedules::compile(&[("s.jalon", source.as_bytes())], None).expect("sound");
//! let events = b"{\"case\":\"A\",\"date\":\"2025-01-31\",\"kind\":\"end\"}\n";
//! let options = Options::new("2025-12-31").expect("a date");
//! let answer = evaluate(&schedules, events, &options);
//! assert!(answer.lines.starts_with("{\"case\":\"A\""));
//! assert_eq!(answer.withheld, "");
//! ```

#![forbid(unsafe_code)]

#[cfg(feature = "arrow")]
mod arrow;
mod billing;
mod cases;
mod event_file;
mod explain;
mod invoices;
mod leaks;
mod schedules;
mod session;

#[cfg(feature = "arrow")]
pub use arrow::{ArrowAnswer, Progress, evaluate_arrow, schema_of_withheld};
pub use billing::Answer;
pub use event_file::EventFile;
pub use invoices::Invoices;
pub use schedules::{Refused, Schedules, language};
pub use session::{Options, Session, day, evaluate};

pub use jalon::Stop;

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why a call cannot be answered at all. What is wrong with a case is no failure: the case is withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What is wrong, and what would be right: one sentence or two.
    pub message: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<&str> for Failure {
    fn from(message: &str) -> Failure {
        Failure { message: message.to_owned() }
    }
}

/// Of what was asked to stop there is no answer.
pub(crate) fn unless_stopped(stop: &Stop) -> Result<(), Failure> {
    if stop.is_asked() { Err(Failure::from("the call was stopped")) } else { Ok(()) }
}

/// Does some work and catches a failure of the program on it, which must not reach the host.
///
/// # Errors
///
/// If the work panics. What it has changed by then is not to be used.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Failure> {
    catch_unwind(AssertUnwindSafe(work))
        .map_err(|_| Failure::from("the program failed on this call; please report this"))
}

/// The version of Jalon.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn a_failure_of_the_program_is_an_error_of_the_call() {
        let outcome = guarded(|| if true { panic!("asked to fail") } else { 1 });
        assert!(outcome.is_err_and(|failure| failure.message.contains("please report")));
        assert_eq!(guarded(|| 1), Ok(1));
    }
}
