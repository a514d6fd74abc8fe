//! Every kind of file, whole and broken: what is read, what is rejected and where.

mod markup;

use std::fmt::Write as _;
use std::io::Write as _;
use std::ops::ControlFlow;

use tempfile::TempDir;

use super::{Files, Item, Kind, Mapping, Options, read};
use crate::model::{Article, Reject};

/// What reading gave.
#[derive(Debug, Default)]
pub(super) struct Got {
    pub(super) articles: Vec<Article>,
    pub(super) rejects: Vec<Reject>,
    pub(super) notes: Vec<String>,
}

pub(super) fn options() -> Options {
    Options {
        max_article: 1 << 20,
        ..Options::default()
    }
}

/// Reads a file of this name and content.
pub(super) fn read_as(name: &str, bytes: impl AsRef<[u8]>, options: &Options) -> Got {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join(name), bytes).unwrap();
    read_folder(&folder, &[name], options)
}

/// Reads files and folders inside a folder.
pub(super) fn read_folder(folder: &TempDir, names: &[&str], options: &Options) -> Got {
    let roots: Vec<String> = names
        .iter()
        .map(|name| folder.path().join(name).to_string_lossy().into_owned())
        .collect();
    let files = Files::walk(&roots).unwrap();
    let mut got = Got::default();
    read(&files, options, &mut |item, _| {
        match item {
            Item::Article(article) => got.articles.push(*article),
            Item::Rejected(reject) => got.rejects.push(reject),
            Item::Note(note) => got.notes.push(note),
        }
        ControlFlow::Continue(())
    });
    got
}

/// One line for each article (date and its rule, title, text), then one for each reject.
fn lines(got: &Got) -> String {
    let mut lines = String::new();
    for article in &got.articles {
        let date = article.date.map_or_else(
            || "none".to_owned(),
            |dated| format!("{} {}", dated.date, dated.rule.name()),
        );
        writeln!(
            lines,
            "{date} | {} | {}",
            article.title,
            article.text.replace('\n', "\\n")
        )
        .unwrap();
    }
    for reject in &got.rejects {
        let number = |number: Option<u64>| {
            number.map_or_else(|| "-".to_owned(), |number| number.to_string())
        };
        writeln!(
            lines,
            "! {}:{} {}",
            number(reject.line),
            number(reject.byte),
            reject.reason
        )
        .unwrap();
    }
    lines
}

#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, expected: &str) -> Got {
    let got = read_as(name, bytes, &options());
    assert_eq!(lines(&got), expected, "{:?}", got.notes);
    got
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zstd(bytes: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
}

#[test]
fn a_polish_field_called_data() {
    let options = Options {
        mapping: Mapping::parse("date=data").unwrap(),
        ..options()
    };
    let got = read_as(
        "a.json",
        r#"{"data":"2023-02-15","text":"Tekst."}"#,
        &options,
    );
    assert_eq!(lines(&got), "2023-02-15 header |  | Tekst.\n");
    check(
        "a.json",
        r#"{"text":"Tekst.","data":[1,2]}"#,
        "none |  | Tekst.\n",
    );
    check(
        "a.json",
        r#"{"data":[{"text":"A"},{"text":"B"}]}"#,
        "none |  | A\nnone |  | B\n",
    );
    check("a.json", r#"{"items":3,"text":"A"}"#, "none |  | A\n");
}

#[test]
fn json_that_breaks() {
    check(
        "a.json",
        "[{\"text\":\"A\"},\n {\"text\":",
        "none |  | A\n! 2:- not JSON: EOF while parsing a value at column 9; nothing behind it was read\n",
    );
    check(
        "a.json",
        "[{\"text\":\"A\"}, 7, {\"text\":5}]",
        "none |  | A\n! -:- not a JSON object\n! -:- field `text` is not a text\n",
    );
}

#[test]
fn fields_are_clean_and_languages_known() {
    let got = check(
        "a.ndjson",
        "{\"text\":\"A\",\"author\":\"Jo\\u0301zef\\r\\u001b[1m\",\"lang\":\"Polish\"}\n{\"text\":\"B\",\"lang\":\"pol\"}\n{\"text\":\"C\",\"lang\":\"en-GB\"}\n{\"text\":\"D\",\"lang\":\"klingoński\"}",
        "none |  | A\nnone |  | B\nnone |  | C\nnone |  | D\n",
    );
    assert_eq!(got.articles[0].author.as_deref(), Some("Józef [1m"));
    let languages: Vec<_> = got
        .articles
        .iter()
        .map(|article| article.language.as_deref())
        .collect();
    assert_eq!(languages, [Some("pl"), Some("pl"), Some("en"), None]);
}

#[test]
fn a_letter_cut_by_the_end_of_the_first_look_is_no_other_encoding() {
    for at in 65_530..65_540 {
        let mut text = "{\"text\":\"".to_owned();
        text.push_str(&"a".repeat(at - text.len()));
        text.push_str("ż\"}\n");
        for name in ["a.ndjson", "a.json"] {
            let got = read_as(name, &text, &options());
            assert!(
                got.notes.is_empty() && got.articles[0].text.ends_with("aż"),
                "{at}: {:?}",
                got.notes
            );
        }
        let table = format!("text\n{}ż\n", "a".repeat(at - 5));
        let got = read_as("a.csv", &table, &options());
        assert!(
            got.notes.is_empty() && got.articles[0].text.ends_with("aż"),
            "{at}: {:?}",
            got.notes
        );
    }
}

#[test]
fn records_in_other_encodings() {
    let text = "{\"date\":\"2023\",\"text\":\"Zażółć gęślą jaźń.\"}\n{\"text\":\"Żółw.\"}\n";
    let expected = "2023 header |  | Zażółć gęślą jaźń.\nnone |  | Żółw.\n";
    let utf16 = |little: bool, bom: bool| -> Vec<u8> {
        let bom = if bom { "\u{feff}" } else { "" };
        format!("{bom}{text}")
            .encode_utf16()
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    };
    for little in [true, false] {
        for bom in [true, false] {
            check("a.ndjson", utf16(little, bom), expected);
            check(
                "a.txt",
                utf16(little, bom),
                &format!("none |  | {}\n", text.trim().replace('\n', "\\n")),
            );
        }
    }
    let (cp1250, _, _) = encoding_rs::WINDOWS_1250.encode(text);
    let got = check("a.ndjson", &cp1250, expected);
    assert_eq!(got.notes.len(), 1);
    check("a.ndjson", format!("\u{feff}{text}"), expected);
}

#[test]
fn tables() {
    check(
        "a.csv",
        "date;title;text\n2023-02-15;T;\"A; b\"\n",
        "2023-02-15 header | T | A; b\n",
    );
    check(
        "a.csv",
        "date,text\n2023,\"A\nb\"\n2024\n2025,C\n",
        "2023 header |  | A\\nb\n2025 header |  | C\n! 4:21 1 cells where the header row has 2\n",
    );
    check(
        "a.tsv",
        "date\ttext\n2023\the said \"no\" 5\" nail\n2024\tB\n",
        "2023 header |  | he said \"no\" 5\" nail\n2024 header |  | B\n",
    );
    let long = "x".repeat(2 << 20);
    check(
        "a.csv",
        format!("date,text\n2023,A\n2024,{long}\n2025,B\n"),
        "2023 header |  | A\n2025 header |  | B\n! 3:17 larger than 1 MiB; --max-article raises the limit\n",
    );
    check(
        "a.csv",
        b"date,text\n2023,A\n2024,\xff\n2025,B\n",
        "2023 header |  | A\n2025 header |  | B\n! 3:17 not UTF-8 in cell 2\n",
    );
}

#[test]
fn archives() {
    let text = (0..3000).fold(String::new(), |mut text, number| {
        writeln!(
            text,
            "{{\"id\":{number},\"text\":\"Artykuł numer {number} z {}.\"}}",
            number * 7919 % 1000
        )
        .unwrap();
        text
    });
    for (name, packed) in [
        ("a.ndjson.gz", gzip(text.as_bytes())),
        ("a.ndjson.zst", zstd(text.as_bytes())),
    ] {
        let got = read_as(name, &packed, &options());
        assert_eq!((got.articles.len(), got.rejects.len()), (3000, 0), "{name}");
        let mut twice = packed.clone();
        twice.extend(&packed);
        assert_eq!(
            read_as(name, &twice, &options()).articles.len(),
            6000,
            "{name}"
        );
        let got = read_as(name, &packed[..packed.len() / 2], &options());
        assert!(!got.articles.is_empty() || name.ends_with("zst"), "{name}");
        assert_eq!(got.rejects.len(), 1, "{name}: {:?}", got.rejects);
        assert!(
            got.rejects[0].reason.contains("breaks off"),
            "{name}: {:?}",
            got.rejects
        );
        let got = read_as(
            &name.replace("ndjson", "txt"),
            &packed[..packed.len() / 2],
            &options(),
        );
        assert_eq!((got.articles.len(), got.rejects.len()), (0, 1), "{name}");
    }
    let mut skippable = vec![0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3];
    skippable.extend(zstd(b"Artyku\xc5\x82."));
    check("a.txt.zst", &skippable, "none |  | Artykuł.\n");
    check(
        "a.txt.gz",
        gzip(&vec![b'a'; 50 << 20]),
        "! -:1048576 larger than 1 MiB; --max-article raises the limit\n",
    );
}

#[test]
fn texts() {
    check(
        "a.txt",
        "date: 2023\rtitle: T\r\rA\rb",
        "2023 header | T | A\\nb\n",
    );
    check(
        "a.txt",
        "date 2023-02: Rzecznik.",
        "2023-02 header |  | Rzecznik.\n",
    );
    check("a.txt", "", "! -:- no text\n");
    check(
        "a.txt",
        "Zwyk\0",
        "! -:4 a zero byte, which no text holds\n",
    );
    check(
        "a.txt",
        "date: 2023-02-30\n\nA",
        "! -:- date `2023-02-30`: there is no such day: `2023-02-30`; February 2023 has 28 days\n",
    );
    check(
        "a.txt",
        b"caf\xff\xfe \x81",
        "! -:3 neither UTF-8 nor an encoding that kronika knows\n",
    );
    for encoding in [
        encoding_rs::ISO_8859_2,
        encoding_rs::WINDOWS_1250,
        encoding_rs::WINDOWS_1251,
    ] {
        let text = if encoding == encoding_rs::WINDOWS_1251 {
            "Президент встретился с министром в пятницу."
        } else {
            "Święty źródłem łąki był, gdyż ślub się odbył w Śremie."
        };
        let (bytes, _, _) = encoding.encode(text);
        let got = check("a.txt", &bytes, &format!("none |  | {text}\n"));
        assert!(got.notes[0].contains(encoding.name()), "{:?}", got.notes);
    }
}

#[cfg(unix)]
#[test]
fn names_that_are_no_text_lose_nothing() {
    use std::os::unix::ffi::OsStrExt;
    let folder = TempDir::new().unwrap();
    std::fs::create_dir(folder.path().join("news")).unwrap();
    for name in [&b"a\xff.txt"[..], b"a\xfe.txt"] {
        let name = std::ffi::OsStr::from_bytes(name);
        std::fs::write(
            folder.path().join("news").join(name),
            name.as_bytes()
                .iter()
                .map(|byte| {
                    if *byte > 127 {
                        byte - 128 + b'!'
                    } else {
                        *byte
                    }
                })
                .filter(u8::is_ascii)
                .collect::<Vec<u8>>(),
        )
        .unwrap();
    }
    let got = read_folder(&folder, &["news"], &options());
    assert_eq!(got.articles.len() + got.rejects.len(), 2, "{got:?}");
}

#[cfg(unix)]
#[test]
fn links() {
    use std::os::unix::fs::symlink;
    let folder = TempDir::new().unwrap();
    for name in ["news", "other", "outside"] {
        std::fs::create_dir(folder.path().join(name)).unwrap();
        std::fs::write(
            folder.path().join(name).join("a.txt"),
            format!("Artykuł {name}."),
        )
        .unwrap();
    }
    symlink("../outside", folder.path().join("news/out")).unwrap();
    symlink("../other/a.txt", folder.path().join("news/b.txt")).unwrap();
    symlink("nowhere.txt", folder.path().join("news/c.txt")).unwrap();
    symlink(".", folder.path().join("news/self")).unwrap();
    let got = read_folder(&folder, &["news", "other"], &options());
    assert_eq!(got.articles.len(), 2, "{got:?}");
    // One file under several names is read once.
    let roots = ["news", "news/a.txt", "./news", "news/../news"]
        .map(|name| folder.path().join(name).to_string_lossy().into_owned());
    assert_eq!(Files::walk(&roots).unwrap().paths().count(), 1);
    assert!(Files::walk(&[folder.path().join("gone").to_string_lossy().into_owned()]).is_err());
}

#[test]
fn kinds_are_told_by_content() {
    for (bytes, kind) in [
        ("{\"text\":\"A\"}\n{\"text\":\"B\"}\n", Kind::Ndjson),
        ("\n {\n\"text\":\"A\"}", Kind::Json),
        ("[{}]", Kind::Json),
        ("<rdf:RDF xmlns=\"\">", Kind::Feed),
        ("<!-- x --><rss version=\"2.0\">", Kind::Feed),
        ("<?xml version=\"1.0\"?><!DOCTYPE html><html>", Kind::Html),
        ("<p>", Kind::Html),
        ("Tekst", Kind::Text),
    ] {
        assert_eq!(Kind::of_bytes(bytes.as_bytes()), kind, "{bytes}");
    }
    let long = format!(
        "{{\"text\":\"{}\"}}\n{{\"text\":\"B\"}}\n",
        "a".repeat(100_000)
    );
    assert_eq!(read_as("unknown", long, &options()).articles.len(), 2);
}
