//! Which events of a case had no effect, or not the one that was meant.

use super::likeness::meant;
use crate::calendar::Date;
use crate::diagnostic::did_you_mean;
use crate::lang::{Lang, say, seen};
use crate::life::Idle;
use crate::model::written::share;
use crate::model::{Event, Kind, More, SubjectKind};
use crate::money::Percent;
use crate::plan::Plan;

/// An event that had no effect, or less than its sender may think.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its day.
    pub date: Date,
    /// Its place in the slice of events.
    pub event: usize,
    /// What there is to say.
    pub kind: NoticeKind,
}

impl Notice {
    /// An event counts that another one, of its day, has said before it; neither has an id.
    pub(super) fn repeated(date: Date, event: u32, other: u32) -> Notice {
        Notice { date, event: event as usize, kind: NoticeKind::Repeated(other) }
    }
}

/// What there is to say about an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoticeKind {
    /// Dated after the as-of date.
    NotYet,
    /// The same event, sent again with the same id.
    Duplicate,
    /// An event of that day says the same, and neither has an id: its place in the slice of events. Both count.
    Repeated(u32),
    /// Withdrawn by another event.
    Voided,
    /// It withdraws an event that is withdrawn already.
    SecondVoid,
    /// The case has started already.
    SecondStart,
    /// It has been signed already.
    SecondSignature,
    /// It has been ended or abandoned already.
    SecondEnd,
    /// The case is over: it does not start any more.
    StartAfterEnd,
    /// The case is over: it is not signed any more.
    SignatureAfterEnd,
    /// The case is closed.
    AfterClosing,
    /// The schedule declares actions, and this is none of them; its hours count all the same.
    UnlistedAction,
    /// No line mentions this action, and one mentions an action of nearly the same name; it counts
    /// all the same.
    LookAlikeAction,
    /// Hours are billed and the event states none: they count as none.
    NoHours,
    /// An action without hours counts for none, and hours decide a line: its place among the lines of the schedule.
    HoursDecide(u32),
    /// No line of the schedule mentions this event.
    UnknownEvent,
    /// No line of the schedule mentions this deliverable.
    UnknownDeliverable,
    /// The schedule has no suspension.
    NoSuspension,
    /// The clock stands still already, or runs already, or the case is over.
    ChangesNothing,
    /// What is certified in all is less than it was before, which is this; it counts all the same.
    ProgressFalls(Percent),
    /// A quantity is billed, and the action states none.
    NoQuantity,
    /// An amount is billed, and the action states none.
    NoAmount,
    /// The action states a quantity that is not billed.
    UnusedQuantity,
    /// The action states an amount that is not billed.
    UnusedAmount,
}

impl NoticeKind {
    /// All kinds.
    pub const ALL: [NoticeKind; 24] = [
        NoticeKind::NotYet,
        NoticeKind::Duplicate,
        NoticeKind::Repeated(0),
        NoticeKind::Voided,
        NoticeKind::SecondVoid,
        NoticeKind::SecondStart,
        NoticeKind::SecondSignature,
        NoticeKind::SecondEnd,
        NoticeKind::StartAfterEnd,
        NoticeKind::SignatureAfterEnd,
        NoticeKind::AfterClosing,
        NoticeKind::UnlistedAction,
        NoticeKind::LookAlikeAction,
        NoticeKind::NoHours,
        NoticeKind::HoursDecide(0),
        NoticeKind::UnknownEvent,
        NoticeKind::UnknownDeliverable,
        NoticeKind::NoSuspension,
        NoticeKind::ChangesNothing,
        NoticeKind::ProgressFalls(Percent(0)),
        NoticeKind::NoQuantity,
        NoticeKind::NoAmount,
        NoticeKind::UnusedQuantity,
        NoticeKind::UnusedAmount,
    ];

    /// Its place among all kinds.
    pub(super) fn place(self) -> usize {
        let same =
            |kind: &NoticeKind| std::mem::discriminant(kind) == std::mem::discriminant(&self);
        NoticeKind::ALL.iter().position(same).unwrap_or_default()
    }

    /// Why an event makes nothing of a case.
    pub(super) fn idle(idle: Idle) -> NoticeKind {
        match idle {
            Idle::SignedBefore => NoticeKind::SecondSignature,
            Idle::StartedBefore => NoticeKind::SecondStart,
            Idle::OverBefore => NoticeKind::SecondEnd,
            Idle::SignedAfterTheEnd => NoticeKind::SignatureAfterEnd,
            Idle::StartedAfterTheEnd => NoticeKind::StartAfterEnd,
        }
    }

    /// That no line mentions the name. (Actions have a notice of their own.)
    pub(super) fn unknown(kind: SubjectKind) -> NoticeKind {
        match kind {
            SubjectKind::Action => NoticeKind::UnlistedAction,
            SubjectKind::Deliverable => NoticeKind::UnknownDeliverable,
            SubjectKind::Event => NoticeKind::UnknownEvent,
        }
    }

    /// The stable name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            NoticeKind::NotYet => "not-yet",
            NoticeKind::Duplicate => "duplicate",
            NoticeKind::Repeated(_) => "repeated",
            NoticeKind::Voided => "voided",
            NoticeKind::SecondVoid => "second-void",
            NoticeKind::SecondStart => "second-start",
            NoticeKind::SecondSignature => "second-signature",
            NoticeKind::SecondEnd => "second-end",
            NoticeKind::StartAfterEnd => "start-after-end",
            NoticeKind::SignatureAfterEnd => "signature-after-end",
            NoticeKind::AfterClosing => "after-closing",
            NoticeKind::UnlistedAction => "unlisted-action",
            NoticeKind::NoSuspension => "no-suspension",
            NoticeKind::ChangesNothing => "changes-nothing",
            NoticeKind::ProgressFalls(_) => "progress-falls",
            NoticeKind::NoQuantity => "no-quantity",
            NoticeKind::NoAmount => "no-amount",
            NoticeKind::UnusedQuantity => "unused-quantity",
            NoticeKind::UnusedAmount => "unused-amount",
            NoticeKind::LookAlikeAction => "look-alike-action",
            NoticeKind::NoHours => "no-hours",
            NoticeKind::HoursDecide(_) => "hours-decide",
            NoticeKind::UnknownEvent => "unknown-event",
            NoticeKind::UnknownDeliverable => "unknown-deliverable",
        }
    }

    /// The other event that it speaks of: its place in the slice of events.
    pub fn other(self) -> Option<usize> {
        if let NoticeKind::Repeated(other) = self { Some(other as usize) } else { None }
    }

    /// Whether the event had an effect all the same.
    pub fn has_effect(self) -> bool {
        match self {
            NoticeKind::Repeated(_)
            | NoticeKind::UnlistedAction
            | NoticeKind::LookAlikeAction
            | NoticeKind::NoHours
            | NoticeKind::HoursDecide(_)
            | NoticeKind::ProgressFalls(_)
            | NoticeKind::NoQuantity
            | NoticeKind::NoAmount
            | NoticeKind::UnusedQuantity
            | NoticeKind::UnusedAmount => true,
            NoticeKind::NotYet
            | NoticeKind::Duplicate
            | NoticeKind::Voided
            | NoticeKind::SecondVoid
            | NoticeKind::SecondStart
            | NoticeKind::SecondSignature
            | NoticeKind::SecondEnd
            | NoticeKind::StartAfterEnd
            | NoticeKind::SignatureAfterEnd
            | NoticeKind::AfterClosing
            | NoticeKind::NoSuspension
            | NoticeKind::ChangesNothing
            | NoticeKind::UnknownEvent
            | NoticeKind::UnknownDeliverable => false,
        }
    }

    /// One sentence about an event, lower case, no full stop.
    pub fn say(self, plan: &Plan, event: &Event, lang: Lang) -> String {
        let subject = event.kind.subject().unwrap_or_default();
        let name = seen(subject);
        let near = |kind| {
            let mut known: Vec<&str> = match &plan.schedule.second {
                None => plan.known_names(kind).collect(),
                Some(program) => {
                    let of_kind = program.subjects.iter().filter(|(own, _)| *own == kind);
                    of_kind.map(|(_, name)| name.as_str()).collect()
                }
            };
            known.sort_unstable();
            match did_you_mean(&name, known) {
                Some(near) => {
                    say!(lang, "; did you mean `{near}`?", " ; vouliez-vous dire `{near}` ?")
                }
                None => String::new(),
            }
        };
        match self {
            NoticeKind::NotYet => say!(
                lang,
                "it is dated after the as-of date and does not count yet",
                "sa date est postérieure à la date d'arrêté : il ne compte pas encore"
            ),
            NoticeKind::Duplicate => say!(
                lang,
                "it was sent before with the same id and counts once",
                "il a déjà été envoyé avec le même identifiant et compte une fois"
            ),
            NoticeKind::Repeated(_) => say!(
                lang,
                "another of that day says the same, and neither has an id: both count; if it was entered twice, leave one out",
                "un autre de ce jour dit la même chose, et aucun n'a d'identifiant : les deux comptent ; s'il a été saisi deux fois, retirez-en un"
            ),
            NoticeKind::Voided => {
                say!(lang, "it is withdrawn and does not count", "il est retiré et ne compte pas")
            }
            NoticeKind::SecondVoid => say!(
                lang,
                "the event that it withdraws is withdrawn already",
                "l'événement qu'il retire est déjà retiré"
            ),
            NoticeKind::SecondStart => {
                say!(lang, "the case has started before", "le dossier a déjà démarré")
            }
            NoticeKind::SecondSignature => {
                say!(lang, "the case has been signed before", "le dossier a déjà été signé")
            }
            NoticeKind::SecondEnd => say!(
                lang,
                "the case has been ended or abandoned before",
                "le dossier est déjà terminé ou abandonné"
            ),
            NoticeKind::StartAfterEnd => say!(
                lang,
                "the case was ended or abandoned before, and does not start any more; if it did, one of the two dates is wrong",
                "le dossier était déjà terminé ou abandonné : il ne démarre plus ; s'il a démarré, l'une des deux dates est fausse"
            ),
            NoticeKind::SignatureAfterEnd => say!(
                lang,
                "the case was ended or abandoned before, and is not signed any more; if it was, one of the two dates is wrong",
                "le dossier était déjà terminé ou abandonné : il n'est plus signé ; s'il l'a été, l'une des deux dates est fausse"
            ),
            NoticeKind::AfterClosing if event.kind.kind() == Kind::Opened => {
                let day = lang.date(event.date);
                say!(
                    lang,
                    "the case was closed before this opening of {day}, by an end or an abandonment of an earlier date: nothing more is billed; one of the two dates is wrong",
                    "le dossier était clos avant cette ouverture du {day}, par une fin ou un abandon d'une date antérieure : plus rien n'est facturé ; l'une des deux dates est fausse"
                )
            }
            NoticeKind::AfterClosing
                if event.kind.kind().milestone().is_some_and(|one| !one.is_terminal()) =>
            {
                say!(
                    lang,
                    "the case is closed: nothing more is billed; if an end or an abandonment closed it, this date or that one may be wrong",
                    "le dossier est clos : plus rien n'est facturé ; si c'est une fin ou un abandon qui l'a clos, cette date ou la sienne est peut-être fausse"
                )
            }
            NoticeKind::AfterClosing => say!(
                lang,
                "the case is closed: nothing more is billed",
                "le dossier est clos : plus rien n'est facturé"
            ),
            NoticeKind::UnlistedAction => {
                let near = near(SubjectKind::Action);
                say!(
                    lang,
                    "the schedule declares actions, and `{name}` is none of them; its hours count{near}",
                    "l'échéancier déclare des actions, et `{name}` n'en est pas ; ses heures comptent{near}"
                )
            }
            NoticeKind::LookAlikeAction => {
                let near = meant(plan, subject).unwrap_or_default();
                say!(
                    lang,
                    "no line of the schedule mentions action `{name}`, which counts as work only; did you mean `{near}`?",
                    "aucune ligne de l'échéancier ne mentionne l'action `{name}`, qui ne compte que comme travail ; vouliez-vous dire `{near}` ?"
                )
            }
            NoticeKind::NoHours => say!(
                lang,
                "hours are billed and `{name}` states none: they count as none",
                "les heures sont facturées et `{name}` n'en indique pas : elles comptent pour zéro"
            ),
            NoticeKind::HoursDecide(line) => {
                let line = plan.schedule.lines.get(line as usize);
                let label = line.map_or(String::new(), |line| seen(&line.label));
                say!(
                    lang,
                    "`{name}` states no hours and counts for none: by its hours `{label}` could come out otherwise",
                    "`{name}` n'indique pas d'heures et compte pour zéro : selon ses heures, `{label}` pourrait en aller autrement"
                )
            }
            NoticeKind::NoSuspension => say!(
                lang,
                "the schedule does not say `may be suspended`: the clock goes on",
                "l'échéancier ne dit pas `suspension possible` : le temps continue de courir"
            ),
            NoticeKind::ChangesNothing => say!(
                lang,
                "it changes nothing: the case is suspended already, or is not, or is over",
                "il ne change rien : le dossier est déjà suspendu, ou ne l'est pas, ou est terminé"
            ),
            NoticeKind::ProgressFalls(before) => {
                let now = event.kind.more().and_then(More::progress).unwrap_or(before);
                let [before, now] = [before, now].map(|percent| share(percent, lang));
                say!(
                    lang,
                    "progress falls from {before} to {now}: each states what is certified in all, and not what is new",
                    "l'avancement baisse de {before} à {now} : chacun dit ce qui est certifié en tout, et non ce qui est nouveau"
                )
            }
            NoticeKind::NoQuantity => say!(
                lang,
                "`{name}` is billed by its quantity and states none: it counts as none",
                "`{name}` est facturée à la quantité et n'en indique pas : elle compte pour zéro"
            ),
            NoticeKind::NoAmount => say!(
                lang,
                "`{name}` is billed by its amount and states none: it counts as none",
                "`{name}` est facturée selon son montant et n'en indique pas : elle compte pour zéro"
            ),
            NoticeKind::UnusedQuantity => say!(
                lang,
                "`{name}` states a quantity, and is not billed by it",
                "`{name}` indique une quantité, et n'est pas facturée à la quantité"
            ),
            NoticeKind::UnusedAmount => say!(
                lang,
                "`{name}` states an amount, and is not billed by it",
                "`{name}` indique un montant, et n'est pas facturée selon lui"
            ),
            NoticeKind::UnknownEvent => {
                let near = near(SubjectKind::Event);
                say!(
                    lang,
                    "no line of the schedule mentions event `{name}`{near}",
                    "aucune ligne de l'échéancier ne mentionne l'événement `{name}`{near}"
                )
            }
            NoticeKind::UnknownDeliverable => {
                let near = near(SubjectKind::Deliverable);
                say!(
                    lang,
                    "no line of the schedule mentions deliverable `{name}`{near}",
                    "aucune ligne de l'échéancier ne mentionne le livrable `{name}`{near}"
                )
            }
        }
    }
}
