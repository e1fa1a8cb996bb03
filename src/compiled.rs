//! The way in for hosts: a source text, or a schedule that was compiled before, to schedules that
//! can be evaluated, or to what is wrong.

use crate::artefact;
use crate::calendar::Date;
use crate::check::{self, Doubt, Question, Shown};
use crate::diagnostic::{Report, Source};
use crate::eval::{self, Evaluation, InvoiceFault, Withheld};
use crate::forecast::{Forecast, Horizon, forecast};
use crate::lang::Lang;
use crate::leaks::{CaseLeaks, Unsaid, leaks};
use crate::model::{Event, FollowScenario, FollowUp, Invoice, InvoiceLine, Scenario, Schedule};
use crate::plan::Plan;
use crate::syntax;
use crate::verify::asked::{self, Answer};

/// A sound file: its schedules, its scenarios, and the warnings about it.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// Its schedules, in order.
    pub schedules: Vec<Plan>,
    /// Its scenarios, in order.
    pub scenarios: Vec<Scenario>,
    /// Its follow-ups, in order.
    pub follow_ups: Vec<FollowUp>,
    /// The scenarios of its follow-ups, in order.
    pub follow_scenarios: Vec<FollowScenario>,
    /// The source and its warnings; no error. What was loaded has no source text and no warning.
    pub warnings: Report,
    /// The hash of the source: BLAKE3 of its bytes, as 64 hexadecimal digits.
    pub source_hash: String,
    /// The vocabulary of the source.
    pub source_lang: Lang,
    /// Warnings that are due if a case does what they say.
    doubts: Vec<Doubt>,
}

/// Compiles the text of a file. `name` is what messages call it.
///
/// ```
/// let source = r#"
/// schedule "Training"
///   price fixed 1500 EUR
///   deposit "Deposit":  25 % on start
///   balance "Balance": 100 % on end
/// "#;
/// let compiled = jalon::compile("training.jalon", source).expect("a sound schedule");
/// assert_eq!(compiled.schedules[0].schedule.name, "Training");
///
/// let report = jalon::compile("training.jalon", "schedule \"Training\"").unwrap_err();
/// let codes: Vec<_> = report.diagnostics.iter().map(|found| found.code.name()).collect();
/// assert_eq!(codes, ["no-price", "no-line"]);
/// ```
pub fn compile(name: &str, source: &str) -> Result<Compiled, Report> {
    compile_bytes(name, source.as_bytes(), None)
}

/// Compiles the bytes of a file, which may be no text at all. Messages are in `lang`, or else in
/// the language of the file.
pub fn compile_bytes(name: &str, bytes: &[u8], lang: Option<Lang>) -> Result<Compiled, Report> {
    let (text, parsed) = syntax::parse_bytes(bytes, lang);
    let (lang, source_lang) = (parsed.lang, parsed.file.lang);
    let checked = check::check(&text, parsed);
    let failed = checked.has_errors();
    let report = Report { source: Source::new(name, text), lang, diagnostics: checked.diagnostics };
    if failed {
        return Err(report);
    }
    let in_language = |schedule| Plan::in_language(lang, schedule);
    let schedules = checked.schedules.into_iter().map(in_language).collect();
    let source_hash = artefact::source_hash(report.source.text.as_bytes());
    let (scenarios, doubts) = (checked.scenarios, checked.doubts);
    let (follow_ups, follow_scenarios) = (checked.follow_ups, checked.follow_scenarios);
    let warnings = report;
    Ok(Compiled {
        schedules,
        scenarios,
        follow_ups,
        follow_scenarios,
        warnings,
        source_hash,
        source_lang,
        doubts,
    })
}

/// Loads schedules and follow-ups that [`Compiled::to_artefact`] or `jalon compile` wrote: neither the parser nor
/// the checker is needed for it, and what is loaded bills and follows as its source does. Scenarios and
/// acceptances are no part of it. Messages are in `lang`, or else in the language of the source.
///
/// # Errors
///
/// If the bytes are cut off, changed, of another version, or no compiled schedule at all.
///
/// ```
/// let source = r#"
/// schedule "Training"
///   price fixed 1500 EUR
///   balance "Balance": 100 % on end
/// "#;
/// let compiled = jalon::compile("training.jalon", source).expect("a sound schedule");
/// let artefact = compiled.to_artefact().expect("a small file");
/// let loaded = jalon::load("training.json", artefact.as_bytes(), None).expect("as written");
/// let hash = |compiled: &jalon::Compiled| jalon::semantic_hash(&compiled.schedules[0].schedule);
/// assert_eq!(hash(&loaded), hash(&compiled));
/// ```
pub fn load(name: &str, bytes: &[u8], lang: Option<Lang>) -> Result<Compiled, Report> {
    let contents = artefact::read(bytes, lang).map_err(|refused| {
        let artefact::Refused { text, lang, diagnostic } = *refused;
        Report { source: Source::new(name, text), lang, diagnostics: vec![diagnostic] }
    })?;
    let artefact::Contents { lang: source_lang, source_hash, schedules, follow_ups } = contents;
    let lang = lang.unwrap_or(source_lang);
    let warnings = Report { source: Source::new(name, ""), lang, diagnostics: Vec::new() };
    let in_language = |schedule| Plan::in_language(lang, schedule);
    let schedules = schedules.into_iter().map(in_language).collect();
    let (scenarios, follow_scenarios, doubts) = (Vec::new(), Vec::new(), Vec::new());
    Ok(Compiled {
        schedules,
        scenarios,
        follow_ups,
        follow_scenarios,
        warnings,
        source_hash,
        source_lang,
        doubts,
    })
}

/// Whether a case does what is asked.
fn answer(schedule: &Schedule, question: &Question) -> Answer<Shown> {
    match question {
        Question::Together { parts, wholes } => {
            let shown = |(part, whole)| (vec![whole], Some(part));
            asked::together(schedule, parts, wholes).map(shown)
        }
        Question::GivesBack { lines } => {
            asked::gives_back(schedule, lines).map(|(lines, deposit)| (lines, Some(deposit)))
        }
        Question::BeforeStart { line } => {
            asked::before_start(schedule, *line).map(|()| (vec![*line], None))
        }
    }
}

/// Of the versions of a schedule, the one that is in force on the first day of a case: the last that
/// began on it or before, or the one that states no day. None if the case is older than all of them.
pub fn in_force<'p>(
    versions: impl Iterator<Item = &'p Plan>,
    first: Option<Date>,
) -> Option<&'p Plan> {
    let began = |plan: &&Plan| match (plan.schedule.in_force_from(), first) {
        (None, _) | (Some(_), None) => true,
        (Some(from), Some(first)) => from <= first,
    };
    versions.filter(began).max_by_key(|plan| plan.schedule.in_force_from())
}

impl Compiled {
    /// The schedule of this name; of several versions, the first.
    pub fn schedule(&self, name: &str) -> Option<&Plan> {
        self.schedules.iter().find(|plan| plan.schedule.name == name)
    }

    /// The version of this name that is in force from that day; or the one that states none.
    pub fn version(&self, name: &str, in_force_from: Option<Date>) -> Option<&Plan> {
        let is = |plan: &&Plan| {
            plan.schedule.name == name && plan.schedule.in_force_from() == in_force_from
        };
        self.schedules.iter().find(is)
    }

    /// The versions of this name, in the order of the file.
    pub fn versions(&self, name: &str) -> impl Iterator<Item = &Plan> {
        self.schedules.iter().filter(move |plan| plan.schedule.name == name)
    }

    /// Adds the warnings about lines that one case can come to together: which do is looked for among
    /// all cases, and what is not decided is not said. Takes longer than to compile.
    ///
    /// ```
    /// let source = r#"
    /// schedule "Training"
    ///   price fixed 1000 EUR
    ///   installment "Part": 10 % on start
    ///   balance "Balance": 100 % on end
    /// "#;
    /// let mut compiled = jalon::compile("training.jalon", source).expect("a sound schedule");
    /// assert!(compiled.warnings.diagnostics.is_empty());
    /// compiled.warn_of_cases();
    /// assert_eq!(compiled.warnings.diagnostics[0].code.name(), "installments-not-deducted");
    /// ```
    pub fn warn_of_cases(&mut self) {
        let lang = self.warnings.lang;
        let doubts = std::mem::take(&mut self.doubts);
        let asked = |doubt: &Doubt| {
            let plan = self.schedules.get(doubt.schedule)?;
            let schedule = &plan.first_part().ok()?.schedule;
            Some((schedule, answer(schedule, &doubt.question)))
        };
        let answers: Vec<_> = doubts.iter().map(asked).collect();
        let mut found = Vec::new();
        for (doubt, answer) in doubts.iter().zip(&answers) {
            match answer {
                Some((schedule, Answer::Shown(shown))) => {
                    found.extend(doubt.warning(schedule, shown, lang));
                }
                Some((_, Answer::Never)) => {
                    // An acceptance is for all lines of a schedule.
                    let mut others = doubts.iter().zip(&answers).filter(|(other, _)| {
                        (other.schedule, other.code()) == (doubt.schedule, doubt.code())
                    });
                    if others.all(|(_, answer)| matches!(answer, Some((_, Answer::Never)))) {
                        found.extend(doubt.unneeded(lang));
                    }
                }
                Some((_, Answer::Unknown)) | None => {}
            }
        }
        self.warnings.diagnostics.extend(found);
        self.warnings.diagnostics.sort_by_key(|found| (found.span, found.code));
        self.warnings.diagnostics.dedup();
    }

    /// The schedules and follow-ups as an artefact, to be [loaded](load) without their source: JSON, described in
    /// `docs/artefact.md`, the same bytes every time. `None` if it would be larger than
    /// [`artefact::LARGEST_ARTEFACT`].
    pub fn to_artefact(&self) -> Option<String> {
        let schedules = self.schedules.iter().map(|plan| &plan.schedule);
        artefact::write(self.source_lang, &self.source_hash, schedules, &self.follow_ups)
    }

    /// Evaluates the history of one case: on the schedule on which it was opened, or on the only
    /// one there is. `None` if neither says which schedule is meant.
    ///
    /// ```
    /// use jalon::{Date, Event};
    /// let source = r#"
    /// schedule "Training"
    ///   price fixed 1500 EUR
    ///   deposit "Deposit":  25 % on start
    ///   balance "Balance": 100 % on end
    /// "#;
    /// let compiled = jalon::compile("training.jalon", source).expect("a sound schedule");
    /// let events: Vec<Event> = [
    ///     r#"{"case":"D-001","date":"2025-01-15","kind":"start"}"#,
    ///     r#"{"case":"D-001","date":"2025-02-15","kind":"end"}"#,
    /// ]
    /// .iter()
    /// .map(|line| serde_json::from_str(line).expect("a sound event"))
    /// .collect();
    /// let as_of = Date::parse("2025-12-31").expect("a date");
    /// let outcome = compiled.evaluate(&events, as_of).expect("one schedule");
    /// let mut outcome = outcome.expect("a sound case");
    /// let amounts: Vec<&str> = outcome.lines.iter().map(|line| line.amount.as_str()).collect();
    /// assert_eq!(amounts, ["375.00", "1500.00", "-375.00"]);
    ///
    /// // Every line carries the schedule on which it was billed, if that is asked for.
    /// let hash = jalon::semantic_hash(&compiled.schedules[0].schedule);
    /// outcome.carry(hash);
    /// assert_eq!(outcome.lines[0].schedule_hash, Some(hash.to_string()));
    /// ```
    pub fn evaluate(&self, events: &[Event], as_of: Date) -> Option<Result<Evaluation, Withheld>> {
        Some(eval::evaluate(self.schedule_of(events)?, events, as_of))
    }

    /// The invoices that lines make, with their tax, their total and the day on which they are due: those
    /// of one case and number are one. `issued_on` is the day of issue where lines have been issued before
    /// and these come from [`outstanding`](crate::outstanding); else each invoice has the day of its lines.
    ///
    /// ```
    /// use jalon::{Date, Event};
    /// let source = r#"
    /// schedule "Advice"
    ///   price fixed 1500 EUR
    ///   vat 20 %
    ///   payment due 30 days
    ///   balance "Balance": 100 % on end
    /// "#;
    /// let compiled = jalon::compile("advice.jalon", source).expect("a sound schedule");
    /// let end = r#"{"case":"D-001","date":"2025-02-15","kind":"end"}"#;
    /// let events: Vec<Event> = vec![serde_json::from_str(end).expect("a sound event")];
    /// let as_of = Date::parse("2025-12-31").expect("a date");
    /// let outcome = compiled.evaluate(&events, as_of).expect("one schedule").expect("a sound case");
    /// let invoices = compiled.invoices(&outcome.lines, None).expect("lines as they were billed");
    /// let [invoice] = invoices.as_slice() else { panic!() };
    /// assert_eq!((invoice.net.as_str(), invoice.total.as_str()), ("1500.00", "1800.00"));
    /// assert_eq!(invoice.due, Date::parse("2025-03-17"));
    /// ```
    pub fn invoices(
        &self,
        lines: &[InvoiceLine],
        issued_on: Option<Date>,
    ) -> Result<Vec<Invoice>, InvoiceFault> {
        let plan_of = |line: &InvoiceLine| self.version(&line.schedule, line.in_force_from);
        eval::invoices(lines, issued_on, plan_of)
    }

    /// What is to come of one case: what it will bill by itself, and what each possible next event
    /// would bill. `None` if its schedule is not known, as with [`Compiled::evaluate`].
    ///
    /// ```
    /// use jalon::{Date, Event, Horizon};
    /// let source = r#"
    /// schedule "Training"
    ///   price fixed 1500 EUR
    ///   installment "Half": 50 % on 3 months after start
    ///   balance "Rest": remainder on end
    ///   balance "Left": 10 % on abandonment
    /// "#;
    /// let compiled = jalon::compile("training.jalon", source).expect("a sound schedule");
    /// let event = r#"{"case":"D-001","date":"2025-01-15","kind":"start"}"#;
    /// let events: Vec<Event> = vec![serde_json::from_str(event).expect("a sound event")];
    /// let date = |text| Date::parse(text).expect("a date");
    /// let horizon = Horizon::new(date("2025-02-01"), date("2025-12-31"));
    /// let forecast = compiled.forecast(&events, &horizon).expect("one schedule").expect("sound");
    /// let [half] = forecast.by_itself.as_slice() else { panic!() };
    /// assert_eq!((half.date, half.amount.as_str()), (date("2025-04-15"), "750.00"));
    /// let next = forecast.next.iter().map(|next| {
    ///     let lines = next.lines.as_ref().expect("sound");
    ///     (next.event.kind.name(), lines[0].amount.as_str())
    /// });
    /// assert_eq!(next.collect::<Vec<_>>(), [("end", "1500.00"), ("abandonment", "150.00")]);
    /// ```
    pub fn forecast(
        &self,
        events: &[Event],
        horizon: &Horizon,
    ) -> Option<Result<Forecast, Withheld>> {
        Some(forecast(self.schedule_of(events)?, events, horizon))
    }

    /// What was done of one case and never billed, or, where the issued lines are known, was issued and no longer
    /// stands. `None` if its schedule is not known, as with [`Compiled::evaluate`].
    ///
    /// ```
    /// use jalon::{Date, Event, LeakKind};
    /// let source = "schedule \"Advice\"\n  price hourly 90 EUR\n  balance \"B\": work on end\n";
    /// let compiled = jalon::compile("advice.jalon", source).expect("a sound schedule");
    /// let call = r#"{"case":"D-1","date":"2025-03-03","kind":"action","name":"Call","hours":2}"#;
    /// let events: Vec<Event> = vec![serde_json::from_str(call).expect("a sound event")];
    /// let as_of = Date::parse("2025-06-15").expect("a date");
    /// let found = compiled.leaks(&events, as_of, None).expect("one schedule").expect("sound");
    /// let [leak] = found.leaks.as_slice() else { panic!() };
    /// assert_eq!((leak.kind, leak.since), (LeakKind::Work, events[0].date));
    /// assert_eq!(leak.amount.map(|amount| amount.0), Some(180_00));
    /// ```
    pub fn leaks(
        &self,
        events: &[Event],
        as_of: Date,
        issued: Option<&[InvoiceLine]>,
    ) -> Option<Result<CaseLeaks, Unsaid>> {
        Some(leaks(self.schedule_of(events)?, events, as_of, issued))
    }

    /// The schedule on which a case is opened, or the only one.
    fn schedule_of(&self, events: &[Event]) -> Option<&Plan> {
        let opened = eval::opened_on(events).map(|(_, schedule)| schedule);
        let name = match opened {
            Some(name) => name,
            None => {
                let first = self.schedules.first()?.schedule.name.as_str();
                let same = |plan: &Plan| plan.schedule.name == first;
                self.schedules.iter().all(same).then_some(first)?
            }
        };
        in_force(self.versions(name), eval::first_day(events))
    }
}
