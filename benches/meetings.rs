//! How long it takes to find dates and meetings, beside finding names, and in a text made to be
//! hard.
//!
//! `cargo bench --bench meetings [-- FILE]`: the articles of FILE (one JSON object a line with a
//! `text`), else those of the sample corpus, over and over. One thread. One hard text is a
//! paragraph of words that tell of meetings with every subject left out, the other all words that
//! begin dates and never end them; twice as much of either has to take about twice as long.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a bench is a program for developers, and its figures are round"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use kronika::annotate::{Options, annotate, dates, meetings};
use kronika::lang;
use kronika::model::{Article, ArticleDate, DateRule, Day, Document, PartialDate, Span};
use kronika::text::tokens;

/// About how many tokens are read.
const TOKENS: usize = 200_000;

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
    let documents: Vec<Document> = articles
        .iter()
        .map(|article| annotate(article.clone(), Options::default()))
        .collect();
    let found: usize = documents
        .iter()
        .map(|document| document.meetings.len())
        .sum();
    println!(
        "{count} tokens, {} articles, {found} meetings",
        articles.len()
    );
    let all = best(|| {
        for article in &articles {
            black_box(annotate(article.clone(), Options::default()));
        }
    });
    let met = best(|| {
        for document in &documents {
            black_box(meetings::find(document, language));
        }
    });
    let dated = best(|| {
        for document in &documents {
            black_box(dates::find(document, language));
        }
    });
    let names = all.saturating_sub(met + dated);
    println!("all      {:>6.2} us/token", per_token(all, count));
    for (name, spent) in [("dates", dated), ("meetings", met), ("both", dated + met)] {
        println!(
            "{name:<8} {:>6.2} us/token, {:.1} % of the rest",
            per_token(spent, count),
            100.0 * spent.as_secs_f64() / names.as_secs_f64()
        );
    }
    for size in [2_000, 4_000, 8_000] {
        let hard =
            "Spotkał się z nim i rozmawiał o spotkaniu, który przyjął go. ".repeat(size / 10);
        let document = annotate(article(&hard), Options::default());
        let spent = best(|| drop(black_box(meetings::find(&document, language))));
        println!(
            "meetings, hard text of {size} words {:>8.2} us/word",
            per_token(spent, size)
        );
    }
    for size in [10_000, 20_000, 40_000] {
        let hard = "od 3 do w dniach 5 - na przełomie i ".repeat(size / 8);
        let mut document = Document::new(article(&hard), "pl".to_owned());
        document.sentences = vec![Span::new(0, hard.len())];
        let spent = best(|| drop(black_box(dates::find(&document, language))));
        println!(
            "dates, hard text of {size} words {:>8.2} us/word",
            per_token(spent, size)
        );
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

fn per_token(spent: Duration, count: usize) -> f64 {
    spent.as_secs_f64() * 1e6 / count as f64
}

fn article(text: &str) -> Article {
    Article {
        language: Some("pl".to_owned()),
        date: Some(ArticleDate {
            date: PartialDate::day(Day::new(2023, 2, 15).unwrap()),
            rule: DateRule::Header,
        }),
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
