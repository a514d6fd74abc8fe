//! `kronika completions SHELL`.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Exit, output};
use crate::Result;

/// Print the completions of a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kronika completions bash > ~/.local/share/bash-completion/completions/kronika
  kronika completions zsh > ~/.zfunc/_kronika
  kronika completions fish > ~/.config/fish/completions/kronika.fish")]
pub(super) struct Arguments {
    /// The shell.
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit> {
    let mut script = Vec::new();
    let mut command = super::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "kronika", &mut script);
    output::write(&script)?;
    Ok(Exit::Done)
}
