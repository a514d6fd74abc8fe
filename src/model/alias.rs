//! What the user says of names.

use super::EntityKind;

/// One entry of the user's file of names.
///
/// Names are in NFC, without space around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The line of the file where it begins, counted from 1.
    pub line: usize,
    /// What the names have to be names of; none for every kind.
    pub kind: Option<EntityKind>,
    /// The name it is about.
    pub name: String,
    /// What is said of the name.
    pub rule: AliasRule,
    /// Why, for people.
    pub comment: Option<String>,
}

/// What an entry says of its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AliasRule {
    /// These names are of the same entity, which is called by the entry's name.
    Merge(Vec<String>),
    /// The name is never joined with one of these.
    Split(Vec<String>),
    /// The entity is called so instead.
    Rename(String),
    /// It is the name of nothing.
    Drop,
}

impl AliasRule {
    /// The rule's name in the file and in output.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Merge(_) => "merge",
            Self::Split(_) => "split",
            Self::Rename(_) => "rename",
            Self::Drop => "drop",
        }
    }

    /// The other names of the entry.
    pub fn others(&self) -> &[String] {
        match self {
            Self::Merge(names) | Self::Split(names) => names,
            Self::Rename(name) => std::slice::from_ref(name),
            Self::Drop => &[],
        }
    }
}

impl Alias {
    /// The kinds that it speaks of.
    pub fn kinds(&self) -> &[EntityKind] {
        kinds(self.kind.as_ref())
    }
}

/// This kind, or all.
fn kinds(kind: Option<&EntityKind>) -> &[EntityKind] {
    kind.map_or(&EntityKind::ALL, std::slice::from_ref)
}

/// An entry that would settle a doubt, for review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The entry; it is of no line yet.
    pub alias: Alias,
    /// The same as the file would have it, its lines ending in `\n`.
    pub toml: String,
}

/// One thing that an edit did to the user's file, or found done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AliasChange {
    /// The second name is merged into the first.
    Merged(String, String),
    /// The second name is no longer merged into the first.
    Unmerged(String, String),
    /// The two are kept apart.
    KeptApart(String, String),
    /// The two are no longer kept apart.
    NoLongerApart(String, String),
    /// The second name was merged into the first before.
    WasMerged(String, String),
    /// The two were kept apart before.
    WasApart(String, String),
}

/// Where the user's file and an index do not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AliasFinding {
    /// The line of the entry.
    pub line: usize,
    /// The kind that the entry speaks of; none for every kind.
    pub kind: Option<EntityKind>,
    /// The name it is about.
    pub name: String,
    /// What is odd.
    pub trouble: AliasTrouble,
}

/// What is odd about a name of the user's file, when an index is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AliasTrouble {
    /// No article has the name. These are like it, or it is of another kind.
    Unknown(Vec<(EntityKind, String)>),
    /// Something is to be called so, but articles use the name already, perhaps for something else.
    Taken,
}
