//! What administrators say of tax and of when invoices are due, and the sentence that works. In: a line that is not
//! understood. Out: its error with that sentence; an edit where it says what was written, and all of it.

use super::parse::Parser;
use super::spoken::{Found, LINES, PAYERS, Spoken, is_currency, is_number};
use super::unsaid;
use crate::diagnostic::Diagnostic;
use crate::lang::{Lang, say};
use std::ops::Range;

const PAYMENTS: &[&str] = &["payment", "paiement", "reglement", "payable"];
/// What begins a term of payment, and much else.
const OF_PAYMENT: &[&str] = &["delai", "terms", "term", "net", "due", "conditions"];
const ON_RECEIPT: &[&str] = &[
    "due on receipt",
    "due upon receipt",
    "on receipt",
    "upon receipt",
    "at receipt",
    "immediate",
    "immediately",
    "cash",
    "a reception de facture",
    "a reception de la facture",
    "a reception",
    "comptant",
    "au comptant",
    "immediat",
];
const NET: &[&str] = &["# days net", "net # days", "net #", "# jours nets", "# jours net"];
const END_OF_MONTH: &[&str] = &[
    "# days end of month",
    "# days eom",
    "# days month end",
    "# jours fin de mois",
    "# jours fdm",
];
const DAYS: &[&str] = &["# days", "# jours", "# j", "# d", "# jrs"];
/// Days whose unit is written with their number: `30j`.
const GLUED: &[&str] = &["jours", "jrs", "j", "days", "d"];
/// What may stand beside the days of a term and says nothing more.
const OF_A_TERM: &[&str] = &[
    "payment",
    "paiement",
    "reglement",
    "payable",
    "terms",
    "term",
    "due",
    "within",
    "in",
    "at",
    "is",
    "are",
    "invoices",
    "invoice",
    "a",
    "sous",
    "dans",
    "les",
    "des",
    "delai",
    "de",
    "d",
    "'",
    ":",
    "=",
    "net",
    "nets",
    "date",
    "facture",
    "factures",
    "echeance",
    "installment",
    "after",
    "apres",
    "la",
    "from",
    "of",
    "the",
    "conditions",
];
const WITH_TAX: &[&str] = &[
    "incl vat",
    "incl . vat",
    "incl .",
    "including vat",
    "vat included",
    "incl tax",
    "incl",
    "toutes taxes comprises",
    "including tax",
    "including taxes",
    "inclusive of vat",
    "inclusive of tax",
    "tax included",
    "taxes included",
    "tva comprise",
    "tva incluse",
    "taxes comprises",
    "taxes incluses",
    "taxe comprise",
    "ttc",
    "inclusive",
    "incluse",
    "incluses",
    "inclus",
    "compris",
    "comprises",
];
const WITHOUT_TAX: &[&str] = &[
    "excl vat",
    "excl . vat",
    "excluding vat",
    "ex vat",
    "plus vat",
    "+ vat",
    "vat excluded",
    "vat excl",
    "vat not included",
    "vat extra",
    "vat on top",
    "exclusive of vat",
    "exclusive of tax",
    "excluding tax",
    "excluding taxes",
    "plus tax",
    "+ tax",
    "before tax",
    "before vat",
    "ht",
    "hors taxes",
    "hors taxe",
    "hors tva",
    "tva en sus",
    "tva en plus",
    "tva non comprise",
    "tva non incluse",
    "tva exclue",
    "plus tva",
    "+ tva",
    "avant taxes",
    "avant taxe",
    "avant tva",
];
/// What says behind a rate that tax comes on top of the amounts.
const ON_TOP: &[&str] = &[
    "excluded",
    "exclusive",
    "excl .",
    "excl",
    "not included",
    "not inclusive",
    "on top",
    "in addition",
    "extra",
    "to be added",
    "added",
    "exclue",
    "exclu",
    "exclues",
    "non comprise",
    "non compris",
    "non incluse",
    "non inclus",
    "pas comprise",
    "pas incluse",
    "en sus",
    "en plus",
    "en supplement",
    "a ajouter",
    "ht",
    "hors taxes",
    "hors taxe",
    "hors tva",
];
const TAXES: &[&str] = &["vat", "tva", "tax", "taxe", "taxes", "ttc"];
/// What begins a line that says of the case that it is exempt.
pub const EXEMPT_FIRST: &[&str] =
    &["exempt", "exempted", "exonere", "exoneree", "exonerees", "exoneration", "sans", "no"];
const EXEMPT: &[&str] = &[
    "exempt",
    "exempted",
    "exonere",
    "exoneree",
    "exoneration",
    "non applicable",
    "not applicable",
    "zero rated",
    "sans",
    "no",
];
const NOT_APPLICABLE: &[&str] = &["non applicable", "not applicable"];
/// The end of the month of an invoice.
const MONTH_END: &[&str] = &[
    "month end",
    "at month end",
    "end of month",
    "end of the month",
    "fin de mois",
    "en fin de mois",
    "fin du mois",
];
/// What stands between the parts of a term, the one that counts first before the other; and what does so alone says it.
const IN_ORDER: &[&str] = &[
    ",", "then", "puis", "and", "et", "plus", "+", "at", "within", "a", "la", "the", "en", "sous",
];
const THEN: &[&str] = &["then", "puis", "and", "et", "plus", "+"];
const OF_TAX: &[&str] = &["from vat", "of vat", "de tva", "de la tva", "tva", "vat"];

/// How a reason of law begins.
const OF_LAW: &[&str] =
    &["article", "articles", "art", "section", "directive", "cgi", "code", "under", "selon"];
/// What says of what, or for how long, and not why.
const LIMITS: &[&str] = &[
    "until", "before", "after", "from", "except", "unless", "if", "on", "jusqu", "avant", "apres",
    "sauf", "hors", "si", "pour", "sur", "%",
];

impl Parser<'_> {
    pub(super) fn spoken_payment(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        let of_payer = line.begins(PAYERS);
        // `échéance à 30 jours` has no label: no line of the schedule is meant.
        let days_alone = line.find(&["echeance a # jours", "installment due # days"]);
        let due = days_alone.is_some_and(|(from, _)| from == 0);
        let of_payment = line.begins(PAYMENTS) || due;
        let may_be = line.begins(OF_PAYMENT);
        if !of_payment && !may_be && !of_payer {
            return None;
        }
        let days = |found: Found| -> Option<u32> {
            (found.0..found.1).find_map(|place| line.word(place).parse().ok())
        };
        if let Some(found) = line.find(END_OF_MONTH) {
            let days = days(found)?;
            let [then_end, from_end] = crate::model::written::month_ends(days);
            // Alone on its line, the line is written whole.
            let begun = match of_payer || !of_payment {
                true => "",
                false => file.pick("payment due ", "paiement à "),
            };
            let [first, second] = written_terms(file, days).map(|term| format!("{begun}{term}"));
            let [invoice, then_end, from_end] =
                ["2025-01-31".to_owned(), then_end, from_end].map(|day| lang.date(day));
            return Some(self.unsaid(
                line,
                found,
                say!(
                    lang,
                    "say which comes first: `{first}` (an invoice of {invoice} is due on {then_end}) or `{second}` (on {from_end})",
                    "dites ce qui vient d'abord : `{first}` (une facture du {invoice} est à payer le {then_end}) ou `{second}` (le {from_end})"
                ),
            ));
        }
        if of_payer {
            return None;
        }
        let whole = |right: String| {
            let found = (0, line.len());
            // What stands there is right: something before it is not.
            if self.words(line, found) == right {
                return None;
            }
            Some(self.written(line, found, &right))
        };
        // Words beside the term say more than it: they are not taken away.
        let says_it_all = |(from, to): Found| {
            let around = (0..from).chain(to..line.len());
            around.into_iter().all(|place| OF_A_TERM.contains(&line.word(place)))
        };
        let forms = || {
            if !of_payment {
                return None;
            }
            // With the days of the line, where it has any.
            let days = self.times_in(line).into_iter().map(|(_, time)| time);
            let days = days.into_iter().find(|time| time.contains(file.pick("day", "jour")));
            let days = days.unwrap_or_else(|| file.pick("30 days", "30 jours").to_owned());
            let right = file.pick(
                format!("`payment due {days}`, `payment due {days} then month end`, or a `due` of its own for a payer"),
                format!("`paiement à {days}`, `paiement à {days}, puis fin de mois`, ou une échéance propre à un payeur"),
            );
            let help = say!(
                lang,
                "one term holds for all invoices, counted from their date: {right}",
                "un seul délai vaut pour toutes les factures, compté de leur date : {right}"
            );
            Some(self.unsaid(line, (0, line.len()), help))
        };
        if let Some(found) = line.find(ON_RECEIPT) {
            if !says_it_all(found) {
                return forms();
            }
            return whole(file.pick("payment due 0 days", "paiement à 0 jour").to_owned());
        }
        if let Some((found, term)) = self.ordered_term(line) {
            if !says_it_all(found) {
                return forms();
            }
            return whole(file.pick(format!("payment due {term}"), format!("paiement à {term}")));
        }
        if let Some(found) = line.find(MONTH_END).filter(|_| of_payment) {
            if !says_it_all(found) {
                return forms();
            }
            let right = "payment due 0 days then month end";
            return whole(file.pick(right, "paiement à 0 jour, puis fin de mois").to_owned());
        }
        let of_glued = |word: &str| {
            let number = GLUED.iter().find_map(|unit| word.strip_suffix(unit))?;
            number.parse::<u32>().ok()
        };
        let glued = || {
            let place = (0..line.len()).find(|place| of_glued(line.word(*place)).is_some())?;
            Some((place, place + 1))
        };
        if let Some(found) = line.find(NET).or_else(|| line.find(DAYS)).or_else(glued) {
            if !says_it_all(found) {
                return forms();
            }
            let days = days(found).or_else(|| of_glued(line.word(found.0)))?;
            let s = if days > 1 { "s" } else { "" };
            return whole(
                file.pick(format!("payment due {days} days"), format!("paiement à {days} jour{s}")),
            );
        }
        // A label: what is meant is a line.
        if line.word(1).starts_with('"') && of_payment {
            return Some(unsaid::three_kinds(lang, self.unsaid(line, (0, 1), String::new())));
        }
        // What begins as it should is told where it goes wrong.
        let begun =
            line.find(&["paiement a #", "payment due #"]).is_some_and(|(from, _)| from == 0);
        if begun || line.len() < 2 { None } else { forms() }
    }

    /// `30 days then end of month`, `fin de mois + 45 jours`: where it stands, and how it is said.
    fn ordered_term(&self, line: &Spoken<'_>) -> Option<(Found, String)> {
        let (from, to) = line.find(DAYS)?;
        let (first, last) = line.find(MONTH_END)?;
        let days = line.word(from).parse().ok()?;
        let [then_end, from_end] = written_terms(self.file_lang, days);
        let (found, between, right) = match to <= first {
            true => ((from, last), to..first, then_end),
            false => ((first, to), last..from, from_end),
        };
        let mut between = between.map(|at| line.word(at));
        let says = between.clone().any(|word| THEN.contains(&word));
        (says && between.all(|word| IN_ORDER.contains(&word))).then_some((found, right))
    }

    pub(super) fn spoken_tax(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        let of_tax = line.begins(&["vat", "tva", "tax"]);
        let exemption = of_tax || line.begins(EXEMPT_FIRST);
        if let Some(found) = exemption.then(|| self.spoken_exemption(line)).flatten() {
            return Some(found);
        }
        let priced = line.begins(LINES) || line.begins(&["price", "tarif", "action", "prix"]);
        if let Some(found) = self.tax_on_top(line).or_else(|| self.tax_beside_the_price(line)) {
            return Some(found);
        }
        if let Some(found) = line.find(WITH_TAX) {
            let contrary = ["not", "non", "pas"].contains(&line.before(found.0));
            // In a condition, a bound is taken in, and no tax.
            let asks = (0..found.0).any(|at| ["if", "si"].contains(&line.word(at)));
            let of_taxes = (found.0..found.1).any(|at| TAXES.contains(&line.word(at)));
            if contrary || asks && !of_taxes {
                return None;
            }
            if of_tax {
                // Without a rate it says nothing yet.
                if !(0..found.0).any(|at| is_number(line.word(at))) {
                    return None;
                }
                let comma = usize::from(line.before(found.0) == ",");
                let word = file.pick("included", "comprise");
                let place = self.place(line, (found.0 - comma, found.1));
                let edit = if comma == 1 { format!(" {word}") } else { word.to_owned() };
                let help = say!(lang, "write `{word}`", "écrivez `{word}`");
                return Some(self.unsaid(line, found, help).edit(place, edit));
            }
            if !of_taxes && !self.behind_a_sum(line, found.0) {
                return priced.then(|| self.included_without_tax(line, found));
            }
            return priced.then(|| self.after_tax(line, found));
        }
        let found = line.find(WITHOUT_TAX).filter(|_| priced)?;
        // Where all amounts are after tax, this one would be another if the words were left out.
        let included = ["% included", "% comprise", "% ttc"];
        let schedule = self.schedule_around(line.start());
        let schedule = schedule.split_whitespace().collect::<Vec<_>>().join(" ");
        if included.iter().any(|words| schedule.contains(words)) {
            return Some(self.unsaid(
                line,
                found,
                say!(
                    lang,
                    "the amounts of this schedule are after tax: write this one with its tax",
                    "les montants de cet échéancier sont TTC : écrivez celui-ci avec sa taxe"
                ),
            ));
        }
        // `+ TVA 20 %`: the rate belongs to it.
        let rated = is_number(line.word(found.1)) && line.word(found.1 + 1) == "%";
        let found = (found.0, found.1 + if rated { 2 } else { 0 });
        let rate = if rated { self.words(line, (found.1 - 2, found.1)) } else { "20 %".to_owned() };
        let right = format!("{} {rate}", file.pick("vat", "tva"));
        let comma = usize::from(line.before(found.0) == ",");
        let place = self.place_with_gap(line, (found.0 - comma, found.1));
        Some(
            self.unsaid(
                line,
                found,
                say!(
                    lang,
                    "leave it out: amounts are before tax, and `{right}` on a line of its own states the rate",
                    "retirez ces mots : les montants sont hors taxes, et `{right}` sur sa propre ligne en dit le taux"
                ),
            )
            .edit(place, ""),
        )
    }

    /// `1500 EUR TTC`: all amounts of a schedule are after tax, or none.
    fn after_tax(&self, line: &Spoken<'_>, found: Found) -> Diagnostic {
        let (lang, included) = (self.lang, self.file_lang.pick("included", "comprise"));
        let own = self.file_lang.pick("vat 20 %", "tva 20 %");
        match self.stated_tax(line) {
            Some((_, true)) => {
                let help = say!(
                    lang,
                    "leave it out: the amounts of this schedule are after tax already",
                    "retirez ces mots : les montants de cet échéancier sont déjà TTC"
                );
                self.unsaid(line, found, help).edit(self.place_with_gap(line, found), "")
            }
            Some((rate, false)) => {
                let help = say!(
                    lang,
                    "leave it out here, and write `{rate} {included}` in the place of `{rate}`: all amounts of the schedule are then after tax",
                    "retirez ces mots d'ici, et écrivez `{rate} {included}` à la place de `{rate}` : tous les montants de l'échéancier sont alors TTC"
                );
                self.unsaid(line, found, help)
            }
            None => {
                let help = say!(
                    lang,
                    "leave it out here, and write `{own} {included}` on a line of its own: all amounts of the schedule are then after tax",
                    "retirez ces mots d'ici, et écrivez `{own} {included}` sur sa propre ligne : tous les montants de l'échéancier sont alors TTC"
                );
                self.unsaid(line, found, help)
            }
        }
    }

    /// Whether a sum stands before a place, of which it may be said that its tax is in it.
    fn behind_a_sum(&self, line: &Spoken<'_>, place: usize) -> bool {
        let place = place - usize::from(line.before(place) == ",").min(place);
        let of_rate =
            place > 1 && ["hourly", "flat", "horaire", "forfait"].contains(&line.word(place - 2));
        is_currency(line.before(place)) || of_rate && is_number(line.before(place))
    }

    /// `horaire 70, déplacement inclus`: what is included, and is no tax, is not billed.
    fn included_without_tax(&self, line: &Spoken<'_>, (from, to): Found) -> Diagnostic {
        let comma = (0..from).rev().find(|place| line.word(*place) == ",");
        let help = say!(
            self.lang,
            "leave these words out: what a price or a rate includes is not billed",
            "retirez ces mots : ce qu'un prix ou un tarif comprend ne se facture pas"
        );
        self.unsaid(line, (comma.map_or(from, |comma| comma + 1), to), help)
    }

    /// `vat 20 % excluded`, `tva : 20 % en sus`: the rate alone says that amounts are before tax.
    fn tax_on_top(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        if !line.begins(&["vat", "tva"]) {
            return None;
        }
        let rate = (1..line.len()).find(|place| is_number(line.word(*place)))?;
        let beside = [":", "=", "a", "at", "of", "de", "rate", "taux", "is", "est"];
        let apart =
            line.word(rate + 1) == "%" && (1..rate).all(|at| beside.contains(&line.word(at)));
        let comma = usize::from(line.word(rate + 2) == ",");
        let (_, to) = line.stands(rate + 2 + comma, ON_TOP).filter(|_| apart)?;
        let right = format!("{} {}", self.words(line, (0, 1)), self.words(line, (rate, rate + 2)));
        let help = say!(
            self.lang,
            "write `{right}`: where the rate alone is said, amounts are before tax",
            "écrivez `{right}` : où le taux seul est dit, les montants sont hors taxes"
        );
        let found = self.unsaid(line, (0, to), help);
        // What stands behind it says more.
        let whole = to == line.len();
        Some(if whole { found.edit(self.place(line, (0, to)), right) } else { found })
    }

    /// `tarif forfait 1200 EUR, tva 20 % comprise`: what is the next item stands behind a comma.
    fn tax_beside_the_price(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (from, to) = line.find(&[", vat # %", ", tva # %", "vat # %", "tva # %"])?;
        let included = ["included", "comprise"].contains(&line.word(to));
        let on_top = line.stands(to, ON_TOP).is_some_and(|(_, end)| end == line.len());
        let whole = to + usize::from(included) == line.len() || on_top;
        if !line.begins(&["price", "tarif", "prix"]) || !whole {
            return None;
        }
        let tax = from + usize::from(line.word(from) == ",");
        let right = self.words(line, (tax, if on_top { to } else { line.len() }));
        let place = self.place(line, (from, line.len()));
        let help = say!(
            self.lang,
            "write `{right}` on a line of its own: it is that of all lines",
            "écrivez `{right}` sur sa propre ligne : c'est celle de toutes les lignes"
        );
        Some(self.unsaid(line, (from, line.len()), help).edit(place, format!("\n  {right}")))
    }

    /// The text of the schedule in which a place stands.
    pub(super) fn schedule_around(&self, at: usize) -> &str {
        self.folded.text.get(self.schedule_at(at)).unwrap_or("")
    }

    /// Where the schedule begins and ends in which a place stands.
    pub(super) fn schedule_at(&self, at: usize) -> Range<usize> {
        let begins = |line: &str| line.starts_with("schedule") || line.starts_with("echeancier");
        let (mut start, mut next) = (0, 0);
        for line in self.folded.text.split_inclusive('\n') {
            if begins(line.trim_start()) {
                if next > at {
                    return start..next;
                }
                start = next;
            }
            next += line.len();
        }
        start..self.folded.text.len()
    }

    /// `tva exonérée article 261`, `exonéré de TVA`: the reason stands in quotes.
    pub(super) fn spoken_exemption(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (lang, file) = (self.lang, self.file_lang);
        let (from, to) = line.find(EXEMPT)?;
        let vat = file.pick("vat exempt", "tva exonérée");
        let (_, tax) = line.find(OF_TAX)?;
        let rest = to.max(tax);
        let quoted = line.word(rest).starts_with('"') || from > 1;
        if rest < line.len() && !quoted {
            // `TVA non applicable, art. 293 B du CGI` is what the invoice has to say, as a whole.
            let whole = line.find(NOT_APPLICABLE).is_some();
            let said = self.words(line, (if whole { 0 } else { rest }, line.len()));
            let reason = said.trim_start_matches([',', ':', ' ', '\u{a0}']).replace('"', "");
            // What limits the exemption is no reason for it.
            let mut words = (rest..line.len()).map(|at| line.word(at));
            let begins = words.find(|word| ![",", ":"].contains(word)).unwrap_or("");
            let limited = (rest..line.len()).any(|at| LIMITS.contains(&line.word(at)));
            if !OF_LAW.contains(&begins) || limited {
                let own = format!("{vat} \"CGI art. 261-4-4° a\"");
                return Some(self.unsaid(
                    line,
                    (0, line.len()),
                    say!(
                        lang,
                        "an exemption is of the whole schedule, with its reason in quotes, `{own}`; behind a comma it is of one line or action",
                        "une exonération vaut pour tout l'échéancier, avec sa raison entre guillemets, `{own}` ; après une virgule, pour une ligne ou une action"
                    ),
                ));
            }
            return Some(self.written(line, (0, line.len()), &format!("{vat} \"{reason}\"")));
        }
        if rest < line.len() {
            return None;
        }
        let right = format!("{vat} \"CGI art. 261-4-4° a\"");
        Some(self.unsaid(
            line,
            (0, line.len()),
            say!(
                lang,
                "say why in quotes, as invoices must state it: `{right}`",
                "dites pourquoi entre guillemets, comme la facture doit le mentionner : `{right}`"
            ),
        ))
    }
}

/// A term of so many days and of the end of a month: which comes first.
fn written_terms(file: Lang, days: u32) -> [String; 2] {
    let s = if days > 1 { "s" } else { "" };
    file.pick(
        [format!("{days} days then month end"), format!("month end then {days} days")],
        [format!("{days} jour{s}, puis fin de mois"), format!("fin de mois, puis {days} jour{s}")],
    )
}
