//! What contracts agree in words of their own: a package of sessions, a split, a rent, a reminder, a day that no date of the
//! case is, parts by the quarter. In: a line that is not understood. Out: its error with how the language says it, with the
//! figures of the line, or with what has to be decided.

use super::parse::{Parser, Place};
use super::spoken::{LINES, PAYERS, Spoken, capital, is_number};
use super::spoken_shares::percent;
use super::words::item_shape;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

const PACKAGES: &[&str] =
    &["forfait", "package", "pack", "bundle", "carte", "carnet", "abonnement"];
const SPLITS: &[&str] = &["split", "repartition", "partage", "partages", "partagee"];
/// What else heads a list of payers.
const FUNDS: &[&str] = &["financement", "cofinancement", "financements", "funding"];
/// What heads a line of another kind.
const NO_HEADS: &[&str] = &["prix", "prise", "subrogation", "reste"];
/// What stands before the names of those who share.
const BETWEEN: &[&str] = &["between", "entre", "for", "pour", ":"];
const AMONG: &[&str] = &["between", "among", "entre"];
/// That all shares are the same.
const ALIKE: &[&str] = &[
    "equally",
    "evenly",
    "in equal shares",
    "in equal parts",
    "a parts egales",
    "en parts egales",
    "a egalite",
    "equitablement",
];
const RENTS: &[&str] = &[
    "mois de loyer",
    "mois de loyers",
    "month ' s rent",
    "months ' rent",
    "months rent",
    "months of rent",
    "month of rent",
];
const REMINDERS: &[&str] = &[
    "relance",
    "rappel",
    "reminder",
    "mise en demeure",
    "formal notice",
    "final notice",
    "hands over to collection",
    "handed over to collection",
    "hand over to collection",
    "remise au contentieux",
    "remise au recouvrement",
    "passage au contentieux",
    "collection",
    "recouvrement",
    "contentieux",
];
/// What an invoice is due by, and when it is issued.
const DUE: &[&str] = &["due", "echeance", "date d ' echeance", "due date"];
const ISSUED: &[&str] =
    &["issued", "issue", "emission", "invoice", "invoice date", "facture", "date de facture"];
/// Days that a case plans, and its milestones.
const OF_THE_CASE: &[&str] =
    &["planned", "start", "end", "demarrage", "debut", "fin", "beginning", "commencement"];
/// So many parts by the quarter or the year, and when each comes.
const SPACED: &[(&[&str], (&str, &str))] = &[
    (
        &[
            "# quarterly installments",
            "# quarterly instalments",
            "# quarterly payments",
            "# echeances trimestrielles",
            "# versements trimestriels",
            "# paiements trimestriels",
        ],
        ("each quarter end", "à chaque fin de trimestre"),
    ),
    (
        &[
            "# yearly installments",
            "# yearly payments",
            "# annual installments",
            "# annual payments",
            "# echeances annuelles",
            "# versements annuels",
            "# paiements annuels",
        ],
        ("each year end", "à chaque fin d'année"),
    ),
];

impl Parser<'_> {
    /// The error of a line that agrees something in such words.
    pub(super) fn spoken_agreed(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        match self.place {
            Place::Nowhere | Place::Schedule => {}
            Place::FollowUp => return self.reminder(line),
            Place::Scenario | Place::FollowScenario => return None,
        }
        self.rent(line)
            .or_else(|| self.reminder(line))
            .or_else(|| self.spaced_parts(line))
            .or_else(|| self.day_of_ones_own(line))
            .or_else(|| self.package(line))
            .or_else(|| self.split(line))
            .or_else(|| self.shares_alone(line))
    }

    /// `un mois de loyer`.
    fn rent(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (from, to) = line.find(RENTS)?;
        let from = from.saturating_sub(1);
        let sum = self.file_lang.pick("… EUR on signature", "… EUR à la signature");
        let help = say!(
            self.lang,
            "a schedule knows no rent: write the sum itself, as in `{sum}`; the price of a month is billed by `the price each month end` alone",
            "un échéancier ne connaît pas de loyer : écrivez la somme elle-même, comme dans `{sum}` ; le tarif d'un mois n'est facturé que par `le tarif à chaque fin de mois`"
        );
        Some(self.unsaid(line, (from, to), help))
    }

    /// `relance 1 : 8 jours après l'échéance`, `hands over to collection after 60 days`.
    fn reminder(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let in_follow_up = matches!(self.place, Place::FollowUp);
        let own = || in_follow_up.then(|| self.name_of_a_step(line)).flatten();
        let named = line.stands(0, REMINDERS).map(|(_, named)| named).or_else(own)?;
        // A sum is billed, and no step bills.
        if self.amount_in(line).is_some() {
            return in_follow_up.then(|| self.no_step_bills(line));
        }
        // Of a step that has its label, its word alone is to be changed.
        (!(in_follow_up && line.word(named).starts_with('"'))).then_some(())?;
        let number = usize::from(is_number(line.word(named)) && line.word(named + 1) == ":");
        let label = capital(&self.words(line, (0, named + number)))?;
        let counted = match self.times_in(line).as_slice() {
            [((_, to), time)] => self.of_a_step(line, *to, time),
            _ => self.of_a_step(line, line.len(), self.file_lang.pick("… days", "… jours")),
        };
        let (title, step) = self.file_lang.pick(
            ("follow-up \"…\"", format!("step \"{label}\": {counted}")),
            ("suivi \"…\"", format!("étape \"{label}\": {counted}")),
        );
        let help = if in_follow_up {
            say!(
                self.lang,
                "a step of a follow-up begins with its word and its label: `{step}`",
                "une étape d'un suivi commence par son mot et son libellé : `{step}`"
            )
        } else {
            say!(
                self.lang,
                "what is done about an invoice that is not paid is no line of a schedule, but a step below a title of its own, `{title}`: `{step}`",
                "ce qui se fait d'une facture impayée n'est pas une ligne d'échéancier, mais une étape sous un titre à part, `{title}` : `{step}`"
            )
        };
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `call the client after 30 days`: where the name of what is done ends.
    fn name_of_a_step(&self, line: &Spoken<'_>) -> Option<usize> {
        let amounts = self.percentages(line).into_iter().map(|((from, _), _)| from);
        let sums = self.sum_in(line).map(|((from, _), _)| from);
        let times = self.times_in(line).into_iter().map(|((from, _), _)| from);
        let first = amounts.chain(sums).chain(times).min()?;
        let joins = [
            "after", "every", "each", "tous", "toutes", "les", "a", "apres", "within", "sous",
            "in", ":",
        ];
        let last = (0..first).rev().find(|at| !joins.contains(&line.word(*at)))?;
        let plain =
            |at: usize| line.word(at).starts_with(char::is_alphabetic) || line.word(at) == "'";
        let begins = item_shape(line.word(0)).is_none();
        (begins && last < 6 && (0..=last).all(plain)).then_some(last + 1)
    }

    /// `frais de relance 15 EUR` in a follow-up: the line of a schedule that bills them.
    fn no_step_bills(&self, line: &Spoken<'_>) -> Diagnostic {
        let end = self.name_of_a_step(line).unwrap_or(1);
        let label = capital(&self.words(line, (0, end))).unwrap_or_default();
        let sum = self.amount_in(line).filter(|amount| !amount.ends_with('%'));
        let sum = sum.unwrap_or_else(|| "… EUR".to_owned());
        let right = self.file_lang.pick(
            format!("installment \"{label}\": {sum} on event \"Late payment\", beside the price"),
            format!("échéance \"{label}\": {sum} à l'événement \"Retard\", en sus du prix"),
        );
        let help = say!(
            self.lang,
            "a follow-up bills nothing: a sum that you decide to bill is a line of the schedule that waits for an event, which you record: `{right}`",
            "un suivi ne facture rien : une somme que vous décidez de facturer est une ligne de l'échéancier qui attend un événement, que vous enregistrez : `{right}`"
        );
        self.unsaid(line, (0, line.len()), help)
    }

    /// A time and from what it counts: the due day unless something else stands behind it.
    fn of_a_step(&self, line: &Spoken<'_>, to: usize, time: &str) -> String {
        let back = ["before", "avant"].contains(&line.word(to));
        let after = back || ["after", "apres"].contains(&line.word(to));
        let place = to + usize::from(after);
        let article = line.stands(place, &["the", "le", "la", "l '", "l’"]);
        let from = article.map_or(place, |(_, to)| to);
        let anchor = if !after || line.stands(from, DUE).is_some() {
            self.file_lang.pick("due", "l'échéance").to_owned()
        } else if line.stands(from, ISSUED).is_some() {
            self.file_lang.pick("issued", "l'émission").to_owned()
        } else if let Some((_, end)) = line.stands(from, REMINDERS) {
            let end = end + usize::from(is_number(line.word(end)));
            let label = capital(&self.words(line, (from, end))).unwrap_or_default();
            self.file_lang.pick(format!("step \"{label}\""), format!("l'étape \"{label}\""))
        } else {
            "…".to_owned()
        };
        let counts = match back {
            true => self.file_lang.pick("before", "avant"),
            false => self.file_lang.pick("after", "après"),
        };
        let again = ["every", "each", "tous les", "toutes les", "chaque"];
        let again = !back && to > 1 && line.ending_at(to.saturating_sub(2), &again).is_some();
        let each = if again { self.file_lang.pick("each ", "tous les ") } else { "" };
        format!("{each}{time} {counts} {anchor}")
    }

    /// `3 quarterly installments of 100 EUR`, `3 échéances trimestrielles`.
    fn spaced_parts(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let labelled = line.begins(LINES) && line.word(2) == ":";
        let first = if labelled { 3 } else { 0 };
        let ((_, to), when) =
            SPACED.iter().find_map(|(words, when)| Some((line.stands(first, words)?, *when)))?;
        let times = self.words(line, (first, first + 1));
        let when = self.file_lang.pick(when.0, when.1);
        let of = usize::from(["of", "de"].contains(&line.word(to)));
        let sum = self.sum_in(line).filter(|((from, _), _)| *from == to + of);
        let end = sum.as_ref().map_or(to, |((_, end), _)| *end);
        (end == line.len()).then_some(())?;
        let amount = match sum {
            Some((_, sum)) => self.file_lang.pick(
                format!("{sum} {when}, at most {times} times"),
                format!("{sum} {when}, au plus {times} fois"),
            ),
            None => self.file_lang.pick(
                format!("100 % in {times} parts {when}"),
                format!("100 % en {times} fois {when}"),
            ),
        };
        let label = self.file_lang.pick("installment \"…\": ", "échéance \"…\": ");
        let right = if labelled { amount } else { format!("{label}{amount}") };
        let help = say!(
            self.lang,
            "write how much comes, when, and how often: `{right}`",
            "écrivez combien vient, quand, et combien de fois : `{right}`"
        );
        Some(self.unsaid(line, (first, line.len()), help))
    }

    /// `30 % 14 jours avant le mariage`.
    fn day_of_ones_own(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let labelled = line.begins(LINES) && line.word(2) == ":";
        let end = self.amount_end(line).filter(|_| labelled)?;
        let (time, back) = self.hours_at(line, end).or_else(|| self.length_at(line, end))?;
        ["before", "avant"].contains(&line.word(back)).then_some(())?;
        let article = line.stands(back + 1, &["the", "le", "la", "l '"]);
        let noun = article.map_or(back + 1, |(_, to)| to);
        let closes = ["", ",", "if", "si", "or", "ou"];
        let to = (noun..=line.len()).find(|place| closes.contains(&line.word(*place)))?;
        let known = OF_THE_CASE.contains(&line.word(noun))
            || !line.word(noun).starts_with(char::is_alphabetic);
        (!known && to > noun).then_some(())?;
        let name = self.words(line, (end, to));
        let [start, last, event] = self.file_lang.pick(
            [
                format!("{time} before planned start"),
                format!("{time} before planned end"),
                format!("on event \"{name}\""),
            ],
            [
                format!("{time} avant le démarrage prévu"),
                format!("{time} avant la fin prévue"),
                format!("à l'événement \"{name}\""),
            ],
        );
        let help = say!(
            self.lang,
            "a delay counts back from a planned date alone: `{start}` if the case starts on that day, `{last}` if it ends then; otherwise `{event}`, which you record when it comes",
            "un délai ne se compte en arrière que depuis une date prévue : `{start}` si le dossier démarre ce jour-là, `{last}` s'il finit alors ; sinon `{event}`, que vous enregistrez quand il vient"
        );
        Some(self.unsaid(line, (end, to), help))
    }

    /// `forfait 10 séances : 450 EUR`.
    fn package(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let of = 1 + usize::from(["of", "de"].contains(&line.word(1)));
        let counted =
            is_number(line.word(of)) && line.word(of + 1).starts_with(char::is_alphabetic);
        let ((from, to), sum) = self.sum_in(line)?;
        (line.begins(PACKAGES) && counted && from > of + 1 && to == line.len()).then_some(())?;
        let colon = usize::from([":", "at", "for", "a", "pour"].contains(&line.before(from)));
        let label = capital(&self.words(line, (0, from - colon)))?;
        let (price, apart, free) = self.file_lang.pick(
            (
                format!("price fixed {sum}"),
                format!("installment \"{label}\": {sum} on event \"…\", beside the price"),
                "action \"…\"",
            ),
            (
                format!("tarif forfait {sum}"),
                format!("échéance \"{label}\": {sum} à l'événement \"…\", en sus du prix"),
                "action \"…\"",
            ),
        );
        let help = say!(
            self.lang,
            "decide what it is: the price of the case, `{price}`, or a sum beside it, `{apart}`; no line counts what is left of a package, and what belongs to it is `{free}`, which a fixed price does not bill",
            "décidez ce que c'est : le prix du dossier, `{price}`, ou une somme en sus, `{apart}` ; aucune ligne ne compte ce qui reste d'un forfait, et ce qui en fait partie est `{free}`, qu'un forfait ne facture pas"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `OPCO 12,5 %, Client 87,5 %`: a share beside each name, and no word of the language before them.
    fn shares_alone(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let headed = line.begins(SPLITS) || line.begins(FUNDS);
        let head = usize::from(headed) + usize::from(headed && line.word(1) == ":");
        let first = line.word(head);
        let is_name = first.starts_with('"') || first.starts_with(char::is_alphabetic);
        let known = item_shape(first).is_some() || line.begins(PAYERS) || line.begins(NO_HEADS);
        let shares = self.named_shares(line, head);
        let whole = self.percentages(line).last().is_some_and(|((_, to), _)| *to == line.len());
        let says = |(name, _): &(String, String)| self.may_be_named(name);
        let named = is_name && !known && whole && shares.iter().all(says);
        let help = named.then(|| self.shares_of_names(&shares)).flatten()?;
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// `split 60/40`, `partage 60/40 entre OPCO et Employeur`, `split equally between Anna, Ben and me`.
    fn split(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let headed = line.begins(SPLITS);
        let at = usize::from(headed) + usize::from(headed && line.word(1) == ":");
        // Three numbers are read as a day is.
        let mut shares: Vec<&str> = line.word(at).split('/').collect();
        let mut end = at + 1;
        while line.word(end) == "/" {
            shares.push(line.word(end + 1));
            end += 2;
        }
        let points = |sum: u32, share: &&str| sum.checked_add(share.parse::<u32>().ok()?);
        let whole = shares.iter().try_fold(0, points);
        let told = |help| Some(self.unsaid(line, (0, line.len()), help));
        if whole.is_none() {
            return headed.then(|| self.split_among(line, at)).flatten().and_then(told);
        }
        let between = line.stands(end, BETWEEN).map(|(_, to)| to);
        let alone = headed || line.len() == end || between.is_some();
        (whole == Some(100) && shares.len() > 1 && alone).then_some(())?;
        if let Some(help) = between.and_then(|from| self.split_between(line, from, &shares)) {
            return told(help);
        }
        told(self.split_of_what(&shares))
    }

    /// That shares may be those of payers, or come one after the other.
    fn split_of_what(&self, shares: &[&str]) -> String {
        let listed = |each: &dyn Fn(&str) -> String, last: String| {
            let (_, first) = shares.split_last().unwrap_or((&"", &[]));
            let all = first.iter().map(|share| each(share)).chain([last]);
            let all: Vec<String> = all.map(|line| format!("`{line}`")).collect();
            self.lang.all_of(&all)
        };
        let other = shares.last().unwrap_or(&"");
        let (payers, parts) = self.file_lang.pick(
            (
                listed(
                    &|share| format!("payer \"…\": {share} %"),
                    "payer \"…\": remainder".to_owned(),
                ),
                listed(
                    &|share| format!("installment \"…\": {share} % on event \"…\""),
                    format!("balance \"…\": {other} % on end"),
                ),
            ),
            (
                listed(
                    &|share| format!("payeur \"…\" : {share} %"),
                    "payeur \"…\" : reste".to_owned(),
                ),
                listed(
                    &|share| format!("échéance \"…\": {share} % à l'événement \"…\""),
                    format!("solde \"…\": {other} % à la fin"),
                ),
            ),
        );
        say!(
            self.lang,
            "decide what is split: between payers, {payers}; in time, {parts}",
            "décidez ce qui est partagé : entre payeurs, {payers} ; dans le temps, {parts}"
        )
    }

    /// The shares of the names that stand from a place on: one for each of them.
    fn split_between(&self, line: &Spoken<'_>, from: usize, shares: &[&str]) -> Option<String> {
        let names = self.names_listed(line, (from, line.len()));
        if names.len() != shares.len() {
            return (names.len() > 1)
                .then(|| self.one_line_each(&self.payers_and_rest(&names, "… %")));
        }
        let shares = shares.iter().map(|share| format!("{share} %"));
        self.shares_of_names(&names.into_iter().zip(shares).collect::<Vec<_>>())
    }

    /// `split the invoice between Anna, Ben and me`: names without their shares, which are alike where that is said.
    fn split_among(&self, line: &Spoken<'_>, at: usize) -> Option<String> {
        let (found, from) = line.find(AMONG)?;
        let alike = line.find(ALIKE);
        let numbers = (at..line.len()).any(|place| is_number(line.word(place)));
        let end = alike.filter(|(start, _)| *start > found).map_or(line.len(), |(start, _)| start);
        let names = self.names_listed(line, (from, end));
        (names.len() > 1 && !numbers).then_some(())?;
        let share = match (alike, u32::try_from(names.len())) {
            (Some(_), Ok(count)) => percent(1, count, self.file_lang).0,
            _ => "… %".to_owned(),
        };
        Some(self.one_line_each(&self.payers_and_rest(&names, &share)))
    }
}
