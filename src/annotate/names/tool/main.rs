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
mod train;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Parser;
use corpus::{Gold, Layout, Scheme, Text};
use kronika::annotate::names::decode::Decoder;
use kronika::annotate::names::labels::{self, LABELS, Label};
use kronika::annotate::names::model::{Model, pack};
use kronika::annotate::names::reading::{Sentence, evidence, read};
use kronika::annotate::names::words::Words;
use kronika::lang::{self, Language, gazetteer};
use kronika::model::EntityKind;
use kronika::text::mix;
use train::{Examples, Settings, learn};

#[derive(Parser)]
enum Command {
    /// Packs lists of names, one in a line, into the program's gazetteer.
    Lists {
        /// Towns, surnames and first names.
        #[arg(num_args = 3)]
        lists: Vec<PathBuf>,
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
        Command::Lists { lists, out } => {
            let read = |path: &PathBuf| -> Result<Vec<String>> {
                let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
                Ok(text.lines().map(str::to_owned).collect())
            };
            let lists: Vec<Vec<String>> = lists.iter().map(read).collect::<Result<_>>()?;
            let lists = lists.try_into().map_err(|_| anyhow::anyhow!("three lists"))?;
            std::fs::write(out, gazetteer::write(&lists))?;
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
            let sets: &[(&str, Scheme, f32, bool)] = if lang == "pl" {
                &[
                    ("train/nkjp1m/train.tsv", Scheme::Nkjp, 1.0, open),
                    ("train/kpwr_n82/all.fine.tsv", Scheme::Kpwr, kpwr, false),
                ]
            } else {
                &[
                    ("train/wikigold/all.tsv", Scheme::Coarse, 1.0, false),
                    ("train/gum/interview.tsv", Scheme::Coarse, 1.0, false),
                    ("train/gum/academic.tsv", Scheme::Coarse, 1.0, false),
                    ("train/gum/court.tsv", Scheme::Coarse, 1.0, false),
                ]
            };
            for &(path, scheme, weight, open) in sets {
                let texts = corpus::read_table(&data.join(path), scheme, language, &layout)?;
                let hold = scheme != Scheme::Nkjp;
                for text in texts.iter().filter(|text| !hold || !corpus::is_held_out(&text.id)) {
                    add(&mut examples, text, language, &mut words, weight, open);
                }
                if hold {
                    let spaced = |_| Layout::Printed;
                    let texts = corpus::read_table(&data.join(path), scheme, language, &spaced)?;
                    let held = texts.into_iter().filter(|text| corpus::is_held_out(&text.id));
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
fn reading(text: &str, language: &Language, words: &mut Words) -> Vec<Sentence> {
    let mut sentences = read(text, language, words);
    evidence(&mut [sentences.as_mut_slice()], words);
    sentences
}

fn add(
    examples: &mut Examples,
    text: &Text,
    language: &Language,
    words: &mut Words,
    weight: f32,
    open: bool,
) {
    for sentence in reading(&text.text, language, words) {
        let none: u32 = if open {
            let kinds = [EntityKind::Event, EntityKind::Product];
            let labels = Label::all().filter(|label| {
                label.parts().is_none_or(|(kind, _)| kinds.contains(&kind))
            });
            labels.fold(0, |mask, label| mask | 1 << label.0)
        } else {
            1
        };
        let mut allowed = vec![none; sentence.tokens.len()];
        for gold in &text.gold {
            allow(&sentence, gold, &mut allowed);
        }
        examples.add(&sentence, &allowed, words, weight);
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
    let mut words = Words::new(language);
    let mut decoder = Decoder::new(model);
    // Found, wanted, and both, by kind.
    let mut counts = [[0usize; 3]; EntityKind::ALL.len()];
    for text in texts {
        let mut found = HashSet::new();
        for sentence in reading(&text.text, language, &mut words) {
            let labels = decoder.decode(&sentence, &words);
            for (kind, start, end) in labels::names(&labels) {
                let start = sentence.tokens[start].span.start();
                let end = sentence.tokens[end - 1].span.end();
                found.insert((start, end, kind));
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_paths() {
        assert!(Path::new("a").is_relative());
    }
}
