//! Options that mean nothing where they stand, on a line or on an action.

use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::model::Civil;
use crate::span::Span;
use crate::syntax::ways;

/// An option of a line.
#[derive(Clone, Copy)]
pub enum LineOption {
    NoRefund,
    Beside,
    ByTheDay,
    /// The same, of the price of this period.
    PriceByTheDay(Civil),
    /// The same, where the first end of a period bills once; behind it the period at whose ends it can come back.
    OnceByTheDay(Civil, Civil),
    ChargedTo,
    AtMost,
}

/// An option of an action.
#[derive(Clone, Copy)]
pub enum ActionOption {
    Step,
    Cap,
    EachMonth,
    Tier,
}

/// An option that means nothing on its line.
pub fn misplaced_option(lang: Lang, at: Span, option: LineOption) -> Diagnostic {
    let (message, help) = match option {
        LineOption::NoRefund => (
            say!(
                lang,
                "`no refund` says nothing here: this amount is never below zero",
                "`sans remboursement` ne dit rien ici : ce montant n'est jamais négatif"
            ),
            say!(
                lang,
                "it belongs to `up to 50 %` and `remainder`; leave it out",
                "ces mots vont avec `jusqu'à 50 %` et `reste` ; retirez-les"
            ),
        ),
        LineOption::Beside => (
            say!(
                lang,
                "this amount is a part of the price: it cannot be beside it",
                "ce montant est une part du prix : il ne peut pas être en sus"
            ),
            say!(
                lang,
                "`beside the price` is for an installment or a deposit of a sum, and for work",
                "`en sus du prix` vaut pour une échéance ou un acompte d'une somme, et pour du réalisé"
            ),
        ),
        LineOption::ByTheDay => (
            say!(
                lang,
                "`pro rata` needs an amount that comes back at the end of each month, quarter or year",
                "`au prorata` demande un montant qui revient à chaque fin de mois, de trimestre ou d'année"
            ),
            say!(
                lang,
                "a part of a month is billed at its end alone: write `100 EUR each month end, pro rata`",
                "une part de mois se facture à sa fin seulement : écrivez `100 EUR à chaque fin de mois, au prorata`"
            ),
        ),
        LineOption::PriceByTheDay(civil) => (
            say!(
                lang,
                "`pro rata` is of the price at the end of each calendar month, quarter or year",
                "`au prorata` vaut pour le tarif à la fin de chaque mois, trimestre ou année civils"
            ),
            match civil {
                Civil::Month => ways::first_month_apart(lang),
                Civil::Quarter | Civil::Year => {
                    let each = civil.each_ending(lang);
                    say!(
                        lang,
                        "write `price {each}, pro rata`",
                        "écrivez `le tarif {each}, au prorata`"
                    )
                }
            },
        ),
        LineOption::OnceByTheDay(first, each) => ways::once_by_the_day(lang, (first, each)),
        LineOption::ChargedTo => (
            say!(
                lang,
                "only what is beside the price can be charged to one payer",
                "seul ce qui est en sus du prix peut être à la charge d'un seul payeur"
            ),
            say!(
                lang,
                "add `, beside the price`, or let the payers share this line",
                "ajoutez `, en sus du prix`, ou laissez les payeurs se partager cette ligne"
            ),
        ),
        LineOption::AtMost => (
            say!(
                lang,
                "this line does not come so often: `at most … times` says nothing here",
                "cette ligne ne revient pas ainsi : `au plus … fois` ne dit rien ici"
            ),
            say!(
                lang,
                "let it repeat with `each`, without parts; or leave these words out",
                "faites-la revenir avec `chaque`, sans parts ; ou retirez ces mots"
            ),
        ),
    };
    Diagnostic::new(Code::MisplacedOption, at, message).help(help)
}

/// A bound right behind a test, which asks how often at the least; `places` are that of its number and of the whole test with it.
pub fn bound_of_a_test(
    lang: Lang,
    places: (Span, Span),
    right: &str,
    bound: &str,
    repeats: bool,
) -> Diagnostic {
    let (at, whole) = places;
    let message = say!(
        lang,
        "a condition asks how often at the least: without a comma, it is not clear what `{bound}` is of",
        "une condition demande combien de fois au moins : sans virgule, on ne sait pas de quoi est `{bound}`"
    );
    let found = Diagnostic::new(Code::MisplacedOption, at, message);
    if repeats {
        return found.help(say!(
            lang,
            "write `{right}` where it is of the condition; of how often the line comes, `, {bound}`",
            "écrivez `{right}` s'il s'agit de la condition ; du nombre de fois où la ligne revient, `, {bound}`"
        ));
    }
    found.help(say!(lang, "write `{right}`", "écrivez `{right}`")).edit(whole, right)
}

/// An option that means nothing on its action.
pub fn option_of_action(lang: Lang, at: Span, option: ActionOption) -> Diagnostic {
    let message = match option {
        ActionOption::Step => say!(
            lang,
            "only hours are rounded up to steps, and this action is not billed by its hours",
            "seules les heures s'arrondissent par tranches, et cette action n'est pas facturée à l'heure"
        ),
        ActionOption::Cap => say!(
            lang,
            "this limit is not of what this action is billed by",
            "cette limite n'est pas dans la mesure de cette action"
        ),
        ActionOption::Tier => say!(
            lang,
            "this action is billed by its quantity, and a tier of it is not of hours",
            "cette action est facturée à la quantité, et son palier n'est pas en heures"
        ),
        ActionOption::EachMonth => say!(
            lang,
            "`each month` says nothing here: this action has neither tiers nor a limit",
            "`chaque mois` ne dit rien ici : cette action n'a ni paliers ni limite"
        ),
    };
    let help = match option {
        ActionOption::Step | ActionOption::EachMonth => {
            say!(lang, "leave these words out", "retirez ces mots")
        }
        ActionOption::Tier => say!(
            lang,
            "write the number alone, of what the quantity counts: `per \"day\" 50 up to 3 then 40`",
            "écrivez le nombre seul, de ce que la quantité compte : `par \"jour\" 50 jusqu'à 3 puis 40`"
        ),
        ActionOption::Cap => say!(
            lang,
            "`at most 30 hours` for hours, `at most 500` for a quantity, `at most 3 times` for a flat sum",
            "`au plus 30 heures` pour des heures, `au plus 500` pour une quantité, `au plus 3 fois` pour un forfait"
        ),
    };
    Diagnostic::new(Code::MisplacedOption, at, message).help(help)
}

/// `at least … each month`.
pub fn least_each_month(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisplacedOption,
        at,
        say!(
            lang,
            "a minimum is of the whole case, not of each month",
            "un minimum vaut pour tout le dossier, pas pour chaque mois"
        ),
    )
    .help(say!(
        lang,
        "leave `each month` out: what is missing is billed when the case is closed",
        "retirez `chaque mois` : ce qui manque est facturé à la clôture du dossier"
    ))
}
