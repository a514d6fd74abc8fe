//! The table of names: building it, opening it, and asking it.
//!
//! `cargo bench --bench entities [-- ARTICLES]`: makes ARTICLES articles (20,000 without a word)
//! with ready-made names of people who are as frequent as people of news are (the second half as
//! often as the first, the third a third), spelt by several customs, by surname alone, and now and
//! then wrong. Times are given beside that of indexing the same articles, since machines differ.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "a bench is a program for developers, and its figures are round"
)]

use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use kronika::aliases::Aliases;
use kronika::entities::Table;
use kronika::index::Searcher;
use kronika::model::{Day, EntityKind};
use serde_json::json;

#[path = "scale/numbers.rs"]
mod numbers;

use numbers::Numbers;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kronika");

/// How many names an article has.
const NAMES: u64 = 8;
/// How often one is asked for.
const ASKED: usize = 200;

const FIRST: [[&str; 2]; 12] = [
    ["Aleksander", "Alexander"],
    ["Władimir", "Vladimir"],
    ["Andrzej", "Andrew"],
    ["Katarzyna", "Catherine"],
    ["Piotr", "Peter"],
    ["Tomasz", "Thomas"],
    ["Siergiej", "Sergey"],
    ["Maria", "Mary"],
    ["Jerzy", "George"],
    ["Józef", "Joseph"],
    ["Michał", "Michael"],
    ["Anna", "Anne"],
];
/// Parts of surnames in Polish and in English spelling.
const BEGIN: [[&str; 2]; 12] = [
    ["Ław", "Lav"],
    ["Szuj", "Shuy"],
    ["Kow", "Kov"],
    ["Bor", "Bor"],
    ["Czap", "Chap"],
    ["Nik", "Nik"],
    ["Wół", "Vol"],
    ["Żar", "Zhar"],
    ["Dem", "Dem"],
    ["Pietr", "Petr"],
    ["Rus", "Rus"],
    ["Tym", "Tym"],
];
const MIDDLE: [[&str; 2]; 10] = [
    ["al", "al"],
    ["ot", "ot"],
    ["ew", "ev"],
    ["isz", "ish"],
    ["ar", "ar"],
    ["ol", "ol"],
    ["ucz", "uch"],
    ["en", "en"],
    ["ań", "an"],
    ["yd", "yd"],
];
const END: [[&str; 2]; 6] = [
    ["enko", "enko"],
    ["ski", "sky"],
    ["ow", "ov"],
    ["iak", "iak"],
    ["owicz", "ovich"],
    ["ian", "ian"],
];

/// The person of a rank: first name and surname, by Polish or English custom.
fn person(rank: u64, custom: usize) -> (String, String) {
    let pick = |list: &[[&'static str; 2]], part: u64| list[part as usize % list.len()][custom];
    let first = pick(&FIRST, rank.wrapping_mul(7));
    let mut surname = pick(&BEGIN, rank).to_owned();
    let mut rest = rank / BEGIN.len() as u64;
    loop {
        surname += pick(&MIDDLE, rest);
        rest /= MIDDLE.len() as u64;
        if rest < END.len() as u64 {
            break;
        }
    }
    surname += pick(&END, rest);
    (first.to_owned(), surname)
}

fn name(numbers: &mut Numbers, persons: u64) -> String {
    let rank = numbers.rank(persons);
    let custom = usize::from(numbers.below(5) == 0);
    let (first, surname) = person(rank, custom);
    match numbers.below(20) {
        0..3 => surname,
        3 => format!("{}. {surname}", first.chars().next().unwrap()),
        4 => format!("{first} {surname}a"),
        _ => format!("{first} {surname}"),
    }
}

fn write_articles(path: &Path, count: u64) {
    let mut numbers = Numbers(1);
    let mut out = BufWriter::new(std::fs::File::create(path).unwrap());
    let first = Day::new(2000, 1, 1).unwrap();
    let persons = (count / 2).max(100);
    for number in 0..count {
        let names: Vec<String> = (0..NAMES).map(|_| name(&mut numbers, persons)).collect();
        let day = first.plus((number % 8000).cast_signed()).unwrap();
        let line = json!({
            "id": format!("a{number:08}"), "date": day.to_string(), "lang": "pl",
            "text": names.join(", "), "persons": names,
            "organizations": [format!("Spółka {}", numbers.rank(persons))],
            "places": [format!("Miasto {}", numbers.rank(1000))],
        });
        writeln!(out, "{line}").unwrap();
    }
    out.flush().unwrap();
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64() * 1e3
}

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'));
    let count = arguments
        .next()
        .map_or(20_000, |count| count.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let articles = folder.path().join("articles.ndjson");
    let index = folder.path().join("index");
    write_articles(&articles, count);
    let started = Instant::now();
    let status = Command::new(PROGRAM)
        .args(["index", "--quiet", "-i"])
        .args([&index, &articles])
        .stdout(Stdio::null())
        .status();
    assert!(status.unwrap().success());
    let indexing = started.elapsed().as_secs_f64();
    println!("{count} articles: indexed, table and all, in {indexing:.1} s");

    let searcher = Searcher::open(&index).unwrap();
    let aliases = Aliases::default();
    let started = Instant::now();
    let table = Table::build(&searcher, &aliases).unwrap();
    let building = started.elapsed().as_secs_f64();
    let kinds = EntityKind::ALL.into_iter();
    let entities: Vec<_> = kinds.flat_map(|kind| table.entities(kind)).collect();
    let names: usize = entities.iter().map(|entity| entity.names.len()).sum();
    println!(
        "table: {names} names are {} entities; built in {building:.2} s, {:.3} of indexing; \
         {:.1} MB",
        entities.len(),
        building / indexing,
        std::fs::metadata(index.join("names.table")).unwrap().len() as f64 / 1e6,
    );

    let times = (0..15)
        .map(|_| {
            let started = Instant::now();
            Table::open(&searcher, &aliases).unwrap();
            started.elapsed()
        })
        .collect();
    println!("opened from its file in {:.2} ms (median)", median(times));

    let mut numbers = Numbers(2);
    let persons = (count / 2).max(100);
    let times = (0..ASKED)
        .map(|_| {
            let (first, surname) = person(numbers.rank(persons), 0);
            let started = Instant::now();
            table.ask(EntityKind::Person, &format!("{first} {surname}"));
            started.elapsed()
        })
        .collect();
    println!(
        "asked for a full name in {:.3} ms (median of {ASKED})",
        median(times)
    );

    let times = (0..15)
        .map(|_| {
            let started = Instant::now();
            let asked = Command::new(PROGRAM)
                .args(["query", "--person", "Aleksander Ławalenko", "-n", "1", "-i"])
                .arg(&index)
                .output();
            assert!(asked.unwrap().status.success());
            started.elapsed()
        })
        .collect();
    println!(
        "a query by name, from start to end of the program: {:.1} ms (median)",
        median(times)
    );
}
