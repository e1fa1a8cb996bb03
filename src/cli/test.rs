//! `jalon test`: the scenarios written in schedule files.

use super::coverage;
use super::input::{self, CompiledFile};
use super::new_file;
use super::not_covered;
use super::output::{Exit, Failure, findings, plain, results};
use super::test_follow;
use super::test_junit;
use super::tongue;
use super::usage::BadValue;
use crate::follow;
use crate::lang::{Lang, say};
use crate::model::{FollowScenario, Scenario};
use crate::plan::Plan;
use crate::scenario::{self, Change, Outcome};
use crate::span::Span;
use crate::tell::{why, why_of_follow_up};
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

/// A scenario that has run.
pub struct Ran<'a> {
    /// Its file.
    pub file: &'a CompiledFile,
    of: Of<'a>,
}

/// Of what it is a scenario, and what it came to.
enum Of<'a> {
    Schedule { plan: &'a Plan, scenario: &'a Scenario, outcome: Outcome },
    FollowUp { name: &'a str, scenario: &'a FollowScenario, outcome: follow::Outcome },
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

fn run_file(file: &CompiledFile) -> Vec<Ran<'_>> {
    let scenarios = file.compiled.scenarios.iter();
    let of_schedules = scenarios.filter_map(|scenario| {
        let plan = file.compiled.version(&scenario.schedule, scenario.in_force_from)?;
        Some(Of::Schedule { plan, scenario, outcome: scenario::run(plan, scenario) })
    });
    let scenarios = file.compiled.follow_scenarios.iter();
    let of_follow_ups = scenarios.filter_map(|scenario| {
        let follow_up = file.compiled.follow_ups.get(scenario.follow_up)?;
        let outcome = follow::scenario(follow_up, scenario);
        Some(Of::FollowUp { name: &follow_up.name, scenario, outcome })
    });
    let mut ran: Vec<Ran<'_>> =
        of_schedules.chain(of_follow_ups).map(|of| Ran { file, of }).collect();
    ran.sort_by_key(Ran::span);
    ran
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

impl<'a> Ran<'a> {
    /// Its name.
    pub fn name(&self) -> &'a str {
        match &self.of {
            Of::Schedule { scenario, .. } => &scenario.name,
            Of::FollowUp { scenario, .. } => &scenario.name,
        }
    }

    /// The schedule, or the follow-up, that it is of.
    pub fn subject(&self) -> &'a str {
        match &self.of {
            Of::Schedule { scenario, .. } => &scenario.schedule,
            Of::FollowUp { name, .. } => name,
        }
    }

    fn span(&self) -> Span {
        match &self.of {
            Of::Schedule { scenario, .. } => scenario.span,
            Of::FollowUp { scenario, .. } => scenario.span,
        }
    }

    fn passed(&self) -> bool {
        match &self.of {
            Of::Schedule { outcome, .. } => matches!(outcome, Outcome::Passed),
            Of::FollowUp { outcome, .. } => *outcome == follow::Outcome::Passed,
        }
    }

    /// What went wrong, on several lines; `None` if nothing did.
    pub fn why(&self, lang: Lang) -> Option<String> {
        match &self.of {
            Of::Schedule { plan, scenario, outcome } => {
                why(plan, scenario, outcome, how_expected(lang), lang)
            }
            Of::FollowUp { outcome, .. } => why_of_follow_up(outcome, how_expected(lang), lang),
        }
    }

    /// Where it begins.
    pub fn line_number(&self) -> usize {
        let source = &self.file.compiled.warnings.source;
        source.lines.position(&source.text, self.span().start).line
    }

    fn json(&self, lang: Option<Lang>) -> Value {
        let why = self.why(lang.unwrap_or(self.file.compiled.warnings.lang));
        let (schedule, follow_up) = match &self.of {
            Of::Schedule { scenario, .. } => (Some(&scenario.schedule), None),
            Of::FollowUp { name, .. } => (None, Some(*name)),
        };
        let mut document = json!({
            "file": self.file.file.name(),
            "line": self.line_number(),
            "schedule": schedule,
            "scenario": self.name(),
            "passed": why.is_none(),
            "message": why,
        });
        if let (Some(follow_up), Some(fields)) = (follow_up, document.as_object_mut()) {
            fields.remove("schedule");
            fields.insert("follow_up".to_owned(), json!(follow_up));
        }
        document
    }
}

/// How expectations are written, where there are none.
fn how_expected(lang: Lang) -> &'static str {
    lang.pick(" (--bless writes it)", " (--bless l'écrit)")
}

/// Rewrites the expectations of the scenarios that do not pass.
fn bless(files: &[CompiledFile], ran: &[Ran<'_>], lang: Option<Lang>) -> Result<Exit, Failure> {
    let mut blessed = 0_usize;
    let mut withheld = 0_usize;
    let mut text = String::new();
    for file in files {
        let source = &file.compiled.warnings.source;
        let mut changes: Vec<Change> = Vec::new();
        let tongue = lang.unwrap_or(file.compiled.warnings.lang);
        let written = crate::syntax::parse(&source.text, None).file.lang;
        for ran in ran.iter().filter(|ran| std::ptr::eq(ran.file, file) && !ran.passed()) {
            let why = match &ran.of {
                Of::Schedule { plan, scenario, outcome: Outcome::Withheld(why) } => {
                    why.say(plan, &scenario.events, tongue)
                }
                Of::FollowUp { outcome: follow::Outcome::Withheld(why), .. } => {
                    why.say(tongue, &follow::Words::default())
                }
                Of::Schedule { plan, scenario, .. } => {
                    let Ok(evaluation) = scenario::evaluate(plan, scenario) else { continue };
                    let actual = scenario::actual_lines(plan, &evaluation);
                    let currency = plan.schedule.currency;
                    let text = &source.text;
                    changes.extend(scenario::bless(text, scenario, currency, &actual, written));
                    blessed += 1;
                    continue;
                }
                Of::FollowUp { scenario, outcome, .. } => {
                    if let Some(texts) = test_follow::expectations(outcome, written) {
                        let (at, last) = (&scenario.expectations, scenario.last);
                        changes.extend(scenario::rewritten(&source.text, at, last, &texts));
                        blessed += 1;
                    }
                    continue;
                }
            };
            withheld += 1;
            let (name, file) = (plain(ran.name()), file.file.name());
            text.push_str(&say!(tongue, "{file}: {name}: {why}\n", "{file} : {name} : {why}\n"));
        }
        if !changes.is_empty() {
            new_file::write_file(&file.file.path, &changed(&source.text, changes))?;
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
