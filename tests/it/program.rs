//! The program as a user runs it: a fresh folder, arguments, and what came out.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder of its own for one test, and the program run in it.
pub(crate) struct Place {
    folder: TempDir,
}

/// What one run gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    /// The folder of the sample corpus.
    pub(crate) fn corpus() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file, with the folders above it.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    /// The program with nothing of the user's own around it.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kronika"));
        command
            .current_dir(self.folder.path())
            .env_clear()
            .env("KRONIKA_NOW", "2023-03-01")
            .env("RUST_BACKTRACE", "0");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command().args(arguments).output().unwrap())
    }

    /// Runs the program and demands exit code 0.
    #[track_caller]
    pub(crate) fn fine(&self, arguments: &[&str]) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}\n{}\n{}", run.out, run.err);
        run
    }

    /// The account of an indexing run, as JSON.
    #[track_caller]
    pub(crate) fn account(&self, arguments: &[&str], code: i32) -> serde_json::Value {
        let arguments = [&["index", "--json"], arguments].concat();
        let run = self.run(&arguments);
        assert_eq!(run.code, code, "{arguments:?}\n{}\n{}", run.out, run.err);
        let account: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let number = |field: &str| account[field].as_u64().unwrap();
        let parts = ["added", "updated", "unchanged", "duplicate", "rejected"];
        let sum: u64 = parts.iter().map(|part| number(part)).sum();
        assert_eq!(number("read"), sum, "{account}");
        account
    }
}

/// Copies all that lies in a folder to another, which is made where it is not there.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).unwrap();
        }
    }
}

impl Run {
    pub(crate) fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// An error with this code that says all of this, is no panic, and leaves a hint if wanted.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, said: &[&str]) {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        for words in said {
            assert!(self.err.contains(words), "no `{words}` in: {}", self.err);
        }
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}
