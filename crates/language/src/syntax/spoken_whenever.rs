//! What contracts say of what may happen and the language has as an event: each time that something is so, so much for each day
//! of a delay, force majeure, so many persons. In: a line that is not understood. Out: its error with the event that says it.

use super::parse::Parser;
use super::spoken::{Found, LINES, Spoken, is_number};
use super::spoken_happened::HAPPENED;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// What makes a line come each time that something is so; longer ones first.
const EACH_TIME: &[&str] = &[
    "a chaque fois que",
    "a chaque fois qu '",
    "chaque fois que",
    "chaque fois qu '",
    "toutes les fois que",
    "toutes les fois qu '",
    "on each occasion that",
    "each time that",
    "every time that",
    "each time",
    "every time",
    "any time",
    "whenever",
];
const CLOSES: &[&str] = &[",", "if", "si"];
const DELAYED: &[&str] =
    &["of delay", "of lateness", "late", "overdue", "de retard", "en retard", "de depassement"];
const FOR_EACH: &[&str] =
    &["per", "for each", "for every", "each", "every", "a", "par", "pour chaque", "chaque"];
/// For each of what, and the event that comes as often.
const DELAYS: &[(&[&str], (&str, &str))] = &[
    (&["day", "jour", "journee"], ("Day late", "Jour de retard")),
    (&["week", "semaine"], ("Week late", "Semaine de retard")),
    (&["month", "mois"], ("Month late", "Mois de retard")),
    (&["hour", "heure"], ("Hour late", "Heure de retard")),
];
/// What is billed of an invoice that is not paid.
const UNPAID: &[&str] = &[
    "late fee",
    "late fees",
    "late payment fee",
    "late payment",
    "if not paid",
    "if paid late",
    "payment is late",
    "payment is overdue",
    "payment overdue",
    "invoice is overdue",
    "invoice is late",
    "retard de paiement",
    "retard de reglement",
    "paiement en retard",
    "paiement tardif",
    "facture en retard",
    "facture impayee",
    "frais de retard",
    "penalite de retard",
    "penalites de retard",
    "interets de retard",
];
/// The same, where the line is of a fee: what else may be late has events of its own.
const UNPAID_FEE: &[&str] = &[
    "non - payment",
    "non - paiement",
    "non paiement",
    "defaut de paiement",
    "frais de relance",
    "dunning",
    "en cas d ' impaye",
    "en cas d ' impayes",
    "si impaye",
    "si non paye",
    "si non payee",
    "si pas paye",
    "if late",
    "if overdue",
    "if unpaid",
    "when late",
    "when overdue",
    "si retard",
    "si en retard",
    "en cas de retard",
    "si impayee",
];
/// What makes a moment, a condition or an exception of force majeure.
const IN_CASE: &[(&[&str], Case)] = &[
    (
        &[
            "except in case of",
            "except in the event of",
            "except for",
            "except",
            "unless",
            "sauf en cas de",
            "sauf cas de",
            "sauf si",
            "sauf",
            "hors cas de",
            "hors",
        ],
        Case::Unless,
    ),
    (&["in case of", "in the event of", "on", "upon", "en cas de"], Case::Moment),
    (&["if", "si"], Case::If),
];
const FORCE_MAJEURE: &[&str] = &["a case of force majeure", "force majeure", "act of god"];
/// Who or what may be so many.
const PERSONS: &[&str] = &[
    "participants",
    "persons",
    "people",
    "learners",
    "trainees",
    "students",
    "pupils",
    "children",
    "attendees",
    "guests",
    "seats",
    "places",
    "employees",
    "members",
    "stagiaires",
    "personnes",
    "apprenants",
    "eleves",
    "enfants",
    "inscrits",
    "inscriptions",
    "salaries",
    "convives",
    "adherents",
    "licences",
    "lots",
];
const FROM_SO_MANY: &[&str] =
    &["for", "from", "for at least", "pour", "pour au moins", "a partir de", "des", "au - dela de"];
const OR_MORE: &[&str] = &["or more", "and more", "or above", "ou plus", "et plus", "ou davantage"];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Unless,
    Moment,
    If,
}

impl Parser<'_> {
    /// The error of a line that says in such words what may happen.
    pub(super) fn spoken_whenever(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(LINES) || line.word(2) != ":" {
            return None;
        }
        self.each_time_that(line)
            .or_else(|| self.for_each_of_a_delay(line))
            .or_else(|| self.fee_of_unpaid(line))
            .or_else(|| self.force_majeure(line))
            .or_else(|| self.so_many_persons(line))
    }

    /// `chaque fois que le stagiaire est absent`, `every time action "X" is done`.
    fn each_time_that(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (from, behind) = line.find(EACH_TIME).filter(|(from, _)| *from > 3)?;
        let closes = |place: &usize| CLOSES.contains(&line.word(*place));
        let to = (behind..line.len()).find(closes).unwrap_or(line.len());
        let named = behind + usize::from(["the", "l", "le", "la"].contains(&line.word(behind)));
        let named = named + usize::from(line.word(named) == "'");
        let each = self.file_lang.pick("each", "à chaque");
        let kinds = [
            ("action", ("action", "action")),
            ("event", ("event", "événement")),
            ("evenement", ("event", "événement")),
            ("deliverable", ("deliverable", "livrable")),
            ("livrable", ("deliverable", "livrable")),
        ];
        let kind = kinds.iter().find(|(kind, _)| *kind == line.word(named));
        if let Some((_, kind)) = kind.filter(|_| line.word(named + 1).starts_with('"')) {
            let kind = self.file_lang.pick(kind.0, kind.1);
            let right = format!("{each} {kind} {}", self.words(line, (named + 1, named + 2)));
            let happened = line.stands(named + 2, HAPPENED).map_or(named + 2, |(_, end)| end);
            let is = line.stands(named + 2, &["is", "has been", "est", "a ete"]);
            let happened =
                is.and_then(|(_, end)| line.stands(end, HAPPENED)).map_or(happened, |(_, end)| end);
            let told = self.written(line, (from, happened), &right);
            return Some(if happened == to { told } else { Diagnostic { edit: None, ..told } });
        }
        let name = self.event_name(line, (behind, to))?;
        let event = self.file_lang.pick("event", "événement");
        let right = format!("{each} {event} \"{name}\"");
        let help = say!(
            self.lang,
            "what happens now and then is an event that you record among those of the case: `{right}`",
            "ce qui arrive de temps à autre est un événement, à enregistrer parmi ceux du dossier : `{right}`"
        );
        Some(self.unsaid(line, (from, to), help))
    }

    /// `10 % per month of delay`, `10 EUR par jour de retard`.
    fn for_each_of_a_delay(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let amount = self.amount_end(line)?;
        self.each_of_a_delay(line, amount, &self.words(line, (3, amount)))
    }

    /// The same, behind an amount that ends at a place, which an event of each brings.
    pub(super) fn each_of_a_delay(
        &self,
        line: &Spoken<'_>,
        amount: usize,
        billed: &str,
    ) -> Option<Diagnostic> {
        let (_, unit) = line.stands(amount, FOR_EACH)?;
        let (_, name) = DELAYS.iter().find(|(words, _)| words.contains(&line.word(unit)))?;
        // What is late may be said by the name of the fee.
        let said = || {
            let late = ["late", "delay", "overdue", "retard"];
            let named = (0..amount).any(|at| late.contains(&line.word(at)));
            (named && billed.starts_with('"') && unit + 1 == line.len()).then_some(unit + 1)
        };
        let to = line.stands(unit + 1, DELAYED).map(|(_, to)| to).or_else(said)?;
        let name = self.file_lang.pick(name.0, name.1);
        // A percentage is of the price, and comes once.
        let share = line.word(amount - 1) == "%";
        let own = self.file_lang.pick("installment", "échéance");
        let sum = match (share, billed.starts_with('"')) {
            (true, _) => "… EUR".to_owned(),
            (false, true) => format!("{own} {billed}"),
            (false, false) => billed.to_owned(),
        };
        let right = self.file_lang.pick(
            format!("{sum} each event \"{name}\", beside the price"),
            format!("{sum} à chaque événement \"{name}\", en sus du prix"),
        );
        // Nothing says whose delay it is.
        let off = self.file_lang.pick(
            format!(
                "discount \"{name} 1\": {} on event \"{name} 1\"",
                self.sum_of_a_delay(line, share)
            ),
            format!(
                "remise \"{name} 1\": {} à l'événement \"{name} 1\"",
                self.sum_of_a_delay(line, share)
            ),
        );
        let help = if share {
            say!(
                self.lang,
                "no line counts how late something is, and a percentage of the price comes once: write the sum of each, and record each as an event, `{right}` where the client owes it; where you do, it is taken off, a line for each and each with its own event: `{off}`; what is done about an invoice that is overdue is a `follow-up`",
                "aucune ligne ne compte un retard, et un pourcentage du tarif ne vient qu'une fois : écrivez la somme de chacun, et enregistrez chacun comme un événement, `{right}` si c'est le client qui le doit ; si c'est vous, cela se déduit, une ligne pour chacun, chacune avec son événement : `{off}` ; ce qui se fait d'une facture en retard est un `suivi`"
            )
        } else {
            say!(
                self.lang,
                "no line counts how late something is: record each as an event, `{right}` where the client owes it; where you do, it is taken off, a line for each and each with its own event: `{off}`; what is done about an invoice that is overdue is a `follow-up`",
                "aucune ligne ne compte un retard : enregistrez chacun comme un événement, `{right}` si c'est le client qui le doit ; si c'est vous, cela se déduit, une ligne pour chacun, chacune avec son événement : `{off}` ; ce qui se fait d'une facture en retard est un `suivi`"
            )
        };
        Some(self.unsaid(line, (amount, to), help))
    }

    /// The sum that a line states for each delay.
    fn sum_of_a_delay(&self, line: &Spoken<'_>, share: bool) -> String {
        let stated = self.amount_in(line).filter(|_| !share);
        stated.unwrap_or_else(|| "… EUR".to_owned())
    }

    /// `25 EUR late fee if not paid by the 5th`.
    fn fee_of_unpaid(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        // A line that has no moment waits for what is not paid.
        let waits = || {
            let end = self.amount_end(line)?;
            let late = line.stands(end, UNPAID_FEE)?;
            [
                "impaye", "impayes", "impayee", "paye", "payee", "unpaid", "overdue", "payment",
                "paiement",
            ]
            .contains(&line.before(late.1))
            .then_some(late)
        };
        let (from, to) = line.find(UNPAID).filter(|(from, _)| *from >= 3).or_else(waits)?;
        let guard =
            (from.saturating_sub(2)..from).find(|at| ["if", "si"].contains(&line.word(*at)));
        let from = guard.unwrap_or(from);
        let label = self.words(line, (1, 2));
        let amount = self.amount_end(line).filter(|end| line.before(*end) != "%");
        let sum = amount.map_or_else(|| "… EUR".to_owned(), |end| self.words(line, (3, end)));
        Some(self.unsaid(line, (from, to), self.late_payment(Some(&label), Some(&sum))))
    }

    /// Whether a fee is asked for because something is not paid in time.
    pub(super) fn is_of_late_payment(&self, line: &Spoken<'_>) -> bool {
        line.find(UNPAID).or_else(|| line.find(UNPAID_FEE)).is_some()
    }

    /// What is billed of late payment, under a label and of a sum where they are written.
    pub(super) fn late_payment(&self, label: Option<&str>, sum: Option<&str>) -> String {
        let own = self.file_lang.pick("\"Late payment\"", "\"Retard\"");
        let (label, sum) = (label.unwrap_or(own), sum.unwrap_or("… EUR"));
        let right = self.file_lang.pick(
            format!("installment {label}: {sum} on event \"Late payment\", beside the price"),
            format!("échéance {label}: {sum} à l'événement \"Retard\", en sus du prix"),
        );
        say!(
            self.lang,
            "a schedule does not see what is paid: what is done about an overdue invoice is a `follow-up`; a sum that you decide to bill is a line that waits for an event: `{right}`",
            "un échéancier ne voit pas ce qui est payé : ce qui se fait d'une facture en retard est un `suivi` ; une somme que vous décidez de facturer est une ligne qui attend un événement : `{right}`"
        )
    }

    /// `rien si force majeure`, `20 % à l'abandon sauf force majeure`.
    fn force_majeure(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (noun, to) = line.find(FORCE_MAJEURE).filter(|(from, _)| *from > 3)?;
        let said = |(words, case): &(&[&str], Case)| Some((line.ending_at(noun, words)?, *case));
        let (from, case) = IN_CASE.iter().find_map(said)?;
        let (moment, event) = self.file_lang.pick(
            ("on event \"Force majeure\"", "event \"Force majeure\" happened"),
            ("à l'événement \"Force majeure\"", "événement \"Force majeure\" survenu"),
        );
        let asks = (3..from).any(|place| ["if", "si"].contains(&line.word(place)));
        let word =
            if asks { self.file_lang.pick("and", "et") } else { self.file_lang.pick("if", "si") };
        let (not, condition) = (self.file_lang.pick("not", "non"), format!("{word} {event}"));
        let help = match case {
            Case::Unless => say!(
                self.lang,
                "record it as an event of the case, no later than the moment, and ask for it: `{word} {not} {event}`",
                "enregistrez-la comme un événement du dossier, au plus tard à ce moment, et demandez-le : `{word} {not} {event}`"
            ),
            Case::Moment | Case::If => say!(
                self.lang,
                "record it as an event of the case: `{moment}` is billed when it happens, `{condition}` asks at another moment whether it has",
                "enregistrez-la comme un événement du dossier : `{moment}` se facture quand elle arrive, `{condition}` demande à un autre moment si elle est arrivée"
            ),
        };
        Some(self.unsaid(line, (from, to), help))
    }

    /// `for 3 participants or more`, `si 3 participants ou plus`, `à partir de 3 participants`.
    fn so_many_persons(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let more = |place: usize| line.stands(place, OR_MORE).map(|(_, end)| end);
        let counted = |place: usize| -> Option<Found> {
            is_number(line.word(place)).then_some(())?;
            let noun = more(place + 1).unwrap_or(place + 1);
            PERSONS.contains(&line.word(noun)).then_some((place, noun))
        };
        let (number, noun) = (3..line.len()).find_map(counted)?;
        let name = format!(
            "{} {}",
            self.words(line, (number, number + 1)),
            self.words(line, (noun, noun + 1))
        );
        let end = more(noun + 1).unwrap_or(noun + 1);
        let asks = ["if", "si"].contains(&line.before(number));
        let from = if asks { Some(number - 1) } else { line.ending_at(number, FROM_SO_MANY) }?;
        (from > 3).then_some(())?;
        let guarded = (3..from).any(|place| ["if", "si"].contains(&line.word(place)));
        let word = if guarded {
            self.file_lang.pick("and", "et")
        } else {
            self.file_lang.pick("if", "si")
        };
        let right = self.file_lang.pick(
            format!("{word} event \"{name}\" happened"),
            format!("{word} événement \"{name}\" survenu"),
        );
        let help = say!(
            self.lang,
            "no condition counts them: where there are so many, record an event of the case, no later than the moment, and ask for it: `{right}`",
            "aucune condition ne les compte : s'ils sont autant, enregistrez un événement du dossier, au plus tard à ce moment, et demandez-le : `{right}`"
        );
        Some(self.unsaid(line, (from, end), help))
    }
}
