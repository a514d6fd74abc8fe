//! Whether two names are names of one, whatever their script or spelling.
//!
//! A name is read once, into a [`Name`]; two of them are then compared. Names that may be one share
//! a key of [`Name::keys`], so that nobody has to compare all with all.
//!
//! ```
//! use kronika::model::EntityKind;
//! use kronika::names::{Grade, compare};
//!
//! let likeness = compare("Aleksandr Łukaszenka", "Александр Лукашенко", EntityKind::Person);
//! assert_eq!(likeness.grade, Grade::Same);
//! ```

mod align;
mod bodies;
mod joined;
mod keys;
mod likeness;
mod near;
mod persons;
mod read;
#[cfg(test)]
mod tests;
mod words;

pub use likeness::{Evidence, Grade, Likeness};
pub use read::Reader;

use crate::lang::small_words::LegalForm;
use crate::model::EntityKind;
use words::Word;

/// A name that was read, to be compared with others of its kind.
#[derive(Debug, Clone)]
pub struct Name {
    kind: EntityKind,
    /// As it was given.
    text: String,
    /// The words of anything but a person in small letters without diacritics.
    folded: String,
    /// The words that tell something.
    words: Vec<Word>,
    /// Small words that were left out.
    small: Vec<String>,
    /// A title was left out.
    titled: bool,
    /// A comma told that the surname came first.
    inverted: bool,
    /// "Jr" and the like.
    generation: Option<String>,
    /// The legal form of a company.
    form: Option<LegalForm>,
    /// The name itself, where it is written like an acronym.
    acronym: Option<String>,
    /// The acronyms that its words would have.
    initials: Vec<String>,
    /// Other names of the same, folded.
    listed: Vec<String>,
}

impl Name {
    /// Reads one name of this kind; a [`Reader`] reads many faster.
    pub fn read(text: &str, kind: EntityKind) -> Self {
        read::alone(text, kind)
    }

    /// Two names that compare as [`Grade::Same`] or [`Grade::Alike`] share at least one of these,
    /// nearly always. Few, sorted, each once.
    pub fn keys(&self) -> Vec<String> {
        keys::keys(self)
    }

    /// Equal for mere variants of spelling: case, diacritics, script and custom. Keeps the order of
    /// words. Empty where the name has no letter and no digit.
    pub fn key(&self) -> String {
        let sounds: Vec<&str> = self.words.iter().map(|word| word.sound()).collect();
        sounds.join(" ")
    }

    /// Whether [`Self::compare`] may say [`Grade::Alike`] or nearer. Much quicker, and never wrong
    /// when it says no.
    pub fn may_be_alike(&self, other: &Self) -> bool {
        self.kind != EntityKind::Person || persons::may_be_alike(self, other)
    }

    /// How near two names are. The grade does not depend on which of the two is asked; names of two
    /// kinds are different.
    pub fn compare(&self, other: &Self) -> Likeness {
        if self.kind != other.kind {
            return Likeness::new(Grade::Different, vec![Evidence::OtherWord]);
        }
        let (one, other) = if self.text <= other.text {
            (self, other)
        } else {
            (other, self)
        };
        match self.kind {
            EntityKind::Person => persons::compare(one, other),
            _ => bodies::compare(one, other),
        }
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
