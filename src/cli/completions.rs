//! `kronika completions SHELL`.

use clap_complete::Shell;

use super::{Exit, output, shells};
use crate::Result;

/// Print the completions of a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Verbs, flags and their values are completed, and names out of the index: of --person, --org, --place
and --met, of `met`, `entities` and `alias merge`, and the ids of `show`. Any word of a name will do,
in any case and without diacritics: `kronika query --person luk<TAB>` offers Łukaszenka.

The index is the one of -i on the same line, else of KRONIKA_INDEX, else the folder `index`.

Examples:
  kronika completions bash > ~/.local/share/bash-completion/completions/kronika
  kronika completions zsh > ~/.zfunc/_kronika
  kronika completions fish > ~/.config/fish/completions/kronika.fish")]
pub(super) struct Arguments {
    /// The shell.
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments) -> Result<Exit> {
    let script = shells::script(arguments.shell).map_err(output::failed)?;
    output::write(&script)?;
    Ok(Exit::Done)
}
