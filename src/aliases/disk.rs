//! The file on disk: read whole, written whole or not at all.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::{fs, process};

use super::places::Places;
use crate::model::Span;
use crate::{Error, Mistake, Result};

/// A longer file is not read: it is something else, or a mistake.
const MOST_BYTES: u64 = 16 << 20;

fn io_error(path: &Path) -> impl Fn(io::Error) -> Error {
    move |source| Error::Io {
        path: path.to_owned(),
        source,
    }
}

/// The text of a file, which has to be UTF-8 and of bounded length.
pub(super) fn read(path: &Path) -> Result<String> {
    let file = fs::File::open(path).map_err(io_error(path))?;
    let mut bytes = Vec::new();
    let mut bounded = file.take(MOST_BYTES + 1);
    bounded.read_to_end(&mut bytes).map_err(io_error(path))?;
    if bytes.len() as u64 > MOST_BYTES {
        let text = path.display().to_string();
        return Err(Mistake {
            span: Span::new(0, text.len()),
            text,
            message: format!("an alias file of more than {} MB", MOST_BYTES >> 20),
            hint: Some("name another with --aliases".to_owned()),
        }
        .into());
    }
    String::from_utf8(bytes).map_err(|error| not_utf8(&error, path))
}

fn not_utf8(error: &std::string::FromUtf8Error, path: &Path) -> Error {
    let valid = error.utf8_error().valid_up_to();
    let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
    let mut places = Places::new(&text);
    let wrong = valid..valid + char::REPLACEMENT_CHARACTER.len_utf8();
    let hint = "save it as UTF-8";
    places.wrong(&wrong, "the file is not UTF-8".to_owned(), hint);
    Error::Aliases {
        path: path.to_owned(),
        mistakes: places.into_mistakes(),
    }
}

/// The same, but nothing where there is no file.
pub(super) fn read_if_there(path: &Path) -> Result<Option<String>> {
    match read(path) {
        Err(Error::Io { source, .. }) if source.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}

/// Puts a new text in the place of the old one, in one step. A link to the file stays a link.
pub(super) fn write(path: &Path, text: &str) -> Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut draft = target.clone().into_os_string();
    draft.push(format!(".{}.new", process::id()));
    let draft = PathBuf::from(draft);
    let outcome = replace(&target, &draft, text);
    if outcome.is_err() {
        // What could not be written need not be there to be removed.
        let _ = fs::remove_file(&draft);
    }
    outcome.map_err(io_error(path))
}

fn replace(target: &Path, draft: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::File::create(draft)?;
    file.write_all(text.as_bytes())?;
    if let Ok(old) = fs::metadata(target) {
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()?;
    fs::rename(draft, target)
}
