//! One article with what was found in it: as JSON, and for people.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style as Ansi};
use serde::Serialize;

use super::safe::{harmless, harmless_line};
use super::text::{painted, write_rows};
use super::{Style, json};
use crate::model::{Document, EntityKind, Field, Meeting, PartialDate, Participant, Span};

#[derive(Serialize)]
struct Shape<'a> {
    schema: &'static str,
    id: &'a str,
    source: &'a str,
    path: &'a str,
    record: u64,
    lang: &'a str,
    url: Option<&'a str>,
    author: Option<&'a str>,
    title: &'a str,
    text: &'a str,
    date: Option<json::Date<'a>>,
    mentions: Vec<MentionShape<'a>>,
    entities: Vec<EntityShape<'a>>,
    dates: Vec<DateShape<'a>>,
    meetings: Vec<MeetingShape<'a>>,
}

#[derive(Serialize)]
struct Place<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'static str>,
    start: usize,
    end: usize,
    text: &'a str,
}

#[derive(Serialize)]
struct MentionShape<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    kind: &'static str,
    name: &'a str,
    base: &'a str,
    entity: usize,
}

#[derive(Serialize)]
struct EntityShape<'a> {
    id: usize,
    kind: &'static str,
    name: &'a str,
    forms: &'a [String],
    mentions: usize,
}

#[derive(Serialize)]
struct DateShape<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    #[serde(flatten)]
    date: json::Date<'a>,
}

#[derive(Serialize)]
struct ParticipantShape<'a> {
    entity: Option<usize>,
    name: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
struct MeetingShape<'a> {
    participants: Vec<ParticipantShape<'a>>,
    first: Option<String>,
    last: Option<String>,
    precision: Option<&'static str>,
    basis: &'static str,
    status: &'static str,
    kind: &'static str,
    place: Option<&'a str>,
    evidence: Place<'a>,
    rule: &'static str,
}

/// Writes a `kronika.document/1` on a line of its own.
pub fn write_json(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let article = &document.article;
    let place = |field: Field, span: Span| Place {
        field: json::field_name(field),
        start: span.start(),
        end: span.end(),
        text: span.of(document.field(field)),
    };
    let participant = |participant| match participant {
        &Participant::Entity(index) => {
            let entity = document.entities.get(index);
            ParticipantShape {
                entity: Some(index),
                name: entity.map_or("", |entity| entity.name.as_str()),
                kind: entity.map_or("", |entity| entity.kind.name()),
            }
        }
        Participant::Group(phrase) => ParticipantShape {
            entity: None,
            name: phrase,
            kind: "group",
        },
    };
    let shape = Shape {
        schema: "kronika.document/1",
        id: article.id.as_str(),
        source: article.source(),
        path: &article.origin.path,
        record: article.origin.record,
        lang: &document.language,
        url: article.url.as_deref(),
        author: article.author.as_deref(),
        title: &article.title,
        text: &article.text,
        date: article.date.map(json::Date::of_article),
        mentions: document
            .mentions
            .iter()
            .map(|mention| MentionShape {
                place: place(mention.field, mention.span),
                kind: mention.kind.name(),
                name: document
                    .entities
                    .get(mention.entity)
                    .map_or(&mention.base, |entity| &entity.name),
                base: &mention.base,
                entity: mention.entity,
            })
            .collect(),
        entities: document
            .entities
            .iter()
            .enumerate()
            .map(|(id, entity)| EntityShape {
                id,
                kind: entity.kind.name(),
                name: &entity.name,
                forms: &entity.forms,
                mentions: entity.mentions,
            })
            .collect(),
        dates: document
            .dates
            .iter()
            .map(|mention| DateShape {
                place: place(mention.field, mention.span),
                date: json::Date::new(mention.date, mention.rule),
            })
            .collect(),
        meetings: document
            .meetings
            .iter()
            .map(|meeting| MeetingShape {
                participants: meeting.participants.iter().map(participant).collect(),
                first: json::day(meeting.date.map(PartialDate::first)),
                last: json::day(meeting.date.map(PartialDate::last)),
                precision: meeting.date.map(|date| date.precision().name()),
                basis: meeting.basis.name(),
                status: meeting.status.name(),
                kind: meeting.kind.name(),
                place: meeting.place.as_deref(),
                evidence: place(meeting.field, meeting.evidence),
                rule: meeting.rule,
            })
            .collect(),
    };
    json::write_row(&shape, out)
}

fn colour(kind: EntityKind) -> Ansi {
    match kind {
        EntityKind::Person => AnsiColor::Yellow,
        EntityKind::Organization => AnsiColor::Cyan,
        EntityKind::Place => AnsiColor::Green,
        EntityKind::Event => AnsiColor::Magenta,
        EntityKind::Product => AnsiColor::Blue,
    }
    .on_default()
    .bold()
}

const DATE: Ansi = Ansi::new().underline();

/// Writes an article for people: its particulars, its text with names coloured and dates
/// underlined, its names and its meetings.
pub fn write_text(document: &Document, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let article = &document.article;
    let date = article.date.map_or_else(
        || "none".to_owned(),
        |dated| {
            let precision = dated.date.precision().name();
            format!("{} ({precision}, by {})", dated.date, dated.rule.name())
        },
    );
    let mut rows = vec![
        ("id", article.id.to_string()),
        ("date", date),
        ("path", article.origin.path.clone()),
        ("lang", document.language.clone()),
    ];
    for (label, value) in [
        ("source", &article.source),
        ("url", &article.url),
        ("author", &article.author),
    ] {
        rows.extend(value.iter().map(|value| (label, value.clone())));
    }
    write_rows(&rows, out)?;
    if !article.title.is_empty() {
        writeln!(out)?;
        write_marked(document, Field::Title, style, out)?;
    }
    writeln!(out)?;
    write_marked(document, Field::Text, style, out)?;
    for kind in EntityKind::ALL {
        let of_kind = document
            .entities
            .iter()
            .filter(|entity| entity.kind == kind);
        let names: Vec<String> = of_kind
            .map(|entity| {
                let forms = entity.forms.join(", ");
                let count = entity.mentions;
                let name = painted(&harmless_line(&entity.name), colour(kind), style);
                format!("  {name}  {count} × {}", harmless_line(&forms))
            })
            .collect();
        if !names.is_empty() {
            writeln!(out, "\n{}", json::plural(kind))?;
            writeln!(out, "{}", names.join("\n"))?;
        }
    }
    if !document.meetings.is_empty() {
        writeln!(out, "\nmeetings")?;
        for meeting in &document.meetings {
            writeln!(out, "  {}", harmless_line(&meeting_line(document, meeting)))?;
        }
    }
    Ok(())
}

/// Day, status, kind, who, where.
fn meeting_line(document: &Document, meeting: &Meeting) -> String {
    let names: Vec<&str> = meeting
        .participants
        .iter()
        .map(|participant| match participant {
            &Participant::Entity(index) => document
                .entities
                .get(index)
                .map_or("?", |entity| &entity.name),
            Participant::Group(phrase) => phrase,
        })
        .collect();
    let date = meeting
        .date
        .map_or_else(|| "undated".to_owned(), |date| date.to_string());
    let (status, kind) = (meeting.status.name(), meeting.kind.name());
    let place = meeting
        .place
        .as_ref()
        .map_or_else(String::new, |place| format!("; {place}"));
    format!("{date}  {status} {kind}: {}{place}", names.join(", "))
}

/// Writes the title or the text with what was found in it marked.
///
/// Where two marks overlap the first counts, and the longer of two that begin together; a mark that
/// is not of this text is left out, never the text.
fn write_marked(
    document: &Document,
    field: Field,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let text = document.field(field).trim_end();
    let names = document
        .mentions
        .iter()
        .filter(|mention| mention.field == field)
        .map(|mention| (mention.span, colour(mention.kind)));
    let dates = document
        .dates
        .iter()
        .filter(|date| date.field == field)
        .map(|date| (date.span, DATE));
    let mut marks: Vec<(Span, Ansi)> = names.chain(dates).collect();
    marks.sort_by_key(|(span, _)| (span.start(), std::cmp::Reverse(span.end())));
    let mut at = 0;
    for (span, ansi) in marks {
        let marked = span.of(text);
        if let Some(before) = text.get(at..span.start())
            && !marked.is_empty()
        {
            let marked = painted(&harmless(marked), ansi, style);
            write!(out, "{}{marked}", harmless(before))?;
            at = span.end();
        }
    }
    writeln!(out, "{}", harmless(text.get(at..).unwrap_or_default()))
}
