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
    /// How many of the articles have no date.
    pub undated: u64,
    /// The earliest day any article may be of.
    pub first_day: Option<Day>,
    /// The latest.
    pub last_day: Option<Day>,
    /// Articles by language.
    pub languages: BTreeMap<String, u64>,
    /// Size of all files of the index, in bytes.
    pub bytes: u64,
}
