//! Which annotated text a model learns from, and which it is measured on.

use std::path::Path;

use anyhow::Result;
use kronika::lang::Language;
use kronika::model::EntityKind;
use kronika::text::{hash, mix};

use super::corpus::{self, Layout, Scheme, Text};

/// A text to learn from.
pub(crate) struct Sample {
    /// The text with its names.
    pub(crate) text: Text,
    /// How much it counts.
    pub(crate) weight: f32,
    /// Whether what is not marked in it may be an event or product all the same.
    pub(crate) open: bool,
}

/// A set of texts that are kept out of learning.
pub(crate) struct Test {
    /// What it is.
    pub(crate) name: String,
    /// Its texts.
    pub(crate) texts: Vec<Text>,
}

/// A table of annotated text and how it is used.
struct Table {
    path: &'static str,
    scheme: Scheme,
    weight: f32,
    open: bool,
    /// Whether one text in five is kept to measure on.
    held_out: bool,
}

/// NKJP marks neither events nor products. `KPWr` marks all five kinds and is small.
const POLISH: [Table; 2] = [
    Table {
        path: "train/nkjp1m/train.tsv",
        scheme: Scheme::Nkjp,
        weight: 1.0,
        open: true,
        held_out: false,
    },
    Table {
        path: "train/kpwr_n82/all.fine.tsv",
        scheme: Scheme::Kpwr,
        weight: 3.0,
        open: false,
        held_out: true,
    },
];

/// GUM marks only some of its names, so it counts for less.
const ENGLISH: [Table; 4] = [
    english("train/wikigold/all.tsv", 1.0, false),
    english("train/gum/interview.tsv", 0.5, true),
    english("train/gum/academic.tsv", 0.5, true),
    english("train/gum/court.tsv", 0.5, true),
];

const fn english(path: &'static str, weight: f32, open: bool) -> Table {
    Table {
        path,
        scheme: Scheme::Coarse,
        weight,
        open,
        held_out: true,
    }
}

/// How much a Polish name counts that stands alone, without a sentence.
const ALONE: f32 = 2.0;
/// How much a name of our own list counts, in Polish and in English.
const LISTED: [f32; 2] = [1.0, 0.2];

/// The texts to learn from and those to measure on, from the folder with the data sets.
pub(crate) fn gather(data: &Path, language: &'static Language) -> Result<(Vec<Sample>, Vec<Test>)> {
    let mut samples = Vec::new();
    let mut tests = Vec::new();
    let is_polish = language.code == "pl";
    let tables: &[Table] = if is_polish { &POLISH } else { &ENGLISH };
    for table in tables {
        let path = data.join(table.path);
        let kept_out = |text: &Text| table.held_out && hash(text.id.as_bytes()).is_multiple_of(5);
        for text in corpus::read_table(&path, table.scheme, language, &mixed)? {
            if !kept_out(&text) {
                samples.push(Sample {
                    weight: table.weight * genre_weight(&text.id),
                    open: table.open,
                    text,
                });
            }
        }
        if table.held_out {
            let printed = |_| Layout::Printed;
            let mut kept = corpus::read_table(&path, table.scheme, language, &printed)?;
            kept.retain(kept_out);
            tests.push(Test {
                name: format!("{}, one text in five", table.path),
                texts: kept,
            });
        }
    }
    let alone = |text, weight| Sample {
        text,
        weight,
        open: false,
    };
    let rare = [EntityKind::Event, EntityKind::Product];
    if is_polish {
        let dev = "train/nkjp1m/dev.tsv";
        tests.push(Test {
            name: format!("{dev}, adjectives and peoples left out"),
            texts: corpus::read_table(&data.join(dev), Scheme::Nkjp, language, &|_| {
                Layout::Spaced
            })?,
        });
        let names = corpus::read_names(&data.join("train/kpwr_lemmas/train.jsonl"), language)?;
        samples.extend(names.into_iter().map(|text| alone(text, ALONE)));
        samples.extend(corpus::listed_names(&rare).map(|text| alone(text, LISTED[0])));
    } else {
        let all = &EntityKind::ALL;
        samples.extend(corpus::listed_names(all).map(|text| alone(text, LISTED[1])));
    }
    Ok((samples, tests))
}

/// Most sentences are laid out as in print, some as in a table, and a few as headlines.
fn mixed(number: u64) -> Layout {
    match mix(1, number) % 100 {
        0..30 => Layout::Spaced,
        30..33 => Layout::Capitals,
        _ => Layout::Printed,
    }
}

/// How much a text counts by its genre, which the first digits of its id in NKJP tell: fiction,
/// speech and forums begin with 2 and 7 and are `620`, newspapers are `130`.
fn genre_weight(id: &str) -> f32 {
    match () {
        () if id.starts_with("130-") => 1.5,
        () if id.starts_with("200-") || id.starts_with('7') || id.starts_with("620-") => 0.7,
        () => 1.0,
    }
}
