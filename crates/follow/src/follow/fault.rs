//! Why an invoice is withheld, as data; said in either language where it is told.

use super::place::Place;
use super::statuses::STATUSES;
use super::words::Words;
use crate::calendar::Date;
use crate::lang::{Lang, say, seen};
use crate::model::{CellFault, DayShape, nameless};

/// One reason for which an invoice is withheld, with its place where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: Option<Place>,
    /// Why.
    pub why: Why,
}

/// Why an invoice is withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is said in words below")]
pub enum Why {
    Missing { field: &'static str },
    Cell { field: &'static str, text: String, fault: CellFault },
    Nameless { column: usize, text: String },
    NotText { field: &'static str },
    Repeated { field: String },
    Misspelt { field: String, near: &'static str },
    NotADate { field: &'static str, text: String },
    DayAs { field: &'static str, shape: DayShape, text: String },
    NotAnAmount { field: &'static str, text: String },
    NotAboveZero { field: &'static str },
    Decimals { field: &'static str, text: String, currency: &'static str },
    TooLarge,
    UnknownCurrency { text: String },
    OtherCurrency { found: String, right: &'static str },
    UnknownKind { text: String, near: Option<&'static str> },
    UnknownStatus { text: String },
    KindAndStatus,
    InvoiceTwice,
    EventTwice { id: String },
    UnknownInvoice { field: &'static str, id: String },
    CurrencyOf { field: &'static str, id: String, currency: &'static str },
    Itself { field: &'static str },
    TwoSuccessors { one: String, other: String },
    Cycle,
    UnknownRef { id: String },
    VoidOfVoid { id: String },
    PromiseBefore { until: Date },
    WrittenOff { open: String, amount: String },
    CreditsElsewhere { id: String },
    NoCreditNote,
    NoDue,
    SumsIn { follow_up: String, currency: &'static str },
    TwoFollowUps { one: String, other: String },
    Linked { invoice: String },
}

impl Why {
    /// One sentence, lower case, no full stop, with the words that its file has for fields.
    pub fn say(&self, lang: Lang, words: &Words) -> String {
        let word = |field: &str| seen(words.of(field));
        match self {
            Why::Missing { field } => {
                let field = word(field);
                say!(lang, "`{field}` is missing", "il manque `{field}`")
            }
            Why::Cell { field, text, fault } => {
                fault.say(&word(field), text, words.is_sheet(), lang)
            }
            Why::Nameless { column, text } => nameless(*column, text, words.is_sheet(), lang),
            Why::NotText { field } => {
                let field = word(field);
                say!(
                    lang,
                    "`{field}` is to be a text, between quotes",
                    "`{field}` doit être un texte, entre guillemets"
                )
            }
            Why::Repeated { field } => {
                let field = word(field);
                say!(lang, "`{field}` stands twice", "`{field}` est indiqué deux fois")
            }
            Why::Misspelt { field, near } => {
                let field = seen(field);
                say!(
                    lang,
                    "there is no field `{field}`; did you mean `{near}`?",
                    "il n'y a pas de champ `{field}` ; vouliez-vous dire `{near}` ?"
                )
            }
            Why::NotADate { field, text } => {
                let (field, text) = (word(field), seen(text));
                say!(
                    lang,
                    "`{field}`: `{text}` is no date: it is written YYYY-MM-DD, from 1900-01-01 to 2199-12-31",
                    "`{field}` : `{text}` n'est pas une date : elle s'écrit AAAA-MM-JJ, de 1900-01-01 à 2199-12-31"
                )
            }
            Why::DayAs { field, shape, text } => shape.say(&word(field), &seen(text), lang),
            Why::NotAnAmount { field, text } => {
                let (field, text) = (word(field), seen(text));
                if words.is_sheet() {
                    return say!(
                        lang,
                        "`{field}`: `{text}` is no amount: type it as a number",
                        "`{field}` : `{text}` n'est pas un montant : saisissez un nombre"
                    );
                }
                say!(
                    lang,
                    "`{field}`: `{text}` is no amount: it is written `100.00`, between semicolons also `100,00`",
                    "`{field}` : `{text}` n'est pas un montant : il s'écrit `100.00`, ou `100,00` entre points-virgules"
                )
            }
            Why::NotAboveZero { field } => {
                let field = word(field);
                say!(lang, "`{field}` has to be above zero", "`{field}` doit être supérieur à zéro")
            }
            Why::Decimals { field, text, currency } => {
                let (field, text) = (word(field), seen(text));
                say!(
                    lang,
                    "`{field}`: `{text}` has more decimals than {currency} has; round it where it is computed",
                    "`{field}` : `{text}` a plus de décimales que {currency} n'en a ; arrondissez-le là où il est calculé"
                )
            }
            Why::TooLarge => {
                say!(lang, "the amounts are too large", "les montants sont trop grands")
            }
            Why::UnknownCurrency { text } => {
                let text = seen(text);
                say!(
                    lang,
                    "there is no currency `{text}`; it is stated as a code, such as `EUR`",
                    "il n'y a pas de devise `{text}` ; elle s'indique par son code, comme `EUR`"
                )
            }
            Why::OtherCurrency { found, right } => {
                let found = seen(found);
                say!(
                    lang,
                    "this is in `{found}`, and the invoice is in {right}",
                    "ceci est en `{found}`, et la facture est en {right}"
                )
            }
            Why::UnknownKind { text, near } => {
                let text = seen(text);
                let kinds: Vec<String> = words.kinds().map(|kind| format!("`{kind}`")).collect();
                let help = match near {
                    Some(near) => {
                        let near = words.kind(near);
                        say!(lang, "; did you mean `{near}`?", " ; vouliez-vous dire `{near}` ?")
                    }
                    None => {
                        let kinds = kinds.join(", ");
                        say!(lang, "; the kinds are {kinds}", " ; les natures sont {kinds}")
                    }
                };
                say!(
                    lang,
                    "there is no kind of event `{text}`{help}",
                    "il n'y a pas de nature d'événement `{text}`{help}"
                )
            }
            Why::UnknownStatus { text } => {
                let (text, codes) = (seen(text), STATUSES.map(|(code, ..)| code).join(", "));
                say!(
                    lang,
                    "`{text}` is no status of a platform that says what happened: these are {codes}",
                    "`{text}` n'est pas un statut de plateforme qui dit ce qui s'est passé : ce sont {codes}"
                )
            }
            Why::KindAndStatus => {
                let (kind, status) = (word("kind"), word("status"));
                say!(
                    lang,
                    "`{kind}` and `{status}` stand together: state one of them",
                    "`{kind}` et `{status}` figurent ensemble : n'en indiquez qu'un"
                )
            }
            Why::InvoiceTwice => say!(
                lang,
                "this invoice stands twice, and not with the same content",
                "cette facture figure deux fois, avec des contenus différents"
            ),
            Why::EventTwice { id } => {
                let id = seen(id);
                say!(
                    lang,
                    "two events have the id `{id}` and not the same content",
                    "deux événements ont l'identifiant `{id}` et des contenus différents"
                )
            }
            Why::UnknownRef { id } => {
                let id = seen(id);
                say!(
                    lang,
                    "`void` withdraws an event by its id, and this invoice has none with the id `{id}`",
                    "`void` retire un événement par son identifiant, et cette facture n'en a aucun d'identifiant `{id}`"
                )
            }
            Why::VoidOfVoid { id } => {
                let id = seen(id);
                say!(
                    lang,
                    "`{id}` is itself a `void`, which cannot be withdrawn",
                    "`{id}` est lui-même un `void`, qui ne peut pas être retiré"
                )
            }
            Why::PromiseBefore { until } => {
                let until = lang.date(until);
                say!(
                    lang,
                    "a payment is promised until {until}, before the day of the promise",
                    "un règlement est promis jusqu'au {until}, avant le jour de la promesse"
                )
            }
            Why::WrittenOff { open, amount } => {
                let (open, amount) = (lang.digits(open), lang.digits(amount));
                say!(
                    lang,
                    "{amount} is written off, and only {open} is open that day",
                    "{amount} est passé en perte, et seul {open} est ouvert ce jour-là"
                )
            }
            Why::NoDue => {
                let due = word("due");
                say!(
                    lang,
                    "nothing says when it is due: neither `{due}`, nor `payment due` of its follow-up",
                    "rien ne dit quand elle est due : ni `{due}`, ni `paiement à` de son suivi"
                )
            }
            Why::SumsIn { follow_up, currency } => {
                let follow_up = seen(follow_up);
                say!(
                    lang,
                    "follow-up `{follow_up}` compares sums in {currency}, and the invoice is in another currency",
                    "le suivi `{follow_up}` compare des montants en {currency}, et la facture est dans une autre devise"
                )
            }
            Why::TwoFollowUps { one, other } => {
                let (one, other) = (seen(one), seen(other));
                say!(
                    lang,
                    "it meets `{one}` and `{other}`, each with as many criteria",
                    "elle répond à `{one}` et à `{other}`, avec autant de critères"
                )
            }
            Why::UnknownInvoice { field, id } => {
                let (field, id) = (word(field), seen(id));
                say!(
                    lang,
                    "`{field}` names `{id}`, and there is no such invoice",
                    "`{field}` nomme `{id}`, et il n'y a pas de telle facture"
                )
            }
            Why::CurrencyOf { field, id, currency } => {
                let (field, id) = (word(field), seen(id));
                say!(
                    lang,
                    "`{field}` names `{id}`, which is in {currency}",
                    "`{field}` nomme `{id}`, qui est en {currency}"
                )
            }
            Why::Itself { field } => {
                let field = word(field);
                say!(
                    lang,
                    "`{field}` names the invoice itself",
                    "`{field}` nomme la facture elle-même"
                )
            }
            Why::TwoSuccessors { one, other } => {
                let (one, other) = (seen(one), seen(other));
                say!(
                    lang,
                    "it is replaced by `{one}` and by `{other}`",
                    "elle est remplacée par `{one}` et par `{other}`"
                )
            }
            Why::Cycle => say!(
                lang,
                "invoices replace one another in a circle",
                "des factures se remplacent l'une l'autre en boucle"
            ),
            Why::CreditsElsewhere { id } => {
                let id = seen(id);
                say!(
                    lang,
                    "this credit note names `{id}`, which is of another case, payer or currency",
                    "cet avoir nomme `{id}`, qui est d'un autre dossier, payeur ou devise"
                )
            }
            Why::NoCreditNote => {
                let credits = word("credits");
                say!(
                    lang,
                    "`{credits}` is said of credit notes only, whose total is below zero",
                    "`{credits}` ne se dit que d'un avoir, dont le total est négatif"
                )
            }
            Why::Linked { invoice } => {
                let invoice = seen(invoice);
                say!(
                    lang,
                    "it is linked to `{invoice}`, which is withheld",
                    "elle est liée à `{invoice}`, qui est retenue"
                )
            }
        }
    }
}
