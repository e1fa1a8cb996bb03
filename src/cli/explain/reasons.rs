//! Why a line did not fire, and on what facts one did.

use super::story::Story;
use crate::calendar::{Date, Duration};
use crate::eval::{Considered, Measured, Measurement, Shortfall, Verdict};
use crate::lang::say;
use crate::model::{Anchor, Range, Trigger};
use crate::plan::{LineId, NameKind, PlannedLine, PlannedTest};

impl Story<'_> {
    /// What the condition of a line that fired measured, each fact once.
    pub fn facts(&self, measurements: &[Measurement]) -> Vec<String> {
        let mut facts: Vec<String> = Vec::new();
        for measurement in measurements {
            let fact = self.fact(&measurement.measured, measurement.holds);
            if !facts.contains(&fact) {
                facts.push(fact);
            }
        }
        facts
    }

    /// A measured value or a fact: "4 months and 3 days after the start (2025-02-03)".
    fn fact(&self, measured: &Measured, holds: bool) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        match measured {
            Measured::Duration { needed, start, elapsed, days, .. } => {
                let Some((start, (months, rest))) = start.zip(*elapsed) else {
                    return say!(lang, "the case has not started", "le dossier n'a pas démarré");
                };
                let start = figures.date(start);
                if *days == 0 {
                    return say!(
                        lang,
                        "on the day of the start ({start})",
                        "le jour du démarrage ({start})"
                    );
                }
                let elapsed = if in_days(*needed) {
                    figures.days(*days)
                } else {
                    figures.months_and_days(months, rest)
                };
                say!(
                    lang,
                    "{elapsed} after the start ({start})",
                    "{elapsed} après le démarrage ({start})"
                )
            }
            Measured::Attendance { hours, planned, whole, .. } => {
                let share = figures.attendance(*hours, *planned);
                let counted = whole
                    .map(|whole| figures.counted_as(whole, *hours, *planned))
                    .unwrap_or_default();
                let (hours, planned) = (figures.hours(*hours), figures.hours(*planned));
                say!(
                    lang,
                    "attendance {share} ({hours} of {planned} planned){counted}",
                    "assiduité de {share} ({hours} sur {planned} prévues){counted}"
                )
            }
            Measured::Hours { hours, .. } => {
                let hours = figures.hours(*hours);
                say!(lang, "{hours} so far", "{hours} à ce jour")
            }
            Measured::Fact(test) => self.happened(*test, holds),
        }
    }

    /// Something that has happened, or has not.
    fn happened(&self, test: PlannedTest, holds: bool) -> String {
        let lang = self.figures.lang;
        let either = |yes: String, no: String| if holds { yes } else { no };
        match test {
            PlannedTest::Started => either(
                say!(lang, "the case has started", "le dossier a démarré"),
                say!(lang, "the case has not started", "le dossier n'a pas démarré"),
            ),
            PlannedTest::Signed => either(
                say!(lang, "the case has been signed", "le dossier a été signé"),
                say!(lang, "the case has not been signed", "le dossier n'a pas été signé"),
            ),
            PlannedTest::Ended => either(
                say!(lang, "the case has ended", "le dossier est terminé"),
                say!(lang, "the case has not ended", "le dossier n'est pas terminé"),
            ),
            PlannedTest::Abandoned => either(
                say!(lang, "the case has been abandoned", "le dossier a été abandonné"),
                say!(lang, "the case has not been abandoned", "le dossier n'a pas été abandonné"),
            ),
            PlannedTest::Happened(name) => {
                let (kind, name) = self.plan.name_of(name).unwrap_or((NameKind::Event, ""));
                let name = self.figures.quoted(name);
                match kind {
                    NameKind::Action => either(
                        say!(lang, "action {name} has been done", "l'action {name} a été faite"),
                        say!(
                            lang,
                            "action {name} has not been done",
                            "l'action {name} n'a pas été faite"
                        ),
                    ),
                    NameKind::Deliverable => either(
                        say!(
                            lang,
                            "deliverable {name} has been received",
                            "le livrable {name} a été remis"
                        ),
                        say!(
                            lang,
                            "deliverable {name} has not been received",
                            "le livrable {name} n'a pas été remis"
                        ),
                    ),
                    NameKind::Event => either(
                        say!(lang, "event {name} has happened", "l'événement {name} est survenu"),
                        say!(
                            lang,
                            "event {name} has not happened",
                            "l'événement {name} n'est pas survenu"
                        ),
                    ),
                }
            }
            // Measured values are told with their figures, in `fact`.
            PlannedTest::Duration(_) | PlannedTest::Attendance(_) | PlannedTest::Hours(_) => {
                String::new()
            }
        }
    }

    /// Why a condition does not hold: what was measured, and what it had to be.
    pub fn shortfall(&self, shortfall: &Shortfall) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        let negated = shortfall.negated;
        let fact = self.fact(&shortfall.measured, negated);
        let needed = match shortfall.measured {
            Measured::Duration { start: None, .. } => {
                return say!(
                    lang,
                    "{fact}, and the duration runs from the start",
                    "{fact}, et la durée court à partir du démarrage"
                );
            }
            Measured::Duration { needed, limits, .. } => self.needed_duration(needed, limits),
            Measured::Attendance { needed, .. } => {
                self.needed(needed.map(|share| figures.percent(share)))
            }
            Measured::Hours { needed, .. } => self.needed(needed.map(|hours| figures.hours(hours))),
            Measured::Fact(_) if negated => {
                return say!(
                    lang,
                    "{fact}, and the line asks for the contrary",
                    "{fact}, et la ligne demande le contraire"
                );
            }
            Measured::Fact(_) => return fact,
        };
        if negated {
            say!(
                lang,
                "{fact}: that is {needed}, and the line asks for the contrary",
                "{fact} : c'est {needed}, et la ligne demande le contraire"
            )
        } else {
            say!(lang, "{fact}; it had to be {needed}", "{fact} ; il fallait {needed}")
        }
    }

    fn needed(&self, range: Range<String>) -> String {
        let lang = self.figures.lang;
        match range {
            Range::Less(n) => say!(lang, "less than {n}", "moins de {n}"),
            Range::AtMost(n) => say!(lang, "at most {n}", "au plus {n}"),
            Range::Greater(n) => say!(lang, "more than {n}", "plus de {n}"),
            Range::AtLeast(n) => say!(lang, "at least {n}", "au moins {n}"),
            Range::Window { from, under } => {
                say!(lang, "from {from} to under {under}", "de {from} à moins de {under}")
            }
        }
    }

    /// A range of durations, with its days in this case.
    fn needed_duration(&self, needed: Range<Duration>, limits: Range<Date>) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        let days = match limits {
            Range::Less(day) => {
                let day = figures.date(day);
                say!(lang, "before {day}", "avant le {day}")
            }
            Range::AtMost(day) => {
                let day = figures.date(day);
                say!(lang, "{day} at the latest", "au plus tard le {day}")
            }
            Range::Greater(day) => {
                let day = figures.date(day);
                say!(lang, "after {day}", "après le {day}")
            }
            Range::AtLeast(day) => {
                let day = figures.date(day);
                say!(lang, "from {day} on", "à partir du {day}")
            }
            Range::Window { from, under } => {
                let (from, last) = (figures.date(from), figures.date(under.pred()));
                say!(lang, "from {from} to {last}", "du {from} au {last}")
            }
        };
        let needed = self.needed(needed.map(|length| figures.duration(length)));
        format!("{needed} ({days})")
    }

    /// Why a line that waited for a moment did not fire: one reason, or each of several ways that
    /// were barred. Empty if it fired.
    pub fn why_not(&self, considered: &Considered) -> Vec<String> {
        let (lang, figures) = (self.figures.lang, self.figures);
        match considered.verdict {
            Verdict::Fires => Vec::new(),
            Verdict::FiredBefore(date) => {
                let date = figures.date(date);
                vec![say!(
                    lang,
                    "it has fired on {date}, and fires once in a case",
                    "elle s'est déclenchée le {date}, et ne se déclenche qu'une fois par dossier"
                )]
            }
            Verdict::CaseClosed => {
                let label = self.closing().map_or(String::new(), |(_, label)| label);
                vec![say!(
                    lang,
                    "{label} has just closed the case",
                    "{label} vient de clore le dossier"
                )]
            }
            Verdict::ConditionFails => {
                considered.shortfalls.iter().map(|short| self.shortfall(short)).collect()
            }
        }
    }

    /// Why a line has not fired in the whole case; `None` if it has.
    pub fn why_never(&self, id: LineId, line: &PlannedLine) -> Option<Vec<String>> {
        let lang = self.figures.lang;
        let looked_at: Vec<(Date, &Considered)> = self
            .trace
            .steps
            .iter()
            .flat_map(|step| step.considered.iter().map(|considered| (step.date, considered)))
            .filter(|(_, considered)| considered.line == id)
            .collect();
        if looked_at.iter().any(|(_, considered)| considered.verdict == Verdict::Fires) {
            return None;
        }
        let Some((date, last)) = looked_at.last() else {
            return Some(vec![self.waits_for(line)]);
        };
        let date = self.figures.date(*date);
        let mut reasons = self.why_not(last);
        let times = looked_at.len();
        let when = if times == 1 {
            say!(lang, "on {date}", "le {date}")
        } else {
            say!(
                lang,
                "looked at {times} times, the last time on {date}",
                "examinée {times} fois, la dernière le {date}"
            )
        };
        let colon = lang.pick(":", " :");
        if reasons.len() == 1 {
            return Some(vec![format!("{when}{colon} {}", reasons.join(""))]);
        }
        let none = say!(
            lang,
            "{when}{colon} none of the alternatives of its condition held",
            "{when}{colon} aucune des possibilités de sa condition n'était remplie"
        );
        reasons.insert(0, none);
        Some(reasons)
    }

    /// What a line waits for, and why it has not come.
    fn waits_for(&self, line: &PlannedLine) -> String {
        let lang = self.figures.lang;
        let triggers: Vec<&Trigger> =
            line.triggers.iter().filter_map(|id| self.plan.trigger(*id)).collect();
        // Triggers that have not come for the same reason share it.
        let mut groups: Vec<(Missing, Vec<String>)> = Vec::new();
        for trigger in triggers {
            let (missing, what) = (self.missing(trigger), self.awaited(trigger));
            match groups.iter_mut().find(|(known, _)| *known == missing) {
                Some((_, whats)) => whats.push(what),
                None => groups.push((missing, vec![what])),
            }
        }
        let waits: Vec<String> = groups
            .iter()
            .map(|(missing, whats)| {
                let why = self.why_missing(*missing, whats.len() > 1);
                let whats = lang.any_of(whats);
                say!(lang, "{whats}: {why}", "{whats} : {why}")
            })
            .collect();
        let waits = waits.join(lang.pick("; or for ", " ; ou "));
        say!(lang, "waits for {waits}", "attend {waits}")
    }

    /// A trigger that a line waits for.
    fn awaited(&self, trigger: &Trigger) -> String {
        let what = self.trigger(trigger);
        match trigger {
            Trigger::After(..) => {
                say!(self.figures.lang, "the day {what}", "le jour situé {what}")
            }
            Trigger::Signature
            | Trigger::Start
            | Trigger::End
            | Trigger::Abandonment
            | Trigger::Action(_)
            | Trigger::Event(_)
            | Trigger::Deliverable(_)
            | Trigger::MonthEnd
            | Trigger::Date(_) => what,
        }
    }

    /// A trigger in words.
    pub fn trigger(&self, trigger: &Trigger) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        match trigger {
            Trigger::Signature => say!(lang, "the signature", "la signature"),
            Trigger::Start => say!(lang, "the start", "le démarrage"),
            Trigger::End => say!(lang, "the end", "la fin"),
            Trigger::Abandonment => say!(lang, "the abandonment", "l'abandon"),
            Trigger::Action(name) => {
                let name = figures.quoted(name);
                say!(lang, "action {name}", "l'action {name}")
            }
            Trigger::Event(name) => {
                let name = figures.quoted(name);
                say!(lang, "event {name}", "l'événement {name}")
            }
            Trigger::Deliverable(name) => {
                let name = figures.quoted(name);
                say!(lang, "deliverable {name}", "le livrable {name}")
            }
            Trigger::MonthEnd => say!(lang, "the month end", "la fin de mois"),
            Trigger::After(length, anchor) => {
                let length = figures.duration(*length);
                match anchor {
                    Anchor::Start => {
                        say!(lang, "{length} after the start", "{length} après le démarrage")
                    }
                    Anchor::Signature => {
                        say!(lang, "{length} after the signature", "{length} après la signature")
                    }
                }
            }
            Trigger::Date(date) => {
                let date = figures.date(*date);
                say!(lang, "{date}", "le {date}")
            }
        }
    }

    /// Why a trigger has not come.
    fn missing(&self, trigger: &Trigger) -> Missing {
        let standing = &self.trace.standing;
        if let (Trigger::Date(date), Some(first)) = (trigger, self.first_day())
            && *date < first
        {
            return Missing::BeforeFirst(first);
        }
        if self.closed_by().is_some() {
            return Missing::Closed;
        }
        match trigger {
            Trigger::End if standing.abandoned => Missing::Abandoned,
            Trigger::Abandonment if standing.ended => Missing::Ended,
            Trigger::After(length, Anchor::Start) => {
                standing.started.map_or(Missing::Start, |day| Missing::On(day.plus(*length)))
            }
            Trigger::After(length, Anchor::Signature) => {
                standing.signed.map_or(Missing::Signature, |day| Missing::On(day.plus(*length)))
            }
            Trigger::Signature
            | Trigger::Start
            | Trigger::End
            | Trigger::Abandonment
            | Trigger::Action(_)
            | Trigger::Event(_)
            | Trigger::Deliverable(_)
            | Trigger::MonthEnd
            | Trigger::Date(_) => Missing::NotYet,
        }
    }

    /// Why one trigger has not come, or why several have not.
    fn why_missing(&self, missing: Missing, several: bool) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        match missing {
            Missing::BeforeFirst(first) => {
                let first = figures.date(first);
                say!(
                    lang,
                    "that is before the first event of the case ({first})",
                    "c'est avant le premier événement du dossier ({first})"
                )
            }
            Missing::Closed => {
                let (date, label) = self.closing().unwrap_or((self.as_of, String::new()));
                let date = figures.date(date);
                let what = if several {
                    lang.pick("none of these had come", "rien de cela n'était arrivé")
                } else {
                    lang.pick("it had not come", "cela n'était pas arrivé")
                };
                say!(
                    lang,
                    "{what} when {label} closed the case ({date})",
                    "{what} quand {label} a clos le dossier ({date})"
                )
            }
            Missing::Abandoned => {
                say!(lang, "the case has been abandoned instead", "le dossier a été abandonné")
            }
            Missing::Ended => {
                say!(lang, "the case has ended instead", "le dossier est allé à sa fin")
            }
            Missing::Start => say!(lang, "the case has not started", "le dossier n'a pas démarré"),
            Missing::Signature => {
                say!(lang, "the case has not been signed", "le dossier n'a pas été signé")
            }
            Missing::On(day) => {
                let day = figures.date(day);
                say!(lang, "that is on {day}", "ce sera le {day}")
            }
            Missing::NotYet => {
                let as_of = figures.date(self.as_of);
                let what = if several {
                    lang.pick("none of these has come", "rien de cela n'est arrivé")
                } else {
                    lang.pick("it has not come", "cela n'est pas arrivé")
                };
                say!(lang, "{what} by {as_of}", "{what} au {as_of}")
            }
        }
    }
}

/// Why a trigger has not come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missing {
    /// Its day lies before the first event of the case, which is of this day.
    BeforeFirst(Date),
    /// The case was closed before.
    Closed,
    /// The case has been abandoned: its end cannot come.
    Abandoned,
    /// The case has ended: its abandonment cannot come.
    Ended,
    /// It is counted from the start, and the case has not started.
    Start,
    /// It is counted from the signature, and the case has not been signed.
    Signature,
    /// It comes on that day.
    On(Date),
    /// It may still come.
    NotYet,
}

/// Whether the bounds of a duration are counted in days.
fn in_days(range: Range<Duration>) -> bool {
    let (Range::Less(bound)
    | Range::AtMost(bound)
    | Range::Greater(bound)
    | Range::AtLeast(bound)
    | Range::Window { from: bound, .. }) = range;
    match bound {
        Duration::Days(_) => true,
        Duration::Months(_) => false,
    }
}
