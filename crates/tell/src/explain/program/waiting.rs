//! What a line that was never looked at waits for, and why that has not come; the words are those of
//! [`super::super::waiting`].

use super::ProgramStory;
use crate::explain::story::first_counted;
use crate::explain::waiting::{Missing, Waiting, the_day};
use crate::lang::say;
use crate::model::program::{Anchor, When};
use crate::rules::Awaited;

impl ProgramStory<'_> {
    /// What a line waits for, and why it has not come.
    pub(super) fn waits_for(&self, line: u32) -> String {
        let place = line as usize;
        let whens = self.program.lines.get(place).into_iter().flat_map(|line| &line.whens);
        let awaited = self.record.standing.awaited.get(place).into_iter().flatten();
        let mut waits = Vec::new();
        for (when, awaited) in whens.zip(awaited) {
            if let When::Dates(days) = when {
                waits.extend(days.iter().map(|day| {
                    let date = self.figures.date(*day);
                    let date = say!(self.figures.lang, "{date}", "le {date}");
                    (self.missing(when, Awaited::On(*day)), date)
                }));
            } else {
                waits.push((self.missing(when, *awaited), self.awaited(when)));
            }
        }
        let (figures, as_of, closing) = (self.figures, self.as_of, self.closing());
        Waiting { figures, as_of, closing }.told(waits)
    }

    /// A trigger that a line waits for.
    fn awaited(&self, when: &When) -> String {
        let what = self.when(when);
        if matches!(when, When::After(..) | When::Before(..)) {
            the_day(self.figures.lang, &what)
        } else {
            what
        }
    }

    /// Why a trigger has not come.
    fn missing(&self, when: &When, awaited: Awaited) -> Missing {
        let standing = &self.record.standing;
        let once = matches!(when, When::After(..) | When::Dates(_));
        if let (true, Awaited::On(day), Some(first)) =
            (once, awaited, first_counted(self.case, self.as_of))
            && day < first
        {
            return Missing::BeforeFirst(first);
        }
        if let Some((_, closed)) = standing.closed {
            let that_day = awaited == Awaited::On(closed);
            return if that_day { Missing::ThatDay } else { Missing::Closed };
        }
        let lang = self.figures.lang;
        match (when, awaited) {
            (When::Milestone(milestone), _) => {
                Missing::of_milestone(*milestone, standing.over).unwrap_or(Missing::NotYet)
            }
            (When::After(_, anchor) | When::Every { anchor, .. }, Awaited::Unanchored) => {
                match *anchor {
                    Anchor::Milestone(milestone) => Missing::of_milestone(milestone, standing.over)
                        .unwrap_or_else(|| Missing::before(milestone, lang)),
                    Anchor::Named(name) => {
                        let (kind, name) = self.name(name);
                        Missing::Said(kind.told(&self.figures.quoted(name), false, lang))
                    }
                    Anchor::Planned(planned) => Missing::Said(self.unknown(planned)),
                }
            }
            (When::Before(_, planned), Awaited::Unanchored) => {
                Missing::Said(self.unknown(*planned))
            }
            (When::After(..) | When::Every { .. } | When::Before(..), Awaited::On(day)) => {
                Missing::On(day)
            }
            (_, Awaited::Suspended) => {
                let said = lang.pick("the case is suspended", "le dossier est suspendu");
                Missing::Said(said.to_owned())
            }
            _ => Missing::NotYet,
        }
    }
}
