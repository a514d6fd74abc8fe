//! A panic of the engine on damaged bytes becomes an error.
//!
//! Tantivy trusts what it wrote. Where bytes have changed since, it may find an offset outside its
//! file and panic. A user is told that the index is damaged instead.

use std::backtrace::Backtrace;
use std::panic::{self, AssertUnwindSafe, Location, PanicHookInfo};
use std::path::Path;
use std::sync::{Mutex, Once, PoisonError};

use crate::{Error, Result};

/// How the engine is called in the paths of its sources and the names of its functions.
const ENGINE: &str = "tantivy";

/// What the engine said when it last panicked, until somebody asks.
static SAID: Mutex<Option<String>> = Mutex::new(None);

static HOOK: Once = Once::new();

fn said() -> std::sync::MutexGuard<'static, Option<String>> {
    SAID.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether the engine panics, or a library that it calls.
fn is_of_engine(info: &PanicHookInfo<'_>) -> bool {
    let file = info.location().map_or("", Location::file);
    let ours = file!().trim_end_matches("index/rescue.rs");
    if file.starts_with(ours) {
        return false;
    }
    file.contains(ENGINE) || Backtrace::force_capture().to_string().contains(ENGINE)
}

/// What the engine says in its panic; nothing where it is not the engine that panics.
fn of_engine(info: &PanicHookInfo<'_>) -> Option<String> {
    let payload = info.payload();
    let text = payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let text = text.unwrap_or("no reason given");
    is_of_engine(info).then(|| format!("bytes that make no sense: {text}"))
}

/// From now on a panic of the engine is kept instead of printed.
fn listen() {
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let mut said = said();
            match of_engine(info) {
                Some(text) => *said = Some(text),
                // A thread that waits for one of the engine's goes down with it.
                None if said.is_some() => {}
                None => {
                    drop(said);
                    before(info);
                }
            }
        }));
    });
}

/// Does some work with the index at `path`. A panic of the engine, also in a thread of its own or in
/// one that the work waits for, is given as [`Error::Index`]; any other goes on.
pub fn rescued<T>(path: &Path, work: impl FnOnce() -> Result<T>) -> Result<T> {
    listen();
    let outcome = panic::catch_unwind(AssertUnwindSafe(work));
    let said = said().take();
    match (outcome, said) {
        (Ok(Ok(_)) | Err(_), Some(text)) => Err(Error::Index {
            path: path.to_owned(),
            source: text.into(),
        }),
        (Ok(outcome), _) => outcome,
        (Err(panic), None) => panic::resume_unwind(panic),
    }
}
