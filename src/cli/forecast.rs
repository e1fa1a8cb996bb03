//! `jalon forecast`: schedules and events in; what open cases will bill by themselves, and what each
//! possible next event would bill, out.

use super::arguments::{self};
use super::billing::withheld;
use super::event_files::{EventFiles, chosen};
use super::forecast_views::{Foreseen, View};
use super::input::Schedules;
use super::isolation::{failed_on, isolated};
use super::newcomer::Newcomer;
use super::output::{self, Exit, Failure, message, plain};
use super::stated;
use super::threads::cases_in_order;
use crate::calendar::Date;
use crate::feed::{Book, Case, Histories, Unbilled, UnbilledReason};
use crate::forecast::{Assumed, Forecast, Horizon, forecast_assuming};
use crate::lang::{Lang, say};
use crate::model::{InvoiceLine, StatedSum};
use crate::money::{Hours, Percent};
use crate::plan::Plan;
use clap::Args;
use std::path::PathBuf;

/// What `jalon forecast` takes.
#[derive(Args)]
#[command(
    mut_arg("events", |events| {
        events.required_unless_present_any(["signed", "started"]).conflicts_with_all(["signed", "started"])
    }),
    mut_arg("as_of", |day| {
        day.help("The last day whose events are known, as YYYY-MM-DD; today if not stated")
    })
)]
pub struct Options {
    /// Schedule files, also compiled ones, or folders with files whose name ends in .jalon
    #[arg(long, required = true, num_args = 1.., value_name = "PATH")]
    schedule: Vec<PathBuf>,

    #[command(flatten)]
    events: EventFiles,

    #[command(flatten)]
    newcomer: Newcomer,

    /// The last day of what is billed by itself; with --signed or --started five years later if not
    /// stated
    #[arg(long, value_name = "DATE", value_parser = arguments::date_argument,
          required_unless_present_any = ["signed", "started"])]
    until: Option<Date>,

    /// The day on which the next event is assumed to come; the as-of date if not stated
    #[arg(long, value_name = "DATE", value_parser = arguments::date_argument)]
    on: Option<Date>,

    /// The hours that an action is assumed to have, where they matter
    #[arg(long, value_name = "HOURS", default_value = "1", value_parser = arguments::hours_argument)]
    hours: Hours,

    /// What progress is assumed to be certified in all, in percent; each share that the schedule names, and 100, if not
    /// stated
    #[arg(long, value_name = "PERCENT", value_parser = arguments::percent_argument)]
    progress: Option<Percent>,

    /// The amount that an action is assumed to have where it is billed by it
    #[arg(long, value_name = "AMOUNT", value_parser = arguments::amount_argument)]
    amount: Option<StatedSum>,

    /// What an amendment is assumed to state: `price=2000`, `rate=75`, `planned_start=2025-09-01`,
    /// `planned_end`, `planned_hours`, `planned_months`; none is tried if not stated
    #[arg(long, num_args = 1.., value_name = "NAME=VALUE")]
    amended: Vec<String>,

    /// Only these cases
    #[arg(long, num_args = 1.., value_name = "CASE", requires = "events")]
    case: Vec<String>,

    /// How forecasts are written: one JSON object for each case, one JSON document, a row for each
    /// line, or a table
    #[arg(long, value_enum, default_value_t = View::Ndjson)]
    format: View,
}

/// Foresees cases.
pub fn forecast_cases(options: &Options, lang: Option<Lang>) -> Result<Exit, Failure> {
    let Schedules { book, lang, .. } = Schedules::open(&options.schedule, lang)?;
    let newcomer = options.newcomer.last_day();
    let events = options.events.open(lang)?;
    let as_of = newcomer.unwrap_or(events.as_of);
    let until = options.until.unwrap_or(Newcomer::far_enough(as_of));
    if until < as_of {
        return Err(Failure::new(say!(
            lang,
            "--until {until} is before the as-of date {as_of}",
            "--until {until} précède la date d'arrêté {as_of}"
        )));
    }
    let on = options.on.unwrap_or(as_of);
    let horizon = Horizon { as_of, until, on, hours: options.hours };
    let assumed = Assumed {
        progress: options.progress,
        amendment: stated::amendment(&options.amended, lang)?,
        amount: options.amount,
    };
    if newcomer.is_some() {
        return foresee_newcomer(options, &book, (horizon, &assumed), lang);
    }
    let mut progress = events.progress();
    let histories = events.told_cases(lang.pick("forecast", "prévoir"), &mut progress)?;
    let cases = chosen(&histories, &options.case, lang)?;
    let names = &events.names;
    let (book, assumed) = (&book, &assumed);
    let seer = Seer { book, histories: &histories, names, horizon, assumed, lang };
    let mut counts = Counts::default();
    output::results(|out| {
        let mut writer = options.format.writer(horizon, lang);
        writer.begin(out)?;
        cases_in_order(
            || events.threads(),
            0..cases.len(),
            || (),
            |(), range| {
                let cases = cases.get(range).unwrap_or_default();
                cases.iter().map(|case| seer.see(*case)).collect::<Vec<_>>()
            },
            |seen| {
                for seen in seen {
                    counts.add(&seen);
                    match seen {
                        Seen::Open(foreseen) => writer.write(&foreseen, out)?,
                        Seen::Closed => {}
                        Seen::Withheld(why) | Seen::Failed(why) => progress.aside(&why)?,
                    }
                }
                let seen = counts.open + counts.closed + counts.withheld;
                progress.cases(seen, Some(cases.len() as u64), counts.withheld);
                Ok::<_, Failure>(())
            },
        )?;
        Ok::<_, Failure>(writer.end(out)?)
    })?;
    progress.clear();
    counts.tell(options.format, lang)?;
    if counts.failed > 0 {
        return Err(failed_on(counts.failed, lang.pick("forecast", "prévus"), lang));
    }
    Ok(Exit::findings(counts.withheld > 0 || !histories.unreadable.is_empty()))
}

/// Foresees a customer who has only signed, or started, on each schedule.
fn foresee_newcomer(
    options: &Options,
    book: &Book,
    (horizon, assumed): (Horizon, &Assumed),
    lang: Lang,
) -> Result<Exit, Failure> {
    let newcomer = &options.newcomer;
    let agreed = newcomer.agrees(lang)?;
    let mut withheld = 0;
    let mut writer = options.format.writer(horizon, lang);
    let mut told = String::new();
    output::results(|out| {
        writer.begin(out)?;
        for plan in book.plans() {
            let (name, events) = (&plan.schedule.name, newcomer.history(plan, &agreed));
            let seen = Newcomer::billed(plan, &events, horizon.as_of).and_then(|billed| {
                Ok((billed, forecast_assuming(plan, &events, &horizon, assumed)?))
            });
            match seen {
                Ok((billed, forecast)) => {
                    let comes = |line: &InvoiceLine| newcomer.comes_on(line.date, lang);
                    let billed = billed.into_iter().map(|line| (comes(&line), line)).collect();
                    let foreseen = Foreseen::new(plan, name.clone(), events, forecast, lang);
                    writer.write(&foreseen.after(billed), out)?;
                }
                Err(why) => {
                    withheld += 1;
                    let (name, why) = (plain(name), plain(&why.say(plan, &events, lang)));
                    told += &say!(
                        lang,
                        "{name}: such a customer is withheld: {why}\n",
                        "{name} : un tel client est retenu : {why}\n"
                    );
                }
            }
        }
        Ok::<_, Failure>(writer.end(out)?)
    })?;
    message(&told)?;
    Ok(Exit::findings(withheld > 0))
}

/// What all cases have in common.
struct Seer<'a> {
    book: &'a Book,
    histories: &'a Histories,
    names: &'a [String],
    horizon: Horizon,
    assumed: &'a Assumed,
    lang: Lang,
}

/// What comes of one case.
enum Seen {
    Open(Box<Foreseen>),
    Closed,
    Withheld(String),
    /// Withheld, since the program failed on it.
    Failed(String),
}

impl Seer<'_> {
    /// Looks at a case. One on which the program fails is withheld like any other.
    fn see(&self, case: usize) -> Seen {
        let Some(case) = self.histories.case(case) else { return Seen::Closed };
        let outcome = isolated(Some(&case.name), || self.forecast(&case));
        let told = |unbilled: &Unbilled<'_>| {
            let events = &case.events;
            withheld(self.book, &case.name, events, unbilled, self.names, self.lang)
        };
        match outcome {
            Some(Ok((_, forecast))) if forecast.closed => Seen::Closed,
            Some(Ok((plan, forecast))) => {
                let foreseen = Foreseen::new(plan, case.name, case.events, forecast, self.lang);
                Seen::Open(Box::new(foreseen))
            }
            Some(Err(unbilled)) => Seen::Withheld(told(&unbilled)),
            None => {
                let place = case.places.first().copied();
                Seen::Failed(told(&Unbilled { place, reason: UnbilledReason::Panic }))
            }
        }
    }

    fn forecast(&self, case: &Case) -> Result<(&Plan, Forecast), Unbilled<'_>> {
        let plan = self.book.plan_of_sound(case)?;
        let outcome = forecast_assuming(plan, &case.events, &self.horizon, self.assumed);
        let forecast = outcome.map_err(|withheld| {
            let event = withheld.event().and_then(|event| case.places.get(event));
            let place = event.or(case.places.first()).copied();
            Unbilled { place, reason: UnbilledReason::Withheld(plan, withheld) }
        })?;
        Ok((plan, forecast))
    }
}

/// How many cases came to what.
#[derive(Default)]
struct Counts {
    open: u64,
    closed: u64,
    withheld: u64,
    /// How many of the withheld ones the program failed on.
    failed: u64,
}

impl Counts {
    fn add(&mut self, seen: &Seen) {
        match seen {
            Seen::Open(_) => self.open += 1,
            Seen::Closed => self.closed += 1,
            Seen::Withheld(_) => self.withheld += 1,
            Seen::Failed(_) => {
                self.withheld += 1;
                self.failed += 1;
            }
        }
    }

    fn tell(&self, view: View, lang: Lang) -> Result<(), Failure> {
        let Counts { open, closed, withheld, failed: _ } = self;
        if *withheld > 0 {
            let cases = open + closed + withheld;
            let s = lang.s(cases);
            message(&say!(
                lang,
                "withheld: {withheld} of {cases} case{s}; the others are forecast\n",
                "dossiers retenus : {withheld} sur {cases} ; les autres sont prévus\n"
            ))?;
        }
        // A table is looked at, and needs no accounts beside it.
        if view == View::Table {
            return Ok(());
        }
        let [o, w] = [*open, *withheld].map(|count| lang.s(count));
        message(&say!(
            lang,
            "cases: {open} open, {closed} closed, {withheld} withheld\n",
            "dossiers : {open} ouvert{o}, {closed} clos, {withheld} retenu{w}\n"
        ))
    }
}
