//! What entities are called whose names begin as somebody types, for the completions of shells.

use std::collections::BTreeSet;

use super::Table;
use crate::model::EntityKind;
use crate::text::{fold, normal_form, tokens};

impl Table {
    /// At most so many entities of a kind with a name in which each typed word begins a word, in any
    /// case and without diacritics: what they are called, and in how many articles they are. Those
    /// with most articles come first.
    pub fn names_beginning(
        &self,
        kind: EntityKind,
        typed: &str,
        most: usize,
    ) -> Vec<(String, u64)> {
        let words = tokens(typed).map(|word| fold(&normal_form(word.of(typed))));
        let found = words
            .map(|word| self.beginning(kind, &word))
            .reduce(|one, other| -> BTreeSet<u32> { &one & &other });
        let Some(found) = found else {
            let entities = self.entities(kind).take(most);
            return entities
                .map(|entity| (entity.name, entity.articles))
                .collect();
        };
        // The numbers of entities are in the order of their articles.
        let entities = found.into_iter().filter_map(|number| self.entity(number));
        entities
            .take(most)
            .map(|entity| (entity.name, entity.articles))
            .collect()
    }
}
