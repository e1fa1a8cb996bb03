//! `jalon::verify` and the list of situations against brute force: generated schedules and those of
//! the guide, and histories over a grid of awkward dates and hours, run through the naive reference
//! and judged by the definitions of `shown.rs`.
//!
//! `JALON_VERIFY_SCHEDULES` sets how many schedules are generated (the default keeps the ordinary
//! run to seconds), `JALON_VERIFY_HISTORIES` how many histories each has, `JALON_VERIFY_SEED` with
//! which seed they begin; `JALON_VERIFY_SHOW_UNKNOWN` prints what is not decided.

mod brute;
mod follow_ups;
mod long;
mod outcomes;
mod pasted;
mod second;
mod second_compared;
mod shown;
mod situations;
mod written;

use crate::from_environment;
use crate::generated::schedules::{Random, schedule};

/// Generated schedules that the checker accepts, each with random numbers of its own.
fn sound_schedules(count: u64) -> impl Iterator<Item = (String, jalon::Plan, Random)> {
    let seed = from_environment("JALON_VERIFY_SEED", 1);
    let numbers = (seed.wrapping_mul(1_000_003) + 1..).map(|number| {
        let mut random = Random::new(number);
        (schedule(&mut random), random)
    });
    let sound = numbers.filter_map(|(source, random)| {
        let compiled = jalon::compile("random.jalon", &source).ok()?;
        Some((source, compiled.schedules.into_iter().next()?, random))
    });
    sound.take(usize::try_from(count).expect("not so many"))
}

/// The schedules of the guide.
fn of_the_guide() -> Vec<jalon::Plan> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schedules/teo");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).expect("the folder").map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut plans = Vec::new();
    for path in paths {
        let source = std::fs::read_to_string(&path).expect("a file");
        let compiled = jalon::compile("guide.jalon", &source).expect("a sound file");
        plans.extend(compiled.schedules);
    }
    plans
}
