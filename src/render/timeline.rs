//! Counts by period: a plot for people, rows for programs.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Ansi};
use serde::Serialize;

use super::table::write_row;
use super::text::{DATE, DIM, painted};
use super::{Format, Style, json};
use crate::model::{Period, Portion, Timeline, TimelineRow};

const BAR: Ansi = AnsiColor::Cyan.on_default();

/// What a column of the plot is filled with, from an eighth to all of it.
const BLOCKS: [&str; 8] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];

#[derive(Serialize)]
struct Shape<'a> {
    schema: &'static str,
    of: &'a str,
    by: &'a str,
    total: Part,
    imprecise: Part,
    undated: Part,
    rows: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Part {
    count: u64,
    of: u64,
    share: Option<f64>,
}

#[derive(Serialize)]
struct Row<'a> {
    schema: &'static str,
    period: &'a str,
    first: Option<String>,
    last: Option<String>,
    #[serde(flatten)]
    part: Part,
}

impl Part {
    fn of(portion: Portion) -> Self {
        Self {
            count: portion.count,
            of: portion.of,
            share: portion.share().map(rounded),
        }
    }
}

/// A share to six decimals.
fn rounded(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

/// What a row is called: as short as its days allow.
fn label(row: &TimelineRow, by: Period) -> String {
    let first = row.period.first();
    let day = first.to_string();
    let year = day.get(..day.len().saturating_sub("-01-01".len()));
    let year = year.unwrap_or_default();
    match by {
        Period::Quarter => format!("{year}-Q{}", (first.civil().month() + 2) / 3),
        Period::Decade => format!("{year}s"),
        _ => row.period.to_string(),
    }
}

/// The rows with what is in none of them, each by the name that programs are given.
fn rows(timeline: &Timeline) -> impl Iterator<Item = (String, Option<&TimelineRow>, Portion)> {
    let periods = timeline.rows.iter();
    let periods = periods.map(|row| (label(row, timeline.by), Some(row), row.portion));
    let rest = [
        ("imprecise", timeline.imprecise),
        ("undated", timeline.undated),
    ];
    let rest = rest.map(|(name, portion)| (name.to_owned(), None, portion));
    periods.chain(rest)
}

/// Writes a timeline in one of the formats that hold one; ids and paths do not.
pub fn write(
    timeline: &Timeline,
    format: Format,
    style: Style,
    bom: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Json => write_json(timeline, out),
        Format::Ndjson => rows(timeline).try_for_each(|(label, row, portion)| {
            json::write_row(&shape(&label, row, portion), out)
        }),
        Format::Csv | Format::Tsv => {
            if bom {
                out.write_all("\u{feff}".as_bytes())?;
            }
            write_table(timeline, format, out)
        }
        Format::Text | Format::Ids | Format::Paths => write_plot(timeline, style, out),
    }
}

fn shape<'a>(label: &'a str, row: Option<&TimelineRow>, portion: Portion) -> Row<'a> {
    Row {
        schema: "kronika.period/1",
        period: label,
        first: json::day(row.map(|row| row.period.first())),
        last: json::day(row.map(|row| row.period.last())),
        part: Part::of(portion),
    }
}

fn write_json(timeline: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    let labels: Vec<String> = timeline
        .rows
        .iter()
        .map(|row| label(row, timeline.by))
        .collect();
    let rows = labels.iter().zip(&timeline.rows);
    let shape = Shape {
        schema: "kronika.timeline/1",
        of: timeline.counted.name(),
        by: timeline.by.name(),
        total: Part::of(timeline.total),
        imprecise: Part::of(timeline.imprecise),
        undated: Part::of(timeline.undated),
        rows: rows
            .map(|(label, row)| shape(label, Some(row), row.portion))
            .collect(),
    };
    json::write_row(&shape, out)
}

fn write_table(timeline: &Timeline, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let head = ["period", "first", "last", "count", "of", "share"].map(str::to_owned);
    write_row(&head, format, out)?;
    rows(timeline).try_for_each(|(label, row, portion)| {
        let day = |day| json::day(day).unwrap_or_default();
        let cells = [
            label,
            day(row.map(|row| row.period.first())),
            day(row.map(|row| row.period.last())),
            portion.count.to_string(),
            portion.of.to_string(),
            portion
                .share()
                .map_or_else(String::new, |share| rounded(share).to_string()),
        ];
        write_row(&cells, format, out)
    })
}

fn percent(portion: Portion) -> String {
    let share = portion.share();
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", share * 100.0))
}

/// A bar of `count` eighths of columns for each of `longest`.
fn bar(count: u64, longest: u64, columns: usize) -> String {
    let eighths = u128::from(count) * columns as u128 * 8 / u128::from(longest.max(1));
    let eighths = usize::try_from(eighths)
        .unwrap_or(0)
        .max(usize::from(count > 0));
    let full = "█".repeat(eighths / 8);
    let part = (eighths % 8)
        .checked_sub(1)
        .and_then(|part| BLOCKS.get(part));
    full + part.copied().unwrap_or_default()
}

fn write_plot(timeline: &Timeline, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let labels: Vec<String> = timeline
        .rows
        .iter()
        .map(|row| label(row, timeline.by))
        .collect();
    let widest = labels.iter().map(String::len).max().unwrap_or(0);
    let longest = timeline
        .rows
        .iter()
        .map(|row| row.portion.count)
        .max()
        .unwrap_or(0);
    let digits = longest.to_string().len();
    // Label, count, share and the gaps between them take the rest.
    let columns = style.width.saturating_sub(widest + digits + 13).max(10);
    for (label, row) in labels.iter().zip(&timeline.rows) {
        let Portion { count, .. } = row.portion;
        let bar = bar(count, longest, columns);
        let gap = " ".repeat(widest - label.len());
        let label = painted(label, DATE, style);
        let share = painted(&format!("{:>7}", percent(row.portion)), DIM, style);
        let line = format!(
            "{label}{gap}  {count:>digits$}  {share}  {}",
            painted(&bar, BAR, style)
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    if !timeline.rows.is_empty() {
        writeln!(out)?;
    }
    let total = timeline.total;
    let name = timeline.counted.name();
    write!(
        out,
        "{} of {} {name} by {}",
        total.count,
        total.of,
        timeline.by.name()
    )?;
    for (name, portion) in [
        ("imprecise", timeline.imprecise),
        ("undated", timeline.undated),
    ] {
        if portion.count > 0 {
            write!(out, ", {} {name}", portion.count)?;
        }
    }
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(count: u64, longest: u64, columns: usize, expected: &str) {
        assert_eq!(bar(count, longest, columns), expected);
    }

    #[test]
    fn bars_are_in_proportion_and_never_vanish() {
        check(4, 4, 3, "███");
        check(2, 4, 3, "█▌");
        check(1, 8, 1, "▏");
        check(1, 1_000_000, 10, "▏");
        check(0, 4, 3, "");
        check(0, 0, 3, "");
        check(u64::MAX, u64::MAX, 2, "██");
    }
}
