//! One case at a time: a failure of the program on a case withholds that one and loses no other.

use super::output::Failure;
use crate::lang::{Lang, say};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What comes of the work on one case; none where the program fails on it. What the work has changed
/// by then is not to be used.
#[cfg_attr(
    not(debug_assertions),
    expect(unused_variables, reason = "a release is never asked to fail")
)]
pub fn isolated<T>(case: Option<&str>, work: impl FnOnce() -> T) -> Option<T> {
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let done = work();
        #[cfg(debug_assertions)]
        fail_if_asked(case);
        done
    }));
    outcome.ok()
}

/// That the program failed on so many cases; `others` says what was done with the rest. The exit code
/// is that of a failure: a fault of the program is not the host's to mend.
pub fn failed_on(cases: u64, others: &str, lang: Lang) -> Failure {
    Failure::new(say!(
        lang,
        "the program failed on {cases} of the withheld cases: please report this; the other cases are {others}",
        "le programme a échoué sur {cases} des dossiers retenus : merci de le signaler ; les autres dossiers sont {others}"
    ))
}

/// Fails on the case that `JALON_FAIL_ON` names, when the work on it is done: so tests see that no
/// other case is lost. A release has none of this.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "a failure is what a test asks for")]
pub fn fail_if_asked(case: Option<&str>) {
    if case.is_some() && std::env::var("JALON_FAIL_ON").ok().as_deref() == case {
        std::panic::panic_any("asked to fail");
    }
}
