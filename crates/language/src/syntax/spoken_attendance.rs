//! What administrators say of a share of the hours that is attended. In: a line that is not understood. Out: its error with the
//! condition that compares it; an edit where the line says when it is billed.

use super::ast::Shape;
use super::parse::Parser;
use super::spoken::{Spoken, is_number};
use super::spoken_timings::follows_an_amount;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

const ATTENDED: &[&str] = &[
    "of attendance",
    "attendance",
    "attended",
    "d ' assiduite",
    "de l ' assiduite",
    "de presence",
    "d ' heures suivies",
];
/// What compares the share behind it; longer ones first.
const COMPARED: &[(&[&str], &str)] = &[
    (&["at least", "a minimum of", "au moins", "un minimum de"], ">="),
    (&["more than", "plus de"], ">"),
    (&["at most", "au plus"], "<="),
    (&["less than", "moins de"], "<"),
];
/// What compares it from behind.
const BEHIND: &[(&[&str], &str)] = &[
    (
        &[
            "or less", "or fewer", "or lower", "or below", "at most", "ou moins", "au plus",
            "maximum",
        ],
        "<=",
    ),
    (
        &[
            "or more",
            "or higher",
            "or above",
            "at least",
            "ou plus",
            "ou davantage",
            "au moins",
            "minimum",
        ],
        ">=",
    ),
];
const ASKED: &[&str] = &["if", "si", "and", "et", "or", "ou", "not", "non"];
/// What makes a moment of it; longer ones first.
const REACHED: &[&str] = &[
    "as soon as",
    "starting at",
    "a partir de",
    "au bout de",
    "une fois",
    "once",
    "when",
    "upon",
    "from",
    "after",
    "at",
    "on",
    "des",
    "apres",
    "a",
];
/// The share behind what is attended, and what makes a moment of that.
const ATTAINED: &[&str] = &[
    "when attendance reaches #",
    "once attendance reaches #",
    "when attendance is #",
    "quand l ' assiduite atteint #",
    "des que l ' assiduite atteint #",
    "lorsque l ' assiduite atteint #",
    "une fois l ' assiduite a #",
];

impl Parser<'_> {
    /// `40 % dès 50 % d'assiduité`, `nothing on end if 50 % attendance`.
    pub(super) fn attended(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let attendance = self.file_lang.pick("attendance", "assiduité");
        if let Some((from, to)) = line.find(ATTAINED).filter(|(from, _)| *from > 3) {
            let share = self.words(line, (to - 1, to));
            let end = to + usize::from(line.word(to) == "%");
            return Some(self.attended_by_then(line, (from, end), &format!(">= {share} %")));
        }
        let share_at = |number: usize| {
            let share = is_number(line.word(number)) && line.word(number + 1) == "%";
            let (_, to) = line.stands(number + 2, ATTENDED).filter(|_| share)?;
            Some((number, to))
        };
        let (number, to) = (4..line.len()).find_map(share_at)?;
        let compared =
            COMPARED.iter().find_map(|(words, sign)| Some((line.ending_at(number, words)?, *sign)));
        // `50 % attendance or less` is bounded behind what is compared.
        let behind =
            BEHIND.iter().find_map(|(words, sign)| Some((line.stands(to, words)?.1, *sign)));
        let to = behind.map_or(to, |(end, _)| end);
        let above = behind.map_or(">=", |(_, sign)| sign);
        let (from, sign) = compared.unwrap_or((number, above));
        let bound = format!("{sign} {}", self.words(line, (number, number + 2)));
        if !ASKED.contains(&line.before(from)) {
            let from = line.ending_at(from, REACHED)?;
            let reached = follows_an_amount(line, from);
            return reached.then(|| self.attended_by_then(line, (from, to), &bound));
        }
        // Without a moment before it, the line says only on which condition.
        let asks = from - 1;
        let moment = ["end", "fin"].contains(&line.before(asks));
        let guard = ["if", "si"].contains(&line.before(from));
        if guard && !moment && follows_an_amount(line, asks) {
            return Some(self.attended_by_then(line, (asks, to), &bound));
        }
        Some(self.written(line, (from, to), &format!("{attendance} {bound}")))
    }

    /// What is attended comes with sessions: the line waits for one, and asks how much there is by then.
    fn attended_by_then(
        &self,
        line: &Spoken<'_>,
        found: (usize, usize),
        bound: &str,
    ) -> Diagnostic {
        let end = self.file_lang.pick("on end", "à la fin");
        // Little is attended at the first session, and a balance closes the case.
        let moments = if bound.starts_with('<') || line.begins(&["balance", "solde"]) {
            [end.to_owned(), self.file_lang.pick("on abandonment", "à l'abandon").to_owned()]
        } else {
            let declared = self.actions_declared(line.start());
            let session = self.file_lang.pick("Session", "Séance");
            let name = declared.first().map_or(session, String::as_str);
            let own = self
                .file_lang
                .pick(format!("on action \"{name}\""), format!("à l'action \"{name}\""));
            [own, end.to_owned()]
        };
        let asked = self.file_lang.pick("if attendance", "si assiduité");
        let [first, second] = moments.map(|moment| format!("{moment} {asked} {bound}"));
        let help = say!(
            self.lang,
            "attendance is a condition, and the line says when it is looked at: `{first}`, or `{second}`",
            "l'assiduité est une condition, et la ligne dit quand on la regarde : `{first}`, ou `{second}`"
        );
        self.unsaid(line, found, help)
    }

    /// The names of the actions that the schedule that holds `at` declares, as they are written.
    pub(super) fn actions_declared(&self, at: usize) -> Vec<String> {
        let actions = self.lines_of_the_schedule(at, Shape::Action);
        let named = |start: usize| {
            let place = self.folded.skip_blanks(start + self.folded.token_at(start).len());
            let name = self.folded.token_at(place);
            let written = self.folded.original(place, place + name.len()).of(self.source);
            let bare = written.trim_matches(['"', '«', '»', '“', '”', ' ', '\u{a0}']);
            (name.starts_with('"') && !bare.is_empty()).then(|| bare.to_owned())
        };
        actions.into_iter().filter_map(named).collect()
    }
}
