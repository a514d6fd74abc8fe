//! What holds of every file, whatever its bytes.

use std::io::{self, Read, Write as _};
use std::ops::ControlFlow;
use std::path::PathBuf;

use proptest::prelude::*;

use super::open::{Input, Kind, Packing};
use super::walk::File;
use super::{Item, Options, Reading};

/// Gives its bytes in pieces of a given size.
struct Pieces {
    bytes: io::Cursor<Vec<u8>>,
    size: usize,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.size.min(buffer.len());
        self.bytes.read(&mut buffer[..size])
    }
}

fn read_in_pieces(bytes: &[u8], kind: Option<Kind>, packing: Packing, size: usize) -> Vec<Item> {
    let options = Options {
        max_article: 100_000,
        ..Options::default()
    };
    let file = File {
        name: "a".to_owned(),
        path: Some(PathBuf::from("a")),
        kind: kind.map(|kind| (kind, packing)),
        named: true,
    };
    let pieces = Pieces {
        bytes: io::Cursor::new(bytes.to_vec()),
        size,
    };
    let mut items = Vec::new();
    let mut sink = |item, _| {
        items.push(item);
        ControlFlow::Continue(())
    };
    let mut reading = Reading {
        path: "a",
        options: &options,
        sink: &mut sink,
        before: 0,
        count: std::sync::Arc::default(),
        record: 0,
        given: 0,
        in_a_row: 0,
        is_given_up: false,
    };
    let _ = reading.file(&mut Input::over(Box::new(pieces), &file, &options));
    items
}

fn check(
    bytes: &[u8],
    kind: Option<Kind>,
    packing: Packing,
    size: usize,
) -> Result<(), TestCaseError> {
    let whole = read_in_pieces(bytes, kind, packing, usize::MAX);
    let pieces = read_in_pieces(bytes, kind, packing, size);
    prop_assert_eq!(format!("{whole:?}"), format!("{pieces:?}"));
    prop_assert!(!whole.is_empty(), "nothing is said of the file");
    for item in whole {
        let Item::Article(article) = item else {
            continue;
        };
        for text in [&article.title, &article.text] {
            prop_assert!(unicode_normalization::is_nfc(text));
            prop_assert!(
                !text.contains(|letter: char| letter.is_control()
                    && letter != '\n'
                    && letter != '\t')
            );
        }
        prop_assert!(!article.id.as_str().is_empty());
    }
    Ok(())
}

const KINDS: [Kind; 8] = [
    Kind::Text,
    Kind::Markdown,
    Kind::Json,
    Kind::Ndjson,
    Kind::Csv,
    Kind::Tsv,
    Kind::Html,
    Kind::Feed,
];

fn any_kind() -> impl Strategy<Value = Option<Kind>> {
    proptest::option::weighted(0.9, proptest::sample::select(&KINDS[..]))
}

fn pack(bytes: &[u8], packing: Packing) -> Vec<u8> {
    match packing {
        Packing::None => bytes.to_vec(),
        Packing::Gzip => {
            let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packer.write_all(bytes).unwrap();
            packer.finish().unwrap()
        }
        Packing::Zstd => {
            ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
        }
    }
}

fn any_packing() -> impl Strategy<Value = Packing> {
    proptest::sample::select(&[Packing::None, Packing::Gzip, Packing::Zstd][..])
}

/// Pieces of what files hold, in any order.
fn any_content() -> impl Strategy<Value = Vec<u8>> {
    let parts: &[&[u8]] = &[
        b"{", b"}", b"[", b"]", b"\"", b":", b",", b"\n", b"\r\n", b"\r", b" ", b"\0", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe",
        b"\xb1\xe6\xea", b"\x1b[31m", "ż".as_bytes(), "z\u{307}".as_bytes(), b"text", b"title", b"date", b"2023-02-15", b"2023-02-30",
        b"{\"text\":\"Tekst.\"}\n", b"{\"text\":5}\n", b"{\"articles\":[", b"\"data\":", b"date,text\n", b"a,b\n", b"date\ttext\n",
        b"---\n", b"date: 2023\n", b"title: T\n", b"date 2023-02 Tekst.", b"# T\n", "Zwykły tekst artykułu. ".as_bytes(),
        b"<html lang=pl>", b"<head>", b"<title>T</title>", b"<body>", b"<p>", b"</p>", b"<div>", b"</div>", b"<!--", b"-->", b"<table><tr><td>",
        b"<br>", b"<svg>", b"<script type='application/ld+json'>", b"</script>", b"{\"@type\":\"NewsArticle\",\"headline\":\"H\"}",
        b"<meta property='article:published_time' content='2023-02-15'>", b"<time datetime='2023'>", b"&amp;", b"&#x1f;", b"<![CDATA[", b"]]>",
        b"<?xml version='1.0'?>", b"<rss version='2.0'><channel>", b"</channel></rss>", b"<item>", b"</item>", b"<description>", b"</description>",
        b"<pubDate>15 Feb 2023</pubDate>", b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<entry>", b"</entry></feed>", b"<id>1</id>",
        b"{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"G\",\"items\":[{\"id\":\"1\",\"content_text\":\"T\"}]}",
    ];
    proptest::collection::vec(proptest::sample::select(parts.to_vec()), 0..30)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..200), kind in any_kind(), packing in any_packing(), size in 1..50_usize) {
        check(&bytes, kind, packing, size)?;
    }

    #[test]
    fn any_content_can_be_read(content in any_content(), kind in any_kind(), size in 1..50_usize) {
        check(&content, kind, Packing::None, size)?;
    }

    /// How much a damaged archive gives before it fails is the unpacker's affair.
    #[test]
    fn archives_may_break_anywhere(content in any_content(), kind in any_kind(), packing in any_packing(), end in 0..1000_usize, hurt in any::<u8>()) {
        let mut packed = pack(&content, packing);
        packed.truncate(end);
        if let Some(byte) = packed.get_mut(usize::from(hurt)) {
            *byte ^= 0x41;
        }
        check(&packed, kind, packing, usize::MAX)?;
    }
}
