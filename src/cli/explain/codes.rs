//! Message codes and properties: the page of one, or the list of all.

use super::call::quoted;
use crate::cli::output::{Exit, Failure, plain, view};
use crate::cli::tongue;
use crate::diagnostic::{Code, did_you_mean};
use crate::lang::{Lang, say};
use crate::model::{FollowProperty, Property};

/// Prints the page of a code, or every code. Without `--lang` the page is in the language of the
/// name that was given.
pub fn explain(name: Option<&str>, asked: Option<Lang>) -> Result<Exit, Failure> {
    let lang = tongue::of_answer(asked);
    let Some(name) = name else {
        view(&list(lang))?;
        return Ok(Exit::Fine);
    };
    if let Some(one) = named(name.trim()) {
        let lang = asked.unwrap_or(one.lang_of(name.trim()));
        let (called, weight) = (one.called(lang), one.weight(lang));
        view(&format!("{weight}[{called}]\n\n{}", page(one.page(), lang)))?;
        return Ok(Exit::Fine);
    }
    let known = all().flat_map(|one| [one.called(Lang::En), one.called(Lang::Fr)]);
    let near = did_you_mean(name, known);
    let spoken = near.and_then(|near| Some(named(near)?.lang_of(near)));
    let lang = asked.or(spoken).unwrap_or(lang);
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

/// What has a page.
#[derive(Clone, Copy)]
enum Explained {
    Code(Code),
    Property(Property),
    FollowProperty(FollowProperty),
}

impl Explained {
    fn called(self, lang: Lang) -> &'static str {
        match self {
            Explained::Code(code) => code.called(lang),
            Explained::Property(property) => property.called(lang),
            Explained::FollowProperty(property) => property.called(lang),
        }
    }

    fn weight(self, lang: Lang) -> &'static str {
        match self {
            Explained::Code(code) => code.severity().word(lang),
            Explained::Property(property) => property.level().word(lang),
            Explained::FollowProperty(property) => property.level().word(lang),
        }
    }

    fn page(self) -> &'static str {
        match self {
            Explained::Code(code) => code.page(),
            Explained::Property(property) => property.page(),
            Explained::FollowProperty(property) => property.page(),
        }
    }

    /// The language in which it goes by this name.
    fn lang_of(self, name: &str) -> Lang {
        if self.called(Lang::En) == name { Lang::En } else { Lang::Fr }
    }
}

fn all() -> impl Iterator<Item = Explained> {
    let codes = Code::ALL.iter().copied().map(Explained::Code);
    let properties = Property::ALL.iter().copied().map(Explained::Property);
    let of_follow_ups = FollowProperty::ALL.iter().copied().map(Explained::FollowProperty);
    codes.chain(properties).chain(of_follow_ups)
}

fn named(name: &str) -> Option<Explained> {
    let property = || Property::find(name).map(Explained::Property);
    let of_follow_ups = || FollowProperty::find(name).map(Explained::FollowProperty);
    Code::find(name).map(Explained::Code).or_else(property).or_else(of_follow_ups)
}

fn list(lang: Lang) -> String {
    let widest = |of: fn(Explained, Lang) -> &'static str| {
        all().map(|one| of(one, lang).chars().count()).max().unwrap_or(0)
    };
    let (names, weights) = (widest(Explained::called), widest(Explained::weight));
    let line = |one: Explained| {
        let (name, weight) = (one.called(lang), one.weight(lang));
        format!("{name:names$}  {weight:weights$}  {}\n", about(&page(one.page(), lang)))
    };
    let list: String = all().map(line).collect();
    list + &say!(
        lang,
        "\n`jalon explain NAME` shows the page of one of them.\n",
        "\n`jalon explain NOM` montre la page de l'un d'eux.\n"
    )
}

/// The first sentence of a page, up to a semicolon: what it is about, in one line.
fn about(page: &str) -> String {
    let paragraph = page.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let end = [". ", "; "].iter().filter_map(|mark| paragraph.find(mark)).min();
    let sentence = paragraph.get(..end.unwrap_or(paragraph.len())).unwrap_or_default();
    sentence.trim_end_matches(['.', ' ']).to_owned()
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
