//! RSS, Atom and JSON Feed: every entry an article.

use std::ops::ControlFlow;

use feed_rs::model::{Entry, Feed};

use super::Reading;
use super::draft::Draft;
use super::html::plain_text;
use super::open::Input;
use crate::model::DateRule;

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
    let feed = match feed_rs::parser::parse(bytes.as_slice()) {
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
        reading.article(draft_of(entry, &feed), None, None)?;
    }
    ControlFlow::Continue(())
}

fn draft_of(entry: &Entry, feed: &Feed) -> Draft {
    let content = entry
        .content
        .as_ref()
        .and_then(|content| content.body.as_deref());
    let summary = entry
        .summary
        .as_ref()
        .map(|summary| summary.content.as_str());
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
    Draft {
        id: Some(entry.id.clone()),
        date: day.map(|moment| (moment.format("%Y-%m-%d").to_string(), DateRule::Metadata)),
        title: plain_text(title),
        text: plain_text(content.or(summary).unwrap_or_default()),
        language: feed.language.clone(),
        source: feed.title.as_ref().map(|title| plain_text(&title.content)),
        url: entry.links.first().map(|link| link.href.clone()),
        author: (!authors.is_empty()).then(|| authors.join(", ")),
        names: None,
    }
}
