//! How many meetings each person, month or place has.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::render::safe::harmless_line;
use crate::render::table::write_row;
use crate::render::{Format, json};

/// One row: a person, month or place, or nothing where that is not known, and how many meetings.
pub type Row = (Option<String>, usize);

/// What all rows together are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountSummary {
    /// `person`, `month` or `place`.
    pub by: &'static str,
    /// How many meetings were counted.
    pub meetings: usize,
    /// How many rows there are, written or not.
    pub total: usize,
    /// How many of them were skipped.
    pub offset: usize,
}

#[derive(Serialize)]
struct Shape<'a> {
    schema: &'static str,
    by: &'a str,
    value: Option<&'a str>,
    meetings: usize,
}

#[derive(Serialize)]
struct All<'a> {
    schema: &'static str,
    by: &'a str,
    meetings: usize,
    total: usize,
    offset: usize,
    counts: Vec<Shape<'a>>,
}

fn shape<'a>((value, meetings): &'a Row, by: &'a str) -> Shape<'a> {
    Shape {
        schema: "kronika.count/1",
        by,
        value: value.as_deref(),
        meetings: *meetings,
    }
}

/// Writes a table of counts in one of the formats that hold one; ids and paths do not.
pub fn write(
    rows: &[Row],
    summary: CountSummary,
    format: Format,
    bom: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Json => {
            let all = All {
                schema: "kronika.counts/1",
                by: summary.by,
                meetings: summary.meetings,
                total: summary.total,
                offset: summary.offset,
                counts: rows.iter().map(|row| shape(row, summary.by)).collect(),
            };
            json::write_row(&all, out)
        }
        Format::Ndjson => rows
            .iter()
            .try_for_each(|row| json::write_row(&shape(row, summary.by), out)),
        Format::Csv | Format::Tsv => {
            if bom {
                out.write_all("\u{feff}".as_bytes())?;
            }
            write_row(&[summary.by.to_owned(), "meetings".to_owned()], format, out)?;
            rows.iter().try_for_each(|(value, meetings)| {
                let cells = [value.clone().unwrap_or_default(), meetings.to_string()];
                write_row(&cells, format, out)
            })
        }
        Format::Text | Format::Ids | Format::Paths => write_text(rows, summary, out),
    }
}

fn write_text(rows: &[Row], summary: CountSummary, out: &mut dyn Write) -> io::Result<()> {
    let unknown = format!("{} unknown", summary.by);
    let names: Vec<String> = rows
        .iter()
        .map(|(value, _)| harmless_line(value.as_ref().unwrap_or(&unknown)).into_owned())
        .collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0);
    for (name, (_, meetings)) in names.iter().zip(rows) {
        let gap = " ".repeat(widest - name.width() + 2);
        writeln!(out, "{name}{gap}{meetings:>6}")?;
    }
    let gap = if rows.is_empty() { "" } else { "\n" };
    let (total, offset) = (summary.total, summary.offset);
    let shown = super::text::shown(rows.len(), total, offset, summary.by);
    let meetings = super::text::shown(summary.meetings, summary.meetings, 0, "meeting");
    let more = super::text::more(rows.len(), total, offset);
    writeln!(out, "{gap}{shown} in {meetings}{more}")
}
