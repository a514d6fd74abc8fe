//! How long it takes to find dates, beside finding names, and in a text made to be hard.
//!
//! `cargo bench --bench dates`: the articles of the sample corpus, over and over. One thread.
//! The hard text is all words that begin dates and never end them; twice as much of it has to
//! take about twice as long.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a bench is a program for developers, and its figures are round"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use kronika::annotate::{Options, annotate, dates};
use kronika::lang;
use kronika::model::{Article, ArticleDate, DateRule, Day, Document, PartialDate};
use kronika::text::tokens;

/// About how many tokens are read.
const TOKENS: usize = 200_000;

fn main() {
    let language = lang::by_code("pl");
    let texts = texts();
    let mut articles = Vec::new();
    let mut count = 0;
    for text in texts.iter().cycle() {
        if count > TOKENS {
            break;
        }
        count += tokens(text).count();
        articles.push(article(text));
    }
    let documents: Vec<Document> = articles
        .iter()
        .map(|article| annotate(article.clone(), Options::default()))
        .collect();
    let found: usize = documents.iter().map(|document| document.dates.len()).sum();
    println!("{count} tokens, {} articles, {found} dates", articles.len());
    let all = best(|| {
        for article in &articles {
            black_box(annotate(article.clone(), Options::default()));
        }
    });
    let alone = best(|| {
        for document in &documents {
            black_box(dates::find(document, language));
        }
    });
    println!("all {:>8.2} us/token", per_token(all, count));
    println!(
        "dates {:>6.2} us/token, {:.1} % of the rest",
        per_token(alone, count),
        100.0 * alone.as_secs_f64() / (all.as_secs_f64() - alone.as_secs_f64())
    );
    for size in [10_000, 20_000, 40_000] {
        let hard = "od 3 do w dniach 5 - na przełomie i ".repeat(size / 8);
        let mut document = Document::new(article(&hard), "pl".to_owned());
        document.sentences = vec![kronika::model::Span::new(0, hard.len())];
        let spent = best(|| drop(black_box(dates::find(&document, language))));
        println!(
            "hard text of {size} words: {:.2} us/word",
            per_token(spent, size)
        );
    }
}

fn per_token(spent: Duration, count: usize) -> f64 {
    spent.as_secs_f64() * 1e6 / count as f64
}

fn best(mut work: impl FnMut()) -> Duration {
    let times = (0..3).map(|_| {
        let started = Instant::now();
        work();
        started.elapsed()
    });
    times.min().unwrap()
}

fn article(text: &str) -> Article {
    Article {
        language: Some("pl".to_owned()),
        date: Day::new(2023, 2, 15).map(|day| ArticleDate {
            date: PartialDate::day(day),
            rule: DateRule::Header,
        }),
        ..Article::new("a", text)
    }
}

fn texts() -> Vec<String> {
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
