//! The engine's files, also where nobody may write, and for all who may read the folder.
//!
//! A reader of the engine takes a lock, so that no file goes while it is opened, and the lock is a
//! file. On a disk or in a folder that cannot be written to there is no such file, nor a writer.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, WatchCallback,
    WatchHandle, WritePtr,
};

/// Files mapped to memory, that can be read without a right to write.
#[derive(Debug, Clone)]
pub(super) struct Segments {
    path: PathBuf,
    files: MmapDirectory,
}

impl Segments {
    pub(super) fn open(path: &Path) -> Result<Self, OpenDirectoryError> {
        Ok(Self {
            path: path.to_owned(),
            files: MmapDirectory::open(path)?,
        })
    }

    /// Lets those read a file who may read the folder; the engine makes some for their owner alone.
    #[cfg(unix)]
    fn share(&self, file: &Path) -> io::Result<()> {
        use std::os::unix::fs::PermissionsExt;
        const READ_AND_WRITE: u32 = 0o666;
        let mode = fs::metadata(&self.path)?.permissions().mode();
        let permissions = fs::Permissions::from_mode(mode & READ_AND_WRITE);
        fs::set_permissions(self.path.join(file), permissions)
    }

    #[cfg(not(unix))]
    fn share(&self, _: &Path) -> io::Result<()> {
        Ok(())
    }
}

impl Directory for Segments {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.files.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.files.atomic_write(path, data)?;
        self.share(path)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        match self.files.acquire_lock(lock) {
            Err(LockError::IoError(error))
                if lock.filepath == META_LOCK.filepath && is_forbidden(&error) =>
            {
                Ok(DirectoryLock::from(Box::new(())))
            }
            outcome => outcome,
        }
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}

fn is_forbidden(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}
