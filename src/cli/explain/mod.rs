//! `jalon explain`: the page of a message code, or how each line of a case came about and why the
//! others did not.
//!
//! What is said of a case, and its form with `--format json`, stands in [`crate::explain`].

mod call;
mod codes;

use super::event_files::{EventFiles, chosen};
use super::input::{CompiledFile, Schedules};
use super::isolation::{failed_on, isolated};
use super::output::{Exit, Failure, plain, results, view};
use super::threads::cases_in_order;
use crate::calendar::Date;
use crate::eval::{Recorded, Trace};
use crate::explain::{Figures, ProgramStory, Story};
use crate::feed::{Book, Case, Unbilled, UnbilledReason};
use crate::lang::{Lang, say};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};
use std::path::PathBuf;

/// What `jalon explain` takes.
#[derive(Args)]
#[command(mut_arg("events", |events| events.requires("schedule")))]
pub struct Options {
    /// The code of a message, such as `no-price`
    #[arg(value_name = "CODE")]
    code: Option<String>,

    /// Schedule files, also compiled ones, or folders with files whose name ends in .jalon
    #[arg(long, num_args = 1.., value_name = "PATH", requires = "events")]
    schedule: Vec<PathBuf>,

    #[command(flatten)]
    events: EventFiles,

    /// The case to explain; all of them if not stated
    #[arg(long, value_name = "CASE", requires = "schedule")]
    case: Option<String>,

    /// How the explanation is written: to be read, or as one JSON document
    #[arg(long, value_enum, default_value_t = Format::Human, requires = "schedule")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Human,
    Json,
}

/// Explains.
pub fn explain(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    if options.schedule.is_empty() {
        return codes::explain(options.code.as_deref(), lang);
    }
    if let Some(word) = &options.code {
        return Err(call::word_with_schedules(word, options.case.is_some()));
    }
    if options.case.is_none() {
        call::refuse_case_among(&options.schedule)?;
        call::refuse_case_among(options.events.paths())?;
    }
    let schedules = Schedules::open(&options.schedule, lang)?;
    let tongue = schedules.lang;
    let events = options.events.open(tongue)?;
    let mut progress = events.progress();
    let histories = events.told_cases(tongue.pick("explain", "expliquer"), &mut progress)?;
    let cases = chosen(&histories, options.case.as_slice(), tongue)?;
    let (files, book) = (schedules.files.as_slice(), &schedules.book);
    let (names, as_of) = (events.names.as_slice(), events.as_of);
    let teller = Teller { files, book, names, as_of, lang, tongue };
    let mut told: Vec<Told> = Vec::new();
    let mut withheld = 0;
    cases_in_order(
        events.threads,
        0..cases.len(),
        || (),
        |(), range| {
            let cases = cases.get(range).unwrap_or_default().iter();
            let cases = cases.filter_map(|case| histories.case(*case));
            cases.map(|case| teller.tell_isolated(&case, options.format)).collect::<Vec<_>>()
        },
        |more| {
            withheld += more.iter().filter(|told| told.withheld).count() as u64;
            told.extend(more);
            progress.cases(told.len() as u64, Some(cases.len() as u64), withheld);
            Ok::<_, Failure>(())
        },
    )?;
    progress.clear();
    match options.format {
        Format::Human => {
            let texts: Vec<&str> = told.iter().map(|told| told.text.as_str()).collect();
            view(&texts.join("\n"))?;
        }
        Format::Json => {
            let cases: Vec<&Value> = told.iter().map(|told| &told.json).collect();
            let document = json!({ "as_of": as_of, "cases": cases });
            results(|out| writeln!(out, "{document:#}"))?;
        }
    }
    let failed = told.iter().filter(|told| told.failed).count() as u64;
    if failed > 0 {
        return Err(failed_on(failed, tongue.pick("explained", "expliqués"), tongue));
    }
    Ok(Exit::findings(withheld > 0 || !histories.unreadable.is_empty()))
}

/// A case, explained.
#[derive(Default)]
struct Told {
    text: String,
    json: Value,
    withheld: bool,
    /// Withheld, since the program failed on it.
    failed: bool,
}

/// What it takes to explain a case.
struct Teller<'a> {
    files: &'a [CompiledFile],
    book: &'a Book,
    names: &'a [String],
    as_of: Date,
    /// The language that is asked for.
    lang: Option<Lang>,
    /// The language of the call as a whole.
    tongue: Lang,
}

impl Teller<'_> {
    /// Explains a case. One on which the program fails is withheld like any other.
    fn tell_isolated(&self, case: &Case, format: Format) -> Told {
        isolated(Some(&case.name), || self.tell(case, format)).unwrap_or_else(|| {
            let place = case.places.first().copied();
            let unbilled = Unbilled { place, reason: UnbilledReason::Panic };
            let reason = unbilled.say(self.book, &case.events, self.tongue);
            Told { failed: true, ..self.withheld(case, self.tongue, place, &reason) }
        })
    }

    fn tell(&self, case: &Case, format: Format) -> Told {
        let plan = match self.book.plan_of_sound(case) {
            Ok(plan) => plan,
            Err(unbilled) => {
                let reason = unbilled.say(self.book, &case.events, self.tongue);
                return self.withheld(case, self.tongue, unbilled.place, &reason);
            }
        };
        let lang = self.lang_of(&plan.schedule.name);
        if let Some(recorded) = self.book.bill_recorded(plan, case, self.as_of) {
            return match recorded {
                Ok(Recorded { evaluation, program, record }) => {
                    let figures = Figures { lang, currency: plan.schedule.currency };
                    let story = ProgramStory {
                        plan,
                        program: &program,
                        case,
                        record: &record,
                        evaluation: &evaluation,
                        as_of: self.as_of,
                        names: self.names,
                        figures,
                    };
                    match format {
                        Format::Human => Told { text: story.text(), ..Told::default() },
                        Format::Json => Told { json: story.json(), ..Told::default() },
                    }
                }
                Err(unbilled) => {
                    let reason = unbilled.say(self.book, &case.events, lang);
                    self.withheld(case, lang, unbilled.place, &reason)
                }
            };
        }
        let mut trace = Trace::new(plan);
        let evaluation = match self.book.bill_with(plan, case, self.as_of, &mut trace) {
            Ok(evaluation) => evaluation,
            Err(unbilled) => {
                let reason = unbilled.say(self.book, &case.events, lang);
                return self.withheld(case, lang, unbilled.place, &reason);
            }
        };
        let story = Story {
            plan,
            case,
            trace: &trace,
            evaluation: &evaluation,
            as_of: self.as_of,
            names: self.names,
            figures: Figures { lang, currency: plan.schedule.currency },
        };
        match format {
            Format::Human => Told { text: story.text(), ..Told::default() },
            Format::Json => Told { json: story.json(), ..Told::default() },
        }
    }

    /// The language asked for, or else that of the schedule's file.
    fn lang_of(&self, schedule: &str) -> Lang {
        let file = self.files.iter().find(|file| file.compiled.schedule(schedule).is_some());
        self.lang.or(file.map(|file| file.compiled.warnings.lang)).unwrap_or(self.tongue)
    }

    /// A case of which nothing is billed: every line at fault, or the one reason.
    fn withheld(
        &self,
        case: &Case,
        lang: Lang,
        place: Option<crate::feed::Place>,
        reason: &str,
    ) -> Told {
        let mut reasons: Vec<(Option<String>, String)> = case
            .faults
            .iter()
            .map(|fault| (Some(fault.place.shown(self.names)), plain(&fault.fault.say(lang))))
            .collect();
        let more = case.fault_count.saturating_sub(reasons.len() as u64);
        if more > 0 {
            let more = lang.more_lines(more);
            let told = say!(lang, "and {more}", "et {more}");
            reasons.push((None, told));
        }
        if reasons.is_empty() {
            reasons.push((place.map(|place| place.shown(self.names)), plain(reason)));
        }
        let name = plain(&case.name);
        let mut text = say!(
            lang,
            "Case {name} is withheld: nothing of it is billed\n",
            "Le dossier {name} est retenu : rien n'en est facturé\n"
        );
        for (place, reason) in &reasons {
            let colon = lang.pick(": ", " : ");
            let place = place.as_ref().map(|place| format!("{place}{colon}")).unwrap_or_default();
            text.push_str(&format!("  {place}{reason}\n"));
        }
        let reasons: Vec<Value> = reasons
            .into_iter()
            .map(|(place, reason)| json!({ "place": place, "reason": reason }))
            .collect();
        let json = json!({ "case": case.name, "withheld": reasons });
        Told { text, json, withheld: true, failed: false }
    }
}
