//! `jalon fmt`: one layout for schedule files, in either vocabulary.

use super::input;
use super::new_file;
use super::output::{Exit, Failure, message, results};
use super::report::{self, Style};
use super::tongue;
use crate::check::keep_what_works;
use crate::diagnostic::{Report, Source};
use crate::lang::{Lang, say};
use crate::syntax::{FormatError, format};
use clap::Args;
use std::path::{Path, PathBuf};

/// What `jalon fmt` takes.
#[derive(Args)]
pub struct Options {
    /// Schedule files, folders, or `-` for standard input to standard output
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Write nothing; name the files that are laid out otherwise, and exit with 1 if there are any
    #[arg(long)]
    check: bool,
}

/// Formats files.
pub fn fmt(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    if options.paths == [Path::new("-")] {
        return standard_input(options, lang);
    }
    let mut changed = Vec::new();
    let mut failed = false;
    for file in input::schedule_files(&options.paths)? {
        input::refuse_artefact(&file)?;
        match formatted(&file.name(), &file.bytes, lang)? {
            Some((before, after)) if before != after => changed.push((file, after)),
            Some(_) => {}
            None => failed = true,
        }
    }
    if failed {
        let lang = tongue::of_answer(lang);
        return Err(Failure::new(say!(lang, "no file was written", "aucun fichier n'a été écrit")));
    }
    for (file, after) in &changed {
        if options.check {
            results(|out| writeln!(out, "{}", file.name()))?;
        } else {
            new_file::write_file(&file.path, after)?;
        }
    }
    Ok(Exit::findings(options.check && !changed.is_empty()))
}

fn standard_input(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let bytes = input::read_stdin()?;
    let Some((before, after)) = formatted("-", &bytes, lang)? else {
        return Err(Failure::told());
    };
    if options.check {
        return Ok(Exit::findings(before != after));
    }
    results(|out| out.write_all(after.as_bytes()))?;
    Ok(Exit::Fine)
}

/// The text before and after; `None` where it could not be formatted, which is then told.
fn formatted(
    name: &str,
    bytes: &[u8],
    lang: Option<Lang>,
) -> Result<Option<(String, String)>, Failure> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        let (text, parsed) = crate::syntax::parse_bytes(bytes, lang);
        let source = Source::new(name, text);
        tongue::files_are([parsed.lang]);
        let report = Report { source, lang: parsed.lang, diagnostics: parsed.diagnostics };
        message(&report::human(&report, Style::of_stderr()))?;
        return Ok(None);
    };
    match format(text, lang) {
        Ok(after) => Ok(Some((text.to_owned(), after))),
        Err(FormatError::Errors(mut parsed)) => {
            keep_what_works(text, &parsed.file, parsed.lang, &mut parsed.diagnostics);
            let source = Source::new(name, text);
            tongue::files_are([parsed.lang]);
            let report = Report { source, lang: parsed.lang, diagnostics: parsed.diagnostics };
            message(&report::human(&report, Style::of_stderr()))?;
            Ok(None)
        }
        Err(FormatError::MeaningChanged) => {
            let lang = crate::syntax::parse(text, lang).file.lang;
            message(&say!(
                lang,
                "{name}: not written: laid out, it would not mean the same\n",
                "{name} : non écrit : remis en forme, il ne voudrait plus dire la même chose\n"
            ))?;
            Ok(None)
        }
    }
}
