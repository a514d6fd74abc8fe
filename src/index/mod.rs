//! The index on disk. The only folder that names Tantivy.
//!
//! An index is a folder with a small description (`kronika.json`), a lock, the rejects of the
//! last run, and Tantivy's files below `segments/`.
//! Everything that changes changes with one atomic commit.

mod collect;
mod compile;
mod expand;
mod given;
mod guard;
mod kwic;
mod lock;
mod meeting;
mod meetings;
mod merge;
mod names;
mod occurrences;
mod predicate;
mod rescue;
mod rows;
mod schema;
mod searcher;
mod snippet;
mod source_key;
mod status;
mod terms;
mod tokenizer;
mod verify;
mod writer;

use std::path::{Path, PathBuf};
use std::{fs, io};

use serde::{Deserialize, Serialize};

pub use meetings::Meetings;
pub use rescue::rescued;
pub use schema::FORMAT_VERSION;
pub use searcher::{Results, Searcher};
pub use verify::{Watcher, verify};
pub use writer::{Catalogue, Verdict, Writer, WriterOptions};

use crate::{Error, Result, lang};

const DESCRIPTION: &str = "kronika.json";
const SEGMENTS: &str = "segments";

/// Names that may lie in a folder before an index is made in it.
const HARMLESS: [&str; 3] = ["README.md", ".gitignore", ".keep"];

/// What `kronika.json` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// The format of the index.
    pub format: u32,
    /// The dictionaries and models that made it.
    pub analysis: String,
}

impl Description {
    fn current() -> Self {
        Self {
            format: FORMAT_VERSION,
            analysis: lang::version(),
        }
    }
}

/// Kept in every commit, so that it is always about what the commit holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct CommitState {
    /// Sum over all articles of a hash of id and content, in hexadecimal.
    fingerprint: String,
}

impl CommitState {
    fn of(index: &tantivy::Index) -> tantivy::Result<Self> {
        let payload = index.load_metas()?.payload;
        Ok(payload
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_else(|| Self::with(0)))
    }

    fn with(sum: u128) -> Self {
        Self {
            fingerprint: format!("{sum:032x}"),
        }
    }

    fn sum(&self) -> u128 {
        u128::from_str_radix(&self.fingerprint, 16).unwrap_or_default()
    }
}

/// The part of an index's fingerprint that one article adds.
fn article_fingerprint(id: &str, content: u64) -> u128 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(id.as_bytes());
    hasher.update(&content.to_be_bytes());
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    u128::from_be_bytes(bytes)
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> Error {
    move |source| Error::Io {
        path: path.to_owned(),
        source,
    }
}

/// Tells a full disk or a forbidden file apart from a damaged index.
fn engine_error(path: &Path) -> impl Fn(tantivy::TantivyError) -> Error {
    move |error| {
        let path = path.to_owned();
        match error {
            tantivy::TantivyError::IoError(source) if is_about_content(&source) => Error::Index {
                path,
                source: source.to_string().into(),
            },
            tantivy::TantivyError::IoError(source) => Error::Io {
                path,
                source: io::Error::new(source.kind(), source.to_string()),
            },
            tantivy::TantivyError::OpenWriteError(
                tantivy::directory::error::OpenWriteError::IoError { io_error, filepath },
            ) => Error::Io {
                path: path.join(filepath),
                source: io::Error::new(io_error.kind(), io_error.to_string()),
            },
            tantivy::TantivyError::ErrorInThread(_) => match probe(&path) {
                Err(source) => Error::Io { path, source },
                Ok(()) => Error::Index {
                    path,
                    source: Box::new(error),
                },
            },
            other => Error::Index {
                path,
                source: Box::new(other),
            },
        }
    }
}

/// Whether bytes were read but make no sense, rather than the system refusing to read or write.
fn is_about_content(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    let is_of_content = matches!(
        error.kind(),
        InvalidData | InvalidInput | Other | UnexpectedEof
    );
    is_of_content && error.raw_os_error().is_none()
}

/// How much is written to see whether the disk still takes anything.
const PROBE: usize = 1 << 20;

/// A writing thread of the engine dies without saying why; a write of our own says.
fn probe(path: &Path) -> io::Result<()> {
    let file = path.join("probe.new");
    let outcome = fs::write(&file, vec![0; PROBE]);
    // What could not be written need not be there to be removed.
    let _ = fs::remove_file(&file);
    outcome
}

/// Reads the description of the index at `path` and refuses one of another format.
fn describe(path: &Path) -> Result<Description> {
    let file = path.join(DESCRIPTION);
    let text = match fs::read_to_string(&file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(if holds_something_else(path)? {
                Error::NotAnIndex {
                    path: path.to_owned(),
                }
            } else {
                Error::NoIndex {
                    path: path.to_owned(),
                }
            });
        }
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(Error::NotAnIndex {
                path: path.to_owned(),
            });
        }
        // What is no text was not written by us.
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            return Err(Error::Index {
                path: file,
                source: Box::new(error),
            });
        }
        Err(error) => return Err(io_error(&file)(error)),
    };
    let description: Description = serde_json::from_str(&text).map_err(|source| Error::Index {
        path: file,
        source: Box::new(source),
    })?;
    if description.format == FORMAT_VERSION {
        Ok(description)
    } else {
        Err(Error::IndexVersion {
            path: path.to_owned(),
            found: description.format,
            supported: FORMAT_VERSION,
        })
    }
}

/// Whether a folder without `kronika.json` holds anything of somebody else's.
fn holds_something_else(path: &Path) -> Result<bool> {
    let entries = match fs::read_dir(path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(true),
        Err(error) => return Err(io_error(path)(error)),
    };
    for entry in entries {
        let name = entry.map_err(io_error(path))?.file_name();
        let ours = [lock::FILE, SEGMENTS].iter().any(|ours| name == *ours);
        if !ours && !HARMLESS.iter().any(|harmless| name == *harmless) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Writes a small file so that a crash leaves the old one or the new one, never half.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut draft = path.as_os_str().to_owned();
    draft.push(".new");
    let draft = PathBuf::from(draft);
    let write = || {
        let mut file = fs::File::create(&draft)?;
        io::Write::write_all(&mut file, bytes)?;
        file.sync_all()?;
        fs::rename(&draft, path)
    };
    write().map_err(io_error(path))
}

/// Opens Tantivy's part of the index, with our tokenizers.
fn open_segments(path: &Path) -> Result<tantivy::Index> {
    let mut index = tantivy::Index::open_in_dir(path.join(SEGMENTS)).map_err(engine_error(path))?;
    index.set_tokenizers(tokenizer::manager());
    Ok(index)
}

/// Opens the index at `path` for writing, or makes a new one there.
fn open_or_create(path: &Path, rebuild: bool) -> Result<tantivy::Index> {
    let segments = path.join(SEGMENTS);
    let known = describe(path);
    match known {
        Ok(description) if !rebuild && description != Description::current() => {
            return Err(Error::IndexAnalysis {
                path: path.to_owned(),
                found: description.analysis,
                current: lang::version(),
            });
        }
        Ok(_) | Err(Error::NoIndex { .. }) => {}
        Err(Error::IndexVersion { .. } | Error::Index { .. }) if rebuild => {}
        Err(error) => return Err(error),
    }
    if rebuild {
        match fs::remove_dir_all(&segments) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(io_error(&segments)(error));
            }
            _ => {}
        }
    }
    if segments.join("meta.json").exists() {
        return open_segments(path);
    }
    fs::create_dir_all(&segments).map_err(io_error(&segments))?;
    let description = serde_json::to_vec(&Description::current()).map_err(io::Error::other);
    write_whole(
        &path.join(DESCRIPTION),
        &description.map_err(io_error(path))?,
    )?;
    tantivy::Index::builder()
        .schema(schema::Fields::new().schema)
        .tokenizers(tokenizer::manager())
        .create_in_dir(&segments)
        .map_err(engine_error(path))
}
