//! Mutations of the seeds of `fuzz/`, handed to the functions that its targets call.
//!
//! `KRONIKA_FUZZ=500 cargo test --test it fuzz` tries so many times more of them.

use std::path::Path;

use kronika::fuzz;
use proptest::prelude::*;

/// One change of some bytes; places wrap round.
#[derive(Debug, Clone)]
enum Mutation {
    /// Turns one bit over.
    Flip(usize, u8),
    /// Writes a byte over another.
    Put(usize, u8),
    /// Takes bytes out.
    Cut(usize, usize),
    /// Says a piece again, some times.
    Repeat(usize, usize, usize),
    /// Puts the beginning of one seed before the end of another.
    Splice(usize, usize, usize),
    /// Puts in what readers trip over.
    Insert(usize, &'static str),
}

/// What readers trip over.
const PIECES: [&str; 24] = [
    "\0",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{feff}",
    "\u{301}",
    "\r",
    "\n\n",
    "\"",
    "'",
    "\\",
    "<",
    "<!--",
    "]]>",
    "&#0;",
    "{",
    "[[",
    "---\n",
    "=",
    "\t",
    "99999999999999999999",
    "-",
    "..",
    "„",
    "🙂",
];

fn mutation() -> impl Strategy<Value = Mutation> {
    let place = || any::<usize>();
    prop_oneof![
        (place(), 0..8_u8).prop_map(|(at, bit)| Mutation::Flip(at, 1 << bit)),
        (place(), any::<u8>()).prop_map(|(at, byte)| Mutation::Put(at, byte)),
        (place(), 1..20_usize).prop_map(|(at, length)| Mutation::Cut(at, length)),
        (place(), 1..20_usize, 1..50_usize)
            .prop_map(|(at, length, times)| Mutation::Repeat(at, length, times)),
        (place(), place(), place()).prop_map(|(at, seed, from)| Mutation::Splice(at, seed, from)),
        (place(), prop::sample::select(&PIECES[..]))
            .prop_map(|(at, piece)| Mutation::Insert(at, piece)),
    ]
}

fn mutate(bytes: &mut Vec<u8>, mutation: &Mutation, seeds: &[Vec<u8>]) {
    let (length, seed_count) = (bytes.len(), seeds.len());
    let place = |at: usize| at % (length + 1);
    match *mutation {
        Mutation::Flip(at, bit) => {
            if let Some(byte) = bytes.get_mut(place(at)) {
                *byte ^= bit;
            }
        }
        Mutation::Put(at, new) => {
            if let Some(byte) = bytes.get_mut(place(at)) {
                *byte = new;
            }
        }
        Mutation::Cut(at, count) => {
            let start = place(at);
            bytes.drain(start..(start + count).min(length));
        }
        Mutation::Repeat(at, count, times) => {
            let start = place(at);
            let end = (start + count).min(length);
            let piece = bytes[start..end].repeat(times);
            bytes.splice(start..start, piece);
        }
        Mutation::Splice(at, seed, from) => {
            let other = &seeds[seed % seed_count];
            bytes.truncate(place(at));
            bytes.extend_from_slice(&other[from % (other.len() + 1)..]);
        }
        Mutation::Insert(at, piece) => {
            let start = place(at);
            bytes.splice(start..start, piece.bytes());
        }
    }
}

/// The seeds of a target, in the order of their names.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let entries = std::fs::read_dir(folder.join(target)).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let seeds = paths.iter().map(|path| std::fs::read(path).unwrap());
    seeds.collect()
}

/// Tries every seed as it is, then mutations of them.
#[track_caller]
fn check(target: &str, cases: u32, call: fn(&[u8])) {
    let seeds = seeds(target);
    assert!(!seeds.is_empty(), "{target} has no seeds");
    for seed in &seeds {
        call(seed);
    }
    let times = std::env::var("KRONIKA_FUZZ").map_or(1, |text| text.parse().unwrap());
    let config = ProptestConfig {
        cases: cases * times,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let mutations = prop::collection::vec(mutation(), 1..6);
    let mut runner = prop::test_runner::TestRunner::new(config);
    let outcome = runner.run(&(any::<usize>(), mutations), |(seed, mutations)| {
        let mut bytes = seeds[seed % seeds.len()].clone();
        for mutation in &mutations {
            mutate(&mut bytes, mutation, &seeds);
        }
        call(&bytes);
        Ok(())
    });
    outcome.unwrap();
}

/// A test for each target: its name, how many mutations, and what it calls.
macro_rules! targets {
    ($($target:ident $cases:literal $call:expr;)*) => {
        $(
            #[test]
            fn $target() {
                check(stringify!($target), $cases, $call);
            }
        )*

        const TARGETS: &[&str] = &[$(stringify!($target)),*];
    };
}

targets! {
    query_text 4000 fuzz::query_text;
    date_text 4000 fuzz::date_text;
    alias_file 2000 fuzz::alias_file;
    annotated 300 fuzz::annotated;
    file_txt 300 |bytes| fuzz::file("a.txt", bytes);
    file_md 300 |bytes| fuzz::file("a.md", bytes);
    file_json 500 |bytes| fuzz::file("a.json", bytes);
    file_ndjson 500 |bytes| fuzz::file("a.ndjson", bytes);
    file_csv 500 |bytes| fuzz::file("a.csv", bytes);
    file_tsv 500 |bytes| fuzz::file("a.tsv", bytes);
    file_html 200 |bytes| fuzz::file("a.html", bytes);
    file_xml 300 |bytes| fuzz::file("a.xml", bytes);
    file_txt_gz 500 |bytes| fuzz::file("a.txt.gz", bytes);
    file_txt_zst 500 |bytes| fuzz::file("a.txt.zst", bytes);
}

/// No target of `fuzz/` is without a test here, and none without seeds.
#[test]
fn all_targets_are_tried() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    for (part, ending) in [("targets", ".rs"), ("seeds", "")] {
        let entries = std::fs::read_dir(folder.join(part)).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .map(|name| name.trim_end_matches(ending).to_owned())
            .collect();
        names.sort();
        let mut expected = TARGETS.to_vec();
        expected.sort_unstable();
        assert_eq!(names, expected, "{part}");
    }
}
