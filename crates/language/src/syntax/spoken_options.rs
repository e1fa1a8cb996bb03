//! What administrators say of an amount, and behind it: all of it, what is left, who pays, what is kept or deducted. In: a line
//! that is not understood. Out: its error with the sentence that works; an edit where it says what was written.

use super::parse::{Parser, Place};
use super::spoken::{Found, LINES, Spoken, is_currency, is_number};
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{capitalised, say};

const PAID_BY: &[&str] = &[
    "paid by",
    "payable by",
    "payed by",
    "borne by",
    "billed to",
    "invoiced to",
    "for",
    "pour le compte de",
    "paye par",
    "payee par",
    "payable par",
    "supporte par",
    "supportee par",
    "facture a",
    "facturee a",
    "a charge de",
    "pour",
];
/// Who pays, before a name or a noun.
const SHARED_BY: &[&str] = &[
    "paid by the",
    "payable by the",
    "borne by the",
    "paid by",
    "payable by",
    "borne by",
    "charged to the",
    "charged to",
    "paye par l '",
    "payee par l '",
    "paye par le",
    "payee par le",
    "paye par la",
    "payee par la",
    "paye par",
    "payee par",
    "a la charge de l '",
    "a la charge de la",
    "a la charge du",
    "a la charge de",
];
const KEPT: &[&str] = &[
    "non - refundable",
    "nonrefundable",
    "not refundable",
    "non refundable",
    "non - remboursable",
    "non remboursable",
    "non restituable",
    "non - restituable",
    "acquis",
    "acquise",
    "conserve",
    "conservee",
    "definitivement acquis",
];
const DEDUCTED: &[&str] = &[
    "to be deducted from the balance",
    "to be deducted",
    "deducted from the balance",
    "deductible",
    "deducted",
    "a deduire du solde",
    "a deduire",
    "deductible du solde",
    "deduit du solde",
    "deduit",
    "deduite",
    "a valoir sur le solde",
    "a valoir",
];
const LESS_DEPOSITS: &[&str] = &[
    "minus the deposit",
    "minus deposit",
    "minus deposits",
    "less the deposit",
    "less deposit",
    "less deposits",
    "- deposit",
    "- deposits",
    "- the deposit",
    "moins l ' acompte",
    "moins acompte",
    "moins les acomptes",
    "- acompte",
    "- acomptes",
    "- l ' acompte",
    "deduction faite de l ' acompte",
    "deduction faite des acomptes",
    "sous deduction de l ' acompte",
];
const REST: &[&str] = &[
    "the balance",
    "balance",
    "le solde",
    "solde",
    "the rest due",
    "the amount due",
    "le reste du",
    "le reste a payer",
    "reste du",
    "reste a payer",
    "le restant du",
    "what is left",
    "ce qui reste",
];
const ALL: &[&str] = &[
    "everything",
    "the full price",
    "full price",
    "the whole price",
    "the full amount",
    "full amount",
    "the total",
    "all of it",
    "tout le prix",
    "tout",
    "le total",
    "le prix total",
    "la totalite du prix",
    "l ' integralite",
    "integralite",
];
const NOTHING: &[&str] = &["none", "neant", "zero", "aucun", "aucune"];
const WORK: &[&str] = &[
    "hours worked",
    "the hours worked",
    "hours done",
    "work done",
    "the work done",
    "the work",
    "heures realisees",
    "les heures realisees",
    "heures effectuees",
    "les heures effectuees",
    "le realise",
    "le travail realise",
    "prestations realisees",
    "les prestations realisees",
];
const EXPECTED: &[&str] = &["expect", "attendu"];
const TAXED: &[&str] = &[
    "excl vat",
    "excl . vat",
    "excluding vat",
    "ex vat",
    "incl vat",
    "incl . vat",
    "including vat",
    "net",
    "gross",
    "ht",
    "ttc",
    "hors taxes",
    "hors taxe",
    "toutes taxes comprises",
    "net de taxe",
    "net de taxes",
];
/// Items whose first word or name no colon follows.
const NO_COLON: &[&str] = &["planned", "prevu", "prevue", "prevus", "prevues"];
const ACCEPTS: &[&str] = &["accepts", "admet"];
const HOURLY: &[&str] =
    &["hourly", "horaire", "flat", "forfait", "per", "par", "not", "non", "at", "au"];

impl Parser<'_> {
    /// The error of a line that says something of who pays, of what is kept, or of when.
    pub(super) fn spoken_option(&self, line: &Spoken<'_>, at: usize) -> Option<Diagnostic> {
        let whole = self.no_colon(line).or_else(|| self.taxed_expectation(line));
        whole.or_else(|| self.net_price(line)).or_else(|| {
            if !line.begins(LINES) || line.word(2) != ":" {
                return None;
            }
            // What stands before it is told first.
            let here = self.folded.original(at, at).start;
            let found = self
                .amount_in_words(line)
                .or_else(|| self.on_the_day(line))
                .or_else(|| self.halfway(line))
                .or_else(|| self.times_of(line))
                .or_else(|| self.certified(line))
                .or_else(|| self.compared_amount(line))
                .or_else(|| self.how_often(line))
                .or_else(|| self.said_to_happen(line))
                .or_else(|| self.abandoned_after(line))
                .or_else(|| self.within_of(line))
                .or_else(|| self.without_moment(line, at))
                .or_else(|| self.hours_of_notice(line))
                .or_else(|| self.behind_a_comma(line));
            found.filter(|found| found.span.start <= here)
        })
    }

    /// `prévu : 3 mois`, `admet fuite : "…"`, `action "Séance" : 70 €`.
    fn no_colon(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        let message = say!(lang, "no colon stands here", "aucun deux-points ne se met ici");
        let colon = (1..4).find(|place| line.word(*place) == ":")?;
        let place = self.place(line, (colon, colon + 1));
        let found = || Diagnostic::new(Code::Syntax, place, message.clone());
        let behind = || {
            say!(
                lang,
                "leave it out: a colon stands behind the label of a line, and behind the name of a payer",
                "retirez-le : le deux-points suit le libellé d'une ligne, ou le nom d'un payeur"
            )
        };
        if line.begins(NO_COLON) && colon == 1 || line.begins(ACCEPTS) {
            return Some(found().help(behind()).edit(place, ""));
        }
        if !line.begins(&["action"]) || colon != 2 || self.place != Place::Schedule {
            return None;
        }
        if HOURLY.contains(&line.word(3)) {
            return Some(found().help(behind()).edit(place, ""));
        }
        let number = (3..line.len()).rev().find(|place| is_number(line.word(*place)))?;
        let mut first = number;
        while first > 3 && is_number(line.word(first - 1)) {
            first -= 1;
        }
        let to = number + 1 + usize::from(is_currency(line.word(number + 1)));
        let (name, sum) = (self.words(line, (0, 2)), self.words(line, (first, to)));
        let flat = format!("{name} {} {sum}", file.pick("flat", "forfait"));
        let hourly = format!("{name} {} {sum}", file.pick("hourly", "horaire"));
        Some(found().help(say!(
            lang,
            "write `{flat}` for a sum each time, `{hourly}` for the price of an hour",
            "écrivez `{flat}` pour une somme à chaque fois, `{hourly}` pour le prix d'une heure"
        )))
    }

    /// `admet fuite`, and no reason.
    pub(super) fn without_reason(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let whole = line.begins(ACCEPTS)
            && line.len() > 1
            && !(0..line.len()).any(|place| line.word(place).starts_with('"'));
        whole.then(|| {
            let right = self.words(line, (0, line.len()));
            let place = self.place(line, (0, line.len()));
            let message = say!(
                self.lang,
                "this does not say why it is accepted",
                "ceci ne dit pas pourquoi c'est admis"
            );
            let help = say!(
                self.lang,
                "add the reason, in quotes: `{right} \"…\"`",
                "ajoutez la raison, entre guillemets : `{right} \"…\"`"
            );
            Diagnostic::new(Code::Syntax, place, message).help(help)
        })
    }

    /// `tarif forfait 1000 EUR net de taxe`.
    fn net_price(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(&["price", "tarif", "prix"]) {
            return None;
        }
        let net = [
            "net of tax",
            "net of vat",
            "nets de taxes",
            "net de taxes",
            "net de taxe",
            "net de tva",
            "net",
        ];
        let found = line.find(&net).filter(|(_, to)| *to == line.len())?;
        let exempt = self.file_lang.pick("vat exempt \"…\"", "tva exonérée \"…\"");
        let help = say!(
            self.lang,
            "leave it out: where no tax is stated, amounts bear none; why there is none is said by `{exempt}`",
            "retirez ces mots : où aucune taxe n'est dite, les montants n'en portent pas ; pourquoi il n'y en a pas se dit par `{exempt}`"
        );
        Some(self.unsaid(line, found, help).edit(self.place(line, found), ""))
    }

    /// `attendu 01/02/2025 "Solde" 700,00 HT`.
    fn taxed_expectation(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(EXPECTED) {
            return None;
        }
        let found = line.find(TAXED).filter(|(_, to)| *to == line.len())?;
        let help = say!(
            self.lang,
            "leave it out: what is expected is the amount of the line, as the schedule states amounts (before tax, unless it says `vat … included`)",
            "retirez ces mots : ce qui est attendu est le montant de la ligne, tel que l'échéancier dit ses montants (hors taxes, sauf s'il dit `tva … comprise`)"
        );
        Some(self.unsaid(line, found, help).edit(self.place(line, found), ""))
    }

    /// `solde "B" : solde`, `tout à la fin`, `100 % moins l'acompte`, `prorata temporis`.
    fn amount_in_words(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let file = self.file_lang;
        let may_be_all = line.begins(&["balance", "solde", "installment", "echeance"]);
        let first = |words: &[&str]| {
            let found = line.stands(3, words)?;
            (found.1 == line.len() || self.begins_moment(line, found.1)).then_some(found)
        };
        if may_be_all {
            for (words, right) in [
                (REST, file.pick("remainder", "reste")),
                (ALL, "100 %"),
                (NOTHING, file.pick("nothing", "rien")),
                (WORK, file.pick("work", "réalisé")),
                (
                    &["prorata temporis", "pro rata temporis", "au prorata temporis"],
                    file.pick("pro rata duration", "prorata durée"),
                ),
                (
                    &[
                        "au prorata des heures realisees",
                        "au prorata des heures effectuees",
                        "au prorata des heures",
                        "prorata des heures",
                        "au prorata de la presence",
                        "au prorata du realise",
                        "pro rata of the hours",
                        "pro rata of hours",
                        "pro rata hours",
                        "in proportion to the hours",
                    ],
                    file.pick("pro rata attendance", "prorata assiduité"),
                ),
            ] {
                if let Some(found) = first(words) {
                    return Some(self.written(line, found, right));
                }
            }
        }
        let found = line.find(LESS_DEPOSITS).filter(|(from, _)| *from > 3)?;
        let help = say!(
            self.lang,
            "leave it out: a balance deducts the deposits by itself",
            "retirez ces mots : un solde déduit de lui-même les acomptes"
        );
        Some(self.unsaid(line, found, help).edit(self.place(line, found), ""))
    }

    pub(super) fn begins_moment(&self, line: &Spoken<'_>, place: usize) -> bool {
        ["on", "at", "upon", "when", "each", "a", "au", "en", "le", "lors", "chaque", ","]
            .contains(&line.word(place))
    }

    /// `, non remboursable`, `, à déduire`, `, pour "OPCO"`, `, en plus du prix`.
    fn behind_a_comma(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        let whole = |(from, to): Found| (from - usize::from(line.before(from) == ","), to);
        let behind = |words: &[&str]| line.find(words).filter(|(from, _)| *from > 4);
        if let Some(found) = behind(KEPT) {
            return Some(self.unsaid(line, whole(found), self.what_is_kept(line)));
        }
        if let Some(found) = behind(DEDUCTED).filter(|_| line.begins(&["deposit", "acompte"])) {
            let help = say!(
                lang,
                "leave it out: the balance deducts each deposit by itself",
                "retirez ces mots : le solde déduit de lui-même chaque acompte"
            );
            let found = whole(found);
            return Some(self.unsaid(line, found, help).edit(self.place(line, found), ""));
        }
        let on_top = [
            "on top of the price",
            "on top",
            "in addition to the price",
            "in addition",
            "en plus du prix",
            "en plus",
            "en supplement du prix",
            "en supplement",
            "en dehors du prix",
            "en sus",
            "extra",
        ];
        // What comes on top may be a tax, or what is no part of the sum.
        let others = ["vat", "tva", "tax", "taxe", "taxes", "frais", "expenses", "costs"];
        if let Some(found) = behind(&on_top)
            .filter(|_| line.begins(&["installment", "echeance", "deposit", "acompte"]))
            .filter(|(from, _)| {
                line.stands(*from, &["en sus du prix"]).is_none()
                    && !others.contains(&line.before(*from))
            })
        {
            let beside = file.pick("beside the price", "en sus du prix");
            if !["", ","].contains(&line.word(found.1)) {
                let help = say!(
                    lang,
                    "it is said at the end of the line, behind a comma: `, {beside}`",
                    "cela se dit à la fin de la ligne, après une virgule : `, {beside}`"
                );
                return Some(self.unsaid(line, found, help));
            }
            let comma = if line.before(found.0) == "," { "" } else { ", " };
            let right = format!("{comma}{beside}");
            return Some(self.written(line, found, &right));
        }
        // A percentage is of the price, and is shared.
        if let Some((from, to)) = behind(SHARED_BY)
            .filter(|(from, to)| *from == 5 && line.word(4) == "%" && !line.word(*to).is_empty())
        {
            let share = file.pick("payer \"Fund\": 70 %", "payeur \"OPCO\" : 70 %");
            let help = say!(
                lang,
                "leave it out: what is of the price is shared by the payers, as the line of each says (`{share}`)",
                "retirez ces mots : ce qui est du prix se partage entre les payeurs, selon la ligne de chacun (`{share}`)"
            );
            return Some(self.unsaid(line, (from, to + 1), help));
        }
        let unnamed = [
            "a la charge de l '",
            "a la charge de la",
            "a la charge du",
            "a la charge de",
            "charged to the",
            "charged to",
            "paid by the",
            "payable by the",
            "borne by the",
            "paye par l '",
            "payee par l '",
        ];
        if let Some((from, to)) = behind(&unnamed)
            && line.word(to).starts_with(char::is_alphabetic)
        {
            let name = capitalised(&self.words(line, (to, to + 1)));
            let right = file.pick(
                format!("beside the price, charged to \"{name}\""),
                format!("en sus du prix, à la charge de \"{name}\""),
            );
            let help = say!(
                lang,
                "name the payer as the schedule does, in quotes: `, {right}`",
                "nommez le payeur comme l'échéancier, entre guillemets : `, {right}`"
            );
            return Some(self.unsaid(line, (from, to + 1), help));
        }
        let (from, to) = behind(PAID_BY).filter(|(_, to)| line.word(*to).starts_with('"'))?;
        let payer = self.words(line, (to, to + 1));
        let beside = line.find(&["beside the price", "en sus du prix", "hors prix"]).is_some();
        let right = file.pick(format!(", charged to {payer}"), format!(", à la charge de {payer}"));
        if beside {
            return Some(self.written(line, whole((from, to + 1)), &right));
        }
        let right =
            file.pick(format!(", beside the price{right}"), format!(", en sus du prix{right}"));
        Some(self.unsaid(line, (from, to + 1), say!(
            lang,
            "what is of the price is shared by the payers, as their shares say; what one pays alone is beside the price: `{right}`",
            "ce qui est du prix se partage entre les payeurs, selon leurs parts ; ce qu'un seul paie est en sus du prix : `{right}`"
        )))
    }

    /// How a deposit is kept: what closes the case says so.
    pub(super) fn what_is_kept(&self, line: &Spoken<'_>) -> String {
        if line.find(&["installment", "instalment", "echeance"]).is_some_and(|(from, _)| from < 3) {
            return say!(
                self.lang,
                "leave it out: what an installment bills is given back only by a balance of less than is billed (`nothing`, `up to …`)",
                "retirez ces mots : ce que facture une échéance n'est rendu que par un solde inférieur à ce qui est facturé (`rien`, `jusqu'à …`)"
            );
        }
        let number = (0..line.len()).find(|place| is_number(line.word(*place)));
        let percent = number.filter(|place| line.word(place + 1) == "%");
        let share = percent.map_or("20".to_owned(), |place| self.words(line, (place, place + 1)));
        let file = self.file_lang;
        // Who leaves before the deposit is billed does not owe it.
        let billed = [
            (["on signature", "a la signature"], file.pick(" if signed", " si signé")),
            (["on start", "au demarrage"], file.pick(" if started", " si démarré")),
        ];
        let billed = billed.into_iter().find(|(on, _)| line.find(on).is_some());
        let billed = billed.map_or("", |(_, billed)| billed);
        let right = match number.filter(|_| percent.is_none()) {
            Some(place) => {
                let to = place + 1 + usize::from(is_currency(line.word(place + 1)));
                let sum = self.words(line, (place, to));
                file.pick(
                    format!("balance \"Withdrawal\": {sum} on abandonment{billed}"),
                    format!("solde \"Abandon\": {sum} à l'abandon{billed}"),
                )
            }
            None => file.pick(
                format!(
                    "balance \"Withdrawal\": up to {share} %, no refund, on abandonment{billed}"
                ),
                format!(
                    "solde \"Abandon\": jusqu'à {share} %, sans remboursement, à l'abandon{billed}"
                ),
            ),
        };
        say!(
            self.lang,
            "what is kept is said by the line that closes the case: leave this out, and add `{right}`",
            "ce qui reste acquis est dit par la ligne qui clôt le dossier : retirez ceci, et ajoutez `{right}`"
        )
    }
}
