//! Bytes to articles: every kind of file a corpus may hold, one kind a file.
//!
//! Readers stream: a file may be of any size, an article may not. What cannot be read becomes a
//! [`Reject`] with its place, and reading goes on behind it.

mod draft;
mod encoding;
mod feed;
mod html;
mod identity;
mod json;
mod lines;
mod linked_data;
mod meetings;
mod nesting;
mod open;
mod published;
mod rows;
mod table;
mod text;
mod walk;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use draft::Mapping;
pub use identity::content_hash;
pub use open::Kind;
pub use walk::{Files, STANDARD_INPUT};

use crate::model::{Article, PartialDate, Reject};
use draft::Draft;
use open::Input;

/// After so many rejects without an article between them a file is given up: a small archive can
/// hold millions of broken records, and each is written down.
const MOST_IN_A_ROW: u64 = 100_000;

/// How files are read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Other names for the fields of records.
    pub mapping: Mapping,
    /// The date of articles that have none of their own.
    pub date: Option<PartialDate>,
    /// The language of articles that do not say.
    pub language: Option<String>,
    /// Read named files and standard input as this kind.
    pub kind: Option<Kind>,
    /// Articles of more bytes are rejected.
    pub max_article: usize,
}

/// What reading gives, in the order of the files.
#[derive(Debug)]
pub enum Item {
    /// An article.
    Article(Box<Article>),
    /// Something that could not be read.
    Rejected(Reject),
    /// Something worth saying about a file.
    Note(String),
}

/// Takes items and how many bytes of all files were read so far; may stop the reading.
pub type Sink<'a> = &'a mut dyn FnMut(Item, u64) -> ControlFlow<()>;

/// Reads all files in order; gives whether it came to their end.
pub fn read(files: &Files, options: &Options, sink: Sink<'_>) -> bool {
    read_all(files, options, sink).is_continue()
}

fn read_all(files: &Files, options: &Options, sink: Sink<'_>) -> ControlFlow<()> {
    let mut before = 0;
    for reject in files.unreadable() {
        sink(Item::Rejected(reject.clone()), 0)?;
    }
    for file in files.iter() {
        let mut reading = Reading {
            path: &file.name,
            options,
            sink,
            before,
            count: Arc::default(),
            record: 0,
            given: 0,
            in_a_row: 0,
            is_given_up: false,
        };
        let flow = match Input::open(file, options) {
            Ok(mut input) => reading.file(&mut input),
            Err(error) => reading.reject(None, None, &error.to_string()),
        };
        before = reading.bytes();
        flow?;
    }
    ControlFlow::Continue(())
}

/// Reads `bytes` as if they were a file of this name.
#[doc(hidden)]
pub fn read_bytes(name: &str, bytes: &[u8], options: &Options, sink: Sink<'_>) {
    let file = walk::File {
        name: name.to_owned(),
        path: Some(name.into()),
        kind: Kind::of_name(name),
        named: true,
    };
    let mut reading = Reading {
        path: name,
        options,
        sink,
        before: 0,
        count: Arc::default(),
        record: 0,
        given: 0,
        in_a_row: 0,
        is_given_up: false,
    };
    let bytes = std::io::Cursor::new(bytes.to_vec());
    // Only the sink could have stopped it, and knows.
    let _ = reading.file(&mut Input::over(Box::new(bytes), &file, options));
}

/// One file under way.
struct Reading<'a, 's> {
    path: &'a str,
    options: &'a Options,
    sink: &'a mut (dyn FnMut(Item, u64) -> ControlFlow<()> + 's),
    /// Bytes of the files before this one.
    before: u64,
    /// Bytes read of this file.
    count: Arc<AtomicU64>,
    record: u64,
    /// How many articles and rejects it gave.
    given: u64,
    /// How many rejects it gave since the last article.
    in_a_row: u64,
    /// Whether the rest of it is left unread.
    is_given_up: bool,
}

impl Reading<'_, '_> {
    fn file(&mut self, input: &mut Input) -> ControlFlow<()> {
        self.count = input.counter();
        let flow = self.records(input);
        if self.is_given_up {
            return ControlFlow::Continue(());
        }
        flow?;
        if self.given == 0 {
            self.note(&format!("{}: no articles in it", self.path))?;
        }
        ControlFlow::Continue(())
    }

    /// How much of all files was read so far.
    fn bytes(&self) -> u64 {
        self.before + self.count.load(Ordering::Relaxed)
    }

    fn records(&mut self, input: &mut Input) -> ControlFlow<()> {
        match input.kind() {
            Kind::Text => self.whole(input, text::read),
            Kind::Markdown => self.whole(input, text::read_markdown),
            Kind::Html => self.whole(input, html::read),
            Kind::Feed => feed::read(self, input),
            Kind::Json => json::read(self, input),
            Kind::Ndjson => json::read_lines(self, input),
            Kind::Csv => table::read(self, input, b','),
            Kind::Tsv => table::read(self, input, b'\t'),
        }
    }

    /// A file that is one article.
    fn whole(
        &mut self,
        input: &mut Input,
        parse: fn(&str) -> Result<Draft, String>,
    ) -> ControlFlow<()> {
        self.record = 1;
        let Some(text) = self.text(input)? else {
            return ControlFlow::Continue(());
        };
        match parse(&text) {
            Ok(draft) => self.article(draft, None, None),
            Err(reason) => self.reject(None, None, &reason),
        }
    }

    /// All of a file as text, unless it had to be rejected.
    fn text(&mut self, input: &mut Input) -> ControlFlow<(), Option<String>> {
        let mut bytes = Vec::new();
        let limit = self.options.max_article as u64;
        if let Err(error) = input.by_ref().take(limit + 1).read_to_end(&mut bytes) {
            let reason = format!("cannot be read to its end: {error}");
            self.reject(None, Some(bytes.len() as u64), &reason)?;
            return ControlFlow::Continue(None);
        }
        if bytes.len() as u64 > limit {
            self.reject(None, Some(limit), &too_large(limit))?;
            return ControlFlow::Continue(None);
        }
        let declared = match input.kind() {
            Kind::Html => html::declared_encoding(&bytes),
            _ => None,
        };
        match encoding::decode(&bytes, declared) {
            Ok((text, None)) => ControlFlow::Continue(Some(text)),
            Ok((text, Some(name))) => {
                self.note(&format!("{}: read as {name}", self.path))?;
                ControlFlow::Continue(Some(text))
            }
            Err(broken) => {
                self.reject(None, Some(broken.byte as u64), broken.reason)?;
                ControlFlow::Continue(None)
            }
        }
    }

    /// Finishes an article and hands it on, or says why not.
    fn article(&mut self, draft: Draft, line: Option<u64>, byte: Option<u64>) -> ControlFlow<()> {
        match draft.finish(self.path, self.record, self.options) {
            Ok(article) => {
                self.in_a_row = 0;
                self.give(Item::Article(Box::new(article)))
            }
            Err(reason) => self.reject(line, byte, &reason),
        }
    }

    fn reject(&mut self, line: Option<u64>, byte: Option<u64>, reason: &str) -> ControlFlow<()> {
        self.in_a_row += 1;
        let is_last = self.in_a_row >= MOST_IN_A_ROW;
        let mut reason = reason.to_owned();
        if is_last {
            let told = format!("; {MOST_IN_A_ROW} rejects in a row, nothing behind them was read");
            reason.push_str(&told);
        }
        let reject = Reject {
            path: self.path.to_owned(),
            record: (self.record > 0).then_some(self.record),
            line,
            byte,
            reason,
        };
        self.give(Item::Rejected(reject))?;
        if is_last {
            self.is_given_up = true;
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }

    fn give(&mut self, item: Item) -> ControlFlow<()> {
        self.given += 1;
        let bytes = self.bytes();
        (self.sink)(item, bytes)
    }

    fn note(&mut self, note: &str) -> ControlFlow<()> {
        let bytes = self.bytes();
        (self.sink)(Item::Note(note.to_owned()), bytes)
    }
}

fn too_large(limit: u64) -> String {
    format!(
        "larger than {} MiB; --max-article raises the limit",
        limit >> 20
    )
}
