//! What can go wrong, told apart by what a caller would do about it.

use std::{io, path::PathBuf};

use unicode_width::UnicodeWidthStr;

/// The result of anything that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure, with the path or place it is about.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// Reading or writing failed.
    #[error("cannot read or write: `{}`", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no index here.
    #[error("there is no index here: `{}`", path.display())]
    NoIndex {
        /// The folder asked for.
        path: PathBuf,
    },
    /// The folder holds something that is not an index.
    #[error("this is not a kronika index, and nothing in it was touched: `{}`", path.display())]
    NotAnIndex {
        /// The folder asked for.
        path: PathBuf,
    },
    /// The index was made in another format.
    #[error("the index has format {found}, this kronika reads {supported}: `{}`", path.display())]
    IndexVersion {
        /// The folder of the index.
        path: PathBuf,
        /// The format it has.
        found: u32,
        /// The format this program reads and writes.
        supported: u32,
    },
    /// The index was made with other dictionaries or models than this program has.
    #[error("the index was made with {found}, this kronika has {current}: `{}`", path.display())]
    IndexAnalysis {
        /// The folder of the index.
        path: PathBuf,
        /// What made it.
        found: String,
        /// What this program would use.
        current: String,
    },
    /// Another process is writing to the index.
    #[error("the index is being written by {holder}: `{}`", path.display())]
    IndexLocked {
        /// The folder of the index.
        path: PathBuf,
        /// Which process, since when.
        holder: String,
    },
    /// The index is damaged, or the engine below it failed.
    #[error("the index cannot be used: `{}`", path.display())]
    Index {
        /// The folder of the index.
        path: PathBuf,
        /// What the engine said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The user asked for something that cannot be read or is too broad.
    #[error(transparent)]
    Mistake(#[from] Mistake),
    /// The user's own file of names cannot be read, or contradicts itself.
    #[error("the alias file cannot be used: `{}`", path.display())]
    Aliases {
        /// The file.
        path: PathBuf,
        /// All that is wrong in it, at least one, in the order of the file.
        mistakes: Vec<FileMistake>,
    },
}

/// A mistake in a file that the user wrote.
///
/// The text of its mistake is the line it is in, or as much of a long line as is around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileMistake {
    /// The line, counted from 1.
    pub line: usize,
    /// The character in the line, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub mistake: Mistake,
}

/// A mistake in what the user typed, with its place and how to mend it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Mistake {
    /// The whole text the user typed.
    pub text: String,
    /// The bytes of it that are wrong.
    pub span: crate::model::Span,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
}

impl Mistake {
    /// The text on one line, and below it carets under what is wrong.
    ///
    /// Characters that would break the line or steer a terminal are replaced.
    ///
    /// ```
    /// # use kronika::{Mistake, model::Span};
    /// let mistake = Mistake {
    ///     text: "Łódź OR".into(),
    ///     span: Span::new(8, 10),
    ///     message: "there is nothing to look for after `OR`".into(),
    ///     hint: None,
    /// };
    /// assert_eq!(mistake.caret(), "Łódź OR\n     ^^");
    /// ```
    pub fn caret(&self) -> String {
        let start = self.text.floor_char_boundary(self.span.start());
        let end = self.text.floor_char_boundary(self.span.end()).max(start);
        let part = |range| on_one_line(self.text.get(range).unwrap_or_default());
        let (before, wrong) = (part(0..start), part(start..end));
        let after = part(end..self.text.len());
        let indent = " ".repeat(before.width());
        let carets = "^".repeat(wrong.width().max(1));
        format!("{before}{wrong}{after}\n{indent}{carets}")
    }
}

/// White space becomes spaces, what cannot be seen or turns the text around becomes `\u{fffd}`.
fn on_one_line(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}' => char::REPLACEMENT_CHARACTER,
            letter if letter.is_whitespace() => ' ',
            letter if letter.is_control() => char::REPLACEMENT_CHARACTER,
            letter => letter,
        })
        .collect()
}
