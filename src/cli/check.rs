//! `jalon check`: every finding about schedule files, and of sound ones what a short search over
//! their possible cases finds.

use super::output::{Exit, Failure, findings, plain, results};
use super::report::{self, Style};
use super::verify::{self as verified, Told, Verified};
use super::{input, levels, tongue};
use crate::calendar::Date;
use crate::check::duplicate_across_files;
use crate::compiled::Compiled;
use crate::diagnostic::{Code, Report, Severity};
use crate::lang::{Lang, say};
use crate::model::written::quoted;
use crate::plan::Plan;
use crate::tell::{Found, Levels};
use crate::verify::{self, Level, Property};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
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

    /// Do not look at the cases that the schedules can have: `jalon verify` does it in full
    #[arg(long)]
    no_verify: bool,

    /// How findings are written: drawn under the source, one line each, or as JSON
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

/// What is looked for over all possible cases: quick, and most likely a mistake.
const FAST: &[Property] = &[
    Property::Overbilling,
    Property::Overlap,
    Property::DeadLine,
    Property::Leak,
    Property::Gap,
    Property::StrandedDeposit,
];

/// So many situations are looked at in one search, and so many in all: what is larger is left to
/// `jalon verify`.
const MOST_OF_ONE: usize = 5_000;
const MOST_IN_ALL: usize = 100_000;

/// The file of each schedule, by its name and the day from which it is in force.
type Versions = HashMap<(String, Option<Date>), String>;

/// A file, checked.
struct Checked {
    report: Report,
    /// Its schedules, and the file's levels, if it is sound.
    plans: Vec<Plan>,
    levels: Levels,
    /// Whether its schedules are verified.
    verifies: bool,
}

/// The findings of a sound file, with one for each schedule whose name an earlier file has taken:
/// a case could not tell which of them is meant.
fn among_files(report: &mut Report, plans: &[Plan], names: &mut Versions) {
    let file = report.source.name.clone();
    for plan in plans {
        let (name, at) = (&plan.schedule.name, plan.schedule.span);
        let version = (name.clone(), plan.schedule.in_force_from());
        if let Some(first) = names.get(&version) {
            report.diagnostics.push(duplicate_across_files(report.lang, at, name, first));
        } else {
            names.insert(version, file.clone());
        }
    }
}

/// The findings of a file without those that verification tells, too, with a case that shows them.
fn once(report: &Report, told: &[Told<'_>]) -> Report {
    let mut shown = report.clone();
    shown.diagnostics.retain(|diagnostic| {
        let twice = [
            (Code::InstallmentsNotDeducted, Property::Overbilling),
            (Code::NeverReached, Property::DeadLine),
        ];
        let Some((_, same)) = twice.into_iter().find(|(code, _)| *code == diagnostic.code) else {
            return true;
        };
        let on = |told: &&Told<'_>| {
            told.property == same
                && told.finding.is_some()
                && std::ptr::eq(told.of.source, &report.source)
                && told.said.lines.contains(&diagnostic.span)
        };
        !told.iter().any(|told| on(&told))
    });
    shown
}

/// Schedules of a file of whose cases the short search has not told all.
struct Undecided<'a> {
    file: &'a str,
    schedules: Vec<&'a str>,
    /// What they use that no proof covers, where that is why.
    not_covered: Option<String>,
    lang: Lang,
}

impl Undecided<'_> {
    fn say(&self) -> String {
        let file = plain(self.file);
        let names: Vec<String> = self.schedules.iter().map(|name| quoted(name)).collect();
        let names = plain(&names.join(", "));
        if let Some(what) = &self.not_covered {
            let what = plain(what);
            return say!(
                self.lang,
                "{file}: not all is proved of {names}: no proof covers {what} yet, and single lives were tried; let scenarios show what is billed\n",
                "{file} : tout n'est pas prouvé de {names} : aucune preuve ne couvre encore {what}, et des vies ont été essayées une à une ; montrez par des scénarios ce qui est facturé\n"
            );
        }
        say!(
            self.lang,
            "{file}: the short look at the possible cases did not come to its end for {names}; `jalon verify {file}` looks at all\n",
            "{file} : le bref examen des dossiers possibles n'est pas allé au bout pour {names} ; `jalon verify {file}` les examine tous\n"
        )
    }
}

fn undecided<'a>(
    files: &'a [Checked],
    searched: &[Verified<'_>],
    lang: Option<Lang>,
) -> Vec<Undecided<'a>> {
    let decided = |plan: &Plan| {
        let mut of = searched.iter().filter(|it| std::ptr::eq(it.plan, plan));
        of.any(|it| it.verification.undecided().is_empty())
    };
    let verified = files.iter().filter(|file| file.verifies && !file.report.has_errors());
    let mut all: Vec<Undecided<'a>> = Vec::new();
    for file in verified {
        let (name, lang) = (file.report.source.name.as_str(), lang.unwrap_or(file.report.lang));
        for plan in file.plans.iter().filter(|plan| !decided(plan)) {
            let beyond = plan.first_part().err();
            let not_covered = beyond.map(|beyond| beyond.say(&plan.schedule, lang));
            let alike = |it: &&mut Undecided<'_>| it.file == name && it.not_covered == not_covered;
            match all.iter_mut().find(alike) {
                Some(known) => known.schedules.push(&plan.schedule.name),
                None => {
                    let schedules = vec![plan.schedule.name.as_str()];
                    all.push(Undecided { file: name, schedules, not_covered, lang });
                }
            }
        }
    }
    all
}

/// What a short search over the cases of sound files finds.
fn searched<'a>(files: &'a [Checked], lang: Option<Lang>) -> Vec<Verified<'a>> {
    let mut left = MOST_IN_ALL;
    let mut all = Vec::new();
    for file in files.iter().filter(|file| file.verifies && !file.report.has_errors()) {
        for plan in &file.plans {
            if left == 0 {
                return all;
            }
            let versions = files.iter().flat_map(|file| &file.plans);
            let asked = verify::Options {
                only: FAST.to_vec(),
                budget: MOST_OF_ONE.min(left),
                in_force: verify::InForce::of(plan, versions),
                ..verify::Options::default()
            };
            let verification = verify::verify(plan, &asked);
            let situations = verification.proofs.iter().map(|proof| proof.situations).max();
            left = left.saturating_sub(situations.unwrap_or_default().max(1));
            all.push(Verified {
                source: &file.report.source,
                lang: lang.unwrap_or(file.report.lang),
                plan,
                verification,
                levels: file.levels.clone(),
            });
        }
    }
    all
}

/// A finding of verification as a JSON object like the others.
fn json_finding(told: &Told<'_>) -> Value {
    let source = told.of.source;
    let mut places = told.said.lines.iter().map(|span| report::place(source, *span));
    let place = places.next();
    let others: Vec<Value> =
        places.map(|place| json!({ "place": place, "label": Value::Null })).collect();
    let edit = |(span, text): &(crate::span::Span, String)| json!({ "place": report::place(source, *span), "text": text });
    json!({
        "file": source.name,
        "severity": told.level.name(),
        "code": told.property.name(),
        "message": told.said.message,
        "place": place,
        "label": Value::Null,
        "others": others,
        "help": told.said.help,
        "edit": told.said.insert.as_ref().map(edit),
        "example": Value::Null,
    })
}

/// Checks files.
pub fn check(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let files = input::schedule_files(&options.paths)?;
    let mut checked: Vec<Checked> = Vec::new();
    let mut names: Versions = HashMap::new();
    for file in &files {
        let compiled = file.compile(lang).map(|mut compiled| {
            if !options.no_verify {
                compiled.warn_of_cases();
            }
            compiled
        });
        checked.push(match compiled {
            Ok(Compiled { schedules, warnings: mut report, .. }) => {
                among_files(&mut report, &schedules, &mut names);
                let verifies = !options.no_verify && !file.is_artefact();
                let levels = if verifies { levels::of(&file.path)? } else { Default::default() };
                Checked { report, plans: schedules, levels, verifies }
            }
            Err(report) => {
                Checked { report, plans: Vec::new(), levels: Default::default(), verifies: false }
            }
        });
    }
    let searched = if options.no_verify { Vec::new() } else { searched(&checked, lang) };
    let told: Vec<Told<'_>> = searched.iter().flat_map(verified::tell).collect();
    let reports: Vec<Report> = checked.iter().map(|file| once(&file.report, &told)).collect();
    let reports = || checked.iter().map(|file| &file.report).zip(&reports);
    let count = |severity: Severity, level: Level| {
        let found = reports().flat_map(|(_, report)| &report.diagnostics);
        found.filter(|diagnostic| diagnostic.severity() == severity).count()
            + told.iter().filter(|told| told.level == level).count()
    };
    let errors = count(Severity::Error, Level::Error);
    let warnings = count(Severity::Warning, Level::Warning);
    tongue::files_are(checked.iter().map(|file| file.report.lang));
    let tongue = tongue::of_answer(lang);
    let of = |report: &Report| {
        let source = std::ptr::from_ref(&report.source);
        told.iter().filter(move |told| std::ptr::eq(told.of.source, source))
    };
    let open = if options.no_verify { Vec::new() } else { undecided(&checked, &searched, lang) };
    match options.format {
        Format::Human => {
            let mut text = String::new();
            for (file, report) in reports() {
                text += &report::human(report, Style::of_stdout());
                text.extend(of(file).map(|told| format!("{}\n", verified::draw(told))));
            }
            text.extend(open.iter().map(Undecided::say));
            findings(&(text + &report::summary(files.len(), errors, warnings, tongue)))?;
        }
        Format::Short => {
            let mut text = String::new();
            for (file, report) in reports() {
                text += &report::short(report);
                text.extend(of(file).map(|told| verified::short(&Found::from(told))));
            }
            text.extend(open.iter().map(Undecided::say));
            findings(&(text + &report::summary(files.len(), errors, warnings, tongue)))?;
        }
        Format::Json => {
            let mut diagnostics: Vec<Value> = Vec::new();
            for (file, report) in reports() {
                diagnostics.extend(report::json(report));
                diagnostics.extend(of(file).map(json_finding));
            }
            let undecided: Vec<Value> = open
                .iter()
                .map(|open| json!({ "file": open.file, "schedules": open.schedules }))
                .collect();
            let document = json!({
                "files": files.len(),
                "errors": errors,
                "warnings": warnings,
                "diagnostics": diagnostics,
                "undecided": undecided,
            });
            results(|out| writeln!(out, "{document:#}"))?;
        }
    }
    // What the program does not understand of itself is no finding about a file: it has failed.
    if checked.iter().any(|file| file.report.has_fault()) {
        return Err(Failure::told());
    }
    Ok(Exit::findings(errors > 0 || (options.deny.is_some() && warnings > 0)))
}
