//! What an index says of itself.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::json;
use super::text::write_rows;
use crate::model::Status;

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
    first_day: Option<String>,
    last_day: Option<String>,
    languages: &'a BTreeMap<String, u64>,
    bytes: u64,
}

/// Writes a `kronika.status/1`.
pub fn write_json(status: &Status, out: &mut dyn Write) -> io::Result<()> {
    let shape = Shape {
        schema: "kronika.status/1",
        path: status.path.display().to_string(),
        format: status.format,
        analysis: &status.analysis,
        fingerprint: &status.fingerprint,
        articles: status.articles,
        meetings: status.meetings,
        undated: status.undated,
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
        ("undated", status.undated.to_string()),
        ("days", days),
        ("languages", languages.join(", ")),
        ("bytes", status.bytes.to_string()),
        ("format", status.format.to_string()),
        ("analysis", status.analysis.clone()),
        ("fingerprint", status.fingerprint.clone()),
    ];
    write_rows(&rows, out)
}
