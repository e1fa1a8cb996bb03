//! Why a case is withheld.

use crate::diagnostic::did_you_mean;
use crate::lang::{Lang, say, seen};
use crate::model::{Event, LONGEST_PLAN};
use crate::plan::{NotPlanned, Plan};
use std::borrow::Cow;

/// The events of a case, looked at one by one: a message needs few of them, and they may be kept in a form
/// that takes less room.
pub trait Recall {
    /// How many there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// The event at a place.
    fn recall(&self, place: usize) -> Option<Cow<'_, Event>>;
}

impl Recall for [Event] {
    fn len(&self) -> usize {
        self.len()
    }

    fn recall(&self, place: usize) -> Option<Cow<'_, Event>> {
        self.get(place).map(Cow::Borrowed)
    }
}

impl Recall for Vec<Event> {
    fn len(&self) -> usize {
        self.len()
    }

    fn recall(&self, place: usize) -> Option<Cow<'_, Event>> {
        self.get(place).map(Cow::Borrowed)
    }
}

/// Why no line of a case is billed. Indices are places in the slice of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// Events of more than one case.
    MixedCases {
        /// An event of another case than the first.
        event: usize,
    },
    /// One id, two contents.
    ConflictingId {
        /// The first event of that id.
        first: usize,
        /// The one that says something else.
        event: usize,
    },
    /// Opened twice.
    OpenedTwice {
        /// The first.
        first: usize,
        /// The second.
        event: usize,
    },
    /// Opened on another schedule than the one that it is evaluated with.
    OtherSchedule {
        /// The event that opens the case.
        event: usize,
    },
    /// An action that a schedule priced per action does not list.
    UnlistedAction {
        /// The event.
        event: usize,
    },
    /// An event withdraws one that the case does not have.
    NothingToVoid {
        /// The event.
        event: usize,
    },
    /// Hours or months that no event may state. (Files never hold them: what reads events refuses them.)
    OutOfRange {
        /// The event; none if it is what the host plans for the case.
        event: Option<usize>,
    },
    /// A share of the planned hours is used and nobody states them.
    NoPlannedHours,
    /// A planned duration is used and nobody states one.
    NoPlannedDuration,
    /// The terms of the case are not sound.
    Terms {
        /// Why.
        unsound: crate::rules::Unsound,
        /// The event that states them: an amendment, or the opening; none if no event does.
        event: Option<usize>,
    },
    /// A sum of the event has more decimals than the currency of the schedule.
    Decimals {
        /// The event.
        event: usize,
    },
    /// An amount, a number of hours or a percentage is larger than can be counted with.
    TooLarge,
}

/// Why an evaluation under way cannot go on: [`Withheld`], as far as it comes up so late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    NoPlannedHours,
    NoPlannedDuration,
    TooLarge,
}

impl From<Stop> for Withheld {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::NoPlannedHours => Withheld::NoPlannedHours,
            Stop::NoPlannedDuration => Withheld::NoPlannedDuration,
            Stop::TooLarge => Withheld::TooLarge,
        }
    }
}

impl From<NotPlanned> for Withheld {
    fn from(lacking: NotPlanned) -> Withheld {
        match lacking {
            NotPlanned::Hours => Withheld::NoPlannedHours,
            NotPlanned::Months => Withheld::NoPlannedDuration,
        }
    }
}

impl Withheld {
    /// The event that is at fault, where one is.
    pub fn event(&self) -> Option<usize> {
        match self {
            Withheld::MixedCases { event }
            | Withheld::ConflictingId { event, .. }
            | Withheld::OpenedTwice { event, .. }
            | Withheld::OtherSchedule { event }
            | Withheld::UnlistedAction { event }
            | Withheld::Decimals { event }
            | Withheld::NothingToVoid { event } => Some(*event),
            Withheld::OutOfRange { event } | Withheld::Terms { event, .. } => *event,
            Withheld::NoPlannedHours | Withheld::NoPlannedDuration | Withheld::TooLarge => None,
        }
    }

    /// One or two sentences, lower case, no full stop.
    pub fn say(&self, plan: &Plan, events: &(impl Recall + ?Sized), lang: Lang) -> String {
        let name = |event: &usize| {
            let event = events.recall(*event);
            seen(event.as_ref().and_then(|event| event.kind.subject()).unwrap_or_default())
        };
        let schedule = &plan.schedule.name;
        match self {
            Withheld::MixedCases { .. } => say!(
                lang,
                "the events belong to more than one case",
                "les événements appartiennent à plus d'un dossier"
            ),
            Withheld::ConflictingId { first, event } => {
                let event = events.recall(*event);
                let id = event.as_ref().and_then(|event| event.id.as_deref());
                let id = seen(id.unwrap_or_default());
                let date =
                    events.recall(*first).map(|event| event.date.to_string()).unwrap_or_default();
                say!(
                    lang,
                    "id `{id}` stands for two different events (the other is of {date})",
                    "l'identifiant `{id}` désigne deux événements différents (l'autre est du {date})"
                )
            }
            Withheld::OpenedTwice { .. } => {
                say!(lang, "the case is opened twice", "le dossier est ouvert deux fois")
            }
            Withheld::OtherSchedule { .. } => say!(
                lang,
                "the case is opened on another schedule than `{schedule}`",
                "le dossier est ouvert sur un autre échéancier que `{schedule}`"
            ),
            Withheld::UnlistedAction { event } => {
                let name = name(event);
                match did_you_mean(
                    &name,
                    plan.schedule.actions.iter().map(|action| action.name.as_str()),
                ) {
                    Some(near) => say!(
                        lang,
                        "action `{name}` is not listed in schedule `{schedule}`; did you mean `{near}`?",
                        "l'action `{name}` n'est pas dans l'échéancier `{schedule}` ; vouliez-vous dire `{near}` ?"
                    ),
                    None => say!(
                        lang,
                        "action `{name}` is not listed in schedule `{schedule}`",
                        "l'action `{name}` n'est pas dans l'échéancier `{schedule}`"
                    ),
                }
            }
            Withheld::NothingToVoid { event } => {
                let event = events.recall(*event);
                let of = event.as_ref().and_then(|event| event.kind.withdraws());
                let of = of.unwrap_or_default();
                let is_void = |event: Cow<'_, Event>| {
                    event.id.as_deref() == Some(of) && event.kind.withdraws().is_some()
                };
                let withdraws =
                    (0..events.len()).filter_map(|event| events.recall(event)).any(is_void);
                let of = seen(of);
                if withdraws {
                    return say!(
                        lang,
                        "`{of}` itself withdraws an event, and that cannot be withdrawn: send the event anew, with another id",
                        "`{of}` retire lui-même un événement, et cela ne se retire pas : renvoyez l'événement, avec un autre identifiant"
                    );
                }
                say!(
                    lang,
                    "no event of the case has the id `{of}`: there is nothing to withdraw",
                    "aucun événement du dossier n'a l'identifiant `{of}` : il n'y a rien à retirer"
                )
            }
            Withheld::OutOfRange { .. } => say!(
                lang,
                "hours are from 0 to 100,000, planned hours above 0, and planned months from 1 to {LONGEST_PLAN}",
                "les heures vont de 0 à 100 000, les heures prévues sont au-dessus de 0, et les mois prévus vont de 1 à {LONGEST_PLAN}"
            ),
            Withheld::NoPlannedHours => say!(
                lang,
                "schedule `{schedule}` uses attendance, and neither it nor the case states planned hours",
                "l'échéancier `{schedule}` utilise l'assiduité, et ni lui ni le dossier n'indique d'heures prévues"
            ),
            Withheld::NoPlannedDuration => say!(
                lang,
                "schedule `{schedule}` bills pro rata duration, and neither it nor the case states a planned duration",
                "l'échéancier `{schedule}` facture au prorata de la durée, et ni lui ni le dossier n'indique de durée prévue"
            ),
            Withheld::Terms { unsound, .. } => unsound.say(schedule, lang),
            Withheld::Decimals { .. } => say!(
                lang,
                "a sum has more decimals than {0} has",
                "une somme a plus de décimales que {0}",
                plan.schedule.currency.code()
            ),
            Withheld::TooLarge => say!(
                lang,
                "an amount or a number of hours is too large to be counted with",
                "un montant ou un nombre d'heures est trop grand pour être compté"
            ),
        }
    }
}
