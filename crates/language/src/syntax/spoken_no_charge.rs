//! What administrators write as a name and a sum, and charge nobody with: a credit, an aid, an advance, a bonus that is due only if
//! something happens. In: a line that begins with no word of the language. Out: its error with the line that bills it; where its name does not
//! say what it is, with what is to be decided.

use super::parse::{Parser, Place};
use super::spoken::{LINES, Spoken, capital, is_currency, is_number};
use super::spoken_fees::{A_MONTH, Fee};
use super::spoken_words::{Found, sum_end};
use super::unsaid;
use crate::diagnostic::Diagnostic;
use crate::lang::say;

/// What takes something off the price.
pub(super) const CREDITS: &[&str] = &[
    "credit",
    "goodwill",
    "refund",
    "rebate",
    "reduction",
    "deduction",
    "voucher",
    "cashback",
    "discount",
    "avoir",
    "rabais",
    "ristourne",
    "remboursement",
    "remise",
];
/// What is given back and may have been a security.
const GIVEN_BACK: &[&str] =
    &["refund", "remboursement", "restitution", "return", "remboursee", "refunded", "returned"];
pub(super) const SECURITIES: &[&str] =
    &["caution", "security", "garantie", "consigne", "bond", "deposit", "depot"];
/// What somebody else pays of the price.
pub(super) const AIDS: &[&str] = &[
    "aid",
    "subvention",
    "aide",
    "aides",
    "participation",
    "bourse",
    "grant",
    "subsidy",
    "scholarship",
    "bursary",
    "funding",
];
pub(super) const ADVANCES: &[&str] = &["retainer", "provision", "prepayment"];
/// Names of aids that some charges have as well.
const AIDS_OR_CHARGES: &[&str] = &["aid", "aide", "aides", "participation"];
/// What is a credit in two words, whose first alone is none.
const CREDITS_IN_WORDS: &[&str] =
    &["credit note", "goodwill gesture", "geste commercial", "gestes commerciaux"];
/// What says in French by itself what a name is that begins with it.
const HEADS: &[&str] = &[
    "avoir",
    "rabais",
    "ristourne",
    "remboursement",
    "reduction",
    "deduction",
    "subvention",
    "bourse",
    "participation",
    "provision",
];
/// What stands between what a sum is and what it is for.
const OF_WHAT: &[&str] = &["of", "for", "from", "de", "d", "du", "des"];
const BONUSES: &[&str] = &["bonus", "prime"];
/// What a name says of a sum that is charged, beside what fees are called.
const CHARGED: &[&str] = &[
    "frais",
    "fee",
    "fees",
    "cost",
    "costs",
    "cout",
    "couts",
    "charge",
    "charges",
    "expenses",
    "option",
    "options",
    "setup",
    "installation",
    "livraison",
    "delivery",
    "shipping",
    "transport",
    "deplacement",
    "deplacements",
    "travel",
    "mileage",
    "menage",
    "cleaning",
    "loyer",
    "rent",
    "location",
    "rental",
    "materiel",
    "material",
    "materials",
    "fournitures",
    "supplies",
    "repas",
    "meals",
    "catering",
    "photos",
    "collection",
    "licence",
    "license",
    "abonnement",
    "subscription",
    "adhesion",
    "cotisation",
    "inscription",
    "registration",
    "enrolment",
    "membership",
    "assurance",
    "insurance",
    "hebergement",
    "hosting",
    "maintenance",
    "impression",
    "printing",
    "commission",
    "honoraires",
    "visite",
    "visit",
    "rapport",
    "report",
    "lesson",
    "cours",
    "seance",
    "session",
    "bonus",
    "prime",
    "excess",
    "franchise",
    "taxe",
    "tax",
    "penalite",
    "dossier",
    "postage",
];

impl Parser<'_> {
    /// The error of a line whose name says that its sum is charged to nobody.
    pub(super) fn no_charge(&self, line: &Spoken<'_>, number: usize) -> Option<Diagnostic> {
        let quoted = (0..number).find(|at| line.word(*at).starts_with('"'));
        let named = quoted.unwrap_or(number);
        let says = |words: &[&str]| (0..named).any(|at| words.contains(&line.word(at)));
        let last = named - usize::from(line.before(named) == ":");
        // In English what it is comes last, `sibling discount 10 %`; `credit check` is no credit.
        let (in_french, first) = (self.file_lang.pick(false, true), line.word(0));
        let heads =
            last == 1 || OF_WHAT.contains(&line.word(1)) || in_french && HEADS.contains(&first);
        let ends = |words: &[&str]| !in_french && words.contains(&line.before(last));
        let in_words = line.stands(0, CREDITS_IN_WORDS).is_some_and(|(_, to)| to == last);
        let is_credit = in_words || heads && line.begins(CREDITS) || ends(CREDITS);
        let of_many = AIDS_OR_CHARGES.contains(&line.before(last)) || line.begins(AIDS_OR_CHARGES);
        let is_aid = heads && line.begins(AIDS) || ends(AIDS) && !of_many;
        let is_advance = heads && line.begins(ADVANCES) && line.word(1) != "of";
        let charged = ["frais", "fee", "fees", "cost", "costs", "charge", "charges", "expenses"];
        let here = self.place == Place::Schedule && number <= 8 && !line.begins(LINES);
        let fee = self.fee_at(line, quoted, number).filter(Fee::has_unit);
        // What the state gives back of a tax is no matter of the price.
        let of_tax = says(&["impot", "impots", "tax"]);
        let fee = fee.filter(|_| here && !says(&charged) && !of_tax)?;
        let all = (0, line.len());
        if says(GIVEN_BACK) && says(SECURITIES) {
            return Some(self.unsaid(line, all, self.security_given_back()));
        }
        if line.begins(BONUSES) || BONUSES.contains(&line.before(last)) {
            return self.bonus(line, &fee);
        }
        if self.comes_for_each(line, &fee) {
            return (is_credit || is_aid).then(|| self.what_a_sum_is(line, &fee));
        }
        let is_line =
            self.is_line(&format!("{}: {}", fee.label, self.words(line, (number, line.len()))));
        let known = is_credit || is_aid || is_advance;
        let begins = line.begins(CREDITS) || line.begins(AIDS) || line.begins(ADVANCES);
        let unknown = !known && (begins || line.begins(&["geste", "gestes"]));
        let either = unknown && !self.says_a_charge(line, number) && (is_line || fee.closes(line));
        let several = known && !is_line && self.sum_behind(line, fee.sum).is_some();
        if !fee.share && (either || several || is_aid && of_many && last == 1 && quoted.is_none()) {
            return Some(self.what_a_sum_is(line, &fee));
        }
        if is_credit {
            return Some(self.unsaid(line, all, self.a_credit(line, &fee)));
        }
        if is_aid {
            let right = self.payers_listed(line, usize::from(line.begins(AIDS)));
            let off = self.as_a_line(line, ("discount", "remise"), &fee);
            let charge = self.as_a_line(line, ("installment", "échéance"), &fee);
            let beside = self.file_lang.pick(", beside the price", ", en sus du prix");
            let charged = if of_many {
                say!(
                    self.lang,
                    "what the client pays on top of the price is charged: `{charge}{beside}`",
                    "ce que le client paie en plus du prix se facture : `{charge}{beside}`"
                )
            } else {
                say!(self.lang, "neither is charged", "ni l'un ni l'autre ne se facture en plus")
            };
            let help = say!(
                self.lang,
                "what somebody else pays of the price is a payer's: {right}; what the seller takes off it is a discount: `{off}`; {charged}",
                "ce qu'un autre paie du prix est la part d'un payeur : {right} ; ce que le vendeur en retire est une remise : `{off}` ; {charged}"
            );
            return Some(self.unsaid(line, all, help));
        }
        if is_advance {
            let right = self.as_a_line(line, ("deposit", "acompte"), &fee);
            let help = say!(
                self.lang,
                "an advance is a deposit, which the balance deducts: `{right}`",
                "une avance est un acompte, que le solde déduit : `{right}`"
            );
            return Some(self.unsaid(line, all, help));
        }
        None
    }

    /// The amount of a line as one of another kind, with its moment where it says one.
    fn as_a_line(&self, line: &Spoken<'_>, kind: (&str, &str), fee: &Fee) -> String {
        let Fee { label, of, number, .. } = fee;
        let typed = self.words(line, (*number, line.len()));
        let rest = if self.is_line(&format!("{label}: {typed}")) {
            typed
        } else if fee.closes(line) {
            format!("{of} {}", self.file_lang.pick("on signature", "à la signature"))
        } else {
            // What stands behind it is no line: it may say who has it, or when.
            format!("{of} {}", self.file_lang.pick("on event \"…\"", "à l'événement \"…\""))
        };
        format!("{} {label}: {rest}", self.file_lang.pick(kind.0, kind.1))
    }

    fn a_credit(&self, line: &Spoken<'_>, fee: &Fee) -> String {
        let right = self.as_a_line(line, ("discount", "remise"), fee);
        let back = GIVEN_BACK.contains(&line.word(0));
        let (security, file) = (self.security_given_back(), self.file_lang);
        let charge = self.as_a_line(line, ("installment", "échéance"), fee);
        let charge = format!("{charge}{}", file.pick(", beside the price", ", en sus du prix"));
        let told = say!(
            self.lang,
            "what is taken off the price is a discount, on a line above the balance: `{right}`",
            "ce qui se retire du prix est une remise, sur une ligne au-dessus du solde : `{right}`"
        );
        if !back {
            return told;
        }
        say!(
            self.lang,
            "decide what is given back: {told}; {security}; expenses that the client pays back are charged: `{charge}`",
            "décidez ce qui est rendu : {told} ; {security} ; des frais que le client rembourse se facturent : `{charge}`"
        )
    }

    fn security_given_back(&self) -> String {
        say!(
            self.lang,
            "a security, which is a deposit beside the price, is given back by the balance that closes the case: leave this line out",
            "une caution, qui est un acompte en sus du prix, est rendue par le solde qui clôt le dossier : retirez cette ligne"
        )
    }

    /// `bonus 500 EUR if target met`: what makes it due happens on a day of its own.
    fn bonus(&self, line: &Spoken<'_>, fee: &Fee) -> Option<Diagnostic> {
        let asks = ["if", "si", "when", "quand", "once"].contains(&line.word(fee.sum));
        let event = (fee.sum + 1, line.len());
        let plain = |at: usize| {
            let letter = |c: char| c.is_alphabetic() || matches!(c, '\'' | '-');
            line.word(at).chars().all(letter)
        };
        let named = asks && event.0 < event.1 && (event.0..event.1).all(plain);
        // A share of the price adds nothing to it.
        (named && !fee.share).then_some(())?;
        let (label, of, name) = (&fee.label, &fee.of, self.words(line, event));
        let right = self.file_lang.pick(
            format!("installment {label}: {of} on event \"{name}\", beside the price"),
            format!("échéance {label}: {of} à l'événement \"{name}\", en sus du prix"),
        );
        let help = say!(
            self.lang,
            "what is due only if something happens waits for that, as an event which you record: `{right}`",
            "ce qui n'est dû que si quelque chose arrive l'attend, comme événement que vous enregistrez : `{right}`"
        );
        Some(self.unsaid(line, (0, line.len()), help))
    }

    /// Whether the words before an amount say that it is charged.
    pub(super) fn says_a_charge(&self, line: &Spoken<'_>, to: usize) -> bool {
        (0..to).any(|at| CHARGED.contains(&line.word(at)))
    }

    /// The first sum of a line from a place on, as it was typed.
    fn sum_behind(&self, line: &Spoken<'_>, from: usize) -> Option<String> {
        let is_sum =
            |at: &usize| is_number(line.word(*at)) && is_currency(line.before(sum_end(line, *at)));
        let number = (from..line.len()).find(is_sum)?;
        Some(self.words(line, (number, sum_end(line, number))))
    }

    /// What the sum of an unknown name may be.
    pub(super) fn what_a_sum_is(&self, line: &Spoken<'_>, fee: &Fee) -> Diagnostic {
        let (label, of) = (&fee.label, &fee.of);
        let beside = self.file_lang.pick(", beside the price", ", en sus du prix");
        let again = self.comes_for_each(line, fee);
        let charge = if again {
            let monthly = line.stands(fee.sum, A_MONTH).is_some();
            self.file_lang.pick(
                format!(
                    "installment {label}: {of} {}",
                    if monthly { "each month end" } else { "each event \"…\"" }
                ),
                format!(
                    "échéance {label}: {of} {}",
                    if monthly { "à chaque fin de mois" } else { "à chaque événement \"…\"" }
                ),
            )
        } else {
            self.as_a_line(line, ("installment", "échéance"), fee)
        };
        let advance = self.as_a_line(line, ("deposit", "acompte"), fee);
        let off = self.as_a_line(line, ("discount", "remise"), fee);
        let payer =
            self.file_lang.pick(format!("payer {label}: {of}"), format!("payeur {label} : {of}"));
        let least = ["minimum", "minimal", "minimale"];
        let is_least = (0..fee.named).any(|at| least.contains(&line.word(at)));
        let bound = if is_least { ("at least", "au moins") } else { ("at most", "au plus") };
        let most = format!("{} {of}", self.file_lang.pick(bound.0, bound.1));
        let help = say!(
            self.lang,
            "decide what `{of}` is: `{charge}{beside}` charges it on top of the price, and without `beside the price` as a part of it; `{advance}` is an advance, which the balance deducts; `{off}` takes it off the price; `{payer}` is what somebody pays of every invoice; `{most}`, behind a `price per action`, bounds the work",
            "décidez ce que sont ces `{of}` : `{charge}{beside}` les facture en plus du tarif, et sans `en sus du prix` comme une part de lui ; `{advance}` est une avance, que le solde déduit ; `{off}` les retire du prix ; `{payer}` est ce que quelqu'un paie de chaque facture ; `{most}`, derrière un `tarif par action`, borne le réalisé"
        );
        let help = if again {
            say!(
                self.lang,
                "{help}; an advance and a discount come once: what is taken off each time is a lower price",
                "{help} ; une avance et une remise ne viennent qu'une fois : ce qui se retire à chaque fois est un tarif plus bas"
            )
        } else {
            help
        };
        let help = match self.sum_behind(line, fee.sum) {
            Some(other)
                if !self.is_line(&format!(
                    "{label}: {}",
                    self.words(line, (fee.number, line.len()))
                )) =>
            {
                say!(
                    self.lang,
                    "{help}; `{other}` stands on a line of its own, and is decided alike",
                    "{help} ; `{other}` a sa propre ligne, et se décide de même"
                )
            }
            _ => help,
        };
        self.unsaid(line, (0, fee.named), help)
    }

    /// `2000 EUR by cheque on signature`: how an invoice is paid.
    pub(super) fn means_of_payment(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let found = line.find(PAID_BY).filter(|_| line.begins(LINES) && line.word(2) == ":")?;
        let words = self.words(line, found);
        let help = say!(
            self.lang,
            "leave `{words}` out: a schedule says what is billed, and when; how it is paid stands in the payments that you record",
            "retirez `{words}` : un échéancier dit ce qui est facturé, et quand ; comment c'est payé se lit dans les encaissements que vous enregistrez"
        );
        Some(self.unsaid(line, found, help).edit(self.place_with_gap(line, found), ""))
    }

    /// `at the end of each lesson`, `après chaque séance`: what comes again and again has a name of its own.
    pub(super) fn moment_of_each(&self, line: &Spoken<'_>) -> Option<Diagnostic> {
        let (from, to) = line.find(MOMENTS_OF_EACH).filter(|_| line.begins(LINES))?;
        let noun = line.word(to);
        let is_noun = noun.starts_with(char::is_alphabetic) && !OF_THE_CALENDAR.contains(&noun);
        let typed = is_noun.then(|| self.words(line, (to, to + 1)))?;
        let (action, event) = self.file_lang.pick(
            (format!("each action \"{typed}\""), format!("each event \"{typed}\"")),
            (
                format!("à chaque action \"{}\"", capital(&typed)?),
                format!("à chaque événement \"{typed}\""),
            ),
        );
        let found: Found = (from, to + 1);
        let told = Diagnostic { help: None, ..self.unsaid(line, found, String::new()) };
        Some(unsaid::each_of_own(self.lang, told, &action, &event))
    }
}

/// How an invoice is paid.
const PAID_BY: &[&str] = &[
    "by direct debit",
    "by bank transfer",
    "by transfer",
    "by wire transfer",
    "by credit card",
    "by card",
    "by cheque",
    "by check",
    "in cash",
    "par prelevement automatique",
    "par prelevement sepa",
    "par prelevement",
    "par prelevements",
    "par virement bancaire",
    "par virement",
    "par carte bancaire",
    "par carte bleue",
    "par carte",
    "par cb",
    "par cheque",
    "par cheques",
    "en especes",
];
/// What begins a moment of something that comes again and again.
const MOMENTS_OF_EACH: &[&str] = &[
    "at the end of each",
    "at the end of every",
    "at the start of each",
    "at the start of every",
    "at the beginning of each",
    "at the beginning of every",
    "after each",
    "after every",
    "a la fin de chaque",
    "au debut de chaque",
    "a l ' issue de chaque",
    "apres chaque",
];
/// What the calendar has words for, and moments of a case.
const OF_THE_CALENDAR: &[&str] = &[
    "day",
    "week",
    "month",
    "quarter",
    "year",
    "semester",
    "term",
    "jour",
    "journee",
    "semaine",
    "mois",
    "trimestre",
    "semestre",
    "annee",
    "an",
    "event",
    "action",
    "deliverable",
    "evenement",
    "livrable",
    "progress",
    "avancement",
    "reminder",
    "relance",
    "other",
    "autre",
    "one",
];
