//! `kronika status`.

use super::{Context, Exit, output};
use crate::index::Searcher;
use crate::{Result, render};

/// Print counts, versions and the fingerprint of the index.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kronika status
  kronika status --json | jq .articles")]
pub(super) struct Arguments {
    /// As JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit> {
    let status = Searcher::open(&context.index)?.status()?;
    let mut page = Vec::new();
    if arguments.json {
        render::status::write_json(&status, &mut page)
    } else {
        render::status::write_text(&status, &mut page)
    }
    .map_err(output::failed)?;
    output::write(&page)?;
    Ok(Exit::Done)
}
