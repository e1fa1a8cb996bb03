//! Number formats of cells: in, the code of one; out, what it makes of a number where that changes what is read.

/// Whether a number format shows a hundred times the number: a `%` in quotes, behind a backslash, or that only holds a place
/// or fills it, does not.
pub fn is_of_percent(format: &str) -> bool {
    let mut signs = format.chars();
    let mut quoted = false;
    while let Some(sign) = signs.next() {
        match sign {
            '"' => quoted = !quoted,
            '\\' | '_' | '*' if !quoted => {
                signs.next();
            }
            '%' if !quoted => return true,
            _ => {}
        }
    }
    false
}

/// Whether a number format of several sections shows a day or a time in one of them, `[=0]"";[h]:mm`: the reader of workbooks
/// tells by the first section alone (calamine 0.38).
pub fn is_of_time(format: &str) -> bool {
    let format = format.replace("General", "");
    let mut signs = format.chars();
    let (mut quoted, mut several, mut timed) = (false, false, false);
    while let Some(sign) = signs.next() {
        match sign {
            '"' => quoted = !quoted,
            _ if quoted => {}
            '\\' | '_' | '*' => {
                signs.next();
            }
            '[' => {
                let of: Vec<char> = signs.by_ref().take_while(|sign| *sign != ']').collect();
                timed |= !of.is_empty() && of.iter().all(|sign| "hmsHMS".contains(*sign));
            }
            ';' => several = true,
            _ => timed |= "dhmsyDHMSY".contains(sign),
        }
    }
    several && timed
}

/// The sections of a format, which a `;` parts that stands in no text.
fn sections(format: &str) -> Vec<&str> {
    let mut sections = Vec::new();
    let (mut begin, mut quoted) = (0, false);
    let mut signs = format.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => quoted = !quoted,
            '\\' | '_' | '*' if !quoted => {
                signs.next();
            }
            ';' if !quoted => {
                sections.push(format.get(begin..at).unwrap_or(""));
                begin = at + 1;
            }
            _ => {}
        }
    }
    sections.push(format.get(begin..).unwrap_or(""));
    sections
}

/// Whether a format shows some numbers otherwise than others.
pub fn has_sections(format: &str) -> bool {
    sections(format).len() > 1
}

/// The section that shows this number: by its condition, `[<1]0%`; else the first shows numbers above zero, the second
/// those below, the third zero.
pub fn section_of(format: &str, number: f64) -> &str {
    let mut sections = sections(format);
    // The fourth is of texts.
    sections.truncate(3);
    let last = sections.len() - 1;
    let holds = |(place, section): &(usize, &str)| match condition(section) {
        Some((sign, bound)) => match sign {
            "<=" => number <= bound,
            ">=" => number >= bound,
            "<>" => number != bound,
            "<" => number < bound,
            ">" => number > bound,
            _ => number == bound,
        },
        // Without a condition, the last shows what no other does.
        None if *place == last => true,
        None if *place == 0 && last == 1 => number >= 0.0,
        None if *place == 0 => number > 0.0,
        None => number < 0.0,
    };
    let found = sections.iter().copied().enumerate().find(holds);
    found.map_or("", |(_, section)| section)
}

/// The condition of a section, `[>=1000]`: its sign and its bound.
fn condition(section: &str) -> Option<(&str, f64)> {
    section.split('[').skip(1).find_map(|rest| {
        let inside = rest.split(']').next()?;
        let sign =
            ["<=", ">=", "<>", "<", ">", "="].into_iter().find(|sign| inside.starts_with(sign))?;
        Some((sign, inside.get(sign.len()..)?.trim().parse().ok()?))
    })
}

/// The currency that a format shows beside the number, as it shows it: `USD`, `$`, `€`.
pub fn currency_of(format: &str) -> Option<&str> {
    let bracketed = format.split("[$").skip(1).find_map(|rest| {
        let inside = rest.split(']').next()?;
        // The sign of another country may be that of several, and is left alone.
        inside.split('-').next().map(str::trim).filter(|sign| is_currency(sign))
    });
    let quoted =
        || format.split('"').skip(1).step_by(2).map(str::trim).find(|text| is_currency(text));
    let bare = || {
        ["€", "$", "£", "¥"]
            .into_iter()
            .find(|sign| format.contains(sign) && !format.contains("[$"))
    };
    bracketed.or_else(quoted).or_else(bare)
}

fn is_currency(text: &str) -> bool {
    let code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase());
    code && crate::money::Currency::find(text).is_some() || ["€", "$", "£", "¥"].contains(&text)
}

#[cfg(test)]
mod tests {
    use super::{currency_of, is_of_percent, is_of_time, section_of};

    #[test]
    fn a_time_in_any_section_is_one() {
        for format in
            ["[=0]\"\";[h]:mm", "0;hh:mm", "General;[h]\"h\"mm", "[<=0]\"\";[mm]", "0;0;d/m"]
        {
            assert!(is_of_time(format), "{format}");
        }
        for format in [
            "0;-0",
            "#,##0.00 [$€-40C];[Red]-#,##0.00 [$€-40C]",
            "0\" h\";0\" days\"",
            "_-* #,##0\\ _h;General",
            "0.00E+00;0",
            // These are read as they are.
            "[h]:mm",
        ] {
            assert!(!is_of_time(format), "{format}");
        }
    }

    #[test]
    fn a_percent_sign_scales_only_where_it_is_one() {
        for format in ["0%", "0.00%", "#,##0 %", "0.0%;[Red]-0.0%"] {
            assert!(is_of_percent(format), "{format}");
        }
        for format in ["0", "0.0\"%\"", "0\\%", "0_%", "*%0", "\"% \"0"] {
            assert!(!is_of_percent(format), "{format}");
        }
    }

    #[test]
    fn the_section_that_shows_a_number_is_told_by_it() {
        for (format, number, section) in [
            ("0%", 0.5, "0%"),
            ("0.0;-0%", 0.5, "0.0"),
            ("0.0;-0%", -0.5, "-0%"),
            ("0%;-0;0.0", 0.0, "0.0"),
            ("[<1]0%;0", 0.5, "[<1]0%"),
            ("[<1]0%;0", 1.0, "0"),
            ("[Red][>=100]0;[<0]-0;0%", 5.0, "0%"),
            ("0\";\"0%", 1.0, "0\";\"0%"),
            ("0;0;0;@\"%\"", 0.0, "0"),
        ] {
            assert_eq!(section_of(format, number), section, "{format} {number}");
        }
    }

    #[test]
    fn a_currency_is_what_a_format_shows_as_one() {
        for (format, shown) in [
            ("#,##0 \"USD\"", Some("USD")),
            ("[$$-409]#,##0.00", Some("$")),
            ("#,##0.00 [$€-40C]", Some("€")),
            ("#,##0.00 [$CHF]", Some("CHF")),
            ("#,##0\\ \"€\"", Some("€")),
            ("#,##0 €", Some("€")),
            ("0 \"h\"", None),
            ("0 \"MOT\"", None),
            ("[$-40C]0", None),
            ("General", None),
        ] {
            assert_eq!(currency_of(format), shown, "{format}");
        }
    }
}
