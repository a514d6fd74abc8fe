//! Meetings for people.

use std::io::{self, Write};

use crate::model::{MeetingHit, MeetingStatus, MergedMeeting, Snippet};
use crate::render::Style;
use crate::render::safe::harmless_line;
use crate::render::text::{DATE, DIM, INDENT, TITLE, marked, painted, write_wrapped};

/// The day, whether it came about, how, who and where; then each sentence that says so, and which
/// article it is from.
pub(super) fn write_meeting(
    meeting: &MergedMeeting,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let date = meeting
        .date
        .map_or_else(|| "day unknown".to_owned(), |date| date.to_string());
    let status = match meeting.status {
        MeetingStatus::Happened => String::new(),
        status => format!("{} ", status.name()),
    };
    let names: Vec<&str> = meeting
        .participants
        .iter()
        .map(|party| party.name.as_str())
        .collect();
    let names = harmless_line(&names.join(", ")).into_owned();
    let place = meeting.place.as_deref();
    let place = place.map_or_else(String::new, |place| format!(" · {}", harmless_line(place)));
    writeln!(
        out,
        "{}  {status}{}: {}{place}",
        painted(&date, DATE, style),
        meeting.kind.name(),
        painted(&names, TITLE, style),
    )?;
    for hit in &meeting.proofs {
        write_proof(hit, style, out)?;
    }
    Ok(())
}

fn write_proof(hit: &MeetingHit, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let sentence = Snippet {
        text: hit.evidence.text.clone(),
        marks: hit.evidence.marks.clone(),
        cut_before: false,
        cut_after: false,
    };
    write_wrapped(&marked(&sentence), style, out)?;
    let article = &hit.article;
    let date = article
        .date
        .map_or_else(|| "undated".to_owned(), |dated| dated.date.to_string());
    let title = harmless_line(&article.title);
    let title = if title.is_empty() {
        harmless_line(&article.origin.path)
    } else {
        title
    };
    let line = format!("{date}  {title} · {}", harmless_line(article.id.as_str()));
    writeln!(out, "{}{}", " ".repeat(INDENT), painted(&line, DIM, style))
}

/// How many were shown of how many.
pub(super) fn shown(written: usize, total: usize, offset: usize, noun: &str) -> String {
    let plural = if total == 1 { "" } else { "s" };
    match (written, total) {
        (_, 0) => format!("no {noun}s"),
        (0, total) => format!("none of {total} {noun}{plural} shown"),
        (written, total) if written == total => format!("{total} {noun}{plural}"),
        (written, total) => {
            let (first, last) = (offset + 1, offset + written);
            format!("{first} to {last} of {total} {noun}{plural}")
        }
    }
}

/// How to see those behind, if there are any.
pub(super) fn more(written: usize, total: usize, offset: usize) -> String {
    let left = total.saturating_sub(offset.saturating_add(written));
    if left == 0 {
        return String::new();
    }
    format!("; {left} more with -n {}", written + left)
}
