//! `jalon compile`: a schedule file in, the compiled file that hosts load out.

use super::input;
use super::new_file;
use super::output::{Exit, Failure, message, plain, results};
use super::report::{self, Style};
use crate::artefact::{follow_up_hash, says_artefact, semantic_hash, too_large};
use crate::compiled::load;
use crate::diagnostic::{Report, Source};
use crate::lang::{Lang, say};
use clap::Args;
use std::path::{Path, PathBuf};

/// What `jalon compile` takes.
#[derive(Args)]
pub struct Options {
    /// A schedule file
    #[arg(value_name = "PATH")]
    path: PathBuf,

    /// The file to write, or `-` for standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,

    /// Write over a file that is no compiled schedule
    #[arg(long)]
    force: bool,
}

/// Compiles a file. The hashes of its schedules and follow-ups are results, unless the artefact itself is.
pub fn compile(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    if options.path.is_dir() {
        let path = plain(&options.path.display().to_string());
        return Err(Failure::both(
            format!("{path}: this is a folder: compile each of its files"),
            format!("{path} : c'est un répertoire : compilez chacun de ses fichiers"),
        ));
    }
    new_file::keep_apart(&options.path, &options.output)?;
    if !options.force && options.output != Path::new("-") {
        new_file::keep_what_is_there(&options.output, says_artefact)?;
    }
    let files = input::sound_sources(std::slice::from_ref(&options.path), lang)?;
    let Some(input::CompiledFile { file, compiled }) = files.first() else {
        return Err(Failure::told());
    };
    let lang = lang.unwrap_or(compiled.warnings.lang);
    let refuse = |report: &Report| -> Result<Exit, Failure> {
        message(&report::human(report, Style::of_stderr()))?;
        Err(Failure::new(say!(lang, "nothing was written", "rien n'a été écrit")))
    };
    let Some(artefact) = compiled.to_artefact() else {
        let source = Source::new(file.name(), "");
        return refuse(&Report { source, lang, diagnostics: vec![too_large(lang)] });
    };
    // What cannot be loaded is not worth keeping.
    if let Err(report) = load(&file.name(), artefact.as_bytes(), Some(lang)) {
        return refuse(&report);
    }
    if options.output == Path::new("-") {
        results(|out| out.write_all(artefact.as_bytes()))?;
        return Ok(Exit::Fine);
    }
    new_file::write_file(&options.output, &artefact)?;
    results(|out| {
        let schedules = compiled.schedules.iter().map(|plan| &plan.schedule);
        let schedules = schedules.map(|of| (semantic_hash(of), &of.name));
        let follow_ups = compiled.follow_ups.iter().map(|of| (follow_up_hash(of), &of.name));
        schedules
            .chain(follow_ups)
            .try_for_each(|(hash, name)| writeln!(out, "{hash}  {}", plain(name)))
    })?;
    Ok(Exit::Fine)
}
