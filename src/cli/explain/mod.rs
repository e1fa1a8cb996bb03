//! `jalon explain`: the page of a message code, or how each line of a case came about and why the
//! others did not.
//!
//! An explanation is made from the record of the evaluation itself ([`Trace`]); no rule is read a
//! second time. `--format json` gives the same facts as data, one document:
//!
//! ```text
//! { "as_of": "2025-12-31", "cases": [ CASE, … ] }
//!
//! CASE, withheld:   { "case", "withheld": [ { "place": "file:line:column", "reason" } ] }
//! CASE, explained:  { "case", "schedule", "currency", "lang",
//!                     "moments":     [ MOMENT, … ],     what happened, in order
//!                     "never_fired": [ { "line", "rule", "says" } ],
//!                     "totals":      { "billed", "deducted", "net" },
//!                     "unbilled_work",                  work done that a line may still
//!                                                       bill, or null
//!                     "deposits_left": [ { "invoice_line", "label", "left" } ],
//!                     "closed":      null or { "date", "line" } }
//! MOMENT            { "date",
//!                     "event":   null (the calendar) or the event, as event files
//!                                state it
//!                     "place":   where the event stands, "file:line:column", or null
//!                     "says":    the moment in words
//!                     "starts_case", "ends_case",
//!                     "notices": [ { "notice", "says" } ],
//!                     "lines":   [ LINE, … ] }          the lines that waited for it
//! LINE              { "line", "rule" (as written),
//!                     "outcome": "fired", "fired_before", "condition_failed" or "case_closed",
//!                     "facts":   [ FACT, … ]            what its condition measured, or where it
//!                                                       failed: then each with "says"
//!                     "fired_on": the day, of a line that has fired before
//!                     "amounts": [ AMOUNT, … ], "closes_case" }
//! FACT              { "measured": "duration", "attendance", "hours" or a fact such as "started",
//!                     "holds", what was measured, and "needed": bounds among "at_least", "over",
//!                     "at_most", "under" }
//! AMOUNT            { "how": "share", "sum", "work", "up_to", "nothing", "attendance", "duration",
//!                            "not_started" or "deduction", its terms,
//!                     "amount", "invoice_lines": [ ids ], "says": [ the arithmetic in words ] }
//! ```
//!
//! A case that uses what cases agree, quantities, recurrences, payers, tax or versions says more:
//!
//! ```text
//! MOMENT            also "terms": price, rate, planned days, hours and months in force
//! LINE              also "waited_for", "occurrence": which time it is, "period": { "from", "to" };
//!                   "outcome" may be "exhausted" or "after_terminal" too; each FACT has "holds" and "says"
//! AMOUNT            "how" may also be "discount", "period", "days" (run, of the period); a "share" has
//!                   its "part" of "parts_in_all", an item of work its "tier" and what it is "uncut";
//!                   "parts": [ { "payer", "due_before", "due_after", "amount" } ]
//! ```
//!
//! Amounts, hours and percentages are decimal strings, dates are `YYYY-MM-DD`, and what stands under
//! `says` is in the language of the explanation.

mod arithmetic;
mod call;
mod codes;
mod figures;
mod json;
mod program;
mod reasons;
mod story;
mod timeline;
mod waiting;

use super::event_files::{EventFiles, chosen, shown};
use super::input::{CompiledFile, Schedules};
use super::isolation::{failed_on, isolated};
use super::output::{Exit, Failure, plain, results, view};
use super::threads::cases_in_order;
use crate::calendar::Date;
use crate::eval::{Recorded, Trace};
use crate::feed::{Book, Case, Unbilled, UnbilledReason};
use crate::lang::{Lang, say};
use crate::plan::Plan;
use clap::{Args, ValueEnum};
use figures::Figures;
use program::ProgramStory;
use serde_json::{Value, json};
use std::path::PathBuf;
use story::Story;

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

/// Why a line that was looked at did not fire, in half sentences: `at` is the step of the record, and which of the
/// lines that were looked at.
pub fn kept_back(
    plan: &Plan,
    case: &Case,
    recorded: &Recorded,
    as_of: Date,
    names: &[String],
    lang: Lang,
    at: (usize, usize),
) -> Vec<String> {
    let Recorded { evaluation, program, record } = recorded;
    let figures = Figures { lang, currency: plan.schedule.currency };
    let story = ProgramStory { plan, program, case, record, evaluation, as_of, names, figures };
    let step = record.steps.get(at.0);
    let considered = step.and_then(|step| step.considered.get(at.1));
    considered.map_or(Vec::new(), |considered| story.why_not(considered))
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
            .map(|fault| (Some(shown(self.names, fault.place)), plain(&fault.fault.say(lang))))
            .collect();
        let more = case.fault_count.saturating_sub(reasons.len() as u64);
        if more > 0 {
            let told = say!(lang, "and {more} more lines", "et {more} autres lignes");
            reasons.push((None, told));
        }
        if reasons.is_empty() {
            reasons.push((place.map(|place| shown(self.names, place)), plain(reason)));
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
