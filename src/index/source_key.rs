//! What `source:` finds an article by.

use crate::model::Article;
use crate::text::lower;

/// What `source:` compares: lower case.
pub(super) fn source_key(text: &str) -> String {
    let mut key = String::new();
    lower(text, &mut key);
    key
}

/// All that `source:` finds an article by: its publisher, the host of its address, its path.
pub(super) fn source_keys(article: &Article) -> Vec<String> {
    let host = article
        .url
        .as_deref()
        .and_then(|url| url.split_once("://"))
        .and_then(|(_, rest)| rest.split(['/', '?', '#']).next());
    let path = Some(article.origin.path.as_str());
    let mut keys: Vec<String> = [article.source.as_deref(), host, path]
        .into_iter()
        .flatten()
        .map(source_key)
        .collect();
    keys.sort();
    keys.dedup();
    keys
}
