//! Lines that begin with a noun of the trade: an advance, a security, a fee, a tax.

use super::parse::{Parser, Place};
use super::spoken::{Spoken, is_number};
use super::{errors, unsaid};
use crate::diagnostic::Diagnostic;

/// A word that begins a line in everyday speech, and what is meant by it.
enum Kind {
    Deposit,
    Several,
    Security,
    Earnest,
    Tax,
    Discount,
}

impl Parser<'_> {
    /// A line that begins with a noun of the trade.
    pub fn trade_item(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        token: &str,
    ) -> Option<Diagnostic> {
        // A follow-up bills nothing.
        if matches!(self.place, Place::FollowUp | Place::FollowScenario) {
            return None;
        }
        let lang = self.lang;
        let written = || diagnostic.clone();
        let security =
            ["depot de garantie", "security deposit", "damage deposit", "caution", "garantie"];
        if self.any_phrase(at, &security).is_some() {
            return Some(unsaid::no_security(lang, written(), &self.secured(at)));
        }
        let found = match token {
            "arrhes" | "arrhe" | "earnest" => Kind::Earnest,
            "avance" | "advance" | "prepayment" | "downpayment" => Kind::Deposit,
            "down" if self.phrase(at, "down payment").is_some() => Kind::Deposit,
            "payment" | "versement" | "paiement" | "facture" | "invoice" | "fee" | "fees"
            | "frais" | "penalite" | "penalites" | "indemnite" | "indemnites" | "penalty"
            | "dedit" | "charge" | "mensualite" | "milestone" | "jalon" | "bill" | "term"
            | "terme" | "retainer" | "provision" => Kind::Several,
            "security" | "guarantee" => Kind::Security,
            "vat" | "tva" | "tax" | "taxes" | "taxe" => Kind::Tax,
            "discount" | "remise" | "rabais" | "reduction" | "rebate" => Kind::Discount,
            _ => return None,
        };
        Some(match found {
            Kind::Deposit => {
                let end = self.phrase(at, "down payment").unwrap_or(at + token.len());
                let right = self.file_lang.pick("deposit", "acompte");
                let found = errors::did_you_mean_word(lang, written(), right);
                found.edit(self.folded.original(at, end), right)
            }
            Kind::Several => match self.named_amount(at) {
                Some(found) => found,
                None => unsaid::three_kinds(lang, written()),
            },
            Kind::Security => unsaid::no_security(lang, written(), &self.secured(at)),
            Kind::Earnest => {
                let amount = self.amount_in(&Spoken::at(self, at));
                let amount = amount.unwrap_or_else(|| "… %".to_owned());
                unsaid::no_earnest(lang, written(), self.file_lang, &amount)
            }
            Kind::Tax => unsaid::before_tax(lang, written()),
            Kind::Discount => unsaid::no_discount(lang, written()),
        })
    }

    /// The deposit that a security is, with what the line that holds `at` says of it.
    fn secured(&self, at: usize) -> String {
        let line = Spoken::at(self, at);
        let number = (0..line.len()).find(|place| is_number(line.word(*place)));
        let bare = || {
            // A number of months is no sum.
            let alone = ["", ",", "on", "at", "a", "au"].contains(&line.word(number? + 1));
            let sum = self.words(&line, (number?, number? + 1));
            alone.then(|| format!("{sum} {}", self.currency_around(&line)))
        };
        let quoted = (0..line.len()).find(|place| line.word(*place).starts_with('"'));
        let label = quoted.map(|place| self.words(&line, (place, place + 1)));
        let own = self.file_lang.pick("\"Security\"", "\"Caution\"").to_owned();
        let label = label.unwrap_or(own);
        let (deposit, beside, signed) = self.file_lang.pick(
            ("deposit", "beside the price", "on signature"),
            ("acompte", "en sus du prix", "à la signature"),
        );
        // A security is a sum.
        let share = number.is_some_and(|number| line.word(number + 1) == "%");
        let typed = number.map(|number| match share {
            true => format!("… EUR {}", self.words(&line, (number + 2, line.len()))),
            false => self.words(&line, (number, line.len())),
        });
        let reads =
            |typed: &str| self.is_line(&format!("{label}: {}, {beside}", typed.replace('…', "1")));
        let typed = typed.filter(|typed| reads(typed));
        let due = typed.unwrap_or_else(|| {
            let amount = self.amount_in(&line).filter(|_| !share).or_else(bare);
            format!("{} {signed}", amount.as_deref().unwrap_or("…"))
        });
        format!("{deposit} {label}: {due}, {beside}")
    }
}
