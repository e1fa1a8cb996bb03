//! `jalon verify`: every history that a case can have, proved sound or shown to go wrong.

use super::arguments::{self, BadValue};
use super::input;
use super::output::{Exit, Failure, findings, plain, results};
use super::{levels, timeline, tongue, verify_follow, verify_reports};
use crate::lang::{Lang, say};
use crate::model::{Scenario, written};
use crate::plan::Plan;
use crate::tell::{
    Found, ToldFollowUp, VerifiedFollowUp, add_follow_ups, agreed, document, has_a_rate, stand_ins,
    tell_follow_up,
};
pub(super) use crate::tell::{Told, Verified, tell};
use crate::verify::follow::FollowOptions;
use crate::verify::{self, Assumed, FollowProperty, Level, Proof, Property, Verdict};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::sync::Arc;

/// What `jalon verify` takes.
#[derive(Args)]
pub struct Options {
    /// Schedule files, or folders with files whose name ends in .jalon
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    /// Only these properties, by their names, joined by commas
    #[arg(long, value_name = "PROPERTY", value_delimiter = ',', value_parser = property)]
    only: Vec<Asked>,

    /// Let an error that is neither proved nor refuted count as found
    #[arg(long)]
    require_proof: bool,

    /// Write each witness into this folder, as a scenario in the file's vocabulary
    #[arg(long, value_name = "DIR")]
    witnesses: Option<PathBuf>,

    /// How many situations one search looks at; where they do not suffice, the verdict is unknown
    #[arg(long, value_name = "N", value_parser = arguments::count_argument,
          default_value_t = verify::Options::default().budget)]
    budget: usize,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Short,
    Json,
    Sarif,
    Github,
    Junit,
}

/// A property that is asked for.
#[derive(Clone, Copy)]
enum Asked {
    /// Of schedules.
    Schedule(Property),
    /// Of follow-ups.
    FollowUp(FollowProperty),
}

fn property(name: &str) -> Result<Asked, BadValue> {
    let of_follow_ups = || FollowProperty::find(name).map(Asked::FollowUp);
    Property::find(name).map(Asked::Schedule).or_else(of_follow_ups).ok_or_else(|| {
        let names = |lang: Lang| {
            let all = Property::ALL.iter().map(|property| property.called(lang));
            let of_follow_ups = FollowProperty::ALL.iter().map(|property| property.called(lang));
            all.chain(of_follow_ups).collect::<Vec<&str>>().join(", ")
        };
        let (english, french) = (names(Lang::En), names(Lang::Fr));
        BadValue {
            english: format!("the properties are {english}"),
            french: format!("les propriétés sont {french}"),
        }
    })
}

/// What is asked of schedules and what of follow-ups; none where nothing is.
fn asked(options: &Options) -> (Option<Vec<Property>>, Option<FollowOptions>) {
    let (mut of, mut of_follow_ups) = (Vec::new(), Vec::new());
    for asked in &options.only {
        match asked {
            Asked::Schedule(property) => of.push(*property),
            Asked::FollowUp(property) => of_follow_ups.push(*property),
        }
    }
    let all = options.only.is_empty();
    let follow = FollowOptions {
        only: of_follow_ups.clone(),
        budget: options.budget,
        ..FollowOptions::default()
    };
    ((all || !of.is_empty()).then_some(of), (all || !of_follow_ups.is_empty()).then_some(follow))
}

/// Properties that stand among the files: `--only leak unbilled-work s.jalon`.
fn refuse_properties_among_files(options: &Options) -> Result<(), Failure> {
    let is_property = |path: &&PathBuf| {
        let name = path.to_str().filter(|_| !options.only.is_empty() && !path.exists());
        name.is_some_and(|name| property(name).is_ok())
    };
    let among: Vec<String> =
        options.paths.iter().filter(is_property).map(|path| path.display().to_string()).collect();
    let Some(first) = among.first() else { return Ok(()) };
    let all = |lang: Lang| {
        let only = options.only.iter().map(|asked| match asked {
            Asked::Schedule(property) => property.called(lang),
            Asked::FollowUp(property) => property.called(lang),
        });
        only.chain(among.iter().map(String::as_str)).collect::<Vec<&str>>().join(",")
    };
    let [english, french] = [Lang::En, Lang::Fr].map(all);
    Err(Failure::both(
        format!(
            "`{first}` is a property, and no file: several are joined by commas, `--only {english}`"
        ),
        format!(
            "`{first}` est une propriété, et non un fichier : plusieurs se joignent par des virgules, `--only {french}`"
        ),
    ))
}

/// Verifies schedules and follow-ups.
pub fn verify(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    refuse_properties_among_files(options)?;
    let files = input::sound_sources(&options.paths, lang)?;
    let (of_schedules, of_follow_ups) = asked(options);
    let mut all = Vec::new();
    let versions = || files.iter().flat_map(|file| &file.compiled.schedules);
    for file in files.iter().filter(|_| of_schedules.is_some()) {
        let levels = levels::of(&file.file.path)?;
        let warnings = &file.compiled.warnings;
        let scenarios: Arc<[Scenario]> = file.compiled.scenarios.as_slice().into();
        for plan in &file.compiled.schedules {
            let asked = verify::Options {
                only: of_schedules.clone().unwrap_or_default(),
                budget: options.budget,
                in_force: verify::InForce::of(plan, versions()),
                scenarios: scenarios.clone(),
                ..verify::Options::default()
            };
            all.push(Verified {
                source: &warnings.source,
                lang: lang.unwrap_or(warnings.lang),
                plan,
                verification: verify::verify(plan, &asked),
                levels: levels.clone(),
            });
        }
    }
    let follow_ups = match &of_follow_ups {
        Some(asked) => verify_follow::verified(&files, asked, lang)?,
        None => Vec::new(),
    };
    let told: Vec<Told<'_>> = all.iter().flat_map(tell).collect();
    let of_follow_ups: Vec<ToldFollowUp<'_>> = follow_ups.iter().flat_map(tell_follow_up).collect();
    let found: Vec<Found<'_>> =
        told.iter().map(Found::from).chain(of_follow_ups.iter().map(Found::from)).collect();
    match options.format {
        Format::Human => human(&all, &told, &follow_ups, &of_follow_ups, lang)?,
        Format::Short => findings(&found.iter().map(short).collect::<String>())?,
        Format::Json => {
            let mut document = document(&all, &told);
            add_follow_ups(&mut document, &follow_ups, &of_follow_ups);
            results(|out| writeln!(out, "{document:#}"))?;
        }
        Format::Sarif => verify_reports::sarif(&found)?,
        Format::Github => verify_reports::github(&found)?,
        Format::Junit => verify_reports::junit(&all, &told, &follow_ups, &of_follow_ups)?,
    }
    if let Some(folder) = &options.witnesses {
        verify_reports::witnesses(&all, &told, &of_follow_ups, folder)?;
    }
    let refuted = found.iter().any(|found| found.level == Level::Error);
    let unproved = options.require_proof
        && (all.iter().any(unproved) || follow_ups.iter().any(verify_follow::unproved));
    Ok(Exit::findings(refuted || unproved))
}

fn unproved(verified: &Verified<'_>) -> bool {
    let open = |proof: &verify::Proof| {
        proof.verdict == Verdict::Unknown && verified.levels.of(proof.property) == Level::Error
    };
    verified.verification.proofs.iter().any(open)
}

fn human(
    all: &[Verified<'_>],
    told: &[Told<'_>],
    follow_ups: &[VerifiedFollowUp<'_>],
    of_follow_ups: &[ToldFollowUp<'_>],
    lang: Option<Lang>,
) -> Result<(), Failure> {
    let drawn = told.iter().map(draw).chain(of_follow_ups.iter().map(verify_follow::draw));
    let mut text: String = drawn.map(|drawn| drawn + "\n").collect();
    text.extend(all.iter().map(|of| proofs(of) + &accepted(of)));
    text.extend(follow_ups.iter().map(verify_follow::proofs));
    let tongue = tongue::of_answer(lang);
    let levels = || told.iter().map(|it| it.level).chain(of_follow_ups.iter().map(|it| it.level));
    let count = |level: Level| levels().filter(|of| *of == level).count();
    let (errors, warnings, notes) =
        (count(Level::Error), count(Level::Warning), count(Level::Note));
    let s = |n: usize| if n == 1 || (n == 0 && tongue == Lang::Fr) { "" } else { "s" };
    let (e, w, n) = (s(errors), s(warnings), s(notes));
    let (schedules, c) = (all.len(), s(all.len()));
    let follows = follow_ups.iter().filter(|of| of.follow_up().is_some()).count();
    let f = s(follows);
    let mut looked_at = Vec::new();
    if schedules > 0 || follows == 0 {
        looked_at.push(say!(tongue, "{schedules} schedule{c}", "{schedules} échéancier{c}"));
    }
    if follows > 0 {
        looked_at.push(say!(tongue, "{follows} follow-up{f}", "{follows} suivi{f}"));
    }
    let looked_at = looked_at.join(", ");
    text.push_str(&say!(
        tongue,
        "{looked_at}: {errors} error{e}, {warnings} warning{w}, {notes} note{n}\n",
        "{looked_at} : {errors} erreur{e}, {warnings} avertissement{w}, {notes} remarque{n}\n"
    ));
    findings(&text)
}

/// One finding, drawn.
pub(super) fn draw(told: &Told<'_>) -> String {
    let (of, lang) = (told.of, told.of.lang);
    let mut text = verify_follow::head(&Found::from(told));
    if let Some(witness) = told.finding.and_then(|finding| finding.witness.as_ref()) {
        let count = witness.events.len();
        let s = if count == 1 { "" } else { "s" };
        let size = if witness.shortest {
            say!(lang, "the shortest: {count} event{s}", "le plus court : {count} événement{s}")
        } else {
            say!(lang, "{count} event{s}", "{count} événement{s}")
        };
        text.push_str(&say!(
            lang,
            "  a case that does it ({size})\n",
            "  un dossier qui le fait ({size})\n"
        ));
        let result = told.said.result.as_deref().unwrap_or("");
        let figure = witness.figure.map(|figure| agreed(of.plan, figure, lang));
        let planned = written::planned_days(&witness.agreed, lang);
        text.extend(figure.into_iter().chain(planned).map(|item| format!("    {item}\n")));
        text.push_str(&timeline::draw(of.plan, witness, result, lang));
        let read = of.plan.first_part().unwrap_or(of.plan);
        for line in stand_ins(read, &witness.events, lang) {
            text.push_str(&format!("    ({line})\n"));
        }
    }
    let help = plain(&told.said.help);
    text.push_str(&say!(lang, "  help: {help}\n", "  aide : {help}\n"));
    text
}

/// What is proved of a schedule, and what is not.
fn proofs(verified: &Verified<'_>) -> String {
    let lang = verified.lang;
    let name = plain(&verified.plan.schedule.name);
    let name = match verified.plan.schedule.in_force_from() {
        Some(from) => {
            let from = lang.date(from);
            say!(lang, "{name} (in force from {from})", "{name} (en vigueur à compter du {from})")
        }
        None => name,
    };
    let proofs = || verified.verification.proofs.iter();
    // What follows from the lines is proved without looking at any situation.
    let from_the_lines = |proof: &Proof| proof.situations == 0;
    let mut groups: Vec<(Verdict, Assumed, bool)> = Vec::new();
    for proof in proofs().filter(|proof| proof.verdict != Verdict::Refuted) {
        let group = (proof.verdict, proof.assumed, from_the_lines(proof));
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups.retain(|(verdict, ..)| *verdict == Verdict::Proved);
    groups.sort_by_key(|(_, assumed, alone)| (!assumed.is_nothing(), !alone));
    let mut text = String::new();
    for group in groups {
        let of = || proofs().filter(|it| (it.verdict, it.assumed, from_the_lines(it)) == group);
        let (_, assumed, alone) = group;
        let most = of().map(|proof| proof.situations).max().unwrap_or(0);
        let s = if most == 1 { "" } else { "s" };
        let names: Vec<String> = of().map(|proof| proved(verified, proof.property)).collect();
        let names = names.join(", ");
        let cases = cases(assumed, verified.plan, lang);
        let how = if alone {
            lang.pick(", from its lines alone", ", par ses seules lignes").to_owned()
        } else {
            format!(" ({most} situation{s})")
        };
        text.push_str(&say!(
            lang,
            "✓ {name}: proved over every possible case{cases}{how}: {names}\n",
            "✓ {name} : prouvé sur tous les dossiers possibles{cases}{how} : {names}\n"
        ));
    }
    let unknown = proofs().filter(|proof| proof.verdict == Verdict::Unknown);
    let most = unknown.map(|proof| proof.situations).max().unwrap_or(0);
    let s = if most == 1 { "" } else { "s" };
    for (limit, properties) in verified.verification.undecided() {
        let unknown: Vec<&str> = properties.iter().map(|it| it.called(lang)).collect();
        let unknown = unknown.join(", ");
        text.push_str(&say!(
            lang,
            "? {name}: neither proved nor refuted ({most} situation{s} looked at): {unknown}\n",
            "? {name} : ni prouvé ni réfuté ({most} situation{s} examinée{s}) : {unknown}\n"
        ));
        if let Some(why) = limit.map(|limit| limit.say(&verified.plan.schedule, lang)) {
            text.push_str(&say!(lang, "  why: {why}\n", "  pourquoi : {why}\n"));
        }
    }
    let beside = beside_the_accepted(verified);
    if !beside.is_empty() {
        let beside = beside.join(", ");
        text.push_str(&say!(
            lang,
            "? {name}: beside what is accepted, neither proved nor refuted: {beside}\n",
            "? {name} : en dehors de ce qui est admis, ni prouvé ni réfuté : {beside}\n"
        ));
    }
    let unseen = &verified.verification.unseen;
    if !unseen.is_empty() {
        let unseen: Vec<&str> = unseen.iter().map(|unseen| unseen.noun(lang)).collect();
        let unseen = unseen.join(", ");
        text.push_str(&say!(lang, "  not looked at: {unseen}\n", "  non examiné : {unseen}\n"));
    }
    text
}

/// A property that is proved, with those that count cases of its kind and are not.
fn proved(verified: &Verified<'_>, property: Property) -> String {
    let lang = verified.lang;
    let name = property.called(lang);
    let is_proved = |other: &Property| {
        let mut proofs = verified.verification.proofs.iter();
        proofs.any(|proof| proof.property == *other && proof.verdict == Verdict::Proved)
    };
    let counted = property.counted_elsewhere().iter().filter(|other| !is_proved(other));
    let apart: Vec<&str> = counted.map(|other| other.called(lang)).collect();
    if apart.is_empty() {
        return name.to_owned();
    }
    let apart = apart.join(lang.pick(" and ", " et "));
    say!(lang, "{name} (apart from {apart})", "{name} (hors {apart})")
}

/// The properties of which all that was found is accepted, where there may be more.
fn beside_the_accepted(verified: &Verified<'_>) -> Vec<&'static str> {
    let of = verified.plan.first_part().unwrap_or(verified.plan);
    let left = verify::left(of, &verified.verification);
    let proofs = verified.verification.proofs.iter();
    let refuted = proofs.filter(|proof| proof.verdict == Verdict::Refuted && proof.more);
    let alone = refuted.filter(|proof| left.iter().all(|it| it.property() != proof.property));
    alone.map(|proof| proof.property.called(verified.lang)).collect()
}

/// What the schedule accepts, and some case does: it is neither told nor proved.
fn accepted(verified: &Verified<'_>) -> String {
    let (lang, schedule) = (verified.lang, &verified.plan.schedule);
    let name = plain(&schedule.name);
    let of = verified.plan.first_part().unwrap_or(verified.plan);
    let told = verify::used(of, &verified.verification).map(|acceptance| {
        let (property, reason) = (acceptance.property.called(lang), plain(&acceptance.reason));
        let line = acceptance.line.and_then(|line| of.schedule.lines.get(line));
        let on = line.map_or(String::new(), |line| {
            let line = plain(&line.label);
            say!(lang, " on \"{line}\"", " pour « {line} »")
        });
        say!(
            lang,
            "! {name}: accepted: {property}{on}, \"{reason}\"\n",
            "! {name} : admis : {property}{on}, « {reason} »\n"
        )
    });
    told.collect()
}

/// Which cases a verdict speaks of, where it is not all: those that plan what the schedule states, or do
/// not amend what they agree.
fn cases(assumed: Assumed, plan: &Plan, lang: Lang) -> String {
    let hours = assumed.hours.map(|hours| {
        let hours = lang.digits(hours);
        say!(lang, "{hours} hours", "{hours} heures")
    });
    let months = assumed.months.map(|months| say!(lang, "{months} months", "{months} mois"));
    let all: Vec<String> = hours.into_iter().chain(months).collect();
    let mut text = String::new();
    if !all.is_empty() {
        let all = all.join(lang.pick(" and ", " et "));
        text.push_str(&say!(
            lang,
            " that plans the {all} of the schedule",
            " qui prévoient les {all} de l'échéancier"
        ));
    }
    let mut and = if all.is_empty() { "" } else { lang.pick(" and", " et") };
    if assumed.figure {
        let figure =
            if has_a_rate(plan) { lang.pick("rate", "taux") } else { lang.pick("price", "prix") };
        text.push_str(&say!(
            lang,
            "{and} whose {figure} is not amended",
            "{and} dont le {figure} n'est pas modifié par avenant"
        ));
        and = lang.pick(" and", " et");
    }
    if assumed.planned {
        text.push_str(&say!(
            lang,
            "{and} whose planned hours or months are not amended",
            "{and} dont les heures ou les mois prévus ne sont pas modifiés par avenant"
        ));
    }
    text
}

/// One finding on one line.
pub(super) fn short(found: &Found<'_>) -> String {
    let source = found.source;
    let start = found.said.lines.first().map_or(0, |span| span.start);
    let place = source.lines.position(&source.text, start);
    let (level, called) = (found.level.word(found.lang), found.called);
    let (name, line, column) = (&source.name, place.line, place.column);
    format!("{name}:{line}:{column}: {level}[{called}]: {}\n", plain(&found.said.message))
}
