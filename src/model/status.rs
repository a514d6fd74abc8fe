//! What an index says of itself.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::Day;

/// Counts, versions and extent of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// The folder of the index.
    pub path: PathBuf,
    /// The format it is written in.
    pub format: u32,
    /// The dictionaries and models that made it.
    pub analysis: String,
    /// A sum over all articles and what they say, in hexadecimal; empty for an empty index.
    pub fingerprint: String,
    /// How many articles it holds.
    pub articles: u64,
    /// How many meetings they tell of, each complete.
    pub meetings: u64,
    /// What dates lack, and the articles that have such a date or none.
    pub flaws: BTreeMap<DateFlaw, FlawedDates>,
    /// Articles by what makes their date doubtful; one may count for several.
    pub doubts: BTreeMap<DateDoubt, u64>,
    /// The earliest day any article may be of.
    pub first_day: Option<Day>,
    /// The latest.
    pub last_day: Option<Day>,
    /// Articles by language.
    pub languages: BTreeMap<String, u64>,
    /// Size of all files of the index, in bytes.
    pub bytes: u64,
}

/// What a date lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateFlaw {
    /// There is none.
    Undated,
    /// It is known only to the month, or less.
    Coarse,
    /// It may be wrong; [`DateDoubt`] says why.
    Doubtful,
}

impl DateFlaw {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Undated, Self::Coarse, Self::Doubtful];

    /// The name in output and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Undated => "undated",
            Self::Coarse => "coarse",
            Self::Doubtful => "doubtful",
        }
    }

    /// The flaw of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flaw| flaw.name() == name)
    }
}

/// Why a date may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateDoubt {
    /// It was guessed from the name of the file or of its folders. Headers, records, metadata and
    /// the `--date` flag say it outright.
    Path,
    /// It lies after today.
    Future,
    /// It lies decades away from nearly all others.
    Far,
}

impl DateDoubt {
    /// The name in output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Future => "future",
            Self::Far => "far",
        }
    }
}

/// The articles with one flaw of their dates.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FlawedDates {
    /// How many there are.
    pub articles: u64,
    /// The ids of the first few, in the order of ids.
    pub first_ids: Vec<String>,
}
