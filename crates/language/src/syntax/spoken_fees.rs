//! What administrators write of a fee, a penalty or an indemnity, and of a cancellation. In: a line that begins with no word
//! of the language. Out: its error with the line that bills the sum where it is due, and to nobody else.

use super::parse::{Parser, Place};
use super::spoken::{LINES, PAYERS, Spoken, capital, is_currency, is_number};
use super::spoken_limits::LEAVING;
use crate::diagnostic::Diagnostic;
use crate::lang::say;
use crate::money::Currency;

const FEES: &[&str] = &[
    "fee",
    "fees",
    "frais",
    "penalty",
    "penalties",
    "penalite",
    "penalites",
    "indemnity",
    "indemnite",
    "indemnites",
    "charge",
    "charges",
    "surcharge",
    "majoration",
    "supplement",
    "supplements",
];
/// What comes on top of the price, as its name says.
const ON_TOP: &[&str] = &[
    "surcharge",
    "surcharges",
    "majoration",
    "majorations",
    "supplement",
    "supplements",
    "extra",
    "uplift",
];
/// What a least sum is called, beside the word that says that it is the least.
const OF_A_LEAST: &[&str] = &[
    "minimum",
    "minimal",
    "minimale",
    "charge",
    "fee",
    "order",
    "billing",
    "invoice",
    "amount",
    "price",
    "total",
    "spend",
    "montant",
    "facturation",
    "commande",
    "facture",
    "perception",
    "prix",
    "tarif",
    "forfait",
    "somme",
    "achat",
    "de",
    "d",
    "'",
    "of",
    ":",
    "a",
    "is",
    "est",
];
/// What stands before a sum that bounds others.
pub(super) const BOUNDS: &[&str] = &[
    "at most",
    "at least",
    "up to",
    "no more than",
    "not to exceed",
    "au plus",
    "au moins",
    "pas plus de",
    "jusqu ' a",
];
/// What a sum is called that is not passed.
pub(super) const OF_A_MOST: &[&str] = &[
    "cap",
    "capped",
    "ceiling",
    "maximum",
    "maximal",
    "maximale",
    "max",
    "limit",
    "exceed",
    "plafond",
    "plafonne",
    "plafonnee",
    "plafonnes",
    "plafonnees",
    "limite",
];
/// What says behind a sum that it is that of each month.
pub(super) const A_MONTH: &[&str] = &[
    "per month",
    "a month",
    "each month",
    "every month",
    "/ month",
    "monthly",
    "par mois",
    "chaque mois",
    "tous les mois",
    "/ mois",
    "le mois",
];
/// What says it before the sum: `monthly cap 500 EUR`.
const BY_MONTH: &[&str] = &["monthly", "mensuel", "mensuelle"];
/// What says behind a sum that it is that of all of a case.
const A_CASE: &[&str] = &[
    "per case",
    "a case",
    "each case",
    "for each case",
    "/ case",
    "par dossier",
    "pour chaque dossier",
    "chaque dossier",
    "/ dossier",
];
/// What stands beside it.
const WITH_A_MOST: &[&str] = &["not", "to", "at", "never", "ne", "pas"];
/// Fees that are due only because something has happened, whatever their name.
const OF_A_FAULT: &[&str] = &[
    "penalty",
    "penalties",
    "penalite",
    "penalites",
    "indemnity",
    "indemnite",
    "indemnites",
    "surcharge",
    "majoration",
];
/// What a case is left by, beside the nouns that are known.
const LEFT: &[&str] = &["rupture", "kill", "cancel", "cancelled", "annule", "annulee"];
/// What happens to some cases and not to others.
const MAY_HAPPEN: &[&str] = &[
    "show",
    "absence",
    "absences",
    "damage",
    "breakage",
    "loss",
    "casse",
    "perte",
    "degradation",
    "dommage",
    "depassement",
    "overrun",
    "late",
    "retard",
    "overtime",
    "relance",
    "reminder",
    "report",
    "postponement",
    "rush",
    "urgence",
    "weekend",
    "dimanche",
    "night",
    "nuit",
    "ferie",
    "franchise",
    "excess",
    "deductible",
];
/// When a fee is due that says no moment.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    Left,
    IfItHappens,
    Unsaid,
}

/// What a line asks for under a name: `frais "Dossier": 90 EUR à la signature`.
pub(super) struct Fee {
    /// Its name, in quotes.
    pub label: String,
    /// The sum or the share, as it was typed.
    pub of: String,
    /// Whether it is a share.
    pub share: bool,
    /// Where its name ends.
    pub named: usize,
    /// Where its number stands.
    pub number: usize,
    /// Where the number ends.
    pub unit: usize,
    /// Where the sum ends.
    pub sum: usize,
    /// What makes it due.
    pub due: Due,
}

impl Parser<'_> {
    /// `frais "Dossier": 90 EUR à la signature`, `penalty "Late" 50 EUR on event "Delay"`, `kill fee 25 %`.
    pub(super) fn fee(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !matches!(self.place, Place::Schedule) || line.begins(LINES) || line.begins(PAYERS) {
            return None;
        }
        let number = (1..line.len()).find(|place| is_number(line.word(*place)))?;
        let is_word = |at: usize| line.word(at).chars().all(|c| c.is_alphabetic() || c == '-');
        let quoted = (1..number).find(|place| line.word(*place).starts_with('"'));
        // In English the fee is the last of its words.
        let last = quoted.unwrap_or(number);
        let last = last - usize::from(line.before(last) == ":");
        let is_fee = !line.begins(&["prise"])
            && FEES.contains(&line.before(last))
            && last <= 5
            && (0..last).all(is_word);
        if let Some(told) =
            self.bound_of_work(line, number).or_else(|| self.no_charge(line, number))
        {
            return Some(told);
        }
        // `extra "Dog": 25 EUR` is a fee; `extra hours` are none.
        let begins =
            line.begins(FEES) || line.begins(ON_TOP) && (first_is_named(line) || number == 1);
        if !begins && !is_fee {
            return None;
        }
        if matches!(self.due(line, number), Due::Left) && self.asks_when_left(line) {
            let label = self.label_of_a_fee(line, quoted, number);
            return Some(self.unsaid(
                line,
                (0, line.len()),
                self.what_is_left(line, label.as_deref()),
            ));
        }
        let fee = self.fee_at(line, quoted, number)?;
        let closes = fee.closes(line) || self.comes_for_each(line, &fee);
        if !begins && !closes && !self.begins_moment(line, fee.sum) {
            return None;
        }
        self.sum_of_a_bound(line, &fee).or_else(|| self.fee_told(line, &fee))
    }

    /// A sum that is named as one that is not passed, or not missed: it may bound what is billed.
    pub(super) fn sum_of_a_bound(&self, line: &Spoken<'_>, fee: &Fee) -> Option<Diagnostic> {
        let bounds =
            |at: usize| OF_A_MOST.contains(&line.word(at)) || line.stands(at, BOUNDS).is_some();
        let is_one = !fee.share && (0..fee.number).any(bounds);
        let plain = fee.closes(line) || self.comes_for_each(line, fee);
        (is_one && plain).then(|| self.what_a_sum_is(line, fee))
    }

    /// The fee of a line whose number stands at a place, behind its name in quotes where it has one.
    pub(super) fn fee_at(
        &self,
        line: &Spoken<'_>,
        quoted: Option<usize>,
        number: usize,
    ) -> Option<Fee> {
        let end = (number..line.len()).find(|at| !is_number(line.word(*at)));
        let end = end.unwrap_or(line.len());
        let unit = line.word(end);
        let share = unit == "%";
        let sum = end + usize::from(share || is_currency(unit));
        // `pénalité de retard "X"`: its name stands behind what it is.
        let first = quoted.map_or(number, |at| at + 1 + usize::from(line.word(at + 1) == ":"));
        let no_sum = unit.starts_with(char::is_alphabetic)
            && !is_currency(unit)
            && !self.begins_moment(line, end);
        (!no_sum && first == number).then_some(())?;
        let named = quoted.unwrap_or(number);
        let named = named - usize::from(line.before(named) == ":");
        let label = if let Some(at) = quoted {
            self.words(line, (at, at + 1))
        } else {
            let words = self.words(line, (0, number));
            let words = words.trim_end_matches([':', '+', ' ', '\u{a0}']);
            let joins = [" de", " à", " at", " for", " pour"];
            let words = joins.iter().find_map(|join| words.strip_suffix(join)).unwrap_or(words);
            format!("\"{}\"", capital(words)?)
        };
        let (of, due) = (self.words(line, (number, sum)), self.due(line, number));
        Some(Fee { label, of, share, named, number, unit: end, sum, due })
    }

    /// Whether a fee is for each of something, or comes in each period.
    pub(super) fn comes_for_each(&self, line: &Spoken<'_>, fee: &Fee) -> bool {
        !fee.share
            && (self.is_for_each(line, fee.sum) || self.in_each_period(line, Some("")).is_some())
    }

    /// The error of a line that asks for a fee, with the line that bills it where it is due.
    pub(super) fn fee_told(&self, line: &Spoken<'_>, fee: &Fee) -> Option<Diagnostic> {
        let Fee { label, of, share, sum, .. } = fee;
        let told = |help| Some(self.unsaid(line, (0, fee.named), help));
        if let Some(told) = self.each_of_a_delay(line, *sum, &format!("{label}: {of}")) {
            let place = self.place(line, (0, line.len()));
            return Some(Diagnostic { span: place, ..told });
        }
        if self.is_of_late_payment(line) {
            // A percentage is of the price, and no sum.
            let of = (!share).then_some(of.as_str());
            return told(self.late_payment(Some(label), of));
        }
        let period = || self.in_each_period(line, Some(label));
        if let Some(told) = self.of_a_rhythm(line, fee).or_else(period) {
            return Some(told);
        }
        if self.comes_for_each(line, fee) {
            let rate = self.words(line, (fee.number, fee.unit));
            return self.rate_of_each(line, *sum, label, &rate);
        }
        if fee.closes(line) {
            return told(self.fee_when_due(label, of, fee.due));
        }
        let typed = self.words(line, (fee.number, line.len()));
        let is_line = self.is_line(&format!("{label}: {typed}"));
        if *share && line.begins(ON_TOP) && is_line {
            let moment = self.words(line, (*sum, line.len()));
            return told(self.share_on_top(&format!("{label}: … EUR {moment}"), of));
        }
        let moment = self.begins_moment(line, *sum);
        if fee.due == Due::Left && !moment {
            return Some(self.unsaid(line, (0, line.len()), self.what_is_left(line, None)));
        }
        if *share {
            let happens = fee.due == Due::IfItHappens && !is_line;
            return happens.then(|| told(self.fee_when_due(label, of, fee.due))).flatten();
        }
        // On what it depends is not said by another moment.
        let rest = if is_line {
            typed
        } else {
            self.file_lang.pick(format!("{of} on event \"…\""), format!("{of} à l'événement \"…\""))
        };
        told(self.beside_the_price(line, label, &rest))
    }

    /// The line of a sum that comes on top of the price, with its moment.
    pub(super) fn beside_the_price(&self, line: &Spoken<'_>, label: &str, rest: &str) -> String {
        let beside = self.file_lang.pick(", beside the price", ", en sus du prix");
        let said = line.find(&["beside the price", "en sus du prix"]).is_some();
        let beside = if said { "" } else { beside };
        let kind = self.file_lang.pick("installment", "échéance");
        let right = format!("{kind} {label}: {rest}{beside}");
        say!(
            self.lang,
            "what comes on top of the price is a line of its own: `{right}`; without `beside the price` it is a part of it, which a `remainder` takes in",
            "ce qui s'ajoute au prix est une ligne à part : `{right}` ; sans `en sus du prix`, c'en est une part, qu'un `reste` absorbe"
        )
    }

    /// `minimum charge 75 EUR`, `plafonné à 33000 EUR`: a bound of all the work of a case.
    fn bound_of_work(&self, line: &Spoken<'_>, number: usize) -> Option<Diagnostic> {
        let says = |words: &[&str]| (0..number).any(|at| words.contains(&line.word(at)));
        let is_least = says(&["minimum", "minimal", "minimale"]);
        let is_most = says(OF_A_MOST);
        let is_name = |word: &str| {
            OF_A_LEAST.contains(&word)
                || is_most
                    && (is_quoted(word)
                        || [OF_A_MOST, WITH_A_MOST, BY_MONTH].concat().contains(&word))
        };
        let named = (0..number).all(|at| is_name(line.word(at)));
        let behind = number + 2;
        let closes = |words| line.stands(behind, words).is_some_and(|(_, to)| to == line.len());
        let each_month = is_most && closes(A_MONTH);
        let monthly = each_month || is_most && says(BY_MONTH);
        let whole = is_currency(line.word(number + 1))
            && (behind == line.len() || closes(A_CASE) && !monthly || each_month);
        (named && whole && is_least != is_most).then_some(())?;
        let of = self.words(line, (number, number + 2));
        let code = Currency::code_of(line.word(number + 1));
        let (most, least) = self.file_lang.pick(("at most", "at least"), ("au plus", "au moins"));
        let bound = if is_most { most } else { least };
        let right = self.file_lang.pick(
            format!(
                "price per action, in {code}, {bound} {of}{}",
                if monthly { " each month" } else { "" }
            ),
            format!(
                "tarif par action, en {code}, {bound} {of}{}",
                if monthly { " chaque mois" } else { "" }
            ),
        );
        let hours = self.file_lang.pick("3 hours", "3 heures");
        let help = if monthly {
            say!(
                self.lang,
                "a sum that is not passed stands behind the price, on its line: `{right}` bounds all the work of each month together; a fixed price bills what it says",
                "une somme à ne pas dépasser suit le tarif, sur sa ligne : `{right}` borne tout le réalisé de chaque mois ensemble ; un forfait facture ce qu'il dit"
            )
        } else if is_most {
            say!(
                self.lang,
                "a sum that is not passed stands behind the price, on its line: `{right}` bounds all the work of a case together; an hourly price has its bound in hours, as in `{bound} {hours}`, and a fixed one bills what it says",
                "une somme à ne pas dépasser suit le tarif, sur sa ligne : `{right}` borne tout le réalisé d'un dossier ensemble ; un tarif horaire a sa borne en heures, comme dans `{bound} {hours}`, et un forfait facture ce qu'il dit"
            )
        } else {
            say!(
                self.lang,
                "a least sum stands behind the price, on its line: `{right}` bounds all the work of a case together; an hourly price has its bound in hours, `{bound} {hours}`, and a fixed one bills what it says",
                "une somme minimale suit le tarif, sur sa ligne : `{right}` borne tout le réalisé d'un dossier ensemble ; un tarif horaire a sa borne en heures, `{bound} {hours}`, et un forfait facture ce qu'il dit"
            )
        };
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// That a percentage adds nothing to the price, and the line of a sum that does.
    fn share_on_top(&self, rest: &str, share: &str) -> String {
        let beside = self.file_lang.pick(", beside the price", ", en sus du prix");
        let right = format!("{} {rest}{beside}", self.file_lang.pick("installment", "échéance"));
        say!(
            self.lang,
            "a percentage is a part of the price, and adds nothing to it where a `remainder` takes in the rest: write the sum that {share} comes to, beside the price, on a line that waits for what makes it due: `{right}`; a higher rate for some of the work is that of an action of its own",
            "un pourcentage est une part du tarif, et n'y ajoute rien là où un `reste` absorbe la suite : écrivez la somme que font {share}, en sus du prix, sur une ligne qui attend ce qui la rend due : `{right}` ; un taux plus élevé pour une partie du réalisé est celui d'une action à part"
        )
    }

    /// The name of a fee that is a sum, as it was typed, up to the word that says what it is.
    fn label_of_a_fee(
        &self,
        line: &Spoken<'_>,
        quoted: Option<usize>,
        number: usize,
    ) -> Option<String> {
        self.amount_in(line).filter(|amount| !amount.ends_with('%'))?;
        if let Some(at) = quoted {
            return Some(self.words(line, (at, at + 1)));
        }
        let names =
            |at: &usize| FEES.contains(&line.word(*at)) || LEAVING.contains(&line.word(*at));
        let last = (0..number).rev().find(names)?;
        Some(format!("\"{}\"", capital(&self.words(line, (0, last + 1)))?))
    }

    /// Whether this, as an installment, is a line of the language.
    pub(super) fn is_line(&self, rest: &str) -> bool {
        let text = self.file_lang.pick(
            format!("schedule \"S\"\n  price fixed 1 EUR\n  installment {rest}\n"),
            format!("échéancier \"S\"\n  tarif forfait 1 EUR\n  échéance {rest}\n"),
        );
        super::parse::parse(&text, Some(self.file_lang)).diagnostics.is_empty()
    }

    /// What makes a fee due, as far as its words say it.
    pub(super) fn due(&self, line: &Spoken<'_>, number: usize) -> Due {
        let says = |words: &[&str]| (0..number).any(|at| words.contains(&line.word(at)));
        if says(LEAVING) || says(LEFT) {
            Due::Left
        } else if says(OF_A_FAULT) || says(MAY_HAPPEN) {
            Due::IfItHappens
        } else {
            Due::Unsaid
        }
    }

    /// The line of a fee that does not say when it is due.
    pub(super) fn fee_when_due(&self, label: &str, of: &str, due: Due) -> String {
        let share = of.ends_with('%');
        let happens =
            self.file_lang.pick(format!("on event {label}"), format!("à l'événement {label}"));
        if share && due != Due::Left {
            return self.share_on_top(&format!("{label}: … EUR {happens}"), of);
        }
        let (beside, kind) = if share {
            ("", self.file_lang.pick("balance", "solde"))
        } else {
            (
                self.file_lang.pick(", beside the price", ", en sus du prix"),
                self.file_lang.pick("installment", "échéance"),
            )
        };
        let installment = self.file_lang.pick("installment", "échéance");
        let left = self.file_lang.pick("on abandonment", "à l'abandon");
        let signed = self.file_lang.pick("on signature", "à la signature");
        match due {
            Due::Left => {
                let right = format!("{kind} {label}: {of} {left}{beside}");
                say!(
                    self.lang,
                    "what is due only where a case is left waits for that: `{right}`; where it is due in some of these cases alone, `{happens}`, which you record",
                    "ce qui n'est dû que si le dossier est quitté l'attend : `{right}` ; si ce n'est dû que dans certains de ces cas, `{happens}`, que vous enregistrez"
                )
            }
            Due::IfItHappens => {
                let right = format!("{installment} {label}: {of} {happens}{beside}");
                let each = self
                    .file_lang
                    .pick(format!("each event {label}"), format!("à chaque événement {label}"));
                say!(
                    self.lang,
                    "what is due only if something happens waits for an event, which you record: `{right}` bills it once, `{each}` every time",
                    "ce qui n'est dû que si quelque chose arrive attend un événement, que vous enregistrez : `{right}` le facture une fois, `{each}` chaque fois"
                )
            }
            Due::Unsaid => {
                let right = format!("{installment} {label}: {of} {signed}{beside}");
                say!(
                    self.lang,
                    "say when it is due, on a line of its own: `{right}` if every case that signs owes it, `{happens}` if something else makes it due; without `beside the price` it is a part of the price, which a `remainder` takes in",
                    "dites quand c'est dû, sur une ligne à part : `{right}` si tout dossier signé le doit, `{happens}` si autre chose le rend dû ; sans `en sus du prix`, c'est une part du tarif, qu'un `reste` absorbe"
                )
            }
        }
    }
}

impl Fee {
    /// Whether its number is a sum or a share.
    pub(super) fn has_unit(&self) -> bool {
        self.sum > self.unit
    }

    /// Whether nothing stands behind its sum.
    pub(super) fn closes(&self, line: &Spoken<'_>) -> bool {
        ["", ","].contains(&line.word(self.sum))
    }
}

fn is_quoted(word: &str) -> bool {
    word.starts_with('"')
}

/// Whether a name or a colon stands behind the first word.
fn first_is_named(line: &Spoken<'_>) -> bool {
    line.word(1).starts_with('"') || line.word(1) == ":"
}
