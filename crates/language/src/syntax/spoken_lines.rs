//! What administrators say at the beginning of a line of a schedule, and the sentence that works. In: a line that is not
//! understood. Out: its error with that sentence; an edit where it says what was written, and all of it.

use super::parse::{Parser, Place};
use super::spoken::{Found, LINES, PAYERS, Spoken, capital, is_currency, is_number};
use super::ways;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::say;

/// What may name a price, the whole of it.
const PRICES: &[&str] = &[
    "price",
    "prix",
    "tarif",
    "amount",
    "montant",
    "cost",
    "cout",
    "total",
    "fee",
    "fees",
    "devis",
    "budget",
    "honoraires",
    "forfait",
    "flat",
    "fixed",
    "lump",
];
/// What says that it is one for the case.
const FIXED: &[&str] = &["forfait", "forfaitaire", "forfaitaires", "fixe", "fixed", "flat", "lump"];
/// What may stand between its name and the sum.
const BESIDE: &[&str] =
    &["sum", "rate", "global", "globale", "total", "de", "of", "du", "la", "the", ":", "="];
/// The kinds of price whose unit is said a second time behind the sum.
const UNITS_OF_PRICES: &[(&[&str], &[&str])] = &[
    (
        &["hourly", "horaire"],
        &[
            "/ h",
            "/ hour",
            "/ heure",
            "per hour",
            "an hour",
            "par heure",
            "de l ' heure",
            "l ' heure",
        ],
    ),
    (
        &["monthly", "mensuel"],
        &["/ month", "/ mois", "per month", "a month", "par mois", "chaque mois", "le mois"],
    ),
    (&["quarterly", "trimestriel"], &["/ trimestre", "per quarter", "par trimestre"]),
    (&["yearly", "annuel"], &["/ year", "/ an", "per year", "a year", "par an", "l ' an"]),
];
/// Kinds of price in other words.
const KINDS: &[(&[&str], (&str, &str))] = &[
    (&["by the hour", "per hour", "a l ' heure", "par heure"], ("hourly", "horaire")),
    (&["by the month", "per month", "au mois", "par mois"], ("monthly", "mensuel")),
    (&["per quarter", "au trimestre", "par trimestre"], ("quarterly", "trimestriel")),
    (&["per year", "a l ' annee", "par an"], ("yearly", "annuel")),
    (&["forfaitaire", "au forfait", "flat"], ("fixed", "forfait")),
];
const VERSIONS: &[&str] = &["version", "avenant", "amendment"];
const PROGRESS: &[&str] = &["progress", "avancement", "situation"];

impl Parser<'_> {
    /// The error of a line of a schedule, or of one above all schedules, at `at`.
    pub(super) fn spoken_line(&self, line: &Spoken<'_>, at: usize) -> Option<Diagnostic> {
        if !matches!(self.place, Place::Nowhere | Place::Schedule) {
            return None;
        }
        let begins = line.start() == at;
        self.bare_price(line)
            .or_else(|| self.unit_twice(line))
            .or_else(|| self.kind_of_price(line))
            .or_else(|| begins.then(|| self.version(line)).flatten())
            .or_else(|| begins.then(|| self.progress(line)).flatten())
            .or_else(|| begins.then(|| self.taken_off(line)).flatten())
            .or_else(|| self.without_label(line))
    }

    /// `prix fixe 1500 EUR`, `forfait : 1 500,00 €`, `montant 1500 EUR`: a price, and nothing but its sum.
    fn bare_price(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(PRICES) {
            return None;
        }
        let (lang, file) = (self.lang, self.file_lang);
        let number = (1..line.len()).find(|place| is_number(line.word(*place)))?;
        let beside = |place: usize| {
            let word = line.word(place);
            PRICES.contains(&word) || FIXED.contains(&word) || BESIDE.contains(&word)
        };
        let mut after = number + 1;
        while is_number(line.word(after)) {
            after += 1;
        }
        let whole = after + 1 == line.len() && is_currency(line.word(after));
        if !whole || !(1..number).all(beside) {
            return None;
        }
        let sum = self.words(line, (number, line.len()));
        let right = |english: &str, french: &str| {
            file.pick(format!("price {english} {sum}"), format!("tarif {french} {sum}"))
        };
        let all = (0, line.len());
        let fixed = right("fixed", "forfait");
        // What stands there is right: something before it is not.
        if self.words(line, all) == fixed {
            return None;
        }
        if (0..number).any(|place| FIXED.contains(&line.word(place))) {
            return Some(self.written(line, all, &fixed));
        }
        let month = right("monthly", "mensuel");
        let hour = right("hourly", "horaire");
        Some(self.unsaid(
            line,
            all,
            say!(
                lang,
                "write `{fixed}` for one price for the case, `{month}` for that of a month, `{hour}` for that of an hour",
                "écrivez `{fixed}` pour un prix du dossier, `{month}` pour celui d'un mois, `{hour}` pour celui d'une heure"
            ),
        ))
    }

    /// `tarif horaire 70 €/h`: the kind of price has said it.
    fn unit_twice(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(&["price", "prix", "tarif"]) {
            return None;
        }
        let of_kind = |(kinds, _): &&(&[&str], &[&str])| kinds.contains(&line.word(1));
        let (_, units) = UNITS_OF_PRICES.iter().find(of_kind)?;
        let behind_a_sum = |(from, _): &Found| {
            let before = line.before(*from);
            is_number(before) || is_currency(before)
        };
        let found = line.find(units).filter(behind_a_sum)?;
        let kind = self.words(line, (1, 2));
        let help = say!(
            self.lang,
            "leave it out: `{kind}` says it",
            "retirez ces mots : `{kind}` le dit déjà"
        );
        Some(self.unsaid(line, found, help).edit(self.place(line, found), ""))
    }

    /// `tarif au mois 100 EUR`, `tarif forfaitaire 1500 EUR`.
    fn kind_of_price(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(&["price", "prix", "tarif"]) {
            return None;
        }
        let at_kind = |(from, to): &Found| *from == 1 && is_number(line.word(*to));
        let of = |(words, kind): &(&[&str], (&'static str, &'static str))| {
            Some((line.find(words).filter(at_kind)?, *kind))
        };
        let ((_, to), (english, french)) = KINDS.iter().find_map(of)?;
        let right = self.file_lang.pick(format!("price {english}"), format!("tarif {french}"));
        Some(self.written(line, (0, to), &right))
    }

    /// `version 2 à partir du 01/01/2026`, `en vigueur au 01/01/2026`.
    fn version(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let in_force = line.find(&["en vigueur", "in force"]).is_some_and(|(from, _)| from == 0);
        if !in_force && !line.begins(VERSIONS) {
            return None;
        }
        let is_date = |word: &&str| word.len() >= 8 && is_number(word) && word.contains(['/', '-']);
        let date = (0..line.len()).find(|place| is_date(&line.word(*place)));
        let date = match date {
            Some(place) => self.words(line, (place, place + 1)),
            None => self.file_lang.pick("2026-01-01", "01/01/2026").to_owned(),
        };
        let right = self.file_lang.pick(
            format!("schedule \"…\" in force from {date}"),
            format!("échéancier \"…\" en vigueur à compter du {date}"),
        );
        Some(self.unsaid(
            line,
            (0, line.len()),
            say!(
                self.lang,
                "a version is a schedule of the same name that says from when it holds: `{right}`",
                "une version est un échéancier du même nom, qui dit depuis quand il vaut : `{right}`"
            ),
        ))
    }

    /// `avancement 30 %`, `situation "Mars" : 30 %`.
    fn progress(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(PROGRESS) {
            return None;
        }
        let right = self.file_lang.pick(
            "installment \"Situation\": progress each month end",
            "échéance \"Situation\": l'avancement à chaque fin de mois",
        );
        Some(self.unsaid(
            line,
            (0, line.len()),
            say!(
                self.lang,
                "what is certified is an event of the case, and a line bills it: `{right}`",
                "ce qui est constaté est un événement du dossier, et une ligne le facture : `{right}`"
            ),
        ))
    }

    /// `escompte 2 %`, `accepte fuite "…"`.
    fn taken_off(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if line.begins(&["accepte", "accept", "accepter", "allows", "autorise"]) {
            return Some(self.written(line, (0, 1), self.file_lang.pick("accepts", "admet")));
        }
        if !line.begins(&["escompte", "ristourne"]) {
            return None;
        }
        let amount = self.amount_in(line).unwrap_or_else(|| "…".to_owned());
        if let Some((_, time)) = self.times_in(line).first() {
            let event = self.file_lang.pick(
                format!("discount \"Early payment\": {amount} on event \"Paid within {time}\""),
                format!("remise \"Escompte\": {amount} à l'événement \"Payé sous {time}\""),
            );
            let help = say!(
                self.lang,
                "a schedule does not see what is paid: what is taken off then is a discount that waits for an event, which you record: `{event}`",
                "un échéancier ne voit pas ce qui est payé : ce qui se retire alors est une remise qui attend un événement, que vous enregistrez : `{event}`"
            );
            return Some(self.unsaid(line, (0, line.len()), help));
        }
        let right = self.file_lang.pick(
            format!("discount \"Early\": {amount} on signature"),
            format!("remise \"Fidélité\": {amount} à la signature"),
        );
        Some(self.unsaid(
            line,
            (0, 1),
            say!(
                self.lang,
                "what is taken off the price is a discount: `{right}`",
                "ce qui se retire du prix est une remise : `{right}`"
            ),
        ))
    }

    /// `acompte de 25 % à la signature`, `solde : 100 % à la fin`: a line has a label.
    fn without_label(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(LINES) {
            return None;
        }
        let mut from = 1;
        while [":", "de", "of", "du", "des"].contains(&line.word(from)) {
            from += 1;
        }
        let amount = line.word(from);
        if !is_number(amount) || (from..line.len()).any(|place| line.word(place) == ":") {
            return None;
        }
        let keyword = self.words(line, (0, 1));
        let label = capital(&keyword)?;
        let right = format!("{keyword} \"{label}\":");
        let rest = self.words(line, (from, line.len()));
        let read = self.is_line(&format!("\"{label}\": {rest}"));
        let shown = if read { rest.as_str() } else { "…" };
        let help = say!(
            self.lang,
            "a line has a label, which stands on the invoice: `{right} {shown}`",
            "une ligne a un libellé, qui figure sur la facture : `{right} {shown}`"
        );
        let place = self.place(line, (0, from));
        let message = say!(self.lang, "this line has no label", "cette ligne n'a pas de libellé");
        let found = Diagnostic::new(Code::Syntax, place, message).help(help);
        // Two lines of one label would be the next mistake.
        let taken = self.schedule_around(line.start()).contains(&format!("\"{}\"", line.word(0)));
        Some(if taken { found } else { found.edit(place, right) })
    }

    /// What is said of a payer's share beside what the language has.
    pub(super) fn spoken_share(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(PAYERS) || !line.word(1).starts_with('"') || line.word(2) != ":" {
            return None;
        }
        let (lang, file) = (self.lang, self.file_lang);
        let before_tax = line.find(&["% ht", "% hors taxes", "% hors taxe", "% excl vat", "% net"]);
        let after_tax = || line.find(&["% ttc", "% toutes taxes comprises", "% incl vat"]);
        if let Some((from, to)) = before_tax.or_else(after_tax) {
            let found = (from + 1, to);
            let help = say!(
                lang,
                "leave it out: the share is one of the amounts, and each payer's invoice has the tax of its lines",
                "retirez ces mots : la part se prend sur les montants, et la facture de chaque payeur porte la TVA de ses lignes"
            );
            return Some(self.unsaid(line, found, help).edit(self.place(line, found), ""));
        }
        if let Some((from, to)) = line.find(&["at most", "up to", "au plus", "jusqu ' a"])
            && from == 3
            && !(is_number(line.word(to)) && line.word(to + 1) == "%")
        {
            let right = file.pick("100 %, at most", "100 %, au plus");
            return Some(self.written(line, (from, to), right));
        }
        let rest = [
            "le reste a charge",
            "reste a charge",
            "le solde",
            "solde",
            "la difference",
            "le complement",
            "the balance",
            "balance",
            "the difference",
            "what is left",
        ];
        let found = line.find(&rest).filter(|found| *found == (3, line.len()))?;
        Some(self.written(line, found, file.pick("remainder", "reste")))
    }

    /// `tva : 20 %`, `tva 20`, `tva 5,5 % sur "A"`.
    pub(super) fn spoken_rate(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(&["vat", "tva"]) {
            return None;
        }
        if line.word(1) == ":" {
            let place = self.place(line, (1, 2));
            let message =
                say!(self.lang, "no colon stands here", "aucun deux-points ne se met ici");
            let help = say!(
                self.lang,
                "a colon stands behind the label of a line",
                "le deux-points suit le libellé d'une ligne"
            );
            return Some(Diagnostic::new(Code::Syntax, place, message).help(help).edit(place, ""));
        }
        if line.len() == 2 && is_number(line.word(1)) {
            let rate = self.words(line, (1, 2));
            let rate = ways::in_percent(&rate).unwrap_or(rate);
            let right = format!("{} {rate} %", self.words(line, (0, 1)));
            return Some(self.written(line, (0, 2), &right));
        }
        let found = line.find(&["on", "for", "sur", "pour"]).filter(|(from, _)| *from == 3)?;
        let tax = self.words(line, (0, 3));
        Some(self.unsaid(
            line,
            (found.0, line.len()),
            say!(
                self.lang,
                "the rate of one line or action stands at its end, behind a comma: `, {tax}`",
                "le taux propre à une ligne ou à une action se dit à sa fin, après une virgule : `, {tax}`"
            ),
        ))
    }
}
