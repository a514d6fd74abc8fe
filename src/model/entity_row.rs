//! Entities of a whole index as they are listed.

use super::{Day, EntityKind};

/// A name and how many articles have it.
pub type Counted = (String, u64);

/// One entity as the articles of an answer have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityRow {
    /// What sort of thing.
    pub kind: EntityKind,
    /// What it is called.
    pub name: String,
    /// How many of the articles have one of its names.
    pub articles: u64,
    /// The canonical names that they have, the most frequent first.
    pub names: Vec<Counted>,
    /// What all articles of the index call it besides, in base forms, the most frequent first.
    pub forms: Vec<Counted>,
    /// The first and the last day on which one of the articles may have been published.
    pub days: Option<(Day, Day)>,
    /// Who stands in the same articles, the most frequent first.
    pub companions: Vec<Companion>,
}

/// An entity that stands in articles with another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Companion {
    /// What sort of thing.
    pub kind: EntityKind,
    /// What it is called.
    pub name: String,
    /// How many articles have both.
    pub articles: u64,
}

/// Two names of which it is not sure whether they are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What both are names of.
    pub kind: EntityKind,
    /// One name as the index has it, mostly the less frequent one.
    pub name: Counted,
    /// The other.
    pub other: Counted,
    /// Whether they were joined all the same.
    pub joined: bool,
    /// What speaks for it, in short.
    pub why: String,
}

/// Days on which a name stands in far more articles than on others.
#[derive(Debug, Clone, PartialEq)]
pub struct Spike {
    /// What sort of thing.
    pub kind: EntityKind,
    /// What it is called.
    pub name: String,
    /// The first and the last of the days, which follow one another.
    pub days: (Day, Day),
    /// How many articles of these days have it.
    pub articles: u64,
    /// How many would, if it were as frequent as over all days.
    pub expected: f64,
    /// How far above that it is, in standard deviations of a Poisson count.
    pub score: f64,
}
