//! What is wrong with a schedule of the second part: one constructor for each finding.

use crate::diagnostic::{Code, Diagnostic, did_you_mean};
use crate::lang::{Lang, say};
use crate::model::program::{Amount, Kind, Line, Price};
use crate::model::{Civil, Line as CoreLine};
use crate::money::Percent;
use crate::span::Span;
use crate::syntax::ast::Name;
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

/// Work on a line that is looked at before a planned date.
pub fn work_before(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::CannotRepeat,
        at,
        say!(
            lang,
            "work cannot wait for a day before a planned date: the line would bill it every evening from then on",
            "du réalisé ne peut pas attendre un jour avant une date prévue : la ligne le facturerait chaque soir dès lors"
        ),
    )
    .help(say!(
        lang,
        "bill it `each month end`, or on an event",
        "facturez-le `à chaque fin de mois`, ou à un événement"
    ))
}

/// An amount that makes no sense twice.
pub fn cannot_repeat(lang: Lang, at: Span, amount: Amount) -> Diagnostic {
    let (message, help) = if let Amount::Percent { .. } = amount {
        (
            say!(
                lang,
                "a percentage that comes back every time would bill the price again and again",
                "un pourcentage qui revient à chaque fois facturerait le prix encore et encore"
            ),
            say!(
                lang,
                "cut it into parts: `90 % in 9 parts each month end`",
                "partagez-le : `90 % en 9 fois à chaque fin de mois`"
            ),
        )
    } else if let Amount::UpTo { .. } = amount {
        (
            say!(
                lang,
                "this brings the case to one share of the price: after the first time there is nothing left to do",
                "ce montant amène le dossier à une part du prix : après la première fois, il n'y a plus rien à faire"
            ),
            say!(lang, "write `on` instead of `each`", "écrivez `à` au lieu de `à chaque`"),
        )
    } else {
        (
            say!(
                lang,
                "this amount bills at most once in a case: it cannot come back every time",
                "ce montant se facture au plus une fois par dossier : il ne peut pas revenir à chaque fois"
            ),
            say!(
                lang,
                "write `on` instead of `each`; what comes back is a sum, the price of a period, parts, progress or work",
                "écrivez `à` au lieu de `à chaque` ; ce qui revient est une somme, le tarif d'une période, des parts, l'avancement ou du réalisé"
            ),
        )
    };
    Diagnostic::new(Code::CannotRepeat, at, message).help(help)
}

/// A closing balance, or a discount, that repeats; `timed` is whether it does so with time alone.
pub fn kind_cannot_repeat(lang: Lang, at: Span, line: &Line, timed: bool) -> Diagnostic {
    let once = || say!(lang, "write `on` instead of `each`", "écrivez `à` au lieu de `à chaque`");
    let (message, help) = if line.kind == Kind::Discount {
        (
            say!(
                lang,
                "a discount is given once: it cannot come back every time",
                "une remise est donnée une fois : elle ne peut pas revenir à chaque fois"
            ),
            if timed { ways::in_steps(lang) } else { ways::once_each(lang) },
        )
    } else {
        (
            say!(
                lang,
                "this balance closes the case, so it cannot come back",
                "ce solde clôt le dossier : il ne peut pas revenir"
            ),
            // Open as well, it bills such an amount once.
            if line.amount.may_repeat() {
                say!(
                    lang,
                    "add `, stays open`, or write `on` instead of `each`",
                    "ajoutez `, reste ouvert`, ou écrivez `à` au lieu de `à chaque`"
                )
            } else {
                once()
            },
        )
    };
    Diagnostic::new(Code::CannotRepeat, at, message).help(help)
}

/// `each` and `on` on one line.
pub fn each_and_on(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::CannotRepeat,
        at,
        say!(
            lang,
            "this line says both `each` (every time) and `on` (once)",
            "cette ligne dit à la fois `à chaque` (chaque fois) et `à` (une fois)"
        ),
    )
    .help(say!(
        lang,
        "`each` is of the whole line and written once: leave `on` out here, or make two lines of it",
        "`à chaque` vaut pour toute la ligne : écrivez-le ici aussi, ou faites-en deux lignes"
    ))
}

/// Parts on a line that fires once.
pub fn parts_without_each(lang: Lang, file_lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::CannotRepeat,
        at,
        say!(
            lang,
            "this amount is cut into parts, and the line fires only once",
            "ce montant est partagé, et la ligne ne se déclenche qu'une fois"
        ),
    )
    .help(say!(lang, "say when each part is billed", "dites quand chaque part est facturée"))
    .example(file_lang.pick(
        r#"installment "Part": 90 % in 9 parts each month end"#,
        r#"échéance "Mensualité": 90 % en 9 fois à chaque fin de mois"#,
    ))
}

/// A price of a period, billed at another rhythm.
pub fn other_rhythm(lang: Lang, at: Span, price: Span, civil: Civil) -> Diagnostic {
    let each = civil.each(lang);
    Diagnostic::new(
        Code::PriceRhythm,
        at,
        say!(
            lang,
            "the price is for {each}, and this line bills it at another rhythm",
            "le tarif vaut pour {each}, et cette ligne le facture à un autre rythme"
        ),
    )
    .other(price, say!(lang, "the price", "le tarif"))
    .help(say!(
        lang,
        "bill it {each}, or state the sum itself",
        "facturez-le {each}, ou indiquez la somme elle-même"
    ))
}

/// The amount `price` without a price of a period.
pub fn no_period_price(lang: Lang, file_lang: Lang, at: Span, price: Span) -> Diagnostic {
    Diagnostic::new(
        Code::PriceRhythm,
        at,
        say!(
            lang,
            "`price` bills the price of a period, and this schedule has another price",
            "`le tarif` facture le tarif d'une période, et cet échéancier a un autre tarif"
        ),
    )
    .other(price, say!(lang, "the price", "le tarif"))
    .help(say!(
        lang,
        "state a percentage or a sum, or a price for each month, quarter or year",
        "indiquez un pourcentage ou une somme, ou un tarif mensuel, trimestriel ou annuel"
    ))
    .example(file_lang.pick("price monthly 35 EUR", "tarif mensuel 35 EUR"))
}

/// A balance that closes a case before its start, and a line that waits for what comes then.
pub fn closes_before_start(lang: Lang, line: &CoreLine, later: &CoreLine) -> Diagnostic {
    let (label, other) = (&line.label, &later.label);
    Diagnostic::new(
        Code::ClosesEarly,
        line.span,
        say!(
            lang,
            "`{label}` closes the case before its planned start: in a case that starts as planned, `{other}` never bills",
            "`{label}` clôt le dossier avant son démarrage prévu : dans un dossier qui démarre comme prévu, `{other}` ne facture jamais"
        ),
    )
    .other(later.span, say!(lang, "this line comes later", "cette ligne vient plus tard"))
    .help(say!(
        lang,
        "add `, stays open` to the line, or write `installment` for `balance`",
        "ajoutez `, reste ouvert` à la ligne, ou écrivez `échéance` au lieu de `solde`"
    ))
}

/// A share of a price whose total nobody knows.
pub fn unknown_total(
    lang: Lang,
    (kind, at): (Kind, Span),
    price_at: Span,
    (price, works): (Option<&Price>, bool),
) -> Diagnostic {
    let sum = match works {
        true => say!(lang, "bill `work` or a sum", "facturez `réalisé` ou une somme"),
        false => say!(lang, "bill a sum", "facturez une somme"),
    };
    let of_a_period = match kind {
        Kind::Balance => say!(
            lang,
            "a balance that only closes the case says `nothing`; one that bills says a sum",
            "un solde qui ne fait que clore le dossier dit `rien` ; s'il facture, il dit une somme"
        ),
        Kind::Discount => say!(lang, "take off a sum", "déduisez une somme"),
        Kind::Deposit | Kind::Installment => {
            say!(lang, "bill `price`, or a sum", "facturez `le tarif`, ou une somme")
        }
    };
    let (why, help) = if price.is_some_and(|price| price.period().is_some()) {
        (
            say!(
                lang,
                "the price is of a period, and how many there will be is not known",
                "le tarif est d'une période, et l'on ne sait pas combien il y en aura"
            ),
            of_a_period,
        )
    } else if price.is_some_and(Price::is_a_rate) {
        (
            say!(
                lang,
                "the price is by the hour, and no planned hours are stated",
                "le tarif est horaire, et aucune heure prévue n'est indiquée"
            ),
            say!(
                lang,
                "state `planned 10 hours`, or {sum}",
                "indiquez `prévu 10 heures`, ou {sum}"
            ),
        )
    } else {
        (
            say!(
                lang,
                "the price is per action, and its total is not known",
                "le tarif est par action, et son total n'est pas connu"
            ),
            sum,
        )
    };
    Diagnostic::new(
        Code::UnknownTotal,
        at,
        say!(
            lang,
            "a share of the price needs a price whose total is known",
            "une part du prix demande un prix dont le total est connu"
        ),
    )
    .other(price_at, why)
    .help(help)
}

/// A remainder that is not the last payer's, or a last payer without one.
pub fn remainder_last(lang: Lang, file_lang: Lang, at: Span, last: Option<&str>) -> Diagnostic {
    let message = if last.is_some() {
        say!(
            lang,
            "the last payer takes what is left: its share is `remainder`",
            "le dernier payeur prend ce qui reste : sa part est `reste`"
        )
    } else {
        say!(
            lang,
            "only the last payer has `remainder`: nothing would be left for those after it",
            "seul le dernier payeur a `reste` : il ne resterait rien pour les suivants"
        )
    };
    let name = last.unwrap_or(file_lang.pick("Customer", "Client"));
    let example = file_lang
        .pick(format!("payer \"{name}\": remainder"), format!("payeur \"{name}\" : reste"));
    Diagnostic::new(Code::PayerShares, at, message).example(&example)
}

/// A cap on the payer who takes what is left.
pub fn last_payer_capped(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::PayerShares,
        at,
        say!(
            lang,
            "the last payer takes what is left, so it cannot have a limit: what is above would be nobody's",
            "le dernier payeur prend ce qui reste, il ne peut donc pas avoir de limite : l'excédent ne serait à personne"
        ),
    )
    .help(say!(
        lang,
        "leave the limit out, or add a payer after it",
        "retirez la limite, ou ajoutez un payeur après lui"
    ))
}

/// Shares of more than the whole.
pub fn shares_above_whole(lang: Lang, at: Span, whole: Percent) -> Diagnostic {
    Diagnostic::new(
        Code::PayerShares,
        at,
        say!(
            lang,
            "with this share the payers come to {whole} %, more than there is",
            "avec cette part les payeurs arrivent à {whole} %, plus qu'il n'y a"
        ),
    )
    .help(say!(
        lang,
        "the stated percentages come to 100 % at the most",
        "les pourcentages indiqués font 100 % au plus"
    ))
}

/// A payer that the schedule does not have.
pub fn unknown_payer(lang: Lang, name: &Name, known: &[&str]) -> Diagnostic {
    let finding = Diagnostic::new(
        Code::UnknownPayer,
        name.at.0,
        say!(
            lang,
            "this schedule has no payer `{}`",
            "cet échéancier n'a pas de payeur `{}`",
            name.text
        ),
    );
    match did_you_mean(&name.text, known.iter().copied()) {
        Some(near) => finding
            .help(say!(lang, "did you mean `{near}`?", "vouliez-vous dire `{near}` ?"))
            .edit(name.at.0, format!("\"{near}\"")),
        None if known.is_empty() => finding.help(say!(
            lang,
            "it has no payer at all: state them below the price",
            "il n'a aucun payeur : indiquez-les sous le tarif"
        )),
        None => finding.help(say!(
            lang,
            "its payers are `{}`",
            "ses payeurs sont `{}`",
            known.join("`, `")
        )),
    }
}

/// A line that settles deposits of another tax.
pub fn taxes_differ(lang: Lang, at: Span, deposit: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MixedTaxes,
        at,
        say!(
            lang,
            "this line settles a deposit of another rate of tax, which it could not give back",
            "cette ligne solde un acompte d'un autre taux de TVA, qu'elle ne pourrait pas rendre"
        ),
    )
    .other(deposit, say!(lang, "the deposit", "l'acompte"))
    .help(say!(
        lang,
        "give both the same rate, or bill a percentage, which deducts the deposit with its own rate",
        "donnez-leur le même taux, ou facturez un pourcentage, qui déduit l'acompte à son propre taux"
    ))
}

/// A line that bills at the first end of a period alone; `each` is the period at whose ends it can come back.
pub fn bills_once(
    lang: Lang,
    file_lang: Lang,
    line: &CoreLine,
    (first, each): (Civil, Civil),
    amount: Amount,
) -> Diagnostic {
    let label = &line.label;
    let first = first.ending().bare(lang);
    let each = each.each_ending(file_lang);
    // A percentage may repeat in parts alone.
    let parts = matches!(amount, Amount::Percent { .. });
    let parts = if parts { file_lang.pick("90 % in 9 parts ", "90 % en 9 fois ") } else { "" };
    Diagnostic::new(
        Code::BillsOnce,
        line.span,
        say!(
            lang,
            "`{label}` bills once, at the first {first}: the others come, and the line does not",
            "`{label}` facture une fois, à la première {first} : les autres viennent, pas la ligne"
        ),
    )
    .help(say!(
        lang,
        "to bill each time, write `{parts}{each}`; if once is meant, add `accepts bills-once \"why\"` to the schedule",
        "pour facturer à chaque fois, écrivez `{parts}{each}` ; si une fois est ce qu'il faut, ajoutez à l'échéancier `admet facture-une-fois \"pourquoi\"`"
    ))
}

/// The price of a period that comes more than once in it, by one line or by two.
pub fn bills_twice(
    lang: Lang,
    civil: Civil,
    line: &CoreLine,
    first: Option<&CoreLine>,
) -> Diagnostic {
    let label = &line.label;
    let (each, period) = (civil.each(lang), civil.noun());
    let (_, du) = period.french_articles();
    let period = period.bare(lang);
    let of = say!(lang, "the price of the {period}", "le tarif {du}{period}");
    let message = match first {
        None => say!(
            lang,
            "`{label}` waits for more than one day {each}: {of} is billed at each of them",
            "`{label}` attend plus d'un jour {each} : {of} est facturé à chacun d'eux"
        ),
        Some(first) => say!(
            lang,
            "`{}` and `{label}` both bill {of}, {each}",
            "`{}` et `{label}` facturent toutes deux {of}, {each}",
            first.label
        ),
    };
    let help = say!(
        lang,
        "keep one of the two; if both are meant, add `accepts bills-twice \"why\"` to the schedule",
        "gardez l'un des deux ; si les deux sont voulus, ajoutez à l'échéancier `admet facture-deux-fois \"pourquoi\"`"
    );
    let found = Diagnostic::new(Code::BillsTwice, line.span, message).help(help);
    match first {
        Some(first) => found.other(first.span, say!(lang, "bills it, too", "le facture aussi")),
        None => found,
    }
}

/// A line that closes the case while the days of a period run.
pub fn days_unbilled(lang: Lang, closing: &CoreLine, pro_rata: &CoreLine) -> Diagnostic {
    let (label, of) = (&closing.label, &pro_rata.label);
    Diagnostic::new(
        Code::DaysUnbilled,
        closing.span,
        say!(
            lang,
            "`{label}` can close the case before it ends: the days of `{of}` that have run since its last period are then never billed",
            "`{label}` peut clore le dossier avant sa fin : les jours de `{of}` courus depuis la dernière période ne sont alors jamais facturés"
        ),
    )
    .other(pro_rata.span, say!(lang, "billed by the day", "facturée au jour"))
    .help(say!(
        lang,
        "let it close the case `on end or abandonment`, or end the line with `, stays open`; if it is agreed, add `accepts days-unbilled \"why\"` to the schedule",
        "clôturez le dossier `à la fin ou à l'abandon`, ou terminez la ligne par `, reste ouvert` ; si c'est convenu, ajoutez à l'échéancier `admet jours-non-facturés \"pourquoi\"`"
    ))
}

/// A price of a period that is billed at its end only, and a line that closes the case before and bills nothing.
pub fn last_period_unbilled(
    lang: Lang,
    (civil, at_its_end, is_from_start): (Civil, bool, bool),
    period: &CoreLine,
    (closing, billed): (&CoreLine, Option<&CoreLine>),
) -> Diagnostic {
    let (label, out, only) = (&period.label, &closing.label, only(lang, billed));
    let end = civil.each_ending(lang);
    // A quarter is no length of its own.
    let each = match civil.months() {
        1 | 12 => civil.each(lang),
        months => say!(lang, "each {months} months", "tous les {months} mois"),
    };
    let from = say!(lang, "{each} from start", "{each} à compter du démarrage");
    // Days are billed where a period ends by the calendar.
    let by_the_day = match at_its_end {
        true => {
            say!(lang, "end the line with `, pro rata`", "terminez la ligne par `, au prorata`")
        }
        false => say!(lang, "write `{end}, pro rata`", "écrivez `{end}, au prorata`"),
    };
    Diagnostic::new(
        Code::DaysUnbilled,
        period.span,
        say!(
            lang,
            "`{label}` bills a period once it is over: of the price of the one in which `{out}` closes the case, {only}",
            "`{label}` facture une période une fois finie : du tarif de celle où `{out}` clôt le dossier, {only}"
        ),
    )
    .other(closing.span, say!(lang, "bills nothing of it", "n'en facture rien"))
    .help(if is_from_start {
        say!(
            lang,
            "to bill the days run, {by_the_day}; to bill in advance, write `{from}`; if it is agreed, add `accepts days-unbilled \"why\"` to the schedule",
            "pour facturer les jours courus, {by_the_day} ; pour facturer d'avance, écrivez `{from}` ; si c'est convenu, ajoutez à l'échéancier `admet jours-non-facturés \"pourquoi\"`"
        )
    } else {
        // Any other rhythm would count from another day.
        say!(
            lang,
            "let `{out}` bill what that period owes; if it is agreed, add `accepts days-unbilled \"why\"` to the schedule",
            "faites facturer par `{out}` ce que doit cette période ; si c'est convenu, ajoutez à l'échéancier `admet jours-non-facturés \"pourquoi\"`"
        )
    })
}

/// What is billed of a period that is not paid for: nothing, or a sum that is less than its price.
fn only(lang: Lang, billed: Option<&CoreLine>) -> String {
    match billed {
        None => say!(lang, "nothing is billed", "rien n'est facturé"),
        Some(line) => {
            let label = &line.label;
            say!(
                lang,
                "only `{label}` is billed, less than the price of a period",
                "on ne facture que `{label}`, moins que le prix d'une période"
            )
        }
    }
}

/// A price of a period that begins on a day of the month, in a case that begins on another.
pub fn first_days_unbilled(
    lang: Lang,
    period: &CoreLine,
    at_most: Option<u32>,
    billed: Option<&CoreLine>,
) -> Diagnostic {
    let (label, only) = (&period.label, only(lang, billed));
    let after = at_most.map_or(String::new(), |most| {
        say!(
            lang,
            ", nor of those after it has billed {most} times",
            ", ni de ceux qui suivent les {most} fois"
        )
    });
    Diagnostic::new(
        Code::DaysUnbilled,
        period.span,
        say!(
            lang,
            "`{label}` bills the period that begins on its day: of the days from the start of a case to the first such day, {only}{after}",
            "`{label}` facture la période qui commence à son jour : des jours entre le démarrage d'un dossier et le premier jour de ce genre, {only}{after}"
        ),
    )
    .help(say!(
        lang,
        "to bill from the start on, write `each month from start`; if every case starts on that day, or if it is agreed, add `accepts days-unbilled \"why\"` to the schedule",
        "pour facturer dès le démarrage, écrivez `chaque mois à compter du démarrage` ; si tout dossier démarre ce jour-là, ou si c'est convenu, ajoutez à l'échéancier `admet jours-non-facturés \"pourquoi\"`"
    ))
}

/// A rate of more than six decimals.
pub fn rate_decimals(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::TooManyDecimals,
        at,
        say!(
            lang,
            "a rate has six decimals at the most",
            "un tarif unitaire a six décimales au plus"
        ),
    )
}

/// A cap of an action within what is included.
pub fn rates_past_a_cap(lang: Lang, at: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NeverReached,
        at,
        say!(
            lang,
            "nothing of `{name}` is ever billed: this limit lies within what is included",
            "rien de `{name}` n'est jamais facturé : cette limite tombe dans ce qui est inclus"
        ),
    )
    .help(say!(
        lang,
        "the limit counts everything, what is included, too: raise it, or write `not billed`",
        "la limite compte tout, même ce qui est inclus : relevez-la, ou écrivez `non facturée`"
    ))
}

/// What is not a whole number from one on.
pub fn not_a_count(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NumberRange,
        at,
        say!(
            lang,
            "this has to be a whole number, from 1 to 10 000",
            "il faut ici un nombre entier, de 1 à 10 000"
        ),
    )
}

/// What is no number of parts.
pub fn not_parts(lang: Lang, at: Span, one: bool) -> Diagnostic {
    let found = Diagnostic::new(
        Code::NumberRange,
        at,
        say!(
            lang,
            "an amount is cut into 2 parts at the least, and 1 200 at the most",
            "un montant se coupe en 2 parts au moins, et 1 200 au plus"
        ),
    );
    if !one {
        return found;
    }
    found.help(say!(
        lang,
        "to bill it once and whole, leave the parts out, and write `on` instead of `each`",
        "pour le facturer une fois et en entier, retirez les parts, et écrivez `à` au lieu de `à chaque`"
    ))
}

/// A length of nothing, again and again.
pub fn never_goes_on(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NumberRange,
        at,
        say!(
            lang,
            "what comes again and again needs a length of 1 at the least",
            "ce qui revient demande une durée de 1 au moins"
        ),
    )
    .help(say!(
        lang,
        "write `each month after start`, or `on start` for once",
        "écrivez `chaque mois après le démarrage`, ou `au démarrage` pour une seule fois"
    ))
}

/// A bound of a tier that does not rise.
pub fn tier_bound(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NumberRange,
        at,
        say!(
            lang,
            "each tier ends above the one before it",
            "chaque palier finit au-dessus du précédent"
        ),
    )
}

/// A day that no month has.
pub fn no_such_day(lang: Lang, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NumberRange,
        at,
        say!(lang, "no month has such a day", "aucun mois n'a un tel jour"),
    )
    .help(say!(
        lang,
        "write 1 to 31; where the month is too short, its last day is meant",
        "écrivez 1 à 31 ; où le mois est trop court, c'est son dernier jour"
    ))
}
