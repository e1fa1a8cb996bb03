//! Why something is neither proved nor refuted of a follow-up, and how that is said.

use crate::lang::{Lang, say as both};
use crate::model::FollowUp;

/// What a verification came up against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FollowLimit {
    /// So many steps at the most.
    Steps(usize),
    /// Steps wait for too long to be followed to the end.
    Long,
    /// So many ways in which an invoice can end are looked at.
    Endings(usize),
    /// The text does not rule it out, and none of the lives that were tried shows it; of these steps, where it is of some.
    Tried {
        /// The steps, by their places.
        steps: Vec<usize>,
        /// How many lives.
        lives: usize,
    },
}

impl FollowLimit {
    /// The stable name in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            FollowLimit::Steps(_) => "steps",
            FollowLimit::Long => "years",
            FollowLimit::Endings(_) => "situations",
            FollowLimit::Tried { .. } => "not-shown",
        }
    }

    /// The reason in a sentence without a full stop.
    pub fn say(&self, follow_up: &FollowUp, lang: Lang) -> String {
        match self {
            FollowLimit::Steps(most) => both!(
                lang,
                "the follow-up has more than {most} steps",
                "le suivi a plus de {most} étapes"
            ),
            FollowLimit::Long => both!(
                lang,
                "its steps wait for more than forty years in all",
                "ses étapes attendent plus de quarante ans en tout"
            ),
            FollowLimit::Endings(most) => both!(
                lang,
                "an invoice can end in more ways than the {most} that are looked at (`--budget` sets how many)",
                "une facture peut finir de plus de façons que les {most} qui sont examinées (`--budget` en fixe le nombre)"
            ),
            FollowLimit::Tried { steps, lives } => {
                let labels = steps.iter().filter_map(|step| follow_up.steps.get(*step));
                let labels: Vec<String> = labels.map(|step| format!("`{}`", step.label)).collect();
                let of = if labels.is_empty() {
                    String::new()
                } else {
                    let labels = labels.join(", ");
                    both!(lang, " of {labels}", " pour {labels}")
                };
                both!(
                    lang,
                    "the text does not rule it out{of}, and none of the {lives} lives that were tried shows it",
                    "le texte ne l'exclut pas{of}, et aucune des {lives} vies essayées ne le montre"
                )
            }
        }
    }
}
