//! The files of the last commit: whether each is there, and its bytes are those that were written.

use std::fs;
use std::path::Path;

use tantivy::index::SegmentComponent;
use tantivy::{Index, SegmentMeta};

use super::super::schema::Fields;
use super::super::{SEGMENTS, engine_error, io_error, open_segments};
use super::{COMMIT, Watcher, file_fault, reading};
use crate::model::{FaultKind, Verification};
use crate::{Error, Result};

/// The engine's list of files that it may remove.
const MANAGED: &str = ".managed.json";

/// What every segment has.
const COMPONENTS: [SegmentComponent; 6] = [
    SegmentComponent::Terms,
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::FastFields,
    SegmentComponent::FieldNorms,
    SegmentComponent::Store,
];

/// The path of one of the engine's files within the folder of the index.
fn below(name: &str) -> String {
    format!("{SEGMENTS}/{name}")
}

/// Checks all files that the last commit names, and that it can be read itself.
pub(super) fn check(
    path: &Path,
    found: &mut Verification,
    watcher: &mut dyn Watcher,
) -> Result<()> {
    check_managed(path, found)?;
    let commit = below(COMMIT);
    if !path.join(&commit).exists() {
        let fault = file_fault(FaultKind::Missing, &commit, None);
        found.faults.push(fault);
        return Ok(());
    }
    if found.is_damaged_at(&below(MANAGED)) {
        return Ok(());
    }
    let opened = reading(found, FaultKind::Commit, &commit, |_| {
        let index = open_segments(path)?;
        let metas = index.load_metas().map_err(engine_error(path))?;
        Ok((index, metas))
    })?;
    let Some((index, metas)) = opened else {
        return Ok(());
    };
    if metas.schema != Fields::new().schema {
        let detail = Some("its fields are not those of this format".to_owned());
        let fault = file_fault(FaultKind::Commit, &commit, detail);
        found.faults.push(fault);
    }
    let names: Vec<String> = metas.segments.iter().flat_map(files_of).collect();
    let size = |name: &String| fs::metadata(path.join(below(name))).map_or(0, |data| data.len());
    watcher.begin("files", names.iter().map(size).sum());
    for name in &names {
        check_file(path, &index, name, found)?;
        watcher.at(found.bytes);
    }
    found.files += 1;
    Ok(())
}

fn files_of(segment: &SegmentMeta) -> Vec<String> {
    let deleted = segment.has_deletes().then_some(SegmentComponent::Delete);
    let components = COMPONENTS.into_iter().chain(deleted);
    components
        .map(|component| segment.relative_path(component).display().to_string())
        .collect()
}

/// A list of removable files that cannot be read stops the engine; without one it goes on.
fn check_managed(path: &Path, found: &mut Verification) -> Result<()> {
    let name = below(MANAGED);
    let file = path.join(&name);
    let bytes = match fs::read(&file) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(io_error(&file)(error)),
    };
    if let Err(error) = serde_json::from_slice::<Vec<String>>(&bytes) {
        let fault = file_fault(FaultKind::Commit, &name, Some(error.to_string()));
        found.faults.push(fault);
    }
    Ok(())
}

fn check_file(path: &Path, index: &Index, name: &str, found: &mut Verification) -> Result<()> {
    let file = below(name);
    let size = match fs::metadata(path.join(&file)) {
        Ok(data) => data.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            found
                .faults
                .push(file_fault(FaultKind::Missing, &file, None));
            return Ok(());
        }
        Err(error) => return Err(io_error(&path.join(&file))(error)),
    };
    found.files += 1;
    found.bytes += size;
    let holds = reading(found, FaultKind::Checksum, &file, |_| {
        let directory = index.directory();
        let holds = directory.validate_checksum(Path::new(name));
        holds.map_err(|error| Error::Index {
            path: path.to_owned(),
            source: Box::new(error),
        })
    })?;
    if holds == Some(false) {
        found
            .faults
            .push(file_fault(FaultKind::Checksum, &file, None));
    }
    Ok(())
}
