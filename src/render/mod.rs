//! Bytes for eyes and for programs. The only folder that writes either.
//!
//! Every function takes a writer; none opens a file or prints by itself.

pub mod account;
pub mod aliases;
pub mod analysis;
pub mod dates;
pub mod document;
pub mod entities;
pub mod fault;
pub mod graph;
pub mod hits;
pub mod json;
pub mod kwic;
#[cfg(test)]
mod laws;
pub mod list;
pub mod meetings;
pub mod safe;
pub mod status;
mod table;
mod text;
pub mod timeline;
pub mod verify;

use std::io::{self, Write};

pub use hits::{Fields, HitWriter, Summary};
pub use meetings::{Asked, MeetingSummary, MeetingWriter};

/// How answers are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// One JSON object a line.
    Ndjson,
    /// RFC 4180, with a header row.
    Csv,
    /// The same with tabs.
    Tsv,
    /// Ids, one a line.
    Ids,
    /// Paths, one a line.
    Paths,
}

/// What a terminal can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether colours may be used.
    pub colour: bool,
    /// How many columns there are.
    pub width: usize,
}

/// Writes one id or path on a line of its own; line ends and other controls in it are escaped.
pub fn write_line(text: &str, out: &mut dyn Write) -> io::Result<()> {
    if text.contains(char::is_control) {
        writeln!(out, "{}", text.escape_debug())
    } else {
        writeln!(out, "{text}")
    }
}
