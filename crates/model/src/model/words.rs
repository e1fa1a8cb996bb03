//! What milestones, things with a name and days of the calendar are called, in both languages.
//!
//! Everything that speaks of a trigger takes its words from here, so that a new one is worded once.

use super::noun::{Gender, Noun};
use super::written::{length, quoted};
use super::{Anchor, CalendarDay, Civil, Milestone, Subject, SubjectKind, Terminal, When};
use crate::lang::Lang;

impl Milestone {
    /// What it is called.
    pub fn noun(self) -> Noun {
        let (english, french, gender) = match self {
            Milestone::Signature => ("signature", "signature", Gender::Feminine),
            Milestone::Start => ("start", "démarrage", Gender::Masculine),
            Milestone::End => ("end", "fin", Gender::Feminine),
            Milestone::Abandonment => ("abandonment", "abandon", Gender::Elided),
        };
        Noun { english, french, gender }
    }

    /// What a case is called that has come to it: `started`, `démarré`.
    pub fn reached(self, lang: Lang) -> &'static str {
        match self {
            Milestone::Signature => lang.pick("signed", "signé"),
            Milestone::Start => lang.pick("started", "démarré"),
            Milestone::End => lang.pick("ended", "terminé"),
            Milestone::Abandonment => lang.pick("abandoned", "abandonné"),
        }
    }

    /// That a case has come to it, or has not: `the case has started`.
    pub fn told(self, holds: bool, lang: Lang) -> &'static str {
        let (english, french) = match self {
            Milestone::Signature => (
                ["the case has been signed", "the case has not been signed"],
                ["le dossier a été signé", "le dossier n'a pas été signé"],
            ),
            Milestone::Start => (
                ["the case has started", "the case has not started"],
                ["le dossier a démarré", "le dossier n'a pas démarré"],
            ),
            Milestone::End => (
                ["the case has ended", "the case has not ended"],
                ["le dossier est terminé", "le dossier n'est pas terminé"],
            ),
            Milestone::Abandonment => (
                ["the case has been abandoned", "the case has not been abandoned"],
                ["le dossier a été abandonné", "le dossier n'a pas été abandonné"],
            ),
        };
        let [yes, no] = lang.pick(english, french);
        if holds { yes } else { no }
    }
}

impl Anchor {
    /// What it is called.
    pub fn noun(self) -> Noun {
        self.milestone().noun()
    }
}

impl SubjectKind {
    /// What it is called.
    pub fn noun(self) -> Noun {
        let (english, french, gender) = match self {
            SubjectKind::Action => ("action", "action", Gender::Elided),
            SubjectKind::Deliverable => ("deliverable", "livrable", Gender::Masculine),
            SubjectKind::Event => ("event", "événement", Gender::Elided),
        };
        Noun { english, french, gender }
    }

    /// What it is called once it has happened: an action is `done`, `faite`.
    pub fn happened(self, lang: Lang) -> &'static str {
        match self {
            SubjectKind::Action => lang.pick("done", "faite"),
            SubjectKind::Deliverable => lang.pick("received", "remis"),
            SubjectKind::Event => lang.pick("happened", "survenu"),
        }
    }

    /// The name in JSON of its having happened.
    pub fn happened_name(self) -> &'static str {
        match self {
            SubjectKind::Action => "action_done",
            SubjectKind::Deliverable => "deliverable_received",
            SubjectKind::Event => "event_happened",
        }
    }

    /// That something of this name has happened, or has not: `action "Jury" has been done`.
    pub fn told(self, name: &str, holds: bool, lang: Lang) -> String {
        let happened = self.happened(lang);
        let (english, french) = match self {
            SubjectKind::Action | SubjectKind::Deliverable => {
                (["has been", "has not been"], ["a été", "n'a pas été"])
            }
            SubjectKind::Event => (["has", "has not"], ["est", "n'est pas"]),
        };
        let [yes, no] = lang.pick(english, french);
        format!("{} {name} {} {happened}", self.noun().known(lang), if holds { yes } else { no })
    }
}

impl Subject {
    /// `action "Interview"`.
    pub fn called(&self, lang: Lang) -> String {
        format!("{} {}", self.kind.noun().bare(lang), quoted(&self.name))
    }

    /// `on action "Interview"`.
    pub fn on(&self, lang: Lang) -> String {
        format!("{} {}", self.kind.noun().on(lang), quoted(&self.name))
    }

    /// `action "Interview" done`.
    pub fn has_happened(&self, lang: Lang) -> String {
        format!("{} {}", self.called(lang), self.kind.happened(lang))
    }
}

impl Terminal {
    /// As what a case comes to: `its end`.
    pub fn of_the_case(self, lang: Lang) -> &'static str {
        match self {
            Terminal::End => lang.pick("its end", "sa fin"),
            Terminal::Abandonment => lang.pick("its abandonment", "son abandon"),
        }
    }

    /// A case that has come to it: `a case that comes to its end`.
    pub fn case(self, lang: Lang) -> &'static str {
        match self {
            Terminal::End => lang.pick("a case that comes to its end", "un dossier terminé"),
            Terminal::Abandonment => {
                lang.pick("a case that comes to its abandonment", "un dossier abandonné")
            }
        }
    }

    /// That it came, and not what was waited for.
    pub fn came_instead(self, lang: Lang) -> &'static str {
        match self {
            Terminal::End => {
                lang.pick("the case has ended instead", "le dossier est allé à sa fin")
            }
            Terminal::Abandonment => {
                lang.pick("the case has been abandoned instead", "le dossier a été abandonné")
            }
        }
    }
}

impl CalendarDay {
    /// Of one that comes again and again: what it is called.
    pub fn noun(self) -> Option<Noun> {
        match self {
            CalendarDay::MonthEnd => Some(Civil::Month.ending()),
            CalendarDay::After(..) | CalendarDay::Date(_) => None,
        }
    }

    /// `month end`, `3 months after start`, `2025-09-01`.
    pub fn called(self, lang: Lang) -> String {
        match self {
            CalendarDay::MonthEnd => self.noun().map_or("", |noun| noun.bare(lang)).to_owned(),
            CalendarDay::After(after, anchor) => {
                let anchor = anchor.noun().known(lang);
                format!("{} {} {anchor}", length(after, lang), lang.pick("after", "après"))
            }
            CalendarDay::Date(date) => lang.date(date),
        }
    }

    /// `on month end`, `3 months after start`, `on 2025-09-01`.
    pub fn on(self, lang: Lang) -> String {
        let on = match self {
            CalendarDay::MonthEnd => lang.pick("on ", "en "),
            CalendarDay::After(..) => "",
            CalendarDay::Date(_) => lang.pick("on ", "le "),
        };
        format!("{on}{}", self.called(lang))
    }
}

impl When {
    /// As a noun: `start`, `action "Interview"`, `3 months after start`.
    pub fn called(&self, lang: Lang) -> String {
        match self {
            When::Milestone(milestone) => milestone.noun().bare(lang).to_owned(),
            When::Subject(subject) => subject.called(lang),
            When::Calendar(day) => day.called(lang),
        }
    }

    /// As a line has it: `on start`, `on action "Interview"`, `3 months after start`.
    pub fn on(&self, lang: Lang) -> String {
        match self {
            When::Milestone(milestone) => milestone.noun().on(lang),
            When::Subject(subject) => subject.on(lang),
            When::Calendar(day) => day.on(lang),
        }
    }
}
