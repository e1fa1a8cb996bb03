//! What a schedule uses that the first part of the language does not have: why no proof covers it.
//!
//! In: what stands in the way of reading a program as a schedule of the first part, and where. Out: words
//! for it, in the reader's own.

use crate::lang::{Lang, say};
use crate::model::Schedule;
use crate::model::program::Unasked;

/// What is beyond the first part, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beyond {
    /// In the price.
    Price(OfPrice),
    /// In an action, by its place in the schedule.
    Action(usize, OfAction),
    /// In a line, by its place in the schedule.
    Line(usize, OfLine),
    /// Cases may be suspended, and something follows the clock.
    Suspension,
}

/// What a price may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "said in `OfPrice::say`")]
pub enum OfPrice {
    /// It is of a kind that the first part does not have, which is called so.
    Kind((&'static str, &'static str)),
    Bounds,
    Steps,
    FineRate,
}

/// What an action may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "said in `OfAction::say`")]
pub enum OfAction {
    Tiers,
    Cap,
    Steps,
    Units,
    Cost,
    FineRate,
    OwnRate,
    NotBilled,
}

/// What a line may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "said in `OfLine::say`")]
pub enum OfLine {
    Repeats,
    Discount,
    Beside,
    Period,
    PartOfPeriod,
    Progress,
    NoRefund,
    CivilPeriod,
    Anchor,
    Planned,
    ByAction,
    /// Asks for it in a condition.
    Asks(Unasked),
}

impl Beyond {
    /// What it is and where: a noun, without an article where it is many.
    pub fn say(self, schedule: &Schedule, lang: Lang) -> String {
        let at = |what: &str, name: Option<&str>| {
            let name = name.unwrap_or_default();
            say!(lang, "{what} (`{name}`)", "{what} (`{name}`)")
        };
        match self {
            Beyond::Price(what) => what.say(lang).to_owned(),
            Beyond::Action(place, what) => {
                at(what.say(lang), schedule.actions.get(place).map(|action| action.name.as_str()))
            }
            Beyond::Line(place, what) => {
                at(what.say(lang), schedule.lines.get(place).map(|line| line.label.as_str()))
            }
            Beyond::Suspension => lang
                .pick(
                    "durations and deadlines of cases that may be suspended",
                    "les durées et les échéances de dossiers qui peuvent être suspendus",
                )
                .to_owned(),
        }
    }
}

impl OfPrice {
    fn say(self, lang: Lang) -> &'static str {
        match self {
            OfPrice::Kind((english, french)) => lang.pick(english, french),
            OfPrice::Bounds => lang.pick(
                "bounds in money on the work of a case",
                "des bornes en argent sur le réalisé d'un dossier",
            ),
            OfPrice::Steps => lang.pick(
                "hours rounded up to steps in the price",
                "des heures arrondies par tranche dans le tarif",
            ),
            OfPrice::FineRate => lang.pick(
                "a rate with more decimals than the currency",
                "un taux qui a plus de décimales que la devise",
            ),
        }
    }
}

impl OfAction {
    fn say(self, lang: Lang) -> &'static str {
        match self {
            OfAction::Tiers => lang.pick("rates by tiers", "des taux par paliers"),
            OfAction::Cap => lang.pick("a cap on an action", "un plafond sur une action"),
            OfAction::Steps => {
                lang.pick("hours rounded up to steps", "des heures arrondies par tranche")
            }
            OfAction::Units => lang.pick("work billed by quantity", "du réalisé facturé à l'unité"),
            OfAction::Cost => lang.pick("work billed by its amount", "du réalisé facturé au réel"),
            OfAction::FineRate => OfPrice::FineRate.say(lang),
            OfAction::OwnRate => lang.pick(
                "an action with a rate of its own beside the price",
                "une action qui a son propre taux en sus du tarif",
            ),
            OfAction::NotBilled => lang.pick(
                "an action that an hourly price does not bill",
                "une action qu'un tarif horaire ne facture pas",
            ),
        }
    }
}

impl OfLine {
    fn say(self, lang: Lang) -> &'static str {
        match self {
            OfLine::Repeats => lang.pick(
                "sums and parts of a line that repeats",
                "les montants et les parts d'une ligne qui se répète",
            ),
            OfLine::Discount => lang.pick("a discount", "une remise"),
            OfLine::Beside => lang.pick("a line beside the price", "une ligne en sus du prix"),
            OfLine::Period => lang.pick("the price of a period", "le tarif d'une période"),
            OfLine::PartOfPeriod => {
                lang.pick("the pro rata of a period", "le prorata d'une période")
            }
            OfLine::Progress | OfLine::Asks(Unasked::Progress) => lang.pick("progress", "l'avancement"),
            OfLine::NoRefund => lang.pick("`no refund`", "`sans remboursement`"),
            OfLine::CivilPeriod => lang.pick(
                "quarters, years and days of the month",
                "les trimestres, les années et les jours du mois",
            ),
            OfLine::Anchor => lang.pick(
                "deadlines that run from anything but the start or the signature, or again and again",
                "les échéances qui courent d'autre chose que du démarrage ou de la signature, ou de façon répétée",
            ),
            OfLine::ByAction => lang.pick("`work by action`", "`réalisé par action`"),
            OfLine::Planned => lang.pick("planned dates", "les dates prévues"),
            OfLine::Asks(Unasked::Since) => lang.pick(
                "time since anything but the start",
                "le temps écoulé depuis autre chose que le démarrage",
            ),
            OfLine::Asks(Unasked::Notice) => lang.pick("notice", "le délai avant le démarrage"),
            OfLine::Asks(Unasked::Day) => lang.pick("conditions on a date", "les conditions de date"),
            OfLine::Asks(Unasked::Times) => lang.pick(
                "how often something has happened",
                "combien de fois quelque chose a eu lieu",
            ),
        }
    }
}
