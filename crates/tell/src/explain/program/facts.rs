//! Why a line fires or does not: its trigger, which time it is, and what each test of its condition found.

use super::ProgramStory;
use crate::calendar::{Date, Duration};
use crate::explain::reasons::{in_days, needed};
use crate::lang::{Lang, say};
use crate::model::program::{Amount, Anchor, Asked, Name, PlannedDate, Test, When};
use crate::model::{Range, SubjectKind, Terminal};
use crate::rules::{Considered, Found, Measured, Outcome};

impl ProgramStory<'_> {
    /// What there is to say of a line that fires, but for its amounts.
    pub(super) fn fires_on(&self, considered: &Considered) -> Vec<String> {
        let lang = self.figures.lang;
        let mut said = Vec::new();
        if considered.late {
            said.push(say!(
                lang,
                "an amendment has put its day in the past: it comes today",
                "un avenant a placé son jour dans le passé : elle vient aujourd'hui"
            ));
        }
        let line = self.program.lines.get(considered.line as usize);
        if let (Outcome::Fires(_), Some(line)) = (considered.outcome, line)
            && line.repeats
            && !matches!(line.amount, Amount::Work(_))
        {
            let most = match line.amount.parts() {
                1 => line.at_most,
                parts => Some(parts),
            };
            said.push(time_in_words(considered.time(), most, lang));
        }
        if let Some((from, to)) = self.period(considered) {
            let (from, to) = (self.figures.date(from), self.figures.date(to));
            said.push(say!(lang, "for {from} to {to}", "pour la période du {from} au {to}"));
        }
        said.extend(considered.found.iter().map(|found| self.found(found)));
        said
    }

    /// The period of an occurrence that the calendar brought.
    pub(super) fn period(&self, considered: &Considered) -> Option<(Date, Date)> {
        let line = self.program.lines.get(considered.line as usize)?;
        if matches!(line.amount, Amount::Work(_)) {
            return None;
        }
        let first =
            considered.computed.first().and_then(|computed| self.given(computed).first())?;
        first.service_from.zip(first.service_to)
    }

    /// Why a line that waited for a moment did not fire.
    pub fn why_not(&self, considered: &Considered) -> Vec<String> {
        let lang = self.figures.lang;
        match considered.outcome {
            Outcome::Fires(_) => Vec::new(),
            Outcome::FiredBefore => {
                let fired = self.record.steps.iter().find(|step| {
                    let fires = |one: &Considered| {
                        one.line == considered.line && matches!(one.outcome, Outcome::Fires(_))
                    };
                    step.considered.iter().any(fires)
                });
                let date = fired.map(|step| self.figures.date(step.date)).unwrap_or_default();
                vec![say!(
                    lang,
                    "it has fired on {date}, and fires once in a case",
                    "elle s'est déclenchée le {date}, et ne se déclenche qu'une fois par dossier"
                )]
            }
            Outcome::Exhausted(times) => {
                let how_often = match lang {
                    Lang::En => format!("{times} time{}", lang.s(times)),
                    Lang::Fr => format!("{times} fois"),
                };
                vec![say!(
                    lang,
                    "it has come {how_often}, as often as it may",
                    "elle est venue {how_often}, autant qu'elle le peut"
                )]
            }
            Outcome::AfterTerminal => {
                let over = self.record.standing.over.unwrap_or(Terminal::End);
                let told = over.milestone().told(true, lang);
                vec![say!(
                    lang,
                    "{told}: its last days are billed on that day",
                    "{told} : ses derniers jours sont facturés ce jour-là"
                )]
            }
            Outcome::CaseClosed => {
                let label = self.closing().map_or(String::new(), |(_, label)| label);
                vec![say!(
                    lang,
                    "{label} has just closed the case",
                    "{label} vient de clore le dossier"
                )]
            }
            Outcome::ConditionFails => {
                considered.found.iter().map(|found| self.found(found)).collect()
            }
        }
    }

    /// What a test found: "14 days before the planned start (2025-07-07); less than 15 days: yes".
    pub(super) fn found(&self, found: &Found) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        let answer = |yes| if yes { lang.pick("yes", "oui") } else { lang.pick("no", "non") };
        let asked = match found.test.asked() {
            Asked::Length(range) => {
                Some(needed(range.map(|length| figures.duration(length)), lang))
            }
            Asked::Share(range) => Some(needed(range.map(|share| figures.percent(share)), lang)),
            Asked::Hours(range) => Some(needed(range.map(|hours| figures.hours(hours)), lang)),
            Asked::Day(range) => Some(self.days(range)),
            Asked::Times(least) => {
                let s = lang.s(least);
                Some(say!(lang, "at least {least} time{s}", "au moins {least} fois"))
            }
            Asked::Nothing => None,
        };
        let measured = self.measured(found);
        match asked {
            None => measured,
            Some(asked) => {
                let answer = answer(found.holds);
                say!(lang, "{measured}; {asked}: {answer}", "{measured} ; {asked} : {answer}")
            }
        }
    }

    fn days(&self, range: Range<Date>) -> String {
        let (lang, range) = (self.figures.lang, range.map(|day| self.figures.date(day)));
        match range {
            Range::Less(day) => say!(lang, "before {day}", "avant le {day}"),
            Range::AtMost(day) => say!(lang, "{day} at the latest", "au plus tard le {day}"),
            Range::Greater(day) => say!(lang, "after {day}", "après le {day}"),
            Range::AtLeast(day) => say!(lang, "from {day} on", "à compter du {day}"),
            Range::Window { from, under } => {
                say!(lang, "from {from} to before {under}", "du {from} à avant le {under}")
            }
        }
    }

    fn measured(&self, found: &Found) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        match (found.test, found.measured) {
            (Test::Since(anchor, range), Measured::Clock { from, shown }) => {
                let anchor = self.anchor(anchor);
                let Some(from) = from else {
                    return say!(lang, "{anchor} has not come", "{anchor} : pas encore venu");
                };
                let elapsed = if in_days(range) {
                    figures.days(shown.days_since(from))
                } else {
                    let (months, days) = shown.months_and_days_since(from);
                    figures.months_and_days(months, days)
                };
                let from = figures.date(from);
                say!(lang, "{elapsed} after {anchor} ({from})", "{elapsed} après {anchor} ({from})")
            }
            (_, Measured::Notice { until: Some(start), today }) => {
                let left = figures.days(start.days_since(today));
                let start = figures.date(start);
                say!(
                    lang,
                    "{left} left to the planned start ({start})",
                    "{left} avant le démarrage prévu ({start})"
                )
            }
            (_, Measured::Notice { until: None, .. }) => self.unknown(PlannedDate::Start),
            (_, Measured::Share(hours, Some(planned))) => {
                let share = figures.attendance(hours, planned);
                let (hours, planned) = (figures.hours(hours), figures.hours(planned));
                say!(
                    lang,
                    "attendance {share} ({hours} of {planned} planned)",
                    "assiduité de {share} ({hours} sur {planned} prévues)"
                )
            }
            (_, Measured::Hours(hours) | Measured::Share(hours, None)) => {
                let hours = figures.hours(hours);
                say!(lang, "{hours} so far", "{hours} à ce jour")
            }
            (_, Measured::Progress(percent)) => {
                let percent = figures.percent(percent);
                say!(lang, "{percent} certified", "avancement de {percent}")
            }
            (Test::Day(anchor, _), Measured::Day(day)) => {
                let of = anchor.map(|anchor| self.anchor(anchor));
                let of = of.unwrap_or_else(|| lang.pick("the day", "le jour").to_owned());
                let day = day.map(|day| figures.date(day));
                let day = day.unwrap_or_else(|| lang.pick("not yet", "pas encore").to_owned());
                say!(lang, "{of}: {day}", "{of} : {day}")
            }
            (Test::Came(milestone), _) => milestone.told(found.holds, lang).to_owned(),
            (Test::Happened(name, 1), _) => {
                let (kind, name) = self.name(name);
                kind.told(&figures.quoted(name), found.holds, lang)
            }
            (Test::Happened(name, _), Measured::Times(times)) => {
                let (kind, name) = self.name(name);
                let (called, name) = (kind.noun().known(lang), figures.quoted(name));
                let s = lang.s(times);
                say!(lang, "{called} {name}: {times} time{s}", "{called} {name} : {times} fois")
            }
            // A test measures what it is of.
            (_, Measured::Clock { .. } | Measured::Day(_) | Measured::Times(_)) => String::new(),
        }
    }

    pub(super) fn name(&self, name: Name) -> (SubjectKind, &str) {
        let subject = self.program.subjects.get(name.0 as usize);
        subject.map_or((SubjectKind::Event, ""), |(kind, name)| (*kind, name.as_str()))
    }

    /// That a planned date is not known.
    pub(super) fn unknown(&self, planned: PlannedDate) -> String {
        let lang = self.figures.lang;
        let said = match planned {
            PlannedDate::Start => {
                lang.pick("no planned start is known", "aucun démarrage prévu n'est connu")
            }
            PlannedDate::End => {
                lang.pick("no planned end is known", "aucune fin prévue n'est connue")
            }
        };
        said.to_owned()
    }

    fn anchor(&self, anchor: Anchor) -> String {
        let lang = self.figures.lang;
        match anchor {
            Anchor::Milestone(milestone) => milestone.noun().definite(lang),
            Anchor::Named(name) => {
                let (kind, name) = self.name(name);
                format!("{} {}", kind.noun().known(lang), self.figures.quoted(name))
            }
            Anchor::Planned(PlannedDate::Start) => {
                lang.pick("the planned start", "le démarrage prévu").to_owned()
            }
            Anchor::Planned(PlannedDate::End) => {
                lang.pick("the planned end", "la fin prévue").to_owned()
            }
        }
    }

    /// `du démarrage`, behind `à compter`; English needs no more than the anchor.
    fn from(&self, anchor: Anchor) -> String {
        let (kind, name) = match anchor {
            Anchor::Milestone(milestone) => {
                let noun = milestone.noun();
                let (_, of) = noun.french_articles();
                return format!("{of}{}", noun.bare(Lang::Fr));
            }
            Anchor::Planned(PlannedDate::Start) => return "du démarrage prévu".to_owned(),
            Anchor::Planned(PlannedDate::End) => return "de la fin prévue".to_owned(),
            Anchor::Named(name) => self.name(name),
        };
        let noun = kind.noun();
        let (_, of) = noun.french_articles();
        format!("{of}{} {}", noun.bare(Lang::Fr), self.figures.quoted(name))
    }

    /// The trigger that came, in words.
    pub(super) fn trigger(&self, considered: &Considered) -> String {
        let line = self.program.lines.get(considered.line as usize);
        let when = line.and_then(|line| line.whens.get(considered.when as usize));
        when.map_or(String::new(), |when| self.when(when))
    }

    pub(super) fn when(&self, when: &When) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        match when {
            When::Milestone(milestone) => milestone.noun().definite(lang),
            When::Named(name) => self.anchor(Anchor::Named(*name)),
            When::Progress => lang.pick("progress", "l'avancement").to_owned(),
            When::End(civil) => civil.ending().bare(lang).to_owned(),
            When::DayOfMonth(day) => say!(lang, "day {day} of the month", "le {day} du mois"),
            When::After(length, anchor) => {
                let (length, anchor) = (figures.duration(*length), self.anchor(*anchor));
                say!(lang, "{length} after {anchor}", "{length} après {anchor}")
            }
            When::Every { length, anchor: when_anchor, first } => {
                let (length, anchor) = (self.every(*length), self.anchor(*when_anchor));
                match first {
                    true => {
                        let from = self.from(*when_anchor);
                        say!(
                            lang,
                            "every {length} from {anchor}",
                            "tous les {length} à compter {from}"
                        )
                    }
                    false => say!(
                        lang,
                        "every {length} after {anchor}",
                        "tous les {length} après {anchor}"
                    ),
                }
            }
            When::Before(length, planned) => {
                let anchor = self.anchor(Anchor::Planned(*planned));
                let length = figures.duration(*length);
                say!(lang, "{length} before {anchor}", "{length} avant {anchor}")
            }
            When::Dates(_) => {
                lang.pick("a date that the line names", "une date que nomme la ligne").to_owned()
            }
        }
    }

    /// `month`, `3 months`: behind `every`.
    fn every(&self, length: Duration) -> String {
        let lang = self.figures.lang;
        match length {
            Duration::Months(1) => lang.pick("month", "mois").to_owned(),
            Duration::Days(1) => lang.pick("day", "jours").to_owned(),
            Duration::Months(_) | Duration::Days(_) => self.figures.duration(length),
        }
    }
}

/// Which of its times it is that a line fires, of the most that it may have; none where it counts as none of them.
fn time_in_words(time: Option<u32>, most: Option<u32>, lang: Lang) -> String {
    match (time.map(|time| lang.digits(time)), most) {
        (Some(time), Some(most)) => {
            say!(lang, "time {time}, of {most} at the most", "fois n° {time}, sur {most} au plus")
        }
        (Some(time), None) => say!(lang, "time {time}", "fois n° {time}"),
        (None, Some(most)) => say!(
            lang,
            "not counted among its times ({most} at the most): there is no day to bill",
            "non comptée parmi ses fois ({most} au plus) : il n'y a aucun jour à facturer"
        ),
        (None, None) => say!(
            lang,
            "not counted among its times: there is no day to bill",
            "non comptée parmi ses fois : il n'y a aucun jour à facturer"
        ),
    }
}
