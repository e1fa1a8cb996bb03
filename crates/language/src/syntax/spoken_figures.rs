//! The figures that a line holds, as they were typed: what is advised of a line keeps them. In: the words of a line. Out: a
//! percentage, a sum, a time.

use super::errors;
use super::mishaps::month_named;
use super::parse::Parser;
use super::spoken::{Found, LINES, Spoken, is_currency, is_number};
use super::spoken_limits::{LEAVING, UNITS};
use crate::diagnostic::{Diagnostic, fold_for_likeness};
use crate::lang::say;

/// What happens in a trade, and is nobody who pays.
pub(super) const MOMENTS: &[&str] = &[
    "order",
    "delivery",
    "booking",
    "completion",
    "acceptance",
    "arrival",
    "commande",
    "livraison",
    "reservation",
    "reception",
    "inscription",
    "arrivee",
    "achevement",
];
/// What heads a list of payments.
const PAID: &[&str] = &[
    "paiement",
    "paiements",
    "reglement",
    "reglements",
    "versement",
    "versements",
    "echeances",
    "mensualites",
    "fois",
    "echeancier",
    "facturation",
    "payment",
    "payments",
    "installments",
    "instalments",
    "payable",
    "billing",
    "schedule",
    "parts",
];
/// What else is said of a percentage that is no share of a payer.
const OF_THE_TRADE: &[&str] = &[
    "vat",
    "tva",
    "tax",
    "taxe",
    "taxes",
    "discount",
    "remise",
    "rabais",
    "deposit",
    "acompte",
    "arrhes",
    "balance",
    "solde",
    "installment",
    "echeance",
    "upfront",
    "advance",
    "avance",
    "penalty",
    "penalite",
    "interest",
    "interets",
    "late",
    "retard",
    "maximum",
    "minimum",
    "max",
    "min",
    "cancelled",
    "canceled",
    "annule",
    "annulee",
    "if",
    "si",
    "when",
    "unless",
    "sauf",
    "before",
    "after",
    "avant",
    "apres",
    "during",
    "within",
    "per",
    "signature",
    "signing",
    "start",
    "demarrage",
    "debut",
    "end",
    "fin",
    "completed",
    "progress",
    "avancement",
    "commission",
    "surcharge",
    "majoration",
    "supplement",
    "retention",
    "retenue",
    "garantie",
    "refund",
    "remboursement",
    "attendance",
    "assiduite",
];
/// So many parts or payments.
pub(super) const PARTS: &[&str] = &[
    "in # payments",
    "in # parts",
    "in # installments",
    "in # instalments",
    "in # monthly payments",
    "en # fois",
    "en # parts",
    "en # versements",
    "en # paiements",
    "en # echeances",
    "en # mensualites",
];

impl Parser<'_> {
    /// The percentages of a line, each with its place.
    pub(super) fn percentages(&self, line: &Spoken<'_>) -> Vec<(Found, String)> {
        let stands = |at: &usize| is_number(line.word(*at)) && line.word(at + 1) == "%";
        let told = |at: usize| ((at, at + 2), format!("{} %", self.words(line, (at, at + 1))));
        (0..line.len()).filter(stands).map(told).collect()
    }

    /// The first sum of a line with its currency, groups of thousands included, and its place.
    pub(super) fn sum_in(&self, line: &Spoken<'_>) -> Option<(Found, String)> {
        let number = |at: usize| is_number(line.word(at));
        let first = |at: &usize| number(*at) && !at.checked_sub(1).is_some_and(number);
        (0..line.len()).filter(first).find_map(|from| {
            let to = (from..line.len()).find(|at| !number(*at))?;
            let found = (from, to + 1);
            is_currency(line.word(to)).then(|| (found, self.words(line, found)))
        })
    }

    /// The percentage or the sum of a line, where it holds one and no more.
    pub(super) fn amount_in(&self, line: &Spoken<'_>) -> Option<String> {
        let shares = self.percentages(line);
        match (shares.as_slice(), self.sum_in(line)) {
            ([(_, share)], None) => Some(share.clone()),
            ([], Some((_, sum))) => Some(sum),
            _ => None,
        }
    }

    /// The times of a line, in days or longer; hours that are whole days are these.
    pub(super) fn times_in(&self, line: &Spoken<'_>) -> Vec<(Found, String)> {
        let told = |at: usize| {
            let (count, unit) = (line.word(at), line.word(at + 1));
            // `4e mois` is a month, and no time.
            let whole = count.bytes().all(|byte| byte.is_ascii_digit());
            if whole && UNITS.contains(&unit) {
                return Some(((at, at + 2), self.words(line, (at, at + 2))));
            }
            self.hours_at(line, at).map(|(days, end)| ((at, end), days))
        };
        (0..line.len()).filter_map(told).collect()
    }

    /// `48 hours`, `48h` at a place, which are whole days: these, and the place behind them.
    pub(super) fn hours_at(&self, line: &Spoken<'_>, at: usize) -> Option<(String, usize)> {
        let (hours, end) = hours_written(line, at)?;
        let days = (hours > 0 && hours % 24 == 0).then_some(hours / 24)?;
        Some((self.days_written(days), end))
    }

    /// So many days, as the file says it.
    pub(super) fn days_written(&self, days: u32) -> String {
        let s = if days == 1 { "" } else { "s" };
        format!("{days} {}{s}", self.file_lang.pick("day", "jour"))
    }

    /// The first time in the line that holds a place.
    pub(super) fn time_typed(&self, at: usize) -> Option<String> {
        self.times_in(&Spoken::at(self, at)).into_iter().next().map(|(_, time)| time)
    }

    /// The first day in figures in the line that holds a place.
    pub(super) fn day_typed(&self, at: usize) -> Option<String> {
        let line = Spoken::at(self, at);
        let day = (0..line.len()).find(|place| self.iso(line.word(*place)).is_some())?;
        Some(self.words(&line, (day, day + 1)))
    }

    /// What a percentage leaves of the whole, with the decimals that it has.
    pub(super) fn rest_of_a_whole(&self, share: &str) -> Option<String> {
        let (whole, part) = share.split_once(['.', ',']).unwrap_or((share, ""));
        let scale = 10_u32.checked_pow(u32::try_from(part.len()).ok()?)?;
        let units: u32 = format!("{whole}{part}").parse().ok()?;
        let left = scale.checked_mul(100)?.checked_sub(units).filter(|left| *left > 0)?;
        let mark = self.file_lang.pick(".", ",");
        let (whole, width) = (left / scale, part.len());
        Some(match part.is_empty() {
            true => whole.to_string(),
            false => format!("{whole}{mark}{:0>width$}", left % scale),
        })
    }

    /// `50 % à la commande, 50 % à la livraison`: shares that come one after the other are lines, and no payers.
    pub(super) fn shares_in_time(&self, line: &Spoken<'_>) -> Option<String> {
        let shares = self.percentages(line);
        let places: Vec<Found> = shares.iter().map(|(at, _)| *at).collect();
        let now = ["upfront", "up", "now", "comptant", "immediately"];
        // What is behind a share may as well be who pays it.
        let mut in_time = (0..line.len()).any(|at| MOMENTS.contains(&line.word(at)));
        let mut told = Vec::new();
        for ((_, share), (_, from, to)) in shares.iter().zip(one_after_another(line, &places)) {
            let at_once = now.contains(&line.word(from));
            if to == from || !self.begins_moment(line, from) && !at_once {
                return None;
            }
            let when = self.words(line, (from, to));
            let typed = self.is_line(&format!("\"L\": {share} {when}"));
            // A day or a time is no name of what happens.
            if !typed && (from..to).any(|at| is_number(line.word(at)) || says_a_time(line.word(at)))
            {
                return None;
            }
            in_time |= typed || at_once;
            let when = if typed { when } else { self.on_event(&when) };
            told.push(self.installment(&format!("{share} {when}")));
        }
        in_time.then(|| self.one_after_the_other(&told.join(", ")))
    }

    /// An installment of what is typed, its label to be named.
    fn installment(&self, typed: &str) -> String {
        format!("`{} {typed}`", self.file_lang.pick("installment \"…\":", "échéance \"…\":"))
    }

    /// `paiement en trois fois : 300 EUR le 15/03/2026, …`: each with its moment is a line of its own.
    pub(super) fn amounts_in_time(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let number = |at: usize| is_number(line.word(at));
        let amount = |from: usize| {
            let first = number(from) && !from.checked_sub(1).is_some_and(number);
            let to = (from..line.len()).find(|at| first && !number(*at))?;
            (line.word(to) == "%" || is_currency(line.word(to))).then_some((from, to + 1))
        };
        let amounts: Vec<Found> = (0..line.len()).filter_map(amount).collect();
        let [(start, _), _, ..] = amounts.as_slice() else { return None };
        let headed = (0..*start).any(|at| PAID.contains(&line.word(at)))
            && line.before(*start) == ":"
            && (0..*start).all(|at| !line.word(at).starts_with('"'));
        (*start == 0 || headed).then_some(())?;
        let sums = amounts.iter().all(|(_, to)| line.word(to - 1) != "%");
        let mut told = Vec::new();
        for (from, unit, to) in one_after_another(line, &amounts) {
            let typed = self.words(line, (from, to));
            if !self.is_line(&format!("\"L\": {typed}")) {
                // A moment that is no word of the language is still one.
                let moment = to > unit && self.begins_moment(line, unit);
                (sums && moment).then_some(())?;
                let sum = self.words(line, (from, unit));
                told.push(format!("`{sum}` {}", self.words(line, (unit, to))));
                continue;
            }
            told.push(self.installment(&typed));
        }
        let told = told.join(", ");
        let help = say!(
            self.lang,
            "what is billed one after the other is a line for each, with its kind, its label and its moment, a day in figures: {told}",
            "ce qui se facture en plusieurs fois s'écrit sur autant de lignes, chacune avec sa nature, son libellé et son moment, un jour en chiffres : {told}"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// Whether the words behind the shares of a line say when, whether or what, and not who.
    pub(super) fn names_no_payers(&self, line: &Spoken<'_>) -> bool {
        let shares = self.percentages(line);
        let told = |at: &usize| shares.iter().any(|((from, to), _)| (*from..*to).contains(at));
        let says = |at: usize| {
            let word = line.word(at);
            is_number(word)
                || says_a_time(word)
                || MOMENTS.contains(&word)
                || OF_THE_TRADE.contains(&word)
                || LEAVING.contains(&word)
        };
        (0..line.len()).filter(|at| !told(at)).any(says)
    }

    /// What a percentage may be, with those of the line.
    pub(super) fn what_each_share_is(&self, line: &Spoken<'_>) -> String {
        let shares = self.percentages(line);
        let all: Vec<String> = shares.iter().map(|(_, share)| format!("`{share}`")).collect();
        let first = shares.first().map_or("… %", |(_, share)| share.as_str());
        let decide = match all.as_slice() {
            [one] => say!(self.lang, "decide what {one} is", "décidez ce que sont ces {one}"),
            _ => {
                let all = all.join(", ");
                say!(
                    self.lang,
                    "decide what each of {all} is, and write a line for each",
                    "décidez ce qu'est chaque part ({all}), et écrivez une ligne pour chacune"
                )
            }
        };
        let [billed, left, paid] = self.file_lang.pick(
            [
                format!("installment \"…\": {first} on event \"…\""),
                "on abandonment".to_owned(),
                format!("payer \"…\": {first}"),
            ],
            [
                format!("échéance \"…\": {first} à l'événement \"…\""),
                "à l'abandon".to_owned(),
                format!("payeur \"…\" : {first}"),
            ],
        );
        say!(
            self.lang,
            "{decide}: `{billed}` bills a share when something happens, and a day in figures or a delay may stand in the place of the event; `{left}`, with a condition, bills where the case is left; `{paid}` is what somebody pays of every invoice; a tax, a discount and what late payment costs are no such shares",
            "{decide} : `{billed}` facture une part quand quelque chose arrive, et un jour en chiffres ou un délai peut prendre la place de l'événement ; `{left}`, avec une condition, facture quand le dossier est quitté ; `{paid}` est ce que quelqu'un paie de chaque facture ; une taxe, une remise et ce que coûte un retard de paiement n'en sont pas"
        )
    }

    /// The moment of an event that is named by these words.
    fn on_event(&self, words: &str) -> String {
        self.file_lang.pick(format!("on event \"{words}\""), format!("à l'événement \"{words}\""))
    }

    /// The moment that a name says: a milestone of the case, or an event of that name.
    fn moment_called(&self, name: &str) -> String {
        let (english, french) = match fold_for_likeness(name).as_str() {
            "signature" | "signing" => ("on signature", "à la signature"),
            "start" | "demarrage" | "debut" => ("on start", "au démarrage"),
            "end" | "fin" => ("on end", "à la fin"),
            _ => return self.on_event(name),
        };
        self.file_lang.pick(english, french).to_owned()
    }

    /// `OPCO 12,5 %, Client 87,5 %`, `partage 60/40 entre OPCO et Employeur`: payers, or moments, with the share of each.
    pub(super) fn shares_of_names(&self, shares: &[(String, String)]) -> Option<String> {
        let named = shares.iter().all(|(name, _)| !name.is_empty() && !name.contains('%'));
        (shares.len() > 1 && named).then_some(())?;
        if shares.iter().all(|(name, _)| !self.names_a_moment(name)) {
            return Some(self.one_line_each(&self.each_payer(shares)));
        }
        let kind = self.file_lang.pick("installment", "échéance");
        let line = |(name, share): &(String, String)| {
            format!("`{kind} \"{name}\": {share} {}`", self.moment_called(name))
        };
        Some(self.one_after_the_other(&shares.iter().map(line).collect::<Vec<_>>().join(", ")))
    }

    fn names_a_moment(&self, name: &str) -> bool {
        let folded = fold_for_likeness(name);
        MOMENTS.contains(&folded.as_str()) || !self.moment_called(name).contains('"')
    }

    /// Whether some words may name who pays a share, or when it is billed.
    pub(super) fn may_be_named(&self, name: &str) -> bool {
        let folded = fold_for_likeness(name);
        let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
        let says_more = |word: &&str| {
            is_number(word)
                || says_a_time(word)
                || OF_THE_TRADE.contains(word)
                || LEAVING.contains(word)
        };
        let short = !folded.is_empty() && words.len() <= 4;
        self.names_a_moment(name) || short && !words.iter().any(says_more)
    }

    /// That what is billed at several moments has a line for each.
    fn one_after_the_other(&self, told: &str) -> String {
        say!(
            self.lang,
            "what is billed one after the other is a line for each, with its kind, its label and its moment: {told}",
            "ce qui se facture en plusieurs fois s'écrit sur autant de lignes, chacune avec sa nature, son libellé et son moment : {told}"
        )
    }

    /// What no advice could keep: a number that can be read in two ways, and parts that are too few or too many.
    pub(super) fn unreadable_figure(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let two_ways = |at: &usize| {
            let word = line.word(*at);
            let (whole, part) = word.split_once(',').unwrap_or((word, ""));
            let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
            let group = part.len() == 3 && digits(part) && digits(whole);
            group
                && !whole.starts_with('0')
                && (1..=3).contains(&whole.len())
                && !is_number(line.before(*at))
        };
        if let Some(at) = (0..line.len()).find(two_ways) {
            let (place, written) = (self.place(line, (at, at + 1)), self.words(line, (at, at + 1)));
            let is_sum = is_currency(line.word(at + 1));
            return Some(errors::comma_and_three_digits(self.lang, place, &written, is_sum));
        }
        let (from, to) = line.find(PARTS)?;
        let parts = line.word(from + 1).parse::<u32>().ok()?;
        (!(2..=1200).contains(&parts)).then(|| {
            let help = say!(
                self.lang,
                "an amount is cut into 2 parts at the least, and 1200 at the most",
                "un montant se coupe en 2 parts au moins, et 1200 au plus"
            );
            self.unsaid(line, (from, to), help)
        })
    }

    /// `100 % en trois fois le 1er mars, le 1er avril et le 1er mai`: parts on days of their own.
    pub(super) fn payments_on_days(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let day_at = |at: usize| {
            let full = line.word(at);
            if is_number(full) && full.len() >= 8 && full.contains(['/', '-']) {
                return Some((at, at + 1));
            }
            self.day_without_year(line, at).map(|(found, _)| found)
        };
        let mut days = Vec::new();
        let mut at = 0;
        while at < line.len() {
            match day_at(at) {
                Some(found) => {
                    days.push(found);
                    at = found.1;
                }
                None => at += 1,
            }
        }
        let ([first, .., last], Some((from, _))) = (days.as_slice(), line.find(PARTS)) else {
            return None;
        };
        (from < first.0).then_some(())?;
        let told: Vec<String> = days.iter().map(|day| self.words(line, *day)).collect();
        let told = told.join(", ");
        let (kind, rest) = self.file_lang.pick(("installment", "remainder"), ("échéance", "reste"));
        let help = say!(
            self.lang,
            "parts that come on days of their own are a line each, an `{kind}` with its share and its day in figures, with the year ({told}); the share of the last may be `{rest}`",
            "des parts qui viennent chacune à son jour s'écrivent sur autant de lignes : une `{kind}` avec sa part et son jour en chiffres, avec l'année ({told}) ; la part de la dernière peut être `{rest}`"
        );
        // Without a label it is the whole line that is answered.
        let from = if line.begins(LINES) { from } else { 0 };
        Some(self.unsaid(line, (from, last.1), help))
    }
}

/// Whether a word is a unit of time, or the name of a month.
fn says_a_time(word: &str) -> bool {
    UNITS.contains(&word) || word.len() > 3 && month_named(word).is_some()
}

/// Hours at a place, with their unit in a word of its own or not, and the place behind them.
pub(super) fn hours_written(line: &Spoken<'_>, at: usize) -> Option<(u32, usize)> {
    const HOURS: [&str; 7] = ["hours", "hour", "heures", "heure", "hrs", "hr", "h"];
    let count = line.word(at);
    let digits = count.trim_end_matches(char::is_alphabetic);
    let (unit, end) = match count.get(digits.len()..) {
        Some("") => (line.word(at + 1), at + 2),
        unit => (unit.unwrap_or(""), at + 1),
    };
    HOURS.contains(&unit).then(|| Some((digits.parse().ok()?, end)))?
}

/// Amounts that stand one after another, each with what is said behind it: where the amount begins, where that begins, and where it
/// ends, without what joins it to the next amount.
fn one_after_another(line: &Spoken<'_>, amounts: &[Found]) -> Vec<(usize, usize, usize)> {
    let joins = [",", ";", "et", "and", "puis", "then"];
    let ends = amounts.iter().skip(1).map(|(at, _)| *at).chain([line.len()]);
    let with_end = |((from, to), end): (&Found, usize)| {
        let last = (*to..end).rev().find(|at| !joins.contains(&line.word(*at)));
        (*from, *to, last.map_or(*to, |last| last + 1))
    };
    amounts.iter().zip(ends).map(with_end).collect()
}
