//! Indexing against Tantivy alone on the same text, its size and memory, and a cold query.
//!
//! `cargo bench --bench indexing [-- ARTICLES [FILE.ndjson]]`: makes ARTICLES articles (20,000
//! without a word) by repeating those of FILE, or of the sample corpus, with other ids and shifted
//! dates, so the words are few and the postings long. Everything is measured in one run and given
//! as ratios, since machines differ.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    reason = "a bench is a program for developers, and its figures are round"
)]

use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use kronika::model::Day;
use serde_json::{Value, json};

#[path = "scale/alone.rs"]
mod alone;
#[path = "scale/process.rs"]
#[allow(dead_code, reason = "a part is used here, all of it by `scale`")]
mod process;

use process::run;

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
    alone::index(&alone, &corpus, THREADS, MEMORY);
    let alone_time = started.elapsed();
    report("Tantivy alone", alone_time, alone_time, &alone, bytes, 0);

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

/// Indexes in a process of its own; gives its peak memory in bytes where it can be had.
fn run_kronika(index: &Path, corpus: &Path, flag: Option<&str>) -> u64 {
    let mut command = Command::new(PROGRAM);
    command
        .args(["index", "--quiet", "--threads", &THREADS.to_string()])
        .args(["--memory", &MEMORY.to_string()])
        .args(flag)
        .arg("-i")
        .args([index, corpus]);
    run(&mut command).memory
}

fn report(name: &str, spent: Duration, alone: Duration, index: &Path, bytes: u64, memory: u64) {
    let size: u64 = walkdir::WalkDir::new(index)
        .into_iter()
        .map(|entry| entry.unwrap().metadata().unwrap())
        .filter(std::fs::Metadata::is_file)
        .map(|metadata| metadata.len())
        .sum();
    let seconds = spent.as_secs_f64();
    let memory = match memory {
        0 => String::new(),
        memory => format!("  peak {} MB", memory / 1_000_000),
    };
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
            let mut command = Command::new(PROGRAM);
            command
                .args(["query", "--person", "Putin"])
                .args(["--since", "2010-02", "--until", "2010-03"])
                .args(["--format", "ndjson", "-i"])
                .arg(index);
            let asked = run(&mut command);
            assert!(asked.lines > 0, "no answer");
            asked.first
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
