//! What an index says of itself.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::json;
use super::safe::harmless_line;
use super::text::write_rows;
use crate::model::{DateFlaw, FlawedDates, Status};

#[derive(Serialize)]
struct Shape<'a> {
    schema: &'static str,
    path: String,
    format: u32,
    analysis: &'a str,
    fingerprint: &'a str,
    articles: u64,
    meetings: u64,
    undated: u64,
    coarse: u64,
    doubtful: u64,
    doubts: BTreeMap<&'static str, u64>,
    examples: BTreeMap<&'static str, &'a [String]>,
    first_day: Option<String>,
    last_day: Option<String>,
    languages: &'a BTreeMap<String, u64>,
    bytes: u64,
}

fn flawed(status: &Status, flaw: DateFlaw) -> u64 {
    status.flaws.get(&flaw).map_or(0, |dates| dates.articles)
}

/// Writes a `kronika.status/1`.
pub fn write_json(status: &Status, out: &mut dyn Write) -> io::Result<()> {
    let doubts = status.doubts.iter();
    let flaws = status.flaws.iter();
    let shape = Shape {
        schema: "kronika.status/1",
        path: status.path.display().to_string(),
        format: status.format,
        analysis: &status.analysis,
        fingerprint: &status.fingerprint,
        articles: status.articles,
        meetings: status.meetings,
        undated: flawed(status, DateFlaw::Undated),
        coarse: flawed(status, DateFlaw::Coarse),
        doubtful: flawed(status, DateFlaw::Doubtful),
        doubts: doubts
            .map(|(doubt, count)| (doubt.name(), *count))
            .collect(),
        examples: flaws
            .map(|(flaw, dates)| (flaw.name(), dates.first_ids.as_slice()))
            .collect(),
        first_day: json::day(status.first_day),
        last_day: json::day(status.last_day),
        languages: &status.languages,
        bytes: status.bytes,
    };
    json::write_row(&shape, out)
}

/// Writes it for people.
pub fn write_text(status: &Status, out: &mut dyn Write) -> io::Result<()> {
    let languages: Vec<String> = status
        .languages
        .iter()
        .map(|(code, count)| format!("{code} {count}"))
        .collect();
    let days = match (status.first_day, status.last_day) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => "none".to_owned(),
    };
    let rows = [
        ("index", status.path.display().to_string()),
        ("articles", status.articles.to_string()),
        ("meetings", status.meetings.to_string()),
        ("undated", flawed(status, DateFlaw::Undated).to_string()),
        ("coarse", flawed(status, DateFlaw::Coarse).to_string()),
        ("doubtful", doubtful(status)),
        ("days", days),
        ("languages", languages.join(", ")),
        ("bytes", status.bytes.to_string()),
        ("format", status.format.to_string()),
        ("analysis", status.analysis.clone()),
        ("fingerprint", status.fingerprint.clone()),
    ];
    write_rows(&rows, out)?;
    for (flaw, dates) in &status.flaws {
        write_flawed(*flaw, dates, out)?;
    }
    Ok(())
}

/// How many dates are doubtful, and for what reasons.
fn doubtful(status: &Status) -> String {
    let count = flawed(status, DateFlaw::Doubtful);
    let doubts = status.doubts.iter();
    let reasons: Vec<String> = doubts
        .map(|(doubt, count)| format!("{} {count}", doubt.name()))
        .collect();
    match reasons.as_slice() {
        [] => count.to_string(),
        reasons => format!("{count} ({})", reasons.join(", ")),
    }
}

/// The first articles with a flaw, and what can be done.
fn write_flawed(flaw: DateFlaw, dates: &FlawedDates, out: &mut dyn Write) -> io::Result<()> {
    if dates.articles == 0 {
        return Ok(());
    }
    let (what, hint) = match flaw {
        DateFlaw::Undated => (
            "without a date",
            "give them one in a header `date: …`, or with `kronika index --date`",
        ),
        DateFlaw::Coarse => (
            "dated only to the month or less",
            "a range of days finds them where it overlaps; `--date-match within` leaves them out",
        ),
        DateFlaw::Doubtful => (
            "with a doubtful date: guessed from the path, in the future, or far from all others",
            "where it is wrong, a header `date: …` says it outright",
        ),
    };
    writeln!(out, "\n{what}:")?;
    for id in &dates.first_ids {
        writeln!(out, "    {}", harmless_line(id))?;
    }
    let shown = u64::try_from(dates.first_ids.len()).unwrap_or(u64::MAX);
    if dates.articles > shown {
        let more = dates.articles - shown;
        let name = flaw.name();
        writeln!(out, "    … and {more} more: kronika status --ids {name}")?;
    }
    writeln!(out, "  {hint}")
}
