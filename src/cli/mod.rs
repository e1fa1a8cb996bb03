//! The command line: one file for each subcommand. Only here are files read and written, is
//! anything printed, and is it known what day it is.

mod billing;
mod blocks;
mod check;
mod explain;
mod fmt;
mod input;
mod output;
mod report;
mod run;
mod setup;
mod show;
mod test;
mod threads;

use crate::lang::Lang;
use clap::{CommandFactory, Parser, Subcommand, ValueEnum};
use output::{Exit, Failure};
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
                  2 the call or a file is wrong and nothing was done.\n\
                  Results go to standard output, errors to standard error. Colour is used on a \
                  terminal only, unless NO_COLOR is set."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// Language of the messages; by default that of the file
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
    Check(check::Options),
    /// Bill cases: schedules and events in, invoice lines out
    Run(run::Options),
    /// Run the scenarios written in schedule files
    Test(test::Options),
    /// Explain a message code, or every line of a case and why others did not fire
    Explain(explain::Options),
    /// Lay schedule files out, or translate them
    Fmt(fmt::Options),
    /// Show a schedule as a table
    Show(show::Options),
    /// Print a completion script for a shell
    Completions(setup::CompletionsOptions),
    /// Print the manual page
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
                Err(_) => ExitCode::from(2),
            };
        }
    };
    let lang = arguments.lang.map(|lang| match lang {
        LangArgument::En => Lang::En,
        LangArgument::Fr => Lang::Fr,
    });
    let outcome = match arguments.command {
        Command::Check(options) => check::check(&options, lang),
        Command::Run(options) => run::run(&options, lang),
        Command::Test(options) => test::test(&options, lang),
        Command::Explain(options) => explain::explain(&options, lang),
        Command::Fmt(options) => fmt::fmt(&options, lang),
        Command::Show(options) => show::show(&options, lang),
        Command::Completions(options) => setup::completions(&options, Arguments::command()),
        Command::Man => setup::man(Arguments::command()),
    };
    finish(outcome)
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
