//! Opens a file: its kind, its packing, and the bytes inside.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::Encoding;
use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;

use super::walk::File;
use super::{Options, encoding};

/// How much is looked at to tell a kind or an encoding.
const PEEKED: usize = 1 << 16;

/// How much tells a packing.
const MAGIC: u64 = 4;

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
    fn of_bytes(bytes: &[u8]) -> Self {
        let encoding = encoding::of_head(bytes, true).unwrap_or(encoding_rs::UTF_8);
        let text = encoding.decode(bytes).0;
        let text = text.trim_start();
        let first_line = text.lines().next().unwrap_or_default();
        let head = text.chars().take(512).collect::<String>().to_lowercase();
        if head.starts_with('[') {
            Self::Json
        } else if head.starts_with('{') {
            let is_whole = serde_json::from_str::<serde::de::IgnoredAny>(first_line).is_ok();
            if is_whole { Self::Ndjson } else { Self::Json }
        } else if head.starts_with("<?xml") || head.starts_with("<rss") || head.starts_with("<feed")
        {
            if head.contains("<html") {
                Self::Html
            } else {
                Self::Feed
            }
        } else if head.starts_with('<') {
            Self::Html
        } else if is_header_row(first_line, '\t') {
            Self::Tsv
        } else if is_header_row(first_line, ',') {
            Self::Csv
        } else {
            Self::Text
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

/// Counts what is read from the disk.
struct Counting<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// All frames of a Zstandard file, one after another.
struct Frames<R: BufRead> {
    state: Option<StreamingDecoder<R, ruzstd::decoding::FrameDecoder>>,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> io::Result<Self> {
        let decoder = StreamingDecoder::new(source).map_err(io::Error::other)?;
        Ok(Self {
            state: Some(decoder),
        })
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(decoder) = &mut self.state else {
                return Ok(0);
            };
            let read = decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(decoder) = self.state.take() else {
                return Ok(0);
            };
            let mut source = decoder.into_inner();
            if source.fill_buf()?.is_empty() {
                return Ok(0);
            }
            self.state = Some(StreamingDecoder::new(source).map_err(io::Error::other)?);
        }
    }
}

/// The end of what could be read, where it is an error.
struct Failed(io::Error);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::new(self.0.kind(), self.0.to_string()))
    }
}

/// An open file, unpacked.
pub(super) struct Input {
    kind: Kind,
    encoding: Option<&'static Encoding>,
    count: Arc<AtomicU64>,
    reader: BufReader<Box<dyn Read>>,
}

impl Input {
    /// Opens a file or standard input.
    pub(super) fn open(file: &File, options: &Options) -> io::Result<Self> {
        let count = Arc::new(AtomicU64::new(0));
        let inner: Box<dyn Read> = match &file.path {
            Some(path) => Box::new(std::fs::File::open(path)?),
            None => Box::new(io::stdin()),
        };
        let counting = Counting {
            inner,
            count: Arc::clone(&count),
        };
        let mut raw = BufReader::with_capacity(PEEKED, counting);
        let mut magic = Vec::new();
        raw.by_ref().take(MAGIC).read_to_end(&mut magic)?;
        let packing = match file.kind {
            Some((_, packing)) => packing,
            None => packing_of(&magic),
        };
        let raw = io::Cursor::new(magic).chain(raw);
        let mut unpacked: Box<dyn Read> = match packing {
            Packing::None => Box::new(raw),
            Packing::Gzip => Box::new(MultiGzDecoder::new(raw)),
            Packing::Zstd => Box::new(Frames::new(raw)?),
        };
        // A pipe gives as little at a time as it likes; what a file is, is told by all of its head.
        let mut head = Vec::new();
        let outcome = unpacked.by_ref().take(PEEKED as u64).read_to_end(&mut head);
        let is_cut = head.len() == PEEKED || outcome.is_err();
        let encoding = encoding::of_head(&head, is_cut);
        let forced = options.kind.filter(|_| file.named);
        let kind = match forced.or(file.kind.map(|(kind, _)| kind)) {
            Some(kind) => kind,
            None => Kind::of_bytes(&head),
        };
        let rest: Box<dyn Read> = match outcome {
            Ok(_) => unpacked,
            Err(error) => Box::new(Failed(error)),
        };
        let all: Box<dyn Read> = Box::new(io::Cursor::new(head).chain(rest));
        Ok(Self {
            kind,
            encoding,
            count,
            reader: BufReader::with_capacity(PEEKED, all),
        })
    }

    /// The encoding of its head, when that is not UTF-8.
    pub(super) fn encoding(&self) -> Option<&'static Encoding> {
        self.encoding
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// How much was read from the disk so far.
    pub(super) fn bytes_read(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    /// The next bytes, left where they are.
    pub(super) fn peek(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
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
