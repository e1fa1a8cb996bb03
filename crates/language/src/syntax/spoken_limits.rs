//! What administrators say of delays, caps, tiers and discounts, and the sentence that works. In: a line that is not
//! understood. Out: its error with that sentence; an edit where it says what was written.

use super::follow::STEPS;
use super::parse::Parser;
use super::spoken::{Found, LINES, PAYERS, Spoken, is_currency, is_number};
use super::spoken_words::sum_end;
use super::unsaid;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

pub(super) use super::spoken_words::{COUNTED, UNITS};

/// Longer ones first: `maximum of` is not `maximum`.
const AT_MOST: &[&str] = &[
    "subject to a maximum of",
    "with a maximum of",
    "with a cap of",
    "avec un maximum de",
    "a hauteur maximale de",
    "up to a maximum of",
    "avec un plafond de",
    "dans la limite de",
    "au maximum de",
    "no more than",
    "plafonne a",
    "plafonnee a",
    "plafonnes a",
    "plafonnees a",
    "a concurrence de",
    "jusqu ' a concurrence de",
    "plafond de",
    "plafond a",
    "limite a",
    "limitee a",
    "plafond",
    "au maximum",
    "maximum de",
    "capped at",
    "capped to",
    "cap of",
    "limited to",
    "not exceeding",
    "maximum of",
    "at max",
    "maximum",
    "maxi",
    "max",
];
const AT_LEAST: &[&str] = &[
    "subject to a minimum of",
    "with a minimum of",
    "avec un minimum de",
    "au minimum de",
    "no less than",
    "not less than",
    "au minimum",
    "minimum de",
    "minimum of",
    "at min",
    "minimum",
    "mini",
    "min",
];
/// What bounds the sum before it, and whether from above.
const BOUNDED_BEFORE: &[(&[&str], bool)] = &[
    (&["au maximum", "maximum", "at max", "max", "maxi"], true),
    (&["au minimum", "minimum", "at min", "min", "mini"], false),
];
/// From where a rate counts.
const BEYOND: &[&str] = &[
    "above",
    "after",
    "beyond",
    "from",
    "over",
    "au - dela de",
    "apres",
    "a partir de",
    "au dela de",
];
const UNITS_OF_TIME: &[&str] = &["hours", "hour", "h", "heures", "heure"];
/// What stands before a delay that counts from the start.
const AFTER_WHICH: &[&str] = &["au bout de", "apres", "a", "dans", "sous", "after", "in", "within"];

/// Words of a case that is left before its end.
pub(super) const LEAVING: &[&str] = &[
    "abandonment",
    "withdrawal",
    "cancellation",
    "termination",
    "resignation",
    "abandon",
    "retractation",
    "annulation",
    "resiliation",
    "desistement",
    "dedit",
];

impl Parser<'_> {
    /// `plafonné à 3000 EUR`, `maximum 30 hours`.
    pub(super) fn spoken_bound(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let file = self.file_lang;
        let bounded = line.begins(LINES)
            || line.begins(PAYERS)
            || line.begins(STEPS)
            || line.begins(&["price", "tarif", "prix", "action"]);
        let of_payer = || {
            let colon = usize::from(line.word(2) == ":");
            let found = line.stands(2 + colon, &["at most", "up to", "au plus", "jusqu ' a"])?;
            (line.begins(PAYERS) && is_number(line.word(found.1))).then_some((found, found.1, true))
        };
        let (found, number, is_most) = self.bounded(line).or_else(of_payer).filter(|_| bounded)?;
        let (most, least) = (file.pick("at most", "au plus"), file.pick("at least", "au moins"));
        let right = if is_most { most } else { least };
        // A condition compares, and an action is bounded by its hours or its amount, not by how often it comes.
        let asks = (0..found.0).any(|place| ["if", "si"].contains(&line.word(place)));
        let unit = line.word(number + 1);
        let has_unit = unit.is_empty() || UNITS_OF_TIME.contains(&unit) || is_currency(unit);
        if asks || line.begins(&["action"]) && !has_unit {
            return None;
        }
        if line.begins(&["action"]) && right == file.pick("at least", "au moins") {
            let price = file.pick(
                "price hourly 70 EUR, at least 2 hours",
                "tarif horaire 70 EUR, au moins 2 heures",
            );
            let help = say!(
                self.lang,
                "an action has no minimum; a price has one: `{price}`",
                "une action n'a pas de minimum ; un tarif en a un : `{price}`"
            );
            return Some(self.unsaid(line, found, help));
        }
        if line.begins(PAYERS) && UNITS_OF_TIME.contains(&unit) {
            let first = found.0.min(number);
            let own = self.words(line, (3, first - usize::from(line.before(first) == ",")));
            let bound = file.pick("at most … EUR", "au plus … EUR");
            let help = self.what_a_payer_takes(&format!("{own}, {bound}"));
            return Some(self.unsaid(line, (found.0.min(number), found.1.max(number + 2)), help));
        }
        let summed = is_currency(unit);
        let hourly = line.begins(&["price", "tarif", "prix"])
            && ["hourly", "horaire"].contains(&line.word(1));
        if summed && hourly {
            let what = self.words(line, (number + 1, number + 2));
            let found = Diagnostic { help: None, ..self.unsaid(line, found, String::new()) };
            return Some(unsaid::bounds_are_hours(self.lang, found, &what));
        }
        if line.begins(PAYERS) && !is_most {
            let payer = file
                .pick("payer \"Fund\": 70 %, at most 2000", "payeur \"OPCO\" : 70 %, au plus 2000");
            let help = say!(
                self.lang,
                "what a payer takes is bounded from above only: `{payer}`",
                "la part d'un payeur n'a de borne que vers le haut : `{payer}`"
            );
            return Some(self.unsaid(line, found, help));
        }
        if summed && line.begins(&["action"]) {
            let price = file.pick(
                "price per action, in EUR, at most 2000 EUR",
                "tarif par action, en EUR, au plus 2000 EUR",
            );
            let help = say!(
                self.lang,
                "an action is bounded by its hours, its quantity or how often it comes; a bound in money is that of the price: `{price}`",
                "une action se borne par ses heures, sa quantité ou son nombre de fois ; une borne en argent est celle du tarif : `{price}`"
            );
            return Some(self.unsaid(line, found, help));
        }
        // A line is bounded by how often it comes, and by nothing else.
        if line.begins(LINES) && !(is_most && ["times", "time", "fois"].contains(&unit)) {
            let found = Diagnostic { help: None, ..self.unsaid(line, found, String::new()) };
            return Some(self.bound_of_a_price(found, line.start()));
        }
        let first = found.0.min(number);
        if line.begins(PAYERS) && (first == 3 || first == 2) && unit == "%" {
            let name = self.words(line, (0, 2));
            let gap = file.pick("", " ");
            let share = format!("{name}{gap}: {} %", self.words(line, (number, number + 1)));
            let agreed = format!("{name}{gap}: {}", file.pick("as agreed", "convenu"));
            let help = say!(
                self.lang,
                "a share is what is taken, and its cap a sum: `{share}` if the payer takes that share of every case, `{agreed}` if each case states its own",
                "une part est ce qui est pris, et son plafond une somme : `{share}` si le payeur prend cette part de tout dossier, `{agreed}` si chaque dossier dit la sienne"
            );
            return Some(self.unsaid(line, (first, (number + 2).max(found.1)), help));
        }
        if line.begins(PAYERS) && (first == 3 || first == 2) {
            let sum = self.words(line, (number, number + 1 + usize::from(summed)));
            let [share, whole] = [("70 %, at most", "70 %, au plus"), ("", "")].map(|(en, fr)| {
                let most = file.pick(en, fr);
                let (name, gap) = (self.words(line, (0, 2)), file.pick("", " "));
                format!("{name}{gap}: {most} {sum}").replace(":  ", ": ")
            });
            let help = say!(
                self.lang,
                "say what is taken before its bound: `{share}`; a sum alone is what is taken in all: `{whole}`",
                "dites ce qui est pris avant sa borne : `{share}` ; une somme seule est ce qui est pris en tout : `{whole}`"
            );
            return Some(self.unsaid(
                line,
                (first, found.1.max(number + 1 + usize::from(summed))),
                help,
            ));
        }
        let comma = if line.before(found.0.min(number)) == "," { "" } else { ", " };
        if number < found.0 {
            let sum = self.words(line, (number, number + 2));
            return Some(self.written(line, (number, found.1), &format!("{comma}{right} {sum}")));
        }
        Some(self.written(line, found, &format!("{comma}{right}")))
    }

    /// The words that bound a number in a line, the place of the number, and whether from above.
    pub(super) fn bounded(&self, line: &Spoken<'_>) -> Option<(Found, usize, bool)> {
        let before_number = |found: &Found| is_number(line.word(found.1));
        let find = |words: &[&str]| line.find(words).filter(before_number);
        let behind = |sum: usize| {
            let stated = is_number(line.word(sum)) && is_currency(line.word(sum + 1));
            let bound = |(words, is_most): &(&[&str], bool)| {
                let found = line.stands(sum + 2, words)?;
                (!is_number(line.word(found.1))).then_some((found, sum, *is_most))
            };
            stated.then(|| BOUNDED_BEFORE.iter().find_map(bound)).flatten()
        };
        find(AT_MOST)
            .map(|found| (found, found.1, true))
            .or_else(|| find(AT_LEAST).map(|found| (found, found.1, false)))
            .or_else(|| (0..line.len()).find_map(behind))
    }

    /// That no line has a bound in money, with that of the line at a place, as a price has it.
    pub(super) fn bound_of_a_price(&self, found: Diagnostic, at: usize) -> Diagnostic {
        let line = Spoken::at(self, at);
        let most = ["at most", "up to", "au plus", "maximum", "jusqu ' a"];
        let (number, is_most) = match self.bounded(&line) {
            Some((_, number, is_most)) => (Some(number), is_most),
            None => (self.sum_in(&line).map(|((from, _), _)| from), line.find(&most).is_some()),
        };
        let sum = number.map(|number| self.words(&line, (number, sum_end(&line, number))));
        let sum = sum.unwrap_or_else(|| "60 EUR".to_owned());
        let (price, bound, hours) = self.file_lang.pick(
            (
                "price per action, in EUR,",
                if is_most { "at most" } else { "at least" },
                "at most 24 hours",
            ),
            (
                "tarif par action, en EUR,",
                if is_most { "au plus" } else { "au moins" },
                "au plus 24 heures",
            ),
        );
        unsaid::no_least_amount(self.lang, found, &format!("{price} {bound} {sum}"), hours)
    }

    /// `discount "Early": -10 %`.
    pub(super) fn spoken_discount(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let lang = self.lang;
        if !line.begins(&["discount", "remise"]) {
            return None;
        }
        let minus = (0..line.len())
            .find(|place| line.word(*place) == "-" && is_number(line.word(place + 1)))?;
        let mut to = minus + 2;
        while is_number(line.word(to)) {
            to += 1;
        }
        to += usize::from(line.word(to) == "%" || is_currency(line.word(to)));
        let amount = self.words(line, (minus + 1, to));
        let place = self.place(line, (minus, to));
        let help = say!(
            lang,
            "a discount is taken off without a minus: write `{amount}`",
            "une remise se déduit sans signe moins : écrivez `{amount}`"
        );
        Some(self.unsaid(line, (minus, to), help).edit(place, &amount))
    }

    /// `hourly 50 then 40 beyond 10 hours`: the bound stands behind the rate that it ends.
    pub(super) fn spoken_tiers(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        let stands_right = line.find(&["up to", "jusqu ' a"]).is_some();
        if !line.begins(&["action"]) || stands_right {
            return None;
        }
        let currency = |place: usize| usize::from(is_currency(line.word(place)));
        let then = |place: &usize| {
            let after = place + 1 + currency(place + 1);
            is_number(line.word(*place))
                && ["then", "puis", ","].contains(&line.word(after))
                && is_number(line.word(after + 1))
        };
        let first = (0..line.len()).find(then)?;
        // `flat 60 first 3 then 40`: so many of them, and no rate.
        let counted = ["first", "premier", "premiers", "premiere", "premieres", "les"];
        if counted.contains(&line.before(first)) {
            return None;
        }
        let second = first + 2 + currency(first + 1);
        let (rate, next) =
            (self.words(line, (first, first + 1)), self.words(line, (second, second + 1)));
        let after = second + 1 + currency(second + 1);
        let bound = BEYOND.iter().find_map(|words| {
            let from = after + words.split(' ').count();
            words.split(' ').eq((after..from).map(|place| line.word(place))).then_some(from)
        });
        if let Some(bound) = bound {
            let unit = line.word(bound + 1);
            let to = bound + 1 + usize::from(UNITS_OF_TIME.contains(&unit));
            // Only a count of hours, and nothing behind it, is such a bound.
            let count = line.word(bound).chars().all(|c| c.is_ascii_digit() || ".,".contains(c));
            if to != line.len() || !is_number(line.word(bound)) || !count {
                return None;
            }
            let up_to = self.words(line, (bound, to));
            let up_to = if unit == "h" {
                self.words(line, (bound, bound + 1)) + file.pick(" hours", " heures")
            } else {
                up_to
            };
            let right = file.pick(
                format!("{rate} up to {up_to} then {next}"),
                format!("{rate} jusqu'à {up_to} puis {next}"),
            );
            return Some(self.written(line, (first, to), &right));
        }
        // What stands between, or behind, is no tier.
        if line.word(second - 1) == "," || after != line.len() {
            return None;
        }
        let right = file.pick(
            format!("{rate} up to 10 hours then {next}"),
            format!("{rate} jusqu'à 10 heures puis {next}"),
        );
        let help = say!(
            lang,
            "say up to where the first rate counts: `{right}`",
            "dites jusqu'où vaut le premier tarif : `{right}`"
        );
        Some(self.unsaid(line, (second - 1, second + 1), help))
    }

    /// `au bout de 3 mois`, `after 3 months`, `trois mois après le démarrage`.
    pub(super) fn spoken_delay(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(LINES) {
            return None;
        }
        let (lang, file) = (self.lang, self.file_lang);
        let counted = |place: usize| {
            let (_, count) = COUNTED.iter().find(|(word, _)| *word == line.word(place))?;
            UNITS.contains(&line.word(place + 1)).then_some((place, *count))
        };
        if let Some((place, count)) = (0..line.len()).find_map(counted) {
            let from = ["after", "before", "apres", "avant"];
            if from.contains(&line.word(place + 2)) {
                return Some(self.written(line, (place, place + 1), count));
            }
            let help = say!(
                lang,
                "a number is written in figures: `{count}`",
                "un nombre s'écrit en chiffres : `{count}`"
            );
            return Some(self.unsaid(line, (place, place + 1), help));
        }
        let delay = |place: usize| {
            let phrase = AFTER_WHICH.iter().find_map(|words| {
                let count = words.split(' ').count();
                let stands =
                    (0..).zip(words.split(' ')).all(|(n, word)| line.word(place + n) == word);
                stands.then_some(place + count)
            })?;
            let ends =
                phrase + 2 == line.len() || [",", "if", "si"].contains(&line.word(phrase + 2));
            (is_number(line.word(phrase)) && UNITS.contains(&line.word(phrase + 1)) && ends)
                .then_some((place, phrase))
        };
        // In a condition, something else is wrong.
        let condition = (0..line.len()).find(|place| ["if", "si"].contains(&line.word(*place)));
        let (place, number) = (0..condition.unwrap_or(line.len())).find_map(delay)?;
        let length = self.words(line, (number, number + 2));
        let found = (place, number + 2);
        if ["payable", "due", "exigible", "payables", "exigibles"].contains(&line.before(place)) {
            let right = file.pick(format!("payment due {length}"), format!("paiement à {length}"));
            let help = say!(
                lang,
                "when an invoice is due stands on a line of its own: `{right}`",
                "le jour où une facture est à payer se dit sur une ligne à part : `{right}`"
            );
            return Some(self.unsaid(line, found, help));
        }
        // When a case is left is asked by a condition: a balance of its own on such a day would close every case.
        if (0..place).any(|of| LEAVING.contains(&line.word(of))) {
            let from = line.word(place);
            let sign = match from {
                "after" | "apres" | "beyond" | "au" => ">=",
                // `à 3 mois` says neither that it is before nor that it is behind.
                "a" => return Some(self.unsaid(line, found, self.left_at(&length))),
                _ => "<",
            };
            let [signed, started] =
                [("since signature", "depuis la signature"), ("duration", "durée")].map(
                    |(english, french)| {
                        file.pick(
                            format!("on abandonment if {english} {sign} {length}"),
                            format!("à l'abandon si {french} {sign} {length}"),
                        )
                    },
                );
            let help = say!(
                lang,
                "how much time has passed by then is a condition: `{signed}` from the signature, `{started}` from the start",
                "le temps passé jusque-là est une condition : `{signed}` depuis la signature, `{started}` depuis le démarrage"
            );
            return Some(self.unsaid(line, found, help));
        }
        if let Some(help) = self.due_within(line, (place, number), &length) {
            return Some(self.unsaid(line, found, help));
        }
        let right =
            file.pick(format!("{length} after start"), format!("{length} après le démarrage"));
        let signed =
            file.pick(format!("{length} after signature"), format!("{length} après la signature"));
        Some(self.unsaid(
            line,
            (place, number + 2),
            say!(
                lang,
                "say from when it counts: `{right}`, or `{signed}`",
                "dites à partir de quand : `{right}`, ou `{signed}`"
            ),
        ))
    }

    /// `à la fin sous 30 jours`: that the line is billed later, or that its invoice is paid within that time.
    fn due_within(
        &self,
        line: &Spoken<'_>,
        (place, number): Found,
        length: &str,
    ) -> Option<String> {
        let days = ["days", "day", "jours", "jour"].contains(&line.word(number + 1));
        let comma = place - usize::from(line.before(place) == ",");
        let after = match line.before(comma) {
            "signature" => Some(("signature", "la signature")),
            "start" | "demarrage" => Some(("start", "le démarrage")),
            "end" | "fin" => Some(("end", "la fin")),
            _ => None,
        };
        let later = |(english, french): (&str, &str)| {
            self.file_lang
                .pick(format!("{length} after {english}"), format!("{length} après {french}"))
        };
        let due =
            self.file_lang.pick(format!("payment due {length}"), format!("paiement à {length}"));
        let moment = after.map(later);
        let within = ["sous", "within"].contains(&line.word(place));
        match moment {
            Some(later) if days => Some(say!(
                self.lang,
                "the line is billed on that day already: `{later}` bills it so much later; within how many days its invoice is paid is said by `{due}`, on a line of its own",
                "la ligne se facture déjà ce jour-là : `{later}` la facture d'autant plus tard ; en combien de jours sa facture se paie se dit par `{due}`, sur une ligne à part"
            )),
            Some(later) => Some(say!(
                self.lang,
                "the line is billed on that day already: `{later}` bills it so much later",
                "la ligne se facture déjà ce jour-là : `{later}` la facture d'autant plus tard"
            )),
            None if within && days => {
                let [started, signed] =
                    [("start", "le démarrage"), ("signature", "la signature")].map(later);
                Some(say!(
                    self.lang,
                    "a line is billed on a day: `{started}`, or `{signed}`; within how many days its invoice is paid is said by `{due}`, on a line of its own",
                    "une ligne se facture un jour : `{started}`, ou `{signed}` ; en combien de jours sa facture se paie se dit par `{due}`, sur une ligne à part"
                ))
            }
            None => None,
        }
    }

    /// A case that is left at so much time: which side of it is meant is for whoever wrote it to say.
    fn left_at(&self, length: &str) -> String {
        let [before, since] = ["<", ">="].map(|sign| {
            self.file_lang.pick(
                format!("on abandonment if duration {sign} {length}"),
                format!("à l'abandon si durée {sign} {length}"),
            )
        });
        let signed = self.file_lang.pick("since signature", "depuis la signature");
        say!(
            self.lang,
            "how much time has passed by then is a condition: `{before}` where it is left before, `{since}` where it is left then or later; `{signed}` counts from the signature instead",
            "le temps passé jusque-là est une condition : `{before}` s'il est quitté avant, `{since}` s'il l'est alors ou plus tard ; `{signed}` compte, lui, depuis la signature"
        )
    }
}
