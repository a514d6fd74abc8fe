//! The user's file as a text that is edited and saved.

use std::path::{Path, PathBuf};

use super::edit::{Edit, Wish, checked, mistake};
use super::{disk, understand};
use crate::Result;
use crate::model::AliasChange;

/// The user's file as text, free of contradictions before and after each edit.
#[derive(Debug, Clone)]
pub struct AliasFile {
    path: PathBuf,
    /// What the file held when it was read; none where there was no file.
    read: Option<String>,
    text: String,
}

impl AliasFile {
    /// Reads a file; one that is not there begins empty.
    pub fn open(path: &Path) -> Result<Self> {
        let read = disk::read_if_there(path)?;
        let text = read.clone().unwrap_or_default();
        understand(&text, path)?;
        Ok(Self {
            path: path.to_owned(),
            read,
            text,
        })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The text of the file with all edits.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Merges names into one. Where an entry of the file keeps them apart, it no longer does.
    pub fn merge(&mut self, wish: &Wish) -> Result<Vec<AliasChange>> {
        let wish = checked(wish)?;
        let mut edit = Edit::new(&self.path, &self.text, &wish);
        for form in &wish.forms {
            edit.merge(form)?;
        }
        let (text, changes) = edit.finish()?;
        self.text = text;
        Ok(changes)
    }

    /// Undoes merges of the file; names that it does not merge are kept apart.
    pub fn split(&mut self, wish: &Wish) -> Result<Vec<AliasChange>> {
        let wish = checked(wish)?;
        let mut edit = Edit::new(&self.path, &self.text, &wish);
        for form in &wish.forms {
            edit.split(form)?;
        }
        let (text, changes) = edit.finish()?;
        self.text = text;
        Ok(changes)
    }

    /// Writes the file in one step, if it is to be another one.
    ///
    /// A file that somebody else changed since it was read is left alone.
    pub fn save(&mut self) -> Result<()> {
        if self.text == self.read.as_deref().unwrap_or_default() {
            return Ok(());
        }
        if disk::read_if_there(&self.path)? != self.read {
            return Err(mistake(
                &self.path.display().to_string(),
                "the file was changed meanwhile".to_owned(),
                "run the command again",
            ));
        }
        disk::write(&self.path, &self.text)?;
        self.read = Some(self.text.clone());
        Ok(())
    }
}
