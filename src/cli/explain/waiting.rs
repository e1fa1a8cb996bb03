//! What a line that was never triggered waits for, and why that has not come.

use super::story::Story;
use crate::calendar::Date;
use crate::lang::say;
use crate::model::{Anchor, Trigger};
use crate::plan::PlannedLine;

impl Story<'_> {
    /// What a line waits for, and why it has not come.
    pub fn waits_for(&self, line: &PlannedLine) -> String {
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
        let over = standing.ended || standing.abandoned;
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
            // Once over, a case neither starts nor is signed.
            Trigger::Signature if over => Missing::NeverSigned,
            Trigger::Start if over => Missing::NeverStarted,
            Trigger::After(length, Anchor::Start) => {
                let never = if over { Missing::NeverStarted } else { Missing::Start };
                standing.started.map_or(never, |day| Missing::On(day.plus(*length)))
            }
            Trigger::After(length, Anchor::Signature) => {
                let never = if over { Missing::NeverSigned } else { Missing::Signature };
                standing.signed.map_or(never, |day| Missing::On(day.plus(*length)))
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
            Missing::NeverStarted => say!(
                lang,
                "the case was over before it had started",
                "le dossier était terminé ou abandonné avant d'avoir démarré"
            ),
            Missing::NeverSigned => say!(
                lang,
                "the case was over before it was signed",
                "le dossier était terminé ou abandonné avant d'être signé"
            ),
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
    /// The case was over before its start: it cannot start any more.
    NeverStarted,
    /// The case was over before its signature: it cannot be signed any more.
    NeverSigned,
    /// It comes on that day.
    On(Date),
    /// It may still come.
    NotYet,
}
