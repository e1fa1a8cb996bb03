//! What stands in a contract and is no line of a schedule: how long it lasts, who the client is, what late payment costs. In: a
//! line that begins with no word of the language. Out: its error with the sentence that works, or what the language has in
//! its place; an edit where it says what was written.

use super::parse::{Parser, Place};
use super::spoken::{LINES, Spoken, is_currency, is_number};
use super::spoken_limits::UNITS;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// How long it lasts, and how many hours it has.
const PLANNED: &[&str] = &[
    "planned duration",
    "planned length",
    "planned hours",
    "duration",
    "duree prevue",
    "duree totale",
    "duree",
    "heures prevues",
    "nombre d ' heures",
    "volume horaire",
    "volume",
    "length",
];
const DAYS_OF_THE_CASE: &[&str] = &[
    "start",
    "starts",
    "begins",
    "starting",
    "end",
    "ends",
    "ending",
    "debut",
    "demarrage",
    "commence",
    "commencement",
    "fin",
    "termine",
    "date",
    "du",
];
const LATE: &[&str] =
    &["penalite", "penalites", "late", "interest", "interet", "interets", "indemnite forfaitaire"];
const OF_LATE: &[&str] = &["retard", "late", "recouvrement", "moratoires", "overdue"];
/// What makes `late` say that a payment is: anything else may be, too.
const OF_LATE_PAYMENT: &[&str] = &[
    "fee",
    "fees",
    "payment",
    "payments",
    "charge",
    "charges",
    "penalty",
    "penalties",
    "interest",
];
const ADJUSTED: &[&str] = &[
    "indexation",
    "indexed",
    "index",
    "indice",
    "revision",
    "revalorisation",
    "augmentation",
    "increase",
];
const RENEWED: &[&str] =
    &["reconduction", "renouvellement", "tacite", "auto", "automatic", "renewal", "renewable"];
const WITHDRAWN: &[&str] = &[
    "cancel",
    "cancellable",
    "resiliable",
    "annulable",
    "preavis",
    "delai",
    "cancellation",
    "annulation",
    "resiliation",
    "retractation",
    "termination",
    "withdrawal",
    "notice",
    "conditions",
    "clause",
    "free",
    "late",
    "no",
    "droit",
    "right",
    "cooling",
];
const OF_WITHDRAWAL: &[&str] = &[
    "preavis",
    "cancellation",
    "annulation",
    "resiliation",
    "retractation",
    "termination",
    "withdrawal",
    "withdraw",
    "notice",
    "cooling",
    "reflexion",
];
const WHO: &[&str] = &[
    "client",
    "customer",
    "beneficiaire",
    "stagiaire",
    "apprenant",
    "eleve",
    "student",
    "learner",
    "entreprise",
    "company",
    "employer",
    "employeur",
    "prestataire",
    "supplier",
];
const SUSPENDED: &[&str] = &[
    "suspension",
    "suspended",
    "suspendu",
    "may",
    "can",
    "peut",
    "pause",
    "freeze",
    "freezing",
    "frozen",
    "gel",
    "gele",
];
const PAUSES: &[&str] = &[
    "suspension",
    "suspended",
    "suspendu",
    "pause",
    "paused",
    "freeze",
    "freezing",
    "frozen",
    "gel",
    "gele",
];

impl Parser<'_> {
    /// A line of a schedule that begins like a clause of a contract.
    pub(super) fn spoken_contract(
        &self,
        line: &Spoken<'_>,
        (start, at): (usize, usize),
    ) -> Option<Diagnostic> {
        if self.place_below(start) != Place::Schedule {
            return None;
        }
        if line.start() != at {
            let planned = line.begins(&["planned", "prevu", "prevue", "prevus", "prevues"]);
            let so_much = planned.then(|| self.planned_so_much(line)).flatten();
            // `no refund` was read as an option of the line above.
            let below = line.start() > start;
            let so_much = so_much.or_else(|| below.then(|| self.nothing_back(line)).flatten());
            return so_much.or_else(|| self.refundable(line));
        }
        let (lang, file) = (self.lang, self.file_lang);
        let all = (0, line.len());
        let has = |words: &[&str]| (0..line.len()).any(|place| words.contains(&line.word(place)));
        let found = self.planned_so_much(line).or_else(|| self.nothing_back(line));
        if found.is_some() {
            return found;
        }
        if line.begins(SUSPENDED) && has(PAUSES) {
            let right = file.pick("may be suspended", "suspension possible");
            return Some(self.unsaid(line, all, say!(
                lang,
                "write `{right}` alone: when a case pauses, its events `suspension` and `resumption` say",
                "écrivez `{right}` seul : ce sont les événements `suspension` et `reprise` du dossier qui disent quand"
            )));
        }
        let late = !line.begins(&["late"]) || has(OF_LATE_PAYMENT);
        if line.begins(LATE) && late && has(OF_LATE) && !has(OF_WITHDRAWAL) {
            let label = (1..line.len()).find(|place| line.word(*place).starts_with('"'));
            let label = label.map(|place| self.words(line, (place, place + 1)));
            let is_sum =
                |place: &usize| is_number(line.word(*place)) && is_currency(line.word(place + 1));
            let sum = (1..line.len()).find(is_sum).map(|sum| self.words(line, (sum, sum + 2)));
            let help = self.late_payment(label.as_deref(), sum.as_deref());
            return Some(self.unsaid(line, all, help));
        }
        let yearly = ["annual", "yearly"].contains(&line.word(0));
        if line.begins(ADJUSTED) || yearly && ADJUSTED.contains(&line.word(1)) {
            let right = file.pick(
                "schedule \"…\" in force from 2026-01-01",
                "échéancier \"…\" en vigueur à compter du 01/01/2026",
            );
            return Some(self.unsaid(line, all, say!(
                lang,
                "a schedule states its prices and computes none: a new price is a version, `{right}`, or an `amendment` of the case where its price is `as agreed`",
                "un échéancier dit ses prix et n'en calcule pas : un nouveau prix est une version, `{right}`, ou un `avenant` au dossier si son prix est `convenu`"
            )));
        }
        if line.begins(RENEWED) {
            let months = |(_, time): &(_, String)| {
                time.split_once(' ').filter(|(_, unit)| unit.starts_with("mo")).is_some()
            };
            let typed = self.times_in(line).into_iter().find(months).map(|(_, time)| time);
            let times = typed.as_deref().and_then(|time| time.split(' ').next()).unwrap_or("12");
            let right = file.pick(
                format!("each month end, at most {times} times"),
                format!("à chaque fin de mois, au plus {times} fois"),
            );
            return Some(self.unsaid(line, all, say!(
                lang,
                "a line that repeats goes on until the case is closed: leave this out, or end the line after so many times: `{right}`",
                "une ligne qui revient continue jusqu'à la clôture du dossier : retirez ceci, ou arrêtez la ligne après tant de fois : `{right}`"
            )));
        }
        if line.begins(WITHDRAWN) && has(OF_WITHDRAWAL) {
            let help = has(&["notice", "preavis"]).then(|| self.notice_alone(line)).flatten();
            if let Some(help) = help {
                return Some(self.unsaid(line, all, help));
            }
            return Some(self.unsaid(line, all, self.what_is_left(line, None)));
        }
        if line.begins(WHO) {
            let right = file.pick("payer \"Fund\": 70 %", "payeur \"OPCO\" : 70 %");
            return Some(self.unsaid(line, all, say!(
                lang,
                "a schedule holds for all its cases, and names no client: leave this out; who pays a share is a payer: `{right}`",
                "un échéancier vaut pour tous ses dossiers et ne nomme pas de client : retirez ceci ; qui paie une part est un payeur : `{right}`"
            )));
        }
        self.day_of_the_case(line).or_else(|| self.refundable(line))
    }

    /// `durée prévue : 6 mois`, `prévu : 20 heures`, `planned hours 20`.
    fn planned_so_much(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let word = self.file_lang.pick("planned", "prévu");
        let (from, to) = line.find(PLANNED).filter(|(from, _)| *from == 0)?;
        let mut place = to;
        while [":", "of", "de", "is", "est"].contains(&line.word(place)) {
            place += 1;
        }
        let hours =
            (from..to).any(|at| ["hours", "heures", "volume", "horaire"].contains(&line.word(at)));
        let (number, unit) = (self.words(line, (place, place + 1)), line.word(place + 1));
        if !is_number(line.word(place)) {
            return None;
        }
        let right = match (UNITS.contains(&unit), line.len() - place) {
            (true, 2) => format!("{word} {number} {}", self.words(line, (place + 1, place + 2))),
            (false, 2) if ["hours", "heures", "h"].contains(&unit) => {
                format!("{word} {number} {}", self.file_lang.pick("hours", "heures"))
            }
            (false, 1) if hours => {
                format!("{word} {number} {}", self.file_lang.pick("hours", "heures"))
            }
            _ => return None,
        };
        Some(self.written(line, (0, line.len()), &right))
    }

    /// `début le 01/09/2025`, `ends 2026-06-30`: that is of one case.
    fn day_of_the_case(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let is_day = |word: &str| is_number(word) && word.len() >= 8 && word.contains(['/', '-']);
        let day = (1..line.len()).find(|place| is_day(line.word(*place)))?;
        if !line.begins(DAYS_OF_THE_CASE) {
            return None;
        }
        let day = self.words(line, (day, day + 1));
        let ends = ["end", "ends", "ending", "fin", "termine"].contains(&line.word(0));
        let (event, planned) = match ends {
            true => (("end", "fin"), ("planned end", "fin prévue le")),
            false => (("start", "démarrage"), ("planned start", "démarrage prévu le")),
        };
        let event = self.file_lang.pick(event.0, event.1);
        let planned = self.file_lang.pick(planned.0, planned.1);
        let help = say!(
            self.lang,
            "a schedule holds for all its cases: the days of one are its events, in a scenario `{day} {event}`, or what is agreed with it, there `{planned} {day}`",
            "un échéancier vaut pour tous ses dossiers : les jours de l'un sont ses événements, dans un scénario `{day} {event}`, ou ce qui est convenu avec lui, là `{planned} {day}`"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `non-refundable deposit "D": 20 % on signature`.
    fn refundable(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        // `acompte non remboursable de 20 %`: behind the kind of line, before any label.
        let french =
            ["non remboursables", "non remboursable", "non - remboursable", "non restituable"];
        if let Some((from, to)) = line.stands(1, &french).filter(|_| line.begins(LINES)) {
            return Some(self.unsaid(line, (from, to), self.what_is_kept(line)));
        }
        let (from, to) = line.find(&["non - refundable", "nonrefundable", "refundable"])?;
        (from == 0 && LINES.contains(&line.word(to)))
            .then(|| self.unsaid(line, (from, to), self.what_is_kept(line)))
    }
}
