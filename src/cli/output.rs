//! Where bytes go: data to standard output, everything else to standard error.

use std::io::{self, BufWriter, IsTerminal, Write};

use crate::model::Span;
use crate::render::Format;
use crate::render::safe::harmless;
use crate::{Error, Mistake, Result};

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Even into a file.
    Always,
    /// Not at all.
    Never,
}

impl Colour {
    /// Whether standard output is to be coloured.
    pub(super) fn on_stdout(self) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
                    && io::stdout().is_terminal()
            }
        }
    }
}

/// Columns of the terminal; 100 where there is none.
pub(super) fn width() -> usize {
    let columns = std::env::var("COLUMNS").ok();
    let columns = columns.and_then(|columns| columns.parse().ok());
    columns
        .or_else(|| terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)))
        .unwrap_or(100)
        .clamp(40, 200)
}

/// Standard output, buffered.
pub(super) fn stdout() -> BufWriter<io::StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Writes all of `bytes` to standard output.
pub(super) fn write(bytes: &[u8]) -> Result<()> {
    let mut out = stdout();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(failed)
}

/// Writing to standard output failed.
pub(super) fn failed(source: io::Error) -> Error {
    Error::Io {
        path: "standard output".into(),
        source,
    }
}

/// A word of the command line that cannot be understood.
pub(super) fn usage(text: &str, message: &str, hint: &str) -> Error {
    Mistake {
        text: text.to_owned(),
        span: Span::new(0, text.len()),
        message: message.to_owned(),
        hint: Some(hint.to_owned()),
    }
    .into()
}

/// Says something that is not data on standard error, without escape codes of files or queries.
pub(super) fn note(text: &str) {
    // Nobody is left to tell when standard error is gone.
    let _ = writeln!(io::stderr(), "kronika: {}", harmless(text));
}

/// How to print: `--format`, or one of its short forms.
#[derive(Debug, Clone, clap::Args)]
pub(super) struct FormatArguments {
    /// How to print.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Short for `--format json`.
    #[arg(long, group = "short_format")]
    json: bool,
    /// Short for `--format ndjson`: one JSON object a line.
    #[arg(long, group = "short_format")]
    nl: bool,
    /// Short for `--format csv`.
    #[arg(long, group = "short_format")]
    csv: bool,
    /// Short for `--format tsv`.
    #[arg(long, group = "short_format")]
    tsv: bool,
}

impl FormatArguments {
    /// The format asked for.
    pub(super) fn format(&self) -> Format {
        match (self.json, self.nl, self.csv, self.tsv) {
            (true, ..) => Format::Json,
            (_, true, ..) => Format::Ndjson,
            (_, _, true, _) => Format::Csv,
            (.., true) => Format::Tsv,
            _ => self.format,
        }
    }
}
