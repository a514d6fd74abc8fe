//! Bytes of a file beside the segments, read where they lie.

use std::io;
use std::ops::Deref;
use std::path::Path;

use tantivy::Directory;
use tantivy::directory::{MmapDirectory, OwnedBytes};

/// Bytes of a file that is mapped to memory, or bytes that were made.
///
/// A file that is mapped may be replaced or removed, which changes nothing here; only who writes
/// into it changes what is read.
pub struct Mapped(OwnedBytes);

impl Mapped {
    /// Maps a file. Fails where it cannot be read or is no file.
    pub fn open(path: &Path) -> io::Result<Self> {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(io::ErrorKind::InvalidInput.into());
        };
        let folder = MmapDirectory::open(folder).map_err(io::Error::other)?;
        let file = folder
            .open_read(Path::new(name))
            .map_err(io::Error::other)?;
        file.read_bytes().map(Self)
    }

    /// The last bytes of these, all that there are where fewer are.
    #[must_use]
    pub fn last(&self, length: usize) -> Self {
        Self(
            self.0
                .slice(self.0.len().saturating_sub(length)..self.0.len()),
        )
    }
}

impl From<Vec<u8>> for Mapped {
    fn from(bytes: Vec<u8>) -> Self {
        Self(OwnedBytes::new(bytes))
    }
}

impl Deref for Mapped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Mapped {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} bytes", self.len())
    }
}
