//! What tells one article from another, and whether two say the same.

use crate::model::{Article, ArticleId};

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
    let mut bytes = [0; 8];
    hasher.finalize_xof().fill(&mut bytes);
    u64::from_be_bytes(bytes)
}
