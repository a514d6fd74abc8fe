//! `kronika status`.

use super::{Context, Exit, output};
use crate::index::Searcher;
use crate::model::DateFlaw;
use crate::{Result, render};

/// Print counts, versions and the fingerprint of the index, and which dates are not sure.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kronika status
  kronika status --json | jq .articles
  kronika status --ids undated | xargs -n 1 kronika show

Which dates are listed:
  undated   there is none
  coarse    known only to the month, or less
  doubtful  guessed from the name of the file or its folders, after today, or decades away from
            nearly all others")]
pub(super) struct Arguments {
    /// As JSON.
    #[arg(long)]
    json: bool,
    /// Print only the ids of all articles with such a date, one a line.
    #[arg(long, value_name = "WHICH", conflicts_with = "json", value_parser = DateFlaw::ALL.map(DateFlaw::name))]
    ids: Option<String>,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit> {
    let searcher = Searcher::open(&context.index)?;
    let flaw = arguments.ids.as_deref().and_then(DateFlaw::from_name);
    let mut page = Vec::new();
    if let Some(flaw) = flaw {
        for id in searcher.flawed_dates(flaw, context.today)? {
            render::write_line(&id, &mut page).map_err(output::failed)?;
        }
        output::write(&page)?;
        return Ok(Exit::Done);
    }
    let status = searcher.status(context.today)?;
    if arguments.json {
        render::status::write_json(&status, &mut page)
    } else {
        render::status::write_text(&status, &mut page)
    }
    .map_err(output::failed)?;
    output::write(&page)?;
    Ok(Exit::Done)
}
