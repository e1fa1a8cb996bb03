//! What can be wrong with one cell or value, whatever its field: the column's name as its sender wrote it and the
//! sender's own words in, a sentence out. Events of cases and events of invoices say it alike.

use super::day_form::DayShape;
use crate::calendar::Date;
use crate::lang::{Lang, say, seen};
use crate::money::Currency;

/// Words that tools write where there is no value.
pub const NO_VALUE: [&str; 11] =
    ["\\N", "NULL", "Null", "null", "NaN", "nan", "NaT", "None", "<NA>", "#N/A", "(null)"];

/// What the formulas of spreadsheets come to without a mark that tells it from a name: that something is not available, in German,
/// Turkish, Hungarian, Czech and Slovak, and that it is still to come.
const FORMULA_ERRORS: [&str; 6] =
    ["#NV", "#YOK", "#HIÁNYZIK", "#NENÍ_K_DISPOZICI", "#NEDOSTUPNÝ", "#GETTING_DATA"];

/// Whether a cell has a word that stands where there is no value, and which of the two kinds.
pub fn without_value(cell: &str) -> Option<CellFault> {
    let nothing = NO_VALUE.contains(&cell.trim()).then_some(CellFault::StandsForNothing);
    nothing.or_else(|| of_a_formula(cell))
}

/// Whether a text is what a spreadsheet shows in place of a value: no name is so called.
pub fn of_a_formula(text: &str) -> Option<CellFault> {
    let text = text.trim();
    let is_numbered =
        |number: &str| number.len() == 3 && number.bytes().all(|b| b.is_ascii_digit());
    // LibreOffice numbers its own.
    let numbered = text.strip_prefix("Err:").is_some_and(is_numbered);
    if text == "#N/A" {
        return Some(CellFault::StandsForNothing);
    }
    let is_error = FORMULA_ERRORS.contains(&text)
        || numbered
        || is_marked_error(text)
        || is_not_available(text)
        || is_too_wide(text);
    is_error.then_some(CellFault::FormulaError)
}

/// Whether a text is short for what is not available, in any language: `#N/D`, `#I/T`, `#Н/Д`.
fn is_not_available(text: &str) -> bool {
    let mut letters = text.chars();
    let first = (letters.next(), letters.next(), letters.next(), letters.next(), letters.next());
    matches!(first, (Some('#'), Some(one), Some('/'), Some(other), None) if one.is_uppercase() && other.is_uppercase())
}

/// Whether a text has the form of an error in any language: `#REF!`, `#NOM?`, `#VALEUR !`, `#¿NOMBRE?`, `#DIV/0!`.
fn is_marked_error(text: &str) -> bool {
    let inner = text.strip_prefix('#').and_then(|text| text.strip_suffix(['!', '?']));
    // French spreadsheets set the mark apart.
    let inner = inner.map(|inner| inner.trim_end_matches([' ', '\u{a0}', '\u{202f}']));
    inner.is_some_and(|inner| {
        let name = inner.strip_prefix(['¡', '¿']).unwrap_or(inner);
        let is_part = |c: char| c.is_uppercase() || c.is_ascii_digit() || "/_".contains(c);
        name.starts_with(char::is_uppercase)
            && name.chars().count() > 1
            && name.chars().all(is_part)
    })
}

/// Whether a text is what a spreadsheet shows of a number that its column has no room for.
fn is_too_wide(text: &str) -> bool {
    text.len() >= 3 && text.bytes().all(|byte| byte == b'#')
}

/// What is wrong with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellFault {
    /// A number with decimals to one reader, with thousands set apart to another.
    TwoNumbers,
    /// The same, where decimals are those of a currency, or there are none.
    Thousands,
    /// A whole number, behind it a cell that may be its decimals.
    Cut,
    /// No date.
    NotADay,
    /// A date between semicolons whose year has two digits.
    ShortYear,
    /// A date between semicolons, day first, on which no day falls.
    NoSuchDay,
    /// A time of day where a day has to stand.
    Moment,
    /// Slashes in a date, in a file of which nothing says that the day comes first.
    DayFirst,
    /// A date read day first, beside others that cannot be.
    DayFirstBesideOthers,
    /// A word that stands where there is no value.
    StandsForNothing,
    /// A number of JSON or a text that no value takes.
    NoValue,
    /// What a formula of a spreadsheet came to.
    FormulaError,
    /// A number beside a currency.
    WithCurrency,
    /// A line that ends within a cell of a sheet.
    LineBreak,
    /// A name that a sheet holds as a number which it does not keep.
    NumberAsName,
    /// A name that a sheet shows otherwise than it holds it.
    ShownOtherwise,
    /// A truth value of a sheet.
    Truth,
    /// A time of day or a length of time of a sheet.
    TimeOfDay,
    /// A formula of a sheet without a value.
    NotComputed,
}

/// Whether a text counts seconds, or parts of them, from some day.
fn is_count(text: &str) -> bool {
    let digits = text.split_once('.').map_or(text, |(digits, _)| digits);
    digits.len() >= 9 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is a moment as JavaScript writes it, `Wed Jan 08 2025 00:00:00 GMT+0000 (…)`.
fn is_of_javascript(text: &str) -> bool {
    let mut words = text.split(' ');
    let is_word = |word: Option<&str>| {
        word.is_some_and(|word| {
            word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_alphabetic())
        })
    };
    is_word(words.next()) && is_word(words.next()) && text.contains(" GMT")
}

impl CellFault {
    /// Whether what stands there is no day at all, read day first.
    pub fn is_no_day(self) -> bool {
        matches!(self, CellFault::NotADay | CellFault::NoSuchDay)
    }

    /// One sentence, lower case, no full stop; `sheet` is whether it is a cell of a sheet, which no separator and no other
    /// tool has written.
    pub fn say(self, name: &str, text: &str, sheet: bool, lang: Lang) -> String {
        let own = if sheet { in_sheet(self, name, text, lang) } else { None };
        own.unwrap_or_else(|| self.in_text(name, text, lang))
    }

    fn in_text(self, name: &str, text: &str, lang: Lang) -> String {
        let text = seen(text);
        match self {
            CellFault::TwoNumbers => {
                let [whole, decimals] = both_readings(&text);
                say!(
                    lang,
                    "field `{name}`: `{text}` can be read in two ways, with decimals or with thousands set apart; write `{whole}` or `{decimals}`",
                    "champ `{name}` : `{text}` se lit de deux façons, avec des décimales ou avec un séparateur de milliers ; écrivez `{whole}` ou `{decimals}`"
                )
            }
            CellFault::Thousands => thousands(name, &text, lang),
            CellFault::Cut => cut(name, &text, lang),
            CellFault::NotADay if is_count(&text) => DayShape::Number.say(name, &text, lang),
            CellFault::NotADay if is_of_javascript(&text) => say!(
                lang,
                "field `{name}`: `{text}` is a moment, and a day is written YYYY-MM-DD (JavaScript: `toLocaleDateString('sv')`, on the clock of the place)",
                "champ `{name}` : `{text}` est un instant, et un jour s'écrit AAAA-MM-JJ (JavaScript : `toLocaleDateString('sv')`, à l'heure du lieu)"
            ),
            CellFault::NotADay => {
                let days = days_meant(&text);
                let meant = as_days(&days, lang);
                let advice = if days.is_empty() {
                    String::new()
                } else {
                    say!(lang, "; write {meant}", " ; écrivez {meant}")
                };
                say!(
                    lang,
                    "field `{name}`: `{text}` is no date; it is written YYYY-MM-DD, from 1900-01-01 to 2199-12-31{advice}",
                    "champ `{name}` : `{text}` n'est pas une date ; elle s'écrit AAAA-MM-JJ, de 1900-01-01 à 2199-12-31{advice}"
                )
            }
            CellFault::ShortYear => say!(
                lang,
                "field `{name}`: the year of `{text}` has two digits; write four, as in `05/02/2025` (in a spreadsheet, cell format `dd/mm/yyyy`)",
                "champ `{name}` : l'année de `{text}` a deux chiffres ; écrivez-en quatre, comme `05/02/2025` (dans un tableur, format de cellule `jj/mm/aaaa`)"
            ),
            CellFault::NoSuchDay => say!(
                lang,
                "field `{name}`: there is no day `{text}`, the day read first; it is written as `05/02/2025` or `2025-02-05`, from 1900 to 2199",
                "champ `{name}` : il n'y a pas de jour `{text}`, lu jour d'abord ; il s'écrit comme `05/02/2025` ou `2025-02-05`, de 1900 à 2199"
            ),
            CellFault::Moment => moment(name, &text, lang),
            CellFault::DayFirst => day_first(name, &text, lang),
            CellFault::DayFirstBesideOthers => say!(
                lang,
                "field `{name}`: a date read day first, while others of the same column cannot be read so; write YYYY-MM-DD (in a spreadsheet, cell format `yyyy-mm-dd`)",
                "champ `{name}` : une date lue jour d'abord, alors que d'autres de la même colonne ne peuvent pas se lire ainsi ; écrivez AAAA-MM-JJ (dans un tableur, format de cellule `aaaa-mm-jj`)"
            ),
            CellFault::StandsForNothing => nothing(name, &text, lang),
            CellFault::NoValue => say!(
                lang,
                "field `{name}`: `{text}` is no number and no text that can be read",
                "champ `{name}` : `{text}` n'est ni un nombre ni un texte lisible"
            ),
            CellFault::FormulaError if is_too_wide(&text) => say!(
                lang,
                "field `{name}`: `{text}` stands for a number or a day that its column had no room to show; widen the column, and save the file again",
                "champ `{name}` : `{text}` remplace un nombre ou un jour que la colonne, trop étroite, ne montrait pas ; élargissez-la, et enregistrez de nouveau le fichier"
            ),
            CellFault::FormulaError => say!(
                lang,
                "field `{name}`: the formula of this cell came to an error, `{text}`; mend it, or write the value itself",
                "champ `{name}` : la formule de cette cellule aboutit à une erreur, `{text}` ; corrigez-la, ou écrivez la valeur elle-même"
            ),
            CellFault::WithCurrency => {
                let bare = without_currency(&text).unwrap_or(&text);
                let advice = bare_number(&text, bare, lang);
                say!(
                    lang,
                    "field `{name}`: `{text}` has a currency beside its number{advice}",
                    "champ `{name}` : `{text}` porte une devise à côté du nombre{advice}"
                )
            }
            CellFault::LineBreak => say!(
                lang,
                "field `{name}`: a line ends within `{text}`; write it in one line",
                "champ `{name}` : `{text}` contient un saut de ligne ; écrivez-le sur une seule ligne"
            ),
            CellFault::NumberAsName => say!(
                lang,
                "field `{name}`: a name is no number with decimals, and none of more than 15 digits, which a workbook does not keep; give the column the format \"Text\", and type the name again",
                "champ `{name}` : un nom n'est pas un nombre à décimales, ni de plus de 15 chiffres, qu'un classeur ne garde pas ; donnez à la colonne le format « Texte », et saisissez le nom de nouveau"
            ),
            CellFault::ShownOtherwise => say!(
                lang,
                "field `{name}`: the sheet holds `{text}`, and its cell format shows something else; give the column the format \"Text\", and type the name as it is shown",
                "champ `{name}` : la feuille contient `{text}`, et le format de la cellule montre autre chose ; donnez à la colonne le format « Texte », et saisissez le nom tel qu'il s'affiche"
            ),
            CellFault::Truth => say!(
                lang,
                "field `{name}`: this is true or false, which says nothing of an event; write a text",
                "champ `{name}` : c'est vrai ou faux, ce qui ne dit rien d'un événement ; écrivez un texte"
            ),
            CellFault::TimeOfDay => say!(
                lang,
                "field `{name}`: this is a time of day, a length of time or the last moment of a day; write hours as a number (1.5), and a day without a time",
                "champ `{name}` : c'est une heure du jour, une durée ou le dernier instant d'un jour ; écrivez les heures comme un nombre (1,5), et un jour sans heure"
            ),
            CellFault::NotComputed => say!(
                lang,
                "field `{name}`: this formula has no value yet, or one that is computed when the file is opened: open and save it in a spreadsheet",
                "champ `{name}` : cette formule n'a pas encore de valeur, ou une que l'ouverture du fichier recalcule : ouvrez-le et enregistrez-le dans un tableur"
            ),
        }
    }
}

/// What is said of a cell of a sheet, where what is said of a text would be of no use.
fn in_sheet(fault: CellFault, name: &str, text: &str, lang: Lang) -> Option<String> {
    let text = seen(text);
    Some(match fault {
        CellFault::TwoNumbers | CellFault::Thousands => say!(
            lang,
            "field `{name}`: `{text}` is a text here, and can be read in two ways, with decimals or with thousands set apart; type it as a number",
            "champ `{name}` : `{text}` est ici un texte, qui se lit de deux façons, avec des décimales ou avec un séparateur de milliers ; saisissez un nombre"
        ),
        CellFault::DayFirst => {
            let days = days_meant(&text);
            let meant = as_days(&days, lang);
            if let Some(certain) = year_first_or_no_day(name, &text, &days, lang) {
                return Some(certain);
            }
            if days.len() == 1 {
                return Some(say!(
                    lang,
                    "field `{name}`: `{text}` is a text here, whose year comes last; type it as a date, or as {meant}",
                    "champ `{name}` : `{text}` est ici un texte, dont l'année vient en dernier ; saisissez une date, ou {meant}"
                ));
            }
            say!(
                lang,
                "field `{name}`: `{text}` is a text here, which does not say whether the day or the month comes first; type it as a date, or as {meant}",
                "champ `{name}` : `{text}` est ici un texte, qui ne dit pas si le jour ou le mois vient d'abord ; saisissez une date, ou {meant}"
            )
        }
        CellFault::Moment => say!(
            lang,
            "field `{name}`: `{text}` is a moment, and a moment is not a day; type the day without a time",
            "champ `{name}` : `{text}` est un instant, et un instant n'est pas un jour ; saisissez le jour sans heure"
        ),
        CellFault::StandsForNothing => say!(
            lang,
            "field `{name}`: `{text}` stands for no value; leave the cell empty (`IFNA(…;\"\")`)",
            "champ `{name}` : `{text}` signifie l'absence de valeur ; laissez la cellule vide (`SIERREUR(…;\"\")`)"
        ),
        CellFault::NotADay => say!(
            lang,
            "field `{name}`: `{text}` is no date; type a date, from 1900-01-01 to 2199-12-31",
            "champ `{name}` : `{text}` n'est pas une date ; saisissez une date, du 01/01/1900 au 31/12/2199"
        ),
        // These say nothing of how a text is written.
        CellFault::Cut
        | CellFault::ShortYear
        | CellFault::NoSuchDay
        | CellFault::DayFirstBesideOthers
        | CellFault::NoValue
        | CellFault::FormulaError
        | CellFault::WithCurrency
        | CellFault::LineBreak
        | CellFault::NumberAsName
        | CellFault::ShownOtherwise
        | CellFault::Truth
        | CellFault::TimeOfDay
        | CellFault::NotComputed => return None,
    })
}

/// A number without the currency that stands before or behind it, `720,00` of `720,00 €`; none where there is
/// no currency, or more than a number beside it.
pub fn without_currency(text: &str) -> Option<&str> {
    let text = text.trim();
    let begin = text.find(|c: char| c.is_ascii_digit())?;
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (before, bare, behind) = (text.get(..begin)?, text.get(begin..end)?, text.get(end..)?);
    let currency = match (before.trim(), behind.trim()) {
        ("", sign) | (sign, "") => Currency::find(sign),
        _ => None,
    };
    let is_part = |c: char| c.is_ascii_digit() || c.is_whitespace() || ",.".contains(c);
    currency.filter(|_| bare.chars().all(is_part)).map(|_| bare)
}

/// How to write a number that stood beside a currency: a sum is in that of its schedule, or of its invoice, and none is converted.
pub fn bare_number(text: &str, bare: &str, lang: Lang) -> String {
    let sign = text.replacen(bare, "", 1);
    let sign = sign.trim();
    say!(
        lang,
        "; if it is billed in `{sign}`, write `{bare}` alone: no sum is converted",
        " ; si c'est facturé en `{sign}`, écrivez `{bare}` seul : aucune somme n'est convertie"
    )
}

/// That a quote stands within a cell, so that nothing behind it is certain.
pub(super) fn quote_within(column: usize, text: &str, lang: Lang) -> String {
    let text = seen(text);
    say!(
        lang,
        "cell {column}, `{text}`: a quote stands inside it; put the cell in quotes, and write each quote in it twice",
        "cellule {column}, `{text}` : un guillemet s'y trouve ; mettez la cellule entre guillemets, et doublez chacun des siens"
    )
}

/// That a cell stands below no name.
pub fn nameless(column: usize, text: &str, sheet: bool, lang: Lang) -> String {
    let text = seen(text);
    if sheet {
        return say!(
            lang,
            "no name stands above `{text}`, in the first row: name the column, or clear the cell",
            "aucun nom ne figure au-dessus de `{text}`, dans la première ligne : nommez la colonne, ou videz la cellule"
        );
    }
    say!(
        lang,
        "`{text}` stands in column {column}, to which the first line gives no name",
        "`{text}` figure dans la colonne {column}, que la première ligne ne nomme pas"
    )
}

/// A word that stands where there is no value.
fn nothing(name: &str, text: &str, lang: Lang) -> String {
    let (english, french) = match text.trim() {
        "\\N" => (
            "PostgreSQL: `COPY … WITH (FORMAT csv, HEADER)`; MariaDB: `IFNULL(…, '')`",
            "PostgreSQL : `COPY … WITH (FORMAT csv, HEADER)` ; MariaDB : `IFNULL(…, '')`",
        ),
        "NULL" | "null" | "Null" | "(null)" => (
            "pandas: `na_rep=''`; MariaDB: `IFNULL(…, '')`; psql: `--csv`",
            "pandas : `na_rep=''` ; MariaDB : `IFNULL(…, '')` ; psql : `--csv`",
        ),
        "NaN" | "nan" | "NaT" | "<NA>" | "None" => (
            "pandas: `na_rep=''`, and no `astype(str)`",
            "pandas : `na_rep=''`, et pas de `astype(str)`",
        ),
        _ => ("in a spreadsheet: `IFNA(…;\"\")`", "dans un tableur : `SIERREUR(…;\"\")`"),
    };
    say!(
        lang,
        "field `{name}`: `{text}` stands for no value; leave the field out or empty ({english})",
        "champ `{name}` : `{text}` signifie l'absence de valeur ; omettez le champ ou laissez-le vide ({french})"
    )
}

/// A time of day where a day has to stand; late in the evening, what it was most likely made from.
fn moment(name: &str, text: &str, lang: Lang) -> String {
    let time = text.get(11..).unwrap_or("");
    let in_utc =
        ["Z", "z", "+00:00", "+0000", "+00", "UTC", "GMT"].iter().any(|zone| time.ends_with(zone));
    let evening = time.starts_with("22:00") || time.starts_with("23:00");
    let why = match in_utc && evening {
        true => lang.pick(
            "; it looks like midnight of the next day in Paris, told on the clock of UTC (JavaScript: not `toISOString()`; pandas, Polars: `.dt.date`)",
            " ; on dirait le minuit du lendemain à Paris, donné à l'heure UTC (JavaScript : pas `toISOString()` ; pandas, Polars : `.dt.date`)",
        ),
        false => "",
    };
    say!(
        lang,
        "field `{name}`: `{text}` is a moment, and a moment is not a day; write the day as YYYY-MM-DD, taken on the clock of the place{why}",
        "champ `{name}` : `{text}` est un instant, et un instant n'est pas un jour ; écrivez le jour AAAA-MM-JJ, relevé à l'heure locale{why}"
    )
}

/// A day whose year comes last, in a file of which nothing says that the day comes first.
fn day_first(name: &str, text: &str, lang: Lang) -> String {
    let days = days_meant(text);
    let meant = as_days(&days, lang);
    let format = lang.pick(
        "(in a spreadsheet, cell format `yyyy-mm-dd`)",
        "(dans un tableur, format de cellule `aaaa-mm-jj`)",
    );
    if let Some(certain) = year_first_or_no_day(name, text, &days, lang) {
        return certain;
    }
    if days.len() == 1 {
        return say!(
            lang,
            "field `{name}`: the year of `{text}` comes last; write {meant} {format}",
            "champ `{name}` : l'année de `{text}` vient en dernier ; écrivez {meant} {format}"
        );
    }
    // Between semicolons a day and a month have two digits.
    let separated = match text.split(['/', '-', '.']).all(|part| part.len() > 1) {
        true => lang.pick(
            ", or separate the cells with semicolons, as French spreadsheets do: it is then read day first",
            ", ou séparez les cellules par des points-virgules : elle se lit alors jour d'abord",
        ),
        false => "",
    };
    say!(
        lang,
        "field `{name}`: `{text}` does not say whether the day or the month comes first; write {meant} {format}{separated}",
        "champ `{name}` : `{text}` ne dit pas si le jour ou le mois vient d'abord ; écrivez {meant} {format}{separated}"
    )
}

/// What is said of a text in which nothing is left open: its year comes first, or it is no day in any order.
fn year_first_or_no_day(name: &str, text: &str, days: &[Date], lang: Lang) -> Option<String> {
    let [first, _, last] = parts_of_a_day(text)?;
    let first_of_all = first.len() == 4;
    match days {
        [] if first_of_all || last.len() == 4 => Some(say!(
            lang,
            "field `{name}`: `{text}` is no day from 1900-01-01 to 2199-12-31; write YYYY-MM-DD (in a spreadsheet, cell format `yyyy-mm-dd`)",
            "champ `{name}` : `{text}` n'est pas un jour du 1900-01-01 au 2199-12-31 ; écrivez AAAA-MM-JJ (dans un tableur, format de cellule `aaaa-mm-jj`)"
        )),
        [day] if first_of_all => Some(say!(
            lang,
            "field `{name}`: the year of `{text}` comes first, as it should; write the day with hyphens, its month and day with two digits each, `{day}` (in a spreadsheet, cell format `yyyy-mm-dd`)",
            "champ `{name}` : l'année de `{text}` vient bien en premier ; écrivez ce jour avec des tirets, le mois et le jour sur deux chiffres, `{day}` (dans un tableur, format de cellule `aaaa-mm-jj`)"
        )),
        _ => None,
    }
}

/// The three numbers of a day, as they stand.
fn parts_of_a_day(text: &str) -> Option<[&str; 3]> {
    let date = text.trim().split(' ').next().unwrap_or("");
    let of = |by: char| -> Option<[&str; 3]> { date.split(by).collect::<Vec<_>>().try_into().ok() };
    let parts = ['/', '-', '.'].into_iter().find_map(of)?;
    let is_number =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.iter().all(is_number).then_some(parts)
}

/// The days that a text may mean: the one of which the year comes first, `2025/2/3`; or, where it comes last, `3/2/2025`, that of
/// which the day comes first, then the other.
fn days_meant(text: &str) -> Vec<Date> {
    let Some([first, second, third]) = parts_of_a_day(text) else { return Vec::new() };
    let day =
        |year: &str, month: &str, day: &str| Date::parse(&format!("{year}-{month:0>2}-{day:0>2}"));
    if first.len() == 4 {
        return day(first, second, third).into_iter().collect();
    }
    let both = [day(third, second, first), day(third, first, second)];
    let mut days: Vec<Date> = both.into_iter().flatten().collect();
    days.dedup();
    days
}

/// How to write a day that may be one of these.
fn as_days(days: &[Date], lang: Lang) -> String {
    match days {
        [day_first, month_first] => say!(
            lang,
            "`{day_first}` if the day comes first, `{month_first}` if the month does",
            "`{day_first}` si le jour vient d'abord, `{month_first}` si c'est le mois"
        ),
        [only] => format!("`{only}`"),
        _ => lang.pick("YYYY-MM-DD", "AAAA-MM-JJ").to_owned(),
    }
}

/// A sum, or a number without decimals, whose last three digits may be decimals.
fn thousands(name: &str, text: &str, lang: Lang) -> String {
    let [whole, _] = both_readings(text);
    let (before, part) = text.split_once([',', '.']).unwrap_or((text, ""));
    let cents = part.strip_suffix('0').map(|part| format!("{before},{part}"));
    match cents {
        Some(cents) => say!(
            lang,
            "field `{name}`: `{text}` can be read in two ways, with decimals or with thousands set apart; write `{whole}` or `{cents}`",
            "champ `{name}` : `{text}` se lit de deux façons, avec des décimales ou avec un séparateur de milliers ; écrivez `{whole}` ou `{cents}`"
        ),
        None => say!(
            lang,
            "field `{name}`: `{text}` can be read in two ways, with decimals or with thousands set apart; write `{whole}` if that is meant, else no more decimals than the currency has",
            "champ `{name}` : `{text}` se lit de deux façons, avec des décimales ou avec un séparateur de milliers ; écrivez `{whole}` si c'est ce que vous voulez dire, sinon pas plus de décimales que la devise n'en a"
        ),
    }
}

/// A whole number, behind it a cell that may be its decimals, in a row that lacks a cell.
fn cut(name: &str, text: &str, lang: Lang) -> String {
    let point = text.replace(',', ".");
    let quoted = text.replace(',', ",\"") + "\"";
    say!(
        lang,
        "field `{name}`: `{text}` is one number with a decimal comma, in a row that lacks a cell, or two cells; write `{point}` for the one, `{quoted}` for the other",
        "champ `{name}` : `{text}` est un nombre à virgule, sur une ligne à laquelle il manque une cellule, ou bien deux cellules ; écrivez `{point}` dans le premier cas, `{quoted}` dans le second"
    )
}

/// A sum with three decimals, or with its thousands set apart: the first has none that could be written.
pub(super) fn two_sums(name: &str, text: &str, lang: Lang) -> String {
    let text = seen(text);
    let [whole, _] = both_readings(&text);
    say!(
        lang,
        "field `{name}`: `{text}` can be read in two ways; write `{whole}` if its thousands are set apart; if these are decimals, a sum has fewer, round it",
        "champ `{name}` : `{text}` se lit de deux façons ; écrivez `{whole}` si c'est un séparateur de milliers ; si ce sont des décimales, une somme en a moins, arrondissez-la"
    )
}

/// A number whose three decimals may be thousands, written as each: `1500` and `1,50` of `1,500`.
fn both_readings(text: &str) -> [String; 2] {
    let (whole, part) = text.split_once([',', '.']).unwrap_or((text, ""));
    let decimals = match part.strip_suffix('0') {
        Some(shorter) => format!("{whole},{shorter}"),
        None => format!("{whole},{part}0"),
    };
    [format!("{whole}{part}"), decimals]
}
