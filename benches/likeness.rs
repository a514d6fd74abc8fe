//! How well names are compared, and how fast.
//!
//! `cargo bench --bench likeness -- FILE`: FILE holds one JSON object a line, with `name1`,
//! `name2`, `type` (PER, ORG or MISC) and `match`. A match is predicted for names that compare as
//! the same or alike. One thread.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a bench is a program for developers, and its figures are round"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Instant;

use kronika::model::EntityKind;
use kronika::names::{Grade, Name};

/// How many names are read, and how many pairs compared, when time is taken.
const ROUNDS: usize = 200_000;

/// Right and wrong predictions.
#[derive(Debug, Default)]
struct Score {
    hits: usize,
    misses: usize,
    false_hits: usize,
    rejected: usize,
    unkeyed: usize,
}

impl Score {
    fn count(&mut self, predicted: bool, is_match: bool, share: bool) {
        match (predicted, is_match) {
            (true, true) => self.hits += 1,
            (true, false) => self.false_hits += 1,
            (false, true) => self.misses += 1,
            (false, false) => self.rejected += 1,
        }
        self.unkeyed += usize::from(predicted && !share);
    }
}

fn part(of: usize, all: usize) -> f64 {
    of as f64 / all.max(1) as f64
}

fn main() {
    let Some(path) = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'))
    else {
        println!("no file of pairs given");
        return;
    };
    let shows = std::env::var_os("LIKENESS_SHOW").is_some();
    let text = std::fs::read_to_string(path).unwrap();
    let mut pairs = Vec::new();
    let mut scores: BTreeMap<(String, &str), Score> = BTreeMap::new();
    for line in text.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| {
            row.get(name)
                .and_then(|value| value.as_str())
                .unwrap()
                .to_owned()
        };
        let kind = match field("type").as_str() {
            "PER" => EntityKind::Person,
            "ORG" => EntityKind::Organization,
            _ => EntityKind::Product,
        };
        let names = (
            Name::read(&field("name1"), kind),
            Name::read(&field("name2"), kind),
        );
        let is_match = row
            .get("match")
            .and_then(serde_json::Value::as_bool)
            .unwrap();
        let likeness = names.0.compare(&names.1);
        let (keys, other_keys) = (names.0.keys(), names.1.keys());
        let share = keys.iter().any(|key| other_keys.contains(key));
        for (label, least) in [("same or alike", Grade::Alike), ("same", Grade::Same)] {
            let score = scores.entry((field("type"), label)).or_default();
            score.count(likeness.grade >= least, is_match, share);
        }
        if shows && (likeness.grade >= Grade::Alike) != is_match {
            println!(
                "{} {is_match} {:?} {:?}: {} | {}",
                field("type"),
                likeness.grade,
                likeness.evidence,
                field("name1"),
                field("name2")
            );
        }
        pairs.push((field("name1"), names, kind));
    }
    for ((kind, label), score) in &scores {
        let all = score.hits + score.misses + score.false_hits + score.rejected;
        println!(
            "{kind:4} {label:13} {all:5} pairs  accuracy {:.3}  precision {:.3}  recall {:.3}  without a key in common {}",
            part(score.hits + score.rejected, all),
            part(score.hits, score.hits + score.false_hits),
            part(score.hits, score.hits + score.misses),
            score.unkeyed,
        );
    }
    let started = Instant::now();
    for (text, _, kind) in pairs.iter().cycle().take(ROUNDS) {
        black_box(Name::read(text, *kind).keys());
    }
    println!(
        "{:>12.0} names read and keyed a second",
        ROUNDS as f64 / started.elapsed().as_secs_f64()
    );
    let started = Instant::now();
    for (_, (one, other), _) in pairs.iter().cycle().take(ROUNDS) {
        black_box(one.compare(other));
    }
    println!(
        "{:>12.0} comparisons a second",
        ROUNDS as f64 / started.elapsed().as_secs_f64()
    );
}
