//! What administrators say of several payments of one sum or one share, and the sentence that works. In: a line that is not
//! understood. Out: its error with the line that bills what was written, all of it; else with what such a line can say.

use super::parse::Parser;
use super::spoken::{Found, Spoken, is_currency, is_number};
use super::spoken_words::is_known_currency;
use crate::diagnostic::Diagnostic;
use crate::lang::say;
use crate::money::Currency;

const PAYMENTS_OF: &[&str] = &[
    "# equal monthly payments of #",
    "# monthly payments of #",
    "# monthly installments of #",
    "# monthly instalments of #",
    "# equal payments of #",
    "# payments of #",
    "# installments of #",
    "# instalments of #",
    "# mensualites de #",
    "# mensualites egales de #",
    "# echeances mensuelles de #",
    "# versements mensuels de #",
    "# paiements mensuels de #",
    "# versements de #",
    "# echeances de #",
    "# paiements de #",
    "# cheques de #",
    "# prelevements de #",
    "# prelevements mensuels de #",
    "# checks of #",
    "# cheques of #",
];
const PERCENT: &[&str] = &["%", "percent", "per cent", "pour cent", "pourcent"];
const BESIDE: &[&str] = &["beside the price", "en sus du prix"];

/// From when something comes each month, and how that is written.
const FROM_WHEN: &[(&[&str], (&str, &str))] = &[
    (
        &[
            "from the signature",
            "from signature",
            "starting from signature",
            "starting on signature",
            "a compter de la signature",
            "a partir de la signature",
            "des la signature",
        ],
        ("each month from signature", "chaque mois à compter de la signature"),
    ),
    (
        &[
            "from the start",
            "from start",
            "starting from start",
            "starting on start",
            "a compter du demarrage",
            "a partir du demarrage",
            "des le demarrage",
        ],
        ("each month from start", "chaque mois à compter du démarrage"),
    ),
];
const MONTHLY_PARTS: &[&str] = &[
    "in # equal monthly payments",
    "in # monthly payments",
    "in # monthly installments",
    "in # monthly instalments",
    "en # mensualites egales",
    "en # mensualites",
    "en # versements mensuels",
    "en # paiements mensuels",
    "en # echeances mensuelles",
];
const BY_MONTH: &[&str] = &["per month", "a month", "monthly", "par mois", "tous les mois"];

impl Parser<'_> {
    /// `90 % en 3 mensualités à compter de la signature`, `100 EUR per month from start`: the first of them comes then.
    pub(super) fn each_month_from(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let from_when = |at: usize| {
            FROM_WHEN.iter().find_map(|(words, right)| {
                let (_, to) = line.stands(at, words)?;
                Some((to, self.file_lang.pick(right.0, right.1)))
            })
        };
        if let Some((from, behind)) = line.find(MONTHLY_PARTS).filter(|(from, _)| *from > 4) {
            let (to, each) = from_when(behind)?;
            let times = line.word(from + 1);
            let right = self
                .file_lang
                .pick(format!("in {times} parts {each}"), format!("en {times} fois {each}"));
            return Some(self.written(line, (from, to), &right));
        }
        // A share comes again in parts alone.
        let (from, behind) = line.find(BY_MONTH).filter(|(from, _)| *from > 3)?;
        let (to, each) = from_when(behind).filter(|_| is_currency(line.before(from)))?;
        Some(self.written(line, (from, to), each))
    }

    /// `3 mensualités de 300 EUR` as a whole line.
    pub(super) fn unlabelled_payments(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (_, to) = line.stands(0, PAYMENTS_OF)?;
        Some(self.payments(
            line,
            (0, to),
            self.file_lang.pick("installment \"…\": ", "échéance \"…\": "),
        ))
    }

    /// `3 mensualités de 300 EUR` behind a label.
    pub(super) fn payments_of(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let found = line.find(PAYMENTS_OF)?;
        Some(self.payments(line, found, ""))
    }

    /// So many payments, the number and the sum of which stand at the ends of what was found.
    pub(super) fn payments(&self, line: &Spoken<'_>, (from, to): Found, label: &str) -> Diagnostic {
        let times = line.word(from);
        let first = to - 1;
        let mut after = to;
        while is_number(line.word(after)) {
            after += 1;
        }
        let percent = line.stands(after, PERCENT);
        let end =
            percent.map_or(after + usize::from(is_currency(line.word(after))), |(_, end)| end);
        let Some((when, behind)) = self.said_behind(line, end) else {
            return self.what_comes_again(line, (from, line.len()), times);
        };
        let found = (from, line.len());
        if percent.is_some() {
            let Some(whole) = percentage(times, line.word(first)).filter(|_| after == to) else {
                return self.what_comes_again(line, found, times);
            };
            let whole = format!("{label}{whole} %");
            return self.in_parts(line, found, &whole, times, &format!("{when}{behind}"));
        }
        let sum = self.words(line, (first, end));
        let sum = if end > after { sum } else { format!("{sum} {}", self.currency_around(line)) };
        // The condition stands before, what is said of the line behind.
        let (condition, options) = behind.split_once(',').unwrap_or((&behind, ""));
        let options = if options.is_empty() { String::new() } else { format!(",{options}") };
        let right = self.file_lang.pick(
            format!("{label}{sum} {when}{condition}, at most {times} times{options}"),
            format!("{label}{sum} {when}{condition}, au plus {times} fois{options}"),
        );
        // The whole is so many times the sum.
        let each = self.words(line, (first, after));
        let unit = sum.trim_start_matches(each.as_str());
        let whole = product(times, &each.replace([' ', '\u{a0}', '\u{202f}'], ""));
        if whole.is_none() {
            return self.what_comes_again(line, found, times);
        }
        let Some(whole) = whole.filter(|_| label.is_empty()) else {
            let help = say!(
                self.lang,
                "write a line that repeats, with a label, and when it comes: `{right}`",
                "écrivez une ligne qui revient, avec un libellé, et quand elle revient : `{right}`"
            );
            return self.unsaid(line, found, help);
        };
        let parts = self.file_lang.pick(
            format!("{whole}{unit} in {times} parts {when}{behind}"),
            format!("{whole}{unit} en {times} fois {when}{behind}"),
        );
        let help = say!(
            self.lang,
            "write the sum of each time, when it comes, and how often: `{right}`; or the whole, cut into parts: `{parts}`",
            "écrivez la somme de chaque fois, quand elle vient, et combien de fois : `{right}` ; ou le tout, coupé en parts : `{parts}`"
        );
        self.unsaid(line, found, help)
    }

    /// When each of several sums comes, and the condition and option behind it: nothing where anything else is said.
    fn said_behind(&self, line: &Spoken<'_>, at: usize) -> Option<(String, String)> {
        let (mut when, mut at) = self.each_time(line, at);
        let mut behind = String::new();
        if let Some(since) = self.since_at(line, at) {
            // The day of the first of them is that of all, where no other is said.
            let own = self.each_time(line, line.len()).0;
            if let Some(day) = since.day.filter(|_| when == own) {
                when = self.file_lang.pick(
                    format!("on day {day} of each month"),
                    format!("le {day} de chaque mois"),
                );
            }
            let closes = ["", ","].contains(&line.word(since.end));
            (since.dated && closes).then_some(())?;
            behind = format!(" {}", since.condition);
            at = since.end;
        }
        let asks = ["if", "si"].contains(&line.word(at));
        let comma = (at..line.len()).find(|place| line.word(*place) == ",").unwrap_or(line.len());
        if !asks && comma != at {
            return None;
        }
        if asks {
            behind = format!(" {}", self.words(line, (at, comma)));
        }
        if comma < line.len() {
            line.stands(comma + 1, BESIDE).filter(|(_, to)| *to == line.len())?;
            behind = format!("{behind}, {}", self.words(line, (comma + 1, line.len())));
        }
        Some((when, behind))
    }

    /// The currency of the schedule in which a line stands.
    pub(super) fn currency_around(&self, line: &Spoken<'_>) -> String {
        let schedule = self.schedule_around(line.start()).lines();
        let price = |line: &&str| {
            let first = line.split_whitespace().next().unwrap_or("");
            ["price", "tarif", "prix"].contains(&first)
        };
        let mut words = schedule.filter(price).flat_map(str::split_whitespace);
        Currency::code_of(words.find(|word| is_known_currency(word)).unwrap_or("EUR"))
    }

    /// What is said of payments beyond what one line says of them.
    fn what_comes_again(&self, line: &Spoken<'_>, found: Found, times: &str) -> Diagnostic {
        let (when, often) = self.file_lang.pick(
            (
                "`each month end`, `on day 5 of each month`, `each month from start`",
                format!("`, at most {times} times`"),
            ),
            (
                "`à chaque fin de mois`, `le 5 de chaque mois`, `chaque mois à compter du démarrage`",
                format!("`, au plus {times} fois`"),
            ),
        );
        let help = say!(
            self.lang,
            "one line comes again by the calendar ({when}), so many times at most ({often}); what comes on moments of its own, or in other shares, is a line for each",
            "une même ligne revient selon le calendrier ({when}), tant de fois au plus ({often}) ; ce qui vient à des moments propres, ou en d'autres parts, est une ligne pour chacun"
        );
        self.unsaid(line, found, help)
    }

    /// When each of several sums comes, as it stands behind them, and the place behind it: a day of the month, or what
    /// comes again; each month end where neither is said.
    pub(super) fn each_time(&self, line: &Spoken<'_>, at: usize) -> (String, usize) {
        let on_day = line.stands(at, &["on day #", "on the #", "le #", "les #", "au #"]);
        let day = on_day.and_then(|(_, to)| {
            let figures = line.word(to - 1).trim_end_matches(char::is_alphabetic);
            let day = figures.parse::<u32>().ok().filter(|day| (1..=31).contains(day))?;
            let of_each = [
                "of each month",
                "of every month",
                "of the month",
                "each month",
                "every month",
                "de chaque mois",
                "du mois",
            ];
            Some((day, line.stands(to, &of_each).map_or(to, |(_, end)| end)))
        });
        if let Some((day, to)) = day {
            let right = self
                .file_lang
                .pick(format!("on day {day} of each month"), format!("le {day} de chaque mois"));
            return (right, to);
        }
        let again = [
            "each month end",
            "each quarter end",
            "each year end",
            "each month from start",
            "each month from signature",
            "each month after start",
            "a chaque fin de mois",
            "a chaque fin de trimestre",
            "chaque mois a compter du demarrage",
            "chaque mois a compter de la signature",
            "chaque mois apres le demarrage",
        ];
        match line.stands(at, &again) {
            Some((from, to)) => (self.words(line, (from, to)), to),
            None => (self.file_lang.pick("each month end", "à chaque fin de mois").to_owned(), at),
        }
    }
}

/// So many times a number, with the decimals and the sign of decimals with which it is written.
pub(super) fn product(times: &str, written: &str) -> Option<String> {
    let times = times.parse::<u64>().ok()?;
    let Some((units, decimals)) = written.split_once(['.', ',']) else {
        return times.checked_mul(written.parse().ok()?).map(|all| all.to_string());
    };
    // Three digits behind a mark may as well be of the thousands.
    (decimals.len() != 3).then_some(())?;
    let sign = written.trim_start_matches(|c: char| c.is_ascii_digit()).chars().next()?;
    let all = times.checked_mul(format!("{units}{decimals}").parse().ok()?)?;
    let length = decimals.len();
    let digits = format!("{all:0>width$}", width = length + 1);
    let (units, decimals) = digits.split_at_checked(digits.len() - length)?;
    let zeros = decimals.bytes().all(|digit| digit == b'0');
    Some(if zeros { units.to_owned() } else { format!("{units}{sign}{decimals}") })
}

/// So many times a share, where that is no more than the whole.
fn percentage(times: &str, share: &str) -> Option<String> {
    let whole = product(times, share)?;
    let units = whole.split(['.', ',']).next()?.parse::<u64>().ok()?;
    (units < 100 || whole == "100").then_some(whole)
}
