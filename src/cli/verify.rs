//! `jalon verify`: every history that a case can have, proved sound or shown to go wrong.

use super::input;
use super::not_covered;
use super::output::{Exit, Failure, findings, plain, results};
use super::usage::BadValue;
use super::{levels, timeline, tongue, verify_reports};
use crate::lang::{Lang, say};
use crate::money::Money;
use crate::plan::Plan;
use crate::span::Span;
use crate::tell::document;
pub(super) use crate::tell::{Told, Verified, tell};
use crate::verify::{self, Assumed, Level, Property, Verdict};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// What `jalon verify` takes.
#[derive(Args)]
pub struct Options {
    /// Schedule files, or folders with files whose name ends in .jalon
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,

    /// Only these properties, by their names
    #[arg(long, value_name = "PROPERTY", value_delimiter = ',', value_parser = property)]
    only: Vec<Property>,

    /// Let an error that is neither proved nor refuted count as found
    #[arg(long)]
    require_proof: bool,

    /// Write each witness into this folder, as a scenario in the file's vocabulary
    #[arg(long, value_name = "DIR")]
    witnesses: Option<PathBuf>,

    /// How many situations one search looks at; where they do not suffice, the verdict is unknown
    #[arg(long, value_name = "N", value_parser = input::count_argument,
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

fn property(name: &str) -> Result<Property, BadValue> {
    Property::find(name).ok_or_else(|| {
        let names = |lang: Lang| {
            let all = Property::ALL.iter().map(|property| property.called(lang));
            all.collect::<Vec<&str>>().join(", ")
        };
        let (english, french) = (names(Lang::En), names(Lang::Fr));
        BadValue {
            english: format!("the properties are {english}"),
            french: format!("les propriétés sont {french}"),
        }
    })
}

/// Verifies schedules.
pub fn verify(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let files = input::sound_sources(&options.paths, lang)?;
    let mut all = Vec::new();
    let versions = || files.iter().flat_map(|file| &file.compiled.schedules);
    for file in &files {
        let levels = levels::of(&file.file.path)?;
        let warnings = &file.compiled.warnings;
        for plan in &file.compiled.schedules {
            let asked = verify::Options {
                only: options.only.clone(),
                budget: options.budget,
                in_force: verify::InForce::of(plan, versions()),
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
    not_covered::say_follow_ups(files.iter().map(|file| &file.compiled), lang)?;
    let told: Vec<Told<'_>> = all.iter().flat_map(tell).collect();
    match options.format {
        Format::Human => human(&all, &told, lang)?,
        Format::Short => findings(&told.iter().map(short).collect::<String>())?,
        Format::Json => {
            let document = document(&all, &told);
            results(|out| writeln!(out, "{document:#}"))?;
        }
        Format::Sarif => verify_reports::sarif(&told)?,
        Format::Github => verify_reports::github(&told)?,
        Format::Junit => verify_reports::junit(&all, &told)?,
    }
    if let Some(folder) = &options.witnesses {
        verify_reports::witnesses(&all, &told, folder)?;
    }
    let refuted = told.iter().any(|told| told.level == Level::Error);
    let follows = files.iter().any(|file| !file.compiled.follow_ups.is_empty());
    let unproved =
        options.require_proof && (follows || all.iter().any(|verified| unproved(verified)));
    Ok(Exit::findings(refuted || unproved))
}

fn unproved(verified: &Verified<'_>) -> bool {
    let open = |proof: &verify::Proof| {
        proof.verdict == Verdict::Unknown && verified.levels.of(proof.property) == Level::Error
    };
    verified.verification.proofs.iter().any(open)
}

fn human(all: &[Verified<'_>], told: &[Told<'_>], lang: Option<Lang>) -> Result<(), Failure> {
    let mut text = String::new();
    for told in told {
        text.push_str(&draw(told));
        text.push('\n');
    }
    for verified in all {
        text.push_str(&proofs(verified));
    }
    let tongue = tongue::of_answer(lang);
    let count = |level: Level| told.iter().filter(|told| told.level == level).count();
    let (errors, warnings, notes) =
        (count(Level::Error), count(Level::Warning), count(Level::Note));
    let s = |n: usize| if n == 1 || (n == 0 && tongue == Lang::Fr) { "" } else { "s" };
    let (e, w, n, c) = (s(errors), s(warnings), s(notes), s(all.len()));
    let schedules = all.len();
    text.push_str(&say!(
        tongue,
        "{schedules} schedule{c}: {errors} error{e}, {warnings} warning{w}, {notes} note{n}\n",
        "{schedules} échéancier{c} : {errors} erreur{e}, {warnings} avertissement{w}, {notes} remarque{n}\n"
    ));
    findings(&text)
}

/// One finding, drawn.
pub(super) fn draw(told: &Told<'_>) -> String {
    let (of, lang) = (told.of, told.of.lang);
    let property = told.property;
    let mut text = format!(
        "{}[{}]: {}\n",
        told.level.word(lang),
        property.called(lang),
        plain(&told.said.message)
    );
    let line_of = |span: &Span| of.source.lines.position(&of.source.text, span.start).line;
    let first = told.said.lines.first().map_or(1, line_of);
    text.push_str(&format!("  ╭─ {}:{first}\n", of.source.name));
    let width = told.said.lines.iter().map(line_of).max().unwrap_or(1).to_string().len();
    for span in &told.said.lines {
        let number = line_of(span);
        let body = of.source.lines.line_span(&of.source.text, number).of(&of.source.text);
        text.push_str(&format!("  │ {number:width$} │ {}\n", plain(body.trim_end())));
    }
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
        text.extend(figure.map(|figure| format!("    {figure}\n")));
        text.push_str(&timeline::draw(of.plan, witness, result, lang));
        let read = of.plan.first_part().unwrap_or(of.plan);
        for line in timeline::stand_ins(read, &witness.events, lang) {
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
    let mut groups: Vec<(Verdict, Assumed)> = Vec::new();
    for proof in proofs().filter(|proof| proof.verdict != Verdict::Refuted) {
        let group = (proof.verdict, proof.assumed);
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups.retain(|(verdict, _)| *verdict == Verdict::Proved);
    groups.sort_by_key(|(_, assumed)| !assumed.is_nothing());
    let mut text = String::new();
    for (verdict, assumed) in groups {
        let of = || proofs().filter(|it| (it.verdict, it.assumed) == (verdict, assumed));
        let most = of().map(|proof| proof.situations).max().unwrap_or(0);
        let s = if most == 1 { "" } else { "s" };
        let names: Vec<&str> = of().map(|proof| proof.property.called(lang)).collect();
        let names = names.join(", ");
        let cases = cases(assumed, verified.plan, lang);
        text.push_str(&say!(
            lang,
            "✓ {name}: proved over every possible case{cases} ({most} situation{s}): {names}\n",
            "✓ {name} : prouvé sur tous les dossiers possibles{cases} ({most} situation{s}) : {names}\n"
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
            "? {name} : ni prouvé ni réfuté ({most} situation{s} examinées) : {unknown}\n"
        ));
        if let Some(why) = limit.map(|limit| limit.say(&verified.plan.schedule, lang)) {
            text.push_str(&say!(lang, "  why: {why}\n", "  pourquoi : {why}\n"));
        }
    }
    let unseen = &verified.verification.unseen;
    if !unseen.is_empty() {
        let unseen: Vec<&str> = unseen.iter().map(|unseen| unseen.noun(lang)).collect();
        let unseen = unseen.join(", ");
        text.push_str(&say!(lang, "  not looked at: {unseen}\n", "  non examiné : {unseen}\n"));
    }
    text
}

/// What the case of a witness agrees.
pub(super) fn agreed(plan: &Plan, figure: Money, lang: Lang) -> String {
    let currency = plan.schedule.currency;
    let (sum, code) = (lang.digits(currency.show(figure)), currency.code());
    if has_a_rate(plan) {
        say!(lang, "agreed rate {sum} {code}", "taux convenu {sum} {code}")
    } else {
        say!(lang, "agreed price {sum} {code}", "prix convenu {sum} {code}")
    }
}

/// Whether what a case agrees is a rate.
fn has_a_rate(plan: &Plan) -> bool {
    let program = plan.schedule.second.as_ref();
    program.is_some_and(|program| program.price.is_a_rate())
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
pub(super) fn short(told: &Told<'_>) -> String {
    let source = told.of.source;
    let start = told.said.lines.first().map_or(0, |span| span.start);
    let place = source.lines.position(&source.text, start);
    let lang = told.of.lang;
    let (level, property) = (told.level.word(lang), told.property.called(lang));
    let (name, line, column) = (&source.name, place.line, place.column);
    format!("{name}:{line}:{column}: {level}[{property}]: {}\n", plain(&told.said.message))
}
