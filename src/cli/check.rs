//! `jalon check`: every finding about schedule files.

use super::input;
use super::output::{Exit, Failure, message, results};
use super::report::{self, Style};
use crate::check::duplicate_across_files;
use crate::compiled::{Compiled, compile_bytes};
use crate::diagnostic::{Report, Severity};
use crate::lang::Lang;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::collections::HashMap;
use std::path::PathBuf;

/// What `jalon check` takes.
#[derive(Args)]
pub struct Options {
    /// Schedule files, or folders with files whose name ends in .jalon
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Let warnings count as findings: the exit code is then 1
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,

    /// How findings are written: drawn under the source, one line each, or as JSON on standard
    /// output
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Deny {
    Warnings,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Short,
    Json,
}

/// The findings of a sound file, with one for each schedule whose name an earlier file has taken:
/// a case could not tell which of them is meant.
fn among_files(compiled: Compiled, file: &str, names: &mut HashMap<String, String>) -> Report {
    let mut report = compiled.warnings;
    for plan in &compiled.schedules {
        let (name, at) = (&plan.schedule.name, plan.schedule.span);
        if let Some(first) = names.get(name) {
            report.diagnostics.push(duplicate_across_files(report.lang, at, name, first));
        } else {
            names.insert(name.clone(), file.to_owned());
        }
    }
    report
}

/// Checks files.
pub fn check(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let files = input::schedule_files(&options.paths)?;
    let mut reports: Vec<Report> = Vec::new();
    let mut names: HashMap<String, String> = HashMap::new();
    for file in &files {
        let name = file.name();
        reports.push(match compile_bytes(&name, &file.bytes, lang) {
            Ok(compiled) => among_files(compiled, &name, &mut names),
            Err(report) => report,
        });
    }
    let count = |severity: Severity| {
        let found = reports.iter().flat_map(|report| &report.diagnostics);
        found.filter(|diagnostic| diagnostic.severity() == severity).count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    let tongue = lang.or(reports.first().map(|report| report.lang)).unwrap_or_default();
    match options.format {
        Format::Human => {
            for report in &reports {
                message(&report::human(report, Style::of_stderr()))?;
            }
            message(&report::summary(files.len(), errors, warnings, tongue))?;
        }
        Format::Short => {
            for report in &reports {
                message(&report::short(report))?;
            }
            message(&report::summary(files.len(), errors, warnings, tongue))?;
        }
        Format::Json => {
            let diagnostics: Vec<_> = reports.iter().flat_map(report::json).collect();
            let document = json!({
                "files": files.len(),
                "errors": errors,
                "warnings": warnings,
                "diagnostics": diagnostics,
            });
            results(|out| writeln!(out, "{document:#}"))?;
        }
    }
    Ok(Exit::findings(errors > 0 || (options.deny.is_some() && warnings > 0)))
}
