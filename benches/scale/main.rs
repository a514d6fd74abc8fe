//! Each verb on more and more articles: time, memory, and how fast they grow.
//!
//! `cargo bench --bench scale [-- SIZE… [FOLDER]]`: makes SIZE articles (1,000 and 4,000 without a
//! word) whose meetings and names are known, indexes them, asks, and compares the answers with what
//! is known. Each command is a process of its own, with the files in the cache of the system; short
//! ones run several times and the quickest counts, since other work of the machine only makes them
//! slower. `x` is the exponent of growth from the size before: the logarithm of the ratio of the
//! times over that of the sizes, so 1 where twice the articles take twice as long.
//! In FOLDER articles and indexes are kept, and used again instead of indexing anew.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a bench is a program for developers, and its figures are round"
)]

mod alone;
mod articles;
mod numbers;
mod people;
mod process;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use articles::{Known, MONTH, Maker, NAMED, OFTEN, SELDOM};
use process::{Run, quickest, run};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kronika");
/// Threads of both engines.
const THREADS: usize = 2;
/// Memory for postings of both, in MiB: the program's own default.
const MEMORY: usize = 128;
/// The word that makes this program index with Tantivy alone.
const ALONE: &str = "tantivy-alone";
/// So many articles are added to an index.
const ADDED: u64 = 1000;

/// What a row of the table holds for a size.
struct Cell {
    run: Run,
    /// Whether the time to the first byte is what counts.
    is_first: bool,
}

impl Cell {
    fn time(&self) -> Duration {
        if self.is_first {
            self.run.first
        } else {
            self.run.whole
        }
    }
}

/// All that is measured at a size, in the order of the table.
struct Sized {
    articles: u64,
    rows: Vec<(&'static str, Cell)>,
}

/// A size, and where its files are.
struct Place {
    count: u64,
    articles: PathBuf,
    more: PathBuf,
    index: PathBuf,
}

impl Place {
    fn new(folder: &Path, count: u64) -> Self {
        let folder = folder.join(count.to_string());
        std::fs::create_dir_all(&folder).unwrap();
        Self {
            count,
            articles: folder.join("articles.ndjson"),
            more: folder.join("more.ndjson"),
            index: folder.join("index"),
        }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).arg("-i").arg(&self.index);
        command
    }

    fn indexing(index: &Path, articles: &Path, flags: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command
            .args(["index", "--quiet", "--threads", &THREADS.to_string()])
            .args(["--memory", &MEMORY.to_string()])
            .args(flags)
            .arg("-i")
            .args([index, articles]);
        command
    }
}

fn size_of(folder: &Path) -> u64 {
    let entries = walkdir::WalkDir::new(folder).into_iter();
    entries
        .map(|entry| entry.unwrap().metadata().unwrap())
        .filter(std::fs::Metadata::is_file)
        .map(|metadata| metadata.len())
        .sum()
}

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.metadata().unwrap().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        } else {
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    }
}

/// Measures everything at one size.
fn measure(place: &Place) -> Sized {
    let mut maker = Maker::new(place.count);
    let mut out = BufWriter::new(File::create(&place.articles).unwrap());
    let known = maker.write(0..place.count, &mut out).unwrap();
    out.flush().unwrap();
    println!(
        "{} articles, {:.1} MB of text",
        place.count,
        known.bytes as f64 / 1e6
    );
    let mut rows = Vec::new();
    if !place.index.exists() {
        index(place, known, &mut rows);
    }
    ask(place, &maker, known, &mut rows);
    let again = run(&mut Place::indexing(&place.index, &place.articles, &[]));
    push(&mut rows, "index, nothing new", again, false);
    let mut out = BufWriter::new(File::create(&place.more).unwrap());
    let end = place.count + ADDED;
    maker.write(place.count..end, &mut out).unwrap();
    out.flush().unwrap();
    drop(out);
    let beside = place.index.with_file_name("beside");
    copy(&place.index, &beside);
    let added = run(&mut Place::indexing(&beside, &place.more, &[]));
    push(&mut rows, "add 1,000", added, false);
    std::fs::remove_file(beside.join("names.table")).unwrap();
    let nobody = ["query", "--person", "@Nobody", "-n", "1", "-i"];
    let grouped = run(Command::new(PROGRAM).args(nobody).arg(&beside));
    push(&mut rows, "  of it grouping names", grouped, false);
    std::fs::remove_dir_all(&beside).unwrap();
    Sized {
        articles: place.count,
        rows,
    }
}

fn push(rows: &mut Vec<(&'static str, Cell)>, name: &'static str, run: Run, is_first: bool) {
    println!(
        "  {name:<26} {:>10.1} ms, first line {:>8.1} ms, busy {:>10.1} ms, {:>5} MB, {} lines",
        run.whole.as_secs_f64() * 1e3,
        run.first.as_secs_f64() * 1e3,
        run.busy.as_secs_f64() * 1e3,
        run.memory / 1_000_000,
        run.lines
    );
    rows.push((name, Cell { run, is_first }));
}

/// Indexes, and compares with Tantivy alone.
fn index(place: &Place, known: Known, rows: &mut Vec<(&'static str, Cell)>) {
    let beside = place.index.with_file_name("beside");
    std::fs::create_dir_all(&beside).unwrap();
    // In a process of its own, since what this one takes counts as taken by those it starts.
    let mut tantivy = Command::new(std::env::current_exe().unwrap());
    tantivy.arg(ALONE).args([&beside, &place.articles]);
    let tantivy = run(&mut tantivy).whole.as_secs_f64();
    std::fs::remove_dir_all(&beside).unwrap();
    let plain = run(&mut Place::indexing(
        &beside,
        &place.articles,
        &["--no-names"],
    ));
    std::fs::remove_dir_all(&beside).unwrap();
    let whole = run(&mut Place::indexing(&place.index, &place.articles, &[]));
    println!(
        "  Tantivy alone {tantivy:.1} s; kronika without names {:.2} times as long, with {:.2}; \
         index {:.2} of the text",
        plain.whole.as_secs_f64() / tantivy,
        whole.whole.as_secs_f64() / tantivy,
        size_of(&place.index) as f64 / known.bytes as f64,
    );
    push(rows, "index, no names", plain, false);
    push(rows, "index", whole, false);
    std::fs::remove_file(place.index.join("names.table")).unwrap();
    let grouped = run(&mut place.command(&["query", "--person", "@Nobody", "-n", "1"]));
    push(rows, "  of that, grouping names", grouped, false);
}

/// Asks everything, and compares what is known.
fn ask(place: &Place, maker: &Maker, known: Known, rows: &mut Vec<(&'static str, Cell)>) {
    let name = |rank: u64| maker.person(rank).name;
    let [often, also_often] = OFTEN.map(name);
    let [seldom, also_seldom] = SELDOM.map(name);
    let named = name(NAMED);
    let begin: String = maker.person(NAMED).surname.chars().take(4).collect();
    let month = [
        "query", "--person", &named, "--since", MONTH, "--until", MONTH, "--nl",
    ];
    let questions: [(&str, bool, Vec<&str>, Option<usize>); 14] = [
        (
            "a name nobody has",
            false,
            vec!["query", "--person", "@Nobody"],
            None,
        ),
        (
            "query person, month",
            true,
            month.to_vec(),
            Some(known.named),
        ),
        (
            "query word, best 20",
            false,
            vec!["query", "elektrowni"],
            None,
        ),
        (
            "query a month, 20",
            false,
            vec!["query", "--on", MONTH],
            None,
        ),
        (
            "query all, ids",
            false,
            vec!["query", "--format", "ids"],
            Some(place.count as usize),
        ),
        (
            "query all, JSON",
            false,
            vec!["query", "--nl"],
            Some(place.count as usize),
        ),
        (
            "met, often",
            true,
            vec!["met", &often, &also_often, "--nl"],
            Some(known.often),
        ),
        (
            "met, seldom",
            true,
            vec!["met", &seldom, &also_seldom, "--nl"],
            Some(known.seldom),
        ),
        (
            "timeline of all",
            false,
            vec!["timeline", "--by", "month"],
            None,
        ),
        (
            "timeline of meetings",
            false,
            vec!["timeline", "--of", "meetings", "--by", "month"],
            None,
        ),
        ("graph of all meetings", false, vec!["graph", "--csv"], None),
        ("entities of a name", false, vec!["entities", &named], None),
        (
            "kwic of a name, 20",
            false,
            vec!["kwic", "--person", &named],
            None,
        ),
        ("status", false, vec!["status"], None),
    ];
    for (title, is_first, arguments, expected) in questions {
        let answered = quickest(&mut place.command(&arguments));
        if let Some(expected) = expected {
            // A name or meeting may be missed now and then, as in any text.
            let missed = answered.lines.abs_diff(expected);
            println!("  {title}: {} found of {expected}", answered.lines);
            assert!(missed <= 2 + expected / 20, "{arguments:?}");
        }
        push(rows, title, answered, is_first);
    }
    let mut complete = Command::new(PROGRAM);
    complete
        .env("KRONIKA_COMPLETE", "zsh")
        .args(["--", "kronika", "-i"])
        .arg(&place.index)
        .args(["query", "--person", &begin]);
    push(rows, "names that begin so", quickest(&mut complete), false);
    let verified = run(&mut place.command(&["verify", "--quiet"]));
    push(rows, "verify", verified, false);
}

fn print(sizes: &[Sized]) {
    let Some(last) = sizes.last() else { return };
    print!("\n{:<26}", "");
    for size in sizes {
        print!(" {:>12}  {:>5} {:>5}", size.articles, "MB", "x");
    }
    println!();
    for (name, _) in &last.rows {
        print!("{name:<26}");
        let mut before: Option<(u64, f64)> = None;
        for size in sizes {
            let Some((_, cell)) = size.rows.iter().find(|(other, _)| other == name) else {
                print!(" {:>12}  {:>5} {:>5}", "", "", "");
                continue;
            };
            let time = cell.time().as_secs_f64();
            let exponent = before.map_or_else(String::new, |(articles, earlier)| {
                let grown = size.articles as f64 / articles as f64;
                format!("{:.2}", (time / earlier).ln() / grown.ln())
            });
            let memory = cell.run.memory / 1_000_000;
            print!(" {:>9.1} ms  {memory:>5} {exponent:>5}", time * 1e3);
            before = Some((size.articles, time));
        }
        println!();
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, folder, articles] = arguments.as_slice()
        && word == ALONE
    {
        alone::index(folder.as_ref(), articles.as_ref(), THREADS, MEMORY);
        return;
    }
    let mut counts = Vec::new();
    let mut kept = None;
    for argument in arguments {
        match argument.parse() {
            Ok(count) => counts.push(count),
            Err(_) if argument.starts_with('-') => {}
            Err(_) => kept = Some(PathBuf::from(argument)),
        }
    }
    if counts.is_empty() {
        counts = vec![1000, 4000];
    }
    let own = tempfile::tempdir().unwrap();
    let folder = kept.unwrap_or_else(|| own.path().to_owned());
    let sizes: Vec<Sized> = counts
        .iter()
        .map(|count| measure(&Place::new(&folder, *count)))
        .collect();
    print(&sizes);
}
