//! The nouns of the trade that are no words of the language, and the sentence that works for each:
//! moments (delivery, order, cancellation), kinds of line (advance, security), prices for something
//! that is counted.

use super::grammar::Rule;
use super::parse::{Parser, Place};
use super::spoken::{Spoken, is_number};
use super::spoken_limits::COUNTED;
use super::{errors, unsaid, vocabulary, words};
use crate::diagnostic::Diagnostic;
use crate::lang::Lang;

/// A moment of the trade: its words, folded, longer ones first, and what it is closest to.
struct Noun {
    words: &'static [&'static str],
    near: Near,
    /// The name of an event that says it, English and French.
    event: (&'static str, &'static str),
}

/// What a moment of the trade is closest to.
enum Near {
    /// A milestone of the case.
    Milestone(Rule),
    /// Something that happens in the case.
    Event,
    /// What happens to an invoice.
    Payment,
}

const MOMENTS: &[Noun] = &[
    Noun {
        words: &[
            "receipt of the invoice",
            "receipt of invoice",
            "reception de la facture",
            "reception de facture",
            "invoice date",
            "date of invoice",
            "date de facture",
            "date de facturation",
            "due date",
            "date d ' echeance",
            "echeance",
            "payment",
            "paiement",
            "reglement",
            "encaissement",
            "invoice",
            "invoicing",
            "billing",
            "facturation",
            "facture",
        ],
        near: Near::Payment,
        event: ("Payment", "Paiement"),
    },
    Noun {
        words: &[
            "delivery date",
            "delivery",
            "date de livraison",
            "livraison",
            "shipping",
            "expedition",
        ],
        near: Near::Event,
        event: ("Delivery", "Livraison"),
    },
    Noun {
        words: &["receipt", "reception des travaux", "reception", "recette", "handover"],
        near: Near::Event,
        event: ("Acceptance", "Réception"),
    },
    Noun {
        words: &[
            "acceptance of the quote",
            "acceptation du devis",
            "acceptance",
            "acceptation",
            "approval",
            "accord",
            "agreement",
            "contract",
            "contrat",
            "devis",
            "quote",
            "upfront",
            "up - front",
            "in advance",
            "d ' avance",
            "comptant",
        ],
        near: Near::Milestone(Rule::kw_signature),
        event: ("Acceptance", "Acceptation"),
    },
    Noun {
        words: &["purchase order", "bon de commande", "order", "commande"],
        near: Near::Milestone(Rule::kw_signature),
        event: ("Order", "Commande"),
    },
    Noun {
        words: &["no - show", "no show", "noshow", "absence", "defaut de presence"],
        near: Near::Event,
        event: ("No-show", "Absence"),
    },
    Noun {
        words: &["booking", "reservation"],
        near: Near::Milestone(Rule::kw_signature),
        event: ("Booking", "Réservation"),
    },
    Noun {
        words: &[
            "enrolment",
            "enrollment",
            "registration",
            "inscription",
            "adhesion",
            "admission",
            "subscription",
            "souscription",
            "abonnement",
        ],
        near: Near::Milestone(Rule::kw_signature),
        event: ("Enrolment", "Inscription"),
    },
    Noun {
        words: &[
            "cancellation",
            "cancelation",
            "annulation",
            "cancelled",
            "canceled",
            "annule",
            "annulee",
            "annuler",
        ],
        near: Near::Milestone(Rule::kw_abandonment),
        event: ("Cancellation", "Annulation"),
    },
    Noun {
        words: &["withdrawal", "withdrawn", "retractation", "desistement", "renonciation"],
        near: Near::Milestone(Rule::kw_abandonment),
        event: ("Withdrawal", "Désistement"),
    },
    Noun {
        words: &[
            "early termination",
            "termination",
            "terminated",
            "resilie",
            "dropped",
            "resiliation",
            "rupture",
            "dropout",
            "departure",
            "depart",
        ],
        near: Near::Milestone(Rule::kw_abandonment),
        event: ("Termination", "Résiliation"),
    },
    Noun {
        words: &[
            "completion",
            "completed",
            "achevement",
            "acheve",
            "closing",
            "closure",
            "cloture",
            "terminaison",
        ],
        near: Near::Milestone(Rule::kw_end),
        event: ("Completion", "Achèvement"),
    },
    Noun {
        words: &[
            "kickoff",
            "kick - off",
            "launch",
            "lancement",
            "commencement",
            "opening",
            "ouverture",
        ],
        near: Near::Milestone(Rule::kw_start),
        event: ("Kick-off", "Lancement"),
    },
];

/// The days of the week, in both languages.
pub(super) const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
];
/// What may stand between a preposition and the noun.
const BEFORE_NOUN: &[&str] =
    &["in case of", "cas d '", "cas de", "case of", "the", "la", "le", "les", "l '"];
/// The prepositions, as they stand at the end of a text.
const PREPOSITIONS: &[&str] = &["on the", "on", "a la", "a l'", "au", "en", "le"];
/// Words that say for each of what an amount is.
const EACH: &[&str] =
    &["per", "par", "/", "the", "each", "every", "chaque", "l '", "de l '", "an", "a", "la", "le"];

/// What a condition cannot know: what has been paid, and how much of it.
const PAID: &[&str] = &[
    "paid", "unpaid", "not paid", "settled", "paye", "payee", "impaye", "impayee", "regle",
    "reglee",
];
const OVERPAID: &[&str] = &[
    "overpaid",
    "overbilled",
    "over - billed",
    "trop - percu",
    "trop percu",
    "trop paye",
    "trop facture",
];
const UNPAID: &[&str] = &["unpaid", "impaye", "impayee"];
/// What says that something has happened and does not say what.
const FACTS_OF: &[&str] = &[
    "received",
    "delivered",
    "done",
    "happened",
    "remis",
    "remise",
    "recu",
    "recue",
    "livre",
    "livree",
    "fait",
    "faite",
    "survenu",
    "survenue",
];

/// A word that begins a line in everyday speech, and what is meant by it.
enum Kind {
    Deposit,
    Several,
    Security,
    Earnest,
    Tax,
    Discount,
}

impl Parser<'_> {
    /// The advice for a moment of the trade at `at`, where a trigger or its moment is possible; its
    /// preposition begins at `from`.
    pub fn trade_moment(
        &self,
        diagnostic: &Diagnostic,
        (from, at): (usize, usize),
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let moment =
            possible.contains(&Rule::trigger_hint) || possible.contains(&Rule::kw_month_end);
        let mut start = at;
        while let Some(end) = self.any_phrase(start, BEFORE_NOUN).filter(|_| moment) {
            start = self.folded.skip_blanks(end);
        }
        let find = |noun: &'static Noun| Some((noun, self.any_phrase(start, noun.words)?));
        let (noun, end) = MOMENTS.iter().filter(|_| moment).find_map(find)?;
        let (lang, file) = (self.lang, self.file_lang);
        let event = format!("\"{}\"", file.pick(noun.event.0, noun.event.1));
        let event = format!("{} {event}", file.pick("on event", "à l'événement"));
        let written = diagnostic.clone();
        let whole = self.folded.original(from, end);
        Some(match noun.near {
            Near::Milestone(rule) => {
                let (english, french) = words::spelling(rule)?;
                let word = file.pick(english, french);
                let folded = crate::diagnostic::fold_for_likeness(word);
                let milestone = format!("{}{word}", words::preposition(&folded, file)?);
                unsaid::milestone_or_event(lang, written, (&milestone, when(rule, lang)), &event)
            }
            // What the noun is of would be left behind it.
            Near::Event if self.says_of_what(end) => unsaid::own_moment(lang, written, &event),
            Near::Event => unsaid::own_moment(lang, written, &event).edit(whole, event),
            Near::Payment => unsaid::not_when_paid(lang, written, &event),
        })
    }

    /// Whether a phrase goes on behind a noun: `réception de l'accord`.
    fn says_of_what(&self, end: usize) -> bool {
        let next = self.folded.token_at(self.folded.skip_blanks(end));
        ["of", "de", "du", "des", "d", "by", "par"].contains(&next)
    }

    /// The advice for a word that is known to nobody, where a moment stands: an event of that name.
    pub fn own_moment(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        token: &str,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let moment = possible.contains(&Rule::kw_month_end) && possible.contains(&Rule::kw_event);
        let word = token.chars().all(char::is_alphabetic) && token.len() > 3;
        if !moment || !word || vocabulary::of(token).is_some() || vocabulary::is_shared(token) {
            return None;
        }
        if ["weekend", "weekends", "week"].contains(&token) {
            return Some(unsaid::only_month_ends(self.lang, diagnostic.clone()));
        }
        // A day of the week stands before a date, and is no name.
        if WEEKDAYS.contains(&token) {
            let mut date = self.folded.skip_blanks(at + token.len());
            if self.folded.token_at(date) == "," {
                date = self.folded.skip_blanks(date + 1);
            }
            let found = unsaid::date_alone(self.lang, diagnostic.clone());
            return Some(match self.date_mishap(date) {
                Some(written) => Diagnostic { help: written.help.or(found.help), ..found },
                None => found,
            });
        }
        // The name may have several words: `mise en service`.
        let line = self.folded.line_break_after(at);
        let mut end = at + token.len();
        let mut place = self.folded.skip_blanks(end);
        let follows = [
            "", "if", "si", "or", "ou", ",", "\"", "(", ":", "from", "until", "before", "since",
            "after", "during", "jusqu", "avant", "depuis", "apres", "pendant",
        ];
        let ends = |place: usize| {
            let token = self.folded.token_at(place);
            follows.contains(&token)
                || token.starts_with(|c: char| c.is_ascii_digit())
                || self.any_phrase(place, &["a partir", "a compter", "starting from"]).is_some()
        };
        while place < line && !ends(place) {
            end = place + self.folded.token_at(place).len();
            place = self.folded.skip_blanks(end);
        }
        let name = self.text(at, end);
        let before = self.folded.text.get(..at).unwrap_or("").trim_end();
        if ["each", "every", "chaque"].iter().any(|word| before.ends_with(word)) {
            let [action, event] =
                [("action", "action"), ("event", "événement")].map(|(english, french)| {
                    let kind = self.file_lang.pick(english, french);
                    format!("{} {kind} \"{name}\"", self.file_lang.pick("each", "à chaque"))
                });
            return Some(unsaid::each_of_own(self.lang, diagnostic.clone(), &action, &event));
        }
        let event = format!("{} \"{name}\"", self.file_lang.pick("on event", "à l'événement"));
        Some(unsaid::own_moment(self.lang, diagnostic.clone(), &event))
    }

    /// The advice for a word that is known to nobody, where a condition stands: an event of that name, or a
    /// fact of the language that is close to it.
    pub fn own_fact(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        token: &str,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let condition = possible.contains(&Rule::kw_duration) && possible.contains(&Rule::kw_event);
        let (lang, file) = (self.lang, self.file_lang);
        let event = |name: &str| {
            let (event, happened) = file.pick(("event", "happened"), ("événement", "survenu"));
            format!("{event} \"{name}\" {happened}")
        };
        if condition && self.any_phrase(at, OVERPAID).is_some() {
            return Some(unsaid::gives_back(lang, diagnostic.clone()));
        }
        if condition && self.any_phrase(at, PAID).is_some() {
            let paid = event(file.pick("Payment", "Paiement"));
            let fact = match UNPAID.contains(&token) {
                true => format!("{} {paid}", file.pick("not", "non")),
                false => paid,
            };
            return Some(unsaid::not_whether_paid(lang, diagnostic.clone(), &fact));
        }
        if condition && FACTS_OF.contains(&token) {
            return Some(unsaid::of_what(lang, diagnostic.clone(), file));
        }
        let find = |noun: &'static Noun| Some((noun, self.any_phrase(at, noun.words)?));
        if let Some((noun, end)) = MOMENTS.iter().filter(|_| condition).find_map(find) {
            if self.says_more(at, end) {
                return Some(unsaid::whole_fact(lang, diagnostic.clone(), file));
            }
            let event = event(file.pick(noun.event.0, noun.event.1));
            let Near::Milestone(rule) = noun.near else {
                return Some(unsaid::own_fact(lang, diagnostic.clone(), &event));
            };
            let (milestone, _) = words::spelling(rule)?;
            let (english, french) = words::other_form(milestone).and_then(words::spelling)?;
            let fact = (file.pick(english, french), when(rule, lang));
            return Some(unsaid::fact_or_event(lang, diagnostic.clone(), fact, &event));
        }
        let word = token.chars().all(char::is_alphabetic) && token.len() > 3;
        let known = vocabulary::of(token).is_some() || vocabulary::is_shared(token);
        // What only says how much or how often is no name.
        let counts = COUNTED.iter().any(|(word, _)| *word == token) || QUANTIFIERS.contains(&token);
        if condition && counts {
            let line = self.folded.text.get(at..self.folded.line_break_after(at)).unwrap_or("");
            let rest = self.text(at, at + line.trim_end().len());
            return Some(unsaid::not_counted(lang, diagnostic.clone(), rest));
        }
        let more = self.says_more(at, at + token.len());
        if condition && word && !known && more {
            return Some(unsaid::whole_fact(lang, diagnostic.clone(), file));
        }
        let line = Spoken::at(self, at);
        let action = (condition && word).then(|| self.declared_as(&line, token)).flatten();
        if let Some(name) = action {
            let done =
                file.pick(format!("action \"{name}\" done"), format!("action \"{name}\" faite"));
            let often = file.pick("at least 3 times", "au moins 3 fois");
            let often = format!("{done} {often}");
            return Some(unsaid::action_done(lang, diagnostic.clone(), &done, &often));
        }
        (condition && word && !known).then(|| {
            unsaid::own_fact(lang, diagnostic.clone(), &event(self.text(at, at + token.len())))
        })
    }

    /// Where the preposition of a moment begins that stands at `at`; `at` itself if it has none.
    pub fn preposition_before(&self, at: usize) -> usize {
        let before = self.folded.text.get(..self.folded.end_before(at)).unwrap_or("");
        let apart = |head: &str| !head.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let found = PREPOSITIONS
            .iter()
            .find_map(|words| before.strip_suffix(words).filter(|head| apart(head)).map(str::len));
        found.unwrap_or(at)
    }

    /// `the end of the training`, where `end` was read as that of the case.
    pub fn milestone_of(&self, diagnostic: &Diagnostic, at: usize) -> Option<Diagnostic> {
        let token = self.folded.token_at(at);
        if !["of", "de", "du", "des", "d"].contains(&token) {
            return None;
        }
        let before = self.folded.text.get(..self.folded.end_before(at))?;
        let start = before.trim_end_matches(char::is_alphabetic).len();
        let milestones =
            ["signature", "start", "demarrage", "end", "fin", "abandonment", "abandon"];
        milestones.contains(&before.get(start..)?).then_some(())?;
        let milestone = self.text(start, before.len());
        let rest = self.text(at, self.end_of_phrase(at));
        Some(unsaid::milestone_of_the_case(self.lang, diagnostic.clone(), milestone, rest))
    }

    /// Where a phrase ends that stands in a line at `at`: before what goes on with the line.
    pub fn end_of_phrase(&self, at: usize) -> usize {
        let line = self.folded.line_break_after(at);
        let mut place = at;
        let mut end = at;
        let follows = ["", "if", "si", "or", "ou", ",", "on", "au", "en", ":", "a"];
        while place < line && !follows.contains(&self.folded.token_at(place)) {
            end = place + self.folded.token_at(place).len();
            place = self.folded.skip_blanks(end);
        }
        end
    }

    /// `30 % of the balance`.
    pub fn share_of(
        &self,
        diagnostic: &Diagnostic,
        (at, before): (usize, usize),
    ) -> Option<Diagnostic> {
        let head = self.folded.text.get(..before)?;
        let of = ["of", "de", "du", "des", "d"].contains(&self.folded.token_at(at))
            && self.phrase(at, "d ' ici").is_none();
        (of && head.ends_with('%')).then_some(())?;
        let rest = self.text(at, self.end_of_phrase(at));
        Some(unsaid::share_of_the_price(self.lang, diagnostic.clone(), rest))
    }

    /// `price 70 EUR per hour`, `action "…" 70 per hour`: what the number at `at` is the price of.
    pub fn price_per(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        token: &str,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let digits = token.starts_with(|c: char| c.is_ascii_digit());
        let price = possible.contains(&Rule::kw_fixed);
        let rate = possible.contains(&Rule::kw_flat) && possible.contains(&Rule::kw_not_billed);
        if !digits || !(price || rate) {
            return None;
        }
        let mut end = at + token.len();
        let currency = self.folded.skip_blanks(end);
        let code = self.folded.token_at(currency);
        if matches!(code, "€" | "$" | "£" | "¥" | "euro" | "euros")
            || code.len() == 3 && !EACH.contains(&code) && code != "per" && code != "par"
        {
            end = currency + code.len();
        }
        let each = self.any_phrase(end, EACH)?;
        let noun = self.folded.skip_blanks(each);
        let what = self.folded.token_at(noun);
        let last = noun + what.len();
        let sum = self.text(at, end);
        let hour = matches!(what, "hour" | "heure" | "h" | "hours" | "heures");
        let case = matches!(what, "case" | "dossier" | "group" | "groupe");
        let rule = match (hour, case && price, what == "action" && rate) {
            (true, ..) => Rule::kw_hourly,
            (_, true, _) => Rule::kw_fixed,
            (.., true) => Rule::kw_flat,
            (false, false, false) => {
                let what = self.text(noun, last);
                return Some(unsaid::price_per(self.lang, diagnostic.clone(), what));
            }
        };
        let (english, french) = words::spelling(rule)?;
        let right = format!("{} {sum}", self.file_lang.pick(english, french));
        let found = errors::write(self.lang, diagnostic.clone(), &right);
        Some(found.edit(self.folded.original(at, last), right))
    }

    /// `750 EUR per participant`, after the amount of a line.
    pub fn amount_per(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        possible: &[Rule],
    ) -> Option<Diagnostic> {
        let each = self.any_phrase(at, &["per", "par", "/", "each", "chaque"])?;
        possible.contains(&Rule::trigger_hint).then_some(())?;
        let noun = self.folded.skip_blanks(each);
        let what = self.text(noun, noun + self.folded.token_at(noun).len());
        what.starts_with(char::is_alphabetic).then(|| {
            let line = Spoken::at(self, at);
            let rate = self.sum_in(&line).map(|((from, to), _)| self.words(&line, (from, to - 1)));
            let action = self.rated_action("\"…\"", rate.as_deref().unwrap_or("…"), what);
            unsaid::amount_per(self.lang, diagnostic.clone(), what, &action)
        })
    }

    /// The deposit that a security is, with what the line that holds `at` says of it.
    fn secured(&self, at: usize) -> String {
        let line = Spoken::at(self, at);
        let number = (0..line.len()).find(|place| is_number(line.word(*place)));
        let bare = || {
            // A number of months is no sum.
            let alone = ["", ",", "on", "at", "a", "au"].contains(&line.word(number? + 1));
            let sum = self.words(&line, (number?, number? + 1));
            alone.then(|| format!("{sum} {}", self.currency_around(&line)))
        };
        let quoted = (0..line.len()).find(|place| line.word(*place).starts_with('"'));
        let label = quoted.map(|place| self.words(&line, (place, place + 1)));
        let own = self.file_lang.pick("\"Security\"", "\"Caution\"").to_owned();
        let label = label.unwrap_or(own);
        let (deposit, beside, signed) = self.file_lang.pick(
            ("deposit", "beside the price", "on signature"),
            ("acompte", "en sus du prix", "à la signature"),
        );
        // A security is a sum.
        let share = number.is_some_and(|number| line.word(number + 1) == "%");
        let typed = number.map(|number| match share {
            true => format!("… EUR {}", self.words(&line, (number + 2, line.len()))),
            false => self.words(&line, (number, line.len())),
        });
        let reads =
            |typed: &str| self.is_line(&format!("{label}: {}, {beside}", typed.replace('…', "1")));
        let typed = typed.filter(|typed| reads(typed));
        let due = typed.unwrap_or_else(|| {
            let amount = self.amount_in(&line).filter(|_| !share).or_else(bare);
            format!("{} {signed}", amount.as_deref().unwrap_or("…"))
        });
        format!("{deposit} {label}: {due}, {beside}")
    }

    /// A line that begins with a noun of the trade.
    pub fn trade_item(
        &self,
        diagnostic: &Diagnostic,
        at: usize,
        token: &str,
    ) -> Option<Diagnostic> {
        // A follow-up bills nothing.
        if matches!(self.place, Place::FollowUp | Place::FollowScenario) {
            return None;
        }
        let lang = self.lang;
        let written = || diagnostic.clone();
        let security =
            ["depot de garantie", "security deposit", "damage deposit", "caution", "garantie"];
        if self.any_phrase(at, &security).is_some() {
            return Some(unsaid::no_security(lang, written(), &self.secured(at)));
        }
        let found = match token {
            "arrhes" | "arrhe" | "earnest" => Kind::Earnest,
            "avance" | "advance" | "prepayment" | "downpayment" => Kind::Deposit,
            "down" if self.phrase(at, "down payment").is_some() => Kind::Deposit,
            "payment" | "versement" | "paiement" | "facture" | "invoice" | "fee" | "fees"
            | "frais" | "penalite" | "penalites" | "indemnite" | "indemnites" | "penalty"
            | "dedit" | "charge" | "mensualite" | "milestone" | "jalon" | "bill" | "term"
            | "terme" | "retainer" | "provision" => Kind::Several,
            "security" | "guarantee" => Kind::Security,
            "vat" | "tva" | "tax" | "taxes" | "taxe" => Kind::Tax,
            "discount" | "remise" | "rabais" | "reduction" | "rebate" => Kind::Discount,
            _ => return None,
        };
        Some(match found {
            Kind::Deposit => {
                let end = self.phrase(at, "down payment").unwrap_or(at + token.len());
                let right = self.file_lang.pick("deposit", "acompte");
                let found = errors::did_you_mean_word(lang, written(), right);
                found.edit(self.folded.original(at, end), right)
            }
            Kind::Several => match self.named_amount(at) {
                Some(found) => found,
                None => unsaid::three_kinds(lang, written()),
            },
            Kind::Security => unsaid::no_security(lang, written(), &self.secured(at)),
            Kind::Earnest => {
                let amount = self.amount_in(&Spoken::at(self, at));
                let amount = amount.unwrap_or_else(|| "… %".to_owned());
                unsaid::no_earnest(lang, written(), self.file_lang, &amount)
            }
            Kind::Tax => unsaid::before_tax(lang, written()),
            Kind::Discount => unsaid::no_discount(lang, written()),
        })
    }
}

/// What says how many, and names nothing.
const QUANTIFIERS: &[&str] = &[
    "aucun",
    "aucune",
    "exactement",
    "exactly",
    "chaque",
    "every",
    "each",
    "toute",
    "toutes",
    "tous",
    "certaines",
    "certains",
    "quelques",
    "several",
    "plusieurs",
    "none",
    "some",
    "only",
    "seulement",
    "uniquement",
    "half",
    "moitie",
];

/// When a milestone is what is meant.
pub(super) fn when(milestone: Rule, lang: Lang) -> &'static str {
    if milestone == Rule::kw_signature {
        lang.pick("the quote is signed then", "le devis est alors signé")
    } else if milestone == Rule::kw_abandonment {
        lang.pick("the case is abandoned then", "le dossier est alors abandonné")
    } else if milestone == Rule::kw_start {
        lang.pick("the case starts then", "le dossier démarre alors")
    } else {
        lang.pick("the case is finished then", "le dossier est alors terminé")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_trade_are_no_words_of_the_language() {
        for noun in MOMENTS {
            for word in noun.words.iter().filter(|word| !word.contains(' ')) {
                let begins = words::item_shape(word).is_some();
                assert!(begins || vocabulary::of(word) != Some(Lang::En), "{word}");
            }
        }
    }
}
