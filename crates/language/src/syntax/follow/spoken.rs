//! What administrators say in a step, and the sentence that works. In: a line that is not understood. Out: its error with
//! that sentence; an edit where it says what was written.

use super::super::grammar::Rule;
use super::super::parse::{Parser, Place};
use super::super::quantities::word;
use super::super::spoken::{Found, Spoken, is_currency, is_number};
use super::super::spoken_limits::UNITS;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// The due day, as a step counts from it.
const DUE: (&str, &str) = ("due", "l'échéance");
/// What begins a step.
pub(in crate::syntax) const STEPS: &[&str] = &["step", "etape"];
const ON_DUE: &[&str] = &[
    "on the due date",
    "on due date",
    "on due",
    "at due",
    "when due",
    "a l ' echeance",
    "a echeance",
    "le jour de l ' echeance",
];
const LATE: &[&str] =
    &["overdue", "late", "past due", "de retard", "en retard", "apres retard", "de depassement"];
const DUE_DATE: &[&str] =
    &["the due date", "due date", "la date d ' echeance", "date d ' echeance"];
const HANDS_OVER: &[&str] = &[
    "hand over to collector",
    "hand over to the collector",
    "hand over",
    "hands over to collector",
    "hands over to the collector",
    "handed over to collector",
    "handed over to the collector",
    "handed over to collection",
    "to collector",
    "to the collector",
    "remise au recouvrement",
    "remis au recouvrement",
    "transmise au recouvrement",
    "transmis au recouvrement",
    "mise en recouvrement",
    "transmission au recouvrement",
    "transmission a l ' huissier",
    "transmission huissier",
    "passage au contentieux",
    "transmission au contentieux",
];
const OPEN: &[&str] = &[
    "balance",
    "amount due",
    "amount open",
    "outstanding",
    "remaining",
    "solde",
    "montant du",
    "montant restant",
    "reste a payer",
    "reste du",
];
const COMPARED: &[&str] = &[">", ">=", "<", "<=", "="];
const END_OF_MONTH: &[&str] = &["# days end of month", "# jours fin de mois"];
/// What makes a condition, or a day, of what a step does.
const NO_DOING: &[&str] =
    &["if", "si", "not", "non", "unless", "sauf", "and", "et", "or", "ou", "after", "apres"];
/// Words for a payment, and for money that is given back, in a scenario.
const PAID: &[&str] = &[
    "payment",
    "payed",
    "paye",
    "payee",
    "paiement",
    "regle",
    "reglee",
    "reglement",
    "virement",
    "encaisse",
    "encaissee",
];
const REFUNDED: &[&str] = &["refunded", "reimbursed", "rembourse", "remboursee"];
const WORKING_DAYS: &[&str] = &[
    "working days",
    "working day",
    "business days",
    "business day",
    "jours ouvres",
    "jours ouvrables",
    "jour ouvre",
];
const NOT: &[&str] = &["if not yet", "si pas encore", "si pas"];
const AT_MOST: &[&str] =
    &["# times maximum", "# times max", "# fois maximum", "# fois max", "# fois au maximum"];
const HANDED_OVER: &[&str] = &[", handed over"];
/// That so much is still open, behind the sum.
const STILL_OPEN: &[&str] = &[
    "is still due",
    "are still due",
    "is due",
    "are due",
    "is open",
    "are open",
    "is outstanding",
    "are outstanding",
    "remains due",
    "remain due",
    "remains open",
    "remain open",
    "is left",
    "restent dus",
    "reste du",
    "restent du",
    "restent dues",
    "sont dus",
    "est du",
    "sont encore dus",
    "restent a payer",
    "reste a payer",
];
const SIGNS: &[(&[&str], &str)] = &[
    (&["at least", "au moins"], ">="),
    (&["at most", "au plus"], "<="),
    (&["more than", "over", "plus de"], ">"),
    (&["less than", "under", "moins de"], "<"),
];

/// Other words for a step.
const OTHER_STEPS: &[&str] =
    &["reminder", "relance", "rappel", "notice", "action", "dunning", "alerte"];
const UNPAID: &[&str] = &[
    "en cas d ' impaye",
    "en cas d ' impayes",
    "en cas de non - paiement",
    "en cas de non paiement",
    "en cas de retard",
    "en cas de retard de paiement",
    "on non - payment",
    "on late payment",
    "when unpaid",
    "if unpaid",
];
const RETURNED: &[&str] = &[
    "en cas de retour du courrier",
    "en cas de retour de courrier",
    "en cas de retour",
    "en cas de npai",
    "on returned mail",
    "on returned letter",
    "when returned",
];
/// Rhythms without their number.
const EACH: &[(&[&str], (&str, &str))] = &[
    (
        &["each week", "every week", "chaque semaine", "toutes les semaines"],
        ("each 7 days", "tous les 7 jours"),
    ),
    (
        &["each month after", "every month after", "chaque mois apres", "tous les mois apres"],
        ("each 1 month after", "tous les 1 mois après"),
    ),
    (
        &["each day", "every day", "chaque jour", "tous les jours"],
        ("each 1 day", "tous les 1 jour"),
    ),
];
const SPOKEN_COMPARED: &[&str] =
    &["depasse", "exceeds", "superieur", "inferieur", "above", "below"];
const COMPARISONS: &[(&[&str], &str)] = &[
    (&["superieur ou egal a", "superieure ou egale a", "at least", "d ' au moins"], ">="),
    (&["inferieur ou egal a", "inferieure ou egale a", "at most", "d ' au plus"], "<="),
    (&["superieur a", "superieure a", "above", "over", "exceeds", "depasse", "plus de"], ">"),
    (&["inferieur a", "inferieure a", "below", "under", "moins de"], "<"),
];
const BY_MEANS: &[&str] = &[
    "par courrier",
    "par lettre recommandee",
    "par recommande",
    "par email",
    "par mail",
    "par e - mail",
    "par telephone",
    "par sms",
    "by post",
    "by letter",
    "by registered letter",
    "by email",
    "by mail",
    "by phone",
];
/// What a means may follow in a condition.
const SENT: &[&str] = &["sent", "envoyee"];

impl Parser<'_> {
    /// `10/02/2025 payé 20 EUR`, `attendu 17/02/2025 "Relance"` in a scenario of a follow-up.
    pub(in crate::syntax) fn spoken_of_invoices(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if self.place != Place::FollowScenario {
            return None;
        }
        let (lang, file) = (self.lang, self.file_lang);
        if line.begins(&["expect", "attendu"]) {
            let quoted = (0..line.len()).find(|place| line.word(*place).starts_with('"'))?;
            let label = self.words(line, (quoted, quoted + 1));
            let step = word(Rule::kw_step, file);
            if !STEPS.contains(&line.before(quoted)) {
                return Some(self.written(line, (quoted, quoted + 1), &format!("{step} {label}")));
            }
            let right = file.pick(
                format!("expect 2025-02-17 {step} {label}"),
                format!("attendu 17/02/2025 {step} {label}"),
            );
            let help = say!(
                lang,
                "the day stands before the step: `{right}`",
                "le jour se dit avant l'étape : `{right}`"
            );
            return (quoted == 2).then(|| self.unsaid(line, (1, line.len()), help));
        }
        let of_a_sum = |(_, to): &Found| is_number(line.word(*to));
        let dated = is_number(line.word(0));
        let find = |words: &[&str]| line.find(words).filter(of_a_sum).filter(|_| dated);
        if let Some(found) = find(PAID) {
            return Some(self.written(line, found, word(Rule::kw_payment, file)));
        }
        let found = find(REFUNDED)?;
        Some(self.written(line, found, word(Rule::kw_refund, file)))
    }

    /// What is said of when a step comes, of what it does, and on which conditions.
    pub(in crate::syntax) fn spoken_step(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if self.place == Place::FollowUp
            && line.begins(OTHER_STEPS)
            && line.word(1).starts_with('"')
        {
            return Some(self.written(line, (0, 1), word(Rule::kw_step, self.file_lang)));
        }
        if !line.begins(STEPS) {
            return None;
        }
        self.turn_of_step(line)
            .or_else(|| self.paid_or_not(line))
            .or_else(|| self.words_of_step(line))
            .or_else(|| self.day_of_step(line))
            .or_else(|| self.doing_of_step(line))
            .or_else(|| self.condition_of_step(line))
            .or_else(|| self.unless_so(line))
    }

    /// `à J+45`, `en cas d'impayé`, `chaque semaine`, `si le montant > 50 EUR`, `par courrier`.
    fn words_of_step(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        if let Some((from, to)) = line.find(&["j + #", "d + #"]) {
            let at = ["a", "at", "on", "le"].contains(&line.before(from));
            let days = line.word(to - 1);
            let [due, issue] = [("due", "l'échéance"), ("issue", "l'émission")].map(|(en, fr)| {
                file.pick(format!("{days} days after {en}"), format!("{days} jours après {fr}"))
            });
            let help = say!(
                lang,
                "say from when it counts: `{due}`, or `{issue}`",
                "dites à partir de quand : `{due}`, ou `{issue}`"
            );
            return Some(self.unsaid(line, (from - usize::from(at), to), help));
        }
        if let Some(found) = line.find(UNPAID).filter(|(from, _)| line.before(*from) == ":") {
            let right = self.after_a_day(line.start(), DUE);
            let help = say!(
                lang,
                "a dated step fires only while something is open: `{right}`",
                "une étape datée n'a lieu que tant qu'il reste dû : `{right}`"
            );
            return Some(self.unsaid(line, found, help));
        }
        if let Some(found) = line.find(RETURNED) {
            return Some(self.written(
                line,
                found,
                file.pick("on undelivered", "en cas de non-remise"),
            ));
        }
        let rhythm = EACH.iter().find_map(|(words, rhythm)| Some((line.find(words)?, *rhythm)));
        if let Some((found, (english, french))) = rhythm {
            return Some(self.written(line, found, file.pick(english, french)));
        }
        let sum = |(_, to): &Found| {
            COMPARED.contains(&line.word(*to)) || SPOKEN_COMPARED.contains(&line.word(*to))
        };
        if let Some(found) =
            line.find(&["the amount", "amount", "le montant", "montant"]).filter(sum)
        {
            let (open, total) = (word(Rule::kw_open_sum, file), file.pick("total", "total"));
            let help = say!(
                lang,
                "write `{open}` for what is still open, `{total}` for the whole invoice",
                "écrivez `{open}` pour ce qui reste à payer, `{total}` pour toute la facture"
            );
            return Some(self.unsaid(line, found, help));
        }
        let compared =
            COMPARISONS.iter().find_map(|(words, sign)| Some((line.find(words)?, *sign)));
        if let Some(found) = self.still_open(line) {
            return Some(found);
        }
        // What is compared stands before it.
        let says_what =
            |(from, _): &Found| !["if", "si", "not", "non"].contains(&line.before(*from));
        let compared = compared.filter(|(found, _)| says_what(found));
        if let Some((found, sign)) = compared.filter(|((_, to), _)| is_number(line.word(*to))) {
            return Some(self.written(line, found, sign));
        }
        let means = line.find(BY_MEANS).filter(|(_, to)| *to == line.len());
        let sent = |(from, _): &Found| !SENT.contains(&line.before(*from));
        let found = means.filter(sent)?;
        let help = say!(
            lang,
            "a step does not say by which means: say it in its label, or leave it to whoever does it",
            "une étape ne dit pas par quel moyen : dites-le dans son libellé, ou laissez-le à qui la fait"
        );
        Some(self.unsaid(line, found, help))
    }

    /// `si plus de 5 EUR restent dus`, `if at least 5 EUR is still due`.
    fn still_open(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let sum = |place: usize| is_number(line.word(place)) && is_currency(line.word(place + 1));
        let sign = SIGNS.iter().find_map(|(words, sign)| {
            line.find(words).filter(|(_, number)| sum(*number)).map(|found| (found, *sign))
        });
        let ((from, number), sign) = sign?;
        let (_, to) = line.stands(number + 2, STILL_OPEN)?;
        let open = word(Rule::kw_open_sum, self.file_lang);
        let right = format!("{open} {sign} {}", self.words(line, (number, number + 2)));
        Some(self.written(line, (from, to), &right))
    }

    /// `8 days overdue`, `à l'échéance`, `30 jours après "Relance"`, `10 working days`.
    fn day_of_step(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        if let Some(found) = line.find(END_OF_MONTH) {
            let later = self.after_a_day(line.start(), DUE);
            let days = self.words(line, (found.0, found.0 + 2));
            let term = file.pick(
                format!("payment due {days} then month end"),
                format!("paiement à {days}, puis fin de mois"),
            );
            let help = say!(
                lang,
                "a step counts from a day of the invoice: `{later}`; when an invoice is due is said once for all of them: `{term}`",
                "une étape se compte d'un jour de la facture : `{later}` ; quand une facture est à payer se dit une fois pour toutes : `{term}`"
            );
            return Some(self.unsaid(line, found, help));
        }
        if let Some(found) = line.find(WORKING_DAYS) {
            let days = file.pick("days", "jours");
            let help = say!(
                lang,
                "a step counts all days: write `{days}`, and some more of them",
                "une étape compte tous les jours : écrivez `{days}`, et un peu plus"
            );
            return Some(self.unsaid(line, found, help));
        }
        let after = |place: &usize| {
            ["after", "apres"].contains(&line.word(*place)) && line.word(place + 1).starts_with('"')
        };
        if let Some(place) = (0..line.len()).find(after) {
            let label = self.words(line, (place + 1, place + 2));
            let right = file.pick(format!("step {label}"), format!("l'étape {label}"));
            return Some(self.written(line, (place + 1, place + 2), &right));
        }
        if let Some((from, to)) = line.find(LATE)
            && let Some(length) = from.checked_sub(2)
            && is_number(line.word(length))
            && UNITS.contains(&line.word(length + 1))
        {
            let length = self.words(line, (length, from));
            let right =
                file.pick(format!("{length} after due"), format!("{length} après l'échéance"));
            return Some(self.written(line, (from - 2, to), &right));
        }
        // It is all of when the step comes.
        let alone = |(from, to): &Found| {
            line.before(*from) == ":" && ["", "if", "si", ",", "or", "ou"].contains(&line.word(*to))
        };
        if let Some(found) = line.find(ON_DUE).filter(alone) {
            let right = file.pick("0 days after due", "0 jour après l'échéance");
            return Some(self.written(line, found, right));
        }
        let anchored =
            |(from, _): &Found| ["after", "before", "apres", "avant"].contains(&line.before(*from));
        let found = line.find(DUE_DATE).filter(anchored)?;
        Some(self.written(line, found, file.pick("due", "l'échéance")))
    }

    /// `mise en recouvrement`, `4 times maximum`.
    fn doing_of_step(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let file = self.file_lang;
        if let Some(found) = line.find(AT_MOST) {
            let times = line.word(found.0);
            let right =
                file.pick(format!("at most {times} times"), format!("au plus {times} fois"));
            return Some(self.written(line, found, &right));
        }
        let last = |(_, to): &Found| *to == line.len();
        let does = |(from, _): &Found| !NO_DOING.contains(&line.before(*from));
        let handed = line.find(HANDED_OVER).filter(last);
        let hands = line.find(HANDS_OVER).filter(does);
        if let Some(found) = hands.filter(|found| handed.is_none() && !last(found)) {
            // What a step does stands behind when it does it.
            let later = self.after_a_day(line.start(), DUE);
            let right = format!("{later}, {}", word(Rule::kw_hands_over, file));
            let help = say!(
                self.lang,
                "say first when, and at the end that it hands over: `{right}`",
                "dites d'abord quand, et à la fin que l'étape transmet : `{right}`"
            );
            return Some(self.unsaid(line, found, help));
        }
        let found = handed.or(hands)?;
        let comma = if line.before(found.0) == "," { "" } else { ", " };
        let right = format!("{comma}{}", word(Rule::kw_hands_over, file));
        Some(self.written(line, found, &right))
    }

    /// `si pas reçue`, `si solde > 5 EUR`.
    fn condition_of_step(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let file = self.file_lang;
        if let Some(found) = line.find(NOT) {
            return Some(self.written(line, found, file.pick("if not", "si non")));
        }
        let compared = |(from, to): &Found| {
            COMPARED.contains(&line.word(*to)) && line.before(*from) != "total"
        };
        let found = line.find(OPEN).filter(compared)?;
        Some(self.written(line, found, word(Rule::kw_open_sum, file)))
    }
}
