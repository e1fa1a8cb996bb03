//! What administrators write of a cancellation as a clause of its own: what is billed then, and under which condition. In: a
//! line that begins with no word of the language. Out: the line that bills it under that condition, or, where the words do
//! not say which one it is, what is to be decided.

use super::parse::{Parser, Place};
use super::spoken::{Found, Spoken, is_number};
use super::spoken_conditions::{FROM_SIGNATURE, FROM_START};
use super::spoken_leaving::{LEFT, to_the_start};
use super::spoken_limits::UNITS;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

const FREE: &[&str] =
    &["gratuite", "gratuit", "free", "sans frais", "no charge", "without charge", "offerte"];
/// How a time compares that stands behind these; longer ones first.
const SIGNS: &[(&[&str], &str)] = &[
    (&["no more than", "not more than", "at most", "au plus", "pas plus de"], "<="),
    (&["no less than", "not less than", "at least", "au moins", "pas moins de"], ">="),
    (UNTIL, ">="),
    (&["less than", "fewer than", "under", "a moins de", "moins de"], "<"),
    (&["more than", "over", "plus de", "au - dela de", "au dela de"], ">"),
];
const UNTIL: &[&str] = &["up to", "until", "jusqu ' a"];
/// What bounds a time that has passed, or is left; which of them, the words behind it say.
const WITHIN: &[&str] = &["within the", "within", "dans les", "dans un delai de", "sous"];
const LATER: &[&str] = &["after", "beyond", "past", "apres", "au bout de", "a partir de", "from"];
const AHEAD: &[&str] = &["before", "avant", "ahead", "beforehand", "notice"];
const NOTICES: &[&str] = &["preavis", "notice", "delai", "reflexion", "retractation"];
/// The right to withdraw, which counts from the signature.
const RIGHTS: &[&str] = &[
    "delai de retractation",
    "droit de retractation",
    "periode de retractation",
    "delai de reflexion",
    "retractation",
    "withdrawal period",
    "right of withdrawal",
    "right to withdraw",
    "cooling - off period",
    "cooling off period",
    "cooling - off",
    "cooling off",
];
/// What counts a time from anything, behind it.
const COUNTS_FROM: &[&str] = &[
    "of", "after", "from", "before", "since", "de", "du", "d", "apres", "avant", "depuis", "prior",
];
const AFTER_START: &[&str] = &[
    "after the start",
    "after start",
    "once started",
    "if started",
    "apres le demarrage",
    "apres le debut",
    "apres demarrage",
    "apres debut",
    "apres le commencement",
    "une fois demarre",
    "si demarre",
];
const SESSIONS: &[&str] = &["session", "sessions", "seance", "seances", "lessons", "cours"];
/// Words that ask for something.
const ASKS: &[&str] = &[
    "if",
    "si",
    "when",
    "unless",
    "except",
    "sauf",
    "hors",
    "before",
    "after",
    "avant",
    "apres",
    "during",
    "pendant",
    "within",
    "veille",
    "eve",
    "less",
    "more",
    "moins",
    "plus",
    "until",
    "jusqu",
    "from",
    "since",
    "depuis",
    "under",
    "over",
    "sous",
    "session",
    "sessions",
    "seance",
    "seances",
    "started",
    "demarre",
    "lendemain",
    "once",
    "between",
    "entre",
    "same",
    "meme",
    "jour",
    "day",
    "partir",
    "working",
    "business",
    "ouvres",
    "ouvrables",
    "ouvre",
    "ouvrable",
    "start",
    "demarrage",
    "debut",
    "signature",
    "premier",
    "premiere",
    "first",
];
/// What says that something is given back.
const BACK: &[&str] = &[
    "refund",
    "refunded",
    "refundable",
    "remboursement",
    "rembourse",
    "rembourses",
    "remboursee",
    "remboursees",
    "remboursable",
    "restitue",
];

/// That nothing is given back.
const NO_REFUND: &[&str] = &[
    "no refunds",
    "no refund",
    "not refundable",
    "nothing is refunded",
    "nothing refunded",
    "aucun remboursement",
    "pas de remboursement",
    "sans remboursement",
    "non remboursable",
    "non remboursables",
    "rien n ' est rembourse",
];

/// Under which condition a cancellation is billed.
enum Under {
    /// It is left, and nothing more.
    Left,
    /// This one.
    Test(String),
    /// So much time is left to the planned start: the sign and the time; whether that is what it counts to.
    Ahead(String, bool),
    /// These may be the one.
    Undecided(Vec<String>),
}

impl Parser<'_> {
    /// `annulation : 30 % à moins de 7 jours`, `free cancellation`, `délai de rétractation 14 jours`: what is billed then,
    /// with the figures of the line; `fee` is the label of a sum that comes beside the price.
    pub(super) fn what_is_left(&self, line: &Spoken<'_>, fee: Option<&str>) -> String {
        let free = line.find(FREE).is_some();
        let amount = match free {
            true => Some(self.file_lang.pick("nothing", "rien").to_owned()),
            false => self.amount_in(line),
        };
        let amount = amount.unwrap_or_else(|| "…".to_owned());
        if !free && let Some(told) = self.given_back(line, &amount) {
            return told;
        }
        if let Some(told) = self.right_to_withdraw(line) {
            return told;
        }
        // What is free and what is not are two lines.
        if free && self.amount_in(line).is_some() {
            let amount = self.amount_in(line).unwrap_or_else(|| "…".to_owned());
            return self.which_condition(&amount, &[]);
        }
        let (kind, beside) = match fee {
            Some(_) => (
                self.file_lang.pick("installment", "échéance"),
                self.file_lang.pick(", beside the price", ", en sus du prix"),
            ),
            None => (self.file_lang.pick("balance", "solde"), ""),
        };
        let label = fee.unwrap_or(self.file_lang.pick("\"Cancellation\"", "\"Annulation\""));
        let left = self.file_lang.pick("on abandonment", "à l'abandon");
        let right = format!("{kind} {label}: {amount} {left}");
        let asked = self.file_lang.pick("if", "si");
        let under = |test: &str| format!("{right} {asked} {test}{beside}");
        match self.left_under(line) {
            Under::Left => {
                let before = self
                    .file_lang
                    .pick("if notice < … days", "si délai avant le démarrage < … jours");
                let right = format!("{right}{beside}");
                say!(
                    self.lang,
                    "say what is billed then: `{right}`; if it depends on the time left to the planned start, a line for each window, with a condition, `{before}`",
                    "dites ce qui est alors facturé : `{right}` ; si cela dépend du temps qui reste avant le démarrage prévu, une ligne par fenêtre, avec une condition, `{before}`"
                )
            }
            Under::Test(test) => {
                let right = under(&test);
                say!(
                    self.lang,
                    "what is billed then is a line of its own, with its condition: `{right}`",
                    "ce qui est alors facturé est une ligne à part, avec sa condition : `{right}`"
                )
            }
            Under::Ahead(test, named) => {
                let ahead = format!("{} {test}", self.measures().0);
                let not_started = self.file_lang.pick("and not started", "et non démarré");
                let alone = under(&format!("{ahead} {not_started}"));
                let alone = Some(alone).filter(|_| test.starts_with('<'));
                self.ahead_of_start(&under(&ahead), alone.as_deref(), &test, named)
            }
            Under::Undecided(tests) => self.which_condition(&amount, &tests),
        }
    }

    /// `délai de rétractation 14 jours`: who withdraws by then owes nothing, or what the line says.
    fn right_to_withdraw(&self, line: &Spoken<'_>) -> Option<String> {
        line.find(RIGHTS).filter(|(from, _)| *from < 2)?;
        let times = self.times_in(line);
        let [((from, to), time)] = times.as_slice() else { return None };
        let end = line.stands(*to, FROM_SIGNATURE).map_or(*to, |(_, end)| end);
        // Only the right, and how long it lasts.
        (!self.asks_beside(line, (*from, end))).then_some(())?;
        let amount = self.amount_in(line);
        let amount = amount.as_deref().unwrap_or(self.file_lang.pick("nothing", "rien"));
        let right = self.file_lang.pick(
            format!("balance \"Withdrawal\": {amount} on abandonment if since signature <= {time}"),
            format!(
                "solde \"Rétractation\": {amount} à l'abandon si depuis la signature <= {time}"
            ),
        );
        Some(say!(
            self.lang,
            "the right to withdraw counts from the signature, and the line that closes the case says what is then due: `{right}`, its last day taken in; a balance gives the deposits above it back, an installment is not given back",
            "le droit de se rétracter court de la signature, et la ligne qui clôt le dossier dit ce qui est alors dû : `{right}`, dernier jour compris ; un solde rend les acomptes qui le dépassent, une échéance ne se rend pas"
        ))
    }

    /// `no refund after start`, `aucun remboursement après le démarrage`: what has been billed stays so.
    pub(super) fn nothing_back(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        line.stands(0, NO_REFUND)?;
        (self.place == Place::Schedule).then_some(())?;
        let asked = self.file_lang.pick("if", "si");
        let condition = match self.left_under(line) {
            Under::Test(test) => format!(" {asked} {test}"),
            Under::Left => String::new(),
            Under::Ahead(test, _) => format!(" {asked} {} {test}", self.measures().0),
            Under::Undecided(tests) => match tests.first() {
                Some(test) => format!(" {asked} {test}"),
                None => String::new(),
            },
        };
        let (right, kept) = self.file_lang.pick(
            (
                format!("balance \"Left\": up to … %, no refund, on abandonment{condition}"),
                format!("balance \"Left\": remainder on abandonment{condition}"),
            ),
            (
                format!(
                    "solde \"Abandon\": jusqu'à … %, sans remboursement, à l'abandon{condition}"
                ),
                format!("solde \"Abandon\": reste à l'abandon{condition}"),
            ),
        );
        let help = say!(
            self.lang,
            "only the balance that closes the case gives anything back, of the deposits alone: decide what stays due; `{right}` keeps what was billed, and bills up to that share of the price, `{kept}` bills all of it",
            "seul le solde qui clôt le dossier rend quelque chose, et des acomptes seulement : décidez ce qui reste dû ; `{right}` garde ce qui a été facturé, et facture jusqu'à cette part du tarif, `{kept}` le facture en entier"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// Whether a clause of a cancellation asks for more than that the case is left.
    pub(super) fn asks_when_left(&self, line: &Spoken<'_>) -> bool {
        !matches!(self.left_under(line), Under::Left)
    }

    /// The time left to the planned start, the time since the signature and since the start, as conditions name them.
    fn measures(&self) -> (&'static str, &'static str, &'static str) {
        self.file_lang.pick(
            ("notice", "since signature", "duration"),
            ("délai avant le démarrage", "depuis la signature", "durée"),
        )
    }

    fn ahead_of_start(&self, right: &str, alone: Option<&str>, test: &str, named: bool) -> String {
        let later = alone.map_or_else(String::new, |alone| {
            say!(
                self.lang,
                ", which holds after the start, too; before it alone, `{alone}`",
                " ; cette condition est vraie aussi après le démarrage ; avant lui seulement, `{alone}`"
            )
        });
        let since = format!("{} {test}", self.measures().1);
        let since = match named {
            true => String::new(),
            false => say!(
                self.lang,
                "; `{since}` counts from the signature instead",
                " ; `{since}` compte, lui, depuis la signature"
            ),
        };
        say!(
            self.lang,
            "say what is billed then: `{right}`, to the planned start{later}{since}",
            "dites ce qui est alors facturé : `{right}`, jusqu'au démarrage prévu{later}{since}"
        )
    }

    /// `annulation : remboursement de 50 %`: what is given back is not what is billed.
    fn given_back(&self, line: &Spoken<'_>, amount: &str) -> Option<String> {
        let back = (0..line.len()).find(|at| BACK.contains(&line.word(*at)))?;
        let kept = ["non", "not", "no", "-"].contains(&line.before(back));
        (!kept).then(|| self.decide_what_stays(amount))
    }

    /// That a line says what stays due, of what is given back.
    pub(super) fn decide_what_stays(&self, back: &str) -> String {
        let number = back.strip_suffix(" %");
        let stays = number.and_then(|share| self.rest_of_a_whole(share));
        let stays = stays.map_or_else(|| "…".to_owned(), |stays| format!("{stays} %"));
        let nothing = self.file_lang.pick("nothing", "rien");
        match number {
            Some("100") => say!(
                self.lang,
                "a line says what stays due, and gives nothing back but the deposits above it: write `{nothing}` on a balance, and decide in which cases, with a condition; an installment is not given back",
                "une ligne dit ce qui reste dû, et ne rend que les acomptes qui le dépassent : écrivez `{nothing}` sur un solde, et décidez dans quels cas, par une condition ; une échéance ne se rend pas"
            ),
            _ => say!(
                self.lang,
                "a line says what stays due, and gives nothing back but the deposits above it: decide of what {back} is given back; of the price, `{stays}` stays due, on a balance; a share of what was paid before is no amount of the language, and an installment is not given back",
                "une ligne dit ce qui reste dû, et ne rend que les acomptes qui le dépassent : décidez sur quoi portent les {back} à rendre ; du tarif, il reste dû `{stays}`, sur un solde ; une part de ce qui a été payé n'est pas un montant du langage, et une échéance ne se rend pas"
            ),
        }
    }

    /// That the words do not say which condition it is, and those that there are.
    fn which_condition(&self, amount: &str, tests: &[String]) -> String {
        let (ahead, since, run) = self.measures();
        let unit = self.file_lang.pick("days", "jours");
        let said = |test: &String| format!("`{test}`");
        let tests: Vec<String> = if tests.is_empty() {
            let started =
                self.file_lang.pick(["started", "not started"], ["démarré", "non démarré"]);
            let own = started.map(str::to_owned).into_iter();
            own.chain([format!("{ahead} < … {unit}"), format!("{since} >= … {unit}")]).collect()
        } else {
            tests.to_vec()
        };
        let tests = tests.iter().map(said).collect::<Vec<_>>().join(", ");
        let left = self.file_lang.pick("on abandonment", "à l'abandon");
        let event = self.file_lang.pick("event \"…\" happened", "événement \"…\" survenu");
        let decide = match amount {
            "…" => say!(
                self.lang,
                "decide what is billed then, a sum or a share of the price, and which condition of `{left}` says when",
                "décidez ce qui est alors facturé, une somme ou une part du tarif, et quelle condition derrière `{left}` dit quand"
            ),
            amount => say!(
                self.lang,
                "`{amount}` is due in some of the cases that are left: decide which condition behind `{left}` says in which",
                "`{amount}` n'est dû que dans certains abandons : décidez quelle condition derrière `{left}` dit lesquels"
            ),
        };
        say!(
            self.lang,
            "{decide}: {tests}; `{ahead}` is the time left to the planned start, `{since}` and `{run}` what has passed since the signature and since the start; what none of them says is an event that you record, `{event}`",
            "{decide} : {tests} ; `{ahead}` est le temps qui reste avant le démarrage prévu, `{since}` et `{run}` celui passé depuis la signature et depuis le démarrage ; ce qu'aucune ne dit est un événement que vous enregistrez, `{event}`"
        )
    }

    /// Under which condition a clause of a cancellation bills.
    fn left_under(&self, line: &Spoken<'_>) -> Under {
        let (ahead, since, _) = self.measures();
        if let Some((from, lower, upper, end)) = self.window(line) {
            let (measured, to) = if let Some(to) = ahead_at(line, end) {
                (Some(ahead), to)
            } else if let Some((_, to)) = line.stands(end, FROM_SIGNATURE) {
                (Some(since), to)
            } else {
                (None, end)
            };
            let words = self.file_lang.pick(["from", "to under"], ["de", "à moins de"]);
            let test = |measured| format!("{measured} {} {lower} {} {upper}", words[0], words[1]);
            return match measured {
                Some(measured) if !self.asks_beside(line, (from, to)) => {
                    Under::Test(test(measured))
                }
                _ => Under::Undecided(vec![test(ahead), test(since)]),
            };
        }
        match self.times_in(line).as_slice() {
            [] => {
                let after = line.find(AFTER_START);
                let before = super::spoken_timings::BEFORE_START;
                let before = line
                    .find(before)
                    .or_else(|| line.find(&["avant debut", "if not started", "si non demarre"]));
                let not = self.file_lang.pick("not started", "non démarré");
                let started = self.file_lang.pick("started", "démarré");
                match (after, before) {
                    (_, Some(found)) if !self.asks_beside(line, found) => {
                        Under::Test(not.to_owned())
                    }
                    (Some(found), None) if !self.asks_beside(line, found) => {
                        Under::Test(started.to_owned())
                    }
                    _ if self.asks_beside(line, (0, 0)) => {
                        Under::Undecided(self.sessions_done(line))
                    }
                    _ => Under::Left,
                }
            }
            [(found, time)] => self.under_a_time(line, *found, time),
            _ => Under::Undecided(Vec::new()),
        }
    }

    /// The condition of a clause that names one time.
    fn under_a_time(&self, line: &Spoken<'_>, (at, end): Found, time: &str) -> Under {
        let (ahead, since, run) = self.measures();
        let signed =
            SIGNS.iter().find_map(|(words, sign)| Some((line.ending_at(at, words)?, *sign)));
        let within = line.ending_at(at, WITHIN).map(|from| (from, "<"));
        let later = line.ending_at(at, LATER).map(|from| (from, ">="));
        let bound = signed.or(within).or(later);
        let (from, sign) = bound.map_or((at, None), |(from, sign)| (from, Some(sign)));
        let test = |measured: &str, sign: &str| format!("{measured} {sign} {time}");
        let both = |measured: &str| vec![test(measured, "<"), test(measured, ">=")];
        let of_start = line.stands(end, FROM_START).filter(|_| line.word(end) != "du");
        let since_when = line
            .stands(end, FROM_SIGNATURE)
            .map(|(_, to)| (since, to))
            .or_else(|| of_start.filter(|_| line.word(end) != "of").map(|(_, to)| (run, to)));
        if let Some((measured, to)) = since_when {
            let whole = !self.asks_beside(line, (from, to));
            // Until a time has passed is no more than it; until so long before is no less.
            let until = line.ending_at(at, UNTIL).is_some();
            let sign = if until { Some("<=") } else { sign };
            return match sign {
                Some(sign) if whole => Under::Test(test(measured, sign)),
                Some(sign) => Under::Undecided(vec![test(measured, sign)]),
                None => Under::Undecided(both(measured)),
            };
        }
        let named = ahead_at(line, end);
        // `dans les 15 jours du démarrage` may be on either side of it.
        if let Some(sign) = sign.filter(|_| line.word(end) == "du" && line.word(from) != "a") {
            return Under::Undecided(vec![test(ahead, sign), test(run, sign)]);
        }
        let whole = !self.asks_beside(line, (from, named.unwrap_or(end)));
        let anchored = COUNTS_FROM.contains(&line.word(end));
        match (named, sign) {
            (Some(_), Some(sign)) if whole && later.is_none() => {
                let plain = AHEAD.contains(&line.word(end)) && named == Some(end + 1);
                Under::Ahead(format!("{sign} {time}"), !plain)
            }
            (Some(_), None) => Under::Undecided(both(ahead)),
            (None, Some(sign)) if whole && !anchored && signed.is_some() => {
                Under::Ahead(format!("{sign} {time}"), false)
            }
            (None, Some(sign)) if whole && !anchored && later.is_some() => {
                Under::Undecided(vec![test(since, sign), test(run, sign)])
            }
            (None, Some(sign)) if whole && !anchored => {
                Under::Undecided(vec![test(ahead, sign), test(since, sign)])
            }
            (None, None) if whole && !anchored && self.amount_in(line).is_none() => {
                Under::Ahead(format!("< {time}"), false)
            }
            (None, None) if whole && !anchored => {
                Under::Undecided([both(ahead), both(since)].concat())
            }
            _ => Under::Undecided(Vec::new()),
        }
    }

    /// How many sessions were held by then, as a condition.
    fn sessions_done(&self, line: &Spoken<'_>) -> Vec<String> {
        let held = |at: &usize| is_number(line.word(*at)) && SESSIONS.contains(&line.word(at + 1));
        let count = (0..line.len()).find(held).map(|at| self.words(line, (at, at + 1)));
        let test = |count: String| {
            self.file_lang.pick(
                format!("action \"…\" done at least {count} times"),
                format!("action \"…\" faite au moins {count} fois"),
            )
        };
        count.map(test).into_iter().collect()
    }

    /// `entre 30 et 15 jours`, `15 to 30 days`: where it begins, the shorter time, the longer one, and where it ends.
    fn window(&self, line: &Spoken<'_>) -> Option<(usize, String, String, usize)> {
        (0..line.len()).find_map(|at| {
            let begins = ["de", "entre", "from", "between"].contains(&line.before(at));
            let (lower, upper, end) = self.window_at(line, at)?;
            Some((at - usize::from(begins), lower, upper, end))
        })
    }

    /// Two bounds of one time at a place, the shorter first, each with its unit, and where they end.
    pub(super) fn window_at(
        &self,
        line: &Spoken<'_>,
        at: usize,
    ) -> Option<(String, String, usize)> {
        let joins = ["a", "et", "to", "and", "-"].contains(&line.word(at + 1));
        (joins && is_number(line.word(at))).then_some(())?;
        let (_, end) = self.length_at(line, at + 2)?;
        let units = self.words(line, (at + 3, at + 4));
        let bound = |at: usize| {
            let count = line.word(at).parse::<u32>().ok()?;
            let unit = match count {
                1 if units != "mois" => units.trim_end_matches('s'),
                _ => units.as_str(),
            };
            Some((count, format!("{count} {unit}")))
        };
        let mut bounds = [bound(at)?, bound(at + 2)?];
        bounds.sort();
        let [(_, lower), (_, upper)] = bounds;
        Some((lower, upper, end))
    }

    /// Whether anything but these words, an amount, and that the case is left, is asked.
    fn asks_beside(&self, line: &Spoken<'_>, (from, to): Found) -> bool {
        let mut known = vec![(from, to)];
        known.extend(self.percentages(line).into_iter().map(|(found, _)| found));
        known.extend(self.sum_in(line).map(|(found, _)| found));
        known.extend(line.find(LEFT));
        // `if less than 7 days before` asks for that time alone.
        if ["if", "si"].contains(&line.before(from)) {
            known.push((from - 1, from));
        }
        let told = |at: &usize| known.iter().any(|(from, to)| (*from..*to).contains(at));
        let asks = |at: usize| {
            let word = line.word(at);
            is_number(word) || ASKS.contains(&word) || UNITS.contains(&word)
        };
        (0..line.len()).filter(|at| !told(at)).any(asks)
    }
}

/// Where words end at a place that count a time back from the planned start.
fn ahead_at(line: &Spoken<'_>, place: usize) -> Option<usize> {
    if let Some(to) = to_the_start(line, place) {
        return Some(to);
    }
    let of_notice =
        ["de", "of"].contains(&line.word(place)) && NOTICES.contains(&line.word(place + 1));
    if of_notice {
        return Some(place + 2);
    }
    let behind = line.word(place + 1);
    let closed = !behind.starts_with(char::is_alphabetic) || behind == "free";
    (AHEAD.contains(&line.word(place)) && closed).then_some(place + 1)
}
