//! What the file of names says, its mistakes and its edits.

mod edits;
mod faults;
mod laws;
mod reading;

use super::Aliases;
use crate::Error;

/// The aliases of a text that has no mistake.
#[track_caller]
fn aliases(text: &str) -> Aliases {
    Aliases::parse(text, "aliases.toml".as_ref()).unwrap()
}

/// The mistakes of a text, as `line:column: what [what is marked]`.
fn mistakes(text: &str) -> Vec<String> {
    match Aliases::parse(text, "aliases.toml".as_ref()) {
        Ok(_) => Vec::new(),
        Err(Error::Aliases { mistakes, .. }) => mistakes
            .iter()
            .map(|found| {
                let mistake = &found.mistake;
                let marked = mistake.span.of(&mistake.text);
                assert!(mistake.hint.is_some(), "no hint: {mistake}");
                let (line, column) = (found.line, found.column);
                format!("{line}:{column}: {mistake} [{marked}]")
            })
            .collect(),
        Err(other) => panic!("{other}"),
    }
}
