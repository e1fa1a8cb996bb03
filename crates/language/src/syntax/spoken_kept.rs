//! What administrators say of what the schedule states elsewhere: a deposit that is kept or given back. In: a line that is not
//! understood. Out: its error with the line that says it, with the figures of the deposit.

use super::parse::{Parser, Place};
use super::spoken::Spoken;
use super::spoken_leaving::LEFT;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

const DEPOSITS: &[&str] =
    &["deposit", "deposits", "acompte", "acomptes", "arrhes", "earnest money", "down payment"];
/// What stands between the parts of such a clause, and says nothing more.
const BETWEEN: &[&str] = &[
    "the",
    "le",
    "l",
    "'",
    "les",
    "is",
    "are",
    "be",
    "est",
    "sont",
    "we",
    "on",
    "nous",
    "will",
    "shall",
    "reste",
    "restent",
    "not",
    "non",
    "-",
    "d",
    "de",
    "s",
    "du",
    "already",
    "paid",
    "verse",
    "versees",
    "deja",
    "of",
    "definitivement",
];
const KEPT: &[&str] = &[
    "kept",
    "keep",
    "keeps",
    "retained",
    "retain",
    "forfeited",
    "forfeit",
    "lost",
    "conserve",
    "conserves",
    "conservees",
    "garde",
    "gardes",
    "gardees",
    "gardons",
    "acquis",
    "acquises",
    "perdu",
    "perdus",
    "perdues",
];
const BACK: &[&str] = &[
    "refunded",
    "refund",
    "refundable",
    "returned",
    "return",
    "rembourse",
    "rembourses",
    "remboursees",
    "remboursable",
    "remboursables",
    "restitue",
    "restitues",
    "restituees",
    "rendu",
    "rendus",
    "rendues",
];

impl Parser<'_> {
    /// `deposit kept on abandonment`, `solde "B": acompte remboursé à l'abandon`: which line says it, of the one deposit.
    pub(super) fn deposit_kept(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let labelled = line.begins(&["balance", "solde"]) && line.word(2) == ":";
        let from = if labelled { 3 } else { 0 };
        (self.place == Place::Schedule).then_some(())?;
        let (left, to) = line.find(LEFT).map_or((line.len(), line.len()), |found| found);
        // Each word before that is one of such a clause.
        let (mut deposit, mut kept, mut back, mut not, mut at) = (false, false, false, false, from);
        while at < left {
            let word = line.word(at);
            let named = line.stands(at, DEPOSITS).map(|(_, end)| end);
            deposit |= named.is_some();
            kept |= KEPT.contains(&word);
            back |= BACK.contains(&word);
            not |= ["not", "non"].contains(&word);
            let known = [BETWEEN, KEPT, BACK].iter().any(|words| words.contains(&word));
            (named.is_some() || known).then_some(())?;
            at = named.unwrap_or(at + 1);
        }
        let said = kept || back || labelled && left < line.len();
        (deposit && said && to == line.len()).then_some(())?;
        let begins = self.file_lang.pick("balance \"Withdrawal\": ", "solde \"Abandon\": ");
        let begins = if labelled { "" } else { begins };
        let gone = self.file_lang.pick("on abandonment", "à l'abandon");
        let given = format!("{begins}{} {gone}", self.file_lang.pick("nothing", "rien"));
        let (owed, billed) = self.one_deposit(line);
        let keeps = match owed.ends_with('%') {
            true => self.file_lang.pick(
                format!("{begins}up to {owed}, no refund, {gone}{billed}"),
                format!("{begins}jusqu'à {owed}, sans remboursement, {gone}{billed}"),
            ),
            false => format!("{begins}{owed} {gone}{billed}"),
        };
        let help = match (kept || back && not, back && !not) {
            (true, _) => say!(
                self.lang,
                "what is kept is said by the balance that closes the case: `{keeps}`",
                "ce qui reste acquis est dit par le solde qui clôt le dossier : `{keeps}`"
            ),
            (false, true) => say!(
                self.lang,
                "a balance gives the deposits back that are above what it says is due: `{given}`",
                "un solde rend les acomptes qui dépassent ce qu'il dit dû : `{given}`"
            ),
            (false, false) => say!(
                self.lang,
                "say whether it is kept, `{keeps}`, or given back, `{given}`",
                "dites s'il reste acquis, `{keeps}`, ou s'il est rendu, `{given}`"
            ),
        };
        Some(self.unsaid(line, (from, line.len()), help))
    }

    /// The amount of the only deposit of the schedule, and the condition that it was billed; open where there is not one.
    fn one_deposit(&self, line: &Spoken<'_>) -> (String, &'static str) {
        let deposits = self.lines_around(line.start()).into_iter().filter_map(|other| {
            let own = other.begins(&["deposit", "acompte"]) && other.word(2) == ":";
            let beside = other.find(&["beside the price", "en sus du prix"]).is_some();
            let end = self.amount_end(&other).filter(|_| own && !beside)?;
            let on = |words: &[&str]| other.stands(end, words).is_some();
            let billed = if on(&["on signature", "a la signature"]) {
                self.file_lang.pick(" if signed", " si signé")
            } else if on(&["on start", "au demarrage"]) {
                self.file_lang.pick(" if started", " si démarré")
            } else {
                ""
            };
            Some((self.words(&other, (3, end)), billed))
        });
        let mut deposits: Vec<_> = deposits.collect();
        match deposits.pop() {
            Some(only) if deposits.is_empty() => only,
            _ => ("… %".to_owned(), ""),
        }
    }

    /// The rate of tax that the schedule states, and whether its amounts are after tax.
    pub(super) fn stated_tax(&self, line: &Spoken<'_>) -> Option<(String, bool)> {
        self.lines_around(line.start()).iter().find_map(|other| {
            let (_, to) = other.stands(0, &["vat # %", "tva # %"])?;
            let included = other.stands(to, &["included", "comprise"]).is_some();
            Some((self.words(other, (0, to)), included))
        })
    }

    /// The lines of the schedule in which a place stands.
    fn lines_around(&self, at: usize) -> Vec<Spoken<'_>> {
        let place = self.schedule_at(at);
        let text = self.folded.text.as_str();
        let mut next = place.start;
        let lines = text.get(place).unwrap_or("").split_inclusive('\n');
        let start = |line: &str| {
            let start = next;
            next += line.len();
            start
        };
        lines.map(start).map(|start| Spoken::at(self, start)).collect()
    }
}
