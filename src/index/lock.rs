//! One writer at a time, and a second is told who and since when.
//!
//! The lock is the operating system's, on a file that stays; it ends with the process, however
//! that ends. The file says who holds it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::io_error;
use crate::{Error, Result};

pub(super) const FILE: &str = "kronika.lock";

/// Held while an index is written to.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // What stays behind is only a name. A program that is being started at this moment may still
        // have the file open, so the lock is not left to end with it; where that fails, it does.
        let _ = self.file.set_len(0);
        let _ = self.file.unlock();
    }
}

impl Lock {
    /// Takes the lock of the index at `path`; `holder` is what others are told.
    pub(super) fn take(path: &Path, holder: &str) -> Result<Self> {
        fs::create_dir_all(path).map_err(io_error(path))?;
        let name = path.join(FILE);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&name)
            .map_err(io_error(&name))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                file.read_to_string(&mut holder).map_err(io_error(&name))?;
                let holder = holder.trim();
                return Err(Error::IndexLocked {
                    path: path.to_owned(),
                    holder: if holder.is_empty() {
                        "another process".to_owned()
                    } else {
                        holder.to_owned()
                    },
                });
            }
            Err(TryLockError::Error(error)) => return Err(io_error(&name)(error)),
        }
        let write = |file: &mut File| {
            file.set_len(0)?;
            file.seek(SeekFrom::Start(0))?;
            writeln!(file, "{holder}")
        };
        write(&mut file).map_err(io_error(&name))?;
        Ok(Self { file })
    }
}
