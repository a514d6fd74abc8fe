//! RSS, Atom and JSON Feed: every entry an article.

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};

use feed_rs::model::{Entry, Feed, Link};
use feed_rs::parser::{self, Builder};

use super::Reading;
use super::draft::Draft;
use super::html::plain_text;
use super::open::Input;
use crate::dates;
use crate::model::DateRule;

/// How many times the limit of an article a feed may take, which is held as a whole.
const ARTICLES: u64 = 4;

/// The dates of a feed as they are written.
///
/// The library makes moments of them in universal time, in which an article of half past midnight
/// in Warsaw is of the day before. We let it carry the place of each date in this list instead.
type Written = Arc<Mutex<Vec<String>>>;

/// Reads a feed.
pub(super) fn read(reading: &mut Reading<'_, '_>, input: &mut Input) -> ControlFlow<()> {
    let mut bytes = Vec::new();
    let limit = reading.options.max_article as u64 * ARTICLES;
    if let Err(error) = input.by_ref().take(limit + 1).read_to_end(&mut bytes) {
        let reason = format!("cannot be read to its end: {error}");
        return reading.reject(None, Some(bytes.len() as u64), &reason);
    }
    if bytes.len() as u64 > limit {
        return reading.reject(None, Some(limit), &super::too_large(limit));
    }
    if bytes.trim_ascii().is_empty() {
        return reading.reject(None, None, "empty, not a feed");
    }
    let written = Written::default();
    let feed = match parser(&written).parse(bytes.as_slice()) {
        Ok(feed) => feed,
        Err(error) => {
            return reading.reject(None, None, &format!("not a feed that can be read: {error}"));
        }
    };
    if feed.entries.is_empty() {
        return reading.reject(None, None, "a feed without entries");
    }
    let dates = written.lock().unwrap_or_else(PoisonError::into_inner);
    for entry in &feed.entries {
        reading.record += 1;
        match draft_of(entry, &feed, &dates) {
            Ok(draft) => reading.article(draft, None, None)?,
            Err(reason) => reading.reject(None, None, &reason)?,
        }
    }
    ControlFlow::Continue(())
}

/// A parser that keeps dates as they are written, and makes up no ids.
fn parser(written: &Written) -> parser::Parser {
    let written = Arc::clone(written);
    Builder::new()
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(move |text| {
            let mut dates = written.lock().unwrap_or_else(PoisonError::into_inner);
            dates.push(text.trim().to_owned());
            let place = i64::try_from(dates.len() - 1).ok()?;
            let moment = jiff::Timestamp::from_second(place).ok()?;
            moment.to_string().parse().ok()
        })
        .build()
}

fn draft_of(entry: &Entry, feed: &Feed, dates: &[String]) -> Result<Draft, String> {
    let content = entry.content.as_ref().and_then(|content| {
        let body = content.body.as_deref()?;
        Some((body, content.content_type.subty().as_str()))
    });
    let summary = entry.summary.as_ref().map(|summary| {
        (
            summary.content.as_str(),
            summary.content_type.subty().as_str(),
        )
    });
    let media = entry.media.iter();
    let described = media
        .filter_map(|media| media.description.as_ref())
        .map(|text| (text.content.as_str(), text.content_type.subty().as_str()));
    let (text, kind) = content
        .into_iter()
        .chain(summary)
        .chain(described)
        .find(|(text, _)| !text.trim().is_empty())
        .unwrap_or_default();
    // What RSS calls plain text is HTML as often as not; Atom's word can be taken.
    let is_atom = feed.feed_type == feed_rs::model::FeedType::Atom;
    let is_plain = is_atom && kind == "plain";
    let text = if is_plain {
        text.to_owned()
    } else {
        plain_text(text)?
    };
    let title = entry
        .title
        .as_ref()
        .map_or(Ok(String::new()), |title| plain_text(&title.content))?;
    let authors: Vec<&str> = entry
        .authors
        .iter()
        .filter_map(|person| person.name.as_deref())
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .collect();
    let moment = entry.published.or(entry.updated);
    let date = moment
        .and_then(|moment| dates.get(usize::try_from(moment.timestamp()).ok()?))
        .map(|date| (without_weekday(date).to_owned(), DateRule::Metadata));
    let source = feed.title.as_ref();
    Ok(Draft {
        id: Some(entry.id.trim().to_owned()).filter(|id| !id.is_empty()),
        date,
        title,
        text,
        language: entry.language.clone().or_else(|| feed.language.clone()),
        source: source.map(|title| plain_text(&title.content)).transpose()?,
        url: address(&entry.links).map(|link| link.href.clone()),
        author: (!authors.is_empty()).then(|| authors.join(", ")),
        names: None,
        meetings: None,
    })
}

/// A date without the day of the week before it, where that is in a language we do not read, or
/// wrong: feeds are written by programs, and it is the number that they know.
fn without_weekday(date: &str) -> &str {
    let behind = date.split_once(',').map(|(_, behind)| behind.trim());
    behind
        .filter(|behind| {
            dates::parse_published(date).is_err() && dates::parse_published(behind).is_ok()
        })
        .unwrap_or(date)
}

/// Where an entry is to be read, rather than where it can be edited or heard.
fn address(links: &[Link]) -> Option<&Link> {
    let is_page = |link: &&Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    links.iter().find(is_page)
}
