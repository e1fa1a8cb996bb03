//! `jalon completions` and `jalon man`: made from the arguments themselves.

use super::output::{Exit, Failure, results};
use clap::{Args, Command};
use clap_complete::Shell;

/// What `jalon completions` takes.
#[derive(Args)]
pub struct CompletionsOptions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints a completion script.
pub fn completions(options: &CompletionsOptions, mut command: Command) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut command, "jalon", &mut script);
    results(|out| out.write_all(&script))?;
    Ok(Exit::Fine)
}

/// Prints the manual page: the program, then each of its commands.
pub fn man(mut command: Command) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for subcommand in command.get_subcommands().filter(|command| command.get_name() != "help") {
        let name = format!("jalon {}", subcommand.get_name());
        let man = clap_mangen::Man::new(subcommand.clone().name(name));
        let mut section = Vec::new();
        man.render_name_section(&mut section)?;
        man.render_synopsis_section(&mut section)?;
        man.render_description_section(&mut section)?;
        man.render_options_section(&mut section)?;
        page.extend(section);
    }
    results(|out| out.write_all(&page))?;
    Ok(Exit::Fine)
}
