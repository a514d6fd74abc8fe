//! Mentions to entities: who is the same within one article.

use super::names::Found;
use crate::lang::Language;
use crate::model::{Document, Entity, GivenName, Mention};

/// Joins mentions of one name.
pub(super) fn join(
    _document: &Document,
    _found: Vec<Found>,
    _language: &Language,
) -> (Vec<Mention>, Vec<Entity>) {
    (Vec::new(), Vec::new())
}

/// The names that came with the article, and where the text spells them out.
pub(super) fn from_given(
    _document: &Document,
    given: &[GivenName],
    _language: &Language,
) -> (Vec<Mention>, Vec<Entity>) {
    let entities = given
        .iter()
        .map(|name| Entity {
            kind: name.kind,
            name: name.name.clone(),
            forms: Vec::new(),
            mentions: 0,
        })
        .collect();
    (Vec::new(), entities)
}
