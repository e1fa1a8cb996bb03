//! `jalon fmt`: one layout for schedule files, in either vocabulary.

use super::input;
use super::output::{Exit, Failure, message, results};
use super::report::{self, Style};
use crate::diagnostic::{Report, Source};
use crate::lang::{Lang, say};
use crate::syntax::{FormatError, format};
use clap::Args;
use std::path::{Path, PathBuf};

/// What `jalon fmt` takes.
///
/// With `--lang`, files are also translated into that vocabulary. What is printed is read again,
/// and written only if it means the same and every comment is still there.
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
    let mut otherwise = false;
    let mut failed = false;
    for file in input::schedule_files(&options.paths)? {
        let name = file.name();
        let Some((before, after)) = formatted(&name, &file.bytes, lang)? else {
            failed = true;
            continue;
        };
        if before == after {
            continue;
        }
        otherwise = true;
        if options.check {
            results(|out| writeln!(out, "{name}"))?;
        } else {
            input::rewrite(&file.path, &after)?;
        }
    }
    if failed {
        return Err(Failure::told());
    }
    Ok(Exit::findings(options.check && otherwise))
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
        let report = Report { source, lang: parsed.lang, diagnostics: parsed.diagnostics };
        message(&report::human(&report, Style::of_stderr()))?;
        return Ok(None);
    };
    match format(text, lang) {
        Ok(after) => Ok(Some((text.to_owned(), after))),
        Err(FormatError::Errors(parsed)) => {
            let source = Source::new(name, text);
            let report = Report { source, lang: parsed.lang, diagnostics: parsed.diagnostics };
            message(&report::human(&report, Style::of_stderr()))?;
            Ok(None)
        }
        Err(FormatError::MeaningChanged) => {
            let lang = lang.unwrap_or_default();
            message(&say!(
                lang,
                "{name}: not written: laid out, it would not mean the same\n",
                "{name} : non écrit : remis en forme, il ne voudrait plus dire la même chose\n"
            ))?;
            Ok(None)
        }
    }
}
