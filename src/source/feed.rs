//! RSS, Atom and JSON Feed: every entry an article.

use std::ops::ControlFlow;

use feed_rs::model::{Entry, Feed};
use feed_rs::parser::Builder;

use super::Reading;
use super::draft::Draft;
use super::html::plain_text;
use super::open::Input;
use crate::dates;
use crate::model::{DateRule, Day, PartialDate};

/// The months as feeds write them.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Reads a feed.
pub(super) fn read(reading: &mut Reading<'_, '_>, input: &mut Input) -> ControlFlow<()> {
    let mut bytes = Vec::new();
    let limit = reading.options.max_article as u64 * 4;
    let outcome =
        std::io::Read::read_to_end(&mut std::io::Read::take(input, limit + 1), &mut bytes);
    if let Err(error) = outcome {
        let reason = format!("cannot be read to its end: {error}");
        return reading.reject(None, Some(bytes.len() as u64), &reason);
    }
    if bytes.len() as u64 > limit {
        return reading.reject(None, Some(limit), &super::too_large(limit));
    }
    // An id that the library makes up differs from run to run; ours does not.
    let parser = Builder::new()
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(|text| format!("{}T12:00:00Z", day_of(text)?).parse().ok())
        .build();
    let feed = match parser.parse(bytes.as_slice()) {
        Ok(feed) => feed,
        Err(error) => {
            return reading.reject(None, None, &format!("not a feed that can be read: {error}"));
        }
    };
    if feed.entries.is_empty() {
        return reading.reject(None, None, "a feed without entries");
    }
    for entry in &feed.entries {
        reading.record += 1;
        match draft_of(entry, &feed) {
            Ok(draft) => reading.article(draft, None, None)?,
            Err(reason) => reading.reject(None, None, &reason)?,
        }
    }
    ControlFlow::Continue(())
}

/// The day of a moment as it is written, in the time zone that it is written in.
fn day_of(text: &str) -> Option<Day> {
    let words: Vec<&str> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let written = words.windows(3).find_map(|words| {
        let [day, month, year] = words else {
            return None;
        };
        let month = month.get(..3)?.to_ascii_lowercase();
        let month = (1..).zip(MONTHS).find(|(_, name)| *name == month)?.0;
        let year: i16 = year.parse().ok().filter(|year| *year >= 1000)?;
        Day::new(year, month, day.parse().ok()?)
    });
    let date = || dates::parse_published(text.trim()).ok();
    written.or_else(|| {
        date()
            .filter(|date| date.first() == date.last())
            .map(PartialDate::first)
    })
}

fn draft_of(entry: &Entry, feed: &Feed) -> Result<Draft, String> {
    let content = entry
        .content
        .as_ref()
        .and_then(|content| content.body.as_deref())
        .filter(|body| !body.trim().is_empty());
    let summary = entry
        .summary
        .as_ref()
        .map(|summary| summary.content.as_str());
    let described = entry
        .media
        .iter()
        .find_map(|film| film.description.as_ref());
    let film = described.map(|text| text.content.as_str());
    let title = entry
        .title
        .as_ref()
        .map_or("", |title| title.content.as_str());
    let authors: Vec<String> = entry
        .authors
        .iter()
        .filter_map(|person| person.name.clone())
        .collect();
    let day = entry.published.or(entry.updated);
    // Atom also links to feeds, replies and sounds.
    let is_page = |rel: &Option<String>| rel.as_deref().is_none_or(|rel| rel == "alternate");
    let link = entry.links.iter().find(|link| is_page(&link.rel));
    let source = feed.title.as_ref().map(|title| plain_text(&title.content));
    Ok(Draft {
        id: Some(entry.id.clone()),
        date: day.map(|moment| (moment.format("%Y-%m-%d").to_string(), DateRule::Metadata)),
        title: plain_text(title)?,
        text: plain_text(content.or(summary).or(film).unwrap_or_default())?,
        language: entry.language.clone().or_else(|| feed.language.clone()),
        source: source.transpose()?,
        url: link.or(entry.links.first()).map(|link| link.href.clone()),
        author: (!authors.is_empty()).then(|| authors.join(", ")),
        names: None,
    })
}
