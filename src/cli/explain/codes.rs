//! Message codes and properties: the page of one, or the list of all.

use super::call::quoted;
use crate::cli::output::{Exit, Failure, plain, view};
use crate::diagnostic::{Code, did_you_mean};
use crate::lang::{Lang, say};
use crate::model::Property;

/// Prints the page of a code, or every code.
pub fn explain(name: Option<&str>, lang: Lang) -> Result<Exit, Failure> {
    let Some(name) = name else {
        view(&list(lang))?;
        return Ok(Exit::Fine);
    };
    if let Some(code) = Code::find(name.trim()) {
        let severity = code.severity().word(lang);
        view(&format!("{severity}[{}]\n\n{}", code.name(), page(code.page(), lang)))?;
        return Ok(Exit::Fine);
    }
    if let Some(property) = Property::find(name.trim()) {
        let level = property.level().word(lang);
        let called = lang.pick(property.name(), property.french());
        view(&format!("{level}[{called}]\n\n{}", page(property.page(), lang)))?;
        return Ok(Exit::Fine);
    }
    let known = Code::ALL.iter().map(|code| code.name());
    let known = known.chain(Property::ALL.iter().flat_map(|one| [one.name(), one.french()]));
    let near = did_you_mean(name, known);
    let name = plain(name);
    let case = quoted(&name);
    view(&list(lang))?;
    Err(Failure::new(match near {
        Some(near) => say!(
            lang,
            "there is no message code `{name}`; did you mean `{near}`?",
            "il n'y a pas de code de message `{name}` ; vouliez-vous dire `{near}` ?"
        ),
        None => say!(
            lang,
            "there is no message code `{name}`; a case is explained so:\n  jalon explain --case {case} --schedule PATH --events FILE",
            "il n'y a pas de code de message `{name}` ; un dossier s'explique ainsi :\n  jalon explain --case {case} --schedule CHEMIN --events FICHIER"
        ),
    }))
}

fn list(lang: Lang) -> String {
    let codes = Code::ALL.iter().map(|code| (code.name(), code.severity().word(lang)));
    let properties = Property::ALL.iter().map(|property| {
        (lang.pick(property.name(), property.french()), property.level().word(lang))
    });
    let all: Vec<(&str, &str)> = codes.chain(properties).collect();
    let width = all.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    all.iter().map(|(name, weight)| format!("{name:width$}  {weight}\n")).collect()
}

/// The section of a page in a language, as plain text; all that the page says if it has none.
fn page(markdown: &str, lang: Lang) -> String {
    let heading = lang.pick("## English", "## Français");
    let mut section: Vec<&str> = markdown
        .lines()
        .skip_while(|line| line.trim() != heading)
        .skip(1)
        .take_while(|line| !line.starts_with("## "))
        .collect();
    if section.is_empty() {
        section = markdown.lines().filter(|line| !line.starts_with("# ")).collect();
    }
    let mut text = String::new();
    let mut program = false;
    for line in section {
        if line.trim_start().starts_with("```") {
            program = !program;
        } else if program {
            text.push_str(format!("    {line}").trim_end());
            text.push('\n');
        } else {
            text.push_str(&prose(line));
            text.push('\n');
        }
    }
    match text.trim_matches('\n') {
        "" => String::new(),
        text => format!("{text}\n"),
    }
}

/// A line of prose without the marks of Markdown: headings, bold, links.
fn prose(line: &str) -> String {
    let line = line.trim_end();
    let heading = line.trim_start_matches('#');
    let line = if heading.len() < line.len() && heading.starts_with(' ') {
        heading.trim_start()
    } else {
        line
    };
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, words, after)) = link(rest) {
        text.push_str(before);
        text.push_str(words);
        rest = after;
    }
    text.push_str(rest);
    text.replace("**", "")
}

/// The first `[words](address)`: what stands before it, its words, what comes after.
fn link(line: &str) -> Option<(&str, &str, &str)> {
    let (words, rest) = line.split_once("](")?;
    let (before, words) = words.rsplit_once('[')?;
    let (_, after) = rest.split_once(')')?;
    Some((before, words, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# a-code\n\n## English\n\nThe **price** is missing: see [the guide](guide.md#p).\n\n\
        ### Remedy\n\n```jalon\nprice fixed 1500 EUR\n```\n\n## Français\n\nLe prix manque.\n";

    #[test]
    fn a_page_is_read_in_one_language() {
        assert_eq!(
            page(PAGE, Lang::En),
            "The price is missing: see the guide.\n\nRemedy\n\n    price fixed 1500 EUR\n"
        );
        assert_eq!(page(PAGE, Lang::Fr), "Le prix manque.\n");
    }

    #[test]
    fn a_page_without_sections_is_shown_as_it_is() {
        assert_eq!(page("# a-code\n", Lang::En), "");
        assert_eq!(page("# a-code\n\nText.\n", Lang::Fr), "Text.\n");
    }

    #[test]
    fn a_program_keeps_its_marks() {
        let page = page("## English\n```jalon\n# a **comment**\n```\n", Lang::En);
        assert_eq!(page, "    # a **comment**\n");
    }
}
