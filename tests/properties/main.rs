//! What holds of every schedule and every history, on pairs that are generated and, where one fails, made
//! smaller until nothing can be left out: the compiled evaluator comes to what the naive reference comes
//! to; no money is lost or made; what is billed does not depend on order, copies, other cases, layout of
//! files or threads; an earlier date gives a prefix; corrections come to what billing from scratch comes
//! to; every event is accounted for.
//!
//! `JALON_SAMPLES=50 cargo test --test properties` takes fifty times as many of everything that is
//! generated; `PROPTEST_CASES` asks for a number of pairs, `PROPTEST_RNG_SEED` for other ones.

#![forbid(unsafe_code)]
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unreachable,
    clippy::wildcard_enum_match_arm,
    clippy::disallowed_methods,
    reason = "a test may stop, and reads and writes its own files"
)]

mod agreement;
mod aimed;
mod books;
mod cases;
mod combination;
mod compare;
mod corrections;
mod coverage;
mod disorder;
mod event_lines;
mod files;
mod follow_ups;
mod forecasts;
mod general;
mod generated;
mod histories;
mod invoices;
mod money;
mod payers;
mod second;
mod strategies;
mod texts;
mod told;
mod verify;

/// So many pairs the evaluator and the reference are compared on, unless stated: enough for the
/// generator to come to its whole catalogue.
const PAIRS: u32 = 1_300;

/// What each of these comes to, in no order: as many at a time as the machine has cores, for what takes longer than
/// all other tests together.
fn spread<I: Send, T: Send>(
    items: impl Iterator<Item = I> + Send,
    each: impl Fn(I) -> T + Sync,
) -> Vec<T> {
    let items = std::sync::Mutex::new(items);
    let next = || items.lock().unwrap().next();
    let work = || std::iter::from_fn(next).map(&each).collect::<Vec<T>>();
    let workers = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("told above")).collect()
    })
}

/// How many are generated where an ordinary run takes so many: `JALON_SAMPLES` times as many.
fn sample(ordinary: u64) -> u64 {
    let times = std::env::var("JALON_SAMPLES").ok().map(|text| text.parse().expect("a number"));
    ordinary.saturating_mul(times.unwrap_or(1))
}

/// A number from the environment.
fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}
