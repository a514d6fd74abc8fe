//! `kronika man`.

use clap::CommandFactory;

use super::{Exit, output};
use crate::Result;

/// Print the manual page.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kronika man > ~/.local/share/man/man1/kronika.1
  kronika man query | man -l -")]
pub(super) struct Arguments {
    /// The verb to describe; without it, the whole program.
    verb: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit> {
    let mut command = super::Arguments::command();
    command.build();
    if let Some(verb) = &arguments.verb {
        let Some(found) = command.find_subcommand(verb) else {
            return Err(output::usage(
                verb,
                "no such verb",
                "`kronika help` lists the verbs",
            ));
        };
        let name = format!("kronika-{}", found.get_name());
        command = found.clone().name(name);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(output::failed)?;
    output::write(&page)?;
    Ok(Exit::Done)
}
