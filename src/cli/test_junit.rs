//! `jalon test --format junit`: outcomes as CI reads them.
//!
//! In: scenarios that have run, and the situations that they come to where that is asked for; or
//! schedules that do not compile. Out: a JUnit report on standard output, a suite for each file, and one
//! for the situations of each schedule.

use super::coverage::Covered;
use super::output::{Failure, plain, results};
use super::ran_scenarios::Ran;
use crate::diagnostic::{Report as Diagnosed, Severity};
use crate::lang::{Lang, say};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

/// Writes what scenarios came to, and which situations none comes to: skipped, or failed where they
/// are too many.
pub fn junit(
    ran: &[Ran<'_>],
    covered: &[Covered<'_>],
    least: u8,
    lang: Option<Lang>,
) -> Result<(), Failure> {
    let mut suites: Vec<TestSuite> = Vec::new();
    for ran in ran {
        let name = ran.file.file.name();
        let case = scenario(ran, &name, lang.unwrap_or(ran.file.compiled.warnings.lang));
        match suites.last_mut().filter(|suite| suite.name.as_str() == name) {
            Some(suite) => {
                suite.add_test_case(case);
            }
            None => {
                let mut suite = TestSuite::new(name);
                suite.add_test_case(case);
                suites.push(suite);
            }
        }
    }
    suites.extend(covered.iter().map(|covered| situations(covered, least, lang)));
    write(suites)
}

fn scenario(ran: &Ran<'_>, file: &str, lang: Lang) -> TestCase {
    let status = match ran.why(lang) {
        None => TestCaseStatus::success(),
        Some(why) => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(why.lines().next().unwrap_or("").to_owned());
            status.set_description(format!("{file}:{}\n{why}", ran.line_number()));
            status
        }
    };
    let mut case = TestCase::new(ran.name(), status);
    case.set_classname(ran.subject());
    case
}

fn situations(covered: &Covered<'_>, least: u8, lang: Option<Lang>) -> TestSuite {
    let lang = covered.lang(lang);
    let (file, schedule) = (covered.file_name(), covered.schedule());
    let mut suite = TestSuite::new(say!(
        lang,
        "{file}: situations of {schedule}",
        "{file} : situations de {schedule}"
    ));
    let below = covered.is_below(least);
    for (name, reached) in covered.situations(lang) {
        let status = match (reached, below) {
            (true, _) => TestCaseStatus::success(),
            (false, true) => TestCaseStatus::non_success(NonSuccessKind::Failure),
            (false, false) => TestCaseStatus::skipped(),
        };
        let mut case = TestCase::new(name, status);
        if !reached {
            let why = lang.pick("no scenario comes to it", "aucun scénario n'y arrive");
            case.status.set_message(why);
        }
        case.set_classname(schedule.clone());
        suite.add_test_case(case);
    }
    suite
}

/// Writes schedules that do not compile, each as a case that could not be run.
pub fn unsound(reports: &[Diagnosed]) -> Result<(), Failure> {
    let suites = reports.iter().map(|report| {
        let name = plain(&report.source.name);
        let errors = report.diagnostics.iter().filter(|it| it.severity() == Severity::Error);
        let said: Vec<String> = errors
            .map(|error| {
                let lines = &report.source.lines;
                let place = lines.position(&report.source.text, error.span.start);
                format!("{name}:{}:{} {}", place.line, place.column, plain(&error.message))
            })
            .collect();
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(say!(
            report.lang,
            "the schedules have errors: no scenario was run",
            "les échéanciers ont des erreurs : aucun scénario n'a été joué"
        ));
        status.set_description(said.join("\n"));
        let mut suite = TestSuite::new(name.clone());
        let mut case = TestCase::new(name.clone(), status);
        case.set_classname(name);
        suite.add_test_case(case);
        suite
    });
    write(suites.collect())
}

fn write(suites: Vec<TestSuite>) -> Result<(), Failure> {
    let mut report = Report::new("jalon");
    report.add_test_suites(suites);
    let text = report.to_string().map_err(|error| Failure::new(error.to_string()))?;
    results(|out| out.write_all(text.as_bytes()))
}
