//! How far a long run has come, on a terminal: drawn on standard error, and only there; nothing of
//! it remains. Where standard error is no terminal, not one byte is written.

use super::output::{Failure, message};
use crate::lang::{Lang, say};
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A run that is over sooner shows nothing.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far a run has come.
pub struct Progress {
    wanted: bool,
    /// Whether results go to the same terminal: then nothing is drawn between them.
    beside_results: bool,
    lang: Lang,
    began: Instant,
    phase_began: Instant,
    bar: Option<ProgressBar>,
    /// The bytes of all files, where they can be known.
    total_bytes: Option<u64>,
    /// The bytes that have been read.
    read: Arc<AtomicU64>,
}

impl Progress {
    /// Of a run that reads these files; `wanted` is whether it may be shown at all.
    pub fn new(paths: &[PathBuf], wanted: bool, lang: Lang) -> Progress {
        let size = |path: &PathBuf| {
            let about = path.metadata().ok().filter(std::fs::Metadata::is_file)?;
            Some(about.len())
        };
        let sizes: Option<Vec<u64>> = paths.iter().map(size).collect();
        let now = Instant::now();
        Progress {
            wanted: wanted && std::io::stderr().is_terminal(),
            beside_results: std::io::stdout().is_terminal(),
            lang,
            began: now,
            phase_began: now,
            bar: None,
            total_bytes: sizes.map(|sizes| sizes.iter().sum()),
            read: Arc::default(),
        }
    }

    /// The counter of bytes is this one.
    pub fn count(&mut self, read: &Arc<AtomicU64>) {
        self.read = Arc::clone(read);
    }

    /// So many events have been read, and so many bytes of them put away on disk.
    pub fn reading(&mut self, events: u64, put_away: u64) {
        if !self.is_due() {
            return;
        }
        let bytes = self.read.load(Ordering::Relaxed);
        let rate = HumanBytes(self.rate(bytes));
        let (shown, events) = (HumanBytes(bytes), HumanCount(events));
        let mut text = say!(
            self.lang,
            "reading: {shown}, {events} events, {rate}/s",
            "lecture : {shown}, {events} événements, {rate}/s"
        );
        if put_away > 0 {
            let put_away = HumanBytes(put_away);
            text += &say!(self.lang, ", {put_away} on disk", ", {put_away} sur disque");
        }
        let share = self.total_bytes.map(|total| (bytes, total));
        self.show(share, text);
    }

    /// So many cases of all, where their number is known, have been looked at; so many of them are
    /// withheld.
    pub fn cases(&mut self, cases: u64, all: Option<u64>, withheld: u64) {
        if self.beside_results || !self.is_due() {
            return;
        }
        let rate = HumanCount(self.rate(cases));
        let (shown, withheld) = (HumanCount(cases), HumanCount(withheld));
        let bytes = self.read.load(Ordering::Relaxed);
        let text = match all {
            Some(all) => {
                let all = HumanCount(all);
                say!(
                    self.lang,
                    "{shown} of {all} cases, {rate}/s, {withheld} withheld",
                    "{shown} dossiers sur {all}, {rate}/s, {withheld} retenus"
                )
            }
            None => {
                let bytes = HumanBytes(bytes);
                say!(
                    self.lang,
                    "{bytes}, {shown} cases, {rate}/s, {withheld} withheld",
                    "{bytes}, {shown} dossiers, {rate}/s, {withheld} retenus"
                )
            }
        };
        let share = match all {
            Some(all) => Some((cases, all)),
            None => self.total_bytes.map(|total| (bytes, total)),
        };
        self.show(share, text);
    }

    /// Says something on standard error without running into what is drawn there.
    pub fn aside(&self, text: &str) -> Result<(), Failure> {
        match &self.bar {
            Some(bar) => bar.suspend(|| message(text)),
            None => message(text),
        }
    }

    /// A phase is over: nothing of it remains on the terminal.
    pub fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
        self.phase_began = Instant::now();
    }

    fn is_due(&self) -> bool {
        self.wanted && self.began.elapsed() >= PATIENCE
    }

    /// So many a second, since the phase began.
    fn rate(&self, count: u64) -> u64 {
        let elapsed = self.phase_began.elapsed().as_millis().max(1);
        u64::try_from(u128::from(count) * 1_000 / elapsed).unwrap_or(u64::MAX)
    }

    fn show(&mut self, share: Option<(u64, u64)>, text: String) {
        let bar = self.bar.get_or_insert_with(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let template =
                if share.is_some() { "{bar:20} {percent:>3} % {wide_msg}" } else { "{wide_msg}" };
            match ProgressStyle::with_template(template) {
                Ok(style) => bar.with_style(style),
                Err(_) => bar,
            }
        });
        if let Some((done, all)) = share {
            bar.set_length(all);
            bar.set_position(done.min(all));
        }
        bar.set_message(text);
        bar.tick();
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
