//! Opens a file: its kind, its packing, and the bytes inside.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;

use super::Options;
use super::walk::File;

/// How much is looked at to tell a kind or an encoding.
const PEEKED: usize = 1 << 16;

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
        let bytes = bytes
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(bytes)
            .trim_ascii_start();
        let head = bytes.get(..bytes.len().min(512)).unwrap_or_default();
        let head = String::from_utf8_lossy(head).to_lowercase();
        if head.starts_with('[') {
            Self::Json
        } else if head.starts_with('{') {
            let first_line = bytes
                .split(|byte| *byte == b'\n')
                .next()
                .unwrap_or_default();
            let is_whole = serde_json::from_slice::<serde::de::IgnoredAny>(first_line).is_ok();
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
        } else {
            Self::Text
        }
    }
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

/// An open file, unpacked.
pub(super) struct Input {
    kind: Kind,
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
        let packing = match file.kind {
            Some((_, packing)) => packing,
            None => packing_of(raw.fill_buf()?),
        };
        let unpacked: Box<dyn Read> = match packing {
            Packing::None => Box::new(raw),
            Packing::Gzip => Box::new(MultiGzDecoder::new(raw)),
            Packing::Zstd => Box::new(Frames::new(raw)?),
        };
        let mut reader = BufReader::with_capacity(PEEKED, unpacked);
        let forced = options.kind.filter(|_| file.named);
        let kind = match forced.or(file.kind.map(|(kind, _)| kind)) {
            Some(kind) => kind,
            None => Kind::of_bytes(reader.fill_buf()?),
        };
        Ok(Self {
            kind,
            count,
            reader,
        })
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
