//! The findings of `jalon verify` as other programs read them: SARIF 2.1.0, GitHub annotations,
//! JUnit, and witnesses as scenarios.

use super::coverage::{below, free_name};
use super::output::{Failure, plain, results};
use super::verify::{Told, Verified};
use super::{new_file, verify_follow};
use crate::lang::say;
use crate::span::{Position, Span};
use crate::tell::{Found, ToldFollowUp, VerifiedFollowUp, witness_scenario};
use crate::verify::{FollowProperty, Level, Property, Verdict, Witness};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use serde_json::{Value, json};
use std::collections::HashSet;
use std::path::Path;

fn position(found: &Found<'_>, offset: u32) -> Position {
    found.source.lines.position(&found.source.text, offset)
}

/// Writes a SARIF log.
pub fn sarif(found: &[Found<'_>]) -> Result<(), Failure> {
    let rule = |name: &str, about: &str, level: Level| {
        json!({
            "id": name,
            "shortDescription": { "text": about },
            "defaultConfiguration": { "level": sarif_level(level) },
        })
    };
    let rules = Property::ALL.iter().map(|of| rule(of.name(), of.about(), of.level()));
    let of_follow_ups = FollowProperty::ALL.iter();
    let of_follow_ups = of_follow_ups.map(|of| rule(of.name(), of.about(), of.level()));
    let rules: Vec<Value> = rules.chain(of_follow_ups).collect();
    let found: Vec<Value> = found.iter().map(sarif_result).collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "jalon",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": found,
        }],
    });
    results(|out| writeln!(out, "{document:#}"))
}

fn sarif_level(level: Level) -> &'static str {
    match level {
        Level::Allow => "none",
        Level::Note => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

fn sarif_result(found: &Found<'_>) -> Value {
    let location = |span: &Span| {
        let (start, end) = (position(found, span.start), position(found, span.end));
        json!({ "physicalLocation": {
            "artifactLocation": { "uri": uri(&found.source.name) },
            "region": {
                "startLine": start.line, "startColumn": start.column,
                "endLine": end.line, "endColumn": end.column,
            },
        } })
    };
    let place = found.said.lines.first().map(location);
    let others: Vec<Value> = found.said.lines.iter().skip(1).map(location).collect();
    let text = format!("{}. {}", found.said.message, found.said.help);
    json!({
        "ruleId": found.name,
        "level": sarif_level(found.level),
        "message": { "text": text },
        "locations": place.into_iter().collect::<Vec<_>>(),
        "relatedLocations": others,
    })
}

/// A path as a relative reference of a URI.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(char::from(byte));
            }
            b'\\' => uri.push('/'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

/// Writes GitHub's workflow commands, one line each.
pub fn github(all: &[Found<'_>]) -> Result<(), Failure> {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let value = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    results::<std::io::Error>(|out| {
        for found in all {
            let command = match found.level {
                Level::Allow | Level::Note => "notice",
                Level::Warning => "warning",
                Level::Error => "error",
            };
            let place = position(found, found.said.lines.first().map_or(0, |span| span.start));
            let (file, title) = (value(&found.source.name), value(found.called));
            let text = data(&format!("{}. {}", found.said.message, found.said.help));
            let (line, column) = (place.line, place.column);
            writeln!(
                out,
                "::{command} file={file},line={line},col={column},title={title}::{text}"
            )?;
        }
        Ok(())
    })
}

/// Writes a JUnit report: a suite for each schedule or follow-up, a case for each property.
pub fn junit(
    all: &[Verified<'_>],
    told: &[Told<'_>],
    follow_ups: &[VerifiedFollowUp<'_>],
    of_follow_ups: &[ToldFollowUp<'_>],
) -> Result<(), Failure> {
    let mut report = Report::new("jalon verify");
    for verified in all {
        let mut suite = TestSuite::new(verified.plan.schedule.name.as_str());
        for proof in &verified.verification.proofs {
            let of = |told: &&Told<'_>| {
                std::ptr::eq(told.of, verified) && told.property == proof.property
            };
            let said = told.iter().filter(of).map(|told| (told.level, told.said.message.as_str()));
            let count = proof.situations;
            let unknown = (proof.verdict == Verdict::Unknown).then(|| {
                say!(
                    verified.lang,
                    "neither proved nor refuted; situations looked at: {count}",
                    "ni prouvé ni réfuté ; situations examinées : {count}"
                )
            });
            let file = verified.source.name.as_str();
            suite.add_test_case(case(proof.property.name(), file, said, unknown));
        }
        report.add_test_suite(suite);
    }
    for verified in follow_ups {
        let mut suite = TestSuite::new(verified.subject.name());
        for proof in &verified.verification.proofs {
            let of = |told: &&ToldFollowUp<'_>| {
                std::ptr::eq(told.of, verified) && told.property == proof.property
            };
            let said = of_follow_ups.iter().filter(of);
            let said = said.map(|told| (told.level, told.said.message.as_str()));
            let unknown = proof.limit.as_ref().map(|limit| {
                let why = verified.why(limit);
                say!(
                    verified.lang,
                    "neither proved nor refuted: {why}",
                    "ni prouvé ni réfuté : {why}"
                )
            });
            let file = verified.source.name.as_str();
            suite.add_test_case(case(proof.property.name(), file, said, unknown));
        }
        report.add_test_suite(suite);
    }
    let text = report.to_string().map_err(|error| Failure::new(error.to_string()))?;
    results(|out| writeln!(out, "{text}"))
}

/// A property as a case: what is denied fails it, what is not known skips it.
fn case<'m>(
    name: &str,
    file: &str,
    said: impl Iterator<Item = (Level, &'m str)>,
    unknown: Option<String>,
) -> TestCase {
    let denied = said.filter(|(level, _)| *level == Level::Error).map(|(_, said)| plain(said));
    let denied: Vec<String> = denied.collect();
    let status = if !denied.is_empty() {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(denied.join("; "));
        status
    } else if let Some(unknown) = unknown {
        let mut status = TestCaseStatus::skipped();
        status.set_message(unknown);
        status
    } else {
        TestCaseStatus::success()
    };
    let mut case = TestCase::new(name, status);
    case.set_classname(file);
    case
}

/// Writes each witness into a folder: the name of its file, the property, a number.
pub fn witnesses(
    all: &[Verified<'_>],
    told: &[Told<'_>],
    of_follow_ups: &[ToldFollowUp<'_>],
    folder: &Path,
) -> Result<(), Failure> {
    let failed = |error: std::io::Error| Failure::file(folder, &error);
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut names = HashSet::new();
    for (number, told) in told.iter().enumerate() {
        let Some(witness) = told.finding.and_then(|finding| finding.witness.as_ref()) else {
            continue;
        };
        let name = witness_file(&Found::from(told), number);
        let of = &told.of;
        let same = |other: &&Verified<'_>| {
            std::ptr::eq(other.source, of.source)
                && other.plan.schedule.name == of.plan.schedule.name
        };
        // The scenario names its schedule, and is read together with its file. Of several versions it cannot
        // name the one that it is of: it stands below it.
        let named = all.iter().filter(same).count() == 1;
        new_file::write_file(&folder.join(name), &scenario(told, witness, named, &mut names))?;
    }
    for (number, told) in (told.len()..).zip(of_follow_ups) {
        let name = witness_file(&Found::from(told), number);
        if let Some(text) = verify_follow::scenario(told, &mut names) {
            new_file::write_file(&folder.join(name), &text)?;
        }
    }
    Ok(())
}

/// What the file of a witness is called.
fn witness_file(found: &Found<'_>, number: usize) -> String {
    let stem = Path::new(&found.source.name).file_stem().unwrap_or_default();
    format!("{}-{}-{}.jalon", stem.to_string_lossy(), found.name, number + 1)
}

/// A witness as a scenario with a name that is not taken, below what goes wrong.
fn scenario(
    told: &Told<'_>,
    witness: &Witness,
    named: bool,
    names: &mut HashSet<String>,
) -> String {
    let lang = told.of.lang;
    let schedule = &told.of.plan.schedule;
    let name = say!(lang, "{0}: {1}", "{0} : {1}", told.property.called(lang), told.said.message);
    let name = free_name(name, names);
    let mut text = format!("# {}\n", plain(&told.said.message));
    if !named {
        text.push_str(&below(schedule, lang));
    }
    text + &witness_scenario(told, witness, &name, named.then_some(schedule.name.as_str()))
}
