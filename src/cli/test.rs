//! `jalon test`: the scenarios written in schedule files.

use super::arguments::BadValue;
use super::coverage;
use super::input::{self, CompiledFile};
use super::new_file;
use super::not_covered;
use super::output::{Exit, Failure, findings, plain, results};
use super::ran_scenarios::{Of, Ran, run_file};
use super::test_follow;
use super::test_junit;
use super::tongue;
use crate::follow;
use crate::lang::{Lang, say};
use crate::scenario::{self, Change, Outcome};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What `jalon test` takes.
#[derive(Args)]
pub struct Options {
    /// Schedule files, or folders with files whose name ends in .jalon
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Rewrite what scenarios expect, in place, so that they pass; read the result before you keep
    /// it
    #[arg(long)]
    bless: bool,

    /// Tell which situations of each schedule the scenarios come to, and which not
    #[arg(long, conflicts_with = "bless")]
    coverage: bool,

    /// With --coverage: the exit code is 1 where the scenarios of a schedule come to fewer situations
    /// in a hundred
    #[arg(long, value_name = "PERCENT", requires = "coverage", value_parser = percent)]
    least: Option<u8>,

    /// Write a scenario for each situation that none comes to, and for the days next to its bounds, to
    /// standard output; what it expects is what the schedule bills today: read it before you keep it
    #[arg(long, conflicts_with_all = ["bless", "coverage", "format"])]
    generate: bool,

    /// How outcomes are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

fn percent(text: &str) -> Result<u8, BadValue> {
    text.parse().ok().filter(|percent| *percent <= 100).ok_or_else(|| BadValue {
        english: "this is a whole number from 0 to 100".to_owned(),
        french: "c'est un nombre entier de 0 à 100".to_owned(),
    })
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Junit,
    Json,
}

/// Runs scenarios.
pub fn test(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let (files, unsound) = input::compiled_schedules(&options.paths, lang)?;
    if !unsound.is_empty() {
        if matches!(options.format, Format::Junit) && !options.bless && !options.generate {
            test_junit::unsound(&unsound)?;
        }
        return Err(input::refused(&unsound, lang)?);
    }
    files.iter().try_for_each(|file| input::refuse_artefact(&file.file))?;
    if options.generate || options.coverage {
        for file in &files {
            let spoken = lang.unwrap_or(file.compiled.warnings.lang);
            not_covered::refuse(file.compiled.schedules.iter(), spoken)?;
        }
    }
    if options.generate {
        return coverage::generate(&coverage::cover(&files), lang);
    }
    let ran: Vec<Ran<'_>> = files.iter().flat_map(run_file).collect();
    if options.bless {
        return bless(&files, &ran, lang);
    }
    let failed = ran.iter().filter(|ran| !ran.passed()).count();
    let covered = if options.coverage { coverage::cover(&files) } else { Vec::new() };
    let least = options.least.unwrap_or(0);
    let below = covered.iter().any(|covered| covered.is_below(least));
    match options.format {
        Format::Human => {
            human(&ran, failed, lang)?;
            coverage::human(&covered, lang)?;
        }
        Format::Json => {
            let scenarios: Vec<Value> = ran.iter().map(|ran| ran.json(lang)).collect();
            let passed = ran.len() - failed;
            let mut document =
                json!({ "passed": passed, "failed": failed, "scenarios": scenarios });
            if let (true, Some(document)) = (options.coverage, document.as_object_mut()) {
                let covered = covered.iter().map(|covered| covered.json(lang)).collect();
                document.insert("coverage".to_owned(), Value::Array(covered));
            }
            results(|out| writeln!(out, "{document:#}"))?;
        }
        Format::Junit => test_junit::junit(&ran, &covered, least, lang)?,
    }
    Ok(Exit::findings(failed > 0 || below))
}

fn human(ran: &[Ran<'_>], failed: usize, lang: Option<Lang>) -> Result<(), Failure> {
    let tongue = |ran: &Ran<'_>| lang.unwrap_or(ran.file.compiled.warnings.lang);
    let mut text = String::new();
    let mut file = String::new();
    for ran in ran {
        let name = ran.file.file.name();
        if name != file {
            text.push_str(&format!("{name}\n"));
            file = name;
        }
        let name = plain(ran.name());
        match ran.why(tongue(ran)) {
            None => text.push_str(&format!("  ok      {name}\n")),
            Some(why) => {
                let word = tongue(ran).pick("FAILED", "ÉCHEC ");
                text.push_str(&format!("  {word}  {name}\n"));
                text.extend(why.lines().map(|line| format!("            {line}\n")));
            }
        }
    }
    let passed = ran.len() - failed;
    text.push_str(&say!(
        tongue::of_answer(lang),
        "{passed} passed, {failed} failed\n",
        "réussis : {passed}, échoués : {failed}\n"
    ));
    findings(&text)
}

/// Rewrites the expectations of the scenarios that do not pass, and shows what it replaces.
fn bless(files: &[CompiledFile], ran: &[Ran<'_>], lang: Option<Lang>) -> Result<Exit, Failure> {
    let mut blessed = 0_usize;
    let mut withheld = 0_usize;
    let mut text = String::new();
    for file in files {
        let source = &file.compiled.warnings.source.text;
        let mut changes: Vec<Change> = Vec::new();
        let tongue = lang.unwrap_or(file.compiled.warnings.lang);
        let written = crate::syntax::parse(source, None).file.lang;
        for ran in ran.iter().filter(|ran| std::ptr::eq(ran.file, file) && !ran.passed()) {
            let (name, file) = (plain(ran.name()), file.file.name());
            if let Some(why) = why_withheld(ran, tongue) {
                withheld += 1;
                text.push_str(&say!(
                    tongue,
                    "{file}: {name}: {why}\n",
                    "{file} : {name} : {why}\n"
                ));
            } else if let Some(own) = rewritten(ran, source, written) {
                blessed += 1;
                text.push_str(&say!(tongue, "{file}: {name}\n", "{file} : {name}\n"));
                text.push_str(&replaced(source, &own));
                changes.extend(own);
            }
        }
        if !changes.is_empty() {
            new_file::write_file(&file.file.path, &changed(source, changes))?;
        }
    }
    let tongue = tongue::of_answer(lang);
    text.push_str(&say!(
        tongue,
        "scenarios rewritten: {blessed}\n",
        "scénarios réécrits : {blessed}\n"
    ));
    findings(&text)?;
    Ok(Exit::findings(withheld > 0))
}

/// Why a scenario bills nothing that could be expected, if it does not.
fn why_withheld(ran: &Ran<'_>, tongue: Lang) -> Option<String> {
    match &ran.of {
        Of::Schedule { plan, scenario, outcome: Outcome::Withheld(why) } => {
            Some(why.say(plan, &scenario.events, tongue))
        }
        Of::FollowUp { outcome: follow::Outcome::Withheld(why), .. } => {
            Some(why.say(tongue, &follow::Words::default()))
        }
        Of::Schedule { .. } | Of::FollowUp { .. } => None,
    }
}

/// The changes after which a scenario passes.
fn rewritten(ran: &Ran<'_>, source: &str, written: Lang) -> Option<Vec<Change>> {
    match &ran.of {
        Of::Schedule { plan, scenario, .. } => {
            let evaluation = scenario::evaluate(plan, scenario).ok()?;
            let actual = scenario::actual_lines(plan, &evaluation);
            Some(scenario::bless(source, scenario, plan.schedule.currency, &actual, written))
        }
        Of::FollowUp { scenario, outcome, .. } => {
            let texts = test_follow::expectations(outcome, written)?;
            let (at, last) = (&scenario.expectations, scenario.last);
            Some(scenario::rewritten(source, at, last, &texts))
        }
    }
}

/// The lines that changes take out of a text, and those that they put there: what is in both is left out.
fn replaced(source: &str, changes: &[Change]) -> String {
    let words = |line: &str| plain(&line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(words).filter(|line| !line.is_empty()).collect()
    };
    let mut gone: Vec<String> =
        changes.iter().flat_map(|change| lines(change.span.of(source))).collect();
    let mut come: Vec<String> = changes.iter().flat_map(|change| lines(&change.text)).collect();
    come.retain(|line| match gone.iter().position(|old| old == line) {
        Some(at) => {
            gone.remove(at);
            false
        }
        None => true,
    });
    let gone = gone.iter().map(|line| format!("  - {line}\n"));
    gone.chain(come.iter().map(|line| format!("  + {line}\n"))).collect()
}

/// The text with all changes made.
fn changed(source: &str, mut changes: Vec<Change>) -> String {
    changes.sort_by_key(|change| change.span);
    let mut text = String::with_capacity(source.len());
    let mut at = 0;
    for change in &changes {
        text.push_str(source.get(at..change.span.start as usize).unwrap_or(""));
        text.push_str(&change.text);
        at = change.span.end as usize;
    }
    text.push_str(source.get(at..).unwrap_or(""));
    text
}
