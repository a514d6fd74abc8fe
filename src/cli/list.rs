//! What verbs that print a list of rows have in common.

use std::io::Write;

use super::{Context, Exit, output};
use crate::Result;
use crate::model::Understood;
use crate::render::list::{Listed, Page, write};
use crate::render::{Format, Style};

/// How many rows people are shown when they do not say.
const SHOWN: usize = 20;

/// Which rows of a list are wanted, and how they are printed.
#[derive(Debug, clap::Args)]
pub(super) struct ListArguments {
    /// At most so many; without it 20 for people, all for programs.
    #[arg(short = 'n', long, value_name = "N")]
    limit: Option<usize>,
    /// Skip so many first.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(super) offset: usize,
    /// Exit with 1 when nothing is found.
    #[arg(short = 'e', long)]
    exit_status: bool,
    #[command(flatten)]
    format: output::FormatArguments,
    /// Begin CSV with a byte order mark, for Excel.
    #[arg(long)]
    bom: bool,
}

impl ListArguments {
    /// The format asked for; ids and paths are none of a list.
    pub(super) fn format(&self) -> Result<Format> {
        match self.format.format() {
            Format::Ids | Format::Paths => Err(output::usage(
                "--format",
                "a list can be printed as text, json, ndjson, csv or tsv",
                "take --csv; `kronika query … --format ids` prints ids",
            )),
            format => Ok(format),
        }
    }

    /// How many rows are written at most.
    pub(super) fn limit(&self) -> Option<usize> {
        let shown = (self.format.format() == Format::Text).then_some(SHOWN);
        self.limit.or(shown)
    }

    /// The rows of a list that are to be written.
    pub(super) fn shown<T>(&self, rows: Vec<T>) -> Vec<T> {
        let limit = self.limit().unwrap_or(usize::MAX);
        rows.into_iter().skip(self.offset).take(limit).collect()
    }

    /// Writes the rows; `total` is how many there are, where they were all counted.
    pub(super) fn print<R: Listed>(
        &self,
        rows: &[R],
        total: Option<usize>,
        names: &[Understood],
        style: Style,
    ) -> Result<Exit> {
        let page = Page {
            rows,
            total,
            offset: self.offset,
            names,
        };
        let mut out = output::stdout();
        write(&page, self.format()?, style, self.bom, &mut out)
            .and_then(|()| out.flush())
            .map_err(output::failed)?;
        Ok(if self.exit_status && rows.is_empty() {
            Exit::NoHits
        } else {
            Exit::Done
        })
    }
}

/// What the terminal can do.
pub(super) fn style(context: &Context) -> Style {
    Style {
        colour: context.colour.on_stdout(),
        width: output::width(),
    }
}
