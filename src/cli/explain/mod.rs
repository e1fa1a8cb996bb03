//! `jalon explain`: the page of a message code, or how each line of a case came about and why the
//! others did not.
//!
//! What is said of a case, and its form with `--format json`, stands in [`crate::explain`].

mod call;
mod codes;

use super::event_files::{EventFiles, chosen};
use super::input::Schedules;
use super::isolation::{failed_on, isolated};
use super::output::{Exit, Failure, results, view};
use super::threads::cases_in_order;
use crate::explain::{Form, Teller, Told};
use crate::feed::Case;
use crate::lang::Lang;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What `jalon explain` takes.
#[derive(Args)]
#[command(mut_arg("events", |events| events.requires("schedule")))]
pub struct Options {
    /// The code of a message, such as `no-price`
    #[arg(value_name = "CODE")]
    code: Option<String>,

    /// Schedule files, also compiled ones, or folders with files whose name ends in .jalon
    #[arg(long, num_args = 1.., value_name = "PATH", requires = "events")]
    schedule: Vec<PathBuf>,

    #[command(flatten)]
    events: EventFiles,

    /// The case to explain; all of them if not stated
    #[arg(long, value_name = "CASE", requires = "schedule")]
    case: Option<String>,

    /// How the explanation is written: to be read, or as one JSON document
    #[arg(long, value_enum, default_value_t = Format::Human, requires = "schedule")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// Explains.
pub fn explain(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    if options.schedule.is_empty() {
        return codes::explain(options.code.as_deref(), lang);
    }
    if let Some(word) = &options.code {
        return Err(call::word_with_schedules(word, options.case.is_some()));
    }
    if options.case.is_none() {
        call::refuse_case_among(&options.schedule)?;
        call::refuse_case_among(options.events.paths())?;
    }
    let schedules = Schedules::open(&options.schedule, lang)?;
    let tongue = schedules.lang;
    let events = options.events.open(tongue)?;
    let mut progress = events.progress();
    let histories = events.told_cases(tongue.pick("explain", "expliquer"), &mut progress)?;
    let cases = chosen(&histories, options.case.as_slice(), tongue)?;
    // The language that is asked for, or else that of the schedule's file.
    let lang_of = |schedule: &str| {
        let mut files = schedules.files.iter();
        let file = files.find(|file| file.compiled.schedule(schedule).is_some());
        lang.or(file.map(|file| file.compiled.warnings.lang)).unwrap_or(tongue)
    };
    let (names, as_of) = (events.names.as_slice(), events.as_of);
    let book = &schedules.book;
    let teller = Teller { book, names, as_of, lang_of: &lang_of, tongue };
    let form = match options.format {
        Format::Human => Form::Text,
        Format::Json => Form::Data,
    };
    let mut told: Vec<One> = Vec::new();
    let mut withheld = 0;
    cases_in_order(
        || events.threads(),
        0..cases.len(),
        || (),
        |(), range| {
            let cases = cases.get(range).unwrap_or_default().iter();
            let cases = cases.filter_map(|case| histories.case(*case));
            cases.map(|case| tell(&teller, &case, form)).collect::<Vec<_>>()
        },
        |more| {
            withheld += more.iter().filter(|one| one.told.withheld).count() as u64;
            told.extend(more);
            progress.cases(told.len() as u64, Some(cases.len() as u64), withheld);
            Ok::<_, Failure>(())
        },
    )?;
    progress.clear();
    match options.format {
        Format::Human => {
            let texts: Vec<&str> = told.iter().map(|one| one.told.text.as_str()).collect();
            view(&texts.join("\n"))?;
        }
        Format::Json => {
            let cases: Vec<&Value> = told.iter().map(|one| &one.told.json).collect();
            let document = json!({ "as_of": as_of, "cases": cases });
            results(|out| writeln!(out, "{document:#}"))?;
        }
    }
    let failed = told.iter().filter(|one| one.failed).count() as u64;
    if failed > 0 {
        return Err(failed_on(failed, tongue.pick("explained", "expliqués"), tongue));
    }
    Ok(Exit::findings(withheld > 0 || !histories.unreadable.is_empty()))
}

/// A case, explained or withheld.
struct One {
    told: Told,
    /// Withheld, since the program failed on it.
    failed: bool,
}

/// Explains a case. One on which the program fails is withheld like any other.
fn tell(teller: &Teller<'_>, case: &Case, form: Form) -> One {
    match isolated(Some(&case.name), || teller.tell(case, form)) {
        Some(told) => One { told, failed: false },
        None => One { told: teller.failed_on(case), failed: true },
    }
}
