//! Who and what the text names.

use super::{Field, Span};

/// What sort of thing a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A human being.
    Person,
    /// A body of people: party, ministry, company, club, band, newspaper.
    Organization,
    /// Somewhere on a map.
    Place,
    /// Something that happened and has a name.
    Event,
    /// Something made: a work, a brand, a vehicle.
    Product,
}

impl EntityKind {
    /// All kinds, in the order they are listed to users.
    pub const ALL: [Self; 5] = [
        Self::Person,
        Self::Organization,
        Self::Place,
        Self::Event,
        Self::Product,
    ];

    /// The kind's name in output, queries and the index.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Event => "event",
            Self::Product => "product",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A span of an article that names somebody or something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// In the title or in the text.
    pub field: Field,
    /// Where in it.
    pub span: Span,
    /// What sort of name.
    pub kind: EntityKind,
    /// The mention itself in its base form: "Putina" gives "Putin".
    pub base: String,
    /// Index of its entity in the document's list.
    pub entity: usize,
}

/// A span that means somebody without naming them: "rosyjski przywódca", "the chancellor".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Description {
    /// In the title or in the text.
    pub field: Field,
    /// Where in it.
    pub span: Span,
    /// Index of its entity in the document's list.
    pub entity: usize,
}

/// Who the mentions of one article are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// What sort of thing.
    pub kind: EntityKind,
    /// The canonical name: the nominative, fullest name that the article supports.
    pub name: String,
    /// The forms met in the article, sorted, each once.
    pub forms: Vec<String>,
    /// How many mentions it has; 0 for a ready-made name that the text does not spell out.
    pub mentions: usize,
}
