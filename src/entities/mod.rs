//! Who is meant across articles: the names of an index grouped into entities.
//!
//! The index keeps the names that each article supports and never changes when the grouping does.
//! [`Table`] groups them when it is asked for, by spelling, script, translation, inflection, parts
//! and the user's own word ([`crate::aliases`]), and keeps itself in a file beside the segments.
//! That file is a cache: it may be deleted, and one that is damaged or out of date is built anew.
//!
//! ```text
//! names of the index ─ build ─▶ entities, doubts ─ table ─▶ file ─ ask ─▶ a query of exact names
//! ```

mod ask;
mod beginning;
mod build;
mod forms;
mod groups;
mod inflection;
mod kinds;
mod listing;
mod parts;
mod spellings;
mod spikes;
mod store;
mod table;
#[cfg(test)]
mod tests;
mod words;

pub use ask::{Answer, Reach};
pub use listing::{Number, Numbered};
pub use spikes::spikes;
pub use table::Table;

use std::collections::HashMap;

use crate::model::{Day, EntityKind};

/// A map for very many names, with a quicker hash than the standard one.
type FastMap<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// One person, organization, place, event or product of a collection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What sort of thing.
    pub kind: EntityKind,
    /// What it is called: the most frequent of its full names, or what the user calls it.
    pub name: String,
    /// How many articles have one of its names.
    pub articles: u64,
    /// Its names as the index has them, with the number of articles, the most frequent first.
    pub names: Vec<(String, u64)>,
    /// Names of it that some articles have as names of another kind, by mistake.
    pub strays: Vec<(EntityKind, String)>,
    /// What these articles call it besides, in base forms, the most frequent first.
    pub forms: Vec<(String, u64)>,
    /// The first and the last day on which one of the articles may have been published.
    pub days: Option<(Day, Day)>,
}

impl Entity {
    /// Every name that the index may have for it, with the kind it is indexed under.
    pub fn indexed(&self) -> impl Iterator<Item = (EntityKind, &str)> + Clone {
        let names = self.names.iter();
        let strays = self.strays.iter();
        names
            .map(|(name, _)| (self.kind, name.as_str()))
            .chain(strays.map(|(kind, name)| (*kind, name.as_str())))
    }
}
