//! What a check of an index found.

use std::path::PathBuf;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// `kronika.json` cannot be read.
    Description,
    /// The index was made in another format, or with other dictionaries or models.
    Version,
    /// The engine's list of what the last commit holds cannot be read, or is of another index.
    Commit,
    /// A file of the last commit is not there.
    Missing,
    /// The bytes of a file are not those that were written.
    Checksum,
    /// A file holds more or fewer articles and meetings than the last commit says.
    Count,
    /// Something in a file cannot be read, though its bytes are those that were written.
    Unreadable,
    /// The articles are not those of the last commit, taken together.
    Fingerprint,
    /// An article is not what its hash says.
    Content,
    /// An article is not found by its id, or another has the same.
    Id,
    /// The article that tells of a meeting is not there.
    Orphan,
    /// What proves a meeting does not stand in its article.
    Evidence,
    /// The file of an article is gone.
    FileGone,
    /// The file of an article is there, but has no such article any more.
    RecordGone,
    /// An article's record says something else now.
    Changed,
    /// An article of the files is not in the index.
    NotIndexed,
}

impl FaultKind {
    /// All of them: those of the index, then how it differs from the files.
    pub const ALL: [Self; 16] = [
        Self::Description,
        Self::Version,
        Self::Commit,
        Self::Missing,
        Self::Checksum,
        Self::Count,
        Self::Unreadable,
        Self::Fingerprint,
        Self::Content,
        Self::Id,
        Self::Orphan,
        Self::Evidence,
        Self::FileGone,
        Self::RecordGone,
        Self::Changed,
        Self::NotIndexed,
    ];

    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Version => "version",
            Self::Commit => "commit",
            Self::Missing => "missing",
            Self::Checksum => "checksum",
            Self::Unreadable => "unreadable",
            Self::Count => "count",
            Self::Fingerprint => "fingerprint",
            Self::Content => "content",
            Self::Id => "id",
            Self::Orphan => "orphan",
            Self::Evidence => "evidence",
            Self::FileGone => "file-gone",
            Self::RecordGone => "record-gone",
            Self::Changed => "changed",
            Self::NotIndexed => "not-indexed",
        }
    }

    /// Whether the index is not whole, rather than other than the files.
    pub fn is_damage(self) -> bool {
        !matches!(
            self,
            Self::FileGone | Self::RecordGone | Self::Changed | Self::NotIndexed
        )
    }
}

/// What a fault is in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultPlace {
    /// A file, below the folder of the index.
    File(String),
    /// An article, by its id and the file it was read from.
    Article {
        /// Its id.
        id: String,
        /// Its file.
        path: String,
    },
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// Where.
    pub place: FaultPlace,
    /// More about it, where there is more to say.
    pub detail: Option<String>,
}

/// How an index compares with the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Compared {
    /// Articles and rejects that were read from the files.
    pub read: u64,
    /// How many of those could not be read.
    pub rejected: u64,
}

/// What a check of an index found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// The folder of the index.
    pub path: PathBuf,
    /// How many files of the last commit were checked.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Articles that were read and hashed; nothing where the files are damaged.
    pub articles: Option<u64>,
    /// Meetings that were read and looked up in their articles; nothing where the files are damaged.
    pub meetings: Option<u64>,
    /// The fingerprint of the articles that were read.
    pub fingerprint: Option<String>,
    /// How it compares with the files, where that was asked for and the index is whole.
    pub compared: Option<Compared>,
    /// All that is wrong; nothing where all is well.
    pub faults: Vec<Fault>,
}

impl Verification {
    /// Whether anything is wrong with the index itself.
    pub fn is_damaged(&self) -> bool {
        self.faults.iter().any(|fault| fault.kind.is_damage())
    }

    /// Whether anything is wrong with this file.
    pub fn is_damaged_at(&self, file: &str) -> bool {
        let is_there = |fault: &Fault| matches!(&fault.place, FaultPlace::File(at) if at == file);
        self.faults.iter().any(is_there)
    }
}
