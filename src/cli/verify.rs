//! `kronika verify [PATH…]`.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::index::{REDRAW, ReadingArguments};
use super::{Context, Exit, output};
use crate::index::Watcher;
use crate::source::Files;
use crate::{Result, render, verify};

/// Check that the index is whole, and that it has what the files say.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Counts and hashes everything that the index holds, and compares it with the fingerprint that the
last commit kept. With PATHs it also reads the files anew, as `kronika index` would: give it the
same PATHs and flags.

Ends with 0 when all is well, 3 when the index is damaged, and 1 when it is whole but the files
say something else. Changes nothing.

Examples:
  kronika verify
  kronika verify corpus                 also whether it has what corpus/ says
  kronika verify --json | jq .faults")]
pub(super) struct Arguments {
    /// Files and folders that the index was made from; `-` is standard input.
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    #[command(flatten)]
    reading: ReadingArguments,
    /// As JSON.
    #[arg(long)]
    json: bool,
    /// Show no progress.
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn run(arguments: &Arguments, context: &Context) -> Result<Exit> {
    let options = arguments.reading.options()?;
    let files = match arguments.paths.as_slice() {
        [] => None,
        paths => Some(Files::walk(paths)?),
    };
    let files = files.as_ref().map(|files| (files, &options));
    let mut progress = Progress::new(arguments.quiet);
    let found = verify::run(&context.index, files, &mut progress);
    progress.bar.finish_and_clear();
    let found = found?;
    let mut page = Vec::new();
    if arguments.json {
        render::verify::write_json(&found, &mut page)
    } else {
        render::verify::write_text(&found, &mut page)
    }
    .map_err(output::failed)?;
    output::write(&page)?;
    if files.is_some() && found.compared.is_none() {
        output::note("the files were not compared: the index is damaged");
    }
    Ok(if found.is_damaged() {
        Exit::NoIndex
    } else if found.faults.is_empty() {
        Exit::Done
    } else {
        Exit::NoHits
    })
}

/// Shows which part is under way, and how far.
struct Progress {
    bar: ProgressBar,
}

impl Progress {
    fn new(quiet: bool) -> Self {
        let bar = if quiet || !io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            let target = ProgressDrawTarget::stderr_with_hz(REDRAW);
            let bar = ProgressBar::with_draw_target(Some(0), target);
            let style = ProgressStyle::with_template("{bar:30} {percent}% of {msg} {eta} left");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        };
        Self { bar }
    }
}

impl Watcher for Progress {
    fn begin(&mut self, part: &'static str, total: u64) {
        self.bar.reset();
        self.bar.set_length(total);
        self.bar.set_message(part);
    }

    fn at(&mut self, done: u64) {
        self.bar.set_position(done);
    }
}
