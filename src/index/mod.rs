//! The index on disk. The only folder that names Tantivy.
//!
//! An index is a folder with a small description (`kronika.json`), a lock, the rejects of the
//! last run, and Tantivy's files below `segments/`.
//! Everything that changes changes with one atomic commit.

mod careful;
mod catalogue;
mod collect;
mod compile;
mod directory;
mod expand;
mod given;
mod guard;
mod kwic;
mod lock;
mod mapped;
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

pub use catalogue::{Catalogue, Judged, Verdict};
pub use mapped::Mapped;
pub use meetings::Meetings;
pub use rescue::rescued;
pub use schema::FORMAT_VERSION;
pub use searcher::{Results, Searcher};
pub use verify::{Watcher, verify};
pub use writer::{Writer, WriterOptions};

use crate::{Error, Result, lang};
use directory::Segments;

const DESCRIPTION: &str = "kronika.json";
const SEGMENTS: &str = "segments";
/// The engine's list of what the last commit holds.
const COMMIT: &str = "meta.json";

/// Names that may lie in a folder before an index is made in it.
const HARMLESS: [&str; 3] = ["README.md", ".gitignore", ".keep"];
/// Names that we give to what lies in an index.
const OURS: [&str; 6] = [
    lock::FILE,
    SEGMENTS,
    "names.table",
    "rejects.ndjson",
    "kronika.json.new",
    "probe.new",
];

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
    fn of(commit: &tantivy::IndexMeta) -> Self {
        let payload = commit.payload.as_deref();
        payload
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_else(|| Self::with(0))
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
    use tantivy::TantivyError;
    use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
    move |error| {
        let path = path.to_owned();
        let refused = |path: PathBuf, error: &io::Error| Error::Io {
            path,
            source: again(error),
        };
        match error {
            TantivyError::IoError(source) if is_about_content(&source) => Error::Index {
                path,
                source: source.to_string().into(),
            },
            TantivyError::IoError(error)
            | TantivyError::LockFailure(LockError::IoError(error), _)
            | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError {
                io_error: error,
                ..
            }) => refused(path, &error),
            TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => {
                refused(path.join(filepath), &io_error)
            }
            TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath })
                if !is_about_content(&io_error) =>
            {
                refused(path.join(filepath), &io_error)
            }
            other => Error::Index {
                path,
                source: Box::new(other),
            },
        }
    }
}

/// What went wrong while the engine wrote. Some of its threads die without saying why, and some of
/// its errors hold only words; a write of our own says whether the system refuses.
fn write_error(path: &Path) -> impl Fn(tantivy::TantivyError) -> Error {
    move |error| match engine_error(path)(error) {
        error @ Error::Index { .. } => match probe(path) {
            Err(source) => io_error(path)(source),
            Ok(()) => error,
        },
        error => error,
    }
}

/// An error of the system, which cannot be copied, once more.
fn again(error: &io::Error) -> io::Error {
    system_code(error).map_or_else(
        || io::Error::new(error.kind(), error.to_string()),
        io::Error::from_raw_os_error,
    )
}

/// Whether bytes were read but make no sense, rather than the system refusing to read or write.
fn is_about_content(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidData, InvalidInput, Other, UnexpectedEof};
    let is_of_content = matches!(
        error.kind(),
        InvalidData | InvalidInput | Other | UnexpectedEof
    );
    is_of_content && system_code(error).is_none()
}

/// The system's number of an error, also where it lies in other errors.
fn system_code(error: &io::Error) -> Option<i32> {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        cause = match error.downcast_ref::<io::Error>() {
            Some(error) if error.raw_os_error().is_some() => return error.raw_os_error(),
            Some(error) => error.get_ref().map(|inner| inner as _),
            None => error.source(),
        };
    }
    None
}

/// How much is written to see whether the disk still takes anything.
const PROBE: usize = 1 << 20;
/// How many files are opened to see whether the system still opens any.
const PROBE_HANDLES: usize = 64;

/// Does what the engine does when it writes.
fn probe(path: &Path) -> io::Result<()> {
    let file = path.join("probe.new");
    let outcome = fs::write(&file, vec![0; PROBE]).and_then(|()| {
        let handles = (0..PROBE_HANDLES).map(|_| fs::File::open(&file));
        handles.collect::<io::Result<Vec<_>>>()
    });
    // What could not be written need not be there to be removed.
    let _ = fs::remove_file(&file);
    outcome.map(drop)
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
        if !OURS.iter().chain(&HARMLESS).any(|known| name == *known) {
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
        fs::rename(&draft, path)?;
        sync_folder(path)
    };
    write().map_err(io_error(path))
}

/// Makes the name of a new file durable; elsewhere a file's name is durable with the file.
#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Opens Tantivy's part of the index, with our tokenizers.
fn open_segments(path: &Path) -> Result<tantivy::Index> {
    let open = || tantivy::Index::open(Segments::open(&path.join(SEGMENTS))?);
    let mut index = open().map_err(engine_error(path))?;
    index.set_tokenizers(tokenizer::manager());
    Ok(index)
}

/// Opens the index at `path` for writing, or makes a new one there.
fn open_or_create(path: &Path, rebuild: bool) -> Result<tantivy::Index> {
    let segments = path.join(SEGMENTS);
    match describe(path) {
        Ok(description) if !rebuild && description != Description::current() => {
            return Err(Error::IndexAnalysis {
                path: path.to_owned(),
                found: description.analysis,
                current: lang::version(),
            });
        }
        Ok(_) if !rebuild => return open_segments(path),
        Err(Error::NoIndex { .. }) if !rebuild && holds_articles(path) => {
            return Err(Error::Index {
                path: path.join(DESCRIPTION),
                source: "it is missing".into(),
            });
        }
        Ok(_) | Err(Error::NoIndex { .. }) => {}
        Err(Error::IndexVersion { .. } | Error::Index { .. }) if rebuild => {}
        Err(error) => return Err(error),
    }
    // What is here without a description is no index to readers, in whatever state it is.
    let commit = segments.join(COMMIT);
    let is_made_by_us = path.join(DESCRIPTION).exists() || commit.exists();
    remove(&path.join(DESCRIPTION), |file| fs::remove_file(file))?;
    if rebuild && is_made_by_us {
        remove(&segments, |folder| fs::remove_dir_all(folder))?;
    }
    remove(&commit, |file| fs::remove_file(file))?;
    fs::create_dir_all(&segments).map_err(io_error(&segments))?;
    let create = || {
        tantivy::Index::builder()
            .schema(schema::Fields::new().schema)
            .tokenizers(tokenizer::manager())
            .open_or_create(Segments::open(&segments)?)
    };
    let index = create().map_err(write_error(path))?;
    let description = serde_json::to_vec(&Description::current()).map_err(io::Error::other);
    write_whole(
        &path.join(DESCRIPTION),
        &description.map_err(io_error(path))?,
    )?;
    Ok(index)
}

/// Whether the engine's list of what the last commit holds is there and names any segment.
///
/// One that cannot be read may name some.
fn holds_articles(path: &Path) -> bool {
    #[derive(Deserialize)]
    struct Commit {
        segments: Vec<serde::de::IgnoredAny>,
    }
    match fs::read(path.join(SEGMENTS).join(COMMIT)) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map_or(true, |commit: Commit| !commit.segments.is_empty()),
        Err(error) => error.kind() != io::ErrorKind::NotFound,
    }
}

/// Removes what may not be there.
fn remove(path: &Path, how: impl Fn(&Path) -> io::Result<()>) -> Result<()> {
    match how(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(io_error(path)(error)),
        _ => Ok(()),
    }
}
