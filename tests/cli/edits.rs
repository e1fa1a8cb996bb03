//! An edit that is shown has been tried: made in the text, the line that it is in is read.

use jalon::{Code, Diagnostic, Lang, Severity};

/// How many edits a line may ask for, one after another, until it is read.
const IN_A_ROW: usize = 4;

fn findings(text: &str, lang: Lang) -> Vec<Diagnostic> {
    match jalon::compile_bytes("edits.jalon", text.as_bytes(), Some(lang)) {
        Ok(compiled) => compiled.warnings.diagnostics,
        Err(report) => report.diagnostics,
    }
}

/// The text with the edit of a finding made, and the lines that it is then in.
fn made(text: &str, found: &Diagnostic) -> Option<(String, usize, usize)> {
    let edit = found.edit.as_ref()?;
    let (start, end) = (edit.span.start as usize, edit.span.end as usize);
    let edited = format!("{}{}{}", &text[..start], edit.text, &text[end..]);
    let to = start + edit.text.len();
    let first = edited[..start].rfind('\n').map_or(0, |line| line + 1);
    let last = edited[to..].find('\n').map_or(edited.len(), |line| to + line);
    Some((edited, first, last))
}

/// Whether the line is read with this edit, and those that are then asked for; what is wrong if not.
fn reads(
    text: &str,
    found: &Diagnostic,
    others: &[Diagnostic],
    lang: Lang,
    left: usize,
) -> Result<(), String> {
    let Some((edited, first, last)) = made(text, found) else {
        return Err(format!("{}: {:?}", found.message, found.help));
    };
    let now = findings(&edited, lang);
    let known = |error: &Diagnostic| {
        others.iter().any(|other| other != found && other.message == error.message)
    };
    // What another line makes wrong is no fault of the edit: two prices, a price without a total, shares of payers.
    let of_others = [Code::DuplicateItem, Code::UnknownTotal, Code::PayerShares];
    let known = |error: &Diagnostic| known(error) || of_others.contains(&error.code);
    let here = |error: &Diagnostic| (first..=last).contains(&(error.span.start as usize));
    let new = now
        .iter()
        .filter(|error| error.severity() == Severity::Error && here(error) && !known(error));
    for error in new {
        if left == 0 {
            return Err(format!("{edited}\n{}", error.message));
        }
        reads(&edited, error, &now, lang, left - 1).map_err(|why| format!("{edited}\n{why}"))?;
    }
    Ok(())
}

/// That each edit that is shown of a text works.
#[track_caller]
pub fn assert_edits_work(text: &str, lang: &str) -> usize {
    let lang = if lang == "fr" { Lang::Fr } else { Lang::En };
    let found = findings(text, lang);
    let shown = found.iter().filter(|finding| finding.edit.is_some());
    let mut count = 0;
    for finding in shown {
        count += 1;
        if let Err(why) = reads(text, finding, &found, lang, IN_A_ROW) {
            panic!("an edit after which its line is not read\n{text}\n{:?}\n{why}", finding.edit);
        }
    }
    count
}

/// A schedule in which a line stands.
fn with(line: &str, lang: &str) -> String {
    match lang {
        "fr" => format!(
            "échéancier \"S\"\n  tarif forfait 1500 EUR\n  action \"Séance\"\n  {line}\n  solde \"B\" : reste à la fin ou à l'abandon\n"
        ),
        _ => format!(
            "schedule \"S\"\n  price fixed 1500 EUR\n  action \"Session\"\n  {line}\n  balance \"B\": remainder on end or abandonment\n"
        ),
    }
}

/// What is quoted first of what a line is answered, and the line as its edit makes it.
fn answered(line: &str, lang: &str) -> (String, Option<String>) {
    let text = with(line, lang);
    assert_edits_work(&text, lang);
    let found = findings(&text, if lang == "fr" { Lang::Fr } else { Lang::En });
    let here = text.lines().position(|written| written.trim() == line).unwrap();
    let start: usize = text.lines().take(here).map(|line| line.len() + 1).sum();
    let first = found
        .iter()
        .find(|finding| (start..=start + line.len() + 2).contains(&(finding.span.start as usize)));
    let Some(first) = first else { return (String::new(), None) };
    let edited = made(&text, first).map(|(edited, from, to)| edited[from..to].trim().to_owned());
    (first.help.clone().unwrap_or_default(), edited)
}

#[test]
fn an_edit_makes_the_whole_line() {
    for (lang, line, right) in [
        (
            "en",
            "installment \"A\": 10 EUR at the end of 2025",
            "installment \"A\": 10 EUR on 2025-12-31",
        ),
        ("fr", "échéance \"A\" : 10 EUR à la fin de 2025", "échéance \"A\" : 10 EUR le 31/12/2025"),
        (
            "en",
            "installment \"A\": 10 EUR on month end of signature",
            "installment \"A\": 10 EUR on month end if signed",
        ),
        (
            "fr",
            "échéance \"A\" : 10 EUR à la fin du mois de la signature",
            "échéance \"A\" : 10 EUR en fin de mois si signé",
        ),
        (
            "en",
            "installment \"A\": 10 EUR on action \"Session\" done less than 3 times",
            "installment \"A\": 10 EUR on action \"Session\" if not action \"Session\" done at least 3 times",
        ),
        (
            "fr",
            "échéance \"A\" : 10 EUR à l'action \"Séance\" faite plus de 3 fois",
            "échéance \"A\" : 10 EUR à l'action \"Séance\" si action \"Séance\" faite au moins 4 fois",
        ),
        (
            "en",
            "installment \"A\": 10 EUR each action \"Session\" from the 3rd time",
            "installment \"A\": 10 EUR each action \"Session\" if action \"Session\" done at least 3 times",
        ),
        (
            "fr",
            "échéance \"A\" : 20 EUR chaque mois à compter du démarrage jusqu'au 31/12/2025",
            "échéance \"A\" : 20 EUR chaque mois à compter du démarrage si date avant le 01/01/2026",
        ),
        (
            "fr",
            "échéance \"A\" : 20 EUR à chaque fin de mois jusqu'au 31/12/2025",
            "échéance \"A\" : 20 EUR à chaque fin de mois si date avant le 01/01/2026",
        ),
        (
            "en",
            "installment \"A\": 20 EUR each month from start until 2025-12-31",
            "installment \"A\": 20 EUR each month from start if date before 2026-01-01",
        ),
        (
            "en",
            "installment \"P\": 50 EUR every time action \"Session\" is done",
            "installment \"P\": 50 EUR each action \"Session\"",
        ),
        (
            "fr",
            "échéance \"P\" : 50 EUR chaque fois que l'action \"Séance\" est faite",
            "échéance \"P\" : 50 EUR à chaque action \"Séance\"",
        ),
    ] {
        let (help, edited) = answered(line, lang);
        assert_eq!(edited.as_deref(), Some(right), "{line}\n{help}");
    }
}

#[test]
fn an_edit_that_leaves_its_line_unread_is_not_shown() {
    for (lang, line) in [
        ("en", "installment \"A\": 10 EUR on action \"Session\", minimum 2 hours"),
        ("fr", "échéance \"A\" : 100 EUR 6 fois à chaque fin de mois"),
        ("fr", "échéance \"A\" : 50 EUR chaque fois que le stagiaire est absent"),
        ("fr", "solde \"C\" : solde à réception de facture"),
        ("fr", "solde \"C\" : indemnité de 3 mensualités à l'abandon"),
        ("fr", "payeur \"OPCO\" : 1000 EUR maximum"),
        ("fr", "payeur \"OPCO\" : 70 % dans la limite de 1000 EUR par an"),
        ("en", "action \"Visit\" 30 EUR plus mileage at 0.45 per mile"),
        ("en", "balance \"C\": prorated by days used on abandonment"),
    ] {
        let (_, edited) = answered(line, lang);
        assert_eq!(edited, None, "{line}");
    }
}

#[test]
fn of_two_mistakes_in_one_line_the_first_is_mended_where_both_are() {
    let (_, edited) = answered("installment \"A\" 10 euros at signature", "en");
    assert_eq!(edited.as_deref(), Some("installment \"A\": 10 euros at signature"));
    // What nobody can read is told, and no edit makes it a line.
    let (help, edited) = answered("installment \"A\" 10 EUR at sixes and sevens", "en");
    assert_eq!((help.is_empty(), edited), (false, None));
}

#[test]
fn each_of_many_edits_is_tried() {
    let lines: String =
        (0..400).map(|n| format!("  installment \"L{n}\": 1 EUR at signature\n")).collect();
    let text = format!(
        "schedule \"S\"\n  price fixed 1500 EUR\n{lines}  installment \"Not\": 10 EUR on action \"A\", minimum 2 hours\n  balance \"B\": remainder on end\n"
    );
    let found = findings(&text, Lang::En);
    let errors = found.iter().filter(|found| found.severity() == Severity::Error);
    assert_eq!(errors.clone().count(), 401);
    assert_eq!(errors.filter(|found| found.edit.is_some()).count(), 400);
}
