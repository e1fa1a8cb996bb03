//! What administrators write in clauses of bounds, shares and times that the language says otherwise, or not at all.
//! In: a line that is not understood. Out: its error with the sentence that works; an edit where it says what was
//! written, and all of it.

use super::parse::{Parser, Place};
use super::spoken::{LINES, PAYERS, Spoken, is_currency, is_number};
use super::spoken_conditions::{CLOSES, FROM_SIGNATURE, FROM_START};
use super::spoken_limits::{LEAVING, UNITS};
use super::unsaid;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

const PAYS: &[&str] = &[
    "pays for",
    "pays",
    "will pay",
    "shall pay",
    "covers",
    "paie",
    "paye",
    "paiera",
    "payera",
    "prend en charge",
    "finance",
    "regle",
];
const THE_REST: &[&str] = &[
    "the rest",
    "the remainder",
    "remainder",
    "rest",
    "le reste",
    "le restant",
    "le solde",
    "reste",
];
const UP_TO: &[&str] =
    &["up to", "at most", "capped at", "jusqu ' a", "au plus", "plafonne a", "dans la limite de"];
/// A part of an hour that is begun, and its minutes.
const BEGUN: &[(&[&str], u32)] = &[
    (
        &[
            "per started half hour",
            "per started half - hour",
            "per half hour started",
            "per half - hour started",
            "per half hour begun",
            "per begun half hour",
            "per commenced half hour",
            "per half hour or part thereof",
            "par demi - heure entamee",
            "par demi - heure commencee",
            "par demie - heure entamee",
            "la demi - heure entamee",
            "par tranche entamee de 30 minutes",
        ],
        30,
    ),
    (
        &[
            "per started quarter hour",
            "per started quarter of an hour",
            "per quarter hour started",
            "par quart d ' heure entame",
            "par quart d ' heure commence",
            "le quart d ' heure entame",
        ],
        15,
    ),
    (
        &[
            "per started hour",
            "per hour started",
            "per hour begun",
            "per begun hour",
            "per commenced hour",
            "per hour or part thereof",
            "par heure entamee",
            "par heure commencee",
            "l ' heure entamee",
            "l ' heure commencee",
        ],
        60,
    ),
    (&["per half hour", "per half - hour", "par demi - heure", "la demi - heure"], 0),
];
const AT_COST: &[&str] = &[
    "of actual expenses",
    "of expenses",
    "of the expenses",
    "of actual costs",
    "of costs",
    "of the costs",
    "of cost",
    "des frais reels",
    "des frais",
    "des depenses",
    "des debours",
    "des couts",
    "du cout",
    "du cout reel",
];
const WITHIN: &[&str] = &[
    "within the #",
    "within #",
    "in the #",
    "within a",
    "within one",
    "dans les #",
    "dans le",
    "dans l '",
    "sous #",
    "more than #",
    "beyond #",
    "later than #",
    "au - dela de #",
    "au dela de #",
    "plus de #",
];
/// Those that ask for more time than that.
const BEYOND: &[&str] =
    &["more than #", "beyond #", "later than #", "au - dela de #", "au dela de #", "plus de #"];
/// What is said of days that are counted as the language counts them.
const CALENDAR: &[&str] = &["calendar", "consecutive", "calendaires", "calendaire", "francs"];
const BEFORE_START: &[&str] = &[
    "before the planned start",
    "before planned start",
    "before the start",
    "before start",
    "of the start",
    "avant le demarrage prevu",
    "avant le demarrage",
    "avant le debut",
    "precedant le demarrage",
];
const INCLUSIVE: &[&str] = &[
    "inclusive",
    "inclusively",
    "included",
    "inclusivement",
    "inclus",
    "incluse",
    "incluses",
    "inclu",
    "compris",
    "comprise",
    "comprises",
];

impl Parser<'_> {
    pub(super) fn spoken_clause(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        self.unlabelled_payments(line)
            .or_else(|| self.an_invoice(line))
            .or_else(|| self.in_case_it_is_left(line))
            .or_else(|| self.payer_pays(line))
            .or_else(|| self.begun_part(line))
            .or_else(|| self.share_of_costs(line))
            .or_else(|| self.bound_of_a_line(line))
            .or_else(|| self.inclusive_bound(line))
    }

    /// `payer "X" pays 50 %`, `le payeur "X" paie le reste`.
    fn payer_pays(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let article = line.stands(0, &["the", "le", "la", "l '"]).map_or(0, |(_, to)| to);
        let named = article + usize::from(PAYERS.contains(&line.word(article)));
        let (_, share) = line.stands(named + 1, PAYS)?;
        let quoted = line.word(named).starts_with('"');
        let name = self.words(line, (named, named + 1));
        if !quoted && !name.chars().all(char::is_alphanumeric) || name.is_empty() {
            return None;
        }
        let right = if line.stands(share, THE_REST).is_some_and(|(_, to)| to == line.len()) {
            self.file_lang.pick("remainder", "reste").to_owned()
        } else if is_number(line.word(share)) && line.word(share + 1) == "%" {
            let of_price = self.words(line, (share, share + 2));
            if share + 2 == line.len() {
                of_price
            } else {
                let comma = usize::from(line.word(share + 2) == ",");
                let (_, sum) = line.stands(share + 2 + comma, UP_TO)?;
                let to = sum + 1 + usize::from(is_currency(line.word(sum + 1)));
                (is_number(line.word(sum)) && to == line.len()).then_some(())?;
                let most = self.file_lang.pick("at most", "au plus");
                format!("{of_price}, {most} {}", self.words(line, (sum, to)))
            }
        } else {
            return None;
        };
        let name = if quoted { name } else { format!("\"{name}\"") };
        let right = self
            .file_lang
            .pick(format!("payer {name}: {right}"), format!("payeur {name} : {right}"));
        Some(self.written(line, (0, line.len()), &right))
    }

    /// `30 EUR par demi-heure entamée`: hours are rounded up by a step.
    fn begun_part(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(&["action", "price", "tarif", "prix"]) {
            return None;
        }
        let stands = |(words, minutes): &(&[&str], u32)| Some((line.find(words)?, *minutes));
        let ((from, to), minutes) = BEGUN.iter().find_map(stands)?;
        let rate = (0..from).rev().find(|place| is_number(line.word(*place)))?;
        let currency = usize::from(is_currency(line.word(rate + 1)));
        if rate + 1 + currency != from {
            return None;
        }
        let hourly = ["hourly", "horaire"].contains(&line.before(rate));
        // A rate of the part is not that of the hour.
        let whole = match (hourly, minutes) {
            (true, _) | (false, 60) => Some(self.words(line, (rate, rate + 1))),
            (false, 30 | 0) => line
                .word(rate)
                .parse::<u32>()
                .ok()
                .and_then(|n| n.checked_mul(2))
                .map(|n| n.to_string()),
            (false, _) => line
                .word(rate)
                .parse::<u32>()
                .ok()
                .and_then(|n| n.checked_mul(4))
                .map(|n| n.to_string()),
        }?;
        let unit = if currency == 1 && !line.begins(&["action"]) {
            format!(" {}", self.words(line, (rate + 1, rate + 2)))
        } else {
            String::new()
        };
        let step = match minutes {
            0 => String::new(),
            n => self
                .file_lang
                .pick(format!(", by {n} minutes"), format!(", par tranche de {n} minutes")),
        };
        let word = self.file_lang.pick("hourly", "horaire");
        let right = format!("{word} {whole}{unit}{step}");
        let first = rate - usize::from(hourly);
        Some(self.written(line, (first, to), &right))
    }

    /// `110 % of expenses`: a rate of what an action cost.
    fn share_of_costs(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let share = (0..line.len())
            .find(|place| is_number(line.word(*place)) && line.word(place + 1) == "%")?;
        let (_, to) = line.stands(share + 2, AT_COST)?;
        let percent = self.words(line, (share, share + 2));
        let (whole, part) = self.file_lang.pick(
            (
                "action \"Travel\" at cost".to_owned(),
                format!("action \"Travel\" {percent} of amount"),
            ),
            (
                "action \"Frais\" au coût réel".to_owned(),
                format!("action \"Frais\" {percent} du montant"),
            ),
        );
        let help = say!(
            self.lang,
            "expenses are billed as each event states them, `{whole}`, or so much of them, `{part}`: under a price per action, where a line bills `work`",
            "les frais se facturent comme chaque événement les indique, `{whole}`, ou pour tant de leur montant, `{part}` : avec un tarif par action, où une ligne facture `réalisé`"
        );
        let priced = line.begins(LINES) || line.begins(&["action"]);
        priced.then(|| self.unsaid(line, (share, to), help))
    }

    /// `facture "Acompte" : 300 EUR à la signature`: a line says what kind it is of.
    fn an_invoice(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let labelled = line.word(1).starts_with('"') && line.len() > 3;
        let labelled = labelled && matches!(self.place, Place::Nowhere | Place::Schedule);
        (line.begins(&["invoice", "facture"]) && labelled).then(|| {
            let found = self.unsaid(line, (0, 1), String::new());
            unsaid::three_kinds(self.lang, Diagnostic { help: None, ..found })
        })
    }

    /// `in case of withdrawal`: the moment at which a case is left.
    fn in_case_it_is_left(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (from, to) = line.find(&["in case of", "in the event of"])?;
        if !line.begins(LINES) || !LEAVING.contains(&line.word(to)) {
            return None;
        }
        let noun = self.declared(line, line.word(to))?;
        let moment = self.file_lang.pick("on abandonment", "à l'abandon");
        let event = self
            .file_lang
            .pick(format!("on event \"{noun}\""), format!("à l'événement \"{noun}\""));
        let help = say!(
            self.lang,
            "write `{moment}` if the case is abandoned then; else `{event}`, and record it among the events of the case",
            "écrivez `{moment}` si le dossier est alors abandonné ; sinon `{event}`, à enregistrer parmi les événements du dossier"
        );
        Some(self.unsaid(line, (from, to + 1), help))
    }

    /// `20 % on start, capped at 200 EUR`: the amount of a line has no bounds.
    fn bound_of_a_line(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(LINES) || line.word(2) != ":" {
            return None;
        }
        let (found, sum, _) = self.bounded(line)?;
        let unit = is_currency(line.word(sum + 1));
        let asks = (0..found.0).any(|place| ["if", "si"].contains(&line.word(place)));
        (unit && !asks).then(|| {
            let place = self.unsaid(line, found, String::new());
            self.bound_of_a_price(Diagnostic { help: None, ..place }, line.start())
        })
    }

    /// `within 14 days of signature`, `dans les 14 jours suivant la signature`: a condition, and from when it counts.
    pub(super) fn within_of(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (from, number) = line.find(WITHIN)?;
        let beyond = line.stands(from, BEYOND).is_some();
        let one = !is_number(line.word(number - 1));
        let unit = number + usize::from(CALENDAR.contains(&line.word(number)));
        let worked = ["working", "business", "ouvres", "ouvrables", "ouvre", "ouvrable"];
        if let Some(place) = (number..number + 2).find(|at| worked.contains(&line.word(*at))) {
            let [since, sooner] = [
                ("since signature < … days", "depuis la signature < … jours"),
                ("duration < … days", "durée < … jours"),
            ]
            .map(|(english, french)| self.file_lang.pick(english, french));
            let help = say!(
                self.lang,
                "a condition counts the days of the calendar: decide how many they are, `{since}` from the signature, `{sooner}` from the start",
                "une condition compte les jours du calendrier : décidez combien il y en a, `{since}` depuis la signature, `{sooner}` depuis le démarrage"
            );
            return Some(self.unsaid(line, (from, place + 1), help));
        }
        if !UNITS.contains(&line.word(unit)) {
            return None;
        }
        let behind = unit + 1 + usize::from(CALENDAR.contains(&line.word(unit + 1)));
        let counts = [
            (FROM_SIGNATURE, ("since signature", "depuis la signature")),
            (BEFORE_START, ("notice", "délai avant le démarrage")),
            (FROM_START, ("duration", "durée")),
        ];
        let (to, measured) = counts.iter().find_map(|(words, measured)| {
            let (_, to) = line.stands(behind, words)?;
            Some((to, self.file_lang.pick(measured.0, measured.1)))
        })?;
        if !CLOSES.contains(&line.word(to)) && !["if", "si"].contains(&line.word(to)) {
            return None;
        }
        let count = if one { "1".to_owned() } else { self.words(line, (number - 1, number)) };
        let length = format!("{count} {}", self.words(line, (unit, unit + 1)));
        // A line that has no moment yet is told of moments.
        if behind_an_amount(line, from) {
            let help = self.billed_within(line, &length, measured);
            return (!beyond).then(|| self.unsaid(line, (from, to), help));
        }
        let asked =
            ["if", "si", "and", "et", "or", "ou", "not", "non"].contains(&line.before(from));
        if ["if", "si"].contains(&line.before(from)) && behind_an_amount(line, from - 1) {
            // The last of so many days is one of them.
            let sign = if beyond { ">" } else { "<=" };
            let balance = line.begins(&["balance", "solde"]);
            let when = match balance {
                true => self.file_lang.pick("on abandonment if", "à l'abandon si"),
                false => self.file_lang.pick("on end if", "à la fin si"),
            };
            let sum = self.words(line, (3, from - 1));
            let right = format!("{sum} {when} {measured} {sign} {length}");
            return Some(self.no_moment_before(self.place(line, (from - 1, from)), &right));
        }
        let comma = usize::from(line.before(from) == ",");
        let word = if asked { "" } else { self.file_lang.pick("if ", "si ") };
        let [under, until] = if beyond { [">", ">="] } else { ["<", "<="] }
            .map(|sign| format!("{word}{measured} {sign} {length}"));
        let help = say!(
            self.lang,
            "how much time lies between is a condition: `{under}`, or `{until}` to count the last day, too",
            "le temps qui sépare les deux est une condition : `{under}`, ou `{until}` pour compter aussi le dernier jour"
        );
        Some(self.unsaid(line, (from - comma, to), help))
    }

    /// `30 % dans les 30 jours de la signature`: when it is billed, when it is paid, and until when it is so.
    fn billed_within(&self, line: &Spoken<'_>, length: &str, measured: &str) -> String {
        let (from, on) = match measured {
            "since signature" | "depuis la signature" => {
                (("after signature", "après la signature"), ("on signature", "à la signature"))
            }
            "duration" | "durée" => {
                (("after start", "après le démarrage"), ("on start", "au démarrage"))
            }
            _ => {
                (("before planned start", "avant le démarrage prévu"), ("on start", "au démarrage"))
            }
        };
        let later = format!("{length} {}", self.file_lang.pick(from.0, from.1));
        let on = self.file_lang.pick(on.0, on.1);
        if line.begins(&["balance", "solde"]) {
            let left = self.file_lang.pick("on abandonment if", "à l'abandon si");
            let left = format!("{left} {measured} <= {length}");
            return say!(
                self.lang,
                "a line waits for a moment, not until one: `{later}` is one; where the case is left within that time, `{left}`",
                "une ligne attend un moment, pas une limite : `{later}` en est un ; si le dossier est quitté dans ce délai, `{left}`"
            );
        }
        let days = ["day", "days", "jour", "jours"].iter().any(|unit| length.ends_with(unit));
        let due =
            self.file_lang.pick(format!("payment due {length}"), format!("paiement à {length}"));
        if !days || from.0.starts_with("before") {
            return say!(
                self.lang,
                "a line waits for a moment, not until one: `{on}`, or `{later}`",
                "une ligne attend un moment, pas une limite : `{on}`, ou `{later}`"
            );
        }
        say!(
            self.lang,
            "a line waits for a moment, not until one: `{on}`, or `{later}`; within how many days its invoice is paid is said by `{due}`, on a line of its own",
            "une ligne attend un moment, pas une limite : `{on}`, ou `{later}` ; en combien de jours sa facture se paie se dit par `{due}`, sur une ligne à part"
        )
    }

    /// `durée >= 3 mois inclus`, `date before 2026-01-01 inclusive`: whether the bound belongs to it.
    fn inclusive_bound(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (from, to) = line.find(INCLUSIVE)?;
        let taxes = ["vat", "tva", "tax", "taxe", "taxes"];
        if (0..line.len()).any(|place| taxes.contains(&line.word(place))) {
            return None;
        }
        let unit = line.before(from);
        let timed = UNITS.contains(&unit)
            || ["hours", "hour", "heures", "heure", "times", "fois"].contains(&unit);
        let dated = unit.len() >= 8 && is_number(unit) && unit.contains(['-', '/']);
        let asks = (0..from).any(|at| ["if", "si"].contains(&line.word(at)));
        let measured = asks && (unit == "%" || is_number(unit));
        if !timed && !dated && !measured {
            return None;
        }
        let place = self.place(line, (from, to));
        let sign = (0..from).rev().find(|at| ["<", ">", "=", "<=", ">="].contains(&line.word(*at)));
        let bound = sign.filter(|_| asks);
        let strict = bound.is_some_and(|at| {
            line.word(at) != "=" && !line.word(at).ends_with('=') && line.word(at + 1) != "="
        });
        let help = if strict {
            say!(
                self.lang,
                "`<` and `>` leave the bound out; with it, write `<=` or `>=`, and leave this out",
                "`<` et `>` excluent la borne ; pour l'inclure, écrivez `<=` ou `>=`, et retirez ce mot"
            )
        } else if bound.is_some() {
            let help = say!(
                self.lang,
                "leave it out: `<=` and `>=` take the bound in",
                "retirez ce mot : `<=` et `>=` incluent la borne"
            );
            return Some(self.unsaid(line, (from, to), help).edit(place, ""));
        } else if dated {
            say!(
                self.lang,
                "`before` leaves its day out, and `from` takes it in: leave this word out, and write the day after where the day itself counts, too",
                "`avant` exclut son jour, `à compter du` l'inclut : retirez ce mot, et écrivez le lendemain si le jour même compte aussi"
            )
        } else if asks {
            say!(
                self.lang,
                "say the bound with a sign: `<=` and `>=` take it in, `<` and `>` leave it out",
                "dites la borne par un signe : `<=` et `>=` l'incluent, `<` et `>` l'excluent"
            )
        } else {
            say!(
                self.lang,
                "leave it out: a delay ends on one day, and the line is billed on it",
                "retirez ce mot : un délai tombe un jour précis, et la ligne se facture ce jour-là"
            )
        };
        Some(self.unsaid(line, (from, to), help))
    }
}

/// Whether what stands at a place follows an amount, and no moment.
fn behind_an_amount(line: &Spoken<'_>, place: usize) -> bool {
    let before = line.before(place);
    let amounts = ["%", "remainder", "reste", "nothing", "rien", "work", "realise"];
    let moment = ["end", "fin"].contains(&before);
    amounts.contains(&before) || is_currency(before) && !moment || is_number(before)
}
