//! `kronika show ID`.

use super::{Context, Exit, output};
use crate::Result;
use crate::annotate::{self, annotate};
use crate::index::Searcher;
use crate::render::{self, Format, Style};

/// Print one article with its names marked.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  kronika show 5f2a9c…
  kronika query --person Tusk --format ids | head -n 1 | xargs kronika show --json")]
pub(super) struct Arguments {
    /// The article's id, as `query` prints it.
    id: String,
    #[command(flatten)]
    format: output::FormatArguments,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit> {
    let searcher = Searcher::open(&context.index)?;
    let Some(article) = searcher.article(&arguments.id)? else {
        return Err(output::usage(
            &arguments.id,
            "no article has this id",
            "`kronika query … --format ids` prints ids",
        ));
    };
    let document = annotate(article, annotate::Options::default());
    let mut page = Vec::new();
    match arguments.format.format() {
        Format::Text => {
            let style = Style {
                colour: context.colour.on_stdout(),
                width: output::width(),
            };
            render::document::write_text(&document, style, &mut page)
        }
        Format::Json | Format::Ndjson => render::document::write_json(&document, &mut page),
        _ => {
            return Err(output::usage(
                "--format",
                "one article can be printed as text or JSON",
                "take --json",
            ));
        }
    }
    .map_err(output::failed)?;
    output::write(&page)?;
    Ok(Exit::Done)
}
