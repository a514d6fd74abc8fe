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
mod nesting;
mod open;
mod published;
mod table;
mod text;
mod walk;

use std::io::Read;
use std::ops::ControlFlow;

pub use draft::Mapping;
pub use identity::content_hash;
pub use open::Kind;
pub use walk::Files;

use crate::model::{Article, PartialDate, Reject};
use draft::Draft;
use open::Input;

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

/// Reads all files in order.
pub fn read(files: &Files, options: &Options, sink: Sink<'_>) {
    let mut before = 0;
    for reject in files.unreadable() {
        if sink(Item::Rejected(reject.clone()), 0).is_break() {
            return;
        }
    }
    for file in files.iter() {
        let mut reading = Reading {
            path: &file.name,
            options,
            sink,
            before,
            record: 0,
        };
        let flow = match Input::open(file, options) {
            Ok(mut input) => {
                let flow = reading.file(&mut input);
                before += input.bytes_read();
                flow
            }
            Err(error) => reading.reject(None, None, &error.to_string()),
        };
        if flow.is_break() {
            return;
        }
    }
}

/// One file under way.
struct Reading<'a, 's> {
    path: &'a str,
    options: &'a Options,
    sink: &'a mut (dyn FnMut(Item, u64) -> ControlFlow<()> + 's),
    /// Bytes of the files before this one.
    before: u64,
    record: u64,
}

impl Reading<'_, '_> {
    fn file(&mut self, input: &mut Input) -> ControlFlow<()> {
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
        if let Err(error) = input.take(limit + 1).read_to_end(&mut bytes) {
            let reason = format!("cannot be read to its end: {error}");
            self.reject(None, Some(bytes.len() as u64), &reason)?;
            return ControlFlow::Continue(None);
        }
        if bytes.len() as u64 > limit {
            self.reject(None, Some(limit), &too_large(limit))?;
            return ControlFlow::Continue(None);
        }
        match encoding::decode(&bytes) {
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
            Ok(article) => (self.sink)(Item::Article(Box::new(article)), self.before),
            Err(reason) => self.reject(line, byte, &reason),
        }
    }

    fn reject(&mut self, line: Option<u64>, byte: Option<u64>, reason: &str) -> ControlFlow<()> {
        let reject = Reject {
            path: self.path.to_owned(),
            record: (self.record > 0).then_some(self.record),
            line,
            byte,
            reason: reason.to_owned(),
        };
        (self.sink)(Item::Rejected(reject), self.before)
    }

    fn note(&mut self, note: &str) -> ControlFlow<()> {
        (self.sink)(Item::Note(note.to_owned()), self.before)
    }
}

fn too_large(limit: u64) -> String {
    format!(
        "larger than {} MiB; --max-article raises the limit",
        limit >> 20
    )
}
