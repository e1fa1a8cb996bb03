//! The command line: one file for each subcommand. Only here are files read and written, is
//! anything printed, and is it known what day it is.

mod accounts;
mod arguments;
mod billing;
mod blocks;
mod check;
mod columns;
mod compare;
mod compile;
mod compressed;
mod coverage;
mod event_files;
mod explain;
mod failure;
mod fmt;
mod follow;
mod forecast;
mod forecast_views;
mod help_fr;
mod import;
mod input;
mod isolation;
mod issued_files;
mod leaks;
mod levels;
mod line_table;
mod memory;
mod new_file;
mod newcomer;
mod not_covered;
mod output;
mod page;
mod progress;
mod ran_scenarios;
pub mod report;
mod run;
mod setup;
mod show;
mod spreadsheet;
mod stated;
mod test;
mod test_follow;
mod test_junit;
mod threads;
mod timeline;
mod toml_file;
mod tongue;
mod usage;
mod verify;
mod verify_follow;
mod verify_reports;

use crate::lang::Lang;
use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
pub use output::Closed;
use output::{Exit, Failure};
use std::ffi::OsString;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// Billing schedules: written by administrators, checked before anything is billed, evaluated
/// exactly, and able to explain every cent.
///
/// A schedule is a text file, in English or French, whose name ends in `.jalon`. A case is a list
/// of dated events. `jalon run` turns schedules and events into invoice lines.
#[derive(Parser)]
#[command(
    name = "jalon",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    max_term_width = 100,
    after_help = "Exit codes: 0 all is well; 1 there are findings, failed scenarios or withheld cases; \
                  2 the call or a file is wrong and nothing was done, or the program itself failed.\n\
                  Results, findings among them, go to standard output; what is wrong with the call goes \
                  to standard error. Colour is used on a terminal only, unless NO_COLOR is set."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// Language of messages and help; if not stated, that of the file, or of most of the files, or else
    /// that of the session (LC_ALL, LC_MESSAGES, LANG). For `fmt`, the vocabulary into which files are
    /// translated
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    lang: Option<LangArgument>,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangArgument {
    En,
    Fr,
}

#[derive(Subcommand)]
enum Command {
    /// Check schedules, and report every mistake with its place and its remedy
    ///
    /// All mistakes of a file that can be seen are reported in one go, in the language of the file; what
    /// lines mean is looked at once all of them can be read. A warning is a
    /// schedule that can be billed and most likely does not say what was meant. `jalon explain CODE`
    /// has a page for each code.
    Check(check::Options),

    /// Compile a schedule file into one that hosts load without its source
    ///
    /// What is written is read back before it is kept, and is the same bytes every time. For each
    /// schedule its semantic hash is printed: comments, layout and vocabulary do not change it, and
    /// any change of what is billed does.
    #[command(after_long_help = "Example:\n  \
        jalon compile schedules/teo/psop.jalon -o psop.json")]
    Compile(compile::Options),

    /// Bill cases: schedules and events in, invoice lines out
    ///
    /// A case is billed whole or not at all. A bad event withholds its case, with file, line, column
    /// and reason on standard error; the others are billed, and the exit code is 1. A line whose
    /// case cannot be read could belong to any case: nothing is billed then, and the exit code is 2.
    ///
    /// Cases may be interleaved, events in any order. On which schedule a case is billed is stated by
    /// its `opened` event; with one schedule in all, none is needed.
    #[command(after_long_help = "Example:\n  \
        jalon run --schedule schedules --events events.ndjson --as-of 2025-12-31 > lines.ndjson")]
    Run(run::Options),

    /// Foresee open cases: what they will bill by themselves, and what each next event would bill
    ///
    /// By itself comes what month ends, deadlines and dates bill, up to a day. For each event that
    /// the schedule waits for, the lines are shown that it would bring if it came on a given day.
    /// Lines that stand already are not repeated, closed cases are left out, and cases are withheld
    /// as `jalon run` withholds them.
    ///
    /// With `--signed` or `--started`, no event file is needed: all is shown that a customer will be
    /// billed who signs, or starts, on that day.
    #[command(after_long_help = "Examples:\n  \
        jalon forecast --schedule schedules --events events.csv --until 2025-12-31 --format table\n  \
        jalon forecast --schedule my.jalon --signed 2025-09-01 --format table")]
    Forecast(forecast::Options),

    /// Follow invoices until they are settled: the steps of their follow-ups that fired up to a day
    ///
    /// Follow-ups, invoices and what happened to them in; steps out, each with an id of its own, so that a host
    /// does each once. Nothing is sent and nothing is kept. A bad event withholds its invoice, and those that a
    /// move, a replacement or a credit note links to it; the others are judged, and the exit code is 1. Money for an
    /// unknown invoice is told with its sum.
    #[command(after_long_help = "Example:\n  \
        jalon follow --follow-up schedules/follow-up --invoices invoices.ndjson --events sent.csv bank.csv \\\n  \
        --as-of 2025-12-31 --format table")]
    Follow(follow::FollowOptions),

    /// List what is unpaid: one row for each case and day, one column for each payer
    ///
    /// A row stands there until every share is at zero. What was paid twice is below zero. With each row stand how
    /// many days it is past due, the last step and the next; below the table the sums, by payer and by how long they
    /// have been due.
    #[command(after_long_help = "Example:\n  \
        jalon unpaid --follow-up schedules/follow-up --invoices invoices.ndjson --events bank.csv")]
    Unpaid(follow::UnpaidOptions),

    /// Write the journal of invoices: when each went out, arrived and was settled, and how long payers take
    ///
    /// Delays are told by payer and by channel, from invoices that a payment settled: their number, the mean, the
    /// median, the days within which 90 % came, the share that came late, and what is open; with the invoices of which
    /// neither a sending nor a receipt is told.
    #[command(after_long_help = "Example:\n  \
        jalon journal --follow-up schedules/follow-up --invoices invoices.csv --events sent.csv bank.csv \\\n  \
        --as-of 2025-12-31 --format html > journal.html")]
    Journal(follow::JournalOptions),

    /// Find what was done and never billed, or billed and no longer stands
    ///
    /// Work that no line bills, cases that are over and not closed, deposits that are not deducted, lines that a
    /// condition keeps back, events that no line waits for; with `--issued`, lines that were not issued, and issued
    /// ones that no longer stand. What comes by itself within five years is no leak. The exit code is 1 if there is
    /// one, or a case is withheld.
    #[command(after_long_help = "Example:\n  \
        jalon leaks --schedule schedules --events events.csv --issued lines.ndjson --as-of 2025-12-31")]
    Leaks(leaks::Options),

    /// Run the scenarios written in schedule files
    ///
    /// A scenario passes if the invoice lines are exactly those that it expects, in order. Where
    /// they differ, both are shown side by side.
    Test(test::Options),

    /// Prove schedules over every possible case, or show a case that goes wrong
    ///
    /// Every history that a case can have is looked at. What can go wrong is drawn as the shortest
    /// dated case that does it, with what to change; what cannot is proved, with the number of
    /// situations. The exit code is 1 if an error is found.
    #[command(after_long_help = "Example:
  jalon verify schedules")]
    Verify(verify::Options),

    /// Compare two versions of a schedule over every possible case
    ///
    /// For each trigger and each window of its conditions: whether the new version bills the same, more
    /// or less, with the smallest case that shows it and both sums. The exit code is 0 only if it is
    /// proved that both bill the same lines (with `--money`, the same sums on the same days) in every
    /// case, 1 if not. With `--events`, both have to bill each of those cases, too, and alike.
    #[command(after_long_help = "Examples:\n  jalon compare 2025.jalon 2026.jalon\n  \
        jalon compare 2025.jalon 2026.jalon --events events.ndjson --as-of 2025-12-31")]
    Compare(compare::Options),

    /// Explain a message code, or every line of a case and why others did not fire
    ///
    /// With a message code, the page of that code; without any argument, all codes. With schedules and
    /// events, each case, or the one that `--case` names: its history, the lines that fired with their
    /// arithmetic, and for each line that did not fire the reason.
    #[command(after_long_help = "Examples:\n  jalon explain no-price\n  \
        jalon explain --case D-001 --schedule schedules --events events.ndjson")]
    Explain(explain::Options),

    /// Lay schedule files out, or translate them
    ///
    /// Files are rewritten in place, in one canonical layout, comments kept. With `--lang`, the
    /// vocabulary is translated. What is printed is read again, and files are written only if all of
    /// them mean the same as before.
    Fmt(fmt::Options),

    /// Show a schedule as a table
    ///
    /// Each schedule is shown with what is billed, how much, when and on which conditions: its price,
    /// its actions, and one row for each line. Headings are in the language of the file, or in that of
    /// `--lang`; the names that the file gives stay as they are.
    Show(show::Options),

    /// Read a filled table back: a workbook in, a schedule file out
    ///
    /// The workbook is one that `jalon show --format xlsx` has written, filled or changed in a spreadsheet. Each cell
    /// that cannot be read is named by its sheet and address, with what stands there and what would be right; then
    /// nothing is written. What the table does not hold is read from the sheet of texts.
    #[command(after_long_help = "Example:\n  \
        jalon show --format xlsx my.jalon > my.xlsx\n  \
        jalon import my.xlsx -o my.jalon --force")]
    Import(import::Options),

    /// Print a completion script for a shell
    #[command(
        after_long_help = "Example:\n  jalon completions bash > ~/.local/share/bash-completion/completions/jalon"
    )]
    Completions(setup::CompletionsOptions),

    /// Print the manual page
    #[command(after_long_help = "Example:\n  jalon man > ~/.local/share/man/man1/jalon.1")]
    Man,
}

/// Runs the program with the arguments of its process. `closed` are the streams that it was begun without.
pub fn main(closed: Closed) -> ExitCode {
    output::note_closed(closed);
    let words = usage::help_of_a_language(std::env::args_os().collect());
    let arguments = match Arguments::try_parse_from(&words) {
        Ok(arguments) => arguments,
        Err(error) => return unparsed(error, &words),
    };
    let lang = arguments.lang.map(|lang| match lang {
        LangArgument::En => Lang::En,
        LangArgument::Fr => Lang::Fr,
    });
    quiet_where_files_are_at_fault();
    // Whatever fails in the program ends as a wrong call does, and never as if all were well.
    let outcome = catch_unwind(AssertUnwindSafe(|| run_command(arguments.command, lang)));
    let outcome = outcome.unwrap_or_else(|_| {
        Err(Failure::both(
            "the program failed: please report this; nothing that it wrote is to be used",
            "le programme a échoué : merci de le signaler ; rien de ce qu'il a écrit n'est à utiliser",
        ))
    });
    finish(outcome, &words)
}

/// A panic of the library that reads Parquet is told as a fault of its file, and not as one of the program.
fn quiet_where_files_are_at_fault() {
    #[cfg(feature = "parquet")]
    {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !crate::feed::is_guarded() {
                usual(panic);
            }
        }));
    }
}

/// Ends a call that is no command: help or the version is asked for, or it cannot be understood.
fn unparsed(error: clap::Error, words: &[OsString]) -> ExitCode {
    let mut error = error;
    let mut told = None;
    if usage::language(words) == Lang::Fr {
        let parsed = help_fr::in_french(Arguments::command()).try_get_matches_from(words);
        error = parsed.err().unwrap_or(error);
        let meant = usage::misplaced_files(&error, words, Lang::Fr);
        told = usage::in_french(&error, meant);
    } else if let Some(meant) = usage::misplaced_files(&error, words, Lang::En) {
        let meant = ContextValue::StyledStrs(vec![meant.into()]);
        error.insert(ContextKind::Suggested, meant);
    }
    // Help and version are no errors; clap prints them where they belong.
    let code = u8::try_from(error.exit_code()).unwrap_or(2);
    let printed = match told {
        Some(french) => output::message(&french).is_ok(),
        None if !error.use_stderr() && output::is_stdout_closed() => {
            output::closed_stdout().tell(usage::language(words));
            false
        }
        None => match error.print() {
            Ok(()) => true,
            Err(error) => error.kind() == ErrorKind::BrokenPipe,
        },
    };
    ExitCode::from(if printed { code } else { 2 })
}

fn run_command(command: Command, lang: Option<Lang>) -> Result<Exit, Failure> {
    match command {
        Command::Check(options) => check::check(&options, lang),
        Command::Compile(options) => compile::compile(&options, lang),
        Command::Run(options) => run::run(&options, lang),
        Command::Forecast(options) => forecast::forecast_cases(&options, lang),
        Command::Follow(options) => follow::follow(&options, lang),
        Command::Unpaid(options) => follow::unpaid(&options, lang),
        Command::Journal(options) => follow::journal(&options, lang),
        Command::Leaks(options) => leaks::leaks(&options, lang),
        Command::Test(options) => test::test(&options, lang),
        Command::Verify(options) => verify::verify(&options, lang),
        Command::Compare(options) => compare::compare(&options, lang),
        Command::Explain(options) => explain::explain(&options, lang),
        Command::Fmt(options) => fmt::fmt(&options, lang),
        Command::Show(options) => show::show(&options, lang),
        Command::Import(options) => import::import(&options, lang),
        Command::Completions(options) => setup::completions(&options, Arguments::command()),
        Command::Man => setup::man(Arguments::command()),
    }
}

fn finish(outcome: Result<Exit, Failure>, words: &[OsString]) -> ExitCode {
    match outcome {
        Ok(Exit::Fine) => ExitCode::SUCCESS,
        Ok(Exit::Findings) => ExitCode::from(1),
        Err(failure) => {
            failure.tell(usage::language(words));
            ExitCode::from(2)
        }
    }
}
