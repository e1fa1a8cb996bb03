//! Why something is neither proved nor refuted, and how that is said.

use super::unseen::Unseen;
use crate::lang::{Lang, say as both};
use crate::model::Schedule;
use crate::plan::Beyond;

/// What a verification came up against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// The schedule uses what no proof covers.
    NotCovered(Beyond),
    /// The price is agreed case by case, and sums or roundings decide at which prices it holds.
    AgreedFigure,
    /// Two versions state this otherwise, and it is not compared.
    Unseen(Unseen),
    /// Two versions bill the same in all, and what each payer pays is not compared.
    PaidBy,
    /// Two versions bill a case alike, and are in force from other days.
    InForce,
    /// One version states its amounts before tax, and the other after.
    TaxIncluded,
    /// Several pay, and the invoice of one may be below zero where that of all is not.
    ByPayer,
    /// An hourly price without planned hours, and conditions on attendance.
    PlannedHours,
    /// Shares of planned hours finer than a hundredth of a percent, or close to one another.
    FineShares,
    /// So many lines at the most.
    Lines(usize),
    /// Conditions on so many names at the most.
    Names(usize),
    /// Hours cut into so many stretches at the most.
    HourCells(usize),
    /// So many things are followed to the end of a case at the most.
    Marks(usize),
    /// Bounds in days and in months, or from several dates, so many years apart at the most.
    Years(usize),
    /// So many orders of the days that matter are searched at the most.
    Timelines(usize),
    /// So many situations are looked at in one search.
    Situations(usize),
    /// So many histories are compared or run at the most, or a history is possible as far as the search
    /// knows, and none that was run shows it.
    NotShown,
}

impl Limit {
    /// The stable name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Limit::NotCovered(_) => "not-covered",
            Limit::AgreedFigure => "agreed-price",
            Limit::ByPayer | Limit::PaidBy => "payers",
            Limit::TaxIncluded => Unseen::Tax.name(),
            Limit::InForce => "in_force",
            Limit::Unseen(unseen) => unseen.name(),
            Limit::PlannedHours => "planned-hours",
            Limit::FineShares => "fine-shares",
            Limit::Lines(_) => "lines",
            Limit::Names(_) => "names",
            Limit::HourCells(_) => "hours",
            Limit::Marks(_) => "marks",
            Limit::Years(_) => "years",
            Limit::Timelines(_) => "timelines",
            Limit::Situations(_) => "situations",
            Limit::NotShown => "not-shown",
        }
    }

    /// The reason in a sentence without a full stop, for a schedule.
    pub fn say(self, schedule: &Schedule, lang: Lang) -> String {
        match self {
            Limit::NotCovered(what) => {
                let what = what.say(schedule, lang);
                both!(lang, "no proof covers {what} yet", "aucune preuve ne couvre encore {what}")
            }
            Limit::AgreedFigure => both!(
                lang,
                "each case agrees its own price, no price that was tried shows it, and sums or roundings leave open whether another does",
                "chaque dossier convient de son prix, aucun prix essayé ne le montre, et des montants ou des arrondis laissent ouvert si un autre le ferait"
            ),
            Limit::Unseen(unseen) => {
                let what = unseen.noun(lang);
                both!(
                    lang,
                    "the versions say otherwise {what}, and that is not compared; `--money` compares sums",
                    "les versions indiquent autrement {what}, et cela n'est pas comparé ; `--money` compare les sommes"
                )
            }
            Limit::PaidBy => both!(
                lang,
                "both bill the same in all on each day, and what each payer pays then is not compared",
                "les deux facturent en tout la même somme chaque jour, et ce que chaque payeur paie alors n'est pas comparé"
            ),
            Limit::InForce => both!(
                lang,
                "a case is billed alike on both, but they are in force from other days, and which cases each of them bills is not compared",
                "un dossier est facturé de même sur les deux, mais ils sont en vigueur à compter d'autres jours, et quels dossiers chacun facture n'est pas comparé"
            ),
            Limit::TaxIncluded => both!(
                lang,
                "one version states its amounts before tax and the other after, and that is not compared",
                "une version indique ses montants hors taxes et l'autre toutes taxes comprises, et cela n'est pas comparé"
            ),
            Limit::ByPayer => both!(
                lang,
                "no invoice is below zero for all payers together, and that of one payer is not looked at",
                "aucune facture n'est négative pour l'ensemble des payeurs, et celle d'un payeur en particulier n'est pas examinée"
            ),
            Limit::PlannedHours => both!(
                lang,
                "the price is hourly, conditions ask about the attendance, and no planned hours are stated",
                "le prix est horaire, des conditions portent sur l'assiduité, et aucune durée prévue en heures n'est indiquée"
            ),
            Limit::FineShares => both!(
                lang,
                "shares of planned hours that are not stated are finer than a hundredth of a percent, or too close to tell apart",
                "des taux d'heures prévues, qui ne sont pas indiquées, sont plus fins qu'un centième de pour cent, ou trop proches pour être distingués"
            ),
            Limit::Lines(most) => both!(
                lang,
                "the schedule has more than {most} lines",
                "l'échéancier a plus de {most} lignes"
            ),
            Limit::Names(most) => both!(
                lang,
                "conditions ask about more than {most} names",
                "des conditions portent sur plus de {most} noms"
            ),
            Limit::HourCells(most) => both!(
                lang,
                "conditions cut the hours into more than {most} stretches",
                "des conditions découpent les heures en plus de {most} tranches"
            ),
            Limit::Marks(most) => both!(
                lang,
                "more than {most} deposits and windows would have to be followed to the end of a case",
                "il faudrait suivre plus de {most} acomptes et tranches jusqu'au bout d'un dossier"
            ),
            Limit::Years(most) => both!(
                lang,
                "days are counted in more than one way, and some lie more than {most} years from the start",
                "des jours se comptent de plusieurs façons, et certains sont à plus de {most} ans du démarrage"
            ),
            Limit::Timelines(most) => both!(
                lang,
                "the days that count can come in more orders than the {most} that are searched",
                "les jours qui comptent peuvent se suivre dans plus d'ordres que les {most} qui sont examinés"
            ),
            Limit::Situations(most) => both!(
                lang,
                "a case can come to more situations than the {most} that are looked at (`--budget` sets how many)",
                "un dossier peut arriver dans plus de situations que les {most} qui sont examinées (`--budget` en fixe le nombre)"
            ),
            Limit::NotShown => both!(
                lang,
                "sums that depend on hours and days within a situation leave it open, and no case that was tried shows it",
                "des montants qui dépendent d'heures et de jours au sein d'une situation laissent la question ouverte, et aucun dossier essayé ne le montre"
            ),
        }
    }
}
