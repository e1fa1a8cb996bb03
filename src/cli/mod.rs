//! The command line: one file for each subcommand. Only here are files read and written, is
//! anything printed, and is it known what day it is.

mod billing;
mod blocks;
mod check;
mod coverage;
mod explain;
mod fmt;
mod input;
mod levels;
mod output;
pub mod report;
mod run;
mod setup;
mod show;
mod test;
mod threads;
mod timeline;
mod verify;
mod verify_reports;

use crate::lang::{Lang, say};
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use output::{Exit, Failure};
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
                  Results go to standard output, errors to standard error. Colour is used on a \
                  terminal only, unless NO_COLOR is set."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// Language of the messages; by default that of the file, or of most of the files. For `fmt`,
    /// the vocabulary into which files are translated
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
    /// All mistakes of a file are reported in one go, in the language of the file. A warning is a
    /// schedule that can be billed and most likely does not say what was meant. `jalon explain CODE`
    /// has a page for each code.
    Check(check::Options),

    /// Bill cases: schedules and events in, invoice lines out
    ///
    /// A case is billed whole or not at all. A bad event withholds its case, with file, line, column
    /// and reason on standard error; the others are billed, and the exit code is 1. A line whose
    /// case cannot be read could belong to any case: nothing is billed then, and the exit code is 2.
    ///
    /// Cases may be interleaved, events in any order. With one schedule in all, events need no
    /// `opened`.
    #[command(after_long_help = "Example:\n  \
        jalon run --schedule schedules --events events.ndjson --as-of 2025-12-31 > lines.ndjson")]
    Run(run::Options),

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

    /// Explain a message code, or every line of a case and why others did not fire
    Explain(explain::Options),

    /// Lay schedule files out, or translate them
    ///
    /// Files are rewritten in place, in one canonical layout, comments kept. With `--lang`, the
    /// vocabulary is translated. What is printed is read again, and files are written only if all of
    /// them mean the same as before.
    Fmt(fmt::Options),

    /// Show a schedule as a table
    Show(show::Options),

    /// Print a completion script for a shell
    #[command(
        after_long_help = "Example:\n  jalon completions bash > ~/.local/share/bash-completion/completions/jalon"
    )]
    Completions(setup::CompletionsOptions),

    /// Print the manual page
    #[command(after_long_help = "Example:\n  jalon man > ~/.local/share/man/man1/jalon.1")]
    Man,
}

/// Runs the program with the arguments of its process.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are no errors; clap prints them where they belong.
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            return match error.print() {
                Ok(()) => ExitCode::from(code),
                Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::from(code),
                Err(_) => ExitCode::from(2),
            };
        }
    };
    let lang = arguments.lang.map(|lang| match lang {
        LangArgument::En => Lang::En,
        LangArgument::Fr => Lang::Fr,
    });
    // Whatever fails in the program ends as a wrong call does, and never as if all were well.
    let outcome = catch_unwind(AssertUnwindSafe(|| run_command(arguments.command, lang)));
    finish(outcome.unwrap_or_else(|_| {
        Err(Failure::new(say!(
            lang.unwrap_or_default(),
            "the program failed: please report this; nothing that it wrote is to be used",
            "le programme a échoué : merci de le signaler ; rien de ce qu'il a écrit n'est à utiliser"
        )))
    }))
}

fn run_command(command: Command, lang: Option<Lang>) -> Result<Exit, Failure> {
    match command {
        Command::Check(options) => check::check(&options, lang),
        Command::Run(options) => run::run(&options, lang),
        Command::Test(options) => test::test(&options, lang),
        Command::Verify(options) => verify::verify(&options, lang),
        Command::Explain(options) => explain::explain(&options, lang),
        Command::Fmt(options) => fmt::fmt(&options, lang),
        Command::Show(options) => show::show(&options, lang),
        Command::Completions(options) => setup::completions(&options, Arguments::command()),
        Command::Man => setup::man(Arguments::command()),
    }
}

fn finish(outcome: Result<Exit, Failure>) -> ExitCode {
    match outcome {
        Ok(Exit::Fine) => ExitCode::SUCCESS,
        Ok(Exit::Findings) => ExitCode::from(1),
        Err(failure) => {
            failure.tell();
            ExitCode::from(2)
        }
    }
}
