//! What administrators write as a clause of its own and is a line or a payer of the language: a retention, a membership, what a
//! fund takes over; and events in their own words. In: a line that is not understood. Out: its error with the sentence that works.

use super::parse::{Parser, Place};
use super::spoken::{LINES, Spoken, capital, is_currency, is_number};
use super::spoken_limits::LEAVING;
use super::spoken_periods::{IN_ADVANCE, IN_ARREARS};
use crate::diagnostic::Diagnostic;
use crate::lang::say;

const HELD_BACK: &[&str] =
    &["retenue de garantie", "retenue de", "retenue", "retention of", "retention", "holdback"];
const FEES: &[&str] = &[
    "cotisation",
    "adhesion",
    "inscription",
    "licence",
    "abonnement",
    "setup",
    "membership",
    "enrolment",
    "registration",
    "subscription",
    "onboarding",
];
const TAKEN_OVER: &[&str] = &["prise en charge", "subrogation", "reste a charge"];
const AT_LEAST_SO_LONG: &[&str] = &[
    "minimum term",
    "minimum commitment",
    "minimum duration",
    "commitment",
    "engagement",
    "duree minimale",
    "duree d ' engagement",
    "periode d ' engagement",
];
/// What begins a moment that is no word of the language, and where its noun begins among these words.
const OWN: &[(&str, usize)] = &[
    ("sur presentation de l '", 1),
    ("sur presentation de la", 1),
    ("sur presentation des", 1),
    ("sur presentation du", 1),
    ("sur presentation de", 1),
    ("sur remise de", 1),
    ("sur remise des", 1),
    ("sur remise du", 1),
    ("apres validation", 1),
    ("apres reception", 1),
    ("apres acceptation", 1),
    ("apres accord", 1),
    ("apres livraison", 1),
    ("apres remise", 1),
    ("des reception", 1),
    ("des validation", 1),
    ("a la levee", 2),
    ("a la remise", 2),
    ("a la validation", 2),
    ("upon presentation of", 1),
    ("on presentation of", 1),
    ("after validation", 1),
    ("after approval", 1),
    ("after acceptance", 1),
    ("after delivery", 1),
];
/// What happens now and then, and the event that says it.
const MISHAPS: &[(&[&str], (&str, &str))] = &[
    (
        &[
            "par absence",
            "en cas d ' absence",
            "si absence",
            "si absent",
            "per no - show",
            "per absence",
            "if absent",
            "in case of absence",
            "for each missed session",
            "per missed session",
            "pour chaque absence",
            "par seance manquee",
        ],
        ("Absence", "Absence"),
    ),
    (
        &[
            "en cas de retard",
            "si retard",
            "par retard",
            "pour chaque retard",
            "if late",
            "in case of delay",
            "per late arrival",
        ],
        ("Late", "Retard"),
    ),
];
const FULL_REFUND: &[&str] = &[
    "full refund",
    "a full refund",
    "refund",
    "remboursement integral",
    "remboursement total",
    "remboursement",
    "rembourse",
    "remboursee",
];
/// Whom a discount is for.
const FOR_WHOM: &[&str] = &[
    "pour",
    "for",
    "aux",
    "des le #",
    "des la #",
    "des #",
    "a partir de #",
    "a partir du #",
    "from #",
];

impl Parser<'_> {
    /// A clause of its own, or an event in other words.
    pub(super) fn spoken_item(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        self.own_clause(line).or_else(|| {
            let labelled = line.begins(LINES) && line.word(2) == ":";
            labelled.then_some(())?;
            self.held_back(line)
                .or_else(|| self.refund(line))
                .or_else(|| self.now_and_then(line))
                .or_else(|| self.event_in_words(line))
                .or_else(|| self.for_whom(line))
        })
    }

    fn own_clause(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if self.place != Place::Schedule {
            return None;
        }
        let all = (0, line.len());
        if line.stands(0, HELD_BACK).is_some() {
            return Some(self.unsaid(line, all, self.what_is_held_back(line)));
        }
        if line.stands(0, TAKEN_OVER).is_some() {
            let (_, named) = line.stands(0, TAKEN_OVER)?;
            let right = self.payers_listed(line, named);
            if let Some((_, sum)) = self.sum_in(line) {
                let fee = self.file_lang.pick(
                    format!("installment \"…\": {sum} on event \"…\", beside the price"),
                    format!("échéance \"…\": {sum} à l'événement \"…\", en sus du prix"),
                );
                let help = say!(
                    self.lang,
                    "say which it is: a payer who takes over that much, {right}; or a sum that is charged beside the price, `{fee}`, and when",
                    "dites ce que c'est : un payeur qui prend tant à sa charge, {right} ; ou une somme facturée en plus du prix, `{fee}`, et quand"
                );
                return Some(self.unsaid(line, all, help));
            }
            return Some(self.unsaid(line, all, self.one_line_each(&right)));
        }
        if line.stands(0, AT_LEAST_SO_LONG).is_some() {
            let times = self.times_in(line);
            let time = times.first().map(|(_, time)| time.as_str());
            let time = time.unwrap_or(self.file_lang.pick("… months", "… mois"));
            let right = self.file_lang.pick(
                format!("balance \"Left early\": … on abandonment if duration < {time}"),
                format!("solde \"Départ anticipé\": … à l'abandon si durée < {time}"),
            );
            let help = say!(
                self.lang,
                "no line is bound to a least time: say what is billed where a case is left before it: `{right}`",
                "aucune ligne n'a de durée minimale : dites ce qui est facturé si le dossier est quitté avant elle : `{right}`"
            );
            return Some(self.unsaid(line, all, help));
        }
        // `monthly subscription`: in English how often comes first.
        let rhythm = ["monthly", "quarterly", "yearly", "annual", "setup"].contains(&line.word(0));
        let named = usize::from(rhythm && FEES.contains(&line.word(1)));
        if !line.begins(FEES) && named == 0 {
            return None;
        }
        let number = (1..line.len()).find(|place| is_number(line.word(*place)))?;
        let mut after = number + 1;
        while is_number(line.word(after)) {
            after += 1;
        }
        // With a second sum it is more than this.
        let sum = |place: usize| is_number(line.word(place)) && is_currency(line.word(place + 1));
        let more = (after + 1..line.len()).any(sum);
        if !is_currency(line.word(after)) || more {
            return None;
        }
        let sum = self.words(line, (number, after + 1));
        let label = capital(&self.words(line, (named, named + 1)))?;
        let says = |words: &[&str]| (0..line.len()).any(|place| words.contains(&line.word(place)));
        let rated = ["pro rata", "prorata", "au prorata", "prorated"];
        if line.find(&rated).is_some() {
            let monthly = says(&["mensuel", "mensuelle", "mois", "monthly", "month"]);
            if !monthly {
                return self.of_a_rhythm(line, &self.fee_at(line, None, number)?);
            }
            let right = self.file_lang.pick(
                format!("`price monthly {sum}` and `installment \"{label}\": price each month end, pro rata`"),
                format!("`tarif mensuel {sum}` et `échéance \"{label}\": le tarif à chaque fin de mois, au prorata`"),
            );
            let help = say!(
                self.lang,
                "the price of a month is billed pro rata by a line: {right}",
                "le tarif d'un mois est facturé au prorata par une ligne : {right}"
            );
            return Some(self.unsaid(line, all, help));
        }
        let (advance, arrears) = (line.find(IN_ADVANCE), line.find(IN_ARREARS));
        let when = if says(&["mensuel", "mensuelle", "mois", "monthly", "month"]) {
            match advance {
                Some(_) => ("each month from start", "chaque mois à compter du démarrage"),
                None => ("each month end", "à chaque fin de mois"),
            }
        } else if says(&["trimestriel", "trimestrielle", "trimestre", "quarterly", "quarter"]) {
            match advance {
                Some(_) => ("every 3 months from start", "tous les 3 mois à compter du démarrage"),
                None => ("each quarter end", "à chaque fin de trimestre"),
            }
        } else if says(&["annuel", "annuelle", "an", "annee", "yearly", "annual", "year"]) {
            match arrears {
                Some(_) => ("each year end", "à chaque fin d'année"),
                None => ("each year from start", "chaque année à compter du démarrage"),
            }
        } else {
            ("on signature", "à la signature")
        };
        let right = self.file_lang.pick(
            format!("installment \"{label}\": {sum} {}", when.0),
            format!("échéance \"{label}\": {sum} {}", when.1),
        );
        let beside = self.file_lang.pick(", beside the price", ", en sus du prix");
        let help = say!(
            self.lang,
            "what is billed is a line, with a label, and when: `{right}`, and `{beside}` behind it where it is no part of the price",
            "ce qui se facture est une ligne, avec un libellé, et quand : `{right}`, suivi de `{beside}` si elle ne fait pas partie du tarif"
        );
        Some(self.unsaid(line, all, help))
    }

    /// `échéance "A" : 5 % de retenue de garantie`.
    fn held_back(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let found = line.find(&["retenue de garantie", "retention", "holdback"])?;
        let of = usize::from(["de", "of"].contains(&line.before(found.0)));
        Some(self.unsaid(line, (found.0 - of, found.1), self.what_is_held_back(line)))
    }

    /// The share that is held back, and for how long: an example where the line does not say it.
    fn what_is_held_back(&self, line: &Spoken<'_>) -> String {
        let share = self.percentages(line);
        let left = match share.as_slice() {
            [(_, share)] => self.rest_of_a_whole(share.trim_end_matches(" %")),
            _ => None,
        };
        let times = self.times_in(line);
        let time = times.first().map(|(_, time)| time.clone());
        let open = left.is_none() || time.is_none();
        let left = left.unwrap_or_else(|| "95".to_owned());
        let time = time.unwrap_or_else(|| self.file_lang.pick("1 year", "1 an").to_owned());
        let (part, rest) = self.file_lang.pick(
            (
                format!("{left} % of progress each progress, stays open"),
                format!("balance \"Retention\": remainder {time} after event \"Acceptance\""),
            ),
            (
                format!("{left} % de l'avancement à chaque avancement, reste ouvert"),
                format!("solde \"Retenue\": reste {time} après l'événement \"Réception\""),
            ),
        );
        if open {
            return say!(
                self.lang,
                "what is held back is what the lines before leave, and a last line bills it: for example `{part}`, then `{rest}`",
                "ce qui est retenu est ce que les lignes d'avant laissent, et une dernière ligne le facture : par exemple `{part}`, puis `{rest}`"
            );
        }
        say!(
            self.lang,
            "what is held back is what the lines before leave (`{part}`), and a last line bills it: `{rest}`",
            "ce qui est retenu est ce que les lignes d'avant laissent (`{part}`), et une dernière ligne le facture : `{rest}`"
        )
    }

    /// `remboursement intégral si annulation avant le démarrage`.
    fn refund(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let found = line.stands(3, FULL_REFUND)?;
        if let Some(back) = self.amount_in(line) {
            return Some(self.unsaid(line, (3, line.len()), self.decide_what_stays(&back)));
        }
        let before = ["before", "avant", "started", "demarre"];
        let not_started = (found.1..line.len()).any(|at| before.contains(&line.word(at)));
        let label = self.words(line, (1, 2));
        let rest = self.words(line, (found.1, line.len()));
        let (kind, nothing) = self.file_lang.pick(("balance", "nothing"), ("solde", "rien"));
        let right = if self.is_line(&format!("{label}: 1 % {rest}")) {
            format!("{kind} {label}: {nothing} {rest}")
        } else if not_started {
            let left =
                self.file_lang.pick("on abandonment if not started", "à l'abandon si non démarré");
            format!("{kind} {label}: {nothing} {left}")
        } else {
            format!("{kind} {label}: {nothing} …")
        };
        let help = say!(
            self.lang,
            "a balance of nothing closes the case and gives its deposits back: `{right}`; an installment is not given back",
            "un solde de rien clôt le dossier et rend ses acomptes : `{right}` ; une échéance ne se rend pas"
        );
        Some(self.unsaid(line, found, help))
    }

    /// `25 EUR par absence`, `40 EUR si retard`.
    fn now_and_then(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let end = self.amount_end(line)?;
        let of = |(words, name): &(&[&str], (&'static str, &'static str))| {
            Some((line.stands(end, words)?, *name))
        };
        // What happens in these cases has a name of its own.
        let named = || {
            let in_case = ["in case of", "in the event of", "en cas de", "en cas d '"];
            let (_, noun) = line.stands(end, &in_case)?;
            let closes = ["", ",", "if", "si", "(", "or", "ou"];
            let to = (noun..=line.len()).find(|at| closes.contains(&line.word(*at)))?;
            let known = LEAVING.contains(&line.word(noun)) || to == noun;
            let words = self.words(line, (noun, to));
            let name = capital(&words)?;
            (!known && !name.contains('"')).then_some(((end, to), name))
        };
        let mishap = MISHAPS.iter().find_map(of);
        let mishap =
            mishap.map(|(found, name)| (found, self.file_lang.pick(name.0, name.1).to_owned()));
        let (found, name) = mishap.or_else(named)?;
        let sum = self.words(line, (3, end));
        // A percentage is of the price, and comes once; a balance does not come again.
        let installment = match line.begins(&["balance", "solde"]) {
            true => {
                let word = self.file_lang.pick("installment", "échéance");
                format!("{word} {}: ", self.words(line, (1, 2)))
            }
            false => String::new(),
        };
        let sum = format!("{installment}{sum}");
        let right = match line.word(4) == "%" {
            true => self.file_lang.pick(
                format!("{sum} on event \"{name}\""),
                format!("{sum} à l'événement \"{name}\""),
            ),
            false => self.file_lang.pick(
                format!("{sum} each event \"{name}\", beside the price"),
                format!("{sum} à chaque événement \"{name}\", en sus du prix"),
            ),
        };
        let help = say!(
            self.lang,
            "what happens now and then is an event that you record among those of the case: `{right}`",
            "ce qui arrive de temps à autre est un événement, à enregistrer parmi ceux du dossier : `{right}`"
        );
        Some(self.unsaid(line, found, help))
    }

    /// `après validation du rapport`, `à la levée des réserves`.
    fn event_in_words(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (from, noun) = OWN.iter().find_map(|(words, noun)| {
            let (from, _) = line.find(&[words]).filter(|(from, _)| *from > 3)?;
            Some((from, from + noun))
        })?;
        // Alone, these are nouns that are known.
        let known = ["reception", "acceptation", "accord", "livraison", "acceptance", "delivery"];
        let closes = ["", ",", "if", "si", "or", "ou", "("];
        let asks = (3..from).any(|place| ["if", "si"].contains(&line.word(place)));
        let alone = closes.contains(&line.word(noun + 1)) && known.contains(&line.word(noun));
        if asks || alone {
            return None;
        }
        let to = (noun..line.len()).find(|place| closes.contains(&line.word(*place)));
        let to = to.unwrap_or(line.len());
        let written = self.words(line, (noun, to));
        let name = capital(&written)?;
        if name.contains('"') {
            return None;
        }
        let event = self
            .file_lang
            .pick(format!("on event \"{name}\""), format!("à l'événement \"{name}\""));
        let handed = self.file_lang.pick("on deliverable \"Report\"", "au livrable \"Rapport\"");
        let help = say!(
            self.lang,
            "a moment of your own is an event with a name: write `{event}`, and record it among the events of the case; what is handed over is a deliverable, `{handed}`",
            "un moment à vous est un événement avec un nom : écrivez `{event}`, à enregistrer parmi les événements du dossier ; ce qui est remis est un livrable, `{handed}`"
        );
        Some(self.unsaid(line, (from, to), help))
    }

    /// `remise "R" : 10 % pour les adhérents`.
    fn for_whom(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(&["discount", "remise"]) {
            return None;
        }
        let end = self.amount_end(line)?;
        line.stands(end, FOR_WHOM)?;
        // Who signs before a day is told with an edit.
        let signs = ["inscription", "signature", "signing", "enrolment", "booking"];
        if (end..line.len()).any(|place| signs.contains(&line.word(place))) {
            return None;
        }
        let amount = self.words(line, (3, end));
        let is_day = |place: &usize| {
            let word = line.word(*place);
            is_number(word) && word.len() >= 8 && word.contains(['/', '-'])
        };
        if let Some(day) = (end..line.len()).find(is_day) {
            let day = self.words(line, (day, day + 1));
            let right = self.file_lang.pick(
                format!("{amount} on signature if signed before {day}"),
                format!("{amount} à la signature si signé avant le {day}"),
            );
            let help = say!(
                self.lang,
                "where that is when the quote is signed, `{right}`, which leaves that day out; anything else that decides it is an event of the case",
                "si c'est alors que le devis est signé, `{right}`, qui exclut ce jour ; tout autre fait qui en décide est un événement du dossier"
            );
            return Some(self.unsaid(line, (end, line.len()), help));
        }
        // A named event comes behind the signature of its day.
        let event = self.words(line, (1, 2));
        let right = self.file_lang.pick(
            format!("{amount} on signature if event {event} happened"),
            format!("{amount} à la signature si événement {event} survenu"),
        );
        let help = say!(
            self.lang,
            "whom a discount is for is said by an event of the case, recorded at the latest the day before: `{right}`",
            "à qui va une remise est dit par un événement du dossier, enregistré au plus tard la veille : `{right}`"
        );
        Some(self.unsaid(line, (end, line.len()), help))
    }
}
