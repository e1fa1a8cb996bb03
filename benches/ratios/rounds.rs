//! Rounds that take turns, so that what disturbs the machine disturbs all alike.

use cpu_time::ThreadTime;
pub use std::hint::black_box;

/// The times of each contender.
#[derive(Default)]
pub struct Rounds(Vec<Vec<f64>>);

impl Rounds {
    /// Runs each of them so many times, in turns, after one turn that does not count.
    pub fn run(&mut self, rounds: usize, contenders: &mut [&mut dyn FnMut()]) {
        self.0 = vec![Vec::new(); contenders.len()];
        for round in 0..=rounds {
            for (contender, times) in contenders.iter_mut().zip(&mut self.0) {
                let before = ThreadTime::now();
                contender();
                if round > 0 {
                    times.push(before.elapsed().as_secs_f64());
                }
            }
        }
    }

    /// The times of programs of their own, each of which measures itself.
    pub fn of_programs<const N: usize>(rounds: usize, run: impl Fn() -> [f64; N]) -> Rounds {
        let mut times = vec![Vec::new(); N];
        for _ in 0..rounds {
            times.iter_mut().zip(run()).for_each(|(times, time)| times.push(time));
        }
        Rounds(times)
    }

    /// The median of each.
    pub fn medians(&mut self) -> Vec<f64> {
        self.0.iter_mut().map(|times| median(times)).collect()
    }

    /// Prints one row: the first against the second, each divided by `per`.
    pub fn print(&mut self, what: &str, per: f64, unit: &str, scale: f64, wanted: &str) {
        let medians = self.medians();
        let (own, other) = (medians[0], medians[1]);
        let shown = |seconds: f64| format!("{:.1} {unit}", seconds / per * scale);
        row(what, &shown(own), &shown(other), &format!("{:.2}", own / other), wanted);
    }
}

/// Prints what stands above all rows.
pub fn header() {
    println!("| measure | this | other | ratio | reach · excellent |");
    println!("| --- | ---: | ---: | ---: | ---: |");
}

/// Prints one row.
pub fn row(what: &str, own: &str, other: &str, ratio: &str, wanted: &str) {
    println!("| {what} | {own} | {other} | {ratio} | {wanted} |");
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
