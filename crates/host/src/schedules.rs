//! Schedules of a host: in, the texts of files; out, what evaluates cases on them, or what is wrong.

use crate::{Failure, unless_stopped};
use jalon::artefact::is_artefact;
use jalon::feed::Book;
use jalon::lang::Lang;
use jalon::model::Scenario;
use jalon::tell::{
    Levels, Verified, VerifiedFollowUp, add_follow_ups, document, json, tell, tell_follow_up,
};
use jalon::verify::follow::{FollowOptions, Subject, verify_follow_up, without_follow_up};
use jalon::verify::{self, InForce};
use jalon::{Compiled, Report, Stop, compile_bytes, load, semantic_hash};
use serde_json::{Value, json};
use std::sync::Arc;

/// Sound schedules, to be kept and shared between threads.
#[derive(Debug)]
pub struct Schedules {
    pub(crate) files: Vec<Compiled>,
    /// Their schedules by name.
    pub(crate) book: Book,
    /// The language of messages, as it was asked for.
    pub(crate) asked: Option<Lang>,
}

/// Reads one file.
type Reader = fn(&str, &[u8], Option<Lang>) -> Result<Compiled, Report>;

/// Schedules that cannot be used.
#[derive(Clone, Debug)]
pub struct Refused {
    /// In one sentence.
    pub message: String,
    /// What is wrong, as a JSON array: one object for each finding, as `jalon check --format json` has them. Empty
    /// where it is not about a place in one file.
    pub findings: String,
}

/// The language of a code: `en`, `fr`, or nothing for that of the files.
///
/// # Errors
///
/// If it is any other.
pub fn language(code: Option<&str>) -> Result<Option<Lang>, Failure> {
    match code {
        None | Some("") => Ok(None),
        Some("en") => Ok(Some(Lang::En)),
        Some("fr") => Ok(Some(Lang::Fr)),
        Some(_) => Err(Failure::from("the language is `en` or `fr`, or not stated")),
    }
}

impl Schedules {
    /// Compiles files, each with the name that messages call it by; one that was compiled before is loaded.
    /// Messages are in `lang`, or else in the language of each file.
    ///
    /// # Errors
    ///
    /// If any file has an error, if two schedules have one name, or if there is neither a schedule nor a follow-up.
    pub fn compile(files: &[(&str, &[u8])], lang: Option<Lang>) -> Result<Schedules, Refused> {
        let any: Reader = |name, bytes, lang| {
            let read = if is_artefact(bytes) { load } else { compile_bytes };
            read(name, bytes, lang)
        };
        Schedules::read(files, lang, any)
    }

    /// The same, of texts alone: a host that is given nothing else carries no reader of compiled schedules.
    ///
    /// # Errors
    ///
    /// As [`Schedules::compile`]; a compiled schedule is no text of the language.
    pub fn compile_texts(files: &[(&str, &str)], lang: Option<Lang>) -> Result<Schedules, Refused> {
        let files: Vec<(&str, &[u8])> =
            files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
        Schedules::read(&files, lang, compile_bytes)
    }

    fn read(
        files: &[(&str, &[u8])],
        lang: Option<Lang>,
        reader: Reader,
    ) -> Result<Schedules, Refused> {
        let mut sound = Vec::new();
        let mut findings = Vec::new();
        let mut languages = Vec::new();
        for (name, bytes) in files {
            match reader(name, bytes, lang) {
                Ok(compiled) => sound.push(compiled),
                Err(report) => {
                    languages.push(report.lang);
                    findings.extend(json(&report));
                }
            }
        }
        let all = sound.iter().map(|file| file.warnings.lang).chain(languages);
        let lang_of_answer = lang.unwrap_or_else(|| most(all));
        let refused = |english: String, french: String, findings| Refused {
            message: lang_of_answer.pick(english, french),
            findings: Value::Array(findings).to_string(),
        };
        if !findings.is_empty() {
            return Err(refused(
                "the schedules have errors".to_owned(),
                "les échéanciers ont des erreurs".to_owned(),
                findings,
            ));
        }
        let mut book = Book::default();
        for file in &sound {
            for plan in &file.schedules {
                book.add(plan.clone()).map_err(|plan| {
                    let (name, file) = (&plan.schedule.name, &file.warnings.source.name);
                    refused(
                        format!("{file}: a second schedule is named `{name}`"),
                        format!("{file} : un deuxième échéancier s'appelle `{name}`"),
                        Vec::new(),
                    )
                })?;
            }
        }
        if book.plans().is_empty() && sound.iter().all(|file| file.follow_ups.is_empty()) {
            return Err(refused(
                "the files hold no schedule".to_owned(),
                "les fichiers ne contiennent aucun échéancier".to_owned(),
                Vec::new(),
            ));
        }
        Ok(Schedules { files: sound, book, asked: lang })
    }

    /// The language in which all of them are spoken of: the one that was asked for, or that of most files.
    pub fn lang(&self) -> Lang {
        self.asked.unwrap_or_else(|| most(self.files.iter().map(|file| file.warnings.lang)))
    }

    /// The schedules as a JSON array: their names, the days from which they are in force, their currencies
    /// and their semantic hashes, which change only when what is billed does.
    pub fn list(&self) -> String {
        let one = |plan: &jalon::Plan| {
            let schedule = &plan.schedule;
            json!({
                "name": schedule.name,
                "in_force_from": schedule.in_force_from(),
                "currency": schedule.currency.code(),
                "hash": semantic_hash(schedule).to_string(),
            })
        };
        Value::Array(self.book.plans().iter().map(one).collect()).to_string()
    }

    /// The warnings about the files as a JSON array, as `jalon check --format json` has them; without those that
    /// take a search over all cases.
    pub fn warnings(&self) -> String {
        let reports = self.files.iter().map(|file| &file.warnings);
        Value::Array(reports.flat_map(|report: &Report| json(report)).collect()).to_string()
    }

    /// Proves the schedules over every case that can come, or shows what goes wrong: the JSON document of
    /// `jalon verify --format json`. May take seconds.
    ///
    /// # Errors
    ///
    /// If a file was compiled before: a proof needs the text.
    pub fn verify(&self) -> Result<String, Failure> {
        self.verify_unless(&Stop::default())
    }

    /// The same, unless it is stopped from another thread.
    ///
    /// # Errors
    ///
    /// As [`Schedules::verify`], and if it is stopped.
    pub fn verify_unless(&self, stop: &Stop) -> Result<String, Failure> {
        Ok(self.verified(stop)?.1.to_string())
    }

    /// What is known of each schedule, and the document of all.
    pub(crate) fn verified(&self, stop: &Stop) -> Result<(Vec<Verified<'_>>, Value), Failure> {
        let compiled = self.files.iter().find(|file| file.warnings.source.text.is_empty());
        if let Some(file) = compiled {
            let name = &file.warnings.source.name;
            let message = self.lang().pick(
                format!("{name}: this schedule is compiled already: give the text of its source"),
                format!("{name} : cet échéancier est déjà compilé : donnez le texte de sa source"),
            );
            return Err(Failure { message });
        }
        let versions = || self.files.iter().flat_map(|file| &file.schedules);
        let mut all = Vec::new();
        for file in &self.files {
            let scenarios: Arc<[Scenario]> = file.scenarios.as_slice().into();
            for plan in &file.schedules {
                let options = verify::Options {
                    in_force: InForce::of(plan, versions()),
                    scenarios: scenarios.clone(),
                    stop: stop.clone(),
                    ..verify::Options::default()
                };
                all.push(Verified {
                    source: &file.warnings.source,
                    lang: self.asked.unwrap_or(file.warnings.lang),
                    plan,
                    verification: verify::verify(plan, &options),
                    levels: Levels::default(),
                });
            }
        }
        let mut document = document(&all, &all.iter().flat_map(tell).collect::<Vec<_>>());
        let follow_ups = self.verified_follow_ups(stop);
        let told: Vec<_> = follow_ups.iter().flat_map(tell_follow_up).collect();
        add_follow_ups(&mut document, &follow_ups, &told);
        unless_stopped(stop)?;
        Ok((all, document))
    }

    /// What is proved of follow-ups, and of the payers of the schedules.
    fn verified_follow_ups(&self, stop: &Stop) -> Vec<VerifiedFollowUp<'_>> {
        let follow_ups: Vec<_> = self.files.iter().flat_map(|file| &file.follow_ups).collect();
        let mut all = Vec::new();
        for file in &self.files {
            let of_one = file.follow_ups.iter().map(|follow_up| {
                let options = FollowOptions { stop: stop.clone(), ..FollowOptions::default() };
                let of = verify_follow_up(follow_up, &options);
                (Subject::FollowUp(follow_up), of)
            });
            let of_payers = file.schedules.iter().filter_map(|plan| {
                let of = without_follow_up(&plan.schedule, &follow_ups)?;
                Some((Subject::Payers(&plan.schedule), of))
            });
            all.extend(of_one.chain(of_payers).map(|(subject, verification)| VerifiedFollowUp {
                source: &file.warnings.source,
                lang: self.asked.unwrap_or(file.warnings.lang),
                subject,
                verification,
                levels: Levels::default(),
            }));
        }
        all
    }
}

/// The language of most files; English where neither is.
fn most(langs: impl Iterator<Item = Lang>) -> Lang {
    let (mut french, mut all) = (0_usize, 0_usize);
    for lang in langs {
        french += usize::from(lang == Lang::Fr);
        all += 1;
    }
    if french * 2 > all { Lang::Fr } else { Lang::En }
}
