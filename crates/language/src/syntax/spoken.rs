//! What administrators say of payers and actions, and the sentence that works. In: a line that is not
//! understood. Out: its error with that sentence, in the words of the line. An edit is given only where it says
//! what was written.

use super::parse::Parser;
use super::spoken_invoices::EXEMPT_FIRST;
use super::spoken_payments::product;
use crate::diagnostic::{Diagnostic, fold_for_likeness};
use crate::lang::say;

pub(super) use super::spoken_words::{
    Found, LINES, PAYERS, Spoken, capital, is_currency, is_number,
};

const OTHER_PAYERS: &[&str] = &[
    "funder",
    "funders",
    "sponsor",
    "financer",
    "financeur",
    "financeurs",
    "cofinanceur",
    "financement",
];
const AT_COST: &[&str] = &[
    "at actual cost",
    "actual cost",
    "at real cost",
    "real cost",
    "at expenses",
    "expenses",
    "as incurred",
    "on receipts",
    "au reel",
    "aux frais reels",
    "frais reels",
    "au frais reel",
    "sur justificatifs",
    "sur justificatif",
    "against receipts",
    "against receipt",
    "against invoice",
    "sur facture",
    "sur note de frais",
];
const HOURS: &[&str] = &["hour", "h", "heure"];
/// What follows `per` or `by` and is nothing that is counted.
const NO_UNITS: &[&str] = &["tranche", "action", "case", "dossier", "month", "mois"];
/// What is counted of an action, and is no action of its own.
const MEASURES: &[&str] = &[
    "km",
    "kilometre",
    "kilometres",
    "kilometer",
    "mile",
    "miles",
    "m",
    "m2",
    "m3",
    "kg",
    "litre",
    "liter",
    "page",
    "pages",
    "word",
    "words",
    "mot",
    "mots",
];
const A_UNIT: &[&str] = &["a", "le", "la", "par", "per"];

impl Parser<'_> {
    /// What a line says in the words of administrators that the language has not: the error at `at`, whose
    /// item began at `start`, with the sentence that works.
    pub fn spoken(&self, start: usize, at: usize) -> Option<Diagnostic> {
        let line = Spoken::at(self, at);
        // An item that stops too early leaves the next line alone, unless that is no item at all.
        if at > start && self.stops_before(at) {
            let stopped = Spoken::at(self, self.folded.end_before(at).max(start));
            let exempt =
                || line.begins(EXEMPT_FIRST).then(|| self.spoken_exemption(&line)).flatten();
            let payment = self.spoken_payment(&line).filter(|_| !line.begins(PAYERS));
            let price = || line.begins(&["prix"]).then(|| self.spoken_price(&line)).flatten();
            let of_next = payment.or_else(exempt).or_else(price);
            return self
                .parts_without_label(&line)
                .or(of_next)
                .or_else(|| self.without_reason(&stopped))
                .or_else(|| self.spoken_shares(&stopped))
                .or_else(|| self.spoken_of_invoices(&stopped))
                .or_else(|| self.spoken_payment(&stopped))
                .or_else(|| {
                    stopped
                        .begins(&["vat", "tva"])
                        .then(|| self.spoken_exemption(&stopped))
                        .flatten()
                })
                .or_else(|| self.spoken_rate(&stopped))
                .or_else(|| self.sum_of_an_action(&stopped))
                .or_else(|| self.spoken_recurrence(&stopped));
        }
        // What stands before it is told first.
        let here = self.folded.original(at, at).start;
        let first = |found: &Diagnostic| found.span.start <= here;
        let told = self.unreadable_figure(&line);
        let told = told.or_else(|| self.means_of_payment(&line).filter(first));
        let told = told.or_else(|| self.moment_of_each(&line).filter(first));
        let told = told.or_else(|| self.amounts_in_time(&line).filter(first));
        let told = told.or_else(|| self.payments_on_days(&line).filter(first));
        let told = told.or_else(|| self.spoken_agreed(&line).filter(first));
        let told = told.or_else(|| self.spoken_timing(&line).filter(first));
        let told = told.or_else(|| self.spoken_base(&line).filter(first));
        let others = || {
            self.while_suspended(&line)
                .or_else(|| self.sum_alone(&line))
                .or_else(|| self.spoken_offer(&line))
                .or_else(|| self.spoken_whenever(&line))
                .or_else(|| self.spoken_time(&line))
                .or_else(|| self.spoken_shares(&line))
                .or_else(|| self.spoken_costs(&line))
                .or_else(|| self.several_prices(&line))
                .or_else(|| self.spoken_rates(&line))
                .or_else(|| self.deposit_kept(&line))
                .or_else(|| self.spoken_item(&line))
                .filter(first)
        };
        told.or_else(others)
            .or_else(|| self.spoken_clause(&line))
            .or_else(|| self.spoken_contract(&line, (start, at)))
            .or_else(|| self.spoken_option(&line, at))
            .or_else(|| self.spoken_line(&line, at))
            .or_else(|| self.spoken_scenario(&line, start))
            .or_else(|| self.spoken_payment(&line))
            .or_else(|| self.spoken_step(&line))
            .or_else(|| self.spoken_of_invoices(&line))
            .or_else(|| self.spoken_payers(&line))
            .or_else(|| self.spoken_share(&line))
            .or_else(|| self.spoken_tax(&line))
            .or_else(|| self.spoken_rate(&line))
            .or_else(|| self.spoken_tiers(&line))
            .or_else(|| self.spoken_action(&line))
            .or_else(|| self.sum_of_an_action(&line))
            .or_else(|| self.spoken_price(&line))
            .or_else(|| self.spoken_bound(&line))
            .or_else(|| self.spoken_discount(&line))
            .or_else(|| self.spoken_amount(&line))
            .or_else(|| self.spoken_days_on(&line))
            .or_else(|| self.spoken_recurrence(&line))
            .or_else(|| self.spoken_delay(&line))
            .or_else(|| self.no_kind(&line))
    }

    fn spoken_payers(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let file = self.file_lang;
        if line.begins(OTHER_PAYERS) {
            return Some(self.written(line, (0, 1), file.pick("payer", "payeur")));
        }
        let rest = line.find(&["le reste", "le restant", "the rest", "the remainder", "rest"]);
        if let Some(found) = rest.filter(|(from, _)| line.begins(PAYERS) && *from == 3) {
            return Some(self.written(line, found, file.pick("remainder", "reste")));
        }
        let number = |place: usize| is_number(line.word(place));
        let shares = (0..line.len()).filter(|place| number(*place) && line.word(place + 1) == "%");
        let bare = number(0) && line.word(1) == "%";
        let several = line.begins(&["payers", "payeurs"]);
        let listed = line.begins(PAYERS) && (several || !line.word(1).starts_with('"'));
        if (bare && shares.count() > 1) || listed {
            if let Some(help) = bare.then(|| self.shares_in_time(line)).flatten() {
                return Some(self.unsaid(line, (0, line.len()), help));
            }
            if bare && self.names_no_payers(line) {
                return Some(self.unsaid(line, (0, line.len()), self.what_each_share_is(line)));
            }
            let right = self.payers_listed(line, usize::from(!bare));
            return Some(self.unsaid(line, (0, line.len()), self.one_line_each(&right)));
        }
        None
    }

    fn spoken_action(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(&["action"]) {
            return None;
        }
        if let Some(found) = line.find(AT_COST) {
            return Some(self.written(line, found, self.file_lang.pick("at cost", "au coût réel")));
        }
        if let Some(found) = line.find(&["fixed", "fixe"]) {
            return Some(self.written(line, found, self.file_lang.pick("flat", "forfait")));
        }
        // A rate for one of something whose name has no quotes: `0.085 a word`.
        let number = |place: usize| is_number(line.word(place));
        let one_of = |place: usize| {
            let unit = line.word(place + 1);
            A_UNIT.contains(&line.word(place))
                && unit.starts_with(char::is_alphabetic)
                && !NO_UNITS.contains(&unit)
        };
        let currency = |place: usize| usize::from(is_currency(line.word(place)));
        let of_each = |place: &usize| number(*place) && one_of(place + 1 + currency(place + 1));
        let rate = (0..line.len()).find(of_each)?;
        let per = rate + 1 + currency(rate + 1);
        let unit = self.words(line, (per + 1, per + 2));
        if HOURS.contains(&line.word(per + 1)) {
            let hourly = self.words(line, (rate, rate + 1));
            let right =
                self.file_lang.pick(format!("hourly {hourly}"), format!("horaire {hourly}"));
            return Some(self.written(line, (rate, per + 2), &right));
        }
        // A part of a day has a name of several words; a time is billed by the hour.
        let last = match (line.word(per + 1), line.word(per + 2)) {
            ("half" | "demi" | "quarter", "-") => per + 4,
            ("half", _) => per + 3,
            _ => per + 2,
        };
        let behind = line.word(last);
        let begun = ["started", "begun", "commenced"].contains(&line.word(per + 1));
        if begun {
            let step = self.words(line, (per + 2, per + 3));
            let minutes = if is_number(&step) { step } else { "15".to_owned() };
            let right = self.file_lang.pick(
                format!("hourly …, by {minutes} minutes"),
                format!("horaire …, par tranche de {minutes} minutes"),
            );
            let help = say!(
                self.lang,
                "what is begun counts whole by a step of an hourly rate: `{right}`",
                "ce qui est entamé compte en entier par une tranche d'un tarif horaire : `{right}`"
            );
            return Some(self.unsaid(line, (rate, line.len()), help));
        }
        if !["", ",", "at", "au", "up", "jusqu", "then", "puis"].contains(&behind) {
            return None;
        }
        if ["minute", "minutes"].contains(&line.word(per + 1)) {
            let whole = product("60", line.word(rate))?;
            let right = format!("{} {whole}", self.file_lang.pick("hourly", "horaire"));
            let help = say!(
                self.lang,
                "time is billed by the hour, to the minute: `{right}`",
                "le temps se facture à l'heure, à la minute près : `{right}`"
            );
            return Some(self.unsaid(line, (rate, per + 2), help));
        }
        let unit = if last > per + 2 { self.words(line, (per + 1, last)) } else { unit };
        let right = self.file_lang.pick(format!("per \"{unit}\""), format!("par \"{unit}\""));
        // The price of one such action each time, or of something that each event counts.
        let name = fold_for_likeness(self.words(line, (1, 2)).trim_matches(['"', '«', '»', ' ']));
        let named = name == line.word(per + 1).trim_end_matches('s') || name == line.word(per + 1);
        if named && !MEASURES.contains(&line.word(per + 1)) {
            let sum = self.words(line, (rate, per));
            let flat = format!("{} {sum}", self.file_lang.pick("flat", "forfait"));
            let counted = format!("{} {right}", self.words(line, (rate, rate + 1)));
            let help = say!(
                self.lang,
                "write `{flat}` if each event is one of them, `{counted}` if each event says how many in its `quantity`",
                "écrivez `{flat}` si chaque événement en est une, `{counted}` si chaque événement en dit le nombre par sa `quantité`"
            );
            return Some(self.unsaid(line, (rate, per + 2), help));
        }
        Some(self.written(line, (rate + 1, last), &right))
    }
}
