//! Shares that come to something else than was meant.

use super::habits::meant;
use crate::diagnostic::{Code, Diagnostic};
use crate::lang::{Lang, say};
use crate::syntax::ast;

/// A balance that deducts deposits which its share leaves out.
pub struct DeductedTwice<'f> {
    /// The balance.
    pub balance: &'f ast::Line,
    /// What it deducts.
    pub deposits: Vec<&'f ast::Line>,
    /// What the client pays in all, in digits.
    pub paid: String,
    /// The price, where that is a sum, in digits.
    pub price: Option<String>,
    /// What the balance has to bill, so that the price is paid, in digits.
    pub right: String,
    /// What they count.
    pub unit: &'static str,
    /// Whether only shares and sums come before it, so that a remainder bills the same.
    pub remainder: bool,
}

/// Progress that brings what phases have billed to a share that is one of several.
pub struct TakesBack<'f> {
    /// What bills by the progress.
    pub progress: &'f ast::Line,
    /// What has billed before.
    pub phases: Vec<&'f ast::Line>,
    /// Its share, as it was typed.
    pub share: &'f ast::Number,
}

/// A balance whose share leaves out the deposits, which it deducts.
pub fn deducted_twice(
    (lang, file_lang): (Lang, Lang),
    found: &DeductedTwice<'_>,
    source: &str,
) -> Diagnostic {
    let DeductedTwice { balance, deposits, unit, .. } = found;
    let at = balance.amount_at.0;
    let (label, typed) = (&balance.label.text, at.of(source));
    // As a file writes it: a whole sum has no cents.
    let right = found.right.trim_end_matches(".00");
    let right = format!("{} {unit}", file_lang.pick(right.to_owned(), right.replace('.', ",")));
    let (deducted, paid) = (labels(lang, deposits), lang.digits(&found.paid));
    let of = match &found.price {
        None => lang.pick("of the price", "du tarif").to_owned(),
        Some(price) => {
            let price = lang.digits(price);
            say!(lang, "of {price} {unit}", "sur {price} {unit}")
        }
    };
    let or_the_rest = match found.remainder {
        true => lang.pick(", or `remainder`", ", ou `reste`"),
        false => "",
    };
    let meant = meant(lang, Code::DeductedTwice);
    let told = Diagnostic::new(
        Code::DeductedTwice,
        at,
        say!(
            lang,
            "`{label}` deducts {deducted}: in all, the client pays {paid} {unit} {of}",
            "`{label}` déduit {deducted} : en tout, le client paie {paid} {unit} {of}"
        ),
    );
    let each = |told: Diagnostic, deposit: &&ast::Line| {
        told.other(
            deposit.kind_at.0,
            say!(lang, "deducted by every balance", "déduit par tout solde"),
        )
    };
    let told = deposits.iter().fold(told, each);
    // Another sum, or a sum for a share, is for the clerk to write.
    let told = match found.price {
        None => told.edit(at, right.clone()),
        Some(_) => told,
    };
    told.help(say!(
        lang,
        "a balance says what it brings the bill to, deposits included: write `{right}` in place of `{typed}`{or_the_rest}; {meant}",
        "un solde dit à quoi il porte le total, acomptes compris : écrivez `{right}` au lieu de `{typed}`{or_the_rest} ; {meant}"
    ))
}

/// Progress that takes back what phases have billed.
pub fn progress_takes_back(
    (lang, file_lang): (Lang, Lang),
    found: &TakesBack<'_>,
    source: &str,
) -> Diagnostic {
    let at = found.progress.amount_at.0;
    let (label, share) = (&found.progress.label.text, found.share.at.0.of(source));
    let phases = labels(lang, &found.phases);
    let parts = file_lang.pick(
        format!("{share} % in 4 parts each event \"…\""),
        format!("{share} % en 4 fois à chaque événement \"…\""),
    );
    let all = file_lang.pick("progress", "l'avancement");
    let meant = meant(lang, Code::ProgressTakesBack);
    let told = Diagnostic::new(
        Code::ProgressTakesBack,
        at,
        say!(
            lang,
            "`{label}` brings all percentages together, those of {phases} too, to {share} % of the progress: what they billed above that is given back",
            "`{label}` porte tous les pourcentages ensemble, ceux de {phases} aussi, à {share} % de l'avancement : ce qu'ils ont facturé au-delà est rendu"
        ),
    );
    let each = |told: Diagnostic, phase: &&ast::Line| {
        told.other(phase.amount_at.0, say!(lang, "taken back", "repris"))
    };
    found.phases.iter().fold(told, each).help(say!(
        lang,
        "to bill {share} % beside these, write it in parts, each at an event that you record: `{parts}`; if the progress is that of the whole, these included, write `{all}`; {meant}",
        "pour facturer {share} % à côté d'eux, écrivez-les en fractions, chacune à un événement que vous enregistrez : `{parts}` ; si l'avancement est celui de l'ensemble, eux compris, écrivez `{all}` ; {meant}"
    ))
}

/// The labels of lines, in a sentence.
fn labels(lang: Lang, lines: &[&ast::Line]) -> String {
    let labels: Vec<String> = lines.iter().map(|line| format!("`{}`", line.label.text)).collect();
    lang.all_of(&labels)
}
