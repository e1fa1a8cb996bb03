//! `jalon test --coverage` and `--generate`: which situations of a schedule its scenarios come to.

use super::input::CompiledFile;
use super::output::{Exit, Failure, plain, results};
use crate::lang::{Lang, say};
use crate::model::Schedule;
use crate::plan::Plan;
use crate::situations::Situations;
use crate::verify::InForce;
use serde_json::{Value, json};
use std::collections::HashSet;

/// The situations of one schedule, with those that its scenarios come to.
pub struct Covered<'f> {
    file: &'f CompiledFile,
    plan: &'f Plan,
    situations: Situations<'f>,
}

/// Runs the scenarios of all schedules and notes what they come to.
pub fn cover(files: &[CompiledFile]) -> Vec<Covered<'_>> {
    let each = |file| -> Vec<Covered<'_>> {
        let file: &CompiledFile = file;
        let plans = file.compiled.schedules.iter();
        plans.map(|plan| Covered::new(file, plan)).collect()
    };
    files.iter().flat_map(each).collect()
}

impl<'f> Covered<'f> {
    fn new(file: &'f CompiledFile, plan: &'f Plan) -> Covered<'f> {
        let in_force = InForce::of(plan, file.compiled.schedules.iter());
        let mut situations = Situations::of_a_version(plan, in_force);
        let scenarios = file.compiled.scenarios.iter();
        let version = plan.schedule.in_force_from();
        scenarios
            .filter(|scenario| scenario.schedule == plan.schedule.name)
            .filter(|scenario| scenario.in_force_from == version)
            .for_each(|scenario| situations.reach(scenario));
        Covered { file, plan, situations }
    }

    fn counts(&self) -> (usize, usize) {
        let all = &self.situations.all;
        (all.iter().filter(|situation| situation.reached).count(), all.len())
    }

    fn missing(&self, lang: Lang) -> Vec<String> {
        let missing = self.situations.all.iter().filter(|situation| !situation.reached);
        missing.map(|situation| plain(&self.situations.name(situation, lang))).collect()
    }

    /// The name of its file.
    pub fn file_name(&self) -> String {
        self.file.file.name()
    }

    /// The name of its schedule.
    pub fn schedule(&self) -> String {
        plain(&self.plan.schedule.name)
    }

    /// The language in which situations are named: the one that is asked for, or else the file's.
    pub fn lang(&self, asked: Option<Lang>) -> Lang {
        asked.unwrap_or(self.file.compiled.warnings.lang)
    }

    /// Each situation by name, and whether a scenario comes to it.
    pub fn situations(&self, lang: Lang) -> impl Iterator<Item = (String, bool)> {
        let all = self.situations.all.iter();
        all.map(move |one| (plain(&self.situations.name(one, lang)), one.reached))
    }

    /// Whether fewer than so many in a hundred situations are reached.
    pub fn is_below(&self, least: u8) -> bool {
        let (reached, all) = self.counts();
        reached * 100 < all * usize::from(least)
    }

    /// As JSON.
    pub fn json(&self, lang: Option<Lang>) -> Value {
        let (reached, all) = self.counts();
        json!({
            "file": self.file.file.name(),
            "schedule": self.plan.schedule.name,
            "situations": all,
            "complete": !self.situations.cut,
            "reached": reached,
            "missing": self.missing(lang.unwrap_or(self.file.compiled.warnings.lang)),
        })
    }
}

/// Writes what is reached, and by name what is not.
pub fn human(covered: &[Covered<'_>], lang: Option<Lang>) -> Result<(), Failure> {
    let mut text = String::new();
    for each in covered {
        let lang = lang.unwrap_or(each.file.compiled.warnings.lang);
        let name = plain(&each.plan.schedule.name);
        let (reached, all) = each.counts();
        let percent = (reached * 100).checked_div(all).unwrap_or(100);
        let [s, r] = [all, reached].map(|count| lang.s(count as u64));
        text.push_str(&say!(
            lang,
            "{name}: {reached} of {all} situation{s}, {percent} %\n",
            "{name} : {reached} situation{r} sur {all}, {percent} %\n"
        ));
        for missing in each.missing(lang) {
            text.push_str(&say!(
                lang,
                "  no scenario: {missing}\n",
                "  aucun scénario : {missing}\n"
            ));
        }
        if each.situations.cut {
            text.push_str(&format!("  {}\n", each.situations.cut_note(lang)));
        }
    }
    results(|out| out.write_all(text.as_bytes()))
}

/// Below which version of a schedule a scenario belongs: it cannot name another than the one above it.
pub fn below(schedule: &Schedule, lang: Lang) -> String {
    let name = plain(&schedule.name);
    match schedule.in_force_from() {
        Some(from) => {
            let from = lang.date(from);
            say!(
                lang,
                "# Below schedule \"{name}\", in force from {from}:\n",
                "# Sous l'échéancier \"{name}\", en vigueur à compter du {from} :\n"
            )
        }
        None => say!(
            lang,
            "# Below schedule \"{name}\", the version without a date:\n",
            "# Sous l'échéancier \"{name}\", la version sans date :\n"
        ),
    }
}

/// A name that is not taken: the one that is wanted, with a number behind it where it is.
pub fn free_name(wanted: String, names: &mut HashSet<String>) -> String {
    let mut name = wanted.clone();
    let mut number = 2;
    while !names.insert(name.clone()) {
        name = format!("{wanted} ({number})");
        number += 1;
    }
    name
}

/// Writes a scenario for each situation that none comes to, and for each day next to one of its bounds.
pub fn generate(covered: &[Covered<'_>], lang: Option<Lang>) -> Result<Exit, Failure> {
    let mut text = String::new();
    let mut names: HashSet<String> = HashSet::new();
    for each in covered {
        let compiled = &each.file.compiled;
        names.extend(compiled.scenarios.iter().map(|scenario| scenario.name.clone()));
        let source = &compiled.warnings.source.text;
        let lang = lang.unwrap_or_else(|| crate::syntax::parse(source, None).file.lang);
        let schedule = each.plan.schedule.name.as_str();
        let named = compiled.schedules.iter().filter(|plan| plan.schedule.name == schedule).count();
        // A scenario belongs to the version above it, and cannot name another.
        let of = (compiled.schedules.len() > 1 && named == 1).then_some(schedule);
        if named > 1 && each.situations.all.iter().any(|situation| !situation.wanted().is_empty()) {
            text.push_str(&format!("\n{}", below(&each.plan.schedule, lang)));
        }
        for situation in &each.situations.all {
            let own = each.situations.name(situation, lang).replace('"', "'");
            for (example, day) in situation.wanted() {
                let wanted = format!("{own}{}", day.map_or("", |day| day.suffix(lang)));
                let name = free_name(wanted, &mut names);
                if let Some(scenario) = each.situations.scenario(example, &name, of, lang) {
                    text.push('\n');
                    text.push_str(&scenario);
                }
            }
        }
    }
    results(|out| out.write_all(text.as_bytes()))?;
    Ok(Exit::Fine)
}
