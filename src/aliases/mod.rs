//! The user's own word on names: `aliases.toml`.
//!
//! ```toml
//! # He is spelt in many ways.
//! [[merge]]
//! name = "Alaksandr Łukaszenka"
//! forms = ["Aleksander Łukaszenko", "Alexander Lukashenko"]
//! kind = "person"
//! comment = "the spelling of our style guide"
//!
//! [[split]]
//! name = "Jan Kowalski"
//! from = ["Jan Kowalski junior"]
//!
//! [[rename]]
//! name = "Bank Pekao"
//! to = "Pekao SA"
//!
//! [[drop]]
//! name = "Reklama"
//! ```
//!
//! | key | in | holds |
//! |---|---|---|
//! | `name` | all | the name it is about; in `merge`, what all of them are called |
//! | `forms` | `merge` | names that are the same entity |
//! | `from` | `split` | names that are never joined with it |
//! | `to` | `rename` | what the entity is called instead |
//! | `kind` | all, may be left out | `person`, `organization`, `place`, `event` or `product`; else names of every kind are meant |
//! | `comment` | all, may be left out | why, for people |
//!
//! Names are canonical names as the index has them. They are compared letter by letter after
//! Unicode NFC and without space around them; case and diacritics count.
//!
//! A name is one thing only: merged into one other, merged into by others, renamed, the new name
//! of one, or dropped. A name that others are merged into is merged into none, so there are no
//! chains. Whatever says otherwise is a mistake with its place, and such a file does nothing.
//!
//! [`Aliases`] answers what the file says; [`AliasFile`] changes it and keeps the rest of it byte
//! for byte. Neither knows an index: names are decided when a question is asked.

mod disk;
mod edit;
mod entries;
mod file;
mod places;
mod roles;
mod splice;
mod suggest;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::path::Path;

use unicode_normalization::{UnicodeNormalization, is_nfc};

pub use edit::Wish;
pub use file::AliasFile;
pub use suggest::Settle;

use crate::model::{Alias, EntityKind};
use crate::{Error, Result};
use entries::Entry;
use places::Places;
use roles::{Kinds, Names, Role};

/// What the user says of names, free of contradictions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aliases {
    entries: Vec<Alias>,
    kinds: Kinds,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution<'a> {
    /// For itself.
    Itself,
    /// For the entity of this name.
    Merged(&'a str),
    /// For itself, but its entity is called so.
    Renamed(&'a str),
    /// For nothing.
    Dropped,
}

impl Aliases {
    /// Reads a file. One that is not there is an error.
    pub fn read(path: &Path) -> Result<Self> {
        Self::parse(&disk::read(path)?, path)
    }

    /// Reads the text of a file; `path` is for errors.
    ///
    /// ```
    /// use kronika::aliases::{Aliases, Resolution};
    /// use kronika::model::EntityKind;
    ///
    /// let text = r#"
    /// [[merge]]
    /// name = "Donald Tusk"
    /// forms = ["D. Tusk"]
    /// "#;
    /// let aliases = Aliases::parse(text, "aliases.toml".as_ref())?;
    /// let resolution = aliases.resolve("D. Tusk", EntityKind::Person);
    /// assert_eq!(resolution, Resolution::Merged("Donald Tusk"));
    /// # Ok::<(), kronika::Error>(())
    /// ```
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        let (entries, kinds) = understand(text, path)?;
        let entries = entries.into_iter().map(|entry| entry.alias).collect();
        Ok(Self { entries, kinds })
    }

    /// All entries in the order of the file.
    pub fn entries(&self) -> &[Alias] {
        &self.entries
    }

    /// What a name of this kind stands for.
    pub fn resolve(&self, name: &str, kind: EntityKind) -> Resolution<'_> {
        match self.role(name, kind) {
            Some(Role::Form(head)) => Resolution::Merged(head),
            Some(Role::Renamed(title)) => Resolution::Renamed(title),
            Some(Role::Dropped) => Resolution::Dropped,
            Some(Role::Head(_) | Role::Title(_)) | None => Resolution::Itself,
        }
    }

    /// The other names of the entity that is called so: those merged into it, or the one that is
    /// renamed to it.
    pub fn forms_of(&self, name: &str, kind: EntityKind) -> &[String] {
        match self.role(name, kind) {
            Some(Role::Head(forms)) => forms,
            Some(Role::Title(renamed)) => std::slice::from_ref(renamed),
            _ => &[],
        }
    }

    /// Whether two names of this kind, or what they are merged into, are never to be joined.
    pub fn is_split(&self, one: &str, other: &str, kind: EntityKind) -> bool {
        let pair = |names: &Names| names.pair(&normal(one), &normal(other));
        let names = self.kinds.get(&kind);
        names.is_some_and(|names| names.apart.contains(&pair(names)))
    }

    fn role(&self, name: &str, kind: EntityKind) -> Option<&Role> {
        self.kinds.get(&kind)?.role(&normal(name))
    }
}

/// A name as it is compared: in NFC, without space around it.
fn normal(name: &str) -> Cow<'_, str> {
    let name = name.trim();
    if is_nfc(name) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(name.nfc().collect())
    }
}

/// The entries of a text with their places, and what they make of each name.
fn understand(text: &str, path: &Path) -> Result<(Vec<Entry>, Kinds)> {
    let mut places = Places::new(text);
    let entries = entries::read(text, &mut places);
    let kinds = roles::assign(&entries, &mut places);
    if places.has_mistakes() {
        return Err(Error::Aliases {
            path: path.to_owned(),
            mistakes: places.into_mistakes(),
        });
    }
    Ok((entries, kinds))
}
