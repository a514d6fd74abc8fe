//! What tells one article from another, and whether two say the same.

use crate::model::{Article, ArticleId, GivenMeeting};

/// How many hexadecimal digits an id made from content has.
const DIGITS: usize = 32;

/// Adds one part to a hash so that no two lists of parts give the same bytes.
fn part(hasher: &mut blake3::Hasher, text: Option<&str>) {
    match text {
        None => {
            hasher.update(&u64::MAX.to_be_bytes());
        }
        Some(text) => {
            hasher.update(&(text.len() as u64).to_be_bytes());
            hasher.update(text.as_bytes());
        }
    }
}

/// The id given, else the address, else a hash of date, title and text.
pub(super) fn id(given: Option<String>, article: &Article) -> ArticleId {
    let given = given.filter(|id| !id.is_empty());
    if let Some(id) = given.or_else(|| article.url.clone().filter(|url| !url.is_empty())) {
        return ArticleId(id);
    }
    let mut hasher = blake3::Hasher::new();
    let date = article.date.map(|dated| dated.date.to_string());
    part(&mut hasher, date.as_deref());
    part(&mut hasher, Some(&article.title));
    part(&mut hasher, Some(&article.text));
    let digits = hasher.finalize().to_hex();
    ArticleId(digits.as_str().chars().take(DIGITS).collect())
}

fn part_of_meeting(hasher: &mut blake3::Hasher, meeting: &GivenMeeting) {
    part(hasher, Some("meeting"));
    let date = meeting.date.map(|date| {
        let (first, last) = (date.first(), date.last());
        format!("{first} {last} {}", date.precision().name())
    });
    let evidence = meeting
        .evidence
        .map(|(field, span)| format!("{field:?} {span:?}"));
    for text in [
        date.as_deref(),
        Some(meeting.basis.name()),
        meeting.place.as_deref(),
        Some(meeting.kind.name()),
        Some(meeting.status.name()),
        evidence.as_deref(),
    ] {
        part(hasher, text);
    }
    for party in &meeting.participants {
        part(hasher, Some(party.kind.name()));
        part(hasher, Some(&party.name));
    }
}

/// 64 bits of a hash of everything an article says, wherever it was read.
pub fn content_hash(article: &Article) -> u64 {
    let mut hasher = blake3::Hasher::new();
    let date = article
        .date
        .map(|dated| format!("{} {}", dated.date, dated.rule.name()));
    for text in [
        date.as_deref(),
        Some(&article.title),
        Some(&article.text),
        article.language.as_deref(),
        article.source.as_deref(),
        article.url.as_deref(),
        article.author.as_deref(),
    ] {
        part(&mut hasher, text);
    }
    if let Some(names) = &article.names {
        part(&mut hasher, Some("names"));
        for name in names {
            part(&mut hasher, Some(name.kind.name()));
            part(&mut hasher, Some(&name.name));
        }
    }
    if article.meetings.is_some() {
        part(&mut hasher, Some("meetings"));
    }
    for meeting in article.meetings.iter().flatten() {
        part_of_meeting(&mut hasher, meeting);
    }
    let mut bytes = [0; 8];
    hasher.finalize_xof().fill(&mut bytes);
    u64::from_be_bytes(bytes)
}
