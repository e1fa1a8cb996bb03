//! What a line that was never triggered waits for, and why that has not come.

use super::figures::Figures;
use super::story::Story;
use crate::calendar::Date;
use crate::lang::{Lang, say};
use crate::model::{CalendarDay, Milestone, Subject, Terminal, When};
use crate::plan::PlannedLine;

impl Story<'_> {
    /// What a line waits for, and why it has not come.
    pub fn waits_for(&self, line: &PlannedLine) -> String {
        let triggers = line.triggers.iter().filter_map(|id| self.plan.trigger(*id));
        let waits = triggers.map(|when| (self.missing(when), self.awaited(when))).collect();
        let (figures, as_of, closing) = (self.figures, self.as_of, self.closing());
        Waiting { figures, as_of, closing }.told(waits)
    }

    /// A trigger that a line waits for.
    fn awaited(&self, trigger: &When) -> String {
        let what = self.trigger(trigger);
        match trigger.anchor() {
            Some(_) => the_day(self.figures.lang, &what),
            None => what,
        }
    }

    /// A trigger in words.
    pub fn trigger(&self, trigger: &When) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        match trigger {
            When::Milestone(milestone) => milestone.noun().definite(lang),
            When::Subject(Subject { kind, name }) => {
                format!("{} {}", kind.noun().known(lang), figures.quoted(name))
            }
            When::Calendar(CalendarDay::After(length, anchor)) => {
                let (length, anchor) = (figures.duration(*length), anchor.noun().definite(lang));
                say!(lang, "{length} after {anchor}", "{length} après {anchor}")
            }
            When::Calendar(CalendarDay::Date(date)) => {
                let date = figures.date(*date);
                say!(lang, "{date}", "le {date}")
            }
            When::Calendar(day) => day.noun().map(|noun| noun.definite(lang)).unwrap_or_default(),
        }
    }

    /// Why a trigger has not come.
    fn missing(&self, trigger: &When) -> Missing {
        let standing = &self.trace.standing;
        if let (When::Calendar(CalendarDay::Date(date)), Some(first)) = (trigger, self.first_day())
            && *date < first
        {
            return Missing::BeforeFirst(first);
        }
        if self.closed_by().is_some() {
            let closed = self.closing().map(|(day, _)| day);
            let that_day = closed.is_some_and(|day| self.comes_by_itself(trigger, day));
            return if that_day { Missing::ThatDay } else { Missing::Closed };
        }
        match trigger {
            When::Milestone(milestone) => {
                Missing::of_milestone(*milestone, standing.over).unwrap_or(Missing::NotYet)
            }
            When::Subject(_) => Missing::NotYet,
            When::Calendar(day) => match (day.anchor(), day.once(&standing.anchors)) {
                (None, _) => Missing::NotYet,
                (Some(_), Some(due)) => Missing::On(due),
                (Some(anchor), None) => {
                    let milestone = anchor.milestone();
                    Missing::of_milestone(milestone, standing.over)
                        .unwrap_or_else(|| Missing::before(milestone, self.figures.lang))
                }
            },
        }
    }

    /// Whether a trigger comes by itself on a day: then at its end, after all events.
    fn comes_by_itself(&self, trigger: &When, day: Date) -> bool {
        let anchors = &self.trace.standing.anchors;
        trigger.calendar().is_some_and(|due| due.next_from(day, anchors) == Some(day))
    }
}

/// How a case stands to what its lines wait for: the words of both parts of the language.
pub struct Waiting {
    /// How figures are written.
    pub figures: Figures,
    /// The last day that counts.
    pub as_of: Date,
    /// The day and the quoted label of the balance that closed the case.
    pub closing: Option<(Date, String)>,
}

impl Waiting {
    /// What a line waits for, each trigger in words, and why that has not come. Triggers that have
    /// not come for the same reason share it.
    pub fn told(&self, waits: Vec<(Missing, String)>) -> String {
        let lang = self.figures.lang;
        let mut groups: Vec<(Missing, Vec<String>)> = Vec::new();
        for (missing, what) in waits {
            match groups.iter_mut().find(|(known, _)| *known == missing) {
                Some((_, whats)) => whats.push(what),
                None => groups.push((missing, vec![what])),
            }
        }
        let waits: Vec<String> = groups
            .iter()
            .map(|(missing, whats)| {
                let why = self.why_missing(missing, whats.len() > 1);
                let whats = lang.any_of(whats);
                say!(lang, "{whats}: {why}", "{whats} : {why}")
            })
            .collect();
        let waits = waits.join(lang.pick("; or for ", " ; ou "));
        say!(lang, "waits for {waits}", "attend {waits}")
    }

    /// The day and the label of what closed the case.
    fn closed(&self) -> (String, &str) {
        let closing = self.closing.as_ref();
        let (date, label) = closing.map_or((self.as_of, ""), |(date, label)| (*date, label));
        (self.figures.date(date), label)
    }

    /// Why one trigger has not come, or why several have not.
    fn why_missing(&self, missing: &Missing, several: bool) -> String {
        let (lang, figures) = (self.figures.lang, self.figures);
        match missing {
            Missing::BeforeFirst(first) => {
                let first = figures.date(*first);
                say!(
                    lang,
                    "that is before the first event of the case ({first})",
                    "c'est avant le premier événement du dossier ({first})"
                )
            }
            Missing::Closed => {
                let (date, label) = self.closed();
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
            Missing::ThatDay => {
                let (date, label) = self.closed();
                let what = if several {
                    lang.pick("they come", "tout cela vient")
                } else {
                    lang.pick("it comes", "cela vient")
                };
                say!(
                    lang,
                    "{what} at the end of that day, after {label} has closed the case ({date})",
                    "{what} à la fin de cette journée, après que {label} a clos le dossier ({date})"
                )
            }
            Missing::Instead(over) => over.came_instead(lang).to_owned(),
            Missing::Said(why) => why.clone(),
            Missing::Never(Milestone::Signature) => say!(
                lang,
                "the case was over before it was signed",
                "le dossier était terminé ou abandonné avant d'être signé"
            ),
            Missing::Never(_) => say!(
                lang,
                "the case was over before it had started",
                "le dossier était terminé ou abandonné avant d'avoir démarré"
            ),
            Missing::On(day) => {
                let day = figures.date(*day);
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

/// The day so long before or after something, which a line waits for.
pub fn the_day(lang: Lang, what: &str) -> String {
    say!(lang, "the day {what}", "le jour situé {what}")
}

/// Why a trigger has not come.
#[derive(Clone, PartialEq, Eq)]
pub enum Missing {
    /// Its day lies before the first event of the case, which is of this day.
    BeforeFirst(Date),
    /// The case was closed before.
    Closed,
    /// The case was closed on its day, before it came.
    ThatDay,
    /// The case is over, and otherwise: this cannot come.
    Instead(Terminal),
    /// The case was over before this milestone, to which it cannot come any more.
    Never(Milestone),
    /// It comes on that day.
    On(Date),
    /// It may still come.
    NotYet,
    /// What it counts from has not come or is not known, in these words.
    Said(String),
}

impl Missing {
    /// Why a case that is over so cannot come to a milestone any more; `None` if it can.
    pub fn of_milestone(milestone: Milestone, over: Option<Terminal>) -> Option<Missing> {
        match (milestone.terminal(), over?) {
            (Some(own), over) if own == over => None,
            (Some(_), over) => Some(Missing::Instead(over)),
            // Once over, a case neither starts nor is signed.
            (None, _) => Some(Missing::Never(milestone)),
        }
    }

    /// That the case has not come to the milestone from which the trigger counts.
    pub fn before(milestone: Milestone, lang: Lang) -> Missing {
        Missing::Said(milestone.told(false, lang).to_owned())
    }
}
