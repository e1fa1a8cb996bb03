//! What a schedule states that no property looks at: it is told beside what is proved.

use crate::lang::Lang;
use crate::model::program::Program;

/// What a schedule states that no property looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unseen {
    /// Who pays which part.
    Payers,
    /// Tax.
    Tax,
    /// When invoices are due.
    Payment,
}

impl Unseen {
    /// The stable name in JSON.
    pub fn name(self) -> &'static str {
        self.words(Lang::En).0
    }

    /// What it is called.
    pub fn noun(self, lang: Lang) -> &'static str {
        self.words(lang).1
    }

    fn words(self, lang: Lang) -> (&'static str, &'static str) {
        match self {
            Unseen::Payers => ("payers", lang.pick("who pays which part", "qui paie quelle part")),
            Unseen::Tax => ("tax", lang.pick("tax", "la TVA")),
            Unseen::Payment => {
                ("payment", lang.pick("when invoices are due", "l'échéance des factures"))
            }
        }
    }

    /// All that a schedule states so.
    pub(super) fn of(program: &Program) -> Vec<Unseen> {
        let payment = program.payment.is_some() || program.dues.iter().any(Option::is_some);
        let all = [
            (!program.payers.is_empty(), Unseen::Payers),
            (!program.taxes.is_empty(), Unseen::Tax),
            (payment, Unseen::Payment),
        ];
        all.into_iter().filter(|(stated, _)| *stated).map(|(_, unseen)| unseen).collect()
    }
}
