//! One record of a CSV file: in, a line; out, its cells, and the JSON value that says what a cell says.
//!
//! Between semicolons, as French spreadsheets write, numbers may have a decimal comma and thousands set apart,
//! and days may be written day first. What can be read in two ways is left, and so refused.

use super::readings::Marks;
use crate::calendar::Date;
use crate::model::{CellFault, Fault, Field, HostNames, french, without_currency, without_value};

/// The cells of a record; `None` if a quote is not closed or stands in the middle of a cell.
pub fn cells(line: &str, separator: u8) -> Option<Vec<String>> {
    let separator = char::from(separator);
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            None => {
                let end = rest.find(separator).unwrap_or(rest.len());
                let (cell, after) = rest.split_at_checked(end)?;
                if cell.contains('"') {
                    return None;
                }
                (cell.to_owned(), after)
            }
            Some(mut quoted) => {
                let mut cell = String::new();
                loop {
                    let (before, after) = quoted.split_once('"')?;
                    cell.push_str(before);
                    match after.strip_prefix('"') {
                        None => break (cell, after),
                        Some(more) => {
                            cell.push('"');
                            quoted = more;
                        }
                    }
                }
            }
        };
        cells.push(cell);
        if after.is_empty() {
            return Some(cells);
        }
        rest = after.strip_prefix(separator)?;
    }
}

/// The cells of a line in which quotes are astray, each ended where a separator or the end of the line follows, and the place of
/// the first with such a quote; `None` if a quote is still open at the end, so that a cell may go on in the next line.
pub fn cells_astray(line: &str, separator: u8) -> Option<(Vec<String>, usize)> {
    let separator = char::from(separator);
    let (mut cells, mut astray) = (Vec::new(), None);
    let mut rest = Some(line);
    while let Some(text) = rest {
        let (cell, after, is_astray) = match text.strip_prefix('"') {
            Some(quoted) => quoted_astray(quoted, separator)?,
            None => {
                let (cell, _) = text.split_once(separator).unwrap_or((text, ""));
                (cell.to_owned(), text.strip_prefix(cell)?, cell.contains('"'))
            }
        };
        if is_astray {
            astray.get_or_insert(cells.len());
        }
        cells.push(cell);
        rest = after.strip_prefix(separator);
    }
    Some((cells, astray?))
}

/// A cell behind its first quote, what follows it, and whether a quote is astray in it; `None` if it is not closed.
fn quoted_astray(mut quoted: &str, separator: char) -> Option<(String, &str, bool)> {
    let (mut cell, mut astray) = (String::new(), false);
    loop {
        let (before, after) = quoted.split_once('"')?;
        cell.push_str(before);
        if after.is_empty() || after.starts_with(separator) {
            return Some((cell, after, astray));
        }
        cell.push('"');
        let doubled = after.strip_prefix('"');
        astray |= doubled.is_none();
        quoted = doubled.unwrap_or(after);
    }
}

/// What a cell says, as the text that JSON has of it. `french` is for cells between semicolons.
pub fn value(
    field: Field,
    cell: &str,
    french: bool,
    host: Option<&HostNames>,
    marks: &mut Marks,
) -> Result<String, Fault> {
    let broken = cell.contains(['\n', '\r']).then_some(CellFault::LineBreak);
    if let Some(fault) = broken.or_else(|| without_value(cell)) {
        return Err(Fault::cell(field, cell, fault));
    }
    if field == Field::Percent {
        mark_percent(cell, marks);
    }
    match field {
        Field::Kind => {
            let ours = host.and_then(|host| host.kind(cell)).or_else(|| french::kind_named(cell));
            Ok(ours.map_or(cell, |kind| kind.name()).to_owned())
        }
        Field::Date | Field::PlannedStart | Field::PlannedEnd => day(field, cell, french, marks),
        Field::Hours
        | Field::Minutes
        | Field::PlannedHours
        | Field::PlannedMonths
        | Field::Price
        | Field::Rate
        | Field::Quantity
        | Field::Amount
        | Field::Percent
            if french =>
        {
            number(field, cell)
        }
        Field::Shares if french => shares(field, cell),
        Field::Case
        | Field::Id
        | Field::Name
        | Field::Hours
        | Field::Minutes
        | Field::Schedule
        | Field::PlannedHours
        | Field::PlannedMonths
        | Field::Price
        | Field::Rate
        | Field::Shares
        | Field::Quantity
        | Field::Amount
        | Field::Percent
        | Field::Ref => Ok(cell.to_owned()),
    }
}

/// Notes whether a percentage is one of 1 or less: `0,4` may be 40 % where a sheet shows it so.
fn mark_percent(cell: &str, marks: &mut Marks) {
    let (whole, part) = cell.trim().split_once(['.', ',']).unwrap_or((cell.trim(), ""));
    if !is_digits(whole) || !part.bytes().all(|byte| byte.is_ascii_digit()) {
        return;
    }
    let nothing = part.bytes().all(|digit| digit == b'0');
    match whole.trim_start_matches('0') {
        "" => marks.part_of_one |= !nothing,
        "1" if nothing => marks.part_of_one = true,
        _ => marks.more_than_one = true,
    }
}

/// A day; one whose year comes last is read day first, if the file is a French spreadsheet's.
fn day(field: Field, cell: &str, french: bool, marks: &mut Marks) -> Result<String, Fault> {
    match day_first(cell, french) {
        Ok(None) => Ok(cell.to_owned()),
        Ok(Some(iso)) => {
            marks.day_first |= field.bit();
            Ok(iso)
        }
        Err(fault) => {
            if fault.is_no_day() && is_month_first(cell) {
                marks.not_day_first |= field.bit();
            }
            Err(Fault::cell(field, cell, fault))
        }
    }
}

/// A day whose year comes last, `03/02/2025`, `03-02-2025` or `03.02.2025`, day first, as YYYY-MM-DD; none where a cell
/// has no such day. `french` is for cells between semicolons: in others nothing says what comes first.
pub fn day_first(cell: &str, french: bool) -> Result<Option<String>, CellFault> {
    let text = cell.trim();
    let (date, time) = text.split_once(' ').unwrap_or((text, "00:00"));
    let Some([day, month, year]) = parts(date) else { return Ok(None) };
    if !french {
        return Err(CellFault::DayFirst);
    }
    let iso = format!("{year}-{month}-{day}");
    match (Date::parse(&iso), time) {
        (Some(_), "00:00" | "00:00:00" | "0:00" | "0:00:00") => Ok(Some(iso)),
        (Some(_), _) => Err(CellFault::Moment),
        // With a digit too few or too many it may be a day, and of another order.
        (None, _) if day.len() != 2 || month.len() != 2 => Err(CellFault::NotADay),
        (None, _) if year.len() == 2 && is_of_a_month(day) => {
            let day = Date::parse(&format!("20{iso}"));
            Err(day.map_or(CellFault::NoSuchDay, |_| CellFault::ShortYear))
        }
        (None, _) if year.len() != 4 => Err(CellFault::NotADay),
        (None, _) => Err(CellFault::NoSuchDay),
    }
}

/// The three numbers of a day whose year comes last, between slashes, dashes or points.
fn parts(date: &str) -> Option<[&str; 3]> {
    let of = |by: char| -> Option<[&str; 3]> { date.split(by).collect::<Vec<_>>().try_into().ok() };
    let parts = ['/', '-', '.'].into_iter().find_map(of)?;
    let [first, ..] = parts;
    let is_day = parts.iter().all(|part| is_digits(part));
    // `2025-02-03`, and what looks like it, has its year first.
    (is_day && (first.len() < 3 || date.contains('/'))).then_some(parts)
}

/// Whether two digits may be a day of a month that is written first.
fn is_of_a_month(day: &str) -> bool {
    day.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day))
}

/// Whether a day whose year comes last is one if the month is read first: `2/13/2025` and `02/13/25` show that others of
/// its column are so, too; `31/06/2025` shows nothing.
pub fn is_month_first(cell: &str) -> bool {
    let date = cell.trim().split(' ').next().unwrap_or("");
    let Some([month, day, year]) = parts(date) else { return false };
    let year = if year.len() == 2 { format!("20{year}") } else { year.to_owned() };
    Date::parse(&format!("{year}-{month:0>2}-{day:0>2}")).is_some()
}

/// Shares of payers between semicolons: their numbers may have a decimal comma, as others there have. What is not read
/// is left as it is, and refused as such.
fn shares(field: Field, cell: &str) -> Result<String, Fault> {
    let pieces = between_quotes(cell);
    let mut read = Vec::with_capacity(pieces.len());
    for (place, piece) in pieces.iter().enumerate() {
        // Every second piece stands in quotes; what a colon follows is the name of a payer.
        let quoted = place % 2 == 1;
        let name = pieces.get(place + 1).is_some_and(|next| next.trim_start().starts_with(':'));
        let share: Option<String> = (quoted && !name)
            .then(|| serde_json::from_str(&format!("\"{piece}\"")).ok())
            .flatten()
            .filter(|share: &String| !share.contains(['"', '\\']));
        read.push(match share {
            Some(share) => match share.trim().strip_suffix('%') {
                Some(digits) => format!("{} %", number(Field::Percent, digits.trim())?),
                None => number(field, share.trim())?,
            },
            None => (*piece).to_owned(),
        });
    }
    Ok(read.join("\""))
}

/// A text of JSON, cut at the quotes in which its own texts stand.
fn between_quotes(json: &str) -> Vec<&str> {
    let (mut pieces, mut start, mut escaped) = (Vec::new(), 0, false);
    for (at, byte) in json.bytes().enumerate() {
        match byte {
            b'"' if !escaped => {
                pieces.extend(json.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
        escaped = byte == b'\\' && !escaped;
    }
    pieces.extend(json.get(start..));
    pieces
}

/// A number of a field between semicolons. No percentage has thousands: three decimals are decimals there.
fn number(field: Field, cell: &str) -> Result<String, Fault> {
    match french_number(cell) {
        Err(CellFault::TwoNumbers) if field == Field::Percent => Ok(cell.replace(',', ".")),
        Err(CellFault::TwoNumbers) if has_no_third_decimal(field) => {
            Err(Fault::cell(field, cell, CellFault::Thousands))
        }
        read => read.map_err(|fault| Fault::cell(field, cell, fault)),
    }
}

/// Whether a field may have no decimals, or those of a currency.
fn has_no_third_decimal(field: Field) -> bool {
    matches!(field, Field::Minutes | Field::PlannedMonths | Field::Price | Field::Amount)
}

/// A number with a decimal comma, thousands set apart by blanks or not, as digits with a point; a cell that is
/// none is left as it is. `1,500` is 1.5 to one reader and 1500 to another, and so is `1.500`:
/// [`CellFault::TwoNumbers`].
pub fn french_number(cell: &str) -> Result<String, CellFault> {
    if without_currency(cell).is_some() {
        return Err(CellFault::WithCurrency);
    }
    if let Some((whole, part)) = cell.split_once('.')
        && is_digits(whole)
        && may_be_thousands(whole, part)
    {
        return Err(CellFault::TwoNumbers);
    }
    let (whole, part) = match cell.split_once(',') {
        Some((whole, part)) => (whole, Some(part)),
        None => (cell, None),
    };
    if part.is_some_and(|part| !is_digits(part)) {
        return Ok(cell.to_owned());
    }
    let Some((digits, grouped)) = ungrouped(whole) else { return Ok(cell.to_owned()) };
    match part {
        None => Ok(digits),
        Some(part) if !grouped && may_be_thousands(&digits, part) => Err(CellFault::TwoNumbers),
        Some(part) => Ok(format!("{digits}.{part}")),
    }
}

/// Whether what looks like decimals may be the last three digits of a whole number.
fn may_be_thousands(whole: &str, part: &str) -> bool {
    is_digits(part) && part.len() == 3 && whole.len() < 4 && whole != "0"
}

/// Two cells of a line, a number and one or two digits behind it, that stand there as one number with a decimal comma.
pub fn cut_number(number: &str, decimals: &str, line: &str) -> Option<String> {
    if !is_digits(number) || !is_digits(decimals) || decimals.len() > 2 {
        return None;
    }
    let both = format!("{number},{decimals}");
    line.contains(&format!(",{both}")).then_some(both)
}

/// The digits of a whole number, and whether blanks set its thousands apart.
fn ungrouped(whole: &str) -> Option<(String, bool)> {
    if is_digits(whole) {
        return Some((whole.to_owned(), false));
    }
    let groups: Vec<&str> = whole.split([' ', '\u{a0}', '\u{202f}']).collect();
    let (first, others) = groups.split_first()?;
    let sound = is_digits(first)
        && first.len() <= 3
        && !others.is_empty()
        && others.iter().all(|group| is_digits(group) && group.len() == 3);
    sound.then(|| (groups.concat(), true))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{day_first, is_month_first, number, shares};
    use crate::model::{CellFault, Fault, Field};

    #[test]
    fn shares_of_payers_may_have_a_decimal_comma() {
        for (cell, read) in [
            (r#"{"OPCO":"33,33 %","Ville":"1 234,50"}"#, r#"{"OPCO":"33.33 %","Ville":"1234.50"}"#),
            (r#"{"OPCO":"33,333 %"}"#, r#"{"OPCO":"33.333 %"}"#),
            (r#"{"12,5":"50%"}"#, r#"{"12,5":"50 %"}"#),
            (r#"{"OPCO" : "70 %"}"#, r#"{"OPCO" : "70 %"}"#),
            (r#"{"OPCO":70}"#, r#"{"OPCO":70}"#),
            (r#"{"O\"P":"33,33 %"}"#, r#"{"O\"P":"33.33 %"}"#),
            (r#"{"\u00c9tat":"33,33\u00a0%"}"#, r#"{"\u00c9tat":"33.33 %"}"#),
            (r#"{"A\\":"33,33 %"}"#, r#"{"A\\":"33.33 %"}"#),
            (r#"{"A":"33,3\"3 %"}"#, r#"{"A":"33,3\"3 %"}"#),
        ] {
            assert_eq!(shares(Field::Shares, cell), Ok(read.to_owned()), "{cell}");
        }
        let fault = Fault::cell(Field::Shares, "1,500", CellFault::TwoNumbers);
        assert_eq!(shares(Field::Shares, r#"{"OPCO":"1,500"}"#), Err(fault));
    }

    #[test]
    fn a_day_whose_year_comes_last_is_read_day_first() {
        for cell in ["03/02/2025", "03-02-2025", "03.02.2025", "03-02-2025 00:00"] {
            assert_eq!(day_first(cell, true), Ok(Some("2025-02-03".to_owned())), "{cell}");
            assert_eq!(day_first(cell, false), Err(CellFault::DayFirst), "{cell}");
        }
        for cell in ["2025-02-03", "2025-2-3", "2025.02.03", "3 février 2025", "", "1-2", "1.5"] {
            assert_eq!(day_first(cell, true), Ok(None), "{cell}");
        }
        for (cell, fault) in [
            ("03-02-25", CellFault::ShortYear),
            ("31.06.2025", CellFault::NoSuchDay),
            ("04/13/26", CellFault::NoSuchDay),
            ("31/06/26", CellFault::NoSuchDay),
            ("3-2-2025", CellFault::NotADay),
            ("03-02-2025 09:30", CellFault::Moment),
        ] {
            assert_eq!(day_first(cell, true), Err(fault), "{cell}");
        }
        for (cell, month_first) in
            [("02-13-2025", true), ("04/13/26", true), ("31-06-2025", false), ("31/06/26", false)]
        {
            assert_eq!(is_month_first(cell), month_first, "{cell}");
        }
    }

    #[test]
    fn a_french_number_is_read_where_it_can_be_read_in_one_way() {
        for (cell, digits) in [
            ("1,5", "1.5"),
            ("12,0", "12.0"),
            ("0,529", "0.529"),
            ("1 234,50", "1234.50"),
            ("1\u{202f}234,567", "1234.567"),
            ("1\u{a0}234\u{a0}567", "1234567"),
            ("1234,567", "1234.567"),
            ("24.50", "24.50"),
            ("1 23,5", "1 23,5"),
            ("1,234,5", "1,234,5"),
            ("-1,5", "-1,5"),
        ] {
            assert_eq!(number(Field::Hours, cell), Ok(digits.to_owned()), "{cell}");
        }
        assert_eq!(number(Field::Percent, "12,345"), Ok("12.345".to_owned()));
        for cell in ["720,00 €", "720 EUR", "€ 1 720,00", "12,50\u{a0}CHF"] {
            let fault = Fault::cell(Field::Amount, cell, CellFault::WithCurrency);
            assert_eq!(number(Field::Amount, cell), Err(fault), "{cell}");
        }
        for (field, cell) in [(Field::Amount, "1,234"), (Field::Minutes, "1.500")] {
            let fault = Fault::cell(field, cell, CellFault::Thousands);
            assert_eq!(number(field, cell), Err(fault), "{cell}");
        }
        for cell in ["1,500", "24,500", "999,000", "1.500", "5.000", "12.345"] {
            let fault = Fault::cell(Field::Hours, cell, CellFault::TwoNumbers);
            assert_eq!(number(Field::Hours, cell), Err(fault), "{cell}");
        }
    }
}
