//! Meetings, written one by one and never all held.

pub mod counts;
mod json;
#[cfg(test)]
mod laws;
mod table;
mod text;

use std::collections::BTreeSet;
use std::io::{self, Write};

use serde::Serialize;

use super::{Format, Style, write_line};
use crate::model::{MeetingHit, MergedMeeting, Understood};

/// The index that was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// Its folder.
    pub path: String,
    /// Its format.
    pub format: u32,
    /// The dictionaries and models that made it.
    pub analysis: String,
    /// What it holds, in short.
    pub fingerprint: String,
}

/// What is true of all meetings of an answer together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingSummary {
    /// The index that was asked.
    pub index: Asked,
    /// Who the names of the question were taken for.
    pub names: Vec<Understood>,
    /// Whether the tellings of one meeting are joined.
    pub merged: bool,
    /// How many meetings there are.
    pub total: usize,
    /// How many of them were skipped.
    pub offset: usize,
}

/// Writes meetings in one format as they come.
pub struct MeetingWriter<'w> {
    format: Format,
    style: Style,
    summary: MeetingSummary,
    written: usize,
    /// Ids or paths that were written, each of which is written once.
    seen: BTreeSet<String>,
    out: &'w mut dyn Write,
}

impl std::fmt::Debug for MeetingWriter<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("MeetingWriter")
            .field("format", &self.format)
            .field("written", &self.written)
            .finish_non_exhaustive()
    }
}

impl<'w> MeetingWriter<'w> {
    /// Begins an answer. `bom` begins a table with a byte order mark.
    pub fn new(
        format: Format,
        style: Style,
        bom: bool,
        summary: MeetingSummary,
        out: &'w mut dyn Write,
    ) -> io::Result<Self> {
        match format {
            Format::Json => {
                out.write_all(b"{\"schema\":\"kronika.meetings/1\",\"index\":")?;
                super::json::write(&summary.index, out)?;
                let names: Vec<_> = summary
                    .names
                    .iter()
                    .map(super::json::NameJson::of)
                    .collect();
                out.write_all(b",\"names\":")?;
                super::json::write(&names, out)?;
                let (merged, total, offset) = (summary.merged, summary.total, summary.offset);
                write!(
                    out,
                    ",\"merged\":{merged},\"total\":{total},\"offset\":{offset},\"meetings\":["
                )?;
            }
            Format::Csv | Format::Tsv => {
                if bom {
                    out.write_all("\u{feff}".as_bytes())?;
                }
                table::write_head(format, out)?;
            }
            Format::Text | Format::Ndjson | Format::Ids | Format::Paths => {}
        }
        Ok(Self {
            format,
            style,
            summary,
            written: 0,
            seen: BTreeSet::new(),
            out,
        })
    }

    /// Writes one meeting.
    pub fn meeting(&mut self, meeting: &MergedMeeting) -> io::Result<()> {
        match self.format {
            Format::Text => {
                if self.written > 0 {
                    writeln!(self.out)?;
                }
                text::write_meeting(meeting, self.style, self.out)?;
            }
            Format::Json => {
                if self.written > 0 {
                    self.out.write_all(b",")?;
                }
                super::json::write(&json::Meeting::of(meeting), self.out)?;
            }
            Format::Ndjson => super::json::write_row(&json::Meeting::of(meeting), self.out)?,
            Format::Csv | Format::Tsv => table::write_meeting(meeting, self.format, self.out)?,
            Format::Ids => self.each_once(meeting, |hit| hit.article.id.as_str())?,
            Format::Paths => self.each_once(meeting, |hit| &hit.article.origin.path)?,
        }
        self.written += 1;
        Ok(())
    }

    fn each_once(
        &mut self,
        meeting: &MergedMeeting,
        what: impl Fn(&MeetingHit) -> &str,
    ) -> io::Result<()> {
        for text in meeting.proofs.iter().map(what) {
            if !self.seen.contains(text) {
                self.seen.insert(text.to_owned());
                write_line(text, self.out)?;
            }
        }
        Ok(())
    }

    /// Ends the answer.
    pub fn finish(self) -> io::Result<()> {
        match self.format {
            Format::Json => self.out.write_all(b"]}\n"),
            Format::Text => {
                let (total, offset) = (self.summary.total, self.summary.offset);
                let gap = if self.written > 0 { "\n" } else { "" };
                let shown = text::shown(self.written, total, offset, "meeting");
                let more = text::more(self.written, total, offset);
                writeln!(self.out, "{gap}{shown}{more}")
            }
            _ => Ok(()),
        }
    }
}
