//! The words of findings that compare two histories.

use super::Witness;
use super::words::Words;
use crate::calendar::Date;
use crate::lang::say as both;
use crate::model::Terminal;

impl Words<'_> {
    fn day(&self, date: Option<Date>) -> String {
        date.map_or(String::new(), |date| self.lang.date(date))
    }

    /// What the witness bills, and what the other history does.
    fn two_sums(&self, witness: Option<&Witness>) -> (String, String) {
        let sum = |amount: Option<_>| amount.map_or(String::new(), |amount| self.money(amount));
        let other = witness.and_then(|witness| witness.compared.as_ref());
        (sum(witness.map(|witness| witness.billed)), sum(other.map(|other| other.billed)))
    }

    pub(super) fn message_order(&self, witness: Option<&Witness>) -> String {
        let (one, other) = self.two_sums(witness);
        if one == other {
            return both!(
                self.lang,
                "the order of two events of one date decides on which day what is billed",
                "l'ordre de deux événements d'une même date décide du jour où l'on facture"
            );
        }
        both!(
            self.lang,
            "the order of two events of one date matters: {one} are billed by the end of that day, or {other} in the other order",
            "l'ordre de deux événements d'une même date compte : {one} sont facturés ce jour-là compris, ou {other} dans l'autre ordre"
        )
    }

    pub(super) fn message_cliff(&self, than: Terminal, witness: Option<&Witness>) -> String {
        let (one, other) = self.two_sums(witness);
        let day = self.day(witness.map(|witness| witness.shows));
        let events = witness.and_then(|witness| witness.compared.as_ref()).map(|it| &it.events);
        let before = self.day(events.and_then(|events| events.last()).map(|event| event.date));
        match than {
            Terminal::Abandonment => both!(
                self.lang,
                "abandoning later can pay less: {other} in all on {before}, {one} on {day}",
                "abandonner plus tard peut coûter moins : {other} en tout le {before}, {one} le {day}"
            ),
            Terminal::End => both!(
                self.lang,
                "abandoning can pay more than finishing: {one} in all if abandoned on {day}, {other} if finished",
                "abandonner peut coûter plus que finir : {one} en tout pour un abandon le {day}, {other} pour une fin"
            ),
        }
    }

    pub(super) fn help_order(&self) -> String {
        both!(
            self.lang,
            "agree on the order in which a day's events are entered, or let the lines not depend on it",
            "convenez de l'ordre de saisie des événements d'un même jour, ou faites que les lignes n'en dépendent pas"
        )
    }

    pub(super) fn help_cliff(&self) -> String {
        both!(
            self.lang,
            "check that both sums are meant; somebody may choose the day, or the word, by what it costs",
            "vérifiez que les deux montants sont voulus : on peut choisir le jour, ou le motif, selon ce qu'il coûte"
        )
    }
}
