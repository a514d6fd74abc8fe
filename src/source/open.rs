//! Opens a file: its kind, its packing, and the bytes inside.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::walk::File;
use super::{Options, encoding};

/// How much is looked at to tell a kind or an encoding.
const PEEKED: usize = 1 << 16;

/// How many characters tell a feed from a page.
const MARKUP: usize = 4096;

/// How many bytes tell what a file is packed in.
const MAGIC: usize = 4;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// Plain text, perhaps with a header.
    Text,
    /// The same, where `# ` begins a title.
    Markdown,
    /// One JSON object, or an array of them.
    Json,
    /// One JSON object a line.
    Ndjson,
    /// Values parted by commas, under a header row.
    Csv,
    /// Values parted by tabs.
    Tsv,
    /// A web page.
    Html,
    /// RSS or Atom.
    Feed,
}

/// What a file is wrapped in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    /// Nothing.
    None,
    /// gzip.
    Gzip,
    /// Zstandard.
    Zstd,
}

impl Kind {
    /// What a file's name says it is, if it says.
    pub(super) fn of_name(name: &str) -> Option<(Self, Packing)> {
        let name = name.to_lowercase();
        let (name, packing) = match (name.strip_suffix(".gz"), name.strip_suffix(".zst")) {
            (Some(inner), _) => (inner, Packing::Gzip),
            (_, Some(inner)) => (inner, Packing::Zstd),
            _ => (name.as_str(), Packing::None),
        };
        let (stem, extension) = name.rsplit_once('.')?;
        if stem.is_empty() {
            return None;
        }
        let kind = match extension {
            "txt" => Self::Text,
            "md" => Self::Markdown,
            "json" => Self::Json,
            "jsonl" | "ndjson" => Self::Ndjson,
            "csv" => Self::Csv,
            "tsv" => Self::Tsv,
            "html" | "htm" => Self::Html,
            "xml" | "rss" | "atom" => Self::Feed,
            _ => return None,
        };
        Some((kind, packing))
    }

    /// What the first bytes look like.
    pub(super) fn of_bytes(bytes: &[u8]) -> Self {
        let encoding = encoding::of_head(bytes).unwrap_or(encoding_rs::UTF_8);
        let text = encoding.decode(bytes).0;
        let text = text.trim_start();
        let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
        match text.chars().next() {
            Some('[') => Self::Json,
            Some('{') => match serde_json::from_str::<serde::de::IgnoredAny>(line) {
                Ok(_) => Self::Ndjson,
                // A first line that goes on behind what was looked at.
                Err(error) if error.is_eof() && rest.is_empty() => Self::Ndjson,
                Err(_) => Self::Json,
            },
            Some('<') => Self::of_markup(text),
            _ if is_header_row(line, '\t') => Self::Tsv,
            _ if is_header_row(line, ',') || is_header_row(line, ';') => Self::Csv,
            _ => Self::Text,
        }
    }

    /// A feed or a page, by the tag that comes first.
    fn of_markup(text: &str) -> Self {
        let head = text.chars().take(MARKUP).collect::<String>().to_lowercase();
        let first = |tags: &[&str]| tags.iter().filter_map(|tag| head.find(tag)).min();
        let feed = first(&["<rss", "<feed", "<rdf:rdf"]);
        let page = first(&["<html", "<!doctype html", "<head", "<body"]);
        match (feed, page) {
            (Some(feed), Some(page)) if feed < page => Self::Feed,
            (Some(_), None) => Self::Feed,
            (None, None) if head.starts_with("<?xml") => Self::Feed,
            _ => Self::Html,
        }
    }
}

/// Whether a line names columns, and one of them is an article's text or title.
fn is_header_row(line: &str, delimiter: char) -> bool {
    let names: Vec<&str> = line
        .split(delimiter)
        .map(|name| name.trim().trim_matches('"'))
        .collect();
    let is_name = |name: &&str| !name.is_empty() && !name.contains(char::is_whitespace);
    names.len() > 1
        && names.iter().all(is_name)
        && names.iter().any(|name| ["text", "title"].contains(name))
}

/// Counts what is used of a file.
struct Counting<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: BufRead> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counting<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.count.fetch_add(amount as u64, Ordering::Relaxed);
        self.inner.consume(amount);
    }
}

/// All frames of a Zstandard file, one after another.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    is_inside: bool,
}

impl<R: BufRead> Frames<R> {
    /// Goes to the next frame that holds data; false at the end of the file.
    fn open_next(&mut self) -> io::Result<bool> {
        loop {
            if self.source.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let length = u64::from(length);
                    let mut skipped = (&mut self.source).take(length);
                    if io::copy(&mut skipped, &mut io::sink())? < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.is_inside && !self.open_next()? {
                return Ok(0);
            }
            self.is_inside = true;
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decoder
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(io::Error::other)?;
            }
            let read = self.decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            self.is_inside = false;
            let (given, found) = (
                self.decoder.get_checksum_from_data(),
                self.decoder.get_calculated_checksum(),
            );
            if given.is_some() && given != found {
                return Err(io::Error::other("a frame does not fit its checksum"));
            }
        }
    }
}

/// Says of what goes wrong inside an archive that it is the archive, and where.
struct Archive<R> {
    inner: R,
    name: &'static str,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Archive<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buffer).map_err(|error| {
            if error.kind() == io::ErrorKind::Interrupted {
                return error;
            }
            let (name, read) = (self.name, self.count.load(Ordering::Relaxed));
            io::Error::other(format!(
                "the {name} archive breaks off or is damaged in its first {read} bytes: {error}"
            ))
        })
    }
}

/// What was looked at first, then what went wrong while looking, then the rest.
struct Resumed<R> {
    head: Cursor<Vec<u8>>,
    failure: Option<io::Error>,
    rest: R,
}

impl<R: Read> Resumed<R> {
    /// Looks at the first bytes, as many as asked for or all there are.
    fn look(mut rest: R, number: usize) -> (Vec<u8>, Self) {
        let mut head = Vec::new();
        let looked = (&mut rest).take(number as u64).read_to_end(&mut head);
        let resumed = Self {
            head: Cursor::new(head.clone()),
            failure: looked.err(),
            rest,
        };
        (head, resumed)
    }
}

impl<R: Read> Read for Resumed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.head.read(buffer)?;
        if read > 0 || buffer.is_empty() {
            return Ok(read);
        }
        match self.failure.take() {
            Some(error) => Err(error),
            None => self.rest.read(buffer),
        }
    }
}

/// An open file, unpacked.
pub(super) struct Input {
    kind: Kind,
    count: Arc<AtomicU64>,
    head: Vec<u8>,
    reader: BufReader<Resumed<Box<dyn Read>>>,
}

impl Input {
    /// Opens a file or standard input.
    pub(super) fn open(file: &File, options: &Options) -> io::Result<Self> {
        let inner: Box<dyn Read> = match &file.path {
            Some(path) => Box::new(std::fs::File::open(path)?),
            None => Box::new(io::stdin()),
        };
        Ok(Self::over(inner, file, options))
    }

    /// Reads what `inner` gives as if it were this file.
    pub(super) fn over(inner: Box<dyn Read>, file: &File, options: &Options) -> Self {
        let count = Arc::new(AtomicU64::new(0));
        let (magic, inner) = Resumed::look(inner, MAGIC);
        let raw = Counting {
            inner: BufReader::with_capacity(PEEKED, inner),
            count: Arc::clone(&count),
        };
        let packing = match file.kind {
            Some((_, packing)) => packing,
            None => packing_of(&magic),
        };
        let archive = |inner: Box<dyn Read>, name| {
            let count = Arc::clone(&count);
            Box::new(Archive { inner, name, count })
        };
        let unpacked: Box<dyn Read> = match packing {
            Packing::None => Box::new(raw),
            Packing::Gzip => archive(Box::new(MultiGzDecoder::new(raw)), "gzip"),
            Packing::Zstd => {
                let frames = Frames {
                    source: raw,
                    decoder: FrameDecoder::new(),
                    is_inside: false,
                };
                archive(Box::new(frames), "zstd")
            }
        };
        let (head, resumed) = Resumed::look(unpacked, PEEKED);
        let forced = options.kind.filter(|_| file.named);
        let kind = match forced.or(file.kind.map(|(kind, _)| kind)) {
            Some(kind) => kind,
            None => Kind::of_bytes(&head),
        };
        Self {
            kind,
            count,
            head,
            reader: BufReader::with_capacity(PEEKED, resumed),
        }
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// Counts the bytes read from the disk so far.
    pub(super) fn counter(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.count)
    }

    /// The first 64 KiB of the file, however it arrives; all of it when it is smaller.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }
}

fn packing_of(bytes: &[u8]) -> Packing {
    if bytes.starts_with(&[0x1f, 0x8b]) {
        Packing::Gzip
    } else if bytes.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        Packing::Zstd
    } else {
        Packing::None
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer)
    }
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.reader.consume(amount);
    }
}
