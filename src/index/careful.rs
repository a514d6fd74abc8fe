//! Which segments are merged: as the engine thinks best, but none whose bytes have changed.
//!
//! A merged segment has a checksum of its own. Damage that goes into it could not be found any
//! more, and would spread to what lay beside it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::ManagedDirectory;
use tantivy::directory::error::OpenReadError;
use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::merge_policy::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Segments of earlier runs, and the damaged file of each that was checked and has one.
type Checks = HashMap<SegmentId, Check>;

#[derive(Debug)]
enum Check {
    Unchecked,
    Whole,
    Damaged(String),
}

/// Merges by size, and looks first at what other runs have left.
#[derive(Debug, Clone)]
pub(super) struct Careful {
    directory: ManagedDirectory,
    checks: Arc<Mutex<Checks>>,
}

impl Careful {
    /// For an index that nobody else writes to.
    pub(super) fn new(index: &tantivy::Index) -> tantivy::Result<Self> {
        let before = index.searchable_segment_ids()?;
        let checks = before.into_iter().map(|id| (id, Check::Unchecked));
        Ok(Self {
            directory: index.directory().clone(),
            checks: Arc::new(Mutex::new(checks.collect())),
        })
    }

    /// The damaged files that were met, in order.
    pub(super) fn damaged(&self) -> Vec<String> {
        let checks = self.checks.lock().unwrap_or_else(PoisonError::into_inner);
        let damaged = checks.values().filter_map(|check| match check {
            Check::Damaged(file) => Some(file.clone()),
            Check::Unchecked | Check::Whole => None,
        });
        let mut damaged: Vec<String> = damaged.collect();
        damaged.sort();
        damaged
    }

    /// Whether a segment was written by this run, or has the bytes that were written.
    fn is_whole(&self, checks: &mut Checks, id: SegmentId) -> bool {
        let Some(check) = checks.get_mut(&id) else {
            return true;
        };
        if matches!(check, Check::Unchecked) {
            *check = self.damaged_file(id).map_or(Check::Whole, Check::Damaged);
        }
        matches!(check, Check::Whole)
    }

    fn damaged_file(&self, id: SegmentId) -> Option<String> {
        let name = id.uuid_string();
        let files = self.directory.list_managed_files();
        let mut damaged = files.iter().filter(|file| {
            let is_its = file.to_str().is_some_and(|file| file.starts_with(&name));
            is_its && !self.is_file_whole(file)
        });
        damaged.next().map(|file| file.display().to_string())
    }

    fn is_file_whole(&self, file: &Path) -> bool {
        match self.directory.validate_checksum(file) {
            Ok(is_whole) => is_whole,
            // Of an older commit, perhaps. Where it is needed, the merge fails.
            Err(OpenReadError::FileDoesNotExist(_)) => true,
            Err(_) => false,
        }
    }
}

impl MergePolicy for Careful {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let mut checks = self.checks.lock().unwrap_or_else(PoisonError::into_inner);
        let is_damaged = |checks: &Checks, id| matches!(checks.get(&id), Some(Check::Damaged(_)));
        loop {
            let kept = segments.iter().filter(|one| !is_damaged(&checks, one.id()));
            let kept: Vec<SegmentMeta> = kept.cloned().collect();
            let candidates = LogMergePolicy::default().compute_merge_candidates(&kept);
            let mut ids = candidates.iter().flat_map(|candidate| &candidate.0);
            if ids.all(|id| self.is_whole(&mut checks, *id)) {
                return candidates;
            }
        }
    }
}
