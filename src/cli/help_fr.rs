//! The help in French: the program's own command goes in, and comes out with every text replaced by its
//! French one, and with words of ours for those of the argument parser. What is parsed stays the same.
//!
//! The texts are in `help.fr.toml`, each beside the English one that it stands for: where the English
//! changes, a test asks for the French.

use clap::builder::{PossibleValue, PossibleValuesParser, Styles};
use clap::{Arg, Command};
use std::collections::{BTreeSet, HashMap};

const TABLE: &str = include_str!("help.fr.toml");

/// French texts and names of values by the English ones.
struct Table {
    texts: HashMap<String, String>,
    values: HashMap<String, String>,
    /// What has been looked up.
    asked: BTreeSet<String>,
}

/// The command as its help is read in French.
pub fn in_french(mut command: Command) -> Command {
    let Some(mut table) = Table::read(TABLE) else { return command };
    command.build();
    table.command(command)
}

impl Table {
    fn read(text: &str) -> Option<Table> {
        let table: toml::Table = text.parse().ok()?;
        let owned = |value: &toml::Value| value.as_str().map(str::to_owned);
        let pair = |entry: &toml::Value| Some((owned(entry.get("en")?)?, owned(entry.get("fr")?)?));
        let texts = table.get("text")?.as_array()?.iter().map(pair).collect::<Option<_>>()?;
        let values = table.get("values")?.as_table()?.iter();
        let values = values
            .map(|(name, french)| Some((name.clone(), owned(french)?)))
            .collect::<Option<_>>()?;
        Some(Table { texts, values, asked: BTreeSet::new() })
    }

    /// A text line by line. What is set in is a call, and stays; a line's full stop is not part of it.
    fn text(&mut self, english: impl ToString) -> String {
        let english = english.to_string();
        let lines: Vec<String> = english.split('\n').map(|line| self.line(line)).collect();
        lines.join("\n")
    }

    fn line(&mut self, line: &str) -> String {
        if line.is_empty() || line.starts_with(' ') {
            return line.to_owned();
        }
        let (text, stop) = line.strip_suffix('.').map_or((line, ""), |text| (text, "."));
        self.asked.insert(text.to_owned());
        let french = self.texts.get(text).map_or(text, String::as_str);
        tied(&format!("{french}{stop}"))
    }

    fn value(&mut self, english: &str) -> String {
        self.asked.insert(english.to_owned());
        self.values.get(english).map_or(english, String::as_str).to_owned()
    }

    fn command(&mut self, mut command: Command) -> Command {
        let styles = command.get_styles().clone();
        let usage = styles.get_usage();
        if let Some(text) = command.get_about().map(|text| self.text(text)) {
            command = command.about(text);
        }
        if let Some(text) = command.get_long_about().map(|text| self.text(text)) {
            command = command.long_about(text);
        }
        if let Some(text) = command.get_after_help().map(|text| self.text(text)) {
            command = command.after_help(text);
        }
        if let Some(text) = command.get_after_long_help().map(|text| self.text(text)) {
            command = command.after_long_help(text);
        }
        command
            .help_template(format!(
                "{{about-with-newline}}\n{usage}Utilisation :{usage:#} {{usage}}\n\n{{all-args}}{{after-help}}"
            ))
            .subcommand_help_heading("Commandes ")
            .subcommand_value_name("COMMANDE")
            .mut_args(|arg| self.arg(arg, &styles))
            .mut_subcommands(|command| self.command(command))
    }

    fn arg(&mut self, arg: Arg, styles: &Styles) -> Arg {
        let arg = with_french_values(arg);
        let heading = match arg.get_help_heading() {
            Some(heading) => self.text(heading),
            None if arg.is_positional() => "Arguments".to_owned(),
            None => "Options".to_owned(),
        };
        let help = arg.get_help().map(|text| self.text(text)).unwrap_or_default();
        let long = arg.get_long_help().map(|text| self.text(text));
        let mut facts = Vec::new();
        let takes_values = arg.get_action().takes_values();
        let defaults: Vec<_> =
            arg.get_default_values().iter().map(|one| one.to_string_lossy()).collect();
        if takes_values && !defaults.is_empty() {
            let defaults: Vec<String> = defaults
                .iter()
                .map(|one| french_value(&arg, one).unwrap_or_else(|| one.to_string()))
                .collect();
            facts.push(format!("[par défaut : {}]", defaults.join(" ")));
        }
        let mut short = facts.clone();
        let values = arg.get_possible_values();
        let mut long = long.unwrap_or_else(|| help.clone());
        if !values.is_empty() {
            let names: Vec<&str> = values.iter().map(PossibleValue::get_name).collect();
            let names = format!("[valeurs possibles : {}]", names.join(", "));
            short.push(names.clone());
            match self.described(&values, styles) {
                Some(list) => long.push_str(&format!("\n\n{list}")),
                None => facts.push(names),
            }
        }
        if !facts.is_empty() {
            long.push_str(&format!("\n\n{}", facts.join("\n")));
        }
        short.insert(0, help);
        let names: Option<Vec<String>> = arg
            .get_value_names()
            .filter(|_| takes_values)
            .map(|names| names.iter().map(|name| self.value(name)).collect());
        let arg = match names {
            Some(names) => arg.value_names(names),
            None => arg,
        };
        // Under a heading that is given, what has no option would stand in the order of its names.
        let arg = match arg.get_index() {
            Some(index) => arg.display_order(index),
            None => arg,
        };
        // The space before a colon is the heading's.
        arg.help_heading(format!("{heading} "))
            .help(tied(&short.join(" ")))
            .long_help(long)
            .hide_default_value(true)
            .hide_possible_values(true)
    }

    /// Possible values with what each of them is; none where nothing is said of them.
    fn described(&mut self, values: &[PossibleValue], styles: &Styles) -> Option<String> {
        let literal = styles.get_literal();
        let width = values.iter().map(|value| value.get_name().chars().count()).max()?;
        let mut list = "Valeurs possibles :".to_owned();
        for value in values {
            let (name, says) = (value.get_name(), self.text(value.get_help()?));
            let space = " ".repeat(width.saturating_sub(name.chars().count()));
            list.push_str(&format!("\n- {literal}{name}{literal:#}{space} : {says}"));
        }
        Some(list)
    }
}

/// An option whose values have French names, which are accepted in either language, with these names first.
fn with_french_values(arg: Arg) -> Arg {
    let values = arg.get_possible_values();
    if !values.iter().any(|value| value.get_name_and_aliases().nth(1).is_some()) {
        return arg;
    }
    let french = values.into_iter().map(|value| {
        let names: Vec<String> = value.get_name_and_aliases().map(str::to_owned).collect();
        let [english, french, others @ ..] = names.as_slice() else { return value };
        let others = others.iter().chain([english]).cloned().collect::<Vec<String>>();
        let named = PossibleValue::new(french.clone()).aliases(others);
        match value.get_help() {
            Some(help) => named.help(help.clone()),
            None => named,
        }
    });
    arg.value_parser(PossibleValuesParser::new(french.collect::<Vec<PossibleValue>>()))
}

/// What a value of an option is called in French.
fn french_value(arg: &Arg, name: &str) -> Option<String> {
    let values = arg.get_possible_values();
    let value = values.iter().find(|value| value.matches(name, false))?;
    Some(value.get_name().to_owned())
}

/// A text in which no line begins with a mark that stands apart from its word.
fn tied(text: &str) -> String {
    text.replace(" :", "\u{a0}:").replace(" ;", "\u{a0};")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Arguments;
    use clap::CommandFactory;

    fn table() -> Table {
        Table::read(TABLE).unwrap_or_else(|| Table {
            texts: HashMap::new(),
            values: HashMap::new(),
            asked: BTreeSet::new(),
        })
    }

    /// Names of values that are the same in both languages.
    const ALIKE: &[&str] = &["CODE", "DATE", "FORMAT", "N", "SHELL"];

    #[test]
    fn every_text_has_its_french_and_every_french_text_its_use() {
        let mut table = table();
        let mut command = Arguments::command();
        command.build();
        table.command(command);
        let asked = std::mem::take(&mut table.asked);
        let known: BTreeSet<String> =
            table.texts.keys().chain(table.values.keys()).cloned().collect();
        let unknown: Vec<&String> =
            asked.difference(&known).filter(|text| !ALIKE.contains(&text.as_str())).collect();
        assert!(unknown.is_empty(), "no French for {unknown:#?}");
        let unused: Vec<&String> = known.difference(&asked).collect();
        assert!(unused.is_empty(), "nothing says {unused:#?}");
        assert!(asked.len() > 80, "{}", asked.len());
        for (english, french) in table.texts.iter().chain(&table.values) {
            assert_ne!(english, french);
            assert!(!french.trim().is_empty() && french.trim() == french, "{english}");
        }
    }

    #[test]
    fn every_text_stands_in_the_table_once() {
        let table: toml::Table = TABLE.parse().unwrap_or_default();
        let entries = table.get("text").and_then(toml::Value::as_array).map_or(0, Vec::len);
        assert_eq!(entries, self::table().texts.len());
    }

    /// No word of the parser's own is left, every option is there, and the headings stand as in English.
    #[test]
    fn the_help_of_every_command_is_french() {
        let mut english = Arguments::command();
        english.build();
        let mut french = in_french(Arguments::command());
        let names: Vec<String> =
            english.get_subcommands().map(|command| command.get_name().to_owned()).collect();
        let find = |command: &mut Command, name: &str| match command.find_subcommand_mut(name) {
            Some(command) => [command.render_help(), command.render_long_help()],
            None => [command.render_help(), command.render_long_help()],
        };
        let mut seen = 0;
        for name in names.iter().map(String::as_str).chain([""]) {
            let english = find(&mut english, name).map(|help| help.to_string());
            let french = find(&mut french, name).map(|help| help.to_string());
            for (english, french) in english.iter().zip(&french) {
                for word in [
                    "Usage:",
                    "Options:",
                    "Commands:",
                    "Arguments:",
                    "[default",
                    "[possible",
                    "Possible values",
                    "Print ",
                    "COMMAND]",
                    "<COMMAND>",
                ] {
                    assert!(!french.contains(word), "{word} in {french}");
                    seen += usize::from(english.contains(word));
                }
                assert_eq!(skeleton(english), skeleton(french), "{english}{french}");
            }
        }
        assert!(seen > 100, "{seen}");
        let compare = in_french(Arguments::command())
            .find_subcommand_mut("compare")
            .map(|command| skeleton(&command.render_help().to_string()));
        let first = ["Arguments", "ANCIEN", "NOUVEAU", "Options", "--format"].map(str::to_owned);
        assert!(compare.is_some_and(|found| found.starts_with(&first)));
    }

    /// The headings of a help and all that stands below them, in order, with the names that they have in
    /// French.
    fn skeleton(help: &str) -> Vec<String> {
        let values = table().values;
        let headings = [("Commands", "Commandes"), ("Real cases", "Dossiers réels")];
        let mut found = Vec::new();
        for line in help.lines() {
            let heading = line.strip_suffix(':').map(str::trim).filter(|_| !line.starts_with(' '));
            if let Some(heading) = heading.filter(|heading| !heading.starts_with("Ex")) {
                let french = headings.iter().find(|(english, _)| *english == heading);
                found.push(french.map_or(heading, |(_, french)| french).to_owned());
            }
            // What is set in further belongs to the line before it.
            if !line.starts_with("  ") || line.starts_with("       ") {
                continue;
            }
            let first = line.split_whitespace().next().unwrap_or_default();
            if first.starts_with('-') {
                found.push(first.to_owned());
            } else if first.starts_with(['<', '[']) {
                let name = first.trim_matches(['<', '>', '[', ']', '.']);
                found.push(values.get(name).map_or(name, String::as_str).to_owned());
            }
        }
        found
    }
}
