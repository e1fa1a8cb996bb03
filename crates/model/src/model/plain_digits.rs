//! That a number is not written in plain digits, and how to write it: what stands there says what it most likely is.

use super::cell_fault::{bare_number, without_currency};
use super::field::Field;
use super::file_names::FileNames;
use super::spoken_length::{as_hours, in_minutes};
use crate::lang::{Lang, say};

/// A number behind which its field's own unit stands: `2,5 h` of hours, `40 %` of a percentage, `450 words` of a quantity.
fn without_unit(field: Field, text: &str) -> Option<&str> {
    const HOURS: [&str; 7] = ["h", "hr", "hrs", "hour", "hours", "heure", "heures"];
    let text = text.trim();
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (bare, unit) = (text.get(..end)?, text.get(end..)?.trim());
    let is_its_own = match field {
        Field::Hours | Field::PlannedHours => HOURS.contains(&unit),
        Field::Percent => unit == "%",
        Field::Quantity => !unit.is_empty() && unit.chars().all(char::is_alphabetic),
        Field::Minutes => ["min", "mn", "minutes"].contains(&unit),
        Field::PlannedMonths => ["months", "mois"].contains(&unit),
        Field::Case
        | Field::Date
        | Field::Kind
        | Field::Id
        | Field::Name
        | Field::Schedule
        | Field::Ref
        | Field::Price
        | Field::Rate
        | Field::Shares
        | Field::PlannedStart
        | Field::PlannedEnd
        | Field::Amount => false,
    };
    // Three digits behind a point or a comma may be thousands.
    let (whole, part) = bare.split_once(['.', ',']).unwrap_or((bare, ""));
    let is_plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_its_own && is_plain(whole) && is_plain(part) && part.len() != 3).then_some(bare)
}

pub(super) fn not_digits(field: Field, names: &FileNames, text: &str, lang: Lang) -> String {
    let (name, commas) = (names.field(field), names.has_decimal_commas(lang));
    let is_whole = matches!(field, Field::Minutes | Field::PlannedMonths);
    let part = if commas { "1,5" } else { "1.5" };
    let example = if is_whole { "12" } else { part };
    let spoken = if field == Field::Hours { in_minutes(text) } else { None };
    let below = text.trim().strip_prefix(['-', '\u{2212}']);
    let advice = if let Some(minutes) = spoken {
        as_hours(minutes, names, lang)
    } else if below.is_some_and(|digits| digits.starts_with(|c: char| c.is_ascii_digit())) {
        lang.pick("; nothing here is below zero", " ; rien ici n'est en dessous de zéro").to_owned()
    } else if let Some(bare) = without_unit(field, text) {
        let bare = if commas { bare.to_owned() } else { bare.replace(',', ".") };
        say!(lang, "; write `{bare}`", " ; écrivez `{bare}`")
    } else if let Some(bare) = without_currency(text) {
        let read = if commas { bare.to_owned() } else { bare.replace(',', ".") };
        bare_number(&text.replacen(bare, &read, 1), &read, lang)
    } else if names.is_sheet() && text.contains(|c: char| c.is_ascii_digit()) {
        return say!(
            lang,
            "field `{name}`: `{text}` is a text here; give the cell the format \"Number\", and type it again",
            "champ `{name}` : `{text}` est ici un texte ; donnez à la cellule le format « Nombre », et saisissez-le de nouveau"
        );
    } else if text.contains(',') && text.contains('.') {
        lang.pick(
            "; thousands are set apart neither by points nor by commas",
            " ; les milliers ne se séparent ni par des points ni par des virgules",
        )
        .to_owned()
    } else if text.contains(',') && !commas {
        lang.pick(
            "; a decimal comma is read in CSV between semicolons only",
            " ; la virgule décimale ne se lit que dans un CSV séparé par des points-virgules",
        )
        .to_owned()
    } else {
        String::new()
    };
    say!(
        lang,
        "field `{name}`: `{text}` is not written in plain digits, as `{example}`{advice}",
        "champ `{name}` : `{text}` n'est pas écrit en simples chiffres, comme `{example}`{advice}"
    )
}
