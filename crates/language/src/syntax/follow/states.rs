//! What a step asks of the state of an invoice, in everyday words: paid or not, disputed, received.
//!
//! In: a line that is not understood. Out: its error with the condition that says it, and an edit where that is
//! certain: a sum is written in the currency of the file, and in none where it states none.

use super::super::grammar::Rule;
use super::super::parse::Parser;
use super::super::quantities::word;
use super::super::spoken::{Found, Spoken, is_currency, is_number};
use crate::diagnostic::Diagnostic;
use crate::lang::say;
use crate::money::Currency;

const UNLESS: &[&str] =
    &["unless", "except if", "except when", "sauf si", "sauf en cas de", "sauf"];
/// While these hold no dated step fires.
const HELD: &[&str] = &[
    "disputed",
    "in dispute",
    "promised",
    "litige",
    "contestee",
    "promise",
    "en litige",
    "promesse",
];
/// What is so of an invoice, and its word: folded.
const FACTS: &[(&str, (&str, &str))] = &[
    ("disputed", ("disputed", "contestée")),
    ("in dispute", ("disputed", "contestée")),
    ("litige", ("disputed", "contestée")),
    ("en litige", ("disputed", "contestée")),
    ("contestee", ("disputed", "contestée")),
    ("promised", ("promised", "promise")),
    ("promesse", ("promised", "promise")),
    ("promise", ("promised", "promise")),
    ("received", ("received", "reçue")),
    ("recue", ("received", "reçue")),
    ("accepted", ("accepted", "acceptée")),
    ("acceptee", ("accepted", "acceptée")),
    ("rejected", ("rejected", "rejetée")),
    ("rejetee", ("rejected", "rejetée")),
    ("sent", ("sent", "envoyée")),
    ("envoyee", ("sent", "envoyée")),
];

/// That an invoice is not paid, in a condition: folded.
const UNPAID: &[&str] = &[
    "still unpaid",
    "unpaid",
    "toujours impayee",
    "toujours impaye",
    "encore impayee",
    "impayee",
    "impaye",
];
/// That it is.
const SETTLED: &[&str] = &[
    "paid in full",
    "fully paid",
    "paid",
    "settled",
    "closed",
    "entierement payee",
    "totalement payee",
    "payee",
    "paye",
    "reglee",
    "regle",
    "soldee",
    "soldees",
    "solde",
    "acquittee",
];
const DENIED: &[&str] =
    &["not yet", "still not", "not", "pas encore", "toujours pas", "non", "pas"];
/// What it is said of.
const THE_INVOICE: &[&str] = &[
    "the invoice is",
    "invoice is",
    "it is",
    "la facture n ' est",
    "la facture est",
    "facture est",
    "elle n ' est",
    "elle est",
];
/// What says that some of it is paid, and what a condition follows.
const PARTLY: &[&str] =
    &["partly", "partially", "half", "partiellement", "partie", "moitie", "demi", "incompletely"];
const ASKED_BEHIND: &[&str] = &["if", "si", "and", "et", "or", "ou", "("];
/// What closes such a condition.
const CLOSES: &[&str] = &["", ",", ")", "and", "et", "or", "ou"];
const OR: &[&str] = &["or", "ou"];
/// What a file consists of: what stands below one of these is of it.
const HEADS: &[&str] = &["follow", "suivi", "schedule", "echeancier"];

/// What is said of whether an invoice is paid: where, and whether it says that something is open.
#[derive(Clone, Copy)]
struct Payment {
    found: Found,
    open: bool,
}

impl Parser<'_> {
    /// `if not paid`, `sauf si payée`, `if not (paid or disputed)`, `if not unpaid`.
    pub(super) fn paid_or_not(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if let Some((from, to)) = line.find(UNLESS) {
            let inside = to + usize::from(line.word(to) == "(");
            if let Some(payment) = payment_at(line, inside) {
                return Some(self.unless_paid(line, (from, inside), payment));
            }
        }
        let asks = (3..line.len()).find(|place| ["if", "si"].contains(&line.word(*place)))?;
        let denied_group = |from: usize| {
            let (_, to) = line.stands(from, DENIED).filter(|(_, to)| line.word(*to) == "(")?;
            Some((from, to + 1, payment_at(line, to + 1)?))
        };
        for place in asks + 1..line.len() {
            if let Some((from, inside, payment)) = denied_group(place) {
                return Some(self.neither(line, (from, inside), payment));
            }
            if PARTLY.contains(&line.before(place)) && payment_at(line, place).is_some() {
                return Some(self.paid_in_part(line, place));
            }
            // Behind another word it may say anything.
            if !ASKED_BEHIND.contains(&line.before(place)) {
                continue;
            }
            if let Some(payment) = payment_at(line, place) {
                let asked = self.asked(line, payment.open);
                return Some(self.of_payment(line, payment.found, &asked, payment.open));
            }
        }
        None
    }

    /// `if partly paid`, `si à moitié payée`.
    fn paid_in_part(&self, line: &Spoken<'_>, place: usize) -> Diagnostic {
        let right = self.file_lang.pick("paid in part", "payée en partie");
        let help = say!(
            self.lang,
            "write `{right}` where something was paid and something is open; no share of it is asked, and a sum is, as in `open >= 50 EUR`",
            "écrivez `{right}` quand une part est payée et qu'il reste dû quelque chose ; aucune proportion ne se demande, mais une somme, comme dans `restant dû >= 50 EUR`"
        );
        self.unsaid(line, (place.saturating_sub(1), place + 1), help)
    }

    /// What was most likely meant by a word for an invoice that is paid, or is not, behind which more is said.
    pub(super) fn paid_word(&self, told: Diagnostic, at: usize, token: &str) -> Option<Diagnostic> {
        if !SETTLED.contains(&token) && !UNPAID.contains(&token) {
            return None;
        }
        let line = Spoken::at(self, at);
        let [open, settled] = [true, false].map(|open| self.asked(&line, open));
        Some(told.help(if is_on_event(&line) {
            say!(
                self.lang,
                "for what is not settled write `{open}`, for what is `{settled}`",
                "pour ce qui n'est pas soldé, écrivez `{open}`, pour ce qui l'est `{settled}`"
            )
        } else {
            say!(
                self.lang,
                "for what is not settled write `{open}`: a dated step fires only then, asked or not; a step for what is settled begins with `on settled`",
                "pour ce qui n'est pas soldé, écrivez `{open}` : une étape datée n'a lieu qu'alors, qu'on le demande ou non ; une étape pour ce qui est soldé commence par `en cas de règlement complet`"
            )
        }))
    }

    /// `unless paid`, `sauf si payée ou contestée`, `unless unpaid`.
    fn unless_paid(
        &self,
        line: &Spoken<'_>,
        (from, inside): Found,
        payment: Payment,
    ) -> Diagnostic {
        let (_, end) = payment.found;
        let grouped = line.before(inside) == "(";
        let single = if grouped { &[")"][..] } else { &["", ",", ")"][..] };
        if !single.contains(&line.word(end)) {
            return self.neither(line, (from, inside), payment);
        }
        let open = !payment.open;
        let whole = (from, end + usize::from(grouped));
        let (found, right) = self.asked_too(line, whole, &self.asked(line, open));
        self.of_payment(line, found, &right, open)
    }

    /// `unless paid or disputed`, `not (paid or disputed)`: `or` of what may not be is `and` of what is not.
    fn neither(&self, line: &Spoken<'_>, (from, inside): Found, payment: Payment) -> Diagnostic {
        let (lang, file) = (self.lang, self.file_lang);
        let grouped = line.before(inside) == "(";
        let closes = if grouped { ")" } else { "," };
        let stop =
            (inside..line.len()).find(|place| line.word(*place) == closes).unwrap_or(line.len());
        let to = stop + usize::from(grouped && stop < line.len());
        let behind: Vec<&str> = (payment.found.1..stop).map(|place| line.word(place)).collect();
        let mut parts = behind.split(|word| OR.contains(word));
        // What stands before the first `or` is the payment alone.
        let alone = parts.next().is_none_or(<[&str]>::is_empty);
        let facts: Option<Vec<_>> = parts.map(fact).collect();
        let open = self.asked(line, !payment.open);
        let Some(facts) = facts.filter(|_| alone) else {
            let (both, either) = file.pick(
                ("and not disputed", "or not disputed"),
                ("et non contestée", "ou non contestée"),
            );
            let help = say!(
                lang,
                "say what is so, not what may not be: neither paid nor disputed is `{open} {both}`, not both of them is `{open} {either}`",
                "dites ce qui est, non ce qui ne doit pas être : ni payée ni contestée se dit `{open} {both}`, pas les deux à la fois `{open} {either}`"
            );
            return self.unsaid(line, (from, to), help);
        };
        let not = file.pick("and not", "et non");
        let each =
            facts.iter().map(|(english, french)| format!(" {not} {}", file.pick(english, french)));
        let asked = open + &each.collect::<String>();
        let unless = line.stands(from, UNLESS).is_some();
        let (found, right) = match unless {
            true => self.asked_too(line, (from, to), &asked),
            false => ((from, to), asked),
        };
        self.of_payment(line, found, &right, !payment.open)
    }

    /// That something is open, or nothing is, in the currency of the file.
    fn asked(&self, line: &Spoken<'_>, open: bool) -> String {
        let currency = self.currency_at(line).unwrap_or(Currency::EURO);
        let sign = if open { ">" } else { "<=" };
        format!("{} {sign} 0 {}", word(Rule::kw_open_sum, self.file_lang), currency.code())
    }

    /// What is asked of a payment, as it is written.
    fn of_payment(&self, line: &Spoken<'_>, found: Found, right: &str, open: bool) -> Diagnostic {
        let lang = self.lang;
        let known = self.currency_at(line).is_some();
        let help = match (is_on_event(line), open, known) {
            (true, _, true) => return self.written(line, found, right),
            (true, _, false) => say!(
                lang,
                "say it with the currency of the invoices, in euros for example `{right}`",
                "dites-le avec la devise des factures, en euros par exemple `{right}`"
            ),
            (false, false, _) => say!(
                lang,
                "no dated step fires once nothing is open: a step for what is settled begins with `on settled`",
                "une étape datée n'a plus lieu dès que tout est réglé : une étape pour ce qui est soldé commence par `en cas de règlement complet`"
            ),
            (false, true, true) => say!(
                lang,
                "write `{right}`: a dated step fires only while something is open, asked or not",
                "écrivez `{right}` : une étape datée n'a lieu que tant qu'il reste dû, qu'on le demande ou non"
            ),
            (false, true, false) => say!(
                lang,
                "say it with the currency of the invoices, in euros for example `{right}`, or leave out that something is open: a dated step fires only then",
                "dites-le avec la devise des factures, en euros par exemple `{right}`, ou ne dites pas qu'il reste dû : une étape datée n'a lieu qu'alors"
            ),
        };
        let told = self.unsaid(line, found, help);
        if open && known { told.edit(self.place(line, found), right) } else { told }
    }

    /// The currency of the sums of what a line stands in; where that states none, of all in the file; none where there are several.
    fn currency_at(&self, of: &Spoken<'_>) -> Option<Currency> {
        let stated = self.stated_currencies.get_or_init(|| self.currencies_by_head());
        let own = stated.iter().rfind(|(head, _)| *head <= of.start());
        let own = own.map_or(&[][..], |(_, own)| own);
        let one = |mut of: std::slice::Iter<'_, Currency>| {
            let first = of.next().copied()?;
            of.all(|it| *it == first).then_some(first)
        };
        if own.is_empty() {
            let all: Vec<Currency> = stated.iter().flat_map(|(_, own)| own).copied().collect();
            one(all.iter())
        } else {
            one(own.iter())
        }
    }

    /// Where each head of the file begins, and the currencies of the sums that stand below it; what stands above all of them has none.
    fn currencies_by_head(&self) -> Vec<(usize, Vec<Currency>)> {
        let mut by_head: Vec<(usize, Vec<Currency>)> = Vec::new();
        let mut at = 0;
        for text in self.folded.text.split_inclusive('\n') {
            let line = Spoken::at(self, at);
            at += text.len();
            if line.begins(HEADS) || by_head.is_empty() {
                by_head.push((if line.begins(HEADS) { line.start() } else { 0 }, Vec::new()));
            }
            let Some((_, own)) = by_head.last_mut() else { continue };
            for place in 0..line.len() {
                let stated =
                    is_number(line.before(place)) || ["in", "en"].contains(&line.before(place));
                let code = line.word(place);
                let found = Some(code).filter(|code| stated && is_currency(code));
                let found = found.and_then(|code| Currency::find(&code.to_uppercase()));
                // What is stated again says nothing new.
                own.extend(found.filter(|found| !own.contains(found)));
            }
        }
        by_head
    }

    /// `unless disputed`, `sauf si reçue`.
    pub(super) fn unless_so(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        let (from, to) = line.find(UNLESS)?;
        // A step on an event fires whatever is disputed; and only what is all that is asked can be left out.
        let on_event = is_on_event(line);
        let asked: Vec<&str> = (to..line.len())
            .map(|place| line.word(place))
            .filter(|word| !["(", ")", "si", "if"].contains(word))
            .collect();
        let is_held =
            |words: &[&str]| HELD.iter().any(|held| held.split(' ').eq(words.iter().copied()));
        let all_held = asked.split(|word| ["or", "ou"].contains(word)).all(is_held);
        if all_held && !on_event {
            let help = say!(
                lang,
                "leave this out: no dated step fires while the invoice is disputed or promised",
                "retirez cela : aucune étape datée n'a lieu tant que la facture est contestée ou promise"
            );
            let whole = (from, line.len());
            let told = self.unsaid(line, whole, help);
            return Some(told.edit(self.place_with_gap(line, whole), ""));
        }
        if let Some((english, french)) = fact(&asked) {
            let asked = file.pick(format!("not {english}"), format!("non {french}"));
            let (found, right) = self.asked_too(line, (from, line.len()), &asked);
            return Some(self.written(line, found, &right));
        }
        let word = match asks_before(line, from) {
            Some(_) => lang.pick("and", "et"),
            None => lang.pick("if", "si"),
        };
        let help = say!(
            lang,
            "write `{word} not` and the condition: `{word} not received`, `{word} not (received or paid in part)`",
            "écrivez `{word} non` et la condition : `{word} non reçue`, `{word} non (reçue ou payée en partie)`"
        );
        Some(self.unsaid(line, (from, to), help))
    }

    /// What is asked in the place of `unless …`, beside what the step asks already.
    fn asked_too(&self, line: &Spoken<'_>, (from, to): Found, asked: &str) -> (Found, String) {
        let (when, and) = self.file_lang.pick(("if", "and"), ("si", "et"));
        let Some(first) = asks_before(line, from) else {
            return ((from, to), format!("{when} {asked}"));
        };
        // `and` binds before `or`.
        if (first..from).any(|place| ["or", "ou"].contains(&line.word(place))) {
            let other = self.words(line, (first + 1, from));
            return ((first + 1, to), format!("({other}) {and} {asked}"));
        }
        ((from, to), format!("{and} {asked}"))
    }
}

/// What is said of a payment at a place.
fn payment_at(line: &Spoken<'_>, from: usize) -> Option<Payment> {
    let closed = |to: usize| CLOSES.contains(&line.word(to)).then_some(to);
    let stands = |from: usize, words: &[&str]| closed(line.stands(from, words)?.1);
    let at = line.stands(from, THE_INVOICE).map_or(from, |(_, to)| to);
    let denied = line.stands(at, DENIED).map(|(_, to)| to);
    let what = denied.unwrap_or(at);
    let said =
        stands(what, UNPAID).map(|to| (to, true)).or_else(|| Some((stands(what, SETTLED)?, false)));
    said.map(|(to, open)| Payment { found: (from, to), open: open != denied.is_some() })
}

/// The word for what is so of an invoice.
fn fact(words: &[&str]) -> Option<(&'static str, &'static str)> {
    let known = |(known, _): &&(&str, _)| known.split(' ').eq(words.iter().copied());
    FACTS.iter().find(known).map(|(_, fact)| *fact)
}

/// Whether a step waits for an event, and for no day.
fn is_on_event(line: &Spoken<'_>) -> bool {
    line.find(&[": on", ": en cas de"]).is_some()
        && line.find(&[": on due", ": on the due"]).is_none()
}

/// The word with which a step asks something before a place.
fn asks_before(line: &Spoken<'_>, place: usize) -> Option<usize> {
    (3..place).find(|at| ["if", "si"].contains(&line.word(*at)))
}
