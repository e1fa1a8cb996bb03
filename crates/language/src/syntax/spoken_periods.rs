//! What administrators say of prices for a period, of what recurs and on which day, and the sentence that works. In: a
//! line that is not understood. Out: its error with that sentence; an edit where it says what was written.

use super::parse::Parser;
use super::spoken::{Found, LINES, Spoken, is_currency, is_number};
use super::spoken_figures::PARTS;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::say;

pub(super) const MONTHLY: &[&str] = &[
    "monthly",
    "per month",
    "every month",
    "each month",
    "mensuel",
    "mensuelle",
    "mensuels",
    "mensuelles",
    "mensuellement",
    "par mois",
    "tous les mois",
    "chaque mois",
];
pub(super) const QUARTERLY: &[&str] = &[
    "quarterly",
    "per quarter",
    "every quarter",
    "each quarter",
    "trimestriel",
    "trimestrielle",
    "trimestriellement",
    "par trimestre",
    "tous les trimestres",
    "chaque trimestre",
];
pub(super) const YEARLY: &[&str] = &[
    "yearly",
    "annually",
    "annual",
    "per year",
    "every year",
    "each year",
    "annuel",
    "annuelle",
    "annuellement",
    "par an",
    "tous les ans",
    "chaque annee",
];
const WEEKLY: &[&str] = &[
    "weekly",
    "per week",
    "every week",
    "each week",
    "hebdomadaire",
    "par semaine",
    "toutes les semaines",
    "chaque semaine",
];
pub(super) const KINDS_OF_PRICE: &[&str] = &[
    "forfait",
    "horaire",
    "mensuel",
    "trimestriel",
    "annuel",
    "par",
    "fixed",
    "hourly",
    "monthly",
    "quarterly",
    "yearly",
];
/// A day of every month, which stands between the two halves.
const ON_THE: &[&str] = &["on the", "on", "le", "au", "les"];
const EVERY: &[&str] = &["each", "every", "on every", "on each", "chaque", "tous les", "a chaque"];
const OF_EACH: &[&str] =
    &["of each month", "of every month", "de chaque mois", "each month", "every month"];
const OF_THE: &[&str] = &["of the month", "of month", "du mois"];
const EVERY_FEW: &[&str] = &["every # months", "each # months", "tous les # mois"];
const END_OF_EACH: &[&str] = &["end of each month", "end of every month", "fin de chaque mois"];
/// What makes a day of a period: then something else is wrong.
const OF_A_DAY: &[&str] = &["end", "after", "from", "apres", "a compter", "fin", "day"];
pub(super) const IN_ADVANCE: &[&str] =
    &["in advance", "upfront", "up front", "d ' avance", "a l ' avance", "payable d ' avance"];
pub(super) const IN_ARREARS: &[&str] = &["in arrears", "a terme echu", "terme echu", "echu"];
const IN_PAYMENTS: &[&str] = &[
    "in # payments",
    "in # monthly payments",
    "in # monthly installments",
    "in # monthly instalments",
    "in # installments",
    "in # instalments",
    "en # mensualites",
    "en # versements",
    "en # echeances",
    "en # paiements",
    "en # cheques",
    "en # prelevements",
    "in # checks",
    "in # cheques",
];
const FOR_SO_LONG: &[&str] = &[
    "for # months",
    "during # months",
    "over # months",
    "pendant # mois",
    "durant # mois",
    "sur # mois",
];
const LAST_DAY: &[&str] = &[
    "last day of each month",
    "last day of every month",
    "last day of the month",
    "last day of month",
    "dernier jour de chaque mois",
    "dernier jour du mois",
];
const TEMPORIS: &[&str] =
    &["au prorata temporis", "au pro rata temporis", "prorata temporis", "pro rata temporis"];

impl Parser<'_> {
    pub(super) fn spoken_price(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(&["price", "tarif", "prix"]) {
            return None;
        }
        let found = self.price_and_more(line).or_else(|| self.spoken_price_words(line));
        if found.is_some() {
            return found;
        }
        if let Some(found) = self.price_sign_first(line) {
            return Some(found);
        }
        let number = |place: usize| is_number(line.word(place));
        let fixed = ["fixed", "forfait"].contains(&line.word(1));
        let sum = if number(1) { 1 } else { 2 };
        if !number(sum) || (sum == 2 && !fixed) {
            return None;
        }
        let currency = line.word(sum + 1);
        let after = if is_currency(currency) { sum + 2 } else { sum + 1 };
        let amount = self.words(line, (sum, after));
        let rhythm = [
            (MONTHLY, ("monthly", "mensuel")),
            (QUARTERLY, ("quarterly", "trimestriel")),
            (YEARLY, ("yearly", "annuel")),
        ];
        // What follows says more than the rhythm, and stays.
        let stands =
            |(words, _): &(&[&str], _)| line.find(words).filter(|(from, _)| *from == after);
        let (to, (english, french)) = rhythm.into_iter().find_map(|it| {
            let (_, to) = stands(&it)?;
            Some((to, it.1))
        })?;
        let right = self
            .file_lang
            .pick(format!("price {english} {amount}"), format!("tarif {french} {amount}"));
        Some(self.written(line, (0, to), &right))
    }

    /// `prix : 1500 EUR en 3 fois`, `tarif forfait 1500 EUR à la signature`: when a price is billed is said by a line.
    fn price_and_more(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let fixed = ["fixed", "forfait", "total", ":"];
        let ((from, to), sum) = self.sum_in(line)?;
        (from < 4 && (1..from).all(|at| fixed.contains(&line.word(at)))).then_some(())?;
        let joins = ["payable", "due", ",", "billed", "facture", "paid", "paye", "regle"];
        let first = (to..line.len()).find(|at| !joins.contains(&line.word(*at)))?;
        let rest = self.words(line, (first, line.len()));
        let parts = line.stands(first, PARTS).filter(|(_, end)| *end == line.len());
        let whole = match parts {
            Some(_) => {
                let times = self.words(line, (first + 1, first + 2));
                self.file_lang.pick(
                    format!("100 % in {times} parts each month end"),
                    format!("100 % en {times} fois à chaque fin de mois"),
                )
            }
            None => format!("100 % {rest}"),
        };
        self.is_line(&format!("\"L\": {whole}")).then_some(())?;
        let (fixed, billed) = self.file_lang.pick(
            (format!("price fixed {sum}"), format!("installment \"…\": {whole}")),
            (format!("tarif forfait {sum}"), format!("échéance \"…\": {whole}")),
        );
        let help = say!(
            self.lang,
            "a price says how much, and a line when it is billed: `{fixed}`, then `{billed}`",
            "un tarif dit combien, et une ligne quand c'est facturé : `{fixed}`, puis `{billed}`"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `tarif mensuel : 39,90 EUR`, `prix mensuel`: a colon, or another word for the price.
    fn spoken_price_words(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        let colon = (1..line.len().min(4)).find(|place| line.word(*place) == ":");
        let kind = |place: usize| KINDS_OF_PRICE.contains(&line.word(place));
        if let Some(colon) = colon {
            let place = self.place(line, (colon, colon + 1));
            let message = say!(lang, "no colon stands here", "aucun deux-points ne se met ici");
            let found = Diagnostic::new(Code::Syntax, place, message);
            let sum = self.sum_in(line).filter(|((from, _), _)| colon == 1 && *from == 2);
            if let Some((_, sum)) = sum {
                let [whole, month] =
                    [("fixed", "forfait"), ("monthly", "mensuel")].map(|(en, fr)| {
                        file.pick(format!("price {en} {sum}"), format!("tarif {fr} {sum}"))
                    });
                return Some(found.help(say!(
                    lang,
                    "write `{whole}` for one price for the case, `{month}` for that of a month",
                    "écrivez `{whole}` pour un prix du dossier, `{month}` pour celui d'un mois"
                )));
            }
            let before = self.words(line, (0, colon));
            let help = say!(
                lang,
                "write `{before}` without it: a colon stands behind the label of a line",
                "écrivez `{before}` sans lui : le deux-points suit le libellé d'une ligne"
            );
            return Some(found.help(help).edit(place, ""));
        }
        let other = line.begins(&["prix"]) && (kind(1) || is_number(line.word(1)));
        other.then(|| self.written(line, (0, 1), file.pick("price", "tarif")))
    }

    pub(super) fn spoken_recurrence(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(LINES) {
            return None;
        }
        let (lang, file) = (self.lang, self.file_lang);
        if let Some(found) = self.so_much_a_month(line) {
            return Some(found);
        }
        if let Some(found) = line.find(TEMPORIS) {
            let comma = if line.before(found.0) == "," { "" } else { ", " };
            let right = format!("{comma}{}", file.pick("pro rata", "au prorata"));
            return Some(self.written(line, found, &right));
        }
        if let Some(found) = self.day_of_each_month(line) {
            return Some(found);
        }
        if let Some(found) = line.find(LAST_DAY) {
            let right = file.pick("each month end", "à chaque fin de mois");
            let once = file.pick("on month end", "en fin de mois");
            return Some(self.unsaid(
                line,
                found,
                say!(
                    lang,
                    "write `{right}` for every month, or `{once}` for the first one at which the line may fire",
                    "écrivez `{right}` pour tous les mois, ou `{once}` pour le premier où la ligne peut se déclencher"
                ),
            ));
        }
        if let Some(found) = self.payments_of(line) {
            return Some(found);
        }
        if let Some(found) = self.each_month_from(line) {
            return Some(found);
        }
        if let Some((from, to)) = line.find(IN_PAYMENTS) {
            let times = line.word(from + 1);
            let right = file.pick(format!("in {times} parts"), format!("en {times} fois"));
            let monthly = (from..to).any(|at| ["monthly", "mensualites"].contains(&line.word(at)));
            let whole = file
                .pick(format!("{right} each month end"), format!("{right} à chaque fin de mois"));
            if from == 3 {
                let help = say!(
                    lang,
                    "write first what comes in parts, and when each part comes: `100 % {whole}`",
                    "écrivez d'abord ce qui vient en parts, et quand vient chacune : `100 % {whole}`"
                );
                return Some(self.unsaid(line, (from, to), help));
            }
            if to == line.len() {
                let help = say!(
                    lang,
                    "write how many parts there are, and when each comes: `{whole}`",
                    "écrivez combien il y a de parts, et quand vient chacune : `{whole}`"
                );
                return Some(self.unsaid(line, (from, to), help));
            }
            if monthly {
                let help = say!(
                    lang,
                    "write when each part comes, once: `{whole}`",
                    "écrivez quand vient chaque part, une seule fois : `{whole}`"
                );
                return Some(self.unsaid(line, (from, to), help));
            }
            return Some(self.written(line, (from, to), &right));
        }
        let asks = (0..line.len()).find(|place| ["if", "si"].contains(&line.word(*place)));
        let before_condition = |(from, _): &Found| asks.is_none_or(|asks| *from < asks);
        if let Some(found) = line.find(FOR_SO_LONG).filter(before_condition) {
            let times = line.word(found.0 + 1);
            let right =
                file.pick(format!(", at most {times} times"), format!(", au plus {times} fois"));
            let whole = file.pick(
                format!("35 EUR each month end{right}"),
                format!("35 EUR à chaque fin de mois{right}"),
            );
            return Some(self.unsaid(
                line,
                found,
                say!(
                    lang,
                    "how often a line comes is said at its end: `{whole}`",
                    "combien de fois une ligne revient se dit à sa fin : `{whole}`"
                ),
            ));
        }
        let advance = if line.find(QUARTERLY).is_some() {
            file.pick("every 3 months from start", "tous les 3 mois à compter du démarrage")
        } else if line.find(YEARLY).is_some() {
            file.pick("each year from start", "chaque année à compter du démarrage")
        } else if line.find(WEEKLY).is_some() {
            file.pick("each week from start", "chaque semaine à compter du démarrage")
        } else {
            file.pick("each month from start", "chaque mois à compter du démarrage")
        };
        let recurs =
            [MONTHLY, QUARTERLY, YEARLY, WEEKLY].iter().any(|words| line.find(words).is_some())
                || line.find(&["le tarif", ": price"]).is_some();
        if let Some(found) = line.find(IN_ADVANCE).filter(|_| recurs) {
            return Some(self.unsaid(
                line,
                found,
                say!(
                    lang,
                    "write from when it counts: `{advance}` comes first with the start itself",
                    "écrivez à compter de quand : `{advance}` vient d'abord avec le démarrage lui-même"
                ),
            ));
        }
        if let Some(found) = line.find(IN_ARREARS) {
            let quarterly = line.find(QUARTERLY).is_some();
            let yearly = line.find(YEARLY).is_some();
            let (arrears, after) = match (quarterly, yearly) {
                (true, _) => (
                    ("each quarter end", "à chaque fin de trimestre"),
                    ("every 3 months after start", "tous les 3 mois après le démarrage"),
                ),
                (_, true) => (
                    ("each year end", "à chaque fin d'année"),
                    ("each year after start", "chaque année après le démarrage"),
                ),
                _ => (
                    ("each month end", "à chaque fin de mois"),
                    ("each month after start", "chaque mois après le démarrage"),
                ),
            };
            let (arrears, after) = (file.pick(arrears.0, arrears.1), file.pick(after.0, after.1));
            return Some(self.unsaid(
                line,
                found,
                say!(
                    lang,
                    "write on which day: `{arrears}`, or `{after}`, so long after the start and so on",
                    "écrivez quel jour : `{arrears}`, ou `{after}`, autant après le démarrage et ainsi de suite"
                ),
            ));
        }
        // Parts without a moment: `420 EUR in 12 parts`, and the line ends.
        if let Some((from, to)) = line.find(&["in # parts", "en # fois"])
            && to == line.len()
        {
            let parts = self.words(line, (from, to));
            let end = file.pick("each month end", "à chaque fin de mois");
            let message = say!(
                lang,
                "`{parts}` does not say when each part comes",
                "`{parts}` ne dit pas quand vient chaque part"
            );
            let help = say!(lang, "write `{parts} {end}`", "écrivez `{parts} {end}`");
            let at = self.place(line, (from, to));
            return Some(Diagnostic::new(Code::Syntax, at, message).help(help));
        }
        let of_work = line.find(&[": work", ": realise"]).is_some();
        if of_work { None } else { self.without_a_day(line) }
    }

    /// `100 EUR/mois`, `3 x 100 EUR à chaque fin de mois`.
    fn so_much_a_month(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        if let Some((from, to)) = line.find(&["# x #", "# * #", "# fois #", "# times #"])
            && from == 3
        {
            return Some(self.payments(line, (from, to), ""));
        }
        let (from, to) = line.find(&["/ month", "/ mois"]).filter(|(_, to)| *to == line.len())?;
        let right = file.pick("each month end", "à chaque fin de mois");
        let other = file.pick("on day 5 of each month", "le 5 de chaque mois");
        let sum = self.words(line, (3, from));
        Some(self.unsaid(
            line,
            (from, to),
            say!(
                lang,
                "say on which day: `{sum} {right}`, or `{sum} {other}`",
                "dites quel jour : `{sum} {right}`, ou `{sum} {other}`"
            ),
        ))
    }

    /// A percentage that comes again is billed in parts of the whole.
    pub(super) fn in_parts(
        &self,
        line: &Spoken<'_>,
        found: Found,
        whole: &str,
        times: &str,
        when: &str,
    ) -> Diagnostic {
        let right = self.file_lang.pick(
            format!("{whole} in {times} parts {when}"),
            format!("{whole} en {times} fois {when}"),
        );
        let help = say!(
            self.lang,
            "a percentage comes again in parts: write that of all of them, how many there are, and when each comes, as in `{right}`",
            "un pourcentage revient en parts : écrivez celui de toutes, combien il y en a, et quand chacune vient, comme dans `{right}`"
        );
        self.unsaid(line, found, help)
    }

    /// `le 1er de chaque mois`, `on the 5th of every month`, `chaque 5 du mois`.
    fn day_of_each_month(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let day = |place: usize| {
            let word = line.word(place);
            let ordinal =
                ["ers", "er", "st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end));
            let digits = ordinal.unwrap_or(word);
            let number = digits.parse::<u32>().ok().filter(|day| (1..=31).contains(day))?;
            Some((number, ordinal.is_some()))
        };
        let ends = |place: usize, phrases: &[&str]| {
            let before = |phrase: &&str| {
                let words: Vec<_> = phrase.split(' ').collect();
                let from = place.checked_sub(words.len())?;
                (from..place).map(|at| line.word(at)).eq(words).then_some(from)
            };
            phrases.iter().filter_map(before).min()
        };
        let begins = |place: usize, phrases: &[&str]| {
            let after = |phrase: &&str| {
                let to = place + phrase.split(' ').count();
                (place..to).map(|at| line.word(at)).eq(phrase.split(' ')).then_some(to)
            };
            phrases.iter().find_map(after)
        };
        (3..line.len()).find_map(|place| {
            let (number, ordinal) = day(place)?;
            let each = ends(place, EVERY);
            let from = each.or_else(|| ends(place, ON_THE))?;
            if line.before(from) == "'" {
                return None;
            }
            let of_each = begins(place + 1, OF_EACH);
            let to = of_each.or_else(|| begins(place + 1, OF_THE))?;
            // What says neither `each` nor a day that is spelled otherwise may be something else.
            if !ordinal && each.is_none() && of_each.is_some() {
                return None;
            }
            let right = self.file_lang.pick(
                format!("on day {number} of each month"),
                format!("le {number} de chaque mois"),
            );
            let in_parts = line.find(&["in # parts", "en # parts", "en # fois"]).is_some();
            if line.word(4) == "%" && is_number(line.word(3)) && from == 5 && !in_parts {
                // So many times as the share goes into the whole.
                let share =
                    line.word(3).parse::<u32>().ok().filter(|share| (2..=50).contains(share));
                let exact = share.filter(|share| 100 % share == 0).map(|share| 100 / share);
                let (whole, times) = match exact {
                    Some(times) => ("100 %".to_owned(), times.to_string()),
                    None => (self.words(line, (3, 5)), "3".to_owned()),
                };
                return Some(self.in_parts(line, (3, to), &whole, &times, &right));
            }
            if each.is_some() || of_each.is_some() {
                return Some(self.written(line, (from, to), &right));
            }
            let help = say!(
                self.lang,
                "write `{right}`, if it comes every month; for one month, write its date",
                "écrivez `{right}`, si cela vient chaque mois ; pour un seul mois, écrivez sa date"
            );
            Some(self.unsaid(line, (from, to), help))
        })
    }

    /// `monthly`, `every quarter`, and no day of it.
    fn without_a_day(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        let of_a_day = |(_, to): &Found| {
            OF_A_DAY.contains(&line.word(*to))
                || line.word(*to) == "a" && line.word(to + 1) == "compter"
        };
        if let Some(found) = line.find(END_OF_EACH) {
            let right = file.pick("each month end", "à chaque fin de mois");
            return Some(self.unsaid(
                line,
                found,
                say!(lang, "write `{right}`", "écrivez `{right}`"),
            ));
        }
        // `on the 5th of each month` says its day.
        let of = |(from, _): &Found| ["of", "de", "du"].contains(&line.before(*from));
        let find = |words: &[&str]| line.find(words).filter(|found| !of_a_day(found) && !of(found));
        let days = [
            (
                find(MONTHLY),
                "`each month end`, `on day 5 of each month`, or `each month from start` (in advance)",
                "`à chaque fin de mois`, `le 5 de chaque mois`, ou `chaque mois à compter du démarrage` (d'avance)",
            ),
            (
                find(QUARTERLY),
                "`each quarter end`, or `every 3 months from start` (in advance)",
                "`à chaque fin de trimestre`, ou `tous les 3 mois à compter du démarrage` (d'avance)",
            ),
            (
                find(YEARLY),
                "`each year end`, or `each year from start` (in advance)",
                "`à chaque fin d'année`, ou `chaque année à compter du démarrage` (d'avance)",
            ),
            (
                find(EVERY_FEW),
                "`every 3 months from start` (in advance), or `every 3 months after start`",
                "`tous les 3 mois à compter du démarrage` (d'avance), ou `tous les 3 mois après le démarrage`",
            ),
            (
                find(WEEKLY),
                "`each week after start`, or `each week from start` (in advance)",
                "`chaque semaine après le démarrage`, ou `chaque semaine à compter du démarrage` (d'avance)",
            ),
        ];
        let (found, english, french) = days
            .into_iter()
            .find_map(|(found, english, french)| Some((found?, english, french)))?;
        let right = file.pick(english, french);
        let often = ["times", "twice", "fois"].contains(&line.before(found.0));
        if often {
            let months = ["month", "mois", "monthly"];
            let monthly = (found.0..found.1).any(|at| months.contains(&line.word(at)));
            let day = match monthly {
                true => file.pick(", `on day … of each month`", ", `le … de chaque mois`"),
                false => "",
            };
            let from = found.0 - 1 - usize::from(line.before(found.0) != "twice");
            let help = say!(
                lang,
                "a line comes once each time: decide on which days, and write a line for each{day}",
                "une ligne ne vient qu'une fois à chaque échéance : décidez quels jours, et écrivez une ligne par jour{day}"
            );
            return Some(self.unsaid(line, (from, found.1), help));
        }
        let written = self.words(line, found);
        let message =
            say!(lang, "`{written}` does not say on which day", "`{written}` ne dit pas quel jour");
        let at = self.place(line, found);
        let help = say!(lang, "write {right}", "écrivez {right}");
        Some(Diagnostic::new(Code::Syntax, at, message).help(help))
    }
}
