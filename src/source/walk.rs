//! Which files there are to read, in an order that depends on their names alone.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use walkdir::WalkDir;

use super::open::{Kind, Packing};
use crate::model::Reject;
use crate::{Error, Result};

/// Stands for standard input.
pub const STANDARD_INPUT: &str = "-";

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    /// How it is called in output.
    pub(super) name: String,
    /// Where it is; nothing for standard input.
    pub(super) path: Option<PathBuf>,
    /// What its name says it is.
    pub(super) kind: Option<(Kind, Packing)>,
    /// Whether the user named it, rather than a folder above it.
    pub(super) named: bool,
}

/// The files below some roots, sorted by name, each once.
#[derive(Debug, Clone, Default)]
pub struct Files {
    by_name: BTreeMap<String, File>,
    /// The name of each file by where it really is, so that none is read twice.
    name_by_place: BTreeMap<PathBuf, String>,
    folders: Vec<PathBuf>,
    unreadable: Vec<Reject>,
    passed_over: BTreeMap<String, u64>,
    bytes: u64,
}

impl Files {
    /// Finds every file below `roots`; `-` is standard input.
    ///
    /// A file is read once, under the first of its names, also when roots overlap.
    /// Links below a root are not followed: what they lead to inside the roots is found there
    /// anyway, and what lies outside was not asked for. Hidden files, and `README` files below a
    /// folder, are no articles. A root that is missing is an error, before anything is read.
    pub fn walk(roots: &[String]) -> Result<Self> {
        let mut files = Self::default();
        let roots: BTreeSet<&String> = roots.iter().collect();
        for root in roots {
            if root == STANDARD_INPUT {
                let standard_input = File {
                    name: root.clone(),
                    path: None,
                    kind: None,
                    named: true,
                };
                files.add(standard_input, PathBuf::from(root), 0);
                continue;
            }
            let path = PathBuf::from(root);
            let failed = |source| Error::Io {
                path: path.clone(),
                source,
            };
            let metadata = fs::metadata(&path).map_err(failed)?;
            // A pipe between programs has no place of its own.
            let place = fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
            if metadata.is_dir() {
                files.walk_folder(&path, &place);
                files.folders.push(bare(&path));
            } else {
                let file = File {
                    name: name_of(&path),
                    kind: Kind::of_name(&name_of(&path)),
                    path: Some(path),
                    named: true,
                };
                files.add(file, place, metadata.len());
            }
        }
        files
            .unreadable
            .sort_by(|one, other| one.path.cmp(&other.path));
        Ok(files)
    }

    fn walk_folder(&mut self, root: &Path, place: &Path) {
        let walk = WalkDir::new(root)
            .follow_root_links(true)
            .sort_by_file_name();
        let is_shown = |entry: &walkdir::DirEntry| {
            entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
        };
        for entry in walk.into_iter().filter_entry(is_shown) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let name = error.path().map_or_else(|| name_of(root), name_of);
                    let error = error
                        .io_error()
                        .map_or_else(String::new, io::Error::to_string);
                    self.add_unreadable(&name, &error);
                    continue;
                }
            };
            let file_type = entry.file_type();
            if file_type.is_dir() {
                continue;
            }
            if file_type.is_symlink() {
                *self.passed_over.entry("link".to_owned()).or_default() += 1;
                continue;
            }
            let name = name_of(entry.path());
            let Some(kind) = Kind::of_name(&name) else {
                self.pass_over(&entry);
                continue;
            };
            if !file_type.is_file() {
                self.add_unreadable(&name, "neither a file nor a folder");
            } else if is_readme(&entry) {
                self.pass_over(&entry);
            } else {
                let bytes = entry.metadata().map_or(0, |metadata| metadata.len());
                let below = entry.path().strip_prefix(root).unwrap_or(entry.path());
                let place = place.join(below);
                let file = File {
                    name,
                    path: Some(entry.into_path()),
                    kind: Some(kind),
                    named: false,
                };
                self.add(file, place, bytes);
            }
        }
    }

    fn add(&mut self, file: File, place: PathBuf, bytes: u64) {
        if let Some(name) = self.name_by_place.get(&place) {
            if let Some(known) = self.by_name.get_mut(name) {
                known.named |= file.named;
            }
            return;
        }
        self.name_by_place.insert(place, file.name.clone());
        self.bytes += bytes;
        self.by_name.insert(file.name.clone(), file);
    }

    fn add_unreadable(&mut self, path: &str, reason: &str) {
        self.unreadable.push(Reject {
            path: path.to_owned(),
            record: None,
            line: None,
            byte: None,
            reason: reason.to_owned(),
        });
    }

    fn pass_over(&mut self, entry: &walkdir::DirEntry) {
        let name = if is_readme(entry) {
            "README".to_owned()
        } else {
            let extension = entry.path().extension();
            extension.map_or_else(
                || "without extension".to_owned(),
                |extension| format!(".{}", extension.to_string_lossy()),
            )
        };
        *self.passed_over.entry(name).or_default() += 1;
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &File> {
        self.by_name.values()
    }

    /// Folders and files that are there and cannot be opened.
    pub(super) fn unreadable(&self) -> &[Reject] {
        &self.unreadable
    }

    /// The names of all files, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// Whether a file of this name is to be read.
    pub fn contains(&self, path: &str) -> bool {
        self.by_name.contains_key(path)
    }

    /// Whether a file of this name would lie below one of the folders.
    pub fn covers(&self, path: &str) -> bool {
        let path = bare(Path::new(path));
        self.folders.iter().any(|folder| path.starts_with(folder))
    }

    /// Files of other kinds, by extension, with their number.
    pub fn passed_over(&self) -> &BTreeMap<String, u64> {
        &self.passed_over
    }

    /// Size of all files in bytes, as they lie on the disk.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

fn is_readme(entry: &walkdir::DirEntry) -> bool {
    let name = entry.path().file_stem().unwrap_or_default();
    name.eq_ignore_ascii_case("README")
}

/// A path without `./` at its front.
fn bare(path: &Path) -> PathBuf {
    let bare: PathBuf = path
        .components()
        .skip_while(|component| matches!(component, std::path::Component::CurDir))
        .collect();
    bare
}

/// A path as text; bytes that are no text are written like `\xff`, so that no two names are one.
fn name_of(path: &Path) -> String {
    let path = bare(path);
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        for byte in chunk.invalid() {
            let _ = write!(name, "\\x{byte:02x}");
        }
    }
    name
}
