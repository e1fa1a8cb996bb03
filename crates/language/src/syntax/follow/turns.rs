//! What administrators call what happens to an invoice, where a step waits for it. In: a line that is not understood. Out:
//! its error with what is written instead.

use super::super::parse::Parser;
use super::super::spoken::{Found, Spoken};
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// What is said of when a step comes, and what is written.
const TURNS: &[(&[&str], (&str, &str))] = &[
    (
        &[
            "on double payment",
            "on paid twice",
            "when paid twice",
            "on overpayment",
            "when overpaid",
            "en cas de double paiement",
            "en cas de double reglement",
            "en cas de surpaiement",
            "quand payee deux fois",
        ],
        ("on overpaid", "en cas de trop-perçu"),
    ),
    (
        &[
            "when settled",
            "when fully paid",
            "when paid",
            "once paid",
            "on full payment",
            "quand soldee",
            "quand payee",
            "lorsque soldee",
        ],
        ("on settled", "en cas de règlement complet"),
    ),
    (
        &[
            "on partial payment",
            "on part payment",
            "when paid in part",
            "when partially paid",
            "en cas de paiement partiel",
            "quand payee en partie",
        ],
        ("on paid in part", "en cas de règlement partiel"),
    ),
    (
        &["when rejected", "on rejection", "quand rejetee", "lors du rejet", "des le rejet"],
        ("on rejected", "en cas de rejet"),
    ),
    (
        &["when disputed", "on dispute", "in case of dispute", "quand contestee"],
        ("on disputed", "en cas de litige"),
    ),
    (
        &["when bounced", "when undelivered", "quand non remise", "en cas d ' echec de remise"],
        ("on undelivered", "en cas de non-remise"),
    ),
];
/// What the bank sends back, for which no step waits.
const SENT_BACK: &[&str] = &[
    "on returned payment",
    "on payment returned",
    "on bounced payment",
    "on bank return",
    "on chargeback",
    "en cas de rejet bancaire",
    "en cas de rejet de la banque",
    "en cas de rejet de prelevement",
    "en cas de rejet du prelevement",
    "en cas de prelevement rejete",
    "en cas d ' impaye bancaire",
    "en cas de cheque impaye",
    "en cas de cheque rejete",
];
/// What may stand behind the whole of it.
const BEHIND: &[&str] = &["", "if", "si", ",", "or", "ou"];

impl Parser<'_> {
    /// `when rejected`, `en cas de double paiement`, `en cas de rejet bancaire`; `if in dispute`.
    pub(super) fn turn_of_step(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        let whole = |(from, to): &Found| {
            [":", "or", "ou"].contains(&line.before(*from)) && BEHIND.contains(&line.word(*to))
        };
        if let Some(found) = line.find(SENT_BACK).filter(whole) {
            let help = say!(
                lang,
                "no step waits for it: a payment that the bank sends back (`returned`) is open again, and dated steps go on by themselves",
                "aucune étape ne l'attend : un encaissement rejeté par la banque reste dû de nouveau, et les étapes datées continuent d'elles-mêmes"
            );
            return Some(self.unsaid(line, found, help));
        }
        let turn = TURNS.iter().find_map(|(said, right)| {
            Some((line.find(said).filter(whole)?, file.pick(right.0, right.1)))
        });
        if let Some((found, right)) = turn {
            return Some(self.written(line, found, right));
        }
        let found = line.find(&["in dispute"])?;
        let asked = ["if", "not", "and", "or"].contains(&line.before(found.0));
        asked.then(|| self.written(line, found, "disputed"))
    }
}
