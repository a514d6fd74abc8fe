//! Whether two names are names of one, whatever their script or spelling.
//!
//! A name is read once, into a [`Name`]; two of them are then compared. Names that may be one share
//! a key of [`Name::keys`], so that nobody has to compare all with all.
//!
//! ```
//! use kronika::model::EntityKind;
//! use kronika::names::{Grade, compare};
//!
//! let likeness = compare("Łukaszenka", "LUKASZENKA", EntityKind::Person);
//! assert_eq!(likeness.grade, Grade::Same);
//! ```

mod likeness;

pub use likeness::{Evidence, Grade, Likeness};

use crate::model::EntityKind;
use crate::text::{fold, tokens};

/// A name that was read, to be compared with others of its kind.
#[derive(Debug, Clone)]
pub struct Name {
    words: Vec<String>,
}

impl Name {
    /// Reads a name of this kind.
    pub fn read(text: &str, _kind: EntityKind) -> Self {
        let words = tokens(text).map(|span| fold(span.of(text))).collect();
        Self { words }
    }

    /// Two names that compare as [`Grade::Same`] or [`Grade::Alike`] share at least one of these,
    /// nearly always. Few, sorted, each once.
    pub fn keys(&self) -> Vec<String> {
        let mut keys = self.words.clone();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// Equal for mere variants of spelling: case, diacritics, script and custom. Keeps the order of
    /// words.
    pub fn key(&self) -> String {
        self.words.join(" ")
    }

    /// How near two names are. The order of the two does not count for the grade.
    pub fn compare(&self, other: &Self) -> Likeness {
        if !self.words.is_empty() && self.words == other.words {
            return Likeness::new(Grade::Same, vec![Evidence::Letters]);
        }
        Likeness::new(Grade::Different, vec![Evidence::OtherWord])
    }
}

/// How near two names of this kind are.
pub fn compare(one: &str, other: &str, kind: EntityKind) -> Likeness {
    Name::read(one, kind).compare(&Name::read(other, kind))
}

/// The key of [`Name::key`].
pub fn key(name: &str, kind: EntityKind) -> String {
    Name::read(name, kind).key()
}
