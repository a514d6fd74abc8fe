//! How fast articles are annotated, with names and without, against a plain tagger.
//!
//! `cargo bench --bench names [-- FILE]`: the articles of FILE (one JSON object a line with a
//! `text`), else those of the sample corpus, over and over. One thread. The plain tagger is a
//! linear chain of the crate `crfs` with a dozen features a token, taught on what our annotation
//! finds; it is given its features ready-made, and again with the time it takes to make them.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a bench is a program for developers, and its figures are round"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use crfs::{Attribute, Model, train::Trainer};
use kronika::annotate::{Options, annotate};
use kronika::lang::{self, Language};
use kronika::model::{Article, Span};
use kronika::text::{normal_form, sentences, tokens};

/// About how many tokens are read.
const TOKENS: usize = 400_000;
/// How many sentences the plain tagger learns from.
const TAUGHT: usize = 1_000;

fn main() {
    let path = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'));
    let language = lang::by_code("pl");
    let texts = texts(path.as_deref());
    let mut articles = Vec::new();
    let mut count = 0;
    for text in texts.iter().cycle() {
        if count > TOKENS {
            break;
        }
        count += tokens(text).count();
        articles.push(article(text));
    }
    println!("{count} tokens, {} articles, one thread", articles.len());

    let started = Instant::now();
    black_box(annotate(article("Jan Kowalski."), Options { names: true }));
    println!(
        "first article {:>14.1} ms",
        started.elapsed().as_secs_f64() * 1e3
    );

    let without = best(|| run(&articles, false));
    report("without names", count, without, without);
    let with = best(|| run(&articles, true));
    report("with names", count, with, without);

    let (plain, making) = plain(&articles, language);
    report("crfs, tagging alone", count, plain, without);
    report("crfs, with its features", count, plain + making, without);
    println!(
        "names at {:.1} times the speed of crfs tagging alone",
        plain.as_secs_f64() / (with.as_secs_f64() - without.as_secs_f64()).max(1e-9)
    );
}

fn run(articles: &[Article], names: bool) {
    for article in articles {
        black_box(annotate(article.clone(), Options { names }));
    }
}

fn best(mut work: impl FnMut()) -> Duration {
    let times = (0..3).map(|_| {
        let started = Instant::now();
        work();
        started.elapsed()
    });
    times.min().unwrap()
}

fn report(name: &str, count: usize, spent: Duration, base: Duration) {
    println!(
        "{name:>24} {:>6.2} M tokens/s, {:.1} times as long as without names",
        count as f64 / spent.as_secs_f64() / 1e6,
        spent.as_secs_f64() / base.as_secs_f64()
    );
}

fn article(text: &str) -> Article {
    Article {
        language: Some("pl".to_owned()),
        ..Article::new("a", text)
    }
}

fn texts(path: Option<&str>) -> Vec<String> {
    if let Some(path) = path {
        let lines = std::fs::read_to_string(path).unwrap();
        let articles = lines.lines().map(|line| {
            let article: serde_json::Value = serde_json::from_str(line).unwrap();
            article.get("text").unwrap().as_str().unwrap().to_owned()
        });
        return articles.collect();
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/pl");
    let mut files: Vec<_> = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "txt"))
        .map(|entry| entry.path().to_owned())
        .collect();
    files.sort();
    files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect()
}

/// The time the plain tagger takes for all articles, and that of making its features.
fn plain(articles: &[Article], language: &Language) -> (Duration, Duration) {
    let mut trainer = Trainer::lbfgs();
    let mut taught = 0;
    for article in articles {
        if taught > TAUGHT {
            break;
        }
        let document = annotate(article.clone(), Options { names: true });
        for sentence in sentences(&article.text, language.is_abbreviation) {
            let spans: Vec<Span> = tokens_of(&article.text, sentence);
            if spans.is_empty() {
                continue;
            }
            let tags = spans.iter().map(|span| {
                let mention = document
                    .mentions
                    .iter()
                    .find(|mention| mention.span.contains(*span));
                mention.map_or("O", |mention| mention.kind.name())
            });
            let tags: Vec<&str> = tags.collect();
            trainer
                .append(&features(&article.text, &spans), &tags)
                .unwrap();
            taught += 1;
        }
    }
    trainer.params_mut().set_max_iterations(30).unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    trainer.train(file.path()).unwrap();
    let bytes = std::fs::read(file.path()).unwrap();
    let model = Model::new(&bytes).unwrap();
    let tagger = model.tagger().unwrap();
    let started = Instant::now();
    let all: Vec<Vec<Vec<Attribute>>> = articles
        .iter()
        .flat_map(|article| {
            sentences(&article.text, language.is_abbreviation)
                .into_iter()
                .map(|sentence| tokens_of(&article.text, sentence))
                .filter(|spans| !spans.is_empty())
                .map(|spans| features(&article.text, &spans))
        })
        .collect();
    let making = started.elapsed();
    let started = Instant::now();
    for sentence in &all {
        black_box(tagger.tag(sentence).unwrap());
    }
    (started.elapsed(), making)
}

fn tokens_of(text: &str, sentence: Span) -> Vec<Span> {
    let shift = |span: Span| {
        Span::new(
            span.start() + sentence.start(),
            span.end() + sentence.start(),
        )
    };
    tokens(sentence.of(text)).map(shift).collect()
}

fn features(text: &str, spans: &[Span]) -> Vec<Vec<Attribute>> {
    let forms: Vec<String> = spans
        .iter()
        .map(|span| normal_form(span.of(text)))
        .collect();
    spans
        .iter()
        .enumerate()
        .map(|(index, span)| {
            let word = span.of(text);
            let capital = word.starts_with(char::is_uppercase);
            let mut names = vec![format!("capital={capital}")];
            for offset in [-2isize, -1, 0, 1, 2] {
                let other = index
                    .checked_add_signed(offset)
                    .and_then(|at| forms.get(at));
                let form = other.map_or("-", String::as_str);
                names.push(format!("form[{offset}]={form}"));
                let end: Vec<char> = form.chars().rev().take(3).collect();
                names.push(format!(
                    "end[{offset}]={}",
                    end.into_iter().rev().collect::<String>()
                ));
            }
            names
                .into_iter()
                .map(|name| Attribute::new(name, 1.0))
                .collect()
        })
        .collect()
}
