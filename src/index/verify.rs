//! Whether an index is whole: first its files, byte by byte, then all that stands in them.
//!
//! Nothing is read out of a file whose bytes have changed.

mod contents;
mod files;

use std::fs;
use std::path::Path;

use super::{
    COMMIT, DESCRIPTION, Description, SEGMENTS, describe, holds_articles, is_about_content, rescued,
};
use crate::model::{Article, Fault, FaultKind, FaultPlace, Verification};
use crate::{Error, Result};

/// How often a check is begun anew because somebody wrote meanwhile.
const MOST_TRIES: usize = 3;

/// At most so many bytes are said about one fault.
const LONGEST_DETAIL: usize = 240;

/// Is told how a long check goes on.
pub trait Watcher {
    /// A part of the check begins, in which there are so many things to do.
    fn begin(&mut self, part: &'static str, total: u64);
    /// So many of them are done.
    fn at(&mut self, done: u64);
}

/// Checks the index at `path` as of its last commit.
///
/// `says` tells whether an article, its ready-made names in the order they were given in, has this
/// hash. Names of meetings that came with the article may stand behind them.
///
/// Damage is no error. It is one when there is no index at all, or when a file cannot be read for
/// another reason than what is in it.
pub fn verify(
    path: &Path,
    says: &dyn Fn(&Article, u64) -> bool,
    watcher: &mut dyn Watcher,
) -> Result<Verification> {
    let mut tries = 0;
    loop {
        tries += 1;
        let commit = path.join(SEGMENTS).join(COMMIT);
        let before = fs::read(&commit).ok();
        let found = once(path, says, watcher)?;
        // Files of an older commit go when somebody writes.
        if found.faults.is_empty() || tries == MOST_TRIES || fs::read(&commit).ok() == before {
            return Ok(found);
        }
    }
}

fn once(
    path: &Path,
    says: &dyn Fn(&Article, u64) -> bool,
    watcher: &mut dyn Watcher,
) -> Result<Verification> {
    let mut found = Verification {
        path: path.to_owned(),
        ..Verification::default()
    };
    if !check_description(path, &mut found)? {
        return Ok(found);
    }
    files::check(path, &mut found, watcher)?;
    if !found.is_damaged() {
        contents::check(path, &mut found, says, watcher)?;
    }
    found.faults.sort();
    Ok(found)
}

fn file_fault(kind: FaultKind, file: &str, detail: Option<String>) -> Fault {
    let detail = detail.map(|mut detail| {
        // The engine's words may quote all that it read.
        if detail.len() > LONGEST_DETAIL {
            detail.truncate(detail.floor_char_boundary(LONGEST_DETAIL));
            detail.push('…');
        }
        detail
    });
    Fault {
        kind,
        place: FaultPlace::File(file.to_owned()),
        detail,
    }
}

/// Checks `kronika.json`; gives whether there is more that can be checked.
fn check_description(path: &Path, found: &mut Verification) -> Result<bool> {
    let (kind, detail, goes_on) = match describe(path) {
        Ok(description) if description == Description::current() => return Ok(true),
        Ok(Description { analysis, .. }) => {
            let current = Description::current().analysis;
            let detail = format!("made with {analysis}, this kronika has {current}");
            (FaultKind::Version, Some(detail), true)
        }
        Err(Error::IndexVersion {
            found, supported, ..
        }) => {
            let detail = format!("format {found}, this kronika reads {supported}");
            (FaultKind::Version, Some(detail), false)
        }
        Err(Error::Index { source, .. }) => {
            (FaultKind::Description, Some(source.to_string()), true)
        }
        Err(Error::NoIndex { .. } | Error::NotAnIndex { .. }) if holds_articles(path) => {
            (FaultKind::Missing, None, true)
        }
        Err(error) => return Err(error),
    };
    found.faults.push(file_fault(kind, DESCRIPTION, detail));
    Ok(goes_on)
}

/// Does some reading. Where what is read makes no sense, that becomes a fault of `file`.
fn reading<T>(
    found: &mut Verification,
    kind: FaultKind,
    file: &str,
    work: impl FnOnce(&mut Verification) -> Result<T>,
) -> Result<Option<T>> {
    let path = found.path.clone();
    match rescued(&path, || work(found)) {
        Ok(value) => Ok(Some(value)),
        Err(Error::Index { source, .. }) => {
            let detail = Some(source.to_string());
            found.faults.push(file_fault(kind, file, detail));
            Ok(None)
        }
        // The engine gives what it cannot make sense of as an error of reading, too.
        Err(Error::Io { source, .. }) if is_about_content(&source) => {
            let detail = Some(source.to_string());
            found.faults.push(file_fault(kind, file, detail));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
