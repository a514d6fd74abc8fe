//! Indexing against Tantivy alone on the same text, its size and memory, and a cold query.
//!
//! `cargo bench --bench indexing [-- ARTICLES [FILE.ndjson]]`: makes ARTICLES articles (20,000
//! without a word) by repeating those of FILE, or of the sample corpus, with other ids and shifted
//! dates, so the words are few and the postings long. Everything is measured in one run and given
//! as ratios, since machines differ. Memory is read from `/proc` and left out elsewhere.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench is a program for developers, and its figures are round"
)]

use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use kronika::model::Day;
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kronika");
/// Threads of both.
const THREADS: usize = 2;
/// Memory for postings of both, in MiB.
const MEMORY: usize = 200;
/// How often a query is asked.
const ASKED: usize = 15;

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'));
    let count = arguments
        .next()
        .map_or(20_000, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus.ndjson");
    let texts = texts(arguments.next().as_deref());
    let bytes = write_corpus(&corpus, &texts, count);
    println!(
        "{count} articles, {:.1} MB of text, {THREADS} threads",
        bytes as f64 / 1e6
    );

    let alone = folder.path().join("tantivy");
    std::fs::create_dir(&alone).unwrap();
    let started = Instant::now();
    tantivy_alone(&alone, &corpus);
    let alone_time = started.elapsed();
    report("Tantivy alone", alone_time, alone_time, &alone, bytes, None);

    for (name, flag) in [("kronika, no names", Some("--no-names")), ("kronika", None)] {
        let index = folder.path().join(name);
        let started = Instant::now();
        let memory = run_kronika(&index, &corpus, flag);
        report(name, started.elapsed(), alone_time, &index, bytes, memory);
    }
    cold_query(&folder.path().join("kronika"));
}

/// The articles to repeat.
fn texts(file: Option<&str>) -> Vec<Value> {
    let lines = if let Some(file) = file {
        std::fs::read_to_string(file).unwrap()
    } else {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let run = Command::new(PROGRAM).arg("annotate").arg(corpus).output();
        String::from_utf8(run.unwrap().stdout).unwrap()
    };
    lines
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Writes `count` articles; gives the bytes of their titles and texts.
fn write_corpus(path: &Path, texts: &[Value], count: usize) -> u64 {
    let mut out = BufWriter::new(std::fs::File::create(path).unwrap());
    let mut bytes = 0;
    let first = Day::new(2000, 1, 1).unwrap();
    for number in 0..count {
        let article = &texts[number % texts.len()];
        let title = article["title"].as_str().unwrap_or_default();
        let text = format!("{}\n\n{number}", article["text"].as_str().unwrap());
        bytes += (title.len() + text.len()) as u64;
        let day = first.plus(i64::try_from(number % 8000).unwrap()).unwrap();
        let line = json!({
            "id": format!("a{number:08}"), "date": day.to_string(), "title": title, "text": text,
        });
        writeln!(out, "{line}").unwrap();
    }
    out.flush().unwrap();
    bytes
}

fn tantivy_alone(folder: &Path, corpus: &Path) {
    use tantivy::schema::{STORED, STRING, Schema, TEXT};
    let mut builder = Schema::builder();
    let id = builder.add_text_field("id", STRING | STORED);
    let title = builder.add_text_field("title", TEXT | STORED);
    let text = builder.add_text_field("text", TEXT | STORED);
    let index = tantivy::Index::create_in_dir(folder, builder.build()).unwrap();
    let mut writer: tantivy::IndexWriter = index
        .writer_with_num_threads(THREADS, MEMORY << 20)
        .unwrap();
    for line in BufReader::new(std::fs::File::open(corpus).unwrap()).lines() {
        let article: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let mut document = tantivy::TantivyDocument::new();
        for (field, name) in [(id, "id"), (title, "title"), (text, "text")] {
            document.add_text(field, article[name].as_str().unwrap());
        }
        writer.add_document(document).unwrap();
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
}

/// Indexes in a process of its own; gives its peak memory in bytes where it can be had.
fn run_kronika(index: &Path, corpus: &Path, flag: Option<&str>) -> Option<u64> {
    let mut child = Command::new(PROGRAM)
        .args(["index", "--quiet", "--threads", &THREADS.to_string()])
        .args(["--memory", &MEMORY.to_string()])
        .args(flag)
        .arg("-i")
        .args([index, corpus])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    while child.try_wait().unwrap().is_none() {
        if let Ok(text) = std::fs::read_to_string(&status) {
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
            peak = kilobytes.map(|kilobytes: u64| kilobytes * 1024).or(peak);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    peak
}

fn report(
    name: &str,
    spent: Duration,
    alone: Duration,
    index: &Path,
    bytes: u64,
    memory: Option<u64>,
) {
    let size: u64 = walkdir::WalkDir::new(index)
        .into_iter()
        .map(|entry| entry.unwrap().metadata().unwrap())
        .filter(std::fs::Metadata::is_file)
        .map(|metadata| metadata.len())
        .sum();
    let seconds = spent.as_secs_f64();
    let memory = memory.map_or_else(String::new, |memory| {
        format!("  peak {} MB", memory / 1_000_000)
    });
    println!(
        "{name:>20}  {seconds:7.2} s  {:6.1} MB/s  time ratio {:5.2}  size ratio {:4.2}{memory}",
        bytes as f64 / 1e6 / seconds,
        seconds / alone.as_secs_f64(),
        size as f64 / bytes as f64,
    );
}

/// Asks for a person and a range of days in fresh processes, up to the first line.
fn cold_query(index: &Path) {
    let mut times: Vec<Duration> = (0..ASKED)
        .map(|_| {
            let started = Instant::now();
            let mut child = Command::new(PROGRAM)
                .args([
                    "query", "--person", "Putin", "--since", "2010-02", "--until", "2010-03",
                ])
                .args(["--format", "ndjson", "-i"])
                .arg(index)
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut line = String::new();
            let mut out = BufReader::new(child.stdout.take().unwrap());
            out.read_line(&mut line).unwrap();
            let spent = started.elapsed();
            assert!(line.starts_with('{'), "no answer");
            drop(out);
            child.wait().unwrap();
            spent
        })
        .collect();
    times.sort();
    let median = times[times.len() / 2];
    println!(
        "          cold query  {:.1} ms to the first line (median of {ASKED}, {:.1} to {:.1})",
        median.as_secs_f64() * 1e3,
        times[0].as_secs_f64() * 1e3,
        times[times.len() - 1].as_secs_f64() * 1e3,
    );
}
