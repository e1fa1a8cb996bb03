//! Why a line did not fire, and on what facts one did.

use super::story::Story;
use crate::calendar::{Date, Duration};
use crate::eval::{Considered, Measured, Measurement, Shortfall, Verdict};
use crate::lang::{Lang, say};
use crate::model::{Range, SubjectKind};
use crate::plan::{LineId, PlannedLine};

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
            Measured::Reached(milestone) => milestone.told(holds, lang).to_owned(),
            Measured::Happened(name) => {
                let (kind, name) = self.plan.name_of(*name).unwrap_or((SubjectKind::Event, ""));
                kind.told(&figures.quoted(name), holds, lang)
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
            Measured::Reached(_) | Measured::Happened(_) if negated => {
                return say!(
                    lang,
                    "{fact}, and the line asks for the contrary",
                    "{fact}, et la ligne demande le contraire"
                );
            }
            Measured::Reached(_) | Measured::Happened(_) => return fact,
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
        needed(range, self.figures.lang)
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
}

/// What something had to be.
pub fn needed(range: Range<String>, lang: Lang) -> String {
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

/// Whether the bounds of a duration are counted in days.
pub fn in_days(range: Range<Duration>) -> bool {
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
