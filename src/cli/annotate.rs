//! `kronika annotate PATH…`.

use std::io::Write;
use std::ops::ControlFlow;

use super::{Context, Exit, output};
use crate::annotate::{self, annotate};
use crate::source::{self, Item};
use crate::{Result, render};

/// Print what is found in articles as JSON, one a line, keeping nothing.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
One object a line, in the order of the articles, whatever the number of threads.
What cannot be read is told on standard error, and the exit code is then 4.

Examples:
  kronika annotate corpus > documents.ndjson
  zcat dump.ndjson.gz | kronika annotate - | jq -r '.entities[].name'
  parallel --pipepart -a dump.ndjson kronika annotate - > documents.ndjson")]
pub(super) struct Arguments {
    #[command(flatten)]
    source: super::index::SourceArguments,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit> {
    let (files, options) = arguments.source.files(context)?;
    let mut out = output::stdout();
    let mut outcome = Ok(());
    let mut rejected = 0;
    source::read(&files, &options, &mut |item, _| {
        match item {
            Item::Article(article) => {
                let document = annotate(*article, annotate::Options::default());
                outcome = render::document::write_json(&document, &mut out).map_err(output::failed);
            }
            Item::Rejected(reject) => {
                rejected += 1;
                output::note(&format!("rejected: {reject}"));
            }
            Item::Note(note) => output::note(&note),
        }
        if outcome.is_ok() {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    outcome?;
    out.flush().map_err(output::failed)?;
    Ok(if rejected > 0 {
        Exit::SomeRejected
    } else {
        Exit::Done
    })
}
