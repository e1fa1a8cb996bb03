//! What administrators say of a share: a fraction, what remains of one, several times one, one over so many months, one of the
//! progress. In: a line that is not understood. Out: its error with the sentence that works; an edit where it says what was
//! written.

use super::parse::Parser;
use super::spoken::{Found, LINES, PAYERS, Spoken, is_currency, is_number};
use super::spoken_conditions::{FROM_SIGNATURE, FROM_START};
use super::unsaid;
use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, say};

/// Fractions in words.
const FRACTIONS: &[(&str, (u32, u32))] = &[
    ("two thirds", (2, 3)),
    ("three quarters", (3, 4)),
    ("one quarter", (1, 4)),
    ("one half", (1, 2)),
    ("one fifth", (1, 5)),
    ("one tenth", (1, 10)),
    ("deux tiers", (2, 3)),
    ("trois quarts", (3, 4)),
    ("un cinquieme", (1, 5)),
    ("un dixieme", (1, 10)),
];
const OF_PRICE: &[&str] = &["of the price", "of the total", "du prix", "du tarif", "du total"];
const REMAINING: &[&str] = &[
    "the remaining # %",
    "remaining # %",
    "the other # %",
    "the last # %",
    "the balance of # %",
    "balance of # %",
    "# % remaining",
    "les # % restants",
    "les # % restant",
    "# % restants",
    "# % restant",
    "les # derniers %",
    "les autres # %",
    "le solde de # %",
    "le solde , # %",
    "solde de # %",
    "le reste , # %",
    "le reste de # %",
    "le restant , # %",
];
const OF_REST: &[&str] = &[
    "# % du montant restant du",
    "# % du montant restant",
    "# % du solde restant du",
    "# % du solde restant",
    "# % du solde",
    "# % du reste du",
    "# % du reste",
    "# % des sommes restant dues",
    "# % des echeances restantes",
    "# % of the remaining amount",
    "# % of the remaining price",
    "# % of the outstanding amount",
    "# % of the outstanding balance",
    "# % of the balance",
    "# % of the remainder",
    "# % of what is left",
];
/// Several times the same, at the beginning of a line.
const TIMES: &[&str] = &["# x #", "# × #", "# * #", "# fois #", "# times #"];
const PAID_IN: &[&str] = &[
    "paiement en",
    "reglement en",
    "payable en",
    "payment in",
    "payable in",
    "paid in",
    "to be paid in",
    "en",
    "in",
];
const SO_MANY: &[&str] = &[
    "# fois",
    "# mensualites",
    "# versements",
    "# echeances",
    "# cheques",
    "# prelevements",
    "# paiements",
    "# parts",
    "# installments",
    "# instalments",
    "# monthly payments",
    "# payments",
];
const SO_LONG: &[&str] = &[
    "for at most # months",
    "for max # months",
    "for a maximum of # months",
    "pendant # mois maximum",
    "pendant # mois au maximum",
    "pendant # mois max",
    "pendant # mois au plus",
    "for # months maximum",
    "for # months max",
    "# months maximum",
    "# months at most",
    "# months max",
    "# mois au maximum",
    "# mois au plus",
    "# mois maximum",
    "# mois max",
    "maximum of # months",
    "maximum # months",
    "limited to # months",
    "capped at # months",
    "at most # months",
    "up to # months",
    "max # months",
    "dans la limite de # mois",
    "limite a # mois",
    "au maximum # mois",
    "maximum # mois",
    "jusqu ' a # mois",
    "au plus # mois",
    "max # mois",
    "for # months",
    "during # months",
    "over # months",
    "spread over # months",
    "in # months",
    "pendant # mois",
    "durant # mois",
    "sur # mois",
    "etale sur # mois",
    "etales sur # mois",
    "reparti sur # mois",
    "en # mois",
];
/// Those of them that say in how much time a whole comes.
const SPREAD: &[&str] = &["over", "spread", "in", "sur", "etale", "etales", "reparti", "en"];
const SO_MANY_YEARS: &[&str] =
    &["for # year", "for # years", "during # years", "pendant # an", "pendant # ans", "sur # ans"];
/// What comes again, and every how many months.
const RHYTHMS: &[(&[&str], u32)] = &[
    (
        &[
            "each month end",
            "every month end",
            "each month from start",
            "each month after start",
            "each month from signature",
            "each month after signature",
            "a chaque fin de mois",
            "chaque mois a compter du demarrage",
            "chaque mois apres le demarrage",
            "chaque mois a compter de la signature",
            "chaque mois apres la signature",
        ],
        1,
    ),
    (&["each quarter end", "every quarter end", "a chaque fin de trimestre"], 3),
    (&["each year end", "every year end", "a chaque fin d ' annee"], 12),
];
const BY_MONTH: &[&str] =
    &["par mois", "chaque mois", "per month", "each month", "a month", "monthly"];
const BY_HOURS: &[&str] = &[
    "prorata heures",
    "prorata horaire",
    "prorata d ' heures",
    "au prorata horaire",
    "au prorata heures",
    "au prorata d ' heures",
    "au prorata des heures suivies",
    "prorata des heures suivies",
    "prorata presence",
    "prorated by hours",
    "prorated by attendance",
    "pro rata by hours",
    "pro rata to the hours",
    "pro rata to hours",
];
const BY_TIME: &[&str] = &[
    "au prorata du temps passe",
    "au prorata du temps ecoule",
    "au prorata du temps",
    "prorata du temps passe",
    "prorata du temps ecoule",
    "prorata du temps",
    "prorata temps",
    "prorated by time",
    "pro rata of time",
    "pro rata of the time",
    "pro rata time",
];
const UP_TO_PROGRESS: &[&str] = &[
    "up to # % of the progress",
    "up to # % of progress",
    "up to # % progress",
    "up to progress",
    "up to the progress",
    "jusqu ' a # % de l ' avancement",
    "jusqu ' a # % d ' avancement",
    "jusqu ' a l ' avancement",
    "jusqu ' a hauteur de l ' avancement",
];

impl Parser<'_> {
    /// What a line says of a share that the language says otherwise.
    pub(super) fn spoken_shares(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if let Some(found) = self.parts_without_label(line) {
            return Some(found);
        }
        let amount = line.word(1).starts_with('"') && line.word(2) == ":";
        if line.begins(PAYERS) && amount {
            return self.fraction(line);
        }
        if !line.begins(LINES) || !amount {
            return None;
        }
        self.fraction(line)
            .or_else(|| self.share_of_rest(line))
            .or_else(|| self.remaining_share(line))
            .or_else(|| self.up_to_progress(line))
            .or_else(|| self.pro_rata_in_words(line))
            .or_else(|| self.for_so_long(line))
    }

    /// `1/3 à la signature`, `deux tiers à la fin`, `payeur "OPCO" : 3/4`.
    fn fraction(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let first = 3 + usize::from(["a", "les", "le", "the"].contains(&line.word(3)));
        let figures = |place: usize| line.word(place).parse::<u32>().ok();
        let (parts, whole, to) = match line.stands(first, &["# / #"]) {
            Some((from, to)) => (figures(from)?, figures(to - 1)?, to),
            None => FRACTIONS.iter().find_map(|(words, (parts, whole))| {
                let (_, to) = line.stands(first, &[words])?;
                Some((*parts, *whole, to))
            })?,
        };
        (parts > 0 && parts < whole && whole <= 100).then_some(())?;
        let end = line.stands(to, OF_PRICE).map_or(to, |(_, end)| end);
        let closes = end == line.len() || line.word(end) == "," || self.begins_moment(line, end);
        let (share, exact) = percent(parts, whole, self.file_lang);
        let found = (3, end);
        if exact && closes {
            return Some(self.written(line, found, &share));
        }
        if exact {
            let help = say!(
                self.lang,
                "a share is a percentage: `{share}`",
                "une part est un pourcentage : `{share}`"
            );
            return Some(self.unsaid(line, found, help));
        }
        let last = self.file_lang.pick("remainder", "reste");
        let share_of_several = parts > 1;
        let parts = self
            .file_lang
            .pick(format!("100 % in {whole} parts"), format!("100 % en {whole} fois"));
        let help = if line.begins(PAYERS) {
            say!(
                self.lang,
                "a share is a percentage, and this one has no end: `{share}`; the last payer takes what is left, `{last}`",
                "une part est un pourcentage, et celui-ci n'a pas de fin : `{share}` ; le dernier payeur prend ce qui reste, `{last}`"
            )
        } else if share_of_several {
            say!(
                self.lang,
                "a share is a percentage, and this one has no end: `{share}`, with `{last}` on the last line, which comes to the whole",
                "une part est un pourcentage, et celui-ci n'a pas de fin : `{share}`, avec `{last}` sur la dernière ligne, qui complète le tout"
            )
        } else {
            say!(
                self.lang,
                "a share is a percentage, and this one has no end: `{share}`, with `{last}` on the last line, which comes to the whole; on a line that repeats, `{parts}` is exact",
                "une part est un pourcentage, et celui-ci n'a pas de fin : `{share}`, avec `{last}` sur la dernière ligne, qui complète le tout ; sur une ligne qui revient, `{parts}` est exact"
            )
        };
        Some(self.unsaid(line, found, help))
    }

    /// `the remaining 70 %`, `les 70 % restants`.
    fn remaining_share(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let found = line.stands(3, REMAINING)?;
        let share = (found.0..found.1).find(|place| is_number(line.word(*place)))?;
        let share = format!("{} %", self.words(line, (share, share + 1)));
        let rest = self.file_lang.pick("remainder", "reste");
        let help = say!(
            self.lang,
            "write `{rest}` for all that is left of the price, whatever was billed before; `{share}` is that share of the price, from which a balance deducts the deposits, too",
            "écrivez `{rest}` pour tout ce qui reste du tarif, quoi qu'il ait été facturé avant ; `{share}` est cette part du tarif, dont un solde déduit encore les acomptes"
        );
        Some(self.unsaid(line, found, help))
    }

    /// `50 % du montant restant dû`, `50 % of the outstanding amount`.
    fn share_of_rest(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let found = line.stands(3, OF_REST)?;
        let from = (found.0..found.1).find(|place| line.word(*place) == "%")? + 1;
        let rest = self.words(line, (from, found.1));
        let told = Diagnostic { help: None, ..self.unsaid(line, (from, found.1), String::new()) };
        Some(unsaid::share_of_the_price(self.lang, told, &rest))
    }

    /// `up to 100 % of progress`: the amount `progress` brings up to it by itself.
    fn up_to_progress(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let found = line.stands(3, UP_TO_PROGRESS)?;
        let all = self.file_lang.pick("progress", "l'avancement");
        let of = self.file_lang.pick("95 % of progress", "95 % de l'avancement");
        let share = (found.0..found.1).find(|place| is_number(line.word(*place)));
        let share = share.filter(|place| line.word(*place) != "100").map(|place| {
            let share = self.words(line, (place, place + 1));
            self.file_lang
                .pick(format!("{share} % of progress"), format!("{share} % de l'avancement"))
        });
        let help = match share {
            Some(share) => say!(
                self.lang,
                "leave `up to` out: `{share}` bills what brings the case to that share of what is certified",
                "retirez `jusqu'à` : `{share}` facture ce qui amène le dossier à cette part de ce qui est constaté"
            ),
            None => say!(
                self.lang,
                "leave `up to` out: `{all}` bills what brings the case to the share that is certified, and `{of}` to so much of it",
                "retirez `jusqu'à` : `{all}` facture ce qui amène le dossier à la part constatée, et `{of}` à cette part d'elle"
            ),
        };
        Some(self.unsaid(line, found, help))
    }

    /// `prorata heures`, `au prorata du temps`.
    fn pro_rata_in_words(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let hours = self.file_lang.pick("pro rata attendance", "prorata assiduité");
        let days = self.file_lang.pick("pro rata duration", "prorata durée");
        let may_be = line.begins(&["balance", "solde", "installment", "echeance"]);
        let by_hours = line.stands(3, BY_HOURS);
        if let Some(found) = by_hours.filter(|(_, to)| may_be && self.begins_moment(line, *to)) {
            return Some(self.written(line, found, hours));
        }
        let found = by_hours.or_else(|| line.stands(3, BY_TIME))?;
        let help = say!(
            self.lang,
            "say what is shared out by: `{hours}` bills the price by the hours that were attended, of those planned, and `{days}` by the days that have passed, of the planned duration",
            "dites selon quoi : `{hours}` facture le tarif selon les heures suivies, sur les heures prévues, et `{days}` selon les jours écoulés, sur la durée prévue"
        );
        Some(self.unsaid(line, found, help))
    }

    /// `300 EUR pendant 6 mois`, `50 % en 5 mois`: so much each time, or so much in all.
    fn for_so_long(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let asks = (0..line.len()).find(|place| ["if", "si"].contains(&line.word(*place)));
        let before = |(from, _): &Found| asks.is_none_or(|asks| *from < asks) && *from > 3;
        let months = line.find(SO_LONG).filter(before);
        let (from, to) = months.or_else(|| line.find(SO_MANY_YEARS).filter(before))?;
        let number = (from..to).find(|place| is_number(line.word(*place)))?;
        let length = line.word(number).parse::<u32>().ok().filter(|length| *length > 0)?;
        let length = if months.is_some() { length } else { length.checked_mul(12)? };
        let amount = self.amount_end(line)?;
        let said = self.words(line, (3, amount));
        let share = line.word(amount - 1) == "%";
        let comma = from - usize::from(line.before(from) == ",");
        let rhythm = RHYTHMS.iter().find_map(|(words, each)| {
            let start = line.ending_at(comma, words)?;
            Some((self.words(line, (start, comma)), start, *each))
        });
        let times = |each: u32| length.is_multiple_of(each).then(|| length / each);
        let end = self.file_lang.pick("each month end", "à chaque fin de mois").to_owned();
        let signed = line.stands(to, FROM_SIGNATURE).map(|(_, end)| end);
        let started = line.stands(to, FROM_START).map(|(_, end)| end);
        let of = match signed {
            Some(_) => ("signature", "la signature"),
            None => ("start", "le démarrage"),
        };
        let counted = signed.or(started).unwrap_or(to);
        let by_month = line.ending_at(comma, BY_MONTH);
        let (when, each, start, asked) = match (rhythm, by_month) {
            (Some((when, start, each)), _) => (when, each, start, false),
            (None, Some(start)) => (end, 1, start, false),
            (None, None) if counted > to => {
                let when = match signed {
                    Some(_) => {
                        ("each month from signature", "chaque mois à compter de la signature")
                    }
                    None => ("each month from start", "chaque mois à compter du démarrage"),
                };
                (self.file_lang.pick(when.0, when.1).to_owned(), 1, comma, true)
            }
            (None, None) => (end, 1, comma, true),
        };
        let times = times(each).filter(|times| *times > 1)?;
        // What stands between the amount and this is something else.
        (start == amount).then_some(())?;
        let repeated = self.file_lang.pick(
            format!("{said} {when}, at most {times} times"),
            format!("{said} {when}, au plus {times} fois"),
        );
        let parts = self.file_lang.pick(
            format!("{said} in {times} parts {when}"),
            format!("{said} en {times} fois {when}"),
        );
        let spread = SPREAD.contains(&line.word(from));
        let later = ["in", "en"].contains(&line.word(from)) && asked;
        let help = if later {
            let length = self.words(line, (number, to));
            let delay = self
                .file_lang
                .pick(format!("{length} after {}", of.0), format!("{length} après {}", of.1));
            say!(
                self.lang,
                "to bill it in parts, say how many there are, and when each comes: `{parts}`; to bill it once, say from when the time counts: `{delay}`",
                "pour le facturer en parts, dites combien il y en a, et quand chacune vient : `{parts}` ; pour le facturer une fois, dites d'où le temps se compte : `{delay}`"
            )
        } else if share {
            say!(
                self.lang,
                "a percentage comes again in parts: write that of all of them, how many there are, and when each comes: `{parts}`",
                "un pourcentage revient en parts : écrivez celui de toutes, combien il y en a, et quand chacune vient : `{parts}`"
            )
        } else if asked || spread {
            say!(
                self.lang,
                "say whether the sum comes each time, `{repeated}`, or is the whole, cut into parts, `{parts}`",
                "dites si la somme vient à chaque fois, `{repeated}`, ou si elle est le tout, coupé en parts, `{parts}`"
            )
        } else {
            say!(
                self.lang,
                "how often a line comes is said at its end: `{repeated}`",
                "combien de fois une ligne revient se dit à sa fin : `{repeated}`"
            )
        };
        // A rhythm without a day is no part of the language, either.
        Some(self.unsaid(line, (by_month.unwrap_or(from), counted), help))
    }

    /// `4 x 25 %`, `paiement en 4 fois`: a whole line, without its label.
    pub(super) fn parts_without_label(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let label = self.file_lang.pick("installment \"…\": ", "échéance \"…\": ");
        let paid = line.stands(0, PAID_IN).map_or(0, |(_, to)| to);
        if let Some((from, to)) = line.stands(paid, TIMES) {
            return Some(self.payments(line, (from, to), label));
        }
        // `4x25 %` is one word.
        let glued = line.word(paid).split_once('x').filter(|(times, each)| {
            [times, each]
                .iter()
                .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        });
        if let Some((times, each)) = glued {
            let unit = usize::from(line.word(paid + 1) == "%" || is_currency(line.word(paid + 1)));
            let sum = format!("{each} {}", self.words(line, (paid + 1, paid + 1 + unit)));
            let when = self.file_lang.pick("each month end", "à chaque fin de mois");
            let right = if line.word(paid + 1) == "%" {
                let whole = super::spoken_payments::product(times, each)?;
                self.file_lang.pick(
                    format!("{label}{whole} % in {times} parts {when}"),
                    format!("{label}{whole} % en {times} fois {when}"),
                )
            } else {
                self.file_lang.pick(
                    format!("{label}{} {when}, at most {times} times", sum.trim_end()),
                    format!("{label}{} {when}, au plus {times} fois", sum.trim_end()),
                )
            };
            let help = say!(
                self.lang,
                "write a line that repeats, with a label, and when it comes: `{right}`",
                "écrivez une ligne qui revient, avec un libellé, et quand elle revient : `{right}`"
            );
            return Some(self.unsaid(line, (0, line.len()), help));
        }
        let (from, to) = line.stands(paid, SO_MANY).filter(|(from, _)| *from > 0)?;
        (to == line.len()).then_some(())?;
        let times = self.words(line, (from, from + 1));
        let right = self.file_lang.pick(
            format!("{label}100 % in {times} parts each month end"),
            format!("{label}100 % en {times} fois à chaque fin de mois"),
        );
        let help = say!(
            self.lang,
            "write a line that comes in parts, with a label, and when each comes: `{right}`",
            "écrivez une ligne qui vient en parts, avec un libellé, et quand vient chacune : `{right}`"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// Where the number of a line with a label ends that is its amount, with its unit.
    pub(super) fn amount_end(&self, line: &Spoken<'_>) -> Option<usize> {
        let mut after = 3;
        while is_number(line.word(after)) {
            after += 1;
        }
        let unit = usize::from(line.word(after) == "%" || is_currency(line.word(after)));
        (after > 3 && unit == 1).then_some(after + 1)
    }
}

/// So many parts of a whole in percent, and whether it is exactly that.
pub(super) fn percent(parts: u32, whole: u32, lang: Lang) -> (String, bool) {
    let all = u64::from(parts) * 1_000_000;
    let (units, exact) = (all / u64::from(whole), all.is_multiple_of(u64::from(whole)));
    let decimals = if exact { 10_000 } else { 100 };
    // What has no end is shown to two decimals, rounded.
    let units = if exact { units } else { (all / u64::from(whole) + 50) / 100 };
    let fraction = format!("{:0>width$}", units % decimals, width = if exact { 4 } else { 2 });
    let fraction = fraction.trim_end_matches('0');
    let mark = lang.pick('.', ',');
    let number = if fraction.is_empty() {
        (units / decimals).to_string()
    } else {
        format!("{}{mark}{fraction}", units / decimals)
    };
    (format!("{number} %"), exact)
}
