//! `jalon compare`: two versions of schedules, over every history and on a portfolio.
//!
//! With `--format json`, one document:
//!
//! ```text
//! { "verdict":     over every history: "equivalent", "different", "unknown" or "incomparable"
//!   "exit_code":   0, 1 or 2
//!   "decided_by":  why that is not 0: "schedules", "portfolio", "failure" of the program itself
//!   "money", "started",                       as the call asks
//!   "schedules":   [ SCHEDULE, … ]
//!   "follow_ups_not_compared": names of follow-ups that ask something else, or stand in one version alone;
//!                  nothing compares what they do, and they decide nothing
//!   "portfolio":   null without --events, or PORTFOLIO }
//!
//! SCHEDULE         { "old", "new": names, or null where there is none, "verdict", "same_text",
//!                    "situations", "limit": why not all is known, or null,
//!                    "lives": null, or { "tried": how many single cases, "example": as of a window } where the search does not tell,
//!                    "not_compared": what both say otherwise and nothing compares, "assumed": of "old", "new",
//!                    "agreed": the price or rate of all examples, or null,
//!                    "apart": [ { "kind", "message" } ], "windows": [ WINDOW, … ] }
//! WINDOW           { "trigger": { "kind", "name" }, "window", "change", "proved",
//!                    "example": null or { "events", "as_of", "shortest", "terms",
//!                                         "old", "new": { "amount", "total", "invoice_lines" } } }
//! PORTFOLIO        { "verdict":     over these cases: "equivalent", "different", or "unknown" where
//!                                   none differs and some could not be billed
//!                    "cases", "changed_cases", "withheld_by_both", "failed_cases",
//!                    "unreadable_lines":            how many of each
//!                    "changed":     [ { "case", "differs", "old": OUTCOME, "new": OUTCOME } ]
//!                    "withheld":    [ { "case", "old": OUTCOME, "new": OUTCOME } ], by both
//!                    "totals":      [ { "currency", "old", "new", "difference" } ] }
//! OUTCOME          { "total", "currency" } or { "withheld": the reason, "place" }
//! ```

mod json;
mod portfolio;
mod text;

use super::event_files::EventFiles;
use super::input::Schedules;
use super::isolation::failed_on;
use super::output::{Exit, Failure, results, view};
use crate::cli::arguments;
use crate::compare::{self, Compared, Portfolio};
use crate::lang::Lang;
use crate::model::FollowUp;
use crate::plan::Plan;
use crate::verify::versions::{self, Verdict};
use clap::{Args, ValueEnum};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What `jalon compare` takes.
#[derive(Args)]
#[command(mut_arg("events", |events| {
    events.help(
        "Bill the cases of these event files, too, on both versions: one JSON object a line, or `-` \
         for standard input",
    )
}))]
pub struct Options {
    /// The old version: a schedule file, or a folder
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The new version
    #[arg(value_name = "NEW")]
    new: PathBuf,

    /// How the comparison is written: to be read, or as one JSON document
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    /// Compare only what is billed in all on each day, not the lines
    #[arg(long)]
    money: bool,

    /// Leave out cases that end, or are abandoned, before they have started
    #[arg(long)]
    started: bool,

    /// How many situations one search looks at; where they do not suffice, the verdict is unknown
    #[arg(long, value_name = "N", value_parser = arguments::count_argument,
          default_value_t = versions::Options::default().budget)]
    budget: usize,

    #[command(flatten, next_help_heading = "Real cases")]
    events: EventFiles,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// Compares two versions.
pub fn compare(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let old = Schedules::open(std::slice::from_ref(&options.old), lang)?;
    let new = Schedules::open(std::slice::from_ref(&options.new), lang)?;
    let lang = new.lang;
    let [old_plans, new_plans] =
        [&old, &new].map(|version| version.book.plans().iter().collect::<Vec<&Plan>>());
    let matches = compare::matches(&old_plans, &new_plans);
    let asked = versions::Options {
        money: options.money,
        started: options.started,
        budget: options.budget,
    };
    let events = options.events.are_given().then(|| options.events.open(lang)).transpose()?;
    let portfolio = events
        .as_ref()
        .map(|events| portfolio::portfolio(events, [&old.book, &new.book], options.money))
        .transpose()?;
    let names = events.as_ref().map_or(&[][..], |events| events.names.as_slice());
    let schedules = compare::compare_all(&matches, &asked);
    let follow_ups = other_follow_ups(&old, &new);
    let found = Found { schedules, follow_ups, portfolio, names, asked, lang };
    match options.format {
        Format::Human => view(&found.text())?,
        Format::Json => results(|out| writeln!(out, "{:#}", found.json()))?,
    }
    match found.failed() {
        0 => Ok(Exit::findings(!found.decided_by().is_empty())),
        cases => Err(failed_on(cases, lang.pick("compared", "comparés"), lang)),
    }
}

/// The names of follow-ups that do not ask the same in both versions.
fn other_follow_ups(old: &Schedules, new: &Schedules) -> BTreeSet<String> {
    let of = |version: &Schedules| -> BTreeMap<String, FollowUp> {
        let all = version.files.iter().flat_map(|file| &file.compiled.follow_ups);
        all.map(|follow_up| (follow_up.name.clone(), follow_up.clone())).collect()
    };
    let (old, new) = (of(old), of(new));
    let same = |name: &&String| {
        old.get(*name).zip(new.get(*name)).is_some_and(|(old, new)| old.asks_the_same(new))
    };
    old.keys().chain(new.keys()).filter(|name| !same(name)).cloned().collect()
}

/// What is found.
struct Found<'a> {
    schedules: Vec<Compared<'a>>,
    /// Follow-ups that ask something else.
    follow_ups: BTreeSet<String>,
    portfolio: Option<Portfolio>,
    /// The names of the event files.
    names: &'a [String],
    asked: versions::Options,
    lang: Lang,
}

impl Found<'_> {
    /// The verdict on all schedules: the worst of theirs.
    fn verdict(&self) -> Verdict {
        let any = |verdict: Verdict| self.schedules.iter().any(|one| one.verdict() == verdict);
        let order = [Verdict::Incomparable, Verdict::Different, Verdict::Unknown];
        order.into_iter().find(|verdict| any(*verdict)).unwrap_or(Verdict::Equivalent)
    }

    /// On how many cases the program failed.
    fn failed(&self) -> u64 {
        self.portfolio.as_ref().map_or(0, |portfolio| portfolio.failed)
    }

    /// What keeps the exit code from being 0.
    fn decided_by(&self) -> Vec<&'static str> {
        let portfolio = self.portfolio.as_ref().map(Portfolio::verdict);
        let parts = [
            (self.verdict() != Verdict::Equivalent, "schedules"),
            (portfolio.is_some_and(|verdict| verdict != Verdict::Equivalent), "portfolio"),
            (self.failed() > 0, "failure"),
        ];
        parts.into_iter().filter_map(|(decides, part)| decides.then_some(part)).collect()
    }
}
