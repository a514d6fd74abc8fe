//! Small files that ask for much: each is refused with its reason, in little memory.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::Command;

use crate::program::{Place, Run};

/// Packs `head` and then `piece` so many times, without holding it all.
fn gzip(head: &str, piece: &str, times: usize) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(head.as_bytes()).unwrap();
    for _ in 0..times {
        packer.write_all(piece.as_bytes()).unwrap();
    }
    packer.finish().unwrap()
}

/// Reads one file with at most so many MiB of address space, of which the program takes some 400.
#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, most: u32, said: &[&str]) -> Run {
    let place = Place::new();
    place.write(name, bytes);
    let script = format!(
        "ulimit -v {}; exec \"$0\" annotate \"$1\"",
        (most + 400) << 10
    );
    let output = Command::new("bash")
        .args(["-c", &script, env!("CARGO_BIN_EXE_kronika"), name])
        .current_dir(place.path(""))
        .output()
        .unwrap();
    let run = Run::of(output);
    run.fails(4, said);
    assert_eq!(run.out, "");
    run
}

#[test]
fn packed_zeros_of_a_gigabyte() {
    let zeros = "\0".repeat(1 << 20);
    for name in ["a.txt.gz", "a.ndjson.gz", "a.csv.gz", "a.html.gz"] {
        check(name, gzip("", &zeros, 1 << 10), 300, &["--max-article"]);
    }
}

#[test]
fn an_archive_in_an_archive_is_no_text() {
    let inner = gzip("Ala ma kota.", "", 0);
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&inner).unwrap();
    let outer = packer.finish().unwrap();
    check("a.txt.gz", outer, 300, &["neither UTF-8 nor"]);
}

#[test]
fn a_zstd_window_of_a_terabyte() {
    let frame = b"\x28\xb5\x2f\xfd\x00\xf8\x53\x00\x00a";
    check("a.txt.zst", frame, 300, &["zstd archive", "too big"]);
}

#[test]
fn a_file_of_broken_records_is_given_up() {
    let lines = "x\n".repeat(1000);
    let run = check(
        "a.ndjson.gz",
        gzip("", &lines, 300),
        300,
        &["100000 rejects in a row"],
    );
    assert_eq!(run.err.matches("rejected: ").count(), 100_000);
    let list = "1,".repeat(1000);
    check("a.json.gz", gzip("[", &list, 300), 300, &["100000 rejects"]);
}

#[test]
fn json_too_deep_or_large() {
    let deep = "[".repeat(1_000_000);
    check("a.json", &deep, 300, &["recursion limit"]);
    check(
        "b.json",
        format!("{{\"a\":{deep}"),
        300,
        &["recursion limit"],
    );
    check(
        "a.ndjson",
        format!("{{\"a\":{deep}\n"),
        300,
        &["recursion limit"],
    );
    let nines = "9".repeat(100_000);
    let number = format!("{{\"text\":\"Ala\",\"date\":{nines}}}");
    check("c.json", number, 300, &["number out of range"]);
    let name = format!(
        "{{\"text\":\"Ala\",\"persons\":[\"{}\"]}}",
        "J".repeat(2000)
    );
    check("d.json", name, 300, &["a name of more than 1024 bytes"]);
    let id = format!("{{\"text\":\"Ala\",\"id\":\"{}\"}}", "1".repeat(2000));
    check("e.json", id, 300, &["an id of more than 1024 bytes"]);
}

#[test]
fn tables_whose_quote_never_ends() {
    let rows = "a b c\n".repeat(10_000_000);
    let table = format!("id,text\n1,\"{rows}");
    check("a.csv", table, 300, &["a.csv:2: byte 8", "--max-article"]);
}

#[test]
fn pages_that_cost_a_parser_dear() {
    let attributes: Vec<String> = (0..100_000).map(|number| format!(" a{number}=1")).collect();
    let attributes = attributes.concat();
    let attributes = format!("<p{attributes}>Ala");
    check("a.html", attributes, 300, &["more than 500 attributes"]);
    check("b.html", "<".repeat(10_000_000), 300, &["`<`"]);
    check("c.html", "<!--".repeat(2_000_000), 300, &["`<`"]);
    check("d.html", "<div>".repeat(100_000), 300, &["nested"]);
    check("e.html", "&amp;".repeat(1_000_000), 300, &["too many `&`"]);
}

#[test]
fn entities_of_a_feed_neither_grow_nor_read_files() {
    let place = Place::new();
    let mut laughs = String::from("<!ENTITY a0 \"ha\">");
    for number in 1..10 {
        let ten = format!("&a{};", number - 1).repeat(10);
        write!(laughs, "<!ENTITY a{number} \"{ten}\">").unwrap();
    }
    let feed = |title: &str| {
        format!(
            "<?xml version=\"1.0\"?><!DOCTYPE r [{laughs}<!ENTITY f SYSTEM \"secret.txt\">]>\
             <rss version=\"2.0\"><channel><item><title>Ala {title}</title></item></channel></rss>"
        )
    };
    place.write("secret.txt", "tajne");
    place
        .write("a.xml", feed("&a9;"))
        .write("b.xml", feed("&f;"));
    let run = place.run(&["annotate", "a.xml", "b.xml"]);
    assert!(
        run.out.len() < 10_000 && !run.out.contains("tajne"),
        "{}",
        run.out
    );
    assert!([0, 4].contains(&run.code), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn what_is_said_of_files_carries_no_escape_codes() {
    let place = Place::new();
    let line = r#"{"text":"Ala","date":"\u001b]0;x\u0007\u202e"}"#;
    place
        .write("news/a\u{1b}[31m.txt", "zero\0")
        .write("news/b.ndjson", format!("{line}\n{{\"text\":\"Ala\"}}\n"));
    let harmful = ['\u{1b}', '\u{7}', '\u{202e}'];
    let run = place.run(&["annotate", "news"]);
    run.fails(4, &["rejected: news/a", "rejected: news/b.ndjson:1"]);
    assert!(!run.err.contains(harmful), "{:?}", run.err);
    place.run(&["index", "news"]).fails(4, &[]);
    for arguments in [
        ["met", "\u{1b}[31mala"],
        ["query", "\u{1b}[31mala\""],
        ["entities", "\u{1b}[31mala"],
        ["dates", "\u{1b}[31m"],
    ] {
        let run = place.run(&arguments);
        assert!(!run.err.contains(harmful), "{arguments:?}: {:?}", run.err);
        assert!(!run.out.contains(harmful), "{arguments:?}: {:?}", run.out);
    }
}
