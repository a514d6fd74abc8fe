//! What the dates of a phrase mean.

use std::io::{self, Write};

use serde::Serialize;

use super::safe::harmless_line;
use super::{Format, json};
use crate::model::ExplainedDate;

#[derive(Serialize)]
struct Shape<'a> {
    schema: &'static str,
    start: usize,
    end: usize,
    text: &'a str,
    lang: &'a str,
    #[serde(flatten)]
    date: json::Date<'a>,
    says: &'a str,
    tense: Option<&'a str>,
}

/// Writes one date: as a `kronika.date/1`, or as two lines for people.
pub fn write(date: &ExplainedDate, format: Format, out: &mut dyn Write) -> io::Result<()> {
    let mention = &date.mention;
    if matches!(format, Format::Json | Format::Ndjson) {
        let shape = Shape {
            schema: "kronika.date/1",
            start: mention.span.start(),
            end: mention.span.end(),
            text: &date.text,
            lang: &date.language,
            date: json::Date::new(mention.date, mention.rule),
            says: &date.says,
            tense: date.tense,
        };
        return json::write_row(&shape, out);
    }
    writeln!(
        out,
        "{}  {} ({})",
        harmless_line(&date.text),
        mention.date,
        mention.date.precision().name()
    )?;
    let tense = date
        .tense
        .map_or(String::new(), |tense| format!("  tense: {tense}"));
    writeln!(
        out,
        "    {}..{}  rule: {}  says: {}{tense}",
        mention.span.start(),
        mention.span.end(),
        mention.rule,
        harmless_line(&date.says)
    )
}
